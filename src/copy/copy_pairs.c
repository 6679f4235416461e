/*
 * Pairs of articles that are the same or nearly.
 *
 * in: a store; out: pairs with exact scores. Method:
 *
 *   articles with the same words in the same places are one from here on (twins)
 *   articles whose sketches meet are candidates (copy_candidates)
 *   grams of theirs in more than COPY_MANY_TEXTS articles do not count (copy_heavy)
 *   candidates are compared gram by gram; what reaches the threshold is a pair, its twins are too
 *
 * Sketches propose, the comparison decides: over all grams of both, so that Jaccard and containment
 * are exact.
 */
#include "copy_pairs.h"

#include <stdlib.h>

#include "base_thread.h"
#include "copy_group.h"
#include "copy_index.h"

enum { CHUNK = 64 /* candidates that a worker takes at once */ };

typedef struct pair_worker {
    sst_arena grams_arena, count_arena, arena;
    copy_grams set, count;  /* of the first article of a pair; for counting */
    uint64_t *word, *other; /* hashes of two articles */
    uint64_t *gram;         /* of one */
    uint32_t *figure;       /* figures of two articles */
    sst_span *at;           /* of the words of one */
    SST_VEC(copy_pair) pairs;
} pair_worker;

typedef struct finder {
    copy_store *s;
    double jaccard;
    const u64map *heavy;
    const copy_candidates *candidates;
    pair_worker *worker;
    atomic_int failed;
} finder;

/* Fills the set of grams of an article; each with the place of its first word. */
static bool load(finder *f, pair_worker *w, const copy_doc *d)
{
    copy_store_hashes(f->s, d, d->word_n, w->word);
    uint32_t n = copy_grams_of(w->word, d->word_n, w->gram);
    if (!copy_grams_clear(&w->set, n))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t g = w->gram[i];
        uint32_t k = copy_grams_slot(&w->set, g);
        if (w->set.key[k])
            continue;
        w->set.key[k] = g;
        w->set.place[k] = i;
        w->set.seen[k] = 0;
    }
    return true;
}

typedef struct overlap {
    uint32_t shared, run, run_a, run_b; /* words of the run and where it begins */
} overlap;

/* What article d shares with the loaded one, of word_n words. mark: differs at each call. */
static overlap compare(finder *f, pair_worker *w, const copy_doc *d, uint32_t word_n, uint32_t mark)
{
    overlap o = {0};
    copy_grams *set = &w->set;
    copy_store_hashes(f->s, d, d->word_n, w->other);
    uint32_t n = copy_grams_of(w->other, d->word_n, w->gram);
    uint32_t run = 0, last = 0; /* grams of the run at work; where its last one stands */
    for (uint32_t i = 0; i < n; i++) {
        uint64_t g = w->gram[i];
        uint32_t k = copy_grams_slot(set, g);
        if (!set->key[k]) {
            run = 0;
            continue;
        }
        if (set->seen[k] != mark) {
            set->seen[k] = mark;
            o.shared += !f->heavy->n || !u64map_find(f->heavy, g);
        }
        if (run && last + COPY_GRAM < word_n &&
            w->word[last + COPY_GRAM] == w->other[i + COPY_GRAM - 1]) {
            run++;
            last++;
        } else {
            run = 1;
            last = set->place[k];
        }
        if (run + COPY_GRAM - 1 > o.run) {
            o.run = run + COPY_GRAM - 1;
            o.run_a = last + 1 - run;
            o.run_b = i + 1 - run;
        }
    }
    return o;
}

static int by_number(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return a < b ? -1 : a > b;
}

/* The figures among the words, sorted; scratch has room for all words. */
static uint32_t figures_of(const finder *f, const copy_doc *d, uint32_t *scratch)
{
    uint32_t n = 0;
    copy_store_words(f->s, d, scratch, NULL);
    for (uint32_t i = 0; i < d->word_n; i++)
        if (copy_dictionary_is(f->s->words, scratch[i]) & COPY_WORD_FIGURE)
            scratch[n++] = scratch[i];
    qsort(scratch, n, sizeof *scratch, by_number);
    return n;
}

static copy_figures compare_figures(const finder *f, pair_worker *w, const copy_doc *a,
                                    const copy_doc *b)
{
    uint32_t *x = w->figure, n = figures_of(f, a, x), *y = x + a->word_n, m = figures_of(f, b, y),
             i = 0, j = 0;
    copy_figures c = {n, m, 0};
    while (i < n && j < m) {
        c.both += x[i] == y[j];
        uint32_t u = x[i], v = y[j];
        i += u <= v;
        j += v <= u;
    }
    return c;
}

/* Where the words [begin, begin + n) stand. */
static sst_span span_of(const copy_store *s, const copy_doc *d, pair_worker *w, uint32_t begin,
                        uint32_t n)
{
    copy_store_words(s, d, w->figure, w->at);
    return n ? (sst_span){w->at[begin].begin, w->at[begin + n - 1].end} : (sst_span){0, 0};
}

/* Article i, which is loaded, and j; false when out of memory. */
static bool compare_with(finder *f, pair_worker *w, uint32_t i, uint32_t j, uint32_t mark)
{
    copy_doc *a = copy_store_doc(f->s, i), *b = copy_store_doc(f->s, j);
    overlap o = compare(f, w, b, a->word_n, mark);
    if (!o.shared)
        return true;
    uint32_t a_n = copy_store_grams(f->s, a, &w->count, w->other, w->gram),
             b_n = copy_store_grams(f->s, b, &w->count, w->other, w->gram);
    if (a_n == COPY_NO_COUNT || b_n == COPY_NO_COUNT)
        return false;
    uint32_t small = a_n < b_n ? a_n : b_n;
    double jaccard = (double)o.shared / ((double)a_n + b_n - o.shared);
    double contained = (double)o.shared / small;
    if (jaccard < f->jaccard && (contained < COPY_PART_CONTAINED || small < COPY_SHORT_GRAMS))
        return true;
    copy_pair *p = vec_push(&w->arena, &w->pairs);
    if (!p)
        return false;
    *p = (copy_pair){.a = i,
                     .b = j,
                     .shared = o.shared,
                     .jaccard = jaccard,
                     .containment = contained,
                     .run = o.run};
    copy_figures figures = compare_figures(f, w, a, b);
    p->kind = copy_kind_of(f->s, a, b, p, &figures);
    p->run_a = span_of(f->s, a, w, o.run_a, o.run);
    p->run_b = span_of(f->s, b, w, o.run_b, o.run);
    return true;
}

static void compare_some(void *user, uint32_t chunk, uint32_t worker)
{
    finder *f = user;
    pair_worker *w = &f->worker[worker];
    size_t begin = (size_t)chunk * CHUNK, end = begin + CHUNK;
    if (end > f->candidates->n)
        end = f->candidates->n;
    uint32_t loaded = COPY_NONE;
    for (size_t k = begin; k < end; k++) {
        uint32_t i = (uint32_t)(f->candidates->v[k] >> 32), j = (uint32_t)f->candidates->v[k];
        if (atomic_load_explicit(&f->failed, memory_order_relaxed))
            return;
        if (!(i == loaded || load(f, w, copy_store_doc(f->s, i))) ||
            !compare_with(f, w, i, j, (uint32_t)(k - begin) + 1)) {
            atomic_store(&f->failed, SST_ERR_MEMORY);
            return;
        }
        loaded = i;
    }
}

sst_status copy_find_pairs(copy_store *s, const copy_candidates *candidates, double jaccard,
                           uint32_t threads, const u64map *heavy, sst_arena *arena,
                           const atomic_int *stop, copy_pair **out, size_t *out_n)
{
    finder f = {.s = s, .jaccard = jaccard, .heavy = heavy, .candidates = candidates};
    sst_arena scratch;
    arena_init(&scratch, 0);
    atomic_init(&f.failed, 0);
    size_t longest = 0;
    for (size_t k = 0; k < candidates->n; k++) {
        uint32_t a = copy_store_doc(s, (uint32_t)(candidates->v[k] >> 32))->word_n,
                 b = copy_store_doc(s, (uint32_t)candidates->v[k])->word_n;
        longest = a > longest ? a : longest;
        longest = b > longest ? b : longest;
    }
    f.worker = arena_calloc(&scratch, threads, sizeof *f.worker);
    for (uint32_t k = 0; f.worker && k < threads; k++) {
        pair_worker *w = &f.worker[k];
        arena_init(&w->grams_arena, 0);
        arena_init(&w->count_arena, 0);
        arena_init(&w->arena, 0);
        w->set.arena = &w->grams_arena;
        w->count.arena = &w->count_arena;
        w->word = arena_alloc(&scratch, (longest + 1) * sizeof *w->word);
        w->other = arena_alloc(&scratch, (longest + 1) * sizeof *w->other);
        w->gram = arena_alloc(&scratch, (longest + 1) * sizeof *w->gram);
        w->figure = arena_alloc(&scratch, (2 * longest + 1) * sizeof *w->figure);
        w->at = arena_alloc(&scratch, (longest + 1) * sizeof *w->at);
    }
    sst_status status = scratch.failed;
    if (!status && candidates->n / CHUNK >= UINT32_MAX)
        status = SST_ERR_LIMIT;
    if (!status) {
        thread_for(threads, (uint32_t)((candidates->n + CHUNK - 1) / CHUNK), compare_some, &f,
                   stop);
        status = (sst_status)atomic_load(&f.failed);
    }
    size_t n = 0;
    for (uint32_t k = 0; !status && k < threads; k++) {
        n += f.worker[k].pairs.n;
        status = f.worker[k].arena.failed;
    }
    copy_pair *v = status ? NULL : arena_alloc(arena, (n + 1) * sizeof *v);
    *out = v;
    *out_n = 0;
    for (uint32_t k = 0; v && k < threads; k++) {
        if (f.worker[k].pairs.n)
            memcpy(v + *out_n, f.worker[k].pairs.v, f.worker[k].pairs.n * sizeof *v);
        *out_n += f.worker[k].pairs.n;
    }
    for (uint32_t k = 0; f.worker && k < threads; k++) {
        arena_release(&f.worker[k].grams_arena);
        arena_release(&f.worker[k].count_arena);
        arena_release(&f.worker[k].arena);
    }
    arena_release(&scratch);
    return status ? status : arena->failed;
}
