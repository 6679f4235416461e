/*
 * Pages that tell of several stories -> which, and where in the page.
 *
 * in: features with texts, edges, groups; out: story_other. Parts, in this order:
 *
 *   pages   those with two parts and more and an edge to another group of two articles and more
 *   groups  of a page: those that it has NEAR_LEAST in common with on average; of each at most
 *           STORY_ALSO_SAMPLE articles, as lists of the words that the page has too:
 *
 *             word of the page -> place in a table   (story_probe)
 *             sampled article  -> (place, weight, weight in the lead) ...    ascending keys
 *
 *   parts   each laid out in the places of that table, and compared with the lists of each group,
 *           and of the page's own. Words and time alone say of most that they are too little
 *           alike; what else makes a score is asked for of the rest.
 *
 * By average link a page of many events joins none of them (its words are spread over all), and
 * what is found here joins nothing either: it is told beside the stories.
 */
#include "story_also.h"

#include <math.h>
#include <string.h>

#include "base_thread.h"

enum {
    /* Words of a part: a paragraph of news has 30 to 50, and fewer than 20 are no report. */
    PART_WORDS = 20,
    /* Parts of a page that are looked at: the longest live pages have some hundred. */
    PARTS_MOST = 256,
    SHARED = 8 /* what a part and an article share, in a reason */
};

/* A page of k events of like size has 1 / sqrt(k) of what its part alone has in common with one of
 * them: this is a third of what groups reach, nine events. */
static const float NEAR_LEAST = 0.07f;

/*
 * What a part and a story must reach on average, whatever the grain: a paragraph has fewer words
 * than an article, and shares those of its country and week with many stories. Of what is found
 * between the threshold of an event (0.21) and this, in development sets, nine of 35 read told of
 * the other story; above it four of five.
 */
static const float ALSO_LEAST = 0.30f;

/* Above what roots and sums of a few dozen floats are wrong by: a bound stays one. */
static const float ROUNDING = 1.001f;

typedef struct part {
    story_features f;
    sst_span at;
    story_place *v; /* its words, in the table of the page's words */
    uint32_t n;
} part;

typedef struct sampled {
    uint32_t node, n;
    story_place *v; /* words that the page has too, in the table of the page's words */
    float time;     /* no part of the page has a higher factor for the time with it */
} sampled;

/* What a page is compared with: a group, the page itself left out. */
typedef struct nearby {
    uint32_t group, n;
    sampled *v;
} nearby;

typedef struct seeker {
    const story_features *f;
    uint32_t n;
    const uint32_t *group;
    float least;
    uint32_t *first, *member; /* of each group, at its smallest node: its nodes, ascending */
    uint32_t *edge_first;     /* of each node: in near */
    story_edge *near; /* a: the node, b: the other's group; each node's in the order of edges */
    sst_arena *arena; /* of each worker: what is found */
    struct {
        story_other *v;
        uint32_t n;
    } * found; /* of each node */
    atomic_int stop;
} seeker;

static bool tells(uint8_t role)
{
    return role == ROLE_BODY || role == ROLE_LIST;
}

static uint32_t words_of(const sst_text *t, const sst_para *p)
{
    uint32_t n = 0;
    for (uint32_t i = p->begin; i < p->end; i++)
        n += t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER;
    return n;
}

/* Paragraphs [*from, end) that make the next part; false when there is none. */
static bool next_part(const sst_text *t, uint32_t *from, uint32_t *end)
{
    uint32_t words = 0, p = *end;
    while (p < t->para_n && !tells(t->para[p].role))
        p++;
    *from = p;
    for (; p < t->para_n && tells(t->para[p].role) && words < PART_WORDS; p++)
        words += words_of(t, &t->para[p]);
    *end = p;
    return p > *from;
}

static uint32_t parts_of(const sst_text *t)
{
    uint32_t n = 0;
    for (uint32_t from, end = 0; n < PARTS_MOST && next_part(t, &from, &end);)
        n++;
    return n;
}

/* What a part cannot pass, whatever it is: it is of unit length, so it has no more in common with
 * an article than the length of what that shares with the page. */
static float most_of(const sampled *x)
{
    double all = 0, lead = 0;
    for (uint32_t i = 0; i < x->n; i++) {
        all += (double)x->v[i].weight * (double)x->v[i].weight;
        lead += (double)x->v[i].lead * (double)x->v[i].lead;
    }
    return story_words((float)sqrt(all), (float)sqrt(lead));
}

/* The sample of a group; *most: no part of the page has an average with it above that. */
static sst_status sample(const seeker *s, const story_probe *probe, uint32_t page, uint32_t group,
                         sst_arena *scratch, nearby *out, float *most)
{
    const uint32_t *m = s->member + s->first[group];
    uint32_t n = s->first[group + 1] - s->first[group],
             k = n < STORY_ALSO_SAMPLE ? n : STORY_ALSO_SAMPLE;
    double sum = 0;
    *out = (nearby){.group = group, .v = arena_alloc(scratch, k * sizeof *out->v)};
    if (!out->v)
        return scratch->failed;
    for (uint32_t i = 0; i < k; i++) {
        uint32_t j = m[story_also_at(i, n)];
        if (j == page)
            continue;
        sampled *x = &out->v[out->n++];
        x->node = j;
        x->v = arena_alloc(scratch, ((size_t)s->f[j].n + 1) * sizeof *x->v);
        if (!x->v)
            return scratch->failed;
        x->n = story_probe_places(probe, &s->f[j], x->v);
        x->time = story_time_of_parts(&s->f[page], &s->f[j]);
        sum += (double)(x->time * (s->f[j].lang != s->f[page].lang ? 1 : most_of(x)));
    }
    *most = out->n ? (float)(sum / out->n) * ROUNDING : 0;
    return SST_OK;
}

/*
 * Average of a part, laid out in weight and lead, with a sample; 0 when words and time say that it
 * does not reach least. *with: the one most alike.
 */
static float average(const seeker *s, const story_features *x, const float *weight,
                     const float *lead, const nearby *g, float least, uint32_t *with)
{
    float all_of[STORY_ALSO_SAMPLE], lead_of[STORY_ALSO_SAMPLE];
    double sum = 0;
    for (uint32_t k = 0; k < g->n; k++) {
        const sampled *y = &g->v[k];
        float all = 0, in_lead = 0;
        for (uint32_t i = 0; i < y->n; i++) { /* words that the part does not have add nothing */
            all += weight[y->v[i].at] * y->v[i].weight;
            in_lead += lead[y->v[i].at] * y->v[i].lead;
        }
        all_of[k] = all;
        lead_of[k] = in_lead;
        sum += (double)(y->time * (s->f[y->node].lang != x->lang ? 1 : story_words(all, in_lead)));
    }
    if (g->n == 0 || (float)(sum / g->n) < least)
        return 0;
    float best = -1;
    sum = 0;
    for (uint32_t k = 0; k < g->n; k++) {
        uint32_t j = g->v[k].node;
        float score = story_similarity_sums(x, &s->f[j], all_of[k], lead_of[k]);
        sum += (double)score;
        if (score > best) {
            best = score;
            *with = j;
        }
    }
    return (float)(sum / g->n);
}

/* The parts of a page, in scratch. */
static uint32_t make_parts(const sst_text *t, const story_probe *page, sst_arena *scratch,
                           part *out)
{
    uint32_t n = 0;
    story_source source;
    if (story_source_open(t, scratch, &source))
        return 0;
    for (uint32_t from, end = 0; n < PARTS_MOST && next_part(t, &from, &end);) {
        part *x = &out[n];
        if (story_features_of_part(&source, from, end, scratch, &x->f))
            return 0;
        x->at = text_span(t, t->para[from].begin, t->para[end - 1].end);
        x->v = arena_alloc(scratch, ((size_t)x->f.n + 1) * sizeof *x->v);
        if (!x->v)
            return 0;
        x->n = story_probe_places(page, &x->f, x->v);
        n += x->f.n >= STORY_FEATURES_LEAST;
    }
    return n;
}

/* Groups of a page with NEAR_LEAST on average, each once, in order of their numbers. */
static uint32_t near_groups(const seeker *s, uint32_t page, double *sum, uint32_t *out)
{
    uint32_t n = 0, kept = 0;
    for (uint32_t e = s->edge_first[page]; e < s->edge_first[page + 1]; e++) {
        uint32_t g = s->near[e].b, at = n;
        while (at > 0 && out[at - 1] > g)
            at--;
        if (at > 0 && out[at - 1] == g) {
            sum[at - 1] += (double)s->near[e].weight;
            continue;
        }
        memmove(out + at + 1, out + at, (n - at) * sizeof *out);
        memmove(sum + at + 1, sum + at, (n - at) * sizeof *sum);
        out[at] = g;
        sum[at] = (double)s->near[e].weight;
        n++;
    }
    for (uint32_t k = 0; k < n; k++)
        if (sum[k] >= (double)NEAR_LEAST * (s->first[out[k] + 1] - s->first[out[k]]))
            out[kept++] = out[k];
    return kept;
}

/* The groups that a part may reach, and behind them the page's own; *n: without that. */
static nearby *samples(const seeker *s, const story_probe *probe, uint32_t page, sst_arena *scratch,
                       uint32_t *n)
{
    size_t room = (size_t)s->edge_first[page + 1] - s->edge_first[page] + 1;
    double *sum = arena_alloc(scratch, room * sizeof *sum);
    uint32_t *group = arena_alloc(scratch, room * sizeof *group), kept = 0;
    nearby *v = arena_alloc(scratch, room * sizeof *v);
    float most;
    *n = 0;
    if (scratch->failed)
        return NULL;
    uint32_t group_n = near_groups(s, page, sum, group);
    for (uint32_t k = 0; k < group_n; k++) {
        if (sample(s, probe, page, group[k], scratch, &v[kept], &most))
            return NULL;
        kept += most >= s->least;
    }
    if (kept && sample(s, probe, page, s->group[page], scratch, &v[kept], &most))
        return NULL;
    *n = kept;
    return v;
}

static sst_status seek(seeker *s, uint32_t page, story_probe *probe, sst_arena *scratch,
                       sst_arena *arena)
{
    uint32_t group_n, found = 0;
    if (story_probe_set(probe, &s->f[page], scratch))
        return scratch->failed;
    nearby *near = samples(s, probe, page, scratch, &group_n);
    if (scratch->failed || !group_n)
        return scratch->failed;
    part *parts = arena_alloc(scratch, PARTS_MOST * sizeof *parts);
    float *weight = arena_calloc(scratch, probe->size, sizeof *weight);
    float *lead = arena_calloc(scratch, probe->size, sizeof *lead);
    story_other *best = arena_calloc(scratch, group_n, sizeof *best);
    uint32_t *of = arena_calloc(scratch, group_n, sizeof *of);
    sst_text text;
    if (scratch->failed)
        return scratch->failed;
    sst_status status = story_whole(s->f[page].text, scratch, &text); /* few pages come so far */
    if (status || parts_of(&text) < 2)
        return status;
    uint32_t part_n = make_parts(&text, probe, scratch, parts);
    for (uint32_t p = 0; p < part_n; p++) {
        const story_features *x = &parts[p].f;
        uint32_t with = 0;
        float own = -1; /* not known yet */
        for (uint32_t i = 0; i < parts[p].n; i++) {
            weight[parts[p].v[i].at] = parts[p].v[i].weight;
            lead[parts[p].v[i].at] = parts[p].v[i].lead;
        }
        for (uint32_t k = 0; k < group_n; k++) {
            float score = average(s, x, weight, lead, &near[k], s->least, &with);
            if (score < s->least || score <= best[k].score)
                continue;
            uint32_t ours;
            if (own < 0)
                own = average(s, x, weight, lead, &near[group_n], 0, &ours);
            if (score <= own)
                continue;
            found += best[k].score <= 0;
            best[k] = (story_other){.node = page,
                                    .group = near[k].group,
                                    .with = with,
                                    .score = score,
                                    .part = parts[p].at};
            of[k] = p;
        }
        for (uint32_t i = 0; i < parts[p].n; i++)
            weight[parts[p].v[i].at] = lead[parts[p].v[i].at] = 0;
    }
    if (scratch->failed || !found)
        return scratch->failed;
    s->found[page].v = arena_alloc(arena, found * sizeof *best);
    for (uint32_t k = 0; k < group_n && !arena->failed; k++)
        if (best[k].score > 0) {
            best[k].shared_n = story_shared_places(&parts[of[k]].f, &s->f[best[k].with], SHARED,
                                                   arena, &best[k].shared);
            s->found[page].v[s->found[page].n++] = best[k];
        }
    return arena->failed;
}

static void seek_one(void *user, uint32_t page, uint32_t worker)
{
    seeker *s = user;
    const sst_text *text = s->f[page].text;
    if (s->edge_first[page] == s->edge_first[page + 1] || (text->tok && parts_of(text) < 2))
        return;
    sst_arena scratch;
    arena_init(&scratch, 0);
    story_probe *probe = arena_calloc(&scratch, 1, sizeof *probe);
    sst_status status = probe ? seek(s, page, probe, &scratch, &s->arena[worker]) : scratch.failed;
    arena_release(&scratch);
    if (status)
        atomic_store(&s->stop, (int)status);
}

/* The nodes of each group, and of each node its edges to other groups of two and more. */
static sst_status lay_out(seeker *s, const story_edge *edge, uint32_t edge_n, sst_arena *scratch)
{
    size_t room = (size_t)s->n + 3;
    s->first = arena_calloc(scratch, room, sizeof *s->first);
    s->member = arena_alloc(scratch, room * sizeof *s->member);
    s->edge_first = arena_calloc(scratch, room, sizeof *s->edge_first);
    s->found = arena_calloc(scratch, room, sizeof *s->found);
    if (scratch->failed)
        return scratch->failed;
    for (uint32_t i = 0; i < s->n; i++)
        s->first[s->group[i] + 2]++;
    for (uint32_t i = 2; i < s->n + 2; i++)
        s->first[i] += s->first[i - 1];
    for (uint32_t i = 0; i < s->n; i++)
        s->member[s->first[s->group[i] + 1]++] = i;
    uint64_t total = 0;
    for (int fill = 0; fill < 2; fill++) {
        for (uint32_t e = 0; e < edge_n; e++)
            for (int side = 0; side < 2; side++) {
                uint32_t i = side ? edge[e].b : edge[e].a;
                uint32_t g = s->group[side ? edge[e].a : edge[e].b];
                if (g == s->group[i] || s->first[g + 1] - s->first[g] < 2)
                    continue;
                if (fill)
                    s->near[s->edge_first[i + 1]++] = (story_edge){i, g, edge[e].weight};
                else
                    s->edge_first[i + 2] += ++total <= UINT32_MAX;
            }
        if (fill)
            break;
        if (total >= UINT32_MAX)
            return SST_ERR_LIMIT;
        for (uint32_t i = 2; i < s->n + 2; i++)
            s->edge_first[i] += s->edge_first[i - 1];
        s->near = arena_alloc(scratch, (size_t)(total + 1) * sizeof *s->near);
        if (!s->near)
            return scratch->failed;
    }
    return SST_OK;
}

sst_status story_also(const story_features *f, uint32_t n, const story_edge *edge, uint32_t edge_n,
                      const uint32_t *group, uint32_t threads, sst_arena *arena, story_other **out,
                      uint32_t *out_n)
{
    seeker s = {.f = f, .n = n, .group = group, .least = ALSO_LEAST};
    sst_arena scratch;
    arena_init(&scratch, 0);
    *out = NULL;
    *out_n = 0;
    threads = threads ? threads : 1;
    s.arena = arena_calloc(&scratch, threads, sizeof *s.arena);
    for (uint32_t w = 0; s.arena && w < threads; w++)
        arena_init(&s.arena[w], 0);
    sst_status status = s.arena ? lay_out(&s, edge, edge_n, &scratch) : scratch.failed;
    if (!status) {
        thread_for(threads, n, seek_one, &s, &s.stop);
        status = (sst_status)atomic_load(&s.stop);
    }
    for (uint32_t i = 0; i < n && !status; i++)
        *out_n += s.found[i].n;
    if (!status && !(*out = arena_alloc(arena, ((size_t)*out_n + 1) * sizeof **out)))
        status = arena->failed;
    story_other *to = *out;
    for (uint32_t i = 0; i < n && !status; i++)
        for (uint32_t k = 0; k < s.found[i].n; k++, to++) {
            *to = s.found[i].v[k];
            to->shared = arena_alloc(arena, ((size_t)to->shared_n + 1) * sizeof *to->shared);
            if (!to->shared) {
                status = arena->failed;
                break;
            }
            if (to->shared_n)
                memcpy(to->shared, s.found[i].v[k].shared, to->shared_n * sizeof *to->shared);
        }
    for (uint32_t w = 0; s.arena && w < threads; w++)
        arena_release(&s.arena[w]);
    arena_release(&scratch);
    return status;
}

float story_also_near(void)
{
    return NEAR_LEAST;
}

sst_status story_also_of(const story_features *f, uint32_t n, uint32_t page, const story_edge *edge,
                         uint32_t edge_n, const uint32_t *group, sst_arena *arena,
                         story_other **out, uint32_t *out_n)
{
    seeker s = {.f = f, .n = n, .group = group, .least = ALSO_LEAST, .arena = arena};
    sst_arena scratch;
    arena_init(&scratch, 0);
    sst_status status = lay_out(&s, edge, edge_n, &scratch);
    if (!status)
        seek_one(&s, page, 0);
    if (!status)
        status = (sst_status)atomic_load(&s.stop);
    *out = status ? NULL : s.found[page].v;
    *out_n = status ? 0 : s.found[page].n;
    arena_release(&scratch);
    return status;
}
