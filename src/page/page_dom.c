/* The tree of a page, built from the events of libxml2's HTML parser: see page_dom.h. Replaced when
 * src/html is there. */
#include "page_dom.h"

#include "read.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "base_buf.h"

typedef struct builder {
    sst_arena *arena;
    page_node *top;
    sst_buf text; /* not yet in the tree */
    uint32_t depth, limit;
    htmlParserCtxtPtr parser;
    bool cut;
} builder;

static const struct {
    const char *name;
    page_tag tag;
} TAGS[] = {{"a", TAG_A},
            {"address", TAG_ADDRESS},
            {"article", TAG_ARTICLE},
            {"aside", TAG_ASIDE},
            {"base", TAG_BASE},
            {"blockquote", TAG_BLOCKQUOTE},
            {"body", TAG_BODY},
            {"br", TAG_BR},
            {"button", TAG_BUTTON},
            {"dd", TAG_DD},
            {"div", TAG_DIV},
            {"dl", TAG_DL},
            {"dt", TAG_DT},
            {"figcaption", TAG_FIGCAPTION},
            {"figure", TAG_FIGURE},
            {"footer", TAG_FOOTER},
            {"form", TAG_FORM},
            {"h1", TAG_H1},
            {"h2", TAG_H2},
            {"h3", TAG_H3},
            {"h4", TAG_H4},
            {"h5", TAG_H5},
            {"h6", TAG_H6},
            {"head", TAG_HEAD},
            {"header", TAG_HEADER},
            {"hr", TAG_HR},
            {"html", TAG_HTML},
            {"iframe", TAG_IFRAME},
            {"input", TAG_INPUT},
            {"li", TAG_LI},
            {"link", TAG_LINK},
            {"main", TAG_MAIN},
            {"meta", TAG_META},
            {"nav", TAG_NAV},
            {"noscript", TAG_NOSCRIPT},
            {"object", TAG_OBJECT},
            {"ol", TAG_OL},
            {"p", TAG_P},
            {"pre", TAG_PRE},
            {"script", TAG_SCRIPT},
            {"section", TAG_SECTION},
            {"select", TAG_SELECT},
            {"style", TAG_STYLE},
            {"svg", TAG_SVG},
            {"table", TAG_TABLE},
            {"td", TAG_TD},
            {"template", TAG_TEMPLATE},
            {"th", TAG_TD},
            {"time", TAG_TIME},
            {"title", TAG_TITLE},
            {"tr", TAG_TR},
            {"ul", TAG_UL}};

static page_tag tag_of(const char *name)
{
    size_t low = 0, high = sizeof TAGS / sizeof *TAGS;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int d = strcmp(name, TAGS[mid].name);
        if (d == 0)
            return TAGS[mid].tag;
        if (d < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return TAG_OTHER;
}

static page_node *add(builder *b, page_tag tag)
{
    page_node *n = arena_calloc(b->arena, 1, sizeof *n);
    if (!n)
        return NULL;
    n->tag = (uint8_t)tag;
    n->parent = b->top;
    if (b->top->last)
        b->top->last->next = n;
    else
        b->top->first = n;
    b->top->last = n;
    return n;
}

static void stop(builder *b)
{
    xmlStopParser(b->parser);
}

static void flush(builder *b)
{
    if (b->text.n == 0)
        return;
    page_node *n = add(b, TAG_TEXT);
    if (n)
        n->text = arena_str(b->arena, (sst_str){b->text.p, b->text.n});
    buf_clear(&b->text);
    if (b->arena->failed)
        stop(b);
}

static void on_start(void *user, const xmlChar *name, const xmlChar **attributes)
{
    builder *b = user;
    if (b->cut || b->arena->failed)
        return;
    flush(b);
    if (b->depth >= b->limit) {
        b->cut = true;
        stop(b);
        return;
    }
    page_node *n = add(b, tag_of((const char *)name));
    if (!n) {
        stop(b);
        return;
    }
    page_attribute **place = &n->attributes;
    for (; attributes && attributes[0]; attributes += 2) {
        page_attribute *a = arena_calloc(b->arena, 1, sizeof *a);
        if (!a)
            return;
        a->name = arena_str(b->arena, str_of((const char *)attributes[0]));
        a->value = arena_str(b->arena, str_of((const char *)attributes[1]));
        *place = a;
        place = &a->next;
    }
    b->top = n;
    b->depth++;
}

static void on_end(void *user, const xmlChar *name)
{
    builder *b = user;
    (void)name; /* the parser closes elements in order, those without end tags too */
    if (b->cut)
        return;
    flush(b);
    if (b->top->parent) {
        b->top = b->top->parent;
        b->depth--;
    }
}

static void on_text(void *user, const xmlChar *p, int n)
{
    builder *b = user;
    if (!b->cut && n > 0 && b->top->tag != TAG_STYLE)
        buf_add(&b->text, p, (size_t)n);
}

sst_status page_dom_parse(sst_arena *arena, sst_str html, uint32_t depth, page_node **root,
                          bool *cut)
{
    builder b = {.arena = arena, .limit = depth};
    *cut = false;
    b.top = *root = arena_calloc(arena, 1, sizeof **root);
    if (!b.top)
        return arena->failed;
    if (html.n == 0)
        return SST_OK;
    if (html.n > INT32_MAX)
        return SST_ERR_LIMIT;
    buf_init(&b.text, 0);
    read_xml_start();
    b.parser = htmlCreateMemoryParserCtxt(html.p, (int)html.n);
    if (!b.parser)
        return SST_ERR_MEMORY;
    htmlCtxtUseOptions(b.parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                     HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    (void)xmlSwitchEncoding(b.parser, XML_CHAR_ENCODING_UTF8);
    memset(b.parser->sax, 0, sizeof *b.parser->sax);
    b.parser->sax->startElement = on_start;
    b.parser->sax->endElement = on_end;
    b.parser->sax->characters = on_text;
    b.parser->sax->ignorableWhitespace = on_text;
    b.parser->sax->cdataBlock = on_text;
    b.parser->userData = &b;
    (void)htmlParseDocument(b.parser);
    if (!b.cut)
        flush(&b);
    sst_status status = arena->failed ? arena->failed : b.text.failed;
    htmlFreeParserCtxt(b.parser);
    buf_release(&b.text);
    *cut = b.cut;
    return status;
}

sst_str page_dom_attribute(const page_node *node, const char *name)
{
    sst_str want = str_of(name);
    for (const page_attribute *a = node->attributes; a; a = a->next)
        if (str_eq(a->name, want))
            return a->value;
    return (sst_str){NULL, 0};
}

page_node *page_dom_next(const page_node *node, const page_node *top, bool skip)
{
    if (node->first && !skip)
        return node->first;
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}
