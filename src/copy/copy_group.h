/* What a confirmed pair is, and which pairs are one report. */
#ifndef COPY_GROUP_H
#define COPY_GROUP_H

#include "copy_pairs.h"

enum {
    /* Grams of the shortest text that can be told to be a duplicate: 20 words, a sentence. Teasers
       and notices ("Subscribe to read on") are shorter. */
    COPY_SHORT_GRAMS = 16
};

/* Words with a digit in two texts, and how many both have, each as often as both have it. */
typedef struct copy_figures {
    uint32_t a, b, both;
} copy_figures;

/* The copy_kind of a pair; its scores are filled in. */
uint8_t copy_kind_of(const copy_store *s, const copy_doc *a, const copy_doc *b, const copy_pair *p,
                     const copy_figures *figures);

/* Who copied whom, of two articles of a pair of duplicates. */
void copy_pair_direction(const copy_store *s, copy_pair *p);

/* rank: of each article, its place by id. Fills out->groups and out->group_of. */
sst_status copy_make_groups(const uint32_t *rank, sst_arena *arena,
                            copy_duplicates *out) SST_MUST_CHECK;

#endif
