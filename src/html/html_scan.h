/*
 * Scanning to the next byte that matters, eight bytes at a time in a register (SWAR), with a scalar
 * twin that the tests hold it against. Each takes [p, end) and returns the first byte found or end.
 *
 *   x ^ (byte * ones)        is zero where the byte stands
 *   (v - ones) & ~v & highs  has the high bit set in the first zero byte of v (and perhaps in later
 *                            ones, which does not matter: the first counts)
 */
#ifndef HTML_SCAN_H
#define HTML_SCAN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SCAN_ONES 0x0101010101010101u
#define SCAN_HIGHS 0x8080808080808080u

static inline uint64_t scan_load(const char *p)
{
    uint64_t w;
    memcpy(&w, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

static inline uint64_t scan_zero(uint64_t v)
{
    return (v - SCAN_ONES) & ~v & SCAN_HIGHS;
}

static inline uint64_t scan_byte(uint64_t w, unsigned char c)
{
    return scan_zero(w ^ SCAN_ONES * c);
}

/* The first of a, b and NUL. */
static inline const char *scan_two_twin(const char *p, const char *end, char a, char b)
{
    while (p < end && *p != a && *p != b && *p)
        p++;
    return p;
}

static inline const char *scan_two(const char *p, const char *end, char a, char b)
{
    while (end - p >= 8) {
        uint64_t w = scan_load(p);
        uint64_t hit =
            scan_byte(w, (unsigned char)a) | scan_byte(w, (unsigned char)b) | scan_zero(w);
        if (hit)
            return p + (__builtin_ctzll(hit) >> 3);
        p += 8;
    }
    return scan_two_twin(p, end, a, b);
}

/* White space of HTML: tab, LF, FF, CR, space. */
static inline int scan_is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r';
}

static inline const char *scan_space(const char *p, const char *end)
{
    while (p < end && scan_is_space(*p))
        p++;
    return p;
}

/* Upper-case ASCII letters to lower case in all eight bytes. */
static inline uint64_t scan_lower(uint64_t w)
{
    uint64_t low = w & ~SCAN_HIGHS;
    uint64_t above = low + SCAN_ONES * (0x7F - 'Z'), from = low + SCAN_ONES * (0x80 - 'A');
    uint64_t upper = ~w & SCAN_HIGHS & (from ^ above);
    return w | upper >> 2;
}

/* The first n < 8 bytes of a word that was loaded. */
static inline uint64_t scan_keep(uint64_t w, size_t n)
{
    return n < 8 ? w & ((UINT64_C(1) << (n * 8)) - 1) : w;
}

#endif
