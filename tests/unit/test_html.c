/*
 * html: trees, walks, limits, names, scanners and encodings, by cases of our own. The html5lib
 * suite is in test_html5lib.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_utf8.h"
#include "html_check.h"
#include "html_entity.h"
#include "html_scan.h"
#include "html_token.h"

static void tree_is(const char *page, const char *want)
{
    html_doc d;
    html_init(&d);
    sst_buf out;
    buf_init(&out, 0);
    assert_int_equal(html_parse(&d, str_of(page), NULL), SST_OK);
    check_tree(&d);
    html_write_tree(&d, &out);
    buf_byte(&out, 0);
    assert_string_equal(out.p, want);
    buf_release(&out);
    html_release(&d);
}

static void own_trees(void **state)
{
    (void)state;
    tree_is("<!doctype html><title>A &amp; B</title><p>One<p>Two &lt;3",
            "| <!DOCTYPE html>\n| <html>\n|   <head>\n|     <title>\n|       \"A & B\"\n|   "
            "<body>\n|     <p>\n|       \"One\"\n"
            "|     <p>\n|       \"Two <3\"\n");
    tree_is("<table>x&amp;<tr>y<td>z</table>",
            "| <html>\n|   <head>\n|   <body>\n|     \"x&y\"\n|     <table>\n|       <tbody>\n"
            "|         <tr>\n|           <td>\n|             \"z\"\n");
    tree_is("<b>1<p>2</b>3", "| <html>\n|   <head>\n|   <body>\n|     <b>\n|       \"1\"\n|     "
                             "<p>\n|       <b>\n|         \"2\"\n"
                             "|       \"3\"\n");
    tree_is("<body a=1><body a=2 b=3><html lang=en>",
            "| <html>\n|   lang=\"en\"\n|   <head>\n|   <body>\n|     a=\"1\"\n|     b=\"3\"\n");
    tree_is("<svg viewbox=1><foreignobject><p>x",
            "| <html>\n|   <head>\n|   <body>\n|     <svg svg>\n|       viewBox=\"1\"\n"
            "|       <svg foreignObject>\n|         <p>\n|           \"x\"\n");
    tree_is("", "| <html>\n|   <head>\n|   <body>\n");
}

static void visible_text(void **state)
{
    (void)state;
    static const struct {
        const char *page, *text;
    } cases[] = {
        {"<p>One  two\n<b>three</b></p><p>Four</p>", "One two three\n\nFour"},
        {"a<br>b<div>c<div>d</div></div>e", "a\nb\nc\nd\ne"},
        {"<ul><li>x<li>y</ul>z", "x\ny\nz"},
        {"<table><tr><td>1<td>2<tr><td>3</table>", "1\t2\n3"},
        {"<pre>a\n  b</pre>c", "a\n  b\nc"},
        {"<style>p{}</style><script>1</script>x<p hidden>y</p><template>z</template>", "x"},
        {"a<span> b </span>c", "a b c"},
    };
    html_doc d;
    html_init(&d);
    sst_buf out;
    buf_init(&out, 0);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        assert_int_equal(html_parse(&d, str_of(cases[k].page), NULL), SST_OK);
        buf_clear(&out);
        html_visible_text(&d, d.body, &out);
        buf_byte(&out, 0);
        assert_string_equal(out.p, cases[k].text);
    }
    buf_release(&out);
    html_release(&d);
}

static void walks(void **state)
{
    (void)state;
    html_doc d;
    html_init(&d);
    assert_int_equal(
        html_parse(&d, STR("<div id=A class='x &amp; y'><p>t<a HREF=/q?a=1&b=2>u</a></div>v"),
                   NULL),
        SST_OK);
    uint32_t div = d.node[d.body].first, a = 0;
    assert_true(html_is(&d, div, HTML_div));
    for (uint32_t i = div; i; i = html_next(&d, i, div, false))
        if (html_is(&d, i, HTML_a))
            a = i;
    assert_int_not_equal(a, 0);
    assert_int_equal(html_ancestor(&d, a, HTML_div), div);
    assert_int_equal(html_ancestor(&d, a, HTML_table), 0);
    assert_true(str_eq(html_value(&d, a, HTML_href), STR("/q?a=1&b=2")));
    assert_false(html_attribute(&d, a, HTML_href)->value.at & HTML_DECODED);
    assert_true(str_eq(html_value(&d, div, HTML_class), STR("x & y")));
    assert_null(html_attribute(&d, a, HTML_class));
    assert_int_equal(html_behind(&d, div), d.node_n - 1);
    assert_int_equal(html_next(&d, div, 0, true), d.node_n - 1);
    html_release(&d);
}

/* Says stop when it was asked so many times. */
static bool stop_after(void *user)
{
    uint32_t *left = user;
    return (*left)-- == 0;
}

static void limits_end_it(void **state)
{
    (void)state;
    html_doc d;
    html_init(&d);
    sst_buf page;
    buf_init(&page, 0);
    buf_z(&page, "<p>kept</p>");
    for (int k = 0; k < 2000; k++)
        buf_z(&page, "<div>");
    sst_str in = {page.p, page.n};
    assert_int_equal(html_parse(&d, in, NULL), SST_ERR_LIMIT);
    assert_int_equal(d.limit, HTML_LIMIT_DEPTH);
    assert_true(d.node_n > 500);
    check_tree(&d);
    assert_int_equal(html_parse(&d, in, &(html_limits){.nodes = 20}), SST_ERR_LIMIT);
    assert_int_equal(d.limit, HTML_LIMIT_NODES);
    check_tree(&d);
    assert_int_equal(html_parse(&d, in, &(html_limits){.bytes = 9}), SST_ERR_LIMIT);
    assert_int_equal(d.limit, HTML_LIMIT_BYTES);
    check_tree(&d);
    assert_int_equal(html_parse(&d, STR("<p a b c d>x"), &(html_limits){.attributes = 3}),
                     SST_ERR_LIMIT);
    assert_int_equal(d.limit, HTML_LIMIT_ATTRIBUTES);
    assert_int_equal(html_parse(&d, STR("<p a b c>x"), &(html_limits){.attributes = 3}), SST_OK);

    /* Stopped: at once, and later; what was read is kept. */
    buf_clear(&page);
    for (int k = 0; k < 20000; k++)
        buf_z(&page, "<p>kept</p>");
    in = (sst_str){page.p, page.n};
    uint32_t asked = 0;
    html_limits until = {.stop = stop_after, .stop_user = &asked};
    assert_int_equal(html_parse(&d, in, &until), SST_ERR_STOPPED);
    assert_int_equal(d.limit, HTML_LIMIT_STOPPED);
    assert_int_equal(d.node_n, 1);
    asked = 3;
    assert_int_equal(html_parse(&d, in, &until), SST_ERR_STOPPED);
    assert_in_range(d.node_n, 500, 20000);
    assert_true(str_eq(html_node_text(&d, 5), STR("kept")));
    check_tree(&d);
    asked = 1000000;
    assert_int_equal(html_parse(&d, in, &until), SST_OK);
    html_parser *p;
    asked = 3;
    assert_int_equal(html_feed_begin(&d, &until, &p), SST_OK);
    for (size_t k = 0; k < in.n; k += 1000)
        assert_int_equal(html_feed(p, (sst_str){in.p + k, in.n - k < 1000 ? in.n - k : 1000}),
                         SST_OK);
    assert_int_equal(html_feed_end(p), SST_ERR_STOPPED);
    assert_in_range(d.node_n, 500, 20000);
    check_tree(&d);

    /* Nodes beyond what the length allows, whole and in pieces alike. */
    buf_clear(&page);
    for (int k = 0; k < 100000; k++)
        buf_z(&page, "<p>x");
    in = (sst_str){page.p, page.n};
    assert_int_equal(html_parse(&d, in, NULL), SST_ERR_LIMIT);
    assert_int_equal(d.limit, HTML_LIMIT_NODES);
    assert_in_range(d.node_n, 100000, 150000);
    assert_true(str_eq(html_node_text(&d, d.node_n - 1), STR("x")));
    check_tree(&d);
    uint32_t n = d.node_n;
    assert_int_equal(html_feed_begin(&d, NULL, &p), SST_OK);
    for (size_t k = 0; k < in.n; k += 777)
        assert_int_equal(html_feed(p, (sst_str){in.p + k, in.n - k < 777 ? in.n - k : 777}),
                         SST_OK);
    assert_int_equal(html_feed_end(p), SST_ERR_LIMIT);
    assert_int_equal(d.node_n, n);
    for (html_limit k = HTML_LIMIT_BYTES; k <= HTML_LIMIT_STOPPED; k++)
        assert_true(html_limit_text(k)[0] != 0);
    buf_release(&page);
    html_release(&d);
}

/* What would be quadratic when a search went back to the beginning; here only that it ends with
 * what it should. */
static void large_inputs(void **state)
{
    (void)state;
    static const struct {
        const char *before, *again, *behind;
        uint32_t n;
    } cases[] = {
        {"", "<b>", "", 1000000},
        {"", "<a>", "", 1000000},
        {"", "<p><b a>x", "", 300000},
        {"<p ", "a=1 ", ">", 300000},
        {"<p a='", "x&amp;", "'>", 300000},
        {"<", "a", ">", 3000000},
        {"<table>", "x&amp;<b>", "", 300000},
        {"<script>", "<!--<script>\0", "", 300000},
        {"<title>", "</titl", "", 300000},
        {"<!--", "--!-", "", 300000},
        {"", "<body a>", "", 300000},
        {"", "</p>", "", 300000},
        {"<table>", "<tr>x", "", 300000},
        {"<!doctype ", "'", "", 1000000},
    };
    html_doc d;
    html_init(&d);
    sst_buf page;
    buf_init(&page, 0);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        html_release(&d);
        buf_clear(&page);
        buf_z(&page, cases[k].before);
        for (uint32_t i = 0; i < cases[k].n; i++)
            buf_z(&page, cases[k].again);
        buf_z(&page, cases[k].behind);
        sst_status status = html_parse(&d, (sst_str){page.p, page.n}, NULL);
        assert_true(status == SST_OK || (status == SST_ERR_LIMIT && d.limit != HTML_WITHIN));
        check_tree(&d);
        size_t memory = d.nodes.cap + d.attrs.cap + d.decoded.cap + d.work.cap + d.names.text.cap;
        print_message("%-12s x %7u: %s, %zu nodes, %.1f bytes of memory a byte\n", cases[k].again,
                      cases[k].n, status ? "at a limit" : "whole", (size_t)d.node_n,
                      (double)memory / (double)page.n);
    }
    buf_release(&page);
    html_release(&d);
}

/* Names that differ in their last byte only, and upper and lower case, past several growings. */
static void names_keep_apart(void **state)
{
    (void)state;
    html_doc d;
    html_init(&d);
    html_names_clear(&d.names);
    char name[16];
    enum { FEW = 26, MANY = 20000 };
    uint32_t number[MANY];
    for (uint32_t k = 0; k < MANY; k++) {
        int n = k % 2 ? snprintf(name, sizeof name, "q%05u%c", k / FEW, 'a' + (int)(k % FEW))
                      : snprintf(name, sizeof name, "quite%05u%c", k / FEW, 'a' + (int)(k % FEW));
        number[k] = html_name_add(&d.names, name, (uint32_t)n);
        assert_int_equal(number[k], HTML_KNOWN_N + k);
        name[0] = 'Q';
        assert_int_equal(html_name_add(&d.names, name, (uint32_t)n), number[k]);
        name[0] = 'q';
        assert_true(str_eq(html_name(&d, number[k]), (sst_str){name, (size_t)n}));
    }
    assert_int_equal(html_name_add(&d.names, "viewBox", 7), HTML_viewbox);
    html_names_clear(&d.names);
    assert_int_equal(html_name_add(&d.names, "q00000b", 7), HTML_KNOWN_N);
    assert_int_equal(html_name_add(&d.names, "BODY", 4), HTML_body);
    html_release(&d);
}

static void scanners_agree(void **state)
{
    (void)state;
    char bytes[64];
    uint32_t r = 1;
    for (int round = 0; round < 20000; round++) {
        for (size_t k = 0; k < sizeof bytes; k++) {
            r = r * 1664525 + 1013904223;
            bytes[k] = "<&\"'a\xFF\x80\x01=;>zAZ@["[r >> 28];
            if (r >> 24 == 0x77)
                bytes[k] = 0;
        }
        for (size_t k = 0; k < 16; k++) {
            const char *p = bytes + k, *end = bytes + sizeof bytes - (round & 7);
            assert_ptr_equal(scan_two(p, end, '<', '&'), scan_two_twin(p, end, '<', '&'));
            assert_ptr_equal(scan_two(p, end, '"', '&'), scan_two_twin(p, end, '"', '&'));
        }
        uint64_t w = scan_lower(scan_load(bytes));
        for (int k = 0; k < 8; k++) {
            unsigned char c = (unsigned char)bytes[k];
            assert_int_equal((w >> (8 * k)) & 255, c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
    }
}

static void encodings(void **state)
{
    (void)state;
    html_sure sure;
    size_t mark_n;
    sst_str none = {"", 0};
    assert_string_equal(html_encoding_of_label(STR(" ISO-8859-1\n")), "windows-1252");
    assert_string_equal(html_encoding_of_label(STR("UTF8")), "utf-8");
    assert_null(html_encoding_of_label(STR("no such")));
    assert_string_equal(
        html_encoding(STR("\xEF\xBB\xBF<meta charset=koi8-r>"), STR("latin1"), &sure, &mark_n),
        "utf-8");
    assert_int_equal(mark_n, 3);
    assert_string_equal(html_encoding(STR("<meta charset=koi8-r>"), STR("latin1"), &sure, &mark_n),
                        "windows-1252");
    assert_int_equal(sure, HTML_TOLD);
    assert_string_equal(html_encoding(STR("<!-- <meta charset=koi8-r> --><meta charset=utf-16>"),
                                      none, &sure, &mark_n),
                        "utf-8");
    assert_string_equal(html_encoding(STR("caf\xC3\xA9"), none, &sure, &mark_n), "utf-8");
    assert_non_null(html_encoding((sst_str){NULL, 0}, none, &sure, &mark_n)); /* nothing at all */
    sst_buf out;
    buf_init(&out, 0);
    assert_int_equal(html_decode("utf-8", STR("a\xF0\x90\x8F\xE2\x82\xAC\xFF"), &out), SST_OK);
    assert_true(str_eq((sst_str){out.p, out.n}, STR("a\xEF\xBF\xBD\xE2\x82\xAC\xEF\xBF\xBD")));
    buf_clear(&out);
    assert_int_equal(html_decode("windows-1252", STR("\x80\xE9"), &out), SST_OK);
    assert_true(str_eq((sst_str){out.p, out.n}, STR("\xE2\x82\xAC\xC3\xA9")));
    /* Pages whose declaration is right, wrong, or none. */
    static const struct {
        const char *bytes, *http, *declared, *used, *text;
    } pages[] = {
        {"<meta charset=latin1>caf\xE9", "", "windows-1252", "windows-1252", "caf\xC3\xA9"},
        {"<meta charset=latin1>caf\xC3\xA9", "", "windows-1252", "utf-8", "caf\xC3\xA9"},
        {"caf\xC3\xA9", "iso-8859-2", "iso-8859-2", "utf-8", "caf\xC3\xA9"},
        {"caf\xE9", "iso-8859-2", "iso-8859-2", "iso-8859-2", "caf\xC3\xA9"},
        {"<meta charset=utf-8>caf\xE9 \x93so\x94", "", "utf-8", "windows-1252",
         "caf\xC3\xA9 \xE2\x80\x9Cso\xE2\x80\x9D"},
        {"<meta charset=utf-8>\xC3\xA9 \xC3\xA8 \xC3\xA0 \x93so\x94 \xC3\xA9", "", "utf-8", "utf-8",
         "\xC3\xA9 \xC3\xA8 \xC3\xA0 \xE2\x80\x9Cso\xE2\x80\x9D \xC3\xA9"},
        {"<meta charset=iso-2022-jp>\x1B$B$\"\x1B(B", "", "iso-2022-jp", "iso-2022-jp",
         "\xE3\x81\x82"},
        {"cafe", "utf-16", "utf-16le", "utf-8", "cafe"},
        {"cafe", "no such", NULL, "windows-1252", "cafe"},
        {"\xEF\xBB\xBF"
         "caf\xC3\xA9",
         "latin1", "utf-8", "utf-8", "caf\xC3\xA9"},
    };
    for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
        html_charset c;
        buf_clear(&out);
        assert_int_equal(html_decode_page(str_of(pages[k].bytes), str_of(pages[k].http), &c, &out),
                         SST_OK);
        assert_string_equal(c.used, pages[k].used);
        if (pages[k].declared)
            assert_string_equal(c.declared, pages[k].declared);
        else
            assert_null(c.declared);
        sst_str got = {out.p, out.n};
        if (got.n && got.p[0] == '<')
            got = (sst_str){got.p + str_find(got, STR(">")) + 1,
                            got.n - (size_t)str_find(got, STR(">")) - 1};
        assert_true(str_eq(got, str_of(pages[k].text)));
    }
    buf_clear(&out);
    html_charset c;
    assert_int_equal(html_decode_page(STR("<\0p\0>\0\xE9\0x\0"), none, &c, &out), SST_OK);
    assert_string_equal(c.used, "utf-16le");
    assert_true(str_eq((sst_str){out.p, out.n}, STR("<p>\xC3\xA9x")));
    buf_release(&out);
    /* ICU knows every name of the table. */
    for (uint32_t k = 0; k < html_label_n; k++) {
        buf_init(&out, 0);
        assert_int_equal(html_decode(html_labels[k].name, STR("a"), &out), SST_OK);
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_trees),      cmocka_unit_test(visible_text),
        cmocka_unit_test(walks),          cmocka_unit_test(limits_end_it),
        cmocka_unit_test(large_inputs),   cmocka_unit_test(names_keep_apart),
        cmocka_unit_test(scanners_agree), cmocka_unit_test(encodings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
