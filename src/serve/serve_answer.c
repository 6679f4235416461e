/*
 * One request. In: what libmicrohttpd has read of it; out: an answer. Parts in order: is the method
 * one that only reads, is the server called by its own name, which route, has the client the answer
 * already (ETag), is it kept, is it to be made; headers.
 *
 * An ETag is made of the address, the stamp of what it is made of (serve_stamp.c), the program's
 * version and the time of the last visit, so it is known before the page is.
 */
#include "serve_inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base_alloc.h"

enum {
    VISIT_S = 1800, /* who was away for so long comes back: a new visit */
    COOKIE_S = 86400 * 90,
    KEY_MOST = 4096 /* longer addresses are not kept */
};

/* Nothing is loaded but from here, no script but ours, in no frame, sent nowhere else. */
#define POLICY                                                                                     \
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action "        \
    "'self'; "                                                                                     \
    "base-uri 'none'; frame-ancestors 'none'"

/* ---------------------------------------------------------------------------------------- readers
 */

serve_reader *serve_reader_take(sst_server *s)
{
    pthread_mutex_lock(&s->lock);
    serve_reader *r = s->free;
    if (r)
        s->free = r->next;
    pthread_mutex_unlock(&s->lock);
    if (r)
        return r;
    r = base_malloc(sizeof *r);
    if (!r)
        return NULL;
    memset(r, 0, sizeof *r);
    errors_init(&r->errors);
    if (store_open(s->db, STORE_READ, &r->errors, &r->store)) {
        errors_release(&r->errors);
        base_free(r);
        return NULL;
    }
    return r;
}

void serve_reader_give(sst_server *s, serve_reader *r)
{
    if (!r)
        return;
    r->errors.code = SST_OK;
    pthread_mutex_lock(&s->lock);
    r->next = s->free;
    s->free = r;
    pthread_mutex_unlock(&s->lock);
}

void serve_readers_free(sst_server *s)
{
    for (serve_reader *r = s->free, *next; r; r = next) {
        next = r->next;
        store_close(r->store);
        errors_release(&r->errors);
        base_free(r);
    }
    s->free = NULL;
}

sst_status serve_counts(serve_request *q, store_counts *out)
{
    sst_server *s = q->server;
    pthread_mutex_lock(&s->lock);
    *out = s->counts;
    pthread_mutex_unlock(&s->lock);
    if (out->generation && out->generation == q->generation)
        return SST_OK;
    sst_status status = store_count(q->store, out);
    if (status)
        return status;
    pthread_mutex_lock(&s->lock);
    s->counts = *out;
    pthread_mutex_unlock(&s->lock);
    return SST_OK;
}

/* ----------------------------------------------------------------------------------------- request
 */

static int into_body(void *user, const char *bytes, size_t n)
{
    serve_request *q = user;
    buf_add(&q->body, bytes, n);
    return q->body.failed != SST_OK;
}

report_sink serve_sink(serve_request *q)
{
    return (report_sink){into_body, q};
}

sst_status serve_flush(serve_request *q)
{
    sst_status status = report_out_end(&q->out);
    report_out_init(&q->out, serve_sink(q), q->out.buffer);
    return status;
}

static sst_str header_of(const serve_request *q, const char *name)
{
    return str_of(MHD_lookup_connection_value(q->connection, MHD_HEADER_KIND, name));
}

/* "name", "name:8080", "[::1]:8080" -> the name */
static sst_str host_of(sst_str s)
{
    if (s.n && s.p[0] == '[') {
        const char *end = memchr(s.p, ']', s.n);
        return end ? (sst_str){s.p + 1, (size_t)(end - s.p - 1)} : s;
    }
    const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL;
    return colon ? (sst_str){s.p, (size_t)(colon - s.p)} : s;
}

static bool is_numeric(sst_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!byte_is_digit((unsigned char)s.p[i]) && !strchr(".:abcdefABCDEF", s.p[i]))
            return false;
    return s.n > 0 && (memchr(s.p, '.', s.n) || memchr(s.p, ':', s.n));
}

/* A page of the web whose name leads here would be "of one origin" with us: it is not answered. */
static bool is_our_name(const serve_request *q)
{
    const sst_server *s = q->server;
    sst_str host = host_of(header_of(q, MHD_HTTP_HEADER_HOST));
    if (!s->loopback)
        return true;
    return is_numeric(host) || str_eq_nocase(host, STR("localhost")) ||
           (host.n > 10 && str_eq_nocase((sst_str){host.p + host.n - 10, 10}, STR(".localhost"))) ||
           (s->options.host && str_eq_nocase(host, str_of(s->options.host)));
}

/* Cookie "visit=BEFORE.LAST": when the visit before this one ended, when something was last asked
 * for. */
static void read_visit(serve_request *q)
{
    const char *z = MHD_lookup_connection_value(q->connection, MHD_COOKIE_KIND, "visit");
    long long before = 0, last = 0;
    char end = 0;
    q->since = STORE_NO_TIME;
    if (z && strlen(z) < 48 && sscanf(z, "%15lld.%15lld%c", &before, &last, &end) == 2 &&
        before >= 0 && last >= before && last <= q->now) {
        if (q->now - last > VISIT_S)
            before = last;
    } else {
        before = 0;
    }
    if (before > 0)
        q->since = before;
    q->cookie =
        arena_printf(&q->arena, "visit=%lld.%lld; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax",
                     before, (long long)q->now, (int)COOKIE_S);
}

/* ------------------------------------------------------------------------------------------ answer
 */

static void add(struct MHD_Response *r, const char *name, const char *value)
{
    (void)MHD_add_response_header(r, name, value);
}

static void count_answer(serve_request *q)
{
    sst_server *s = q->server;
    atomic_fetch_add(&s->answers[q->status / 100 < 6 ? q->status / 100 : 5], 1);
    if (q->route)
        atomic_fetch_add(&s->requests[q->route->kind], 1);
}

/* The body goes over to the response, which frees it or lets go of it. */
static struct MHD_Response *response(serve_request *q)
{
    struct MHD_Response *r = NULL;
    if (q->kept) {
        sst_str body = serve_kept_body(q->kept, &q->type);
        atomic_fetch_add(&q->server->bytes, body.n);
        r = MHD_create_response_from_buffer_with_free_callback_cls(
            body.n, (void *)(uintptr_t)body.p, serve_kept_drop, q->kept);
        if (!r)
            serve_kept_drop(q->kept);
        q->kept = NULL;
    } else if (q->body.n && q->status != MHD_HTTP_NOT_MODIFIED) {
        atomic_fetch_add(&q->server->bytes, q->body.n);
        r = MHD_create_response_from_buffer_with_free_callback(q->body.n, q->body.p, base_free);
        if (r)
            buf_init(&q->body, SERVE_BODY_MOST);
    } else {
        r = MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
    }
    return r;
}

static enum MHD_Result give(serve_request *q, const char *etag)
{
    bool none = q->status == MHD_HTTP_NOT_MODIFIED;
    struct MHD_Response *r = response(q);
    if (!r)
        return MHD_NO;
    count_answer(q);
    if (q->type && !none)
        add(r, MHD_HTTP_HEADER_CONTENT_TYPE, q->type);
    if (etag && q->status < 400)
        add(r, MHD_HTTP_HEADER_ETAG, etag);
    add(r, MHD_HTTP_HEADER_CACHE_CONTROL,
        !etag                                                              ? "no-store"
        : q->route->of == SERVE_OF_PROGRAM && q->route->kind == SERVE_FILE ? "public, max-age=3600"
                                                                           : "private, no-cache");
    if (q->cookie.n)
        add(r, MHD_HTTP_HEADER_SET_COOKIE, q->cookie.p);
    if (q->location.n)
        add(r, MHD_HTTP_HEADER_LOCATION, q->location.p);
    if (q->status == MHD_HTTP_METHOD_NOT_ALLOWED)
        add(r, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
    add(r, "Content-Security-Policy", POLICY);
    add(r, "X-Content-Type-Options", "nosniff");
    add(r, "Referrer-Policy", "no-referrer");
    add(r, "Cross-Origin-Opener-Policy", "same-origin");
    add(r, "Cross-Origin-Resource-Policy", "same-origin");
    add(r, "X-Robots-Tag", "noindex, noarchive");
    enum MHD_Result sent = MHD_queue_response(q->connection, q->status, r);
    MHD_destroy_response(r);
    return sent;
}

/* "W/..." or lists of tags: any that is ours means that the client has it. */
static bool has_already(const serve_request *q, const char *etag)
{
    sst_str given = header_of(q, MHD_HTTP_HEADER_IF_NONE_MATCH);
    return given.n && (str_find(given, str_of(etag)) >= 0 || str_eq(str_trim(given), STR("*")));
}

static void plain(serve_request *q, uint32_t status, const char *text)
{
    q->status = status;
    q->type = "text/plain; charset=utf-8";
    buf_clear(&q->body);
    buf_z(&q->body, text);
    buf_z(&q->body, "\n");
}

static void make(serve_request *q, sst_str key, uint64_t stamp)
{
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    sst_status status = q->route->fn(q);
    if (!status)
        status = serve_flush(q);
    if (!status)
        status = q->body.failed ? q->body.failed : q->arena.failed;
    if (status) {
        const char *why = q->reader ? q->reader->errors.message : "";
        buf_release(&q->body);
        buf_init(&q->body, SERVE_BODY_MOST);
        report_out_init(&q->out, serve_sink(q), q->out.buffer);
        plain(q,
              status == SST_ERR_LIMIT ? MHD_HTTP_INSUFFICIENT_STORAGE
                                      : MHD_HTTP_INTERNAL_SERVER_ERROR,
              status == SST_ERR_LIMIT    ? "this answer would be larger than the limit"
              : status == SST_ERR_MEMORY ? "out of memory: try again"
              : why[0]                   ? why
                                         : "this answer could not be made");
    } else if (q->keep && q->status == MHD_HTTP_OK && key.n < KEY_MOST) {
        q->kept = serve_cache_put(q->server->cache, key, stamp, &q->body, q->type);
    }
    clock_gettime(CLOCK_MONOTONIC, &b);
    atomic_fetch_add(&q->server->micros, (unsigned long long)((b.tv_sec - a.tv_sec) * 1000000 +
                                                              (b.tv_nsec - a.tv_nsec) / 1000));
}

/* A reader, the state of the database, the stamp of the answer. */
static bool look_up(serve_request *q, uint64_t *stamp)
{
    if (q->route->of == SERVE_OF_PROGRAM)
        return !serve_stamp(q, stamp);
    q->reader = serve_reader_take(q->server);
    q->store = q->reader ? q->reader->store : NULL;
    return q->reader && !store_generation(q->store, &q->generation) && !serve_stamp(q, stamp);
}

static enum MHD_Result routed(serve_request *q)
{
    sst_server *s = q->server;
    char etag[40];
    uint64_t stamp = 0;
    if (!look_up(q, &stamp)) {
        plain(q, MHD_HTTP_SERVICE_UNAVAILABLE, "the database cannot be read: try again");
        return give(q, NULL);
    }
    if (q->route->fn == serve_front)
        read_visit(q);
    bool tagged = q->route->of != SERVE_OF_NOW;
    q->keep = tagged && q->route->of != SERVE_OF_PROGRAM;
    /* Feeds and addresses in JSON say the name the server was called by. */
    sst_str host = header_of(q, MHD_HTTP_HEADER_HOST);
    sst_str key = arena_printf(&q->arena, "%s\n%.*s?%.*s\n%lld\n%.*s", SST_VERSION, (int)q->path.n,
                               q->path.p, (int)q->query.n, q->query.p ? q->query.p : "",
                               q->since == STORE_NO_TIME ? 0 : (long long)q->since, (int)host.n,
                               host.p ? host.p : "");
    snprintf(etag, sizeof etag, "\"%016llx\"", (unsigned long long)hash_mix(hash_str(key), stamp));
    if (tagged && has_already(q, etag)) {
        q->status = MHD_HTTP_NOT_MODIFIED;
        return give(q, etag);
    }
    q->kept = q->keep ? serve_cache_get(s->cache, key, stamp) : NULL;
    if (q->kept) {
        atomic_fetch_add(&s->cache_hits, 1);
        return give(q, etag);
    }
    if (q->keep)
        atomic_fetch_add(&s->cache_misses, 1);
    make(q, key, stamp);
    return give(q, tagged ? etag : NULL);
}

/* No store is needed to say that there is nothing. */
static enum MHD_Result answer(serve_request *q, const char *method)
{
    uint32_t why = 0;
    if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 && strcmp(method, MHD_HTTP_METHOD_HEAD) != 0) {
        plain(q, MHD_HTTP_METHOD_NOT_ALLOWED, "only GET and HEAD: nothing is changed through here");
        return give(q, NULL);
    }
    if (!is_our_name(q)) {
        atomic_fetch_add(&q->server->refused, 1);
        plain(q, MHD_HTTP_MISDIRECTED_REQUEST,
              "not the name of this server: start it with --host NAME to be called by another");
        return give(q, NULL);
    }
    q->route = serve_find(q, &why);
    if (q->route)
        return routed(q);
    if (why == MHD_HTTP_NOT_FOUND && !str_starts(q->path, STR("/api/"))) {
        static const serve_route none = {.kind = SERVE_PAGE, .of = SERVE_OF_NOW, .path = ""};
        q->route = &none;
        if (!serve_problem(q, why, "There is no such page",
                           STR("Nothing stands at this address. The search finds reports by their "
                               "words.")) &&
            !serve_flush(q))
            return give(q, NULL);
    }
    q->route = NULL;
    plain(q, why,
          why == MHD_HTTP_NOT_FOUND ? "there is nothing at this address"
                                    : "the address is not written as addresses are");
    return give(q, NULL);
}

enum MHD_Result serve_answer(void *user, struct MHD_Connection *c, const char *url,
                             const char *method, const char *version, const char *upload,
                             size_t *upload_n, void **state)
{
    sst_server *s = user;
    const char *raw = *state; /* of serve_start.c: the address as it came */
    (void)upload, (void)version;
    if (*upload_n) { /* what nobody has asked for is read and let go */
        *upload_n = 0;
        return MHD_YES;
    }
    serve_request q = {.server = s,
                       .connection = c,
                       .now = (int64_t)time(NULL),
                       .since = STORE_NO_TIME,
                       .status = MHD_HTTP_OK};
    arena_init(&q.arena, SERVE_BODY_MOST);
    buf_init(&q.body, SERVE_BODY_MOST);
    const char *query = raw ? strchr(raw, '?') : NULL;
    q.path = str_of(url);
    q.query = query ? str_of(query + 1) : (sst_str){"", 0};
    char *buffer = arena_alloc(&q.arena, REPORT_BUFFER);
    enum MHD_Result sent = MHD_NO;
    if (buffer) {
        report_out_init(&q.out, serve_sink(&q), buffer);
        sent = answer(&q, method);
    }
    serve_reader_give(s, q.reader);
    buf_release(&q.body);
    arena_release(&q.arena);
    return sent;
}
