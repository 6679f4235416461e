/*
 * How alike two statements of a story are.
 *
 * Weight of an atom in a story: its rarity in the language, times how rare it is among the story's
 * sentences, so that the names that every sentence has count little. Two sentences are alike by the
 * weight that they share over the weight of both (Dice); one is within another by the same over its
 * own. Who says something is no part of what is said: of that the same is told apart.
 */
#ifndef COMPARE_ALIKE_H
#define COMPARE_ALIKE_H

#include "compare_sense.h"

typedef struct compare_likeness {
    const compare_sense *sense;
    float *atom;     /* weight of each atom */
    float *sentence; /* and of the atoms of each sentence */
    float *said;     /* the same without who says it */
} compare_likeness;

typedef struct compare_shared {
    float weight; /* of the atoms that both have, bits times bits */
    uint32_t n;   /* how many */
    float words;  /* weight of those that do not say who somebody is */
    uint32_t word_n;
    float dice, within;
    float said, said_within; /* what they share of what is said, and the larger share of it */
} compare_shared;

/*
 * Two short answers to one question that share this much say the same. Set on answers of many
 * outlets that people grouped (bench/answers.py): .05 joins what shares the question's words, .2
 * loses a quarter.
 */
#define COMPARE_ONE_ANSWER 0.12f

sst_status compare_likeness_make(const compare_sense *s, sst_arena *arena,
                                 compare_likeness *out) SST_MUST_CHECK;

/* Sentences i, j of the sense. */
compare_shared compare_alike(const compare_likeness *l, uint32_t i, uint32_t j);

#endif
