/*
 * Rows of single stages, one JSON object a line, in input order (passages: in order of their
 * articles). In: a run's result. The fields are those of docs/json.md.
 */
#include "report_model.h"
#include "report_saying.h"

#include <string.h>

#include "base_str.h"

static void span(report_run *w, const sst_article *a, sst_span s)
{
    json_array(w->out);
    json_u64(w->out, report_offset(w, a, s.begin));
    json_u64(w->out, report_offset(w, a, s.end));
    json_array_end(w->out);
}

static void spans(report_run *w, const char *key, const sst_article *a, sst_spans s)
{
    json_key(w->out, key);
    json_array(w->out);
    for (uint32_t i = 0; i < s.n; i++)
        span(w, a, s.v[i]);
    json_array_end(w->out);
}

/* Where in an archive it was, and what its publisher says of it; only what there is. */
static void provenance(report_out *o, const sst_article *a)
{
    static const struct {
        uint32_t flag;
        const char *name;
    } flags[] = {{SST_DOC_WITHHELD, "withheld"},
                 {SST_DOC_EMBARGOED, "embargoed"},
                 {SST_DOC_TRUNCATED, "truncated"}};
    if (a->flags & SST_DOC_RECORD) {
        json_key(o, "at");
        json_u64(o, a->at);
    }
    if (a->record.n)
        json_key_string(o, "record", a->record);
    if (a->fetched.n)
        json_key_string(o, "seen", a->fetched);
    if (a->refers_to.n)
        json_key_string(o, "revisit_of", a->refers_to);
    bool any = false;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (!(a->flags & flags[i].flag))
            continue;
        if (!any) {
            json_key(o, "flags");
            json_array(o);
        }
        any = true;
        json_z(o, flags[i].name);
    }
    if (any)
        json_array_end(o);
}

static void strings(report_out *o, const char *key, const sst_str *v, uint32_t n)
{
    if (n == 0)
        return;
    json_key(o, key);
    json_array(o);
    for (uint32_t i = 0; i < n; i++)
        json_string(o, v[i]);
    json_array_end(o);
}

static void string_if(report_out *o, const char *key, sst_str s)
{
    if (s.n)
        json_key_string(o, key, s);
}

/* What few articles have: fields that are there only when they hold something. */
static void article_more(report_out *o, const sst_article *a)
{
    if (!str_eq(a->canonical, a->url))
        string_if(o, "canonical", a->canonical);
    string_if(o, "subtitle", a->subtitle);
    string_if(o, "section", a->section);
    strings(o, "tags", a->tags, a->tag_n);
    string_if(o, "access_why", a->access_why);
    string_if(o, "next_part", a->next_part);
    strings(o, "rights", a->rights, a->right_n);
    string_if(o, "rights_policy", a->rights_policy);
    strings(o, "corrections", a->corrections, a->correction_n);
}

void report_json_article(report_run *w, const sst_article *a, bool with_text)
{
    report_out *o = w->out;
    json_object(o);
    json_key_string(o, "id", a->id);
    json_key_string(o, "source", a->source);
    json_key_maybe(o, "url", a->url);
    json_key_maybe(o, "outlet", a->outlet);
    json_key_maybe(o, "title", a->title);
    json_key(o, "authors");
    json_array(o);
    for (uint32_t i = 0; i < a->author_n; i++)
        json_string(o, a->authors[i]);
    json_array_end(o);
    json_key_maybe(o, "published", a->published);
    json_key_maybe(o, "modified", a->modified);
    if (a->published_from.n)
        json_key_string(o, "published_from", a->published_from);
    json_key_maybe(o, "lang", a->lang);
    if (a->lang_declared.n)
        json_key_string(o, "lang_declared", a->lang_declared);
    json_key_string(o, "access", str_of(report_access(a->access)));
    if (with_text)
        json_key_string(o, "text", a->text);
    json_key(o, "blocks");
    json_array(o);
    for (uint32_t i = 0; i < a->block_n; i++) {
        json_object(o);
        json_key(o, "begin");
        json_u64(o, report_offset(w, a, a->blocks[i].at.begin));
        json_key(o, "end");
        json_u64(o, report_offset(w, a, a->blocks[i].at.end));
        json_key(o, "role");
        json_z(o, page_role_name((sst_role)a->blocks[i].role));
        json_object_end(o);
    }
    json_array_end(o);
    json_key(o, "dates");
    json_array(o);
    for (uint32_t i = 0; i < a->date_n; i++) {
        json_object(o);
        json_key_string(o, "value", a->dates[i].value);
        json_key_string(o, "from", a->dates[i].from);
        json_object_end(o);
    }
    json_array_end(o);
    if (a->agency.n)
        json_key_string(o, "agency", a->agency);
    if (a->feed.n) {
        json_key(o, "feed");
        json_raw(o, a->feed);
    }
    article_more(o, a);
    provenance(o, a);
    if (a->error.n)
        json_key_string(o, "error", a->error);
    json_object_end(o);
}

/* ---------------------------------------------------------------------------------------- stories
 */

/*
 * Reasons and places by article, so that a story of any size costs each of its rows the same:
 *
 *   first[i] .. first[i + 1] in why: the reasons of article i, in the order of its story
 */
typedef struct story_index {
    uint32_t *first;
    const sst_story_why **why;
    uint32_t *place; /* of article i: in its story's articles */
} story_index;

static const story_index *index_stories(report_run *w)
{
    const sst_run_result *r = w->r;
    size_t total = 0;
    for (uint32_t s = 0; s < r->story_n; s++)
        total += r->stories[s].why_n;
    story_index *x = arena_calloc(w->arena, 1, sizeof *x);
    if (!x)
        return NULL;
    x->first = arena_calloc(w->arena, (size_t)r->n + 2, sizeof *x->first);
    x->why = arena_alloc(w->arena, (total + 1) * sizeof *x->why);
    x->place = arena_calloc(w->arena, (size_t)r->n + 1, sizeof *x->place);
    if (w->arena->failed)
        return NULL;
    for (uint32_t s = 0; s < r->story_n; s++) {
        const sst_story *y = &r->stories[s];
        for (uint32_t i = 0; i < y->why_n; i++)
            x->first[y->why[i].article + 2]++;
        for (uint32_t i = 0; i < y->article_n; i++)
            x->place[y->articles[i]] = i;
    }
    for (uint32_t i = 2; i < r->n + 2; i++)
        x->first[i] += x->first[i - 1];
    for (uint32_t s = 0; s < r->story_n; s++)
        for (uint32_t i = 0; i < r->stories[s].why_n; i++) {
            const sst_story_why *y = &r->stories[s].why[i];
            x->why[x->first[y->article + 1]++] = y;
        }
    return x;
}

static void shared_words(report_run *w, uint32_t article, uint32_t with, const sst_shared *shared,
                         uint32_t n)
{
    report_out *o = w->out;
    json_key(o, "shared");
    json_array(o);
    for (uint32_t j = 0; j < n; j++) {
        json_object(o);
        json_key_string(o, "what", shared[j].what);
        json_key(o, "at");
        span(w, w->r->articles[article], shared[j].a);
        json_key(o, "with_at");
        span(w, w->r->articles[with], shared[j].b);
        json_object_end(o);
    }
    json_array_end(o);
}

/* Other stories that the article tells of too; the field only when there are. */
static void story_also(report_run *w, const sst_story *s, uint32_t article)
{
    report_out *o = w->out;
    uint32_t lo = 0, hi = s->also_n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (s->also[mid].article < article)
            lo = mid + 1;
        else
            hi = mid;
    }
    uint32_t first = lo;
    for (uint32_t i = first; i < s->also_n && s->also[i].article == article; i++) {
        const sst_story_also *y = &s->also[i];
        if (i == first) {
            json_key(o, "also");
            json_array(o);
        }
        json_object(o);
        json_key_string(o, "story", y->story);
        json_key_string(o, "with", w->r->articles[y->with]->id);
        json_key(o, "score");
        json_score(o, (double)y->score);
        json_key(o, "part");
        span(w, w->r->articles[article], y->part);
        shared_words(w, article, y->with, y->shared, y->shared_n);
        json_object_end(o);
    }
    if (first < s->also_n && s->also[first].article == article)
        json_array_end(o);
}

static void story_why(report_run *w, const story_index *x, uint32_t article)
{
    report_out *o = w->out;
    json_key(o, "why");
    json_array(o);
    for (uint32_t i = x->first[article]; i < x->first[article + 1]; i++) {
        const sst_story_why *y = x->why[i];
        json_object(o);
        json_key_string(o, "with", w->r->articles[y->with]->id);
        json_key(o, "score");
        json_score(o, (double)y->score);
        shared_words(w, article, y->with, y->shared, y->shared_n);
        json_object_end(o);
    }
    json_array_end(o);
}

static void story_row(report_run *w, const sst_article *a, const story_index *x)
{
    report_out *o = w->out;
    uint32_t s = w->r->story_of ? w->r->story_of[a->index] : REPORT_NONE;
    json_key(o, "story");
    if (s == REPORT_NONE) {
        json_null(o);
        return;
    }
    json_string(o, w->r->stories[s].id);
    if (w->r->stories[s].event) /* of a saga */
        json_key_string(o, "event", w->r->stories[s].event[x->place[a->index]]);
    story_why(w, x, a->index);
    story_also(w, &w->r->stories[s], a->index);
}

/* ------------------------------------------------------------------------------ quotations,
 * figures */

static void member_id(report_run *w, const char *key, const report_members *m, uint32_t article,
                      uint32_t item, char letter)
{
    uint32_t s = w->r->story_of ? w->r->story_of[article] : REPORT_NONE;
    uint32_t at = m->of && m->of[article] ? m->of[article][item] : REPORT_NONE;
    json_key(w->out, key);
    if (s == REPORT_NONE || at == REPORT_NONE) {
        json_null(w->out);
        return;
    }
    sst_str id = w->r->stories[s].id;
    json_string(w->out, arena_printf(w->arena, "%.*s-%c%u", (int)id.n, id.p, letter, at + 1));
}

/* What an utterance says of one of its versions; only what there is. */
static void version_more(report_run *w, const sst_occurrence *v)
{
    report_out *o = w->out;
    if (v->unmarked) {
        json_key(o, "unmarked");
        json_bool(o, true);
    }
    if (v->other_speaker) {
        json_key(o, "other_speaker");
        json_bool(o, true);
    }
    if (v->first) {
        json_key(o, "first");
        json_bool(o, true);
    }
}

/* Quotations of one article; false: none that are asked for. */
static bool has_asked_for(report_run *w, const sst_article *a)
{
    const sst_quotes *all = w->r->quotes[a->index];
    for (uint32_t i = 0; i < all->all_n; i++)
        if (report_is_asked_for(w, a->index, i))
            return true;
    return false;
}

static void quotes_row(report_run *w, const sst_article *a)
{
    report_out *o = w->out;
    const sst_quotes *all = w->r->quotes[a->index];
    json_key(o, "quotes");
    json_array(o);
    for (uint32_t i = 0; i < all->all_n && a->error.n == 0; i++) {
        const sst_quote *q = &all->v[i];
        if (!report_is_asked_for(w, a->index, i))
            continue;
        const report_printed *x = report_printed_at(w, a->index, i);
        json_object(o);
        spans(w, "content", a, w->r->options->marks ? q->marked : q->content);
        spans(w, "source", a, q->source);
        spans(w, "cue", a, q->cue);
        spans(w, "addressee", a, q->addressee);
        json_key(o, "type");
        json_z(o, quote_type_name(q->type));
        json_key_maybe(o, "speaker", report_speaker(w, a->index, i));
        json_key(o, "utterance");
        if (x) {
            json_string(o, report_saying_id(w, x->saying));
            json_key(o, "change");
            json_z(o, quote_change_name(x->v->change));
            version_more(w, x->v);
        } else if ((x = report_inside(w, a->index, i)) != NULL) {
            json_string(o, report_saying_id(w, x->saying));
            json_key(o, "change");
            json_z(o, quote_change_name(CHANGE_INDIRECT));
        } else {
            json_null(o);
        }
        json_object_end(o);
    }
    json_array_end(o);
}

static void figures_row(report_run *w, const sst_article *a, const report_members *m)
{
    report_out *o = w->out;
    const sst_figures *all = w->r->figures[a->index];
    json_key(o, "figures");
    json_array(o);
    for (uint32_t i = 0; i < all->n && a->error.n == 0; i++) {
        const sst_figure *g = &all->v[i];
        json_object(o);
        json_key(o, "begin");
        json_u64(o, report_offset(w, a, g->at.begin));
        json_key(o, "end");
        json_u64(o, report_offset(w, a, g->at.end));
        json_key_string(o, "text", str_span(a->text, g->at));
        report_json_figure(w, g, true);
        spans(w, "counts", a, g->counts);
        if (g->as_of.begin < g->as_of.end) {
            json_key(o, "as_of_at");
            span(w, a, g->as_of);
        }
        spans(w, "said_by", a, g->said_by);
        member_id(w, "row", m, a->index, i, 'f');
        json_object_end(o);
    }
    json_array_end(o);
}

/* alone: a row of `figures`, where one field says bound and direction; else a value beside others,
 * where the direction is a field of its own. */
void report_json_figure(report_run *w, const sst_figure *g, bool alone)
{
    report_out *o = w->out;
    json_key(o, "value");
    json_double(o, g->value);
    json_key(o, "value_high");
    if (g->high > g->value || g->high < g->value)
        json_double(o, g->high);
    else
        json_null(o);
    json_key_maybe(o, "unit", g->unit);
    json_key(o, "bound");
    json_z(o, figure_bound_name(alone ? figure_bound_or_change(g) : g->bound));
    if (g->change) {
        json_key(o, "change");
        json_z(o, figure_bound_name(g->change));
    }
    if (g->ordinal) {
        json_key(o, "ordinal");
        json_bool(o, true);
    }
    json_key_maybe(o, "as_of", str_of(g->as_of_iso));
}

/* --------------------------------------------------------------------------------------- passages
 */

static void passage_row(report_run *w, const sst_passage *p)
{
    report_out *o = w->out;
    const sst_article *a = w->r->articles[p->a], *b = w->r->articles[p->b];
    json_object(o);
    json_key_string(o, "a", a->id);
    json_key(o, "a_begin");
    json_u64(o, report_offset(w, a, p->at_a.begin));
    json_key(o, "a_end");
    json_u64(o, report_offset(w, a, p->at_a.end));
    json_key_string(o, "b", b->id);
    json_key(o, "b_begin");
    json_u64(o, report_offset(w, b, p->at_b.begin));
    json_key(o, "b_end");
    json_u64(o, report_offset(w, b, p->at_b.end));
    json_key(o, "words");
    json_u64(o, p->words);
    json_key(o, "runs");
    json_array(o);
    for (uint32_t i = 0; i < p->run_n; i++) {
        json_array(o);
        json_u64(o, report_offset(w, a, p->runs[i].a.begin));
        json_u64(o, report_offset(w, a, p->runs[i].a.end));
        json_u64(o, report_offset(w, b, p->runs[i].b.begin));
        json_u64(o, report_offset(w, b, p->runs[i].b.end));
        json_array_end(o);
    }
    json_array_end(o);
    json_key(o, "direction");
    json_z(o, report_direction(p->direction));
    json_key(o, "because");
    json_z(o, report_evidence(p->by));
    if (p->evidence.begin < p->evidence.end) {
        const sst_article *at = p->evidence_in_b ? b : a;
        json_key(o, "because_at");
        json_object(o);
        json_key_string(o, "article", at->id);
        json_key(o, "begin");
        json_u64(o, report_offset(w, at, p->evidence.begin));
        json_key(o, "end");
        json_u64(o, report_offset(w, at, p->evidence.end));
        json_key_string(o, "text", str_span(at->text, p->evidence));
        json_object_end(o);
    }
    json_key(o, "quoted");
    json_bool(o, p->quoted);
    if (p->boilerplate) {
        json_key(o, "boilerplate");
        json_bool(o, true);
    }
    json_object_end(o);
    json_line(o);
}

/* ------------------------------------------------------------------------------------------ views
 */

/* An input that never became an article has a row too, with what its view's rows always have. */
static void failed_row(report_run *w, sst_view view, const sst_error *e)
{
    report_out *o = w->out;
    json_object(o);
    json_key_string(o, "id", e->source);
    json_key_string(o, "source", e->source);
    if (view == SST_VIEW_STORIES) {
        json_key(o, "story");
        json_null(o);
    } else if (view == SST_VIEW_QUOTES || view == SST_VIEW_FIGURES) {
        json_key(o, view == SST_VIEW_QUOTES ? "quotes" : "figures");
        json_array(o);
        json_array_end(o);
    }
    json_key_string(o, "error", e->message);
    json_key(o, "at");
    if (e->at == ERROR_NO_PLACE)
        json_null(o);
    else
        json_u64(o, e->at);
    json_object_end(o);
    json_line(o);
}

static void article_row(report_run *w, sst_view view, const sst_article *a, const report_members *m,
                        const story_index *x)
{
    report_out *o = w->out;
    if (view == SST_VIEW_EXTRACT) {
        report_json_article(w, a, true);
        json_line(o);
        return;
    }
    if (view == SST_VIEW_QUOTES && w->r->options->speaker && !has_asked_for(w, a))
        return;
    json_object(o);
    json_key_string(o, "id", a->id);
    if (view == SST_VIEW_STORIES)
        story_row(w, a, x);
    else if (view == SST_VIEW_QUOTES)
        quotes_row(w, a);
    else
        figures_row(w, a, m);
    if (a->error.n)
        json_key_string(o, "error", a->error);
    json_object_end(o);
    json_line(o);
}

void report_rows(report_run *w, sst_view view)
{
    const sst_run_result *r = w->r;
    const report_members *m = NULL;
    if (view == SST_VIEW_PASSAGES) {
        if (r->options->passim)
            report_passim_rows(w);
        for (uint32_t i = 0; i < r->passage_n && !r->options->passim; i++)
            if (r->options->inside || r->passages[i].a != r->passages[i].b)
                passage_row(w, &r->passages[i]);
        return;
    }
    if (view == SST_VIEW_QUOTES || view == SST_VIEW_FIGURES)
        m = view == SST_VIEW_FIGURES ? report_row_members(w) : NULL;
    const story_index *x = view == SST_VIEW_STORIES ? index_stories(w) : NULL;
    if (view == SST_VIEW_STORIES && !x) {
        w->out->status = SST_ERR_MEMORY;
        return;
    }
    uint32_t failed = 0;
    for (uint32_t i = 0; i <= r->n; i++) {
        for (; failed < r->failed_n && (r->failed_before[failed] <= i || i == r->n); failed++)
            failed_row(w, view, &r->reader_errors->inputs.v[failed]);
        if (i < r->n)
            article_row(w, view, r->articles[i], m, x);
        if (w->out->status)
            return;
    }
}
