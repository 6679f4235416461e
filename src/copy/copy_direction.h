/* Who has shared words from whom, and what shows it. */
#ifndef COPY_DIRECTION_H
#define COPY_DIRECTION_H

#include "copy.h"
#include "copy_credit.h"

typedef struct copy_direction {
    uint8_t direction; /* sst_direction */
    uint8_t by;        /* sst_evidence */
    bool in_b;         /* `at` is in b's text */
    sst_span at;       /* empty when it is no matter of words */
} copy_direction;

/*
 * Of two articles: credits and times; what the shared words themselves show is asked for
 * separately. by_a, by_b: of their articles.
 */
copy_direction copy_articles_direction(const sst_text *a, const copy_bearer *by_a,
                                       const sst_text *b, const copy_bearer *by_b);

/* Is one a cut of the other? Shared words of theirs; n_a and n_b are all their words. */
copy_direction copy_fuller_direction(uint64_t shared, uint64_t n_a, uint64_t n_b);

/* Of one passage: the side that has it as a quotation of a text, each line behind ">" or "|".
 * Between two texts without such a sign (copy_bearer) it says nothing. */
copy_direction copy_passage_direction(sst_str a, sst_span at_a, sst_str b, sst_span at_b);

/* Of two times of publication; INT64_MIN is unknown. clock: has a time of day. */
uint8_t copy_time_direction(int64_t a_s, bool a_clock, int64_t b_s, bool b_clock);

#endif
