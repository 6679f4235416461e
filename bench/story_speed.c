/*
 * Times the grouping of stories alone.
 *
 *   story_speed THREADS INPUT...
 *
 * Reads and analyses the inputs, groups them once to warm up, then once more on the clocks of the
 * process and of the wall. Out: articles, stories, threads, seconds of processor time, seconds and
 * microseconds an article by the wall; a digest of ids, members and reasons, which a change that is
 * for speed alone leaves as it is.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base_hash.h"
#include "bench_clock.h"
#include "bench_run.h"

static uint64_t digest_of(const sst_story *v, uint32_t n)
{
    uint64_t h = 0;
    for (uint32_t s = 0; s < n; s++) {
        h = hash_bytes(v[s].id.p, v[s].id.n, h);
        h = hash_bytes(v[s].articles, v[s].article_n * sizeof *v[s].articles, h);
        for (uint32_t i = 0; i < v[s].why_n; i++) {
            const sst_story_why *y = &v[s].why[i];
            h = hash_bytes(&y->article, sizeof y->article, h);
            h = hash_bytes(&y->with, sizeof y->with, h);
            h = hash_bytes(&y->score, sizeof y->score, h);
            for (uint32_t k = 0; k < y->shared_n; k++) {
                h = hash_bytes(&y->shared[k].a, sizeof y->shared[k].a, h);
                h = hash_bytes(&y->shared[k].b, sizeof y->shared[k].b, h);
            }
        }
    }
    return h;
}

int main(int argc, char **argv)
{
    sst_options options = SST_OPTIONS_DEFAULT;
    if (argc < 3) {
        fprintf(stderr, "usage: story_speed THREADS INPUT...\n");
        return 2;
    }
    options.threads = (uint32_t)strtoul(argv[1], NULL, 10);
    sst_context *ctx = bench_run(&options, argv + 2, argc - 2, SST_STAGE_STORIES);
    if (!ctx)
        return 1;
    sst_arena arena;
    arena_init(&arena, 0);
    sst_story *v;
    uint32_t n;
    story_options how = {.grain = SST_GRAIN_EVENT, .threads = options.threads};
    double cpu = bench_seconds(CLOCK_PROCESS_CPUTIME_ID), wall = bench_seconds(CLOCK_MONOTONIC);
    if (story_group_by(ctx->usable, ctx->usable_n, &how, &arena, &v, &n))
        return 1;
    cpu = bench_seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall = bench_seconds(CLOCK_MONOTONIC) - wall;
    printf("%u articles  %u stories  %u threads  %.2f s of processor  %.2f s  %.0f us an article  "
           "digest %016llx\n",
           ctx->usable_n, n, options.threads, cpu, wall,
           1e6 * wall / (ctx->usable_n ? ctx->usable_n : 1), (unsigned long long)digest_of(v, n));
    arena_release(&arena);
    sst_close(ctx);
    return 0;
}
