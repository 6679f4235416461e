/*
 * The page's first half: quotations printed in more than one way, figures that differ, what one
 * outlet alone has. In: a story's findings; every line links to its place in the article.
 */
#include "base_str.h"
#include "report_markup.h"

/* So many of a list stand open; the others are behind a fold. */
enum { OPEN_UTTERANCES = 12, OPEN_ROWS = 16, OPEN_ONLY = 4, TABLE_COLUMNS = 7 };

/* A sign before the kind of change, for the eye that skims. */
static const char *change_sign(const sst_occurrence *v)
{
    switch (v->change) {
    case CHANGE_SAME:
        return "=";
    case CHANGE_REPUNCTUATED:
        return "≈";
    case CHANGE_CUT:
        return v->unmarked ? "✂" : "…";
    case CHANGE_ALTERED:
        return "!";
    case CHANGE_JOINED:
        return "+";
    default:
        return "·";
    }
}

/* ------------------------------------------------------------------------------------- utterances
 */

static void version(html_story *h, const sst_utterance *u, const report_group *g)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    const sst_occurrence *v = &u->v[g->v[0]];
    html_raw(o, "<li><span class=\"who\">");
    html_group_places(h, u, g);
    html_raw(o, " <span class=\"kind\"><span aria-hidden=\"true\">");
    report_out_z(o, change_sign(v));
    html_raw(o, " </span>");
    report_out_z(o, report_change_words(v));
    html_raw(o, "</span></span><span class=\"said\"");
    html_lang(h, v->article);
    html_raw(o, ">");
    if (v->other_speaker) {
        html_raw(o, "<span class=\"other\">said here by <mark>");
        html_text(o, report_words(f, v->article, report_quote(f, v)->speaker_at));
        html_raw(o, "</mark></span> ");
    }
    if (v->change == CHANGE_INDIRECT) {
        html_pieces(h, report_whole(h->w, f, v));
    } else if (v->change != CHANGE_SAME && v->change != CHANGE_REPUNCTUATED) {
        html_raw(o, "“");
        html_pieces(h, v->change == CHANGE_FRAGMENT ? report_whole(h->w, f, v)
                                                    : report_version(h->w, f, u, v, true));
        html_raw(o, "”");
    }
    html_raw(o, "</span></li>\n");
}

/* "B Radio Carrach, the fullest version · same words in D, E" */
static void alike(html_story *h, const sst_utterance *u, const report_group *g, uint32_t n)
{
    report_out *o = h->o;
    const sst_occurrence *full = &u->v[u->fullest];
    html_raw(o, "<p class=\"fullest\">");
    html_place(h, full->article, full->content.n ? full->content.v[0].begin : 0,
               h->s.label[full->article]);
    html_raw(o, " ");
    html_text(o, h->s.outlet[full->article]);
    html_raw(o, ", the fullest version");
    if (full->other_speaker) {
        html_raw(o, ", said here by <mark>");
        html_text(o, report_words(h->s.f, full->article, report_quote(h->s.f, full)->speaker_at));
        html_raw(o, "</mark>");
    }
    for (uint32_t j = 0; j < n; j++) {
        if (g[j].n == 0 || !report_is_alike(&u->v[g[j].v[0]]))
            continue;
        html_raw(o, " · ");
        report_out_z(o, report_change_words(&u->v[g[j].v[0]]));
        html_raw(o, " in ");
        html_group_places(h, u, &g[j]);
    }
    report_group first = {arena_alloc(h->w->arena, (u->n + 1) * sizeof *first.v), 0};
    for (uint32_t i = 0; i < u->n && first.v; i++)
        if (u->v[i].first)
            first.v[first.n++] = i;
    if (first.n) {
        html_raw(o, " · published first in ");
        html_group_places(h, u, &first);
    }
    html_raw(o, "</p>\n");
}

static void utterance(html_story *h, uint32_t i)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    const sst_utterance *u = &f->utterances[i];
    const sst_occurrence *full = &u->v[u->fullest];
    uint32_t n;
    const report_group *g = report_other_versions(f, u, h->w->arena, &n);
    h->utterance_shown[i] = true;
    html_raw(o, "<article class=\"utterance\"><header>");
    html_heading_open(h, 3, 'u', i + 1);
    if (u->speaker.n)
        html_person(h, u->speaker);
    else
        html_raw(o, "Nobody named");
    html_heading_end(h, 3);
    html_raw(o, "<p class=\"meta\">");
    uint8_t *has = arena_alloc(h->w->arena, f->origin_n + 1);
    if (!has)
        return;
    html_count(o, report_utterance_origins(&h->s, u, has), "origin", "origins");
    if (u->n > report_utterance_articles(u)) {
        html_raw(o, ", ");
        html_count(o, u->n, "place", "places");
    }
    html_raw(o, "</p></header>\n<div class=\"words\"><blockquote");
    html_lang(h, full->article);
    html_raw(o, "><p>“");
    html_pieces(h, report_whole(h->w, f, full));
    html_raw(o, "”</p></blockquote>\n");
    if (g) {
        alike(h, u, g, n);
        html_raw(o, "<ul class=\"versions\">\n");
        for (uint32_t j = 0; j < n; j++)
            if (g[j].n && !report_is_alike(&u->v[g[j].v[0]]))
                version(h, u, &g[j]);
        html_raw(o, "</ul>");
    }
    html_raw(o, "</div></article>\n");
}

static void utterances(html_story *h)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->utterance_n; i++)
        n += report_utterance_differs(&f->utterances[i]);
    if (n == 0)
        return;
    html_raw(o, "<section>");
    html_heading(h, 2, 'q', 1, STR("Said, and printed in more than one way"));
    html_raw(o, "<p class=\"lead\">");
    html_count(o, n, "utterance", "utterances");
    html_raw(o, ". <del><span class=\"vh\">Struck: </span>left out</del>, <ins>added</ins>, "
                "<mark>put in its place</mark>. Letters lead to the place in the report.</p>\n");
    for (uint32_t i = 0; i < f->utterance_n; i++) {
        if (!report_utterance_differs(&f->utterances[i]))
            continue;
        if (shown++ == OPEN_UTTERANCES)
            html_fold(h, n - OPEN_UTTERANCES);
        utterance(h, i);
    }
    if (n > OPEN_UTTERANCES)
        html_fold_end(h);
    html_raw(o, "</section>\n");
}

/* ---------------------------------------------------------------------------------------- figures
 */

static void value(html_story *h, const sst_figure_ref *v)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    const sst_figure *g = report_figure(f, v);
    html_raw(o, "<span class=\"value\"><span class=\"num\">");
    html_place_open(h, v->article, g->at.begin);
    html_text(o, report_words(f, v->article, g->at));
    html_raw(o, "</a></span>");
    if (g->said_by.n) {
        html_raw(o, "<small><span class=\"vh\">said by </span>");
        html_text(o, report_words(f, v->article, g->said_by.v[0]));
        html_raw(o, "</small>");
    }
    if (g->as_of.begin < g->as_of.end) {
        html_raw(o, "<small><span class=\"vh\">as of </span>");
        html_text(o, report_words(f, v->article, g->as_of));
        html_raw(o, "</small>");
    }
    html_raw(o, "</span>");
}

/* Kinds in their order, each with the pairs that it holds between. */
static void kinds(html_story *h, const sst_figure_row *row)
{
    report_out *o = h->o;
    for (uint32_t kind = DIFFERENCE_ROUNDING; kind <= DIFFERENCE_UNEXPLAINED; kind++) {
        bool any = false;
        for (uint32_t j = 0; j < row->difference_n; j++) {
            const sst_difference *d = &row->difference[j];
            if (d->kind != kind)
                continue;
            if (!any) {
                html_raw(o, "<span class=\"dot\">");
                report_out_z(o, figure_difference_name(d->kind));
                html_raw(o, " <small>");
            } else {
                html_raw(o, ", ");
            }
            any = true;
            html_text(o, h->s.label[row->value[d->a].article]);
            html_raw(o, "–");
            html_text(o, h->s.label[row->value[d->b].article]);
        }
        if (any)
            html_raw(o, "</small></span>");
    }
}

static void row_head(html_story *h, uint32_t i)
{
    report_out *o = h->o;
    const sst_figure_row *row = &h->s.f->rows[i];
    sst_str counts = report_words(h->s.f, row->counts_article, row->counts);
    h->row_shown[i] = true;
    html_raw(o, "<tr role=\"row\" id=\"");
    html_id(o, &h->s, 'f', i + 1);
    html_raw(o, "\"><th role=\"rowheader\" scope=\"row\">");
    html_text(o, counts.n ? counts : STR("not said what"));
    html_raw(o, "</th>");
}

/* One column a report while the reports are few. */
static void row_by_report(html_story *h, uint32_t i)
{
    report_out *o = h->o;
    const sst_figure_row *row = &h->s.f->rows[i];
    uint32_t j = 0;
    row_head(h, i);
    for (uint32_t k = 0; k < h->s.f->n; k++) {
        if (j == row->value_n || row->value[j].article != k) {
            html_raw(o, "<td role=\"cell\" class=\"none\"><span aria-hidden=\"true\">–</span>"
                        "<span class=\"vh\">none</span></td>");
            continue;
        }
        html_raw(o, "<td role=\"cell\"><span class=\"tag\" aria-hidden=\"true\">");
        html_text(o, h->s.label[k]);
        html_raw(o, "</span><div class=\"stack\">");
        for (; j < row->value_n && row->value[j].article == k; j++)
            value(h, &row->value[j]);
        html_raw(o, "</div></td>");
    }
    html_raw(o, "<td role=\"cell\" class=\"kinds\">");
    kinds(h, row);
    html_steps(h, row);
    html_raw(o, "</td></tr>\n");
}

static void row_by_value(html_story *h, uint32_t i)
{
    report_out *o = h->o;
    const sst_figure_row *row = &h->s.f->rows[i];
    row_head(h, i);
    html_raw(o, "<td role=\"cell\"><ul class=\"values\">");
    for (uint32_t j = 0; j < row->value_n; j++) {
        html_raw(o, "<li><span class=\"tag\">");
        html_text(o, h->s.label[row->value[j].article]);
        html_raw(o, "</span><div class=\"stack\">");
        value(h, &row->value[j]);
        html_raw(o, "</div></li>");
    }
    html_raw(o, "</ul></td><td role=\"cell\" class=\"kinds\">");
    kinds(h, row);
    html_steps(h, row);
    html_raw(o, "</td></tr>\n");
}

static void table_head(html_story *h, bool by_report)
{
    report_out *o = h->o;
    html_raw(o,
             "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Figures that "
             "differ\"><table role=\"table\" class=\"figures\">\n<caption class=\"vh\">What each "
             "report gives, and the kind of difference</caption>\n<thead role=\"rowgroup\"><tr "
             "role=\"row\"><th role=\"columnheader\" scope=\"col\">what is counted</th>");
    for (uint32_t k = 0; k < h->s.f->n && by_report; k++) {
        html_raw(o, "<th role=\"columnheader\" scope=\"col\"><abbr title=\"");
        html_text(o, h->s.outlet[k]);
        html_raw(o, "\">");
        html_text(o, h->s.label[k]);
        html_raw(o, "</abbr></th>");
    }
    if (!by_report)
        html_raw(o, "<th role=\"columnheader\" scope=\"col\">what the reports give</th>");
    html_raw(o, "<th role=\"columnheader\" scope=\"col\">difference</th></tr></thead>\n"
                "<tbody role=\"rowgroup\">\n");
}

static void rows(html_story *h)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    uint32_t n = 0, shown = 0;
    bool by_report = f->n <= TABLE_COLUMNS;
    for (uint32_t i = 0; i < f->row_n; i++)
        n += f->rows[i].difference_n > 0;
    if (n == 0)
        return;
    html_raw(o, "<section>");
    html_heading(h, 2, 'g', 1, STR("Figures that differ"));
    html_raw(o, "<p class=\"lead\">");
    html_count(o, n, "figure", "figures");
    html_raw(o, ". The kind of difference is named, not judged.</p>\n");
    table_head(h, by_report);
    for (uint32_t i = 0; i < f->row_n; i++) {
        if (f->rows[i].difference_n == 0)
            continue;
        if (shown++ == OPEN_ROWS) {
            html_raw(o, "</tbody></table></div>\n");
            html_fold(h, n - OPEN_ROWS);
            table_head(h, by_report);
        }
        if (by_report)
            row_by_report(h, i);
        else
            row_by_value(h, i);
    }
    html_raw(o, "</tbody></table></div>\n");
    if (n > OPEN_ROWS)
        html_fold_end(h);
    html_raw(o, "</section>\n");
}

/* ------------------------------------------------------------------------------------- only here
 */

static void only_quotes(html_story *h)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->utterance_n; i++)
        n += report_utterance_articles(&f->utterances[i]) == 1 &&
             !report_utterance_differs(&f->utterances[i]) &&
             report_utterance_quoted(f, &f->utterances[i]);
    if (n == 0)
        return;
    html_raw(o, "<details class=\"block\"><summary>");
    html_count(o, n, "quotation that one report alone prints",
               "quotations that one report alone prints");
    html_raw(o, "</summary>\n<ul class=\"lines\">\n");
    for (uint32_t i = 0; i < f->utterance_n; i++) {
        const sst_utterance *u = &f->utterances[i];
        if (report_utterance_articles(u) != 1 || report_utterance_differs(u) ||
            !report_utterance_quoted(f, u))
            continue;
        const sst_occurrence *v = &u->v[u->fullest];
        h->utterance_shown[i] = true;
        html_raw(o, "<li id=\"");
        html_id(o, &h->s, 'u', i + 1);
        html_raw(o, "\"><span class=\"who\">");
        html_place(h, v->article, v->content.n ? v->content.v[0].begin : 0, h->s.label[v->article]);
        html_raw(o, "</span><span class=\"said\"");
        html_lang(h, v->article);
        html_raw(o, ">");
        if (u->speaker.n) {
            html_raw(o, "<b>");
            html_person(h, u->speaker);
            html_raw(o, "</b> ");
        }
        html_raw(o, "“");
        html_pieces(h, report_whole(h->w, f, v));
        html_raw(o, "”</span></li>\n");
    }
    html_raw(o, "</ul></details>\n");
}

/* The places [from, to) of what one report has alone. */
static void only_places(html_story *h, const sst_only *x, uint32_t from, uint32_t to)
{
    report_out *o = h->o;
    html_raw(o, "<ul>\n");
    for (uint32_t j = from; j < to; j++) {
        html_raw(o, "<li");
        html_lang(h, x->places[j].article);
        html_raw(o, ">");
        html_place(h, x->places[j].article, x->places[j].at.begin,
                   h->s.label[x->places[j].article]);
        html_raw(o, " ");
        html_text(o, str_trim(report_words(h->s.f, x->places[j].article, x->places[j].at)));
        html_raw(o, "</li>\n");
    }
    html_raw(o, "</ul>");
}

static void only_of(html_story *h, const sst_only *x)
{
    report_out *o = h->o;
    uint32_t open = x->sure_n < OPEN_ONLY ? x->sure_n : OPEN_ONLY;
    html_raw(o, "<div class=\"only\">");
    html_heading(h, 3, 0, 0, h->s.outlet[x->article]);
    only_places(h, x, 0, open);
    if (x->sure_n > open) {
        html_fold(h, x->sure_n - open);
        only_places(h, x, open, x->sure_n);
        html_fold_end(h);
    }
    if (x->place_n > x->sure_n) { /* told elsewhere in other words, perhaps */
        html_raw(o, "<details><summary>");
        html_number(o, x->place_n - x->sure_n);
        html_raw(o, " that others may tell in other words</summary>\n");
        only_places(h, x, x->sure_n, x->place_n);
        html_fold_end(h);
    }
    html_raw(o, "</div>\n");
}

static void only_here(html_story *h)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    bool any = false;
    for (uint32_t i = 0; i < f->only_n; i++)
        any |= f->only[i].sure_n > 0;
    if (!any)
        return;
    html_raw(o, "<section>");
    html_heading(h, 2, 'o', 1, STR("Only here"));
    html_raw(o, "<p class=\"lead\">What one origin alone reports, the weightiest first.</p>\n"
                "<div class=\"onlylist\">\n");
    for (uint32_t i = 0; i < f->only_n; i++)
        if (f->only[i].sure_n)
            only_of(h, &f->only[i]);
    html_raw(o, "</div>\n");
    only_quotes(h);
    html_raw(o, "</section>\n");
}

static void corrections(html_story *h)
{
    report_out *o = h->o;
    uint32_t n;
    const sst_place *v = report_corrections(h->s.f, h->w->arena, &n);
    if (!v || !n)
        return;
    html_raw(o, "<section>");
    html_heading(h, 2, 'x', 1, STR("Corrected"));
    html_raw(o, "<p class=\"lead\">What a report says it got wrong, in its own words.</p>\n"
                "<ul class=\"lines\">\n");
    for (uint32_t i = 0; i < n; i++) {
        html_raw(o, "<li><span class=\"who\">");
        html_place(h, v[i].article, v[i].at.begin, h->s.label[v[i].article]);
        html_raw(o, "</span><span class=\"said\"");
        html_lang(h, v[i].article);
        html_raw(o, ">");
        html_text(o, str_trim(report_words(h->s.f, v[i].article, v[i].at)));
        html_raw(o, "</span></li>\n");
    }
    html_raw(o, "</ul>\n</section>\n");
}

void html_differs(html_story *h)
{
    if (!report_story_differs(h->s.f))
        return;
    html_heading(h, 1, 'd', 1, STR("What differs"));
    utterances(h);
    rows(h);
    corrections(h);
    only_here(h);
}
