/*
 * The adoption agency algorithm (HTML standard 13.2.6.4.7, "adoption agency algorithm for a
 * token"): an end tag of a formatting element that overlaps blocks, as in <b>1<p>2</b>3</p>.
 *
 *   b                      b
 *   |- 1                   |- 1
 *   '- p            ->     p
 *      '- 2                |- b
 *                          |  '- 2
 *                          '- 3
 *
 * Every loop is bounded by the standard (8 times), the depth, or the children that are moved.
 */
#include "html_tree.h"

#define OUTER_MOST 8 /* the standard's */
#define INNER_KEPT 3 /* clones behind these are not made */

static uint32_t place_on_stack(html_builder *b, uint32_t node)
{
    uint32_t k = b->open_n;
    while (k > 0 && b->open[k - 1].node != node)
        k--;
    return k; /* 1 more than the place; 0: not there */
}

static void move(html_builder *b, html_place to, uint32_t node)
{
    html_node_remove(b, node);
    html_node_insert(b, to, node);
}

/* Takes all children of `from` below `to`, which has none. */
static void move_children(html_builder *b, uint32_t from, uint32_t to)
{
    html_node *node = b->d->node;
    uint32_t first = node[from].first;
    node[to].first = first;
    node[from].first = 0;
    for (uint32_t i = first; i; i = node[i].next)
        node[i].parent = to;
}

static void replace_on_stack(html_builder *b, uint32_t k, uint32_t fresh)
{
    html_node *node = b->d->node;
    node[b->open[k].node].marks &= (uint32_t)~HTML_MARK_OPEN & 7;
    b->open[k].node = fresh;
    node[fresh].marks = (node[fresh].marks | HTML_MARK_OPEN) & 7;
}

static void list_insert(html_builder *b, int64_t at, uint32_t node)
{
    b->formatting_memory.n = b->formatting_n * sizeof(uint32_t);
    if (!buf_reserve(&b->formatting_memory, sizeof(uint32_t))) {
        b->stop = true;
        return;
    }
    b->formatting = (uint32_t *)(void *)b->formatting_memory.p;
    for (uint32_t k = b->formatting_n; (int64_t)k > at; k--)
        b->formatting[k] = b->formatting[k - 1];
    b->formatting[at] = node;
    b->formatting_n++;
}

/* One time round. 0: done, 1: again, -1: act as for any other end tag. */
static int once(html_builder *b, uint32_t name)
{
    html_doc *d = b->d;
    int64_t at = (int64_t)b->formatting_n - 1;
    while (at >= 0 && b->formatting[at] && d->node[b->formatting[at]].name != name)
        at--;
    if (at < 0 || !b->formatting[at])
        return -1;
    uint32_t element = b->formatting[at];
    uint32_t place = place_on_stack(b, element);
    if (!place) {
        html_formatting_drop(b, (uint32_t)at);
        return 0;
    }
    if (!html_node_in_scope(b, element))
        return 0;
    uint32_t k = place; /* the furthest block: the first special element behind it */
    while (k < b->open_n && !(b->open[k].flags & HTML_IS_SPECIAL))
        k++;
    if (k == b->open_n) {
        html_pop_until(b, place - 1);
        html_formatting_drop(b, (uint32_t)at);
        return 0;
    }
    uint32_t block = b->open[k].node, last = block;
    uint32_t above = b->open[place >= 2 ? place - 2 : 0].node;
    int64_t bookmark = at;
    uint32_t counter = 0;
    for (uint32_t j = k - 1; j >= place; j--) { /* the stack between the two, from below */
        uint32_t node = b->open[j].node;
        int64_t in_list = html_formatting_find(b, node);
        if (++counter > INNER_KEPT && in_list >= 0) {
            html_formatting_drop(b, (uint32_t)in_list);
            if (in_list < bookmark)
                bookmark--;
            in_list = -1;
        }
        if (in_list < 0) {
            html_pop_node(b, node);
            continue;
        }
        uint32_t fresh = html_clone(b, node);
        if (!fresh)
            return 0;
        b->formatting[in_list] = fresh;
        replace_on_stack(b, j, fresh);
        if (last == block)
            bookmark = in_list + 1;
        move(b, (html_place){fresh, 0}, last);
        last = fresh;
    }
    html_node_remove(b, last);
    html_node_insert(b, html_place_for(b, above), last);
    uint32_t fresh = html_clone(b, element);
    if (!fresh)
        return 0;
    move_children(b, block, fresh);
    html_node_insert(b, (html_place){block, 0}, fresh);
    b->moved = true;
    at = html_formatting_find(b, element);
    if (at >= 0) {
        html_formatting_drop(b, (uint32_t)at);
        if (at < bookmark)
            bookmark--;
    }
    list_insert(b, bookmark, fresh);
    html_pop_node(b, element);
    /* Behind the furthest block on the stack. */
    uint32_t behind = place_on_stack(b, block);
    html_push(b, fresh);
    for (uint32_t j = b->open_n - 1; !b->stop && j > behind; j--) {
        html_open swap = b->open[j];
        b->open[j] = b->open[j - 1];
        b->open[j - 1] = swap;
    }
    b->t.cdata = (html_current(b)->flags & HTML_OPEN_FOREIGN) != 0;
    return 1;
}

bool html_adopt(html_builder *b, uint32_t name)
{
    if (html_current(b)->name == name && html_formatting_find(b, html_current(b)->node) < 0) {
        html_pop(b);
        return true;
    }
    for (int k = 0; k < OUTER_MOST && !b->stop; k++) {
        int how = once(b, name);
        if (how <= 0)
            return how == 0;
    }
    return true;
}
