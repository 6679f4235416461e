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
 */
#include "store_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base_alloc.h"

/* A node's part in a list of one word. */
typedef struct step {
    uint32_t key, row;
    float weight;
    bool in;
} step;

typedef struct pair {
    uint32_t a, b;
    bool came; /* else it fell out: asked only where there is an edge */
} pair;

typedef struct mover {
    store *s;
    store_graph *g;
    sst_arena *scratch;
    graph_rows *touched;
    const store_node *put;
    uint32_t put_n;
    u64map put_at;        /* row -> place in put */
    u64map fresh;         /* rows that were put in */
    uint32_t fresh_least; /* the smallest of them: new articles come behind all others */
    SST_VEC(step) steps;
    SST_VEC(pair) again;
} mover;

static void touch(mover *m, uint32_t row)
{
    uint32_t *to = vec_push(m->scratch, &m->touched->v);
    if (to)
        *to = row;
}

/* ---------------------------------------------------------------------------------------- edges */

static void near_drop(graph_node *x, uint32_t row)
{
    for (uint32_t k = 0; k < x->near.n; k++)
        if (x->near.v[k].row == row) {
            x->near.v[k] = x->near.v[--x->near.n];
            return;
        }
}

void graph_drop_edges(store_graph *g, uint32_t row, sst_arena *scratch, graph_rows *touched)
{
    graph_node *x = graph_at(g, row);
    for (uint32_t k = 0; k < x->near.n; k++) {
        uint32_t other = x->near.v[k].row;
        near_drop(graph_at(g, other), row);
        graph_at(g, other)->dirty |= other > row;
        uint32_t *to = vec_push(scratch, &touched->v);
        if (to)
            *to = other;
    }
    x->near.n = 0;
    x->dirty = true;
}

static void set_edge(mover *m, uint32_t a, uint32_t b, float weight)
{
    graph_node *x = graph_at(m->g, a), *y = graph_at(m->g, b);
    uint32_t k = 0;
    while (k < x->near.n && x->near.v[k].row != b)
        k++;
    bool had = k < x->near.n, has = weight >= story_edge_least();
    if (had == has)
        return; /* a weight depends on the two alone */
    if (had) {
        near_drop(x, b);
        near_drop(y, a);
    } else {
        graph_near *p = vec_push(&m->g->arena, &x->near);
        graph_near *q = p ? vec_push(&m->g->arena, &y->near) : NULL;
        if (!q)
            return; /* told by the arena */
        *p = (graph_near){b, weight};
        *q = (graph_near){a, weight};
        if (graph_pairs_add(m->g, a, b))
            m->g->arena.failed = SST_ERR_MEMORY;
    }
    graph_at(m->g, a > b ? a : b)->dirty = true;
    touch(m, a);
    touch(m, b);
}

/* Until the next call. */
static const story_features *features(mover *m, uint32_t row)
{
    const uint32_t *at = u64map_find(&m->put_at, row);
    return at ? m->put[*at].f : graph_features(m->s, row);
}

/* To stay. */
static sst_status own_features(mover *m, uint32_t row, story_features *out)
{
    const uint32_t *at = u64map_find(&m->put_at, row);
    if (!at)
        return store_features(m->s, row, m->scratch, out);
    *out = *m->put[*at].f;
    return SST_OK;
}

/* ---------------------------------------------------------------------------------------- lists */

static int by_word(const void *p, const void *q)
{
    const step *a = p, *b = q;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->in != b->in)
        return a->in ? 1 : -1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static uint32_t reach(uint32_t n)
{
    return n > STORY_COMMON ? STORY_NEXT : STORY_COMMON;
}

static void ask_again(mover *m, uint32_t a, uint32_t b, bool came)
{
    if (!came && !graph_pairs_may(m->g, a, b))
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
    uint32_t was = reach(before_n), is = reach(after_n);
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
static void compare_places(mover *m, const graph_post *v, uint32_t n, const uint32_t *place,
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

/* The first place whose node does not stand before row. */
static uint32_t place_of(const store_graph *g, const graph_list *l, uint32_t row)
{
    uint32_t low = 0, high = l->n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (graph_before(g, l->v[mid].row, row) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Steps of one word, those that go first. */
static sst_status change_list(mover *m, const step *v, uint32_t n)
{
    store_graph *g = m->g;
    int fresh;
    uint32_t *at = u64map_add(&g->arena, &g->list_of, v[0].key, g->lists.n, &fresh);
    graph_list *l = !at ? NULL : fresh ? vec_push(&g->arena, &g->lists) : &g->lists.v[*at];
    if (!l)
        return SST_ERR_MEMORY;
    uint32_t out_n = 0, before_n = l->n;
    while (out_n < n && !v[out_n].in)
        out_n++;
    uint32_t in_n = n - out_n;
    /* Long before, nothing goes: what changes is at the places where something comes. */
    bool places = before_n > STORY_COMMON && out_n == 0;
    bool windows = before_n + in_n > STORY_COMMON && !places;
    kept *k = windows ? base_malloc(((size_t)before_n + 1) * sizeof *k) : NULL;
    if (windows && !k)
        return SST_ERR_MEMORY;
    /* Out: rows are few, a list is long. */
    uint32_t kept_n = places ? before_n : 0;
    for (uint32_t i = kept_n; i < before_n; i++) {
        uint32_t row = l->v[i].row, low = 0, high = out_n;
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
        graph_post *p = base_realloc(l->v, (size_t)cap * sizeof *p);
        if (!p) {
            base_free(k);
            return SST_ERR_MEMORY;
        }
        l->v = p;
        l->cap = cap;
    }
    /* In: each at its place among those kept, then all moved at once from behind. */
    graph_post *fresh_posts =
        base_malloc(((size_t)in_n + 1) * (sizeof *fresh_posts + sizeof(uint32_t)));
    if (!fresh_posts) {
        base_free(k);
        return SST_ERR_MEMORY;
    }
    uint32_t *place = (uint32_t *)(void *)(fresh_posts + in_n + 1);
    for (uint32_t i = 0; i < in_n; i++) { /* v[out_n ...] are in order of canonical places */
        fresh_posts[i] = (graph_post){v[out_n + i].row, v[out_n + i].weight};
        place[i] = place_of(g, l, fresh_posts[i].row);
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
    if (k)
        compare_windows(m, k, kept_n, before_n, l->n);
    base_free(k);
    base_free(fresh_posts);
    return SST_OK;
}

/* ---------------------------------------------------------------------------------------- pairs */

/* Does the list of a word pair the two? Both stand in it. */
static bool paired(const store_graph *g, uint32_t key, uint32_t a, uint32_t b)
{
    const uint32_t *at = u64map_find(&g->list_of, key);
    if (!at)
        return false;
    const graph_list *l = &g->lists.v[*at];
    if (l->n <= STORY_COMMON)
        return true;
    uint32_t x = place_of(g, l, a), y = place_of(g, l, b);
    return (x < y ? y - x : x - y) <= STORY_NEXT;
}

static bool enough(const store_graph *g, uint32_t a, uint32_t b, float sum)
{
    return story_candidate(sum, graph_at(g, a)->published, graph_at(g, b)->published);
}

static bool has_edge(const store_graph *g, uint32_t a, uint32_t b)
{
    const graph_node *x = graph_at(g, a), *y = graph_at(g, b);
    const graph_node *few = x->near.n < y->near.n ? x : y;
    uint32_t other = few == x ? b : a, k = 0;
    while (k < few->near.n && few->near.v[k].row != other)
        k++;
    return k < few->near.n;
}

static void ask_pair(mover *m, const pair *p)
{
    const graph_node *x = graph_at(m->g, p->a), *y = graph_at(m->g, p->b);
    bool had = has_edge(m->g, p->a, p->b);
    if (!p->came && !had)
        return;
    float sum = 0;
    for (uint32_t i = 0, j = 0; i < x->top_n && j < y->top_n;) {
        uint32_t u = x->top[i].key, v = y->top[j].key;
        if (u == v && paired(m->g, u, p->a, p->b)) {
            sum += x->top[i].weight * y->top[j].weight;
            if (had && enough(m->g, p->a, p->b, sum))
                return; /* more words only add, and the weight depends on the two alone */
        }
        i += u <= v;
        j += v <= u;
    }
    float weight = 0;
    if (enough(m->g, p->a, p->b, sum)) {
        story_features first;
        if (own_features(m, p->a, &first))
            return;
        const story_features *f = features(m, p->b);
        if (!f)
            return;
        weight = graph_before(m->g, p->a, p->b) < 0 ? story_similarity(&first, f)
                                                    : story_similarity(f, &first);
    }
    set_edge(m, p->a, p->b, weight);
}

static int by_rows(const void *p, const void *q)
{
    const pair *x = p, *y = q;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* Each pair once, whatever the number of words over which it fell out or came in. */
static void ask_pairs(mover *m)
{
    uint32_t n = 0;
    pair *v = m->again.v;
    for (uint32_t i = 0; i < m->again.n; i++)
        if (v[i].a > v[i].b)
            v[i] = (pair){v[i].b, v[i].a, v[i].came};
    if (m->again.n)
        qsort(v, m->again.n, sizeof *v, by_rows);
    for (uint32_t i = 0; i < m->again.n; i++)
        if (n && by_rows(&v[n - 1], &v[i]) == 0)
            v[n - 1].came |= v[i].came;
        else
            v[n++] = v[i];
    for (uint32_t i = 0; i < n && !m->s->status; i++)
        ask_pair(m, &v[i]);
}

/* All edges of a node that was put in. Those with others that were are set by the first of the two
 * by row. */
static sst_status ask_new(mover *m, uint32_t row)
{
    store_graph *g = m->g;
    const graph_node *x = graph_at(g, row);
    SST_VEC(uint32_t) near = {0};
    uint32_t round = ++g->round;
    for (uint32_t k = 0; k < x->top_n; k++) {
        const graph_list *l = &g->lists.v[*u64map_find(&g->list_of, x->top[k].key)];
        uint32_t at = place_of(g, l, row), most = reach(l->n);
        uint32_t from = at > most ? at - most : 0, to = l->n - at > most ? at + most + 1 : l->n;
        for (uint32_t i = from; i < to; i++) {
            uint32_t j = l->v[i].row;
            if (i == at || (j < row && j >= m->fresh_least && u64map_find(&m->fresh, j)))
                continue;
            graph_mark *c = &g->mark[j];
            if (c->round != round) {
                uint32_t *n = vec_push(m->scratch, &near);
                if (!n)
                    return m->scratch->failed;
                *n = j;
                *c = (graph_mark){.round = round};
            }
            c->sum += l->v[i].weight * x->top[k].weight;
        }
    }
    bool probed = false;
    story_features own = {0};
    for (uint32_t k = 0; k < near.n; k++) {
        uint32_t j = near.v[k];
        /* Most are not, at whatever time: their nodes are not looked at. */
        if (!story_candidate(g->mark[j].sum, 0, 0) || !enough(g, row, j, g->mark[j].sum))
            continue;
        if (!probed && (own_features(m, row, &own) || story_probe_set(&g->probe, &own, &g->arena)))
            return SST_ERR_MEMORY;
        probed = true;
        const story_features *f = features(m, j);
        if (!f)
            return m->s->status;
        float weight = story_similarity_probe(&g->probe, &own, f);
        if (weight >= story_edge_least())
            set_edge(m, row, j, weight);
    }
    return g->arena.failed;
}

static sst_status marks(store_graph *g)
{
    if (g->mark_n >= g->node_n)
        return SST_OK;
    uint32_t n = g->node_cap;
    graph_mark *v = base_realloc(g->mark, (size_t)n * sizeof *v);
    if (!v)
        return SST_ERR_MEMORY;
    memset(v + g->mark_n, 0, (size_t)(n - g->mark_n) * sizeof *v);
    g->mark = v;
    g->mark_n = n;
    return SST_OK;
}

static void add_step(mover *m, uint32_t key, uint32_t row, float weight, bool in)
{
    step *to = vec_push(m->scratch, &m->steps);
    if (to)
        *to = (step){key, row, weight, in};
}

typedef struct sortable {
    const store_graph *g;
    uint32_t row;
} sortable;

static int canonical(const void *p, const void *q)
{
    const sortable *a = p, *b = q;
    return graph_before(a->g, a->row, b->row);
}

/* Steps: those that go by word and row; those that come by word, in canonical order. */
static sst_status make_steps(mover *m, const graph_out *out, uint32_t out_n, const uint32_t *in,
                             uint32_t in_n)
{
    sortable *v = arena_alloc(m->scratch, ((size_t)in_n + 1) * sizeof *v);
    if (!v)
        return m->scratch->failed;
    for (uint32_t i = 0; i < in_n; i++)
        v[i] = (sortable){m->g, in[i]};
    qsort(v, in_n, sizeof *v, canonical);
    for (uint32_t i = 0; i < out_n; i++)
        for (uint32_t k = 0; k < out[i].top_n; k++)
            add_step(m, out[i].top[k].key, out[i].row, 0, false);
    for (uint32_t i = 0; i < in_n; i++) {
        const graph_node *x = graph_at(m->g, v[i].row);
        u64map_add(m->scratch, &m->fresh, v[i].row, 1, NULL);
        if (i == 0 || v[i].row < m->fresh_least)
            m->fresh_least = v[i].row;
        for (uint32_t k = 0; k < x->top_n; k++) /* the number keeps their order in the sort */
            add_step(m, x->top[k].key, i, x->top[k].weight, true);
    }
    if (m->scratch->failed)
        return m->scratch->failed;
    if (m->steps.n)
        qsort(m->steps.v, m->steps.n, sizeof *m->steps.v, by_word);
    for (uint32_t i = 0; i < m->steps.n; i++)
        if (m->steps.v[i].in)
            m->steps.v[i].row = v[m->steps.v[i].row].row;
    return SST_OK;
}

sst_status graph_move(store *s, const graph_out *out, uint32_t out_n, const uint32_t *in,
                      uint32_t in_n, const store_node *put, uint32_t put_n, sst_arena *scratch,
                      graph_rows *touched)
{
    mover m = {
        .s = s, .g = s->graph, .scratch = scratch, .touched = touched, .put = put, .put_n = put_n};
    for (uint32_t i = 0; i < put_n; i++)
        u64map_add(scratch, &m.put_at, put[i].row, i, NULL);
    sst_status status = scratch->failed ? scratch->failed : make_steps(&m, out, out_n, in, in_n);
    for (uint32_t i = 0, end; i < m.steps.n && !status; i = end) {
        for (end = i + 1; end < m.steps.n && m.steps.v[end].key == m.steps.v[i].key;)
            end++;
        status = change_list(&m, m.steps.v + i, end - i);
    }
    if (!status)
        status = marks(m.g);
    if (!status && !s->status)
        ask_pairs(&m);
    for (uint32_t i = 0; i < in_n && !status && !s->status; i++)
        status = ask_new(&m, in[i]);
    if (!status && !s->status)
        status = scratch->failed ? scratch->failed : m.g->arena.failed;
    if (s->status)
        return s->status;
    return status ? store_no_memory(s) : SST_OK;
}
