/*
 * Why two reports are, or are not, one story: the articles of both stories are read again and the
 * two compared as `why` does. In the page, what both have stands as their texts have it.
 */
#include "serve_inner.h"

#include "page_article.h"

/* Articles of one story that are read for the average: of larger ones the first so many. */
enum { WHY_ARTICLES = 500 };

static sst_status take_article(serve_request *q, sst_context *ctx, const store_article *a)
{
    for (uint32_t i = 0; i < ctx->articles.n; i++)
        if (str_eq(ctx->articles.v[i]->id, a->id))
            return SST_OK;
    sst_article *x = NULL;
    sst_status status = store_article_load(q->store, a->version, &x);
    sst_article **to = status ? NULL : vec_push(&ctx->arena, &ctx->articles);
    if (!to) {
        page_free(x);
        return status ? status : SST_ERR_MEMORY;
    }
    x->index = ctx->articles.n - 1;
    *to = x;
    return SST_OK;
}

/* The article, then those of its story. */
static sst_status take_story(serve_request *q, sst_context *ctx, const store_article *a)
{
    store_story s;
    store_article *v = NULL;
    uint32_t n = 0;
    bool found;
    sst_status status = take_article(q, ctx, a);
    if (!status)
        status = store_story_find(q->store, a->story, &q->arena, &s, &found);
    if (status || !found)
        return status;
    status = serve_story_articles(q, &s, &v, &n);
    for (uint32_t i = 0; i < n && i < WHY_ARTICLES && !status; i++)
        status = take_article(q, ctx, &v[i]);
    return status;
}

/* Both articles, which may be shown; else the request is answered. */
static sst_status find_both(serve_request *q, store_article out[2])
{
    static const char *const names[] = {"a", "b"};
    for (int k = 0; k < 2; k++) {
        sst_str id = serve_get(q, names[k]);
        bool found;
        sst_status status = store_article_find(q->store, id, &q->arena, &out[k], &found);
        if (status)
            return status;
        if (!found || out[k].hidden)
            return serve_not_there(q, "report", id);
    }
    if (str_eq(out[0].id, out[1].id))
        return serve_problem(q, MHD_HTTP_BAD_REQUEST, "One report twice",
                             STR("Give two reports, not one twice."));
    return SST_OK;
}

typedef sst_status (*explained_fn)(serve_request *q, sst_context *ctx, const store_article v[2]);

/* What a user knows of these articles. */
static sst_status take_links(serve_request *q, sst_context *ctx)
{
    store_link *v = NULL;
    uint32_t n = 0;
    strmap there = {0};
    sst_status status = store_links(q->store, &ctx->arena, &v, &n);
    for (uint32_t i = 0; i < ctx->articles.n && n && !status; i++)
        if (!strmap_add(&ctx->arena, &there, ctx->articles.v[i]->id, i, NULL))
            status = SST_ERR_MEMORY;
    for (uint32_t i = 0; i < n && !status; i++) {
        if (!strmap_find(&there, v[i].a) || !strmap_find(&there, v[i].b))
            continue;
        api_link *to = vec_push(&ctx->arena, &ctx->links);
        if (!to)
            return SST_ERR_MEMORY;
        *to = (api_link){v[i].must, v[i].a, v[i].b};
    }
    return status;
}

static sst_status explain(serve_request *q, const store_article v[2], explained_fn fn)
{
    sst_context *ctx = NULL;
    sst_options options = SST_OPTIONS_DEFAULT;
    options.threads = 1;
    options.only = SST_STAGE_STORIES; /* no rows of stories are written */
    sst_status status = sst_open(&options, &ctx);
    for (int k = 0; k < 2 && !status; k++)
        status = take_story(q, ctx, &v[k]);
    if (!status)
        status = take_links(q, ctx);
    if (!status)
        status = sst_run(ctx, SST_STAGE_STORIES);
    if (!status)
        status = fn(q, ctx, v);
    sst_close(ctx);
    return status;
}

/* -------------------------------------------------------------------------------------------- page
 */

static void score(serve_request *q, const char *name, double v, const char *what)
{
    report_out *o = &q->out;
    html_raw(o, "<tr><th scope=\"row\">");
    report_out_z(o, name);
    html_raw(o, "</th><td class=\"num\">");
    html_text(o, arena_printf(&q->arena, "%.2f", v));
    html_raw(o, "</td><td>");
    report_out_z(o, what);
    html_raw(o, "</td></tr>\n");
}

static void shared(serve_request *q, const report_why *y, const sst_article *a,
                   const store_article *from)
{
    static const struct {
        const char *what, *label;
    } kinds[] = {{"name", "Names"}, {"place", "Places"}, {"number", "Numbers"}, {"word", "Words"}};
    report_out *o = &q->out;
    html_raw(o, "<h2>What both have</h2>\n<dl class=\"shared\">\n");
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        bool begun = false;
        for (uint32_t i = 0; i < y->between.shared_n; i++) {
            const sst_shared *s = &y->between.shared[i];
            if (!str_eq(s->what, str_of(kinds[k].what)))
                continue;
            if (!begun) {
                html_raw(o, "<dt>");
                report_out_z(o, kinds[k].label);
                html_raw(o, "</dt><dd");
                serve_lang(q, from->lang);
                html_raw(o, ">");
            } else {
                html_raw(o, ", ");
            }
            html_text(o, str_span(a->text, s->a));
            begun = true;
        }
        if (begun)
            html_raw(o, "</dd>\n");
    }
    if (!y->between.shared_n)
        html_raw(o, "<dt>Nothing</dt><dd>that tells them from other reports</dd>\n");
    html_raw(o, "</dl>\n");
}

static void near(serve_request *q, const sst_context *ctx, const char *which, const story_side *s,
                 uint32_t other)
{
    report_out *o = &q->out;
    if (s->nearest == UINT32_MAX || s->nearest == other)
        return;
    const sst_article *x = ctx->articles.v[s->nearest];
    html_raw(o, "<p class=\"meta\">Of the other story, the nearest to the ");
    report_out_z(o, which);
    html_raw(o, ": ");
    serve_link(q, "/article/", x->id, x->title.n ? x->title : x->id);
    html_text(o, arena_printf(&q->arena, " (%.2f)", (double)s->nearest_score));
    html_raw(o, "</p>\n");
}

static void the_two(serve_request *q, const store_article v[2])
{
    report_out *o = &q->out;
    html_raw(o, "<ul class=\"plain two\">");
    for (int k = 0; k < 2; k++) {
        html_raw(o, "<li data-item><p class=\"title\"");
        serve_lang(q, v[k].lang);
        html_raw(o, ">");
        serve_link(q, "/article/", v[k].id, v[k].title.n ? v[k].title : v[k].id);
        html_raw(o, "</p><p class=\"meta\">");
        html_text(o, serve_source(v[k].outlet, v[k].url.n ? v[k].url : v[k].id));
        if (v[k].published.n) {
            html_raw(o, " · ");
            serve_date(q, v[k].published);
        }
        html_raw(o, " · ");
        serve_link(q, "/story/", v[k].story, STR("its story"));
        html_raw(o, "</p></li>");
    }
    html_raw(o, "</ul>\n");
}

static sst_status page(serve_request *q, sst_context *ctx, const store_article v[2])
{
    report_out *o = &q->out;
    report_why y;
    sst_status status = api_explain(ctx, v[0].id.p, v[1].id.p, &y);
    if (status)
        return status;
    const story_between *x = &y.between;
    bool one = str_eq(v[0].story, v[1].story);
    serve_page_begin(q,
                     &(serve_head){.title = one ? STR("Why one story") : STR("Why two stories")});
    html_raw(o, "<header class=\"page-head\"><h1>");
    report_out_z(o, one ? "Why these two are one story" : "Why these two are two stories");
    html_raw(o, "</h1>\n<p class=\"lead\">");
    html_text(o, arena_printf(&q->arena,
                              "The reports of one story are alike by %.2f on average. With the "
                              "story of the other, the first is alike by %.2f, the second by %.2f.",
                              (double)x->least, (double)x->a.to_other, (double)x->b.to_other));
    if (y.link)
        report_out_z(o, str_eq(str_of(y.link), STR("must-link"))
                            ? " A list of links that was added says that they are one story."
                            : " A list of links that was added says that they are two stories.");
    html_raw(o, "</p></header>\n");
    the_two(q, v);
    html_raw(o, "<h2>How alike they are</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                "aria-label=\"How alike they are\"><table class=\"scores cards\"><thead><tr><th "
                "scope=\"col\">Measure</th><th scope=\"col\" class=\"num\">Value</th><th "
                "scope=\"col\">What it is</th></tr></thead><tbody>\n");
    score(q, "Score", (double)x->score, "words, times time, times names, times series");
    score(q, "Words", (double)x->words, "what they share of words, names, numbers and places");
    score(q, "Time", (double)x->time, "how near they were published; 1 is the same day");
    score(q, "Names", (double)x->names,
          "below 1 when both name several in full and none in common");
    score(q, "Series", (double)x->twin,
          "below 1 when both number the same thing differently, as a 12th and a 13th");
    score(q, "First with the other’s story", (double)x->a.to_other, "on average");
    score(q, "Second with the other’s story", (double)x->b.to_other, "on average");
    score(q, "Needed", (double)x->least, "the average that the reports of one story reach");
    score(q, "Word for word", y.copies.pair.containment,
          "of the shorter one’s runs of five words, the share that the other has too");
    html_raw(o, "</tbody></table></div>\n");
    shared(q, &y, ctx->articles.v[y.a], &v[0]);
    near(q, ctx, "first", &x->a, y.b);
    near(q, ctx, "second", &x->b, y.a);
    return serve_page_end(q);
}

static void form(serve_request *q)
{
    static const char *const names[] = {"a", "b"};
    report_out *o = &q->out;
    serve_page_begin(q, &(serve_head){.title = STR("Why one story")});
    html_raw(o, "<header class=\"page-head\"><h1>Why two reports are, or are not, one story</h1>\n"
                "<form class=\"fields\" action=\"/why\">\n");
    for (int k = 0; k < 2; k++) {
        html_raw(o, "<p><label for=\"f-");
        report_out_z(o, names[k]);
        report_out_z(o, k ? "\">Id of the second" : "\">Id of the first");
        html_raw(o, "</label> <input required id=\"f-");
        report_out_z(o, names[k]);
        html_raw(o, "\" name=\"");
        report_out_z(o, names[k]);
        html_raw(o, "\" value=\"");
        html_text(o, serve_get(q, names[k]));
        html_raw(o, "\"></p>\n");
    }
    html_raw(o, "<p class=\"go\"><button>Compare</button></p></form></header>\n");
}

sst_status serve_why(serve_request *q)
{
    store_article v[2];
    if (!serve_get(q, "a").n || !serve_get(q, "b").n) {
        form(q);
        return serve_page_end(q);
    }
    sst_status status = find_both(q, v);
    return status ? status : explain(q, v, page);
}

static sst_status rows(serve_request *q, sst_context *ctx, const store_article v[2])
{
    sst_status status = serve_flush(q);
    q->type = "application/json";
    return status ? status
                  : sst_write_why(ctx, v[0].id.p, v[1].id.p, SST_FORMAT_JSON, NULL,
                                  serve_sink(q).fn, q);
}

sst_status serve_api_why(serve_request *q)
{
    store_article v[2];
    sst_status status = find_both(q, v);
    return status ? status : explain(q, v, rows);
}
