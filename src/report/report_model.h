/*
 * What all reports need to know of a run and a story besides the findings: offsets as asked for,
 * ids, who belongs to which origin, which words an utterance's versions show. Made once a writing,
 * in the writing's arena.
 */
#ifndef REPORT_MODEL_H
#define REPORT_MODEL_H

#include <stdbool.h>

#include "report.h"
#include "report_json.h"

#define REPORT_NONE UINT32_MAX

/* Which utterance and which row quotations and figures belong to. */
typedef struct report_members {
    uint32_t **of;   /* of article i, item j: place in its story's findings, or REPORT_NONE */
    uint32_t *place; /* of article i: its number in its story's findings, or REPORT_NONE */
} report_members;

typedef struct report_run {
    const sst_run_result *r;
    sst_arena *arena;
    report_out *out;
    sst_style style;
    const report_links *links;           /* of a served page, or NULL */
    report_members utterance_of, row_of; /* made when first asked for */
    struct report_printed ***printed;    /* report_saying.c; the same */
    uint8_t **called;
    /* Of article i: code points before each 1,024th byte; made when first asked for. */
    uint32_t **points;
} report_run;

/* One story as the reports for people show it. */
typedef struct report_story {
    const sst_findings *f;
    uint32_t number;     /* from 1, among the stories of the report */
    uint32_t *origin_of; /* of article k: place in f->origins, or REPORT_NONE */
    sst_str *label;      /* of article k: "A", "B", ... "AA" */
    sst_str *outlet;     /* of article k: outlet, else the name of the file or the host */
    uint32_t outlet_n;   /* different outlets */
} report_story;

sst_status report_run_init(report_run *w, const sst_run_result *r, sst_arena *arena,
                           report_out *out, const sst_style *style) SST_MUST_CHECK;
/* One writing: its memory and output made, `write` called with them and user, all of it let go. */
sst_status report_run_write(const sst_run_result *r, const sst_style *style, report_sink sink,
                            sst_status (*write)(report_run *, const void *),
                            const void *user) SST_MUST_CHECK;
sst_status report_story_init(report_run *w, uint32_t story, report_story *out) SST_MUST_CHECK;

/* A byte offset of an article of the run, as the options want offsets. */
uint32_t report_offset(report_run *w, const sst_article *a, uint32_t byte);

static inline const sst_article *report_article(const sst_findings *f, uint32_t k)
{
    return f->texts[k]->article;
}
static inline sst_str report_words(const sst_findings *f, uint32_t k, sst_span at)
{
    sst_str text = f->texts[k]->s;
    if (at.begin > at.end || at.end > text.n)
        return (sst_str){"", 0};
    return (sst_str){text.p + at.begin, at.end - at.begin};
}
static inline const sst_quote *report_quote(const sst_findings *f, const sst_occurrence *o)
{
    return &f->quotes[o->article]->v[o->quote];
}
static inline const sst_figure *report_figure(const sst_findings *f, const sst_figure_ref *v)
{
    return &f->figures[v->article]->v[v->figure];
}

/* The last part of a path, or the host of an address without "www.". */
sst_str report_short_source(sst_str s);
/* Its outlet, else the name of the file or the host. */
sst_str report_outlet(const sst_article *a);
/* The story's headline, wherever it stands. */
sst_str report_title(const sst_findings *f);
/* Is the title a headline, and not the first sentence of a text without one? */
bool report_has_headline(const sst_findings *f);
/* Does any version of it change words or speaker? Same words and other punctuation do not count. */
bool report_utterance_differs(const sst_utterance *u);
/* Does any occurrence stand outside indirect speech? */
bool report_utterance_quoted(const sst_findings *f, const sst_utterance *u);
/* Printed by several articles in the same words? */
bool report_utterance_agrees(const sst_findings *f, const sst_utterance *u);
/* Is there anything in it that outlets do not have alike? */
bool report_story_differs(const sst_findings *f);
/* Notes of correction in the texts, in the order of the articles; NULL when there are none. */
const sst_place *report_corrections(const sst_findings *f, sst_arena *arena, uint32_t *n);
/* Number of different articles that print it. */
uint32_t report_utterance_articles(const sst_utterance *u);
uint32_t report_row_articles(const sst_figure_row *row);
/* Of different origins; has: origin_n + 1 marks, set for those that have it. */
uint32_t report_utterance_origins(const report_story *s, const sst_utterance *u, uint8_t *has);
uint32_t report_row_origins(const report_story *s, const sst_figure_row *row, uint8_t *has);
/* Content with or without its marks, as the options say. */
sst_spans report_content(const sst_run_result *r, const sst_findings *f, const sst_occurrence *o,
                         sst_arena *arena);
/* Where the story names the speaker: the fullest name first, then as each occurrence does; no place
 * twice. */
sst_place *report_speaker_places(const sst_findings *f, const sst_utterance *u, sst_arena *arena,
                                 uint32_t *n);
/* The first place of each article where a person of the cast is named. */
sst_place *report_person_places(const sst_findings *f, uint32_t person, sst_arena *arena,
                                uint32_t *n);
/* Is the name spelt in two ways (story_spelling.h)? Is spelling i one of them? */
bool report_spelt_differently(const sst_person *p);
bool report_spelling_differs(const sst_person *p, uint32_t i);
/* One role of a person, and the articles that use it. */
typedef struct report_called {
    sst_place first;
    uint32_t *articles; /* ascending */
    uint32_t article_n;
} report_called;

typedef struct report_roles {
    uint32_t person;       /* of the cast */
    report_called *called; /* those that most articles use first */
    uint32_t called_n;
} report_roles;

/* Persons whom the articles that give them a role do not all call the same. */
report_roles *report_roles_differing(const sst_findings *f, sst_arena *arena, uint32_t *n);
/* Events that the reports for people list: figures and quotations have lists of their own. */
bool report_in_timeline(const sst_event *e);
/* At most n bytes of s, ending with a whole word. */
sst_str report_cut(sst_str s, size_t n);
/* Reasons as contract words. */
const char *report_origin_kind(uint8_t kind);
const char *report_publisher(uint8_t by); /* what makes two outlets one publisher's */
const char *report_event_kind(uint8_t kind);
const char *report_person_kind(uint8_t kind); /* NULL when it is not known */
const char *report_access(sst_access access);
const char *report_copy_kind(uint8_t kind);
const char *report_direction(uint8_t direction); /* NULL when it is not known */
const char *report_evidence(uint8_t by);         /* NULL when there is none */
const char *report_precision(uint8_t precision);

/* Articles of the run in an order that does not depend on the input's: by id. */
uint32_t *report_articles_by_id(const sst_run_result *r, sst_arena *arena);

const report_members *report_utterance_members(report_run *w);
const report_members *report_row_members(report_run *w);
/* What a quotation's speaker is called: the fullest name in the story, in the article, or as the
 * text calls them. */
sst_str report_speaker(report_run *w, uint32_t article, uint32_t quote);

/* The writers, one a file. */
void report_rows(report_run *w, sst_view view);
void report_json_report(report_run *w);
/* One of the stories of the report. */
void report_json_story(report_run *w, uint32_t story);
void report_json_article(report_run *w, const sst_article *a, bool with_text);
/* "value" ... "as_of" of a figure, inside an open object. */
void report_json_figure(report_run *w, const sst_figure *g, bool alone);
void report_quotes_csv(report_run *w);
void report_quotes_text(report_run *w);
void report_passim_rows(report_run *w);
void report_duplicate_rows(report_run *w);
void report_duplicates_text(report_run *w);
void report_text_view(report_run *w, sst_view view);
void report_text_report(report_run *w);
void report_html(report_run *w);
void report_html_debug(report_run *w);

#endif
