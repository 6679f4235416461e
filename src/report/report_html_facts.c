/*
 * The page's matrix of facts by origin, in three orders.
 *
 * In: a story's facts, rows of figures. Out: a table of facts and origins. The orders are chosen by
 * radio buttons and shown by the style sheet alone: by number of reports, as the findings stand; by
 * disagreement, those first in whose sentences figures differ, then those that most origins lack;
 * by uniqueness, those first that fewest have. The second and third list the first OPEN_FACTS and
 * say so. On narrow screens each fact is a list of marks.
 */
#include <stdlib.h>

#include "base_hash.h"
#include "base_str.h"
#include "report_markup.h"
#include "text_pack.h"

enum {
    OPEN_FACTS = 14,
    ORDERS_LEAST = 3 /* facts from which on another order tells more */
};

static void origin_name(html_story *h, uint32_t i)
{
    const sst_origin *x = &h->s.f->origins[i];
    for (uint32_t j = 0; j < x->article_n; j++) {
        if (j > 0)
            html_raw(h->o, "·");
        html_text(h->o, h->s.label[x->articles[j]]);
    }
}

static void facts_head(html_story *h, bool columns)
{
    report_out *o = h->o;
    html_raw(o,
             "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Facts by "
             "origin\"><table class=\"facts\">\n<caption class=\"vh\">Which origin reports which "
             "fact</caption>\n<thead><tr><th scope=\"col\">in the words of the first</th>");
    for (uint32_t i = 0; i < h->s.f->origin_n && columns; i++) {
        html_raw(o, "<th scope=\"col\" class=\"mark\">");
        origin_name(h, i);
        html_raw(o, "</th>");
    }
    if (!columns)
        html_raw(o, "<th scope=\"col\">reported by</th>");
    html_raw(o, "</tr></thead>\n<tbody>\n");
}

/* Is the fact absent from all articles of an origin? */
static bool lacks(const html_story *h, const sst_fact *x, uint32_t origin)
{
    uint32_t n = 0;
    for (uint32_t j = 0; j < x->absent_n; j++)
        n += h->s.origin_of[x->absent[j]] == origin;
    return n == h->s.f->origins[origin].article_n;
}

static void fact(html_story *h, uint32_t i, bool columns)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    const sst_fact *x = &f->facts[i];
    if (x->sentence_n == 0)
        return;
    html_raw(o, "<tr><th scope=\"row\"");
    html_lang(h, x->sentences[0].article);
    html_raw(o, ">");
    html_text(o, str_trim(report_words(f, x->sentences[0].article, x->sentences[0].at)));
    html_raw(o, "</th>");
    if (!columns) {
        html_raw(o, "<td>");
        for (uint32_t j = 0; j < x->sentence_n; j++) {
            if (j > 0)
                html_raw(o, ", ");
            html_place(h, x->sentences[j].article, x->sentences[j].at.begin,
                       h->s.label[x->sentences[j].article]);
        }
        html_raw(o, "</td></tr>\n");
        return;
    }
    for (uint32_t c = 0; c < f->origin_n; c++) {
        const sst_place *at = NULL;
        for (uint32_t j = 0; j < x->sentence_n && !at; j++)
            if (h->s.origin_of[x->sentences[j].article] == c)
                at = &x->sentences[j];
        html_raw(o, "<td class=\"mark\" data-label=\"");
        origin_name(h, c);
        html_raw(o, "\">");
        if (at) {
            html_place_open(h, at->article, at->at.begin);
            html_raw(o, "<span aria-hidden=\"true\">●</span><span class=\"vh\">reported by ");
            html_text(o, h->s.label[at->article]);
            html_raw(o, "</span></a>");
        } else if (lacks(h, x, c)) {
            html_raw(o, "<span class=\"no\" aria-hidden=\"true\">○</span><span class=\"vh\">not "
                        "reported</span>");
        } else { /* neither is sure */
            html_raw(o,
                     "<span class=\"no\" aria-hidden=\"true\">◐</span><span class=\"vh\">something "
                     "near it, or only its beginning is known</span>");
        }
        html_raw(o, "</td>");
    }
    html_raw(o, "</tr>\n");
}

/* ----------------------------------------------------------------------------------------- orders
 */

typedef struct ranked {
    uint32_t fact, differs, has, lacks;
} ranked;

static int by_disagreement(const void *p, const void *q)
{
    const ranked *a = p, *b = q;
    if (a->differs != b->differs)
        return a->differs > b->differs ? -1 : 1;
    if (a->lacks != b->lacks)
        return a->lacks > b->lacks ? -1 : 1;
    return a->fact < b->fact ? -1 : a->fact > b->fact;
}

static int by_uniqueness(const void *p, const void *q)
{
    const ranked *a = p, *b = q;
    if (a->has != b->has)
        return a->has < b->has ? -1 : 1;
    if (a->lacks != b->lacks)
        return a->lacks > b->lacks ? -1 : 1;
    return a->fact < b->fact ? -1 : a->fact > b->fact;
}

static uint64_t place_key(uint32_t article, uint32_t begin)
{
    return (uint64_t)article << 32 | begin;
}

/* What the orders go by: one walk over the sentences of facts, one over the values that differ. */
static ranked *rank(html_story *h)
{
    const sst_findings *f = h->s.f;
    sst_arena *arena = h->w->arena;
    ranked *v = arena_calloc(arena, (size_t)f->fact_n + 1, sizeof *v);
    u64map at = {0};
    sst_text *whole = arena_calloc(arena, (size_t)f->n + 1, sizeof *whole);
    for (uint32_t i = 0; v && i < f->fact_n; i++) {
        v[i].fact = i;
        v[i].has = f->facts[i].origin_n;
        for (uint32_t c = 0; f->facts[i].absent_n && c < f->origin_n; c++)
            v[i].lacks += lacks(h, &f->facts[i], c);
        for (uint32_t j = 0; j < f->facts[i].sentence_n; j++) {
            const sst_place *x = &f->facts[i].sentences[j];
            (void)u64map_add(arena, &at, place_key(x->article, x->at.begin), i, NULL);
        }
    }
    for (uint32_t r = 0; v && whole && f->figures && r < f->row_n; r++)
        for (uint32_t k = 0; f->rows[r].difference_n && k < f->rows[r].value_n; k++) {
            const sst_figure_ref *x = &f->rows[r].value[k];
            sst_text *t = &whole[x->article];
            if (!t->tok && text_unpack(f->texts[x->article], arena, t))
                return v;
            uint32_t first = t->sent[report_figure(f, x)->sentence].begin;
            const uint32_t *i = u64map_find(&at, place_key(x->article, t->tok[first].begin));
            if (i)
                v[*i].differs++;
        }
    return v;
}

static void in_order(html_story *h, const ranked *v, bool columns)
{
    const sst_findings *f = h->s.f;
    uint32_t n = f->fact_n < OPEN_FACTS ? f->fact_n : OPEN_FACTS;
    html_raw(h->o, "<div class=\"order\">\n");
    if (n < f->fact_n) {
        html_raw(h->o, "<p class=\"meta\">the first ");
        html_number(h->o, n);
        html_raw(h->o, " of ");
        html_number(h->o, f->fact_n);
        html_raw(h->o, "</p>\n");
    }
    facts_head(h, columns);
    for (uint32_t i = 0; i < n; i++)
        fact(h, v[i].fact, columns);
    html_raw(h->o, "</tbody></table></div></div>\n");
}

/* One radio button and its label. */
static void choice(html_story *h, uint32_t n, const char *name)
{
    report_out *o = h->o;
    html_raw(o, "<input type=\"radio\" name=\"");
    html_id(o, &h->s, 'y', 0);
    html_raw(o, "\" id=\"");
    html_id(o, &h->s, 'y', n);
    html_raw(o, "\"");
    if (n == 1)
        html_raw(o, " checked");
    html_raw(o, "><label for=\"");
    html_id(o, &h->s, 'y', n);
    html_raw(o, "\">");
    html_text(o, str_of(name));
    html_raw(o, "</label>\n");
}

/* More origins than this make a table that no screen holds: then letters stand in one column. */
enum { ORIGIN_COLUMNS = 8 };

void html_facts(html_story *h)
{
    report_out *o = h->o;
    const sst_findings *f = h->s.f;
    bool columns = f->origin_n <= ORIGIN_COLUMNS;
    if (f->fact_n == 0)
        return;
    html_raw(o, "<section>");
    html_heading(h, 2, 'c', 1, STR("Reported by several"));
    html_raw(o, "<p class=\"lead\">");
    html_count(o, f->fact_n, "fact", "facts");
    if (columns)
        html_raw(o, ", by origin. ● reports it, ○ does not, ◐ says something near it, or only its "
                    "beginning is known.");
    html_raw(o, "</p>\n");
    ranked *v = f->fact_n >= ORDERS_LEAST ? rank(h) : NULL;
    if (v) {
        html_raw(o,
                 "<fieldset class=\"orders\"><legend class=\"vh\">Order of the facts</legend>\n");
        choice(h, 1, "by number of reports");
        choice(h, 2, "by disagreement");
        choice(h, 3, "by uniqueness");
        html_raw(o, "<div class=\"order\">\n");
    }
    facts_head(h, columns);
    for (uint32_t i = 0; i < f->fact_n; i++) {
        if (i == OPEN_FACTS) {
            html_raw(o, "</tbody></table></div>\n");
            html_fold(h, f->fact_n - OPEN_FACTS);
            facts_head(h, columns);
        }
        fact(h, i, columns);
    }
    html_raw(o, "</tbody></table></div>\n");
    if (f->fact_n > OPEN_FACTS)
        html_fold_end(h);
    if (v) {
        html_raw(o, "</div>\n");
        qsort(v, f->fact_n, sizeof *v, by_disagreement);
        in_order(h, v, columns);
        qsort(v, f->fact_n, sizeof *v, by_uniqueness);
        in_order(h, v, columns);
        html_raw(o, "</fieldset>\n");
    }
    html_raw(o, "</section>\n");
}
