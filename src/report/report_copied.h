/*
 * What is word for word the same, as the reports for people list it: one entry for words that
 * several articles print, not one for each two of them.
 */
#ifndef REPORT_COPIED_H
#define REPORT_COPIED_H

#include "report_model.h"

typedef struct report_copied {
    const sst_passage *text; /* of its passages the shortest: what all of them hold */
    uint32_t *articles;      /* ascending; an article that has the words twice stands twice */
    uint32_t *begin;         /* where, in the article's text, bytes */
    uint32_t n;              /* two at least */
    uint32_t words;          /* of the shortest */
    bool quoted;             /* a shared quotation, not copied prose */
} report_copied;

/* Passages and repeats of a story, joined where they are about the same words in an article. Copied
 * prose before quotations, then the longest first. In the arena; NULL without memory. */
const report_copied *report_copied_all(const sst_findings *f, sst_arena *arena, uint32_t *n);

#endif
