/*
 * Trees of decisions that were learnt (data/page/model.txt, compiled by tools/gen_page.py): rows
 * of whole numbers -> a whole number for each, the same on every machine.
 *
 * A tree is not walked. Its leaves, from left to right, are the bits of a word; a split whose
 * column is greater than its limit rules out the leaves on its left, and the lowest bit that is
 * left when all splits were asked is the leaf (QuickScorer: Lucchese and others, SIGIR 2015). So
 * the splits of all trees can be asked column by column, the smallest limit first, until a limit
 * is not exceeded, for several rows side by side, without a branch on the data.
 *
 *   cuts:     [column 0: limits, rising][column 1: limits, rising] ...    values: 16 a tree
 */
#ifndef PAGE_MODEL_H
#define PAGE_MODEL_H

#include <stddef.h>
#include <stdint.h>

enum {
    PAGE_LEAVES = 16,    /* of a tree; the generator parts larger ones */
    PAGE_TREES = 1024,   /* of a model at most: room on the stack */
    PAGE_MODEL_ROWS = 8, /* side by side: the 16-bit lanes of a register that every machine has */
};

typedef struct page_cut {
    uint32_t limit; /* twice, in both halves: two lanes are filled at once */
    uint32_t left;  /* leaves on the left of the split, twice */
    int16_t least;  /* the limit */
    uint16_t tree;
} page_cut;

typedef struct page_column {
    uint16_t column;
    uint16_t begin, end; /* of its cuts */
} page_column;

typedef struct page_model {
    const page_cut *cuts;
    const page_column *columns;
    uint32_t column_n;
    const int16_t *values; /* hundredths of a logit */
    uint32_t tree_n;
} page_model;

extern const page_model page_model_first, page_model_second;

/* The scores of up to PAGE_MODEL_ROWS rows; saturating. */
void page_model_scores(const page_model *model, const int16_t *const *rows, size_t n,
                       int16_t *scores);

#endif
