/* What two articles share as copies of each other, alone and at any height. */
#ifndef COPY_BETWEEN_H
#define COPY_BETWEEN_H

#include "copy_pairs.h"

typedef struct copy_between {
    copy_pair pair; /* of a and b as given; scores 0 when no 5 words in a row are in both */
    uint32_t a_grams, b_grams;
    bool listed; /* a search for duplicates at `jaccard` lists the two; else kind says nothing */
} copy_between;

/* In: what is told of two articles, and their texts; spans of *out are bytes of these. */
sst_status copy_compare_two(const copy_card card[2], const sst_str text[2], double jaccard,
                            copy_between *out) SST_MUST_CHECK;

#endif
