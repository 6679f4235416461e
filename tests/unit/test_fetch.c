/* Parts of fetch that need no network: lists of feeds, robots.txt, addresses, Retry-After. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fetch.h"

typedef struct fixture {
    sst_arena arena;
} fixture;

static int set_up(void **state)
{
    static fixture f;
    arena_init(&f.arena, 0);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    arena_release(&f->arena);
    return 0;
}

static void assert_str(sst_str s, const char *wanted)
{
    assert_int_equal(s.n, strlen(wanted));
    assert_memory_equal(s.n ? s.p : "", wanted, s.n);
}

static void test_opml(void **state)
{
    fixture *f = *state;
    fetch_subscriptions v;
    const char *why;
    sst_str text =
        STR("\xEF\xBB\xBF<?xml version=\"1.0\"?><opml version=\"2.0\"><body>"
            "<outline text=\"Papers\" owner=\"Alder &amp; Co\" pages=\"all\">"
            "<outline text=\"One\" XMLURL=\"https://a.example/rss\" outlet=\"The One\"/>"
            "<outline text=\"Two\" xmlUrl=\"https://b.example/rss\" pages=\"none\" "
            "owner=\"B\"/></outline>"
            "<outline text=\"Again\" xmlUrl=\"https://a.example/rss\"/>"
            "<outline title=\"Three\" text=\"t\" xmlUrl=\"https://c.example/rss\"/></body></opml>");
    assert_int_equal(fetch_opml_read(text, &f->arena, &v, &why), SST_OK);
    assert_int_equal(v.n, 3);
    assert_str(v.v[0].url, "https://a.example/rss");
    assert_str(v.v[0].outlet, "The One");
    assert_str(v.v[0].owner, "Alder & Co");
    assert_int_equal(v.v[0].pages, SST_FETCH_PAGES_ALL);
    assert_str(v.v[1].outlet, "");
    assert_str(v.v[1].owner, "B");
    assert_int_equal(v.v[1].pages, SST_FETCH_PAGES_NONE);
    assert_str(v.v[2].title, "Three");
    assert_str(v.v[2].owner, ""); /* what was handed down ends with its outline */
    assert_int_equal(v.v[2].pages, SST_FETCH_PAGES_DEFAULT);
}

static void test_lists(void **state)
{
    fixture *f = *state;
    fetch_subscriptions v;
    const char *why;
    assert_int_equal(
        fetch_opml_read(STR("# mine\n\nhttps://a.example/rss  # daily\r\nHTTP://b.example\n"),
                        &f->arena, &v, &why),
        SST_OK);
    assert_int_equal(v.n, 2);
    assert_str(v.v[0].url, "https://a.example/rss");
    assert_int_equal(fetch_opml_read(STR("a;b;c\n1;2;3\n"), &f->arena, &v, &why), SST_ERR_INPUT);
    assert_non_null(why);
    assert_int_equal(fetch_opml_read(STR("<html><p>no</p></html>"), &f->arena, &v, &why),
                     SST_ERR_INPUT);
    assert_int_equal(
        fetch_opml_read(STR("<opml><body><outline text='x'/></body></opml>"), &f->arena, &v, &why),
        SST_ERR_INPUT);
    assert_int_equal(fetch_opml_read(STR(""), &f->arena, &v, &why), SST_ERR_INPUT);
}

static void test_robots(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *text, *path;
        bool allow;
    } cases[] = {
        {"", "/x", true},
        {"User-agent: *\nDisallow: /\n", "/x", false},
        {"User-agent: *\nDisallow: /\n", "/robots.txt", true},
        {"User-agent: *\nDisallow:\n", "/x", true},
        {"User-agent: SameStory/2.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n", "/b", true},
        {"User-agent: SameStory/2.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n", "/ab", false},
        {"user-agent: x\nuser-agent: samestory\ndisallow: /a\n", "/a", false},
        {"User-agent: x\nDisallow: /\nUser-agent: *\nDisallow: /p\n", "/q", true},
        {"User-agent: *\nDisallow: /p\nUser-agent: x\nDisallow: /\nUser-agent: *\nDisallow: /q\n",
         "/q", false}, /* groups of one name are one */
        {"User-agent: *\nDisallow: /p/\nAllow: /p/open\n", "/p/open/1", true},
        {"User-agent: *\nAllow: /p\nDisallow: /p\n", "/p", true}, /* as long: allowed */
        {"User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf", false},
        {"User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf?x", true},
        {"User-agent: *\nDisallow: /a*b*c\n", "/axxbyyczz", false},
        {"User-agent: *\nDisallow: /a*b*c\n", "/axxbyy", true},
        {"User-agent: *\nDisallow: /%7Ejoe\n", "/~joe/x", false},
        {"User-agent: *\nDisallow: /caf%c3%a9\n", "/caf\xC3\xA9", false},
        {"User-agent: *\nDisallow: /a%2fb\n", "/a/b", true},
        {"User-agent: *\rDisallow: /x # why\rSitemap: https://a.example/s\r", "/x", false},
        {"Disallow: /\n", "/x", true}, /* in no group */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fetch_robots r;
        sst_buf scratch;
        buf_init(&scratch, 0);
        assert_int_equal(fetch_robots_parse(str_of(cases[i].text), STR("samestory"), &f->arena, &r),
                         SST_OK);
        if (fetch_robots_allow(&r, str_of(cases[i].path), &scratch) != cases[i].allow)
            fail_msg("case %zu: %s", i, cases[i].path);
        buf_release(&scratch);
    }
    fetch_robots r;
    assert_int_equal(fetch_robots_parse(STR("User-agent: *\nCrawl-delay: 99999999999\n"),
                                        STR("samestory"), &f->arena, &r),
                     SST_OK);
    assert_int_equal(r.delay_s, 60);
}

static void test_address(void **state)
{
    fixture *f = *state;
    fetch_address a;
    assert_true(
        fetch_address_parse(&f->arena, STR(" HTTP://me:secret@A.Example:80/x y?q=1#part "), &a));
    assert_str(a.authority, "a.example:80");
    assert_str(a.user, "me:secret");
    assert_null(strstr(a.url.p, "secret"));
    assert_null(strchr(a.url.p, '#'));
    assert_str(a.path, "/x%20y?q=1");
    assert_true(fetch_address_parse(&f->arena, STR("https://a.example."), &a));
    assert_str(a.authority, "a.example:443");
    static const char *const bad[] = {"file:///etc/passwd",
                                      "ftp://a.example/",
                                      "//a.example/x",
                                      "javascript:alert(1)",
                                      "http://",
                                      "gopher://a",
                                      "",
                                      "http:/x y"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (fetch_address_parse(&f->arena, str_of(bad[i]), &a))
            fail_msg("%s was taken for %s", bad[i], a.url.p);
}

static void test_private(void **state)
{
    static const struct {
        unsigned char ip[16];
        size_t n;
        bool is_private;
    } cases[] = {
        {{127, 0, 0, 1}, 4, true},
        {{10, 1, 2, 3}, 4, true},
        {{192, 168, 0, 1}, 4, true},
        {{172, 16, 0, 1}, 4, true},
        {{172, 32, 0, 1}, 4, false},
        {{169, 254, 169, 254}, 4, true},
        {{100, 64, 0, 1}, 4, true},
        {{0, 0, 0, 0}, 4, true},
        {{224, 0, 0, 1}, 4, true},
        {{93, 184, 216, 34}, 4, false},
        {{8, 8, 8, 8}, 4, false},
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 16, true},
        {{0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 16, true},
        {{0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 16, true},
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1}, 16, true},
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 8, 8, 8, 8}, 16, false},
        {{0x20, 0x01, 0x48, 0x60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x88, 0x88}, 16, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (fetch_address_is_private(cases[i].ip, cases[i].n) != cases[i].is_private)
            fail_msg("case %zu", i);
}

static void test_retry_after(void **state)
{
    (void)state;
    assert_int_equal(fetch_retry_after(STR(" 120 "), 0), 120);
    assert_int_equal(fetch_retry_after(STR("99999999999"), 0), 0); /* no number and no date */
    assert_int_equal(fetch_retry_after(STR("9999999"), 0), 86400);
    assert_int_equal(fetch_retry_after(STR("Thu, 01 Jan 1970 00:01:00 GMT"), 10), 50);
    assert_int_equal(fetch_retry_after(STR("Thu, 01 Jan 1970 00:01:00 GMT"), 100), 0);
    assert_int_equal(fetch_retry_after(STR("soon"), 0), 0);
    assert_int_equal(fetch_retry_after(STR(""), 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_opml, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lists, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_robots, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_address, set_up, tear_down),
        cmocka_unit_test(test_private),
        cmocka_unit_test(test_retry_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
