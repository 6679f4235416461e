/* Why two articles are, or are not, one story, and duplicates: JSON and text. Decides nothing. */
#ifndef REPORT_WHY_H
#define REPORT_WHY_H

#include "copy_between.h"
#include "report.h"

typedef struct report_why {
    uint32_t a, b;         /* articles of the run */
    story_between between; /* nearest: articles of the run */
    const char *link;      /* "must-link", "cannot-link" or NULL */
    copy_between copies;   /* what the two are as copies of each other */
} report_why;

sst_status report_write_why(const sst_run_result *r, const report_why *why, sst_format format,
                            const sst_style *style, report_sink sink) SST_MUST_CHECK;

#endif
