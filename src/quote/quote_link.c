/*
 * Utterances of stories -> sayings.
 *
 * In: the utterances of every story, each by its fullest version. Out: sst_saying. Method:
 * utterances of the same words and speaker are one from the start. The rest goes from the longest
 * to the shortest, so that what one is compared with is at least as full: an index of runs of three
 * words proposes at most QUOTE_PROPOSED_MAX longer ones (quote_propose.c), quote_pair.c scores
 * each, and it joins the best when that is the same. Long ones are compared piece by piece, and
 * joined when most of their pieces agree. What no clause attributes joins like the others but
 * begins nothing; indirect speech joins what the same person said in those days when most of its
 * words of weight stand there.
 *
 * All but the joining itself is on all threads; a list of candidates depends on the words alone, so
 * neither the order of the stories nor the threads change anything.
 */
#include "quote_link.h"

#include "base_hash.h"
#include "base_sort.h"
#include "base_str.h"
#include "base_thread.h"
#include "quote_owner.h"
#include "quote_pair.h"
#include "quote_propose.h"

enum {
    SHINGLE = 3,
    LIST_MAX =
        16, /* pieces that are remembered for one run of words: the fullest. bench: variants */
    INDIRECT_PERCENT = 60,
    INDIRECT_DAYS = 3, /* what somebody says again in other words later is another utterance */
    WEIGHTY = 4 * QUOTE_BITS, /* bits of a word of weight: one that stands in every 16th text */
    CHUNK = 256               /* owners a task */
};

typedef struct linker {
    sst_arena *arena; /* released at the end */
    sst_arena *out;
    uint32_t threads;
    quote_owners own;
    quote_posts posts;  /* runs of words; then words of weight of one speaker in some days */
    bool indirect;      /* whose turn it is */
    sst_arena index;    /* of the posts */
    sst_arena *scratch; /* one a thread */
    atomic_int stop;    /* a scratch has failed */
} linker;

/* Those of the same words and speaker are one, unless so little and so far apart that it is a
 * phrase that the speaker has. */
static void join_equal(linker *l, uint8_t *cell)
{
    for (uint32_t i = 0; i < l->own.n; i++)
        l->own.v[i]->own_last_day = l->own.v[i]->last_day;
    for (uint32_t i = 1, head = 0; i < l->own.n; i++) {
        quote_owner *x = l->own.v[i], *y = l->own.v[head];
        bool equal = x->kind == OWNER_UTTERANCE && x->key_n == y->key_n && x->hash == y->hash &&
                     x->name.last == y->name.last && x->name.given == y->name.given;
        if (equal && x->story != y->story) {
            quote_piece a = quote_owners_view(&l->own, &l->own.pieces[x->piece]),
                        b = quote_owners_view(&l->own, &l->own.pieces[y->piece]);
            quote_pair pair;
            quote_pair_compare(&a, &b, cell, &pair);
            equal = pair.score > 0;
        }
        if (!equal || x->story == y->story) {
            head = i;
            continue;
        }
        x->joins = head;
        if (x->last_day > y->last_day) /* in order of time */
            y->last_day = x->last_day;
    }
}

/* ---------------------------------------------------------------------------------------- index */

static bool is_head(const linker *l, uint32_t i)
{
    return l->own.v[i]->joins == i;
}

static uint32_t shingle_at(const uint32_t *key)
{
    uint64_t h = 11;
    for (uint32_t k = 0; k < SHINGLE; k++)
        h = hash_mix(h, key[k]);
    return (uint32_t)(h >> 32);
}

/* Of fewer words than a run: all of them, and who said them, for nothing else tells them apart. */
static uint32_t short_hash(const quote_owner *o)
{
    return (uint32_t)(hash_mix(o->hash, o->name.last) >> 32);
}

/* days: INDIRECT_DAYS + 1 of them are one. */
static uint32_t said_hash(uint64_t speaker, uint32_t key, int32_t days)
{
    return (uint32_t)(hash_mix(hash_mix(speaker, key), (uint64_t)(int64_t)days) >> 32);
}

static int32_t days_of(int32_t day)
{
    enum { DAYS = INDIRECT_DAYS + 1 };
    return (day - (day < 0 ? DAYS - 1 : 0)) / DAYS;
}

static void post_piece(linker *l, uint32_t at)
{
    const quote_owner_piece *p = &l->own.pieces[at];
    const quote_owner *o = l->own.v[p->owner];
    const uint32_t *key = quote_owners_keys(&l->own) + p->key_at;
    if (o->key_n < SHINGLE)
        quote_post(&l->posts, short_hash(o), at);
    for (uint32_t k = 0; k + SHINGLE <= p->n; k++)
        quote_post(&l->posts, shingle_at(key + k), at);
}

static void post_said(linker *l, uint32_t at)
{
    const quote_owner_piece *p = &l->own.pieces[at];
    const quote_owner *o = l->own.v[p->owner];
    if (!o->name.last || o->first_day == INT32_MIN)
        return;
    for (uint32_t k = 0; k < p->n; k++)
        if ((uint8_t)l->own.bits.p[p->key_at + k] >= WEIGHTY)
            quote_post(&l->posts,
                       said_hash(o->name.last, quote_owners_keys(&l->own)[p->key_at + k],
                                 days_of(o->first_day)),
                       at);
}

static sst_status fill(linker *l, void (*post)(linker *l, uint32_t at))
{
    quote_posts *posts = &l->posts;
    size_t n = 0;
    for (uint32_t i = 0; i < l->own.piece_n; i++)
        n += l->own.pieces[i].n + 1;
    arena_release(&l->index);
    *posts = (quote_posts){0};
    posts->v = arena_alloc(&l->index, (n + 1) * sizeof *posts->v);
    if (!posts->v)
        return l->index.failed;
    for (uint32_t i = 0; i < l->own.piece_n; i++)
        if (is_head(l, l->own.pieces[i].owner) &&
            l->own.v[l->own.pieces[i].owner]->kind == OWNER_UTTERANCE)
            post(l, i);
    sst_arena scratch;
    arena_init(&scratch, 0);
    uint64_t *spare = arena_alloc(&scratch, (posts->n + 1) * sizeof *spare);
    sst_status status =
        spare ? quote_posts_close(posts, spare, LIST_MAX, &l->index) : scratch.failed;
    arena_release(&scratch);
    return status;
}

/* -------------------------------------------------------------------------------------- joining */

typedef struct found {
    uint32_t piece, bits;
} found;

/* Adds the posts of one run (or word) that weighs `bits`; pieces of the owner itself and of those
 * behind it are none. */
static void count_posts(const linker *l, const quote_posts *posts, uint32_t hash, uint32_t bits,
                        uint32_t self, sst_arena *scratch, u64map *seen, found **v, uint32_t *n,
                        uint32_t *cap)
{
    uint32_t m;
    const uint64_t *at = quote_posts_find(posts, hash, &m);
    for (uint32_t k = 0; k < m; k++) {
        uint32_t p = (uint32_t)at[k];
        if (l->own.pieces[p].owner >= self)
            break;
        int fresh;
        uint32_t *place = u64map_add(scratch, seen, p, *n, &fresh);
        if (!place)
            return;
        if (fresh) {
            found *f = vec_push_(scratch, (void **)v, n, cap, sizeof **v);
            if (!f)
                return;
            f->piece = p;
        }
        (*v)[*place].bits += bits;
    }
}

/* The best of those counted, those of more bits first, then the longer. */
static uint32_t best_found(const found *v, uint32_t n, found *out)
{
    uint32_t m = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = m < QUOTE_PROPOSED_MAX ? m++ : m;
        while (at > 0 && (out[at - 1].bits < v[i].bits ||
                          (out[at - 1].bits == v[i].bits && out[at - 1].piece > v[i].piece))) {
            if (at < QUOTE_PROPOSED_MAX)
                out[at] = out[at - 1];
            at--;
        }
        if (at < QUOTE_PROPOSED_MAX)
            out[at] = v[i];
    }
    return m;
}

static uint32_t propose(const linker *l, uint32_t at, sst_arena *scratch, found *out)
{
    const quote_owner_piece *p = &l->own.pieces[at];
    const quote_owner *o = l->own.v[p->owner];
    const uint32_t *key = quote_owners_keys(&l->own) + p->key_at;
    const uint8_t *bits = (const uint8_t *)l->own.bits.p + p->key_at;
    u64map seen = {NULL, NULL, 0, 0};
    found *v = NULL;
    uint32_t n = 0, cap = 0;
    if (o->key_n < SHINGLE)
        count_posts(l, &l->posts, short_hash(o), 1, p->owner, scratch, &seen, &v, &n, &cap);
    uint32_t hash[QUOTE_PIECE_WORDS], shingles = p->n < SHINGLE ? 0 : p->n - SHINGLE + 1;
    for (uint32_t k = 0; k < shingles; k++) {
        hash[k] = shingle_at(key + k);
        quote_posts_soon(&l->posts, hash[k]);
    }
    for (uint32_t k = 0; k < shingles; k++)
        quote_posts_next(&l->posts, hash[k]);
    for (uint32_t k = 0; k < shingles; k++)
        count_posts(l, &l->posts, hash[k], 1u + bits[k] + bits[k + 1] + bits[k + 2], p->owner,
                    scratch, &seen, &v, &n, &cap);
    return best_found(v, n, out);
}

typedef struct vote {
    uint32_t owner, n;
    float score;
} vote;

/* One direct quotation: which of those before it it joins. */
static void choose(linker *l, uint32_t i, sst_arena *scratch)
{
    quote_owner *o = l->own.v[i];
    uint8_t *cell = arena_alloc(scratch, (size_t)(QUOTE_PIECE_WORDS + 1) * (QUOTE_PIECE_WORDS + 1));
    SST_VEC(vote) votes = {NULL, 0, 0};
    u64map of = {NULL, NULL, 0, 0};
    if (!cell)
        return;
    for (uint32_t p = o->piece; p < o->piece + o->piece_n && !scratch->failed; p++) {
        found c[QUOTE_PROPOSED_MAX];
        uint32_t n = propose(l, p, scratch, c), best = UINT32_MAX;
        float most = 0;
        quote_piece x = quote_owners_view(&l->own, &l->own.pieces[p]);
        for (uint32_t k = 0; k < n; k++) {
            const quote_owner_piece *other = &l->own.pieces[c[k].piece];
            if (l->own.v[other->owner]->story == o->story)
                continue; /* the story has decided */
            quote_piece y = quote_owners_view(&l->own, other);
            /* of two people each day is their own: what one says again later is no nearer to the
             * other */
            bool strangers = quote_name_kin(x.name, y.name) == KIN_OTHER;
            x.last_day = strangers ? o->own_last_day : o->last_day;
            y.last_day = strangers ? l->own.v[other->owner]->own_last_day : y.last_day;
            float bound = quote_pair_bound(&x, &y);
            if (bound <= 0 || bound < most)
                continue;
            quote_pair pair;
            quote_pair_compare(&x, &y, cell, &pair);
            if (pair.score > most ||
                (pair.score >= most && pair.score > 0 && other->owner < best)) {
                most = pair.score;
                best = other->owner;
            }
        }
        if (best == UINT32_MAX)
            continue;
        uint32_t *place = u64map_add(scratch, &of, best, votes.n, NULL);
        if (place && *place == votes.n)
            vec_push(scratch, &votes);
        if (scratch->failed)
            return;
        vote *v = &votes.v[*place];
        v->owner = best;
        v->n++;
        v->score += most;
    }
    const vote *won = NULL;
    for (uint32_t k = 0; k < votes.n; k++)
        if (!won || votes.v[k].n > won->n ||
            (votes.v[k].n == won->n &&
             (votes.v[k].score > won->score ||
              (votes.v[k].score >= won->score && votes.v[k].owner < won->owner))))
            won = &votes.v[k];
    if (won && won->n * 2 >= o->piece_n)
        o->joins = won->owner;
}

/* Indirect speech: the quotation of the same speaker of those days that has most of its words of
 * weight. */
static void choose_indirect(linker *l, uint32_t i, sst_arena *scratch)
{
    quote_owner *o = l->own.v[i];
    if (!o->name.last || o->first_day == INT32_MIN)
        return;
    u64map seen = {NULL, NULL, 0, 0}, once = {NULL, NULL, 0, 0};
    found *v = NULL, best[QUOTE_PROPOSED_MAX];
    uint32_t n = 0, cap = 0, heavy = 0;
    for (uint32_t k = 0; k < o->key_n && k < QUOTE_PIECE_WORDS; k++) {
        uint32_t key = quote_owners_keys(&l->own)[o->key_at + k];
        int fresh;
        if ((uint8_t)l->own.bits.p[o->key_at + k] < WEIGHTY)
            continue;
        if (!u64map_add(scratch, &once, key, 1, &fresh))
            return;
        if (!fresh)
            continue;
        heavy++;
        for (int32_t d = days_of(o->first_day) - 1; d <= days_of(o->first_day) + 1; d++)
            count_posts(l, &l->posts, said_hash(o->name.last, key, d), 1, i, scratch, &seen, &v, &n,
                        &cap);
    }
    uint32_t m = best_found(v, n, best);
    for (uint32_t k = 0; k < m; k++) {
        const quote_owner *y = l->own.v[l->own.pieces[best[k].piece].owner];
        int32_t apart = o->first_day < y->first_day  ? y->first_day - o->first_day
                        : o->first_day > y->last_day ? o->first_day - y->last_day
                                                     : 0;
        if (best[k].bits >= QUOTE_INDIRECT_WORDS &&
            best[k].bits * 100 >= heavy * INDIRECT_PERCENT && apart <= INDIRECT_DAYS &&
            y->story != o->story && quote_name_kin(&o->name, &y->name) == KIN_SAME) {
            o->joins = l->own.pieces[best[k].piece].owner;
            return;
        }
    }
}

static void choose_some(void *user, uint32_t chunk, uint32_t worker)
{
    linker *l = user;
    sst_arena *scratch = &l->scratch[worker];
    for (uint32_t i = chunk * CHUNK; i < l->own.n && i < (chunk + 1) * CHUNK; i++) {
        if ((l->own.v[i]->kind == OWNER_INDIRECT) != l->indirect)
            continue;
        arena_clear(scratch);
        if (l->indirect)
            choose_indirect(l, i, scratch);
        else if (is_head(l, i))
            choose(l, i, scratch);
        if (scratch->failed)
            atomic_store(&l->stop, 1);
    }
}

/* -------------------------------------------------------------------------------------- sayings */

typedef struct listed {
    uint32_t root;
    const quote_owner *o;
} listed;

static int by_root(const void *x_, const void *y_)
{
    const listed *x = x_, *y = y_;
    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    const quote_owner *a = x->o, *b = y->o;
    bool single_a = a->utterance == UINT32_MAX, single_b = b->utterance == UINT32_MAX;
    if (single_a != single_b)
        return single_a ? 1 : -1;
    if (a->time != b->time) { /* not known: last */
        if (a->time == INT64_MIN || b->time == INT64_MIN)
            return a->time == INT64_MIN ? 1 : -1;
        return a->time < b->time ? -1 : 1;
    }
    int c = str_cmp(a->s->id, b->s->id);
    if (!c)
        c = (a->utterance > b->utterance) - (a->utterance < b->utterance);
    if (!c)
        c = (a->article > b->article) - (a->article < b->article);
    return c ? c : (a->quote > b->quote) - (a->quote < b->quote);
}

static sst_status gather(linker *l, const quote_link_story *stories, uint32_t n, sst_sayings *out)
{
    listed *list = arena_alloc(l->arena, ((size_t)l->own.n + 1) * sizeof *list);
    sst_saying_part *parts = arena_alloc(l->out, ((size_t)l->own.n + 1) * sizeof *parts);
    out->of = arena_calloc(l->out, (size_t)n + 1, sizeof *out->of);
    for (uint32_t s = 0; out->of && s < n; s++)
        out->of[s] = arena_alloc(l->out, ((size_t)stories[s].utterance_n + 1) * sizeof **out->of);
    if (l->arena->failed || l->out->failed)
        return l->arena->failed ? l->arena->failed : l->out->failed;
    uint32_t m = 0;
    for (uint32_t i = 0; i < l->own.n; i++) {
        quote_owner *o = l->own.v[i];
        if (o->joins != i) /* it is before i, and its own root is known */
            o->joins = l->own.v[o->joins]->joins;
        else if (o->kind != OWNER_UTTERANCE)
            continue;
        list[m++] = (listed){o->joins, o};
    }
    sst_arena scratch;
    arena_init(&scratch, 0);
    listed *spare = arena_alloc(&scratch, ((size_t)m + 1) * sizeof *spare);
    if (spare)
        sort_stable(list, m, sizeof *list, by_root, spare);
    sst_status status = scratch.failed;
    arena_release(&scratch);
    if (status)
        return status;
    uint32_t groups = 0;
    for (uint32_t i = 0; i < m; i++)
        groups += i == 0 || list[i].root != list[i - 1].root;
    out->v = arena_alloc(l->out, ((size_t)groups + 1) * sizeof *out->v);
    if (!out->v)
        return l->out->failed;
    for (uint32_t i = 0; i < m; i++) {
        const quote_owner *o = list[i].o;
        if (i == 0 || list[i].root != list[i - 1].root)
            out->v[out->n++] = (sst_saying){.part = &parts[i]};
        parts[i] = (sst_saying_part){o->story, o->utterance, o->article, o->quote, o->time};
        out->v[out->n - 1].n++;
        if (o->utterance != UINT32_MAX)
            out->of[o->story][o->utterance] = out->n - 1;
    }
    return SST_OK;
}

/* Joins owners by an index of their own, which is gone afterwards: indirect speech, or all others.
 */
static sst_status choose_all(linker *l, bool indirect)
{
    sst_status status = fill(l, indirect ? post_said : post_piece);
    if (status)
        return status;
    l->indirect = indirect;
    thread_for(l->threads, (l->own.n + CHUNK - 1) / CHUNK, choose_some, l, &l->stop);
    for (uint32_t t = 0; t < l->threads; t++)
        if (l->scratch[t].failed)
            return l->scratch[t].failed;
    arena_release(&l->index);
    return SST_OK;
}

static sst_status link_all(linker *l, const quote_link_story *stories, uint32_t n, sst_sayings *out)
{
    sst_status status = quote_owners_make(stories, n, l->arena, &l->scratch[0], &l->own);
    if (status)
        return status;
    uint8_t *cell =
        arena_alloc(&l->scratch[0], (size_t)(QUOTE_PIECE_WORDS + 1) * (QUOTE_PIECE_WORDS + 1));
    if (l->arena->failed || !cell)
        return l->arena->failed ? l->arena->failed : l->scratch[0].failed;
    join_equal(l, cell);
    /* Indirect speech first: an index holds utterances that nothing has joined yet. */
    status = choose_all(l, true);
    if (!status)
        status = choose_all(l, false);
    return status ? status : gather(l, stories, n, out);
}

sst_status quote_link_stories(const quote_link_story *stories, uint32_t n, uint32_t threads,
                              sst_arena *arena, sst_sayings *out)
{
    linker l;
    sst_arena work;
    memset(out, 0, sizeof *out);
    memset(&l, 0, sizeof l);
    arena_init(&work, 0);
    arena_init(&l.index, 0);
    l.arena = &work;
    l.out = arena;
    l.threads = threads ? threads : 1;
    atomic_init(&l.stop, 0);
    l.scratch = arena_calloc(&work, l.threads, sizeof *l.scratch);
    if (!l.scratch)
        return work.failed;
    for (uint32_t t = 0; t < l.threads; t++)
        arena_init(&l.scratch[t], 0);
    sst_status status = link_all(&l, stories, n, out);
    for (uint32_t t = 0; t < l.threads; t++)
        arena_release(&l.scratch[t]);
    quote_owners_release(&l.own);
    arena_release(&l.index);
    arena_release(&work);
    return status;
}
