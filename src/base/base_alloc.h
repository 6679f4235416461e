/*
 * The only door to malloc in the library, so that tests can make the n-th allocation fail.
 */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stddef.h>

void *base_malloc(size_t n);
void *base_realloc(void *p, size_t n);
void base_free(void *p);

/* Tests only, builds with SST_FAULT: the n-th allocation from now fails (1 is the next); 0 turns it
 * off. */
void base_alloc_fail_after(long n);

#endif
