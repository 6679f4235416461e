/*
 * The pieces of a graph that can be grouped each by itself.
 */
#ifndef STORY_PIECES_H
#define STORY_PIECES_H

#include "story_link.h"

/*
 * As story_link_tied, on up to `threads` threads: the same groups, to the last one. Two groups are
 * joined only when the average between them reaches the threshold, so at least one edge between
 * them does: what no path of such edges (or of ties of must) connects never meets, and each such
 * piece is linked by itself.
 */
sst_status story_link_pieces(uint32_t n, const story_edge *edge, uint32_t edge_n, float threshold,
                             const uint32_t *times, const story_ties *ties, uint32_t threads,
                             uint32_t *group) SST_MUST_CHECK;

#endif
