/*
 * One run: the list of feeds -> rounds of polling -> the database. In: a context, a database file,
 * a list; out: articles in the database, error rows, a summary. One thread asks (libcurl's multi
 * interface); the articles of a batch are made on all threads.
 *
 *   round:  feeds that may be asked -> hosts' queues -> requests <-> answers -> batches -> store
 *
 * The number of jobs in memory is bounded: no feed is asked for while many pages wait.
 */
#include "fetch_inner.h"

#include <stdio.h>
#include <time.h>

#include "base_alloc.h"

enum {
    LIST_BYTES = 64 * 1024 * 1024,
    WAITING_PAGES = 2000, /* no further feed is asked for while so many wait */
    FEEDS_OPEN = 256,     /* feeds in hosts' queues at a time */
    TICK_MS = 250,        /* an interrupt is seen after so long at the latest */
    BACK_OFF_MOST = 5,    /* a feed that fails is asked every 2^n-th time ... */
    DAY_S = 86400         /* ... and once a day at least */
};

static int64_t monotonic_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void look_at_clock(fetch_run *r)
{
    r->now_ms = monotonic_ms();
    r->now_s = (int64_t)time(NULL);
}

static bool stopped(const fetch_run *r)
{
    return atomic_load(&r->ctx->stop) != 0;
}

/* ------------------------------------------------------------------------------------------- feeds
 */

void fetch_feed_close(fetch_run *r, fetch_feed *f)
{
    r->open_feeds--;
    store_feed *row = &f->row;
    bool fails = f->error.n > 0, asked = f->status || fails;
    if (!asked) { /* an interrupt came first: it stays as it was */
        arena_release(&f->arena);
        f->open = false;
        return;
    }
    row->last_poll = r->now_s;
    row->status = f->status;
    row->error = f->error;
    row->poll_n++;
    row->error_n += fails;
    row->error_row = fails ? row->error_row + 1 : 0;
    row->article_n += f->taken;
    row->gone = f->status == 410;
    if (f->taken)
        row->last_new = r->now_s;
    if (f->title.n && !f->about->title.n)
        row->title = f->title;
    if (fails || f->deferred) {
        if (!fails)
            row->etag = row->last_modified = STR("");
    } else if (!f->unchanged) {
        row->etag = f->etag;
        row->last_modified = f->last_modified;
    }
    int64_t wait = (int64_t)r->options.every_minutes * 60;
    if (row->error_row > 1)
        wait <<= row->error_row - 1 < BACK_OFF_MOST ? row->error_row - 1 : BACK_OFF_MOST;
    if (wait > DAY_S && wait > (int64_t)r->options.every_minutes * 60)
        wait = DAY_S;
    if (f->retry_after_s > wait)
        wait = f->retry_after_s;
    row->next_poll = r->now_s + wait;
    /* What outlives the feed's arena. */
    row->etag = arena_str(&r->batch, row->etag);
    row->last_modified = arena_str(&r->batch, row->last_modified);
    row->error = arena_str(&r->batch, row->error);
    row->title = arena_str(&r->batch, row->title);
    fetch_feed **to = vec_push(&r->batch, &r->feed_rows);
    if (to)
        *to = f;
}

/* A feed's answer to "may I ask": only who asked for patience is left alone in a single round. */
static bool may_ask(const fetch_run *r, const fetch_feed *f)
{
    if (f->row.next_poll == STORE_NO_TIME || f->row.next_poll <= r->now_s)
        return true;
    return !r->options.every_minutes && f->row.status != 429 && f->row.status != 503;
}

static sst_status ask_feed(fetch_run *r, fetch_feed *f)
{
    sst_errors *errors = &r->ctx->errors;
    arena_init(&f->arena, 0);
    f->deferred = f->unchanged = false;
    f->etag = f->last_modified = f->error = f->title = (sst_str){"", 0};
    f->status = f->retry_after_s = f->pages = f->taken = 0;
    if (f->row.gone) {
        r->round.waiting++;
        return SST_OK;
    }
    if (!may_ask(r, f)) {
        r->round.waiting++;
        return SST_OK;
    }
    r->round.feeds++;
    f->left = 1;
    f->open = true;
    r->open_feeds++;
    if (!f->address.url.n) {
        f->error = STR("no address of http or https");
        r->round.failed++;
        fetch_failed(r, f, f->about->url, 0, "no address of http or https, it is not asked for");
        f->left = 0;
        fetch_feed_close(r, f);
        return SST_OK;
    }
    fetch_job *job = fetch_job_new(r, FETCH_FEED, f, &f->address);
    if (!job)
        return errors_set(errors, SST_ERR_MEMORY, "out of memory");
    fetch_host_put(r, job, false);
    return SST_OK;
}

/* More feeds into the queues, while there is room. */
static sst_status feed_queues(fetch_run *r)
{
    sst_status status = SST_OK;
    if (r->feed_next >= r->feed_n || r->waiting_pages >= WAITING_PAGES)
        return SST_OK;
    while (!status && r->open_feeds < FEEDS_OPEN && r->feed_next < r->feed_n)
        status = ask_feed(r, &r->feeds[r->feed_next++]);
    return status;
}

/* ------------------------------------------------------------------------------------------- round
 */

static sst_status take_answers(fetch_run *r)
{
    CURLMsg *m;
    int left = 0;
    while ((m = curl_multi_info_read(r->multi, &left))) {
        if (m->msg != CURLMSG_DONE)
            continue;
        fetch_job *job = NULL;
        CURLcode result = m->data.result;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&job);
        fetch_answer(job, result);
        if (fetch_batch_is_full(r)) {
            sst_status status = fetch_batch_flush(r);
            if (status)
                return status;
        }
    }
    return SST_OK;
}

static bool idle(const fetch_run *r)
{
    return r->active == 0 && r->heap.n == 0 && r->feed_next >= r->feed_n;
}

static sst_status drive(fetch_run *r)
{
    sst_status status = SST_OK;
    while (!status && !stopped(r)) {
        int64_t wait = TICK_MS;
        int running = 0;
        look_at_clock(r);
        status = feed_queues(r);
        for (fetch_job *job; !status && (job = fetch_host_take(r, &wait));) {
            status = fetch_http_start(job);
            if (status) {
                errors_set(&r->ctx->errors, status, "%s: cannot be asked for", job->address.url.p);
                fetch_host_done(r, job->host);
                fetch_job_free(job);
            }
        }
        if (fetch_batch_is_full(r) && !status)
            status = fetch_batch_flush(r);
        if (status || idle(r))
            break;
        if (curl_multi_perform(r->multi, &running) != CURLM_OK)
            return errors_set(&r->ctx->errors, SST_ERR_INTERNAL, "the network cannot be driven");
        status = take_answers(r);
        if (!status && !idle(r))
            curl_multi_poll(r->multi, NULL, 0, (int)(wait > 1 ? wait : 1), NULL);
        api_progress(r->ctx, "feeds", r->feed_next - r->open_feeds, r->feed_n);
    }
    return status;
}

/* What is on its way or waits is let go, as if it had not been asked for. */
static void drop(fetch_run *r)
{
    for (uint32_t i = 0; i < r->hosts.n; i++) {
        fetch_host *h = r->hosts.v[i];
        for (int k = 0; k < 2; k++)
            for (fetch_job *j = k ? h->first_page : h->first, *next; j; j = next) {
                next = j->next;
                if (j->feed)
                    j->feed->deferred = true;
                fetch_job_free(j);
            }
        h->first = h->first_page = NULL;
        h->last = &h->first;
        h->last_page = &h->first_page;
    }
    r->waiting_pages = 0;
}

/* Requests that are on their way have no list of their own: libcurl's messages end with them, so
 * they are driven until they see the interrupt, which is at once. */
static void break_off(fetch_run *r)
{
    atomic_int *stop = &r->ctx->stop;
    int before = atomic_exchange(stop, 1);
    for (int turns = 0; r->active && turns < 1000; turns++) {
        int running = 0;
        CURLMsg *m;
        int left = 0;
        curl_multi_perform(r->multi, &running);
        while ((m = curl_multi_info_read(r->multi, &left)))
            if (m->msg == CURLMSG_DONE) {
                fetch_job *job = NULL;
                CURLcode result = m->data.result;
                curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&job);
                fetch_answer(job, result);
            }
        if (r->active)
            curl_multi_poll(r->multi, NULL, 0, 10, NULL);
    }
    drop(r);
    atomic_store(stop, before);
}

static void add_up(sst_fetch_summary *to, const sst_fetch_summary *s)
{
    to->feeds += s->feeds;
    to->unchanged += s->unchanged;
    to->failed += s->failed;
    to->waiting += s->waiting;
    to->entries += s->entries;
    to->articles += s->articles;
    to->pages += s->pages;
    to->refused += s->refused;
    to->page_failures += s->page_failures;
    to->bytes += s->bytes;
}

static sst_status one_round(fetch_run *r)
{
    memset(&r->round, 0, sizeof r->round);
    r->feed_next = 0;
    sst_status status = drive(r);
    if (status || stopped(r))
        break_off(r);
    sst_status last = status ? status : fetch_batch_flush(r);
    if (!last && !stopped(r)) {
        store_work work = {.threads = r->ctx->threads, .now = r->now_s, .stop = &r->ctx->stop};
        last = store_refresh(r->store, &work, NULL);
        if (last == SST_ERR_STOPPED)
            last = SST_OK;
    }
    add_up(&r->total, &r->round);
    if (!last && r->options.round && r->options.round(r->options.round_user, &r->round))
        atomic_store(&r->ctx->stop, 1);
    return last;
}

static void wait_until(const fetch_run *r, int64_t ms)
{
    while (!stopped(r) && monotonic_ms() < ms) {
        struct timespec t = {0, TICK_MS * 1000000L};
        nanosleep(&t, NULL);
    }
}

/* -------------------------------------------------------------------------------------------- open
 */

static sst_status read_list(fetch_run *r, const char *path)
{
    sst_buf text;
    const char *why = NULL;
    buf_init(&text, LIST_BYTES);
    sst_status status = api_read_whole(r->ctx, path, &text);
    if (!status) {
        status = fetch_opml_read((sst_str){text.p, text.n}, &r->arena, &r->subscriptions, &why);
        if (status)
            errors_set(&r->ctx->errors, status, "%s: %s", path, why ? why : "out of memory");
    }
    buf_release(&text);
    return status;
}

static sst_status open_feed(fetch_run *r, fetch_feed *f, const strmap *known,
                            const store_feed *rows)
{
    const fetch_subscription *s = f->about;
    uint32_t *at = strmap_find(known, s->url);
    if (at)
        f->row = rows[*at];
    else
        f->row = (store_feed){.etag = STR(""),
                              .last_modified = STR(""),
                              .error = STR(""),
                              .title = STR(""),
                              .next_poll = STORE_NO_TIME,
                              .last_poll = STORE_NO_TIME,
                              .last_new = STORE_NO_TIME};
    f->row.url = s->url;
    f->row.outlet = s->outlet.n ? s->outlet : STR("");
    f->row.owner = s->owner.n ? s->owner : STR("");
    if (s->title.n)
        f->row.title = s->title;
    if (fetch_address_parse(&r->round_arena, s->url, &f->address)) {
        fetch_host *h = fetch_host_of(r, f->address.authority);
        if (!h)
            return api_no_memory(r->ctx);
        h->listed = true;
    } else {
        f->address.url = STR("");
    }
    return SST_OK;
}

static sst_status open_feeds_of(fetch_run *r)
{
    store_feed *rows = NULL;
    uint32_t n = 0;
    strmap known = {0};
    arena_clear(&r->round_arena);
    sst_status status = store_feeds(r->store, false, 0, &r->round_arena, &rows, &n);
    for (uint32_t i = 0; i < n && !status; i++)
        if (!strmap_add(&r->round_arena, &known, rows[i].url, i, NULL))
            status = api_no_memory(r->ctx);
    r->feed_n = r->subscriptions.n;
    r->feeds = arena_calloc(&r->round_arena, r->feed_n + 1, sizeof *r->feeds);
    if (!status && !r->feeds)
        status = api_no_memory(r->ctx);
    for (uint32_t i = 0; i < r->feed_n && !status; i++) {
        r->feeds[i].about = &r->subscriptions.v[i];
        status = open_feed(r, &r->feeds[i], &known, rows);
    }
    return status;
}

static void fill_options(fetch_run *r, const sst_fetch_options *given)
{
    sst_fetch_options *o = &r->options;
    if (given)
        *o = *given;
    o->host_delay_ms = o->host_delay_ms ? o->host_delay_ms : 1000;
    o->host_connections = o->host_connections ? o->host_connections : 2;
    o->connections = o->connections ? o->connections : 32;
    o->timeout_s = o->timeout_s ? o->timeout_s : 60;
    o->redirects = o->redirects ? o->redirects : 8;
    o->bytes = o->bytes ? o->bytes : 16 * 1024 * 1024;
    o->pages = o->pages ? o->pages : SST_FETCH_PAGES_MISSING;
    o->agent = o->agent ? o->agent : "samestory/" SST_VERSION " (feed reader)";
}

static sst_status rounds(fetch_run *r)
{
    sst_status status = SST_OK;
    for (;;) {
        int64_t begun = monotonic_ms();
        status = one_round(r);
        if (status || stopped(r) || !r->options.every_minutes)
            break;
        wait_until(r, begun + (int64_t)r->options.every_minutes * 60000);
        if (stopped(r))
            break;
        look_at_clock(r);
        status = open_feeds_of(r);
        if (status)
            break;
    }
    return status ? status
           : stopped(r)
               ? errors_set(&r->ctx->errors, SST_ERR_STOPPED, "stopped; what was taken is stored")
               : SST_OK;
}

sst_status sst_fetch(sst_context *ctx, const char *db, const char *feeds,
                     const sst_fetch_options *options, sst_fetch_summary *summary)
{
    if (!ctx || !db || !feeds)
        return SST_ERR_USAGE;
    ctx->errors.code = SST_OK;
    ctx->caller = pthread_self();
    fetch_run *r = base_malloc(sizeof *r);
    if (!r)
        return api_no_memory(ctx);
    memset(r, 0, sizeof *r);
    r->ctx = ctx;
    arena_init(&r->arena, 0);
    arena_init(&r->round_arena, 0);
    arena_init(&r->batch, 0);
    buf_init(&r->scratch, 256 * 1024);
    fill_options(r, options);
    look_at_clock(r);
    sst_status status = SST_OK;
    if (!fetch_curl_load())
        status = errors_set(&ctx->errors, SST_ERR_INTERNAL,
                            "libcurl cannot be loaded: install it, fetch needs it");
    if (!status)
        status = read_list(r, feeds);
    if (!status)
        status = store_open(db, STORE_CREATE, &ctx->errors, &r->store);
    if (!status)
        status = fetch_state_open(db, &ctx->errors, &r->state);
    if (!status)
        status = open_feeds_of(r);
    if (!status && curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        status = errors_set(&ctx->errors, SST_ERR_INTERNAL, "libcurl cannot be started");
    else if (!status) {
        r->multi = curl_multi_init();
        if (r->multi) {
            curl_multi_setopt(r->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
                              (long)r->options.connections);
            curl_multi_setopt(r->multi, CURLMOPT_MAX_HOST_CONNECTIONS,
                              (long)r->options.host_connections);
            status = rounds(r);
        } else {
            status = api_no_memory(ctx);
        }
        drop(r);
        curl_multi_cleanup(r->multi);
        curl_global_cleanup();
    }
    if (summary)
        *summary = r->total;
    fetch_state_close(r->state);
    store_close(r->store);
    for (uint32_t i = 0; i < r->feed_n; i++)
        if (r->feeds[i].open)
            arena_release(&r->feeds[i].arena);
    for (uint32_t i = 0; i < r->hosts.n; i++)
        arena_release(&r->hosts.v[i]->robots_arena);
    arena_release(&r->batch);
    arena_release(&r->round_arena);
    arena_release(&r->arena);
    buf_release(&r->scratch);
    base_free(r);
    return status;
}
