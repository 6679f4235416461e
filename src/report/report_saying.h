/* Utterances over all stories of the run, as the `quotes` views show them. */
#ifndef REPORT_SAYING_H
#define REPORT_SAYING_H

#include "report_model.h"

/* A quotation as a version of an utterance. */
typedef struct report_printed {
    uint32_t saying;
    const sst_findings *f; /* that the articles of u are places in */
    const sst_utterance *u;
    const sst_occurrence *v;
} report_printed;

/* The utterance of a saying, and what its articles are places in. */
const sst_utterance *report_saying(const report_run *w, uint32_t saying, const sst_findings **f);

/* The name of a saying: that of its first printed utterance, "STORY-u1". */
sst_str report_saying_id(report_run *w, uint32_t saying);

/* Of quotation `quote` of article `article` of the run; NULL when it is of no utterance. */
const report_printed *report_printed_at(report_run *w, uint32_t article, uint32_t quote);

/* Of indirect speech that is of no utterance, but has words of one in quotation marks inside; else
 * NULL. */
const report_printed *report_inside(report_run *w, uint32_t article, uint32_t quote);

/*
 * Is it a quotation, and of the speaker that the options ask for? Words in marks that the article
 * gives to nobody are quotations when an utterance has them.
 */
bool report_is_asked_for(report_run *w, uint32_t article, uint32_t quote);

#endif
