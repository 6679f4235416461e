/*
 * To come and done: the same act, announced by several reports, or by one and over in another.
 *
 * in: the sense of a story, its cast; out: schedule of the findings. An act is a verb of a sentence
 * as its base form: "to come" behind a word of the future ("is scheduled to meet"), "done" in the
 * past ("met", "was approved"). Two acts of different origins are one when the verb is the same, a
 * name of the sentences is the same, the days that they name do not differ, the one that is over
 * was not published first, and the sentences say enough of the same. What hangs together by such
 * pairs is one entry: an order in time, not a disagreement. What several announce and nobody tells
 * as over is one too, by the same signs.
 *
 *   announced:  (verb, person) -> the first LIST_MAX sentences
 *   each past act looks its (verb, person) up; pairs are joined by union-find
 *
 * A noun names an act too ("the vote"): by the day beside it, or where it is on the agenda. Method
 * and numbers are ours; the forms of irregular verbs, the words of the future and the nouns are
 * data (time_word, schedule).
 */
#include <stdio.h>
#include <stdlib.h>

#include "base_hash.h"
#include "compare_acts.h"
#include "compare_alike.h"
#include "compare_same.h"

enum {
    LIST_MAX = 16, /* announcements of one act by one person that are compared */
    ACT_GAP = 5,   /* tokens between a word of the future and its verb */
    NOUN_GAP = 5,  /* tokens between the noun of an act and its day */
    QUOTED_SHARE =
        60,   /* per cent of a sentence between marks: a quotation announces nothing twice */
    BACK = 2, /* tokens before a verb in which "not" takes it back */
    SHARED_LEAST = 4, /* atoms that the two sentences share */
    SHARED_DAY = 2,   /* the same where both name one day */
    DAY = 10,         /* bytes of a time down to the day */
    MONTH = 7,        /* bytes of a time up to its month */
    ING_LEAST = 6,    /* letters of what goes on: "going" is a word of the future */
    LETTERS = 24      /* of a verb that are looked at */
};

/* Above all numbers of persons: a day that stands for one. */
static const uint32_t DAY_KEY = UINT32_C(1) << 30;

/* Two sentences with the same verb and the same name say the same act from here on: above what two
 * answers to one question share, as much of a sentence is about other things. */
static const float ACT_ALIKE = 0.22f;

typedef struct act {
    uint32_t sentence; /* of the sense */
    uint32_t verb;     /* key of the base form */
    bool done;
    char when[12]; /* the time that the sentence names first: a day, month or year; or "" */
} act;

typedef struct scheduler {
    sst_findings *f;
    const compare_sense *s;
    const uint32_t *origin_of;
    sst_arena scratch;
    compare_likeness like;
    SST_VEC(act) acts;
    uint32_t *parent;          /* of acts */
    const compare_same *words; /* of the language of the text at work */
} scheduler;

static const char *time_word(const sst_text *t, uint32_t i)
{
    return text_is(t, i, LEX_TIME_WORD) ? lang_value(t->lang, t->tok[i].lex, LEX_TIME_WORD) : NULL;
}

static bool is_future(const scheduler *z, const sst_text *t, uint32_t i)
{
    const char *v = time_word(t, i);
    if (v && strcmp(v, "future") == 0)
        return true;
    v = compare_due(z->words, t->tok[i].key);
    if (v && strcmp(v, "to") == 0 && i + 2 < t->tok_n && text_word_is(t, i + 1, "to") &&
        !text_is(t, i + 2, LEX_DETERMINER) && !(t->tok[i + 2].flags & TOKF_UPPER))
        return true; /* "is set to meet", not "set to the task" */
    /* "is to meet", "are to be reopened" */
    return i > 0 && i + 1 < t->tok_n && text_word_is(t, i, "to") && text_is(t, i - 1, LEX_BE);
}

/* The key of a base form: without what an ending changes ("approve", "approv-ed"). */
static uint32_t verb_key(const char *p, size_t n, bool past)
{
    char low[LETTERS];
    size_t k = 0;
    for (; k < n && k < sizeof low; k++) {
        unsigned char c = (unsigned char)p[k];
        low[k] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    if (past && k > 3 && low[k - 1] == 'd' && low[k - 2] == 'e')
        k -= 2;
    else if (past && k > 5 && low[k - 1] == 'g' && low[k - 2] == 'n' && low[k - 3] == 'i')
        k -= 3;
    else if (k > 3 && low[k - 1] == 'e')
        k--;
    if (k > 3 && low[k - 1] == low[k - 2] && past)
        k--; /* "planned" */
    return k < 2 ? 0 : (uint32_t)hash_bytes(low, k, 11) | 1;
}

/* The base form of a past at token i, 0 when it is none. */
static uint32_t past_at(const sst_text *t, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    if (k->kind != TOK_WORD || (k->flags & TOKF_UPPER))
        return 0;
    const char *v = time_word(t, i);
    if (v && strncmp(v, "past ", 5) == 0)
        return verb_key(v + 5, strlen(v + 5), false);
    size_t n = k->end - k->begin;
    const char *w = t->s.p + k->begin;
    if (n < 5 || w[n - 1] != 'd' || w[n - 2] != 'e' || text_is(t, i, LEX_STOPWORD | LEX_AUXILIARY))
        return 0;
    return verb_key(w, n, true);
}

/* The verb of an act that a noun names ("the vote"), 0 when it names none. */
static uint32_t noun_at(const scheduler *z, const sst_text *t, uint32_t i)
{
    if (t->tok[i].kind != TOK_WORD)
        return 0;
    const char *v = compare_due(z->words, t->tok[i].key);
    return v && strncmp(v, "act ", 4) == 0 ? verb_key(v + 4, strlen(v + 4), false) : 0;
}

/* Is the day or month that stands beside token i over (-1) or to come (1)? 0: that of the report
 * itself, or none. */
static int day_beside(const sst_text *t, const compare_sentence *c, uint32_t i)
{
    sst_str told = t->article->published;
    uint32_t from = i > c->begin + NOUN_GAP ? i - NOUN_GAP : c->begin;
    for (uint32_t k = text_time_from(t, from); k < t->time_n; k++) {
        const sst_time *x = &t->time[k];
        if (x->begin >= c->end || x->begin > i + NOUN_GAP)
            return 0;
        size_t n = strlen(x->iso) < DAY ? strlen(x->iso) : DAY;
        if (told.n >= DAY && n >= MONTH) {
            int order = strncmp(x->iso, told.p, n);
            return order < 0 ? -1 : order > 0;
        }
    }
    return 0;
}

/* The base form of what "is travelling on Tuesday" announces at token i, 0 when it is none: a day
 * beside it is to come, or cannot be told where the report has no date. */
static uint32_t going_on_at(const sst_text *t, const compare_sentence *c, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    size_t n = k->end - k->begin;
    if (i == c->begin || k->kind != TOK_WORD || (k->flags & TOKF_UPPER) || n < ING_LEAST ||
        memcmp(t->s.p + k->end - 3, "ing", 3) != 0 || !text_is(t, i - 1, LEX_BE) ||
        text_is(t, i, LEX_STOPWORD | LEX_AUXILIARY | LEX_CUE))
        return 0;
    const char *be = time_word(t, i - 1); /* of its forms, those of the present */
    if (!be || strcmp(be, "back") != 0)
        return 0;
    if (t->article->published.n >= DAY) {
        if (day_beside(t, c, i) <= 0)
            return 0;
    } else {
        uint32_t x = text_time_from(t, i);
        if (x >= t->time_n || t->time[x].begin >= c->end || t->time[x].begin > i + NOUN_GAP)
            return 0;
    }
    return verb_key(t->s.p + k->begin, n, true);
}

/* "not opened", "is closed", "the wounded", "to planned places": no past. */
static bool taken_back(const sst_text *t, uint32_t begin, uint32_t i)
{
    for (uint32_t k = i > begin + BACK ? i - BACK : begin; k < i; k++) {
        const char *v = time_word(t, k);
        if (text_is(t, k, LEX_DETERMINER) || (v && strcmp(v, "back") == 0) ||
            (k + 1 == i && text_is(t, k, LEX_PREPOSITION)))
            return true;
    }
    return false;
}

/* The time that stands nearest to token `at` of a sentence; UINT32_MAX: no time. */
static uint32_t nearest_time(const sst_text *t, const compare_sentence *c, uint32_t at)
{
    uint32_t best = UINT32_MAX, gap = UINT32_MAX;
    for (uint32_t k = text_time_from(t, c->begin); k < t->time_n && t->time[k].begin < c->end;
         k++) {
        uint32_t x = t->time[k].begin, apart = x < at ? at - x : x - at;
        if (t->time[k].iso[0] && apart < gap) {
            best = k;
            gap = apart;
        }
    }
    return best;
}

static void add(scheduler *z, uint32_t sentence, uint32_t verb, bool done)
{
    const compare_sentence *c = &z->s->v[sentence];
    const sst_text *t = z->f->texts[c->article];
    act *a = vec_push(&z->scratch, &z->acts);
    if (!a)
        return;
    *a = (act){.sentence = sentence, .verb = verb, .done = done};
    for (uint32_t lo = text_time_from(t, c->begin); lo < t->time_n && t->time[lo].begin < c->end;
         lo++)
        if (t->time[lo].iso[0]) {
            snprintf(a->when, sizeof a->when, "%.10s", t->time[lo].iso);
            return;
        }
}

/* The acts of a sentence: what a word of the future announces, else what is told in the past. */
static void acts_of(scheduler *z, uint32_t sentence)
{
    const compare_sentence *c = &z->s->v[sentence];
    const sst_text *t = z->f->texts[c->article];
    if (t->lang->traits) {
        compare_act other[COMPARE_ACTS_MAX];
        uint32_t n = compare_acts(t, c->begin, c->end, other);
        for (uint32_t i = 0; i < n && !z->scratch.failed; i++) {
            uint32_t near = nearest_time(t, c, other[i].at);
            add(z, sentence, other[i].verb, other[i].done);
            if (near != UINT32_MAX && !z->scratch.failed)
                snprintf(z->acts.v[z->acts.n - 1].when, sizeof z->acts.v->when, "%.10s",
                         t->time[near].iso);
        }
        return;
    }
    z->words = compare_same_of(t->lang);
    bool future = false, agenda = false;
    for (uint32_t i = c->begin; i < c->end; i++) {
        const char *due = compare_due(z->words, t->tok[i].key);
        agenda |= due && strcmp(due, "agenda") == 0;
        if (!is_future(z, t, i))
            continue;
        future = true;
        for (uint32_t k = i + 1; k < c->end && k < i + 1 + ACT_GAP; k++) {
            const char *back = compare_due(z->words, t->tok[k].key);
            if (t->tok[k].kind != TOK_WORD || text_word_is(t, k, "not") ||
                (back && strcmp(back, "back") == 0))
                break; /* "will never open" */
            if (is_future(z, t, k) ||
                text_is(t, k,
                        LEX_AUXILIARY | LEX_BE | LEX_PREPOSITION | LEX_ADVERB | LEX_STOPWORD) ||
                (t->tok[k].flags & TOKF_UPPER))
                continue;
            uint32_t past = past_at(t, k), noun = noun_at(z, t, k); /* "will be approved" */
            uint32_t verb =
                noun   ? noun
                : past ? past
                       : verb_key(t->s.p + t->tok[k].begin, t->tok[k].end - t->tok[k].begin, false);
            if (verb)
                add(z, sentence, verb, false);
            break;
        }
    }
    for (uint32_t i = c->begin; i < c->end; i++) { /* "the vote on Thursday" */
        uint32_t verb = noun_at(z, t, i);
        int day = verb ? day_beside(t, c, i) : 0;
        if (verb && (day || (agenda && !future)))
            add(z, sentence, verb, day < 0);
    }
    for (uint32_t i = c->begin; i < c->end; i++) { /* "is travelling to Ostley on Tuesday" */
        uint32_t verb = going_on_at(t, c, i);
        if (verb) {
            add(z, sentence, verb, false);
            future = true;
        }
    }
    if (future)
        return;
    for (uint32_t i = c->begin; i < c->end; i++) {
        uint32_t verb = past_at(t, i);
        if (verb && !text_is(t, i, LEX_CUE) && !taken_back(t, c->begin, i))
            add(z, sentence, verb, true);
    }
}

/* The persons, bodies and places of a sentence, as members of the cast; -1 at the end. */
static uint32_t next_person(const scheduler *z, const compare_sentence *c, uint32_t *mention)
{
    const sst_text *t = z->f->texts[c->article];
    for (; *mention < t->mention_n && t->mention[*mention].begin < c->end; ++*mention)
        if (t->mention[*mention].begin >= c->begin)
            return z->f->cast.entity[c->article][t->mention[(*mention)++].entity];
    return UINT32_MAX;
}

/* The same, and at the end the day that the act names, where languages without a list of bodies
 * ("el pleno") leave a sentence with no name. */
static uint32_t next_key(const scheduler *z, const act *a, uint32_t *mention, bool *dated)
{
    const compare_sentence *c = &z->s->v[a->sentence];
    uint32_t person = next_person(z, c, mention);
    if (person != UINT32_MAX || *dated || !z->f->texts[c->article]->lang->traits ||
        strlen(a->when) != DAY)
        return person;
    *dated = true;
    return (uint32_t)hash_bytes(a->when, DAY, 11) | DAY_KEY;
}

static uint32_t root_of(scheduler *z, uint32_t i)
{
    while (z->parent[i] != i)
        i = z->parent[i] = z->parent[z->parent[i]];
    return i;
}

/* Do two reports speak of one act: days that agree, and enough of the same words? */
static bool is_one(const scheduler *z, const act *a, const act *b)
{
    if (z->origin_of[z->s->v[a->sentence].article] == z->origin_of[z->s->v[b->sentence].article])
        return false;
    size_t p = strlen(a->when), q = strlen(b->when);
    if (p && q && strncmp(a->when, b->when, p < q ? p : q) != 0)
        return false;
    compare_shared s = compare_alike(&z->like, a->sentence, b->sentence);
    bool one_day = p == DAY && q == DAY; /* the same, and both name it */
    return s.n >= (one_day ? SHARED_DAY : SHARED_LEAST) &&
           s.dice >= (one_day ? COMPARE_ONE_ANSWER : ACT_ALIKE);
}

/* Is the past act b what a announced? */
static bool is_done(const scheduler *z, const act *a, const act *b)
{
    const compare_sentence *x = &z->s->v[a->sentence], *y = &z->s->v[b->sentence];
    size_t q = strlen(b->when);
    /* what was over in another month or year was not announced now */
    sst_str told = z->f->texts[x->article]->article->published;
    size_t m = q < MONTH ? q : MONTH;
    if (q && told.n >= m && strncmp(b->when, told.p, m) < 0)
        return false;
    int64_t then = z->f->texts[x->article]->article->published_s,
            now = z->f->texts[y->article]->article->published_s;
    if (then != INT64_MIN && now != INT64_MIN && now < then)
        return false;
    return is_one(z, a, b);
}

static void unite(scheduler *z, uint32_t i, uint32_t j)
{
    uint32_t p = root_of(z, i), q = root_of(z, j);
    z->parent[p > q ? p : q] = p > q ? q : p;
}

typedef struct posting {
    uint32_t n, v[LIST_MAX];
} posting;

static void pair_up(scheduler *z)
{
    u64map index = {0};
    SST_VEC(posting) lists = {NULL, 0, 0};
    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < z->acts.n && !z->scratch.failed; i++) {
            const act *a = &z->acts.v[i];
            if (a->done != (pass == 1))
                continue;
            const compare_sentence *c = &z->s->v[a->sentence];
            uint32_t m = text_mention_from(z->f->texts[c->article], c->begin), person;
            bool dated = false;
            while ((person = next_key(z, a, &m, &dated)) != UINT32_MAX) {
                uint64_t key = (uint64_t)a->verb << 32 | person;
                if (!a->done) {
                    int fresh;
                    uint32_t *at = u64map_add(&z->scratch, &index, key, lists.n, &fresh);
                    if (!at || (fresh && !vec_push(&z->scratch, &lists)))
                        return;
                    posting *p = &lists.v[*at];
                    for (uint32_t k = 0; k < p->n; k++) /* several reports announce it */
                        if (c->marked < QUOTED_SHARE &&
                            z->s->v[z->acts.v[p->v[k]].sentence].marked < QUOTED_SHARE &&
                            is_one(z, &z->acts.v[p->v[k]], a))
                            unite(z, p->v[k], i);
                    if (p->n < LIST_MAX && (p->n == 0 || p->v[p->n - 1] != i))
                        p->v[p->n++] = i;
                    continue;
                }
                const uint32_t *at = u64map_find(&index, key);
                for (uint32_t k = 0; at && k < lists.v[*at].n; k++) {
                    uint32_t j = lists.v[*at].v[k];
                    if (is_done(z, &z->acts.v[j], a))
                        unite(z, i, j);
                }
            }
        }
}

static sst_place place_of(const sst_findings *f, const compare_sentence *s)
{
    return (sst_place){s->article, text_span(f->texts[s->article], s->begin, s->end)};
}

/* One entry a group: the first sentence of each article, in their order. */
static sst_status collect(scheduler *z, sst_arena *arena)
{
    uint32_t n = z->acts.n;
    SST_VEC(sst_scheduled) out = {NULL, 0, 0};
    uint32_t *size = arena_calloc(&z->scratch, (size_t)n + 1, sizeof *size);
    uint32_t *entry = arena_alloc(&z->scratch, ((size_t)n + 1) * sizeof *entry);
    if (!size || !entry)
        return z->scratch.failed;
    for (uint32_t i = 0; i < n; i++) {
        size[root_of(z, i)]++;
        entry[i] = UINT32_MAX;
    }
    for (uint32_t i = 0; i < n; i++) { /* acts stand in order of article, sentence */
        uint32_t r = root_of(z, i);
        if (size[r] < 2)
            continue;
        if (entry[r] == UINT32_MAX) {
            entry[r] = out.n;
            sst_scheduled *e = vec_push(arena, &out);
            if (!e)
                return arena->failed;
            e->to_come = arena_alloc(arena, size[r] * sizeof *e->to_come);
            e->done = arena_alloc(arena, size[r] * sizeof *e->done);
            if (!e->to_come || !e->done)
                return arena->failed;
        }
        sst_scheduled *e = &out.v[entry[r]];
        sst_place at = place_of(z->f, &z->s->v[z->acts.v[i].sentence]);
        sst_place *list = z->acts.v[i].done ? e->done : e->to_come;
        uint32_t *list_n = z->acts.v[i].done ? &e->done_n : &e->to_come_n;
        if (*list_n == 0 || list[*list_n - 1].article != at.article)
            list[(*list_n)++] = at;
    }
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
    sst_status status = compare_likeness_make(s, &z.scratch, &z.like);
    for (uint32_t i = 0; status == SST_OK && i < s->n && !z.scratch.failed; i++)
        acts_of(&z, i);
    z.parent = arena_alloc(&z.scratch, ((size_t)z.acts.n + 1) * sizeof *z.parent);
    if (z.parent && status == SST_OK) {
        for (uint32_t i = 0; i < z.acts.n; i++)
            z.parent[i] = i;
        pair_up(&z);
        status = z.scratch.failed ? z.scratch.failed : collect(&z, arena);
    }
    if (status == SST_OK)
        status = z.scratch.failed;
    arena_release(&z.scratch);
    return status;
}
