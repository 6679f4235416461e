/*
 * Insertion modes of tables and templates (HTML standard 13.2.6.4.9 - .15, .17 in the order of the
 * standard): in table, in table text, in caption, in column group, in table body, in row, in cell,
 * in template. What does not belong in a table is fostered: put before it.
 */
#include <string.h>

#include "html_scan.h"
#include "html_tree.h"

static const uint16_t table_context[] = {HTML_table, HTML_template, 0};
static const uint16_t body_context[] = {HTML_tbody, HTML_tfoot, HTML_thead, HTML_template, 0};
static const uint16_t row_context[] = {HTML_tr, HTML_template, 0};

/* ----------------------------------------------------------------- 13.2.6.4.9 "in table" */

static bool fostered(html_builder *b)
{
    bool was = b->foster;
    b->foster = true;
    bool again = html_in_body(b);
    b->foster = was;
    return again;
}

static bool table_end(html_builder *b)
{
    if (!html_in_table_scope(b, HTML_table))
        return false;
    html_pop_to(b, HTML_table);
    html_reset_mode(b);
    return true;
}

static bool in_table_start(html_builder *b)
{
    switch (b->tok.name) {
    case HTML_caption:
        html_clear_to(b, table_context);
        html_formatting_mark(b);
        html_insert_tag(b);
        b->mode = HTML_MODE_IN_CAPTION;
        return false;
    case HTML_colgroup:
        html_clear_to(b, table_context);
        html_insert_tag(b);
        b->mode = HTML_MODE_IN_COLUMN_GROUP;
        return false;
    case HTML_col:
        html_clear_to(b, table_context);
        html_insert_plain(b, HTML_colgroup);
        b->mode = HTML_MODE_IN_COLUMN_GROUP;
        return true;
    case HTML_tbody:
    case HTML_tfoot:
    case HTML_thead:
        html_clear_to(b, table_context);
        html_insert_tag(b);
        b->mode = HTML_MODE_IN_TABLE_BODY;
        return false;
    case HTML_td:
    case HTML_th:
    case HTML_tr:
        html_clear_to(b, table_context);
        html_insert_plain(b, HTML_tbody);
        b->mode = HTML_MODE_IN_TABLE_BODY;
        return true;
    case HTML_table:
        return table_end(b);
    case HTML_style:
    case HTML_script:
    case HTML_template:
        return html_in_head(b);
    case HTML_input:
        if (!html_token_is(b, HTML_type, "hidden"))
            return fostered(b);
        html_insert_void(b);
        return false;
    case HTML_form:
        if (b->form || html_has_open(b, HTML_template))
            return false;
        b->form = html_insert(b, HTML_form, HTML_NS_HTML);
        html_pop(b);
        return false;
    default:
        return fostered(b);
    }
}

bool html_in_table(html_builder *b)
{
    html_token *t = &b->tok;
    switch (t->kind) {
    case HTML_TOKEN_TEXT:
        switch (html_current(b)->name) {
        case HTML_table:
        case HTML_tbody:
        case HTML_template:
        case HTML_tfoot:
        case HTML_thead:
        case HTML_tr:
            b->pending_n = 0;
            b->pending_text = false;
            b->back = b->mode;
            b->mode = HTML_MODE_IN_TABLE_TEXT;
            return true;
        default:
            return fostered(b);
        }
    case HTML_TOKEN_COMMENT:
        html_insert_comment_here(b);
        return false;
    case HTML_TOKEN_DOCTYPE:
        return false;
    case HTML_TOKEN_START:
        return in_table_start(b);
    case HTML_TOKEN_CLOSE:
        switch (t->name) {
        case HTML_table:
            table_end(b);
            return false;
        case HTML_body:
        case HTML_caption:
        case HTML_col:
        case HTML_colgroup:
        case HTML_html:
        case HTML_tbody:
        case HTML_td:
        case HTML_tfoot:
        case HTML_th:
        case HTML_thead:
        case HTML_tr:
            return false;
        case HTML_template:
            return html_in_head(b);
        default:
            return fostered(b);
        }
    default:
        return html_in_body(b);
    }
}

/* ---------------------------------------------------------- 13.2.6.4.10 "in table text" */

bool html_in_table_text(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->kind == HTML_TOKEN_TEXT) {
        html_slice s = t->text;
        if (t->code_n) {
            if (!t->code[0])
                return false; /* NUL */
            s = (html_slice){(uint32_t)b->d->decoded.n | HTML_DECODED, t->code_n};
            buf_add(&b->d->decoded, t->code, t->code_n);
            if (b->d->decoded.failed)
                return false;
        }
        sst_str text = html_text(b->d, s);
        if (scan_space(text.p, text.p + text.n) < text.p + text.n)
            b->pending_text = true;
        b->pending_memory.n = b->pending_n * sizeof(html_slice);
        buf_add(&b->pending_memory, &s, sizeof s);
        b->pending = (html_slice *)(void *)b->pending_memory.p;
        b->pending_n = (uint32_t)(b->pending_memory.n / sizeof(html_slice));
        return false;
    }
    html_token now = *t;
    for (uint32_t k = 0; k < b->pending_n; k++) {
        *t = (html_token){.kind = HTML_TOKEN_TEXT, .begin = now.begin, .text = b->pending[k]};
        if (b->pending_text)
            fostered(b);
        else
            html_insert_text(b);
    }
    *t = now;
    b->mode = b->back;
    return true;
}

/* -------------------------------------------------------------- 13.2.6.4.11 "in caption" */

static bool caption_end(html_builder *b)
{
    if (!html_in_table_scope(b, HTML_caption))
        return false;
    html_imply_end(b, HTML_NO_NAME);
    html_pop_to(b, HTML_caption);
    html_formatting_clear(b);
    b->mode = HTML_MODE_IN_TABLE;
    return true;
}

static bool is_table_part(uint32_t name)
{
    return name == HTML_caption || name == HTML_col || name == HTML_colgroup ||
           name == HTML_tbody || name == HTML_td || name == HTML_tfoot || name == HTML_th ||
           name == HTML_thead || name == HTML_tr;
}

bool html_in_caption(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->kind == HTML_TOKEN_CLOSE) {
        if (t->name == HTML_caption) {
            caption_end(b);
            return false;
        }
        if (t->name == HTML_table)
            return caption_end(b);
        if (t->name == HTML_body || t->name == HTML_html || is_table_part(t->name))
            return false;
    }
    if (t->kind == HTML_TOKEN_START && is_table_part(t->name))
        return caption_end(b);
    return html_in_body(b);
}

/* --------------------------------------------------------- 13.2.6.4.12 "in column group" */

bool html_in_column_group(html_builder *b)
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
        if (t->name == HTML_html)
            return html_in_body(b);
        if (t->name == HTML_template)
            return html_in_head(b);
        if (t->name == HTML_col) {
            html_insert_void(b);
            return false;
        }
        break;
    case HTML_TOKEN_CLOSE:
        if (t->name == HTML_template)
            return html_in_head(b);
        if (t->name == HTML_col)
            return false;
        break;
    default:
        return html_in_body(b);
    }
    if (!html_current_is(b, HTML_colgroup))
        return false;
    html_pop(b);
    b->mode = HTML_MODE_IN_TABLE;
    return !(t->kind == HTML_TOKEN_CLOSE && t->name == HTML_colgroup);
}

/* ----------------------------------------------------------- 13.2.6.4.13 "in table body" */

static bool body_end(html_builder *b)
{
    if (!html_in_table_scope(b, HTML_tbody) && !html_in_table_scope(b, HTML_thead) &&
        !html_in_table_scope(b, HTML_tfoot))
        return false;
    html_clear_to(b, body_context);
    html_pop(b);
    b->mode = HTML_MODE_IN_TABLE;
    return true;
}

bool html_in_table_body(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->kind == HTML_TOKEN_START) {
        switch (t->name) {
        case HTML_tr:
            html_clear_to(b, body_context);
            html_insert_tag(b);
            b->mode = HTML_MODE_IN_ROW;
            return false;
        case HTML_th:
        case HTML_td:
            html_clear_to(b, body_context);
            html_insert_plain(b, HTML_tr);
            b->mode = HTML_MODE_IN_ROW;
            return true;
        case HTML_caption:
        case HTML_col:
        case HTML_colgroup:
        case HTML_tbody:
        case HTML_tfoot:
        case HTML_thead:
            return body_end(b);
        default:
            break;
        }
    } else if (t->kind == HTML_TOKEN_CLOSE) {
        switch (t->name) {
        case HTML_tbody:
        case HTML_tfoot:
        case HTML_thead:
            if (html_in_table_scope(b, t->name))
                body_end(b);
            return false;
        case HTML_table:
            return body_end(b);
        case HTML_body:
        case HTML_caption:
        case HTML_col:
        case HTML_colgroup:
        case HTML_html:
        case HTML_td:
        case HTML_th:
        case HTML_tr:
            return false;
        default:
            break;
        }
    }
    return html_in_table(b);
}

/* ------------------------------------------------------------------ 13.2.6.4.14 "in row" */

static bool row_end(html_builder *b)
{
    if (!html_in_table_scope(b, HTML_tr))
        return false;
    html_clear_to(b, row_context);
    html_pop(b);
    b->mode = HTML_MODE_IN_TABLE_BODY;
    return true;
}

bool html_in_row(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->kind == HTML_TOKEN_START) {
        switch (t->name) {
        case HTML_th:
        case HTML_td:
            html_clear_to(b, row_context);
            html_insert_tag(b);
            b->mode = HTML_MODE_IN_CELL;
            html_formatting_mark(b);
            return false;
        case HTML_caption:
        case HTML_col:
        case HTML_colgroup:
        case HTML_tbody:
        case HTML_tfoot:
        case HTML_thead:
        case HTML_tr:
            return row_end(b);
        default:
            break;
        }
    } else if (t->kind == HTML_TOKEN_CLOSE) {
        switch (t->name) {
        case HTML_tr:
            row_end(b);
            return false;
        case HTML_table:
            return row_end(b);
        case HTML_tbody:
        case HTML_tfoot:
        case HTML_thead:
            return html_in_table_scope(b, t->name) ? row_end(b) : false;
        case HTML_body:
        case HTML_caption:
        case HTML_col:
        case HTML_colgroup:
        case HTML_html:
        case HTML_td:
        case HTML_th:
            return false;
        default:
            break;
        }
    }
    return html_in_table(b);
}

/* ----------------------------------------------------------------- 13.2.6.4.15 "in cell" */

static bool cell_end(html_builder *b)
{
    html_imply_end(b, HTML_NO_NAME);
    while (b->open_n > 1) {
        uint32_t name = html_current(b)->name;
        html_pop(b);
        if (name == HTML_td || name == HTML_th)
            break;
    }
    html_formatting_clear(b);
    b->mode = HTML_MODE_IN_ROW;
    return true;
}

bool html_in_cell(html_builder *b)
{
    html_token *t = &b->tok;
    if (t->kind == HTML_TOKEN_START && is_table_part(t->name)) {
        if (!html_in_table_scope(b, HTML_td) && !html_in_table_scope(b, HTML_th))
            return false;
        return cell_end(b);
    }
    if (t->kind == HTML_TOKEN_CLOSE) {
        switch (t->name) {
        case HTML_td:
        case HTML_th:
            if (!html_in_table_scope(b, t->name))
                return false;
            html_imply_end(b, HTML_NO_NAME);
            html_pop_to(b, t->name);
            html_formatting_clear(b);
            b->mode = HTML_MODE_IN_ROW;
            return false;
        case HTML_body:
        case HTML_caption:
        case HTML_col:
        case HTML_colgroup:
        case HTML_html:
            return false;
        case HTML_table:
        case HTML_tbody:
        case HTML_tfoot:
        case HTML_thead:
        case HTML_tr:
            return html_in_table_scope(b, t->name) ? cell_end(b) : false;
        default:
            break;
        }
    }
    return html_in_body(b);
}

/* ------------------------------------------------------------- 13.2.6.4.17 "in template" */

static bool template_mode(html_builder *b, html_mode mode)
{
    if (b->template_n)
        b->templates[b->template_n - 1] = (uint8_t)mode;
    b->mode = mode;
    return true;
}

bool html_in_template(html_builder *b)
{
    html_token *t = &b->tok;
    switch (t->kind) {
    case HTML_TOKEN_START:
        switch (t->name) {
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
        case HTML_caption:
        case HTML_colgroup:
        case HTML_tbody:
        case HTML_tfoot:
        case HTML_thead:
            return template_mode(b, HTML_MODE_IN_TABLE);
        case HTML_col:
            return template_mode(b, HTML_MODE_IN_COLUMN_GROUP);
        case HTML_tr:
            return template_mode(b, HTML_MODE_IN_TABLE_BODY);
        case HTML_td:
        case HTML_th:
            return template_mode(b, HTML_MODE_IN_ROW);
        default:
            return template_mode(b, HTML_MODE_IN_BODY);
        }
    case HTML_TOKEN_CLOSE:
        return t->name == HTML_template ? html_in_head(b) : false;
    case HTML_TOKEN_END:
        if (!html_has_open(b, HTML_template))
            return false;
        html_pop_to(b, HTML_template);
        html_formatting_clear(b);
        if (b->template_n)
            b->template_n--;
        html_reset_mode(b);
        return true;
    default:
        return html_in_body(b);
    }
}
