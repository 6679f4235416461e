/*
 * Character references (HTML standard 13.2.5.72 - 13.2.5.80). In: the bytes behind '&'; out: what
 * it stands for, and how many bytes it took. Method: a name is letters and digits; with a semicolon
 * behind it, it is looked up whole; without one (or when that is unknown) the longest beginning of
 * it that is among the few names that need none.
 */
#include "html_entity.h"

#include <string.h>

#include "base_utf8.h"
#include "html_token.h"

#define NAME_MOST 64u      /* longer than any name: reading on is idle */
#define CODE_MOST 0x110000 /* one more than any code point */

static bool alnum(char c)
{
    return byte_is_alpha((unsigned char)c) || byte_is_digit((unsigned char)c);
}

static const html_entity *find(const char *p, uint32_t n)
{
    unsigned char c = (unsigned char)p[0];
    if (c >= 128)
        return NULL;
    uint32_t low = html_entity_first[c], high = html_entity_first[c + 1];
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        const html_entity *e = &html_entities[middle];
        int order = memcmp(p, html_entity_names + e->at, n < e->n ? n : e->n);
        if (order == 0)
            order = n < e->n ? -1 : n > e->n;
        if (order == 0)
            return e;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* 13.2.5.80, numeric character reference end state: its table for 0x80 - 0x9F. */
static uint32_t mended(uint32_t c)
{
    static const uint16_t high[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (c == 0 || c >= CODE_MOST || (c >= 0xD800 && c < 0xE000))
        return 0xFFFD;
    return c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c;
}

static int digit(char c, bool hex)
{
    if (byte_is_digit((unsigned char)c))
        return c - '0';
    c = (char)(c | 32);
    return hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* 13.2.5.75 - 13.2.5.80; p is behind "&#". Returns what was taken from there on. */
static uint32_t numeric(const char *p, const char *end, char out[8], uint8_t *out_n, bool *more)
{
    const char *s = p;
    bool hex = s < end && (*s | 32) == 'x';
    s += hex;
    uint32_t value = 0, digits = 0;
    for (int d; s < end && (d = digit(*s, hex)) >= 0; s++, digits++)
        if (value < CODE_MOST)
            value = value * (hex ? 16 : 10) + (uint32_t)d;
    if (s == end)
        *more = true;
    if (!digits)
        return 0;
    if (s < end && *s == ';')
        s++;
    *out_n = (uint8_t)utf8_write(out, mended(value));
    return (uint32_t)(s - p);
}

uint32_t html_reference(const char *p, const char *end, bool in_attribute, char out[8],
                        uint8_t *out_n, bool *more)
{
    *more = p == end;
    if (p < end && *p == '#') {
        uint32_t took = numeric(p + 1, end, out, out_n, more);
        return took ? took + 1 : 0;
    }
    uint32_t n = 0;
    while (p + n < end && n < NAME_MOST && alnum(p[n]))
        n++;
    if (p + n == end)
        *more = true;
    if (!n)
        return 0;
    const html_entity *e = NULL;
    if (p + n < end && p[n] == ';')
        e = find(p, n + 1);
    for (uint32_t k = n < html_entity_bare_most ? n : html_entity_bare_most; !e && k >= 2; k--) {
        e = find(p, k);
        /* 13.2.5.73: for historical reasons "&copy=1" in an attribute is no reference. */
        if (e && in_attribute && p + k < end && (p[k] == '=' || alnum(p[k])))
            return 0;
    }
    if (!e)
        return 0;
    memcpy(out, e->text, sizeof e->text);
    *out_n = e->text_n;
    return e->n;
}
