/*
 * Inputs -> a database. In: articles in input order, as the pool makes them; out: batches for
 * store_add, and at the end the comparison of the stories that changed.
 *
 * A batch is stored when it is large enough to be worth a commit, so memory does not grow with the
 * inputs and what was reported as stored stays.
 */
#include "api_context.h"

#include <string.h>
#include <time.h>

#include "base_alloc.h"
#include "base_str.h"
#include "page_article.h"
#include "store.h"

enum {
    /* Articles of a batch: a commit and the walk over the lists of words cost the same for one as
       for some thousand. */
    BATCH = 4000,
    BATCH_BYTES = 64 * 1024 * 1024
};

struct api_ingest {
    store *store;
    const sst_article **batch; /* room for BATCH */
    uint32_t n;
    size_t bytes;
    uint32_t error_next; /* of ctx->errors.inputs: the first that is not in the table yet */
    store_added sum;
    uint64_t stored; /* articles of committed batches */
    int64_t now;
    sst_status status;
};

void api_ingest_free(sst_context *ctx)
{
    api_ingest *g = ctx->ingest;
    if (!g)
        return;
    for (uint32_t i = 0; g->batch && i < g->n; i++)
        page_free((sst_article *)(uintptr_t)g->batch[i]);
    base_free(g->batch);
    store_close(g->store);
    base_free(g);
    ctx->ingest = NULL;
}

static void progress(void *user, const char *what, uint64_t done, uint64_t total)
{
    api_progress(user, what, done, total);
}

static store_work work_of(sst_context *ctx, int64_t now)
{
    return (store_work){
        .threads = ctx->threads, .now = now, .stop = &ctx->stop, .progress = progress, .user = ctx};
}

static void tell_stored(void *user, const char *what, uint64_t done, uint64_t total)
{
    sst_context *ctx = user;
    (void)what;
    (void)total;
    api_progress(ctx, "articles", ctx->ingest->stored + done, 0);
}

/* Articles without text are failed inputs of the run too. */
static void name_failed(sst_context *ctx, const sst_article *a)
{
    if (a->error.n)
        errors_input(&ctx->failures, a->source, ERROR_NO_PLACE, "%.*s", (int)a->error.n,
                     a->error.p);
}

static sst_status flush(sst_context *ctx)
{
    api_ingest *g = ctx->ingest;
    sst_status status = g->status;
    store_work work = work_of(ctx, g->now);
    work.progress = tell_stored;
    if (!status && g->n)
        status = store_add(g->store, g->batch, g->n, &work, &g->sum);
    if (!status) {
        g->stored += g->n;
        api_progress(ctx, "stored", g->stored, 0);
    }
    for (uint32_t i = 0; i < g->n; i++) {
        if (!status)
            name_failed(ctx, g->batch[i]);
        page_free((sst_article *)(uintptr_t)g->batch[i]);
    }
    g->n = 0;
    g->bytes = 0;
    for (; !status && g->error_next < ctx->errors.inputs.n; g->error_next++) {
        const sst_error *e = &ctx->errors.inputs.v[g->error_next];
        status = store_add_error(g->store, e->source, e->at, e->message, g->now);
        errors_input(&ctx->failures, e->source, e->at, "%.*s", (int)e->message.n, e->message.p);
        g->sum.failed++;
    }
    return g->status = status;
}

sst_status api_ingest_collect(sst_context *ctx, sst_article *a)
{
    api_ingest *g = ctx->ingest;
    g->batch[g->n++] = a;
    g->bytes += a->arena.total;
    return g->n == BATCH || g->bytes >= BATCH_BYTES ? flush(ctx) : SST_OK;
}

sst_status sst_ingest(sst_context *ctx, const char *db)
{
    if (!ctx || !db)
        return SST_ERR_USAGE;
    ctx->errors.code = SST_OK;
    if (ctx->stream || ctx->ingest || ctx->put_n || ctx->errors.inputs.n)
        return errors_set(&ctx->errors, SST_ERR_USAGE,
                          "sst_ingest: call it once, before the first input");
    api_ingest *g = base_malloc(sizeof *g);
    const sst_article **batch = base_malloc(BATCH * sizeof *batch);
    if (!g || !batch) {
        base_free(g);
        base_free(batch);
        return api_no_memory(ctx);
    }
    memset(g, 0, sizeof *g);
    g->batch = batch;
    g->now = (int64_t)time(NULL);
    ctx->caller = pthread_self();
    sst_status status = store_open(db, STORE_CREATE, &ctx->errors, &g->store);
    if (status) {
        base_free(batch);
        base_free(g);
        return status;
    }
    ctx->ingest = g;
    return SST_OK;
}

sst_status sst_ingest_end(sst_context *ctx, sst_ingest_summary *summary)
{
    if (!ctx)
        return SST_ERR_USAGE;
    api_ingest *g = ctx->ingest;
    if (!g)
        return errors_set(&ctx->errors, SST_ERR_USAGE, "sst_ingest_end: call sst_ingest first");
    ctx->caller = pthread_self();
    /* What failed before is told by the call that failed; what was read until then is stored. */
    sst_status status = api_pool_drain(ctx);
    sst_status last = flush(ctx);
    if (!status)
        status = last;
    if (!status)
        status = api_store_outlets(ctx, g->store);
    if (!status) {
        store_work work = work_of(ctx, g->now);
        status = store_refresh(g->store, &work, NULL);
    }
    if (summary)
        *summary = (sst_ingest_summary){g->sum.articles, g->sum.versions, g->sum.unchanged,
                                        g->sum.failed, g->sum.stories};
    return status;
}
