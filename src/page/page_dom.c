/*
 * The tree of a page for the stages behind, made from src/html's: see page_dom.h. In: UTF-8; out:
 * nodes in the arena, text where it stood. One pass over the array, which is in document order.
 * Comments and doctypes are left out, and text of elements whose markup browsers do not parse
 * (styles, frames): it is no text. What templates hold stands below them.
 */
#include "page_dom.h"

#include <string.h>

#include "html.h"

/* By the parser's number of the name. */
static const uint8_t tags[HTML_KNOWN_N] = {
    [HTML_a] = TAG_A,
    [HTML_address] = TAG_ADDRESS,
    [HTML_article] = TAG_ARTICLE,
    [HTML_aside] = TAG_ASIDE,
    [HTML_b] = TAG_STRONG,
    [HTML_base] = TAG_BASE,
    [HTML_blockquote] = TAG_BLOCKQUOTE,
    [HTML_body] = TAG_BODY,
    [HTML_br] = TAG_BR,
    [HTML_button] = TAG_BUTTON,
    [HTML_dd] = TAG_DD,
    [HTML_div] = TAG_DIV,
    [HTML_dl] = TAG_DL,
    [HTML_dt] = TAG_DT,
    [HTML_em] = TAG_EM,
    [HTML_figcaption] = TAG_FIGCAPTION,
    [HTML_figure] = TAG_FIGURE,
    [HTML_footer] = TAG_FOOTER,
    [HTML_form] = TAG_FORM,
    [HTML_h1] = TAG_H1,
    [HTML_h2] = TAG_H2,
    [HTML_h3] = TAG_H3,
    [HTML_h4] = TAG_H4,
    [HTML_h5] = TAG_H5,
    [HTML_h6] = TAG_H6,
    [HTML_head] = TAG_HEAD,
    [HTML_header] = TAG_HEADER,
    [HTML_hr] = TAG_HR,
    [HTML_html] = TAG_HTML,
    [HTML_i] = TAG_EM,
    [HTML_iframe] = TAG_IFRAME,
    [HTML_input] = TAG_INPUT,
    [HTML_li] = TAG_LI,
    [HTML_link] = TAG_LINK,
    [HTML_main] = TAG_MAIN,
    [HTML_meta] = TAG_META,
    [HTML_nav] = TAG_NAV,
    [HTML_noscript] = TAG_NOSCRIPT,
    [HTML_object] = TAG_OBJECT,
    [HTML_ol] = TAG_OL,
    [HTML_p] = TAG_P,
    [HTML_pre] = TAG_PRE,
    [HTML_script] = TAG_SCRIPT,
    [HTML_section] = TAG_SECTION,
    [HTML_select] = TAG_SELECT,
    [HTML_strong] = TAG_STRONG,
    [HTML_style] = TAG_STYLE,
    [HTML_svg] = TAG_SVG,
    [HTML_table] = TAG_TABLE,
    [HTML_td] = TAG_TD,
    [HTML_template] = TAG_TEMPLATE,
    [HTML_th] = TAG_TD,
    [HTML_time] = TAG_TIME,
    [HTML_title] = TAG_TITLE,
    [HTML_tr] = TAG_TR,
    [HTML_ul] = TAG_UL,
};

static page_node *add(sst_arena *arena, page_node *top, page_tag tag)
{
    page_node *n = arena_calloc(arena, 1, sizeof *n);
    if (!n)
        return NULL;
    n->tag = (uint8_t)tag;
    n->parent = top;
    if (top->last)
        top->last->next = n;
    else
        top->first = n;
    top->last = n;
    return n;
}

static bool is_raw(uint32_t name)
{
    return name == HTML_style || name == HTML_iframe || name == HTML_noframes ||
           name == HTML_noembed;
}

static void add_attributes(sst_arena *arena, const html_doc *d, const html_node *from, page_node *n)
{
    page_attribute *to = from->n ? arena_alloc(arena, from->n * sizeof *to) : NULL;
    if (!to)
        return;
    n->attributes = to;
    for (uint32_t k = 0; k < from->n; k++) {
        const html_attr *a = &d->attr[from->at + k];
        to[k] = (page_attribute){.name = html_name(d, a->name),
                                 .value = html_text(d, a->value),
                                 .next = k + 1 < from->n ? &to[k + 1] : NULL};
    }
}

/* Names of elements that pages invent ("share-bar", "amp-consent") say what they hold. */
static void keep_name(const html_doc *d, const html_node *from, page_node *n)
{
    sst_str name = from->name < HTML_KNOWN_N ? (sst_str){NULL, 0} : html_name(d, from->name);
    if (name.n && memchr(name.p, '-', name.n))
        n->text = name;
}

/* of[i] becomes the node of d->node[i], NULL for those that are left out. */
static void copy(sst_arena *arena, const html_doc *d, page_node *root, page_node **of)
{
    of[0] = root;
    for (uint32_t i = 1; i < d->node_n && !arena->failed; i++) {
        const html_node *from = &d->node[i];
        page_node *top = of[from->parent];
        of[i] = NULL;
        switch ((html_kind)from->kind) {
        case HTML_CONTENT:
            of[i] = top;
            break;
        case HTML_TEXT:
            if (top &&
                !(d->node[from->parent].kind == HTML_ELEMENT &&
                  is_raw(d->node[from->parent].name)) &&
                (of[i] = add(arena, top, TAG_TEXT)))
                of[i]->text = html_node_text(d, i);
            break;
        case HTML_ELEMENT:
            of[i] =
                add(arena, top, from->name < HTML_KNOWN_N ? (page_tag)tags[from->name] : TAG_OTHER);
            if (of[i])
                add_attributes(arena, d, from, of[i]);
            if (of[i] && of[i]->tag == TAG_OTHER)
                keep_name(d, from, of[i]);
            break;
        default:
            break;
        }
    }
}

static bool is_stopped(void *stop)
{
    return atomic_load(*(const atomic_int **)stop) != 0;
}

sst_status page_dom_parse(sst_arena *arena, html_doc *doc, sst_str html, uint32_t depth,
                          const atomic_int *stop, page_node **root, html_limit *limit)
{
    *root = arena_calloc(arena, 1, sizeof **root);
    if (!*root)
        return arena->failed;
    html_limits limits = {
        .depth = depth, .stop = stop ? is_stopped : NULL, .stop_user = (void *)&stop};
    sst_status status = html_parse(doc, html, &limits);
    *limit = doc->limit;
    if (status == SST_ERR_LIMIT)
        status = SST_OK;
    if (!status) {
        page_node **of = arena_alloc(arena, doc->node_n * sizeof(page_node *));
        if (of)
            copy(arena, doc, *root, of);
        status = arena->failed;
    }
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
