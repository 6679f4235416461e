/*
 * Starting and stopping. libmicrohttpd in its poll mode (its epoll mode stalls at 128 ready
 * sockets), a few threads, each with its share of the connections, and as many that make answers
 * (serve_pool.c). A connection has 16 KiB for its head; what is longer is refused, what is slow is
 * closed.
 */
#include "serve_inner.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base_alloc.h"
#include "base_thread.h"

enum {
    PORT = 8080,
    CONNECTIONS = 12000,
    CONNECTION_BYTES = 16 * 1024,
    IDLE_S = 20,
    FILES_KEPT = 64, /* for the database and the rest of the process */
    /* Threads that hold connections. They do little, but poll looks at all that one holds: with
       two, 10,000 connections took 66 s to come in on a busy machine, with eight 28 s. */
    HOLDERS_LEAST = 8,
    BACKLOG = 1024
};
#define CACHE_BYTES ((uint64_t)64 << 20)

/* Addresses come as they were sent: codes are undone in serve_route.c. */
static size_t as_it_is(void *user, struct MHD_Connection *c, char *s)
{
    (void)user, (void)c;
    return strlen(s);
}

/* The address with its query, kept until the request is answered. */
static void *keep_address(void *user, const char *uri, struct MHD_Connection *c)
{
    (void)user, (void)c;
    return serve_request_new(uri);
}

static void completed(void *user, struct MHD_Connection *c, void **state,
                      enum MHD_RequestTerminationCode why)
{
    (void)user, (void)c, (void)why;
    serve_request_free(*state);
    *state = NULL;
}

static void connected(void *user, struct MHD_Connection *c, void **state,
                      enum MHD_ConnectionNotificationCode what)
{
    sst_server *s = user;
    (void)c, (void)state;
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        atomic_fetch_add(&s->open, 1);
    else
        atomic_fetch_sub(&s->open, 1);
}

static void quiet(void *user, const char *format, va_list ap)
{
    (void)user, (void)format, (void)ap;
}

typedef union any_address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_storage room;
} any_address;

static bool parse_address(const char *text, uint16_t port, any_address *a, socklen_t *n)
{
    memset(a, 0, sizeof *a);
    if (strcmp(text, "localhost") == 0)
        text = "127.0.0.1";
    if (inet_pton(AF_INET, text, &a->v4.sin_addr) == 1) {
        a->v4.sin_family = AF_INET;
        a->v4.sin_port = htons(port);
        *n = sizeof a->v4;
        return true;
    }
    if (inet_pton(AF_INET6, text, &a->v6.sin6_addr) == 1) {
        a->v6.sin6_family = AF_INET6;
        a->v6.sin6_port = htons(port);
        *n = sizeof a->v6;
        return true;
    }
    return false;
}

static bool is_loopback(const any_address *a)
{
    return a->any.sa_family == AF_INET ? ntohl(a->v4.sin_addr.s_addr) >> 24 == 127
                                       : IN6_IS_ADDR_LOOPBACK(&a->v6.sin6_addr);
}

/* A socket that listens, or -1 with errno. */
static int listen_on(const any_address *a, socklen_t n)
{
    int on = 1, fd = socket(a->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (a->any.sa_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (bind(fd, &a->any, n) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int code = errno;
    close(fd);
    errno = code;
    return -1;
}

static sst_status open_socket(sst_server *s, int *fd)
{
    any_address a;
    socklen_t n;
    const char *text = s->options.address;
    uint32_t port = s->options.port;
    if ((port > 65535 && port != SST_PORT_ANY) ||
        !parse_address(text, (uint16_t)(port == SST_PORT_ANY ? 0 : port), &a, &n))
        return errors_set(&s->ctx->errors, SST_ERR_USAGE,
                          "%s port %u: give an IPv4 or IPv6 address and a port up to 65535", text,
                          port);
    s->loopback = is_loopback(&a);
    *fd = listen_on(&a, n);
    if (*fd < 0)
        return errors_set(&s->ctx->errors, SST_ERR_IO, "%s port %u: cannot be listened on: %s",
                          text, port, strerror(errno));
    n = sizeof a;
    if (getsockname(*fd, &a.any, &n) == 0)
        port = ntohs(a.any.sa_family == AF_INET ? a.v4.sin_port : a.v6.sin6_port);
    s->address =
        arena_printf(&s->arena, a.any.sa_family == AF_INET ? "http://%s:%u/" : "http://[%s]:%u/",
                     strcmp(text, "localhost") == 0 ? "127.0.0.1" : text, port);
    return SST_OK;
}

/* As many connections as there may be files open; the limit is raised as far as it goes. */
static uint32_t connections_most(uint32_t wanted)
{
    struct rlimit l;
    if (getrlimit(RLIMIT_NOFILE, &l))
        return wanted;
    rlim_t need = (rlim_t)wanted + FILES_KEPT;
    if (l.rlim_cur < need) {
        l.rlim_cur = l.rlim_max == RLIM_INFINITY || l.rlim_max > need ? need : l.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &l);
        (void)getrlimit(RLIMIT_NOFILE, &l);
    }
    return l.rlim_cur >= need            ? wanted
           : l.rlim_cur > 2 * FILES_KEPT ? (uint32_t)(l.rlim_cur - FILES_KEPT)
                                         : FILES_KEPT;
}

static sst_status start(sst_server *s)
{
    if (!serve_mhd_load())
        return errors_set(&s->ctx->errors, SST_ERR_INTERNAL,
                          "libmicrohttpd cannot be loaded: install it, serve needs it");
    sst_serve_options *o = &s->options;
    int fd = -1;
    sst_status status = open_socket(s, &fd);
    if (status)
        return status;
    unsigned most = connections_most(o->connections);
    unsigned holders = o->threads < HOLDERS_LEAST ? HOLDERS_LEAST : o->threads;
    holders = most < holders ? most : holders;
    struct MHD_OptionItem items[] = {
        {MHD_OPTION_EXTERNAL_LOGGER, (intptr_t)quiet, NULL},
        {MHD_OPTION_LISTEN_SOCKET, fd, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)most, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)o->idle_s, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES, NULL},
        {MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)holders, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)completed, s},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)connected, s},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)keep_address, s},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)as_it_is, s},
        {MHD_OPTION_END, 0, NULL},
    };
    s->daemon = MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
        serve_answer, s, MHD_OPTION_ARRAY, items, MHD_OPTION_END);
    if (s->daemon)
        return SST_OK;
    close(fd);
    return errors_set(&s->ctx->errors, SST_ERR_IO, "%s: the server cannot be started",
                      s->address.p);
}

sst_status sst_serve_start(sst_context *ctx, const char *db, const sst_serve_options *options,
                           sst_server **out)
{
    if (!ctx || !db || !out)
        return SST_ERR_USAGE;
    *out = NULL;
    ctx->errors.code = SST_OK;
    sst_server *s = base_malloc(sizeof *s);
    if (!s)
        return api_no_memory(ctx);
    memset(s, 0, sizeof *s);
    s->ctx = ctx;
    arena_init(&s->arena, 0);
    pthread_mutex_init(&s->lock, NULL);
    if (options)
        s->options = *options;
    sst_serve_options *o = &s->options;
    o->address = o->address ? o->address : "127.0.0.1";
    o->port = o->port ? o->port : PORT;
    o->threads = o->threads ? o->threads : thread_default_n();
    o->threads = o->threads < 2 ? 2 : o->threads;
    o->connections = o->connections ? o->connections : CONNECTIONS;
    o->idle_s = o->idle_s ? o->idle_s : IDLE_S;
    o->cache_bytes = o->cache_bytes ? o->cache_bytes : CACHE_BYTES;
    s->db = (char *)(uintptr_t)arena_str(&s->arena, str_of(db)).p;
    s->started = (int64_t)time(NULL);
    s->cache = serve_cache_new(o->cache_bytes);
    s->pool = serve_pool_new(o->threads);
    store *first = NULL;
    sst_status status = s->cache && s->pool && !s->arena.failed ? SST_OK : api_no_memory(ctx);
    if (!status) /* a wrong file is said now, not with the first page */
        status = store_open(db, STORE_READ, &ctx->errors, &first);
    store_close(first);
    if (!status)
        status = start(s);
    if (status) {
        sst_serve_stop(s);
        return status;
    }
    *out = s;
    return SST_OK;
}

const char *sst_serve_address(const sst_server *server)
{
    return server ? server->address.p : "";
}

void sst_serve_stop(sst_server *server)
{
    if (!server)
        return;
    serve_pool_drain(server->pool); /* no connection is suspended behind it */
    if (server->daemon)
        MHD_stop_daemon(server->daemon); /* closes the socket; waits for its threads */
    serve_pool_free(server->pool);
    serve_readers_free(server);
    serve_compared_free_all(server);
    serve_cache_free(server->cache);
    pthread_mutex_destroy(&server->lock);
    arena_release(&server->arena);
    base_free(server);
}
