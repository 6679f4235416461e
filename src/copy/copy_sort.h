/* Radix sort of 64-bit values by their upper bits. */
#ifndef COPY_SORT_H
#define COPY_SORT_H

#include <stddef.h>
#include <stdint.h>

/*
 * Sorts by the bits from `bit` (>= 16) on; equal ones keep their order. spare has room for n.
 * Returns the array that holds the result, v or spare.
 */
uint64_t *copy_radix(uint64_t *v, uint64_t *spare, size_t n, int bit);

#endif
