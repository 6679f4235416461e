/* Whom an unnamed speaker of one report is in another of the story: quote_role.c. */
#ifndef QUOTE_ROLE_H
#define QUOTE_ROLE_H

#include "base_hash.h"
#include "quote.h"

typedef struct quote_holder {
    uint32_t person; /* of the cast; UINT32_MAX: more than are kept */
    uint32_t next;   /* who else has an office by that noun, or UINT32_MAX */
} quote_holder;

/* The offices of a story's persons, as its reports give them. */
typedef struct quote_roles {
    const sst_cast *cast;
    u64map noun; /* of an office -> newest in holder */
    u64map said; /* (person, noun of an office, a word beside it) */
    SST_VEC(quote_holder) holder;
} quote_roles;

/* texts: unpacked, in the story's order. Lives in arena. */
sst_status quote_roles_make(const sst_quotes *const *quotes, uint32_t n, const sst_cast *cast,
                            sst_arena *arena, quote_roles *out) SST_MUST_CHECK;

/*
 * The one person of the cast whom the description at `called` can mean: somebody has an office by
 * its noun and by all its other words, and nobody else has. UINT32_MAX for none. *definite: it
 * tells of somebody known ("the governor", "its chief executive"), not of "a judge".
 */
uint32_t quote_role_of(const quote_roles *r, const sst_text *t, sst_span called, bool *definite);

/* Who says a quotation, as the whole story knows it. */
typedef struct quote_who {
    uint32_t person; /* of the cast; UINT32_MAX: not named */
    uint32_t may;    /* who it may be, and nobody else: "a judge"; else UINT32_MAX */
} quote_who;

/* Of every quotation of a story: [article][quotation]. NULL when memory is short (arena->failed).
 */
const quote_who *const *quote_who_says(const sst_quotes *const *quotes, uint32_t n,
                                       const sst_cast *cast, sst_arena *arena);

#endif
