/* Sorting that keeps equal elements in their order and asks for no memory of its own. */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>

/*
 * Merge sort of n elements of size bytes: compare gives less than, equal to or greater than 0, as
 * for qsort. scratch has room for n / 2 elements.
 */
void sort_stable(void *v, size_t n, size_t size, int (*compare)(const void *, const void *),
                 void *scratch);

#endif
