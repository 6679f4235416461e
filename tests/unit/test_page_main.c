/* page: the main text of pages; a case for each mechanism. All texts are invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base_buf.h"
#include "base_str.h"
#include "page_article.h"

static const sst_limits LIMITS = {1u << 30, 1u << 26, 1000, 512};

static sst_article *make(const char *html)
{
    sst_document d = {
        .kind = SST_KIND_HTML, .source = STR("in"), .id = STR("in"), .body = str_of(html)};
    sst_article *a = NULL;
    assert_int_equal(page_article(&d, &LIMITS, &a), SST_OK);
    assert_non_null(a);
    return a;
}

static void holds(const sst_article *a, const char *want, bool yes)
{
    if ((str_find(a->text, str_of(want)) >= 0) != yes)
        fail_msg("'%s' %s in '%.*s'", want, yes ? "is not" : "is", (int)a->text.n, a->text.p);
}

static unsigned times(const sst_article *a, const char *want)
{
    unsigned n = 0;
    sst_str rest = a->text;
    for (ptrdiff_t at; (at = str_find(rest, str_of(want))) >= 0; n++) {
        rest.p += at + 1;
        rest.n -= (size_t)at + 1;
    }
    return n;
}

#define P1 "The harbour town of Tarnholm will close its old bridge next spring, the mayor said."
#define P2                                                                                         \
    "\xE2\x80\x9CNobody will have to swim,\xE2\x80\x9D Mayor Ida Brandt told the council, which "  \
    "met late into the night and heard eleven engineers."
#define P3                                                                                         \
    "The bridge was built in 1911 and carries about 4,000 cars a day, according to the county."
#define P4                                                                                         \
    "Traders on the eastern side fear that the works will cost them the summer, they told "        \
    "reporters in front of the town hall."
#define Q1 "Three boats of the Oll rowing club sank in the storm on Sunday, its chair said."
#define Q2                                                                                         \
    "The club will ask its members for money, and expects to row again before the regatta in "     \
    "the autumn, when forty crews have entered."

/* What somebody posted stands in the text with who signs it, in one block; what the outlet itself
 * posts, or a pointer to a page, does not. */
static void test_posts(void **state)
{
    (void)state;
    sst_article *a = make(
        "<link rel=canonical href=\"https://www.tarnholmpost.example/bridge\"><title>Old bridge to "
        "close</title><body><article><h1>Old bridge to close</h1><p>" P1 "<p>" P2
        "<blockquote class=\"twitter-tweet\"><p>We asked for a ferry. We got a map. <a href=\"#\">"
        "https://t.example/1</a></p>&mdash; Pia Lund (@pialund) <a href=\"#\">May 5, 2031</a>"
        "</blockquote><p>" P3 "<blockquote class=\"twitter-tweet\"><p>All about the bridge "
        "tonight, with maps.</p>&mdash; "
        "Tarnholm Post (@tarnholmpost) <a href=\"#\">May 5, 2031</a></blockquote><p>" P4
        "</article>");
    holds(a,
          "We asked for a ferry. We got a map. https://t.example/1 \xE2\x80\x94 Pia Lund "
          "(@pialund) May 5, 2031\n",
          true);
    holds(a, "All about the bridge", false);
    holds(a, "(@tarnholmpost)", false);
    for (uint32_t i = 0; i < a->block_n; i++)
        if (str_find(str_span(a->text, a->blocks[i].at), STR("(@pialund)")) >= 0)
            assert_int_equal(a->blocks[i].role, ROLE_BODY);
    page_free(a);
}

/* A headline of the form of the first, with an article element or a date of its own, begins the
 * next article; headings of another form do not. */
static void test_next_article(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "<title>Old bridge to close</title><body><div class=stream><article><h1 class=hed>Old "
        "bridge to close</h1><p>" P1 "<p>" P2 "<p>" P3 "<p>" P4
        "</article><article><h1 class=hed>Boats sink in the storm</h1><p>" Q1 "<p>" Q2
        "</article></div>",
        "<title>Old bridge to close</title><body><div class=story><h2 class=hed>Old bridge to "
        "close</h2><time>5 May 2031</time><p>" P1 "<p>" P2 "<p>" P3 "<p>" P4
        "<h2 class=hed>Boats sink in the storm</h2><time>4 May 2031</time><p>" Q1 "<p>" Q2
        "</div>"};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        sst_article *a = make(pages[i]);
        holds(a, P1, true);
        holds(a, P4, true);
        holds(a, "rowing club", false);
        holds(a, "Boats sink", false);
        page_free(a);
    }
    sst_article *a = make("<title>Old bridge to close</title><body><article><h1>Old bridge to "
                          "close</h1><time>5 May 2031</time><p>" P1 "<p>" P2 "<h2>The boats</h2>"
                          "<p>" Q1 "<p>" Q2 "<h2>The cost</h2><p>" P3 "<p>" P4 "</article>");
    holds(a, "rowing club", true);
    holds(a, "The cost", true);
    page_free(a);
}

/* What says again what stands in front of it, in the same style, is a refrain. */
static void test_refrain(void **state)
{
    (void)state;
    sst_article *a = make("<title>Song of the weir</title><body><h1>Song of the weir</h1><p>" P2
                          "</p><p>" P2 "</p>");
    assert_int_equal(times(a, "Nobody will have to swim"), 2);
    page_free(a);
}

/* Pages for browsers with scripts alone keep their text in noscript; a note in it is no text. */
static void test_noscript(void **state)
{
    (void)state;
    sst_article *a =
        make("<title>Old bridge to close</title><body><noscript><div><a href=/>Home</a></div><h1>"
             "Old bridge to close</h1><div><p>" P1 "<p>" P2 "<p>" P3 "<p>" P4 "</div>");
    holds(a, P1, true);
    holds(a, P4, true);
    page_free(a);
    a = make(
        "<title>Old bridge to close</title><body><noscript><p>Please turn on scripts in your "
        "browser to read all that we have written for you here.</p></noscript><article><h1>Old "
        "bridge to close</h1><p>" P1 "<p>" P2 "<p>" P3 "</article>");
    holds(a, P1, true);
    holds(a, "turn on scripts", false);
    page_free(a);
}

/* Paragraphs that are set as headings for their size are text. */
static void test_long_headings(void **state)
{
    (void)state;
    sst_article *a = make(
        "<title>Draw a poster</title><body><article><h1>Draw a poster</h1><h3>Children of the "
        "valley between six and twelve may draw a poster about the river, and the best twenty of "
        "them will hang in the town hall all through the summer.</h3></article>");
    holds(a, "may draw a poster", true);
    assert_int_equal(a->block_n, 1);
    assert_int_equal(a->blocks[0].role, ROLE_BODY);
    page_free(a);
}

/* Elements that pages invent say by their name what they hold. */
static void test_amp(void **state)
{
    (void)state;
    sst_article *a = make(
        "<!doctype html><html \xE2\x9A\xA1 lang=en><head><title>Old bridge to close</title>"
        "<link rel=canonical href='https://tarn.example/bridge'></head><body><amp-sidebar><p>Read "
        "all about the valley and its rivers in our new series, every day.</p></amp-sidebar>"
        "<amp-consent><div><p>We value your privacy and use small files to follow you wherever "
        "you go, all the time.</p></div></amp-consent><article><h1>Old bridge to close</h1><p>" P1
        "</p><amp-img src=x.jpg><noscript><img src=x.jpg></noscript></amp-img><p>" P2
        "</p><amp-carousel><figure><amp-img src=y.jpg></amp-img><figcaption>The bridge in May"
        "</figcaption></figure></amp-carousel><p>" P3 "</p><p>" P4
        "</p><amp-social-share type=x>Send this report to all who cross the bridge."
        "</amp-social-share></article></body></html>");
    holds(a, P1, true);
    holds(a, P4, true);
    holds(a, "The bridge in May", false);
    holds(a, "new series", false);
    holds(a, "privacy", false);
    assert_true(str_eq(a->canonical, STR("https://tarn.example/bridge")));
    page_free(a);
}

#define HEAD "<html><head><title>Old bridge to close</title></head><body>"

/* The page shows its beginning or nothing, and hands the whole to its scripts. */
static void test_data(void **state)
{
    (void)state;
    /* Objects of a kind of text; a link parts a paragraph. */
    sst_article *a = make(
        HEAD "<article><h1>Old bridge to close</h1><p>" P1 "</p></article><script "
             "type='application/json'>{\"related\":[{\"title\":\"Boats sink in the storm "
             "on Sunday\",\"text\":\"" Q1 " " Q2 "\"}],\"story\":{\"body\":{\"content\":["
             "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"value\":\"" P1 "\"}]},"
             "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"value\":\"" P3 " \"},"
             "{\"type\":\"link\",\"content\":[{\"type\":\"text\",\"value\":\"A report of 2019\"}]},"
             "{\"type\":\"text\",\"value\":\" said \\u201cit will not hold\\u201d, and that the "
             "county knew.\"}]},"
             "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"value\":\"" P4
             "\"}]}]}}}</script>");
    holds(a,
          P1 "\n" P3 " A report of 2019 said \xE2\x80\x9Cit will not hold\xE2\x80\x9D, and that "
             "the county knew.\n" P4,
          true);
    holds(a, "rowing club", false);
    page_free(a);
    /* Nothing is shown; markup in a string of a script, another article beside it. */
    a = make(HEAD "<div id=app></div><script>self.load([1,\"a:[{\\\"body\\\":\\\"x\\\"}]\"]);"
                  "self.load([1,\"\\u003cdiv\\u003e\\u003cp\\u003e" Q1 "\\u003c/p\\u003e\\u003cp"
                  "\\u003e" Q2 "\\u003c/p\\u003e\\u003cp\\u003e" Q2 "\\u003c/p\\u003e\\u003cp"
                  "\\u003e" Q2 "\\u003c/p\\u003e\\u003c/div\\u003e\"]);"
                  "self.load([1,\"\\u003cdiv\\u003e\\u003cp class=\\\"x\\\"\\u003e" P1
                  "\\u003c/p\\u003e\\u003cp\\u003e" P3 "\\u003c/p\\u003e\\u003cp\\u003e" P4
                  "\\u003c/p\\u003e\\u003cp\\u003e" P1 " " P3 " " P4
                  "\\u003c/p\\u003e\\u003cp\\u003e" P4 " " P1 " " P3
                  "\\u003c/p\\u003e\\u003c/div\\u003e\"]);</script>");
    holds(a, P1 "\n" P3 "\n" P4, true);
    holds(a, "rowing club", false);
    page_free(a);
    /* A short report that is whole stays as it is, whatever the data holds of others. */
    a = make(HEAD "<article><h1>Old bridge to close</h1><p>" P1 "</p><p>" P3
                  "</p></article><script>var d={\"list\":[{\"body\":\"<p>" Q1 "</p><p>" Q2
                  "</p><p>" Q2 "</p><p>" Q2 "</p>\"},{\"body\":\"<p>" P1 "</p><p>" P3
                  "</p>\"}]}</script>");
    assert_true(str_eq(a->text, STR(P1 "\n" P3)));
    page_free(a);
    /* Nothing but data that is not of the title. */
    a = make(HEAD "<script>var d={\"a\":\"<p>" Q1 "</p><p>" Q2 "</p><p>" Q2 "</p><p>" Q2
                  "</p><p>" Q2 "</p><p>" Q2 "</p>\"}</script>");
    assert_int_equal(a->text.n, 0);
    page_free(a);
    a = make(HEAD "<script>{\"a\":[\"b\\</script>");
    assert_int_equal(a->text.n, 0);
    page_free(a);
}

/* The next part of an article, which is not the next article. */
static void test_parts(void **state)
{
    (void)state;
    static const struct {
        const char *url, *next;
        bool part;
    } cases[] = {
        {"https://tarn.example/story", "https://tarn.example/story/2/", true},
        {"https://tarn.example/story/", "/story/page/2", true},
        {"https://tarn.example/story?page=2", "?page=3", true},
        {"http://www.tarn.example/bridge.html", "http://tarn.example/bridge_2.html", true},
        {"https://tarn.example/bridge-1.html", "bridge-2.html#text", true},
        {"https://tarn.example/story/3", "https://tarn.example/story/2", false},
        {"https://tarn.example/story/4711", "https://tarn.example/story/4712", false},
        {"https://tarn.example/old-bridge", "https://tarn.example/boats-sink", false},
        {"https://tarn.example/old-bridge", "https://tarn.example/old-bridge-opened", false},
        {"https://tarn.example/old-bridge", "https://tarn.example/old-bridge", false},
    };
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        char page[2000];
        bool in_head = i & 1;
        snprintf(page, sizeof page,
                 "<head><title>Old bridge to close</title><link rel=canonical href='%s'>%s%s%s"
                 "</head><body><article><h1>Old bridge to close</h1><p>" P1 "<p>" P2 "<p>" P3
                 "<p>" P4 "</article>%s%s%s",
                 cases[i / 2].url, in_head ? "<link rel=next href='" : "",
                 in_head ? cases[i / 2].next : "", in_head ? "'>" : "",
                 in_head ? "" : "<a rel='next nofollow' href='", in_head ? "" : cases[i / 2].next,
                 in_head ? "" : "'>Next</a>");
        sst_article *a = make(page);
        if ((a->next_part.n > 0) != cases[i / 2].part)
            fail_msg("%s -> %s gives '%.*s'", cases[i / 2].url, cases[i / 2].next,
                     (int)a->next_part.n, a->next_part.n ? a->next_part.p : "");
        assert_int_equal(a->access, cases[i / 2].part ? ACCESS_STUB : ACCESS_FULL);
        page_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_posts),         cmocka_unit_test(test_next_article),
        cmocka_unit_test(test_refrain),       cmocka_unit_test(test_noscript),
        cmocka_unit_test(test_long_headings), cmocka_unit_test(test_amp),
        cmocka_unit_test(test_data),          cmocka_unit_test(test_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
