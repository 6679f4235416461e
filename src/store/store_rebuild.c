/*
 * The lists of words and lines once more, from what they are made of; and files of an older schema.
 *
 * in: article_words, article_features, outlet_page; out: word_segment, word_block, line_segment,
 * line_block. Some ten thousand articles become a segment at a time, which are merged as those of
 * batches are, so memory does not grow with the database.
 *
 * Schema 3 had the words of an article in article_words.top, an edge at the later of its two
 * articles alone, and no lists: a writer read them all when it began; and no table of people.
 * Schema 4 had no links.
 */
#include "store_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base_alloc.h"
#include "base_hash.h"

enum { AT_ONCE = 32768 /* articles of a segment: 40 MB while it is made */ };

/* A segment in the making. */
typedef struct maker {
    store *s;
    store_lists *lists;
    sst_arena arena;
    SST_VEC(list_node) nodes; /* in the order in which they came */
    SST_VEC(list_word) posts;
    SST_VEC(uint32_t) pairs;
} maker;

typedef struct sorted {
    list_node node;
    uint32_t place;
} sorted;

static int by_node(const void *p, const void *q)
{
    const sorted *a = p, *b = q;
    int c = lists_order(&a->node.key, &b->node.key);
    return c ? c : a->node.row < b->node.row ? -1 : a->node.row > b->node.row;
}

static void end_some(maker *m)
{
    store *s = m->s;
    uint32_t n = m->nodes.n;
    sorted *v = arena_alloc(&m->arena, ((size_t)n + 1) * sizeof *v);
    uint32_t *place = arena_alloc(&m->arena, ((size_t)n + 1) * sizeof *place);
    if (m->arena.failed)
        store_no_memory(s);
    if (s->status || n == 0)
        return;
    for (uint32_t i = 0; i < n; i++)
        v[i] = (sorted){m->nodes.v[i], i};
    qsort(v, n, sizeof *v, by_node);
    for (uint32_t i = 0; i < n; i++) {
        m->nodes.v[i] = v[i].node;
        place[v[i].place] = i;
    }
    for (uint32_t i = 0; i < m->posts.n; i++)
        m->posts.v[i].node = place[m->posts.v[i].node];
    if (!lists_add(s, m->lists, m->nodes.v, n, m->posts.v, m->posts.n) &&
        !lists_settle(s, m->lists, m->pairs.v, m->pairs.n)) {
        arena_clear(&m->arena);
        memset(&m->nodes, 0, sizeof m->nodes);
        memset(&m->posts, 0, sizeof m->posts);
        memset(&m->pairs, 0, sizeof m->pairs);
    }
}

static void add_node(maker *m, const list_key *key, uint32_t row)
{
    list_node *to = vec_push(&m->arena, &m->nodes);
    if (to)
        *to = (list_node){*key, row, 1};
}

static void add_post(maker *m, uint32_t word, float weight)
{
    list_word *to = vec_push(&m->arena, &m->posts);
    if (to)
        *to = (list_word){word, m->nodes.n - 1, weight};
}

/* Pairs with earlier rows. */
static void add_pairs(maker *m, uint32_t row, sst_str near)
{
    for (size_t k = 0; k + sizeof(graph_near) <= near.n; k += sizeof(graph_near)) {
        graph_near x;
        memcpy(&x, near.p + k, sizeof x);
        uint32_t *to = x.row < row ? vec_push(&m->arena, &m->pairs) : NULL;
        if (to)
            *to = lists_pair_hash(x.row, row);
    }
}

static void rebuild_words(store *s)
{
    maker m = {.s = s, .lists = &s->graph->lists};
    sst_arena scratch;
    uint64_t before = 0;
    bool any = false;
    arena_init(&m.arena, 0);
    arena_init(&scratch, 0);
    sqlite3_stmt *st = store_sql(s, "SELECT w.article, w.content, w.word_n, w.near, a.published_s"
                                    " FROM article_words w JOIN article a ON a.id = w.article"
                                    " ORDER BY w.content, a.uid");
    while (store_row(s, st)) {
        uint64_t content = (uint64_t)store_int(st, 1);
        bool twin = any && before == content;
        before = content;
        any = true;
        story_features f;
        if (twin || store_int(st, 2) < STORY_FEATURES_LEAST)
            continue; /* the first of its twins stands for them */
        uint32_t row = (uint32_t)store_int(st, 0);
        arena_clear(&scratch);
        if (store_features(s, row, &scratch, &f))
            break;
        add_node(&m, &(list_key){store_time(st, 4), content}, row);
        for (uint32_t k = 0; k < f.top_n; k++)
            add_post(&m, f.word[f.top[k]].key, f.word[f.top[k]].weight);
        add_pairs(&m, row, store_str(st, 3));
        if (m.nodes.n >= AT_ONCE)
            end_some(&m);
    }
    end_some(&m);
    arena_release(&scratch);
    arena_release(&m.arena);
}

static int by_key(const void *p, const void *q)
{
    const copy_line *a = p, *b = q;
    return a->key < b->key ? -1 : a->key > b->key;
}

static void rebuild_lines(store *s)
{
    maker m = {.s = s, .lists = &s->graph->lines};
    sst_arena scratch;
    arena_init(&m.arena, 0);
    arena_init(&scratch, 0);
    sqlite3_stmt *st = store_sql(s, "SELECT article, outlet, lines FROM outlet_page");
    while (store_row(s, st)) {
        uint32_t row = (uint32_t)store_int(st, 0);
        sst_str lines = store_str(st, 2);
        uint32_t n = (uint32_t)(lines.n / sizeof(copy_line));
        arena_clear(&scratch);
        copy_line *v = arena_alloc(&scratch, ((size_t)n + 1) * sizeof *v);
        if (!v)
            break;
        memcpy(v, lines.p, n * sizeof *v);
        qsort(v, n, sizeof *v, by_key);
        list_key key = store_page_key(row, store_int(st, 1), lines);
        add_node(&m, &key, row);
        for (uint32_t k = 0; k < n; k++)
            if (!k || v[k - 1].key != v[k].key)
                add_post(&m, store_line_word(v[k].key), 0);
        if (m.nodes.n >= AT_ONCE)
            end_some(&m);
    }
    if (scratch.failed)
        store_no_memory(s);
    end_some(&m);
    arena_release(&scratch);
    arena_release(&m.arena);
}

sst_status store_rebuild_lists(store *s)
{
    store_graph_close(s);
    store_exec(s, "DELETE FROM word_block; DELETE FROM word_segment;"
                  " DELETE FROM line_block; DELETE FROM line_segment;");
    if (graph_ready(s) || lists_open(s, &s->graph->lines))
        return s->status;
    rebuild_words(s);
    rebuild_lines(s);
    store_graph_close(s);
    return s->status;
}

static int64_t count_nodes(const store_lists *l)
{
    int64_t n = 0;
    for (uint32_t i = 0; i < l->v.n; i++)
        n += (int64_t)l->v.v[i]->node_n - 2 * (int64_t)l->v.v[i]->gone_n;
    return n;
}

sst_status store_count_lists(store *s, int64_t *articles, int64_t *pages)
{
    if (graph_ready(s) || lists_open(s, &s->graph->lines))
        return s->status;
    sqlite3_stmt *st =
        store_sql(s, "SELECT count(DISTINCT content) FROM article_words WHERE word_n >= ?");
    store_bind(st, 1, STORY_FEATURES_LEAST);
    *articles = count_nodes(&s->graph->lists) - store_one(s, st, 0);
    *pages = count_nodes(&s->graph->lines) -
             store_one(s, store_sql(s, "SELECT count(*) FROM outlet_page"), 0);
    return s->status;
}

/* --------------------------------------------------------------------------------------- schema */

/* An edge at its earlier article. */
typedef struct edge {
    uint32_t row, other;
    float weight;
} edge;

static int by_row(const void *p, const void *q)
{
    const edge *a = p, *b = q;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->other < b->other ? -1 : a->other > b->other;
}

/* Of schema 3: each edge stands at the later article; now at both. */
static void edges_both_ways(store *s)
{
    sst_arena arena;
    SST_VEC(edge) v = {0};
    SST_VEC(graph_near) near = {0};
    arena_init(&arena, 0);
    sqlite3_stmt *st = store_sql(s, "SELECT article, near FROM article_words");
    while (store_row(s, st)) {
        sst_str blob = store_str(st, 1);
        for (size_t k = 0; k + sizeof(graph_near) <= blob.n; k += sizeof(graph_near)) {
            graph_near x;
            memcpy(&x, blob.p + k, sizeof x);
            edge *to = vec_push(&arena, &v);
            if (to)
                *to = (edge){x.row, (uint32_t)store_int(st, 0), x.weight};
        }
    }
    if (arena.failed)
        store_no_memory(s);
    if (v.n)
        qsort(v.v, v.n, sizeof *v.v, by_row);
    for (uint32_t i = 0; i < v.n && !s->status;) {
        uint32_t row = v.v[i].row;
        near.n = 0;
        for (; i < v.n && v.v[i].row == row; i++) {
            graph_near *to = vec_push(&arena, &near);
            if (to)
                *to = (graph_near){v.v[i].other, v.v[i].weight};
        }
        /* Those that it has are of earlier rows. */
        st = store_sql(s, "UPDATE article_words SET near = CAST(near || ? AS BLOB)"
                          " WHERE article = ?");
        store_bind_blob(st, 1, near.v, near.n * sizeof *near.v);
        store_bind(st, 2, row);
        store_run(s, st);
    }
    if (arena.failed)
        store_no_memory(s);
    arena_release(&arena);
}

static void from_three(store *s)
{
    store_exec(s, "ALTER TABLE article_words DROP COLUMN top;"
                  "ALTER TABLE outlet_line ADD COLUMN page TEXT;");
    store_exec(s, store_schema_lists);
    store_exec(s, "INSERT INTO person SELECT min(speaker), count(*) FROM quotation"
                  " WHERE speaker IS NOT NULL GROUP BY speaker COLLATE NOCASE;");
    edges_both_ways(s);
}

void store_update(store *s, int64_t version)
{
    if (version < 4)
        from_three(s);
    store_exec(s, store_schema_links);
    if (version < 4 && !s->status && store_rebuild_lists(s))
        return;
    store_exec(s, "PRAGMA user_version = 5;");
}
