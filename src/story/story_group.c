/*
 * Articles -> stories.
 *
 * in: texts; out: sst_story. Parts, in this order:
 *
 *   features   of each text (story_feature.h), and a canonical order of the texts: time, content,
 *              id; texts that are the same with the same time of publication are one node
 *   edges      which texts are alike (story_edges.h)
 *   groups     average link over the edges (story_link.h), which stays inside connected pieces
 *   stories    ids from their articles, why each article is in it
 *
 * A score is a function of the two texts alone and all sums run in the canonical order, so neither
 * the order of the input nor other articles nor threads change what two texts are to each other.
 */
#include "story.h"

#include <stdlib.h>

#include "base_hash.h"
#include "base_thread.h"
#include "story_edges.h"
#include "story_feature.h"
#include "story_link.h"

/*
 * Average similarity in a group, by grain. Event: where the mean B-cubed over the development sets
 * is highest (0.20 to 0.22 are within half a point). Development: where pairs that people judged at
 * a finer grain agree best (tgcontest_pairs). Saga: two thirds of an event's, where events of one
 * topic meet and those of two do not yet (ecbplus, whose topics have two events each).
 */
static const float GRAIN[] = {
    [SST_GRAIN_EVENT] = 0.21f, [SST_GRAIN_DEVELOPMENT] = 0.30f, [SST_GRAIN_SAGA] = 0.14f};
enum {
    /*
     * Because of NEXT_IN_TIME (story_edges.c) not all pairs of a story of hundreds are compared,
     * and a pair that is not counts as unlike. So groups that large are compared once more, by
     * SAMPLE members of each.
     */
    LARGE = 32,
    SAMPLE = 24,
    /* What two articles share, in a reason. */
    SHARED = 8
};

typedef struct grouper {
    const sst_text *const *texts;
    uint32_t n;
    const story_options *options;
    uint32_t threads;
    sst_arena scratch;
    sst_arena *words;  /* of each thread: what it makes of texts */
    story_features *f; /* in canonical order */
    story_ties ties;   /* of nodes */
    uint32_t *place;   /* of each node: in texts */
    uint32_t *same;    /* of each node: the first node with the same text and time, mostly itself */
    uint32_t *times;   /* of such a first node: how many there are */
    story_edge *edge;  /* by a, b */
    uint32_t edge_n;
    uint32_t *group;
    uint32_t *event; /* of a saga: the groups of its events; else NULL */
    uint32_t *best;  /* of each node: the member of its group that it is most like, or UINT32_MAX */
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
    if (x->f.published != y->f.published)
        return x->f.published < y->f.published ? -1 : 1;
    if (x->f.content != y->f.content)
        return x->f.content < y->f.content ? -1 : 1;
    int c = str_cmp(a->id, b->id);
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

static sst_status features(grouper *g)
{
    sortable *s = arena_alloc(&g->scratch, ((size_t)g->n + 1) * sizeof *s);
    g->f = arena_alloc(&g->scratch, ((size_t)g->n + 1) * sizeof *g->f);
    g->place = arena_alloc(&g->scratch, ((size_t)g->n + 1) * sizeof *g->place);
    if (g->scratch.failed)
        return g->scratch.failed;
    maker m = {.g = g, .to = s};
    thread_for(g->threads, g->n, make_one, &m, &m.stop);
    if (atomic_load(&m.stop))
        return (sst_status)atomic_load(&m.stop);
    qsort(s, g->n, sizeof *s, canonical);
    for (uint32_t i = 0; i < g->n; i++) {
        g->f[i] = s[i].f;
        g->place[i] = s[i].place;
    }
    g->same = arena_alloc(&g->scratch, ((size_t)g->n + 1) * sizeof *g->same);
    g->times = arena_calloc(&g->scratch, (size_t)g->n + 1, sizeof *g->times);
    uint8_t *tied = arena_calloc(&g->scratch, (size_t)g->n + 1, sizeof *tied);
    if (g->scratch.failed)
        return g->scratch.failed;
    sst_status status = node_ties(g, tied);
    for (uint32_t i = 0; i < g->n && !status; i++) {
        bool again = i > 0 && g->f[i].n >= STORY_FEATURES_LEAST && !tied[i] && !tied[i - 1] &&
                     g->f[i].content == g->f[i - 1].content;
        g->same[i] = again ? g->same[i - 1] : i;
        g->times[g->same[i]]++;
    }
    return status;
}

/* Average score of SAMPLE members of each of two groups, evenly chosen. */
static float sampled(const grouper *g, const uint32_t *a, uint32_t an, const uint32_t *b,
                     uint32_t bn)
{
    double sum = 0;
    uint32_t m = an < SAMPLE ? an : SAMPLE, k = bn < SAMPLE ? bn : SAMPLE;
    for (uint32_t i = 0; i < m; i++)
        for (uint32_t j = 0; j < k; j++)
            sum += (double)story_similarity(&g->f[a[(uint64_t)i * an / m]],
                                            &g->f[b[(uint64_t)j * bn / k]]);
    return (float)(sum / ((double)m * k));
}

static int by_pair(const void *p, const void *q)
{
    const story_edge *x = p, *y = q;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* Joins large groups that NEXT_IN_TIME has cut apart: average link over them as nodes. */
static sst_status join_large_once(grouper *g, float least, uint32_t *group, bool *more)
{
    *more = false;
    uint32_t n = g->n, large_n = 0;
    uint32_t *size = arena_calloc(&g->scratch, (size_t)n + 1, sizeof *size);
    if (!size)
        return g->scratch.failed;
    for (uint32_t i = 0; i < n; i++)
        large_n += ++size[group[i]] == LARGE;
    if (large_n < 2)
        return SST_OK;
    uint32_t *number = arena_alloc(&g->scratch, ((size_t)n + 1) * sizeof *number);
    uint32_t *head = arena_alloc(&g->scratch, ((size_t)large_n + 1) * sizeof *head);
    uint32_t *first = arena_calloc(&g->scratch, (size_t)large_n + 2, sizeof *first);
    uint32_t *member = arena_alloc(&g->scratch, ((size_t)n + 1) * sizeof *member);
    uint32_t *times = arena_alloc(&g->scratch, ((size_t)large_n + 1) * sizeof *times);
    uint32_t *joined = arena_alloc(&g->scratch, ((size_t)large_n + 1) * sizeof *joined);
    if (g->scratch.failed)
        return g->scratch.failed;
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++) {
        number[i] = UINT32_MAX;
        if (group[i] == i && size[i] >= LARGE) {
            head[k] = i;
            times[k] = size[i];
            first[k + 1] = first[k] + size[i];
            number[i] = k++;
        }
    }
    uint32_t *end = arena_alloc(&g->scratch, ((size_t)large_n + 1) * sizeof *end);
    if (!end)
        return g->scratch.failed;
    memcpy(end, first, large_n * sizeof *end);
    for (uint32_t i = 0; i < n; i++)
        if (number[group[i]] != UINT32_MAX)
            member[end[number[group[i]]]++] = i;
    SST_VEC(story_edge) edge = {0};
    for (uint32_t e = 0; e < g->edge_n; e++) {
        uint32_t a = number[group[g->edge[e].a]], b = number[group[g->edge[e].b]];
        if (a == b || a == UINT32_MAX || b == UINT32_MAX)
            continue;
        story_edge *x = vec_push(&g->scratch, &edge);
        if (!x)
            return g->scratch.failed;
        *x = (story_edge){a < b ? a : b, a < b ? b : a, 0};
    }
    if (edge.n)
        qsort(edge.v, edge.n, sizeof *edge.v, by_pair);
    uint32_t m = 0;
    for (uint32_t e = 0; e < edge.n; e++) {
        if (m && by_pair(&edge.v[m - 1], &edge.v[e]) == 0)
            continue;
        edge.v[m] = edge.v[e];
        uint32_t a = edge.v[m].a, b = edge.v[m].b;
        edge.v[m++].weight =
            sampled(g, member + first[a], size[head[a]], member + first[b], size[head[b]]);
    }
    SST_VEC(story_tie) cannot = {0};
    for (uint32_t i = 0; i < g->ties.cannot_n; i++) {
        uint32_t a = number[group[g->ties.cannot[i].a]], b = number[group[g->ties.cannot[i].b]];
        if (a == b || a == UINT32_MAX || b == UINT32_MAX)
            continue;
        story_tie *t = vec_push(&g->scratch, &cannot);
        if (!t)
            return g->scratch.failed;
        *t = (story_tie){a, b};
    }
    story_ties ties = {.cannot = cannot.v, .cannot_n = cannot.n};
    sst_status status = story_link_tied(large_n, edge.v, m, least, times, &ties, joined);
    for (uint32_t i = 0; i < n && !status; i++)
        if (number[group[i]] != UINT32_MAX)
            group[i] = head[joined[number[group[i]]]];
    for (uint32_t i = 0; i < large_n && !status; i++)
        *more |= joined[i] != i;
    return status;
}

/*
 * Pieces of a story are neighbours like the links of a chain, and only neighbours were compared; so
 * what was joined is compared anew, until nothing is joined. Each time at least every second piece
 * of a story goes.
 */
static sst_status join_large(grouper *g, float least, uint32_t *group)
{
    bool more = true;
    sst_status status = SST_OK;
    while (more && !status)
        status = join_large_once(g, least, group, &more);
    return status;
}

/* The groups of a grain: of each node the smallest of its group. */
static sst_status link_grain(grouper *g, sst_grain grain, uint32_t **out)
{
    uint32_t *group = arena_alloc(&g->scratch, ((size_t)g->n + 1) * sizeof *group);
    if (!group)
        return g->scratch.failed;
    sst_status status =
        story_link_tied(g->n, g->edge, g->edge_n, GRAIN[grain], g->times, &g->ties, group);
    for (uint32_t i = 0; status == SST_OK && i < g->n; i++)
        group[i] = group[g->same[i]];
    if (status == SST_OK)
        status = join_large(g, GRAIN[grain], group);
    *out = group;
    return status;
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

/* Why node i is in the story of nodes[0, n): the member it is most like, and what they share. */
static void reason(grouper *g, sst_arena *arena, const uint32_t *node, uint32_t i,
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
        s->event[i] =
            arena_printf(arena, "s%016llx", (unsigned long long)least[g->event[s->articles[i]]]);
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
        s->id = *times == 1 ? arena_printf(arena, "s%016llx", (unsigned long long)least)
                            : arena_printf(arena, "s%016llx-%u", (unsigned long long)least, *times);
        uint32_t smallest = min_place(g, s->articles, s->article_n);
        s->why = arena_calloc(arena, s->article_n, sizeof *s->why);
        if (!s->why)
            return arena->failed;
        if (g->event && !name_events(g, arena, least_of, s))
            return arena->failed;
        for (uint32_t i = 1; i < s->article_n; i++)
            reason(g, arena, s->articles, s->articles[i], &s->why[i - 1]);
        for (uint32_t i = 0; i < s->article_n; i++)
            s->articles[i] = g->place[s->articles[i]];
        s->why_n = smallest;
    }
    qsort(v, story_n, sizeof *v, by_place);
    for (uint32_t k = 0; k < story_n; k++)
        v[k].why_n = v[k].article_n - 1;
    *out = v;
    *out_n = story_n;
    return arena->failed;
}

float story_least(sst_grain grain)
{
    return GRAIN[grain];
}

sst_status story_group(const sst_text *const *texts, uint32_t n, sst_arena *arena, sst_story **out,
                       uint32_t *out_n)
{
    return story_group_by(texts, n, NULL, arena, out, out_n);
}

sst_status story_group_by(const sst_text *const *texts, uint32_t n, const story_options *options,
                          sst_arena *arena, sst_story **out, uint32_t *out_n)
{
    *out = NULL;
    *out_n = 0;
    grouper g = {.texts = texts, .n = n, .options = options, .threads = 1};
    if (options && options->threads > 1)
        g.threads = options->threads < n ? options->threads : n + 1;
    arena_init(&g.scratch, 0);
    g.words = arena_calloc(&g.scratch, g.threads, sizeof *g.words);
    for (uint32_t w = 0; g.words && w < g.threads; w++)
        arena_init(&g.words[w], 0);
    sst_status status = g.words ? features(&g) : g.scratch.failed;
    if (status == SST_OK)
        status = story_edges(g.f, g.same, n, g.threads, &g.scratch, &g.edge, &g.edge_n);
    sst_grain grain = options ? options->grain : SST_GRAIN_EVENT;
    if (status == SST_OK)
        status = link_grain(&g, grain, &g.group);
    if (status == SST_OK && grain == SST_GRAIN_SAGA)
        status = link_grain(&g, SST_GRAIN_EVENT, &g.event);
    if (status == SST_OK)
        status = strongest(&g);
    if (status == SST_OK)
        status = stories(&g, arena, out, out_n);
    for (uint32_t w = 0; g.words && w < g.threads; w++)
        arena_release(&g.words[w]);
    arena_release(&g.scratch);
    return status;
}
