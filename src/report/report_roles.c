/*
 * What the reports call one person, for the reports for people: the persons that are not called the
 * same in all reports that call them something, and each role with the articles that use it.
 *
 * In: roles of the findings (by person, article, place). Out: an array in the order of the cast.
 */
#include <stdlib.h>

#include "report_model.h"

static int by_words(const void *p, const void *q)
{
    const sst_role_at *a = *(const sst_role_at *const *)p, *b = *(const sst_role_at *const *)q;
    if (a->words != b->words)
        return a->words < b->words ? -1 : 1;
    return (a->place.article > b->place.article) - (a->place.article < b->place.article);
}

static int by_use(const void *p, const void *q)
{
    const report_called *a = p, *b = q;
    if (a->article_n != b->article_n)
        return a->article_n > b->article_n ? -1 : 1;
    if (a->first.article != b->first.article)
        return a->first.article < b->first.article ? -1 : 1;
    return (a->first.at.begin > b->first.at.begin) - (a->first.at.begin < b->first.at.begin);
}

/* Groups the roles v[0, n) of one person by their words. */
static report_called *grouped(const sst_role_at *v, uint32_t n, sst_arena *arena, uint32_t *out_n)
{
    const sst_role_at **by = arena_alloc(arena, n * sizeof *by);
    report_called *out = arena_alloc(arena, n * sizeof *out);
    uint32_t *articles = arena_alloc(arena, n * sizeof *articles);
    *out_n = 0;
    if (!by || !out || !articles)
        return NULL;
    for (uint32_t i = 0; i < n; i++)
        by[i] = &v[i];
    qsort(by, n, sizeof *by, by_words);
    for (uint32_t i = 0; i < n; i++) {
        articles[i] = by[i]->place.article;
        if (i == 0 || by[i]->words != by[i - 1]->words)
            out[(*out_n)++] = (report_called){by[i]->place, &articles[i], 0};
        out[*out_n - 1].article_n++;
    }
    qsort(out, *out_n, sizeof *out, by_use);
    return out;
}

report_roles *report_roles_differing(const sst_findings *f, sst_arena *arena, uint32_t *n)
{
    SST_VEC(report_roles) v = {NULL, 0, 0};
    for (uint32_t from = 0, to; from < f->role_n; from = to) {
        uint32_t articles = 1, called_n;
        for (to = from + 1; to < f->role_n && f->roles[to].person == f->roles[from].person; to++)
            articles += f->roles[to].place.article != f->roles[to - 1].place.article;
        if (articles < 2)
            continue;
        report_called *called = grouped(&f->roles[from], to - from, arena, &called_n);
        bool differ = false;
        for (uint32_t k = 0; k < called_n; k++)
            differ = differ || called[k].article_n < articles;
        report_roles *r = differ ? vec_push(arena, &v) : NULL;
        if (r)
            *r = (report_roles){f->roles[from].person, called, called_n};
    }
    *n = v.n;
    return v.v;
}
