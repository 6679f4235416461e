/*
 * The graph of a writer: which articles are alike, kept as articles come and go. It stands in the
 * tables; in memory is what a batch touches.
 *
 *   node    an article: time, content, id, its edges; read when it is first looked at
 *   list    of a word: the nodes that have it among their STORY_TOP weightiest, in canonical order
 *           (story_order); of a batch, and only what stands near its articles (store_lists.h)
 *   twins   nodes with the same title, text and time: a chain; the first by id stands in the lists
 *           for all
 *   tie     a link whose two articles are there (store_links.c)
 */
#ifndef STORE_GRAPH_H
#define STORE_GRAPH_H

#include "store_lists.h"
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
    story_word *top; /* by key; NULL: not asked for yet (graph_top) */
    uint32_t row, top_n, word_n;
    uint32_t twin; /* the next of the chain, 0 the last */
    bool there, listed;
    bool tied;
    bool dirty;               /* near is to be written */
    SST_VEC(graph_near) near; /* both ways */
} graph_node;

/* What a batch has of a list. */
typedef struct graph_list {
    list_post *v; /* base_malloc */
    uint32_t n, cap;
    uint32_t all; /* posts of the whole list, or so many at least */
    bool whole;   /* v is all of it */
} graph_list;

/* Features of articles that were asked for; emptied when it is full. */
typedef struct graph_cache {
    sst_arena arena;
    u64map of; /* row -> place in v */
    SST_VEC(story_features) v;
} graph_cache;

/* Of a row: the number of the last node whose candidate it was, what the two have in common. */
typedef struct graph_mark {
    uint32_t round;
    float sum;
} graph_mark;

struct store_graph {
    sst_arena arena;    /* of nodes */
    int64_t generation; /* of the database that it shows */
    u64map node_of;     /* row -> place in nodes */
    SST_VEC(graph_node *) nodes;
    graph_node none; /* what is returned after a failure */
    u64map chain_of; /* content -> first twin, of those that were asked for */
    graph_cache cache;
    story_probe probe;
    sst_arena probe_arena;
    store_lists lists, lines; /* of words; of the paragraphs of outlets (store_lines.c) */
    /* of the batch at hand */
    u64map list_of; /* word -> place in list */
    SST_VEC(graph_list) list;
    list_key *key;    /* of rows in lists; base_malloc */
    graph_mark *mark; /* by row; base_malloc */
    uint32_t row_n, round;
    bool has_links; /* the database has any */
};

/* A node; read from the tables when it is not there. Never NULL: the handle keeps the cause. */
graph_node *graph_at(store *s, uint32_t row);
/* Begins a piece of work: forgets what another writer may have changed. Inside a transaction. */
sst_status graph_ready(store *s) SST_MUST_CHECK;
int graph_before(store *s, uint32_t a, uint32_t b);
/* The words of features, by key. */
sst_status graph_set_top(store_graph *g, graph_node *x, const story_features *f) SST_MUST_CHECK;
/* The same from the tables, when it has none yet. */
void graph_top(store *s, graph_node *x);
void graph_chain_add(store *s, uint32_t row);
void graph_chain_drop(store *s, uint32_t row);
/* The first twin of a content, 0 none. */
uint32_t graph_chain(store *s, uint64_t content);
/* store_links.c: the articles that links tie a node to. */
typedef struct graph_tie {
    uint32_t row;
    bool must;
} graph_tie;
typedef struct graph_ties {
    SST_VEC(graph_tie) v;
} graph_ties;
void graph_ties_of(store *s, sst_str uid, sst_arena *arena, graph_ties *out);
/* What is told of an article (which other it is most like, a link) may be another: its story is to
 * be made anew. */
void graph_tell_anew(store *s, uint32_t row);
/* Is it tied now? */
void graph_set_tied(store *s, graph_node *x);
/* Room for what is kept by row, up to that of the newest article. */
sst_status graph_rows_room(store *s) SST_MUST_CHECK;

/* Its edges, into article_words. */
void graph_write_near(store *s, graph_node *x);
/* Features of a row, in the cache until the next call. */
const story_features *graph_features(store *s, uint32_t row);

/* store_lines.c: a page in the lists of lines, and a line there. The same page again has the same
 * key: what goes and comes as it was is taken out of both. */
list_key store_page_key(uint32_t row, int64_t outlet, sst_str lines);
uint32_t store_line_word(uint64_t key);

/* store_near.c: lists and edges after nodes were taken out of the lists (with the words that they
 * had) and put in. touched: rows whose edges changed are added to it. */
typedef struct graph_out {
    uint32_t row;
    list_key key;
    const story_word *top;
    uint32_t top_n;
} graph_out;
typedef struct graph_rows {
    SST_VEC(uint32_t) v;
} graph_rows;
sst_status graph_move(store *s, const graph_out *out, uint32_t out_n, const uint32_t *in,
                      uint32_t in_n, const store_node *put, uint32_t put_n, sst_arena *scratch,
                      graph_rows *touched) SST_MUST_CHECK;
/* store_near_pairs.c: all edges of a node. */
void graph_drop_edges(store *s, graph_node *x, sst_arena *scratch, graph_rows *touched);

#endif
