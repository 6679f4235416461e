/*
 * Names in two spellings: see story_spelling.h.
 *
 * In: two words, or two forms of a name. Out: are they one? Method: one slip of a letter, and a
 * rough sound for transliterations; forms are compared word by word without accents. Method and
 * numbers are ours, set on the names of other stories. Linear in the letters.
 */
#include "story_spelling.h"

#include "base_hash.h"
#include "base_utf8.h"

enum {
    SLIP_MIN_LETTERS = 4, /* names shorter than this must be equal */
    SOUND_LEAST = 3,      /* consonants of names that are compared by sound */
    SHORT_LEAST = 3,      /* letters of a short form: Phil, Dan */
    FORM_BYTES = 96,      /* of a form; longer ones are headlines */
    FORM_WORDS = 8
};

bool story_slip(sst_str a, sst_str b)
{
    if (a.n > b.n) {
        sst_str swap = a;
        a = b;
        b = swap;
    }
    if (b.n - a.n > 1 || a.n < SLIP_MIN_LETTERS)
        return false;
    size_t i = 0;
    while (i < a.n && a.p[i] == b.p[i])
        i++;
    if (i == 0)
        return false;
    size_t rest_a = a.n - i, rest_b = b.n - i;
    if (a.n == b.n)
        return rest_a == 0 || memcmp(a.p + i + 1, b.p + i + 1, rest_a - 1) == 0;
    return memcmp(a.p + i, b.p + i + 1, rest_b - 1) == 0;
}

uint64_t story_sound(sst_str s, uint32_t *letters)
{
    static const char same[26] = {0,   'b', 'k', 'd', 0,   'f', 'k', 0, 0,   'j', 'k', 'l', 'm',
                                  'n', 0,   'p', 'k', 'r', 's', 't', 0, 'f', 'f', 's', 0,   's'};
    uint64_t h = 5;
    char last = 0;
    *letters = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i] | 32, next = 0;
        if (c < 'a' || c > 'z')
            continue; /* apostrophes of Arabic names, letters with signs are vowels mostly */
        char k = same[c - 'a'];
        if (i + 1 < s.n)
            next = (unsigned char)s.p[i + 1] | 32;
        if (c == 'p' && next == 'h')
            k = 'f';
        else if (c == 'c' && (next == 'e' || next == 'i' || next == 'y'))
            k = 's';
        if (k && k != last) {
            h = hash_mix(h, (uint64_t)k);
            ++*letters;
        }
        last = k ? k : last;
        if (!k && c != 'h')
            last = 0; /* a vowel between two letters keeps them apart */
    }
    return h;
}

static bool ends_in_vowel(sst_str s)
{
    unsigned char c = s.n ? (unsigned char)s.p[s.n - 1] | 32 : 0;
    return c == 'a' || c == 'e' || c == 'o' || c == 'u';
}

bool story_sounds_alike(sst_str a, sst_str b)
{
    uint32_t n, m;
    if (a.n < SLIP_MIN_LETTERS || b.n < SLIP_MIN_LETTERS)
        return false;
    if ((ends_in_vowel(a) || ends_in_vowel(b)) && a.p[a.n - 1] != b.p[b.n - 1])
        return false;
    return story_sound(a, &n) == story_sound(b, &m) && n >= SOUND_LEAST;
}

bool story_short_given(sst_str a, sst_str b)
{
    sst_str less = a.n < b.n ? a : b, more = a.n < b.n ? b : a;
    return less.n >= SHORT_LEAST && more.n >= less.n + 2 && str_starts(more, less);
}

typedef struct form {
    char base[FORM_BYTES];   /* letters and digits, lower case, without accents, word after word */
    char accent[FORM_BYTES]; /* the same with accents */
    size_t base_n, accent_n;
    sst_str word[FORM_WORDS]; /* of base */
    uint32_t n, hyphens;
} form;

/* Takes a form apart. False: it is longer than a name. */
static bool take(sst_str s, form *f)
{
    size_t from = 0;
    f->base_n = f->accent_n = 0;
    f->n = f->hyphens = 0;
    for (const char *p = s.p, *end = s.p + s.n; p <= end;) {
        int k = 1;
        uint32_t c = p < end ? utf8_lower(utf8_read(p, end, &k)) : ' ';
        p += k;
        if (utf8_is_letter(c) || utf8_is_digit(c)) {
            if (f->base_n + 4 > FORM_BYTES || f->accent_n + 4 > FORM_BYTES)
                return false;
            f->base_n += (size_t)utf8_write(f->base + f->base_n, utf8_base(c));
            f->accent_n += (size_t)utf8_write(f->accent + f->accent_n, c);
        } else if ((c == '-' || c == ' ' || c == '\n') && f->base_n > from) {
            if (f->n == FORM_WORDS)
                return false;
            f->hyphens += c == '-';
            f->word[f->n++] = (sst_str){f->base + from, f->base_n - from};
            from = f->base_n;
        }
    }
    return f->n > 0;
}

/* "Varria", "Varrian"; "Reformer", "Reformers". */
static bool is_inflected(sst_str a, sst_str b)
{
    sst_str less = a.n < b.n ? a : b, more = a.n < b.n ? b : a;
    if (more.n != less.n + 1 || !str_starts(more, less))
        return false;
    char end = more.p[more.n - 1];
    return end == 's' || (end == 'n' && less.p[less.n - 1] == 'a');
}

bool story_spelt_otherwise(sst_str a, sst_str b)
{
    form x, y;
    if (!take(a, &x) || !take(b, &y))
        return false;
    sst_str p = {x.base, x.base_n}, q = {y.base, y.base_n};
    if (str_eq(p, q))
        return x.n != y.n || x.hyphens != y.hyphens ||
               !str_eq((sst_str){x.accent, x.accent_n}, (sst_str){y.accent, y.accent_n});
    if (x.n != y.n)
        return false;
    for (uint32_t i = 0; i < x.n; i++)
        if (!str_eq(x.word[i], y.word[i]) &&
            (is_inflected(x.word[i], y.word[i]) ||
             !(story_slip(x.word[i], y.word[i]) || story_sounds_alike(x.word[i], y.word[i]))))
            return false;
    return true;
}
