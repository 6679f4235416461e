/*
 * Cardinal numbers, in digits and in words.
 *
 * In: tokens of a sentence. Out: the cardinal that begins at a token, and where it ends: "40,139",
 * "2½", "4.2m", "half a million", "twenty-eight thousand", "RM79". Parts: digits, magnitudes,
 * words, cardinals. Language: number_word, magnitude, fraction, currency.
 */
#include <stdlib.h>

#include "text_number_inner.h"

enum {
    FRACTION_MAX =
        16,          /* "15/16 inch" is the finest part of a unit that news prints with a stroke */
    GROUP = 3,       /* digits between commas */
    DIGITS_MAX = 48, /* bytes of a number in digits: twelve groups and a sign between them */
    METRE_MIN = 1000 /* "1500m" is a distance: nobody writes thousand millions */
};

/* ------------------------------------------------------------------ digits */

/* ½ and its like; 0 when the two or three bytes at p are none. *n their length. */
static double vulgar(const char *p, size_t left, size_t *n)
{
    static const struct {
        const char *z;
        double v;
    } table[] = {{"½", 1.0 / 2}, {"¼", 1.0 / 4}, {"¾", 3.0 / 4}, {"⅓", 1.0 / 3}, {"⅔", 2.0 / 3},
                 {"⅛", 1.0 / 8}, {"⅜", 3.0 / 8}, {"⅝", 5.0 / 8}, {"⅞", 7.0 / 8}, {"⅕", 1.0 / 5},
                 {"⅖", 2.0 / 5}, {"⅗", 3.0 / 5}, {"⅘", 4.0 / 5}, {"⅙", 1.0 / 6}, {"⅚", 5.0 / 6}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        size_t k = strlen(table[i].z);
        if (k <= left && memcmp(p, table[i].z, k) == 0) {
            *n = k;
            return table[i].v;
        }
    }
    return 0;
}

/* Does every full stop or comma of a number stand before three digits: 12.345, 1.234.567? */
static bool in_groups(sst_str s)
{
    size_t group = 0, groups = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (byte_is_digit((unsigned char)s.p[i])) {
            group++;
            continue;
        }
        if (groups ? group != GROUP : group > GROUP)
            return false;
        groups++;
        group = 0;
    }
    return groups && group == GROUP && s.p[0] != '0';
}

/* A number in a language with a decimal comma, as parse_plain() reads it: 1.234,5 is 1,234.5. A
 * lone full stop before one or two digits is a decimal point all the same: statistics and names of
 * products are copied as they are. */
static sst_str with_point(const sst_lang *lang, sst_str s, char *z)
{
    size_t points = 0, commas = 0, last = 0;
    for (size_t i = 0; i < s.n; i++) {
        points += s.p[i] == '.';
        commas += s.p[i] == ',';
        if (s.p[i] == '.' || s.p[i] == ',')
            last = i;
    }
    if (points + commas == 0 || s.n >= DIGITS_MAX)
        return s;
    bool groups = in_groups(s) && (points == 0 || commas == 0);
    bool either = groups && commas && lang->traits & LANG_DECIMAL_EITHER;
    for (size_t i = 0; i < s.n; i++) {
        z[i] = s.p[i];
        if (z[i] == '.' && (groups || points > 1 || i < last))
            z[i] = ',';
        else if (z[i] == ',' && !either)
            z[i] = commas > 1 || i < last ? ',' : '.';
    }
    return (sst_str){z, s.n};
}

static bool parse_plain(sst_str s, double *out)
{
    double v = 0, scale = 0;
    size_t i = 0, n = 0, group = 0;
    bool comma = false, point = false;
    size_t dots = 0;
    for (size_t k = 0; k < s.n; k++)
        dots += s.p[k] == '.';
    if (s.n > 1 && s.p[0] == '0' && byte_is_digit((unsigned char)s.p[1]))
        return false;
    for (; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (byte_is_digit(c)) {
            n++;
            group++;
            if (point) {
                v += (c - '0') * scale;
                scale /= 10;
            } else {
                v = v * 10 + (c - '0');
            }
        } else if (c == ',' || (c == '.' && dots > 1)) {
            if (point || n == 0 || (comma && group != GROUP) || (!comma && group > GROUP))
                return false;
            comma = true;
            group = 0;
        } else if (c == '.') {
            if (point || (comma && group != GROUP))
                return false;
            point = true;
            scale = 0.1;
        } else {
            size_t k = 0;
            double part = vulgar(s.p + i, s.n - i, &k);
            if (part == 0 || i + k != s.n)
                return false;
            *out = v + part;
            return true;
        }
    }
    if (n == 0 || (comma && !point && group != GROUP))
        return false;
    if (point) { /* the decimal as the C library reads it: 0.1 + 0.02 is not 0.12 */
        char z[48];
        size_t k = 0;
        for (size_t j = 0; j < s.n && k + 1 < sizeof z; j++)
            if (s.p[j] != ',')
                z[k++] = s.p[j];
        z[k] = 0;
        v = strtod(z, NULL);
    }
    *out = v;
    return true;
}

bool number_parse_digits(const sst_lang *lang, sst_str s, double *out)
{
    char z[DIGITS_MAX];
    return parse_plain(lang->traits & LANG_DECIMAL_COMMA ? with_point(lang, s, z) : s, out);
}

/* Takes the groups of three digits behind the digits before j that a space stands between ("12
 * 000", "1 200 000"), where the language writes them so; returns the token behind them. */
static uint32_t spaced_groups(const number_reader *r, uint32_t j, number_cardinal *c)
{
    const sst_text *t = r->t;
    if (!(t->lang->traits & LANG_DECIMAL_COMMA))
        return j;
    sst_str s = text_token(t, j - 1);
    if (s.n > GROUP || c->value < 1 || c->value != (double)(int)c->value)
        return j;
    for (; j < r->end && t->tok[j].kind == TOK_NUMBER && !number_glued(r, j); j++) {
        s = text_token(t, j);
        uint32_t gap = t->tok[j].begin - t->tok[j - 1].end;
        bool one_space = gap == 1 || (unsigned char)t->s.p[t->tok[j - 1].end] >= 0x80;
        if (s.n < GROUP || !one_space || gap > 3 || (s.n > GROUP && s.p[GROUP] != ','))
            break;
        double low = 0;
        for (size_t k = 0; k < GROUP; k++) {
            if (!byte_is_digit((unsigned char)s.p[k]))
                return j;
            low = low * 10 + (s.p[k] - '0');
        }
        c->value = c->value * 1000 + low;
        double scale = 0.1;
        for (size_t k = GROUP + 1; k < s.n && byte_is_digit((unsigned char)s.p[k]); k++) {
            c->value += (s.p[k] - '0') * scale;
            scale /= 10;
        }
        if (s.n > GROUP)
            return j + 1;
    }
    return j;
}

/* ------------------------------------------------------------------ magnitudes */

static bool money_before(const number_reader *r, uint32_t i)
{
    return i > r->begin && text_is(r->t, i - 1, LEX_CURRENCY) &&
           (r->t->tok[i - 1].kind == TOK_SIGN || (r->t->tok[i - 1].flags & TOKF_CAPS));
}

/* "m" behind digits: millions before a noun ("4.2m people") and behind money, else metres. */
static bool is_million(const number_reader *r, uint32_t m, const number_cardinal *c)
{
    if (c->value >= METRE_MIN || m + 1 >= r->end)
        return false;
    const sst_token *k = &r->t->tok[m + 1];
    const char *cue = number_value_of(r, m + 1, LEX_FIGURE_CUE);
    if (k->kind != TOK_WORD || (k->flags & TOKF_GLUED) ||
        text_is(r->t, m + 1, LEX_COUNT_STOP | LEX_NUMBER_WORD))
        return false;
    return !(text_has_word(cue, "length"));
}

/* "1,5 M€": a sign of money hangs at the abbreviation, where the sign stands behind the amount. */
static bool money_glued_behind(const number_reader *r, uint32_t i)
{
    return r->t->lang->traits & LANG_DECIMAL_COMMA && number_glued(r, i) &&
           r->t->tok[i].kind == TOK_SIGN && text_is(r->t, i, LEX_CURRENCY);
}

/* Multiplies by the magnitudes behind token j; returns the token behind them. */
static uint32_t magnitudes(const number_reader *r, uint32_t begin, uint32_t j, number_cardinal *c)
{
    for (;;) {
        uint32_t k = j;
        if (number_is_hyphen(r, k))
            k++;
        const char *v = number_value_of(r, k, LEX_MAGNITUDE);
        if (!v)
            return j;
        char *rest;
        double factor = strtod(v, &rest);
        if (strcmp(rest, " glued") == 0) { /* an abbreviation */
            bool short_m = factor == 1e6 && r->t->tok[k].end - r->t->tok[k].begin == 1;
            bool money = money_before(r, begin) || money_glued_behind(r, k + 1);
            bool kilo = factor == 1e3;
            if (c->factor != 1 || !c->digits || (!number_glued(r, k) && !money) ||
                (number_glued(r, k + 1) && r->t->tok[k + 1].kind == TOK_WORD))
                return j;
            if (!money && !(short_m && is_million(r, k, c)) && !(kilo && c->value < METRE_MIN) &&
                !(r->t->tok[k].end - r->t->tok[k].begin > 1))
                return j;
        }
        if (factor < 1000 && c->digits && number_is_word(r, k))
            return j; /* "50 cents" are money, nobody writes 50 hundreds */
        c->value *= factor;
        c->factor *= factor;
        j = k + 1;
    }
}

/* ------------------------------------------------------------------ words */

/* The number that the word or the listed phrase at i is ("vingt et un"), its tokens in *n; NULL:
 * none. */
static const char *word_value(const number_reader *r, uint32_t i, uint32_t *n)
{
    *n = 1;
    if (r->t->lang->traits & LANG_NUMBER_PHRASE && i < r->end) {
        uint32_t k;
        const char *v = text_phrase_value(r->t, i, r->end, LEX_NUMBER_WORD, &k);
        if (v && k > 1) {
            *n = k;
            return v;
        }
    }
    return number_is_word(r, i) ? number_value_of(r, i, LEX_NUMBER_WORD) : NULL;
}

/* "twenty-eight thousand six hundred forty-two", from a word of number on. Returns the token behind
 * it. */
static uint32_t words_at(const number_reader *r, uint32_t i, number_cardinal *c)
{
    double total = 0, current = 0, last = 0;
    c->factor = 1;
    c->digits = false;
    uint32_t j = i;
    bool any = false;
    for (;;) {
        uint32_t k = j;
        if (any && number_is_hyphen(r, k))
            k++;
        else if (any && number_joins(r, k, "and") && (last >= 100) && number_is_word(r, k + 1))
            k++;
        uint32_t n = 1;
        const char *word = word_value(r, k, &n);
        double v = word ? strtod(word, NULL) : 0;
        /* "deux cents", "cent mille": a word that multiplies what stands before it is no addend */
        bool fits = word && (!any || (last >= 100 && v < last) || (last >= 20 && v < 10 && v > 0));
        if (fits) {
            if (v >= 1000)
                total += v;
            else
                current += v;
            last = v;
        } else {
            const char *m = number_value_of(r, k, LEX_MAGNITUDE);
            char *rest = NULL;
            double factor = m ? strtod(m, &rest) : 0;
            if (!m || (*rest && *rest != ' ') || !any || strcmp(rest, " glued") == 0)
                break;
            n = 1;
            if (factor == 100) {
                current *= 100;
            } else {
                total += (current == 0 ? total == 0 ? 1 : 0 : current) * factor;
                if (current == 0 && total > 0 && last >= 1000)
                    total *= factor;
                current = 0;
            }
            c->factor = factor;
            last = factor;
        }
        any = true;
        j = k + n;
    }
    c->value = total + current;
    /* one point five million */
    if (number_joins(r, j, "point") && number_is_word(r, j + 1)) {
        double scale = 0.1, v = 0;
        uint32_t k = j + 1;
        for (; number_is_word(r, k); k++) {
            double d = strtod(number_value_of(r, k, LEX_NUMBER_WORD), NULL);
            if (d > 9)
                break;
            v += d * scale;
            scale /= 10;
        }
        if (k > j + 1) {
            c->value += v;
            j = magnitudes(r, i, k, c);
        }
    }
    return j;
}

uint32_t number_and_a_half(const number_reader *r, uint32_t begin, uint32_t j, number_cardinal *c)
{
    uint32_t k = j;
    if (number_is_sign(r, k, '-'))
        k++;
    if (!number_joins(r, k, "and"))
        return j;
    k++;
    const char *v = number_value_of(r, k, LEX_FRACTION);
    if (v && strcmp(v, "2 half") == 0) { /* dos millones y medio */
        c->value += c->factor / 2;
        return k + 1;
    }
    if (number_is_sign(r, k, '-'))
        k++;
    if (!number_joins(r, k, "a"))
        return j;
    k++;
    if (number_is_sign(r, k, '-'))
        k++;
    v = number_value_of(r, k, LEX_FRACTION);
    if (!v || c->factor != 1)
        return j;
    c->value += 1 / strtod(v, NULL);
    return magnitudes(r, begin, k + 1, c);
}

/* ------------------------------------------------------------------ cardinals */

/* NUMBER / NUMBER, glued: the part ("1/2"), or 0. */
static double stroke_at(const number_reader *r, uint32_t i)
{
    if (i + 2 >= r->end || r->t->tok[i].kind != TOK_NUMBER || !number_is_sign(r, i + 1, '/') ||
        !number_glued(r, i + 1) || r->t->tok[i + 2].kind != TOK_NUMBER || !number_glued(r, i + 2))
        return 0;
    double a, b;
    if (!number_parse_digits(r->t->lang, text_token(r->t, i), &a) ||
        !number_parse_digits(r->t->lang, text_token(r->t, i + 2), &b))
        return 0;
    if (a < 1 || b < 2 || a >= b || b > FRACTION_MAX || a != (int)a || b != (int)b ||
        number_is_sign(r, i + 3, '/'))
        return 0;
    return a / b;
}

/* "RM79", "USD1,700", "EUR50m": a code of money with the number in the same word. Returns the token
 * behind, or i. */
static uint32_t coded_money(const number_reader *r, uint32_t i, number_cardinal *c)
{
    const sst_text *t = r->t;
    sst_str w = text_token(t, i);
    size_t n = 0;
    while (n < w.n && w.p[n] >= 'A' && w.p[n] <= 'Z')
        n++;
    if (n < 2 || n > 4 || n == w.n || !byte_is_digit((unsigned char)w.p[n]))
        return i;
    char low[4];
    for (size_t k = 0; k < n; k++)
        low[k] = (char)(w.p[k] | 32);
    if (!(lang_classes(t->lang, lang_row(t->lang, (sst_str){low, n})) & LEX_CURRENCY))
        return i;
    const char *p = w.p + n, *q = p, *end = t->s.p + t->tok[r->end - 1].end;
    while (q < end &&
           (byte_is_digit((unsigned char)*q) ||
            ((*q == '.' || *q == ',') && q + 1 < end && byte_is_digit((unsigned char)q[1]))))
        q++;
    if (!number_parse_digits(t->lang, (sst_str){p, (size_t)(q - p)}, &c->value))
        return i;
    if (n == 2 && q - p < 2 && !(q < end && byte_is_alpha((unsigned char)*q)))
        return i; /* two letters and one digit are a product more often than money */
    c->factor = 1;
    c->digits = true;
    const char *e = q;
    while (e < end && byte_is_alpha((unsigned char)*e))
        e++;
    if (e > q && e - q <= 4) {
        char tail[4];
        for (size_t k = 0; k < (size_t)(e - q); k++)
            tail[k] = (char)(q[k] | 32);
        uint16_t row = lang_row(t->lang, (sst_str){tail, (size_t)(e - q)});
        const char *v = lang_classes(t->lang, row) & LEX_MAGNITUDE
                            ? lang_value(t->lang, row, LEX_MAGNITUDE)
                            : NULL;
        if (!v)
            return i;
        c->factor = strtod(v, NULL);
        c->value *= c->factor;
    }
    uint32_t j = i;
    while (j < r->end && t->tok[j].begin < (uint32_t)(e - t->s.p))
        j++;
    return c->factor == 1 ? magnitudes(r, i, j, c) : j;
}

uint32_t number_cardinal_at(const number_reader *r, uint32_t i, number_cardinal *c)
{
    const sst_text *t = r->t;
    if (i >= r->end)
        return i;
    c->factor = 1;
    if (t->tok[i].kind == TOK_NUMBER) {
        uint32_t j = i + 1;
        c->digits = true;
        double part = stroke_at(r, i);
        if (part > 0) {
            if (i + 3 >= r->end ||
                (t->tok[i + 3].kind != TOK_WORD && !number_is_sign(r, i + 3, '-')))
                return i; /* "picture 1/8" */
            c->value = part;
            j = i + 3;
        } else {
            if (!number_parse_digits(t->lang, text_token(t, i), &c->value) ||
                (number_is_sign(r, j, '/') && number_glued(r, j) && number_glued(r, j + 1) &&
                 t->tok[j + 1].kind == TOK_NUMBER))
                return i;
            part = number_glued(r, j) ? 0 : stroke_at(r, j);
            if (part == 0 && number_is_hyphen(r, j))
                part = stroke_at(r, j + 1) > 0 ? (j++, stroke_at(r, j)) : 0;
            if (part > 0) {
                c->value += part;
                j += 3;
            }
        }
        j = spaced_groups(r, j, c);
        j = magnitudes(r, i, j, c);
        return number_and_a_half(r, i, j, c);
    }
    if (t->tok[i].kind != TOK_WORD)
        return i;
    if (number_is_word(r, i)) {
        uint32_t j = words_at(r, i, c);
        return number_and_a_half(r, i, j, c);
    }
    /* half a million, half-a-dozen, half a dozen; a million, a hundred and five */
    const char *half = number_value_of(r, i, LEX_FRACTION);
    uint32_t a = i;
    double times = 1;
    if (half && (strcmp(half, "2") == 0 || strcmp(half, "2 half") == 0)) {
        times = 0.5;
        a = i + 1;
        if (number_is_hyphen(r, a))
            a++;
    }
    if (number_joins(r, a, "a"))
        a++;
    else if (times == 1)
        return coded_money(r, i, c);
    if (number_is_hyphen(r, a))
        a++;
    const char *behind = number_value_of(r, a, LEX_FRACTION);
    if (times == 1 && behind && strcmp(behind, "2 half") == 0) {
        times = 0.5; /* eine halbe Million, un demi-million */
        a++;
        if (number_is_hyphen(r, a))
            a++;
    }
    const char *m = number_value_of(r, a, LEX_MAGNITUDE);
    char *rest = NULL;
    double factor = m ? strtod(m, &rest) : 0;
    if (!m || strcmp(rest, " glued") == 0)
        return i;
    c->digits = false;
    c->rough = strcmp(rest, " rough") == 0;
    if (number_joins(r, a + 1, "and") && number_is_word(r, a + 2) && times == 1 && factor <= 1000 &&
        factor != 12) {
        number_cardinal low;
        uint32_t j = words_at(r, a + 2, &low);
        if (low.value < factor) {
            c->value = factor + low.value;
            return j;
        }
    }
    c->value = times;
    return magnitudes(r, i, a, c);
}
