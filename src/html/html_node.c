/*
 * Nodes: making, linking, joining text, and the one pass that puts them in document order. In:
 * places in the tree; out: the array of nodes. Method: see html.h. Text is joined at once where the
 * bytes follow one another, or where the first part stands at the end of the decoded bytes; else a
 * new text node is made and joined at the end, so that no text is copied more than twice.
 */
#include <string.h>

#include "html_tree.h"

uint32_t html_node_new(html_builder *b, html_kind kind)
{
    html_doc *d = b->d;
    uint32_t i = d->node_n;
    if (i >= b->limits.nodes ||
        (i >= HTML_NODES_FREE && i - HTML_NODES_FREE >= b->tok.end / HTML_BYTES_A_NODE)) {
        if (!d->limit)
            d->limit = HTML_LIMIT_NODES;
        b->stop = true;
        return 0;
    }
    if ((size_t)(i + 1) * sizeof(html_node) > d->nodes.cap) {
        d->nodes.n = (size_t)i * sizeof(html_node);
        if (!buf_reserve(&d->nodes, sizeof(html_node))) {
            b->stop = true;
            return 0;
        }
        d->node = (html_node *)(void *)d->nodes.p;
    }
    if (b->left_body)
        b->moved = true;
    d->node[i] = (html_node){.kind = kind & 7, .begin = b->tok.begin};
    d->node_n = i + 1;
    return i;
}

void html_node_insert(html_builder *b, html_place at, uint32_t i)
{
    html_node *node = b->d->node, *n = &node[i], *parent = &node[at.parent];
    n->parent = at.parent;
    if (at.before) {
        html_node *before = &node[at.before];
        n->next = at.before;
        n->prev = before->prev;
        before->prev = i;
        if (parent->first == at.before)
            parent->first = i;
        else
            node[n->prev].next = i;
        b->moved = true;
        return;
    }
    n->next = 0;
    if (parent->first) {
        uint32_t last = node[parent->first].prev;
        node[last].next = i;
        n->prev = last;
        node[parent->first].prev = i;
    } else {
        parent->first = i;
        n->prev = i;
    }
    if (i + 1 != b->d->node_n)
        b->moved = true;
}

void html_node_remove(html_builder *b, uint32_t i)
{
    html_node *node = b->d->node, *n = &node[i];
    if (!n->prev)
        return; /* not in the tree: even an only child has itself there */
    html_node *parent = &node[n->parent];
    if (parent->first == i) {
        parent->first = n->next;
        if (n->next)
            node[n->next].prev = n->prev;
    } else if (parent->first) {
        node[n->prev].next = n->next;
        node[n->next ? n->next : parent->first].prev = n->prev;
    }
    n->parent = n->next = n->prev = 0;
    b->moved = true;
}

/* Can s be joined to the slice `to` in place? */
static bool join(html_doc *d, uint32_t *at, uint32_t *n, html_slice s)
{
    if (!((*at ^ s.at) & HTML_DECODED) && *at + *n == s.at) {
        *n += s.n;
        return true;
    }
    bool at_end = (*at & HTML_DECODED) && (*at & ~HTML_DECODED) + *n == d->decoded.n;
    if (!at_end && *n > 4096)
        return false; /* joined in the last pass, if ever; most text in pieces is short */
    size_t need = (size_t)s.n + (at_end ? 0 : *n);
    char *to = buf_reserve(&d->decoded, need);
    if (!to)
        return true; /* the buffer has failed: seen at the end */
    if (!at_end) {
        sst_str old = html_text(d, (html_slice){*at, *n});
        memcpy(to, old.p, old.n);
        *at = (uint32_t)d->decoded.n | HTML_DECODED;
        d->decoded.n += old.n;
        to += old.n;
    }
    sst_str more = html_text(d, s);
    memcpy(to, more.p, more.n);
    d->decoded.n += more.n;
    *n += s.n;
    return true;
}

void html_node_text_in(html_builder *b, html_place at, html_slice s)
{
    html_doc *d = b->d;
    if (!s.n)
        return;
    uint32_t last = 0;
    if (at.before) {
        if (d->node[at.parent].first != at.before)
            last = d->node[at.before].prev;
    } else if (d->node[at.parent].first) {
        last = d->node[d->node[at.parent].first].prev;
    }
    if (last && d->node[last].kind == HTML_TEXT) {
        uint32_t from = d->node[last].at, n = d->node[last].n;
        /* A piece that was copied before and is not at the end any more would be copied again. */
        bool copied = (from & HTML_DECODED) && (from & ~HTML_DECODED) + n != d->decoded.n;
        bool follows = !((from ^ s.at) & HTML_DECODED) && from + n == s.at;
        if ((!copied || follows) && join(d, &from, &n, s)) {
            d->node[last].at = from;
            d->node[last].n = n;
            return;
        }
        b->moved = true;
    }
    uint32_t i = html_node_new(b, HTML_TEXT);
    if (!i)
        return;
    d->node[i].at = s.at;
    d->node[i].n = s.n;
    if (!(s.at & HTML_DECODED))
        d->node[i].begin = s.at;
    html_node_insert(b, at, i);
}

/* The node behind i in document order while the array is not yet in it. */
static uint32_t next_in_tree(const html_node *node, uint32_t i)
{
    if (node[i].first)
        return node[i].first;
    while (i && !node[i].next)
        i = node[i].parent;
    return node[i].next;
}

/* Joins the text nodes right behind the text node i to it; they leave the tree. */
static sst_status join_behind(html_doc *d, uint32_t i)
{
    html_node *node = d->node;
    while (node[i].next && node[node[i].next].kind == HTML_TEXT) {
        uint32_t gone = node[i].next, at = node[i].at, count = node[i].n;
        html_slice s = {node[gone].at, node[gone].n};
        if (!join(d, &at, &count, s)) { /* long: copied once, then at the end */
            sst_str old = html_text(d, (html_slice){at, count});
            char *copy = buf_reserve(&d->decoded, old.n + s.n);
            if (!copy)
                return d->decoded.failed;
            memcpy(copy, html_text(d, (html_slice){at, count}).p, old.n);
            at = (uint32_t)d->decoded.n | HTML_DECODED;
            d->decoded.n += old.n;
            join(d, &at, &count, s);
        }
        node[i].at = at;
        node[i].n = count;
        uint32_t behind = node[gone].next, parent = node[i].parent;
        node[i].next = behind;
        node[behind ? behind : node[parent].first].prev = i;
    }
    return SST_OK;
}

#define NOT_IN_TREE UINT32_MAX

/*
 * Numbers the nodes as the tree has them, renames the links, and then moves every node to its place
 * by following the cycles of the permutation: four bytes a node beside the array. Nodes that are
 * not in the tree (any more) go behind the others and are cut off.
 */
sst_status html_node_order(html_builder *b)
{
    html_doc *d = b->d;
    buf_clear(&d->work);
    char *memory = buf_reserve(&d->work, (size_t)d->node_n * sizeof(uint32_t));
    if (!memory)
        return d->work.failed;
    uint32_t *fresh = (uint32_t *)(void *)memory, n = 0, i = 0;
    memset(fresh, 0xFF, (size_t)d->node_n * sizeof *fresh);
    html_node *node = d->node;
    do {
        if (node[i].kind == HTML_TEXT) {
            sst_status status = join_behind(d, i);
            if (status)
                return status;
        }
        fresh[i] = n++;
        i = next_in_tree(node, i);
    } while (i);
    uint32_t behind = n;
    for (i = 0; i < d->node_n; i++) {
        if (fresh[i] == NOT_IN_TREE) {
            fresh[i] = behind++;
            continue;
        }
        html_node *x = &node[i];
        x->parent = fresh[x->parent]; /* 0, the document, stays 0 */
        x->first = fresh[x->first];
        x->next = fresh[x->next];
        x->prev = fresh[x->prev];
    }
    for (i = 0; i < d->node_n; i++) {
        while (fresh[i] != i) {
            uint32_t to = fresh[i];
            html_node x = node[to];
            node[to] = node[i];
            node[i] = x;
            fresh[i] = fresh[to];
            fresh[to] = to;
        }
    }
    d->node_n = n;
    return SST_OK;
}
