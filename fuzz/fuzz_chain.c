/*
 * In: bytes. Out: nothing, but every stage has seen them, and the writers. Small limits, so that an
 * input cannot take long by being large, and one thread, so that a finding happens again.
 */
#include "fuzz.h"

#include <stdlib.h>

/* Counts what is written: a sink must be called with bytes that can be read. */
static int fuzz_sink(void *user, const char *bytes, size_t n)
{
    uint64_t *sum = user;
    for (size_t i = 0; i < n; i++)
        *sum += (unsigned char)bytes[i];
    return 0;
}

/*
 * Writing all views takes half of the time. The fuzzer writes one of them, chosen by the bytes, so
 * that a finding happens again; replays write all.
 */
#ifndef FUZZ_ONE_VIEW
#define FUZZ_ONE_VIEW 0
#endif

static size_t fuzz_choice(const uint8_t *bytes, size_t n)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ bytes[i]) * 16777619u;
    return hash >> 8;
}

void fuzz_whole_chain(const uint8_t *bytes, size_t n, sst_kind kind)
{
    static const struct {
        sst_view view;
        sst_format format;
    } views[] = {
        {SST_VIEW_EXTRACT, SST_FORMAT_JSONL},  {SST_VIEW_STORIES, SST_FORMAT_JSONL},
        {SST_VIEW_PASSAGES, SST_FORMAT_JSONL}, {SST_VIEW_QUOTES, SST_FORMAT_JSONL},
        {SST_VIEW_FIGURES, SST_FORMAT_JSONL},  {SST_VIEW_REPORT, SST_FORMAT_JSON},
        {SST_VIEW_REPORT, SST_FORMAT_TEXT},    {SST_VIEW_REPORT, SST_FORMAT_HTML},
    };
    const size_t view_n = sizeof views / sizeof views[0];
    static const char other[] =
        "The bridge was closed on Monday.\n\n"
        "\"Nobody was hurt,\" said Ada Brook, the mayor. About 40 people left.\n";
    sst_options options = SST_OPTIONS_DEFAULT;
    sst_context *ctx = NULL;
    uint64_t sum = 0;

    options.threads = 1;
    options.with_text = 1;
    options.limits.input_bytes = 1 << 20;
    options.limits.article_bytes = 1 << 18;
    options.limits.articles = 256;
    options.limits.depth = 64;
    if (sst_open(&options, &ctx) != SST_OK)
        return;
    if (sst_add_bytes(ctx, "input", bytes, n, kind) == SST_OK &&
        sst_add_bytes(ctx, "other.txt", other, sizeof other - 1, SST_KIND_TEXT) == SST_OK &&
        sst_run(ctx, SST_STAGE_COMPARE) == SST_OK)
        for (size_t i = 0; i < view_n; i++)
            if ((!FUZZ_ONE_VIEW || i == fuzz_choice(bytes, n) % view_n) &&
                sst_write(ctx, views[i].view, views[i].format, NULL, fuzz_sink, &sum) != SST_OK)
                abort(); /* what was found can always be written */
    sst_close(ctx);
}
