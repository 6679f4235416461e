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

/* What copy_same_agency asks for of an article's outlet and agency, looked up once. */
typedef struct copy_bearer {
    const sst_article *article;
    sst_str outlet;                           /* copy_outlet_name */
    const copy_outlet *by_outlet, *by_agency; /* rows of the table by those names, or NULL */
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

/*
 * Does `reader`, of `by`, credit the outlet of `source`, or the agency that it is? *at: where;
 * empty when a field of the article says it.
 */
bool copy_credits(const sst_text *reader, const copy_bearer *by, const copy_bearer *source,
                  sst_span *at);

/* Have both one agency that is neither's outlet? */
bool copy_one_agency(const copy_bearer *a, const copy_bearer *b);

#endif
