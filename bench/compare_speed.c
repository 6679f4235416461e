/*
 * Times what the comparison of articles costs, by stage, on one thread.
 *
 *   compare_speed INPUT...
 *
 * Reads the inputs, then does each stage over all articles on the clock of the processor: tokens,
 * times, numbers and names; quotations; figures; and all articles as one story up to each stage.
 * Out: a line a stage: seconds, microseconds an article, articles a second. Best of ROUNDS.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench_clock.h"
#include "bench_run.h"
#include "compare.h"

enum { ROUNDS = 3 };

static void say(const char *what, double s, uint32_t n)
{
    printf("%-28s %8.3f s  %8.1f us an article  %8.0f articles/s\n", what, s, 1e6 * s / n,
           s > 0 ? n / s : 0);
}

typedef enum part { TOKENS = 0, TIMES, NUMBERS, NAMES, QUOTES, FIGURES, PART_N } part;

/* One round over all articles; adds what each part takes. */
static int texts_round(sst_context *ctx, double *took, sst_arena *arena, sst_text *text,
                       sst_quotes *quotes, sst_figures *figures)
{
    double at = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (uint32_t i = 0; i < ctx->usable_n; i++) {
        const sst_article *a = ctx->usable[i]->article;
        double next[PART_N];
        text[i] = (sst_text){0};
        if (text_tokens(a, arena, &text[i]))
            return 1;
        next[TOKENS] = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
        if (text_times(arena, &text[i]))
            return 1;
        next[TIMES] = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
        if (text_numbers(arena, &text[i]))
            return 1;
        next[NUMBERS] = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
        if (text_names(arena, &text[i]))
            return 1;
        next[NAMES] = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
        if (quote_find(&text[i], arena, &quotes[i]))
            return 1;
        next[QUOTES] = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
        if (figure_find(&text[i], &quotes[i], arena, &figures[i]))
            return 1;
        next[FIGURES] = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
        for (int k = 0; k < PART_N; k++) {
            took[k] += next[k] - at;
            at = next[k];
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    static const char *const name[PART_N] = {"tokens", "times",      "numbers",
                                             "names",  "quotations", "figures"};
    static const struct {
        sst_stage stage;
        const char *name;
    } stages[] = {{SST_STAGE_PASSAGES, "story: cast, titles"},
                  {SST_STAGE_QUOTES, "story: and utterances"},
                  {SST_STAGE_FIGURES, "story: and rows of figures"},
                  {SST_STAGE_COMPARE, "story: all"}};
    sst_options options = SST_OPTIONS_DEFAULT;
    if (argc < 2) {
        fprintf(stderr, "usage: compare_speed INPUT...\n");
        return 2;
    }
    options.threads = 1;
    sst_context *ctx = bench_run(&options, argv + 1, argc - 1, SST_STAGE_STORIES);
    if (!ctx || !ctx->usable_n)
        return 1;
    uint32_t n = ctx->usable_n;
    sst_arena keep;
    arena_init(&keep, 0);
    sst_text *text = arena_calloc(&keep, n, sizeof *text);
    sst_quotes *quotes = arena_calloc(&keep, n, sizeof *quotes);
    sst_figures *figures = arena_calloc(&keep, n, sizeof *figures);
    const sst_text **texts = arena_alloc(&keep, n * sizeof *texts);
    const sst_quotes **q = arena_alloc(&keep, n * sizeof *q);
    const sst_figures **g = arena_alloc(&keep, n * sizeof *g);
    sst_story story = {.id = STR("s"), .article_n = n};
    story.articles = arena_alloc(&keep, n * sizeof *story.articles);
    if (keep.failed)
        return 1;
    double best[PART_N], whole = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double took[PART_N] = {0};
        if (texts_round(ctx, took, &keep, text, quotes, figures))
            return 1;
        for (int k = 0; k < PART_N; k++)
            best[k] = round && best[k] < took[k] ? best[k] : took[k];
    }
    for (int k = 0; k < PART_N; k++)
        say(name[k], best[k], n);
    say("times, numbers, names, figures", best[TIMES] + best[NUMBERS] + best[NAMES] + best[FIGURES],
        n);
    for (uint32_t i = 0; i < n; i++) {
        texts[i] = &text[i];
        q[i] = &quotes[i];
        g[i] = &figures[i];
        story.articles[i] = i;
    }
    for (size_t s = 0; s < sizeof stages / sizeof *stages; s++) {
        for (int round = 0; round < ROUNDS; round++) {
            sst_arena arena;
            sst_findings f;
            arena_init(&arena, 0);
            double at = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
            if (compare_story(&story, texts, q, g, stages[s].stage, NULL, 1, &arena, &f))
                return 1;
            at = bench_seconds(CLOCK_PROCESS_CPUTIME_ID) - at;
            whole = round && whole < at ? whole : at;
            arena_release(&arena);
        }
        say(stages[s].name, whole, n);
    }
    arena_release(&keep);
    sst_close(ctx);
    return 0;
}
