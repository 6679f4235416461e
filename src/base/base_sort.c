/* Sorting: see base_sort.h. The left half is moved aside, then both are merged into place. */
#include "base_sort.h"

#include <string.h>

void sort_stable(void *v, size_t n, size_t size, int (*compare)(const void *, const void *),
                 void *scratch)
{
    if (n < 2)
        return;
    size_t half = n / 2, i = 0, k = half;
    char *all = v, *left = scratch;
    sort_stable(all, half, size, compare, scratch);
    sort_stable(all + half * size, n - half, size, compare, scratch);
    memcpy(left, all, half * size);
    for (size_t to = 0; i < half; to++) {
        const char *from;
        if (k < n && compare(all + k * size, left + i * size) < 0)
            from = all + k++ * size;
        else
            from = left + i++ * size;
        memcpy(all + to * size, from, size);
    }
}
