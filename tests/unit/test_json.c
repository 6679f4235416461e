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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_structure),  cmocka_unit_test(test_strings),
        cmocka_unit_test(test_every_byte), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_sink),       cmocka_unit_test(test_pieces)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
