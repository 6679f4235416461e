/*
 * Documents -> articles, on all threads, in input order.
 *
 *   ring of slots:   [done][done][in work][done][in work][waiting][waiting][  free  ]
 *                     ^head: next to collect        ^next to take      ^tail: next to fill
 *
 * The caller's thread reads: it copies a document into a slot and goes on. When the ring is full,
 * by count or bytes, it collects what is done and works on a document itself. The other threads do
 * nothing but work, so reading, unpacking and writing happen beside it, and memory is bounded by
 * the ring. What a slot becomes depends on its document alone, and slots are collected in their
 * order: neither threads nor their timing show in the result.
 */
#include "api_context.h"

#include <string.h>

#include "base_alloc.h"
#include "base_str.h"
#include "page_article.h"
#include "store.h"

enum {
    SLOTS = 256,                   /* some hundred pages of a usual size ... */
    RING_BYTES = 32 * 1024 * 1024, /* ... or so many bytes, whichever is reached first */
    KEEP_BYTES = 1024 * 1024,      /* a slot's memory is kept up to this size */
    MOST_WORKERS = 256
};

typedef struct slot {
    sst_document d;
    sst_arena arena; /* of d */
    sst_article *article;
    sst_buf row;        /* the article as its row, when it is written at once */
    store_ready *ready; /* of an article on its way into a database */
    sst_status status;
    bool done;
} slot;

struct api_pool {
    sst_context *ctx;
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    uint64_t head, next, tail; /* slot i is at i % SLOTS */
    size_t bytes;              /* of the documents between head and tail */
    bool quit;
    uint32_t worker_n;
    pthread_t worker[MOST_WORKERS];
    slot slots[SLOTS];
};

static void make(sst_context *ctx, slot *s)
{
    if (atomic_load(&ctx->stop)) {
        s->status = SST_ERR_STOPPED;
        return;
    }
    const sst_options *o = &ctx->options;
    if (o->only == SST_STAGE_PASSAGES)
        s->status = page_article_lean(&s->d, &o->limits, &ctx->stop,
                                      ctx->has_room ? &ctx->room : NULL, &s->article);
    else
        s->status = (o->explain ? page_article_noted : page_article_until)(&s->d, &o->limits,
                                                                           &ctx->stop, &s->article);
    if (!s->status && api_stream_flows(ctx))
        s->status = api_stream_render(ctx, s->article, &s->row);
    if (!s->status && ctx->ingest && !(s->ready = store_prepare(s->article)))
        s->status = SST_ERR_MEMORY;
}

static void *worker(void *user)
{
    api_pool *p = user;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (p->next == p->tail && !p->quit)
            pthread_cond_wait(&p->work, &p->lock);
        if (p->quit)
            break;
        slot *s = &p->slots[p->next++ % SLOTS];
        pthread_mutex_unlock(&p->lock);
        make(p->ctx, s);
        pthread_mutex_lock(&p->lock);
        s->done = true;
        pthread_cond_signal(&p->done);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static sst_status start(sst_context *ctx)
{
    api_pool *p = base_malloc(sizeof *p);
    if (!p)
        return api_no_memory(ctx);
    memset(p, 0, sizeof *p);
    p->ctx = ctx;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->work, NULL);
    pthread_cond_init(&p->done, NULL);
    for (uint32_t i = 0; i < SLOTS; i++) {
        arena_init(&p->slots[i].arena, 0);
        buf_init(&p->slots[i].row, 0);
    }
    ctx->pool = p;
    /* The caller's thread works too. Where no thread can be started it does all. */
    while (p->worker_n + 1 < ctx->threads && p->worker_n < MOST_WORKERS &&
           pthread_create(&p->worker[p->worker_n], NULL, worker, p) == 0)
        p->worker_n++;
    return SST_OK;
}

void api_pool_free(sst_context *ctx)
{
    api_pool *p = ctx->pool;
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->quit = true;
    pthread_cond_broadcast(&p->work);
    pthread_mutex_unlock(&p->lock);
    for (uint32_t i = 0; i < p->worker_n; i++)
        pthread_join(p->worker[i], NULL);
    for (uint32_t i = 0; i < SLOTS; i++) {
        page_free(p->slots[i].article);
        store_ready_free(p->slots[i].ready);
        arena_release(&p->slots[i].arena);
        buf_release(&p->slots[i].row);
    }
    pthread_cond_destroy(&p->done);
    pthread_cond_destroy(&p->work);
    pthread_mutex_destroy(&p->lock);
    base_free(p);
    ctx->pool = NULL;
}

static sst_status keep(sst_context *ctx, sst_article *a)
{
    sst_article **place = vec_push(&ctx->arena, &ctx->articles);
    if (!place) {
        page_free(a);
        return api_no_memory(ctx);
    }
    a->index = ctx->articles.n - 1;
    *place = a;
    return SST_OK;
}

/* The slot at head, which is done. */
static sst_status collect(sst_context *ctx, slot *s)
{
    api_pool *p = ctx->pool;
    sst_status status = ctx->input_status;
    if (status) { /* after a failure the rest is only let go */
        page_free(s->article);
        store_ready_free(s->ready);
    } else if (s->article && !s->status)
        status = ctx->stream   ? api_stream_collect(ctx, s->article, &s->row)
                 : ctx->ingest ? api_ingest_collect(ctx, s->article, s->ready)
                               : keep(ctx, s->article);
    else {
        page_free(s->article);
        store_ready_free(s->ready);
        if (s->status == SST_ERR_STOPPED || atomic_load(&ctx->stop))
            status = errors_set(&ctx->errors, SST_ERR_STOPPED, "stopped while reading");
        else if (s->status && s->status != SST_ERR_MEMORY)
            status = errors_set(&ctx->errors, s->status, "%.*s: cannot be made an article",
                                (int)s->d.source.n, s->d.source.p);
        else
            status = api_no_memory(ctx);
    }
    p->bytes -= s->d.body.n;
    if (s->arena.total > KEEP_BYTES)
        arena_release(&s->arena);
    else
        arena_clear(&s->arena);
    if (s->row.cap > KEEP_BYTES)
        buf_release(&s->row);
    buf_clear(&s->row);
    s->article = NULL;
    s->ready = NULL;
    s->status = SST_OK;
    s->done = false;
    p->head++;
    ctx->input_status = status;
    return status;
}

/* Collects what is done at the head; when `wait`, at least one, working for it if need be. */
static sst_status advance(sst_context *ctx, bool wait)
{
    api_pool *p = ctx->pool;
    sst_status status = ctx->input_status;
    for (;;) {
        pthread_mutex_lock(&p->lock);
        slot *head = &p->slots[p->head % SLOTS], *mine = NULL;
        bool any = p->head < p->tail, ready = any && head->done;
        if (any && !ready && wait) {
            if (p->next < p->tail)
                mine = &p->slots[p->next++ % SLOTS];
            else
                while (!head->done)
                    pthread_cond_wait(&p->done, &p->lock);
            ready = head->done;
        }
        pthread_mutex_unlock(&p->lock);
        if (mine) {
            make(ctx, mine);
            pthread_mutex_lock(&p->lock);
            mine->done = true;
            pthread_mutex_unlock(&p->lock);
            continue;
        }
        if (!ready)
            return status;
        status = collect(ctx, head);
        wait = false;
    }
}

sst_status api_pool_put(sst_context *ctx, const sst_document *d)
{
    sst_status status = ctx->pool ? SST_OK : start(ctx);
    if (status)
        return status;
    api_pool *p = ctx->pool;
    while (!status &&
           (p->tail - p->head == SLOTS || (p->tail > p->head && p->bytes + d->body.n > RING_BYTES)))
        status = advance(ctx, true);
    if (!status)
        status = advance(ctx, false);
    if (status)
        return status;
    slot *s = &p->slots[p->tail % SLOTS];
    sst_document *c = &s->d;
    (void)api_copy_document(&s->arena, c, d);
    if (api_stream_flows(ctx))
        c->id = api_stream_id(ctx, &s->arena, c->id);
    if (s->arena.failed) {
        arena_clear(&s->arena);
        return api_no_memory(ctx);
    }
    p->bytes += d->body.n;
    ctx->put_n++;
    pthread_mutex_lock(&p->lock);
    p->tail++;
    pthread_cond_signal(&p->work);
    pthread_mutex_unlock(&p->lock);
    return SST_OK;
}

sst_status api_pool_drain(sst_context *ctx)
{
    api_pool *p = ctx->pool;
    while (p && p->head < p->tail)
        (void)advance(ctx, true);
    return ctx->input_status;
}
