/*
 * Lists of words, and edges that come and go with them.
 *
 * in: nodes that were taken out of the lists and nodes that are put in; out: the lists, and for
 * each pair of nodes the edge that story_edges would give them in a run over all articles. What is
 * compared there, and so here:
 *
 *   a list of at most STORY_COMMON nodes pairs all of them, a longer one pairs a node with the
 *     STORY_NEXT behind it;
 *   a pair's sum runs over the words of which the list pairs them, in order of the words
 *
 *   list before:   a  b  c  d  e  f           (STORY_NEXT = 3)   a pairs with b c d
 *   x comes in:    a  b  x  c  d  e  f                           a pairs with b x c: d falls out
 *   b goes:        a  c  d  e  f                                 a pairs with c d e: e comes in
 *
 * Pairs of what was there before that fall out or come in are asked again; all pairs of what is new
 * are. A pair that falls out matters only where it has an edge, and keeps it as long as the words
 * that still pair it are enough.
 *
 * Of a list a batch reads what stands within STORY_NEXT of what goes or comes; where posts between
 * two such parts are left out, so many places with row 0 stand for them that no two across are
 * near.
 *
 * Parts: lists of one word, with the pairs to be asked again; what goes and comes, by word; the
 * segment of the batch; all in order. Pairs are asked, and edges set, in store_near_pairs.c.
 */
#include "store_near.h"

#include <stdlib.h>
#include <string.h>

#include "base_alloc.h"

/* ---------------------------------------------------------------------------------------- lists */

/* Those that go by row; those that come in canonical order. */
static int by_word(const void *p, const void *q)
{
    const step *a = p, *b = q;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->in != b->in)
        return a->in ? 1 : -1;
    uint32_t x = a->in ? a->want : a->row, y = b->in ? b->want : b->row;
    return x < y ? -1 : x > y;
}

static void ask_again(mover *m, uint32_t a, uint32_t b, bool came)
{
    if (!a || !b || (!came && !lists_may(&m->g->lists, a, b)))
        return;
    pair *p = vec_push(m->scratch, &m->again);
    if (p)
        *p = (pair){a, b, came};
}

/*
 * Pairs of nodes that stand in the list before and after: kept[t] are their places there, in order.
 */
typedef struct kept {
    uint32_t row, before, after;
} kept;

static void compare_windows(mover *m, const kept *v, uint32_t n, uint32_t before_n,
                            uint32_t after_n)
{
    uint32_t was = near_reach(before_n), is = near_reach(after_n);
    if (before_n <= STORY_COMMON && after_n <= STORY_COMMON)
        return; /* all pairs, before and after */
    for (uint32_t i = 0, old = 0, now = 0; i < n; i++) {
        while (old + 1 < n && v[old + 1].before - v[i].before <= was)
            old++;
        while (now + 1 < n && v[now + 1].after - v[i].after <= is)
            now++;
        for (uint32_t t = (now > i ? now : i) + 1; t <= old; t++)
            ask_again(m, v[i].row, v[t].row, false);
        for (uint32_t t = (old > i ? old : i) + 1; t <= now; t++)
            ask_again(m, v[i].row, v[t].row, true);
    }
}

/*
 * The same for a long list into which something comes at places of the old list, ascending: only
 * nodes that have a place among the STORY_NEXT behind them lose pairs, those at the end.
 *
 *   i ... t     they were paired: t - i <= STORY_NEXT; with c places in (i, t] they are now
 *               t - i + c apart
 */
static void compare_places(mover *m, const list_post *v, uint32_t n, const uint32_t *place,
                           uint32_t place_n)
{
    uint32_t i = 0;
    for (uint32_t k = 0; k < place_n && place[k] < n; k++) {
        if (i + STORY_NEXT < place[k])
            i = place[k] - STORY_NEXT;
        for (; i < place[k]; i++) { /* place[k] is the first behind i */
            uint32_t t = i + STORY_NEXT < n ? i + STORY_NEXT : n - 1, c = 0;
            while (k + c < place_n && place[k + c] <= t)
                c++;
            for (; t > i && t - i + c > STORY_NEXT; t--) {
                ask_again(m, v[i].row, v[t].row, false);
                while (c && place[k + c - 1] > t - 1)
                    c--;
            }
        }
    }
}

uint32_t near_place(const store_graph *g, const graph_list *l, uint32_t row)
{
    uint32_t low = 0, high = l->n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2, at = mid;
        while (at > low && !l->v[at].row) /* of what is left out: what stands before it */
            at--;
        if (!l->v[at].row || lists_order(&g->key[l->v[at].row], &g->key[row]) < 0)
            low = mid + 1;
        else
            high = at;
    }
    return low;
}

static int by_place(const void *p, const void *q)
{
    const uint32_t *a = p, *b = q;
    return *a < *b ? -1 : *a > *b;
}

/* What a batch needs of the list of a word. */
static graph_list *read_list(mover *m, const step *v, uint32_t n, uint32_t out_n)
{
    store_graph *g = m->g;
    uint32_t *want = base_malloc(((size_t)n + 1) * sizeof *want), want_n = 0;
    graph_list *l = want ? vec_push(m->scratch, &g->list) : NULL;
    if (!l || !u64map_add(m->scratch, &g->list_of, v[0].key, g->list.n - 1, NULL)) {
        base_free(want);
        return NULL; /* told by who sees it */
    }
    *l = (graph_list){0};
    for (uint32_t i = 0; i < n; i++)
        want[i] = v[i].want;
    qsort(want, n, sizeof *want, by_place);
    for (uint32_t i = 0; i < n; i++)
        if (!want_n || want[want_n - 1] != want[i])
            want[want_n++] = want[i];
    list_part part;
    sst_status status = lists_read(m->s, &g->lists, v[0].key, want, want_n, STORY_NEXT + 1 + out_n,
                                   m->scratch, &part);
    base_free(want);
    if (status)
        return NULL;
    for (uint32_t i = 0; i < part.n; i++)
        if (part.v[i].row >= g->row_n)
            store_fail(m->s, SST_ERR_IO,
                       "the lists of words name article %u, which is not there:"
                       " run samestory check --repair",
                       part.v[i].row);
        else
            g->key[part.v[i].row] = part.key[i];
    *l = (graph_list){
        .v = part.v, .n = part.n, .cap = part.cap, .all = part.all, .whole = part.whole};
    part.v = NULL;
    lists_part_release(&part);
    return m->s->status ? NULL : l;
}

/* Steps of one word, those that go first. */
static sst_status change_list(mover *m, const step *v, uint32_t n)
{
    store_graph *g = m->g;
    uint32_t out_n = 0;
    while (out_n < n && !v[out_n].in)
        out_n++;
    graph_list *l = read_list(m, v, n, out_n);
    if (!l)
        return m->s->status ? m->s->status : SST_ERR_MEMORY;
    uint32_t in_n = n - out_n, before_n = l->n, before_all = l->all;
    uint32_t after_all = before_all - out_n + in_n;
    if (before_all < out_n)
        return lists_damaged(m->s);
    /* Long before, nothing goes: what changes is at the places where something comes. */
    bool places = before_all > STORY_COMMON && out_n == 0;
    bool windows = (before_all > STORY_COMMON || after_all > STORY_COMMON) && !places;
    kept *k = windows ? base_malloc(((size_t)before_n + 1) * sizeof *k) : NULL;
    if (windows && !k)
        return SST_ERR_MEMORY;
    /* Out: rows are few, a list is long. */
    uint32_t kept_n = places ? before_n : 0;
    for (uint32_t i = kept_n; i < before_n; i++) {
        uint32_t row = l->v[i].row, low = 0, high = row ? out_n : 0;
        while (low < high) {
            uint32_t mid = (low + high) / 2;
            if (v[mid].row < row)
                low = mid + 1;
            else
                high = mid;
        }
        if (low < out_n && v[low].row == row)
            continue;
        if (k)
            k[kept_n] = (kept){row, i, 0};
        l->v[kept_n++] = l->v[i];
    }
    l->n = kept_n;
    if (kept_n + in_n > l->cap) {
        uint32_t cap = (kept_n + in_n) + (kept_n + in_n) / 2;
        list_post *p = base_realloc(l->v, (size_t)cap * sizeof *p);
        if (!p) {
            base_free(k);
            return SST_ERR_MEMORY;
        }
        l->v = p;
        l->cap = cap;
    }
    /* In: each at its place among those kept, then all moved at once from behind. */
    list_post *fresh_posts =
        base_malloc(((size_t)in_n + 1) * (sizeof *fresh_posts + sizeof(uint32_t)));
    if (!fresh_posts) {
        base_free(k);
        return SST_ERR_MEMORY;
    }
    uint32_t *place = (uint32_t *)(void *)(fresh_posts + in_n + 1);
    for (uint32_t i = 0; i < in_n; i++) { /* v[out_n ...] are in order of canonical places */
        fresh_posts[i] = (list_post){v[out_n + i].row, v[out_n + i].weight};
        g->key[fresh_posts[i].row] = m->want[v[out_n + i].want];
        place[i] = near_place(g, l, fresh_posts[i].row);
    }
    if (places)
        compare_places(m, l->v, before_n, place, in_n);
    for (uint32_t i = in_n, end = kept_n; i-- > 0;) {
        memmove(l->v + place[i] + i + 1, l->v + place[i], (end - place[i]) * sizeof *l->v);
        l->v[place[i] + i] = fresh_posts[i];
        for (uint32_t t = place[i]; k && t < end; t++)
            k[t].after = t + i + 1;
        end = place[i];
        if (i == 0)
            for (uint32_t t = 0; k && t < end; t++)
                k[t].after = t;
    }
    for (uint32_t t = 0; k && in_n == 0 && t < kept_n; t++)
        k[t].after = t;
    l->n = kept_n + in_n;
    l->all = after_all;
    if (k)
        compare_windows(m, k, kept_n, before_all, after_all);
    base_free(k);
    base_free(fresh_posts);
    return SST_OK;
}

/* ---------------------------------------------------------------------------------------- steps */

static void add_step(mover *m, uint32_t key, uint32_t row, uint32_t want, float weight, bool in)
{
    step *to = vec_push(m->scratch, &m->steps);
    if (to)
        *to = (step){key, row, want, weight, in};
}

static int by_key(const void *p, const void *q)
{
    return lists_order(p, q);
}

static uint32_t want_of(const mover *m, const list_key *key)
{
    uint32_t low = 0, high = m->want_n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (lists_order(&m->want[mid], key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* What goes and what comes, by word. */
static sst_status make_steps(mover *m)
{
    sst_arena *a = m->scratch;
    uint32_t n = 0;
    m->want = arena_alloc(a, ((size_t)m->out_n + m->in_n + 1) * sizeof *m->want);
    m->out_at = arena_alloc(a, ((size_t)m->out_n + 1) * sizeof *m->out_at);
    m->in_at = arena_alloc(a, ((size_t)m->in_n + 1) * sizeof *m->in_at);
    if (a->failed)
        return a->failed;
    for (uint32_t i = 0; i < m->out_n; i++)
        m->want[m->want_n++] = m->out[i].key;
    for (uint32_t i = 0; i < m->in_n; i++) {
        const graph_node *x = graph_at(m->s, m->in[i]);
        m->want[m->want_n++] = (list_key){x->published, x->content};
    }
    qsort(m->want, m->want_n, sizeof *m->want, by_key);
    for (uint32_t i = 0; i < m->want_n; i++)
        if (!n || lists_order(&m->want[n - 1], &m->want[i]) != 0)
            m->want[n++] = m->want[i];
    m->want_n = n;
    for (uint32_t i = 0; i < m->out_n; i++) {
        m->out_at[i] = want_of(m, &m->out[i].key);
        for (uint32_t k = 0; k < m->out[i].top_n; k++)
            add_step(m, m->out[i].top[k].key, m->out[i].row, m->out_at[i], 0, false);
    }
    for (uint32_t i = 0; i < m->in_n; i++) {
        graph_node *x = graph_at(m->s, m->in[i]);
        graph_top(m->s, x);
        m->in_at[i] = want_of(m, &(list_key){x->published, x->content});
        u64map_add(a, &m->fresh, x->row, 1, NULL);
        if (i == 0 || x->row < m->fresh_least)
            m->fresh_least = x->row;
        for (uint32_t k = 0; k < x->top_n; k++)
            add_step(m, x->top[k].key, x->row, m->in_at[i], x->top[k].weight, true);
    }
    if (m->steps.n)
        qsort(m->steps.v, m->steps.n, sizeof *m->steps.v, by_word);
    return a->failed;
}

/* -------------------------------------------------------------------------------------- segment */

/* A node for the lists, with the words that it has there. */
typedef struct change {
    list_node node;
    const story_word *top;
    uint32_t top_n;
} change;

static int by_change(const void *p, const void *q)
{
    const change *a = p, *b = q;
    int c = lists_order(&a->node.key, &b->node.key);
    if (c)
        return c;
    if (a->node.row != b->node.row)
        return a->node.row < b->node.row ? -1 : 1;
    return a->node.sign - b->node.sign;
}

/* The segment of the batch. */
static sst_status add_segment(mover *m)
{
    uint32_t n = 0, node_n = 0;
    SST_VEC(list_word) posts = {0};
    sst_arena *a = m->scratch;
    change *v = arena_alloc(a, ((size_t)m->out_n + m->in_n + 1) * sizeof *v);
    list_node *nodes = arena_alloc(a, ((size_t)m->out_n + m->in_n + 1) * sizeof *nodes);
    if (a->failed)
        return a->failed;
    for (uint32_t i = 0; i < m->out_n; i++)
        v[n++] = (change){{m->out[i].key, m->out[i].row, -1}, m->out[i].top, m->out[i].top_n};
    for (uint32_t i = 0; i < m->in_n; i++) {
        const graph_node *x = graph_at(m->s, m->in[i]);
        v[n++] = (change){{{x->published, x->content}, x->row, 1}, x->top, x->top_n};
    }
    if (n)
        qsort(v, n, sizeof *v, by_change);
    for (uint32_t i = 0; i < n; i++) {
        if (i + 1 < n && v[i].node.sign < 0 && v[i + 1].node.sign > 0 &&
            v[i].node.row == v[i + 1].node.row &&
            lists_order(&v[i].node.key, &v[i + 1].node.key) == 0) {
            i++; /* it goes and comes as it was */
            continue;
        }
        for (uint32_t k = 0; k < v[i].top_n; k++) {
            list_word *to = vec_push(a, &posts);
            if (to)
                *to = (list_word){v[i].top[k].key, node_n, v[i].top[k].weight};
        }
        nodes[node_n++] = v[i].node;
    }
    if (a->failed || m->s->status)
        return a->failed;
    return lists_add(m->s, &m->g->lists, nodes, node_n, posts.v, posts.n);
}

/* ----------------------------------------------------------------------------------------- move */

typedef struct sortable {
    store *s;
    uint32_t row;
} sortable;

static int canonical(const void *p, const void *q)
{
    const sortable *a = p, *b = q;
    return graph_before(a->s, a->row, b->row);
}

static sst_status in_order(mover *m, const uint32_t *in)
{
    sortable *v = arena_alloc(m->scratch, ((size_t)m->in_n + 1) * sizeof *v);
    uint32_t *rows = arena_alloc(m->scratch, ((size_t)m->in_n + 1) * sizeof *rows);
    if (!v || !rows)
        return m->scratch->failed;
    for (uint32_t i = 0; i < m->in_n; i++)
        v[i] = (sortable){m->s, in[i]};
    if (m->in_n)
        qsort(v, m->in_n, sizeof *v, canonical);
    for (uint32_t i = 0; i < m->in_n; i++)
        rows[i] = v[i].row;
    m->in = rows;
    return SST_OK;
}

static sst_status move(mover *m, const uint32_t *in)
{
    store *s = m->s;
    sst_status status = in_order(m, in);
    if (!status)
        status = make_steps(m);
    if (!status)
        status = lists_want(&m->g->lists, m->want, m->want_n);
    if (!status)
        status = graph_rows_room(s);
    for (uint32_t i = 0, end; i < m->steps.n && !status && !s->status; i = end) {
        for (end = i + 1; end < m->steps.n && m->steps.v[end].key == m->steps.v[i].key;)
            end++;
        status = change_list(m, m->steps.v + i, end - i);
    }
    /* A list that was read later may have had it with the text that it had. */
    for (uint32_t i = 0; i < m->in_n && !status && !s->status; i++)
        m->g->key[m->in[i]] = m->want[m->in_at[i]];
    if (!status && !s->status && m->out_n + m->in_n)
        status = add_segment(m);
    if (!status && !s->status)
        near_ask_pairs(m);
    for (uint32_t i = 0; i < m->in_n && !status && !s->status; i++)
        status = near_ask_new(m, m->in[i]);
    if (!status && !s->status && m->out_n + m->in_n)
        status = lists_settle(s, &m->g->lists, m->pairs.v, m->pairs.n);
    return status;
}

sst_status graph_move(store *s, const graph_out *out, uint32_t out_n, const uint32_t *in,
                      uint32_t in_n, const store_node *put, uint32_t put_n, sst_arena *scratch,
                      graph_rows *touched)
{
    store_graph *g = s->graph;
    mover m = {.s = s,
               .g = g,
               .scratch = scratch,
               .touched = touched,
               .put = put,
               .put_n = put_n,
               .out = out,
               .out_n = out_n,
               .in_n = in_n};
    for (uint32_t i = 0; i < put_n; i++)
        u64map_add(scratch, &m.put_at, put[i].row, i, NULL);
    sst_status status = scratch->failed ? scratch->failed : move(&m, in);
    for (uint32_t i = 0; i < g->list.n; i++)
        base_free(g->list.v[i].v);
    memset(&g->list, 0, sizeof g->list);
    memset(&g->list_of, 0, sizeof g->list_of);
    if (!status && !s->status)
        status = scratch->failed ? scratch->failed : g->arena.failed;
    if (s->status)
        return s->status;
    return status ? store_no_memory(s) : SST_OK;
}
