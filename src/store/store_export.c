/* The database as rows, for whoever writes them somewhere else. In: a table; out: its rows, one
 * after another. */
#include "store_inner.h"

#include <string.h>

#include "base_str.h"

enum { COLUMNS_MOST = 24 };

static const char *const article_columns[] = {
    "id",     "url",    "outlet", "title",    "authors", "published",  "modified", "lang",
    "access", "rights", "words",  "versions", "story",   "first_seen", NULL};
static const char *const quotation_columns[] = {
    "story", "article",   "number", "begin",  "end",       "type", "speaker",
    "text",  "utterance", "change", "outlet", "published", NULL};
static const char *const figure_columns[] = {
    "story", "article", "number", "begin", "end", "text",   "value",     "value_high",
    "unit",  "bound",   "counts", "as_of", "row", "outlet", "published", NULL};
static const char *const pair_columns[] = {"story",     "a",       "b",     "a_begin",
                                           "a_end",     "b_begin", "b_end", "words",
                                           "direction", "quoted",  NULL};
static const char *const story_columns[] = {
    "id",       "title",   "lang",    "first_published", "last_published",
    "articles", "origins", "outlets", "quotations",      "differences",
    NULL};

const char *const *store_columns(store_table table)
{
    static const char *const *const of[STORE_TABLE_N] = {[STORE_TABLE_ARTICLES] = article_columns,
                                                         [STORE_TABLE_QUOTATIONS] =
                                                             quotation_columns,
                                                         [STORE_TABLE_FIGURES] = figure_columns,
                                                         [STORE_TABLE_PAIRS] = pair_columns,
                                                         [STORE_TABLE_STORIES] = story_columns};
    return table < STORE_TABLE_N ? of[table] : NULL;
}

/* Columns in the order of the names above. */
static sqlite3_stmt *statement(store *s, store_table table)
{
    switch (table) {
    case STORE_TABLE_ARTICLES:
        return store_sql(
            s, "SELECT a.uid, a.url, o.name, v.title, v.authors, v.published, v.modified, v.lang,"
               " v.access, v.rights, v.words, a.version_n, s.name,"
               " strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen, 'unixepoch')"
               " FROM article a JOIN version v ON v.id = a.version"
               " LEFT JOIN outlet o ON o.id = a.outlet LEFT JOIN story s ON s.id = a.story"
               " WHERE NOT v.hidden ORDER BY a.uid");
    case STORE_TABLE_QUOTATIONS:
        return store_sql(
            s, "SELECT s.name, a.uid, q.number, q.\"begin\", q.\"end\", q.type, q.speaker, q.said,"
               " q.utterance, q.change, o.name, v.published"
               " FROM quotation q JOIN article a ON a.id = q.article"
               " JOIN version v ON v.id = a.version JOIN story s ON s.id = q.story"
               " LEFT JOIN outlet o ON o.id = a.outlet"
               " WHERE NOT v.hidden ORDER BY s.name, a.uid, q.number");
    case STORE_TABLE_FIGURES:
        return store_sql(
            s, "SELECT s.name, a.uid, f.number, f.\"begin\", f.\"end\", f.text, f.value,"
               " f.value_high, f.unit, f.bound, f.counts, f.as_of, f.row, o.name, v.published"
               " FROM figure f JOIN article a ON a.id = f.article"
               " JOIN version v ON v.id = a.version JOIN story s ON s.id = f.story"
               " LEFT JOIN outlet o ON o.id = a.outlet"
               " WHERE NOT v.hidden ORDER BY s.name, a.uid, f.number");
    case STORE_TABLE_PAIRS:
        return store_sql(
            s, "SELECT s.name, a.uid, b.uid, p.a_begin, p.a_end, p.b_begin, p.b_end, p.words,"
               " p.direction, p.quoted FROM passage p JOIN article a ON a.id = p.a"
               " JOIN article b ON b.id = p.b JOIN version v ON v.id = a.version"
               " JOIN version w ON w.id = b.version JOIN story s ON s.id = p.story"
               " WHERE NOT v.hidden AND NOT w.hidden"
               " ORDER BY s.name, a.uid, b.uid, p.a_begin, p.b_begin");
    default:
        return store_sql(s, "SELECT s.name, s.title, s.lang, s.first_published, s.last_published,"
                            " s.article_n - (" STORE_HIDDEN_OF_STORY "), s.origin_n, s.outlet_n,"
                            " s.quote_n, s.differ_n FROM story s"
                            " WHERE s.article_n > (" STORE_HIDDEN_OF_STORY ") ORDER BY s.name");
    }
}

sst_status store_each_row(store *s, store_table table, store_row_fn fn, void *user)
{
    store_start(s);
    if (table >= STORE_TABLE_N)
        return store_fail(s, SST_ERR_USAGE, "there is no such table");
    const char *const *names = store_columns(table);
    uint32_t n = 0;
    while (names[n])
        n++;
    sqlite3_stmt *st = statement(s, table);
    while (store_row(s, st)) {
        store_value v[COLUMNS_MOST];
        for (uint32_t i = 0; i < n; i++) {
            int type = sqlite3_column_type(st, (int)i);
            v[i].number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
            const char *text = (const char *)sqlite3_column_text(st, (int)i);
            v[i].text = (sst_str){text, (size_t)sqlite3_column_bytes(st, (int)i)};
        }
        if (fn(user, v, n)) {
            sqlite3_reset(st);
            return store_fail(s, SST_ERR_STOPPED, "writing ended early");
        }
    }
    return s->status;
}

sst_status store_each_article(store *s, store_article_fn fn, void *user)
{
    store_start(s);
    sst_arena arena;
    arena_init(&arena, 0);
    sqlite3_stmt *st = store_sql(s, "SELECT " STORE_ARTICLE_COLUMNS ", b.record"
                                    " FROM " STORE_ARTICLE_TABLES " JOIN body b ON b.version = v.id"
                                    " WHERE NOT v.hidden ORDER BY a.uid");
    while (store_row(s, st)) {
        store_article row;
        sst_article *article = NULL;
        arena_clear(&arena);
        store_article_row(st, 0, &arena, &row);
        sst_status status = store_unpack(store_str(st, STORE_ARTICLE_COLUMN_N), &article);
        if (status == SST_ERR_MEMORY || arena.failed)
            store_no_memory(s);
        else if (status)
            store_fail(s, SST_ERR_IO, "the text of article %.*s is damaged: run samestory check",
                       (int)row.id.n, row.id.p);
        int stop = 0;
        if (article) {
            article->id = row.id;
            stop = fn(user, &row, article);
        }
        page_free(article);
        if (stop)
            store_fail(s, SST_ERR_STOPPED, "writing ended early");
    }
    if (st)
        sqlite3_reset(st);
    arena_release(&arena);
    return s->status;
}

sst_status store_article_marks(store *s, int64_t article, sst_arena *arena, store_mark **out,
                               uint32_t *out_n)
{
    SST_VEC(store_mark) v = {0};
    for (int figure = 0; figure < 2; figure++) {
        sqlite3_stmt *st =
            figure ? store_sql(s, "SELECT id, number, \"begin\", \"end\", unit, bound, row, value"
                                  " FROM figure WHERE article = ? ORDER BY number")
                   : store_sql(s, "SELECT id, number, \"begin\", \"end\", speaker, type, utterance,"
                                  " 0 FROM quotation WHERE article = ? ORDER BY number");
        store_bind(st, 1, article);
        while (store_row(s, st)) {
            store_mark *m = vec_push(arena, &v);
            if (m)
                *m = (store_mark){figure != 0,
                                  store_int(st, 0),
                                  (uint32_t)store_int(st, 1),
                                  {(uint32_t)store_int(st, 2), (uint32_t)store_int(st, 3)},
                                  store_keep(st, 4, arena),
                                  store_keep(st, 5, arena),
                                  sqlite3_column_double(st, 7),
                                  (uint32_t)store_int(st, 6)};
        }
    }
    *out = v.v;
    *out_n = v.n;
    return s->status ? s->status : arena->failed ? store_no_memory(s) : SST_OK;
}
