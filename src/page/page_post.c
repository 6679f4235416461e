/*
 * A line of a text -> the post that it holds.
 *
 * In: a line. Out: words, name and handle of a post. Method: from the end: a date or nothing, the
 * handle in brackets, the name up to a dash; what stands before the dash is what was posted, links
 * at its end set aside. A headline with a link points to a page. Own posts are told by letters:
 * those of the outlet's name or of a part of its host against those of name and handle. Source: the
 * form in which pages without script show an embedded post.
 */
#include "page_post.h"

#include <string.h>

enum {
    NAME_BYTES = 80,  /* a name as posts have it, with signs and letters of any script */
    DATE_BYTES = 40,  /* behind the handle: "December 12, 2031", and a word run into it */
    POST_WORDS = 3,   /* fewer are a label */
    LABEL_LETTERS = 4 /* of a part of a host that others may begin with: "lantern", not "dl" */
};

static bool is_handle(char c)
{
    return byte_is_alpha((unsigned char)c) || byte_is_digit((unsigned char)c) || c == '_';
}

/* Where the dash before the name begins, and its length; false without one near. */
static bool dash_before(sst_str s, size_t end, size_t *at, size_t *n)
{
    size_t low = end > NAME_BYTES ? end - NAME_BYTES : 0;
    for (size_t i = end; i >= low + 3; i--) {
        const char *p = s.p + i - 3;
        if (p[0] == '\xE2' && p[1] == '\x80' && (p[2] == '\x93' || p[2] == '\x94')) {
            *at = i - 3;
            *n = 3;
            return true;
        }
        if (p[1] == '-' && p[2] == ' ' && (p[0] == '-' || p[0] == ' ')) { /* where type has none */
            *at = i - 3;
            *n = 3;
            return true;
        }
    }
    return false;
}

/* The end of [0, end) without blanks, and without links however they are run into the words;
 * *pages: one was the link of a page. */
static size_t without_links(sst_str s, size_t end, bool *pages)
{
    static const char *const link[] = {"https://", "http://", "pic.twitter.com/"};
    for (bool again = true; again;) {
        again = false;
        while (end > 0 && byte_is_space((unsigned char)s.p[end - 1]))
            end--;
        size_t word = end;
        while (word > 0 && !byte_is_space((unsigned char)s.p[word - 1]))
            word--;
        for (size_t k = 0; k < sizeof link / sizeof *link; k++) {
            ptrdiff_t at = str_find((sst_str){s.p + word, end - word}, str_of(link[k]));
            if (at >= 0) {
                end = word + (size_t)at;
                again = true;
                *pages |= k < 2;
            }
        }
    }
    return end;
}

/* A sign of a sentence's end, or a tag, which posts end with as they like. */
static bool ends_sentence(sst_str s)
{
    size_t word = s.n;
    while (word > 0 && !byte_is_space((unsigned char)s.p[word - 1]))
        word--;
    return strchr(".!?\"'", s.p[s.n - 1]) || s.p[word] == '#' || s.p[word] == '@' ||
           str_ends(s, STR("\xE2\x80\x9D")) || str_ends(s, STR("\xE2\x80\xA6"));
}

bool page_post_read(sst_str s, page_post *out)
{
    size_t open = s.n;
    while (open > 1 && !(s.p[open - 2] == '(' && s.p[open - 1] == '@') &&
           s.n - open < DATE_BYTES * 2)
        open--;
    if (open < 2 || s.p[open - 2] != '(' || s.p[open - 1] != '@')
        return false;
    size_t close = open;
    while (close < s.n && is_handle(s.p[close]))
        close++;
    if (close == open || close == s.n || s.p[close] != ')' || s.n - close > DATE_BYTES)
        return false;
    size_t name_end = open - 2, dash, dash_n;
    while (name_end > 0 && byte_is_space((unsigned char)s.p[name_end - 1]))
        name_end--;
    if (!dash_before(s, name_end, &dash, &dash_n))
        return false;
    size_t name = dash + dash_n, words = 0;
    bool pages = false;
    size_t end = without_links(s, dash, &pages);
    while (name < name_end && byte_is_space((unsigned char)s.p[name]))
        name++;
    while (words < end && byte_is_space((unsigned char)s.p[words]))
        words++;
    uint32_t n = 0;
    for (size_t i = words; i < end; i++)
        n += byte_is_space((unsigned char)s.p[i]) && !byte_is_space((unsigned char)s.p[i - 1]);
    if (name == name_end || end == words || n + 1 < POST_WORDS)
        return false;
    *out = (page_post){{(uint32_t)words, (uint32_t)end},
                       {(uint32_t)name, (uint32_t)name_end},
                       {(uint32_t)open, (uint32_t)close},
                       pages && !ends_sentence((sst_str){s.p + words, end - words})};
    return true;
}

/* Compares the letters and digits of a and b, case aside; whole: all of b's, else b may go on. */
static bool same_letters(sst_str a, sst_str b, bool whole)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.n && !is_handle(a.p[i]))
            i++;
        while (k < b.n && (!is_handle(b.p[k]) || b.p[k] == '_'))
            k++;
        if (i == a.n)
            return !whole || k == b.n;
        if (k == b.n || !str_eq_nocase((sst_str){a.p + i, 1}, (sst_str){b.p + k, 1}))
            return false;
        i++;
        k++;
    }
}

static uint32_t letters(sst_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += is_handle(s.p[i]);
    return n;
}

/* name: of the outlet, or a part of its host. */
static bool names(sst_str name, sst_str line, const page_post *post)
{
    uint32_t n = letters(name);
    if (n < 2)
        return false;
    bool whole = n < LABEL_LETTERS;
    return same_letters(name, str_span(line, post->name), whole) ||
           same_letters(name, str_span(line, post->handle), whole);
}

bool page_post_is_own(sst_str line, const page_post *post, sst_str outlet, sst_str url)
{
    if (post->points || names(outlet, line, post))
        return true;
    ptrdiff_t at = str_find(url, STR("://"));
    if (at < 0)
        return false;
    size_t i = (size_t)at + 3, end = i;
    while (end < url.n && url.p[end] != '/' && url.p[end] != ':' && url.p[end] != '?')
        end++;
    while (i < end) { /* "www.lantern.example": each part but the last, alone and with the last */
        size_t dot = i;
        while (dot < end && url.p[dot] != '.')
            dot++;
        sst_str part = {url.p + i, dot - i}, rest = {url.p + i, end - i};
        if (dot < end && !str_eq(part, STR("www")) &&
            (names(part, line, post) || names(rest, line, post)))
            return true;
        i = dot + 1;
    }
    return false;
}
