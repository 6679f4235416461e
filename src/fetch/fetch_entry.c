/*
 * Entries. In: the body of a feed; out: of each entry that is new or has changed either a document
 * as the feed has it, or a request for the page that it leads to. In: the body of a page; out: the
 * document of its entry with the page in place of the summary: title, time, authors, guid, source
 * and what else the feed says stay.
 *
 * What the list of feeds says of the outlet goes before what the feed calls itself, but not before
 * the source that an entry names: that is another's report.
 */
#include "fetch_inner.h"

#include "read_feed.h"
#include "read_url.h"

/* Pages asked for of one feed in one round: a feed that lists a whole archive is taken in parts. */
enum { PAGES_A_ROUND = 200 };

typedef struct reading {
    fetch_run *r;
    fetch_feed *feed;
    sst_arena arena; /* of one entry */
} reading;

static uint64_t hash_entry(const sst_document *d)
{
    const sst_str parts[] = {d->title, d->published, d->modified, d->body};
    uint64_t h = 1;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        h = hash_mix(h, hash_bytes(parts[i].p ? parts[i].p : "", parts[i].n, i));
    return h;
}

static void name_outlet(const fetch_feed *f, sst_document *d)
{
    const fetch_subscription *s = f->about;
    if (d->flags & SST_DOC_SOURCED)
        return;
    if (s->outlet.n) {
        d->outlet = s->outlet;
        d->flags &= ~(uint32_t)SST_DOC_FEED_TITLE;
    } else if (!d->outlet.n && s->title.n) {
        d->outlet = s->title;
        d->flags |= SST_DOC_FEED_TITLE;
    }
    if (!d->outlet_url.n)
        d->outlet_url = s->site;
}

sst_str fetch_entry_key(const sst_document *d)
{
    return d->url.n ? d->url : d->id;
}

static bool wants_page(const fetch_run *r, const fetch_feed *f, const sst_document *d)
{
    uint8_t pages = f->about->pages ? f->about->pages : r->options.pages;
    if (pages == SST_FETCH_PAGES_NONE || !read_url_is_web(d->url))
        return false;
    return pages == SST_FETCH_PAGES_ALL || !(d->flags & SST_DOC_CONTENT) || !d->body.n;
}

/* The row that says that this entry is done with, or not. */
static void note_page(fetch_run *r, sst_str key, uint64_t hash, const fetch_job *job, bool done,
                      const char *error)
{
    fetch_page_row *p = vec_push(&r->batch, &r->page_rows);
    if (!p)
        return;
    p->url = arena_str(&r->batch, key);
    p->hash = hash;
    p->done = done;
    if (error)
        p->error = arena_str(&r->batch, str_of(error));
    if (!job)
        return;
    p->status = job->status;
    p->failures = done ? 0 : job->known.failures + 1;
    bool same = job->status == 304;
    p->etag = arena_str(&r->batch, same && !job->etag.n ? job->known.etag : job->etag);
    p->last_modified = arena_str(&r->batch, same && !job->last_modified.n ? job->known.last_modified
                                                                          : job->last_modified);
    if (job->retry_after_s)
        p->not_before_s = r->now_s + job->retry_after_s;
}

static sst_status take_entry(void *user, const sst_document *given)
{
    reading *g = user;
    fetch_run *r = g->r;
    fetch_feed *f = g->feed;
    sst_document d = *given;
    r->round.entries++;
    name_outlet(f, &d);
    arena_clear(&g->arena);
    fetch_address a;
    bool page = wants_page(r, f, &d) && fetch_address_parse(&g->arena, d.url, &a);
    uint64_t hash = hash_entry(&d);
    fetch_known known;
    sst_status status = fetch_state_page(r->state, fetch_entry_key(&d), &g->arena, &known);
    if (status)
        return status;
    if (known.there && known.hash == hash && (known.done || known.failures >= FETCH_TRIES))
        return SST_OK;
    if (page && known.not_before_s > r->now_s) {
        f->deferred = true;
        return SST_OK;
    }
    if (!page) {
        fetch_batch_document(r, &d, f);
        note_page(r, fetch_entry_key(&d), hash, NULL, true, NULL);
        return r->batch.failed;
    }
    if (f->pages >= PAGES_A_ROUND) {
        f->deferred = true;
        return SST_OK;
    }
    fetch_job *job = fetch_job_new(r, FETCH_PAGE, f, &a);
    if (!job || !api_copy_document(&job->arena, &job->document, &d)) {
        fetch_job_free(job);
        return SST_ERR_MEMORY;
    }
    job->entry_hash = hash;
    job->known = known;
    job->known.etag = arena_str(&job->arena, known.etag);
    job->known.last_modified = arena_str(&job->arena, known.last_modified);
    f->pages++;
    f->left++;
    fetch_host_put(r, job, false);
    return SST_OK;
}

/* The feed's own title, told at its end. */
static void take_channel(void *user, const read_feed_entry *e)
{
    reading *g = user;
    const read_feed_text *title = &e->channel->part[FEED_TITLE];
    if (!e->entry && !title->html)
        g->feed->title = arena_str(&g->feed->arena, str_trim(title->value));
}

void fetch_entry_read(fetch_run *r, fetch_feed *feed, const fetch_job *job)
{
    reading g = {.r = r, .feed = feed};
    arena_init(&g.arena, 0);
    sst_errors errors;
    errors_init(&errors);
    sst_reader reader = {.limits = r->ctx->options.limits,
                         .errors = &errors,
                         .fn = take_entry,
                         .user = &g,
                         .each_entry = take_channel,
                         .base = job->address.url,
                         .stop = &r->ctx->stop};
    uint64_t before = r->round.entries;
    sst_status status =
        read_bytes(&reader, job->first.url, (sst_str){job->body.p, job->body.n}, SST_KIND_FEED);
    for (uint32_t i = 0; i < errors.inputs.n && i < FETCH_TOLD; i++)
        fetch_failed(r, feed, errors.inputs.v[i].source, job->status, "%.*s",
                     (int)errors.inputs.v[i].message.n, errors.inputs.v[i].message.p);
    if (errors.inputs.n && r->round.entries == before)
        feed->error = arena_str(&feed->arena, errors.inputs.v[0].message);
    if (status == SST_ERR_STOPPED)
        feed->deferred = true;
    else if (status && !r->status)
        r->status = status;
    errors_release(&errors);
    arena_release(&g.arena);
}

/* The time as web archives write it. */
static sst_str iso(sst_arena *arena, int64_t s)
{
    time_t t = (time_t)s;
    struct tm tm;
    gmtime_r(&t, &tm);
    return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1,
                        tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

void fetch_entry_page(fetch_job *job)
{
    fetch_run *r = job->run;
    sst_document d = job->document;
    if (job->status != 304) {
        d.kind = SST_KIND_HTML;
        d.body = (sst_str){job->body.p, job->body.n};
        d.charset = job->charset;
        d.url = job->address.url;
        d.source = job->address.url;
        d.at = 0;
        d.fetched = iso(&job->arena, r->now_s);
        d.http_head = (sst_str){job->head.p, job->head.n};
        d.last_modified = job->last_modified;
        d.flags &= ~(uint32_t)(SST_DOC_SUMMARY | SST_DOC_CONTENT);
        d.lang = STR(""); /* the page says it better than its feed */
        fetch_batch_document(r, &d, job->feed);
    }
    note_page(r, fetch_entry_key(&job->document), job->entry_hash, job, true, NULL);
}

void fetch_entry_keep(fetch_job *job)
{
    fetch_run *r = job->run;
    if (job->document.body.n || job->document.title.n)
        fetch_batch_document(r, &job->document, job->feed);
    note_page(r, fetch_entry_key(&job->document), job->entry_hash, job, true, job->why);
}

void fetch_entry_later(fetch_job *job)
{
    note_page(job->run, fetch_entry_key(&job->document), job->entry_hash, job, false, job->why);
    job->feed->deferred = true;
}
