/*
 * To come and done: the same act, announced by several reports, or by one and over in another.
 *
 * in: the sense of a story, its cast; out: schedule of the findings. Acts come from the sentences
 * (compare_due.h). Two acts of different origins are one when the verb is the same, a name of the
 * sentences is the same or one of their rarest words, the days that they name do not differ, the
 * one that is over was not published first, and the sentences say enough of the same. What hangs
 * together by such pairs is one entry: an order in time, not a disagreement. What several announce
 * and nobody tells as over is one too, by the same signs.
 *
 *   announced:  (verb, person or rare word) -> the first LIST_MAX sentences
 *   each other act looks its keys up; pairs are joined by union-find
 *
 * Method and numbers are ours.
 */
#include <stdlib.h>
#include <string.h>

#include "base_forest.h"
#include "base_hash.h"
#include "compare_alike.h"
#include "compare_due.h"

enum {
    LIST_MAX = 16,  /* announcements of one act by one person that are compared */
    ATOMS_MOST = 4, /* rarest atoms of a sentence by which acts without a common name are found */
    QUOTED_SHARE =
        60, /* per cent of a sentence between marks: a quotation announces nothing twice */
    SHARED_LEAST = 4, /* atoms that the two sentences share */
    SHARED_DAY = 2,   /* the same where both name one day */
    SHARED_WORDS = 3, /* the same where they share no name */
    KEYS_MOST = 16    /* names and rare atoms of a sentence by which an act is found */
};

/* Keys that are no members of the cast: an atom, a day. */
#define ATOM_KEY 0x80000000u
#define DAY_KEY 0x40000000u

/* Two sentences with the same verb and the same name say the same act from here on: above what two
 * answers to one question share, as much of a sentence is about other things. */
static const float ACT_ALIKE = 0.22f;
/* The same where they share a rare word, but no name. */
static const float ACT_ALIKE_WORDS = 0.3f;
/* Bits of an atom by which an act is found. */
static const float ACT_RARE = 5;

typedef struct scheduler {
    sst_findings *f;
    const compare_sense *s;
    const uint32_t *origin_of;
    sst_arena scratch;
    compare_likeness like;
    compare_due_finder found;
    uint32_t *parent; /* of acts */
} scheduler;

/* The persons, bodies and places of a sentence, as members of the cast; -1 at the end. */
static uint32_t next_person(const scheduler *z, const compare_sentence *c, uint32_t *mention)
{
    const sst_text *t = z->f->texts[c->article];
    for (; *mention < t->mention_n && t->mention[*mention].begin < c->end; ++*mention)
        if (t->mention[*mention].begin >= c->begin)
            return z->f->cast.entity[c->article][t->mention[(*mention)++].entity];
    return UINT32_MAX;
}

/* Do two reports speak of one act: days that agree, and enough of the same words? */
static bool is_one(const scheduler *z, const compare_due_act *a, const compare_due_act *b,
                   bool named)
{
    if (z->origin_of[z->s->v[a->sentence].article] == z->origin_of[z->s->v[b->sentence].article])
        return false;
    size_t p = strlen(a->when), q = strlen(b->when);
    if (p && q && strncmp(a->when, b->when, p < q ? p : q) != 0)
        return false;
    compare_shared s = compare_alike(&z->like, a->sentence, b->sentence);
    bool one_day = p == COMPARE_DAY && q == COMPARE_DAY; /* the same, and both name it */
    if (s.n >= SHARED_WORDS && s.dice >= ACT_ALIKE_WORDS)
        return true;
    return named && (one_day || !(a->weak || b->weak)) &&
           s.n >= (one_day ? SHARED_DAY : SHARED_LEAST) &&
           s.dice >= (one_day ? COMPARE_ONE_ANSWER : ACT_ALIKE);
}

/* Is the past act b what a announced? */
static bool is_done(const scheduler *z, const compare_due_act *a, const compare_due_act *b,
                    bool named)
{
    const compare_sentence *x = &z->s->v[a->sentence], *y = &z->s->v[b->sentence];
    size_t q = strlen(b->when);
    /* what was over in another month or year was not announced now */
    sst_str told = z->f->texts[x->article]->article->published;
    if (b->state == ACT_OFF)
        return is_one(z, a, b, named);
    size_t m = q < COMPARE_MONTH ? q : COMPARE_MONTH;
    if (q && told.n >= m && strncmp(b->when, told.p, m) < 0)
        return false;
    int64_t then = z->f->texts[x->article]->article->published_s,
            now = z->f->texts[y->article]->article->published_s;
    if (then != INT64_MIN && now != INT64_MIN && now < then)
        return false;
    return is_one(z, a, b, named);
}

static void unite(scheduler *z, uint32_t i, uint32_t j)
{
    uint32_t p = forest_root(z->parent, i), q = forest_root(z->parent, j);
    z->parent[p > q ? p : q] = p > q ? q : p;
}

typedef struct posting {
    uint32_t n, v[LIST_MAX];
} posting;

/*
 * The keys by which the acts of a sentence are found: its persons, bodies and places (those of the
 * sentence before where it begins with a pronoun), then its rarest atoms.
 */
typedef struct act_keys {
    uint32_t v[KEYS_MOST];
    uint32_t n, named_n;
} act_keys;

static void keys_of(const scheduler *z, const compare_due_act *act, act_keys *out)
{
    uint32_t sentence = act->sentence;
    const compare_sentence *c = &z->s->v[sentence];
    const sst_text *t = z->f->texts[c->article];
    *out = (act_keys){.n = 0};
    if (text_is(t, c->begin, LEX_PRONOUN_PERSON) && sentence > z->s->first[c->article])
        c--;
    uint32_t m = text_mention_from(t, c->begin), person;
    while (out->n < KEYS_MOST - ATOMS_MOST && (person = next_person(z, c, &m)) != UINT32_MAX)
        out->v[out->n++] = person;
    /* languages without a list of bodies ("el pleno") leave a sentence with no name */
    if (t->lang->traits && strlen(act->when) == COMPARE_DAY)
        out->v[out->n++] = ((uint32_t)hash_bytes(act->when, COMPARE_DAY, 11) & ~ATOM_KEY) | DAY_KEY;
    out->named_n = out->n;
    if (t->lang->traits)
        return;
    c = &z->s->v[sentence];
    for (uint32_t k = 0; k < ATOMS_MOST; k++) { /* the rarest, one after the other */
        uint32_t best = UINT32_MAX;
        for (uint32_t i = 0; i < c->atom_n; i++) {
            uint32_t a = c->atom[i] | ATOM_KEY;
            bool there = z->s->atom[c->atom[i]].rarity < ACT_RARE;
            for (uint32_t x = out->named_n; x < out->n && !there; x++)
                there = out->v[x] == a;
            if (!there &&
                (best == UINT32_MAX || z->like.atom[c->atom[i]] > z->like.atom[best & ~ATOM_KEY]))
                best = a;
        }
        if (best == UINT32_MAX)
            return;
        out->v[out->n++] = best;
    }
}

/* Joins the act i with what the list announces; adds it to that when it announces itself. */
static void join(scheduler *z, posting *p, uint32_t i, bool named)
{
    const compare_due_act *a = &z->found.acts.v[i];
    for (uint32_t k = 0; k < p->n; k++) {
        const compare_due_act *b = &z->found.acts.v[p->v[k]];
        if (forest_root(z->parent, i) == forest_root(z->parent, p->v[k]))
            continue;
        if (a->state != ACT_TO_COME ? is_done(z, b, a, named)
                                    : z->s->v[a->sentence].marked < QUOTED_SHARE &&
                                          z->s->v[b->sentence].marked < QUOTED_SHARE &&
                                          is_one(z, b, a, named)) /* several announce it */
            unite(z, p->v[k], i);
    }
    if (a->state == ACT_TO_COME && p->n < LIST_MAX && (p->n == 0 || p->v[p->n - 1] != i))
        p->v[p->n++] = i;
}

static void pair_up(scheduler *z)
{
    u64map index = {0};
    SST_VEC(posting) lists = {NULL, 0, 0};
    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < z->found.acts.n && !z->scratch.failed; i++) {
            const compare_due_act *a = &z->found.acts.v[i];
            if ((a->state != ACT_TO_COME) != (pass == 1))
                continue;
            act_keys keys;
            keys_of(z, a, &keys);
            for (uint32_t x = 0; x < keys.n; x++) {
                uint64_t key = (uint64_t)a->verb << 32 | keys.v[x];
                uint32_t *at = u64map_find(&index, key);
                if (!at && pass == 0) {
                    at = u64map_add(&z->scratch, &index, key, lists.n, NULL);
                    if (!at || !vec_push(&z->scratch, &lists))
                        return;
                }
                if (at)
                    join(z, &lists.v[*at], i, x < keys.named_n);
            }
        }
}

static sst_place place_of(const sst_findings *f, const compare_sentence *s)
{
    return (sst_place){s->article, text_span(f->texts[s->article], s->begin, s->end)};
}

/* Two verbs of the same sentences make one entry. */
static void leave_one_each(scheduler *z, sst_scheduled *v, uint32_t *n)
{
    u64map seen = {0};
    uint32_t kept = 0;
    for (uint32_t k = 0; k < *n && !z->scratch.failed; k++) {
        uint64_t h = 0;
        const sst_place *list[3] = {v[k].to_come, v[k].done, v[k].off};
        const uint32_t list_n[3] = {v[k].to_come_n, v[k].done_n, v[k].off_n};
        for (uint32_t s = 0; s < 3; s++)
            for (uint32_t i = 0; i < list_n[s]; i++)
                h = hash_mix(h + s, (uint64_t)list[s][i].article << 32 | list[s][i].at.begin);
        int fresh;
        if (u64map_add(&z->scratch, &seen, h, k, &fresh) && fresh)
            v[kept++] = v[k];
    }
    *n = kept;
}

/* One entry a group: the first sentence of each article, in their order. */
static sst_status collect(scheduler *z, sst_arena *arena)
{
    uint32_t n = z->found.acts.n;
    SST_VEC(sst_scheduled) out = {NULL, 0, 0};
    uint32_t *size = arena_calloc(&z->scratch, (size_t)n + 1, sizeof *size);
    uint32_t *entry = arena_alloc(&z->scratch, ((size_t)n + 1) * sizeof *entry);
    if (!size || !entry)
        return z->scratch.failed;
    for (uint32_t i = 0; i < n; i++) {
        size[forest_root(z->parent, i)]++;
        entry[i] = UINT32_MAX;
    }
    for (uint32_t i = 0; i < n; i++) { /* acts stand in order of article, sentence */
        uint32_t r = forest_root(z->parent, i);
        if (size[r] < 2)
            continue;
        if (entry[r] == UINT32_MAX) {
            entry[r] = out.n;
            sst_scheduled *e = vec_push(arena, &out);
            if (!e)
                return arena->failed;
            e->to_come = arena_alloc(arena, size[r] * sizeof *e->to_come);
            e->done = arena_alloc(arena, size[r] * sizeof *e->done);
            e->off = arena_alloc(arena, size[r] * sizeof *e->off);
            if (!e->to_come || !e->done || !e->off)
                return arena->failed;
        }
        sst_scheduled *e = &out.v[entry[r]];
        sst_place at = place_of(z->f, &z->s->v[z->found.acts.v[i].sentence]);
        uint8_t state = z->found.acts.v[i].state;
        sst_place *list = state == ACT_DONE ? e->done : state == ACT_OFF ? e->off : e->to_come;
        uint32_t *list_n = state == ACT_DONE  ? &e->done_n
                           : state == ACT_OFF ? &e->off_n
                                              : &e->to_come_n;
        if (*list_n == 0 || list[*list_n - 1].article != at.article)
            list[(*list_n)++] = at;
    }
    leave_one_each(z, out.v, &out.n);
    z->f->schedule = out.v;
    z->f->schedule_n = out.n;
    return arena->failed;
}

sst_status compare_schedule(sst_findings *f, const compare_sense *s, const uint32_t *origin_of,
                            sst_arena *arena)
{
    if (f->origin_n < 2 || !f->cast.entity)
        return SST_OK;
    scheduler z = {.f = f, .s = s, .origin_of = origin_of};
    arena_init(&z.scratch, 0);
    z.found = (compare_due_finder){.sense = s, .texts = f->texts, .arena = &z.scratch};
    sst_status status = compare_likeness_make(s, &z.scratch, &z.like);
    for (uint32_t i = 0; status == SST_OK && i < s->n && !z.scratch.failed; i++)
        compare_due_acts(&z.found, i);
    z.parent = arena_alloc(&z.scratch, ((size_t)z.found.acts.n + 1) * sizeof *z.parent);
    if (z.parent && status == SST_OK) {
        for (uint32_t i = 0; i < z.found.acts.n; i++)
            z.parent[i] = i;
        pair_up(&z);
        status = z.scratch.failed ? z.scratch.failed : collect(&z, arena);
    }
    if (status == SST_OK)
        status = z.scratch.failed;
    arena_release(&z.scratch);
    return status;
}
