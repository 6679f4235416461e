/*
 * Utterances of many stories -> sayings: what is one utterance although the stories are several, a
 * year apart perhaps.
 */
#ifndef QUOTE_LINK_H
#define QUOTE_LINK_H

#include "quote.h"

/* The articles of a story with what quote_utterances made of them. */
typedef struct quote_link_story {
    sst_str id;
    const sst_quotes *const *quotes;
    const uint32_t *article; /* their places in the run */
    uint32_t n;              /* articles */
    const sst_cast *cast;
    const sst_utterance *utterances;
    uint32_t utterance_n;
} quote_link_story;

/* An utterance of a story; or a quotation that is no utterance there: words in marks that the
 * article gives to nobody, or indirect speech. */
typedef struct sst_saying_part {
    uint32_t story;
    uint32_t utterance;      /* of the story, UINT32_MAX: none */
    uint32_t article, quote; /* then the quotation of that article of the story */
    int64_t time;            /* first printed, INT64_MIN: not known */
} sst_saying_part;

typedef struct sst_saying {
    sst_saying_part *part; /* the first printed first; utterances before single quotations */
    uint32_t n;            /* >= 1 */
    /*
     * Of several parts: all their versions, each compared with the fullest of all; articles are
     * places in the run. n == 0 when there is one part.
     */
    sst_utterance all;
} sst_saying;

typedef struct sst_sayings {
    sst_saying *v;
    uint32_t n;
    uint32_t **of; /* of utterance u of story s: of[s][u] */
} sst_sayings;

/*
 * Every utterance is in exactly one saying. Neither the order of the stories nor the number of
 * threads changes which are together. Cost: that of the words, for any number of stories.
 */
sst_status quote_link_stories(const quote_link_story *stories, uint32_t n, uint32_t threads,
                              sst_arena *arena, sst_sayings *out) SST_MUST_CHECK;

/* quote_merge.c: fills `all` of each saying of several parts. quotes: of every article of the run.
 */
sst_status quote_merge(const quote_link_story *stories, const sst_quotes *const *quotes,
                       sst_sayings *sayings, sst_arena *arena) SST_MUST_CHECK;

#endif
