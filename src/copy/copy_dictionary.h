/*
 * Words as numbers, for all threads at once.
 *
 *   slots    hash of a word | number, length, has a digit       open addressing, one line of memory
 *   words    hash of each number, in blocks that never move
 *
 * Looking up takes no lock: a slot's value is written before its key, and a table that was outgrown
 * is kept. A word that is not found is looked for again and added under the lock. Which word has
 * which number depends on the threads; nothing that is written out does.
 */
#ifndef COPY_DICTIONARY_H
#define COPY_DICTIONARY_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base_arena.h"

enum {
    COPY_WORD_BLOCK = 1 << 16,
    COPY_WORD_BLOCKS = 1 << 14, /* 2^30 words */
    COPY_WORD_LEN = 0x7F,
    COPY_WORD_FIGURE = 0x80 /* the word has a digit */
};

typedef struct copy_slot {
    _Atomic uint64_t key; /* 0: free */
    uint64_t value;       /* number << 8 | COPY_WORD_LEN, COPY_WORD_FIGURE */
} copy_slot;

typedef struct copy_slots {
    struct copy_slots *older;
    uint32_t cap;
    copy_slot slot[];
} copy_slots;

typedef struct copy_dictionary {
    _Atomic(copy_slots *) slots;
    uint32_t n;
    bool failed;
    pthread_mutex_t lock;
    uint64_t *hash[COPY_WORD_BLOCKS];
    uint8_t *is[COPY_WORD_BLOCKS];
} copy_dictionary;

#define COPY_NO_WORD UINT64_MAX

bool copy_dictionary_init(copy_dictionary *d);
void copy_dictionary_release(copy_dictionary *d);

/* The value of a word, of `len` bytes or code points as it first was; COPY_NO_WORD: out of memory.
 */
uint64_t copy_dictionary_add(copy_dictionary *d, uint64_t hash, sst_str word, uint32_t len);

static inline uint64_t copy_dictionary_key(uint64_t hash)
{
    return hash + !hash;
}

/* Has the slot of a word, one walk to memory, come nearer by the time it is looked at. */
static inline void copy_dictionary_soon(const copy_slots *t, uint64_t hash)
{
    __builtin_prefetch(&t->slot[(uint32_t)(copy_dictionary_key(hash) >> 8) & (t->cap - 1)]);
}

/* The value of a word that is there, or COPY_NO_WORD. */
static inline uint64_t copy_dictionary_find(const copy_slots *t, uint64_t hash)
{
    uint64_t key = copy_dictionary_key(hash);
    for (uint32_t k = (uint32_t)(key >> 8) & (t->cap - 1);; k = (k + 1) & (t->cap - 1)) {
        uint64_t is = atomic_load_explicit(&t->slot[k].key, memory_order_acquire);
        if (is == key)
            return t->slot[k].value;
        if (is == 0)
            return COPY_NO_WORD;
    }
}

static inline uint64_t copy_dictionary_hash(const copy_dictionary *d, uint32_t number)
{
    return d->hash[number / COPY_WORD_BLOCK][number % COPY_WORD_BLOCK];
}

/* COPY_WORD_LEN, COPY_WORD_FIGURE. */
static inline uint8_t copy_dictionary_is(const copy_dictionary *d, uint32_t number)
{
    return d->is[number / COPY_WORD_BLOCK][number % COPY_WORD_BLOCK];
}

#endif
