/*
 * Memory with a limit: what is asked for beyond it lies in a file without a name, mapped, so that
 * addresses stay and whoever uses it need not know.
 *
 *   heap        up to `limit` bytes, given back one by one
 *   mappings    of the file: large pieces have one each, given back with their room in the file
 *   segments    mappings that small pieces are cut from; given back with the room
 *
 * Of a size that is given half is for the heap and a quarter for pages of the file that are in use;
 * the last quarter is for what whoever uses the room has besides: threads, what they read, the
 * program. A thread of the room looks now and then how many pages of files the process holds, and
 * when they are more than their quarter, tells the system that none is needed at the moment: it
 * keeps them in its own cache, or writes them out. Loops that jump over the file look themselves
 * (room_look). Where no thread can be started, or the system does not tell, that is left to the
 * system. Room in the file is reserved when it is asked for, so a full disk is a failure of
 * room_alloc and never of a write to memory. Any thread may ask.
 */
#ifndef BASE_ROOM_H
#define BASE_ROOM_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base_spill.h"

typedef struct room_region {
    char *p;
    size_t n; /* 0: given back */
    uint64_t at;
} room_region;

typedef struct base_room {
    size_t limit, used; /* of the heap */
    base_spill spill;   /* spill.why: what failed */
    pthread_mutex_t lock;
    room_region *region;
    size_t region_n, region_cap;
    char *segment; /* the rest of the newest one */
    size_t segment_left;
    size_t since;  /* bytes that were mapped since the system was told */
    size_t window; /* of pages that are in use */
    size_t others; /* pages of other files, in bytes: the program's own */
    int statm;     /* where the system tells how many there are */
    pthread_t watch;
    pthread_cond_t ends;
    atomic_bool watched; /* set when what a look reads is there */
    bool ending;
} base_room;

typedef enum room_kind { ROOM_HEAP, ROOM_MAPPING, ROOM_SEGMENT } room_kind;

/* Below it the program and its threads take more than the size, beside their data. */
#define BASE_ROOM_LEAST ((size_t)64 * 1024 * 1024)

/* size: of all memory. */
void room_init(base_room *r, size_t size, const char *folder);
void room_release(base_room *r);

/* n bytes, not cleared, 16-byte aligned; NULL when there is neither memory nor room in the file. */
void *room_alloc(base_room *r, size_t n, room_kind *kind);
void room_free(base_room *r, void *p, size_t n, room_kind kind);
/* n bytes that whoever uses the room has beside it count as if they were of its heap, or (n < 0) no
 * longer do: what follows goes to the file the sooner. r may be NULL. */
void room_count(base_room *r, ptrdiff_t n);
/* Nothing of what lies in the file is needed at the moment. r may be NULL. */
void room_rest(base_room *r);
/*
 * The same when pages of files are more than their quarter: for a thread that jumps over what lies
 * there, as the room's own may have to wait for a processor meanwhile. A jump brings 64 KB at most;
 * a look takes a microsecond. r may be NULL.
 */
void room_look(base_room *r);

#endif
