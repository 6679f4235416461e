/*
 * The page's second half: quotations printed alike, figures that agree, passages,
 * names, wording, time. In: a story's findings.
 */
#include <string.h>

#include "base_str.h"
#include "report_copied.h"
#include "report_markup.h"

enum {
    OPEN_QUOTES = 10,
    OPEN_FIGURES = 12,
    OPEN_PASSAGES = 6,
    OPEN_WORDING = 12,
    OPEN_FORMS = 5,
    OPEN_EVENTS = 16,
    BRINGS_MOST = 6,    /* figures and quotations that one report brings, in the timeline */
    PASSAGE_BYTES = 260 /* of a passage's beginning that stands in the list */
};

static void section(html_story *h, char letter, sst_str name)
{
    html_raw(h->o, "<section>");
    html_heading(h, 2, letter, 1, name);
}

/* ---------------------------------------------------------------------------------- said, counted
 */

static void quotes(html_story *h)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->utterance_n; i++)
        n += report_utterance_agrees(f, &f->utterances[i]);
    if (n == 0)
        return;
    section(h, 'i', STR("Quotations printed alike"));
    html_raw(o, "<ul class=\"lines\">\n");
    for (uint32_t i = 0; i < f->utterance_n; i++) {
        const sst_utterance *u = &f->utterances[i];
        if (!report_utterance_agrees(f, u))
            continue;
        if (shown++ == OPEN_QUOTES) {
            html_raw(o, "</ul>\n");
            html_fold(h, n - OPEN_QUOTES);
            html_raw(o, "<ul class=\"lines\">\n");
        }
        h->utterance_shown[i] = true;
        report_group all = {arena_alloc(h->w->arena, u->n * sizeof *all.v), u->n};
        for (uint32_t j = 0; j < u->n && all.v; j++)
            all.v[j] = j;
        html_raw(o, "<li id=\"");
        html_id(o, &h->s, 'u', i + 1);
        html_raw(o, "\"><span class=\"who\">");
        if (all.v)
            html_group_places(h, u, &all);
        html_raw(o, "</span><span class=\"said\"");
        html_lang(h, u->v[u->fullest].article);
        html_raw(o, ">");
        if (u->speaker.n) {
            html_raw(o, "<b>");
            html_person(h, u->speaker);
            html_raw(o, "</b> ");
        }
        html_raw(o, "“");
        html_pieces(h, report_whole(h->w, f, &u->v[u->fullest]));
        html_raw(o, "”</span></li>\n");
    }
    html_raw(o, "</ul>\n");
    if (n > OPEN_QUOTES)
        html_fold_end(h);
    html_raw(o, "</section>\n");
}

static bool agrees(const sst_figure_row *row)
{
    return row->difference_n == 0 && report_row_articles(row) > 1;
}

static void figures(html_story *h)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->row_n; i++)
        n += agrees(&f->rows[i]);
    if (n == 0)
        return;
    section(h, 'j', STR("Figures that agree"));
    html_raw(o, "<ul class=\"lines\">\n");
    for (uint32_t i = 0; i < f->row_n; i++) {
        const sst_figure_row *row = &f->rows[i];
        if (!agrees(row))
            continue;
        if (shown++ == OPEN_FIGURES) {
            html_raw(o, "</ul>\n");
            html_fold(h, n - OPEN_FIGURES);
            html_raw(o, "<ul class=\"lines\">\n");
        }
        h->row_shown[i] = true;
        html_raw(o, "<li id=\"");
        html_id(o, &h->s, 'f', i + 1);
        html_raw(o, "\"><span class=\"who\">");
        for (uint32_t j = 0; j < row->value_n; j++) {
            const sst_figure_ref *v = &row->value[j];
            bool again = j > 0 && row->value[j - 1].article == v->article;
            if (j > 0)
                html_raw(o, ", ");
            html_place(h, v->article, report_figure(f, v)->at.begin,
                       again ? STR("again") : h->s.label[v->article]);
        }
        const sst_figure *g = report_figure(f, &row->value[0]);
        sst_str value = report_words(f, row->value[0].article, g->at);
        sst_str counts = report_words(f, row->counts_article, row->counts);
        html_raw(o, "</span><span class=\"said\"><span class=\"num\">");
        html_text(o, value);
        html_raw(o, "</span>");
        if (counts.n && str_find_nocase(value, counts) < 0) {
            html_raw(o, " <span class=\"meta\">");
            html_text(o, counts);
            html_raw(o, "</span>");
        }
        html_raw(o, "</span></li>\n");
    }
    html_raw(o, "</ul>\n");
    if (n > OPEN_FIGURES)
        html_fold_end(h);
    html_raw(o, "</section>\n");
}

/* --------------------------------------------------------------------------------------- passages
 */

static void passages(html_story *h)
{
    report_out *o = h->o;
    uint32_t n = 0;
    const report_copied *v = report_copied_all(h->s.f, h->w->arena, &n);
    if (n == 0 || !v)
        return;
    section(h, 'p', STR("Word for word the same"));
    html_raw(o, "<ul class=\"lines\">\n");
    for (uint32_t i = 0; i < n; i++) {
        const report_copied *c = &v[i];
        if (i == OPEN_PASSAGES) {
            html_raw(o, "</ul>\n");
            html_fold(h, n - OPEN_PASSAGES);
            html_raw(o, "<ul class=\"lines\">\n");
        }
        sst_str s = report_words(h->s.f, c->text->a, c->text->at_a),
                cut = report_cut(s, PASSAGE_BYTES);
        html_raw(o, "<li><span class=\"who\">");
        for (uint32_t j = 0; j < c->n; j++) {
            bool again = j > 0 && c->articles[j] == c->articles[j - 1];
            if (j > 0)
                html_raw(o, ", ");
            html_place(h, c->articles[j], c->begin[j],
                       again ? STR("again") : h->s.label[c->articles[j]]);
        }
        html_raw(o, " <span class=\"kind\">");
        html_count(o, c->words, "word", "words");
        if (c->quoted)
            html_raw(o, ", a quotation");
        html_raw(o, "</span></span><span class=\"said\"");
        html_lang(h, c->text->a);
        html_raw(o, ">");
        html_text(o, str_trim(cut));
        if (cut.n < s.n)
            html_raw(o, " <span class=\"gap\">…</span>");
        html_raw(o, "</span></li>\n");
    }
    html_raw(o, "</ul>\n");
    if (n > OPEN_PASSAGES)
        html_fold_end(h);
    html_raw(o, "</section>\n");
}

/* -------------------------------------------------------------------------- names, wording, time
 */

static void names(html_story *h)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->cast.person_n; i++)
        n += report_spelt_differently(&f->cast.person[i]);
    if (n == 0)
        return;
    section(h, 'n', STR("Names written in more than one way"));
    html_raw(o, "<ul class=\"lines wide\">\n");
    for (uint32_t i = 0; i < f->cast.person_n; i++) {
        const sst_person *p = &f->cast.person[i];
        if (!report_spelt_differently(p))
            continue;
        html_raw(o, "<li>");
        bool any = false;
        for (uint32_t j = 0; j < p->spelling_n; j++) {
            const sst_spelling *y = &p->spellings[j];
            if (!report_spelling_differs(p, j))
                continue;
            if (any)
                html_raw(o, "; ");
            any = true;
            html_raw(o, "<b>");
            html_text(o, y->text);
            html_raw(o, "</b> <span class=\"meta\">");
            html_text(o, report_labels(&h->s, y->articles, y->article_n, h->w->arena));
            html_raw(o, "</span>");
        }
        html_raw(o, "</li>\n");
    }
    html_raw(o, "</ul></section>\n");
}

/* What the reports call one person: a table of persons, roles and who uses them. */
static void roles(html_story *h)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    uint32_t n;
    const report_roles *v = report_roles_differing(f, h->w->arena, &n);
    if (n == 0)
        return;
    section(h, 'l', STR("What people are called"));
    html_raw(o, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"What people are "
                "called\"><table class=\"words\">\n<thead><tr><th scope=\"col\">person</th>"
                "<th scope=\"col\">called</th></tr></thead>\n<tbody>\n");
    for (uint32_t i = 0; i < n; i++) {
        html_raw(o, "<tr><th scope=\"row\">");
        html_text(o, f->cast.person[v[i].person].name);
        html_raw(o, "</th><td><ul class=\"lines\">");
        for (uint32_t k = 0; k < v[i].called_n; k++) {
            const report_called *c = &v[i].called[k];
            html_raw(o, "<li>");
            html_place_open(h, c->first.article, c->first.at.begin);
            html_text(o, report_words(f, c->first.article, c->first.at));
            html_raw(o, "</a> <span class=\"meta\">");
            html_text(o, report_labels(&h->s, c->articles, c->article_n, h->w->arena));
            html_raw(o, "</span></li>");
        }
        html_raw(o, "</ul></td></tr>\n");
    }
    html_raw(o, "</tbody></table></div></section>\n");
}

static void wording_head(html_story *h)
{
    html_raw(h->o,
             "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Other words in "
             "the same place\"><table class=\"words\">\n<thead><tr><th scope=\"col\">here</th>"
             "<th scope=\"col\">there</th></tr></thead>\n<tbody>\n");
}

static void wording_side(html_story *h, const sst_place *at, uint32_t articles)
{
    report_out *o = h->o;
    html_raw(o, "<td");
    html_lang(h, at->article);
    html_raw(o, ">");
    html_place(h, at->article, at->at.begin, h->s.label[at->article]);
    html_raw(o, " ");
    html_text(o, report_words(h->s.f, at->article, at->at));
    if (articles > 1) {
        html_raw(o, " <span class=\"meta\">in ");
        html_count(o, articles, "report", "reports");
        html_raw(o, "</span>");
    }
    html_raw(o, "</td>");
}

/* Rows [from, to) of the wording: the first OPEN_WORDING, the others behind a fold. */
static void wording_rows(html_story *h, uint32_t from, uint32_t to, uint32_t open)
{
    report_out *o = h->o;
    wording_head(h);
    for (uint32_t i = from; i < to; i++) {
        const sst_wording *x = &h->s.f->wording[i];
        if (i == from + open) {
            html_raw(o, "</tbody></table></div>\n");
            html_fold(h, to - i);
            wording_head(h);
        }
        html_raw(o, "<tr>");
        wording_side(h, &x->a, x->a_n);
        wording_side(h, &x->b, x->b_n);
        html_raw(o, "</tr>\n");
    }
    html_raw(o, "</tbody></table></div>\n");
    if (to - from > open)
        html_fold_end(h);
}

/* Other words, then one word written in two ways: a matter of house style, of which less stands
 * open. */
static void wording(html_story *h)
{
    const sst_findings *f = h->s.f;
    uint32_t words = 0;
    while (words < f->wording_n && f->wording[words].kind == WORDING_WORDS)
        words++;
    if (words) {
        section(h, 'w', STR("Other words in the same place"));
        wording_rows(h, 0, words, OPEN_WORDING);
        html_raw(h->o, "</section>\n");
    }
    if (words < f->wording_n) {
        section(h, 'h', STR("The same written in another way"));
        wording_rows(h, words, f->wording_n, OPEN_FORMS);
        html_raw(h->o, "</section>\n");
    }
}

/* What the report that event i published brings, from the events of its time. */
static void brings(html_story *h, uint32_t i)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    const sst_event *e = &f->timeline[i];
    uint32_t n = 0;
    for (uint32_t j = i + 1; j < f->event_n && strcmp(f->timeline[j].when, e->when) == 0; j++) {
        const sst_event *x = &f->timeline[j];
        if (x->place.article != e->place.article || report_in_timeline(x))
            continue;
        if (n++ >= BRINGS_MOST)
            continue;
        html_raw(o, "<br>");
        html_raw(o, "<span class=\"meta\">");
        if (x->kind == EVENT_FIGURE)
            html_raw(o, "figure");
        else
            html_raw(o, "quotation");
        html_raw(o, "</span> ");
        html_place_open(h, x->place.article, x->place.at.begin);
        sst_str s = str_trim(report_words(f, x->place.article, x->place.at)),
                cut = report_cut(s, PASSAGE_BYTES);
        if (x->kind == EVENT_UTTERANCE)
            html_raw(o, "“");
        html_text(o, cut);
        if (cut.n < s.n)
            html_raw(o, " …");
        if (x->kind == EVENT_UTTERANCE)
            html_raw(o, "”");
        html_raw(o, "</a>");
    }
    if (n > BRINGS_MOST) {
        html_raw(o, "<br><span class=\"meta\">and ");
        html_number(o, n - BRINGS_MOST);
        html_raw(o, " more</span>");
    }
}

static void scheduled_side(html_story *h, const sst_place *v, uint32_t n, const char *state)
{
    report_out *o = h->o;
    for (uint32_t i = 0; i < n; i++) {
        html_raw(o, "<li><span class=\"who\">");
        if (i > 0)
            html_raw(o, "<span class=\"vh\">");
        html_text(o, str_of(state));
        if (i > 0)
            html_raw(o, "</span>");
        html_raw(o, "</span><span class=\"said\"");
        html_lang(h, v[i].article);
        html_raw(o, ">");
        html_place(h, v[i].article, v[i].at.begin, h->s.label[v[i].article]);
        html_raw(o, " ");
        html_text(o, str_trim(report_words(h->s.f, v[i].article, v[i].at)));
        html_raw(o, "</span></li>\n");
    }
}

static void schedule(html_story *h)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    if (f->schedule_n == 0)
        return;
    section(h, 'k', STR("To come, and what is done"));
    for (uint32_t i = 0; i < f->schedule_n; i++) {
        html_raw(o, "<ul class=\"lines sched\">\n");
        scheduled_side(h, f->schedule[i].to_come, f->schedule[i].to_come_n, "to come");
        scheduled_side(h, f->schedule[i].done, f->schedule[i].done_n, "done");
        scheduled_side(h, f->schedule[i].off, f->schedule[i].off_n, "off");
        html_raw(o, "</ul>\n");
    }
    html_raw(o, "</section>\n");
}

static void event(html_story *h, uint32_t i)
{
    report_out *o = h->o;
    const sst_event *e = &h->s.f->timeline[i];
    html_raw(o, "<li><span class=\"who\">");
    html_date(o, str_of(e->when));
    html_raw(o, "</span><span class=\"said\"");
    html_lang(h, e->place.article);
    html_raw(o, ">");
    if (e->place.at.begin < e->place.at.end) {
        html_place(h, e->place.article, e->place.at.begin, h->s.label[e->place.article]);
        html_raw(o, " ");
        html_text(o, str_trim(report_words(h->s.f, e->place.article, e->place.at)));
        if (e->kind == EVENT_PUBLISHED)
            html_raw(o, " <span class=\"meta\">published</span>");
        else if (e->kind == EVENT_VERSION)
            html_raw(o, " <span class=\"meta\">revised</span>");
    } else {
        html_raw(o, "<a href=\"#");
        html_id(o, &h->s, 'r', e->place.article);
        html_raw(o, "\">");
        html_text(o, h->s.label[e->place.article]);
        html_raw(o, "</a> <span class=\"meta\">");
        html_raw(o, "published by ");
        html_text(o, h->s.outlet[e->place.article]);
        html_raw(o, "</span>");
    }
    if (e->kind == EVENT_PUBLISHED)
        brings(h, i);
    html_raw(o, "</span></li>\n");
}

static void timeline(html_story *h)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->event_n; i++)
        n += report_in_timeline(&f->timeline[i]);
    if (n == 0)
        return;
    section(h, 't', STR("In time"));
    html_raw(o, "<ol class=\"lines\">\n");
    for (uint32_t i = 0; i < f->event_n; i++) {
        if (!report_in_timeline(&f->timeline[i]))
            continue;
        if (shown++ == OPEN_EVENTS) {
            html_raw(o, "</ol>\n");
            html_fold(h, n - OPEN_EVENTS);
            html_raw(o, "<ol class=\"lines\">\n");
        }
        event(h, i);
    }
    html_raw(o, "</ol>\n");
    if (n > OPEN_EVENTS)
        html_fold_end(h);
    html_raw(o, "</section>\n");
}

void html_shared(html_story *h)
{
    html_heading(h, 1, 'e', 1, STR("What is shared"));
    quotes(h);
    figures(h);
    html_facts(h);
    passages(h);
    names(h);
    roles(h);
    wording(h);
    schedule(h);
    timeline(h);
}
