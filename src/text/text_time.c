/*
 * Dates and times of day in a text.
 *
 * In: tokens and sentences, the day of publication. Out: sst_text.time, in order, not overlapping.
 * Method: at each token the longest of a few forms is tried: ISO dates, "7 October 2023", "Oct. 7",
 * "March 2016", weekdays, "last week", bare years with a cue, clock times. What is said without a
 * year is resolved to the latest such day that is not behind the publication, unless a word of the
 * future stands before it. A time of day takes its day from the nearest date of its sentence, else
 * from the last one before it. Parts: calendar, numerals, forms, the loop. Language: month,
 * weekday, time_word.
 */
#include <stdio.h>

#include "text.h"

enum {
    YEAR_MIN = 1900, /* a bare number of four digits from here on is a year when a cue says so */
    YEAR_MAX = 2100,
    YEAR_OLD_MIN = 1000, /* behind a month, or "in" */
    FUTURE_WINDOW = 8,   /* tokens before a weekday in which "will", "due" ... count; the reach of a
                            verb group with its object */
    CLOCK_WINDOW = 12    /* tokens between a time of day and the date that it belongs to */
};

#define DAY_UNKNOWN INT64_MIN

/* ------------------------------------------------------------------ calendar (Howard Hinnant,
 * "chrono-compatible low-level date algorithms") */

static int64_t days_of(int64_t y, int m, int d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

typedef struct civil {
    int year, month, day;
} civil;

static civil civil_of(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int d = (int)(doy - (153 * mp + 2) / 5 + 1), m = (int)(mp < 10 ? mp + 3 : mp - 9);
    return (civil){(int)(yoe + era * 400 + (m <= 2)), m, d};
}

/* 0 is Monday; 1970-01-01 was a Thursday. */
static int weekday_of(int64_t days)
{
    return (int)(((days + 3) % 7 + 7) % 7);
}

/* ------------------------------------------------------------------ helpers */

typedef struct finder {
    sst_text *t;
    sst_arena *arena;
    SST_VEC(sst_time) out;
    int64_t day;         /* of publication, or DAY_UNKNOWN */
    uint32_t begin, end; /* of the sentence */
    char last_day[12];   /* the last day that was named before, else the day of publication */
    bool dotted; /* the article writes times of day as 6.15am, so that "at 6.15" is one too */
} finder;

/* A match in the making: tokens [begin, end) and what is known. */
typedef struct match {
    uint32_t end;
    int year, month, day; /* 0: not said */
    int hour, minute;     /* -1: not said */
} match;

static const char *word_value(const finder *f, uint32_t i, uint64_t one_class)
{
    return i < f->end && text_is(f->t, i, one_class)
               ? lang_value(f->t->lang, f->t->tok[i].lex, one_class)
               : NULL;
}

static bool value_is(const char *value, const char *what)
{
    size_t n = strlen(what);
    return value && strncmp(value, what, n) == 0 && (value[n] == 0 || value[n] == ' ');
}

/* Behind the first word of a value. */
static int value_number(const char *value)
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

static int value_plain(const char *value)
{
    int v = 0;
    while (value && *value >= '0' && *value <= '9')
        v = v * 10 + (*value++ - '0');
    return v;
}

/* The whole number of `digits` at most that token i is, or -1. */
static int plain_number(const finder *f, uint32_t i, size_t digits)
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

static bool is_sign(const finder *f, uint32_t i, char c)
{
    return i < f->end && f->t->tok[i].end - f->t->tok[i].begin == 1 &&
           f->t->s.p[f->t->tok[i].begin] == c;
}

/* Is token i this word, by its whole value among the words of time? */
static bool word_is(const finder *f, uint32_t i, const char *value)
{
    const char *v = word_value(f, i, LEX_TIME_WORD);
    return v && strcmp(v, value) == 0;
}

/* The s or 's of "1950s". */
static bool is_plural_tail(const finder *f, uint32_t i)
{
    return i < f->end && f->t->tok[i].kind != TOK_SIGN && f->t->s.p[f->t->tok[i].end - 1] == 's' &&
           f->t->tok[i].end - f->t->tok[i].begin <= 4;
}

static bool glued(const finder *f, uint32_t i)
{
    return i < f->end && (f->t->tok[i].flags & TOKF_GLUED);
}

/* - or – or — or / between two glued numbers */
static bool is_dash(const finder *f, uint32_t i)
{
    if (i >= f->end)
        return false;
    sst_str s = text_token(f->t, i);
    return str_eq(s, STR("-")) || str_eq(s, STR("–")) || str_eq(s, STR("—"));
}

static int year_at(const finder *f, uint32_t i, int least)
{
    int y = i < f->end && f->t->tok[i].end - f->t->tok[i].begin == 4 ? plain_number(f, i, 4) : -1;
    return y >= least && y <= YEAR_MAX ? y : 0;
}

static int month_at(const finder *f, uint32_t i, bool capital)
{
    const char *v = word_value(f, i, LEX_MONTH);
    return v && (!capital || (f->t->tok[i].flags & TOKF_UPPER)) ? value_plain(v) : 0;
}

/* Day of the month at i ("7", "7th", "8." before a month, "20-24"): 1..31 or 0; *end behind it. */
static int day_at(const finder *f, uint32_t i, uint32_t *end)
{
    int d = plain_number(f, i, 2);
    if (d < 1 || d > 31)
        return 0;
    uint32_t j = i + 1;
    if (glued(f, j) && f->t->tok[j].kind == TOK_WORD) {
        const char *suffix = word_value(f, j, LEX_ORDINAL);
        if (!suffix || strcmp(suffix, "suffix") != 0)
            return 0;
        j++;
    } else if (is_dash(f, j)) {
        int d2 = plain_number(f, j + 1, 2);
        if (d2 > d && d2 <= 31)
            j += 2;
    } else if (is_sign(f, j, '.') && glued(f, j) && !glued(f, j + 1) && month_at(f, j + 1, false)) {
        if (strchr(word_value(f, j + 1, LEX_MONTH), '.')) /* "8. Mai" */
            j++;
    }
    *end = j;
    return d;
}

static bool future_before(const finder *f, uint32_t i)
{
    uint32_t least = i > f->begin + FUTURE_WINDOW ? i - FUTURE_WINDOW : f->begin;
    while (i-- > least)
        if (value_is(word_value(f, i, LEX_TIME_WORD), "future"))
            return true;
    return false;
}

/* "until Friday": news speaks of what is to come. */
static bool ahead_before(const finder *f, uint32_t i)
{
    const char *v = i > f->begin ? word_value(f, i - 1, LEX_TIME_WORD) : NULL;
    return v && strcmp(v, "year in ahead") == 0;
}

/* Optional ", 2023" or " 2023" or " of 2018" behind a month or day. */
static void year_behind(const finder *f, match *m)
{
    uint32_t j = m->end;
    if (is_sign(f, j, ',') || word_is(f, j, "year of"))
        j++;
    int y = j < f->end ? year_at(f, j, YEAR_OLD_MIN) : 0;
    if (y && !(j > m->end && is_sign(f, m->end, ',') && m->day == 0 && y < YEAR_MIN)) {
        m->year = y;
        m->end = j + 1;
    }
}

/* ------------------------------------------------------------------ forms */

/* "7 October 2023", "October 7, 2023", "Sept. 20-24", "March 2016" */
static bool date_at(const finder *f, uint32_t i, match *m)
{
    uint32_t j;
    int month, d;
    if (f->t->tok[i].kind == TOK_NUMBER && (d = day_at(f, i, &j)) != 0) {
        if (word_is(f, j, "year of"))
            j++;
        month = j < f->end ? month_at(f, j, false) : 0;
        if (!month)
            return false;
        *m = (match){j + 1, 0, month, d, -1, -1};
        year_behind(f, m);
        return true;
    }
    if ((month = month_at(f, i, false)) == 0)
        return false;
    j = i + 1;
    if (is_sign(f, j, '.') && glued(f, j))
        j++;
    if (word_is(f, j, "year the"))
        j++;
    uint32_t end;
    if ((d = day_at(f, j, &end)) != 0) {
        *m = (match){end, 0, month, d, -1, -1};
        year_behind(f, m);
        return true;
    }
    *m = (match){i + 1, 0, month, 0, -1, -1};
    year_behind(f, m);
    return m->year != 0;
}

/* Is the number at i a count ("2000 people") rather than a year or a time of day? */
static bool counted(const finder *f, uint32_t i)
{
    const sst_text *t = f->t;
    if (i + 1 >= f->end || (text_is(t, i + 1, LEX_UNIT) && t->tok[i + 1].kind != TOK_SIGN))
        return true;
    if (is_sign(f, i + 1, '%'))
        return true;
    const sst_token *k = &t->tok[i + 1];
    if (k->kind != TOK_WORD || (k->flags & (TOKF_UPPER | TOKF_GLUED)) ||
        text_is(t, i + 1, LEX_COUNT_STOP))
        return false;
    const char *v = word_value(f, i + 1, LEX_PLURAL);
    if (text_is(t, i + 1, LEX_PLURAL))
        return !v;
    return t->s.p[k->end - 1] == 's';
}

/* "6.15 a.m.", "11.30am", "6pm", "06:00 GMT", "9 o'clock", "midnight" */
static bool clock_at(const finder *f, uint32_t i, match *m)
{
    const char *v = word_value(f, i, LEX_TIME_WORD);
    if (value_is(v, "clock") && v[5] && byte_is_digit((unsigned char)v[6])) {
        *m = (match){i + 1, 0, 0, 0, value_number(v), 0};
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
    if (minute < 0 && is_sign(f, j, ':') && glued(f, j) && glued(f, j + 1) && j + 1 < f->end &&
        f->t->tok[j + 1].end - f->t->tok[j + 1].begin == 2) {
        minute = plain_number(f, j + 1, 2);
        colon = minute >= 0;
        if (!colon)
            return false;
        j += 2;
        if (is_sign(f, j, ':') && glued(f, j) && plain_number(f, j + 1, 2) >= 0)
            j += 2;
    }
    if (minute > 59)
        return false;
    v = word_value(f, j, LEX_TIME_WORD);
    bool at = f->dotted && i > f->begin && word_is(f, i - 1, "clock at") && k + 3 == s.n &&
              !counted(f, i);
    if (at && !v) {
        *m = (match){j, 0, 0, 0, hour, minute};
        return true;
    }
    bool half = value_is(v, "clock") && !byte_is_digit((unsigned char)(v[5] ? v[6] : 0));
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
    if (value_is(word_value(f, j, LEX_TIME_WORD), "zone"))
        j++;
    *m = (match){j, 0, 0, 0, hour, minute < 0 ? 0 : minute};
    return true;
}

/* 2019-09-01, 1/9/2019 (unresolved unless the year comes first), with what is glued behind */
static bool numeric_at(const finder *f, uint32_t i, match *m)
{
    if (f->t->tok[i].kind != TOK_NUMBER || i + 4 >= f->end)
        return false;
    bool dash = is_sign(f, i + 1, '-'), slash = is_sign(f, i + 1, '/');
    if (!(dash || slash) || !is_sign(f, i + 3, dash ? '-' : '/') || !glued(f, i + 1) ||
        !glued(f, i + 2) || !glued(f, i + 3) || !glued(f, i + 4))
        return false;
    int a = plain_number(f, i, 4), b = plain_number(f, i + 2, 2), c = plain_number(f, i + 4, 4);
    uint32_t j = i + 5;
    if (a >= YEAR_OLD_MIN && b >= 1 && b <= 12 && c >= 1 && c <= 31)
        *m = (match){j, a, b, c, -1, -1};
    else if (a >= 1 && a <= 31 && b >= 1 && b <= 31 &&
             (c >= YEAR_MIN || (slash && c >= 0 && c < 100)))
        *m = (match){j, c >= YEAR_MIN && a > 12 && b <= 12 ? c : 0, b, a, -1, -1};
    else
        return false;
    while (glued(f, m->end) && (f->t->tok[m->end].kind == TOK_NUMBER ||
                                f->t->tok[m->end].kind == TOK_WORD || is_sign(f, m->end, ':')))
        m->end++;
    return true;
}

static void set_day(sst_time *out, int64_t day)
{
    civil c = civil_of(day);
    snprintf(out->iso, sizeof out->iso, "%04d-%02d-%02d", c.year % 10000, c.month, c.day);
    out->precision = 'd';
}

/* Fills iso from what a match says. */
static void resolve(const finder *f, const match *m, uint32_t at, sst_time *out)
{
    if (m->hour >= 0) {
        /* completed when the sentence is done */
        snprintf(out->iso, sizeof out->iso, "T%02d:%02d", m->hour % 100, m->minute % 100);
        out->precision = 'n';
        return;
    }
    int year = m->year;
    if (!year && m->month && f->day != DAY_UNKNOWN) {
        civil now = civil_of(f->day);
        bool future = future_before(f, at);
        int64_t d = days_of(now.year, m->month, m->day ? m->day : 1);
        year = now.year;
        if (!future && d > f->day)
            year--;
        else if (future && d < f->day - 31)
            year++;
    }
    if (!year)
        return;
    if (m->day && m->month)
        set_day(out, days_of(year, m->month, m->day));
    else if (m->month) {
        snprintf(out->iso, sizeof out->iso, "%04d-%02d", year % 10000, m->month);
        out->precision = 'm';
    } else {
        snprintf(out->iso, sizeof out->iso, "%04d", year % 10000);
        out->precision = 'y';
    }
}

static void add(finder *f, uint32_t begin, const match *m, uint32_t at)
{
    sst_time *out = vec_push(f->arena, &f->out);
    if (!out)
        return;
    out->begin = begin;
    out->end = m->end;
    resolve(f, m, at, out);
}

/* A day, week, month, year of the calendar that is `shift` away. */
static void set_unit(const finder *f, char unit, int shift, sst_time *out)
{
    if (f->day == DAY_UNKNOWN)
        return;
    civil now = civil_of(f->day);
    if (unit == 'd') {
        set_day(out, f->day + shift);
    } else if (unit == 'w') {
        set_day(out, f->day - weekday_of(f->day) + 7 * shift);
        out->precision = 'w';
    } else if (unit == 'm') {
        int k = now.year * 12 + now.month - 1 + shift;
        snprintf(out->iso, sizeof out->iso, "%04d-%02d", k / 12 % 10000, k % 12 + 1);
        out->precision = 'm';
    } else if (unit == 'y') {
        snprintf(out->iso, sizeof out->iso, "%04d", (now.year + shift) % 10000);
        out->precision = 'y';
    }
}

/* "Monday", "last Friday", "Wednesday morning": the latest such day not behind the publication. Day
 * 0..6. */
static void set_weekday(const finder *f, int weekday, const char *shift, uint32_t at, sst_time *out)
{
    if (f->day == DAY_UNKNOWN)
        return;
    int back = (weekday_of(f->day) - weekday + 7) % 7;
    int way = shift ? value_number(shift) : 0;
    if (way > 0 || (way == 0 && (future_before(f, at) || ahead_before(f, at))))
        set_day(out, f->day + (7 - back) % 7 + (way > 0 && back == 0 ? 7 : 0));
    else
        set_day(out, f->day - back - (way < 0 && back == 0 ? 7 : 0));
}

/* "in 2015", "the 2016 election", "2015/16", "the 1950s", "(2019)" */
static bool bare_year_at(const finder *f, uint32_t i, match *m)
{
    const sst_text *t = f->t;
    int y = year_at(f, i, YEAR_OLD_MIN);
    if (!y)
        return false;
    if (i > f->begin && glued(f, i) && t->tok[i - 1].kind == TOK_SIGN && !is_sign(f, i - 1, '(') &&
        !is_dash(f, i - 1) && !is_sign(f, i - 1, '/'))
        return false; /* $2000 */
    *m = (match){i + 1, y, 0, 0, -1, -1};
    uint32_t j = i + 1;
    if (glued(f, j) && is_plural_tail(f, j)) {
        if (y % 10 == 0)
            m->year = 0; /* a decade; else a possessive that lost its apostrophe */
        m->end = j + 1;
        return true;
    }
    const char *cue = i > f->begin ? word_value(f, i - 1, LEX_TIME_WORD) : NULL;
    bool in = value_is(cue, "year in");
    bool behind_year = i >= f->begin + 2 && cue && strcmp(cue, "year and") == 0 && f->out.n &&
                       f->out.v[f->out.n - 1].end == i - 1 &&
                       f->out.v[f->out.n - 1].precision == 'y';
    if (y < YEAR_MIN && !in && !behind_year)
        return false;
    if ((glued(f, j) && t->tok[j].kind == TOK_WORD) ||
        (text_phrase(t, j, f->end, LEX_MAGNITUDE) && !glued(f, j)))
        return false;
    if ((is_sign(f, j, '/') || is_dash(f, j)) && glued(f, j) && glued(f, j + 1)) {
        int y2 = plain_number(f, j + 1, 4);
        if (y2 > y || (y2 >= 0 && y2 < 100)) {
            m->end = j + 2;
            return true;
        }
    }
    bool cued = in || behind_year || value_is(cue, "year") || value_is(cue, "vague") ||
                value_is(cue, "shift");
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

/* ------------------------------------------------------------------ the loop */

/* Tries all forms at token i; returns the token behind the match, or i. */
static uint32_t time_at(finder *f, uint32_t i)
{
    const sst_text *t = f->t;
    uint32_t begin = i, at = i;
    match m;
    if (t->tok[i].kind == TOK_NUMBER) {
        if (numeric_at(f, i, &m) || clock_at(f, i, &m) || date_at(f, i, &m) ||
            bare_year_at(f, i, &m)) {
            add(f, begin, &m, at);
            return m.end;
        }
        return i;
    }
    const char *word = word_value(f, i, LEX_TIME_WORD);
    if (!word && !text_is(t, i, LEX_MONTH | LEX_WEEKDAY))
        return i;
    /* early, late, mid- */
    const char *shift = NULL;
    if (value_is(word, "vague")) {
        at = i + 1;
        if (is_sign(f, at, '-'))
            at++;
        word = word_value(f, at, LEX_TIME_WORD);
        if (at >= f->end ||
            (!word && !text_is(t, at, LEX_MONTH | LEX_WEEKDAY) && !year_at(f, at, YEAR_MIN)))
            return i;
        if (year_at(f, at, YEAR_MIN)) {
            if (!bare_year_at(f, at, &m))
                return i;
            add(f, begin, &m, at);
            return m.end;
        }
    }
    if (value_is(word, "shift") && at + 1 < f->end) {
        shift = word;
        at++;
        word = word_value(f, at, LEX_TIME_WORD);
    }
    sst_time *out;
    if (value_is(word, "unit")) {
        if (!shift)
            return i;
        if ((out = vec_push(f->arena, &f->out)) != NULL) {
            out->begin = begin;
            out->end = at + 1;
            set_unit(f, word[5], value_number(shift), out);
        }
        return at + 1;
    }
    if (value_is(word, "day") || (shift && value_is(word, "part"))) {
        uint32_t end = at + 1;
        bool part = value_is(word, "part");
        if (!part && value_is(word_value(f, end, LEX_TIME_WORD), "part"))
            end++;
        if ((out = vec_push(f->arena, &f->out)) != NULL) {
            out->begin = begin;
            out->end = end;
            set_unit(f, 'd', value_number(part ? shift : word), out);
        }
        return end;
    }
    if (text_is(t, at, LEX_WEEKDAY) && (t->tok[at].flags & TOKF_UPPER)) {
        uint32_t j = at + 1;
        if (is_sign(f, j, ','))
            j++;
        if (j < f->end && date_at(f, j, &m) && m.day) {
            add(f, begin, &m, at);
            return m.end;
        }
        j = at + 1;
        if (value_is(word_value(f, j, LEX_TIME_WORD), "part"))
            j++;
        if ((out = vec_push(f->arena, &f->out)) != NULL) {
            out->begin = begin;
            out->end = j;
            set_weekday(f, value_plain(word_value(f, at, LEX_WEEKDAY)) - 1, shift, begin, out);
        }
        return j;
    }
    if (text_is(t, at, LEX_MONTH)) {
        if (date_at(f, at, &m)) {
            add(f, begin, &m, at);
            return m.end;
        }
        bool cued = begin < at ||
                    (begin > f->begin && value_is(word_value(f, begin - 1, LEX_TIME_WORD), "year"));
        if (!cued || !month_at(f, at, true))
            return i;
        m = (match){at + 1, 0, month_at(f, at, true), 0, -1, -1};
        add(f, begin, &m, begin);
        return m.end;
    }
    if (at == i && clock_at(f, i, &m)) {
        add(f, begin, &m, at);
        return m.end;
    }
    return i;
}

/* Gives times of day in [first, n) the day of the nearest date of the sentence, else the day that
 * the text last spoke of. */
static void join_clocks(finder *f, uint32_t first)
{
    for (uint32_t i = first; i < f->out.n; i++) {
        sst_time *c = &f->out.v[i];
        if (c->iso[0] != 'T')
            continue;
        char clock[8];
        snprintf(clock, sizeof clock, "%.6s", c->iso);
        const sst_time *best = NULL;
        uint32_t best_far = CLOCK_WINDOW + 1;
        for (uint32_t j = i > first ? i - 1 : i; j <= i + 1 && j < f->out.n; j++) {
            const sst_time *d = &f->out.v[j];
            if (d->precision != 'd')
                continue;
            uint32_t far = d->begin > c->begin ? d->begin - c->begin : c->begin - d->begin;
            if (far < best_far) {
                best = d;
                best_far = far;
            }
        }
        c->iso[0] = 0;
        c->precision = 0;
        const char *day = best ? best->iso : f->last_day;
        if (day[0]) {
            snprintf(c->iso, sizeof c->iso, "%.10s%.6s", day, clock);
            c->precision = 'n';
        }
    }
    for (uint32_t i = f->out.n; i-- > first;)
        if (f->out.v[i].precision == 'd') {
            memcpy(f->last_day, f->out.v[i].iso, sizeof f->last_day);
            f->last_day[10] = 0;
            break;
        }
}

sst_status text_times(sst_arena *arena, sst_text *t)
{
    finder f = {.t = t, .arena = arena, .day = DAY_UNKNOWN};
    if (t->article->published_s != INT64_MIN) {
        int64_t s = t->article->published_s;
        f.day = s >= 0 ? s / 86400 : -((-s + 86399) / 86400);
    }
    if (f.day != DAY_UNKNOWN) {
        sst_time today = {0};
        set_day(&today, f.day);
        memcpy(f.last_day, today.iso, sizeof f.last_day);
        f.last_day[10] = 0;
    }
    f.end = t->tok_n;
    for (uint32_t i = 0; i + 1 < t->tok_n && !f.dotted; i++)
        f.dotted = t->tok[i].kind == TOK_NUMBER &&
                   memchr(t->s.p + t->tok[i].begin, '.', t->tok[i].end - t->tok[i].begin) &&
                   value_is(word_value(&f, i + 1, LEX_TIME_WORD), "clock");
    for (uint32_t s = 0; s < t->sent_n && !arena->failed; s++) {
        uint32_t first = f.out.n;
        f.begin = t->sent[s].begin;
        f.end = t->sent[s].end;
        for (uint32_t i = f.begin; i < f.end;) {
            uint32_t j = time_at(&f, i);
            i = j > i ? j : i + 1;
        }
        join_clocks(&f, first);
    }
    t->time = f.out.v;
    t->time_n = f.out.n;
    return arena->failed;
}
