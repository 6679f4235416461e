/*
 * Are two figures one quantity?
 *
 * In: two items of a story. Out: a score. Method: the cosine of the words around them, with more
 * for equal values, equal counted nouns and the same that happened to those who are counted. The
 * less the values explain each other the more the words must agree: equal values ask for a
 * likeness, a rounding or a bound for a shared noun or context, and two other values for a reason
 * to be one quantity: both are the toll of their article, or both articles count this noun once.
 * Unrelated numbers side by side are what readers of such tables complain of, so precision goes
 * first. Numbers were set on the labelled stories and read through on the pairs that other stories
 * propose.
 */
#include "figure_item.h"

#include <math.h>
#include <stdlib.h>

static const float SCORE_JOIN = 0.50f;  /* least score of a pair that joins */
static const float SCORE_VALUE = 0.36f; /* for the same value, when the value is a telling one */
static const float SCORE_MEASURE =
    0.10f; /* and more for money, shares, measures than for counts and durations */
static const float SCORE_LONG = 0.04f;    /* and more for an amount of many digits */
static const float SCORE_DIGIT = 0.06f;   /* for each digit but the first, up to the third, of an
                                             equal value */
static const float SCORE_LARGE = 0.06f;   /* the same for sums of money and large counts: few have
                                             their size */
static const float SCORE_ROUND = 0.16f;   /* for a rounding of it */
static const float SCORE_HEAD = 0.12f;    /* for the same counted noun, or the same name's share */
static const float SCORE_BESIDE = 0.12f;  /* for an equal number beside both: "402 of 8,260" */
static const float SCORE_TITLE = 0.2f;    /* for a headline that has a number of its report */
static const float SCORE_CONCEPT = 0.14f; /* for the same that happened to them */
static const float SCORE_REASON =
    0.28f; /* and more where other values have a reason to be of one quantity, see may_differ() */
static const float SCORE_OTHER = 0.12f; /* taken off where a small number counts another noun */
static const float SCORE_AMOUNT =
    0.2f; /* and where two words say what two amounts are: revenue, a fine */
static const float SCORE_FAR =
    0.16f; /* taken off for each doubling by which two values are apart, beyond the first third */
static const float FAR_FREE = 0.4f; /* doublings that cost nothing: early tolls differ by a third */
static const float FAR_LEAD = 0.07f;    /* the first amounts of two reports, one nearly the other */
static const float FAR_MOST = 2.3f;     /* five times as many are another quantity */
static const float SCORE_AGE = 0.40f;   /* for the same age: a story has few people of one age */
static const float SCORE_OWNER = 0.40f; /* for the age of the same person */
/* Cosine of the words beside the counted noun: in a near value that has no noun in common; between
 * two other values of one noun; between two that have no noun; of two clauses that say the same. */
static const float CONTEXT_NEAR = 0.15f, CONTEXT_NOUN = 0.10f, CONTEXT_BARE = 0.30f,
                   CONTEXT_CLAUSE = 0.40f;
static const float ALL_CLAUSE = 0.6f; /* cosine of two clauses that count the same noun */

static const double SMALL = 12; /* numbers that every text has */
static const double LARGE_SUM = 1e5, LARGE_COUNT = 1e3;
static const double VAGUE = 10; /* "thousands": from a thousand to ten times as many */

/* "more than 50", "a total of 51": how far the number is behind its bound in one article. */
static const double ALIKE_FAR = 0.1;

enum {
    ALIKE_LEAST = 100, /* an article that says 49 and 50 means two things */
    LONG_DIGITS = 3,   /* of an amount that is met once in a story */
    CONTEXT_WORDS = 2, /* shared words of that context: one is met by chance */
    CLAUSE_WORDS = 3   /* the same of clauses that say the same: whose, of what, which way */
};

float figure_score_least(void)
{
    return SCORE_JOIN;
}

/* Has an amount so many digits that chance gives it to no second one of its story: 4.06 billion? */
static bool is_long_amount(const figure_item *x, const sst_figure *f)
{
    if (!x->measure || f->high != f->value || f->value == 0)
        return false;
    double v = fabs(f->value), step = pow(10, floor(log10(v)) - (LONG_DIGITS - 2));
    return fabs(v / step - floor(v / step + 0.5)) >
           1e-6; /* not round in the digit before the last */
}

/* How telling it is that two figures have this value: 2 and 3 are everywhere, 40,139 is not. */
static float telling(double v)
{
    if (v < 0)
        v = -v;
    if (v != floor(v))
        return 1;
    if (v <= 3)
        return 0.55f;
    if (v <= 12)
        return 0.7f;
    return v < 100 ? 0.85f : 1;
}

/* Digits of a number before its noughts: 2 of 2,500 and of 0.31. At most three. */
static int digits_of(double v)
{
    int n = 1;
    v = fabs(v);
    for (double step = pow(10, floor(log10(v))); n < LONG_DIGITS; n++, step /= 10)
        if (fabs(v / step - floor(v / step + 0.5)) < 1e-6)
            break;
    return n;
}

/* How telling an equal value is by its digits and size: 4.06 billion more than 40. */
static float telling_digits(const figure_item *a, const figure_item *b, const sst_figure *f)
{
    if (f->value == 0 || f->high > f->value || str_eq(f->unit, STR("year of age")))
        return 0;
    if (a->type == 2 && fabs(f->value) < ALIKE_LEAST && a->head != b->head)
        return 0; /* 15 games, 15 seasons */
    bool large = fabs(f->value) >= (a->measure ? LARGE_SUM : LARGE_COUNT) && a->type != 1;
    if (a->duration)
        large = a->single && b->single && fabs(f->value) > SMALL; /* 60 years */
    return SCORE_DIGIT * (float)(digits_of(f->value) - 1) + (large ? SCORE_LARGE : 0);
}

typedef struct likeness {
    float all;     /* cosine */
    float context; /* its part that is neither the counted noun nor what happened */
    uint32_t words;
} likeness;

static likeness likeness_of(const figure_item *a, const figure_item *b)
{
    likeness s = {0, 0, 0};
    uint32_t concept = a->concept ? figure_concept_key(a->concept) : 0;
    for (uint32_t i = 0, j = 0; i < a->n && j < b->n;) {
        if (a->key[i] < b->key[j])
            i++;
        else if (a->key[i] > b->key[j])
            j++;
        else {
            float w = a->weight[i] * b->weight[j];
            s.all += w;
            if (a->key[i] != a->head && a->key[i] != concept) {
                s.context += w;
                s.words++;
            }
            i++;
            j++;
        }
    }
    return s;
}

bool figure_alike(const sst_figure *f, const sst_figure *g)
{
    if (f->value == g->value && f->high == g->high)
        return true;
    if (f->high > f->value || g->high > g->value || fabs(f->value) >= ALIKE_LEAST)
        return figure_rounds(f, g);
    return figure_bounds_meet(f, g) && fabs(f->value - g->value) <= ALIKE_FAR * fabs(f->value);
}

static bool has_key(const figure_item *x, uint32_t key)
{
    uint32_t lo = 0, hi = x->n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (x->key[mid] < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < x->n && x->key[lo] == key;
}

/* Are two keys one? 0 is none. */
static bool is_one(uint64_t a, uint64_t b)
{
    return a && a == b;
}

/* Do the lexicon's words for amounts say that two amounts are two things? */
static bool are_other(const figure_item *a, const figure_item *b)
{
    uint32_t x = a->anchor ? a->anchor : a->head, y = b->anchor ? b->anchor : b->head;
    return a->named && b->named && x != y;
}

/* May two figures with other values, of which none explains the other, be one quantity? */
static bool may_differ(const figure_item *a, const figure_item *b, const likeness *s, bool moves,
                       float far, bool large)
{
    if (a->when != b->when || a->type == 1 || (a->whose && b->whose && a->whose != b->whose))
        return false;
    bool noun = is_one(a->head, b->head) || is_one(a->anchor, b->anchor);
    if (noun && s->words >= CONTEXT_WORDS && s->all >= ALL_CLAUSE && far <= FAR_FREE &&
        (a->measure || large))
        return true; /* "with 98 per cent of precincts counted", "with 94 per cent of them" */
    if (a->single && b->single && a->measure && far <= FAR_LEAD && s->words >= CONTEXT_WORDS)
        return true; /* "the 84-kilometre line", "the 86-km line" */
    if (moves || (a->measure && is_one(a->head, b->head)))
        return (s->words >= CLAUSE_WORDS && s->context >= CONTEXT_CLAUSE) ||
               (a->alone && b->alone && is_one(a->anchor, b->anchor));
    if (is_one(a->concept, b->concept) && a->first && b->first)
        return true;
    if (a->head == b->head &&
        ((a->deed && a->first && (a->deed == b->deed || has_key(b, a->deed))) ||
         (b->deed && b->first && has_key(a, b->deed))))
        return true;
    if (!a->alone || !b->alone)
        return false;
    if (is_one(a->whose, b->whose))
        return true;
    bool together = s->words >= CONTEXT_WORDS;
    if (a->head && a->head == b->head && s->words > 0 && far <= FAR_LEAD)
        return true; /* 174 votes, 176 votes */
    if (a->head)
        return a->head == b->head &&
               ((a->type == 2 && is_one(a->counted, b->counted)) ||
                (together && s->context >= CONTEXT_NOUN) || s->words >= CLAUSE_WORDS);
    if (is_one(a->anchor, b->anchor))
        return true;
    return a->measure && !b->head && together && s->context >= CONTEXT_BARE;
}

/* The same where one is the other rounded, or within its bound. leads: both are the first amount of
 * their article, and near. */
static bool may_be_near(const figure_item *a, const figure_item *b, const likeness *s, bool leads)
{
    if ((a->when && b->when && a->when != b->when) ||
        (a->whose && b->whose && a->whose != b->whose))
        return false;
    if (is_one(a->concept, b->concept))
        return (a->first && b->first) || leads || s->context >= CONTEXT_NEAR;
    return is_one(a->head, b->head) || is_one(a->anchor, b->anchor) || leads ||
           is_one(a->whose, b->whose) || s->context >= CONTEXT_NEAR;
}

/* May two near values that each article has none beside be one? Shares are too few to tell by their
 * size alone. */
static bool may_be_found(const figure_item *a, const figure_item *b, const sst_figure *f,
                         const sst_figure *g, const likeness *s)
{
    if (!a->single || !b->single || f->high > f->value || str_eq(f->unit, STR("year of age")))
        return false;
    if (a->measure && !str_eq(f->unit, STR("percentage")))
        return true;
    if (a->measure && (f->value != floor(f->value)) != (g->value != floor(g->value)))
        return true; /* 31.4 per cent, 31 per cent */
    if (!a->measure && fabs(f->value) < ALIKE_LEAST)
        return false;
    return s->context >= CONTEXT_NOUN || is_one(a->head, b->head) || is_one(a->concept, b->concept);
}

/* Does the same figure stand before or behind both, in the sentence or the next? */
static bool are_beside(const figure_items *items, const figure_item *a, const figure_item *b)
{
    for (int step = -1; step <= 1; step += 2) {
        if ((step < 0 && (a == items->v || b == items->v)) ||
            (step > 0 && (a + 1 == items->v + items->n || b + 1 == items->v + items->n)))
            continue;
        const figure_item *c = a + step, *d = b + step;
        if (c->article == a->article && d->article == b->article && c->value_key == d->value_key &&
            c->value_key != a->value_key && abs((int)c->sentence - (int)a->sentence) <= 1 &&
            abs((int)d->sentence - (int)b->sentence) <= 1)
            return true;
    }
    return false;
}

float figure_score(const figure_items *items, const figure_item *a, const figure_item *b)
{
    if (a->type != b->type || a->sentence == b->sentence)
        return -1;
    if (a->concept && b->concept && a->concept != b->concept)
        return -1;
    const sst_figure *f = figure_of(items, a), *g = figure_of(items, b);
    sst_figure other;
    sst_figure part;
    if (figure_is_part(g)) {
        part = figure_in_unit(g, g->unit);
        g = &part;
    }
    if (f->unit.p != g->unit.p && a->type > 2) {
        other = figure_in_unit(f, g->unit);
        f = &other;
    }
    bool same = a->value_key == b->value_key;
    if (a->article == b->article && !figure_alike(f, g))
        return -1;
    likeness like = likeness_of(a, b);
    float s = like.all;
    if (str_eq(f->unit, STR("year of age"))) {
        if (a->owner && b->owner && a->owner != b->owner)
            return -1;
        if (!same && !a->owner && !(a->head && a->alone && b->alone))
            return -1;
        s += (same ? SCORE_AGE : 0) + (a->owner && a->owner == b->owner ? SCORE_OWNER : 0);
    }
    if (same && a->type == 2 && a->head && b->head && a->head != b->head &&
        fabs(f->value) <= SMALL && !is_one(a->concept, b->concept))
        s -= SCORE_OTHER; /* "two cases", "two officers" */
    if (same && a->type == 2 && is_one(a->head, b->head) && f->value <= SMALL &&
        !is_one(a->concept, b->concept) && like.words < 1 && !a->first && !b->first)
        s -= SCORE_OTHER; /* "two games" of another year */
    bool vague = f->value > 0 && f->high >= VAGUE * f->value;
    if (same && !vague) { /* "thousands of people" are everywhere */
        s += (a->measure ? SCORE_VALUE + SCORE_MEASURE : SCORE_VALUE) * telling(f->value);
        if (are_beside(items, a, b) &&
            !(a->type == 2 && fabs(f->value) <= SMALL && a->head != b->head))
            s += SCORE_BESIDE;
        s += telling_digits(a, b, f);
        if (are_other(a, b))
            s -= SCORE_AMOUNT;
        if (a->people && b->people && fabs(f->value) >= ALIKE_LEAST && a->head != b->head &&
            a->concept == b->concept)
            s += SCORE_HEAD; /* 230 people, 230 victims */
        if (a->title != b->title && a->article == b->article)
            s += SCORE_TITLE;
        if (is_long_amount(a, f))
            s += SCORE_LONG;
    } else {
        bool near = figure_rounds(f, g) || figure_bounds_meet(f, g);
        if ((f->value > 0) != (g->value > 0) || a->part || b->part ||
            (a->type == 2 && (f->value == 1 || g->value == 1)))
            return -1;
        float far =
            f->value != 0 && g->value != 0 ? fabsf(log2f((float)fabs(f->value / g->value))) : 0;
        /* a price that fell 1.5 per cent in the morning had fallen 4.3 in the afternoon */
        bool moves = a->measure && f->change && f->change == g->change;
        bool leads =
            near && far <= FAR_LEAD && ((a->lead && b->lead) || may_be_found(a, b, f, g, &like));
        if (are_other(a, b))
            return -1;
        bool may = near && far <= FAR_FREE
                       ? may_be_near(a, b, &like, leads)
                       : may_differ(a, b, &like, moves, far, fabs(f->value) >= ALIKE_LEAST);
        if (!is_one(a->owner, b->owner) && (!may || far > FAR_MOST))
            return -1;
        if (near && f == &other && figure_of(items, a)->unit.n != g->unit.n)
            s += SCORE_DIGIT; /* 18 knots, 33 km/h: the more so */
        if (near && a->single && b->single &&
            digits_of(f->value) + digits_of(g->value) > LONG_DIGITS + 1)
            s += SCORE_LONG; /* 78.4 and 78 */
        if (near)
            s += SCORE_ROUND +
                 telling_digits(a, b, digits_of(f->value) < digits_of(g->value) ? f : g) / 2;
        else if (!moves)
            s -= far > FAR_FREE ? (far - FAR_FREE) * SCORE_FAR : 0;
        if ((a->first && b->first) || leads || is_one(a->whose, b->whose) || (!near && a->head) ||
            is_one(a->anchor, b->anchor) || (is_one(a->head, b->head) && a->alone && b->alone))
            s += SCORE_REASON;
    }
    if (is_one(a->head, b->head) || is_one(a->whose, b->whose) ||
        (a->named && is_one(a->anchor, b->anchor)))
        s += SCORE_HEAD;
    if (is_one(a->concept, b->concept))
        s += SCORE_CONCEPT;
    return s;
}
