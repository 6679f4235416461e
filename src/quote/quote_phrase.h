/* Noun phrases and the words that make them: quote_phrase.c. */
#ifndef QUOTE_PHRASE_H
#define QUOTE_PHRASE_H

#include "quote_inner.h"

enum {
    QUOTE_PHRASE_MAX = 24, /* tokens of a noun phrase */
    QUOTE_BEFORE_MAX = 80, /* between a verb and the quotation behind it */
    QUOTE_NAMING_MAX =
        12 /* between "called" and the words in marks: called the indictment a "..." */
};

#define LEX_NOMINAL (LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN)
#define LEX_ANY_CUE (LEX_CUE | LEX_CUE_WEAK | LEX_CUE_NAMING)

/* Do the bytes of token i end with z? */
bool quote_ends_with(const sst_text *t, uint32_t i, const char *z);
/* English, or the article does not tell its language. */
bool quote_in_english(const sst_text *t);
bool quote_is_adverb(const sst_text *t, uint32_t i);
/* Is token i an article of this kind ("the", "a") in a language other than English? Its list says
 * so. */
bool quote_is_article(const sst_text *t, uint32_t i, const char *kind);
bool quote_is_pronoun(const sst_text *t, uint32_t i);

/* A word for somebody or something that can speak: a noun of the lexicon, or a name. */
bool quote_is_nominal(const sst_text *t, uint32_t i);

/* of, from, at, ...: may join two nouns of one phrase. */
bool quote_joins_phrase(const sst_text *t, uint32_t i);

/* The name whose last token is end - 1, as an index into t->mention; UINT32_MAX when there is none.
 */
uint32_t quote_name_ending(const sst_text *t, uint32_t end);

/* First token of the noun phrase that ends before `end`, not before `floor`; `end` when there is
 * none. */
uint32_t quote_phrase_left(const quote_context *c, uint32_t floor, uint32_t end);

/* Behind the last token of the noun phrase that begins at i, not going past `end`; i when there is
 * none. */
uint32_t quote_phrase_right(const quote_context *c, uint32_t i, uint32_t end);

/* quote_subject.c: does a name, a pronoun or a noun for somebody stand among tokens [begin, end)?
 */
bool quote_can_speak(const sst_text *t, uint32_t begin, uint32_t end);

/* A person, or two words and more of which nothing says that they are a place or a body. */
bool quote_may_be_person(const sst_text *t, uint32_t mention);

/* "son chef de file, NAME": the name of a person behind the rest of the phrase that goes on at i
 * and a comma, with a sign behind it. */
bool quote_named_behind(const quote_context *c, uint32_t i, uint32_t end, uint32_t *from,
                        uint32_t *to);

/* The subject of the verb at `verb` (its first token), looking left, not before floor. *cue_begin
 * moves to the left over helping verbs and adverbs. depth: 0. */
bool quote_subject_left(const quote_context *c, uint32_t floor, uint32_t verb, uint32_t *from,
                        uint32_t *to, uint32_t *cue_begin, int depth);

/* quote_clause.c, for quote_clause_before.c too. Is the verb at `cue` passive: "was called"? */
bool quote_clause_passive(const sst_text *t, uint32_t floor, uint32_t cue);
/* "the magazine reported X as saying": makes X who says it. */
void quote_clause_relayed(const quote_context *c, uint32_t verb, uint32_t end, quote_clause *out);
/* Makes *out a clause with source [from, to) and cue [cue, cue_end). */
void quote_clause_fill(const quote_context *c, quote_clause *out, uint32_t from, uint32_t to,
                       uint32_t cue, uint32_t cue_end);
/* Is token i the one word of a cue phrase whose value says that it may stand alone before a
 * speaker? "alone": everywhere, "behind": behind the quotation. */
bool quote_clause_phrase_alone(const sst_text *t, uint32_t i, bool behind);
/* Pour X, « ... »: is token i one that points to a speaker only right before the marks? */
bool quote_clause_phrase_marks(const sst_text *t, uint32_t i);
/* X zufolge: is token i a word that stands behind who says it? */
bool quote_clause_phrase_after(const sst_text *t, uint32_t i);

#endif
