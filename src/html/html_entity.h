/* The tables of named character references and of encodings' labels, made by tools/gen_entities.py.
 */
#ifndef HTML_ENTITY_H
#define HTML_ENTITY_H

#include <stdint.h>

typedef struct html_entity {
    uint16_t at;       /* in html_entity_names */
    uint8_t n, text_n; /* the name with its semicolon, if it needs one */
    char text[8];      /* UTF-8, one or two code points */
} html_entity;

extern const uint32_t html_entity_n;
extern const uint32_t html_entity_bare_most; /* the longest name that does without a semicolon */
extern const char html_entity_names[];
extern const html_entity html_entities[];
extern const uint16_t html_entity_first[129]; /* by first byte of the name */

typedef struct html_label {
    const char *label, *name; /* lower case; sorted by label */
} html_label;

extern const uint32_t html_label_n;
extern const html_label html_labels[];

#endif
