/*
 * What an article is about, as weighted words; and how much two articles are about the same.
 *
 *   words: key -> weight (sorted by key); beside each what it weighs in the lead, and where it
 *   stands first in the text
 */
#ifndef STORY_FEATURE_H
#define STORY_FEATURE_H

#include "story.h"
#include "story_stem.h"

typedef struct story_word {
    uint32_t key;
    float weight; /* of unit length over the article */
} story_word;

/* What a word is where it stands first. */
typedef enum story_kind {
    STORY_WORD,
    STORY_NAME,
    STORY_PLACE,
    STORY_NUMBER,
    STORY_DATE
} story_kind;

/* First place of a word in the article's text, in bytes, so that the article's tokens may be let
 * go. Of length 0 when it stands only in a title outside the text. */
typedef struct story_spot {
    uint32_t begin;
    uint32_t length : 24, kind : 8; /* story_kind */
} story_spot;

/* What tells one of a series from the next: "13th package", "day 2". */
typedef struct story_mark {
    uint32_t label; /* key of "package", "day" */
    int32_t number;
} story_mark;

/* What a comparison looks at first stands first, in one line of a core's cache. */
typedef struct story_features {
    uint32_t n;        /* words */
    uint32_t lang;     /* key of the language, 0 when not known */
    int64_t published; /* published_s of the article */
    story_word *word;  /* ascending keys */
    float *lead;       /* of each word: its weight among the words of headline and lead, of unit
                          length over these; 0 for other words */
    uint32_t run_n, name_n, mark_n, cross_n, top_n;
    story_spot *spot; /* of each word; NULL when that is not known */
    uint32_t *
        top; /* the weightiest, at most STORY_TOP, as places in word; weight descending, then key */
    story_mark *mark;     /* of the headline and the lead, by label and number, no two alike */
    story_word *cross;    /* ascending keys: names and numbers as other languages write them */
    uint32_t *run, *name; /* ascending hashes: runs of words between quotation marks; names of two
                             words and more */
    uint64_t content;     /* hash of title, text, time of publication */
    const sst_text *text; /* its article and s are looked at, tokens may be gone */
} story_features;

enum {
    /* Words of an article by which others are looked for: a long article's headline, names and
     * subject fit in. Comparing only pairs with enough in common there (CANDIDATE_LEAST) instead of
     * all that share one of them left B-cubed of the development sets within 0.1 points. 32 and 48
     * give the same rows of the bench to a tenth of a point, 24 costs ecbplus 0.3 points. */
    STORY_TOP = 32,
    /* Runs of words in quotations that are kept of an article, those with the smallest hashes:
     * quotations of 250 words. */
    STORY_RUNS_MOST = 256,
    /* Fewer words than this say nothing: the article stays alone. With 3 German titles lose a
     * point: "The night of the games" has two words that tell anything, and many print it. */
    STORY_FEATURES_LEAST = 2
};

/* The text with its tokens: itself, unpacked (text_pack.h), or analysed anew when they were let go;
 * what is made is in arena. */
sst_status story_whole(const sst_text *text, sst_arena *arena, sst_text *out) SST_MUST_CHECK;

/* The text may be packed or without tokens; out->text is as it was given. */
sst_status story_features_make(const sst_text *text, sst_arena *arena,
                               story_features *out) SST_MUST_CHECK;

/* A name of two words and more, by its first place. */
typedef struct story_name {
    uint32_t begin, end; /* tokens */
    uint32_t hash;
} story_name;

/* A text whose words are looked up, to make features of it and of its parts: call scratch. */
typedef struct story_source {
    const sst_text *text;
    sst_arena *arena;
    story_stems stems;
    uint32_t *form;        /* of each token of paragraphs that tell */
    uint32_t *place;       /* of each stem: in what is counted */
    const uint8_t *marked; /* copy_marked; NULL when no mark of quotation is there */
    uint8_t *kind;         /* of each token: story_kind */
    story_name *name;
    uint32_t name_n;
} story_source;

sst_status story_source_open(const sst_text *text, sst_arena *scratch,
                             story_source *out) SST_MUST_CHECK;

/* The same of paragraphs [begin, end) alone, as if they were an article without a headline; without
 * content and top words. */
sst_status story_features_of_part(story_source *source, uint32_t begin, uint32_t end,
                                  sst_arena *arena, story_features *out) SST_MUST_CHECK;

/* Fills top and top_n from word. A part of story_features_make. */
sst_status story_choose_top(story_features *f, sst_arena *arena) SST_MUST_CHECK;

typedef struct story_shared_word {
    uint32_t a, b; /* places in word */
    float weight;
} story_shared_word;

/* What two articles are to each other. */
typedef struct story_likeness {
    float all, lead, apart; /* what is mixed into words; the time factor without quotations */
    float words;            /* cosine of all words and of those of headline and lead, mixed */
    float
        time; /* factor for the time between the two publications; quotations in common raise it */
    uint32_t quoted; /* runs of words in quotations that both have */
    float names;     /* factor: below 1 when both name several in full and none in common */
    float twin; /* factor: below 1 when the two are of one series (story_mark) and not the same */
    uint32_t label; /* of that series, 0 without */
    float score;    /* the product, 0..1, the same both ways */
} story_likeness;

story_likeness story_compare(const story_features *a, const story_features *b);

/* The factor for the time between two publications (published_s of articles). */
float story_time(int64_t a, int64_t b);

/* The score alone. */
float story_similarity(const story_features *a, const story_features *b);

/* What the parts of a score weigh: data/story/weights.txt, learnt by tools/learn_story.py. */
typedef struct story_weights {
    float lead;      /* share of the headline's and lead's cosine in that of the words */
    float quoted;    /* so many runs in common, and the time apart no longer counts */
    float strangers; /* factor when both name several in full and none in common */
} story_weights;

extern const story_weights story_weight;

/*
 * The words of one article, laid out to be looked up:
 *
 *   bits:  one for each value of a key's first PROBE_BITS bits, set when the article has such a key
 *   table: (key, weight), open addressing; weight below 0 where nothing is
 *
 * Most words of another article end at the bits, which a core's first cache holds.
 */
enum { STORY_PROBE_BITS = 16 };

typedef struct story_probe {
    uint64_t bits[(1 << STORY_PROBE_BITS) / 64];
    story_word *table;
    float *lead;         /* of each in table */
    uint32_t size, room; /* a power of two; what there is memory for */
} story_probe;

/* probe: zeroed before the first time, then used again and again with the same arena. */
sst_status story_probe_set(story_probe *probe, const story_features *a,
                           sst_arena *arena) SST_MUST_CHECK;

/*
 * story_similarity(a, b) for a probe of a. The sum has the same terms in the same order, so the
 * result is the same to the last bit.
 */
float story_similarity_probe(const story_probe *probe, const story_features *a,
                             const story_features *b);

/* The first PROBE_BITS bits of the key of each of b's words: what a probe asks for, so dense that
 * those of a whole article are a line or two of a core's cache. */
void story_probe_hints(const story_features *b, uint16_t *out);

/*
 * The same score in two steps, so that memory comes while others are compared. First: places of
 * words that b may share, by its hints, into hit, which has room for b->n; returns how many. Then
 * the score of a and b from them.
 */
uint32_t story_probe_hits(const story_probe *probe, const story_features *b, const uint16_t *hint,
                          uint32_t *hit);
float story_similarity_hits(const story_probe *probe, const story_features *a,
                            const story_features *b, const uint32_t *hit, uint32_t hits);

/* A word of another article that the probe's has too. */
typedef struct story_place {
    uint32_t at;   /* in the probe's table, below its size */
    uint32_t word; /* in the other's list */
    float weight, lead;
} story_place;

/* All of them, by ascending key, into out, which has room for b->n; returns how many. */
uint32_t story_probe_places(const story_probe *probe, const story_features *b, story_place *out);

/* story_similarity(a, b) from the sums of the products of the weights of words that both have, in
 * ascending order of keys. */
float story_similarity_sums(const story_features *a, const story_features *b, float all,
                            float lead);

/* No part of a has a higher factor for the time with b: it came out when a did, and has no more
 * quotations in common with b. */
float story_time_of_parts(const story_features *a, const story_features *b);

/* What the words make of it: no score of such sums is above it, but of two languages. */
float story_words(float all, float lead);

/* The words that a and b share, the weightiest first, at most `most`; those that stand in both
 * texts. Returns how many. */
uint32_t story_shared(const story_features *a, const story_features *b, story_shared_word *out,
                      uint32_t most);

/* The same as places in both texts, in arena. Returns how many. story_why.c */
uint32_t story_shared_places(const story_features *a, const story_features *b, uint32_t most,
                             sst_arena *arena, sst_shared **out);

/* The average that groups of a grain reach (story_group.c). */
float story_least(sst_grain grain);

#endif
