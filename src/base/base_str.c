/* Borrowed strings: see base_str.h. */
#include "base_str.h"

static unsigned char low(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
}

int str_cmp(sst_str a, sst_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int d = n ? memcmp(a.p, b.p, n) : 0;
    return d ? d : (a.n > b.n) - (a.n < b.n);
}

static bool eq_nocase_n(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (low((unsigned char)a[i]) != low((unsigned char)b[i]))
            return false;
    return true;
}

bool str_eq_nocase(sst_str a, sst_str b)
{
    return a.n == b.n && eq_nocase_n(a.p, b.p, a.n);
}

bool str_ends(sst_str s, sst_str suffix)
{
    return s.n >= suffix.n &&
           (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

bool str_starts_nocase(sst_str s, sst_str prefix)
{
    return s.n >= prefix.n && eq_nocase_n(s.p, prefix.p, prefix.n);
}

ptrdiff_t str_find(sst_str s, sst_str what)
{
    if (what.n == 0)
        return 0;
    if (s.n < what.n)
        return -1;
    const char *p = s.p, *end = s.p + s.n;
    while ((size_t)(end - p) >= what.n) {
        p = memchr(p, what.p[0], (size_t)(end - p) - what.n + 1);
        if (!p)
            return -1;
        if (memcmp(p, what.p, what.n) == 0)
            return p - s.p;
        p++;
    }
    return -1;
}

ptrdiff_t str_find_nocase(sst_str s, sst_str what)
{
    if (what.n == 0)
        return 0;
    if (what.n > s.n)
        return -1;
    /* the next place of the first letter in either case; each case is looked for once */
    unsigned char lower = low((unsigned char)what.p[0]);
    unsigned char upper = lower >= 'a' && lower <= 'z' ? (unsigned char)(lower - 32) : lower;
    const char *end = s.p + s.n - what.n + 1, *a = s.p, *b = s.p;
    const char *next_a = memchr(a, lower, (size_t)(end - a));
    const char *next_b = upper == lower ? NULL : memchr(b, upper, (size_t)(end - b));
    while (next_a || next_b) {
        const char *p = !next_b || (next_a && next_a < next_b) ? next_a : next_b;
        if (eq_nocase_n(p, what.p, what.n))
            return p - s.p;
        if (p == next_a)
            next_a = memchr(p + 1, lower, (size_t)(end - p - 1));
        else
            next_b = memchr(p + 1, upper, (size_t)(end - p - 1));
    }
    return -1;
}

sst_str str_trim(sst_str s)
{
    for (;;) {
        if (s.n && byte_is_space((unsigned char)s.p[0]))
            s.p++, s.n--;
        else if (s.n >= 2 && (unsigned char)s.p[0] == 0xC2 && (unsigned char)s.p[1] == 0xA0)
            s.p += 2, s.n -= 2;
        else
            break;
    }
    for (;;) {
        if (s.n && byte_is_space((unsigned char)s.p[s.n - 1]))
            s.n--;
        else if (s.n >= 2 && (unsigned char)s.p[s.n - 2] == 0xC2 &&
                 (unsigned char)s.p[s.n - 1] == 0xA0)
            s.n -= 2;
        else
            break;
    }
    return s;
}
