/*
 * One request through libcurl. In: a job; out: head, body and status, within limits of bytes and
 * time. Redirects are not followed here: each is a request of its own, to be allowed by robots.txt
 * and spaced like any other.
 *
 * Who may be asked: hosts of the list of feeds, whatever their address; any other host must have
 * a public one, looked at when the socket is opened, so no name can lead into the network that
 * this runs in.
 */
#include "fetch_inner.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base_alloc.h"
#include "read_http.h"
#include "read_url.h"

enum {
    HEAD_BYTES = 128 * 1024,  /* of one answer, all its header lines */
    ROBOTS_MOST = 600 * 1024, /* more than fetch_robots.c reads */
    CONNECT_MS = 15000,
    SLOW_BYTES = 10, /* fewer bytes a second than this ... */
    SLOW_S = 20      /* ... for so long is no answer any more */
};

fetch_job *fetch_job_new(fetch_run *r, fetch_kind kind, fetch_feed *feed,
                         const fetch_address *address)
{
    fetch_job *job = base_malloc(sizeof *job);
    if (!job)
        return NULL;
    memset(job, 0, sizeof *job);
    arena_init(&job->arena, 0);
    buf_init(&job->head, HEAD_BYTES);
    buf_init(&job->body, 0);
    job->run = r;
    job->kind = kind;
    job->feed = feed;
    job->moved_for_good = true;
    job->address = (fetch_address){arena_str(&job->arena, address->url),
                                   arena_str(&job->arena, address->authority),
                                   arena_str(&job->arena, address->path),
                                   {NULL, 0}};
    job->user = kind == FETCH_FEED ? arena_str(&job->arena, address->user) : (sst_str){NULL, 0};
    job->first = job->address;
    job->host = fetch_host_of(r, job->address.authority);
    if (job->arena.failed || !job->host) {
        fetch_job_free(job);
        return NULL;
    }
    return job;
}

void fetch_job_free(fetch_job *job)
{
    if (!job)
        return;
    if (job->easy)
        curl_easy_cleanup(job->easy);
    curl_slist_free_all(job->headers);
    buf_release(&job->head);
    buf_release(&job->body);
    arena_release(&job->arena);
    base_free(job);
}

/* ------------------------------------------------------------------------------------- callbacks
 */

static uint64_t body_limit(const fetch_job *job)
{
    return job->kind == FETCH_ROBOTS ? ROBOTS_MOST : job->run->options.bytes;
}

static size_t take_body(char *p, size_t size, size_t n, void *user)
{
    fetch_job *job = user;
    n *= size;
    if (job->body.n + n > body_limit(job)) {
        if (job->kind == FETCH_ROBOTS) { /* the first part counts */
            buf_add(&job->body, p, body_limit(job) - job->body.n);
            job->run->round.bytes += body_limit(job) - job->body.n;
        }
        snprintf(job->why, sizeof job->why, "larger than the limit of %llu bytes",
                 (unsigned long long)body_limit(job));
        return 0;
    }
    buf_add(&job->body, p, n);
    job->run->round.bytes += n;
    return job->body.failed ? 0 : n;
}

static size_t take_head(char *p, size_t size, size_t n, void *user)
{
    fetch_job *job = user;
    n *= size;
    if (n >= 5 && memcmp(p, "HTTP/", 5) == 0) /* the head of the last answer counts */
        buf_clear(&job->head);
    buf_add(&job->head, p, n);
    if (job->head.failed)
        snprintf(job->why, sizeof job->why, "its header lines are larger than %d bytes",
                 (int)HEAD_BYTES);
    return job->head.failed ? 0 : n;
}

static curl_socket_t open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *a)
{
    fetch_job *job = user;
    const unsigned char *ip = NULL;
    size_t n = 0;
    (void)purpose;
    if (a->family == AF_INET) {
        ip = (const unsigned char *)&((const struct sockaddr_in *)(const void *)&a->addr)->sin_addr;
        n = 4;
    } else if (a->family == AF_INET6) {
        ip = (const unsigned char *)&((const struct sockaddr_in6 *)(const void *)&a->addr)
                 ->sin6_addr;
        n = 16;
    }
    if (!job->host->listed && !job->run->options.allow_private && !job->run->options.proxy &&
        (!ip || fetch_address_is_private(ip, n))) {
        snprintf(job->why, sizeof job->why,
                 "leads into a private network, and its host is not in the list of feeds");
        return CURL_SOCKET_BAD;
    }
    return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static int on_progress(void *user, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    fetch_job *job = user;
    (void)a, (void)b, (void)c, (void)d;
    return atomic_load(&job->run->ctx->stop) != 0;
}

/* ------------------------------------------------------------------------------------------ start
 */

/* A value of ours or of a server as a header line; what would end the line is not sent. */
static void header(fetch_job *job, const char *name, sst_str value)
{
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] < ' ')
            return;
    if (!value.n)
        return;
    sst_str line = arena_printf(&job->arena, "%s: %.*s", name, (int)value.n, value.p);
    struct curl_slist *more = line.n ? curl_slist_append(job->headers, line.p) : NULL;
    if (more)
        job->headers = more;
}

sst_status fetch_http_start(fetch_job *job)
{
    fetch_run *r = job->run;
    const sst_fetch_options *o = &r->options;
    CURL *e = curl_easy_init();
    if (!e)
        return SST_ERR_MEMORY;
    job->easy = e;
    buf_clear(&job->body);
    buf_clear(&job->head);
    job->why[0] = 0;
    job->status = 0;
    curl_slist_free_all(job->headers);
    job->headers = NULL;
    if (job->kind == FETCH_FEED) {
        header(job, "If-None-Match", job->feed->row.etag);
        header(job, "If-Modified-Since", job->feed->row.last_modified);
    } else if (job->kind == FETCH_PAGE) {
        header(job, "If-None-Match", job->known.etag);
        header(job, "If-Modified-Since", job->known.last_modified);
    }
    header(job, "Accept",
           job->kind == FETCH_FEED
               ? STR("application/atom+xml, application/rss+xml, application/feed+json, "
                     "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5")
           : job->kind == FETCH_PAGE ? STR("text/html, application/xhtml+xml, */*;q=0.5")
                                     : STR("text/plain, */*;q=0.5"));
    bool same_host = str_eq(job->address.authority, job->first.authority);
    CURLcode c = curl_easy_setopt(e, CURLOPT_URL, job->address.url.p);
#define SET(option, value) c = c ? c : curl_easy_setopt(e, option, value)
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_ACCEPT_ENCODING, "");
    SET(CURLOPT_USERAGENT, o->agent);
    SET(CURLOPT_PROXY, o->proxy ? o->proxy : "");
    SET(CURLOPT_HTTPHEADER, job->headers);
    SET(CURLOPT_TIMEOUT_MS, (long)o->timeout_s * 1000L);
    SET(CURLOPT_CONNECTTIMEOUT_MS,
        (long)o->timeout_s * 1000L < CONNECT_MS ? (long)o->timeout_s * 1000L : (long)CONNECT_MS);
    SET(CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    SET(CURLOPT_LOW_SPEED_TIME, (long)SLOW_S);
    SET(CURLOPT_WRITEFUNCTION, take_body);
    SET(CURLOPT_WRITEDATA, job);
    SET(CURLOPT_HEADERFUNCTION, take_head);
    SET(CURLOPT_HEADERDATA, job);
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(CURLOPT_OPENSOCKETDATA, job);
    SET(CURLOPT_XFERINFOFUNCTION, on_progress);
    SET(CURLOPT_XFERINFODATA, job);
    SET(CURLOPT_NOPROGRESS, 0L);
    SET(CURLOPT_PRIVATE, job);
    if (job->kind != FETCH_ROBOTS)
        SET(CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)o->bytes);
    if (job->user.n && same_host) {
        SET(CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        SET(CURLOPT_USERPWD, job->user.p);
    }
#undef SET
    if (!c && curl_multi_add_handle(r->multi, e) == CURLM_OK)
        return SST_OK;
    curl_easy_cleanup(e);
    job->easy = NULL;
    return c == CURLE_OUT_OF_MEMORY ? SST_ERR_MEMORY : SST_ERR_INTERNAL;
}

/* -------------------------------------------------------------------------------------------- end
 */

static void read_head(fetch_job *job)
{
    sst_str head = {job->head.p, job->head.n}, name, value;
    job->etag = job->last_modified = job->type = job->charset = job->location = STR("");
    job->retry_after_s = 0;
    while (read_head_line(&head, &name, &value)) {
        value = str_trim(value);
        if (str_eq_nocase(name, STR("etag")))
            job->etag = value;
        else if (str_eq_nocase(name, STR("last-modified")))
            job->last_modified = value;
        else if (str_eq_nocase(name, STR("content-type")))
            read_media_type(value, &job->type, &job->charset);
        else if (str_eq_nocase(name, STR("location")))
            job->location = value;
        else if (str_eq_nocase(name, STR("retry-after")))
            job->retry_after_s = fetch_retry_after(value, job->run->now_s);
    }
}

void fetch_http_end(fetch_job *job, CURLcode result)
{
    long status = 0;
    curl_easy_getinfo(job->easy, CURLINFO_RESPONSE_CODE, &status);
    job->status = status > 0 && status < 1000 ? (uint32_t)status : 0;
    if (result && !job->why[0]) {
        if (result == CURLE_FILESIZE_EXCEEDED)
            snprintf(job->why, sizeof job->why, "larger than the limit of %llu bytes",
                     (unsigned long long)body_limit(job));
        else if (result == CURLE_OPERATION_TIMEDOUT)
            snprintf(job->why, sizeof job->why, "no whole answer in time (%u bytes came)",
                     (unsigned)job->body.n);
        else if (result == CURLE_PARTIAL_FILE)
            snprintf(job->why, sizeof job->why,
                     "the answer ends before the length that it declares");
        else
            snprintf(job->why, sizeof job->why, "%s", curl_easy_strerror(result));
        if (job->why[0] >= 'A' && job->why[0] <= 'Z' && job->why[1] >= 'a')
            job->why[0] = (char)(job->why[0] | 32);
    }
    curl_multi_remove_handle(job->run->multi, job->easy);
    curl_easy_cleanup(job->easy);
    job->easy = NULL;
    read_head(job);
}

bool fetch_http_redirect(fetch_job *job, const char **why)
{
    fetch_address to;
    sst_str target = read_url_join(&job->arena, job->address.url, job->location);
    *why = "a redirect that says not where to";
    if (!job->location.n)
        return false;
    *why = "a redirect to something else than http and https, not followed";
    if (!fetch_address_parse(&job->arena, target, &to))
        return false;
    *why = "too many redirects, one after another";
    if (++job->hops > job->run->options.redirects)
        return false;
    *why = "a redirect to itself";
    if (str_eq(to.url, job->address.url))
        return false;
    if (job->status != 301 && job->status != 308)
        job->moved_for_good = false;
    job->address = to;
    job->host = fetch_host_of(job->run, to.authority);
    *why = "out of memory";
    return job->host != NULL;
}
