/*
 * The lexicon of a language and the background of word frequencies: look-ups in the compiled
 * tables. See text_lang.h for what they are, tools/gen_lang.py for how they are made.
 */
#include "text_lang.h"

#include <string.h>

#include "text.h"
#include "text_lang_table.h"

const sst_lang *lang_find(sst_str code)
{
    size_t n = 0;
    while (n < code.n && byte_is_alpha((unsigned char)code.p[n]))
        n++;
    sst_str main_part = {code.p, n};
    for (uint32_t i = 0; n && i < lang_table_n; i++)
        if (str_eq_nocase(main_part, str_of(lang_table[i].code)))
            return &lang_table[i];
    return &lang_none;
}

/* Half a key in the slot: of a word that the lexicon does not have no row is looked at. */
static uint16_t row_of_key(const sst_lang *lang, uint32_t key)
{
    for (uint32_t s = key & lang->mask; lang->slots[s]; s = (s + 1) & lang->mask) {
        uint16_t row = (uint16_t)lang->slots[s];
        if (lang->slots[s] >> 16 == key >> 16 && lang->words[row].key == key)
            return row;
    }
    return 0;
}

uint16_t lang_row_of(const sst_lang *lang, uint32_t key, sst_str folded)
{
    uint16_t row = row_of_key(lang, key);
    if (!row)
        return 0;
    const lang_word *w = &lang->words[row];
    return str_eq((sst_str){(const char *)lang->blob + w->offset, w->len}, folded) ? row : 0;
}

uint16_t lang_row(const sst_lang *lang, sst_str folded)
{
    return lang_row_of(lang, text_key(folded), folded);
}

uint32_t lang_key(const sst_lang *lang, uint16_t row)
{
    return lang->words[row].key;
}

const char *lang_value(const sst_lang *lang, uint16_t row, uint64_t one_class)
{
    const lang_word *w = &lang->words[row];
    if (!(w->classes & one_class)) /* most are asked in vain */
        return NULL;
    for (const lang_value_row *v = &lang->values[w->value]; v->row == row; v++)
        if (one_class >> v->bit & 1)
            return v->value;
    return NULL;
}

static const lang_phrase_row *find_phrase(const sst_lang *lang, const uint32_t *keys, uint32_t n,
                                          uint64_t classes, bool exact)
{
    uint16_t row = n ? row_of_key(lang, keys[0]) : 0;
    if (!row)
        return NULL;
    const lang_word *w = &lang->words[row];
    for (uint32_t i = 0; i < w->phrase_n; i++) {
        const lang_phrase_row *p = &lang->phrases[w->phrase + i];
        if (!(p->classes & classes) || p->n > n || (exact && p->n != n))
            continue;
        if (memcmp(lang->phrase_keys + p->key, keys, p->n * sizeof *keys) == 0)
            return p;
    }
    return NULL;
}

uint32_t lang_phrase(const sst_lang *lang, const uint32_t *keys, uint32_t n, uint64_t classes)
{
    const lang_phrase_row *p = find_phrase(lang, keys, n, classes, false);
    return p ? p->n : 0;
}

const char *lang_phrase_value(const sst_lang *lang, const uint32_t *keys, uint32_t n,
                              uint64_t one_class)
{
    const lang_phrase_row *p = find_phrase(lang, keys, n, one_class, true);
    for (uint32_t i = 0; p && i < p->value_n; i++)
        if (one_class >> lang->phrase_values[p->value + i].bit & 1)
            return lang->phrase_values[p->value + i].value;
    return NULL;
}

size_t lang_verb_stem(const sst_lang *lang, int form, sst_str w)
{
    enum { STEM_LEAST = 3 }; /* bytes that stay of a verb without its end */
    const char *e = lang->verb_ends[form];
    for (; e && *e; e = strchr(e, ' ') + 1) {
        size_t n = (size_t)(strchr(e, ' ') - e);
        if (w.n >= n + STEM_LEAST && memcmp(w.p + w.n - n, e, n) == 0)
            return w.n - n;
    }
    return 0;
}

/* The keys of a bucket stand in one or two lines of the cache. */
float lang_rarity(uint32_t key)
{
    uint32_t bucket = (uint32_t)((uint64_t)key >> lang_background_shift);
    uint32_t i = lang_background_first[bucket], end = lang_background_first[bucket + 1];
    uint32_t rest = key & ((UINT32_C(1) << lang_background_shift) - 1);
    while (i < end && lang_background[i] >> 8 < rest)
        i++;
    if (i < end && lang_background[i] >> 8 == rest)
        return (float)(lang_background[i] & 0xFF) / 16.0f;
    return lang_rarity_unknown;
}
