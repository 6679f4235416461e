/*
 * The stages of a run: shared by api_run.c, which has them in order, and api_stories.c, which makes
 * stories and compares them.
 */
#ifndef API_RUN_H
#define API_RUN_H

#include "api_context.h"

/* Articles or stories on all threads. */
typedef struct api_work {
    sst_context *ctx;
    sst_stage last;
    sst_arena *scratch; /* of each thread */
    atomic_uint done;
} api_work;

/* api_run.c. */
sst_status api_open_work(sst_context *ctx, sst_stage last, api_work *w) SST_MUST_CHECK;
void api_close_work(api_work *w);
/* Memory of work for the next item: what a long one took is given back. */
sst_arena *api_scratch_of(api_work *w, uint32_t worker);
/* Has somebody said stop? */
sst_status api_stopped(sst_context *ctx) SST_MUST_CHECK;

/* api_stories.c. Stories of the usable articles; also: with what parts of articles tell of other
 * stories. */
sst_status api_run_stories(sst_context *ctx, bool also) SST_MUST_CHECK;
/* What is found in each story, up to a stage; behind api_run_stories. */
sst_status api_run_findings(sst_context *ctx, sst_stage last) SST_MUST_CHECK;
/* The table of outlets, and the boilerplate of outlets over all pages of the run. */
sst_status api_learn_known(sst_context *ctx, bool lines) SST_MUST_CHECK;

#endif
