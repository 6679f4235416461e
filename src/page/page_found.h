/*
 * What is found in a page about its article, before anything is chosen: shared by the files that
 * gather (page_meta.c, page_jsonld.c, page_line.c) and those that choose (page_when.c,
 * page_title.c, page_author.c, page_url.c, page_access.c).
 *
 * `at` counts the bytes of visible text in front of a find: how far it stands from the headline.
 * Strings live in the article's arena.
 */
#ifndef PAGE_FOUND_H
#define PAGE_FOUND_H

#include "base_hash.h"
#include "page_date.h"
#include "page_dom.h"
#include "page_lists.h"

typedef enum page_date_kind {
    DATE_PUBLISHED,
    DATE_MODIFIED,
    DATE_CREATED,
    DATE_SEEN /* by a server or an archive, not by the outlet */
} page_date_kind;

typedef struct page_when {
    page_stamp t;
    sst_str from;
    const page_node *node; /* where it stands; NULL when nowhere in the page */
    uint32_t at;
    uint8_t kind;    /* page_date_kind */
    uint8_t rank;    /* of declared ones: the lower, the more it is believed */
    uint8_t aside;   /* of something else in the page; set when the headline is known */
    uint8_t visible; /* stands in the page's text */
    uint8_t read; /* readers see the day itself: not "3 hours ago" with a machine's date behind */
    int8_t score; /* of visible ones */
} page_when;

typedef struct page_heading {
    sst_str text;  /* without its kicker */
    sst_str whole; /* with it; empty when it is the same */
    uint32_t at;
    const page_node *node;
    uint32_t breaks[4]; /* offsets in text where an element begins, 0 when fewer */
    uint8_t level;      /* 1 to 6 */
    uint8_t marked;     /* itemprop=headline */
    uint8_t aside;      /* in navigation, comments, related things */
} page_heading;

typedef enum page_credit_source {
    CREDIT_META,
    CREDIT_REL,
    CREDIT_CLASS,
    CREDIT_LINE,
    CREDIT_PATH, /* a link whose address is that of an author's page */
    CREDIT_N
} page_credit_source;

typedef struct page_credit {
    sst_str text;
    const page_node *node; /* NULL for a meta element */
    uint32_t at;
    uint8_t source, rank;
} page_credit;

/* One article (or page) that JSON-LD describes. */
typedef struct page_ld {
    sst_str title, subtitle, url, publisher, section, body;
    page_strs authors, groups; /* people; organisations */
    page_strs refs;            /* @id of authors that stand elsewhere */
    page_strs tags, corrections;
    page_stamp published, modified, created; /* has == 0: none */
    uint32_t words;
    int8_t free;  /* 1 yes, 0 no, -1 not told */
    uint8_t weak; /* a page or a thing, not an article by its type */
} page_ld;

typedef struct page_thing {
    sst_str id, name;
} page_thing;

typedef SST_VEC(page_when) page_whens;
typedef SST_VEC(page_heading) page_headings;
typedef SST_VEC(page_credit) page_credits;
typedef SST_VEC(page_ld) page_lds;
typedef SST_VEC(page_thing) page_things;

typedef struct page_found {
    sst_article *a;
    sst_arena *arena;
    sst_arena scratch; /* until the metadata are chosen */
    const page_node *root;
    page_whens whens;
    page_headings headings;
    page_credits credits;
    page_lds lds;
    page_things people; /* by @id */
    page_strs titles;   /* declared by meta elements, best first as they stand */
    page_strs tags;
    sst_str title; /* the title element */
    sst_str site, app, publisher, feed, canonical, og_url, section, subtitle, host, domain, lang,
        html_lang;
    uint8_t tags_rank, section_rank;
    u64map credit_classes; /* by hash of a class attribute; in scratch */
    u64map aside;          /* by node: 1 when its class words set it aside, else 0; in scratch */
    const page_ld *ld;     /* the article's own, once chosen; NULL when there is none */
    bool month_first;      /* 3/4/2024 is in March */
    bool wall, consent;
    int64_t latest; /* days since 1970 that no date of the article is after; INT64_MAX: none */
    uint32_t at;    /* bytes of visible text so far */
    const page_node *here;     /* the element that is looked at */
    const page_node *headline; /* the heading that became the title, once chosen; NULL when none */
    uint32_t headline_at;      /* of the heading that became the title; UINT32_MAX when none */
} page_found;

/* Text below a heading, `breaks` as in page_heading. */
sst_str page_heading_text(page_found *f, const page_node *n, bool skip_kicker, uint32_t breaks[4]);

/* Text of an element that credits somebody: its short parts on one line, apart where elements of
 * their own stand. */
sst_str page_credit_text(page_found *f, const page_node *n);

/* Is one of the parts of a link's path in front of its last the name of a place for authors? */
bool page_leads_to_author(sst_str href);

/* One right that the publisher reserves; what robots' values say; the head of a response, behind
 * its status line. */
void page_right_add(page_found *f, sst_str s);
void page_rights_robots(page_found *f, sst_str content);
void page_rights_head(page_found *f, sst_str head);

/* Is the node in navigation, a comment, a list of related things? Not in one that holds the
 * headline too: class words of wrappers say little. */
bool page_is_aside(page_found *f, const page_node *n);

/* The class attribute, or id, or both of a node's itemprop hold a word of the list. */
bool page_node_class(const page_node *n, const page_list *list);

/* One declared date. */
void page_when_add(page_found *f, sst_str value, const char *from, page_date_kind kind,
                   uint8_t rank);
void page_when_stamp(page_found *f, const page_stamp *t, const char *from, page_date_kind kind,
                     uint8_t rank);
/* The day that the page was fetched, and one for zones; INT64_MAX when nobody tells. */
int64_t page_when_latest(const sst_document *d);
/* A date in the address. */
void page_when_address(page_found *f, sst_str url);
/* Dates in the data for a page's scripts; looked for only when nothing better was found. */
void page_when_scripts(page_found *f);
/* Is there a date of publication better than an address's? */
bool page_when_is_known(page_found *f);
/* Chooses, and writes the article's dates. */
void page_when_choose(page_found *f, sst_str given);

/* Visible text, node by node in document order. */
typedef struct page_lines page_lines;
page_lines *page_lines_new(page_found *f);
void page_lines_text(page_lines *l, const page_node *text);
void page_lines_end(page_lines *l);

void page_ld_script(page_found *f, const page_node *script);
/* The description that is the article's own. */
const page_ld *page_ld_choose(page_found *f);

void page_title_choose(page_found *f);
void page_authors_choose(page_found *f);

/* How alike two titles are: 2 x common words / words of both, in thousandths. */
int page_alike(sst_str a, sst_str b);

/* Is s the outlet's name in any of the forms that the page gives? */
bool page_is_outlet(const page_found *f, sst_str s);
/* Character references of s read, markup taken out, one line. */
sst_str page_plain(page_found *f, sst_str s);

sst_str page_host(sst_str url);
/* The domain that an outlet registered: "news.tarn.co.uk" -> "tarn.co.uk". */
sst_str page_domain(sst_str host);
/* Without parameters that only say where a reader came from, without fragment. */
sst_str page_url_clean(sst_arena *arena, sst_str url);
/* An address in a page, made whole by the page's own. */
sst_str page_url_join(sst_arena *arena, sst_str base, sst_str url);

#endif
