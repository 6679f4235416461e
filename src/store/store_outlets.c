/*
 * What a user knows of outlets, kept with the articles: the table of `ingest --outlets` and the
 * owners that a list of feeds names. In: rows of CSV, rows of feed; out: the table by which origins
 * are told (copy_outlets.h), the built-in one below both.
 *
 *   built in  <  feed.outlet, feed.owner  <  meta 'outlets'
 *
 * meta 'outlets_revision' grows when either changes, so that a reader that stays open reads it
 * again; stories that it may bring another count of origins become stale.
 */
#include "store_inner.h"

#include "base_str.h"

/* ------------------------------------------------------------------------------------------
 * changes
 */

static void has_changed(store *s)
{
    store_run(s, store_sql(s, "INSERT INTO meta VALUES ('outlets_revision', 1)"
                              " ON CONFLICT(key) DO UPDATE SET value = value + 1"));
}

sst_status store_outlets_put(store *s, sst_str csv)
{
    store_start(s);
    store_begin(s);
    sqlite3_stmt *st = store_sql(s, "SELECT 1 FROM meta WHERE key = 'outlets' AND value = ?1");
    store_bind_str(st, 1, csv);
    if (!store_one(s, st, 0)) {
        st = store_sql(s, "INSERT OR REPLACE INTO meta VALUES ('outlets', ?1)");
        store_bind_str(st, 1, csv);
        store_run(s, st);
        has_changed(s);
        /* A row may go by a name or a domain, of an outlet or of an agency that is credited. */
        store_run(s, store_sql(s, "UPDATE story SET stale = 1 WHERE article_n > 1"));
    }
    return store_end(s);
}

/* Inside a transaction, before the row of the feed is written. */
void store_owner_changes(store *s, const store_feed *f)
{
    sst_str name = f->outlet.n ? f->outlet : f->title;
    sqlite3_stmt *st = store_sql(
        s, "SELECT 1 FROM (SELECT ?2 AS name, ?3 AS owner) n LEFT JOIN feed f ON f.url = ?1"
           " WHERE n.owner IS NOT f.owner OR (n.owner IS NOT NULL AND"
           " n.name IS NOT ifnull(f.outlet, f.title))");
    store_bind_str(st, 1, f->url);
    store_bind_maybe(st, 2, name);
    store_bind_maybe(st, 3, f->owner);
    if (!store_one(s, st, 0))
        return;
    has_changed(s);
    st = store_sql(s, "UPDATE story SET stale = 1 WHERE article_n > 1 AND id IN"
                      " (SELECT a.story FROM article a JOIN outlet o ON o.id = a.outlet"
                      " WHERE o.name = ?1 COLLATE NOCASE OR o.name ="
                      " (SELECT ifnull(outlet, title) FROM feed WHERE url = ?2) COLLATE NOCASE)");
    store_bind_maybe(st, 1, name);
    store_bind_str(st, 2, f->url);
    store_run(s, st);
}

/* --------------------------------------------------------------------------------------------
 * table
 */

static void field(sst_buf *b, sst_str s, char end)
{
    buf_byte(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_byte(b, '"');
        buf_byte(b, s.p[i]);
    }
    buf_byte(b, '"');
    buf_byte(b, end);
}

void store_outlet_row(sst_buf *b, const copy_outlet *o)
{
    field(b, o->domain, ',');
    field(b, o->outlet, ',');
    field(b, o->owner, ',');
    field(b, o->country, ',');
    field(b, o->host ? STR("host") : o->agency ? STR("yes") : STR(""), '\n');
}

/* What the built-in table knows of an outlet else stays. */
static void add_owners(store *s, sst_buf *b)
{
    sqlite3_stmt *st = store_sql(s, "SELECT ifnull(outlet, title), owner FROM feed"
                                    " WHERE owner IS NOT NULL AND ifnull(outlet, title) IS NOT NULL"
                                    " ORDER BY url");
    while (store_row(s, st)) {
        const copy_outlet *known = copy_outlet_find(&s->outlets, STR(""), store_str(st, 0));
        copy_outlet o = known ? *known : (copy_outlet){.domain = STR(""), .country = STR("")};
        o.outlet = store_str(st, 0);
        o.owner = store_str(st, 1);
        store_outlet_row(b, &o);
    }
}

static sst_status add_rows(store *s, sst_str csv)
{
    uint32_t line = 0;
    const char *why = NULL;
    sst_status status = csv.n ? copy_outlets_add(&s->outlets, csv, &line, &why) : SST_OK;
    if (status == SST_ERR_INPUT)
        return store_fail(s, SST_ERR_IO, "its table of outlets is damaged, line %u: %s", line, why);
    return status ? store_no_memory(s) : SST_OK;
}

sst_status store_outlets_open(store *s)
{
    int64_t revision =
        store_one(s, store_sql(s, "SELECT value FROM meta WHERE key = 'outlets_revision'"), 0);
    if (s->status || (s->has_outlets && s->outlets_revision == revision))
        return s->status;
    if (s->has_outlets)
        copy_outlets_release(&s->outlets);
    s->has_outlets = true;
    s->outlets_revision = revision;
    if (copy_outlets_init(&s->outlets))
        return store_no_memory(s);
    if (!revision)
        return SST_OK;
    sst_buf b;
    buf_init(&b, 0);
    add_owners(s, &b);
    if (b.failed)
        store_no_memory(s);
    else if (!s->status)
        add_rows(s, (sst_str){b.p, b.n});
    buf_release(&b);
    sqlite3_stmt *st = store_sql(s, "SELECT value FROM meta WHERE key = 'outlets'");
    if (store_row(s, st)) {
        add_rows(s, store_str(st, 0));
        sqlite3_reset(st);
    }
    if (s->status) { /* read again by the next */
        copy_outlets_release(&s->outlets);
        s->has_outlets = false;
    }
    return s->status;
}
