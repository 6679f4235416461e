/*
 * How many articles have a gram at the most: small counters that grams share.
 *
 *   counters   256 shards by 8 bits of the gram, each of cells that the next bits choose
 *              cell: times that a gram of it was met, up to 255; never fewer than the articles that
 *              have one of them
 *   raises     of a worker: cells to raise, of each shard so many before the shard is locked
 *
 * A counter somewhere in 64 MB costs a walk to memory. So a worker collects what it wants to raise
 * by shard, and raises a shard's cells together, which are in the cache then. A shard that grows
 * gives each half of a cell the whole count: it may say too much, never too little.
 */
#ifndef COPY_COUNTS_H
#define COPY_COUNTS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

enum { COPY_SHARDS = 256, COPY_RAISES = 256, COPY_CELL_MOST = UINT8_MAX };

typedef struct copy_shard {
    pthread_mutex_t lock;
    uint8_t *cell;
    uint32_t bits; /* 2^bits cells */
    uint64_t raised;
} copy_shard;

typedef struct copy_counts {
    copy_shard shard[COPY_SHARDS];
} copy_counts;

typedef struct copy_raises {
    uint32_t v[COPY_SHARDS][COPY_RAISES];
    uint32_t n[COPY_SHARDS];
} copy_raises;

bool copy_counts_init(copy_counts *c);
void copy_counts_release(copy_counts *c);

/* Counts the grams of a text's words; on any thread, each with its own raises, zero at first. */
void copy_counts_raise(copy_counts *c, copy_raises *r, const uint64_t *word, uint32_t n);
/* Counts what waits in the raises. */
void copy_counts_flush(copy_counts *c, copy_raises *r);

/* A gram stands in no more articles than this, unless it is COPY_CELL_MOST. */
static inline uint32_t copy_counts_most(const copy_counts *c, uint64_t gram)
{
    const copy_shard *d = &c->shard[gram & (COPY_SHARDS - 1)];
    return d->cell[(uint32_t)(gram >> 8) >> (32 - d->bits)];
}

#endif
