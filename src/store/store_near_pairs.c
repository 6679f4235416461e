/*
 * Pairs of a batch are asked, and their edges set.
 *
 * in: the lists of words as they are behind the batch (store_near.c), the pairs that fell out or
 * came in there, the nodes that were put in; out: edges on both nodes, the rows that they touch,
 * the hashes of pairs that got one. Method: a pair has an edge when the words whose lists pair the
 * two weigh enough to look at it (story_candidate), and what the two are about is alike enough
 * (story_similarity); a list that is at hand is asked before the tables are. Of a node that was put
 * in, the neighbours in all its lists are summed up at once; a pair that has its edge keeps it
 * without a look at the features, since the weight depends on the two alone.
 *
 * Parts: edges, pairs asked again, all pairs of what is new.
 */
#include "store_near.h"

#include <stdlib.h>

/* ---------------------------------------------------------------------------------------- edges */

static void touch(mover *m, uint32_t row)
{
    uint32_t *to = vec_push(m->scratch, &m->touched->v);
    if (to)
        *to = row;
}

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
        uint32_t x = near_place(g, l, a), y = near_place(g, l, b);
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

void near_ask_pairs(mover *m)
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

sst_status near_ask_new(mover *m, uint32_t row)
{
    store_graph *g = m->g;
    const graph_node *x = graph_at(m->s, row);
    SST_VEC(uint32_t) near = {0};
    uint32_t round = ++g->round;
    for (uint32_t k = 0; k < x->top_n; k++) {
        const graph_list *l = &g->list.v[*u64map_find(&g->list_of, x->top[k].key)];
        uint32_t at = near_place(g, l, row), most = near_reach(l->all);
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
