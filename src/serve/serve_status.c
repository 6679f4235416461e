/* What is in the database, the feeds with how they fare, the errors of feeds, newest first. */
#include "serve_inner.h"

static void row(serve_request *q, const char *name, uint64_t n)
{
    html_raw(&q->out, "<div><dt>");
    report_out_z(&q->out, name);
    html_raw(&q->out, "</dt><dd>");
    serve_big(&q->out, n);
    html_raw(&q->out, "</dd></div>\n");
}

static void feed_rows(serve_request *q, const store_feed *v, uint32_t n)
{
    report_out *o = &q->out;
    html_raw(o, "<section><h2>Feeds</h2>\n");
    if (n == 0) {
        html_raw(o,
                 "<p class=\"meta\">None: <code>samestory fetch --db FILE FEEDS.opml</code> asks "
                 "for feeds.</p></section>\n");
        return;
    }
    html_raw(
        o, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Feeds\"><table "
           "class=\"rows cards\"><thead><tr><th scope=\"col\">Feed</th><th scope=\"col\">State</th>"
           "<th scope=\"col\">Asked</th><th scope=\"col\">Last new article</th><th scope=\"col\" "
           "class=\"num\">Articles</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < n; i++) {
        const store_feed *f = &v[i];
        html_raw(o, "<tr data-item><th scope=\"row\">");
        html_text(o, f->title.n ? f->title : f->url);
        if (f->title.n) {
            html_raw(o, "<small>");
            html_text(o, f->url);
            html_raw(o, "</small>");
        }
        html_raw(o, "</th>");
        serve_cell(o, "State", "reason whole");
        if (f->gone)
            html_raw(o, "gone");
        else if (f->error.n) {
            html_raw(o, "<b>failed</b>: ");
            html_text(o, f->error);
        } else
            report_out_z(o, f->last_poll == STORE_NO_TIME ? "not asked yet"
                            : f->status == 304            ? "well, unchanged"
                                                          : "well");
        html_raw(o, "</td>");
        serve_cell(o, "Asked", "");
        serve_date_s(q, f->last_poll);
        html_raw(o, "</td>");
        serve_cell(o, "Last new article", "");
        serve_date_s(q, f->last_new);
        html_raw(o, "</td>");
        serve_cell_number(o, "Articles", f->article_n);
        html_raw(o, "</tr>\n");
    }
    html_raw(o, "</tbody></table></div></section>\n");
}

static void error_rows(serve_request *q, const store_feed_note *v, uint32_t n)
{
    report_out *o = &q->out;
    if (n == 0)
        return;
    html_raw(
        o,
        "<section><h2>Errors of feeds</h2>\n<div class=\"scroll\" tabindex=\"0\" "
        "role=\"region\" aria-label=\"Errors of feeds\"><table class=\"rows cards\"><thead><tr><th "
        "scope=\"col\">When</th><th scope=\"col\">What</th><th scope=\"col\">Where</th></tr>"
        "</thead><tbody>\n");
    for (uint32_t i = 0; i < n; i++) {
        html_raw(o, "<tr data-item>");
        serve_cell(o, "When", "");
        serve_date_s(q, v[i].at);
        html_raw(o, "</td>");
        serve_cell(o, "What", "reason whole");
        html_text(o, v[i].message);
        html_raw(o, "</td>");
        serve_cell(o, "Where", "address whole");
        html_text(o, v[i].address.n ? v[i].address : v[i].feed);
        html_raw(o, "</td></tr>\n");
    }
    html_raw(o, "</tbody></table></div></section>\n");
}

static sst_status read_all(serve_request *q, store_counts *c, store_feed **f, uint32_t *n,
                           store_feed_note **e, uint32_t *k)
{
    store_page page = serve_page_of(q);
    sst_status status = store_feeds(q->store, false, 0, &q->arena, f, n);
    if (!status)
        status = store_feed_errors(q->store, page.limit, page.offset, &q->arena, e, k);
    return status ? status : serve_counts(q, c);
}

sst_status serve_status(serve_request *q)
{
    report_out *o = &q->out;
    store_feed *f = NULL;
    store_feed_note *e = NULL;
    uint32_t n = 0, k = 0;
    store_counts in, *c = &in;
    sst_status status = read_all(q, c, &f, &n, &e, &k);
    if (status)
        return status;
    serve_page_begin(
        q, &(serve_head){.title = STR("Status"), .here = "/status", .api = STR("/api/v1/status")});
    html_raw(o, "<header class=\"page-head\"><h1>Status</h1></header>\n<dl class=\"counts\">\n");
    row(q, "Articles", c->articles);
    row(q, "Versions", c->versions);
    row(q, "Stories", c->stories);
    row(q, "Quotations", c->quotations);
    row(q, "Figures", c->figures);
    row(q, "Outlets", c->outlets);
    row(q, "Stories to be compared", c->stale);
    row(q, "Inputs that could not be read", c->input_errors);
    html_raw(o, "<div><dt>Size</dt><dd>");
    html_text(o, arena_printf(&q->arena, "%.1f MB", (double)c->bytes / 1e6));
    html_raw(o, "</dd></div>\n");
    html_raw(o, "</dl>\n");
    feed_rows(q, f, n);
    error_rows(q, e, k);
    serve_pager(q, "/status", k);
    return serve_page_end(q);
}

sst_status serve_api_status(serve_request *q)
{
    report_out *o = &q->out;
    store_feed *f = NULL;
    store_feed_note *e = NULL;
    uint32_t n = 0, k = 0;
    store_counts in, *c = &in;
    sst_status status = read_all(q, c, &f, &n, &e, &k);
    if (status)
        return status;
    const struct {
        const char *key;
        uint64_t v;
    } counts[] = {{"articles", c->articles}, {"versions", c->versions},
                  {"stories", c->stories},   {"quotations", c->quotations},
                  {"figures", c->figures},   {"outlets", c->outlets},
                  {"stale", c->stale},       {"input_errors", c->input_errors},
                  {"bytes", c->bytes},       {"generation", c->generation}};
    q->type = "application/json";
    json_object(o);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        json_key(o, counts[i].key);
        json_u64(o, counts[i].v);
    }
    serve_json_time(o, &q->arena, "last_added", c->articles ? c->last_added : STORE_NO_TIME);
    json_key(o, "feeds");
    json_array(o);
    for (uint32_t i = 0; i < n; i++) {
        json_object(o);
        json_key_string(o, "url", f[i].url);
        serve_json_maybe(o, "title", f[i].title);
        serve_json_maybe(o, "outlet", f[i].outlet);
        json_key(o, "status");
        json_i64(o, f[i].status);
        serve_json_maybe(o, "error", f[i].error);
        serve_json_time(o, &q->arena, "last_poll", f[i].last_poll);
        serve_json_time(o, &q->arena, "last_new", f[i].last_new);
        json_key(o, "articles");
        json_u64(o, f[i].article_n);
        json_key(o, "polls");
        json_u64(o, f[i].poll_n);
        json_key(o, "errors");
        json_u64(o, f[i].error_n);
        json_key(o, "gone");
        json_bool(o, f[i].gone);
        json_object_end(o);
    }
    json_array_end(o);
    json_key(o, "errors");
    json_array(o);
    for (uint32_t i = 0; i < k; i++) {
        json_object(o);
        json_key_string(o, "feed", e[i].feed);
        json_key_string(o, "address", e[i].address);
        serve_json_time(o, &q->arena, "at", e[i].at);
        json_key(o, "status");
        json_i64(o, e[i].status);
        json_key_string(o, "message", e[i].message);
        json_object_end(o);
    }
    json_array_end(o);
    json_object_end(o);
    json_line(o);
    return SST_OK;
}
