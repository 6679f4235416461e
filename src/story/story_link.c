/*
 * Average link on a sparse graph.
 *
 *   group g: its size, and a list of (other group, sum of the edges between them), ascending
 *   heap:    (average, g, h, versions of both when it was put in); stale entries are passed over
 *
 * Two groups are joined into the smaller number; their lists are merged; every neighbour's list
 * gets the new sum; the new averages go into the heap. Sums are kept in double and added in the
 * order of the lists, so they do not depend on anything but the graph. Work: edges * log(edges) for
 * small groups; a group of k joins costs k lists of its neighbours. Source: UPGMA (Sokal and
 * Michener 1958) with a lazy heap.
 */
#include "story_link.h"

#include <stdbool.h>
#include <string.h>

typedef struct near {
    uint32_t g;
    double sum;
} near;

typedef struct cluster {
    near *v;
    uint32_t n, cap;
    uint32_t size, version;
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
    apart **apart;   /* of each group; NULL without ties */
    uint32_t *group; /* of each node, a tree */
    SST_VEC(offer) heap;
    float threshold;
} linker;

/* The sum of a place whose group was joined into another. */
static const double GONE = -1;

/*
 * Groups whose average falls below this share of the threshold are taken for unlike: they would
 * have to gain threefold by later joins to meet. Without it the lists of a large piece grow with
 * its size.
 */
static const double FADED = 0.3;

static double kept(double sum)
{
    return sum > 0 ? sum : 0;
}

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

static offer heap_pop(linker *l)
{
    offer top = l->heap.v[0], o = l->heap.v[--l->heap.n];
    uint32_t i = 0, n = l->heap.n;
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
    if (n)
        l->heap.v[i] = o;
    return top;
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

/* First of the n first places of c's list whose group is not below g; n when there is none. Halves
 * without a branch, for no processor can foretell its way. */
static uint32_t place_of(const cluster *c, uint32_t n, uint32_t g)
{
    const near *v = c->v;
    while (n > 1) {
        uint32_t half = n / 2;
        v = v[half - 1].g < g ? v + half : v;
        n -= half;
    }
    return (uint32_t)(v - c->v) + (n == 1 && v->g < g);
}

/*
 * In the list of a neighbour: h is gone, g has this sum. The place of h is only marked (GONE), so
 * that a dense graph costs two searches; when g is new in the list the marked places are taken out,
 * which makes room.
 */
static void replace(cluster *c, uint32_t g, uint32_t h, double sum)
{
    uint32_t at = place_of(c, c->n, h);
    if (at < c->n && c->v[at].g == h)
        c->v[at].sum = GONE;
    at = place_of(c, at, g); /* g < h */
    if (at < c->n && c->v[at].g == g) {
        c->v[at].sum = sum;
        return;
    }
    if (sum == GONE)
        return;
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->n; i++)
        if (c->v[i].sum != GONE)
            c->v[n++] = c->v[i];
    c->n = n;
    at = place_of(c, c->n, g);
    memmove(c->v + at + 1, c->v + at, (c->n - at) * sizeof *c->v);
    c->v[at] = (near){g, sum};
    c->n++;
}

static void join(linker *l, uint32_t g, uint32_t h)
{
    cluster *a = &l->c[g], *b = &l->c[h];
    near *v = arena_alloc(&l->arena, ((size_t)a->n + b->n + 1) * sizeof *v);
    if (!v)
        return;
    uint32_t n = 0;
    double size = (double)a->size + (double)b->size;
    for (uint32_t i = 0, j = 0; i < a->n || j < b->n;) {
        near m;
        if (j >= b->n || (i < a->n && a->v[i].g < b->v[j].g))
            m = a->v[i++];
        else if (i >= a->n || b->v[j].g < a->v[i].g)
            m = b->v[j++];
        else {
            m = (near){a->v[i].g, kept(a->v[i].sum) + kept(b->v[j].sum)};
            i++;
            j++;
        }
        if (m.g == g || m.g == h || m.sum <= 0)
            continue;
        double average = m.sum / (size * (double)l->c[m.g].size);
        if (average >= FADED * (double)l->threshold)
            v[n++] = m;
        else
            replace(&l->c[m.g], g, h, GONE);
    }
    a->v = v;
    a->n = n;
    a->size += b->size;
    a->version++;
    b->version++;
    b->n = 0;
    b->size = 0;
    for (uint32_t i = 0; i < n; i++) {
        replace(&l->c[v[i].g], g, h, v[i].sum);
        propose(l, g, v[i].g, v[i].sum);
    }
}

static uint32_t root(const linker *l, uint32_t i)
{
    while (l->group[i] != i)
        i = l->group[i] = l->group[l->group[i]];
    return i;
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
    join(l, g, h);
    l->group[h] = g;
    if (!l->apart || !l->apart[h])
        return;
    apart **end = &l->apart[h];
    while (*end)
        end = &(*end)->next;
    *end = l->apart[g];
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

static double sum_of(const linker *l, const story_edge *e)
{
    return (double)e->weight * l->c[e->a].size * l->c[e->b].size;
}

sst_status story_link(uint32_t n, const story_edge *edge, uint32_t edge_n, float threshold,
                      const uint32_t *times, uint32_t *group)
{
    return story_link_tied(n, edge, edge_n, threshold, times, NULL, group);
}

sst_status story_link_tied(uint32_t n, const story_edge *edge, uint32_t edge_n, float threshold,
                           const uint32_t *times, const story_ties *ties, uint32_t *group)
{
    linker l = {.threshold = threshold, .group = group};
    arena_init(&l.arena, 0);
    l.c = arena_calloc(&l.arena, (size_t)n + 1, sizeof *l.c);
    for (uint32_t e = 0; l.c && e < edge_n; e++) {
        l.c[edge[e].a].cap++;
        l.c[edge[e].b].cap++;
    }
    for (uint32_t i = 0; l.c && i < n; i++) {
        group[i] = i;
        l.c[i].size = times ? times[i] : 1;
        l.c[i].v = arena_alloc(&l.arena, (size_t)(l.c[i].cap + 1) * sizeof *l.c[i].v);
    }
    if (!l.arena.failed) {
        /* Sorted by (a, b): what a node gets as b comes first and ascends, then what it gets as a.
         */
        for (uint32_t e = 0; e < edge_n; e++) {
            cluster *b = &l.c[edge[e].b];
            b->v[b->n++] = (near){edge[e].a, sum_of(&l, &edge[e])};
        }
        for (uint32_t e = 0; e < edge_n; e++) {
            cluster *a = &l.c[edge[e].a];
            a->v[a->n++] = (near){edge[e].b, sum_of(&l, &edge[e])};
        }
        for (uint32_t e = 0; e < edge_n; e++)
            propose(&l, edge[e].a, edge[e].b, sum_of(&l, &edge[e]));
    }
    if (ties && !l.arena.failed)
        tie(&l, n, ties);
    while (!l.arena.failed && l.heap.n) {
        offer o = heap_pop(&l);
        if (l.c[o.g].version != o.version_g || l.c[o.h].version != o.version_h ||
            forbidden(&l, o.g, o.h))
            continue;
        unite(&l, o.g, o.h);
    }
    for (uint32_t i = 0; i < n && !l.arena.failed;
         i++) /* a group's head has the smaller number and is settled */
        group[i] = group[group[i]];
    sst_status status = l.arena.failed;
    arena_release(&l.arena);
    return status;
}
