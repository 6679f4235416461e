/* The JSON writer: escapes, numbers, a sink that stops. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_buf.h"
#include "report_json.h"
#include "report_pieces.h"

typedef struct capture {
    sst_buf b;
    int stop_after; /* writes; -1: never */
} capture;

static int take(void *user, const char *bytes, size_t n)
{
    capture *c = user;
    buf_add(&c->b, bytes, n);
    return c->stop_after >= 0 && c->stop_after-- == 0;
}

static void open_out(report_out *o, capture *c, char *buffer)
{
    buf_init(&c->b, 0);
    c->stop_after = -1;
    report_out_init(o, (report_sink){take, c}, buffer);
}

static void expect(report_out *o, capture *c, const char *want)
{
    assert_int_equal(report_out_end(o), SST_OK);
    buf_byte(&c->b, 0);
    assert_string_equal(c->b.p, want);
    buf_release(&c->b);
}

static void test_structure(void **state)
{
    (void)state;
    static char buffer[REPORT_BUFFER];
    report_out o;
    capture c;
    open_out(&o, &c, buffer);
    json_object(&o);
    json_key(&o, "a");
    json_array(&o);
    json_u64(&o, 1);
    json_array(&o);
    json_array_end(&o);
    json_object(&o);
    json_object_end(&o);
    json_null(&o);
    json_array_end(&o);
    json_key_string(&o, "b", STR("x"));
    json_key_maybe(&o, "c", STR(""));
    json_key(&o, "d");
    json_bool(&o, true);
    json_object_end(&o);
    json_line(&o);
    json_object(&o);
    json_object_end(&o);
    json_line(&o);
    expect(&o, &c, "{\"a\":[1,[],{},null],\"b\":\"x\",\"c\":null,\"d\":true}\n{}\n");
}

static void test_strings(void **state)
{
    (void)state;
    static char buffer[REPORT_BUFFER];
    report_out o;
    capture c;
    open_out(&o, &c, buffer);
    json_array(&o);
    json_string(&o, STR("\"\\/\n\r\t\b\x7f"));
    json_string(&o, ((sst_str){"a\0b", 3}));
    json_string(&o, STR("\xc3\xa9 \xe2\x80\x9c \xf0\x9f\x98\x80"));
    json_string(&o, STR("\xc3( \xed\xa0\x80 \xff")); /* cut, surrogate, never a byte of UTF-8 */
    json_string(&o, STR("</script>"));
    json_array_end(&o);
    expect(&o, &c,
           "[\"\\\"\\\\/\\n\\r\\t\\u0008\\u007f\",\"a\\u0000b\",\"\xc3\xa9 \xe2\x80\x9c "
           "\xf0\x9f\x98\x80\","
           "\"\\ufffd( \\ufffd\\ufffd\\ufffd \\ufffd\",\"</script>\"]");
}

/* Eight bytes are looked at together: each byte at each place of a longer string, by itself. */
static void test_every_byte(void **state)
{
    (void)state;
    static char buffer[REPORT_BUFFER];
    for (int byte = 0; byte < 0x80; byte++)
        for (size_t at = 0; at < 19; at++) {
            char text[20], want[64], escape[8] = {(char)byte};
            memset(text, 'x', sizeof text);
            text[at] = (char)byte;
            if (byte == '"' || byte == '\\')
                snprintf(escape, sizeof escape, "\\%c", byte);
            else if (byte == '\n' || byte == '\r' || byte == '\t')
                snprintf(escape, sizeof escape, "\\%c",
                         byte == '\n'   ? 'n'
                         : byte == '\r' ? 'r'
                                        : 't');
            else if (byte < 0x20 || byte == 0x7F)
                snprintf(escape, sizeof escape, "\\u%04x", (unsigned)byte);
            snprintf(want, sizeof want, "\"%.*s%s%.*s\"", (int)at, "xxxxxxxxxxxxxxxxxxx", escape,
                     (int)(19 - at), "xxxxxxxxxxxxxxxxxxx");
            report_out o;
            capture c;
            open_out(&o, &c, buffer);
            json_string(&o, (sst_str){text, sizeof text});
            expect(&o, &c, want);
        }
}

static void test_numbers(void **state)
{
    (void)state;
    static char buffer[REPORT_BUFFER];
    static const double all[] = {0,    -0.0,    1,    -7,    0.1,     2.5,     1e15,
                                 1e21, 1200000, 1e-7, 40139, 1.0 / 3, 81.61578};
    report_out o;
    capture c;
    open_out(&o, &c, buffer);
    json_array(&o);
    json_double(&o, 40139);
    json_double(&o, 2.5);
    json_double(&o, -0.0);
    json_double(&o, 0.1);
    json_double(&o, (double)NAN);
    json_double(&o, (double)INFINITY);
    json_score(&o, 0.123456);
    json_u64(&o, UINT64_MAX);
    json_array_end(&o);
    expect(&o, &c, "[40139,2.5,0,0.1,null,null,0.123,18446744073709551615]");
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        open_out(&o, &c, buffer);
        json_double(&o, all[i]);
        assert_int_equal(report_out_end(&o), SST_OK);
        buf_byte(&c.b, 0);
        assert_true(strtod(c.b.p, NULL) == all[i]);
        buf_release(&c.b);
    }
}

/* Longer than the buffer, and a sink that has had enough. */
static void test_sink(void **state)
{
    (void)state;
    static char buffer[REPORT_BUFFER], big[3 * REPORT_BUFFER];
    report_out o;
    capture c;
    memset(big, 'x', sizeof big);
    open_out(&o, &c, buffer);
    json_string(&o, (sst_str){big, sizeof big});
    assert_int_equal(report_out_end(&o), SST_OK);
    assert_int_equal(c.b.n, sizeof big + 2);
    buf_release(&c.b);

    open_out(&o, &c, buffer);
    c.stop_after = 0;
    json_string(&o, (sst_str){big, sizeof big});
    assert_int_equal(report_out_end(&o), SST_ERR_STOPPED);
    assert_in_range(c.b.n, 1, REPORT_BUFFER); /* one write, and none behind it */
    buf_release(&c.b);
}

/* Texts longer than the buffer go out in pieces: no character is cut and none is lost, wherever
 * the pieces end. */
static void test_pieces(void **state)
{
    (void)state;
    static char buffer[REPORT_BUFFER], text[2 * REPORT_BUFFER], want[4 * REPORT_BUFFER];
    static const char *const word[] = {"\xe2\x80\x9c", "\xf0\x9f\x98\x80", "\xc3\xa9", "\"",
                                       "plain words "};
    for (size_t shift = 0; shift < 24; shift++) {
        size_t n = shift, m = 0;
        memset(text, 'x', shift);
        memset(want, 'x', shift + 1);
        want[m++] = '"';
        m += shift;
        for (size_t k = 0; n + 16 < sizeof text; k++) {
            size_t len = strlen(word[k % 5]);
            memcpy(text + n, word[k % 5], len);
            n += len;
            if (word[k % 5][0] == '"')
                want[m++] = '\\';
            memcpy(want + m, word[k % 5], len);
            m += len;
        }
        want[m++] = '"';
        report_out o;
        capture c;
        open_out(&o, &c, buffer);
        json_string(&o, (sst_str){text, n});
        assert_int_equal(report_out_end(&o), SST_OK);
        assert_int_equal(c.b.n, m);
        assert_memory_equal(c.b.p, want, m);
        buf_release(&c.b);
    }
}

/* A place is what its members make, at each fill of the buffer and for texts of each length. */
static void test_place(void **state)
{
    (void)state;
    static char buffer[REPORT_BUFFER], text[6000], fill[REPORT_BUFFER];
    static const uint64_t number[] = {0, 9, 10, 99, 100, 12345, UINT32_MAX, UINT64_MAX};
    memset(fill, 'f', sizeof fill);
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = "plain words and \"marks\" \n"[i % 25];
    for (size_t k = 0; k < 400; k++) {
        size_t full = k < 100 ? k : REPORT_BUFFER - 4 * (k - 100);
        sst_str id = {text + k % 7, k % 5 * 9}, words = {text, k % 3 ? k % 50 : 13 * k};
        uint64_t begin = number[k % 8], end = number[k / 8 % 8];
        capture made, wanted;
        for (int way = 0; way < 2; way++) {
            capture *c = way ? &wanted : &made;
            report_out o;
            open_out(&o, c, buffer);
            json_array(&o);
            json_string(&o, (sst_str){fill, full < sizeof fill ? full : sizeof fill});
            if (way) {
                json_object(&o);
                json_key_string(&o, "article", id);
                json_key(&o, "begin");
                json_u64(&o, begin);
                json_key(&o, "end");
                json_u64(&o, end);
                json_key_string(&o, "text", words);
                json_object_end(&o);
            } else {
                json_place(&o, id, begin, end, words);
            }
            json_array_end(&o);
            assert_int_equal(report_out_end(&o), SST_OK);
        }
        assert_int_equal(made.b.n, wanted.b.n);
        assert_memory_equal(made.b.p, wanted.b.p, made.b.n);
        buf_release(&made.b);
        buf_release(&wanted.b);
    }
}

static void put_row(report_run *run, const void *user, uint32_t i)
{
    json_object(run->out);
    json_key(run->out, "row");
    json_u64(run->out, i);
    json_key_string(run->out, "of", arena_printf(run->arena, "%s %u", (const char *)user, i));
    json_object_end(run->out);
}

/* A list is the same on one thread and on several, behind another member and before one. */
static void test_rows_at_once(void **state)
{
    (void)state;
    static char buffer[REPORT_BUFFER];
    static const uint32_t rows[] = {0, 1, 511, 512, 513, 8192, 8193, 30000};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        capture first;
        for (uint32_t threads = 0; threads < 4; threads++) {
            capture c;
            report_out o;
            sst_run_result r = {.threads = threads};
            sst_arena arena;
            arena_init(&arena, 0);
            report_run run = {.r = &r, .arena = &arena, .out = &o};
            open_out(&o, threads ? &c : &first, buffer);
            json_object(&o);
            json_key_string(&o, "before", STR("x"));
            report_rows_at_once(&run, "rows", rows[k], put_row, "number");
            json_key_string(&o, "behind", STR("y"));
            json_object_end(&o);
            assert_int_equal(report_out_end(&o), SST_OK);
            arena_release(&arena);
            if (threads == 0)
                continue;
            assert_int_equal(c.b.n, first.b.n);
            assert_memory_equal(c.b.p, first.b.p, c.b.n);
            buf_release(&c.b);
        }
        buf_release(&first.b);
    }
    /* a sink that has had enough ends it */
    capture c;
    report_out o;
    sst_run_result r = {.threads = 2};
    sst_arena arena;
    arena_init(&arena, 0);
    report_run run = {.r = &r, .arena = &arena, .out = &o};
    open_out(&o, &c, buffer);
    c.stop_after = 0;
    report_rows_at_once(&run, "rows", 100000, put_row, "number");
    assert_int_equal(report_out_end(&o), SST_ERR_STOPPED);
    assert_in_range(c.b.n, 1, REPORT_BUFFER);
    buf_release(&c.b);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_structure),  cmocka_unit_test(test_strings),
        cmocka_unit_test(test_every_byte), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_sink),       cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_place),      cmocka_unit_test(test_rows_at_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
