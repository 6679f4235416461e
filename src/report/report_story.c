/*
 * The report as one JSON object (docs/json.md, "The report"). In: a run's findings; out: bytes that
 * do not depend on the order of the inputs or on the number of threads: articles by id, stories by
 * size and id, errors by source.
 */
#include <stdlib.h>
#include <string.h>

#include "base_str.h"
#include "report_story.h"

void report_put_fields(report_run *w, const sst_article *a, sst_span s)
{
    report_out *o = w->out;
    json_key_string(o, "article", a->id);
    json_key(o, "begin");
    json_u64(o, report_offset(w, a, s.begin));
    json_key(o, "end");
    json_u64(o, report_offset(w, a, s.end));
    json_key_string(o, "text", str_span(a->text, s));
}

static void put_place(report_run *w, const sst_article *a, sst_span s)
{
    json_place(w->out, a->id, report_offset(w, a, s.begin), report_offset(w, a, s.end),
               str_span(a->text, s));
}

void report_put_place(report_run *w, const sst_findings *f, uint32_t k, sst_span s)
{
    put_place(w, report_article(f, k), s);
}

void report_put_places(report_run *w, const char *key, const sst_findings *f, uint32_t k,
                       sst_spans s)
{
    json_key(w->out, key);
    json_array(w->out);
    for (uint32_t i = 0; i < s.n; i++)
        report_put_place(w, f, k, s.v[i]);
    json_array_end(w->out);
}

void report_put_pair(report_run *w, const sst_article *a, sst_span s)
{
    json_array(w->out);
    json_u64(w->out, report_offset(w, a, s.begin));
    json_u64(w->out, report_offset(w, a, s.end));
    json_array_end(w->out);
}

void report_put_id(report_run *w, const sst_findings *f, char letter, uint32_t i)
{
    sst_str id = f->story->id;
    json_key_string(w->out, "id",
                    arena_printf(w->arena, "%.*s-%c%u", (int)id.n, id.p, letter, i + 1));
}

void report_put_articles(report_run *w, const char *key, const sst_findings *f, const uint32_t *k,
                         uint32_t n)
{
    json_key(w->out, key);
    json_array(w->out);
    for (uint32_t i = 0; i < n; i++)
        json_string(w->out, report_article(f, k[i])->id);
    json_array_end(w->out);
}

static void title(report_run *w, const sst_findings *f)
{
    report_out *o = w->out;
    json_key(o, "title");
    if (f->n == 0) {
        json_null(o);
    } else if (f->title_outside) { /* it stands in no text, so it has no offsets */
        json_object(o);
        json_key_string(o, "article", report_article(f, f->title.article)->id);
        json_key_string(o, "text", report_article(f, f->title.article)->title);
        json_object_end(o);
    } else {
        report_put_place(w, f, f->title.article, f->title.at);
    }
}

static void why(report_run *w, const sst_findings *f)
{
    report_out *o = w->out;
    const sst_story *s = f->story;
    json_key(o, "why");
    json_object(o);
    for (uint32_t i = 0; i < s->why_n; i++) {
        const sst_story_why *y = &s->why[i];
        const sst_article *a = w->r->articles[y->article], *b = w->r->articles[y->with];
        bool first = i == 0 || s->why[i - 1].article != y->article;
        if (first) {
            json_key_str(o, a->id);
            json_array(o);
        }
        json_object(o);
        json_key_string(o, "with", b->id);
        json_key(o, "score");
        json_score(o, (double)y->score);
        json_key(o, "shared");
        json_array(o);
        for (uint32_t j = 0; j < y->shared_n; j++) {
            json_object(o);
            json_key_string(o, "what", y->shared[j].what);
            json_key(o, "at");
            put_place(w, a, y->shared[j].a);
            json_key(o, "with_at");
            put_place(w, b, y->shared[j].b);
            json_object_end(o);
        }
        json_array_end(o);
        json_object_end(o);
        if (i + 1 == s->why_n || s->why[i + 1].article != y->article)
            json_array_end(o);
    }
    json_object_end(o);
}

static void origins(report_run *w, const sst_findings *f)
{
    report_out *o = w->out;
    json_key(o, "origins");
    json_array(o);
    for (uint32_t i = 0; i < f->origin_n; i++) {
        const sst_origin *x = &f->origins[i];
        json_object(o);
        report_put_id(w, f, 'o', i);
        report_put_articles(w, "articles", f, x->articles, x->article_n);
        json_key(o, "why");
        json_array(o);
        for (uint32_t j = 0; j < x->why_n; j++) {
            const sst_origin_why *y = &x->why[j];
            json_object(o);
            json_key(o, "kind");
            json_z(o, report_origin_kind(y->kind));
            uint32_t two[2] = {y->article, y->other};
            report_put_articles(w, "articles", f, two, y->other == y->article ? 1 : 2);
            if (y->kind == ORIGIN_PUBLISHER) {
                json_key(o, "by");
                json_z(o, report_publisher(y->publisher));
            }
            if (y->name.n)
                json_key_string(o, "name", y->name);
            json_key(o, "spans");
            json_array(o);
            if (y->at.begin < y->at.end)
                report_put_place(w, f, y->article, y->at);
            if (y->other != y->article && y->other_at.begin < y->other_at.end)
                report_put_place(w, f, y->other, y->other_at);
            json_array_end(o);
            json_object_end(o);
        }
        json_array_end(o);
        json_object_end(o);
    }
    json_array_end(o);
}

/* ------------------------------------------------------------------------------------- utterances
 */

static void diff(report_run *w, const sst_findings *f, const sst_utterance *u,
                 const sst_occurrence *v)
{
    static const char *const name[] = {
        [DIFF_KEEP] = "keep", [DIFF_DROP] = "drop", [DIFF_ADD] = "add", [DIFF_REPLACE] = "replace"};
    report_out *o = w->out;
    const sst_article *a = report_article(f, v->article);
    const sst_article *base = report_article(f, u->v[u->fullest].article);
    json_key(o, "diff");
    json_array(o);
    for (uint32_t i = 0; i < v->diff_n; i++) {
        const sst_diff *d = &v->diff[i];
        json_object(o);
        json_key_string(o, "op", str_of(name[d->op & 3]));
        json_key(o, "words");
        json_array(o);
        json_u64(o, d->from);
        json_u64(o, d->to);
        json_array_end(o);
        json_key(o, "at");
        report_put_pair(w, a, d->at);
        json_key(o, "base");
        report_put_pair(w, base, d->base);
        json_object_end(o);
    }
    json_array_end(o);
}

static void occurrence(report_run *w, const sst_findings *f, const sst_utterance *u,
                       const sst_occurrence *v)
{
    report_out *o = w->out;
    const sst_quote *q = report_quote(f, v);
    json_object(o);
    json_key_string(o, "article", report_article(f, v->article)->id);
    json_key(o, "type");
    json_z(o, quote_type_name(q->type));
    report_put_places(w, "content", f, v->article, report_content(w->r, f, v, w->arena));
    report_put_places(w, "source", f, v->article, q->source);
    report_put_places(w, "cue", f, v->article, q->cue);
    report_put_places(w, "addressee", f, v->article, q->addressee);
    json_key(o, "change");
    json_z(o, quote_change_name(v->change));
    json_key(o, "unmarked");
    json_bool(o, v->unmarked);
    json_key(o, "other_speaker");
    json_bool(o, v->other_speaker);
    json_key(o, "first");
    json_bool(o, v->first);
    diff(w, f, u, v);
    json_object_end(o);
}

/* The ids of the origins that are marked. */
void report_put_origins(report_run *w, const sst_findings *f, const uint8_t *has)
{
    json_key(w->out, "origins");
    json_array(w->out);
    for (uint32_t j = 0; j < f->origin_n; j++)
        if (has[j])
            json_string(w->out, arena_printf(w->arena, "%.*s-o%u", (int)f->story->id.n,
                                             f->story->id.p, j + 1));
    json_array_end(w->out);
}

static void utterances(report_run *w, const sst_findings *f, const report_story *s)
{
    report_out *o = w->out;
    uint8_t *has = arena_alloc(w->arena, f->origin_n + 1);
    if (!has)
        return;
    json_key(o, "utterances");
    json_array(o);
    for (uint32_t i = 0; i < f->utterance_n; i++) {
        const sst_utterance *u = &f->utterances[i];
        json_object(o);
        report_put_id(w, f, 'u', i);
        json_key(o, "speaker");
        if (u->speaker.n == 0) {
            json_null(o);
        } else {
            uint32_t n;
            const sst_place *at = report_speaker_places(f, u, w->arena, &n);
            json_object(o);
            json_key_string(o, "name", u->speaker);
            json_key(o, "spans");
            json_array(o);
            for (uint32_t j = 0; j < n; j++)
                report_put_place(w, f, at[j].article, at[j].at);
            json_array_end(o);
            json_object_end(o);
        }
        json_key(o, "fullest");
        json_u64(o, u->fullest);
        report_utterance_origins(s, u, has);
        report_put_origins(w, f, has);
        json_key(o, "occurrences");
        json_array(o);
        for (uint32_t j = 0; j < u->n; j++)
            occurrence(w, f, u, &u->v[j]);
        json_array_end(o);
        json_object_end(o);
    }
    json_array_end(o);
}

/* ---------------------------------------------------------------------------------------- figures
 */

static void figures(report_run *w, const sst_findings *f, const report_story *s)
{
    report_out *o = w->out;
    uint8_t *has = arena_alloc(w->arena, f->origin_n + 1);
    if (!has)
        return;
    json_key(o, "figures");
    json_array(o);
    for (uint32_t i = 0; i < f->row_n; i++) {
        const sst_figure_row *row = &f->rows[i];
        json_object(o);
        report_put_id(w, f, 'f', i);
        json_key(o, "counts");
        if (row->counts.begin < row->counts.end)
            report_put_place(w, f, row->counts_article, row->counts);
        else
            json_null(o);
        report_row_origins(s, row, has);
        report_put_origins(w, f, has);
        json_key(o, "values");
        json_array(o);
        for (uint32_t j = 0; j < row->value_n; j++) {
            const sst_figure *g = report_figure(f, &row->value[j]);
            json_object(o);
            report_put_fields(w, report_article(f, row->value[j].article), g->at);
            report_json_figure(w, g, false);
            json_key(o, "said_by");
            if (g->said_by.n)
                report_put_place(w, f, row->value[j].article, g->said_by.v[0]);
            else
                json_null(o);
            json_object_end(o);
        }
        json_array_end(o);
        json_key(o, "differences");
        json_array(o);
        for (uint32_t j = 0; j < row->difference_n; j++) {
            json_object(o);
            json_key(o, "kind");
            json_z(o, figure_difference_name(row->difference[j].kind));
            json_key(o, "a");
            json_u64(o, row->difference[j].a);
            json_key(o, "b");
            json_u64(o, row->difference[j].b);
            json_object_end(o);
        }
        json_array_end(o);
        json_object_end(o);
    }
    json_array_end(o);
}

void report_json_story(report_run *w, uint32_t i)
{
    report_out *o = w->out;
    report_story s;
    sst_status status = report_story_init(w, i, &s);
    if (status) {
        o->status = status;
        return;
    }
    const sst_findings *f = s.f;
    json_object(o);
    json_key_string(o, "id", f->story->id);
    title(w, f);
    json_key(o, "articles");
    json_array(o);
    for (uint32_t k = 0; k < f->n; k++)
        json_string(o, report_article(f, k)->id);
    json_array_end(o);
    json_key_maybe(o, "first_published", f->first_published);
    json_key_maybe(o, "last_published", f->last_published);
    why(w, f);
    origins(w, f);
    utterances(w, f, &s);
    figures(w, f, &s);
    report_put_shared(w, f, &s);
    json_object_end(o);
}

/* ----------------------------------------------------------------------------------------- errors
 */

static int by_source(const void *x, const void *y)
{
    const sst_error *a = x, *b = y;
    int c = str_cmp(a->source, b->source);
    if (!c && a->at != b->at)
        c = a->at < b->at ? -1 : 1;
    return c ? c : str_cmp(a->message, b->message);
}

static void errors(report_run *w)
{
    report_out *o = w->out;
    uint32_t n = w->r->errors->inputs.n;
    sst_error *sorted = arena_alloc(w->arena, (n + 1) * sizeof *sorted);
    json_key(o, "errors");
    json_array(o);
    if (sorted && n) {
        memcpy(sorted, w->r->errors->inputs.v, n * sizeof *sorted);
        qsort(sorted, n, sizeof *sorted, by_source);
    }
    for (uint32_t i = 0; i < n && sorted; i++) {
        json_object(o);
        json_key_string(o, "source", sorted[i].source);
        json_key_string(o, "message", sorted[i].message);
        json_key(o, "at");
        if (sorted[i].at == ERROR_NO_PLACE)
            json_null(o);
        else
            json_u64(o, sorted[i].at);
        json_object_end(o);
    }
    json_array_end(o);
}

void report_json_report(report_run *w)
{
    report_out *o = w->out;
    const sst_run_result *r = w->r;
    const uint32_t *order = report_articles_by_id(r, w->arena);
    json_object(o);
    json_key_string(o, "version", STR("samestory " SST_VERSION));
    json_key(o, "inputs");
    json_u64(o, r->input_n);
    errors(w);
    json_key(o, "articles");
    json_array(o);
    for (uint32_t i = 0; i < r->n && order; i++)
        if (r->articles[order[i]]->error.n == 0)
            report_json_article(w, r->articles[order[i]], r->options->with_text);
    json_array_end(o);
    json_key(o, "stories");
    json_array(o);
    for (uint32_t i = 0; i < r->story_n && o->status == SST_OK; i++)
        report_json_story(w, i);
    json_array_end(o);
    json_object_end(o);
    json_line(o);
}
