/* The state of feeds between polls, and the log of what went wrong. */
#include "store_inner.h"

#include <string.h>

#include "base_str.h"

enum { ERRORS_KEPT = 10000 };

sst_status store_feed_put(store *s, const store_feed *f)
{
    store_start(s);
    store_begin(s);
    store_owner_changes(s, f);
    sqlite3_stmt *st = store_sql(
        s, "INSERT INTO feed(url, title, outlet, owner, etag, last_modified, next_poll, last_poll,"
           " last_new, status, error, poll_n, error_n, error_row, article_n, gone)"
           " VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)"
           " ON CONFLICT(url) DO UPDATE SET title = ?2, outlet = ?3, owner = ?4, etag = ?5,"
           " last_modified = ?6, next_poll = ?7, last_poll = ?8, last_new = ?9, status = ?10,"
           " error = ?11, poll_n = ?12, error_n = ?13, error_row = ?14, article_n = ?15,"
           " gone = ?16");
    store_bind_str(st, 1, f->url);
    store_bind_maybe(st, 2, f->title);
    store_bind_maybe(st, 3, f->outlet);
    store_bind_maybe(st, 4, f->owner);
    store_bind_maybe(st, 5, f->etag);
    store_bind_maybe(st, 6, f->last_modified);
    store_bind_time(st, 7, f->next_poll);
    store_bind_time(st, 8, f->last_poll);
    store_bind_time(st, 9, f->last_new);
    store_bind(st, 10, f->status);
    store_bind_maybe(st, 11, f->error);
    store_bind(st, 12, (int64_t)f->poll_n);
    store_bind(st, 13, (int64_t)f->error_n);
    store_bind(st, 14, f->error_row);
    store_bind(st, 15, (int64_t)f->article_n);
    store_bind(st, 16, f->gone);
    store_run(s, st);
    return store_end(s);
}

sst_status store_feeds(store *s, bool due, int64_t now, sst_arena *arena, store_feed **out,
                       uint32_t *out_n)
{
    store_start(s);
    SST_VEC(store_feed) v = {0};
    sqlite3_stmt *st = store_sql(
        s, "SELECT id, url, title, outlet, owner, etag, last_modified, next_poll, last_poll,"
           " last_new, status, error, poll_n, error_n, error_row, article_n, gone FROM feed"
           " WHERE NOT ?1 OR (NOT gone AND (next_poll IS NULL OR next_poll <= ?2))"
           " ORDER BY next_poll, url");
    store_bind(st, 1, due);
    store_bind(st, 2, now);
    while (store_row(s, st)) {
        store_feed *x = vec_push(arena, &v);
        if (x)
            *x = (store_feed){.row = store_int(st, 0),
                              .url = store_keep(st, 1, arena),
                              .title = store_keep(st, 2, arena),
                              .outlet = store_keep(st, 3, arena),
                              .owner = store_keep(st, 4, arena),
                              .etag = store_keep(st, 5, arena),
                              .last_modified = store_keep(st, 6, arena),
                              .next_poll = store_time(st, 7),
                              .last_poll = store_time(st, 8),
                              .last_new = store_time(st, 9),
                              .status = store_int(st, 10),
                              .error = store_keep(st, 11, arena),
                              .poll_n = (uint64_t)store_int(st, 12),
                              .error_n = (uint64_t)store_int(st, 13),
                              .error_row = (uint32_t)store_int(st, 14),
                              .article_n = (uint64_t)store_int(st, 15),
                              .gone = store_int(st, 16) != 0};
    }
    *out = v.v;
    *out_n = v.n;
    return s->status ? s->status : arena->failed ? store_no_memory(s) : SST_OK;
}

sst_status store_feed_error(store *s, const char *feed_url, sst_str address, int64_t at,
                            int64_t http, sst_str message)
{
    store_start(s);
    store_begin(s);
    sqlite3_stmt *st = store_sql(s, "INSERT INTO feed_error(feed, address, at, status, message)"
                                    " VALUES ((SELECT id FROM feed WHERE url = ?), ?, ?, ?, ?)");
    store_bind_str(st, 1, str_of(feed_url));
    store_bind_maybe(st, 2, address);
    store_bind(st, 3, at);
    store_bind(st, 4, http);
    store_bind_str(st, 5, message);
    store_run(s, st);
    st = store_sql(s, "DELETE FROM feed_error WHERE id <= (SELECT max(id) FROM feed_error) - ?");
    store_bind(st, 1, ERRORS_KEPT);
    store_run(s, st);
    return store_end(s);
}

sst_status store_feed_errors(store *s, uint32_t limit, uint32_t offset, sst_arena *arena,
                             store_feed_note **out, uint32_t *out_n)
{
    store_start(s);
    SST_VEC(store_feed_note) v = {0};
    sqlite3_stmt *st =
        store_sql(s, "SELECT f.url, e.address, e.message, e.at, e.status FROM feed_error e"
                     " LEFT JOIN feed f ON f.id = e.feed ORDER BY e.id DESC LIMIT ? OFFSET ?");
    store_bind(st, 1, limit ? limit : STORE_PAGE_ROWS);
    store_bind(st, 2, offset);
    while (store_row(s, st)) {
        store_feed_note *x = vec_push(arena, &v);
        if (x)
            *x = (store_feed_note){store_keep(st, 0, arena), store_keep(st, 1, arena),
                                   store_keep(st, 2, arena), store_int(st, 3), store_int(st, 4)};
    }
    *out = v.v;
    *out_n = v.n;
    return s->status ? s->status : arena->failed ? store_no_memory(s) : SST_OK;
}
