/*
 * One article of a batch: new, the same as before, or another version.
 *
 * An article that came before under its id is that article; also one that came from the same
 * address, when the two texts are alike (an address that many pages give for theirs names none of
 * them). Of versions the newest is the article's text: by the latest time that the container tells
 * (fetched, modified, published), else the one that came last. Each version is held against the one
 * before it in that order.
 */
#include "store_put.h"

#include <string.h>

#include "base_str.h"

enum {
    DAY_S = 24 * 60 * 60,
    DAYS_BEFORE_1970 = 25567, /* since 1900: what is older, or has no time, comes first */
    DAY_LAST = (1 << 24),
    DAY_SHIFT = 16 /* rows of the index for search: a day has room for 65,536, then the next */
};

/* What makes two texts of one article different. */
static uint64_t version_hash(const sst_article *a)
{
    uint64_t h =
        hash_bytes(a->text.p, a->text.n, a->flags & (SST_DOC_WITHHELD | SST_DOC_EMBARGOED));
    h = hash_mix(h, hash_str(a->title));
    h = hash_mix(h, hash_str(a->published));
    for (uint32_t i = 0; i < a->correction_n; i++)
        h = hash_mix(h, hash_str(a->corrections[i]));
    return h;
}

static int64_t newest_time(const sst_article *a)
{
    int64_t t = page_seconds(a->fetched), m = page_seconds(a->modified);
    t = m > t ? m : t;
    return a->published_s > t ? a->published_s : t;
}

static sst_str address(const sst_article *a)
{
    return a->canonical.n ? a->canonical : a->url;
}

static sst_str joined(sst_arena *arena, const sst_str *v, uint32_t n, const char *between)
{
    sst_buf b;
    buf_init(&b, 0);
    for (uint32_t i = 0; i < n; i++) {
        if (i)
            buf_z(&b, between);
        buf_str(&b, v[i]);
    }
    sst_str out = b.failed ? (sst_str){"", 0} : arena_str(arena, (sst_str){b.p, b.n});
    buf_release(&b);
    return out;
}

/* -------------------------------------------------------------------------------------- find it */

/* What the tables know of an article. */
typedef struct known {
    uint32_t row; /* 0: it is new */
    int64_t version, when_s, search, outlet, version_n;
    sst_str uid;
    bool hidden;
} known;

static bool alike(putter *p, uint32_t row, const story_features *f)
{
    const uint32_t *change = u64map_find(&p->change_of, row);
    if (change)
        return story_compare(&p->ready[p->change[*change].last]->f, f).words >=
               story_least(SST_GRAIN_EVENT);
    story_features there;
    if (store_features(p->s, row, &p->arena, &there))
        return false;
    return story_compare(&there, f).words >= story_least(SST_GRAIN_EVENT);
}

static void find(putter *p, uint32_t i, known *k)
{
    store *s = p->s;
    const sst_article *a = p->articles[i];
    *k = (known){0};
    sqlite3_stmt *st = store_sql(s, "SELECT id FROM article WHERE uid = ?");
    store_bind_str(st, 1, a->id);
    k->row = (uint32_t)store_one(s, st, 0);
    if (!k->row && address(a).n) {
        SST_VEC(uint32_t) rows = {0};
        st = store_sql(s, "SELECT id FROM article WHERE canonical = ?1 ORDER BY id LIMIT 8");
        store_bind_str(st, 1, address(a));
        while (store_row(s, st)) {
            uint32_t *to = vec_push(&p->arena, &rows);
            if (to)
                *to = (uint32_t)store_int(st, 0);
        }
        for (uint32_t r = 0; r < rows.n && !k->row && !s->status; r++)
            if (alike(p, rows.v[r], &p->ready[i]->f))
                k->row = rows.v[r];
    }
    if (!k->row)
        return;
    st = store_sql(s, "SELECT a.version, v.when_s, a.search_id, a.outlet, a.version_n, a.uid,"
                      " v.hidden FROM article a JOIN version v ON v.id = a.version WHERE a.id = ?");
    store_bind(st, 1, k->row);
    if (!store_row(s, st)) {
        store_fail(s, SST_ERR_INTERNAL, "article %u has no version: run samestory check --repair",
                   k->row);
        return;
    }
    k->version = store_int(st, 0);
    k->when_s = store_time(st, 1);
    k->search = store_int(st, 2);
    k->outlet = store_int(st, 3);
    k->version_n = store_int(st, 4);
    k->uid = store_keep(st, 5, &p->arena);
    k->hidden = store_int(st, 6) != 0;
    sqlite3_reset(st);
}

/* ------------------------------------------------------------------------------------- write it */

static int64_t outlet_row(store *s, sst_str name)
{
    if (name.n == 0)
        return 0;
    sqlite3_stmt *st = store_sql(s, "SELECT id FROM outlet WHERE name = ?");
    store_bind_str(st, 1, name);
    int64_t row = store_one(s, st, 0);
    if (row || s->status)
        return row;
    st = store_sql(s, "INSERT INTO outlet(name, stale) VALUES (?, 1)");
    store_bind_str(st, 1, name);
    store_run(s, st);
    return sqlite3_last_insert_rowid(s->db);
}

static int64_t day_of(int64_t s)
{
    if (s == STORE_NO_TIME)
        return 0;
    int64_t day = (s >= 0 ? s / DAY_S : -((-s + DAY_S - 1) / DAY_S)) + DAYS_BEFORE_1970;
    return day < 1 ? 1 : day > DAY_LAST ? DAY_LAST : day;
}

int64_t store_search_row(int64_t published_s)
{
    return (day_of(published_s) << DAY_SHIFT) + 1;
}

/* The next free row of the day in the index for search. */
static int64_t next_search(store *s, int64_t published_s)
{
    int64_t first = store_search_row(published_s);
    sqlite3_stmt *st =
        store_sql(s, "SELECT max(search_id) FROM article WHERE search_id >= ?1 AND search_id < ?2");
    store_bind(st, 1, first);
    store_bind(st, 2, first + (1 << DAY_SHIFT) - 1);
    int64_t next = store_one(s, st, first - 1) + 1;
    if (next < first + (1 << DAY_SHIFT) - 1)
        return next;
    /* A day that is full goes on behind: the first free row there. */
    st = store_sql(s, "SELECT a.search_id + 1 FROM article a WHERE a.search_id >= ?1 AND NOT EXISTS"
                      " (SELECT 1 FROM article b WHERE b.search_id = a.search_id + 1)"
                      " ORDER BY a.search_id LIMIT 1");
    store_bind(st, 1, next - 1);
    return store_one(s, st, next);
}

static int64_t insert_version(putter *p, uint32_t i, int64_t article, int64_t number, bool hidden)
{
    static const char *const access[] = {
        [ACCESS_UNKNOWN] = "unknown", [ACCESS_FULL] = "full", [ACCESS_STUB] = "stub"};
    store *s = p->s;
    const sst_article *a = p->articles[i];
    const store_ready *r = p->ready[i];
    sqlite3_stmt *st = store_sql(
        s, "INSERT INTO version(article, number, when_s, seen, source, title, authors, lang,"
           " published, published_s, modified, access, rights, flags, hidden, words, bytes, hash,"
           " kind) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'first')");
    store_bind(st, 1, article);
    store_bind(st, 2, number);
    store_bind_time(st, 3, newest_time(a));
    store_bind(st, 4, p->work->now);
    store_bind_str(st, 5, a->source);
    store_bind_maybe(st, 6, a->title);
    store_bind_maybe(st, 7, joined(&p->arena, a->authors, a->author_n, "; "));
    store_bind_maybe(st, 8, a->lang);
    store_bind_maybe(st, 9, a->published);
    store_bind_time(st, 10, a->published_s);
    store_bind_maybe(st, 11, a->modified);
    store_bind_str(st, 12, str_of(access[a->access]));
    store_bind_maybe(st, 13, joined(&p->arena, a->rights, a->right_n, " "));
    store_bind(st, 14, a->flags);
    store_bind(st, 15, hidden);
    store_bind(st, 16, r->words);
    store_bind(st, 17, (int64_t)a->text.n);
    store_bind(st, 18, (int64_t)version_hash(a));
    store_run(s, st);
    int64_t row = sqlite3_last_insert_rowid(s->db);
    st = store_sql(s, "INSERT INTO body(version, record) VALUES (?, ?)");
    store_bind(st, 1, row);
    store_bind_blob(st, 2, r->record.p, r->record.n);
    store_run(s, st);
    return row;
}

static put_change *new_change(putter *p, uint32_t row, sst_str uid)
{
    int fresh;
    uint32_t *at = u64map_add(&p->arena, &p->change_of, row, p->change_n, &fresh);
    if (!at) {
        store_no_memory(p->s);
        return NULL;
    }
    if (!fresh)
        return &p->change[*at];
    put_change *c = &p->change[p->change_n++];
    *c = (put_change){.row = row, .uid = uid};
    return c;
}

static void put_new(putter *p, uint32_t i)
{
    store *s = p->s;
    const sst_article *a = p->articles[i];
    bool hidden = (a->flags & (SST_DOC_WITHHELD | SST_DOC_EMBARGOED)) != 0;
    int64_t outlet = outlet_row(s, a->outlet), search = next_search(s, a->published_s);
    sqlite3_stmt *st = store_sql(
        s, "INSERT INTO article(uid, url, canonical, outlet, search_id, published_s, first_seen,"
           " last_seen) VALUES (?1,?2,?3,?4,?5,?6,?7,?7)");
    store_bind_str(st, 1, a->id);
    store_bind_maybe(st, 2, a->url);
    store_bind_maybe(st, 3, address(a));
    if (outlet)
        store_bind(st, 4, outlet);
    store_bind(st, 5, search);
    store_bind_time(st, 6, a->published_s);
    store_bind(st, 7, p->work->now);
    store_run(s, st);
    int64_t row = sqlite3_last_insert_rowid(s->db);
    if (row >= UINT32_MAX)
        store_fail(s, SST_ERR_LIMIT, "holds as many articles as it can: begin another");
    int64_t version = insert_version(p, i, row, 1, hidden);
    st = store_sql(s, "UPDATE article SET version = ? WHERE id = ?");
    store_bind(st, 1, version);
    store_bind(st, 2, row);
    store_run(s, st);
    put_change *c = s->status ? NULL : new_change(p, (uint32_t)row, a->id);
    if (!c)
        return;
    c->last = i;
    c->hidden = hidden;
    c->search = search;
    c->outlet = outlet;
}

/* Holds a version against the one before it, and writes what changed. */
static void write_difference(putter *p, int64_t version, int64_t before)
{
    store *s = p->s;
    sst_article *old = NULL, *now = NULL;
    sst_arena scratch;
    arena_init(&scratch, 0);
    store_difference d = {0};
    sst_status status = store_article_load(s, before, &old);
    if (!status)
        status = store_article_load(s, version, &now);
    if (!status && store_differ(old, now, &scratch, &d))
        store_no_memory(s);
    sqlite3_stmt *st = store_sql(s, "DELETE FROM change WHERE version = ?");
    store_bind(st, 1, version);
    store_run(s, st);
    st = store_sql(s, "UPDATE version SET before = ?, kind = ?, silent = ?, correction = ?"
                      " WHERE id = ?");
    store_bind(st, 1, before);
    store_bind_str(st, 2, str_of(d.kind));
    store_bind(st, 3, d.silent);
    store_bind_maybe(st, 4, d.correction);
    store_bind(st, 5, version);
    store_run(s, st);
    for (uint32_t k = 0; k < d.v.n && !s->status; k++) {
        const store_change *c = &d.v.v[k];
        st = store_sql(s, "INSERT INTO change VALUES (?,?,?,?,?,?,?,?,?)");
        store_bind(st, 1, version);
        store_bind(st, 2, k + 1);
        store_bind_str(st, 3, c->what);
        store_bind_str(st, 4, c->op);
        store_bind(st, 5, c->typo);
        store_bind(st, 6, c->old.begin);
        store_bind(st, 7, c->old.end);
        store_bind(st, 8, c->now.begin);
        store_bind(st, 9, c->now.end);
        store_run(s, st);
    }
    page_free(old);
    page_free(now);
    arena_release(&scratch);
}

/* The version that stands before (or behind) one by time and number; 0 none. */
static int64_t neighbour(putter *p, int64_t article, int64_t version, bool behind)
{
    store *s = p->s;
    sqlite3_stmt *st =
        behind ? store_sql(s, "SELECT o.id FROM version o, version v WHERE v.id = ?2 AND"
                              " o.article = ?1 AND (ifnull(o.when_s, -1e18), o.number) >"
                              " (ifnull(v.when_s, -1e18), v.number)"
                              " ORDER BY ifnull(o.when_s, -1e18), o.number LIMIT 1")
               : store_sql(s, "SELECT o.id FROM version o, version v WHERE v.id = ?2 AND"
                              " o.article = ?1 AND (ifnull(o.when_s, -1e18), o.number) <"
                              " (ifnull(v.when_s, -1e18), v.number)"
                              " ORDER BY ifnull(o.when_s, -1e18) DESC, o.number DESC LIMIT 1");
    store_bind(st, 1, article);
    store_bind(st, 2, version);
    return store_one(s, st, 0);
}

/* What is in the index for search goes out with the very words that went in. */
static void remember_old(putter *p, const known *k, put_change *c)
{
    sst_article *old = NULL;
    if (c->was_there || c->search)
        return; /* from an earlier article of the batch: nothing of it is written yet */
    c->was_there = true;
    if (store_graph_know(p->s, c->row))
        return; /* the handle keeps the cause */
    c->old_outlet = k->outlet;
    c->old_search = k->search;
    if (k->hidden || store_article_load(p->s, k->version, &old))
        return;
    c->old_indexed = true;
    c->old_title = arena_str(&p->arena, old->title);
    c->old_text = arena_str(&p->arena, old->text);
    page_free(old);
}

static void put_version(putter *p, uint32_t i, const known *k, store_added *sum)
{
    store *s = p->s;
    const sst_article *a = p->articles[i];
    bool hidden = (a->flags & (SST_DOC_WITHHELD | SST_DOC_EMBARGOED)) != 0;
    int64_t when = newest_time(a);
    sqlite3_stmt *st = store_sql(s, "SELECT 1 FROM version WHERE article = ? AND hash = ?");
    store_bind(st, 1, k->row);
    store_bind(st, 2, (int64_t)version_hash(a));
    bool had = store_one(s, st, 0) != 0;
    st = store_sql(s, "UPDATE article SET last_seen = max(last_seen, ?) WHERE id = ?");
    store_bind(st, 1, p->work->now);
    store_bind(st, 2, k->row);
    store_run(s, st);
    if (had && when <= k->when_s) {
        sum->unchanged++;
        return;
    }
    int64_t version = insert_version(p, i, k->row, k->version_n + 1, hidden);
    st = store_sql(s, "UPDATE article SET version_n = version_n + 1 WHERE id = ?");
    store_bind(st, 1, k->row);
    store_run(s, st);
    int64_t before = neighbour(p, k->row, version, false),
            behind = neighbour(p, k->row, version, true);
    if (before && !s->status)
        write_difference(p, version, before);
    if (behind && !s->status)
        write_difference(p, behind, version);
    sum->versions++;
    if (when < k->when_s || s->status)
        return; /* an older one, come late */
    put_change *c = new_change(p, k->row, k->uid);
    if (!c)
        return;
    remember_old(p, k, c);
    c->last = i;
    c->hidden = hidden;
    c->outlet = outlet_row(s, a->outlet);
    c->search = k->search;
    if (store_search_row(a->published_s) >> DAY_SHIFT != c->search >> DAY_SHIFT)
        c->search = next_search(s, a->published_s);
    st = store_sql(s, "UPDATE article SET version = ?, url = ifnull(?, url),"
                      " canonical = ifnull(?, canonical), outlet = ?, search_id = ?,"
                      " published_s = ? WHERE id = ?");
    store_bind(st, 1, version);
    store_bind_maybe(st, 2, a->url);
    store_bind_maybe(st, 3, address(a));
    if (c->outlet)
        store_bind(st, 4, c->outlet);
    store_bind(st, 5, c->search);
    store_bind_time(st, 6, a->published_s);
    store_bind(st, 7, k->row);
    store_run(s, st);
    store_clear_article(s, k->row);
    if (!hidden || k->hidden)
        return;
    /* Until its story is compared anew: no list says the headline that was withdrawn. */
    st = store_sql(s, "UPDATE story SET title = NULL, title_article = NULL, lang = NULL, stale = 1"
                      " WHERE title_article = ?");
    store_bind(st, 1, k->row);
    store_run(s, st);
}

void put_article(putter *p, uint32_t i, store_added *sum)
{
    store *s = p->s;
    const sst_article *a = p->articles[i];
    sst_status status = p->ready[i]->status;
    if (status == SST_ERR_MEMORY) {
        store_no_memory(s);
        return;
    }
    if (a->error.n || status) {
        put_failed(p, a,
                   a->error.n                ? a->error
                   : status == SST_ERR_LIMIT ? STR("the article is larger than a limit allows")
                                             : STR("the article cannot be analysed"));
        sum->failed++;
        return;
    }
    known k;
    find(p, i, &k);
    if (s->status)
        return;
    if (k.row) {
        put_version(p, i, &k, sum);
    } else {
        put_new(p, i);
        sum->articles++;
    }
}
