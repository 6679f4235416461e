/*
 * What becomes of an answer.
 *
 *   200            feed: its entries        page: the article       robots.txt: the rules
 *   304            nothing has changed
 *   3xx            a request to where it leads
 *   429, 503       the host rests as long as it says; short rests are waited for, once
 *   410            a feed is gone and not asked again
 *   4xx            a page is not there: the entry stays as the feed has it
 *   5xx, none      asked again in a later run, FETCH_TRIES times in all
 */
#include "fetch_inner.h"

#include <stdarg.h>
#include <stdio.h>

enum {
    REST_MOST_S = 60,    /* a run waits so long for a host that asks for patience, not longer */
    ERRORS_KEPT = 10000, /* in the context; the database keeps its own */
    REST_S = 5           /* when it does not say how long */
};

void fetch_failed(fetch_run *r, const fetch_feed *feed, sst_str url, uint32_t status,
                  const char *format, ...)
{
    char text[256];
    va_list ap;
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    if (r->ctx->errors.inputs.n < ERRORS_KEPT)
        errors_input(&r->ctx->errors, url, ERROR_NO_PLACE, "%s", text);
    fetch_error_row *e = vec_push(&r->batch, &r->error_rows);
    if (!e)
        return;
    e->feed = feed ? arena_str(&r->batch, feed->about->url) : STR("");
    e->url = arena_str(&r->batch, url);
    e->message = arena_str(&r->batch, str_of(text));
    e->status = status;
}

static void release_feed(fetch_run *r, fetch_feed *f)
{
    if (--f->left == 0)
        fetch_feed_close(r, f);
}

static void end(fetch_job *job)
{
    fetch_run *r = job->run;
    fetch_feed *f = job->feed;
    fetch_job_free(job);
    if (f)
        release_feed(r, f);
}

void fetch_answer_refused(fetch_job *job, bool for_good)
{
    fetch_run *r = job->run;
    if (for_good) {
        snprintf(job->why, sizeof job->why, "robots.txt of %.*s forbids it",
                 (int)job->host->authority.n < 100 ? (int)job->host->authority.n : 100,
                 job->host->authority.p);
        r->round.refused++;
        fetch_entry_keep(job);
    } else {
        snprintf(job->why, sizeof job->why,
                 "robots.txt of its host did not answer, so nothing is asked for");
        r->round.page_failures++;
        fetch_failed(r, job->feed, job->first.url, 0, "%s", job->why);
        fetch_entry_later(job);
    }
    end(job);
}

/* ---------------------------------------------------------------------------------------- robots
 */

static void robots_answer(fetch_job *job, CURLcode result)
{
    bool cut = result == CURLE_WRITE_ERROR && job->body.n; /* a large one: its first part counts */
    fetch_host_learn(job->run, job->for_host, result && !cut ? 0 : job->status,
                     (sst_str){job->body.p, job->body.n});
    end(job);
}

/* ------------------------------------------------------------------------------------------- feed
 */

static void feed_error(fetch_job *job)
{
    fetch_feed *f = job->feed;
    f->error = arena_str(&f->arena, str_of(job->why));
    job->run->round.failed++;
    fetch_failed(job->run, f, f->about->url, job->status, "%s", job->why);
    end(job);
}

static void feed_answer(fetch_job *job)
{
    fetch_run *r = job->run;
    fetch_feed *f = job->feed;
    f->status = job->status;
    f->retry_after_s = job->retry_after_s;
    if (job->status == 304) {
        f->unchanged = true;
        r->round.unchanged++;
        end(job);
        return;
    }
    f->etag = arena_str(&f->arena, job->etag);
    f->last_modified = arena_str(&f->arena, job->last_modified);
    if (job->hops && job->moved_for_good)
        fetch_failed(
            r, f, f->about->url, 301, "has moved for good to %.*s: change the list of feeds",
            (int)job->address.url.n < 180 ? (int)job->address.url.n : 180, job->address.url.p);
    fetch_entry_read(r, f, job);
    if (f->error.n)
        r->round.failed++;
    end(job);
}

/* ------------------------------------------------------------------------------------------- page
 */

static bool is_page(const fetch_job *job)
{
    return !job->type.n || str_eq_nocase(job->type, STR("text/html")) ||
           str_eq_nocase(job->type, STR("application/xhtml+xml"));
}

static void page_answer(fetch_job *job)
{
    fetch_run *r = job->run;
    if (job->status != 304 && !is_page(job)) {
        snprintf(job->why, sizeof job->why, "leads to no page but to %.*s",
                 job->type.n < 80 ? (int)job->type.n : 80, job->type.p);
        fetch_entry_keep(job);
    } else {
        r->round.pages++;
        fetch_entry_page(job);
    }
    end(job);
}

/* Not there: what the feed says of it stays. Else: asked for again in a later run. */
static void page_error(fetch_job *job, bool for_good)
{
    fetch_run *r = job->run;
    r->round.page_failures++;
    fetch_failed(r, job->feed, job->first.url, job->status, "%s", job->why);
    if (for_good || job->known.failures + 1 >= FETCH_TRIES)
        fetch_entry_keep(job);
    else
        fetch_entry_later(job);
    end(job);
}

/* ------------------------------------------------------------------------------------------ answer
 */

/* A host that asks for patience: the job waits in its queue, once. True when it does. */
static bool rests(fetch_job *job)
{
    uint32_t s = job->retry_after_s ? job->retry_after_s : REST_S;
    if (job->status != 429 && job->status != 503)
        return false;
    fetch_host_rest(job->run, job->host, (int64_t)(s < REST_MOST_S ? s : REST_MOST_S) * 1000);
    if (s > REST_MOST_S || ++job->tries > 1)
        return false;
    fetch_host_put(job->run, job, true);
    return true;
}

void fetch_answer(fetch_job *job, CURLcode result)
{
    fetch_run *r = job->run;
    fetch_host *asked = job->host;
    fetch_http_end(job, result);
    fetch_host_done(r, asked);
    if (atomic_load(&r->ctx->stop)) { /* as if it had not been asked */
        if (job->feed)
            job->feed->deferred = true;
        end(job);
        return;
    }
    uint32_t status = job->status;
    bool fails = result != CURLE_OK;
    if (!fails && status >= 300 && status < 400 && status != 304) {
        const char *why;
        if (fetch_http_redirect(job, &why)) {
            fetch_host_put(r, job, job->kind != FETCH_PAGE);
            return;
        }
        snprintf(job->why, sizeof job->why, "%s", why);
        fails = true;
    }
    if (!fails && rests(job))
        return;
    if (job->kind == FETCH_ROBOTS) {
        robots_answer(job, result);
        return;
    }
    if (!fails && status != 304 && (status < 200 || status >= 300 || status == 204)) {
        const char *hint = status == 401 || status == 403 ? ": it may ask for a subscription"
                           : status == 404                ? ": there is no such page any more"
                           : status == 410                ? ": it is gone"
                           : status == 429                ? ": too many requests, asked again later"
                                                          : "";
        snprintf(job->why, sizeof job->why, "the server answers %u%s", status, hint);
        fails = true;
    }
    if (job->kind == FETCH_FEED && fails) {
        job->feed->status = status;
        job->feed->retry_after_s = job->retry_after_s;
        feed_error(job);
    } else if (job->kind == FETCH_FEED) {
        feed_answer(job);
    } else if (fails) {
        page_error(job, status >= 300 && status < 500 && status != 408 && status != 429);
    } else {
        page_answer(job);
    }
}
