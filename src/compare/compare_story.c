/*
 * A story -> findings: calls the stages that look at several articles, in their order, and puts
 * what they find in the order that reports show.
 *
 *   cast, passages and repeats, origins, title     always
 *   utterances                                     from SST_STAGE_QUOTES on
 *   rows of figures                                from SST_STAGE_FIGURES on
 *   facts, only, wording, schedule, timeline               SST_STAGE_COMPARE, unless only counted
 *
 * Nothing here depends on anything but the articles in the story's order.
 */
#include "compare.h"

#include <stdlib.h>

#include "compare_sense.h"

enum {
    /* Words of the longest exact run of a passage that is shown; below stand set phrases. The
       contract's default. */
    PASSAGE_WORDS = 8,
    /*
     * Articles that have the same words, above which each is joined with a few others only: in a
     * story of 600 articles 200 print one quotation, and 20,000 pairs of places tell nobody more.
     */
    PASSAGE_MANY = 24
};

/* Does one of the shown passages [from, n) of the same pair hold the longest run of q? Two passages
 * that grew towards each other share it. */
static bool is_shown(const sst_passage *v, uint32_t from, uint32_t n, const sst_passage *q)
{
    const sst_passage_run *r = q->runs;
    for (uint32_t k = 1; k < q->run_n; k++)
        if (q->runs[k].words > r->words)
            r = &q->runs[k];
    for (uint32_t k = from; k < n; k++)
        for (uint32_t x = 0; x < v[k].run_n; x++)
            if (v[k].runs[x].a.begin <= r->a.begin && r->a.end <= v[k].runs[x].a.end &&
                v[k].runs[x].b.begin <= r->b.begin && r->b.end <= v[k].runs[x].b.end)
                return true;
    return false;
}

/* Splits what copy_passages gives: shown passages, repeats; all stays for origins and wording. */
static void take_passages(sst_findings *f, const sst_passage *v, uint32_t n, sst_arena *arena)
{
    f->passages = arena_alloc(arena, ((size_t)n + 1) * sizeof *f->passages);
    f->repeats = arena_alloc(arena, ((size_t)n + 1) * sizeof *f->repeats);
    if (arena->failed)
        return;
    uint32_t from = 0; /* first shown passage of the pair at work */
    for (uint32_t k = 0; k < n; k++) {
        if (k == 0 || v[k].a != v[k - 1].a || v[k].b != v[k - 1].b)
            from = f->passage_n;
        if (v[k].words < PASSAGE_WORDS)
            continue;
        if (v[k].a == v[k].b)
            f->repeats[f->repeat_n++] = v[k];
        else if (!is_shown(f->passages, from, f->passage_n, &v[k]))
            f->passages[f->passage_n++] = v[k];
    }
}

static void take_times(sst_findings *f)
{
    int64_t first = INT64_MAX, last = INT64_MIN;
    for (uint32_t d = 0; d < f->n; d++) {
        const sst_article *a = f->texts[d]->article;
        if (a->published_s == INT64_MIN)
            continue;
        if (a->published_s < first) {
            first = a->published_s;
            f->first_published = a->published;
        }
        if (a->published_s > last) {
            last = a->published_s;
            f->last_published = a->published;
        }
    }
}

static sst_status compare_rest(sst_findings *f, const sst_passage *passages, uint32_t passage_n,
                               sst_arena *arena)
{
    uint32_t *origin_of = arena_alloc(arena, ((size_t)f->n + 1) * sizeof *origin_of);
    if (!origin_of)
        return arena->failed;
    for (uint32_t o = 0; o < f->origin_n; o++)
        for (uint32_t k = 0; k < f->origins[o].article_n; k++)
            origin_of[f->origins[o].articles[k]] = o;
    compare_sense sense;
    sst_status status = compare_sense_make(f->texts, f->n, origin_of, arena, &sense);
    if (status == SST_OK)
        status = compare_facts(f, &sense, origin_of, arena);
    if (status == SST_OK)
        status = compare_only(f, &sense, origin_of, arena);
    if (status == SST_OK)
        status = compare_wording(f, passages, passage_n, arena);
    if (status == SST_OK)
        status = compare_schedule(f, &sense, origin_of, arena);
    if (status == SST_OK)
        status = compare_roles(f, arena);
    if (status == SST_OK)
        status = compare_timeline(f, arena);
    return status;
}

static sst_status compare_parts(const sst_story *story, const sst_text *const *texts,
                                const sst_quotes *const *quotes, const sst_figures *const *figures,
                                sst_stage stage, bool rest, const copy_known *known,
                                sst_arena *arena, sst_findings *out)
{
    uint32_t n = story->article_n, passage_n = 0;
    *out = (sst_findings){
        .story = story, .n = n, .texts = texts, .quotes = quotes, .figures = figures};
    sst_passage *passages = NULL;
    sst_status status = story_cast(texts, n, arena, &out->cast);
    bool all = stage >= SST_STAGE_COMPARE; /* single views need no passages */
    copy_wanted wanted = {.min_words = COPY_ORIGIN_WORDS,
                          .many = PASSAGE_MANY,
                          .outlets = known ? known->outlets : NULL};
    if (status == SST_OK && all)
        status = copy_passages_wanted(texts, n, &wanted, arena, &passages, &passage_n);
    if (status == SST_OK)
        take_times(out);
    if (status == SST_OK && all) {
        if (known && known->lines)
            status = copy_mark_boilerplate(known->lines, texts, n, 1, passages, passage_n);
        if (status == SST_OK)
            take_passages(out, passages, passage_n, arena);
        if (status == SST_OK)
            status = copy_origins(texts, n, passages, passage_n, known, arena, &out->origins,
                                  &out->origin_n);
    }
    if (status == SST_OK)
        status = compare_title(out, arena);
    if (status == SST_OK && stage >= SST_STAGE_QUOTES && quotes)
        status =
            quote_utterances(quotes, n, &out->cast, arena, &out->utterances, &out->utterance_n);
    if (status == SST_OK && stage >= SST_STAGE_FIGURES && figures)
        status = figure_rows(figures, n, &out->cast, arena, &out->rows, &out->row_n);
    if (status == SST_OK && all && rest)
        status = compare_rest(out, passages, passage_n, arena);
    return status == SST_OK ? arena->failed : status;
}

sst_status compare_story(const sst_story *story, const sst_text *const *texts,
                         const sst_quotes *const *quotes, const sst_figures *const *figures,
                         sst_stage stage, const copy_known *known, sst_arena *arena,
                         sst_findings *out)
{
    return compare_parts(story, texts, quotes, figures, stage, true, known, arena, out);
}

sst_status compare_story_counted(const sst_story *story, const sst_text *const *texts,
                                 const sst_quotes *const *quotes, const sst_figures *const *figures,
                                 const copy_known *known, sst_arena *arena, sst_findings *out)
{
    return compare_parts(story, texts, quotes, figures, SST_STAGE_COMPARE, false, known, arena,
                         out);
}
