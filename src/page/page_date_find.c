/*
 * A date in a line of text: "Dienstag, 5. März 2024, 17:30 Uhr", "le 1er avril 2024", "April 2nd,
 * 2024", "05/03/2024", "2024.03.05", "2024年3月5日". Method: the line as tokens (figures, words);
 * at each number the few forms that a date has are tried, names of months are looked up in
 * data/page/month.txt. What is behind the date is read as a time of day when it has the form of
 * one. Linear: each token is met by a fixed number of forms.
 */
#include "page_date.h"

#include "base_utf8.h"
#include "page_lists.h"

enum {
    TOKENS = 96,      /* of a line: more is prose */
    GAP_BYTES = 6,    /* between the parts of a date: "10. | 12. | 2024", a no-break space */
    FRONT_TOKENS = 8, /* of a time in front of its date */
    FRONT_BYTES = 34,
    TIME_GAP = 14,     /* between date and time: " um ", " – ", " | " */
    FIRST_YEAR = 1990, /* pages are not older; what is given as older is something else's year */
    LAST_YEAR = 2100,
    SHORT_YEARS = 60 /* "59" is 2059, "60" is 1960 and too old */
};

typedef enum token_kind { TOKEN_NUMBER, TOKEN_WORD } token_kind;
typedef struct token {
    uint32_t begin, end;
    uint8_t kind, digits;
    int value;
} token;

/* Letters and digits of other scripts than these are parts of words. */
static uint32_t tokens_of(sst_str s, token v[TOKENS])
{
    uint32_t n = 0;
    size_t i = 0;
    while (i < s.n && n < TOKENS) {
        unsigned char c = (unsigned char)s.p[i];
        size_t begin = i;
        if (byte_is_digit(c)) {
            int value = 0;
            while (i < s.n && byte_is_digit((unsigned char)s.p[i])) {
                if (value < 100000000)
                    value = value * 10 + (s.p[i] - '0');
                i++;
            }
            size_t digits = i - begin;
            v[n++] = (token){(uint32_t)begin, (uint32_t)i, TOKEN_NUMBER,
                             (uint8_t)(digits > 20 ? 20 : digits), value};
            continue;
        }
        int len = 1;
        while (i < s.n) {
            uint32_t u = (unsigned char)s.p[i];
            len = 1;
            if (u >= 0x80)
                u = utf8_read(s.p + i, s.p + s.n, &len);
            if (u < 0x80 ? !byte_is_alpha((unsigned char)u)
                         : !utf8_is_letter(u) || u == 0xAA || u == 0xBA)
                break;
            i += (size_t)len;
        }
        if (i > begin)
            v[n++] = (token){(uint32_t)begin, (uint32_t)i, TOKEN_WORD, 0, 0};
        else
            i += (size_t)len;
    }
    return n;
}

static sst_str gap(sst_str s, const token *a, const token *b)
{
    return (sst_str){s.p + a->end, b->begin - a->end};
}

static bool is_year(const token *t)
{
    return t->kind == TOKEN_NUMBER && t->digits == 4 && t->value >= FIRST_YEAR &&
           t->value <= LAST_YEAR;
}

static bool is_short(const token *t)
{
    return t->kind == TOKEN_NUMBER && t->digits <= 2 && t->value >= 1;
}

/* The separator of figures: the same single sign on both sides, spaces around it aside; 0 when it
 * is none. */
static char mark_of(sst_str g)
{
    g = str_trim(g);
    if (g.n == 2 && *g.p == '.' && g.p[1] == ' ')
        g.n = 1;
    return g.n == 1 && strchr("./-|_", *g.p) ? *g.p : 0;
}

/* Nothing that parts sentences or lists stands between words of a date. */
static bool is_loose(sst_str g)
{
    if (g.n > GAP_BYTES)
        return false;
    for (size_t i = 0; i < g.n; i++)
        if (strchr(";:!?()[]{}|<>\"+=", g.p[i]))
            return false;
    return true;
}

static sst_str word_of(sst_str s, const token *t)
{
    return (sst_str){s.p + t->begin, t->end - t->begin};
}

static int month_at(sst_str s, const token *t)
{
    return t->kind == TOKEN_WORD ? page_month(word_of(s, t)) : 0;
}

/* The token behind v[i], one or two fillers over; n when there is none. */
static uint32_t step(sst_str s, const token *v, uint32_t n, uint32_t i)
{
    for (uint32_t k = i + 1; k < n && k <= i + 3; k++) {
        if (!is_loose(gap(s, &v[k - 1], &v[k])))
            return n;
        if (v[k].kind == TOKEN_NUMBER || !page_list_find(&page_list_date_filler, word_of(s, &v[k])))
            return k;
    }
    return n;
}

static bool is_unit(sst_str s, const token *t, const char *unit)
{
    return t->kind == TOKEN_WORD && str_starts(word_of(s, t), str_of(unit));
}

/* Year in front: 2024-03-05, 2024/3/5, 2024年3月5日, 2024년 3월 5일, 5 and 2024 with month names
 * between are elsewhere. Returns the tokens used, 0 when it is none. */
static uint32_t year_first(sst_str s, const token *v, uint32_t n, page_stamp *t)
{
    if (!is_year(&v[0]))
        return 0;
    if (n >= 3 && is_short(&v[1]) && is_short(&v[2])) {
        char mark = mark_of(gap(s, &v[0], &v[1]));
        if (mark && mark == mark_of(gap(s, &v[1], &v[2]))) {
            *t = (page_stamp){.year = v[0].value, .month = v[1].value, .day = v[2].value, .has = 3};
            return 3;
        }
    }
    if (n >= 5 && is_short(&v[2]) && is_short(&v[4]) &&
        (is_unit(s, &v[1], "\xE5\xB9\xB4") || is_unit(s, &v[1], "\xEB\x85\x84")) &&
        (is_unit(s, &v[3], "\xE6\x9C\x88") || is_unit(s, &v[3], "\xEC\x9B\x94"))) {
        *t = (page_stamp){.year = v[0].value, .month = v[2].value, .day = v[4].value, .has = 3};
        return n >= 6 && (is_unit(s, &v[5], "\xE6\x97\xA5") || is_unit(s, &v[5], "\xEC\x9D\xBC"))
                   ? 6
                   : 5;
    }
    /* Hungarian, Lithuanian: "2024. március 5." */
    uint32_t k = step(s, v, n, 0), d;
    if (k < n && month_at(s, &v[k]) && (d = step(s, v, n, k)) < n && is_short(&v[d])) {
        *t = (page_stamp){
            .year = v[0].value, .month = month_at(s, &v[k]), .day = v[d].value, .has = 3};
        return d + 1;
    }
    return 0;
}

/* Figures with the day or the month in front: 5.3.2024, 05/03/24, 03-05-2024. */
static uint32_t in_figures(sst_str s, const token *v, uint32_t n, bool month_first, page_stamp *t)
{
    if (n < 3 || !is_short(&v[0]) || !is_short(&v[1]) || v[2].kind != TOKEN_NUMBER)
        return 0;
    char mark = mark_of(gap(s, &v[0], &v[1]));
    if (!mark || mark != mark_of(gap(s, &v[1], &v[2])))
        return 0;
    int year = v[2].value;
    if (v[2].digits == 2) {
        if (v[0].digits != 2 || v[1].digits != 2 || year >= SHORT_YEARS || mark == '-')
            return 0;
        year += 2000;
    } else if (!is_year(&v[2]))
        return 0;
    int a = v[0].value, b = v[1].value;
    bool free_order = mark == '/' || mark == '-';
    bool swapped = free_order && ((month_first && a <= 12) || b > 12);
    *t = (page_stamp){.year = year, .month = swapped ? a : b, .day = swapped ? b : a, .has = 3};
    t->swap = free_order && a <= 12 && b <= 12 && a != b;
    return 3;
}

/* Two figures of a year behind day and name ("3 Mär 24") count when nothing else can be meant. */
static int year_at(const token *t)
{
    return is_year(t) ? t->value : 0;
}

/* "5 March 2024", "5. März 2024", "5 de marzo de 2024", "1er avril 2024". */
static uint32_t day_name(sst_str s, const token *v, uint32_t n, page_stamp *t)
{
    if (!is_short(&v[0]))
        return 0;
    uint32_t k = step(s, v, n, 0);
    int month = k < n ? month_at(s, &v[k]) : 0;
    if (!month)
        return 0;
    uint32_t y = step(s, v, n, k);
    if (y >= n || !year_at(&v[y]))
        return 0;
    *t = (page_stamp){.year = year_at(&v[y]), .month = month, .day = v[0].value, .has = 3};
    return y + 1;
}

/* "March 5, 2024", "March 5th 2024": v[0] is the name. */
static uint32_t name_day(sst_str s, const token *v, uint32_t n, page_stamp *t)
{
    int month = month_at(s, &v[0]);
    if (!month)
        return 0;
    uint32_t d = step(s, v, n, 0);
    if (d >= n || !is_short(&v[d]))
        return 0;
    uint32_t y = step(s, v, n, d);
    if (y >= n || !year_at(&v[y]))
        return 0;
    *t = (page_stamp){.year = year_at(&v[y]), .month = month, .day = v[d].value, .has = 3};
    return y + 1;
}

/* "2 tháng 3 năm 2024", "2 tháng 3, 2024" */
static uint32_t vietnamese(sst_str s, const token *v, uint32_t n, page_stamp *t)
{
    if (n < 4 || !is_short(&v[0]) || !is_unit(s, &v[1], "th\xC3\xA1ng") || !is_short(&v[2]))
        return 0;
    uint32_t y = 3;
    if (n >= 5 && is_unit(s, &v[3], "n\xC4\x83m"))
        y = 4;
    if (!is_year(&v[y]))
        return 0;
    *t = (page_stamp){.year = v[y].value, .month = v[2].value, .day = v[0].value, .has = 3};
    return y + 1;
}

/* The time of day that stands at v[0]; *end behind it. Words between date and time are few. */
static void time_behind(sst_str s, const token *v, uint32_t n, uint32_t date_end, page_stamp *t,
                        uint32_t *end)
{
    uint32_t k = 0;
    while (k < n && k < 2 && v[k].kind == TOKEN_WORD && v[k].end - v[k].begin <= 4)
        k++;
    if (k + 1 > n || k >= n || v[k].kind != TOKEN_NUMBER || v[k].digits > 2 || v[k].value > 24 ||
        v[k].begin - date_end > TIME_GAP)
        return;
    page_stamp with = *t;
    with.hour = v[k].value;
    with.has = 4;
    uint32_t last = k;
    if (k + 1 < n && v[k + 1].kind == TOKEN_NUMBER && v[k + 1].digits == 2 && v[k + 1].value < 60) {
        sst_str g = gap(s, &v[k], &v[k + 1]);
        if (g.n != 1 || (*g.p != ':' && *g.p != '.' && *g.p != 'h'))
            return;
        with.minute = v[k + 1].value;
        last = k + 1;
        if (*g.p == ':' && k + 2 < n && v[k + 2].kind == TOKEN_NUMBER && v[k + 2].digits == 2 &&
            v[k + 2].value < 60 && str_eq(gap(s, &v[k + 1], &v[k + 2]), STR(":"))) {
            with.second = v[k + 2].value;
            with.has = 5;
            last = k + 2;
        }
    } else if (k + 2 < n && is_unit(s, &v[k + 1], "h") && v[k + 1].end - v[k + 1].begin == 1 &&
               v[k + 2].kind == TOKEN_NUMBER && v[k + 2].digits == 2 && v[k + 2].value < 60 &&
               v[k + 2].begin == v[k + 1].end) {
        with.minute = v[k + 2].value; /* 17h30 */
        last = k + 2;
    } else if (!(k + 1 < n && v[k + 1].end - v[k + 1].begin == 2 &&
                 (s.p[v[k + 1].begin + 1] | 32) == 'm' && gap(s, &v[k], &v[k + 1]).n <= 1))
        return; /* a number that is no time, unless "9 pm" */
    sst_str rest = str_trim((sst_str){s.p + v[last].end, s.n - v[last].end});
    uint32_t word = last + 1;
    if (rest.n >= 2 && ((*rest.p | 32) == 'a' || (*rest.p | 32) == 'p')) {
        bool dots = rest.n >= 3 && rest.p[1] == '.';
        if ((rest.p[dots ? 2 : 1] | 32) == 'm' && with.hour <= 12) {
            with.hour = with.hour % 12 + ((*rest.p | 32) == 'p' ? 12 : 0);
            word += dots ? 2 : 1;
            size_t used = dots ? 3 : 2;
            if (dots && rest.n > 3 && rest.p[3] == '.')
                used++;
            rest = str_trim((sst_str){rest.p + used, rest.n - used});
            last = word - 1 < n ? word - 1 : last;
        }
    }
    /* A zone, when the next thing is one. */
    size_t zn = 0;
    if (rest.n && *rest.p != '-')
        while (zn < rest.n && zn < 6 &&
               (byte_is_alpha((unsigned char)rest.p[zn]) ||
                byte_is_digit((unsigned char)rest.p[zn]) || rest.p[zn] == '+' || rest.p[zn] == ':'))
            zn++;
    page_stamp zoned = with;
    if (zn && page_stamp_zone((sst_str){rest.p, zn}, &zoned) && zoned.zone)
        with = zoned;
    else if (rest.n >= 5 && *rest.p == '-' && byte_is_digit((unsigned char)rest.p[1])) {
        zn = rest.n > 5 && rest.p[3] == ':' ? 6 : 5;
        if (page_stamp_zone((sst_str){rest.p, zn < rest.n ? zn : rest.n}, &zoned) && zoned.zone)
            with = zoned;
    }
    if (!page_stamp_is_valid(&with))
        return;
    *t = with;
    *end = v[last].end;
}

/* "8:00 PM EST, Tue December 19, 2023": the time in front of the date whose first token is v[at].
 */
static void time_in_front(sst_str s, const token *v, uint32_t at, page_stamp *t, uint32_t *begin)
{
    for (uint32_t i = at; i-- > 0 && at - i <= FRONT_TOKENS;) {
        if (v[at].begin - v[i].begin > FRONT_BYTES)
            return;
        if (v[i].kind != TOKEN_NUMBER || i + 1 >= at || v[i + 1].kind != TOKEN_NUMBER)
            continue;
        /* Nothing but words stands between; they are read as what follows a time. */
        page_stamp with = *t;
        uint32_t end = 0;
        time_behind((sst_str){s.p, v[at].begin}, v + i, at - i, v[i].begin, &with, &end);
        if (end && with.has >= 4) {
            *t = with;
            *begin = v[i].begin;
        }
        return;
    }
}

bool page_date_find(sst_str line, bool month_first, page_stamp *t, sst_span *at)
{
    token v[TOKENS];
    uint32_t n = tokens_of(line, v);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t used = 0;
        page_stamp s = {0};
        if (v[i].kind == TOKEN_NUMBER) {
            if (v[i].digits == 8) { /* 20240305 */
                int d = v[i].value;
                s = (page_stamp){
                    .year = d / 10000, .month = d / 100 % 100, .day = d % 100, .has = 3};
                used = s.year >= FIRST_YEAR && s.year <= LAST_YEAR && s.month && s.day;
            }
            if (!used)
                used = year_first(line, v + i, n - i, &s);
            if (!used)
                used = in_figures(line, v + i, n - i, month_first, &s);
            if (!used)
                used = day_name(line, v + i, n - i, &s);
            if (!used)
                used = vietnamese(line, v + i, n - i, &s);
        } else if (i + 2 < n && (v[i + 1].kind == TOKEN_NUMBER || v[i + 2].kind == TOKEN_NUMBER))
            used = name_day(line, v + i, n - i, &s);
        if (!used || !page_stamp_is_valid(&s))
            continue;
        /* "1/2.3.2024": figures that go on in front are no date. */
        if (i && v[i - 1].kind == TOKEN_NUMBER && v[i].kind == TOKEN_NUMBER &&
            v[i].begin - v[i - 1].end == 1 && strchr("./-", line.p[v[i].begin - 1]))
            continue;
        uint32_t end = v[i + used - 1].end;
        time_behind(line, v + i + used, n - i - used, end, &s, &end);
        uint32_t begin = v[i].begin;
        if (s.has < 4)
            time_in_front(line, v, i, &s, &begin);
        *t = s;
        *at = (sst_span){begin, end};
        return true;
    }
    return false;
}
