/* Character references of XML and HTML: see read_reference.h. Names by binary search. */
#include "read_reference.h"

#include "base_utf8.h"

/* What the C1 controls are meant to be (HTML standard, 13.2.5.80). */
static const uint16_t c1[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

static const read_reference *named(sst_str name)
{
    uint32_t from = 0, to = read_reference_n;
    while (from < to) {
        uint32_t middle = (from + to) / 2;
        const read_reference *r = &read_references[middle];
        int order = str_cmp(name, (sst_str){read_reference_names + r->at, r->n});
        if (order == 0)
            return r;
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

static int digit_of(unsigned char c, bool hex)
{
    if (byte_is_digit(c))
        return c - '0';
    return hex && (unsigned char)((c | 32) - 'a') < 6 ? (c | 32) - 'a' + 10 : -1;
}

size_t read_reference_add(sst_str s, sst_buf *out)
{
    if (s.n > READ_REFERENCE_MOST)
        s.n = READ_REFERENCE_MOST;
    const char *end = s.n > 2 ? memchr(s.p, ';', s.n) : NULL;
    if (!end || end < s.p + 2)
        return 0;
    size_t n = (size_t)(end - s.p) + 1;
    if (s.p[1] != '#') {
        const read_reference *r = named((sst_str){s.p + 1, n - 2});
        if (!r)
            return 0;
        buf_add(out, r->text, r->text_n);
        return n;
    }
    bool hex = n > 4 && (s.p[2] | 32) == 'x';
    uint32_t c = 0;
    for (size_t i = hex ? 3 : 2; i < n - 1; i++) {
        int d = digit_of((unsigned char)s.p[i], hex);
        if (d < 0)
            return 0;
        if (c < 0x110000)
            c = c * (hex ? 16 : 10) + (uint32_t)d;
    }
    if (n == 3)
        return 0;
    if (c >= 0x80 && c < 0xA0)
        c = c1[c - 0x80];
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ||
        (c < 0x20 && c != '\t' && c != '\n' && c != '\r'))
        c = 0xFFFD;
    char *to = buf_reserve(out, 4);
    if (to)
        out->n += (size_t)utf8_write(to, c);
    return n;
}

void read_reference_text(sst_str s, sst_buf *out)
{
    while (s.n) {
        const char *amp = memchr(s.p, '&', s.n);
        size_t plain = amp ? (size_t)(amp - s.p) : s.n;
        buf_add(out, s.p, plain);
        s.p += plain;
        s.n -= plain;
        if (!s.n)
            break;
        size_t used = read_reference_add(s, out);
        if (!used) {
            buf_byte(out, '&');
            used = 1;
        }
        s.p += used;
        s.n -= used;
    }
}
