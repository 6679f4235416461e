/* Search: a form that needs no script, hits with the words that were found marked, in the words of
 * the reports. A search without words lists what the other fields ask for. */
#include "serve_inner.h"

#include "page_article.h"

static const struct {
    const char *name, *label;
    uint32_t kinds;
} kinds[] = {{"", "Articles and quotations", 0},
             {"article", "Articles", STORE_ARTICLES_KIND},
             {"quotation", "Quotations", STORE_QUOTATIONS_KIND},
             {"figure", "Figures", STORE_FIGURES_KIND}};

sst_status serve_search_query(serve_request *q, store_query *out)
{
    sst_str kind = serve_get(q, "kind");
    *out = (store_query){.words = serve_get(q, "q"),
                         .speaker = serve_get(q, "speaker"),
                         .outlet = serve_get(q, "outlet"),
                         .lang = serve_get(q, "lang"),
                         .page = serve_page_of(q)};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(kind, str_of(kinds[i].name)))
            out->kinds = kinds[i].kinds;
    if (out->speaker.n)
        out->kinds = STORE_QUOTATIONS_KIND;
    sst_status status = serve_time(q, "since", &out->since);
    return status ? status : serve_time(q, "until", &out->until);
}

static bool asks(const store_query *s)
{
    return s->words.n || s->speaker.n;
}

/* What a request looks for, and finds. Hits that may not be shown are left out. */
static sst_status found(serve_request *q, store_query *s, store_found *out)
{
    memset(out, 0, sizeof *out);
    sst_status status = serve_search_query(q, s);
    if (status || !asks(s))
        return status;
    status = store_search(q->store, s, &q->arena, out);
    uint32_t n = 0;
    for (uint32_t i = 0; i < out->n && !status; i++)
        if (!out->v[i].article.hidden)
            out->v[n++] = out->v[i];
    out->n = n;
    return status;
}

/* -------------------------------------------------------------------------------------------- form
 */

static void field(serve_request *q, const char *name, const char *label, const char *hint,
                  const char *type)
{
    report_out *o = &q->out;
    sst_str id = arena_printf(&q->arena, "f-%s", name);
    html_raw(o, "<p><label for=\"");
    html_text(o, id);
    html_raw(o, "\">");
    report_out_z(o, label);
    html_raw(o, "</label> <input id=\"");
    html_text(o, id);
    html_raw(o, "\" name=\"");
    report_out_z(o, name);
    html_raw(o, "\" type=\"");
    report_out_z(o, type);
    html_raw(o, "\" value=\"");
    html_text(o, serve_get(q, name));
    if (*hint) {
        html_raw(o, "\" placeholder=\"");
        report_out_z(o, hint);
    }
    html_raw(o, "\"></p>\n");
}

static void form(serve_request *q, const store_query *s)
{
    report_out *o = &q->out;
    html_raw(o, "<form class=\"fields\" action=\"/search\" aria-label=\"Search in full\">\n");
    field(q, "q", "Words", "words, \"a phrase\", begin*, -without", "search");
    field(q, "speaker", "Said by", "a name", "text");
    field(q, "outlet", "Outlet", "", "text");
    field(q, "lang", "Language", "en", "text");
    field(q, "since", "From", "", "date");
    field(q, "until", "Before", "", "date");
    html_raw(o, "<p><label for=\"f-kind\">In</label> <select id=\"f-kind\" name=\"kind\">");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        html_raw(o, "<option value=\"");
        report_out_z(o, kinds[i].name);
        report_out_z(o, kinds[i].kinds == s->kinds ? "\" selected>" : "\">");
        report_out_z(o, kinds[i].label);
        html_raw(o, "</option>");
    }
    html_raw(o, "</select></p>\n<p class=\"go\"><button>Search</button></p></form>\n");
}

/* -------------------------------------------------------------------------------------------- hits
 */

static void hit_line(serve_request *q, const store_hit *h)
{
    report_out *o = &q->out;
    html_raw(o, "<p class=\"meta\">");
    serve_name(o,
               serve_source(h->article.outlet, h->article.url.n ? h->article.url : h->article.id));
    html_raw(o, " · ");
    if (h->article.published.n) {
        serve_date(q, h->article.published);
        html_raw(o, " · ");
    }
    serve_link(q, "/story/", h->article.story, STR("its story"));
    html_raw(o, "</p>\n");
}

static void hit(serve_request *q, const store_hit *h)
{
    report_out *o = &q->out;
    const store_article *a = &h->article;
    html_raw(o, "<li class=\"hit-row\" data-item>\n<h2");
    serve_lang(q, a->lang);
    html_raw(o, ">");
    html_link_open(o, "/article/", a->id);
    if (h->in_title)
        serve_marked(q, h->snippet, h->at, h->marks, h->mark_n);
    else
        html_text(o, a->title.n ? a->title : a->id);
    html_raw(o, "</a></h2>\n");
    if (!h->in_title && h->snippet.n) {
        bool quotation = h->kind == STORE_QUOTATIONS_KIND;
        report_out_z(o, quotation ? "<blockquote" : "<p class=\"snippet\"");
        serve_lang(q, a->lang);
        report_out_z(o, quotation ? "><p>" : ">");
        if (quotation && h->quotation.speaker.n) {
            html_raw(o, "<b>");
            serve_link(q, "/person/", h->quotation.speaker, h->quotation.speaker);
            html_raw(o, ":</b> ");
        }
        report_out_z(o, h->cut_before ? "… " : "");
        serve_marked(q, h->snippet, h->at, h->marks, h->mark_n);
        report_out_z(o, h->cut_after ? " …" : "");
        report_out_z(o, quotation ? "</p></blockquote>\n" : "</p>\n");
    }
    hit_line(q, h);
    html_raw(o, "</li>\n");
}

static void count_line(serve_request *q, const store_found *f)
{
    report_out *o = &q->out;
    html_raw(o, "<p class=\"lead\" role=\"status\">");
    if (f->total == 0) {
        html_raw(o, "Nothing was found.");
    } else {
        if (f->more)
            html_raw(o, "At least ");
        serve_big(o, f->total);
        report_out_z(o, f->total == 1 ? " place was found" : " places were found");
        if (f->more) {
            html_raw(o, "; ranked are the newest, from ");
            serve_date_s(q, f->ranked_from);
            html_raw(o, " on. Give a day to see older ones");
        }
        html_raw(o, ".");
    }
    html_raw(o, "</p>\n");
}

sst_status serve_search(serve_request *q)
{
    report_out *o = &q->out;
    store_query s;
    store_found f;
    sst_status status = found(q, &s, &f);
    if (status)
        return status;
    sst_str rest = serve_query(q, "offset");
    sst_str atom = arena_printf(&q->arena, "/search.atom?%.*s", (int)rest.n, rest.p);
    sst_str json = arena_printf(&q->arena, "/search.json?%.*s", (int)rest.n, rest.p);
    sst_str words = s.words.n ? s.words : s.speaker;
    serve_page_begin(
        q, &(serve_head){
               .title = words.n ? arena_printf(&q->arena, "%.*s – search", (int)words.n, words.p)
                                : STR("Search"),
               .here = "/search",
               .atom = asks(&s) ? atom.p : NULL,
               .json = asks(&s) ? json.p : NULL,
           });
    html_raw(o, "<header class=\"page-head\"><h1>Search</h1>\n");
    form(q, &s);
    html_raw(o, "</header>\n");
    if (asks(&s)) {
        count_line(q, &f);
        html_raw(o, "<ol class=\"hits\">\n");
        for (uint32_t i = 0; i < f.n; i++)
            hit(q, &f.v[i]);
        html_raw(o, "</ol>\n");
        serve_pager(q, "/search", f.n);
        html_raw(o, "<p class=\"meta more\">This search as <a href=\"");
        html_text(o, atom);
        html_raw(o, "\">Atom</a>, <a href=\"");
        html_text(o, json);
        html_raw(o, "\">JSON Feed</a>, <a href=\"/api/v1/search?");
        html_text(o, rest);
        html_raw(o, "\">JSON</a></p>\n");
    }
    return serve_page_end(q);
}

static void json_hit(report_out *o, const store_hit *h)
{
    bool figure = h->kind == STORE_FIGURES_KIND;
    json_object(o);
    json_key(o, "kind");
    json_z(o, h->kind == STORE_QUOTATIONS_KIND ? "quotation" : figure ? "figure" : "article");
    json_key(o, "score");
    json_score(o, h->score);
    json_key(o, "article");
    serve_json_article(o, &h->article);
    json_key(o, "quotation");
    if (h->kind == STORE_QUOTATIONS_KIND)
        serve_json_quotation(o, &h->quotation);
    else
        json_null(o);
    serve_json_maybe(o, "figure", figure ? h->figure : STR(""));
    json_key(o, "value");
    if (figure)
        json_double(o, h->value);
    else
        json_null(o);
    serve_json_maybe(o, "unit", figure ? h->unit : STR(""));
    json_key_string(o, "snippet", h->snippet);
    json_key(o, "begin");
    json_u64(o, h->at.begin);
    json_key(o, "end");
    json_u64(o, h->at.end);
    json_key(o, "marks");
    json_array(o);
    for (uint32_t i = 0; i < h->mark_n; i++) {
        json_array(o);
        json_u64(o, h->marks[i].begin);
        json_u64(o, h->marks[i].end);
        json_array_end(o);
    }
    json_array_end(o);
    json_key(o, "in_title");
    json_bool(o, h->in_title);
    json_object_end(o);
}

sst_status serve_api_search(serve_request *q)
{
    report_out *o = &q->out;
    store_query s;
    store_found f;
    sst_status status = found(q, &s, &f);
    if (!status && !asks(&s))
        status = serve_problem(q, MHD_HTTP_BAD_REQUEST, "Nothing to search for",
                               STR("give q or speaker"));
    if (status)
        return status;
    q->type = "application/json";
    json_object(o);
    json_key_string(o, "query", s.words);
    json_key(o, "total");
    json_u64(o, f.total);
    json_key(o, "more");
    json_bool(o, f.more);
    json_key(o, "hits");
    json_array(o);
    for (uint32_t i = 0; i < f.n; i++)
        json_hit(o, &f.v[i]);
    json_array_end(o);
    serve_json_next(q, "/api/v1/search", f.n);
    json_object_end(o);
    json_line(o);
    return SST_OK;
}
