/*
 * The context behind include/samestory.h: inputs, articles, and all that a run has found.
 *
 *   sst_add_*  -> waiting documents (copied into `waiting`) -> in batches, on all threads ->
 * articles sst_run    -> items[i]: text, quotations, figures of article i, each in an arena of its
 * own
 *              -> stories -> findings, each story in an arena of its own
 *   sst_write  -> report_write over `result`
 */
#ifndef API_CONTEXT_H
#define API_CONTEXT_H

#include <pthread.h>
#include <stdatomic.h>

#include "base_error.h"
#include "copy_pairs.h"
#include "read.h"
#include "report.h"

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

struct sst_context {
    sst_options options;
    uint32_t threads;
    sst_errors errors; /* inputs: those of the readers first, in input order */
    atomic_int stop;
    pthread_t caller; /* the thread of the running call: progress is told from it alone */

    /* inputs */
    sst_arena arena; /* lives as long as the context */
    sst_arena waiting_arena;
    SST_VEC(sst_document) waiting;
    size_t waiting_bytes;
    SST_VEC(sst_article *) articles;
    SST_VEC(uint32_t) failed_at; /* how many articles stand before each of errors.inputs */
    sst_status input_status;     /* a failure that ends the run */
    copy_store store;            /* what duplicates are found in; of options.only */
    uint32_t stored_n;           /* articles that were read into it, those without text too */
    bool has_store;

    /* one run; released by the next */
    sst_stage reached;
    sst_arena run;
    api_item *items;
    uint32_t item_n;
    api_story *stories;
    uint32_t story_n;
    sst_errors failures; /* all failed inputs, in input order */
    sst_run_result result;
    const sst_text **usable; /* of the articles without an error, for what sst_write still makes */
    uint32_t *usable_at;     /* their places in the run */
    uint32_t usable_n;
    bool has_passages;
    uint8_t *again;  /* of each article: it stands before under its id, with its time and text */
    bool store_used; /* the search takes the store apart */
    SST_VEC(const char *) notes; /* for sst_note_at */
};

/* Reads a path; fn gets its documents, user as it stands. */
sst_status api_read_path(sst_context *ctx, const char *path, sst_kind kind, read_fn fn,
                         void *user) SST_MUST_CHECK;
/* api_duplicates.c: the same for options.only, and the search itself. */
sst_status api_store_waiting(sst_context *ctx) SST_MUST_CHECK;
sst_status api_run_duplicates(sst_context *ctx) SST_MUST_CHECK;

/* printf a note into the arena of the run. */
void api_note(sst_context *ctx, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Turns the waiting documents into articles. */
sst_status api_flush(sst_context *ctx) SST_MUST_CHECK;
void api_release_run(sst_context *ctx);
/* Tells the progress function, when called from the caller's thread. */
void api_progress(sst_context *ctx, const char *stage, uint64_t done, uint64_t total);

#endif
