/*
 * How much of a sentence another article tells: see compare_told.h.
 *
 * In: atoms and an article of the sense. Out: a share. Method: one walk over the article's
 * sentences; which of the atoms each holds is a word of bits, two neighbours are its union.
 */
#include "compare_told.h"

static float weight_of(const float *weight, uint64_t held)
{
    float sum = 0;
    for (; held; held &= held - 1)
        sum += weight[__builtin_ctzll(held)];
    return sum;
}

float compare_told(const compare_sense *s, const uint32_t *atom, const float *weight, uint32_t n,
                   uint32_t article)
{
    float all = 0, best = 0;
    n = n < COMPARE_TOLD_ATOMS ? n : COMPARE_TOLD_ATOMS;
    for (uint32_t i = 0; i < n; i++)
        all += weight[i];
    if (all <= 0)
        return 0;
    uint64_t before = 0;
    for (uint32_t k = s->first[article]; k < s->first[article + 1]; k++) {
        const compare_sentence *c = &s->v[k];
        uint64_t held = 0;
        for (uint32_t i = 0, j = 0; i < n && j < c->atom_n;) {
            uint32_t p = atom[i], q = c->atom[j];
            held |= (uint64_t)(p == q) << i;
            i += p <= q;
            j += q <= p;
        }
        float w = weight_of(weight, held | before);
        best = w > best ? w : best;
        before = held;
    }
    return best / all;
}
