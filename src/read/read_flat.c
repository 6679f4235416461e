/*
 * Flat rows: see read_flat.h.
 *
 * in: a line; out: its fields, which point into it. First the whole line is looked at and nothing
 * is changed: every member's place, and whether its escapes are good. Only then escapes are undone,
 * of the fields that are wanted. So whatever is not plain can still be given to cJSON as it came.
 */
#include "read_flat.h"

#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base_utf8.h"

enum {
    DIGITS = 15 /* a whole number of so many digits is itself as a double */
};

const char *const read_field_names[FIELDS] = {[FIELD_ID] = "id",
                                              [FIELD_URL] = "url",
                                              [FIELD_TITLE] = "title",
                                              [FIELD_OUTLET] = "outlet",
                                              [FIELD_PUBLISHED] = "published",
                                              [FIELD_DATE] = "date",
                                              [FIELD_MODIFIED] = "modified",
                                              [FIELD_LANG] = "lang",
                                              [FIELD_AUTHORS] = "authors",
                                              [FIELD_AUTHOR] = "author",
                                              [FIELD_TEXT] = "text",
                                              [FIELD_HTML] = "html",
                                              [FIELD_HTML_FILE] = "html_file"};

const char *read_flat_stop_twin(const char *p, const char *end)
{
    while (p < end && *p != '"' && *p != '\\')
        p++;
    return p;
}

const char *read_flat_stop(const char *p, const char *end)
{
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
    for (; end - p >= 16; p += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
        int hit =
            _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(x, quote), _mm_cmpeq_epi8(x, slash)));
        if (hit)
            return p + __builtin_ctz((unsigned)hit);
    }
#endif
    return read_flat_stop_twin(p, end);
}

static const char *skip_space(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
        p++;
    return p;
}

/* Four hexadecimal digits, or UINT32_MAX. */
static uint32_t hex4(const char *p, const char *end)
{
    if (end - p < 4)
        return UINT32_MAX;
    uint32_t v = 0;
    for (int i = 0; i < 4; i++) {
        uint32_t c = (unsigned char)p[i], low = c | 32;
        uint32_t digit = c - '0' < 10 ? c - '0' : low - 'a' < 6 ? low - 'a' + 10 : 16;
        if (digit > 15)
            return UINT32_MAX;
        v = v << 4 | digit;
    }
    return v;
}

/*
 * The escape at p, behind its backslash: the code point, *len the bytes it takes there, 0 when it
 * is none that we read.
 */
static uint32_t escape(const char *p, const char *end, int *len)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    *len = 0;
    if (p == end)
        return 0;
    const char *at = *p ? strchr(from, *p) : NULL;
    if (at) {
        *len = 1;
        return (unsigned char)to[at - from];
    }
    uint32_t c = *p == 'u' ? hex4(p + 1, end) : UINT32_MAX;
    if (c == UINT32_MAX || c == 0 || (c >= 0xDC00 && c < 0xE000))
        return 0;
    *len = 5;
    if (c < 0xD800 || c >= 0xE000)
        return c;
    uint32_t low = end - p >= 11 && p[5] == '\\' && p[6] == 'u' ? hex4(p + 7, end) : UINT32_MAX;
    *len = low >= 0xDC00 && low < 0xE000 ? 11 : 0;
    return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
}

/* The end of a string whose first byte is p, at its '"'; NULL when it is not ours. */
static const char *string_end(const char *p, const char *end, bool *escapes)
{
    *escapes = false;
    for (;;) {
        p = read_flat_stop(p, end);
        if (p == end)
            return NULL;
        if (*p == '"')
            return p;
        int len;
        escape(p + 1, end, &len);
        if (!len)
            return NULL;
        *escapes = true;
        p += 1 + len;
    }
}

/* Undoes the escapes in [p, end); the new end. */
static char *unescape(char *p, const char *end)
{
    char *to = p;
    const char *from = p;
    while (from < end) {
        const char *stop = read_flat_stop(from, end);
        if (stop > from)
            memmove(to, from, (size_t)(stop - from));
        to += stop - from;
        if (stop == end)
            break;
        int len;
        to += utf8_write(to, escape(stop + 1, end, &len)); /* shorter than what it stood for */
        from = stop + 1 + len;
    }
    return to;
}

/* The end of a number or of true, false, null at p; *is_number. NULL: none of ours. */
static const char *plain_end(const char *p, const char *end, bool *is_number)
{
    static const char *const words[] = {"true", "false", "null"};
    *is_number = false;
    for (int k = 0; k < 3; k++) {
        size_t n = strlen(words[k]);
        if ((size_t)(end - p) >= n && memcmp(p, words[k], n) == 0)
            return p + n;
    }
    const char *q = p < end && *p == '-' ? p + 1 : p, *first = q;
    while (q < end && *q >= '0' && *q <= '9')
        q++;
    *is_number = true;
    bool good = q > first && q - first <= DIGITS && (q - first == 1 || *first != '0') &&
                !(first > p && *first == '0'); /* "-0" is another number */
    if (!good || q == end || *q == '.' || *q == 'e' || *q == 'E')
        return NULL;
    return q;
}

static int field_of(const char *p, size_t n)
{
    for (int k = 0; k < FIELDS; k++)
        if (strlen(read_field_names[k]) == n && memcmp(read_field_names[k], p, n) == 0)
            return k;
    return -1;
}

bool read_flat_row(char *p, size_t n, read_flat *out)
{
    const char *q = p, *end = p + n;
    bool escaped[FIELDS] = {false}, escapes, is_number = false;
    memset(out, 0, sizeof *out);
    if (q == end || *q++ != '{')
        return false;
    for (;;) {
        q = skip_space(q, end);
        if (q == end || *q != '"')
            return false;
        const char *key = q + 1, *key_end = string_end(key, end, &escapes);
        if (!key_end || escapes)
            return false;
        q = skip_space(key_end + 1, end);
        if (q == end || *q != ':')
            return false;
        q = skip_space(q + 1, end);
        const char *value = q, *value_end;
        bool is_string = q < end && *q == '"';
        if (is_string) {
            value_end = string_end(++value, end, &escapes);
            q = value_end ? value_end + 1 : NULL;
        } else {
            escapes = false;
            q = value_end = plain_end(value, end, &is_number);
        }
        if (!q)
            return false;
        int f = field_of(key, (size_t)(key_end - key));
        if (f >= 0 && !out->v[f].is_there) { /* of two of one name the first counts */
            out->v[f] = (read_value){{value, (size_t)(value_end - value)}, is_string, true};
            escaped[f] = escapes;
            if (!is_string && !is_number)
                out->v[f].s.n = 0;
        }
        q = skip_space(q, end);
        if (q < end && *q == '}')
            break;
        if (q == end || *q++ != ',')
            return false;
    }
    if (skip_space(q + 1, end) != end)
        return false;
    if (!out->v[FIELD_TEXT].is_string && !out->v[FIELD_HTML].is_string &&
        !out->v[FIELD_HTML_FILE].is_string)
        return false;
    for (int f = 0; f < FIELDS; f++) {
        read_value *v = &out->v[f];
        if (!v->is_string)
            continue;
        char *begin = p + (v->s.p - p);
        char *stop = escaped[f] ? unescape(begin, begin + v->s.n) : begin + v->s.n;
        *stop = 0;
        v->s.n = (size_t)(stop - begin);
    }
    return true;
}
