/*
 * Character references: "&eacute;", "&#233;", "&#xE9;" -> UTF-8. The names are those of the HTML
 * standard with their semicolon (data/html/entities.tsv, by tools/gen_entities.py).
 */
#ifndef READ_REFERENCE_H
#define READ_REFERENCE_H

#include <stdint.h>

#include "base_buf.h"
#include "base_str.h"

enum { READ_REFERENCE_MOST = 40 }; /* bytes of "&...;"; the longest name has 31 */

typedef struct read_reference {
    uint16_t at; /* in read_reference_names */
    uint8_t n, text_n;
    char text[8];
} read_reference;

extern const uint32_t read_reference_n;
extern const char read_reference_names[];
extern const read_reference read_references[];

/*
 * s begins with "&": appends what the reference stands for and returns its length, or 0 when there
 * is none, and appends nothing then. Numbers that are no character give U+FFFD; 0x80 to 0x9F are
 * read as windows-1252 (HTML standard, 13.2.5.80).
 */
size_t read_reference_add(sst_str s, sst_buf *out);

/* Appends s with its references undone. */
void read_reference_text(sst_str s, sst_buf *out);

#endif
