/* Parts of the report as one JSON object that its two files share. */
#ifndef REPORT_STORY_H
#define REPORT_STORY_H

#include "report_model.h"

/* Members of a span: article, begin, end, text. */
void report_put_fields(report_run *w, const sst_article *a, sst_span s);
/* A span in the k-th article of the story, as an object; several as a member. */
void report_put_place(report_run *w, const sst_findings *f, uint32_t k, sst_span s);
void report_put_places(report_run *w, const char *key, const sst_findings *f, uint32_t k,
                       sst_spans s);
/* [begin, end] */
void report_put_pair(report_run *w, const sst_article *a, sst_span s);
/* The id of the i-th finding of a kind: STORY-LETTER NUMBER. */
void report_put_id(report_run *w, const sst_findings *f, char letter, uint32_t i);
/* Ids of articles, of origins, as a member. */
void report_put_articles(report_run *w, const char *key, const sst_findings *f, const uint32_t *k,
                         uint32_t n);
void report_put_origins(report_run *w, const sst_findings *f, const uint8_t *has);

/* Facts, only, passages, names, wording, timeline. */
void report_put_shared(report_run *w, const sst_findings *f, const report_story *s);

#endif
