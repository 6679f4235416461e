/*
 * What the figures of one sentence take from each other, and how a draft becomes a figure.
 *
 * In: the drafts of a sentence, in order, each as its own words make it (figure_find.c); out: the
 * same, fewer and filled, then figures. Method, each over neighbours: two amounts with "to" or
 * "and" between them become one range; an amount in brackets or behind "or" that says the one
 * before in another unit has its bound and change; a number without a noun has the unit of the one
 * before that can be meant, "four-" of "four-, five- and six-cylinder" that of the one behind.
 *
 * Parts: ranges, the same again, what a bare number counts, the figure. Language: figure_cue,
 * change, auxiliary, count_stop, preposition, time_word.
 */
#include "figure_draft.h"

#include <math.h>

#include "figure_inner.h"

enum {
    INHERIT_MAX = 6 /* figures back in which a bare number looks for what it counts */
};

static const double SAME_SIZE = 0.03; /* of an amount that is given in two units, rounded in both */

/* "$3 billion to $5 billion", "5% to 10%", "between 5% and 6%" */
void draft_join_ranges(const around *a, draft_list *l)
{
    const sst_text *t = a->t;
    uint32_t out = 0;
    for (uint32_t i = 0; i < l->v.n; i++) {
        draft *d = &l->v.v[i];
        if (out > 0) {
            draft *p = &l->v.v[out - 1];
            uint32_t between = p->end;
            bool one = d->begin == between + 1;
            bool from = p->begin > a->begin && around_cue_is(a, p->begin - 1, "from");
            bool fall = from && p->begin >= a->begin + 2 && text_is(t, p->begin - 2, LEX_CHANGE);
            bool to = one && around_cue_is(a, between, "to") && !p->change && !fall &&
                      !(t->lang->traits && text_moves_from(t, a->begin, p->begin));
            bool pair = p->begin > a->begin && around_cue_is(a, p->begin - 1, "between") && one &&
                        around_cue_is(a, between, "and");
            bool rate =
                p->unit.n && p->unit.n < d->unit.n &&
                memcmp(p->unit.p, d->unit.p, p->unit.n) == 0 &&
                str_starts((sst_str){d->unit.p + p->unit.n, d->unit.n - p->unit.n}, STR(" per "));
            bool same = str_eq(p->unit, d->unit) || rate || (!p->unit.n && d->unit.n) ||
                        (d->money && p->money && !d->unit.n);
            double low = p->value;
            if (p->money && p->ne == p->nb + 1 && d->high >= 1e6 && low < 1000)
                for (double f = 1e12; f >= 1e6; f /= 1000)
                    if (d->value >= f) {
                        low *= f;
                        break;
                    }
            if ((to || pair) && same && !p->ordinal && !d->ordinal && !p->age &&
                p->high == p->value && d->high == d->value && low < d->value && !d->bounded) {
                p->value = low;
                p->high = d->value;
                p->unit = d->unit;
                p->counted = d->counted;
                p->end = d->end;
                p->ne = d->ne;
                p->cb = d->cb;
                p->ce = d->ce;
                if (pair)
                    p->begin--;
                continue;
            }
        }
        l->v.v[out++] = *d;
    }
    l->v.n = out;
}

/* Is one amount the other in another unit? */
static bool is_same_size(const draft *p, const draft *d)
{
    sst_figure f = {.value = p->value, .high = p->high, .unit = p->unit};
    uint32_t measures = figure_measures(p->unit);
    if (!measures || measures != figure_measures(d->unit))
        return false;
    f = figure_in_unit(&f, d->unit);
    return fabs(f.value - d->value) <= SAME_SIZE * fabs(d->value);
}

/* "17 miles (27km)", "up 0.25 points, or 0.01%": the same amount again in another unit has the
 * bound and change of the first. */
void draft_same_again(const around *a, draft_list *l)
{
    for (uint32_t i = 1; i < l->v.n; i++) {
        draft *p = &l->v.v[i - 1], *d = &l->v.v[i];
        if (!p->unit.n || !d->unit.n || p->counted || d->counted || str_eq(p->unit, d->unit))
            continue;
        if (d->begin > a->begin && around_sign(a, d->begin - 1, '(') && is_same_size(p, d))
            d->again = true; /* 40 metres deep (131 feet) */
        bool bracket =
            d->begin == p->end + 1 && (around_sign(a, p->end, '(') || around_sign(a, p->end, '/'));
        bool or = d->begin == p->end + 2 && around_sign(a, p->end, ',') &&
                  around_cue_is(a, p->end + 1, "or");
        /* "$312 million, or $1.42 a share": a share of it is another quantity */
        bool rate = str_find(p->unit, STR(" per ")) >= 0,
             part = str_find(d->unit, STR(" per ")) >= 0;
        /* "$1.5 billion, or 4 percent of output" */
        bool share = str_eq(p->unit, STR("percentage")) != str_eq(d->unit, STR("percentage"));
        d->again |= (bracket || or) && rate == part && !(share && (p->money || d->money));
        bool same = bracket || or || d->again;
        if (same && !d->bounded && !d->change) {
            d->bound = p->bound;
            d->change = p->change;
        }
    }
}

/* A number without a noun counts what the one before it in its sentence counts: "68,400 people ...
 * and 95,800 who ...". */
void draft_inherit(const around *a, draft_list *l)
{
    for (uint32_t i = l->v.n; i-- > 1;) {
        draft *d = &l->v.v[i - 1], *next = &l->v.v[i];
        if (d->suspended && !d->unit.n) {
            d->unit = next->unit;
            d->counted = next->counted;
        }
    }
    for (uint32_t i = 1; i < l->v.n; i++) {
        draft *d = &l->v.v[i];
        if (d->unit.n || d->ordinal)
            continue;
        bool people = d->ne < a->end && text_is(a->t, d->ne, LEX_AUXILIARY | LEX_COUNT_STOP) &&
                      !text_is(a->t, d->ne, LEX_PREPOSITION);
        for (uint32_t k = i; k-- > 0 && k + INHERIT_MAX >= i;) {
            const draft *p = &l->v.v[k];
            if (!p->unit.n || p->ordinal || p->age)
                continue;
            uint16_t row = lang_row(a->t->lang, p->unit);
            const char *time = p->counted ? NULL : lang_value(a->t->lang, row, LEX_TIME_WORD);
            bool share = str_eq(p->unit, STR("percentage"));
            if (share ? !d->change : people ? !p->counted : time != NULL)
                continue;
            d->unit = p->unit;
            d->counted = p->counted;
            break;
        }
    }
}

void draft_finish(const around *a, const draft *d, uint32_t sentence, sst_arena *arena,
                  sst_figure *out)
{
    const sst_text *t = a->t;
    memset(out, 0, sizeof *out);
    out->at = text_span(t, d->begin, d->end);
    out->number = text_span(t, d->nb, d->ne);
    out->value = d->value;
    out->high = d->high;
    out->unit = d->unit;
    out->counted = d->counted;
    out->bound = d->bound;
    out->change = d->change;
    out->again = d->again;
    out->ordinal = d->ordinal;
    out->share = d->share;
    out->sentence = sentence;
    if (d->ce > d->cb) {
        sst_span counts = text_span(t, d->cb, d->ce);
        counts.begin += around_elision(t, d->cb);
        out->counts = around_one_span(arena, counts);
    }
}
