/*
 * The graph of a writer: read, changed, written. See store_graph.h for what it is.
 *
 * in: rows that go and come; out: article.story and the table story as one run of story_group over
 * all articles would have them. Parts, in this order:
 *
 *   twins    who stands in the lists for its twins, before and after
 *   lists    store_near.c: words, candidates, edges that come and go
 *   pieces   from every node whose edges changed along edges of the threshold, through twins and
 * through members of the stories there; and, from large groups, to large groups that any edge
 * reaches groups   story_regroup over these pieces; store_stories.c writes what they are
 *
 * Cost: reading takes one pass over article_words; a change takes what it touches, and a walk over
 * the lists of the words of what came (four bytes a posting).
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
static void write_near(store *s, uint32_t row)
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
    base_free(g->seen);
    base_free(g->sum);
    arena_release(&g->cache.arena);
    arena_release(&g->arena);
    base_free(g);
    s->graph = NULL;
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

/* --------------------------------------------------------------------------------------- pieces */

/* The nodes that are grouped anew. */
typedef struct piece {
    store *s;
    store_graph *g;
    sst_arena *scratch;
    u64map in; /* row -> place in v */
    SST_VEC(uint32_t) v;
    uint32_t done;  /* of v: those whose neighbours are in */
    u64map stories; /* whose members are in */
    bool any_large;
} piece;

static void take(piece *p, uint32_t row)
{
    int fresh;
    if (!graph_at(p->g, row)->there)
        return;
    if (!u64map_add(p->scratch, &p->in, row, p->v.n, &fresh) || !fresh)
        return;
    uint32_t *to = vec_push(p->scratch, &p->v);
    if (to)
        *to = row;
}

static void take_story(piece *p, int64_t story)
{
    int fresh;
    if (!story || !u64map_add(p->scratch, &p->stories, (uint64_t)story, 1, &fresh) || !fresh)
        return;
    sqlite3_stmt *st = store_sql(p->s, "SELECT id FROM article WHERE story = ?");
    store_bind(st, 1, story);
    while (store_row(p->s, st))
        take(p, (uint32_t)store_int(st, 0));
}

/* Until all that is connected is in. */
static void spread(piece *p)
{
    float least = story_least(SST_GRAIN_EVENT);
    while (p->done < p->v.n && !p->s->status && !p->scratch->failed) {
        uint32_t row = p->v.v[p->done++];
        const graph_node *x = graph_at(p->g, row);
        for (uint32_t k = 0; k < x->near.n; k++)
            if (x->near.v[k].weight >= least)
                take(p, x->near.v[k].row);
        for (uint32_t t = graph_chain(p->g, x->content); t; t = graph_at(p->g, t)->twin)
            take(p, t);
        take_story(p, x->story);
    }
}

static int64_t story_size(store *s, int64_t story)
{
    if (!story)
        return 0;
    sqlite3_stmt *st = store_sql(s, "SELECT article_n FROM story WHERE id = ?");
    store_bind(st, 1, story);
    return store_one(s, st, 0);
}

typedef struct grouped {
    uint32_t *row;
    uint64_t *content;
    int64_t *story, *now;
    uint8_t *touched;
    uint32_t *group;
    story_features *f;
    story_edge *edge;
    uint32_t edge_n;
} grouped;

static int by_edge(const void *p, const void *q)
{
    const story_edge *x = p, *y = q;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* The nodes in canonical order, their edges, their groups. */
static sst_status group(piece *p, grouped *out)
{
    uint32_t n = p->v.n;
    sst_arena *a = p->scratch;
    sortable *v = arena_alloc(a, ((size_t)n + 1) * sizeof *v);
    out->row = arena_alloc(a, ((size_t)n + 1) * sizeof *out->row);
    out->content = arena_alloc(a, ((size_t)n + 1) * sizeof *out->content);
    out->story = arena_calloc(a, (size_t)n + 1, sizeof *out->story);
    out->now = arena_calloc(a, (size_t)n + 1, sizeof *out->now);
    out->touched = arena_calloc(a, (size_t)n + 1, 1);
    out->group = arena_alloc(a, ((size_t)n + 1) * sizeof *out->group);
    out->f = arena_calloc(a, (size_t)n + 1, sizeof *out->f);
    if (a->failed)
        return store_no_memory(p->s);
    for (uint32_t i = 0; i < n; i++)
        v[i] = (sortable){p->g, p->v.v[i]};
    qsort(v, n, sizeof *v, canonical);
    for (uint32_t i = 0; i < n; i++) {
        const graph_node *x = graph_at(p->g, v[i].row);
        out->row[i] = v[i].row;
        out->content[i] = x->content;
        out->story[i] = x->story;
        *u64map_find(&p->in, v[i].row) = i;
        out->f[i] =
            (story_features){.content = x->content, .published = x->published, .n = x->word_n};
        /* Groups of so many are compared by their words. */
        if (n >= 2 * STORY_LARGE && store_features(p->s, v[i].row, a, &out->f[i]))
            return p->s->status;
    }
    SST_VEC(story_edge) edge = {0};
    for (uint32_t i = 0; i < n; i++) {
        const graph_node *x = graph_at(p->g, out->row[i]);
        for (uint32_t k = 0; k < x->near.n; k++) {
            const uint32_t *at = u64map_find(&p->in, x->near.v[k].row);
            if (!at || *at <= i)
                continue;
            story_edge *e = vec_push(a, &edge);
            if (!e)
                return store_no_memory(p->s);
            *e = (story_edge){i, *at, x->near.v[k].weight};
        }
    }
    if (edge.n)
        qsort(edge.v, edge.n, sizeof *edge.v, by_edge);
    out->edge = edge.v;
    out->edge_n = edge.n;
    return story_regroup(out->f, n, out->edge, out->edge_n, NULL, SST_GRAIN_EVENT, out->group)
               ? store_no_memory(p->s)
               : SST_OK;
}

/* Large groups meet over any edge: those that large groups of the piece reach come in too. */
static bool spread_large(piece *p, const grouped *o)
{
    uint32_t n = p->v.n, before = p->v.n;
    uint32_t *size = arena_calloc(p->scratch, (size_t)n + 1, sizeof *size);
    for (uint32_t i = 0; size && i < n; i++)
        size[o->group[i]]++;
    for (uint32_t i = 0; size && i < n; i++) {
        if (size[o->group[i]] < STORY_LARGE)
            continue;
        const graph_node *x = graph_at(p->g, o->row[i]);
        for (uint32_t k = 0; k < x->near.n; k++) {
            uint32_t row = x->near.v[k].row;
            if (!u64map_find(&p->in, row) &&
                story_size(p->s, graph_at(p->g, row)->story) >= STORY_LARGE)
                take(p, row);
        }
    }
    spread(p);
    return p->v.n > before;
}

static sst_status regroup(store *s, const graph_rows *seeds, const store_node *put, uint32_t put_n,
                          sst_arena *scratch, int64_t now, uint64_t *stories)
{
    store_graph *g = s->graph;
    piece p = {.s = s, .g = g, .scratch = scratch};
    for (uint32_t i = 0; i < put_n; i++)
        take(&p, put[i].row);
    for (uint32_t i = 0; i < seeds->v.n; i++)
        take(&p, seeds->v.v[i]);
    spread(&p);
    grouped o;
    sst_status status = SST_OK;
    do
        status = s->status ? s->status : scratch->failed ? store_no_memory(s) : group(&p, &o);
    while (!status && spread_large(&p, &o));
    if (status || scratch->failed || s->status)
        return s->status ? s->status : store_no_memory(s);
    for (uint32_t i = 0; i < put_n; i++) {
        const uint32_t *at = u64map_find(&p.in, put[i].row);
        if (at)
            o.touched[*at] = 1;
    }
    store_piece out = {.row = o.row,
                       .content = o.content,
                       .story = o.story,
                       .touched = o.touched,
                       .group = o.group,
                       .now = o.now,
                       .n = p.v.n};
    status = store_regroup(s, &out, now, stories);
    for (uint32_t i = 0; i < p.v.n; i++)
        graph_at(g, o.row[i])->story = o.now[i];
    return status;
}

/* --------------------------------------------------------------------------------------- change */

/* Who stands in the lists for a content: the first of its twins, when it has words enough. */
static uint32_t head_of(const store_graph *g, uint64_t content)
{
    uint32_t head = 0;
    for (uint32_t t = graph_chain(g, content); t; t = graph_at(g, t)->twin)
        if (graph_at(g, t)->word_n >= STORY_FEATURES_LEAST &&
            (!head || graph_before(g, t, head) < 0))
            head = t;
    return head;
}

typedef struct changer {
    SST_VEC(graph_out) out;
    SST_VEC(uint32_t) in;
    u64map contents;
    SST_VEC(uint64_t) content;
    graph_rows touched;
} changer;

static void touch_content(changer *c, sst_arena *scratch, uint64_t content)
{
    int fresh;
    if (!u64map_add(scratch, &c->contents, content, 1, &fresh) || !fresh)
        return;
    uint64_t *to = vec_push(scratch, &c->content);
    if (to)
        *to = content;
}

static void unlist(store *s, changer *c, sst_arena *scratch, uint32_t row)
{
    graph_node *x = graph_at(s->graph, row);
    if (!x->listed)
        return;
    x->listed = false;
    graph_out *o = vec_push(scratch, &c->out);
    if (o)
        *o = (graph_out){row, x->top, x->top_n};
    graph_drop_edges(s->graph, row, scratch, &c->touched);
}

/* Twins of what came or went are grouped anew with it; another may stand for them now. */
static void choose_heads(store *s, changer *c, sst_arena *scratch)
{
    store_graph *g = s->graph;
    for (uint32_t i = 0; i < c->content.n; i++) {
        uint32_t head = head_of(g, c->content.v[i]);
        for (uint32_t t = graph_chain(g, c->content.v[i]); t; t = graph_at(g, t)->twin) {
            uint32_t *to = vec_push(scratch, &c->touched.v);
            if (to)
                *to = t;
            if (t != head)
                unlist(s, c, scratch, t);
        }
        if (!head || graph_at(g, head)->listed)
            continue;
        uint32_t *in = vec_push(scratch, &c->in);
        if (in)
            *in = head;
        graph_at(g, head)->listed = true;
    }
}

sst_status store_graph_change(store *s, const uint32_t *gone, uint32_t gone_n,
                              const store_node *put, uint32_t put_n, int64_t now, uint64_t *stories)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    changer c = {0};
    store_graph *g = s->graph;
    for (uint32_t i = 0; i < gone_n; i++) {
        graph_node *x = graph_at(g, gone[i]);
        touch_content(&c, &scratch, x->content);
        unlist(s, &c, &scratch, gone[i]);
        graph_chain_drop(g, gone[i]);
        x->there = false;
    }
    sst_status status = SST_OK;
    for (uint32_t i = 0; i < put_n && !status; i++) {
        const story_features *f = put[i].f;
        status = graph_reserve(g, put[i].row);
        if (status)
            break;
        graph_node *x = graph_at(g, put[i].row);
        x->uid = arena_str(&g->arena, put[i].uid);
        x->published = f->published;
        x->content = f->content;
        x->word_n = f->n;
        x->there = true;
        status = graph_set_top(g, x, f);
        graph_chain_add(g, put[i].row);
        touch_content(&c, &scratch, f->content);
    }
    if (!status)
        choose_heads(s, &c, &scratch);
    if (!status && (scratch.failed || g->arena.failed))
        status = SST_ERR_MEMORY;
    if (status)
        store_no_memory(s);
    else
        status = graph_move(s, c.out.v, c.out.n, c.in.v, c.in.n, put, put_n, &scratch, &c.touched);
    for (uint32_t i = 0; i < c.touched.v.n && !s->status; i++)
        if (graph_at(g, c.touched.v.v[i])->dirty && graph_at(g, c.touched.v.v[i])->there)
            write_near(s, c.touched.v.v[i]);
    if (!status)
        status = s->status ? s->status : regroup(s, &c.touched, put, put_n, &scratch, now, stories);
    arena_release(&scratch);
    return status;
}

/* Each article goes out of the graph and comes in again, all at once. */
sst_status store_regroup_all(store *s, const store_work *work)
{
    sst_arena arena;
    arena_init(&arena, 0);
    store_graph_close(s);
    store_exec(s, "UPDATE article_words SET near = x''");
    sst_status status = graph_ready(s);
    uint32_t n = 0, cap = s->graph ? s->graph->node_n : 0;
    uint32_t *gone = arena_alloc(&arena, ((size_t)cap + 1) * sizeof *gone);
    store_node *put = arena_alloc(&arena, ((size_t)cap + 1) * sizeof *put);
    story_features *f = arena_alloc(&arena, ((size_t)cap + 1) * sizeof *f);
    if (!status && arena.failed)
        status = store_no_memory(s);
    for (uint32_t row = 0; row < cap && !status; row++) {
        const graph_node *x = graph_at(s->graph, row);
        if (!x->there)
            continue;
        status = store_features(s, row, &arena, &f[n]);
        if (status)
            break;
        gone[n] = row;
        put[n] = (store_node){row, x->uid, &f[n]};
        n++;
    }
    uint64_t stories = 0;
    if (!status && n)
        status = store_graph_change(s, gone, n, put, n, work->now, &stories);
    arena_release(&arena);
    return status;
}
