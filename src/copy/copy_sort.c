/* Radix sort: three passes of 11 bits over the upper 32, the lowest first. See copy_sort.h. */
#include "copy_sort.h"

#include <string.h>

uint64_t *copy_radix(uint64_t *v, uint64_t *spare, size_t n)
{
    enum { BITS = 11, SIZE = 1 << BITS };
    size_t count[SIZE];
    for (int pass = 0; pass < 3; pass++) {
        int shift = 32 + pass * BITS;
        memset(count, 0, sizeof count);
        for (size_t i = 0; i < n; i++)
            count[v[i] >> shift & (SIZE - 1)]++;
        size_t sum = 0;
        for (int k = 0; k < SIZE; k++) {
            size_t c = count[k];
            count[k] = sum;
            sum += c;
        }
        for (size_t i = 0; i < n; i++)
            spare[count[v[i] >> shift & (SIZE - 1)]++] = v[i];
        uint64_t *t = v;
        v = spare;
        spare = t;
    }
    return v;
}
