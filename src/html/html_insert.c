/*
 * Putting things into the tree (HTML standard 13.2.6.1 - 13.2.6.2) and finding the insertion mode
 * anew (13.2.4.1). In: the current token; out: nodes at the appropriate place, which in a table may
 * be before it (foster parenting).
 */
#include <string.h>

#include "html_scan.h"
#include "html_tree.h"

/* Inside a template means inside its content. */
static uint32_t holder(html_builder *b, uint32_t node)
{
    const html_node *n = &b->d->node[node];
    return n->kind == HTML_ELEMENT && n->name == HTML_template && n->space == HTML_NS_HTML &&
                   n->first
               ? n->first
               : node;
}

html_place html_place_for(html_builder *b, uint32_t target)
{
    const html_node *node = b->d->node;
    uint32_t name = node[target].space ? 0 : node[target].name;
    if (!b->foster || !(name == HTML_table || name == HTML_tbody || name == HTML_tfoot ||
                        name == HTML_thead || name == HTML_tr))
        return (html_place){holder(b, target), 0};
    b->moved = true; /* the element it leaves may go on */
    for (uint32_t k = b->open_n; k-- > 0;) {
        if (b->open[k].name == HTML_template)
            return (html_place){holder(b, b->open[k].node), 0};
        if (b->open[k].name == HTML_table) {
            uint32_t table = b->open[k].node;
            if (node[table].prev)
                return (html_place){node[table].parent, table};
            return (html_place){holder(b, b->open[k ? k - 1 : 0].node), 0};
        }
    }
    return (html_place){b->open[0].node, 0};
}

static html_place here(html_builder *b)
{
    if (!b->foster) {
        uint32_t node = html_current(b)->node;
        return (html_place){html_current(b)->name == HTML_template ? holder(b, node) : node, 0};
    }
    return html_place_for(b, html_current(b)->node);
}

static uint32_t make(html_builder *b, uint32_t name, html_space space)
{
    uint32_t i = html_node_new(b, HTML_ELEMENT);
    if (!i)
        return 0;
    html_node *n = &b->d->node[i];
    n->name = name & 0xFFFFFF;
    n->space = space & 3;
    return i;
}

uint32_t html_insert(html_builder *b, uint32_t name, html_space space)
{
    html_place at = here(b);
    uint32_t i = make(b, name, space);
    if (!i)
        return 0;
    b->d->node[i].at = b->tok.attr;
    b->d->node[i].n = b->tok.attr_n;
    b->kept = true;
    html_node_insert(b, at, i);
    html_push(b, i);
    return i;
}

uint32_t html_insert_plain(html_builder *b, uint32_t name)
{
    html_place at = here(b);
    uint32_t i = make(b, name, HTML_NS_HTML);
    if (!i)
        return 0;
    html_node_insert(b, at, i);
    html_push(b, i);
    return i;
}

void html_insert_tag(html_builder *b)
{
    html_insert(b, b->tok.name, HTML_NS_HTML);
}

void html_insert_void(html_builder *b)
{
    if (html_insert(b, b->tok.name, HTML_NS_HTML))
        html_pop(b);
}

uint32_t html_clone(html_builder *b, uint32_t node)
{
    uint32_t i = html_node_new(b, HTML_ELEMENT);
    if (!i)
        return 0;
    html_node *n = &b->d->node[i], *of = &b->d->node[node];
    n->name = of->name;
    n->space = of->space;
    n->at = of->at; /* attributes never change: both name the same run */
    n->n = of->n;
    return i;
}

void html_insert_comment(html_builder *b, html_place at)
{
    uint32_t i = html_node_new(b, HTML_COMMENT);
    if (!i)
        return;
    b->d->node[i].at = b->tok.text.at;
    b->d->node[i].n = b->tok.text.n;
    html_node_insert(b, at, i);
}

void html_insert_comment_here(html_builder *b)
{
    html_insert_comment(b, here(b));
}

void html_insert_text(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->code_n) {
        sst_buf *m = &b->d->decoded;
        t->text = (html_slice){(uint32_t)m->n | HTML_DECODED, t->code_n};
        buf_add(m, t->code, t->code_n);
        if (m->failed)
            return;
        t->code_n = 0;
    }
    html_node_text_in(b, here(b), t->text);
}

void html_insert_raw(html_builder *b, html_state state)
{
    html_insert_tag(b);
    b->t.state = state;
    b->back = b->mode;
    b->mode = HTML_MODE_TEXT;
}

/*
 * A further <html> or <body> tag adds the attributes that the element does not have. They are kept
 * aside until the end, where they become one run.
 */
void html_merge_attributes(html_builder *b, int body)
{
    html_doc *d = b->d;
    uint32_t node = body ? b->open_n > 1 ? b->open[1].node : 0 : b->open[0].node;
    if (!node || !b->tok.attr_n)
        return;
    sst_buf *seen = &b->late_seen[body], *late = &b->late_memory[body];
    if (!seen->n) /* the element's own come first */
        buf_byte(seen, 0);
    const html_node *n = &d->node[node];
    for (uint32_t k = 0; k < n->n + b->tok.attr_n; k++) {
        bool own = k < n->n;
        if (own && late->n)
            continue;
        html_attr a = own ? d->attr[n->at + k] : d->attr[b->tok.attr + k - n->n];
        if (seen->n <= a.name) {
            size_t more = a.name + 1 - seen->n;
            char *to = buf_reserve(seen, more);
            if (!to)
                return;
            memset(to, 0, more);
            seen->n += more;
        }
        if (seen->p[a.name])
            continue;
        seen->p[a.name] = 1;
        buf_add(late, &a, sizeof a);
    }
    b->late[body] = (html_attr *)(void *)late->p;
    b->late_n[body] = (uint32_t)(late->n / sizeof(html_attr));
}

bool html_token_has(html_builder *b, uint32_t name)
{
    for (uint32_t k = 0; k < b->tok.attr_n; k++)
        if (b->d->attr[b->tok.attr + k].name == name)
            return true;
    return false;
}

bool html_token_is(html_builder *b, uint32_t name, const char *value)
{
    for (uint32_t k = 0; k < b->tok.attr_n; k++) {
        const html_attr *a = &b->d->attr[b->tok.attr + k];
        if (a->name == name)
            return str_eq_nocase(html_text(b->d, a->value), str_of(value));
    }
    return false;
}

/* 13.2.4.1 Reset the insertion mode appropriately */
void html_reset_mode(html_builder *b)
{
    for (uint32_t k = b->open_n; k-- > 0;) {
        switch (b->open[k].name) {
        case HTML_td:
        case HTML_th:
            if (k > 0) {
                b->mode = HTML_MODE_IN_CELL;
                return;
            }
            break;
        case HTML_tr:
            b->mode = HTML_MODE_IN_ROW;
            return;
        case HTML_tbody:
        case HTML_thead:
        case HTML_tfoot:
            b->mode = HTML_MODE_IN_TABLE_BODY;
            return;
        case HTML_caption:
            b->mode = HTML_MODE_IN_CAPTION;
            return;
        case HTML_colgroup:
            b->mode = HTML_MODE_IN_COLUMN_GROUP;
            return;
        case HTML_table:
            b->mode = HTML_MODE_IN_TABLE;
            return;
        case HTML_template:
            b->mode =
                b->template_n ? (html_mode)b->templates[b->template_n - 1] : HTML_MODE_IN_BODY;
            return;
        case HTML_head:
            if (k > 0) {
                b->mode = HTML_MODE_IN_HEAD;
                return;
            }
            break;
        case HTML_body:
            b->mode = HTML_MODE_IN_BODY;
            return;
        case HTML_frameset:
            b->mode = HTML_MODE_IN_FRAMESET;
            return;
        case HTML_html:
            b->mode = b->d->head ? HTML_MODE_AFTER_HEAD : HTML_MODE_BEFORE_HEAD;
            return;
        default:
            break;
        }
    }
    b->mode = HTML_MODE_IN_BODY;
}
