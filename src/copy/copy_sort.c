/*
 * Radix sort, the lowest digit first. See copy_sort.h. Only so many of the upper bits are sorted by
 * passes as tell n values apart; values are hashes, so few are out of order then, and inserting
 * sets them right. Where many are (they are no hashes after all), the passes go over all bits.
 */
#include "copy_sort.h"

#include <stdbool.h>
#include <string.h>

enum {
    WIDE = 12, /* bits of a digit where there is much to sort: few passes ... */
    NARROW = 8,
    MANY = 4096, /* ... and where there is less, counting wide digits takes longer than sorting */
    PASSES = 6,
    SPARE_BITS = 3, /* beyond those that number n values: one in eight has a neighbour */
    MOVES = 4       /* of a value on average, before inserting is given up */
};

/* Sorts by the bits from `bit` on. */
static uint64_t *sort_bits(uint64_t *v, uint64_t *spare, size_t n, int bit, int width)
{
    size_t count[PASSES][1 << WIDE];
    int passes = (64 - bit + width - 1) / width;
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

/* Inserts what is out of order; false when that is too much. */
static bool insert(uint64_t *v, size_t n, int bit)
{
    size_t moves = 0;
    for (size_t i = 1; i < n; i++) {
        uint64_t x = v[i];
        if (v[i - 1] >> bit <= x >> bit)
            continue;
        size_t at = i;
        for (; at > 0 && v[at - 1] >> bit > x >> bit; at--)
            v[at] = v[at - 1];
        v[at] = x;
        moves += i - at;
        if (moves > MOVES * n)
            return false;
    }
    return true;
}

uint64_t *copy_radix(uint64_t *v, uint64_t *spare, size_t n, int bit)
{
    int width = n >= MANY ? WIDE : NARROW, most = 64 - bit, bits = SPARE_BITS;
    while (bits < most && n >> (bits - SPARE_BITS))
        bits++;
    bits = (bits + width - 1) / width * width; /* whole digits cost no more */
    if (bits >= most)
        return sort_bits(v, spare, n, bit, width);
    uint64_t *sorted = sort_bits(v, spare, n, 64 - bits, width);
    if (insert(sorted, n, bit))
        return sorted;
    return sort_bits(sorted, sorted == v ? spare : v, n, bit, width);
}
