/*
 * Groups -> rows of story, and what became of the stories that were.
 *
 * in: nodes of whole pieces with the story that each had and the group that it has now; out:
 * article.story, story. A story's name is what compare calls it: the smallest hash of its articles,
 * a number behind it where two stories have the same. So a name may come, go, and come again:
 *
 *   was {A: 1 2 3}      is {B: 1 2 3 4}      A.merged_into = B: 4 has a smaller hash
 *   was {A: 1 2} {B: 3} is {A: 1 2 3}        B.merged_into = A
 *   was {A: 1 2 3}      is {A: 1 2} {C: 3}   C.split_from = A
 *
 * A story whose articles are not those that it had, or one of which has another text, becomes
 * stale.
 */
#include "store_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base_str.h"

/* A group. */
typedef struct group {
    uint64_t least; /* of the contents */
    uint32_t first, n;
    uint32_t times; /* the how-manieth of this name */
    int64_t row;
    bool changed;
} group;

typedef struct regrouper {
    store *s;
    const store_piece *p;
    sst_arena scratch;
    group *v;
    uint32_t n;
    uint32_t *group_of; /* of each node: place in v */
    u64map kept;        /* rows of story that have articles now */
    int64_t now;
} regrouper;

void store_clear_findings(store *s, int64_t story)
{
    sqlite3_stmt *st[] = {store_sql(s, "DELETE FROM quotation WHERE story = ?"),
                          store_sql(s, "DELETE FROM figure WHERE story = ?"),
                          store_sql(s, "DELETE FROM passage WHERE story = ?"),
                          store_sql(s, "DELETE FROM origin WHERE story = ?")};
    for (size_t i = 0; i < sizeof st / sizeof *st; i++) {
        store_bind(st[i], 1, story);
        store_run(s, st[i]);
    }
}

void store_clear_article(store *s, int64_t article)
{
    sqlite3_stmt *st[] = {store_sql(s, "DELETE FROM quotation WHERE article = ?"),
                          store_sql(s, "DELETE FROM figure WHERE article = ?"),
                          store_sql(s, "DELETE FROM passage WHERE a = ?1 OR b = ?1"),
                          store_sql(s, "DELETE FROM origin WHERE article = ?")};
    for (size_t i = 0; i < sizeof st / sizeof *st; i++) {
        store_bind(st[i], 1, article);
        store_run(s, st[i]);
    }
}

/* Groups in order of their first node, which is the order in which compare numbers equal names. */
static sst_status gather(regrouper *r)
{
    const store_piece *p = r->p;
    r->v = arena_calloc(&r->scratch, (size_t)p->n + 1, sizeof *r->v);
    r->group_of = arena_alloc(&r->scratch, ((size_t)p->n + 1) * sizeof *r->group_of);
    if (!r->v || !r->group_of)
        return r->scratch.failed;
    for (uint32_t i = 0; i < p->n; i++) {
        if (p->group[i] == i) {
            r->v[r->n] = (group){.least = p->content[i], .first = i};
            r->group_of[i] = r->n++;
        }
        uint32_t k = r->group_of[i] = r->group_of[p->group[i]];
        group *g = &r->v[k];
        g->n++;
        if (p->content[i] < g->least)
            g->least = p->content[i];
    }
    u64map names = {0};
    for (uint32_t k = 0; k < r->n; k++) {
        uint32_t *times = u64map_add(&r->scratch, &names, r->v[k].least, 0, NULL);
        if (!times)
            return r->scratch.failed;
        r->v[k].times = ++*times;
    }
    return SST_OK;
}

static int64_t story_row(regrouper *r, const group *g)
{
    store *s = r->s;
    sst_str name =
        g->times == 1
            ? arena_printf(&r->scratch, "s%016llx", (unsigned long long)g->least)
            : arena_printf(&r->scratch, "s%016llx-%u", (unsigned long long)g->least, g->times);
    sqlite3_stmt *st = store_sql(s, "SELECT id FROM story WHERE name = ?");
    store_bind_str(st, 1, name);
    int64_t row = store_one(s, st, 0);
    if (row || s->status)
        return row;
    st = store_sql(s, "INSERT INTO story(name, created, changed) VALUES (?, ?, ?)");
    store_bind_str(st, 1, name);
    store_bind(st, 2, r->now);
    store_bind(st, 3, r->now);
    store_run(s, st);
    return sqlite3_last_insert_rowid(s->db);
}

static void write_groups(regrouper *r, uint64_t *stories)
{
    store *s = r->s;
    const store_piece *p = r->p;
    for (uint32_t k = 0; k < r->n && !s->status; k++) {
        r->v[k].row = story_row(r, &r->v[k]);
        u64map_add(&r->scratch, &r->kept, (uint64_t)r->v[k].row, k, NULL);
    }
    for (uint32_t i = 0; i < p->n && !s->status; i++) {
        group *g = &r->v[r->group_of[i]];
        p->now[i] = g->row;
        g->changed |= p->touched[i] || p->story[i] != g->row;
        if (p->story[i] == g->row)
            continue;
        sqlite3_stmt *st = store_sql(s, "UPDATE article SET story = ? WHERE id = ?");
        store_bind(st, 1, g->row);
        store_bind(st, 2, p->row[i]);
        store_run(s, st);
    }
    for (uint32_t k = 0; k < r->n && !s->status; k++) {
        group *g = &r->v[k];
        sqlite3_stmt *st = store_sql(s, "SELECT article_n FROM story WHERE id = ?");
        store_bind(st, 1, g->row);
        g->changed |= store_one(s, st, 0) != g->n;
        if (!g->changed)
            continue;
        st = store_sql(s, "UPDATE story SET article_n = ?, stale = 1, changed = ?,"
                          " merged_into = NULL WHERE id = ?");
        store_bind(st, 1, g->n);
        store_bind(st, 2, r->now);
        store_bind(st, 3, g->row);
        store_run(s, st);
        ++*stories;
    }
}

/* A node that goes from one story to another; seen from one of the two. */
typedef struct move {
    int64_t of, other;
} move;

static int by_of(const void *p, const void *q)
{
    const move *a = p, *b = q;
    if (a->of != b->of)
        return a->of < b->of ? -1 : 1;
    return a->other < b->other ? -1 : a->other > b->other;
}

static bool goes_on(const regrouper *r, int64_t story)
{
    return u64map_find(&r->kept, (uint64_t)story) != NULL;
}

/* A story without articles: most of them are in `into` now. */
static void write_merged(regrouper *r, int64_t story, int64_t into)
{
    store *s = r->s;
    store_clear_findings(s, story);
    sqlite3_stmt *st =
        store_sql(s, "UPDATE story SET merged_into = ?1, article_n = 0, origin_n = 0, outlet_n = 0,"
                     " quote_n = 0, differ_n = 0, stale = 0, changed = ?2 WHERE id = ?3");
    store_bind(st, 1, into);
    store_bind(st, 2, r->now);
    store_bind(st, 3, story);
    store_run(s, st);
}

/* A story that is new: most of its articles came from one that goes on. */
static void write_split(regrouper *r, int64_t story, int64_t from)
{
    store *s = r->s;
    sqlite3_stmt *st = store_sql(s, "UPDATE story SET split_from = ?1 WHERE id = ?2 AND"
                                    " created = ?3 AND split_from IS NULL");
    store_bind(st, 1, from);
    store_bind(st, 2, story);
    store_bind(st, 3, r->now);
    store_run(s, st);
}

/* Each story that nodes went from (split: to), with the story where most of them are now (split:
 * came from, of those that go on); of equals the one with the smaller row. */
static void tell_moves(regrouper *r, move *v, uint32_t n, bool split)
{
    if (n)
        qsort(v, n, sizeof *v, by_of);
    for (uint32_t i = 0, end; i < n && !r->s->status; i = end) {
        int64_t most = 0;
        uint32_t most_n = 0;
        for (end = i; end < n && v[end].of == v[i].of;) {
            uint32_t run = end;
            while (end < n && v[end].of == v[i].of && v[end].other == v[run].other)
                end++;
            if (end - run > most_n && (!split || goes_on(r, v[run].other))) {
                most_n = end - run;
                most = v[run].other;
            }
        }
        if (split && most)
            write_split(r, v[i].of, most);
        else if (!split && !goes_on(r, v[i].of))
            write_merged(r, v[i].of, most);
    }
}

sst_status store_regroup(store *s, const store_piece *p, int64_t now, uint64_t *stories)
{
    regrouper r = {.s = s, .p = p, .now = now};
    arena_init(&r.scratch, 0);
    sst_status status = gather(&r);
    if (!status)
        write_groups(&r, stories);
    move *v = arena_alloc(&r.scratch, ((size_t)p->n + 1) * sizeof *v);
    uint32_t n = 0;
    for (uint32_t i = 0; v && i < p->n && !s->status; i++)
        if (p->story[i] && p->story[i] != p->now[i])
            v[n++] = (move){p->story[i], p->now[i]};
    if (v)
        tell_moves(&r, v, n, false);
    for (uint32_t i = 0; i < n; i++)
        v[i] = (move){v[i].other, v[i].of};
    if (v)
        tell_moves(&r, v, n, true);
    if (r.scratch.failed)
        store_no_memory(s);
    arena_release(&r.scratch);
    return s->status;
}
