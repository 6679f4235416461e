/*
 * Are two quotations the same words of the same person? A score of the two alone: no other input of
 * the run, and no order, reaches it.
 */
#ifndef QUOTE_PAIR_H
#define QUOTE_PAIR_H

#include "quote_words.h"

enum {
    QUOTE_PIECE_WORDS = 256, /* the most of one side: 65,536 cells of alignment */
    QUOTE_FEATURES = 10,
    QUOTE_BITS = 8 /* rarity is counted in parts of a bit */
};

/* A speaker as far as two of them can be told apart. */
typedef struct quote_name {
    uint64_t last;    /* folded surname of a person, or all of another's name; 0: nobody is named */
    uint64_t given;   /* folded given name of a person, 0: not known */
    uint32_t initial; /* of it */
    bool person;
} quote_name;

/* Folds case, accents and apostrophes away. person: else a body or a description. */
quote_name quote_name_of(sst_str name, bool person);

/* Do two speakers agree, differ, or can it not be said? */
typedef enum quote_kin { KIN_SAME, KIN_OPEN, KIN_OTHER } quote_kin;

quote_kin quote_name_kin(const quote_name *a, const quote_name *b);

/* At most QUOTE_PIECE_WORDS words of a quotation, who says them, and on which days they stand
 * somewhere. */
typedef struct quote_piece {
    const uint32_t *key; /* of the words */
    const uint8_t *bits; /* their rarity, QUOTE_BITS to the bit */
    uint32_t n;
    const quote_name *name;
    int32_t first_day, last_day; /* since 1970; INT32_MIN: not known */
} quote_piece;

/* Rarity of a word in the shipped background, QUOTE_BITS to the bit. */
uint8_t quote_bits(uint32_t key);

/* What the score is made of, and how far it reaches; x: the shorter. */
typedef struct quote_pair {
    float f[QUOTE_FEATURES]; /* quote_pair.c names them */
    float score;             /* above 0: the same */
} quote_pair;

/* cell: room for (QUOTE_PIECE_WORDS + 1) squared. */
void quote_pair_compare(const quote_piece *x, const quote_piece *y, uint8_t *cell, quote_pair *out);

/* What the score of the two cannot exceed, without aligning them. */
float quote_pair_bound(const quote_piece *x, const quote_piece *y);

#endif
