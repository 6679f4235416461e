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

/* Average score of SAMPLE members of each of two groups, evenly chosen. */
static float sampled(const story_graph *g, const uint32_t *a, uint32_t an, const uint32_t *b,
                     uint32_t bn)
{
    double sum = 0;
    uint32_t m = an < SAMPLE ? an : SAMPLE, k = bn < SAMPLE ? bn : SAMPLE;
    for (uint32_t i = 0; i < m; i++)
        for (uint32_t j = 0; j < k; j++)
            sum += (double)story_similarity(&g->f[a[(uint64_t)i * an / m]],
                                            &g->f[b[(uint64_t)j * bn / k]]);
    return (float)(sum / ((double)m * k));
}

static int by_pair(const void *p, const void *q)
{
    const story_edge *x = p, *y = q;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* Joins large groups that STORY_NEXT has cut apart: average link over them as nodes. */
static sst_status join_large_once(const story_graph *g, float least, sst_arena *arena,
                                  uint32_t *group, bool *more)
{
    *more = false;
    uint32_t n = g->n, large_n = 0;
    uint32_t *size = arena_calloc(arena, (size_t)n + 1, sizeof *size);
    if (!size)
        return arena->failed;
    for (uint32_t i = 0; i < n; i++)
        large_n += ++size[group[i]] == LARGE;
    if (large_n < 2)
        return SST_OK;
    uint32_t *number = arena_alloc(arena, ((size_t)n + 1) * sizeof *number);
    uint32_t *head = arena_alloc(arena, ((size_t)large_n + 1) * sizeof *head);
    uint32_t *first = arena_calloc(arena, (size_t)large_n + 2, sizeof *first);
    uint32_t *member = arena_alloc(arena, ((size_t)n + 1) * sizeof *member);
    uint32_t *times = arena_alloc(arena, ((size_t)large_n + 1) * sizeof *times);
    uint32_t *joined = arena_alloc(arena, ((size_t)large_n + 1) * sizeof *joined);
    if (arena->failed)
        return arena->failed;
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++) {
        number[i] = UINT32_MAX;
        if (group[i] == i && size[i] >= LARGE) {
            head[k] = i;
            times[k] = size[i];
            first[k + 1] = first[k] + size[i];
            number[i] = k++;
        }
    }
    uint32_t *end = arena_alloc(arena, ((size_t)large_n + 1) * sizeof *end);
    if (!end)
        return arena->failed;
    memcpy(end, first, large_n * sizeof *end);
    for (uint32_t i = 0; i < n; i++)
        if (number[group[i]] != UINT32_MAX)
            member[end[number[group[i]]]++] = i;
    SST_VEC(story_edge) edge = {0};
    for (uint32_t e = 0; e < g->edge_n; e++) {
        uint32_t a = number[group[g->edge[e].a]], b = number[group[g->edge[e].b]];
        if (a == b || a == UINT32_MAX || b == UINT32_MAX)
            continue;
        story_edge *x = vec_push(arena, &edge);
        if (!x)
            return arena->failed;
        *x = (story_edge){a < b ? a : b, a < b ? b : a, 0};
    }
    if (edge.n)
        qsort(edge.v, edge.n, sizeof *edge.v, by_pair);
    uint32_t m = 0;
    for (uint32_t e = 0; e < edge.n; e++) {
        if (m && by_pair(&edge.v[m - 1], &edge.v[e]) == 0)
            continue;
        edge.v[m] = edge.v[e];
        uint32_t a = edge.v[m].a, b = edge.v[m].b;
        edge.v[m++].weight =
            sampled(g, member + first[a], size[head[a]], member + first[b], size[head[b]]);
    }
    SST_VEC(story_tie) cannot = {0};
    for (uint32_t i = 0; i < g->ties.cannot_n; i++) {
        uint32_t a = number[group[g->ties.cannot[i].a]], b = number[group[g->ties.cannot[i].b]];
        if (a == b || a == UINT32_MAX || b == UINT32_MAX)
            continue;
        story_tie *t = vec_push(arena, &cannot);
        if (!t)
            return arena->failed;
        *t = (story_tie){a, b};
    }
    story_ties ties = {.cannot = cannot.v, .cannot_n = cannot.n};
    sst_status status = story_link_tied(large_n, edge.v, m, least, times, &ties, joined);
    for (uint32_t i = 0; i < n && !status; i++)
        if (number[group[i]] != UINT32_MAX)
            group[i] = head[joined[number[group[i]]]];
    for (uint32_t i = 0; i < large_n && !status; i++)
        *more |= joined[i] != i;
    return status;
}

/*
 * Pieces of a story are neighbours like the links of a chain, and only neighbours were compared; so
 * what was joined is compared anew, until nothing is joined. Each time at least every second piece
 * of a story goes.
 */
static sst_status join_large(const story_graph *g, float least, sst_arena *arena, uint32_t *group)
{
    bool more = true;
    sst_status status = SST_OK;
    while (more && !status)
        status = join_large_once(g, least, arena, group, &more);
    return status;
}

void story_same(const story_features *f, uint32_t n, const uint8_t *tied, uint32_t *same,
                uint32_t *times)
{
    for (uint32_t i = 0; i < n; i++) {
        bool again = i > 0 && f[i].n >= STORY_FEATURES_LEAST && !tied[i] && !tied[i - 1] &&
                     f[i].content == f[i - 1].content;
        same[i] = again ? same[i - 1] : i;
        times[same[i]]++;
    }
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
        status = join_large(g, GRAIN[grain], &scratch, group);
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
