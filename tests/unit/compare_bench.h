/*
 * A story for tests of compare: articles, their quotations and figures, and what is found. Every
 * place that is found is read back.
 */
#ifndef COMPARE_BENCH_H
#define COMPARE_BENCH_H

#include "story_bench.h"

#include "compare.h"
#include "figure.h"
#include "quote.h"

typedef struct run {
    bench b;
    sst_quotes quotes[BENCH_MOST];
    sst_figures figures[BENCH_MOST];
    const sst_quotes *q[BENCH_MOST];
    const sst_figures *g[BENCH_MOST];
    sst_story story;
    sst_findings f;
} run;

static inline void place_reads_back(const run *r, sst_place p)
{
    assert_true(p.article < r->f.n);
    bench_at(&r->b, p.article, p.at);
}

static inline void compare_stage(run *r, sst_stage stage)
{
    bench *b = &r->b;
    r->story = (sst_story){.id = STR("s"), .article_n = b->n};
    r->story.articles = arena_alloc(&b->arena, (b->n + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; i < b->n; i++) {
        r->story.articles[i] = i;
        assert_int_equal(quote_find(b->v[i], &b->arena, &r->quotes[i]), SST_OK);
        assert_int_equal(figure_find(b->v[i], &r->quotes[i], &b->arena, &r->figures[i]), SST_OK);
        r->q[i] = &r->quotes[i];
        r->g[i] = &r->figures[i];
    }
    assert_int_equal(compare_story(&r->story, b->v, r->q, r->g, stage, NULL, 2, &b->arena, &r->f),
                     SST_OK);
    const sst_findings *f = &r->f;
    place_reads_back(r, f->title);
    for (uint32_t k = 0; k < f->fact_n; k++) {
        assert_true(f->facts[k].sentence_n > 1);
        for (uint32_t i = 0; i < f->facts[k].sentence_n; i++)
            place_reads_back(r, f->facts[k].sentences[i]);
    }
    for (uint32_t k = 0; k < f->only_n; k++)
        for (uint32_t i = 0; i < f->only[k].place_n; i++) {
            place_reads_back(r, f->only[k].places[i]);
            assert_int_equal(f->only[k].places[i].article, f->only[k].article);
            assert_true(i == 0 || i == f->only[k].sure_n ||
                        f->only[k].weight[i - 1] >= f->only[k].weight[i]);
        }
    for (uint32_t k = 0; k < f->wording_n; k++) {
        place_reads_back(r, f->wording[k].a);
        place_reads_back(r, f->wording[k].b);
        assert_true(f->wording[k].a_n > 0 && f->wording[k].b_n > 0);
    }
    for (uint32_t k = 0; k < f->event_n; k++) {
        place_reads_back(r, f->timeline[k].place);
        assert_true(k == 0 || strcmp(f->timeline[k - 1].when, f->timeline[k].when) <= 0);
    }
}

static inline run *new_run(void)
{
    run *r = calloc(1, sizeof *r);
    assert_non_null(r);
    bench_init(&r->b);
    return r;
}

static inline void free_run(run *r)
{
    bench_release(&r->b);
    free(r);
}

/* Is there a sentence with these words among what an article has alone? */
static inline bool only_has(const run *r, uint32_t article, const char *words)
{
    for (uint32_t k = 0; k < r->f.only_n; k++)
        for (uint32_t i = 0; r->f.only[k].article == article && i < r->f.only[k].place_n; i++)
            if (str_find(bench_at(&r->b, article, r->f.only[k].places[i].at), str_of(words)) >= 0)
                return true;
    return false;
}

/* The same, for what is sure: nobody else tells it in other words. */
static inline bool surely_only(const run *r, uint32_t article, const char *words)
{
    for (uint32_t k = 0; k < r->f.only_n; k++)
        for (uint32_t i = 0; r->f.only[k].article == article && i < r->f.only[k].sure_n; i++)
            if (str_find(bench_at(&r->b, article, r->f.only[k].places[i].at), str_of(words)) >= 0)
                return true;
    return false;
}

#endif
