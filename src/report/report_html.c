/*
 * The report as one page that stands alone: no script, nothing loaded. In: a run's findings. Parts:
 * the head with the style sheet (assets/report.css, compiled in), a list of stories when there are
 * several, each story (what differs, what is shared, the reports), articles that stand alone,
 * inputs that could not be read.
 */
#include "base_str.h"
#include "report_assets.gen.h"
#include "report_markup.h"

/* Articles that stand alone are listed; a few of them also with their text, behind a fold. */
enum { MOST_ALONE = 500, ALONE_WITH_TEXT = 24 };

static uint32_t stories_of_several(const sst_run_result *r)
{
    uint32_t n = 0;
    while (n < r->story_n && r->stories[n].article_n > 1)
        n++;
    return n;
}

static void head(report_run *w, uint32_t n)
{
    report_out *o = w->out;
    html_raw(o, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n"
                "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    if (n == 1)
        html_text(o, report_title(w->r->findings[0]));
    else
        html_count(o, n, "story", "stories");
    html_raw(o, " – samestory</title>\n<style>\n");
    report_out_add(o, report_asset_report_css, report_asset_report_css_len);
    html_raw(o, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
                "comparison</a>\n<main id=\"main\">\n");
}

static void story_line(html_story *h)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    html_raw(o, "<p class=\"meta\"><b>");
    html_count(o, f->n, "report", "reports");
    html_raw(o, "</b> from <b>");
    html_count(o, h->s.outlet_n, "outlet", "outlets");
    html_raw(o, "</b>, <b>");
    html_count(o, f->origin_n, "origin", "origins");
    html_raw(o, "</b>");
    if (f->first_published.n) {
        html_raw(o, " · ");
        html_date(o, f->first_published);
        if (f->last_published.n && !str_eq(f->first_published, f->last_published)) {
            html_raw(o, " to ");
            html_date(o, f->last_published);
        }
    } else {
        html_raw(o, " · no dates given");
    }
    report_out_z(o, report_has_headline(f) ? " · headline of " : " · first sentence of ");
    if (h->s.f->title_outside)
        html_text(o, h->s.label[f->title.article]);
    else
        html_place(h, f->title.article, f->title.at.begin, h->s.label[f->title.article]);
    html_raw(o, "</p>\n");
}

static void reports_list(html_story *h)
{
    report_out *o = h->o;
    html_raw(o, "<ol class=\"outlets\">\n");
    for (uint32_t k = 0; k < h->s.f->n; k++) {
        const sst_article *a = report_article(h->s.f, k);
        html_raw(o, "<li><a href=\"#");
        html_id(o, &h->s, 'r', k);
        html_raw(o, "\"><b>");
        html_text(o, h->s.label[k]);
        html_raw(o, " </b><span>");
        html_text(o, h->s.outlet[k]);
        html_raw(o, "</span></a>");
        if (a->published.n) {
            html_raw(o, " <span class=\"meta\">");
            html_date(o, a->published);
            html_raw(o, "</span>");
        }
        html_raw(o, "</li>\n");
    }
    html_raw(o, "</ol>\n");
}

static void origin_reason(html_story *h, const sst_origin_why *y)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    bool place = y->at.begin < y->at.end;
    html_raw(o, "<li>");
    if (place)
        html_place(h, y->article, y->at.begin, h->s.label[y->article]);
    else
        html_text(o, h->s.label[y->article]);
    bool named = y->kind == ORIGIN_CREDIT && y->other_at.begin == y->other_at.end;
    if (y->other != y->article) {
        report_out_z(o, named ? " names " : " and ");
        if (y->other_at.begin < y->other_at.end)
            html_place(h, y->other, y->other_at.begin, h->s.label[y->other]);
        else
            html_text(o, h->s.label[y->other]);
    }
    switch (y->kind) {
    case ORIGIN_CREDIT:
        report_out_z(o, named ? " as its agency" : " name one agency");
        break;
    case ORIGIN_PUBLISHER:
        report_out_z(o, y->publisher == PUBLISHER_OWNER    ? " have one owner: "
                        : y->publisher == PUBLISHER_DOMAIN ? " stand under one domain: "
                                                           : " are of one outlet: ");
        html_text(o, y->name);
        break;
    case ORIGIN_DUPLICATE:
        html_raw(o, " are the same text");
        break;
    default:
        html_raw(o, " share whole passages");
    }
    if (place) {
        sst_str s = report_words(f, y->article, y->at), cut = report_cut(s, 140);
        html_raw(o, ": “");
        html_text(o, cut);
        report_out_z(o, cut.n < s.n ? " …”" : "”");
    }
    html_raw(o, "</li>\n");
}

static void origins(html_story *h)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    for (uint32_t i = 0; i < f->origin_n; i++) {
        const sst_origin *x = &f->origins[i];
        if (x->article_n < 2)
            continue;
        html_raw(o, "<details class=\"origin\"><summary><b>");
        html_text(o, report_labels(&h->s, x->articles, x->article_n, h->w->arena));
        html_raw(o, "</b> count as one origin</summary>\n<ul>\n");
        for (uint32_t j = 0; j < x->why_n; j++)
            origin_reason(h, &x->why[j]);
        html_raw(o, "</ul></details>\n");
    }
}

static void nav(html_story *h)
{
    report_out *o = h->o;
    static const struct {
        char letter;
        const char *name;
    } parts[] = {{'d', "What differs"}, {'e', "What is shared"}, {'a', "The reports"}};
    html_raw(o, "<nav aria-label=\"Parts of this story\">");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].letter == 'd' && !report_story_differs(h->s.f))
            continue;
        html_raw(o, "<a href=\"#");
        html_id(o, &h->s, parts[i].letter, 1);
        html_raw(o, "\">");
        report_out_z(o, parts[i].name);
        html_raw(o, "</a>");
    }
    html_raw(o, "</nav>\n");
}

static sst_status html_story_init(html_story *h, uint32_t i)
{
    sst_status status = report_story_init(h->w, i, &h->s);
    if (status)
        return status;
    h->row_shown = arena_calloc(h->w->arena, h->s.f->row_n + 1, sizeof *h->row_shown);
    h->utterance_shown =
        arena_calloc(h->w->arena, h->s.f->utterance_n + 1, sizeof *h->utterance_shown);
    return h->row_shown && h->utterance_shown ? SST_OK : SST_ERR_MEMORY;
}

static sst_status story(report_run *w, uint32_t i, uint32_t level)
{
    html_story h = {.w = w, .o = w->out, .level = level};
    sst_status status = html_story_init(&h, i);
    if (status)
        return status;
    const sst_findings *f = h.s.f;
    /* A sentence for want of a headline is set smaller. */
    html_raw(h.o, "<section class=\"story\">\n");
    report_out_z(h.o, report_has_headline(f) ? "<header class=\"story-head\">\n"
                                             : "<header class=\"story-head sentence\">\n");
    html_heading_open(&h, 0, 's', 0);
    html_raw(h.o, "<span");
    html_lang(&h, f->title.article);
    html_raw(h.o, ">");
    html_text(h.o, report_title(f));
    html_raw(h.o, "</span>");
    html_heading_end(&h, 0);
    story_line(&h);
    reports_list(&h);
    origins(&h);
    nav(&h);
    html_raw(h.o, "</header>\n");
    html_differs(&h);
    html_shared(&h);
    html_articles(&h);
    html_raw(h.o, "</section>\n");
    return h.o->status;
}

static void front(report_run *w, uint32_t n)
{
    report_out *o = w->out;
    html_raw(o, "<h1>");
    html_count(o, n, "story", "stories");
    html_raw(o, "</h1>\n");
    if (n == 0) {
        html_raw(o, "<p class=\"lead\">No two articles tell the same story.</p>\n");
        return;
    }
    html_raw(o, "<nav aria-label=\"Stories\"><ol class=\"front\">\n");
    for (uint32_t i = 0; i < n; i++) {
        html_raw(o, "<li><a href=\"#s");
        html_number(o, i + 1);
        html_raw(o, "-s0\">");
        html_text(o, report_title(w->r->findings[i]));
        html_raw(o, "</a> <span class=\"meta\">");
        html_count(o, w->r->stories[i].article_n, "report", "reports");
        html_raw(o, ", ");
        html_count(o, w->r->findings[i]->origin_n, "origin", "origins");
        html_raw(o, "</span></li>\n");
    }
    html_raw(o, "</ol></nav>\n");
}

static void alone_line(report_run *w, const sst_article *a)
{
    report_out *o = w->out;
    html_text(o, a->title.n ? a->title : a->id);
    html_raw(o, " <span class=\"meta\">");
    html_text(o, a->outlet.n ? a->outlet : a->source);
    html_raw(o, "</span>");
}

static sst_status alone_text(report_run *w, uint32_t story)
{
    html_story h = {.w = w, .o = w->out, .level = 1};
    sst_status status = html_story_init(&h, story);
    if (status)
        return status;
    html_raw(h.o, "<li><details><summary>");
    alone_line(w, report_article(h.s.f, 0));
    html_raw(h.o, "</summary>\n");
    html_articles_plain(&h);
    html_raw(h.o, "</details></li>\n");
    return SST_OK;
}

static sst_status alone(report_run *w, uint32_t first)
{
    report_out *o = w->out;
    const sst_run_result *r = w->r;
    uint32_t n = r->story_n - first;
    sst_status status = SST_OK;
    if (n == 0)
        return SST_OK;
    html_raw(o, "<section class=\"alone\"><h2 id=\"alone\">Alone</h2>\n<p class=\"lead\">");
    html_count(o, n, "article that no other goes with", "articles that no other goes with");
    html_raw(o, ".</p>\n<ul class=\"lines wide\">\n");
    for (uint32_t i = 0; i < n && i < MOST_ALONE && !status; i++) {
        const sst_article *a = r->articles[r->stories[first + i].articles[0]];
        if (n <= ALONE_WITH_TEXT) {
            status = alone_text(w, first + i);
            continue;
        }
        html_raw(o, "<li");
        html_lang_of(o, a);
        html_raw(o, ">");
        alone_line(w, a);
        html_raw(o, "</li>\n");
    }
    html_raw(o, "</ul>\n");
    if (n > MOST_ALONE) {
        html_raw(o, "<p class=\"meta\">and ");
        html_number(o, n - MOST_ALONE);
        html_raw(o, " more: the JSON has all</p>\n");
    }
    html_raw(o, "</section>\n");
    return status;
}

static void failed(report_run *w)
{
    report_out *o = w->out;
    const sst_errors *e = w->r->errors;
    if (e->inputs.n == 0)
        return;
    html_raw(o, "<section class=\"failed\"><h2>Not read</h2>\n<ul class=\"lines wide\">\n");
    for (uint32_t i = 0; i < e->inputs.n; i++) {
        html_raw(o, "<li>");
        html_text(o, e->inputs.v[i].source);
        html_raw(o, " <span class=\"meta\">");
        html_text(o, e->inputs.v[i].message);
        html_raw(o, "</span></li>\n");
    }
    html_raw(o, "</ul></section>\n");
}

/* ---------------------------------------------------------------------------------- served pages
 */

sst_str report_style(void)
{
    return (sst_str){report_asset_report_css, report_asset_report_css_len};
}

static sst_status served_story(report_run *w, const void *user)
{
    w->links = user;
    return w->r->story_n ? story(w, 0, 1) : SST_ERR_USAGE;
}

sst_status report_write_story(const sst_run_result *r, const report_links *links, report_sink sink)
{
    return report_run_write(r, NULL, sink, served_story, links);
}

typedef struct served_text_of {
    const report_links *links;
    uint32_t k;
} served_text_of;

static int nowhere(void *user, const char *bytes, size_t n)
{
    (void)user, (void)bytes, (void)n;
    return 0;
}

/* What the story's page links to is known when it has been written: it is, to nowhere, and then the
 * text. */
static sst_status served_text(report_run *w, const void *user)
{
    const served_text_of *t = user;
    report_out unseen, *out = w->out;
    html_story h = {.w = w, .o = &unseen, .level = 1, .alone = true};
    char *buffer = arena_alloc(w->arena, REPORT_BUFFER);
    w->links = t->links;
    if (!buffer || !w->r->story_n || t->k >= w->r->n)
        return buffer ? SST_ERR_USAGE : SST_ERR_MEMORY;
    report_out_init(&unseen, (report_sink){nowhere, NULL}, buffer);
    sst_status status = html_story_init(&h, 0);
    if (status)
        return status;
    w->out = &unseen;
    html_differs(&h);
    html_shared(&h);
    h.anchors.n = 0;
    w->out = h.o = out;
    html_article_text(&h, t->k);
    return out->status;
}

sst_status report_write_text(const sst_run_result *r, uint32_t k, const report_links *links,
                             report_sink sink)
{
    return report_run_write(r, NULL, sink, served_text, &(served_text_of){links, k});
}

void report_html(report_run *w)
{
    uint32_t n = stories_of_several(w->r);
    head(w, n);
    if (n != 1)
        front(w, n);
    for (uint32_t i = 0; i < n && w->out->status == SST_OK; i++) {
        sst_status status = story(w, i, n == 1 ? 1 : 2);
        if (status) {
            w->out->status = status;
            return;
        }
    }
    sst_status status = alone(w, n);
    if (status && !w->out->status)
        w->out->status = status;
    failed(w);
    html_raw(w->out, "</main>\n<footer><p>Made by samestory " SST_VERSION
                     ". Labels and counts are its own; every other word stands in a "
                     "report.</p></footer>\n</body>\n</html>\n");
}
