/*
 * People: who is quoted, and what one of them said, in time, in which words in which outlet.
 * Versions of one utterance stand together, the fullest as its report has it.
 */
#include "serve_inner.h"

static sst_status people(serve_request *q, store_person **v, uint32_t *n)
{
    return store_people(q->store, serve_get(q, "q"), serve_page_of(q), &q->arena, v, n);
}

sst_status serve_people(serve_request *q)
{
    report_out *o = &q->out;
    store_person *v = NULL;
    uint32_t n = 0;
    sst_status status = people(q, &v, &n);
    if (status)
        return status;
    serve_page_begin(
        q, &(serve_head){.title = STR("People"), .here = "/people", .api = STR("/api/v1/people")});
    html_raw(o,
             "<header class=\"page-head\"><h1>People</h1>\n<p class=\"lead\">Who is quoted, most "
             "quotations first.</p>\n<form class=\"inline\" action=\"/people\"><label "
             "for=\"name\">Name begins with</label> <input id=\"name\" name=\"q\" value=\"");
    html_text(o, serve_get(q, "q"));
    html_raw(o, "\"> <button>Show</button></form></header>\n");
    if (n == 0) {
        html_raw(o, "<p class=\"lead\">Nobody.</p>\n");
        return serve_page_end(q);
    }
    html_raw(o,
             "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"People\"><table "
             "class=\"rows\"><thead><tr><th scope=\"col\">Name</th><th scope=\"col\" "
             "class=\"num\">Quotations</th><th scope=\"col\" class=\"num\">Reports</th><th "
             "scope=\"col\" class=\"num\">Stories</th><th scope=\"col\">From</th><th scope=\"col\">"
             "To</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < n; i++) {
        html_raw(o, "<tr data-item><th scope=\"row\">");
        serve_link(q, "/person/", v[i].name, v[i].name);
        const uint32_t counts[] = {v[i].quotation_n, v[i].article_n, v[i].story_n};
        html_raw(o, "</th>");
        for (int k = 0; k < 3; k++) {
            html_raw(o, "<td class=\"num\">");
            serve_big(o, counts[k]);
            html_raw(o, "</td>");
        }
        const int64_t ends[] = {v[i].first_s, v[i].last_s};
        for (int k = 0; k < 2; k++) {
            html_raw(o, "<td>");
            sst_str day = serve_iso(&q->arena, ends[k]);
            if (day.n)
                serve_date(q, (sst_str){day.p, 10});
            html_raw(o, "</td>");
        }
        html_raw(o, "</tr>\n");
    }
    html_raw(o, "</tbody></table></div>\n");
    serve_pager(q, "/people", n);
    return serve_page_end(q);
}

sst_status serve_api_people(serve_request *q)
{
    report_out *o = &q->out;
    store_person *v = NULL;
    uint32_t n = 0;
    sst_status status = people(q, &v, &n);
    if (status)
        return status;
    q->type = "application/json";
    json_object(o);
    json_key(o, "people");
    json_array(o);
    for (uint32_t i = 0; i < n; i++) {
        json_object(o);
        json_key_string(o, "name", v[i].name);
        json_key(o, "quotations");
        json_u64(o, v[i].quotation_n);
        json_key(o, "articles");
        json_u64(o, v[i].article_n);
        json_key(o, "stories");
        json_u64(o, v[i].story_n);
        json_object_end(o);
    }
    json_array_end(o);
    serve_json_next(q, "/api/v1/people", n);
    json_object_end(o);
    json_line(o);
    return SST_OK;
}

/* ------------------------------------------------------------------------------------------ person
 */

static sst_status said(serve_request *q, store_quotation **v, uint32_t *n, bool *good)
{
    int64_t since, until;
    *good = serve_time(q, "since", &since) && serve_time(q, "until", &until);
    if (!*good)
        return SST_OK;
    return store_person_quotations(q->store, q->arg[0], since, until, serve_page_of(q), &q->arena,
                                   v, n);
}

static bool one_utterance(const store_quotation *a, const store_quotation *b)
{
    return a->utterance && a->utterance == b->utterance && str_eq(a->story, b->story);
}

static void version(serve_request *q, const store_quotation *x, bool first)
{
    report_out *o = &q->out;
    bool direct = !str_eq(x->type, STR("indirect"));
    report_out_z(o, first ? "<blockquote" : "<blockquote class=\"again\"");
    serve_lang(q, x->lang);
    report_out_z(o, direct ? "><p>“" : "><p>");
    html_text(o, x->said);
    report_out_z(o, direct ? "”</p></blockquote>\n" : "</p></blockquote>\n");
    html_raw(o, "<p class=\"meta\">");
    serve_link(q, "/article/", x->article, x->outlet.n ? x->outlet : x->article);
    if (x->published.n) {
        html_raw(o, " · ");
        serve_date(q, x->published);
    }
    if (!direct)
        html_raw(o, " · in the report’s words");
    if (x->change.n && !str_eq(x->change, STR("same"))) {
        html_raw(o, " · against the fullest version: ");
        html_text(o, x->change);
    }
    html_raw(o, "</p>\n");
}

sst_status serve_person(serve_request *q)
{
    report_out *o = &q->out;
    store_quotation *v = NULL;
    uint32_t n = 0;
    bool good;
    sst_status status = said(q, &v, &n, &good);
    if (status || !good)
        return status;
    if (n == 0 && !q->param_n)
        return serve_not_there(q, "quotation of", q->arg[0]);
    sst_str name = n && v[0].speaker.n ? v[0].speaker : q->arg[0];
    sst_str path = arena_printf(&q->arena, "/person/%s", serve_coded(&q->arena, name).p);
    serve_page_begin(q, &(serve_head){.title = name,
                                      .here = "/people",
                                      .api = arena_printf(&q->arena, "/api/v1/people/%s",
                                                          serve_coded(&q->arena, name).p)});
    html_raw(o, "<header class=\"page-head\"><h1>");
    html_text(o, name);
    html_raw(o, "</h1>\n<p class=\"lead\">What the reports say that they said, the newest first. "
                "Each quotation stands in the report that is named below it.</p></header>\n"
                "<ol class=\"said\">\n");
    for (uint32_t i = 0; i < n; i++) {
        bool first = i == 0 || !one_utterance(&v[i - 1], &v[i]);
        if (first) {
            html_raw(o, "<li data-item><h2 class=\"meta\">");
            html_link_open(o, "/story/", v[i].story);
            html_raw(o, "<span");
            serve_lang(q, v[i].lang);
            html_raw(o, ">");
            html_text(o, v[i].title.n ? v[i].title : v[i].story);
            html_raw(o, "</span></a></h2>\n");
        }
        version(q, &v[i], first);
        if (i + 1 == n || !one_utterance(&v[i], &v[i + 1]))
            html_raw(o, "</li>\n");
    }
    html_raw(o, "</ol>\n");
    serve_pager(q, path.p, n);
    return serve_page_end(q);
}

sst_status serve_api_person(serve_request *q)
{
    report_out *o = &q->out;
    store_quotation *v = NULL;
    uint32_t n = 0;
    bool good;
    sst_status status = said(q, &v, &n, &good);
    if (status || !good)
        return status;
    if (n == 0 && !q->param_n)
        return serve_not_there(q, "quotation of", q->arg[0]);
    q->type = "application/json";
    json_object(o);
    json_key_string(o, "speaker", n && v[0].speaker.n ? v[0].speaker : q->arg[0]);
    json_key(o, "quotations");
    json_array(o);
    for (uint32_t i = 0; i < n; i++)
        serve_json_quotation(o, &v[i]);
    json_array_end(o);
    serve_json_next(
        q, arena_printf(&q->arena, "/api/v1/people/%s", serve_coded(&q->arena, q->arg[0]).p).p, n);
    json_object_end(o);
    json_line(o);
    return SST_OK;
}
