/* Shared by figure_row.c and figure_difference.c. */
#ifndef FIGURE_INNER_H
#define FIGURE_INNER_H

#include "figure.h"

/* Is one number the other, rounded ("40,139" and "40,000")? */
bool figure_is_rounding(double a, double b);

/* Figures of different types are never one quantity: unit, count, ordinal. */
uint64_t figure_type(const sst_figure *f);

/* First letters of a word without case, as a key: the same for most forms of one word, in any
 * language. 0 for words of grammar. */
uint32_t figure_stem(const sst_text *t, uint32_t token);

/* Fills the differences of a row whose values stand in order. */
sst_status figure_differences(const sst_figures *const *figures, sst_arena *arena,
                              sst_figure_row *row) SST_MUST_CHECK;

#endif
