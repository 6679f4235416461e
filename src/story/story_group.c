/*
 * Articles -> stories.
 *
 * in: texts; out: sst_story. Parts, in this order:
 *
 *   features   of each text (story_feature.h), and a canonical order of the texts: time, content,
 *              id; texts that are the same with the same time of publication are one node
 *   edges      which texts are alike (story_edges.h)
 *   groups     average link over the edges, which stays inside connected pieces (story_grain.h)
 *   stories    ids from their articles, why each article is in it; what tells of others too
 *
 * A score is a function of the two texts alone and all sums run in the canonical order, so neither
 * the order of the input nor other articles nor threads change what two texts are to each other.
 */
#include "story.h"

#include <stdlib.h>
#include <string.h>

#include "base_hash.h"
#include "base_thread.h"
#include "story_also.h"
#include "story_edges.h"
#include "story_feature.h"
#include "story_grain.h"
#include "story_index.h"

enum { SHARED = 8 }; /* what two articles share, in a reason */

typedef struct grouper {
    const sst_text *const *texts; /* NULL: made has them */
    const story_features *made;   /* of each text; NULL: they are made here */
    uint32_t n;
    const story_options *options;
    uint32_t threads;
    sst_arena scratch;
    sst_arena *words;  /* of each thread: what it makes of texts */
    story_features *f; /* in canonical order */
    story_ties ties;   /* of nodes */
    uint32_t *place;   /* of each node: in texts */
    uint32_t *same;    /* of each node: the first node with the same text and time, mostly itself */
    uint32_t *first;   /* the same whatever ties there are */
    uint32_t *times;   /* of such a first node: how many there are */
    story_edge *edge;  /* by a, b */
    uint32_t edge_n;
    uint32_t *group;
    uint32_t *event;    /* of a saga: the groups of its events; else NULL */
    story_other *other; /* by node, then group */
    uint32_t other_n;
    uint32_t *best; /* of each node: the member of its group that it is most like, or UINT32_MAX */
    float *best_score;
} grouper;

typedef struct sortable {
    story_features f;
    uint32_t place;
} sortable;

static int canonical(const void *p, const void *q)
{
    const sortable *x = p, *y = q;
    const sst_article *a = x->f.text->article, *b = y->f.text->article;
    int c = story_order(&x->f, a->id, &y->f, b->id);
    return c ? c : x->place < y->place ? -1 : x->place > y->place;
}

static int by_tie(const void *p, const void *q)
{
    const story_tie *a = p, *b = q;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return a->b < b->b ? -1 : a->b > b->b;
}

/* Pairs of places as sorted pairs of nodes. */
static story_tie *ties_of(grouper *g, const story_link_pair *pair, uint32_t n, const uint32_t *node,
                          uint8_t *tied)
{
    story_tie *v = arena_alloc(&g->scratch, ((size_t)n + 1) * sizeof *v);
    for (uint32_t i = 0; v && i < n; i++) {
        uint32_t a = node[pair[i].a], b = node[pair[i].b];
        v[i] = (story_tie){a < b ? a : b, a < b ? b : a};
        tied[a] = tied[b] = 1;
    }
    if (v)
        qsort(v, n, sizeof *v, by_tie);
    return v;
}

static sst_status node_ties(grouper *g, uint8_t *tied)
{
    const story_options *o = g->options;
    if (!o || o->must_n + o->cannot_n == 0)
        return SST_OK;
    uint32_t *node = arena_alloc(&g->scratch, ((size_t)g->n + 1) * sizeof *node);
    if (!node)
        return g->scratch.failed;
    for (uint32_t i = 0; i < g->n; i++)
        node[g->place[i]] = i;
    g->ties = (story_ties){.must = ties_of(g, o->must, o->must_n, node, tied),
                           .cannot = ties_of(g, o->cannot, o->cannot_n, node, tied),
                           .must_n = o->must_n,
                           .cannot_n = o->cannot_n};
    return g->scratch.failed;
}

typedef struct maker {
    const grouper *g;
    sortable *to;
    atomic_int stop; /* the status of the first failure */
} maker;

static void make_one(void *user, uint32_t i, uint32_t worker)
{
    maker *m = user;
    sst_status status = story_features_make(m->g->texts[i], &m->g->words[worker], &m->to[i].f);
    m->to[i].place = i;
    if (status)
        atomic_store(&m->stop, (int)status);
}

/* The features in canonical order; what they are sorted with is let go behind. */
static sst_status sort_features(grouper *g, sst_arena *sorting)
{
    sortable *s = arena_alloc(sorting, ((size_t)g->n + 1) * sizeof *s);
    if (!s)
        return sorting->failed;
    maker m = {.g = g, .to = s};
    if (!g->made)
        thread_for(g->threads, g->n, make_one, &m, &m.stop);
    if (atomic_load(&m.stop))
        return (sst_status)atomic_load(&m.stop);
    for (uint32_t i = 0; g->made && i < g->n; i++)
        s[i] = (sortable){g->made[i], i};
    qsort(s, g->n, sizeof *s, canonical);
    g->f = arena_alloc(&g->scratch, ((size_t)g->n + 1) * sizeof *g->f);
    g->place = arena_alloc(&g->scratch, ((size_t)g->n + 1) * sizeof *g->place);
    if (g->scratch.failed)
        return g->scratch.failed;
    for (uint32_t i = 0; i < g->n; i++) {
        g->f[i] = s[i].f;
        g->place[i] = s[i].place;
    }
    return SST_OK;
}

static sst_status features(grouper *g)
{
    sst_arena sorting;
    arena_init(&sorting, 0);
    sst_status status = sort_features(g, &sorting);
    arena_release(&sorting);
    if (status)
        return status;
    g->same = arena_alloc(&g->scratch, ((size_t)g->n + 1) * sizeof *g->same);
    g->times = arena_calloc(&g->scratch, (size_t)g->n + 1, sizeof *g->times);
    g->first = arena_alloc(&g->scratch, ((size_t)g->n + 1) * sizeof *g->first);
    uint8_t *tied = arena_calloc(&g->scratch, (size_t)g->n + 1, sizeof *tied);
    if (g->scratch.failed)
        return g->scratch.failed;
    status = node_ties(g, tied);
    story_same(g->f, g->n, NULL, g->first, NULL);
    if (!status)
        story_same(g->f, g->n, tied, g->same, g->times);
    return status;
}

static sst_status link_grain(grouper *g, sst_grain grain, uint32_t **out)
{
    story_graph graph = {.f = g->f,
                         .same = g->same,
                         .times = g->times,
                         .n = g->n,
                         .edge = g->edge,
                         .edge_n = g->edge_n,
                         .ties = g->ties};
    *out = arena_alloc(&g->scratch, ((size_t)g->n + 1) * sizeof **out);
    return *out ? story_link_grain(&graph, grain, g->threads, *out) : g->scratch.failed;
}

/* For each node the strongest edge inside its group; the smaller node when two are as strong. */
static sst_status strongest(grouper *g)
{
    g->best = arena_alloc(&g->scratch, ((size_t)g->n + 1) * sizeof *g->best);
    g->best_score = arena_calloc(&g->scratch, (size_t)g->n + 1, sizeof *g->best_score);
    if (g->scratch.failed)
        return g->scratch.failed;
    memset(g->best, 0xFF, ((size_t)g->n + 1) * sizeof *g->best);
    for (uint32_t e = 0; e < g->edge_n; e++) {
        story_edge x = g->edge[e];
        if (g->group[x.a] != g->group[x.b])
            continue;
        for (int side = 0; side < 2; side++) {
            uint32_t i = side ? x.b : x.a, j = side ? x.a : x.b;
            if (x.weight > g->best_score[i] || (x.weight == g->best_score[i] && j < g->best[i])) {
                g->best_score[i] = x.weight;
                g->best[i] = j;
            }
        }
    }
    for (uint32_t i = 1; i < g->n; i++) { /* nothing is more alike than the same text */
        uint32_t j = g->same[i];
        if (j == i)
            continue;
        g->best[i] = j;
        g->best[j] = g->best[j] == UINT32_MAX || g->same[g->best[j]] != j ? i : g->best[j];
        g->best_score[i] = g->best_score[j] = story_similarity(&g->f[i], &g->f[j]);
    }
    return SST_OK;
}

static uint32_t min_place(const grouper *g, const uint32_t *node, uint32_t n)
{
    uint32_t least = UINT32_MAX;
    for (uint32_t i = 0; i < n; i++)
        if (g->place[node[i]] < least)
            least = g->place[node[i]];
    return least;
}

/* Why node i is in the story of the nodes from *node on: the member it is most like, and what they
 * share. */
static void reason(const grouper *g, sst_arena *arena, const uint32_t *node, uint32_t i,
                   sst_story_why *why)
{
    uint32_t best = g->best[i];
    float score = g->best_score[i];
    if (best == UINT32_MAX) { /* joined through groups only */
        best = node[0] == i ? node[1] : node[0];
        score = story_similarity(&g->f[best], &g->f[i]);
    }
    *why = (sst_story_why){.article = g->place[i], .with = g->place[best], .score = score};
    why->shared_n = story_shared_places(&g->f[i], &g->f[best], SHARED, arena, &why->shared);
}

typedef struct reasoner {
    const grouper *g;
    sst_story *v;
    sst_arena *arena; /* of each thread */
} reasoner;

/* The reasons of one story; from nodes its articles become places. */
static void reason_one(void *user, uint32_t k, uint32_t worker)
{
    reasoner *r = user;
    sst_story *s = &r->v[k];
    for (uint32_t i = 1; i < s->article_n; i++)
        reason(r->g, &r->arena[worker], s->articles, s->articles[i], &s->why[i - 1]);
    for (uint32_t i = 0; i < s->article_n; i++)
        s->articles[i] = r->g->place[s->articles[i]];
}

static sst_status reasons(grouper *g, sst_arena *arena, sst_story *v, uint32_t n)
{
    reasoner r = {.g = g, .v = v};
    r.arena = arena_calloc(&g->scratch, g->threads, sizeof *r.arena);
    if (!r.arena)
        return g->scratch.failed;
    for (uint32_t w = 0; w < g->threads; w++) {
        arena_init(&r.arena[w], 0);
        r.arena[w].room = arena->room;
    }
    thread_for(g->threads, n, reason_one, &r, NULL);
    for (uint32_t w = 0; w < g->threads; w++)
        arena_take(arena, &r.arena[w]);
    return arena->failed;
}

static int by_also(const void *p, const void *q)
{
    const sst_story_also *a = p, *b = q;
    if (a->article != b->article)
        return a->article < b->article ? -1 : 1;
    return str_cmp(a->story, b->story);
}

/* Other stories that articles tell of too, each with the story of its article; ids are known. */
static sst_status others(const grouper *g, sst_arena *arena, const uint32_t *story_of, sst_story *v)
{
    sst_story_also *all = arena_alloc(arena, ((size_t)g->other_n + 1) * sizeof *all);
    if (!all)
        return arena->failed;
    for (uint32_t k = 0; k < g->other_n; k++)
        v[story_of[g->group[g->other[k].node]]].also_n++;
    uint32_t at = 0;
    for (uint32_t i = 0; i < g->n && g->other_n; i++)
        if (g->group[i] == i) {
            sst_story *s = &v[story_of[i]];
            s->also = all + at;
            at += s->also_n;
            s->also_n = 0;
        }
    for (uint32_t k = 0; k < g->other_n; k++) {
        const story_other *o = &g->other[k];
        sst_story *s = &v[story_of[g->group[o->node]]];
        s->also[s->also_n++] = (sst_story_also){.article = g->place[o->node],
                                                .with = g->place[o->with],
                                                .story = v[story_of[o->group]].id,
                                                .score = o->score,
                                                .part = o->part,
                                                .shared = o->shared,
                                                .shared_n = o->shared_n};
    }
    for (uint32_t i = 0; i < g->n && g->other_n; i++)
        if (g->group[i] == i) {
            sst_story *s = &v[story_of[i]];
            if (s->also_n > 1)
                qsort(s->also, s->also_n, sizeof *s->also, by_also);
        }
    return SST_OK;
}

static int by_place(const void *p, const void *q)
{
    const sst_story *a = p, *b = q;
    return a->why_n < b->why_n
               ? -1
               : a->why_n > b->why_n; /* holds the smallest place until the reasons are made */
}

/* Of each event, at its smallest node: the smallest hash of its articles. */
static uint64_t *event_contents(grouper *g)
{
    uint64_t *least = arena_alloc(&g->scratch, ((size_t)g->n + 1) * sizeof *least);
    for (uint32_t i = 0; least && i < g->n; i++) {
        uint32_t e = g->event[i];
        least[e] = e == i || g->f[i].content < least[e] ? g->f[i].content : least[e];
    }
    return least;
}

static bool name_events(const grouper *g, sst_arena *arena, const uint64_t *least, sst_story *s)
{
    s->event = arena_calloc(arena, (size_t)s->article_n + 1, sizeof *s->event);
    for (uint32_t i = 0; s->event && i < s->article_n; i++)
        s->event[i] = story_id(least[g->event[s->articles[i]]], arena);
    return s->event && !arena->failed;
}

static sst_status stories(grouper *g, sst_arena *arena, sst_story **out, uint32_t *out_n)
{
    uint32_t n = g->n, story_n = 0;
    uint32_t *size = arena_calloc(&g->scratch, (size_t)n + 1, sizeof *size);
    uint32_t *story_of = arena_alloc(&g->scratch, ((size_t)n + 1) * sizeof *story_of);
    uint32_t **member = arena_calloc(&g->scratch, (size_t)n + 1, sizeof *member);
    if (g->scratch.failed)
        return g->scratch.failed;
    for (uint32_t i = 0; i < n; i++)
        size[g->group[i]]++;
    for (uint32_t i = 0; i < n; i++)
        if (size[i])
            story_of[i] = story_n++;
    sst_story *v = arena_calloc(arena, (size_t)story_n + 1, sizeof *v);
    u64map ids = {0};
    uint64_t *least_of = g->event ? event_contents(g) : NULL;
    for (uint32_t i = 0; v && i < n; i++)
        if (size[i]) {
            v[story_of[i]].articles = arena_alloc(arena, size[i] * sizeof *v->articles);
            member[story_of[i]] = v[story_of[i]].articles;
        }
    if (arena->failed || g->scratch.failed)
        return arena->failed ? arena->failed : g->scratch.failed;
    /* Nodes ascend, so members stand in canonical order. */
    for (uint32_t i = 0; i < n; i++) {
        sst_story *s = &v[story_of[g->group[i]]];
        member[story_of[g->group[i]]][s->article_n++] = i;
    }
    for (uint32_t k = 0; k < story_n; k++) {
        sst_story *s = &v[k];
        uint64_t least = UINT64_MAX;
        for (uint32_t i = 0; i < s->article_n; i++)
            if (g->f[s->articles[i]].content < least)
                least = g->f[s->articles[i]].content;
        int fresh;
        uint32_t *times = u64map_add(&g->scratch, &ids, least, 0, &fresh);
        if (!times)
            return g->scratch.failed;
        ++*times; /* the same text in two stories: the later one gets a number */
        s->id = *times == 1 ? story_id(least, arena)
                            : arena_printf(arena, "s%016llx-%u", (unsigned long long)least, *times);
        uint32_t smallest = min_place(g, s->articles, s->article_n);
        s->why = arena_calloc(arena, s->article_n, sizeof *s->why);
        if (!s->why)
            return arena->failed;
        if (g->event && !name_events(g, arena, least_of, s))
            return arena->failed;
        s->why_n = smallest;
    }
    sst_status status = reasons(g, arena, v, story_n);
    if (!status)
        status = others(g, arena, story_of, v);
    if (status)
        return status;
    qsort(v, story_n, sizeof *v, by_place);
    for (uint32_t k = 0; k < story_n; k++)
        v[k].why_n = v[k].article_n - 1;
    *out = v;
    *out_n = story_n;
    return arena->failed;
}

sst_status story_group(const sst_text *const *texts, uint32_t n, sst_arena *arena, sst_story **out,
                       uint32_t *out_n)
{
    return story_group_by(texts, n, NULL, arena, out, out_n);
}

static sst_status group_by(const grouper *given, const story_options *options, sst_arena *arena,
                           sst_story **out, uint32_t *out_n)
{
    *out = NULL;
    *out_n = 0;
    grouper g = *given;
    uint32_t n = g.n;
    g.options = options;
    g.threads = 1;
    if (options && options->threads > 1)
        g.threads = options->threads < n ? options->threads : n + 1;
    arena_init(&g.scratch, 0);
    g.words = arena_calloc(&g.scratch, g.threads, sizeof *g.words);
    for (uint32_t w = 0; g.words && w < g.threads; w++)
        arena_init(&g.words[w], 0);
    sst_status status = g.words ? features(&g) : g.scratch.failed;
    if (status == SST_OK)
        status = story_edges(g.f, g.first, n, g.threads, &g.scratch, &g.edge, &g.edge_n);
    if (status == SST_OK)
        status = story_untwin(n, g.first, g.same, g.edge, g.edge_n, &g.scratch, &g.edge, &g.edge_n);
    sst_grain grain = options ? options->grain : SST_GRAIN_EVENT;
    if (status == SST_OK)
        status = link_grain(&g, grain, &g.group);
    if (status == SST_OK && grain == SST_GRAIN_SAGA)
        status = link_grain(&g, SST_GRAIN_EVENT, &g.event);
    if (status == SST_OK)
        status = strongest(&g);
    if (status == SST_OK && options && options->also)
        status =
            story_also(g.f, n, g.edge, g.edge_n, g.group, g.threads, arena, &g.other, &g.other_n);
    if (status == SST_OK)
        status = stories(&g, arena, out, out_n);
    for (uint32_t w = 0; g.words && w < g.threads; w++)
        arena_release(&g.words[w]);
    arena_release(&g.scratch);
    return status;
}

sst_status story_group_by(const sst_text *const *texts, uint32_t n, const story_options *options,
                          sst_arena *arena, sst_story **out, uint32_t *out_n)
{
    return group_by(&(grouper){.texts = texts, .n = n}, options, arena, out, out_n);
}

sst_status story_group_features(const story_features *f, uint32_t n, const story_options *options,
                                sst_arena *arena, sst_story **out, uint32_t *out_n)
{
    return group_by(&(grouper){.made = f, .n = n}, options, arena, out, out_n);
}

sst_status story_of_edges(const story_features *f, uint32_t n, const uint8_t *tied,
                          const story_edge *edge, uint32_t edge_n, sst_arena *arena, sst_story *out)
{
    grouper g = {.n = n, .threads = 1, .edge_n = edge_n};
    sst_story *v = NULL;
    uint32_t story_n = 0;
    arena_init(&g.scratch, 0);
    g.f = arena_alloc(&g.scratch, ((size_t)n + 1) * sizeof *g.f);
    g.edge = arena_alloc(&g.scratch, ((size_t)edge_n + 1) * sizeof *g.edge);
    g.place = arena_alloc(&g.scratch, ((size_t)n + 1) * sizeof *g.place);
    g.same = arena_alloc(&g.scratch, ((size_t)n + 1) * sizeof *g.same);
    g.times = arena_calloc(&g.scratch, (size_t)n + 1, sizeof *g.times);
    g.group = arena_calloc(&g.scratch, (size_t)n + 1, sizeof *g.group); /* all that of the first */
    if (!tied)
        tied = arena_calloc(&g.scratch, (size_t)n + 1, sizeof *tied);
    sst_status status = g.scratch.failed;
    if (!status) {
        memcpy(g.f, f, n * sizeof *g.f);
        if (edge_n)
            memcpy(g.edge, edge, edge_n * sizeof *g.edge);
        for (uint32_t i = 0; i < n; i++)
            g.place[i] = i;
        story_same(g.f, n, tied, g.same, g.times);
        status = strongest(&g);
    }
    if (!status)
        status = stories(&g, arena, &v, &story_n);
    if (!status)
        *out = v[0];
    arena_release(&g.scratch);
    return status;
}
