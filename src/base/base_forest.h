/*
 * Groups that grow together: parent[i] is a member of i's group, itself at the root. Every number
 * is its own parent at first. Joins halve the paths that they walk, so a walk is short whatever the
 * order (union-find, textbook).
 */
#ifndef BASE_FOREST_H
#define BASE_FOREST_H

#include <stdbool.h>
#include <stdint.h>

static inline uint32_t forest_root(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* True when they were apart. The smaller number stays the root, so a root comes first among its
 * members. */
static inline bool forest_join(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = forest_root(parent, a);
    b = forest_root(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
    return a != b;
}

#endif
