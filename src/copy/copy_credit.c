/* Who credits whom: names of agencies and outlets in bylines, datelines and credit lines. */
#include "copy_credit.h"

#include <string.h>

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

static copy_name name_of(sst_str s)
{
    copy_name x = {.all = s, .plain = without_article(s)};
    x.capital_n = (uint8_t)initials(x.plain, x.capitals, sizeof x.capitals).n;
    return x;
}

static sst_str capitals_of(const copy_name *x)
{
    return (sst_str){x->capitals, x->capital_n};
}

static bool same_name(const copy_name *a, const copy_name *b)
{
    if (a->plain.n == 0 || b->plain.n == 0)
        return false;
    return str_eq_nocase(a->plain, b->plain) ||
           (a->capital_n > 1 && str_eq(capitals_of(a), b->plain)) ||
           (b->capital_n > 1 && str_eq(capitals_of(b), a->plain));
}

bool copy_same_name(sst_str a, sst_str b)
{
    copy_name x = name_of(a), y = name_of(b);
    return same_name(&x, &y);
}

/* x, y: the rows of a, b, or NULL. */
static bool same_agency(const copy_name *a, const copy_outlet *x, const copy_name *b,
                        const copy_outlet *y)
{
    if (a->all.n && b->all.n && x && y && x->agency && y->agency &&
        (x == y || (x->owner.n && str_eq_nocase(x->owner, y->owner))))
        return true;
    return same_name(a, b);
}

bool copy_same_agency(const copy_outlets *known, sst_str a, sst_str b)
{
    copy_name x = name_of(a), y = name_of(b);
    return same_agency(&x, copy_outlet_find(known, STR(""), a), &y,
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

static bool is_credit(uint8_t role)
{
    return role == ROLE_BYLINE || role == ROLE_CREDIT;
}

copy_bearer copy_bearer_of(const copy_outlets *known, const sst_article *a)
{
    copy_bearer b = {.article = a, .outlet = copy_outlet_name(known, a)};
    b.by_outlet = copy_outlet_find(known, STR(""), b.outlet);
    b.by_agency = copy_outlet_find(known, STR(""), a->agency);
    b.own = name_of(a->outlet);
    b.name = name_of(b.outlet);
    b.agency = name_of(a->agency);
    for (uint32_t i = 0; i < a->block_n; i++)
        b.has_credits |= is_credit(a->blocks[i].role);
    b.has_signs = str_find(a->text, STR(">")) >= 0 || str_find(a->text, STR("|")) >= 0;
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
        if (!is_credit(a->blocks[i].role))
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

/* ---------------------------------------------------------------------------------------- runs
 */

enum { RUN = 3 /* bytes */ };

static uint32_t run_at(const char *p)
{
    uint32_t v = (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8 |
                 (uint32_t)(unsigned char)p[2] << 16;
    return v * UINT32_C(0x9E3779B1) >> (32 - COPY_RUN_BITS);
}

void copy_runs_mark(copy_runs *x, sst_str s)
{
    memset(x, 0, sizeof *x);
    for (size_t i = 0; i + RUN <= s.n; i++) {
        uint32_t at = run_at(s.p + i);
        x->bit[at / 64] |= UINT64_C(1) << (at & 63);
    }
}

/* False only when the text does not have the name. */
static bool may_have(const copy_runs *x, sst_str name)
{
    for (size_t i = 0; x && i + RUN <= name.n; i++) {
        uint32_t at = run_at(name.p + i);
        if (!(x->bit[at / 64] >> (at & 63) & 1))
            return false;
    }
    return true;
}

sst_span copy_names(const sst_text *t, const copy_bearer *by, const copy_bearer *other)
{
    return may_have(by->runs, other->name.plain) ? copy_named_at(t, other->outlet)
                                                 : (sst_span){0, 0};
}

bool copy_same_outlet(const copy_bearer *a, const copy_bearer *b)
{
    return same_name(&a->own, &b->own);
}

bool copy_one_agency(const copy_bearer *a, const copy_bearer *b)
{
    return same_agency(&a->agency, a->by_agency, &b->agency, b->by_agency) &&
           !same_agency(&a->agency, a->by_agency, &a->name, a->by_outlet) &&
           !same_agency(&b->agency, b->by_agency, &b->name, b->by_outlet);
}

bool copy_credits(const sst_text *reader, const copy_bearer *by, const copy_bearer *source,
                  sst_span *at)
{
    *at = (sst_span){0, 0};
    if (source->outlet.n == 0 ||
        same_agency(&source->name, source->by_outlet, &by->name, by->by_outlet))
        return false;
    if (same_agency(&source->name, source->by_outlet, &by->agency, by->by_agency)) {
        *at = copy_agency_at(reader);
        return true;
    }
    if (!by->has_credits)
        return false;
    *at = copy_credited_at(reader, source->outlet);
    if (at->begin == at->end) /* "– With Reuters, AP" */
        *at = copy_credited_at(reader, capitals_of(&source->name));
    return at->begin < at->end;
}
