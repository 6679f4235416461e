/* UTF-8: see base_utf8.h. Latin is answered from ranges, everything else by ICU. */
#include "base_utf8.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

uint32_t utf8_read_any(const char *p, const char *end, int *n)
{
    const unsigned char *s = (const unsigned char *)p;
    size_t left = (size_t)(end - p);
    unsigned char c = s[0];
    *n = 1;
    if (c < 0x80)
        return c;
    if (c >= 0xC2 && c < 0xE0) {
        if (left < 2 || (s[1] & 0xC0) != 0x80)
            return 0xFFFD;
        *n = 2;
        return (uint32_t)(c & 0x1F) << 6 | (s[1] & 0x3F);
    }
    if (c >= 0xE0 && c < 0xF0) {
        if (left < 3 || (s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80)
            return 0xFFFD;
        uint32_t u = (uint32_t)(c & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
        if (u < 0x800 || (u >= 0xD800 && u < 0xE000))
            return 0xFFFD;
        *n = 3;
        return u;
    }
    if (c >= 0xF0 && c < 0xF5) {
        if (left < 4 || (s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80 || (s[3] & 0xC0) != 0x80)
            return 0xFFFD;
        uint32_t u = (uint32_t)(c & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 |
                     (uint32_t)(s[2] & 0x3F) << 6 | (s[3] & 0x3F);
        if (u < 0x10000 || u > 0x10FFFF)
            return 0xFFFD;
        *n = 4;
        return u;
    }
    return 0xFFFD;
}

uint32_t utf8_read_back(const char *p, const char *begin, int *n)
{
    for (int k = 1; k <= 4 && p - k >= begin; k++) {
        if (((unsigned char)p[-k] & 0xC0) == 0x80)
            continue;
        int got;
        uint32_t c = utf8_read(p - k, p, &got);
        if (got == k) {
            *n = k;
            return c;
        }
        break;
    }
    *n = 1;
    return 0xFFFD;
}

int utf8_write(char *p, uint32_t c)
{
    if (c < 0x80) {
        p[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        p[0] = (char)(0xC0 | c >> 6);
        p[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        p[0] = (char)(0xE0 | c >> 12);
        p[1] = (char)(0x80 | (c >> 6 & 0x3F));
        p[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    p[0] = (char)(0xF0 | c >> 18);
    p[1] = (char)(0x80 | (c >> 12 & 0x3F));
    p[2] = (char)(0x80 | (c >> 6 & 0x3F));
    p[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t utf8_ascii(sst_str s)
{
    size_t i = 0;
    uint64_t w[4]; /* 32 bytes a step: pages are mostly ASCII */
    for (; s.n - i >= sizeof w; i += sizeof w) {
        memcpy(w, s.p + i, sizeof w);
        if ((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080u)
            break;
    }
    while (i < s.n && (unsigned char)s.p[i] < 0x80)
        i++;
    return i;
}

size_t utf8_check(sst_str s)
{
    size_t i = 0;
    while (i < s.n) {
        if ((unsigned char)s.p[i] < 0x80) {
            i += utf8_ascii((sst_str){s.p + i, s.n - i});
            continue;
        }
        int n;
        if (utf8_read(s.p + i, s.p + s.n, &n) == 0xFFFD && n == 1)
            return i;
        i += (size_t)n;
    }
    return s.n;
}

size_t utf8_count(sst_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

bool utf8_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c - 'A' < 26;
    return u_isupper((UChar32)c) || u_istitle((UChar32)c);
}

bool utf8_is_lower(uint32_t c)
{
    if (c < 0x80)
        return c - 'a' < 26;
    return u_islower((UChar32)c);
}

bool utf8_is_letter_any(uint32_t c)
{
    if (c < 0x80)
        return (c | 32) - 'a' < 26;
    if (c >= 0x2000 && c < 0x2C00)
        return c == 0x2071 || c == 0x207F;
    return u_isUAlphabetic((UChar32)c) || (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK) != 0;
}

bool utf8_is_digit_any(uint32_t c)
{
    if (c < 0x80)
        return c - '0' < 10;
    return u_charType((UChar32)c) == U_DECIMAL_DIGIT_NUMBER;
}

bool utf8_is_space(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || c - '\t' < 5;
    return c == 0xA0 || c == 0x85 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

bool utf8_is_ideograph_any(uint32_t c)
{
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
           (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3041 && c <= 0x30FF) ||
           (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

uint32_t utf8_lower(uint32_t c)
{
    if (c < 0x80)
        return c - 'A' < 26 ? c + 32 : c;
    return (uint32_t)u_tolower((UChar32)c);
}

uint32_t utf8_base(uint32_t c)
{
    c = utf8_lower(c);
    if (c < 0xC0)
        return c;
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&e);
    if (U_FAILURE(e))
        return c;
    for (int depth = 0; depth < 4; depth++) {
        UChar d[8];
        int32_t n = unorm2_getRawDecomposition(nfd, (UChar32)c, d, 8, &e);
        if (U_FAILURE(e) || n <= 0)
            break;
        uint32_t first = d[0];
        if (n > 1 && U16_IS_LEAD(d[0]))
            first = (uint32_t)U16_GET_SUPPLEMENTARY(d[0], d[1]);
        if (first == c)
            break;
        c = first;
    }
    return c;
}
