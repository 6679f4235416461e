/* Who credits whom: names of agencies and outlets in bylines, datelines and credit lines. */
#include "copy_credit.h"

/* The capitals of a name of several words: "Associated Press" -> "AP". Empty for one word. */
static sst_str initials(sst_str s, char *out, size_t cap)
{
    size_t n = 0, words = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool first = i == 0 || s.p[i - 1] == ' ' || s.p[i - 1] == '-';
        words += first;
        if (first && s.p[i] >= 'A' && s.p[i] <= 'Z' && n < cap)
            out[n++] = s.p[i];
    }
    return (sst_str){out, words > 1 ? n : 0};
}

static sst_str without_article(sst_str s)
{
    s = str_trim(s);
    return str_starts_nocase(s, STR("the ")) ? (sst_str){s.p + 4, s.n - 4} : s;
}

bool copy_same_name(sst_str a, sst_str b)
{
    a = without_article(a);
    b = without_article(b);
    if (a.n == 0 || b.n == 0)
        return false;
    char x[16], y[16];
    sst_str ia = initials(a, x, sizeof x), ib = initials(b, y, sizeof y);
    return str_eq_nocase(a, b) || (ia.n > 1 && str_eq(ia, b)) || (ib.n > 1 && str_eq(ib, a));
}

/* x, y: the rows of a, b, or NULL. */
static bool same_agency(sst_str a, const copy_outlet *x, sst_str b, const copy_outlet *y)
{
    if (a.n && b.n && x && y && x->agency && y->agency &&
        (x == y || (x->owner.n && str_eq_nocase(x->owner, y->owner))))
        return true;
    return copy_same_name(a, b);
}

bool copy_same_agency(const copy_outlets *known, sst_str a, sst_str b)
{
    return same_agency(a, copy_outlet_find(known, STR(""), a), b,
                       copy_outlet_find(known, STR(""), b));
}

sst_str copy_address(const sst_article *a)
{
    return a->flags & SST_DOC_SOURCED ? a->outlet_url : a->url;
}

sst_str copy_outlet_name(const copy_outlets *known, const sst_article *a)
{
    const copy_outlet *o = copy_outlet_find(known, copy_address(a), a->outlet);
    bool domain = str_find(a->outlet, STR(" ")) < 0 && str_find(a->outlet, STR(".")) >= 0;
    return o && !o->host && (domain || !a->outlet.n) ? o->outlet : a->outlet;
}

copy_bearer copy_bearer_of(const copy_outlets *known, const sst_article *a)
{
    copy_bearer b = {.article = a, .outlet = copy_outlet_name(known, a)};
    b.by_outlet = copy_outlet_find(known, STR(""), b.outlet);
    b.by_agency = copy_outlet_find(known, STR(""), a->agency);
    return b;
}

sst_span copy_agency_at(const sst_text *t)
{
    sst_str g = t->article->agency;
    if (g.n == 0 || g.p < t->s.p || g.p + g.n > t->s.p + t->s.n)
        return (sst_span){0, 0};
    uint32_t begin = (uint32_t)(g.p - t->s.p);
    return (sst_span){begin, begin + (uint32_t)g.n};
}

static bool is_letter(char c)
{
    return byte_is_alpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* The name as whole words in the bytes `in` of the text. */
static sst_span whole_name(const sst_text *t, sst_span in, sst_str name)
{
    for (uint32_t from = in.begin; from < in.end;) {
        ptrdiff_t at = str_find(str_span(t->s, (sst_span){from, in.end}), name);
        if (at < 0)
            break;
        uint32_t begin = from + (uint32_t)at, end = begin + (uint32_t)name.n;
        if ((begin == 0 || !is_letter(t->s.p[begin - 1])) &&
            (end == t->s.n || !byte_is_alpha((unsigned char)t->s.p[end])))
            return (sst_span){begin, end};
        from = begin + 1;
    }
    return (sst_span){0, 0};
}

sst_span copy_credited_at(const sst_text *t, sst_str name)
{
    const sst_article *a = t->article;
    name = without_article(name);
    for (uint32_t i = 0; name.n > 1 && i < a->block_n; i++) {
        if (a->blocks[i].role != ROLE_BYLINE && a->blocks[i].role != ROLE_CREDIT)
            continue;
        sst_span at = whole_name(t, a->blocks[i].at, name);
        if (at.begin < at.end)
            return at;
    }
    return (sst_span){0, 0};
}

sst_span copy_named_at(const sst_text *t, sst_str name)
{
    const sst_article *a = t->article;
    name = without_article(name);
    if (!memchr(name.n ? name.p : "", ' ', name.n))
        return (sst_span){0, 0};
    for (uint32_t i = 0; i < a->block_n; i++) {
        if (a->blocks[i].role != ROLE_BODY)
            continue;
        sst_span at = whole_name(t, a->blocks[i].at, name);
        if (at.begin < at.end)
            return at;
    }
    return (sst_span){0, 0};
}

bool copy_one_agency(const copy_bearer *a, const copy_bearer *b)
{
    sst_str x = a->article->agency, y = b->article->agency;
    return same_agency(x, a->by_agency, y, b->by_agency) &&
           !same_agency(x, a->by_agency, a->outlet, a->by_outlet) &&
           !same_agency(y, b->by_agency, b->outlet, b->by_outlet);
}

bool copy_credits(const sst_text *reader, const copy_bearer *by, const copy_bearer *source,
                  sst_span *at)
{
    sst_str outlet = source->outlet;
    *at = (sst_span){0, 0};
    if (outlet.n == 0 || same_agency(outlet, source->by_outlet, by->outlet, by->by_outlet))
        return false;
    if (same_agency(outlet, source->by_outlet, by->article->agency, by->by_agency)) {
        *at = copy_agency_at(reader);
        return true;
    }
    *at = copy_credited_at(reader, outlet);
    if (at->begin == at->end) { /* "– With Reuters, AP" */
        char capitals[16];
        *at =
            copy_credited_at(reader, initials(without_article(outlet), capitals, sizeof capitals));
    }
    return at->begin < at->end;
}
