/*
 * Groups -> the same with articles that were alone joined to them.
 *
 * in: a graph and the groups of average link; out: those groups. Average link compares two articles
 * as it compares two groups of ten, but the average over ten says far more than a single score: a
 * report told in other words than the rest (a portrait, a comment, a late one) is below the
 * threshold with most of them and yet nearer to all of them than to anything else. So one alone
 * is looked at once more: the more members a group has, the less their average with it has to be.
 * Parts: who is asked, what they have in common with which group, the joins. What a member of a
 * group alone has to reach (the threshold) keeps the look inside a piece (story_pieces.h): an edge
 * that strong leads to the group, so a piece is grouped by itself as before. Work: edges of those
 * alone, sorted.
 */
#include "story_look.h"

#include <stdlib.h>
#include <string.h>

/* Averages over so many and fewer are no surer than a pair: twos and threes that are alike by
 * chance are common (tgcontest_pairs loses half a point at 2). */
static const double SURE = 3;
/* With very many members the average must reach this share of the threshold. 0.3 to 0.6 are within
 * 0.2 points of the mean B-cubed, without the look 0.8 are lost. */
static const double SHARE_LEAST = 0.5;

double story_look_needs(float threshold, uint32_t members)
{
    double share = members > SURE ? SURE / members : 1;
    return (double)threshold * (SHARE_LEAST + (1 - SHARE_LEAST) * share);
}

/* An edge between one alone and a member of a group. */
typedef struct touch {
    uint32_t alone, group, member;
    float weight;
} touch;

typedef struct looker {
    const story_graph *g;
    sst_arena arena;
    uint32_t *group;  /* as linking left them */
    uint32_t *node_n; /* of each group: how many nodes */
    uint32_t *size;   /* how many articles they stand for */
    uint8_t *asked;   /* of each node: it is alone, and like enough to one that is not */
    SST_VEC(touch) touch;
    /* Ends of ties of cannot, two each: of each node the last one plus 1, and what came before it;
     * NULL without ties. */
    uint32_t *tie_first, *tie_next;
} looker;

static int by_group(const void *p, const void *q)
{
    const touch *x = p, *y = q;
    if (x->alone != y->alone)
        return x->alone < y->alone ? -1 : 1;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return x->member < y->member ? -1 : x->member > y->member;
}

static uint32_t times_of(const looker *l, uint32_t i)
{
    return l->g->times ? l->g->times[i] : 1;
}

static bool alone(const looker *l, uint32_t i)
{
    return l->node_n[l->group[i]] == 1;
}

static bool open_to(const uint32_t *within, uint32_t a, uint32_t b)
{
    return !within || within[a] == within[b];
}

/* Those with an edge of the threshold into a group; then all their edges into groups. */
static sst_status gather(looker *l, float threshold, const uint32_t *within)
{
    const story_graph *g = l->g;
    for (uint32_t e = 0; e < g->edge_n; e++) {
        uint32_t a = g->edge[e].a, b = g->edge[e].b;
        if (g->edge[e].weight >= threshold && alone(l, a) != alone(l, b) && open_to(within, a, b))
            l->asked[alone(l, a) ? a : b] = 1;
    }
    for (uint32_t e = 0; e < g->edge_n; e++) {
        uint32_t a = g->edge[e].a, b = g->edge[e].b;
        if (!(l->asked[a] | l->asked[b]) || alone(l, a) == alone(l, b) || !open_to(within, a, b))
            continue;
        touch *t = vec_push(&l->arena, &l->touch);
        if (!t)
            return l->arena.failed;
        uint32_t x = alone(l, a) ? a : b, y = x == a ? b : a;
        *t = (touch){x, l->group[y], y, g->edge[e].weight};
    }
    if (l->touch.n)
        qsort(l->touch.v, l->touch.n, sizeof *l->touch.v, by_group);
    return SST_OK;
}

/* Lists of the ties of cannot of each node. */
static sst_status list_ties(looker *l)
{
    const story_ties *ties = &l->g->ties;
    if (!ties->cannot_n)
        return SST_OK;
    l->tie_first = arena_calloc(&l->arena, (size_t)l->g->n + 1, sizeof *l->tie_first);
    l->tie_next = arena_alloc(&l->arena, ((size_t)ties->cannot_n + 1) * sizeof *l->tie_next * 2);
    if (l->arena.failed)
        return l->arena.failed;
    for (uint32_t k = 0; k < 2 * ties->cannot_n; k++) {
        uint32_t x = k & 1 ? ties->cannot[k / 2].b : ties->cannot[k / 2].a;
        l->tie_next[k] = l->tie_first[x];
        l->tie_first[x] = k + 1;
    }
    return SST_OK;
}

/* Does a tie of cannot stand between node x and what is in group `to` now? */
static bool forbidden(const looker *l, const uint32_t *now, uint32_t x, uint32_t to)
{
    for (uint32_t k = l->tie_first ? l->tie_first[x] : 0; k; k = l->tie_next[k - 1]) {
        story_tie t = l->g->ties.cannot[(k - 1) / 2];
        if (now[t.a == x ? t.b : t.a] == to)
            return true;
    }
    return false;
}

/* The touches [from, end) are those of one node: where it goes, its own group when nowhere. */
static uint32_t best_of(const looker *l, uint32_t from, uint32_t end, float threshold,
                        const uint32_t *now)
{
    uint32_t x = l->touch.v[from].alone, best = l->group[x];
    double most = 0;
    for (uint32_t i = from, next; i < end; i = next) {
        uint32_t to = l->touch.v[i].group;
        double sum = 0;
        float strongest = 0;
        uint32_t told = 0; /* members that tell anything of the same in the same language */
        for (next = i; next < end && l->touch.v[next].group == to; next++) {
            const touch *t = &l->touch.v[next];
            sum += (double)t->weight * times_of(l, t->member);
            strongest = t->weight > strongest ? t->weight : strongest;
            told += !l->g->f || l->g->f[t->member].lang == l->g->f[x].lang;
        }
        double average = sum / l->size[to];
        if (strongest >= threshold && average > most &&
            average >= story_look_needs(threshold, told) && !forbidden(l, now, x, to)) {
            most = average;
            best = to;
        }
    }
    return best;
}

sst_status story_look(const story_graph *g, float threshold, const uint32_t *within,
                      uint32_t *group)
{
    looker l = {.g = g, .group = group};
    arena_init(&l.arena, 0);
    uint32_t n = g->n;
    l.node_n = arena_calloc(&l.arena, (size_t)n + 1, sizeof *l.node_n);
    l.size = arena_calloc(&l.arena, (size_t)n + 1, sizeof *l.size);
    l.asked = arena_calloc(&l.arena, (size_t)n + 1, sizeof *l.asked);
    uint32_t *now = arena_alloc(&l.arena, ((size_t)n + 1) * sizeof *now);
    uint32_t *first = arena_alloc(&l.arena, ((size_t)n + 1) * sizeof *first);
    sst_status status = l.arena.failed;
    for (uint32_t i = 0; i < n && !status; i++) {
        l.node_n[group[i]]++;
        l.size[group[i]] += times_of(&l, i);
        now[i] = group[i];
        first[i] = UINT32_MAX;
    }
    if (!status)
        status = gather(&l, threshold, within);
    if (!status)
        status = list_ties(&l);
    for (uint32_t i = 0, next; i < l.touch.n && !status; i = next) {
        for (next = i + 1; next < l.touch.n && l.touch.v[next].alone == l.touch.v[i].alone;)
            next++;
        now[l.touch.v[i].alone] = best_of(&l, i, next, threshold, now);
    }
    for (uint32_t i = 0; i < n && !status && l.touch.n; i++) {
        if (first[now[i]] == UINT32_MAX)
            first[now[i]] = i;
        group[i] = first[now[i]];
    }
    arena_release(&l.arena);
    return status;
}
