/* Looking up the word lists of the page stage: see page_words.h. */
#include "page_words.h"

#include "base_utf8.h"

enum {
    HOLD_BYTES = 600
}; /* lines longer than this are prose whatever they hold: captions of the labelled stories end at
      480 bytes */

/* Is s.p[at] outside a word that ends there? */
static bool word_ends(sst_str s, size_t at)
{
    if (at >= s.n)
        return true;
    if (at > 0 && !byte_is_alpha((unsigned char)s.p[at - 1]) &&
        !byte_is_digit((unsigned char)s.p[at - 1]))
        return true;
    int n;
    uint32_t c = utf8_read(s.p + at, s.p + s.n, &n);
    return !utf8_is_letter(c) && !utf8_is_digit(c);
}

static bool word_begins(sst_str s, size_t at)
{
    if (at == 0)
        return true;
    if (!byte_is_alpha((unsigned char)s.p[at]) && !byte_is_digit((unsigned char)s.p[at]))
        return true;
    int n;
    uint32_t c = utf8_read_back(s.p + at, s.p, &n);
    return !utf8_is_letter(c) && !utf8_is_digit(c);
}

static bool is_capitals(sst_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= 'a' && s.p[i] <= 'z')
            return false;
    return true;
}

/*
 * A name, and perhaps what its bearer is, where and when: it begins with a capital, is short, and
 * is no sentence (a full stop at the end is one of "p.m." only).
 */
static bool is_names(sst_str s)
{
    enum { NAME_WORDS = 12, NAME_BYTES = 110 };
    s = str_trim(s);
    if (s.n < 2 || s.n > NAME_BYTES)
        return false;
    char last = s.p[s.n - 1];
    bool short_form = s.n >= 4 && last == '.' && s.p[s.n - 3] == '.';
    if (!short_form &&
        (last == '.' || last == '!' || last == '?' || last == '"' || last == ',' || last == ':'))
        return false;
    int n;
    if (!utf8_is_upper(utf8_read(s.p, s.p + s.n, &n)))
        return false;
    uint32_t words = 1;
    for (size_t i = 0; i < s.n; i++)
        words += s.p[i] == ' ';
    return words <= NAME_WORDS;
}

static bool fits(const page_phrase *f, sst_str line)
{
    sst_str text = {f->text, f->n};
    switch (f->how) {
    case HOW_LINE:
    case HOW_LINKS: {
        if (!str_starts_nocase(line, text))
            return false;
        for (size_t i = f->n; i < line.n; i++)
            if (!byte_is_space((unsigned char)line.p[i]) && !strchr(".:!|*-+>", line.p[i]))
                return false;
        return true;
    }
    case HOW_START:
        return line.n > f->n && str_starts_nocase(line, text) && word_ends(line, f->n);
    case HOW_LABEL:
        return line.n > (size_t)f->n + 1 && str_starts_nocase(line, text) &&
               is_capitals((sst_str){line.p, f->n}) && line.p[f->n] == ' ' &&
               line.p[f->n + 1] >= 'A' && line.p[f->n + 1] <= 'Z' &&
               (line.p[f->n + 2] < 'A' || line.p[f->n + 2] > 'Z');
    case HOW_NAMES:
        return line.n > f->n && str_starts_nocase(line, text) && line.p[f->n] == ' ' &&
               (line.p[0] < 'a' || line.p[0] > 'z') &&
               is_names((sst_str){line.p + f->n, line.n - f->n});
    case HOW_END:
        return line.n >= f->n && line.n <= HOLD_BYTES &&
               str_eq_nocase((sst_str){line.p + line.n - f->n, f->n}, text) &&
               word_begins(line, line.n - f->n);
    default:
        return false;
    }
}

static unsigned char small(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool is_in_word(char c)
{
    unsigned char x = (unsigned char)c;
    return (x | 32u) - (unsigned)'a' < 26u || x - (unsigned)'0' < 10u;
}

/* The phrase that the line holds: at each beginning of a word the few phrases with that first byte.
 */
const page_phrase *page_phrase_held(sst_str line)
{
    if (line.n > HOLD_BYTES)
        return NULL;
    for (size_t i = 0, next; i < line.n; i = next) {
        next = i + 1;
        if (is_in_word(line.p[i])) /* nothing begins behind it in its word */
            while (next < line.n && is_in_word(line.p[next]))
                next++;
        unsigned char c = small(line.p[i]);
        sst_str rest = {line.p + i, line.n - i};
        unsigned char second = rest.n > 1 ? small(rest.p[1]) : 0;
        unsigned pair = (c & 31u) << 5 | (second & 31u);
        if (!(page_hold_pairs[pair >> 6] >> (pair & 63) & 1))
            continue;
        unsigned k = page_hold_first[c], end = page_hold_first[c + 1];
        while (k < end && page_phrases[k].n > 1 && (unsigned char)page_phrases[k].text[1] != second)
            k++;
        if (k == end || !word_begins(line, i))
            continue;
        for (; k < end; k++)
            if (str_starts_nocase(rest, (sst_str){page_phrases[k].text, page_phrases[k].n}))
                return &page_phrases[k];
    }
    return NULL;
}

const page_phrase *page_phrase_find(sst_str line)
{
    if (line.n == 0)
        return NULL;
    unsigned char c = small(line.p[0]), second = line.n > 1 ? small(line.p[1]) : 0,
                  last = small(line.p[line.n - 1]);
    for (unsigned i = page_phrase_first[c]; i < page_phrase_first[c + 1]; i++) {
        const page_phrase *f = &page_phrases[i];
        if ((f->n < 2 || (unsigned char)f->text[1] == second) && fits(f, line))
            return f;
    }
    for (unsigned i = page_phrase_any; i < page_phrase_hold; i++) {
        const page_phrase *f = &page_phrases[i];
        if ((unsigned char)f->text[f->n - 1] == last && fits(f, line))
            return f;
    }
    return page_phrase_held(line);
}

static bool has_bit(const uint64_t bits[4], char c)
{
    return bits[(unsigned char)c >> 6] >> ((unsigned char)c & 63) & 1;
}

const page_agency_name *page_agency_at_start(sst_str s)
{
    if (s.n == 0 || !has_bit(page_agency_starts, *s.p))
        return NULL;
    for (unsigned i = 0; i < page_agency_n; i++) {
        sst_str name = {page_agencies[i].text, page_agencies[i].n};
        if (s.n && *s.p == *name.p && str_starts(s, name) && word_ends(s, name.n))
            return &page_agencies[i];
    }
    return NULL;
}

const page_agency_name *page_agency_at_end(sst_str s)
{
    if (s.n == 0 || !has_bit(page_agency_ends, s.p[s.n - 1]))
        return NULL;
    for (unsigned i = 0; i < page_agency_n; i++) {
        sst_str name = {page_agencies[i].text, page_agencies[i].n};
        if (s.n && s.p[s.n - 1] == name.p[name.n - 1] && str_ends(s, name) &&
            word_begins(s, s.n - name.n))
            return &page_agencies[i];
    }
    return NULL;
}

static uint32_t class_word(const char *p, size_t n)
{
    unsigned low = page_class_first[(unsigned char)*p],
             high = page_class_first[(unsigned char)*p + 1];
    while (low < high) {
        unsigned mid = (low + high) / 2;
        const page_class_word *w = &page_class_words[mid];
        /* Words of one first byte: the second tells most apart. */
        int d = n > 1 && w->n > 1 && p[1] != w->text[1]
                    ? (unsigned char)p[1] - (unsigned char)w->text[1]
                    : memcmp(p, w->text, n < w->n ? n : w->n);
        if (d == 0 && n == w->n)
            return w->groups;
        if (d < 0 || (d == 0 && n < w->n))
            high = mid;
        else
            low = mid + 1;
    }
    return 0;
}

/* Words are parted by all but letters and digits, and by a capital behind a small letter. Ends at
 * the first word of a wanted group; *word is its place. */
static uint32_t class_scan(sst_str value, uint32_t want, sst_str *word_of_group)
{
    enum { WORD_BYTES = 24, VALUE_BYTES = 400 };
    char word[WORD_BYTES];
    size_t n = 0;
    uint32_t groups = 0;
    if (value.n > VALUE_BYTES)
        value.n = VALUE_BYTES;
    for (size_t i = 0; i <= value.n; i++) {
        unsigned char c = i < value.n ? (unsigned char)value.p[i] : ' ';
        bool upper = c >= 'A' && c <= 'Z', letter = byte_is_alpha(c) || byte_is_digit(c);
        if (!letter || (upper && i && value.p[i - 1] >= 'a' && value.p[i - 1] <= 'z')) {
            if (n && n < WORD_BYTES)
                groups |= class_word(word, n);
            if (groups & want) {
                *word_of_group = (sst_str){value.p + i - n, n};
                return groups;
            }
            n = 0;
        }
        if (letter && n < WORD_BYTES)
            word[n++] = upper ? (char)(c | 32) : (char)c;
    }
    return groups;
}

uint32_t page_class_groups(sst_str value)
{
    return class_scan(value, 0, NULL);
}

sst_str page_class_word_of(sst_str value, uint32_t groups)
{
    sst_str word = {NULL, 0};
    (void)class_scan(value, groups, &word);
    return word;
}
