/*
 * Words that reports of one event put for each other ("begin", "start"), by language.
 *
 *   slots:  key of a word (text_key) -> number of its group; open addressing, key 0 is free
 *
 * Made by tools/gen_compare.py from data/lang/<code>/same_word.txt.
 */
#ifndef COMPARE_SAME_H
#define COMPARE_SAME_H

#include <stdint.h>

typedef struct compare_same_slot {
    uint32_t key;
    uint16_t group; /* from 1 on */
} compare_same_slot;

typedef struct compare_same {
    const char *code; /* of the language; NULL at the end of the table */
    const compare_same_slot *slot;
    uint32_t mask;
} compare_same;

extern const compare_same compare_same_table[];

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

#endif
