/*
 * A page: bytes -> UTF-8 -> tree -> metadata and main text. The charset is that of the byte-order
 * mark, else declared from outside, else by a meta element, else UTF-8 when the bytes are, else
 * windows-1252 (HTML standard, 13.2.3, with validity added: pages that are UTF-8 and declare
 * something else are read as UTF-8).
 */
#include "page_html.h"

#include <stdio.h>

#include "base_utf8.h"
#include "read_charset.h"

enum {
    PRESCAN = 4096 /* bytes searched for a meta charset; the standard's 1024 misses a tenth of old
                      pages */
};

static bool meta_charset(sst_str s, char name[40])
{
    if (s.n > PRESCAN)
        s.n = PRESCAN;
    for (;;) {
        ptrdiff_t at = str_find_nocase(s, STR("charset"));
        if (at < 0)
            return false;
        s.p += at + 7;
        s.n -= (size_t)at + 7;
        size_t k = 0;
        while (k < s.n && (byte_is_space((unsigned char)s.p[k]) || s.p[k] == '=' || s.p[k] == '"' ||
                           s.p[k] == '\''))
            k++;
        size_t n = 0;
        while (k + n < s.n && n < 39 &&
               (byte_is_alpha((unsigned char)s.p[k + n]) ||
                byte_is_digit((unsigned char)s.p[k + n]) || memchr("-_.:", s.p[k + n], 4)))
            n++;
        if (k && n) {
            snprintf(name, 40, "%.*s", (int)n, s.p + k);
            return true;
        }
    }
}

static sst_status to_utf8(const sst_document *d, sst_buf *out)
{
    size_t mark_n;
    sst_str s = d->body;
    read_unicode form = read_unicode_mark(s, &mark_n);
    if (form == UNICODE_NONE && s.n && memchr(s.p, 0, s.n < PRESCAN ? s.n : PRESCAN))
        form = read_unicode_guess(s);
    if (form > UNICODE_8) {
        (void)read_unicode_decode(form, s, out);
        return out->failed;
    }
    if (mark_n) {
        s.p += mark_n;
        s.n -= mark_n;
    }
    if (utf8_check(s) == s.n) {
        buf_str(out, s);
        return out->failed;
    }
    char name[40] = "";
    char guess[32];
    read_charset_guess(s, guess);
    if (strcmp(guess, "utf-8") == 0) {
        read_charset_mend(s, out);
        return out->failed;
    }
    if (d->charset.n && d->charset.n < sizeof name)
        snprintf(name, sizeof name, "%.*s", (int)d->charset.n, d->charset.p);
    else if (!meta_charset(s, name))
        snprintf(name, sizeof name, "%s", guess);
    if (str_eq_nocase(str_of(name), STR("utf-8")) || str_eq_nocase(str_of(name), STR("utf8")))
        snprintf(name, sizeof name, "%s", guess);
    if (!read_charset_decode(name, s, out) && !read_charset_decode("windows-1252", s, out))
        read_charset_mend(s, out);
    return out->failed;
}

void page_add_flat(sst_buf *out, size_t from, sst_str s)
{
    const char *p = s.p, *end = s.p + s.n;
    while (p < end) {
        int n;
        uint32_t c = (unsigned char)*p < 0x80 ? (n = 1, (unsigned char)*p) : utf8_read(p, end, &n);
        if (c == 0x200B || c == 0xFEFF || c == 0xAD) {
            p += n;
            continue;
        }
        if (c < 0x20 || c == ' ' || c == 0x7F || (c >= 0x80 && utf8_is_space(c))) {
            if (out->n > from && out->p[out->n - 1] != ' ' && out->p[out->n - 1] != '\n')
                buf_byte(out, ' ');
        } else
            buf_add(out, p, (size_t)n);
        p += n;
    }
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

sst_status page_html(sst_article *a, const sst_document *d, const sst_limits *limits)
{
    sst_buf utf8;
    /* Three bytes for one at most, from single-byte charsets. */
    buf_init(&utf8, 0);
    sst_arena tree;
    arena_init(&tree, 0);
    sst_status status = to_utf8(d, &utf8);
    for (size_t i = 0; i < utf8.n; i++)
        if (utf8.p[i] == 0)
            utf8.p[i] = ' ';
    page_node *root = NULL;
    bool cut = false;
    if (!status)
        status = page_dom_parse(&tree, (sst_str){utf8.p, utf8.n},
                                limits->depth ? limits->depth : 512, &root, &cut);
    buf_release(&utf8);
    if (!status)
        status = page_meta(a, root);
    if (!status)
        status = page_main(a, root);
    arena_release(&tree);
    if (status)
        return status;
    if (cut)
        a->error =
            arena_printf(&a->arena, "markup nested deeper than %u levels, what follows is not read",
                         limits->depth);
    else if (a->block_n == 0)
        a->error = STR("no article text found in the page");
    return a->arena.failed;
}
