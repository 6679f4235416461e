/*
 * Dates and times of day in a text.
 *
 * In: tokens and sentences, the day of publication. Out: sst_text.time, in order, not overlapping.
 * Method: at each token the longest of a few forms (text_time_form.c) is tried, then weekdays and
 * "last week". What is said without a year is resolved to the latest such day that is not behind
 * the publication, unless a word of the future stands before it. A time of day takes its day from
 * the nearest date of its sentence, else from the last one before it that is near the publication.
 * Parts: calendar, the words in front, resolving, the loop. Language: month, weekday, time_word.
 */
#include <stdio.h>

#include "text_time_inner.h"

enum {
    FUTURE_WINDOW = 8,  /* tokens before a weekday in which "will", "due" ... count; the reach of a
                           verb group with its object */
    FUTURE_CLAUSE = 16, /* and so many where no other clause begins between the two */
    OPENING_MAX =
        2, /* words before the time that opens a sentence: "Le vendredi", "Bis zum Freitag" */
    CLAUSE_WINDOW = 24, /* tokens to the verb at the end of a German clause */
    DAY_NEAR =
        7, /* days from the publication: a time of day in another sentence is of such a day */
    CLOCK_WINDOW = 12 /* tokens between a time of day and the date that it belongs to */
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

/* ------------------------------------------------------------------ the words in front */

/* "visitará", "ouvrira": a future by its end, where the language has one. */
static bool is_future_form(const time_finder *f, uint32_t i)
{
    const sst_text *t = f->t;
    return t->lang->verb_ends[LANG_VERB_FUTURE] && t->tok[i].kind == TOK_WORD &&
           !(t->tok[i].flags & TOKF_UPPER) &&
           !text_is(t, i, LEX_STOPWORD | LEX_AUXILIARY | LEX_PREPOSITION | LEX_ADVERB) &&
           !(i > f->begin && text_is(t, i - 1, LEX_DETERMINER | LEX_PREPOSITION)) &&
           lang_verb_stem(t->lang, LANG_VERB_FUTURE, text_token(t, i)) > 0;
}

static bool is_future(const time_finder *f, uint32_t i)
{
    return time_value_is(time_word_value(f, i, LEX_TIME_WORD), "future") || is_future_form(f, i);
}

/* Where a verb may stand behind the time, or at the end of its clause: "Am Freitag soll das Schiff
 * geschleppt werden", "Vendredi, le ferry sera remorqué". Languages with small days have the verb
 * behind a time only where that opens the sentence. */
static bool future_behind(const time_finder *f, uint32_t begin, uint32_t end)
{
    bool last = f->t->lang->traits & LANG_VERB_LAST;
    if (!last && begin > f->begin + OPENING_MAX)
        return false;
    bool future = false;
    for (uint32_t i = end; i < f->end && i < end + CLAUSE_WINDOW; i++) {
        if (time_is_sign(f, i, ',') && !last && i <= end)
            continue;
        if (f->t->tok[i].kind != TOK_WORD && f->t->tok[i].kind != TOK_NUMBER &&
            !(time_is_sign(f, i, '-') && (f->t->tok[i].flags & TOKF_GLUED)))
            break;
        const char *v = time_word_value(f, i, LEX_TIME_WORD);
        if (time_value_is(
                v, "perfect")) /* "soll am Dienstag getrunken haben": what is said of the past */
            return false;
        future |= time_value_is(v, "future") || is_future_form(f, i);
        if (future && !last)
            return true;
    }
    return future;
}

/* What "soll", "doit" before a time say of the past: an infinitive of the perfect closes the
 * clause. */
static bool perfect_behind(const time_finder *f, uint32_t i)
{
    for (uint32_t k = i; k < f->end && k < i + CLAUSE_WINDOW; k++) {
        if (f->t->tok[k].kind == TOK_SIGN && !(f->t->tok[k].flags & TOKF_GLUED))
            break;
        if (time_is_sign(f, k, ',') || time_is_sign(f, k, '.'))
            break;
        if (time_value_is(time_word_value(f, k, LEX_TIME_WORD), "perfect"))
            return true;
    }
    return false;
}

static bool future_before(const time_finder *f, uint32_t i)
{
    if (f->t->lang->traits && perfect_behind(f, i))
        return false;
    uint32_t near = i > f->begin + FUTURE_WINDOW ? i - FUTURE_WINDOW : f->begin;
    uint32_t least = i > f->begin + FUTURE_CLAUSE ? i - FUTURE_CLAUSE : f->begin;
    bool one_clause = true;
    while (i-- > least && (i >= near || one_clause)) {
        if (f->t->lang->traits & LANG_VERB_LAST && time_is_sign(f, i, ','))
            return false; /* a comma ends the clause */
        if (is_future(f, i))
            return true;
        if (f->t->tok[i].kind == TOK_SIGN || f->t->tok[i].kind == TOK_MARK ||
            text_is(f->t, i, LEX_CONJUNCTION | LEX_CLAUSE_OPEN))
            one_clause = false;
    }
    return false;
}

/* Is the time in tokens [begin, end) still to come, as its sentence tells it? */
static bool is_ahead(const time_finder *f, uint32_t begin, uint32_t end)
{
    return future_before(f, begin) || (f->t->lang->traits && future_behind(f, begin, end));
}

/* "until Friday": news speaks of what is to come. */
static bool ahead_before(const time_finder *f, uint32_t i)
{
    const char *v = i > f->begin ? time_word_value(f, i - 1, LEX_TIME_WORD) : NULL;
    return v && (strcmp(v, "year in ahead") == 0 || strcmp(v, "year ahead") == 0);
}

/* ------------------------------------------------------------------ resolving */

static void set_day(sst_time *out, int64_t day)
{
    civil c = civil_of(day);
    snprintf(out->iso, sizeof out->iso, "%04d-%02d-%02d", c.year % 10000, c.month, c.day);
    out->precision = 'd';
}

/* Fills iso from what a match says. */
static void resolve(const time_finder *f, const time_match *m, uint32_t at, sst_time *out)
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
        bool future = is_ahead(f, at, m->end);
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

static void add(time_finder *f, uint32_t begin, const time_match *m, uint32_t at)
{
    sst_time *out = vec_push(f->arena, &f->out);
    if (!out)
        return;
    out->begin = begin;
    out->end = m->end;
    out->month = (uint8_t)(m->month > 0 ? m->month : 0);
    out->day = (uint8_t)(m->day > 0 ? m->day : 0);
    resolve(f, m, at, out);
}

/* A day, week, month, year of the calendar that is `shift` away. */
static void set_unit(const time_finder *f, char unit, int shift, sst_time *out)
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
static void set_weekday(const time_finder *f, int weekday, const char *shift, uint32_t at,
                        uint32_t end, sst_time *out)
{
    if (f->day == DAY_UNKNOWN)
        return;
    int back = (weekday_of(f->day) - weekday + 7) % 7;
    int way = shift ? time_value_number(shift) : 0;
    if (way > 0 || (way == 0 && (is_ahead(f, at, end) || ahead_before(f, at))))
        set_day(out, f->day + (7 - back) % 7 + (way > 0 && back == 0 ? 7 : 0));
    else
        set_day(out, f->day - back - (way < 0 && back == 0 ? 7 : 0));
}

/* ------------------------------------------------------------------ the loop */

/* "vendredi prochain", "la semana pasada": the word that stands before the unit in English. */
static const char *shift_behind(const time_finder *f, uint32_t i)
{
    if (!f->t->lang->traits)
        return NULL;
    const char *v = time_word_value(f, i, LEX_TIME_WORD);
    return time_value_is(v, "shift") && strcmp(v, "shift 0") != 0 ? v : NULL;
}

/* Tries all forms at token i; returns the token behind the match, or i. */
static uint32_t time_at(time_finder *f, uint32_t i)
{
    const sst_text *t = f->t;
    uint32_t begin = i, at = i;
    time_match m;
    if (t->tok[i].kind == TOK_NUMBER) {
        if (time_numeric_at(f, i, &m) || time_clock_at(f, i, &m) || time_date_at(f, i, &m) ||
            time_bare_year_at(f, i, &m)) {
            add(f, begin, &m, at);
            return m.end;
        }
        return i;
    }
    const char *word = time_word_value(f, i, LEX_TIME_WORD);
    if (!word && !text_is(t, i, LEX_MONTH | LEX_WEEKDAY))
        return i;
    /* early, late, mid- */
    const char *shift = NULL;
    if (time_value_is(word, "vague")) {
        at = i + 1;
        if (time_is_sign(f, at, '-'))
            at++;
        word = time_word_value(f, at, LEX_TIME_WORD);
        if (at >= f->end || (!word && !text_is(t, at, LEX_MONTH | LEX_WEEKDAY) &&
                             !time_year_at(f, at, TIME_YEAR_MIN)))
            return i;
        if (time_year_at(f, at, TIME_YEAR_MIN)) {
            if (!time_bare_year_at(f, at, &m))
                return i;
            add(f, begin, &m, at);
            return m.end;
        }
    }
    if (time_value_is(word, "shift") && at + 1 < f->end) {
        shift = word;
        at++;
        word = time_word_value(f, at, LEX_TIME_WORD);
    }
    sst_time *out;
    uint32_t behind = at + 1;
    if (!shift && (shift = shift_behind(f, at + 1)) != NULL)
        behind++;
    if (time_value_is(word, "unit")) {
        if (!shift)
            return i;
        if ((out = vec_push(f->arena, &f->out)) != NULL) {
            out->begin = begin;
            out->end = behind;
            set_unit(f, word[5], time_value_number(shift), out);
        }
        return behind;
    }
    if (time_value_is(word, "day") || (shift && time_value_is(word, "part"))) {
        uint32_t end = behind;
        bool part = time_value_is(word, "part");
        if (!part && time_value_is(time_word_value(f, end, LEX_TIME_WORD), "part"))
            end++;
        if ((out = vec_push(f->arena, &f->out)) != NULL) {
            out->begin = begin;
            out->end = end;
            set_unit(f, 'd', time_value_number(part ? shift : word), out);
        }
        return end;
    }
    bool small = t->lang->traits & LANG_SMALL_DAYS;
    if (text_is(t, at, LEX_WEEKDAY) && (small || (t->tok[at].flags & TOKF_UPPER))) {
        uint32_t j = behind;
        if (time_is_sign(f, j, ','))
            j++;
        if (j < f->end && time_date_at(f, j, &m) && m.day) {
            add(f, begin, &m, at);
            return m.end;
        }
        j = behind;
        if (time_value_is(time_word_value(f, j, LEX_TIME_WORD), "part"))
            j++;
        if ((out = vec_push(f->arena, &f->out)) != NULL) {
            out->begin = begin;
            out->end = j;
            set_weekday(f, time_value_plain(time_word_value(f, at, LEX_WEEKDAY)) - 1, shift, begin,
                        j, out);
        }
        return j;
    }
    if (text_is(t, at, LEX_MONTH)) {
        if (time_date_at(f, at, &m)) {
            add(f, begin, &m, at);
            return m.end;
        }
        bool cued =
            begin < at || (begin > f->begin &&
                           time_value_is(time_word_value(f, begin - 1, LEX_TIME_WORD), "year"));
        if (!cued || !time_month_at(f, at, !small))
            return i;
        m = (time_match){at + 1, 0, time_month_at(f, at, !small), 0, -1, -1};
        add(f, begin, &m, begin);
        return m.end;
    }
    if (at == i && time_clock_at(f, i, &m)) {
        add(f, begin, &m, at);
        return m.end;
    }
    return i;
}

/* Is a day near the publication? Others are told of in passing ("the quarter ended Dec. 31"). */
static bool is_near(const time_finder *f, const char *iso)
{
    int v[3] = {0, 0, 0};
    for (int k = 0; iso[k] && k < 10; k++)
        if (byte_is_digit((unsigned char)iso[k]))
            v[(k > 4) + (k > 7)] = v[(k > 4) + (k > 7)] * 10 + (iso[k] - '0');
    int64_t far = f->day == DAY_UNKNOWN ? 0 : days_of(v[0], v[1], v[2]) - f->day;
    return far >= -DAY_NEAR && far <= DAY_NEAR;
}

/* Gives times of day in [first, n) the day of the nearest date of the sentence, else the day that
 * the text last spoke of. */
static void join_clocks(time_finder *f, uint32_t first)
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
        if (f->out.v[i].precision == 'd' && is_near(f, f->out.v[i].iso)) {
            memcpy(f->last_day, f->out.v[i].iso, sizeof f->last_day);
            f->last_day[10] = 0;
            break;
        }
}

sst_status text_times(sst_arena *arena, sst_text *t)
{
    time_finder f = {.t = t, .arena = arena, .day = DAY_UNKNOWN};
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
                   time_value_is(time_word_value(&f, i + 1, LEX_TIME_WORD), "clock");
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
