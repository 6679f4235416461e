/*
 * The beginning of a word -> words of an index for search that begin so.
 *
 * in: an index, a beginning; out: words. Parts, in this order:
 *
 *   walk     from the first word of the index that is not before the beginning from one to the
 *            next, a look into the index each; done when one begins otherwise
 *   newest   when they are too many: those in the texts of the newest rows, the most frequent
 *            first. What is ranked is the newest that is found (store_search.c), and of a beginning
 *            that so many words have nearly each text has one, so what is left out here is rare
 *            and old.
 */
#include "store_query.h"

#include <stdlib.h>
#include <string.h>

#include "base_str.h"
#include "page_article.h"

enum {
    NEWEST_RECORDS = 300, /* articles that are read for their words: 40 ms */
    NEWEST_TEXTS = 3000   /* quotations, figures: they have a tenth of the words */
};

const query_index query_articles = {
    .table = "article_search",
    .terms = "SELECT term FROM temp.article_terms WHERE term >= ?1 LIMIT 1",
    .newest = "SELECT b.record FROM article a JOIN version v ON v.id = a.version"
              " JOIN body b ON b.version = v.id WHERE a.search_id BETWEEN ?1 AND ?2"
              " AND NOT v.hidden ORDER BY a.search_id DESC LIMIT ?3",
    .records = true};
const query_index query_quotations = {
    .table = "quotation_search",
    .terms = "SELECT term FROM temp.quotation_terms WHERE term >= ?1 LIMIT 1",
    .newest = "SELECT coalesce(speaker, '') || ' ' || said FROM quotation"
              " WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT ?3"};
const query_index query_figures = {
    .table = "figure_search",
    .terms = "SELECT term FROM temp.figure_terms WHERE term >= ?1 LIMIT 1",
    .newest = "SELECT text || ' ' || coalesce(counts, '') || ' ' || coalesce(unit, '') FROM figure"
              " WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT ?3"};

/* Windows on the words of the indexes, of this handle alone. */
static bool open_terms(store *s)
{
    if (s->has_terms || s->status)
        return !s->status;
    if (s->mode == STORE_READ)
        store_exec(s, "PRAGMA query_only = OFF");
    store_exec(s, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.article_terms"
                  " USING fts5vocab(main, article_search, instance);"
                  "CREATE VIRTUAL TABLE IF NOT EXISTS temp.quotation_terms"
                  " USING fts5vocab(main, quotation_search, instance);"
                  "CREATE VIRTUAL TABLE IF NOT EXISTS temp.figure_terms"
                  " USING fts5vocab(main, figure_search, instance);");
    s->has_terms = !s->status;
    if (s->mode == STORE_READ)
        sqlite3_exec(s->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    return s->has_terms;
}

/* ---------------------------------------------------------------------------------------- newest
 */

typedef struct counted {
    sst_str term;
    uint32_t n;
} counted;

static int by_count(const void *p, const void *q)
{
    const counted *a = p, *b = q;
    return a->n != b->n ? (a->n > b->n ? -1 : 1) : str_cmp(a->term, b->term);
}

typedef struct counter {
    store *s;
    const query *q;
    sst_str beginning;
    sst_arena scratch; /* of one text */
    strmap at;
    SST_VEC(counted) v;
} counter;

static void count_text(counter *c, sst_str text)
{
    query_tokens tokens = {0};
    arena_clear(&c->scratch);
    query_tokenise(c->s, text, true, &c->scratch, &tokens);
    for (uint32_t i = 0; i < tokens.v.n; i++) {
        sst_str word = tokens.v.v[i].word;
        if (!str_starts(word, c->beginning))
            continue;
        uint32_t *at = strmap_find(&c->at, word);
        if (at) {
            c->v.v[*at].n++;
            continue;
        }
        counted *to = vec_push(c->q->arena, &c->v);
        sst_str kept = arena_str(c->q->arena, word);
        if (!to || !strmap_add(c->q->arena, &c->at, kept, c->v.n - 1, NULL))
            return; /* told by whoever sees the arena */
        *to = (counted){kept, 1};
    }
}

static void newest(store *s, const query *q, sst_str beginning, uint32_t most, query_terms *out)
{
    counter c = {.s = s, .q = q, .beginning = beginning};
    arena_init(&c.scratch, 0);
    sqlite3_stmt *st = store_sql(s, q->index->newest);
    store_bind(st, 1, q->low);
    store_bind(st, 2, q->high);
    store_bind(st, 3, q->index->records ? NEWEST_RECORDS : NEWEST_TEXTS);
    while (store_row(s, st) && !q->arena->failed) {
        sst_article *a = NULL;
        if (!q->index->records) {
            count_text(&c, store_str(st, 0));
        } else if (!store_unpack(store_str(st, 0), &a)) { /* damage is for check to tell */
            count_text(&c, a->text);
            count_text(&c, a->title);
            page_free(a);
        }
    }
    if (st)
        sqlite3_reset(st);
    arena_release(&c.scratch);
    if (c.v.n)
        qsort(c.v.v, c.v.n, sizeof *c.v.v, by_count);
    out->cut = true;
    memset(&out->v, 0, sizeof out->v);
    for (uint32_t i = 0; i < c.v.n && i < most; i++) {
        sst_str *to = vec_push(q->arena, &out->v);
        if (to)
            *to = c.v.v[i].term;
    }
}

/* ------------------------------------------------------------------------------------------ walk
 */

void query_expand(store *s, const query *q, sst_str beginning, uint32_t most, query_terms *out)
{
    *out = (query_terms){0};
    if (!open_terms(s))
        return;
    sst_str from = beginning;
    for (;;) {
        sqlite3_stmt *st = store_sql(s, q->index->terms);
        store_bind_str(st, 1, from);
        if (!store_row(s, st))
            return;
        sst_str term = store_keep(st, 0, q->arena);
        sqlite3_reset(st);
        if (!str_starts(term, beginning))
            return;
        sst_str *to = out->v.n < most ? vec_push(q->arena, &out->v) : NULL;
        if (q->arena->failed)
            return;
        if (!to)
            break;
        *to = term;
        /* The next one is not before this one and the least byte that words do not have. */
        from = arena_printf(q->arena, "%.*s\x01", (int)term.n, term.p);
    }
    newest(s, q, beginning, most, out);
}
