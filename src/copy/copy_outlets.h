/* The table of outlets: data/outlets.csv, compiled in by tools/gen_outlets.py. */
#ifndef COPY_OUTLETS_H
#define COPY_OUTLETS_H

#include "base_str.h"

typedef struct copy_outlet {
    const char *domain, *outlet, *owner; /* owner: "" when unknown */
    unsigned char agency;                /* a news agency */
} copy_outlet;

extern const copy_outlet copy_outlets[]; /* in byte order of the domain */
extern const unsigned copy_outlet_n;

/* The registered domain of a host or URL: its last two labels, three when the last two are short
 * ("co.uk"); empty when there is none. */
sst_str copy_domain(sst_str url);

/* The outlet of an address, or of a name as it is printed ("The Guardian", "guardian"), NULL when
 * the table has none. Either may be empty; the address goes first. */
const copy_outlet *copy_outlet_find(sst_str url, sst_str name);

#endif
