/*
 * A growing byte buffer on the heap, born with a ceiling. Sticky: after a failure every append does
 * nothing; check `failed` once at the end.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "samestory.h"

typedef struct sst_buf {
    char *p;
    size_t n, cap, ceiling;
    sst_status failed;
} sst_buf;

/* ceiling 0 means none. */
void buf_init(sst_buf *b, size_t ceiling);
void buf_release(sst_buf *b);
void buf_clear(sst_buf *b);
void buf_add(sst_buf *b, const void *p, size_t n);
void buf_str(sst_buf *b, sst_str s);
void buf_z(sst_buf *b, const char *z);
void buf_byte(sst_buf *b, char c);
void buf_printf(sst_buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for n more bytes behind b->p + b->n, or NULL; the caller adds to b->n what it wrote. */
char *buf_reserve(sst_buf *b, size_t n);

#endif
