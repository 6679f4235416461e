/*
 * The n-th allocation fails in the HTML parser alone, whole and in pieces, for every n of a good
 * run: each ends with a status, a tree that can be walked, and nothing left behind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base_alloc.h"
#include "html.h"

static const char start[] =
    "<!doctype html><html a=1><html b=2><head><title>A &amp; b</title><script>x</script></head>\r\n"
    "<body c=1><body d=2><p>One&amp;two<b>x<i>y<p>z</b>w</i><table>f<tr><td>1<caption>2<template>"
    "<tr><td>3</template></table><svg viewbox=1><desc><p>4</svg><!-- c -->";

/* Long enough that every buffer has to grow. */
static void make_page(sst_buf *page)
{
    buf_init(page, 0);
    buf_z(page, start);
    for (int k = 0; k < 400; k++)
        buf_printf(page, "<x%d y%d=1>t&lt;<!--%d--></x%d>", k, k, k, k);
    buf_z(page, "</body><!-- end -->");
    assert_int_equal(page->failed, SST_OK);
}

static void walk(const html_doc *d)
{
    uint32_t n = 0;
    for (uint32_t i = d->node_n ? html_next(d, 0, 0, false) : 0; i; i = html_next(d, i, 0, false))
        n++;
    assert_true(n <= d->node_n);
}

static sst_status whole(html_doc *d, sst_str page)
{
    return html_parse(d, page, NULL);
}

static sst_status pieces(html_doc *d, sst_str page)
{
    html_parser *p;
    sst_status status = html_feed_begin(d, NULL, &p);
    if (status)
        return status;
    for (size_t k = 0; k < page.n && !status; k += 100)
        status = html_feed(p, (sst_str){page.p + k, page.n - k < 100 ? page.n - k : 100});
    sst_status last = html_feed_end(p);
    return status ? status : last;
}

static void fails_at_each(sst_status (*parse)(html_doc *, sst_str))
{
    sst_buf page;
    make_page(&page);
    for (long n = 1; n < 10000; n++) {
        html_doc d;
        html_init(&d);
        base_alloc_fail_after(n);
        sst_status status = parse(&d, (sst_str){page.p, page.n});
        base_alloc_fail_after(0);
        walk(&d);
        /* The same document serves again. */
        assert_int_equal(parse(&d, (sst_str){page.p, page.n}), SST_OK);
        walk(&d);
        html_release(&d);
        if (status == SST_OK) {
            print_message("%ld allocations\n", n - 1);
            buf_release(&page);
            assert_true(n > 10);
            return;
        }
        assert_int_equal(status, SST_ERR_MEMORY);
    }
    fail_msg("it never ends well");
}

static void in_whole(void **state)
{
    (void)state;
    fails_at_each(whole);
}

static void in_pieces(void **state)
{
    (void)state;
    fails_at_each(pieces);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(in_whole), cmocka_unit_test(in_pieces)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
