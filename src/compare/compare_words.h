/*
 * What the parts of the wording share: phrases, pairs of them, and who looks for them.
 *
 *   compare_gap.c    between the runs of a passage          -> pairs of phrases
 *   compare_slot.c   in aligned sentences of a fact         -> pairs of phrases
 *   compare_beside.c beside one word; verbs of saying      -> pairs of phrases
 *   compare_choice.c is a pair a choice of words?
 *   compare_form.c   one word or date written in two ways   -> pairs with their counts
 *   compare_spelling.c are two phrases one in other letters?
 *   compare_wording.c counts phrases in all texts, puts all in order
 */
#ifndef COMPARE_WORDS_H
#define COMPARE_WORDS_H

#include "base_hash.h"
#include "compare.h"
#include "compare_same.h"

enum {
    WORDS_PHRASE = 3, /* words of a wording */
    WORDS_LONGEST = 6 /* tokens of a phrase that is looked for in all texts */
};

typedef struct compare_phrase {
    uint32_t article, begin, end; /* tokens */
} compare_phrase;

typedef struct compare_pair {
    compare_phrase a, b;
    uint64_t key_a, key_b; /* of the folded words */
} compare_pair;

/* Words between quotation marks of an article: bytes, ascending, merged. */
typedef struct compare_marked {
    sst_span *v;
    uint32_t n;
} compare_marked;

typedef struct compare_words {
    sst_findings *f;
    sst_arena arena; /* of the pairs and the forms, until they are counted */
    SST_VEC(compare_pair) v;
    SST_VEC(sst_wording) forms; /* counted already */
    u64map seen;                /* of pairs, in either order */
    compare_marked *marked;     /* of each article */
} compare_words;

/* The wording comes in two parts: what needs the passages alone, then what needs the facts, which
 * fills wording of f; arena keeps that. To be released whatever comes. */
void compare_words_init(compare_words *w, sst_findings *f);
void compare_words_release(compare_words *w);
sst_status compare_wording_begin(compare_words *w, const sst_passage *passages,
                                 uint32_t passage_n) SST_MUST_CHECK;
sst_status compare_wording_end(compare_words *w, const uint32_t *origin_of,
                               sst_arena *arena) SST_MUST_CHECK;

static inline bool compare_is_word(const sst_token *k)
{
    return k->kind == TOK_WORD || k->kind == TOK_NUMBER;
}

/* Of the folded words of a phrase, in their order. */
uint64_t compare_phrase_key(const sst_text *t, const compare_phrase *p);

/* Is a paragraph, a token in what a report prints as its own text: body, headline, caption? */
bool compare_is_body(const sst_text *t, uint32_t para);
bool compare_in_body(const sst_text *t, uint32_t token);

/* Does a phrase stand between quotation marks, or a part of it? */
bool compare_in_marks(const compare_words *w, const compare_phrase *p);

/* Is a token a day, a part of one, a unit of the calendar? */
bool compare_is_time(const sst_text *t, uint32_t i);

/* What is known of the place where two phrases stand. */
typedef struct compare_flanks {
    uint32_t before, behind; /* equal words next to them on both sides */
    bool same_sentence;      /* of two sentences that say the same, not of copied text */
} compare_flanks;

/*
 * Is this pair a choice of words for one thing? Narrows both to it (without determiners). False: a
 * version of a quotation, another name, a number, another form of one word, another sentence.
 */
bool compare_is_choice(const compare_words *w, compare_phrase *a, compare_phrase *b,
                       compare_flanks flanks);

enum { NEAR_SURE = 2 /* groups of near_word that are as sure as one of the others */ };

/* How many groups two words share; NEAR_SURE when it is one of same_word or word_choice. */
uint32_t compare_near_words(const sst_text *t, uint32_t i, const sst_text *u, uint32_t k);

/* Have two words one stem: do they begin with the same letters? */
bool compare_one_stem(const sst_text *t, uint32_t i, const sst_text *u, uint32_t k);

/* Adds a pair unless it is there. */
void compare_add_pair(compare_words *w, const compare_phrase *a, const compare_phrase *b);

/* Fill w; nothing is counted yet. Passages; house styles; facts, when f has them. */
sst_status compare_gaps(compare_words *w, const sst_passage *passages,
                        uint32_t passage_n) SST_MUST_CHECK;
sst_status compare_forms(compare_words *w) SST_MUST_CHECK;
sst_status compare_slots(compare_words *w, const uint32_t *origin_of) SST_MUST_CHECK;
sst_status compare_beside(compare_words *w, const uint32_t *origin_of) SST_MUST_CHECK;

/* Compares written forms: the same letters but for hyphens and blanks, one of two spellings, or one
 * slip of the pen in a long word. */
bool compare_is_form(const sst_text *a, const compare_phrase *p, const sst_text *b,
                     const compare_phrase *q);

#endif
