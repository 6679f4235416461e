/* Small counters of grams: see copy_counts.h, which draws the form. */
#include "copy_counts.h"

#include <string.h>

#include "base_alloc.h"
#include "copy_index.h"
#include "copy_scan.h"

enum {
    /* Cells: one for eight grams, within these bits of a shard; with more grams the counters say
       "perhaps" more often, and the exact count takes longer. */
    GRAMS_A_CELL = 8,
    LEAST_BITS = 8,
    MOST_BITS = 18
};

bool copy_counts_init(copy_counts *c)
{
    bool ok = true;
    memset(c, 0, sizeof *c);
    for (int k = 0; k < COPY_SHARDS; k++) {
        copy_shard *d = &c->shard[k];
        pthread_mutex_init(&d->lock, NULL);
        d->bits = LEAST_BITS;
        d->cell = base_malloc((size_t)1 << LEAST_BITS);
        if (d->cell)
            memset(d->cell, 0, (size_t)1 << LEAST_BITS);
        ok &= d->cell != NULL;
    }
    return ok;
}

void copy_counts_release(copy_counts *c)
{
    for (int k = 0; k < COPY_SHARDS; k++) {
        base_free(c->shard[k].cell);
        pthread_mutex_destroy(&c->shard[k].lock);
    }
}

static inline uint32_t shard_of(uint64_t gram)
{
    return gram & (COPY_SHARDS - 1);
}

/* The bits that choose a cell, the first ones first. */
static inline uint32_t place_of(uint64_t gram)
{
    return (uint32_t)(gram >> 8);
}

static void grow(copy_shard *d)
{
    size_t cells = (size_t)1 << d->bits;
    uint8_t *big = base_malloc(cells * 2);
    if (!big)
        return; /* counters that say too much are only slow */
    for (size_t k = 0; k < cells; k++)
        big[2 * k] = big[2 * k + 1] = d->cell[k];
    base_free(d->cell);
    d->cell = big;
    d->bits++;
}

static void raise_shard(copy_shard *d, const uint32_t *v, uint32_t n)
{
    pthread_mutex_lock(&d->lock);
    d->raised += n;
    if (d->bits < MOST_BITS && d->raised >> d->bits >= GRAMS_A_CELL)
        grow(d);
    uint32_t shift = 32 - d->bits;
    for (uint32_t i = 0; i < n; i++) {
        uint8_t *cell = &d->cell[v[i] >> shift];
        *cell = (uint8_t)(*cell + (*cell < COPY_CELL_MOST));
    }
    pthread_mutex_unlock(&d->lock);
}

void copy_counts_raise(copy_counts *c, copy_raises *r, const uint64_t *word, uint32_t n)
{
    if (n < COPY_GRAM)
        return;
    uint64_t sum = copy_gram_sum(word);
    for (uint32_t i = COPY_GRAM;; i++) {
        uint64_t g = copy_gram_stir(sum);
        uint32_t k = shard_of(g), at = r->n[k];
        r->v[k][at] = place_of(g);
        r->n[k] = at + 1;
        if (at + 1 == COPY_RAISES) {
            raise_shard(&c->shard[k], r->v[k], COPY_RAISES);
            r->n[k] = 0;
        }
        if (i == n)
            return;
        sum = copy_gram_roll(sum, word + i - COPY_GRAM);
    }
}

void copy_counts_flush(copy_counts *c, copy_raises *r)
{
    for (uint32_t k = 0; k < COPY_SHARDS; k++) {
        raise_shard(&c->shard[k], r->v[k], r->n[k]);
        r->n[k] = 0;
    }
}
