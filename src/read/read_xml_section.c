/*
 * What stands between tags and is no text: see read_xml_inner.h. CDATA sections, also those whose
 * end is missing; comments and instructions; the document type with its entities.
 */
#include "read_xml_inner.h"

#include "read_reference.h"

enum {
    ENTITIES = 512,           /* declared ones that are kept: HTML 4 has 252 */
    ENTITY_BYTES = 256,       /* of an entity's value, so that a reference grows 64 times at most */
    DECLARATION_BYTES = 1024, /* of an entity's declaration that is looked at */
    TAG_NAME = 256,           /* of a name that can end a CDATA section; feeds have under 40 */
    CDATA_AHEAD = 64 * 1024   /* behind an end tag in a CDATA section: some entries of a feed */
};

/* ---------------------------------------------------------------------------------- CDATA sections
 */

/* Does s begin with the end tag of the k-th open element? */
static bool ends_element(const read_xml *x, sst_str s, uint32_t k)
{
    sst_str name = {x->names.p + x->open.v[k].name_at, x->open.v[k].name_n};
    if (name.n > TAG_NAME || s.n < name.n + 3 || s.p[0] != '<' || s.p[1] != '/' ||
        !str_eq_nocase((sst_str){s.p + 2, name.n}, name))
        return false;
    return s.p[name.n + 2] == '>' || byte_is_space((unsigned char)s.p[name.n + 2]);
}

/*
 * In a CDATA section, n bytes on, stands the end tag of the element that holds it, or of that one's
 * parent. Either it is quoted there, or the section's own end is missing. It is missing when behind
 * that tag, before any "]]>", the parent ends too or another section begins, or the file ends.
 * What was looked at is not looked at again.
 */
static bool cdata_has_ended(read_xml *x, size_t n)
{
    if (x->base + n < x->cdata_sure)
        return false;
    bool all = !read_xml_need(x, n + CDATA_AHEAD);
    sst_str s = read_xml_rest(x);
    size_t end = s.n > n + CDATA_AHEAD ? n + CDATA_AHEAD : s.n;
    for (size_t i = n + 2; i + 3 <= end; i++) {
        const char *p = memchr(s.p + i, '<', end - i);
        ptrdiff_t close =
            str_find((sst_str){s.p + i, (p ? (size_t)(p - s.p) : end) - i}, STR("]]>"));
        if (close >= 0) {
            x->cdata_sure = x->base + i + (size_t)close;
            return false;
        }
        if (!p)
            break;
        i = (size_t)(p - s.p);
        sst_str here = {s.p + i, s.n - i};
        if (str_starts(here, STR("<![CDATA[")) ||
            (x->open_n > 1 && ends_element(x, here, x->open_n - 2)))
            return true;
    }
    x->cdata_sure = x->base + end;
    return all && !x->failed;
}

/* Where among the n bytes of a CDATA section that are at hand it must have ended; or n. */
static size_t cdata_missing_end(read_xml *x, size_t n)
{
    for (size_t i = 0; i < n && x->open_n;) {
        sst_str s = read_xml_rest(x);
        const char *p = memchr(s.p + i, '<', n - i);
        if (!p)
            break;
        i = (size_t)(p - s.p);
        sst_str here = {s.p + i, s.n - i};
        if ((ends_element(x, here, x->open_n - 1) ||
             (x->open_n > 1 && ends_element(x, here, x->open_n - 2))) &&
            cdata_has_ended(x, i))
            return i;
        i++;
    }
    return n;
}

read_xml_event read_xml_cdata(read_xml *x)
{
    (void)read_xml_need(x, READ_XML_PIECE + 3 + TAG_NAME);
    sst_str s = read_xml_rest(x);
    if (s.n > READ_XML_PIECE + 3)
        s.n = READ_XML_PIECE + 3;
    ptrdiff_t end = str_find(s, STR("]]>"));
    size_t n = end >= 0 ? (size_t)end : s.n > READ_XML_PIECE ? s.n - 3 : s.n;
    size_t missing = cdata_missing_end(x, n);
    s = (sst_str){read_xml_rest(x).p, s.n};
    if (missing < n) {
        n = missing;
        end = -1;
        x->cdata = false;
    } else if (end < 0 && s.n > READ_XML_PIECE)
        while (n > 1 && (((unsigned char)s.p[n] & 0xC0) == 0x80 || s.p[n] == '\n'))
            n--;
    if (!x->cdata || (end < 0 && s.n <= READ_XML_PIECE))
        read_xml_problem(x, "a CDATA section that does not end", STR(""));
    buf_clear(&x->piece);
    read_xml_clean((sst_str){s.p, n}, &x->piece);
    read_xml_pass(x, n);
    if (end >= 0)
        read_xml_pass(x, 3);
    if (end >= 0 || !read_xml_need(x, 1))
        x->cdata = false;
    return read_xml_give_text(x);
}

void read_xml_pass_behind(read_xml *x, const char *what)
{
    size_t n = strlen(what);
    for (;;) {
        sst_str s = read_xml_rest(x);
        ptrdiff_t at = str_find(s, (sst_str){what, n});
        if (at >= 0) {
            read_xml_pass(x, (size_t)at + n);
            return;
        }
        if (s.n >= n)
            read_xml_pass(x, s.n - (n - 1));
        if (!read_xml_need(x, n)) {
            read_xml_problem(x, "a comment or instruction that does not end", STR(""));
            read_xml_pass(x, x->in.n - x->here);
            return;
        }
    }
}

/* -------------------------------------------------------------------------------- document type */

static sst_str word_of(sst_str *s)
{
    *s = str_trim(*s);
    size_t n = 0;
    while (n < s->n && !byte_is_space((unsigned char)s->p[n]) && s->p[n] != '"' && s->p[n] != '\'')
        n++;
    sst_str word = {s->p, n};
    s->p += n;
    s->n -= n;
    *s = str_trim(*s);
    return word;
}

/* <!ENTITY name "value"> when the value is characters only, no markup and no other entity. */
static void declaration(read_xml *x)
{
    sst_str s = {x->decl.p, x->decl.n};
    if (!s.n || !str_starts(s, STR("!ENTITY")) || x->entities.n >= ENTITIES)
        return;
    (void)word_of(&s);
    sst_str name = word_of(&s);
    if (!name.n || s.n < 2 || (*s.p != '"' && *s.p != '\''))
        return; /* outside of the file, or for the document type's own use */
    const char *end = memchr(s.p + 1, *s.p, s.n - 1);
    if (!end)
        return;
    sst_str value = {s.p + 1, (size_t)(end - s.p) - 1};
    sst_buf plain;
    buf_init(&plain, 0);
    read_reference_text(value, &plain);
    bool good =
        value.n <= ENTITY_BYTES && plain.n <= ENTITY_BYTES && !memchr(value.p, '<', value.n);
    for (size_t i = 0; good && i < value.n; i++)
        if (value.p[i] == '&' && (i + 1 >= value.n || value.p[i + 1] != '#') &&
            !str_starts((sst_str){value.p + i, value.n - i}, STR("&amp;")))
            good = false;
    read_xml_entity *b = good && !plain.failed ? vec_push(&x->doc, &x->entities) : NULL;
    if (b) {
        b->name = arena_str(&x->doc, name);
        b->text = arena_str(&x->doc, (sst_str){plain.p, plain.n});
    }
    buf_release(&plain);
}

void read_xml_document_type(read_xml *x)
{
    char quote = 0;
    bool subset = false, inside = false;
    while (read_xml_need(x, 1)) {
        char c = x->in.p[x->here];
        read_xml_pass(x, 1);
        bool comment = inside && x->decl.n >= 3 && memcmp(x->decl.p, "!--", 3) == 0;
        if (quote) {
            if (c == quote)
                quote = 0;
        } else if ((c == '"' || c == '\'') && (inside || !subset) && !comment)
            quote = c;
        else if (c == '[' && !inside)
            subset = true;
        else if (c == ']' && !inside)
            subset = false;
        else if (c == '<' && subset && !inside) {
            inside = true;
            buf_clear(&x->decl);
            continue;
        } else if (c == '>' && inside) {
            if (comment && !(x->decl.n >= 5 && x->decl.p[x->decl.n - 1] == '-'))
                ;
            else {
                declaration(x);
                inside = false;
            }
        } else if (c == '>' && !subset)
            return;
        if (inside && x->decl.n < DECLARATION_BYTES)
            buf_byte(&x->decl, c);
        else if (inside && comment)
            x->decl.p[x->decl.n - 1] = c; /* how it ends is all that matters */
    }
    read_xml_problem(x, "a document type that does not end", STR(""));
}
