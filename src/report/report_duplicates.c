/* Duplicates: a row for each pair or each group, and groups for people. In: a run's duplicates. */
#include "report_term.h"

#include <stdio.h>

#include "base_str.h"

const char *report_copy_kind(uint8_t kind)
{
    static const char *const names[] = {
        [COPY_SAME] = "same", [COPY_EDITED] = "edited",     [COPY_REPRINT] = "reprint",
        [COPY_PART] = "part", [COPY_TEMPLATE] = "template", [COPY_SHORT] = "short"};
    return kind >= COPY_SAME && kind <= COPY_SHORT ? names[kind] : NULL;
}

static sst_str id_of(const report_run *w, uint32_t article)
{
    return copy_store_doc(w->r->duplicates->store, article)->id;
}

static void span(report_out *o, const char *key, sst_span s)
{
    json_key(o, key);
    json_array(o);
    json_u64(o, s.begin);
    json_u64(o, s.end);
    json_array_end(o);
}

static void pair_row(report_run *w, const copy_pair *p)
{
    const copy_duplicates *d = w->r->duplicates;
    report_out *o = w->out;
    uint32_t group = d->group_of[p->a];
    json_object(o);
    json_key_string(o, "a", id_of(w, p->a));
    json_key_string(o, "b", id_of(w, p->b));
    json_key(o, "kind");
    json_z(o, report_copy_kind(p->kind));
    json_key(o, "jaccard");
    json_double(o, p->jaccard);
    json_key(o, "containment");
    json_double(o, p->containment);
    json_key(o, "duplicate");
    json_bool(o, p->kind <= COPY_KIND_LAST_DUPLICATE);
    json_key(o, "group");
    if (group != COPY_NONE && group == d->group_of[p->b] && p->kind <= COPY_KIND_LAST_DUPLICATE)
        json_string(o, id_of(w, d->groups[group].head));
    else
        json_null(o);
    json_key(o, "direction");
    json_z(o, report_direction(p->direction));
    json_key(o, "why");
    json_object(o);
    json_key(o, "shared");
    json_u64(o, p->shared);
    json_key(o, "a_runs");
    json_u64(o, copy_store_doc(d->store, p->a)->gram_n);
    json_key(o, "b_runs");
    json_u64(o, copy_store_doc(d->store, p->b)->gram_n);
    json_key(o, "words");
    json_u64(o, p->run);
    span(o, "a_at", p->run_a);
    span(o, "b_at", p->run_b);
    json_key(o, "direction");
    json_z(o, report_evidence(p->by));
    json_object_end(o);
    json_object_end(o);
    json_line(o);
}

static void group_row(report_run *w, const copy_group *g)
{
    const copy_duplicates *d = w->r->duplicates;
    report_out *o = w->out;
    json_object(o);
    json_key_string(o, "group", id_of(w, g->head));
    json_key_string(o, "shown",
                    id_of(w, copy_group_shown(d->store, g, (copy_show)w->r->options->show)));
    json_key(o, "articles");
    json_array(o);
    for (uint32_t k = 0; k < g->article_n; k++)
        json_string(o, id_of(w, g->articles[k]));
    json_array_end(o);
    json_object_end(o);
    json_line(o);
}

void report_duplicate_rows(report_run *w)
{
    const copy_duplicates *d = w->r->duplicates;
    if (w->r->options->groups)
        for (uint32_t g = 0; g < d->group_n && !w->out->status; g++)
            group_row(w, &d->groups[g]);
    else
        for (size_t k = 0; k < d->pair_n && !w->out->status; k++)
            pair_row(w, &d->pairs[k]);
}

/* -------------------------------------------------------------------------------------- for people
 */

static void name(report_run *w, report_term *t, uint32_t article)
{
    const copy_doc *d = copy_store_doc(w->r->duplicates->store, article);
    term_put(t, TERM_PLAIN, d->title.n ? d->title : d->id);
    if (d->title.n) {
        term_gap(t);
        term_put(t, TERM_DIM, d->id);
    }
}

static sst_str scores(report_run *w, const copy_pair *p)
{
    char text[80];
    int n = snprintf(text, sizeof text, "%s, Jaccard %.2f, containment %.2f",
                     report_copy_kind(p->kind), p->jaccard, p->containment);
    return arena_str(w->arena, (sst_str){text, n > 0 ? (size_t)n : 0});
}

/* The pair of two articles, or NULL; pairs are in order of ids, as a group's articles are. */
static const copy_pair *pair_of(report_run *w, const uint64_t *key, uint32_t x, uint32_t y)
{
    const copy_duplicates *d = w->r->duplicates;
    for (int turn = 0; turn < 2; turn++) {
        uint32_t a = turn ? y : x, b = turn ? x : y;
        size_t from = key[a] >> 32, to = key[a] & UINT32_MAX;
        for (size_t k = from; k < to; k++) /* pairs of one article: COPY_MANY_TEXTS, or its twins */
            if (d->pairs[k].b == b)
                return &d->pairs[k];
    }
    return NULL;
}

/* Of each article, its pairs as `from << 32 | to`. */
static uint64_t *index_pairs(report_run *w)
{
    const copy_duplicates *d = w->r->duplicates;
    uint64_t *key = arena_calloc(w->arena, (size_t)d->store->n + 1, sizeof *key);
    for (size_t k = 0, end; key && k < d->pair_n && d->pair_n < UINT32_MAX; k = end) {
        for (end = k + 1; end < d->pair_n && d->pairs[end].a == d->pairs[k].a; end++)
            ;
        key[d->pairs[k].a] = (uint64_t)k << 32 | end;
    }
    return key;
}

enum { GROUP_SHOWN = 50 }; /* members of a group on the terminal; the rows have all */

static void group_text(report_run *w, report_term *t, const copy_group *g, const uint64_t *key)
{
    const copy_duplicates *d = w->r->duplicates;
    uint32_t shown = copy_group_shown(d->store, g, (copy_show)w->r->options->show);
    term_begin(t, 0, 2);
    term_put(t, TERM_HEAD, arena_printf(w->arena, "%u articles", g->article_n));
    term_end(t);
    term_begin(t, 2, 4);
    term_z(t, TERM_BOLD, "shown: ");
    name(w, t, shown);
    term_end(t);
    uint32_t listed = 0;
    for (uint32_t k = 0; k < g->article_n && listed < GROUP_SHOWN; k++) {
        if (g->articles[k] == shown)
            continue;
        const copy_pair *p = pair_of(w, key, g->head, g->articles[k]);
        term_begin(t, 2, 4);
        name(w, t, g->articles[k]);
        term_gap(t);
        if (p)
            term_put(t, TERM_DIM, scores(w, p));
        else
            term_z(t, TERM_DIM, "the others are compared with it");
        term_end(t);
        listed++;
    }
    if (listed + 1 < g->article_n) {
        term_begin(t, 2, 4);
        term_put(t, TERM_DIM,
                 arena_printf(w->arena, "and %u more: --jsonl has all", g->article_n - 1 - listed));
        term_end(t);
    }
}

void report_duplicates_text(report_run *w)
{
    const copy_duplicates *d = w->r->duplicates;
    report_term t;
    term_init(&t, w);
    const uint64_t *key = index_pairs(w);
    if (!key)
        return;
    for (uint32_t g = 0; g < d->group_n && !w->out->status; g++) {
        if (g > 0)
            term_blank(&t);
        group_text(w, &t, &d->groups[g], key);
    }
    size_t other = 0;
    for (size_t k = 0; k < d->pair_n && !w->out->status; k++) {
        const copy_pair *p = &d->pairs[k];
        if (p->kind <= COPY_KIND_LAST_DUPLICATE && d->group_of[p->a] == d->group_of[p->b])
            continue;
        if (other++ == 0) {
            if (d->group_n)
                term_blank(&t);
            term_begin(&t, 0, 2);
            term_z(&t, TERM_HEAD, "alike, in no group together");
            term_end(&t);
        }
        term_begin(&t, 2, 4);
        name(w, &t, p->a);
        term_z(&t, TERM_DIM, " · ");
        name(w, &t, p->b);
        term_gap(&t);
        term_put(&t, TERM_DIM, scores(w, p));
        term_end(&t);
    }
    if (d->pair_n == 0) {
        term_begin(&t, 0, 0);
        term_z(&t, TERM_DIM, "no two articles are the same or nearly");
        term_end(&t);
    }
}
