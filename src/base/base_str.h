/* Borrowed strings. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <string.h>

#include "samestory.h"

#define STR(literal) ((sst_str){"" literal, sizeof(literal) - 1})

static inline sst_str str_of(const char *z)
{
    return (sst_str){z, z ? strlen(z) : 0};
}

static inline bool str_eq(sst_str a, sst_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Byte order; a prefix comes first. */
int str_cmp(sst_str a, sst_str b);

/* ASCII letters without case, other bytes exactly. */
bool str_eq_nocase(sst_str a, sst_str b);
static inline bool str_starts(sst_str s, sst_str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || (*s.p == *prefix.p && /* most differ there */
                                                 memcmp(s.p, prefix.p, prefix.n) == 0));
}
bool str_ends(sst_str s, sst_str suffix);
bool str_starts_nocase(sst_str s, sst_str prefix);

/* Offset of the first `what` in s, or -1. Linear. */
ptrdiff_t str_find(sst_str s, sst_str what);
/* The same, ASCII letters without case. */
ptrdiff_t str_find_nocase(sst_str s, sst_str what);

/* Without ASCII white space and U+00A0 at both ends. */
sst_str str_trim(sst_str s);

static inline sst_str str_span(sst_str text, sst_span at)
{
    return (sst_str){text.p + at.begin, at.end - at.begin};
}

static inline bool byte_is_space(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool byte_is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static inline bool byte_is_alpha(unsigned char c)
{
    return (unsigned char)((c | 32) - 'a') < 26;
}

#endif
