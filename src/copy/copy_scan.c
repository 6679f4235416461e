/*
 * A text -> words, grams, sketch: see copy_scan.h.
 *
 * The sketch is a bottom sketch whose size follows the text: all hashes below a limit, which one
 * text has or has not whatever else there is, so of a part and its whole the same grams are kept;
 * and the lowest few where a text is short. Source: MinHash and bottom sketches (Broder; Cohen and
 * Kaplan), and sketches by a fraction of the hash space (FracMinHash) for containment.
 */
#include "copy_scan.h"

#include "base_hash.h"
#include "copy_index.h"

/* Slots a gram; less than half full, so that looking for what is not there ends soon. */
enum { SLOTS_A_GRAM = 2, LEAST_SLOTS = 64 };

bool copy_grams_clear(copy_grams *g, uint32_t n)
{
    uint64_t want = LEAST_SLOTS;
    while (want < (uint64_t)n * SLOTS_A_GRAM)
        want *= 2;
    if (want > UINT32_MAX / 2)
        return false;
    if (g->room < want) {
        arena_clear(g->arena);
        g->room = 0;
        g->key = arena_alloc(g->arena, want * sizeof *g->key);
        g->place = arena_alloc(g->arena, want * sizeof *g->place);
        g->seen = arena_alloc(g->arena, want * sizeof *g->seen);
        if (g->arena->failed)
            return false;
        g->room = (uint32_t)want;
    }
    g->cap = (uint32_t)want; /* a smaller set than the memory holds, so that clearing is cheap */
    memset(g->key, 0, want * sizeof *g->key);
    return true;
}

uint32_t copy_grams_of(const uint64_t *word, uint32_t n, uint64_t *gram)
{
    if (n < COPY_GRAM)
        return 0;
    uint32_t m = n - COPY_GRAM + 1;
    uint64_t sum = copy_gram_sum(word);
    gram[0] = copy_gram_stir(sum);
    for (uint32_t i = 1; i < m; i++) {
        sum = copy_gram_roll(sum, word + i - 1);
        gram[i] = copy_gram_stir(sum);
    }
    return m;
}

uint32_t copy_grams_different(copy_grams *set, const uint64_t *gram, uint32_t n)
{
    if (!copy_grams_clear(set, n))
        return COPY_NO_COUNT;
    uint32_t different = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = copy_grams_slot(set, gram[i]);
        different += set->key[k] == 0;
        set->key[k] = gram[i];
    }
    return different;
}

/* ------------------------------------------------------------------------------------------ sketch
 */

/* The grams below the limit, with repeats; room for one more than there are words. */
static uint32_t take_below(const uint64_t *word, uint32_t n, uint64_t *v)
{
    uint32_t below = 0;
    uint64_t sum = copy_gram_sum(word);
    for (uint32_t i = COPY_GRAM;; i++) {
        uint64_t g = copy_gram_stir(sum);
        v[below] = g; /* written in any case, so that nothing hangs on a branch that is a coin */
        below += g < COPY_SKETCH_BELOW;
        if (i == n)
            return below;
        sum = copy_gram_roll(sum, word + i - COPY_GRAM);
    }
}

/* Keeps one of each of n grams, in their order. */
static uint32_t keep_different(copy_grams *set, uint64_t *gram, uint32_t n)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t g = gram[i];
        uint32_t k = copy_grams_slot(set, g);
        gram[kept] = g;
        kept += set->key[k] == 0;
        set->key[k] = g;
    }
    return kept;
}

/* Puts a hash among the lowest of all so far, which are ascending and different. */
static void keep_low(uint64_t *v, uint32_t *n, uint64_t gram)
{
    uint32_t at = *n;
    while (at > 0 && v[at - 1] >= gram)
        at--;
    if (at == COPY_SKETCH_LEAST || (at < *n && v[at] == gram))
        return;
    uint32_t last = *n < COPY_SKETCH_LEAST ? (*n)++ : *n - 1;
    memmove(v + at + 1, v + at, (last - at) * sizeof *v);
    v[at] = gram;
}

static bool sketch(copy_scan *s, bool every, copy_grams *set)
{
    uint64_t *v = s->sketch;
    uint32_t n = every ? copy_grams_of(s->word, s->word_n, v) : take_below(s->word, s->word_n, v);
    if (!copy_grams_clear(set, n))
        return false;
    n = keep_different(set, v, n);
    s->full = !every && n >= COPY_SKETCH_LEAST;
    if (!every && n < COPY_SKETCH_LEAST) { /* a short text: the lowest of those above the limit */
        uint64_t low[COPY_SKETCH_LEAST];
        uint32_t low_n = 0;
        for (uint32_t i = 0; i + COPY_GRAM <= s->word_n; i++) {
            uint64_t g = copy_gram_hash(s->word + i);
            if (g >= COPY_SKETCH_BELOW)
                keep_low(low, &low_n, g);
        }
        for (uint32_t k = 0; n < COPY_SKETCH_LEAST && k < low_n; k++)
            v[n++] = low[k];
    }
    s->sketch_n = n;
    return true;
}

sst_status copy_scan_text(sst_str text, bool every, copy_grams *set, sst_arena *arena,
                          copy_scan *out)
{
    *out = (copy_scan){0};
    if (text.n >= UINT32_MAX)
        return SST_ERR_LIMIT;
    out->text = hash_str(text);
    copy_word_list list = {0};
    if (!copy_words_list(text, arena, &list))
        return SST_ERR_MEMORY;
    out->word = list.hash;
    out->at = list.at;
    out->word_n = list.n;
    out->words = hash_bytes(list.hash, list.n * sizeof *list.hash, list.n);
    out->whole = hash_mix(out->words, hash_bytes(list.at, list.n * sizeof *list.at, list.n));
    if (list.n < COPY_GRAM)
        return SST_OK;
    /* Half of all grams below the limit would be odd; a text may be made so. */
    out->sketch =
        arena_alloc(arena, ((size_t)list.n + 1 + COPY_SKETCH_LEAST) * sizeof *out->sketch);
    return out->sketch && sketch(out, every, set) ? SST_OK : SST_ERR_MEMORY;
}
