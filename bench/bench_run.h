/* What the programs of this folder that read articles begin with. */
#ifndef BENCH_RUN_H
#define BENCH_RUN_H

#include <stdio.h>

#include "api_context.h"

/* A context in which the n inputs were read and taken to a stage; says on stderr what failed, and
 * returns NULL. options may be NULL. The caller closes it. */
static inline sst_context *bench_run(const sst_options *options, char **path, int n,
                                     sst_stage stage)
{
    sst_context *ctx;
    sst_options kept = options ? *options : (sst_options)SST_OPTIONS_DEFAULT;
    if (stage == SST_STAGE_STORIES)
        kept.only = stage; /* texts stay as they were analysed */
    if (sst_open(&kept, &ctx)) {
        fputs("no memory for a context\n", stderr);
        return NULL;
    }
    bool well = true;
    for (int i = 0; i < n && well; i++)
        well = !sst_add_path(ctx, path[i], SST_KIND_AUTO);
    if (well && !sst_run(ctx, stage))
        return ctx;
    fprintf(stderr, "%s\n", sst_message(ctx));
    sst_close(ctx);
    return NULL;
}

#endif
