/*
 * Boilerplate of outlets over all their pages (copy_boilerplate.c), without reading their texts
 * again.
 *
 * in: outlet_page, the hashes of the paragraphs of each page; out: outlet_line. What an outlet's
 * lines are follows from its pages alone, in the order of their ids. So an outlet is learnt anew
 * over all of them (two microseconds a page), once in a run, and only when a page that came or went
 * can change what it has. Stories with a page that has a line which came or went become stale.
 *
 * A page changes nothing when each of its lines
 *
 *   stands on no other page, or
 *   stands on one other, which is compared with all others whatever this one is, or
 *   is boilerplate since a page that comes before this one in the order of ids,
 *
 * for a line on fewer than COPY_PAGES pages never is boilerplate, and a line that is is passed over
 * by the pages behind. Which pages a line stands on is kept in lists like those of words
 * (store_lists.h): line_segment, line_block.
 */
#include "store_graph.h"
#include "store_put.h"

#include <stdlib.h>
#include <string.h>

#include "base_str.h"

typedef struct outlet_pages {
    copy_page *v;
    sst_str *uid; /* of each */
    int64_t *story;
    uint32_t n;
} outlet_pages;

static sst_status read_pages(store *s, int64_t outlet, sst_arena *arena, outlet_pages *out)
{
    SST_VEC(copy_page) v = {0};
    SST_VEC(int64_t) story = {0};
    SST_VEC(sst_str) uid = {0};
    sqlite3_stmt *st = store_sql(
        s, "SELECT p.lines, a.story, a.uid FROM outlet_page p JOIN article a ON a.id = p.article"
           " WHERE p.outlet = ? ORDER BY a.uid");
    store_bind(st, 1, outlet);
    while (store_row(s, st)) {
        sst_str lines = store_str(st, 0);
        uint32_t n = (uint32_t)(lines.n / sizeof(copy_line));
        copy_page *page = vec_push(arena, &v);
        int64_t *in = vec_push(arena, &story);
        sst_str *id = vec_push(arena, &uid);
        copy_line *own = arena_alloc(arena, ((size_t)n + 1) * sizeof *own);
        if (!page || !in || !id || !own)
            return store_no_memory(s);
        memcpy(own, lines.p, n * sizeof *own);
        *page = (copy_page){own, n};
        *in = store_int(st, 1);
        *id = store_keep(st, 2, arena);
    }
    *out = (outlet_pages){v.v, uid.v, story.v, v.n};
    return s->status;
}

/* page: behind which it is known, empty when it was found in the second pass. */
static void put_line(store *s, int64_t outlet, uint64_t key, sst_str page)
{
    sqlite3_stmt *st =
        store_sql(s, "INSERT OR REPLACE INTO outlet_line(outlet, line, page) VALUES (?, ?, ?)");
    store_bind(st, 1, outlet);
    store_bind(st, 2, (int64_t)key);
    store_bind_maybe(st, 3, page);
    store_run(s, st);
}

static void drop_line(store *s, int64_t outlet, uint64_t key)
{
    sqlite3_stmt *st = store_sql(s, "DELETE FROM outlet_line WHERE outlet = ? AND line = ?");
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
    copy_known_line *known = NULL;
    uint32_t known_n = 0;
    u64map is = {0}, was = {0}, changed = {0};
    sst_status status = read_pages(s, outlet, &arena, &pages);
    if (!status)
        status = copy_lines_of_pages(pages.v, pages.n, &arena, &lines);
    if (!status)
        status = copy_lines_known(lines, &arena, &known, &known_n);
    for (uint32_t i = 0; i < known_n && !status; i++)
        u64map_add(&arena, &is, known[i].key, 1, NULL);
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
            drop_line(s, outlet, changed.key[i]);
    for (uint32_t i = 0; i < known_n && !status; i++) {
        uint32_t at = known[i].at;
        put_line(s, outlet, known[i].key, at == COPY_NO_PAGE ? (sst_str){"", 0} : pages.uid[at]);
        if (!u64map_find(&was, known[i].key))
            u64map_add(&arena, &changed, known[i].key, 1, NULL);
    }
    if (changed.n && !status)
        make_stale(s, &pages, &changed);
    if (status || arena.failed)
        store_no_memory(s);
    arena_release(&arena);
    return s->status;
}

/* ---------------------------------------------------------------------- what a batch changes */

/* A line of a page that comes or goes. */
typedef struct page_line {
    uint64_t key;
    uint32_t page; /* of the batch */
    uint32_t node; /* of the segment */
} page_line;

typedef struct page_change {
    int64_t outlet;
    sst_str uid;
    uint32_t row;
    bool matters; /* its outlet is learnt anew */
} page_change;

typedef struct liner {
    store *s;
    store_lists *lists;
    sst_arena *scratch;
    SST_VEC(page_change) pages; /* what goes and what comes, by themselves */
    SST_VEC(list_node) nodes;   /* of each */
    SST_VEC(page_line) v;
    u64map stale; /* outlets that are learnt anew in any case -> 1 */
} liner;

list_key store_page_key(uint32_t row, int64_t outlet, sst_str lines)
{
    return (list_key){row, hash_bytes(lines.p, lines.n, (uint64_t)outlet)};
}

/* Two lines that share one count as one that stands on more pages. */
uint32_t store_line_word(uint64_t key)
{
    return (uint32_t)(key >> 32);
}

static int by_line(const void *p, const void *q)
{
    const page_line *a = p, *b = q;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->page < b->page ? -1 : a->page > b->page;
}

static bool is_stale(liner *l, int64_t outlet)
{
    int fresh;
    uint32_t *at = u64map_add(l->scratch, &l->stale, (uint64_t)outlet, 0, &fresh);
    if (!at)
        return true; /* told by the arena */
    if (fresh) {
        sqlite3_stmt *st = store_sql(l->s, "SELECT stale FROM outlet WHERE id = ?");
        store_bind(st, 1, outlet);
        *at = store_one(l->s, st, 0) != 0;
    }
    return *at != 0;
}

static void add_page(liner *l, uint32_t row, sst_str uid, int64_t outlet, sst_str lines,
                     int32_t sign)
{
    list_node *node = vec_push(l->scratch, &l->nodes);
    page_change *page = vec_push(l->scratch, &l->pages);
    if (!node || !page)
        return;
    *node = (list_node){store_page_key(row, outlet, lines), row, sign};
    *page = (page_change){outlet, uid, row, false};
    for (size_t k = 0; k + sizeof(copy_line) <= lines.n; k += sizeof(copy_line)) {
        copy_line x;
        memcpy(&x, lines.p + k, sizeof x);
        page_line *to = vec_push(l->scratch, &l->v);
        if (to)
            *to = (page_line){x.key, l->pages.n - 1, l->nodes.n - 1};
    }
}

/* Is another page of this line one that a further page may keep from being compared? */
static bool many_paragraphs(liner *l, uint32_t word, uint32_t row)
{
    store *s = l->s;
    list_part part;
    bool many = false;
    if (lists_read(s, l->lists, word, NULL, 0, 0, l->scratch, &part))
        return true;
    for (uint32_t i = 0; i < part.n && !many; i++) {
        if (part.v[i].row == row)
            continue;
        sqlite3_stmt *st = store_sql(s, "SELECT length(lines) FROM outlet_page WHERE article = ?");
        store_bind(st, 1, part.v[i].row);
        many = store_one(s, st, 0) > COPY_PARAGRAPHS_FEW * (int64_t)sizeof(copy_line);
    }
    lists_part_release(&part);
    return many;
}

/* Is it boilerplate for this page, whatever the page has? */
static bool known_before(liner *l, int64_t outlet, uint64_t key, sst_str uid)
{
    store *s = l->s;
    sqlite3_stmt *st =
        store_sql(s, "SELECT 1 FROM outlet_line WHERE outlet = ? AND line = ? AND page < ?");
    store_bind(st, 1, outlet);
    store_bind(st, 2, (int64_t)key);
    store_bind_str(st, 3, uid);
    return store_one(s, st, 0) != 0;
}

/* The pages of one line: which of them matter. gone: pages of the batch that had it. */
static void weigh_line(liner *l, const page_line *v, uint32_t n, uint32_t gone)
{
    bool asked = false;
    uint64_t total = 0;
    for (uint32_t i = 0; i < n && !l->s->status; i++) {
        page_change *p = &l->pages.v[v[i].page];
        if (p->matters || is_stale(l, p->outlet))
            continue;
        if (!asked) /* what goes is still counted: as many as there may have been at any time */
            total = lists_total(l->s, l->lists, store_line_word(v->key)) + gone;
        asked = true;
        if (total <= 1 || known_before(l, p->outlet, v->key, p->uid))
            continue;
        p->matters = total >= COPY_PAGES || many_paragraphs(l, store_line_word(v->key), p->row);
        if (p->matters)
            *u64map_find(&l->stale, (uint64_t)p->outlet) = 1;
    }
}

static int by_node(const void *p, const void *q)
{
    const list_node *a = p, *b = q;
    int c = lists_order(&a->key, &b->key);
    return c ? c : a->sign - b->sign;
}

/* The segment of the batch; then the outlets that what came and went can change. */
static void put_lists(liner *l)
{
    store *s = l->s;
    uint32_t n = 0;
    if (!l->pages.n || s->status)
        return;
    if (l->v.n)
        qsort(l->v.v, l->v.n, sizeof *l->v.v, by_line);
    for (uint32_t i = 0; i < l->v.n; i++) /* a line once a page */
        if (!n || by_line(&l->v.v[n - 1], &l->v.v[i]) != 0)
            l->v.v[n++] = l->v.v[i];
    list_word *posts = arena_alloc(l->scratch, ((size_t)n + 1) * sizeof *posts);
    list_node *nodes = arena_alloc(l->scratch, (size_t)l->nodes.n * sizeof *nodes);
    uint32_t *place = arena_alloc(l->scratch, (size_t)l->nodes.n * sizeof *place);
    if (!posts || !nodes || !place || l->scratch->failed) {
        store_no_memory(s);
        return;
    }
    memcpy(nodes, l->nodes.v, l->nodes.n * sizeof *nodes);
    qsort(nodes, l->nodes.n, sizeof *nodes, by_node);
    for (uint32_t i = 0; i < l->nodes.n; i++) {
        uint32_t low = 0, high = l->nodes.n;
        while (low < high) {
            uint32_t mid = low + (high - low) / 2;
            if (by_node(&nodes[mid], &l->nodes.v[i]) < 0)
                low = mid + 1;
            else
                high = mid;
        }
        place[i] = low;
    }
    for (uint32_t i = 0; i < n; i++)
        posts[i] = (list_word){store_line_word(l->v.v[i].key), place[l->v.v[i].node], 0};
    if (lists_open(s, l->lists) ||
        lists_add(s, l->lists, nodes, l->nodes.n, posts, n)) /* sorts posts: two may share a word */
        return;
    for (uint32_t i = 0, end; i < n && !s->status; i = end) {
        uint32_t gone = 0;
        for (end = i; end < n && l->v.v[end].key == l->v.v[i].key; end++)
            gone += l->nodes.v[l->v.v[end].node].sign < 0;
        weigh_line(l, l->v.v + i, end - i, gone);
    }
    for (uint32_t i = 0; i < l->pages.n && !s->status; i++) {
        if (!l->pages.v[i].matters)
            continue;
        sqlite3_stmt *st = store_sql(s, "UPDATE outlet SET stale = 1 WHERE id = ? AND NOT stale");
        store_bind(st, 1, l->pages.v[i].outlet);
        store_run(s, st);
    }
    if (!s->status && lists_settle(s, l->lists, NULL, 0))
        return;
    if (l->scratch->failed)
        store_no_memory(s);
}

void store_put_pages(putter *p)
{
    store *s = p->s;
    liner l = {.s = s, .lists = &s->graph->lines, .scratch = &p->arena};
    for (uint32_t i = 0; i < p->change_n && !s->status; i++) {
        const put_change *c = &p->change[i];
        const copy_page *lines = &p->ready[c->last]->lines;
        sst_str now = {(const char *)lines->v, c->outlet ? lines->n * sizeof *lines->v : 0};
        sst_str old = {"", 0};
        int64_t old_outlet = 0;
        if (c->was_there) {
            sqlite3_stmt *st =
                store_sql(s, "SELECT outlet, lines FROM outlet_page WHERE article = ?");
            store_bind(st, 1, c->row);
            if (store_row(s, st)) {
                old_outlet = store_int(st, 0);
                old = store_keep(st, 1, &p->arena);
                sqlite3_reset(st);
            }
        }
        if (old.n == now.n && (old.n == 0 || (old_outlet == c->outlet && str_eq(old, now))))
            continue;
        if (old.n)
            add_page(&l, c->row, c->uid, old_outlet, old, -1);
        if (now.n)
            add_page(&l, c->row, c->uid, c->outlet, now, 1);
        sqlite3_stmt *st =
            now.n ? store_sql(s, "INSERT OR REPLACE INTO outlet_page(article, outlet, lines)"
                                 " VALUES (?1, ?2, ?3)")
                  : store_sql(s, "DELETE FROM outlet_page WHERE article = ?1");
        store_bind(st, 1, c->row);
        if (now.n) {
            store_bind(st, 2, c->outlet);
            store_bind_blob(st, 3, now.p, now.n);
        }
        store_run(s, st);
    }
    put_lists(&l);
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
