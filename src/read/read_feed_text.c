/*
 * Texts of feeds: plain or markup, markup to a line, addresses in markup made absolute, base64, the
 * forms of names with e-mail addresses. Everything is one pass over the text.
 */
#include "base_utf8.h"
#include "read_feed_inner.h"
#include "read_reference.h"
#include "read_url.h"

/* ------------------------------------------------------------------------------------------ markup
 */

static size_t letters(sst_str s)
{
    size_t n = 0;
    while (n < s.n &&
           (byte_is_alpha((unsigned char)s.p[n]) || (n && byte_is_digit((unsigned char)s.p[n]))))
        n++;
    return n;
}

/*
 * A text of which the feed does not say what it is (RSS): markup when it holds an end tag, an empty
 * element or a character reference; "a < b" and "the <blink> tag" are text.
 */
bool feed_looks_html(sst_str s)
{
    for (size_t i = 0; i + 1 < s.n; i++) {
        sst_str rest = {s.p + i, s.n - i};
        if (*rest.p == '&') {
            size_t n = 1;
            while (n < rest.n && n < READ_REFERENCE_MOST && rest.p[n] != ';' &&
                   (byte_is_alpha((unsigned char)rest.p[n]) ||
                    byte_is_digit((unsigned char)rest.p[n]) || (n == 1 && rest.p[n] == '#')))
                n++;
            if (n > 1 && n < rest.n && rest.p[n] == ';')
                return true;
        } else if (*rest.p == '<') {
            sst_str name = {rest.p + 1, rest.n - 1};
            if (*name.p == '/' && letters((sst_str){name.p + 1, name.n - 1}))
                return true;
            size_t n = letters(name);
            if (n && feed_is_void((sst_str){name.p, n}) && n < name.n &&
                (name.p[n] == '>' || name.p[n] == '/' || byte_is_space((unsigned char)name.p[n])))
                return true;
        }
    }
    return false;
}

/* HTML standard, 13.1.2: elements that have no end tag. */
bool feed_is_void(sst_str name)
{
    static const char *const names[] = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                        "input", "link", "meta", "param", "source", "track", "wbr"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(name, str_of(names[i])))
            return true;
    return false;
}

void feed_escape(sst_str s, bool quotes, sst_buf *out)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *to = s.p[i] == '<'              ? "&lt;"
                         : s.p[i] == '>' && !quotes ? "&gt;"
                         : s.p[i] == '&'            ? "&amp;"
                         : quotes && s.p[i] == '"'  ? "&quot;"
                                                    : NULL;
        if (!to)
            continue;
        buf_add(out, s.p + from, i - from);
        buf_z(out, to);
        from = i + 1;
    }
    buf_add(out, s.p + from, s.n - from);
}

/* Length of the tag or comment that s begins with, 0 when it is text. As the HTML standard has it,
 * a ">" in quotes does not end a tag, but a "<" there shows that the quotes are not meant so. */
static size_t tag_length(sst_str s)
{
    if (s.n < 2)
        return 0;
    if (str_starts(s, STR("<!--"))) {
        ptrdiff_t end = str_find((sst_str){s.p + 4, s.n - 4}, STR("-->"));
        return end < 0 ? s.n : (size_t)end + 7;
    }
    if (s.p[1] != '/' && s.p[1] != '!' && s.p[1] != '?' && !byte_is_alpha((unsigned char)s.p[1]))
        return 0;
    char quote = 0, before = 0;
    size_t quoted_end = 0;
    for (size_t n = 1; n < s.n; n++) {
        char c = s.p[n];
        if (c == '>' && !quote)
            return n + 1;
        if (c == '<' && !quote)
            break;
        if (c == '>' && !quoted_end)
            quoted_end = n + 1;
        if (quote && c == quote)
            quote = 0;
        else if (!quote && (c == '"' || c == '\'') && before == '=')
            quote = c;
        if (!byte_is_space((unsigned char)c))
            before = c;
    }
    return quoted_end;
}

/* Is there a ">" ahead? *known is the one found last: looking again costs nothing until it is
 * passed. */
static bool end_ahead(sst_str s, const char **known)
{
    if (!*known || *known < s.p)
        *known = memchr(s.p, '>', s.n);
    return *known != NULL;
}

sst_str feed_line(sst_arena *arena, sst_buf *scratch, sst_str text)
{
    buf_clear(scratch);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (!byte_is_space((unsigned char)c))
            buf_byte(scratch, c);
        else if (scratch->n && scratch->p[scratch->n - 1] != ' ')
            buf_byte(scratch, ' ');
    }
    return arena_str(arena, str_trim((sst_str){scratch->p, scratch->n}));
}

sst_str feed_plain(sst_arena *arena, sst_buf *scratch, sst_str html)
{
    buf_clear(scratch);
    const char *known = NULL;
    bool tags = true;
    while (html.n) {
        size_t n = 0;
        while (n < html.n && html.p[n] != '<' && html.p[n] != '&')
            n++;
        buf_add(scratch, html.p, n);
        html.p += n;
        html.n -= n;
        if (!html.n)
            break;
        size_t used = 0;
        if (*html.p == '&')
            used = read_reference_add(html, scratch);
        else if (tags) {
            used = tag_length(html);
            if (used > 1) {
                size_t skip = html.p[1] == '/',
                       name = letters((sst_str){html.p + 1 + skip, html.n - 1 - skip});
                sst_str tag = {html.p + 1 + skip, name};
                if (str_eq_nocase(tag, STR("br")) || str_eq_nocase(tag, STR("p")) ||
                    str_eq_nocase(tag, STR("div")) || str_eq_nocase(tag, STR("li")))
                    buf_byte(scratch, ' ');
            } else
                tags = end_ahead(html, &known);
        }
        if (!used) {
            buf_byte(scratch, *html.p);
            used = 1;
        }
        html.p += used;
        html.n -= used;
    }
    sst_str line = arena_str(arena, (sst_str){scratch->p, scratch->n});
    return feed_line(arena, scratch, line);
}

/* --------------------------------------------------------------------------------------- addresses
 */

bool feed_is_address(sst_str attribute)
{
    static const char *const names[] = {"href", "src",      "cite",       "action",
                                        "data", "longdesc", "background", "poster"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(attribute, str_of(names[i])))
            return true;
    return false;
}

/* One tag: the values of attributes that are addresses are replaced, all else is copied. */
static void resolve_tag(sst_arena *arena, sst_str tag, sst_str base, sst_buf *out)
{
    size_t i = 1 + letters((sst_str){tag.p + 1, tag.n - 1});
    size_t copied = 0;
    while (i < tag.n) {
        while (i < tag.n && (byte_is_space((unsigned char)tag.p[i]) || tag.p[i] == '/'))
            i++;
        size_t name = i;
        while (i < tag.n && !byte_is_space((unsigned char)tag.p[i]) && !strchr("=/>", tag.p[i]))
            i++;
        sst_str attribute = {tag.p + name, i - name};
        while (i < tag.n && byte_is_space((unsigned char)tag.p[i]))
            i++;
        if (i >= tag.n || tag.p[i] != '=') {
            i += i == name;
            continue;
        }
        i++;
        while (i < tag.n && byte_is_space((unsigned char)tag.p[i]))
            i++;
        char quote = i < tag.n && (tag.p[i] == '"' || tag.p[i] == '\'') ? tag.p[i] : 0;
        size_t from = i + (quote != 0), end = from;
        while (end < tag.n &&
               (quote ? tag.p[end] != quote
                      : !byte_is_space((unsigned char)tag.p[end]) && tag.p[end] != '>'))
            end++;
        i = end < tag.n ? end + (quote != 0) : end;
        if (!feed_is_address(attribute) || end == tag.n)
            continue;
        sst_buf value;
        buf_init(&value, 0);
        read_reference_text((sst_str){tag.p + from, end - from}, &value);
        sst_str url = read_url_join(arena, base, (sst_str){value.p, value.n});
        buf_add(out, tag.p + copied, from - copied - (quote != 0));
        buf_byte(out, '"');
        feed_escape(url, true, out);
        buf_byte(out, '"');
        copied = i;
        buf_release(&value);
    }
    buf_add(out, tag.p + copied, tag.n - copied);
}

void feed_resolve(sst_arena *arena, sst_str html, sst_str base, sst_buf *out)
{
    const char *known = NULL;
    bool tags = base.n > 0;
    while (html.n) {
        const char *open = tags ? memchr(html.p, '<', html.n) : NULL;
        size_t n = open ? (size_t)(open - html.p) : html.n;
        buf_add(out, html.p, n);
        html.p += n;
        html.n -= n;
        if (!html.n)
            return;
        size_t used = tag_length(html);
        if (used > 2 && byte_is_alpha((unsigned char)html.p[1]) && memchr(html.p, '=', used))
            resolve_tag(arena, (sst_str){html.p, used}, base, out);
        else {
            tags = used || end_ahead(html, &known);
            used += !used;
            buf_add(out, html.p, used);
        }
        html.p += used;
        html.n -= used;
    }
}

/* ------------------------------------------------------------------------------------------ base64
 */

bool feed_base64(sst_str s, sst_buf *out)
{
    size_t before = out->n, n = 0;
    uint32_t bits = 0;
    bool end = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        int v = c >= 'A' && c <= 'Z'   ? c - 'A'
                : c >= 'a' && c <= 'z' ? c - 'a' + 26
                : c >= '0' && c <= '9' ? c - '0' + 52
                : c == '+'             ? 62
                : c == '/'             ? 63
                                       : -1;
        if (byte_is_space((unsigned char)c))
            continue;
        if (c == '=') {
            end = true;
            continue;
        }
        if (v < 0 || end) {
            out->n = before;
            return false;
        }
        bits = bits << 6 | (uint32_t)v;
        if (++n % 4 == 0) {
            buf_byte(out, (char)(bits >> 16 & 255));
            buf_byte(out, (char)(bits >> 8 & 255));
            buf_byte(out, (char)(bits & 255));
        }
    }
    if (n % 4 == 1) {
        out->n = before;
        return false;
    }
    if (n % 4 == 2)
        buf_byte(out, (char)(bits >> 4 & 255));
    if (n % 4 == 3) {
        buf_byte(out, (char)(bits >> 10 & 255));
        buf_byte(out, (char)(bits >> 2 & 255));
    }
    return true;
}

/* ----------------------------------------------------------------------------------------- persons
 */

static bool is_address_byte(unsigned char c)
{
    return byte_is_alpha(c) || byte_is_digit(c) || c >= 0x80 || (c && strchr(".+-_%'~", c));
}

static sst_str strip(sst_str s)
{
    for (;;) {
        sst_str t = str_trim(s);
        while (t.n && strchr("<>()[],;\"", *t.p)) {
            t.p++;
            t.n--;
        }
        while (t.n && strchr("<>()[],;\"", t.p[t.n - 1]))
            t.n--;
        if (str_starts_nocase(t, STR("mailto:"))) {
            t.p += 7;
            t.n -= 7;
        }
        if (t.n == s.n)
            return t;
        s = t;
    }
}

read_feed_person feed_person_of(sst_arena *arena, sst_str s)
{
    read_feed_person p = {.name = arena_str(arena, strip(s))};
    const char *at = s.n ? memchr(s.p, '@', s.n) : NULL;
    if (!at)
        return p;
    size_t from = (size_t)(at - s.p), to = from + 1;
    while (from && is_address_byte((unsigned char)s.p[from - 1]))
        from--;
    while (to < s.n && is_address_byte((unsigned char)s.p[to]))
        to++;
    if (s.p + from == at || to <= (size_t)(at - s.p) + 1)
        return p;
    p.email = arena_str(arena, (sst_str){s.p + from, to - from});
    sst_str before = strip((sst_str){s.p, from}), behind = strip((sst_str){s.p + to, s.n - to});
    p.name = before.n && behind.n ? arena_printf(arena, "%.*s %.*s", (int)before.n, before.p,
                                                 (int)behind.n, behind.p)
                                  : arena_str(arena, before.n ? before : behind);
    return p;
}

sst_str feed_language(sst_arena *arena, sst_str s)
{
    s = str_trim(s);
    char *p = arena_alloc(arena, s.n + 1);
    if (!p)
        return (sst_str){"", 0};
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] == '_' ? '-' : s.p[i];
    p[s.n] = 0;
    return (sst_str){p, s.n};
}
