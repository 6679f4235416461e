/*
 * Single stages for people: articles with their blocks, passages, stories, quotations, figures. In:
 * a run's result; out: text for the terminal, in input order.
 */
#include "base_str.h"
#include "report_term.h"

static void failed_line(report_term *t, sst_str source, sst_str message)
{
    term_begin(t, 0, 2);
    term_put(t, TERM_BOLD, source);
    term_z(t, TERM_PLAIN, " ");
    term_put(t, TERM_DIM, message);
    term_end(t);
}

static void article_head(report_term *t, const sst_article *a)
{
    term_ends(t, 0, TERM_HEAD, a->title.n ? a->title : a->id, TERM_DIM,
              a->title.n ? a->source : STR(""));
}

static void figures_view(report_run *w, report_term *t, const sst_article *a)
{
    const sst_figures *all = w->r->figures[a->index];
    article_head(t, a);
    if (all->n == 0) {
        term_begin(t, 2, 2);
        term_z(t, TERM_DIM, "no figures");
        term_end(t);
    } else {
        term_blank(t);
    }
    for (uint32_t i = 0; i < all->n; i++) {
        const sst_figure *g = &all->v[i];
        term_begin(t, 2, 30);
        term_put(t, TERM_BOLD, str_span(a->text, g->at));
        term_to(t, 30);
        for (uint32_t j = 0; j < g->counts.n; j++) {
            term_put(t, TERM_PLAIN, str_span(a->text, g->counts.v[j]));
            term_z(t, TERM_PLAIN, " ");
        }
        if (g->said_by.n) {
            term_z(t, TERM_DIM, "· by ");
            term_put(t, TERM_DIM, str_span(a->text, g->said_by.v[0]));
        }
        if (g->as_of.begin < g->as_of.end) {
            term_z(t, TERM_DIM, " · ");
            term_put(t, TERM_DIM, str_span(a->text, g->as_of));
        }
        term_end(t);
    }
}

static void articles_view(report_run *w, report_term *t, sst_view view)
{
    const sst_run_result *r = w->r;
    uint32_t failed = 0;
    for (uint32_t i = 0; i <= r->n && w->out->status == SST_OK; i++) {
        for (; failed < r->failed_n && (r->failed_before[failed] <= i || i == r->n); failed++) {
            const sst_error *e = &r->reader_errors->inputs.v[failed];
            failed_line(t, e->source, e->message);
            term_blank(t);
        }
        if (i == r->n)
            break;
        const sst_article *a = r->articles[i];
        if (a->error.n)
            failed_line(t, a->source, a->error);
        else if (view == SST_VIEW_EXTRACT)
            report_text_article(w, t, a);
        else
            figures_view(w, t, a);
        if (i + 1 < r->n && view == SST_VIEW_EXTRACT)
            report_text_rule(t);
        else if (i + 1 < r->n)
            term_blank(t);
    }
}

/* ---------------------------------------------------------------------------------------- stories
 */

enum { WHY_SHOWN = 5 };

static void why(report_run *w, report_term *t, const sst_story *s, uint32_t article)
{
    const sst_run_result *r = w->r;
    for (uint32_t i = 0; i < s->why_n; i++) {
        const sst_story_why *y = &s->why[i];
        if (y->article != article)
            continue;
        term_begin(t, 6, 8);
        term_z(t, TERM_DIM, "shares with ");
        term_put(t, TERM_DIM, r->articles[y->with]->source);
        for (uint32_t j = 0; j < y->shared_n && j < WHY_SHOWN; j++) {
            term_z(t, TERM_DIM, j ? ", " : ": ");
            term_put(t, TERM_DIM, str_span(r->articles[article]->text, y->shared[j].a));
        }
        if (y->shared_n > WHY_SHOWN)
            term_z(t, TERM_DIM, " ...");
        term_end(t);
        return;
    }
}

static void stories_view(report_run *w, report_term *t)
{
    const sst_run_result *r = w->r;
    bool alone = false;
    for (uint32_t s = 0; s < r->story_n && w->out->status == SST_OK; s++) {
        const sst_story *y = &r->stories[s];
        if (y->article_n > 1) {
            if (s > 0)
                term_blank(t);
            term_begin(t, 0, 0);
            term_put(t, TERM_HEAD, y->id);
            term_gap(t);
            term_put(t, TERM_DIM, arena_printf(w->arena, "%u articles", y->article_n));
            term_end(t);
        } else if (!alone) {
            if (s > 0)
                term_blank(t);
            term_begin(t, 0, 0);
            term_z(t, TERM_HEAD, "alone");
            term_end(t);
            alone = true;
        }
        for (uint32_t k = 0; k < y->article_n; k++) {
            const sst_article *a = r->articles[y->articles[k]];
            term_begin(t, 2, 4);
            term_put(t, TERM_PLAIN, a->title.n ? a->title : a->id);
            if (a->title.n) {
                term_gap(t);
                term_put(t, TERM_DIM, a->source);
            }
            term_end(t);
            why(w, t, y, y->articles[k]);
        }
    }
}

/* --------------------------------------------------------------------------------------- passages
 */

/* Outlet and time of both, where they are known. */
static void passage_names(report_term *t, const sst_article *a, const sst_article *b)
{
    for (int k = 0; k < (a == b ? 1 : 2); k++) {
        const sst_article *x = k ? b : a;
        if (!x->outlet.n && !x->published.n)
            continue;
        term_begin(t, 2, 4);
        term_put(t, TERM_DIM, x->outlet.n ? x->outlet : x->id);
        if (x->published.n) {
            term_z(t, TERM_DIM, ", ");
            term_put(t, TERM_DIM, x->published);
        }
        term_end(t);
    }
}

static bool same_direction(const sst_passage *p, const sst_passage *q)
{
    return p->direction == q->direction && p->by == q->by;
}

/* "b has it from a (time)" */
static void direction_line(report_run *w, report_term *t, const sst_passage *p)
{
    const sst_article *a = w->r->articles[p->a], *b = w->r->articles[p->b];
    if (!p->by)
        return;
    bool to_a = p->direction == DIRECTION_B_TO_A;
    term_begin(t, 2, 4);
    if (p->direction) {
        term_put(t, TERM_PLAIN, to_a ? a->id : b->id);
        term_z(t, TERM_DIM, " has it from ");
        term_put(t, TERM_PLAIN, to_a ? b->id : a->id);
    } else {
        term_z(t, TERM_DIM, "who has it from whom is not known");
    }
    term_z(t, TERM_DIM, ": ");
    term_z(t, TERM_DIM, report_evidence(p->by));
    if (p->evidence.begin < p->evidence.end) {
        term_z(t, TERM_DIM, " “");
        term_put(t, TERM_DIM, str_span((p->evidence_in_b ? b : a)->text, p->evidence));
        term_z(t, TERM_DIM, "”");
    }
    term_end(t);
}

static void passages_view(report_run *w, report_term *t)
{
    const sst_run_result *r = w->r;
    for (uint32_t i = 0; i < r->passage_n && w->out->status == SST_OK; i++) {
        const sst_passage *p = &r->passages[i];
        const sst_article *a = r->articles[p->a], *b = r->articles[p->b];
        bool same = i > 0 && r->passages[i - 1].a == p->a && r->passages[i - 1].b == p->b;
        if (!same) {
            if (i > 0)
                term_blank(t);
            term_begin(t, 0, 2);
            term_put(t, TERM_HEAD, a->id);
            term_z(t, TERM_PLAIN, p->a == p->b ? " " : " and ");
            if (p->a == p->b)
                term_z(t, TERM_DIM, "repeats itself");
            else
                term_put(t, TERM_HEAD, b->id);
            term_end(t);
            passage_names(t, a, b);
        }
        if (p->a != p->b && (!same || !same_direction(p, &r->passages[i - 1])))
            direction_line(w, t, p);
        term_begin(t, 2, 4);
        term_put(t, TERM_DIM,
                 arena_printf(w->arena, "%u words%s ", p->words,
                              p->boilerplate ? ", a line of many pages"
                              : p->quoted    ? ", a quotation"
                                             : ""));
        term_put(t, TERM_PLAIN, str_span(a->text, p->at_a));
        term_end(t);
    }
    if (r->passage_n == 0) {
        term_begin(t, 0, 0);
        term_z(t, TERM_DIM, "no two articles share a passage");
        term_end(t);
    }
}

void report_text_view(report_run *w, sst_view view)
{
    report_term t;
    term_init(&t, w);
    if (view == SST_VIEW_STORIES)
        stories_view(w, &t);
    else if (view == SST_VIEW_PASSAGES)
        passages_view(w, &t);
    else
        articles_view(w, &t, view);
}
