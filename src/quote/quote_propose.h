/* Which quotations may be one: an index of runs of words, and what is looked up in it. */
#ifndef QUOTE_PROPOSE_H
#define QUOTE_PROPOSE_H

#include <stdbool.h>

#include "base_arena.h"
#include "base_buf.h"

enum {
    QUOTE_PROPOSED_MAX = 8, /* quotations that one is compared with. bench: variants */
};

/* A run of words, and the piece that has it. */
typedef struct quote_posts {
    uint64_t *v; /* hash << 32 | piece, ascending */
    size_t n, cap;
    uint32_t *bucket; /* of the first bits of the hash: first of v */
    uint32_t shift;
    bool sorted;
} quote_posts;

/* Posts are told in order of the piece; room is made by the caller. */
static inline void quote_post(quote_posts *p, uint32_t hash, uint32_t piece)
{
    p->v[p->n++] = (uint64_t)hash << 32 | piece;
}

/* Sorts, and keeps of each hash the `most` first pieces, each once. scratch: room for p->n. */
sst_status quote_posts_close(quote_posts *p, uint64_t *scratch, uint32_t most,
                             sst_arena *arena) SST_MUST_CHECK;

/* An index larger than the caches is waited for at every hash; these ask for what quote_posts_find
 * will read: the bucket, then (when that is there) the posts. */
static inline void quote_posts_soon(const quote_posts *p, uint32_t hash)
{
    __builtin_prefetch(&p->bucket[(uint64_t)hash << 32 >> p->shift]);
}

static inline void quote_posts_next(const quote_posts *p, uint32_t hash)
{
    __builtin_prefetch(&p->v[p->bucket[(uint64_t)hash << 32 >> p->shift]]);
}

/* The posts of a hash. */
const uint64_t *quote_posts_find(const quote_posts *p, uint32_t hash, uint32_t *n);

#endif
