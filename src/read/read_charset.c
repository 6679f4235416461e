/* Charsets: see read_charset.h. Windows-1252 and the names of the web: WHATWG Encoding Standard. */
#include "read_charset.h"

#include <stdio.h>
#include <unicode/ucnv.h>

#include "base_str.h"
#include "base_utf8.h"
#include "read_detect.h"

enum {
    DETECT_BYTES =
        64 * 1024, /* ICU's detection reads no further: its n-grams are settled long before */
    SURE = 50,     /* of 100: below it ICU's detection is a guess (its documentation: 10 to 100) */
    CLEARLY = 20,  /* better than Latin-1 by this much */
    UTF16_SHARE = 70, /* per cent of the units of Latin text that have a NUL half */
    CONTROL_SHARE =
        100, /* one control byte in so many: binary (text has none; images have one in eight) */
    CONTROL_FEW = 4 /* so many stray bytes are borne in any text */
};

read_unicode read_unicode_mark(sst_str s, size_t *mark_n)
{
    const unsigned char *p = (const unsigned char *)s.p;
    *mark_n = 0;
    if (s.n >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF) {
        *mark_n = 3;
        return UNICODE_8;
    }
    if (s.n >= 4 && p[0] == 0xFF && p[1] == 0xFE && p[2] == 0 && p[3] == 0) {
        *mark_n = 4;
        return UNICODE_32LE;
    }
    if (s.n >= 4 && p[0] == 0 && p[1] == 0 && p[2] == 0xFE && p[3] == 0xFF) {
        *mark_n = 4;
        return UNICODE_32BE;
    }
    if (s.n >= 2 && p[0] == 0xFF && p[1] == 0xFE) {
        *mark_n = 2;
        return UNICODE_16LE;
    }
    if (s.n >= 2 && p[0] == 0xFE && p[1] == 0xFF) {
        *mark_n = 2;
        return UNICODE_16BE;
    }
    return UNICODE_NONE;
}

read_unicode read_unicode_guess(sst_str s)
{
    size_t n = s.n < 4096 ? s.n & ~(size_t)1 : 4096, zero[2] = {0, 0};
    if (n < 4)
        return UNICODE_NONE;
    for (size_t i = 0; i < n; i++)
        zero[i & 1] += s.p[i] == 0;
    size_t units = n / 2;
    if (zero[1] * 100 >= units * UTF16_SHARE && zero[0] * 10 < units)
        return UNICODE_16LE;
    if (zero[0] * 100 >= units * UTF16_SHARE && zero[1] * 10 < units)
        return UNICODE_16BE;
    return UNICODE_NONE;
}

static uint32_t unit(read_unicode form, const unsigned char *p)
{
    switch (form) {
    case UNICODE_16LE:
        return (uint32_t)(p[0] | p[1] << 8);
    case UNICODE_16BE:
        return (uint32_t)(p[0] << 8 | p[1]);
    case UNICODE_32LE:
        return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    default:
        return (uint32_t)p[3] | (uint32_t)p[2] << 8 | (uint32_t)p[1] << 16 | (uint32_t)p[0] << 24;
    }
}

size_t read_unicode_decode(read_unicode form, sst_str s, sst_buf *out)
{
    size_t mark_n, bad = SIZE_MAX, size = form == UNICODE_16LE || form == UNICODE_16BE ? 2 : 4;
    if (read_unicode_mark(s, &mark_n) != form)
        mark_n = 0;
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = mark_n;
    for (; i + size <= s.n; i += size) {
        uint32_t c = unit(form, p + i);
        if (size == 2 && c >= 0xD800 && c < 0xDC00 && i + 4 <= s.n) {
            uint32_t low = unit(form, p + i + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) {
            c = 0xFFFD;
            if (bad == SIZE_MAX)
                bad = i;
        }
        char *to = buf_reserve(out, 4);
        if (!to)
            return bad;
        out->n += (size_t)utf8_write(to, c);
    }
    return i < s.n && bad == SIZE_MAX ? i : bad;
}

bool read_charset_decode(const char *name, sst_str s, sst_buf *out)
{
    sst_str label = str_of(name);
    if (str_eq_nocase(label, STR("iso-8859-1")) || str_eq_nocase(label, STR("latin1")) ||
        str_eq_nocase(label, STR("us-ascii")) || str_eq_nocase(label, STR("ascii")))
        name = "windows-1252";
    else if (str_eq_nocase(label, STR("gb2312")) || str_eq_nocase(label, STR("gbk")))
        name = "gb18030";
    else if (str_eq_nocase(label, STR("shift_jis")) || str_eq_nocase(label, STR("x-sjis")))
        name = "windows-31j";
    else if (str_eq_nocase(label, STR("iso-8859-9")))
        name = "windows-1254";
    UErrorCode e = U_ZERO_ERROR;
    UConverter *from = ucnv_open(name, &e), *to = U_SUCCESS(e) ? ucnv_open("UTF-8", &e) : NULL;
    if (U_FAILURE(e)) {
        if (from)
            ucnv_close(from);
        return false;
    }
    UChar pivot[4096], *pivot_from = pivot, *pivot_to = pivot;
    const char *in = s.p, *in_end = s.p + s.n;
    UBool reset = true;
    for (;;) {
        char *p = buf_reserve(out, 16 * 1024);
        if (!p)
            break;
        char *at = p;
        e = U_ZERO_ERROR;
        ucnv_convertEx(to, from, &at, p + 16 * 1024, &in, in_end, pivot, &pivot_from, &pivot_to,
                       pivot + 4096, reset, true, &e);
        reset = false;
        out->n += (size_t)(at - p);
        if (e != U_BUFFER_OVERFLOW_ERROR)
            break;
    }
    ucnv_close(from);
    ucnv_close(to);
    return true;
}

/* WHATWG windows-1252, 0x80 to 0x9F; the five holes are the C1 controls of the same number. */
static const uint16_t WINDOWS_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void read_charset_mend(sst_str s, sst_buf *out)
{
    while (s.n) {
        size_t good = utf8_check(s);
        buf_add(out, s.p, good);
        s.p += good;
        s.n -= good;
        if (s.n == 0)
            return;
        unsigned char c = (unsigned char)s.p[0];
        char *to = buf_reserve(out, 4);
        if (!to)
            return;
        out->n += (size_t)utf8_write(to, c >= 0x80 && c < 0xA0 ? WINDOWS_1252[c - 0x80] : c);
        s.p++;
        s.n--;
    }
}

void read_charset_guess(sst_str s, char name[32])
{
    size_t good = 0, bad = 0;
    const char *p = s.p, *end = s.p + s.n;
    while (p < end) {
        if ((unsigned char)*p < 0x80) {
            p++;
            continue;
        }
        int n;
        if (utf8_read(p, end, &n) == 0xFFFD && n == 1)
            bad++;
        else
            good++;
        p += n;
    }
    if (good > bad) {
        snprintf(name, 32, "utf-8");
        return;
    }
    snprintf(name, 32, "windows-1252");
    const read_detect_table *icu = read_detect_load();
    if (!icu)
        return;
    UErrorCode e = U_ZERO_ERROR;
    UCharsetDetector *d = icu->open(&e);
    if (U_FAILURE(e))
        return;
    icu->set_text(d, s.p, (int32_t)(s.n < DETECT_BYTES ? s.n : DETECT_BYTES), &e);
    int32_t n = 0, latin = 0;
    const UCharsetMatch **m = U_SUCCESS(e) ? icu->all(d, &n, &e) : NULL;
    for (int32_t i = 0; U_SUCCESS(e) && i < n; i++) {
        const char *found = icu->name(m[i], &e);
        if (U_SUCCESS(e) &&
            (strcmp(found, "ISO-8859-1") == 0 || strcmp(found, "windows-1252") == 0)) {
            int32_t sure = icu->confidence(m[i], &e);
            if (sure > latin)
                latin = sure;
        }
    }
    if (U_SUCCESS(e) && n > 0) {
        const char *best = icu->name(m[0], &e);
        int32_t sure = U_SUCCESS(e) ? icu->confidence(m[0], &e) : 0;
        if (U_SUCCESS(e) && sure >= SURE && sure >= latin + CLEARLY &&
            strncmp(best, "UTF-", 4) != 0 && strncmp(best, "IBM", 3) != 0)
            snprintf(name, 32, "%s", best);
    }
    icu->close(d);
}

bool read_is_binary(sst_str s)
{
    static const struct {
        const char *p;
        size_t n;
    } magic[] = {{"%PDF-", 5},
                 {"\x89PNG\r\n", 6},
                 {"\xFF\xD8\xFF", 3},
                 {"GIF8", 4},
                 {"PK\3\4", 4},
                 {"\x7f"
                  "ELF",
                  4},
                 {"SQLite format 3", 15},
                 {"BZh", 3},
                 {"\xFD"
                  "7zXZ",
                  5}};
    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
        if (str_starts(s, (sst_str){magic[i].p, magic[i].n}))
            return true;
    size_t control = 0, zero = 0;
    for (size_t i = 0; i < s.n; i++) {
        uint64_t w; /* eight bytes at a time where none is a control character */
        while (s.n - i > sizeof w) {
            memcpy(&w, s.p + i, sizeof w);
            if ((w - 0x2020202020202020u) & ~w & 0x8080808080808080u)
                break;
            i += sizeof w;
        }
        unsigned char c = (unsigned char)s.p[i];
        control += c < 0x20 && !byte_is_space(c) && c != 0x1b;
        zero += c == 0;
    }
    if (control > CONTROL_FEW && control * CONTROL_SHARE > s.n)
        return true;
    return zero > 0 && utf8_check(s) < s.n;
}
