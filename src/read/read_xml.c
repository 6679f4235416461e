/*
 * XML as it comes: see read_xml.h. Parts in order: the window on the bytes; what was wrong; text;
 * the document type; tags; end tags and the stack.
 *
 *   in:   [ done with | here ... to be read ... | ]   moved to the front when half of it is done
 * with
 */
#include "read_xml.h"

#include <stdio.h>

#include "read_reference.h"

enum {
    PIECE = 32 * 1024,       /* bytes of text in one event */
    ATTRIBUTES = 256,        /* of one tag; feeds have under 20 */
    BINDINGS = 256,          /* name spaces bound at a time; each element looks through them */
    ENTITIES = 512,          /* declared ones that are kept: HTML 4 has 252 */
    ENTITY_BYTES = 256,      /* of an entity's value, so that a reference grows 64 times at most */
    DECLARATION_BYTES = 1024 /* of an entity's declaration that is looked at */
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

static sst_str rest(const read_xml *x)
{
    return (sst_str){x->in.p ? x->in.p + x->here : "", x->in.n - x->here};
}

/* Are there n more bytes? Those that are there stay at x->here, which may move. */
static bool need(read_xml *x, size_t n)
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

static void pass(read_xml *x, size_t n)
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

static void problem(read_xml *x, const char *what, sst_str name)
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

/* Line ends become "\n", control characters go (XML has none of them). */
static void add_clean(sst_str s, sst_buf *out)
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
        add_clean((sst_str){s.p, plain}, out);
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
                problem(x, "a reference that is not declared",
                        (sst_str){s.p, unknown_reference(s)});
        }
        s.p += used;
        s.n -= used;
    }
}

static read_xml_event give_text(read_xml *x)
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
    (void)need(x, PIECE + READ_REFERENCE_MOST);
    sst_str s = rest(x);
    if (s.n > PIECE + READ_REFERENCE_MOST)
        s.n = PIECE + READ_REFERENCE_MOST;
    const char *tag = s.n > least ? memchr(s.p + least, '<', s.n - least) : NULL;
    if (tag)
        s.n = (size_t)(tag - s.p);
    else if (s.n > PIECE) {
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
    pass(x, s.n);
    return give_text(x);
}

static read_xml_event cdata(read_xml *x)
{
    (void)need(x, PIECE + 3);
    sst_str s = rest(x);
    if (s.n > PIECE + 3)
        s.n = PIECE + 3;
    ptrdiff_t end = str_find(s, STR("]]>"));
    size_t n = end >= 0 ? (size_t)end : s.n > PIECE ? s.n - 3 : s.n;
    if (end < 0 && s.n > PIECE)
        while (n > 1 && (((unsigned char)s.p[n] & 0xC0) == 0x80 || s.p[n] == '\n'))
            n--;
    else if (end < 0)
        problem(x, "a CDATA section that does not end", STR(""));
    buf_clear(&x->piece);
    add_clean((sst_str){s.p, n}, &x->piece);
    pass(x, n);
    if (end >= 0)
        pass(x, 3);
    if (end >= 0 || !need(x, 1))
        x->cdata = false;
    return give_text(x);
}

/* Passes over everything up to and with `what`. */
static void pass_behind(read_xml *x, const char *what)
{
    size_t n = strlen(what);
    for (;;) {
        sst_str s = rest(x);
        ptrdiff_t at = str_find(s, (sst_str){what, n});
        if (at >= 0) {
            pass(x, (size_t)at + n);
            return;
        }
        if (s.n >= n)
            pass(x, s.n - (n - 1));
        if (!need(x, n)) {
            problem(x, "a comment or instruction that does not end", STR(""));
            pass(x, x->in.n - x->here);
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

static void document_type(read_xml *x)
{
    char quote = 0;
    bool subset = false, inside = false;
    while (need(x, 1)) {
        char c = x->in.p[x->here];
        pass(x, 1);
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
    problem(x, "a document type that does not end", STR(""));
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
        if (n >= x->text_most || !need(x, n + 1))
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
                problem(x, "an attribute without quotation marks", name);
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
    pass(x, n);
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
        pass(x, n);
        return;
    }
    uint32_t i = x->open_n;
    while (i > 0 && !str_eq_nocase(name_at(x, i - 1), name))
        i--;
    if (i == 0)
        problem(x, "an end tag without its beginning", name);
    else {
        x->closing = x->open_n - i + 1;
        if (x->closing > 1)
            problem(x, "an element that does not end", name_at(x, x->open_n - 1));
    }
    pass(x, n);
}

static bool markup(read_xml *x, read_xml_event *event)
{
    (void)need(x, 9);
    sst_str s = rest(x);
    if (str_starts(s, STR("<!--")))
        pass_behind(x, "-->");
    else if (str_starts(s, STR("<![CDATA["))) {
        pass(x, 9);
        x->cdata = true;
    } else if (str_starts_nocase(s, STR("<!DOCTYPE")) && x->open_n == 0) {
        pass(x, 9);
        document_type(x);
    } else if (str_starts(s, STR("<?")))
        pass_behind(x, "?>");
    else {
        bool end = s.n > 2 && s.p[1] == '/';
        size_t n = s.n > 1 && (end || is_name_start((unsigned char)s.p[1])) ? tag_length(x) : 0;
        if (!n) {
            problem(x, "a \"<\" that begins no tag", STR(""));
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
        if (!need(x, 1)) {
            if (x->open_n && !x->failed) {
                problem(x, "the file ends inside an element", name_at(x, x->open_n - 1));
                x->closing = x->open_n;
                continue;
            }
            return XML_DONE;
        }
        if (x->cdata)
            return cdata(x);
        if (x->in.p[x->here] != '<')
            return text(x, 0);
        read_xml_event event = XML_DONE;
        if (markup(x, &event))
            return event;
    }
}
