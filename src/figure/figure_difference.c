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
    PAST_S = 3 * 24 * 60 * 60,   /* a day that is further back is no day of the news */
    AS_OF_GROWS_S = 60 * 60,     /* the same when the later one has more: what is counted goes on */
    AS_OF_DAY_S = 20 * 60 * 60, /* the same of tolls of one outlet or of two sources: the next day's
                                   paper */
    DAY = 10,                   /* bytes of a time down to the day */
    PEOPLE_GAP = 8,             /* tokens from the number on in which those who are counted stand */
    ROUND_DIGITS = 15           /* more digits than a double has */
};

static const double ROUND_PART = 0.05;      /* "three in four" is 74 per cent */
static const double ROUND_MOST_LARGE = 0.1; /* from a hundred on: 240,000 are not 200,000 */
static const double ROUND_MOST = 0.2;       /* of the number: 19 is not rounded to 10 */
static const double CONVERTED =
    0.01; /* 18,400 acres are 7,450 hectares: 7,446 to the nearest ten */
/* The same where no word says that a number is rounded, which is done with large ones only. */
static const double ROUND_MOST_EXACT = 0.07, ROUND_LEAST = 100;

bool figure_is_rounding(double a, double b)
{
    if (a == b || a == 0 || b == 0 || (a < 0) != (b < 0))
        return false;
    a = fabs(a);
    b = fabs(b);
    if (fabs(a - b) > (a > b ? a : b) * ROUND_MOST)
        return false; /* as below, whichever is the rounder: nearly always */
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
            double off = fabs(exact - round_), larger = exact > round_ ? exact : round_;
            if (off > larger * (exact < ROUND_LEAST ? ROUND_MOST : ROUND_MOST_LARGE))
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

static bool is_exact(const sst_figure *f)
{
    return f->bound == BOUND_EXACT && f->high == f->value;
}

static bool is_range(const sst_figure *f)
{
    return f->high > f->value;
}

/* Is `round_` the nearest to `exact` of the numbers with as few digits, not cut off? */
static bool is_nearest(double round_, double exact)
{
    double step = pow(10, floor(log10(fabs(round_))));
    for (int k = 0; k < ROUND_DIGITS; k++, step /= 10) {
        double q = fabs(round_) / step;
        if (fabs(q - floor(q + 0.5)) <= 1e-9 * q)
            return fabs(exact - round_) <= step / 2;
    }
    return false;
}

bool figure_rounds(const sst_figure *a, const sst_figure *b)
{
    bool range_a = is_range(a), range_b = is_range(b);
    if (range_a != range_b)
        return range_a ? a->value <= b->value && b->value <= a->high
                       : b->value <= a->value && a->value <= b->high;
    if ((a->share || b->share) &&
        fabs(a->value - b->value) <= ROUND_PART * fmax(fabs(a->value), fabs(b->value)))
        return true;
    if (!figure_is_rounding(a->value, b->value))
        return false;
    if (!is_exact(a) || !is_exact(b))
        return true;
    double more = fabs(a->value) > fabs(b->value) ? fabs(a->value) : fabs(b->value);
    double off = fabs(a->value - b->value);
    bool whole = a->value == floor(a->value) && b->value == floor(b->value); /* 43 for 42.6 */
    return off <= more * ROUND_MOST_EXACT && (more >= ROUND_LEAST || !whole) &&
           (is_nearest(a->value, b->value) || is_nearest(b->value, a->value));
}

static bool is_upper(const sst_figure *f)
{
    return f->bound == BOUND_LESS_THAN || f->bound == BOUND_AT_MOST;
}

bool figure_bounds_meet(const sst_figure *a, const sst_figure *b)
{
    /* "17 to 17.5 billion", "as much as 17.5 billion" */
    if (is_range(a) != is_range(b))
        return is_range(a) ? is_upper(b) && b->value == a->high
                           : is_upper(a) && a->value == b->high;
    return (is_exact(b) && bounds_allow(a, b)) || (is_exact(a) && bounds_allow(b, a));
}

static bool is_lower(const sst_figure *f)
{
    return f->bound == BOUND_MORE_THAN || f->bound == BOUND_AT_LEAST;
}

/* Says a word whom it happened to? "people", "dead bodies", "fatalities" do not. */
static bool says_who(const sst_text *t, uint32_t i)
{
    if (figure_cue_is(t, i, "people") || figure_cue_is(t, i, "other"))
        return false;
    return !text_is(t, i, LEX_COUNT_CONCEPT) && figure_stem(t, i) != 0;
}

/* Behind a bare number stands what happened: "84 lay dead after a fire". */
static bool is_bare(const sst_text *t, const sst_figure *f)
{
    return !f->counts.n || !f->unit.n || (f->counted && f->unit.p != t->s.p + f->counts.v[0].begin);
}

/* Do two figures count the same, as far as their words say? */
static bool same_counts(const sst_text *ta, const sst_figure *a, const sst_text *tb,
                        const sst_figure *b)
{
    if (is_bare(ta, a) || is_bare(tb, b))
        return true;
    uint32_t ea = text_token_at(ta, a->counts.v[0].end - 1),
             eb = text_token_at(tb, b->counts.v[0].end - 1), from_a, from_b;
    from_a = text_token_at(ta, a->counts.v[0].begin);
    from_b = text_token_at(tb, b->counts.v[0].begin);
    bool who_a = false, who_b = false;
    for (uint32_t i = from_a; i <= ea && i < ta->tok_n; i++) {
        uint32_t k = figure_stem(ta, i);
        who_a |= says_who(ta, i);
        for (uint32_t j = from_b; k && j <= eb && j < tb->tok_n; j++)
            if (figure_stem(tb, j) == k)
                return true;
    }
    for (uint32_t j = from_b; j <= eb && j < tb->tok_n; j++)
        who_b |= says_who(tb, j);
    return !who_a && !who_b;
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

/* People, or what happened to those who are counted. */
static bool counts_people(const sst_text *t, const sst_figure *f)
{
    uint32_t from = text_token_at(t, f->at.begin), end = t->sent[f->sentence].end;
    for (uint32_t i = from; i < end && i < from + PEOPLE_GAP; i++)
        if (text_is(t, i, LEX_PEOPLE_NOUN | LEX_PERSON_NOUN | LEX_COUNT_CONCEPT))
            return true;
    return false;
}

/* Does it count what gets fewer with time: who is missing, trapped, without power? */
static bool may_fall(const sst_text *t, const sst_figure *f)
{
    uint32_t from = text_token_at(t, f->at.begin), end = t->sent[f->sentence].end;
    for (uint32_t i = from; i < end && i < from + PEOPLE_GAP; i++) {
        const char *v = text_is(t, i, LEX_COUNT_CONCEPT)
                            ? lang_value(t->lang, t->tok[i].lex, LEX_COUNT_CONCEPT)
                            : NULL;
        if (v &&
            (strcmp(v, "missing") == 0 || strcmp(v, "trapped") == 0 || strcmp(v, "without") == 0))
            return true;
    }
    return false;
}

/* Does the sentence of a figure name a day that was over long before it was published? Then the
 * time of publication does not tell as of when it holds. */
static bool is_past(const sst_text *t, const sst_figure *f)
{
    int64_t now = t->article->published_s;
    if (now == INT64_MIN)
        return false;
    uint32_t lo = text_time_from(t, t->sent[f->sentence].begin);
    for (; lo < t->time_n && t->time[lo].begin < t->sent[f->sentence].end; lo++) {
        const sst_time *x = &t->time[lo];
        if (x->precision != 'd' && x->precision != 'h' && x->precision != 'n')
            continue;
        int64_t then = page_seconds(str_of(x->iso));
        if (then != INT64_MIN && now - then > PAST_S)
            return true;
    }
    return false;
}

/* The first day that the sentence of a figure names, "" when it names none. */
static const char *day_of(const sst_text *t, const sst_figure *f)
{
    uint32_t lo = text_time_from(t, t->sent[f->sentence].begin);
    for (; lo < t->time_n && t->time[lo].begin < t->sent[f->sentence].end; lo++)
        if (strlen(t->time[lo].iso) >= DAY)
            return t->time[lo].iso;
    return "";
}

/* 0 when the two say the same. */
static uint8_t kind_of(const sst_text *ta, const sst_figure *a, const sst_text *tb,
                       const sst_figure *b)
{
    if (figure_type(a) != figure_type(b))
        return 0; /* the same amount in another unit */
    sst_figure other;
    sst_figure part;
    if (figure_is_part(b)) {
        part = figure_in_unit(b, b->unit);
        b = &part;
    }
    bool same = a->value == b->value && a->high == b->high;
    if (figure_is_part(a) || (!str_eq(a->unit, b->unit) && figure_measures(a->unit))) {
        other = figure_in_unit(a, b->unit);
        same = a->high == a->value && b->high == b->value &&
               fabs(other.value - b->value) <= CONVERTED * fabs(b->value);
        if ((a->again || b->again) && ta == tb && (same || figure_rounds(&other, b)))
            return 0; /* 17 miles (27km) */
        other.bound = a->bound;
        a = &other;
    }
    if (same)
        return a->bound == b->bound ? 0 : DIFFERENCE_BOUND;
    const sst_article *x = ta->article, *y = tb->article;
    bool timed = x->published_s != INT64_MIN && y->published_s != INT64_MIN;
    if (figure_bounds_meet(a, b))
        return DIFFERENCE_BOUND; /* 1,387 is more than 1,300 */
    if (!is_range(a) != !is_range(b) && figure_rounds(a, b))
        return DIFFERENCE_BOUND; /* "two or three" leaves two open, and three */
    bool lower = is_lower(a) && is_lower(b), upper = is_upper(a) && is_upper(b);
    bool bounded = is_lower(a) || is_upper(a) || is_lower(b) || is_upper(b);
    if (!bounded && figure_rounds(a, b))
        return DIFFERENCE_ROUNDING; /* a bound rounds nothing: 80 is not "at least 84" */
    if (!lower && !upper && (bounds_allow(a, b) || bounds_allow(b, a)))
        return DIFFERENCE_BOUND;
    bool people = counts_people(ta, a) || counts_people(tb, b);
    bool past = is_past(ta, a) || is_past(tb, b);
    int64_t apart = timed ? x->published_s - y->published_s : 0;
    bool grows = apart && (apart > 0) == (a->value > b->value);
    /* what happened to people goes on, whoever tells it; who is missing is found */
    if (people && !past && llabs((long long)apart) >= AS_OF_DAY_S &&
        (grows || (may_fall(ta, a) && may_fall(tb, b))))
        return DIFFERENCE_AS_OF;
    bool outlet = ta != tb && x->outlet.n && str_eq_nocase(x->outlet, y->outlet);
    if (outlet && !people && !past && llabs((long long)apart) >= AS_OF_DAY_S)
        return DIFFERENCE_AS_OF; /* a fire contained, a count of votes that went on */
    if (outlet)
        return DIFFERENCE_REVISION;
    if (a->as_of_iso[0] && b->as_of_iso[0] && strcmp(a->as_of_iso, b->as_of_iso) != 0)
        return DIFFERENCE_AS_OF;
    if (!str_eq(a->unit, b->unit) && !a->counted && !b->counted)
        return a->again || b->again ? 0 : DIFFERENCE_SCOPE; /* "$70 a share, or $105 billion" */
    if (!same_counts(ta, a, tb, b))
        return DIFFERENCE_SCOPE;
    if (a->said_by.n && b->said_by.n && !same_source(ta, a, tb, b))
        return DIFFERENCE_SOURCE;
    if (timed && !past) {
        /* a toll goes on, a price moves both ways; an age stays for the time of a story, other
         * things are counted once */
        bool moves = !str_starts(a->unit, STR("year of age")) &&
                     (!(a->counted || !a->unit.n) || !(b->counted || !b->unit.n) ||
                      (grows && (lower || people)));
        if (moves && llabs((long long)apart) >= (grows ? AS_OF_GROWS_S : AS_OF_APART_S))
            return DIFFERENCE_AS_OF;
    }
    if (!same_source(ta, a, tb, b))
        return DIFFERENCE_SOURCE;
    const char *day_a = day_of(ta, a), *day_b = day_of(tb, b);
    if (*day_a && *day_b && strncmp(day_a, day_b, DAY) != 0)
        return DIFFERENCE_AS_OF; /* "without power on Saturday", "still without it on Sunday" */
    return lower || upper ? DIFFERENCE_BOUND : DIFFERENCE_UNEXPLAINED;
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
