/*
 * Inputs -> a database. In: articles in input order, as the pool makes them, with what the store
 * needs of each; out: batches for store_add_ready, and at the end the comparison of the stories
 * that changed.
 *
 *   pool       documents -> articles, words, records      all threads
 *   caller     collects them into one batch ...
 *   writer     ... while another is put into the file     a thread of its own, one batch at a time
 *
 * A batch is stored when it is large enough to be worth a commit, so memory does not grow with the
 * inputs and what was reported as stored stays. The handle of the database belongs to the writer
 * while it has a batch, to the caller else.
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

typedef struct batch {
    const sst_article **article; /* room for BATCH */
    store_ready **ready;
    uint32_t n;
    size_t bytes;
} batch;

struct api_ingest {
    store *store;
    sst_errors errors; /* of the store: it may be used while the caller sets its own */
    batch two[2];
    uint32_t filling; /* of two; the other is the writer's, or empty */
    pthread_t writer;
    bool writing;        /* a batch is handed over; with a thread, or not: it is done already */
    bool has_thread;     /* of the batch that is handed over */
    sst_status written;  /* what became of it */
    store_work work;     /* for it */
    uint32_t error_next; /* of ctx->errors.inputs: the first that is not in the table yet */
    store_added sum;
    uint64_t collected, stored; /* articles; those of committed batches */
    int64_t now;
    bool later; /* stories are left to be compared by the next run */
    sst_status status;
};

static void let_go(batch *b)
{
    for (uint32_t i = 0; i < b->n; i++) {
        page_free((sst_article *)(uintptr_t)b->article[i]);
        store_ready_free(b->ready[i]);
    }
    b->n = 0;
    b->bytes = 0;
}

void api_ingest_free(sst_context *ctx)
{
    api_ingest *g = ctx->ingest;
    if (!g)
        return;
    if (g->writing && g->has_thread)
        pthread_join(g->writer, NULL);
    for (uint32_t k = 0; k < 2; k++) {
        let_go(&g->two[k]);
        base_free(g->two[k].article);
        base_free(g->two[k].ready);
    }
    store_close(g->store);
    errors_release(&g->errors);
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

/* Articles without text are failed inputs of the run too. */
static void name_failed(sst_context *ctx, const sst_article *a)
{
    if (a->error.n)
        errors_input(&ctx->failures, a->source, ERROR_NO_PLACE, "%.*s", (int)a->error.n,
                     a->error.p);
}

/* The store's cause becomes the context's. */
static sst_status told(sst_context *ctx, sst_status status)
{
    return status ? errors_set(&ctx->errors, status, "%s", ctx->ingest->errors.message) : SST_OK;
}

static void *write_batch(void *user)
{
    api_ingest *g = user;
    const batch *b = &g->two[1 - g->filling];
    g->written = store_add_ready(g->store, b->article, b->ready, b->n, &g->work, &g->sum);
    return NULL;
}

/* Until the batch that was handed over is stored; failed inputs behind it. */
static sst_status wait_for_writer(sst_context *ctx)
{
    api_ingest *g = ctx->ingest;
    batch *b = &g->two[1 - g->filling];
    if (g->writing) {
        if (g->has_thread)
            pthread_join(g->writer, NULL);
        g->writing = false;
        if (!g->status)
            g->status = told(ctx, g->written);
        if (!g->status) {
            g->stored += b->n;
            api_progress(ctx, "stored", g->stored, 0);
        }
        for (uint32_t i = 0; i < b->n && !g->status; i++)
            name_failed(ctx, b->article[i]);
        let_go(b);
    }
    for (; !g->status && g->error_next < ctx->errors.inputs.n; g->error_next++) {
        const sst_error *e = &ctx->errors.inputs.v[g->error_next];
        g->status = told(ctx, store_add_error(g->store, e->source, e->at, e->message, g->now));
        errors_input(&ctx->failures, e->source, e->at, "%.*s", (int)e->message.n, e->message.p);
        g->sum.failed++;
    }
    return g->status;
}

/* What was collected goes to the writer, when that is free. */
static sst_status hand_over(sst_context *ctx)
{
    api_ingest *g = ctx->ingest;
    sst_status status = wait_for_writer(ctx);
    batch *b = &g->two[g->filling];
    if (status)
        let_go(b);
    if (status || !b->n)
        return status;
    g->filling = 1 - g->filling;
    g->work = work_of(ctx, g->now);
    g->work.progress = NULL;
    g->writing = true;
    g->has_thread = ctx->threads > 1 && pthread_create(&g->writer, NULL, write_batch, g) == 0;
    if (!g->has_thread)
        (void)write_batch(g);
    return SST_OK;
}

sst_status api_ingest_collect(sst_context *ctx, sst_article *a, store_ready *ready)
{
    api_ingest *g = ctx->ingest;
    batch *b = &g->two[g->filling];
    b->article[b->n] = a;
    b->ready[b->n++] = ready;
    b->bytes += a->arena.total + store_ready_bytes(ready);
    api_progress(ctx, "articles", ++g->collected, 0);
    return b->n == BATCH || b->bytes >= BATCH_BYTES ? hand_over(ctx) : SST_OK;
}

/* What sst_add_links gave. */
static sst_status put_links(sst_context *ctx)
{
    api_ingest *g = ctx->ingest;
    uint32_t n = ctx->links.n;
    if (!ctx->has_links)
        return SST_OK;
    store_link *v = base_malloc(((size_t)n + 1) * sizeof *v);
    if (!v)
        return api_no_memory(ctx);
    for (uint32_t i = 0; i < n; i++)
        v[i] = (store_link){ctx->links.v[i].a, ctx->links.v[i].b, ctx->links.v[i].must};
    sst_status status = told(ctx, store_links_put(g->store, v, n, g->now, &g->sum.stories));
    base_free(v);
    return status;
}

static sst_status note_links(sst_context *ctx)
{
    uint64_t waiting = 0, all = 0;
    if (!ctx->has_links)
        return SST_OK;
    sst_status status = told(ctx, store_links_wait(ctx->ingest->store, &waiting, &all));
    if (!status && waiting)
        api_note(ctx, "links that wait for an article with their id: %llu of %llu",
                 (unsigned long long)waiting, (unsigned long long)all);
    return status;
}

sst_status sst_ingest(sst_context *ctx, const char *db)
{
    if (!ctx || !db)
        return SST_ERR_USAGE;
    ctx->errors.code = SST_OK;
    if (ctx->stream || ctx->ingest || ctx->put_n || ctx->errors.inputs.n)
        return errors_set(&ctx->errors, SST_ERR_USAGE,
                          "sst_ingest: call it once, before the first input");
    api_ingest *g = ctx->ingest = base_malloc(sizeof *g);
    if (!g)
        return api_no_memory(ctx);
    memset(g, 0, sizeof *g);
    errors_init(&g->errors);
    bool room = true;
    for (uint32_t k = 0; k < 2; k++) {
        g->two[k].article = base_malloc(BATCH * sizeof *g->two[k].article);
        g->two[k].ready = base_malloc(BATCH * sizeof *g->two[k].ready);
        room &= g->two[k].article && g->two[k].ready;
    }
    g->now = (int64_t)time(NULL);
    ctx->caller = pthread_self();
    sst_status status =
        room ? told(ctx, store_open(db, STORE_CREATE, &g->errors, &g->store)) : api_no_memory(ctx);
    if (!status)
        status = put_links(ctx);
    if (status)
        api_ingest_free(ctx);
    return status;
}

sst_status sst_ingest_later(sst_context *ctx)
{
    if (!ctx)
        return SST_ERR_USAGE;
    ctx->errors.code = SST_OK;
    if (!ctx->ingest)
        return errors_set(&ctx->errors, SST_ERR_USAGE, "sst_ingest_later: call sst_ingest first");
    ctx->ingest->later = true;
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
    sst_status last = hand_over(ctx);
    if (!last)
        last = wait_for_writer(ctx);
    if (!status)
        status = last;
    if (!status)
        status = told(ctx, api_store_outlets(ctx, g->store));
    if (!status)
        status = note_links(ctx);
    if (!status && !g->later) {
        store_work work = work_of(ctx, g->now);
        status = told(ctx, store_refresh(g->store, &work, NULL));
    }
    if (summary)
        *summary = (sst_ingest_summary){g->sum.articles, g->sum.versions, g->sum.unchanged,
                                        g->sum.failed, g->sum.stories};
    return status;
}
