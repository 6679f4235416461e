/*
 * Relative addresses against a base: RFC 3986, sections 5.2.2 to 5.2.4 and 5.3.
 *
 *   scheme:  //authority   /path   ?query   #fragment
 */
#include "read_url.h"

typedef struct parts {
    sst_str scheme, authority, path, query, fragment; /* with ":", "//", "?", "#" */
} parts;

static size_t scheme_length(sst_str s)
{
    if (!s.n || !byte_is_alpha((unsigned char)*s.p))
        return 0;
    size_t n = 1;
    while (n < s.n && (byte_is_alpha((unsigned char)s.p[n]) ||
                       byte_is_digit((unsigned char)s.p[n]) || memchr("+-.", s.p[n], 3)))
        n++;
    return n < s.n && s.p[n] == ':' ? n + 1 : 0;
}

bool read_url_is_absolute(sst_str s)
{
    return scheme_length(s) > 0;
}

bool read_url_is_web(sst_str s)
{
    return str_starts_nocase(s, STR("http://")) || str_starts_nocase(s, STR("https://"));
}

static size_t until(sst_str s, size_t from, const char *these)
{
    size_t n = from;
    while (n < s.n && (!s.p[n] || !strchr(these, s.p[n])))
        n++;
    return n;
}

static sst_str cut(sst_str *s, size_t n)
{
    sst_str head = {s->p, n};
    if (n) { /* an empty string may have no place */
        s->p += n;
        s->n -= n;
    }
    return head;
}

static parts split(sst_str s)
{
    parts u;
    u.scheme = cut(&s, scheme_length(s));
    u.authority = cut(&s, str_starts(s, STR("//")) ? until(s, 2, "/?#") : 0);
    u.path = cut(&s, until(s, 0, "?#"));
    u.query = cut(&s, until(s, 0, "#"));
    u.fragment = s;
    return u;
}

/* 5.2.4, in place: "/a/b/../c/./d" -> "/a/c/d". Returns the new length. */
static size_t without_dots(char *p, size_t n)
{
    size_t to = 0;
    for (size_t i = 0; i < n;) {
        size_t end = i + (p[i] == '/');
        while (end < n && p[end] != '/')
            end++;
        sst_str segment = {p + i + (p[i] == '/'), end - i - (p[i] == '/')};
        bool last = end == n;
        if (str_eq(segment, STR("."))) {
            if (last)
                p[to++] = '/';
        } else if (str_eq(segment, STR(".."))) {
            while (to > 0 && p[--to] != '/')
                ;
            if (last)
                p[to++] = '/';
        } else {
            memmove(p + to, p + i, end - i);
            to += end - i;
        }
        i = end;
    }
    return to;
}

sst_str read_url_join(sst_arena *arena, sst_str base, sst_str ref)
{
    base = str_trim(base);
    ref = str_trim(ref);
    parts r = split(ref), b = split(base), t = r;
    if (r.scheme.n || !b.scheme.n)
        return arena_str(arena, ref);
    t.scheme = b.scheme;
    sst_str folder = {"", 0};
    if (!r.authority.n) {
        t.authority = b.authority;
        if (!r.path.n) {
            t.path = b.path;
            if (!r.query.n)
                t.query = b.query;
        } else if (*r.path.p != '/') {
            folder = b.path;
            while (folder.n && folder.p[folder.n - 1] != '/')
                folder.n--;
            if (!b.path.n && b.authority.n)
                folder = STR("/");
        }
    }
    size_t most = t.scheme.n + t.authority.n + folder.n + t.path.n + t.query.n + t.fragment.n + 2;
    char *p = arena_alloc(arena, most);
    if (!p)
        return (sst_str){"", 0};
    size_t n = 0;
    const sst_str front[] = {t.scheme, t.authority};
    for (size_t i = 0; i < 2; i++) {
        if (front[i].n)
            memcpy(p + n, front[i].p, front[i].n);
        n += front[i].n;
    }
    size_t path = n;
    const sst_str middle[] = {folder, t.path};
    for (size_t i = 0; i < 2; i++) {
        if (middle[i].n)
            memcpy(p + n, middle[i].p, middle[i].n);
        n += middle[i].n;
    }
    if (n > path && p[path] == '/')
        n = path + without_dots(p + path, n - path);
    const sst_str back[] = {t.query, t.fragment};
    for (size_t i = 0; i < 2; i++) {
        if (back[i].n)
            memcpy(p + n, back[i].p, back[i].n);
        n += back[i].n;
    }
    p[n] = 0;
    return (sst_str){p, n};
}
