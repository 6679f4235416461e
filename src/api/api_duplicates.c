/*
 * Duplicates. In: documents; out: copy_duplicates in the result.
 *
 * With options.only, documents go straight into the store and are let go: those of text without the
 * page stage, since their text is as it came; pages through it. Each batch is scanned on all
 * threads and stored in input order. Otherwise the articles of the context are scanned.
 */
#include "api_context.h"

#include <string.h>

#include "base_str.h"
#include "base_thread.h"
#include "page_article.h"

#define DEFAULT_JACCARD 0.5

static sst_status no_memory(sst_context *ctx)
{
    return errors_set(&ctx->errors, SST_ERR_MEMORY,
                      "out of memory: give fewer inputs at a time or allow more memory");
}

/* ------------------------------------------------------------------------------- documents ->
 * store
 */

typedef struct scan_worker {
    sst_arena arena, grams_arena; /* of a batch; of the set */
    copy_grams set;
} scan_worker;

typedef struct scan_item {
    sst_article *article; /* of a page, or one of the context */
    copy_card card;
    sst_str text, error;
    copy_scan scan;
    sst_status status;
} scan_item;

typedef struct scan_batch {
    sst_context *ctx;
    scan_worker *worker;
    scan_item *item;
    sst_article *const *articles; /* NULL: the waiting documents */
} scan_batch;

static void card_of_article(scan_item *t, const sst_article *a)
{
    t->card = (copy_card){a->id, a->title, a->outlet, a->published, a->published_s};
    t->text = a->text;
    t->error = a->error;
}

static void card_of_document(scan_item *t, const sst_document *d, sst_arena *arena)
{
    sst_str published = page_date(arena, d->published);
    t->card = (copy_card){d->id, str_trim(d->title), str_trim(d->outlet), published,
                          page_seconds(published)};
    t->text = d->body;
}

static void scan_one(void *user, uint32_t i, uint32_t worker)
{
    scan_batch *b = user;
    scan_worker *w = &b->worker[worker];
    scan_item *t = &b->item[i];
    if (b->articles) {
        card_of_article(t, b->articles[i]);
    } else {
        const sst_document *d = &b->ctx->waiting.v[i];
        if (d->kind == SST_KIND_TEXT) {
            card_of_document(t, d, &w->arena);
        } else {
            t->status = page_article(d, &b->ctx->options.limits, &t->article);
            if (t->status)
                return;
            card_of_article(t, t->article);
        }
    }
    t->status = copy_scan_text(
        t->text, b->ctx->options.jaccard > 0 && b->ctx->options.jaccard < COPY_EVERY_BELOW, &w->set,
        &w->arena, &t->scan);
}

static sst_status store_items(scan_batch *b, uint32_t n)
{
    sst_context *ctx = b->ctx;
    for (uint32_t i = 0; i < n; i++) {
        scan_item *t = &b->item[i];
        if (t->status == SST_ERR_MEMORY)
            return no_memory(ctx);
        if (t->status)
            return errors_set(&ctx->errors, t->status, "%.*s: cannot be made an article",
                              (int)t->card.id.n, t->card.id.p);
        if (t->scan.word_n == 0 && t->error.n == 0)
            t->error = STR("no text in it");
        if (t->error.n && !b->articles) {
            sst_str source = t->article ? t->article->source : ctx->waiting.v[i].source;
            errors_input(&ctx->errors, source, ERROR_NO_PLACE, "%.*s", (int)t->error.n, t->error.p);
            uint32_t *at = vec_push(&ctx->arena, &ctx->failed_at);
            if (!at)
                return no_memory(ctx);
            *at = ctx->stored_n;
        }
        if (!t->error.n && copy_store_add(&ctx->store, &t->card, &t->scan, t->text))
            return no_memory(ctx);
        ctx->stored_n += !b->articles;
    }
    return SST_OK;
}

/* Scans n items in parallel and stores them in order. */
static sst_status scan_all(sst_context *ctx, scan_batch *b, uint32_t n)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    b->item = arena_calloc(&scratch, n, sizeof *b->item);
    b->worker = arena_calloc(&scratch, ctx->threads, sizeof *b->worker);
    sst_status status = scratch.failed ? no_memory(ctx) : SST_OK;
    if (!status) {
        for (uint32_t k = 0; k < ctx->threads; k++) {
            arena_init(&b->worker[k].arena, 0);
            arena_init(&b->worker[k].grams_arena, 0);
            b->worker[k].set.arena = &b->worker[k].grams_arena;
        }
        thread_for(ctx->threads, n, scan_one, b, &ctx->stop);
        status = atomic_load(&ctx->stop) ? errors_set(&ctx->errors, SST_ERR_STOPPED, "stopped")
                                         : store_items(b, n);
        for (uint32_t k = 0; k < ctx->threads; k++) {
            arena_release(&b->worker[k].arena);
            arena_release(&b->worker[k].grams_arena);
        }
        for (uint32_t i = 0; i < n; i++)
            page_free(b->item[i].article);
    }
    arena_release(&scratch);
    return status;
}

static sst_status open_store(sst_context *ctx)
{
    if (ctx->has_store)
        return SST_OK;
    ctx->has_store = true; /* also when that fails: what there is is released with the context */
    return copy_store_init(&ctx->store, ctx->options.offsets_codepoint) ? no_memory(ctx) : SST_OK;
}

sst_status api_store_waiting(sst_context *ctx)
{
    scan_batch b = {.ctx = ctx};
    sst_status status = open_store(ctx);
    if (!status)
        status = scan_all(ctx, &b, ctx->waiting.n);
    arena_clear(&ctx->waiting_arena);
    memset(&ctx->waiting, 0, sizeof ctx->waiting);
    ctx->waiting_bytes = 0;
    api_progress(ctx, "reading", ctx->stored_n, 0);
    return status;
}

/* ------------------------------------------------------------------------------------------ search
 */

sst_status api_run_duplicates(sst_context *ctx)
{
    sst_status status = open_store(ctx);
    if (status)
        return status;
    if (ctx->store_used)
        return errors_set(&ctx->errors, SST_ERR_USAGE,
                          "sst_run: the duplicates were found already: open a new context");
    ctx->store_used = ctx->options.only;
    if (!ctx->options.only && ctx->articles.n) {
        scan_batch b = {.ctx = ctx, .articles = ctx->articles.v};
        status = scan_all(ctx, &b, ctx->articles.n);
    }
    copy_duplicates *d = arena_alloc(&ctx->run, sizeof *d);
    if (!status && !d)
        status = no_memory(ctx);
    if (status)
        return status;
    api_progress(ctx, "duplicates", 0, 0);
    double jaccard = ctx->options.jaccard > 0 ? ctx->options.jaccard : DEFAULT_JACCARD;
    status = copy_find_duplicates(&ctx->store, jaccard, ctx->threads, &ctx->run, &ctx->stop, d);
    ctx->result.duplicates = d;
    if (!status && d->given_n)
        api_note(ctx,
                 "articles given again under their id with the same text, each counts once: %u",
                 d->given_n);
    if (!status && d->unlisted_n)
        api_note(ctx,
                 "articles with the text of %u others and more, their pairs are listed with the "
                 "first alone: %u",
                 (unsigned)COPY_MANY_TEXTS, d->unlisted_n);
    if (!status && d->heavy_n)
        api_note(ctx, "runs of 5 words in more than %u articles, they do not count: %llu",
                 (unsigned)COPY_MANY_TEXTS, (unsigned long long)d->heavy_n);
    return status == SST_ERR_MEMORY ? no_memory(ctx) : status;
}
