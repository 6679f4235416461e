/*
 * Stories -> findings: compare_story over articles as they are stored, for the page of a story, and
 * for the tables that lists and search need.
 *
 *   store_compare   one story, all that compare finds
 *   store_refresh   stale stories, some thousand articles in a transaction
 *
 * A transaction goes over its stories in chunks, so that the one thread that has the file and those
 * that compare wait little for each other:
 *
 *   this thread     read 1 | read 2, help | write 1, read 3, help | write 2 ... | search, commit
 *   other threads          |   compare 1  |       compare 2       |  compare 3
 *
 * Lists and search need counts, origins, quotations, figures and passages; what only the page of a
 * story shows is left out of a refresh, and so are the words by which articles are grouped.
 *
 * What is found in a story depends on its articles, on the edges among them and on the lines of
 * their outlets; all three are in the tables.
 */
#include "store_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base_alloc.h"
#include "base_str.h"
#include "base_thread.h"
#include "story_index.h"

enum {
    /* A chunk: enough for all threads, few enough to hold two of them in memory. */
    CHUNK_STORIES = 256,
    CHUNK_ARTICLES = 256,
    /* Articles of a transaction. A commit waits for the disk and makes each index of search write a
       segment; `bench/run.py speed ingest` is 6 per cent slower with 500. */
    COMMIT_ARTICLES = 4000
};

/* A story on its way from the tables to its findings. */
typedef struct job {
    int64_t row;
    sst_str id;
    sst_arena arena; /* of what is read: rows, edges */
    uint32_t *rows;  /* of article, in canonical order */
    int64_t *outlet; /* of each: row, 0 none */
    sst_str *record, *uid;
    uint64_t *content; /* of each: with its time, its place in the order */
    uint8_t *tied;     /* of each: it has a link */
    uint32_t n;
    bool counted; /* for lists and search: no edges, no words */
    story_edge *edge;
    uint32_t edge_n;
    const copy_lines *lines;
    sst_article **articles;
    const copy_outlets *outlets;
    store_compared *out;
    uint32_t damaged; /* place of the article whose record is, + 1 */
    sst_status status;
} job;

sst_status store_article_load(store *s, int64_t version, sst_article **out)
{
    *out = NULL;
    sqlite3_stmt *st = store_sql(s, "SELECT record FROM body WHERE version = ?");
    store_bind(st, 1, version);
    if (!store_row(s, st))
        return s->status ? s->status
                         : store_fail(s, SST_ERR_INTERNAL,
                                      "version %lld has no text: run samestory check --db",
                                      (long long)version);
    sst_status status = store_unpack(store_str(st, 0), out);
    sqlite3_reset(st);
    if (status == SST_ERR_MEMORY)
        return store_no_memory(s);
    return status ? store_fail(s, SST_ERR_IO,
                               "the text of version %lld is damaged: run samestory check --db",
                               (long long)version)
                  : SST_OK;
}

void store_compared_free(store_compared *c)
{
    if (!c)
        return;
    for (uint32_t i = 0; i < c->n; i++)
        page_free(c->articles[i]);
    arena_release(&c->arena);
    base_free(c);
}

/* ----------------------------------------------------------------------------------------- read */

static sst_status read_job(store *s, job *j, bool hidden)
{
    SST_VEC(uint32_t) rows = {0};
    SST_VEC(sst_str) records = {0}, uids = {0};
    SST_VEC(uint64_t) contents = {0};
    SST_VEC(int64_t) outlets = {0};
    SST_VEC(uint8_t) tied = {0};
    sqlite3_stmt *st = store_sql(
        s, "SELECT a.id, a.uid, b.record, w.content, a.outlet, " STORE_TIED(
               "a.uid") " FROM article a"
                        " JOIN version v ON v.id = a.version JOIN body b ON b.version = v.id"
                        " LEFT JOIN article_words w ON w.article = a.id WHERE a.story = ?1 AND (?2 "
                        "OR NOT v.hidden)"
                        " ORDER BY a.id");
    store_bind(st, 1, j->row);
    store_bind(st, 2, hidden);
    while (store_row(s, st)) {
        uint32_t *row = vec_push(&j->arena, &rows);
        sst_str *uid = vec_push(&j->arena, &uids), *record = vec_push(&j->arena, &records);
        uint64_t *content = vec_push(&j->arena, &contents);
        int64_t *outlet = vec_push(&j->arena, &outlets);
        uint8_t *is_tied = vec_push(&j->arena, &tied);
        if (!row || !uid || !record || !content || !outlet || !is_tied)
            return store_no_memory(s);
        *is_tied = store_int(st, 5) != 0;
        *content = (uint64_t)store_int(st, 3);
        *outlet = store_int(st, 4);
        *row = (uint32_t)store_int(st, 0);
        *uid = store_keep(st, 1, &j->arena);
        *record = store_keep(st, 2, &j->arena);
    }
    j->rows = rows.v;
    j->uid = uids.v;
    j->record = records.v;
    j->content = contents.v;
    j->outlet = outlets.v;
    j->tied = tied.v;
    j->n = rows.n;
    if (s->status || j->arena.failed)
        return s->status ? s->status : store_no_memory(s);
    if (j->counted)
        return SST_OK;
    if (store_one(s, store_sql(s, "SELECT EXISTS (SELECT 1 FROM link)"), 0))
        return store_edges_tied(s, &(store_members){j->rows, j->uid, j->content, j->tied, j->n},
                                &j->arena, &j->edge, &j->edge_n);
    return store_edges(s, j->rows, j->n, &j->arena, &j->edge, &j->edge_n);
}

/* On any thread. */
static sst_status unpack_job(job *j)
{
    j->articles = arena_calloc(&j->arena, (size_t)j->n + 1, sizeof *j->articles);
    if (!j->articles)
        return SST_ERR_MEMORY;
    for (uint32_t i = 0; i < j->n; i++) {
        sst_status status = store_unpack(j->record[i], &j->articles[i]);
        if (status) {
            j->damaged = i + 1;
            return status;
        }
        j->articles[i]->id = j->uid[i]; /* the id that the article came with first */
    }
    return SST_OK;
}

/* The cause of a job that failed, for the handle. */
static sst_status tell_job(store *s, const job *j)
{
    if (!j->status)
        return SST_OK;
    if (j->status == SST_ERR_MEMORY)
        return store_no_memory(s);
    if (j->damaged)
        return store_fail(s, SST_ERR_IO,
                          "the text of article %.*s is damaged: run samestory check --db",
                          (int)j->uid[j->damaged - 1].n, j->uid[j->damaged - 1].p);
    return store_fail(s, j->status, "story %.*s cannot be compared", (int)j->id.n, j->id.p);
}

static void free_job(job *j)
{
    for (uint32_t i = 0; j->articles && i < j->n; i++)
        page_free(j->articles[i]);
    store_compared_free(j->out);
    arena_release(&j->arena);
}

/* -------------------------------------------------------------------------------------- compare */

typedef struct sortable {
    sst_article *a;
    uint32_t place; /* in the job */
    sst_text text;
    story_features f;
} sortable;

static int canonical(const void *p, const void *q)
{
    const sortable *a = p, *b = q;
    return story_order(&a->f, a->a->id, &b->f, b->a->id);
}

static int by_edge(const void *p, const void *q)
{
    const story_edge *x = p, *y = q;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* The articles in the story's order with all that is made of one; takes them over. */
static sst_status make_articles(job *j, store_compared *c, story_features **f_out,
                                uint8_t **tied_out)
{
    sst_arena *a = &c->arena;
    uint32_t n = j->n;
    c->articles = arena_calloc(a, (size_t)n + 1, sizeof *c->articles);
    c->texts = arena_alloc(a, ((size_t)n + 1) * sizeof *c->texts);
    c->quotes = arena_alloc(a, ((size_t)n + 1) * sizeof *c->quotes);
    c->figures = arena_alloc(a, ((size_t)n + 1) * sizeof *c->figures);
    sortable *v = arena_calloc(a, (size_t)n + 1, sizeof *v);
    sst_text *text = arena_alloc(a, ((size_t)n + 1) * sizeof *text);
    sst_quotes *quotes = arena_alloc(a, ((size_t)n + 1) * sizeof *quotes);
    sst_figures *figures = arena_alloc(a, ((size_t)n + 1) * sizeof *figures);
    story_features *f = arena_alloc(a, ((size_t)n + 1) * sizeof *f);
    uint32_t *place = arena_alloc(a, ((size_t)n + 1) * sizeof *place);
    uint8_t *tied = arena_calloc(a, (size_t)n + 1, sizeof *tied);
    if (a->failed)
        return a->failed;
    sst_status status = SST_OK;
    for (uint32_t i = 0; i < n && !status; i++) {
        v[i].a = j->articles[i];
        v[i].a->id = arena_str(&v[i].a->arena, v[i].a->id);
        v[i].place = i;
        status = text_analyse(v[i].a, a, &v[i].text);
        if (!status && !j->counted)
            status = story_features_make(&v[i].text, a, &v[i].f);
        else if (!status)
            v[i].f = (story_features){.content = j->content[i], .published = v[i].a->published_s};
    }
    if (status)
        return status;
    qsort(v, n, sizeof *v, canonical);
    for (uint32_t i = 0; i < n && !status; i++) {
        c->articles[i] = v[i].a;
        v[i].a->index = i;
        text[i] = v[i].text;
        f[i] = v[i].f;
        f[i].text = c->texts[i] = &text[i];
        c->quotes[i] = &quotes[i];
        c->figures[i] = &figures[i];
        place[v[i].place] = i;
        tied[i] = j->tied[v[i].place];
        status = quote_find(&text[i], a, &quotes[i]);
        if (!status)
            status = figure_find(&text[i], &quotes[i], a, &figures[i]);
    }
    j->articles = NULL;
    c->n = n;
    for (uint32_t e = 0; e < j->edge_n; e++) {
        uint32_t x = place[j->edge[e].a], y = place[j->edge[e].b];
        j->edge[e].a = x < y ? x : y;
        j->edge[e].b = x < y ? y : x;
    }
    if (j->edge_n)
        qsort(j->edge, j->edge_n, sizeof *j->edge, by_edge);
    *f_out = f;
    *tied_out = tied;
    return status;
}

static void compare_job(void *user, uint32_t i, uint32_t worker)
{
    job *j = (job *)user + i;
    (void)worker;
    store_compared *c = base_malloc(sizeof *c);
    if (!c) {
        j->status = SST_ERR_MEMORY;
        return;
    }
    memset(c, 0, sizeof *c);
    arena_init(&c->arena, 0);
    j->out = c;
    story_features *f = NULL;
    uint8_t *tied = NULL;
    j->status = unpack_job(j);
    if (!j->status)
        j->status = make_articles(j, c, &f, &tied);
    if (j->status)
        return;
    if (c->n == 0) /* all are withheld */
        return;
    copy_known known = {.outlets = j->outlets, .lines = j->lines};
    if (j->counted) {
        c->story.article_n = c->n;
        j->status = compare_story_counted(&c->story, c->texts, c->quotes, c->figures, &known,
                                          &c->arena, &c->findings);
        return;
    }
    j->status = story_of_edges(f, c->n, tied, j->edge, j->edge_n, &c->arena, &c->story);
    c->story.id = arena_str(&c->arena, j->id);
    if (!j->status)
        j->status = compare_story(&c->story, c->texts, c->quotes, c->figures, SST_STAGE_COMPARE,
                                  &known, 1, &c->arena, &c->findings);
}

sst_status store_compare(store *s, int64_t story, bool hidden, store_compared **out)
{
    *out = NULL;
    store_start(s);
    job j = {.row = story};
    arena_init(&j.arena, 0);
    sqlite3_stmt *st = store_sql(s, "SELECT name FROM story WHERE id = ?");
    store_bind(st, 1, story);
    if (store_row(s, st)) {
        j.id = store_keep(st, 0, &j.arena);
        sqlite3_reset(st);
    } else if (!s->status) {
        store_fail(s, SST_ERR_USAGE, "there is no such story");
    }
    sst_status status = s->status;
    /* One picture of the tables, whatever is written meanwhile. */
    store_exec(s, "SAVEPOINT look");
    if (!status)
        status = store_outlets_open(s);
    j.outlets = &s->outlets;
    if (!status)
        status = read_job(s, &j, hidden);
    if (!status)
        status = store_known_lines(s, j.outlet, j.n, &j.arena, &j.lines);
    sqlite3_exec(s->db, "RELEASE look", NULL, NULL, NULL);
    if (!status) {
        compare_job(&j, 0, 0);
        status = tell_job(s, &j);
    }
    if (!status) {
        *out = j.out;
        j.out = NULL;
    }
    free_job(&j);
    return status;
}

/* -------------------------------------------------------------------------------------- refresh */

typedef struct chunk {
    sst_arena arena;
    thread_loop loop;
    job *v;
    uint32_t n;
} chunk;

/* The next stale stories behind *after, ready to be compared. How many. */
static uint32_t read_chunk(store *s, chunk *c, int64_t *after)
{
    SST_VEC(int64_t) outlets = {0};
    uint32_t articles = 0;
    arena_init(&c->arena, 0);
    c->n = 0;
    c->v = arena_calloc(&c->arena, CHUNK_STORIES, sizeof *c->v);
    sqlite3_stmt *st = store_sql(s, "SELECT id, name, article_n FROM story WHERE stale"
                                    " AND id > ? ORDER BY id LIMIT ?");
    store_bind(st, 1, *after);
    store_bind(st, 2, CHUNK_STORIES);
    while (c->v && c->n < CHUNK_STORIES && articles < CHUNK_ARTICLES && store_row(s, st)) {
        job *j = &c->v[c->n++];
        arena_init(&j->arena, 0);
        j->row = *after = store_int(st, 0);
        j->id = store_keep(st, 1, &j->arena);
        j->outlets = &s->outlets;
        j->counted = true;
        articles += (uint32_t)store_int(st, 2);
    }
    if (st)
        sqlite3_reset(st);
    for (uint32_t i = 0; i < c->n && !read_job(s, &c->v[i], false); i++)
        for (uint32_t k = 0; k < c->v[i].n; k++) {
            int64_t *to = vec_push(&c->arena, &outlets);
            if (to)
                *to = c->v[i].outlet[k];
        }
    const copy_lines *lines = NULL;
    if (!s->status && !c->arena.failed &&
        !store_known_lines(s, outlets.v, outlets.n, &c->arena, &lines))
        for (uint32_t i = 0; i < c->n; i++)
            c->v[i].lines = lines;
    if (c->arena.failed)
        store_no_memory(s);
    return s->status ? 0 : c->n;
}

static void free_chunk(chunk *c)
{
    for (uint32_t i = 0; c->v && i < c->n; i++)
        free_job(&c->v[i]);
    arena_release(&c->arena);
}

static bool stopped(const store *s)
{
    return s->stop && atomic_load(s->stop);
}

/* Stale stories of some thousand articles, in one transaction. How many; 0: none is left, or a
 * failure. What was compared before it was stopped is kept. */
static uint32_t refresh_some(store *s, chunk *two, uint32_t threads)
{
    chunk *in_work = &two[0], *next = &two[1];
    int64_t after = 0;
    uint32_t n = 0, articles = 0;
    store_put_in put = {0};
    store_begin(s);
    read_chunk(s, in_work, &after);
    thread_start(&in_work->loop, threads, s->status ? 0 : in_work->n, compare_job, in_work->v,
                 s->stop);
    for (bool last = false; !last;) {
        for (uint32_t i = 0; i < in_work->n; i++)
            articles += in_work->v[i].n;
        last = s->status || articles >= COMMIT_ARTICLES || read_chunk(s, next, &after) == 0;
        thread_finish(&in_work->loop);
        last |= s->status || stopped(s);
        if (!last)
            thread_start(&next->loop, threads, next->n, compare_job, next->v, s->stop);
        for (uint32_t i = 0; i < in_work->n && !s->status && !stopped(s); i++, n++) {
            job *j = &in_work->v[i];
            if (!tell_job(s, j))
                store_write_findings(s, &(store_finding){j->row, j->out, j->rows, j->uid, j->n},
                                     &put);
        }
        free_chunk(in_work);
        chunk *done = in_work;
        in_work = next;
        next = done;
        memset(next, 0, sizeof *next);
    }
    free_chunk(in_work);
    memset(in_work, 0, sizeof *in_work);
    store_write_found(s, &put);
    if (n)
        store_end(s);
    else if (!sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return s->status ? 0 : n;
}

sst_status store_refresh(store *s, const store_work *work, uint64_t *done)
{
    store_start(s);
    s->stop = work->stop;
    uint64_t total = 0, n = 0;
    uint32_t threads = work->threads ? work->threads : 1;
    sst_status status = store_learn_lines(s);
    if (!status)
        status = store_outlets_open(s);
    if (!status)
        total = (uint64_t)store_one(s, store_sql(s, "SELECT count(*) FROM story WHERE stale"), 0);
    chunk *two = base_malloc(2 * sizeof *two);
    if (!two)
        status = store_no_memory(s);
    else
        memset(two, 0, 2 * sizeof *two);
    for (uint32_t some = 1; some && !status;) {
        some = refresh_some(s, two, threads);
        n += some;
        status = s->status;
        if (!status && stopped(s))
            status = store_fail(s, SST_ERR_STOPPED, "stopped");
        if (some && work->progress)
            work->progress(work->user, "comparing", n, n > total ? n : total);
    }
    base_free(two);
    s->stop = NULL;
    if (done)
        *done = n;
    return status;
}
