/*
 * Why each block of a page was taken or left out: notes for `extract --debug`.
 *
 * Whoever decides about a block or a part of the page says so with one call; when notes were not
 * asked for (sst_article.notes is NULL) the call does nothing. Reasons are literals for people to
 * read ("a class or id word of furniture"), lower case; what of the page decided ("related") is the
 * detail, numbers that were weighed are values. To add a reason, write the call where the decision
 * falls: nothing else has to know of it.
 *
 *   page_note_drop     an element is left out with all below it
 *   page_note_block    a block is taken (at: its span in the text) or left out (at: empty)
 *   page_note_value    a number that was weighed for the block noted last
 *   page_note_choice   a decision about the whole page: the main element, the title, access, ...
 *   page_note_end      once, behind the last decision: text nobody spoke of is noted as outside
 *
 * A block that is noted as taken and does not stand in sst_article.blocks in the end was taken back
 * by a later step: the page shows that, so a later step needs no note to be seen, only to be
 * explained.
 */
#ifndef PAGE_NOTE_H
#define PAGE_NOTE_H

#include "base_hash.h"
#include "page_article.h"

struct page_node; /* page_dom.h */

typedef struct page_value {
    const char *name;
    double value;
    struct page_value *next;
} page_value;

typedef struct page_note {
    sst_str path;  /* "article.story > div#body > p" */
    sst_str words; /* of the block, white space collapsed, at most PAGE_NOTE_WORDS bytes */
    uint32_t bytes;
    uint32_t order;  /* place in the page */
    uint32_t cut;    /* blocks of one element that was left out have its number; 0: none */
    sst_span at;     /* in the article's text; empty when it was left out */
    uint8_t role;    /* sst_role */
    uint8_t is_text; /* of a text that came as text: there is no path */
    const char *reason;
    sst_str detail;
    page_value *values, *last_value;
    uint32_t same; /* the next note of the same node, UINT32_MAX: none */
} page_note;

typedef struct page_choice {
    const char *what; /* "main element", "title", "access" */
    sst_str value;
    const char *reason;
    bool chosen;
} page_choice;

enum {
    PAGE_NOTE_WORDS = 4096, /* a block's words that are kept; a longer one says how long it is */
    PAGE_NOTES = 20000      /* of one page: more are counted only */
};

/* In the article's arena. */
typedef struct page_notes {
    SST_VEC(page_note) blocks; /* in the order of the page behind page_note_end */
    SST_VEC(page_note) drops;  /* elements that were left out */
    SST_VEC(page_choice) choices;
    uint32_t more;     /* blocks beyond PAGE_NOTES */
    u64map node, drop; /* addresses of nodes -> their first note, in blocks and in drops */
} page_notes;

/* From here on the article keeps notes. */
sst_status page_note_begin(sst_article *a);
void page_note_drop(sst_article *a, const struct page_node *n, const char *reason, sst_str detail);
/* n may be NULL: text that stands in no element (a line of a text, a script's data). */
void page_note_block(sst_article *a, const struct page_node *n, sst_str words, sst_span at,
                     sst_role role, const char *reason, sst_str detail);
void page_note_value(sst_article *a, const char *name, double value);
void page_note_choice(sst_article *a, const char *what, sst_str value, const char *reason,
                      bool chosen);
/* root: the page's tree, NULL for a text. */
void page_note_end(sst_article *a, const struct page_node *root);
/* "article.story > div#body > p", from the page down to n, the last few elements of it. */
sst_str page_note_path(sst_arena *arena, const struct page_node *n);

#endif
