/*
 * How much of a sentence another article tells.
 *
 * A reader finds a thing said where a sentence, or two that follow each other, hold most of its
 * words: reports divide the same between sentences in other ways.
 */
#ifndef COMPARE_TOLD_H
#define COMPARE_TOLD_H

#include "compare_sense.h"

/*
 * Which of the words asked for each sentence of a story holds.
 *
 *   atom 17     -> sentences 3 40 41       list[first[17] .. first[18])
 *   sentence 40 -> 0..0101                 held: the atoms 0 and 2 of those asked for
 *                  0..0111                 near: and a word near atom 1, which counts in part
 */
typedef struct compare_told {
    const compare_sense *sense;
    uint32_t *first, *list;
    uint32_t *near_first, *near_list; /* group of near words -> atoms of the story */
    uint64_t *held, *near;            /* near: a word near it, or the atom itself */
    const float *weight;              /* of what is asked for, of the caller */
    float all;                        /* the sum of the weights */
    uint64_t words; /* of those asked for, no names, numbers and words for who somebody is */
} compare_told;

/* An index of the sentences of the story, in arena. */
sst_status compare_told_make(const compare_sense *s, sst_arena *arena,
                             compare_told *out) SST_MUST_CHECK;

/*
 * Asks for atoms (each once; the first COMPARE_TOLD_ATOMS count) of which each has a weight; the
 * weights must stay until the next is asked for. O(sentences of the story, and those that hold the
 * atoms).
 */
void compare_told_ask(compare_told *t, const uint32_t *atom, const float *weight, uint32_t n);

/*
 * The largest share of the weight of what was asked for that one sentence of an article, or two
 * that follow each other, hold; 0..1. O(sentences of the article).
 */
float compare_told_by(const compare_told *t, uint32_t article);

/*
 * The largest share of its own weight that one sentence of an article has in common with what was
 * asked for, where two words of it are no names; 0..1: what tells the same in fewer words has
 * little else to say. own: the weight of each sentence. O(sentences of the article).
 */
float compare_told_in_fewer(const compare_told *t, const float *own, uint32_t article);

enum { COMPARE_TOLD_ATOMS = 64 /* bits of a word; few sentences have more atoms */ };

#endif
