/* UTF-8: reading code points, checking, and the few properties of letters that the stages need
 * (Unicode's, by ICU). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>

#include "samestory.h"

/*
 * Reads the code point at p < end and sets *n to its length in bytes (1-4). Bytes that are not
 * UTF-8 give U+FFFD and length 1, so that every loop moves on.
 */
uint32_t utf8_read_any(const char *p, const char *end, int *n);
static inline uint32_t utf8_read(const char *p, const char *end, int *n)
{
    if ((unsigned char)*p >= 0x80)
        return utf8_read_any(p, end, n);
    *n = 1;
    return (unsigned char)*p;
}

/* The code point that ends before p > begin; *n its length. */
uint32_t utf8_read_back(const char *p, const char *begin, int *n);

/* Writes c (a valid code point) to p, which has room for 4; returns the length. */
int utf8_write(char *p, uint32_t c);

/* Bytes of ASCII that s begins with. */
size_t utf8_ascii(sst_str s);

/* Offset of the first byte that is not UTF-8 (by the Unicode standard, table 3-7), or s.n when all
 * is well. */
size_t utf8_check(sst_str s);

/* Number of code points in valid UTF-8. */
size_t utf8_count(sst_str s);

bool utf8_is_upper(uint32_t c); /* upper or title case */
bool utf8_is_lower(uint32_t c);
bool utf8_is_letter_any(uint32_t c);
bool utf8_is_digit_any(uint32_t c);
static inline bool utf8_is_letter(uint32_t c) /* letters and marks that follow them */
{
    return c < 0x80 ? (c | 32) - 'a' < 26 : utf8_is_letter_any(c);
}
static inline bool utf8_is_digit(uint32_t c) /* decimal digits of any script */
{
    return c < 0x80 ? c - '0' < 10 : utf8_is_digit_any(c);
}
bool utf8_is_space(
    uint32_t c); /* white space, no-break spaces, zero-width space, byte-order mark */
bool utf8_is_ideograph_any(uint32_t c);
/* Scripts that write without spaces: Han, Kana, Thai, Lao, Khmer, Myanmar. */
static inline bool utf8_is_ideograph(uint32_t c)
{
    return c >= 0x0E00 && utf8_is_ideograph_any(c);
}
uint32_t utf8_lower(uint32_t c); /* simple lower case */
uint32_t utf8_base(
    uint32_t c); /* lower case without accent: é -> e; c itself when there is no such letter */

#endif
