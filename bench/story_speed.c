/*
 * Times the grouping of stories alone.
 *
 *   story_speed INPUT...
 *
 * Reads and analyses the inputs, groups them once to warm up, then once more on the clock of the
 * process. Out: articles, stories, seconds of processor time, microseconds an article.
 */
#include <stdio.h>
#include <time.h>

#include "api_context.h"

int main(int argc, char **argv)
{
    sst_options options = SST_OPTIONS_DEFAULT;
    sst_context *ctx;
    if (sst_open(&options, &ctx))
        return 1;
    for (int i = 1; i < argc; i++)
        if (sst_add_path(ctx, argv[i], SST_KIND_AUTO)) {
            fprintf(stderr, "%s\n", sst_message(ctx));
            return 1;
        }
    if (sst_run(ctx, SST_STAGE_STORIES)) {
        fprintf(stderr, "%s\n", sst_message(ctx));
        return 1;
    }
    sst_arena arena;
    arena_init(&arena, 0);
    sst_story *v;
    uint32_t n;
    struct timespec a, b;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    if (story_group(ctx->usable, ctx->usable_n, &arena, &v, &n))
        return 1;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    double s = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) * 1e-9;
    printf("%u articles  %u stories  %.2f s  %.0f us an article\n", ctx->usable_n, n, s,
           1e6 * s / (ctx->usable_n ? ctx->usable_n : 1));
    arena_release(&arena);
    sst_close(ctx);
    return 0;
}
