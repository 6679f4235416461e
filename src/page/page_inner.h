/* Shared by the files of this folder only. */
#ifndef PAGE_INNER_H
#define PAGE_INNER_H

#include <stdatomic.h>

#include "base_arena.h"
#include "base_buf.h"
#include "base_str.h"
#include "page_article.h"

typedef SST_VEC(sst_block) page_blocks;
typedef SST_VEC(sst_date) page_dates;
typedef SST_VEC(sst_str) page_strs;

/* A line (or hard-wrapped paragraph) of a text: bytes without white space at its ends. */
typedef struct page_line {
    uint32_t begin, end;
    uint32_t words;
    uint8_t role;           /* sst_role */
    uint8_t set;            /* the role is decided */
    uint8_t gap;            /* an empty line stands before it */
    uint8_t ended;          /* ends as a sentence does */
    uint8_t open;           /* ends with a comma, colon, dash: goes on in the next line */
    uint8_t quoted;         /* holds a double quotation mark */
    uint8_t post;           /* set aside for its form, that of a post (page_post.h) */
    const char *why, *said; /* what gave it its role, for the notes (page_note.h): a literal, and
                               the phrase of a list; NULL while nothing has */
} page_line;

/* Lines or paragraphs of a text, and their roles. */
sst_status page_text_blocks(sst_article *a);
/* Roles of the lines of the article's text, by the lines, its title, outlet and address. */
sst_status page_roles(sst_arena *scratch, const sst_article *a, page_line *lines, uint32_t n);
/* How a line ends, whether it is quoted, how many words: from text and the line's place. */
void page_line_describe(sst_str text, page_line *l);
/* The role that words and form alone give a line that was described; ROLE_BODY when they say
 * nothing. */
sst_role page_role_by_form(sst_str s, page_line *l);
/* The news agency that a text names as its source, a part of text; empty when none. */
sst_str page_agency(const sst_article *a);

/* From HTML: fills the article. */
sst_status page_html(sst_article *a, const sst_document *d, const sst_limits *limits,
                     const atomic_int *stop);

/* "en-GB" -> as it is; "deu" -> "de"; "english" -> empty. */
sst_str page_lang_declared(sst_arena *arena, sst_str declared);
/* The article's language as it is declared; then asked of its text, lang_declared when they differ.
 */
void page_lang(sst_article *a, sst_str declared);
void page_lang_ask(sst_article *a);

/* Splits "A, B and C" into names, without "By". */
sst_status page_authors(sst_arena *arena, sst_str s, page_strs *out);

#endif
