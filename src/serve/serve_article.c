/*
 * One report beside the others of its story: its text, marked by the renderer of the story's page,
 * and a list of the others with where to look why. A report that is withheld or embargoed is not
 * shown, wherever the question comes from.
 */
#include "serve_inner.h"

#include "page_article.h"

sst_status serve_find_article(serve_request *q, store_article *a)
{
    bool found;
    sst_status status = store_article_find(q->store, q->arg[0], &q->arena, a, &found);
    if (status)
        return status;
    if (found && a->hidden)
        return serve_problem(
            q, MHD_HTTP_FORBIDDEN, "Not to be shown",
            STR("Its publisher has withheld this report or put an embargo on it."));
    return found ? SST_OK : serve_not_there(q, "report", q->arg[0]);
}

static void facts(serve_request *q, const store_article *a)
{
    report_out *o = &q->out;
    html_raw(o, "<p class=\"meta\">");
    if (a->outlet.n)
        serve_link(q, "/outlet/", a->outlet, a->outlet);
    else
        serve_name(o, serve_source(a->outlet, a->url.n ? a->url : a->id));
    html_raw(o, " · ");
    if (a->published.n)
        serve_date(q, a->published);
    else
        html_raw(o, "no date given");
    if (a->modified.n && !str_eq(a->modified, a->published)) {
        html_raw(o, " · changed ");
        serve_date(q, a->modified);
    }
    if (a->authors.n) {
        html_raw(o, " · ");
        serve_name(o, a->authors);
    }
    html_raw(o, " · ");
    html_count(o, a->words, "word", "words");
    if (str_eq(a->access, STR("stub")))
        html_raw(o, " · only the beginning of it is here");
    html_raw(o, "</p>\n<p class=\"meta\">");
    if (html_is_address(a->url)) {
        html_raw(o, "<a rel=\"noreferrer noopener\" href=\"");
        html_text(o, a->url);
        html_raw(o, "\">At its outlet</a> · ");
    }
    serve_link(q, "/story/", a->story, STR("The story: what differs"));
    if (a->version_n > 1) {
        html_raw(o, " · <a href=\"/article/");
        html_segment(o, a->id);
        html_raw(o, "/versions\">");
        html_count(o, a->version_n, "version", "versions");
        html_raw(o, " side by side</a>");
    }
    html_raw(o, " · <a href=\"/article/");
    html_segment(o, a->id);
    html_raw(o, "/also\">Other stories in it</a>");
    if (a->rights.n) {
        html_raw(o, " · the publisher reserves: ");
        html_text(o, a->rights);
    }
    html_raw(o, "</p>\n");
}

static sst_status others(serve_request *q, const store_article *a, const store_story *s)
{
    report_out *o = &q->out;
    store_article *v = NULL;
    uint32_t n = 0;
    sst_status status = serve_story_articles(q, s, &v, &n);
    if (status)
        return status;
    html_raw(o, "<aside class=\"others\" aria-labelledby=\"others\"><h2 id=\"others\">The other "
                "reports</h2>\n");
    if (n < 2) {
        html_raw(o, "<p class=\"meta\">No other report tells this story.</p></aside>\n");
        return SST_OK;
    }
    html_raw(o, "<ul class=\"plain\">\n");
    for (uint32_t i = 0; i < n; i++) {
        if (str_eq(v[i].id, a->id))
            continue;
        html_raw(o, "<li data-item><p class=\"title\"");
        serve_lang(q, v[i].lang);
        html_raw(o, ">");
        serve_link(q, "/article/", v[i].id, v[i].title.n ? v[i].title : v[i].id);
        html_raw(o, "</p><p class=\"meta\">");
        serve_name(o, serve_source(v[i].outlet, v[i].url.n ? v[i].url : v[i].id));
        html_raw(o, " · ");
        if (v[i].published.n) {
            serve_date(q, v[i].published);
            html_raw(o, " · ");
        }
        html_raw(o, "<a href=\"/why?a=");
        html_segment(o, a->id);
        html_raw(o, "&amp;b=");
        html_segment(o, v[i].id);
        html_raw(o, "\">why one story<span class=\"vh\"> with this report of ");
        html_text(o, v[i].outlet.n ? v[i].outlet : v[i].id);
        html_raw(o, "</span></a></p></li>\n");
    }
    html_raw(o, "</ul></aside>\n");
    return SST_OK;
}

/* The text as the story's page marks it; place of the report in the story by its id. */
static sst_status text(serve_request *q, const store_article *a, const store_story *s)
{
    serve_compared *kept = NULL;
    serve_result r;
    sst_status status = serve_compare(q, s, &kept);
    if (status)
        return status;
    store_compared *c = kept->c;
    status = serve_flush(q);
    if (!status)
        status = serve_result_of(c, &q->arena, &r);
    uint32_t k = 0;
    while (k < c->n && !str_eq(c->articles[k]->id, a->id))
        k++;
    if (!status && k < c->n)
        status = report_write_text(&r.r, k, &serve_links, serve_sink(q));
    serve_compared_give(q->server, kept);
    return status;
}

sst_status serve_article(serve_request *q)
{
    report_out *o = &q->out;
    store_article a;
    store_story s;
    bool found;
    sst_status status = serve_find_article(q, &a);
    if (!status)
        status = store_story_find(q->store, a.story, &q->arena, &s, &found);
    if (status)
        return status;
    if (!found)
        return serve_not_there(q, "story of report", a.id);
    serve_page_begin(q, &(serve_head){.title = a.title.n ? a.title : a.id,
                                      .api = arena_printf(&q->arena, "/api/v1/articles/%s",
                                                          serve_coded(&q->arena, a.id).p)});
    html_raw(o, "<div class=\"beside\"><article class=\"report one\"><header><h1");
    serve_lang(q, a.lang);
    html_raw(o, ">");
    html_text(o, a.title.n ? a.title : a.id);
    html_raw(o, "</h1>\n");
    facts(q, &a);
    html_raw(o,
             "<p class=\"meta\">In the text: <span class=\"q\">quoted</span>, <span class=\"f\">"
             "figure</span>, <span class=\"o\">only here</span>, <span class=\"sh\">shared</span> "
             "with another origin, <span class=\"df\">differs</span>; small letters lead to the "
             "story.</p></header>\n<div");
    serve_lang(q, a.lang);
    html_raw(o, ">\n");
    status = text(q, &a, &s);
    if (status)
        return status;
    html_raw(o, "</div></article>\n");
    status = others(q, &a, &s);
    if (status)
        return status;
    html_raw(o, "</div>\n");
    return serve_page_end(q);
}

sst_status serve_api_article(serve_request *q)
{
    report_out *o = &q->out;
    store_article a;
    sst_article *x = NULL;
    sst_status status = serve_find_article(q, &a);
    if (!status)
        status = store_article_load(q->store, a.version, &x);
    if (status)
        return status;
    q->type = "application/json";
    json_object(o);
    json_key(o, "article");
    serve_json_article(o, &a);
    json_key_string(o, "text", x->text);
    json_key(o, "blocks");
    json_array(o);
    for (uint32_t i = 0; i < x->block_n; i++) {
        json_object(o);
        json_key(o, "begin");
        json_u64(o, x->blocks[i].at.begin);
        json_key(o, "end");
        json_u64(o, x->blocks[i].at.end);
        json_key(o, "role");
        json_z(o, page_role_name((sst_role)x->blocks[i].role));
        json_object_end(o);
    }
    json_array_end(o);
    json_object_end(o);
    json_line(o);
    page_free(x);
    return SST_OK;
}

/* ---------------------------------------------------------------------------------------- versions
 */

typedef struct steps {
    store_article a;
    store_version *v;
    uint32_t n;
} steps;

static sst_status find_versions(serve_request *q, steps *s)
{
    sst_status status = serve_find_article(q, &s->a);
    if (!status)
        status = store_versions(q->store, s->a.row, &q->arena, &s->v, &s->n);
    return status;
}

static void version_row(serve_request *q, const steps *s, uint32_t i)
{
    report_out *o = &q->out;
    const store_version *v = &s->v[i];
    html_raw(o, "<tr><th scope=\"row\" data-label=\"Version\">");
    if (i > 0) {
        html_raw(o, "<a href=\"?from=");
        html_number(o, s->v[i - 1].number);
        html_raw(o, "&amp;to=");
        html_number(o, v->number);
        html_raw(o, "\">");
    }
    html_number(o, v->number);
    if (i > 0)
        html_raw(o, "</a>");
    html_raw(o, "</th>");
    serve_cell(o, "Seen", "");
    serve_date_s(q, v->seen);
    html_raw(o, "</td>");
    serve_cell(o, "Its own time", "");
    if (v->modified.n || v->published.n)
        serve_date(q, v->modified.n ? v->modified : v->published);
    else
        html_raw(o, "<span class=\"no\">none given</span>");
    html_raw(o, "</td>");
    serve_cell_number(o, "Words", v->words);
    serve_cell(o, "Change", "");
    html_text(o, i == 0 ? STR("first seen") : v->kind);
    if (v->current)
        html_raw(o, ", <b>the newest</b>");
    html_raw(o, "</td><td class=\"whole\" data-label=\"Note of correction\"");
    serve_lang(q, s->a.lang);
    html_raw(o, ">");
    if (v->correction.n)
        html_text(o, v->correction);
    else if (v->silent)
        html_raw(o, "<b lang=\"en\">changed without a note</b>");
    else
        html_raw(o, "<span class=\"no\" lang=\"en\">none</span>");
    html_raw(o, "</td></tr>\n");
}

static bool ends_word(sst_str s, size_t i)
{
    return i == s.n || byte_is_space((unsigned char)s.p[i]);
}

/* The end of the words that both begin with, and the begin of those that both end with. */
static void middle(sst_str a, sst_str b, size_t *head, size_t *tail)
{
    size_t i = 0, k = 0, word = 0;
    while (i < a.n && i < b.n && a.p[i] == b.p[i]) {
        i++;
        if (byte_is_space((unsigned char)a.p[i - 1]))
            word = i;
    }
    if (ends_word(a, i) && ends_word(b, i))
        word = i;
    *head = word;
    word = 0;
    while (k < a.n - *head && k < b.n - *head && a.p[a.n - 1 - k] == b.p[b.n - 1 - k]) {
        k++;
        if (byte_is_space((unsigned char)a.p[a.n - k]))
            word = k;
    }
    *tail = word;
}

static void side(serve_request *q, sst_str s, size_t head, size_t tail, bool old)
{
    report_out *o = &q->out;
    /* The mark begins and ends with a word. */
    while (s.n > head + tail && byte_is_space((unsigned char)s.p[head]))
        head++;
    while (s.n > head + tail && byte_is_space((unsigned char)s.p[s.n - tail - 1]))
        tail++;
    html_text(o, (sst_str){s.p, head});
    if (s.n > head + tail) {
        if (old)
            html_raw(o, "<del><span class=\"vh\">left out: </span>");
        else
            html_raw(o, "<ins><span class=\"vh\">added: </span>");
        html_text(o, (sst_str){s.p + head, s.n - head - tail});
        if (old)
            html_raw(o, "<span class=\"vh\"> (end)</span></del>");
        else
            html_raw(o, "<span class=\"vh\"> (end)</span></ins>");
    }
    html_text(o, (sst_str){s.p + s.n - tail, tail});
}

static sst_str words_of(const sst_article *x, sst_span at)
{
    if (!x || at.begin >= at.end || at.end > x->text.n)
        return (sst_str){"", 0};
    return str_span(x->text, at);
}

static void change_row(serve_request *q, const steps *s, const store_change *c,
                       const sst_article *old, const sst_article *now)
{
    report_out *o = &q->out;
    bool headline = str_eq(c->what, STR("headline"));
    sst_str was = words_of(old, c->old), is = words_of(now, c->now);
    if (headline && !was.n && !is.n) { /* it stands outside of the text */
        was = old->title;
        is = now->title;
    }
    size_t head = 0, tail = 0;
    if (was.n && is.n)
        middle(was, is, &head, &tail);
    html_raw(o, "<tr data-item><th scope=\"row\">");
    html_text(o, c->what);
    html_raw(o, "<small>");
    html_text(o, c->op);
    if (c->typo)
        html_raw(o, ", spelling");
    html_raw(o, "</small></th><td class=\"whole\" data-label=\"Before\"");
    serve_lang(q, s->a.lang);
    html_raw(o, ">");
    if (was.n)
        side(q, was, head, tail, true);
    else
        html_raw(o, "<span class=\"no\" lang=\"en\">not there</span>");
    html_raw(o, "</td><td class=\"whole\" data-label=\"Now\"");
    serve_lang(q, s->a.lang);
    html_raw(o, ">");
    if (is.n)
        side(q, is, head, tail, false);
    else
        html_raw(o, "<span class=\"no\" lang=\"en\">not there any more</span>");
    html_raw(o, "</td></tr>\n");
}

static sst_status changes(serve_request *q, const steps *s, uint32_t i)
{
    report_out *o = &q->out;
    store_change *c = NULL;
    uint32_t n = 0;
    sst_article *old = NULL, *now = NULL;
    sst_status status = store_changes(q->store, s->v[i].row, &q->arena, &c, &n);
    if (!status)
        status = store_article_load(q->store, s->v[i - 1].row, &old);
    if (!status)
        status = store_article_load(q->store, s->v[i].row, &now);
    if (!status) {
        html_raw(o, "<section><h2>From version ");
        html_number(o, s->v[i - 1].number);
        html_raw(o, " to ");
        html_number(o, s->v[i].number);
        html_raw(o, "</h2>\n");
        if (n == 0)
            html_raw(o, "<p class=\"meta\">Nothing that is looked at has changed.</p>");
        else
            html_raw(
                o,
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"What "
                "changed\"><table class=\"sides cards\"><thead><tr><th scope=\"col\">What</th><th "
                "scope=\"col\">Before</th><th scope=\"col\">Now</th></tr></thead><tbody>\n");
        for (uint32_t k = 0; k < n; k++)
            change_row(q, s, &c[k], old, now);
        if (n)
            html_raw(o, "</tbody></table></div>");
        html_raw(o, "</section>\n");
    }
    page_free(old);
    page_free(now);
    return status;
}

sst_status serve_versions(serve_request *q)
{
    report_out *o = &q->out;
    steps s = {.v = NULL};
    sst_status status = find_versions(q, &s);
    if (status)
        return status;
    uint32_t to = serve_number(q, "to", s.n ? s.v[s.n - 1].number : 0, UINT32_MAX - 1);
    uint32_t from = serve_number(q, "from", to ? to - 1 : 0, UINT32_MAX - 1);
    serve_page_begin(q, &(serve_head){.title = arena_printf(&q->arena, "Versions of %.*s",
                                                            (int)s.a.title.n, s.a.title.p)});
    html_raw(o, "<header class=\"page-head\"><p class=\"meta\">Versions of a report");
    if (s.a.outlet.n) {
        html_raw(o, " of ");
        serve_link(q, "/outlet/", s.a.outlet, s.a.outlet);
    }
    html_raw(o, "</p><h1");
    serve_lang(q, s.a.lang);
    html_raw(o, ">");
    serve_link(q, "/article/", s.a.id, s.a.title.n ? s.a.title : s.a.id);
    html_raw(o,
             "</h1></header>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
             "aria-label=\"All versions\"><table class=\"rows cards\"><caption class=\"vh\">All "
             "versions</caption>"
             "<thead><tr><th scope=\"col\">Version</th><th scope=\"col\">Seen</th><th "
             "scope=\"col\">Its own time</th><th scope=\"col\">Words</th><th scope=\"col\">Change"
             "</th><th scope=\"col\">Note of correction</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < s.n; i++)
        version_row(q, &s, i);
    html_raw(o, "</tbody></table></div>\n");
    if (s.n < 2)
        html_raw(o, "<p class=\"lead\">It has not changed since it was first seen.</p>\n");
    for (uint32_t i = 1; i < s.n && !status; i++)
        if (s.v[i].number > from && s.v[i].number <= to)
            status = changes(q, &s, i);
    return status ? status : serve_page_end(q);
}

static void place(report_out *o, const char *key, const sst_article *x, sst_span at)
{
    json_key(o, key);
    if (!words_of(x, at).n) {
        json_null(o);
        return;
    }
    json_object(o);
    json_key(o, "begin");
    json_u64(o, at.begin);
    json_key(o, "end");
    json_u64(o, at.end);
    json_key_string(o, "text", words_of(x, at));
    json_object_end(o);
}

static sst_status json_version(serve_request *q, const steps *s, uint32_t i, const sst_article *old,
                               const sst_article *now)
{
    report_out *o = &q->out;
    const store_version *v = &s->v[i];
    store_change *c = NULL;
    uint32_t n = 0;
    sst_status status = i ? store_changes(q->store, v->row, &q->arena, &c, &n) : SST_OK;
    json_object(o);
    json_key(o, "number");
    json_u64(o, v->number);
    json_key(o, "current");
    json_bool(o, v->current);
    serve_json_time(o, &q->arena, "seen", v->seen);
    serve_json_maybe(o, "title", v->title);
    serve_json_maybe(o, "published", v->published);
    serve_json_maybe(o, "modified", v->modified);
    json_key_string(o, "kind", v->kind.n ? v->kind : STR("first"));
    json_key(o, "silent");
    json_bool(o, v->silent);
    serve_json_maybe(o, "correction", v->correction);
    json_key(o, "words");
    json_u64(o, v->words);
    json_key(o, "changes");
    json_array(o);
    for (uint32_t k = 0; k < n && !status; k++) {
        json_object(o);
        json_key_string(o, "what", c[k].what);
        json_key_string(o, "op", c[k].op);
        json_key(o, "typo");
        json_bool(o, c[k].typo);
        place(o, "old", old, c[k].old);
        place(o, "now", now, c[k].now);
        json_object_end(o);
    }
    json_array_end(o);
    json_object_end(o);
    return status;
}

sst_status serve_api_versions(serve_request *q)
{
    report_out *o = &q->out;
    steps s = {.v = NULL};
    sst_article *old = NULL, *now = NULL;
    sst_status status = find_versions(q, &s);
    if (status)
        return status;
    q->type = "application/json";
    json_object(o);
    json_key_string(o, "article", s.a.id);
    json_key(o, "versions");
    json_array(o);
    for (uint32_t i = 0; i < s.n && !status; i++) {
        status = store_article_load(q->store, s.v[i].row, &now);
        if (!status)
            status = json_version(q, &s, i, old, now);
        page_free(old);
        old = now;
        now = NULL;
    }
    page_free(old);
    json_array_end(o);
    json_object_end(o);
    json_line(o);
    return status;
}
