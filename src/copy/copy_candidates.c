/*
 * Candidates: articles whose sketches have much in common.
 *
 *   postings of the sketches, sorted: lists of the articles that have a gram of a sketch in common;
 *     what is in more than COPY_MANY_TEXTS articles is no list
 *   for each article, the ones before it that stand in enough of its lists
 *
 * Lists are short, so the work follows the articles. No step depends on the order in which articles
 * were added.
 */
#include <math.h>

#include "base_alloc.h"
#include "base_thread.h"
#include "copy.h"
#include "copy_pairs.h"
#include "copy_sort.h"

enum {
    CHUNK = 64,                /* articles that a worker takes at once */
    MET_MOST = UINT16_MAX - 1, /* lists are counted up to here; so many are enough */
    /*
     * Two articles must meet in as many lists as two of the threshold do, less this many standard
     * deviations of a sample: one pair in two million is lost to it.
     */
    FEWER_SD = 5,
    SORT_BIT = 40 /* of a posting: a part's have the eight bits below in common */
};

/* The articles that have one gram of their sketches in common, and the lists of an article. */
typedef struct lists {
    uint32_t *post, *first; /* list k is post[first[k], first[k + 1]) */
    uint32_t n;
    uint32_t *of, *of_first; /* lists of article i: of[of_first[i], of_first[i + 1]) */
} lists;

typedef struct meeter {
    sst_arena arena;
    uint16_t *met; /* of each article: lists it was met in; zero between two */
    uint32_t *touched;
    SST_VEC(uint64_t) found;
} meeter;

typedef struct finder {
    copy_store *s;
    double jaccard;
    lists l;
    const uint32_t *first; /* articles that are not twins */
    uint32_t first_n;
    meeter *worker;
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
    sst_status status = copy_store_part(f->s, k);
    if (status) {
        atomic_store(&f->failed, (int)status);
        return;
    }
    if (p->n == 0)
        return;
    uint64_t *spare = base_malloc(p->n * sizeof *spare);
    if (!spare) {
        atomic_store(&f->failed, SST_ERR_MEMORY);
        return;
    }
    uint64_t *v = copy_radix(p->v, spare, p->n, SORT_BIT);
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
        *p = (copy_part){0};
    }
    l->first[l->n] = at;
    for (uint32_t d = 0; d < f->s->n; d++)
        l->of_first[d + 2] += l->of_first[d + 1];
    for (uint32_t k = 0; k < l->n; k++)
        for (uint32_t i = l->first[k]; i < l->first[k + 1]; i++)
            l->of[l->of_first[l->post[i] + 1]++] = k;
    return SST_OK;
}

/* ---------------------------------------------------------------------------------------- meetings
 */

/* Fewest lists in which a pair that matters meets. */
static uint32_t least_met(const finder *f, const copy_doc *a, const copy_doc *b)
{
    if (!a->full || !b->full)
        return 1;
    double n = a->sketch_n < b->sketch_n ? a->sketch_n : b->sketch_n;
    double share = 2 * f->jaccard / (1 + f->jaccard); /* of the smaller set, at the least */
    if (share > COPY_PART_CONTAINED)
        share = COPY_PART_CONTAINED;
    double least = n * share - FEWER_SD * sqrt(n * share * (1 - share));
    return least < 1 ? 1 : least < MET_MOST ? (uint32_t)least : MET_MOST;
}

/* The candidates of article i among those before it. */
static void look_at(finder *f, meeter *w, uint32_t i)
{
    const lists *l = &f->l;
    const copy_doc *d = copy_store_doc(f->s, i);
    uint32_t touched_n = 0;
    for (uint32_t k = l->of_first[i]; k < l->of_first[i + 1]; k++)
        for (uint32_t at = l->first[l->of[k]]; l->post[at] < i; at++) {
            uint32_t j = l->post[at];
            if (w->met[j]++ == 0)
                w->touched[touched_n++] = j;
            if (w->met[j] > MET_MOST)
                w->met[j]--;
        }
    for (uint32_t t = 0; t < touched_n; t++) {
        uint32_t j = w->touched[t], met = w->met[j];
        w->met[j] = 0;
        if (met < least_met(f, d, copy_store_doc(f->s, j)))
            continue;
        uint64_t *pair = vec_push(&w->arena, &w->found);
        if (pair)
            *pair = (uint64_t)i << 32 | j;
    }
}

static void look_at_some(void *user, uint32_t chunk, uint32_t worker)
{
    finder *f = user;
    uint32_t end = (chunk + 1) * CHUNK < f->first_n ? (chunk + 1) * CHUNK : f->first_n;
    for (uint32_t k = chunk * CHUNK; k < end; k++)
        look_at(f, &f->worker[worker], f->first[k]);
}

sst_status copy_find_candidates(copy_store *s, const uint32_t *first, uint32_t first_n,
                                double jaccard, uint32_t threads, sst_arena *arena,
                                const atomic_int *stop, copy_candidates *out)
{
    finder f = {.s = s, .jaccard = jaccard, .first = first, .first_n = first_n};
    *out = (copy_candidates){NULL, 0};
    sst_arena scratch;
    arena_init(&scratch, 0);
    atomic_init(&f.failed, 0);
    sst_status status = make_lists(&f, threads, &scratch, stop);
    f.worker = arena_calloc(&scratch, threads, sizeof *f.worker);
    for (uint32_t k = 0; f.worker && k < threads; k++) {
        meeter *w = &f.worker[k];
        arena_init(&w->arena, 0);
        w->met = arena_calloc(&scratch, (size_t)s->n + 1, sizeof *w->met);
        w->touched = arena_alloc(&scratch, ((size_t)s->n + 1) * sizeof *w->touched);
    }
    if (!status)
        status = scratch.failed;
    if (!status)
        thread_for(threads, (first_n + CHUNK - 1) / CHUNK, look_at_some, &f, stop);
    size_t n = 0;
    for (uint32_t k = 0; !status && k < threads; k++) {
        n += f.worker[k].found.n;
        status = f.worker[k].arena.failed;
    }
    if (!status && !(out->v = arena_alloc(arena, (n + 1) * sizeof *out->v)))
        status = arena->failed;
    for (uint32_t k = 0; !status && k < threads; k++) {
        if (f.worker[k].found.n)
            memcpy(out->v + out->n, f.worker[k].found.v, f.worker[k].found.n * sizeof *out->v);
        out->n += f.worker[k].found.n;
    }
    for (uint32_t k = 0; f.worker && k < threads; k++)
        arena_release(&f.worker[k].arena);
    arena_release(&scratch);
    return status;
}
