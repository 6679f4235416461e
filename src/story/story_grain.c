/*
 * A graph of articles -> its groups at a grain.
 *
 * in: edges (story_edges.h), ties; out: of each node the smallest of its group. Parts: average link
 * in each piece (story_pieces.h); a second look at those left alone (story_look.h); then large
 * groups, which the bound on candidates may have cut, are compared once more by a sample and
 * joined.
 */
#include "story_grain.h"

#include <stdlib.h>
#include <string.h>

#include "base_hash.h"
#include "base_thread.h"
#include "story_look.h"
#include "story_pieces.h"

/*
 * Average similarity in a group, by grain. Event: where the mean B-cubed over the development sets
 * is highest (0.20 to 0.22 are within half a point). Development: where pairs that people judged at
 * a finer grain agree best (tgcontest_pairs). Saga: two thirds of an event's, where events of one
 * topic meet and those of two do not yet (ecbplus, whose topics have two events each).
 */
static const float GRAIN[] = {
    [SST_GRAIN_EVENT] = 0.21f, [SST_GRAIN_DEVELOPMENT] = 0.30f, [SST_GRAIN_SAGA] = 0.14f};
enum {
    /*
     * Because of STORY_NEXT (story_edges.c) not all pairs of a story of hundreds are compared,
     * and a pair that is not counts as unlike. So groups that large are compared once more, by
     * SAMPLE members of each.
     */
    LARGE = STORY_LARGE,
    SAMPLE = 24
};

/* Two large groups, and what SAMPLE members of each have in common on average. */
typedef struct large_pair {
    uint32_t a, b;           /* their smallest nodes, a < b */
    uint32_t a_size, b_size; /* a group of that smallest node and size is the one it was before */
    float weight;
} large_pair;

typedef struct sampler {
    const story_graph *g;
    const uint32_t *member, *first; /* nodes of large groups, and where those of each begin */
    const uint32_t *number;         /* of each smallest node: of its group */
    const large_pair *known;        /* of the round before */
    uint32_t known_n;
    large_pair *pair;
    story_probe *probe; /* of each thread */
    sst_arena *arena;
    atomic_int stop; /* the status of the first failure */
} sampler;

static int by_groups(const void *p, const void *q)
{
    const large_pair *x = p, *y = q;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* Average score of SAMPLE members of each of two groups, evenly chosen. */
static void sample_one(void *user, uint32_t k, uint32_t worker)
{
    sampler *s = user;
    large_pair *x = &s->pair[k];
    const large_pair *known =
        s->known_n ? bsearch(x, s->known, s->known_n, sizeof *x, by_groups) : NULL;
    if (known && known->a_size == x->a_size && known->b_size == x->b_size) {
        x->weight = known->weight;
        return;
    }
    const uint32_t *a = s->member + s->first[s->number[x->a]];
    const uint32_t *b = s->member + s->first[s->number[x->b]];
    uint32_t m = x->a_size < SAMPLE ? x->a_size : SAMPLE;
    uint32_t n = x->b_size < SAMPLE ? x->b_size : SAMPLE;
    double sum = 0;
    for (uint32_t i = 0; i < m; i++) {
        const story_features *f = &s->g->f[a[(uint64_t)i * x->a_size / m]];
        sst_status status = story_probe_set(&s->probe[worker], f, &s->arena[worker]);
        if (status) {
            atomic_store(&s->stop, (int)status);
            return;
        }
        for (uint32_t j = 0; j < n; j++)
            sum += (double)story_similarity_probe(&s->probe[worker], f,
                                                  &s->g->f[b[(uint64_t)j * x->b_size / n]]);
    }
    x->weight = (float)(sum / ((double)m * n));
}

/* Large groups: `number` numbers their smallest nodes, UINT32_MAX for others. */
typedef struct large {
    uint32_t n;
    uint32_t *number;         /* of each node */
    uint32_t *head, *size;    /* of each large group: smallest node, nodes */
    uint32_t *first, *member; /* nodes of each, beside one another */
} large;

static sst_status gather_large(const story_graph *g, const uint32_t *group, sst_arena *arena,
                               large *out)
{
    uint32_t n = g->n;
    *out = (large){0};
    uint32_t *size = arena_calloc(arena, (size_t)n + 1, sizeof *size);
    for (uint32_t i = 0; size && i < n; i++)
        out->n += ++size[group[i]] == LARGE;
    if (out->n < 2)
        return arena->failed;
    size_t room = (size_t)out->n + 2;
    out->number = arena_alloc(arena, ((size_t)n + 1) * sizeof *out->number);
    out->member = arena_alloc(arena, ((size_t)n + 1) * sizeof *out->member);
    out->head = arena_alloc(arena, room * sizeof *out->head);
    out->size = arena_alloc(arena, room * sizeof *out->size);
    out->first = arena_calloc(arena, room, sizeof *out->first);
    uint32_t *end = arena_alloc(arena, room * sizeof *end);
    if (arena->failed)
        return arena->failed;
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++) {
        out->number[i] = UINT32_MAX;
        if (group[i] == i && size[i] >= LARGE) {
            out->head[k] = i;
            out->size[k] = size[i];
            end[k] = out->first[k];
            out->first[k + 1] = out->first[k] + size[i];
            out->number[i] = k++;
        }
    }
    for (uint32_t i = 0; i < n; i++)
        if (out->number[group[i]] != UINT32_MAX)
            out->member[end[out->number[group[i]]]++] = i;
    return SST_OK;
}

/* Pairs of large groups that any edge connects, each once, in order. */
static sst_status pairs_of_large(const story_graph *g, const uint32_t *group, const large *l,
                                 sst_arena *arena, large_pair **out, uint32_t *out_n)
{
    SST_VEC(large_pair) pair = {0};
    u64map seen = {0};
    for (uint32_t e = 0; e < g->edge_n; e++) {
        uint32_t a = l->number[group[g->edge[e].a]], b = l->number[group[g->edge[e].b]];
        if (a == b || a == UINT32_MAX || b == UINT32_MAX)
            continue;
        uint32_t low = a < b ? a : b, high = a < b ? b : a;
        int fresh;
        if (!u64map_add(arena, &seen, (uint64_t)low << 32 | high, 0, &fresh))
            return arena->failed;
        large_pair *x = fresh ? vec_push(arena, &pair) : NULL;
        if (x)
            *x = (large_pair){l->head[low], l->head[high], l->size[low], l->size[high], 0};
    }
    if (pair.n)
        qsort(pair.v, pair.n, sizeof *pair.v, by_groups);
    *out = pair.v;
    *out_n = pair.n;
    return arena->failed;
}

static sst_status sample(sampler *s, uint32_t n, uint32_t threads, sst_arena *arena)
{
    threads = threads < 1 ? 1 : threads > n ? n + 1 : threads;
    s->probe = arena_calloc(arena, threads, sizeof *s->probe);
    s->arena = arena_calloc(arena, threads, sizeof *s->arena);
    if (arena->failed)
        return arena->failed;
    for (uint32_t w = 0; w < threads; w++)
        arena_init(&s->arena[w], 0);
    thread_for(threads, n, sample_one, s, &s->stop);
    for (uint32_t w = 0; w < threads; w++)
        arena_release(&s->arena[w]);
    return (sst_status)atomic_load(&s->stop);
}

/* Ties of cannot between large groups, by their numbers. */
static sst_status ties_of_large(const story_graph *g, const uint32_t *group, const large *l,
                                sst_arena *arena, story_ties *out)
{
    SST_VEC(story_tie) cannot = {0};
    for (uint32_t i = 0; i < g->ties.cannot_n; i++) {
        uint32_t a = l->number[group[g->ties.cannot[i].a]];
        uint32_t b = l->number[group[g->ties.cannot[i].b]];
        if (a == b || a == UINT32_MAX || b == UINT32_MAX)
            continue;
        story_tie *t = vec_push(arena, &cannot);
        if (t)
            *t = (story_tie){a, b};
    }
    *out = (story_ties){.cannot = cannot.v, .cannot_n = cannot.n};
    return arena->failed;
}

/*
 * Joins large groups that STORY_NEXT has cut apart: average link over them as nodes. known: pairs
 * of the round before, then those of this one.
 */
static sst_status join_large_once(const story_graph *g, float least, uint32_t threads,
                                  sst_arena *arena, large_pair **known, uint32_t *known_n,
                                  uint32_t *group, bool *more)
{
    large l;
    large_pair *pair = NULL;
    uint32_t n = 0;
    story_ties ties;
    *more = false;
    sst_status status = gather_large(g, group, arena, &l);
    if (status || l.n < 2)
        return status;
    status = pairs_of_large(g, group, &l, arena, &pair, &n);
    story_edge *edge = arena_alloc(arena, ((size_t)n + 1) * sizeof *edge);
    uint32_t *joined = arena_alloc(arena, (size_t)l.n * sizeof *joined);
    if (status || arena->failed)
        return arena->failed;
    sampler s = {.g = g,
                 .member = l.member,
                 .first = l.first,
                 .number = l.number,
                 .known = *known,
                 .known_n = *known_n,
                 .pair = pair};
    status = sample(&s, n, threads, arena);
    for (uint32_t k = 0; k < n && !status; k++)
        edge[k] = (story_edge){l.number[pair[k].a], l.number[pair[k].b], pair[k].weight};
    if (!status)
        status = ties_of_large(g, group, &l, arena, &ties);
    if (!status)
        status = story_link_tied(l.n, edge, n, least, l.size, &ties, joined);
    for (uint32_t i = 0; i < g->n && !status; i++)
        if (l.number[group[i]] != UINT32_MAX)
            group[i] = l.head[joined[l.number[group[i]]]];
    for (uint32_t i = 0; i < l.n && !status; i++)
        *more |= joined[i] != i;
    *known = pair;
    *known_n = n;
    return status;
}

/*
 * Pieces of a story are neighbours like the links of a chain, and only neighbours were compared; so
 * what was joined is compared anew, until nothing is joined. Each time at least every second piece
 * of a story goes.
 */
static sst_status join_large(const story_graph *g, float least, uint32_t threads, sst_arena *arena,
                             uint32_t *group)
{
    bool more = true;
    sst_status status = SST_OK;
    large_pair *known = NULL;
    uint32_t known_n = 0;
    while (more && !status)
        status = join_large_once(g, least, threads, arena, &known, &known_n, group, &more);
    return status;
}

void story_same(const story_features *f, uint32_t n, const uint8_t *tied, uint32_t *same,
                uint32_t *times)
{
    uint32_t first = UINT32_MAX; /* of the text at hand, without a tie */
    for (uint32_t i = 0; i < n; i++) {
        if (i == 0 || f[i].content != f[i - 1].content)
            first = UINT32_MAX;
        bool own = f[i].n < STORY_FEATURES_LEAST || (tied && tied[i]);
        if (!own && first == UINT32_MAX)
            first = i;
        same[i] = own ? i : first;
        if (times)
            times[same[i]]++;
    }
}

static int by_pair(const void *p, const void *q)
{
    const story_edge *x = p, *y = q;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

sst_status story_untwin(uint32_t n, const uint32_t *first, const uint32_t *same,
                        const story_edge *edge, uint32_t edge_n, sst_arena *arena, story_edge **out,
                        uint32_t *out_n)
{
    SST_VEC(story_edge) v = {0};
    uint32_t *next = arena_alloc(arena, ((size_t)n + 1) * sizeof *next); /* that stands; n: none */
    bool any = false;
    if (!next)
        return arena->failed;
    for (uint32_t i = n; i-- > 0;)
        next[i] = n;
    for (uint32_t i = n; i-- > 0;) /* the first of a text stands; others behind it, ascending */
        if (first[i] != i && same[i] == i) {
            next[i] = next[first[i]];
            next[first[i]] = i;
            any = true;
        }
    *out = (story_edge *)(uintptr_t)edge;
    *out_n = edge_n;
    if (!any)
        return SST_OK;
    for (uint32_t e = 0; e < edge_n; e++)
        for (uint32_t a = edge[e].a; a < n; a = next[a])
            for (uint32_t b = edge[e].b; b < n; b = next[b]) {
                story_edge *to = vec_push(arena, &v);
                if (to)
                    *to = (story_edge){a < b ? a : b, a < b ? b : a, edge[e].weight};
            }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t b = same[i] == i ? next[i] : n; b < n; b = next[b]) {
            story_edge *to = vec_push(arena, &v);
            if (to)
                *to = (story_edge){i, b, 1};
        }
    if (v.n)
        qsort(v.v, v.n, sizeof *v.v, by_pair);
    *out = v.v;
    *out_n = v.n;
    return arena->failed;
}

static sst_status link_at(const story_graph *g, sst_grain grain, const story_ties *ties,
                          const uint32_t *within, uint32_t threads, uint32_t *group)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    sst_status status =
        story_link_pieces(g->n, g->edge, g->edge_n, GRAIN[grain], g->times, ties, threads, group);
    if (status == SST_OK)
        status = story_look(g, GRAIN[grain], within, group);
    for (uint32_t i = 0; status == SST_OK && g->same && i < g->n; i++)
        group[i] = group[g->same[i]];
    if (status == SST_OK)
        status = join_large(g, GRAIN[grain], threads, &scratch, group);
    arena_release(&scratch);
    return status;
}

/* Ties of must that keep the events together, behind those of the user. */
static sst_status keep_events(const story_graph *g, const uint32_t *event, sst_arena *arena,
                              story_ties *out)
{
    story_tie *must = arena_alloc(arena, ((size_t)g->ties.must_n + g->n + 1) * sizeof *must);
    if (!must)
        return arena->failed;
    *out = g->ties;
    if (out->must_n)
        memcpy(must, g->ties.must, out->must_n * sizeof *must);
    for (uint32_t i = 0; i < g->n; i++)
        if (event[i] != i && (!g->same || g->same[i] == i))
            must[out->must_n++] = (story_tie){event[i], i};
    out->must = must;
    return SST_OK;
}

/*
 * The second look (story_look.h) is not a part of the dendrogram, so a finer grain is made inside
 * the events and a wider one out of them.
 */
sst_status story_link_grain(const story_graph *g, sst_grain grain, uint32_t threads,
                            uint32_t *group)
{
    if (grain == SST_GRAIN_EVENT)
        return link_at(g, grain, &g->ties, NULL, threads, group);
    sst_arena scratch;
    arena_init(&scratch, 0);
    story_ties ties = g->ties;
    uint32_t *event = arena_alloc(&scratch, ((size_t)g->n + 1) * sizeof *event);
    sst_status status =
        event ? link_at(g, SST_GRAIN_EVENT, &g->ties, NULL, threads, event) : scratch.failed;
    if (!status && grain == SST_GRAIN_SAGA)
        status = keep_events(g, event, &scratch, &ties);
    if (!status)
        status =
            link_at(g, grain, &ties, grain == SST_GRAIN_DEVELOPMENT ? event : NULL, threads, group);
    arena_release(&scratch);
    return status;
}

float story_least(sst_grain grain)
{
    return GRAIN[grain];
}
