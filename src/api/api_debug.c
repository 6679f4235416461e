/*
 * How pages are read, for people who want to see it: a path -> the tree or the tokens of each page,
 * in the notation of the html5lib tests. Charset, limits and stopping as the page stage has them.
 */
#include "api_context.h"
#include "html.h"

#define PART_BYTES 65536u /* of a tree that are made before the sink gets them */

typedef struct job {
    sst_context *ctx;
    sst_markup what;
    sst_sink_fn sink;
    void *user;
} job;

static bool is_stopped(void *user)
{
    sst_context *ctx = user;
    return atomic_load(&ctx->stop) != 0;
}

static sst_status write_tree(const job *j, const html_doc *d)
{
    sst_buf part;
    buf_init(&part, 0);
    html_writing w = {0, 0};
    sst_status status = SST_OK;
    for (bool more = true; more && !status;) {
        buf_clear(&part);
        more = html_write_some(d, &w, PART_BYTES, &part);
        status = part.failed;
        if (!status && part.n && j->sink(j->user, part.p, part.n) != 0)
            status = SST_ERR_STOPPED;
    }
    buf_release(&part);
    return status;
}

static sst_status show(void *user, const sst_document *document)
{
    const job *j = user;
    sst_errors *errors = &j->ctx->errors;
    html_limits limits = {
        .depth = j->ctx->options.limits.depth, .stop = is_stopped, .stop_user = j->ctx};
    html_charset charset;
    html_doc d;
    sst_buf utf8;
    html_init(&d);
    buf_init(&utf8, 0);
    sst_status status = html_decode_page(document->body, document->charset, &charset, &utf8);
    sst_str page = {utf8.p, utf8.n};
    if (!status && j->what == SST_MARKUP_TREE)
        status = html_parse(&d, page, &limits);
    else if (!status)
        status = html_write_tokens(&d, page, &limits, j->what == SST_MARKUP_TOKENS_PLACED, j->sink,
                                   j->user);
    if (status == SST_ERR_LIMIT && d.limit) {
        errors_input(errors, document->source, ERROR_NO_PLACE,
                     "markup: %s, what follows is not read", html_limit_text(d.limit));
        status = SST_OK;
    }
    if (!status && j->what == SST_MARKUP_TREE)
        status = write_tree(j, &d);
    html_release(&d);
    buf_release(&utf8);
    return status;
}

sst_status sst_debug_html(sst_context *ctx, const char *path, sst_markup what, sst_sink_fn sink,
                          void *user)
{
    if (!ctx || !path || !sink || what < SST_MARKUP_TREE || what > SST_MARKUP_TOKENS_PLACED)
        return SST_ERR_USAGE;
    job j = {ctx, what, sink, user};
    return api_read_path(ctx, path, SST_KIND_HTML, show, &j);
}
