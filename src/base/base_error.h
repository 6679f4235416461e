/* The first cause of a failure, and the list of inputs that failed. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base_arena.h"

#define ERROR_NO_PLACE UINT64_MAX

typedef struct sst_errors {
    sst_arena arena;
    SST_VEC(sst_error) inputs; /* in input order */
    sst_status code;           /* the first cause of a failed call */
    char message[512];
} sst_errors;

void errors_init(sst_errors *e);
void errors_release(sst_errors *e);

/* Adds an error row; strings are copied. The run goes on. */
void errors_input(sst_errors *e, sst_str source, uint64_t at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Keeps the first cause and returns code, so that callers write: return errors_set(e, SST_ERR_IO,
 * ...). */
sst_status errors_set(sst_errors *e, sst_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
