/*
 * Facts: sentences of several articles that say the same. Only: what one origin alone says.
 *
 * in: the sense of a story (compare_sense.h); out: facts, only of the findings.
 *
 * Facts. Weight of an atom in a story: its rarity, times how rare it is among the story's
 * sentences, so that the names that every sentence has count little. Two sentences of different
 * articles are alike by the weight that they share over the weight of both (Dice). Pairs come from
 * an index of the atoms; groups are made by average link, as stories are. Quotations are left to
 * the utterances. Precision goes first: a fact that is not recognised is shown twice, two facts
 * taken for one are an error.
 *
 * Absent. An article lacks a fact when it has less than KNOWN_SHARE of the weight of what the
 * fact's sentences share, anywhere in it. An article in between neither has it nor lacks it.
 *
 * Only. A sentence is news by the weight of the atoms that no other origin has; so a sentence of a
 * fact can be news too, by what it adds.
 */
#include "compare_sense.h"

#include <math.h>
#include <stdlib.h>

#include "base_hash.h"
#include "story_link.h"

/* Dice of two sentences that say the same: 0.35 begins to join neighbours in a story's thread, 0.45
 * loses a third of the rewritten sentences (read through on the labelled stories). */
static const float SAME_FACT = 0.38f;
/* Shared weight, in bits times bits, below which two short sentences say nothing in common: two
 * rare words of one sentence each. */
static const float FACT_WEIGHT = 60;
static const float KNOWN_SHARE = 0.6f;

enum {
    FACT_ATOMS = 3,     /* shared atoms of two alike sentences */
    QUOTED_SHARE = 60,  /* per cent of a sentence between marks: a quotation, not a fact */
    INDEX_LONGEST = 64, /* an atom of more distinct sentences finds nobody; rarer ones in the same
                           sentence do */
    FACT_LEAST = 4,     /* atoms of a sentence that can be a fact */
    ABSENT_SMALL = 24   /* articles of a story in which every absence is listed */
};

/* Bits a sentence must have that no other origin has, to be shown; one name of a person who stands
 * nowhere else is enough. */
static const float ONLY_WEIGHT = 9;
/* And their share of all its bits: a long sentence with one new adjective is not news. */
static const float ONLY_SHARE = 0.12f;
/* The same of a sentence that reports what other origins report too: a dateline or an adverb more
 * is not news, half a sentence is. */
static const float ONLY_SHARE_TOLD = 0.35f;
/* Names, places and numbers weigh more than words: they are what a reader looks for. */
static const float ONLY_KIND[] = {
    [ATOM_WORD] = 1, [ATOM_NAME] = 1.5f, [ATOM_PLACE] = 1.5f, [ATOM_NUMBER] = 1.5f};

typedef struct node {
    uint32_t first; /* sentence */
    uint32_t n;     /* sentences with the same atoms */
    float weight;
} node;

typedef struct grouping {
    const compare_sense *s;
    sst_arena scratch;
    float *weight;     /* of atoms */
    uint32_t *node_of; /* of sentences, UINT32_MAX: none */
    SST_VEC(node) nodes;
    SST_VEC(story_edge) edges;
    uint32_t *group; /* of nodes */
} grouping;

static sst_place place_of(const sst_findings *f, const compare_sentence *s)
{
    return (sst_place){s->article, text_span(f->texts[s->article], s->begin, s->end)};
}

static void make_nodes(grouping *g)
{
    const compare_sense *s = g->s;
    g->weight = arena_alloc(&g->scratch, ((size_t)s->atom_n + 1) * sizeof *g->weight);
    g->node_of = arena_alloc(&g->scratch, ((size_t)s->n + 1) * sizeof *g->node_of);
    if (g->scratch.failed)
        return;
    for (uint32_t a = 0; a < s->atom_n; a++)
        g->weight[a] =
            s->atom[a].sentence_n
                ? s->atom[a].rarity * log2f(1 + (float)s->n / (float)s->atom[a].sentence_n) / 2
                : 0;
    u64map same = {0};
    for (uint32_t i = 0; i < s->n; i++) {
        const compare_sentence *c = &s->v[i];
        g->node_of[i] = UINT32_MAX;
        if (c->atom_n < FACT_LEAST || c->marked >= QUOTED_SHARE)
            continue;
        uint32_t *id =
            u64map_add(&g->scratch, &same, hash_bytes(c->atom, c->atom_n * sizeof *c->atom, 0),
                       g->nodes.n, NULL);
        if (!id)
            return;
        g->node_of[i] = *id;
        if (*id == g->nodes.n) {
            node *n = vec_push(&g->scratch, &g->nodes);
            if (!n)
                return;
            n->first = i;
            for (uint32_t k = 0; k < c->atom_n; k++)
                n->weight += g->weight[c->atom[k]];
        }
        g->nodes.v[*id].n++;
    }
}

/* How alike two sentences are, 0 when too little is shared. */
static float alike(const grouping *g, uint32_t a, uint32_t b)
{
    const compare_sentence *x = &g->s->v[g->nodes.v[a].first], *y = &g->s->v[g->nodes.v[b].first];
    float shared = 0;
    uint32_t n = 0;
    for (uint32_t i = 0, j = 0; i < x->atom_n && j < y->atom_n;) {
        uint32_t p = x->atom[i], q = y->atom[j];
        if (p == q) {
            shared += g->weight[p];
            n++;
        }
        i += p <= q;
        j += q <= p;
    }
    if (n < FACT_ATOMS || shared < FACT_WEIGHT)
        return 0;
    return 2 * shared / (g->nodes.v[a].weight + g->nodes.v[b].weight);
}

static int by_edge(const void *p, const void *q)
{
    const story_edge *a = p, *b = q;
    return a->b < b->b ? -1 : a->b > b->b;
}

/* Edges of nodes that share an atom of few sentences. */
static void make_edges(grouping *g)
{
    const compare_sense *s = g->s;
    uint32_t n = g->nodes.n;
    uint32_t *first = arena_calloc(&g->scratch, (size_t)s->atom_n + 2, sizeof *first);
    if (!first)
        return;
    for (uint32_t k = 0; k < n; k++) {
        const compare_sentence *c = &s->v[g->nodes.v[k].first];
        for (uint32_t x = 0; x < c->atom_n; x++)
            first[c->atom[x] + 2]++;
    }
    for (uint32_t a = 2; a < s->atom_n + 2; a++)
        first[a] += first[a - 1];
    uint32_t *list = arena_alloc(&g->scratch, ((size_t)first[s->atom_n + 1] + 1) * sizeof *list);
    uint32_t *seen = arena_calloc(&g->scratch, (size_t)n + 1, sizeof *seen);
    if (g->scratch.failed)
        return;
    for (uint32_t k = 0; k < n; k++) {
        const compare_sentence *c = &s->v[g->nodes.v[k].first];
        for (uint32_t x = 0; x < c->atom_n; x++)
            list[first[c->atom[x] + 1]++] = k;
    }
    for (uint32_t k = 0; k < n && !g->scratch.failed; k++) {
        const compare_sentence *c = &s->v[g->nodes.v[k].first];
        uint32_t before = g->edges.n;
        for (uint32_t x = 0; x < c->atom_n; x++) {
            uint32_t a = c->atom[x];
            if (first[a + 1] - first[a] > INDEX_LONGEST)
                continue;
            for (uint32_t y = first[a]; y < first[a + 1]; y++) {
                uint32_t m = list[y];
                if (m <= k || seen[m] == k + 1)
                    continue;
                seen[m] = k + 1;
                float w = alike(g, k, m);
                if (w < SAME_FACT / 2)
                    continue;
                story_edge *e = vec_push(&g->scratch, &g->edges);
                if (e)
                    *e = (story_edge){k, m, w};
            }
        }
        if (!g->scratch.failed && g->edges.n - before > 1)
            qsort(g->edges.v + before, g->edges.n - before, sizeof *g->edges.v, by_edge);
    }
}

/* Which articles lack what the sentences of a fact share. */
static void absences(const sst_findings *f, grouping *g, const uint32_t *member, sst_fact *fact,
                     sst_arena *arena)
{
    const compare_sense *s = g->s;
    const compare_sentence *c = &s->v[member[0]];
    /* In a large story it tells something only of a fact that most have; else the lists would grow
     * with the square. */
    if (f->n > ABSENT_SMALL && fact->sentence_n * 2 < f->n)
        return;
    uint32_t *core = arena_alloc(&g->scratch, c->atom_n * sizeof *core);
    uint32_t *absent = arena_alloc(arena, f->n * sizeof *absent);
    if (!core || !absent)
        return;
    uint32_t core_n = 0;
    float all = 0;
    for (uint32_t x = 0; x < c->atom_n; x++) {
        uint32_t have = 0;
        for (uint32_t k = 0; k < fact->sentence_n; k++)
            have += compare_has(s, fact->sentences[k].article, c->atom[x]);
        if (have == fact->sentence_n) {
            core[core_n++] = c->atom[x];
            all += g->weight[c->atom[x]];
        }
    }
    uint32_t next = 0;
    for (uint32_t d = 0; d < f->n; d++) {
        if (next < fact->sentence_n && fact->sentences[next].article == d) {
            next++;
            continue;
        }
        float known = 0;
        for (uint32_t k = 0; k < core_n; k++)
            if (compare_has(s, d, core[k]))
                known += g->weight[core[k]];
        if (core_n && known < KNOWN_SHARE * all)
            absent[fact->absent_n++] = d;
    }
    fact->absent = absent;
}

static int fact_order(const void *p, const void *q)
{
    const sst_fact *a = p, *b = q;
    if (a->origin_n != b->origin_n)
        return a->origin_n > b->origin_n ? -1 : 1;
    if (a->sentence_n != b->sentence_n)
        return a->sentence_n > b->sentence_n ? -1 : 1;
    const sst_place *x = a->sentences, *y = b->sentences;
    if (x->article != y->article)
        return x->article < y->article ? -1 : 1;
    return x->at.begin < y->at.begin ? -1 : x->at.begin > y->at.begin;
}

static void collect(sst_findings *f, grouping *g, const uint32_t *origin_of, sst_arena *arena)
{
    const compare_sense *s = g->s;
    uint32_t n = g->nodes.n;
    uint32_t *size = arena_calloc(&g->scratch, (size_t)n + 2, sizeof *size);
    uint32_t *member = arena_alloc(&g->scratch, ((size_t)s->n + 1) * sizeof *member);
    uint32_t *seen = arena_calloc(&g->scratch, (size_t)f->n + 1, sizeof *seen);
    SST_VEC(sst_fact) facts = {NULL, 0, 0};
    if (g->scratch.failed)
        return;
    for (uint32_t i = 0; i < s->n; i++)
        if (g->node_of[i] != UINT32_MAX)
            size[g->group[g->node_of[i]] + 1]++;
    for (uint32_t k = 1; k <= n; k++)
        size[k] += size[k - 1];
    uint32_t *fill = arena_alloc(&g->scratch, ((size_t)n + 1) * sizeof *fill);
    if (!fill)
        return;
    memcpy(fill, size, ((size_t)n + 1) * sizeof *fill);
    for (uint32_t i = 0; i < s->n; i++)
        if (g->node_of[i] != UINT32_MAX)
            member[fill[g->group[g->node_of[i]]]++] = i;
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t *m = member + size[k];
        uint32_t m_n = size[k + 1] - size[k];
        if (m_n < 2 || s->v[m[0]].article == s->v[m[m_n - 1]].article)
            continue; /* sentences stand in order of article: all of one */
        sst_fact *fact = vec_push(arena, &facts);
        if (!fact)
            return;
        fact->sentences = arena_alloc(arena, m_n * sizeof *fact->sentences);
        if (!fact->sentences)
            return;
        for (uint32_t x = 0; x < m_n; x++) {
            const compare_sentence *c = &s->v[m[x]];
            if (x > 0 && s->v[m[x - 1]].article == c->article)
                continue;
            fact->sentences[fact->sentence_n++] = place_of(f, c);
            uint32_t o = origin_of[c->article];
            if (seen[o] != k + 1) {
                seen[o] = k + 1;
                fact->origin_n++;
            }
        }
        absences(f, g, m, fact, arena);
    }
    if (facts.n > 1)
        qsort(facts.v, facts.n, sizeof *facts.v, fact_order);
    f->facts = facts.v;
    f->fact_n = facts.n;
}

sst_status compare_facts(sst_findings *f, const compare_sense *s, const uint32_t *origin_of,
                         sst_arena *arena)
{
    grouping g = {.s = s};
    arena_init(&g.scratch, 0);
    make_nodes(&g);
    if (!g.scratch.failed)
        make_edges(&g);
    sst_status status = g.scratch.failed;
    if (status == SST_OK) {
        g.group = arena_alloc(&g.scratch, ((size_t)g.nodes.n + 1) * sizeof *g.group);
        status = g.group ? story_link(g.nodes.n, g.edges.v, g.edges.n, SAME_FACT, NULL, g.group)
                         : g.scratch.failed;
    }
    if (status == SST_OK)
        collect(f, &g, origin_of, arena);
    if (status == SST_OK)
        status = g.scratch.failed ? g.scratch.failed : arena->failed;
    arena_release(&g.scratch);
    return status;
}

/* ------------------------------------------------------------------ only */

typedef struct news {
    sst_place place;
    float weight;
} news;

static int heavier(const void *p, const void *q)
{
    const news *a = p, *b = q;
    if (a->place.article != b->place.article)
        return a->place.article < b->place.article ? -1 : 1;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return a->place.at.begin < b->place.at.begin ? -1 : a->place.at.begin > b->place.at.begin;
}

enum { SHARED_QUOTE = 1, SHARED_FACT = 2, SHARED_TOLD = 4 };

/* The first of the sentences s->v that ends behind a byte of an article. */
static uint32_t sentence_at(const sst_findings *f, const compare_sense *s, uint32_t article,
                            uint32_t byte)
{
    uint32_t lo = 0, hi = s->n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        const compare_sentence *m = &s->v[mid];
        uint32_t end = f->texts[m->article]->tok[m->end - 1].end;
        if (m->article < article || (m->article == article && end <= byte))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Marks the sentences of facts: those that several origins have; those that one has alone, but for
 * the first, as an origin says a thing once. */
static void mark_said(const sst_findings *f, const compare_sense *s, uint8_t *shared)
{
    for (uint32_t k = 0; shared && k < f->fact_n; k++)
        for (uint32_t x = 0; x < f->facts[k].sentence_n; x++) {
            const sst_place *p = &f->facts[k].sentences[x];
            uint32_t i = sentence_at(f, s, p->article, p->at.begin);
            if (i < s->n && f->facts[k].origin_n > 1)
                shared[i] |= SHARED_TOLD;
            else if (i < s->n && x > 0)
                shared[i] |= SHARED_FACT;
        }
}

/* Marks the sentences that hold a quotation which another origin has as well. */
static void mark_shared_quotations(const sst_findings *f, const compare_sense *s,
                                   const uint32_t *origin_of, uint8_t *shared)
{
    for (uint32_t u = 0; u < f->utterance_n; u++) {
        const sst_utterance *x = &f->utterances[u];
        bool many = false;
        for (uint32_t k = 1; k < x->n && !many; k++)
            many = origin_of[x->v[k].article] != origin_of[x->v[0].article];
        if (!many)
            continue;
        for (uint32_t k = 0; k < x->n; k++)
            for (uint32_t c = 0; c < x->v[k].content.n; c++) {
                sst_span at = x->v[k].content.v[c];
                uint32_t lo = sentence_at(f, s, x->v[k].article, at.begin);
                for (; lo < s->n && s->v[lo].article == x->v[k].article &&
                       f->texts[s->v[lo].article]->tok[s->v[lo].begin].begin < at.end;
                     lo++)
                    shared[lo] |= SHARED_QUOTE;
            }
    }
}

sst_status compare_only(sst_findings *f, const compare_sense *s, const uint32_t *origin_of,
                        sst_arena *arena)
{
    if (f->origin_n < 2)
        return SST_OK; /* nobody to be alone among */
    sst_arena scratch;
    arena_init(&scratch, 0);
    SST_VEC(news) found = {NULL, 0, 0};
    uint8_t *shared = arena_calloc(&scratch, (size_t)s->n + 1, 1);
    if (shared)
        mark_shared_quotations(f, s, origin_of, shared);
    mark_said(f, s, shared);
    u64map said = {0};
    for (uint32_t i = 0; shared && i < s->n; i++) {
        const compare_sentence *c = &s->v[i];
        if (shared[i] & SHARED_FACT)
            continue;
        float fresh = 0, all = 0, most = 0;
        for (uint32_t k = 0; k < c->atom_n; k++) {
            const compare_atom *a = &s->atom[c->atom[k]];
            float w = a->rarity * ONLY_KIND[a->kind];
            all += w;
            if (!a->many) {
                fresh += w;
                most = w > most ? w : most;
            }
        }
        float least = shared[i] & SHARED_TOLD ? ONLY_SHARE_TOLD : ONLY_SHARE;
        if (fresh < ONLY_WEIGHT || fresh < least * all ||
            ((shared[i] & SHARED_QUOTE) && c->marked >= QUOTED_SHARE))
            continue;
        int first; /* the same sentence again, in this article or in another of its origin */
        if (!u64map_add(&scratch, &said, hash_bytes(c->atom, c->atom_n * sizeof *c->atom, 0), i,
                        &first) ||
            !first)
            continue;
        news *x = vec_push(&scratch, &found);
        if (x)
            *x = (news){place_of(f, c), fresh};
    }
    sst_status status = scratch.failed;
    if (status == SST_OK && found.n) {
        qsort(found.v, found.n, sizeof *found.v, heavier);
        SST_VEC(sst_only) only = {NULL, 0, 0};
        for (uint32_t from = 0, to; from < found.n; from = to) {
            for (to = from + 1;
                 to < found.n && found.v[to].place.article == found.v[from].place.article; to++)
                ;
            sst_only *o = vec_push(arena, &only);
            sst_place *places = arena_alloc(arena, (to - from) * sizeof *places);
            float *weight = arena_alloc(arena, (to - from) * sizeof *weight);
            if (!o || !places || !weight)
                break;
            for (uint32_t k = from; k < to; k++) {
                places[k - from] = found.v[k].place;
                weight[k - from] = found.v[k].weight;
            }
            *o = (sst_only){places, weight, to - from, found.v[from].place.article};
        }
        f->only = only.v;
        f->only_n = only.n;
        status = arena->failed;
    }
    arena_release(&scratch);
    return status;
}
