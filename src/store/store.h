/*
 * store: articles, versions, stories and what was found in them, in one SQLite file.
 *
 *   writing   store_open(CREATE), store_add (a batch, one transaction) ..., store_refresh,
 *             store_close
 *   reading   store_open(READ), lists, one story, one article, search ..., store_close
 *
 * A handle belongs to one thread at a time; any number of readers and one writer work at once, each
 * with a handle of its own (a second writer waits). Rows that are returned live in the arena that
 * was given. Strings of rows are never NULL pointers with a length. Times are seconds since 1970
 * UTC; STORE_NO_TIME where unknown. The schema is docs/database.md.
 */
#ifndef STORE_H
#define STORE_H

#include <stdatomic.h>

#include "base_buf.h"
#include "base_error.h"
#include "compare.h"
#include "copy_outlets.h"

#define STORE_NO_TIME INT64_MIN

typedef struct store store;

typedef enum store_mode {
    STORE_READ = 0, /* the file must be there */
    STORE_WRITE,    /* the same, for writing */
    STORE_CREATE    /* made when it is not there */
} store_mode;

/*
 * Opens a database. errors gets the cause of every failure of this handle and outlives it.
 * SST_ERR_IO: no such file, not a samestory database, of a newer version, cannot be read. *out is
 * NULL then.
 */
sst_status store_open(const char *path, store_mode mode, sst_errors *errors,
                      store **out) SST_MUST_CHECK;
void store_close(store *s); /* NULL is fine */

/* -------------------------------------------------------------------------------------- writing */

typedef struct store_added {
    uint64_t articles;  /* new ones */
    uint64_t versions;  /* of articles that were there, with another text */
    uint64_t unchanged; /* there already */
    uint64_t failed;    /* without text: rows of input_error */
    uint64_t stories;   /* stories that this made or changed */
} store_added;

typedef struct store_work {
    uint32_t threads;
    int64_t now;            /* when the articles were seen */
    const atomic_int *stop; /* or NULL: SST_ERR_STOPPED, and nothing of the batch is kept */
    void (*progress)(void *user, const char *what, uint64_t done, uint64_t total); /* or NULL */
    void *user;
} store_work;

/*
 * Adds n articles in one transaction: when it returns SST_OK they are on the disk, else none is. An
 * id or address that is known, with another text, becomes a version. The articles are grouped with
 * those that are there; stories that change become stale. sum is added to.
 */
sst_status store_add(store *s, const sst_article *const *articles, uint32_t n,
                     const store_work *work, store_added *sum) SST_MUST_CHECK;

/*
 * What store_add makes of an article before it needs the database: words, lines, the packed record.
 * On any thread; the article stays as it is until both are let go. NULL: out of memory.
 */
typedef struct store_ready store_ready;
store_ready *store_prepare(const sst_article *a);
void store_ready_free(store_ready *r); /* NULL is fine */
size_t store_ready_bytes(const store_ready *r);
/* store_add with that done: ready[i] belongs to articles[i], and stays the caller's. */
sst_status store_add_ready(store *s, const sst_article *const *articles, store_ready *const *ready,
                           uint32_t n, const store_work *work, store_added *sum) SST_MUST_CHECK;

/* A failed input, kept in input_error. */
sst_status store_add_error(store *s, sst_str source, uint64_t at, sst_str message,
                           int64_t now) SST_MUST_CHECK;

/* Compares the articles of stale stories anew: origins, quotations, figures, titles. Whoever ends
 * it early loses nothing: what is still stale is done the next time. done: how many, or NULL. */
sst_status store_refresh(store *s, const store_work *work, uint64_t *done) SST_MUST_CHECK;

/* A table of outlets over the built-in one, in place of the one before, as rows of CSV without a
 * head (store_outlet_row); stories become stale when it is another. */
sst_status store_outlets_put(store *s, sst_str csv) SST_MUST_CHECK;
void store_outlet_row(sst_buf *csv, const copy_outlet *o);

/* What a user knows of two articles, by their ids, which need not be there. */
typedef struct store_link {
    sst_str a, b;
    bool must; /* one story; else two */
} store_link;
/* In place of those before; stories that this changes are grouped anew, and counted. One
 * transaction. */
sst_status store_links_put(store *s, const store_link *v, uint32_t n, int64_t now,
                           uint64_t *stories) SST_MUST_CHECK;
/* All, a before b. */
sst_status store_links(store *s, sst_arena *arena, store_link **out,
                       uint32_t *out_n) SST_MUST_CHECK;
/* How many have an article that is not there; of how many. */
sst_status store_links_wait(store *s, uint64_t *waiting, uint64_t *all) SST_MUST_CHECK;

/* ---------------------------------------------------------------------------------------- feeds */

typedef struct store_feed {
    int64_t row; /* 0: not in the table yet */
    sst_str url, title, outlet, owner;
    sst_str etag, last_modified;  /* as the server sent them; empty when not */
    int64_t next_poll, last_poll; /* STORE_NO_TIME: now; never */
    int64_t last_new;             /* when it last had an article that was not known */
    int64_t status;               /* of HTTP, 0 when there was none */
    sst_str error;                /* of the last poll; empty when it went well */
    uint64_t poll_n, error_n, article_n;
    uint32_t error_row; /* errors in a row */
    bool gone;          /* 410, or left out of the list: not polled any more */
} store_feed;

/* Inserts or updates by url. */
sst_status store_feed_put(store *s, const store_feed *f) SST_MUST_CHECK;
/* due: only those with next_poll <= now. By next_poll, then url. */
sst_status store_feeds(store *s, bool due, int64_t now, sst_arena *arena, store_feed **out,
                       uint32_t *out_n) SST_MUST_CHECK;
/* One line of the log of errors; the newest 10,000 are kept. */
sst_status store_feed_error(store *s, const char *feed_url, sst_str address, int64_t at,
                            int64_t http, sst_str message) SST_MUST_CHECK;
typedef struct store_feed_note {
    sst_str feed, address, message;
    int64_t at, status;
} store_feed_note;
sst_status store_feed_errors(store *s, uint32_t limit, uint32_t offset, sst_arena *arena,
                             store_feed_note **out, uint32_t *out_n) SST_MUST_CHECK;
/* Pages fetched lately: is this address known (an article's or a canonical one)? etag and
 * last_modified may be NULL. */
sst_status store_is_known(store *s, sst_str url, bool *out) SST_MUST_CHECK;

/* -------------------------------------------------------------------------------------- reading */

typedef struct store_page {
    uint32_t limit, offset; /* limit 0: 50 */
} store_page;

typedef enum store_order { STORE_FRESH = 0, STORE_ORIGINS, STORE_ARTICLES } store_order;

typedef struct store_story {
    int64_t row;
    sst_str id;            /* "s0123456789abcdef", as compare's */
    sst_str title, lang;   /* the headline of one of its articles; language of that */
    sst_str title_article; /* its id */
    sst_str first_published, last_published; /* ISO 8601 as the articles have it, or empty */
    int64_t first_s, last_s;
    int64_t changed; /* when an article last came or went */
    /* article_n, outlet_n: of those that are not hidden. differ_n: quotations and figures that
     * differ. */
    uint32_t article_n, origin_n, outlet_n, quote_n, differ_n;
    bool stale;          /* not compared yet since it changed: counts and title may be old */
    sst_str merged_into; /* when it is no more: the story that its articles are in; else empty */
    uint64_t revision;   /* another when anything that is shown of it may be another */
} store_story;

typedef struct store_story_filter {
    store_order order;
    int64_t changed_since;   /* STORE_NO_TIME: all */
    int64_t since, until;    /* last_s of the story in [since, until); STORE_NO_TIME: open */
    sst_str lang, outlet;    /* empty: any */
    uint32_t articles_least; /* 0: any */
    uint32_t origins_least;
    store_page page;
} store_story_filter;

/* Stories with an article that is not hidden. */
sst_status store_stories(store *s, const store_story_filter *f, sst_arena *arena, store_story **out,
                         uint32_t *out_n) SST_MUST_CHECK;
/* All that have articles, by id, behind `after` (empty: from the first). */
sst_status store_stories_by_id(store *s, sst_str after, uint32_t limit, sst_arena *arena,
                               store_story **out, uint32_t *out_n) SST_MUST_CHECK;
/* By id; also one that is no more (merged_into). *found false: there is none. */
sst_status store_story_find(store *s, sst_str id, sst_arena *arena, store_story *out,
                            bool *found) SST_MUST_CHECK;

typedef struct store_article {
    int64_t row;
    sst_str id, url, canonical, outlet, title, lang, published, modified, access;
    sst_str authors; /* separated by "; " */
    sst_str rights;  /* reservations, separated by a space; empty when none */
    int64_t published_s, first_seen, last_seen;
    uint32_t version_n; /* 1: never changed */
    uint32_t words;
    int64_t version; /* row of the current one */
    sst_str story;   /* id */
    uint32_t flags;  /* SST_DOC_... */
    bool hidden;     /* embargoed or withheld: text is never served or exported */
} store_article;

/* Of a story, in its order. */
sst_status store_story_articles(store *s, int64_t story, sst_arena *arena, store_article **out,
                                uint32_t *out_n) SST_MUST_CHECK;
sst_status store_article_find(store *s, sst_str id, sst_arena *arena, store_article *out,
                              bool *found) SST_MUST_CHECK;
/* Newest first. */
sst_status store_outlet_articles(store *s, sst_str outlet, store_page page, sst_arena *arena,
                                 store_article **out, uint32_t *out_n) SST_MUST_CHECK;

/* Another story that a part of an article tells of, as a run over all articles finds it. */
typedef struct store_other {
    sst_str story, with; /* id of the story; of its article that the part is most like */
    sst_str title;       /* of that */
    sst_str text;        /* of the article that is asked about */
    float score;
    sst_span part; /* of text */
    sst_shared *shared;
    uint32_t shared_n;
} store_other;
/* By id of the story. Reads the texts of some articles of each: tens of milliseconds. */
sst_status store_also(store *s, int64_t article, sst_arena *arena, store_other **out,
                      uint32_t *out_n) SST_MUST_CHECK;

typedef struct store_version {
    int64_t row;
    uint32_t number; /* 1 the first */
    bool current;
    int64_t seen;
    sst_str published, modified, title;
    sst_str kind;       /* against the one before: "first", "typo", "substance", "layout" */
    bool silent;        /* substance changed and no note of correction was added */
    sst_str correction; /* the note that was added, or empty */
    uint32_t words, change_n;
} store_version;
/* Versions that are not hidden; one that follows a hidden one has no changes. */
sst_status store_versions(store *s, int64_t article, sst_arena *arena, store_version **out,
                          uint32_t *out_n) SST_MUST_CHECK;

/* One step from the version before: what = "headline", "sentence", "quotation", "figure",
 * "correction". A side that has nothing is empty. Spans are of the text of the version before
 * (old), of this one (now). */
typedef struct store_change {
    sst_str what, op; /* op: "added", "removed", "altered" */
    bool typo;
    sst_span old, now;
} store_change;
sst_status store_changes(store *s, int64_t version, sst_arena *arena, store_change **out,
                         uint32_t *out_n) SST_MUST_CHECK;

/* The article as it was stored; lives until page_free. */
sst_status store_article_load(store *s, int64_t version, sst_article **out) SST_MUST_CHECK;

/* A story with everything that compare finds in it, for report_write; lives until
 * store_compared_free. */
typedef struct store_compared {
    sst_arena arena;
    uint32_t n;
    sst_article **articles; /* in the story's order */
    const sst_text **texts;
    const sst_quotes **quotes;
    const sst_figures **figures;
    sst_story story; /* its articles are 0 .. n */
    sst_findings findings;
} store_compared;
/* Hidden articles are left out unless `hidden`. */
sst_status store_compare(store *s, int64_t story, bool hidden, store_compared **out) SST_MUST_CHECK;
void store_compared_free(store_compared *c);

typedef struct store_quotation {
    int64_t row;
    sst_str speaker, said, type, change; /* change: against the fullest version, as in the report */
    sst_str article, outlet, title, story, published, lang;
    int64_t published_s;
    uint32_t
        utterance; /* number in the story: the same for all versions of one utterance; 0 none */
    sst_span at;   /* in the article's text: from the first to the last byte of what is said */
} store_quotation;
/* What a person said, newest first; name: as in speaker, without case. */
sst_status store_person_quotations(store *s, sst_str name, int64_t since, int64_t until,
                                   store_page page, sst_arena *arena, store_quotation **out,
                                   uint32_t *out_n) SST_MUST_CHECK;

typedef struct store_person {
    sst_str name;
    uint32_t quotation_n, article_n, story_n;
    int64_t first_s, last_s;
} store_person;
/* By number of quotations; prefix of the name without case, empty: all. */
sst_status store_people(store *s, sst_str prefix, store_page page, sst_arena *arena,
                        store_person **out, uint32_t *out_n) SST_MUST_CHECK;

typedef struct store_outlet {
    sst_str name;
    uint32_t article_n, story_n;
    uint32_t version_n, silent_n; /* versions beyond the first; those that changed silently */
    int64_t first_s, last_s;
} store_outlet;
sst_status store_outlets(store *s, store_page page, sst_arena *arena, store_outlet **out,
                         uint32_t *out_n) SST_MUST_CHECK;
sst_status store_outlet_find(store *s, sst_str name, sst_arena *arena, store_outlet *out,
                             bool *found) SST_MUST_CHECK;

/* --------------------------------------------------------------------------------------- search */

typedef enum store_kind {
    STORE_ARTICLES_KIND = 1,
    STORE_QUOTATIONS_KIND = 2,
    STORE_FIGURES_KIND = 4
} store_kind;

typedef struct store_query {
    sst_str words;        /* words, "phrases", prefix*, -without */
    sst_str speaker;      /* quotations only: words of the name; empty: any */
    sst_str outlet, lang; /* empty: any */
    int64_t since, until; /* of publication, [since, until); STORE_NO_TIME: open */
    uint32_t kinds;       /* of store_kind; 0: articles and quotations */
    store_page page;
} store_query;

typedef struct store_hit {
    uint8_t kind; /* store_kind */
    double score; /* higher is better */
    store_article article;
    store_quotation quotation; /* of a quotation */
    sst_str figure;            /* of a figure: as it stands */
    double value;
    sst_str unit;
    sst_str snippet; /* a part of the article's text */
    sst_span at;     /* where it stands there */
    sst_span *marks; /* words that were found, in the article's text, ascending */
    uint32_t mark_n;
    bool in_title; /* found in a headline outside the text: snippet is the title, at empty */
    bool cut_before, cut_after; /* its paragraph goes on there */
} store_hit;

typedef struct store_found {
    store_hit *v;
    uint32_t n;
    uint64_t total; /* how many there are; at least so many when `more` */
    bool more;      /* more were found than were ranked: only the newest, from ranked_from on */
    int64_t ranked_from;
} store_found;
sst_status store_search(store *s, const store_query *q, sst_arena *arena,
                        store_found *out) SST_MUST_CHECK;

/* ----------------------------------------------------------------------------------------- rows */

/* Tables as they leave the database: the columns are stable. Nothing of hidden articles is in them.
 */
typedef enum store_table {
    STORE_TABLE_ARTICLES = 0,
    STORE_TABLE_QUOTATIONS,
    STORE_TABLE_FIGURES,
    STORE_TABLE_PAIRS,
    STORE_TABLE_STORIES,
    STORE_TABLE_N
} store_table;

typedef struct store_value {
    sst_str text; /* of a number too; p is NULL where there is none */
    bool number;
} store_value;

/* Names of the columns, NULL behind the last. */
const char *const *store_columns(store_table table);
/* Rows in an order that does not depend on the order in which articles came. Other than 0 ends it
 * with SST_ERR_STOPPED. */
typedef int (*store_row_fn)(void *user, const store_value *v, uint32_t n);
sst_status store_each_row(store *s, store_table table, store_row_fn fn, void *user) SST_MUST_CHECK;
/* The current version of each article that is not hidden, by id. */
typedef int (*store_article_fn)(void *user, const store_article *row, sst_article *article);
sst_status store_each_article(store *s, store_article_fn fn, void *user) SST_MUST_CHECK;
/* A quotation or figure as a place. */
typedef struct store_mark {
    bool figure;
    int64_t row;
    uint32_t number; /* in the article, from 1 */
    sst_span at;
    sst_str name;   /* speaker; unit */
    sst_str kind;   /* type; bound */
    double value;   /* of a figure */
    uint32_t group; /* utterance; row */
} store_mark;
sst_status store_article_marks(store *s, int64_t article, sst_arena *arena, store_mark **out,
                               uint32_t *out_n) SST_MUST_CHECK;

/* --------------------------------------------------------------------------------------- counts */

typedef struct store_counts {
    uint64_t articles, versions, stories, quotations, figures, outlets, feeds, feeds_failing,
        input_errors, stale, bytes;
    int64_t last_added;  /* when an article last came */
    uint64_t generation; /* another after each change: for ETags */
} store_counts;
/* Counts take some milliseconds in a large database, the generation alone takes microseconds. */
sst_status store_count(store *s, store_counts *out) SST_MUST_CHECK;
sst_status store_generation(store *s, uint64_t *out) SST_MUST_CHECK;

/* CHECK */

/* Told of each violation: what is wrong and where; mended: it was, now. */
typedef void (*store_fault_fn)(void *user, const char *invariant, const char *what, bool mended);
/* *faults: how many are left. */
sst_status store_check(store *s, bool repair, const store_work *work, store_fault_fn fn, void *user,
                       uint64_t *faults) SST_MUST_CHECK;

#endif
