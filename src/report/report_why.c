/*
 * Why two articles are, or are not, one story. In: what story_explain found; out: one JSON object
 * (docs/json.md), or a few lines for people: the verdict of the run, the score and what it is made
 * of, what both have as it stands in their texts, how near each is to the other's story, the
 * nearest article of another story, and what the two are as copies of each other.
 */
#include "report_why.h"

#include <math.h>

#include "report_term.h"

enum { RUN_SHOWN = 120 /* bytes of the longest run for people */ };

static bool one_story(const sst_run_result *r, const report_why *y)
{
    return r->story_of[y->a] == r->story_of[y->b];
}

/* Seconds between the two publications; false when one is not known. */
static bool apart(const sst_run_result *r, const report_why *y, double *seconds)
{
    const sst_article *a = r->articles[y->a], *b = r->articles[y->b];
    if (a->published_s == INT64_MIN || b->published_s == INT64_MIN)
        return false;
    *seconds = fabs((double)a->published_s - (double)b->published_s);
    return true;
}

/* ------------------------------------------------------------------------------------------- JSON
 */

static void json_span(report_run *w, const char *key, const sst_article *a, sst_span at)
{
    json_key(w->out, key);
    json_array(w->out);
    json_u64(w->out, report_offset(w, a, at.begin));
    json_u64(w->out, report_offset(w, a, at.end));
    json_array_end(w->out);
}

static void json_side(report_run *w, const char *key, uint32_t article, const story_side *s)
{
    const sst_run_result *r = w->r;
    report_out *o = w->out;
    json_key(o, key);
    json_object(o);
    json_key_string(o, "id", r->articles[article]->id);
    json_key_string(o, "story", r->stories[r->story_of[article]].id);
    json_key(o, "to_other");
    json_score(o, (double)s->to_other);
    json_key(o, "nearest");
    if (s->nearest == REPORT_NONE) {
        json_null(o);
    } else {
        json_object(o);
        json_key_string(o, "id", r->articles[s->nearest]->id);
        json_key_string(o, "story", r->stories[r->story_of[s->nearest]].id);
        json_key(o, "score");
        json_score(o, (double)s->nearest_score);
        json_object_end(o);
    }
    json_object_end(o);
}

static void json_copies(report_run *w, const report_why *y)
{
    const sst_run_result *r = w->r;
    const copy_between *c = &y->copies;
    report_out *o = w->out;
    json_key(o, "copies");
    json_object(o);
    json_key(o, "duplicate");
    json_bool(o, c->listed && c->pair.kind <= COPY_KIND_LAST_DUPLICATE);
    json_key(o, "kind");
    json_z(o, c->listed ? report_copy_kind(c->pair.kind) : NULL);
    json_key(o, "jaccard");
    json_double(o, c->pair.jaccard);
    json_key(o, "containment");
    json_double(o, c->pair.containment);
    json_key(o, "shared");
    json_u64(o, c->pair.shared);
    json_key(o, "words");
    json_u64(o, c->pair.run);
    json_span(w, "a_at", r->articles[y->a], c->pair.run_a);
    json_span(w, "b_at", r->articles[y->b], c->pair.run_b);
    json_object_end(o);
}

static void json_why(report_run *w, const report_why *y)
{
    const sst_run_result *r = w->r;
    const story_between *x = &y->between;
    report_out *o = w->out;
    double seconds;
    json_object(o);
    json_key(o, "same_story");
    json_bool(o, one_story(r, y));
    json_key(o, "score");
    json_score(o, (double)x->score);
    json_key(o, "least");
    json_score(o, (double)x->least);
    json_key(o, "words");
    json_score(o, (double)x->words);
    json_key(o, "time");
    json_score(o, (double)x->time);
    json_key(o, "seconds_apart");
    if (apart(r, y, &seconds))
        json_double(o, seconds);
    else
        json_null(o);
    json_key(o, "quoted");
    json_u64(o, x->quoted);
    json_key(o, "names");
    json_score(o, (double)x->names);
    json_key(o, "series");
    json_score(o, (double)x->twin);
    json_key_maybe(o, "series_word", x->series);
    json_key(o, "link");
    json_z(o, y->link);
    json_side(w, "a", y->a, &x->a);
    json_side(w, "b", y->b, &x->b);
    json_key(o, "shared");
    json_array(o);
    for (uint32_t i = 0; i < x->shared_n; i++) {
        json_object(o);
        json_key_string(o, "what", x->shared[i].what);
        json_span(w, "at", r->articles[y->a], x->shared[i].a);
        json_span(w, "with_at", r->articles[y->b], x->shared[i].b);
        json_object_end(o);
    }
    json_array_end(o);
    json_copies(w, y);
    json_object_end(o);
    json_line(o);
}

/* ------------------------------------------------------------------------------------------- text
 */

static void name(report_run *w, report_term *t, term_style style, uint32_t article)
{
    const sst_article *a = w->r->articles[article];
    term_put(t, style, a->title.n ? a->title : a->id);
    if (a->title.n) {
        term_gap(t);
        term_put(t, TERM_DIM, a->source);
    }
}

static void number(report_run *w, report_term *t, const char *before, float v)
{
    term_z(t, TERM_PLAIN, before);
    term_put(t, TERM_PLAIN, arena_printf(w->arena, "%.2f", (double)v));
}

static void time_apart(report_run *w, report_term *t, const report_why *y)
{
    double seconds;
    if (!apart(w->r, y, &seconds)) {
        term_z(t, TERM_PLAIN, " (the time of one is not known)");
        return;
    }
    double hours = seconds / 3600;
    term_put(t, TERM_PLAIN,
             hours < 48 ? arena_printf(w->arena, " (%.0f hours apart)", hours)
                        : arena_printf(w->arena, " (%.0f days apart)", hours / 24));
}

static void shared(report_run *w, report_term *t, const report_why *y, const char *what,
                   const char *label)
{
    const story_between *x = &y->between;
    bool begun = false;
    for (uint32_t i = 0; i < x->shared_n; i++) {
        if (!str_eq(x->shared[i].what, str_of(what)))
            continue;
        if (!begun) {
            term_begin(t, 2, 4);
            term_z(t, TERM_DIM, label);
        }
        term_z(t, TERM_PLAIN, begun ? ", " : " ");
        term_put(t, TERM_PLAIN, str_span(w->r->articles[y->a]->text, x->shared[i].a));
        begun = true;
    }
    if (begun)
        term_end(t);
}

static void near(report_run *w, report_term *t, uint32_t article, const story_side *s)
{
    if (s->nearest == REPORT_NONE)
        return;
    term_begin(t, 2, 4);
    term_z(t, TERM_DIM, "of another story, the nearest to ");
    term_put(t, TERM_DIM, w->r->articles[article]->id);
    term_z(t, TERM_DIM, ": ");
    name(w, t, TERM_PLAIN, s->nearest);
    number(w, t, " ", s->nearest_score);
    term_end(t);
}

static void text_copies(report_run *w, report_term *t, const report_why *y)
{
    const copy_pair *p = &y->copies.pair;
    term_begin(t, 0, 2);
    bool duplicates = y->copies.listed && p->kind <= COPY_KIND_LAST_DUPLICATE;
    term_z(t, TERM_HEAD, duplicates ? "duplicates" : "no duplicates");
    if (y->copies.listed) {
        term_z(t, TERM_PLAIN, ": ");
        term_z(t, TERM_PLAIN, report_copy_kind(p->kind));
    }
    term_end(t);
    term_begin(t, 2, 4);
    if (p->shared == 0) {
        term_z(t, TERM_PLAIN, "no five words in a row stand in both");
        term_end(t);
        return;
    }
    number(w, t, "Jaccard ", (float)p->jaccard);
    number(w, t, ", containment ", (float)p->containment);
    term_put(t, TERM_PLAIN, arena_printf(w->arena, "; %u words in a row: \xE2\x80\x9C", p->run));
    sst_str run = str_span(w->r->articles[y->a]->text, p->run_a), cut = report_cut(run, RUN_SHOWN);
    term_put(t, TERM_PLAIN, cut);
    term_z(t, TERM_PLAIN, cut.n < run.n ? " \xE2\x80\xA6\xE2\x80\x9D" : "\xE2\x80\x9D");
    term_end(t);
}

static void text_why(report_run *w, const report_why *y)
{
    const story_between *x = &y->between;
    report_term t;
    term_init(&t, w);
    bool one = one_story(w->r, y);
    for (int side = 0; side < 2; side++) {
        term_begin(&t, 0, 2);
        name(w, &t, TERM_BOLD, side ? y->b : y->a);
        term_end(&t);
    }
    term_blank(&t);
    term_begin(&t, 0, 2);
    term_z(&t, TERM_HEAD, one ? "one story" : "two stories");
    if (y->link) {
        term_z(&t, TERM_PLAIN, ", tied by ");
        term_z(&t, TERM_PLAIN, y->link);
    }
    term_end(&t);
    term_begin(&t, 2, 4);
    number(w, &t, "score ", x->score);
    number(w, &t, ": words ", x->words);
    number(w, &t, ", time ", x->time);
    time_apart(w, &t, y);
    if (x->quoted)
        term_put(&t, TERM_PLAIN,
                 arena_printf(w->arena, ", quoted runs of words in both %u", x->quoted));
    if (x->names < 1)
        number(w, &t, ", no full name in common ", x->names);
    if (x->twin < 1) {
        number(w, &t, ", another of a series ", x->twin);
        if (x->series.n) {
            term_z(&t, TERM_PLAIN, ": ");
            term_put(&t, TERM_PLAIN, x->series);
        }
    }
    term_end(&t);
    term_begin(&t, 2, 4);
    number(w, &t, "a story is what reaches ", x->least);
    number(w, &t,
           " on average, one article less with many; the first with the story of the second: ",
           x->a.to_other);
    number(w, &t, ", the second with the story of the first: ", x->b.to_other);
    term_end(&t);
    shared(w, &t, y, "name", "names:");
    shared(w, &t, y, "place", "places:");
    shared(w, &t, y, "date", "dates:");
    shared(w, &t, y, "number", "numbers:");
    shared(w, &t, y, "word", "words:");
    near(w, &t, y->a, &x->a);
    near(w, &t, y->b, &x->b);
    term_blank(&t);
    text_copies(w, &t, y);
}

typedef struct why_format {
    const report_why *why;
    sst_format format;
} why_format;

static sst_status write_why(report_run *w, const void *user)
{
    const why_format *y = user;
    if (y->format == SST_FORMAT_JSON)
        json_why(w, y->why);
    else
        text_why(w, y->why);
    return SST_OK;
}

sst_status report_write_why(const sst_run_result *r, const report_why *why, sst_format format,
                            const sst_style *style, report_sink sink)
{
    return report_run_write(r, style, sink, write_why, &(why_format){why, format});
}
