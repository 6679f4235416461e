/*
 * The table of outlets. In: the built-in rows, tables of a user as CSV; out: a row for an address
 * or a name. Two maps, from domains and from names; a host is looked up label by label from its
 * left ("news.example.com", "example.com").
 */
#include "copy_outlets.h"

enum {
    COLUMNS = 5,
    /* A name or domain that is longer is none. */
    NAME_BYTES = 255
};

static const char *const column_names[COLUMNS] = {"domain", "outlet", "owner", "country", "agency"};

/* ASCII letters to lower case, into the arena. */
static sst_str lower(sst_arena *a, sst_str s)
{
    char *p = arena_alloc(a, s.n + 1);
    if (!p)
        return (sst_str){NULL, 0};
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 32) : s.p[i];
    return (sst_str){p, s.n};
}

static sst_str without_article(sst_str s)
{
    s = str_trim(s);
    return str_starts_nocase(s, STR("the ")) ? (sst_str){s.p + 4, s.n - 4} : s;
}

/* The host of an address, or the host itself. */
static sst_str host_of(sst_str url)
{
    ptrdiff_t at = str_find(url, STR("://"));
    if (at >= 0)
        url = (sst_str){url.p + at + 3, url.n - (size_t)at - 3};
    size_t n = 0;
    while (n < url.n && url.p[n] != '/' && url.p[n] != ':' && url.p[n] != '?' && url.p[n] != '#')
        n++;
    return (sst_str){url.p, n};
}

/* A row with the same domain, or without one the same name, is replaced. */
static void add(copy_outlets *t, const copy_outlet *row)
{
    sst_arena *a = &t->arena;
    copy_outlet o = {.domain = lower(a, row->domain),
                     .outlet = arena_str(a, row->outlet),
                     .owner = arena_str(a, row->owner),
                     .country = arena_str(a, row->country),
                     .agency = row->agency,
                     .host = row->host};
    sst_str name = lower(a, without_article(o.outlet));
    if (a->failed)
        return;
    uint32_t *there = o.domain.n ? strmap_find(&t->by_domain, o.domain)
                      : name.n   ? strmap_find(&t->by_name, name)
                                 : NULL;
    uint32_t at = there ? *there : t->v.n;
    copy_outlet *to = there ? &t->v.v[at] : vec_push(a, &t->v);
    if (!to)
        return;
    if (!o.domain.n && there)
        o.domain = to->domain;
    *to = o;
    if (o.domain.n)
        strmap_add(a, &t->by_domain, o.domain, at, NULL);
    /* Of several rows of one name the last one added goes by it. */
    uint32_t *named = name.n ? strmap_add(a, &t->by_name, name, at, NULL) : NULL;
    if (named)
        *named = at;
}

sst_status copy_outlets_init(copy_outlets *t)
{
    *t = (copy_outlets){0};
    arena_init(&t->arena, 0);
    /* From the end, so that of two domains of one name the first in the table goes by it. */
    for (unsigned i = copy_outlet_row_n; i-- > 0;) {
        const copy_outlet_row *r = &copy_outlet_rows[i];
        copy_outlet row = {str_of(r->domain),  str_of(r->outlet), str_of(r->owner),
                           str_of(r->country), r->agency,         r->host};
        add(t, &row);
    }
    return t->arena.failed;
}

void copy_outlets_release(copy_outlets *t)
{
    arena_release(&t->arena);
    *t = (copy_outlets){0};
}

/* --------------------------------------------------------------------------------------------- CSV
 */

typedef struct reader {
    sst_str s;
    size_t at;
    uint32_t line;
    sst_arena *arena;
} reader;

/* One field; *last when the record ends behind it. False when a quoted field has no end. */
static bool field(reader *r, sst_str *out, bool *last)
{
    const char *p = r->s.p;
    size_t n = r->s.n, i = r->at;
    if (i < n && p[i] == '"') {
        char *to = arena_alloc(r->arena, n - i + 1);
        size_t k = 0;
        for (i++;; i++) {
            if (!to || i >= n)
                return false;
            if (p[i] == '"') {
                if (i + 1 < n && p[i + 1] == '"')
                    i++;
                else
                    break;
            }
            r->line += p[i] == '\n';
            to[k++] = p[i];
        }
        i++;
        *out = (sst_str){to, k};
    } else {
        size_t begin = i;
        while (i < n && p[i] != ',' && p[i] != '\n')
            i++;
        *out = (sst_str){p + begin, i - begin};
    }
    *out = str_trim(*out);
    while (i < n && p[i] != ',' && p[i] != '\n') /* white space behind a quoted field */
        i++;
    *last = i >= n || p[i] == '\n';
    r->line += i < n && p[i] == '\n';
    r->at = i < n ? i + 1 : n;
    return true;
}

static int column_of(sst_str name)
{
    for (int k = 0; k < COLUMNS; k++)
        if (str_eq_nocase(name, str_of(column_names[k])))
            return k;
    return -1;
}

/* The record as a row; the reason when it is none. */
static const char *row_of(const sst_str *f, copy_outlet *out)
{
    if (!f[0].n && !f[1].n)
        return "a row needs a domain or an outlet";
    if (f[0].n > NAME_BYTES || f[1].n > NAME_BYTES || f[2].n > NAME_BYTES)
        return "a name of more than 255 bytes";
    if (f[0].n && (str_find(f[0], STR(".")) < 0 || str_find(f[0], STR("/")) >= 0 ||
                   str_find(f[0], STR(" ")) >= 0))
        return "a domain is written as example.com";
    bool yes = str_eq_nocase(f[4], STR("yes")), host = str_eq_nocase(f[4], STR("host"));
    if (f[4].n && !yes && !host && !str_eq_nocase(f[4], STR("no")))
        return "agency is yes, no, host or empty";
    sst_str domain = f[0];
    if (str_starts_nocase(domain, STR("www.")))
        domain = (sst_str){domain.p + 4, domain.n - 4};
    *out = (copy_outlet){domain, f[1].n ? f[1] : domain, f[2], f[3], yes, host};
    return NULL;
}

sst_status copy_outlets_add(copy_outlets *t, sst_str csv, uint32_t *line, const char **why)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    if (str_starts(csv, STR("\xEF\xBB\xBF")))
        csv = (sst_str){csv.p + 3, csv.n - 3};
    reader r = {csv, 0, 1, &scratch};
    int to[COLUMNS] = {0, 1, 2, 3, 4};
    bool first = true;
    *why = NULL;
    while (r.at < csv.n && !*why && !scratch.failed && !t->arena.failed) {
        sst_str f[COLUMNS] = {{NULL, 0}}, names[COLUMNS];
        int n = 0;
        bool last = false, some = false;
        *line = r.line;
        while (!last && !*why) {
            sst_str s;
            if (!field(&r, &s, &last)) {
                *why = "a quoted field has no end";
                break;
            }
            some |= s.n > 0;
            if (n < COLUMNS) {
                names[n] = s;
                if (to[n] >= 0)
                    f[to[n]] = s;
            }
            n++;
        }
        if (*why || !some || (names[0].n && *names[0].p == '#')) {
            first &= !some;
            continue;
        }
        bool head = first && n <= COLUMNS;
        for (int k = 0; k < n && head; k++)
            head = column_of(names[k]) >= 0;
        first = false;
        if (head) {
            for (int k = 0; k < COLUMNS; k++)
                to[k] = k < n ? column_of(names[k]) : -1;
            continue;
        }
        copy_outlet row;
        if (n > COLUMNS)
            *why = "more than five fields: domain,outlet,owner,country,agency";
        else if (!(*why = row_of(f, &row)))
            add(t, &row);
    }
    sst_status status = scratch.failed ? scratch.failed : t->arena.failed;
    arena_release(&scratch);
    return status ? status : *why ? SST_ERR_INPUT : SST_OK;
}

/* ------------------------------------------------------------------------------------------ search
 */

static const copy_outlet *by_host(const copy_outlets *t, sst_str host)
{
    char low[NAME_BYTES + 1];
    if (host.n == 0 || host.n > NAME_BYTES || str_find(host, STR(".")) < 0)
        return NULL;
    for (size_t i = 0; i < host.n; i++)
        low[i] = host.p[i] >= 'A' && host.p[i] <= 'Z' ? (char)(host.p[i] | 32) : host.p[i];
    host.p = low;
    for (;;) {
        const uint32_t *at = strmap_find(&t->by_domain, host);
        if (at)
            return &t->v.v[*at];
        const char *dot = memchr(host.p, '.', host.n);
        if (!dot)
            return NULL;
        host = (sst_str){dot + 1, host.n - (size_t)(dot + 1 - host.p)};
    }
}

const copy_outlet *copy_outlet_find(const copy_outlets *t, sst_str url, sst_str name)
{
    if (!t)
        return NULL;
    const copy_outlet *o = by_host(t, host_of(url));
    if (!o && str_find(name, STR(" ")) < 0)
        o = by_host(t, host_of(name));
    if (o)
        return o;
    name = without_article(name);
    char low[NAME_BYTES + 1];
    if (name.n == 0 || name.n > NAME_BYTES)
        return NULL;
    for (size_t i = 0; i < name.n; i++)
        low[i] = name.p[i] >= 'A' && name.p[i] <= 'Z' ? (char)(name.p[i] | 32) : name.p[i];
    const uint32_t *at = strmap_find(&t->by_name, (sst_str){low, name.n});
    return at ? &t->v.v[*at] : NULL;
}
