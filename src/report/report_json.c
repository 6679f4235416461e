/* The JSON writer: see report_json.h. Escapes by RFC 8259, section 7. */
#include "report_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_utf8.h"

void report_out_init(report_out *o, report_sink sink, char *buffer)
{
    memset(o, 0, sizeof *o);
    o->sink = sink;
    o->buffer = buffer;
}

static void flush(report_out *o)
{
    if (o->n && o->status == SST_OK && o->sink.fn(o->sink.user, o->buffer, o->n) != 0)
        o->status = SST_ERR_STOPPED;
    o->n = 0;
}

sst_status report_out_end(report_out *o)
{
    flush(o);
    return o->status;
}

void report_out_add(report_out *o, const char *p, size_t n)
{
    if (n == 0)
        return;
    if (n < REPORT_BUFFER - o->n && o->status == SST_OK) { /* nearly always */
        memcpy(o->buffer + o->n, p, n);
        o->n += n;
        return;
    }
    if (n >= REPORT_BUFFER) { /* it need not be copied */
        flush(o);
        if (o->status == SST_OK && o->sink.fn(o->sink.user, p, n) != 0)
            o->status = SST_ERR_STOPPED;
        return;
    }
    while (n > 0 && o->status == SST_OK) {
        size_t room = REPORT_BUFFER - o->n, part = n < room ? n : room;
        memcpy(o->buffer + o->n, p, part);
        o->n += part;
        p += part;
        n -= part;
        if (o->n == REPORT_BUFFER)
            flush(o);
    }
}

void report_out_z(report_out *o, const char *z)
{
    report_out_add(o, z, strlen(z));
}

/* Where n bytes may be written at once, NULL when there is no room for them. */
static inline char *room(report_out *o, size_t n)
{
    return REPORT_BUFFER - o->n > n && o->status == SST_OK ? o->buffer + o->n : NULL;
}

/* One character, by far the most frequent piece. */
static inline void add_char(report_out *o, char c)
{
    if (REPORT_BUFFER - o->n > 1 && o->status == SST_OK)
        o->buffer[o->n++] = c;
    else
        report_out_add(o, &c, 1);
}

/* What stands before a value: nothing behind a key, a comma behind another value. */
static void lead(report_out *o)
{
    if (o->keyed) {
        o->keyed = false;
        return;
    }
    if (o->filled[o->depth])
        add_char(o, ',');
    o->filled[o->depth] = true;
}

static void open(report_out *o, char c)
{
    lead(o);
    add_char(o, c);
    if (o->depth + 1 == JSON_DEPTH) { /* our own values are 10 deep at most */
        o->status = SST_ERR_INTERNAL;
        return;
    }
    o->filled[++o->depth] = false;
}

static void shut(report_out *o, char c)
{
    add_char(o, c);
    if (o->depth)
        o->depth--;
}

void json_object(report_out *o)
{
    open(o, '{');
}

void json_object_end(report_out *o)
{
    shut(o, '}');
}

void json_array(report_out *o)
{
    open(o, '[');
}

void json_array_end(report_out *o)
{
    shut(o, ']');
}

/* Length of the UTF-8 sequence at p, 0 when it is none. */
static int sequence(const char *p, const char *end)
{
    int n;
    uint32_t c = utf8_read(p, end, &n);
    return c == 0xFFFD && n == 1 ? 0 : n;
}

/* Does one of eight bytes need a look: not ASCII, a control, DEL, a quotation mark, a backslash?
 * A byte of x is zero exactly when ((x - 01..01) & ~x & 80..80) finds one (Mycroft); a borrow can
 * only add bytes above one that was found. */
static bool eight_are_plain(const char *p)
{
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    uint64_t w;
    memcpy(&w, p, sizeof w);
    uint64_t mark = w ^ ones * '"', slash = w ^ ones * '\\', del = w ^ ones * 0x7F;
    uint64_t found = w | (w - ones * 0x20) | ((mark - ones) & ~mark) | ((slash - ones) & ~slash) |
                     ((del - ones) & ~del);
    return !(found & high);
}

enum {
    ESCAPE_MOST = 6,  /* bytes that one byte becomes */
    DIGITS_MOST = 20, /* of a number of 64 bits */
    LONG_TEXT = 4096  /* a longer one is written in pieces: most of it is plain */
};

/* Writes the byte at *p escaped, or the character that stands there; *p is set behind it. */
static char *put_one(char *to, const char **p, const char *end)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char c = (unsigned char)**p;
    int n = c >= 0x80 ? sequence(*p, end) : c >= 0x20 && c != '"' && c != '\\' && c != 0x7F;
    if (n) {
        for (int k = 0; k < n; k++) /* a call would cost more */
            to[k] = (*p)[k];
        *p += n;
        return to + n;
    }
    ++*p;
    if (c >= 0x80) {
        memcpy(to, "\\ufffd", 6);
        return to + 6;
    }
    *to++ = '\\';
    switch (c) {
    case '"':
    case '\\':
        *to++ = (char)c;
        break;
    case '\n':
        *to++ = 'n';
        break;
    case '\r':
        *to++ = 'r';
        break;
    case '\t':
        *to++ = 't';
        break;
    default:
        memcpy(to, "u00", 3);
        to[3] = hex[c >> 4];
        to[4] = hex[c & 15];
        to += 5;
    }
    return to;
}

/* The bytes [p, stop) of a text that ends at `end`, into room for all of them escaped and eight
 * more; returns where they end, *p where it stopped: a character may go over `stop`. */
static char *put_part(char *to, const char **from, const char *stop, const char *end)
{
    const char *p = *from;
    while (p < stop) {
        if (stop - p >= 8 && eight_are_plain(p)) {
            memcpy(to, p, 8);
            p += 8;
            to += 8;
            continue;
        }
        const char *look = stop - p >= 8 ? p + 8 : stop; /* one of them is not */
        while (p < look)
            to = put_one(to, &p, end);
    }
    *from = p;
    return to;
}

static void quoted(report_out *o, sst_str s)
{
    const char *p = s.p, *end = s.n ? s.p + s.n : s.p;
    add_char(o, '"');
    while (p < end) {
        const char *stop = end - p > LONG_TEXT ? p + LONG_TEXT : end;
        size_t most = ESCAPE_MOST * (size_t)(stop - p) + 8;
        if (!room(o, most))
            flush(o);
        char *to = room(o, most);
        if (!to)
            return; /* it has failed */
        o->n = (size_t)(put_part(to, &p, stop, end) - o->buffer);
    }
    add_char(o, '"');
}

void json_key_n(report_out *o, const char *key, size_t n)
{
    char *p = room(o, n + 4);
    if (!p) {
        lead(o);
        add_char(o, '"');
        report_out_add(o, key, n);
        report_out_add(o, "\":", 2);
        o->keyed = true;
        return;
    }
    if (!o->keyed && o->filled[o->depth])
        *p++ = ',';
    o->filled[o->depth] = o->keyed = true;
    *p++ = '"';
    memcpy(p, key, n);
    p[n] = '"';
    p[n + 1] = ':';
    o->n = (size_t)(p + n + 2 - o->buffer);
}

void json_key_str(report_out *o, sst_str key)
{
    lead(o);
    quoted(o, key);
    add_char(o, ':');
    o->keyed = true;
}

void json_string(report_out *o, sst_str s)
{
    lead(o);
    quoted(o, s);
}

void json_z(report_out *o, const char *z)
{
    if (z)
        json_string(o, str_of(z));
    else
        json_null(o);
}

/* Two digits at a time. */
static const char two_digits[] = "00010203040506070809101112131415161718192021222324"
                                 "25262728293031323334353637383940414243444546474849"
                                 "50515253545556575859606162636465666768697071727374"
                                 "75767778798081828384858687888990919293949596979899";

/* Decimal digits, without a sign; returns where they end. */
static char *put_digits(char *to, uint64_t v)
{
    uint32_t n = 1;
    for (uint64_t x = v; x >= 10; x /= 10)
        n++;
    char *end = to + n, *at = end;
    for (; v >= 100; v /= 100) {
        at -= 2;
        memcpy(at, two_digits + 2 * (v % 100), 2);
    }
    if (v >= 10)
        memcpy(at - 2, two_digits + 2 * v, 2);
    else
        at[-1] = (char)('0' + v);
    return end;
}

/* What stands in a place, and room for both numbers and for what put_part writes beyond its end. */
#define PLACE_ARTICLE "{\"article\":\""
#define PLACE_BEGIN "\",\"begin\":"
#define PLACE_END ",\"end\":"
#define PLACE_TEXT ",\"text\":\""
#define PUT(to, literal) (memcpy(to, literal, sizeof literal - 1), (to) + sizeof literal - 1)
enum {
    PLACE_ROOM = sizeof PLACE_ARTICLE PLACE_BEGIN PLACE_END PLACE_TEXT + 2 * DIGITS_MOST + 2 * 8 + 2
};

void json_place(report_out *o, sst_str id, uint64_t begin, uint64_t end, sst_str text)
{
    size_t most = PLACE_ROOM + ESCAPE_MOST * (id.n + text.n);
    char *to;
    lead(o);
    if (id.n + text.n > LONG_TEXT || (!room(o, most) && (flush(o), !room(o, most)))) {
        o->keyed = true; /* nothing comes before it */
        json_object(o);
        json_key_string(o, "article", id);
        json_key(o, "begin");
        json_u64(o, begin);
        json_key(o, "end");
        json_u64(o, end);
        json_key_string(o, "text", text);
        json_object_end(o);
        return;
    }
    to = PUT(o->buffer + o->n, PLACE_ARTICLE);
    const char *p = id.p;
    to = put_part(to, &p, p + id.n, p + id.n);
    to = PUT(to, PLACE_BEGIN);
    to = put_digits(to, begin);
    to = PUT(to, PLACE_END);
    to = put_digits(to, end);
    to = PUT(to, PLACE_TEXT);
    p = text.p;
    to = put_part(to, &p, p + text.n, p + text.n);
    *to++ = '"';
    *to++ = '}';
    o->n = (size_t)(to - o->buffer);
}

void json_key_maybe(report_out *o, const char *key, sst_str s)
{
    json_key(o, key);
    if (s.n)
        json_string(o, s);
    else
        json_null(o);
}

static void raw(report_out *o, const char *z)
{
    lead(o);
    report_out_z(o, z);
}

static void digits_of(report_out *o, uint64_t v, bool minus)
{
    char digits[DIGITS_MOST + 1], *at = digits;
    if (minus)
        *at++ = '-';
    size_t n = (size_t)(put_digits(at, v) - digits);
    lead(o);
    report_out_add(o, digits, n);
}

void json_u64(report_out *o, uint64_t v)
{
    digits_of(o, v, false);
}

void json_i64(report_out *o, int64_t v)
{
    digits_of(o, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, v < 0);
}

void json_raw(report_out *o, sst_str json)
{
    lead(o);
    report_out_str(o, json);
}

void json_bool(report_out *o, bool v)
{
    raw(o, v ? "true" : "false");
}

void json_null(report_out *o)
{
    raw(o, "null");
}

/* printf takes the decimal sign from the locale of the program that uses the library. */
static void with_point(char *z)
{
    for (; *z; z++)
        if (!strchr("+-0123456789e", *z))
            *z = '.';
}

void json_double(report_out *o, double v)
{
    /* 2^53: up to here every whole number is exact and is written without an exponent. */
    const double exact = 9007199254740992.0;
    char text[40];
    if (!isfinite(v)) {
        json_null(o);
        return;
    }
    if (v >= -exact && v <= exact && v == floor(v)) {
        snprintf(text, sizeof text, "%.0f", v == 0 ? 0.0 : v);
        raw(o, text);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, v);
        if (strtod(text, NULL) == v)
            break;
    }
    with_point(text);
    raw(o, text);
}

void json_score(report_out *o, double v)
{
    json_double(o, isfinite(v) ? round(v * 1000) / 1000 : v);
}

void json_line(report_out *o)
{
    report_out_add(o, "\n", 1);
    o->filled[0] = false;
}
