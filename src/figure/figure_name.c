/* The names of bounds and of kinds of difference, as in the rows and the report. */
#include "figure.h"

const char *figure_bound_name(uint8_t bound)
{
    static const char *const names[] = {"exact",     "about",   "more than", "at least",
                                        "less than", "at most", "up",        "down"};
    return bound < sizeof names / sizeof *names ? names[bound] : names[0];
}

uint8_t figure_bound_or_change(const sst_figure *figure)
{
    return figure->bound == BOUND_EXACT && figure->change ? figure->change : figure->bound;
}

const char *figure_difference_name(uint8_t kind)
{
    static const char *const names[] = {"",      "rounding", "bound",    "as-of",
                                        "scope", "source",   "revision", "unexplained"};
    return kind < sizeof names / sizeof *names ? names[kind] : names[DIFFERENCE_UNEXPLAINED];
}
