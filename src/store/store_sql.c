/*
 * The file and its statements: open, prepare, bind, step, fail.
 *
 * in: a path; out: a handle with the schema of store_schema.c. WAL: readers go on while one writes.
 * Each commit waits for the disk, so what was reported as stored is there after a power cut too.
 */
#include "store_inner.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base_alloc.h"
#include "base_str.h"

enum {
    BUSY_MS = 60 * 1000, /* another writer's batch takes seconds */
    CACHE_KIB = 64 * 1024,
    READER_CACHE_KIB = 16 * 1024 /* a server has some; the pages are in the system's cache too */
};

/* -------------------------------------------------------------------------------------- failure */

sst_status store_fail(store *s, sst_status code, const char *format, ...)
{
    char text[400];
    va_list ap;
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    if (!s->status) {
        s->status = code;
        return errors_set(s->errors, code, "%s: %s", s->path, text);
    }
    return s->status;
}

sst_status store_no_memory(store *s)
{
    return store_fail(s, SST_ERR_MEMORY, "out of memory: give fewer inputs at a time");
}

sst_status store_fail_sql(store *s, int code)
{
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return store_no_memory(s);
    case SQLITE_FULL:
        return store_fail(s, SST_ERR_IO,
                          "the disk is full: nothing of this batch was stored, what was before is "
                          "there; make room and repeat");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return store_fail(s, SST_ERR_IO,
                          "another program is writing to it for more than a minute: try again "
                          "later");
    case SQLITE_NOTADB:
        return store_fail(s, SST_ERR_IO, "is no samestory database: give another --db");
    case SQLITE_CORRUPT:
        return store_fail(s, SST_ERR_IO,
                          "is damaged (%s): run samestory check --db, then --repair, or take a "
                          "copy kept elsewhere",
                          sqlite3_errmsg(s->db));
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return store_fail(s, SST_ERR_IO,
                          "may not be written: see its permissions and its folder's");
    case SQLITE_INTERRUPT:
        return store_fail(s, SST_ERR_STOPPED, "stopped");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return store_fail(s, SST_ERR_IO, "cannot be read or written: %s (%s)",
                          sqlite3_errmsg(s->db), strerror(sqlite3_system_errno(s->db)));
    default:
        return store_fail(s, SST_ERR_INTERNAL, "%s (%d)", sqlite3_errmsg(s->db), code);
    }
}

/* ----------------------------------------------------------------------------------- statements */

sqlite3_stmt *store_sql(store *s, const char *text)
{
    if (s->status)
        return NULL;
    uint32_t at = (uint32_t)(hash_mix((uintptr_t)text, 0)) & (STORE_STATEMENTS - 1);
    for (uint32_t k = 0; k < STORE_STATEMENTS; k++, at = (at + 1) & (STORE_STATEMENTS - 1)) {
        sqlite3_stmt *st = s->statement[at].st;
        if (st && s->statement[at].text == text) {
            sqlite3_reset(st);
            sqlite3_clear_bindings(st);
            return st;
        }
        if (st)
            continue;
        int code = sqlite3_prepare_v3(s->db, text, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL);
        if (code) {
            store_fail_sql(s, code);
            return NULL;
        }
        s->statement[at].text = text;
        s->statement[at].st = st;
        return st;
    }
    store_fail(s, SST_ERR_INTERNAL, "more statements than STORE_STATEMENTS");
    return NULL;
}

void store_bind(sqlite3_stmt *st, int at, int64_t v)
{
    if (st)
        sqlite3_bind_int64(st, at, v);
}

void store_bind_time(sqlite3_stmt *st, int at, int64_t v)
{
    if (st && v != STORE_NO_TIME)
        sqlite3_bind_int64(st, at, v);
}

void store_bind_double(sqlite3_stmt *st, int at, double v)
{
    if (st)
        sqlite3_bind_double(st, at, v);
}

void store_bind_str(sqlite3_stmt *st, int at, sst_str v)
{
    if (st)
        sqlite3_bind_text64(st, at, v.p ? v.p : "", v.n, SQLITE_STATIC, SQLITE_UTF8);
}

void store_bind_maybe(sqlite3_stmt *st, int at, sst_str v)
{
    if (v.n)
        store_bind_str(st, at, v);
}

void store_bind_blob(sqlite3_stmt *st, int at, const void *p, size_t n)
{
    if (st)
        sqlite3_bind_blob64(st, at, p ? p : "", n, SQLITE_STATIC);
}

bool store_row(store *s, sqlite3_stmt *st)
{
    if (!st || s->status)
        return false;
    int code = sqlite3_step(st);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        store_fail_sql(s, code);
    sqlite3_reset(st);
    return false;
}

void store_run(store *s, sqlite3_stmt *st)
{
    while (store_row(s, st))
        ;
}

void store_exec(store *s, const char *text)
{
    if (s->status)
        return;
    int code = sqlite3_exec(s->db, text, NULL, NULL, NULL);
    if (code)
        store_fail_sql(s, code);
}

int64_t store_int(sqlite3_stmt *st, int column)
{
    return sqlite3_column_int64(st, column);
}

int64_t store_time(sqlite3_stmt *st, int column)
{
    return sqlite3_column_type(st, column) == SQLITE_NULL ? STORE_NO_TIME
                                                          : sqlite3_column_int64(st, column);
}

sst_str store_str(sqlite3_stmt *st, int column)
{
    const void *p = sqlite3_column_blob(st, column);
    int n = sqlite3_column_bytes(st, column);
    return p && n > 0 ? (sst_str){p, (size_t)n} : (sst_str){"", 0};
}

sst_str store_keep(sqlite3_stmt *st, int column, sst_arena *arena)
{
    return arena_str(arena, store_str(st, column));
}

int64_t store_one(store *s, sqlite3_stmt *st, int64_t none)
{
    int64_t v = none;
    if (store_row(s, st)) {
        if (sqlite3_column_type(st, 0) != SQLITE_NULL)
            v = store_int(st, 0);
        sqlite3_reset(st);
    }
    return v;
}

/* --------------------------------------------------------------------------------- transactions */

void store_start(store *s)
{
    s->status = SST_OK;
    s->errors->code = SST_OK;
}

void store_begin(store *s)
{
    store_run(s, store_sql(s, "BEGIN IMMEDIATE"));
}

sst_status store_end(store *s)
{
    int64_t generation =
        store_one(s,
                  store_sql(s, "UPDATE meta SET value = value + 1 WHERE key = 'generation'"
                               " RETURNING value"),
                  0);
    if (!s->status)
        store_run(s, store_sql(s, "COMMIT"));
    store_graph_stays(s, generation);
    if (s->status) {
        if (!sqlite3_get_autocommit(s->db))
            sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
        store_graph_close(s); /* it holds what was taken back */
    }
    return s->status;
}

/* ----------------------------------------------------------------------------------------- open */

static int64_t ask(store *s, const char *text)
{
    return store_one(s, store_sql(s, text), 0);
}

/* A fresh file gets the schema; any other must have it. */
static void identify(store *s)
{
    int64_t application = ask(s, "PRAGMA application_id"), version = ask(s, "PRAGMA user_version");
    int64_t tables = ask(s, "SELECT count(*) FROM sqlite_schema");
    if (s->status)
        return;
    if (application == 0 && version == 0 && tables == 0) {
        if (s->mode == STORE_CREATE)
            for (size_t i = 0; store_schema[i]; i++)
                store_exec(s, store_schema[i]);
        else
            store_fail(s, SST_ERR_IO, "is empty: samestory ingest --db makes a database");
        return;
    }
    if (application != STORE_APPLICATION)
        store_fail(s, SST_ERR_IO, "is a database of another program: give another --db");
    else if (version > STORE_VERSION)
        store_fail(
            s, SST_ERR_IO,
            "was written by a newer samestory (schema %lld, this one knows %d): use that one",
            (long long)version, STORE_VERSION);
    else if (version < STORE_VERSION && (s->mode != STORE_CREATE || version < STORE_VERSION_OLDEST))
        store_fail(s, SST_ERR_IO,
                   version < STORE_VERSION_OLDEST
                       ? "has schema %lld, which was never released: ingest anew"
                       : "has schema %lld: samestory ingest --db brings it up to date",
                   (long long)version);
    else if (version < STORE_VERSION)
        store_update(s, version);
}

static void set_up(store *s)
{
    sqlite3_busy_timeout(s->db, BUSY_MS);
    sqlite3_extended_result_codes(s->db, 1);
    if (s->mode == STORE_CREATE) { /* of a fresh file only; before the journal mode */
        store_exec(s, "PRAGMA page_size = 8192");
        store_exec(s, "PRAGMA auto_vacuum = NONE");
    }
    store_exec(s, "PRAGMA foreign_keys = ON");
    if (s->mode == STORE_READ) /* triggers of a writer reach the tables of search */
        store_exec(s, "PRAGMA trusted_schema = OFF");
    store_exec(s, "PRAGMA temp_store = MEMORY");
    char text[64];
    snprintf(text, sizeof text, "PRAGMA cache_size = -%d",
             s->mode == STORE_READ ? READER_CACHE_KIB : CACHE_KIB);
    store_exec(s, text);
    /* The head is read before anything is written: another program's file stays as it is. */
    if (s->mode == STORE_CREATE)
        store_exec(s, "BEGIN IMMEDIATE");
    identify(s);
    if (s->mode == STORE_CREATE) {
        if (s->status)
            sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
        store_exec(s, "COMMIT");
    }
    if (s->mode != STORE_READ) {
        store_exec(s, "PRAGMA journal_mode = WAL");
        store_exec(s, "PRAGMA synchronous = FULL");
        store_exec(s, "PRAGMA wal_autocheckpoint = 4000");
    } else {
        store_exec(s, "PRAGMA query_only = ON");
    }
}

sst_status store_open(const char *path, store_mode mode, sst_errors *errors, store **out)
{
    *out = NULL;
    struct stat there;
    errors->code = SST_OK;
    if (mode != STORE_CREATE && stat(path, &there) != 0)
        return errors_set(errors, SST_ERR_IO, "%s: %s: samestory ingest --db makes a database",
                          path, strerror(errno));
    store *s = base_malloc(sizeof *s);
    if (!s)
        return errors_set(errors, SST_ERR_MEMORY, "%s: out of memory", path);
    memset(s, 0, sizeof *s);
    arena_init(&s->arena, 0);
    s->errors = errors;
    s->mode = mode;
    s->path = arena_str(&s->arena, str_of(path)).p;
    /* A reader of a file in WAL mode needs to write beside it; where it may not, it reads alone. */
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE |
                (mode == STORE_CREATE ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(path, &s->db, flags, NULL);
    if (!code && mode == STORE_READ)
        sqlite3_busy_timeout(s->db, BUSY_MS);
    if (code)
        store_fail_sql(s, code);
    else
        set_up(s);
    if (!s->status && store_search_open(s))
        store_no_memory(s);
    if (s->status) {
        sst_status status = s->status;
        store_close(s);
        return status;
    }
    *out = s;
    return SST_OK;
}

void store_close(store *s)
{
    if (!s)
        return;
    store_graph_close(s);
    for (uint32_t i = 0; i < STORE_STATEMENTS; i++)
        sqlite3_finalize(s->statement[i].st);
    if (s->db && s->mode != STORE_READ && sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "PRAGMA optimize", NULL, NULL, NULL);
    store_search_close(s);
    sqlite3_close_v2(s->db);
    if (s->has_outlets)
        copy_outlets_release(&s->outlets);
    arena_release(&s->arena);
    base_free(s);
}
