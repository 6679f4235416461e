/* What the files that find out who is meant by a source share. */
#ifndef QUOTE_SPEAKER_H
#define QUOTE_SPEAKER_H

#include "quote_inner.h"

enum {
    LOOK_BACK_MENTIONS = 60, /* how many names back a pronoun or description is looked for */
    LOOK_BACK_SENTENCES = 12,
    QUOTE_CANDIDATE_MAX = 16 /* persons whom one pronoun may mean, the newest */
};

/* What is seen of a person whom a pronoun may mean: each is 0 or 1, or a small number. The order is
 * that of quote_pronoun_weights.h. */
typedef enum quote_pronoun_feature {
    /* some mention outside marks so many sentences before the pronoun, as the subject of its
       sentence or clause, and otherwise */
    PF_SUBJECT_0,
    PF_SUBJECT_1,
    PF_SUBJECT_2,
    PF_SUBJECT_FAR,
    PF_OTHER_0,
    PF_OTHER_1,
    PF_OTHER_2,
    PF_OTHER_FAR,
    PF_ONLY_INSIDE, /* named between marks alone */
    PF_FIRST,       /* opens the sentence before the pronoun's */
    PF_NEWEST,      /* the last one named before the pronoun, outside marks */
    PF_SAID,        /* the newest mention has a verb of saying before or behind it */
    PF_MODIFIER,    /* the newest mention belongs to a noun: NAME's rivals, a NAME rally */
    PF_BEHIND_PREPOSITION,
    PF_PARAGRAPH,   /* named in the pronoun's paragraph */
    PF_LAST_NEAR,   /* the last speaker, in the pronoun's sentence or the one before */
    PF_LAST_MIDDLE, /* two or three sentences before */
    PF_LAST_FAR,
    PF_LAST_AND_NEWEST, /* nobody else of that gender was named since */
    PF_GENDER,          /* its gender is known and the pronoun's */
    PF_PERSON,          /* known to be a person */
    PF_ONE_WORD,        /* not known to be a person, and of one word */
    PF_IN_CONTENT,      /* what is said names it */
    PF_BEHIND,          /* the pronoun's sentence names it behind the pronoun */
    PF_RELATIVE,        /* NAME, who(m) he ... */
    PF_MENTIONS,        /* log2 of how often the article names it */
    PF_HEARER,          /* the newest mention is whom somebody told or asked */
    PF_ANNOUNCED,       /* opens the paragraph in front of one that what is said opens */
    PF_CHAIN,           /* whom the pronoun before, of the same gender, meant */
    QUOTE_PRONOUN_FEATURES
} quote_pronoun_feature;

typedef struct quote_candidate {
    uint32_t entity;
    uint32_t mention; /* the newest before the pronoun */
    int8_t feature[QUOTE_PRONOUN_FEATURES];
} quote_candidate;

/* quote_pronoun.c: the persons whom the pronoun for a man or a woman at token `at` may mean, the
 * newest first; out has room for QUOTE_CANDIDATE_MAX. q: what is said, its content known. */
uint32_t quote_candidates(const quote_speakers *s, uint32_t at, const sst_quote *q,
                          quote_candidate *out);
/* quote_pronoun.c: decides the pronouns for a man or a woman that the prose has between the last
 * source and token `at`. */
void quote_follow_chain(quote_speakers *s, uint32_t at);
/* quote_pronoun.c: whom the pronoun at token `at` means. */
void quote_pronoun(quote_speakers *s, uint32_t at, sst_quote *q);
/* quote_describe.c: whom a description means. */
void quote_description(quote_speakers *s, uint32_t begin, uint32_t end, sst_quote *q);
/* quote_describe.c: the noun of a description: the last noun for a person or body before "of", "in"
 * and their like; UINT32_MAX for none. */
uint32_t quote_head_noun(const sst_text *t, uint32_t begin, uint32_t end);

/* quote_opener.c: tokens in front of a mention; quote_describe.c: those right behind it, that tell
 * its office: "secretary of state NAME"; "NAME, the leader of the ...,". */
uint32_t quote_label_begin(const sst_text *t, const sst_mention *x);
uint32_t quote_apposition_end(const sst_text *t, const sst_mention *x);

/* quote_opener.c: the person (or body) who is the subject of the last sentence of prose in front of
 * token `at` in its paragraph: whom the paragraph brings in; UINT32_MAX for none.
 * whole: the subject of the sentence, not of a clause in it. */
uint32_t quote_opener(const quote_speakers *s, uint32_t at, bool body, bool whole);
/* quote_opener.c: the same when it names nobody: "A man in a red hat wept." gender: of the pronoun
 * behind it. *begin, *end: the tokens of who it is. */
bool quote_opener_unnamed(const quote_speakers *s, uint32_t at, uint8_t gender, uint32_t *begin,
                          uint32_t *end);
/* quote_opener.c: the noun where somebody was brought in without a name and is spoken of again by
 * the noun at token `head`: "a judge in the north ... the judge"; 0 for none. begin: of the
 * description. */
uint32_t quote_brought_in(const sst_text *t, uint32_t begin, uint32_t head);

/* quote_nobody.c: no name and no noun for people there; a thing at the end, which stands for
 * nobody. head: quote_head_noun. */
bool quote_names_nobody(const sst_text *t, uint32_t begin, uint32_t end);
bool quote_of_people_or_age(const sst_text *t, uint32_t begin, uint32_t end); /* the Italian */
bool quote_ends_in_thing(const sst_text *t, uint32_t begin, uint32_t end, uint32_t head);

/* quote_speaker.c: how a mention stands in its sentence. */
bool quote_is_subject(const quote_context *c, uint32_t mention);
bool quote_before_verb(const sst_text *t, const sst_mention *x);
/* "Pulp Harbour" between marks: no person who could be meant by a pronoun. */
bool quote_names_work(const sst_text *t, const sst_entity *e);
bool quote_possessive(const sst_text *t, const sst_mention *x);
/* In a headline, caption, credit or byline: nobody there is meant by a pronoun of the prose. */
bool quote_outside_prose(const sst_text *t, uint32_t token);
/* quote_pronoun.c: is the entity named among tokens [begin, end)? In what is said? */
bool quote_named_among(const sst_text *t, uint32_t begin, uint32_t end, uint32_t entity);
bool quote_named_in(const quote_speakers *s, const sst_quote *q, uint32_t entity);

void quote_take_last(const quote_speakers *s, sst_quote *q);
void quote_take_mention(const quote_speakers *s, uint32_t mention, sst_quote *q);
/* quote_describe.c: an unnamed speaker, called by these words without their article. */
void quote_take_words(const quote_speakers *s, uint32_t begin, uint32_t end, sst_quote *q);
/* The same by where it is named first. */
void quote_take_entity(const quote_speakers *s, uint32_t entity, sst_quote *q);

#endif
