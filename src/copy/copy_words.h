/*
 * The words that copies are counted in: runs of letters, digits and underscores (\w+), lower case,
 * over all texts.
 *
 *   text 0            text 1        text 2
 *   [w w w w w w w]   [w w w w w]   [w ...   one array; text d is [first[d], first[d + 1])
 */
#ifndef COPY_WORDS_H
#define COPY_WORDS_H

#include <stdbool.h>

#include "base_arena.h"
#include "text.h"

/* One word: where it stands, and the hash of its lower-case form. */
typedef struct copy_word {
    sst_span at;
    uint64_t hash;
} copy_word;

/* Reads the next word of s at or behind *at and moves *at behind it; false when there is none. */
bool copy_word_next(sst_str s, size_t *at, copy_word *out);

/* The words of one text; filled again and again, the arrays grow in the arena that is given. */
typedef struct copy_word_list {
    uint64_t *hash;
    sst_span *at;
    uint32_t n, cap;
} copy_word_list;

/* All words of s, what copy_word_next gives one by one; false when out of memory. */
bool copy_words_list(sst_str s, sst_arena *arena, copy_word_list *out);

/*
 * Which of the 64 bytes at p can be of a word: letters, digits, the underscore, and all bytes
 * beyond ASCII; bit i for byte i. The twin looks at byte after byte.
 */
uint64_t copy_word_mask(const char *p);
uint64_t copy_word_mask_twin(const char *p);

typedef struct copy_words {
    uint64_t *hash;  /* of the lower-case word; equal hashes are taken for equal words (64 bits) */
    sst_span *at;    /* bytes of its text; NULL when there are very many words */
    uint32_t *first; /* n + 1 */
    uint32_t n;      /* texts */
} copy_words;

/* Words of n texts, on so many threads. SST_ERR_LIMIT when there are 2^32 or more of them. */
sst_status copy_words_make(const sst_text *const *texts, uint32_t n, uint32_t threads,
                           sst_arena *arena, copy_words *out) SST_MUST_CHECK;

/*
 * For each token of a text: is it between quotation marks? Opening and closing marks by their
 * shape (also „…“ and »…«), straight ones by turns, single ones inside double ones; a paragraph
 * ends a quotation. A post of somebody (page_post.h) is between marks as a whole. tok_n bytes.
 */
uint8_t *copy_marked(const sst_text *text, sst_arena *arena);

#endif
