/*
 * What the articles of a story share, for the terminal: quotations printed alike, figures that
 * agree, facts, passages, names, other words in the same place, and what happened when.
 */
#include "report_copied.h"
#include "report_text.h"

#include <string.h>

#include "base_str.h"

/* Ceilings of the lists, see report_text.c. */
enum {
    MOST_SAME_QUOTES = 8,
    MOST_AGREEING = 8,
    MOST_FACTS = 8,
    MOST_PASSAGES = 6,
    PASSAGE_BYTES = 120, /* two lines of a terminal */
    MOST_NAMES = 8,
    MOST_WORDING = 8,
    MOST_FORMS = 4,
    MOST_EVENTS = 10
};

static void same_utterances(report_text *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->utterance_n; i++)
        n += report_utterance_agrees(f, &f->utterances[i]);
    if (n == 0)
        return;
    report_text_part(x, "Quotations printed alike",
                     report_text_count(x->w, n, "utterance", "utterances"));
    for (uint32_t i = 0; i < f->utterance_n && shown < MOST_SAME_QUOTES; i++) {
        const sst_utterance *u = &f->utterances[i];
        if (!report_utterance_agrees(f, u))
            continue;
        shown++;
        report_group all = {arena_alloc(x->w->arena, u->n * sizeof *all.v), u->n};
        for (uint32_t j = 0; j < u->n && all.v; j++)
            all.v[j] = j;
        term_begin(&x->t, 2, 4);
        term_put(&x->t, TERM_BOLD, all.v ? report_text_group_labels(x, u, &all) : STR(""));
        term_gap(&x->t);
        if (u->speaker.n) {
            term_put(&x->t, TERM_PLAIN, u->speaker);
            term_z(&x->t, TERM_PLAIN, ": ");
        }
        term_z(&x->t, TERM_PLAIN, "“");
        report_text_pieces(x, report_whole(x->w, f, &u->v[u->fullest]));
        term_z(&x->t, TERM_PLAIN, "”");
        term_end(&x->t);
    }
    report_text_more(x, 2, shown, n);
}

static void agreeing_rows(report_text *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->row_n; i++)
        n += f->rows[i].difference_n == 0 && report_row_articles(&f->rows[i]) > 1;
    if (n == 0)
        return;
    report_text_part(x, "Figures that agree", report_text_count(x->w, n, "figure", "figures"));
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
    report_text_more(x, 2, shown, n);
}

static void facts(report_text *x)
{
    const sst_findings *f = x->s.f;
    if (f->fact_n == 0)
        return;
    report_text_part(x, "Reported by several", report_text_count(x->w, f->fact_n, "fact", "facts"));
    uint32_t shown = f->fact_n < MOST_FACTS ? f->fact_n : MOST_FACTS;
    for (uint32_t i = 0; i < shown; i++) {
        const sst_fact *c = &f->facts[i];
        uint32_t *k = arena_alloc(x->w->arena, (c->sentence_n + 1) * sizeof *k);
        for (uint32_t j = 0; j < c->sentence_n && k; j++)
            k[j] = c->sentences[j].article;
        if (k && c->sentence_n)
            report_text_quoted_line(x, report_labels(&x->s, k, c->sentence_n, x->w->arena),
                                    report_words(f, c->sentences[0].article, c->sentences[0].at));
    }
    report_text_more(x, 2, shown, f->fact_n);
}

static void copied_line(report_text *x, const report_copied *c)
{
    const sst_passage *p = c->text;
    sst_str s = report_words(x->s.f, p->a, p->at_a), cut = report_cut(s, PASSAGE_BYTES);
    term_begin(&x->t, 2, 4);
    term_put(&x->t, TERM_BOLD, report_labels(&x->s, c->articles, c->n, x->w->arena));
    term_gap(&x->t);
    term_put(&x->t, TERM_DIM, report_text_count(x->w, c->words, "word", "words"));
    term_gap(&x->t);
    term_put(&x->t, TERM_PLAIN, cut);
    if (cut.n < s.n)
        term_z(&x->t, TERM_DIM, " …");
    term_end(&x->t);
}

static void passages(report_text *x)
{
    uint32_t n = 0, prose = 0, shown = 0;
    const report_copied *all = report_copied_all(x->s.f, x->w->arena, &n);
    if (!all)
        return;
    while (prose < n && !all[prose].quoted) /* quotations have their own list */
        prose++;
    if (prose == 0)
        return;
    report_text_part(x, "Word for word the same",
                     report_text_count(x->w, prose, "passage", "passages"));
    for (; shown < prose && shown < MOST_PASSAGES; shown++)
        copied_line(x, &all[shown]);
    report_text_more(x, 2, shown, prose);
}

static void names(report_text *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->cast.person_n; i++)
        n += report_spelt_differently(&f->cast.person[i]);
    if (n == 0)
        return;
    report_text_part(x, "Names written in more than one way",
                     report_text_count(x->w, n, "name", "names"));
    for (uint32_t i = 0; i < f->cast.person_n && shown < MOST_NAMES; i++) {
        const sst_person *p = &f->cast.person[i];
        if (!report_spelt_differently(p))
            continue;
        shown++;
        term_begin(&x->t, 2, 4);
        bool any = false;
        for (uint32_t j = 0; j < p->spelling_n; j++) {
            const sst_spelling *y = &p->spellings[j];
            if (!report_spelling_differs(p, j))
                continue;
            if (any)
                term_z(&x->t, TERM_PLAIN, "; ");
            term_put(&x->t, any ? TERM_PLAIN : TERM_BOLD, y->text);
            any = true;
            term_z(&x->t, TERM_PLAIN, " ");
            term_put(&x->t, TERM_DIM, report_labels(&x->s, y->articles, y->article_n, x->w->arena));
        }
        term_end(&x->t);
    }
    report_text_more(x, 2, shown, n);
}

static void roles(report_text *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n, shown = 0;
    const report_roles *v = report_roles_differing(f, x->w->arena, &n);
    if (n == 0)
        return;
    report_text_part(x, "What people are called", report_text_count(x->w, n, "person", "people"));
    for (; shown < n && shown < MOST_NAMES; shown++) {
        term_begin(&x->t, 2, 4);
        term_put(&x->t, TERM_BOLD, f->cast.person[v[shown].person].name);
        for (uint32_t k = 0; k < v[shown].called_n; k++) {
            const report_called *c = &v[shown].called[k];
            term_z(&x->t, TERM_PLAIN, k ? "; " : ": ");
            term_put(&x->t, TERM_PLAIN, report_words(f, c->first.article, c->first.at));
            term_z(&x->t, TERM_PLAIN, " ");
            term_put(&x->t, TERM_DIM, report_labels(&x->s, c->articles, c->article_n, x->w->arena));
        }
        term_end(&x->t);
    }
    report_text_more(x, 2, shown, n);
}

/* Rows [from, to) of the wording. */
static void wording_rows(report_text *x, const char *title, uint32_t from, uint32_t to,
                         uint32_t most)
{
    const sst_findings *f = x->s.f;
    if (from == to)
        return;
    report_text_part(x, title, report_text_count(x->w, to - from, "pair", "pairs"));
    uint32_t shown = to - from < most ? to - from : most;
    for (uint32_t i = from; i < from + shown; i++) {
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
    report_text_more(x, 2, shown, to - from);
}

/* Other words, then one word written in two ways: a matter of house style. */
static void wording(report_text *x)
{
    const sst_findings *f = x->s.f;
    uint32_t words = 0;
    while (words < f->wording_n && f->wording[words].kind == WORDING_WORDS)
        words++;
    wording_rows(x, "Other words in the same place", 0, words, MOST_WORDING);
    wording_rows(x, "The same written in another way", words, f->wording_n, MOST_FORMS);
}

static void schedule(report_text *x)
{
    const sst_findings *f = x->s.f;
    if (f->schedule_n == 0)
        return;
    report_text_part(x, "To come, and what is done",
                     report_text_count(x->w, f->schedule_n, "act", "acts"));
    uint32_t shown = f->schedule_n < MOST_NAMES ? f->schedule_n : MOST_NAMES;
    for (uint32_t i = 0; i < shown; i++) {
        const sst_scheduled *e = &f->schedule[i];
        const sst_place *side[] = {e->to_come, e->done, e->off};
        const uint32_t side_n[] = {e->to_come_n, e->done_n, e->off_n};
        static const char *const said[] = {"to come in ", "done in ", "off in "};
        for (uint32_t k = 0; k < 3; k++) { /* the first of each side stands for it */
            const sst_place *at = side[k];
            uint32_t n = side_n[k];
            if (n == 0)
                continue;
            term_begin(&x->t, 2, 20);
            term_z(&x->t, TERM_DIM, said[k]);
            for (uint32_t j = 0; j < n; j++) {
                if (j > 0)
                    term_z(&x->t, TERM_PLAIN, ", ");
                term_put(&x->t, TERM_BOLD, x->s.label[at[j].article]);
            }
            term_to(&x->t, 20);
            term_put(&x->t, TERM_PLAIN, report_words(f, at->article, at->at));
            term_end(&x->t);
        }
    }
    report_text_more(x, 2, shown, f->schedule_n);
}

static void timeline(report_text *x)
{
    const sst_findings *f = x->s.f;
    uint32_t n = 0, shown = 0;
    for (uint32_t i = 0; i < f->event_n; i++)
        n += report_in_timeline(&f->timeline[i]);
    if (n == 0)
        return;
    report_text_part(x, "In time", report_text_count(x->w, n, "entry", "entries"));
    for (uint32_t i = 0; i < f->event_n && shown < MOST_EVENTS; i++) {
        const sst_event *e = &f->timeline[i];
        if (!report_in_timeline(e))
            continue;
        shown++;
        term_begin(&x->t, 2, 20);
        term_put(&x->t, TERM_PLAIN, report_text_when(x->w, str_of(e->when)));
        term_to(&x->t, 20);
        term_put(&x->t, TERM_BOLD, x->s.label[e->place.article]);
        term_gap(&x->t);
        if (e->kind == EVENT_PUBLISHED)
            term_z(&x->t, TERM_DIM, "published");
        else
            term_put(&x->t, TERM_PLAIN, report_words(f, e->place.article, e->place.at));
        term_end(&x->t);
    }
    report_text_more(x, 2, shown, n);
}

void report_text_shared(report_text *x)
{
    same_utterances(x);
    agreeing_rows(x);
    facts(x);
    passages(x);
    names(x);
    roles(x);
    wording(x);
    schedule(x);
    timeline(x);
}
