/*
 * What a page is encoded in (HTML standard 13.2.3.1 - .3, Encoding standard 4.2 and 6), and its
 * text as UTF-8. In: bytes, and what the HTTP header said; out: a name, and the decoded text. Parts
 * in order: labels; the meta prescan; the choice; decoding (UTF-8 here, the rest by ICU); pages
 * whose declaration is wrong, of which the standard says nothing.
 */
#include <stdio.h>
#include <string.h>
#include <unicode/ucnv.h>

#include "base_utf8.h"
#include "html.h"
#include "html_entity.h"
#include "html_scan.h"
#include "read_charset.h"

#define PRESCAN 1024   /* 13.2.3.2: bytes searched for a declaration */
#define LABEL_MOST 32u /* longer than any label */

/* ----------------------------------------------------------------------------------------- labels
 */

const char *html_encoding_of_label(sst_str label)
{
    while (label.n && scan_is_space(label.p[0]))
        label.p++, label.n--;
    while (label.n && scan_is_space(label.p[label.n - 1]))
        label.n--;
    char low[LABEL_MOST];
    if (!label.n || label.n > LABEL_MOST)
        return NULL;
    for (size_t k = 0; k < label.n; k++)
        low[k] = (unsigned char)(label.p[k] - 'A') < 26 ? (char)(label.p[k] | 32) : label.p[k];
    uint32_t from = 0, to = html_label_n;
    while (from < to) {
        uint32_t middle = (from + to) / 2;
        int order = str_cmp((sst_str){low, label.n}, str_of(html_labels[middle].label));
        if (order == 0)
            return html_labels[middle].name;
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

/* ------------------------------------------------------------------------------- the meta prescan
 */

typedef struct attribute {
    char name[16]; /* longer names matter to nobody */
    sst_str value;
} attribute;

/* 13.2.3.2 "get an attribute": false when the tag is at its end. *p moves on. */
static bool next_attribute(const char **p, const char *end, attribute *out)
{
    const char *s = *p;
    while (s < end && (scan_is_space(*s) || *s == '/'))
        s++;
    *p = s;
    if (s == end || *s == '>')
        return false;
    size_t n = 0;
    do {
        if (n + 1 < sizeof out->name)
            out->name[n++] = (unsigned char)(*s - 'A') < 26 ? (char)(*s | 32) : *s;
        s++;
    } while (s < end && *s != '=' && *s != '/' && *s != '>' && !scan_is_space(*s));
    out->name[n] = 0;
    out->value = (sst_str){s, 0};
    s = scan_space(s, end);
    *p = s;
    if (s == end || *s != '=')
        return true;
    s = scan_space(s + 1, end);
    if (s < end && (*s == '"' || *s == '\'')) {
        const char *close = memchr(s + 1, *s, (size_t)(end - s - 1));
        out->value = (sst_str){s + 1, (size_t)((close ? close : end) - s - 1)};
        if (!close)
            out->value.n = 0; /* cut off: it may go on */
        *p = close ? close + 1 : end;
        return true;
    }
    out->value.p = s;
    while (s < end && !scan_is_space(*s) && *s != '>')
        s++;
    out->value.n = (size_t)(s - out->value.p);
    *p = s;
    return true;
}

/* "Extracting a character encoding from a meta element" (2.5.5). */
static const char *in_content(sst_str s)
{
    for (;;) {
        ptrdiff_t at = str_find_nocase(s, STR("charset"));
        if (at < 0)
            return NULL;
        const char *p = s.p + at + 7, *end = s.p + s.n;
        p = scan_space(p, end);
        if (p == end || *p != '=') {
            s = (sst_str){p, (size_t)(end - p)};
            continue;
        }
        p = scan_space(p + 1, end);
        if (p == end)
            return NULL;
        const char *from = p;
        if (*p == '"' || *p == '\'') {
            const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
            return close ? html_encoding_of_label((sst_str){p + 1, (size_t)(close - p - 1)}) : NULL;
        }
        while (p < end && !scan_is_space(*p) && *p != ';')
            p++;
        return html_encoding_of_label((sst_str){from, (size_t)(p - from)});
    }
}

/* A <meta ...>; *p behind its name. NULL: it declares none. */
static const char *in_meta(const char **p, const char *end)
{
    bool seen_equiv = false, seen_content = false, seen_charset = false, got_pragma = false;
    int need_pragma = -1;
    const char *found = NULL;
    attribute a;
    while (next_attribute(p, end, &a)) {
        if (!strcmp(a.name, "http-equiv") && !seen_equiv) {
            seen_equiv = true;
            got_pragma = str_eq_nocase(a.value, STR("content-type"));
        } else if (!strcmp(a.name, "content") && !seen_content) {
            seen_content = true;
            const char *name = in_content(a.value);
            if (name && !found && !seen_charset) {
                found = name;
                need_pragma = 1;
            }
        } else if (!strcmp(a.name, "charset") && !seen_charset) {
            seen_charset = true;
            found = html_encoding_of_label(a.value);
            need_pragma = 0;
        }
    }
    if (*p == end) /* the tag is cut off: the prescan is aborted */
        return NULL;
    if (need_pragma < 0 || (need_pragma && !got_pragma) || !found)
        return NULL;
    if (!strncmp(found, "utf-16", 6)) /* what says so in ASCII is not UTF-16 */
        return "utf-8";
    return strcmp(found, "x-user-defined") ? found : "windows-1252";
}

static const char *prescan(sst_str s)
{
    if (!s.n)
        return NULL;
    const char *p = s.p, *end = s.p + s.n;
    if (s.n >= 6 && memcmp(p, "<\0?\0x\0", 6) == 0)
        return "utf-16le";
    if (s.n >= 6 && memcmp(p, "\0<\0?\0x", 6) == 0)
        return "utf-16be";
    while (p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL) {
        sst_str rest = {p, (size_t)(end - p)};
        if (str_starts(rest, STR("<!--"))) {
            ptrdiff_t close = str_find((sst_str){p + 2, rest.n - 2}, STR("-->"));
            if (close < 0)
                return NULL;
            p += close + 5;
        } else if (str_starts_nocase(rest, STR("<meta")) && rest.n > 5 &&
                   (scan_is_space(p[5]) || p[5] == '/')) {
            p += 5;
            const char *found = in_meta(&p, end);
            if (found)
                return found;
        } else if (rest.n > 1 &&
                   (byte_is_alpha((unsigned char)p[1]) ||
                    (p[1] == '/' && rest.n > 2 && byte_is_alpha((unsigned char)p[2])))) {
            while (p < end && !scan_is_space(*p) && *p != '>')
                p++;
            attribute a;
            while (next_attribute(&p, end, &a))
                ;
        } else if (rest.n > 1 && (p[1] == '!' || p[1] == '/' || p[1] == '?')) {
            p = memchr(p, '>', rest.n);
            if (!p)
                return NULL;
        } else {
            p++;
        }
    }
    return NULL;
}

/* -------------------------------------------------------------------------------------- the choice
 */

const char *html_encoding(sst_str bytes, sst_str http_charset, html_sure *sure, size_t *mark_n)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    *mark_n = 0;
    *sure = HTML_MARKED;
    if (bytes.n >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF) {
        *mark_n = 3;
        return "utf-8";
    }
    if (bytes.n >= 2 && ((p[0] == 0xFE && p[1] == 0xFF) || (p[0] == 0xFF && p[1] == 0xFE))) {
        *mark_n = 2;
        return p[0] == 0xFE ? "utf-16be" : "utf-16le";
    }
    const char *name = html_encoding_of_label(http_charset);
    *sure = HTML_TOLD;
    if (name)
        return name;
    *sure = HTML_DECLARED;
    name = prescan((sst_str){bytes.p, bytes.n < PRESCAN ? bytes.n : PRESCAN});
    if (!name &&
        bytes.n > PRESCAN) /* a later <meta> changes the encoding while parsing: 13.2.3.4 */
        name = prescan(bytes);
    if (name)
        return name;
    *sure = HTML_GUESSED;
    if (utf8_ascii(bytes) == bytes.n)
        return "windows-1252"; /* the standard's default; every encoding would do */
    if (utf8_check(bytes) == bytes.n)
        return "utf-8";
    char guess[32];
    read_charset_guess(bytes, guess);
    name = html_encoding_of_label(str_of(guess));
    return name ? name : "windows-1252";
}

/* --------------------------------------------------------------------------------------- decoding
 */

/* The bytes at s, which are no character, that U+FFFD stands for: as far as they could begin one
 * (Encoding standard 8.1.1, "maximal subpart"). */
static size_t bad_part(sst_str s)
{
    unsigned char lead = (unsigned char)s.p[0], low = 0x80, high = 0xBF;
    size_t want = lead >= 0xC2 && lead < 0xE0   ? 1
                  : lead >= 0xE0 && lead < 0xF0 ? 2
                  : lead >= 0xF0 && lead < 0xF5 ? 3
                                                : 0;
    low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : low;
    high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : high;
    size_t n = 1;
    while (n <= want && n < s.n && (unsigned char)s.p[n] >= low && (unsigned char)s.p[n] <= high) {
        low = 0x80;
        high = 0xBF;
        n++;
    }
    return n;
}

static sst_status decode_utf8(sst_str s, sst_buf *out)
{
    while (s.n) {
        size_t good = utf8_check(s);
        buf_add(out, s.p, good);
        s.p += good;
        s.n -= good;
        if (!s.n)
            break;
        size_t bad = bad_part(s);
        buf_z(out, "\xEF\xBF\xBD");
        s.p += bad;
        s.n -= bad;
    }
    return out->failed;
}

/* ICU's name where it differs from the standard's. */
static const char *icu_name(const char *name)
{
    static const char *const other[][2] = {{"gbk", "gb18030"},
                                           {"shift_jis", "windows-31j"},
                                           {"euc-kr", "windows-949"},
                                           {"big5", "big5-hkscs"},
                                           {"iso-8859-8-i", "iso-8859-8"},
                                           {"utf-16be", "UTF-16BE"},
                                           {"utf-16le", "UTF-16LE"},
                                           {"windows-874", "windows-874-2000"},
                                           {"x-mac-cyrillic", "x-mac-cyrillic"}};
    for (size_t k = 0; k < sizeof other / sizeof *other; k++)
        if (!strcmp(name, other[k][0]))
            return other[k][1];
    return name;
}

sst_status html_decode(const char *encoding, sst_str bytes, sst_buf *out)
{
    if (!strcmp(encoding, "utf-8"))
        return decode_utf8(bytes, out);
    if (!strcmp(encoding, "replacement")) {
        if (bytes.n)
            buf_z(out, "\xEF\xBF\xBD");
        return out->failed;
    }
    if (!strcmp(encoding, "x-user-defined")) {
        for (size_t k = 0; k < bytes.n; k++) {
            unsigned char c = (unsigned char)bytes.p[k];
            char *to = buf_reserve(out, 4);
            if (!to)
                break;
            out->n += (size_t)utf8_write(to, c < 0x80 ? c : 0xF700u + c);
        }
        return out->failed;
    }
    if (read_charset_decode(icu_name(encoding), bytes, out))
        return out->failed;
    return read_charset_decode("windows-1252", bytes, out) ? out->failed : SST_ERR_INPUT;
}

/* ---------------------------------------------------------------------------------- a page's bytes
 */

#define UTF16_SEEN 4096 /* bytes searched for the NULs of UTF-16 without a mark */

static bool is_utf16(const char *encoding)
{
    return !strncmp(encoding, "utf-16", 6);
}

/* How bytes can be turned into UTF-8. */
typedef enum utf8_form {
    NO_UTF8,    /* by the name of their charset */
    WHOLE_UTF8, /* they are it */
    STRAY_UTF8  /* they are it but for some bytes */
} utf8_form;

/* What bytes without a mark are read as. */
static const char *refuted(sst_str s, const char *name, html_sure sure, utf8_form *form_of)
{
    char guess[32];
    size_t seen = s.n < UTF16_SEEN ? s.n : UTF16_SEEN;
    if (seen && memchr(s.p, 0, seen)) {
        read_unicode form = read_unicode_guess(s);
        if (form == UNICODE_16LE || form == UNICODE_16BE)
            return form == UNICODE_16LE ? "utf-16le" : "utf-16be";
    }
    size_t ascii = utf8_ascii(s);
    if (ascii == s.n) { /* iso-2022-jp is written in ASCII; UTF-16 is not */
        name = is_utf16(name) ? "utf-8" : name;
        if (!strcmp(name, "utf-8") || !strncmp(name, "windows-", 8) ||
            !strncmp(name, "iso-8859-", 9)) /* these hold ASCII as it is */
            *form_of = WHOLE_UTF8;
        return name;
    }
    if (utf8_check((sst_str){s.p + ascii, s.n - ascii}) == s.n - ascii) {
        *form_of = WHOLE_UTF8;
        return "utf-8";
    }
    read_charset_guess(s, guess);
    if (!strcmp(guess, "utf-8")) {
        *form_of = STRAY_UTF8;
        return "utf-8";
    }
    if (sure != HTML_GUESSED && strcmp(name, "utf-8") != 0 && !is_utf16(name))
        return name;
    name = html_encoding_of_label(str_of(guess));
    return name ? name : "windows-1252";
}

sst_status html_page_text(sst_str bytes, sst_str http_charset, html_charset *charset, sst_buf *out,
                          sst_str *text)
{
    if (!bytes.p)
        bytes = (sst_str){"", 0}; /* nothing may be added to a null pointer, not even nothing */
    size_t mark_n;
    const char *name = html_encoding(bytes, http_charset, &charset->sure, &mark_n);
    charset->declared = charset->sure == HTML_GUESSED ? NULL : name;
    charset->used = name;
    utf8_form form = NO_UTF8;
    sst_str s = {bytes.p + mark_n, bytes.n - mark_n};
    if (charset->sure != HTML_MARKED)
        charset->used = refuted(s, name, charset->sure, &form);
    else if (!strcmp(name, "utf-8"))
        form = utf8_check(s) == s.n ? WHOLE_UTF8 : STRAY_UTF8;
    *text = s;
    if (form == WHOLE_UTF8)
        return SST_OK;
    size_t before = out->n;
    sst_status status = SST_OK;
    if (form == STRAY_UTF8)
        read_charset_mend(s, out);
    else
        status = html_decode(charset->used, s, out);
    *text = (sst_str){out->p ? out->p + before : "", out->n - before};
    return status ? status : out->failed;
}

sst_status html_decode_page(sst_str bytes, sst_str http_charset, html_charset *charset,
                            sst_buf *out)
{
    sst_str text;
    size_t before = out->n;
    sst_status status = html_page_text(bytes, http_charset, charset, out, &text);
    if (!status && out->n == before) /* they are UTF-8 as they stand */
        buf_str(out, text);
    return status ? status : out->failed;
}
