/*
 * Answers that were made, kept for the state of what they were made of. In memory, up to a number
 * of bytes; the one that was asked for longest ago goes first.
 *
 *   slots[hash % n] -> entry -> entry      newest <-> ... <-> oldest (of all)
 *
 * A body is not copied: an entry is held by the cache and by every connection that it is on its way
 * to, and freed by whoever lets go of it last.
 */
#include "serve_inner.h"

#include "base_alloc.h"

enum { SLOTS = 4096, ENTRY_MOST_PART = 8 /* no answer takes more than this part of all */ };

struct serve_kept {
    struct serve_kept *chain, *newer, *older;
    uint64_t hash, stamp;
    const char *type;
    size_t key_n, body_n;
    atomic_uint holders;
    char *body; /* base_malloc */
    char key[];
};

struct serve_cache {
    pthread_mutex_t lock;
    uint64_t most, used;
    serve_kept *newest, *oldest;
    serve_kept *slots[SLOTS];
};

serve_cache *serve_cache_new(uint64_t bytes)
{
    serve_cache *c = base_malloc(sizeof *c);
    if (!c)
        return NULL;
    memset(c, 0, sizeof *c);
    pthread_mutex_init(&c->lock, NULL);
    c->most = bytes;
    return c;
}

static uint64_t size_of(const serve_kept *e)
{
    return sizeof *e + e->key_n + e->body_n;
}

void serve_kept_drop(void *kept)
{
    serve_kept *e = kept;
    if (!e || atomic_fetch_sub(&e->holders, 1) > 1)
        return;
    base_free(e->body);
    base_free(e);
}

static void unlink_entry(serve_cache *c, serve_kept *e)
{
    serve_kept **at = &c->slots[e->hash % SLOTS];
    while (*at != e)
        at = &(*at)->chain;
    *at = e->chain;
    *(e->newer ? &e->newer->older : &c->newest) = e->older;
    *(e->older ? &e->older->newer : &c->oldest) = e->newer;
    c->used -= size_of(e);
}

void serve_cache_free(serve_cache *c)
{
    if (!c)
        return;
    for (serve_kept *e = c->newest, *next; e; e = next) {
        next = e->older;
        serve_kept_drop(e);
    }
    pthread_mutex_destroy(&c->lock);
    base_free(c);
}

static serve_kept *find(serve_cache *c, sst_str key, uint64_t hash)
{
    for (serve_kept *e = c->slots[hash % SLOTS]; e; e = e->chain)
        if (e->hash == hash && str_eq((sst_str){e->key, e->key_n}, key))
            return e;
    return NULL;
}

static void make_newest(serve_cache *c, serve_kept *e)
{
    e->chain = c->slots[e->hash % SLOTS];
    c->slots[e->hash % SLOTS] = e;
    e->newer = NULL;
    e->older = c->newest;
    *(c->newest ? &c->newest->newer : &c->oldest) = e;
    c->newest = e;
    c->used += size_of(e);
}

serve_kept *serve_cache_get(serve_cache *c, sst_str key, uint64_t stamp)
{
    pthread_mutex_lock(&c->lock);
    serve_kept *e = find(c, key, hash_str(key));
    if (e) {
        unlink_entry(c, e);
        if (e->stamp == stamp) {
            make_newest(c, e);
            atomic_fetch_add(&e->holders, 1);
        } else {
            serve_kept_drop(e);
            e = NULL;
        }
    }
    pthread_mutex_unlock(&c->lock);
    return e;
}

sst_str serve_kept_body(const serve_kept *e, const char **type)
{
    *type = e->type;
    return (sst_str){e->body, e->body_n};
}

serve_kept *serve_cache_put(serve_cache *c, sst_str key, uint64_t stamp, sst_buf *body,
                            const char *type)
{
    if (sizeof(serve_kept) + key.n + body->n > c->most / ENTRY_MOST_PART)
        return NULL;
    serve_kept *e = base_malloc(sizeof *e + key.n);
    char *fit = e && body->n ? base_realloc(body->p, body->n) : NULL; /* no room that is not used */
    if (!fit) {
        base_free(e);
        return NULL;
    }
    body->p = fit;
    *e = (serve_kept){.hash = hash_str(key),
                      .stamp = stamp,
                      .type = type,
                      .key_n = key.n,
                      .body_n = body->n,
                      .body = body->p};
    atomic_init(&e->holders, 2); /* the cache, the caller */
    memcpy(e->key, key.p, key.n);
    buf_init(body, SERVE_BODY_MOST); /* it is the entry's now */
    pthread_mutex_lock(&c->lock);
    serve_kept *before = find(c, key, e->hash);
    if (before) {
        unlink_entry(c, before);
        serve_kept_drop(before);
    }
    while (c->oldest && c->used + size_of(e) > c->most) {
        serve_kept *o = c->oldest;
        unlink_entry(c, o);
        serve_kept_drop(o);
    }
    make_newest(c, e);
    pthread_mutex_unlock(&c->lock);
    return e;
}
