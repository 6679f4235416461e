/* Indirect speech in languages other than English: quote_reported.c, quote_attributed.c. */
#ifndef QUOTE_REPORTED_H
#define QUOTE_REPORTED_H

#include "quote_phrase.h"
#include "quote_rule.h"

enum {
    QUOTE_SAID_WORDS = 3,  /* of what is said, at least */
    QUOTE_SAID_CLAUSES = 4 /* clauses of saying in one sentence */
};

/* One sentence at work. */
typedef struct quote_reported_sentence {
    finder *f;
    const sst_text *t;
    uint32_t begin, end; /* of the sentence, without the sign at its end */
    quote_clause said[QUOTE_SAID_CLAUSES];
    uint32_t from[QUOTE_SAID_CLAUSES]; /* where what is said begins */
    uint32_t n;
} quote_reported_sentence;

/* quote_reported.c: does the list of such words (cue_indirect) say this of token i? */
bool quote_is_sign(const sst_text *t, uint32_t i, const char *sign);
/* The value of a verb of saying; "" when it has none. */
const char *quote_cue_value(const sst_text *t, uint32_t i);
/* Adds what stands in [a, b) and [c, d) as said by the clause; NULL: by who spoke before. */
bool quote_add_said(quote_reported_sentence *r, const quote_clause *clause, uint32_t a, uint32_t b,
                    uint32_t c, uint32_t d);
/* Can tokens [from, to) be who says something? Are they a thing, a document? */
bool quote_speaks(const quote_reported_sentence *r, uint32_t from, uint32_t to);
bool quote_is_thing(const sst_text *t, uint32_t from, uint32_t to, bool bare);
bool quote_is_document(const sst_text *t, uint32_t from, uint32_t to);

/* quote_attributed.c: "Wie X mitteilte, ..."; "..., sagte X."; "laut X". */
bool quote_said_as(quote_reported_sentence *r);
bool quote_said_before(quote_reported_sentence *r);
bool quote_said_by(quote_reported_sentence *r);

#endif
