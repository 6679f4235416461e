/* Parts of the server that need no connection: paths and their parameters, the cache. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "serve_inner.h"

static const serve_route *find(serve_request *q, const char *path, const char *query, uint32_t *why)
{
    memset(q, 0, sizeof *q);
    arena_init(&q->arena, 0);
    q->path = str_of(path);
    q->query = str_of(query);
    return serve_find(q, why);
}

static void test_paths(void **state)
{
    static const struct {
        const char *path, *route, *arg; /* route NULL: there is none */
        uint32_t why;
    } cases[] = {
        {"/", "/", NULL, 0},
        {"/story/s1", "/story/{}", "s1", 0},
        {"/article/https%3A%2F%2Fa.example%2Fx%3Fy", "/article/{}", "https://a.example/x?y", 0},
        {"/article/a%2Fversions", "/article/{}", "a/versions", 0},
        {"/article/a/versions", "/article/{}/versions", "a", 0},
        {"/article/..", "/article/{}", "..", 0},
        {"/article/", NULL, NULL, 404},
        {"/article//versions", NULL, NULL, 404},
        {"/story/s1/", NULL, NULL, 404},
        {"//", NULL, NULL, 404},
        {"", NULL, NULL, 404},
        {"story/s1", NULL, NULL, 404},
        {"/%73tory/s1", NULL, NULL, 404},
        {"/story/%", NULL, NULL, 400},
        {"/story/%4", NULL, NULL, 400},
        {"/story/%zz", NULL, NULL, 400},
        {"/story/a%00b", NULL, NULL, 400},
        {"/person/Ada+Morrow", "/person/{}", "Ada+Morrow", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        serve_request q;
        uint32_t why = 0;
        const serve_route *r = find(&q, cases[i].path, "", &why);
        if (cases[i].route ? !r || strcmp(r->path, cases[i].route) != 0 : r || why != cases[i].why)
            fail_msg("%s: %s, %u", cases[i].path, r ? r->path : "none", why);
        if (cases[i].arg && !str_eq(q.arg[0], str_of(cases[i].arg)))
            fail_msg("%s: %.*s", cases[i].path, (int)q.arg[0].n, q.arg[0].p);
        arena_release(&q.arena);
    }
}

static void test_parameters(void **state)
{
    serve_request q;
    uint32_t why;
    (void)state;
    assert_non_null(
        find(&q, "/search", "q=%C3%A9t%C3%A9+a%2Bb&limit=7&offset=9999999999&&=x&lang", &why));
    assert_true(str_eq(serve_get(&q, "q"), STR("\xC3\xA9t\xC3\xA9 a+b")));
    assert_int_equal(serve_page_of(&q).limit, 7);
    assert_int_equal(serve_page_of(&q).offset, SERVE_OFFSET_MOST);
    assert_int_equal(serve_get(&q, "lang").n, 0);
    assert_true(str_eq(serve_query(&q, "offset"), STR("q=%C3%A9t%C3%A9%20a%2Bb&limit=7&")));
    arena_release(&q.arena);
    assert_non_null(find(&q, "/search", "limit=-1&offset=x", &why));
    assert_int_equal(serve_page_of(&q).limit, SERVE_LIMIT);
    assert_int_equal(serve_page_of(&q).offset, 0);
    arena_release(&q.arena);
    assert_null(find(&q, "/search", "q=%", &why));
    assert_int_equal(why, 400);
    arena_release(&q.arena);
}

static bool has(serve_cache *c, const char *key, uint64_t stamp, const char *body)
{
    serve_kept *e = serve_cache_get(c, str_of(key), stamp);
    if (e) {
        const char *type = NULL;
        sst_str is = serve_kept_body(e, &type);
        assert_string_equal(type, "t");
        assert_true(str_eq(is, str_of(body)));
    }
    serve_kept_drop(e);
    return e != NULL;
}

static serve_kept *put(serve_cache *c, const char *key, sst_str body)
{
    sst_buf b;
    buf_init(&b, 0);
    buf_str(&b, body);
    serve_kept *e = serve_cache_put(c, str_of(key), 1, &b, "t");
    assert_int_equal(e != NULL, b.n == 0); /* it is the cache's, or still ours */
    buf_release(&b);
    return e;
}

static void test_cache(void **state)
{
    static char large[3000];
    serve_cache *c = serve_cache_new(8000);
    (void)state;
    assert_non_null(c);
    serve_kept_drop(put(c, "a", STR("one")));
    assert_true(has(c, "a", 1, "one"));
    assert_false(has(c, "b", 1, ""));
    serve_kept *on_its_way = serve_cache_get(c, STR("a"), 1);
    serve_kept_drop(put(c, "a", STR("other")));
    assert_true(has(c, "a", 1, "other"));
    const char *type;
    assert_true(str_eq(serve_kept_body(on_its_way, &type), STR("one"))); /* until it is let go */
    serve_kept_drop(on_its_way);
    assert_false(has(c, "a", 2, "")); /* the database has changed: it is let go */
    assert_false(has(c, "a", 1, ""));
    memset(large, 'x', sizeof large);
    assert_null(put(c, "large", (sst_str){large, sizeof large}));
    assert_false(has(c, "large", 1, "")); /* more than its part */
    /* What was asked for longest ago goes. */
    serve_kept_drop(put(c, "first", STR("1")));
    serve_kept_drop(put(c, "second", STR("2")));
    char key[16];
    for (int i = 0; i < 12; i++) {
        snprintf(key, sizeof key, "k%d", i);
        serve_kept_drop(put(c, key, (sst_str){large, 800}));
        assert_true(has(c, "first", 1, "1"));
    }
    assert_false(has(c, "second", 1, ""));
    serve_cache_free(c);
}

static int into(void *user, const char *bytes, size_t n)
{
    buf_add(user, bytes, n);
    return 0;
}

/* Hidden words and tags in short: [-left out-] [+added+] [=instead=]. */
static void marked(const char *full, const char *said, const char *want)
{
    static const struct {
        const char *is, *told;
    } marks[] = {{"<del><span class=\"vh\">left out: </span>", "[-"},
                 {"<span class=\"vh\"> (end)</span></del>", "-]"},
                 {"<ins><span class=\"vh\">added: </span>", "[+"},
                 {"<span class=\"vh\"> (end)</span></ins>", "+]"},
                 {"<mark><span class=\"vh\">instead: </span>", "[="},
                 {"<span class=\"vh\"> (end)</span></mark>", "=]"}};
    static char buffer[REPORT_BUFFER];
    sst_arena arena;
    sst_buf html, is;
    report_out o;
    arena_init(&arena, 0);
    buf_init(&html, 0);
    buf_init(&is, 0);
    report_out_init(&o, (report_sink){into, &html}, buffer);
    assert_int_equal(serve_said_marked(&arena, &o, str_of(full), str_of(said)), SST_OK);
    assert_int_equal(report_out_end(&o), SST_OK);
    for (size_t i = 0; i < html.n;) {
        size_t k = 0, n = sizeof marks / sizeof marks[0];
        while (k < n && !str_starts((sst_str){html.p + i, html.n - i}, str_of(marks[k].is)))
            k++;
        if (k < n)
            buf_z(&is, marks[k].told);
        else
            buf_byte(&is, html.p[i]);
        i += k < n ? strlen(marks[k].is) : 1;
    }
    buf_byte(&is, 0);
    assert_string_equal(is.p, want);
    buf_release(&html);
    buf_release(&is);
    arena_release(&arena);
}

static void test_marks(void **state)
{
    (void)state;
    marked("the mole will not stand another winter like the last",
           "the mole will not stand another winter",
           "the mole will not stand another winter [-like the last-]");
    marked("we are not going to pay for it", "we will not pay for it",
           "we [-are-] [=will=] not [-going to-] pay for it");
    marked("Nobody likes to pay more", "Nobody at all likes to pay more",
           "Nobody [+at all+] likes to pay more");
    marked("It's late, very late", "It\xE2\x80\x99s late; very late",
           "It\xE2\x80\x99s late; very late");
    /* Words without spaces between them: a sign a word. */
    marked("\xE6\xB2\xA1\xE6\x9C\x89\xE4\xBA\xBA\xE6\x84\xBF\xE6\x84\x8F",
           "\xE6\xB2\xA1\xE6\x9C\x89\xE4\xBA\xBA",
           "\xE6\xB2\xA1\xE6\x9C\x89\xE4\xBA\xBA [-\xE6\x84\xBF\xE6\x84\x8F-]");
    /* Nothing but strikes would be left: it stands as it is. */
    marked("one two three four five six", "seven eight nine ten", "seven eight nine ten");
    marked("", "alone", "alone");
    marked("alone", "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_cache),
        cmocka_unit_test(test_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
