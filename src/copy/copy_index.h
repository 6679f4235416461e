/*
 * An index of all 5-word runs (grams) of all texts, and the exact runs of words that two places
 * share.
 */
#ifndef COPY_INDEX_H
#define COPY_INDEX_H

#include "base_hash.h"
#include "copy_words.h"

/* The words [i, i + n) of all are the words [j, j + n); i < j; inside the texts a <= b. */
typedef struct copy_match {
    uint32_t a, b;
    uint32_t i, j, n;
} copy_match;

/*
 * All maximal runs of at least min_words (>= COPY_GRAM) words that two texts share, and that stand
 * twice in one text without overlapping; sorted by (a, b, n descending, i, j), each once. A gram
 * that stands in more than `many` texts joins a text only with the first one that has it and with
 * COPY_MANY_NEXT that follow it; such grams come back in heavy, unless it is NULL.
 */
sst_status copy_matches(const copy_words *words, uint32_t min_words, uint32_t many,
                        uint32_t threads, sst_arena *arena, copy_match **out, uint32_t *out_n,
                        u64map *heavy) SST_MUST_CHECK;

enum {
    /* Words of a seed; five is what the field takes (passim, the reuse sets' own answers). */
    COPY_GRAM = 5,
    /*
     * Places of one gram in one text that are looked at: the first ones. What stands more often in
     * one text is a refrain, and its pairs would grow with the square.
     */
    COPY_PLACES_A_TEXT = 8,
    /* Enough to see what belongs together when a gram is in very many texts; work stays linear. */
    COPY_MANY_NEXT = 3
};

#endif
