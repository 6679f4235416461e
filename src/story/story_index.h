/*
 * Stories of a growing collection: what a database keeps of each article, so that an added one is
 * compared with its candidates alone and only the piece that it touches is grouped again.
 *
 *   added article -> story_features_make -> story_pack: kept
 *                 -> its top words: kept in an index (word, time, article, weight)
 *                 -> articles with enough of them in common (story_candidate): unpacked, compared
 *                    (story_similarity): edges of story_edge_least() and more, kept
 *                 -> what edges of story_least(grain) and ties of must connect it with: the piece
 *                 -> story_regroup of the piece, with all edges that are kept inside it
 *
 * A score is a function of the two articles, so kept edges never change. Nothing outside the piece
 * changes its groups, and one by one ends where all at once ends (story_regroup says when).
 */
#ifndef STORY_INDEX_H
#define STORY_INDEX_H

#include "story_feature.h"
#include "story_link.h"

/* The words, marks, time and content of an article as bytes, the same on every machine; in arena.
 * Of another version of the program they may not be read back (SST_ERR_INPUT). */
sst_status story_pack(const story_features *f, sst_arena *arena, sst_str *out) SST_MUST_CHECK;

/* The same article for story_similarity; text is NULL and no word has a place. SST_ERR_INPUT when
 * the bytes are not of story_pack. */
sst_status story_unpack(sst_str packed, sst_arena *arena, story_features *out) SST_MUST_CHECK;

/* Are two articles worth comparing? in_common: sum over the top words of both of the product of
 * their weights; times as published_s. */
bool story_candidate(float in_common, int64_t published_a, int64_t published_b);

/* Scores below it count as nothing in common. */
float story_edge_least(void);

/* The canonical order of articles: time, content, id. */
int story_order(const story_features *a, sst_str id_a, const story_features *b, sst_str id_b);

/*
 * Groups n articles in canonical order by edges in any order (a pair may come twice), under ties of
 * such numbers (may be NULL). group[i] becomes the smallest number of i's group. The groups are
 * those of story_group_by over everything, when the articles are closed: no edge of
 * story_least(grain) and no tie of must leads out of them, and no edge at all leads from a group of
 * 32 articles and more to another such group outside.
 */
sst_status story_regroup(const story_features *f, uint32_t n, const story_edge *edge,
                         uint32_t edge_n, const story_ties *ties, sst_grain grain,
                         uint32_t *group) SST_MUST_CHECK;

/*
 * The one story of n articles in canonical order, whose features have texts: id, and why each is in
 * it, as story_group gives them. tied: those with a link, or NULL (story_same). edge: as
 * story_edges gives them, those among the n. articles and why name places 0 .. n.
 */
sst_status story_of_edges(const story_features *f, uint32_t n, const uint8_t *tied,
                          const story_edge *edge, uint32_t edge_n, sst_arena *arena,
                          sst_story *out) SST_MUST_CHECK;

/* The id of a story, from the smallest content of its articles. Two stories whose smallest is the
 * same text at the same time get one id: number the later one ("-2"). */
sst_str story_id(uint64_t least_content, sst_arena *arena);

#endif
