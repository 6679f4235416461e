/*
 * From a path to a route, and what stands in the query. In: path and query as they came. Out: the
 * row of routes.def, the segments that its "{}" stand for, the parameters.
 *
 * Percent codes are undone after the path is cut at its slashes, so that an id may hold any
 * character, and "..", "%2e" or "//" are names like any other, which no route has.
 */
#include "serve_inner.h"

#include "page_article.h"

#include <stdlib.h>

const serve_route serve_routes[] = {
#define ROUTE(fn, kind, of, path, params, schema, summary)                                         \
    {fn, SERVE_##kind, SERVE_OF_##of, path, params, schema, summary},
#include "routes.def"
};
const size_t serve_route_n = sizeof serve_routes / sizeof serve_routes[0];

static int hex(char c)
{
    return c >= '0' && c <= '9'                 ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
}

bool serve_decode(sst_arena *arena, sst_str coded, bool plus, sst_str *out)
{
    char *p = arena_alloc(arena, coded.n + 1);
    size_t n = 0;
    *out = (sst_str){"", 0};
    for (size_t i = 0; p && i < coded.n; i++) {
        char c = coded.p[i];
        if (c == '%') {
            if (i + 2 >= coded.n || hex(coded.p[i + 1]) < 0 || hex(coded.p[i + 2]) < 0)
                return false;
            c = (char)(hex(coded.p[i + 1]) << 4 | hex(coded.p[i + 2]));
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (!c)
            return false;
        p[n++] = c;
    }
    if (!p)
        return false;
    p[n] = 0;
    *out = (sst_str){p, n};
    return true;
}

/* The part of s up to c; *s goes behind it. */
static sst_str cut(sst_str *s, char c)
{
    const char *at = s->n ? memchr(s->p, c, s->n) : NULL;
    sst_str head = {s->p, at ? (size_t)(at - s->p) : s->n};
    size_t n = head.n + (at != NULL);
    s->p += n;
    s->n -= n;
    return head;
}

static bool fits(serve_request *q, const serve_route *route, bool *bad)
{
    sst_str pattern = str_of(route->path), path = q->path;
    q->arg_n = 0;
    for (;;) {
        bool last = !memchr(pattern.p, '/', pattern.n);
        if (last != !memchr(path.p, '/', path.n))
            return false;
        sst_str want = cut(&pattern, '/'), is = cut(&path, '/');
        if (str_eq(want, STR("{}"))) {
            if (!is.n)
                return false;
            if (!serve_decode(&q->arena, is, false, &q->arg[q->arg_n++])) {
                *bad = true;
                return false;
            }
        } else if (!str_eq(want, is)) {
            return false;
        }
        if (last)
            return true;
    }
}

static bool read_query(serve_request *q)
{
    sst_str rest = q->query;
    while (rest.n) {
        sst_str pair = cut(&rest, '&'), name = cut(&pair, '='), n, v;
        if (!name.n || q->param_n == SERVE_PARAMS)
            continue;
        if (!serve_decode(&q->arena, name, true, &n) || !serve_decode(&q->arena, pair, true, &v))
            return false;
        q->params[q->param_n++] = (serve_param){n, v};
    }
    return true;
}

const serve_route *serve_find(serve_request *q, uint32_t *why)
{
    bool bad = false;
    *why = MHD_HTTP_NOT_FOUND;
    if (!q->path.n || q->path.p[0] != '/')
        return NULL;
    for (size_t i = 0; i < serve_route_n; i++)
        if (fits(q, &serve_routes[i], &bad)) {
            if (read_query(q))
                return &serve_routes[i];
            bad = true;
            break;
        }
    if (bad)
        *why = MHD_HTTP_BAD_REQUEST;
    return NULL;
}

/* ------------------------------------------------------------------------------------- parameters
 */

sst_str serve_get(const serve_request *q, const char *name)
{
    for (uint32_t i = 0; i < q->param_n; i++)
        if (str_eq(q->params[i].name, str_of(name)))
            return str_trim(q->params[i].value);
    return (sst_str){"", 0};
}

uint32_t serve_number(const serve_request *q, const char *name, uint32_t otherwise, uint32_t most)
{
    sst_str s = serve_get(q, name);
    uint64_t v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!byte_is_digit((unsigned char)s.p[i]))
            return otherwise;
        v = v < most ? v * 10 + (uint64_t)(s.p[i] - '0') : v;
    }
    return !s.n ? otherwise : v > most ? most : (uint32_t)v;
}

sst_status serve_time(serve_request *q, const char *name, int64_t *out)
{
    sst_str s = serve_get(q, name);
    *out = s.n ? page_seconds(s) : STORE_NO_TIME;
    if (!s.n || *out != INT64_MIN)
        return SST_OK;
    return serve_problem(q, MHD_HTTP_BAD_REQUEST, "Not a day",
                         arena_printf(&q->arena,
                                      "%s: give a day as 2031-04-02, or a time as "
                                      "2031-04-02T08:00:00Z",
                                      name));
}

store_page serve_page_of(const serve_request *q)
{
    uint32_t limit = serve_number(q, "limit", SERVE_LIMIT, SERVE_LIMIT_MOST);
    return (store_page){limit ? limit : 1, serve_number(q, "offset", 0, SERVE_OFFSET_MOST)};
}

static void coded(sst_buf *b, sst_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (byte_is_alpha(c) || byte_is_digit(c) || strchr("-._~", c))
            buf_byte(b, (char)c);
        else
            buf_printf(b, "%%%02X", c);
    }
}

sst_str serve_coded(sst_arena *arena, sst_str s)
{
    sst_buf b;
    buf_init(&b, 0);
    coded(&b, s);
    sst_str out = arena_str(arena, (sst_str){b.p ? b.p : "", b.n});
    buf_release(&b);
    return out;
}

sst_str serve_query(serve_request *q, const char *without)
{
    sst_buf b;
    buf_init(&b, 64 * 1024);
    for (uint32_t i = 0; i < q->param_n; i++) {
        if (str_eq(q->params[i].name, str_of(without)) || !q->params[i].value.n)
            continue;
        coded(&b, q->params[i].name);
        buf_byte(&b, '=');
        coded(&b, q->params[i].value);
        buf_byte(&b, '&');
    }
    sst_str s = arena_str(&q->arena, (sst_str){b.p ? b.p : "", b.n});
    buf_release(&b);
    return s;
}
