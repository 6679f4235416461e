/*
 * Lists of words, written: a segment for each batch, and segments of a size put together.
 *
 * in: nodes and posts of a batch; out: rows of word_segment and word_block. Method: a
 * log-structured merge tree with tiers (O'Neil et al. 1996; tiers as in Lucene). Sizes are classes
 * of FACTOR: as soon as FACTOR segments are in one class they become one of the next, so a post is
 * written once for each class, in order, and a word is looked up in few segments. A batch smaller
 * than the first class is put together with what else is in it.
 *
 * A node that one segment has and another takes back is in neither when the two are put together.
 */
#include "store_lists.h"

#include <stdlib.h>
#include <string.h>

#include "base_alloc.h"

enum {
    /*
     * Segments of a class. Of a million articles in batches of 4,000, FACTOR 4 writes each post
     * five times and leaves some 8 segments; 8 would write it four times and leave twice as many.
     */
    FACTOR = 4,
    FIRST_CLASS = 128, /* nodes: a small batch writes so many again, 40 KB */
    NO_NODE = UINT32_MAX
};

static uint32_t class_of(uint32_t nodes)
{
    uint32_t c = 0;
    for (uint64_t n = FIRST_CLASS; nodes >= n; n *= FACTOR)
        c++;
    return c;
}

/* --------------------------------------------------------------------------------------- writer */

typedef struct writer {
    store *s;
    const lists_tables *t;
    int64_t id;
    uint32_t numbers[LIST_NUMBERS], n; /* the block at work */
    uint32_t *first;                   /* base_malloc: word, node of each block */
    uint32_t block_n, block_cap;
} writer;

static void end_block(writer *w)
{
    if (!w->n)
        return;
    sqlite3_stmt *st = store_sql(w->s, w->t->put_block);
    store_bind(st, 1, w->id << 32 | w->block_n++);
    store_bind_blob(st, 2, w->numbers, w->n * sizeof *w->numbers);
    store_run(w->s, st);
    w->n = 0;
}

static void begin_block(writer *w, uint32_t word, uint32_t node)
{
    if (w->block_n == w->block_cap) {
        uint32_t cap = w->block_cap ? w->block_cap * 2 : 64;
        uint32_t *v = base_realloc(w->first, (size_t)cap * 2 * sizeof *v);
        if (!v) {
            store_no_memory(w->s);
            return;
        }
        w->first = v;
        w->block_cap = cap;
    }
    w->first[2 * (size_t)w->block_n] = word;
    w->first[2 * (size_t)w->block_n + 1] = node;
}

/* All posts of a word, in order of nodes. */
static void write_word(writer *w, uint32_t word, const list_word *v, uint32_t n)
{
    for (uint32_t done = 0; done < n && !w->s->status;) {
        if (w->n + LIST_HEAD + 2 > LIST_NUMBERS)
            end_block(w);
        if (!w->n)
            begin_block(w, word, v[done].node);
        uint32_t room = (LIST_NUMBERS - w->n - LIST_HEAD) / 2;
        uint32_t some = n - done < room ? n - done : room;
        w->numbers[w->n++] = word;
        w->numbers[w->n++] = some;
        for (uint32_t k = 0; k < some; k++) {
            w->numbers[w->n++] = v[done + k].node;
            memcpy(&w->numbers[w->n++], &v[done + k].weight, sizeof(float));
        }
        done += some;
    }
}

/* The row of the segment; it joins the others. */
static sst_status end_segment(writer *w, store_lists *l, const list_node *nodes, uint32_t node_n,
                              const uint32_t *pairs, uint32_t pair_n)
{
    store *s = w->s;
    end_block(w);
    list_segment *x = s->status ? NULL : lists_segment(w->id, node_n, w->block_n);
    list_segment **to = x ? vec_push(&l->arena, &l->v) : NULL;
    if (!to) {
        lists_segment_free(x);
        return s->status ? s->status : store_no_memory(s);
    }
    *to = x;
    if (node_n)
        memcpy(x->nodes, nodes, node_n * sizeof *nodes);
    if (w->block_n)
        memcpy(x->first, w->first, w->block_n * 2 * sizeof *w->first);
    for (uint32_t i = 0; i < node_n; i++)
        x->gone_n += nodes[i].sign < 0;
    x->pair_n = pair_n;
    sqlite3_stmt *st = store_sql(s, w->t->put_segment);
    store_bind(st, 1, w->id);
    store_bind_blob(st, 2, x->nodes, node_n * sizeof *nodes);
    store_bind_blob(st, 3, x->first, w->block_n * 2 * sizeof *w->first);
    store_bind_blob(st, 4, pairs, pair_n * sizeof *pairs);
    store_run(s, st);
    return s->status;
}

/* Grows for ever: a segment that is gone never lends its number to another. */
static int64_t next_id(store *s, const lists_tables *t)
{
    return store_one(s, store_sql(s, t->newest), 0) + 1;
}

/* ---------------------------------------------------------------------------------------- batch */

static int by_word(const void *p, const void *q)
{
    const list_word *a = p, *b = q;
    if (a->word != b->word)
        return a->word < b->word ? -1 : 1;
    return a->node < b->node ? -1 : a->node > b->node;
}

sst_status lists_add(store *s, store_lists *l, const list_node *nodes, uint32_t node_n,
                     list_word *posts, uint32_t post_n)
{
    writer w = {.s = s, .t = l->tables, .id = next_id(s, l->tables)};
    if (post_n)
        qsort(posts, post_n, sizeof *posts, by_word);
    for (uint32_t i = 0, end; i < post_n && !s->status; i = end) {
        for (end = i + 1; end < post_n && posts[end].word == posts[i].word;)
            end++;
        write_word(&w, posts[i].word, posts + i, end - i);
    }
    sst_status status = end_segment(&w, l, nodes, node_n, NULL, 0);
    base_free(w.first);
    return status;
}

/* ---------------------------------------------------------------------------------------- merge */

/* A segment that is put together with others. */
typedef struct source {
    list_segment *x;
    uint32_t *now;          /* of each node: its place in the new one, NO_NODE: nowhere */
    uint32_t at;            /* of nodes, then of blocks */
    uint32_t in_block, len; /* place in the block, its length */
    uint32_t word, n;       /* the run at work; n 0: none is left */
    uint32_t pair_at, *pairs;
} source;

typedef struct merger {
    store *s;
    store_lists *l;
    sst_arena arena;
    source *v;
    uint32_t n;
    list_node *nodes;
    uint32_t node_n;
    uint32_t *pairs, pair_n;
    SST_VEC(list_word) posts; /* of one word */
} merger;

static int by_node(const list_node *a, const list_node *b)
{
    int c = lists_order(&a->key, &b->key);
    return c ? c : a->row < b->row ? -1 : a->row > b->row;
}

static void merge_nodes(merger *m)
{
    for (;;) {
        const list_node *least = NULL;
        for (uint32_t i = 0; i < m->n; i++) {
            const source *x = &m->v[i];
            if (x->at < x->x->node_n && (!least || by_node(&x->x->nodes[x->at], least) < 0))
                least = &x->x->nodes[x->at];
        }
        if (!least)
            return;
        int32_t sum = 0;
        list_node out = *least;
        for (uint32_t i = 0; i < m->n; i++) {
            source *x = &m->v[i];
            while (x->at < x->x->node_n && by_node(&x->x->nodes[x->at], &out) == 0) {
                sum += x->x->nodes[x->at].sign;
                x->now[x->at++] = m->node_n;
            }
        }
        if (sum) {
            out.sign = sum > 0 ? 1 : -1;
            m->nodes[m->node_n++] = out;
            continue;
        }
        for (uint32_t i = 0; i < m->n; i++)
            for (uint32_t k = m->v[i].at; k > 0 && m->v[i].now[k - 1] == m->node_n;)
                m->v[i].now[--k] = NO_NODE;
    }
}

static int by_number(const void *p, const void *q)
{
    const uint32_t *a = p, *b = q;
    return *a < *b ? -1 : *a > *b;
}

static void merge_pairs(merger *m)
{
    for (uint32_t i = 0; i < m->n; i++) {
        const list_segment *x = m->v[i].x;
        sqlite3_stmt *st = store_sql(m->s, m->l->tables->pairs);
        store_bind(st, 1, x->id);
        if (!store_row(m->s, st))
            return;
        sst_str v = store_str(st, 0);
        uint32_t n = (uint32_t)(v.n / sizeof *m->pairs);
        n = n < x->pair_n ? n : x->pair_n;
        memcpy(m->pairs + m->pair_n, v.p, n * sizeof *m->pairs);
        m->pair_n += n;
        sqlite3_reset(st);
    }
    if (m->pair_n)
        qsort(m->pairs, m->pair_n, sizeof *m->pairs, by_number);
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->pair_n; i++)
        if (!n || m->pairs[n - 1] != m->pairs[i])
            m->pairs[n++] = m->pairs[i];
    m->pair_n = n;
}

/* The next run of a source. */
static void next_run(merger *m, source *x)
{
    x->n = 0;
    while (x->at < x->x->block_n && !m->s->status) {
        const uint32_t *b = lists_block(m->s, m->l->tables, x->x, x->at, &x->len);
        if (!b)
            return;
        if (x->in_block + LIST_HEAD <= x->len &&
            (x->len - x->in_block - LIST_HEAD) / 2 >= b[x->in_block + 1]) {
            x->word = b[x->in_block];
            x->n = b[x->in_block + 1];
            return;
        }
        x->at++;
        x->in_block = 0;
    }
}

static void take_run(merger *m, source *x)
{
    const uint32_t *b = lists_block(m->s, m->l->tables, x->x, x->at, NULL);
    for (uint32_t k = 0, at = x->in_block + LIST_HEAD; b && k < x->n; k++, at += 2) {
        list_word *to = b[at] < x->x->node_n && x->now[b[at]] != NO_NODE
                            ? vec_push(&m->arena, &m->posts)
                            : NULL;
        if (!to)
            continue;
        *to = (list_word){x->word, x->now[b[at]], 0};
        memcpy(&to->weight, &b[at + 1], sizeof to->weight);
    }
    x->in_block += LIST_HEAD + 2 * x->n;
    next_run(m, x);
}

static void merge_posts(merger *m, writer *w)
{
    for (uint32_t i = 0; i < m->n; i++) {
        m->v[i].at = 0;
        next_run(m, &m->v[i]);
    }
    while (!m->s->status && !m->arena.failed) {
        const source *least = NULL;
        for (uint32_t i = 0; i < m->n; i++)
            if (m->v[i].n && (!least || m->v[i].word < least->word))
                least = &m->v[i];
        if (!least)
            return;
        uint32_t word = least->word, parts = 0, n = 0;
        m->posts.n = 0;
        for (uint32_t i = 0; i < m->n; i++) {
            parts += m->v[i].n && m->v[i].word == word;
            while (m->v[i].n && m->v[i].word == word && !m->s->status)
                take_run(m, &m->v[i]);
        }
        if (parts > 1 && m->posts.n > 1)
            qsort(m->posts.v, m->posts.n, sizeof *m->posts.v, by_word);
        for (uint32_t i = 0; i < m->posts.n; i++)
            if (!n || m->posts.v[n - 1].node != m->posts.v[i].node)
                m->posts.v[n++] = m->posts.v[i];
        write_word(w, word, m->posts.v, n);
    }
}

static void drop_segment(store *s, store_lists *l, list_segment *x)
{
    sqlite3_stmt *st = store_sql(s, l->tables->drop_blocks);
    store_bind(st, 1, x->id << 32);
    store_bind(st, 2, (x->id + 1) << 32);
    store_run(s, st);
    st = store_sql(s, l->tables->drop_segment);
    store_bind(st, 1, x->id);
    store_run(s, st);
    uint32_t n = 0;
    for (uint32_t i = 0; i < l->v.n; i++)
        if (l->v.v[i] != x)
            l->v.v[n++] = l->v.v[i];
    l->v.n = n;
    lists_segment_free(x);
}

static sst_status merge(store *s, store_lists *l, list_segment **v, uint32_t n)
{
    merger m = {.s = s, .l = l, .n = n};
    uint64_t node_n = 0, pair_n = 0;
    writer w = {.s = s, .t = l->tables, .id = next_id(s, l->tables)};
    arena_init(&m.arena, 0);
    m.v = arena_calloc(&m.arena, (size_t)n + 1, sizeof *m.v);
    for (uint32_t i = 0; m.v && i < n; i++) {
        m.v[i].x = v[i];
        m.v[i].now = arena_alloc(&m.arena, ((size_t)v[i]->node_n + 1) * sizeof *m.v[i].now);
        node_n += v[i]->node_n;
        pair_n += v[i]->pair_n;
    }
    m.nodes = arena_alloc(&m.arena, (size_t)(node_n + 1) * sizeof *m.nodes);
    m.pairs = arena_alloc(&m.arena, (size_t)(pair_n + 1) * sizeof *m.pairs);
    sst_status status = m.arena.failed ? store_no_memory(s) : s->status;
    if (!status) {
        merge_nodes(&m);
        merge_pairs(&m);
        merge_posts(&m, &w);
        status = m.arena.failed ? store_no_memory(s) : s->status;
    }
    if (!status)
        status = end_segment(&w, l, m.nodes, m.node_n, m.pairs, m.pair_n);
    for (uint32_t i = 0; i < n && !status; i++)
        drop_segment(s, l, v[i]);
    base_free(w.first);
    arena_release(&m.arena);
    return s->status;
}

sst_status lists_settle(store *s, store_lists *l, uint32_t *pairs, uint32_t pair_n)
{
    list_segment *fresh = l->v.n ? l->v.v[l->v.n - 1] : NULL;
    if (fresh && pair_n) {
        qsort(pairs, pair_n, sizeof *pairs, by_number);
        sqlite3_stmt *st = store_sql(s, l->tables->put_pairs);
        store_bind_blob(st, 1, pairs, pair_n * sizeof *pairs);
        store_bind(st, 2, fresh->id);
        store_run(s, st);
        fresh->pair_n = pair_n;
    }
    for (uint32_t c = 0; !s->status; c++) {
        list_segment *v[FACTOR];
        uint32_t n = 0, higher = 0;
        for (uint32_t i = 0; i < l->v.n; i++) {
            uint32_t k = class_of(l->v.v[i]->node_n);
            if (k == c && n < FACTOR)
                v[n++] = l->v.v[i];
            higher += k > c;
        }
        if (n >= (c == 0 ? 2 : FACTOR) && !merge(s, l, v, n)) {
            c = UINT32_MAX; /* the new one may be of any class */
            continue;
        }
        if (!higher)
            break;
    }
    return s->status;
}
