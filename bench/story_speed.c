/*
 * Times the grouping of stories alone.
 *
 *   story_speed THREADS INPUT...
 *
 * Reads and analyses the inputs, groups them once to warm up, then once more on the clocks of the
 * process and of the wall. Out: articles, stories, threads, seconds of processor time, seconds and
 * microseconds an article by the wall; a digest of ids, members and reasons, which a change that is
 * for speed alone leaves as it is. Then the most memory that the process has taken so far, the
 * parts of the work in seconds of processor time, each run by itself, and how many edges and parts
 * of other stories there are.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base_hash.h"
#include "base_thread.h"
#include "bench_clock.h"
#include "bench_run.h"
#include "story_also.h"
#include "story_edges.h"
#include "story_grain.h"
#include "story_index.h"

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

typedef struct parts {
    const sst_text *const *texts;
    story_features *f;
    sst_arena *words; /* of each thread */
    double last;
} parts;

static void make_one(void *user, uint32_t i, uint32_t worker)
{
    parts *p = user;
    if (story_features_make(p->texts[i], &p->words[worker], &p->f[i]))
        exit(1);
}

static int canonical(const void *p, const void *q)
{
    const story_features *a = p, *b = q;
    return story_order(a, a->text->article->id, b, b->text->article->id);
}

static void tell(parts *p, const char *name)
{
    double now = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (name)
        printf("  %s %.2f", name, now - p->last);
    p->last = now;
}

static int time_parts(const sst_text *const *texts, uint32_t n, uint32_t threads)
{
    sst_arena a;
    arena_init(&a, 0);
    parts p = {.texts = texts,
               .f = arena_calloc(&a, (size_t)n + 1, sizeof *p.f),
               .words = arena_calloc(&a, threads + 1, sizeof *p.words)};
    uint32_t *same = arena_calloc(&a, (size_t)n + 1, sizeof *same);
    uint32_t *times = arena_calloc(&a, (size_t)n + 1, sizeof *times);
    uint32_t *group = arena_calloc(&a, (size_t)n + 1, sizeof *group);
    uint8_t *tied = arena_calloc(&a, (size_t)n + 1, sizeof *tied);
    story_edge *edge;
    story_other *other;
    uint32_t edge_n, other_n;
    if (a.failed)
        return 1;
    for (uint32_t w = 0; w < threads; w++)
        arena_init(&p.words[w], 0);
    tell(&p, NULL);
    thread_for(threads, n, make_one, &p, NULL);
    tell(&p, "words");
    qsort(p.f, n, sizeof *p.f, canonical);
    story_same(p.f, n, tied, same, times);
    if (story_edges(p.f, same, n, threads, &a, &edge, &edge_n))
        return 1;
    tell(&p, "edges");
    story_graph g = {
        .f = p.f, .same = same, .times = times, .n = n, .edge = edge, .edge_n = edge_n};
    if (story_link_grain(&g, SST_GRAIN_EVENT, threads, group))
        return 1;
    tell(&p, "groups");
    if (story_also(p.f, n, edge, edge_n, group, threads, &a, &other, &other_n))
        return 1;
    tell(&p, "also");
    printf("  %u edges  %u also\n", edge_n, other_n);
    for (uint32_t w = 0; w < threads; w++)
        arena_release(&p.words[w]);
    arena_release(&a);
    return 0;
}

int main(int argc, char **argv)
{
    sst_options options = SST_OPTIONS_DEFAULT;
    if (argc < 3) {
        fprintf(stderr, "usage: story_speed THREADS INPUT...\n");
        return 2;
    }
    options.threads = (uint32_t)strtoul(argv[1], NULL, 10);
    options.threads = options.threads ? options.threads : 1;
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
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("  %.0f MB at most", (double)used.ru_maxrss / 1024);
    arena_release(&arena);
    int status = time_parts(ctx->usable, ctx->usable_n, options.threads);
    sst_close(ctx);
    return status;
}
