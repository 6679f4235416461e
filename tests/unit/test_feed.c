/* feeds: every form, broken ones, what is refused, pieces of any size, addresses, references. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_buf.h"
#include "base_str.h"
#include "read.h"
#include "read_feed.h"
#include "read_reference.h"
#include "read_url.h"
#include "read_xml.h"

typedef struct got {
    sst_errors errors;
    sst_arena arena;
    SST_VEC(sst_document) doc;
    sst_reader reader;
} got;

static sst_status take(void *user, const sst_document *d)
{
    got *g = user;
    sst_document *copy = vec_push(&g->arena, &g->doc);
    if (!copy)
        return SST_ERR_MEMORY;
    *copy = *d;
    sst_str *const fields[] = {&copy->source,   &copy->id,        &copy->url,  &copy->title,
                               &copy->outlet,   &copy->published, &copy->lang, &copy->author,
                               &copy->modified, &copy->body,      &copy->feed, &copy->outlet_url};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        *fields[i] = arena_str(&g->arena, *fields[i]);
    return SST_OK;
}

static int setup(void **state)
{
    got *g = test_calloc(1, sizeof *g);
    errors_init(&g->errors);
    arena_init(&g->arena, 0);
    g->reader = (sst_reader){
        .limits = {1u << 30, 1u << 16, 1000, 64}, .errors = &g->errors, .fn = take, .user = g};
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    got *g = *state;
    errors_release(&g->errors);
    arena_release(&g->arena);
    test_free(g);
    return 0;
}

static void is(sst_str s, const char *want)
{
    assert_int_equal(s.n, strlen(want));
    assert_memory_equal(s.n ? s.p : "", want, s.n);
}

static void has(sst_str s, const char *part)
{
    if (str_find(s, str_of(part)) < 0) {
        print_error("no \"%s\" in \"%.*s\"\n", part, (int)s.n, s.p);
        fail();
    }
}

/* Reads a feed whose kind is to be found. Returns the number of documents that it gave. */
static uint32_t feed(got *g, const char *text)
{
    uint32_t before = g->doc.n;
    assert_int_equal(read_bytes(&g->reader, STR("in"), str_of(text), SST_KIND_AUTO), SST_OK);
    return g->doc.n - before;
}

static const sst_document *one(got *g, const char *text)
{
    assert_int_equal(feed(g, text), 1);
    return &g->doc.v[g->doc.n - 1];
}

static const char *last_error(got *g)
{
    return g->errors.inputs.n ? g->errors.inputs.v[g->errors.inputs.n - 1].message.p : "";
}

static void test_rss(void **state)
{
    got *g = *state;
    const sst_document *d =
        one(g, "\n\n<?xml version='1.0'?>\n<rss version='2.0'><channel><title>Tarn Post</title>"
               "<link>http://t.example/</link><language>en_gb</language><item>"
               "<title>Caf&eacute; &lt;b&gt;shut&lt;/b&gt; &amp;amp; sold</title>"
               "<link>http://t.example/1?a=1&b=2</link><guid isPermaLink='false'>g1</guid>"
               "<author>ann@t.example (Ann Om)</author><dc:creator>Bo Lind</dc:creator>"
               "<pubDate>Mon, 19 Aug 2024 06:10:00 GMT</pubDate><dc:date>2024-08-20</dc:date>"
               "<description>short</description><media:title>no</media:title>"
               "<content:encoded><![CDATA[<p>Long <a href='/x'>text</a>.</p>]]></content:encoded>"
               "</item></channel></rss>");
    is(d->title, "Caf\xC3\xA9 shut & sold");
    is(d->url, "http://t.example/1?a=1&b=2");
    is(d->id, "g1");
    is(d->author, "Ann Om, Bo Lind");
    is(d->published, "Mon, 19 Aug 2024 06:10:00 GMT");
    is(d->modified, "2024-08-20");
    is(d->outlet, "Tarn Post");
    is(d->outlet_url, "http://t.example/");
    assert_int_equal(d->flags & (SST_DOC_SOURCED | SST_DOC_FEED_TITLE | SST_DOC_CONTENT),
                     SST_DOC_FEED_TITLE | SST_DOC_CONTENT);
    is(d->lang, "en-gb");
    is(d->body, "<p>Long <a href='/x'>text</a>.</p>");
    assert_int_equal(d->kind, SST_KIND_HTML);
    assert_int_equal(d->flags & SST_DOC_SUMMARY, 0);
    has(d->feed, "\"format\":\"rss20\"");
    has(d->feed, "\"email\":\"ann@t.example\"");
    has(d->feed, "\"summary\":\"short\"");
    assert_int_equal(g->errors.inputs.n, 0);
    /* A description is a summary; a guid is the address unless it says that it is not; a source is
     * the outlet. */
    d = one(g, "<rss><channel><title>All</title><item><title>a < b</title><guid>http://t.example/2"
               "</guid><description>5 &lt; 6</description><source url='http://o.example/'>Other"
               "</source></item></channel></rss>");
    is(d->title, "a < b");
    is(d->url, "http://t.example/2");
    is(d->outlet, "Other");
    is(d->outlet_url, "http://o.example/");
    assert_int_equal(d->flags & (SST_DOC_SOURCED | SST_DOC_FEED_TITLE), SST_DOC_SOURCED);
    is(d->body, "5 < 6");
    assert_int_equal(d->kind, SST_KIND_TEXT);
    assert_int_equal(d->flags & SST_DOC_SUMMARY, SST_DOC_SUMMARY);
}

/* An entry's own publisher goes before the feed's title; an Atom source has an address. */
static void test_outlets(void **state)
{
    got *g = *state;
    const sst_document *d =
        one(g, "<rss><channel><title>All</title><item><title>T</title><dc:publisher>Fell Herald"
               "</dc:publisher></item></channel></rss>");
    is(d->outlet, "Fell Herald");
    assert_int_equal(d->flags & (SST_DOC_SOURCED | SST_DOC_FEED_TITLE), 0);
    d = one(g, "<feed xmlns='http://www.w3.org/2005/Atom'><title>All</title><entry><title>T</title>"
               "<source><id>tag:o</id><title>Other</title><link href='http://o.example/'/></source>"
               "</entry></feed>");
    is(d->outlet, "Other");
    is(d->outlet_url, "http://o.example/");
    /* No name and no address: it names nobody. */
    d = one(g, "<rss><channel><title>All</title><item><title>T</title><source/></item></channel>"
               "</rss>");
    is(d->outlet, "All");
    assert_int_equal(d->flags & SST_DOC_SOURCED, 0);
}

static void test_rdf_and_cdf(void **state)
{
    got *g = *state;
    const sst_document *d =
        one(g, "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
               "xmlns='http://purl.org/rss/1.0/' xmlns:d='http://purl.org/dc/elements/1.1/'>"
               "<channel rdf:about='x'><title>R</title></channel>"
               "<item rdf:about='http://t.example/1'><title>One</title><d:date>2024-08-19</d:date>"
               "<d:title>other</d:title></item></rdf:RDF>");
    is(d->title, "One");
    is(d->id, "http://t.example/1");
    is(d->published, "2024-08-19");
    has(d->feed, "rss10");
    d = one(g, "<CHANNEL BASE='http://b.example/'><TITLE>C</TITLE><ITEM HREF='/1' "
               "LASTMOD='2024-08-19'><TITLE>I</TITLE><ABSTRACT>Rain.</ABSTRACT></ITEM></CHANNEL>");
    is(d->url, "http://b.example/1");
    is(d->body, "Rain.");
    is(d->outlet, "C");
}

static void test_atom(void **state)
{
    got *g = *state;
    const sst_document *d = one(
        g, "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xml:base='http://t.example/a/' "
           "xml:lang='en'><a:title>A</a:title><a:author><a:name>Ann Om</a:name></a:author>"
           "<a:entry><a:id>tag:1</a:id><a:title type='html'>&lt;i&gt;E&lt;/i&gt;</a:title>"
           "<a:link rel='edit' href='e'/><a:link href='../e'/><a:updated>2024-08-19</a:updated>"
           "<a:summary>s</a:summary><a:content type='xhtml' xml:base='b/' xml:lang='de'>"
           "<div xmlns='http://www.w3.org/1999/xhtml'><p class='x'>a &lt; <a href='c'>b</a><br/>"
           "</p></div></a:content></a:entry></a:feed>");
    is(d->title, "E");
    is(d->url, "http://t.example/e");
    is(d->author, "Ann Om");
    is(d->lang, "de");
    is(d->body, "<p class=\"x\">a &lt; <a href=\"http://t.example/a/b/c\">b</a><br /></p>");
    has(d->feed, "atom10");
    d = one(g, "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry>"
               "<title mode='escaped' type='text/html'>E &lt;b&gt;f&lt;/b&gt;</title>"
               "<content mode='base64' type='text/html'>PHA+UmFpbi48L3A+</content>"
               "<issued>2024-08-19</issued></entry></feed>");
    is(d->title, "E f");
    is(d->body, "<p>Rain.</p>");
    is(d->published, "2024-08-19");
    assert_int_equal(g->errors.inputs.n, 0);
}

static void test_json_feed(void **state)
{
    got *g = *state;
    assert_int_equal(
        feed(g, "{\n \"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"J\",\n"
                "\"home_page_url\": \"http://j.example/\", \"authors\": [{\"name\": \"Ann\"}],"
                "\"items\": [{\"id\": 7, \"url\": \"/1\", \"title\": \"T\", \"content_html\":"
                "\"<p><a href='x'>Rain</a></p>\", \"date_published\": \"2024-08-19T06:10:00Z\","
                "\"author\": {\"name\": \"Bo\"}}, 5, {\"id\": \"2\", \"summary\": \"Snow.\"}]}"),
        2);
    const sst_document *d = &g->doc.v[0];
    is(d->id, "7");
    is(d->url, "http://j.example/1");
    is(d->author, "Bo");
    is(d->outlet, "J");
    assert_int_equal(d->kind, SST_KIND_HTML);
    is(g->doc.v[1].body, "Snow.");
    assert_int_equal(g->doc.v[1].flags & SST_DOC_SUMMARY, SST_DOC_SUMMARY);
    has(str_of(last_error(g)), "item 2 is no object");
}

static void test_broken(void **state)
{
    got *g = *state;
    /* An end tag closes what is open inside; a stray one is passed over; the rest is read. */
    assert_int_equal(feed(g, "<rss><channel><item><title>a<description><p>b<br>c</description>"
                             "</item></x><item><title>A & B &bogus; C</title></item>"
                             "<item><title>cut"),
                     3);
    is(g->doc.v[0].title, "a b c"); /* what stood in it is markup */
    is(g->doc.v[1].title, "A & B &bogus; C");
    is(g->doc.v[2].title, "cut");
    assert_int_equal(g->errors.inputs.n, 1);
    has(str_of(last_error(g)), "broken xml at line 1");
    /* A warning of the program before the feed; attributes without quotes. */
    assert_int_equal(feed(g,
                          "<b>Warning</b>: mysql\n<?xml version='1.0'?><rss version=2.0><channel>"
                          "<item><title>One</title></item></channel></rss>"),
                     1);
    is(g->doc.v[3].title, "One");
    /* Control characters go, line ends are one. */
    assert_int_equal(
        feed(g, "<rss><item><description>a\x01\x02\r\nb\x0B</description></item></rss>"), 1);
    is(g->doc.v[4].body, "a\nb");
    /* Items do not nest: where the end tag of one is missing, the next one ends it. */
    assert_int_equal(feed(g, "<rss><channel><title>C</title><item><title>One</title>"
                             "<item><title>Two</title><item><title>Three</title></item>"
                             "<item><title>Four</title></item></channel></rss>"),
                     4);
    is(g->doc.v[5].title, "One");
    is(g->doc.v[6].title, "Two");
    is(g->doc.v[7].title, "Three");
    is(g->doc.v[8].title, "Four");
    is(g->doc.v[8].outlet, "C");
}

static void test_entities(void **state)
{
    got *g = *state;
    /* Plain ones are known; those that grow, and those outside, stay as they are written. */
    const sst_document *d =
        one(g, "<!DOCTYPE rss [<!-- it's --><!ENTITY host \"t.example\"><!ENTITY a \"aaaa\">"
               "<!ENTITY b \"&a;&a;\"><!ENTITY x SYSTEM 'file:///etc/hostname'>"
               "<!ENTITY % p SYSTEM 'http://t.example/p'>%p;]>"
               "<rss><item><title>&host; &b; &x; &rsquo;&#8217;&#x92;&#0;</title></item></rss>");
    is(d->title, "t.example &b; &x; \xE2\x80\x99\xE2\x80\x99\xE2\x80\x99\xEF\xBF\xBD");
    /* A bomb is a text of a few bytes. */
    sst_buf bomb;
    buf_init(&bomb, 0);
    buf_z(&bomb, "<!DOCTYPE rss [<!ENTITY l0 \"lol\">");
    for (int i = 1; i < 20; i++)
        buf_printf(&bomb, "<!ENTITY l%d \"&l%d;&l%d;&l%d;&l%d;\">", i, i - 1, i - 1, i - 1, i - 1);
    buf_z(&bomb, "]><rss><item><title>&l19;</title></item></rss>");
    buf_byte(&bomb, 0);
    d = one(g, bomb.p);
    is(d->title, "&l19;");
    buf_release(&bomb);
}

static void test_not_feeds(void **state)
{
    got *g = *state;
    static const char *const files[][2] = {
        {"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
         "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>http://t.example/"
         "</loc></url></urlset>",
         "sitemap"},
        {"<sitemapindex><sitemap><loc>x</loc></sitemap></sitemapindex>", "sitemap index"},
        {"<opml version='2.0'><body><outline xmlUrl='x'/></body></opml>", "OPML"},
        {"<rss><channel><title>T</title></channel></rss>", "without items"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_int_equal(feed(g, files[i][0]), 0);
        assert_int_equal(g->errors.inputs.n, i + 1);
        has(str_of(last_error(g)), files[i][1]);
    }
    assert_int_equal(read_bytes(&g->reader, STR("in"), STR("{\"a\":1}"), SST_KIND_FEED), SST_OK);
    has(str_of(last_error(g)), "not a JSON Feed");
    /* An item without anything; an item that is too large is passed over, the next one is read. */
    assert_int_equal(feed(g, "<rss><item><guid isPermaLink='false'>1</guid></item></rss>"), 0);
    has(str_of(last_error(g)), "neither title nor text nor link");
    sst_buf large;
    buf_init(&large, 0);
    buf_z(&large, "<rss><item><title>L</title><description>");
    for (int i = 0; i < 10000; i++)
        buf_z(&large, "long text ");
    buf_z(&large, "</description></item><item><title>S</title></item></rss>");
    buf_byte(&large, 0);
    is(one(g, large.p)->title, "S");
    buf_release(&large);
}

static void test_charsets(void **state)
{
    got *g = *state;
    is(one(g, "<?xml version='1.0' encoding='iso-8859-1'?><rss><item><title>caf\xE9</title></item>"
              "</rss>")
           ->title,
       "caf\xC3\xA9");
    is(one(g, "<?xml version='1.0' encoding='iso-8859-1'?><rss><item><title>caf\xC3\xA9</title>"
              "</item></rss>")
           ->title,
       "caf\xC3\xA9"); /* declared wrongly */
    assert_int_equal(g->errors.inputs.n, 0);
    is(one(g,
           "<?xml version='1.0' encoding='utf-8'?><rss><item><title>caf\xE9 au lait</title></item>"
           "</rss>")
           ->title,
       "caf\xC3\xA9 au lait");
    has(str_of(last_error(g)), "not valid utf-8");
    is(one(g, "\xEF\xBB\xBF<rss><item><title>mark</title></item></rss>")->title, "mark");
    static const char wide[] =
        "\xFF\xFE<\0r\0s\0s\0>\0<\0i\0t\0e\0m\0>\0<\0t\0i\0t\0l\0e\0>\0a\0<\0/\0"
        "t\0i\0t\0l\0e\0>\0<\0/\0i\0t\0e\0m\0>\0<\0/\0r\0s\0s\0>\0";
    uint32_t before = g->doc.n;
    assert_int_equal(
        read_bytes(&g->reader, STR("in"), (sst_str){wide, sizeof wide - 1}, SST_KIND_AUTO), SST_OK);
    assert_int_equal(g->doc.n, before + 1);
    is(g->doc.v[before].title, "a");
}

/* ------------------------------------------------------------------------------------ the
 * tokenizer
 */

typedef struct pieces {
    sst_str s;
    size_t step;
} pieces;

static sst_status piece(void *user, sst_buf *to, bool *end)
{
    pieces *p = user;
    size_t n = p->s.n < p->step ? p->s.n : p->step;
    buf_add(to, p->s.p, n);
    p->s.p += n;
    p->s.n -= n;
    *end = p->s.n == 0;
    return SST_OK;
}

/* Every event as text; neighbouring texts are one. */
static void events(const char *text, size_t step, sst_buf *out)
{
    pieces p = {str_of(text), step};
    read_xml x;
    read_xml_init(&x, piece, &p, 4, 1000);
    buf_clear(out);
    bool in_text = false;
    for (;;) {
        read_xml_event event = read_xml_next(&x);
        if (event == XML_DONE)
            break;
        if (event == XML_TEXT) {
            if (x.text.n && !in_text)
                buf_z(out, " '");
            in_text |= x.text.n > 0;
            buf_str(out, x.text);
            continue;
        }
        in_text = false;
        buf_printf(out, " %s%.*s@%u", event == XML_OPEN ? "+" : "-", (int)x.name.n, x.name.p,
                   x.depth);
        for (uint32_t i = 0; event == XML_OPEN && i < x.attr_n; i++)
            buf_printf(out, "[%.*s=%.*s]", (int)x.attr[i].name.n, x.attr[i].name.p,
                       (int)x.attr[i].value.n, x.attr[i].value.p);
    }
    assert_int_equal(x.failed, SST_OK);
    buf_byte(out, 0);
    read_xml_release(&x);
}

static void test_tokenizer(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"<a x='1' y=\"&lt;2\">b &amp; c<d/></a>", " +a@1[x=1][y=<2] 'b & c +d@2 -d@2 -a@1"},
        {"<a><![CDATA[<b>]]>]]&gt;</a>", " +a@1 '<b>]]> -a@1"},
        {"<a><!-- <b> -- --><?p <c> ?>t</a>", " +a@1 't -a@1"},
        {"<a x='1>t</a>", " +a@1[x=1] 't -a@1"},
        {"<a x=1 y>t</a>", " +a@1[x=1][y=] 't -a@1"},
        {"<a>1 < 2 <3 <b c</a>", " +a@1 '1 < 2 <3 <b c -a@1"},
        {"<a><b><c>t</b></a>", " +a@1 +b@2 +c@3 't -c@3 -b@2 -a@1"},
        {"<a></b>t</A>", " +a@1 't -a@1"},
        {"<a><b><c><d><e>t</e></d></c></b></a>",
         " +a@1 +b@2 +c@3 +d@4 't -d@4 -c@3 -b@2 -a@1"}, /* four deep at most */
        {"<a>cut", " +a@1 'cut -a@1"},
        {"<a><![CDATA[cut", " +a@1 'cut -a@1"},
        /* A section without its end stops where its element does, or the one around that: ... */
        {"<i><t><![CDATA[x</t><b><![CDATA[y]]></b></i>", " +i@1 +t@2 'x -t@2 +b@2 'y -b@2 -i@1"},
        {"<i><t><![CDATA[x</T ><b>y</b></i><c><![CDATA[z]]></c>",
         " +i@1 +t@2 'x -t@2 +b@2 'y -b@2 -i@1 +c@1 'z -c@1"},
        {"<i><t><![CDATA[x</i><i><t><![CDATA[y]]></t></i>",
         " +i@1 +t@2 'x -t@2 -i@1 +i@1 +t@2 'y -t@2 -i@1"},
        {"<i><t><![CDATA[x</t></i>", " +i@1 +t@2 'x -t@2 -i@1"},
        /* ... and keeps what is its text: quoted end tags, sections that are spoken of. */
        {"<i><t><![CDATA[x</t>y]]></t></i>", " +i@1 +t@2 'x</t>y -t@2 -i@1"},
        {"<i><t><![CDATA[x</t></tx>]]></t></i>", " +i@1 +t@2 'x</t></tx> -t@2 -i@1"},
        {"<i><t><![CDATA[<![CDATA[x]]></t></i>", " +i@1 +t@2 '<![CDATA[x -t@2 -i@1"},
        {"<a><!-- cut", " +a@1 -a@1"},
        {"<!DOCTYPE a [ <!ENTITY e 'x'> ]><a>&e;</a>", " +a@1 'x -a@1"},
        {"", ""},
        {"<", " '<"},
        {"<a", " '<a"},
        {"</", " '</"},
        {"<!", " '<!"},
    };
    sst_buf out;
    buf_init(&out, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t step = 1; step < 100; step = step < 8 ? step + 1 : step * 5) {
            events(cases[i][0], step, &out);
            assert_string_equal(out.p, cases[i][1]);
        }
    buf_release(&out);
}

static void test_addresses(void **state)
{
    (void)state;
    /* RFC 3986, 5.4. */
    static const char *const cases[][2] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
    };
    sst_arena arena;
    arena_init(&arena, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(read_url_join(&arena, STR("http://a/b/c/d;p?q"), str_of(cases[i][0])).p,
                            cases[i][1]);
    assert_string_equal(read_url_join(&arena, STR("http://a"), STR("g")).p, "http://a/g");
    assert_string_equal(read_url_join(&arena, STR(""), STR("g")).p, "g");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rss, setup, teardown),
        cmocka_unit_test_setup_teardown(test_outlets, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rdf_and_cdf, setup, teardown),
        cmocka_unit_test_setup_teardown(test_atom, setup, teardown),
        cmocka_unit_test_setup_teardown(test_json_feed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_broken, setup, teardown),
        cmocka_unit_test_setup_teardown(test_entities, setup, teardown),
        cmocka_unit_test_setup_teardown(test_not_feeds, setup, teardown),
        cmocka_unit_test_setup_teardown(test_charsets, setup, teardown),
        cmocka_unit_test(test_tokenizer),
        cmocka_unit_test(test_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
