/*
 * Rows of more articles than memory holds. In: articles in input order; out: their rows, and those
 * of failed inputs between them, to the sink, a whole row at a time.
 *
 *   articles are kept  --(more than HOLD_BYTES of them)-->  rows wait: rendered on the thread that
 *   made them, their articles let go, in a file until all are there (api_wait.h)
 *
 *   as_read, or text for people:                            rows flow: the same, but written in
 *   order as soon as they are made
 *
 * A run that stays below HOLD_BYTES ends as sst_run and sst_write would end it, and so does one
 * whose rows wait. Where they flow, ids that occur twice are numbered as they come, and a note says
 * how many: copy_ids.h needs all articles, and what is written cannot be called otherwise
 * (docs/decisions/0035, 0054). Of each id eight bytes are remembered.
 */
#include "api_wait.h"

#include <string.h>

#include "base_alloc.h"
#include "base_hash.h"
#include "base_str.h"
#include "page_article.h"

enum {
    HOLD_BYTES = 48 * 1024 * 1024, /* of articles: some thousand pages, as much again as the rest of
                                      a run of them takes */
    OUT_BYTES = 64 * 1024,
    ERRORS_KEPT = 1000, /* failed inputs that sst_error_at names; all have rows */
    FIRST_IDS = 1024
};

struct api_stream {
    sst_view view;
    sst_format format;
    sst_style style;
    bool has_style;
    sst_sink_fn sink;
    void *user;
    bool flows, waits;
    api_wait wait;
    size_t held;         /* bytes of the articles that are kept */
    uint32_t written_n;  /* rows of articles */
    uint32_t error_next; /* of ctx->errors.inputs: the first that has no row yet */
    uint64_t dropped;    /* failed inputs beyond ERRORS_KEPT */
    sst_buf out;         /* whole rows, not yet given to the sink */
    bool blank;          /* text: an empty line comes before the next article */
    /* ids so far: upper bits a hash, lower 16 bits how often, 0 free */
    uint64_t *ids;
    uint32_t id_n, id_cap;
    uint32_t renamed; /* articles whose id came before */
};

bool api_stream_flows(const sst_context *ctx)
{
    return ctx->stream && (ctx->stream->flows || ctx->stream->waits);
}

void api_stream_free(sst_context *ctx)
{
    if (!ctx->stream)
        return;
    buf_release(&ctx->stream->out);
    api_wait_release(&ctx->stream->wait);
    base_free(ctx->stream->ids);
    base_free(ctx->stream);
    ctx->stream = NULL;
}

/* ------------------------------------------------------------------------------------------ ids */

static bool grow_ids(api_stream *s)
{
    uint32_t cap = s->id_cap ? s->id_cap * 2 : FIRST_IDS;
    uint64_t *fresh = base_malloc(cap * sizeof *fresh);
    if (!fresh)
        return false;
    memset(fresh, 0, cap * sizeof *fresh);
    for (uint32_t i = 0; i < s->id_cap; i++)
        if (s->ids[i]) {
            uint32_t at = (uint32_t)(s->ids[i] >> 32) & (cap - 1);
            while (fresh[at])
                at = (at + 1) & (cap - 1);
            fresh[at] = s->ids[i];
        }
    base_free(s->ids);
    s->ids = fresh;
    s->id_cap = cap;
    return true;
}

sst_str api_stream_id(sst_context *ctx, sst_arena *arena, sst_str id)
{
    api_stream *s = ctx->stream;
    if (s->waits)
        return id; /* as it was given */
    if (s->id_n >= s->id_cap / 4 * 3 && !grow_ids(s)) {
        arena->failed = SST_ERR_MEMORY;
        return id;
    }
    enum { COUNT = 0xFFFF };
    uint64_t key = hash_str(id) & ~(uint64_t)COUNT;
    uint32_t at = (uint32_t)(key >> 32) & (s->id_cap - 1);
    while (s->ids[at] && (s->ids[at] & ~(uint64_t)COUNT) != key)
        at = (at + 1) & (s->id_cap - 1);
    if (!s->ids[at]) {
        s->ids[at] = key | 1;
        s->id_n++;
        return id;
    }
    s->renamed++;
    uint64_t n = s->ids[at] & COUNT;
    if (n < COUNT) {
        s->ids[at]++;
        return arena_printf(arena, "%.*s#%llu", (int)id.n, id.p, (unsigned long long)n + 1);
    }
    /* the 65,536th of one id: numbers by place are unique too */
    return arena_printf(arena, "%.*s##%u", (int)id.n, id.p, ctx->put_n);
}

/* ----------------------------------------------------------------------------------------- rows */

static int to_buf(void *user, const char *bytes, size_t n)
{
    sst_buf *b = user;
    buf_add(b, bytes, n);
    return b->failed ? 1 : 0;
}

static sst_status render(const sst_context *ctx, const sst_run_result *r, sst_buf *to)
{
    const api_stream *s = ctx->stream;
    sst_status status = report_write(r, s->view, s->format, s->has_style ? &s->style : NULL,
                                     (report_sink){to_buf, to});
    return to->failed ? to->failed : status;
}

sst_status api_stream_render(const sst_context *ctx, sst_article *a, sst_buf *row)
{
    sst_errors none;
    memset(&none, 0, sizeof none);
    uint32_t index = a->index;
    a->index = 0;
    sst_run_result r = {.options = &ctx->options,
                        .errors = &none,
                        .reader_errors = &none,
                        .articles = &a,
                        .n = 1,
                        .input_n = 1};
    sst_status status = render(ctx, &r, row);
    a->index = index;
    return status;
}

static sst_status send(sst_context *ctx)
{
    api_stream *s = ctx->stream;
    if (s->out.failed)
        return api_no_memory(ctx);
    if (s->out.n && s->sink(s->user, s->out.p, s->out.n) != 0)
        return errors_set(&ctx->errors, SST_ERR_STOPPED, "sst_stream: writing ended early");
    buf_clear(&s->out);
    return SST_OK;
}

static void remember(sst_context *ctx, sst_str source, uint64_t at, sst_str message)
{
    if (ctx->failures.inputs.n < ERRORS_KEPT)
        errors_input(&ctx->failures, source, at, "%.*s", (int)message.n, message.p);
    else
        ctx->stream->dropped++;
}

static sst_status send_much(void *user)
{
    sst_context *ctx = user;
    api_stream *s = ctx->stream;
    return s->out.n >= OUT_BYTES || s->out.failed ? send(ctx) : SST_OK;
}

/* What went wrong with rows that wait. */
static sst_status wait_failed(sst_context *ctx, sst_status status)
{
    const base_spill *f = &ctx->stream->wait.file;
    if (!status || ctx->errors.code != SST_OK)
        return status;
    if (status != SST_ERR_IO)
        return status == SST_ERR_LIMIT
                   ? errors_set(&ctx->errors, status, "sst_stream: a row of 4 GB or more")
                   : api_no_memory(ctx);
    return errors_set(&ctx->errors, status,
                      "%s: the file for rows that wait for all ids: %s: name a folder with more "
                      "room, or have rows written as inputs are read",
                      f->folder, f->why[0] ? f->why : "cannot be read");
}

/* The row of an article (a) or of a failed input (NULL). */
static sst_status add_row(sst_context *ctx, const sst_article *a, const sst_buf *row)
{
    api_stream *s = ctx->stream;
    sst_str r = {row->p, row->n};
    if (s->waits)
        return wait_failed(ctx, a ? api_wait_add(&s->wait, a, r) : api_wait_add_plain(&s->wait, r));
    buf_add(&s->out, row->p, row->n);
    return send_much(ctx);
}

/* The failed inputs that stand before the document with this number. */
static sst_status write_errors(sst_context *ctx, uint32_t before)
{
    api_stream *s = ctx->stream;
    sst_status status = SST_OK;
    sst_buf row;
    buf_init(&row, 0);
    while (!status && s->error_next < ctx->errors.inputs.n &&
           (s->error_next >= ctx->failed_at.n || ctx->failed_at.v[s->error_next] <= before)) {
        const sst_error *e = &ctx->errors.inputs.v[s->error_next++];
        remember(ctx, e->source, e->at, e->message);
        sst_errors one;
        memset(&one, 0, sizeof one);
        one.inputs.v = &ctx->errors.inputs.v[s->error_next - 1];
        one.inputs.n = 1;
        uint32_t zero = 0;
        sst_run_result r = {.options = &ctx->options,
                            .errors = &one,
                            .reader_errors = &one,
                            .failed_before = &zero,
                            .failed_n = 1,
                            .input_n = 1};
        buf_clear(&row);
        status = render(ctx, &r, &row);
        if (!status)
            status = add_row(ctx, NULL, &row);
    }
    buf_release(&row);
    if (ctx->errors.inputs.n && s->error_next == ctx->errors.inputs.n) { /* all have their rows */
        memset(&ctx->errors.inputs, 0, sizeof ctx->errors.inputs);
        arena_clear(&ctx->errors.arena);
        ctx->failed_at.n = 0;
        s->error_next = 0;
    }
    return status;
}

/* Writes an article and lets it go. */
static sst_status write_article(sst_context *ctx, sst_article *a, sst_buf *row)
{
    api_stream *s = ctx->stream;
    sst_status status = write_errors(ctx, s->written_n);
    s->written_n++;
    if (!status && s->blank)
        buf_byte(&s->out, '\n');
    s->blank = s->format == SST_FORMAT_TEXT;
    if (!status && row->n == 0)
        status = api_stream_render(ctx, a, row);
    if (!status)
        status = add_row(ctx, a, row);
    if (a->error.n)
        remember(ctx, a->source, ERROR_NO_PLACE, a->error);
    page_free(a);
    return status;
}

sst_status api_stream_collect(sst_context *ctx, sst_article *a, sst_buf *row)
{
    api_stream *s = ctx->stream;
    if (s->flows || s->waits)
        return write_article(ctx, a, row);
    sst_article **place = vec_push(&ctx->arena, &ctx->articles);
    if (!place) {
        page_free(a);
        return api_no_memory(ctx);
    }
    a->index = ctx->articles.n - 1;
    *place = a;
    s->held += a->arena.total;
    return SST_OK;
}

sst_status api_stream_before(sst_context *ctx)
{
    api_stream *s = ctx->stream;
    bool at_once = ctx->options.as_read;
    uint64_t hold = ctx->options.memory_bytes ? ctx->options.memory_bytes : HOLD_BYTES;
    if (s->flows || s->waits || (s->held < hold && !at_once))
        return SST_OK;
    sst_status status = api_pool_drain(ctx);
    s->waits = s->format == SST_FORMAT_JSONL && !at_once;
    sst_buf row;
    buf_init(&row, 0);
    uint32_t i = 0;
    for (; !status && i < ctx->articles.n; i++) {
        sst_article *a = ctx->articles.v[i];
        a->id = api_stream_id(ctx, &a->arena, a->id);
        status = a->arena.failed ? api_no_memory(ctx) : SST_OK;
        buf_clear(&row);
        if (!status)
            status = write_article(ctx, a, &row);
        else
            page_free(a);
    }
    for (; i < ctx->articles.n; i++)
        page_free(ctx->articles.v[i]);
    ctx->articles.n = 0;
    buf_release(&row);
    s->flows = !s->waits;
    return status;
}

/* ---------------------------------------------------------------------------------- public door */

sst_status sst_stream(sst_context *ctx, sst_view view, sst_format format, const sst_style *style,
                      sst_sink_fn sink, void *user)
{
    if (!ctx || !sink)
        return SST_ERR_USAGE;
    ctx->errors.code = SST_OK;
    if (view != SST_VIEW_EXTRACT || (format != SST_FORMAT_JSONL && format != SST_FORMAT_TEXT))
        return errors_set(&ctx->errors, SST_ERR_USAGE,
                          "sst_stream: only the view of extract can be written while inputs are "
                          "read, as rows or text");
    if (ctx->stream || ctx->put_n || ctx->errors.inputs.n)
        return errors_set(&ctx->errors, SST_ERR_USAGE,
                          "sst_stream: call it once, before the first input");
    api_stream *s = base_malloc(sizeof *s);
    if (!s)
        return api_no_memory(ctx);
    memset(s, 0, sizeof *s);
    s->view = view;
    s->format = format;
    s->has_style = style != NULL;
    if (style)
        s->style = *style;
    s->sink = sink;
    s->user = user;
    buf_init(&s->out, 0);
    const char *folder = ctx->options.folder ? ctx->options.folder : API_FOLDER;
    api_wait_init(&s->wait, arena_str(&ctx->arena, str_of(folder)).p);
    ctx->stream = s;
    return SST_OK;
}

sst_status sst_stream_end(sst_context *ctx)
{
    if (!ctx)
        return SST_ERR_USAGE;
    api_stream *s = ctx->stream;
    if (!s)
        return errors_set(&ctx->errors, SST_ERR_USAGE, "sst_stream_end: call sst_stream first");
    if (!api_stream_flows(ctx)) {
        sst_status status = sst_run(ctx, SST_STAGE_EXTRACT);
        return status ? status
                      : sst_write(ctx, s->view, s->format, s->has_style ? &s->style : NULL, s->sink,
                                  s->user);
    }
    ctx->errors.code = SST_OK;
    ctx->caller = pthread_self();
    sst_status status = api_pool_drain(ctx);
    if (!status)
        status = write_errors(ctx, UINT32_MAX);
    if (s->waits) { /* whatever ended the run: what is there is written */
        sst_status written = api_wait_write(&s->wait, &s->out, send_much, ctx);
        status = status ? status : wait_failed(ctx, written);
    }
    if (s->renamed)
        api_note(
            ctx,
            "articles whose id came before: %u; they are numbered as they come, since rows are "
            "written while inputs are read",
            s->renamed);
    /* Rows that are whole are written, whatever ended the run. */
    sst_status last = send(ctx);
    if (s->dropped && !status)
        errors_input(&ctx->failures, STR("samestory"), ERROR_NO_PLACE,
                     "%llu more inputs failed: their rows say why", (unsigned long long)s->dropped);
    if (ctx->failures.arena.failed && !status)
        status = api_no_memory(ctx);
    return status ? status : last;
}
