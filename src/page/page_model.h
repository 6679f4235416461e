/*
 * Trees of decisions that were learnt (data/page/model.txt, compiled by tools/gen_page.py): a row
 * of whole numbers -> a whole number, the same on every machine.
 *
 *   node: column <= limit ? left : right; a child below 0 is a leaf, ~child its place in values
 */
#ifndef PAGE_MODEL_H
#define PAGE_MODEL_H

#include <stdint.h>

typedef struct page_split {
    int16_t limit;
    int16_t left, right;
    uint16_t column;
} page_split;

typedef struct page_model {
    const page_split *splits;
    const int16_t *values; /* hundredths of a logit */
    const int16_t *trees;  /* the first node of each */
    uint32_t tree_n;
    int32_t base;
} page_model;

extern const page_model page_model_first, page_model_second;

/* Saturating. */
int16_t page_model_score(const page_model *model, const int16_t *row);

#endif
