/*
 * Entry: the bytes are a page for the HTML parser alone. Checks what every tree has to be (array
 * order is document order, every node is reachable, links agree, slices lie inside), that pieces
 * give the same tree as the whole, that the scanners agree with their twins, and reads the tree in
 * every way there is.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "html.h"
#include "html_scan.h"

#define HOLDS(what)                                                                                \
    do {                                                                                           \
        if (!(what)) {                                                                             \
            fprintf(stderr, "does not hold: %s (line %d)\n", #what, __LINE__);                     \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static void slice_inside(const html_doc *d, html_slice s)
{
    size_t size = s.at & HTML_DECODED ? d->decoded.n : d->input.n;
    HOLDS((uint64_t)(s.at & ~HTML_DECODED) + s.n <= size);
}

static void check(const html_doc *d)
{
    uint32_t i = 0, n = 0;
    do {
        const html_node *x = &d->node[i];
        HOLDS(i == n++);
        HOLDS(x->begin <= d->input.n);
        if (x->first) {
            HOLDS(x->first == i + 1 && d->node[x->first].parent == i);
            HOLDS(d->node[d->node[x->first].prev].next == 0);
        }
        if (x->next) {
            HOLDS(d->node[x->next].prev == i && d->node[x->next].parent == x->parent);
            HOLDS(x->kind != HTML_TEXT || d->node[x->next].kind != HTML_TEXT);
        }
        if (x->kind == HTML_TEXT || x->kind == HTML_COMMENT) {
            slice_inside(d, (html_slice){x->at, x->n});
            HOLDS(!x->first && (x->n || x->kind == HTML_COMMENT));
        } else {
            HOLDS((uint64_t)x->at + x->n <= d->attr_n || !x->n);
            HOLDS(x->name < d->names.n && (x->name || x->kind != HTML_ELEMENT));
            for (uint32_t k = 0; k < x->n; k++) {
                slice_inside(d, d->attr[x->at + k].value);
                HOLDS(x->kind == HTML_DOCTYPE || d->attr[x->at + k].name < d->names.n);
            }
        }
        i = html_next(d, i, 0, false);
    } while (i);
    HOLDS(n == d->node_n);
}

static void scanners(const char *p, size_t n)
{
    if (n < 2)
        return;
    const char *end = p + n;
    for (const char *s = p; s < end; s++) {
        const char *a = scan_two(s, end, p[0], p[1]);
        HOLDS(a == scan_two_twin(s, end, p[0], p[1]));
        if (a > s)
            s = a - 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    html_doc whole, cut;
    sst_buf one, two, text;
    html_init(&whole);
    html_init(&cut);
    buf_init(&one, 0);
    buf_init(&two, 0);
    buf_init(&text, 0);
    sst_str in = {n ? (const char *)bytes : "", n};
    scanners(in.p, n < 4096 ? n : 4096);
    html_limits limits = {.depth = n && bytes[0] & 1 ? 20 : 0};
    whole.scripting = cut.scripting = n > 1 && bytes[1] & 1;
    sst_status status = html_parse(&whole, in, &limits);
    HOLDS(status == SST_OK || status == SST_ERR_LIMIT);
    check(&whole);
    html_write_tree(&whole, &one);
    html_visible_text(&whole, 0, &text);
    for (uint32_t i = 0; i < whole.node_n && i < (n < 4096 ? 64u : 2u); i++)
        html_visible_text(&whole, i, &text);

    html_parser *parser;
    HOLDS(html_feed_begin(&cut, &limits, &parser) == SST_OK);
    for (size_t k = 0, step = 1; k < n; k += step) {
        step = 1 + bytes[k] % 61;
        if (step > n - k)
            step = n - k;
        HOLDS(html_feed(parser, (sst_str){in.p + k, step}) == SST_OK);
    }
    HOLDS(html_feed_end(parser) == status);
    check(&cut);
    html_write_tree(&cut, &two);
    HOLDS(one.n == two.n && (!one.n || memcmp(one.p, two.p, one.n) == 0));
    html_release(&whole);
    html_release(&cut);
    buf_release(&one);
    buf_release(&two);
    buf_release(&text);
    return 0;
}
