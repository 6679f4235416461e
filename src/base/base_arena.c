/* Arena: see base_arena.h. */
#include "base_arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base_alloc.h"
#include "base_room.h"

enum { FIRST_BLOCK = 8 * 1024, LARGEST_BLOCK = 4 * 1024 * 1024, ALIGN = 16 };

/* The least block of a slim arena: the names and dates of an article, and malloc's own bytes are
 * few beside it. */
enum { SLIM_BLOCK = 256, SLIM_SHARE = 4 };

struct arena_block {
    arena_block *next;
    size_t size, used; /* of the bytes behind the head */
    room_kind kind;    /* of an arena with a room */
};

/* With its head. */
static size_t block_size(size_t size)
{
    return sizeof(arena_block) + ALIGN + size;
}

static arena_block *new_block(sst_arena *a, size_t size)
{
    if (!a->room)
        return base_malloc(block_size(size));
    room_kind kind;
    arena_block *b = room_alloc(a->room, block_size(size), &kind);
    if (b)
        b->kind = kind;
    return b;
}

static void free_block(sst_arena *a, arena_block *b)
{
    if (a->room)
        room_free(a->room, b, block_size(b->size), b->kind);
    else
        base_free(b);
}

static char *bytes_of(arena_block *b)
{
    return (char *)b + ((sizeof *b + ALIGN - 1) & ~(size_t)(ALIGN - 1));
}

void arena_init(sst_arena *a, size_t ceiling)
{
    memset(a, 0, sizeof *a);
    a->ceiling = ceiling;
}

void arena_init_slim(sst_arena *a, size_t ceiling, size_t first)
{
    arena_init(a, ceiling);
    a->first = first;
}

void arena_release(sst_arena *a)
{
    for (arena_block *b = a->head, *next; b; b = next) {
        next = b->next;
        free_block(a, b);
    }
    size_t ceiling = a->ceiling;
    size_t first = a->first;
    base_room *room = a->room;
    arena_init(a, ceiling);
    a->first = first;
    a->room = room;
}

void arena_take(sst_arena *to, sst_arena *from)
{
    if (from->failed && !to->failed)
        to->failed = from->failed;
    arena_block *first = from->head, *last = first;
    while (last && last->next)
        last = last->next;
    if (last && to->head) { /* the newest block of `to` stays the one that is filled */
        last->next = to->head->next;
        to->head->next = first;
    } else if (last) {
        to->head = first;
    }
    to->used += from->used;
    to->total += from->total;
    from->head = NULL;
    from->used = from->total = 0;
}

void arena_clear(sst_arena *a)
{
    arena_block *keep = a->head;
    if (keep) {
        for (arena_block *b = keep->next, *next; b; b = next) {
            next = b->next;
            free_block(a, b);
        }
        keep->next = NULL;
        keep->used = 0;
        a->total = keep->size;
    }
    a->used = 0;
    a->failed = SST_OK;
}

static size_t next_size(const sst_arena *a)
{
    if (a->first && !a->head)
        return a->first;
    if (a->first)
        return a->total / SLIM_SHARE > SLIM_BLOCK ? a->total / SLIM_SHARE : SLIM_BLOCK;
    return a->head ? a->head->size * 2 : FIRST_BLOCK;
}

static arena_block *add_block(sst_arena *a, size_t n)
{
    size_t size = next_size(a);
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < n)
        size = n;
    if (a->ceiling && (size > a->ceiling || a->total > a->ceiling - size)) {
        if (n > a->ceiling || a->total > a->ceiling - n) {
            a->failed = SST_ERR_LIMIT;
            return NULL;
        }
        size = n;
    }
    arena_block *b = new_block(a, size);
    if (!b) {
        a->failed = SST_ERR_MEMORY;
        return NULL;
    }
    b->size = size;
    b->used = 0;
    b->next = a->head;
    a->head = b;
    a->total += size;
    return b;
}

void *arena_alloc(sst_arena *a, size_t n)
{
    if (a->failed)
        return NULL;
    if (n > SIZE_MAX / 4) {
        a->failed = SST_ERR_LIMIT;
        return NULL;
    }
    n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (n == 0)
        n = ALIGN;
    arena_block *b = a->head;
    if (!b || b->size - b->used < n) {
        b = add_block(a, n);
        if (!b)
            return NULL;
    }
    char *p = bytes_of(b) + b->used;
    b->used += n;
    a->used += n;
    return p;
}

void *arena_calloc(sst_arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        a->failed = SST_ERR_LIMIT;
        return NULL;
    }
    void *p = arena_alloc(a, count * size);
    if (p)
        memset(p, 0, count * size);
    return p;
}

void *arena_grow(sst_arena *a, void *old, size_t old_n, size_t new_n)
{
    arena_block *b = a->head;
    size_t was = (old_n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (!a->failed && old && b && was <= b->used && (char *)old + was == bytes_of(b) + b->used &&
        new_n <= SIZE_MAX / 4) {
        size_t now = (new_n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
        if (now <= was)
            return old;
        if (now - was <= b->size - b->used) {
            b->used += now - was;
            a->used += now - was;
            return old;
        }
    }
    void *p = arena_alloc(a, new_n);
    if (p && old_n)
        memcpy(p, old, old_n);
    return p;
}

sst_str arena_str(sst_arena *a, sst_str s)
{
    char *p = arena_alloc(a, s.n + 1);
    if (!p)
        return (sst_str){"", 0};
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = 0;
    return (sst_str){p, s.n};
}

sst_str arena_printf(sst_arena *a, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    char *p = n < 0 ? NULL : arena_alloc(a, (size_t)n + 1);
    if (!p)
        return (sst_str){"", 0};
    va_start(ap, format);
    vsnprintf(p, (size_t)n + 1, format, ap);
    va_end(ap);
    return (sst_str){p, (size_t)n};
}

void *vec_push_(sst_arena *a, void **v, uint32_t *n, uint32_t *cap, size_t size)
{
    if (a->failed)
        return NULL;
    if (*n == *cap) {
        if (*cap > UINT32_MAX / 4) {
            a->failed = SST_ERR_LIMIT;
            return NULL;
        }
        uint32_t more = *cap ? *cap * 2 : 8;
        void *p = arena_grow(a, *v, (size_t)*cap * size, (size_t)more * size);
        if (!p)
            return NULL;
        *v = p;
        *cap = more;
    }
    char *x = (char *)*v + (size_t)*n * size;
    memset(x, 0, size);
    ++*n;
    return x;
}
