/*
 * Lists of stories: the front page, by day and within a day by origins, with what is new since the
 * last visit; the same as rows.
 *
 *   Wednesday, 2 April 2031
 *     Headline of a story of many origins          new
 *     7 reports · 5 outlets · 4 origins · 3 differences
 */
#include "serve_inner.h"

#include <stdlib.h>

enum {
    DAY_S = 86400,
    LEAD_ORIGINS = 4, /* a story of so many is set larger ... */
    LEADS = 2         /* ... but no more than so many of one day */
};

static sst_status story_filter(serve_request *q, store_story_filter *out)
{
    sst_str order = serve_get(q, "order");
    *out = (store_story_filter){
        .order = str_eq(order, STR("origins"))    ? STORE_ORIGINS
                 : str_eq(order, STR("articles")) ? STORE_ARTICLES
                                                  : STORE_FRESH,
        .changed_since = STORE_NO_TIME,
        .lang = serve_get(q, "lang"),
        .outlet = serve_get(q, "outlet"),
        .articles_least = serve_number(q, "least", 2, 1000000),
        .page = serve_page_of(q),
    };
    sst_status status = serve_time(q, "since", &out->since);
    return status ? status : serve_time(q, "until", &out->until);
}

sst_status serve_list_stories(serve_request *q, store_story_filter *f, store_story **out,
                              uint32_t *n)
{
    sst_status status = story_filter(q, f);
    return status ? status : store_stories(q->store, f, &q->arena, out, n);
}

static bool is_new(const serve_request *q, const store_story *s)
{
    return q->since != STORE_NO_TIME && s->changed > q->since;
}

static void count(report_out *o, uint32_t n, const char *one, const char *many)
{
    if (!n)
        return;
    html_raw(o, " · <span class=\"nb\">");
    html_count(o, n, one, many);
    html_raw(o, "</span>");
}

static void entry(serve_request *q, const store_story *s, bool lead)
{
    report_out *o = &q->out;
    report_out_z(o, lead && s->origin_n >= LEAD_ORIGINS ? "<li class=\"entry large\" data-item>"
                                                        : "<li class=\"entry\" data-item>");
    html_raw(o, "<h3");
    serve_lang(q, s->lang);
    html_raw(o, ">");
    serve_link(q, "/story/", s->id, s->title.n ? s->title : s->id);
    html_raw(o, "</h3>\n<p class=\"meta\">");
    if (is_new(q, s))
        html_raw(o, "<b class=\"new\">new</b> · ");
    html_count(o, s->article_n, "report", "reports");
    count(o, s->outlet_n, "outlet", "outlets");
    count(o, s->origin_n, "origin", "origins");
    count(o, s->differ_n, "difference", "differences");
    if (s->last_published.n) {
        html_raw(o, " · ");
        serve_date(q, s->last_published);
    }
    if (s->stale)
        html_raw(o, " · being compared");
    html_raw(o, "</p></li>\n");
}

static int64_t day_of(const store_story *s)
{
    return s->last_s == STORE_NO_TIME ? INT64_MIN
           : s->last_s >= 0           ? s->last_s / DAY_S
                                      : (s->last_s - DAY_S + 1) / DAY_S;
}

/* More origins first, then more reports, then the freshest, then by id. */
static int by_weight(const void *x, const void *y)
{
    const store_story *a = x, *b = y;
    if (a->origin_n != b->origin_n)
        return a->origin_n > b->origin_n ? -1 : 1;
    if (a->article_n != b->article_n)
        return a->article_n > b->article_n ? -1 : 1;
    if (a->last_s != b->last_s)
        return a->last_s > b->last_s ? -1 : 1;
    return str_cmp(a->id, b->id);
}

static void by_day(serve_request *q, store_story *v, uint32_t n)
{
    report_out *o = &q->out;
    for (uint32_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && day_of(&v[j]) == day_of(&v[i]); j++)
            ;
        qsort(v + i, j - i, sizeof *v, by_weight);
        html_raw(o, "<section class=\"day\"><h2>");
        if (v[i].last_s == STORE_NO_TIME)
            html_raw(o, "Without a date");
        else
            html_text(o, serve_day(&q->arena, v[i].last_s));
        html_raw(o, "</h2>\n<ol class=\"entries\">\n");
        for (uint32_t k = i; k < j; k++)
            entry(q, &v[k], k - i < LEADS);
        html_raw(o, "</ol></section>\n");
    }
}

static void order_link(serve_request *q, const char *order, const char *name, bool here)
{
    report_out *o = &q->out;
    html_raw(o, "<a href=\"/?");
    html_text(o, serve_query(q, "order"));
    html_raw(o, "order=");
    report_out_z(o, order);
    report_out_z(o, here ? "\" aria-current=\"true\">" : "\">");
    report_out_z(o, name);
    html_raw(o, "</a>");
}

static sst_status since_last(serve_request *q, const store_story_filter *f)
{
    report_out *o = &q->out;
    store_story *v = NULL;
    uint32_t n = 0;
    store_story_filter changed = *f;
    changed.changed_since = q->since;
    changed.page = (store_page){SERVE_LIMIT_MOST, 0};
    sst_status status = store_stories(q->store, &changed, &q->arena, &v, &n);
    if (status)
        return status;
    html_raw(o, "<p class=\"lead\">");
    if (n == 0)
        html_raw(o, "No story has changed");
    else {
        html_raw(o, "<b>");
        html_number(o, n);
        if (n == SERVE_LIMIT_MOST)
            html_raw(o, " or more");
        html_raw(o, "</b>");
        report_out_z(o,
                     n == 1 ? " story is new or has changed" : " stories are new or have changed");
    }
    html_raw(o, " since your last visit, ");
    serve_date_s(q, q->since);
    report_out_z(o, n ? "; marked <b class=\"new\">new</b>.</p>\n" : ".</p>\n");
    return SST_OK;
}

sst_status serve_front(serve_request *q)
{
    report_out *o = &q->out;
    store_story_filter f;
    store_story *v = NULL;
    uint32_t n = 0;
    store_counts counts;
    sst_status status = serve_list_stories(q, &f, &v, &n);
    if (!status)
        status = serve_counts(q, &counts);
    if (status)
        return status;
    serve_page_begin(q, &(serve_head){.here = "/",
                                      .atom = "/feed.atom",
                                      .json = "/feed.json",
                                      .api = STR("/api/v1/stories")});
    html_raw(o, "<header class=\"page-head\"><h1>Stories</h1>\n<p class=\"meta\">");
    serve_big(o, counts.articles);
    html_raw(o, " articles of ");
    serve_big(o, counts.outlets);
    html_raw(o, " outlets");
    if (counts.last_added != STORE_NO_TIME && counts.last_added > 0) {
        html_raw(o, " · the last came ");
        serve_date_s(q, counts.last_added);
    }
    html_raw(o, "</p>\n");
    if (q->since != STORE_NO_TIME && !f.page.offset)
        status = since_last(q, &f);
    if (status)
        return status;
    html_raw(o, "<nav class=\"order\" aria-label=\"Order of the stories\">");
    order_link(q, "fresh", "By day", f.order == STORE_FRESH);
    order_link(q, "origins", "Most origins", f.order == STORE_ORIGINS);
    order_link(q, "articles", "Most reports", f.order == STORE_ARTICLES);
    html_raw(o, "</nav></header>\n");
    if (n == 0) {
        html_raw(o, "<p class=\"lead\">No story of several reports");
        report_out_z(o, counts.articles ? " here.</p>\n"
                                        : " yet: <code>samestory ingest</code> or <code>samestory "
                                          "fetch</code> bring articles in.</p>\n");
    } else if (f.order == STORE_FRESH) {
        by_day(q, v, n);
    } else {
        html_raw(
            o, "<section class=\"day\"><h2 class=\"vh\">All stories</h2><ol class=\"entries\">\n");
        for (uint32_t i = 0; i < n; i++)
            entry(q, &v[i], false);
        html_raw(o, "</ol></section>\n");
    }
    serve_pager(q, "/", n);
    return serve_page_end(q);
}

sst_status serve_api_stories(serve_request *q)
{
    report_out *o = &q->out;
    store_story_filter f;
    store_story *v = NULL;
    uint32_t n = 0;
    sst_status status = serve_list_stories(q, &f, &v, &n);
    if (status)
        return status;
    q->type = "application/json";
    json_object(o);
    json_key(o, "stories");
    json_array(o);
    for (uint32_t i = 0; i < n; i++)
        serve_json_story(o, &v[i], &q->arena);
    json_array_end(o);
    serve_json_next(q, "/api/v1/stories", n);
    json_object_end(o);
    json_line(o);
    return SST_OK;
}
