/*
 * The report for the terminal. In: findings; out: for each story of several articles what differs,
 * then what is shared; then the articles that stand alone. Every list has a ceiling, and says how
 * much more there is.
 *
 * Labels and counts are ours, all other words are the sources'.
 */
#include <string.h>

#include "base_buf.h"
#include "base_str.h"
#include "report_term.h"
#include "report_version.h"

/* Ceilings of the lists: about two screens a story; the page and the JSON have everything. */
enum {
    MOST_UTTERANCES = 12,
    MOST_ROWS = 12,
    MOST_ONLY = 3,
    MOST_SAME_QUOTES = 8,
    MOST_AGREEING = 8,
    MOST_FACTS = 8,
    MOST_PASSAGES = 6,
    MOST_NAMES = 8,
    MOST_WORDING = 8,
    MOST_EVENTS = 10,
    MOST_ALONE = 40,
    MOST_REASONS = 4
};

typedef struct text_report {
    report_run *w;
    report_term t;
    report_story s;
} text_report;

static sst_str printf_count(report_run *w, uint32_t n, const char *one, const char *many)
{
    return arena_printf(w->arena, "%u %s", n, n == 1 ? one : many);
}

static void section(text_report *x, const char *name)
{
    term_blank(&x->t);
    term_begin(&x->t, 0, 0);
    term_z(&x->t, TERM_HEAD, name);
    term_end(&x->t);
}

static void part(text_report *x, const char *name, sst_str more)
{
    term_blank(&x->t);
    term_begin(&x->t, 0, 0);
    term_z(&x->t, TERM_BOLD, name);
    if (more.n) {
        term_gap(&x->t);
        term_put(&x->t, TERM_DIM, more);
    }
    term_end(&x->t);
}

/* Says what a ceiling has cut. */
static void more(text_report *x, uint32_t indent, uint32_t shown, uint32_t all)
{
    if (all <= shown)
        return;
    term_begin(&x->t, indent, indent);
    term_z(&x->t, TERM_DIM, "and ");
    term_u32(&x->t, TERM_DIM, all - shown);
    term_z(&x->t, TERM_DIM, " more: --html and --json have all");
    term_end(&x->t);
}

/* ------------------------------------------------------------------------------------------- head
 */

static sst_str when(report_run *w, sst_str iso)
{
    if (iso.n >= 16 && iso.p[10] == 'T')
        return arena_printf(w->arena, "%.10s %.5s", iso.p, iso.p + 11);
    return iso;
}

static void head(text_report *x)
{
    report_run *w = x->w;
    const sst_findings *f = x->s.f;
    sst_buf b;
    term_begin(&x->t, 0, 0);
    term_put(&x->t, TERM_HEAD, report_title(f));
    term_end(&x->t);
    buf_init(&b, 0);
    buf_printf(&b, "%u articles, %u %s", f->n, f->origin_n,
               f->origin_n == 1 ? "origin" : "origins");
    if (f->first_published.n) {
        buf_z(&b, ", ");
        buf_str(&b, when(w, f->first_published));
        if (f->last_published.n && !str_eq(f->first_published, f->last_published)) {
            buf_z(&b, " to ");
            buf_str(&b, when(w, f->last_published));
        }
    }
    term_begin(&x->t, 0, 0);
    term_put(&x->t, TERM_DIM, arena_str(w->arena, (sst_str){b.p, b.n}));
    term_z(&x->t, TERM_DIM,
           report_has_headline(f) ? "; the headline is that of "
                                  : "; the first sentence is that of ");
    term_put(&x->t, TERM_DIM, x->s.label[f->title.article]);
    term_end(&x->t);
    buf_release(&b);

    term_blank(&x->t);
    for (uint32_t k = 0; k < f->n; k++) {
        const sst_article *a = report_article(f, k);
        term_begin(&x->t, 2, 5);
        term_put(&x->t, TERM_BOLD, x->s.label[k]);
        term_to(&x->t, 5);
        term_put(&x->t, TERM_PLAIN, a->outlet.n || a->url.n ? x->s.outlet[k] : a->source);
        if (a->published.n) {
            term_z(&x->t, TERM_PLAIN, ", ");
            term_put(&x->t, TERM_PLAIN, when(w, a->published));
        }
        if (a->outlet.n || a->url.n) {
            term_z(&x->t, TERM_PLAIN, " ");
            term_put(&x->t, TERM_DIM, a->source);
        }
        term_end(&x->t);
    }
}

static void origin_reason(text_report *x, const sst_origin_why *y)
{
    const sst_findings *f = x->s.f;
    term_begin(&x->t, 4, 6);
    switch (y->kind) {
    case ORIGIN_CREDIT:;
        term_put(&x->t, TERM_PLAIN, x->s.label[y->article]);
        bool both = y->other_at.begin < y->other_at.end;
        term_z(&x->t, TERM_PLAIN, both ? " and " : " names ");
        term_put(&x->t, TERM_PLAIN, x->s.label[y->other]);
        term_z(&x->t, TERM_PLAIN, both ? " name one agency: “" : " as its agency: “");
        term_put(&x->t, TERM_PLAIN, report_words(f, y->article, y->at));
        term_z(&x->t, TERM_PLAIN, "”");
        break;
    case ORIGIN_PUBLISHER:
        term_put(&x->t, TERM_PLAIN, x->s.label[y->article]);
        term_z(&x->t, TERM_PLAIN, " and ");
        term_put(&x->t, TERM_PLAIN, x->s.label[y->other]);
        term_z(&x->t, TERM_PLAIN,
               y->publisher == PUBLISHER_OWNER    ? " have one owner: "
               : y->publisher == PUBLISHER_DOMAIN ? " stand under one domain: "
                                                  : " are of one outlet: ");
        term_put(&x->t, TERM_PLAIN, y->name);
        break;
    default:
        term_put(&x->t, TERM_PLAIN, x->s.label[y->article]);
        if (y->other != y->article) {
            term_z(&x->t, TERM_PLAIN, " and ");
            term_put(&x->t, TERM_PLAIN, x->s.label[y->other]);
        }
        term_z(&x->t, TERM_PLAIN,
               y->kind == ORIGIN_DUPLICATE ? " are the same text" : " share whole passages");
        if (y->at.begin < y->at.end) {
            sst_str s = report_words(f, y->article, y->at);
            term_z(&x->t, TERM_DIM, " “");
            term_put(&x->t, TERM_DIM, report_cut(s, 60));
            term_z(&x->t, TERM_DIM, s.n > report_cut(s, 60).n ? " …”" : "”");
        }
    }
    term_end(&x->t);
}

static void origins(text_report *x)
{
    const sst_findings *f = x->s.f;
    bool first = true;
    for (uint32_t i = 0; i < f->origin_n; i++) {
        const sst_origin *o = &f->origins[i];
        if (o->article_n < 2)
            continue;
        if (first)
            term_blank(&x->t);
        first = false;
        term_begin(&x->t, 2, 4);
        term_put(&x->t, TERM_BOLD, report_labels(&x->s, o->articles, o->article_n, x->w->arena));
        term_z(&x->t, TERM_PLAIN, " count as one origin:");
        term_end(&x->t);
        uint32_t shown = o->why_n < MOST_REASONS ? o->why_n : MOST_REASONS;
        for (uint32_t j = 0; j < shown; j++)
            origin_reason(x, &o->why[j]);
        more(x, 4, shown, o->why_n);
    }
}

/* ------------------------------------------------------------------------------------- utterances
 */

static void put_pieces(text_report *x, report_pieces p)
{
    static const term_style style[] = {
        [PIECE_KEEP] = TERM_PLAIN, [PIECE_DROP] = TERM_DROP, [PIECE_ADD] = TERM_ADD,
        [PIECE_NEW] = TERM_ADD,    [PIECE_GAP] = TERM_DIM,   [PIECE_ELIDE] = TERM_DIM};
    for (uint32_t i = 0; i < p.n; i++) {
        if (p.v[i].space)
            term_z(&x->t, TERM_PLAIN, " ");
        term_put(&x->t, style[p.v[i].kind], p.v[i].text);
    }
}

static void speaker_line(text_report *x, sst_str speaker, sst_str right)
{
    term_ends(&x->t, 2, TERM_BOLD, speaker.n ? speaker : STR("(nobody named)"), TERM_DIM, right);
}

static sst_str group_labels(text_report *x, const sst_utterance *u, const report_group *g)
{
    uint32_t *k = arena_alloc(x->w->arena, (g->n + 1) * sizeof *k);
    if (!k)
        return STR("");
    for (uint32_t i = 0; i < g->n; i++)
        k[i] = u->v[g->v[i]].article;
    return report_labels(&x->s, k, g->n, x->w->arena);
}

enum { VERSION_LABEL = 4, VERSION_TEXT = 6 };

static void version(text_report *x, const sst_utterance *u, const report_group *g)
{
    const sst_findings *f = x->s.f;
    const sst_occurrence *v = &u->v[g->v[0]];
    bool words = v->change != CHANGE_SAME && v->change != CHANGE_REPUNCTUATED;
    term_begin(&x->t, VERSION_LABEL, VERSION_TEXT);
    term_put(&x->t, TERM_BOLD, group_labels(x, u, g));
    term_gap(&x->t);
    term_z(&x->t, TERM_DIM, report_change_words(v));
    if (v->other_speaker) {
        const sst_quote *q = report_quote(f, v);
        term_z(&x->t, TERM_DIM, "; said here by: ");
        term_put(&x->t, TERM_PLAIN, report_words(f, v->article, q->speaker_at));
    }
    term_end(&x->t);
    if (!words)
        return;
    term_begin(&x->t, VERSION_TEXT, VERSION_TEXT);
    bool whole = v->change == CHANGE_FRAGMENT || v->change == CHANGE_INDIRECT;
    if (v->change != CHANGE_INDIRECT)
        term_z(&x->t, TERM_PLAIN, "“");
    put_pieces(x, whole ? report_whole(x->w, f, v) : report_version(x->w, f, u, v, true));
    if (v->change != CHANGE_INDIRECT)
        term_z(&x->t, TERM_PLAIN, "”");
    term_end(&x->t);
}

static void utterance(text_report *x, const sst_utterance *u)
{
    report_run *w = x->w;
    const sst_findings *f = x->s.f;
    const sst_occurrence *full = &u->v[u->fullest];
    term_blank(&x->t);
    uint8_t *has = arena_alloc(w->arena, f->origin_n + 1);
    if (!has)
        return;
    speaker_line(x, u->speaker,
                 printf_count(w, report_utterance_origins(&x->s, u, has), "origin", "origins"));
    term_begin(&x->t, 2, 2);
    term_z(&x->t, TERM_PLAIN, "“");
    put_pieces(x, report_whole(w, f, full));
    term_z(&x->t, TERM_PLAIN, "”");
    term_z(&x->t, TERM_PLAIN, " ");
    term_put(&x->t, TERM_BOLD, x->s.label[full->article]);
    if (full->other_speaker) {
        term_z(&x->t, TERM_DIM, "; said here by: ");
        term_put(&x->t, TERM_PLAIN,
                 report_words(f, full->article, report_quote(f, full)->speaker_at));
    }
    term_end(&x->t);
    uint32_t n;
    const report_group *g = report_other_versions(f, u, w->arena, &n);
    for (int alike = 1; alike >= 0; alike--)
        for (uint32_t i = 0; i < n && g; i++)
            if (g[i].n && report_is_alike(&u->v[g[i].v[0]]) == (alike == 1))
                version(x, u, &g[i]);
}

static void differing_utterances(text_report *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->utterance_n; i++)
        n += report_utterance_differs(&f->utterances[i]);
    if (n == 0)
        return;
    part(x, "Quotations printed in more than one way",
         printf_count(x->w, n, "utterance", "utterances"));
    for (uint32_t i = 0; i < f->utterance_n && shown < MOST_UTTERANCES; i++)
        if (report_utterance_differs(&f->utterances[i])) {
            utterance(x, &f->utterances[i]);
            shown++;
        }
    more(x, 2, shown, n);
}

static void same_utterances(text_report *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->utterance_n; i++)
        n += report_utterance_agrees(f, &f->utterances[i]);
    if (n == 0)
        return;
    part(x, "Quotations printed alike", printf_count(x->w, n, "utterance", "utterances"));
    for (uint32_t i = 0; i < f->utterance_n && shown < MOST_SAME_QUOTES; i++) {
        const sst_utterance *u = &f->utterances[i];
        if (!report_utterance_agrees(f, u))
            continue;
        shown++;
        report_group all = {arena_alloc(x->w->arena, u->n * sizeof *all.v), u->n};
        for (uint32_t j = 0; j < u->n && all.v; j++)
            all.v[j] = j;
        term_begin(&x->t, 2, 4);
        term_put(&x->t, TERM_BOLD, all.v ? group_labels(x, u, &all) : STR(""));
        term_gap(&x->t);
        if (u->speaker.n) {
            term_put(&x->t, TERM_PLAIN, u->speaker);
            term_z(&x->t, TERM_PLAIN, ": ");
        }
        term_z(&x->t, TERM_PLAIN, "“");
        put_pieces(x, report_whole(x->w, f, &u->v[u->fullest]));
        term_z(&x->t, TERM_PLAIN, "”");
        term_end(&x->t);
    }
    more(x, 2, shown, n);
}

/* ---------------------------------------------------------------------------------------- figures
 */

/* One line for the articles that print the same words. */
static void value_line(text_report *x, const sst_figure_row *row, const report_group *same,
                       uint32_t column)
{
    const sst_findings *f = x->s.f;
    const sst_figure *g = report_figure(f, &row->value[same->v[0]]);
    uint32_t k = row->value[same->v[0]].article;
    uint32_t *articles = arena_alloc(x->w->arena, same->n * sizeof *articles);
    for (uint32_t i = 0; i < same->n && articles; i++)
        articles[i] = row->value[same->v[i]].article;
    term_begin(&x->t, 4, column);
    if (articles)
        term_put(&x->t, TERM_BOLD, report_labels(&x->s, articles, same->n, x->w->arena));
    term_to(&x->t, column);
    term_put(&x->t, TERM_PLAIN, report_words(f, k, g->at));
    if (g->said_by.n) {
        term_z(&x->t, TERM_DIM, ", by ");
        term_put(&x->t, TERM_DIM, report_words(f, k, g->said_by.v[0]));
    }
    if (g->as_of.begin < g->as_of.end) {
        term_z(&x->t, TERM_DIM, ", ");
        term_put(&x->t, TERM_DIM, report_words(f, k, g->as_of));
    }
    term_end(&x->t);
}

static void differences(text_report *x, const sst_figure_row *row)
{
    bool before = false;
    term_begin(&x->t, 4, 6);
    for (uint32_t kind = DIFFERENCE_ROUNDING; kind <= DIFFERENCE_UNEXPLAINED; kind++) {
        bool any = false;
        for (uint32_t j = 0; j < row->difference_n; j++) {
            const sst_difference *d = &row->difference[j];
            if (d->kind != kind)
                continue;
            if (!any) {
                term_z(&x->t, TERM_DIM, before ? "; " : "");
                term_z(&x->t, TERM_DIM, figure_difference_name(d->kind));
            }
            term_z(&x->t, TERM_DIM, any ? ", " : " ");
            any = before = true;
            term_put(&x->t, TERM_DIM, x->s.label[row->value[d->a].article]);
            term_z(&x->t, TERM_DIM, "–");
            term_put(&x->t, TERM_DIM, x->s.label[row->value[d->b].article]);
        }
    }
    term_end(&x->t);
}

static void row_name(text_report *x, const sst_figure_row *row)
{
    sst_str counts = report_words(x->s.f, row->counts_article, row->counts);
    term_put(&x->t, TERM_BOLD, counts.n ? counts : STR("(not said what)"));
}

enum { VALUE_COLUMN = 14 };

static void differing_rows(text_report *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->row_n; i++)
        n += f->rows[i].difference_n > 0;
    if (n == 0)
        return;
    part(x, "Figures that differ", printf_count(x->w, n, "figure", "figures"));
    for (uint32_t i = 0; i < f->row_n && shown < MOST_ROWS; i++) {
        const sst_figure_row *row = &f->rows[i];
        if (row->difference_n == 0)
            continue;
        shown++;
        term_blank(&x->t);
        term_begin(&x->t, 2, 2);
        row_name(x, row);
        term_end(&x->t);
        uint32_t group_n;
        const report_group *g = report_value_groups(f, row, x->w->arena, &group_n);
        for (uint32_t j = 0; j < group_n && g; j++)
            value_line(x, row, &g[j], VALUE_COLUMN);
        differences(x, row);
    }
    more(x, 2, shown, n);
}

static void agreeing_rows(text_report *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->row_n; i++)
        n += f->rows[i].difference_n == 0 && report_row_articles(&f->rows[i]) > 1;
    if (n == 0)
        return;
    part(x, "Figures that agree", printf_count(x->w, n, "figure", "figures"));
    for (uint32_t i = 0; i < f->row_n && shown < MOST_AGREEING; i++) {
        const sst_figure_row *row = &f->rows[i];
        if (row->difference_n > 0 || report_row_articles(row) < 2)
            continue;
        shown++;
        uint32_t *k = arena_alloc(x->w->arena, row->value_n * sizeof *k);
        for (uint32_t j = 0; j < row->value_n && k; j++)
            k[j] = row->value[j].article;
        term_begin(&x->t, 2, 4);
        term_put(&x->t, TERM_BOLD,
                 k ? report_labels(&x->s, k, row->value_n, x->w->arena) : STR(""));
        term_gap(&x->t);
        const sst_figure *g = report_figure(f, &row->value[0]);
        sst_str value = report_words(f, row->value[0].article, g->at);
        sst_str counts = report_words(f, row->counts_article, row->counts);
        term_put(&x->t, TERM_PLAIN, value);
        if (counts.n && str_find(value, counts) < 0) {
            term_z(&x->t, TERM_DIM, " · ");
            term_put(&x->t, TERM_DIM, counts);
        }
        term_end(&x->t);
    }
    more(x, 2, shown, n);
}

/* ------------------------------------------------------------------------------------ the other
 * lists */

static void quoted_line(text_report *x, sst_str label, sst_str text)
{
    term_begin(&x->t, 2, 4);
    term_put(&x->t, TERM_BOLD, label);
    term_gap(&x->t);
    term_put(&x->t, TERM_PLAIN, text);
    term_end(&x->t);
}

static void only_here(text_report *x)
{
    const sst_findings *f = x->s.f;
    if (f->only_n == 0)
        return;
    part(x, "Only here", STR("what one origin alone has"));
    for (uint32_t i = 0; i < f->only_n; i++) {
        const sst_only *o = &f->only[i];
        uint32_t shown = o->place_n < MOST_ONLY ? o->place_n : MOST_ONLY;
        term_blank(&x->t);
        for (uint32_t j = 0; j < shown; j++)
            quoted_line(x, x->s.label[o->article],
                        report_words(f, o->places[j].article, o->places[j].at));
        more(x, 4, shown, o->place_n);
    }
}

static void facts(text_report *x)
{
    const sst_findings *f = x->s.f;
    if (f->fact_n == 0)
        return;
    part(x, "Reported by several", printf_count(x->w, f->fact_n, "fact", "facts"));
    uint32_t shown = f->fact_n < MOST_FACTS ? f->fact_n : MOST_FACTS;
    for (uint32_t i = 0; i < shown; i++) {
        const sst_fact *c = &f->facts[i];
        uint32_t *k = arena_alloc(x->w->arena, (c->sentence_n + 1) * sizeof *k);
        for (uint32_t j = 0; j < c->sentence_n && k; j++)
            k[j] = c->sentences[j].article;
        if (k && c->sentence_n)
            quoted_line(x, report_labels(&x->s, k, c->sentence_n, x->w->arena),
                        report_words(f, c->sentences[0].article, c->sentences[0].at));
    }
    more(x, 2, shown, f->fact_n);
}

static void passage_line(text_report *x, const sst_passage *p)
{
    const sst_findings *f = x->s.f;
    sst_str s = report_words(f, p->a, p->at_a), cut = report_cut(s, 120);
    term_begin(&x->t, 2, 4);
    term_put(&x->t, TERM_BOLD, x->s.label[p->a]);
    if (p->a == p->b) {
        term_z(&x->t, TERM_BOLD, " (twice)");
    } else {
        term_z(&x->t, TERM_BOLD, ", ");
        term_put(&x->t, TERM_BOLD, x->s.label[p->b]);
    }
    term_gap(&x->t);
    term_put(&x->t, TERM_DIM, printf_count(x->w, p->words, "word", "words"));
    term_gap(&x->t);
    term_put(&x->t, TERM_PLAIN, cut);
    if (cut.n < s.n)
        term_z(&x->t, TERM_DIM, " …");
    term_end(&x->t);
}

static void passages(text_report *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n = 0, shown = 0;
    const sst_passage **sorted = report_passages(f, x->w->arena, &n);
    if (n == 0 || !sorted)
        return;
    uint32_t prose = 0;
    while (prose < n && !sorted[prose]->quoted) /* quotations have their own list */
        prose++;
    if (prose == 0)
        return;
    n = prose;
    part(x, "Word for word the same", printf_count(x->w, n, "passage", "passages"));
    for (; shown < n && shown < MOST_PASSAGES; shown++)
        passage_line(x, sorted[shown]);
    more(x, 2, shown, n);
}

static void names(text_report *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->cast.person_n; i++)
        n += report_spelt_differently(&f->cast.person[i]);
    if (n == 0)
        return;
    part(x, "Names written in more than one way", printf_count(x->w, n, "name", "names"));
    for (uint32_t i = 0; i < f->cast.person_n && shown < MOST_NAMES; i++) {
        const sst_person *p = &f->cast.person[i];
        if (!report_spelt_differently(p))
            continue;
        shown++;
        term_begin(&x->t, 2, 4);
        for (uint32_t j = 0; j < p->spelling_n; j++) {
            const sst_spelling *y = &p->spellings[j];
            if (j > 0)
                term_z(&x->t, TERM_PLAIN, "; ");
            term_put(&x->t, j ? TERM_PLAIN : TERM_BOLD, y->text);
            term_z(&x->t, TERM_PLAIN, " ");
            term_put(&x->t, TERM_DIM, report_labels(&x->s, y->articles, y->article_n, x->w->arena));
        }
        term_end(&x->t);
    }
    more(x, 2, shown, n);
}

static void wording(text_report *x)
{
    const sst_findings *f = x->s.f;
    if (f->wording_n == 0)
        return;
    part(x, "Other words in the same place", printf_count(x->w, f->wording_n, "pair", "pairs"));
    uint32_t shown = f->wording_n < MOST_WORDING ? f->wording_n : MOST_WORDING;
    for (uint32_t i = 0; i < shown; i++) {
        const sst_wording *y = &f->wording[i];
        term_begin(&x->t, 2, 4);
        term_put(&x->t, TERM_BOLD, x->s.label[y->a.article]);
        term_gap(&x->t);
        term_put(&x->t, TERM_PLAIN, report_words(f, y->a.article, y->a.at));
        term_gap(&x->t);
        term_z(&x->t, TERM_DIM, "|");
        term_gap(&x->t);
        term_put(&x->t, TERM_BOLD, x->s.label[y->b.article]);
        term_gap(&x->t);
        term_put(&x->t, TERM_PLAIN, report_words(f, y->b.article, y->b.at));
        term_end(&x->t);
    }
    more(x, 2, shown, f->wording_n);
}

static void timeline(text_report *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->event_n; i++)
        n += report_in_timeline(&f->timeline[i]);
    if (n == 0)
        return;
    part(x, "In time", printf_count(x->w, n, "entry", "entries"));
    for (uint32_t i = 0; i < f->event_n && shown < MOST_EVENTS; i++) {
        const sst_event *e = &f->timeline[i];
        if (!report_in_timeline(e))
            continue;
        shown++;
        term_begin(&x->t, 2, 20);
        term_put(&x->t, TERM_PLAIN, when(x->w, str_of(e->when)));
        term_to(&x->t, 20);
        term_put(&x->t, TERM_BOLD, x->s.label[e->place.article]);
        term_gap(&x->t);
        if (e->kind == EVENT_PUBLISHED)
            term_z(&x->t, TERM_DIM, "published");
        else
            term_put(&x->t, TERM_PLAIN, report_words(f, e->place.article, e->place.at));
        term_end(&x->t);
    }
    more(x, 2, shown, n);
}

/* ----------------------------------------------------------------------------------------- stories
 */

static void story(text_report *x)
{
    head(x);
    origins(x);
    if (report_story_differs(x->s.f)) {
        section(x, "WHAT DIFFERS");
        differing_utterances(x);
        differing_rows(x);
        only_here(x);
    }
    section(x, "WHAT IS SHARED");
    same_utterances(x);
    agreeing_rows(x);
    facts(x);
    passages(x);
    names(x);
    wording(x);
    timeline(x);
    term_blank(&x->t);
}

static void alone(text_report *x, uint32_t first)
{
    const sst_run_result *r = x->w->r;
    uint32_t n = r->story_n - first, shown = n < MOST_ALONE ? n : MOST_ALONE;
    if (n == 0)
        return;
    term_begin(&x->t, 0, 0);
    term_z(&x->t, TERM_HEAD, "ALONE");
    term_gap(&x->t);
    term_put(&x->t, TERM_DIM,
             printf_count(x->w, n, "article that no other goes with",
                          "articles that no other goes with"));
    term_end(&x->t);
    term_blank(&x->t);
    for (uint32_t i = 0; i < shown; i++) {
        const sst_article *a = r->articles[r->stories[first + i].articles[0]];
        term_begin(&x->t, 2, 4);
        term_put(&x->t, TERM_PLAIN, a->title.n ? a->title : a->id);
        term_z(&x->t, TERM_PLAIN, " ");
        term_put(&x->t, TERM_DIM, a->source);
        term_end(&x->t);
    }
    more(x, 2, shown, n);
}

void report_text_report(report_run *w)
{
    text_report x = {.w = w};
    const sst_run_result *r = w->r;
    term_init(&x.t, w);
    uint32_t s = 0;
    for (; s < r->story_n && r->stories[s].article_n > 1 && w->out->status == SST_OK; s++) {
        sst_status status = report_story_init(w, s, &x.s);
        if (status) {
            w->out->status = status;
            return;
        }
        if (s > 0) {
            term_begin(&x.t, 0, 0);
            term_z(&x.t, TERM_DIM, "* * *");
            term_end(&x.t);
            term_blank(&x.t);
        }
        story(&x);
    }
    alone(&x, s);
}
