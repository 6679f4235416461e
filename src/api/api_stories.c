/*
 * Articles of a run become stories, and stories are compared.
 *
 * In: the items of the context, those that can be used; out: stories, findings and sayings in its
 * result.
 *
 *   stories      story_group over the articles that have a text; their numbers in the run
 *   findings     compare_story: on all threads, an arena a story, its articles' words unpacked for
 *                as long as they are compared
 *   sayings      quote_link_stories: what several stories print of one utterance
 *
 * The articles of a story are numbered by the story, so the order of the inputs does not reach the
 * findings.
 */
#include "api_run.h"

#include <stdlib.h>
#include <string.h>

#include "base_str.h"
#include "base_thread.h"
#include "compare.h"
#include "story_feature.h"
#include "text_pack.h"

/* The first block of what stays of a story. It only moves memory. */
enum { STORY_ROOM = 2048 };

static int by_size(const void *x, const void *y)
{
    const sst_story *a = x, *b = y;
    if (a->article_n != b->article_n)
        return a->article_n > b->article_n ? -1 : 1;
    return str_cmp(a->id, b->id);
}

sst_status api_learn_known(sst_context *ctx, bool lines)
{
    sst_status status = api_open_outlets(ctx);
    ctx->known.outlets = &ctx->outlets;
    if (!status && lines && !ctx->known.lines)
        status = copy_lines_learn(ctx->usable, ctx->usable_n, ctx->threads, &ctx->run,
                                  &ctx->known.lines);
    return status;
}

static sst_status group_usable(sst_context *ctx, const story_options *options, sst_story **out,
                               uint32_t *out_n)
{
    uint32_t n = ctx->usable_n;
    if (!ctx->features)
        return story_group_by(ctx->usable, n, options, &ctx->run, out, out_n);
    story_features *f = arena_alloc(&ctx->run, ((size_t)n + 1) * sizeof *f);
    if (!f)
        return ctx->run.failed;
    for (uint32_t i = 0; i < n; i++)
        f[i] = ctx->features[ctx->usable_at[i]];
    return story_group_features(f, n, options, &ctx->run, out, out_n);
}

/* story_group sees the usable articles alone. */
sst_status api_run_stories(sst_context *ctx, bool also)
{
    sst_run_result *r = &ctx->result;
    const uint32_t *real = ctx->usable_at;
    sst_story *stories = NULL;
    uint32_t story_n = 0;
    api_progress(ctx, "stories", 0, 0);
    story_options options;
    sst_status status = api_story_options(ctx, &options);
    if (status)
        return status;
    options.also = also;
    status = group_usable(ctx, &options, &stories, &story_n);
    if (status)
        return status == SST_ERR_MEMORY
                   ? api_no_memory(ctx)
                   : errors_set(&ctx->errors, status, "stories: grouping failed");
    uint32_t *story_of = arena_alloc(&ctx->run, (ctx->articles.n + 1) * sizeof *story_of);
    if (!story_of)
        return api_no_memory(ctx);
    memset(story_of, 0xff, (ctx->articles.n + 1) * sizeof *story_of);
    if (story_n)
        qsort(stories, story_n, sizeof *stories, by_size);
    for (uint32_t s = 0; s < story_n; s++) {
        for (uint32_t k = 0; k < stories[s].article_n; k++) {
            stories[s].articles[k] = real[stories[s].articles[k]];
            story_of[stories[s].articles[k]] = s;
        }
        for (uint32_t k = 0; k < stories[s].why_n; k++) {
            stories[s].why[k].article = real[stories[s].why[k].article];
            stories[s].why[k].with = real[stories[s].why[k].with];
        }
        for (uint32_t k = 0; k < stories[s].also_n; k++) {
            stories[s].also[k].article = real[stories[s].also[k].article];
            stories[s].also[k].with = real[stories[s].also[k].with];
        }
    }
    r->stories = stories;
    r->story_n = story_n;
    r->story_of = story_of;
    ctx->has_also = also;
    return SST_OK;
}

/* The articles of a story as its stages take them. */
typedef struct members {
    const sst_text **texts;
    const sst_quotes **quotes;
    const sst_figures **figures;
} members;

static bool members_make(members *m, uint32_t n, sst_arena *arena)
{
    m->texts = arena_alloc(arena, ((size_t)n + 1) * sizeof *m->texts);
    m->quotes = arena_alloc(arena, ((size_t)n + 1) * sizeof *m->quotes);
    m->figures = arena_alloc(arena, ((size_t)n + 1) * sizeof *m->figures);
    return !arena->failed;
}

/* The same with all their words, in scratch. */
static bool unpack_members(const members *m, uint32_t n, sst_arena *scratch, members *out)
{
    sst_quotes *quotes = arena_alloc(scratch, ((size_t)n + 1) * sizeof *quotes);
    sst_figures *figures = arena_alloc(scratch, ((size_t)n + 1) * sizeof *figures);
    if (!members_make(out, n, scratch) || text_unpack_all(m->texts, n, scratch, out->texts))
        return false;
    for (uint32_t k = 0; k < n; k++) {
        quotes[k] = *m->quotes[k];
        figures[k] = *m->figures[k];
        quotes[k].text = figures[k].text = out->texts[k];
        out->quotes[k] = &quotes[k];
        out->figures[k] = &figures[k];
    }
    return true;
}

static void compare_one(void *user, uint32_t s, uint32_t worker)
{
    api_work *w = user;
    sst_context *ctx = w->ctx;
    api_story *to = &ctx->stories[s];
    const sst_story *story = &ctx->result.stories[s];
    uint32_t n = story->article_n;
    members packed, whole;
    sst_arena *scratch = api_scratch_of(w, worker);
    to->status = members_make(&packed, n, &to->arena) ? SST_OK : SST_ERR_MEMORY;
    for (uint32_t k = 0; k < n && !to->status; k++) {
        api_item *item = &ctx->items[story->articles[k]];
        packed.texts[k] = &item->text;
        packed.quotes[k] = &item->quotes;
        packed.figures[k] = &item->figures;
    }
    if (to->status || !unpack_members(&packed, n, scratch, &whole)) {
        to->status = SST_ERR_MEMORY;
        return;
    }
    /* as many threads as the story is of the work, so that one large story does not keep one busy
     */
    uint32_t threads = (uint32_t)((uint64_t)ctx->threads * 2 * n / (ctx->usable_n + 1)) + 1;
    sst_findings *f = &to->findings;
    bool figures = w->last >= SST_STAGE_FIGURES;
    to->status =
        compare_story(story, whole.texts, whole.quotes, figures ? whole.figures : NULL, w->last,
                      &ctx->known, threads < ctx->threads ? threads : ctx->threads, &to->arena, f);
    f->texts = packed.texts;
    f->quotes = packed.quotes;
    f->figures = figures ? packed.figures : NULL;
    uint32_t done = atomic_fetch_add(&w->done, 1) + 1;
    api_progress(ctx, "comparing", done, ctx->story_n);
}

/* What several stories print of one utterance. */
static sst_status run_sayings(sst_context *ctx)
{
    sst_run_result *r = &ctx->result;
    sst_arena work;
    arena_init(&work, 0);
    quote_link_story *all = arena_alloc(&work, (r->story_n + 1) * sizeof *all);
    for (uint32_t s = 0; all && s < r->story_n; s++) {
        const sst_findings *f = r->findings[s];
        all[s] = (quote_link_story){r->stories[s].id, f->quotes,     r->stories[s].articles, f->n,
                                    &f->cast,         f->utterances, f->utterance_n};
    }
    ctx->whole = (sst_findings){.n = r->n, .texts = r->texts, .quotes = r->quotes};
    api_progress(ctx, "utterances", 0, 0);
    sst_status status = work.failed;
    if (!status)
        status = quote_link_stories(all, r->story_n, ctx->threads, &ctx->run, &ctx->sayings);
    if (!status)
        status = quote_merge(all, r->quotes, &ctx->sayings, &ctx->run);
    arena_release(&work);
    if (status)
        return status == SST_ERR_MEMORY
                   ? api_no_memory(ctx)
                   : errors_set(&ctx->errors, status, "utterances: joining over stories failed");
    r->sayings = &ctx->sayings;
    r->whole = &ctx->whole;
    return SST_OK;
}

sst_status api_run_findings(sst_context *ctx, sst_stage last)
{
    sst_run_result *r = &ctx->result;
    if (api_learn_known(ctx, last >= SST_STAGE_COMPARE))
        return api_no_memory(ctx);
    ctx->stories = arena_calloc(&ctx->run, r->story_n + 1, sizeof *ctx->stories);
    const sst_findings **findings = arena_alloc(&ctx->run, (r->story_n + 1) * sizeof *findings);
    if (!ctx->stories || !findings)
        return api_no_memory(ctx);
    ctx->story_n = r->story_n;
    for (uint32_t s = 0; s < r->story_n; s++) {
        arena_init_slim(&ctx->stories[s].arena, 0, STORY_ROOM);
        findings[s] = &ctx->stories[s].findings;
    }
    api_work w;
    sst_status status = api_open_work(ctx, last, &w);
    if (status)
        return status;
    thread_for(ctx->threads, r->story_n, compare_one, &w, &ctx->stop);
    api_close_work(&w);
    status = api_stopped(ctx);
    for (uint32_t s = 0; s < r->story_n && !status; s++) {
        sst_str id = r->stories[s].id;
        if (ctx->stories[s].status == SST_ERR_MEMORY)
            status = api_no_memory(ctx);
        else if (ctx->stories[s].status)
            status = errors_set(&ctx->errors, ctx->stories[s].status,
                                "story %.*s: its articles cannot be compared", (int)id.n, id.p);
    }
    r->findings = findings;
    return status ? status : run_sayings(ctx);
}
