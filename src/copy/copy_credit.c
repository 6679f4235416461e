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

/* Are two names one organisation's: the same but for "the", or one the initials of the other? */
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

/* Place of the agency in the article's text, empty when it is not a part of it. */
sst_span copy_agency_at(const sst_text *t)
{
    sst_str g = t->article->agency;
    if (g.n == 0 || g.p < t->s.p || g.p + g.n > t->s.p + t->s.n)
        return (sst_span){0, 0};
    uint32_t begin = (uint32_t)(g.p - t->s.p);
    return (sst_span){begin, begin + (uint32_t)g.n};
}

/* Where a byline or credit of the text names the agency ("With reporting by NAME"); empty when none
 * does. */
sst_span copy_credited_at(const sst_text *t, sst_str name)
{
    const sst_article *a = t->article;
    name = without_article(name);
    for (uint32_t i = 0; name.n > 1 && i < a->block_n; i++) {
        if (a->blocks[i].role != ROLE_BYLINE && a->blocks[i].role != ROLE_CREDIT)
            continue;
        sst_str s = str_span(t->s, a->blocks[i].at);
        ptrdiff_t at = str_find(s, name);
        if (at < 0)
            continue;
        size_t end = (size_t)at + name.n;
        if ((at == 0 || !byte_is_alpha((unsigned char)s.p[at - 1])) &&
            (end == s.n || !byte_is_alpha((unsigned char)s.p[end]))) {
            uint32_t begin = a->blocks[i].at.begin + (uint32_t)at;
            return (sst_span){begin, begin + (uint32_t)name.n};
        }
    }
    return (sst_span){0, 0};
}
