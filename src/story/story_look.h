/*
 * A second look at articles that linking left alone.
 */
#ifndef STORY_LOOK_H
#define STORY_LOOK_H

#include "story_grain.h"

/*
 * Joins each article that is alone in `group` with the group that it is most like on average, when
 * that has members enough (story_look_needs) and one of them reaches the threshold with it. Groups
 * are looked at as linking left them, so the order does not matter; ties of cannot hold. within:
 * only groups of the same number there; may be NULL. group[i] stays the smallest node of i's group.
 */
sst_status story_look(const story_graph *g, float threshold, const uint32_t *within,
                      uint32_t *group) SST_MUST_CHECK;

/* The average that an article alone must reach with a group, so many members of which have an edge
 * to it and its language: scores across languages are of names alone, which all news of a place
 * share. */
double story_look_needs(float threshold, uint32_t members);

#endif
