/* Hashes and maps: see base_hash.h. */
#include "base_hash.h"

#include <string.h>
#include <xxhash.h>

#include "base_str.h"

uint64_t hash_bytes(const void *p, size_t n, uint64_t seed)
{
    return n ? XXH3_64bits_withSeed(p, n, seed) : hash_mix(seed, 1);
}

static uint32_t slot_of(uint64_t key, uint32_t cap)
{
    return (uint32_t)((key * 0x9E3779B97F4A7C15u) >> 32) & (cap - 1);
}

static int map_to(sst_arena *a, u64map *m, uint32_t cap)
{
    u64map big = {NULL, NULL, m->n, cap};
    big.key = arena_alloc(a, sizeof *big.key * big.cap);
    big.value = arena_alloc(a, sizeof *big.value * big.cap);
    if (!big.key || !big.value)
        return 0;
    memset(big.value, 0xFF, sizeof *big.value * big.cap);
    for (uint32_t i = 0; i < m->cap; i++)
        if (m->value[i] != UINT32_MAX) {
            uint32_t s = slot_of(m->key[i], big.cap);
            while (big.value[s] != UINT32_MAX)
                s = (s + 1) & (big.cap - 1);
            big.key[s] = m->key[i];
            big.value[s] = m->value[i];
        }
    *m = big;
    return 1;
}

static int map_grow(sst_arena *a, u64map *m)
{
    if (m->cap > UINT32_MAX / 4) {
        a->failed = SST_ERR_LIMIT;
        return 0;
    }
    return map_to(a, m, m->cap ? m->cap * 2 : 16);
}

void u64map_room(sst_arena *a, u64map *m, uint32_t n)
{
    uint32_t cap = 16;
    while (cap <= UINT32_MAX / 4 && cap / 4 * 3 < n)
        cap *= 2;
    if (cap > m->cap)
        (void)map_to(a, m, cap);
}

uint32_t *u64map_find(const u64map *m, uint64_t key)
{
    if (!m->cap)
        return NULL;
    for (uint32_t s = slot_of(key, m->cap);; s = (s + 1) & (m->cap - 1)) {
        if (m->value[s] == UINT32_MAX)
            return NULL;
        if (m->key[s] == key)
            return &m->value[s];
    }
}

uint32_t *u64map_add(sst_arena *a, u64map *m, uint64_t key, uint32_t fresh, int *is_new)
{
    uint32_t s = 0;
    if (is_new)
        *is_new = 0;
    if (m->cap)
        for (s = slot_of(key, m->cap); m->value[s] != UINT32_MAX; s = (s + 1) & (m->cap - 1))
            if (m->key[s] == key)
                return &m->value[s];
    if (is_new)
        *is_new = 1;
    if ((m->n + 1) * 4ull > m->cap * 3ull) {
        if (!map_grow(a, m))
            return NULL;
        s = slot_of(key, m->cap);
        while (m->value[s] != UINT32_MAX)
            s = (s + 1) & (m->cap - 1);
    }
    m->key[s] = key;
    m->value[s] = fresh;
    m->n++;
    return &m->value[s];
}

static int strmap_grow(sst_arena *a, strmap *m)
{
    strmap big = {NULL, NULL, m->n, m->cap ? m->cap * 2 : 16};
    if (m->cap > UINT32_MAX / 4) {
        a->failed = SST_ERR_LIMIT;
        return 0;
    }
    big.key = arena_alloc(a, sizeof *big.key * big.cap);
    big.value = arena_alloc(a, sizeof *big.value * big.cap);
    if (!big.key || !big.value)
        return 0;
    memset(big.value, 0xFF, sizeof *big.value * big.cap);
    for (uint32_t i = 0; i < m->cap; i++)
        if (m->value[i] != UINT32_MAX) {
            uint32_t s = slot_of(hash_str(m->key[i]), big.cap);
            while (big.value[s] != UINT32_MAX)
                s = (s + 1) & (big.cap - 1);
            big.key[s] = m->key[i];
            big.value[s] = m->value[i];
        }
    *m = big;
    return 1;
}

uint32_t *strmap_find(const strmap *m, sst_str key)
{
    if (!m->cap)
        return NULL;
    for (uint32_t s = slot_of(hash_str(key), m->cap);; s = (s + 1) & (m->cap - 1)) {
        if (m->value[s] == UINT32_MAX)
            return NULL;
        if (str_eq(m->key[s], key))
            return &m->value[s];
    }
}

uint32_t *strmap_add(sst_arena *a, strmap *m, sst_str key, uint32_t fresh, int *is_new)
{
    uint32_t *v = strmap_find(m, key);
    if (is_new)
        *is_new = !v;
    if (v)
        return v;
    if ((m->n + 1) * 4ull > m->cap * 3ull && !strmap_grow(a, m))
        return NULL;
    uint32_t s = slot_of(hash_str(key), m->cap);
    while (m->value[s] != UINT32_MAX)
        s = (s + 1) & (m->cap - 1);
    m->key[s] = key;
    m->value[s] = fresh;
    m->n++;
    return &m->value[s];
}
