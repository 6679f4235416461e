/*
 * Two texts, parted by the first NUL byte: duplicates and passages. Checked: every span is in range
 * and holds on both sides the same words; Jaccard coefficient and containment are those of a count
 * by brute force; no run is longer than the longest that brute force finds, and for texts without
 * refrains none is shorter.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base_utf8.h"
#include "copy_index.h"
#include "copy_pairs.h"
#include "fuzz.h"

enum { SMALL = 400, RUN = 8 }; /* words up to which brute force looks; of the shortest passage */

#define CHECK(x)                                                                                   \
    do {                                                                                           \
        if (!(x))                                                                                  \
            abort();                                                                               \
    } while (0)

static void same_words(sst_str a, sst_span at_a, sst_str b, sst_span at_b, uint32_t n)
{
    CHECK(at_a.begin <= at_a.end && at_a.end <= a.n && at_b.begin <= at_b.end && at_b.end <= b.n);
    sst_str x = str_span(a, at_a), y = str_span(b, at_b);
    size_t i = 0, j = 0;
    copy_word v, w;
    uint32_t k = 0;
    for (; copy_word_next(x, &i, &v); k++)
        CHECK(copy_word_next(y, &j, &w) && v.hash == w.hash);
    CHECK(!copy_word_next(y, &j, &w) && k == n);
}

/* Grams of a that stand in b; each once. all: different grams of a. */
static uint32_t count(const copy_scan *a, const copy_scan *b, uint32_t *all)
{
    uint32_t shared = 0;
    *all = 0;
    for (uint32_t i = 0; i + COPY_GRAM <= a->word_n; i++) {
        bool before = false, in = false;
        for (uint32_t j = 0; j < i && !before; j++)
            before = memcmp(a->word + i, a->word + j, COPY_GRAM * sizeof *a->word) == 0;
        for (uint32_t j = 0; j + COPY_GRAM <= b->word_n && !in; j++)
            in = memcmp(a->word + i, b->word + j, COPY_GRAM * sizeof *a->word) == 0;
        *all += !before;
        shared += !before && in;
    }
    return shared;
}

static uint32_t different(const copy_scan *a, sst_arena *arena)
{
    sst_arena grams;
    arena_init(&grams, 0);
    copy_grams set = {.arena = &grams};
    uint64_t *gram = arena_alloc(arena, ((size_t)a->word_n + 1) * sizeof *gram);
    CHECK(gram);
    uint32_t n = copy_grams_different(&set, gram, copy_grams_of(a->word, a->word_n, gram));
    arena_release(&grams);
    return n;
}

static uint32_t longest(const copy_scan *a, const copy_scan *b)
{
    uint32_t best = 0;
    for (uint32_t i = 0; i < a->word_n; i++)
        for (uint32_t j = 0; j < b->word_n; j++) {
            uint32_t n = 0;
            while (i + n < a->word_n && j + n < b->word_n && a->word[i + n] == b->word[j + n])
                n++;
            best = n > best ? n : best;
        }
    return best;
}

static void check_duplicates(const sst_str *text, const copy_scan *scan, sst_arena *arena)
{
    copy_store store;
    CHECK(copy_store_init(&store, false) == SST_OK);
    for (int k = 0; k < 2; k++) {
        copy_card card = {.id = k ? STR("b") : STR("a"),
                          .title = STR(""),
                          .outlet = STR(""),
                          .published = STR(""),
                          .published_s = INT64_MIN};
        CHECK(copy_store_add(&store, &card, &scan[k], text[k]) == SST_OK);
    }
    copy_duplicates d;
    CHECK(copy_find_duplicates(&store, 0.5, 1, arena, NULL, &d) == SST_OK);
    CHECK(d.pair_n <= 1);
    if (d.pair_n) {
        const copy_pair *p = &d.pairs[0];
        same_words(text[0], p->run_a, text[1], p->run_b, p->run);
    }
    if (scan[0].word_n <= SMALL && scan[1].word_n <= SMALL) {
        uint32_t a, b, shared = count(&scan[0], &scan[1], &a);
        CHECK(count(&scan[1], &scan[0], &b) == shared && a == different(&scan[0], arena) &&
              b == different(&scan[1], arena));
        if (d.pair_n) {
            CHECK(d.pairs[0].shared == shared);
            CHECK(fabs(d.pairs[0].jaccard - shared / ((double)a + b - shared)) < 1e-9);
            CHECK(d.pairs[0].run <= longest(&scan[0], &scan[1]));
        } else {
            /* What has few grams has all of them in its sketch: nothing may be lost. */
            CHECK(shared == 0 || (double)shared < 0.5 * (a + b - shared) || a > COPY_SKETCH_LEAST ||
                  b > COPY_SKETCH_LEAST);
        }
    }
    copy_store_release(&store);
}

static void check_passages(const sst_str *text, const copy_scan *scan, sst_arena *arena)
{
    sst_article article[2] = {{.index = 0}};
    sst_block block[2];
    sst_text t[2];
    const sst_text *v[2] = {&t[0], &t[1]};
    for (int k = 0; k < 2; k++) {
        block[k] = (sst_block){{0, (uint32_t)text[k].n}, ROLE_BODY};
        article[k].index = (uint32_t)k;
        article[k].text = text[k];
        article[k].blocks = &block[k];
        article[k].block_n = text[k].n > 0;
        article[k].published_s = INT64_MIN;
        article[k].lang = STR("en");
        memset(&t[k], 0, sizeof t[k]);
        if (text_tokens(&article[k], arena, &t[k]) != SST_OK)
            return;
    }
    sst_passage *p = NULL;
    uint32_t n = 0, most = 0;
    CHECK(copy_passages(v, 2, RUN, arena, &p, &n) == SST_OK);
    for (uint32_t k = 0; k < n; k++) {
        CHECK(p[k].run_n > 0 && p[k].words >= RUN);
        for (uint32_t r = 0; r < p[k].run_n; r++)
            same_words(text[p[k].a], p[k].runs[r].a, text[p[k].b], p[k].runs[r].b,
                       p[k].runs[r].words);
        if (p[k].a != p[k].b && p[k].words > most)
            most = p[k].words;
    }
    if (scan[0].word_n <= SMALL && scan[1].word_n <= SMALL) {
        uint32_t best = longest(&scan[0], &scan[1]);
        bool refrain = different(&scan[0], arena) + COPY_GRAM + 2 < scan[0].word_n ||
                       different(&scan[1], arena) + COPY_GRAM + 2 < scan[1].word_n;
        CHECK(most <= best && (refrain || best < RUN || most == best));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    const uint8_t *nul = n ? memchr(bytes, 0, n) : NULL;
    if (!nul || n > 1 << 16)
        return 0;
    const char *p = (const char *)bytes;
    size_t first = (size_t)(nul - bytes);
    sst_str text[2] = {{p, first}, {p + first + 1, n - first - 1}};
    if (utf8_check(text[0]) < text[0].n || utf8_check(text[1]) < text[1].n)
        return 0;
    sst_arena arena, grams;
    arena_init(&arena, 0);
    arena_init(&grams, 0);
    copy_grams set = {.arena = &grams};
    copy_scan scan[2];
    for (int k = 0; k < 2; k++)
        CHECK(copy_scan_text(text[k], false, &set, &arena, &scan[k]) == SST_OK);
    check_duplicates(text, scan, &arena);
    check_passages(text, scan, &arena);
    arena_release(&grams);
    arena_release(&arena);
    return 0;
}
