/*
 * Arena: memory that is given back all at once.
 *
 *   blocks:  [head|.....used.....|free] -> [head|....|free] -> NULL     (newest first)
 *
 * Allocation moves a pointer; when the newest block is full a block twice as large is made. After a
 * failure (out of memory, or the ceiling) the arena stays failed: every later call returns NULL,
 * and one check of `failed` at the end of a piece of work is enough.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "samestory.h"

typedef struct arena_block arena_block;
struct base_room;

typedef struct sst_arena {
    arena_block *head;
    size_t used;    /* bytes given out and padding, over all blocks */
    size_t ceiling; /* of the sum of the blocks; 0: none */
    size_t total;   /* of the blocks */
    sst_status failed;
    size_t first;           /* arena_init_slim */
    struct base_room *room; /* where blocks come from: set behind arena_init; NULL: the heap */
} sst_arena;

/* ceiling 0 means none. */
void arena_init(sst_arena *a, size_t ceiling);
/* For arenas of which there are very many that stay: the first block has `first` bytes (> 0), each
 * other is as large as what is put into it, or a quarter of the arena, so that little stays unused.
 */
void arena_init_slim(sst_arena *a, size_t ceiling, size_t first);
void arena_release(sst_arena *a);
/* Moves what stands in `from`, an arena of the same room, to `to`; `from` is empty then. A failure
 * of `from` becomes one of `to`. The ceiling of `to` holds for what comes after. */
void arena_take(sst_arena *to, sst_arena *from);
/* Keeps the newest block for reuse. */
void arena_clear(sst_arena *a);

/* 16-byte aligned, not cleared. NULL when the arena has failed. n 0 gives a unique pointer. */
void *arena_alloc(sst_arena *a, size_t n);
/* Cleared; count * size is checked for overflow. */
void *arena_calloc(sst_arena *a, size_t count, size_t size);
/* Grows the last allocation in place when it can, else copies. */
void *arena_grow(sst_arena *a, void *old, size_t old_n, size_t new_n);
/* A copy of s with a NUL behind it (not counted). An empty string on failure. */
sst_str arena_str(sst_arena *a, sst_str s);
/* printf into the arena. */
sst_str arena_printf(sst_arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * A growing array in an arena: SST_VEC(T) name; T *x = vec_push(arena, &name); x is NULL on
 * failure. Elements may move when the vector grows. New elements are zeroed.
 */
#define SST_VEC(T)                                                                                 \
    struct {                                                                                       \
        T *v;                                                                                      \
        uint32_t n, cap;                                                                           \
    }

void *vec_push_(sst_arena *a, void **v, uint32_t *n, uint32_t *cap, size_t size);
/* Both are looked at several times. */
#define vec_push(arena, vec)                                                                       \
    ((__typeof__((vec)->v))((arena)->failed || (vec)->n == (vec)->cap                              \
                                ? vec_push_((arena), (void **)&(vec)->v, &(vec)->n, &(vec)->cap,   \
                                            sizeof *(vec)->v)                                      \
                                : memset(&(vec)->v[(vec)->n++], 0, sizeof *(vec)->v)))

#endif
