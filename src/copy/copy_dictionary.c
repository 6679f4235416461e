/* Words as numbers: see copy_dictionary.h, which draws the form. */
#include "copy_dictionary.h"

#include <string.h>

#include "base_alloc.h"
#include "base_str.h"

enum { FIRST_SLOTS = 4096 };

static copy_slots *new_slots(uint32_t cap)
{
    size_t bytes = sizeof(copy_slots) + (size_t)cap * sizeof(copy_slot);
    copy_slots *t = base_malloc(bytes);
    if (t)
        memset(t, 0, bytes);
    if (t)
        t->cap = cap;
    return t;
}

bool copy_dictionary_init(copy_dictionary *d)
{
    memset(d, 0, sizeof *d);
    pthread_mutex_init(&d->lock, NULL);
    copy_slots *t = new_slots(FIRST_SLOTS);
    atomic_init(&d->slots, t);
    return t != NULL;
}

void copy_dictionary_release(copy_dictionary *d)
{
    for (copy_slots *t = atomic_load(&d->slots), *older; t; t = older) {
        older = t->older;
        base_free(t);
    }
    for (uint32_t k = 0; k < COPY_WORD_BLOCKS && d->hash[k]; k++) {
        base_free(d->hash[k]);
        base_free(d->is[k]);
    }
    pthread_mutex_destroy(&d->lock);
}

static void put(copy_slots *t, uint64_t key, uint64_t value)
{
    uint32_t k = (uint32_t)(key >> 8) & (t->cap - 1);
    while (atomic_load_explicit(&t->slot[k].key, memory_order_relaxed))
        k = (k + 1) & (t->cap - 1);
    t->slot[k].value = value;
    atomic_store_explicit(&t->slot[k].key, key, memory_order_release);
}

/* The table, with room for one more word; NULL when out of memory. */
static copy_slots *with_room(copy_dictionary *d)
{
    copy_slots *t = atomic_load_explicit(&d->slots, memory_order_relaxed);
    if ((uint64_t)d->n * 2 < t->cap)
        return t;
    copy_slots *big = t->cap > UINT32_MAX / 4 ? NULL : new_slots(t->cap * 2);
    if (!big)
        return NULL;
    for (uint32_t k = 0; k < t->cap; k++) {
        uint64_t key = atomic_load_explicit(&t->slot[k].key, memory_order_relaxed);
        if (key)
            put(big, key, t->slot[k].value);
    }
    big->older = t;
    atomic_store_explicit(&d->slots, big, memory_order_release);
    return big;
}

static bool add_word(copy_dictionary *d, uint64_t hash, uint8_t is)
{
    uint32_t block = d->n / COPY_WORD_BLOCK;
    if (block == COPY_WORD_BLOCKS)
        return false;
    if (!d->hash[block]) {
        d->is[block] = base_malloc(COPY_WORD_BLOCK);
        d->hash[block] = d->is[block] ? base_malloc(COPY_WORD_BLOCK * sizeof(uint64_t)) : NULL;
        if (!d->hash[block]) {
            base_free(d->is[block]);
            d->is[block] = NULL;
            return false;
        }
    }
    d->hash[block][d->n % COPY_WORD_BLOCK] = hash;
    d->is[block][d->n % COPY_WORD_BLOCK] = is;
    d->n++;
    return true;
}

uint64_t copy_dictionary_add(copy_dictionary *d, uint64_t hash, sst_str word, uint32_t len)
{
    bool figure = false;
    for (size_t i = 0; i < word.n && !figure; i++)
        figure = byte_is_digit((unsigned char)word.p[i]);
    uint8_t is = (uint8_t)((len < COPY_WORD_LEN ? len : 0) | (figure ? COPY_WORD_FIGURE : 0));
    pthread_mutex_lock(&d->lock);
    uint64_t value = COPY_NO_WORD;
    copy_slots *t = with_room(d);
    if (t)
        value = copy_dictionary_find(t, hash);
    if (t && value == COPY_NO_WORD && add_word(d, hash, is)) {
        value = (uint64_t)(d->n - 1) << 8 | is;
        put(t, copy_dictionary_key(hash), value);
    }
    pthread_mutex_unlock(&d->lock);
    return value;
}
