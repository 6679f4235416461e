/*
 * A batch of articles -> the database, in one transaction.
 *
 *   on any thread, without the database    text, words, lines of paragraphs, packed record of each
 *   in order                               known? new, the same, or another version (store_put.c)
 *   search                                 rows of the index, in ascending order, as FTS5 likes
 *   graph                                  store_graph.c: edges, stories
 */
#include "store_put.h"

#include <stdlib.h>
#include <string.h>

#include "base_alloc.h"
#include "base_str.h"
#include "base_thread.h"

store_ready *store_prepare(const sst_article *a)
{
    store_ready *r = base_malloc(sizeof *r);
    if (!r)
        return NULL;
    memset(r, 0, sizeof *r);
    arena_init(&r->arena, 0);
    buf_init(&r->record, 0);
    if (a->error.n)
        return r;
    sst_arena scratch;
    arena_init(&scratch, 0);
    sst_text text = {0};
    r->status = text_analyse(a, &scratch, &text);
    if (!r->status)
        r->status = story_features_make(&text, &r->arena, &r->f);
    if (!r->status)
        r->status = copy_page_lines(&text, &r->arena, &r->lines);
    if (!r->status)
        r->status = store_pack(a, &r->record);
    for (uint32_t k = 0; k < text.tok_n && !r->status; k++)
        r->words += text.tok[k].kind == TOK_WORD || text.tok[k].kind == TOK_NUMBER;
    r->f.text = NULL; /* it goes */
    arena_release(&scratch);
    return r;
}

void store_ready_free(store_ready *r)
{
    if (!r)
        return;
    arena_release(&r->arena);
    buf_release(&r->record);
    base_free(r);
}

size_t store_ready_bytes(const store_ready *r)
{
    return r->arena.total + r->record.cap;
}

/* What a run of rows of the index for search is made of. */
typedef struct search_step {
    int64_t row;
    bool in;
    sst_str title, text;
} search_step;

static int by_row(const void *p, const void *q)
{
    const search_step *a = p, *b = q;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->in - b->in;
}

static void write_search(putter *p)
{
    store *s = p->s;
    SST_VEC(search_step) v = {0};
    for (uint32_t i = 0; i < p->change_n; i++) {
        const put_change *c = &p->change[i];
        if (c->old_indexed) {
            search_step *x = vec_push(&p->arena, &v);
            if (x)
                *x = (search_step){c->old_search, false, c->old_title, c->old_text};
        }
        const sst_article *a = p->articles[c->last];
        search_step *x = c->hidden ? NULL : vec_push(&p->arena, &v);
        if (x)
            *x = (search_step){c->search, true, a->title, a->text};
    }
    if (v.n)
        qsort(v.v, v.n, sizeof *v.v, by_row);
    for (uint32_t i = 0; i < v.n && !s->status; i++) {
        sqlite3_stmt *st =
            v.v[i].in
                ? store_sql(s, "INSERT INTO article_search(rowid, title, text) VALUES (?,?,?)")
                : store_sql(s, "INSERT INTO article_search(article_search, rowid, title, text)"
                               " VALUES ('delete',?,?,?)");
        store_bind(st, 1, v.v[i].row);
        store_bind_str(st, 2, v.v[i].title);
        store_bind_str(st, 3, v.v[i].text);
        store_run(s, st);
    }
}

static void write_graph(putter *p, store_added *sum)
{
    store *s = p->s;
    uint32_t n = p->change_n, gone_n = 0;
    uint32_t *gone = arena_alloc(&p->arena, ((size_t)n + 1) * sizeof *gone);
    store_node *put = arena_alloc(&p->arena, ((size_t)n + 1) * sizeof *put);
    if (!gone || !put) {
        store_no_memory(s);
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        if (store_graph_know_content(s, p->ready[p->change[i].last]->f.content))
            return; /* the handle keeps the cause */
    for (uint32_t i = 0; i < n && !s->status; i++) {
        const put_change *c = &p->change[i];
        if (c->was_there)
            gone[gone_n++] = c->row;
        put[i] = (store_node){c->row, c->uid, &p->ready[c->last]->f};
        store_write_words(s, c->row, put[i].f);
    }
    if (!s->status && n && store_graph_change(s, gone, gone_n, put, n, p->work->now, &sum->stories))
        return; /* the handle keeps the cause */
}

sst_status store_add_ready(store *s, const sst_article *const *articles, store_ready *const *ready,
                           uint32_t n, const store_work *work, store_added *sum)
{
    store_start(s);
    if (n == 0)
        return SST_OK;
    putter p = {.s = s, .articles = articles, .ready = ready, .n = n, .work = work};
    store_added added = {0};
    arena_init(&p.arena, 0);
    p.change = arena_calloc(&p.arena, n, sizeof *p.change);
    sst_status status = p.change ? SST_OK : store_no_memory(s);
    if (!status)
        store_begin(s);
    if (!s->status)
        status = graph_ready(s);
    for (uint32_t i = 0; i < n && !s->status; i++)
        put_article(&p, i, &added);
    if (!s->status)
        write_search(&p);
    if (!s->status)
        write_graph(&p, &added);
    if (!s->status)
        store_put_pages(&p);
    if (!s->status && work->stop && atomic_load(work->stop))
        store_fail(s, SST_ERR_STOPPED, "stopped");
    status = store_end(s);
    arena_release(&p.arena);
    if (!status) {
        sum->articles += added.articles;
        sum->versions += added.versions;
        sum->unchanged += added.unchanged;
        sum->failed += added.failed;
        sum->stories += added.stories;
    }
    return status;
}

typedef struct preparer {
    const sst_article *const *articles;
    store_ready **v;
} preparer;

static void prepare(void *user, uint32_t i, uint32_t worker)
{
    preparer *p = user;
    (void)worker;
    p->v[i] = store_prepare(p->articles[i]);
}

sst_status store_add(store *s, const sst_article *const *articles, uint32_t n,
                     const store_work *work, store_added *sum)
{
    store_start(s);
    sst_arena arena;
    arena_init(&arena, 0);
    preparer p = {.articles = articles, .v = arena_calloc(&arena, (size_t)n + 1, sizeof *p.v)};
    sst_status status = p.v ? SST_OK : store_no_memory(s);
    if (!status)
        thread_for(work->threads ? work->threads : 1, n, prepare, &p, work->stop);
    if (!status && work->stop && atomic_load(work->stop))
        status = store_fail(s, SST_ERR_STOPPED, "stopped");
    for (uint32_t i = 0; i < n && !status; i++)
        status = p.v[i] ? SST_OK : store_no_memory(s);
    if (!status)
        status = store_add_ready(s, articles, p.v, n, work, sum);
    for (uint32_t i = 0; i < n && p.v; i++)
        store_ready_free(p.v[i]);
    arena_release(&arena);
    return status;
}

static void put_error(store *s, sst_str source, uint64_t at, sst_str message, int64_t now)
{
    sqlite3_stmt *st = store_sql(
        s, "INSERT OR IGNORE INTO input_error(source, at, message, seen) VALUES (?,?,?,?)");
    store_bind_str(st, 1, source);
    store_bind(st, 2, at > INT64_MAX ? -1 : (int64_t)at);
    store_bind_str(st, 3, message);
    store_bind(st, 4, now);
    store_run(s, st);
}

void put_failed(putter *p, const sst_article *a, sst_str message)
{
    put_error(p->s, a->source, a->flags & SST_DOC_RECORD ? a->at : ERROR_NO_PLACE, message,
              p->work->now);
}

sst_status store_add_error(store *s, sst_str source, uint64_t at, sst_str message, int64_t now)
{
    store_start(s);
    store_begin(s);
    put_error(s, source, at, message, now);
    return store_end(s);
}
