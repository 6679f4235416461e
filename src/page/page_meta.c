/*
 * What a page says of itself: JSON-LD (schema.org), Open Graph and other meta elements, time
 * elements, links, the title element, the address. In: the tree. Out: title, outlet, address,
 * authors, language and every date found, of which the best becomes the date of publication. What
 * the container (a row, a feed) said stays.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base_utf8.h"
#include "page_html.h"
#include "page_words.h"

enum {
    TITLE_BYTES = 400,
    NAME_BYTES = 80,
    LD_BYTES = 4 << 20, /* JSON-LD blocks larger than this are not news metadata */
    LD_DEPTH = 12,
    AUTHOR_PLACES =
        200, /* places that may name an author; pages with comments mark each commenter */
    LD_LIST = 1000,
    SUFFIX_WORDS = 4 /* words of an outlet's name behind the last separator of a title element */
};

typedef struct meta {
    sst_article *a;
    sst_arena *arena;
    page_dates dates;
    uint32_t published_rank, modified_rank; /* of the best so far; lower is better */
    sst_str og_title, ld_title, h1, title, site, publisher, canonical, og_url, app;
    uint32_t author_places; /* looked at so far */
    page_strs ld_authors, meta_authors, rel_authors, class_authors;
} meta;

static void keep(sst_str *place, sst_str s)
{
    if (place->n == 0)
        *place = str_trim(s);
}

/* One candidate; rank 0 only records it. */
static void date(meta *m, sst_str value, const char *from, uint32_t rank, bool modified)
{
    sst_str iso = page_date(m->arena, value);
    if (iso.n == 0 || m->dates.n >= 64)
        return;
    sst_date *d = vec_push(m->arena, &m->dates);
    if (!d)
        return;
    *d = (sst_date){iso, str_of(from)};
    uint32_t *best = modified ? &m->modified_rank : &m->published_rank;
    sst_str *to = modified ? &m->a->modified : &m->a->published;
    if (rank && rank < *best) {
        *best = rank;
        *to = iso;
    }
}

/* "By " in any of the languages, as the furniture lists have it. */
static sst_str without_by(sst_str s)
{
    for (unsigned i = 0; i < page_phrase_any; i++) {
        const page_phrase *f = &page_phrases[i];
        if (f->how == HOW_NAMES && str_starts_nocase(s, (sst_str){f->text, f->n}) && s.n > f->n &&
            s.p[f->n] == ' ')
            return str_trim((sst_str){s.p + f->n, s.n - f->n});
    }
    return s;
}

static void author(meta *m, page_strs *to, sst_str s)
{
    if (m->author_places++ > AUTHOR_PLACES)
        return;
    s = without_by(str_trim(s));
    if (s.n == 0 || s.n > 3 * NAME_BYTES || str_find(s, STR("://")) >= 0 || memchr(s.p, '@', s.n) ||
        to->n >= 16)
        return;
    (void)page_authors(m->arena, s, to);
}

/* ---- JSON-LD
 * ---------------------------------------------------------------------------------------------------
 */

static sst_str ld_string(const cJSON *o, const char *name)
{
    const cJSON *v = cJSON_GetObjectItemCaseSensitive(o, name);
    if (cJSON_IsArray(v))
        v = cJSON_GetArrayItem(v, 0);
    if (cJSON_IsObject(v)) {
        const cJSON *inner = cJSON_GetObjectItemCaseSensitive(v, "name");
        v = inner ? inner : cJSON_GetObjectItemCaseSensitive(v, "@id");
    }
    return cJSON_IsString(v) ? str_of(v->valuestring) : (sst_str){NULL, 0};
}

static bool is_article_type(const cJSON *type)
{
    const cJSON *one;
    if (cJSON_IsArray(type)) {
        cJSON_ArrayForEach(one, type) if (is_article_type(one)) return true;
        return false;
    }
    if (!cJSON_IsString(type))
        return false;
    sst_str t = str_of(type->valuestring);
    return str_find(t, STR("Article")) >= 0 || str_find(t, STR("Posting")) >= 0 ||
           str_eq(t, STR("Report")) || str_eq(t, STR("Review"));
}

static void ld_authors(meta *m, const cJSON *v)
{
    if (cJSON_IsArray(v)) {
        const cJSON *one;
        int seen = 0;
        cJSON_ArrayForEach(one, v) if (seen++ < 16 && !cJSON_IsArray(one)) ld_authors(m, one);
        return;
    }
    if (cJSON_IsObject(v)) {
        const cJSON *name = cJSON_GetObjectItemCaseSensitive(v, "name");
        if (cJSON_IsArray(name))
            name = cJSON_GetArrayItem(name, 0);
        v = name;
    }
    if (cJSON_IsString(v))
        author(m, &m->ld_authors, str_of(v->valuestring));
}

static void ld_walk(meta *m, const cJSON *o, int depth)
{
    if (depth > LD_DEPTH)
        return;
    const cJSON *one;
    if (cJSON_IsArray(o)) {
        int seen = 0;
        cJSON_ArrayForEach(one, o)
        {
            if (seen++ >= LD_LIST)
                break;
            ld_walk(m, one, depth + 1);
        }
        return;
    }
    if (!cJSON_IsObject(o))
        return;
    if (is_article_type(cJSON_GetObjectItemCaseSensitive(o, "@type"))) {
        /* Strings of the tree end with it: copies. */
        keep(&m->ld_title, arena_str(m->arena, ld_string(o, "headline")));
        keep(&m->publisher, arena_str(m->arena, ld_string(o, "publisher")));
        date(m, ld_string(o, "datePublished"), "json-ld", 1, false);
        date(m, ld_string(o, "dateModified"), "json-ld modified", 1, true);
        date(m, ld_string(o, "dateCreated"), "json-ld created", 6, false);
        if (m->ld_authors.n == 0)
            ld_authors(m, cJSON_GetObjectItemCaseSensitive(o, "author"));
    } else {
        date(m, ld_string(o, "datePublished"), "json-ld page", 4, false);
        date(m, ld_string(o, "dateModified"), "json-ld page modified", 4, true);
    }
    ld_walk(m, cJSON_GetObjectItemCaseSensitive(o, "@graph"), depth + 1);
    ld_walk(m, cJSON_GetObjectItemCaseSensitive(o, "mainEntity"), depth + 1);
    const cJSON *of = cJSON_GetObjectItemCaseSensitive(o, "mainEntityOfPage");
    if (cJSON_IsObject(of))
        ld_walk(m, of, depth + 1);
}

static void ld_block(meta *m, const page_node *script)
{
    for (const page_node *n = script->first; n; n = n->next) {
        sst_str s = n->text;
        while (s.n && *s.p != '{' && *s.p != '[') {
            s.p++;
            s.n--;
        }
        if (s.n == 0 || s.n > LD_BYTES)
            continue;
        cJSON *tree = cJSON_ParseWithLengthOpts(s.p, s.n, NULL, 0);
        ld_walk(m, tree, 0);
        cJSON_Delete(tree);
    }
}

/* ---- meta elements
 * --------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    uint8_t rank;
    uint8_t modified;
} DATE_NAMES[] = {{"article:published_time", 2, 0},
                  {"og:article:published_time", 2, 0},
                  {"article:published", 2, 0},
                  {"datepublished", 2, 0},
                  {"parsely-pub-date", 3, 0},
                  {"sailthru.date", 3, 0},
                  {"cxenseparse:recs:publishtime", 3, 0},
                  {"publish-date", 3, 0},
                  {"publish_date", 3, 0},
                  {"publishdate", 3, 0},
                  {"published_time", 3, 0},
                  {"publication_date", 3, 0},
                  {"publicationdate", 3, 0},
                  {"published-date", 3, 0},
                  {"pubdate", 3, 0},
                  {"pdate", 3, 0},
                  {"ptime", 3, 0},
                  {"originalpublicationdate", 3, 0},
                  {"article_date_original", 3, 0},
                  {"dc.date.issued", 3, 0},
                  {"dcterms.issued", 3, 0},
                  {"dcterms.created", 3, 0},
                  {"dc.date.created", 3, 0},
                  {"dcterms.date", 4, 0},
                  {"dc.date", 4, 0},
                  {"dcsext.articlefirstpublished", 3, 0},
                  {"date", 4, 0},
                  {"article.created", 4, 0},
                  {"article.published", 3, 0},
                  {"og:pubdate", 3, 0},
                  {"timestamp", 5, 0},
                  {"last-modified", 4, 1},
                  {"article:modified_time", 2, 1},
                  {"og:updated_time", 3, 1},
                  {"datemodified", 2, 1},
                  {"dcterms.modified", 3, 1},
                  {"dc.date.modified", 3, 1},
                  {"lastmod", 3, 1}};

static void meta_element(meta *m, const page_node *n)
{
    sst_str content = str_trim(page_dom_attribute(n, "content"));
    if (content.n == 0)
        return;
    static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        sst_str name = str_trim(page_dom_attribute(n, keys[k]));
        if (name.n == 0)
            continue;
        for (size_t i = 0; i < sizeof DATE_NAMES / sizeof *DATE_NAMES; i++)
            if (str_eq_nocase(name, str_of(DATE_NAMES[i].name)))
                date(m, content, arena_printf(m->arena, "meta %s", DATE_NAMES[i].name).p,
                     DATE_NAMES[i].rank, DATE_NAMES[i].modified);
        if (str_eq_nocase(name, STR("og:title")))
            keep(&m->og_title, content);
        else if (str_eq_nocase(name, STR("twitter:title")) || str_eq_nocase(name, STR("dc.title")))
            keep(&m->ld_title, content);
        else if (str_eq_nocase(name, STR("og:site_name")))
            keep(&m->site, content);
        else if (str_eq_nocase(name, STR("application-name")))
            keep(&m->app, content);
        else if (str_eq_nocase(name, STR("og:url")))
            keep(&m->og_url, content);
        else if (str_eq_nocase(name, STR("author")) || str_eq_nocase(name, STR("dc.creator")) ||
                 str_eq_nocase(name, STR("parsely-author")) ||
                 str_eq_nocase(name, STR("sailthru.author")) ||
                 str_eq_nocase(name, STR("article:author")) || str_eq_nocase(name, STR("byl")) ||
                 str_eq_nocase(name, STR("article:author_name")))
            author(m, &m->meta_authors, content);
    }
}

/* Is word one of the white-space separated words of list? */
static bool has_word(sst_str list, const char *word)
{
    sst_str w = str_of(word);
    for (size_t i = 0; i + w.n <= list.n; i++)
        if ((i == 0 || byte_is_space((unsigned char)list.p[i - 1])) &&
            (i + w.n == list.n || byte_is_space((unsigned char)list.p[i + w.n])) &&
            str_eq_nocase((sst_str){list.p + i, w.n}, w))
            return true;
    return false;
}

static void element(meta *m, const page_node *n)
{
    sst_str prop = page_dom_attribute(n, "itemprop"), cls = page_dom_attribute(n, "class");
    switch (n->tag) {
    case TAG_HTML:
        keep(&m->a->lang, page_lang(m->arena, page_dom_attribute(n, "lang"), (sst_str){NULL, 0}));
        return;
    case TAG_TITLE:
        if (m->title.n == 0)
            m->title = page_flat_text(m->arena, n, TITLE_BYTES);
        return;
    case TAG_META:
        meta_element(m, n);
        return;
    case TAG_LINK:
        if (has_word(page_dom_attribute(n, "rel"), "canonical"))
            keep(&m->canonical, page_dom_attribute(n, "href"));
        return;
    case TAG_SCRIPT:
        if (str_starts_nocase(page_dom_attribute(n, "type"), STR("application/ld+json")))
            ld_block(m, n);
        return;
    case TAG_H1:
        if (m->h1.n == 0)
            m->h1 = page_flat_text(m->arena, n, TITLE_BYTES);
        return;
    case TAG_TIME: {
        sst_str value = page_dom_attribute(n, "datetime");
        if (value.n == 0)
            value = page_flat_text(m->arena, n, NAME_BYTES);
        bool modified = has_word(prop, "dateModified");
        bool sure = has_word(prop, "datePublished") || page_dom_attribute(n, "pubdate").p;
        date(m, value, "time element", sure ? 3 : 7, modified);
        return;
    }
    default:
        break;
    }
    if (prop.n && has_word(prop, "datePublished"))
        date(m,
             page_dom_attribute(n, "content").n ? page_dom_attribute(n, "content")
                                                : page_flat_text(m->arena, n, NAME_BYTES),
             "itemprop datePublished", 3, false);
    if ((prop.n && has_word(prop, "author")) || has_word(page_dom_attribute(n, "rel"), "author"))
        author(m, &m->rel_authors, page_flat_text(m->arena, n, NAME_BYTES));
    else if (cls.n && m->class_authors.n == 0 && n->first &&
             (has_word(cls, "byline") || has_word(cls, "author") || has_word(cls, "author-name") ||
              has_word(cls, "byline-name")))
        author(m, &m->class_authors, page_flat_text(m->arena, n, NAME_BYTES));
    if (cls.n && (has_word(cls, "published") || has_word(cls, "date") ||
                  has_word(cls, "timestamp") || has_word(cls, "entry-date")))
        date(m,
             page_dom_attribute(n, "title").n ? page_dom_attribute(n, "title")
                                              : page_flat_text(m->arena, n, NAME_BYTES),
             "class", 8, false);
}

/* ---- choosing
 * --------------------------------------------------------------------------------------------------
 */

/* Letters and digits of both, without case: the same? */
bool page_same_letters(sst_str a, sst_str b)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.n && !byte_is_alpha((unsigned char)a.p[i]) &&
               !byte_is_digit((unsigned char)a.p[i]) && (a.p[i] & 0x80) == 0)
            i++;
        while (k < b.n && !byte_is_alpha((unsigned char)b.p[k]) &&
               !byte_is_digit((unsigned char)b.p[k]) && (b.p[k] & 0x80) == 0)
            k++;
        if (i == a.n || k == b.n)
            return i == a.n && k == b.n;
        char x = a.p[i], y = b.p[k];
        if (byte_is_alpha((unsigned char)x))
            x = (char)(x | 32);
        if (byte_is_alpha((unsigned char)y))
            y = (char)(y | 32);
        if (x != y)
            return false;
        i++;
        k++;
    }
}

static sst_str host_of(sst_str url)
{
    ptrdiff_t at = str_find(url, STR("://"));
    if (at < 0)
        return (sst_str){NULL, 0};
    sst_str host = {url.p + at + 3, url.n - (size_t)at - 3};
    size_t n = 0;
    while (n < host.n && host.p[n] != '/' && host.p[n] != ':' && host.p[n] != '?')
        n++;
    host.n = n;
    if (str_starts_nocase(host, STR("www.")))
        host = (sst_str){host.p + 4, host.n - 4};
    return host;
}

/* Where the last separator " | ", " - ", " – ", " — ", " :: ", " · " of a title begins; *after is
 * where what follows begins. */
static size_t last_separator(sst_str s, size_t *after)
{
    static const char *const marks[] = {" | ",  " - ",        " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                        " :: ", " \xC2\xB7 ", " \xC2\xBB ",     " // "};
    for (size_t i = s.n; i-- > 1;)
        if (s.p[i] == ' ')
            for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
                sst_str mark = str_of(marks[k]);
                if (str_starts((sst_str){s.p + i, s.n - i}, mark)) {
                    *after = i + mark.n;
                    return i;
                }
            }
    return 0;
}

/* Without " | Outlet" at the end. */
static sst_str without_outlet(meta *m, sst_str s, sst_str host, bool guess)
{
    for (int round = 0; round < 3; round++) {
        size_t after = 0, at = last_separator(s, &after);
        if (at == 0)
            return s;
        sst_str tail = {s.p + after, s.n - after}, head = str_trim((sst_str){s.p, at});
        bool named = page_same_letters(tail, m->site) || page_same_letters(tail, m->publisher) ||
                     page_same_letters(tail, m->app) || page_same_letters(tail, host) ||
                     page_same_letters(tail, m->a->outlet);
        /* "Outlet News" of host outlet.com: the first label of the host, or the host holds the
         * words run together. */
        char squeezed[64];
        size_t n = 0;
        for (size_t i = 0; i < tail.n && n < sizeof squeezed; i++)
            if (byte_is_alpha((unsigned char)tail.p[i]) || byte_is_digit((unsigned char)tail.p[i]))
                squeezed[n++] = (char)(tail.p[i] | 32);
        named |= n >= 3 && str_find_nocase(host, (sst_str){squeezed, n}) >= 0;
        uint32_t words = 1, head_words = 1;
        for (size_t i = 0; i < tail.n; i++)
            words += tail.p[i] == ' ';
        for (size_t i = 0; i < head.n; i++)
            head_words += head.p[i] == ' ';
        if (!named && !(guess && round == 0 && words <= SUFFIX_WORDS && head_words >= 4 &&
                        head_words > words))
            return s;
        s = head;
    }
    return s;
}

/* "/2024/08/19/", "/2024-08-19-", "/20240819/" in an address. */
static void date_of_address(meta *m, sst_str url)
{
    for (size_t i = 0; i + 8 < url.n; i++) {
        if (url.p[i] != '/' || (url.p[i + 1] != '2' && url.p[i + 1] != '1'))
            continue;
        sst_str s = {url.p + i + 1, url.n - i - 1};
        char d[11];
        size_t n = 0, digits = 0;
        while (n < s.n && n < 10 &&
               (byte_is_digit((unsigned char)s.p[n]) || s.p[n] == '/' || s.p[n] == '-')) {
            digits += byte_is_digit((unsigned char)s.p[n]);
            n++;
        }
        if (digits < 8 || n < 10 || (s.p[4] != '/' && s.p[4] != '-') || s.p[4] != s.p[7])
            continue;
        memcpy(d, s.p, 10);
        d[4] = d[7] = '-';
        d[10] = 0;
        date(m, (sst_str){d, 10}, "address", 9, false);
        return;
    }
}

sst_status page_meta(sst_article *a, page_node *root)
{
    meta m = {.a = a, .arena = &a->arena, .published_rank = 100, .modified_rank = 100};
    sst_str given = a->published;
    if (given.n) {
        m.published_rank = 0;
        sst_date *d = vec_push(m.arena, &m.dates);
        if (d)
            *d = (sst_date){given, STR("given")};
    }
    for (page_node *n = root; n; n = page_dom_next(n, root, n->tag == TAG_SVG))
        if (n->tag != TAG_TEXT)
            element(&m, n);
    if (a->url.n == 0) {
        sst_str url =
            m.canonical.n && str_find(m.canonical, STR("://")) >= 0 ? m.canonical : m.og_url;
        a->url = arena_str(m.arena, url);
    }
    sst_str host = host_of(a->url);
    date_of_address(&m, a->url);
    if (a->title.n == 0) {
        sst_str og = without_outlet(&m, m.og_title, host, false),
                tag = without_outlet(&m, m.title, host, true);
        sst_str ld = without_outlet(&m, m.ld_title, host, false);
        sst_str best = og.n ? og : ld.n ? ld : m.h1.n ? m.h1 : tag;
        /* What the page shows as its heading counts when another place says the same. */
        if (m.h1.n && (str_starts(m.title, m.h1) || page_same_letters(m.h1, og) ||
                       page_same_letters(m.h1, ld)))
            best = m.h1;
        a->title = arena_str(m.arena, best);
    }
    if (a->outlet.n == 0)
        a->outlet = arena_str(m.arena, m.site.n ? m.site : m.publisher.n ? m.publisher : host);
    if (a->author_n == 0) {
        const page_strs *best = m.ld_authors.n     ? &m.ld_authors
                                : m.meta_authors.n ? &m.meta_authors
                                : m.rel_authors.n  ? &m.rel_authors
                                                   : &m.class_authors;
        a->authors = best->v;
        a->author_n = best->n;
    }
    a->title = arena_str(m.arena, a->title);
    a->outlet = arena_str(m.arena, a->outlet);
    a->lang = arena_str(m.arena, a->lang);
    a->dates = m.dates.v;
    a->date_n = m.dates.n;
    return a->arena.failed;
}
