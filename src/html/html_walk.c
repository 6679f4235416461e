/*
 * Reading the tree: neighbours in document order, attributes, and text as a reader sees it (HTML
 * standard 3.2.7 "the rendered text collection steps" with the styles of 15.3). All linear:
 * document order is array order.
 */
#include "html.h"
#include "html_scan.h"

uint32_t html_behind(const html_doc *d, uint32_t i)
{
    while (i) {
        if (d->node[i].next)
            return d->node[i].next;
        i = d->node[i].parent;
    }
    return d->node_n;
}

uint32_t html_next(const html_doc *d, uint32_t i, uint32_t top, bool skip)
{
    if (!skip && d->node[i].first)
        return d->node[i].first;
    while (i != top) {
        if (d->node[i].next)
            return d->node[i].next;
        i = d->node[i].parent;
    }
    return 0;
}

uint32_t html_ancestor(const html_doc *d, uint32_t i, html_known name)
{
    for (i = d->node[i].parent; i; i = d->node[i].parent)
        if (html_is(d, i, name))
            return i;
    return 0;
}

const html_attr *html_attribute(const html_doc *d, uint32_t i, html_known name)
{
    const html_node *n = &d->node[i];
    if (n->kind != HTML_ELEMENT)
        return NULL;
    for (uint32_t k = 0; k < n->n; k++)
        if (d->attr[n->at + k].name == (uint32_t)name)
            return &d->attr[n->at + k];
    return NULL;
}

sst_str html_value(const html_doc *d, uint32_t i, html_known name)
{
    const html_attr *a = html_attribute(d, i, name);
    return a ? html_text(d, a->value) : (sst_str){"", 0};
}

/* ------------------------------------------------------------------------------------ visible text
 */

typedef struct flow {
    const html_doc *d;
    sst_buf *out;
    size_t from;
    uint8_t lines; /* wanted before the next text: 1 a break, 2 an empty line */
    bool space, tab;
    uint32_t pre_to; /* white space is kept in nodes below this one */
} flow;

static uint32_t flags(const html_doc *d, uint32_t i)
{
    const html_node *n = &d->node[i];
    return n->kind == HTML_ELEMENT && n->space == HTML_NS_HTML ? html_flags_of(n->name) : 0;
}

static bool hidden(const html_doc *d, uint32_t i)
{
    if (d->node[i].kind == HTML_CONTENT)
        return true;
    if (flags(d, i) & HTML_IS_HIDDEN)
        return true;
    if (d->scripting && html_is(d, i, HTML_noscript))
        return true;
    return html_attribute(d, i, HTML_hidden) != NULL;
}

static uint8_t breaks(const html_doc *d, uint32_t i)
{
    if (html_is(d, i, HTML_p))
        return 2;
    return flags(d, i) & HTML_IS_BLOCK ? 1 : 0;
}

static void ask(flow *f, uint8_t lines)
{
    if (f->lines < lines)
        f->lines = lines;
}

static void before_text(flow *f)
{
    sst_buf *out = f->out;
    bool first = out->n == f->from;
    if (f->lines && !first) {
        buf_add(out, "\n\n", f->lines);
    } else if (f->tab && !first) {
        buf_byte(out, '\t');
    } else if (f->space && !first && out->p[out->n - 1] != '\n') {
        buf_byte(out, ' ');
    }
    f->lines = 0;
    f->space = f->tab = false;
}

static void add(flow *f, sst_str s, bool pre)
{
    const char *p = s.p, *end = s.p + s.n;
    if (pre && s.n) {
        before_text(f);
        buf_str(f->out, s);
        return;
    }
    while (p < end) {
        const char *word = scan_space(p, end);
        if (word > p)
            f->space = true;
        if (word == end)
            return;
        for (p = word; p < end && !scan_is_space(*p); p++)
            ;
        before_text(f);
        buf_add(f->out, word, (size_t)(p - word));
        if (f->out->failed)
            return;
    }
}

void html_visible_text(const html_doc *d, uint32_t top, sst_buf *out)
{
    flow f = {.d = d, .out = out, .from = out->n};
    uint32_t end = top ? html_behind(d, top) : d->node_n;
    for (uint32_t i = top; i < end;) {
        const html_node *n = &d->node[i];
        if (n->kind == HTML_TEXT) {
            add(&f, html_node_text(d, i), i < f.pre_to);
        } else if (i != top && hidden(d, i)) {
            uint32_t to = html_behind(d, i);
            i = to < end ? to : end;
            goto closed;
        } else if (html_is(d, i, HTML_br)) {
            if (f.lines)
                before_text(&f);
            buf_byte(out, '\n');
            f.space = false;
        } else {
            ask(&f, breaks(d, i));
            if (flags(d, i) & HTML_IS_CELL && n->prev != i && d->node[n->parent].first != i)
                f.tab = true;
            if (flags(d, i) & HTML_IS_PRE && html_behind(d, i) > f.pre_to)
                f.pre_to = html_behind(d, i);
            if (n->first) {
                i++;
                continue;
            }
            ask(&f, breaks(d, i));
        }
        i++;
    closed:; /* elements that end before i: their breaks */
        uint32_t up = i < end ? d->node[i].parent : top, from = n->parent;
        while (from != up && from != top && from) {
            ask(&f, breaks(d, from));
            from = d->node[from].parent;
        }
    }
}
