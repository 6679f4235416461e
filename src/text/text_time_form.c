/*
 * The forms of dates and times of day, token by token.
 *
 * In: a sentence's tokens. Out: how far a form reaches and what it says of year, month, day, hour
 * and minute; nothing is resolved here. Forms: "2019-09-01", "6.15 a.m.", "7 October 2023", "Oct.
 * 7", "March 2016", bare years with a cue. Parts: numerals, forms. Language: month, ordinal,
 * time_word; what says that a number is a count comes from units, plurals and bounds.
 */
#include "text_time_inner.h"

enum { YEAR_MAX = 2100 };

/* ------------------------------------------------------------------ numerals */

/* Behind the first word of a value. */
int time_value_number(const char *value)
{
    while (*value && *value != ' ')
        value++;
    int sign = 1, v = 0;
    while (*value == ' ')
        value++;
    if (*value == '-') {
        sign = -1;
        value++;
    }
    while (*value >= '0' && *value <= '9')
        v = v * 10 + (*value++ - '0');
    return sign * v;
}

int time_value_plain(const char *value)
{
    int v = 0;
    while (value && *value >= '0' && *value <= '9')
        v = v * 10 + (*value++ - '0');
    return v;
}

/* The whole number of `digits` at most that token i is, or -1. */
static int plain_number(const time_finder *f, uint32_t i, size_t digits)
{
    if (i >= f->end || f->t->tok[i].kind != TOK_NUMBER)
        return -1;
    sst_str s = text_token(f->t, i);
    if (s.n > digits)
        return -1;
    int v = 0;
    for (size_t k = 0; k < s.n; k++) {
        if (!byte_is_digit((unsigned char)s.p[k]))
            return -1;
        v = v * 10 + (s.p[k] - '0');
    }
    return v;
}

/* Is token i this word, by its whole value among the words of time? */
static bool word_is(const time_finder *f, uint32_t i, const char *value)
{
    const char *v = time_word_value(f, i, LEX_TIME_WORD);
    return v && strcmp(v, value) == 0;
}

/* The s or 's of "1950s". */
static bool is_plural_tail(const time_finder *f, uint32_t i)
{
    return i < f->end && f->t->tok[i].kind != TOK_SIGN && f->t->s.p[f->t->tok[i].end - 1] == 's' &&
           f->t->tok[i].end - f->t->tok[i].begin <= 4;
}

static bool glued(const time_finder *f, uint32_t i)
{
    return i < f->end && (f->t->tok[i].flags & TOKF_GLUED);
}

/* - or – or — or / between two glued numbers */
static bool is_dash(const time_finder *f, uint32_t i)
{
    if (i >= f->end)
        return false;
    sst_str s = text_token(f->t, i);
    return str_eq(s, STR("-")) || str_eq(s, STR("–")) || str_eq(s, STR("—"));
}

int time_year_at(const time_finder *f, uint32_t i, int least)
{
    int y = i < f->end && f->t->tok[i].end - f->t->tok[i].begin == 4 ? plain_number(f, i, 4) : -1;
    return y >= least && y <= YEAR_MAX ? y : 0;
}

int time_month_at(const time_finder *f, uint32_t i, bool capital)
{
    const char *v = time_word_value(f, i, LEX_MONTH);
    return v && (!capital || (f->t->tok[i].flags & TOKF_UPPER)) ? time_value_plain(v) : 0;
}

/* Day of the month at i ("7", "7th", "8." before a month, "20-24"): 1..31 or 0; *end behind it. */
static int day_at(const time_finder *f, uint32_t i, uint32_t *end)
{
    int d = plain_number(f, i, 2);
    if (d < 1 || d > 31)
        return 0;
    uint32_t j = i + 1;
    if (glued(f, j) && f->t->tok[j].kind == TOK_WORD) {
        const char *suffix = time_word_value(f, j, LEX_ORDINAL);
        if (!suffix || strcmp(suffix, "suffix") != 0)
            return 0;
        j++;
    } else if (is_dash(f, j)) {
        int d2 = plain_number(f, j + 1, 2);
        if (d2 > d && d2 <= 31)
            j += 2;
    } else if (time_is_sign(f, j, '.') && glued(f, j) && !glued(f, j + 1) &&
               time_month_at(f, j + 1, false)) {
        if (strchr(time_word_value(f, j + 1, LEX_MONTH), '.')) /* "8. Mai" */
            j++;
    }
    *end = j;
    return d;
}

/* Optional ", 2023" or " 2023" or " of 2018" behind a month or day. */
static void year_behind(const time_finder *f, time_match *m)
{
    uint32_t j = m->end;
    if (time_is_sign(f, j, ',') || word_is(f, j, "year of"))
        j++;
    int y = j < f->end ? time_year_at(f, j, TIME_YEAR_OLD_MIN) : 0;
    if (y && !(j > m->end && time_is_sign(f, m->end, ',') && m->day == 0 && y < TIME_YEAR_MIN)) {
        m->year = y;
        m->end = j + 1;
    }
}

/* ------------------------------------------------------------------ forms */

/* "7 October 2023", "October 7, 2023", "Sept. 20-24", "March 2016" */
bool time_date_at(const time_finder *f, uint32_t i, time_match *m)
{
    uint32_t j;
    int month, d;
    if (f->t->tok[i].kind == TOK_NUMBER && (d = day_at(f, i, &j)) != 0) {
        if (word_is(f, j, "year of"))
            j++;
        month = j < f->end ? time_month_at(f, j, false) : 0;
        if (!month)
            return false;
        *m = (time_match){j + 1, 0, month, d, -1, -1};
        year_behind(f, m);
        return true;
    }
    if ((month = time_month_at(f, i, false)) == 0)
        return false;
    j = i + 1;
    if (time_is_sign(f, j, '.') && glued(f, j))
        j++;
    if (word_is(f, j, "year the"))
        j++;
    uint32_t end;
    if ((d = day_at(f, j, &end)) != 0) {
        *m = (time_match){end, 0, month, d, -1, -1};
        year_behind(f, m);
        return true;
    }
    *m = (time_match){i + 1, 0, month, 0, -1, -1};
    year_behind(f, m);
    return m->year != 0;
}

/* Is the number at i a count ("2000 people") rather than a year or a time of day? */
static bool counted(const time_finder *f, uint32_t i)
{
    const sst_text *t = f->t;
    if (i + 1 >= f->end || (text_is(t, i + 1, LEX_UNIT) && t->tok[i + 1].kind != TOK_SIGN))
        return true;
    if (time_is_sign(f, i + 1, '%'))
        return true;
    const sst_token *k = &t->tok[i + 1];
    if (t->lang->traits & LANG_NOUN_CAPITAL) /* "2000 Menschen" */
        return text_is(t, i + 1, LEX_PLURAL | LEX_PEOPLE_NOUN);
    if (k->kind != TOK_WORD || (k->flags & (TOKF_UPPER | TOKF_GLUED)) ||
        text_is(t, i + 1, LEX_COUNT_STOP))
        return false;
    const char *v = time_word_value(f, i + 1, LEX_PLURAL);
    if (text_is(t, i + 1, LEX_PLURAL))
        return !v;
    return t->s.p[k->end - 1] == 's';
}

/*
 * What other languages write of the time of day behind the hour at i; j: behind it and its minutes.
 * "21 h 40", "21h40", "18 Uhr 30" ("clock h"), "à 21 heures" ("clock hour": only behind a word that
 * leads to a time of day, since hours also last), "a las 21.40".
 */
static bool hour_word_at(const time_finder *f, uint32_t i, uint32_t j, int hour, int minute,
                         time_match *m)
{
    enum { MINUTES = 2 };
    const sst_text *t = f->t;
    bool led = i > f->begin && word_is(f, i - 1, "clock at");
    const char *v = time_word_value(f, j, LEX_TIME_WORD);
    if (!v && minute < 0 && glued(f, j) && t->tok[j].kind == TOK_WORD) { /* h40 */
        sst_str s = text_token(t, j);
        size_t n = s.n;
        while (n && byte_is_digit((unsigned char)s.p[n - 1]))
            n--;
        const char *h =
            n && s.n - n == MINUTES
                ? lang_value(t->lang, lang_row(t->lang, (sst_str){s.p, n}), LEX_TIME_WORD)
                : NULL;
        if (h && strcmp(h, "clock h") == 0) {
            *m = (time_match){j + 1, 0, 0, 0, hour, (s.p[n] - '0') * 10 + (s.p[n + 1] - '0')};
            return m->minute < 60;
        }
    }
    if (v && (strcmp(v, "clock h") == 0 || (led && strcmp(v, "clock hour") == 0))) {
        int behind =
            minute < 0 && j + 1 < f->end && t->tok[j + 1].end - t->tok[j + 1].begin == MINUTES
                ? plain_number(f, j + 1, MINUTES)
                : -1;
        bool told = behind >= 0 && behind < 60;
        *m = (time_match){
            told ? j + 2 : j + 1, 0, 0, 0, hour, told ? behind : minute < 0 ? 0 : minute};
        return true;
    }
    if (led && minute >= 0 && !time_value_is(v, "clock") &&
        (j >= f->end || !text_is(t, j, LEX_UNIT | LEX_MAGNITUDE))) {
        *m = (time_match){j, 0, 0, 0, hour, minute};
        return true;
    }
    return false;
}

/* "6.15 a.m.", "11.30am", "6pm", "06:00 GMT", "9 o'clock", "midnight" */
bool time_clock_at(const time_finder *f, uint32_t i, time_match *m)
{
    const char *v = time_word_value(f, i, LEX_TIME_WORD);
    if (time_value_is(v, "clock") && v[5] && byte_is_digit((unsigned char)v[6])) {
        *m = (time_match){i + 1, 0, 0, 0, time_value_number(v), 0};
        return true;
    }
    if (f->t->tok[i].kind != TOK_NUMBER)
        return false;
    sst_str s = text_token(f->t, i);
    int hour = 0, minute = -1;
    size_t k = 0;
    while (k < s.n && byte_is_digit((unsigned char)s.p[k]))
        hour = hour < 100 ? hour * 10 + (s.p[k++] - '0') : (int)(k++, 100);
    if (hour > 24)
        return false;
    if (k + 3 == s.n && s.p[k] == '.')
        minute = (s.p[k + 1] - '0') * 10 + (s.p[k + 2] - '0');
    else if (k != s.n)
        return false;
    uint32_t j = i + 1;
    bool colon = false;
    if (minute < 0 && time_is_sign(f, j, ':') && glued(f, j) && glued(f, j + 1) && j + 1 < f->end &&
        f->t->tok[j + 1].end - f->t->tok[j + 1].begin == 2) {
        minute = plain_number(f, j + 1, 2);
        colon = minute >= 0;
        if (!colon)
            return false;
        j += 2;
        if (time_is_sign(f, j, ':') && glued(f, j) && plain_number(f, j + 1, 2) >= 0)
            j += 2;
    }
    if (minute > 59)
        return false;
    v = time_word_value(f, j, LEX_TIME_WORD);
    if (f->t->lang->traits && hour_word_at(f, i, j, hour, minute, m))
        return true;
    bool at = f->dotted && i > f->begin && word_is(f, i - 1, "clock at") && k + 3 == s.n &&
              !counted(f, i);
    if (at && !v) {
        *m = (time_match){j, 0, 0, 0, hour, minute};
        return true;
    }
    bool half = time_value_is(v, "clock") && !byte_is_digit((unsigned char)(v[5] ? v[6] : 0));
    if (half && f->t->lang->traits && v[5]) /* "passé de 23 à 27", "24 heures": no time of day */
        half = strcmp(v + 6, "am") == 0 || strcmp(v + 6, "pm") == 0;
    if (!half && !colon)
        return false;
    if (half) {
        bool pm = v[5] && strcmp(v + 6, "pm") == 0, am = v[5] && strcmp(v + 6, "am") == 0;
        if ((pm || am) && hour > 12)
            return false;
        if (pm && hour < 12)
            hour += 12;
        if (am && hour == 12)
            hour = 0;
        j++;
    }
    bool zone = time_value_is(time_word_value(f, j, LEX_TIME_WORD), "zone");
    if (!half && !zone && i > f->begin && word_is(f, i - 1, "span")) {
        *m = (time_match){j, 0, 0, 0, -1, -1};
        return true;
    }
    *m = (time_match){zone ? j + 1 : j, 0, 0, 0, hour, minute < 0 ? 0 : minute};
    return true;
}

/* 2019-09-01, 1/9/2019 (unresolved unless the year comes first), with what is glued behind */
bool time_numeric_at(const time_finder *f, uint32_t i, time_match *m)
{
    if (f->t->tok[i].kind != TOK_NUMBER || i + 4 >= f->end)
        return false;
    bool dash = time_is_sign(f, i + 1, '-'), slash = time_is_sign(f, i + 1, '/');
    if (!(dash || slash) || !time_is_sign(f, i + 3, dash ? '-' : '/') || !glued(f, i + 1) ||
        !glued(f, i + 2) || !glued(f, i + 3) || !glued(f, i + 4))
        return false;
    int a = plain_number(f, i, 4), b = plain_number(f, i + 2, 2), c = plain_number(f, i + 4, 4);
    uint32_t j = i + 5;
    if (a >= TIME_YEAR_OLD_MIN && b >= 1 && b <= 12 && c >= 1 && c <= 31)
        *m = (time_match){j, a, b, c, -1, -1};
    else if (a >= 1 && a <= 31 && b >= 1 && b <= 31 &&
             (c >= TIME_YEAR_MIN || (slash && c >= 0 && c < 100)))
        *m = (time_match){j, c >= TIME_YEAR_MIN && a > 12 && b <= 12 ? c : 0, b, a, -1, -1};
    else
        return false;
    while (glued(f, m->end) && (f->t->tok[m->end].kind == TOK_NUMBER ||
                                f->t->tok[m->end].kind == TOK_WORD || time_is_sign(f, m->end, ':')))
        m->end++;
    return true;
}

/* "in 2015", "the 2016 election", "2015/16", "the 1950s", "(2019)" */
bool time_bare_year_at(const time_finder *f, uint32_t i, time_match *m)
{
    const sst_text *t = f->t;
    int y = time_year_at(f, i, TIME_YEAR_OLD_MIN);
    if (!y)
        return false;
    if (i > f->begin && glued(f, i) && t->tok[i - 1].kind == TOK_SIGN &&
        !time_is_sign(f, i - 1, '(') && !is_dash(f, i - 1) && !time_is_sign(f, i - 1, '/'))
        return false; /* $2000 */
    *m = (time_match){i + 1, y, 0, 0, -1, -1};
    uint32_t j = i + 1;
    if (glued(f, j) && is_plural_tail(f, j)) {
        if (y % 10 == 0)
            m->year = 0; /* a decade; else a possessive that lost its apostrophe */
        m->end = j + 1;
        return true;
    }
    const char *cue = i > f->begin ? time_word_value(f, i - 1, LEX_TIME_WORD) : NULL;
    bool in = time_value_is(cue, "year in");
    bool behind_year = i >= f->begin + 2 && cue && strcmp(cue, "year and") == 0 && f->out.n &&
                       f->out.v[f->out.n - 1].end == i - 1 &&
                       f->out.v[f->out.n - 1].precision == 'y';
    if (y < TIME_YEAR_MIN && !in && !behind_year)
        return false;
    if ((glued(f, j) && t->tok[j].kind == TOK_WORD) ||
        (text_phrase(t, j, f->end, LEX_MAGNITUDE) && !glued(f, j)))
        return false;
    if ((time_is_sign(f, j, '/') || is_dash(f, j)) && glued(f, j) && glued(f, j + 1)) {
        int y2 = plain_number(f, j + 1, 4);
        if (y2 > y || (y2 >= 0 && y2 < 100)) {
            m->end = j + 2;
            return true;
        }
    }
    bool cued = in || behind_year || time_value_is(cue, "year") || time_value_is(cue, "vague") ||
                time_value_is(cue, "shift");
    if (counted(f, i)) {
        /* "the 2016 elections" is a year, "about 2000 planets" and "of 2000 planets" are not */
        bool determined = in || (cue && strcmp(cue, "year the") == 0);
        bool unit = text_is(t, i + 1, LEX_UNIT) || i + 1 >= f->end;
        if (i + 1 < f->end && (i == f->begin || !determined || unit))
            return false;
    }
    if (i > f->begin && !cued &&
        (text_phrase(t, i - 1, i, LEX_BOUND_BEFORE) || text_is(t, i - 1, LEX_NOT_COUNTED)))
        return false;
    return true;
}
