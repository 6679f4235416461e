/* Hashes (xxHash) and a map from 64-bit keys or strings to 32-bit values. Not for hostile keys
 * beyond XXH3's own strength: every string hit is compared. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base_arena.h"

uint64_t hash_bytes(const void *p, size_t n, uint64_t seed);
static inline uint64_t hash_str(sst_str s)
{
    return hash_bytes(s.p, s.n, 0);
}
static inline uint64_t hash_mix(uint64_t a, uint64_t b)
{
    uint64_t x = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2))) * 0xBF58476D1CE4E5B9u;
    return x ^ x >> 31;
}

/*
 * Open addressing, linear probing, at most 3/4 full, in an arena. Keys are 64-bit; for strings use
 * strmap, which compares the bytes. Zero-initialise before use.
 */
typedef struct u64map {
    uint64_t *key;
    uint32_t *value; /* UINT32_MAX: the place is free */
    uint32_t n, cap;
} u64map;

/* The value of key, made with `fresh` when it is new (*is_new says so, may be NULL). NULL when out
 * of memory. */
uint32_t *u64map_add(sst_arena *a, u64map *m, uint64_t key, uint32_t fresh, int *is_new);
/* Room for n keys at once, where it is known that there will be about so many. */
void u64map_room(sst_arena *a, u64map *m, uint32_t n);
/* NULL when there is none. */
uint32_t *u64map_find(const u64map *m, uint64_t key);

typedef struct strmap {
    sst_str *key; /* borrowed: must outlive the map */
    uint32_t *value;
    uint32_t n, cap;
} strmap;

uint32_t *strmap_add(sst_arena *a, strmap *m, sst_str key, uint32_t fresh, int *is_new);
uint32_t *strmap_find(const strmap *m, sst_str key);

#endif
