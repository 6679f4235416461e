/*
 * One story: the section that `compare --html` writes, by the same renderer; the same as `compare
 * --json`. Comparing takes as long as the story is large, so what is found is kept.
 */
#include "serve_inner.h"

sst_status serve_find_story(serve_request *q, const char *suffix, store_story *out)
{
    bool found;
    sst_status status = store_story_find(q->store, q->arg[0], &q->arena, out, &found);
    if (status)
        return status;
    if (!found || (!out->article_n && !out->merged_into.n)) /* all of it is withheld */
        return serve_not_there(q, "story", q->arg[0]);
    if (out->merged_into.n) { /* it has become a part of another */
        sst_str base = q->route->kind == SERVE_API ? STR("/api/v1/stories/") : STR("/story/");
        q->status = MHD_HTTP_PERMANENT_REDIRECT;
        q->keep = false;
        q->type = "text/plain; charset=utf-8";
        q->location = arena_printf(&q->arena, "%s%.*s%s", base.p, (int)out->merged_into.n,
                                   out->merged_into.p, suffix);
        html_raw(&q->out, "its articles are in another story\n");
        return SERVE_ANSWERED;
    }
    return SST_OK;
}

sst_status serve_story_articles(serve_request *q, const store_story *s, store_article **out,
                                uint32_t *n)
{
    uint32_t all = 0;
    sst_status status = store_story_articles(q->store, s->row, &q->arena, out, &all);
    *n = 0;
    for (uint32_t i = 0; i < all && !status; i++)
        if (!(*out)[i].hidden)
            (*out)[(*n)++] = (*out)[i];
    return status;
}

sst_status serve_result_of(const store_compared *c, sst_arena *arena, serve_result *out)
{
    memset(out, 0, sizeof *out);
    out->options = (sst_options)SST_OPTIONS_DEFAULT;
    out->findings = &c->findings;
    out->story_of = arena_calloc(arena, c->n + 1, sizeof *out->story_of);
    if (!out->story_of)
        return SST_ERR_MEMORY;
    out->r = (sst_run_result){
        .options = &out->options,
        .errors = &out->none,
        .reader_errors = &out->none,
        .input_n = c->n,
        .articles = c->articles,
        .texts = c->texts,
        .quotes = c->quotes,
        .figures = c->figures,
        .n = c->n,
        .stories = &c->story,
        .story_n = 1,
        .findings = &out->findings,
        .story_of = out->story_of,
    };
    return SST_OK;
}

static void feeds_of(serve_request *q, const store_story *s)
{
    report_out *o = &q->out;
    html_raw(o, "<p class=\"meta more\">This story as <a href=\"/story/");
    html_segment(o, s->id);
    html_raw(o, "/feed.atom\">Atom</a>, <a href=\"/story/");
    html_segment(o, s->id);
    html_raw(o, "/feed.json\">JSON Feed</a>, <a href=\"/api/v1/stories/");
    html_segment(o, s->id);
    html_raw(o, "/report\">JSON</a>");
    if (s->changed != STORE_NO_TIME) {
        html_raw(o, " · last changed ");
        serve_date_s(q, s->changed);
    }
    html_raw(o, "</p>\n");
}

/* The story of the address with what is found in it; the caller gives it back. */
static sst_status compared(serve_request *q, const char *suffix, store_story *s,
                           serve_compared **out, serve_result *r)
{
    sst_status status = serve_find_story(q, suffix, s);
    if (!status)
        status = serve_compare(q, s, out);
    if (status)
        return status;
    status = (*out)->c->n ? serve_result_of((*out)->c, &q->arena, r)
                          : serve_not_there(q, "story", s->id); /* withdrawn meanwhile */
    if (status)
        serve_compared_give(q->server, *out);
    return status;
}

sst_status serve_story(serve_request *q)
{
    store_story s;
    serve_compared *c = NULL;
    serve_result r;
    sst_status status = compared(q, "", &s, &c, &r);
    if (status)
        return status;
    sst_str path = arena_printf(&q->arena, "/story/%.*s", (int)s.id.n, s.id.p);
    sst_str title = report_title(&c->c->findings);
    serve_page_begin(
        q, &(serve_head){
               .title = title,
               .atom = arena_printf(&q->arena, "%s/feed.atom", path.p).p,
               .json = arena_printf(&q->arena, "%s/feed.json", path.p).p,
               .api = arena_printf(&q->arena, "/api/v1/stories/%.*s/report", (int)s.id.n, s.id.p),
           });
    status = serve_flush(q);
    if (!status)
        status = report_write_story(&r.r, &serve_links, serve_sink(q));
    serve_compared_give(q->server, c);
    if (status)
        return status;
    feeds_of(q, &s);
    return serve_page_end(q);
}

sst_status serve_api_story(serve_request *q)
{
    report_out *o = &q->out;
    store_story s;
    store_article *v = NULL;
    uint32_t n = 0;
    sst_status status = serve_find_story(q, "", &s);
    if (!status)
        status = serve_story_articles(q, &s, &v, &n);
    if (status)
        return status;
    q->type = "application/json";
    json_object(o);
    json_key(o, "story");
    serve_json_story(o, &s, &q->arena);
    json_key(o, "articles");
    json_array(o);
    for (uint32_t i = 0; i < n; i++)
        serve_json_article(o, &v[i]);
    json_array_end(o);
    json_object_end(o);
    json_line(o);
    return SST_OK;
}

sst_status serve_api_report(serve_request *q)
{
    store_story s;
    serve_compared *c = NULL;
    serve_result r;
    sst_status status = compared(q, "/report", &s, &c, &r);
    if (status)
        return status;
    q->type = "application/json";
    status = report_write(&r.r, SST_VIEW_REPORT, SST_FORMAT_JSON, NULL, serve_sink(q));
    serve_compared_give(q->server, c);
    return status;
}
