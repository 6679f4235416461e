/*
 * The escaping writer of the page, and what its parts share. Markup leaves as literals alone;
 * whatever comes from a source leaves through html_text or html_attribute.
 */
#ifndef REPORT_MARKUP_H
#define REPORT_MARKUP_H

#include "report_model.h"
#include "report_version.h"

/* A literal of ours. */
#define html_raw(o, literal) report_out_add((o), "" literal, sizeof(literal) - 1)

/* Text of a source: & < > quotes escaped, control characters and direction overrides left out. */
void html_text(report_out *o, sst_str s);
void html_number(report_out *o, uint32_t n);
/* A name for an id: the story's prefix, a letter, a number. "s2-u7" */
void html_id(report_out *o, const report_story *s, char letter, uint32_t n);
/* <a href="PREFIX and the name in percent codes"> */
void html_link_open(report_out *o, const char *prefix, sst_str name);
/* The name as one segment of a path: all but letters, digits and -._~ in percent codes. */
void html_segment(report_out *o, sst_str name);
/* An address that a browser may follow: http or https. */
bool html_is_address(sst_str url);

/* A place that something links to; it gets an id when its article is written. */
typedef struct html_anchor {
    uint32_t article, begin;
} html_anchor;

/* One story while its part of the page is written. */
typedef struct html_story {
    report_run *w;
    report_out *o;
    report_story s;
    uint32_t level; /* of the story's own heading: 1 alone on the page, else 2 */
    SST_VEC(html_anchor) anchors;
    bool *row_shown; /* rows and utterances that the page lists, so that the text can link back */
    bool *utterance_shown;
    bool alone; /* a text on a page of its own: its ways back lead to the story's */
} html_story;

void html_heading(html_story *h, uint32_t below, char letter, uint32_t n, sst_str text);
void html_heading_open(html_story *h, uint32_t below, char letter, uint32_t n);
void html_heading_end(html_story *h, uint32_t below);
/* A speaker's name; of a served page it leads to the person's. */
void html_person(html_story *h, sst_str name);
/* <a href="#place">label</a>, and remembers the place. */
void html_place(html_story *h, uint32_t article, uint32_t begin, sst_str label);
/* The same around words of the source. */
void html_place_open(html_story *h, uint32_t article, uint32_t begin);
/* lang="..." when the article has another language than the page. */
void html_lang(html_story *h, uint32_t article);
/* <time> with the day and, where it is known, the minute. */
void html_date(report_out *o, sst_str iso);
void html_lang_of(report_out *o, const sst_article *a);
/* The same of a tag of a language. */
void html_lang_tag(report_out *o, sst_str lang);

/* report_html_steps.c: a row of figures over time, where time makes its values differ. */
void html_steps(html_story *h, const sst_figure_row *row);

/* report_html_facts.c: facts by origin, in three orders. */
void html_facts(html_story *h);

/* report_html_differs.c, report_html_shared.c, report_html_article.c */
void html_differs(html_story *h);
void html_shared(html_story *h);
void html_articles(html_story *h);
/* The text of one article alone. */
void html_article_text(html_story *h, uint32_t k);
/* The articles alone, without heading. */
void html_articles_plain(html_story *h);

/* Parts that both halves use. */
void html_pieces(html_story *h, report_pieces p);
void html_group_places(html_story *h, const sst_utterance *u, const report_group *g);
void html_count(report_out *o, uint32_t n, const char *one, const char *many);
/* A list goes on behind a fold: all of it is on the page. */
void html_fold(html_story *h, uint32_t n);
void html_fold_end(html_story *h);

#endif
