/* Buffers: see base_buf.h. */
#include "base_buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base_alloc.h"

void buf_init(sst_buf *b, size_t ceiling)
{
    memset(b, 0, sizeof *b);
    b->ceiling = ceiling;
}

void buf_release(sst_buf *b)
{
    base_free(b->p);
    buf_init(b, b->ceiling);
}

void buf_clear(sst_buf *b)
{
    b->n = 0;
    b->failed = SST_OK;
}

char *buf_reserve(sst_buf *b, size_t n)
{
    if (b->failed)
        return NULL;
    if (b->cap - b->n >= n && b->p)
        return b->p + b->n;
    if (n > SIZE_MAX / 4 - b->n || (b->ceiling && b->n + n > b->ceiling)) {
        b->failed = SST_ERR_LIMIT;
        return NULL;
    }
    size_t cap = b->cap ? b->cap * 2 : 256;
    while (cap < b->n + n)
        cap *= 2;
    if (b->ceiling && cap > b->ceiling)
        cap = b->ceiling;
    char *p = base_realloc(b->p, cap);
    if (!p) {
        b->failed = SST_ERR_MEMORY;
        return NULL;
    }
    b->p = p;
    b->cap = cap;
    return b->p + b->n;
}

void buf_add(sst_buf *b, const void *p, size_t n)
{
    char *to = n ? buf_reserve(b, n) : NULL;
    if (to) {
        memcpy(to, p, n);
        b->n += n;
    }
}

void buf_str(sst_buf *b, sst_str s)
{
    buf_add(b, s.p, s.n);
}

void buf_z(sst_buf *b, const char *z)
{
    buf_add(b, z, strlen(z));
}

void buf_byte(sst_buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_printf(sst_buf *b, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    char *to = n < 0 ? NULL : buf_reserve(b, (size_t)n + 1);
    if (!to)
        return;
    va_start(ap, format);
    vsnprintf(to, (size_t)n + 1, format, ap);
    va_end(ap);
    b->n += (size_t)n;
}
