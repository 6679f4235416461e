/*
 * The tokenizer's parts behind "<!": comments, doctypes, CDATA sections; and where raw text ends.
 * In: the offset behind what was recognised; out: a token, or MORE. Sections of the HTML standard
 * stand at each part.
 */
#include <string.h>

#include "html_scan.h"
#include "html_token.h"

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

html_slice html_without_nul(html_tokenizer *t, uint32_t at, uint32_t n)
{
    if (!n || !memchr(t->text + at, 0, n))
        return (html_slice){at, n};
    sst_buf *b = &t->d->decoded;
    size_t from = b->n;
    const char *p = t->text + at, *end = p + n;
    while (p < end) {
        const char *nul = memchr(p, 0, (size_t)(end - p));
        buf_add(b, p, (size_t)((nul ? nul : end) - p));
        if (!nul)
            break;
        buf_add(b, replacement, 3);
        p = nul + 1;
    }
    return (html_slice){(uint32_t)from | HTML_DECODED, (uint32_t)(b->n - from)};
}

static html_token_kind comment(html_tokenizer *t, html_token *out, uint32_t at, uint32_t n,
                               uint32_t end)
{
    out->text = html_without_nul(t, at, n);
    out->end = t->pos = end;
    return out->kind = HTML_TOKEN_COMMENT;
}

/* 13.2.5.41 Bogus comment state */
html_token_kind html_bogus_comment(html_tokenizer *t, html_token *out, uint32_t at)
{
    const char *gt = memchr(t->text + at, '>', t->n - at);
    if (!gt && !t->whole)
        return html_token_wait(t);
    uint32_t stop = gt ? (uint32_t)(gt - t->text) : t->n;
    return comment(t, out, at, stop - at, gt ? stop + 1 : stop);
}

/*
 * 13.2.5.43 - 13.2.5.52 Comment states: the end is "-->" or "--!>", and ">" or "->" right at the
 * beginning. The states of "<!--" inside differ in the errors they report only.
 */
static html_token_kind comment_states(html_tokenizer *t, html_token *out, uint32_t at)
{
    const char *s = t->text + at, *end = t->text + t->n, *p = s;
    if (p < end && *p == '>')
        return comment(t, out, at, 0, at + 1);
    if (end - p >= 2 && p[0] == '-' && p[1] == '>')
        return comment(t, out, at, 0, at + 2);
    while (p < end && (p = memchr(p, '-', (size_t)(end - p))) != NULL) {
        if (p + 1 == end)
            break;
        if (p[1] != '-') {
            p += 2;
            continue;
        }
        p += 2;
        while (p < end && *p == '-')
            p++;
        uint32_t n = (uint32_t)(p - s) - 2;
        if (p < end && *p == '>')
            return comment(t, out, at, n, (uint32_t)(p + 1 - t->text));
        if (end - p >= 2 && p[0] == '!' && p[1] == '>')
            return comment(t, out, at, n, (uint32_t)(p + 2 - t->text));
    }
    if (!t->whole)
        return html_token_wait(t);
    uint32_t n = t->n - at;
    if (n >= 3 && memcmp(s + n - 3, "--!", 3) == 0)
        n -= 3;
    else if (n >= 2 && memcmp(s + n - 2, "--", 2) == 0)
        n -= 2;
    else if (n >= 1 && s[n - 1] == '-')
        n -= 1;
    return comment(t, out, at, n, t->n);
}

static html_token_kind doctype_end(html_tokenizer *t, html_token *out, const char *p)
{
    out->end = t->pos = (uint32_t)(p - t->text);
    return out->kind = HTML_TOKEN_DOCTYPE;
}

/* 13.2.5.68 Bogus DOCTYPE state */
static html_token_kind doctype_bogus(html_tokenizer *t, html_token *out, const char *p)
{
    const char *end = t->text + t->n, *gt = memchr(p, '>', (size_t)(end - p));
    if (!gt && !t->whole)
        return html_token_wait(t);
    return doctype_end(t, out, gt ? gt + 1 : end);
}

/* At the end of what is there: wait, or 13.2.5.53 and others: EOF in a doctype. */
static html_token_kind doctype_eof(html_tokenizer *t, html_token *out)
{
    if (!t->whole)
        return html_token_wait(t);
    out->force_quirks = true;
    return doctype_end(t, out, t->text + t->n);
}

/* 13.2.5.59, .60, .65, .66 Identifier states: p at the quotation mark. NULL: the token ended there.
 */
static const char *identifier(html_tokenizer *t, html_token *out, const char *p, html_slice *to)
{
    const char *end = t->text + t->n;
    char quote = *p++;
    const char *s = p;
    while (p < end && *p != quote && *p != '>')
        p++;
    if (p == end && !t->whole) {
        html_token_wait(t);
        out->kind = HTML_TOKEN_MORE;
        return NULL;
    }
    *to = html_without_nul(t, (uint32_t)(s - t->text), (uint32_t)(p - s));
    if (p < end && *p == quote)
        return p + 1;
    out->force_quirks = true;
    doctype_end(t, out, p < end ? p + 1 : end);
    return NULL;
}

/* 13.2.5.53 - 13.2.5.68 DOCTYPE states */
static html_token_kind doctype(html_tokenizer *t, html_token *out, uint32_t at)
{
    const char *end = t->text + t->n, *p = scan_space(t->text + at, end);
    if (p == end)
        return doctype_eof(t, out);
    if (*p == '>') {
        out->force_quirks = true;
        return doctype_end(t, out, p + 1);
    }
    const char *s = p; /* 13.2.5.55 DOCTYPE name state */
    while (p < end && !scan_is_space(*p) && *p != '>')
        p += 1;
    if (p == end && !t->whole)
        return html_token_wait(t);
    html_slice name = html_without_nul(t, (uint32_t)(s - t->text), (uint32_t)(p - s));
    sst_str text = html_text(t->d, name);
    out->name = html_name_add(&t->d->names, text.p, (uint32_t)text.n);
    p = scan_space(p, end);
    if (p == end)
        return doctype_eof(t, out);
    if (*p == '>')
        return doctype_end(t, out, p + 1);
    /* 13.2.5.56 After DOCTYPE name state */
    if (end - p < 6 && !t->whole)
        return html_token_wait(t);
    bool is_public = end - p >= 6 && str_eq_nocase((sst_str){p, 6}, STR("public"));
    bool is_system = end - p >= 6 && str_eq_nocase((sst_str){p, 6}, STR("system"));
    if (!is_public && !is_system) {
        out->force_quirks = true;
        return doctype_bogus(t, out, p);
    }
    p = scan_space(p + 6, end);
    for (int part = is_public ? 0 : 1; part < 2; part++) {
        /* 13.2.5.57, .58, .61 - .64: before, and between, the identifiers */
        if (p == end)
            return doctype_eof(t, out);
        if (*p == '>') {
            /* a system identifier may be missing behind a public one */
            out->force_quirks |= part == 0 || is_system;
            return doctype_end(t, out, p + 1);
        }
        if (*p != '"' && *p != '\'') {
            out->force_quirks = true;
            return doctype_bogus(t, out, p);
        }
        if (part == 0)
            out->has_public = true;
        else
            out->has_system = true;
        p = identifier(t, out, p, part == 0 ? &out->text : &out->system);
        if (!p)
            return out->kind;
        p = scan_space(p, end);
    }
    /* 13.2.5.67 After DOCTYPE system identifier state */
    if (p == end)
        return doctype_eof(t, out);
    return *p == '>' ? doctype_end(t, out, p + 1) : doctype_bogus(t, out, p);
}

/* 13.2.5.42 Markup declaration open state; at is behind "<!" */
html_token_kind html_markup_declaration(html_tokenizer *t, html_token *out, uint32_t at)
{
    sst_str rest = {t->text + at, t->n - at};
    if (str_starts(rest, STR("--")))
        return comment_states(t, out, at + 2);
    if (str_starts_nocase(rest, STR("doctype")))
        return doctype(t, out, at + 7);
    if (t->cdata && str_starts(rest, STR("[CDATA["))) {
        t->state = HTML_STATE_CDATA;
        t->raw_end = UINT32_MAX;
        t->pos = at + 7;
        return html_token_next(t, out);
    }
    if (rest.n < 7 && !t->whole)
        return html_token_wait(t);
    return html_bogus_comment(t, out, at);
}

/* Is "</name" with a delimiter behind it at p? -1: cut off by the end. */
static int end_tag_at(const html_tokenizer *t, const char *p, sst_str name)
{
    const char *end = t->text + t->n;
    sst_str rest = {p, (size_t)(end - p)};
    if (rest.n < 2)
        return -1;
    if (p[1] != '/' || !name.n) /* no start tag yet: no end tag is appropriate */
        return 0;
    sst_str there = {p + 2, rest.n - 2 < name.n ? rest.n - 2 : name.n};
    if (!str_eq_nocase(there, (sst_str){name.p, there.n}))
        return 0;
    if (rest.n <= 2 + name.n)
        return -1;
    char c = p[2 + name.n];
    return c == '>' || c == '/' || c == ' ' || c == '\n' || c == '\t' || c == '\f';
}

/* "script" with a delimiter behind it at p, for 13.2.5.26 and 13.2.5.31. -1: cut off. */
static int script_at(const char *p, const char *end)
{
    sst_str want = STR("script"), there = {p, (size_t)(end - p) < 6 ? (size_t)(end - p) : 6};
    if (!str_eq_nocase(there, (sst_str){want.p, there.n}))
        return 0;
    if (end - p <= 6)
        return -1;
    return p[6] == '>' || p[6] == '/' || scan_is_space(p[6]);
}

/*
 * 13.2.5.15 - 13.2.5.31 Script data states, to the end tag. `escaped` is between "<!--" and "-->",
 * `twice` inside a <script> in there, where an end tag ends that script only.
 */
static bool script_find(html_tokenizer *t)
{
    const char *end = t->text + t->n, *p = t->text + t->pos;
    sst_str name = html_name(t->d, t->last_start);
    bool escaped = false, twice = false;
    int dashes = 0; /* seen right before p, as far as they can end a comment */
    while (p < end) {
        if (!escaped) {
            p = memchr(p, '<', (size_t)(end - p));
            if (!p)
                break;
        } else if (*p == '-') {
            dashes++;
            p++;
            continue;
        } else if (*p == '>' && dashes >= 2) {
            escaped = twice = false;
            p++;
            continue;
        } else if (*p != '<') {
            dashes = 0;
            p = scan_two(p, end, '<', '-');
            while (p < end && !*p) /* a NUL matters elsewhere */
                p = scan_two(p + 1, end, '<', '-');
            continue;
        }
        dashes = 0;
        if (!twice) {
            int is = end_tag_at(t, p, name);
            if (is < 0 && !t->whole)
                return html_token_wait(t), false;
            if (is > 0) {
                t->raw_end = (uint32_t)(p - t->text);
                return true;
            }
        }
        if (!escaped) {
            if (end - p < 4 && !t->whole)
                return html_token_wait(t), false;
            if (end - p >= 4 && memcmp(p, "<!--", 4) == 0) {
                escaped = true;
                dashes = 2;
                p += 4;
                continue;
            }
        } else {
            bool close = end - p >= 2 && p[1] == '/';
            if (twice == close) {
                int is = script_at(p + 1 + close, end);
                if (is < 0 && !t->whole)
                    return html_token_wait(t), false;
                if (is > 0)
                    twice = !twice;
            }
        }
        p++;
    }
    if (!t->whole)
        return html_token_wait(t), false;
    t->raw_end = t->n;
    return true;
}

/* 13.2.5.2, .3, .9 - .14: raw text ends at the appropriate end tag; 13.2.5.69: a CDATA section at
 * "]]>". */
bool html_raw_find(html_tokenizer *t)
{
    const char *end = t->text + t->n, *p = t->text + t->pos;
    if (t->state == HTML_STATE_PLAINTEXT) {
        if (!t->whole)
            return html_token_wait(t), false;
        t->raw_end = t->n;
        return true;
    }
    if (t->state == HTML_STATE_SCRIPT)
        return script_find(t);
    bool cdata = t->state == HTML_STATE_CDATA;
    sst_str name = html_name(t->d, t->last_start);
    for (; p < end && (p = memchr(p, cdata ? ']' : '<', (size_t)(end - p))) != NULL; p++) {
        int is = cdata ? end - p >= 3 ? memcmp(p, "]]>", 3) == 0 : -1 : end_tag_at(t, p, name);
        if (is < 0 && !t->whole)
            return html_token_wait(t), false;
        if (is > 0) {
            t->raw_end = (uint32_t)(p - t->text);
            return true;
        }
    }
    if (!t->whole)
        return html_token_wait(t), false;
    t->raw_end = t->n;
    return true;
}
