/* What holds of every tree of src/html, for the tests of it. */
#ifndef HTML_CHECK_H
#define HTML_CHECK_H

#include "html.h"

/* What every tree has to be: array order is document order, links agree, slices lie inside. */
static inline void check_tree(const html_doc *d)
{
    uint32_t i = 0, n = 0;
    do {
        const html_node *x = &d->node[i];
        if (i != n++)
            fail_msg("node %u is not at its place in %.*s", i, (int)d->input.n, d->input.p);
        if (x->first) {
            assert_int_equal(x->first, i + 1);
            assert_int_equal(d->node[x->first].parent, i);
            assert_int_equal(d->node[d->node[x->first].prev].next, 0);
        }
        if (x->next) {
            assert_int_equal(d->node[x->next].prev, i);
            assert_int_equal(d->node[x->next].parent, x->parent);
            if (x->kind == HTML_TEXT)
                assert_int_not_equal(d->node[x->next].kind, HTML_TEXT);
        }
        if (x->kind == HTML_TEXT || x->kind == HTML_COMMENT) {
            size_t size = x->at & HTML_DECODED ? d->decoded.n : d->input.n;
            assert_true((uint64_t)(x->at & ~HTML_DECODED) + x->n <= size);
        } else {
            assert_true((uint64_t)x->at + x->n <= d->attr_n || !x->n);
        }
        i = html_next(d, i, 0, false);
    } while (i);
    assert_int_equal(n, d->node_n);
}

#endif
