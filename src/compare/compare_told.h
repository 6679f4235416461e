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
 * The largest share of the weight of atoms (ascending, each once; the first COMPARE_TOLD_ATOMS
 * count) that one sentence of an article, or two that follow each other, hold; 0..1. weight: of
 * each of them. O(atoms of the article).
 */
float compare_told(const compare_sense *s, const uint32_t *atom, const float *weight, uint32_t n,
                   uint32_t article);

enum { COMPARE_TOLD_ATOMS = 64 /* bits of a word; few sentences have more atoms */ };

#endif
