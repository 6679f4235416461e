/* page: notes of why blocks were taken or left out. All texts are invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base_buf.h"
#include "base_str.h"
#include "page_note.h"

static const sst_limits LIMITS = {1u << 30, 1u << 26, 1000, 512};

static sst_article *make(sst_kind kind, sst_str body, bool notes)
{
    sst_document d = {.kind = kind, .source = STR("in"), .id = STR("in"), .body = body};
    sst_article *a = NULL;
    assert_int_equal((notes ? page_article_noted : page_article_until)(&d, &LIMITS, NULL, &a),
                     SST_OK);
    return a;
}

static const page_note *note(const sst_article *a, const char *begins)
{
    for (uint32_t i = 0; i < a->notes->blocks.n; i++)
        if (str_starts(a->notes->blocks.v[i].words, str_of(begins)))
            return &a->notes->blocks.v[i];
    fail_msg("no note of '%s'", begins);
    return NULL;
}

#define PAGE                                                                                       \
    "<html><title>Old bridge to close</title><body>"                                               \
    "<nav class=top><ul><li><a href=a>Harbour</a><li><a href=b>Council</a></ul></nav>"             \
    "<article class='story wide'><h1>Old bridge to close</h1>"                                     \
    "<p>The harbour town of Tarnholm will close its old bridge next spring, the mayor said on "    \
    "Monday, after a survey of its piers.</p>"                                                     \
    "<figure><img src=x><figcaption>The bridge in May</figcaption></figure>"                       \
    "<div class=share-tools><p>Send it to a friend</p></div>"                                      \
    "<p>The bridge was built in 1911 and carries about 4,000 cars a day, according to the "        \
    "county, which owns it and has to pay for it.</p></article>"                                   \
    "<p>A line below.</p><script>var x = 'not text';</script></body></html>"

static void test_page(void **state)
{
    (void)state;
    sst_article *a = make(SST_KIND_HTML, STR(PAGE), true),
                *plain = make(SST_KIND_HTML, STR(PAGE), false);
    assert_null(plain->notes);
    assert_true(str_eq(a->text, plain->text));
    assert_int_equal(a->block_n, plain->block_n);

    /* Every block of the text has a note with its place and role, in order. */
    uint32_t taken = 0;
    for (uint32_t i = 0; i < a->notes->blocks.n; i++) {
        const page_note *n = &a->notes->blocks.v[i];
        assert_non_null(n->reason);
        assert_true(n->path.n > 0);
        assert_true(i == 0 || n->order >= n[-1].order);
        if (n->at.begin == n->at.end)
            continue;
        assert_true(taken < a->block_n);
        assert_int_equal(n->at.begin, a->blocks[taken].at.begin);
        assert_int_equal(n->role, a->blocks[taken].role);
        assert_true(str_eq(str_span(a->text, n->at), n->words));
        taken++;
    }
    assert_int_equal(taken, a->block_n);

    const page_note *n = note(a, "Send it");
    assert_int_equal(n->at.begin, n->at.end);
    assert_true(n->cut > 0);
    assert_true(n->detail.n > 0 && str_find(STR("share-tools"), n->detail) >= 0);
    n = note(a, "Harbour");
    assert_true(n->cut > 0 && n->cut == note(a, "Council")->cut);
    assert_int_equal(note(a, "The bridge in May")->at.end, 0);
    assert_int_equal(note(a, "The bridge in May")->role, ROLE_CAPTION);
    assert_int_equal(note(a, "A line below")->at.end, 0);
    for (uint32_t i = 0; i < a->notes->blocks.n; i++)
        assert_true(str_find(a->notes->blocks.v[i].words, STR("not text")) < 0);
    assert_true(a->notes->choices.n > 0);
    page_free(a);
    page_free(plain);
}

static void test_text(void **state)
{
    (void)state;
    sst_article *a = make(SST_KIND_TEXT,
                          STR("Bridge to close\n\nThe harbour town will close its old bridge next "
                              "spring, the mayor said on Monday.\n\nSign up for our newsletter\n"),
                          true);
    assert_int_equal(a->notes->blocks.n, a->block_n);
    for (uint32_t i = 0; i < a->block_n; i++) {
        assert_true(a->notes->blocks.v[i].is_text);
        assert_int_equal(a->notes->blocks.v[i].role, a->blocks[i].role);
    }
    page_free(a);
}

/* A page of many blocks: notes end at their ceiling, and what is beyond is counted. */
static void test_ceiling(void **state)
{
    (void)state;
    enum { ITEMS = 30000 };
    sst_buf b;
    buf_init(&b, 0);
    buf_z(&b, "<body><nav>");
    for (int i = 0; i < ITEMS; i++)
        buf_z(&b, "<p>x</p>");
    buf_z(&b, "</nav><p>The harbour town will close its old bridge next spring, it said.</p>");
    sst_article *a = make(SST_KIND_HTML, (sst_str){b.p, b.n}, true);
    assert_int_equal(a->notes->blocks.n, PAGE_NOTES);
    assert_int_equal(a->notes->blocks.n + a->notes->more, ITEMS + 1);
    page_free(a);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
