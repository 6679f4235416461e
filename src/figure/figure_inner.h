/* Shared by the files that make rows. */
#ifndef FIGURE_INNER_H
#define FIGURE_INNER_H

#include "figure.h"

/* Is one number the other, rounded ("40,139" and "40,000")? */
bool figure_is_rounding(double a, double b);

/* The same of two figures. A small number is rounded only where its words say so: "about 30" is 27,
 * "30 engines" are not 27 engines. A range holds what lies in it. */
bool figure_rounds(const sst_figure *a, const sst_figure *b);

/* Can the number of one, which is exact, be the number of the other, which is a bound ("more than
 * 1,300", "1,387")? */
bool figure_bounds_meet(const sst_figure *a, const sst_figure *b);

/* Figures of different types are never one quantity: unit, count, ordinal. */
uint64_t figure_type(const sst_figure *f);

/* What a unit measures, the same number for units that one can be put into the other ("mile",
 * "kilometre"); 0: none has its size. */
uint32_t figure_measures(sst_str unit);

/* Is it a part in words, "a third of the workforce"? "One in three" has the unit percentage. */
bool figure_is_part(const sst_figure *f);

/* The unit that the sizes of its kind are told in, the unit itself where it has none. */
sst_str figure_base_unit(sst_str unit);

/* The figure with its number in this unit, as it is when that cannot be; an exact number becomes
 * one that was rounded. */
sst_figure figure_in_unit(const sst_figure *f, sst_str unit);

/* First letters of a word without case, as a key: the same for most forms of one word, in any
 * language. 0 for words of grammar. */
uint32_t figure_stem(const sst_text *t, uint32_t token);

/* Does a clause end before token i? */
bool figure_clause_ends(const sst_text *t, uint32_t i);

/* Is `value` one of the values of the figure cue at token i? */
bool figure_cue_is(const sst_text *t, uint32_t i, const char *value);

/* Fills the differences of a row whose values stand in order. */
sst_status figure_differences(const sst_figures *const *figures, sst_arena *arena,
                              sst_figure_row *row) SST_MUST_CHECK;

#endif
