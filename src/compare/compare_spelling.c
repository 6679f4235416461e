/*
 * Spelling: is one word another in other letters?
 *
 * in: a word, or two phrases; out: the key of its other spelling, or whether they are one. Method:
 * whole words and rules of endings (data/lang/<code>/spelling.txt), the letters without hyphens and
 * blanks, and one slip of the pen in a long word. Method and numbers are ours.
 */
#include <string.h>

#include "compare_words.h"

enum {
    LETTERS = 32,    /* of a word that are looked at */
    SPELT_LEAST = 5, /* of a word that is spelt in two ways by a rule */
    SLIP_LEAST = 6   /* of a word in which one letter is a slip */
};

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static bool has_syllable(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (is_vowel(p[i]) && i + 1 < n)
            return true;
    return false;
}

uint32_t compare_other_spelling(const compare_same *table, sst_str s, uint32_t key)
{
    if (!table)
        return 0;
    for (uint32_t i = key & table->spelt_mask; table->spelt[i].key; i = (i + 1) & table->spelt_mask)
        if (table->spelt[i].key == key)
            return table->spelt[i].other;
    if (s.n < SPELT_LEAST || s.n > LETTERS)
        return 0;
    for (const compare_spelling_rule *r = table->rule; r->from; r++) {
        size_t at = s.n;
        if (r->last && r->last != s.p[s.n - 1]) {
            r += r->skip; /* the rules of one last letter stand together */
            continue;
        }
        if (s.n < (size_t)r->from_len + r->least)
            continue;
        if (r->how == '*') {
            for (size_t k = r->least; k + r->from_len <= s.n && at == s.n; k++)
                if (s.p[k] == *r->from && memcmp(s.p + k, r->from, r->from_len) == 0)
                    at = k;
            if (at == s.n)
                continue;
        } else {
            at = s.n - r->from_len;
            if (s.p[at] != *r->from || memcmp(s.p + at, r->from, r->from_len) != 0)
                continue;
            /* "travelled": the vowel before the two letters is not the first one */
            if (r->how == '~' && (at < 2 || !has_syllable(s.p, at - 1)))
                continue;
        }
        char other[2 * LETTERS];
        memcpy(other, s.p, at);
        memcpy(other + at, r->to, r->to_len);
        memcpy(other + at + r->to_len, s.p + at + r->from_len, s.n - at - r->from_len);
        return text_key((sst_str){other, s.n - r->from_len + r->to_len});
    }
    return 0;
}

/* The letters and digits of a phrase in lower case; 0 when they are too many. */
static size_t letters_of(const sst_text *t, const compare_phrase *p, char *out)
{
    size_t n = 0;
    sst_span at = text_span(t, p->begin, p->end);
    for (uint32_t i = at.begin; i < at.end; i++) {
        char c = t->s.p[i];
        if (c == ' ' || c == '-' || c == '.' || c == '\n')
            continue;
        if (n == 2 * LETTERS)
            return 0;
        out[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    return n;
}

/* Do two words differ by one letter that is put in, left out, doubled or another? */
static bool one_slip(const char *a, size_t n, const char *b, size_t m)
{
    size_t i = 0, k = 0;
    while (i < n && i < m && a[i] == b[i])
        i++;
    while (k < n - i && k < m - i && a[n - 1 - k] == b[m - 1 - k])
        k++;
    return n - i - k <= 1 && m - i - k <= 1;
}

bool compare_is_form(const sst_text *a, const compare_phrase *p, const sst_text *b,
                     const compare_phrase *q)
{
    char x[2 * LETTERS], y[2 * LETTERS];
    size_t n = letters_of(a, p, x), m = letters_of(b, q, y);
    if (n == 0 || m == 0)
        return false;
    if (n == m && memcmp(x, y, n) == 0)
        return true;
    if (n >= SLIP_LEAST && m >= SLIP_LEAST && one_slip(x, n, y, m))
        return true;
    if (p->end - p->begin > 1 || q->end - q->begin > 1)
        return false;
    const compare_same *same = compare_same_of(a->lang);
    sst_str s = {x, n}, u = {y, m};
    uint32_t i = text_key(s), k = text_key(u);
    return compare_other_spelling(same, s, i) == k || compare_other_spelling(same, u, k) == i;
}
