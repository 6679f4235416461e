/*
 * Average-link grouping of a graph: the pair of groups whose members are on average most alike is
 * joined, again and again, while that average reaches a threshold. A pair without an edge counts as
 * 0, so a chain of like neighbours does not become one group.
 */
#ifndef STORY_LINK_H
#define STORY_LINK_H

#include "base_arena.h"

typedef struct story_edge {
    uint32_t a, b; /* a < b */
    float weight;
} story_edge;

/* Nodes that a user wants in one group, or in two. */
typedef struct story_tie {
    uint32_t a, b;
} story_tie;

typedef struct story_ties {
    const story_tie *must, *cannot;
    uint32_t must_n, cannot_n;
} story_ties;

/*
 * Groups n nodes by edges sorted by (a, b), no two alike, weights above 0. A node stands for
 * times[i] like ones; times may be NULL. group[i] becomes the smallest node of i's group. Ties are
 * broken by node numbers, so the result depends on the graph and its numbering only.
 */
sst_status story_link(uint32_t n, const story_edge *edge, uint32_t edge_n, float threshold,
                      const uint32_t *times, uint32_t *group) SST_MUST_CHECK;

/*
 * The same under ties: those of must are joined first, in their order, unless one of cannot stands
 * against it; groups with a tie of cannot between them are never joined.
 */
sst_status story_link_tied(uint32_t n, const story_edge *edge, uint32_t edge_n, float threshold,
                           const uint32_t *times, const story_ties *ties,
                           uint32_t *group) SST_MUST_CHECK;

#endif
