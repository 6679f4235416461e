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
 */
#include "store_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base_alloc.h"

/* A node's part in a list of one word. */
typedef struct step {
    uint32_t key, row;
    uint32_t want; /* its place among the keys of the batch */
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
    const graph_out *out;
    uint32_t out_n;
    const uint32_t *in; /* in canonical order */
    uint32_t in_n;
    list_key *want; /* of all that goes and comes, in order */
    uint32_t want_n;
    uint32_t *out_at, *in_at; /* places in want */
    SST_VEC(step) steps;
    SST_VEC(pair) again;
    SST_VEC(uint32_t) pairs; /* hashes of those that got an edge */
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

void graph_drop_edges(store *s, graph_node *x, sst_arena *scratch, graph_rows *touched)
{
    for (uint32_t k = 0; k < x->near.n; k++) {
        graph_node *y = graph_at(s, x->near.v[k].row);
        near_drop(y, x->row);
        y->dirty = true;
        uint32_t *to = vec_push(scratch, &touched->v);
        if (to)
            *to = y->row;
    }
    x->near.n = 0;
    x->dirty = true;
}

static void set_edge(mover *m, uint32_t a, uint32_t b, float weight)
{
    graph_node *x = graph_at(m->s, a), *y = graph_at(m->s, b);
    uint32_t k = 0;
    while (k < x->near.n && x->near.v[k].row != b)
        k++;
    bool had = k < x->near.n, has = weight >= story_edge_least();
    if (had == has || m->s->status)
        return; /* a weight depends on the two alone */
    if (had) {
        near_drop(x, b);
        near_drop(y, a);
    } else {
        graph_near *p = vec_push(&m->g->arena, &x->near);
        graph_near *q = p ? vec_push(&m->g->arena, &y->near) : NULL;
        uint32_t *hash = q ? vec_push(m->scratch, &m->pairs) : NULL;
        if (!hash)
            return; /* told by the arenas */
        *p = (graph_near){b, weight};
        *q = (graph_near){a, weight};
        *hash = lists_pair_hash(a, b);
        lists_may_now(&m->g->lists, *hash);
    }
    x->dirty = y->dirty = true;
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

static uint32_t reach(uint32_t n)
{
    return n > STORY_COMMON ? STORY_NEXT : STORY_COMMON;
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

/* The first place whose node does not stand before the row. */
static uint32_t place_of(const store_graph *g, const graph_list *l, uint32_t row)
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
        return store_fail(m->s, SST_ERR_IO,
                          "the lists of words are damaged: run samestory check --repair");
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
    l->all = after_all;
    if (k)
        compare_windows(m, k, kept_n, before_all, after_all);
    base_free(k);
    base_free(fresh_posts);
    return SST_OK;
}

/* ---------------------------------------------------------------------------------------- pairs */

/* Does the list of a word pair the two, as it is now? Both stand in it. */
static bool paired(mover *m, uint32_t key, uint32_t a, uint32_t b)
{
    store_graph *g = m->g;
    const uint32_t *at = u64map_find(&g->list_of, key);
    const graph_list *l = at ? &g->list.v[*at] : NULL;
    if (l && l->all <= STORY_COMMON)
        return true;
    if (l) { /* where posts are left out between two, more than STORY_NEXT places stand for them */
        uint32_t x = place_of(g, l, a), y = place_of(g, l, b);
        bool near = (x < y ? y - x : x - y) <= STORY_NEXT;
        if (l->whole || (near && x < l->n && y < l->n && l->v[x].row == a && l->v[y].row == b))
            return near;
    }
    return lists_pair(m->s, &g->lists, key, &g->key[a], &g->key[b]);
}

static bool enough(const store_graph *g, uint32_t a, uint32_t b, float sum)
{
    return story_candidate(sum, g->key[a].published, g->key[b].published);
}

static bool has_edge(mover *m, uint32_t a, uint32_t b)
{
    const graph_node *x = graph_at(m->s, a);
    uint32_t k = 0;
    while (k < x->near.n && x->near.v[k].row != b)
        k++;
    return k < x->near.n;
}

/* What the words have in common that pair the two: those of the lists at hand, or all. */
static bool pair_sum(mover *m, const graph_node *x, const graph_node *y, bool had, bool at_hand,
                     float *sum)
{
    *sum = 0;
    for (uint32_t i = 0, j = 0; i < x->top_n && j < y->top_n && !m->s->status;) {
        uint32_t u = x->top[i].key, v = y->top[j].key;
        if (u == v && (!at_hand || u64map_find(&m->g->list_of, u)) &&
            paired(m, u, x->row, y->row)) {
            *sum += x->top[i].weight * y->top[j].weight;
            if (had && enough(m->g, x->row, y->row, *sum))
                return true; /* more words only add, and the weight depends on the two alone */
        }
        i += u <= v;
        j += v <= u;
    }
    return false;
}

static void ask_pair(mover *m, const pair *p)
{
    bool had = has_edge(m, p->a, p->b);
    if (!p->came && !had)
        return;
    graph_node *x = graph_at(m->s, p->a), *y = graph_at(m->s, p->b);
    graph_top(m->s, x);
    graph_top(m->s, y);
    m->g->key[p->a] = (list_key){x->published, x->content};
    m->g->key[p->b] = (list_key){y->published, y->content};
    float sum = 0;
    if (m->s->status || (had && pair_sum(m, x, y, had, true, &sum)) ||
        pair_sum(m, x, y, had, false, &sum))
        return;
    float weight = 0;
    if (enough(m->g, p->a, p->b, sum)) {
        story_features first;
        if (own_features(m, p->a, &first))
            return;
        const story_features *f = features(m, p->b);
        if (!f)
            return;
        weight = lists_order(&m->g->key[p->a], &m->g->key[p->b]) < 0 ? story_similarity(&first, f)
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
    const graph_node *x = graph_at(m->s, row);
    SST_VEC(uint32_t) near = {0};
    uint32_t round = ++g->round;
    for (uint32_t k = 0; k < x->top_n; k++) {
        const graph_list *l = &g->list.v[*u64map_find(&g->list_of, x->top[k].key)];
        uint32_t at = place_of(g, l, row), most = reach(l->all);
        uint32_t from = at > most ? at - most : 0, to = l->n - at > most ? at + most + 1 : l->n;
        for (uint32_t i = from; i < to; i++) {
            uint32_t j = l->v[i].row;
            if (i == at || !j || (j < row && j >= m->fresh_least && u64map_find(&m->fresh, j)))
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
        /* Most are not, at whatever time: their times are not looked at. */
        if (!story_candidate(g->mark[j].sum, 0, 0) || !enough(g, row, j, g->mark[j].sum))
            continue;
        if (!probed &&
            (own_features(m, row, &own) || story_probe_set(&g->probe, &own, &g->probe_arena)))
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
        ask_pairs(m);
    for (uint32_t i = 0; i < m->in_n && !status && !s->status; i++)
        status = ask_new(m, m->in[i]);
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
