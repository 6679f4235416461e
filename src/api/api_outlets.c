/*
 * A user's table of outlets. In: a CSV file; out: rows over the built-in ones (copy_outlets.h), for
 * this run and, where it is written to, for a database. All
 * of a table is read or the call fails: a half table would count origins wrongly and say nothing.
 */
#include "api_context.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base_buf.h"
#include "store.h"

enum {
    TABLE_BYTES = 64 * 1024 * 1024, /* a million rows */
    PIECE = 64 * 1024
};

sst_status api_open_outlets(sst_context *ctx)
{
    if (ctx->has_outlets)
        return SST_OK;
    ctx->has_outlets = true;
    return copy_outlets_init(&ctx->outlets) ? api_no_memory(ctx) : SST_OK;
}

sst_status api_read_whole(sst_context *ctx, const char *path, sst_buf *out)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return errors_set(&ctx->errors, SST_ERR_IO, "%s: cannot be opened: %s", path,
                          strerror(errno));
    char piece[PIECE];
    size_t n;
    while (!out->failed && (n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_add(out, piece, n);
    bool bad = ferror(f) != 0;
    int code = errno;
    fclose(f);
    if (bad)
        return errors_set(&ctx->errors, SST_ERR_IO, "%s: cannot be read: %s", path, strerror(code));
    if (out->failed == SST_ERR_LIMIT)
        return errors_set(&ctx->errors, SST_ERR_LIMIT, "%s: more than 64 MiB: give a smaller file",
                          path);
    return out->failed ? api_no_memory(ctx) : SST_OK;
}

/* The rows as a database keeps them. */
static void keep_rows(sst_context *ctx, sst_str csv)
{
    copy_outlets own = {0};
    uint32_t line;
    const char *why;
    arena_init(&own.arena, 0);
    if (copy_outlets_add(&own, csv, &line, &why))
        ctx->outlet_rows.failed = SST_ERR_MEMORY; /* it was read without fault before */
    for (uint32_t i = 0; i < own.v.n; i++)
        store_outlet_row(&ctx->outlet_rows, &own.v.v[i]);
    copy_outlets_release(&own);
    ctx->has_rows = true;
}

sst_status api_store_outlets(sst_context *ctx, store *s)
{
    if (ctx->outlet_rows.failed)
        return api_no_memory(ctx);
    return ctx->has_rows ? store_outlets_put(s, (sst_str){ctx->outlet_rows.p, ctx->outlet_rows.n})
                         : SST_OK;
}

sst_status sst_add_outlets(sst_context *ctx, const char *path)
{
    if (!ctx || !path)
        return SST_ERR_USAGE;
    ctx->errors.code = SST_OK;
    sst_status status = api_open_outlets(ctx);
    if (status)
        return status;
    sst_buf csv;
    buf_init(&csv, TABLE_BYTES);
    status = api_read_whole(ctx, path, &csv);
    uint32_t line = 0;
    const char *why = NULL;
    if (!status) {
        status = copy_outlets_add(&ctx->outlets, (sst_str){csv.p, csv.n}, &line, &why);
        if (status == SST_ERR_INPUT)
            errors_set(&ctx->errors, status, "%s: line %u: %s", path, line, why);
        else if (status)
            status = api_no_memory(ctx);
        else
            keep_rows(ctx, (sst_str){csv.p, csv.n});
    }
    buf_release(&csv);
    return status;
}
