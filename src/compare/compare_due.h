/*
 * Acts of a sentence: what is to come, done, or called off.
 *
 *   "is scheduled to meet Brook on Monday"    meet, to come, 2031-05-12
 *   "met Brook"                               meet, done
 *   "the meeting has been put off"            meet, off
 */
#ifndef COMPARE_DUE_H
#define COMPARE_DUE_H

#include "compare_same.h"
#include "compare_sense.h"

enum {
    COMPARE_DAY = 10,      /* bytes of a time down to the day */
    COMPARE_MONTH = 7,     /* bytes of a time up to its month */
    COMPARE_DUE_WORDS = 96 /* of a sentence that are looked up once; it only moves time */
};

typedef enum compare_due_state { ACT_TO_COME = 0, ACT_DONE, ACT_OFF } compare_due_state;

typedef struct compare_due_act {
    uint32_t sentence; /* of the sense */
    uint32_t verb;     /* key of the base form */
    uint8_t state;
    bool weak;     /* named by the object or subject of a verb that says little */
    char when[12]; /* the time that the sentence names first: a day, month or year; or "" */
} compare_due_act;

typedef struct compare_due_finder {
    const compare_sense *sense;
    const sst_text *const *texts;
    sst_arena *arena; /* of the acts; it may fail */
    SST_VEC(compare_due_act) acts;
    const sst_lang *lang;      /* of the text at work */
    const compare_same *words; /* of that language */
    uint32_t from, value_n;    /* what the data says of the words of the sentence at work */
    const char *value[COMPARE_DUE_WORDS];
} compare_due_finder;

/* Adds the acts of a sentence of the sense. O(its tokens). */
void compare_due_acts(compare_due_finder *z, uint32_t sentence);

#endif
