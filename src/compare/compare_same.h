/*
 * Words that reports of one event put for each other ("begin", "start"), and words of what is to
 * come, by language.
 *
 *   slots:  key of a word (text_key) -> number of its group; open addressing, key 0 is free
 *   due:    the same -> "to", "agenda", "back", "act VERB"
 *   near:   the same -> the numbers of groups of words near it: near_group[first .. first + n)
 *   choice: the same of words that are chosen for one thing
 *   spelt:  the same -> key of another spelling; rule: the same for endings
 *
 * data/lang/en/schedule.txt says what those mean. Made by tools/gen_compare.py from
 * data/lang/<code>/same_word.txt, near_word.txt, word_choice.txt, schedule.txt and spelling.txt.
 */
#ifndef COMPARE_SAME_H
#define COMPARE_SAME_H

#include <stddef.h>
#include <stdint.h>

#include "text.h"

typedef struct compare_same_slot {
    uint32_t key;
    uint16_t group; /* from 1 on */
} compare_same_slot;

typedef struct compare_due_slot {
    uint32_t key;
    const char *value;
} compare_due_slot;

typedef struct compare_near_slot {
    uint32_t key;
    uint16_t first, n;
} compare_near_slot;

typedef struct compare_spelling_slot {
    uint32_t key, other; /* British, American */
} compare_spelling_slot;

/* What a word ends in, or has in it, and what stands for it in the other spelling. */
typedef struct compare_spelling_rule {
    const char *from, *to;           /* NULL at the end */
    uint8_t from_len, to_len, least; /* letters before it */
    char how;     /* '-' at the end, '~' the same behind a syllable, '*' anywhere */
    char last;    /* of a rule for an end: its last letter, else 0 */
    uint8_t skip; /* rules behind it that have the same last letter */
} compare_spelling_rule;

typedef struct compare_same {
    const char *code; /* of the language; NULL at the end of the table */
    const compare_same_slot *slot;
    uint32_t mask;
    const compare_due_slot *due;
    uint32_t due_mask;
    const compare_near_slot *near;
    uint32_t near_mask;
    const uint16_t *near_group;      /* numbers of groups, told apart over all languages */
    const compare_near_slot *choice; /* the same of word_choice.txt; groups of this language */
    uint32_t choice_mask;
    const uint16_t *choice_group;
    const compare_spelling_slot *spelt;
    uint32_t spelt_mask;
    const compare_spelling_rule *rule;
} compare_same;

extern const uint32_t compare_near_groups; /* how many there are */

extern const compare_same compare_same_table[];

/* The table of a language, NULL: it has none. */
static inline const compare_same *compare_same_of(const sst_lang *lang)
{
    for (const compare_same *s = compare_same_table; s->code; s++)
        if (lang_find(str_of(s->code)) == lang)
            return s;
    return NULL;
}

/* What a word says of what is to come, NULL: nothing. */
static inline const char *compare_due(const compare_same *table, uint32_t key)
{
    if (!table)
        return NULL;
    for (uint32_t i = key & table->due_mask; table->due[i].key; i = (i + 1) & table->due_mask)
        if (table->due[i].key == key)
            return table->due[i].value;
    return NULL;
}

/* The group of a word, 0: none. table NULL: a language without groups. */
static inline uint16_t compare_same_group(const compare_same *table, uint32_t key)
{
    if (!table)
        return 0;
    for (uint32_t i = key & table->mask; table->slot[i].key; i = (i + 1) & table->mask)
        if (table->slot[i].key == key)
            return table->slot[i].group;
    return 0;
}

/* The numbers of the groups of words that a word is near to; n of them, 0: none. */
static inline const uint16_t *compare_near(const compare_same *table, uint32_t key, uint16_t *n)
{
    *n = 0;
    if (!table)
        return NULL;
    for (uint32_t i = key & table->near_mask; table->near[i].key; i = (i + 1) & table->near_mask)
        if (table->near[i].key == key) {
            *n = table->near[i].n;
            return table->near_group + table->near[i].first;
        }
    return NULL;
}

/* The same of the groups of words that are chosen for one thing. */
static inline const uint16_t *compare_choices(const compare_same *table, uint32_t key, uint16_t *n)
{
    *n = 0;
    for (uint32_t i = key & table->choice_mask; table->choice[i].key;
         i = (i + 1) & table->choice_mask)
        if (table->choice[i].key == key) {
            *n = table->choice[i].n;
            return table->choice_group + table->choice[i].first;
        }
    return NULL;
}

/* The key of the other spelling of a word in lower case, 0: it has none. */
uint32_t compare_other_spelling(const compare_same *table, sst_str word, uint32_t key);

#endif
