/*
 * How much of a sentence another article tells: see compare_told.h.
 *
 * In: atoms and an article of the sense. Out: a share. Method: which of the atoms each sentence of
 * the story holds is a word of bits, set from lists of the sentences that hold each atom; two
 * neighbours are its union.
 */
#include "compare_told.h"

#include <string.h>

#include "compare_same.h"

/* What a word counts for where a word near it stands instead of it. */
static const float NEAR_WORD = 0.5f;

/* Which atoms of the story stand in each group of near words. */
static void make_near(compare_told *t, sst_arena *arena)
{
    const compare_sense *s = t->sense;
    uint32_t *first = arena_calloc(arena, (size_t)compare_near_groups + 2, sizeof *first);
    if (!first)
        return;
    for (uint32_t a = 0; a < s->atom_n; a++)
        for (uint32_t i = 0; i < s->atom[a].near_n; i++)
            first[s->atom[a].near[i] + 2]++;
    for (uint32_t k = 2; k < compare_near_groups + 2; k++)
        first[k] += first[k - 1];
    t->near_list =
        arena_alloc(arena, ((size_t)first[compare_near_groups + 1] + 1) * sizeof *t->near_list);
    if (!t->near_list)
        return;
    for (uint32_t a = 0; a < s->atom_n; a++)
        for (uint32_t i = 0; i < s->atom[a].near_n; i++)
            t->near_list[first[s->atom[a].near[i] + 1]++] = a;
    t->near_first = first;
}

sst_status compare_told_make(const compare_sense *s, sst_arena *arena, compare_told *out)
{
    *out = (compare_told){.sense = s};
    uint32_t *first = arena_calloc(arena, (size_t)s->atom_n + 2, sizeof *first);
    out->held = arena_alloc(arena, ((size_t)s->n + 1) * sizeof *out->held);
    out->near = arena_alloc(arena, ((size_t)s->n + 1) * sizeof *out->near);
    make_near(out, arena);
    if (!first || arena->failed)
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

static void mark(const compare_told *t, uint64_t *held, uint32_t atom, uint64_t bit)
{
    for (uint32_t k = t->first[atom]; k < t->first[atom + 1]; k++)
        held[t->list[k]] |= bit;
}

void compare_told_ask(compare_told *t, const uint32_t *atom, const float *weight, uint32_t n)
{
    const compare_sense *s = t->sense;
    n = n < COMPARE_TOLD_ATOMS ? n : COMPARE_TOLD_ATOMS;
    t->weight = weight;
    t->all = 0;
    t->words = 0;
    memset(t->held, 0, s->n * sizeof *t->held);
    for (uint32_t i = 0; i < n; i++)
        mark(t, t->held, atom[i], UINT64_C(1) << i);
    memcpy(t->near, t->held, s->n * sizeof *t->near);
    for (uint32_t i = 0; i < n; i++) {
        const compare_atom *a = &s->atom[atom[i]];
        t->all += weight[i];
        if (a->kind == ATOM_WORD && !a->who)
            t->words |= UINT64_C(1) << i;
        for (uint32_t g = 0; g < a->near_n; g++)
            for (uint32_t x = t->near_first[a->near[g]]; x < t->near_first[a->near[g] + 1]; x++)
                if (t->near_list[x] != atom[i])
                    mark(t, t->near, t->near_list[x], UINT64_C(1) << i);
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
    uint64_t held_before = 0, near_before = 0, held_seen = 0, near_seen = 0;
    if (t->all <= 0)
        return 0;
    for (uint32_t k = t->sense->first[article]; k < t->sense->first[article + 1]; k++) {
        uint64_t held = t->held[k] | held_before, near = t->near[k] | near_before;
        if (near &&
            (held != held_seen || near != near_seen)) { /* the sum of the same is the same */
            float w = weight_of(t->weight, held) + NEAR_WORD * weight_of(t->weight, near & ~held);
            best = w > best ? w : best;
        }
        held_seen = held;
        near_seen = near;
        held_before = t->held[k];
        near_before = t->near[k];
    }
    return best / t->all;
}

float compare_told_in_fewer(const compare_told *t, const float *own, uint32_t article)
{
    float best = 0;
    for (uint32_t k = t->sense->first[article]; k < t->sense->first[article + 1]; k++) {
        uint64_t words = t->held[k] & t->words;
        if (!(words & (words - 1)) || own[k] <= 0)
            continue; /* less than two */
        float w = weight_of(t->weight, t->held[k]) / own[k];
        best = w > best ? w : best;
    }
    return best;
}
