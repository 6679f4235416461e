/*
 * The learnt part of finding: what the network sees of a token, and what it says.
 *
 *   token -> rows (quote_feature.c) -> sum of the rows' vectors -> layers over neighbours -> a
 *   vector a token -> cues -> for each cue where its source and content begin and end (quote_net.c)
 *
 * data/quote/model.bin holds the numbers, data/quote/model.md says where they come from;
 * tools/train/learn_quote.py makes them out of what bench/quote_features.c prints, so that learning
 * and running see the same rows.
 */
#ifndef QUOTE_NET_H
#define QUOTE_NET_H

#include "quote_inner.h"

/* Rows of the table of vectors, by what they tell. Those of words come behind FEATURE_N. */
enum {
    FEATURE_SHAPE = 0,                      /* kind of token, capitals, glued: 5 * 16 */
    FEATURE_SUFFIX = FEATURE_SHAPE + 80,    /* last three letters, hashed */
    FEATURE_ENDING = FEATURE_SUFFIX + 1024, /* last two letters, hashed */
    FEATURE_PLACE = FEATURE_ENDING + 256,   /* place in the sentence: 5 from its begin, 3 from its
                                               end */
    FEATURE_PARA = FEATURE_PLACE + 16, /* is the sentence the first, the last of its paragraph? */
    FEATURE_ROLE = FEATURE_PARA + 4,   /* role of the paragraph's block */
    FEATURE_MARK = FEATURE_ROLE + 16,  /* outside, inside, on the marks, next to them */
    FEATURE_NAME = FEATURE_MARK + 8,   /* begin and inside of a name, by kind; its office */
    FEATURE_TIME = FEATURE_NAME + 16,  /* begin and inside of a date or time */
    FEATURE_RULE = FEATURE_TIME + 2,   /* what the rules take the token for */
    FEATURE_CLASS = FEATURE_RULE + 16, /* classes of the lexicon */
    FEATURE_N = FEATURE_CLASS + 40,
    FEATURE_ROWS_MAX = 24 /* rows a token; further classes are left out */
};

/* What the rules take a token for, as bits. */
enum { RULE_CUE = 1, RULE_SOURCE = 2, RULE_DIRECT = 4, RULE_MIXED = 8, RULE_INDIRECT = 16 };

typedef struct quote_feature {
    uint32_t key; /* of the word or sign */
    uint16_t row[FEATURE_ROWS_MAX];
    uint16_t row_n;
} quote_feature;

/* What is seen of the tokens [begin, end), into out. rule: RULE_ bits of each token of the text;
 * inside: whether each stands between marks. */
void quote_features(const sst_text *t, const uint8_t *inside, const uint8_t *rule, uint32_t begin,
                    uint32_t end, quote_feature *out);

/* The same for a whole text, rules and all: what bench/quote_features.c prints. */
sst_status quote_find_features(const sst_text *text, sst_arena *arena,
                               quote_feature *out) SST_MUST_CHECK;

/* What the network says: a cue, and what belongs to it. Tokens; begin == end: none. */
typedef struct quote_link {
    uint32_t cue_begin, cue_end;
    uint32_t source_begin, source_end;
    uint32_t left_begin, left_end;   /* content in front of the cue */
    uint32_t right_begin, right_end; /* content behind it */
    int32_t sure; /* how much better a cue fits than none, in 65536ths of the network's points */
    int32_t said; /* how much better its content fits than none */
} quote_link;

typedef SST_VEC(quote_link) quote_link_list;

/* In order of the cues. Linear: what a token is depends on its NET_WINDOW neighbours. */
void quote_net(const sst_text *t, const uint8_t *inside, const uint8_t *rule, sst_arena *arena,
               quote_link_list *out);

/* Is there a network for the language of the text? */
static inline bool quote_net_knows(const sst_text *t)
{
    return t->lang == lang_find(STR("en"));
}

/* Brings together what the rules found and what the network says: quote_links.c. */
sst_status quote_join_links(const sst_text *t, const uint8_t *inside, const quote_rule_list *rules,
                            const quote_link_list *links, sst_arena *arena,
                            sst_quotes *out) SST_MUST_CHECK;

#endif
