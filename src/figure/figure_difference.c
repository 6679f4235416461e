/*
 * How two values of a row differ.
 *
 * In: the values of one row. Out: pairs with a kind. Values that are the same in number, bound and
 * time are one version; versions are compared, not values, so that a row of hundreds stays small.
 * Method: the first that fits of bound, rounding, revision, as-of, scope, source; what none of them
 * explains is unexplained.
 */
#include <math.h>
#include <stdlib.h>

#include "figure_inner.h"

enum {
    VERSIONS_MAX =
        32, /* of a row that are compared with one another: beyond that nobody reads the pairs */
    AS_OF_APART_S = 6 * 60 * 60, /* articles that are further apart than this speak of different
                                    times: a news cycle is shorter */
    ROUND_DIGITS = 15            /* more digits than a double has */
};

static const double ROUND_MOST = 0.2; /* of the number: 19 is not rounded to 10 */

bool figure_is_rounding(double a, double b)
{
    if (a == b || a == 0 || b == 0 || (a < 0) != (b < 0))
        return false;
    a = fabs(a);
    b = fabs(b);
    /* the rounder one: fewer significant digits */
    for (int pass = 0; pass < 2; pass++) {
        double exact = pass ? b : a, round_ = pass ? a : b;
        double step = pow(10, floor(log10(round_)));
        for (int k = 0; k < ROUND_DIGITS; k++, step /= 10) {
            double q = round_ / step;
            if (fabs(q - floor(q + 0.5)) > 1e-9 * q)
                continue;
            /* the rounder has its last digit at `step`: rounded to the nearest, or cut off ("more
             * than 50" for 58) */
            double off = fabs(exact - round_);
            if (off > exact * ROUND_MOST)
                break;
            if (off <= step / 2 || (exact > round_ && off < step))
                return true;
            break;
        }
    }
    return false;
}

/* Can a number with bound a be the number with bound b? */
static bool bounds_allow(const sst_figure *a, const sst_figure *b)
{
    double x = a->value, y = b->value;
    switch (a->bound) {
    case BOUND_MORE_THAN:
    case BOUND_AT_LEAST:
        return b->bound == BOUND_LESS_THAN || b->bound == BOUND_AT_MOST
                   ? y >= x
                   : y >= x || b->bound == a->bound;
    case BOUND_LESS_THAN:
    case BOUND_AT_MOST:
        return y <= x || b->bound == a->bound;
    default:
        return false;
    }
}

static bool same_counts(const sst_text *ta, const sst_figure *a, const sst_text *tb,
                        const sst_figure *b)
{
    if (!a->counts.n || !b->counts.n)
        return true;
    uint32_t ea = text_token_at(ta, a->counts.v[0].end - 1),
             eb = text_token_at(tb, b->counts.v[0].end - 1);
    for (uint32_t i = text_token_at(ta, a->counts.v[0].begin); i <= ea && i < ta->tok_n; i++) {
        uint32_t k = figure_stem(ta, i);
        for (uint32_t j = text_token_at(tb, b->counts.v[0].begin); k && j <= eb && j < tb->tok_n;
             j++)
            if (figure_stem(tb, j) == k)
                return true;
    }
    return false;
}

static bool same_source(const sst_text *ta, const sst_figure *a, const sst_text *tb,
                        const sst_figure *b)
{
    if (!a->said_by.n && !b->said_by.n)
        return true;
    if (!a->said_by.n || !b->said_by.n)
        return false;
    return str_eq_nocase(str_span(ta->s, a->said_by.v[0]), str_span(tb->s, b->said_by.v[0]));
}

/* 0 when the two say the same. */
static uint8_t kind_of(const sst_text *ta, const sst_figure *a, const sst_text *tb,
                       const sst_figure *b)
{
    bool same = a->value == b->value && a->high == b->high;
    if (figure_type(a) != figure_type(b))
        return 0; /* the same amount in another unit */
    if (same)
        return a->bound == b->bound ? 0 : DIFFERENCE_BOUND;
    const sst_article *x = ta->article, *y = tb->article;
    bool timed = x->published_s != INT64_MIN && y->published_s != INT64_MIN;
    bool a_exact = a->bound == BOUND_EXACT && a->high == a->value,
         b_exact = b->bound == BOUND_EXACT && b->high == b->value;
    if ((b_exact && bounds_allow(a, b)) || (a_exact && bounds_allow(b, a)))
        return DIFFERENCE_BOUND; /* 1,387 is more than 1,300 */
    if (figure_is_rounding(a->value, b->value) ||
        (a->high >= b->value && a->value <= b->value && b->high == b->value &&
         a->high > a->value) ||
        (b->high >= a->value && b->value <= a->value && a->high == a->value && b->high > b->value))
        return DIFFERENCE_ROUNDING;
    if (bounds_allow(a, b) || bounds_allow(b, a))
        return DIFFERENCE_BOUND;
    if (ta != tb && x->outlet.n && str_eq_nocase(x->outlet, y->outlet))
        return DIFFERENCE_REVISION;
    if (a->as_of_iso[0] && b->as_of_iso[0] && strcmp(a->as_of_iso, b->as_of_iso) != 0)
        return DIFFERENCE_AS_OF;
    if (!str_eq(a->unit, b->unit) && !a->counted && !b->counted)
        return DIFFERENCE_SCOPE;
    if (!same_counts(ta, a, tb, b))
        return DIFFERENCE_SCOPE;
    if (!same_source(ta, a, tb, b))
        return DIFFERENCE_SOURCE;
    if (timed && llabs((long long)(x->published_s - y->published_s)) >= AS_OF_APART_S)
        return DIFFERENCE_AS_OF;
    return DIFFERENCE_UNEXPLAINED;
}

sst_status figure_differences(const sst_figures *const *figures, sst_arena *arena,
                              sst_figure_row *row)
{
    uint32_t version[VERSIONS_MAX], n = 0;
    SST_VEC(sst_difference) out = {NULL, 0, 0};
    for (uint32_t i = 0; i < row->value_n && n < VERSIONS_MAX; i++) {
        const sst_figures *fi = figures[row->value[i].article];
        const sst_figure *a = &fi->v[row->value[i].figure];
        bool fresh = true;
        for (uint32_t k = 0; k < n && fresh; k++) {
            const sst_figure *b =
                &figures[row->value[version[k]].article]->v[row->value[version[k]].figure];
            fresh = a->value != b->value || a->high != b->high || a->bound != b->bound;
        }
        if (!fresh)
            continue;
        for (uint32_t k = 0; k < n; k++) {
            const sst_figures *fk = figures[row->value[version[k]].article];
            uint8_t kind = kind_of(fk->text, &fk->v[row->value[version[k]].figure], fi->text, a);
            if (kind && row->value[version[k]].whole != row->value[i].whole)
                kind = DIFFERENCE_SCOPE; /* one counts a part more */
            sst_difference *d = kind ? vec_push(arena, &out) : NULL;
            if (d)
                *d = (sst_difference){kind, version[k], i};
        }
        version[n++] = i;
    }
    row->difference = out.v;
    row->difference_n = out.n;
    return arena->failed;
}
