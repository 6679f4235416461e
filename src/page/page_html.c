/*
 * A page: bytes -> UTF-8 -> tree -> metadata and main text. The charset is found by the parser
 * (html_page_text): the declared one, unless the bytes refute it.
 */
#include "page_html.h"

#include "base_utf8.h"
#include "html.h"

void page_add_flat(sst_buf *out, size_t from, sst_str s)
{
    if (s.n == 0) /* of an empty string p may be NULL */
        return;
    const char *p = s.p, *end = s.p + s.n;
    char *to = buf_reserve(out, s.n); /* nothing becomes longer */
    if (!to)
        return;
    char last = out->n > from ? to[-1] : ' '; /* no space at the beginning */
    while (p < end) {
        unsigned char b = (unsigned char)*p;
        if (b > ' ' && b < 0x7F) {
            *to++ = last = *p++;
            continue;
        }
        int n = 1;
        uint32_t c = b < 0x80 ? b : utf8_read(p, end, &n);
        if (c == 0x200B || c == 0xFEFF || c == 0xAD) {
            /* seen by nobody */
        } else if (c < 0x80 || utf8_is_space(c)) {
            if (last != ' ' && last != '\n')
                *to++ = last = ' ';
        } else {
            memcpy(to, p, (size_t)n);
            to += n;
            last = to[-1];
        }
        p += n;
    }
    out->n = (size_t)(to - out->p);
}

sst_str page_flat_text(sst_arena *arena, const page_node *node, size_t most)
{
    sst_buf out;
    buf_init(&out, 0);
    size_t steps = 0, few = 64 + 8 * most; /* a place full of empty elements is no name or title */
    for (const page_node *n = node; n && out.n < most && steps < few;
         steps++, n = page_dom_next(n, node, n->tag == TAG_SCRIPT || n->tag == TAG_STYLE))
        if (n->tag == TAG_TEXT)
            page_add_flat(&out, 0, n->text);
        else if (n->tag == TAG_BR)
            page_add_flat(&out, 0, STR(" "));
    sst_str s = str_trim((sst_str){out.p, out.n});
    if (s.n > most) {
        s.n = most;
        while (s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
            s.n--;
    }
    s = arena_str(arena, s);
    buf_release(&out);
    return s;
}

/* NULs become spaces, in buf; what holds none stays where it is. */
static sst_status without_nul(sst_buf *buf, sst_str *text)
{
    const char *nul = text->n ? memchr(text->p, 0, text->n) : NULL;
    if (!nul)
        return SST_OK;
    size_t at = (size_t)(nul - text->p);
    if (buf->n == 0) {
        buf_str(buf, *text);
        if (buf->failed)
            return buf->failed;
        text->p = buf->p;
    }
    for (; at < buf->n; at++)
        if (buf->p[at] == 0)
            buf->p[at] = ' ';
    return SST_OK;
}

static void keep_charset(sst_article *a, const html_charset *charset)
{
    a->charset_declared = str_of(charset->declared ? charset->declared : "");
    a->charset_used = str_of(charset->used);
}

static void say_limit(sst_article *a, html_limit limit, uint32_t depth)
{
    if (limit == HTML_LIMIT_DEPTH)
        a->error = arena_printf(
            &a->arena, "markup nested deeper than %u levels, what follows is not read", depth);
    else
        a->error =
            arena_printf(&a->arena, "markup: %s, what follows is not read", html_limit_text(limit));
}

sst_status page_html(sst_article *a, const sst_document *d, const sst_limits *limits,
                     const atomic_int *stop)
{
    sst_buf utf8;
    /* Three bytes for one at most, from single-byte charsets. */
    buf_init(&utf8, 0);
    sst_arena tree;
    arena_init(&tree, 0);
    html_charset charset;
    sst_str text;
    sst_status status = html_page_text(d->body, d->charset, &charset, &utf8, &text);
    keep_charset(a, &charset);
    if (!status)
        status = without_nul(&utf8, &text);
    html_doc doc;
    html_init(&doc);
    page_node *root = NULL;
    html_limit limit = HTML_WITHIN;
    uint32_t depth = limits->depth ? limits->depth : HTML_MAX_DEPTH;
    if (!status)
        status = page_dom_parse(&tree, &doc, text, depth, stop, &root, &limit);
    if (!status)
        status = page_meta(a, d, root);
    if (!status)
        status = page_main(a, root);
    if (!status)
        status = page_data(a, root, stop);
    arena_release(&tree);
    html_release(&doc);
    buf_release(&utf8);
    if (status)
        return status;
    page_access(a);
    if (limit)
        say_limit(a, limit, depth);
    else if (a->block_n == 0)
        a->error = a->consent   ? STR("a wall that asks for consent stands in the article's place")
                   : a->error.n ? a->error
                                : STR("no article text found in the page");
    return a->arena.failed;
}
