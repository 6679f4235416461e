/*
 * A story -> findings: calls the stages that look at several articles, in their order, and puts
 * what they find in the order that reports show.
 *
 *   cast, passages and repeats, origins, title     always
 *   utterances                                     from SST_STAGE_QUOTES on
 *   rows of figures                                from SST_STAGE_FIGURES on
 *   facts, only, wording, schedule, timeline               SST_STAGE_COMPARE, unless only counted
 *
 * The two halves of a stage that do not need each other run at once where there are threads.
 * Nothing here depends on anything but the articles in the story's order.
 */
#include "compare.h"

#include "base_thread.h"
#include "compare_sense.h"
#include "compare_words.h"

enum {
    /* Words of the longest exact run of a passage that is shown; below stand set phrases. The
       contract's default. */
    PASSAGE_WORDS = 8,
    /*
     * Articles that have the same words, above which each is joined with a few others only: in a
     * story of 600 articles 200 print one quotation, and 20,000 pairs of places tell nobody more.
     */
    PASSAGE_MANY = 24,
    /* The first block of what half a stage finds. It only moves memory. */
    HALF_ROOM = 512
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

/* A story at work: what its two halves share. Each half allocates from an arena of its own, which
 * the story's takes over afterwards. */
typedef struct comparison {
    sst_findings *f;
    const copy_known *known;
    sst_stage stage;
    uint32_t threads;
    bool all, rest;
    sst_passage *passages;
    uint32_t passage_n;
    uint32_t *origin_of;
    compare_words words;
    sst_arena arena[2];
    sst_status status[2];
} comparison;

/* Runs part(work, 0) and part(work, 1), at once where there are threads. */
static sst_status both(comparison *c, void (*part)(void *, uint32_t, uint32_t), sst_arena *arena)
{
    for (int k = 0; k < 2; k++) {
        arena_init_slim(&c->arena[k], 0, HALF_ROOM); /* a run keeps those of all its stories */
        c->arena[k].room = arena->room;
        c->status[k] = SST_OK;
    }
    thread_for(c->threads, 2, part, c, NULL);
    for (int k = 0; k < 2; k++)
        arena_take(arena, &c->arena[k]);
    return c->status[0] ? c->status[0] : c->status[1] ? c->status[1] : arena->failed;
}

/* Where the articles have their words from; what they quote and count. */
static void sources_or_sayings(void *user, uint32_t i, uint32_t worker)
{
    comparison *c = user;
    sst_findings *f = c->f;
    sst_arena *arena = &c->arena[i];
    (void)worker;
    if (i == 0) {
        if (c->all)
            c->status[i] = copy_origins(f->texts, f->n, c->passages, c->passage_n, c->known, arena,
                                        &f->origins, &f->origin_n);
        return;
    }
    sst_status status = compare_title(f, arena);
    if (status == SST_OK && c->stage >= SST_STAGE_QUOTES && f->quotes)
        status =
            quote_utterances(f->quotes, f->n, &f->cast, arena, &f->utterances, &f->utterance_n);
    if (status == SST_OK && c->stage >= SST_STAGE_FIGURES && f->figures)
        status = figure_rows(f->figures, f->n, &f->cast, arena, &f->rows, &f->row_n);
    c->status[i] = status;
}

/* What the sentences say; which words they take. */
static void facts_or_words(void *user, uint32_t i, uint32_t worker)
{
    comparison *c = user;
    sst_arena *arena = &c->arena[i];
    sst_status status = SST_OK;
    (void)worker;
    if (i == 0) {
        compare_sense sense;
        status = compare_sense_make(c->f->texts, c->f->n, &c->f->cast, c->f->quotes, c->origin_of,
                                    arena, &sense);
        if (status == SST_OK)
            status = compare_facts(c->f, &sense, c->origin_of, arena);
        if (status == SST_OK)
            status = compare_only(c->f, &sense, c->origin_of, arena);
        if (status == SST_OK)
            status = compare_schedule(c->f, &sense, c->origin_of, arena);
    } else {
        status = compare_wording_begin(&c->words, c->passages, c->passage_n);
        if (status == SST_OK)
            status = compare_roles(c->f, arena);
    }
    c->status[i] = status;
}

static sst_status compare_rest(comparison *c, sst_arena *arena)
{
    sst_findings *f = c->f;
    c->origin_of = arena_alloc(arena, ((size_t)f->n + 1) * sizeof *c->origin_of);
    if (!c->origin_of)
        return arena->failed;
    for (uint32_t o = 0; o < f->origin_n; o++)
        for (uint32_t k = 0; k < f->origins[o].article_n; k++)
            c->origin_of[f->origins[o].articles[k]] = o;
    compare_words_init(&c->words, f);
    sst_status status = both(c, facts_or_words, arena);
    if (status == SST_OK)
        status = compare_wording_end(&c->words, c->origin_of, arena);
    compare_words_release(&c->words);
    return status == SST_OK ? compare_timeline(f, arena) : status;
}

/* Who is spoken of; which words two articles share, on all threads but for what is sorted. */
static void cast_or_passages(void *user, uint32_t i, uint32_t worker)
{
    comparison *c = user;
    sst_findings *f = c->f;
    (void)worker;
    if (i == 1) {
        c->status[i] = story_cast(f->texts, f->n, &c->arena[i], &f->cast);
    } else if (c->all) { /* single views need no passages */
        copy_wanted wanted = {.min_words = COPY_ORIGIN_WORDS,
                              .many = PASSAGE_MANY,
                              .threads = c->threads,
                              .outlets = c->known ? c->known->outlets : NULL};
        c->status[i] = copy_passages_wanted(f->texts, f->n, &wanted, &c->arena[i], &c->passages,
                                            &c->passage_n);
    }
}

static sst_status compare_parts(comparison *c, sst_arena *arena)
{
    sst_findings *f = c->f;
    const copy_known *known = c->known;
    c->all = c->stage >= SST_STAGE_COMPARE;
    sst_status status = both(c, cast_or_passages, arena);
    if (status == SST_OK)
        take_times(f);
    if (status == SST_OK && c->all && known && known->lines)
        status = copy_mark_boilerplate(known->lines, f->texts, f->n, c->threads, c->passages,
                                       c->passage_n);
    if (status == SST_OK && c->all)
        take_passages(f, c->passages, c->passage_n, arena);
    if (status == SST_OK)
        status = both(c, sources_or_sayings, arena);
    if (status == SST_OK && c->all && c->rest)
        status = compare_rest(c, arena);
    return status == SST_OK ? arena->failed : status;
}

sst_status compare_story(const sst_story *story, const sst_text *const *texts,
                         const sst_quotes *const *quotes, const sst_figures *const *figures,
                         sst_stage stage, const copy_known *known, uint32_t threads,
                         sst_arena *arena, sst_findings *out)
{
    *out = (sst_findings){.story = story,
                          .n = story->article_n,
                          .texts = texts,
                          .quotes = quotes,
                          .figures = figures};
    comparison c = {.f = out, .known = known, .stage = stage, .threads = threads, .rest = true};
    return compare_parts(&c, arena);
}

sst_status compare_story_counted(const sst_story *story, const sst_text *const *texts,
                                 const sst_quotes *const *quotes, const sst_figures *const *figures,
                                 const copy_known *known, sst_arena *arena, sst_findings *out)
{
    *out = (sst_findings){.story = story,
                          .n = story->article_n,
                          .texts = texts,
                          .quotes = quotes,
                          .figures = figures};
    comparison c = {.f = out, .known = known, .stage = SST_STAGE_COMPARE, .threads = 1};
    return compare_parts(&c, arena);
}
