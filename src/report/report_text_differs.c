/*
 * What differs in a story, for the terminal: quotations that are printed in more than one way,
 * figures that are not the same, and what one origin alone has.
 */
#include "report_text.h"

#include "base_str.h"
#include "base_utf8.h"

/* Ceilings of the lists, see report_text.c. */
enum {
    MOST_UTTERANCES = 12,
    MOST_ROWS = 12,
    MOST_SOURCES = 3,
    MOST_ONLY = 3,
    MOST_CORRECTIONS = 8
};

/* ------------------------------------------------------------------ quotations */

static void speaker_line(report_text *x, sst_str speaker, sst_str right)
{
    term_ends(&x->t, 2, TERM_BOLD, speaker.n ? speaker : STR("(nobody named)"), TERM_DIM, right);
}

enum { VERSION_LABEL = 4, VERSION_TEXT = 6 };

static void version(report_text *x, const sst_utterance *u, const report_group *g)
{
    const sst_findings *f = x->s.f;
    const sst_occurrence *v = &u->v[g->v[0]];
    bool words = v->change != CHANGE_SAME && v->change != CHANGE_REPUNCTUATED;
    term_begin(&x->t, VERSION_LABEL, VERSION_TEXT);
    term_put(&x->t, TERM_BOLD, report_text_group_labels(x, u, g));
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
    report_text_pieces(x, whole ? report_whole(x->w, f, v) : report_version(x->w, f, u, v, true));
    if (v->change != CHANGE_INDIRECT)
        term_z(&x->t, TERM_PLAIN, "”");
    term_end(&x->t);
}

static void utterance(report_text *x, const sst_utterance *u)
{
    report_run *w = x->w;
    const sst_findings *f = x->s.f;
    const sst_occurrence *full = &u->v[u->fullest];
    term_blank(&x->t);
    uint8_t *has = arena_alloc(w->arena, f->origin_n + 1);
    if (!has)
        return;
    speaker_line(
        x, u->speaker,
        report_text_count(w, report_utterance_origins(&x->s, u, has), "origin", "origins"));
    term_begin(&x->t, 2, 2);
    term_z(&x->t, TERM_PLAIN, "“");
    report_text_pieces(x, report_whole(w, f, full));
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

static void differing_utterances(report_text *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->utterance_n; i++)
        n += report_utterance_differs(&f->utterances[i]);
    if (n == 0)
        return;
    report_text_part(x, "Quotations printed in more than one way",
                     report_text_count(x->w, n, "utterance", "utterances"));
    for (uint32_t i = 0; i < f->utterance_n && shown < MOST_UTTERANCES; i++)
        if (report_utterance_differs(&f->utterances[i])) {
            utterance(x, &f->utterances[i]);
            shown++;
        }
    report_text_more(x, 2, shown, n);
}

/* ------------------------------------------------------------------ figures */

/* The next letter of s in lower case, apostrophes left out; 0 at the end. */
static uint32_t next_letter(sst_str s, size_t *at)
{
    while (*at < s.n) {
        int n;
        uint32_t c = utf8_read(s.p + *at, s.p + s.n, &n);
        *at += (size_t)n;
        if (c != '\'' && c != 0x2019)
            return utf8_lower(c);
    }
    return 0;
}

/* The same words, whatever the case and the apostrophes. */
static bool same_words(sst_str a, sst_str b)
{
    size_t i = 0, j = 0;
    uint32_t c, d;
    do {
        c = next_letter(a, &i);
        d = next_letter(b, &j);
    } while (c && c == d);
    return c == d;
}

/* Who says the same number: each once, in the order of the reports. */
static void sources(report_text *x, const sst_figure_row *row, const report_group *same)
{
    const sst_findings *f = x->s.f;
    sst_str named[MOST_SOURCES];
    uint32_t n = 0;
    bool more = false;
    for (uint32_t i = 0; i < same->n; i++) {
        const sst_figure_ref *v = &row->value[same->v[i]];
        const sst_figure *g = report_figure(f, v);
        if (!g->said_by.n)
            continue;
        sst_str who = report_words(f, v->article, g->said_by.v[0]);
        uint32_t k = 0;
        while (k < n && !same_words(named[k], who))
            k++;
        if (k < n)
            continue;
        if (n == MOST_SOURCES) {
            more = true;
            break;
        }
        named[n++] = who;
        term_z(&x->t, TERM_DIM, n == 1 ? ", by " : "; ");
        term_put(&x->t, TERM_DIM, who);
    }
    if (more)
        term_z(&x->t, TERM_DIM, "; and others");
}

/* One line for the articles that have the same number, in the words of the one that says most of
 * what is counted. */
static void value_line(report_text *x, const sst_figure_row *row, const report_group *same,
                       uint32_t column)
{
    const sst_findings *f = x->s.f;
    const sst_figure_ref *most = &row->value[same->v[0]];
    uint32_t *articles = arena_alloc(x->w->arena, same->n * sizeof *articles), n = 0;
    for (uint32_t i = 0; i < same->n && articles; i++) {
        const sst_figure_ref *v = &row->value[same->v[i]];
        if (n == 0 || articles[n - 1] != v->article)
            articles[n++] = v->article;
        const sst_span at = report_figure(f, v)->at, longest = report_figure(f, most)->at;
        if (at.end - at.begin > longest.end - longest.begin)
            most = v;
    }
    const sst_figure *g = report_figure(f, most);
    term_begin(&x->t, 4, column);
    if (articles)
        term_put(&x->t, TERM_BOLD, report_labels(&x->s, articles, n, x->w->arena));
    term_to(&x->t, column);
    term_put(&x->t, TERM_PLAIN, report_words(f, most->article, g->at));
    sources(x, row, same);
    if (g->as_of.begin < g->as_of.end) {
        term_z(&x->t, TERM_DIM, ", ");
        term_put(&x->t, TERM_DIM, report_words(f, most->article, g->as_of));
    }
    term_end(&x->t);
}

static void differences(report_text *x, const sst_figure_row *row)
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

static void row_name(report_text *x, const sst_figure_row *row)
{
    sst_str counts = report_words(x->s.f, row->counts_article, row->counts);
    term_put(&x->t, TERM_BOLD, counts.n ? counts : STR("(not said what)"));
}

enum { VALUE_COLUMN = 14 };

static void differing_rows(report_text *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->row_n; i++)
        n += f->rows[i].difference_n > 0;
    if (n == 0)
        return;
    report_text_part(x, "Figures that differ", report_text_count(x->w, n, "figure", "figures"));
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
    report_text_more(x, 2, shown, n);
}

/* ------------------------------------------------------------------ only here */

static void only_here(report_text *x)
{
    const sst_findings *f = x->s.f;
    bool any = false;
    for (uint32_t i = 0; i < f->only_n; i++)
        any |= f->only[i].sure_n > 0;
    if (!any)
        return;
    report_text_part(x, "Only here", STR("what one origin alone has"));
    for (uint32_t i = 0; i < f->only_n; i++) {
        const sst_only *o = &f->only[i];
        uint32_t shown = o->sure_n < MOST_ONLY ? o->sure_n : MOST_ONLY;
        if (shown == 0)
            continue;
        term_blank(&x->t);
        for (uint32_t j = 0; j < shown; j++)
            report_text_quoted_line(x, x->s.label[o->article],
                                    report_words(f, o->places[j].article, o->places[j].at));
        report_text_more(x, 4, shown, o->sure_n);
    }
}

static void corrections(report_text *x)
{
    uint32_t n;
    const sst_place *v = report_corrections(x->s.f, x->w->arena, &n);
    if (!v || !n)
        return;
    report_text_part(x, "Corrected", STR("what a report says it got wrong"));
    for (uint32_t i = 0; i < n && i < MOST_CORRECTIONS; i++)
        report_text_quoted_line(x, x->s.label[v[i].article],
                                str_trim(report_words(x->s.f, v[i].article, v[i].at)));
    report_text_more(x, 2, n < MOST_CORRECTIONS ? n : MOST_CORRECTIONS, n);
}

void report_text_differs(report_text *x)
{
    differing_utterances(x);
    differing_rows(x);
    corrections(x);
    only_here(x);
}
