/*
 * Stories -> findings: compare_story over articles as they are stored, for the page of a story, and
 * for the tables that lists and search need.
 *
 *   store_compare   one story, all that compare finds
 *   store_refresh   stale stories, some at a time: read, compared on all threads, written in one
 * transaction
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
    /* Stories that are compared before they are written: enough for all threads, few enough to hold
       in memory. */
    AT_ONCE = 64,
    ARTICLES_AT_ONCE = 512
};

/* A story on its way from the tables to its findings. */
typedef struct job {
    int64_t row;
    sst_str id;
    sst_arena arena; /* of what is read: rows, edges, lines */
    uint32_t *rows;  /* of article, in canonical order */
    sst_str *record, *uid;
    uint32_t n;
    story_edge *edge;
    uint32_t edge_n;
    const copy_lines *lines;
    sst_article **articles;
    const copy_outlets *outlets;
    store_compared *out;
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
    sqlite3_stmt *st = store_sql(
        s, "SELECT a.id, a.uid, b.record FROM article a JOIN version v ON v.id = a.version"
           " JOIN body b ON b.version = v.id WHERE a.story = ?1 AND (?2 OR NOT v.hidden)"
           " ORDER BY a.id");
    store_bind(st, 1, j->row);
    store_bind(st, 2, hidden);
    while (store_row(s, st)) {
        uint32_t *row = vec_push(&j->arena, &rows);
        sst_str *uid = vec_push(&j->arena, &uids), *record = vec_push(&j->arena, &records);
        if (!row || !uid || !record)
            return store_no_memory(s);
        *row = (uint32_t)store_int(st, 0);
        *uid = store_keep(st, 1, &j->arena);
        *record = store_keep(st, 2, &j->arena);
    }
    j->rows = rows.v;
    j->uid = uids.v;
    j->record = records.v;
    j->n = rows.n;
    if (s->status || j->arena.failed)
        return s->status ? s->status : store_no_memory(s);
    return store_edges(s, j->rows, j->n, &j->arena, &j->edge, &j->edge_n);
}

static sst_status unpack_job(store *s, job *j)
{
    j->articles = arena_calloc(&j->arena, (size_t)j->n + 1, sizeof *j->articles);
    if (!j->articles)
        return store_no_memory(s);
    for (uint32_t i = 0; i < j->n; i++) {
        sst_status status = store_unpack(j->record[i], &j->articles[i]);
        if (status == SST_ERR_MEMORY)
            return store_no_memory(s);
        if (status)
            return store_fail(s, SST_ERR_IO,
                              "the text of article %.*s is damaged: run samestory check --db",
                              (int)j->uid[i].n, j->uid[i].p);
        j->articles[i]->id = j->uid[i]; /* the id that the article came with first */
    }
    return store_known_lines(s, j->articles, j->n, &j->arena, &j->lines);
}

static void free_job(job *j)
{
    for (uint32_t i = 0; j->articles && i < j->n; i++)
        page_free(j->articles[i]);
    store_compared_free(j->out);
    arena_release(&j->arena);
}

static sst_status open_outlets(store *s)
{
    if (!s->has_outlets) {
        if (copy_outlets_init(&s->outlets))
            return store_no_memory(s);
        s->has_outlets = true;
    }
    return SST_OK;
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
static sst_status make_articles(job *j, store_compared *c, story_features **f_out)
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
    if (a->failed)
        return a->failed;
    sst_status status = SST_OK;
    for (uint32_t i = 0; i < n && !status; i++) {
        v[i].a = j->articles[i];
        v[i].a->id = arena_str(&v[i].a->arena, v[i].a->id);
        v[i].place = i;
        status = text_analyse(v[i].a, a, &v[i].text);
        if (!status)
            status = story_features_make(&v[i].text, a, &v[i].f);
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
    j->status = make_articles(j, c, &f);
    if (j->status)
        return;
    if (c->n == 0) /* all are withheld */
        return;
    j->status = story_of_edges(f, c->n, j->edge, j->edge_n, &c->arena, &c->story);
    c->story.id = arena_str(&c->arena, j->id);
    copy_known known = {.outlets = j->outlets, .lines = j->lines};
    if (!j->status)
        j->status = compare_story(&c->story, c->texts, c->quotes, c->figures, SST_STAGE_COMPARE,
                                  &known, &c->arena, &c->findings);
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
        status = open_outlets(s);
    j.outlets = &s->outlets;
    if (!status)
        status = read_job(s, &j, hidden);
    if (!status)
        status = unpack_job(s, &j);
    sqlite3_exec(s->db, "RELEASE look", NULL, NULL, NULL);
    if (!status) {
        compare_job(&j, 0, 0);
        status = j.status;
        if (status == SST_ERR_MEMORY)
            store_no_memory(s);
        else if (status)
            store_fail(s, status, "story %.*s cannot be compared", (int)j.id.n, j.id.p);
    }
    if (!status) {
        *out = j.out;
        j.out = NULL;
    }
    free_job(&j);
    return status;
}

/* ---------------------------------------------------------------------------------------- write */

static void write_origins(store *s, const job *j, const uint32_t *row)
{
    static const char *const why[] = {[ORIGIN_PASSAGES] = "passages",
                                      [ORIGIN_CREDIT] = "credit",
                                      [ORIGIN_PUBLISHER] = "publisher",
                                      [ORIGIN_DUPLICATE] = "duplicate"};
    const sst_findings *f = &j->out->findings;
    for (uint32_t o = 0; o < f->origin_n; o++)
        for (uint32_t k = 0; k < f->origins[o].article_n; k++) {
            const sst_origin *x = &f->origins[o];
            uint32_t a = x->articles[k];
            const char *reason = NULL;
            for (uint32_t w = 0; w < x->why_n && !reason; w++)
                if (x->why[w].article == a || x->why[w].other == a)
                    reason = why[x->why[w].kind];
            sqlite3_stmt *st = store_sql(
                s, "INSERT OR REPLACE INTO origin(article, story, number, why) VALUES (?,?,?,?)");
            store_bind(st, 1, row[a]);
            store_bind(st, 2, j->row);
            store_bind(st, 3, o + 1);
            store_bind_maybe(st, 4, str_of(reason));
            store_run(s, st);
        }
}

/* Spans of one quotation, with a blank between. */
static sst_str said(const sst_article *a, sst_spans at, sst_arena *arena)
{
    if (at.n == 1)
        return str_span(a->text, at.v[0]);
    sst_buf b;
    buf_init(&b, 0);
    for (uint32_t k = 0; k < at.n; k++) {
        if (k)
            buf_byte(&b, ' ');
        buf_str(&b, str_span(a->text, at.v[k]));
    }
    sst_str out = b.failed ? (sst_str){"", 0} : arena_str(arena, (sst_str){b.p, b.n});
    buf_release(&b);
    return out;
}

/* Which utterance a quotation belongs to first, and how it differs from the fullest. */
typedef struct member {
    uint32_t utterance; /* + 1 */
    uint8_t change;
} member;

static uint32_t write_quotations(store *s, const job *j, const uint32_t *row, uint32_t *differ_n)
{
    store_compared *c = j->out;
    const sst_findings *f = &c->findings;
    uint32_t all = 0;
    member **of = arena_calloc(&c->arena, (size_t)c->n + 1, sizeof *of);
    for (uint32_t d = 0; of && d < c->n; d++)
        of[d] = arena_calloc(&c->arena, (size_t)c->quotes[d]->all_n + 1, sizeof **of);
    if (c->arena.failed) {
        store_no_memory(s);
        return 0;
    }
    for (uint32_t u = 0; u < f->utterance_n; u++) {
        bool differs = false;
        for (uint32_t k = 0; k < f->utterances[u].n; k++) {
            const sst_occurrence *o = &f->utterances[u].v[k];
            member *m = &of[o->article][o->quote];
            if (!m->utterance)
                *m = (member){u + 1, o->change};
            differs |= o->change > CHANGE_REPUNCTUATED || o->other_speaker;
        }
        *differ_n += differs;
    }
    for (uint32_t d = 0; d < c->n; d++)
        for (uint32_t q = 0; q < c->quotes[d]->n; q++) {
            const sst_quote *x = &c->quotes[d]->v[q];
            const member *m = &of[d][q];
            const sst_entity *e =
                x->entity < c->texts[d]->entity_n ? &c->texts[d]->entity[x->entity] : NULL;
            sst_str speaker =
                m->utterance ? f->utterances[m->utterance - 1].speaker : (sst_str){"", 0};
            if (speaker.n == 0 && e) {
                uint32_t person = f->cast.entity[d][x->entity];
                speaker = person < f->cast.person_n ? f->cast.person[person].name : e->name;
            }
            if (x->content.n == 0)
                continue;
            sqlite3_stmt *st = store_sql(
                s, "INSERT INTO quotation(story, article, number, \"begin\", \"end\", type,"
                   " speaker, said, utterance, change) VALUES (?,?,?,?,?,?,?,?,?,?)");
            store_bind(st, 1, j->row);
            store_bind(st, 2, row[d]);
            store_bind(st, 3, q + 1);
            store_bind(st, 4, x->content.v[0].begin);
            store_bind(st, 5, x->content.v[x->content.n - 1].end);
            store_bind_str(st, 6, str_of(quote_type_name(x->type)));
            store_bind_maybe(st, 7, speaker.n ? speaker : x->speaker);
            store_bind_str(st, 8, said(c->articles[d], x->content, &c->arena));
            if (m->utterance) {
                store_bind(st, 9, m->utterance);
                store_bind_str(st, 10, str_of(quote_change_name(m->change)));
            }
            store_run(s, st);
            all++;
        }
    return all;
}

static void write_figures(store *s, const job *j, const uint32_t *row, uint32_t *differ_n)
{
    store_compared *c = j->out;
    const sst_findings *f = &c->findings;
    for (uint32_t r = 0; r < f->row_n && !s->status; r++) {
        const sst_figure_row *x = &f->rows[r];
        int64_t *id = arena_calloc(&c->arena, (size_t)x->value_n + 1, sizeof *id);
        if (!id) {
            store_no_memory(s);
            return;
        }
        for (uint32_t k = 0; k < x->value_n && !s->status; k++) {
            uint32_t d = x->value[k].article;
            const sst_figure *g = &c->figures[d]->v[x->value[k].figure];
            sqlite3_stmt *st = store_sql(
                s, "INSERT INTO figure(story, article, number, \"begin\", \"end\", text, value,"
                   " value_high, unit, bound, counts, as_of, row)"
                   " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)");
            store_bind(st, 1, j->row);
            store_bind(st, 2, row[d]);
            store_bind(st, 3, x->value[k].figure + 1);
            store_bind(st, 4, g->at.begin);
            store_bind(st, 5, g->at.end);
            store_bind_str(st, 6, str_span(c->articles[d]->text, g->at));
            store_bind_double(st, 7, g->value);
            store_bind_double(st, 8, g->high);
            store_bind_maybe(st, 9, g->unit);
            store_bind_str(st, 10, str_of(figure_bound_name(g->bound)));
            store_bind_maybe(st, 11, said(c->articles[d], g->counts, &c->arena));
            store_bind_maybe(st, 12, str_of(g->as_of_iso));
            store_bind(st, 13, r + 1);
            store_run(s, st);
            id[k] = sqlite3_last_insert_rowid(s->db);
        }
        for (uint32_t k = 0; k < x->difference_n && !s->status; k++) {
            const sst_difference *y = &x->difference[k];
            sqlite3_stmt *st =
                store_sql(s, "INSERT OR IGNORE INTO figure_difference(a, b, kind) VALUES (?,?,?)");
            store_bind(st, 1, id[y->a]);
            store_bind(st, 2, id[y->b]);
            store_bind_str(st, 3, str_of(figure_difference_name(y->kind)));
            store_run(s, st);
        }
        *differ_n += x->difference_n > 0;
    }
}

static void write_passages(store *s, const job *j, const uint32_t *row)
{
    const sst_findings *f = &j->out->findings;
    for (uint32_t k = 0; k < f->passage_n && !s->status; k++) {
        const sst_passage *p = &f->passages[k];
        if (p->boilerplate)
            continue;
        sqlite3_stmt *st = store_sql(
            s, "INSERT INTO passage(story, a, b, a_begin, a_end, b_begin, b_end, words, direction,"
               " quoted) VALUES (?,?,?,?,?,?,?,?,?,?)");
        store_bind(st, 1, j->row);
        store_bind(st, 2, row[p->a]);
        store_bind(st, 3, row[p->b]);
        store_bind(st, 4, p->at_a.begin);
        store_bind(st, 5, p->at_a.end);
        store_bind(st, 6, p->at_b.begin);
        store_bind(st, 7, p->at_b.end);
        store_bind(st, 8, p->words);
        store_bind_maybe(st, 9,
                         p->direction == DIRECTION_A_TO_B   ? STR("a to b")
                         : p->direction == DIRECTION_B_TO_A ? STR("b to a")
                                                            : STR(""));
        store_bind(st, 10, p->quoted);
        store_run(s, st);
    }
}

static void write_story(store *s, const job *j, const uint32_t *row, uint32_t quote_n,
                        uint32_t differ_n)
{
    const store_compared *c = j->out;
    const sst_findings *f = &c->findings;
    const sst_article *a = c->n ? c->articles[f->title.article] : NULL;
    sst_str title = {"", 0};
    int64_t first = STORE_NO_TIME, last = STORE_NO_TIME;
    if (a)
        title = f->title_outside ? a->title : str_span(a->text, f->title.at);
    for (uint32_t d = 0; d < c->n; d++) {
        int64_t t = c->articles[d]->published_s;
        first = t != STORE_NO_TIME && (first == STORE_NO_TIME || t < first) ? t : first;
        last = t > last ? t : last;
    }
    sqlite3_stmt *st = store_sql(
        s, "UPDATE story SET title = ?, title_article = ?, lang = ?, first_published = ?,"
           " last_published = ?, first_s = ?, last_s = ?, origin_n = ?, quote_n = ?,"
           " differ_n = ?, stale = 0, outlet_n = (SELECT count(DISTINCT outlet) FROM article"
           " WHERE story = ?11) WHERE id = ?11");
    store_bind_maybe(st, 1, title);
    if (a) {
        store_bind(st, 2, row[f->title.article]);
        store_bind_maybe(st, 3, a->lang);
    }
    store_bind_maybe(st, 4, f->first_published);
    store_bind_maybe(st, 5, f->last_published);
    store_bind_time(st, 6, first);
    store_bind_time(st, 7, last);
    store_bind(st, 8, f->origin_n);
    store_bind(st, 9, quote_n);
    store_bind(st, 10, differ_n);
    store_bind(st, 11, j->row);
    store_run(s, st);
}

static void write_job(store *s, job *j)
{
    store_compared *c = j->out;
    uint32_t quote_n = 0, differ_n = 0;
    /* Rows of article, in the story's order. */
    uint32_t *row = arena_calloc(&c->arena, (size_t)c->n + 1, sizeof *row);
    strmap of = {0};
    for (uint32_t i = 0; i < j->n; i++)
        strmap_add(&j->arena, &of, j->uid[i], j->rows[i], NULL);
    if (!row || j->arena.failed) {
        store_no_memory(s);
        return;
    }
    for (uint32_t d = 0; d < c->n; d++)
        row[d] = *strmap_find(&of, c->articles[d]->id);
    store_clear_findings(s, j->row);
    for (uint32_t d = 0; d < c->n; d++)
        store_clear_article(s, row[d]);
    write_origins(s, j, row);
    quote_n = write_quotations(s, j, row, &differ_n);
    write_figures(s, j, row, &differ_n);
    write_passages(s, j, row);
    write_story(s, j, row, quote_n, differ_n);
}

/* Some stale stories, in one transaction. How many; 0: none is left, or a failure. */
static uint32_t refresh_some(store *s, const store_work *work)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    job *v = arena_calloc(&scratch, AT_ONCE, sizeof *v);
    uint32_t n = 0, articles = 0;
    store_begin(s);
    sqlite3_stmt *st = store_sql(s, "SELECT id, name, article_n FROM story WHERE stale"
                                    " ORDER BY id LIMIT ?");
    store_bind(st, 1, AT_ONCE);
    while (v && articles < ARTICLES_AT_ONCE && n < AT_ONCE && store_row(s, st)) {
        job *j = &v[n++];
        arena_init(&j->arena, 0);
        j->row = store_int(st, 0);
        j->id = store_keep(st, 1, &j->arena);
        j->outlets = &s->outlets;
        articles += (uint32_t)store_int(st, 2);
    }
    if (st)
        sqlite3_reset(st);
    for (uint32_t i = 0; i < n && !s->status; i++)
        if (!read_job(s, &v[i], false))
            unpack_job(s, &v[i]);
    if (!s->status && n) {
        uint32_t threads = work->threads ? work->threads : 1;
        thread_for(threads, n, compare_job, v, work->stop);
        if (work->stop && atomic_load(work->stop))
            store_fail(s, SST_ERR_STOPPED, "stopped");
    }
    for (uint32_t i = 0; i < n && !s->status; i++) {
        if (v[i].status == SST_ERR_MEMORY)
            store_no_memory(s);
        else if (v[i].status)
            store_fail(s, v[i].status, "story %.*s cannot be compared", (int)v[i].id.n, v[i].id.p);
        else
            write_job(s, &v[i]);
    }
    store_end(s);
    for (uint32_t i = 0; i < n; i++)
        free_job(&v[i]);
    if (!v)
        store_no_memory(s);
    arena_release(&scratch);
    return s->status ? 0 : n;
}

sst_status store_refresh(store *s, const store_work *work, uint64_t *done)
{
    store_start(s);
    s->stop = work->stop;
    uint64_t total = 0, n = 0;
    sst_status status = store_learn_lines(s);
    if (!status)
        status = open_outlets(s);
    if (!status)
        total = (uint64_t)store_one(s, store_sql(s, "SELECT count(*) FROM story WHERE stale"), 0);
    for (uint32_t some = 1; some && !status;) {
        some = refresh_some(s, work);
        n += some;
        status = s->status;
        if (some && work->progress)
            work->progress(work->user, "comparing", n, n > total ? n : total);
    }
    s->stop = NULL;
    if (done)
        *done = n;
    return status;
}
