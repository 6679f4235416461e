/*
 * Lists of words, read: posts out of the blocks of their segments (store_lists.c).
 *
 * in: keys of articles, words; out: posts. Parts, in this order:
 *
 *   keys       the order of lists; the keys that are going to be asked for, looked up in every
 *              segment once
 *   runs       where a word stands in each segment, by place: only its first and last run need a
 *              look at the block
 *   parts      of the runs, those posts that stand around the keys, put together in order; what one
 *              segment says and another takes back goes
 */
#include "store_lists.h"

#include <string.h>

#include "base_alloc.h"
#include "story_edges.h"

/* Lists of so many posts are read whole: a few blocks. */
enum { WHOLE = 4 * STORY_COMMON };

/* ----------------------------------------------------------------------------------------- keys */

int lists_order(const list_key *a, const list_key *b)
{
    if (a->published != b->published)
        return a->published < b->published ? -1 : 1;
    return a->content < b->content ? -1 : a->content > b->content;
}

/* The first node that does not stand before the key. */
static uint32_t node_of(const list_segment *x, const list_key *key, uint32_t from)
{
    uint32_t low = from, high = x->node_n;
    for (uint32_t step = 1; low + step < high; step *= 2) { /* keys in a row are near each other */
        if (lists_order(&x->nodes[low + step].key, key) >= 0) {
            high = low + step;
            break;
        }
        low += step;
    }
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (lists_order(&x->nodes[mid].key, key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

sst_status lists_want(store_lists *l, const list_key *key, uint32_t n)
{
    l->want = key;
    l->want_n = n;
    for (uint32_t i = 0; i < l->v.n; i++) {
        list_segment *x = l->v.v[i];
        uint32_t *v = base_realloc(x->want, ((size_t)n + 1) * sizeof *v);
        if (!v)
            return SST_ERR_MEMORY;
        x->want = v;
        for (uint32_t k = 0; k < n; k++)
            v[k] = node_of(x, &key[k], k ? v[k - 1] : 0);
    }
    return SST_OK;
}

/* ----------------------------------------------------------------------------------------- runs */

/* A word in a segment: posts by place, 0 .. n. */
typedef struct run {
    const lists_tables *t;
    list_segment *x;
    uint32_t word, n, gone;
    uint32_t head_n, head_at; /* posts in the block before `first`; where they begin in it */
    uint32_t first, end;      /* blocks that begin with the word */
} run;

/* The first block from which on words do not stand before the word. */
static uint32_t block_of(const list_segment *x, uint32_t word)
{
    uint32_t low = 0, high = x->block_n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (x->first[2 * (size_t)mid] < word)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The post at a place; NULL after a failure. */
static const uint32_t *post_at(store *s, const run *r, uint32_t place)
{
    bool head = place < r->head_n;
    uint32_t len = 0, rest = place - r->head_n;
    const uint32_t *b =
        lists_block(s, r->t, r->x, head ? r->first - 1 : r->first + rest / LIST_FULL, &len);
    uint32_t at = head ? r->head_at + 2 * place : LIST_HEAD + 2 * (rest % LIST_FULL);
    if (b && at + 2 > len)
        lists_damaged(s);
    return !b || s->status ? NULL : b + at;
}

static bool find_run(store *s, const lists_tables *t, list_segment *x, uint32_t word, run *r)
{
    uint32_t len = 0;
    *r = (run){.t = t, .x = x, .word = word};
    r->first = r->end = block_of(x, word);
    while (r->end < x->block_n && x->first[2 * (size_t)r->end] == word)
        r->end++;
    if (r->end > r->first) {
        const uint32_t *b = lists_block(s, t, x, r->end - 1, &len);
        if (!b || len < LIST_HEAD)
            return false;
        r->n = (r->end - r->first - 1) * LIST_FULL + b[1];
    }
    if (r->first > 0) {
        const uint32_t *b = lists_block(s, t, x, r->first - 1, &len);
        if (!b)
            return false;
        uint32_t at = x->run_at < len && b[x->run_at] <= word ? x->run_at : 0;
        while (at + LIST_HEAD <= len && b[at] < word)
            at += LIST_HEAD + 2 * b[at + 1];
        if (at + LIST_HEAD <= len) {
            x->run_at = at;
            if (b[at] == word) {
                r->head_n = b[at + 1];
                r->head_at = at + LIST_HEAD;
                r->n += r->head_n;
            }
        }
    }
    for (uint32_t k = 0; x->gone_n && k < r->n; k++) {
        const uint32_t *p = post_at(s, r, k);
        if (!p)
            return false;
        r->gone += x->nodes[p[0]].sign < 0;
    }
    return r->n > 0;
}

/* The first place whose node is not before `node`. */
static uint32_t place_of(store *s, const run *r, uint32_t node)
{
    uint32_t low = 0, high = r->n;
    if (r->end > r->first) { /* first by blocks */
        uint32_t b = r->first, e = r->end;
        while (b < e) {
            uint32_t mid = b + (e - b) / 2;
            if (r->x->first[2 * (size_t)mid + 1] < node)
                b = mid + 1;
            else
                e = mid;
        }
        if (b < r->end)
            high = r->head_n + (b - r->first) * LIST_FULL;
        if (b > r->first)
            low = r->head_n + (b - r->first - 1) * LIST_FULL;
        else
            high = r->head_n;
    }
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        const uint32_t *p = post_at(s, r, mid);
        if (!p)
            return 0;
        if (p[0] < node)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static const list_key *key_at(store *s, const run *r, uint32_t place)
{
    const uint32_t *p = post_at(s, r, place);
    return p && p[0] < r->x->node_n ? &r->x->nodes[p[0]].key : NULL;
}

/* ---------------------------------------------------------------------------------------- parts */

/* A post on its way into a part. */
typedef struct item {
    list_key key;
    uint32_t row;
    int32_t sign;
    float weight;
} item;

typedef struct items {
    item *v, *other; /* base_malloc, both of cap */
    uint32_t n, cap;
} items;

static int by_item(const item *a, const item *b)
{
    int c = lists_order(&a->key, &b->key);
    return c ? c : a->row < b->row ? -1 : a->row > b->row;
}

static bool more_room(store *s, items *t, uint32_t n)
{
    if (t->n + n <= t->cap)
        return true;
    uint32_t cap = (t->n + n) + (t->n + n) / 2;
    item *v = base_realloc(t->v, cap * sizeof *v);
    if (v)
        t->v = v;
    item *other = v ? base_realloc(t->other, cap * sizeof *other) : NULL;
    if (other)
        t->other = other;
    if (!v || !other) {
        store_no_memory(s);
        return false;
    }
    t->cap = cap;
    return true;
}

/* Posts of a run at places [from, to), those with keys in [low, high] (NULL: open), merged in. */
static void merge_in(store *s, items *t, const run *r, uint32_t from, uint32_t to,
                     const list_key *low, const list_key *high)
{
    if (from >= to || !more_room(s, t, to - from))
        return;
    uint32_t before = t->n, n = 0;
    item *fresh = t->v + before;
    for (uint32_t k = from; k < to; k++) {
        const uint32_t *p = post_at(s, r, k);
        if (!p)
            return;
        if (p[0] >= r->x->node_n) {
            lists_damaged(s);
            return;
        }
        const list_node *x = &r->x->nodes[p[0]];
        if ((low && lists_order(&x->key, low) < 0) || (high && lists_order(&x->key, high) > 0))
            continue;
        fresh[n] = (item){x->key, x->row, x->sign, 0};
        memcpy(&fresh[n++].weight, &p[1], sizeof(float));
    }
    t->n += n;
    if (before == 0 || n == 0 || by_item(&t->v[before - 1], &t->v[before]) <= 0)
        return;
    uint32_t i = 0, j = before, k = 0;
    while (i < before && j < t->n)
        t->other[k++] = by_item(&t->v[i], &t->v[j]) <= 0 ? t->v[i++] : t->v[j++];
    while (i < before)
        t->other[k++] = t->v[i++];
    while (j < t->n)
        t->other[k++] = t->v[j++];
    item *v = t->v;
    t->v = t->other;
    t->other = v;
}

static bool part_room(store *s, list_part *p, uint32_t n)
{
    if (p->n + n <= p->cap)
        return true;
    uint32_t cap = p->n + n;
    list_post *v = base_realloc(p->v, ((size_t)cap + 1) * sizeof *v);
    if (v)
        p->v = v;
    list_key *key = v ? base_realloc(p->key, ((size_t)cap + 1) * sizeof *key) : NULL;
    if (key)
        p->key = key;
    if (!key) {
        store_no_memory(s);
        return false;
    }
    p->cap = cap;
    return true;
}

/* What is not taken back, behind what the part has. */
static void put_items(store *s, const items *t, uint32_t gap, list_part *out)
{
    if (!part_room(s, out, t->n + gap))
        return;
    for (uint32_t k = 0; k < gap; k++) {
        out->key[out->n] = (list_key){0};
        out->v[out->n++] = (list_post){0, 0};
    }
    for (uint32_t i = 0, end; i < t->n; i = end) {
        int32_t sum = 0;
        for (end = i; end < t->n && by_item(&t->v[i], &t->v[end]) == 0; end++)
            sum += t->v[end].sign;
        if (sum <= 0)
            continue;
        out->key[out->n] = t->v[i].key;
        out->v[out->n++] = (list_post){t->v[i].row, t->v[i].weight};
    }
}

typedef struct window {
    list_key low, high;
    bool has_low, has_high;
    uint32_t from, to; /* places of want: the first and last that it is around */
} window;

/* Around one key: what all runs show without a hole. at: places of the key in the runs. */
static void window_of(store *s, const run *runs, uint32_t run_n, const uint32_t *at, uint32_t most,
                      window *w)
{
    for (uint32_t i = 0; i < run_n && !s->status; i++) {
        const run *r = &runs[i];
        if (at[i] > most) {
            const list_key *k = key_at(s, r, at[i] - most);
            if (k && (!w->has_low || lists_order(&w->low, k) < 0))
                w->low = *k;
            w->has_low = true;
        }
        if (r->n - at[i] > most) {
            const list_key *k = key_at(s, r, at[i] + most);
            if (k && (!w->has_high || lists_order(k, &w->high) < 0))
                w->high = *k;
            w->has_high = true;
        }
    }
}

/* Windows around the keys, those that touch put together. at: run_n places of each key. */
static uint32_t make_windows(store *s, const run *runs, uint32_t run_n, const uint32_t *at,
                             uint32_t n, uint32_t most, window *v)
{
    uint32_t out = 0;
    for (uint32_t k = 0; k < n && !s->status; k++) {
        window w = {.from = k, .to = k};
        window_of(s, runs, run_n, at + (size_t)k * run_n, most, &w);
        window *before = out ? &v[out - 1] : NULL;
        if (before &&
            (!before->has_high || !w.has_low || lists_order(&w.low, &before->high) <= 0)) {
            before->to = k;
            before->has_high = w.has_high;
            before->high = w.high;
        } else {
            v[out++] = w;
        }
    }
    return out;
}

static void read_windows(store *s, const run *runs, uint32_t run_n, const uint32_t *at, uint32_t n,
                         uint32_t most, uint32_t around, sst_arena *scratch, items *t,
                         list_part *out)
{
    window *v = arena_alloc(scratch, ((size_t)n + 1) * sizeof *v);
    if (!v) {
        store_no_memory(s);
        return;
    }
    uint32_t window_n = make_windows(s, runs, run_n, at, n, most, v);
    for (uint32_t k = 0; k < window_n && !s->status; k++) {
        const window *w = &v[k];
        t->n = 0;
        for (uint32_t i = run_n; i-- > 0 && !s->status;) { /* the youngest are the shortest */
            uint32_t first = at[(size_t)w->from * run_n + i], last = at[(size_t)w->to * run_n + i];
            uint32_t from = first > most ? first - most : 0;
            uint32_t to = runs[i].n - last > most ? last + most + 1 : runs[i].n;
            merge_in(s, t, &runs[i], from, to, w->has_low ? &w->low : NULL,
                     w->has_high ? &w->high : NULL);
        }
        put_items(s, t, k ? around : 0, out);
    }
}

sst_status lists_read(store *s, store_lists *l, uint32_t word, const uint32_t *want, uint32_t n,
                      uint32_t around, sst_arena *scratch, list_part *out)
{
    uint64_t all = 0, gone = 0;
    uint32_t run_n = 0;
    items t = {0};
    *out = (list_part){0};
    run *runs = arena_alloc(scratch, ((size_t)l->v.n + 1) * sizeof *runs);
    uint32_t *at = arena_alloc(scratch, ((size_t)l->v.n * n + 1) * sizeof *at);
    if (!runs || !at)
        return store_no_memory(s);
    for (uint32_t i = 0; i < l->v.n && !s->status; i++)
        if (find_run(s, l->tables, l->v.v[i], word, &runs[run_n])) {
            all += runs[run_n].n;
            gone += runs[run_n++].gone;
        }
    /* A post that takes back lies about its place in two ways: it is none, and another is none. */
    uint64_t most = around + 2 * gone;
    out->whole = n == 0 || all <= WHOLE || all <= STORY_COMMON + most || all <= most;
    if (!out->whole) { /* the posts between the first and the last window may be all there are */
        uint64_t sum = 0;
        for (uint32_t i = 0; i < run_n && !s->status; i++)
            for (uint32_t k = 0; k < n && !s->status; k++) {
                uint32_t node = runs[i].x->want[want[k]];
                at[(size_t)k * run_n + i] = k && runs[i].x->want[want[k - 1]] == node
                                                ? at[(size_t)(k - 1) * run_n + i]
                                                : place_of(s, &runs[i], node);
                sum += k ? at[(size_t)k * run_n + i] - at[(size_t)(k - 1) * run_n + i] < 2 * most
                               ? at[(size_t)k * run_n + i] - at[(size_t)(k - 1) * run_n + i]
                               : 2 * most
                         : 2 * most;
            }
        out->whole = sum >= all;
    }
    if (out->whole) {
        for (uint32_t i = run_n; i-- > 0 && !s->status;)
            merge_in(s, &t, &runs[i], 0, runs[i].n, NULL, NULL);
        if (!s->status)
            put_items(s, &t, 0, out);
        out->all = out->n;
    } else {
        out->all = (uint32_t)(all - 2 * gone);
        read_windows(s, runs, run_n, at, n, (uint32_t)most, around, scratch, &t, out);
    }
    base_free(t.v);
    base_free(t.other);
    if (s->status)
        lists_part_release(out);
    return s->status;
}

void lists_part_release(list_part *p)
{
    base_free(p->v);
    base_free(p->key);
    *p = (list_part){0};
}

bool lists_pair(store *s, store_lists *l, uint32_t word, const list_key *a, const list_key *b)
{
    int64_t all = 0, apart = 0;
    if (lists_order(a, b) > 0) {
        const list_key *x = a;
        a = b;
        b = x;
    }
    for (uint32_t i = 0; i < l->v.n && !s->status; i++) {
        run r;
        if (!find_run(s, l->tables, l->v.v[i], word, &r))
            continue;
        all += r.n - 2 * (int64_t)r.gone;
        uint32_t node = node_of(r.x, a, 0), x = place_of(s, &r, node),
                 y = place_of(s, &r, node_of(r.x, b, node));
        apart += y - x;
        for (uint32_t k = x; r.gone && k < y && !s->status; k++) {
            const uint32_t *p = post_at(s, &r, k);
            apart -= p && r.x->nodes[p[0]].sign < 0 ? 2 : 0;
        }
    }
    return !s->status && (all <= STORY_COMMON || apart <= STORY_NEXT);
}

uint64_t lists_total(store *s, store_lists *l, uint32_t word)
{
    int64_t all = 0;
    for (uint32_t i = 0; i < l->v.n && !s->status; i++) {
        run r;
        if (find_run(s, l->tables, l->v.v[i], word, &r))
            all += r.n - 2 * (int64_t)r.gone;
    }
    return all > 0 ? (uint64_t)all : 0;
}
