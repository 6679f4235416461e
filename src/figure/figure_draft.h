/*
 * A figure in the making, and what the figures of one sentence take from each other
 * (figure_draft.c). Used by figure_find.c only.
 */
#ifndef FIGURE_DRAFT_H
#define FIGURE_DRAFT_H

#include "base_hash.h"
#include "figure_around.h"

/* A figure in the making: tokens. */
typedef struct draft {
    uint32_t begin, end; /* all of it */
    uint32_t nb, ne;     /* the number */
    uint32_t cb, ce;     /* what is counted; cb == ce when nothing */
    double value, high;
    sst_str unit;
    bool counted, bounded, money, age, ordinal, again, share;
    bool suspended; /* "four-" of "four-, five- and six-cylinder" */
    uint8_t bound, change;
} draft;

typedef struct draft_list {
    sst_arena *arena;
    SST_VEC(draft) v;
    u64map names; /* (word, number) that stand one behind the other: how often in the text */
} draft_list;

/* Drafts of one sentence, in order; to be called in this order. Two that are one range become one
 * ("$3 billion to $5 billion"). */
void draft_join_ranges(const around *a, draft_list *l);
/* An amount that is given again in another unit has the bound and change of the first. */
void draft_same_again(const around *a, draft_list *l);
/* A number without a noun gets what the one before it counts. */
void draft_inherit(const around *a, draft_list *l);

/* The draft as a figure of the sentence with this number. */
void draft_finish(const around *a, const draft *d, uint32_t sentence, sst_arena *arena,
                  sst_figure *out);

#endif
