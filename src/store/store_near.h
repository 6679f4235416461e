/*
 * A batch on its way through lists and edges: shared by store_near.c, which changes the lists, and
 * store_near_pairs.c, which asks pairs and sets edges.
 */
#ifndef STORE_NEAR_H
#define STORE_NEAR_H

#include "store_graph.h"

/* A node's part in a list of one word. */
typedef struct step {
    uint32_t key, row;
    uint32_t want; /* its place among the keys of the batch */
    float weight;
    bool in;
} step;

typedef struct pair {
    uint32_t a, b;
    bool came; /* else it fell out: asked only where there is an edge */
} pair;

typedef struct mover {
    store *s;
    store_graph *g;
    sst_arena *scratch;
    graph_rows *touched;
    const store_node *put;
    uint32_t put_n;
    u64map put_at;        /* row -> place in put */
    u64map fresh;         /* rows that were put in */
    uint32_t fresh_least; /* the smallest of them: new articles come behind all others */
    const graph_out *out;
    uint32_t out_n;
    const uint32_t *in; /* in canonical order */
    uint32_t in_n;
    list_key *want; /* of all that goes and comes, in order */
    uint32_t want_n;
    uint32_t *out_at, *in_at; /* places in want */
    SST_VEC(step) steps;
    SST_VEC(pair) again;
    SST_VEC(uint32_t) pairs; /* hashes of those that got an edge */
} mover;

/* How many places apart a list of so many nodes pairs two. */
static inline uint32_t near_reach(uint32_t n)
{
    return n > STORY_COMMON ? STORY_NEXT : STORY_COMMON;
}

/* store_near.c: the first place of a list whose node does not stand before the row. */
uint32_t near_place(const store_graph *g, const graph_list *l, uint32_t row);

/* store_near_pairs.c, behind the change of all lists. Each pair of m->again once, whatever the
 * number of words over which it fell out or came in. */
void near_ask_pairs(mover *m);
/* All edges of a node that was put in. Those with others that were are set by the first of the two
 * by row. */
sst_status near_ask_new(mover *m, uint32_t row) SST_MUST_CHECK;

#endif
