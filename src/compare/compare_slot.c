/*
 * Slots: other words in the same place of two sentences that say the same.
 *
 * in: facts; out: pairs of phrases. The words of two sentences of a fact are aligned by their
 * longest common subsequence, in which rare words count more; what stands in both between equal
 * words is a slot:
 *
 *   the [gunmen] held the [captives] for two days
 *   the [militants] held the [hostages] for two days
 *
 * Each sentence is aligned with the first of its fact and with the one before it, so that the work
 * grows with the sentences. Method: Hunt and Szymanski's problem by the plain table (at most MOST
 * times MOST cells).
 */
#include "compare_words.h"

#include <string.h>

enum {
    MOST = 72,            /* words of a sentence that are aligned: longer ones are lists */
    SLOT_MOST = 8,        /* words between two that are aligned, in which one is looked for */
    SENTENCES_MOST = 4000 /* of all facts that are aligned: a story of some hundred reports */
};

/* A common word of grammar aligns only beside others. */
static const float CONTENT = 3;

typedef struct words {
    uint32_t article;
    uint32_t tok[MOST], key[MOST];
    uint32_t n;
} words;

typedef struct slotter {
    compare_words *w;
    const uint32_t *origin_of;
    words a, b;
    uint16_t best[MOST + 1][MOST + 1];
    uint32_t pair[MOST]; /* of a's words: the place in b, UINT32_MAX: none */
} slotter;

static void take(const sst_findings *f, const sst_place *p, words *out)
{
    const sst_text *t = f->texts[p->article];
    out->article = p->article;
    out->n = 0;
    for (uint32_t i = text_token_at(t, p->at.begin);
         i < t->tok_n && t->tok[i].begin < p->at.end && out->n < MOST; i++)
        if (compare_is_word(&t->tok[i])) {
            out->tok[out->n] = i;
            out->key[out->n++] = t->tok[i].key;
        }
}

static void align(slotter *z)
{
    const words *a = &z->a, *b = &z->b;
    for (uint32_t k = 0; k <= b->n; k++)
        z->best[a->n][k] = 0;
    for (uint32_t i = a->n; i-- > 0;) {
        uint16_t gain = lang_rarity(a->key[i]) >= CONTENT ? 3 : 1;
        z->best[i][b->n] = 0;
        for (uint32_t k = b->n; k-- > 0;) {
            uint16_t x = z->best[i + 1][k], y = z->best[i][k + 1];
            x = x > y ? x : y;
            y = a->key[i] == b->key[k] ? (uint16_t)(z->best[i + 1][k + 1] + gain) : 0;
            z->best[i][k] = x > y ? x : y;
        }
    }
    uint32_t k = 0;
    for (uint32_t i = 0; i < a->n; i++) {
        z->pair[i] = UINT32_MAX;
        uint16_t gain = lang_rarity(a->key[i]) >= CONTENT ? 3 : 1;
        for (uint32_t x = k; x < b->n; x++) { /* a word of b that it takes without loss */
            if (a->key[i] == b->key[x] && z->best[i][k] == z->best[i + 1][x + 1] + gain) {
                z->pair[i] = x;
                k = x + 1;
                break;
            }
            if (z->best[i][x + 1] != z->best[i][k])
                break;
        }
    }
}

/*
 * In a longer slot: the one word of each side that is near the other's. Equal words need not touch
 * them, so nothing but words that are near is taken.
 */
static void look_within(slotter *z, uint32_t from, uint32_t to)
{
    words *a = &z->a, *b = &z->b;
    const sst_text *t = z->w->f->texts[a->article], *u = z->w->f->texts[b->article];
    uint32_t x = UINT32_MAX, y = UINT32_MAX, found = 0;
    for (uint32_t i = from + 1; i < to; i++)
        for (uint32_t k = z->pair[from] + 1; k < z->pair[to]; k++)
            if (lang_rarity(a->key[i]) >= CONTENT && lang_rarity(b->key[k]) >= CONTENT &&
                a->key[i] != b->key[k] &&
                compare_near_words(t, a->tok[i], u, b->tok[k]) >= NEAR_SURE) {
                x = i;
                y = k;
                found++;
            }
    if (found != 1)
        return;
    compare_phrase p = {a->article, a->tok[x], a->tok[x] + 1},
                   q = {b->article, b->tok[y], b->tok[y] + 1};
    if (compare_is_choice(z->w, &p, &q, (compare_flanks){1, 1, true}))
        compare_add_pair(z->w, &p, &q);
}

/* Looks at what stands between two aligned words that are neighbours among the aligned. */
static void look(slotter *z, uint32_t from, uint32_t to)
{
    words *a = &z->a, *b = &z->b;
    uint32_t x = z->pair[from], y = z->pair[to];
    if (to - from < 2 || y - x < 2 || to - from - 1 > SLOT_MOST || y - x - 1 > SLOT_MOST)
        return;
    if (to - from - 1 > WORDS_PHRASE || y - x - 1 > WORDS_PHRASE) {
        look_within(z, from, to);
        return;
    }
    compare_flanks flanks = {.same_sentence = true};
    for (uint32_t k = 0; k <= from && k <= x && z->pair[from - k] == x - k; k++)
        flanks.before++;
    for (uint32_t k = 0; to + k < a->n && y + k < b->n && z->pair[to + k] == y + k; k++)
        flanks.behind++;
    compare_phrase p = {a->article, a->tok[from + 1], a->tok[to - 1] + 1},
                   q = {b->article, b->tok[x + 1], b->tok[y - 1] + 1};
    if (compare_is_choice(z->w, &p, &q, flanks))
        compare_add_pair(z->w, &p, &q);
    else if (to - from > 2 || y - x > 2)
        look_within(z, from, to);
}

static void look_at(slotter *z, const sst_place *p, const sst_place *q)
{
    if (p->article == q->article || z->origin_of[p->article] == z->origin_of[q->article])
        return;
    take(z->w->f, p, &z->a);
    take(z->w->f, q, &z->b);
    align(z);
    uint32_t last = UINT32_MAX;
    for (uint32_t i = 0; i < z->a.n; i++) {
        if (z->pair[i] == UINT32_MAX)
            continue;
        if (last != UINT32_MAX)
            look(z, last, i);
        last = i;
    }
}

sst_status compare_slots(compare_words *w, const uint32_t *origin_of)
{
    slotter *z = arena_alloc(&w->arena, sizeof *z);
    if (!z)
        return w->arena.failed;
    z->w = w;
    z->origin_of = origin_of;
    uint32_t left = SENTENCES_MOST;
    for (uint32_t k = 0; k < w->f->fact_n; k++) {
        const sst_fact *x = &w->f->facts[k];
        for (uint32_t i = 1; i < x->sentence_n && left > 0; i++, left--) {
            look_at(z, &x->sentences[0], &x->sentences[i]);
            if (i > 1)
                look_at(z, &x->sentences[i - 1], &x->sentences[i]);
        }
    }
    return w->arena.failed;
}
