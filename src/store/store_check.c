/*
 * Is the database what it should be? Every invariant of docs/database.md by name, and what can be
 * mended.
 *
 *   file      PRAGMA integrity_check, foreign_key_check, the indexes of search against their tables
 *   counts    what is counted in one table and stands in another
 *   bodies    each text unpacks, is UTF-8, has the hash of its version; every span lies inside it
 *   graph     words and features of each article are those that its text gives; both ends of an
 *             edge are known
 *
 * A repair runs in one transaction: rows that can be made again are (search, words, findings); what
 * is lost (a body) is told and stays told.
 */
#include "store_inner.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base_str.h"
#include "base_utf8.h"

typedef struct checker {
    store *s;
    bool repair;
    store_fault_fn fn;
    void *user;
    uint64_t faults;
    const store_work *work;
} checker;

static void fault(checker *c, const char *invariant, bool mended, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void fault(checker *c, const char *invariant, bool mended, const char *format, ...)
{
    char text[400];
    va_list ap;
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    if (!mended)
        c->faults++;
    if (c->fn)
        c->fn(c->user, invariant, text, mended);
}

static void tell(checker *c, const char *what)
{
    if (c->work->progress)
        c->work->progress(c->work->user, what, 0, 0);
}

/* ------------------------------------------------------------------------------------- the file */

static void check_file(checker *c)
{
    store *s = c->s;
    tell(c, "pages of the file");
    sqlite3_stmt *st = store_sql(s, "PRAGMA integrity_check(20)");
    bool damaged = false;
    while (store_row(s, st)) {
        sst_str x = store_str(st, 0);
        if (str_eq(x, STR("ok")))
            continue;
        damaged = true;
        fault(c, "file", false, "%.*s", (int)x.n, x.p);
    }
    if (s->status) { /* too damaged to be looked at */
        fault(c, "file", false, "%s", s->errors->message);
        return;
    }
    if (damaged && c->repair)
        store_exec(s, "REINDEX");
    st = store_sql(s, "PRAGMA foreign_key_check");
    while (store_row(s, st)) {
        sst_str table = store_str(st, 0), parent = store_str(st, 2);
        fault(c, "references", false, "row %lld of %.*s names a row of %.*s that is not there",
              (long long)store_int(st, 1), (int)table.n, table.p, (int)parent.n, parent.p);
    }
}

/* An FTS5 table against itself or its contents; made again when it does not agree. */
static void check_search(checker *c, const char *table, const char *check, const char *rebuild)
{
    store *s = c->s;
    tell(c, "search");
    if (s->status)
        return;
    int code = sqlite3_exec(s->db, check, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        return;
    bool mended =
        c->repair && rebuild && sqlite3_exec(s->db, rebuild, NULL, NULL, NULL) == SQLITE_OK;
    fault(c, "search", mended, "%s does not agree with its table", table);
}

/* --------------------------------------------------------------------------------- by statement */

typedef struct rule {
    const char *invariant, *what;
    const char *find; /* rows: a name of what is wrong */
    const char *mend; /* or NULL */
} rule;

static const rule rules[] = {
    {"versions", "an article has a current version of its own",
     "SELECT uid FROM article a WHERE version IS NULL OR NOT EXISTS"
     " (SELECT 1 FROM version v WHERE v.id = a.version AND v.article = a.id)",
     "UPDATE article SET version = (SELECT v.id FROM version v WHERE v.article = article.id"
     " ORDER BY ifnull(v.when_s, -1e18) DESC, v.number DESC LIMIT 1)"
     " WHERE version IS NULL OR NOT EXISTS"
     " (SELECT 1 FROM version v WHERE v.id = article.version AND v.article = article.id)"},
    {"versions", "the current version is the newest",
     "SELECT uid FROM article a JOIN version c ON c.id = a.version WHERE a.version_n > 1 AND EXISTS"
     " (SELECT 1 FROM version v WHERE v.article = a.id AND"
     " ifnull(v.when_s, -1e18) > ifnull(c.when_s, -1e18))",
     NULL},
    {"counts", "article.version_n counts its versions",
     "SELECT uid FROM article a WHERE version_n <>"
     " (SELECT count(*) FROM version v WHERE v.article = a.id)",
     "UPDATE article SET version_n = (SELECT count(*) FROM version v WHERE v.article = "
     "article.id)"},
    {"bodies", "every version has a body",
     "SELECT id FROM version v WHERE NOT EXISTS (SELECT 1 FROM body b WHERE b.version = v.id)",
     NULL},
    {"stories", "every article is in a story", "SELECT uid FROM article WHERE story IS NULL", NULL},
    {"counts", "story.article_n counts its articles",
     "SELECT name FROM story s WHERE article_n <>"
     " (SELECT count(*) FROM article a WHERE a.story = s.id)",
     "UPDATE story SET article_n = (SELECT count(*) FROM article a WHERE a.story = story.id),"
     " stale = 1 WHERE article_n <>"
     " (SELECT count(*) FROM article a WHERE a.story = story.id)"},
    {"stories", "a story that has articles is merged into none, one that has none is",
     "SELECT name FROM story WHERE (article_n > 0) = (merged_into IS NOT NULL)",
     "UPDATE story SET merged_into = NULL WHERE article_n > 0"},
    {"findings", "a quotation stands in a story that its article is in, unless one is stale",
     "SELECT a.uid FROM quotation q JOIN article a ON a.id = q.article JOIN story s ON s.id = "
     "q.story"
     " WHERE q.story <> a.story AND NOT s.stale",
     "UPDATE story SET stale = 1 WHERE id IN (SELECT q.story FROM quotation q"
     " JOIN article a ON a.id = q.article WHERE q.story <> a.story)"},
    {"findings", "a figure stands in a story that its article is in, unless one is stale",
     "SELECT a.uid FROM figure q JOIN article a ON a.id = q.article JOIN story s ON s.id = q.story"
     " WHERE q.story <> a.story AND NOT s.stale",
     "UPDATE story SET stale = 1 WHERE id IN (SELECT q.story FROM figure q"
     " JOIN article a ON a.id = q.article WHERE q.story <> a.story)"},
    {"counts", "story.quote_n counts its quotations",
     "SELECT name FROM story s WHERE NOT stale AND quote_n <>"
     " (SELECT count(*) FROM quotation q WHERE q.story = s.id)",
     "UPDATE story SET stale = 1 WHERE NOT stale AND quote_n <>"
     " (SELECT count(*) FROM quotation q WHERE q.story = story.id)"},
    {"counts", "person.quote_n counts the quotations of a name",
     "SELECT q.name FROM (SELECT min(speaker) AS name, count(*) AS n FROM quotation"
     " WHERE speaker IS NOT NULL GROUP BY speaker COLLATE NOCASE) q"
     " LEFT JOIN person p ON p.name = q.name WHERE p.quote_n IS NOT q.n",
     "INSERT OR REPLACE INTO person SELECT min(speaker), count(*) FROM quotation"
     " WHERE speaker IS NOT NULL GROUP BY speaker COLLATE NOCASE"},
    {"counts", "a person is quoted",
     "SELECT name FROM person p WHERE NOT EXISTS"
     " (SELECT 1 FROM quotation q WHERE q.speaker = p.name COLLATE NOCASE)",
     "DELETE FROM person WHERE NOT EXISTS"
     " (SELECT 1 FROM quotation q WHERE q.speaker = person.name COLLATE NOCASE)"},
    {"findings", "every article that is not hidden, of a story that is not stale, has an origin",
     "SELECT a.uid FROM article a JOIN story s ON s.id = a.story JOIN version v ON v.id = a.version"
     " WHERE NOT s.stale AND NOT v.hidden AND NOT EXISTS"
     " (SELECT 1 FROM origin o WHERE o.article = a.id AND o.story = a.story)",
     "UPDATE story SET stale = 1 WHERE id IN (SELECT a.story FROM article a"
     " JOIN version v ON v.id = a.version WHERE NOT v.hidden AND NOT EXISTS"
     " (SELECT 1 FROM origin o WHERE o.article = a.id AND o.story = a.story))"},
    {"hidden", "nothing of an article that is withheld or embargoed is found or searched",
     "SELECT a.uid FROM article a JOIN version v ON v.id = a.version WHERE v.hidden AND"
     " (EXISTS (SELECT 1 FROM quotation q WHERE q.article = a.id)"
     " OR EXISTS (SELECT 1 FROM figure f WHERE f.article = a.id))",
     "DELETE FROM quotation WHERE article IN (SELECT a.id FROM article a"
     " JOIN version v ON v.id = a.version WHERE v.hidden)"},
};

static void check_rules(checker *c)
{
    store *s = c->s;
    for (size_t i = 0; i < sizeof rules / sizeof *rules && !s->status; i++) {
        const rule *r = &rules[i];
        uint64_t n = 0;
        char first[80] = "";
        tell(c, r->what);
        sqlite3_stmt *st = store_sql(s, r->find);
        while (store_row(s, st))
            if (n++ == 0)
                snprintf(first, sizeof first, "%s", (const char *)sqlite3_column_text(st, 0));
        if (n == 0 || s->status)
            continue;
        if (c->repair && r->mend)
            store_run(s, store_sql(s, r->mend));
        fault(c, r->invariant, c->repair && r->mend && !s->status,
              "not so for %llu, the first %s: %s", (unsigned long long)n, first, r->what);
    }
}

/* --------------------------------------------------------------------------------------- bodies */

static bool marks_inside(checker *c, int64_t article, size_t text_n)
{
    store *s = c->s;
    sqlite3_stmt *st = store_sql(
        s,
        "SELECT (SELECT count(*) FROM quotation WHERE article = ?1 AND"
        " (\"begin\" > \"end\" OR \"end\" > ?2)) + (SELECT count(*) FROM figure WHERE article = ?1"
        " AND (\"begin\" > \"end\" OR \"end\" > ?2)) + (SELECT count(*) FROM passage WHERE a = ?1"
        " AND (a_begin > a_end OR a_end > ?2)) + (SELECT count(*) FROM passage WHERE b = ?1"
        " AND (b_begin > b_end OR b_end > ?2))");
    store_bind(st, 1, article);
    store_bind(st, 2, (int64_t)text_n);
    return store_one(s, st, 0) == 0;
}

/* Words and features of an article, once more from its text. */
static void check_words(checker *c, uint32_t row, const sst_article *a)
{
    store *s = c->s;
    sst_arena scratch;
    arena_init(&scratch, 0);
    sst_text text;
    story_features f, there;
    sst_status status = text_analyse(a, &scratch, &text);
    if (!status)
        status = story_features_make(&text, &scratch, &f);
    if (!status) {
        f.published = a->published_s;
        sqlite3_stmt *st =
            store_sql(s, "SELECT count(*) FROM article_features f JOIN article_words w"
                         " ON w.article = f.article WHERE f.article = ?");
        store_bind(st, 1, row);
        bool same = store_one(s, st, 0) == 1 && !store_features(s, row, &scratch, &there) &&
                    there.n == f.n && there.content == f.content && there.mark_n == f.mark_n &&
                    memcmp(there.word, f.word, f.n * sizeof *f.word) == 0;
        if (!same && !s->status) {
            if (c->repair) {
                store_write_words(s, row, &f);
            }
            fault(c, "graph", c->repair, "the words of article %u are not those of its text", row);
        }
    } else if (status == SST_ERR_MEMORY) {
        store_no_memory(s);
    }
    arena_release(&scratch);
}

static void check_bodies(checker *c)
{
    store *s = c->s;
    uint64_t n = 0;
    uint64_t total = (uint64_t)store_one(s, store_sql(s, "SELECT count(*) FROM body"), 0);
    sqlite3_stmt *st = store_sql(
        s, "SELECT v.id, v.bytes, b.record, a.id, v.id = a.version, a.uid FROM version v"
           " JOIN body b ON b.version = v.id JOIN article a ON a.id = v.article ORDER BY v.id");
    while (store_row(s, st)) {
        sst_article *a = NULL;
        long long version = store_int(st, 0);
        uint32_t row = (uint32_t)store_int(st, 3);
        sst_status status = store_unpack(store_str(st, 2), &a);
        if (status == SST_ERR_MEMORY) {
            store_no_memory(s);
        } else if (status) {
            fault(c, "bodies", false, "the text of version %lld cannot be unpacked", version);
        } else if ((int64_t)a->text.n != store_int(st, 1)) {
            fault(c, "bodies", false, "the text of version %lld has another length", version);
        } else if (store_int(st, 4)) {
            a->id = store_keep(st, 5, &a->arena);
            if (!marks_inside(c, row, a->text.n)) {
                if (c->repair) {
                    sqlite3_stmt *up = store_sql(
                        s, "UPDATE story SET stale = 1 WHERE id = (SELECT story FROM article"
                           " WHERE id = ?)");
                    store_bind(up, 1, row);
                    store_run(s, up);
                }
                fault(c, "spans", c->repair, "a place in article %u lies outside its text", row);
            }
            check_words(c, row, a);
        }
        page_free(a);
        if (c->work->progress)
            c->work->progress(c->work->user, "texts", ++n, total);
        if (c->work->stop && atomic_load(c->work->stop))
            store_fail(s, SST_ERR_STOPPED, "stopped");
    }
    if (st)
        sqlite3_reset(st);
}

enum {
    /* Articles up to which all edges and groups are made once more to be compared: 2 KB each. */
    GRAPH_MOST = 200 * 1000
};

/* All edges and groups once more; what differs stays only where it is to be mended. */
static void check_graph(checker *c)
{
    store *s = c->s;
    if (s->status || store_one(s, store_sql(s, "SELECT count(*) FROM article"), 0) > GRAPH_MOST)
        return;
    tell(c, "groups");
    store_exec(s, "SAVEPOINT graph");
    store_exec(s, "CREATE TEMP TABLE was AS SELECT w.article, w.near, s.name FROM article_words w"
                  " JOIN article a ON a.id = w.article LEFT JOIN story s ON s.id = a.story");
    (void)!store_regroup_all(s, c->work);
    sqlite3_stmt *st = NULL;
    int64_t n = 0;
    if (!s->status && !sqlite3_prepare_v2(s->db,
                                          "SELECT count(*) FROM article a"
                                          " LEFT JOIN temp.was o ON o.article = a.id"
                                          " LEFT JOIN article_words w ON w.article = a.id"
                                          " LEFT JOIN story s ON s.id = a.story"
                                          " WHERE o.near IS NOT w.near OR o.name IS NOT s.name",
                                          -1, &st, NULL))
        n = store_one(s, st, 0);
    sqlite3_finalize(st);
    bool keep = n && c->repair;
    if (keep) {
        store_exec(s, "DROP TABLE temp.was");
    } else if (!s->status) {
        sqlite3_exec(s->db, "ROLLBACK TO graph", NULL, NULL, NULL);
        store_graph_close(s);
    }
    store_exec(s, "RELEASE graph");
    if (n)
        fault(c, "graph", keep && !s->status,
              "%lld articles have other edges or stories than their words make", (long long)n);
}

/* How many articles and pages the lists have. Which of them is told by the groups that they make.
 */
static void check_lists(checker *c)
{
    store *s = c->s;
    int64_t articles = 0, pages = 0;
    tell(c, "lists of words");
    if (s->status || store_count_lists(s, &articles, &pages) || (articles == 0 && pages == 0))
        return;
    bool mended = c->repair && !store_rebuild_lists(s);
    fault(c, "graph", mended,
          "the lists of words have %lld articles, those of lines %lld pages too many (below 0: too "
          "few)",
          (long long)articles, (long long)pages);
}

/* --------------------------------------------------------------------------- search, made again */

static void rebuild_articles(checker *c)
{
    store *s = c->s;
    store_exec(s, "INSERT INTO article_search(article_search) VALUES ('delete-all')");
    sqlite3_stmt *st = store_sql(s, "SELECT a.search_id, b.record FROM article a JOIN version v"
                                    " ON v.id = a.version JOIN body b ON b.version = v.id"
                                    " WHERE NOT v.hidden ORDER BY a.search_id");
    while (store_row(s, st)) {
        sst_article *a = NULL;
        if (store_unpack(store_str(st, 1), &a) == SST_OK) {
            sqlite3_stmt *in =
                store_sql(s, "INSERT INTO article_search(rowid, title, text) VALUES (?,?,?)");
            store_bind(in, 1, store_int(st, 0));
            store_bind_str(in, 2, a->title);
            store_bind_str(in, 3, a->text);
            store_run(s, in);
        }
        page_free(a);
    }
    if (st)
        sqlite3_reset(st);
}

/* The index of articles keeps no text: its rows are counted, and it is held against itself. */
static void check_article_search(checker *c)
{
    store *s = c->s;
    if (s->status)
        return;
    int code =
        sqlite3_exec(s->db, "INSERT INTO article_search(article_search) VALUES ('integrity-check')",
                     NULL, NULL, NULL);
    int64_t missing =
        store_one(s,
                  store_sql(s, "SELECT count(*) FROM article a JOIN version v ON v.id = a.version"
                               " WHERE v.hidden = (a.search_id IN"
                               " (SELECT id FROM article_search_docsize))"),
                  0);
    int64_t more =
        store_one(s,
                  store_sql(s, "SELECT count(*) FROM article_search_docsize WHERE id NOT IN"
                               " (SELECT search_id FROM article)"),
                  0);
    if (code == SQLITE_OK && missing == 0 && more == 0)
        return;
    if (c->repair)
        rebuild_articles(c);
    fault(c, "search", c->repair && !s->status, "article_search does not agree with the articles");
}

sst_status store_check(store *s, bool repair, const store_work *work, store_fault_fn fn, void *user,
                       uint64_t *faults)
{
    store_start(s);
    checker c = {.s = s, .repair = repair, .fn = fn, .user = user, .work = work};
    /* FTS5 checks itself by an INSERT that writes nothing; the file stays as it is without repair.
     */
    store_begin(s);
    check_file(&c);
    if (!s->status) {
        check_article_search(&c);
        check_search(&c, "quotation_search",
                     "INSERT INTO quotation_search(quotation_search, rank)"
                     " VALUES ('integrity-check', 1)",
                     "INSERT INTO quotation_search(quotation_search) VALUES ('rebuild')");
        check_search(&c, "figure_search",
                     "INSERT INTO figure_search(figure_search, rank) VALUES ('integrity-check', 1)",
                     "INSERT INTO figure_search(figure_search) VALUES ('rebuild')");
        check_rules(&c);
        check_bodies(&c);
        check_lists(&c);
    }
    check_graph(&c);
    sst_status status = s->status;
    if (status == SST_ERR_IO && c.faults) { /* damage is what was asked for */
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
        store_start(s);
        status = SST_OK;
    } else if (repair) {
        status = store_end(s);
        if (!status)
            status = store_refresh(s, work, NULL);
    } else {
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    }
    *faults = c.faults;
    return status;
}
