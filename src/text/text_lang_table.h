/* The tables that tools/gen_lang.py writes, and text_lang.h and text_lang.c read. */
#ifndef TEXT_LANG_TABLE_H
#define TEXT_LANG_TABLE_H

#include <stdint.h>

typedef struct sst_lang sst_lang;

typedef struct lang_word {
    uint64_t classes;
    uint32_t key;
    uint32_t offset; /* of the word in the blob */
    uint16_t len;
    uint16_t phrase; /* first of the phrases that begin with it */
    uint16_t phrase_n;
    uint16_t value; /* first of its values */
} lang_word;

typedef struct lang_phrase_row {
    uint64_t classes;
    uint32_t key;   /* first of its keys */
    uint16_t n;     /* words */
    uint16_t value; /* first of its values */
    uint16_t value_n;
} lang_phrase_row;

typedef struct lang_value_row {
    uint16_t row;
    uint8_t bit;
    const char *value;
} lang_value_row;

/* What holds of a language as a whole: data/lang/<code>/trait.txt; LANG_NUMBER_PHRASE is found in
 * number_word.txt. English has none. */
enum {
    LANG_DECIMAL_COMMA =
        1, /* 1,5 is one and a half; full stops and spaces stand between thousands */
    LANG_NOUN_CAPITAL = 2, /* every noun has a capital: the first one behind a number is counted */
    LANG_SMALL_DAYS = 4,   /* days and months have no capital */
    LANG_VERB_LAST = 8,    /* the verb may stand at the end of its clause */
    LANG_ORDINAL_POINT = 16, /* a full stop behind digits makes an ordinal */
    LANG_NUMBER_PHRASE = 32, /* numbers of several words are listed as such */
    LANG_DECIMAL_EITHER = 64 /* 1,5 and 1.5 by country: three digits behind it are thousands */
};

/* Forms of verbs that their ends tell: the infinitive; a past that needs no helping verb; one that
 * needs it; a future. */
enum { LANG_VERB_BASE, LANG_VERB_PAST, LANG_VERB_PARTICIPLE, LANG_VERB_FUTURE };

struct sst_lang {
    const char *code;
    const lang_word *words; /* row 0 is "not in the lexicon" */
    const unsigned char *blob;
    const uint32_t *slots; /* open addressing by key: its upper half, and a row; 0: free */
    uint32_t mask;
    const lang_phrase_row *phrases; /* by first word, the longest first */
    const uint32_t *phrase_keys;
    const lang_value_row *phrase_values;
    const lang_value_row *values; /* by row; row 0 behind the last */
    uint32_t traits;              /* LANG_... */
    const char
        *plural_ends; /* what plurals end in, with a space behind each; NULL: as in English */
    const char *verb_ends[4]; /* LANG_VERB_...: what forms of verbs end in, written the same, the
                                 longest first; NULL: not told */
};

extern const sst_lang lang_none;
extern const sst_lang lang_table[];
extern const uint32_t lang_table_n;
extern const uint32_t lang_background_shift;   /* a key without so many bits is its bucket */
extern const uint16_t lang_background_first[]; /* place of each bucket, and behind the last */
extern const float lang_rarity_unknown;
/* The rest of a key, ascending in a bucket, and in 8 bits behind it how rare, in 16ths of a bit. */
extern const uint32_t lang_background[];

#endif
