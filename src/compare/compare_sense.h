/*
 * What sentences say, as atoms: words cut to their stem, names, numbers by value. Sentences of a
 * story that share rare atoms say the same; a sentence whose atoms no other origin has is news.
 *
 *   atoms of the story    [ceasef] [minist] [40139] [harbou] ...   their rarity, who has them
 *   sentences             article, tokens, atoms (ascending)
 */
#ifndef COMPARE_SENSE_H
#define COMPARE_SENSE_H

#include "compare.h"

typedef enum compare_atom_kind {
    ATOM_WORD = 0,
    ATOM_NAME,
    ATOM_PLACE,
    ATOM_NUMBER
} compare_atom_kind;

typedef struct compare_atom {
    float rarity; /* bits of the background */
    uint8_t kind;
    bool many;           /* two origins or more have it, in any role, or name who it is a part of */
    bool who;            /* says who somebody is: a name of a person, an office */
    uint32_t origin;     /* the first that has it */
    uint32_t sentence_n; /* sentences that have it */
    uint16_t near_n;     /* groups of words near it (compare_same.h), 0 of names and numbers */
    const uint16_t *near;
} compare_atom;

typedef struct compare_sentence {
    uint32_t article;
    uint32_t sentence;   /* of its text */
    uint32_t begin, end; /* tokens, without white space around */
    uint32_t *atom;      /* ascending, each once */
    uint32_t atom_n;
    uint64_t said;   /* bits of its first 64 atoms: not only in who says it and that it is said; all
                        where little else is left */
    uint32_t marked; /* per cent of its words between quotation marks */
    bool open;       /* does not end as a sentence: a line of a page, a text that is cut off */
    bool cut;        /* ends in an ellipsis */
    bool run_on; /* no statement to be shown: longer than a sentence, or mostly capitals, as where
                    captions and lists of links run into one line; or a post */
    float told;  /* the largest share of it that an article of another origin tells; filled by
                    compare_facts */
} compare_sentence;

typedef struct compare_sense {
    compare_atom *atom;
    uint32_t atom_n;
    compare_sentence *v; /* of running text, by article, place */
    uint32_t n;
    uint32_t *first;     /* the first sentence of each article; n + 1 */
    uint32_t *has;       /* atoms of the articles, article after article, ascending in each: all but
                            boilerplate */
    uint32_t *has_first; /* n + 1 */
} compare_sense;

/* cast: who is who, quotes: of each article, or NULL. origin_of: of each article. Lives in arena.
 */
sst_status compare_sense_make(const sst_text *const *texts, uint32_t n, const sst_cast *cast,
                              const sst_quotes *const *quotes, const uint32_t *origin_of,
                              sst_arena *arena, compare_sense *out) SST_MUST_CHECK;

/* Does its i-th atom belong to what a sentence says, not to who says it? */
static inline bool compare_is_said(const compare_sentence *s, uint32_t i)
{
    return i >= 64 || s->said >> i & 1;
}

/* O(log atoms of the article). */
bool compare_has(const compare_sense *s, uint32_t article, uint32_t atom);

/* Parts of compare_story, each filling its fields of the findings. origin_of: of each article. */
sst_status compare_facts(sst_findings *f, compare_sense *s, const uint32_t *origin_of,
                         sst_arena *arena) SST_MUST_CHECK;
sst_status compare_only(sst_findings *f, const compare_sense *s, const uint32_t *origin_of,
                        sst_arena *arena) SST_MUST_CHECK;
sst_status compare_schedule(sst_findings *f, const compare_sense *s, const uint32_t *origin_of,
                            sst_arena *arena) SST_MUST_CHECK;
sst_status compare_roles(sst_findings *f, sst_arena *arena) SST_MUST_CHECK;
sst_status compare_title(sst_findings *f, sst_arena *arena) SST_MUST_CHECK;
sst_status compare_timeline(sst_findings *f, sst_arena *arena) SST_MUST_CHECK;

#endif
