/*
 * sst_run and sst_write. In: articles; out: sst_run_result, which the reports are written from.
 *
 *   ids          two articles never share an id (copy_ids.h)
 *   texts        text_analyse, quote_find, figure_find: on all threads, an arena an article
 *   stories      and what was found in them: api_stories.c
 *   passages     copy_passages_wanted over the articles that have a text
 */
#include "api_run.h"

#include <stdlib.h>
#include <string.h>

#include "base_hash.h"
#include "base_str.h"
#include "base_thread.h"
#include "copy_ids.h"
#include "page_article.h"
#include "story_feature.h"
#include "text_pack.h"

/* The passages command shows what shares this many words: the shortest run that the field's answers
 * count. */
enum {
    PASSAGE_WORDS = 8,
    /*
     * Between two of very many articles a run of eight words is a phrase; between two of a few that
     * somebody lays side by side it is worth a look. The field's answers list a pair from 30
     * different runs of 5 words on; 24 articles are a long story.
     */
    PASSAGE_FEW_ARTICLES = 24,
    PASSAGE_SHARED = 30
};
#define PASSAGE_CONTAINED 0.3 /* the same answers: of the shorter one's runs */

void api_release_run(sst_context *ctx)
{
    for (uint32_t i = 0; i < ctx->item_n; i++) {
        room_look(ctx->has_room ? &ctx->room : NULL);
        arena_release(&ctx->items[i].arena);
    }
    for (uint32_t i = 0; i < ctx->story_n; i++)
        arena_release(&ctx->stories[i].arena);
    arena_release(&ctx->run);
    errors_release(&ctx->failures);
    errors_init(&ctx->failures);
    ctx->items = NULL;
    ctx->stories = NULL;
    ctx->item_n = ctx->story_n = 0;
    ctx->reached = (sst_stage)0;
    ctx->usable = NULL;
    ctx->usable_at = NULL;
    ctx->usable_n = 0;
    ctx->features = NULL;
    ctx->has_passages = ctx->has_also = false;
    memset(&ctx->known, 0, sizeof ctx->known);
    ctx->again = NULL;
    if (ctx->has_store && !ctx->options.only) {
        copy_store_release(&ctx->store);
        ctx->has_store = false;
    }
    memset(&ctx->notes, 0, sizeof ctx->notes);
    memset(&ctx->result, 0, sizeof ctx->result);
}

sst_status api_stopped(sst_context *ctx)
{
    return atomic_load(&ctx->stop) ? errors_set(&ctx->errors, SST_ERR_STOPPED, "stopped") : SST_OK;
}

/* ------------------------------------------------------------------------------------------- ids
 */

static sst_status unique_ids(sst_context *ctx)
{
    uint32_t n = ctx->articles.n;
    copy_id *key = arena_alloc(&ctx->run, ((size_t)n + 1) * sizeof *key);
    ctx->again = arena_calloc(&ctx->run, (size_t)n + 1, 1);
    if (!key || !ctx->again)
        return api_no_memory(ctx);
    for (uint32_t i = 0; i < n; i++) {
        const sst_article *a = ctx->articles.v[i];
        sst_str id = a->id;
        if (ctx->has_room) { /* ids are sorted: side by side they are a few pages of its file */
            room_look(&ctx->room);
            id = arena_str(&ctx->run, id);
        }
        key[i] = (copy_id){.id = id,
                           .published_s = a->published_s,
                           .text = hash_str(a->text),
                           .item = i,
                           .failed = a->error.n > 0 || a->text.n == 0};
    }
    if (ctx->run.failed || copy_ids_make(key, n, &ctx->arena, &ctx->run))
        return api_no_memory(ctx);
    for (uint32_t i = 0; i < n; i++) {
        ctx->articles.v[key[i].item]->id = key[i].id;
        ctx->again[key[i].item] = key[i].again;
    }
    return SST_OK;
}

/* ----------------------------------------------------------------------------- articles one by one
 */

/* The first block of what stays of an article: as large as what is put into it. It only moves
 * memory. */
enum { ITEM_ROOM = 1 };

/* Memory of work that a thread keeps from one article or story to the next. */
enum { SCRATCH_KEPT = 4 * 1024 * 1024 };

sst_status api_open_work(sst_context *ctx, sst_stage last, api_work *w)
{
    *w = (api_work){.ctx = ctx, .last = last};
    atomic_init(&w->done, 0);
    w->scratch = arena_calloc(&ctx->run, ctx->threads, sizeof *w->scratch);
    for (uint32_t t = 0; w->scratch && t < ctx->threads; t++)
        arena_init(&w->scratch[t], 0);
    return w->scratch ? SST_OK : api_no_memory(ctx);
}

void api_close_work(api_work *w)
{
    for (uint32_t t = 0; t < w->ctx->threads; t++)
        arena_release(&w->scratch[t]);
}

sst_arena *api_scratch_of(api_work *w, uint32_t worker)
{
    sst_arena *scratch = &w->scratch[worker];
    if (scratch->total > SCRATCH_KEPT)
        arena_release(scratch);
    arena_clear(scratch);
    return scratch;
}

/* An article's words are packed when they were looked at: stories unpack those of their articles
 * for as long as they are compared. */
static sst_status analyse_text(api_work *w, api_item *item, const sst_article *a,
                               sst_arena *scratch)
{
    sst_text whole;
    sst_status status = text_analyse(a, scratch, &whole);
    if (!status && w->last >= SST_STAGE_QUOTES)
        status = quote_find(&whole, &item->arena, &item->quotes);
    if (!status && w->last >= SST_STAGE_FIGURES)
        status = figure_find(&whole, &item->quotes, &item->arena, &item->figures);
    if (!status)
        status = text_pack(&whole, &item->arena, &item->text);
    item->quotes.text = item->figures.text = &item->text;
    return status;
}

/* Grouping needs what an article is about, and that is less than its words packed. */
static sst_status analyse_for_stories(api_item *item, const sst_article *a, sst_arena *scratch,
                                      story_features *out)
{
    sst_text whole;
    sst_status status = text_analyse(a, scratch, &whole);
    if (!status)
        status = story_features_make(&whole, &item->arena, out);
    out->text = &item->text;
    return status;
}

static void analyse(void *user, uint32_t i, uint32_t worker)
{
    api_work *w = user;
    sst_context *ctx = w->ctx;
    api_item *item = &ctx->items[i];
    const sst_article *a = ctx->articles.v[i];
    item->text = (sst_text){.article = a, .s = a->text};
    if (ctx->features)
        item->status = analyse_for_stories(item, a, api_scratch_of(w, worker), &ctx->features[i]);
    else if (w->last != SST_STAGE_PASSAGES) /* which makes tokens itself, a pair at a time */
        item->status = analyse_text(w, item, a, api_scratch_of(w, worker));
    uint32_t done = atomic_fetch_add(&w->done, 1) + 1;
    api_progress(ctx, "articles", done, ctx->item_n);
}

/* An article that is too much for a stage keeps its row, without text, and says why. */
static void set_aside(sst_context *ctx, uint32_t i)
{
    sst_article *a = ctx->articles.v[i];
    if (a->error.n == 0)
        a->error = ctx->items[i].status == SST_ERR_LIMIT
                       ? STR("the article is larger than a limit allows")
                       : STR("the article cannot be analysed");
}

/* The items are there. */
static sst_status analyse_all(sst_context *ctx, sst_stage last)
{
    uint32_t n = ctx->item_n;
    api_work w;
    sst_status status = api_open_work(ctx, last, &w);
    if (status)
        return status;
    thread_for(ctx->threads, n, analyse, &w, &ctx->stop);
    api_close_work(&w);
    status = api_stopped(ctx);
    for (uint32_t i = 0; i < n && !status; i++) {
        if (ctx->items[i].status == SST_ERR_MEMORY)
            status = api_no_memory(ctx);
        else if (ctx->items[i].status)
            set_aside(ctx, i);
    }
    return status;
}

static sst_status run_articles(sst_context *ctx, sst_stage last)
{
    uint32_t n = ctx->articles.n;
    ctx->items = arena_calloc(&ctx->run, n + 1, sizeof *ctx->items);
    if (!ctx->items)
        return api_no_memory(ctx);
    ctx->item_n = n;
    if (last == SST_STAGE_STORIES && !ctx->options.only) {
        ctx->features = arena_calloc(&ctx->run, n + 1, sizeof *ctx->features);
        if (!ctx->features)
            return api_no_memory(ctx);
    }
    for (uint32_t i = 0; i < n; i++)
        arena_init_slim(&ctx->items[i].arena, 0, ITEM_ROOM);
    return analyse_all(ctx, last);
}

/* Failed inputs and articles without text, brought into input order. */
static sst_status gather_failures(sst_context *ctx)
{
    uint32_t e = 0;
    for (uint32_t i = 0; i <= ctx->articles.n; i++) {
        for (; e < ctx->errors.inputs.n &&
               (e >= ctx->failed_at.n || ctx->failed_at.v[e] <= i || i == ctx->articles.n);
             e++) {
            const sst_error *x = &ctx->errors.inputs.v[e];
            errors_input(&ctx->failures, x->source, x->at, "%.*s", (int)x->message.n, x->message.p);
        }
        if (i < ctx->articles.n && ctx->articles.v[i]->error.n) {
            const sst_article *a = ctx->articles.v[i];
            errors_input(&ctx->failures, a->source, ERROR_NO_PLACE, "%.*s", (int)a->error.n,
                         a->error.p);
        }
    }
    return ctx->failures.arena.failed ? api_no_memory(ctx) : SST_OK;
}

/* --------------------------------------------------------------------------------------- passages
 */

/* Ids are different here. */
static int by_text_id(const void *x, const void *y)
{
    const sst_text *a = *(const sst_text *const *)x, *b = *(const sst_text *const *)y;
    return str_cmp(a->article->id, b->article->id);
}

static sst_status run_passages(sst_context *ctx)
{
    sst_passage *passages = NULL;
    uint32_t passage_n = 0, n = 0;
    api_progress(ctx, "passages", 0, 0);
    const sst_text **text = arena_alloc(&ctx->run, (ctx->usable_n + 1) * sizeof *text);
    uint32_t *real = arena_alloc(&ctx->run, (ctx->usable_n + 1) * sizeof *real);
    if (!text || !real)
        return api_no_memory(ctx);
    for (uint32_t i = 0; i < ctx->usable_n; i++)
        if (!ctx->again[ctx->usable_at[i]])
            text[n++] = ctx->usable[i];
    /* By id, so that neither caps nor which of two is called a follow the order of the inputs. */
    qsort(text, n, sizeof *text, by_text_id);
    for (uint32_t i = 0; i < n; i++)
        real[i] = text[i]->article->index;
    copy_wanted wanted = {.min_words = PASSAGE_WORDS,
                          .many = COPY_MANY_TEXTS,
                          .shared = ctx->options.shared,
                          .contained = PASSAGE_CONTAINED,
                          .threads = ctx->threads,
                          .room = ctx->has_room ? &ctx->room : NULL};
    if (!wanted.shared && n > PASSAGE_FEW_ARTICLES)
        wanted.shared = PASSAGE_SHARED;
    sst_status status = api_open_outlets(ctx);
    wanted.outlets = &ctx->outlets;
    if (!status)
        status = copy_passages_wanted(text, n, &wanted, &ctx->run, &passages, &passage_n);
    if (!status)
        status = api_learn_known(ctx, true);
    if (!status)
        status =
            copy_mark_boilerplate(ctx->known.lines, text, n, ctx->threads, passages, passage_n);
    if (status)
        return status == SST_ERR_MEMORY
                   ? api_no_memory(ctx)
                   : errors_set(&ctx->errors, status, "passages: search failed");
    for (uint32_t i = 0; i < passage_n; i++) {
        passages[i].a = real[passages[i].a];
        passages[i].b = real[passages[i].b];
    }
    if (n < ctx->usable_n)
        api_note(ctx,
                 "articles given again under their id with the same text, each counts once: %u",
                 ctx->usable_n - n);
    if (wanted.left_out)
        api_note(ctx,
                 "pairs of articles that share a phrase or two (less than %u runs of 5 words), not "
                 "listed: %u; --shared 1 lists them",
                 wanted.shared, wanted.left_out);
    if (wanted.heavy_n)
        api_note(ctx,
                 "runs of 5 words in more than %u articles: %u; they do not count, and join an "
                 "article with the first that has them and three that follow",
                 (unsigned)COPY_MANY_TEXTS, wanted.heavy_n);
    if (ctx->has_room && ctx->options.memory_bytes < BASE_ROOM_LEAST)
        api_note(ctx,
                 "a limit of memory of less than %u MB is not kept to: the program and its threads "
                 "take about as much beside the articles",
                 (unsigned)(BASE_ROOM_LEAST >> 20));
    ctx->result.passages = passages;
    ctx->result.passage_n = passage_n;
    ctx->has_passages = true;
    return SST_OK;
}

/* -------------------------------------------------------------------------------------------- run
 */

static sst_status fill_result(sst_context *ctx)
{
    sst_run_result *r = &ctx->result;
    uint32_t n = ctx->articles.n;
    const sst_text **texts = arena_alloc(&ctx->run, (n + 1) * sizeof *texts);
    const sst_quotes **quotes = arena_alloc(&ctx->run, (n + 1) * sizeof *quotes);
    const sst_figures **figures = arena_alloc(&ctx->run, (n + 1) * sizeof *figures);
    if (!texts || !quotes || !figures)
        return api_no_memory(ctx);
    for (uint32_t i = 0; i < n && ctx->items; i++) {
        texts[i] = &ctx->items[i].text;
        quotes[i] = &ctx->items[i].quotes;
        figures[i] = &ctx->items[i].figures;
    }
    r->options = &ctx->options;
    r->errors = &ctx->failures;
    r->failed_before = ctx->failed_at.v;
    r->failed_n = ctx->failed_at.n;
    r->reader_errors = &ctx->errors;
    r->articles = ctx->articles.v;
    r->n = n;
    r->threads = ctx->threads;
    r->input_n = n + ctx->errors.inputs.n;
    if (ctx->items) {
        r->texts = texts;
        r->quotes = quotes;
        r->figures = figures;
    }
    return SST_OK;
}

static sst_status run_stages(sst_context *ctx, sst_stage last)
{
    sst_status status = unique_ids(ctx);
    if (!status && last > SST_STAGE_EXTRACT)
        status = run_articles(ctx, last);
    if (!status)
        status = fill_result(ctx);
    if (status || last == SST_STAGE_EXTRACT)
        return status;

    ctx->usable = arena_alloc(&ctx->run, (ctx->articles.n + 1) * sizeof *ctx->usable);
    ctx->usable_at = arena_alloc(&ctx->run, (ctx->articles.n + 1) * sizeof *ctx->usable_at);
    if (!ctx->usable || !ctx->usable_at)
        return api_no_memory(ctx);
    for (uint32_t i = 0; i < ctx->articles.n; i++)
        if (ctx->articles.v[i]->error.n == 0) {
            ctx->usable[ctx->usable_n] = &ctx->items[i].text;
            ctx->usable_at[ctx->usable_n++] = i;
        }
    if (last == SST_STAGE_PASSAGES)
        return run_passages(ctx);
    /* Rows of stories are what is mostly written next; where they are not, nobody waits for it. */
    status = api_run_stories(ctx, last == SST_STAGE_STORIES && !ctx->options.only);
    if (!status)
        status = api_stopped(ctx);
    if (!status && last > SST_STAGE_PASSAGES)
        status = api_run_findings(ctx, last);
    return status;
}

/* Other stages' results are not there: what is written needs the articles' names alone. */
static sst_status run_duplicates(sst_context *ctx)
{
    sst_status status = fill_result(ctx);
    return status ? status : api_run_duplicates(ctx);
}

sst_status sst_run(sst_context *ctx, sst_stage last)
{
    if (!ctx)
        return SST_ERR_USAGE;
    ctx->errors.code = SST_OK;
    if (last < SST_STAGE_EXTRACT || last > SST_STAGE_DUPLICATES)
        return errors_set(&ctx->errors, SST_ERR_USAGE, "sst_run: there is no stage %d", (int)last);
    if (ctx->options.only && (sst_stage)ctx->options.only != last)
        return errors_set(&ctx->errors, SST_ERR_USAGE,
                          "sst_run: stage %d: the options say that only stage %d is run", (int)last,
                          (int)ctx->options.only);
    if (api_stream_flows(ctx))
        return errors_set(&ctx->errors, SST_ERR_USAGE,
                          "sst_run: the articles were written and let go, see sst_stream");
    if (ctx->ingest)
        return errors_set(&ctx->errors, SST_ERR_USAGE,
                          "sst_run: the articles go into a database, see sst_ingest");
    ctx->caller = pthread_self();
    api_release_run(ctx);
    sst_status status = api_flush(ctx);
    if (!status)
        status = last == SST_STAGE_DUPLICATES ? run_duplicates(ctx) : run_stages(ctx, last);
    if (!status)
        status = api_stopped(ctx);
    if (!status)
        status = gather_failures(ctx);
    if (!status)
        ctx->reached = last;
    return status;
}

/* ------------------------------------------------------------------------------------------ write
 */

typedef struct guarded {
    sst_context *ctx;
    sst_sink_fn sink;
    void *user;
} guarded;

static int pass_on(void *user, const char *bytes, size_t n)
{
    guarded *g = user;
    return atomic_load(&g->ctx->stop) ? 1 : g->sink(g->user, bytes, n);
}

sst_status sst_write(sst_context *ctx, sst_view view, sst_format format, const sst_style *style,
                     sst_sink_fn sink, void *user)
{
    static const sst_stage needs[] = {
        [SST_VIEW_EXTRACT] = SST_STAGE_EXTRACT,      [SST_VIEW_STORIES] = SST_STAGE_STORIES,
        [SST_VIEW_PASSAGES] = SST_STAGE_PASSAGES,    [SST_VIEW_QUOTES] = SST_STAGE_QUOTES,
        [SST_VIEW_FIGURES] = SST_STAGE_FIGURES,      [SST_VIEW_REPORT] = SST_STAGE_COMPARE,
        [SST_VIEW_DUPLICATES] = SST_STAGE_DUPLICATES};
    if (!ctx || !sink)
        return SST_ERR_USAGE;
    ctx->errors.code = SST_OK;
    if (view < SST_VIEW_EXTRACT || view > SST_VIEW_DUPLICATES)
        return errors_set(&ctx->errors, SST_ERR_USAGE, "sst_write: there is no view %d", (int)view);
    bool alone =
        view == SST_VIEW_DUPLICATES || ctx->reached == SST_STAGE_DUPLICATES || ctx->options.only;
    if (ctx->reached < needs[view] || (alone && ctx->reached != needs[view]))
        return errors_set(&ctx->errors, SST_ERR_USAGE,
                          "sst_write: call sst_run with the stage of this view first");
    /* Passages over all articles are no part of later stages and need no stories: what a run has
     * left out is made when it is asked for. */
    sst_status made = SST_OK;
    if (view == SST_VIEW_PASSAGES && !ctx->has_passages)
        made = run_passages(ctx);
    else if (view == SST_VIEW_STORIES && !ctx->has_also) { /* the same stories once more */
        if (ctx->reached == SST_STAGE_PASSAGES)            /* which needs no more than the words */
            made = analyse_all(ctx, SST_STAGE_STORIES);
        if (!made)
            made = api_run_stories(ctx, true);
    }
    if (!made)
        made = api_stopped(ctx);
    if (made)
        return made;
    guarded g = {ctx, sink, user};
    sst_status status = report_write(&ctx->result, view, format, style, (report_sink){pass_on, &g});
    if (status && ctx->errors.code == SST_OK)
        return errors_set(&ctx->errors, status, "sst_write: %s",
                          status == SST_ERR_USAGE    ? "this view has no such format"
                          : status == SST_ERR_MEMORY ? "out of memory"
                                                     : "writing ended early");
    return status;
}
