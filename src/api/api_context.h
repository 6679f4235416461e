/*
 * The context behind include/samestory.h: inputs, articles, and all that a run has found.
 *
 *   sst_add_*  -> documents -> the ring of api_pool.c, on all threads -> articles, in input order
 *   sst_run    -> items[i]: text, quotations, figures of article i, each in an arena of its own
 *              -> stories -> findings, each story in an arena of its own
 *   sst_stream -> api_stream.c: articles are written and let go as they come
 *   sst_write  -> report_write over `result`
 */
#ifndef API_CONTEXT_H
#define API_CONTEXT_H

#include <pthread.h>
#include <stdatomic.h>

#include "base_buf.h"
#include "base_error.h"
#include "copy_outlets.h"
#include "copy_pairs.h"
#include "read.h"
#include "report.h"
#include "report_why.h"

#define API_FOLDER "/tmp" /* of files that are needed when memory has a limit */

typedef struct api_pool api_pool;
typedef struct api_stream api_stream;
typedef struct api_scans api_scans;
typedef struct api_ingest api_ingest;

/* What is known of one article besides the article itself. */
typedef struct api_item {
    sst_arena arena;
    sst_text text;
    sst_quotes quotes;
    sst_figures figures;
    sst_status status;
} api_item;

typedef struct api_story {
    sst_arena arena;
    sst_findings findings;
    sst_status status;
} api_story;

/* A line of sst_add_links. */
typedef struct api_link {
    bool must;
    sst_str a, b; /* ids */
} api_link;

struct sst_context {
    sst_options options;
    uint32_t threads;
    sst_errors errors; /* inputs: those of the readers first, in input order */
    atomic_int stop;
    pthread_t caller; /* the thread of the running call: progress is told from it alone */

    /* inputs */
    sst_arena arena;            /* lives as long as the context */
    api_pool *pool;             /* NULL before the first document */
    uint32_t put_n;             /* documents so far */
    api_stream *stream;         /* NULL: articles are kept */
    api_ingest *ingest;         /* NULL: articles do not go into a database */
    SST_VEC(api_link) links;    /* of sst_add_links */
    bool has_links;             /* it was called */
    SST_VEC(const char *) told; /* of archives, for sst_note_at */
    uint64_t bytes, file_bytes; /* of input: of files that are done; of the one being read */
    api_scans *scans;           /* of options.only; NULL before the first input */
    SST_VEC(sst_article *) articles;
    SST_VEC(uint32_t) failed_at; /* how many documents come before each of errors.inputs */
    sst_status input_status;     /* a failure that ends the run */
    copy_store store;            /* what duplicates are found in; of options.only */
    bool has_store;
    base_room room; /* of options.memory_bytes with options.only: passages */
    bool has_room;
    copy_outlets outlets; /* built in, and what sst_add_outlets gave; made when first needed */
    bool has_outlets;
    sst_buf outlet_rows; /* what sst_add_outlets gave, as a database keeps it */
    bool has_rows;

    /* one run; released by the next */
    sst_stage reached;
    sst_arena run;
    api_item *items;
    uint32_t item_n;
    api_story *stories;
    uint32_t story_n;
    sst_errors failures; /* all failed inputs, in input order */
    sst_run_result result;
    sst_sayings sayings;
    sst_findings whole;      /* its texts and quotations alone */
    const sst_text **usable; /* of the articles without an error, for what sst_write still makes */
    uint32_t *usable_at;     /* their places in the run */
    uint32_t usable_n;
    struct story_features *features; /* of each article, when texts are let go; else NULL */
    bool has_passages;
    bool has_also;    /* stories say what parts of their articles tell of others */
    copy_known known; /* for origins and directions */
    uint8_t *again;   /* of each article: it stands before under its id, with its time and text */
    bool store_used;  /* the search takes the store apart */
    SST_VEC(const char *) notes; /* for sst_note_at */
};

/* Reads a path; fn gets its documents, user as it stands. */
sst_status api_read_path(sst_context *ctx, const char *path, sst_kind kind, read_fn fn,
                         void *user) SST_MUST_CHECK;
/* api_duplicates.c. The least Jaccard coefficient of a pair. */
double api_jaccard(const sst_context *ctx);
sst_status api_run_duplicates(sst_context *ctx) SST_MUST_CHECK;

/*
 * api_scan.c: for options.only, documents go into the store in which duplicates are found. Opened
 * before the first input; returns where the reader puts its errors, NULL when out of memory.
 */
sst_errors *api_scan_open(sst_context *ctx);
/* A block of rows (user: the context), and a document; both are copied. */
sst_status api_scan_rows(void *user, const read_block *rows) SST_MUST_CHECK;
sst_status api_scan_document(sst_context *ctx, const sst_document *d) SST_MUST_CHECK;
/* Until all of it is in the store. */
sst_status api_scan_finish(sst_context *ctx) SST_MUST_CHECK;
void api_scan_free(sst_context *ctx);
/* What the store is told of an article beside its text; its strings. */
copy_card api_card(const sst_article *a);
/* The articles of the context into its store. */
sst_status api_scan_articles(sst_context *ctx) SST_MUST_CHECK;
sst_status api_open_store(sst_context *ctx) SST_MUST_CHECK;

/* api_outlets.c: all bytes of a file, up to the ceiling of out. */
sst_status api_read_whole(sst_context *ctx, const char *path, sst_buf *out) SST_MUST_CHECK;
/* api_links.c: the grain and the ties of a run. */
sst_status api_story_options(sst_context *ctx, story_options *out) SST_MUST_CHECK;
/* What two articles are to each other; behind a run that makes stories. */
sst_status api_explain(sst_context *ctx, const char *a, const char *b,
                       report_why *out) SST_MUST_CHECK;
/* api_outlets.c: the table of outlets is there behind it. */
sst_status api_open_outlets(sst_context *ctx) SST_MUST_CHECK;
/* The user's table, if there is one, becomes the database's. */
struct store;
sst_status api_store_outlets(sst_context *ctx, struct store *s) SST_MUST_CHECK;

/* printf a note into the arena of the run. */
void api_note(sst_context *ctx, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Turns the waiting documents into articles. */
sst_status api_flush(sst_context *ctx) SST_MUST_CHECK;
/* A copy of a document, its strings in the arena; false when the arena failed. */
bool api_copy_document(sst_arena *a, sst_document *copy, const sst_document *d);

/*
 * api_pool.c: documents become articles on all threads and are collected in input order. A document
 * is copied. What is made of it waits until those before it are done.
 */
sst_status api_pool_put(sst_context *ctx, const sst_document *d) SST_MUST_CHECK;
/* Until all that was put is collected. */
sst_status api_pool_drain(sst_context *ctx) SST_MUST_CHECK;
void api_pool_free(sst_context *ctx);

/* api_stream.c. The article of the document in hand: takes it over; row is what api_stream_render
 * made, or empty. */
sst_status api_stream_collect(sst_context *ctx, sst_article *a, sst_buf *row) SST_MUST_CHECK;
/* Are articles being written already? Then each gets its final id before it is made. */
bool api_stream_flows(const sst_context *ctx);
/* The id that the next document with this id gets: "ID", "ID#2" ... in the arena. */
sst_str api_stream_id(sst_context *ctx, sst_arena *arena, sst_str id);
/* On any thread: the article as its row. */
sst_status api_stream_render(const sst_context *ctx, sst_article *a, sst_buf *row) SST_MUST_CHECK;
/* Before a document is put: starts to write when what is kept has grown large. */
sst_status api_stream_before(sst_context *ctx) SST_MUST_CHECK;
void api_stream_free(sst_context *ctx);

/* api_ingest.c: an article on its way into the database, with what was made of it: takes both
 * over. */
struct store_ready;
sst_status api_ingest_collect(sst_context *ctx, sst_article *a,
                              struct store_ready *ready) SST_MUST_CHECK;
void api_ingest_free(sst_context *ctx);

sst_status api_no_memory(sst_context *ctx);
void api_release_run(sst_context *ctx);
/* Tells the progress function, when called from the caller's thread. */
void api_progress(sst_context *ctx, const char *stage, uint64_t done, uint64_t total);

#endif
