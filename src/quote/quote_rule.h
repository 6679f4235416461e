/* What the stages of the rules share: quote_rule.c, quote_thing.c, quote_indirect.c. */
#ifndef QUOTE_RULE_H
#define QUOTE_RULE_H

#include "quote_inner.h"

typedef struct quote_finder {
    const sst_text *t;
    sst_arena *arena;
    quote_context c;
    quote_speakers s;
    quoted_list marks;
    uint32_t single_n;      /* of them, in single marks */
    SST_VEC(uint64_t) work; /* keys of the titles among them, in order */
    SST_VEC(quote_found) out;
    SST_VEC(quote_found) indirect; /* in order */
    uint32_t said_to; /* behind the last sentence that is indirect speech by quote_reported.c; 0 */
} finder;

/* Behind the last token of a stretch with its mark, and the first. */
static inline uint32_t quoted_behind(const quoted *q)
{
    return q->no_close ? q->end : q->close + 1;
}

static inline uint32_t quoted_front(const quoted *q)
{
    return q->no_open ? q->begin : q->open;
}

/* quote_rule.c */
void quote_add_span(finder *f, sst_spans *s, sst_span span);
void quote_add_clause(finder *f, quote_found *x, const quote_clause *c);
void quote_set_speaker(finder *f, quote_found *x);

/* quote_thing.c: does token i end a sentence or a part of it with a sign of the set ("." "," "!"
 * "?"; "-" any dash)? */
bool quote_sentence_mark(const sst_text *t, uint32_t i, const char *set);
/* Is the first word of [i, end) in capitals, or a number? */
bool quote_starts_upper(const sst_text *t, uint32_t i, uint32_t end);
/* Words in capitals, as a title has them, and no sentence. */
bool quote_is_title(const sst_text *t, const quoted *q);
/* Does what stands before the marks say that they hold a name or an expression? */
bool quote_names_thing(const sst_text *t, const quoted *q);
/* A title behind a noun, a possessive, an article or a preposition in its sentence, which begins at
 * sent_begin. */
bool quote_is_work(const sst_text *t, const quoted *q, uint32_t sent_begin);
/* Finds all of these; then, is it one of them, wherever it stands? */
void quote_find_works(finder *f);
bool quote_is_known_work(const finder *f, const quoted *q);
/* A few words in single marks, alone in their paragraph, where others stand in double ones. */
bool quote_is_heading(const finder *f, const quoted *q);
/* The value of an attribute that a page left in its text: <post author="...">. */
bool quote_is_markup(const sst_text *t, const quoted *q);

/* quote_indirect.c: follows who speaks in the prose [from, to) between two quotations, and adds its
 * indirect speech. */
void quote_follow_prose(finder *f, uint32_t from, uint32_t to);

/* quote_reported.c: adds the indirect speech of one sentence in a language other than English; says
 * whether there is any. */
bool quote_reported(finder *f, uint32_t sentence);

#endif
