/*
 * Which blocks of a page are prose. In: blocks with their features. Out: a score for each. Method:
 * two rounds of trees that were learnt (data/page/model.md says from what). The first sees a block
 * and its surroundings; the second sees the same and what the first said of the block, of its
 * neighbours, of blocks of the same style and of the boxes around it, so that what stands between
 * prose and looks like its neighbours is judged with them. Linear.
 */
#include "base_hash.h"
#include "page_block.h"
#include "page_model.h"

enum { WINDOW = 4, GAP_MOST = 50 };

/* Means of scores weighed by bytes, of groups of blocks. */
typedef struct mean {
    int64_t sum, bytes;
} mean;

static int16_t mean_of(const mean *m)
{
    return (int16_t)(m->bytes ? m->sum / m->bytes : 0);
}

static void add(mean *m, const page_block *b)
{
    int64_t bytes = b->end - b->begin;
    m->sum += bytes * b->score;
    m->bytes += bytes;
}

static uint32_t box(const page_block *b, int level)
{
    const page_node *n = b->node;
    while (level-- && n->parent)
        n = n->parent;
    return n->order;
}

static int16_t share(int64_t part, int64_t whole)
{
    return (int16_t)(whole ? part * 1000 / whole : 0);
}

sst_status page_judge_second(page_sheet *s)
{
    uint32_t n = s->blocks.n;
    page_block *v = s->blocks.v;
    mean *styles = arena_calloc(s->arena, n + 1, sizeof *styles),
         *boxes = arena_calloc(s->arena, s->all.n + 1, sizeof *boxes),
         *boxes2 = arena_calloc(s->arena, s->all.n + 1, sizeof *boxes2);
    if (!styles || !boxes || !boxes2)
        return s->arena->failed;
    int64_t taken = 0, all = 0;
    int16_t best = INT16_MIN;
    for (uint32_t i = 0; i < n; i++) {
        add(&styles[v[i].style], &v[i]);
        add(&boxes[box(&v[i], 1)], &v[i]);
        add(&boxes2[box(&v[i], 2)], &v[i]);
        best = v[i].score > best ? v[i].score : best;
        all += v[i].end - v[i].begin;
        taken += v[i].score > 0 ? v[i].end - v[i].begin : 0;
    }
    int64_t before = 0;
    int16_t gap = GAP_MOST;
    for (uint32_t i = 0; i < n; i++) {
        int16_t *t = v[i].f + F_N;
        int64_t own = v[i].score > 0 ? v[i].end - v[i].begin : 0;
        mean window = {0};
        for (uint32_t k = i > WINDOW ? i - WINDOW : 0; k < n && k <= i + WINDOW; k++)
            add(&window, &v[k]);
        t[T_own] = v[i].score;
        t[T_previous] = i ? v[i - 1].score : 0;
        t[T_previous2] = i > 1 ? v[i - 2].score : 0;
        t[T_next] = i + 1 < n ? v[i + 1].score : 0;
        t[T_next2] = i + 2 < n ? v[i + 2].score : 0;
        t[T_window] = mean_of(&window);
        t[T_like] = mean_of(&styles[v[i].style]);
        t[T_box1] = mean_of(&boxes[box(&v[i], 1)]);
        t[T_box2] = mean_of(&boxes2[box(&v[i], 2)]);
        t[T_best] = best;
        t[T_taken] = share(taken, all);
        t[T_taken_before] = share(before, taken);
        t[T_taken_after] = share(taken - before - own, taken);
        t[T_gap_before] = gap;
        gap = v[i].score > 0 ? 0 : gap < GAP_MOST ? (int16_t)(gap + 1) : GAP_MOST;
        before += own;
    }
    gap = GAP_MOST;
    for (uint32_t i = n; i-- > 0;) {
        v[i].f[F_N + T_gap_after] = gap;
        gap = v[i].score > 0 ? 0 : gap < GAP_MOST ? (int16_t)(gap + 1) : GAP_MOST;
    }
    return SST_OK;
}

static void score(page_sheet *s, const page_model *model)
{
    for (uint32_t i = 0; i < s->blocks.n; i += PAGE_MODEL_ROWS) {
        const int16_t *rows[PAGE_MODEL_ROWS];
        int16_t scores[PAGE_MODEL_ROWS];
        uint32_t n = s->blocks.n - i < PAGE_MODEL_ROWS ? s->blocks.n - i : PAGE_MODEL_ROWS;
        for (uint32_t k = 0; k < n; k++)
            rows[k] = s->blocks.v[i + k].f;
        page_model_scores(model, rows, n, scores);
        for (uint32_t k = 0; k < n; k++)
            s->blocks.v[i + k].score = scores[k];
    }
}

sst_status page_judge(page_sheet *s)
{
    score(s, &page_model_first);
    sst_status status = page_judge_second(s);
    if (!status)
        score(s, &page_model_second);
    return status;
}
