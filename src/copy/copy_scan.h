/*
 * One text, ready for the search of duplicates: its words, and the sketch of its 5-word runs
 * (grams): those of the grams' hashes that are below COPY_SKETCH_BELOW, and the COPY_SKETCH_LEAST
 * lowest in any case.
 */
#ifndef COPY_SCAN_H
#define COPY_SCAN_H

#include "base_arena.h"
#include "copy_words.h"

/*
 * One gram in eight. Of two articles of 100 words and more that share what a duplicate shares, all
 * sketches of the reuse sets meet; halving it finds the same pairs there, but of a part of 100
 * words in a long article 0.7 per cent would be lost, now 0.005.
 */
#define COPY_SKETCH_BELOW (UINT64_MAX / 8 + 1)

enum {
    /* Two of Jaccard 0.5 have none of their 16 lowest in common once in 65,536. */
    COPY_SKETCH_LEAST = 16
};

typedef struct copy_scan {
    uint64_t *word;   /* hashes */
    sst_span *at;     /* bytes of the text */
    uint64_t *sketch; /* different ones, in no order */
    uint32_t word_n, sketch_n;
    uint32_t full;  /* the sketch holds exactly the grams below COPY_SKETCH_BELOW */
    uint64_t words; /* hash of all words in order */
    uint64_t whole; /* the same with the places of the words */
    uint64_t text;  /* hash of the text as it is */
} copy_scan;

/*
 * The gram of five words: a polynomial of their hashes, stirred; never 0. The polynomial rolls from
 * one gram to the next: what the first word gave is taken away, the next word is added.
 */
#define COPY_GRAM_K 0x9E3779B97F4A7C15u
#define COPY_GRAM_K4 (COPY_GRAM_K * COPY_GRAM_K * COPY_GRAM_K * COPY_GRAM_K)

static inline uint64_t copy_gram_sum(const uint64_t *w)
{
    const uint64_t k = COPY_GRAM_K;
    return (((w[0] * k + w[1]) * k + w[2]) * k + w[3]) * k + w[4];
}

/* The sum of w[1] ... w[5] from that of w[0] ... w[4]. */
static inline uint64_t copy_gram_roll(uint64_t sum, const uint64_t *w)
{
    return (sum - w[0] * COPY_GRAM_K4) * COPY_GRAM_K + w[5];
}

static inline uint64_t copy_gram_stir(uint64_t h)
{
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93u;
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93u;
    h ^= h >> 32;
    return h + !h;
}

static inline uint64_t copy_gram_hash(const uint64_t *w)
{
    return copy_gram_stir(copy_gram_sum(w));
}

/* Grams of n words, with repeats; room for n. Returns how many. */
uint32_t copy_grams_of(const uint64_t *word, uint32_t n, uint64_t *gram);

/* A set of grams that is filled and emptied again and again; owned by one worker. */
typedef struct copy_grams {
    sst_arena *arena;
    uint64_t *key;   /* 0: free */
    uint32_t *place; /* of the gram's first word */
    uint32_t *seen;  /* whatever the user likes; 0 at first */
    uint32_t cap;    /* a power of two */
    uint32_t room;   /* what the memory holds */
} copy_grams;

/* Empties the set and makes room for n grams; false when out of memory. */
bool copy_grams_clear(copy_grams *g, uint32_t n);
/* How many different ones there are among n; COPY_NO_COUNT when out of memory. Empties the set
 * first. */
#define COPY_NO_COUNT UINT32_MAX
uint32_t copy_grams_different(copy_grams *g, const uint64_t *gram, uint32_t n);
/* The slot of a gram, or where it would stand. */
static inline uint32_t copy_grams_slot(const copy_grams *g, uint64_t gram)
{
    uint32_t s = (uint32_t)(gram >> 20) & (g->cap - 1);
    while (g->key[s] && g->key[s] != gram)
        s = (s + 1) & (g->cap - 1);
    return s;
}

/*
 * Reads a text; what it fills lives in arena. set is scratch. every: the sketch holds all grams,
 * for thresholds so low that two articles may share few (COPY_EVERY_BELOW).
 */
sst_status copy_scan_text(sst_str text, bool every, copy_grams *set, sst_arena *arena,
                          copy_scan *out) SST_MUST_CHECK;

/* Two of Jaccard 0.3 have none of 16 lowest in common once in 300; below, nothing is left to
 * chance. */
#define COPY_EVERY_BELOW 0.4

#endif
