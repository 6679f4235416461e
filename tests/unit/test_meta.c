/* page: metadata of pages: dates, titles, authors, addresses, access. All pages are invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_str.h"
#include "base_utf8.h"
#include "page_article.h"
#include "page_date.h"
#include "page_found.h"

static const sst_limits LIMITS = {1u << 30, 1u << 26, 1000, 512};

#define PROSE                                                                                      \
    "<p>The harbour town of Tarnholm will close its old bridge next spring, the mayor said on "    \
    "Monday, after engineers found cracks in two of its piers.</p><p>The bridge was built in "     \
    "1911 and carries about 4,000 cars a day, according to the county, which has to pay for the "  \
    "new one and has not said how it will find the money.</p>"

static sst_article *read_at(const char *url, const char *head, const char *body)
{
    static char page[16384];
    int n = snprintf(page, sizeof page,
                     "<!doctype html><html lang=en-GB><head>%s</head><body>%s</body></html>", head,
                     body);
    assert_true(n > 0 && (size_t)n < sizeof page);
    sst_document d = {.kind = SST_KIND_HTML,
                      .source = STR("in"),
                      .id = STR("in"),
                      .url = str_of(url),
                      .body = {page, (size_t)n}};
    sst_article *a = NULL;
    assert_int_equal(page_article(&d, &LIMITS, &a), SST_OK);
    return a;
}

static void is(sst_str s, const char *z)
{
    if (!str_eq(s, str_of(z)))
        fail_msg("'%.*s' is not '%s'", (int)s.n, s.n ? s.p : "", z);
}

/* ---- dates ------------------------------------------------------------------------------------
 */

static void test_find(void **state)
{
    (void)state;
    static const struct {
        const char *line, *date;
        bool month_first;
    } cases[] = {{"Dienstag, 5. M\xC3\xA4rz 2024, 17:30 Uhr", "2024-03-05T17:30:00", false},
                 {"Stand: 05.03.2024 06:15 Uhr", "2024-03-05T06:15:00", false},
                 {"(05.03.24)", "2024-03-05", false},
                 {"le 1er avril 2024 \xC3\xA0 17h05", "2024-04-01T17:05:00", false},
                 {"Publicado el 5 de marzo de 2024", "2024-03-05", false},
                 {"March 5th, 2024 at 9:07 p.m. EST", "2024-03-05T21:07:00-05:00", true},
                 {"8:00 PM EST, Tue December 19, 2023", "2023-12-19T20:00:00-05:00", true},
                 {"3/4/2024", "2024-03-04", true},
                 {"3/4/2024", "2024-04-03", false},
                 {"13/4/2024", "2024-04-13", true},
                 {"2024\xE5\xB9\xB4"
                  "3\xE6\x9C\x88"
                  "5\xE6\x97\xA5",
                  "2024-03-05", false},
                 {"2026\xEB\x85\x84 1\xEC\x9B\x94 29\xEC\x9D\xBC", "2026-01-29", false},
                 {"2 th\xC3\xA1ng 3 n\xC4\x83m 2024", "2024-03-02", false},
                 {"5 \xD0\xBC\xD0\xB0\xD1\x80\xD1\x82\xD0\xB0 2024", "2024-03-05", false},
                 {"2024. m\xC3\xA1rcius 5.", "2024-03-05", false},
                 {"5 Eyl\xC3\xBCl 2024", "2024-09-05", false},
                 {"20240305", "2024-03-05", false},
                 {"26 | 01 | 2022", "2022-01-26", false},
                 {"version 1.2.2024.5", "2024", false},
                 {"call 0761 2024 12", NULL, false},
                 {"31.02.2024", NULL, false},
                 {"1.5.7", NULL, false},
                 {"in May 2024", NULL, false},
                 {"room 12 in 2024", NULL, false}};
    sst_arena arena;
    arena_init(&arena, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        page_stamp t;
        sst_span at;
        bool found = page_date_find(str_of(cases[i].line), cases[i].month_first, &t, &at);
        if (cases[i].date && strlen(cases[i].date) == 4)
            continue; /* either reading will do, but none may run past the line */
        if (found != (cases[i].date != NULL))
            fail_msg("'%s' %s a date", cases[i].line, found ? "holds" : "does not hold");
        if (found) {
            sst_str iso = page_stamp_write(&arena, &t);
            if (!str_eq(iso, str_of(cases[i].date)))
                fail_msg("'%s' gives %s", cases[i].line, iso.p);
        }
    }
    arena_release(&arena);
}

typedef struct dated {
    const char *url, *head, *body, *published, *modified, *from;
} dated;

static void test_published(void **state)
{
    (void)state;
    static const dated cases[] = {
        /* Declared goes before shown; a later version is not the publication. */
        {"", "<meta property=article:published_time content=2031-01-20T17:40:00+01:00>",
         "<h1>Bridge to close</h1><p>Updated: 22 January 2031</p>" PROSE,
         "2031-01-20T17:40:00+01:00", "2031-01-22", "meta article:published_time"},
        /* What the page shows by its headline, with its label in another element. */
        {"", "<title>Bridge to close</title>",
         "<div>Today is 3 March 2031</div><h1>Bridge to close</h1><dl><dt>Datum</dt>"
         "<dd>20.01.2031</dd></dl>" PROSE,
         "2031-01-20", "", "text"},
        /* Not of comments, other stories, the copyright line. */
        {"", "<title>Bridge to close</title>",
         "<h1>Bridge to close</h1>" PROSE PROSE PROSE PROSE PROSE
         "<div class=comments><p>Posted 3 March 2031</p></div>"
         "<aside><time datetime=2031-02-01>x</time></aside><p>\xC2\xA9 1 January 2031</p>",
         "", "", ""},
        /* The address, when nothing else tells; with a month's name, run together. */
        {"https://post.example/2031/jan/20/bridge", "", "<h1>Bridge to close</h1>" PROSE,
         "2031-01-20", "", "address"},
        {"https://post.example/news-20310120/bridge", "", "<h1>Bridge to close</h1>" PROSE,
         "2031-01-20", "", "address"},
        {"https://old.example/web/20350101101010/https://post.example/2031/01/20/bridge", "",
         "<h1>Bridge to close</h1>" PROSE, "2031-01-20", "", "address"},
        /* Only a later version is known. */
        {"", "<meta property=og:updated_time content=2031-01-22T10:00:00Z>",
         "<h1>Bridge to close</h1>" PROSE, "2031-01-22T10:00:00Z", "", "meta og:updated_time"},
        /* The same moment on the outlet's own clock. */
        {"", "<meta property=article:published_time content=2031-01-21T01:30:00Z>",
         "<h1>Bridge to close</h1><p>January 20, 2031 8:30 PM</p>" PROSE,
         "2031-01-20T20:30:00-05:00", "", "meta article:published_time"},
        /* Data for scripts, when nothing else tells. */
        {"", "<script>app = {\"publishedAt\":\"2031-01-20T10:00:00Z\"}</script>",
         "<h1>Bridge to close</h1>" PROSE, "2031-01-20T10:00:00Z", "", "script"},
        /* Day or month first: the other date decides. */
        {"https://post.example/2031/03/04/bridge", "",
         "<h1>Bridge to close</h1><p>Published: 03/04/2031</p>" PROSE, "2031-03-04", "", "text"},
        /* A wrapper's class says little when the headline stands in it too. */
        {"", "<title>Bridge to close</title>",
         "<div class='widget sidebar-left'><h2 class=date-header>Monday, 20 January 2031</h2>"
         "<h1>Bridge to close</h1>" PROSE "</div>",
         "2031-01-20", "", "text"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const dated *c = &cases[i];
        sst_article *a = read_at(c->url, c->head, c->body);
        if (!str_eq(a->published, str_of(c->published)) ||
            !str_eq(a->modified, str_of(c->modified)) ||
            !str_eq(a->published_from, str_of(c->from)))
            fail_msg("case %zu: published '%s' from '%s', modified '%s'", i, a->published.p,
                     a->published_from.n ? a->published_from.p : "", a->modified.p);
        page_free(a);
    }
}

/* Nothing is from after the page was fetched. */
static void test_fetched(void **state)
{
    (void)state;
    sst_document d = {.kind = SST_KIND_HTML,
                      .source = STR("in"),
                      .id = STR("in"),
                      .fetched = STR("2031-01-25T00:00:00Z"),
                      .last_modified = STR("Mon, 20 Jan 2031 09:00:00 GMT"),
                      .body = STR("<meta name=pubdate content=2032-01-01><h1>Bridge to close</h1>"
                                  "<p>Published: 20 January 2031</p>" PROSE)};
    sst_article *a = NULL;
    assert_int_equal(page_article(&d, &LIMITS, &a), SST_OK);
    is(a->published, "2031-01-20");
    bool seen = false;
    for (uint32_t i = 0; i < a->date_n; i++)
        seen |= str_eq(a->dates[i].from, STR("http last-modified"));
    assert_true(seen);
    page_free(a);
}

/* ---- titles -----------------------------------------------------------------------------------
 */

static void test_title(void **state)
{
    (void)state;
    static const struct {
        const char *head, *body, *title;
    } cases[] = {
        {"<title>Bridge to close | Tarn Post</title><meta property=og:site_name content='Tarn "
         "Post'>",
         "", "Bridge to close"},
        {"<title>Tarn Post - Bridge to close</title><meta property=og:site_name content='Tarn "
         "Post'>",
         "", "Bridge to close"},
        {"<title>Bridge to close | World News | Tarn Post</title><meta property=og:site_name "
         "content='Tarn Post'>",
         "<h1>Menu</h1><h1>Bridge to close</h1>", "Bridge to close"},
        /* What the page shows, when the declared title is another wording of it. */
        {"<meta property=og:title content='Tarnholm bridge closes for good, mayor says'>"
         "<title>Tarnholm bridge closes for good</title>",
         "<header><h1>Tarn Post</h1></header><h1>The old bridge of Tarnholm closes</h1>" PROSE,
         "The old bridge of Tarnholm closes"},
        /* A kicker of its own class; one that is declared with the headline; one in the same text.
         */
        {"<title>The old bridge closes for good</title>",
         "<h1><span class=kicker>Tarnholm</span> The old bridge closes for good</h1>" PROSE,
         "The old bridge closes for good"},
        {"<meta property=og:title content='Tarnholm: The old bridge closes for good'>",
         "<h1><span>Tarnholm</span><span>The old bridge closes for good</span></h1>" PROSE,
         "Tarnholm: The old bridge closes for good"},
        {"<meta property=og:title content='The old bridge closes for good'>",
         "<h1>Tarnholm: The old bridge closes for good</h1>" PROSE,
         "The old bridge closes for good"},
        /* A headline of a lower level, when it is what is declared. */
        {"<title>The old bridge closes for good - Tarn Post</title>",
         "<h1>News</h1><h2>The old bridge closes for good</h2>" PROSE,
         "The old bridge closes for good"},
        {"<title>Untold</title><script type=application/ld+json>{\"@type\":\"NewsArticle\","
         "\"headline\":\"Bridge &amp; road closed\"}</script>",
         "", "Bridge & road closed"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sst_article *a = read_at("https://tarnpost.example/x", cases[i].head, cases[i].body);
        if (!str_eq(a->title, str_of(cases[i].title)))
            fail_msg("case %zu: '%s'", i, a->title.p);
        page_free(a);
    }
}

/* ---- authors ----------------------------------------------------------------------------------
 */

static void test_authors(void **state)
{
    (void)state;
    static const struct {
        const char *head, *body, *authors;
    } cases[] = {
        {"<meta name=author content='By Ida Pell and Bo Lund, Tarn Post'>", "", "Ida Pell;Bo Lund"},
        {"", "<h1>Bridge to close</h1><p class=byline>Von Ida Pell und Bo Lund</p>" PROSE,
         "Ida Pell;Bo Lund"},
        {"", "<h1>Bridge to close</h1><p>Par Ida Pell, correspondante</p>" PROSE, "Ida Pell"},
        {"",
         "<h1>Bridge to close</h1><div class=author>Ida Pell - Jan 20, 2031 1:00 pm</div>" PROSE,
         "Ida Pell"},
        {"", "<h1>Bridge to close</h1><a rel=author href=/a>View all posts by Ida Pell</a>" PROSE,
         "Ida Pell"},
        {"<script type=application/ld+json>{\"@graph\":[{\"@type\":\"NewsArticle\",\"author\":"
         "{\"@id\":\"#p\"}},{\"@type\":\"Person\",\"@id\":\"#p\",\"name\":\"Ida Pell\"}]}</script>",
         "", "Ida Pell"},
        {"<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":{\"@type\":"
         "\"Person\",\"name\":[\"Ida Pell\",\"Bo Lund\"]}}</script>",
         "", "Ida Pell;Bo Lund"},
        /* The outlet is no author when a person is named; else better than nobody. */
        {"<meta property=og:site_name content='Tarn Post'><meta name=author content='Tarn Post'>",
         "<h1>Bridge to close</h1><p>By Ida Pell</p>" PROSE, "Ida Pell"},
        {"<meta property=og:site_name content='Tarn Post'><meta name=author content='Tarn Post'>",
         "<h1>Bridge to close</h1>" PROSE, "Tarn Post"},
        /* Offices, accounts, other stories' authors. */
        {"<meta name=author content='Ida Pell, Chief Reporter'>", "", "Ida Pell"},
        {"<meta name=author content='admin'>", "", ""},
        {"<meta name=author content='ipell'>",
         "<h1>Bridge to close</h1><p class=byline>By Ida Pell</p>" PROSE, "Ida Pell"},
        {"", "<h1>Bridge to close</h1>" PROSE "<aside><p class=byline>By Bo Lund</p></aside>", ""},
        {"", "<h1>Bridge to close</h1><p>By Monday the road was open.</p>" PROSE, ""},
        /* Buttons beside the author, and the report's own headline. */
        {"",
         "<h1>Bridge to close</h1><a rel=author href=/a>Ida Pell</a> "
         "<a rel=author href=/b>Print this article</a>" PROSE,
         "Ida Pell"},
        {"",
         "<h1>Bridge to close for a month</h1><p class=author><a href=/a>Ida Pell</a>, "
         "<a href=/x>Bridge to close for a month</a></p>" PROSE,
         "Ida Pell"},
        {"<meta name=author content='Jos\xC3\xA9 Ortega y Gasset'>", "",
         "Jos\xC3\xA9 Ortega y Gasset"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sst_article *a = read_at("https://tarnpost.example/x", cases[i].head, cases[i].body);
        char all[400] = "";
        for (uint32_t k = 0; k < a->author_n; k++)
            snprintf(all + strlen(all), sizeof all - strlen(all), "%s%.*s", k ? ";" : "",
                     (int)a->authors[k].n, a->authors[k].p);
        if (strcmp(all, cases[i].authors) != 0)
            fail_msg("case %zu: '%s'", i, all);
        page_free(a);
    }
}

/* ---- addresses, access, rights ----------------------------------------------------------------
 */

static void test_address(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"https://post.example/a?utm_source=x&id=7&fbclid=1#top", "https://post.example/a?id=7"},
        {"https://post.example/a?utm_medium=rss", "https://post.example/a"},
        {"https://post.example/a#!/7", "https://post.example/a#!/7"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sst_article *a = read_at(cases[i][0], "", PROSE);
        is(a->canonical, cases[i][1]);
        is(a->url, cases[i][0]);
        page_free(a);
    }
    sst_article *a =
        read_at("https://amp.post.example/a", "<link rel=canonical href=//post.example/a>", PROSE);
    is(a->canonical, "https://post.example/a");
    page_free(a);
    a = read_at("https://post.example/a", "<link rel=canonical href=/>", PROSE);
    is(a->canonical, "https://post.example/a");
    page_free(a);
    is(page_domain(STR("news.tarn.co.uk")), "tarn.co.uk");
    is(page_domain(STR("post.example")), "post.example");
}

static void test_access(void **state)
{
    (void)state;
    sst_article *a = read_at("", "", "<h1>Bridge to close</h1>" PROSE);
    assert_int_equal(a->access, ACCESS_FULL);
    is(a->access_why, "");
    page_free(a);
    a = read_at("", "",
                "<h1>Bridge to close</h1>" PROSE "<div>Subscribe to continue reading</div>");
    assert_int_equal(a->access, ACCESS_STUB);
    is(a->access_why, "paywall");
    page_free(a);
    a = read_at("",
                "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"wordCount\":900,"
                "\"isAccessibleForFree\":false}</script>",
                "<h1>Bridge to close</h1>" PROSE);
    assert_int_equal(a->access, ACCESS_STUB);
    is(a->access_why, "shorter than the page says");
    page_free(a);
    a = read_at("",
                "<meta name=robots content='index, noai, noimageai'>"
                "<meta name=tdm-reservation content=1><meta name=tdm-policy content=/p>",
                "<h1>Bridge to close</h1>" PROSE);
    assert_int_equal(a->right_n, 3);
    is(a->rights[0], "noai");
    is(a->rights[2], "tdm-reservation");
    is(a->rights_policy, "/p");
    page_free(a);
    a = read_at(
        "",
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"keywords\":\"bridge, "
        "roads\",\"articleSection\":\"Local\",\"alternativeHeadline\":\"Two piers are "
        "cracked\",\"correction\":{\"@type\":\"CorrectionComment\",\"text\":\"It was "
        "Monday.\"},}</script>",
        "<h1>Bridge to close</h1>" PROSE);
    assert_int_equal(a->tag_n, 2);
    is(a->tags[1], "roads");
    is(a->section, "Local");
    is(a->subtitle, "Two piers are cracked");
    assert_int_equal(a->correction_n, 1);
    is(a->corrections[0], "It was Monday.");
    page_free(a);
}

/* ---- which of several is meant ----------------------------------------------------------------
 */

#define LD_2019                                                                                    \
    "<title>The best lamps for long winter evenings</title><script type=application/ld+json>"      \
    "{\"@type\":\"NewsArticle\",\"headline\":\"The best lamps for long winter evenings\","         \
    "\"datePublished\":\"2019-03-05T08:00:00Z\",\"dateModified\":\"2023-11-14T09:30:00Z\"}</"      \
    "script>"
#define LAMPS "<h1>The best lamps for long winter evenings</h1>"

static void published(const char *head, const char *body, const char *date, const char *from)
{
    sst_article *a = read_at("https://tarn.example/news/lamps", head, body);
    is(a->published, date);
    is(a->published_from, from);
    page_free(a);
}

static void test_shown(void **state)
{
    (void)state;
    /* Published anew: readers are shown the new day, and the old one nowhere. */
    published(LD_2019, LAMPS "<div class=byline>By Ann Om | 14 November 2023</div>" PROSE,
              "2023-11-14", "text");
    /* Told to be a later version: the first stays. */
    published(LD_2019, LAMPS "<p class=date>Updated: 14 November 2023</p>" PROSE,
              "2019-03-05T08:00:00Z", "json-ld");
    /* Both are shown. */
    published(LD_2019, LAMPS "<p class=date>14 November 2023</p>" PROSE "<p>5 March 2019, 8:00</p>",
              "2019-03-05T08:00:00Z", "json-ld");
    /* Readers see "3 hours ago": a machine's date alone is no word against another. */
    published(LD_2019, LAMPS "<time datetime=2023-11-14T09:30:00Z>3 hours ago</time>" PROSE,
              "2019-03-05T08:00:00Z", "json-ld");
    /* Far below, it is another report's. */
    published(LD_2019,
              LAMPS PROSE PROSE PROSE PROSE PROSE "<div class=byline>By Bo Li | 14 November "
                                                  "2023</div>",
              "2019-03-05T08:00:00Z", "json-ld");
}

static void test_dates_apart(void **state)
{
    (void)state;
    /* Of two that look alike, the nearer to the headline. */
    published("<title>Bridge to close in spring</title>",
              "<p class=date>1 May 2023</p>" PROSE
              "<h1>Bridge to close in spring</h1><p class=date>5 May 2024</p>" PROSE,
              "2024-05-05", "text");
    /* Data for scripts may be of anything: a version that the page declares says more. */
    published("<meta property=article:modified_time content=2024-05-05>"
              "<script>x={\"publishedAt\":\"2012-06-24\"}</script>",
              "<h1>Bridge to close</h1>" PROSE, "2024-05-05", "meta article:modified_time");
    /* A label in bold belongs to its line. */
    sst_article *a = read_at(
        "", "", "<h1>Bridge to close</h1>" PROSE "<p><b>Updated on </b>17 January 2024.</p>");
    is(a->published_from, "text");
    assert_int_equal(a->date_n, 1);
    is(a->published, "2024-01-17");
    page_free(a);
    /* What programs write when they know no date. */
    published("<meta property=article:published_time content=1970-01-01T00:00:00Z>"
              "<meta name=datePublished content=0001-01-01T00:00:00>",
              "<h1>Bridge to close</h1><p class=date>5 May 2024</p>" PROSE, "2024-05-05", "text");
    published("<meta property=article:published_time content=2024-02-31>",
              "<h1>Bridge to close</h1>" PROSE "<p>&copy; 2019 Tarn Post</p>", "", "");
}

static void title(const char *head, const char *body, const char *want)
{
    sst_article *a = read_at("https://tarn.example/news/bridge", head, body);
    is(a->title, want);
    page_free(a);
}

static void test_crumb(void **state)
{
    (void)state;
    /* The first level is for search engines, the second is what readers see. */
    title("<title>Tarnholm bridge: closed for cracks - Tarn Post</title>"
          "<meta property=og:title content='Two piers too many cracks'>",
          "<nav>Home</nav><h1>Tarnholm bridge: closed for cracks</h1><h2><span>Repairs</span> "
          "<span>Two piers too many cracks</span></h2>" PROSE,
          "Two piers too many cracks");
    /* A subtitle that nothing declares stays one. */
    title("<title>Tarnholm bridge: closed for cracks - Tarn Post</title>"
          "<meta property=og:title content='Bridge closed'>",
          "<h1>Tarnholm bridge: closed for cracks</h1><h2>Two piers too many cracks</h2>" PROSE,
          "Tarnholm bridge: closed for cracks");
    /* No program is named as the article is. */
    title("<title>Bridge closed for its cracks</title><meta name=application-name "
          "content='Bridge closed for its cracks'>",
          "<h1>Bridge closed for its cracks</h1>" PROSE, "Bridge closed for its cracks");
    /* "Headline-Section|Outlet", the headline declared alone too. */
    title("<meta property=og:title content='Bridge closed for cracks-Politics'>"
          "<meta name=headline content='Bridge closed for cracks'>",
          "<p>x</p>" PROSE, "Bridge closed for cracks");
}

static void author(const char *head, const char *body, const char *want)
{
    sst_article *a = read_at("", head, body);
    assert_int_equal(a->author_n, want[0] ? 1 : 0);
    if (want[0])
        is(a->authors[0], want);
    page_free(a);
}

static void test_credits(void **state)
{
    (void)state;
    author("<meta name=author value='Ann Om'>", PROSE, "Ann Om");
    author("<meta name=author content='Om, Ann Lea'>", PROSE, "Ann Lea Om");
    author("", "<h1>Bridge to close</h1><a href=/author/ann-om>Ann Om</a>" PROSE, "Ann Om");
    author("", "<h1>Bridge to close</h1><a href=/author/>All authors</a>" PROSE, "");
    author("",
           "<h1>Bridge to close</h1><span class=byline>by Ann Om<i>22 Dec 2016</i></span>" PROSE,
           "Ann Om");
    author("",
           "<h1>Bridge to close</h1><div itemprop=author><meta itemprop=name content='Ann "
           "Om'></div>" PROSE,
           "Ann Om");
    author("", "<h1>Bridge to close</h1><span class=author>Ann Om(Tarnholm)</span>" PROSE,
           "Ann Om");
    author("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"x\","
           "\"author\":{\"@type\":\"Organization\",\"name\":\"Friends of the old "
           "bridge\"}}</script>",
           PROSE, "Friends of the old bridge");
}

/* What a page declares of itself is bounded: megabytes are no name, title, outlet or address. */
static void test_long(void **state)
{
    (void)state;
    enum { MOST = 4000, N = 200000 };
    static const char *const before[] = {"<meta name=author content=\"",
                                         "<meta property=og:site_name content=\"",
                                         "<meta name=keywords content=\"",
                                         "<meta property=article:section content=\"",
                                         "<link rel=canonical href=\"/",
                                         "<script type=application/ld+json>{\"@type\":"
                                         "\"NewsArticle\",\"alternativeHeadline\":\""};
    for (size_t k = 0; k < sizeof before / sizeof *before; k++) {
        char *page = malloc(N + 2000);
        assert_non_null(page);
        size_t n = (size_t)sprintf(page, "<title>Bridge to close</title>%s", before[k]);
        for (size_t i = 0; i < N; i += 5) /* letters of two bytes, so that a cut may part one */
            memcpy(page + n + i, "A\xC3\xA9\xC3\xA9", 5);
        n += N;
        n += (size_t)sprintf(page + n, "%s<h1>Bridge to close</h1>" PROSE,
                             strchr(before[k], '{') ? "\"}</script>" : "\">");
        sst_document d = {.kind = SST_KIND_HTML,
                          .source = STR("in"),
                          .id = STR("in"),
                          .url = STR("https://tarn.example/a"),
                          .body = {page, n}};
        sst_article *a = NULL;
        assert_int_equal(page_article(&d, &LIMITS, &a), SST_OK);
        const sst_str made[] = {a->outlet,
                                a->section,
                                a->canonical,
                                a->subtitle,
                                a->author_n ? a->authors[0] : a->title,
                                a->tag_n ? a->tags[0] : a->title};
        for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
            assert_true(made[i].n <= MOST);
            assert_true(utf8_check(made[i]) == made[i].n);
        }
        page_free(a);
        free(page);
    }
}

static void test_response_head(void **state)
{
    (void)state;
    sst_document d = {.kind = SST_KIND_HTML,
                      .source = STR("in"),
                      .id = STR("in"),
                      .url = STR("https://tarn.example/a?x=1"),
                      .http_head =
                          STR("HTTP/1.1 200 OK\r\nX-Robots-Tag: somebot: noai, noarchive\r\n"
                              "tdm-reservation: 1\r\nTDM-Policy: /policy.json\r\n"
                              "Content-Language: de\r\n"
                              "Link: <https://tarn.example/a>; rel=\"canonical\"\r\n\r\n"),
                      .body = STR("<h1>Bridge to close</h1>" PROSE)};
    sst_article *a = NULL;
    assert_int_equal(page_article(&d, &LIMITS, &a), SST_OK);
    assert_int_equal(a->right_n, 3);
    is(a->rights[0], "noai");
    is(a->rights[1], "noarchive");
    is(a->rights[2], "tdm-reservation");
    is(a->rights_policy, "/policy.json");
    is(a->canonical, "https://tarn.example/a");
    page_free(a);
}

/* ---- notes of correction ----------------------------------------------------------------------
 */

static void corrections(const char *head, const char *body, const char *first, const char *second)
{
    sst_article *a = read_at("https://tarn.example/news/bridge", head, body);
    assert_int_equal(a->correction_n, (*first != 0) + (*second != 0));
    if (*first)
        is(a->corrections[0], first);
    if (*second)
        is(a->corrections[1], second);
    page_free(a);
}

#define HEAD_EN "<title>Bridge to close</title>"
#define H1_EN "<article><h1>Bridge to close</h1>"
#define WRONG "An earlier version of this report gave the wrong year for the bridge."

static void test_corrections(void **state)
{
    (void)state;
    corrections(HEAD_EN, H1_EN PROSE "<p>Correction: It has two piers.</p></article>",
                "Correction: It has two piers.", "");
    corrections(HEAD_EN,
                H1_EN "<p>Correction, 5 May 2024: It has two piers.</p>" PROSE "</article>",
                "Correction, 5 May 2024: It has two piers.", "");
    /* A label alone names what stands behind it; one in bold runs into it. */
    corrections(HEAD_EN,
                H1_EN PROSE "<div class=note><h4>Corrections &amp; clarifications</h4><p>" WRONG
                            "</p></div></article>",
                WRONG, "");
    corrections(HEAD_EN, H1_EN PROSE "<p><b>Correction</b> " WRONG "</p></article>",
                "Correction " WRONG, "");
    /* A note of the editors is one of correction when it says so. */
    corrections(HEAD_EN, H1_EN PROSE "<p>Editor\xE2\x80\x99s note: " WRONG "</p></article>",
                "Editor\xE2\x80\x99s note: " WRONG, "");
    corrections(HEAD_EN,
                H1_EN PROSE "<p>Editor's note: Ann Om teaches in Tarnholm and builds boats.</p>"
                            "</article>",
                "", "");
    /* Two notes; one that the page's data give too. */
    corrections("<title>Bridge to close</title><script type=application/ld+json>"
                "{\"@type\":\"NewsArticle\",\"headline\":\"Bridge to close\",\"correction\":"
                "\"It has two piers.\"}</script>",
                H1_EN PROSE "<p>Correction: It has two piers.</p><p>Clarification: The county "
                            "pays.</p></article>",
                "It has two piers.", "Clarification: The county pays.");
    /* Words that begin as a label does; prose in the middle; comments of readers. */
    corrections(HEAD_EN,
                H1_EN PROSE "<p>Corrections officers at the county said: nobody was hurt.</p>"
                            "</article>",
                "", "");
    corrections(HEAD_EN,
                H1_EN PROSE PROSE PROSE
                "<p>Correction: that is how the mayor began.</p>" PROSE PROSE PROSE "</article>",
                "", "");
    corrections(HEAD_EN,
                H1_EN PROSE PROSE PROSE "<p>Correction: " WRONG "</p>" PROSE PROSE PROSE
                                        "</article>",
                "Correction: " WRONG, "");
    corrections(HEAD_EN,
                H1_EN PROSE
                "</article><div class=comments><p>Correction: I was there too.</p></div>",
                "", "");
}

#define PROSE_DE                                                                                   \
    "<p>Die Hafenstadt Tarnholm sperrt ihre alte Br\xC3\xBC"                                       \
    "cke im kommenden Fr\xC3\xBChjahr, sagte "                                                     \
    "die B\xC3\xBCrgermeisterin am Montag, nachdem Fachleute Risse in zwei Pfeilern gefunden "     \
    "hatten.</p><p>Die Br\xC3\xBC"                                                                 \
    "cke wurde 1911 gebaut und tr\xC3\xA4gt t\xC3\xA4glich rund 4000 "                             \
    "Autos, teilte der Kreis mit, der die neue bezahlen muss.</p>"
#define PROSE_FR                                                                                   \
    "<p>La ville portuaire de Tarnholm fermera son vieux pont au printemps prochain, a d\xC3\xA9"  \
    "clar\xC3\xA9 la maire lundi, apr\xC3\xA8s la d\xC3\xA9"                                       \
    "couverte de fissures dans deux piles.</p>"                                                    \
    "<p>Le pont a \xC3\xA9t\xC3\xA9 construit en 1911 et porte environ 4000 voitures par jour, "   \
    "selon "                                                                                       \
    "le d\xC3\xA9partement, qui doit payer le nouveau.</p>"

static void test_corrections_abroad(void **state)
{
    (void)state;
    corrections("<title>Alte Br\xC3\xBC"
                "cke gesperrt</title>",
                "<h1>Alte Br\xC3\xBC"
                "cke gesperrt</h1>" PROSE_DE "<p>Korrektur: Die Br\xC3\xBC"
                "cke hat zwei Pfeiler.</p>",
                "Korrektur: Die Br\xC3\xBC"
                "cke hat zwei Pfeiler.",
                "");
    corrections("<title>Alte Br\xC3\xBC"
                "cke gesperrt</title>",
                "<h1>Alte Br\xC3\xBC"
                "cke gesperrt</h1>" PROSE_DE
                "<p>Anmerkung der Redaktion: Das Baujahr war falsch angegeben.</p>",
                "Anmerkung der Redaktion: Das Baujahr war falsch angegeben.", "");
    corrections("<title>Alte Br\xC3\xBC"
                "cke gesperrt</title>",
                "<h1>Alte Br\xC3\xBC"
                "cke gesperrt</h1>" PROSE_DE
                "<p>Anmerkung der Redaktion: Der Autor lebt in Tarnholm.</p>",
                "", "");
    corrections("<title>Le vieux pont ferme</title>",
                "<h1>Le vieux pont ferme</h1>" PROSE_FR
                "<p>Rectificatif : le pont a deux piles et non trois.</p>",
                "Rectificatif : le pont a deux piles et non trois.", "");
    corrections("<title>El puente viejo cierra</title>",
                "<h1>El puente viejo cierra</h1>" PROSE "<h3>Fe de errores</h3>"
                "<p>El puente tiene dos pilares y no tres.</p>",
                "El puente tiene dos pilares y no tres.", "");
    /* Such a block of the text has that role. */
    sst_article *a = read_at("",
                             "<title>Alte Br\xC3\xBC"
                             "cke gesperrt</title>",
                             "<h1>Alte Br\xC3\xBC"
                             "cke gesperrt</h1>" PROSE_DE "<p>Korrektur: Die Br\xC3\xBC"
                             "cke hat zwei Pfeiler, nicht drei, wie es "
                             "hier stand.</p>");
    assert_true(a->block_n > 0);
    assert_int_equal(a->blocks[a->block_n - 1].role, ROLE_CORRECTION);
    page_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_find),
                                       cmocka_unit_test(test_published),
                                       cmocka_unit_test(test_fetched),
                                       cmocka_unit_test(test_title),
                                       cmocka_unit_test(test_authors),
                                       cmocka_unit_test(test_address),
                                       cmocka_unit_test(test_access),
                                       cmocka_unit_test(test_shown),
                                       cmocka_unit_test(test_dates_apart),
                                       cmocka_unit_test(test_crumb),
                                       cmocka_unit_test(test_credits),
                                       cmocka_unit_test(test_response_head),
                                       cmocka_unit_test(test_long),
                                       cmocka_unit_test(test_corrections),
                                       cmocka_unit_test(test_corrections_abroad)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
