/* Lists: stories, articles, versions, people, outlets, counts. In: a filter; out: rows in the
 * arena. */
#include "store_inner.h"

#include <string.h>

#include "base_str.h"

static uint32_t limit_of(store_page p)
{
    return p.limit ? p.limit : STORE_PAGE_ROWS;
}

static sst_status done(store *s, const sst_arena *arena)
{
    return s->status ? s->status : arena->failed ? store_no_memory(s) : SST_OK;
}

/* -------------------------------------------------------------------------------------- stories */

#define STORY_COLUMNS                                                                              \
    "s.id, s.name, s.title, s.lang, t.uid, s.first_published, s.last_published, s.first_s, "       \
    "s.last_s, s.changed, s.article_n - (" STORE_HIDDEN_OF_STORY                                   \
    "), s.origin_n, s.outlet_n, s.quote_n, s.differ_n, s.stale, "                                  \
    "m.name, s.revision "
#define STORY_TABLES                                                                               \
    "FROM story s LEFT JOIN article t ON t.id = s.title_article "                                  \
    "LEFT JOIN story m ON m.id = s.merged_into "

static void story_row(sqlite3_stmt *st, sst_arena *arena, store_story *x)
{
    *x = (store_story){.row = store_int(st, 0),
                       .id = store_keep(st, 1, arena),
                       .title = store_keep(st, 2, arena),
                       .lang = store_keep(st, 3, arena),
                       .title_article = store_keep(st, 4, arena),
                       .first_published = store_keep(st, 5, arena),
                       .last_published = store_keep(st, 6, arena),
                       .first_s = store_time(st, 7),
                       .last_s = store_time(st, 8),
                       .changed = store_time(st, 9),
                       .article_n = (uint32_t)store_int(st, 10),
                       .origin_n = (uint32_t)store_int(st, 11),
                       .outlet_n = (uint32_t)store_int(st, 12),
                       .quote_n = (uint32_t)store_int(st, 13),
                       .differ_n = (uint32_t)store_int(st, 14),
                       .stale = store_int(st, 15) != 0,
                       .merged_into = store_keep(st, 16, arena),
                       .revision = (uint64_t)store_int(st, 17)};
}

/* Conditions that are not asked for are true for all; the index of the order is walked. */
#define STORY_WHERE                                                                                \
    "WHERE s.article_n > 0 AND (?1 IS NULL OR s.changed >= ?1) AND (?2 IS NULL OR s.last_s >= ?2)" \
    " AND (?3 IS NULL OR s.last_s < ?3) AND (?4 IS NULL OR s.lang = ?4)"                           \
    " AND (?5 IS NULL OR EXISTS (SELECT 1 FROM article a JOIN outlet o ON o.id = a.outlet"         \
    " WHERE a.story = s.id AND o.name = ?5)) AND s.article_n >= ?6 AND s.origin_n >= ?7 "          \
    "AND s.article_n - (" STORE_HIDDEN_OF_STORY ") >= max(?6, 1) "

sst_status store_stories(store *s, const store_story_filter *f, sst_arena *arena, store_story **out,
                         uint32_t *out_n)
{
    store_start(s);
    SST_VEC(store_story) v = {0};
    sqlite3_stmt *st;
    if (f->order == STORE_ORIGINS)
        st = store_sql(s, "SELECT " STORY_COLUMNS STORY_TABLES STORY_WHERE
                          "ORDER BY s.origin_n DESC, s.last_s DESC, s.id DESC LIMIT ?8 OFFSET ?9");
    else if (f->order == STORE_ARTICLES)
        st = store_sql(s, "SELECT " STORY_COLUMNS STORY_TABLES STORY_WHERE
                          "ORDER BY s.article_n DESC, s.last_s DESC, s.id DESC LIMIT ?8 OFFSET ?9");
    else
        st = store_sql(s, "SELECT " STORY_COLUMNS STORY_TABLES STORY_WHERE
                          "ORDER BY s.last_s DESC, s.id DESC LIMIT ?8 OFFSET ?9");
    store_bind_time(st, 1, f->changed_since);
    store_bind_time(st, 2, f->since);
    store_bind_time(st, 3, f->until);
    store_bind_maybe(st, 4, f->lang);
    store_bind_maybe(st, 5, f->outlet);
    store_bind(st, 6, f->articles_least);
    store_bind(st, 7, f->origins_least);
    store_bind(st, 8, limit_of(f->page));
    store_bind(st, 9, f->page.offset);
    while (store_row(s, st)) {
        store_story *x = vec_push(arena, &v);
        if (x)
            story_row(st, arena, x);
    }
    *out = v.v;
    *out_n = v.n;
    return done(s, arena);
}

sst_status store_stories_by_id(store *s, sst_str after, uint32_t limit, sst_arena *arena,
                               store_story **out, uint32_t *out_n)
{
    store_start(s);
    SST_VEC(store_story) v = {0};
    sqlite3_stmt *st =
        store_sql(s, "SELECT " STORY_COLUMNS STORY_TABLES
                     "WHERE s.article_n > (" STORE_HIDDEN_OF_STORY ") AND s.name > ?1"
                     " ORDER BY s.name LIMIT ?2");
    store_bind_str(st, 1, after);
    store_bind(st, 2, limit ? limit : STORE_PAGE_ROWS);
    while (store_row(s, st)) {
        store_story *x = vec_push(arena, &v);
        if (x)
            story_row(st, arena, x);
    }
    *out = v.v;
    *out_n = v.n;
    return done(s, arena);
}

sst_status store_story_find(store *s, sst_str id, sst_arena *arena, store_story *out, bool *found)
{
    store_start(s);
    *found = false;
    *out = (store_story){0};
    sqlite3_stmt *st = store_sql(s, "SELECT " STORY_COLUMNS STORY_TABLES "WHERE s.name = ?");
    store_bind_str(st, 1, id);
    if (store_row(s, st)) {
        *found = true;
        story_row(st, arena, out);
        sqlite3_reset(st);
    }
    return done(s, arena);
}

/* ------------------------------------------------------------------------------------- articles */

void store_article_row(sqlite3_stmt *st, int at, sst_arena *arena, store_article *x)
{
    *x = (store_article){.row = store_int(st, at),
                         .id = store_keep(st, at + 1, arena),
                         .url = store_keep(st, at + 2, arena),
                         .canonical = store_keep(st, at + 3, arena),
                         .outlet = store_keep(st, at + 4, arena),
                         .title = store_keep(st, at + 5, arena),
                         .lang = store_keep(st, at + 6, arena),
                         .published = store_keep(st, at + 7, arena),
                         .modified = store_keep(st, at + 8, arena),
                         .access = store_keep(st, at + 9, arena),
                         .authors = store_keep(st, at + 10, arena),
                         .rights = store_keep(st, at + 11, arena),
                         .published_s = store_time(st, at + 12),
                         .first_seen = store_time(st, at + 13),
                         .last_seen = store_time(st, at + 14),
                         .version_n = (uint32_t)store_int(st, at + 15),
                         .words = (uint32_t)store_int(st, at + 16),
                         .version = store_int(st, at + 17),
                         .story = store_keep(st, at + 18, arena),
                         .flags = (uint32_t)store_int(st, at + 19),
                         .hidden = store_int(st, at + 20) != 0};
}

static sst_status articles(store *s, sqlite3_stmt *st, sst_arena *arena, store_article **out,
                           uint32_t *out_n)
{
    SST_VEC(store_article) v = {0};
    while (store_row(s, st)) {
        store_article *x = vec_push(arena, &v);
        if (x)
            store_article_row(st, 0, arena, x);
    }
    *out = v.v;
    *out_n = v.n;
    return done(s, arena);
}

sst_status store_story_articles(store *s, int64_t story, sst_arena *arena, store_article **out,
                                uint32_t *out_n)
{
    store_start(s);
    /* story_order compares hashes as numbers without a sign. */
    sqlite3_stmt *st =
        store_sql(s, "SELECT " STORE_ARTICLE_COLUMNS " FROM " STORE_ARTICLE_TABLES
                     " JOIN article_words w ON w.article = a.id WHERE a.story = ?"
                     " ORDER BY a.published_s NULLS FIRST, w.content < 0, w.content, a.uid");
    store_bind(st, 1, story);
    return articles(s, st, arena, out, out_n);
}

sst_status store_article_find(store *s, sst_str id, sst_arena *arena, store_article *out,
                              bool *found)
{
    store_start(s);
    *found = false;
    *out = (store_article){0};
    sqlite3_stmt *st = store_sql(s, "SELECT " STORE_ARTICLE_COLUMNS " FROM " STORE_ARTICLE_TABLES
                                    " WHERE a.uid = ?");
    store_bind_str(st, 1, id);
    if (store_row(s, st)) {
        *found = true;
        store_article_row(st, 0, arena, out);
        sqlite3_reset(st);
    }
    return done(s, arena);
}

sst_status store_outlet_articles(store *s, sst_str outlet, store_page page, sst_arena *arena,
                                 store_article **out, uint32_t *out_n)
{
    store_start(s);
    sqlite3_stmt *st = store_sql(s, "SELECT " STORE_ARTICLE_COLUMNS " FROM " STORE_ARTICLE_TABLES
                                    " WHERE a.outlet = (SELECT id FROM outlet WHERE name = ?1)"
                                    " AND NOT v.hidden"
                                    " ORDER BY a.published_s DESC, a.id DESC LIMIT ?2 OFFSET ?3");
    store_bind_str(st, 1, outlet);
    store_bind(st, 2, limit_of(page));
    store_bind(st, 3, page.offset);
    return articles(s, st, arena, out, out_n);
}

sst_status store_is_known(store *s, sst_str url, bool *out)
{
    store_start(s);
    sqlite3_stmt *st = store_sql(s, "SELECT 1 FROM article WHERE uid = ?1 OR url = ?1"
                                    " OR canonical = ?1 LIMIT 1");
    store_bind_str(st, 1, url);
    *out = store_one(s, st, 0) != 0;
    return s->status;
}

/* ------------------------------------------------------------------------------------- versions */

sst_status store_versions(store *s, int64_t article, sst_arena *arena, store_version **out,
                          uint32_t *out_n)
{
    store_start(s);
    SST_VEC(store_version) v = {0};
    sqlite3_stmt *st = store_sql(
        s, "SELECT v.id, v.number, v.id = a.version, v.seen, v.published, v.modified, v.title,"
           " v.kind, v.silent, v.correction, v.words,"
           " (SELECT count(*) FROM change c WHERE c.version = v.id)"
           ", b.id IS NOT NULL"
           " FROM version v JOIN article a ON a.id = v.article"
           " LEFT JOIN version b ON b.id = v.before AND NOT b.hidden"
           " WHERE v.article = ? AND NOT v.hidden"
           " ORDER BY ifnull(v.when_s, -1e18), v.number");
    store_bind(st, 1, article);
    while (store_row(s, st)) {
        store_version *x = vec_push(arena, &v);
        if (x)
            *x = (store_version){.row = store_int(st, 0),
                                 .number = (uint32_t)store_int(st, 1),
                                 .current = store_int(st, 2) != 0,
                                 .seen = store_time(st, 3),
                                 .published = store_keep(st, 4, arena),
                                 .modified = store_keep(st, 5, arena),
                                 .title = store_keep(st, 6, arena),
                                 .kind = store_keep(st, 7, arena),
                                 .silent = store_int(st, 8) != 0,
                                 .correction = store_keep(st, 9, arena),
                                 .words = (uint32_t)store_int(st, 10),
                                 .change_n = (uint32_t)store_int(st, 11)};
        if (x && !store_int(st, 12)) { /* there is none to be held against that may be shown */
            x->kind = STR("first");
            x->silent = false;
            x->change_n = 0;
        }
    }
    *out = v.v;
    *out_n = v.n;
    return done(s, arena);
}

sst_status store_changes(store *s, int64_t version, sst_arena *arena, store_change **out,
                         uint32_t *out_n)
{
    store_start(s);
    SST_VEC(store_change) v = {0};
    sqlite3_stmt *st =
        store_sql(s, "SELECT what, op, typo, old_begin, old_end, \"begin\", \"end\" FROM change"
                     " WHERE version = ? ORDER BY number");
    store_bind(st, 1, version);
    while (store_row(s, st)) {
        store_change *x = vec_push(arena, &v);
        if (x)
            *x = (store_change){store_keep(st, 0, arena),
                                store_keep(st, 1, arena),
                                store_int(st, 2) != 0,
                                {(uint32_t)store_int(st, 3), (uint32_t)store_int(st, 4)},
                                {(uint32_t)store_int(st, 5), (uint32_t)store_int(st, 6)}};
    }
    *out = v.v;
    *out_n = v.n;
    return done(s, arena);
}

/* --------------------------------------------------------------------------------------- people */

void store_quotation_row(sqlite3_stmt *st, int at, sst_arena *arena, store_quotation *x)
{
    *x = (store_quotation){
        .row = store_int(st, at),
        .speaker = store_keep(st, at + 1, arena),
        .said = store_keep(st, at + 2, arena),
        .type = store_keep(st, at + 3, arena),
        .change = store_keep(st, at + 4, arena),
        .article = store_keep(st, at + 5, arena),
        .outlet = store_keep(st, at + 6, arena),
        .title = store_keep(st, at + 7, arena),
        .story = store_keep(st, at + 8, arena),
        .published = store_keep(st, at + 9, arena),
        .lang = store_keep(st, at + 10, arena),
        .published_s = store_time(st, at + 11),
        .utterance = (uint32_t)store_int(st, at + 12),
        .at = {(uint32_t)store_int(st, at + 13), (uint32_t)store_int(st, at + 14)}};
}

sst_status store_person_quotations(store *s, sst_str name, int64_t since, int64_t until,
                                   store_page page, sst_arena *arena, store_quotation **out,
                                   uint32_t *out_n)
{
    store_start(s);
    SST_VEC(store_quotation) v = {0};
    sqlite3_stmt *st = store_sql(
        s,
        "SELECT " STORE_QUOTATION_COLUMNS " FROM quotation q JOIN article a ON a.id = q.article"
        " JOIN version v ON v.id = a.version LEFT JOIN outlet o ON o.id = a.outlet"
        " LEFT JOIN story s ON s.id = q.story WHERE q.speaker = ?1 COLLATE NOCASE"
        " AND (?2 IS NULL OR a.published_s >= ?2) AND (?3 IS NULL OR a.published_s < ?3)"
        " ORDER BY a.published_s DESC, q.story, q.utterance, a.uid, q.number LIMIT ?4 OFFSET ?5");
    store_bind_str(st, 1, name);
    store_bind_time(st, 2, since);
    store_bind_time(st, 3, until);
    store_bind(st, 4, limit_of(page));
    store_bind(st, 5, page.offset);
    while (store_row(s, st)) {
        store_quotation *x = vec_push(arena, &v);
        if (x)
            store_quotation_row(st, 0, arena, x);
    }
    *out = v.v;
    *out_n = v.n;
    return done(s, arena);
}

sst_status store_people(store *s, sst_str prefix, store_page page, sst_arena *arena,
                        store_person **out, uint32_t *out_n)
{
    store_start(s);
    SST_VEC(store_person) v = {0};
    /* The articles of names are looked at for one page. */
    sqlite3_stmt *st = store_sql(
        s, "SELECT min(q.speaker), t.n, count(DISTINCT q.article), count(DISTINCT q.story),"
           " min(a.published_s), max(a.published_s) FROM (SELECT name, quote_n AS n FROM person"
           " WHERE ?1 IS NULL OR substr(name, 1, length(?1)) = ?1 COLLATE NOCASE"
           " ORDER BY n DESC, name LIMIT ?2 OFFSET ?3) t"
           " CROSS JOIN quotation q ON q.speaker = t.name COLLATE NOCASE"
           " JOIN article a ON a.id = q.article"
           " GROUP BY t.name ORDER BY t.n DESC, t.name");
    store_bind_maybe(st, 1, prefix);
    store_bind(st, 2, limit_of(page));
    store_bind(st, 3, page.offset);
    while (store_row(s, st)) {
        store_person *x = vec_push(arena, &v);
        if (x)
            *x = (store_person){store_keep(st, 0, arena),   (uint32_t)store_int(st, 1),
                                (uint32_t)store_int(st, 2), (uint32_t)store_int(st, 3),
                                store_time(st, 4),          store_time(st, 5)};
    }
    *out = v.v;
    *out_n = v.n;
    return done(s, arena);
}

/* -------------------------------------------------------------------------------------- outlets */

#define OUTLET_COLUMNS                                                                             \
    "o.name, count(*), count(DISTINCT a.story), sum(a.version_n - 1), "                            \
    "sum(CASE WHEN a.version_n > 1 THEN (SELECT count(*) FROM version v WHERE v.article = a.id "   \
    "AND v.silent AND NOT v.hidden) ELSE 0 END), min(a.published_s), max(a.published_s) "          \
    "FROM outlet o JOIN article a ON a.outlet = o.id "                                             \
    "AND a.version NOT IN (SELECT id FROM version WHERE hidden) "

static void outlet_row(sqlite3_stmt *st, sst_arena *arena, store_outlet *x)
{
    *x = (store_outlet){store_keep(st, 0, arena),   (uint32_t)store_int(st, 1),
                        (uint32_t)store_int(st, 2), (uint32_t)store_int(st, 3),
                        (uint32_t)store_int(st, 4), store_time(st, 5),
                        store_time(st, 6)};
}

sst_status store_outlets(store *s, store_page page, sst_arena *arena, store_outlet **out,
                         uint32_t *out_n)
{
    store_start(s);
    SST_VEC(store_outlet) v = {0};
    sqlite3_stmt *st = store_sql(s, "SELECT " OUTLET_COLUMNS "GROUP BY o.id"
                                    " ORDER BY count(*) DESC, o.name LIMIT ?1 OFFSET ?2");
    store_bind(st, 1, limit_of(page));
    store_bind(st, 2, page.offset);
    while (store_row(s, st)) {
        store_outlet *x = vec_push(arena, &v);
        if (x)
            outlet_row(st, arena, x);
    }
    *out = v.v;
    *out_n = v.n;
    return done(s, arena);
}

sst_status store_outlet_find(store *s, sst_str name, sst_arena *arena, store_outlet *out,
                             bool *found)
{
    store_start(s);
    *found = false;
    *out = (store_outlet){0};
    sqlite3_stmt *st = store_sql(s, "SELECT " OUTLET_COLUMNS "WHERE o.name = ? GROUP BY o.id");
    store_bind_str(st, 1, name);
    if (store_row(s, st)) {
        *found = true;
        outlet_row(st, arena, out);
        sqlite3_reset(st);
    }
    return done(s, arena);
}

/* --------------------------------------------------------------------------------------- counts */

static uint64_t generation(store *s)
{
    return (uint64_t)store_one(s, store_sql(s, "SELECT value FROM meta WHERE key = 'generation'"),
                               0);
}

sst_status store_count(store *s, store_counts *out)
{
    store_start(s);
    *out = (store_counts){0};
    /* Rows of the large tables are only added to or replaced: their last number would count too
     * much. */
    out->articles = (uint64_t)store_one(s, store_sql(s, "SELECT count(*) FROM article"), 0);
    out->versions = (uint64_t)store_one(s, store_sql(s, "SELECT count(*) FROM version"), 0);
    out->stories =
        (uint64_t)store_one(s, store_sql(s, "SELECT count(*) FROM story WHERE article_n > 0"), 0);
    out->quotations = (uint64_t)store_one(
        s, store_sql(s, "SELECT ifnull(sum(quote_n), 0) FROM story WHERE article_n > 0"), 0);
    out->figures = (uint64_t)store_one(s, store_sql(s, "SELECT count(*) FROM figure"), 0);
    out->outlets = (uint64_t)store_one(s, store_sql(s, "SELECT count(*) FROM outlet"), 0);
    out->feeds = (uint64_t)store_one(s, store_sql(s, "SELECT count(*) FROM feed"), 0);
    out->feeds_failing = (uint64_t)store_one(
        s, store_sql(s, "SELECT count(*) FROM feed WHERE error IS NOT NULL AND NOT gone"), 0);
    out->input_errors = (uint64_t)store_one(s, store_sql(s, "SELECT count(*) FROM input_error"), 0);
    out->stale = (uint64_t)store_one(s, store_sql(s, "SELECT count(*) FROM story WHERE stale"), 0);
    out->bytes = (uint64_t)store_one(s, store_sql(s, "PRAGMA page_count"), 0) *
                 (uint64_t)store_one(s, store_sql(s, "PRAGMA page_size"), 0);
    out->last_added = store_one(
        s, store_sql(s, "SELECT seen FROM version ORDER BY id DESC LIMIT 1"), STORE_NO_TIME);
    out->generation = generation(s);
    return s->status;
}

sst_status store_generation(store *s, uint64_t *out)
{
    store_start(s);
    *out = generation(s);
    return s->status;
}
