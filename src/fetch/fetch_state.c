/*
 * What is known of the addresses that entries led to: one table beside those of the store.
 *
 *   fetch_page(url, entry, etag, last_modified, status, failures, not_before, done, error, at)
 *
 * entry is a hash of what the feed said of it: when that changes, the page is asked for again, with
 * its ETag. Rows are written behind the articles they speak of, so a run that ends in between asks
 * once more and stores nothing twice.
 */
#include "fetch_inner.h"

#include <sqlite3.h>

#include "base_alloc.h"

enum { BUSY_MS = 60000 }; /* another writer's batch is shorter */

struct fetch_state {
    sqlite3 *db;
    sst_errors *errors;
    sqlite3_stmt *get, *put;
};

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS fetch_page ("
    " url TEXT PRIMARY KEY, entry INTEGER NOT NULL, etag TEXT, last_modified TEXT,"
    " status INTEGER NOT NULL, failures INTEGER NOT NULL, not_before INTEGER NOT NULL,"
    " done INTEGER NOT NULL CHECK (done IN (0, 1)), error TEXT, at INTEGER NOT NULL"
    ") WITHOUT ROWID";

static sst_status failed(fetch_state *s)
{
    int code = sqlite3_errcode(s->db);
    return errors_set(s->errors, code == SQLITE_NOMEM ? SST_ERR_MEMORY : SST_ERR_IO,
                      "table fetch_page: %s", sqlite3_errmsg(s->db));
}

sst_status fetch_state_open(const char *db, sst_errors *errors, fetch_state **out)
{
    fetch_state *s = base_malloc(sizeof *s);
    *out = NULL;
    if (!s)
        return errors_set(errors, SST_ERR_MEMORY, "out of memory");
    memset(s, 0, sizeof *s);
    s->errors = errors;
    sst_status status = SST_OK;
    if (sqlite3_open_v2(db, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL))
        status = s->db ? failed(s) : errors_set(errors, SST_ERR_MEMORY, "out of memory");
    if (!status) {
        sqlite3_busy_timeout(s->db, BUSY_MS);
        if (sqlite3_exec(s->db, schema, NULL, NULL, NULL) ||
            sqlite3_prepare_v2(s->db,
                               "SELECT entry, etag, last_modified, failures, not_before, done "
                               "FROM fetch_page WHERE url = ?1",
                               -1, &s->get, NULL) ||
            sqlite3_prepare_v2(
                s->db,
                "INSERT INTO fetch_page (url, entry, etag, last_modified, status, failures, "
                "not_before, done, error, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
                "ON CONFLICT (url) DO UPDATE SET entry = ?2, etag = ?3, last_modified = ?4, "
                "status = ?5, failures = ?6, not_before = ?7, done = ?8, error = ?9, at = ?10",
                -1, &s->put, NULL))
            status = failed(s);
    }
    if (status) {
        fetch_state_close(s);
        return status;
    }
    *out = s;
    return SST_OK;
}

void fetch_state_close(fetch_state *s)
{
    if (!s)
        return;
    sqlite3_finalize(s->get);
    sqlite3_finalize(s->put);
    sqlite3_close(s->db);
    base_free(s);
}

static sst_str column(sqlite3_stmt *q, int i, sst_arena *arena)
{
    const unsigned char *p = sqlite3_column_text(q, i);
    return p ? arena_str(arena, (sst_str){(const char *)p, (size_t)sqlite3_column_bytes(q, i)})
             : STR("");
}

sst_status fetch_state_page(fetch_state *s, sst_str url, sst_arena *arena, fetch_known *out)
{
    memset(out, 0, sizeof *out);
    sqlite3_bind_text(s->get, 1, url.p, (int)url.n, SQLITE_STATIC);
    int code = sqlite3_step(s->get);
    if (code == SQLITE_ROW) {
        out->there = true;
        out->hash = (uint64_t)sqlite3_column_int64(s->get, 0);
        out->etag = column(s->get, 1, arena);
        out->last_modified = column(s->get, 2, arena);
        out->failures = (uint32_t)sqlite3_column_int64(s->get, 3);
        out->not_before_s = sqlite3_column_int64(s->get, 4);
        out->done = sqlite3_column_int(s->get, 5) != 0;
    }
    sst_status status = code == SQLITE_ROW || code == SQLITE_DONE ? SST_OK : failed(s);
    sqlite3_reset(s->get);
    return status ? status : arena->failed;
}

static void bind_text(sqlite3_stmt *q, int i, sst_str v)
{
    if (v.n)
        sqlite3_bind_text(q, i, v.p, (int)v.n, SQLITE_STATIC);
    else
        sqlite3_bind_null(q, i);
}

sst_status fetch_state_put_pages(fetch_state *s, const fetch_page_row *rows, uint32_t n,
                                 int64_t now_s)
{
    if (n == 0)
        return SST_OK;
    if (sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL))
        return failed(s);
    sst_status status = SST_OK;
    for (uint32_t i = 0; i < n && !status; i++) {
        const fetch_page_row *p = &rows[i];
        sqlite3_bind_text(s->put, 1, p->url.p, (int)p->url.n, SQLITE_STATIC);
        sqlite3_bind_int64(s->put, 2, (sqlite3_int64)p->hash);
        bind_text(s->put, 3, p->etag);
        bind_text(s->put, 4, p->last_modified);
        sqlite3_bind_int64(s->put, 5, p->status);
        sqlite3_bind_int64(s->put, 6, p->failures);
        sqlite3_bind_int64(s->put, 7, p->not_before_s);
        sqlite3_bind_int(s->put, 8, p->done);
        bind_text(s->put, 9, p->error);
        sqlite3_bind_int64(s->put, 10, now_s);
        if (sqlite3_step(s->put) != SQLITE_DONE)
            status = failed(s);
        sqlite3_reset(s->put);
    }
    if (!status && sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL))
        status = failed(s);
    if (status)
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
