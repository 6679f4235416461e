/*
 * How much of a sentence another article tells: see compare_told.h.
 *
 * In: atoms and an article of the sense. Out: a share. Method: which of the atoms each sentence of
 * the story holds is a word of bits, set from lists of the sentences that hold each atom; two
 * neighbours are its union.
 */
#include "compare_told.h"

#include <string.h>

sst_status compare_told_make(const compare_sense *s, sst_arena *arena, compare_told *out)
{
    *out = (compare_told){.sense = s};
    uint32_t *first = arena_calloc(arena, (size_t)s->atom_n + 2, sizeof *first);
    out->held = arena_alloc(arena, ((size_t)s->n + 1) * sizeof *out->held);
    if (!first || !out->held)
        return arena->failed;
    for (uint32_t k = 0; k < s->n; k++)
        for (uint32_t i = 0; i < s->v[k].atom_n; i++)
            first[s->v[k].atom[i] + 2]++;
    for (uint32_t a = 2; a < s->atom_n + 2; a++)
        first[a] += first[a - 1];
    out->list = arena_alloc(arena, ((size_t)first[s->atom_n + 1] + 1) * sizeof *out->list);
    if (!out->list)
        return arena->failed;
    for (uint32_t k = 0; k < s->n; k++)
        for (uint32_t i = 0; i < s->v[k].atom_n; i++)
            out->list[first[s->v[k].atom[i] + 1]++] = k;
    out->first = first;
    return SST_OK;
}

void compare_told_ask(compare_told *t, const uint32_t *atom, const float *weight, uint32_t n)
{
    n = n < COMPARE_TOLD_ATOMS ? n : COMPARE_TOLD_ATOMS;
    t->weight = weight;
    t->all = 0;
    memset(t->held, 0, t->sense->n * sizeof *t->held);
    for (uint32_t i = 0; i < n; i++) {
        t->all += weight[i];
        for (uint32_t k = t->first[atom[i]]; k < t->first[atom[i] + 1]; k++)
            t->held[t->list[k]] |= UINT64_C(1) << i;
    }
}

static float weight_of(const float *weight, uint64_t held)
{
    float sum = 0;
    for (; held; held &= held - 1)
        sum += weight[__builtin_ctzll(held)];
    return sum;
}

float compare_told_by(const compare_told *t, uint32_t article)
{
    float best = 0;
    uint64_t before = 0, seen = 0;
    if (t->all <= 0)
        return 0;
    for (uint32_t k = t->sense->first[article]; k < t->sense->first[article + 1]; k++) {
        uint64_t both = t->held[k] | before;
        if (both && both != seen) { /* the sum of the same is the same */
            float w = weight_of(t->weight, both);
            best = w > best ? w : best;
        }
        seen = both;
        before = t->held[k];
    }
    return best / t->all;
}
