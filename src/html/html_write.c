/*
 * The tree in the notation of the html5lib tests: a line a node, two spaces a level, attributes
 * sorted below their element.
 */
#include <stdlib.h>
#include <string.h>

#include "html.h"

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

void html_write_tree(const html_doc *d, sst_buf *out)
{
    uint32_t depth = 0, before = 0;
    for (uint32_t i = 1; i < d->node_n; i++) {
        if (d->node[i].parent == before && i == before + 1)
            depth += before != 0;
        else
            for (uint32_t up = before; up && d->node[up].parent != d->node[i].parent;
                 up = d->node[up].parent)
                depth--;
        write_node(d, i, depth, out);
        before = i;
    }
}
