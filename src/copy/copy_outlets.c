/* Finding an outlet by its address or its name: see copy_outlets.h. */
#include "copy_outlets.h"

sst_str copy_domain(sst_str url)
{
    ptrdiff_t at = str_find(url, STR("://"));
    if (at >= 0)
        url = (sst_str){url.p + at + 3, url.n - (size_t)at - 3};
    size_t n = 0;
    while (n < url.n && url.p[n] != '/' && url.p[n] != ':' && url.p[n] != '?' && url.p[n] != '#')
        n++;
    sst_str host = {url.p, n};
    size_t label[3] = {n, 0, 0}, dots = 0, begin = n;
    while (begin > 0) {
        size_t end = begin;
        while (begin > 0 && host.p[begin - 1] != '.')
            begin--;
        if (end - begin == 0)
            return (sst_str){NULL, 0};
        label[dots++] = begin;
        bool country =
            dots == 2 && n - label[0] == 2 && end - begin <= 3; /* co.uk, com.au, ac.nz */
        if (begin == 0 || (dots == 2 && !country) || dots == 3)
            break;
        begin--;
    }
    return dots < 2 ? (sst_str){NULL, 0} : (sst_str){host.p + label[dots - 1], n - label[dots - 1]};
}

/* host of a URL, or the host itself */
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

static const copy_outlet *by_domain(sst_str host)
{
    unsigned from = 0, to = copy_outlet_n;
    while (from < to) {
        unsigned mid = (from + to) / 2;
        int c = str_cmp(str_of(copy_outlets[mid].domain), host);
        if (c == 0)
            return &copy_outlets[mid];
        if (c < 0)
            from = mid + 1;
        else
            to = mid;
    }
    return NULL;
}

static sst_str without_article(sst_str s)
{
    s = str_trim(s);
    return str_starts_nocase(s, STR("the ")) ? (sst_str){s.p + 4, s.n - 4} : s;
}

const copy_outlet *copy_outlet_find(sst_str url, sst_str name)
{
    char low[256];
    sst_str given[2] = {host_of(url), str_find(name, STR(" ")) < 0 ? host_of(name) : STR("")};
    for (int g = 0; g < 2; g++) {
        sst_str host = given[g];
        if (host.n == 0 || host.n > sizeof low || str_find(host, STR(".")) < 0)
            continue;
        for (size_t i = 0; i < host.n; i++)
            low[i] = host.p[i] >= 'A' && host.p[i] <= 'Z' ? (char)(host.p[i] | 32) : host.p[i];
        host.p = low;
        for (;;) { /* news.example.com, example.com */
            const copy_outlet *o = by_domain(host);
            if (o)
                return o;
            const char *dot = memchr(host.p, '.', host.n);
            if (!dot)
                break;
            host = (sst_str){dot + 1, host.n - (size_t)(dot + 1 - host.p)};
        }
    }
    name = without_article(name);
    for (unsigned k = 0; name.n && k < copy_outlet_n; k++)
        if (str_eq_nocase(without_article(str_of(copy_outlets[k].outlet)), name))
            return &copy_outlets[k];
    return NULL;
}
