/*
 * An inverted index that is filled once and then read.
 *
 *   v:       [hash|piece][hash|piece] ...     ascending; of one hash at most `most`
 *   bucket:  [first of v for each value of the first bits of the hash]
 *
 * Method: two passes of radix sort over the hash, four over that of few pieces, keep the order of
 * the pieces, so what a full list keeps are the first pieces and not those that came in first by
 * chance.
 */
#include "quote_propose.h"

#include <string.h>

enum {
    RADIX_BITS = 16,
    FEW_BITS = 8,  /* counters of 2 KB, where those of 16 bits would cost more than the pieces */
    FEW = 1 << 16, /* pieces: as many as there are counters of 16 bits */
    BUCKET_BITS_MAX = 24
};

sst_status quote_posts_close(quote_posts *p, uint64_t *scratch, uint32_t most, sst_arena *arena)
{
    uint32_t radix_bits = p->n < FEW ? FEW_BITS : RADIX_BITS, radix = 1u << radix_bits;
    size_t *count = arena_alloc(arena, radix * sizeof *count);
    if (!count)
        return arena->failed;
    uint64_t *from = p->v, *to = scratch;
    for (uint32_t shift = 32; shift < 64; shift += radix_bits) {
        memset(count, 0, radix * sizeof *count);
        for (size_t i = 0; i < p->n; i++)
            count[from[i] >> shift & (radix - 1)]++;
        size_t at = 0;
        for (size_t k = 0; k < radix; k++) {
            size_t n = count[k];
            count[k] = at;
            at += n;
        }
        for (size_t i = 0; i < p->n; i++)
            to[count[from[i] >> shift & (radix - 1)]++] = from[i];
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    size_t kept = 0; /* an even number of passes: v holds them again */
    uint32_t same = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (kept && p->v[kept - 1] == p->v[i])
            continue;
        same = kept && p->v[kept - 1] >> 32 == p->v[i] >> 32 ? same + 1 : 0;
        if (same < most)
            p->v[kept++] = p->v[i];
    }
    p->n = kept;
    uint32_t bits = 1;
    while (bits < BUCKET_BITS_MAX && (size_t)1 << bits < kept)
        bits++;
    p->shift = 64 - bits;
    if (kept >= UINT32_MAX)
        return SST_ERR_LIMIT;
    p->bucket = arena_alloc(arena, (((size_t)1 << bits) + 1) * sizeof *p->bucket);
    if (!p->bucket)
        return arena->failed;
    size_t i = 0;
    for (uint64_t k = 0; k <= (uint64_t)1 << bits; k++) {
        while (i < kept && p->v[i] >> p->shift < k)
            i++;
        p->bucket[k] = (uint32_t)i;
    }
    p->sorted = true;
    return SST_OK;
}

const uint64_t *quote_posts_find(const quote_posts *p, uint32_t hash, uint32_t *n)
{
    uint64_t k = (uint64_t)hash << 32 >> p->shift;
    size_t b = p->bucket[k], e = p->bucket[k + 1];
    while (b < e) { /* the first that is not less */
        size_t mid = b + (e - b) / 2;
        if (p->v[mid] >> 32 < hash)
            b = mid + 1;
        else
            e = mid;
    }
    uint32_t m = 0;
    while (b + m < p->n && p->v[b + m] >> 32 == hash)
        m++;
    *n = m;
    return p->v + b;
}
