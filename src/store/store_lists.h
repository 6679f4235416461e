/*
 * Which articles have a word among their weightiest: lists in tables, of which a batch reads what
 * its own words and times touch. A word is a number of 32 bits.
 *
 *   segment   the lists of some articles, written once and never changed; a batch adds one, and
 *             four of a size are merged into one of the next (a log-structured merge tree)
 *   node      an article in a segment: its place in the order of lists; sign -1 takes back what
 *             another segment says of it (it has another text now, or another twin stands for it)
 *   list      of a word: over all segments, in canonical order, what is taken back left out
 *
 * There are two kinds, in tables alike: word_... of the words by which articles are grouped,
 * line_... of the paragraphs of the pages of outlets (store_lines.c), without pairs.
 *
 *   word_segment   nodes:  list_node ..., in order
 *                  first:  of each block its first word and node
 *                  pairs:  hashes of pairs of rows that got an edge, sorted
 *   word_block     runs of posts, by word and node:  word, n, (node, weight) x n
 *
 *   block 7  | w3 2 (4 .5)(9 .4) | w5 1 (2 .3) | w8 300 (0 .2) ...
 *   block 8  | w8 1014 (812 .2) ...
 *   block 9  | w8 7 ... | w9 ...
 *
 * Only a word's first and last run share a block with other words; runs between fill theirs.
 */
#ifndef STORE_LISTS_H
#define STORE_LISTS_H

#include "store_inner.h"

typedef struct list_key {
    int64_t published;
    uint64_t content;
} list_key;

typedef struct list_node {
    list_key key;
    uint32_t row; /* of article */
    int32_t sign; /* 1, or -1: what another segment says of it is over */
} list_node;

typedef struct list_post {
    uint32_t row; /* of article; 0 where posts are left out */
    float weight;
} list_post;

/* A posting that comes with its word. */
typedef struct list_word {
    uint32_t word, node; /* node: place in the nodes that come with it */
    float weight;
} list_word;

/* The part of a list that somebody asked for. */
typedef struct list_part {
    list_post *v;  /* base_malloc */
    list_key *key; /* of each, base_malloc */
    uint32_t n, cap;
    /* Posts of the whole list when it was read whole; else a number that it does not fall below. */
    uint32_t all;
    bool whole;
} list_part;

typedef struct list_segment {
    int64_t id;
    list_node *nodes;
    uint32_t *first; /* of each block: word, node */
    uint32_t *block; /* the one read last */
    uint32_t node_n, gone_n, block_n, pair_n;
    uint32_t block_at, block_len; /* its number, UINT32_MAX none; numbers in it */
    uint32_t run_at;              /* a run in it: words asked for ascend */
    uint32_t *want;               /* places of the keys that are asked for: lists_want */
} list_segment;

/* Statements on the tables of one kind of lists. */
typedef struct lists_tables {
    const char *segments, *segment_table, *newest, *pairs, *put_segment, *put_pairs, *drop_segment;
    const char *block, *put_block, *drop_blocks;
} lists_tables;
extern const lists_tables lists_of_words, lists_of_lines;

typedef struct store_lists {
    const lists_tables *tables;
    SST_VEC(list_segment *) v;
    sst_arena arena;    /* of v, and of what is asked for */
    uint64_t *bits;     /* which pairs may have an edge; base_malloc */
    uint32_t bit_log;   /* bits: 1 << bit_log */
    uint64_t bit_pairs; /* pairs that set one */
    const list_key *want;
    uint32_t want_n;
} store_lists;

/* Reads what segments there are, those alone that it does not know yet. Inside a transaction. */
sst_status lists_open(store *s, store_lists *l) SST_MUST_CHECK;
void lists_release(store_lists *l);

int lists_order(const list_key *a, const list_key *b);

/* The keys, in order, around which lists_read is going to be asked; they stay as they are until
 * the next call. */
sst_status lists_want(store_lists *l, const list_key *key, uint32_t n) SST_MUST_CHECK;

/*
 * The list of a word around the keys at places want[0 .. n) (ascending, of lists_want; n 0: all):
 * `around` posts and more on either side of each, where so many are; or the whole list. Where posts
 * between two are left out, `around` places with row 0 stand for them. Words of one batch ascend.
 */
sst_status lists_read(store *s, store_lists *l, uint32_t word, const uint32_t *want, uint32_t n,
                      uint32_t around, sst_arena *scratch, list_part *out) SST_MUST_CHECK;
void lists_part_release(list_part *p);
/* How many posts it has. */
uint64_t lists_total(store *s, store_lists *l, uint32_t word);

/* Does the list of a word pair two articles that stand in it: is it short, or are they near? */
bool lists_pair(store *s, store_lists *l, uint32_t word, const list_key *a, const list_key *b);

/* A segment of the batch at hand: nodes in order, posts in any. Lists have it from now on. */
sst_status lists_add(store *s, store_lists *l, const list_node *nodes, uint32_t node_n,
                     list_word *posts, uint32_t post_n) SST_MUST_CHECK;
/* A pair of the batch at hand got an edge: lists_may says so from now on. */
void lists_may_now(store_lists *l, uint32_t hash);
/* The end of a batch: its pairs (sorted in place) are written, segments of a size are merged. */
sst_status lists_settle(store *s, store_lists *l, uint32_t *pairs, uint32_t pair_n) SST_MUST_CHECK;

/* One number for each pair of rows. */
static inline uint32_t lists_pair_hash(uint32_t a, uint32_t b)
{
    uint64_t h = hash_mix(a < b ? a : b, a < b ? b : a);
    return (uint32_t)(h ^ h >> 29);
}

/* May two rows have an edge? false: they have none. */
static inline bool lists_may(const store_lists *l, uint32_t a, uint32_t b)
{
    if (!l->bits)
        return false;
    uint32_t at = lists_pair_hash(a, b) >> (32 - l->bit_log);
    return l->bits[at / 64] >> at % 64 & 1;
}

/* store_lists.c, for store_lists_read.c and store_lists_merge.c: the numbers of a block; NULL after
 * a failure. */
const uint32_t *lists_block(store *s, const lists_tables *t, list_segment *x, uint32_t number,
                            uint32_t *len);
/* A segment of which nothing is known but its id and counts. NULL: out of memory. */
list_segment *lists_segment(int64_t id, uint32_t node_n, uint32_t block_n);
void lists_segment_free(list_segment *x);
/* What the tables say cannot be: the handle keeps it as the cause. */
sst_status lists_damaged(store *s);

enum {
    /* A block and its cell's head fill a page of 8,192 bytes, less what a leaf keeps for itself. */
    LIST_HEAD = 2,    /* numbers before the posts of a run */
    LIST_FULL = 1014, /* posts of a run that fills a block */
    LIST_NUMBERS = LIST_HEAD + 2 * LIST_FULL
};

#endif
