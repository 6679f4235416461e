/*
 * The tree builder's driver (HTML standard 13.2.6): takes tokens and hands each to the rules of the
 * insertion mode, or to those of foreign content; makes the array of nodes ready at the end. Parts
 * in order: one token; all tokens; begin and end; the public calls. Text is cut into white space
 * and other text only in the modes that tell them apart.
 */
#include <string.h>

#include "base_alloc.h"
#include "html_scan.h"
#include "html_tree.h"

struct html_parser {
    html_builder b;
    bool cr; /* the last piece ended with one */
    bool ended;
};

/* ------------------------------------------------------------------------------------ one token */

bool html_rule(html_builder *b, html_mode mode)
{
    static bool (*const rule[])(html_builder *) = {
        [HTML_MODE_INITIAL] = html_in_initial,
        [HTML_MODE_BEFORE_HTML] = html_in_before_html,
        [HTML_MODE_BEFORE_HEAD] = html_in_before_head,
        [HTML_MODE_IN_HEAD] = html_in_head,
        [HTML_MODE_IN_HEAD_NOSCRIPT] = html_in_head_noscript,
        [HTML_MODE_AFTER_HEAD] = html_in_after_head,
        [HTML_MODE_IN_BODY] = html_in_body,
        [HTML_MODE_TEXT] = html_in_text,
        [HTML_MODE_IN_TABLE] = html_in_table,
        [HTML_MODE_IN_TABLE_TEXT] = html_in_table_text,
        [HTML_MODE_IN_CAPTION] = html_in_caption,
        [HTML_MODE_IN_COLUMN_GROUP] = html_in_column_group,
        [HTML_MODE_IN_TABLE_BODY] = html_in_table_body,
        [HTML_MODE_IN_ROW] = html_in_row,
        [HTML_MODE_IN_CELL] = html_in_cell,
        [HTML_MODE_IN_TEMPLATE] = html_in_template,
        [HTML_MODE_AFTER_BODY] = html_in_after_body,
        [HTML_MODE_IN_FRAMESET] = html_in_frameset,
        [HTML_MODE_AFTER_FRAMESET] = html_in_after_frameset,
        [HTML_MODE_AFTER_AFTER_BODY] = html_in_after_after_body,
        [HTML_MODE_AFTER_AFTER_FRAMESET] = html_in_after_after_frameset,
    };
    return rule[mode](b);
}

/* 13.2.6, the tree construction dispatcher: do the rules of HTML apply? */
static bool is_html(html_builder *b)
{
    if (!b->open_n)
        return true;
    const html_open *o = html_current(b);
    const html_token *t = &b->tok;
    if (!(o->flags & HTML_OPEN_FOREIGN) || t->kind == HTML_TOKEN_END)
        return true;
    bool is_start = t->kind == HTML_TOKEN_START, is_text = t->kind == HTML_TOKEN_TEXT;
    if (o->flags & HTML_OPEN_MATH_TEXT &&
        (is_text || (is_start && t->name != HTML_mglyph && t->name != HTML_malignmark)))
        return true;
    if (o->name == (HTML_annotation_xml | HTML_FOREIGN_NAME) && is_start && t->name == HTML_svg &&
        b->d->node[o->node].space == HTML_NS_MATH)
        return true;
    return o->flags & HTML_OPEN_HTML_POINT && (is_start || is_text);
}

static void handle(html_builder *b)
{
    while ((is_html(b) ? html_rule(b, b->mode) : html_in_foreign(b)) && !b->stop)
        ;
}

/* Do the rules tell white space from other text? */
static bool tells_space(html_mode mode)
{
    switch (mode) {
    case HTML_MODE_IN_BODY:
    case HTML_MODE_TEXT:
    case HTML_MODE_IN_TABLE:
    case HTML_MODE_IN_TABLE_TEXT:
    case HTML_MODE_IN_TABLE_BODY:
    case HTML_MODE_IN_ROW:
    case HTML_MODE_IN_CELL:
    case HTML_MODE_IN_CAPTION:
    case HTML_MODE_IN_TEMPLATE:
        return false;
    default:
        return true;
    }
}

static void handle_text(html_builder *b)
{
    html_token *t = &b->tok;
    if (b->skip_newline) {
        b->skip_newline = false;
        if (t->code_n) {
            if (t->code_n == 1 && t->code[0] == '\n')
                return;
        } else if (html_text(b->d, t->text).p[0] == '\n') {
            t->text.at++;
            if (!--t->text.n)
                return;
        }
    }
    if (t->code_n) {
        b->space = t->code_n == 1 && scan_is_space(t->code[0]);
        handle(b);
        return;
    }
    while (t->text.n && tells_space(b->mode) && !b->stop) {
        html_slice all = t->text;
        sst_str s = html_text(b->d, all);
        const char *p = scan_space(s.p, s.p + s.n);
        b->space = p > s.p;
        if (!b->space)
            while (p < s.p + s.n && !scan_is_space(*p))
                p++;
        uint32_t n = (uint32_t)(p - s.p);
        t->text.n = n;
        handle(b);
        t->text = (html_slice){all.at + n, all.n - n};
    }
    if (t->text.n && !b->stop)
        handle(b);
}

/* ------------------------------------------------------------------------------------ all tokens
 */

static bool broken(html_builder *b)
{
    const html_doc *d = b->d;
    return d->decoded.failed || d->attrs.failed || d->nodes.failed || d->names.rows.failed ||
           d->names.places.failed || d->names.text.failed || b->t.seen_memory.failed;
}

/* Until the input, or what is there of it, is used up. False: stopped. */
static bool run(html_builder *b)
{
    html_doc *d = b->d;
    for (;;) {
        if (b->limits.stop && b->ask_in-- == 0) {
            b->ask_in = HTML_STOP_EVERY - 1;
            if (b->limits.stop(b->limits.stop_user)) {
                d->limit = HTML_LIMIT_STOPPED;
                return false;
            }
        }
        html_token_kind kind = html_token_next(&b->t, &b->tok);
        if (kind == HTML_TOKEN_MORE)
            return true;
        if (kind == HTML_TOKEN_FAIL)
            return false;
        if (b->watch && !b->watch->see(b->watch, d, &b->tok)) {
            d->limit = HTML_LIMIT_STOPPED;
            return false;
        }
        if (kind == HTML_TOKEN_TEXT) {
            handle_text(b);
        } else {
            b->skip_newline = false;
            b->kept = false;
            handle(b);
            if (kind == HTML_TOKEN_START && !b->kept)
                d->attr_n = b->tok.attr;
        }
        if (b->stop || broken(b))
            return false;
        if (kind == HTML_TOKEN_END)
            return true;
    }
}

/* ---------------------------------------------------------------------------------- begin and end
 */

static sst_status begin(html_builder *b, html_doc *d, const html_limits *limits)
{
    memset(b, 0, sizeof *b);
    b->d = d;
    b->limits = limits ? *limits : (html_limits){0};
    if (!b->limits.bytes || b->limits.bytes > HTML_MAX_BYTES)
        b->limits.bytes = HTML_MAX_BYTES;
    if (!b->limits.nodes || b->limits.nodes > HTML_MAX_NODES)
        b->limits.nodes = HTML_MAX_NODES;
    if (!b->limits.depth)
        b->limits.depth = HTML_MAX_DEPTH;
    if (!b->limits.attributes || b->limits.attributes > HTML_MAX_ATTRIBUTES)
        b->limits.attributes = HTML_MAX_ATTRIBUTES;
    b->frameset_ok = true;
    d->node_n = d->attr_n = 0;
    d->html = d->head = d->body = d->read_to = 0;
    d->quirks = 0;
    d->limit = HTML_WITHIN;
    buf_clear(&d->decoded);
    buf_clear(&d->nodes);
    buf_clear(&d->attrs);
    buf_clear(&d->work);
    buf_clear(&d->lines);
    html_names_clear(&d->names);
    html_token_init(&b->t, d);
    b->t.attributes = b->limits.attributes;
    char *open = buf_reserve(&b->open_memory, ((size_t)b->limits.depth + 1) * sizeof(html_open));
    b->open = (html_open *)(void *)open;
    if (!open || d->names.n < HTML_KNOWN_N)
        return SST_ERR_MEMORY;
    html_node_new(b, HTML_DOCUMENT);
    return d->node_n ? SST_OK : SST_ERR_MEMORY;
}

static void release(html_builder *b)
{
    html_token_release(&b->t);
    buf_release(&b->open_memory);
    buf_release(&b->formatting_memory);
    buf_release(&b->template_memory);
    buf_release(&b->pending_memory);
    for (int k = 0; k < 2; k++) {
        buf_release(&b->late_memory[k]);
        buf_release(&b->late_seen[k]);
    }
}

/* The runs of attributes that further <html> and <body> tags added to. */
static void place_late(html_builder *b)
{
    html_doc *d = b->d;
    for (int k = 0; k < 2; k++) {
        uint32_t node = k ? d->body : d->html, n = b->late_n[k];
        d->attrs.n = (size_t)d->attr_n * sizeof(html_attr);
        if (!n || !node)
            continue;
        buf_add(&d->attrs, b->late[k], n * sizeof(html_attr));
        if (d->attrs.failed)
            return;
        d->attr = (html_attr *)(void *)d->attrs.p;
        d->node[node].at = d->attr_n;
        d->node[node].n = n;
        d->attr_n += n;
    }
}

static uint32_t child(const html_doc *d, uint32_t of, html_known name)
{
    for (uint32_t i = d->node[of].first; i; i = d->node[i].next)
        if (html_is(d, i, name))
            return i;
    return 0;
}

static sst_status finish(html_builder *b)
{
    html_doc *d = b->d;
    sst_status status = SST_OK;
    d->read_to = b->t.pos;
    if (b->moved && !d->nodes.failed)
        status = html_node_order(b);
    d->html = child(d, 0, HTML_html);
    d->head = d->html ? child(d, d->html, HTML_head) : 0;
    d->body = d->html ? child(d, d->html, HTML_body) : 0;
    place_late(b);
    if (status)
        return status;
    if (d->limit)
        return d->limit == HTML_LIMIT_STOPPED ? SST_ERR_STOPPED : SST_ERR_LIMIT;
    if (d->decoded.failed == SST_ERR_LIMIT)
        d->limit = HTML_LIMIT_BYTES;
    if (b->stop || broken(b))
        return d->decoded.failed == SST_ERR_LIMIT ? SST_ERR_LIMIT : SST_ERR_MEMORY;
    return SST_OK;
}

/* ------------------------------------------------------------------------------------ public calls
 */

const char *html_limit_text(html_limit limit)
{
    switch (limit) {
    case HTML_LIMIT_BYTES:
        return "longer than the limit";
    case HTML_LIMIT_NODES:
        return "more elements and texts than its length allows";
    case HTML_LIMIT_DEPTH:
        return "nested deeper than the limit";
    case HTML_LIMIT_ATTRIBUTES:
        return "more attributes in a tag than the limit";
    case HTML_LIMIT_NAMES:
        return "more different names than the limit";
    case HTML_LIMIT_STOPPED:
        return "stopped";
    default:
        return "";
    }
}

void html_init(html_doc *d)
{
    memset(d, 0, sizeof *d);
    buf_init(&d->decoded, HTML_MAX_BYTES);
}

void html_release(html_doc *d)
{
    sst_buf *all[] = {&d->decoded, &d->nodes,      &d->attrs,        &d->lines,
                      &d->work,    &d->names.rows, &d->names.places, &d->names.text};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        buf_release(all[k]);
    html_init(d);
}

/* 13.2.3.5: CR LF and CR become LF. cr: the bytes before ended with CR; returns whether these do.
 */
static bool add_lines(sst_buf *out, sst_str s, bool cr)
{
    const char *p = s.p, *end = s.p + s.n;
    if (cr && p < end && *p == '\n')
        p++;
    while (p < end) {
        const char *at = memchr(p, '\r', (size_t)(end - p));
        buf_add(out, p, (size_t)((at ? at : end) - p));
        if (!at)
            return false;
        buf_byte(out, '\n');
        p = at + 1;
        if (p == end)
            return true;
        p += *p == '\n';
    }
    return cr && s.n == 0;
}

sst_status html_parse(html_doc *d, sst_str utf8, const html_limits *limits)
{
    return html_parse_watched(d, utf8, limits, NULL);
}

sst_status html_parse_watched(html_doc *d, sst_str utf8, const html_limits *limits,
                              html_watch *watch)
{
    html_builder b;
    sst_status status = begin(&b, d, limits);
    b.watch = watch;
    if (status == SST_OK) {
        bool cut = utf8.n > b.limits.bytes;
        if (cut)
            utf8.n = b.limits.bytes;
        d->input = utf8;
        if (utf8.n && memchr(utf8.p, '\r', utf8.n)) {
            add_lines(&d->lines, utf8, false);
            if (d->lines.failed)
                d->lines.n = 0;
            d->input = (sst_str){d->lines.p, d->lines.n};
        }
        b.t.text = d->input.p ? d->input.p : "";
        b.t.n = (uint32_t)d->input.n;
        b.t.whole = true;
        run(&b);
        if (cut && !d->limit)
            d->limit = HTML_LIMIT_BYTES;
        status = finish(&b);
        if (status == SST_OK && utf8.n && d->lines.failed)
            status = d->lines.failed;
    }
    release(&b);
    return status;
}

sst_status html_feed_begin(html_doc *d, const html_limits *limits, html_parser **out)
{
    *out = NULL;
    html_parser *p = base_malloc(sizeof *p);
    if (!p)
        return SST_ERR_MEMORY;
    p->cr = p->ended = false;
    sst_status status = begin(&p->b, d, limits);
    if (status) {
        release(&p->b);
        base_free(p);
        return status;
    }
    *out = p;
    return SST_OK;
}

static void feed(html_parser *p)
{
    html_doc *d = p->b.d;
    d->input = (sst_str){d->lines.p, d->lines.n};
    p->b.t.text = d->input.p ? d->input.p : "";
    p->b.t.n = (uint32_t)d->input.n;
    if (p->b.t.n < p->b.t.wait_n && !p->b.t.whole)
        return;
    if (!run(&p->b))
        p->ended = true;
}

sst_status html_feed(html_parser *p, sst_str piece)
{
    html_doc *d = p->b.d;
    if (p->ended)
        return SST_OK; /* at a limit: html_feed_end says which */
    size_t room = p->b.limits.bytes - d->lines.n;
    bool cut = piece.n > room;
    if (cut)
        piece.n = room;
    p->cr = add_lines(&d->lines, piece, p->cr);
    if (d->lines.failed)
        return d->lines.failed;
    feed(p);
    if (cut && !d->limit)
        d->limit = HTML_LIMIT_BYTES;
    return SST_OK;
}

sst_status html_feed_end(html_parser *p)
{
    p->b.t.whole = true;
    if (!p->ended)
        feed(p);
    sst_status status = finish(&p->b);
    if (p->b.d->lines.failed)
        status = p->b.d->lines.failed;
    release(&p->b);
    base_free(p);
    return status;
}
