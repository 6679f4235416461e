/*
 * Who said what, for the terminal: speakers, those of most articles first; under each what they are
 * quoted with, the fullest version in whole and the others as they differ; last what is told in the
 * outlets' words.
 *
 * In: sayings of the run. Out: text. All quotations are shown: whoever wants fewer asks for a
 * speaker.
 */
#include "base_hash.h"
#include "base_sort.h"
#include "base_str.h"
#include "quote_pair.h"
#include "report_saying.h"
#include "report_text.h"

/* Of the outlets' own words for one speaker; --jsonl and --csv have all. */
enum { MOST_INDIRECT = 12, MOST_OUTLETS = 6 };

typedef struct shown {
    sst_str speaker;
    uint64_t key; /* of the speaker, folded */
    uint32_t speaker_articles;
    uint32_t saying; /* REPORT_NONE: indirect speech of no utterance */
    uint32_t article, quote;
    uint32_t articles;
    bool differs, indirect;
    const sst_findings *f;
    const sst_utterance *u;
} shown;

typedef SST_VEC(shown) shown_list;

/* Speakers of most articles first, those without a name last; of one what differs, then what most
 * articles print. */
static int by_speaker(const void *a_, const void *b_)
{
    const shown *a = a_, *b = b_;
    if ((a->key == 0) != (b->key == 0))
        return a->key == 0 ? 1 : -1;
    if (a->speaker_articles != b->speaker_articles)
        return a->speaker_articles > b->speaker_articles ? -1 : 1;
    if (a->key != b->key) {
        int c = str_cmp(a->speaker, b->speaker);
        return c ? c : a->key < b->key ? -1 : 1;
    }
    if (a->indirect != b->indirect)
        return a->indirect ? 1 : -1;
    if (a->differs != b->differs)
        return a->differs ? -1 : 1;
    if (a->articles != b->articles)
        return a->articles > b->articles ? -1 : 1;
    return 0; /* the order of the list */
}

static void add(report_run *w, shown_list *l, uint32_t article, uint32_t quote, sst_str speaker,
                const report_printed *x)
{
    shown *s = vec_push(w->arena, l);
    if (!s)
        return;
    *s = (shown){.speaker = speaker,
                 .key = quote_name_of(speaker, false).last,
                 .saying = x ? x->saying : REPORT_NONE,
                 .article = article,
                 .quote = quote,
                 .articles = 1,
                 .indirect = !x};
    if (x) {
        s->f = x->f;
        s->u = x->u;
        s->articles = report_utterance_articles(x->u);
        s->differs = report_utterance_differs(x->u);
        s->indirect = !report_utterance_quoted(x->f, x->u);
    }
}

/* Articles by id: what is shown does not follow the order of the inputs. */
static void collect(report_run *w, shown_list *l)
{
    const sst_run_result *r = w->r;
    const uint32_t *order = report_articles_by_id(r, w->arena);
    uint8_t *seen = arena_calloc(w->arena, (size_t)(r->sayings ? r->sayings->n : 0) + 1, 1);
    for (uint32_t k = 0; order && seen && k < r->n; k++) {
        uint32_t a = order[k];
        for (uint32_t i = 0; i < r->quotes[a]->all_n; i++) {
            if (!report_is_asked_for(w, a, i))
                continue;
            const report_printed *x = report_printed_at(w, a, i);
            if (x && seen[x->saying])
                continue;
            if (x)
                seen[x->saying] = 1;
            add(w, l, a, i, x ? x->u->speaker : report_speaker(w, a, i), x);
        }
    }
}

/* In how many articles each speaker speaks: the sum over what is shown, which is what people count.
 */
static void count_speakers(report_run *w, shown_list *l)
{
    u64map of = {NULL, NULL, 0, 0};
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < l->n; i++) {
            uint32_t *n = u64map_add(w->arena, &of, l->v[i].key, 0, NULL);
            if (!n)
                return;
            if (pass)
                l->v[i].speaker_articles = *n;
            else
                *n += l->v[i].articles;
        }
    /* one spelling for all: the longest */
    u64map name = {NULL, NULL, 0, 0};
    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t *at = u64map_add(w->arena, &name, l->v[i].key, i, NULL);
        if (!at)
            return;
        sst_str a = l->v[i].speaker, b = l->v[*at].speaker;
        if (a.n > b.n || (a.n == b.n && str_cmp(a, b) < 0))
            *at = i;
    }
    for (uint32_t i = 0; i < l->n; i++)
        l->v[i].speaker = l->v[*u64map_find(&name, l->v[i].key)].speaker;
}

/* ---------------------------------------------------------------------------------------- lines */

static void outlet(report_text *x, const sst_article *a)
{
    term_put(&x->t, TERM_BOLD, report_outlet(a));
    if (a->published.n) {
        term_z(&x->t, TERM_DIM, " ");
        term_put(&x->t, TERM_DIM, report_text_when(x->w, a->published));
    }
}

/* "Outlet time, Outlet time and 3 more" */
static void outlets(report_text *x, const sst_findings *f, const sst_utterance *u,
                    const report_group *g)
{
    uint32_t done = 0, left = 0;
    for (uint32_t i = 0; i < g->n; i++) {
        uint32_t article = u->v[g->v[i]].article;
        if (i && u->v[g->v[i - 1]].article == article)
            continue;
        if (done == MOST_OUTLETS) {
            left++;
            continue;
        }
        if (done++)
            term_z(&x->t, TERM_DIM, ", ");
        outlet(x, report_article(f, article));
        if (u->v[g->v[i]].first)
            term_z(&x->t, TERM_DIM, " (first)");
    }
    if (left) {
        term_z(&x->t, TERM_DIM, " and ");
        term_u32(&x->t, TERM_DIM, left);
        term_z(&x->t, TERM_DIM, " more");
    }
}

static void said_here_by(report_text *x, const sst_findings *f, const sst_occurrence *v)
{
    if (!v->other_speaker)
        return;
    term_z(&x->t, TERM_DIM, "; said here by: ");
    term_put(&x->t, TERM_PLAIN, report_words(f, v->article, report_quote(f, v)->speaker_at));
}

static void version(report_text *x, const shown *s, const report_group *g)
{
    const sst_occurrence *v = &s->u->v[g->v[0]];
    term_begin(&x->t, 4, 6);
    outlets(x, s->f, s->u, g);
    term_z(&x->t, TERM_DIM, ": ");
    term_z(&x->t, TERM_DIM, report_change_words(v));
    said_here_by(x, s->f, v);
    term_end(&x->t);
    if (v->change == CHANGE_SAME || v->change == CHANGE_REPUNCTUATED)
        return;
    bool whole = v->change == CHANGE_FRAGMENT || v->change == CHANGE_INDIRECT;
    const char *open = v->change == CHANGE_INDIRECT ? "" : "“",
               *close = v->change == CHANGE_INDIRECT ? "" : "”";
    term_begin(&x->t, 6, 6);
    term_z(&x->t, TERM_PLAIN, open);
    report_text_pieces(x, whole ? report_whole(x->w, s->f, v)
                                : report_version(x->w, s->f, s->u, v, true));
    term_z(&x->t, TERM_PLAIN, close);
    term_end(&x->t);
}

static void utterance(report_text *x, const shown *s)
{
    const sst_occurrence *full = &s->u->v[s->u->fullest];
    term_blank(&x->t);
    term_begin(&x->t, 2, 2);
    term_z(&x->t, TERM_PLAIN, "“");
    report_text_pieces(x, report_whole(x->w, s->f, full));
    term_z(&x->t, TERM_PLAIN, "”");
    term_end(&x->t);
    term_begin(&x->t, 4, 6);
    uint32_t n, at = s->u->fullest;
    outlets(x, s->f, s->u, &(report_group){&at, 1});
    said_here_by(x, s->f, full);
    term_end(&x->t);
    const report_group *g = report_other_versions(s->f, s->u, x->w->arena, &n);
    for (int alike = 1; alike >= 0; alike--)
        for (uint32_t i = 0; i < n && g; i++)
            if (g[i].n && report_is_alike(&s->u->v[g[i].v[0]]) == (alike == 1))
                version(x, s, &g[i]);
}

static void indirect(report_text *x, const shown *s)
{
    const sst_article *a = x->w->r->articles[s->article];
    const sst_quote *q = &x->w->r->quotes[s->article]->v[s->quote];
    term_begin(&x->t, 4, 6);
    for (uint32_t i = 0; i < q->content.n; i++) {
        if (i)
            term_z(&x->t, TERM_DIM, " [...] ");
        term_put(&x->t, TERM_PLAIN, str_span(a->text, q->content.v[i]));
    }
    term_gap(&x->t);
    outlet(x, a);
    term_end(&x->t);
}

static void head(report_text *x, const shown *s, uint32_t n)
{
    term_begin(&x->t, 0, 0);
    term_put(&x->t, TERM_HEAD, s->speaker.n ? s->speaker : STR("(nobody named)"));
    term_gap(&x->t);
    term_put(&x->t, TERM_DIM, report_text_count(x->w, n, "statement", "statements"));
    term_end(&x->t);
}

static void speaker(report_text *x, const shown *v, uint32_t n)
{
    uint32_t told = 0;
    head(x, v, n);
    for (uint32_t i = 0; i < n; i++) {
        if (!v[i].indirect) {
            utterance(x, &v[i]);
            continue;
        }
        if (told == 0) {
            term_blank(&x->t);
            term_begin(&x->t, 2, 2);
            term_z(&x->t, TERM_DIM, "in the outlets’ words");
            term_end(&x->t);
        }
        if (told++ < MOST_INDIRECT)
            indirect(x, &v[i]);
    }
    if (told > MOST_INDIRECT) {
        term_begin(&x->t, 4, 4);
        term_z(&x->t, TERM_DIM, "and ");
        term_u32(&x->t, TERM_DIM, told - MOST_INDIRECT);
        term_z(&x->t, TERM_DIM, " more: --jsonl and --csv have all");
        term_end(&x->t);
    }
}

void report_quotes_text(report_run *w)
{
    report_text x = {.w = w};
    shown_list l = {NULL, 0, 0};
    term_init(&x.t, w);
    collect(w, &l);
    count_speakers(w, &l);
    shown *spare = arena_alloc(w->arena, ((size_t)l.n + 1) * sizeof *spare);
    if (!spare)
        return;
    sort_stable(l.v, l.n, sizeof *l.v, by_speaker, spare);
    for (uint32_t i = 0, end; i < l.n && w->out->status == SST_OK; i = end) {
        for (end = i + 1; end < l.n && l.v[end].key == l.v[i].key; end++)
            continue;
        if (i)
            term_blank(&x.t);
        speaker(&x, &l.v[i], end - i);
    }
    if (l.n == 0) {
        term_begin(&x.t, 0, 0);
        term_z(&x.t, TERM_DIM,
               w->r->options->speaker ? "no quotations of a speaker called " : "no quotations");
        if (w->r->options->speaker)
            term_put(&x.t, TERM_BOLD, str_of(w->r->options->speaker));
        term_end(&x.t);
    }
}
