/*
 * Insertion modes up to the body, and those behind it: initial, before html, before head, in head,
 * in head noscript, after head; text; after body, frameset and what follows. HTML
 * standard 13.2.6.4.1 - .6, .8, .18 - .23. Each rule takes b->tok; true: handle the token again in
 * b->mode.
 */
#include <string.h>

#include "html_tree.h"

/* ------------------------------------------------------------------- 13.2.6.4.1 "initial" */

/* Public identifiers that begin so mean quirks mode. */
static const char *const quirks_prefix[] = {
    "+//Silmaril//dtd html Pro v0r11 19970101//",
    "-//AS//DTD HTML 3.0 asWedit + extensions//",
    "-//AdvaSoft Ltd//DTD HTML 3.0 asWedit + extensions//",
    "-//IETF//DTD HTML 2.0 Level 1//",
    "-//IETF//DTD HTML 2.0 Level 2//",
    "-//IETF//DTD HTML 2.0 Strict Level 1//",
    "-//IETF//DTD HTML 2.0 Strict Level 2//",
    "-//IETF//DTD HTML 2.0 Strict//",
    "-//IETF//DTD HTML 2.0//",
    "-//IETF//DTD HTML 2.1E//",
    "-//IETF//DTD HTML 3.0//",
    "-//IETF//DTD HTML 3.2 Final//",
    "-//IETF//DTD HTML 3.2//",
    "-//IETF//DTD HTML 3//",
    "-//IETF//DTD HTML Level 0//",
    "-//IETF//DTD HTML Level 1//",
    "-//IETF//DTD HTML Level 2//",
    "-//IETF//DTD HTML Level 3//",
    "-//IETF//DTD HTML Strict Level 0//",
    "-//IETF//DTD HTML Strict Level 1//",
    "-//IETF//DTD HTML Strict Level 2//",
    "-//IETF//DTD HTML Strict Level 3//",
    "-//IETF//DTD HTML Strict//",
    "-//IETF//DTD HTML//",
    "-//Metrius//DTD Metrius Presentational//",
    "-//Microsoft//DTD Internet Explorer 2.0 HTML Strict//",
    "-//Microsoft//DTD Internet Explorer 2.0 HTML//",
    "-//Microsoft//DTD Internet Explorer 2.0 Tables//",
    "-//Microsoft//DTD Internet Explorer 3.0 HTML Strict//",
    "-//Microsoft//DTD Internet Explorer 3.0 HTML//",
    "-//Microsoft//DTD Internet Explorer 3.0 Tables//",
    "-//Netscape Comm. Corp.//DTD HTML//",
    "-//Netscape Comm. Corp.//DTD Strict HTML//",
    "-//O'Reilly and Associates//DTD HTML 2.0//",
    "-//O'Reilly and Associates//DTD HTML Extended 1.0//",
    "-//O'Reilly and Associates//DTD HTML Extended Relaxed 1.0//",
    "-//SQ//DTD HTML 2.0 HoTMetaL + extensions//",
    "-//SoftQuad Software//DTD HoTMetaL PRO 6.0::19990601::extensions to HTML 4.0//",
    "-//SoftQuad//DTD HoTMetaL PRO 4.0::19971010::extensions to HTML 4.0//",
    "-//Spyglass//DTD HTML 2.0 Extended//",
    "-//Sun Microsystems Corp.//DTD HotJava HTML//",
    "-//Sun Microsystems Corp.//DTD HotJava Strict HTML//",
    "-//W3C//DTD HTML 3 1995-03-24//",
    "-//W3C//DTD HTML 3.2 Draft//",
    "-//W3C//DTD HTML 3.2 Final//",
    "-//W3C//DTD HTML 3.2//",
    "-//W3C//DTD HTML 3.2S Draft//",
    "-//W3C//DTD HTML 4.0 Frameset//",
    "-//W3C//DTD HTML 4.0 Transitional//",
    "-//W3C//DTD HTML Experimental 19960712//",
    "-//W3C//DTD HTML Experimental 970421//",
    "-//W3C//DTD W3 HTML//",
    "-//W3O//DTD W3 HTML 3.0//",
    "-//WebTechs//DTD Mozilla HTML 2.0//",
    "-//WebTechs//DTD Mozilla HTML//"};

static uint8_t quirks(html_builder *b)
{
    html_token *t = &b->tok;
    sst_str name = html_name(b->d, t->name), id = html_text(b->d, t->text),
            system = html_text(b->d, t->system);
    if (t->force_quirks || !str_eq(name, STR("html")) ||
        str_eq_nocase(id, STR("-//W3O//DTD W3 HTML Strict 3.0//EN//")) ||
        str_eq_nocase(id, STR("-/W3C/DTD HTML 4.0 Transitional/EN")) ||
        str_eq_nocase(id, STR("HTML")) ||
        str_eq_nocase(system, STR("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd")))
        return 2;
    for (size_t k = 0; k < sizeof quirks_prefix / sizeof *quirks_prefix; k++)
        if (str_starts_nocase(id, str_of(quirks_prefix[k])))
            return 2;
    if (str_starts_nocase(id, STR("-//W3C//DTD HTML 4.01 Frameset//")) ||
        str_starts_nocase(id, STR("-//W3C//DTD HTML 4.01 Transitional//")))
        return t->has_system ? 1 : 2;
    return str_starts_nocase(id, STR("-//W3C//DTD XHTML 1.0 Frameset//")) ||
           str_starts_nocase(id, STR("-//W3C//DTD XHTML 1.0 Transitional//"));
}

/* The identifiers are kept as two attributes without a name. */
static void insert_doctype(html_builder *b)
{
    html_doc *d = b->d;
    uint32_t i = html_node_new(b, HTML_DOCTYPE);
    d->attrs.n = d->attr_n * sizeof(html_attr);
    if (!i || !buf_reserve(&d->attrs, 2 * sizeof(html_attr)))
        return;
    d->attr = (html_attr *)(void *)d->attrs.p;
    d->node[i].name = b->tok.name & 0xFFFFFF;
    d->node[i].at = d->attr_n;
    d->node[i].n = b->tok.has_public || b->tok.has_system ? 2 : 0;
    d->attr[d->attr_n++] = (html_attr){0, 0, b->tok.text};
    d->attr[d->attr_n++] = (html_attr){0, 0, b->tok.system};
    html_node_insert(b, (html_place){0, 0}, i);
}

bool html_in_initial(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->kind == HTML_TOKEN_TEXT && b->space)
        return false;
    if (t->kind == HTML_TOKEN_COMMENT) {
        html_insert_comment(b, (html_place){0, 0});
        return false;
    }
    b->mode = HTML_MODE_BEFORE_HTML;
    if (t->kind == HTML_TOKEN_DOCTYPE) {
        insert_doctype(b);
        b->d->quirks = quirks(b);
        return false;
    }
    b->d->quirks = 2;
    return true;
}

/* ------------------------------------------------------------- 13.2.6.4.2 "before html" */

static bool end_of(html_builder *b, uint32_t a, uint32_t c, uint32_t e, uint32_t f)
{
    uint32_t n = b->tok.name;
    return b->tok.kind == HTML_TOKEN_CLOSE && (n == a || n == c || n == e || n == f);
}

bool html_in_before_html(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->kind == HTML_TOKEN_DOCTYPE || (t->kind == HTML_TOKEN_TEXT && b->space))
        return false;
    if (t->kind == HTML_TOKEN_COMMENT) {
        html_insert_comment(b, (html_place){0, 0});
        return false;
    }
    if (t->kind == HTML_TOKEN_CLOSE && !end_of(b, HTML_head, HTML_body, HTML_html, HTML_br))
        return false;
    bool mine = t->kind == HTML_TOKEN_START && t->name == HTML_html;
    uint32_t i = html_node_new(b, HTML_ELEMENT);
    if (!i)
        return false;
    b->d->node[i].name = HTML_html;
    if (mine) {
        b->d->node[i].at = t->attr;
        b->d->node[i].n = t->attr_n;
        b->kept = true;
    }
    html_node_insert(b, (html_place){0, 0}, i);
    html_push(b, i);
    b->mode = HTML_MODE_BEFORE_HEAD;
    return !mine;
}

/* ------------------------------------------------------------- 13.2.6.4.3 "before head" */

bool html_in_before_head(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->kind == HTML_TOKEN_DOCTYPE || (t->kind == HTML_TOKEN_TEXT && b->space))
        return false;
    if (t->kind == HTML_TOKEN_COMMENT) {
        html_insert_comment_here(b);
        return false;
    }
    if (t->kind == HTML_TOKEN_START && t->name == HTML_html)
        return html_in_body(b);
    if (t->kind == HTML_TOKEN_CLOSE && !end_of(b, HTML_head, HTML_body, HTML_html, HTML_br))
        return false;
    b->mode = HTML_MODE_IN_HEAD;
    if (t->kind == HTML_TOKEN_START && t->name == HTML_head) {
        b->d->head = html_insert(b, HTML_head, HTML_NS_HTML);
        return false;
    }
    b->d->head = html_insert_plain(b, HTML_head);
    return true;
}

/* ----------------------------------------------------------------- 13.2.6.4.4 "in head" */

static void template_start(html_builder *b)
{
    uint32_t i = html_insert(b, HTML_template, HTML_NS_HTML);
    uint32_t content = i ? html_node_new(b, HTML_CONTENT) : 0;
    if (!content)
        return;
    html_node_insert(b, (html_place){i, 0}, content);
    html_formatting_mark(b);
    b->frameset_ok = false;
    b->mode = HTML_MODE_IN_TEMPLATE;
    b->template_memory.n = b->template_n;
    buf_byte(&b->template_memory, HTML_MODE_IN_TEMPLATE);
    if (b->template_memory.failed) {
        b->stop = true;
        return;
    }
    b->templates = (uint8_t *)b->template_memory.p;
    b->template_n++;
}

static void template_end(html_builder *b)
{
    if (!html_has_open(b, HTML_template))
        return;
    html_imply_end_all(b);
    html_pop_to(b, HTML_template);
    html_formatting_clear(b);
    if (b->template_n)
        b->template_n--;
    html_reset_mode(b);
}

bool html_in_head(html_builder *b)
{
    html_token *t = &b->tok;
    switch (t->kind) {
    case HTML_TOKEN_TEXT:
        if (!b->space)
            break;
        html_insert_text(b);
        return false;
    case HTML_TOKEN_COMMENT:
        html_insert_comment_here(b);
        return false;
    case HTML_TOKEN_DOCTYPE:
        return false;
    case HTML_TOKEN_START:
        switch (t->name) {
        case HTML_html:
            return html_in_body(b);
        case HTML_base:
        case HTML_basefont:
        case HTML_bgsound:
        case HTML_link:
        case HTML_meta:
            html_insert_void(b);
            return false;
        case HTML_title:
            html_insert_raw(b, HTML_STATE_RCDATA);
            return false;
        case HTML_noscript:
            if (!b->d->scripting) {
                html_insert_tag(b);
                b->mode = HTML_MODE_IN_HEAD_NOSCRIPT;
                return false;
            }
            html_insert_raw(b, HTML_STATE_RAWTEXT);
            return false;
        case HTML_noframes:
        case HTML_style:
            html_insert_raw(b, HTML_STATE_RAWTEXT);
            return false;
        case HTML_script:
            html_insert_raw(b, HTML_STATE_SCRIPT);
            return false;
        case HTML_template:
            template_start(b);
            return false;
        case HTML_head:
            return false;
        default:
            break;
        }
        break;
    case HTML_TOKEN_CLOSE:
        if (t->name == HTML_head) {
            html_pop(b);
            b->mode = HTML_MODE_AFTER_HEAD;
            return false;
        }
        if (t->name == HTML_template) {
            template_end(b);
            return false;
        }
        if (!end_of(b, HTML_body, HTML_html, HTML_br, HTML_br))
            return false;
        break;
    default:
        break;
    }
    html_pop(b);
    b->mode = HTML_MODE_AFTER_HEAD;
    return true;
}

/* ------------------------------------------------------- 13.2.6.4.5 "in head noscript" */

bool html_in_head_noscript(html_builder *b)
{
    html_token *t = &b->tok;
    uint32_t n = t->name;
    if (t->kind == HTML_TOKEN_DOCTYPE)
        return false;
    if ((t->kind == HTML_TOKEN_TEXT && b->space) || t->kind == HTML_TOKEN_COMMENT)
        return html_in_head(b);
    if (t->kind == HTML_TOKEN_START) {
        if (n == HTML_html)
            return html_in_body(b);
        if (n == HTML_basefont || n == HTML_bgsound || n == HTML_link || n == HTML_meta ||
            n == HTML_noframes || n == HTML_style)
            return html_in_head(b);
        if (n == HTML_head || n == HTML_noscript)
            return false;
    }
    if (t->kind == HTML_TOKEN_CLOSE && n != HTML_noscript && n != HTML_br)
        return false;
    html_pop(b);
    b->mode = HTML_MODE_IN_HEAD;
    return !(t->kind == HTML_TOKEN_CLOSE && n == HTML_noscript);
}

/* -------------------------------------------------------------- 13.2.6.4.6 "after head" */

bool html_in_after_head(html_builder *b)
{
    html_token *t = &b->tok;
    switch (t->kind) {
    case HTML_TOKEN_TEXT:
        if (!b->space)
            break;
        html_insert_text(b);
        return false;
    case HTML_TOKEN_COMMENT:
        html_insert_comment_here(b);
        return false;
    case HTML_TOKEN_DOCTYPE:
        return false;
    case HTML_TOKEN_START:
        switch (t->name) {
        case HTML_html:
            return html_in_body(b);
        case HTML_body:
            b->d->body = html_insert(b, HTML_body, HTML_NS_HTML);
            b->frameset_ok = false;
            b->mode = HTML_MODE_IN_BODY;
            return false;
        case HTML_frameset:
            html_insert_tag(b);
            b->mode = HTML_MODE_IN_FRAMESET;
            return false;
        case HTML_base:
        case HTML_basefont:
        case HTML_bgsound:
        case HTML_link:
        case HTML_meta:
        case HTML_noframes:
        case HTML_script:
        case HTML_style:
        case HTML_template:
        case HTML_title: {
            uint32_t head = b->d->head;
            b->moved = true; /* white space may stand behind the head */
            html_push(b, head);
            html_in_head(b);
            html_pop_node(b, head);
            return false;
        }
        case HTML_head:
            return false;
        default:
            break;
        }
        break;
    case HTML_TOKEN_CLOSE:
        if (t->name == HTML_template) {
            template_end(b);
            return false;
        }
        if (!end_of(b, HTML_body, HTML_html, HTML_br, HTML_br))
            return false;
        break;
    default:
        break;
    }
    b->d->body = html_insert_plain(b, HTML_body);
    b->mode = HTML_MODE_IN_BODY;
    return true;
}

/* -------------------------------------------------------------------- 13.2.6.4.8 "text" */

bool html_in_text(html_builder *b)
{
    if (b->tok.kind == HTML_TOKEN_TEXT) {
        html_insert_text(b);
        return false;
    }
    html_pop(b);
    b->mode = b->back;
    return b->tok.kind == HTML_TOKEN_END;
}

/* ----------------------------------------------- 13.2.6.4.19 "after body" and those behind */

/* A comment behind the body is in order as long as nothing else comes; nearly always nothing does.
 */
static void comment_behind(html_builder *b, uint32_t parent, uint8_t level)
{
    bool moved = b->moved || b->left_body > level;
    html_insert_comment(b, (html_place){parent, 0});
    b->moved = moved;
    b->left_body = level;
}

bool html_in_after_body(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->kind == HTML_TOKEN_TEXT && b->space)
        return html_in_body(b);
    if (t->kind == HTML_TOKEN_COMMENT) {
        comment_behind(b, b->open[0].node, 1);
        return false;
    }
    if (t->kind == HTML_TOKEN_DOCTYPE)
        return false;
    if (t->kind == HTML_TOKEN_START && t->name == HTML_html)
        return html_in_body(b);
    if (t->kind == HTML_TOKEN_CLOSE && t->name == HTML_html) {
        b->mode = HTML_MODE_AFTER_AFTER_BODY;
        return false;
    }
    if (t->kind == HTML_TOKEN_END)
        return false;
    b->mode = HTML_MODE_IN_BODY;
    return true;
}

bool html_in_after_after_body(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->kind == HTML_TOKEN_COMMENT) {
        comment_behind(b, 0, 2);
        return false;
    }
    if (t->kind == HTML_TOKEN_DOCTYPE || (t->kind == HTML_TOKEN_TEXT && b->space) ||
        (t->kind == HTML_TOKEN_START && t->name == HTML_html))
        return html_in_body(b);
    if (t->kind == HTML_TOKEN_END)
        return false;
    b->mode = HTML_MODE_IN_BODY;
    return true;
}

/* -------------------------------------------- 13.2.6.4.20 "in frameset" and those behind */

bool html_in_frameset(html_builder *b)
{
    html_token *t = &b->tok;
    switch (t->kind) {
    case HTML_TOKEN_TEXT:
        if (b->space)
            html_insert_text(b);
        return false;
    case HTML_TOKEN_COMMENT:
        html_insert_comment_here(b);
        return false;
    case HTML_TOKEN_START:
        if (t->name == HTML_html)
            return html_in_body(b);
        if (t->name == HTML_frameset)
            html_insert_tag(b);
        else if (t->name == HTML_frame)
            html_insert_void(b);
        else if (t->name == HTML_noframes)
            return html_in_head(b);
        return false;
    case HTML_TOKEN_CLOSE:
        if (t->name == HTML_frameset && b->open_n > 1) {
            html_pop(b);
            if (!html_current_is(b, HTML_frameset))
                b->mode = HTML_MODE_AFTER_FRAMESET;
        }
        return false;
    default:
        return false;
    }
}

bool html_in_after_frameset(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->kind == HTML_TOKEN_TEXT && b->space)
        html_insert_text(b);
    else if (t->kind == HTML_TOKEN_COMMENT)
        html_insert_comment_here(b);
    else if (t->kind == HTML_TOKEN_START && t->name == HTML_html)
        return html_in_body(b);
    else if (t->kind == HTML_TOKEN_START && t->name == HTML_noframes)
        return html_in_head(b);
    else if (t->kind == HTML_TOKEN_CLOSE && t->name == HTML_html)
        b->mode = HTML_MODE_AFTER_AFTER_FRAMESET;
    return false;
}

bool html_in_after_after_frameset(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->kind == HTML_TOKEN_COMMENT) {
        comment_behind(b, 0, 2);
    } else if (t->kind == HTML_TOKEN_DOCTYPE || (t->kind == HTML_TOKEN_TEXT && b->space) ||
               (t->kind == HTML_TOKEN_START && t->name == HTML_html)) {
        return html_in_body(b);
    } else if (t->kind == HTML_TOKEN_START && t->name == HTML_noframes) {
        return html_in_head(b);
    }
    return false;
}
