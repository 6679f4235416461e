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
enum { SLOTS_A_GRAM = 2, LEAST_SLOTS = 1024 };

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

/* The lowest hashes of all so far, ascending. */
static void keep_low(uint64_t *v, uint32_t *n, uint64_t gram)
{
    if (*n == COPY_SKETCH_LEAST && gram >= v[*n - 1])
        return;
    uint32_t k = *n < COPY_SKETCH_LEAST ? (*n)++ : *n - 1;
    for (; k > 0 && v[k - 1] > gram; k--)
        v[k] = v[k - 1];
    v[k] = gram;
}

static void sketch(copy_scan *s, bool every, copy_grams *set)
{
    uint64_t low[COPY_SKETCH_LEAST];
    uint32_t low_n = 0, below = 0;
    for (uint32_t i = 0; i + COPY_GRAM <= s->word_n; i++) {
        uint64_t g = copy_gram_hash(s->word + i);
        uint32_t k = copy_grams_slot(set, g);
        if (set->key[k])
            continue;
        set->key[k] = g;
        s->gram_n++;
        if (every || g < COPY_SKETCH_BELOW)
            s->sketch[below++] = g;
        else if (below < COPY_SKETCH_LEAST)
            keep_low(low, &low_n, g);
    }
    s->full = !every && below >= COPY_SKETCH_LEAST;
    /* Those above the limit, kept aside for a text that has too few below it. */
    for (uint32_t k = 0; below < COPY_SKETCH_LEAST && k < low_n; k++)
        s->sketch[below++] = low[k];
    s->sketch_n = below;
}

sst_status copy_scan_text(sst_str text, bool every, copy_grams *set, sst_arena *arena,
                          copy_scan *out)
{
    *out = (copy_scan){0};
    if (text.n >= UINT32_MAX)
        return SST_ERR_LIMIT;
    uint32_t cap = 0;
    size_t at = 0;
    copy_word w;
    while (copy_word_next(text, &at, &w)) {
        if (out->word_n == cap) {
            uint32_t more = cap ? cap * 2 : (uint32_t)(text.n / 5) + 16;
            out->word =
                arena_grow(arena, out->word, cap * sizeof *out->word, more * sizeof *out->word);
            out->at = arena_grow(arena, out->at, cap * sizeof *out->at, more * sizeof *out->at);
            if (arena->failed)
                return arena->failed;
            cap = more;
        }
        out->word[out->word_n] = w.hash;
        out->at[out->word_n++] = w.at;
    }
    uint64_t h = out->word_n, at_h = 0;
    for (uint32_t i = 0; i < out->word_n; i++) {
        h = (h ^ out->word[i]) * 0x9FB21C651E98DF25u;
        h ^= h >> 29;
        at_h = (at_h + ((uint64_t)out->at[i].begin << 32 | out->at[i].end)) * 0xD6E8FEB86659FD93u;
        at_h ^= at_h >> 31;
    }
    out->words = h;
    out->whole = hash_mix(h, at_h);
    uint32_t grams = out->word_n < COPY_GRAM ? 0 : out->word_n - COPY_GRAM + 1;
    /* Half of all grams below the limit would be odd; a text may be made so. */
    out->sketch = arena_alloc(arena, ((size_t)grams + COPY_SKETCH_LEAST) * sizeof *out->sketch);
    if (!out->sketch || !copy_grams_clear(set, grams))
        return SST_ERR_MEMORY;
    sketch(out, every, set);
    return SST_OK;
}
