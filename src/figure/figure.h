/*
 * figure: text -> figures; then a story -> rows of one quantity with typed differences.
 */
#ifndef FIGURE_H
#define FIGURE_H

#include "base_arena.h"
#include "quote.h"
#include "story.h"
#include "text.h"

typedef enum sst_bound {
    BOUND_EXACT = 0,
    BOUND_ABOUT,
    BOUND_MORE_THAN,
    BOUND_AT_LEAST,
    BOUND_LESS_THAN,
    BOUND_AT_MOST,
    BOUND_UP,
    BOUND_DOWN
} sst_bound;

/* "exact", "about", "more than", ... */
const char *figure_bound_name(uint8_t bound);

/*
 * What one field can say of bound and change together: the direction of a change, when the number
 * is one and has no bound of its own, else the bound. The rows of `figures` show this; the report,
 * where the versions of one figure stand side by side ("fell 3%", "a drop of 3%"), shows the bound
 * alone.
 */
struct sst_figure;
uint8_t figure_bound_or_change(const struct sst_figure *figure);

typedef struct sst_figure {
    sst_span at;        /* "at least 40,139", "two militant leaders", "10-month", "$82 a share" */
    sst_span number;    /* the number alone */
    double value, high; /* high == value unless a range */
    sst_str unit; /* normalised: "dollar", "percentage", "year", "year of age", "dollar per share",
                     ...; the counted words as they stand in the text ("militant leaders") when
                     `counted`; may be empty */
    uint8_t counted; /* unit is not a unit but what is counted */
    uint8_t bound;   /* what is said about the number: never UP or DOWN */
    uint8_t change; /* BOUND_UP or BOUND_DOWN when the number is the amount of a rise or fall ("fell
                       3%"), else 0 */
    uint8_t again;  /* the amount of the figure before it once more in another unit: "(27km)" behind
                       "17 miles" */
    uint8_t share;  /* told as a part, "a third", "four in 10": coarse, whatever its digits */
    uint8_t ordinal;    /* "ninth visit": how many so far */
    sst_spans counts;   /* what is counted */
    sst_span as_of;     /* the time it holds for, begin == end when not said */
    char as_of_iso[24]; /* resolved, or "" */
    sst_spans said_by;  /* who says so */
    uint32_t sentence;
} sst_figure;

typedef struct sst_figures {
    const sst_text *text;
    sst_figure *v;
    uint32_t n;
} sst_figures;

/* What a figure is measured in, the same for units that can be put into one another, and its value
 * in the unit that they are told in. FIGURE_COUNTS and below: ordinals and counts of anything. */
enum { FIGURE_COUNTS = 2 };
uint64_t figure_size(const sst_figure *f, double *value);

/* Finds the figures of one article. quotes may be NULL (then said_by is not taken from quotations).
 */
sst_status figure_find(const sst_text *text, const sst_quotes *quotes, sst_arena *arena,
                       sst_figures *out) SST_MUST_CHECK;

typedef enum sst_difference_kind {
    DIFFERENCE_ROUNDING = 1,
    DIFFERENCE_BOUND,
    DIFFERENCE_AS_OF,
    DIFFERENCE_SCOPE,
    DIFFERENCE_SOURCE,
    DIFFERENCE_REVISION,
    DIFFERENCE_UNEXPLAINED
} sst_difference_kind;

const char *figure_difference_name(uint8_t kind);

typedef struct sst_figure_ref {
    uint32_t article; /* number in the story */
    uint32_t figure;  /* of that article */
    uint8_t whole;    /* "1,200 people, 80 of them crew": with a part that the others of the row,
                         "1,120 passengers", leave out */
} sst_figure_ref;

typedef struct sst_difference {
    uint8_t kind;
    uint32_t a, b; /* numbers of values in the row, a < b */
} sst_difference;

/* The same quantity across articles. A figure that no other article has makes a row of one. */
typedef struct sst_figure_row {
    sst_figure_ref *value; /* in order of article, place */
    uint32_t value_n;
    sst_difference *difference;
    uint32_t difference_n;
    uint32_t counts_article; /* number in the story whose words name the row */
    sst_span counts;
} sst_figure_row;

/* Rows of a story. Every figure is in exactly one row. Rows with differences first, then by number
 * of articles, then by place. */
sst_status figure_rows(const sst_figures *const *figures, uint32_t n, const sst_cast *cast,
                       sst_arena *arena, sst_figure_row **out, uint32_t *out_n) SST_MUST_CHECK;

#endif
