/*
 * What was taken goes to the store, a batch at a time and in this order: the articles, the rows of
 * pages, the rows of feeds, the errors. Whatever ends the process in between, what is noted as
 * taken is stored.
 */
#include "fetch_inner.h"

#include "base_thread.h"
#include "page_article.h"

enum {
    BATCH_DOCUMENTS = 64,          /* one transaction; what an interrupt waits for */
    BATCH_BYTES = 16 * 1024 * 1024 /* of bodies */
};

void fetch_batch_document(fetch_run *r, const sst_document *d, fetch_feed *feed)
{
    sst_document *to = vec_push(&r->batch, &r->documents);
    if (!to || !api_copy_document(&r->batch, to, d))
        return;
    r->batch_bytes += d->body.n;
    r->round.articles++;
    feed->taken++;
}

bool fetch_batch_is_full(const fetch_run *r)
{
    return r->documents.n >= BATCH_DOCUMENTS || r->batch_bytes >= BATCH_BYTES || r->status ||
           r->batch.failed;
}

typedef struct making {
    const fetch_run *r;
    sst_article **article;
    sst_status *status;
} making;

/* An interrupt does not stop it: what was taken is stored. */
static void make(void *user, uint32_t i, uint32_t worker)
{
    making *m = user;
    (void)worker;
    m->status[i] = page_article(&m->r->documents.v[i], &m->r->ctx->options.limits, &m->article[i]);
}

static sst_status store_articles(fetch_run *r)
{
    uint32_t n = r->documents.n;
    if (n == 0)
        return SST_OK;
    making m = {.r = r,
                .article = arena_calloc(&r->batch, n, sizeof *m.article),
                .status = arena_calloc(&r->batch, n, sizeof *m.status)};
    if (!m.article || !m.status)
        return api_no_memory(r->ctx);
    thread_for(r->ctx->threads, n, make, &m, NULL);
    sst_status status = SST_OK;
    uint32_t good = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (m.status[i] == SST_ERR_MEMORY)
            status = api_no_memory(r->ctx);
        else if (m.status[i] || !m.article[i])
            fetch_failed(r, NULL, r->documents.v[i].source, 0, "cannot be made an article");
        if (!m.status[i] && m.article[i])
            m.article[good++] = m.article[i];
    }
    store_added added = {0};
    store_work work = {.threads = r->ctx->threads, .now = r->now_s};
    if (!status)
        status = store_add(r->store, (const sst_article *const *)m.article, good, &work, &added);
    for (uint32_t i = 0; i < good; i++)
        page_free(m.article[i]);
    return status;
}

sst_status fetch_batch_flush(fetch_run *r)
{
    sst_status status = r->status;
    if (!status && r->batch.failed)
        status = api_no_memory(r->ctx);
    if (!status)
        status = store_articles(r);
    if (!status)
        status = fetch_state_put_pages(r->state, r->page_rows.v, r->page_rows.n, r->now_s);
    for (uint32_t i = 0; i < r->feed_rows.n && !status; i++)
        status = store_feed_put(r->store, &r->feed_rows.v[i]->row);
    for (uint32_t i = 0; i < r->error_rows.n && !status; i++) {
        const fetch_error_row *e = &r->error_rows.v[i];
        status = store_feed_error(r->store, e->feed.n ? e->feed.p : "", e->url, r->now_s, e->status,
                                  e->message);
    }
    for (uint32_t i = 0; i < r->feed_rows.n; i++) {
        fetch_feed *f = r->feed_rows.v[i];
        arena_release(&f->arena);
        f->open = false;
    }
    arena_clear(&r->batch);
    memset(&r->documents, 0, sizeof r->documents);
    memset(&r->page_rows, 0, sizeof r->page_rows);
    memset(&r->error_rows, 0, sizeof r->error_rows);
    memset(&r->feed_rows, 0, sizeof r->feed_rows);
    r->batch_bytes = 0;
    r->status = status;
    return status;
}
