/*
 * Radix sort, the lowest digit first. See copy_sort.h. Digits are wide where there is much to sort,
 * so that passes are few, and of a byte where counting them would take longer than the sorting.
 */
#include "copy_sort.h"

#include <string.h>

enum { WIDE = 12, NARROW = 8, MANY = 4096, PASSES = 6 };

uint64_t *copy_radix(uint64_t *v, uint64_t *spare, size_t n, int bit)
{
    size_t count[PASSES][1 << WIDE];
    int width = n >= MANY ? WIDE : NARROW, passes = (64 - bit + width - 1) / width;
    width = (64 - bit + passes - 1) / passes; /* as many, of even width */
    size_t size = (size_t)1 << width, mask = size - 1;
    for (int p = 0; p < passes; p++)
        memset(count[p], 0, size * sizeof *count[p]);
    for (size_t i = 0; i < n; i++)
        for (int p = 0; p < passes; p++)
            count[p][v[i] >> (bit + p * width) & mask]++;
    for (int p = 0; p < passes; p++) {
        int shift = bit + p * width;
        size_t sum = 0;
        for (size_t k = 0; k < size; k++) {
            size_t c = count[p][k];
            count[p][k] = sum;
            sum += c;
        }
        for (size_t i = 0; i < n; i++)
            spare[count[p][v[i] >> shift & mask]++] = v[i];
        uint64_t *t = v;
        v = spare;
        spare = t;
    }
    return v;
}
