/*
 * In: a page's bytes. Out: the same, with the rest of tags that have too many attributes blanked.
 * Method: the tokenizer states of the HTML standard (13.2.5.1 to 13.2.5.52) as far as they tell
 * where a tag and each of its attributes begins and ends; script and style are passed over up to
 * their own end tag, comments up to "-->". What is blanked are whole attributes, so what follows
 * the tag is read as before.
 */
#include "page_tags.h"

#include <string.h>

#include "base_str.h"

/* Behind the attribute that begins at p. */
static char *attribute_end(char *p, char *end)
{
    p++; /* a first "=" belongs to the name */
    while (p < end && !byte_is_space((unsigned char)*p) && *p != '=' && *p != '>' && *p != '/')
        p++;
    char *value = p;
    while (value < end && byte_is_space((unsigned char)*value))
        value++;
    if (value == end || *value != '=')
        return p;
    value++;
    while (value < end && byte_is_space((unsigned char)*value))
        value++;
    if (value < end && (*value == '"' || *value == '\'')) {
        char *close = memchr(value + 1, *value, (size_t)(end - value - 1));
        return close ? close + 1 : end;
    }
    while (value < end && !byte_is_space((unsigned char)*value) && *value != '>')
        value++;
    return value;
}

/* Behind the tag whose name begins at p; blanks what it has too much of. */
static char *tag_end(char *p, char *end)
{
    uint32_t n = 0;
    while (p < end && !byte_is_space((unsigned char)*p) && *p != '>' && *p != '/')
        p++;
    while (p < end && *p != '>') {
        if (byte_is_space((unsigned char)*p) || *p == '/') {
            p++;
            continue;
        }
        char *to = attribute_end(p, end);
        if (++n > PAGE_TAG_ATTRIBUTES)
            memset(p, ' ', (size_t)(to - p));
        p = to;
    }
    return p < end ? p + 1 : end;
}

static bool is_tag(const char *p, const char *end, sst_str name)
{
    size_t left = (size_t)(end - p);
    if (left < name.n || !str_eq_nocase((sst_str){p, name.n}, name))
        return false;
    return left == name.n || byte_is_space((unsigned char)p[name.n]) || p[name.n] == '>' ||
           p[name.n] == '/';
}

/* Where the end tag of an element with raw text begins, or end. */
static char *raw_end(char *p, char *end, sst_str name)
{
    while ((p = memchr(p, '<', (size_t)(end - p)))) {
        if (end - p > 1 && p[1] == '/' && is_tag(p + 2, end, name))
            return p;
        p++;
    }
    return end;
}

void page_tags_cut(sst_buf *html)
{
    const sst_str script = STR("script"), style = STR("style");
    if (html->n == 0)
        return;
    char *p = html->p, *end = html->p + html->n;
    bool closes = true; /* there may be another "-->" */
    while (p < end && (p = memchr(p, '<', (size_t)(end - p)))) {
        p++;
        if (end - p >= 3 && memcmp(p, "!--", 3) == 0) {
            p += 3;
            ptrdiff_t close =
                closes ? str_find((sst_str){p, (size_t)(end - p)}, STR("-->")) : (ptrdiff_t)-1;
            closes = close >= 0; /* without it, what follows may be read as markup */
            if (closes)
                p += close + 3;
            continue;
        }
        if (p < end && *p == '/')
            p++;
        else if (is_tag(p, end, script) || is_tag(p, end, style)) {
            sst_str name = is_tag(p, end, script) ? script : style;
            p = raw_end(tag_end(p, end), end, name);
            continue;
        }
        if (p < end && byte_is_alpha((unsigned char)*p))
            p = tag_end(p, end);
    }
}
