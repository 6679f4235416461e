/* What a file is, by the beginning of its content. */
#include "read_inner.h"

enum {
    ROOT_WITHIN = 2048, /* bytes in which the root of a feed stands that something stands before */
    TAG_FEW = 3,        /* so many known tags in a text that begins with "<" make it a page */
    TAG_EVERY = 250 /* or one known tag in so many bytes (news pages have one in 20 to 60 bytes) */
};

static sst_str skip_space(sst_str s)
{
    if (str_starts(s, STR("\xEF\xBB\xBF"))) {
        s.p += 3;
        s.n -= 3;
    }
    while (s.n && byte_is_space((unsigned char)*s.p)) {
        s.p++;
        s.n--;
    }
    return s;
}

/* Name of the first element, past declarations, comments and the document type; empty when there is
 * none. */
static sst_str root_name(sst_str s, bool *html_doctype)
{
    *html_doctype = false;
    for (;;) {
        s = skip_space(s);
        if (s.n < 2 || s.p[0] != '<')
            return (sst_str){NULL, 0};
        const char *close = ">";
        if (s.p[1] == '?')
            close = "?>";
        else if (str_starts(s, STR("<!--")))
            close = "-->";
        else if (str_starts_nocase(s, STR("<!doctype"))) {
            sst_str name = skip_space((sst_str){s.p + 9, s.n - 9});
            *html_doctype |= str_starts_nocase(name, STR("html"));
            if (*html_doctype)
                return STR("html");
            const char *subset = memchr(s.p, '[', s.n), *plain = memchr(s.p, '>', s.n);
            if (subset && plain && subset < plain)
                close = "]>";
        } else if (s.p[1] != '!') {
            size_t n = 1;
            while (n < s.n && !byte_is_space((unsigned char)s.p[n]) && s.p[n] != '>' &&
                   s.p[n] != '/')
                n++;
            return (sst_str){s.p + 1, n - 1};
        }
        ptrdiff_t end = str_find(s, str_of(close));
        if (end < 0)
            return (sst_str){NULL, 0};
        s.p += (size_t)end + strlen(close);
        s.n -= (size_t)end + strlen(close);
    }
}

static size_t known_tags(sst_str s)
{
    static const char *const names[] = {
        "p",  "div", "span", "a",     "br",    "body",   "head",  "h1",      "h2",      "ul",
        "li", "img", "meta", "td",    "tr",    "b",      "i",     "em",      "article", "strong",
        "h3", "ol",  "link", "title", "table", "script", "style", "section", "html"};
    size_t found = 0;
    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.p[i] != '<')
            continue;
        size_t from = i + 1 + (s.p[i + 1] == '/'), n = 0;
        while (from + n < s.n && n < 10 &&
               (byte_is_alpha((unsigned char)s.p[from + n]) ||
                byte_is_digit((unsigned char)s.p[from + n])))
            n++;
        for (size_t k = 0; n && k < sizeof names / sizeof *names; k++)
            if (str_eq_nocase((sst_str){s.p + from, n}, str_of(names[k]))) {
                found++;
                break;
            }
    }
    return found;
}

/* Roots of feeds, and of lists that are taken for feeds: the reader of feeds says what they are. */
static bool is_feed_root(sst_str root)
{
    static const char *const names[] = {"rss",    "feed",         "rdf",  "channel",
                                        "urlset", "sitemapindex", "opml", "entry"};
    const char *colon = root.n ? memchr(root.p, ':', root.n) : NULL;
    if (colon) {
        size_t front = (size_t)(colon - root.p) + 1;
        root.p += front;
        root.n -= front;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(root, str_of(names[i])))
            return true;
    return false;
}

/* A feed behind something else: a warning of the program that made it, an element around it. */
static bool has_feed_root(sst_str s)
{
    if (s.n > ROOT_WITHIN)
        s.n = ROOT_WITHIN;
    ptrdiff_t at = str_find_nocase(s, STR("<rss"));
    if (at >= 0 && (size_t)at + 4 < s.n &&
        (byte_is_space((unsigned char)s.p[at + 4]) || s.p[at + 4] == '>'))
        return true;
    return str_find_nocase(s, STR("<rdf:RDF")) >= 0 ||
           ((at = str_find_nocase(s, STR("<feed "))) >= 0 &&
            str_find_nocase((sst_str){s.p + at, s.n - (size_t)at}, STR("w3.org/2005/Atom")) >= 0);
}

sst_kind read_kind(sst_str start)
{
    sst_str s = skip_space(start);
    if (s.n == 0)
        return SST_KIND_TEXT;
    if (read_archive_is(s))
        return SST_KIND_WARC;
    if (s.p[0] == '{' && str_find(s, STR("jsonfeed.org/version/")) >= 0)
        return SST_KIND_FEED;
    if (s.p[0] == '{' || s.p[0] == '[') {
        sst_str inner = skip_space((sst_str){s.p + 1, s.n - 1});
        if (s.p[0] == '{' && (inner.n == 0 || inner.p[0] == '"' || inner.p[0] == '}'))
            return SST_KIND_JSONL;
        if (s.p[0] == '[' && str_starts(inner, STR("{\"")))
            return SST_KIND_JSONL;
    }
    bool html_doctype;
    sst_str root = root_name(s, &html_doctype);
    if (str_eq_nocase(root, STR("html")) || str_eq_nocase(root, STR("head")) ||
        str_eq_nocase(root, STR("body")))
        return SST_KIND_HTML;
    if (is_feed_root(root) || (!html_doctype && has_feed_root(s)))
        return SST_KIND_FEED;
    size_t tags = known_tags(s);
    if ((s.p[0] == '<' && tags >= TAG_FEW) || (tags > TAG_FEW && tags * TAG_EVERY > s.n))
        return SST_KIND_HTML;
    return SST_KIND_TEXT;
}
