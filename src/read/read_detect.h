/*
 * ICU's detection of charsets, loaded when the first text is met whose charset nothing tells: the
 * library behind it has as many symbols to be looked up as all others of the program together.
 * Include this in place of <unicode/ucsdet.h>; read_detect_load() comes before the first call.
 */
#ifndef READ_DETECT_H
#define READ_DETECT_H

#include <stdbool.h>
#include <unicode/ucsdet.h>

#define READ_DETECT_FUNCTIONS(X)                                                                   \
    X(open, ucsdet_open)                                                                           \
    X(close, ucsdet_close)                                                                         \
    X(set_text, ucsdet_setText)                                                                    \
    X(all, ucsdet_detectAll)                                                                       \
    X(name, ucsdet_getName)                                                                        \
    X(confidence, ucsdet_getConfidence)

/* Filled once, by read_detect_load. */
typedef struct read_detect_table {
#define X(field, name) __typeof__(&name) field;
    READ_DETECT_FUNCTIONS(X)
#undef X
} read_detect_table;

/* NULL when the library is not there; it comes with the one that converts charsets. Any thread. */
const read_detect_table *read_detect_load(void);

#endif
