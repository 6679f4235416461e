/*
 * The graph of a writer in memory: which articles are alike, kept as articles come and go.
 *
 *   node    an article: time, content, id, its STORY_TOP weightiest words by key, its edges
 *   list    of a word: the nodes that have it among those, in canonical order (story_order)
 *   twins   nodes with the same title, text and time: a chain; the first by id stands in the lists
 *           for all
 */
#ifndef STORE_GRAPH_H
#define STORE_GRAPH_H

#include "store_inner.h"
#include "story_edges.h"
#include "story_grain.h"
#include "story_index.h"

typedef struct graph_near {
    uint32_t row;
    float weight;
} graph_near;

typedef struct graph_node {
    int64_t published;
    uint64_t content;
    sst_str uid;
    int64_t story;
    story_word *top; /* by key */
    uint32_t top_n, word_n;
    uint32_t twin; /* the next of the chain, 0 the last */
    bool there, listed;
    bool dirty;               /* near is to be written */
    SST_VEC(graph_near) near; /* both ways, by row */
} graph_node;

typedef struct graph_post {
    uint32_t row;
    float weight;
} graph_post;

typedef struct graph_list {
    graph_post *v; /* base_malloc */
    uint32_t n, cap;
} graph_list;

/* Features of articles that were asked for; emptied when it is full. */
typedef struct graph_cache {
    sst_arena arena;
    u64map of; /* row -> place in v */
    SST_VEC(story_features) v;
} graph_cache;

/*
 * Which pairs of rows may have an edge: a bit for the hash of each pair that got one. A list that
 * grows pushes thousands of pairs apart, and looking up each in its node's edges is a miss of the
 * cache; the bits of a million articles fit into it.
 */
typedef struct graph_pairs {
    uint64_t *bits;     /* base_malloc */
    uint64_t n, edge_n; /* bits, a power of two; edges since they were made */
} graph_pairs;

/* Of a row: the number of the last node whose candidate it was, what the two have in common. */
typedef struct graph_mark {
    uint32_t round;
    float sum;
} graph_mark;

struct store_graph {
    sst_arena arena;
    graph_pairs pairs;
    int64_t generation; /* of the database that it shows */
    graph_node *node;   /* by row; base_malloc */
    uint32_t node_n, node_cap;
    u64map list_of; /* key -> place in lists */
    SST_VEC(graph_list) lists;
    u64map chain_of; /* content -> first twin */
    graph_cache cache;
    story_probe probe;
    /* of the piece of work at hand */
    graph_mark *mark; /* by row; base_malloc */
    uint32_t mark_n, round;
};

static inline graph_node *graph_at(const store_graph *g, uint32_t row)
{
    return &g->node[row];
}

/* Reads the graph, or finds that it is as the database is. Inside a transaction. */
sst_status graph_ready(store *s) SST_MUST_CHECK;
/* Room for a row. */
sst_status graph_reserve(store_graph *g, uint32_t row) SST_MUST_CHECK;
int graph_before(const store_graph *g, uint32_t a, uint32_t b);
/* The words of features or of a row, by key. */
sst_status graph_set_top(store_graph *g, graph_node *x, const story_features *f) SST_MUST_CHECK;
/* Puts a node into the lists of its words at load time: behind all that are there. */
sst_status graph_append(store_graph *g, uint32_t row) SST_MUST_CHECK;
void graph_chain_add(store_graph *g, uint32_t row);
void graph_chain_drop(store_graph *g, uint32_t row);
/* The first twin of a content, 0 none. */
uint32_t graph_chain(const store_graph *g, uint64_t content);

/* An edge came. */
sst_status graph_pairs_add(store_graph *g, uint32_t a, uint32_t b) SST_MUST_CHECK;
/* May there be an edge? false: there is none. */
static inline bool graph_pairs_may(const store_graph *g, uint32_t a, uint32_t b)
{
    uint64_t h = hash_mix(a < b ? a : b, a < b ? b : a);
    uint64_t at = (h ^ h >> 29) & (g->pairs.n - 1);
    return g->pairs.n && (g->pairs.bits[at / 64] >> at % 64 & 1);
}

/* Its edges with earlier rows, into article_words. */
void graph_write_near(store *s, uint32_t row);
/* Features of a row, in the cache until the next call. */
const story_features *graph_features(store *s, uint32_t row);

/* store_near.c: lists and edges after nodes were taken out of the lists (with the words that they
 * had) and put in. touched: rows whose edges changed are added to it. */
typedef struct graph_out {
    uint32_t row;
    const story_word *top;
    uint32_t top_n;
} graph_out;
typedef struct graph_rows {
    SST_VEC(uint32_t) v;
} graph_rows;
sst_status graph_move(store *s, const graph_out *out, uint32_t out_n, const uint32_t *in,
                      uint32_t in_n, const store_node *put, uint32_t put_n, sst_arena *scratch,
                      graph_rows *touched) SST_MUST_CHECK;
void graph_drop_edges(store_graph *g, uint32_t row, sst_arena *scratch, graph_rows *touched);

#endif
