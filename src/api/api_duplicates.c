/*
 * Duplicates. In: documents; out: copy_duplicates in the result.
 *
 * With options.only, documents went straight into the store and were let go (api_scan.c). Otherwise
 * the articles of the context go into it now.
 */
#include "api_context.h"

#define DEFAULT_JACCARD 0.5

double api_jaccard(const sst_context *ctx)
{
    return ctx->options.jaccard > 0 ? ctx->options.jaccard : DEFAULT_JACCARD;
}

sst_status api_run_duplicates(sst_context *ctx)
{
    sst_status status = api_open_store(ctx);
    if (status)
        return status;
    if (ctx->store_used)
        return errors_set(&ctx->errors, SST_ERR_USAGE,
                          "sst_run: the duplicates were found already: open a new context");
    ctx->store_used = ctx->options.only;
    if (!ctx->options.only)
        status = api_scan_articles(ctx);
    copy_duplicates *d = arena_alloc(&ctx->run, sizeof *d);
    if (!status && !d)
        status = api_no_memory(ctx);
    if (status)
        return status;
    api_progress(ctx, "duplicates", 0, 0);
    status =
        copy_find_duplicates(&ctx->store, api_jaccard(ctx), ctx->threads, &ctx->run, &ctx->stop, d);
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
    if (status == SST_ERR_IO)
        return errors_set(&ctx->errors, status,
                          "%s: the file for what does not fit in memory cannot be read back",
                          ctx->store.spill.folder);
    return status == SST_ERR_MEMORY ? api_no_memory(ctx) : status;
}
