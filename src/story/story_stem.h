/*
 * The stems of a text's words, and what they are worth.
 */
#ifndef STORY_STEM_H
#define STORY_STEM_H

#include "base_arena.h"
#include "text.h"

#define STORY_NO_FORM UINT32_MAX

/* A way of writing a word. */
typedef struct story_form {
    uint32_t key;   /* of the first letters */
    uint32_t stem;  /* number of that among the stems of the text */
    uint32_t plain; /* key of the same letters without accents */
    float worth;    /* rarity in the shipped background, to RARITY_POWER */
    bool number;
} story_form;

typedef struct story_known {
    uint64_t way; /* 0: the place is free */
    uint32_t form;
} story_known;

/* Call scratch. */
typedef struct story_stems {
    story_known *known; /* at most half full */
    uint32_t *stem;     /* places by key: a stem's number plus one, 0: free; at most half full */
    uint32_t *key;      /* of each stem */
    story_form *form;   /* of each way of writing */
    uint32_t room;      /* places of known and of stem, a power of two */
    uint32_t most;      /* ways of writing that there is memory for */
    uint32_t form_n, stem_n;
} story_stems;

/* For texts of together at most so many words. */
sst_status story_stems_init(story_stems *s, uint32_t words, sst_arena *arena) SST_MUST_CHECK;

/* The form of token i of t, a place in s->form; STORY_NO_FORM when it is no word or number, or one
 * that nearly all articles have. */
uint32_t story_form_of(story_stems *s, const sst_text *t, uint32_t i);

/* The key of the first letters of token i; *whole: of the word without an elided article. */
uint32_t story_stem(const sst_text *t, uint32_t i, uint32_t *whole);

#endif
