/*
 * Foreign content: SVG and MathML (HTML standard 13.2.6.5), and the names that it adjusts
 * (13.2.6.1). In: b->tok while the current node is not HTML; out: the tree.
 */
#include "html_scan.h"
#include "html_tree.h"

/* By lower-case name; 0: stays. */
static const uint16_t svg_tag[HTML_KNOWN_N] = {
#define X(from, to) [HTML_##from] = HTML_##to,
    HTML_SVG_TAGS(X)
#undef X
};
static const uint16_t svg_attribute[HTML_KNOWN_N] = {
#define X(from, to) [HTML_##from] = HTML_##to,
    HTML_SVG_ATTRIBUTES(X)
#undef X
};
static const uint8_t prefix[HTML_KNOWN_N] = {
    [HTML_xlink_actuate] = HTML_PREFIX_XLINK, [HTML_xlink_arcrole] = HTML_PREFIX_XLINK,
    [HTML_xlink_href] = HTML_PREFIX_XLINK,    [HTML_xlink_role] = HTML_PREFIX_XLINK,
    [HTML_xlink_show] = HTML_PREFIX_XLINK,    [HTML_xlink_title] = HTML_PREFIX_XLINK,
    [HTML_xlink_type] = HTML_PREFIX_XLINK,    [HTML_xml_lang] = HTML_PREFIX_XML,
    [HTML_xml_space] = HTML_PREFIX_XML,       [HTML_xmlns] = HTML_PREFIX_XMLNS,
    [HTML_xmlns_xlink] = HTML_PREFIX_XMLNS};

static uint32_t svg_name(uint32_t name)
{
    return name < HTML_KNOWN_N && svg_tag[name] ? svg_tag[name] : name;
}

/* Inserts the token's element in the namespace and pops it when it closes itself. */
void html_insert_foreign(html_builder *b, html_space space)
{
    html_token *t = &b->tok;
    for (uint32_t k = 0; k < t->attr_n; k++) {
        html_attr *a = &b->d->attr[t->attr + k];
        if (a->name >= HTML_KNOWN_N)
            continue;
        if (space == HTML_NS_SVG && svg_attribute[a->name])
            a->name = svg_attribute[a->name];
        else if (space == HTML_NS_MATH && a->name == HTML_definitionurl)
            a->name = HTML_definitionURL;
        a->prefix = prefix[a->name];
    }
    bool point = space == HTML_NS_MATH && t->name == HTML_annotation_xml &&
                 (html_token_is(b, HTML_encoding, "text/html") ||
                  html_token_is(b, HTML_encoding, "application/xhtml+xml"));
    uint32_t i = html_insert(b, space == HTML_NS_SVG ? svg_name(t->name) : t->name, space);
    if (!i)
        return;
    if (point && !b->stop) {
        b->d->node[i].marks |= HTML_MARK_INTEGRATION;
        html_current(b)->flags |= HTML_OPEN_HTML_POINT;
    }
    if (t->closes_self && !b->stop)
        html_pop(b);
}

static bool breaks_out(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->kind == HTML_TOKEN_CLOSE)
        return t->name == HTML_br || t->name == HTML_p;
    if (html_flags_of(t->name) & HTML_IS_BREAKOUT)
        return true;
    return t->name == HTML_font && (html_token_has(b, HTML_color) || html_token_has(b, HTML_face) ||
                                    html_token_has(b, HTML_size));
}

static bool end(html_builder *b)
{
    html_token *t = &b->tok;
    uint32_t svg = svg_name(t->name);
    for (uint32_t k = b->open_n; k-- > 1;) {
        const html_open *o = &b->open[k];
        if (!(o->flags & HTML_OPEN_FOREIGN))
            return html_rule(b, b->mode);
        uint32_t name = o->name & ~HTML_FOREIGN_NAME;
        if (name == t->name || name == svg) {
            html_pop_until(b, k);
            return false;
        }
    }
    return false;
}

bool html_in_foreign(html_builder *b)
{
    html_token *t = &b->tok;
    switch (t->kind) {
    case HTML_TOKEN_TEXT:
        if (t->code_n && !t->code[0]) {
            memcpy(t->code, "\xEF\xBF\xBD", 3);
            t->code_n = 3;
        } else if (b->frameset_ok) {
            sst_str s = t->code_n ? (sst_str){t->code, t->code_n} : html_text(b->d, t->text);
            if (scan_space(s.p, s.p + s.n) < s.p + s.n)
                b->frameset_ok = false;
        }
        html_insert_text(b);
        return false;
    case HTML_TOKEN_COMMENT:
        html_insert_comment_here(b);
        return false;
    case HTML_TOKEN_START:
    case HTML_TOKEN_CLOSE:
        break;
    default:
        return false;
    }
    if (breaks_out(b)) {
        while (b->open_n > 1 && html_current(b)->flags & HTML_OPEN_FOREIGN &&
               !(html_current(b)->flags & (HTML_OPEN_MATH_TEXT | HTML_OPEN_HTML_POINT)))
            html_pop(b);
        return html_rule(b, b->mode);
    }
    if (t->kind == HTML_TOKEN_CLOSE)
        return end(b);
    html_insert_foreign(b, (html_space)b->d->node[html_current(b)->node].space);
    return false;
}
