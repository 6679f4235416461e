/*
 * Addresses: host and registered domain (public suffix list, by libpsl), the address without
 * parameters of tracking (data/page/tracking.txt) and fragment, the canonical address, and the date
 * that an address holds: /2024/03/05/, /2024-03/05/, /2024/mar/05/, /20240305/, a run of twelve or
 * more figures that begins with date and time.
 */
#include <libpsl.h>

#include "base_buf.h"
#include "page_found.h"
#include "read_url.h"

enum {
    URL_BYTES = 2048, /* longer ones are data */
    STAMP_DIGITS = 12 /* year to minute: shorter runs of figures are numbers of articles */
};

sst_str page_host(sst_str url)
{
    ptrdiff_t at = str_find(url, STR("://"));
    if (at < 0)
        return (sst_str){NULL, 0};
    sst_str host = {url.p + at + 3, url.n - (size_t)at - 3};
    size_t n = 0;
    while (n < host.n && !strchr("/:?#", host.p[n]))
        n++;
    host.n = n;
    if (str_starts_nocase(host, STR("www.")))
        host = (sst_str){host.p + 4, host.n - 4};
    return host;
}

sst_str page_domain(sst_str host)
{
    char name[256];
    if (host.n == 0 || host.n >= sizeof name)
        return host;
    size_t n = page_lower(name, sizeof name - 5, host);
    name[n] = 0;
    const char *domain = psl_registrable_domain(psl_builtin(), name);
    size_t k = domain ? strlen(domain) : 0;
    return k && k <= host.n ? (sst_str){host.p + host.n - k, k} : host;
}

static bool is_tracking(sst_str name)
{
    for (uint32_t i = 0; i < page_list_tracking.n; i++) {
        sst_str t = {page_list_tracking.v[i].text, page_list_tracking.v[i].n};
        if (t.n && t.p[t.n - 1] == '*' ? str_starts_nocase(name, (sst_str){t.p, t.n - 1})
                                       : str_eq_nocase(name, t))
            return true;
    }
    return false;
}

sst_str page_url_clean(sst_arena *arena, sst_str url)
{
    url = str_trim(url);
    if (url.n > URL_BYTES)
        return url;
    const char *hash = memchr(url.p, '#', url.n);
    if (hash && !(hash + 1 < url.p + url.n && hash[1] == '!')) /* "#!" is a part of the path */
        url.n = (size_t)(hash - url.p);
    const char *mark = memchr(url.p, '?', url.n);
    if (!mark)
        return arena_str(arena, url);
    sst_buf out;
    buf_init(&out, 0);
    buf_add(&out, url.p, (size_t)(mark - url.p));
    sst_str rest = {mark + 1, url.n - (size_t)(mark + 1 - url.p)};
    char join = '?';
    while (rest.n) {
        const char *amp = memchr(rest.p, '&', rest.n);
        sst_str part = {rest.p, amp ? (size_t)(amp - rest.p) : rest.n};
        size_t used = part.n + (amp ? 1 : 0);
        const char *is = memchr(part.p, '=', part.n);
        if (part.n && !is_tracking((sst_str){part.p, is ? (size_t)(is - part.p) : part.n})) {
            buf_byte(&out, join);
            buf_str(&out, part);
            join = '&';
        }
        rest.p += used;
        rest.n -= used;
    }
    sst_str clean = arena_str(arena, (sst_str){out.p, out.n});
    buf_release(&out);
    return clean;
}

sst_str page_url_join(sst_arena *arena, sst_str base, sst_str url)
{
    url = str_trim(url);
    if (url.n == 0 || url.n > URL_BYTES || base.n > URL_BYTES)
        return (sst_str){NULL, 0};
    if (*url.p != '/')
        return read_url_is_web(url)
                   ? url
                   : (sst_str){NULL, 0}; /* relative to a folder, or another scheme */
    sst_str joined = read_url_join(arena, base, url);
    return read_url_is_web(joined) ? joined : (sst_str){NULL, 0};
}

/* ---- the date in an address ------------------------------------------------------------------ */

static bool figures(sst_str s, size_t at, size_t n, int *out)
{
    int v = 0;
    if (at + n > s.n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!byte_is_digit((unsigned char)s.p[at + i]))
            return false;
        v = v * 10 + (s.p[at + i] - '0');
    }
    *out = v;
    return true;
}

static bool is_figure(sst_str s, size_t at)
{
    return at < s.n && byte_is_digit((unsigned char)s.p[at]);
}

/* The date whose year stands at `at`, behind something that is no figure. */
static bool date_at(sst_str s, size_t at, page_stamp *t)
{
    *t = (page_stamp){.has = 3};
    if (!figures(s, at, 4, &t->year) || t->year < 1990 || t->year > 2100)
        return false;
    size_t run = 0;
    while (is_figure(s, at + run))
        run++;
    int hour, minute;
    if (run == 8 || run >= STAMP_DIGITS)
        return figures(s, at + 4, 2, &t->month) && figures(s, at + 6, 2, &t->day) &&
               page_stamp_is_valid(t) &&
               (run == 8 || (figures(s, at + 8, 2, &hour) && figures(s, at + 10, 2, &minute) &&
                             hour < 24 && minute < 60));
    if (run != 4 || at + 5 >= s.n || !strchr("/-_.", s.p[at + 4]))
        return false;
    size_t k = at + 5, n = 0;
    while (k + n < s.n && byte_is_alpha((unsigned char)s.p[k + n]))
        n++;
    if (n) {
        t->month = page_month((sst_str){s.p + k, n});
        if (!t->month)
            return false;
    } else {
        while (n < 2 && is_figure(s, k + n))
            n++;
        if (n == 0 || is_figure(s, k + n) || !figures(s, k, n, &t->month))
            return false;
    }
    k += n;
    if (k >= s.n || !strchr("/-_.", s.p[k]))
        return false;
    k++;
    n = 0;
    while (n < 2 && is_figure(s, k + n))
        n++;
    return n && !is_figure(s, k + n) && figures(s, k, n, &t->day) && page_stamp_is_valid(t);
}

/* "29-10-2021" behind something that is no figure: the day is in front. */
static bool day_at(sst_str s, size_t at, page_stamp *t)
{
    *t = (page_stamp){.has = 3};
    return figures(s, at, 2, &t->day) && at + 10 <= s.n && strchr("-._", s.p[at + 2]) &&
           figures(s, at + 3, 2, &t->month) && s.p[at + 5] == s.p[at + 2] &&
           figures(s, at + 6, 4, &t->year) && !is_figure(s, at + 10) && t->year >= 1990 &&
           t->year <= 2100 && page_stamp_is_valid(t);
}

void page_when_address(page_found *f, sst_str url)
{
    /* An archive's address holds the page's own behind it, and its own time in front. */
    for (;;) {
        ptrdiff_t at =
            str_find((sst_str){url.p + (url.n ? 1 : 0), url.n ? url.n - 1 : 0}, STR("://"));
        ptrdiff_t next =
            at < 0 ? -1 : str_find((sst_str){url.p + at + 4, url.n - (size_t)at - 4}, STR("://"));
        if (next < 0)
            break;
        url.p += at + 4;
        url.n -= (size_t)at + 4;
    }
    const char *query = memchr(url.p, '?', url.n);
    if (query)
        url.n = (size_t)(query - url.p);
    ptrdiff_t host = str_find(url, STR("://"));
    for (size_t i = host < 0 ? 0 : (size_t)host + 3; i + 8 < url.n; i++) {
        if (byte_is_digit((unsigned char)url.p[i]) || !is_figure(url, i + 1))
            continue;
        page_stamp t;
        if (!date_at(url, i + 1, &t) && !day_at(url, i + 1, &t))
            continue;
        if (i + 15 < url.n && is_figure(url, i + 14) && url.p[i + 15] == '/' && i >= 4 &&
            str_eq((sst_str){url.p + i - 4, 4}, STR("/web")))
            continue; /* when an archive was there */
        page_when_stamp(f, &t, "address", DATE_PUBLISHED, 9);
        return;
    }
}
