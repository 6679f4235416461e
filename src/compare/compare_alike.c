/*
 * How alike two statements are: see compare_alike.h. In: the sense of a story. Out: weights, and
 * for two sentences what they share, by one walk over their atoms.
 */
#include "compare_alike.h"

#include <math.h>

sst_status compare_likeness_make(const compare_sense *s, sst_arena *arena, compare_likeness *out)
{
    *out = (compare_likeness){.sense = s};
    out->atom = arena_alloc(arena, ((size_t)s->atom_n + 1) * sizeof *out->atom);
    out->sentence = arena_alloc(arena, ((size_t)s->n + 1) * sizeof *out->sentence);
    out->said = arena_alloc(arena, ((size_t)s->n + 1) * sizeof *out->said);
    if (!out->atom || !out->sentence || !out->said)
        return arena->failed;
    for (uint32_t a = 0; a < s->atom_n; a++)
        out->atom[a] =
            s->atom[a].sentence_n
                ? s->atom[a].rarity * log2f(1 + (float)s->n / (float)s->atom[a].sentence_n) / 2
                : 0;
    for (uint32_t i = 0; i < s->n; i++) {
        out->sentence[i] = out->said[i] = 0;
        for (uint32_t k = 0; k < s->v[i].atom_n; k++) {
            out->sentence[i] += out->atom[s->v[i].atom[k]];
            out->said[i] += compare_is_said(&s->v[i], k) ? out->atom[s->v[i].atom[k]] : 0;
        }
    }
    return SST_OK;
}

compare_shared compare_alike(const compare_likeness *l, uint32_t a, uint32_t b)
{
    const compare_sentence *x = &l->sense->v[a], *y = &l->sense->v[b];
    compare_shared s = {0};
    for (uint32_t i = 0, j = 0; i < x->atom_n && j < y->atom_n;) {
        uint32_t p = x->atom[i], q = y->atom[j];
        if (p == q) {
            if (compare_is_said(x, i) && compare_is_said(y, j))
                s.said += l->atom[p];
            s.weight += l->atom[p];
            s.n++;
            if (!l->sense->atom[p].who) {
                s.words += l->atom[p];
                s.word_n++;
            }
        }
        i += p <= q;
        j += q <= p;
    }
    float p = l->said[a], q = l->said[b], less = p < q ? p : q;
    s.said_within = less > 0 ? s.said / less : 0;
    p = l->sentence[a];
    q = l->sentence[b];
    less = p < q ? p : q;
    if (s.n && less > 0) {
        s.dice = 2 * s.weight / (p + q);
        s.within = s.weight / less;
    }
    return s;
}
