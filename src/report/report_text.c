/*
 * The report for the terminal. In: findings; out: for each story of several articles its head, what
 * differs (report_text_differs.c), what is shared (report_text_shared.c); then the articles that
 * stand alone. Every list has a ceiling, and says how much more there is.
 *
 * Labels and counts are ours, all other words are the sources'.
 */
#include "report_text.h"

#include <string.h>

#include "base_buf.h"
#include "base_str.h"

/* Ceilings of the lists: about two screens a story; the page and the JSON have everything. */
enum { MOST_ALONE = 40, MOST_REASONS = 4 };

sst_str report_text_count(report_run *w, uint32_t n, const char *one, const char *many)
{
    return arena_printf(w->arena, "%u %s", n, n == 1 ? one : many);
}

sst_str report_text_when(report_run *w, sst_str iso)
{
    if (iso.n >= 16 && iso.p[10] == 'T')
        return arena_printf(w->arena, "%.10s %.5s", iso.p, iso.p + 11);
    return iso;
}

static void section(report_text *x, const char *name)
{
    term_blank(&x->t);
    term_begin(&x->t, 0, 0);
    term_z(&x->t, TERM_HEAD, name);
    term_end(&x->t);
}

void report_text_part(report_text *x, const char *name, sst_str more)
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
void report_text_more(report_text *x, uint32_t indent, uint32_t shown, uint32_t all)
{
    if (all <= shown)
        return;
    term_begin(&x->t, indent, indent);
    term_z(&x->t, TERM_DIM, "and ");
    term_u32(&x->t, TERM_DIM, all - shown);
    term_z(&x->t, TERM_DIM, " more: --html and --json have all");
    term_end(&x->t);
}

void report_text_quoted_line(report_text *x, sst_str label, sst_str text)
{
    term_begin(&x->t, 2, 4);
    term_put(&x->t, TERM_BOLD, label);
    term_gap(&x->t);
    term_put(&x->t, TERM_PLAIN, text);
    term_end(&x->t);
}

void report_text_pieces(report_text *x, report_pieces p)
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

sst_str report_text_group_labels(report_text *x, const sst_utterance *u, const report_group *g)
{
    uint32_t *k = arena_alloc(x->w->arena, (g->n + 1) * sizeof *k);
    if (!k)
        return STR("");
    for (uint32_t i = 0; i < g->n; i++)
        k[i] = u->v[g->v[i]].article;
    return report_labels(&x->s, k, g->n, x->w->arena);
}

/* ------------------------------------------------------------------ head */

static void head(report_text *x)
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
        buf_str(&b, report_text_when(w, f->first_published));
        if (f->last_published.n && !str_eq(f->first_published, f->last_published)) {
            buf_z(&b, " to ");
            buf_str(&b, report_text_when(w, f->last_published));
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
    uint32_t column = 4 + (uint32_t)x->s.label[f->n - 1].n; /* the last label is the longest */
    for (uint32_t k = 0; k < f->n; k++) {
        const sst_article *a = report_article(f, k);
        term_begin(&x->t, 2, column);
        term_put(&x->t, TERM_BOLD, x->s.label[k]);
        term_to(&x->t, column);
        term_put(&x->t, TERM_PLAIN, a->outlet.n || a->url.n ? x->s.outlet[k] : a->source);
        if (a->published.n) {
            term_z(&x->t, TERM_PLAIN, ", ");
            term_put(&x->t, TERM_PLAIN, report_text_when(w, a->published));
        }
        if (a->outlet.n || a->url.n) {
            term_z(&x->t, TERM_PLAIN, " ");
            term_put(&x->t, TERM_DIM, a->source);
        }
        term_end(&x->t);
    }
}

static void origin_reason(report_text *x, const sst_origin_why *y)
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

static void origins(report_text *x)
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
        report_text_more(x, 4, shown, o->why_n);
    }
}

/* ------------------------------------------------------------------ stories */

static void story(report_text *x)
{
    head(x);
    origins(x);
    if (report_story_differs(x->s.f)) {
        section(x, "WHAT DIFFERS");
        report_text_differs(x);
    }
    section(x, "WHAT IS SHARED");
    report_text_shared(x);
    term_blank(&x->t);
}

static void alone(report_text *x, uint32_t first)
{
    const sst_run_result *r = x->w->r;
    uint32_t n = r->story_n - first, shown = n < MOST_ALONE ? n : MOST_ALONE;
    if (n == 0)
        return;
    term_begin(&x->t, 0, 0);
    term_z(&x->t, TERM_HEAD, "ALONE");
    term_gap(&x->t);
    term_put(&x->t, TERM_DIM,
             report_text_count(x->w, n, "article that no other goes with",
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
    report_text_more(x, 2, shown, n);
}

void report_text_report(report_run *w)
{
    report_text x = {.w = w};
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
