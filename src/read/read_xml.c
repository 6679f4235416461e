/*
 * XML as it comes: see read_xml.h. Parts in order: the window on the bytes; what was wrong; text;
 * tags; end tags and the stack. CDATA sections, comments and the document type: read_xml_section.c.
 *
 *   in:   [ done with | here ... to be read ... | ]
 *
 * It is moved to the front when half of it is done with.
 */
#include "read_xml_inner.h"

#include <stdio.h>

#include "read_reference.h"

enum {
    ATTRIBUTES = 256, /* of one tag; feeds have under 20 */
    BINDINGS = 256,   /* name spaces bound at a time; each element looks through them */
};

/* -------------------------------------------------------------------------------------- window */

void read_xml_init(read_xml *x, read_xml_fill fill, void *user, uint32_t depth, size_t text_most)
{
    memset(x, 0, sizeof *x);
    x->fill = fill;
    x->user = user;
    x->depth_most = depth ? depth : 1;
    x->text_most = text_most;
    x->line_here = 1;
    buf_init(&x->in, 0);
    buf_init(&x->piece, 0);
    buf_init(&x->names, 0);
    buf_init(&x->decl, 0);
    arena_init(&x->tag, 0);
    arena_init(&x->doc, 0);
}

void read_xml_release(read_xml *x)
{
    buf_release(&x->in);
    buf_release(&x->piece);
    buf_release(&x->names);
    buf_release(&x->decl);
    arena_release(&x->tag);
    arena_release(&x->doc);
}

bool read_xml_need(read_xml *x, size_t n)
{
    while (x->in.n - x->here < n) {
        if (x->end || x->failed)
            return false;
        if (x->here > x->in.n / 2) {
            memmove(x->in.p, x->in.p + x->here, x->in.n - x->here);
            x->in.n -= x->here;
            x->here = 0;
        }
        sst_status status = x->fill(x->user, &x->in, &x->end);
        if (status || x->in.failed)
            x->failed = status ? status : SST_ERR_MEMORY;
    }
    return !x->failed;
}

void read_xml_pass(read_xml *x, size_t n)
{
    const char *p = x->in.p + x->here, *end = p + n;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
        x->line_here++;
        p++;
    }
    x->here += n;
    x->base += n;
}

/* ------------------------------------------------------------------------------------- problems */

void read_xml_problem(read_xml *x, const char *what, sst_str name)
{
    if (x->problem)
        return;
    x->problem = what;
    x->problem_at = x->base;
    x->problem_line = x->line_here;
    int n = name.n < 40 ? (int)name.n : 40;
    while (n > 0 && (size_t)n < name.n && ((unsigned char)name.p[n] & 0xC0) == 0x80)
        n--;
    snprintf(x->problem_name, sizeof x->problem_name, "%.*s", n, n ? name.p : "");
}

/* ----------------------------------------------------------------------------------------- text */

void read_xml_clean(sst_str s, sst_buf *out)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 || c == '\n' || c == '\t')
            continue;
        buf_add(out, s.p + from, i - from);
        from = i + 1;
        if (c == '\r' && !(i + 1 < s.n && s.p[i + 1] == '\n'))
            buf_byte(out, '\n');
    }
    buf_add(out, s.p + from, s.n - from);
}

static bool add_entity(read_xml *x, sst_str s, sst_buf *out, size_t *used)
{
    if (s.n > READ_REFERENCE_MOST)
        s.n = READ_REFERENCE_MOST;
    const char *semicolon = memchr(s.p, ';', s.n);
    if (!semicolon)
        return false;
    sst_str name = {s.p + 1, (size_t)(semicolon - s.p) - 1};
    for (uint32_t i = 0; i < x->entities.n; i++)
        if (str_eq(x->entities.v[i].name, name)) {
            buf_str(out, x->entities.v[i].text);
            *used = name.n + 2;
            return true;
        }
    return false;
}

/* Is it "&name;", of an entity that nobody declares? */
static size_t unknown_reference(sst_str s)
{
    size_t n = 1;
    while (n < s.n && n < READ_REFERENCE_MOST &&
           (byte_is_alpha((unsigned char)s.p[n]) || byte_is_digit((unsigned char)s.p[n])))
        n++;
    return n > 1 && n < s.n && s.p[n] == ';' ? n + 1 : 0;
}

/* References undone. */
static void add_decoded(read_xml *x, sst_str s, sst_buf *out)
{
    while (s.n) {
        const char *amp = memchr(s.p, '&', s.n);
        size_t plain = amp ? (size_t)(amp - s.p) : s.n, used = 0;
        read_xml_clean((sst_str){s.p, plain}, out);
        s.p += plain;
        s.n -= plain;
        if (!s.n)
            return;
        if (!(x->entities.n && add_entity(x, s, out, &used)))
            used = read_reference_add(s, out);
        if (!used) {
            buf_byte(out, '&');
            used = 1;
            if (unknown_reference(s))
                read_xml_problem(x, "a reference that is not declared",
                                 (sst_str){s.p, unknown_reference(s)});
        }
        s.p += used;
        s.n -= used;
    }
}

read_xml_event read_xml_give_text(read_xml *x)
{
    if (x->piece.failed) {
        x->failed = x->piece.failed;
        return XML_DONE;
    }
    x->text = (sst_str){x->piece.p ? x->piece.p : "", x->piece.n};
    x->depth = x->open_n;
    return XML_TEXT;
}

/* Text up to the next "<"; more of it in the next event when it is long. */
static read_xml_event text(read_xml *x, size_t least)
{
    (void)read_xml_need(x, READ_XML_PIECE + READ_REFERENCE_MOST);
    sst_str s = read_xml_rest(x);
    if (s.n > READ_XML_PIECE + READ_REFERENCE_MOST)
        s.n = READ_XML_PIECE + READ_REFERENCE_MOST;
    const char *tag = s.n > least ? memchr(s.p + least, '<', s.n - least) : NULL;
    if (tag)
        s.n = (size_t)(tag - s.p);
    else if (s.n > READ_XML_PIECE) {
        /* No cut inside a reference, a character or a line end. */
        size_t n = s.n - 1, low = s.n - READ_REFERENCE_MOST;
        while (n > low && s.p[n] != '&')
            n--;
        if (s.p[n] != '&' || memchr(s.p + n, ';', s.n - n))
            n = s.n - 1;
        while (n > low && (((unsigned char)s.p[n] & 0xC0) == 0x80 || s.p[n] == '\n'))
            n--;
        s.n = n;
    }
    buf_clear(&x->piece);
    add_decoded(x, s, &x->piece);
    read_xml_pass(x, s.n);
    return read_xml_give_text(x);
}

/* ----------------------------------------------------------------------------------------- tags */

static bool is_name_start(unsigned char c)
{
    return byte_is_alpha(c) || c == '_' || c == ':' || c >= 0x80;
}

/*
 * Length of the tag at x->here, with both brackets; 0 when it is none. A tag ends at ">" outside of
 * quotes; "<" in it means that a quotation mark or the ">" is missing.
 */
static size_t tag_length(read_xml *x)
{
    char quote = 0, before = 0;
    size_t quoted_end = 0;
    for (size_t n = 1;; n++) {
        if (n >= x->text_most || !read_xml_need(x, n + 1))
            break;
        char c = x->in.p[x->here + n];
        if (c == '>' && !quote)
            return n + 1;
        if (c == '<')
            break;
        if (c == '>' && !quoted_end)
            quoted_end = n + 1;
        if (quote) {
            if (c == quote)
                quote = 0;
        } else if ((c == '"' || c == '\'') && before == '=')
            quote = c;
        if (!byte_is_space((unsigned char)c))
            before = c;
    }
    return quoted_end;
}

static void split_name(sst_str name, sst_str *prefix, sst_str *local)
{
    const char *colon = name.n ? memchr(name.p, ':', name.n) : NULL;
    *prefix = (sst_str){name.p, colon ? (size_t)(colon - name.p) : 0};
    *local = colon ? (sst_str){colon + 1, name.n - prefix->n - 1} : name;
}

static size_t name_length(sst_str s)
{
    size_t n = 0;
    while (n < s.n && !byte_is_space((unsigned char)s.p[n]) && s.p[n] != '=' && s.p[n] != '/' &&
           s.p[n] != '>')
        n++;
    return n;
}

static void skip(sst_str *s, size_t n)
{
    s->p += n;
    s->n -= n;
}

static void attributes(read_xml *x, sst_str s)
{
    x->attrs.n = 0;
    for (;;) {
        while (s.n && (byte_is_space((unsigned char)*s.p) || *s.p == '/'))
            skip(&s, 1);
        if (!s.n)
            return;
        size_t n = name_length(s);
        sst_str name = {s.p, n}, value = {"", 0};
        skip(&s, n);
        s = str_trim(s);
        if (s.n && *s.p == '=') {
            skip(&s, 1);
            s = str_trim(s);
            char mark = s.n ? *s.p : 0;
            const char *end = mark == '"' || mark == '\'' ? memchr(s.p + 1, mark, s.n - 1) : NULL;
            if (end) {
                value = (sst_str){s.p + 1, (size_t)(end - s.p) - 1};
                skip(&s, value.n + 2);
            } else {
                if (mark == '"' || mark == '\'')
                    skip(&s, 1);
                read_xml_problem(x, "an attribute without quotation marks", name);
                n = 0;
                while (n < s.n && !byte_is_space((unsigned char)s.p[n]))
                    n++;
                value = (sst_str){s.p, n};
                skip(&s, n);
            }
        } else if (!n)
            skip(&s, 1);
        read_xml_attr *a = NULL;
        if (name.n && x->attrs.n < ATTRIBUTES)
            a = vec_push(&x->tag, &x->attrs);
        if (!a)
            continue;
        buf_clear(&x->piece);
        add_decoded(x, value, &x->piece);
        for (size_t i = 0; i < x->piece.n; i++)
            if (x->piece.p[i] == '\n' || x->piece.p[i] == '\t')
                x->piece.p[i] = ' ';
        sst_str prefix, local;
        split_name(arena_str(&x->tag, name), &prefix, &local);
        a->prefix = prefix;
        a->name = local;
        a->value = arena_str(&x->tag, (sst_str){x->piece.p, x->piece.n});
    }
}

sst_str read_xml_value(const read_xml *x, const char *prefix, const char *name)
{
    for (uint32_t i = 0; i < x->attr_n; i++)
        if (str_eq_nocase(x->attr[i].name, str_of(name)) &&
            str_eq_nocase(x->attr[i].prefix, str_of(prefix)))
            return x->attr[i].value;
    return (sst_str){NULL, 0};
}

static void bind_spaces(read_xml *x)
{
    for (uint32_t i = 0; i < x->attrs.n; i++) {
        const read_xml_attr *a = &x->attrs.v[i];
        bool plain = !a->prefix.n && str_eq(a->name, STR("xmlns"));
        if ((!plain && !str_eq(a->prefix, STR("xmlns"))) || x->bindings.n >= BINDINGS)
            continue;
        read_xml_binding *b = vec_push(&x->doc, &x->bindings);
        if (b) {
            sst_str prefix = plain ? STR("") : a->name, uri = str_trim(a->value);
            *b = (read_xml_binding){(uint32_t)x->names.n, (uint32_t)prefix.n,
                                    (uint32_t)(x->names.n + prefix.n), (uint32_t)uri.n};
            buf_str(&x->names, prefix);
            buf_str(&x->names, uri);
        }
    }
}

static sst_str space_of(const read_xml *x, sst_str prefix)
{
    for (uint32_t i = x->bindings.n; i-- > 0;) {
        const read_xml_binding *b = &x->bindings.v[i];
        if (str_eq((sst_str){x->names.p + b->prefix_at, b->prefix_n}, prefix))
            return (sst_str){x->names.p + b->uri_at, b->uri_n};
    }
    return prefix;
}

static read_xml_event open_tag(read_xml *x, size_t n)
{
    sst_str s = {x->in.p + x->here + 1, n - 2};
    bool empty = s.n && s.p[s.n - 1] == '/';
    if (empty)
        s.n--;
    size_t name_n = name_length(s);
    arena_clear(&x->tag);
    x->attrs.v = NULL;
    x->attrs.n = x->attrs.cap = 0;
    sst_str name = arena_str(&x->tag, (sst_str){s.p, name_n});
    skip(&s, name_n);
    attributes(x, s);
    read_xml_pass(x, n);
    if (x->open_n >= x->depth_most) {
        x->too_deep = true;
        x->below += !empty;
        return XML_DONE; /* no event: the caller goes on */
    }
    read_xml_element *e = vec_push(&x->doc, &x->open);
    if (!e || x->tag.failed || x->piece.failed) {
        x->failed = SST_ERR_MEMORY;
        return XML_DONE;
    }
    *e = (read_xml_element){(uint32_t)x->names.n, (uint32_t)name.n, x->bindings.n};
    buf_str(&x->names, name);
    bind_spaces(x);
    x->open_n = x->open.n;
    split_name(name, &x->prefix, &x->name);
    x->uri = space_of(x, x->prefix);
    x->attr = x->attrs.v;
    x->attr_n = x->attrs.n;
    x->depth = x->open_n;
    if (empty)
        x->closing = 1;
    if (x->doc.failed || x->names.failed)
        x->failed = SST_ERR_MEMORY;
    return x->failed ? XML_DONE : XML_OPEN;
}

/* --------------------------------------------------------------------------------- end tags, stack
 */

static sst_str name_at(const read_xml *x, uint32_t i)
{
    return (sst_str){x->names.p + x->open.v[i].name_at, x->open.v[i].name_n};
}

static read_xml_event close_one(read_xml *x)
{
    x->closing--;
    x->depth = x->open_n;
    uint32_t i = --x->open_n;
    split_name(name_at(x, i), &x->prefix, &x->name);
    x->names.n = x->open.v[i].name_at; /* its bytes stay until the next tag */
    x->bindings.n = x->open.v[i].binding_n;
    x->open.n = i;
    return XML_CLOSE;
}

static void end_tag(read_xml *x, size_t n)
{
    sst_str s = {x->in.p + x->here + 2, n - 3};
    sst_str name = {s.p, name_length(s)};
    if (x->below) {
        x->below--;
        read_xml_pass(x, n);
        return;
    }
    uint32_t i = x->open_n;
    while (i > 0 && !str_eq_nocase(name_at(x, i - 1), name))
        i--;
    if (i == 0)
        read_xml_problem(x, "an end tag without its beginning", name);
    else {
        x->closing = x->open_n - i + 1;
        if (x->closing > 1)
            read_xml_problem(x, "an element that does not end", name_at(x, x->open_n - 1));
    }
    read_xml_pass(x, n);
}

static bool markup(read_xml *x, read_xml_event *event)
{
    (void)read_xml_need(x, 9);
    sst_str s = read_xml_rest(x);
    if (str_starts(s, STR("<!--")))
        read_xml_pass_behind(x, "-->");
    else if (str_starts(s, STR("<![CDATA["))) {
        read_xml_pass(x, 9);
        x->cdata = true;
        x->cdata_sure = x->base;
    } else if (str_starts_nocase(s, STR("<!DOCTYPE")) && x->open_n == 0) {
        read_xml_pass(x, 9);
        read_xml_document_type(x);
    } else if (str_starts(s, STR("<?")))
        read_xml_pass_behind(x, "?>");
    else {
        bool end = s.n > 2 && s.p[1] == '/';
        size_t n = s.n > 1 && (end || is_name_start((unsigned char)s.p[1])) ? tag_length(x) : 0;
        if (!n) {
            read_xml_problem(x, "a \"<\" that begins no tag", STR(""));
            *event = text(x, 1);
            return true;
        }
        if (end)
            end_tag(x, n);
        else {
            *event = open_tag(x, n);
            return *event != XML_DONE;
        }
    }
    return false;
}

read_xml_event read_xml_next(read_xml *x)
{
    for (;;) {
        x->at = x->base;
        x->line = x->line_here;
        if (x->failed)
            return XML_DONE;
        if (x->closing)
            return close_one(x);
        if (!read_xml_need(x, 1)) {
            if (x->open_n && !x->failed) {
                read_xml_problem(x, "the file ends inside an element", name_at(x, x->open_n - 1));
                x->closing = x->open_n;
                continue;
            }
            return XML_DONE;
        }
        if (x->cdata)
            return read_xml_cdata(x);
        if (x->in.p[x->here] != '<')
            return text(x, 0);
        read_xml_event event = XML_DONE;
        if (markup(x, &event))
            return event;
    }
}
