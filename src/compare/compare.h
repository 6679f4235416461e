/*
 * compare: a story -> findings. The one value that every report is written from.
 *
 * Numbers of articles in it are places in `texts` (the story's order), not of the run.
 */
#ifndef COMPARE_H
#define COMPARE_H

#include "copy.h"
#include "figure.h"
#include "quote.h"
#include "story.h"
#include "text.h"

/* A place in one of the story's articles. */
typedef struct sst_place {
    uint32_t article;
    sst_span at;
} sst_place;

/* Sentences of several articles that say the same. */
typedef struct sst_fact {
    sst_place
        *sentences; /* at most one an article... the first that says it; in order of article */
    uint32_t sentence_n;
    uint32_t *absent; /* articles that do not have it */
    uint32_t absent_n;
    uint32_t origin_n; /* origins that have it */
} sst_fact;

/* What one origin alone has: sentences, the weightiest first. */
typedef struct sst_only {
    sst_place *places; /* all of one article */
    float *weight;
    uint32_t place_n;
    uint32_t sure_n; /* the first so many: of the others another report may tell most in other
                        words, or they add a detail to what it tells */
    uint32_t article;
} sst_only;

typedef enum sst_wording_kind {
    WORDING_WORDS = 0, /* other words for one thing */
    WORDING_FORM       /* one word, number or date written in another way: a house style */
} sst_wording_kind;

/* Two ways of writing the same in aligned places; of a form, anywhere. */
typedef struct sst_wording {
    sst_place a, b;
    uint32_t a_n, b_n; /* articles that use the one, the other */
    uint32_t a_origins, b_origins;
    uint8_t kind;
} sst_wording;

/* What an article calls a person of the cast, without an article before it. */
typedef struct sst_role_at {
    uint32_t person;
    sst_place place;
    uint64_t words; /* key of its words: the same for the same role */
} sst_role_at;

/* One act that is to come in some reports and done or called off in others, or to come in several:
 * one sentence an article. */
typedef struct sst_scheduled {
    sst_place *to_come, *done, *off;
    uint32_t to_come_n, done_n, off_n;
} sst_scheduled;

typedef enum sst_event_kind {
    EVENT_PUBLISHED = 1,
    EVENT_EVENT,
    EVENT_FIGURE,
    EVENT_UTTERANCE,
    EVENT_VERSION
} sst_event_kind;

typedef struct sst_event {
    char when[24];
    uint8_t precision;
    uint8_t kind;
    sst_place place;
} sst_event;

typedef struct sst_findings {
    const sst_story *story;
    uint32_t n; /* articles */
    const sst_text *const *texts;
    const sst_quotes *const *quotes;
    const sst_figures *const *figures;
    sst_cast cast;
    sst_place title;    /* one article's own headline, chosen by rule */
    bool title_outside; /* the headline is not in the text (it came as a field): title.at is empty,
                           use the article's title */
    sst_str first_published, last_published; /* or empty */
    sst_passage *passages;                   /* a != b; places in texts */
    uint32_t passage_n;
    sst_passage *repeats; /* a == b */
    uint32_t repeat_n;
    sst_origin *origins;
    uint32_t origin_n;
    sst_utterance *utterances; /* those whose versions differ first, then by number of articles,
                                  then by place */
    uint32_t utterance_n;
    sst_figure_row *rows;
    uint32_t row_n;
    sst_fact *facts; /* by number of origins, then by place */
    uint32_t fact_n;
    sst_only *only;
    uint32_t only_n;
    sst_wording *wording;
    uint32_t wording_n;
    sst_scheduled *schedule; /* in order of the first article that announces or tells it */
    uint32_t schedule_n;
    sst_role_at *roles; /* by person, article, place */
    uint32_t role_n;
    sst_event *timeline;
    uint32_t event_n;
} sst_findings;

/*
 * Compares the articles of one story (one article is a story too). texts, quotes, figures are in
 * the story's order and outlive the findings; all else lives in arena. stage says how far to go:
 * QUOTES stops behind the utterances, FIGURES behind the rows; quotes and figures may be NULL
 * before their stage. known: outlets and their boilerplate, or NULL. threads: up to so many work on
 * it, which changes nothing in what is found.
 */
sst_status compare_story(const sst_story *story, const sst_text *const *texts,
                         const sst_quotes *const *quotes, const sst_figures *const *figures,
                         sst_stage stage, const copy_known *known, uint32_t threads,
                         sst_arena *arena, sst_findings *out) SST_MUST_CHECK;

/*
 * The same as SST_STAGE_COMPARE without facts, only, wording, schedule and timeline: what lists and
 * search of stories need (a sixth of the time goes into those).
 */
sst_status compare_story_counted(const sst_story *story, const sst_text *const *texts,
                                 const sst_quotes *const *quotes, const sst_figures *const *figures,
                                 const copy_known *known, sst_arena *arena,
                                 sst_findings *out) SST_MUST_CHECK;

#endif
