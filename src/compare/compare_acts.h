/* What a sentence announces or tells as over, in languages other than English: compare_acts.c. */
#ifndef COMPARE_ACTS_H
#define COMPARE_ACTS_H

#include "text.h"

enum { COMPARE_ACTS_MAX = 6 }; /* of a sentence */

typedef struct compare_act {
    uint32_t verb; /* key of its base form */
    uint32_t at;   /* token */
    bool done;
} compare_act;

/* The acts of the sentence [begin, end): those to come, else those that are over. Returns how many
 * are in out. */
uint32_t compare_acts(const sst_text *t, uint32_t begin, uint32_t end,
                      compare_act out[COMPARE_ACTS_MAX]);

#endif
