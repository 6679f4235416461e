/*
 * Numbers in digits and in words.
 *
 * In: tokens, sentences and times. Out: sst_text.number, in order, not overlapping, none inside a
 * time. Method: one pass; at each token a cardinal ("40,139", "2½", "4.2m", "half a million",
 * "twenty-eight thousand"), an ordinal ("ninth", "45th"), a part ("two thirds of") or a size
 * ("dozens") is read by a small grammar, and a second one behind "to", "or", a dash makes a range.
 * Numbers that are glued to letters (F-16), parts of codes, of scores and of telephone numbers are
 * passed over. Parts: digits, words, cardinals, ranges, the loop. Language: number_word, magnitude,
 * magnitude_plural, ordinal, fraction.
 */
#include <stdlib.h>

#include "text.h"

enum {
    FRACTION_MAX =
        16,          /* "15/16 inch" is the finest part of a unit that news prints with a stroke */
    GROUP = 3,       /* digits between commas */
    METRE_MIN = 1000 /* "1500m" is a distance: nobody writes thousand millions */
};

typedef struct reader {
    sst_text *t;
    uint32_t begin, end; /* of the sentence */
} reader;

/* A cardinal that was read. */
typedef struct cardinal {
    double value;
    double factor; /* of its magnitudes ("million"), 1 when there is none */
    bool digits;
} cardinal;

/* ------------------------------------------------------------------ helpers */

static const char *value_of(const reader *r, uint32_t i, uint64_t one_class)
{
    return i < r->end && text_is(r->t, i, one_class)
               ? lang_value(r->t->lang, r->t->tok[i].lex, one_class)
               : NULL;
}

/* Does the joining word at i do this? */
static bool joins(const reader *r, uint32_t i, const char *what)
{
    const char *v = value_of(r, i, LEX_NUMBER_WORD);
    return v && strcmp(v, what) == 0;
}

static bool is_number_word(const reader *r, uint32_t i)
{
    const char *v = value_of(r, i, LEX_NUMBER_WORD);
    return v && byte_is_digit((unsigned char)*v);
}

static bool glued(const reader *r, uint32_t i)
{
    return i < r->end && (r->t->tok[i].flags & TOKF_GLUED);
}

static bool is_sign(const reader *r, uint32_t i, char c)
{
    return i < r->end && r->t->tok[i].end - r->t->tok[i].begin == 1 &&
           r->t->s.p[r->t->tok[i].begin] == c;
}

/* Length in bytes of a dash (0: none) */
static bool is_dash(const reader *r, uint32_t i)
{
    if (i >= r->end || r->t->tok[i].kind != TOK_SIGN)
        return false;
    sst_str s = text_token(r->t, i);
    return str_eq(s, STR("-")) || str_eq(s, STR("–")) || str_eq(s, STR("—")) ||
           str_eq(s, STR("‑")) || str_eq(s, STR("−"));
}

static bool is_hyphen(const reader *r, uint32_t i)
{
    return is_sign(r, i, '-') && glued(r, i) && glued(r, i + 1);
}

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

/* 1,200  2.5  2½  1.234.567; false for 5.1.2, 1,2, 007. */
static bool parse_digits(sst_str s, double *out)
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

/* ------------------------------------------------------------------ magnitudes */

static bool money_before(const reader *r, uint32_t i)
{
    return i > r->begin && text_is(r->t, i - 1, LEX_CURRENCY) &&
           (r->t->tok[i - 1].kind == TOK_SIGN || (r->t->tok[i - 1].flags & TOKF_CAPS));
}

/* "m" behind digits: millions before a noun ("4.2m people") and behind money, else metres. */
static bool is_million(const reader *r, uint32_t m, const cardinal *c)
{
    if (c->value >= METRE_MIN || m + 1 >= r->end)
        return false;
    const sst_token *k = &r->t->tok[m + 1];
    const char *cue = value_of(r, m + 1, LEX_FIGURE_CUE);
    if (k->kind != TOK_WORD || (k->flags & TOKF_GLUED) ||
        text_is(r->t, m + 1, LEX_COUNT_STOP | LEX_NUMBER_WORD))
        return false;
    return !(cue && strcmp(cue, "length") == 0);
}

/* Multiplies by the magnitudes behind token j; returns the token behind them. */
static uint32_t magnitudes(const reader *r, uint32_t begin, uint32_t j, cardinal *c)
{
    for (;;) {
        uint32_t k = j;
        if (is_hyphen(r, k))
            k++;
        const char *v = value_of(r, k, LEX_MAGNITUDE);
        if (!v)
            return j;
        char *rest;
        double factor = strtod(v, &rest);
        if (*rest) { /* an abbreviation */
            bool short_m = factor == 1e6 && r->t->tok[k].end - r->t->tok[k].begin == 1;
            bool money = money_before(r, begin);
            bool kilo = factor == 1e3;
            if (c->factor != 1 || !c->digits || (!glued(r, k) && !money) ||
                (glued(r, k + 1) && r->t->tok[k + 1].kind == TOK_WORD))
                return j;
            if (!money && !(short_m && is_million(r, k, c)) && !(kilo && c->value < METRE_MIN) &&
                !(r->t->tok[k].end - r->t->tok[k].begin > 1))
                return j;
        }
        c->value *= factor;
        c->factor *= factor;
        j = k + 1;
    }
}

/* ------------------------------------------------------------------ words */

/* "twenty-eight thousand six hundred forty-two", from a word of number on. Returns the token behind
 * it. */
static uint32_t words_at(const reader *r, uint32_t i, cardinal *c)
{
    double total = 0, current = 0, last = 0;
    c->factor = 1;
    c->digits = false;
    uint32_t j = i;
    bool any = false;
    for (;;) {
        uint32_t k = j;
        if (any && is_hyphen(r, k))
            k++;
        else if (any && joins(r, k, "and") && (last >= 100) && is_number_word(r, k + 1))
            k++;
        if (is_number_word(r, k)) {
            double v = strtod(value_of(r, k, LEX_NUMBER_WORD), NULL);
            bool fits = !any || last >= 100 || (last >= 20 && v < 10 && v > 0);
            if (!fits)
                break;
            current += v;
            last = v;
        } else {
            const char *m = value_of(r, k, LEX_MAGNITUDE);
            char *rest = NULL;
            double factor = m ? strtod(m, &rest) : 0;
            if (!m || *rest || !any)
                break;
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
        j = k + 1;
    }
    c->value = total + current;
    /* one point five million */
    if (joins(r, j, "point") && is_number_word(r, j + 1)) {
        double scale = 0.1, v = 0;
        uint32_t k = j + 1;
        for (; is_number_word(r, k); k++) {
            double d = strtod(value_of(r, k, LEX_NUMBER_WORD), NULL);
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

/* "and a half" behind a number. */
static uint32_t and_a_half(const reader *r, uint32_t begin, uint32_t j, cardinal *c)
{
    uint32_t k = j;
    if (is_sign(r, k, '-'))
        k++;
    if (!joins(r, k, "and"))
        return j;
    k++;
    if (is_sign(r, k, '-'))
        k++;
    if (!joins(r, k, "a"))
        return j;
    k++;
    if (is_sign(r, k, '-'))
        k++;
    const char *v = value_of(r, k, LEX_FRACTION);
    if (!v || c->factor != 1)
        return j;
    c->value += 1 / strtod(v, NULL);
    return magnitudes(r, begin, k + 1, c);
}

/* ------------------------------------------------------------------ cardinals */

/* NUMBER / NUMBER, glued: the part ("1/2"), or 0. */
static double stroke_at(const reader *r, uint32_t i)
{
    if (i + 2 >= r->end || r->t->tok[i].kind != TOK_NUMBER || !is_sign(r, i + 1, '/') ||
        !glued(r, i + 1) || r->t->tok[i + 2].kind != TOK_NUMBER || !glued(r, i + 2))
        return 0;
    double a, b;
    if (!parse_digits(text_token(r->t, i), &a) || !parse_digits(text_token(r->t, i + 2), &b))
        return 0;
    if (a < 1 || b < 2 || a >= b || b > FRACTION_MAX || a != (int)a || b != (int)b ||
        is_sign(r, i + 3, '/'))
        return 0;
    return a / b;
}

/* "RM79", "USD1,700", "EUR50m": a code of money with the number in the same word. Returns the token
 * behind, or i. */
static uint32_t coded_money(const reader *r, uint32_t i, cardinal *c)
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
    if (!parse_digits((sst_str){p, (size_t)(q - p)}, &c->value))
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

/* A cardinal without sign at i; the token behind it, or i. */
static uint32_t cardinal_at(const reader *r, uint32_t i, cardinal *c)
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
            if (i + 3 >= r->end || (t->tok[i + 3].kind != TOK_WORD && !is_sign(r, i + 3, '-')))
                return i; /* "picture 1/8" */
            c->value = part;
            j = i + 3;
        } else {
            if (!parse_digits(text_token(t, i), &c->value) ||
                (is_sign(r, j, '/') && glued(r, j) && glued(r, j + 1) &&
                 t->tok[j + 1].kind == TOK_NUMBER))
                return i;
            part = glued(r, j) ? 0 : stroke_at(r, j);
            if (part == 0 && is_hyphen(r, j))
                part = stroke_at(r, j + 1) > 0 ? (j++, stroke_at(r, j)) : 0;
            if (part > 0) {
                c->value += part;
                j += 3;
            }
        }
        j = magnitudes(r, i, j, c);
        return and_a_half(r, i, j, c);
    }
    if (t->tok[i].kind != TOK_WORD)
        return i;
    if (is_number_word(r, i)) {
        uint32_t j = words_at(r, i, c);
        return and_a_half(r, i, j, c);
    }
    /* half a million, half-a-dozen, half a dozen; a million, a hundred and five */
    const char *half = value_of(r, i, LEX_FRACTION);
    uint32_t a = i;
    double times = 1;
    if (half && strcmp(half, "2") == 0) {
        times = 0.5;
        a = i + 1;
        if (is_hyphen(r, a))
            a++;
    }
    if (joins(r, a, "a"))
        a++;
    else if (times == 1)
        return coded_money(r, i, c);
    if (is_hyphen(r, a))
        a++;
    const char *m = value_of(r, a, LEX_MAGNITUDE);
    char *rest = NULL;
    double factor = m ? strtod(m, &rest) : 0;
    if (!m || *rest)
        return i;
    c->digits = false;
    if (joins(r, a + 1, "and") && is_number_word(r, a + 2) && times == 1 && factor <= 1000 &&
        factor != 12) {
        cardinal low;
        uint32_t j = words_at(r, a + 2, &low);
        if (low.value < factor) {
            c->value = factor + low.value;
            return j;
        }
    }
    c->value = times;
    return magnitudes(r, i, a, c);
}

/* Is the number token at i a part of a name, code, score or address (F-16, Covid-19, #1, 3:1)? */
static bool inside_code(const reader *r, uint32_t i)
{
    const sst_text *t = r->t;
    if (!glued(r, i) || i == r->begin)
        return false;
    const sst_token *p = &t->tok[i - 1];
    if (p->kind == TOK_WORD || p->kind == TOK_CLITIC)
        return true;
    sst_str s = text_token(t, i - 1);
    if (s.n == 1 && strchr("/:#@=&?_\\*.", s.p[0]))
        return !(s.p[0] == '/' && i >= 2 && !(t->tok[i - 1].flags & TOKF_GLUED)) &&
               !(s.p[0] == '.' && !glued(r, i - 1));
    if (s.n == 1 && (s.p[0] == ',' || s.p[0] == '.') && glued(r, i - 1) && i >= r->begin + 2 &&
        t->tok[i - 2].kind == TOK_WORD &&
        byte_is_digit((unsigned char)t->s.p[t->tok[i - 2].end - 1]))
        return true; /* X21,700 */
    if (is_dash(r, i - 1) && glued(r, i - 1) && i >= r->begin + 2) {
        const sst_token *w = &t->tok[i - 2];
        if (w->kind == TOK_WORD)
            return !text_is(t, i - 2, LEX_NUMBER_WORD | LEX_MAGNITUDE) || (w->flags & TOKF_UPPER);
        return false;
    }
    return false;
}

/* ------------------------------------------------------------------ ordinals, parts, sizes */

static uint32_t ordinal_at(const reader *r, uint32_t i, double *value)
{
    const sst_text *t = r->t;
    if (t->tok[i].kind == TOK_NUMBER) {
        const char *v = glued(r, i + 1) ? value_of(r, i + 1, LEX_ORDINAL) : NULL;
        return v && strcmp(v, "suffix") == 0 && parse_digits(text_token(t, i), value) ? i + 2 : i;
    }
    double tens = 0;
    uint32_t j = i;
    if (is_number_word(r, i) && (is_hyphen(r, i + 1) || text_is(t, i + 1, LEX_ORDINAL))) {
        tens = strtod(value_of(r, i, LEX_NUMBER_WORD), NULL);
        if (tens < 20 || tens > 90)
            return i;
        j = is_hyphen(r, i + 1) ? i + 2 : i + 1;
    }
    const char *v = value_of(r, j, LEX_ORDINAL);
    if (!v || !byte_is_digit((unsigned char)*v))
        return i;
    *value = tens + strtod(v, NULL);
    return tens > 0 && *value > tens + 9 ? i : j + 1;
}

/* "half the", "a third of", "two-thirds", "three quarters of" */
static uint32_t part_at(const reader *r, uint32_t i, double *value)
{
    const sst_text *t = r->t;
    uint32_t j = i;
    double count = 1;
    bool article = joins(r, i, "a");
    if (article)
        j++;
    else if (is_number_word(r, i)) {
        count = strtod(value_of(r, i, LEX_NUMBER_WORD), NULL);
        j++;
        if (is_hyphen(r, j))
            j++;
    } else if (t->tok[i].kind == TOK_NUMBER)
        return i;
    const char *v = value_of(r, j, LEX_FRACTION);
    if (!v)
        return i;
    double parts = strtod(v, NULL);
    bool of = joins(r, j + 1, "of");
    if (j == i) { /* a bare "half" needs what it is the half of */
        if (parts != 2 || !(of || (text_is(t, j + 1, LEX_DETERMINER) && !glued(r, j + 1))))
            return i;
    } else if (article
                   ? !of
                   : count >= parts || (count == 1 && !of && parts != 2 && !is_hyphen(r, i + 1))) {
        return i;
    }
    if (i > r->begin && text_is(t, i - 1, LEX_ORDINAL))
        return i;
    *value = count / parts;
    return j + 1;
}

static uint32_t size_at(const reader *r, uint32_t i, double *low, double *high)
{
    const sst_text *t = r->t;
    uint32_t n = text_phrase(t, i, r->end, LEX_MAGNITUDE_PLURAL);
    if (!n)
        return i;
    const char *v;
    if (n > 1) {
        uint32_t keys[8];
        for (uint32_t k = 0; k < n && k < 8; k++)
            keys[k] = t->tok[i + k].key;
        v = lang_phrase_value(t->lang, keys, n, LEX_MAGNITUDE_PLURAL);
    } else {
        v = value_of(r, i, LEX_MAGNITUDE_PLURAL);
    }
    if (!v)
        return i;
    char *rest;
    *low = strtod(v, &rest);
    *high = strtod(rest, NULL);
    return *low > 0 ? i + n : i;
}

/* ------------------------------------------------------------------ ranges and the loop */

/* A range that begins with the cardinal [i, j): reads the second number, or leaves all as it is. */
static uint32_t range_behind(const reader *r, uint32_t i, uint32_t j, cardinal *low, double *high)
{
    uint32_t k = j;
    bool dash = false;
    if (is_dash(r, k)) {
        dash = true;
        k++;
    } else if (joins(r, k, "to") || joins(r, k, "or") ||
               (joins(r, k, "and") && i > r->begin && joins(r, i - 1, "between"))) {
        k++;
        if (is_hyphen(r, k) || (is_sign(r, k, '-') && glued(r, k)))
            k++;
    } else if (is_hyphen(r, k) && joins(r, k + 1, "to")) {
        k += 2;
        if (is_dash(r, k))
            k++;
    } else {
        return j;
    }
    if (dash && r->t->tok[j].kind == TOK_SIGN && glued(r, j) != glued(r, j + 1))
        return j;
    if (k < r->end && r->t->tok[k].kind == TOK_WORD && joins(r, k, "a"))
        return j;
    cardinal c = {0, 1, false};
    uint32_t e = cardinal_at(r, k, &c);
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
static uint32_t chain_at(const reader *r, uint32_t i)
{
    uint32_t j = i, n = 0;
    while (j + 2 < r->end && r->t->tok[j].kind == TOK_NUMBER && is_dash(r, j + 1) &&
           glued(r, j + 1) && glued(r, j + 2) && r->t->tok[j + 2].kind == TOK_NUMBER) {
        j += 2;
        n++;
    }
    if (n == 0)
        return i;
    double a, b;
    if (n == 1 && parse_digits(text_token(r->t, i), &a) && parse_digits(text_token(r->t, j), &b) &&
        a < b)
        return i;
    /* "20-25m" may be a range of another kind: only whole chains that do not rise */
    return j + 1;
}

static uint32_t number_at(const reader *r, uint32_t i, sst_number *out)
{
    const sst_text *t = r->t;
    const sst_token *k = &t->tok[i];
    memset(out, 0, sizeof *out);
    out->begin = i;
    cardinal c = {0, 1, false};
    uint32_t j = i;
    bool minus = false;
    if (k->kind == TOK_SIGN) {
        bool free_dash =
            is_dash(r, i) && (!glued(r, i) || (i > r->begin && t->tok[i - 1].kind == TOK_SIGN));
        if (is_sign(r, i, '.') && !glued(r, i) && glued(r, i + 1) &&
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
        if (!free_dash || !glued(r, i + 1) || t->tok[i + 1].kind != TOK_NUMBER)
            return i;
        sst_str digits = text_token(t, i + 1);
        if (i > r->begin && (t->tok[i - 1].flags & TOKF_CAPS) && !memchr(digits.p, '.', digits.n) &&
            !is_sign(r, i + 2, '%'))
            return i + 2 <= r->end ? (out->begin = UINT32_MAX, i + 2)
                                   : i; /* a code with a space in it: COVID -19 */
        minus = true;
        j = i + 1;
    } else if (joins(r, i, "minus")) {
        minus = true;
        j = i + 1;
        if (is_hyphen(r, j))
            j++;
    }
    if (minus) {
        uint32_t e = cardinal_at(r, j, &c);
        if (e == j)
            return i;
        out->value = out->high = -c.value;
        return e;
    }
    if (k->kind == TOK_NUMBER) {
        if (inside_code(r, i))
            return i;
        j = chain_at(r, i);
        if (j > i) {
            out->begin = UINT32_MAX;
            return j;
        }
        if (glued(r, i + 1) && is_sign(r, i + 1, ':') && glued(r, i + 2) &&
            t->tok[i + 2].kind == TOK_NUMBER) {
            out->begin = UINT32_MAX; /* 3:1 */
            return i + 3;
        }
    } else if (k->kind != TOK_WORD) {
        return i;
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
        cardinal ignored = {0, 1, false};
        if (cardinal_at(r, i, &ignored) <= j) {
            out->high = out->value;
            return j;
        }
    }
    if ((j = size_at(r, i, &out->value, &out->high)) > i) {
        out->approx = 1;
        return j;
    }
    if ((j = cardinal_at(r, i, &c)) == i)
        return i;
    double high = c.value;
    bool word_a = k->kind == TOK_WORD && joins(r, i, "a");
    uint32_t e = word_a ? j : range_behind(r, i, j, &c, &high);
    out->value = c.value;
    out->high = e > j ? high : c.value;
    return e;
}

/* "several hundred", "a few million": how many is not said. */
static bool is_vague(const reader *r, uint32_t i)
{
    uint32_t k = i;
    if (k > r->begin && joins(r, k - 1, "of"))
        k--;
    return k > r->begin && joins(r, k - 1, "vague");
}

/* Cheap: most tokens begin no number. */
static bool may_begin(const reader *r, uint32_t i)
{
    const sst_text *t = r->t;
    const sst_token *k = &t->tok[i];
    if (k->kind == TOK_NUMBER)
        return true;
    if (k->kind == TOK_SIGN)
        return is_dash(r, i) || is_sign(r, i, '.');
    if (k->kind != TOK_WORD)
        return false;
    uint64_t classes = lang_classes(t->lang, k->lex);
    if (classes & (LEX_FRACTION | LEX_ORDINAL | LEX_MAGNITUDE | LEX_MAGNITUDE_PLURAL))
        return true;
    if (classes & LEX_NUMBER_WORD) {
        const char *v = lang_value(t->lang, k->lex, LEX_NUMBER_WORD);
        if (!v || byte_is_digit((unsigned char)*v) || *v == 'm')
            return true;
        return strcmp(v, "a") == 0 && text_is(t, i + 1, LEX_FRACTION | LEX_MAGNITUDE);
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
        reader r = {t, t->sent[s].begin, t->sent[s].end};
        for (uint32_t i = r.begin; i < r.end;) {
            while (time < t->time_n && t->time[time].end <= i)
                time++;
            if (time < t->time_n && t->time[time].begin <= i) {
                i = t->time[time].end;
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
