/*
 * What a user knows of stories (sst_add_links), and why two articles are one story or not
 * (sst_write_why). In: a text file of must-link and cannot-link lines; out: ties of story_group_by.
 * Links are kept by id until the run, which knows the articles.
 */
#include <string.h>

#include "api_context.h"
#include "report_why.h"

enum { LINKS_BYTES = 1 << 26 };

/* The next field of a line, up to a tab; *rest goes behind it. */
static sst_str field(sst_str *rest)
{
    const char *tab = rest->n ? memchr(rest->p, '\t', rest->n) : NULL;
    size_t n = tab ? (size_t)(tab - rest->p) : rest->n;
    sst_str f = {rest->p, n};
    *rest = tab ? (sst_str){tab + 1, rest->n - n - 1} : (sst_str){rest->p + n, 0};
    return str_trim(f);
}

static const char *add_line(sst_context *ctx, sst_str line)
{
    sst_str rest = line, kind = field(&rest);
    bool must = str_eq(kind, STR("must-link"));
    if (!must && !str_eq(kind, STR("cannot-link")))
        return "begin it with must-link or cannot-link and a tab";
    sst_str a = field(&rest), b = field(&rest);
    if (a.n == 0 || b.n == 0 || rest.n)
        return "give two ids, parted by tabs";
    if (str_eq(a, b))
        return "an article is not tied to itself: give two ids";
    api_link *l = vec_push(&ctx->arena, &ctx->links);
    if (l)
        *l = (api_link){must, arena_str(&ctx->arena, a), arena_str(&ctx->arena, b)};
    return NULL;
}

sst_status sst_add_links(sst_context *ctx, const char *path)
{
    if (!ctx || !path)
        return SST_ERR_USAGE;
    ctx->errors.code = SST_OK;
    ctx->has_links = true;
    sst_buf file;
    buf_init(&file, LINKS_BYTES);
    sst_status status = api_read_whole(ctx, path, &file);
    uint32_t number = 0;
    for (size_t at = 0; !status && at < file.n;) {
        const char *end = memchr(file.p + at, '\n', file.n - at);
        size_t n = end ? (size_t)(end - (file.p + at)) : file.n - at;
        sst_str line = str_trim((sst_str){file.p + at, n});
        at += n + 1;
        number++;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        const char *why = add_line(ctx, line);
        if (why)
            status = errors_set(&ctx->errors, SST_ERR_INPUT, "%s: line %u: %s", path, number, why);
        else if (ctx->arena.failed)
            status = api_no_memory(ctx);
    }
    buf_release(&file);
    return status;
}

sst_status api_story_options(sst_context *ctx, story_options *out)
{
    *out = (story_options){.grain = (sst_grain)ctx->options.grain, .threads = ctx->threads};
    if (ctx->links.n == 0)
        return SST_OK;
    strmap at = {0};
    for (uint32_t i = 0; i < ctx->usable_n; i++)
        if (!strmap_add(&ctx->run, &at, ctx->usable[i]->article->id, i, NULL))
            return api_no_memory(ctx);
    story_link_pair *must = arena_alloc(&ctx->run, (ctx->links.n + 1) * sizeof *must);
    story_link_pair *cannot = arena_alloc(&ctx->run, (ctx->links.n + 1) * sizeof *cannot);
    if (!must || !cannot)
        return api_no_memory(ctx);
    out->must = must;
    out->cannot = cannot;
    uint32_t lost = 0;
    for (uint32_t i = 0; i < ctx->links.n; i++) {
        const api_link *l = &ctx->links.v[i];
        const uint32_t *a = strmap_find(&at, l->a), *b = strmap_find(&at, l->b);
        if (!a || !b)
            lost++;
        else if (l->must)
            must[out->must_n++] = (story_link_pair){*a, *b};
        else
            cannot[out->cannot_n++] = (story_link_pair){*a, *b};
    }
    if (lost)
        api_note(ctx, "links with an id that no article has, not used: %u of %u", lost,
                 ctx->links.n);
    return SST_OK;
}

/* ------------------------------------------------------------------------------- why two articles
 */

/* The place among the usable articles, or UINT32_MAX after a message. */
static uint32_t find(sst_context *ctx, const char *id)
{
    for (uint32_t i = 0; i < ctx->usable_n; i++)
        if (str_eq(ctx->usable[i]->article->id, str_of(id)))
            return i;
    (void)errors_set(&ctx->errors, SST_ERR_USAGE,
                     "%s: no article has this id: see the ids in the rows of extract", id);
    return UINT32_MAX;
}

sst_status api_explain(sst_context *ctx, const char *a, const char *b, report_why *out)
{
    uint32_t x = find(ctx, a), y = x == UINT32_MAX ? x : find(ctx, b);
    if (y == UINT32_MAX)
        return SST_ERR_USAGE;
    if (x == y)
        return errors_set(&ctx->errors, SST_ERR_USAGE, "%s: give two articles, not one twice", a);
    uint32_t *story_of = arena_alloc(&ctx->run, (ctx->usable_n + 1) * sizeof *story_of);
    if (!story_of)
        return api_no_memory(ctx);
    for (uint32_t i = 0; i < ctx->usable_n; i++)
        story_of[i] = ctx->result.story_of[ctx->usable_at[i]];
    *out = (report_why){.a = ctx->usable_at[x], .b = ctx->usable_at[y]};
    sst_status status = story_explain(ctx->usable, ctx->usable_n, story_of, x, y,
                                      (sst_grain)ctx->options.grain, &ctx->run, &out->between);
    if (status)
        return status == SST_ERR_MEMORY ? api_no_memory(ctx) : status;
    if (out->between.a.nearest != UINT32_MAX)
        out->between.a.nearest = ctx->usable_at[out->between.a.nearest];
    if (out->between.b.nearest != UINT32_MAX)
        out->between.b.nearest = ctx->usable_at[out->between.b.nearest];
    for (uint32_t i = 0; i < ctx->links.n; i++) {
        const api_link *l = &ctx->links.v[i];
        if ((str_eq(l->a, str_of(a)) && str_eq(l->b, str_of(b))) ||
            (str_eq(l->a, str_of(b)) && str_eq(l->b, str_of(a))))
            out->link = l->must ? "must-link" : "cannot-link";
    }
    const sst_article *article[2] = {ctx->usable[x]->article, ctx->usable[y]->article};
    copy_card card[2];
    sst_str text[2];
    for (int k = 0; k < 2; k++) {
        card[k] = api_card(article[k]);
        text[k] = article[k]->text;
    }
    status = copy_compare_two(card, text, api_jaccard(ctx), &out->copies);
    return status == SST_ERR_MEMORY ? api_no_memory(ctx) : status;
}

sst_status sst_write_why(sst_context *ctx, const char *a, const char *b, sst_format format,
                         const sst_style *style, sst_sink_fn sink, void *user)
{
    if (!ctx || !a || !b || !sink)
        return SST_ERR_USAGE;
    ctx->errors.code = SST_OK;
    if (!ctx->result.stories || (format != SST_FORMAT_JSON && format != SST_FORMAT_TEXT))
        return errors_set(&ctx->errors, SST_ERR_USAGE,
                          "sst_write_why: call sst_run with a stage that makes stories first, give "
                          "JSON or TEXT");
    report_why w;
    sst_status status = api_explain(ctx, a, b, &w);
    if (status)
        return status;
    status = report_write_why(&ctx->result, &w, format, style, (report_sink){sink, user});
    return status == SST_ERR_MEMORY ? api_no_memory(ctx)
           : status                 ? errors_set(&ctx->errors, status, "writing was stopped")
                                    : SST_OK;
}
