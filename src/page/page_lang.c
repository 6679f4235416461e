/* The language of an article: as declared, else the one whose function words are most frequent in
 * its first words. */
#include "base_utf8.h"
#include "page_inner.h"
#include "page_words.h"

enum {
    LOOK_WORDS = 400,
    FEW = 3,   /* hits at least */
    SHARE = 12 /* per cent of the words that are function words of the language; running text has 25
                  to 45 */
};

static uint32_t langs_of(sst_str word)
{
    uint32_t low = 0, high = page_function_word_n;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        int d = str_cmp(word, str_of(page_function_words[mid].text));
        if (d == 0)
            return page_function_words[mid].langs;
        if (d < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return 0;
}

/* "en", "en-GB", "pt_BR": letters of a code; the three-letter codes that have two-letter ones are
 * kept. */
static bool is_code(sst_str s)
{
    if (s.n < 2 || s.n > 15)
        return false;
    size_t k = 0;
    while (k < s.n && byte_is_alpha((unsigned char)s.p[k]))
        k++;
    return (k == 2 || k == 3) && (k == s.n || s.p[k] == '-' || s.p[k] == '_');
}

sst_str page_lang(sst_arena *arena, sst_str declared, sst_str text)
{
    declared = str_trim(declared);
    if (is_code(declared)) {
        static const char *const three[][2] = {
            {"eng", "en"}, {"deu", "de"}, {"ger", "de"}, {"fra", "fr"}, {"fre", "fr"},
            {"spa", "es"}, {"rus", "ru"}, {"ita", "it"}, {"por", "pt"}, {"nld", "nl"}};
        for (size_t i = 0; i < sizeof three / sizeof *three; i++)
            if (str_eq_nocase(declared, str_of(three[i][0])))
                return str_of(three[i][1]);
        return arena_str(arena, declared);
    }
    uint32_t hits[32] = {0}, words = 0;
    size_t i = 0;
    while (i < text.n && words < LOOK_WORDS) {
        char folded[40];
        size_t n = 0;
        bool too_long = false;
        while (i < text.n) {
            int len;
            uint32_t c = utf8_read(text.p + i, text.p + text.n, &len);
            if (!utf8_is_letter(c))
                break;
            if (n + 4 < sizeof folded)
                n += (size_t)utf8_write(folded + n, utf8_lower(c));
            else
                too_long = true;
            i += (size_t)len;
        }
        if (n == 1 && byte_is_alpha((unsigned char)folded[0]))
            continue; /* initials, bullets, hexadecimal digits */
        if (n) {
            words++;
            uint32_t langs = too_long ? 0 : langs_of((sst_str){folded, n});
            for (uint32_t k = 0; k < page_lang_n; k++)
                hits[k] += langs >> k & 1;
        } else {
            int len;
            (void)utf8_read(text.p + i, text.p + text.n, &len);
            i += (size_t)len;
        }
    }
    uint32_t best = 0;
    for (uint32_t k = 1; k < page_lang_n; k++)
        if (hits[k] > hits[best])
            best = k;
    if (hits[best] >= FEW && hits[best] * 100 >= words * SHARE)
        return str_of(page_langs[best]);
    return (sst_str){"", 0};
}
