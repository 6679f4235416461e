/*
 * Other stories that a page tells of: round-ups, live pages.
 */
#ifndef STORY_ALSO_H
#define STORY_ALSO_H

#include "story_edges.h"

/* One part of node tells of a group. */
typedef struct story_other {
    uint32_t node, group; /* group: the smallest node of it */
    uint32_t with;        /* its node that the part is most like */
    float score;          /* average of the part with the group */
    sst_span part;        /* bytes of the node's text */
    sst_shared *shared;   /* of the part and `with`, the weightiest first */
    uint32_t shared_n;
} story_other;

/*
 * A part of a page (a paragraph, or several short ones) counts as an article that came out when the
 * page did; where its average with the articles of another story reaches a threshold of its own,
 * and is above that with the page's own, the page is in that story also. f: in canonical order,
 * with texts; edge: sorted by (a, b); group: of each node the smallest of its group. Groups do not
 * change. By node, then group, each pair once, with its best part; in arena. The same on any number
 * of threads.
 */
sst_status story_also(const story_features *f, uint32_t n, const story_edge *edge, uint32_t edge_n,
                      const uint32_t *group, uint32_t threads, sst_arena *arena, story_other **out,
                      uint32_t *out_n) SST_MUST_CHECK;

/*
 * The same of one page. Only the page and the members of each group that are looked at have to have
 * features and texts: those at story_also_at. edge: those of the page.
 */
sst_status story_also_of(const story_features *f, uint32_t n, uint32_t page, const story_edge *edge,
                         uint32_t edge_n, const uint32_t *group, sst_arena *arena,
                         story_other **out, uint32_t *out_n) SST_MUST_CHECK;

enum { STORY_ALSO_SAMPLE = 24 }; /* as of large groups (story_grain.c) */
/* A page that tells of a group has at least this in common with it, on average over its members. */
float story_also_near(void);
/* Which members of a group of n are looked at: the i-th of min(n, STORY_ALSO_SAMPLE). */
static inline uint32_t story_also_at(uint32_t i, uint32_t n)
{
    return n <= STORY_ALSO_SAMPLE ? i : (uint32_t)((uint64_t)i * n / STORY_ALSO_SAMPLE);
}

#endif
