/* Articles that are the same or nearly: pairs, confirmed exactly, and groups. */
#ifndef COPY_PAIRS_H
#define COPY_PAIRS_H

#include <stdatomic.h>

#include "copy.h"
#include "copy_store.h"

typedef enum copy_kind {
    COPY_SAME = 1, /* the same words in the same order */
    COPY_EDITED,   /* one report, changed */
    COPY_REPRINT,  /* under another headline or in another outlet; cut, extended or as it was */
    COPY_PART,     /* the shorter one stands in the longer one */
    COPY_TEMPLATE, /* the same wording with other figures: two reports, not one */
    COPY_SHORT     /* too few words to tell */
} copy_kind;

/* Share of the shorter one's grams that makes it a part of the longer one. */
#define COPY_PART_CONTAINED 0.8

enum { COPY_KIND_LAST_DUPLICATE = COPY_PART };

typedef struct copy_pair {
    uint32_t a, b; /* articles; a before b by id */
    uint32_t shared;
    double jaccard, containment;
    sst_span run_a, run_b; /* a run of words that both have, the longest that was met */
    uint32_t run;          /* its words */
    uint8_t kind;          /* copy_kind */
    uint8_t direction;     /* sst_direction */
    uint8_t by;            /* copy_evidence of the direction */
} copy_pair;

/* One report: the head, and articles that are each confirmed against it. */
typedef struct copy_group {
    uint32_t *articles; /* by id */
    uint32_t article_n;
    uint32_t head;
} copy_group;

typedef struct copy_duplicates {
    const copy_store *store;
    copy_pair *pairs; /* by id of a, then of b */
    size_t pair_n;
    copy_group *groups; /* by id of the first article */
    uint32_t group_n;
    uint32_t *group_of;  /* of each article, or COPY_NONE */
    uint32_t given_n;    /* articles given again under one id: each counts once */
    uint32_t unlisted_n; /* articles with equal words whose pairs are listed with the first alone */
    uint64_t
        heavy_n; /* grams of compared articles in more than COPY_MANY_TEXTS: they do not count */
} copy_duplicates;

/* Articles whose sketches meet as often as those of a pair do: later << 32 | earlier, by number. */
typedef struct copy_candidates {
    uint64_t *v;
    size_t n;
} copy_candidates;

/*
 * Candidates among the articles first[0, first_n), of which no two are twins, those of one article
 * together; the postings of the store are used up.
 */
sst_status copy_find_candidates(copy_store *s, const uint32_t *first, uint32_t first_n,
                                double jaccard, uint32_t threads, sst_arena *arena,
                                const atomic_int *stop, copy_candidates *out) SST_MUST_CHECK;

/* The candidates that are pairs, in no order. heavy: grams that do not count. */
sst_status copy_find_pairs(copy_store *s, const copy_candidates *candidates, double jaccard,
                           uint32_t threads, const u64map *heavy, sst_arena *arena,
                           const atomic_int *stop, copy_pair **out, size_t *out_n) SST_MUST_CHECK;

/*
 * All pairs with a Jaccard coefficient of at least `jaccard`, or of which one stands in the other.
 * Lives in arena. Ends early with SST_ERR_STOPPED when *stop is set.
 */
sst_status copy_find_duplicates(copy_store *store, double jaccard, uint32_t threads,
                                sst_arena *arena, const atomic_int *stop,
                                copy_duplicates *out) SST_MUST_CHECK;

/* Which article of a group stands for it. */
typedef enum copy_show {
    COPY_SHOW_FIRST = 0, /* earliest published; unknown times last; then by id */
    COPY_SHOW_LAST,
    COPY_SHOW_LONGEST /* most words; then the first */
} copy_show;
uint32_t copy_group_shown(const copy_store *s, const copy_group *g, copy_show how);

#endif
