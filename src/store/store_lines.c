/*
 * Boilerplate of outlets over all their pages (copy_boilerplate.c), without reading their texts
 * again.
 *
 * in: outlet_page, the hashes of the paragraphs of each page, 12 bytes each; out: outlet_line. What
 * an outlet's lines are follows from its pages alone, in the order of their ids; so an outlet that
 * has new pages is learnt anew over all of them (two microseconds a page), once in a run. Stories
 * with a page that has a line which came or went become stale.
 */
#include "store_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base_str.h"

typedef struct outlet_pages {
    copy_page *v;
    int64_t *story;
    uint32_t n;
} outlet_pages;

static sst_status read_pages(store *s, int64_t outlet, sst_arena *arena, outlet_pages *out)
{
    SST_VEC(copy_page) v = {0};
    SST_VEC(int64_t) story = {0};
    sqlite3_stmt *st =
        store_sql(s, "SELECT p.lines, a.story FROM outlet_page p JOIN article a ON a.id = p.article"
                     " WHERE p.outlet = ? ORDER BY a.uid");
    store_bind(st, 1, outlet);
    while (store_row(s, st)) {
        sst_str lines = store_str(st, 0);
        uint32_t n = (uint32_t)(lines.n / sizeof(copy_line));
        copy_page *page = vec_push(arena, &v);
        int64_t *in = vec_push(arena, &story);
        copy_line *own = arena_alloc(arena, ((size_t)n + 1) * sizeof *own);
        if (!page || !in || !own)
            return store_no_memory(s);
        memcpy(own, lines.p, n * sizeof *own);
        *page = (copy_page){own, n};
        *in = store_int(st, 1);
    }
    *out = (outlet_pages){v.v, story.v, v.n};
    return s->status;
}

static void set_line(store *s, int64_t outlet, uint64_t key, bool there)
{
    sqlite3_stmt *st = there
                           ? store_sql(s, "INSERT INTO outlet_line(outlet, line) VALUES (?, ?)")
                           : store_sql(s, "DELETE FROM outlet_line WHERE outlet = ? AND line = ?");
    store_bind(st, 1, outlet);
    store_bind(st, 2, (int64_t)key);
    store_run(s, st);
}

/* Stories of pages that have a changed line. */
static void make_stale(store *s, const outlet_pages *pages, const u64map *changed)
{
    for (uint32_t i = 0; i < pages->n; i++)
        for (uint32_t k = 0; k < pages->v[i].n; k++) {
            if (!u64map_find(changed, pages->v[i].v[k].key))
                continue;
            sqlite3_stmt *st = store_sql(s, "UPDATE story SET stale = 1 WHERE id = ?");
            store_bind(st, 1, pages->story[i]);
            store_run(s, st);
            break;
        }
}

static sst_status learn_outlet(store *s, int64_t outlet)
{
    sst_arena arena;
    arena_init(&arena, 0);
    outlet_pages pages = {0};
    const copy_lines *lines = NULL;
    uint64_t *keys = NULL;
    uint32_t key_n = 0;
    u64map is = {0}, was = {0}, changed = {0};
    sst_status status = read_pages(s, outlet, &arena, &pages);
    if (!status)
        status = copy_lines_of_pages(pages.v, pages.n, &arena, &lines);
    if (!status)
        status = copy_lines_keys(lines, &arena, &keys, &key_n);
    for (uint32_t i = 0; i < key_n && !status; i++)
        u64map_add(&arena, &is, keys[i], 1, NULL);
    sqlite3_stmt *st = store_sql(s, "SELECT line FROM outlet_line WHERE outlet = ?");
    store_bind(st, 1, outlet);
    while (!status && store_row(s, st)) {
        uint64_t key = (uint64_t)store_int(st, 0);
        u64map_add(&arena, &was, key, 1, NULL);
        if (!u64map_find(&is, key))
            u64map_add(&arena, &changed, key, 0, NULL);
    }
    for (uint32_t i = 0; i < changed.cap && !status; i++)
        if (changed.value[i] != UINT32_MAX)
            set_line(s, outlet, changed.key[i], false);
    for (uint32_t i = 0; i < key_n && !status; i++)
        if (!u64map_find(&was, keys[i])) {
            set_line(s, outlet, keys[i], true);
            u64map_add(&arena, &changed, keys[i], 1, NULL);
        }
    if (changed.n && !status)
        make_stale(s, &pages, &changed);
    if (status || arena.failed)
        store_no_memory(s);
    arena_release(&arena);
    return s->status;
}

sst_status store_learn_lines(store *s)
{
    for (;;) {
        int64_t outlet =
            store_one(s, store_sql(s, "SELECT id FROM outlet WHERE stale ORDER BY id LIMIT 1"), 0);
        if (!outlet || s->status)
            return s->status;
        store_begin(s);
        if (!s->status)
            learn_outlet(s, outlet);
        sqlite3_stmt *st = store_sql(s, "UPDATE outlet SET stale = 0 WHERE id = ?");
        store_bind(st, 1, outlet);
        store_run(s, st);
        if (store_end(s))
            return s->status;
        if (s->stop && atomic_load(s->stop))
            return store_fail(s, SST_ERR_STOPPED, "stopped");
    }
}

sst_status store_known_lines(store *s, const int64_t *outlet, uint32_t n, sst_arena *arena,
                             const copy_lines **out)
{
    SST_VEC(uint64_t) keys = {0};
    u64map seen = {0};
    for (uint32_t i = 0; i < n; i++) {
        int fresh = 0;
        if (!outlet[i])
            continue;
        if (!u64map_add(arena, &seen, (uint64_t)outlet[i], 1, &fresh))
            return store_no_memory(s);
        if (!fresh)
            continue;
        sqlite3_stmt *st = store_sql(s, "SELECT line FROM outlet_line WHERE outlet = ?");
        store_bind(st, 1, outlet[i]);
        while (store_row(s, st)) {
            uint64_t *to = vec_push(arena, &keys);
            if (to)
                *to = (uint64_t)store_int(st, 0);
        }
    }
    if (!s->status && (arena->failed || copy_lines_of_keys(keys.v, keys.n, arena, out)))
        return store_no_memory(s);
    return s->status;
}
