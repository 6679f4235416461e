/*
 * The reports themselves: each article with its blocks, and in its text the quotations, figures and
 * sentences that the page speaks of. In: the articles, and the places that the page has linked to
 * so far.
 *
 *   text      P o l i c e   s a i d   " n i n e   m e n "   w e r e ...
 *   quotation                         [----------------]
 *   figure                              [------]
 *   differs                             [------]
 *   shared    [------------------------------------]
 *   segments  |                       |  |     |       |
 *
 * What differs has a row or an utterance with a difference; what is shared, a fact or a passage of
 * several origins. Segments are one <span> each, with the classes that hold there.
 * A segment that begins where a link leads carries the id. Behind the end of a quotation or figure
 * stands the way back.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base_str.h"
#include "report_markup.h"

typedef enum mark_kind {
    MARK_QUOTE = 0,
    MARK_FIGURE,
    MARK_ONLY,
    MARK_SHARED,  /* another origin says it too, or has the words */
    MARK_DIFFERS, /* a value or a quotation that reports do not have alike */
    MARK_KIND_N
} mark_kind;

/* In order at one place: what ends, then ids, then what begins. */
typedef enum edge_kind { EDGE_END = 0, EDGE_ANCHOR, EDGE_BEGIN } edge_kind;

typedef struct edge {
    uint32_t at;
    uint8_t kind, mark;
    uint32_t item; /* an utterance, a row: the way back; REPORT_NONE for none */
} edge;

typedef SST_VEC(edge) edge_vec;

static int by_place(const void *x, const void *y)
{
    const edge *a = x, *b = y;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->mark != b->mark)
        return a->mark < b->mark ? -1 : 1;
    return (a->item > b->item) - (a->item < b->item);
}

static void add(html_story *h, edge_vec *v, sst_span s, mark_kind mark, uint32_t item)
{
    if (s.begin >= s.end)
        return;
    edge *begin = vec_push(h->w->arena, v);
    if (begin)
        *begin = (edge){s.begin, EDGE_BEGIN, (uint8_t)mark, item};
    edge *end = vec_push(h->w->arena, v);
    if (end)
        *end = (edge){s.end, EDGE_END, (uint8_t)mark, item};
}

/* What other origins have too: sentences of facts, and passages that are not quotations. */
static void gather_shared(html_story *h, edge_vec *v)
{
    const sst_findings *f = h->s.f;
    for (uint32_t i = 0; i < f->fact_n; i++)
        for (uint32_t j = 0; j < f->facts[i].sentence_n && f->facts[i].origin_n > 1; j++)
            add(h, &v[f->facts[i].sentences[j].article], f->facts[i].sentences[j].at, MARK_SHARED,
                REPORT_NONE);
    for (uint32_t i = 0; i < f->passage_n; i++) {
        const sst_passage *p = &f->passages[i];
        if (p->quoted || p->boilerplate || h->s.origin_of[p->a] == h->s.origin_of[p->b])
            continue;
        for (uint32_t r = 0; r < p->run_n; r++) {
            add(h, &v[p->a], p->runs[r].a, MARK_SHARED, REPORT_NONE);
            add(h, &v[p->b], p->runs[r].b, MARK_SHARED, REPORT_NONE);
        }
    }
}

/* The edges of all articles of the story, by article. */
static edge_vec *gather(html_story *h)
{
    const sst_findings *f = h->s.f;
    edge_vec *v = arena_calloc(h->w->arena, f->n + 1, sizeof *v);
    if (!v)
        return NULL;
    for (uint32_t i = 0; i < f->utterance_n; i++) {
        bool several = report_utterance_articles(&f->utterances[i]) > 1;
        for (uint32_t j = 0; j < f->utterances[i].n; j++) {
            const sst_occurrence *c = &f->utterances[i].v[j];
            if (report_quote(f, c)->type == QUOTE_INDIRECT && !h->utterance_shown[i])
                continue;
            bool differs = several && !report_utterance_agrees(f, &f->utterances[i]);
            for (uint32_t k = 0; k < c->content.n; k++) {
                add(h, &v[c->article], c->content.v[k], MARK_QUOTE,
                    h->utterance_shown[i] && k + 1 == c->content.n ? i : REPORT_NONE);
                if (differs)
                    add(h, &v[c->article], c->content.v[k], MARK_DIFFERS, REPORT_NONE);
            }
        }
    }
    for (uint32_t i = 0; i < f->row_n; i++)
        for (uint32_t j = 0; j < f->rows[i].value_n; j++)
            if (h->row_shown[i]) {
                if (f->rows[i].difference_n)
                    add(h, &v[f->rows[i].value[j].article],
                        report_figure(f, &f->rows[i].value[j])->at, MARK_DIFFERS, REPORT_NONE);
                add(h, &v[f->rows[i].value[j].article], report_figure(f, &f->rows[i].value[j])->at,
                    MARK_FIGURE, i);
            }
    gather_shared(h, v);
    for (uint32_t i = 0; i < f->only_n; i++)
        for (uint32_t j = 0; j < f->only[i].sure_n; j++)
            add(h, &v[f->only[i].places[j].article], f->only[i].places[j].at, MARK_ONLY,
                REPORT_NONE);
    for (uint32_t i = 0; i < h->anchors.n; i++) {
        edge *e = vec_push(h->w->arena, &v[h->anchors.v[i].article]);
        if (e)
            *e = (edge){h->anchors.v[i].begin, EDGE_ANCHOR, 0, REPORT_NONE};
    }
    for (uint32_t k = 0; k < f->n; k++)
        if (v[k].n)
            qsort(v[k].v, v[k].n, sizeof *v[k].v, by_place);
    return v;
}

static void way_back(html_story *h, const edge *e)
{
    report_out *o = h->o;
    bool quote = e->mark == MARK_QUOTE;
    if (e->item == REPORT_NONE || (e->mark != MARK_QUOTE && e->mark != MARK_FIGURE))
        return;
    html_raw(o, "<a class=\"back\" href=\"");
    if (h->alone && h->w->links) {
        report_out_z(o, h->w->links->story);
        html_segment(o, h->s.f->story->id);
    }
    html_raw(o, "#");
    html_id(o, &h->s, quote ? 'u' : 'f', e->item + 1);
    html_raw(o, "\"><span class=\"vh\">");
    if (quote)
        html_raw(o, "versions of quotation ");
    else
        html_raw(o, "values of figure ");
    html_raw(o, "</span>");
    if (quote)
        html_raw(o, "q");
    else
        html_raw(o, "f");
    html_number(o, e->item + 1);
    html_raw(o, "</a>");
}

/* Where the sweep over one article stands. */
typedef struct sweep {
    html_story *h;
    uint32_t article;
    const edge_vec *edges;
    uint32_t next; /* edge */
    uint32_t open[MARK_KIND_N];
    uint32_t named; /* the last place that has got its id */
    bool waits;     /* a place waits for the segment that carries its id */
    uint32_t waiting;
} sweep;

static void place_id(const sweep *s, uint32_t at)
{
    char id[64];
    snprintf(id, sizeof id, "s%u-a%u-%u", s->h->s.number, s->article, at);
    report_out_z(s->h->o, id);
}

static void segment(sweep *s, sst_str text)
{
    static const char *const name[MARK_KIND_N] = {"q", "f", "o", "sh", "df"};
    report_out *o = s->h->o;
    bool any = s->waits;
    for (int m = 0; m < MARK_KIND_N; m++)
        any = any || s->open[m];
    if (text.n == 0)
        return;
    if (!any) {
        html_text(o, text);
        return;
    }
    html_raw(o, "<span");
    if (s->waits) {
        html_raw(o, " id=\"");
        place_id(s, s->waiting);
        html_raw(o, "\"");
        s->waits = false;
    }
    bool first = true;
    for (int m = 0; m < MARK_KIND_N; m++) {
        if (!s->open[m])
            continue;
        if (first)
            html_raw(o, " class=\"");
        else
            html_raw(o, " ");
        report_out_z(o, name[m]);
        first = false;
    }
    if (!first)
        html_raw(o, "\"");
    html_raw(o, ">");
    html_text(o, text);
    html_raw(o, "</span>");
}

static void anchor(sweep *s, uint32_t at)
{
    if (s->named == at)
        return;     /* several links to one place */
    if (s->waits) { /* two places before one segment: the first gets an empty element */
        html_raw(s->h->o, "<span id=\"");
        place_id(s, s->waiting);
        html_raw(s->h->o, "\"></span>");
    }
    s->named = at;
    s->waits = true;
    s->waiting = at;
}

/* The text of bytes [from, to), with all edges up to `to`. */
static void run(sweep *s, uint32_t from, uint32_t to)
{
    sst_str text = s->h->s.f->texts[s->article]->s;
    while (s->next < s->edges->n && s->edges->v[s->next].at <= to) {
        const edge *e = &s->edges->v[s->next];
        if (e->at == to && e->kind != EDGE_END)
            break; /* it belongs to what comes behind */
        if (e->at > from) {
            segment(s, (sst_str){text.p + from, e->at - from});
            from = e->at;
        }
        s->next++;
        if (e->kind == EDGE_ANCHOR)
            anchor(s, e->at);
        else if (e->kind == EDGE_BEGIN)
            s->open[e->mark]++;
        else if (s->open[e->mark]) {
            s->open[e->mark]--;
            way_back(s->h, e);
        }
    }
    segment(s, (sst_str){text.p + from, to - from});
}

static void block(sweep *s, const sst_block *b)
{
    report_out *o = s->h->o;
    if (b->role == ROLE_BODY) {
        html_raw(o, "<p>");
    } else {
        html_raw(o, "<p class=\"furniture role-");
        report_out_z(o, page_role_name((sst_role)b->role));
        html_raw(o, "\"><span class=\"role\">");
        report_out_z(o, page_role_name((sst_role)b->role));
        html_raw(o, "</span> ");
    }
    run(s, b->at.begin, b->at.end);
    html_raw(o, "</p>\n");
}

static void facts_of(html_story *h, uint32_t k)
{
    report_out *o = h->o;
    const sst_article *a = report_article(h->s.f, k);
    html_raw(o, "<p class=\"meta\">");
    if (html_is_address(a->url)) {
        html_raw(o, "<a rel=\"noreferrer noopener\" href=\"");
        html_text(o, a->url);
        html_raw(o, "\">");
        html_text(o, a->url);
        html_raw(o, "</a>");
    } else {
        html_text(o, a->source);
    }
    if (a->published.n) {
        html_raw(o, " · ");
        html_date(o, a->published);
    }
    for (uint32_t i = 0; i < a->author_n; i++) {
        html_raw(o, " · ");
        html_text(o, a->authors[i]);
    }
    if (h->w->links) {
        html_raw(o, " · ");
        html_link_open(o, h->w->links->article, a->id);
        html_raw(o, "this report beside the others</a>");
    }
    html_raw(o, "</p>\n");
}

/* The headline, where the text does not hold it, and the blocks. */
static void text_of(html_story *h, uint32_t k, const edge_vec *edges)
{
    report_out *o = h->o;
    const sst_article *a = report_article(h->s.f, k);
    sweep s = {.h = h, .article = k, .edges = edges, .named = REPORT_NONE};
    if (!h->alone && a->title.n && !(a->block_n && a->blocks[0].role == ROLE_HEADLINE)) {
        html_raw(o, "<p class=\"furniture role-headline\"><span class=\"role\">headline</span> ");
        html_text(o, a->title);
        html_raw(o, "</p>\n");
    }
    html_raw(o, "<div class=\"text\">\n");
    for (uint32_t i = 0; i < a->block_n; i++)
        block(&s, &a->blocks[i]);
    if (a->block_n == 0 && a->text.n) {
        html_raw(o, "<p>");
        run(&s, 0, (uint32_t)a->text.n);
        html_raw(o, "</p>\n");
    }
    if (s.next < edges->n) { /* places behind the last block */
        for (; s.next < edges->n; s.next++)
            if (edges->v[s.next].kind == EDGE_ANCHOR)
                anchor(&s, edges->v[s.next].at);
    }
    if (s.waits) {
        html_raw(o, "<span id=\"");
        place_id(&s, s.waiting);
        html_raw(o, "\"></span>");
    }
    html_raw(o, "</div>\n");
}

static void article(html_story *h, uint32_t k, const edge_vec *edges)
{
    report_out *o = h->o;
    html_raw(o, "<article class=\"report\"");
    html_lang(h, k);
    html_raw(o, ">\n");
    html_heading(h, 2, 'r', k,
                 arena_printf(h->w->arena, "%.*s  %.*s", (int)h->s.label[k].n, h->s.label[k].p,
                              (int)h->s.outlet[k].n, h->s.outlet[k].p));
    facts_of(h, k);
    text_of(h, k, edges);
    if (h->s.f->n > 1) {
        html_raw(o, "<p class=\"top\"><a href=\"#");
        html_id(o, &h->s, 's', 0);
        html_raw(o, "\">Back to the top of the story</a></p>\n");
    }
    html_raw(o, "</article>\n");
}

void html_article_text(html_story *h, uint32_t k)
{
    const edge_vec *edges = gather(h);
    if (edges)
        text_of(h, k, &edges[k]);
}

void html_articles_plain(html_story *h)
{
    const edge_vec *edges = gather(h);
    for (uint32_t k = 0; k < h->s.f->n && edges; k++)
        article(h, k, &edges[k]);
}

void html_articles(html_story *h)
{
    html_heading(h, 1, 'a', 1, STR("The reports"));
    html_raw(
        h->o,
        "<p class=\"lead\">What the page speaks of is marked: <span class=\"q\">quoted</span>, "
        "<span class=\"f\">figure</span>, <span class=\"o\">only here</span>, <span "
        "class=\"sh\">shared</span> with another origin, <span class=\"df\">differs</span>. Small "
        "letters lead back.</p>\n"
        /* read by the style sheet alone */
        "<p class=\"paper\"><label><input type=\"checkbox\"> Print everything: these texts, and all"
        " that is folded</label></p>\n");
    html_articles_plain(h);
}
