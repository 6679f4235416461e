/*
 * story: articles -> stories, with why; and the cast of a story: who is who across its articles.
 * For a collection that grows by single articles: story_index.h.
 */
#ifndef STORY_H
#define STORY_H

#include "base_arena.h"
#include "text.h"

/* What two articles share, as places in the first and the second. */
typedef struct sst_shared {
    sst_str what; /* "name", "number", "word", "place", "date" */
    sst_span a, b;
} sst_shared;

typedef struct sst_story_why {
    uint32_t article, with; /* places in the array of articles */
    float score;            /* 0..1 */
    sst_shared *shared;     /* the weightiest first, at most 8 */
    uint32_t shared_n;
} sst_story_why;

/* Another story that an article of this one tells of too: a round-up, a live page. */
typedef struct sst_story_also {
    uint32_t article, with; /* places in the array of articles; with: of the other story */
    sst_str story;          /* id of the other */
    float score;            /* average of the part with the articles of the other */
    sst_span part;          /* bytes of the article's text that tell of it */
    sst_shared *shared;     /* of the part and `with`, the weightiest first, at most 8 */
    uint32_t shared_n;
} sst_story_also;

typedef struct sst_story {
    sst_str id; /* depends on its articles only */
    uint32_t
        *articles; /* places in the array, ordered by time, then by content, never by input order */
    uint32_t article_n;
    sst_story_why *why; /* one for each article but the first */
    uint32_t why_n;
    sst_story_also *also; /* by article (its place), then by id; joins nothing */
    uint32_t also_n;
    sst_str *event; /* of each of articles: the id of its event; NULL unless this is a saga */
} sst_story;

/* Two texts that a user has tied, as places in the array. */
typedef struct story_link_pair {
    uint32_t a, b;
} story_link_pair;

typedef struct story_options {
    sst_grain grain;
    const story_link_pair *must, *cannot; /* in any order */
    uint32_t must_n, cannot_n;
    uint32_t threads; /* 0: one; the result is the same on any number */
    bool also; /* look for parts that tell of other stories: about half the work of grouping */
} story_options;

/*
 * Groups n texts into stories: similarity of two is a pure function of the two and the shipped
 * background. Every text is in exactly one story. Ordered by the place of the first article in the
 * array. The same articles in another order give the same stories with the same ids.
 */
sst_status story_group(const sst_text *const *texts, uint32_t n, sst_arena *arena, sst_story **out,
                       uint32_t *out_n) SST_MUST_CHECK;

/* The same with options; NULL: an event each, no ties. */
sst_status story_group_by(const sst_text *const *texts, uint32_t n, const story_options *options,
                          sst_arena *arena, sst_story **out, uint32_t *out_n) SST_MUST_CHECK;

/*
 * The same from what was made of the texts before (story_features_make), which may be let go then:
 * f has them in the array's order, each with its text, whose tokens may be gone.
 */
struct story_features;
sst_status story_group_features(const struct story_features *f, uint32_t n,
                                const story_options *options, sst_arena *arena, sst_story **out,
                                uint32_t *out_n) SST_MUST_CHECK;

/* One of two articles in story_between. */
typedef struct story_side {
    float to_other; /* average score with the articles of the other's story (its own article out) */
    uint32_t nearest; /* of another story, place in the array; UINT32_MAX when nothing is shared */
    float nearest_score;
} story_side;

/* What two articles are to each other, and to each other's stories. */
typedef struct story_between {
    float score, words, time, names, twin; /* score = words * time * names * twin */
    uint32_t quoted;    /* runs of 4 words in quotations that both have; they raise time */
    sst_str series;     /* twin < 1: the word that both number differently, as a has it */
    float least;        /* average that groups of this grain reach */
    sst_shared *shared; /* the weightiest first, at most 12; a: in a's text */
    uint32_t shared_n;
    story_side a, b;
} story_between;

/*
 * Compares texts a and b with each other and with all others. story_of: the story of each text.
 * Linear in n.
 */
sst_status story_explain(const sst_text *const *texts, uint32_t n, const uint32_t *story_of,
                         uint32_t a, uint32_t b, sst_grain grain, sst_arena *arena,
                         story_between *out) SST_MUST_CHECK;

/* One way of writing a name. */
typedef struct sst_spelling {
    sst_str text;
    uint32_t *articles; /* numbers of the story's articles (0 .. article_n), ascending */
    uint32_t article_n;
    uint32_t count;
    bool
        handle; /* stands only behind "@" or "#": no spelling of the name but an account's, a tag */
} sst_spelling;

/* One of the entities of an article that a person of the story is. */
typedef struct sst_role_in {
    uint32_t article, entity;
} sst_role_in;

/* A person, organisation or place of a story. */
typedef struct sst_person {
    sst_str name; /* the fullest form that most articles use */
    uint8_t kind, gender;
    bool namesake;           /* another person of the story has the surname */
    sst_spelling *spellings; /* most frequent first */
    uint32_t spelling_n;
    uint32_t mention_n;
    sst_role_in *in; /* in order of article, entity */
    uint32_t in_n;
} sst_person;

/* Who is who in a story. texts: the story's articles in its order. entity[k][e]: person of entity e
 * of article k. */
typedef struct sst_cast {
    sst_person *person;
    uint32_t person_n;
    uint32_t **entity;
} sst_cast;

sst_status story_cast(const sst_text *const *texts, uint32_t n, sst_arena *arena,
                      sst_cast *out) SST_MUST_CHECK;

#endif
