/*
 * Average link on a sparse graph.
 *
 *   group g: its size, and a list of (edge, node at its other end) in the room of its nodes' lists
 *   edge:    sum of the weights between two groups; GONE when another edge has taken it over, when
 *            its ends are in one group, or when it has faded
 *   heap:    (average, g, h, versions of both when it was put in); stale entries are passed over
 *
 *   room     [list of 0 | list of 1 | list of 2 | ...]     a group's list lies in the room of its
 *            nodes, one behind the other: head -> next -> ... -> tail
 *
 * Two groups are joined into the smaller number: their lists are walked once, two edges to one
 * neighbour become one, and the new averages go into the heap. The lists of the neighbours are not
 * touched: what they name is looked up (whose group a node is in now) when they are walked
 * themselves. So a join costs the lists of the two and no more, and all memory is there from the
 * beginning. Sums are kept in double and always two at a time, so they do not depend on anything
 * but the graph. Work: edges * log(edges) for small groups; a group of k joins costs k lists.
 * Source: UPGMA (Sokal and Michener 1958) with a lazy heap.
 */
#include "story_link.h"

#include <stdbool.h>
#include <string.h>

/* An edge in the list of one of its ends. */
typedef struct end {
    uint32_t edge;
    uint32_t other; /* a node of the group at the other end */
} end;

/* A node, and the group whose smallest node it is: in one line of a core's cache. */
typedef struct cluster {
    uint32_t up; /* towards the smallest node of its group; itself when it is that */
    uint32_t size, version;
    uint32_t next;  /* node whose room follows; NONE */
    uint32_t used;  /* ends in the room of this node */
    uint32_t tail;  /* of a group: the last node whose room it has */
    uint32_t stamp; /* the walk that has met this group last */
    uint32_t edge;  /* by which that walk has met it */
} cluster;

typedef struct offer {
    double average;
    uint32_t g, h, version_g, version_h;
} offer;

/* One end of a tie of cannot, in a list of its group. */
typedef struct apart {
    uint32_t other; /* node */
    struct apart *next;
} apart;

typedef struct linker {
    sst_arena arena;
    cluster *c;
    end *room;
    uint32_t *first; /* of each node, and one more: its room */
    double *sum;     /* of each edge */
    apart **apart;   /* of each group; NULL without ties */
    uint32_t walk;   /* how many there were */
    SST_VEC(offer) heap;
    float threshold;
} linker;

static const double GONE = -1;

enum {
    NONE = UINT32_MAX,
    /* Stale offers that came out of the heap, and the part of it that they are, before the others
       are looked through: a look costs less than to take a few out. They only move time. */
    STALE_LEAST = 64,
    STALE_PART = 8
};

/*
 * Groups whose average falls below this share of the threshold are taken for unlike: they would
 * have to gain threefold by later joins to meet. Without it the lists of a large piece grow with
 * its size.
 */
static const double FADED = 0.3;

static bool before(const offer *p, const offer *q)
{
    if (p->average != q->average)
        return p->average > q->average;
    return p->g != q->g ? p->g < q->g : p->h < q->h;
}

static void heap_push(linker *l, offer o)
{
    if (!vec_push(&l->arena, &l->heap))
        return;
    uint32_t i = l->heap.n - 1;
    while (i > 0 && before(&o, &l->heap.v[(i - 1) / 2])) {
        l->heap.v[i] = l->heap.v[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    l->heap.v[i] = o;
}

/* Puts o at or below i, where there is room. */
static void heap_sink(linker *l, uint32_t i, offer o)
{
    uint32_t n = l->heap.n;
    for (;;) {
        uint32_t c = 2 * i + 1;
        if (c >= n)
            break;
        if (c + 1 < n && before(&l->heap.v[c + 1], &l->heap.v[c]))
            c++;
        if (!before(&l->heap.v[c], &o))
            break;
        l->heap.v[i] = l->heap.v[c];
        i = c;
    }
    l->heap.v[i] = o;
}

static offer heap_pop(linker *l)
{
    offer top = l->heap.v[0], o = l->heap.v[--l->heap.n];
    if (l->heap.n)
        heap_sink(l, 0, o);
    return top;
}

static bool is_stale(const linker *l, const offer *o)
{
    return l->c[o->g].version != o->version_g || l->c[o->h].version != o->version_h;
}

/* What is stale goes. What comes out of a heap is a matter of its offers, not of their places. */
static void heap_clean(linker *l)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < l->heap.n; i++)
        if (!is_stale(l, &l->heap.v[i]))
            l->heap.v[kept++] = l->heap.v[i];
    l->heap.n = kept;
    for (uint32_t i = kept / 2; i-- > 0;)
        heap_sink(l, i, l->heap.v[i]);
}

static void propose(linker *l, uint32_t g, uint32_t h, double sum)
{
    if (g > h) {
        uint32_t t = g;
        g = h;
        h = t;
    }
    double average = sum / ((double)l->c[g].size * (double)l->c[h].size);
    if (average >= (double)l->threshold)
        heap_push(l, (offer){average, g, h, l->c[g].version, l->c[h].version});
}

static uint32_t root(const linker *l, uint32_t i)
{
    cluster *c = l->c;
    while (c[i].up != i)
        i = c[i].up = c[c[i].up].up;
    return i;
}

/* Where the ends of a group are written again, behind those that were read. */
typedef struct writer {
    uint32_t node, n; /* in whose room, how many are there */
} writer;

static void write_end(linker *l, writer *w, end e)
{
    while (w->n == l->first[w->node + 1] - l->first[w->node]) {
        l->c[w->node].used = w->n;
        *w = (writer){l->c[w->node].next, 0};
    }
    l->room[l->first[w->node] + w->n++] = e;
}

/* What is behind the writer is let go. */
static void cut(linker *l, uint32_t g, const writer *w)
{
    l->c[w->node].used = w->n;
    l->c[w->node].next = NONE;
    l->c[g].tail = w->node;
}

/* The first walk: of two edges to one neighbour the second is added to the first. */
static void fold(linker *l, uint32_t g)
{
    cluster *c = l->c;
    uint32_t walk = ++l->walk;
    writer w = {g, 0};
    for (uint32_t node = g, next; node != NONE; node = next) {
        const end *v = l->room + l->first[node];
        next = c[node].next;
        for (uint32_t i = 0, n = c[node].used; i < n; i++) {
            end e = v[i];
            if (l->sum[e.edge] == GONE)
                continue;
            e.other = root(l, e.other);
            cluster *other = &c[e.other];
            if (e.other == g) {
                l->sum[e.edge] = GONE;
            } else if (other->stamp == walk) {
                l->sum[other->edge] += l->sum[e.edge];
                l->sum[e.edge] = GONE;
            } else {
                other->stamp = walk;
                other->edge = e.edge;
                write_end(l, &w, e);
            }
        }
    }
    cut(l, g, &w);
}

/* The second: what has faded goes, what reaches the threshold is proposed. */
static void weigh(linker *l, uint32_t g)
{
    cluster *c = l->c;
    writer w = {g, 0};
    for (uint32_t node = g, next; node != NONE; node = next) {
        const end *v = l->room + l->first[node];
        next = c[node].next;
        for (uint32_t i = 0, n = c[node].used; i < n; i++) {
            end e = v[i];
            double sum = l->sum[e.edge];
            double average = sum / ((double)c[g].size * (double)c[e.other].size);
            if (average < FADED * (double)l->threshold) {
                l->sum[e.edge] = GONE;
                continue;
            }
            write_end(l, &w, e);
            propose(l, g, e.other, sum);
        }
    }
    cut(l, g, &w);
}

static bool forbidden(const linker *l, uint32_t g, uint32_t h)
{
    for (const apart *x = l->apart ? l->apart[h] : NULL; x; x = x->next)
        if (root(l, x->other) == g)
            return true;
    return false;
}

/* h becomes a part of g. */
static void unite(linker *l, uint32_t g, uint32_t h)
{
    cluster *a = &l->c[g], *b = &l->c[h];
    b->up = g;
    l->c[a->tail].next = h;
    a->tail = b->tail;
    a->size += b->size;
    a->version++;
    b->version++;
    fold(l, g);
    weigh(l, g);
    if (!l->apart || !l->apart[h])
        return;
    apart **last = &l->apart[h];
    while (*last)
        last = &(*last)->next;
    *last = l->apart[g];
    l->apart[g] = l->apart[h];
    l->apart[h] = NULL;
}

static void tie(linker *l, uint32_t n, const story_ties *ties)
{
    l->apart = arena_calloc(&l->arena, (size_t)n + 1, sizeof(apart *));
    for (uint32_t i = 0; l->apart && i < ties->cannot_n; i++)
        for (int side = 0; side < 2; side++) {
            story_tie t = ties->cannot[i];
            apart *x = arena_alloc(&l->arena, sizeof *x);
            if (!x)
                return;
            uint32_t at = side ? t.b : t.a;
            *x = (apart){side ? t.a : t.b, l->apart[at]};
            l->apart[at] = x;
        }
    for (uint32_t i = 0; i < ties->must_n && !l->arena.failed; i++) {
        uint32_t g = root(l, ties->must[i].a), h = root(l, ties->must[i].b);
        if (g != h && !forbidden(l, g, h))
            unite(l, g < h ? g : h, g < h ? h : g);
    }
}

sst_status story_link(uint32_t n, const story_edge *edge, uint32_t edge_n, float threshold,
                      const uint32_t *times, uint32_t *group)
{
    return story_link_tied(n, edge, edge_n, threshold, times, NULL, group);
}

/* Each node a group of its own, with its edges. */
static sst_status set_up(linker *l, uint32_t n, const story_edge *edge, uint32_t edge_n,
                         const uint32_t *times)
{
    if (edge_n > UINT32_MAX / 2)
        return SST_ERR_LIMIT;
    l->c = arena_calloc(&l->arena, (size_t)n + 1, sizeof *l->c);
    l->first = arena_calloc(&l->arena, (size_t)n + 2, sizeof *l->first);
    l->room = arena_alloc(&l->arena, (2 * (size_t)edge_n + 1) * sizeof *l->room);
    l->sum = arena_alloc(&l->arena, ((size_t)edge_n + 1) * sizeof *l->sum);
    if (l->arena.failed)
        return l->arena.failed;
    for (uint32_t e = 0; e < edge_n; e++) {
        l->first[edge[e].a + 1]++;
        l->first[edge[e].b + 1]++;
    }
    for (uint32_t i = 0; i < n; i++) {
        l->first[i + 1] += l->first[i];
        l->c[i] = (cluster){.up = i, .size = times ? times[i] : 1, .next = NONE, .tail = i};
    }
    for (uint32_t e = 0; e < edge_n; e++) {
        uint32_t x = edge[e].a, y = edge[e].b;
        cluster *a = &l->c[x], *b = &l->c[y];
        l->room[l->first[x] + a->used++] = (end){e, y};
        l->room[l->first[y] + b->used++] = (end){e, x};
        l->sum[e] = (double)edge[e].weight * a->size * b->size;
        propose(l, x, y, l->sum[e]);
    }
    return l->arena.failed;
}

sst_status story_link_tied(uint32_t n, const story_edge *edge, uint32_t edge_n, float threshold,
                           const uint32_t *times, const story_ties *ties, uint32_t *group)
{
    linker l = {.threshold = threshold};
    arena_init(&l.arena, 0);
    sst_status status = set_up(&l, n, edge, edge_n, times);
    if (ties && !status)
        tie(&l, n, ties);
    for (uint32_t stale = 0; !status && !l.arena.failed && l.heap.n;) {
        offer o = heap_pop(&l);
        if (is_stale(&l, &o)) {
            if (++stale > STALE_LEAST && stale > l.heap.n / STALE_PART) {
                heap_clean(&l);
                stale = 0;
            }
        } else if (!forbidden(&l, o.g, o.h)) {
            unite(&l, o.g, o.h);
        }
    }
    for (uint32_t i = 0; i < n && !status; i++)
        group[i] = root(&l, i);
    status = status ? status : l.arena.failed;
    arena_release(&l.arena);
    return status;
}
