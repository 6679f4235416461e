/* Outlets: how much of each is here, and how often a report changed without a note; one outlet and
 * its reports. */
#include "serve_inner.h"

sst_status serve_outlets(serve_request *q)
{
    report_out *o = &q->out;
    store_outlet *v = NULL;
    uint32_t n = 0;
    sst_status status = store_outlets(q->store, serve_page_of(q), &q->arena, &v, &n);
    if (status)
        return status;
    serve_page_begin(
        q,
        &(serve_head){.title = STR("Outlets"), .here = "/outlets", .api = STR("/api/v1/outlets")});
    html_raw(
        o,
        "<header class=\"page-head\"><h1>Outlets</h1></header>\n<div class=\"scroll\" "
        "tabindex=\"0\" role=\"region\" aria-label=\"Outlets\"><table class=\"rows cards\"><thead>"
        "<tr><th scope=\"col\">Outlet</th><th scope=\"col\" class=\"num\">Reports</th><th "
        "scope=\"col\" class=\"num\">Stories</th><th scope=\"col\" class=\"num\">Later "
        "versions</th><th scope=\"col\" class=\"num\">Changed without a note</th><th "
        "scope=\"col\">Newest</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < n; i++) {
        html_raw(o, "<tr data-item><th scope=\"row\">");
        serve_link(q, "/outlet/", v[i].name, v[i].name);
        html_raw(o, "</th>");
        const uint32_t counts[] = {v[i].article_n, v[i].story_n, v[i].version_n, v[i].silent_n};
        static const char *const labels[] = {"Reports", "Stories", "Later versions",
                                             "Changed without a note"};
        for (int k = 0; k < 4; k++)
            serve_cell_number(o, labels[k], counts[k]);
        serve_cell(o, "Newest", "");
        sst_str day = serve_iso(&q->arena, v[i].last_s);
        if (day.n)
            serve_date(q, (sst_str){day.p, 10});
        html_raw(o, "</td></tr>\n");
    }
    html_raw(o, "</tbody></table></div>\n");
    serve_pager(q, "/outlets", n);
    return serve_page_end(q);
}

static void json_outlet(report_out *o, const store_outlet *x)
{
    const struct {
        const char *key;
        uint32_t n;
    } counts[] = {{"articles", x->article_n},
                  {"stories", x->story_n},
                  {"later_versions", x->version_n},
                  {"silent_changes", x->silent_n}};
    json_object(o);
    json_key_string(o, "name", x->name);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        json_key(o, counts[i].key);
        json_u64(o, counts[i].n);
    }
    json_object_end(o);
}

sst_status serve_api_outlets(serve_request *q)
{
    report_out *o = &q->out;
    store_outlet *v = NULL;
    uint32_t n = 0;
    sst_status status = store_outlets(q->store, serve_page_of(q), &q->arena, &v, &n);
    if (status)
        return status;
    q->type = "application/json";
    json_object(o);
    json_key(o, "outlets");
    json_array(o);
    for (uint32_t i = 0; i < n; i++)
        json_outlet(o, &v[i]);
    json_array_end(o);
    serve_json_next(q, "/api/v1/outlets", n);
    json_object_end(o);
    json_line(o);
    return SST_OK;
}

/* The outlet of the address with the reports of this page; the store leaves out what may not be
 * shown. */
static sst_status one(serve_request *q, store_outlet *x, store_article **v, uint32_t *n)
{
    bool found;
    sst_status status = store_outlet_find(q->store, q->arg[0], &q->arena, x, &found);
    if (status)
        return status;
    return found ? store_outlet_articles(q->store, x->name, serve_page_of(q), &q->arena, v, n)
                 : serve_not_there(q, "outlet", q->arg[0]);
}

sst_status serve_outlet(serve_request *q)
{
    report_out *o = &q->out;
    store_outlet x;
    store_article *v = NULL;
    uint32_t n = 0;
    sst_status status = one(q, &x, &v, &n);
    if (status)
        return status;
    sst_str path = arena_printf(&q->arena, "/outlet/%s", serve_coded(&q->arena, x.name).p);
    serve_page_begin(q, &(serve_head){.title = x.name,
                                      .here = "/outlets",
                                      .api = arena_printf(&q->arena, "/api/v1/outlets/%s",
                                                          serve_coded(&q->arena, x.name).p)});
    html_raw(o, "<header class=\"page-head\"><h1>");
    html_text(o, x.name);
    html_raw(o, "</h1>\n<p class=\"meta\">");
    html_count(o, x.article_n, "report", "reports");
    html_raw(o, " of ");
    html_count(o, x.story_n, "story", "stories");
    html_raw(o, " · ");
    html_count(o, x.version_n, "later version", "later versions");
    html_raw(o, ", ");
    html_count(o, x.silent_n, "of them changed the substance without a note",
               "of them changed the substance without a note");
    html_raw(o, "</p></header>\n<ul class=\"plain entries\">\n");
    for (uint32_t i = 0; i < n; i++) {
        html_raw(o, "<li class=\"entry\" data-item><h2");
        serve_lang(q, v[i].lang);
        html_raw(o, ">");
        serve_link(q, "/article/", v[i].id, v[i].title.n ? v[i].title : v[i].id);
        html_raw(o, "</h2><p class=\"meta\">");
        if (v[i].published.n) {
            serve_date(q, v[i].published);
            html_raw(o, " · ");
        }
        if (v[i].version_n > 1) {
            html_raw(o, "<a href=\"/article/");
            html_segment(o, v[i].id);
            html_raw(o, "/versions\">");
            html_count(o, v[i].version_n, "version", "versions");
            html_raw(o, "</a> · ");
        }
        serve_link(q, "/story/", v[i].story, STR("its story"));
        html_raw(o, "</p></li>\n");
    }
    html_raw(o, "</ul>\n");
    serve_pager(q, path.p, n);
    return serve_page_end(q);
}

sst_status serve_api_outlet(serve_request *q)
{
    report_out *o = &q->out;
    store_outlet x;
    store_article *v = NULL;
    uint32_t n = 0;
    sst_status status = one(q, &x, &v, &n);
    if (status)
        return status;
    q->type = "application/json";
    json_object(o);
    json_key(o, "outlet");
    json_outlet(o, &x);
    json_key(o, "articles");
    json_array(o);
    for (uint32_t i = 0; i < n; i++)
        serve_json_article(o, &v[i]);
    json_array_end(o);
    serve_json_next(
        q, arena_printf(&q->arena, "/api/v1/outlets/%s", serve_coded(&q->arena, x.name).p).p, n);
    json_object_end(o);
    json_line(o);
    return SST_OK;
}
