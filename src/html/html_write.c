/*
 * The notations of the html5lib tests. The tree: a line a node, two spaces a level, attributes
 * sorted below their element. The tokens: a line a token, in JSON, as the tree builder gets them.
 */
#include <stdlib.h>
#include <string.h>

#include "html_token.h"

typedef struct row {
    sst_str name, value;
    uint8_t prefix;
} row;

static const char *const prefixes[] = {"", "xlink ", "xml ", "xmlns "};

/* The local name: behind the colon in a namespace. */
static sst_str local(const html_doc *d, const html_attr *a)
{
    sst_str s = html_name(d, a->name);
    const char *colon = a->prefix && s.n ? memchr(s.p, ':', s.n) : NULL;
    return colon ? (sst_str){colon + 1, (size_t)(s.p + s.n - colon - 1)} : s;
}

static int by_name(const void *x, const void *y)
{
    const row *a = x, *c = y;
    char one[64], two[64]; /* the prefix is part of what is sorted; long names differ early */
    size_t n = strlen(prefixes[a->prefix]), m = strlen(prefixes[c->prefix]);
    memcpy(one, prefixes[a->prefix], n);
    memcpy(two, prefixes[c->prefix], m);
    size_t k = a->name.n < sizeof one - n ? a->name.n : sizeof one - n;
    size_t l = c->name.n < sizeof two - m ? c->name.n : sizeof two - m;
    memcpy(one + n, a->name.p, k);
    memcpy(two + m, c->name.p, l);
    int order = str_cmp((sst_str){one, n + k}, (sst_str){two, m + l});
    return order ? order : str_cmp(a->name, c->name);
}

static void indent(sst_buf *out, uint32_t depth)
{
    buf_z(out, "| ");
    for (uint32_t k = 0; k < depth; k++)
        buf_z(out, "  ");
}

static void attributes(const html_doc *d, const html_node *n, uint32_t depth, sst_buf *out)
{
    if (!n->n)
        return;
    sst_buf memory;
    buf_init(&memory, 0);
    row *r = (row *)(void *)buf_reserve(&memory, n->n * sizeof(row));
    for (uint32_t k = 0; r && k < n->n; k++) {
        const html_attr *a = &d->attr[n->at + k];
        r[k] = (row){local(d, a), html_text(d, a->value), (uint8_t)a->prefix};
    }
    if (r)
        qsort(r, n->n, sizeof *r, by_name);
    for (uint32_t k = 0; r && k < n->n; k++) {
        indent(out, depth + 1);
        buf_z(out, prefixes[r[k].prefix]);
        buf_str(out, r[k].name);
        buf_z(out, "=\"");
        buf_str(out, r[k].value);
        buf_z(out, "\"\n");
    }
    buf_release(&memory);
}

static void write_node(const html_doc *d, uint32_t i, uint32_t depth, sst_buf *out)
{
    const html_node *n = &d->node[i];
    indent(out, depth);
    switch ((html_kind)n->kind) {
    case HTML_DOCTYPE:
        buf_z(out, "<!DOCTYPE ");
        buf_str(out, html_name(d, n->name));
        if (n->n) {
            buf_z(out, " \"");
            buf_str(out, html_text(d, d->attr[n->at].value));
            buf_z(out, "\" \"");
            buf_str(out, html_text(d, d->attr[n->at + 1].value));
            buf_byte(out, '"');
        }
        buf_z(out, ">\n");
        break;
    case HTML_ELEMENT:
        buf_z(out, n->space == HTML_NS_SVG ? "<svg " : n->space == HTML_NS_MATH ? "<math " : "<");
        buf_str(out, html_name(d, n->name));
        buf_z(out, ">\n");
        attributes(d, n, depth, out);
        break;
    case HTML_TEXT:
        buf_byte(out, '"');
        buf_str(out, html_node_text(d, i));
        buf_z(out, "\"\n");
        break;
    case HTML_COMMENT:
        buf_z(out, "<!-- ");
        buf_str(out, html_node_text(d, i));
        buf_z(out, " -->\n");
        break;
    case HTML_CONTENT:
        buf_z(out, "content\n");
        break;
    default:
        break;
    }
}

bool html_write_some(const html_doc *d, html_writing *w, size_t most, sst_buf *out)
{
    uint32_t i = w->before + 1;
    for (; i < d->node_n && out->n < most && !out->failed; i++) {
        if (d->node[i].parent == w->before)
            w->depth += w->before != 0;
        else
            for (uint32_t up = w->before; up && d->node[up].parent != d->node[i].parent;
                 up = d->node[up].parent)
                w->depth--;
        write_node(d, i, w->depth, out);
        w->before = i;
    }
    return i < d->node_n && !out->failed;
}

void html_write_tree(const html_doc *d, sst_buf *out)
{
    html_writing w = {0, 0};
    (void)html_write_some(d, &w, SIZE_MAX, out);
}

/* -----------------------------------------------------------------------------------------
 * tokens */

#define LINES_AT_ONCE 65536u /* bytes that wait before the sink gets them */

typedef struct lines {
    html_watch watch;
    sst_buf out, text; /* text: of neighbouring tokens, which are one line */
    uint32_t begin, end;
    bool places;
    sst_sink_fn sink;
    void *user;
} lines;

static void quoted(sst_buf *out, sst_str s)
{
    buf_byte(out, '"');
    for (size_t k = 0; k < s.n; k++) {
        unsigned char c = (unsigned char)s.p[k];
        if (c == '"' || c == '\\')
            buf_byte(out, '\\');
        if (c == '\n')
            buf_z(out, "\\n");
        else if (c < 0x20)
            buf_printf(out, "\\u%04x", c);
        else
            buf_byte(out, (char)c);
    }
    buf_byte(out, '"');
}

static void begin_line(lines *l, uint32_t begin, uint32_t end, const char *kind)
{
    if (l->places)
        buf_printf(&l->out, "%u %u ", begin, end);
    buf_printf(&l->out, "[\"%s\",", kind);
}

static void text_line(lines *l)
{
    if (!l->text.n)
        return;
    begin_line(l, l->begin, l->end, "Character");
    quoted(&l->out, (sst_str){l->text.p, l->text.n});
    buf_z(&l->out, "]\n");
    buf_clear(&l->text);
}

static void identifier(sst_buf *out, bool has, sst_str s)
{
    buf_byte(out, ',');
    if (has)
        quoted(out, s);
    else
        buf_z(out, "null");
}

static void token_line(lines *l, const html_doc *d, const html_token *t)
{
    static const char *const kinds[] = {[HTML_TOKEN_START] = "StartTag",
                                        [HTML_TOKEN_CLOSE] = "EndTag",
                                        [HTML_TOKEN_COMMENT] = "Comment",
                                        [HTML_TOKEN_DOCTYPE] = "DOCTYPE"};
    sst_buf *out = &l->out;
    begin_line(l, t->begin, t->end, kinds[t->kind]);
    if (t->kind == HTML_TOKEN_COMMENT)
        quoted(out, html_text(d, t->text));
    else if (t->kind == HTML_TOKEN_DOCTYPE && !t->name)
        buf_z(out, "null");
    else
        quoted(out, html_name(d, t->name));
    if (t->kind == HTML_TOKEN_DOCTYPE) {
        identifier(out, t->has_public, html_text(d, t->text));
        identifier(out, t->has_system, html_text(d, t->system));
        buf_z(out, t->force_quirks ? ",false" : ",true");
    }
    if (t->kind == HTML_TOKEN_START) {
        for (uint32_t k = 0; k < t->attr_n; k++) {
            const html_attr *a = &d->attr[t->attr + k];
            buf_z(out, k ? "," : ",{");
            quoted(out, html_name(d, a->name));
            buf_byte(out, ':');
            quoted(out, html_text(d, a->value));
        }
        buf_z(out, t->attr_n ? "}" : ",{}");
        if (t->closes_self)
            buf_z(out, ",true");
    }
    buf_z(out, "]\n");
}

static bool pass_on(lines *l)
{
    bool well = !l->out.failed && (!l->out.n || l->sink(l->user, l->out.p, l->out.n) == 0);
    l->out.n = 0;
    return well;
}

static bool see(html_watch *watch, const html_doc *d, const html_token *t)
{
    lines *l = (lines *)(void *)watch; /* its first member */
    if (t->kind == HTML_TOKEN_TEXT) {
        if (!l->text.n)
            l->begin = t->begin;
        l->end = t->end;
        buf_str(&l->text, t->code_n ? (sst_str){t->code, t->code_n} : html_text(d, t->text));
        return !l->text.failed;
    }
    text_line(l);
    if (t->kind != HTML_TOKEN_END)
        token_line(l, d, t);
    return l->out.n < LINES_AT_ONCE || pass_on(l);
}

sst_status html_write_tokens(html_doc *d, sst_str utf8, const html_limits *limits, bool places,
                             sst_sink_fn sink, void *user)
{
    lines l = {.watch = {see}, .places = places, .sink = sink, .user = user};
    buf_init(&l.out, 0);
    buf_init(&l.text, 0);
    sst_status status = html_parse_watched(d, utf8, limits, &l.watch);
    text_line(&l);
    sst_status failed = l.text.failed ? l.text.failed : l.out.failed;
    if (!pass_on(&l) && !status)
        status = SST_ERR_STOPPED;
    buf_release(&l.out);
    buf_release(&l.text);
    return failed ? failed : status;
}
