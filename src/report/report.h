/*
 * report: findings -> terminal, JSON, HTML; and the rows of each stage.
 *
 * One value in, three reports out. Nothing is computed here that another report would need too.
 */
#ifndef REPORT_H
#define REPORT_H

#include "base_error.h"
#include "compare.h"
#include "copy_pairs.h"
#include "quote_link.h"

/* Everything a run has found. Pointers may be NULL for stages that were not reached. */
typedef struct sst_run_result {
    const sst_options *options;
    const sst_errors *errors;        /* failed inputs and articles without text, in input order */
    const sst_errors *reader_errors; /* inputs that never became an article ... */
    const uint32_t *failed_before;   /* ... and how many articles stand before each */
    uint32_t failed_n;
    uint32_t threads;             /* that may write at once; 0 as 1 */
    uint32_t input_n;             /* articles and failed inputs */
    sst_article *const *articles; /* in input order */
    const sst_text *const *texts;
    const sst_quotes *const *quotes;
    const sst_figures *const *figures;
    uint32_t n;
    const sst_story *stories; /* sorted: most articles first, then by id */
    uint32_t story_n;
    const sst_passage *passages; /* over all articles, for the passages command */
    uint32_t passage_n;
    const copy_duplicates *duplicates; /* of the duplicates command */
    const sst_findings *const
        *findings; /* one for each story; NULL before the stage that makes them */
    const sst_sayings
        *sayings; /* utterances over all stories; NULL before the stage of quotations */
    const sst_findings
        *whole; /* texts and quotations of the run, for utterances of several stories */
    /* filled for views of single stages, by article in input order */
    const uint32_t *story_of; /* place in stories */
} sst_run_result;

typedef struct report_sink {
    sst_sink_fn fn;
    void *user;
} report_sink;

sst_status report_write(const sst_run_result *r, sst_view view, sst_format format,
                        const sst_style *style, report_sink sink) SST_MUST_CHECK;

/*
 * Of a served page: how the addresses of other pages begin; a name or an id comes behind, in
 * percent codes. NULL links nothing.
 */
typedef struct report_links {
    const char *person, *article, *story;
} report_links;

/* The style sheet of the page. */
sst_str report_style(void);
/* The section of r's first story as the page has it, with headings from 1, without head and foot of
 * a page. */
sst_status report_write_story(const sst_run_result *r, const report_links *links,
                              report_sink sink) SST_MUST_CHECK;
/* The text of article k of that story, with what its page speaks of marked; ways back lead to the
 * story's page. */
sst_status report_write_text(const sst_run_result *r, uint32_t k, const report_links *links,
                             report_sink sink) SST_MUST_CHECK;

#endif
