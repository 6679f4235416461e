/*
 * An answer is made: by the function of its route, with a reader of the database, and kept. On a
 * thread of serve_pool.c; a reader belongs to one thread at a time.
 */
#include "serve_inner.h"

#include <time.h>

#include "base_alloc.h"

enum { KEY_MOST = 4096 /* longer addresses are not kept */ };

/* ---------------------------------------------------------------------------------------- readers
 */

static serve_reader *reader_take(sst_server *s)
{
    pthread_mutex_lock(&s->lock);
    serve_reader *r = s->free;
    if (r)
        s->free = r->next;
    pthread_mutex_unlock(&s->lock);
    if (r)
        return r;
    r = base_malloc(sizeof *r);
    if (!r)
        return NULL;
    memset(r, 0, sizeof *r);
    errors_init(&r->errors);
    if (store_open(s->db, STORE_READ, &r->errors, &r->store)) {
        errors_release(&r->errors);
        base_free(r);
        return NULL;
    }
    return r;
}

static void reader_give(sst_server *s, serve_reader *r)
{
    if (!r)
        return;
    r->errors.code = SST_OK;
    pthread_mutex_lock(&s->lock);
    r->next = s->free;
    s->free = r;
    pthread_mutex_unlock(&s->lock);
}

void serve_readers_free(sst_server *s)
{
    for (serve_reader *r = s->free, *next; r; r = next) {
        next = r->next;
        store_close(r->store);
        errors_release(&r->errors);
        base_free(r);
    }
    s->free = NULL;
}

bool serve_open(serve_request *q)
{
    q->reader = reader_take(q->server);
    q->store = q->reader ? q->reader->store : NULL;
    return q->reader && !store_generation(q->store, &q->generation);
}

void serve_close(serve_request *q)
{
    reader_give(q->server, q->reader);
    q->reader = NULL;
    q->store = NULL;
}

sst_status serve_counts(serve_request *q, store_counts *out)
{
    sst_server *s = q->server;
    pthread_mutex_lock(&s->lock);
    *out = s->counts;
    pthread_mutex_unlock(&s->lock);
    if (out->generation && out->generation == q->generation)
        return SST_OK;
    sst_status status = store_count(q->store, out);
    if (status)
        return status;
    pthread_mutex_lock(&s->lock);
    s->counts = *out;
    pthread_mutex_unlock(&s->lock);
    return SST_OK;
}

/* -------------------------------------------------------------------------------------------
 * bodies
 */

static int into_body(void *user, const char *bytes, size_t n)
{
    serve_request *q = user;
    buf_add(&q->body, bytes, n);
    return q->body.failed != SST_OK;
}

report_sink serve_sink(serve_request *q)
{
    return (report_sink){into_body, q};
}

bool serve_begin(serve_request *q)
{
    char *buffer = arena_alloc(&q->arena, REPORT_BUFFER);
    if (buffer)
        report_out_init(&q->out, serve_sink(q), buffer);
    return buffer != NULL;
}

sst_status serve_flush(serve_request *q)
{
    sst_status status = report_out_end(&q->out);
    report_out_init(&q->out, serve_sink(q), q->out.buffer);
    return status;
}

void serve_plain(serve_request *q, uint32_t status, const char *text)
{
    q->status = status;
    q->type = "text/plain; charset=utf-8";
    q->location = (sst_str){NULL, 0};
    buf_release(&q->body);
    buf_init(&q->body, SERVE_BODY_MOST);
    buf_z(&q->body, text);
    buf_z(&q->body, "\n");
}

static void failed(serve_request *q, sst_status status)
{
    const char *why = q->reader ? q->reader->errors.message : "";
    serve_plain(
        q, status == SST_ERR_LIMIT ? MHD_HTTP_INSUFFICIENT_STORAGE : MHD_HTTP_INTERNAL_SERVER_ERROR,
        status == SST_ERR_LIMIT    ? "this answer would be larger than the limit"
        : status == SST_ERR_MEMORY ? "out of memory: try again"
        : why[0]                   ? why
                                   : "this answer could not be made");
}

void serve_make(serve_request *q)
{
    sst_server *s = q->server;
    /* Another may have asked for the same and waited less. */
    q->kept = q->keep ? serve_cache_get(s->cache, q->key, q->stamp) : NULL;
    if (q->kept)
        return;
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    if (q->route->of != SERVE_OF_PROGRAM && !serve_open(q)) {
        serve_plain(q, MHD_HTTP_SERVICE_UNAVAILABLE, "the database cannot be read: try again");
        serve_close(q);
        return;
    }
    sst_status status = serve_begin(q) ? q->route->fn(q) : SST_ERR_MEMORY;
    if (!status || status == SERVE_ANSWERED)
        status = serve_flush(q);
    if (!status)
        status = q->body.failed ? q->body.failed : q->arena.failed;
    if (status)
        failed(q, status);
    else if (q->keep && q->status == MHD_HTTP_OK && q->key.n < KEY_MOST)
        q->kept = serve_cache_put(s->cache, q->key, q->stamp, &q->body, q->type);
    serve_close(q);
    clock_gettime(CLOCK_MONOTONIC, &b);
    atomic_fetch_add(&s->micros, (unsigned long long)((b.tv_sec - a.tv_sec) * 1000000 +
                                                      (b.tv_nsec - a.tv_nsec) / 1000));
}
