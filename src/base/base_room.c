/* Memory with a limit: see base_room.h. */
#define _GNU_SOURCE
#include "base_room.h"

#include <string.h>
#include <sys/mman.h>

#include "base_alloc.h"

enum {
    ALIGN = 16,
    PAGE = 4096,
    SEGMENT = 4 * 1024 * 1024,
    OWN = SEGMENT / 4, /* a piece of this size has a mapping of its own */
    RESTS = 4          /* of the limit may be mapped anew before the system is told */
};

void room_init(base_room *r, size_t limit, const char *folder)
{
    *r = (base_room){.limit = limit};
    spill_init(&r->spill, folder);
    pthread_mutex_init(&r->lock, NULL);
}

void room_release(base_room *r)
{
    for (size_t k = 0; k < r->region_n; k++)
        if (r->region[k].n)
            munmap(r->region[k].p, r->region[k].n);
    base_free(r->region);
    spill_release(&r->spill);
    pthread_mutex_destroy(&r->lock);
    *r = (base_room){.limit = 0};
}

static void rest(base_room *r)
{
    for (size_t k = 0; k < r->region_n; k++)
        if (r->region[k].n)
            (void)madvise(r->region[k].p, r->region[k].n, MADV_DONTNEED);
    r->since = 0;
}

void room_rest(base_room *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    rest(r);
    pthread_mutex_unlock(&r->lock);
}

/* A new mapping of whole pages. */
static char *map(base_room *r, size_t n)
{
    if (r->region_n == r->region_cap) {
        size_t cap = r->region_cap ? r->region_cap * 2 : 64;
        room_region *v = base_realloc(r->region, cap * sizeof *v);
        if (!v)
            return NULL;
        r->region = v;
        r->region_cap = cap;
    }
    room_region *x = &r->region[r->region_n];
    if (spill_map(&r->spill, n, &x->at, (void **)&x->p))
        return NULL;
    x->n = n;
    r->region_n++;
    r->since += n;
    if (r->since > r->limit / RESTS + SEGMENT)
        rest(r);
    return x->p;
}

static void *take(base_room *r, size_t n, room_kind *kind)
{
    if (r->used <= r->limit && n <= r->limit - r->used) {
        void *p = base_malloc(n);
        if (p) {
            r->used += n;
            *kind = ROOM_HEAP;
            return p;
        }
    }
    if (n >= OWN) {
        *kind = ROOM_MAPPING;
        return map(r, n);
    }
    if (r->segment_left < n) {
        char *p = map(r, SEGMENT);
        if (!p)
            return NULL;
        r->segment = p;
        r->segment_left = SEGMENT;
    }
    char *p = r->segment;
    r->segment += n;
    r->segment_left -= n;
    *kind = ROOM_SEGMENT;
    return p;
}

static size_t rounded(size_t n)
{
    size_t to = n >= OWN ? PAGE : ALIGN;
    return (n + to - 1) / to * to;
}

void *room_alloc(base_room *r, size_t n, room_kind *kind)
{
    if (n > SIZE_MAX / 4)
        return NULL;
    n = rounded(n);
    pthread_mutex_lock(&r->lock);
    void *p = take(r, n, kind);
    pthread_mutex_unlock(&r->lock);
    return p;
}

void room_count(base_room *r, ptrdiff_t n)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->used += (size_t)n; /* what is taken away was added before */
    pthread_mutex_unlock(&r->lock);
}

void room_free(base_room *r, void *p, size_t n, room_kind kind)
{
    n = rounded(n);
    if (!p || kind == ROOM_SEGMENT)
        return;
    pthread_mutex_lock(&r->lock);
    if (kind == ROOM_HEAP) {
        base_free(p);
        r->used -= n;
    } else {
        for (size_t k = r->region_n; k-- > 0;)
            if (r->region[k].p == p && r->region[k].n) {
                spill_unmap(&r->spill, p, n, r->region[k].at);
                r->region[k].n = 0;
                break;
            }
        while (r->region_n && !r->region[r->region_n - 1].n)
            r->region_n--;
    }
    pthread_mutex_unlock(&r->lock);
}
