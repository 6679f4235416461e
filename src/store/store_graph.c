/*
 * The graph of a writer: its nodes, how it is read from the tables and written to them. See
 * store_graph.h for what it is, store_pieces.c for what is done with it.
 *
 * Cost: reading takes one pass over article_words; a change takes what it touches, and a walk over
 * the lists of the words of what came (eight bytes a posting).
 */
#include "store_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base_alloc.h"
#include "base_str.h"

enum {
    CACHE_BYTES = 96 * 1024 * 1024, /* of features: some 40,000 articles */
    FIRST_NODES = 1024
};

/* ---------------------------------------------------------------------------------------- nodes */

int graph_before(const store_graph *g, uint32_t a, uint32_t b)
{
    const graph_node *x = graph_at(g, a), *y = graph_at(g, b);
    if (x->published != y->published) /* nearly always; the rest is told by story_order */
        return x->published < y->published ? -1 : 1;
    story_features f = {.published = x->published, .content = x->content};
    story_features h = {.published = y->published, .content = y->content};
    return story_order(&f, x->uid, &h, y->uid);
}

sst_status graph_reserve(store_graph *g, uint32_t row)
{
    if (row >= g->node_cap) {
        uint32_t cap = g->node_cap ? g->node_cap : FIRST_NODES;
        while (cap <= row)
            cap *= 2;
        graph_node *v = base_realloc(g->node, (size_t)cap * sizeof *v);
        if (!v)
            return SST_ERR_MEMORY;
        memset(v + g->node_cap, 0, (size_t)(cap - g->node_cap) * sizeof *v);
        g->node = v;
        g->node_cap = cap;
    }
    if (row >= g->node_n)
        g->node_n = row + 1;
    return SST_OK;
}

static int by_key(const void *p, const void *q)
{
    const story_word *a = p, *b = q;
    return a->key < b->key ? -1 : a->key > b->key;
}

sst_status graph_set_top(store_graph *g, graph_node *x, const story_features *f)
{
    x->top = arena_alloc(&g->arena, ((size_t)f->top_n + 1) * sizeof *x->top);
    if (!x->top)
        return g->arena.failed;
    for (uint32_t k = 0; k < f->top_n; k++)
        x->top[k] = (story_word){f->v[f->top[k]].key, f->v[f->top[k]].weight};
    x->top_n = f->top_n;
    qsort(x->top, x->top_n, sizeof *x->top, by_key);
    return SST_OK;
}

sst_status graph_append(store_graph *g, uint32_t row)
{
    const graph_node *x = graph_at(g, row);
    for (uint32_t k = 0; k < x->top_n; k++) {
        int fresh;
        uint32_t *at = u64map_add(&g->arena, &g->list_of, x->top[k].key, g->lists.n, &fresh);
        graph_list *l = !at ? NULL : fresh ? vec_push(&g->arena, &g->lists) : &g->lists.v[*at];
        if (!l)
            return SST_ERR_MEMORY;
        if (l->n == l->cap) {
            uint32_t cap = l->cap ? l->cap * 2 : 2;
            graph_post *v = base_realloc(l->v, (size_t)cap * sizeof *v);
            if (!v)
                return SST_ERR_MEMORY;
            l->v = v;
            l->cap = cap;
        }
        l->v[l->n++] = (graph_post){row, x->top[k].weight};
    }
    return SST_OK;
}

uint32_t graph_chain(const store_graph *g, uint64_t content)
{
    const uint32_t *first = u64map_find(&g->chain_of, content);
    return first ? *first : 0;
}

void graph_chain_add(store_graph *g, uint32_t row)
{
    graph_node *x = graph_at(g, row);
    int fresh;
    uint32_t *first = u64map_add(&g->arena, &g->chain_of, x->content, 0, &fresh);
    if (!first)
        return; /* told by the arena */
    x->twin = *first;
    *first = row;
}

void graph_chain_drop(store_graph *g, uint32_t row)
{
    graph_node *x = graph_at(g, row);
    uint32_t *at = u64map_find(&g->chain_of, x->content);
    while (at && *at && *at != row)
        at = &graph_at(g, *at)->twin;
    if (at && *at)
        *at = x->twin;
    x->twin = 0;
}

/* ---------------------------------------------------------------------------------------- pairs */

enum {
    FIRST_PAIRS = 1 << 16,
    PAIR_BITS = 16 /* for each edge: one in 16 pairs without an edge is looked up for nothing */
};

static void set_pair(store_graph *g, uint32_t a, uint32_t b)
{
    uint64_t h = hash_mix(a < b ? a : b, a < b ? b : a);
    uint64_t at = (h ^ h >> 29) & (g->pairs.n - 1);
    g->pairs.bits[at / 64] |= (uint64_t)1 << at % 64;
    g->pairs.edge_n++;
}

sst_status graph_pairs_add(store_graph *g, uint32_t a, uint32_t b)
{
    graph_pairs *p = &g->pairs;
    if (p->edge_n * PAIR_BITS >= p->n) { /* anew from the edges that there are */
        uint64_t n = p->n ? p->n * 2 : FIRST_PAIRS;
        uint64_t *bits = base_realloc(p->bits, (size_t)(n / 8));
        if (!bits)
            return SST_ERR_MEMORY;
        memset(bits, 0, (size_t)(n / 8));
        *p = (graph_pairs){.bits = bits, .n = n};
        for (uint32_t row = 0; row < g->node_n; row++)
            for (uint32_t k = 0; k < g->node[row].near.n; k++)
                if (g->node[row].near.v[k].row < row)
                    set_pair(g, g->node[row].near.v[k].row, row);
    }
    set_pair(g, a, b);
    return SST_OK;
}

/* -------------------------------------------------------------------------------- in the tables */

typedef struct packed_word { /* of article_words.top */
    uint32_t key;
    float weight;
} packed_word;

void store_write_words(store *s, uint32_t row, const story_features *f)
{
    packed_word top[STORY_TOP];
    sst_arena scratch;
    sst_str words = {"", 0};
    arena_init(&scratch, 0);
    for (uint32_t k = 0; k < f->top_n; k++)
        top[k] = (packed_word){f->v[f->top[k]].key, f->v[f->top[k]].weight};
    if (story_pack(f, &scratch, &words))
        store_no_memory(s);
    sqlite3_stmt *st = store_sql(s, "INSERT OR REPLACE INTO article_words"
                                    "(article, content, word_n, top, near) VALUES (?,?,?,?,x'')");
    store_bind(st, 1, row);
    store_bind(st, 2, (int64_t)f->content);
    store_bind(st, 3, f->n);
    store_bind_blob(st, 4, top, f->top_n * sizeof *top);
    store_run(s, st);
    st = store_sql(s, "INSERT OR REPLACE INTO article_features(article, words) VALUES (?,?)");
    store_bind(st, 1, row);
    store_bind_blob(st, 2, words.p, words.n);
    store_run(s, st);
    arena_release(&scratch);
}

sst_status store_features(store *s, uint32_t row, sst_arena *arena, story_features *out)
{
    *out = (story_features){0};
    sqlite3_stmt *st = store_sql(s, "SELECT words FROM article_features WHERE article = ?");
    store_bind(st, 1, row);
    sst_status status = SST_ERR_INPUT;
    if (store_row(s, st)) {
        status = story_unpack(store_str(st, 0), arena, out);
        sqlite3_reset(st);
    }
    if (s->status || !status)
        return s->status;
    return status == SST_ERR_INPUT
               ? store_fail(s, SST_ERR_IO,
                            "the words of article %u are missing or of another version: run "
                            "samestory check --repair",
                            row)
               : store_no_memory(s);
}

const story_features *graph_features(store *s, uint32_t row)
{
    graph_cache *c = &s->graph->cache;
    uint32_t *at = u64map_find(&c->of, row);
    if (at)
        return &c->v.v[*at];
    if (c->arena.total > CACHE_BYTES) {
        arena_clear(&c->arena);
        memset(&c->of, 0, sizeof c->of);
        memset(&c->v, 0, sizeof c->v);
    }
    story_features f;
    if (store_features(s, row, &c->arena, &f))
        return NULL;
    int fresh;
    story_features *to = NULL;
    if (u64map_add(&c->arena, &c->of, row, c->v.n, &fresh))
        to = vec_push(&c->arena, &c->v);
    if (!to) {
        store_no_memory(s);
        return NULL;
    }
    *to = f;
    return to;
}

static int by_near(const void *p, const void *q)
{
    const graph_near *a = p, *b = q;
    return a->row < b->row ? -1 : a->row > b->row;
}

sst_status store_edges(store *s, const uint32_t *row, uint32_t n, sst_arena *arena,
                       story_edge **out, uint32_t *out_n)
{
    u64map place = {0};
    SST_VEC(story_edge) v = {0};
    for (uint32_t i = 0; i < n; i++)
        if (!u64map_add(arena, &place, row[i], i, NULL))
            return store_no_memory(s);
    for (uint32_t i = 0; i < n && !s->status; i++) {
        sqlite3_stmt *st = store_sql(s, "SELECT near FROM article_words WHERE article = ?");
        store_bind(st, 1, row[i]);
        if (!store_row(s, st))
            continue;
        sst_str near = store_str(st, 0);
        for (size_t k = 0; k + sizeof(graph_near) <= near.n; k += sizeof(graph_near)) {
            graph_near x;
            memcpy(&x, near.p + k, sizeof x);
            const uint32_t *at = u64map_find(&place, x.row);
            story_edge *e = at ? vec_push(arena, &v) : NULL;
            if (e)
                *e = *at < i ? (story_edge){*at, i, x.weight} : (story_edge){i, *at, x.weight};
        }
        sqlite3_reset(st);
    }
    if (arena->failed)
        return store_no_memory(s);
    *out = v.v;
    *out_n = v.n;
    return s->status;
}

/* Each edge stands at the later row, with the earlier ones. */
void graph_write_near(store *s, uint32_t row)
{
    graph_node *x = graph_at(s->graph, row);
    uint32_t n = 0;
    x->dirty = false;
    if (x->near.n > 1)
        qsort(x->near.v, x->near.n, sizeof *x->near.v, by_near);
    while (n < x->near.n && x->near.v[n].row < row)
        n++;
    sqlite3_stmt *st = store_sql(s, "UPDATE article_words SET near = ? WHERE article = ?");
    store_bind_blob(st, 1, x->near.v, n * sizeof *x->near.v);
    store_bind(st, 2, row);
    store_run(s, st);
}

/* ----------------------------------------------------------------------------------------- read */

void store_graph_close(store *s)
{
    store_graph *g = s->graph;
    if (!g)
        return;
    for (uint32_t i = 0; i < g->lists.n; i++)
        base_free(g->lists.v[i].v);
    base_free(g->node);
    base_free(g->pairs.bits);
    base_free(g->mark);
    arena_release(&g->cache.arena);
    arena_release(&g->arena);
    base_free(g);
    s->graph = NULL;
}

void store_graph_stays(store *s, int64_t generation)
{
    if (s->graph && !s->status && s->graph->generation == generation - 1)
        s->graph->generation = generation;
}

int64_t store_graph_generation(const store *s)
{
    return s->graph ? s->graph->generation : 0;
}

static void read_node(store *s, sqlite3_stmt *st)
{
    store_graph *g = s->graph;
    uint32_t row = (uint32_t)store_int(st, 0);
    if (graph_reserve(g, row)) {
        store_no_memory(s);
        return;
    }
    graph_node *x = graph_at(g, row);
    x->content = (uint64_t)store_int(st, 1);
    x->word_n = (uint32_t)store_int(st, 2);
    sst_str top = store_str(st, 3), near = store_str(st, 4);
    x->uid = store_keep(st, 5, &g->arena);
    x->published = store_time(st, 6);
    x->story = store_int(st, 7);
    x->there = true;
    x->top_n = (uint32_t)(top.n / sizeof(packed_word));
    x->top = arena_alloc(&g->arena, ((size_t)x->top_n + 1) * sizeof *x->top);
    if (!x->top)
        return;
    memcpy(x->top, top.p, x->top_n * sizeof *x->top);
    qsort(x->top, x->top_n, sizeof *x->top, by_key);
    for (size_t k = 0; k + sizeof(graph_near) <= near.n; k += sizeof(graph_near)) {
        graph_near y;
        memcpy(&y, near.p + k, sizeof y);
        if (y.row >= row || !graph_at(g, y.row)->there)
            continue; /* check --repair mends it */
        graph_near *a = vec_push(&g->arena, &graph_at(g, row)->near);
        graph_near *b = a ? vec_push(&g->arena, &graph_at(g, y.row)->near) : NULL;
        if (!b)
            return;
        *a = y;
        *b = (graph_near){row, y.weight};
        if (graph_pairs_add(g, y.row, row)) {
            store_no_memory(s);
            return;
        }
    }
    graph_chain_add(g, row);
}

/* Rows in canonical order. */
typedef struct sortable {
    const store_graph *g;
    uint32_t row;
} sortable;

static int canonical(const void *p, const void *q)
{
    const sortable *a = p, *b = q;
    return graph_before(a->g, a->row, b->row);
}

static sst_status read_all(store *s)
{
    store_graph *g = s->graph;
    sqlite3_stmt *st = store_sql(
        s, "SELECT w.article, w.content, w.word_n, w.top, w.near, a.uid, a.published_s, a.story"
           " FROM article_words w JOIN article a ON a.id = w.article ORDER BY w.article");
    while (store_row(s, st))
        read_node(s, st);
    sortable *v = base_malloc(((size_t)g->node_n + 1) * sizeof *v);
    if (!v || g->arena.failed) {
        base_free(v);
        return store_no_memory(s);
    }
    uint32_t n = 0;
    for (uint32_t row = 0; row < g->node_n; row++)
        if (g->node[row].there)
            v[n++] = (sortable){g, row};
    qsort(v, n, sizeof *v, canonical);
    sst_status status = s->status;
    for (uint32_t i = 0; i < n && !status; i++) {
        graph_node *x = graph_at(g, v[i].row);
        if (x->word_n < STORY_FEATURES_LEAST ||
            (i > 0 && graph_at(g, v[i - 1].row)->content == x->content))
            continue; /* the first of its twins stands for them */
        x->listed = true;
        status = graph_append(g, v[i].row);
    }
    base_free(v);
    return status ? store_no_memory(s) : s->status;
}

sst_status graph_ready(store *s)
{
    int64_t generation =
        store_one(s, store_sql(s, "SELECT value FROM meta WHERE key = 'generation'"), 0);
    if (s->status)
        return s->status;
    if (s->graph && s->graph->generation != generation)
        store_graph_close(s);
    if (!s->graph) {
        s->graph = base_malloc(sizeof *s->graph);
        if (!s->graph)
            return store_no_memory(s);
        memset(s->graph, 0, sizeof *s->graph);
        arena_init(&s->graph->arena, 0);
        arena_init(&s->graph->cache.arena, 0);
        sst_status status = read_all(s);
        if (status)
            return status;
    }
    s->graph->generation = generation + 1; /* what store_end makes it */
    return SST_OK;
}
