/*
 * The text of an element that credits somebody, and which links lead to an author's page. In:
 * nodes. Out: the credit on one line, its parts apart; data/page/credit_path.txt holds the words of
 * paths.
 */
#include "page_found.h"
#include "page_html.h"

enum {
    CREDIT_BYTES = 200,
    WALK_DEPTH = 40, /* elements of a credit that are looked into, times 10 */
    LEAST_PATH = 5   /* bytes of the shortest word of credit_path.txt */
};

sst_str page_credit_text(page_found *f, const page_node *top)
{
    sst_buf out;
    buf_init(&out, 0);
    bool skip = false;
    int steps = 0;
    const page_node *last = NULL;
    for (const page_node *n = top; n && out.n < CREDIT_BYTES && steps < 10 * WALK_DEPTH;
         steps++, n = page_dom_next(n, top, skip)) {
        skip = n->tag == TAG_SCRIPT || n->tag == TAG_STYLE || n->tag == TAG_SVG ||
               n->tag == TAG_TIME || n->tag == TAG_BUTTON;
        if (n->tag == TAG_META && str_eq(page_dom_attribute(n, "itemprop"), STR("name"))) {
            page_add_flat(&out, 0, page_dom_attribute(n, "content"));
            page_add_flat(&out, 0, STR(" | "));
        }
        if (skip || n->tag != TAG_TEXT) {
            if (n->tag != TAG_OTHER && n->tag != TAG_STRONG && n->tag != TAG_EM &&
                n->tag != TAG_A && n != top && out.n)
                page_add_flat(&out, 0, STR(" | "));
            continue;
        }
        if (str_trim(n->text).n && last && out.n && out.p[out.n - 1] != ' ' &&
            !byte_is_space((unsigned char)*n->text.p) &&
            (byte_is_alpha((unsigned char)*n->text.p) ||
             byte_is_digit((unsigned char)*n->text.p)) &&
            byte_is_alpha((unsigned char)out.p[out.n - 1]))
            page_add_flat(&out, 0, STR(" | "));
        page_add_flat(&out, 0, n->text);
        last = n;
    }
    sst_str s = str_trim((sst_str){out.p, out.n});
    if (s.n > CREDIT_BYTES) {
        s.n = CREDIT_BYTES;
        while (s.n && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
            s.n--;
    }
    s = arena_str(f->arena, s);
    buf_release(&out);
    return s;
}

bool page_leads_to_author(sst_str href)
{
    enum { PATH_BYTES = 300 };
    if (href.n > PATH_BYTES)
        return false;
    const char *end = memchr(href.p ? href.p : "", '?', href.n);
    if (end)
        href.n = (size_t)(end - href.p);
    ptrdiff_t scheme = str_find(href, STR("//"));
    size_t i = scheme >= 0 ? (size_t)scheme + 2 : 0, n;
    for (; i < href.n; i += n + 1) {
        for (n = 0; i + n < href.n && href.p[i + n] != '/';)
            n++;
        if (i + n + 1 < href.n && n >= LEAST_PATH &&
            page_list_find(&page_list_credit_path, (sst_str){href.p + i, n}))
            return true;
    }
    return false;
}
