/*
 * What quote_link_stories joins: every utterance of a story, and every quotation that is none, with
 * its words as keys.
 *
 *   owner:  an utterance, or a quotation that is none    piece: up to 256 of its words
 *
 *   key  [w w w w w w w w w w w w|w w w w w|...]         all words of the run, owner by owner
 *   owner 0 -------------------- pieces 0, 1             owners in order of length
 */
#ifndef QUOTE_OWNER_H
#define QUOTE_OWNER_H

#include "base_buf.h"
#include "quote_link.h"
#include "quote_pair.h"

enum {
    QUOTE_EXTRA_MAX = 4,     /* versions beside the fullest that have words of their own */
    QUOTE_INDIRECT_WORDS = 4 /* of indirect speech, at least; as in a story (quote_join.c) */
};

typedef enum quote_owner_kind {
    OWNER_UTTERANCE,
    OWNER_DOUBTFUL, /* words in marks that no clause attributes */
    OWNER_INDIRECT
} quote_owner_kind;

typedef struct quote_owner {
    const quote_link_story *s;
    uint32_t story, utterance, article, quote;
    uint8_t kind;
    uint64_t hash; /* of the words */
    uint32_t key_at, key_n;
    uint32_t extra[QUOTE_EXTRA_MAX],
        extra_n;             /* how many words other versions have; they follow its own */
    uint32_t piece, piece_n; /* of its own words; those of other versions follow */
    quote_name name;
    int64_t time;
    int32_t first_day, last_day; /* with those of the same words and speaker that joined it */
    int32_t own_last_day;
    uint32_t joins; /* an owner before it; its own place: none */
} quote_owner;

typedef struct quote_owner_piece {
    uint32_t owner, key_at, n;
} quote_owner_piece;

typedef struct quote_owners {
    sst_arena *arena;       /* holds list, v and pieces */
    sst_arena words;        /* of one quotation */
    const sst_text **texts; /* of the story at work */
    sst_buf key, bits;      /* of all words */
    quote_owner *list;
    uint32_t list_n, list_cap;
    quote_owner **v; /* what begins nothing last, then the longest first */
    uint32_t n;
    quote_owner_piece *pieces;
    uint32_t piece_n;
} quote_owners;

/*
 * scratch: cleared. SST_ERR_NOMEM: *out is to be released all the same. The order of the stories
 * changes nothing. Cost: that of the words.
 */
sst_status quote_owners_make(const quote_link_story *stories, uint32_t n, sst_arena *arena,
                             sst_arena *scratch, quote_owners *out) SST_MUST_CHECK;
void quote_owners_release(quote_owners *l);

static inline const uint32_t *quote_owners_keys(const quote_owners *l)
{
    return (const uint32_t *)(const void *)l->key.p;
}

/* The piece as quote_pair compares it. */
quote_piece quote_owners_view(const quote_owners *l, const quote_owner_piece *p);

#endif
