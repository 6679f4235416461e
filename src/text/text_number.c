/*
 * Numbers in digits and in words.
 *
 * In: tokens, sentences and times. Out: sst_text.number, in order, not overlapping, none inside a
 * time. Method: one pass; at each token a cardinal (text_cardinal.c), an ordinal ("ninth", "45th"),
 * a part ("two thirds of") or a size ("dozens") is read by a small grammar, and a second one behind
 * "to", "or", a dash makes a range. Numbers that are glued to letters (F-16), parts of codes, of
 * scores and of telephone numbers are passed over. Parts: ordinals, parts, sizes, ranges, the loop.
 * Language: number_word, magnitude, magnitude_plural, ordinal, fraction.
 */
#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "text_number_inner.h"

enum {
    RATIO_SMALL = 10, /* "one in seven": larger ones are round, "seven out of 16" tells a count */
    YEAR_DIGITS = 4,  /* of "in 2015" */
    DAY_LAST = 31     /* of a month */
};

/* Is the number token at i a part of a name, code, score or address (F-16, Covid-19, #1, 3:1)? */
static bool inside_code(const number_reader *r, uint32_t i)
{
    const sst_text *t = r->t;
    if (t->lang->traits && i > r->begin && !number_glued(r, i) &&
        t->tok[i - 1].kind == TOK_NUMBER && t->s.p[t->tok[i - 1].begin] == '0')
        return true; /* 0800 4711 */
    if (!number_glued(r, i) || i == r->begin)
        return false;
    const sst_token *p = &t->tok[i - 1];
    if (p->kind == TOK_WORD || p->kind == TOK_CLITIC)
        return true;
    sst_str s = text_token(t, i - 1);
    if (s.n == 1 && strchr("/:#@=&?_\\*.", s.p[0]))
        return !(s.p[0] == '/' && i >= 2 && !(t->tok[i - 1].flags & TOKF_GLUED)) &&
               !(s.p[0] == '.' && !number_glued(r, i - 1));
    if (s.n == 1 && (s.p[0] == ',' || s.p[0] == '.') && number_glued(r, i - 1) &&
        i >= r->begin + 2 && t->tok[i - 2].kind == TOK_WORD &&
        byte_is_digit((unsigned char)t->s.p[t->tok[i - 2].end - 1]))
        return true; /* X21,700 */
    if (number_is_dash(r, i - 1) && number_glued(r, i - 1) && i >= r->begin + 2) {
        const sst_token *w = &t->tok[i - 2];
        if (w->kind == TOK_WORD)
            return !text_is(t, i - 2, LEX_NUMBER_WORD | LEX_MAGNITUDE) || (w->flags & TOKF_UPPER);
        return false;
    }
    return false;
}

/* Is the cue at i one of figures with this value? */
static bool cue_is(const number_reader *r, uint32_t i, const char *what)
{
    return text_has_word(number_value_of(r, i, LEX_FIGURE_CUE), what);
}

/* "voted 174-161", "passed the bill 51-49": two counts of votes and no score. */
static bool is_tally(const number_reader *r, uint32_t i)
{
    enum { TALLY_GAP = 8 };
    for (uint32_t k = i; k-- > r->begin && k + TALLY_GAP >= i;)
        if (cue_is(r, k, "tally"))
            return true;
    return false;
}

/* "1 in 10", "two out of three", "one of every five": what stands behind a number that is so many
 * of the second one. Returns the token behind, or i. */
static uint32_t ratio_behind(const number_reader *r, uint32_t i, uint32_t j, double count,
                             double *part)
{
    uint32_t k = j;
    bool each = false;
    if (cue_is(r, k, "among"))
        k++;
    else if (cue_is(r, k, "out") && number_joins(r, k + 1, "of"))
        k += 2;
    else if (number_joins(r, k, "of"))
        each = true, k++;
    else
        return i;
    if (k + 1 < r->end && cue_is(r, k, "rate") && r->t->tok[k].kind == TOK_WORD) {
        each = false;
        k++;
    }
    number_cardinal all = {0, 1, false, false};
    uint32_t e = each || number_joins(r, k, "a") ? k : number_cardinal_at(r, k, &all);
    if (e == k || count < 1 || count >= all.value || count != floor(count))
        return i;
    /* the second is a number that people think in: up to a score, or round; "two in 2015" and "one
     * in 10 minutes" are others */
    double step = pow(10, floor(log10(all.value)));
    bool year = e == k + 1 && r->t->tok[k].kind == TOK_NUMBER &&
                r->t->tok[k].end - r->t->tok[k].begin == YEAR_DIGITS;
    if ((all.value > RATIO_SMALL && fabs(all.value / step - floor(all.value / step)) > 0) || year ||
        (e < r->end && text_is(r->t, e, LEX_UNIT | LEX_UNIT_SYMBOL | LEX_MONTH)) ||
        number_is_hyphen(r, e) || (number_glued(r, e) && r->t->tok[e].kind == TOK_WORD))
        return i;
    *part = count / all.value;
    return e;
}

/* ------------------------------------------------------------------ ordinals, parts, sizes */

static uint32_t ordinal_at(const number_reader *r, uint32_t i, double *value)
{
    const sst_text *t = r->t;
    if (t->tok[i].kind == TOK_NUMBER) {
        const char *v = number_glued(r, i + 1) ? number_value_of(r, i + 1, LEX_ORDINAL) : NULL;
        return v && strcmp(v, "suffix") == 0 &&
                       number_parse_digits(t->lang, text_token(t, i), value)
                   ? i + 2
                   : i;
    }
    double tens = 0;
    uint32_t j = i;
    if (number_is_word(r, i) && (number_is_hyphen(r, i + 1) || text_is(t, i + 1, LEX_ORDINAL))) {
        tens = strtod(number_value_of(r, i, LEX_NUMBER_WORD), NULL);
        if (tens < 20 || tens > 90)
            return i;
        j = number_is_hyphen(r, i + 1) ? i + 2 : i + 1;
    }
    const char *v = number_value_of(r, j, LEX_ORDINAL);
    if (!v || !byte_is_digit((unsigned char)*v))
        return i;
    *value = tens + strtod(v, NULL);
    return tens > 0 && *value > tens + 9 ? i : j + 1;
}

/* "fell by a fifth", "up a third": the part [i, end) is how far something moved. */
static bool is_change_by(const number_reader *r, uint32_t i, uint32_t end)
{
    bool moved = i > r->begin && (cue_is(r, i - 1, "by") || text_is(r->t, i - 1, LEX_CHANGE));
    return moved && (end >= r->end || r->t->tok[end].kind != TOK_WORD ||
                     text_is(r->t, end, LEX_COUNT_STOP | LEX_PREPOSITION | LEX_CONJUNCTION));
}

/* "half the", "a third of", "two-thirds", "three quarters of" */
static uint32_t part_at(const number_reader *r, uint32_t i, double *value)
{
    const sst_text *t = r->t;
    uint32_t j = i;
    double count = 1;
    bool article = number_joins(r, i, "a");
    if (article)
        j++;
    else if (number_is_word(r, i)) {
        count = strtod(number_value_of(r, i, LEX_NUMBER_WORD), NULL);
        j++;
        if (number_is_hyphen(r, j))
            j++;
    } else if (t->tok[i].kind == TOK_NUMBER)
        return i;
    const char *v = number_value_of(r, j, LEX_FRACTION);
    if (!v)
        return i;
    double parts = strtod(v, NULL);
    bool of = number_joins(r, j + 1, "of");
    if (strcmp(v, "2 half") == 0) { /* media hora, demi-heure; "un medio de pago" is no half */
        uint32_t unit = j + 1;
        if (number_is_hyphen(r, unit))
            unit++;
        if (count != 1 || unit >= r->end || !text_is(t, unit, LEX_UNIT))
            return i;
    } else if (j == i) { /* a bare "half" needs what it is the half of */
        if (parts != 2 || !(of || (text_is(t, j + 1, LEX_DETERMINER) && !number_glued(r, j + 1))))
            return i;
    } else if (article ? !of && !(t->lang->traits & LANG_NOUN_CAPITAL) /* um ein Drittel */ &&
                             !is_change_by(r, i, j + 1)
                       : count >= parts ||
                             (count == 1 && !of && parts != 2 && !number_is_hyphen(r, i + 1))) {
        return i;
    }
    if (i > r->begin && text_is(t, i - 1, LEX_ORDINAL))
        return i;
    *value = count / parts;
    return j + 1;
}

/* "ein Toter", "un mort", "un herido": an article counts one where a list says so. */
static bool counts_one(const number_reader *r, uint32_t i)
{
    const sst_text *t = r->t;
    const char *v =
        t->lang->traits && i < r->end ? lang_value(t->lang, t->tok[i].lex, LEX_PLURAL) : NULL;
    return v && strcmp(v, "one") == 0 &&
           (!(t->lang->traits & LANG_NOUN_CAPITAL) || t->tok[i].flags & TOKF_UPPER);
}

static uint32_t size_at(const number_reader *r, uint32_t i, double *low, double *high)
{
    const sst_text *t = r->t;
    uint32_t n;
    const char *v = text_phrase_value(t, i, r->end, LEX_MAGNITUDE_PLURAL, &n);
    if (!v)
        return i;
    char *rest;
    *low = strtod(v, &rest);
    *high = strtod(rest, NULL);
    return *low > 0 ? i + n : i;
}

/* ------------------------------------------------------------------ ranges and the loop */

/* A range that begins with the cardinal [i, j): reads the second number, or leaves all as it is. */
static uint32_t range_behind(const number_reader *r, uint32_t i, uint32_t j, number_cardinal *low,
                             double *high)
{
    uint32_t k = j;
    bool dash = false;
    if (number_is_dash(r, k)) {
        dash = true;
        k++;
    } else if (number_joins(r, k, "to") || number_joins(r, k, "or") ||
               (number_joins(r, k, "and") && i > r->begin && number_joins(r, i - 1, "between"))) {
        k++;
        if (number_is_hyphen(r, k) || (number_is_sign(r, k, '-') && number_glued(r, k)))
            k++;
    } else if (number_is_hyphen(r, k) && number_joins(r, k + 1, "to")) {
        k += 2;
        if (number_is_dash(r, k))
            k++;
    } else {
        return j;
    }
    if (!dash && r->t->lang->traits && text_moves_from(r->t, r->begin, i))
        return j;
    if (dash && r->t->tok[j].kind == TOK_SIGN && number_glued(r, j) != number_glued(r, j + 1))
        return j;
    if (k < r->end && r->t->tok[k].kind == TOK_WORD && number_joins(r, k, "a"))
        return j;
    number_cardinal c = {0, 1, false, false};
    uint32_t e = number_cardinal_at(r, k, &c);
    if (e == k)
        return j;
    double a = low->value;
    if (low->factor == 1 && c.factor > 1 && a < c.value / c.factor)
        a *= c.factor;
    if (!(a < c.value))
        return j;
    low->value = a;
    *high = c.value;
    return e;
}

/* Skips numbers that hang together by dashes and mean no range: 2-1, 020-7946-0018. Returns the
 * token behind, or i. */
static uint32_t chain_at(const number_reader *r, uint32_t i)
{
    uint32_t j = i, n = 0;
    while (j + 2 < r->end && r->t->tok[j].kind == TOK_NUMBER && number_is_dash(r, j + 1) &&
           number_glued(r, j + 1) && number_glued(r, j + 2) &&
           r->t->tok[j + 2].kind == TOK_NUMBER) {
        j += 2;
        n++;
    }
    if (n == 0)
        return i;
    double a, b;
    if (n == 1 && number_parse_digits(r->t->lang, text_token(r->t, i), &a) &&
        number_parse_digits(r->t->lang, text_token(r->t, j), &b) && a < b)
        return i;
    /* "20-25m" may be a range of another kind: only whole chains that do not rise */
    return j + 1;
}

static uint32_t number_at(const number_reader *r, uint32_t i, sst_number *out)
{
    const sst_text *t = r->t;
    const sst_token *k = &t->tok[i];
    memset(out, 0, sizeof *out);
    out->begin = i;
    number_cardinal c = {0, 1, false, false}, one = {1, 1, false, false};
    uint32_t j = i;
    bool minus = false;
    if (k->kind == TOK_SIGN) {
        bool free_dash = number_is_dash(r, i) &&
                         (!number_glued(r, i) || (i > r->begin && t->tok[i - 1].kind == TOK_SIGN));
        if (number_is_sign(r, i, '.') && !number_glued(r, i) && number_glued(r, i + 1) &&
            t->tok[i + 1].kind == TOK_NUMBER) {
            char z[32] = "0.";
            sst_str s = text_token(t, i + 1); /* .001 */
            if (s.n > 24)
                return i;
            memcpy(z + 2, s.p, s.n);
            z[2 + s.n] = 0;
            out->value = out->high = strtod(z, NULL);
            return i + 2;
        }
        if (!free_dash || !number_glued(r, i + 1) || t->tok[i + 1].kind != TOK_NUMBER)
            return i;
        sst_str digits = text_token(t, i + 1);
        if (i > r->begin && (t->tok[i - 1].flags & TOKF_CAPS) && !memchr(digits.p, '.', digits.n) &&
            !number_is_sign(r, i + 2, '%'))
            return i + 2 <= r->end ? (out->begin = UINT32_MAX, i + 2)
                                   : i; /* a code with a space in it: COVID -19 */
        minus = true;
        j = i + 1;
    } else if (number_joins(r, i, "minus")) {
        minus = true;
        j = i + 1;
        if (number_is_hyphen(r, j))
            j++;
    }
    if (minus) {
        uint32_t e = number_cardinal_at(r, j, &c);
        if (e == j)
            return i;
        out->value = out->high = -c.value;
        if (i >= r->begin + 2 && number_joins(r, i - 1, "or") &&
            text_is(t, i - 2, LEX_BOUND_AFTER)) { /* plus or minus 2.5 points */
            out->value = out->high = c.value;
            out->begin = j;
        }
        return e;
    }
    if (k->kind == TOK_NUMBER) {
        if (inside_code(r, i))
            return i;
        j = chain_at(r, i);
        if (j > i && !(j == i + 3 && is_tally(r, i))) {
            out->begin = UINT32_MAX;
            return j;
        }
        if (t->lang->traits & LANG_ORDINAL_POINT && number_is_sign(r, i + 1, '.') &&
            number_glued(r, i + 1) && i + 2 < r->end && !number_glued(r, i + 2) &&
            number_parse_digits(t->lang, text_token(t, i), &out->value) && out->value <= INT_MAX &&
            out->value == (double)(int)out->value) { /* der 12. Spieltag */
            out->high = out->value;
            out->ordinal = 1;
            return i + 2;
        }
        if (number_glued(r, i + 1) && number_is_sign(r, i + 1, ':') && number_glued(r, i + 2) &&
            t->tok[i + 2].kind == TOK_NUMBER) {
            out->begin = UINT32_MAX; /* 3:1 */
            return i + 3;
        }
    } else if (k->kind != TOK_WORD) {
        return i;
    }
    if (k->kind == TOK_WORD && number_joins(r, i, "a") && counts_one(r, i + 1)) {
        out->value = out->high = 1;
        return i + 1;
    }
    if ((j = ordinal_at(r, i, &out->value)) > i) {
        double part;
        uint32_t e = part_at(r, i, &part);
        if (e >= j && e > i) {
            out->value = out->high = part;
            return e;
        }
        out->high = out->value;
        out->ordinal = 1;
        return j;
    }
    if ((j = part_at(r, i, &out->value)) > i) {
        number_cardinal ignored = {0, 1, false, false};
        if (number_cardinal_at(r, i, &ignored) <= j) {
            out->high = out->value;
            return j;
        }
    }
    if (number_joins(r, i, "a") && text_is(t, i + 1, LEX_UNIT) &&
        (j = number_and_a_half(r, i, i + 2, &one)) > i + 2) {
        out->value = out->high = one.value; /* a year and a half */
        return j;
    }
    if ((j = size_at(r, i, &out->value, &out->high)) > i) {
        out->approx = 1;
        return j;
    }
    if ((j = number_cardinal_at(r, i, &c)) == i)
        return i;
    double high = c.value;
    bool word_a = k->kind == TOK_WORD && number_joins(r, i, "a");
    double part;
    uint32_t ratio = word_a || c.factor != 1 ? i : ratio_behind(r, i, j, c.value, &part);
    if (ratio > i) {
        out->value = out->high = part;
        return ratio;
    }
    uint32_t e = word_a ? j : range_behind(r, i, j, &c, &high);
    out->value = c.value;
    out->high = e > j ? high : c.value;
    out->approx = c.rough && e == j;
    return e;
}

/* "from five on Oct. 8 to 12 on Oct. 9", "to 4%": what stands behind makes the number no day. */
static bool counts_on(const number_reader *r, uint32_t i)
{
    const sst_text *t = r->t;
    if (i >= r->end)
        return false;
    return text_is(t, i, LEX_UNIT) || text_token(t, i).p[0] == '%' ||
           (text_is(t, i, LEX_PREPOSITION) && i + 1 < r->end && text_is(t, i + 1, LEX_MONTH));
}

/* "Oct. 8 to 12": a second day behind the day that a time ends with is a part of it. */
static uint32_t behind_days(const number_reader *r, uint32_t i)
{
    const sst_text *t = r->t;
    double day;
    if (i + 1 >= r->end || t->tok[i - 1].kind != TOK_NUMBER || i < r->begin + 2 ||
        !text_is(t, i - 2, LEX_MONTH) || t->tok[i + 1].kind != TOK_NUMBER ||
        !(number_is_dash(r, i) || number_joins(r, i, "to")) ||
        !number_parse_digits(t->lang, text_token(t, i + 1), &day) || day < 1 || day > DAY_LAST ||
        day != floor(day) || counts_on(r, i + 2))
        return i;
    return i + 2;
}

/* "several hundred", "a few million": how many is not said. */
static bool is_vague(const number_reader *r, uint32_t i)
{
    uint32_t k = i;
    if (k > r->begin && number_joins(r, k - 1, "of"))
        k--;
    return k > r->begin && number_joins(r, k - 1, "vague");
}

/* Cheap: most tokens begin no number. */
static bool may_begin(const number_reader *r, uint32_t i)
{
    const sst_text *t = r->t;
    const sst_token *k = &t->tok[i];
    if (k->kind == TOK_NUMBER)
        return true;
    if (k->kind == TOK_SIGN)
        return number_is_dash(r, i) || number_is_sign(r, i, '.');
    if (k->kind != TOK_WORD)
        return false;
    uint64_t classes = lang_classes(t->lang, k->lex);
    if (classes & (LEX_FRACTION | LEX_ORDINAL | LEX_MAGNITUDE | LEX_MAGNITUDE_PLURAL))
        return true;
    if (classes & LEX_NUMBER_WORD) {
        const char *v = lang_value(t->lang, k->lex, LEX_NUMBER_WORD);
        if (!v || byte_is_digit((unsigned char)*v) || *v == 'm')
            return true;
        return strcmp(v, "a") == 0 &&
               (text_is(t, i + 1, LEX_FRACTION | LEX_MAGNITUDE) || counts_one(r, i + 1) ||
                (text_is(t, i + 1, LEX_UNIT) && number_joins(r, i + 2, "and")));
    }
    /* RM5 */
    const char *p = t->s.p + k->begin;
    size_t n = k->end - k->begin;
    if (n < 3 || !(k->flags & TOKF_UPPER) || p[1] < 'A' || p[1] > 'Z')
        return false;
    for (size_t b = 2; b < n && b < 5; b++)
        if (byte_is_digit((unsigned char)p[b]))
            return true;
    return false;
}

sst_status text_numbers(sst_arena *arena, sst_text *t)
{
    SST_VEC(sst_number) out = {NULL, 0, 0};
    uint32_t time = 0;
    for (uint32_t s = 0; s < t->sent_n && !arena->failed; s++) {
        number_reader r = {t, t->sent[s].begin, t->sent[s].end};
        for (uint32_t i = r.begin; i < r.end;) {
            while (time < t->time_n && t->time[time].end <= i)
                time++;
            if (time < t->time_n && t->time[time].begin <= i) {
                i = behind_days(&r, t->time[time].end);
                continue;
            }
            if (!may_begin(&r, i)) {
                i++;
                continue;
            }
            if (text_is(t, i, LEX_MAGNITUDE) && is_vague(&r, i)) {
                i++;
                while (text_is(t, i, LEX_MAGNITUDE))
                    i++;
                continue;
            }
            sst_number n;
            uint32_t j = number_at(&r, i, &n);
            if (j == i || (time < t->time_n && t->time[time].begin < j)) {
                i++;
                continue;
            }
            if (n.begin != UINT32_MAX) {
                sst_number *copy = vec_push(arena, &out);
                if (!copy)
                    break;
                *copy = n;
                copy->end = j;
            }
            i = j;
        }
    }
    t->number = out.v;
    t->number_n = out.n;
    return arena->failed;
}
