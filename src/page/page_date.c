/*
 * Dates: ISO 8601 in its usual forms, the dates of RFC 822 (feeds, HTTP), and what
 * page_date_find.c reads -> ISO 8601 with the zone as written. Days since 1970 by the algorithm of
 * Howard Hinnant, "chrono-compatible low-level date algorithms".
 */
#include "page_date.h"

#include <stdio.h>

#include "page_lists.h"

typedef page_stamp stamp;

static bool number(sst_str *s, size_t least, size_t most, int *out)
{
    size_t n = 0;
    int v = 0;
    while (n < s->n && n < most && byte_is_digit((unsigned char)s->p[n]))
        v = v * 10 + (s->p[n++] - '0');
    if (n < least)
        return false;
    s->p += n;
    s->n -= n;
    *out = v;
    return true;
}

static bool sign(sst_str *s, char c)
{
    if (s->n == 0 || *s->p != c)
        return false;
    s->p++;
    s->n--;
    return true;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

bool page_stamp_is_valid(const stamp *t)
{
    return t->year >= 1 && t->year <= 9999 && t->month >= 1 && t->month <= 12 && t->day >= 1 &&
           t->day <= month_days(t->year, t->month) && t->hour <= 24 && t->minute < 60 &&
           t->second <= 60 && t->offset >= -24 * 60 && t->offset <= 24 * 60;
}

/* "Z", "+02:00", "+0200", "+02", "GMT", "EST" behind a time. */
bool page_stamp_zone(sst_str s, stamp *t)
{
    s = str_trim(s);
    if (s.n == 0)
        return true;
    static const struct {
        const char *name;
        int hours;
    } names[] = {{"z", 0},    {"utc", 0},  {"gmt", 0},  {"ut", 0},   {"est", -5},
                 {"edt", -4}, {"cst", -6}, {"cdt", -5}, {"mst", -7}, {"mdt", -6},
                 {"pst", -8}, {"pdt", -7}, {"bst", 1},  {"cet", 1},  {"cest", 2}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(s, str_of(names[i].name))) {
            t->zone = true;
            t->offset = names[i].hours * 60;
            return true;
        }
    int h, m = 0, east = *s.p == '-' ? -1 : 1;
    if (!sign(&s, '+') && !sign(&s, '-'))
        return false;
    if (!number(&s, 2, 2, &h))
        return false;
    sign(&s, ':');
    if (s.n && !number(&s, 2, 2, &m))
        return false;
    t->zone = true;
    t->offset = east * (h * 60 + m);
    return s.n == 0;
}

/* "am", "p.m.": moves *s behind it. */
static bool half_of_day(sst_str *s, bool *after_noon)
{
    sst_str r = *s;
    if (r.n < 2 || ((*r.p | 32) != 'a' && (*r.p | 32) != 'p'))
        return false;
    *after_noon = (*r.p | 32) == 'p';
    r.p++;
    r.n--;
    sign(&r, '.');
    if (!sign(&r, 'm') && !sign(&r, 'M'))
        return false;
    sign(&r, '.');
    *s = r;
    return true;
}

/* Behind the date: "T06:10", " 06:10:22.5Z", " 1.30 p.m.", " 9am". */
bool page_stamp_time(sst_str s, stamp *t)
{
    if (s.n == 0)
        return true;
    if (!sign(&s, 'T') && !sign(&s, 't') && !sign(&s, ' '))
        return page_stamp_zone(s, t);
    s = str_trim(s);
    if (str_starts_nocase(s, STR("at ")))
        s = str_trim((sst_str){s.p + 3, s.n - 3});
    if (s.n == 0)
        return true;
    if (!number(&s, 1, 2, &t->hour))
        return page_stamp_zone(s, t);
    bool after_noon = false;
    sst_str whole = str_trim(s);
    if (half_of_day(&whole, &after_noon)) {
        t->has = 4;
        t->hour = t->hour % 12 + (after_noon ? 12 : 0);
        return page_stamp_zone(whole, t);
    }
    bool colon = sign(&s, ':') || sign(&s, '.');
    if (!number(&s, 2, 2, &t->minute))
        return false;
    t->has = 4;
    if (colon ? sign(&s, ':') : s.n && byte_is_digit((unsigned char)*s.p)) {
        if (!number(&s, 2, 2, &t->second))
            return false;
        t->has = 5;
        int ignored;
        if (sign(&s, '.') || sign(&s, ','))
            while (number(&s, 1, 1, &ignored))
                ;
    }
    sst_str rest = str_trim(s);
    if (half_of_day(&rest, &after_noon))
        t->hour = t->hour % 12 + (after_noon ? 12 : 0);
    return page_stamp_zone(rest, t);
}

static bool parse_iso(sst_str s, stamp *t)
{
    t->month = t->day = 1;
    if (!number(&s, 4, 4, &t->year))
        return false;
    t->has = 1;
    bool dashed = sign(&s, '-'), slashed = !dashed && sign(&s, '/');
    if (s.n == 0)
        return !dashed && !slashed && t->year >= 1900 && t->year <= 2100;
    if (!number(&s, 1, 2, &t->month))
        return false;
    t->has = 2;
    if (s.n == 0)
        return dashed;
    if (dashed ? !sign(&s, '-') : slashed ? !sign(&s, '/') : false)
        return false;
    if (!number(&s, 1, 2, &t->day))
        return false;
    t->has = 3;
    return page_stamp_time(s, t);
}

int page_month(sst_str word)
{
    const page_entry *e = page_list_find(&page_list_month, word);
    return e ? e->value : 0;
}

static void skip(sst_str *s, const char *these)
{
    while (s->n && strchr(these, *s->p)) {
        s->p++;
        s->n--;
    }
}

static sst_str word(sst_str *s)
{
    size_t n = 0;
    while (n < s->n && byte_is_alpha((unsigned char)s->p[n]))
        n++;
    sst_str w = {s->p, n};
    s->p += n;
    s->n -= n;
    return w;
}

/* "Mon, 19 Aug 2024 06:10:00 GMT", "19 Aug 24", "August 19, 2024 6:10 am", "Mon Aug 19 06:10:00
 * 2024". */
static bool parse_named(sst_str s, stamp *t)
{
    sst_str w = word(&s);
    t->month = page_month(w);
    if (w.n && !t->month) { /* the day of the week */
        skip(&s, ",. ");
        w = word(&s);
        t->month = page_month(w);
    }
    if (w.n && !t->month)
        return false;
    skip(&s, " .-");
    if (!number(&s, 1, 2, &t->day))
        return false;
    skip(&s, " ,.-");
    if (!t->month) {
        w = word(&s);
        t->month = page_month(w);
        if (!t->month)
            return false;
        skip(&s, " ,.-");
    }
    const char *before = s.p;
    if (!number(&s, 2, 4, &t->year))
        return false;
    if (s.p - before == 2)
        t->year += t->year < 70 ? 2000 : 1900;
    t->has = 3;
    skip(&s, ",");
    if (s.n && *s.p != ' ' && *s.p != 'T')
        return false;
    return page_stamp_time(s, t);
}

static bool parse(sst_str s, bool month_first, page_stamp *t)
{
    s = str_trim(s);
    *t = (stamp){0};
    if (parse_iso(s, t) && page_stamp_is_valid(t))
        return true;
    *t = (stamp){0};
    if (parse_named(s, t) && page_stamp_is_valid(t))
        return true;
    sst_span at;
    return page_date_find(s, month_first, t, &at);
}

bool page_stamp_parse(sst_str s, bool month_first, page_stamp *t)
{
    if (!parse(s, month_first, t))
        return false;
    if (t->has < 4) { /* a day has no zone: "2024-03-05 CET" */
        t->zone = false;
        t->offset = 0;
    }
    return true;
}

sst_str page_stamp_write(sst_arena *arena, const page_stamp *t)
{
    char when[64];
    int n = snprintf(when, sizeof when,
                     t->has == 1   ? "%04d"
                     : t->has == 2 ? "%04d-%02d"
                                   : "%04d-%02d-%02d",
                     t->year, t->month, t->day);
    if (t->has >= 4) {
        n += snprintf(when + n, sizeof when - (size_t)n, "T%02d:%02d:%02d", t->hour, t->minute,
                      t->second);
        int o = t->offset < 0 ? -t->offset : t->offset;
        if (t->zone && o == 0)
            n += snprintf(when + n, sizeof when - (size_t)n, "Z");
        else if (t->zone)
            n += snprintf(when + n, sizeof when - (size_t)n, "%c%02d:%02d",
                          t->offset < 0 ? '-' : '+', o / 60, o % 60);
    }
    return arena_str(arena, (sst_str){when, (size_t)n});
}

enum { DATE_BYTES = 80 }; /* longer values are sentences */

sst_str page_date(sst_arena *arena, sst_str s)
{
    stamp t;
    if (s.n == 0 || s.n > DATE_BYTES || !page_stamp_parse(s, false, &t))
        return (sst_str){"", 0};
    return page_stamp_write(arena, &t);
}

int64_t page_stamp_days(const page_stamp *t)
{
    int64_t y = t->month <= 2 ? t->year - 1 : t->year;
    int64_t era = y / 400, yoe = y - era * 400;
    int64_t doy = (153 * (t->month + (t->month > 2 ? -3 : 9)) + 2) / 5 + t->day - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

int64_t page_stamp_seconds(const page_stamp *t)
{
    return page_stamp_days(t) * 86400 + t->hour * 3600 + t->minute * 60 + t->second -
           t->offset * 60;
}

int64_t page_seconds(sst_str iso)
{
    stamp t;
    if (iso.n == 0 || iso.n > DATE_BYTES || !page_stamp_parse(iso, false, &t))
        return INT64_MIN;
    return page_stamp_seconds(&t);
}
