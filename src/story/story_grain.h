/*
 * The groups of a graph of articles at a grain.
 */
#ifndef STORY_GRAIN_H
#define STORY_GRAIN_H

#include "story_feature.h"
#include "story_link.h"

/* Groups of so many are compared once more, by some members of each, where any edge connects them.
 */
enum { STORY_LARGE = 32 };

/* Articles in canonical order (story_order), and which are alike. */
typedef struct story_graph {
    const story_features *f;
    const uint32_t *same;  /* of each: the first with the same text and time; NULL: each its own */
    const uint32_t *times; /* of such a first one: how many there are; NULL: one each */
    uint32_t n;
    const story_edge *edge; /* by (a, b), no two alike */
    uint32_t edge_n;
    story_ties ties;
} story_graph;

/*
 * Articles with the same text and time, which count as one node: same[i] is the first of them,
 * times[] of that how many there are (zeroed before; NULL: not asked). One with a tie (tied[i])
 * stays its own, the first of the others stands for these. tied: NULL, none.
 */
void story_same(const story_features *f, uint32_t n, const uint8_t *tied, uint32_t *same,
                uint32_t *times);

/*
 * Edges between texts -> edges between the nodes of a graph with ties. first: as story_same gives
 * it without ties, edges are between these; same: with them. What stands for itself because of a
 * tie has the edges of its text, and one of weight 1 to whatever else has this text. Sorted, in
 * arena; without ties the edges as they came.
 */
sst_status story_untwin(uint32_t n, const uint32_t *first, const uint32_t *same,
                        const story_edge *edge, uint32_t edge_n, sst_arena *arena, story_edge **out,
                        uint32_t *out_n) SST_MUST_CHECK;

/* group[i] becomes the smallest node of i's group; the same on any number of threads. */
sst_status story_link_grain(const story_graph *g, sst_grain grain, uint32_t threads,
                            uint32_t *group) SST_MUST_CHECK;

#endif
