/*
 * A row of JSON whose members are strings, small whole numbers, true, false and null: read where it
 * stands. Most rows are such; all others go to cJSON, which says what is wrong with them.
 */
#ifndef READ_FLAT_H
#define READ_FLAT_H

#include <stdbool.h>

#include "samestory.h"

/* The members of a row that are looked at; read_field_names has their names in this order. */
typedef enum read_field {
    FIELD_ID,
    FIELD_URL,
    FIELD_TITLE,
    FIELD_OUTLET,
    FIELD_PUBLISHED,
    FIELD_DATE,
    FIELD_MODIFIED,
    FIELD_LANG,
    FIELD_AUTHORS,
    FIELD_AUTHOR,
    FIELD_TEXT,
    FIELD_HTML,
    FIELD_HTML_FILE,
    FIELDS
} read_field;

extern const char *const read_field_names[FIELDS];

typedef struct read_value {
    sst_str s;      /* a string ends with a NUL that is not counted */
    bool is_string; /* else the digits of a number, or nothing */
    bool is_there;
} read_value;

typedef struct read_flat {
    read_value v[FIELDS];
} read_flat;

/*
 * Reads [p, p + n), which begins with "{"; escapes are undone in place. False, with nothing
 * changed, when it is no object, is not flat, is not JSON, has no text, html or html_file that is a
 * string, has bytes behind it other than white space, or anything in it is rare: then cJSON reads
 * it. When true, the values are those that cJSON gives.
 */
bool read_flat_row(char *p, size_t n, read_flat *out);

/* The first '"' or '\\' in [p, end), or end; sixteen bytes at a time where there is SSE2. */
const char *read_flat_stop(const char *p, const char *end);
const char *read_flat_stop_twin(const char *p, const char *end);

#endif
