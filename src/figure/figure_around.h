/*
 * What stands around a number in its sentence: money, units, rates, counted nouns, cues
 * (figure_around.c); who says it and as of when (figure_source.c). Used by figure_find.c
 * and figure_draft.c only.
 */
#ifndef FIGURE_AROUND_H
#define FIGURE_AROUND_H

#include "figure.h"

/* A sentence. */
typedef struct around {
    const sst_text *t;
    sst_arena *arena;
    uint32_t begin, end; /* tokens */
} around;

/* The nouns behind a number: "militant leaders", "fire and rescue crews". */
typedef struct around_np {
    uint32_t begin, end;
    bool plural; /* has a plural */
    bool hyphen; /* hangs at the number: "two-car" */
    bool of;     /* stands behind "of": "six of its patents" */
} around_np;

const char *around_value(const around *a, uint32_t i, uint64_t one_class);
bool around_sign(const around *a, uint32_t i, char c);

/* Longest phrase of a class that begins at i: its tokens (0: none) and value. */
uint32_t around_phrase(const around *a, uint32_t i, uint64_t one_class, const char **value);
/* Longest phrase of a class that ends before i. */
uint32_t around_phrase_before(const around *a, uint32_t i, uint64_t one_class, const char **value);

/* Does the cue at i / the phrase at i / the phrase before i have this value? */
bool around_cue_is(const around *a, uint32_t i, const char *value);
bool around_phrase_is(const around *a, uint32_t i, const char *value);
bool around_cue_before(const around *a, uint32_t i, const char *value);

/* Money before the number at i, or in its word ("RM5"): the first token of it (i when none) and the
 * unit. */
uint32_t around_money_before(const around *a, uint32_t i, sst_str *unit);
/* "$500 US": the token behind. */
uint32_t around_money_tail(const around *a, uint32_t end);
/* The unit behind a number that ends at i: token behind it, or i. */
uint32_t around_unit(const around *a, uint32_t i, const sst_number *n, sst_str *unit);
/* "a share", "per Acme share", "/kg" behind an amount: token behind it, or i; the unit grows.
 */
uint32_t around_rate(const around *a, uint32_t i, sst_str *unit);

/* The counted nouns at i, behind the number that begins at `before`. single: one thing is counted,
 * the noun may be singular. */
bool around_noun_phrase(const around *a, uint32_t before, uint32_t i, bool single, around_np *out);
/* "of the vote" behind a unit. */
bool around_of_phrase(const around *a, uint32_t i, around_np *out);
/* Does "of" at i lead to another number: "21 of the more than 200 girls", "450 of 2,900 posts"? */
bool around_share_of(const around *a, uint32_t i);

/* The toll that the number at i is the level of: "the death toll from the flood had risen to" i.
 * Its words, none (begin == end) when no word of a toll is the subject of a rise, fall or level. */
void around_level_of(const around *a, uint32_t i, around_np *out);

/* Does a capitalised word stand directly before i, as in "Boeing 737"? */
bool around_behind_name(const around *a, uint32_t i);
/* Does the number at i end a compound, as in "mother-of-two"? */
bool around_in_compound(const around *a, uint32_t i);

/* Bytes of an article or "of" that hangs at the noun of token i ("d'habitants", "l'usine"), else 0.
 */
uint32_t around_elision(const sst_text *t, uint32_t i);

/* Other languages than English (figure_lang.c): the change whose amount stands behind the "by" at
 * token by and ends at token end, 0: none; does a person's name end before token i; are the years
 * [number, end) an age by the commas or the "of" around them; is the bare number a year or a time
 * of day; do the nouns tell how badly; what is counted by a number whose sentence says "the number
 * of". */
uint8_t around_change(const around *a, uint32_t by, uint32_t end);
bool around_behind_person(const around *a, uint32_t i);
bool around_age_apart(const around *a, uint32_t number, uint32_t end, double value, sst_str unit);
bool around_behind_section(const around *a, uint32_t i);
bool around_is_listed(const around *a, const sst_number *n);
bool around_is_date(const around *a, const sst_number *n);
bool around_tells_how(const around *a, const around_np *np);
bool around_number_of(const around *a, uint32_t end, around_np *np);

/* Forms of one number (figure_form.c): is it a share ("four in 10"); does the "over" before a time
 * in this unit tell how long an amount took; the first token of a unit that stands before the
 * number at i ("magnitude of 6.8"), i when there is none; is the number [begin, end) the subject of
 * its clause ("nine abstained"). */
bool around_is_ratio(const around *a, const sst_number *n);
bool around_is_span(const around *a, uint32_t over, sst_str unit);
uint32_t around_scale_before(const around *a, uint32_t i, sst_str *unit);
bool around_is_subject(const around *a, uint32_t begin, uint32_t end);

/* One span as spans, in the arena. */
sst_spans around_one_span(sst_arena *arena, sst_span at);

/* Who says what stands in the sentence, in its own words: "according to ...", "the union said". */
bool around_source(const around *a, sst_span *out);

/* The time behind "as of", or behind a "by" that opens the sentence; NULL when there is none. */
const sst_time *around_as_of(const around *a);

/* Gives the figures inside quotations their source. Both are in order of place. */
void around_quoted_sources(const sst_quotes *quotes, sst_figures *out);

#endif
