/*
 * Facts: sentences of several articles that say the same, and who lacks them.
 *
 * in: the sense of a story (compare_sense.h); out: facts of the findings, and how much of each
 * sentence another origin tells.
 *
 * Two sentences of different articles are alike as compare_alike.h says. Pairs come from
 * an index of the atoms; groups are made by average link, as stories are. Quotations are left to
 * the utterances. Precision goes first: a fact that is not recognised is shown twice, two facts
 * taken for one are an error.
 *
 * Absent. An article lacks a fact when it has less than KNOWN_SHARE of the weight of what the
 * fact's sentences share, anywhere in it, and less than TOLD_SHARE in two sentences that follow
 * each other, and no sentence tells it in fewer words. An article in between neither has it nor
 * lacks it. Nobody lacks what a report opens with, and of the beginning of a report nothing is
 * said.
 */
#include "compare_alike.h"
#include "compare_told.h"

#include <stdlib.h>

#include "base_hash.h"
#include "story_link.h"

/* Dice of two sentences that say the same: 0.35 begins to join neighbours in a story's thread, 0.45
 * loses a third of the rewritten sentences (read through on the labelled stories). */
static const float SAME_FACT = 0.38f;
/* Shared weight, in bits times bits, below which two short sentences say nothing in common: two
 * rare words of one sentence each. */
static const float FACT_WEIGHT = 60;
/* The same as a share of the shared weight: what two sentences share besides names. */
static const float FACT_WORDS_SHARE = 0.2f;
/* Share of the shorter of two statements that the other has as well, who says it left out. */
static const float FACT_SAID = 0.35f;
static const float KNOWN_SHARE = 0.35f;
/* The same within two sentences: what stands together is told, what is scattered may be names. */
static const float TOLD_SHARE = 0.22f;
/* Share of a sentence's own weight that lies in what the fact's sentences share, from which on it
 * tells the fact in fewer words. Read on the stories that were read before: docs/decisions/0066. */
static const float FEWER_WORDS = 0.25f;
/* Of sentences that are less alike nobody can say for sure what the one fact is that a report
 * lacks.
 */
static const float ABSENT_ALIKE = 0.45f;
/* What a word counts for that every report has anyway: the place, the persons of the story. */
static const float EVERYWHERE = 0.5f;
/* What is left of both shares where a report opens with the fact. */
static const float LEAD_SHARE = 0.5f;
/* A fact whose sentences share less is no one thing that could be missing, in bits times bits. */
static const float CORE_WEIGHT = 30;

enum {
    FACT_ATOMS = 3, /* shared atoms of two alike sentences */
    FACT_WORDS = 2, /* of them such that are no names: an office and one who holds it say nothing */
    QUOTED_SHARE = 60,  /* per cent of a sentence between marks: a quotation, not a fact */
    INDEX_LONGEST = 64, /* an atom of more distinct sentences finds nobody; rarer ones in the same
                           sentence do */
    FACT_LEAST = 4,     /* atoms of a sentence that can be a fact */
    TOLD_MOST = 2000, /* sentences of a story that are held against each article: 24 long reports */
    ABSENT_SMALL = 24 /* articles of a story in which every absence is listed */
};

typedef struct node {
    uint32_t first;  /* sentence */
    uint32_t n;      /* sentences with the same atoms */
    uint32_t origin; /* of the first */
    bool many;       /* there are others of another origin */
    float told;      /* the largest share of it in a sentence of another origin */
} node;

typedef struct grouping {
    const compare_sense *s;
    sst_arena scratch;
    compare_likeness like;
    const uint32_t *origin_of;
    uint32_t *node_of; /* of sentences, UINT32_MAX: none */
    SST_VEC(node) nodes;
    SST_VEC(story_edge) edges;
    uint32_t *group;   /* of nodes */
    u64map near;       /* (group, article): the article has a sentence that comes near the fact */
    bool small;        /* each sentence is held against each article */
    compare_told told; /* of a small story */
    bool *cut;         /* of articles: only the beginning of a report */
} grouping;

static sst_place place_of(const sst_findings *f, const compare_sentence *s)
{
    return (sst_place){s->article, text_span(f->texts[s->article], s->begin, s->end)};
}

static void make_nodes(grouping *g)
{
    const compare_sense *s = g->s;
    g->node_of = arena_alloc(&g->scratch, ((size_t)s->n + 1) * sizeof *g->node_of);
    if (g->scratch.failed || compare_likeness_make(s, &g->scratch, &g->like) != SST_OK)
        return;
    u64map same = {0};
    for (uint32_t i = 0; i < s->n; i++) {
        const compare_sentence *c = &s->v[i];
        g->node_of[i] = UINT32_MAX;
        if (c->atom_n < FACT_LEAST || c->marked >= QUOTED_SHARE || c->run_on)
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
            *n = (node){.first = i, .origin = g->origin_of[c->article]};
        }
        node *n = &g->nodes.v[*id];
        n->many |= n->origin != g->origin_of[c->article];
        n->n++;
    }
}

/* How alike two sentences are, 0 when too little is shared. */
static float alike(grouping *g, uint32_t a, uint32_t b)
{
    node *x = &g->nodes.v[a], *y = &g->nodes.v[b];
    compare_shared s = compare_alike(&g->like, x->first, y->first);
    if (x->many || y->many || x->origin != y->origin) {
        float in_y = s.weight / g->like.sentence[x->first],
              in_x = s.weight / g->like.sentence[y->first];
        x->told = in_y > x->told ? in_y : x->told;
        y->told = in_x > y->told ? in_x : y->told;
    }
    if (s.word_n < FACT_WORDS || s.words < FACT_WORDS_SHARE * s.weight)
        return 0; /* two sentences about one person */
    if (s.said_within < FACT_SAID)
        return 0; /* two things that one person says */
    return s.n < FACT_ATOMS || s.weight < FACT_WEIGHT ? 0 : s.dice;
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

/*
 * Notes which articles come near which facts: by an edge that was too weak to join, to a sentence
 * of theirs or, in a small story, to a fact that they have. Else the lead that each report words in
 * its own way would be missing from all the others.
 */
static void note_near(grouping *g, uint32_t articles)
{
    const compare_sense *s = g->s;
    uint32_t n = g->nodes.n;
    uint32_t *next = arena_alloc(&g->scratch, ((size_t)n + 1) * sizeof *next);
    uint32_t *head = arena_alloc(&g->scratch, ((size_t)n + 1) * sizeof *head);
    u64map seen = {0};
    if (!next || !head)
        return;
    memset(head, 0xFF, ((size_t)n + 1) * sizeof *head);
    for (uint32_t k = n; k-- > 0;) {
        next[k] = head[g->group[k]];
        head[g->group[k]] = k;
    }
    for (uint32_t e = 0; e < g->edges.n && !g->scratch.failed; e++)
        for (int side = 0; side < 2; side++) {
            const story_edge *x = &g->edges.v[e];
            uint32_t mine = side ? x->b : x->a, other = side ? x->a : x->b;
            uint64_t group = (uint64_t)g->group[mine] << 32;
            (void)u64map_add(&g->scratch, &g->near, group | s->v[g->nodes.v[other].first].article,
                             1, NULL);
            int fresh = 0;
            if (articles <= ABSENT_SMALL)
                (void)u64map_add(&g->scratch, &seen, group | g->group[other], 1, &fresh);
            for (uint32_t k = fresh ? head[g->group[other]] : UINT32_MAX; k != UINT32_MAX;
                 k = next[k])
                (void)u64map_add(&g->scratch, &g->near, group | s->v[g->nodes.v[k].first].article,
                                 1, NULL);
        }
}

/* Which articles lack what the sentences of a fact share. */
static void absences(const sst_findings *f, grouping *g, uint32_t group, const uint32_t *member,
                     uint32_t member_n, sst_fact *fact, sst_arena *arena)
{
    const compare_sense *s = g->s;
    const compare_sentence *c = &s->v[member[0]];
    /* In a large story it tells something only of a fact that most have; else the lists would grow
     * with the square. */
    if (f->n > ABSENT_SMALL && fact->sentence_n * 2 < f->n)
        return;
    float share = 1; /* a lead tells what the story is about: few reports lack it */
    for (uint32_t k = 0; k < member_n; k++)
        if (member[k] == s->first[s->v[member[k]].article])
            share = LEAD_SHARE;
    float least = 1; /* of how alike the first sentence and one of another article are */
    for (uint32_t k = 1; k < member_n; k++)
        if (s->v[member[k]].article != c->article) {
            float dice = compare_alike(&g->like, member[0], member[k]).dice;
            least = dice < least ? dice : least;
        }
    if (least < ABSENT_ALIKE)
        return;
    uint32_t *core = arena_alloc(&g->scratch, c->atom_n * sizeof *core);
    uint32_t *absent = arena_alloc(arena, f->n * sizeof *absent);
    if (!core || !absent)
        return;
    uint32_t core_n = 0;
    float all = 0, *weight = arena_alloc(&g->scratch, c->atom_n * sizeof *weight);
    if (!weight)
        return;
    for (uint32_t x = 0; x < c->atom_n; x++) {
        uint32_t have = 0;
        for (uint32_t k = 0; k < fact->sentence_n; k++)
            have += compare_has(s, fact->sentences[k].article, c->atom[x]);
        if (have == fact->sentence_n && compare_is_said(c, x)) {
            uint32_t in = have;
            for (uint32_t d = 0, k = 0; d < f->n && g->small; d++)
                if (k < fact->sentence_n && fact->sentences[k].article == d)
                    k++;
                else
                    in += compare_has(s, d, c->atom[x]);
            weight[core_n] = g->like.atom[c->atom[x]] * (in == f->n ? EVERYWHERE : 1);
            all += weight[core_n];
            core[core_n++] = c->atom[x];
        }
    }
    uint32_t next = 0;
    if (g->small)
        compare_told_ask(&g->told, core, weight, core_n);
    for (uint32_t d = 0; d < f->n; d++) {
        if (next < fact->sentence_n && fact->sentences[next].article == d) {
            next++;
            continue;
        }
        float known = 0;
        for (uint32_t k = 0; k < core_n; k++)
            if (compare_has(s, d, core[k]))
                known += weight[k];
        bool near = u64map_find(&g->near, (uint64_t)group << 32 | d) != NULL;
        if (core_n && !near && all >= CORE_WEIGHT && !g->cut[d] &&
            known < share * KNOWN_SHARE * all &&
            (!g->small || (compare_told_by(&g->told, d) < share * TOLD_SHARE &&
                           compare_told_in_fewer(&g->told, g->like.said, d) < FEWER_WORDS)))
            absent[fact->absent_n++] = d;
    }
    fact->absent = absent;
}

/* Of what is the beginning of a report alone, nobody knows what the report lacks. */
static void note_cut(const sst_findings *f, grouping *g)
{
    g->cut = arena_calloc(&g->scratch, (size_t)f->n + 1, sizeof *g->cut);
    for (uint32_t d = 0; g->cut && d < f->n; d++) {
        uint32_t end = g->s->first[d + 1];
        g->cut[d] = f->texts[d]->article->access == ACCESS_STUB ||
                    (end > g->s->first[d] && g->s->v[end - 1].cut);
    }
}

/* The largest share of a sentence that an article of another origin tells. */
static float told_of(const sst_findings *f, grouping *g, const compare_sentence *c)
{
    float weight[COMPARE_TOLD_ATOMS], told = 0;
    for (uint32_t i = 0; i < c->atom_n && i < COMPARE_TOLD_ATOMS; i++)
        weight[i] = compare_is_said(c, i) ? g->like.atom[c->atom[i]] : 0;
    compare_told_ask(&g->told, c->atom, weight, c->atom_n);
    for (uint32_t d = 0; d < f->n; d++) {
        float w = g->origin_of[d] == g->origin_of[c->article] ? 0 : compare_told_by(&g->told, d);
        told = w > told ? w : told;
    }
    return told;
}

/* How much of each sentence others tell. In a small story also of what can be no fact, as it stands
 * between marks: another report may tell it in its own words. */
static void note_told(const sst_findings *f, grouping *g)
{
    for (uint32_t k = 0; k < g->nodes.n && g->small; k++) {
        node *x = &g->nodes.v[k];
        float w = x->many ? 0 : told_of(f, g, &g->s->v[x->first]);
        x->told = w > x->told ? w : x->told;
    }
    for (uint32_t i = 0; i < g->s->n; i++) {
        compare_sentence *c = &g->s->v[i];
        const node *x = g->node_of[i] == UINT32_MAX ? NULL : &g->nodes.v[g->node_of[i]];
        c->told = x ? (x->many ? 1 : x->told) : g->small && !c->run_on ? told_of(f, g, c) : 0;
    }
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
    if (g->scratch.failed || !g->cut)
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
        absences(f, g, k, m, m_n, fact, arena);
    }
    if (facts.n > 1)
        qsort(facts.v, facts.n, sizeof *facts.v, fact_order);
    f->facts = facts.v;
    f->fact_n = facts.n;
}

sst_status compare_facts(sst_findings *f, compare_sense *s, const uint32_t *origin_of,
                         sst_arena *arena)
{
    grouping g = {.s = s, .origin_of = origin_of};
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
    if (status == SST_OK) {
        g.small = f->n <= ABSENT_SMALL && s->n <= TOLD_MOST;
        if (g.small)
            status = compare_told_make(s, &g.scratch, &g.told);
    }
    if (status == SST_OK) {
        note_told(f, &g);
        note_near(&g, f->n);
        note_cut(f, &g);
        collect(f, &g, origin_of, arena);
    }
    if (status == SST_OK)
        status = g.scratch.failed ? g.scratch.failed : arena->failed;
    arena_release(&g.scratch);
    return status;
}
