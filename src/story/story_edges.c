/*
 * Weighted words of texts -> which texts are alike.
 *
 * in: story_features in canonical order; out: story_edge. Parts, in this order:
 *
 *   postings   (word, text, weight) of each text's STORY_TOP weightiest words, by word and text:
 *              dealt into PARTS by the first bits of the word, each part sorted by itself
 *   lists      (text, weight) in the same order, for most of the time goes into walking along them
 *   candidates of a text: those behind it in the lists of its words that have enough in common
 *   edges      candidates, compared exactly
 *
 * Parts and runs of CHUNK texts are shared out over threads. Each text's sums run in the order of
 * its words and each chunk keeps its edges apart until all are put together in order, so the number
 * of threads changes nothing.
 */
#include "story_edges.h"

#include <stdlib.h>
#include <string.h>

#include "base_thread.h"
#include "story_index.h"

/* Pairs below it count as unlike; keeping them changes averages by less than they are worth. */
static const float EDGE_LEAST = 0.07f;
/*
 * What two texts have in common in their top words alone, times the factor for the time between
 * them, must reach this, or they are not compared further.
 *
 * 0.03 and 0.05 give the same rows of the bench to a tenth of a point, 0.07 costs ecbplus 0.1.
 *
 * Two that came out days apart (a factor below FAR: more than two and a half days) must have in
 * their top words alone what an edge needs. Nearly all pairs of a year of news are such, few of
 * them are alike, and the rest of their words hardly ever makes up for it: with 0.03, 0.045, 0.06,
 * 0.07 and 0.08 every row of the bench is the same to a tenth of a point, and 100,000 articles take
 * 2.4 times as long with 0.03 as with 0.07.
 */
static const float CANDIDATE_LEAST = 0.05f, FAR_LEAST = 0.07f, FAR = 0.45f;

bool story_candidate(float in_common, int64_t a, int64_t b)
{
    if (in_common < CANDIDATE_LEAST)
        return false;
    float time = story_time(a, b);
    return in_common * time >= (time < FAR ? FAR_LEAST : CANDIDATE_LEAST);
}

float story_edge_least(void)
{
    return EDGE_LEAST;
}

enum {
    /* Postings of 100,000 texts in so many parts are 300 KB each, which a core's cache holds. */
    PART_BITS = 8,
    PARTS = 1 << PART_BITS,
    /* Texts that a thread takes at once: enough to be worth the taking, few enough to end together.
     */
    CHUNK = 64,
    /* Candidates lie anywhere in memory, so that of so many is asked for before any is compared. */
    BATCH = 8,
    LINE = 64 / sizeof(uint16_t) /* hints in a line of a core's cache */
};

typedef struct posting {
    uint32_t key, node;
    float weight;
} posting;

typedef struct listed {
    uint32_t node;
    float weight;
} listed;

typedef struct chunk {
    story_edge *v; /* in its worker's arena */
    uint32_t n;
} chunk;

typedef struct common {
    uint32_t seen; /* the last text whose candidate this one was, plus one */
    float sum;     /* in common with that one, in top words */
} common;

/* What one thread works with: call scratch. */
typedef struct edge_worker {
    sst_arena arena;
    common *common; /* of each text */
    uint32_t *near; /* the candidates of one text */
    uint32_t *hit;  /* of BATCH candidates: words that they may share */
    story_probe probe;
    SST_VEC(story_edge) found; /* of one chunk */
} edge_worker;

typedef struct edger {
    const story_features *f;
    uint32_t n;
    posting *post;
    listed *list;             /* of each posting */
    uint32_t *end;            /* of each: behind the last that it is paired with */
    uint32_t part[PARTS + 1]; /* first posting of each part */
    uint32_t *at;             /* of a text's top words, by key: place in post */
    uint32_t *at_first;       /* of each text: in at */
    int64_t *published;       /* of each, beside one another: asked for of every candidate */
    uint16_t *hint;           /* of the words of all texts, beside one another: story_probe_hints */
    size_t *hint_first;       /* of each text: in hint */
    uint32_t longest;         /* words of a text */
    chunk *chunks;
    edge_worker *worker;
    atomic_int stop; /* the status of the first failure */
} edger;

static int by_key(const void *p, const void *q)
{
    const posting *a = p, *b = q;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->node < b->node ? -1 : a->node > b->node;
}

static int by_edge(const void *p, const void *q)
{
    const story_edge *a = p, *b = q;
    return a->b < b->b ? -1 : a->b > b->b;
}

static void sort_part(void *user, uint32_t p, uint32_t worker)
{
    edger *e = user;
    uint32_t end_of_part = e->part[p + 1];
    (void)worker;
    if (end_of_part - e->part[p] > 1)
        qsort(e->post + e->part[p], end_of_part - e->part[p], sizeof *e->post, by_key);
    for (uint32_t k = e->part[p], end; k < end_of_part; k = end) {
        for (end = k + 1; end < end_of_part && e->post[end].key == e->post[k].key;)
            end++;
        uint32_t most = end - k > STORY_COMMON ? STORY_NEXT : STORY_COMMON;
        for (uint32_t i = k; i < end; i++) {
            e->list[i] = (listed){e->post[i].node, e->post[i].weight};
            e->end[i] = end - i - 1 > most ? i + 1 + most : end;
        }
    }
}

static bool compared(const edger *e, const uint32_t *same, uint32_t i)
{
    return e->f[i].n >= STORY_FEATURES_LEAST && same[i] == i;
}

static sst_status postings(edger *e, const uint32_t *same, uint32_t threads, sst_arena *arena)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < e->n; i++)
        total += e->f[i].top_n;
    if (total >= UINT32_MAX)
        return SST_ERR_LIMIT;
    e->post = arena_alloc(arena, (size_t)(total + 1) * sizeof *e->post);
    e->list = arena_alloc(arena, (size_t)(total + 1) * sizeof *e->list);
    e->end = arena_alloc(arena, (size_t)(total + 1) * sizeof *e->end);
    e->at = arena_alloc(arena, (size_t)(total + 1) * sizeof *e->at);
    e->at_first = arena_calloc(arena, (size_t)e->n + 2, sizeof *e->at_first);
    if (arena->failed)
        return arena->failed;
    uint32_t next[PARTS + 1] = {0};
    for (uint32_t i = 0; i < e->n; i++)
        for (uint32_t k = 0; compared(e, same, i) && k < e->f[i].top_n; k++)
            next[(e->f[i].word[e->f[i].top[k]].key >> (32 - PART_BITS)) + 1]++;
    for (uint32_t p = 0; p < PARTS; p++)
        next[p + 1] += next[p];
    memcpy(e->part, next, sizeof e->part);
    for (uint32_t i = 0; i < e->n; i++)
        for (uint32_t k = 0; compared(e, same, i) && k < e->f[i].top_n; k++) {
            const story_word *t = &e->f[i].word[e->f[i].top[k]];
            e->post[next[t->key >> (32 - PART_BITS)]++] = (posting){t->key, i, t->weight};
        }
    thread_for(threads, PARTS, sort_part, e, NULL);
    uint32_t m = e->part[PARTS];
    for (uint32_t k = 0; k < m; k++)
        e->at_first[e->post[k].node + 2]++;
    for (uint32_t i = 2; i < e->n + 2; i++)
        e->at_first[i] += e->at_first[i - 1];
    for (uint32_t k = 0; k < m; k++)
        e->at[e->at_first[e->post[k].node + 1]++] = k;
    return SST_OK;
}

/* What is asked for of each text, beside one another. */
static sst_status hints(edger *e, sst_arena *arena)
{
    size_t total = 0;
    e->hint_first = arena_alloc(arena, ((size_t)e->n + 2) * sizeof *e->hint_first);
    for (uint32_t i = 0; e->hint_first && i < e->n; i++) {
        e->hint_first[i] = total;
        total += e->f[i].n;
        e->longest = e->f[i].n > e->longest ? e->f[i].n : e->longest;
    }
    e->hint = arena_alloc(arena, (total + 1) * sizeof *e->hint);
    if (arena->failed)
        return arena->failed;
    e->hint_first[e->n] = total;
    for (uint32_t i = 0; i < e->n; i++) {
        e->published[i] = e->f[i].published;
        story_probe_hints(&e->f[i], e->hint + e->hint_first[i]);
    }
    return SST_OK;
}

/*
 * Those with CANDIDATE_LEAST and more in common with text i in top words, into near. Sums only
 * grow, so a text goes in when its sum passes that: about one in thirteen of those near enough in
 * time. Without a branch, for which of them it is no processor can foretell.
 */
static uint32_t candidates(const edger *e, edge_worker *w, uint32_t i)
{
    uint32_t near_n = 0;
    for (uint32_t x = e->at_first[i]; x < e->at_first[i + 1]; x++) {
        const listed *own = &e->list[e->at[x]];
        float weight = own->weight;
        for (const listed *p = own + 1, *end = e->list + e->end[e->at[x]]; p < end; p++) {
            common *c = &w->common[p->node];
            float before = c->seen == i + 1 ? c->sum : 0, sum = before + p->weight * weight;
            *c = (common){i + 1, sum};
            w->near[near_n] = p->node;
            near_n += (before < CANDIDATE_LEAST) & (sum >= CANDIDATE_LEAST);
        }
    }
    return near_n;
}

static sst_status compare_text(const edger *e, edge_worker *w, uint32_t i)
{
    uint32_t near_n = candidates(e, w, i), kept = 0;
    for (uint32_t k = 0; k < near_n; k++) {
        uint32_t j = w->near[k];
        float sum = w->common[j].sum;
        if (story_candidate(sum, e->published[i], e->published[j]))
            w->near[kept++] = j;
    }
    if (kept == 0)
        return SST_OK;
    if (story_probe_set(&w->probe, &e->f[i], &w->arena))
        return w->arena.failed;
    uint32_t first = w->found.n;
    for (uint32_t from = 0; from < kept; from += BATCH) {
        uint32_t n = kept - from < BATCH ? kept - from : BATCH, end[BATCH], at = 0;
        for (uint32_t k = 0; k < n && from + n + k < kept; k++) { /* the next batch's */
            uint32_t j = w->near[from + n + k];
            __builtin_prefetch(&e->f[j]);
            for (size_t x = e->hint_first[j]; x < e->hint_first[j + 1]; x += LINE)
                __builtin_prefetch(e->hint + x);
        }
        for (uint32_t k = 0; k < n; k++) {
            uint32_t j = w->near[from + k];
            end[k] = at +=
                story_probe_hits(&w->probe, &e->f[j], e->hint + e->hint_first[j], w->hit + at);
        }
        for (uint32_t k = 0; k < n; k++) {
            uint32_t j = w->near[from + k], begin = k ? end[k - 1] : 0;
            float s = story_similarity_hits(&w->probe, &e->f[i], &e->f[j], w->hit + begin,
                                            end[k] - begin);
            if (s < EDGE_LEAST)
                continue;
            story_edge *to = vec_push(&w->arena, &w->found);
            if (!to)
                return w->arena.failed;
            *to = (story_edge){i, j, s};
        }
    }
    if (w->found.n - first > 1)
        qsort(w->found.v + first, w->found.n - first, sizeof *w->found.v, by_edge);
    return SST_OK;
}

static void compare_chunk(void *user, uint32_t c, uint32_t worker)
{
    edger *e = user;
    edge_worker *w = &e->worker[worker];
    uint32_t end = e->n - c * CHUNK < CHUNK ? e->n : (c + 1) * CHUNK;
    sst_status status = SST_OK;
    w->found.n = 0;
    for (uint32_t i = c * CHUNK; i < end && !status; i++)
        status = compare_text(e, w, i);
    if (!status && w->found.n) {
        e->chunks[c].n = w->found.n;
        e->chunks[c].v = arena_alloc(&w->arena, w->found.n * sizeof *w->found.v);
        if (e->chunks[c].v)
            memcpy(e->chunks[c].v, w->found.v, w->found.n * sizeof *w->found.v);
        else
            status = w->arena.failed;
    }
    if (status)
        atomic_store(&e->stop, (int)status);
}

static sst_status put_together(const edger *e, uint32_t chunk_n, sst_arena *arena, story_edge **out,
                               uint32_t *out_n)
{
    uint64_t total = 0;
    for (uint32_t c = 0; c < chunk_n; c++)
        total += e->chunks[c].n;
    if (total >= UINT32_MAX)
        return SST_ERR_LIMIT;
    *out = arena_alloc(arena, (size_t)(total + 1) * sizeof **out);
    if (!*out)
        return arena->failed;
    for (uint32_t c = 0; c < chunk_n; c++) {
        if (e->chunks[c].n)
            memcpy(*out + *out_n, e->chunks[c].v, e->chunks[c].n * sizeof **out);
        *out_n += e->chunks[c].n;
    }
    return SST_OK;
}

sst_status story_edges(const story_features *f, const uint32_t *same, uint32_t n, uint32_t threads,
                       sst_arena *arena, story_edge **out, uint32_t *out_n)
{
    edger e = {.f = f, .n = n};
    uint32_t chunk_n = n / CHUNK + (n % CHUNK != 0);
    sst_arena scratch;
    arena_init(&scratch, 0);
    *out_n = 0;
    threads = threads < 1 ? 1 : threads > chunk_n + 1 ? chunk_n + 1 : threads;
    e.worker = arena_calloc(&scratch, threads, sizeof *e.worker);
    for (uint32_t w = 0; e.worker && w < threads; w++)
        arena_init(&e.worker[w].arena, 0);
    e.chunks = arena_calloc(&scratch, (size_t)chunk_n + 1, sizeof *e.chunks);
    e.published = arena_alloc(&scratch, ((size_t)n + 1) * sizeof *e.published);
    sst_status status = scratch.failed;
    if (!status)
        status = hints(&e, &scratch);
    if (!status)
        status = postings(&e, same, threads, &scratch);
    for (uint32_t w = 0; w < threads && !status; w++) {
        edge_worker *x = &e.worker[w];
        x->common = arena_calloc(&x->arena, (size_t)n + 1, sizeof *x->common);
        x->near = arena_alloc(&x->arena, ((size_t)n + 1) * sizeof *x->near);
        x->hit = arena_alloc(&x->arena, ((size_t)e.longest + 1) * BATCH * sizeof *x->hit);
        status = x->arena.failed;
    }
    if (!status) {
        thread_for(threads, chunk_n, compare_chunk, &e, &e.stop);
        status = (sst_status)atomic_load(&e.stop);
    }
    if (!status)
        status = put_together(&e, chunk_n, arena, out, out_n);
    for (uint32_t w = 0; e.worker && w < threads; w++)
        arena_release(&e.worker[w].arena);
    arena_release(&scratch);
    return status;
}
