/*
 * The tokenizer's main part: text and tags. In: a html_tokenizer that stands between two tokens;
 * out: the next token. Method: the standard's states as straight code, one loop a state, each
 * headed by its section; the loops run to the next byte that matters (html_scan.h). Parts in order:
 * waiting for input; attribute values; tags; text; the data state. Comments, doctypes, raw text:
 * html_markup.c; character references: html_entity.c. Source: HTML standard 13.2.5.
 */
#include "html_token.h"

#include <string.h>

#include "html_scan.h"

/* What ends a tag's name (13.2.5.8), an attribute's name (.33), an unquoted value (.38). */
#define ENDS_TAG 1
#define ENDS_NAME 2
#define ENDS_VALUE 4
static const uint8_t ends[256] = {
    ['\0'] = ENDS_TAG | ENDS_NAME | ENDS_VALUE,
    ['\t'] = ENDS_TAG | ENDS_NAME | ENDS_VALUE,
    ['\n'] = ENDS_TAG | ENDS_NAME | ENDS_VALUE,
    ['\f'] = ENDS_TAG | ENDS_NAME | ENDS_VALUE,
    ['\r'] = ENDS_TAG | ENDS_NAME | ENDS_VALUE,
    [' '] = ENDS_TAG | ENDS_NAME | ENDS_VALUE,
    ['/'] = ENDS_TAG | ENDS_NAME,
    ['>'] = ENDS_TAG | ENDS_NAME | ENDS_VALUE,
    ['='] = ENDS_NAME,
    ['&'] = ENDS_VALUE,
};

void html_token_init(html_tokenizer *t, html_doc *d)
{
    memset(t, 0, sizeof *t);
    t->d = d;
    t->raw_end = UINT32_MAX;
    t->attributes = HTML_MAX_ATTRIBUTES;
    buf_init(&t->seen_memory, 0);
}

void html_token_release(html_tokenizer *t)
{
    buf_release(&t->seen_memory);
}

html_token_kind html_token_wait(html_tokenizer *t)
{
    t->wait_n = t->n + (t->n - t->pos) + 1 > t->n ? t->n + (t->n - t->pos) + 1 : UINT32_MAX;
    return HTML_TOKEN_MORE;
}

static html_token_kind fail(html_tokenizer *t, html_limit limit)
{
    if (!t->d->limit)
        t->d->limit = limit;
    return HTML_TOKEN_FAIL;
}

/* ------------------------------------------------------------------------------- attribute values
 */

/*
 * 13.2.5.36 - .38 Attribute value states: from p to the quotation mark, or (quote 0) to what ends
 * an unquoted one. Returns the end, NULL when it is not there.
 */
static const char *value(html_tokenizer *t, const char *p, char quote, html_slice *out)
{
    const char *end = t->text + t->n, *s = p; /* s: what is not yet copied */
    sst_buf *b = &t->d->decoded;
    size_t from = SIZE_MAX; /* in b: nothing was decoded yet */
    for (;;) {
        if (quote)
            p = scan_two(p, end, quote, '&');
        else
            while (p < end && !(ends[(unsigned char)*p] & ENDS_VALUE))
                p++;
        if (p == end)
            return NULL;
        char code[8];
        uint8_t code_n = 0;
        uint32_t took = 1;
        if (*p == '&') {
            bool more;
            took = html_reference(p + 1, end, true, code, &code_n, &more);
            if (more && !t->whole)
                return NULL;
            if (!took) {
                p++;
                continue;
            }
            took++;
        } else if (!*p) {
            memcpy(code, "\xEF\xBF\xBD", 3);
            code_n = 3;
        } else {
            break;
        }
        if (from == SIZE_MAX)
            from = b->n;
        buf_add(b, s, (size_t)(p - s));
        buf_add(b, code, code_n);
        p += took;
        s = p;
    }
    if (from == SIZE_MAX) {
        *out = (html_slice){(uint32_t)(s - t->text), (uint32_t)(p - s)};
    } else {
        buf_add(b, s, (size_t)(p - s));
        *out = (html_slice){(uint32_t)from | HTML_DECODED, (uint32_t)(b->n - from)};
    }
    return p;
}

/* ------------------------------------------------------------------------------------------- tags
 */

/* The number of the name [s, p), which may go on behind a NUL; *to is its end, NULL when cut off.
 */
static uint32_t name_of(html_tokenizer *t, const char *s, const char *p, int stop, const char **to)
{
    const char *end = t->text + t->n;
    size_t n = (size_t)(p - s);
    *to = p;
    if (p < end && *p) {
        if (n <= 8 && end - s >= 8)
            return html_name_key(&t->d->names, scan_lower(scan_keep(scan_load(s), n)), (uint32_t)n);
        return html_name_add(&t->d->names, s, (uint32_t)n);
    }
    while (p < end && (!*p || !(ends[(unsigned char)*p] & stop)))
        p++;
    *to = p < end ? p : NULL;
    if (p == end)
        return HTML_NO_NAME;
    html_slice clean = html_without_nul(t, (uint32_t)(s - t->text), (uint32_t)(p - s));
    return html_name_add(&t->d->names, t->d->decoded.p + (clean.at & ~HTML_DECODED), clean.n);
}

/* Has this tag had the name before? 13.2.5.33: the first of one name counts. */
static bool seen_before(html_tokenizer *t, uint32_t name)
{
    if (name >= t->seen_n) {
        uint32_t want = t->seen_n ? t->seen_n * 2 : 1024;
        while (want <= name)
            want *= 2;
        size_t more = (size_t)(want - t->seen_n) * sizeof(uint32_t);
        char *to = buf_reserve(&t->seen_memory, more);
        if (!to)
            return false;
        memset(to, 0, more);
        t->seen_memory.n += more;
        t->seen = (uint32_t *)(void *)t->seen_memory.p;
        t->seen_n = want;
    }
    bool before = t->seen[name] == t->tag_n;
    t->seen[name] = t->tag_n;
    return before;
}

/* The end of the file in a tag: the tag is dropped (13.2.5.8 and others). */
static html_token_kind tag_cut(html_tokenizer *t, html_token *out, size_t decoded_n)
{
    t->d->attr_n = out->attr;
    if (!t->whole) {
        t->d->decoded.n = decoded_n;
        return html_token_wait(t);
    }
    t->pos = t->n;
    out->begin = out->end = t->n;
    return out->kind = HTML_TOKEN_END;
}

/* 13.2.5.6 - .8 and .32 - .40; p is at the first letter of the name. */
static html_token_kind tag(html_tokenizer *t, html_token *out, const char *p, html_token_kind kind)
{
    html_doc *d = t->d;
    const char *end = t->text + t->n, *s = p;
    size_t decoded_n = d->decoded.n;
    out->attr = d->attr_n;
    out->closes_self = false;
    t->tag_n++;
    while (p < end && !(ends[(unsigned char)*p] & ENDS_TAG)) /* 13.2.5.8 Tag name state */
        p++;
    out->name = name_of(t, s, p, ENDS_TAG, &p);
    if (!p)
        return tag_cut(t, out, decoded_n);
    if (!out->name)
        return fail(t, HTML_LIMIT_NAMES);
    for (;;) {
        /* 13.2.5.32 Before attribute name state */
        p = scan_space(p, end);
        if (p == end)
            return tag_cut(t, out, decoded_n);
        if (*p == '>')
            break;
        if (*p == '/') { /* 13.2.5.40 Self-closing start tag state */
            p++;
            if (p < end && *p == '>') {
                out->closes_self = true;
                break;
            }
            continue;
        }
        s = p++; /* 13.2.5.33 Attribute name state; a '=' may be its first byte */
        if (!*s)
            p--;
        while (p < end && !(ends[(unsigned char)*p] & ENDS_NAME))
            p++;
        uint32_t name = name_of(t, s, p, ENDS_NAME, &p);
        if (!p)
            return tag_cut(t, out, decoded_n);
        if (!name)
            return fail(t, HTML_LIMIT_NAMES);
        /* 13.2.5.34 After attribute name state */
        p = scan_space(p, end);
        html_slice v = {0, 0};
        if (p < end && *p == '=') { /* 13.2.5.35 Before attribute value state */
            p = scan_space(p + 1, end);
            if (p < end && (*p == '"' || *p == '\'')) {
                p = value(t, p + 1, *p, &v);
                if (p)
                    p++; /* 13.2.5.39 After attribute value (quoted) state */
            } else if (p < end && *p != '>') {
                p = value(t, p, 0, &v);
            }
            if (!p)
                return tag_cut(t, out, decoded_n);
        }
        if (p == end)
            return tag_cut(t, out, decoded_n);
        if (kind == HTML_TOKEN_CLOSE || seen_before(t, name))
            continue;
        if (d->attr_n - out->attr >= t->attributes)
            return fail(t, HTML_LIMIT_ATTRIBUTES);
        if ((size_t)(d->attr_n + 1) * sizeof(html_attr) > d->attrs.cap) {
            d->attrs.n = (size_t)d->attr_n * sizeof(html_attr);
            if (!buf_reserve(&d->attrs, sizeof(html_attr)))
                return fail(t, HTML_WITHIN);
            d->attr = (html_attr *)(void *)d->attrs.p;
        }
        d->attr[d->attr_n++] = (html_attr){name & 0xFFFFFF, HTML_PREFIX_NONE, v};
    }
    t->pos = out->end = (uint32_t)(p + 1 - t->text);
    out->attr_n = d->attr_n - out->attr;
    if (kind == HTML_TOKEN_START)
        t->last_start = out->name;
    return out->kind = kind;
}

/* ------------------------------------------------------------------------------------------- text
 */

static html_token_kind text(html_tokenizer *t, html_token *out, const char *s, const char *p)
{
    out->text = (html_slice){(uint32_t)(s - t->text), (uint32_t)(p - s)};
    out->code_n = 0;
    out->end = t->pos = (uint32_t)(p - t->text);
    return out->kind = HTML_TOKEN_TEXT;
}

static html_token_kind code(html_tokenizer *t, html_token *out, uint32_t took)
{
    out->text.n = 0;
    out->end = t->pos += took;
    return out->kind = HTML_TOKEN_TEXT;
}

/* 13.2.5.2 - .5, .69: raw text up to raw_end, then what ended it. */
static html_token_kind raw_text(html_tokenizer *t, html_token *out)
{
    if (t->raw_end == UINT32_MAX && !html_raw_find(t))
        return HTML_TOKEN_MORE;
    const char *p = t->text + t->pos, *end = t->text + t->raw_end, *s = p;
    if (p == end) {
        t->raw_end = UINT32_MAX;
        if (t->state == HTML_STATE_CDATA && t->pos < t->n)
            t->pos += 3; /* 13.2.5.71 CDATA section end state */
        bool close = t->state != HTML_STATE_CDATA && t->pos < t->n;
        html_state was = t->state;
        t->state = HTML_STATE_DATA;
        if (!close)
            return html_token_next(t, out);
        html_token_kind kind = tag(t, out, t->text + t->pos + 2, HTML_TOKEN_CLOSE);
        if (kind == HTML_TOKEN_MORE) {
            t->raw_end = t->pos;
            t->state = was;
        }
        return kind;
    }
    if (t->state == HTML_STATE_RCDATA && *p == '&') {
        bool more;
        uint32_t took = html_reference(p + 1, end, false, out->code, &out->code_n, &more);
        if (took)
            return code(t, out, took + 1);
        p++;
    }
    if (t->state == HTML_STATE_RCDATA) {
        p = scan_two(p, end, '&', '&');
    } else {
        const char *nul = memchr(p, 0, (size_t)(end - p));
        p = nul ? nul : end;
    }
    if (p > s)
        return text(t, out, s, p);
    if (t->state == HTML_STATE_CDATA) { /* the tree deals with NUL here and in the data state */
        out->code[0] = 0;
        out->code_n = 1;
    } else {
        memcpy(out->code, "\xEF\xBF\xBD", 3);
        out->code_n = 3;
    }
    return code(t, out, 1);
}

/* ------------------------------------------------------------------------------------- data state
 */

/* 13.2.5.6 Tag open state and 13.2.5.7 End tag open state: does markup begin with the '<' at p? -1:
 * that depends on what comes. */
static int opens(const char *p, const char *end)
{
    if (end - p < 2)
        return -1;
    if (byte_is_alpha((unsigned char)p[1]) || p[1] == '!' || p[1] == '?')
        return 1;
    if (p[1] != '/')
        return 0;
    return end - p < 3 ? -1 : 1;
}

/* 13.2.5.72 Character reference state: is the '&' before c text? */
static bool no_reference(char c)
{
    return c != '#' && !byte_is_alpha((unsigned char)c) && !byte_is_digit((unsigned char)c);
}

/* 13.2.5.1 Data state */
html_token_kind html_token_next(html_tokenizer *t, html_token *out)
{
    const char *end = t->text + t->n;
    if (t->state != HTML_STATE_DATA) {
        out->begin = t->pos;
        return raw_text(t, out);
    }
again:;
    const char *p = t->text + t->pos, *s = p;
    out->begin = t->pos;
    if (p == end) {
        if (!t->whole)
            return html_token_wait(t);
        out->end = t->pos;
        return out->kind = HTML_TOKEN_END;
    }
    if (*p == '<') {
        int is = opens(p, end);
        if (is < 0 && !t->whole)
            return html_token_wait(t);
        if (is > 0) {
            if (p[1] == '!')
                return html_markup_declaration(t, out, t->pos + 2);
            if (p[1] == '?')
                return html_bogus_comment(t, out, t->pos + 1);
            if (p[1] != '/')
                return tag(t, out, p + 1, HTML_TOKEN_START);
            if (byte_is_alpha((unsigned char)p[2]))
                return tag(t, out, p + 2, HTML_TOKEN_CLOSE);
            if (p[2] != '>')
                return html_bogus_comment(t, out, t->pos + 2);
            t->pos += 3;
            goto again;
        }
        p++;
    } else if (*p == '&') {
        bool more;
        uint32_t took = html_reference(p + 1, end, false, out->code, &out->code_n, &more);
        if (more && !t->whole)
            return html_token_wait(t);
        if (took)
            return code(t, out, took + 1);
        p++;
    } else if (!*p) {
        out->code[0] = 0;
        out->code_n = 1;
        return code(t, out, 1);
    }
    for (;;) {
        p = scan_two(p, end, '<', '&');
        if (p == end) {
            if (!t->whole)
                return html_token_wait(t);
            break;
        }
        if (*p == '&' && p + 1 < end && no_reference(p[1])) {
            p++;
            continue;
        }
        if (*p != '<')
            break;
        int is = opens(p, end);
        if (is > 0 || (is < 0 && !t->whole))
            break;
        p++;
    }
    return text(t, out, s, p);
}
