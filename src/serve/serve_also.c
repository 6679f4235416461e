/*
 * Other stories that parts of a report tell of: a round-up, a live page. The parts stand as the
 * report has them; the same as JSON, as the rows of `stories` have it.
 */
#include "serve_inner.h"

static sst_status ask(serve_request *q, store_article *a, store_other **v, uint32_t *n)
{
    sst_status status = serve_find_article(q, a);
    return status ? status : store_also(q->store, a->row, &q->arena, v, n);
}

static void span(report_out *o, sst_span s)
{
    json_array(o);
    json_u64(o, s.begin);
    json_u64(o, s.end);
    json_array_end(o);
}

sst_status serve_api_also(serve_request *q)
{
    report_out *o = &q->out;
    store_article a;
    store_other *v = NULL;
    uint32_t n = 0;
    sst_status status = ask(q, &a, &v, &n);
    if (status)
        return status;
    q->type = "application/json";
    json_object(o);
    json_key_string(o, "article", a.id);
    json_key(o, "also");
    json_array(o);
    for (uint32_t i = 0; i < n; i++) {
        json_object(o);
        json_key_string(o, "story", v[i].story);
        json_key_string(o, "with", v[i].with);
        json_key(o, "score");
        json_score(o, (double)v[i].score);
        json_key(o, "part");
        span(o, v[i].part);
        json_key(o, "shared");
        json_array(o);
        for (uint32_t k = 0; k < v[i].shared_n; k++) {
            json_object(o);
            json_key_string(o, "what", v[i].shared[k].what);
            json_key(o, "at");
            span(o, v[i].shared[k].a);
            json_key(o, "with_at");
            span(o, v[i].shared[k].b);
            json_object_end(o);
        }
        json_array_end(o);
        json_object_end(o);
    }
    json_array_end(o);
    json_object_end(o);
    json_line(o);
    return SST_OK;
}

sst_status serve_also(serve_request *q)
{
    report_out *o = &q->out;
    store_article a;
    store_other *v = NULL;
    uint32_t n = 0;
    sst_status status = ask(q, &a, &v, &n);
    if (status)
        return status;
    serve_page_begin(q, &(serve_head){.title = STR("Other stories in one report"),
                                      .api = arena_printf(&q->arena, "/api/v1/articles/%s/also",
                                                          serve_coded(&q->arena, a.id).p)});
    html_raw(o, "<header class=\"page-head\"><h1>Other stories that one report tells of</h1>\n"
                "<p class=\"lead\"");
    serve_lang(q, a.lang);
    html_raw(o, ">");
    serve_link(q, "/article/", a.id, a.title.n ? a.title : a.id);
    html_raw(o, "</p></header>\n");
    if (n == 0)
        html_raw(o, "<p>No part of it tells of a story that other reports tell.</p>\n");
    for (uint32_t i = 0; i < n; i++) {
        html_raw(o, "<section data-item><h2");
        serve_lang(q, a.lang);
        html_raw(o, ">");
        serve_link(q, "/story/", v[i].story, v[i].title.n ? v[i].title : v[i].story);
        html_raw(o, "</h2>\n<blockquote");
        serve_lang(q, a.lang);
        html_raw(o, "><p>");
        html_text(o, str_span(v[i].text, v[i].part));
        html_raw(o, "</p></blockquote>\n<p class=\"meta\">");
        html_text(o, arena_printf(&q->arena, "alike by %.2f on average · ", (double)v[i].score));
        serve_link(q, "/article/", v[i].with, STR("the report that it is most like"));
        html_raw(o, " · <a href=\"/why?a=");
        html_segment(o, a.id);
        html_raw(o, "&amp;b=");
        html_segment(o, v[i].with);
        html_raw(o, "\">why two stories</a></p></section>\n");
    }
    return serve_page_end(q);
}
