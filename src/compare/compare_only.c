/*
 * Only: what one origin alone says.
 *
 * in: the sense of a story (compare_sense.h), its facts and utterances; out: only of the findings.
 * A sentence is news by the weight of the atoms that no other origin has; so a sentence of a fact
 * can be news too, by what it adds. It weighs less the more of it another report tells, and what it
 * weighs says how sure it is that nobody else has it: new names and numbers, much that is new in
 * words alone, or a number where no other origin has one of its kind and size.
 */
#include "compare_sense.h"

#include <math.h>
#include <stdlib.h>

#include "base_hash.h"

enum {
    QUOTED_SHARE = 60, /* per cent of a sentence between marks: a quotation, not a fact */
    ONLY_ATOMS = 3,    /* of a sentence that says something: "Thanks, Ada." has two */
    AROUND = 2,        /* sentences on either side that tell what a sentence is about */
    AROUND_REPORT = 8  /* sentences of a report in which those are a part of it */
};

/* Bits a sentence must have that no other origin has, to be shown; one name of a person who stands
 * nowhere else is enough. */
static const float ONLY_WEIGHT = 9;
/* And their share of all its bits: a long sentence with one new adjective is not news. */
static const float ONLY_SHARE = 0.1f;
/* The same where what is new are words alone, which a report chooses itself. */
static const float ONLY_SHARE_WORDS = 0.18f;
/* Names, places and numbers weigh more than words: they are what a reader looks for. */
static const float ONLY_KIND[] = {
    [ATOM_WORD] = 1, [ATOM_NAME] = 1.5f, [ATOM_PLACE] = 1.5f, [ATOM_NUMBER] = 1.5f};
/* What the first sentence of a report weighs of another one, so that it is not shown first: it sums
 * up in words of its own what all tell. The same of a fact that others have: it adds a detail. */
static const float LEAD_WEIGHT = 0.1f;
/* And the second sentence, which goes on with that: of 15 first ones told elsewhere in other words,
 * on stories read while mending, 9 stood there. */
static const float SECOND_WEIGHT = 0.7f;
/* Bits that a sentence and those around it share with reports of other origins, below which they
 * are about another matter: the next item of a round-up, an advertisement, other headlines. It
 * weighs as a lead. */
static const float MATTER_WEIGHT = 30;
/* New words alone may say in other words what others say: they come behind new names and numbers.
 */
static const float WORDS_WEIGHT = 0.25f;
/* Weight from which on it is sure that no other report tells it. Of 182 first sentences of some 70
 * stories a fifth of those from 10 to 17 were told in other words, of those above one in thirty. */
static const float ONLY_SURE = 17;

/* The same with new words at their full weight; and where a number is new that no other origin has
 * the like of. Of 52 sentences that this makes sure, taken at random from some 80 stories and held
 * against the reports nearest to them, 45 stand nowhere else: 18 of 20 above 24, 12 of 14 from 19
 * to 24, 15 of 18 with a number. */
static const float ONLY_SURE_WORDS = 22, ONLY_SURE_NUMBER = 14;
/* Numbers of one kind that differ by less than this factor may be about one thing: "25 properties",
 * "two dozen households". */
static const double ONLY_NEAR = 2;
/* Counts below are of everything. */
static const double ONLY_COUNT = 5;

/* The share of a sentence that one article of another origin tells, from which on it is told there;
 * where it adds a name, place or number; and of a lead. */
static const float ONLY_TOLD = 0.75f, ONLY_TOLD_NAMED = 0.9f, ONLY_TOLD_LEAD = 0.6f;

static sst_place place_of(const sst_findings *f, const compare_sentence *s)
{
    return (sst_place){s->article, text_span(f->texts[s->article], s->begin, s->end)};
}

typedef struct news {
    sst_place place;
    float weight;
    bool sure;
} news;

/* The sure ones first. */
static int heavier(const void *p, const void *q)
{
    const news *a = p, *b = q;
    if (a->place.article != b->place.article)
        return a->place.article < b->place.article ? -1 : 1;
    if (a->sure != b->sure)
        return a->sure ? -1 : 1;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return a->place.at.begin < b->place.at.begin ? -1 : a->place.at.begin > b->place.at.begin;
}

/* Is sentence i about another matter than the other reports? */
static bool is_other_matter(const compare_sense *s, uint32_t i)
{
    uint32_t first = s->first[s->v[i].article], end = s->first[s->v[i].article + 1];
    if (end - first < AROUND_REPORT)
        return false;
    uint32_t from = i - first > AROUND ? i - AROUND : first;
    uint32_t to = end - i > AROUND ? i + AROUND + 1 : end;
    float shared = 0;
    for (uint32_t k = from; k < to; k++)
        for (uint32_t x = 0; x < s->v[k].atom_n; x++) {
            const compare_atom *a = &s->atom[s->v[k].atom[x]];
            shared += a->many ? a->rarity : 0;
        }
    return shared < MATTER_WEIGHT;
}

/* ------------------------------------------------------------------ numbers */

typedef struct amount {
    uint64_t kind; /* figure_size: what it is measured in; the same for all counts */
    double value;
    uint32_t origin;
    uint32_t
        other; /* in the list: the next of another origin; the list's length when there is none */
} amount;

typedef struct amounts {
    amount *v; /* by kind, value, origin; each once */
    uint32_t n;
} amounts;

static amount amount_of(const sst_figure *g, uint32_t origin)
{
    amount x = {0, 0, origin, 0};
    x.kind = figure_size(g, &x.value);
    x.value = fabs(x.value);
    return x;
}

static int by_amount(const void *p, const void *q)
{
    const amount *a = p, *b = q;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->value < b->value || a->value > b->value)
        return a->value < b->value ? -1 : 1;
    return (a->origin > b->origin) - (a->origin < b->origin);
}

static amounts all_amounts(const sst_findings *f, const uint32_t *origin_of, sst_arena *arena)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < f->n; k++)
        n += f->figures[k] ? f->figures[k]->n : 0;
    amounts all = {arena_alloc(arena, ((size_t)n + 1) * sizeof *all.v), 0};
    if (!all.v)
        return all;
    for (uint32_t k = 0; k < f->n; k++)
        for (uint32_t i = 0; f->figures[k] && i < f->figures[k]->n; i++)
            all.v[all.n++] = amount_of(&f->figures[k]->v[i], origin_of[k]);
    qsort(all.v, all.n, sizeof *all.v, by_amount);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < all.n; i++)
        if (i == 0 || by_amount(&all.v[i], &all.v[kept - 1]) != 0)
            all.v[kept++] = all.v[i];
    all.n = kept;
    for (uint32_t i = all.n; i-- > 0;)
        all.v[i].other = i + 1 == all.n                           ? all.n
                         : all.v[i + 1].origin != all.v[i].origin ? i + 1
                                                                  : all.v[i + 1].other;
    return all;
}

/* Has an origin besides its own an amount of x's kind and size? O(log n). */
static bool has_like(const amounts *all, amount x)
{
    uint32_t lo = 0, hi = all->n;
    amount least = {x.kind, x.value / ONLY_NEAR, 0, 0};
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (by_amount(&all->v[mid], &least) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < all->n && all->v[lo].origin == x.origin)
        lo = all->v[lo].other;
    return lo < all->n && all->v[lo].kind == x.kind && all->v[lo].value <= x.value * ONLY_NEAR;
}

/* The first figure of an article that begins at a byte or behind it. */
static uint32_t figure_from(const sst_figures *g, uint32_t byte)
{
    uint32_t lo = 0, hi = g ? g->n : 0;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (g->v[mid].at.begin < byte)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Has a sentence numbers, all of a kind and size that no other origin has? */
static bool counts_alone(const sst_findings *f, const amounts *all, const uint32_t *origin_of,
                         sst_place at)
{
    const sst_figures *g = f->figures[at.article];
    bool any = false;
    for (uint32_t i = figure_from(g, at.at.begin); g && i < g->n && g->v[i].at.end <= at.at.end;
         i++) {
        amount x = amount_of(&g->v[i], origin_of[at.article]);
        if (x.kind <= FIGURE_COUNTS && x.value < ONLY_COUNT)
            continue;
        if (has_like(all, x))
            return false;
        any = true;
    }
    return any;
}

/* ------------------------------------------------------------------ what is said elsewhere */

enum { SHARED_QUOTE = 1, SHARED_FACT = 2, SHARED_MANY = 4 };

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
 * the first, as it says a thing once. */
static void mark_said(const sst_findings *f, const compare_sense *s, uint8_t *shared)
{
    for (uint32_t k = 0; shared && k < f->fact_n; k++)
        for (uint32_t x = 0; x < f->facts[k].sentence_n; x++) {
            const sst_place *p = &f->facts[k].sentences[x];
            uint32_t i = sentence_at(f, s, p->article, p->at.begin);
            if (i < s->n && f->facts[k].origin_n > 1)
                shared[i] |= SHARED_MANY;
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
    amounts numbers = all_amounts(f, origin_of, &scratch);
    u64map said = {0};
    for (uint32_t i = 0; shared && numbers.v && i < s->n; i++) {
        const compare_sentence *c = &s->v[i];
        if (shared[i] & SHARED_FACT)
            continue;
        float fresh = 0, all = 0, weight = 0; /* weight: of new names, places and numbers */
        for (uint32_t k = 0; k < c->atom_n; k++) {
            const compare_atom *a = &s->atom[c->atom[k]];
            float w = a->rarity * ONLY_KIND[a->kind];
            all += w;
            if (!a->many) {
                fresh += w;
                weight += a->kind == ATOM_WORD ? 0 : w;
            }
        }
        bool lead = i == s->first[c->article], named = weight >= ONLY_WEIGHT;
        float least = named ? ONLY_SHARE : ONLY_SHARE_WORDS;
        if (fresh < ONLY_WEIGHT || fresh < least * all || c->atom_n < ONLY_ATOMS || c->open ||
            c->run_on ||
            c->told >= (lead    ? ONLY_TOLD_LEAD
                        : named ? ONLY_TOLD_NAMED
                                : ONLY_TOLD) ||
            ((shared[i] & SHARED_QUOTE) && c->marked >= QUOTED_SHARE))
            continue;
        int first; /* the same sentence again, in this article or in another of its origin */
        if (!u64map_add(&scratch, &said, hash_bytes(c->atom, c->atom_n * sizeof *c->atom, 0), i,
                        &first) ||
            !first)
            continue;
        news *x = vec_push(&scratch, &found);
        if (!x)
            break;
        float sure = (1 - c->told) * (1 - c->told);
        if (lead || (shared[i] & SHARED_MANY) || is_other_matter(s, i))
            sure *= LEAD_WEIGHT;
        else if (i == s->first[c->article] + 1)
            sure *= SECOND_WEIGHT;
        *x = (news){place_of(f, c), (weight + WORDS_WEIGHT * (fresh - weight)) * sure, false};
        x->sure =
            x->weight >= ONLY_SURE || fresh * sure >= ONLY_SURE_WORDS ||
            (fresh * sure >= ONLY_SURE_NUMBER && counts_alone(f, &numbers, origin_of, x->place));
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
            uint32_t sure = 0;
            if (!o || !places || !weight)
                break;
            for (uint32_t k = from; k < to; k++) {
                places[k - from] = found.v[k].place;
                weight[k - from] = found.v[k].weight;
                sure += found.v[k].sure;
            }
            *o = (sst_only){places, weight, to - from, sure, found.v[from].place.article};
        }
        f->only = only.v;
        f->only_n = only.n;
        status = arena->failed;
    }
    arena_release(&scratch);
    return status;
}
