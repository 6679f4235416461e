/*
 * Articles come and go -> the pieces of the graph that this touches, grouped anew.
 *
 * in: rows that go and come; out: article.story and the table story as one run of story_group over
 * all articles would have them. Parts, in this order:
 *
 *   twins    who stands in the lists for its twins, before and after
 *   lists    store_near.c, store_near_pairs.c: words, candidates, edges that come and go
 *   pieces   from every node whose edges changed along edges of the threshold, through twins and
 *            through members of the stories there; and, from large groups, to large groups that
 *            any edge reaches
 *   groups   story_regroup over these pieces; store_stories.c writes what they are
 */
#include "store_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base_str.h"

/* Rows in canonical order. */
typedef struct sortable {
    store *s;
    uint32_t row;
} sortable;

static int canonical(const void *p, const void *q)
{
    const sortable *a = p, *b = q;
    return graph_before(a->s, a->row, b->row);
}

/* --------------------------------------------------------------------------------------- pieces */

/* The nodes that are grouped anew. */
typedef struct piece {
    store *s;
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
    if (!graph_at(p->s, row)->there)
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

/* Whatever a user ties it to: who is tied stands for itself among its twins, so that a tie whose
 * other end is elsewhere counts too. */
static void take_tied(piece *p, const graph_node *x)
{
    graph_ties ties = {0};
    graph_ties_of(p->s, x->uid, p->scratch, &ties);
    for (uint32_t i = 0; i < ties.v.n; i++)
        take(p, ties.v.v[i].row);
}

/* Until all that is connected is in. */
static void spread(piece *p)
{
    float least = story_least(SST_GRAIN_EVENT);
    while (p->done < p->v.n && !p->s->status && !p->scratch->failed) {
        uint32_t row = p->v.v[p->done++];
        const graph_node *x = graph_at(p->s, row);
        for (uint32_t k = 0; k < x->near.n; k++)
            if (x->near.v[k].weight >= least)
                take(p, x->near.v[k].row);
        for (uint32_t t = graph_chain(p->s, x->content); t; t = graph_at(p->s, t)->twin)
            take(p, t);
        take_story(p, x->story);
        if (x->tied)
            take_tied(p, x);
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
    story_ties ties;
} grouped;

static int by_edge(const void *p, const void *q)
{
    const story_edge *x = p, *y = q;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static int by_tie(const void *p, const void *q)
{
    const story_tie *a = p, *b = q;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return a->b < b->b ? -1 : a->b > b->b;
}

/* Ties inside the piece, as places, sorted. */
static void find_ties(piece *p, grouped *o)
{
    SST_VEC(story_tie) of[2] = {{0}, {0}}; /* cannot, must */
    for (uint32_t i = 0; i < p->v.n; i++) {
        const graph_node *x = graph_at(p->s, o->row[i]);
        graph_ties ties = {0};
        if (x->tied)
            graph_ties_of(p->s, x->uid, p->scratch, &ties);
        for (uint32_t k = 0; k < ties.v.n; k++) {
            const uint32_t *at = u64map_find(&p->in, ties.v.v[k].row);
            story_tie *to = at && *at > i ? vec_push(p->scratch, &of[ties.v.v[k].must]) : NULL;
            if (to)
                *to = (story_tie){i, *at};
        }
    }
    for (int k = 0; k < 2; k++)
        if (of[k].n)
            qsort(of[k].v, of[k].n, sizeof *of[k].v, by_tie);
    o->ties =
        (story_ties){.must = of[1].v, .must_n = of[1].n, .cannot = of[0].v, .cannot_n = of[0].n};
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
        v[i] = (sortable){p->s, p->v.v[i]};
    qsort(v, n, sizeof *v, canonical);
    for (uint32_t i = 0; i < n; i++) {
        const graph_node *x = graph_at(p->s, v[i].row);
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
        const graph_node *x = graph_at(p->s, out->row[i]);
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
    if (p->s->graph->has_links)
        find_ties(p, out);
    return story_regroup(out->f, n, out->edge, out->edge_n, &out->ties, SST_GRAIN_EVENT, out->group)
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
        const graph_node *x = graph_at(p->s, o->row[i]);
        for (uint32_t k = 0; k < x->near.n; k++) {
            uint32_t row = x->near.v[k].row;
            if (!u64map_find(&p->in, row) &&
                story_size(p->s, graph_at(p->s, row)->story) >= STORY_LARGE)
                take(p, row);
        }
    }
    spread(p);
    return p->v.n > before;
}

static sst_status regroup(store *s, const graph_rows *seeds, const store_node *put, uint32_t put_n,
                          sst_arena *scratch, int64_t now, uint64_t *stories)
{
    piece p = {.s = s, .scratch = scratch};
    for (uint32_t i = 0; i < put_n; i++)
        take(&p, put[i].row);
    for (uint32_t i = 0; i < seeds->v.n; i++)
        take(&p, seeds->v.v[i]);
    spread(&p);
    grouped o = {0};
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
        graph_at(s, o.row[i])->story = o.now[i];
    return status;
}

/* --------------------------------------------------------------------------------------- change */

/* Who stands in the lists for a content: the first of its twins, when it has words enough. */
static uint32_t head_of(store *s, uint64_t content)
{
    uint32_t head = 0;
    for (uint32_t t = graph_chain(s, content); t; t = graph_at(s, t)->twin)
        if (graph_at(s, t)->word_n >= STORY_FEATURES_LEAST &&
            (!head || graph_before(s, t, head) < 0))
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
    graph_node *x = graph_at(s, row);
    if (!x->listed)
        return;
    x->listed = false;
    graph_top(s, x);
    graph_out *o = vec_push(scratch, &c->out);
    if (o)
        *o = (graph_out){row, {x->published, x->content}, x->top, x->top_n};
    graph_drop_edges(s, x, scratch, &c->touched);
}

/* Twins of what came or went are grouped anew with it; another may stand for them now. */
static void choose_heads(store *s, changer *c, sst_arena *scratch)
{
    for (uint32_t i = 0; i < c->content.n; i++) {
        uint32_t head = head_of(s, c->content.v[i]);
        for (uint32_t t = graph_chain(s, c->content.v[i]); t; t = graph_at(s, t)->twin) {
            uint32_t *to = vec_push(scratch, &c->touched.v);
            if (to)
                *to = t;
            if (t != head)
                unlist(s, c, scratch, t);
        }
        if (!head || graph_at(s, head)->listed)
            continue;
        uint32_t *in = vec_push(scratch, &c->in);
        if (in)
            *in = head;
        graph_at(s, head)->listed = true;
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
        graph_node *x = graph_at(s, gone[i]);
        touch_content(&c, &scratch, x->content);
        unlist(s, &c, &scratch, gone[i]);
        graph_chain_drop(s, gone[i]);
        x->there = false;
    }
    sst_status status = SST_OK;
    for (uint32_t i = 0; i < put_n && !status; i++) {
        const story_features *f = put[i].f;
        graph_node *x = graph_at(s, put[i].row);
        x->uid = arena_str(&g->arena, put[i].uid);
        x->published = f->published;
        x->content = f->content;
        x->word_n = f->n;
        x->there = true;
        status = graph_set_top(g, x, f);
        graph_chain_add(s, put[i].row);
        touch_content(&c, &scratch, f->content);
    }
    /* Whoever waited for one of them is tied now. */
    for (uint32_t i = 0; i < put_n && !status && g->has_links; i++) {
        graph_node *x = graph_at(s, put[i].row);
        graph_ties ties = {0};
        graph_set_tied(s, x);
        if (x->tied)
            graph_ties_of(s, x->uid, &scratch, &ties);
        for (uint32_t k = 0; k < ties.v.n && !s->status; k++) {
            graph_at(s, ties.v.v[k].row)->tied = true;
            graph_tell_anew(s, ties.v.v[k].row);
        }
        status = s->status;
    }
    if (!status)
        choose_heads(s, &c, &scratch);
    if (!status && (scratch.failed || g->arena.failed))
        status = SST_ERR_MEMORY;
    if (status)
        store_no_memory(s);
    else
        status = graph_move(s, c.out.v, c.out.n, c.in.v, c.in.n, put, put_n, &scratch, &c.touched);
    for (uint32_t i = 0; i < c.touched.v.n && !s->status; i++) {
        graph_node *x = graph_at(s, c.touched.v.v[i]);
        if (x->dirty && x->there)
            graph_write_near(s, x);
    }
    if (!status)
        status = s->status ? s->status : regroup(s, &c.touched, put, put_n, &scratch, now, stories);
    arena_release(&scratch);
    return status;
}

sst_status store_graph_retie(store *s, const uint32_t *row, uint32_t n, int64_t now,
                             uint64_t *stories)
{
    sst_arena scratch;
    graph_rows seeds = {0};
    arena_init(&scratch, 0);
    s->graph->has_links = true; /* those that went may have been the last; the next work asks */
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *to = vec_push(&scratch, &seeds.v);
        if (to)
            *to = row[i];
        graph_set_tied(s, graph_at(s, row[i]));
    }
    sst_status status = regroup(s, &seeds, NULL, 0, &scratch, now, stories);
    arena_release(&scratch);
    return status;
}

/* All articles come into an empty graph at once. */
sst_status store_regroup_all(store *s, const store_work *work)
{
    sst_arena arena;
    arena_init(&arena, 0);
    store_graph_close(s);
    store_exec(s, "DELETE FROM word_block; DELETE FROM word_segment;"
                  " UPDATE article_words SET near = x''");
    sst_status status = graph_ready(s);
    SST_VEC(uint32_t) rows = {0};
    sqlite3_stmt *st = store_sql(s, "SELECT article FROM article_words ORDER BY article");
    while (store_row(s, st)) {
        uint32_t *to = vec_push(&arena, &rows);
        if (to)
            *to = (uint32_t)store_int(st, 0);
    }
    uint32_t n = rows.n;
    store_node *put = arena_alloc(&arena, ((size_t)n + 1) * sizeof *put);
    story_features *f = arena_alloc(&arena, ((size_t)n + 1) * sizeof *f);
    if (!status && arena.failed)
        status = store_no_memory(s);
    for (uint32_t i = 0; i < n && !status; i++) {
        graph_node *x = graph_at(s, rows.v[i]);
        status = store_features(s, rows.v[i], &arena, &f[i]);
        x->there = false;
        put[i] = (store_node){rows.v[i], x->uid, &f[i]};
        if (!status && !u64map_add(&s->graph->arena, &s->graph->chain_of, f[i].content, 0, NULL))
            status = store_no_memory(s);
    }
    uint64_t stories = 0;
    if (!status && n)
        status = store_graph_change(s, NULL, 0, put, n, work->now, &stories);
    arena_release(&arena);
    return status ? status : s->status;
}
