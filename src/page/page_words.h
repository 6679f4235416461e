/*
 * The word lists of the page stage, compiled from data/lang/<code>/ (files that begin with "#:
 * page") and data/page/ by tools/gen_page.py. All languages are one table: a page does not say
 * reliably what it is written in.
 */
#ifndef PAGE_WORDS_H
#define PAGE_WORDS_H

#include "base_str.h"
#include "page_article.h"

typedef enum page_how {
    HOW_LINE = 1, /* the whole line, white space and final signs aside */
    HOW_START,    /* the line begins with it, a word ends there */
    HOW_END,      /* the line ends with it */
    HOW_HOLD,     /* the line holds it */
    HOW_LABEL,    /* the line begins with it in capitals */
    HOW_NAMES,    /* the line begins with it and goes on with names only */
    HOW_LINKS     /* the whole line; the short lines behind it are links too */
} page_how;

typedef struct page_phrase {
    const char *text; /* lower case */
    uint16_t n;
    uint8_t how, role;
    uint8_t updated; /* a date line of a later version */
} page_phrase;

/*
 * By first byte; from page_phrase_any on those with HOW_END, from page_phrase_hold on those with
 * HOW_HOLD, by first byte again.
 */
extern const page_phrase page_phrases[];
extern const unsigned page_phrase_n, page_phrase_any, page_phrase_hold;
extern const unsigned short page_phrase_first[257]; /* first phrase of each first byte */
extern const unsigned short page_hold_first[257];   /* the same among those with HOW_HOLD */
/* A bit for the last five bits each of the first two bytes of those: most words begin none. */
extern const uint64_t page_hold_pairs[16];

enum { AGENCY_WIRE = 1, AGENCY_PHOTO = 2 };
typedef struct page_agency_name {
    const char *text; /* as written, case matters */
    uint16_t n;
    uint8_t use;
} page_agency_name;
extern const page_agency_name page_agencies[];
extern const unsigned page_agency_n;
extern const uint64_t page_agency_starts[4]; /* a bit for each byte that a name begins with */
extern const uint64_t page_agency_ends[4];   /* ends with */

/* Codes of languages, sorted: "deu", of "de". Languages of one family are written forms of one. */
typedef struct page_lang_code {
    const char *code, *of, *family;
} page_lang_code;
extern const page_lang_code page_lang_codes[];
extern const unsigned page_lang_code_n;

/* What a word of a class or id attribute says of its element (data/page/class.txt): bits of groups.
 */
typedef enum page_class_group {
    CLASS_TEXT = 0,
    CLASS_SHARE,
    CLASS_RELATED,
    CLASS_TEASER,
    CLASS_LETTER,
    CLASS_COMMENT,
    CLASS_AD,
    CLASS_NAV,
    CLASS_FOOT,
    CLASS_SIDE,
    CLASS_BYLINE,
    CLASS_CAPTION,
    CLASS_TAGS,
    CLASS_TITLE,
    CLASS_QUOTE,
    CLASS_HIDE,
    CLASS_EMBED,
    CLASS_GROUPS
} page_class_group;
typedef struct page_class_word {
    const char *text;
    uint16_t n;
    uint32_t groups;
} page_class_word;
extern const page_class_word page_class_words[];   /* sorted */
extern const unsigned short page_class_first[257]; /* first word of each first byte */

/* The groups that the words of an attribute's value belong to. */
uint32_t page_class_groups(sst_str value);
/* The first word of one of these groups, a part of value; empty when there is none. */
sst_str page_class_word_of(sst_str value, uint32_t groups);

/* Headings and titles of pages that hold no article (data/page/no_article.txt), longest first. */
typedef enum page_none { NONE_NOT = 0, NONE_MISSING, NONE_LOGIN, NONE_SEARCH } page_none;
typedef struct page_none_phrase {
    const char *text; /* lower case */
    uint16_t n;
    uint8_t what; /* page_none */
} page_none_phrase;
extern const page_none_phrase page_none_phrases[];
extern const unsigned page_none_phrase_n;

/* The phrase that fits the line, NULL when none. */
const page_phrase *page_phrase_find(sst_str line);
/* The phrase that stands anywhere in the line, NULL when none: of those for lines that hold them.
 */
const page_phrase *page_phrase_held(sst_str line);

/* The agency name that s begins or ends with (a word boundary on the other side); NULL when none.
 */
const page_agency_name *page_agency_at_start(sst_str s);
const page_agency_name *page_agency_at_end(sst_str s);

#endif
