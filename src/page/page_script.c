/*
 * Dates in the data that a page hands to its scripts: "publishedAt":"2024-03-05T10:00:00Z",
 * firstPublicationDate: "20240305". In: script elements that are not JSON-LD, which hold most of a
 * page's bytes: they are read only when nothing else gives a date. Out: declared dates of low rank.
 * Names of fields are data (data/page/script_date.txt). One pass over the bytes; the name in front
 * of each colon is looked up.
 */
#include "page_found.h"

enum {
    SCRIPT_BYTES = 2 << 20, /* of all scripts of a page */
    NAME_BYTES = 40,
    VALUE_BYTES = 40,
    FOUND = 8,
    RANK = 8,
    RANK_MADE = 30 /* of a thing's making: later than a modification that the page declares */
};

/* The name that ends at s.p[end], letters only, lower case: quotes, "_" and "-" left out. */
static size_t name_before(sst_str s, size_t end, char name[NAME_BYTES])
{
    size_t i = end;
    while (i && strchr("\"' \\", s.p[i - 1]) && s.p[i - 1] && end - i < 4)
        i--;
    size_t stop = i;
    while (i && stop - i < NAME_BYTES &&
           (byte_is_alpha((unsigned char)s.p[i - 1]) || s.p[i - 1] == '_' || s.p[i - 1] == '-'))
        i--;
    size_t n = 0;
    for (; i < stop; i++)
        if (byte_is_alpha((unsigned char)s.p[i]))
            name[n++] = (char)(s.p[i] | 32);
    return n;
}

static void script(page_found *f, sst_str s, uint32_t *found)
{
    size_t i = 0;
    while (i < s.n && *found < FOUND) {
        const char *colon = memchr(s.p + i, ':', s.n - i);
        if (!colon)
            return;
        i = (size_t)(colon - s.p) + 1;
        /* The value: a quote, then a figure. */
        size_t k = i;
        while (k < s.n && k < i + 6 && strchr("\"' \\", s.p[k]) && s.p[k])
            k++;
        if (k >= s.n || !byte_is_digit((unsigned char)s.p[k]) || k == i)
            continue;
        char name[NAME_BYTES];
        size_t n = name_before(s, i - 1, name);
        const page_entry *e =
            n >= 6 ? page_list_find(&page_list_script_date, (sst_str){name, n}) : NULL;
        if (!e)
            continue;
        size_t m = 0;
        while (k + m < s.n && m < VALUE_BYTES && !strchr("\"'\\,}", s.p[k + m]))
            m++;
        page_when_add(f, (sst_str){s.p + k, m}, "script",
                      e->value == SCRIPT_PUBLISHED  ? DATE_PUBLISHED
                      : e->value == SCRIPT_MODIFIED ? DATE_MODIFIED
                                                    : DATE_CREATED,
                      e->value == SCRIPT_CREATED ? RANK_MADE : RANK);
        ++*found;
    }
}

void page_when_scripts(page_found *f)
{
    if (page_when_is_known(f))
        return;
    uint32_t found = 0;
    size_t bytes = 0;
    bool skip = false;
    for (const page_node *n = f->root; n && bytes < SCRIPT_BYTES && found < FOUND;
         n = page_dom_next(n, f->root, skip)) {
        skip = n->tag == TAG_SVG;
        if (n->tag != TAG_SCRIPT)
            continue;
        for (const page_node *t = n->first; t; t = t->next) {
            script(f, t->text, &found);
            bytes += t->text.n;
        }
    }
}
