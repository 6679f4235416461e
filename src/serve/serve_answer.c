/*
 * One request. In: what libmicrohttpd has read of it; out: an answer. Parts in order: is the method
 * one that only reads, is the server called by its own name, which route, has the client the answer
 * already (ETag), is it kept; else it is made (serve_make.c) on another thread (serve_pool.c) while
 * the connection is suspended. Then headers.
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
    ARENA_FIRST = 2048 /* what most requests need until they are made */
};

/* Nothing is loaded but from here, no script but ours, in no frame, sent nowhere else. */
#define POLICY                                                                                     \
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action "        \
    "'self'; "                                                                                     \
    "base-uri 'none'; frame-ancestors 'none'"

/* ----------------------------------------------------------------------------------------- request
 */

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

static enum MHD_Result give(serve_request *q)
{
    const char *etag = q->etag.n && q->status < 500 ? q->etag.p : NULL;
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
static bool has_already(const serve_request *q)
{
    sst_str given = header_of(q, MHD_HTTP_HEADER_IF_NONE_MATCH);
    return given.n && (str_find(given, q->etag) >= 0 || str_eq(str_trim(given), STR("*")));
}

/* The state of the database and the stamp of the answer: microseconds. */
static bool look_up(serve_request *q)
{
    bool good = (q->route->of == SERVE_OF_PROGRAM || serve_open(q)) && !serve_stamp(q, &q->stamp);
    serve_close(q);
    return good;
}

/* What is neither with the client nor kept is made; by others, unless it takes no time. */
static enum MHD_Result routed(serve_request *q)
{
    sst_server *s = q->server;
    char etag[40];
    if (!look_up(q)) {
        serve_plain(q, MHD_HTTP_SERVICE_UNAVAILABLE, "the database cannot be read: try again");
        return give(q);
    }
    if (q->route->fn == serve_front)
        read_visit(q);
    bool tagged = q->route->of != SERVE_OF_NOW;
    q->keep = tagged && q->route->of != SERVE_OF_PROGRAM;
    /* Feeds and addresses in JSON say the name the server was called by. */
    sst_str host = header_of(q, MHD_HTTP_HEADER_HOST);
    q->key = arena_printf(&q->arena, "%s\n%.*s?%.*s\n%lld\n%.*s", SST_VERSION, (int)q->path.n,
                          q->path.p, (int)q->query.n, q->query.p ? q->query.p : "",
                          q->since == STORE_NO_TIME ? 0 : (long long)q->since, (int)host.n,
                          host.p ? host.p : "");
    if (tagged) {
        snprintf(etag, sizeof etag, "\"%016llx\"",
                 (unsigned long long)hash_mix(hash_str(q->key), q->stamp));
        q->etag = arena_str(&q->arena, str_of(etag));
    }
    if (tagged && has_already(q)) {
        q->status = MHD_HTTP_NOT_MODIFIED;
        return give(q);
    }
    q->kept = q->keep ? serve_cache_get(s->cache, q->key, q->stamp) : NULL;
    if (q->kept) {
        atomic_fetch_add(&s->cache_hits, 1);
        return give(q);
    }
    if (q->keep)
        atomic_fetch_add(&s->cache_misses, 1);
    if (q->route->of == SERVE_OF_PROGRAM || q->route->fn == serve_health) {
        serve_make(q);
        return give(q);
    }
    if (serve_pool_push(s->pool, q))
        return MHD_YES; /* asked again when it is made */
    serve_plain(q, MHD_HTTP_SERVICE_UNAVAILABLE, "too many wait: try again");
    return give(q);
}

/* No store is needed to say that there is nothing. */
static enum MHD_Result answer(serve_request *q, const char *method)
{
    uint32_t why = 0;
    if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 && strcmp(method, MHD_HTTP_METHOD_HEAD) != 0) {
        serve_plain(q, MHD_HTTP_METHOD_NOT_ALLOWED,
                    "only GET and HEAD: nothing is changed through here");
        return give(q);
    }
    if (!is_our_name(q)) {
        atomic_fetch_add(&q->server->refused, 1);
        serve_plain(
            q, MHD_HTTP_MISDIRECTED_REQUEST,
            "not the name of this server: start it with --host NAME to be called by another");
        return give(q);
    }
    q->route = serve_find(q, &why);
    if (q->route)
        return routed(q);
    if (why == MHD_HTTP_NOT_FOUND && !str_starts(q->path, STR("/api/"))) {
        static const serve_route none = {.kind = SERVE_PAGE, .of = SERVE_OF_NOW, .path = ""};
        q->route = &none;
        if (serve_begin(q) &&
            serve_problem(q, why, "There is no such page",
                          STR("Nothing stands at this address. The search finds reports by their "
                              "words.")) == SERVE_ANSWERED &&
            !serve_flush(q))
            return give(q);
    }
    q->route = NULL;
    serve_plain(q, why,
                why == MHD_HTTP_NOT_FOUND ? "there is nothing at this address"
                                          : "the address is not written as addresses are");
    return give(q);
}

void *serve_request_new(const char *address)
{
    size_t n = strlen(address) + 1;
    serve_request *q = base_malloc(sizeof *q + n);
    if (!q)
        return NULL;
    *q = (serve_request){.since = STORE_NO_TIME, .status = MHD_HTTP_OK};
    atomic_init(&q->made, false);
    arena_init_slim(&q->arena, SERVE_BODY_MOST, ARENA_FIRST);
    buf_init(&q->body, SERVE_BODY_MOST);
    memcpy(q->address, address, n);
    return q;
}

void serve_request_free(void *state)
{
    serve_request *q = state;
    if (!q)
        return;
    serve_kept_drop(q->kept);
    buf_release(&q->body);
    arena_release(&q->arena);
    base_free(q);
}

enum MHD_Result serve_answer(void *user, struct MHD_Connection *c, const char *url,
                             const char *method, const char *version, const char *upload,
                             size_t *upload_n, void **state)
{
    serve_request *q = *state; /* of serve_start.c: made when its first line had come */
    (void)upload, (void)version;
    if (!q)
        return MHD_NO;
    if (*upload_n) { /* what nobody has asked for is read and let go */
        *upload_n = 0;
        return MHD_YES;
    }
    if (atomic_load(&q->made))
        return give(q);
    const char *query = strchr(q->address, '?');
    q->server = user;
    q->connection = c;
    q->now = (int64_t)time(NULL);
    q->path = str_of(url);
    q->query = query ? str_of(query + 1) : (sst_str){"", 0};
    return answer(q, method);
}
