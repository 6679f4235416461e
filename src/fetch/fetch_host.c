/*
 * Hosts: who may be asked when. A host starts one request after `host_delay_ms`, has at most
 * `host_connections` on their way, and pages wait until its robots.txt was read (RFC 9309, 2.3.1:
 * no such file, all is allowed; no answer, nothing is).
 *
 * The heap holds the hosts that could start something, the earliest first, so a tick costs what it
 * starts and not the number of hosts.
 */
#include "fetch_inner.h"

#include "base_alloc.h"

enum { ROBOTS_KEPT_MS = 24 * 3600 * 1000 }; /* RFC 9309, 2.4 */

fetch_host *fetch_host_of(fetch_run *r, sst_str authority)
{
    uint32_t *at = strmap_find(&r->host_at, authority);
    if (at)
        return r->hosts.v[*at];
    fetch_host *h = arena_calloc(&r->arena, 1, sizeof *h);
    fetch_host **to = h ? vec_push(&r->arena, &r->hosts) : NULL;
    if (!to)
        return NULL;
    *to = h;
    h->authority = arena_str(&r->arena, authority);
    h->last = &h->first;
    h->last_page = &h->first_page;
    arena_init(&h->robots_arena, 0);
    if (!strmap_add(&r->arena, &r->host_at, h->authority, r->hosts.n - 1, NULL))
        return NULL;
    return h;
}

/* ------------------------------------------------------------------------------------------- heap
 */

static void sift_down(fetch_run *r, uint32_t i)
{
    fetch_host **v = r->heap.v;
    for (uint32_t k; (k = 2 * i + 1) < r->heap.n; i = k) {
        if (k + 1 < r->heap.n && v[k + 1]->next_ms < v[k]->next_ms)
            k++;
        if (v[i]->next_ms <= v[k]->next_ms)
            return;
        fetch_host *t = v[i];
        v[i] = v[k];
        v[k] = t;
    }
}

static bool could_start(const fetch_run *r, const fetch_host *h)
{
    return h->active < r->options.host_connections &&
           (h->first || (h->first_page && h->robots_state != ROBOTS_ASKED));
}

static void wake(fetch_run *r, fetch_host *h)
{
    if (h->waits || !could_start(r, h))
        return;
    fetch_host **to = vec_push(&r->arena, &r->heap);
    if (!to)
        return;
    h->waits = true;
    uint32_t i = r->heap.n - 1;
    fetch_host **v = r->heap.v;
    v[i] = h;
    for (; i && v[(i - 1) / 2]->next_ms > v[i]->next_ms; i = (i - 1) / 2) {
        v[i] = v[(i - 1) / 2];
        v[(i - 1) / 2] = h;
    }
}

static fetch_host *pop(fetch_run *r)
{
    fetch_host *h = r->heap.v[0];
    r->heap.v[0] = r->heap.v[--r->heap.n];
    sift_down(r, 0);
    h->waits = false;
    return h;
}

/* ------------------------------------------------------------------------------------------ queue
 */

void fetch_host_put(fetch_run *r, fetch_job *job, bool front)
{
    fetch_host *h = job->host;
    bool page = job->kind == FETCH_PAGE;
    fetch_job **first = page ? &h->first_page : &h->first;
    fetch_job ***last = page ? &h->last_page : &h->last;
    job->next = NULL;
    if (front) {
        job->next = *first;
        *first = job;
        if (!job->next)
            *last = &job->next;
    } else {
        **last = job;
        *last = &job->next;
    }
    r->waiting_pages += page;
    wake(r, h);
}

static fetch_job *cut(fetch_job **first, fetch_job ***last)
{
    fetch_job *job = *first;
    *first = job->next;
    if (!*first)
        *last = first;
    job->next = NULL;
    return job;
}

/* robots.txt of the host, before its first page. */
static fetch_job *ask_robots(fetch_run *r, fetch_host *h, const fetch_job *page)
{
    fetch_address a;
    sst_str u = page->address.url;
    size_t n = u.n - (page->address.path.n < u.n ? page->address.path.n : u.n);
    sst_str url = arena_printf(&r->round_arena, "%.*s/robots.txt", (int)n, u.p);
    if (!fetch_address_parse(&r->round_arena, url, &a) || !str_eq(a.authority, h->authority))
        return NULL;
    fetch_job *job = fetch_job_new(r, FETCH_ROBOTS, NULL, &a);
    if (!job)
        return NULL;
    job->for_host = h;
    h->robots_state = ROBOTS_ASKED;
    return job;
}

/* The next job of a host that could start one; NULL when none is left for now. */
static fetch_job *next_of(fetch_run *r, fetch_host *h)
{
    if (h->first)
        return cut(&h->first, &h->last);
    if ((h->robots_state == ROBOTS_KNOWN || h->robots_state == ROBOTS_NO_ANSWER) &&
        r->now_ms - h->robots_ms > ROBOTS_KEPT_MS)
        h->robots_state = ROBOTS_UNKNOWN;
    while (h->first_page && h->robots_state != ROBOTS_ASKED) {
        if (h->robots_state == ROBOTS_UNKNOWN) {
            fetch_job *job = ask_robots(r, h, h->first_page);
            if (job)
                return job;
            h->robots_state = ROBOTS_NO_ANSWER;
            h->robots_ms = r->now_ms;
        }
        fetch_job *job = cut(&h->first_page, &h->last_page);
        r->waiting_pages--;
        if (h->robots_state == ROBOTS_KNOWN &&
            fetch_robots_allow(&h->robots, job->address.path, &r->scratch))
            return job;
        fetch_answer_refused(job, h->robots_state == ROBOTS_KNOWN);
    }
    return NULL;
}

fetch_job *fetch_host_take(fetch_run *r, int64_t *wait_ms)
{
    while (r->heap.n && r->active < r->options.connections) {
        int64_t wait = r->heap.v[0]->next_ms - r->now_ms;
        if (wait > 0) {
            *wait_ms = wait < *wait_ms ? wait : *wait_ms;
            return NULL;
        }
        fetch_host *h = pop(r);
        if (!could_start(r, h))
            continue;
        fetch_job *job = next_of(r, h);
        if (job) {
            int64_t delay = r->options.host_delay_ms;
            if (delay < (int64_t)h->robots.delay_s * 1000 && job->kind == FETCH_PAGE)
                delay = (int64_t)h->robots.delay_s * 1000;
            h->active++;
            r->active++;
            h->next_ms = r->now_ms + (delay > 1 ? delay : 0);
        }
        wake(r, h);
        if (job)
            return job;
    }
    return NULL;
}

void fetch_host_done(fetch_run *r, fetch_host *h)
{
    h->active--;
    r->active--;
    wake(r, h);
}

void fetch_host_rest(fetch_run *r, fetch_host *h, int64_t ms)
{
    if (h->next_ms >= r->now_ms + ms)
        return;
    h->next_ms = r->now_ms + ms;
    for (uint32_t i = r->heap.n / 2; i-- > 0;) /* rare, so the whole heap is made anew */
        sift_down(r, i);
}

void fetch_host_learn(fetch_run *r, fetch_host *h, uint32_t status, sst_str text)
{
    memset(&h->robots, 0, sizeof h->robots);
    arena_clear(&h->robots_arena);
    h->robots_ms = r->now_ms;
    if (status >= 200 && status < 300)
        h->robots_state =
            fetch_robots_parse(text, STR("samestory"), &h->robots_arena, &h->robots) == SST_OK
                ? ROBOTS_KNOWN
                : ROBOTS_NO_ANSWER;
    else
        h->robots_state =
            status >= 400 && status < 500 && status != 429 ? ROBOTS_KNOWN : ROBOTS_NO_ANSWER;
    wake(r, h);
}
