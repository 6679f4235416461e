/*
 * text: an article's text -> tokens, sentences, paragraphs, names, numbers, times. All are spans.
 *
 *   paragraph = one block of the article (all roles), or a part of it up to a blank line
 *   sentence  = tokens [begin, end) inside one paragraph
 *   token     = a word, a number, a mark, one sign
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>

#include "base_arena.h"
#include "base_str.h"
#include "page_article.h"
#include "text_lang.h"

typedef enum sst_token_kind {
    TOK_WORD =
        1,      /* letters with inner apostrophes and full stops: Quill, don't, U.S., a.m., Ltd. */
    TOK_CLITIC, /* 's 'd 'll 've 're 'm behind a word; the lone apostrophe of "leaders’" is a
                   TOK_MARK */
    TOK_NUMBER, /* 40,139  2.5  2½  6.15 : digits with inner , and . ; not 06:00 (three tokens) */
    TOK_MARK,   /* a quotation mark, one or two characters ('' and `` and ’’ are one) */
    TOK_SIGN    /* any other single character */
} sst_token_kind;

enum {
    TOKF_GLUED = 1, /* no white space before it */
    TOKF_UPPER = 2, /* first letter is upper case */
    TOKF_CAPS = 4,  /* two or more letters, all upper case */
    TOKF_SENT = 8,  /* first word of a sentence (behind marks and brackets too) */
    TOKF_ABBR = 16, /* has a full stop of its own */
    TOKF_LINE = 32, /* first token of a line */
    TOKF_NAME = 64  /* a mention covers it */
};

typedef struct sst_token {
    uint32_t begin, end; /* bytes */
    uint32_t key; /* hash of the folded word: lower case, ’ as ', no full stops of abbreviations */
    uint8_t kind, flags;
    uint16_t lex; /* row of the lexicon (lang_classes), 0: not in it */
} sst_token;

typedef struct sst_sentence {
    uint32_t begin, end; /* tokens */
    uint32_t para;
} sst_sentence;

typedef struct sst_para {
    uint32_t begin, end;           /* tokens */
    uint32_t sent_begin, sent_end; /* sentences */
    uint32_t block;                /* of the article */
    uint8_t role;                  /* of the block */
} sst_para;

typedef enum sst_name_kind {
    NAME_UNKNOWN = 0,
    NAME_PERSON,
    NAME_ORG,
    NAME_PLACE,
    NAME_OTHER
} sst_name_kind;

/* One place where a name stands. Titles and roles in front of it are outside at, inside full. */
typedef struct sst_mention {
    uint32_t begin, end;           /* tokens of the name itself */
    uint32_t full_begin, full_end; /* with title, role, nationality: "Chief Constable Ida Quill" */
    uint32_t entity;
} sst_mention;

typedef enum sst_gender {
    GENDER_UNKNOWN = 0,
    GENDER_HE,
    GENDER_SHE,
    GENDER_IT,
    GENDER_THEY
} sst_gender;

/* All mentions of one person, organisation or place in one article. */
typedef struct sst_entity {
    sst_str name; /* the fullest form in the article, a part of its text (of the title when only
                     there) */
    uint8_t kind; /* sst_name_kind */
    uint8_t gender;
    uint32_t first, mention_n; /* first mention; how many */
    sst_span at;               /* bytes of the first mention's name */
} sst_entity;

/* A number in digits or words. */
typedef struct sst_number {
    uint32_t begin,
        end; /* tokens: "2½", "half a million", "four", "1.2 million", "10" of "10-month" */
    double value;
    double high;     /* of a range "10 to 100", else equal to value */
    uint8_t ordinal; /* "ninth", "45th" */
    uint8_t approx;  /* "a few dozen", "scores" */
} sst_number;

/* A date or time of day in the text. */
typedef struct sst_time {
    uint32_t begin, end; /* tokens */
    char iso[24];        /* resolved against the article's publication: "2024-08-19", "2024-08",
                            "2024-08-19T06:10", ""; */
    uint8_t precision;   /* of iso: 'y' 'm' 'w' 'd' 'h' 'n' (minute), 0 unresolved */
    uint8_t month, day;  /* where they are written out, known year or not; 0: not */
} sst_time;

typedef struct sst_text {
    const sst_article *article;
    sst_str s; /* the article's text */
    const sst_lang *lang;
    sst_token *tok;
    uint32_t tok_n;
    sst_sentence *sent;
    uint32_t sent_n;
    sst_para *para;
    uint32_t para_n;
    sst_mention *mention; /* in order, not overlapping */
    uint32_t mention_n;
    sst_entity *entity; /* in order of first mention */
    uint32_t entity_n;
    sst_number *number;
    uint32_t number_n;
    sst_time *time;
    uint32_t time_n;
    const uint8_t *packed; /* the arrays but entity, which are NULL then: text_pack.h; else NULL */
} sst_text;

/* Fills *out from the article; everything lives in arena, which must outlive it. SST_ERR_MEMORY,
 * SST_ERR_LIMIT. */
sst_status text_analyse(const sst_article *article, sst_arena *arena, sst_text *out) SST_MUST_CHECK;

/* Parts of text_analyse, in this order (for tests). */
sst_status text_tokens(const sst_article *article, sst_arena *arena,
                       sst_text *out) SST_MUST_CHECK; /* tokens, paragraphs, then sentences */
sst_status text_sentences(sst_arena *arena, sst_text *t) SST_MUST_CHECK; /* part of text_tokens */
sst_status text_times(sst_arena *arena, sst_text *t) SST_MUST_CHECK;
sst_status text_numbers(sst_arena *arena, sst_text *t) SST_MUST_CHECK;
sst_status text_names(sst_arena *arena, sst_text *t) SST_MUST_CHECK;

static inline sst_str text_token(const sst_text *t, uint32_t i)
{
    return (sst_str){t->s.p + t->tok[i].begin, t->tok[i].end - t->tok[i].begin};
}

/* Bytes of tokens [begin, end); begin < end. */
static inline sst_span text_span(const sst_text *t, uint32_t begin, uint32_t end)
{
    return (sst_span){t->tok[begin].begin, t->tok[end - 1].end};
}

/* Is token i in a class of the lexicon? */
static inline bool text_is(const sst_text *t, uint32_t i, uint64_t classes)
{
    return i < t->tok_n && (lang_classes(t->lang, t->tok[i].lex) & classes) != 0;
}

/* Is token i this word, without case? word is lower case ASCII with ' for ’. */
bool text_word_is_folded(const sst_text *t, uint32_t i, const char *word);
static inline bool text_word_is(const sst_text *t, uint32_t i, const char *word)
{
    if (i >= t->tok_n)
        return false;
    unsigned char c = (unsigned char)t->s.p[t->tok[i].begin]; /* tells nearly all words apart */
    return (c >= 0x80 || (c | 32) == ((unsigned char)*word | 32)) &&
           text_word_is_folded(t, i, word);
}

/* What a class tells of the gender of token i (a value "he" or "she"): sst_gender, 0 when nothing.
 */
uint8_t text_gender(const sst_text *t, uint32_t i, uint64_t one_class);

/* Longest entry (of one or several words) of the classes that begins at token i, not going past
 * end: its number of tokens, or 0. */
uint32_t text_phrase(const sst_text *t, uint32_t i, uint32_t end, uint64_t classes);
/* The same with the value of the phrase, NULL when it has none; its tokens in *n, 0: no phrase. */
const char *text_phrase_value(const sst_text *t, uint32_t i, uint32_t end, uint64_t one_class,
                              uint32_t *n);
/* Is `one` one of the words of `values` ("of from by")? NULL has none. */
bool text_has_word(const char *values, const char *one);
/* "est passé de 5 à 7", "fell from 9 to 5": does a word of moving stand shortly before token i?
 * What follows are what was and what is, and no range. */
bool text_moves_from(const sst_text *t, uint32_t begin, uint32_t i);

/* The sentence / paragraph that token i stands in. O(log n). */
uint32_t text_sentence_of(const sst_text *t, uint32_t i);
uint32_t text_para_of(const sst_text *t, uint32_t i);
/* The token that a sentence's statement begins with: behind the dash of "KALVIK, Jan. 14 (Wire) - A
 * ferry ...", else the sentence's first. */
uint32_t text_statement(const sst_text *t, uint32_t sentence);
/* The same of tokens [begin, end) that may begin with a dateline: begin where they do not, or where
 * nothing is left. */
uint32_t text_past_dateline(const sst_text *t, uint32_t begin, uint32_t end);
/* First token that ends behind byte `at`; tok_n when there is none. O(log n). */
uint32_t text_token_at(const sst_text *t, uint32_t at);
/* The mention that covers token i, or UINT32_MAX. O(log n) where one does. */
uint32_t text_mention_over(const sst_text *t, uint32_t i);
static inline uint32_t text_mention_at(const sst_text *t, uint32_t i)
{
    return i < t->tok_n && (t->tok[i].flags & TOKF_NAME) ? text_mention_over(t, i) : UINT32_MAX;
}

/* The first mention, the first time that begins at token i or behind it; mention_n, time_n when
 * there is none. O(log n). */
uint32_t text_mention_from(const sst_text *t, uint32_t i);
uint32_t text_time_from(const sst_text *t, uint32_t i);

/* Hash of a folded word, as in sst_token.key. */
uint32_t text_key(sst_str word);

#endif
