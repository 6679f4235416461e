/*
 * Articles in parts: the address of the next part, when the page names one (rel=next) and it is
 * this page's address but for a number that is one higher, or 2 (1 where counting begins at 0)
 * where this page has none: /story -> /story/2, ?page=2 -> ?page=3, story.html -> story_2.html. So
 * the next article of a blog, which is named in the same way, is none.
 */
#include <string.h>

#include "page_block.h"
#include "read_url.h"

enum {
    NUMBER_MOST = 60, /* parts: higher numbers are those of articles */
    WORD_BYTES = 6,   /* letters before the number: "page", "seite" */
    PART_BYTES = 24
};

/* Without scheme, "www.", fragment and the slash at the end. */
static sst_str bare(sst_str url)
{
    ptrdiff_t at = str_find(url, STR("://"));
    if (at >= 0)
        url = (sst_str){url.p + at + 3, url.n - (size_t)at - 3};
    if (str_starts_nocase(url, STR("www.")))
        url = (sst_str){url.p + 4, url.n - 4};
    const char *hash = url.n ? memchr(url.p, '#', url.n) : NULL;
    url.n = hash ? (size_t)(hash - url.p) : url.n;
    while (url.n && url.p[url.n - 1] == '/')
        url.n--;
    return url;
}

/* "/page/2" -> 2; "" -> 0; anything else -> -1. */
static int number_of(sst_str s)
{
    size_t i = 0, letters = 0;
    int n = 0;
    if (s.n > PART_BYTES)
        return -1;
    while (i < s.n && !byte_is_digit((unsigned char)s.p[i])) {
        bool letter = byte_is_alpha((unsigned char)s.p[i]);
        letters += letter;
        if (letters > WORD_BYTES || (!letter && !strchr("/?&=_,.-", s.p[i])))
            return -1;
        i++;
    }
    if (s.n && i == s.n)
        return -1;
    for (; i < s.n && byte_is_digit((unsigned char)s.p[i]) && n <= NUMBER_MOST; i++)
        n = n * 10 + (s.p[i] - '0');
    return i < s.n || n > NUMBER_MOST ? -1 : n;
}

bool page_is_next_part(sst_str url, sst_str next)
{
    url = bare(url);
    next = bare(next);
    size_t front = 0, back = 0, least = url.n < next.n ? url.n : next.n;
    while (front < least && url.p[front] == next.p[front])
        front++;
    while (front && byte_is_digit((unsigned char)next.p[front - 1]))
        front--; /* numbers are compared whole */
    while (back < least - front && url.p[url.n - 1 - back] == next.p[next.n - 1 - back])
        back++;
    while (back && byte_is_digit((unsigned char)next.p[next.n - back]))
        back--;
    int here = number_of((sst_str){url.p + front, url.n - front - back}),
        there = number_of((sst_str){next.p + front, next.n - front - back});
    if (url.n == front + back)
        return there == 1 || there == 2;
    return here >= 0 && there == here + 1;
}

bool page_names_next(sst_str rel)
{
    return str_eq_nocase(rel, STR("next")) || str_starts_nocase(rel, STR("next "));
}

sst_str page_next_part(sst_arena *arena, const page_sheet *s, sst_str url, sst_str canonical)
{
    enum { URL_BYTES = 2048 }; /* longer ones are data */
    const page_node *named[2] = {NULL, s->next};
    for (const page_node *n = s->root; n && n->tag != TAG_BODY && !named[0];
         n = page_dom_next(n, s->root, false))
        if (n->tag == TAG_LINK && page_names_next(page_dom_attribute(n, "rel")))
            named[0] = n;
    for (int i = 0; i < 2; i++) {
        sst_str next = named[i] ? read_url_join(arena, url.n ? url : canonical,
                                                page_dom_attribute(named[i], "href"))
                                : (sst_str){NULL, 0};
        if (next.n && next.n <= URL_BYTES && read_url_is_web(next) &&
            (page_is_next_part(url, next) || page_is_next_part(canonical, next)))
            return next;
    }
    return (sst_str){NULL, 0};
}
