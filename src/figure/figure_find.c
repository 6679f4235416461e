/*
 * Figures of one article.
 *
 * In: the text with its numbers, times and names; the quotations. Out: figures in order. Method:
 * each number is looked at with what stands around it: money before it, a unit or the counted nouns
 * behind it, a bound before or behind, the word of a rise or fall. A number that has none of these
 * is a figure only where it takes the place of a noun ("51 were taken to hospital"); labels ("part
 * 3"), parts of names and scores are passed over. Then neighbours that make one range are joined
 * (figure_draft.c), and each figure gets who says it (the quotation around it, or "according to
 * ...") and the time it holds for (figure_source.c). Parts: names and compounds, one number, the
 * loop. Language: unit, unit_symbol, currency, bound_before, bound_after, change, not_counted,
 * ordinal_other, plural, count_stop, figure_cue.
 */
#include "figure_draft.h"

#include <math.h>

#include "base_hash.h"

enum {
    AGE_MAX =
        115, /* the oldest people: a number between commas behind a person is an age up to here */
    ORDINAL_MIN =
        3, /* "first" and "second" order things more often than they tell how many there were */
    COUNTED_EXACT = 3,      /* so few are counted, not estimated: "about" before them is of another
                               phrase */
    NAME_NUMBER_LESS = 100, /* numbers of models and series are small, tolls and votes are not */
    PREDICATE_MAX = 6       /* tokens that name what a bare number counts */
};

/* Roles of blocks that tell the story. */
static bool tells(uint8_t role)
{
    return role == ROLE_BODY || role == ROLE_HEADLINE || role == ROLE_SUBTITLE ||
           role == ROLE_LIST || role == ROLE_CORRECTION || role == ROLE_DATELINE;
}

static bool is_digits(const around *a, uint32_t i)
{
    return a->t->tok[i].kind == TOK_NUMBER || (a->t->tok[i].kind == TOK_SIGN && i + 1 < a->end);
}

static bool has_point_or_comma(const around *a, uint32_t i)
{
    sst_str s = text_token(a->t, i);
    return memchr(s.p, ',', s.n) || memchr(s.p, '.', s.n) || !byte_is_digit((unsigned char)s.p[0]);
}

static uint64_t pair_key(const sst_text *t, uint32_t i)
{
    return (uint64_t)t->tok[i - 1].key << 32 | text_key(text_token(t, i));
}

/* Counts which words have which number directly behind them. */
static void count_names(const sst_text *t, draft_list *l)
{
    for (uint32_t k = 0; k < t->number_n; k++) {
        uint32_t i = t->number[k].begin;
        if (i == 0 || t->tok[i].kind != TOK_NUMBER || t->tok[i - 1].kind != TOK_WORD ||
            t->number[k].value >= NAME_NUMBER_LESS)
            continue;
        uint32_t *n = u64map_add(l->arena, &l->names, pair_key(t, i), 0, NULL);
        if (n)
            ++*n;
    }
}

/* "Heron 9 rockets", and "Heron 9" again in the text: the number is a part of the name. */
static bool is_name_number(const around *a, const draft_list *l, uint32_t i)
{
    if (a->t->tok[i].kind != TOK_NUMBER)
        return false;
    const uint32_t *n = u64map_find(&l->names, pair_key(a->t, i));
    return n && *n > 1;
}

/* "treated 20", "needs 12" */
static bool ends_as_verb(const sst_text *t, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    char last = t->s.p[k->end - 1];
    return k->end - k->begin > 3 && (last == 'd' || last == 's' || last == 'g');
}

/* ------------------------------------------------------------------ one number */

/* "Adil Salahi, 76, told", "aged 30", "age of 21", "who was 10" */
static bool is_age(const around *a, const draft *d)
{
    const sst_text *t = a->t;
    if (d->value < 1 || d->value > AGE_MAX || d->value != floor(d->value) || d->ne - d->nb > 3 ||
        d->ordinal)
        return false;
    if (d->nb > a->begin && around_cue_before(a, d->nb, "age"))
        return true;
    uint32_t e = d->ne;
    bool closed = e >= a->end || (t->tok[e].kind != TOK_WORD && t->tok[e].kind != TOK_NUMBER &&
                                  !around_sign(a, e, '-'));
    if (!closed || !is_digits(a, d->nb))
        return false;
    if (t->lang->traits && around_sign(a, d->nb - 1, '(') && around_sign(a, e, ')') &&
        d->nb > a->begin + 1) /* Ida Brandt (58) */
        return around_behind_person(a, d->nb - 1) && e == d->nb + 1;
    if (d->nb >= a->begin + 2 && around_sign(a, d->nb - 1, ',') &&
        t->tok[d->nb - 2].kind == TOK_WORD) {
        bool number_behind = e + 1 < a->end && t->tok[e + 1].kind == TOK_NUMBER;
        bool comma = around_sign(a, e, ',') ||
                     (t->lang->traits ? around_behind_person(a, d->nb - 1)
                                      : text_mention_at(t, d->nb - 2) != UINT32_MAX);
        return comma && !number_behind &&
               !text_is(t, d->nb - 2, LEX_MONTH | LEX_WEEKDAY | LEX_NUMBER_WORD | LEX_PLURAL) &&
               t->tok[d->ne - 1].end - t->tok[d->nb].begin <= 3;
    }
    if (d->nb >= a->begin + 2 && around_cue_is(a, d->nb - 1, "is")) {
        uint32_t k = d->nb - 2;
        if (k > a->begin && text_is(t, k, LEX_TIME_WORD)) /* will be 35 */
            k--;
        return around_cue_is(a, k, "he");
    }
    return false;
}

/* The bound and the change before token `at`, the first of the figure so far; moves d->begin. */
static void look_before(const around *a, draft *d)
{
    const sst_text *t = a->t;
    for (int pass = 0; pass < 3; pass++) {
        const char *bound = NULL;
        uint32_t n = around_phrase_before(a, d->begin, LEX_BOUND_BEFORE, &bound);
        if (!n || (bound && strcmp(bound, figure_bound_name(BOUND_EXACT)) == 0))
            break; /* "revised up to 371" */
        uint8_t b = BOUND_EXACT;
        for (uint8_t k = BOUND_ABOUT; k <= BOUND_AT_MOST; k++)
            if (bound && strcmp(bound, figure_bound_name(k)) == 0)
                b = k;
        if (b == BOUND_EXACT && pass > 0 && d->bounded)
            break;
        /* "settled around two plans", "a film about three women", "over two objections" */
        if (b != BOUND_EXACT && n == 1 && d->counted && d->high == d->value && d->value >= 1 &&
            d->value <= COUNTED_EXACT && text_is(t, d->begin - 1, LEX_PREPOSITION) &&
            (d->begin < a->begin + 2 ||
             (t->tok[d->begin - 2].kind == TOK_WORD &&
              !text_is(t, d->begin - 2,
                       LEX_STOPWORD | LEX_BE | LEX_AUXILIARY | LEX_PREPOSITION | LEX_CONJUNCTION))))
            break;
        if (b != BOUND_EXACT && n == 1 &&
            around_is_span(a, d->begin - 1, d->counted ? (sst_str){NULL, 0} : d->unit))
            break;
        /* "in about", "some" of "some of": a single word that is glued to a name is none */
        if (b != BOUND_EXACT) {
            d->bound = b;
            d->begin -= n;
            d->bounded = true;
            break;
        }
        /* "a total of 51", "by 5 points": passed over, and part of the figure only when a bound
         * follows */
        uint32_t keep = d->begin;
        d->begin -= n;
        const char *more = NULL;
        uint32_t further = around_phrase_before(a, d->begin, LEX_BOUND_BEFORE, &more);
        if (further && more && strcmp(more, "-") != 0) {
            if (n == 1 && further == 1 && text_is(t, d->begin, LEX_DETERMINER) &&
                text_is(t, d->begin - 1, LEX_PREPOSITION)) {
                d->begin = keep; /* "gegen den 58-Jährigen" */
                break;
            }
            continue;
        }
        if (text_is(t, d->begin > a->begin ? d->begin - 1 : d->begin, LEX_CHANGE) &&
            d->begin > a->begin) {
            const char *v = around_value(a, d->begin - 1, LEX_CHANGE);
            d->change = v && strcmp(v, "up") == 0 ? BOUND_UP : BOUND_DOWN;
        }
        if (n == 1)
            d->begin = keep;
        break;
    }
    if (d->begin > a->begin && !d->ordinal && !d->age) {
        uint32_t k = d->begin - 1;
        const char *v = around_value(a, k, LEX_CHANGE);
        if (v)
            d->change = strcmp(v, "up") == 0 ? BOUND_UP : BOUND_DOWN;
        else if (t->lang->traits && around_cue_is(a, k, "by"))
            d->change = around_change(a, k, d->end);
    }
    /* as much as "between six and ten" belongs to the figure */
    if (d->begin > a->begin && d->high > d->value && around_cue_is(a, d->begin - 1, "between")) {
        d->begin--;
        const char *bound = NULL;
        uint32_t n = around_phrase_before(a, d->begin, LEX_BOUND_BEFORE, &bound);
        if (n && bound && strcmp(bound, "about") == 0) {
            d->bound = BOUND_ABOUT;
            d->begin -= n;
        }
    }
}

static void look_behind(const around *a, draft *d)
{
    if (d->bounded)
        return;
    for (int place = 0; place < 2; place++) {
        uint32_t at = place == 0 ? d->ne : d->end;
        const char *bound = NULL;
        uint32_t n = around_phrase(a, at, LEX_BOUND_AFTER, &bound);
        if (!n || !bound)
            continue;
        if (text_is(a->t, at, LEX_CURRENCY | LEX_UNIT))
            continue;
        for (uint8_t k = BOUND_ABOUT; k <= BOUND_AT_MOST; k++)
            if (strcmp(bound, figure_bound_name(k)) == 0) {
                d->bound = k;
                d->bounded = true;
            }
        if (at + n > d->end)
            d->end = at + n;
        return;
    }
}

/* An ordinal that tells how many so far. */
static bool take_ordinal(const around *a, draft *d)
{
    const sst_text *t = a->t;
    if (d->value < ORDINAL_MIN || d->ne >= a->end || d->nb == a->begin)
        return false;
    if (!text_is(t, d->nb - 1, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE) &&
        t->tok[d->nb - 1].kind != TOK_CLITIC)
        return false;
    around_np np;
    if (!around_noun_phrase(a, d->nb, d->ne, true, &np) || np.hyphen)
        return false;
    for (uint32_t k = np.begin; k < np.end; k++)
        if (text_is(t, k, LEX_ORDINAL_OTHER) || (t->tok[k].flags & TOKF_UPPER))
            return false;
    d->cb = np.begin;
    d->ce = np.end;
    d->end = np.end;
    return true;
}

/* "10-15", not "from 10 to 15" */
static bool is_range_by_dash(const sst_text *t, const sst_number *n)
{
    uint32_t from = t->tok[n->begin].begin;
    return n->high > n->value && memchr(t->s.p + from, '-', t->tok[n->end - 1].end - from);
}

/* The nouns are what the number counts. */
static void count_them(const around *a, draft *d, const around_np *np)
{
    d->cb = np->begin;
    d->ce = np->end;
    d->unit = str_span(a->t->s, text_span(a->t, np->begin, np->end));
    d->counted = true;
    d->change = 0;
}

/* Decides whether the number is a figure, and fills the draft. */
static bool take(const around *a, const draft_list *l, const sst_number *n, draft *d)
{
    const sst_text *t = a->t;
    memset(d, 0, sizeof *d);
    d->begin = d->nb = n->begin;
    d->end = d->ne = n->end;
    d->value = n->value;
    d->high = n->high;
    d->ordinal = n->ordinal;
    uint32_t mention = text_mention_at(t, n->begin);
    if (mention != UINT32_MAX && t->mention[mention].begin < n->begin)
        return false;
    if (d->ordinal)
        return take_ordinal(a, d);

    if (around_in_compound(a, n->begin) || (t->lang->traits && around_behind_section(a, n->begin)))
        return false;
    bool label = n->begin > a->begin && text_is(t, n->begin - 1, LEX_NOT_COUNTED);
    bool label_name = label && (t->tok[n->begin - 1].flags & TOKF_UPPER) &&
                      !(t->tok[n->begin - 1].flags & TOKF_SENT);
    if (t->lang->traits && !is_digits(a, n->begin))
        label = label_name = false; /* "en la zona medio millar": labels have digits behind */
    /* "450 von 2.900 Stellen" */
    bool share_of = around_share_of(a, n->end);
    bool named = !share_of && around_behind_name(a, n->begin);
    if (named && n->begin >= a->begin + 2 && t->tok[n->begin - 2].kind == TOK_NUMBER)
        return false; /* "18 Harbinger 747 jets": the second is a part of the name */
    if (named && is_name_number(a, l, n->begin))
        return false;
    bool fraction = n->value > 0 && n->value < 1 && t->tok[n->begin].kind == TOK_WORD;

    /* money */
    uint32_t at = around_money_before(a, n->begin, &d->unit);
    if (at < n->begin || d->unit.n) {
        d->money = true;
        d->begin = at;
        d->end = around_rate(a, d->end, &d->unit);
        uint32_t tail = around_money_tail(a, d->end); /* $500 US */
        d->end = tail;
    }
    around_np np = {0};
    bool has_np = false;
    d->share = fraction;
    if (around_is_ratio(a, n)) {
        d->share = true;
        d->unit = STR("percentage");
        d->value *= 100;
        d->high = d->value;
    } else if (!d->money) {
        uint32_t e = around_unit(a, n->end, n, &d->unit);
        bool month = n->begin > a->begin && text_is(t, n->begin - 1, LEX_MONTH) &&
                     (t->tok[n->begin - 1].flags & TOKF_UPPER);
        if ((named || month) && e == n->end + 1 && (t->tok[n->end].flags & TOKF_GLUED) &&
            t->tok[n->end].end - t->tok[n->end].begin == 1 && t->tok[n->end].kind == TOK_WORD)
            return false; /* "Pad 39A", "Long March 4C" */
        const char *word = around_value(a, n->begin, LEX_NUMBER_WORD);
        if (e > n->end)
            d->end = around_rate(a, e, &d->unit);
        else if (fraction && around_cue_is(a, n->end, "of") &&
                 text_is(t, n->end + 1, LEX_DETERMINER) &&
                 around_unit(a, n->end + 2, n, &d->unit) > n->end + 2) /* a quarter of a mile */
            d->end = around_unit(a, n->end + 2, n, &d->unit);
        else if (around_scale_before(a, n->begin, &d->unit) < n->begin)
            d->begin = around_scale_before(a, n->begin, &d->unit); /* magnitude of 6.8 */
        else if (n->begin + 2 < n->end && text_is(t, n->begin + 1, LEX_UNIT) &&
                 around_cue_is(a, n->begin, "rate")) /* a year and a half */
            d->unit = str_of(around_value(a, n->begin + 1, LEX_UNIT));
        else if (word && byte_is_digit((unsigned char)*word) && strchr(word, ' ')) /* sixfold */
            d->unit = str_of(strchr(word, ' ') + 1);
        else if (n->end < a->end && t->tok[n->end].kind == TOK_WORD &&
                 (t->tok[n->end].flags & TOKF_GLUED))
            return false; /* 5G, 4x4 */
    }
    if (d->unit.n) {
        if (label_name && !d->money)
            return false;
        if (around_cue_is(a, d->begin, "scale")) {
            /* "a magnitude of 6.8 struck" */
        } else if (around_noun_phrase(a, d->nb, d->end, true, &np) && !np.of) {
            d->cb = np.begin;
            d->ce = np.end;
        } else if (around_of_phrase(a, d->end, &np)) {
            d->cb = np.begin;
            d->ce = np.end;
        }
        if ((around_cue_before(a, n->begin, "age") ||
             (t->lang->traits && around_age_apart(a, d->nb, d->end, d->value, d->unit))) &&
            !memchr(d->unit.p, ' ', d->unit.n)) /* age of 5 years */
            d->unit = arena_printf(a->arena, "%.*s of age", (int)d->unit.n, d->unit.p);
    } else if (is_age(a, d)) {
        d->age = true;
        d->unit = STR("year of age");
        /* whose: the name or noun before the comma */
        if (d->nb >= a->begin + 2 && around_sign(a, d->nb - 1, ',')) {
            uint32_t m = text_mention_at(t, d->nb - 2);
            d->cb = m != UINT32_MAX ? t->mention[m].begin : d->nb - 2;
            d->ce = d->nb - 1;
        }
    } else {
        bool one = n->value == 1 && n->high == 1 && t->tok[n->begin].kind == TOK_WORD;
        has_np = !share_of && around_noun_phrase(a, n->begin, n->end, one || fraction, &np);
        if (label && (label_name || !has_np || !np.plural || t->lang->traits))
            return false;
        if (has_np && t->lang->traits) {
            /* "12 du règlement": a part of one thing has a size or a fraction before it */
            bool size = text_is(t, n->end - 1, LEX_MAGNITUDE | LEX_MAGNITUDE_PLURAL | LEX_FRACTION);
            bool several = np.plural && !(t->lang->traits & LANG_NOUN_CAPITAL);
            if ((np.of && !several && !size) || around_tells_how(a, &np) ||
                (n->value != floor(n->value) && !fraction && !size &&
                 !(t->lang->traits & LANG_NOUN_CAPITAL)))
                has_np = false;
        }
        uint32_t who = has_np && !np.of ? text_mention_at(t, np.begin) : UINT32_MAX;
        if (who != UINT32_MAX && !np.plural && t->mention[who].begin == np.begin &&
            t->entity[t->mention[who].entity].kind == NAME_PERSON)
            return false; /* "a message, one Brook repeated": a person is not counted */
        if (one && (!has_np || np.of || around_phrase_is(a, n->begin, "one") || np.hyphen))
            return false;
        if (one && n->begin > a->begin &&
            (text_is(t, n->begin - 1, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE) ||
             around_cue_is(a, n->begin - 1, "which")))
            return false;
        /* "11 Pro Max": capitals behind digits are a name, unless they end in a plural ("11 Harbour
         * ferries") */
        if (has_np && !np.plural && !np.hyphen && is_digits(a, n->begin) &&
            !has_point_or_comma(a, n->begin) && (t->tok[np.begin].flags & TOKF_UPPER) &&
            !(t->tok[np.begin].flags & TOKF_CAPS) &&
            t->tok[np.begin].end - t->tok[np.begin].begin > 2)
            return false;
        if (named && !(has_np && np.plural && !np.hyphen))
            return false;
        /* a 5-11 season: won and lost, no range of seasons */
        if (has_np && !np.plural && !np.hyphen && !np.of && is_range_by_dash(t, n))
            return false;
        if (has_np) {
            d->cb = np.begin;
            d->ce = np.end;
            d->end = np.end;
            sst_span nouns = text_span(t, np.begin, np.end);
            nouns.begin += around_elision(t, np.begin);
            d->unit = str_span(t->s, nouns);
            d->counted = true;
        }
    }
    look_before(a, d);
    look_behind(a, d);
    if (n->approx && n->high == n->value && !d->bounded) { /* une vingtaine */
        d->bound = BOUND_ABOUT;
        d->bounded = true;
    }
    if (t->lang->traits && d->change && d->begin > a->begin && d->end + 1 < a->end &&
        around_cue_is(a, d->begin - 1, "from") &&
        (around_cue_is(a, d->end, "to") || around_cue_is(a, d->end, "reach")) &&
        t->tok[d->end + 1].kind == TOK_NUMBER)
        d->change = 0; /* "bajó del 3 % al 2 %": what was, not by how much */
    if (d->counted)
        d->change = 0; /* "add ten users" counts users */
    if (d->high < 0 && around_sign(a, d->nb, '-') && str_eq(d->unit, STR("percentage")) &&
        !d->change)
        d->change = BOUND_DOWN; /* the index -1.3% */
    around_np toll = {0};
    if (!d->unit.n && !has_np && n->value == floor(n->value))
        around_level_of(a, d->begin, &toll);
    bool level = t->lang->traits || around_cue_is(a, d->begin - 1, "to") ||
                 around_cue_before(a, d->begin, "level");
    if (level && (toll.end > toll.begin || !t->lang->traits) && !d->unit.n && !has_np &&
        d->begin > a->begin && around_number_of(a, n->begin, &np)) {
        count_them(a, d, &np);
    } else if (toll.end > toll.begin) { /* the toll "has risen to eight" */
        d->cb = toll.begin;
        d->ce = toll.end;
    } else if (!d->unit.n && !has_np) {
        /* a bare number */
        if (n->value == 1 && n->high == 1 && !d->bounded && !d->change)
            return false;
        bool range_by_dash = is_range_by_dash(t, n);
        bool stop_behind = n->end < a->end && text_is(t, n->end, LEX_COUNT_STOP | LEX_AUXILIARY);
        if (t->lang->traits && n->end < a->end) {
            around_np how = {.begin = n->end, .end = n->end + 1};
            bool moved = n->begin > a->begin && (around_cue_is(a, n->begin - 1, "to") ||
                                                 around_cue_is(a, n->begin - 1, "reach"));
            const char *part;
            stop_behind |= around_phrase_before(a, n->begin, LEX_PART_OF, &part) > 0;
            stop_behind |= around_tells_how(a, &how) || (moved && text_is(t, n->end, LEX_CHANGE));
            /* "von 14 auf 17 Verletzte" */
            d->suspended = (around_cue_is(a, n->end, "to") || around_cue_is(a, n->end, "reach")) &&
                           n->end + 1 < a->end && n->begin > a->begin &&
                           around_cue_is(a, n->begin - 1, "from");
        }
        d->suspended |= share_of;
        stop_behind |= around_is_subject(a, n->begin, n->end);
        bool those = n->end < a->end && text_is(t, n->end, LEX_CLAUSE_OPEN) &&
                     has_point_or_comma(a, n->begin); /* of the 210,000 who came */
        bool determined = n->begin > a->begin && !those &&
                          !around_cue_is(a, n->begin - 1, "that") &&
                          text_is(t, n->begin - 1, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE) &&
                          (t->lang->traits || !text_is(t, n->begin - 1, LEX_BOUND_BEFORE));
        bool item =
            n->begin == a->begin && n->end < a->end && t->tok[n->end].kind == TOK_SIGN; /* 1. 2) */
        bool digits = is_digits(a, n->begin);
        d->suspended |= n->end + 1 < a->end && around_sign(a, n->end, '-') &&
                        (t->tok[n->end].flags & TOKF_GLUED) &&
                        !(t->tok[n->end + 1].flags & TOKF_GLUED);
        if (around_sign(a, n->end + 1, ',') && around_sign(a, n->end, '-'))
            d->suspended = true;
        /* "sp 500": a number directly behind an unknown word belongs to it */
        bool behind_noun = n->begin > a->begin && t->tok[n->begin - 1].kind == TOK_WORD &&
                           !t->tok[n->begin - 1].lex && !d->change &&
                           !has_point_or_comma(a, n->begin) && !ends_as_verb(t, n->begin - 1);
        if (!d->bounded && behind_noun && !share_of)
            return false;
        if (t->lang->traits && !d->bounded && (around_is_date(a, n) || around_is_listed(a, n)))
            return false;
        if (!d->bounded && !d->suspended) {
            if (item || (range_by_dash && !d->change) || (determined && !fraction))
                return false;
            if (digits ? n->end < a->end && (t->tok[n->end].flags & TOKF_GLUED) &&
                             t->tok[n->end].kind == TOK_WORD
                       : !stop_behind && n->end - n->begin < 2)
                return false;
            if (digits && !stop_behind && !has_point_or_comma(a, n->begin) && n->end < a->end &&
                t->tok[n->end].kind == TOK_WORD)
                return false;
        }
        bool leads_on =
            t->lang->traits && (d->suspended || (text_is(t, n->end, LEX_PREPOSITION) &&
                                                 !text_phrase(t, n->end, a->end, LEX_PART_OF)));
        if (stop_behind && !d->change && !leads_on) {
            uint32_t k = n->end;
            while (k < a->end && k < n->end + PREDICATE_MAX &&
                   (t->tok[k].kind == TOK_WORD || t->tok[k].kind == TOK_CLITIC))
                k++;
            d->cb = n->end;
            d->ce = k;
        }
        if (t->lang->traits && around_number_of(a, n->begin, &np))
            count_them(a, d, &np);
    }
    return true;
}

/* ------------------------------------------------------------------ the loop */

sst_status figure_find(const sst_text *text, const sst_quotes *quotes, sst_arena *arena,
                       sst_figures *out)
{
    memset(out, 0, sizeof *out);
    out->text = text;
    draft_list l = {.arena = arena};
    SST_VEC(sst_figure) figures = {NULL, 0, 0};
    uint32_t number = 0;
    count_names(text, &l);
    for (uint32_t s = 0; s < text->sent_n && !arena->failed; s++) {
        around a = {text, arena, text->sent[s].begin, text->sent[s].end};
        while (number < text->number_n && text->number[number].begin < a.begin)
            number++;
        if (number >= text->number_n)
            break;
        if (text->number[number].begin >= a.end || !tells(text->para[text->sent[s].para].role))
            continue;
        l.v.n = 0;
        for (; number < text->number_n && text->number[number].begin < a.end; number++) {
            draft d;
            if (!take(&a, &l, &text->number[number], &d))
                continue;
            if (text->lang->traits && l.v.n && d.nb < l.v.v[l.v.n - 1].end &&
                !l.v.v[l.v.n - 1].counted)
                continue; /* the "cent" of "pour cent" */
            if (l.v.n &&
                d.begin < l.v.v[l.v.n - 1]
                              .end) { /* the counted words of the one before hold this number */
                draft *p = &l.v.v[l.v.n - 1];
                p->end = d.begin > p->ne ? d.begin : p->ne;
                if (p->ce > p->end)
                    p->ce = p->end > p->cb ? p->end : p->cb;
            }
            draft *copy = vec_push(arena, &l.v);
            if (copy)
                *copy = d;
        }
        draft_join_ranges(&a, &l);
        draft_same_again(&a, &l);
        draft_inherit(&a, &l);
        if (!l.v.n)
            continue;
        sst_span source = {0, 0};
        bool sourced = around_source(&a, &source);
        const sst_time *as_of = around_as_of(&a);
        for (uint32_t i = 0; i < l.v.n; i++) {
            sst_figure *f = vec_push(arena, &figures);
            if (!f)
                break;
            draft_finish(&a, &l.v.v[i], s, arena, f);
            if (sourced && (f->at.end <= source.begin || f->at.begin >= source.end))
                f->said_by = around_one_span(arena, source);
            if (as_of) {
                f->as_of = text_span(text, as_of->begin, as_of->end);
                memcpy(f->as_of_iso, as_of->iso, sizeof f->as_of_iso);
            }
        }
    }
    out->v = figures.v;
    out->n = figures.n;
    if (quotes && out->n)
        around_quoted_sources(quotes, out);
    return arena->failed;
}
