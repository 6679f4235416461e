/*
 * The table of outlets: which publisher owns an outlet, and is it an agency? data/outlets.csv is
 * compiled in (tools/gen_outlets.py); a user's own table goes over it.
 *
 *   domain,outlet,owner,country,agency      apnews.com,Associated Press,Associated Press,US,yes
 *
 * agency is yes, no, empty (unknown) or host: a place that shows reports of others under its own
 * domain (an aggregator, a platform). A row is found by its domain, the domains below it, and the
 * outlet's name. What is not in the table is unknown, and nothing follows from it.
 */
#ifndef COPY_OUTLETS_H
#define COPY_OUTLETS_H

#include "base_hash.h"
#include "base_str.h"

typedef struct copy_outlet {
    sst_str domain;  /* lower case; empty where the row goes by its name alone */
    sst_str outlet;  /* as it calls itself */
    sst_str owner;   /* empty: unknown */
    sst_str country; /* ISO 3166, two letters; empty: unknown */
    bool agency;     /* other outlets print its reports */
    bool host;       /* it shows reports of others under its own domain, which makes no family */
} copy_outlet;

/* Rows of data/outlets.csv, in byte order of the domain. */
typedef struct copy_outlet_row {
    const char *domain, *outlet, *owner, *country;
    unsigned char agency, host;
} copy_outlet_row;
extern const copy_outlet_row copy_outlet_rows[];
extern const unsigned copy_outlet_row_n;

/* The table in use. Lives in its arena. Threads may look things up at the same time. */
typedef struct copy_outlets {
    sst_arena arena;
    SST_VEC(copy_outlet) v;
    strmap by_domain, by_name; /* of names: lower case, without "the" */
} copy_outlets;

/* The built-in rows. */
sst_status copy_outlets_init(copy_outlets *t) SST_MUST_CHECK;
void copy_outlets_release(copy_outlets *t);

/*
 * Adds the rows of a table (CSV as of RFC 4180, UTF-8). The first line may name the columns, in any
 * order; without it they are those above. A row takes the place of the row of its domain (without a
 * domain: of its name). SST_ERR_INPUT: *line is the first bad line (from 1), *why what to do; rows
 * before it are in.
 */
sst_status copy_outlets_add(copy_outlets *t, sst_str csv, uint32_t *line,
                            const char **why) SST_MUST_CHECK;

/* The outlet of an address, or of a name as it is printed ("The Guardian", "guardian"), NULL when
 * the table has none (or t is NULL). Either may be empty; the address goes first. */
const copy_outlet *copy_outlet_find(const copy_outlets *t, sst_str url, sst_str name);

#endif
