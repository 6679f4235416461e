/*
 * The graph of a writer: its nodes, how they are read from the tables and written to them. See
 * store_graph.h for what it is, store_pieces.c for what is done with it.
 *
 * Cost: what is touched is read, whatever the number of articles; nodes stay in memory for the next
 * batch until there are too many. The lists of words (store_lists.c) take 28 bytes an article.
 */
#include "store_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base_alloc.h"
#include "base_str.h"

enum {
    CACHE_BYTES = 96 * 1024 * 1024, /* of features: some 40,000 articles */
    NODE_BYTES = 64 * 1024 * 1024   /* of nodes between two batches: some 200,000 */
};

/* ---------------------------------------------------------------------------------------- nodes */

static void read_near(store_graph *g, graph_node *x, sst_str near)
{
    uint32_t n = (uint32_t)(near.n / sizeof(graph_near));
    x->near.v = arena_alloc(&g->arena, ((size_t)n + 1) * sizeof *x->near.v);
    if (!x->near.v)
        return;
    memcpy(x->near.v, near.p, n * sizeof *x->near.v);
    x->near.n = n;
    x->near.cap = n + 1;
}

graph_node *graph_at(store *s, uint32_t row)
{
    store_graph *g = s->graph;
    const uint32_t *at = u64map_find(&g->node_of, row);
    if (at)
        return g->nodes.v[*at];
    g->none = (graph_node){0};
    graph_node *x = s->status ? NULL : arena_calloc(&g->arena, 1, sizeof *x);
    graph_node **to = x ? vec_push(&g->arena, &g->nodes) : NULL;
    if (!to || !u64map_add(&g->arena, &g->node_of, row, g->nodes.n - 1, NULL)) {
        if (!s->status)
            store_no_memory(s);
        return &g->none;
    }
    *to = x;
    x->row = row;
    sqlite3_stmt *st = store_sql(
        s, "SELECT w.content, w.word_n, w.near, a.uid, a.published_s, a.story FROM article_words w"
           " JOIN article a ON a.id = w.article WHERE w.article = ?");
    store_bind(st, 1, row);
    if (store_row(s, st)) {
        x->content = (uint64_t)store_int(st, 0);
        x->word_n = (uint32_t)store_int(st, 1);
        read_near(g, x, store_str(st, 2));
        x->uid = store_keep(st, 3, &g->arena);
        x->published = store_time(st, 4);
        x->story = store_int(st, 5);
        x->there = true;
        sqlite3_reset(st);
        graph_set_tied(s, x);
    }
    if (g->arena.failed)
        store_no_memory(s);
    return x;
}

int graph_before(store *s, uint32_t a, uint32_t b)
{
    const graph_node *x = graph_at(s, a), *y = graph_at(s, b);
    story_features f = {.published = x->published, .content = x->content};
    story_features h = {.published = y->published, .content = y->content};
    return story_order(&f, x->uid, &h, y->uid);
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
        x->top[k] = (story_word){f->word[f->top[k]].key, f->word[f->top[k]].weight};
    x->top_n = f->top_n;
    qsort(x->top, x->top_n, sizeof *x->top, by_key);
    return SST_OK;
}

void graph_top(store *s, graph_node *x)
{
    if (x->top || s->status)
        return;
    const story_features *f = graph_features(s, x->row);
    if (f && graph_set_top(s->graph, x, f))
        store_no_memory(s);
}

/* ---------------------------------------------------------------------------------------- twins */

/* Who of a chain stands in the lists. */
static void set_listed(store *s, uint32_t first)
{
    graph_node *head = NULL;
    for (uint32_t t = first; t; t = graph_at(s, t)->twin) {
        graph_node *x = graph_at(s, t);
        if (x->word_n >= STORY_FEATURES_LEAST && (!head || graph_before(s, t, head->row) < 0))
            head = x;
    }
    if (head)
        head->listed = true;
}

uint32_t graph_chain(store *s, uint64_t content)
{
    store_graph *g = s->graph;
    int fresh;
    uint32_t *at = u64map_add(&g->arena, &g->chain_of, content, 0, &fresh);
    if (!at) {
        store_no_memory(s);
        return 0;
    }
    if (!fresh)
        return *at;
    uint32_t first = 0;
    sqlite3_stmt *st = store_sql(s, "SELECT article FROM article_words WHERE content = ?");
    store_bind(st, 1, (int64_t)content);
    while (store_row(s, st)) {
        graph_node *x = graph_at(s, (uint32_t)store_int(st, 0));
        if (!x->there || x->content != content)
            continue; /* it goes in this batch */
        x->twin = first;
        first = x->row;
    }
    set_listed(s, first);
    *u64map_find(&g->chain_of, content) = first;
    return first;
}

void graph_chain_add(store *s, uint32_t row)
{
    graph_node *x = graph_at(s, row);
    uint32_t first = graph_chain(s, x->content);
    uint32_t *at = u64map_find(&s->graph->chain_of, x->content);
    if (!at)
        return; /* told by the handle */
    x->twin = first;
    *at = row;
}

void graph_chain_drop(store *s, uint32_t row)
{
    graph_node *x = graph_at(s, row);
    (void)graph_chain(s, x->content);
    uint32_t *at = u64map_find(&s->graph->chain_of, x->content);
    while (at && *at && *at != row)
        at = &graph_at(s, *at)->twin;
    if (at && *at)
        *at = x->twin;
    x->twin = 0;
}

sst_status store_graph_know(store *s, uint32_t row)
{
    graph_node *x = graph_at(s, row);
    if (!s->status && x->there) {
        (void)graph_chain(s, x->content);
        graph_top(s, x);
    }
    return s->status;
}

sst_status store_graph_know_content(store *s, uint64_t content)
{
    (void)graph_chain(s, content);
    return s->status;
}

/* -------------------------------------------------------------------------------- in the tables */

void store_write_words(store *s, uint32_t row, const story_features *f)
{
    sst_arena scratch;
    sst_str words = {"", 0};
    arena_init(&scratch, 0);
    if (story_pack(f, &scratch, &words))
        store_no_memory(s);
    sqlite3_stmt *st = store_sql(s, "INSERT OR REPLACE INTO article_words"
                                    "(article, content, word_n, near) VALUES (?,?,?,x'')");
    store_bind(st, 1, row);
    store_bind(st, 2, (int64_t)f->content);
    store_bind(st, 3, f->n);
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
            const uint32_t *at = x.row < row[i] ? u64map_find(&place, x.row) : NULL;
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

/* Each edge stands at both. */
void graph_write_near(store *s, graph_node *x)
{
    x->dirty = false;
    if (x->near.n > 1)
        qsort(x->near.v, x->near.n, sizeof *x->near.v, by_near);
    sqlite3_stmt *st = store_sql(s, "UPDATE article_words SET near = ? WHERE article = ?");
    store_bind_blob(st, 1, x->near.v, x->near.n * sizeof *x->near.v);
    store_bind(st, 2, x->row);
    store_run(s, st);
}

/* ------------------------------------------------------------------------------------- the whole
 */

/* Nodes and features; segments of lists never change. */
static void forget(store_graph *g)
{
    arena_clear(&g->arena);
    arena_clear(&g->cache.arena);
    memset(&g->node_of, 0, sizeof g->node_of);
    memset(&g->nodes, 0, sizeof g->nodes);
    memset(&g->chain_of, 0, sizeof g->chain_of);
    memset(&g->cache.of, 0, sizeof g->cache.of);
    memset(&g->cache.v, 0, sizeof g->cache.v);
}

void store_graph_close(store *s)
{
    store_graph *g = s->graph;
    if (!g)
        return;
    lists_release(&g->lists);
    lists_release(&g->lines);
    base_free(g->key);
    base_free(g->mark);
    arena_release(&g->cache.arena);
    arena_release(&g->arena);
    arena_release(&g->probe_arena);
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

sst_status graph_rows_room(store *s)
{
    store_graph *g = s->graph;
    uint32_t n = (uint32_t)store_one(s, store_sql(s, "SELECT max(id) FROM article"), 0) + 1;
    if (s->status || n <= g->row_n)
        return s->status;
    list_key *key = base_realloc(g->key, (size_t)n * sizeof *key);
    if (key)
        g->key = key;
    graph_mark *mark = key ? base_realloc(g->mark, (size_t)n * sizeof *mark) : NULL;
    if (!mark)
        return store_no_memory(s);
    g->mark = mark;
    memset(key + g->row_n, 0, (size_t)(n - g->row_n) * sizeof *key);
    memset(mark + g->row_n, 0, (size_t)(n - g->row_n) * sizeof *mark);
    g->row_n = n;
    return SST_OK;
}

sst_status graph_ready(store *s)
{
    int64_t generation =
        store_one(s, store_sql(s, "SELECT value FROM meta WHERE key = 'generation'"), 0);
    if (s->status)
        return s->status;
    if (!s->graph) {
        s->graph = base_malloc(sizeof *s->graph);
        if (!s->graph)
            return store_no_memory(s);
        memset(s->graph, 0, sizeof *s->graph);
        arena_init(&s->graph->arena, 0);
        arena_init(&s->graph->cache.arena, 0);
        arena_init(&s->graph->probe_arena, 0);
        arena_init(&s->graph->lists.arena, 0);
        arena_init(&s->graph->lines.arena, 0);
        s->graph->lists.tables = &lists_of_words;
        s->graph->lines.tables = &lists_of_lines;
    }
    store_graph *g = s->graph;
    if (g->generation != generation || g->arena.total > NODE_BYTES)
        forget(g);
    g->generation = generation + 1; /* what store_end makes it */
    g->has_links = store_one(s, store_sql(s, "SELECT EXISTS (SELECT 1 FROM link)"), 0) != 0;
    return lists_open(s, &g->lists);
}
