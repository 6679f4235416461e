/*
 * What a user knows of stories: which articles are one (must), which are not (cannot).
 *
 * in: links by ids of articles; out: the table link, and stories grouped by it. A link whose
 * article is not there waits for it; between two that are there it is a tie, and grouping keeps to
 * it (store_pieces.c) as a run does that has the same links. Each set of links takes the place of
 * the one before: a file that a user goes on writing says what holds.
 */
#include "store_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base_str.h"

/* ----------------------------------------------------------------------------------------- ties */

#define TIES                                                                                       \
    "SELECT x.id, l.must FROM link l JOIN article x ON x.uid = l.b WHERE l.a = ?1"                 \
    " UNION ALL SELECT x.id, l.must FROM link l JOIN article x ON x.uid = l.a WHERE l.b = ?1"

void graph_ties_of(store *s, sst_str uid, sst_arena *arena, graph_ties *out)
{
    *out = (graph_ties){0};
    sqlite3_stmt *st = store_sql(s, TIES);
    store_bind_str(st, 1, uid);
    while (store_row(s, st)) {
        graph_tie *to = vec_push(arena, &out->v);
        if (to)
            *to = (graph_tie){(uint32_t)store_int(st, 0), store_int(st, 1) != 0};
    }
    if (arena->failed)
        store_no_memory(s);
}

void graph_tell_anew(store *s, uint32_t row)
{
    sqlite3_stmt *st = store_sql(s, "UPDATE story SET stale = 1 WHERE id ="
                                    " (SELECT story FROM article WHERE id = ?)");
    store_bind(st, 1, row);
    store_run(s, st);
}

void graph_set_tied(store *s, graph_node *x)
{
    x->tied = false;
    if (!s->graph->has_links)
        return;
    sqlite3_stmt *st = store_sql(s, TIES);
    store_bind_str(st, 1, x->uid);
    x->tied = store_row(s, st);
    if (st)
        sqlite3_reset(st);
}

/* ---------------------------------------------------------------------------------------- edges */

/* Members that stand for themselves, in a chain for each text. */
typedef struct standing {
    u64map first;   /* row of whoever stands in the lists for a text -> the first of them */
    uint32_t *next; /* UINT32_MAX: the last */
} standing;

static uint32_t head_of(store *s, uint64_t content)
{
    sqlite3_stmt *st =
        store_sql(s, "SELECT w.article FROM article_words w"
                     " JOIN article a ON a.id = w.article"
                     " WHERE w.content = ? AND w.word_n >= ? ORDER BY a.uid LIMIT 1");
    store_bind(st, 1, (int64_t)content);
    store_bind(st, 2, STORY_FEATURES_LEAST);
    return (uint32_t)store_one(s, st, 0);
}

static sst_status find_standing(store *s, const store_members *m, sst_arena *arena, standing *out)
{
    u64map untied = {0}; /* content -> the first by id without a tie */
    out->next = arena_alloc(arena, ((size_t)m->n + 1) * sizeof *out->next);
    for (uint32_t i = 0; out->next && i < m->n; i++) {
        int fresh = 0;
        uint32_t *at = m->tied[i] ? NULL : u64map_add(arena, &untied, m->content[i], i, &fresh);
        if (at && !fresh && str_cmp(m->uid[i], m->uid[*at]) < 0)
            *at = i;
    }
    for (uint32_t i = 0; out->next && i < m->n && !s->status; i++) {
        const uint32_t *own = u64map_find(&untied, m->content[i]);
        uint32_t head = m->tied[i] || (own && *own == i) ? head_of(s, m->content[i]) : 0;
        uint32_t *at = head ? u64map_add(arena, &out->first, head, UINT32_MAX - 1, NULL) : NULL;
        if (!at)
            continue;
        out->next[i] = *at == UINT32_MAX - 1 ? UINT32_MAX : *at;
        *at = i;
    }
    if (s->status || arena->failed || !out->next)
        return s->status ? s->status : store_no_memory(s);
    return SST_OK;
}

sst_status store_edges_tied(store *s, const store_members *m, sst_arena *arena, story_edge **out,
                            uint32_t *out_n)
{
    SST_VEC(story_edge) v = {0};
    standing t = {0};
    sst_status status = find_standing(s, m, arena, &t);
    for (uint32_t k = 0; k < t.first.cap && !status && !s->status; k++) {
        if (t.first.value[k] == UINT32_MAX)
            continue;
        uint32_t head = (uint32_t)t.first.key[k], first = t.first.value[k];
        for (uint32_t a = first; a != UINT32_MAX; a = t.next[a])
            for (uint32_t b = t.next[a]; b != UINT32_MAX; b = t.next[b]) {
                story_edge *e = vec_push(arena, &v);
                if (e)
                    *e = a < b ? (story_edge){a, b, 1} : (story_edge){b, a, 1};
            }
        sqlite3_stmt *st = store_sql(s, "SELECT near FROM article_words WHERE article = ?");
        store_bind(st, 1, head);
        if (!store_row(s, st))
            continue;
        sst_str near = store_str(st, 0);
        for (size_t at = 0; at + sizeof(graph_near) <= near.n; at += sizeof(graph_near)) {
            graph_near x;
            memcpy(&x, near.p + at, sizeof x);
            const uint32_t *other = x.row < head ? u64map_find(&t.first, x.row) : NULL;
            for (uint32_t a = other ? first : UINT32_MAX; a != UINT32_MAX; a = t.next[a])
                for (uint32_t b = *other; b != UINT32_MAX; b = t.next[b]) {
                    story_edge *e = vec_push(arena, &v);
                    if (e)
                        *e = a < b ? (story_edge){a, b, x.weight} : (story_edge){b, a, x.weight};
                }
        }
        sqlite3_reset(st);
    }
    if (!s->status && arena->failed)
        store_no_memory(s);
    *out = v.v;
    *out_n = v.n;
    return s->status;
}

/* ---------------------------------------------------------------------------------------- table */

static int by_link(const void *p, const void *q)
{
    const store_link *x = p, *y = q;
    int c = str_cmp(x->a, y->a);
    if (!c)
        c = str_cmp(x->b, y->b);
    return c ? c : x->must - y->must;
}

sst_status store_links(store *s, sst_arena *arena, store_link **out, uint32_t *out_n)
{
    SST_VEC(store_link) v = {0};
    sqlite3_stmt *st = store_sql(s, "SELECT a, b, must FROM link ORDER BY a, b, must");
    while (store_row(s, st)) {
        store_link *to = vec_push(arena, &v);
        sst_str a = store_keep(st, 0, arena), b = store_keep(st, 1, arena);
        if (to)
            *to = (store_link){a, b, store_int(st, 2) != 0};
    }
    *out = v.v;
    *out_n = v.n;
    return s->status ? s->status : arena->failed ? store_no_memory(s) : SST_OK;
}

/* Sorted, a before b, each once. How many. */
static uint32_t put_in_order(store_link *v, uint32_t n)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++)
        if (str_cmp(v[i].a, v[i].b) > 0)
            v[i] = (store_link){v[i].b, v[i].a, v[i].must};
    if (n)
        qsort(v, n, sizeof *v, by_link);
    for (uint32_t i = 0; i < n; i++)
        if (!kept || by_link(&v[kept - 1], &v[i]) != 0)
            v[kept++] = v[i];
    return kept;
}

static void write_link(store *s, const store_link *l, bool in)
{
    sqlite3_stmt *st = in ? store_sql(s, "INSERT INTO link(a, b, must) VALUES (?, ?, ?)")
                          : store_sql(s, "DELETE FROM link WHERE a = ? AND b = ? AND must = ?");
    store_bind_str(st, 1, l->a);
    store_bind_str(st, 2, l->b);
    store_bind(st, 3, l->must);
    store_run(s, st);
}

typedef struct changed {
    store_link *out, *in; /* links that go, that come */
    uint32_t out_n, in_n;
    SST_VEC(uint32_t) row; /* articles of these that are there */
} changed;

static void find_changes(const store_link *old, uint32_t old_n, const store_link *now,
                         uint32_t now_n, changed *c)
{
    for (uint32_t i = 0, k = 0; i < old_n || k < now_n;) {
        int order = i == old_n ? 1 : k == now_n ? -1 : by_link(&old[i], &now[k]);
        if (order < 0)
            c->out[c->out_n++] = old[i];
        else if (order > 0)
            c->in[c->in_n++] = now[k];
        i += order <= 0;
        k += order >= 0;
    }
}

static void take(store *s, sst_str uid, sst_arena *arena, changed *c)
{
    sqlite3_stmt *st = store_sql(s, "SELECT id FROM article WHERE uid = ?");
    store_bind_str(st, 1, uid);
    int64_t row = store_one(s, st, 0);
    uint32_t *to = row ? vec_push(arena, &c->row) : NULL;
    if (to)
        *to = (uint32_t)row;
}

static void change(store *s, sst_arena *arena, changed *c, int64_t now, uint64_t *stories)
{
    for (uint32_t i = 0; i < c->out_n + c->in_n && !s->status; i++) {
        const store_link *l = i < c->out_n ? &c->out[i] : &c->in[i - c->out_n];
        take(s, l->a, arena, c);
        take(s, l->b, arena, c);
        write_link(s, l, i >= c->out_n);
    }
    if (arena->failed)
        store_no_memory(s);
    if (s->status || store_graph_retie(s, c->row.v, c->row.n, now, stories))
        return;
    for (uint32_t i = 0; i < c->row.n && !s->status; i++)
        graph_tell_anew(s, c->row.v[i]);
}

sst_status store_links_put(store *s, const store_link *v, uint32_t n, int64_t now,
                           uint64_t *stories)
{
    sst_arena arena;
    store_link *old = NULL;
    uint32_t old_n = 0;
    changed c = {0};
    store_start(s);
    arena_init(&arena, 0);
    store_link *links = arena_alloc(&arena, ((size_t)n + 1) * sizeof *links);
    store_begin(s);
    if (!links)
        store_no_memory(s);
    if (!s->status && !graph_ready(s) && !store_links(s, &arena, &old, &old_n)) {
        if (n)
            memcpy(links, v, n * sizeof *v);
        n = put_in_order(links, n);
        c.out = arena_alloc(&arena, ((size_t)old_n + 1) * sizeof *c.out);
        c.in = arena_alloc(&arena, ((size_t)n + 1) * sizeof *c.in);
        if (!c.out || !c.in)
            store_no_memory(s);
        else
            find_changes(old, old_n, links, n, &c);
    }
    if (!s->status && c.out_n + c.in_n == 0) {
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
        s->graph->generation--; /* nothing was written */
    } else {
        if (!s->status)
            change(s, &arena, &c, now, stories);
        (void)store_end(s);
    }
    arena_release(&arena);
    return s->status;
}

sst_status store_links_wait(store *s, uint64_t *waiting, uint64_t *all)
{
    *all = (uint64_t)store_one(s, store_sql(s, "SELECT count(*) FROM link"), 0);
    *waiting =
        (uint64_t)store_one(s,
                            store_sql(s, "SELECT count(*) FROM link WHERE NOT EXISTS"
                                         " (SELECT 1 FROM article WHERE uid = a) OR NOT EXISTS"
                                         " (SELECT 1 FROM article WHERE uid = b)"),
                            0);
    return s->status;
}
