/* Memory with a limit: see base_room.h. */
#define _GNU_SOURCE
#include "base_room.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base_alloc.h"

enum {
    ALIGN = 16,
    PAGE = 4096,
    SEGMENT = 4 * 1024 * 1024,
    OWN = SEGMENT / 4, /* a piece of this size has a mapping of its own */
    HEAP_SHARE = 2,    /* of the size ... */
    WINDOW_SHARE = 4,  /* ... and for pages of the file */
    /*
     * From one look at the pages to the next, while few of them are in use and while many are: a
     * fault takes a microsecond or two and brings 64 KB, so in the one time 100 MB may come, in the
     * other 10.
     */
    LOOK_NS = 4 * 1000 * 1000,
    CLOSE_LOOK_NS = 250 * 1000
};

void room_init(base_room *r, size_t size, const char *folder)
{
    *r = (base_room){.limit = size / HEAP_SHARE, .window = size / WINDOW_SHARE, .statm = -1};
    spill_init(&r->spill, folder);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->ends, NULL);
}

void room_release(base_room *r)
{
    if (r->watched) {
        pthread_mutex_lock(&r->lock);
        r->ending = true;
        pthread_cond_signal(&r->ends);
        pthread_mutex_unlock(&r->lock);
        pthread_join(r->watch, NULL);
    }
    if (r->statm >= 0)
        close(r->statm);
    for (size_t k = 0; k < r->region_n; k++)
        if (r->region[k].n)
            munmap(r->region[k].p, r->region[k].n);
    base_free(r->region);
    spill_release(&r->spill);
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->ends);
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

/* Bytes of files that are in memory as pages of this process; 0 when the system does not tell. */
static size_t file_pages(int statm)
{
    char text[128];
    unsigned long all, resident, shared;
    ssize_t n = statm < 0 ? -1 : pread(statm, text, sizeof text - 1, 0);
    if (n <= 0)
        return 0;
    text[n] = 0;
    return sscanf(text, "%lu %lu %lu", &all, &resident, &shared) == 3 ? shared * PAGE : 0;
}

void room_look(base_room *r)
{
    if (!r || !r->watched || file_pages(r->statm) <= r->others + r->window)
        return;
    pthread_mutex_lock(&r->lock);
    if (file_pages(r->statm) > r->others + r->window) /* nobody else has done it meanwhile */
        rest(r);
    pthread_mutex_unlock(&r->lock);
}

static void *watch(void *user)
{
    base_room *r = user;
    pthread_mutex_lock(&r->lock);
    while (!r->ending) {
        size_t used = file_pages(r->statm);
        if (used > r->others + r->window)
            rest(r);
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += used > r->others + r->window / 4 ? CLOSE_LOOK_NS : LOOK_NS;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        pthread_cond_timedwait(&r->ends, &r->lock, &until);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* With the first mapping. */
static void begin_watch(base_room *r)
{
    if (r->statm < 0)
        r->statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    r->others = file_pages(r->statm);
    r->watched = r->statm >= 0 && pthread_create(&r->watch, NULL, watch, r) == 0;
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
    if (!r->watched)
        begin_watch(r);
    if (r->since > r->window)
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
