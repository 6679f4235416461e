/*
 * quote: text -> quotations and speakers; then a story -> utterances with their versions.
 */
#ifndef QUOTE_H
#define QUOTE_H

#include "base_arena.h"
#include "story.h"
#include "text.h"

typedef enum sst_quote_type { QUOTE_DIRECT = 1, QUOTE_MIXED, QUOTE_INDIRECT } sst_quote_type;

/* Israelis, Republicans: people, neither a body nor a person. The text may be packed. */
bool quote_is_people(const sst_text *t, const sst_entity *e);

/* "direct", "mixed", "indirect" */
const char *quote_type_name(uint8_t type);

typedef struct sst_spans {
    sst_span *v;
    uint32_t n;
} sst_spans;

typedef struct sst_quote {
    uint8_t type;
    uint8_t within;    /* the type of the quotation whose `marked` holds all of it, 0: of none */
    bool in_sentence;  /* direct, but set into the sentence of the reporter: that "..." */
    bool thing;        /* a title of a work, a heading or markup: a version of nothing said */
    sst_spans content; /* what is said; between the marks, without them; two when the attribution
                          splits it */
    sst_spans marked;  /* the same with the marks (--marks); a mixed one: the clause it stands in,
                          as far as it is said */
    sst_spans source, cue,
        addressee;   /* what stands in the sentence; none when it is carried over */
    uint32_t entity; /* speaker in the article, UINT32_MAX when it is none of the named */
    sst_str speaker; /* as called when not a named entity ("Quill administration officials"), a part
                        of the text; may be empty */
    sst_span speaker_at; /* where the text names the speaker: source, or the antecedent it was
                            carried over from; begin == end when nobody */
} sst_quote;

/*
 * v[0 .. n): quotations, in order of the first content span. v[n .. all_n): words in marks that the
 * article gives to nobody, in the same order: scare quotes, titles, names; or a piece of something
 * said that another place or article attributes.
 */
typedef struct sst_quotes {
    const sst_text *text;
    sst_quote *v;
    uint32_t n, all_n;
} sst_quotes;

/* Finds the quotations of one article and who speaks, by this article alone. */
sst_status quote_find(const sst_text *text, sst_arena *arena, sst_quotes *out) SST_MUST_CHECK;

typedef enum sst_change {
    CHANGE_SAME = 0,
    CHANGE_REPUNCTUATED,
    CHANGE_CUT,
    CHANGE_ALTERED,
    CHANGE_JOINED,
    CHANGE_FRAGMENT,
    CHANGE_INDIRECT
} sst_change;

/* "same", "repunctuated", ... */
const char *quote_change_name(uint8_t change);

typedef enum sst_diff_op { DIFF_KEEP = 0, DIFF_DROP, DIFF_ADD, DIFF_REPLACE } sst_diff_op;

/* A step from the fullest version to this one. */
typedef struct sst_diff {
    uint8_t op;
    uint32_t from, to; /* words of the fullest version [from, to); from == to for ADD */
    sst_span base; /* bytes of the fullest version's article; begin == end for ADD: where it would
                      stand */
    sst_span at;   /* bytes of this version's article; begin == end for DROP */
} sst_diff;

typedef struct sst_occurrence {
    uint32_t article; /* number in the story */
    uint32_t quote;   /* of that article's quotations, [0, all_n) */
    sst_spans
        content; /* of this utterance; a part of the quotation's when it joins two utterances */
    uint8_t change;
    uint8_t unmarked;      /* words are left out with no sign of it */
    uint8_t other_speaker; /* the outlet gives it to somebody else than the others do */
    uint8_t first;         /* published before others that print it */
    sst_diff *diff;
    uint32_t diff_n;
} sst_occurrence;

/* One thing said once, in all its printed versions. */
typedef struct sst_utterance {
    uint32_t person;   /* of the cast, UINT32_MAX */
    sst_str speaker;   /* fullest name in the story; empty when nobody is named */
    uint32_t fullest;  /* the occurrence that all others are compared with */
    sst_occurrence *v; /* in order of article, place */
    uint32_t n;
} sst_utterance;

/*
 * Brings the quotations of a story's articles together. quotes: in the story's order. Out: those
 * printed in more than one way first, then by number of articles, then by place.
 */
sst_status quote_utterances(const sst_quotes *const *quotes, uint32_t n, const sst_cast *cast,
                            sst_arena *arena, sst_utterance **out, uint32_t *out_n) SST_MUST_CHECK;

#endif
