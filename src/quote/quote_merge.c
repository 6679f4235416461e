/*
 * The versions of an utterance in several stories -> one list.
 *
 * In: sayings of several parts. Out: for each an utterance whose articles are places in the run:
 * the versions in order of publication, all compared with the fullest of them, typed as in a story;
 * the speaker that most versions name, and which versions name somebody else.
 */
#include "base_hash.h"
#include "base_sort.h"
#include "base_str.h"
#include "quote_join.h"
#include "quote_link.h"
#include "text_pack.h"

typedef struct version {
    quote_printed p;
    const sst_quotes *quotes;
    const quote_link_story *s;
    uint32_t in_story; /* place of the article there */
} version;

typedef SST_VEC(version) version_list;

static uint32_t bytes_of(const sst_spans *s)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->n; i++)
        n += s->v[i].end - s->v[i].begin;
    return n;
}

/* By time, what has none last; then by article, place; of one quotation the larger part first. */
static int by_time(const void *x_, const void *y_)
{
    const version *x = x_, *y = y_;
    const sst_article *a = x->quotes->text->article, *b = y->quotes->text->article;
    if (a->published_s != b->published_s) {
        if (a->published_s == INT64_MIN || b->published_s == INT64_MIN)
            return a->published_s == INT64_MIN ? 1 : -1;
        return a->published_s < b->published_s ? -1 : 1;
    }
    int c = str_cmp(a->id, b->id);
    if (c)
        return c;
    if (x->p.o.quote != y->p.o.quote)
        return x->p.o.quote < y->p.o.quote ? -1 : 1;
    uint32_t m = bytes_of(&x->p.o.content), n = bytes_of(&y->p.o.content);
    if (m != n)
        return m > n ? -1 : 1;
    uint32_t p = x->p.o.content.v[0].begin, q = y->p.o.content.v[0].begin;
    return (p > q) - (p < q);
}

/* text: for the words of the article, cleared each time. */
static void add(version_list *l, const quote_link_story *s, const sst_occurrence *o,
                sst_arena *scratch, sst_arena *text)
{
    version *v = vec_push(scratch, l);
    if (!v)
        return;
    const sst_quotes *q = s->quotes[o->article];
    *v = (version){.s = s, .quotes = q, .in_story = o->article};
    v->p.o = (sst_occurrence){.article = s->article[o->article],
                              .quote = o->quote,
                              .content = o->content,
                              .other_speaker = o->other_speaker};
    v->p.joined = o->change == CHANGE_JOINED;
    sst_text whole;
    arena_clear(text);
    if (text_unpack(q->text, text, &whole) ||
        quote_words_of(&whole, o->content.v, o->content.n, scratch, &v->p.words))
        scratch->failed = scratch->failed ? scratch->failed : text->failed;
}

/* ------------------------------------------------------------------------------------- speakers */

static quote_name name_of(const version *v, sst_str *text)
{
    const sst_quote *q = &v->quotes->v[v->p.o.quote];
    *text = (sst_str){NULL, 0};
    if (v->p.o.quote >= v->quotes->n)
        return (quote_name){0, 0, 0, false};
    if (q->entity == UINT32_MAX) {
        *text = q->speaker;
        return quote_name_of(q->speaker, false);
    }
    const sst_person *p = &v->s->cast->person[v->s->cast->entity[v->in_story][q->entity]];
    *text = p->name;
    return quote_name_of(p->name, p->kind == NAME_PERSON || p->kind == NAME_UNKNOWN);
}

/* The speaker of most versions, a person before others; of its spellings the longest. */
static void choose_speaker(sst_utterance *u, const version *v, uint32_t n, sst_arena *scratch)
{
    u64map votes = {NULL, NULL, 0, 0};
    sst_str text, best_text = {NULL, 0};
    quote_name best = {0, 0, 0, false};
    uint32_t most = 0;
    for (uint32_t i = 0; i < n; i++) {
        quote_name a = name_of(&v[i], &text);
        uint32_t *k =
            a.last ? u64map_add(scratch, &votes, hash_mix(a.last, a.person), 0, NULL) : NULL;
        if (k)
            *k += v[i].quotes->v[v[i].p.o.quote].source.n ? 2 : 1;
    }
    for (uint32_t i = 0; i < n && !scratch->failed; i++) {
        quote_name a = name_of(&v[i], &text);
        uint32_t *found = a.last ? u64map_find(&votes, hash_mix(a.last, a.person)) : NULL;
        if (!found)
            continue;
        bool better = a.person != best.person ? a.person
                      : *found != most        ? *found > most
                      : text.n != best_text.n ? text.n > best_text.n
                                              : str_cmp(text, best_text) < 0;
        if (!best_text.n || better) {
            best = a;
            best_text = text;
            most = *found;
        }
    }
    u->speaker = best_text;
    for (uint32_t i = 0; i < n; i++) {
        quote_name a = name_of(&v[i], &text);
        quote_kin kin = quote_name_kin(&a, &best);
        if (kin != KIN_OPEN)
            u->v[i].other_speaker = kin == KIN_OTHER;
    }
}

/* ---------------------------------------------------------------------------------------- merge */

static void merge_one(const quote_link_story *stories, const sst_quotes *const *quotes,
                      sst_saying *g, sst_arena *arena, sst_arena *scratch, sst_arena *text)
{
    version_list l = {NULL, 0, 0};
    for (uint32_t k = 0; k < g->n; k++) {
        const sst_saying_part *p = &g->part[k];
        const quote_link_story *s = &stories[p->story];
        if (p->utterance != UINT32_MAX) {
            const sst_utterance *u = &s->utterances[p->utterance];
            for (uint32_t i = 0; i < u->n; i++)
                add(&l, s, &u->v[i], scratch, text);
        } else {
            sst_occurrence o = {.article = p->article,
                                .quote = p->quote,
                                .content = s->quotes[p->article]->v[p->quote].content};
            add(&l, s, &o, scratch, text);
        }
    }
    version *spare = arena_alloc(scratch, ((size_t)l.n + 1) * sizeof *spare);
    g->all.v = arena_calloc(arena, (size_t)l.n + 1, sizeof *g->all.v);
    if (!spare || !g->all.v || scratch->failed)
        return;
    sort_stable(l.v, l.n, sizeof *l.v, by_time, spare);
    uint32_t n = 0, fullest = 0;
    for (uint32_t i = 0; i < l.n; i++) {
        /* a quotation in two utterances that are one now */
        if (n && l.v[n - 1].p.o.article == l.v[i].p.o.article &&
            l.v[n - 1].p.o.quote == l.v[i].p.o.quote)
            continue;
        l.v[n] = l.v[i];
        g->all.v[n] = l.v[n].p.o;
        if (n && quote_is_fuller(quotes, &l.v[n].p, &l.v[fullest].p))
            fullest = n;
        n++;
    }
    g->all.n = n;
    g->all.fullest = fullest;
    g->all.person = UINT32_MAX;
    quote_runs runs = quote_runs_of(&l.v[fullest].p.words, scratch);
    for (uint32_t i = 0; i < n; i++)
        quote_type_change(quotes, &g->all, &g->all.v[i], &l.v[fullest].p.words, &runs,
                          &l.v[i].p.words, l.v[i].p.joined, arena);
    choose_speaker(&g->all, l.v, n, scratch);
    quote_mark_first(quotes, &g->all);
}

sst_status quote_merge(const quote_link_story *stories, const sst_quotes *const *quotes,
                       sst_sayings *sayings, sst_arena *arena)
{
    sst_arena scratch, text;
    arena_init(&scratch, 0);
    arena_init(&text, 0);
    for (uint32_t i = 0; i < sayings->n && !arena->failed && !scratch.failed; i++) {
        if (sayings->v[i].n < 2)
            continue;
        arena_clear(&scratch);
        merge_one(stories, quotes, &sayings->v[i], arena, &scratch, &text);
    }
    sst_status status = arena->failed ? arena->failed : scratch.failed;
    arena_release(&scratch);
    arena_release(&text);
    return status;
}
