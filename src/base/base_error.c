/* Errors: see base_error.h. */
#include "base_error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void errors_init(sst_errors *e)
{
    memset(e, 0, sizeof *e);
    arena_init(&e->arena, 0);
}

void errors_release(sst_errors *e)
{
    arena_release(&e->arena);
    memset(e, 0, sizeof *e);
}

void errors_input(sst_errors *e, sst_str source, uint64_t at, const char *format, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    if (n < 0)
        n = 0;
    if ((size_t)n >= sizeof text)
        n = (int)sizeof text - 1;
    sst_error *row = vec_push(&e->arena, &e->inputs);
    if (!row)
        return;
    row->source = arena_str(&e->arena, source);
    row->message = arena_str(&e->arena, (sst_str){text, (size_t)n});
    row->at = at;
}

sst_status errors_set(sst_errors *e, sst_status code, const char *format, ...)
{
    if (e->code == SST_OK) {
        e->code = code;
        va_list ap;
        va_start(ap, format);
        vsnprintf(e->message, sizeof e->message, format, ap);
        va_end(ap);
    }
    return code;
}
