/*
 * People: who is quoted, and what one of them said, in time, in which words in which outlet.
 * Quotations stand by story, versions of one utterance together, the fullest first; words that
 * several reports print alike stand once, with the names of all.
 */
#include "serve_inner.h"

#include <stdlib.h>

#include "base_hash.h"

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
             "class=\"rows cards\"><thead><tr><th scope=\"col\">Name</th><th scope=\"col\" "
             "class=\"num\">Quotations</th><th scope=\"col\" class=\"num\">Reports</th><th "
             "scope=\"col\" class=\"num\">Stories</th><th scope=\"col\">From</th><th scope=\"col\">"
             "To</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < n; i++) {
        html_raw(o, "<tr data-item><th scope=\"row\">");
        serve_link(q, "/person/", v[i].name, v[i].name);
        const uint32_t counts[] = {v[i].quotation_n, v[i].article_n, v[i].story_n};
        static const char *const labels[] = {"Quotations", "Reports", "Stories", "From", "To"};
        html_raw(o, "</th>");
        for (int k = 0; k < 3; k++)
            serve_cell_number(o, labels[k], counts[k]);
        const int64_t ends[] = {v[i].first_s, v[i].last_s};
        for (int k = 0; k < 2; k++) {
            serve_cell(o, labels[3 + k], "");
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

static sst_status said(serve_request *q, store_quotation **v, uint32_t *n)
{
    int64_t since, until;
    *v = NULL;
    *n = 0;
    sst_status status = serve_time(q, "since", &since);
    if (!status)
        status = serve_time(q, "until", &until);
    if (!status)
        status = store_person_quotations(q->store, q->arg[0], since, until, serve_page_of(q),
                                         &q->arena, v, n);
    return status || *n || q->param_n ? status : serve_not_there(q, "quotation of", q->arg[0]);
}

static int by_place(const void *x, const void *y)
{
    const serve_place *a = x, *b = y;
    if (a->story != b->story)
        return a->story < b->story ? -1 : 1;
    if (a->utterance != b->utterance)
        return a->utterance < b->utterance ? -1 : 1;
    if (a->indirect != b->indirect) /* what is quoted, then what is reported */
        return a->indirect ? 1 : -1;
    if (a->words.n != b->words.n) /* the fullest first */
        return a->words.n > b->words.n ? -1 : 1;
    int order = str_cmp(a->words, b->words);
    if (order)
        return order;
    return a->i < b->i ? -1 : a->i > b->i;
}

static serve_place *placed(serve_request *q, const store_quotation *v, uint32_t n)
{
    serve_place *p = arena_calloc(&q->arena, n + 1, sizeof *p);
    strmap stories = {0}, utterances = {0};
    for (uint32_t i = 0; p && i < n; i++) {
        sst_str words = serve_said_bare(v[i].said), id = v[i].story;
        sst_str key = v[i].utterance
                          ? arena_printf(&q->arena, "%.*s %u", (int)id.n, id.p, v[i].utterance)
                          : arena_printf(&q->arena, "%.*s \"%.*s", (int)id.n, id.p, (int)words.n,
                                         words.p); /* of none: its words */
        uint32_t *story = strmap_add(&q->arena, &stories, v[i].story, i, NULL);
        uint32_t *utterance = strmap_add(&q->arena, &utterances, key, i, NULL);
        if (!story || !utterance)
            return NULL;
        p[i] = (serve_place){*story, *utterance, i, serve_said_indirect(&v[i]), words};
    }
    if (p)
        qsort(p, n, sizeof *p, by_place);
    return p;
}

/* Quotations v[p[0..n)] of one story. */
static sst_status in_story(serve_request *q, const store_quotation *v, const serve_place *p,
                           uint32_t n)
{
    report_out *o = &q->out;
    const store_quotation *x = &v[p->i];
    store_story s;
    bool found;
    sst_status status = store_story_find(q->store, x->story, &q->arena, &s, &found);
    if (status)
        return status;
    html_raw(o, "<section class=\"saidin\"><h2");
    serve_lang(q, found && s.title.n ? s.lang : x->lang);
    html_raw(o, ">");
    serve_link(q, "/story/", x->story,
               found && s.title.n ? s.title
               : x->title.n       ? x->title
                                  : x->story);
    html_raw(o, "</h2>\n<ol class=\"said\">\n");
    for (uint32_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && p[j].utterance == p[i].utterance; j++)
            ;
        serve_said(q, v, p + i, j - i);
    }
    html_raw(o, "</ol></section>\n");
    return SST_OK;
}

sst_status serve_person(serve_request *q)
{
    report_out *o = &q->out;
    store_quotation *v;
    uint32_t n;
    sst_status status = said(q, &v, &n);
    if (status)
        return status;
    serve_place *p = placed(q, v, n);
    if (!p)
        return SST_ERR_MEMORY;
    sst_str name = n && v[0].speaker.n ? v[0].speaker : q->arg[0];
    sst_str path = arena_printf(&q->arena, "/person/%s", serve_coded(&q->arena, name).p);
    serve_page_begin(q, &(serve_head){.title = name,
                                      .here = "/people",
                                      .api = arena_printf(&q->arena, "/api/v1/people/%s",
                                                          serve_coded(&q->arena, name).p)});
    html_raw(o, "<header class=\"page-head\"><h1>");
    html_text(o, name);
    html_raw(o, "</h1>\n<p class=\"lead\">");
    report_out_z(o, n ? "Quoted in the reports that are named, the newest story first; of several "
                        "versions the fullest stands first, and the others are marked against it."
                      : "No quotation of these days is here.");
    html_raw(o, "</p></header>\n");
    for (uint32_t i = 0, j; i < n && !status; i = j) {
        for (j = i + 1; j < n && p[j].story == p[i].story; j++)
            ;
        status = in_story(q, v, p + i, j - i);
    }
    if (status)
        return status;
    serve_pager(q, path.p, n);
    return serve_page_end(q);
}

sst_status serve_api_person(serve_request *q)
{
    report_out *o = &q->out;
    store_quotation *v;
    uint32_t n;
    sst_status status = said(q, &v, &n);
    if (status)
        return status;
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
