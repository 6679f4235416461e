/*
 * The public door: opening, inputs, errors, closing. In: paths and bytes; out: articles in input
 * order.
 *
 * Documents go to the ring of api_pool.c. Where only duplicates are wanted they wait until a batch
 * is worth the threads (api_duplicates.c).
 */
#include "api_context.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base_alloc.h"
#include "base_str.h"
#include "base_thread.h"
#include "base_utf8.h"
#include "page_article.h"
#include "read.h"

/* A batch ends at either; enough work to keep all threads busy, little enough to hold in memory. */

/* Ceilings that samestory.h names. */
#define DEFAULT_INPUT_BYTES ((uint64_t)4 << 30)
enum {
    DEFAULT_ARTICLE_BYTES = 64 * 1024 * 1024,
    DEFAULT_ARTICLES = 50 * 1000 * 1000,
    DEFAULT_DEPTH = 512
};

sst_status sst_open(const sst_options *options, sst_context **out)
{
    if (!out)
        return SST_ERR_USAGE;
    *out = NULL;
    sst_context *ctx = base_malloc(sizeof *ctx);
    if (!ctx)
        return SST_ERR_MEMORY;
    memset(ctx, 0, sizeof *ctx);
    if (options)
        ctx->options = *options;
    sst_limits *l = &ctx->options.limits;
    l->input_bytes = l->input_bytes ? l->input_bytes : DEFAULT_INPUT_BYTES;
    l->article_bytes = l->article_bytes ? l->article_bytes : DEFAULT_ARTICLE_BYTES;
    l->articles = l->articles ? l->articles : DEFAULT_ARTICLES;
    l->depth = l->depth ? l->depth : DEFAULT_DEPTH;
    ctx->threads = ctx->options.threads ? ctx->options.threads : thread_default_n();
    atomic_init(&ctx->stop, 0);
    arena_init(&ctx->arena, 0);
    arena_init(&ctx->run, 0);
    if (ctx->options.only == SST_STAGE_PASSAGES && ctx->options.memory_bytes) {
        const char *folder = ctx->options.folder ? ctx->options.folder : API_FOLDER;
        folder = arena_str(&ctx->arena, str_of(folder)).p;
        room_init(&ctx->room, (size_t)ctx->options.memory_bytes, folder);
        ctx->has_room = true;
        ctx->run.room = &ctx->room;
    }
    errors_init(&ctx->errors);
    errors_init(&ctx->failures);
    *out = ctx;
    return SST_OK;
}

void sst_close(sst_context *ctx)
{
    if (!ctx)
        return;
    api_pool_free(ctx);
    api_scan_free(ctx);
    api_release_run(ctx);
    api_stream_free(ctx);
    api_ingest_free(ctx);
    for (uint32_t i = 0; i < ctx->articles.n; i++) {
        room_look(ctx->has_room ? &ctx->room : NULL);
        page_free(ctx->articles.v[i]);
    }
    if (ctx->has_store)
        copy_store_release(&ctx->store);
    if (ctx->has_outlets)
        copy_outlets_release(&ctx->outlets);
    buf_release(&ctx->outlet_rows);
    errors_release(&ctx->errors);
    if (ctx->has_room)
        room_release(&ctx->room);
    arena_release(&ctx->arena);
    base_free(ctx);
}

void sst_stop(sst_context *ctx)
{
    if (ctx)
        atomic_store(&ctx->stop, 1);
}

void api_progress(sst_context *ctx, const char *stage, uint64_t done, uint64_t total)
{
    if (!ctx->options.progress || !pthread_equal(ctx->caller, pthread_self()))
        return;
    if (ctx->options.progress(ctx->options.progress_user, stage, done, total) != 0)
        atomic_store(&ctx->stop, 1);
}

sst_status api_no_memory(sst_context *ctx)
{
    if (ctx->has_room && ctx->room.spill.why[0])
        return errors_set(&ctx->errors, SST_ERR_IO,
                          "%s: the file for what does not fit in memory: %s: name a folder with "
                          "more room, or allow more memory",
                          ctx->room.spill.folder, ctx->room.spill.why);
    return errors_set(&ctx->errors, SST_ERR_MEMORY,
                      "out of memory: give fewer inputs at a time or allow more memory");
}

/* Errors that the readers have added since the last look stand before the next document. */
static void place_errors(sst_context *ctx)
{
    while (ctx->failed_at.n < ctx->errors.inputs.n) {
        uint32_t *at = vec_push(&ctx->arena, &ctx->failed_at);
        if (!at)
            return;
        *at = ctx->put_n;
    }
}

/* ------------------------------------------------------------------------------------- documents
 */

sst_status api_flush(sst_context *ctx)
{
    return ctx->options.only == SST_STAGE_DUPLICATES ? api_scan_finish(ctx) : api_pool_drain(ctx);
}

bool api_copy_document(sst_arena *a, sst_document *copy, const sst_document *d)
{
    *copy = *d;
    sst_str *const fields[] = {
        &copy->source,    &copy->id,       &copy->url,       &copy->title,         &copy->outlet,
        &copy->published, &copy->lang,     &copy->author,    &copy->charset,       &copy->body,
        &copy->record,    &copy->fetched,  &copy->http_date, &copy->last_modified, &copy->http_head,
        &copy->refers_to, &copy->modified, &copy->feed,      &copy->outlet_url};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        *fields[i] = arena_str(a, *fields[i]);
    return !a->failed;
}

/* The reader's document lives during this call only. */
static sst_status take(void *user, const sst_document *d)
{
    sst_context *ctx = user;
    place_errors(ctx);
    if (atomic_load(&ctx->stop))
        return errors_set(&ctx->errors, SST_ERR_STOPPED, "stopped while reading");
    /* A revisit is a row of what was read, and no report: nothing in it can be compared. */
    if ((d->flags & SST_DOC_REVISIT) && !ctx->stream)
        return SST_OK;
    if (!api_stream_flows(ctx) && ctx->put_n >= ctx->options.limits.articles)
        return errors_set(&ctx->errors, SST_ERR_LIMIT,
                          "%.*s: more than %u articles: give fewer inputs at a time",
                          (int)d->source.n, d->source.p, ctx->options.limits.articles);
    if (ctx->options.only == SST_STAGE_DUPLICATES)
        return api_scan_document(ctx, d);
    sst_status status = ctx->stream ? api_stream_before(ctx) : SST_OK;
    if (!status)
        status = api_pool_put(ctx, d);
    if (!status)
        api_progress(ctx, "reading", ctx->put_n, 0);
    return status;
}

static void note_archive(void *user, sst_str source, sst_str message)
{
    sst_context *ctx = user;
    const char **n = vec_push(&ctx->arena, &ctx->told);
    if (n)
        *n = arena_printf(&ctx->arena, "%.*s: %.*s", (int)source.n, source.p, (int)message.n,
                          message.p)
                 .p;
}

static void tick(void *user, uint64_t records, uint64_t bytes)
{
    sst_context *ctx = user;
    (void)records;
    if (bytes < ctx->file_bytes) { /* another file */
        ctx->bytes += ctx->file_bytes;
        ctx->file_bytes = 0;
    }
    if (bytes == ctx->file_bytes)
        return;
    ctx->file_bytes = bytes;
    api_progress(ctx, "bytes", ctx->bytes + bytes, 0);
}

static sst_reader reader(sst_context *ctx, read_fn fn, void *user)
{
    /* Threads that read rows have them whole. */
    sst_errors *scans =
        ctx->options.only == SST_STAGE_DUPLICATES && fn == take ? api_scan_open(ctx) : NULL;
    return (sst_reader){.limits = ctx->options.limits,
                        .errors = scans ? scans : &ctx->errors,
                        .fn = fn,
                        .rows = scans ? api_scan_rows : NULL,
                        .user = user,
                        .note = note_archive,
                        .tick = tick,
                        .stop = &ctx->stop};
}

static sst_status ended(sst_context *ctx, sst_status status, const char *name)
{
    place_errors(ctx);
    if (status == SST_OK && atomic_load(&ctx->stop))
        status = SST_ERR_STOPPED;
    if (status != SST_OK && ctx->errors.code == SST_OK) {
        if (status == SST_ERR_MEMORY)
            return api_no_memory(ctx);
        return errors_set(&ctx->errors, status, "%s: %s", name,
                          status == SST_ERR_STOPPED ? "stopped while reading" : "cannot be read");
    }
    return status;
}

sst_status api_read_path(sst_context *ctx, const char *path, sst_kind kind, read_fn fn, void *user)
{
    ctx->caller = pthread_self();
    ctx->errors.code = SST_OK;
    sst_reader r = reader(ctx, fn, user);
    return ended(ctx, read_path(&r, path, kind), path);
}

sst_status sst_add_path(sst_context *ctx, const char *path, sst_kind kind)
{
    if (!ctx || !path)
        return SST_ERR_USAGE;
    return api_read_path(ctx, path, kind, take, ctx);
}

sst_status sst_add_bytes(sst_context *ctx, const char *name, const void *bytes, size_t n,
                         sst_kind kind)
{
    if (!ctx || !name || (!bytes && n))
        return SST_ERR_USAGE;
    ctx->caller = pthread_self();
    ctx->errors.code = SST_OK;
    sst_reader r = reader(ctx, take, ctx);
    return ended(ctx, read_bytes(&r, str_of(name), (sst_str){bytes, n}, kind), name);
}

/* ------------------------------------------------------------------------------------- questions
 */

static bool has_failures(const sst_context *ctx)
{
    return ctx->reached || api_stream_flows(ctx);
}

size_t sst_error_n(const sst_context *ctx)
{
    return !ctx ? 0 : has_failures(ctx) ? ctx->failures.inputs.n : ctx->errors.inputs.n;
}

sst_error sst_error_at(const sst_context *ctx, size_t i)
{
    if (i >= sst_error_n(ctx))
        return (sst_error){{"", 0}, {"", 0}, ERROR_NO_PLACE};
    return has_failures(ctx) ? ctx->failures.inputs.v[i] : ctx->errors.inputs.v[i];
}

const char *sst_note_at(const sst_context *ctx, size_t i)
{
    if (!ctx)
        return NULL;
    if (i < ctx->told.n)
        return ctx->told.v[i];
    i -= ctx->told.n;
    return i < ctx->notes.n ? ctx->notes.v[i] : NULL;
}

void api_note(sst_context *ctx, const char *format, ...)
{
    char text[256];
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    const char **place = n > 0 ? vec_push(&ctx->run, &ctx->notes) : NULL;
    if (place)
        *place = arena_str(&ctx->run, str_of(text)).p;
}

size_t sst_article_n(const sst_context *ctx)
{
    return ctx ? ctx->put_n : 0;
}

size_t sst_story_n(const sst_context *ctx)
{
    return ctx ? ctx->result.story_n : 0;
}

const char *sst_message(const sst_context *ctx)
{
    return !ctx                     ? "no context: out of memory or a wrong parameter"
           : ctx->errors.message[0] ? ctx->errors.message
                                    : "no error";
}

const char *sst_version(void)
{
    return SST_VERSION;
}
