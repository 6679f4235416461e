/*
 * Answers that were made, kept for the generation of the database they were made of. In memory, up
 * to a number of bytes; the one that was asked for longest ago goes first.
 *
 *   slots[hash % n] -> entry -> entry      newest <-> ... <-> oldest (of all)
 */
#include "serve_inner.h"

#include "base_alloc.h"

enum { SLOTS = 4096, ENTRY_MOST_PART = 8 /* no answer takes more than this part of all */ };

typedef struct entry {
    struct entry *chain, *newer, *older;
    uint64_t hash, generation;
    const char *type;
    uint32_t status;
    size_t key_n, body_n;
    char bytes[]; /* key, body */
} entry;

struct serve_cache {
    pthread_mutex_t lock;
    uint64_t most, used;
    entry *newest, *oldest;
    entry *slots[SLOTS];
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

static void unlink_entry(serve_cache *c, entry *e)
{
    entry **at = &c->slots[e->hash % SLOTS];
    while (*at != e)
        at = &(*at)->chain;
    *at = e->chain;
    *(e->newer ? &e->newer->older : &c->newest) = e->older;
    *(e->older ? &e->older->newer : &c->oldest) = e->newer;
    c->used -= sizeof *e + e->key_n + e->body_n;
}

void serve_cache_free(serve_cache *c)
{
    if (!c)
        return;
    for (entry *e = c->newest, *next; e; e = next) {
        next = e->older;
        base_free(e);
    }
    pthread_mutex_destroy(&c->lock);
    base_free(c);
}

static entry *find(serve_cache *c, sst_str key, uint64_t hash)
{
    for (entry *e = c->slots[hash % SLOTS]; e; e = e->chain)
        if (e->hash == hash && str_eq((sst_str){e->bytes, e->key_n}, key))
            return e;
    return NULL;
}

static void make_newest(serve_cache *c, entry *e)
{
    e->chain = c->slots[e->hash % SLOTS];
    c->slots[e->hash % SLOTS] = e;
    e->newer = NULL;
    e->older = c->newest;
    *(c->newest ? &c->newest->newer : &c->oldest) = e;
    c->newest = e;
    c->used += sizeof *e + e->key_n + e->body_n;
}

bool serve_cache_get(serve_cache *c, sst_str key, uint64_t generation, sst_buf *body,
                     const char **type, uint32_t *status)
{
    pthread_mutex_lock(&c->lock);
    entry *e = find(c, key, hash_str(key));
    bool good = e && e->generation == generation;
    if (e && !good) {
        unlink_entry(c, e);
        base_free(e);
    } else if (good) {
        unlink_entry(c, e);
        make_newest(c, e);
        buf_add(body, e->bytes + e->key_n, e->body_n);
        *type = e->type;
        *status = e->status;
    }
    pthread_mutex_unlock(&c->lock);
    return good && !body->failed;
}

void serve_cache_put(serve_cache *c, sst_str key, uint64_t generation, sst_str body,
                     const char *type, uint32_t status)
{
    uint64_t size = sizeof(entry) + key.n + body.n;
    if (size > c->most / ENTRY_MOST_PART)
        return;
    entry *e = base_malloc(size);
    if (!e)
        return;
    *e = (entry){.hash = hash_str(key),
                 .generation = generation,
                 .type = type,
                 .status = status,
                 .key_n = key.n,
                 .body_n = body.n};
    memcpy(e->bytes, key.p, key.n);
    if (body.n)
        memcpy(e->bytes + key.n, body.p, body.n);
    pthread_mutex_lock(&c->lock);
    entry *before = find(c, key, e->hash);
    if (before) {
        unlink_entry(c, before);
        base_free(before);
    }
    while (c->oldest && c->used + size > c->most) {
        entry *o = c->oldest;
        unlink_entry(c, o);
        base_free(o);
    }
    make_newest(c, e);
    pthread_mutex_unlock(&c->lock);
}
