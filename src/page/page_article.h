/*
 * page: a document -> an article: text in blocks, title, byline, dates, outlet.
 *
 * The text of an article is fixed here, once; offsets never move afterwards. Text that came as text
 * is kept byte for byte (only what is not UTF-8 is decoded first); headline, navigation, captions
 * and bylines in it become blocks with a role. From HTML the text is what the page stage took,
 * blocks separated by one "\n".
 *
 *   text:    H e a d l i n e \n B y l i n e \n F i r s t   p a r a g r a p h . \n ...
 *   blocks: [headline      ] [byline      ] [body                          ] ...
 *
 * Blocks stand in order and never overlap; between two there is only white space.
 */
#ifndef PAGE_ARTICLE_H
#define PAGE_ARTICLE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base_arena.h"
#include "base_room.h"
#include "read.h"

typedef enum sst_role {
    ROLE_BODY = 0,
    ROLE_HEADLINE,
    ROLE_SUBTITLE,
    ROLE_BYLINE,
    ROLE_DATELINE,
    ROLE_CAPTION,
    ROLE_CREDIT,
    ROLE_LIST,
    ROLE_BOILERPLATE,
    ROLE_CORRECTION,
    ROLE_N
} sst_role;

/* "body", "headline", ... as in the rows. */
const char *page_role_name(sst_role role);

typedef struct sst_block {
    sst_span at;
    uint8_t role; /* sst_role */
} sst_block;

typedef struct sst_date {
    sst_str value; /* ISO 8601 */
    sst_str
        from; /* "json-ld", "meta article:published_time", "time element", "feed", "jsonl", ... */
} sst_date;

enum { SST_RIGHTS = 4 };

typedef enum sst_access { ACCESS_UNKNOWN = 0, ACCESS_FULL, ACCESS_STUB } sst_access;

/* Everything in it lives in its arena. */
typedef struct sst_article {
    sst_arena arena;
    uint32_t index; /* place among the articles of the run, in input order */
    sst_str id, source, url, outlet, title;
    sst_str *authors;
    uint32_t author_n;
    sst_str published, modified; /* ISO 8601 or empty */
    sst_str published_from;      /* where it was found, as in dates; empty when unknown */
    sst_str subtitle, section;   /* as the page's data names them, else empty */
    sst_str canonical;           /* the address without what only says where a reader came from */
    sst_str next_part;           /* address of the page where the article goes on; else empty */
    sst_str *tags;
    uint32_t tag_n;
    sst_str *corrections; /* notes of correction: of the page's data, then those it shows */
    uint32_t correction_n;
    sst_str rights[SST_RIGHTS]; /* reservations: "tdm-reservation", "noai", "noimageai" */
    uint32_t right_n;
    sst_str rights_policy; /* address of the policy that a reservation names; else empty */
    int64_t published_s;   /* seconds since 1970 UTC, INT64_MIN when unknown */
    sst_str lang;          /* "en"; empty when unknown */
    sst_str lang_declared; /* what was declared, where the text is clearly of another language */
    bool lang_open;        /* lang is what is declared: page_with_lang says what it is */
    sst_access access;
    sst_str access_why; /* what speaks for a stub; empty when nothing does */
    int8_t free;        /* as the page's data says: 1 free, 0 not, -1 not told */
    bool wall, consent; /* an offer to subscribe, a wall that asks for consent, stand in the page */
    uint32_t words_told; /* words of the whole text, as the page's data says; 0 when not told */
    sst_str text;        /* valid UTF-8, may hold NUL */
    sst_block *blocks;
    uint32_t block_n;
    sst_date *dates;
    uint32_t date_n;
    sst_str agency; /* news agency named in dateline or credit ("Reuters", "AP"), a part of text;
                       empty when none */
    sst_str charset_declared; /* of a page, by mark, HTTP or meta; empty when by none */
    sst_str charset_used;     /* of a page: what its bytes were read as; empty for text */
    sst_str feed;             /* what a feed says besides, a JSON object; empty when it came from
                                 none */
    sst_str error;            /* why it has no text; empty when all is well */
    /* Of a record of an archive: as in sst_document. */
    sst_str record, fetched, refers_to;
    uint64_t at;
    uint32_t flags;     /* SST_DOC_... */
    sst_str outlet_url; /* where the outlet is that a feed names as its source; else empty */
    struct page_notes
        *notes; /* why blocks were taken or left out (page_note.h); NULL unless asked */
} sst_article;

/*
 * Makes an article from a document (copying what it needs). *out lives until page_free. A bad page
 * gives an article with an error and SST_OK; SST_ERR_MEMORY and SST_ERR_LIMIT otherwise.
 */
sst_status page_article(const sst_document *document, const sst_limits *limits,
                        sst_article **out) SST_MUST_CHECK;
/* The same, given up with SST_ERR_STOPPED soon after *stop has become something else than 0. */
sst_status page_article_until(const sst_document *document, const sst_limits *limits,
                              const atomic_int *stop, sst_article **out) SST_MUST_CHECK;
/* The same with notes of what was decided about each block, and why. */
sst_status page_article_noted(const sst_document *document, const sst_limits *limits,
                              const atomic_int *stop, sst_article **out) SST_MUST_CHECK;
/* The same, the language not asked of the text: that takes most of the time of a short article; in
 * the room, or NULL. */
sst_status page_article_lean(const sst_document *document, const sst_limits *limits,
                             const atomic_int *stop, base_room *room,
                             sst_article **out) SST_MUST_CHECK;
/* The article with its language: itself, or a copy in the arena, which has no arena of its own. */
sst_status page_with_lang(const sst_article *a, sst_arena *arena,
                          const sst_article **out) SST_MUST_CHECK;
void page_free(sst_article *article);

/* A date in any of the usual written forms -> ISO 8601 in the arena; empty when it is none. */
sst_str page_date(sst_arena *arena, sst_str s);

/* Seconds since 1970 UTC of an ISO 8601 date or time (no zone: UTC), INT64_MIN when it is none. */
int64_t page_seconds(sst_str iso);

#endif
