/*
 * robots.txt by RFC 9309. In: its text and our name; out: the rules for us. A path is compared
 * after percent codes were brought to one form (2.2.2): codes of characters that need none are
 * undone, all others written in upper case.
 *
 *   User-agent: a     )
 *   User-agent: b     } one group: names, then rules; groups of one name are one
 *   Disallow: /x      )
 *
 * "*" in a rule is any run of characters, "$" at its end the end of the path. Matching goes back to
 * the last star only, so it is at most rule times path.
 */
#include "fetch.h"

/* RFC 9309, 2.5: at least 500 KiB are read; rules beyond are not known to stand in any. */
enum { ROBOTS_BYTES = 512 * 1024, RULES_MOST = 20000, DELAY_MOST_S = 60 };

static int hex(char c)
{
    return c >= '0' && c <= '9'                 ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
}

/* Characters that stand for themselves (RFC 3986, 2.3). */
static bool unreserved(unsigned char c)
{
    return byte_is_alpha(c) || byte_is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

static void normal(sst_str s, sst_buf *out)
{
    static const char digit[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool coded = c == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0;
        if (coded) {
            c = (unsigned char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2]));
            i += 2;
        }
        if ((coded && !unreserved(c)) || c >= 0x80) {
            buf_byte(out, '%');
            buf_byte(out, digit[c >> 4]);
            buf_byte(out, digit[c & 15]);
        } else {
            buf_byte(out, (char)c);
        }
    }
}

/* "Samestory/1.0 (x)" -> "Samestory" */
static sst_str product(sst_str s)
{
    size_t n = 0;
    while (n < s.n && (byte_is_alpha((unsigned char)s.p[n]) || s.p[n] == '-' || s.p[n] == '_'))
        n++;
    return (sst_str){s.p, n};
}

typedef struct reading {
    sst_arena *arena;
    sst_buf scratch;
    fetch_robots *ours, *others; /* groups of our name; of "*" */
    bool is_ours, is_others, in_rules, any_ours;
} reading;

static void rule(reading *r, sst_str value, bool allow)
{
    fetch_robots *to[2] = {r->is_ours ? r->ours : NULL, r->is_others ? r->others : NULL};
    if (!value.n) /* "Disallow:" alone forbids nothing */
        return;
    buf_clear(&r->scratch);
    normal(value, &r->scratch);
    for (int i = 0; i < 2; i++) {
        if (!to[i] || to[i]->rules.n >= RULES_MOST)
            continue;
        fetch_rule *f = vec_push(r->arena, &to[i]->rules);
        if (f)
            *f = (fetch_rule){arena_str(r->arena, (sst_str){r->scratch.p, r->scratch.n}), allow};
    }
}

static void line(reading *r, sst_str s, sst_str agent)
{
    const char *hash = s.n ? memchr(s.p, '#', s.n) : NULL;
    if (hash)
        s.n = (size_t)(hash - s.p);
    const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL;
    if (!colon)
        return;
    sst_str name = str_trim((sst_str){s.p, (size_t)(colon - s.p)});
    sst_str value = str_trim((sst_str){colon + 1, s.n - (size_t)(colon + 1 - s.p)});
    if (str_eq_nocase(name, STR("user-agent"))) {
        if (r->in_rules)
            r->is_ours = r->is_others = false;
        r->in_rules = false;
        if (str_eq(value, STR("*")))
            r->is_others = true;
        else if (str_eq_nocase(product(value), agent))
            r->is_ours = r->any_ours = true;
    } else if (str_eq_nocase(name, STR("disallow")) || str_eq_nocase(name, STR("allow"))) {
        r->in_rules = true;
        rule(r, value, str_eq_nocase(name, STR("allow")));
    } else if (str_eq_nocase(name, STR("crawl-delay"))) {
        r->in_rules = true;
        uint32_t v = 0;
        for (size_t i = 0; i < value.n && byte_is_digit((unsigned char)value.p[i]); i++)
            v = v < DELAY_MOST_S ? v * 10 + (uint32_t)(value.p[i] - '0') : v;
        v = v > DELAY_MOST_S ? DELAY_MOST_S : v;
        if (r->is_ours)
            r->ours->delay_s = v;
        if (r->is_others)
            r->others->delay_s = v;
    } /* anything else, as Sitemap, stands outside of groups */
}

sst_status fetch_robots_parse(sst_str text, sst_str agent, sst_arena *arena, fetch_robots *out)
{
    fetch_robots ours = {0}, others = {0};
    reading r = {.arena = arena, .ours = &ours, .others = &others};
    buf_init(&r.scratch, ROBOTS_BYTES * 3);
    if (text.n > ROBOTS_BYTES) { /* whole lines of what is read */
        text.n = ROBOTS_BYTES;
        while (text.n && text.p[text.n - 1] != '\n')
            text.n--;
    }
    if (str_starts(text, STR("\xEF\xBB\xBF"))) {
        text.p += 3;
        text.n -= 3;
    }
    for (size_t i = 0; i < text.n;) {
        size_t n = i;
        while (n < text.n && text.p[n] != '\n' && text.p[n] != '\r')
            n++;
        line(&r, (sst_str){text.p + i, n - i}, agent);
        i = n + 1;
    }
    *out = r.any_ours ? ours : others;
    sst_status failed = r.scratch.failed ? r.scratch.failed : arena->failed;
    buf_release(&r.scratch);
    return failed;
}

static bool fits(sst_str rule, sst_str path)
{
    bool ends = rule.n && rule.p[rule.n - 1] == '$';
    size_t n = rule.n - ends, i = 0, k = 0, star = SIZE_MAX, from = 0;
    for (;;) {
        if (i == n && (!ends || k == path.n))
            return true;
        if (i < n && rule.p[i] == '*') {
            star = ++i;
            from = k;
        } else if (i < n && k < path.n && rule.p[i] == path.p[k]) {
            i++;
            k++;
        } else if (star != SIZE_MAX && from < path.n) {
            i = star;
            k = ++from;
        } else {
            return false;
        }
    }
}

bool fetch_robots_allow(const fetch_robots *r, sst_str path, sst_buf *scratch)
{
    buf_clear(scratch);
    normal(path, scratch);
    sst_str p = {scratch->p, scratch->n};
    if (str_eq(p, STR("/robots.txt")))
        return true;
    size_t best = 0;
    bool allow = true;
    for (uint32_t i = 0; i < r->rules.n; i++) {
        const fetch_rule *f = &r->rules.v[i];
        if ((f->path.n > best || (f->path.n == best && f->allow && !allow)) && fits(f->path, p)) {
            best = f->path.n;
            allow = f->allow;
        }
    }
    return allow;
}
