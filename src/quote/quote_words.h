/* Words of quotations, and how two of them align. */
#ifndef QUOTE_WORDS_H
#define QUOTE_WORDS_H

#include "base_hash.h"
#include "quote.h"

/* A word of a quotation: parts joined by hyphens are one (cease-fire is ceasefire). */
typedef struct quote_word {
    uint32_t key;
    uint32_t begin, end;  /* bytes */
    uint8_t stop;         /* a word of grammar, or shorter than three letters */
    uint8_t sentence_end; /* a sentence mark or an ellipsis stands behind it */
} quote_word;

typedef struct quote_words {
    quote_word *v;
    uint32_t n;
} quote_words;

/* The words of the spans, in arena. */
sst_status quote_words_of(const sst_text *t, const sst_span *spans, uint32_t span_n,
                          sst_arena *arena, quote_words *out);

/*
 * Longest common subsequence of a and b: how many words they share; *lo and *hi: the first and
 * behind the last word of a that b has (may be NULL). Costs a.n * b.n steps, at most
 * ALIGN_CELLS; beyond that only what is equal at both ends counts.
 */
uint32_t quote_align(const quote_words *a, const quote_words *b, sst_arena *scratch, uint32_t *lo,
                     uint32_t *hi);

/* Where the runs of words of a long quotation stand; empty for one that is not long. */
typedef struct quote_runs {
    u64map at;
} quote_runs;

quote_runs quote_runs_of(const quote_words *a, sst_arena *arena);

/* Steps from words a (the fullest version) to b, in arena. runs: of a. */
sst_status quote_diff(const quote_words *a, const quote_words *b, const quote_runs *runs,
                      sst_arena *arena, sst_diff **out, uint32_t *out_n);

#endif
