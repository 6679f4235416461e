/*
 * Tokens and places of words of single texts, made when they are asked for and kept while they are
 * near: a run over very many texts holds neither, only two texts at a time are compared.
 *
 *   pairs:   (3, 7) (3, 9) (3, 12) (4, 9) ...     the first of a pair changes seldom: a slot of its
 *   slots:   [3] and [7] [ ] [9] ... [12]         own; the second ones come again: a slot by number
 */
#ifndef COPY_TEXTS_H
#define COPY_TEXTS_H

#include <stdatomic.h>

#include "copy_words.h"

/* What is known of one text. */
typedef struct copy_read {
    sst_arena arena;
    uint32_t of; /* 1 + the text; 0: none */
    sst_text text;
    bool has_text, has_words;
    copy_word_list words;
    uint8_t *marked; /* as copy_marked gives it; NULL before it is asked for */
} copy_read;

/* The language of each text, once it was asked for; for all workers. */
typedef _Atomic(const sst_str *) copy_lang;

/* Bytes of second texts that are kept: long texts go earlier. */
#define COPY_TEXTS_KEPT ((size_t)16 * 1024 * 1024)

/* Of one worker. */
typedef struct copy_texts {
    const sst_text *const *texts;
    copy_read first, *second;
    uint32_t second_n;
    size_t bytes;    /* of the second ones ... */
    size_t most;     /* ... above which all of them are let go: COPY_TEXTS_KEPT, or less */
    copy_lang *lang; /* of each text, or NULL: asked for each time */
    sst_arena langs; /* those that this worker has asked for */
    sst_status failed;
} copy_texts;

/* Tokens of an article whose language may still have to be asked for. */
sst_status copy_tokens(const sst_article *a, sst_arena *arena, sst_text *out) SST_MUST_CHECK;

/* Of n texts; what it holds itself lives in arena until copy_texts_release. */
sst_status copy_texts_open(copy_texts *c, const sst_text *const *texts, uint32_t n,
                           sst_arena *arena) SST_MUST_CHECK;
void copy_texts_release(copy_texts *c);

/*
 * Text d as the first or the second of a pair: with its tokens, with the places of its words, with
 * what stands between quotation marks. Each lives until the next text is asked for on the same
 * side. NULL when out of memory; c->failed says so from then on.
 */
const sst_text *copy_texts_tokens(copy_texts *c, uint32_t d, bool second);
const sst_span *copy_texts_words(copy_texts *c, uint32_t d, bool second);
const uint8_t *copy_texts_marked(copy_texts *c, uint32_t d, bool second);

#endif
