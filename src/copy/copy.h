/*
 * copy: articles -> passages that two articles share, repeats inside one, origins.
 *
 * Words here are runs of letters and digits (\w+), lower case, as the answers of the field's test
 * sets count them.
 */
#ifndef COPY_H
#define COPY_H

#include "base_arena.h"
#include "text.h"

typedef struct sst_passage_run {
    sst_span a, b; /* the same words */
    uint32_t words;
} sst_passage_run;

typedef enum sst_direction {
    DIRECTION_UNKNOWN = 0,
    DIRECTION_A_TO_B,
    DIRECTION_B_TO_A
} sst_direction;

/* What a direction rests on. */
typedef enum sst_evidence {
    EVIDENCE_NONE = 0,
    EVIDENCE_TIME,   /* the other was published later */
    EVIDENCE_CREDIT, /* the other credits it, or the agency that it is */
    EVIDENCE_QUOTED, /* the other has the words as a quotation of a text: lines behind ">" or "|" */
    EVIDENCE_FULLER, /* the other is a cut of it */
    EVIDENCE_AGENCY, /* unknown: both name one agency, both have it from there */
    EVIDENCE_SPELLING /* the other spells a word as it does inside the shared words alone */
} sst_evidence;

/* A stretch of text that articles a and b share: exact runs, chained over small edits. a == b: it
 * stands twice in one article. */
typedef struct sst_passage {
    uint32_t a, b; /* places in the array of articles */
    sst_span at_a, at_b;
    uint32_t words; /* of the longest exact run */
    sst_passage_run *runs;
    uint32_t run_n;
    uint8_t direction;
    uint8_t by;            /* sst_evidence of the direction */
    uint8_t evidence_in_b; /* `evidence` is a place in b's text, not in a's */
    sst_span evidence;     /* words that show it; empty when it is no matter of words */
    uint8_t boilerplate;   /* stands on many pages of one outlet, whatever they report */
    uint8_t quoted;        /* mostly inside quotation marks: a shared quotation, not copied prose */
} sst_passage;

/*
 * All passages with an exact run of at least min_words words between any two of the n texts, and
 * inside each, in order of (a, b, at_a.begin). Lives in arena. Work grows with the words and the
 * passages, not with pairs. A text may come without tokens (tok NULL, only article and s): what is
 * needed of them is made for the pairs that need it, and let go.
 */
sst_status copy_passages(const sst_text *const *texts, uint32_t n, uint32_t min_words,
                         sst_arena *arena, sst_passage **out, uint32_t *out_n) SST_MUST_CHECK;

/* Texts with the same 5 words above which a pair is looked at no more: the rule of the field's
 * reuse sets, which copy_passages takes. */
enum { COPY_MANY_TEXTS = 200 };

/* Which passages are wanted. */
typedef struct copy_wanted {
    uint32_t min_words; /* of the longest exact run */
    /*
     * 5 words that stand in more than `many` texts join a text only with the first that has them
     * and three that follow it, so that the passages do not grow with the square of the texts.
     */
    uint32_t many;
    /*
     * Two texts are left out together when they share fewer different runs of 5 words than `shared`
     * and less than `contained` of those of the shorter one. 0: none is left out. Runs in more than
     * `many` texts do not count.
     */
    uint32_t shared;
    double contained;
    uint32_t threads;  /* 0: one */
    uint32_t left_out; /* comes back: pairs that were */
    uint32_t heavy_n;  /* comes back: different runs of 5 words in more than `many` texts */
    const struct copy_outlets *outlets; /* for credits; NULL: names as they stand */
    base_room *room; /* for words, their index and what is found on the way; NULL: the heap */
} copy_wanted;

sst_status copy_passages_wanted(const sst_text *const *texts, uint32_t n, copy_wanted *wanted,
                                sst_arena *arena, sst_passage **out,
                                uint32_t *out_n) SST_MUST_CHECK;

/*
 * Lines that an outlet has on pages of different reports, learnt over all pages of a run. Lives in
 * arena; the texts are not kept, and may come without tokens.
 */
typedef struct copy_lines copy_lines;
sst_status copy_lines_learn(const sst_text *const *texts, uint32_t n, uint32_t threads,
                            sst_arena *arena, const copy_lines **out) SST_MUST_CHECK;
/*
 * The same for who keeps paragraphs of pages himself: what is learnt of an outlet follows from its
 * pages alone, those of a run by their articles' ids.
 */
typedef struct copy_line {
    uint64_t key; /* of outlet and paragraph, whatever its figures */
    uint32_t words;
    uint32_t none; /* 0: its bytes are kept in a database, and compared */
} copy_line;
typedef struct copy_page {
    copy_line *v;
    uint32_t n;
} copy_page;
/* The paragraphs of a page, in arena; none when it has no outlet or is no page to learn from. */
sst_status copy_page_lines(const sst_text *t, sst_arena *arena, copy_page *out) SST_MUST_CHECK;
sst_status copy_lines_of_pages(const copy_page *pages, uint32_t n, sst_arena *arena,
                               const copy_lines **out) SST_MUST_CHECK;
/* A line that is boilerplate. What comes behind the page `at` in the first pass finds it known;
 * COPY_NO_PAGE: it was found in the second. */
#define COPY_NO_PAGE UINT32_MAX
typedef struct copy_known_line {
    uint64_t key;
    uint32_t at;
} copy_known_line;
enum { COPY_PAGES = 3 }; /* a line on fewer pages than these never is */
/* A page of no more paragraphs is compared with each page that it shares one with, however many
 * there are: with COPY_PAGES for each. */
enum { COPY_PARAGRAPHS_FEW = 21 };
/* Those, by key; and lines from such keys. */
sst_status copy_lines_known(const copy_lines *lines, sst_arena *arena, copy_known_line **out,
                            uint32_t *out_n) SST_MUST_CHECK;
sst_status copy_lines_of_keys(const uint64_t *keys, uint32_t n, sst_arena *arena,
                              const copy_lines **out) SST_MUST_CHECK;
/* Fills sst_passage.boilerplate. texts: those n that the passages number, with tokens or without.
 */
sst_status copy_mark_boilerplate(const copy_lines *lines, const sst_text *const *texts, uint32_t n,
                                 uint32_t threads, sst_passage *passages,
                                 uint32_t passage_n) SST_MUST_CHECK;

/* Is a paragraph of the text one of these lines? lines may be NULL: none is. */
bool copy_is_boilerplate(const copy_lines *lines, const sst_text *t, uint32_t para);

/* What is known besides the texts; either may be NULL. */
typedef struct copy_known {
    const struct copy_outlets *outlets;
    const copy_lines *lines;
} copy_known;

typedef enum sst_origin_kind {
    ORIGIN_PASSAGES = 1,
    ORIGIN_CREDIT,
    ORIGIN_PUBLISHER,
    ORIGIN_DUPLICATE
} sst_origin_kind;

/* What makes two outlets one publisher's. */
typedef enum sst_publisher {
    PUBLISHER_OUTLET = 1, /* the same outlet */
    PUBLISHER_DOMAIN,     /* the same registered domain */
    PUBLISHER_OWNER       /* one owner, by the table of outlets */
} sst_publisher;

/* Why an article belongs to an origin, with places. */
typedef struct sst_origin_why {
    uint8_t kind;
    uint8_t publisher;       /* sst_publisher */
    sst_str name;            /* of the agency, the outlet, the domain or the owner; else empty */
    uint32_t article, other; /* other == article when it stands alone in this reason */
    sst_span at, other_at;
} sst_origin_why;

/* Articles that are one report: reprints, rewrites, one agency's copy, editions of one publisher.
 */
typedef struct sst_origin {
    uint32_t *articles; /* ascending */
    uint32_t article_n;
    sst_origin_why *why;
    uint32_t why_n;
} sst_origin;

/*
 * Joins the articles of one story into origins: every article is in exactly one, in order of the
 * first article. passages: as copy_passages gives them, from 5 words on (rewrites share short
 * runs); those inside one article and boilerplate are passed over.
 */
enum { COPY_ORIGIN_WORDS = 5 };
sst_status copy_origins(const sst_text *const *texts, uint32_t n, const sst_passage *passages,
                        uint32_t passage_n, const copy_known *known, sst_arena *arena,
                        sst_origin **out, uint32_t *out_n) SST_MUST_CHECK;

#endif
