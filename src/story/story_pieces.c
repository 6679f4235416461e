/*
 * A graph -> its pieces -> groups, each piece on a thread of its own.
 *
 *   piece   nodes that edges of the threshold and more, or ties of must, connect
 *   parts   nodes, edges and ties of each piece beside one another; numbers of nodes inside a piece
 *           ascend as in the whole, so equal averages are broken as there
 *   order   the pieces with most edges first, so that no thread waits for a large one at the end
 *
 * Edges between pieces decide nothing and are left out. Source: single link at a threshold is the
 * coarsest partition that average link at that threshold can reach (Sokal and Michener 1958).
 */
#include "story_pieces.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base_forest.h"
#include "base_thread.h"

typedef struct piece {
    uint32_t node, node_n; /* first in member */
    uint32_t edge, edge_n; /* first in inner */
    uint32_t must, must_n, cannot, cannot_n;
} piece;

typedef struct pieces {
    sst_arena arena;
    piece *v;
    uint32_t n;
    uint32_t *member; /* nodes, by piece, ascending */
    uint32_t *local;  /* of each node: its number in its piece */
    uint32_t *times;  /* of member; NULL as given */
    uint32_t *found;  /* of member: its group as a number in the piece */
    story_edge *inner;
    story_tie *must, *cannot;
    const float *threshold;
    atomic_int stop; /* the status of the first failure */
} pieces;

/* Most edges and ties first, so those of one node are last; then by their first node. */
static int by_work(const void *p, const void *q)
{
    const piece *a = p, *b = q;
    if (a->edge_n + a->must_n != b->edge_n + b->must_n)
        return a->edge_n + a->must_n > b->edge_n + b->must_n ? -1 : 1;
    return a->node < b->node ? -1 : a->node > b->node;
}

/* Ties whose ends are in one piece, by piece, in their order, with the numbers of the piece. */
static story_tie *deal_ties(pieces *p, const uint32_t *of, const story_tie *tie, uint32_t n,
                            bool must)
{
    story_tie *out = arena_alloc(&p->arena, ((size_t)n + 1) * sizeof *out);
    if (!out)
        return NULL;
    for (uint32_t i = 0; i < n; i++)
        if (of[tie[i].a] == of[tie[i].b]) {
            piece *x = &p->v[of[tie[i].a]];
            ++*(must ? &x->must_n : &x->cannot_n);
        }
    uint32_t at = 0;
    for (uint32_t k = 0; k < p->n; k++) {
        piece *x = &p->v[k];
        *(must ? &x->must : &x->cannot) = at;
        at += must ? x->must_n : x->cannot_n;
        *(must ? &x->must_n : &x->cannot_n) = 0;
    }
    for (uint32_t i = 0; i < n; i++)
        if (of[tie[i].a] == of[tie[i].b]) {
            piece *x = &p->v[of[tie[i].a]];
            uint32_t to = must ? x->must + x->must_n++ : x->cannot + x->cannot_n++;
            out[to] = (story_tie){p->local[tie[i].a], p->local[tie[i].b]};
        }
    return out;
}

static sst_status deal(pieces *p, uint32_t n, const story_edge *edge, uint32_t edge_n,
                       float threshold, const uint32_t *times, const story_ties *ties)
{
    size_t room = (size_t)n + 1;
    uint32_t *up = arena_alloc(&p->arena, room * sizeof *up);
    p->member = arena_alloc(&p->arena, room * sizeof *p->member);
    p->local = arena_alloc(&p->arena, room * sizeof *p->local);
    p->times = times ? arena_alloc(&p->arena, room * sizeof *p->times) : NULL;
    p->found = arena_alloc(&p->arena, room * sizeof *p->found);
    if (p->arena.failed)
        return p->arena.failed;
    for (uint32_t i = 0; i < n; i++)
        up[i] = i;
    for (uint32_t e = 0; e < edge_n; e++)
        if (edge[e].weight >= threshold)
            forest_join(up, edge[e].a, edge[e].b);
    for (uint32_t i = 0; ties && i < ties->must_n; i++)
        forest_join(up, ties->must[i].a, ties->must[i].b);
    for (uint32_t i = 0; i < n; i++)
        p->n += forest_root(up, i) == i;
    p->v = arena_calloc(&p->arena, (size_t)p->n + 1, sizeof *p->v);
    if (!p->v)
        return p->arena.failed;
    uint32_t k = 0, at = 0;
    uint32_t *of = up; /* roots come before their nodes: a root's place is free when it is passed */
    for (uint32_t i = 0; i < n; i++)
        of[i] = of[i] == i ? k++ : of[of[i]];
    for (uint32_t i = 0; i < n; i++)
        p->local[i] = p->v[of[i]].node_n++;
    for (k = 0; k < p->n; k++) {
        p->v[k].node = at;
        at += p->v[k].node_n;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t to = p->v[of[i]].node + p->local[i];
        p->member[to] = i;
        if (times)
            p->times[to] = times[i];
    }
    uint32_t inner_n = 0;
    for (uint32_t e = 0; e < edge_n; e++)
        if (of[edge[e].a] == of[edge[e].b]) {
            p->v[of[edge[e].a]].edge_n++;
            inner_n++;
        }
    p->inner = arena_alloc(&p->arena, ((size_t)inner_n + 1) * sizeof *p->inner);
    if (!p->inner)
        return p->arena.failed;
    for (k = 0, at = 0; k < p->n; k++) {
        p->v[k].edge = at;
        at += p->v[k].edge_n;
        p->v[k].edge_n = 0;
    }
    for (uint32_t e = 0; e < edge_n; e++)
        if (of[edge[e].a] == of[edge[e].b]) {
            piece *x = &p->v[of[edge[e].a]];
            p->inner[x->edge + x->edge_n++] =
                (story_edge){p->local[edge[e].a], p->local[edge[e].b], edge[e].weight};
        }
    if (ties) {
        p->must = deal_ties(p, of, ties->must, ties->must_n, true);
        p->cannot = deal_ties(p, of, ties->cannot, ties->cannot_n, false);
    }
    qsort(p->v, p->n, sizeof *p->v, by_work);
    return p->arena.failed;
}

static void link_one(void *user, uint32_t k, uint32_t worker)
{
    pieces *p = user;
    const piece *x = &p->v[k];
    (void)worker;
    story_ties ties = {.must_n = x->must_n, .cannot_n = x->cannot_n};
    ties.must = x->must_n ? p->must + x->must : NULL;
    ties.cannot = x->cannot_n ? p->cannot + x->cannot : NULL;
    sst_status status = story_link_tied(x->node_n, p->inner + x->edge, x->edge_n, *p->threshold,
                                        p->times ? p->times + x->node : NULL,
                                        x->must_n + x->cannot_n ? &ties : NULL, p->found + x->node);
    if (status)
        atomic_store(&p->stop, (int)status);
}

sst_status story_link_pieces(uint32_t n, const story_edge *edge, uint32_t edge_n, float threshold,
                             const uint32_t *times, const story_ties *ties, uint32_t threads,
                             uint32_t *group)
{
    pieces p = {.threshold = &threshold};
    arena_init(&p.arena, 0);
    sst_status status = deal(&p, n, edge, edge_n, threshold, times, ties);
    uint32_t many = 0; /* pieces of two nodes and more */
    while (!status && many < p.n && p.v[many].edge_n + p.v[many].must_n)
        many++;
    if (!status) {
        thread_for(threads, many, link_one, &p, &p.stop);
        status = (sst_status)atomic_load(&p.stop);
    }
    for (uint32_t k = 0; k < p.n && !status; k++)
        for (uint32_t i = 0; i < p.v[k].node_n; i++) {
            uint32_t at = p.v[k].node + i;
            group[p.member[at]] = k < many ? p.member[p.v[k].node + p.found[at]] : p.member[at];
        }
    arena_release(&p.arena);
    return status;
}
