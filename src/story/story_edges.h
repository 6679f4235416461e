/*
 * Which texts are alike, as edges of a graph.
 */
#ifndef STORY_EDGES_H
#define STORY_EDGES_H

#include "story_feature.h"
#include "story_link.h"

enum {
    /*
     * A top word that no more texts than STORY_COMMON have proposes each pair of them; one that
     * more have proposes for each text the STORY_NEXT that follow it, which is as many pairs for a
     * list of STORY_COMMON. In large runs two texts of one story are neighbours in time and share
     * several words, rarer ones among them. 128 and 512 give the same story rows of the bench, and
     * 64 costs French titles two points.
     */
    STORY_NEXT = 128,
    STORY_COMMON = 2 * STORY_NEXT
};

/*
 * Compares each of n texts with those behind it that have enough of their weightiest words in
 * common. f: in canonical order; same: of each the first with the same text and time, only those
 * that are their own are compared. Edges come sorted by (a, b), no two alike, in arena. The same
 * edges on any number of threads.
 */
sst_status story_edges(const story_features *f, const uint32_t *same, uint32_t n, uint32_t threads,
                       sst_arena *arena, story_edge **out, uint32_t *out_n) SST_MUST_CHECK;

#endif
