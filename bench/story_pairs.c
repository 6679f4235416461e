/*
 * What two articles share, for tools/learn_story.py; and groups of scored pairs.
 *
 *   story_pairs INPUT...          articles in canonical order, a line each: "a", id; then pairs:
 *                                 "p", two numbers of articles (from 0), cosine of all words, of
 *                                 those of the lead, time factor, quoted runs in common, 1 when
 *                                 both name only others, series factor, score. Parted by tabs.
 *   story_pairs -g N T... <PAIRS  groups N articles by lines "a b score", sorted by a, b; out: a
 *                                 line for each threshold T: the group of each article
 *
 * Pairs with less than PAIR_LEAST in common in both cosines are left out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench_run.h"
#include "story_index.h"
#include "story_look.h"

static const float PAIR_LEAST = 0.04f;

typedef struct node {
    story_features f;
    sst_str id;
} node;

static int by_order(const void *p, const void *q)
{
    const node *a = p, *b = q;
    return story_order(&a->f, a->id, &b->f, b->id);
}

static int groups(int argc, char **argv)
{
    uint32_t n = (uint32_t)strtoul(argv[2], NULL, 10), edge_n = 0, room = 1024;
    story_edge *edge = malloc(room * sizeof *edge);
    uint32_t *group = malloc((n + 1) * sizeof *group);
    story_edge e;
    while (edge && group && scanf("%u %u %f", &e.a, &e.b, &e.weight) == 3) {
        if (edge_n == room)
            edge = realloc(edge, (room *= 2) * sizeof *edge);
        if (edge)
            edge[edge_n++] = e;
    }
    for (int t = 3; edge && group && t < argc; t++) {
        float least = strtof(argv[t], NULL);
        story_graph g = {.n = n, .edge = edge, .edge_n = edge_n};
        if (story_link(n, edge, edge_n, least, NULL, group) || story_look(&g, least, NULL, group))
            return 1;
        for (uint32_t i = 0; i < n; i++)
            printf(i ? " %u" : "%u", group[i]);
        putchar('\n');
    }
    free(edge);
    free(group);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 3 && !strcmp(argv[1], "-g"))
        return groups(argc, argv);
    sst_context *ctx = bench_run(NULL, argv + 1, argc - 1, SST_STAGE_STORIES);
    if (!ctx)
        return 1;
    sst_arena arena;
    arena_init(&arena, 0);
    uint32_t n = ctx->usable_n;
    node *v = arena_calloc(&arena, (size_t)n + 1, sizeof *v);
    for (uint32_t i = 0; v && i < n; i++) {
        if (story_features_make(ctx->usable[i], &arena, &v[i].f))
            return 1;
        v[i].id = ctx->usable[i]->article->id;
    }
    if (!v)
        return 1;
    qsort(v, n, sizeof *v, by_order);
    for (uint32_t i = 0; i < n; i++)
        printf("a\t%.*s\n", (int)v[i].id.n, v[i].id.p);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = i + 1; j < n; j++) {
            story_likeness x = story_compare(&v[i].f, &v[j].f);
            if (x.all >= PAIR_LEAST || x.lead >= PAIR_LEAST)
                printf("p\t%u\t%u\t%.6g\t%.6g\t%.6g\t%u\t%d\t%g\t%.6g\n", i, j, (double)x.all,
                       (double)x.lead, (double)x.apart, x.quoted, x.names < 1, (double)x.twin,
                       (double)x.score);
        }
    arena_release(&arena);
    sst_close(ctx);
    return 0;
}
