/*
 * Documents -> the store in which duplicates are found, on all threads, in input order.
 *
 *   reader    fills blocks: of rows as they came, of documents, or of articles that the context
 *             has, until they are worth the threads
 *   threads   take a block each: rows are read, words scanned, grams counted, words numbered
 *   merging   puts the blocks before, in their order, into the store: cards, postings, and errors
 *             where they belong; one thread does, while the others scan
 *
 * Rows are read on the thread that scans them and let go with their line, so reading JSON is done
 * by all. What a block becomes depends on its rows alone, and blocks are merged in their order:
 * neither threads nor their timing show in the result, but for the numbers of words.
 */
#include "api_context.h"

#include <string.h>

#include "base_alloc.h"
#include "base_str.h"
#include "base_thread.h"
#include "page_article.h"

enum {
    BLOCKS = 64, /* of a batch, at most */
    BATCH_BYTES =
        8 * 1024 * 1024,        /* of texts as they came; starting threads takes nothing beside */
    DOCUMENTS = 64,             /* of a block ... */
    DOCUMENT_BYTES = 256 * 1024 /* ... or so many bytes, whichever is reached first */
};

typedef struct scan_item {
    copy_card card;
    copy_scan scan; /* no words */
    const uint8_t *code;
    size_t code_n;
    sst_str source, error;
} scan_item;

typedef struct scan_block {
    sst_context *ctx;
    sst_arena arena;
    sst_buf bytes; /* of rows */
    read_block rows;
    SST_VEC(sst_document) documents;
    sst_article *const *articles; /* of the context, when they are asked about once more */
    uint32_t article_n;
    size_t size;
    uint32_t told; /* errors of the reader before it */
    struct scan_worker *worker;
    /* What has become of it. */
    SST_VEC(scan_item) items;
    sst_errors errors;
    SST_VEC(uint32_t) error_at; /* items before each */
    sst_status status;
    sst_str failed; /* the document that could not be made an article */
} scan_block;

typedef struct scan_worker {
    sst_arena arena, grams_arena; /* of an article; of the set */
    copy_grams set;
    copy_raises *raises;
} scan_worker;

typedef struct batch {
    scan_block block[BLOCKS];
    uint32_t n;
    size_t size;
} batch;

struct api_scans {
    sst_errors told; /* what the reader itself has to say */
    uint32_t told_n; /* of it in the context's errors already */
    batch *filling, *scanned;
    uint32_t worker_n;
    scan_worker *worker;
    sst_status status; /* of merging */
};

/* ---------------------------------------------------------------------------------- one article */

static sst_status scan_text(sst_context *ctx, scan_worker *w, sst_str text, scan_item *t,
                            sst_arena *arena)
{
    double jaccard = ctx->options.jaccard;
    arena_clear(&w->arena);
    sst_status status = copy_scan_text(text, jaccard > 0 && jaccard < COPY_EVERY_BELOW, &w->set,
                                       &w->arena, &t->scan);
    if (status || t->scan.word_n == 0)
        return status;
    copy_counts_raise(ctx->store.counts, w->raises, t->scan.word, t->scan.word_n);
    const uint8_t *code = copy_store_encode(&ctx->store, &t->scan, text, &w->arena, &t->code_n);
    uint8_t *kept = code ? arena_alloc(arena, t->code_n) : NULL;
    uint64_t *sketch = arena_alloc(arena, t->scan.sketch_n * sizeof *sketch);
    if (!kept || !sketch)
        return SST_ERR_MEMORY;
    t->code = memcpy(kept, code, t->code_n);
    if (t->scan.sketch_n)
        memcpy(sketch, t->scan.sketch, t->scan.sketch_n * sizeof *sketch);
    t->scan.sketch = sketch;
    t->scan.word = NULL;
    t->scan.at = NULL;
    return SST_OK;
}

static copy_card copied(sst_arena *a, copy_card c)
{
    c.id = arena_str(a, c.id);
    c.title = arena_str(a, c.title);
    c.outlet = arena_str(a, c.outlet);
    c.published = arena_str(a, c.published);
    return c;
}

copy_card api_card(const sst_article *a)
{
    return (copy_card){a->id, a->title, a->outlet, a->published, a->published_s};
}

/* Text needs no page stage: it is as it came. */
static sst_status scan_document(scan_block *b, scan_item *t, const sst_document *d)
{
    if (d->kind == SST_KIND_TEXT) {
        sst_str published = page_date(&b->arena, d->published);
        copy_card card = {d->id, str_trim(d->title), str_trim(d->outlet), published,
                          page_seconds(published)};
        t->card = copied(&b->arena, card);
        return scan_text(b->ctx, b->worker, d->body, t, &b->arena);
    }
    sst_article *article;
    sst_status status = page_article(d, &b->ctx->options.limits, &article);
    if (status)
        return status;
    t->card = copied(&b->arena, api_card(article));
    t->error = arena_str(&b->arena, article->error);
    t->source = arena_str(&b->arena, article->source);
    if (t->error.n == 0)
        status = scan_text(b->ctx, b->worker, article->text, t, &b->arena);
    page_free(article);
    return status;
}

static sst_status scan_next(void *user, const sst_document *d)
{
    scan_block *b = user;
    while (b->error_at.n < b->errors.inputs.n) {
        uint32_t *at = vec_push(&b->arena, &b->error_at);
        if (!at)
            return SST_ERR_MEMORY;
        *at = b->items.n;
    }
    scan_item *t = vec_push(&b->arena, &b->items);
    if (!t)
        return SST_ERR_MEMORY;
    sst_status status = scan_document(b, t, d);
    if (t->scan.word_n == 0 && t->error.n == 0) {
        t->error = STR("no text in it");
        t->source = arena_str(&b->arena, d->source);
    }
    if (status && !b->failed.n)
        b->failed = arena_str(&b->arena, d->source);
    return status ? status : b->arena.failed;
}

/* An article of the context; what it has to say of itself was said. */
static sst_status scan_again(scan_block *b, const sst_article *a)
{
    scan_item *t = a->error.n ? NULL : vec_push(&b->arena, &b->items);
    if (!t)
        return b->arena.failed;
    t->card = api_card(a);
    sst_status status = scan_text(b->ctx, b->worker, a->text, t, &b->arena);
    if (status)
        b->failed = a->source;
    return status;
}

static void scan_block_of(scan_block *b, scan_worker *w)
{
    b->worker = w;
    if (b->rows.p) {
        sst_reader r = {.limits = b->ctx->options.limits,
                        .errors = &b->errors,
                        .fn = scan_next,
                        .user = b,
                        .stop = &b->ctx->stop};
        b->status = read_rows_block(&r, &b->rows);
    }
    for (uint32_t i = 0; i < b->documents.n && !b->status; i++)
        b->status = scan_next(b, &b->documents.v[i]);
    for (uint32_t i = 0; i < b->article_n && !b->status; i++)
        b->status = scan_again(b, b->articles[i]);
    if (!b->status && b->errors.arena.failed)
        b->status = b->errors.arena.failed;
}

/* -------------------------------------------------------------------------------------- merging */

static sst_status failed_input(sst_context *ctx, const sst_error *e)
{
    errors_input(&ctx->errors, e->source, e->at, "%.*s", (int)e->message.n, e->message.p);
    uint32_t *at = vec_push(&ctx->arena, &ctx->failed_at);
    if (!at)
        return api_no_memory(ctx);
    *at = ctx->put_n;
    return SST_OK;
}

static sst_status put(sst_context *ctx, const scan_item *t)
{
    sst_status status = copy_store_put(&ctx->store, &t->card, &t->scan, t->code, t->code_n);
    if (status != SST_ERR_IO)
        return status ? api_no_memory(ctx) : SST_OK;
    return errors_set(&ctx->errors, SST_ERR_IO,
                      "%s: the file for what does not fit in memory: %s: name a folder with more "
                      "room, or allow more memory",
                      ctx->store.spill.folder, ctx->store.spill.why);
}

static sst_status merge_told(sst_context *ctx, uint32_t until)
{
    api_scans *s = ctx->scans;
    sst_status status = SST_OK;
    while (s->told_n < until && !status)
        status = failed_input(ctx, &s->told.inputs.v[s->told_n++]);
    return status;
}

static sst_status merge_block(sst_context *ctx, scan_block *b)
{
    sst_status status = merge_told(ctx, b->told);
    uint32_t e = 0;
    for (uint32_t i = 0; i < b->items.n && !status; i++) {
        const scan_item *t = &b->items.v[i];
        for (; e < b->error_at.n && b->error_at.v[e] <= i && !status; e++)
            status = failed_input(ctx, &b->errors.inputs.v[e]);
        if (status || (b->status && i + 1 == b->items.n))
            break; /* the last one is what it ended with */
        if (b->articles) {
            status = t->scan.word_n ? put(ctx, t) : SST_OK;
            continue;
        }
        if (ctx->put_n >= ctx->options.limits.articles)
            return errors_set(&ctx->errors, SST_ERR_LIMIT,
                              "%.*s: more than %u articles: give fewer inputs at a time",
                              (int)t->card.id.n, t->card.id.p, ctx->options.limits.articles);
        if (t->error.n)
            status = failed_input(ctx, &(sst_error){t->source, t->error, ERROR_NO_PLACE});
        else
            status = put(ctx, t);
        ctx->put_n++;
    }
    for (; e < b->errors.inputs.n && !status && !b->status; e++)
        status = failed_input(ctx, &b->errors.inputs.v[e]);
    if (status || !b->status)
        return status;
    if (b->status == SST_ERR_MEMORY)
        return api_no_memory(ctx);
    if (b->status == SST_ERR_STOPPED)
        return errors_set(&ctx->errors, SST_ERR_STOPPED, "stopped while reading");
    return errors_set(&ctx->errors, b->status, "%.*s: cannot be made an article", (int)b->failed.n,
                      b->failed.p);
}

static void merge(sst_context *ctx, batch *m)
{
    api_scans *s = ctx->scans;
    for (uint32_t k = 0; k < m->n; k++) {
        scan_block *b = &m->block[k];
        if (!s->status)
            s->status = merge_block(ctx, b);
        arena_clear(&b->arena);
        buf_clear(&b->bytes);
        errors_release(&b->errors);
        memset(&b->documents, 0, sizeof b->documents);
        memset(&b->items, 0, sizeof b->items);
        memset(&b->error_at, 0, sizeof b->error_at);
        b->rows.p = NULL;
        b->articles = NULL;
        b->article_n = 0;
        b->status = SST_OK;
        b->failed = (sst_str){NULL, 0};
        b->size = 0;
    }
    m->n = 0;
    m->size = 0;
}

/* Item 0 is the batch before, to be merged; the others are blocks. */
static void work(void *user, uint32_t i, uint32_t worker)
{
    sst_context *ctx = user;
    api_scans *s = ctx->scans;
    if (i == 0)
        merge(ctx, s->scanned);
    else
        scan_block_of(&s->filling->block[i - 1], &s->worker[worker]);
}

/* Scans what waits and merges what was scanned before. */
static sst_status scan_batch(sst_context *ctx)
{
    api_scans *s = ctx->scans;
    thread_for(ctx->threads, s->filling->n + 1, work, ctx, NULL);
    batch *t = s->scanned;
    s->scanned = s->filling;
    s->filling = t;
    if (!s->status && atomic_load(&ctx->stop))
        s->status = errors_set(&ctx->errors, SST_ERR_STOPPED, "stopped while reading");
    api_progress(ctx, "reading", ctx->put_n, 0);
    return ctx->input_status = s->status;
}

sst_status api_scan_finish(sst_context *ctx)
{
    api_scans *s = ctx->scans;
    if (!s)
        return api_open_store(ctx);
    sst_status status = ctx->input_status;
    if (!status && s->filling->n)
        status = scan_batch(ctx);
    if (!status && s->scanned->n)
        status = scan_batch(ctx);
    if (!status)
        status = merge_told(ctx, s->told.inputs.n);
    for (uint32_t w = 0; w < s->worker_n; w++)
        copy_counts_flush(ctx->store.counts, s->worker[w].raises);
    api_scan_free(ctx);
    return ctx->input_status = status;
}

/* -------------------------------------------------------------------------------------- filling */

sst_status api_open_store(sst_context *ctx)
{
    if (ctx->has_store)
        return SST_OK;
    ctx->has_store = true; /* also when that fails: what there is is released with the context */
    if (copy_store_init(&ctx->store, ctx->options.offsets_codepoint))
        return api_no_memory(ctx);
    const char *folder = ctx->options.folder ? ctx->options.folder : API_FOLDER;
    if (ctx->options.memory_bytes)
        copy_store_limit(&ctx->store, (size_t)ctx->options.memory_bytes,
                         arena_str(&ctx->arena, str_of(folder)).p);
    return SST_OK;
}

static batch *new_batch(sst_context *ctx)
{
    batch *b = base_malloc(sizeof *b);
    if (!b)
        return NULL;
    memset(b, 0, sizeof *b);
    for (int k = 0; k < BLOCKS; k++) {
        b->block[k].ctx = ctx;
        arena_init(&b->block[k].arena, 0);
        buf_init(&b->block[k].bytes, 0);
        errors_init(&b->block[k].errors);
    }
    return b;
}

sst_errors *api_scan_open(sst_context *ctx)
{
    if (ctx->scans)
        return &ctx->scans->told;
    api_scans *s = base_malloc(sizeof *s);
    if (!s)
        return NULL;
    memset(s, 0, sizeof *s);
    ctx->scans = s;
    errors_init(&s->told);
    s->filling = new_batch(ctx);
    s->scanned = new_batch(ctx);
    s->worker = base_malloc(ctx->threads * sizeof *s->worker);
    bool ok = s->filling && s->scanned && s->worker && !api_open_store(ctx);
    for (; ok && s->worker_n < ctx->threads; s->worker_n++) {
        scan_worker *w = &s->worker[s->worker_n];
        arena_init(&w->arena, 0);
        arena_init(&w->grams_arena, 0);
        w->set = (copy_grams){.arena = &w->grams_arena};
        w->raises = base_malloc(sizeof *w->raises);
        ok = w->raises != NULL;
        if (ok)
            memset(w->raises, 0, sizeof *w->raises);
    }
    if (!ok)
        api_scan_free(ctx);
    return ok ? &s->told : NULL;
}

static void free_batch(batch *b)
{
    for (int k = 0; b && k < BLOCKS; k++) {
        arena_release(&b->block[k].arena);
        buf_release(&b->block[k].bytes);
        errors_release(&b->block[k].errors);
    }
    base_free(b);
}

void api_scan_free(sst_context *ctx)
{
    api_scans *s = ctx->scans;
    if (!s)
        return;
    free_batch(s->filling);
    free_batch(s->scanned);
    for (uint32_t w = 0; w < s->worker_n; w++) {
        arena_release(&s->worker[w].arena);
        arena_release(&s->worker[w].grams_arena);
        base_free(s->worker[w].raises);
    }
    base_free(s->worker);
    errors_release(&s->told);
    base_free(s);
    ctx->scans = NULL;
}

/* The next block, once there is room. */
static sst_status next_block(sst_context *ctx, scan_block **out)
{
    api_scans *s = ctx->scans;
    sst_status status = ctx->input_status;
    if (!status && (s->filling->n == BLOCKS || s->filling->size >= BATCH_BYTES))
        status = scan_batch(ctx);
    if (status)
        return status;
    *out = &s->filling->block[s->filling->n++];
    (*out)->told = s->told.inputs.n;
    return SST_OK;
}

sst_status api_scan_rows(void *user, const read_block *rows)
{
    sst_context *ctx = user;
    scan_block *b;
    sst_status status = next_block(ctx, &b);
    if (status)
        return status;
    buf_add(&b->bytes, rows->p, rows->n);
    b->rows = *rows;
    b->rows.name = arena_str(&b->arena, rows->name);
    b->rows.p = b->bytes.p;
    ctx->scans->filling->size += rows->n;
    return b->bytes.failed || b->arena.failed ? api_no_memory(ctx) : SST_OK;
}

sst_status api_scan_document(sst_context *ctx, const sst_document *d)
{
    api_scans *s = ctx->scans;
    if (!s)
        return api_no_memory(ctx);
    batch *f = s->filling;
    scan_block *b = f->n ? &f->block[f->n - 1] : NULL;
    if (!b || b->documents.n == 0 || b->documents.n == DOCUMENTS || b->size >= DOCUMENT_BYTES ||
        b->told != s->told.inputs.n) {
        sst_status status = next_block(ctx, &b);
        if (status)
            return status;
    }
    sst_document *copy = vec_push(&b->arena, &b->documents);
    if (!copy || !api_copy_document(&b->arena, copy, d))
        return api_no_memory(ctx);
    b->size += d->body.n;
    s->filling->size += d->body.n;
    return SST_OK;
}

sst_status api_scan_articles(sst_context *ctx)
{
    sst_status status = api_scan_open(ctx) ? SST_OK : api_no_memory(ctx);
    for (uint32_t from = 0; from < ctx->articles.n && !status; from += DOCUMENTS) {
        scan_block *b;
        status = next_block(ctx, &b);
        if (status)
            break;
        b->articles = ctx->articles.v + from;
        b->article_n = ctx->articles.n - from < DOCUMENTS ? ctx->articles.n - from : DOCUMENTS;
    }
    sst_status last = api_scan_finish(ctx);
    return status ? status : last;
}
