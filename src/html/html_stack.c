/*
 * The stack of open elements and the list of active formatting elements (HTML standard 13.2.4.2,
 * 13.2.4.3, 13.2.6.3). The stack is at most as deep as the limit, so every search in it is bounded;
 * whether a node is on it is a bit of the node.
 */
#include <string.h>

#include "html_tree.h"

/* ------------------------------------------------------------------------------ the stack 13.2.4.2
 */

static uint32_t foreign_flags(const html_node *n)
{
    uint32_t flags = HTML_OPEN_FOREIGN;
    if (n->space == HTML_NS_MATH) {
        if (n->name == HTML_mi || n->name == HTML_mo || n->name == HTML_mn || n->name == HTML_ms ||
            n->name == HTML_mtext)
            flags |= HTML_OPEN_MATH_TEXT | HTML_IS_SPECIAL | HTML_IS_SCOPE;
        if (n->name == HTML_annotation_xml)
            flags |= HTML_IS_SPECIAL | HTML_IS_SCOPE;
        if (n->marks & HTML_MARK_INTEGRATION)
            flags |= HTML_OPEN_HTML_POINT;
    } else if (n->name == HTML_foreignObject || n->name == HTML_desc || n->name == HTML_title) {
        flags |= HTML_OPEN_HTML_POINT | HTML_IS_SPECIAL | HTML_IS_SCOPE;
    }
    return flags;
}

void html_push(html_builder *b, uint32_t i)
{
    if (!i)
        return;
    if (b->open_n >= b->limits.depth) {
        if (!b->d->limit)
            b->d->limit = HTML_LIMIT_DEPTH;
        b->stop = true;
        return;
    }
    html_node *n = &b->d->node[i];
    html_open *o = &b->open[b->open_n++];
    o->node = i;
    o->name = n->name | (n->space ? HTML_FOREIGN_NAME : 0);
    o->flags = n->space ? foreign_flags(n) : html_flags_of(n->name);
    n->marks = (n->marks | HTML_MARK_OPEN) & 7;
    b->p_n += o->name == HTML_p;
    b->t.cdata = n->space != HTML_NS_HTML;
}

void html_pop(html_builder *b)
{
    if (b->open_n <= 1)
        return; /* <html> stays */
    html_open *o = &b->open[--b->open_n];
    b->d->node[o->node].marks &= (uint32_t)~HTML_MARK_OPEN & 7;
    b->p_n -= o->name == HTML_p;
    b->t.cdata = (o[-1].flags & HTML_OPEN_FOREIGN) != 0;
}

void html_pop_until(html_builder *b, uint32_t n)
{
    while (b->open_n > n && b->open_n > 1)
        html_pop(b);
}

void html_pop_to(html_builder *b, uint32_t name)
{
    while (b->open_n > 1) {
        bool done = html_current(b)->name == name;
        html_pop(b);
        if (done)
            return;
    }
}

void html_pop_node(html_builder *b, uint32_t node)
{
    for (uint32_t k = b->open_n; k-- > 1;) {
        if (b->open[k].node != node)
            continue;
        if (k + 1 == b->open_n) {
            html_pop(b);
            return;
        }
        b->d->node[node].marks &= (uint32_t)~HTML_MARK_OPEN & 7;
        b->p_n -= b->open[k].name == HTML_p;
        memmove(&b->open[k], &b->open[k + 1], (b->open_n - k - 1) * sizeof *b->open);
        b->open_n--;
        return;
    }
}

bool html_in_scope(html_builder *b, uint32_t name)
{
    for (uint32_t k = b->open_n; k-- > 0;) {
        if (b->open[k].name == name)
            return true;
        if (b->open[k].flags & HTML_IS_SCOPE)
            return false;
    }
    return false;
}

bool html_in_button_scope(html_builder *b, uint32_t name)
{
    if (name == HTML_p && !b->p_n)
        return false;
    for (uint32_t k = b->open_n; k-- > 0;) {
        if (b->open[k].name == name)
            return true;
        if (b->open[k].flags & HTML_IS_SCOPE || b->open[k].name == HTML_button)
            return false;
    }
    return false;
}

bool html_in_list_scope(html_builder *b, uint32_t name)
{
    for (uint32_t k = b->open_n; k-- > 0;) {
        uint32_t here = b->open[k].name;
        if (here == name)
            return true;
        if (b->open[k].flags & HTML_IS_SCOPE || here == HTML_ol || here == HTML_ul)
            return false;
    }
    return false;
}

bool html_in_table_scope(html_builder *b, uint32_t name)
{
    for (uint32_t k = b->open_n; k-- > 0;) {
        uint32_t here = b->open[k].name;
        if (here == name)
            return true;
        if (here == HTML_html || here == HTML_table || here == HTML_template)
            return false;
    }
    return false;
}

bool html_heading_in_scope(html_builder *b)
{
    for (uint32_t k = b->open_n; k-- > 0;) {
        if (b->open[k].flags & HTML_IS_HEADING)
            return true;
        if (b->open[k].flags & HTML_IS_SCOPE)
            return false;
    }
    return false;
}

bool html_node_in_scope(html_builder *b, uint32_t node)
{
    for (uint32_t k = b->open_n; k-- > 0;) {
        if (b->open[k].node == node)
            return true;
        if (b->open[k].flags & HTML_IS_SCOPE)
            return false;
    }
    return false;
}

bool html_has_open(html_builder *b, uint32_t name)
{
    for (uint32_t k = b->open_n; k-- > 0;)
        if (b->open[k].name == name)
            return true;
    return false;
}

/* 13.2.6.3 Closing elements that have implied end tags */
void html_imply_end(html_builder *b, uint32_t except)
{
    while (b->open_n > 1 && html_current(b)->flags & HTML_IS_IMPLIED &&
           html_current(b)->name != except)
        html_pop(b);
}

void html_imply_end_all(html_builder *b)
{
    while (b->open_n > 1 && html_current(b)->flags & (HTML_IS_IMPLIED | HTML_IS_THOROUGH))
        html_pop(b);
}

void html_close_p(html_builder *b)
{
    if (!b->p_n || !html_in_button_scope(b, HTML_p))
        return;
    html_imply_end(b, HTML_p);
    html_pop_to(b, HTML_p);
}

void html_clear_to(html_builder *b, const uint16_t *names)
{
    while (b->open_n > 1) {
        uint32_t here = html_current(b)->name;
        for (const uint16_t *n = names; *n; n++)
            if (*n == here)
                return;
        html_pop(b);
    }
}

/* ---------------------------------------------------------- active formatting elements 13.2.4.3 */

static bool same_value(html_doc *d, const html_attr *a, const html_attr *c)
{
    return a->name == c->name && a->prefix == c->prefix &&
           str_eq(html_text(d, a->value), html_text(d, c->value));
}

/* The same name and attributes, in whatever order? */
static bool same_tag(html_doc *d, const html_node *x, const html_node *y)
{
    if (x->name != y->name || x->n != y->n)
        return false;
    if (x->at == y->at)
        return true;
    const html_attr *a = d->attr + x->at, *c = d->attr + y->at;
    uint32_t n = x->n, i = 0;
    while (i < n && same_value(d, &a[i], &c[i]))
        i++;
    if (i == n)
        return true;
    if (n > HTML_ARK_ATTRIBUTES)
        return false;
    for (; i < n; i++) {
        uint32_t k = 0;
        while (k < n && !same_value(d, &a[i], &c[k]))
            k++;
        if (k == n)
            return false;
    }
    return true;
}

void html_formatting_drop(html_builder *b, uint32_t at)
{
    memmove(b->formatting + at, b->formatting + at + 1,
            (b->formatting_n - at - 1) * sizeof *b->formatting);
    b->formatting_n--;
}

static void add(html_builder *b, uint32_t node)
{
    sst_buf *m = &b->formatting_memory;
    m->n = b->formatting_n * sizeof(uint32_t);
    buf_add(m, &node, sizeof node);
    if (m->failed) {
        b->stop = true;
        return;
    }
    b->formatting = (uint32_t *)(void *)m->p;
    b->formatting_n++;
}

/* With the Noah's Ark clause: at most three of a kind behind the last marker. */
void html_formatting_push(html_builder *b, uint32_t node)
{
    if (!node)
        return;
    uint32_t same = 0, first = 0, k = b->formatting_n;
    for (; k > 0 && b->formatting[k - 1]; k--) {
        if (same_tag(b->d, &b->d->node[b->formatting[k - 1]], &b->d->node[node])) {
            same++;
            first = k - 1;
        }
    }
    if (same >= 3)
        html_formatting_drop(b, first);
    else if (b->formatting_n - k >= HTML_FORMATTING_MOST)
        html_formatting_drop(b, k);
    add(b, node);
}

void html_formatting_mark(html_builder *b)
{
    add(b, 0);
}

void html_formatting_clear(html_builder *b)
{
    while (b->formatting_n && b->formatting[--b->formatting_n])
        ;
}

int64_t html_formatting_find(html_builder *b, uint32_t node)
{
    for (uint32_t k = b->formatting_n; k-- > 0;)
        if (b->formatting[k] == node)
            return k;
    return -1;
}

/* 13.2.4.3 Reconstruct the active formatting elements */
void html_formatting_rebuild(html_builder *b)
{
    uint32_t k = b->formatting_n;
    if (!k)
        return;
    while (k > 0 && b->formatting[k - 1] &&
           !(b->d->node[b->formatting[k - 1]].marks & HTML_MARK_OPEN))
        k--;
    for (; k < b->formatting_n && !b->stop; k++) {
        uint32_t fresh = html_clone(b, b->formatting[k]);
        if (!fresh)
            return;
        html_node_insert(b, html_place_for(b, html_current(b)->node), fresh);
        html_push(b, fresh);
        b->formatting[k] = fresh;
    }
}
