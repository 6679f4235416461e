/*
 * Times the grouping of stories alone.
 *
 *   story_speed THREADS INPUT...
 *
 * Reads and analyses the inputs, groups them once to warm up, then once more on the clocks of the
 * process and of the wall. Out: articles, stories, threads, seconds of processor time, seconds and
 * microseconds an article by the wall.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "api_context.h"

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    sst_options options = SST_OPTIONS_DEFAULT;
    sst_context *ctx;
    if (argc < 3) {
        fprintf(stderr, "usage: story_speed THREADS INPUT...\n");
        return 2;
    }
    options.threads = (uint32_t)strtoul(argv[1], NULL, 10);
    if (sst_open(&options, &ctx))
        return 1;
    for (int i = 2; i < argc; i++)
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
    story_options how = {.grain = SST_GRAIN_EVENT, .threads = options.threads};
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
    if (story_group_by(ctx->usable, ctx->usable_n, &how, &arena, &v, &n))
        return 1;
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall = seconds(CLOCK_MONOTONIC) - wall;
    printf("%u articles  %u stories  %u threads  %.2f s of processor  %.2f s  %.0f us an article\n",
           ctx->usable_n, n, options.threads, cpu, wall,
           1e6 * wall / (ctx->usable_n ? ctx->usable_n : 1));
    arena_release(&arena);
    sst_close(ctx);
    return 0;
}
