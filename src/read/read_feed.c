/*
 * Feeds: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, CDF, JSON Feed. In: a source; out: one document an
 * entry, as soon as its end was read. Parts in order: the charset; what the file is; the reading.
 *
 *   source -> UTF-8 in pieces -> read_xml -> read_feed_item -> documents
 *
 * Memory is bounded by the largest entry (limits.article_bytes). A feed that is not UTF-8, or is
 * JSON, is held whole, up to the same limit.
 */
#include "base_alloc.h"
#include "base_utf8.h"
#include "read_charset.h"
#include "read_feed_inner.h"

#include <stdio.h>

/* -------------------------------------------------------------------------------------- charset */

/* encoding="..." of the XML declaration. */
static sst_str declared_encoding(sst_str s)
{
    if (s.n > 1024)
        s.n = 1024;
    ptrdiff_t at = str_find(s, STR("<?xml")), end = str_find(s, STR("?>"));
    if (at < 0 || end < at)
        return (sst_str){NULL, 0};
    s = (sst_str){s.p + at, (size_t)(end - at)};
    at = str_find_nocase(s, STR("encoding"));
    if (at < 0)
        return (sst_str){NULL, 0};
    size_t i = (size_t)at + 8;
    while (i < s.n && (byte_is_space((unsigned char)s.p[i]) || strchr("='\"", s.p[i])))
        i++;
    size_t n = i;
    while (n < s.n && !byte_is_space((unsigned char)s.p[n]) && !strchr("='\"?", s.p[n]))
        n++;
    return (sst_str){s.p + i, n - i};
}

/* Bytes at the end of s that begin a character which the next piece ends. */
static size_t cut_character(sst_str s)
{
    for (size_t n = 1; n <= 3 && n <= s.n; n++) {
        unsigned char c = (unsigned char)s.p[s.n - n];
        if ((c & 0xC0) == 0x80)
            continue;
        size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
        return length > n ? n : 0;
    }
    return 0;
}

static bool is_utf8_name(sst_str s)
{
    return !s.n || str_eq_nocase(s, STR("utf-8")) || str_eq_nocase(s, STR("utf8")) ||
           str_eq_nocase(s, STR("us-ascii")) || str_eq_nocase(s, STR("ascii"));
}

/* The whole feed -> f->decoded, in UTF-8. */
static void decode(feed *f, sst_str bytes, sst_str declared)
{
    size_t mark_n = 0;
    read_unicode form = read_unicode_mark(bytes, &mark_n);
    sst_str s = {bytes.p + mark_n, bytes.n - mark_n};
    if (form == UNICODE_NONE)
        form = read_unicode_guess(s);
    if (form > UNICODE_8) {
        (void)read_unicode_decode(form, s, &f->decoded);
        return;
    }
    size_t bad = utf8_check(s);
    if (bad == s.n) { /* whatever is declared */
        buf_str(&f->decoded, s);
        return;
    }
    char name[40] = "";
    if (!is_utf8_name(declared) && declared.n < sizeof name) {
        snprintf(name, sizeof name, "%.*s", (int)declared.n, declared.p);
        if (read_charset_decode(name, s, &f->decoded))
            return;
        buf_clear(&f->decoded);
    }
    char guess[32];
    read_charset_guess(s, guess);
    if (strcmp(guess, "utf-8") == 0 || !read_charset_decode(guess, s, &f->decoded)) {
        buf_clear(&f->decoded);
        read_charset_mend(s, &f->decoded);
    }
    errors_input(
        f->r->errors, f->name, bad,
        "a feed that is not valid utf-8 and declares %s%.*s: the first bad byte is at %zu; "
        "read as %s",
        declared.n ? "" : "no charset", declared.n < 40 ? (int)declared.n : 0, declared.p, bad,
        guess);
}

/* For read_xml: more UTF-8. */
static sst_status fill(void *user, sst_buf *to, bool *end)
{
    feed *f = user;
    if (read_stopped(f->r))
        return SST_ERR_STOPPED;
    if (f->is_decoded) {
        *end = true;
        if (!f->decoded.n)
            return SST_OK;
        buf_add(to, f->decoded.p + f->given,
                f->decoded.n - f->given < READ_START ? f->decoded.n - (size_t)f->given
                                                     : (size_t)READ_START);
        f->given += READ_START;
        *end = f->given >= f->decoded.n;
        return SST_OK;
    }
    /* decoded holds what is to be looked at: the start, then piece after piece. */
    sst_buf *raw = &f->decoded;
    if (f->decoded_given)
        read_source_fill(f->source, raw, raw->n + READ_START);
    f->decoded_given = true;
    if (raw->failed || f->source->failed == SST_ERR_MEMORY)
        return SST_ERR_MEMORY;
    *end = f->source->end || f->source->failed;
    sst_str s = {raw->p, raw->n};
    size_t tail = *end ? 0 : cut_character(s);
    s.n -= tail;
    size_t bad = s.n ? utf8_check(s) : 0;
    if (bad < s.n) {
        if (!f->mended)
            f->mended_at = f->given + bad;
        f->mended = true;
        read_charset_mend(s, to);
    } else
        buf_str(to, s);
    f->given += s.n;
    if (tail)
        memmove(raw->p, raw->p + s.n, tail);
    raw->n = tail;
    return SST_OK;
}

/* ---------------------------------------------------------------------------------- what it is */

static const char *format_of(const feed *f)
{
    const read_xml *x = &f->x;
    sst_str root = x->name, version = str_trim(read_xml_value(x, "", "version"));
    static const struct {
        const char *version, *format;
    } rss[] = {{"0.90", "rss090"}, {"0.91", "rss091"}, {"0.92", "rss092"},
               {"0.93", "rss093"}, {"0.94", "rss094"}, {"1.0", "rss10"}};
    if (str_eq_nocase(root, STR("rss"))) {
        for (size_t i = 0; i < sizeof rss / sizeof *rss; i++)
            if (str_eq(version, str_of(rss[i].version)))
                return rss[i].format;
        return str_starts(version, STR("2")) ? "rss20" : "rss";
    }
    if (str_eq_nocase(root, STR("rdf"))) {
        for (uint32_t i = 0; i < x->attr_n; i++)
            if (str_find_nocase(x->attr[i].value, STR("netscape.com/rdf/simple/0.9")) >= 0)
                return "rss090";
        return "rss10";
    }
    if (str_eq_nocase(root, STR("feed")) || str_eq_nocase(root, STR("entry")))
        return str_find_nocase(x->uri, STR("purl.org/atom/ns#")) >= 0 || str_eq(version, STR("0.3"))
                   ? "atom03"
               : str_eq(version, STR("0.1")) || str_eq(version, STR("0.2")) ? "atom03"
                                                                            : "atom10";
    return str_eq_nocase(root, STR("channel")) ? "cdf" : "rss";
}

/* Files that are like feeds and hold no reports: false, and an error row. */
static bool is_feed(feed *f)
{
    static const struct {
        const char *root, *what;
    } others[] = {
        {"urlset", "a sitemap is a list of addresses, not a feed with articles: give the pages"},
        {"sitemapindex",
         "a sitemap index is a list of sitemaps, not a feed with articles: give the "
         "pages"},
        {"opml", "an OPML file is a list of feeds, not a feed with articles: give the feeds"},
        {"html", "a page, not a feed: read it as html"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_eq_nocase(f->x.name, str_of(others[i].root))) {
            errors_input(f->r->errors, f->name, f->x.at, "%s", others[i].what);
            return false;
        }
    return true;
}

/* ------------------------------------------------------------------------------------ the reading
 */

static sst_status read_elements(feed *f)
{
    sst_status status = SST_OK;
    bool root = false;
    read_xml_init(&f->x, fill, f,
                  f->r->limits.depth && f->r->limits.depth < FEED_DEPTH ? f->r->limits.depth
                                                                        : FEED_DEPTH,
                  f->r->limits.article_bytes);
    while (!status) {
        read_xml_event event = read_xml_next(&f->x);
        if (event == XML_DONE)
            break;
        if (event == XML_OPEN) {
            if (!root) {
                root = true;
                f->root_uri = arena_str(&f->outer, f->x.uri);
                f->format = format_of(f);
                if (!is_feed(f)) {
                    f->not_feed = true;
                    break;
                }
            }
            feed_open_element(f, &status);
        } else if (event == XML_CLOSE)
            feed_close_element(f, &status);
        else if (f->x.depth)
            feed_add_text(f);
        if (!status && (f->text.failed || f->scratch.failed == SST_ERR_MEMORY || f->item.failed ||
                        f->outer.failed))
            status = SST_ERR_MEMORY;
        if (!status && event == XML_CLOSE && read_stopped(f->r))
            status = SST_ERR_STOPPED;
    }
    return status ? status : f->x.failed;
}

/* What is said of the file once it was read. */
static void report(feed *f, sst_status status)
{
    const sst_reader *r = f->r;
    if (status || f->not_feed)
        return;
    if (f->mended)
        errors_input(
            r->errors, f->name, f->mended_at,
            "a feed that is not valid utf-8: the first bad byte is at %llu; such bytes are "
            "read as windows-1252",
            (unsigned long long)f->mended_at);
    if (f->x.problem)
        errors_input(r->errors, f->name, f->x.problem_at,
                     "broken xml at line %llu (%s%s%s): what can be read is kept",
                     (unsigned long long)f->x.problem_line, f->x.problem,
                     f->x.problem_name[0] ? " " : "", f->x.problem_name);
    if (f->x.too_deep)
        errors_input(
            r->errors, f->name, ERROR_NO_PLACE,
            "elements nested deeper than %u levels: their text is kept, their names are not",
            f->x.depth_most);
    if (!f->items)
        errors_input(r->errors, f->name, ERROR_NO_PLACE, "a feed without items, nothing to read");
    if (r->each_entry) {
        read_feed_entry e = {.format = f->format, .channel = &f->channel};
        r->each_entry(r->user, &e);
    }
}

static bool begins_as_json(sst_str s)
{
    if (str_starts(s, STR("\xEF\xBB\xBF")))
        s = (sst_str){s.p + 3, s.n - 3};
    s = str_trim(s);
    return s.n && *s.p == '{';
}

sst_status read_feed(const sst_reader *r, sst_str name, read_source *s, sst_buf *start)
{
    feed *f = base_malloc(sizeof *f);
    if (!f)
        return SST_ERR_MEMORY;
    memset(f, 0, sizeof *f);
    f->r = r;
    f->name = name;
    f->source = s;
    f->format = "rss";
    f->meta = &f->channel;
    f->frame[0].base = r->base;
    f->frame[0].lang = r->lang;
    arena_init(&f->outer, 0);
    arena_init(&f->item, 0);
    buf_init(&f->decoded, 0);
    buf_init(&f->text, r->limits.article_bytes);
    buf_init(&f->scratch, 0);

    sst_str head = {start->p ? start->p : "", start->n};
    size_t mark_n = 0;
    read_unicode form = read_unicode_mark(head, &mark_n);
    bool json = form <= UNICODE_8 && begins_as_json(head);
    sst_str declared = declared_encoding(head);
    size_t bad = utf8_check(head);
    bool utf8 = form <= UNICODE_8 && is_utf8_name(declared) &&
                (form == UNICODE_8 || read_unicode_guess(head) == UNICODE_NONE) &&
                (bad == head.n || (!s->end && head.n - bad <= 3));
    sst_status status = SST_OK;
    bool read = true;
    if (json || !utf8) {
        size_t limit = r->limits.article_bytes;
        read_source_fill(s, start, limit + 1);
        if (start->failed || s->failed == SST_ERR_MEMORY)
            status = SST_ERR_MEMORY;
        else if (start->n > limit) {
            errors_input(
                r->errors, name, limit,
                "a feed in json or another charset than utf-8 that is larger than the limit "
                "of %zu bytes an article, it is not read: split it",
                limit);
            read = false;
        } else {
            decode(f, (sst_str){start->p, start->n},
                   declared_encoding((sst_str){start->p, start->n}));
            f->is_decoded = true;
            status = f->decoded.failed;
        }
    } else {
        buf_add(&f->decoded, head.p + mark_n, head.n - mark_n);
        status = f->decoded.failed;
        f->x.base = 0;
    }
    if (!status && read) {
        if (head.n == 0 && !s->failed)
            errors_input(r->errors, name, 0, "empty file, nothing to read");
        else {
            status =
                json ? feed_read_json(f, (sst_str){f->decoded.p, f->decoded.n}) : read_elements(f);
            report(f, status);
        }
    }
    if (!status && s->failed)
        errors_input(r->errors, name, s->given, "%s", s->why);
    read_xml_release(&f->x);
    buf_release(&f->decoded);
    buf_release(&f->text);
    buf_release(&f->scratch);
    arena_release(&f->outer);
    arena_release(&f->item);
    base_free(f);
    return status;
}
