/*
 * What the reports of a story share, as JSON: facts, what one alone has, passages, names, wording,
 * time. In: findings; out: members of the object of a story (docs/json.md, "The report").
 */
#include "base_str.h"
#include "report_pieces.h"
#include "report_story.h"

static void facts(report_run *w, const sst_findings *f, const report_story *s)
{
    report_out *o = w->out;
    uint8_t *has = arena_alloc(w->arena, f->origin_n + 1);
    json_key(o, "facts");
    json_array(o);
    for (uint32_t i = 0; i < f->fact_n && has; i++) {
        const sst_fact *x = &f->facts[i];
        memset(has, 0, f->origin_n + 1);
        json_object(o);
        report_put_id(w, f, 'c', i);
        json_key(o, "sentences");
        json_array(o);
        for (uint32_t j = 0; j < x->sentence_n; j++) {
            report_put_place(w, f, x->sentences[j].article, x->sentences[j].at);
            if (s->origin_of[x->sentences[j].article] != REPORT_NONE)
                has[s->origin_of[x->sentences[j].article]] = 1;
        }
        json_array_end(o);
        report_put_origins(w, f, has);
        report_put_articles(w, "absent", f, x->absent, x->absent_n);
        json_object_end(o);
    }
    json_array_end(o);
}

static void only(report_run *w, const sst_findings *f)
{
    report_out *o = w->out;
    json_key(o, "only");
    json_array(o);
    for (uint32_t i = 0; i < f->only_n; i++) {
        const sst_only *x = &f->only[i];
        json_object(o);
        json_key_string(o, "article", report_article(f, x->article)->id);
        json_key(o, "spans");
        json_array(o);
        for (uint32_t j = 0; j < x->place_n; j++)
            report_put_place(w, f, x->places[j].article, x->places[j].at);
        json_array_end(o);
        json_key(o, "sure");
        json_u64(o, x->sure_n);
        json_object_end(o);
    }
    json_array_end(o);
}

static void passage(report_run *w, const void *user, uint32_t i)
{
    const sst_findings *f = user;
    const sst_passage *p = &f->passages[i];
    report_out *o = w->out;
    json_object(o);
    json_key(o, "words");
    json_u64(o, p->words);
    json_key(o, "places");
    json_array(o);
    report_put_place(w, f, p->a, p->at_a);
    report_put_place(w, f, p->b, p->at_b);
    json_array_end(o);
    json_key(o, "direction");
    json_z(o, report_direction(p->direction));
    json_key(o, "because");
    json_z(o, report_evidence(p->by));
    json_key(o, "quoted");
    json_bool(o, p->quoted);
    json_object_end(o);
}

static void repeats(report_run *w, const sst_findings *f)
{
    report_out *o = w->out;
    json_key(o, "repeats");
    json_array(o);
    for (uint32_t i = 0; i < f->repeat_n; i++) {
        const sst_passage *p = &f->repeats[i];
        json_object(o);
        json_key_string(o, "article", report_article(f, p->a)->id);
        json_key(o, "places");
        json_array(o);
        report_put_place(w, f, p->a, p->at_a);
        report_put_place(w, f, p->b, p->at_b);
        json_array_end(o);
        json_object_end(o);
    }
    json_array_end(o);
}

/* The first role that is not of a person before the i-th: they are in the cast's order. */
static uint32_t roles_from(const sst_findings *f, uint32_t person)
{
    uint32_t low = 0, high = f->role_n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (f->roles[mid].person < person)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void name(report_run *w, const void *user, uint32_t i)
{
    const sst_findings *f = user;
    const sst_person *p = &f->cast.person[i];
    report_out *o = w->out;
    uint32_t n;
    const sst_place *at = report_person_places(f, i, w->arena, &n);
    json_object(o);
    json_key_string(o, "name", p->name);
    json_key(o, "kind");
    json_z(o, report_person_kind(p->kind));
    json_key(o, "spellings");
    json_array(o);
    for (uint32_t j = 0; j < p->spelling_n; j++) {
        json_object(o);
        json_key_string(o, "text", p->spellings[j].text);
        report_put_articles(w, "articles", f, p->spellings[j].articles, p->spellings[j].article_n);
        if (report_spelling_differs(p, j)) {
            json_key(o, "differs");
            json_bool(o, true);
        }
        json_object_end(o);
    }
    json_array_end(o);
    json_key(o, "spans");
    json_array(o);
    for (uint32_t j = 0; j < n; j++)
        report_put_place(w, f, at[j].article, at[j].at);
    json_array_end(o);
    json_key(o, "roles");
    json_array(o);
    for (uint32_t r = roles_from(f, i); r < f->role_n && f->roles[r].person == i; r++)
        report_put_place(w, f, f->roles[r].place.article, f->roles[r].place.at);
    json_array_end(o);
    json_object_end(o);
}

static void wording(report_run *w, const void *user, uint32_t i)
{
    const sst_findings *f = user;
    const sst_wording *x = &f->wording[i];
    report_out *o = w->out;
    json_object(o);
    json_key(o, "kind");
    json_z(o, x->kind == WORDING_FORM ? "form" : "words");
    json_key(o, "a");
    report_put_place(w, f, x->a.article, x->a.at);
    json_key(o, "b");
    report_put_place(w, f, x->b.article, x->b.at);
    json_key(o, "a_articles");
    json_u64(o, x->a_n);
    json_key(o, "b_articles");
    json_u64(o, x->b_n);
    json_key(o, "a_origins");
    json_u64(o, x->a_origins);
    json_key(o, "b_origins");
    json_u64(o, x->b_origins);
    json_object_end(o);
}

static void times(report_run *w, const sst_findings *f)
{
    report_out *o = w->out;
    json_key(o, "schedule");
    json_array(o);
    for (uint32_t i = 0; i < f->schedule_n; i++) {
        const sst_scheduled *x = &f->schedule[i];
        json_object(o);
        json_key(o, "to_come");
        json_array(o);
        for (uint32_t k = 0; k < x->to_come_n; k++)
            report_put_place(w, f, x->to_come[k].article, x->to_come[k].at);
        json_array_end(o);
        json_key(o, "done");
        json_array(o);
        for (uint32_t k = 0; k < x->done_n; k++)
            report_put_place(w, f, x->done[k].article, x->done[k].at);
        json_array_end(o);
        if (x->off_n) {
            json_key(o, "off");
            json_array(o);
            for (uint32_t k = 0; k < x->off_n; k++)
                report_put_place(w, f, x->off[k].article, x->off[k].at);
            json_array_end(o);
        }
        json_object_end(o);
    }
    json_array_end(o);
    json_key(o, "timeline");
    json_array(o);
    for (uint32_t i = 0; i < f->event_n; i++) {
        const sst_event *e = &f->timeline[i];
        json_object(o);
        json_key_string(o, "when", str_of(e->when));
        json_key(o, "precision");
        json_z(o, report_precision(e->precision));
        json_key(o, "kind");
        json_z(o, report_event_kind(e->kind));
        json_key(o, "span");
        if (e->place.at.begin < e->place.at.end) {
            report_put_place(w, f, e->place.article, e->place.at);
        } else { /* it comes from the article's own date: no place in its text */
            json_object(o);
            json_key_string(o, "article", report_article(f, e->place.article)->id);
            json_object_end(o);
        }
        json_object_end(o);
    }
    json_array_end(o);
}

static void corrections(report_run *w, const sst_findings *f)
{
    uint32_t n;
    const sst_place *v = report_corrections(f, w->arena, &n);
    json_key(w->out, "corrections");
    json_array(w->out);
    for (uint32_t i = 0; i < n && v; i++)
        report_put_place(w, f, v[i].article, v[i].at);
    json_array_end(w->out);
}

void report_put_shared(report_run *w, const sst_findings *f, const report_story *s)
{
    facts(w, f, s);
    only(w, f);
    corrections(w, f);
    report_rows_at_once(w, "passages", f->passage_n, passage, f);
    repeats(w, f);
    report_rows_at_once(w, "names", f->cast.person_n, name, f);
    report_rows_at_once(w, "wording", f->wording_n, wording, f);
    times(w, f);
}
