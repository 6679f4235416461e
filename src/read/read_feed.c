/*
 * Feeds: RSS 0.9 to 2.0, RDF and Atom, by libxml2's tree. Each item or entry is a document: the
 * fullest of content:encoded, content, description, summary as its body. Entities are never
 * expanded and nothing outside the file is opened; broken feeds give what can be read and an error
 * row. Names are compared without their name space, as feeds use many.
 */
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <pthread.h>
#include <stdio.h>

#include "base_utf8.h"
#include "read_charset.h"
#include "read_inner.h"

void read_xml_start(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, xmlInitParser);
}

static bool is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           str_eq_nocase(str_of((const char *)node->name), str_of(name));
}

static bool has_prefix(const xmlNode *node, const char *prefix)
{
    return node->ns && node->ns->prefix && strcmp((const char *)node->ns->prefix, prefix) == 0;
}

/* Text below a node, without markup. Entity references are looked up in HTML's table, never
 * followed. No recursion. */
static void add_text(const xmlNode *top, sst_buf *out)
{
    for (const xmlNode *n = top->children; n;) {
        if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
            buf_z(out, (const char *)n->content);
        else if (n->type == XML_ENTITY_REF_NODE) {
            const htmlEntityDesc *e = htmlEntityLookup(n->name);
            char *to = e ? buf_reserve(out, 4) : NULL;
            if (to)
                out->n += (size_t)utf8_write(to, e->value);
        } else if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        while (n != top && !n->next)
            n = n->parent;
        n = n == top ? NULL : n->next;
    }
}

static void add_escaped(const char *p, sst_buf *out)
{
    for (; *p; p++) {
        if (*p == '<')
            buf_z(out, "&lt;");
        else if (*p == '&')
            buf_z(out, "&amp;");
        else
            buf_byte(out, *p);
    }
}

/* The children of an Atom xhtml element as markup, without attributes but href. */
static void add_markup(const xmlNode *top, sst_buf *out)
{
    for (const xmlNode *n = top->children; n;) {
        if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
            add_escaped((const char *)n->content, out);
        else if (n->type == XML_ELEMENT_NODE) {
            buf_byte(out, '<');
            buf_z(out, (const char *)n->name);
            buf_byte(out, '>');
            if (n->children) {
                n = n->children;
                continue;
            }
        }
        for (;;) {
            if (n != top && n->type == XML_ELEMENT_NODE) {
                buf_z(out, "</");
                buf_z(out, (const char *)n->name);
                buf_byte(out, '>');
            }
            if (n == top || n->next)
                break;
            n = n->parent;
        }
        n = n == top ? NULL : n->next;
    }
}

typedef struct feed {
    const sst_reader *r;
    sst_str name, bytes;
    sst_arena arena; /* of one item */
    sst_str outlet, lang;
    sst_arena outer;            /* of the feed */
    size_t line_at, line, same; /* offset of the beginning of a line; items that began on it */
    sst_buf scratch;
} feed;

static sst_str text_of(feed *f, sst_arena *arena, const xmlNode *node)
{
    buf_clear(&f->scratch);
    add_text(node, &f->scratch);
    return arena_str(arena, str_trim((sst_str){f->scratch.p, f->scratch.n}));
}

static sst_str attribute(feed *f, const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (str_eq_nocase(str_of((const char *)a->name), str_of(name))) {
            buf_clear(&f->scratch);
            for (const xmlNode *n = a->children; n; n = n->next)
                if (n->type == XML_TEXT_NODE)
                    buf_z(&f->scratch, (const char *)n->content);
            return arena_str(&f->arena, (sst_str){f->scratch.p, f->scratch.n});
        }
    return (sst_str){NULL, 0};
}

/* Byte offset of a line; lines are asked for in rising order. */
static uint64_t line_offset(feed *f, size_t line)
{
    while (f->line < line) {
        const char *end = memchr(f->bytes.p + f->line_at, '\n', f->bytes.n - f->line_at);
        if (!end)
            break;
        f->line_at = (size_t)(end - f->bytes.p) + 1;
        f->line++;
    }
    return f->line_at;
}

/* How full a body element is; 0: it is none. */
static int body_rank(const xmlNode *n)
{
    if (is(n, "encoded") || (is(n, "content") && !has_prefix(n, "media")))
        return 3;
    if (is(n, "body") || is(n, "fulltext"))
        return 3;
    if (is(n, "description") && !has_prefix(n, "media") && !has_prefix(n, "itunes"))
        return 2;
    if (is(n, "summary") && !has_prefix(n, "itunes"))
        return 1;
    return 0;
}

static sst_status give_item(feed *f, const xmlNode *item)
{
    const sst_reader *r = f->r;
    arena_clear(&f->arena);
    size_t line = (size_t)(xmlGetLineNo(item) > 0 ? xmlGetLineNo(item) : 1), was = f->line_at;
    sst_document d = {.kind = SST_KIND_TEXT, .outlet = f->outlet, .lang = f->lang};
    d.at = line_offset(f, line);
    f->same = f->same && was == f->line_at ? f->same + 1 : 1;
    d.source = f->same > 1 ? arena_printf(&f->arena, "%.*s:%zu.%zu", (int)f->name.n, f->name.p,
                                          line, f->same)
                           : arena_printf(&f->arena, "%.*s:%zu", (int)f->name.n, f->name.p, line);
    const xmlNode *body = NULL;
    int rank = 0, names = 0;
    sst_str updated = {NULL, 0}, guid = {NULL, 0};
    for (const xmlNode *n = item->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE || has_prefix(n, "media") || has_prefix(n, "itunes"))
            continue;
        if (body_rank(n) > rank) {
            rank = body_rank(n);
            body = n;
        }
        if (is(n, "title") && !d.title.n)
            d.title = text_of(f, &f->arena, n);
        else if (is(n, "link")) {
            sst_str rel = attribute(f, n, "rel"), href = attribute(f, n, "href");
            if (!href.n)
                href = text_of(f, &f->arena, n);
            if (href.n && (!d.url.n || str_eq(rel, STR("alternate"))) &&
                (!rel.n || str_eq(rel, STR("alternate"))))
                d.url = href;
        } else if ((is(n, "guid") || is(n, "id")) && !guid.n)
            guid = text_of(f, &f->arena, n);
        else if ((is(n, "pubdate") || is(n, "published") || is(n, "date") || is(n, "issued")) &&
                 !d.published.n)
            d.published = text_of(f, &f->arena, n);
        else if ((is(n, "updated") || is(n, "modified")) && !updated.n)
            updated = text_of(f, &f->arena, n);
        else if ((is(n, "creator") || is(n, "author")) && names++ < READ_AUTHORS) {
            const xmlNode *who = n;
            for (const xmlNode *k = n->children; k; k = k->next)
                if (is(k, "name"))
                    who = k;
            sst_str name = text_of(f, &f->arena, who);
            if (name.n)
                d.author =
                    d.author.n ? arena_printf(&f->arena, "%s, %s", d.author.p, name.p) : name;
        }
    }
    if (!d.published.n)
        d.published = updated;
    if (!d.url.n && (str_starts(guid, STR("http://")) || str_starts(guid, STR("https://"))))
        d.url = guid;
    d.id = guid.n ? guid : d.url.n ? d.url : d.source;
    if (f->arena.failed)
        return SST_ERR_MEMORY;
    if (!body && !d.title.n) {
        errors_input(r->errors, d.source, d.at, "a feed item with neither title nor text");
        return SST_OK;
    }
    sst_buf text;
    buf_init(&text, r->limits.article_bytes);
    if (body) {
        sst_str type = attribute(f, body, "type");
        if (str_eq_nocase(type, STR("xhtml")) ||
            xmlChildElementCount((xmlNode *)(uintptr_t)body) > 0) {
            add_markup(body, &text);
            d.kind = SST_KIND_HTML;
        } else {
            add_text(body, &text);
            sst_str s = {text.p, text.n};
            if (!str_eq_nocase(type, STR("text")) && s.n &&
                (memchr(s.p, '<', s.n) || memchr(s.p, '&', s.n)))
                d.kind = SST_KIND_HTML;
        }
    }
    sst_status status = text.failed;
    if (status == SST_ERR_LIMIT) {
        errors_input(r->errors, d.source, d.at,
                     "an item larger than the limit of %u bytes an article, it is not read",
                     r->limits.article_bytes);
        status = SST_OK;
    } else if (!status) {
        if (d.kind == SST_KIND_HTML)
            d.charset = STR("utf-8");
        d.body = d.kind == SST_KIND_TEXT ? str_trim((sst_str){text.p ? text.p : "", text.n})
                                         : (sst_str){text.p, text.n};
        status = r->fn(r->user, &d);
    }
    buf_release(&text);
    return status;
}

/* Title and language of the channel, which stand before or behind the items. */
static void channel(feed *f, const xmlNode *top)
{
    for (const xmlNode *n = top->children; n; n = n->next) {
        if (is(n, "title") && !f->outlet.n)
            f->outlet = text_of(f, &f->outer, n);
        else if (is(n, "language") && !f->lang.n)
            f->lang = text_of(f, &f->outer, n);
        else if (is(n, "channel"))
            channel(f, n);
    }
    if (!f->lang.n) {
        sst_str lang = attribute(f, top, "lang");
        f->lang = lang.n ? arena_str(&f->outer, lang) : lang;
    }
}

static sst_status items(feed *f, const xmlNode *top)
{
    sst_status status = SST_OK;
    for (const xmlNode *n = top->children; n && !status; n = n->next) {
        if (read_stopped(f->r))
            return SST_ERR_STOPPED;
        if (is(n, "item") || is(n, "entry"))
            status = give_item(f, n);
        else if (is(n, "channel") || is(n, "items"))
            for (const xmlNode *k = n->children; k && !status; k = k->next)
                if (is(k, "item") || is(k, "entry"))
                    status = give_item(f, k);
    }
    return status;
}

static void quiet(void *user, const char *message, ...)
{
    (void)user;
    (void)message;
}

sst_status read_feed(const sst_reader *r, sst_str name, sst_str bytes)
{
    feed f = {.r = r, .name = name, .bytes = bytes, .line = 1};
    read_xml_start();
    xmlParserCtxt *ctxt = bytes.n <= INT32_MAX ? xmlNewParserCtxt() : NULL;
    if (!ctxt)
        return SST_ERR_MEMORY;
    arena_init(&f.arena, 0);
    arena_init(&f.outer, 0);
    buf_init(&f.scratch, r->limits.article_bytes);
    if (ctxt->sax)
        ctxt->sax->warning = ctxt->sax->error = quiet;
    /* Feeds that are not UTF-8 and do not say what they are in. */
    sst_buf decoded;
    buf_init(&decoded, 0);
    const char *encoding = NULL;
    size_t mark_n, bad = utf8_check(bytes);
    sst_str head = {bytes.p, bytes.n < 200 ? bytes.n : 200};
    if (bad < bytes.n && read_unicode_mark(bytes, &mark_n) == UNICODE_NONE &&
        read_unicode_guess(bytes) == UNICODE_NONE && str_find_nocase(head, STR("encoding=")) < 0) {
        char charset[32];
        read_charset_guess(bytes, charset);
        if (strcmp(charset, "utf-8") == 0 || !read_charset_decode(charset, bytes, &decoded))
            read_charset_mend(bytes, &decoded);
        errors_input(
            r->errors, name, bad,
            "a feed that is not valid utf-8 and declares no charset: the first bad byte is "
            "at %zu; read as %s",
            bad, charset);
        if (!decoded.failed && decoded.n <= INT32_MAX) {
            f.bytes = bytes = (sst_str){decoded.p, decoded.n};
            encoding = "UTF-8";
        }
    }
    xmlDoc *doc = xmlCtxtReadMemory(ctxt, bytes.p, (int)bytes.n, NULL, encoding,
                                    XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR |
                                        XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    sst_status status = SST_OK;
    if (!ctxt->wellFormed || !root) {
        const xmlError *e = xmlCtxtGetLastError(ctxt);
        sst_str why = str_trim(str_of(e && e->message ? e->message : "no element"));
        errors_input(r->errors, name,
                     (uint64_t)(xmlByteConsumed(ctxt) > 0 ? xmlByteConsumed(ctxt) : 0),
                     "broken xml at line %d (%.*s): what can be read is kept", e ? e->line : 1,
                     (int)why.n, why.p);
    }
    if (root) {
        channel(&f, root);
        status = f.outer.failed ? SST_ERR_MEMORY : items(&f, root);
    }
    if (doc)
        xmlFreeDoc(doc);
    xmlFreeParserCtxt(ctxt);
    buf_release(&decoded);
    buf_release(&f.scratch);
    arena_release(&f.arena);
    arena_release(&f.outer);
    return status;
}
