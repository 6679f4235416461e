/* Names of agencies and outlets: are two the same, and where does a text credit one? */
#ifndef COPY_CREDIT_H
#define COPY_CREDIT_H

#include "text.h"

/* Are two names one organisation's: the same but for "the", or one the initials of the other? */
bool copy_same_name(sst_str a, sst_str b);

/* Place of the article's agency in its text, empty when it is not a part of it. */
sst_span copy_agency_at(const sst_text *t);

/* Where a byline or credit of the text names the agency or outlet; empty when none does. */
sst_span copy_credited_at(const sst_text *t, sst_str name);

#endif
