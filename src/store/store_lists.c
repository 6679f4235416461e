/*
 * Lists of words: their segments. store_lists.h says what they are and how they stand in the
 * tables, store_lists_read.c reads posts of them, store_lists_merge.c writes them.
 *
 * in: rows of word_segment and word_block; out: the segments that there are, the numbers of a
 * block, which pairs may have an edge. Method: nodes and the first word of each block are kept in
 * memory (28 bytes an article), blocks are read when asked for, the last one of each segment is
 * kept; pairs of rows that got an edge set a bit by their hash (a Bloom filter of one hash).
 *
 * Parts: the tables, a segment, bits of pairs, opening, blocks.
 */
#include "store_lists.h"

#include <stdlib.h>
#include <string.h>

#include "base_alloc.h"

enum { NO_BLOCK = UINT32_MAX };

#define TABLES(kind)                                                                               \
    {                                                                                              \
        .segments = "SELECT id, length(nodes), length(first), length(pairs) FROM " kind            \
                    "_segment ORDER BY id",                                                        \
        .segment_table = kind "_segment", .newest = "SELECT max(id) FROM " kind "_segment",        \
        .pairs = "SELECT pairs FROM " kind "_segment WHERE id = ?",                                \
        .put_segment =                                                                             \
            "INSERT INTO " kind "_segment(id, nodes, first, pairs) VALUES (?, ?, ?, ?)",           \
        .put_pairs = "UPDATE " kind "_segment SET pairs = ? WHERE id = ?",                         \
        .drop_segment = "DELETE FROM " kind "_segment WHERE id = ?",                               \
        .block = "SELECT posts FROM " kind "_block WHERE id = ?",                                  \
        .put_block = "INSERT INTO " kind "_block(id, posts) VALUES (?, ?)",                        \
        .drop_blocks = "DELETE FROM " kind "_block WHERE id >= ? AND id < ?"                       \
    }

const lists_tables lists_of_words = TABLES("word"), lists_of_lines = TABLES("line");

/* ------------------------------------------------------------------------------------- segments */

list_segment *lists_segment(int64_t id, uint32_t node_n, uint32_t block_n)
{
    list_segment *x = base_malloc(sizeof *x);
    if (!x)
        return NULL;
    *x = (list_segment){.id = id, .node_n = node_n, .block_n = block_n, .block_at = NO_BLOCK};
    x->nodes = base_malloc(((size_t)node_n + 1) * sizeof *x->nodes);
    x->first = base_malloc(((size_t)block_n + 1) * 2 * sizeof *x->first);
    x->block = base_malloc(LIST_NUMBERS * sizeof *x->block);
    if (x->nodes && x->first && x->block)
        return x;
    lists_segment_free(x);
    return NULL;
}

void lists_segment_free(list_segment *x)
{
    if (!x)
        return;
    base_free(x->nodes);
    base_free(x->first);
    base_free(x->block);
    base_free(x->want);
    base_free(x);
}

void lists_release(store_lists *l)
{
    for (uint32_t i = 0; i < l->v.n; i++)
        lists_segment_free(l->v.v[i]);
    base_free(l->bits);
    arena_release(&l->arena);
    memset(l, 0, sizeof *l);
}

sst_status lists_damaged(store *s)
{
    return store_fail(s, SST_ERR_IO,
                      "the lists of words are damaged: run samestory check --repair");
}

static void read_blob(store *s, const lists_tables *t, const char *column, int64_t id, void *to,
                      size_t n)
{
    sqlite3_blob *blob = NULL;
    if (s->status || n == 0)
        return;
    int code = sqlite3_blob_open(s->db, "main", t->segment_table, column, id, 0, &blob);
    if (!code && (size_t)sqlite3_blob_bytes(blob) != n)
        lists_damaged(s);
    else if (!code)
        code = sqlite3_blob_read(blob, to, (int)n, 0);
    if (code)
        store_fail_sql(s, code);
    sqlite3_blob_close(blob);
}

enum {
    FIRST_LOG = 16,
    BITS_A_PAIR = 16 /* one in 16 pairs without an edge is looked up for nothing */
};

static void set_bit(store_lists *l, uint32_t hash)
{
    uint32_t at = hash >> (32 - l->bit_log);
    l->bits[at / 64] |= (uint64_t)1 << at % 64;
}

/* The pairs of a segment. */
static void set_pairs(store *s, store_lists *l, const list_segment *x)
{
    uint32_t *v = base_malloc(((size_t)x->pair_n + 1) * sizeof *v);
    if (!v) {
        store_no_memory(s);
        return;
    }
    read_blob(s, l->tables, "pairs", x->id, v, x->pair_n * sizeof *v);
    for (uint32_t i = 0; i < x->pair_n && !s->status; i++)
        set_bit(l, v[i]);
    base_free(v);
}

/* Room for the bits of so many pairs; empty when it is another. */
static bool room_for_bits(store *s, store_lists *l, uint64_t pairs, bool *empty)
{
    uint32_t bit_log = l->bits ? l->bit_log : FIRST_LOG;
    while (bit_log < 32 && (uint64_t)1 << bit_log < pairs * BITS_A_PAIR)
        bit_log++;
    *empty = !l->bits || bit_log != l->bit_log;
    if (!*empty)
        return true;
    size_t n = ((size_t)1 << bit_log) / 8;
    uint64_t *bits = base_realloc(l->bits, n);
    if (!bits) {
        store_no_memory(s);
        return false;
    }
    memset(bits, 0, n);
    l->bits = bits;
    l->bit_log = bit_log;
    return true;
}

static list_segment *load(store *s, const lists_tables *t, int64_t id, size_t nodes, size_t first,
                          size_t pairs)
{
    if (nodes % sizeof(list_node) || first % (2 * sizeof(uint32_t)) || pairs % sizeof(uint32_t) ||
        nodes / sizeof(list_node) >= INT32_MAX) {
        lists_damaged(s);
        return NULL;
    }
    list_segment *x = lists_segment(id, (uint32_t)(nodes / sizeof(list_node)),
                                    (uint32_t)(first / (2 * sizeof(uint32_t))));
    if (!x) {
        store_no_memory(s);
        return NULL;
    }
    x->pair_n = (uint32_t)(pairs / sizeof(uint32_t));
    read_blob(s, t, "nodes", id, x->nodes, nodes);
    read_blob(s, t, "first", id, x->first, first);
    for (uint32_t i = 0; i < x->node_n && !s->status; i++)
        x->gone_n += x->nodes[i].sign < 0;
    return x;
}

static int by_id(const void *p, const void *q)
{
    const list_segment *a = *(const list_segment *const *)p, *b = *(const list_segment *const *)q;
    return a->id < b->id ? -1 : a->id > b->id;
}

sst_status lists_open(store *s, store_lists *l)
{
    uint32_t old_n = l->v.n, kept = 0;
    uint64_t pairs = 0;
    sqlite3_stmt *st = store_sql(s, l->tables->segments);
    while (store_row(s, st)) { /* both in order of ids */
        int64_t id = store_int(st, 0);
        pairs += (uint64_t)store_int(st, 3) / sizeof(uint32_t);
        while (kept < old_n && l->v.v[kept]->id < id) { /* merged by another writer */
            lists_segment_free(l->v.v[kept]);
            memmove(l->v.v + kept, l->v.v + kept + 1, (l->v.n - kept - 1) * sizeof *l->v.v);
            l->v.n--;
            old_n--;
        }
        if (kept < old_n && l->v.v[kept]->id == id) {
            kept++;
            continue;
        }
        list_segment *x = load(s, l->tables, id, (size_t)store_int(st, 1), (size_t)store_int(st, 2),
                               (size_t)store_int(st, 3));
        list_segment **to = x ? vec_push(&l->arena, &l->v) : NULL;
        if (to) {
            *to = x;
        } else if (x) {
            lists_segment_free(x);
            store_no_memory(s);
        }
    }
    while (!s->status && kept < old_n) {
        lists_segment_free(l->v.v[kept]);
        memmove(l->v.v + kept, l->v.v + kept + 1, (l->v.n - kept - 1) * sizeof *l->v.v);
        l->v.n--;
        old_n--;
    }
    bool empty = false;
    if (s->status || !room_for_bits(s, l, pairs, &empty))
        return s->status;
    for (uint32_t i = empty ? 0 : kept; i < l->v.n; i++)
        set_pairs(s, l, l->v.v[i]);
    l->bit_pairs = pairs;
    if (l->v.n > 1)
        qsort(l->v.v, l->v.n, sizeof *l->v.v, by_id);
    return s->status;
}

void lists_may_now(store_lists *l, uint32_t hash)
{
    /* Beyond what there is room for it says "may be" more often, until the next batch. */
    set_bit(l, hash);
    l->bit_pairs++;
}

const uint32_t *lists_block(store *s, const lists_tables *t, list_segment *x, uint32_t number,
                            uint32_t *len)
{
    if (x->block_at != number) {
        sqlite3_stmt *st = store_sql(s, t->block);
        store_bind(st, 1, x->id << 32 | number);
        x->block_at = NO_BLOCK;
        if (!store_row(s, st)) {
            if (!s->status)
                lists_damaged(s);
            return NULL;
        }
        sst_str posts = store_str(st, 0);
        if (posts.n > LIST_NUMBERS * sizeof *x->block || posts.n % sizeof *x->block) {
            lists_damaged(s);
        } else {
            memcpy(x->block, posts.p, posts.n);
            x->block_at = number;
            x->block_len = (uint32_t)(posts.n / sizeof *x->block);
            x->run_at = 0;
        }
        sqlite3_reset(st);
    }
    if (len)
        *len = x->block_len;
    return s->status ? NULL : x->block;
}
