/*
 * Text for a terminal: paragraphs wrapped by display width, with styles that fall back to signs.
 *
 * A paragraph is put together from pieces; white space in them is where a line may end. Control
 * characters and direction overrides of a source never reach the terminal.
 */
#ifndef REPORT_TERM_H
#define REPORT_TERM_H

#include "report_model.h"

typedef enum term_style {
    TERM_PLAIN = 0,
    TERM_BOLD,
    TERM_DIM,
    TERM_HEAD,
    TERM_DROP, /* without colour: [-...-] */
    TERM_ADD,  /* without colour: {+...+} */
    TERM_STYLE_N
} term_style;

enum { TERM_WORD = 1024 };

typedef struct report_term {
    report_out *out;
    bool colour;
    uint32_t columns; /* of the terminal */
    uint32_t measure; /* of running text: long lines are hard to read */
    uint32_t indent;  /* of the next lines of this paragraph */
    uint32_t column;
    bool begun;    /* something stands on this line behind the indent */
    uint32_t gap;  /* spaces before the next word, if it stands on this line */
    uint8_t style; /* of the word that is being gathered */
    uint8_t shown; /* what the terminal shows now */
    char word[TERM_WORD];
    size_t word_n;
    uint32_t word_width;
} report_term;

void term_init(report_term *t, report_run *w);
/* A paragraph: first line behind `first` columns, the others behind `rest`. */
void term_begin(report_term *t, uint32_t first, uint32_t rest);
void term_put(report_term *t, term_style style, sst_str s);
void term_z(report_term *t, term_style style, const char *z);
void term_u32(report_term *t, term_style style, uint32_t n);
/* Spaces up to a column, at least two behind text; a new line when it is passed. */
void term_to(report_term *t, uint32_t column);
/* Two spaces, between parts of one line. */
void term_gap(report_term *t);
void term_end(report_term *t);
void term_blank(report_term *t);
/* One line: text, then text at the right edge when it fits, else behind it. */
void term_ends(report_term *t, uint32_t indent, term_style left_style, sst_str left,
               term_style right_style, sst_str right);

/* report_article_text.c: an article for people; the line between two. */
void report_text_article(report_run *w, report_term *t, const sst_article *a);
void report_text_rule(report_term *t);

/* Columns that s takes. */
uint32_t term_width(sst_str s);

#endif
