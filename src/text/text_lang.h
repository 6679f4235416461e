/*
 * The lexicon of a language: data/lang/<code>/NAME.txt, compiled in by tools/gen_lang.py.
 *
 * Each file is a class, LEX_NAME. A line is a word or a phrase, lower case, with an optional value
 * behind a tab
 * ("seven<TAB>7"). '#' starts a comment. A word may stand in many classes.
 */
#ifndef TEXT_LANG_H
#define TEXT_LANG_H

#include "base_str.h"
#include "text_lang.gen.h" /* enum of class bits: LEX_MONTH = 1ull << 3, ... the same bits for all languages */
#include "text_lang_table.h"

/* By code ("en", "en-GB"); languages that are not compiled in get a lexicon that is empty. Never
 * NULL. */
const sst_lang *lang_find(sst_str code);

/* Row of a folded word, 0 when it is not in the lexicon. */
uint16_t lang_row(const sst_lang *lang, sst_str folded);

/* The same when its key is already known. */
uint16_t lang_row_of(const sst_lang *lang, uint32_t key, sst_str folded);

/* The key of the word of a row. */
uint32_t lang_key(const sst_lang *lang, uint16_t row);

/* The classes of a row; row 0 has none. */
static inline uint64_t lang_classes(const sst_lang *lang, uint16_t row)
{
    return lang->words[row].classes;
}

/* The value of a word in one class, or NULL. */
const char *lang_value(const sst_lang *lang, uint16_t row, uint64_t one_class);

/* Longest phrase of the classes that starts with the n folded words given; how many words it has, 0
 * for none. */
uint32_t lang_phrase(const sst_lang *lang, const uint32_t *keys, uint32_t n, uint64_t classes);

/* The value of the phrase of exactly these n words in one class, or NULL. */
const char *lang_phrase_value(const sst_lang *lang, const uint32_t *keys, uint32_t n,
                              uint64_t one_class);

/* The length of w without the longest end that a form of verbs (LANG_VERB_...) has, 0: it has none,
 * or too little is left. */
size_t lang_verb_stem(const sst_lang *lang, int form, sst_str w);

/* How rare a word is: -log2 of its share of documents in the background, 0..20 or so; unknown words
 * get the most. For any language. */
float lang_rarity(uint32_t key);

#endif
