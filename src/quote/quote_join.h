/* Quotations of a story, and the groups they join: quote_join.c, quote_utterance.c. */
#ifndef QUOTE_JOIN_H
#define QUOTE_JOIN_H

#include "base_hash.h"
#include "quote_pair.h"
#include "quote_role.h"

enum {
    QUOTE_CANDIDATES_MAX = 6, /* utterances that one quotation is aligned with */
    QUOTE_STRANGER_PERCENT =
        80 /* of its words that must stand there when the named speakers differ */
};

typedef struct quote_item {
    uint32_t article, quote;
    sst_spans content;
    quote_words words;
    uint32_t person; /* of the cast */
    sst_str called;  /* unnamed speaker */
    bool doubtful;
    bool indirect;
    bool segment; /* a part of a quotation with an ellipsis */
    bool alone;   /* no other part of it is in the same group */
    bool first;   /* the first part of it */
    bool joined;  /* a part of it is listed under another utterance as well */
    bool others;  /* another part is in another group */
    uint32_t group;
    uint32_t lo, hi; /* words of the group's base that it covers */
} quote_item;

typedef struct quote_group {
    uint32_t base; /* the item that the others are compared with */
    SST_VEC(uint32_t) items;
} quote_group;

typedef struct quote_posting {
    uint32_t group, next;
    uint32_t at; /* word of the group's base */
} quote_posting;

typedef struct quote_joiner {
    sst_arena *arena, scratch;
    const sst_quotes *const *quotes;
    const sst_cast *cast;
    const quote_who *const *who; /* of article a, quotation q */
    SST_VEC(quote_item) items;
    SST_VEC(quote_group) groups;
    SST_VEC(quote_posting) postings;
    u64map shingles; /* -> newest posting */
    u64map words;    /* of bases -> newest posting */
    u64map shingle_n, word_n;
    u64map placed; /* quotation -> group of the first of its parts that found one */
} quote_joiner;

typedef struct quote_candidate {
    uint32_t group, shared;
    int64_t hint;   /* where x begins in the base, by most of what they share */
    uint32_t votes; /* for it */
} quote_candidate;

/* An ellipsis, of one character or of full stops. */
bool quote_is_ellipsis(const sst_text *t, uint32_t i);

/* Makes items of a quotation: one, or its parts at ellipses. */
void quote_join_add(quote_joiner *j, uint32_t article, uint32_t quote);

/* Longest first; scratch has room for n. */
void quote_join_sort(quote_item *v, uint32_t n, quote_item *scratch);

/* Puts item i into the group it is a version of, or makes one. */
void quote_join_item(quote_joiner *j, uint32_t i);

/* The same for indirect speech, which makes no group. */
void quote_join_indirect(quote_joiner *j, uint32_t i);

/* The groups that share most shingles (or words) with x, the best first; how many, at most
 * QUOTE_CANDIDATES_MAX. */
uint32_t quote_join_candidates(quote_joiner *j, const quote_item *x, bool by_word,
                               quote_candidate *out);

quote_kin quote_join_kin(const quote_joiner *j, const quote_item *a, const quote_item *b);

/* The words of a long quotation near where the n words of another begin to match (hint); *from is
 * the first of them. */
quote_words quote_join_near(const quote_words *base, int64_t hint, uint32_t n, uint32_t *from);

/* quote_utterance.c, for quote_merge.c too. A version while its utterance is made. */
typedef struct quote_printed {
    sst_occurrence o;
    quote_words words;
    bool joined; /* it belongs to another utterance as well */
} quote_printed;

/* Is x, which comes later, what others should be compared with rather than `full`? */
bool quote_is_fuller(const sst_quotes *const *quotes, const quote_printed *x,
                     const quote_printed *full);
/* Says how o differs from the fullest version; base, mine: the words of both; runs:
 * of base. */
void quote_type_change(const sst_quotes *const *quotes, const sst_utterance *u, sst_occurrence *o,
                       const quote_words *base, const quote_runs *runs, const quote_words *mine,
                       bool joined, sst_arena *arena);
/* Marks the versions that were published first, when others were published later. */
void quote_mark_first(const sst_quotes *const *quotes, sst_utterance *u);

#endif
