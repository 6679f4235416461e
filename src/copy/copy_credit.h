/* Names of agencies and outlets: are two the same, and where does a text credit one? */
#ifndef COPY_CREDIT_H
#define COPY_CREDIT_H

#include "copy_outlets.h"
#include "text.h"

/* Are two names one organisation's: the same but for "the", or one the initials of the other? */
bool copy_same_name(sst_str a, sst_str b);

/* The same, or names that the table has for one agency ("AFP", "Agence France-Presse"). */
bool copy_same_agency(const copy_outlets *known, sst_str a, sst_str b);

/* Where the report was published first: where the source is that a feed names, else its own
 * address; the address of an aggregator says nothing. */
sst_str copy_address(const sst_article *a);

/* What the article's outlet is called: by the table, else as the article says; may be empty. */
sst_str copy_outlet_name(const copy_outlets *known, const sst_article *a);

/* A name as names are compared. */
typedef struct copy_name {
    sst_str all, plain; /* plain: without "the" */
    char capitals[16];  /* of several words; none of one */
    uint8_t capital_n;
} copy_name;

/*
 * Which runs of three bytes a text has, as bits of their hashes: a name with a run that is not
 * there does not stand in it. A text of 3 KB has a third of the bits.
 */
enum { COPY_RUN_BITS = 12 };

typedef struct copy_runs {
    uint64_t bit[(1 << COPY_RUN_BITS) / 64];
} copy_runs;

void copy_runs_mark(copy_runs *x, sst_str s);

/* What is asked of an article for each pair that it is in, looked up once. */
typedef struct copy_bearer {
    const sst_article *article;
    sst_str outlet;              /* copy_outlet_name */
    copy_name own, name, agency; /* of the article's outlet, of that one, of its agency */
    const copy_outlet *by_outlet, *by_agency; /* rows of the table by those names, or NULL */
    bool has_credits;                         /* a byline or a line of credits */
    bool has_signs;                           /* a ">" or "|" in its text, as quoted lines have */
    const copy_runs *runs;                    /* of its text, or NULL: every name may stand there */
} copy_bearer;

copy_bearer copy_bearer_of(const copy_outlets *known, const sst_article *a);

/* Place of the article's agency in its text, empty when it is not a part of it. */
sst_span copy_agency_at(const sst_text *t);

/* Where a byline or credit of the text names the agency or outlet; empty when none does. */
sst_span copy_credited_at(const sst_text *t, sst_str name);

/*
 * Where the running text names the outlet ("told the Marrow Post"); empty when it does not. Names
 * of one word are passed over: "Metro", "The Times" and "Bild" are words.
 */
sst_span copy_named_at(const sst_text *t, sst_str name);

/* The same of the text of `by` and the outlet of `other`. */
sst_span copy_names(const sst_text *t, const copy_bearer *by, const copy_bearer *other);

/* copy_same_name of the two articles' outlets. */
bool copy_same_outlet(const copy_bearer *a, const copy_bearer *b);

/*
 * Does `reader`, of `by`, credit the outlet of `source`, or the agency that it is? *at: where;
 * empty when a field of the article says it.
 */
bool copy_credits(const sst_text *reader, const copy_bearer *by, const copy_bearer *source,
                  sst_span *at);

/* Have both one agency that is neither's outlet? */
bool copy_one_agency(const copy_bearer *a, const copy_bearer *b);

#endif
