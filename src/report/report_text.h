/* What the parts of the report for the terminal share. */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "report_term.h"
#include "report_version.h"

typedef struct report_text {
    report_run *w;
    report_term t;
    report_story s;
} report_text;

/* "1 origin", "3 origins" */
sst_str report_text_count(report_run *w, uint32_t n, const char *one, const char *many);
/* An ISO time as people read it: day and minutes. */
sst_str report_text_when(report_run *w, sst_str iso);
/* The name of a list, and how long it is. */
void report_text_part(report_text *x, const char *name, sst_str more);
/* Says what a ceiling has cut. */
void report_text_more(report_text *x, uint32_t indent, uint32_t shown, uint32_t all);
/* A line of a list: whose words, the words. */
void report_text_quoted_line(report_text *x, sst_str label, sst_str text);
/* An utterance in the words of one version. */
void report_text_pieces(report_text *x, report_pieces p);
/* The articles that print it so. */
sst_str report_text_group_labels(report_text *x, const sst_utterance *u, const report_group *g);

/* report_text_differs.c: quotations, figures, what one origin alone has. */
void report_text_differs(report_text *x);
/* report_text_shared.c: quotations, figures, facts, passages, names, wording, time. */
void report_text_shared(report_text *x);

#endif
