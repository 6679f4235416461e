/*
 * Insertion mode "in body" (HTML standard 13.2.6.4.7): the rules of nearly every tag of a page. In:
 * b->tok; out: the tree; true: handle the token again. Start tags first, then end tags; the
 * adoption agency is in html_adopt.c.
 */
#include <string.h>

#include "html_scan.h"
#include "html_tree.h"

static void block_start(html_builder *b)
{
    html_close_p(b);
    html_insert_tag(b);
}

static void inline_start(html_builder *b)
{
    html_formatting_rebuild(b);
    html_insert_tag(b);
}

static void inline_void(html_builder *b)
{
    html_formatting_rebuild(b);
    html_insert_void(b);
    b->frameset_ok = false;
}

/* <li>, and <dd> with <dt>: an open one of them ends, unless a special element is in between. */
static void item_start(html_builder *b, uint32_t a, uint32_t c)
{
    b->frameset_ok = false;
    for (uint32_t k = b->open_n; k-- > 0;) {
        const html_open *o = &b->open[k];
        if (o->name == a || o->name == c) {
            uint32_t name = o->name;
            html_imply_end(b, name);
            html_pop_to(b, name);
            break;
        }
        if (o->flags & HTML_IS_SPECIAL && o->name != HTML_address && o->name != HTML_div &&
            o->name != HTML_p)
            break;
    }
    block_start(b);
}

/* The last element with this name behind the last marker, in the list; 0: none. */
static uint32_t active(html_builder *b, uint32_t name)
{
    for (uint32_t k = b->formatting_n; k-- > 0 && b->formatting[k];)
        if (b->d->node[b->formatting[k]].name == name)
            return b->formatting[k];
    return 0;
}

static void formatting_start(html_builder *b)
{
    uint32_t name = b->tok.name;
    if (name == HTML_a) {
        uint32_t old = active(b, HTML_a);
        if (old) {
            html_adopt(b, HTML_a);
            int64_t at = html_formatting_find(b, old);
            if (at >= 0)
                html_formatting_drop(b, (uint32_t)at);
            html_pop_node(b, old);
        }
    }
    html_formatting_rebuild(b);
    if (name == HTML_nobr && html_in_scope(b, HTML_nobr)) {
        if (!html_adopt(b, HTML_nobr))
            html_any_other_end(b);
        html_formatting_rebuild(b);
    }
    html_formatting_push(b, html_insert(b, name, HTML_NS_HTML));
}

static void body_again(html_builder *b)
{
    if (b->open_n < 2 || b->open[1].name != HTML_body || html_has_open(b, HTML_template))
        return;
    b->frameset_ok = false;
    html_merge_attributes(b, 1);
}

static void frameset_start(html_builder *b)
{
    if (b->open_n < 2 || b->open[1].name != HTML_body || !b->frameset_ok)
        return;
    html_node_remove(b, b->open[1].node);
    html_pop_until(b, 1);
    html_insert_tag(b);
    b->mode = HTML_MODE_IN_FRAMESET;
}

static void form_start(html_builder *b)
{
    bool in_template = html_has_open(b, HTML_template);
    if (b->form && !in_template)
        return;
    html_close_p(b);
    uint32_t i = html_insert(b, HTML_form, HTML_NS_HTML);
    if (!in_template)
        b->form = i;
}

static void option_start(html_builder *b)
{
    if (html_in_scope(b, HTML_select))
        html_imply_end(b, b->tok.name == HTML_option ? HTML_optgroup : HTML_NO_NAME);
    else if (html_current_is(b, HTML_option))
        html_pop(b);
    inline_start(b);
}

static bool start(html_builder *b)
{
    html_token *t = &b->tok;
    switch (t->name) {
    case HTML_html:
        if (!html_has_open(b, HTML_template))
            html_merge_attributes(b, 0);
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
    case HTML_title:
        return html_in_head(b);
    case HTML_body:
        body_again(b);
        return false;
    case HTML_frameset:
        frameset_start(b);
        return false;
    case HTML_address:
    case HTML_article:
    case HTML_aside:
    case HTML_blockquote:
    case HTML_center:
    case HTML_details:
    case HTML_dialog:
    case HTML_dir:
    case HTML_div:
    case HTML_dl:
    case HTML_fieldset:
    case HTML_figcaption:
    case HTML_figure:
    case HTML_footer:
    case HTML_header:
    case HTML_hgroup:
    case HTML_main:
    case HTML_menu:
    case HTML_nav:
    case HTML_ol:
    case HTML_p:
    case HTML_search:
    case HTML_section:
    case HTML_summary:
    case HTML_ul:
        block_start(b);
        return false;
    case HTML_h1:
    case HTML_h2:
    case HTML_h3:
    case HTML_h4:
    case HTML_h5:
    case HTML_h6:
        html_close_p(b);
        if (html_current(b)->flags & HTML_IS_HEADING)
            html_pop(b);
        html_insert_tag(b);
        return false;
    case HTML_pre:
    case HTML_listing:
        block_start(b);
        b->skip_newline = true;
        b->frameset_ok = false;
        return false;
    case HTML_form:
        form_start(b);
        return false;
    case HTML_li:
        item_start(b, HTML_li, HTML_li);
        return false;
    case HTML_dd:
    case HTML_dt:
        item_start(b, HTML_dd, HTML_dt);
        return false;
    case HTML_plaintext:
        block_start(b);
        b->t.state = HTML_STATE_PLAINTEXT;
        return false;
    case HTML_button:
        if (html_in_scope(b, HTML_button)) {
            html_imply_end(b, HTML_NO_NAME);
            html_pop_to(b, HTML_button);
        }
        inline_start(b);
        b->frameset_ok = false;
        return false;
    case HTML_a:
    case HTML_b:
    case HTML_big:
    case HTML_code:
    case HTML_em:
    case HTML_font:
    case HTML_i:
    case HTML_nobr:
    case HTML_s:
    case HTML_small:
    case HTML_strike:
    case HTML_strong:
    case HTML_tt:
    case HTML_u:
        formatting_start(b);
        return false;
    case HTML_applet:
    case HTML_marquee:
    case HTML_object:
        inline_start(b);
        html_formatting_mark(b);
        b->frameset_ok = false;
        return false;
    case HTML_table:
        if (b->d->quirks != 2)
            html_close_p(b);
        html_insert_tag(b);
        b->frameset_ok = false;
        b->mode = HTML_MODE_IN_TABLE;
        return false;
    case HTML_area:
    case HTML_br:
    case HTML_embed:
    case HTML_img:
    case HTML_keygen:
    case HTML_wbr:
        inline_void(b);
        return false;
    case HTML_input: {
        bool ok = b->frameset_ok && html_token_is(b, HTML_type, "hidden");
        if (html_in_scope(b, HTML_select))
            html_pop_to(b, HTML_select);
        inline_void(b);
        b->frameset_ok = ok;
        return false;
    }
    case HTML_param:
    case HTML_source:
    case HTML_track:
        html_insert_void(b);
        return false;
    case HTML_hr:
        html_close_p(b);
        if (html_in_scope(b, HTML_select))
            html_imply_end(b, HTML_NO_NAME);
        html_insert_void(b);
        b->frameset_ok = false;
        return false;
    case HTML_image:
        t->name = HTML_img;
        inline_void(b);
        return false;
    case HTML_textarea:
        html_insert_raw(b, HTML_STATE_RCDATA);
        b->skip_newline = true;
        b->frameset_ok = false;
        return false;
    case HTML_xmp:
        html_close_p(b);
        html_formatting_rebuild(b);
        b->frameset_ok = false;
        html_insert_raw(b, HTML_STATE_RAWTEXT);
        return false;
    case HTML_iframe:
        b->frameset_ok = false;
        html_insert_raw(b, HTML_STATE_RAWTEXT);
        return false;
    case HTML_noembed:
        html_insert_raw(b, HTML_STATE_RAWTEXT);
        return false;
    case HTML_noscript:
        if (b->d->scripting)
            html_insert_raw(b, HTML_STATE_RAWTEXT);
        else
            inline_start(b);
        return false;
    case HTML_select:
        if (html_in_scope(b, HTML_select)) {
            html_pop_to(b, HTML_select);
            return false;
        }
        inline_start(b);
        b->frameset_ok = false;
        return false;
    case HTML_option:
    case HTML_optgroup:
        option_start(b);
        return false;
    case HTML_rb:
    case HTML_rtc:
        if (html_in_scope(b, HTML_ruby))
            html_imply_end(b, HTML_NO_NAME);
        html_insert_tag(b);
        return false;
    case HTML_rp:
    case HTML_rt:
        if (html_in_scope(b, HTML_ruby))
            html_imply_end(b, HTML_rtc);
        html_insert_tag(b);
        return false;
    case HTML_math:
    case HTML_svg:
        html_formatting_rebuild(b);
        html_insert_foreign(b, t->name == HTML_svg ? HTML_NS_SVG : HTML_NS_MATH);
        return false;
    case HTML_caption:
    case HTML_col:
    case HTML_colgroup:
    case HTML_frame:
    case HTML_head:
    case HTML_tbody:
    case HTML_td:
    case HTML_tfoot:
    case HTML_th:
    case HTML_thead:
    case HTML_tr:
        return false;
    default:
        inline_start(b);
        return false;
    }
}

/* ------------------------------------------------------------------------------------- end tags */

void html_any_other_end(html_builder *b)
{
    uint32_t name = b->tok.name;
    for (uint32_t k = b->open_n; k-- > 0;) {
        if (b->open[k].name == name) {
            html_imply_end(b, name);
            html_pop_until(b, k);
            return;
        }
        if (b->open[k].flags & HTML_IS_SPECIAL)
            return;
    }
}

static void block_end(html_builder *b)
{
    if (!html_in_scope(b, b->tok.name))
        return;
    html_imply_end(b, HTML_NO_NAME);
    html_pop_to(b, b->tok.name);
}

static void form_end(html_builder *b)
{
    if (html_has_open(b, HTML_template)) {
        block_end(b);
        return;
    }
    uint32_t form = b->form;
    b->form = 0;
    if (!form || !html_node_in_scope(b, form))
        return;
    html_imply_end(b, HTML_NO_NAME);
    html_pop_node(b, form);
}

static bool end(html_builder *b)
{
    uint32_t name = b->tok.name;
    switch (name) {
    case HTML_template:
        return html_in_head(b);
    case HTML_body:
    case HTML_html:
        if (!html_in_scope(b, HTML_body))
            return false;
        b->mode = HTML_MODE_AFTER_BODY;
        return name == HTML_html;
    case HTML_address:
    case HTML_article:
    case HTML_aside:
    case HTML_blockquote:
    case HTML_button:
    case HTML_center:
    case HTML_details:
    case HTML_dialog:
    case HTML_dir:
    case HTML_div:
    case HTML_dl:
    case HTML_fieldset:
    case HTML_figcaption:
    case HTML_figure:
    case HTML_footer:
    case HTML_header:
    case HTML_hgroup:
    case HTML_listing:
    case HTML_main:
    case HTML_menu:
    case HTML_nav:
    case HTML_ol:
    case HTML_pre:
    case HTML_search:
    case HTML_section:
    case HTML_select:
    case HTML_summary:
    case HTML_ul:
        block_end(b);
        return false;
    case HTML_form:
        form_end(b);
        return false;
    case HTML_p:
        if (!html_in_button_scope(b, HTML_p))
            html_insert_plain(b, HTML_p);
        html_close_p(b);
        return false;
    case HTML_li:
        if (!html_in_list_scope(b, HTML_li))
            return false;
        html_imply_end(b, HTML_li);
        html_pop_to(b, HTML_li);
        return false;
    case HTML_dd:
    case HTML_dt:
        if (!html_in_scope(b, name))
            return false;
        html_imply_end(b, name);
        html_pop_to(b, name);
        return false;
    case HTML_h1:
    case HTML_h2:
    case HTML_h3:
    case HTML_h4:
    case HTML_h5:
    case HTML_h6:
        if (!html_heading_in_scope(b))
            return false;
        html_imply_end(b, HTML_NO_NAME);
        while (b->open_n > 1 && !(html_current(b)->flags & HTML_IS_HEADING))
            html_pop(b);
        html_pop(b);
        return false;
    case HTML_a:
    case HTML_b:
    case HTML_big:
    case HTML_code:
    case HTML_em:
    case HTML_font:
    case HTML_i:
    case HTML_nobr:
    case HTML_s:
    case HTML_small:
    case HTML_strike:
    case HTML_strong:
    case HTML_tt:
    case HTML_u:
        if (!html_adopt(b, name))
            html_any_other_end(b);
        return false;
    case HTML_applet:
    case HTML_marquee:
    case HTML_object:
        if (!html_in_scope(b, name))
            return false;
        block_end(b);
        html_formatting_clear(b);
        return false;
    case HTML_br: /* as <br> without attributes */
        html_formatting_rebuild(b);
        html_insert_plain(b, HTML_br);
        html_pop(b);
        b->frameset_ok = false;
        return false;
    default:
        html_any_other_end(b);
        return false;
    }
}

bool html_in_body(html_builder *b)
{
    html_token *t = &b->tok;
    switch (t->kind) {
    case HTML_TOKEN_TEXT:
        if (t->code_n && !t->code[0])
            return false; /* NUL */
        html_formatting_rebuild(b);
        if (b->frameset_ok) {
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
        return start(b);
    case HTML_TOKEN_CLOSE:
        return end(b);
    case HTML_TOKEN_END:
        return b->template_n ? html_in_template(b) : false;
    default:
        return false;
    }
}
