/* page: roles of lines, blocks, dates, language, pages. All texts are invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base_buf.h"
#include "base_str.h"
#include "base_utf8.h"
#include "page_article.h"
#include "page_words.h"

static const sst_limits LIMITS = {1u << 30, 1u << 26, 1000, 512};

static sst_article *make(sst_kind kind, const char *body)
{
    sst_document d = {.kind = kind, .source = STR("in"), .id = STR("in"), .body = str_of(body)};
    sst_article *a = NULL;
    assert_int_equal(page_article(&d, &LIMITS, &a), SST_OK);
    assert_non_null(a);
    uint32_t at = 0;
    for (uint32_t i = 0; i < a->block_n; i++) {
        assert_true(a->blocks[i].at.begin >= at && a->blocks[i].at.end > a->blocks[i].at.begin);
        for (uint32_t k = at; k < a->blocks[i].at.begin; k++)
            assert_true(byte_is_space((unsigned char)a->text.p[k]) ||
                        (unsigned char)a->text.p[k] >= 0x80);
        at = a->blocks[i].at.end;
    }
    assert_true(at <= a->text.n);
    assert_int_equal(utf8_check(a->text), a->text.n);
    return a;
}

static void is(sst_str s, const char *z)
{
    if (!str_eq(s, str_of(z)))
        fail_msg("'%.*s' is not '%s'", (int)s.n, s.n ? s.p : "", z);
}

/* The role of the block that begins with these words. */
static const char *role(const sst_article *a, const char *begins)
{
    for (uint32_t i = 0; i < a->block_n; i++)
        if (str_starts(str_span(a->text, a->blocks[i].at), str_of(begins)))
            return page_role_name(a->blocks[i].role);
    return "no such block";
}

#define P1                                                                                         \
    "The harbour town of Tarnholm will close its old bridge next spring, the mayor said on "       \
    "Monday.\n"
#define P2                                                                                         \
    "\xE2\x80\x9CNobody will have to swim,\xE2\x80\x9D Mayor Ida Brandt told the council, which "  \
    "met late into the night.\n"
#define P3                                                                                         \
    "The bridge was built in 1911 and carries about 4,000 cars a day, according to the county.\n"
#define P4                                                                                         \
    "Traders on the eastern side fear that the works will cost them the summer, they told "        \
    "reporters.\n"

/* What a form to subscribe says, run into one line of several hundred bytes. */
static void test_newsletter(void **state)
{
    (void)state;
    sst_article *a = make(
        SST_KIND_TEXT, P1
        "\n" P2
        "\nNewsletter Sign Up Continue reading below Get the Tarnholm Tide by mail All that "
        "you need for the day, from the harbour and the hills, sent to your box from Monday "
        "through "
        "Friday before the first boat has left. Please verify you're not a robot by clicking the "
        "box. Invalid email address. Please enter it again. You must select a newsletter to "
        "subscribe to. Sign Up You agree to receive occasional updates and special offers of the "
        "Tide. Thank you for subscribing. An error has occurred. Please try again later.\n\n" P3
        "\n" P4);
    assert_string_equal(role(a, "Newsletter Sign Up"), "boilerplate");
    assert_string_equal(role(a, "The bridge was"), "body");
    page_free(a);
}

static void test_roles(void **state)
{
    (void)state;
    const char *text =
        "old-bridge-of-tarnholm-will-close.\n\nOld bridge of Tarnholm will close.\n\nBy Nils Aho "
        "and Mia Roe\n\nAdvertisement\n\n"
        "Two people walk on a bridge.\nThe old bridge of Tarnholm in May.Credit\xE2\x80\xA6Pool "
        "photo by Jon Vik\n\n" P1 "\n" P2 "\nThe long wait\n\n" P3
        "\nNobody will have to swim Mayor Ida Brandt told the council\n\n" P4
        "\nKai Berg contributed reporting.\n\nRead more:\n\nFerry to run at night\n\nWho owns the "
        "river?\n";
    sst_article *a = make(SST_KIND_TEXT, text);
    is(a->text, text);
    assert_string_equal(role(a, "old-bridge"), "boilerplate");
    assert_string_equal(role(a, "Old bridge"), "headline");
    assert_string_equal(role(a, "By Nils"), "byline");
    assert_string_equal(role(a, "Advert"), "boilerplate");
    assert_string_equal(role(a, "Two people"), "caption");
    assert_string_equal(role(a, "The old bridge"), "caption");
    assert_string_equal(role(a, "The harbour"), "body");
    assert_string_equal(role(a, "\xE2\x80\x9CNobody"), "body");
    assert_string_equal(role(a, "The long wait"), "subtitle");
    assert_string_equal(role(a, "The bridge was"), "body");
    assert_string_equal(role(a, "Nobody will"), "boilerplate");
    assert_string_equal(role(a, "Traders"), "body");
    assert_string_equal(role(a, "Kai Berg"), "byline");
    assert_string_equal(role(a, "Read more"), "boilerplate");
    assert_string_equal(role(a, "Ferry"), "boilerplate");
    assert_string_equal(role(a, "Who owns"), "boilerplate");
    is(a->title, "Old bridge of Tarnholm will close.");
    is(a->lang, "en");
    page_free(a);
}

static void test_captions(void **state)
{
    (void)state;
    static const char *const captions[] = {
        "Image copyright Ann Om Image caption The bridge seen from the quay",
        "Traffic on the bridge of Tarnholm on Monday. REUTERS/Jon Vik",
        "Workers look at the piers of the bridge, in Tarnholm, March 3 (Jon Vik/Getty Images)",
        "The piers of the bridge are cracked, engineers found. (Photo: Jon Vik)",
        "Bridge of Tarnholm 3 show all Bridge 1/3 The piers Jon Vik/AFP 2/3 The quay Ann Om 3/3 "
        "The mayor Ann Om",
        "EPA \xE2\x80\xA2 AFP Traders waited for hours outside the hall of the council",
        "File - In this Monday, March 3, 2014 file photo, cars cross the bridge of Tarnholm.",
        "Media playback is unsupported on your device Media caption The mayor speaks",
        "A drawing shows how the new bridge is going to look when it is done in 2030. Harbour "
        "Museum of Tarnholm",
    };
    for (size_t i = 0; i < sizeof captions / sizeof *captions; i++) {
        char text[1200];
        snprintf(text, sizeof text, P1 P2 "%s\n" P3 P4, captions[i]);
        sst_article *a = make(SST_KIND_TEXT, text);
        if (strcmp(role(a, captions[i]), "caption") != 0)
            fail_msg("%s is %s", captions[i], role(a, captions[i]));
        assert_string_equal(role(a, "Traders"), "body");
        page_free(a);
    }
}

static void test_body_stays(void **state)
{
    (void)state;
    static const char *const body[] = {
        "Shares in the ferry firm fell on the news, its owner told the Tarnholm Post (TP) and/or "
        "its website.",
        "\xE2\x80\x9CRead more books,\xE2\x80\x9D the mayor said when he was asked what else to do "
        "in the meantime.",
        "In a letter to the council, the mayor wrote:",
        "\"I am for it\"",
        "The mayor's office, which had promised an answer by Friday, did not comment,",
        "By the time the council met, most of the traders had gone home for the night.",
        "Photo albums of the bridge were sold out within hours at the town's only bookshop.",
        "Comments by the mayor were met with boos from the traders who had come to listen.",
        "Bloomberg, a trader who shares his name with the agency, said he would stay open.",
    };
    for (size_t i = 0; i < sizeof body / sizeof *body; i++) {
        char text[1200];
        snprintf(text, sizeof text, P1 P2 "%s\n" P3 P4, body[i]);
        sst_article *a = make(SST_KIND_TEXT, text);
        if (strcmp(role(a, body[i]), "body") != 0)
            fail_msg("%s is %s", body[i], role(a, body[i]));
        page_free(a);
    }
    /* A text of one long line is never set aside as a whole. */
    char line[900];
    snprintf(line, sizeof line, "Advertisement Continue reading the main story %.*s %.*s %.*s %.*s",
             (int)strlen(P1) - 1, P1, (int)strlen(P2) - 1, P2, (int)strlen(P3) - 1, P3,
             (int)strlen(P4) - 1, P4);
    sst_article *a = make(SST_KIND_TEXT, line);
    assert_int_equal(a->block_n, 1);
    assert_int_equal(a->blocks[0].role, ROLE_BODY);
    page_free(a);
}

static void test_wrapped(void **state)
{
    (void)state;
    sst_article *a = make(
        SST_KIND_TEXT,
        "The harbour town of Tarnholm will close its old bridge next\nspring, the mayor said on "
        "Monday, and open "
        "a ferry line in its\nplace until the new bridge is built by the county some years on.\n\n"
        "Traders on the eastern side fear that the works are going to\ncost them the summer, they "
        "told "
        "reporters who had come to the\nhall of the council for the meeting of the night.\n");
    assert_int_equal(a->block_n, 2);
    page_free(a);
    a = make(SST_KIND_TEXT, P1 P2 P3 P4);
    assert_int_equal(a->block_n, 4);
    page_free(a);
}

/* Many long lines without a full stop are captions by house style; a single one may have lost it.
 */
static void test_caption_style(void **state)
{
    (void)state;
#define C                                                                                          \
    "Traders stand on the eastern end of the old bridge and look at the barges below them in May "
    sst_article *b =
        make(SST_KIND_TEXT,
             "Old bridge of Tarnholm will close\nMonday, 3 March 2014, 1.30 p.m.\n" P1 P2 P3
             "Write to the desk at news@tarn.example\n");
    assert_string_equal(role(b, "Monday"), "dateline");
    assert_string_equal(role(b, "Write to"), "boilerplate");
    page_free(b);
    sst_article *a = make(SST_KIND_TEXT, P1 C "1\n" P2 C "2\n" P3 C "3\n" P4 C "4\n" P1 P2);
    for (uint32_t i = 0; i < a->block_n; i++)
        assert_int_equal(a->blocks[i].role, i < 8 && i % 2 ? ROLE_CAPTION : ROLE_BODY);
    page_free(a);
    a = make(SST_KIND_TEXT, P1 C "1\n" P2 P3 P4);
    assert_string_equal(role(a, "Traders stand"), "body");
    page_free(a);
}

/* Each phrase that a line may hold is found in it, in capitals too, and not as a part of a word. */
static void test_held(void **state)
{
    (void)state;
    assert_true(page_phrase_n > page_phrase_hold);
    for (unsigned k = page_phrase_hold; k < page_phrase_n; k++) {
        const page_phrase *f = &page_phrases[k];
        char line[128];
        for (int capitals = 0; capitals < 2; capitals++) {
            int n = snprintf(line, sizeof line, "Zzz %s zzz", f->text);
            assert_in_range(n, 1, sizeof line - 1);
            for (int i = 4; capitals && i < n; i++)
                line[i] = (char)(line[i] >= 'a' && line[i] <= 'z' ? line[i] - 32 : line[i]);
            assert_non_null(page_phrase_held(str_of(line)));
        }
        unsigned char first = (unsigned char)f->text[0];
        if (first >= 'a' && first <= 'z') {
            snprintf(line, sizeof line, "Zzz%s", f->text);
            line[3 + f->n] = 0;
            const page_phrase *held = page_phrase_held(str_of(line));
            assert_true(held != f);
        }
    }
    assert_null(page_phrase_held(STR("The ferry was at its berth on Tuesday.")));
}

static void test_agency(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"TARNHOLM (Reuters) - The mayor of the town said on Monday that the bridge would close.\n",
         "Reuters"},
        {"TARNHOLM, March 3 (NTB) \xE2\x80\x94 The mayor said on Monday that the bridge would "
         "close.\n",
         "NTB"},
        {"TARNHOLM (Newswire North) \xE2\x80\x93 The mayor said on Monday that the bridge would "
         "close.\n",
         "Newswire North"},
        {"TARNHOLM, March 3, 2024 /PRNewswire/ -- The harbour firm said that the bridge would "
         "close.\n",
         "PRNewswire"},
        {P1 P3 "Copyright 2024 The Associated Press. All rights reserved.\n",
         "The Associated Press"},
        {"The mayor (left) - who had come late - said that the bridge would close in the spring.\n",
         ""},
        {P1 P3 "Cars on the bridge. REUTERS/Jon Vik\n", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sst_article *a = make(SST_KIND_TEXT, cases[i][0]);
        is(a->agency, cases[i][1]);
        page_free(a);
    }
}

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        int64_t at;
    } cases[] = {{"1970-01-01", 0},
                 {"2024-08-19", 1724025600},
                 {"2024-08-19T06:10:00Z", 1724047800},
                 {"2024-08-19 CET", 1724025600},
                 {"2024-08-19T08:10:00+02:00", 1724047800},
                 {"2024-08-19T08:10:00.123+0200", 1724047800},
                 {"2024-08-19 06:10", 1724047800},
                 {"20240819T061000Z", 1724047800},
                 {"Mon, 19 Aug 2024 06:10:00 GMT", 1724047800},
                 {"19 Aug 24 02:10 EDT", 1724047800},
                 {"August 19, 2024 6:10 am", 1724047800},
                 {"2024-02-29", 1709164800},
                 {"2023-02-29", INT64_MIN},
                 {"2024-13-01", INT64_MIN},
                 {"soon", INT64_MIN},
                 {"", INT64_MIN}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (page_seconds(str_of(cases[i].s)) != cases[i].at)
            fail_msg("%s gives %lld", cases[i].s, (long long)page_seconds(str_of(cases[i].s)));
    sst_document d = {.kind = SST_KIND_TEXT,
                      .source = STR("in"),
                      .id = STR("in"),
                      .body = STR(P1),
                      .lang = STR("de"),
                      .published = STR("Mon, 19 Aug 2024 06:10:00 GMT"),
                      .author = STR("By Ann Om and Bo Li")};
    sst_article *a;
    assert_int_equal(page_article(&d, &LIMITS, &a), SST_OK);
    is(a->published, "2024-08-19T06:10:00Z");
    is(a->lang, "de");
    assert_int_equal(a->author_n, 2);
    is(a->authors[1], "Bo Li");
    assert_int_equal(a->date_n, 1);
    page_free(a);
}

/* What a feed says of the outlet, and of what it gives as the report. */
static void test_from_feed(void **state)
{
    (void)state;
    static const struct {
        const char *site, *url, *body;
        uint32_t flags;
        const char *outlet, *outlet_url, *why;
        sst_access access;
    } cases[] = {
        {"https://www.tarn.example/", "https://news.tarn.example/1", "<p>Rain.</p>",
         SST_DOC_FEED_TITLE | SST_DOC_CONTENT, "Tarn", "", "", ACCESS_FULL},
        {"https://www.tarn.example/", "https://fell.example/1",
         "<p>Rain on the fell\xE2\x80\xA6</p>", SST_DOC_FEED_TITLE | SST_DOC_CONTENT,
         "fell.example", "", "cut short", ACCESS_STUB},
        {"", "https://fell.example/1", "<p>Rain on [...]</p>", SST_DOC_FEED_TITLE | SST_DOC_CONTENT,
         "Tarn", "", "cut short", ACCESS_STUB},
        {"https://tarn.example/rss", "https://digest.example/1", "<p>Rain.</p>",
         SST_DOC_SOURCED | SST_DOC_SUMMARY, "Tarn", "https://tarn.example/rss", "short",
         ACCESS_STUB},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int html = 0; html < 2; html++) {
            sst_str body = str_of(cases[i].body);
            if (!html) /* without the paragraph's tags */
                body = (sst_str){body.p + 3, body.n - 7};
            sst_document d = {.kind = html ? SST_KIND_HTML : SST_KIND_TEXT,
                              .source = STR("in"),
                              .outlet = STR("Tarn"),
                              .outlet_url = str_of(cases[i].site),
                              .url = str_of(cases[i].url),
                              .flags = cases[i].flags,
                              .body = body};
            sst_article *a;
            assert_int_equal(page_article(&d, &LIMITS, &a), SST_OK);
            is(a->outlet, cases[i].outlet);
            is(a->outlet_url, cases[i].outlet_url);
            assert_int_equal(a->access, cases[i].access);
            if (html || cases[i].access == ACCESS_FULL)
                is(a->access_why, cases[i].why);
            page_free(a);
        }
}

static void test_lang(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {P1 P3, "en"},
        {"Die alte Br\xC3\xBC"
         "cke von Tarnholm wird im n\xC3\xA4"
         "chsten Jahr nicht mehr f\xC3\xBCr den Verkehr ge\xC3\xB6"
         "ffnet sein, und das ist auch gut so.",
         "de"},
        {"Le vieux pont de la ville sera ferm\xC3\xA9 au printemps, a dit le maire dans une lettre "
         "aux habitants et il ne sera pas rouvert.",
         "fr"},
        {"\xD0\x9C\xD0\xBE\xD1\x81\xD1\x82 \xD1\x87\xD0\xB5\xD1\x80\xD0\xB5\xD0\xB7 "
         "\xD1\x80\xD0\xB5\xD0\xBA\xD1\x83 "
         "\xD0\xB7\xD0\xB0\xD0\xBA\xD1\x80\xD0\xBE\xD1\x8E\xD1\x82 "
         "\xD0\xB2\xD0\xB5\xD1\x81\xD0\xBD\xD0\xBE\xD0\xB9",
         "ru"},
        /* A foreign quotation in it changes nothing. */
        {P1 P3 "\xE2\x80\x9CLe vieux pont de la ville sera ferm\xC3\xA9.\xE2\x80\x9D\n" P2, "en"},
        /* A character that is not for interchange: what stands before it tells. */
        {P1 P3 "\xEF\xBF\xBE" P2, "en"},
        {"\xEF\xBF\xBE", ""},
        /* Names of another language than the words between them. */
        {"Tarn Malaysia rose 18 sen to RM23.50, Hamra Technologies added 15 sen to RM2.70, Boleh "
         "climbed 11 sen to RM2.50 and Kedah gained 10 sen to RM1.80.",
         ""},
        {"x9 y7 z5", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sst_article *a = make(SST_KIND_TEXT, cases[i][0]);
        is(a->lang, cases[i][1]);
        is(a->lang_declared, "");
        page_free(a);
    }
    /* A long text is asked at its beginning and end: what goes on in another language is not what
     * it begins with. */
    char text[8192] = "";
    while (strlen(text) < 640)
        strcat(text, P1 " " P2 " " P3 " ");
    size_t begun = strlen(text);
    for (int i = 0; strlen(text) < 3 * begun; i++) {
        static const char *const german[] = {
            "Die alte Steinbogenbr\xC3\xBC\x63ke am Hafen bleibt bis zum Herbst gesperrt, weil die "
            "Pfeiler nach dem Hochwasser neu gegr\xC3\xBCndet werden. ",
            "Der Stadtrat will am Donnerstag \xC3\xBC\x62\x65r die Kosten beraten, die nach einer "
            "ersten Sch\xC3\xA4tzung bei vier Millionen liegen. ",
            "Anwohner klagen seit Wochen \xC3\xBC\x62\x65r lange Umwege, und viele Kinder kommen "
            "zu sp\xC3\xA4t in die Schule auf der anderen Seite. ",
            "Ob die F\xC3\xA4hre l\xC3\xA4nger fahren darf, soll noch in diesem Monat entschieden "
            "werden, sagte die Sprecherin der Verwaltung. "};
        strcat(text, german[i % 4]);
    }
    sst_article *turned = make(SST_KIND_TEXT, text);
    is(turned->lang, "de");
    page_free(turned);
    text[begun] = 0;
    while (strlen(text) < 3 * begun)
        strcat(text, P2 " " P3 " ");
    turned = make(SST_KIND_TEXT, text);
    is(turned->lang, "en");
    page_free(turned);
    /* Declared, in front of English text: kept when it fits, when the text is short, when it is
     * written another way; refuted by much text of another language. */
    static const struct {
        const char *declared, *text, *lang, *kept;
    } told[] = {{"en-GB", P1 P2 P3, "en-GB", ""},
                {"eng", P1 P2 P3, "en", ""},
                {"en_US", P1 P2 P3, "en_US", ""},
                {"english", P1 P2 P3, "en", ""},
                {"de", P1, "de", ""},
                {"deu-AT", P1 P2 P3, "en", "de-AT"},
                {"xq", P1 P2 P3, "en", "xq"},
                {"fr", "", "fr", ""}};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        sst_document d = {.kind = SST_KIND_TEXT,
                          .source = STR("in"),
                          .body = str_of(told[i].text),
                          .lang = str_of(told[i].declared)};
        sst_article *a;
        assert_int_equal(page_article(&d, &LIMITS, &a), SST_OK);
        is(a->lang, told[i].lang);
        is(a->lang_declared, told[i].kept);
        page_free(a);
    }
    /* Without a text the title tells; Bosnian, Croatian and Serbian are not held against each
     * other. */
    sst_document d = {.kind = SST_KIND_TEXT,
                      .source = STR("in"),
                      .title = STR("Die alte Br\xC3\xBC"
                                   "cke wird nach dem Winter wieder ge\xC3\xB6"
                                   "ffnet, sagt die Stadt")};
    sst_article *a;
    assert_int_equal(page_article(&d, &LIMITS, &a), SST_OK);
    is(a->lang, "de");
    page_free(a);
    d.title = STR("");
    d.lang = STR("bs");
    d.body = STR("Stari most preko rijeke bit \xC4\x87"
                 "e zatvoren od sljede\xC4\x87"
                 "eg prolje\xC4\x87"
                 "a, rekla je gradona\xC4\x8D"
                 "elnica u ponedjeljak. Most je izgra\xC4\x91"
                 "en 1911. godine i njime dnevno prolazi oko \xC4\x8D"
                 "etiri tisu\xC4\x87"
                 "e automobila, a popravak \xC4\x87"
                 "e trajati najmanje dvije godine i ko\xC5\xA1tati vi\xC5\xA1"
                 "e nego \xC5\xA1to je bilo planirano.");
    assert_int_equal(page_article(&d, &LIMITS, &a), SST_OK);
    is(a->lang, "bs");
    is(a->lang_declared, "");
    page_free(a);
}

static void test_html(void **state)
{
    (void)state;
    const char *page =
        "<!doctype html><html lang=en-GB><head><meta charset=utf-8><title>Old bridge to close | "
        "Tarn Post</title>"
        "<meta property='og:site_name' content='Tarn Post'><link rel=canonical "
        "href='https://tarn.example/2024/bridge'>"
        "<script "
        "type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"Old "
        "bridge to close\","
        "\"datePublished\":\"2024-08-19T06:10:00Z\",\"dateModified\":\"2024-08-20\",\"author\":[{"
        "\"name\":\"Ann Om\"}]}]}</script>"
        "</head><body><nav><ul><li><a href=/>Home</a><li><a href=/n>News of the town and the "
        "county</a></ul></nav>"
        "<div class='cookie-banner'><p>We value your privacy and use small files to follow you "
        "wherever you go, all the time.</p></div>"
        "<article><h1>Old bridge to&nbsp;close</h1><p class=byline>By Ann Om</p><p>" P1
        "</p><figure><img src=x><figcaption>The bridge "
        "in May</figcaption></figure><div class='related-links'><p><a href=/x>Ferry to run at "
        "night, the county says in a note</a></p></div>"
        "<p>" P2 "</p><h2>The long <b>wait</b></h2><p>" P3 "</p><p style='display:none'>" P4
        "</p><p>" P4 "</p></article>"
        "<footer><p>Tarn Post, Quay 1, Tarnholm. All rights are reserved, as they have always been "
        "by us.</p></footer></body></html>";
    sst_article *a = make(SST_KIND_HTML, page);
    is(a->title, "Old bridge to close");
    is(a->outlet, "Tarn Post");
    is(a->url, "https://tarn.example/2024/bridge");
    is(a->published, "2024-08-19T06:10:00Z");
    is(a->modified, "2024-08-20");
    is(a->lang, "en-GB");
    assert_int_equal(a->author_n, 1);
    is(a->authors[0], "Ann Om");
    is(a->error, "");
    is(a->text,
       P1 P2 "The long wait\n" P3
             "Traders on the eastern side fear that the works will cost them the summer, they "
             "told reporters.");
    assert_string_equal(role(a, "The long wait"), "subtitle");
    assert_string_equal(role(a, "Traders"), "body");
    page_free(a);
}

/* Prose in the cells of a table; the heading stands in front of the element that holds the text. */
static void test_html_table(void **state)
{
    (void)state;
    sst_article *a = make(
        SST_KIND_HTML,
        "<html><title>Old bridge to close</title><body><h1>Old bridge to close</h1><p class=share>"
        "Send it</p><div class=pic-cap>The bridge in May</div><table><tr><td><p>" P1 "<p>" P2
        "<p>" P3 "<td>x</table></body></html>");
    is(a->text, P1 P2
       "The bridge was built in 1911 and carries about 4,000 cars a day, according to the county.");
    assert_string_equal(role(a, "The harbour"), "body");
    page_free(a);
}

static void test_html_odd(void **state)
{
    (void)state;
    sst_article *a =
        make(SST_KIND_HTML, "<html><head><meta charset='iso-8859-1'></head><body><p>caf\xE9 "
                            "\x93quoted\x94 by the mayor of the town</p>");
    is(a->text, "caf\xC3\xA9 \xE2\x80\x9Cquoted\xE2\x80\x9D by the mayor of the town");
    is(a->charset_declared, "windows-1252");
    is(a->charset_used, "windows-1252");
    page_free(a);
    a = make(SST_KIND_HTML, "<html><head><meta charset='iso-8859-1'></head><body><p>caf\xC3\xA9 "
                            "by the harbour of the town is open again</p>");
    is(a->text, "caf\xC3\xA9 by the harbour of the town is open again");
    is(a->charset_declared, "windows-1252");
    is(a->charset_used, "utf-8");
    page_free(a);
    a = make(SST_KIND_HTML, "<html><body><nav><a href=x>Home</a></nav></body></html>");
    assert_int_equal(a->block_n, 0);
    assert_true(a->error.n > 0);
    page_free(a);
    sst_buf b;
    buf_init(&b, 0);
    for (int i = 0; i < 200000; i++)
        buf_z(&b, "<div>");
    buf_byte(&b, 0);
    a = make(SST_KIND_HTML, b.p);
    assert_true(str_find(a->error, STR("nested deeper than 512")) >= 0);
    page_free(a);
    buf_clear(&b);
    buf_z(&b, "<p>The first paragraph of it is read before all of these others are.</p>");
    for (int i = 0; i < 100000; i++)
        buf_z(&b, "<p>x");
    buf_byte(&b, 0);
    a = make(SST_KIND_HTML, b.p);
    assert_true(str_find(a->error, STR("more elements and texts than its length allows")) >= 0);
    assert_true(str_find(a->text, STR("The first paragraph of it is read")) >= 0);
    page_free(a);
    atomic_int stop = 1;
    sst_document d = {.kind = SST_KIND_HTML, .source = STR("x"), .body = {b.p, b.n - 1}};
    assert_int_equal(page_article_until(&d, &LIMITS, &stop, &a), SST_ERR_STOPPED);
    assert_null(a);
    buf_release(&b);
    a = make(SST_KIND_TEXT, "");
    assert_true(a->error.n > 0);
    page_free(a);
}

/* Pages that hold no article say why; a short report among as many links is not refused. */
static void test_no_article(void **state)
{
    (void)state;
    static const char *const none[][2] = {
        {"<title>Page not found - Tarn Post</title><h1>Page not found</h1><p>The page you asked "
         "for "
         "has been moved or never was. Please try the search, or write to the desk.</p>",
         "not there"},
        {"<title>Seite nicht gefunden</title><h1>404</h1><p>Diese Seite gibt es leider nicht mehr, "
         "bitte kehren Sie zur Startseite zurück.</p>",
         "not there"},
        {"<title>Log in | Tarn Post</title><form><p>Read every report of the valley with your "
         "account.</p><input type=email><input type=password></form>",
         "log in"},
    };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        sst_article *a = make(SST_KIND_HTML, none[i][0]);
        if (str_find(a->error, STR("no article in it")) < 0 ||
            str_find(a->error, str_of(none[i][1])) < 0)
            fail_msg("%s gives '%.*s'", none[i][0], (int)a->error.n, a->error.p);
        assert_int_equal(a->text.n, 0);
        page_free(a);
    }
    sst_buf b;
    for (int report = 0; report < 2; report++) {
        buf_init(&b, 0);
        buf_z(&b, "<title>Tarn Post: news of the valley</title><body>");
        if (report)
            buf_z(&b, "<article><h1>Tarn Post: news of the valley</h1><p>" P1 "<p>" P2 "<p>" P3
                      "<p>" P1 "<p>" P3 "</article>");
        for (int i = 0; i < 40; i++)
            buf_printf(&b,
                       "<div class=teaser><h2><a href=/%d>Council talks about bridge number "
                       "%d again</a></h2><p>It took hours.</p></div>",
                       i, i);
        buf_byte(&b, 0);
        sst_article *a = make(SST_KIND_HTML, b.p);
        if (report) {
            assert_int_equal(a->error.n, 0);
            assert_true(a->text.n > 300);
            assert_true(str_find(a->text, STR("Council talks about bridge")) < 0);
        } else
            assert_true(str_find(a->error, STR("a list of links")) >= 0);
        page_free(a);
        buf_release(&b);
    }
    /* A report about such a page is a report. */
    static const char *const told =
        "<title>Page not found: how the county lost its website</title><article><h1>Page not "
        "found: "
        "how the county lost its website</h1><p>" P1 "<p>" P2 "<p>" P3 "<p>" P4 "</article>";
    sst_article *a = make(SST_KIND_HTML, told);
    assert_true(str_find(a->text, STR("Traders")) >= 0);
    page_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_newsletter), cmocka_unit_test(test_roles),
        cmocka_unit_test(test_captions),   cmocka_unit_test(test_caption_style),
        cmocka_unit_test(test_body_stays), cmocka_unit_test(test_wrapped),
        cmocka_unit_test(test_held),       cmocka_unit_test(test_agency),
        cmocka_unit_test(test_dates),      cmocka_unit_test(test_lang),
        cmocka_unit_test(test_from_feed),  cmocka_unit_test(test_html),
        cmocka_unit_test(test_html_table), cmocka_unit_test(test_html_odd),
        cmocka_unit_test(test_no_article),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
