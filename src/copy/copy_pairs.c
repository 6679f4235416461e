/*
 * Pairs of articles that are the same or nearly.
 *
 * in: a store; out: pairs with exact scores. Method:
 *
 *   articles with the same words in the same places are one from here on (twins)
 *   grams in more than COPY_MANY_TEXTS articles do not count (copy_heavy)
 *   postings of the sketches, sorted: lists of the articles that have a gram of a sketch in common
 *   for each article, the ones before it that stand in enough of its lists: compared gram by gram
 *   what reaches the threshold is a pair; its twins are pairs too
 *
 * Sketches propose, the comparison decides: over all grams of both, so that Jaccard and containment
 * are exact. Lists are short (COPY_MANY_TEXTS), so the work follows the articles. No step depends
 * on the order in which articles were added.
 */
#include "copy_pairs.h"

#include <math.h>
#include <stdlib.h>

#include "base_alloc.h"
#include "base_thread.h"
#include "copy_group.h"
#include "copy_index.h"
#include "copy_sort.h"

/* Share of the shorter one's grams that makes it a part of the longer one. */
#define PART_CONTAINED 0.8

enum {
    CHUNK = 64,                /* articles that a worker takes at once */
    MET_MOST = UINT16_MAX - 1, /* lists are counted up to here; so many are enough */
    /*
     * Two articles must meet in as many lists as two of the threshold do, less this many standard
     * deviations of a sample: one pair in two million is lost to it.
     */
    FEWER_SD = 5
};

/* The articles that have one gram of their sketches in common, and the lists of an article. */
typedef struct lists {
    uint32_t *post, *first; /* list k is post[first[k], first[k + 1]) */
    uint32_t n;
    uint32_t *of, *of_first; /* lists of article i: of[of_first[i], of_first[i + 1]) */
} lists;

typedef struct pair_worker {
    sst_arena grams_arena, arena;
    copy_grams set;
    uint64_t *word, *other; /* hashes of two articles */
    uint32_t *figure;       /* figures of two articles */
    sst_span *at;           /* of the words of one */
    uint16_t *met;          /* of each article: lists it was met in */
    uint32_t *touched;
    uint32_t touched_n;
    SST_VEC(copy_pair) pairs;
} pair_worker;

typedef struct finder {
    copy_store *s;
    double jaccard;
    const u64map *heavy;
    lists l;
    const uint32_t *first; /* articles that are not twins */
    uint32_t first_n;
    pair_worker *worker;
    atomic_int failed;
} finder;

/* ------------------------------------------------------------------------------------------- lists
 */

/* Sorts a part and keeps the lists of two articles and more; v becomes list << 32 | article. */
static void sort_part(void *user, uint32_t k, uint32_t worker)
{
    finder *f = user;
    copy_part *p = &f->s->part[k];
    (void)worker;
    if (p->n == 0)
        return;
    uint64_t *spare = base_malloc(p->n * sizeof *spare);
    if (!spare) {
        atomic_store(&f->failed, SST_ERR_MEMORY);
        return;
    }
    uint64_t *v = copy_radix(p->v, spare, p->n);
    size_t kept = 0, list = 0;
    for (size_t from = 0, to; from < p->n; from = to) {
        uint64_t weight = 0;
        for (to = from; to < p->n && v[to] >> 32 == v[from] >> 32; to++)
            weight += copy_store_doc(f->s, (uint32_t)v[to])->alike;
        if (to - from < 2 || weight > COPY_MANY_TEXTS)
            continue;
        for (size_t i = from; i < to; i++)
            v[kept++] = (uint64_t)list << 32 | (uint32_t)v[i];
        list++;
    }
    base_free(v == spare ? p->v : spare);
    uint64_t *less = base_realloc(v, (kept + 1) * sizeof *v);
    p->v = less ? less : v;
    p->n = kept;
    p->cap = kept;
}

static sst_status make_lists(finder *f, uint32_t threads, sst_arena *a, const atomic_int *stop)
{
    thread_for(threads, COPY_PARTS, sort_part, f, stop);
    if (atomic_load(&f->failed))
        return (sst_status)atomic_load(&f->failed);
    size_t posts = 0, n = 0;
    for (int k = 0; k < COPY_PARTS; k++) {
        const copy_part *p = &f->s->part[k];
        posts += p->n;
        n += p->n ? (p->v[p->n - 1] >> 32) + 1 : 0;
    }
    if (posts >= UINT32_MAX)
        return SST_ERR_LIMIT;
    lists *l = &f->l;
    l->post = arena_alloc(a, (posts + 1) * sizeof *l->post);
    l->of = arena_alloc(a, (posts + 1) * sizeof *l->of);
    l->first = arena_alloc(a, (n + 1) * sizeof *l->first);
    l->of_first = arena_calloc(a, (size_t)f->s->n + 2, sizeof *l->of_first);
    if (a->failed)
        return a->failed;
    uint32_t at = 0;
    for (int k = 0; k < COPY_PARTS; k++) {
        copy_part *p = &f->s->part[k];
        for (size_t i = 0; i < p->n; i++) {
            if (i == 0 || p->v[i] >> 32 != p->v[i - 1] >> 32)
                l->first[l->n++] = at;
            uint32_t d = (uint32_t)p->v[i];
            l->post[at++] = d;
            l->of_first[d + 2]++;
        }
        base_free(p->v);
        *p = (copy_part){NULL, 0, 0};
    }
    l->first[l->n] = at;
    for (uint32_t d = 0; d < f->s->n; d++)
        l->of_first[d + 2] += l->of_first[d + 1];
    for (uint32_t k = 0; k < l->n; k++)
        for (uint32_t i = l->first[k]; i < l->first[k + 1]; i++)
            l->of[l->of_first[l->post[i] + 1]++] = k;
    return SST_OK;
}

/* -------------------------------------------------------------------------------------- comparison
 */

/* Fewest lists in which a pair that matters meets. */
static uint32_t least_met(const finder *f, const copy_doc *a, const copy_doc *b)
{
    if (!a->full || !b->full)
        return 1;
    double n = a->sketch_n < b->sketch_n ? a->sketch_n : b->sketch_n;
    double share = 2 * f->jaccard / (1 + f->jaccard); /* of the smaller set, at the least */
    if (share > PART_CONTAINED)
        share = PART_CONTAINED;
    double least = n * share - FEWER_SD * sqrt(n * share * (1 - share));
    return least < 1 ? 1 : least < MET_MOST ? (uint32_t)least : MET_MOST;
}

/* Fills the set of grams of an article; each with the place of its first word. */
static bool load(finder *f, pair_worker *w, const copy_doc *d)
{
    copy_store_hashes(f->s, d, w->word);
    uint32_t n = d->word_n < COPY_GRAM ? 0 : d->word_n - COPY_GRAM + 1;
    if (!copy_grams_clear(&w->set, n))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t g = copy_gram_hash(w->word + i);
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
    copy_store_hashes(f->s, d, w->other);
    uint32_t run = 0, last = 0; /* grams of the run at work; where its last one stands */
    for (uint32_t i = 0; i + COPY_GRAM <= d->word_n; i++) {
        uint64_t g = copy_gram_hash(w->other + i);
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
        if (f->s->word_is.v[scratch[i]] & COPY_WORD_FIGURE)
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

static void compare_with(finder *f, pair_worker *w, uint32_t i, uint32_t j, uint32_t mark)
{
    const copy_doc *a = copy_store_doc(f->s, i), *b = copy_store_doc(f->s, j);
    overlap o = compare(f, w, b, a->word_n, mark);
    uint32_t small = a->gram_n < b->gram_n ? a->gram_n : b->gram_n;
    if (!o.shared)
        return;
    double jaccard = (double)o.shared / ((double)a->gram_n + b->gram_n - o.shared);
    double contained = (double)o.shared / small;
    if (jaccard < f->jaccard && (contained < PART_CONTAINED || small < COPY_SHORT_GRAMS))
        return;
    copy_pair *p = vec_push(&w->arena, &w->pairs);
    if (!p)
        return;
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
}

/* All pairs of article i with those before it. */
static void look_at(finder *f, pair_worker *w, uint32_t i)
{
    const lists *l = &f->l;
    const copy_doc *d = copy_store_doc(f->s, i);
    w->touched_n = 0;
    for (uint32_t k = l->of_first[i]; k < l->of_first[i + 1]; k++)
        for (uint32_t at = l->first[l->of[k]]; l->post[at] < i; at++) {
            uint32_t j = l->post[at];
            if (w->met[j]++ == 0)
                w->touched[w->touched_n++] = j;
            if (w->met[j] > MET_MOST)
                w->met[j]--;
        }
    bool loaded = false;
    for (uint32_t t = 0; t < w->touched_n; t++) {
        uint32_t j = w->touched[t];
        uint32_t met = w->met[j];
        w->met[j] = 0;
        if (w->grams_arena.failed || met < least_met(f, d, copy_store_doc(f->s, j)))
            continue;
        if (!loaded && !load(f, w, d)) {
            atomic_store(&f->failed, SST_ERR_MEMORY);
            continue;
        }
        loaded = true;
        compare_with(f, w, i, j, t + 1);
    }
}

static void look_at_some(void *user, uint32_t chunk, uint32_t worker)
{
    finder *f = user;
    uint32_t end = (chunk + 1) * CHUNK < f->first_n ? (chunk + 1) * CHUNK : f->first_n;
    for (uint32_t k = chunk * CHUNK; k < end; k++)
        look_at(f, &f->worker[worker], f->first[k]);
}

sst_status copy_find_pairs(copy_store *s, const uint32_t *first, uint32_t first_n, double jaccard,
                           uint32_t threads, const u64map *heavy, sst_arena *arena,
                           const atomic_int *stop, copy_pair **out, size_t *out_n)
{
    finder f = {.s = s, .jaccard = jaccard, .heavy = heavy, .first = first, .first_n = first_n};
    sst_arena scratch;
    arena_init(&scratch, 0);
    atomic_init(&f.failed, 0);
    uint32_t longest = 0;
    for (uint32_t k = 0; k < first_n; k++) {
        uint32_t n = copy_store_doc(s, first[k])->word_n;
        longest = n > longest ? n : longest;
    }
    f.worker = arena_calloc(&scratch, threads, sizeof *f.worker);
    sst_status status = f.worker ? make_lists(&f, threads, &scratch, stop) : SST_ERR_MEMORY;
    for (uint32_t k = 0; f.worker && k < threads; k++) {
        pair_worker *w = &f.worker[k];
        arena_init(&w->grams_arena, 0);
        arena_init(&w->arena, 0);
        w->set.arena = &w->grams_arena;
        w->word = arena_alloc(&scratch, ((size_t)longest + 1) * sizeof *w->word);
        w->other = arena_alloc(&scratch, ((size_t)longest + 1) * sizeof *w->other);
        w->figure = arena_alloc(&scratch, (2 * (size_t)longest + 1) * sizeof *w->figure);
        w->at = arena_alloc(&scratch, ((size_t)longest + 1) * sizeof *w->at);
        w->met = arena_calloc(&scratch, (size_t)s->n + 1, sizeof *w->met);
        w->touched = arena_alloc(&scratch, ((size_t)s->n + 1) * sizeof *w->touched);
    }
    if (!status)
        status = scratch.failed;
    if (!status) {
        thread_for(threads, (first_n + CHUNK - 1) / CHUNK, look_at_some, &f, stop);
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
        arena_release(&f.worker[k].arena);
    }
    arena_release(&scratch);
    return status ? status : arena->failed;
}
