/*
 * Passages: the exact runs of two texts, chained over small edits.
 *
 * in: n texts; out: sst_passage (copy.h). Method, for each pair of texts that shares a run of
 * min_words:
 *
 *   - its runs, the longest first; one that lies in passages found, on both sides, is left out
 *   - from its ends the passage grows over gaps: in a window of GAP words on both sides the next
 *     common piece of LINK words or more that is as long as the gap is wide, until there is none
 *
 *     a:  ... to get a [ceasefire]  and to put everyone ...       runs:     ======    =======
 *     b:  ... to get a [cease fire] and to put everyone ...       passage:  =================
 *
 * A block that was moved is its own passage. Source: gap chaining as in passim and sim_text; the
 * windows are ours.
 */
#include "copy.h"

#include <stdlib.h>

#include "base_thread.h"
#include "copy_direction.h"
#include "copy_index.h"
#include "copy_scan.h"
#include "copy_sort.h"
#include "copy_spelling.h"
#include "copy_texts.h"

enum {
    /* Words on either side that an edit may put in, leave out or change: an attribution ("..., the
       minister said in Ostend"). */
    GAP = 12,
    /* Words of the shortest piece behind a gap; two words alone are common in any two texts of one
       story. */
    LINK = 3,
    /* Passages of one pair of texts; the longest. Above it stand lists and tables that repeat
       themselves. */
    PASSAGES_A_PAIR = 256,
    /* Share in per cent of a passage's tokens between quotation marks, on both sides, that makes it
       a quotation. */
    QUOTED_SHARE = 60
};

typedef struct chain {
    uint32_t i, j, n;
} chain;

/* Different grams of a text, ascending. */
typedef struct gram_set {
    uint64_t *v;
    uint32_t n;
} gram_set;

enum {
    TEXTS_SHARE = 4, /* of a limit of memory for the heap as much is for texts at work besides */
    BEARERS = 1024,  /* 750 KB for each worker; the second texts of a pair come again */
    /* Names that are looked for in a text before its runs are marked, which costs as much as eight
       of them. It only moves time. */
    RUNS_ASKED = 8
};

typedef struct bearer {
    copy_bearer by;
    copy_runs runs;
    uint32_t asked;
} bearer;

/* Of one worker. */
typedef struct pairer {
    const sst_text *const *texts;
    const copy_words *w;
    const copy_wanted *wanted;
    const gram_set *grams; /* of each text; NULL when all pairs are wanted */
    const u64map *heavy;   /* grams that do not count */
    sst_arena *arena;      /* of the result */
    sst_arena *scratch;    /* of the marks */
    copy_texts read;       /* tokens and places of words of the pair at work */
    uint32_t left_out;
    bearer first, *second; /* of text d at d % second_n, where d was the last that asked for it */
    uint32_t second_n;
    SST_VEC(sst_passage) out;
    /* Of the pair at work. */
    uint32_t a, b, pair_begin;
    SST_VEC(chain) right, left;
} pairer;

/* b: of the second text of a pair. */
static const copy_bearer *bearer_of(pairer *p, uint32_t d, bool b)
{
    bearer *x = b ? &p->second[d % p->second_n] : &p->first;
    const sst_text *t = p->texts[d];
    if (x->by.article != t->article) {
        x->by = copy_bearer_of(p->wanted->outlets, t->article);
        x->asked = 0;
    }
    if (x->asked < RUNS_ASKED && ++x->asked == RUNS_ASKED) {
        copy_runs_mark(&x->runs, t->s);
        x->by.runs = &x->runs;
    }
    return &x->by;
}

/* Length of the common words at (i, j), at most `most`, inside both texts; in one text it ends
 * before it meets itself. */
static uint32_t common(const pairer *p, uint32_t i, uint32_t j, uint32_t most)
{
    const copy_words *w = p->w;
    uint32_t end_i = w->first[p->a + 1], end_j = w->first[p->b + 1], n = 0;
    while (n < most && i + n < end_i && j + n < end_j && w->hash[i + n] == w->hash[j + n])
        n++;
    return n;
}

static uint32_t common_back(const pairer *p, uint32_t i, uint32_t j, uint32_t most)
{
    const copy_words *w = p->w;
    uint32_t begin_i = w->first[p->a], begin_j = w->first[p->b], n = 0;
    while (n < most && i > begin_i + n && j > begin_j + n &&
           w->hash[i - n - 1] == w->hash[j - n - 1])
        n++;
    return n;
}

/* The best piece behind a gap from (i, j), forwards or backwards: its distance and length; n == 0
 * when there is none. */
static chain next_piece(const pairer *p, uint32_t i, uint32_t j, bool back)
{
    chain best = {0, 0, 0};
    int best_score = 0;
    const copy_words *w = p->w;
    uint32_t room_i = back ? i - w->first[p->a] : w->first[p->a + 1] - i;
    uint32_t room_j = back ? j - w->first[p->b] : w->first[p->b + 1] - j;
    uint32_t end_i = room_i < GAP + 1 ? room_i : GAP + 1,
             end_j = room_j < GAP + 1 ? room_j : GAP + 1;
    ptrdiff_t step = back ? -1 : 1;
    const uint64_t *x0 = w->hash + i - (back && room_i), *y0 = w->hash + j - (back && room_j);
    /* words by distance, and a bit for the last eight of each: most words are not there */
    uint64_t y[GAP + 1] = {0}, in_y[4] = {0};
    for (uint32_t k = 0; k < end_j; k++) {
        uint64_t v = y[k] = y0[step * (ptrdiff_t)k];
        in_y[v >> 6 & 3] |= UINT64_C(1) << (v & 63);
    }
    for (uint32_t di = 0; di < end_i; di++) {
        /* the distances at which the first word is the same, as bits: nearly always none */
        uint64_t x = x0[step * (ptrdiff_t)di];
        uint32_t hits = 0;
        if (!(in_y[x >> 6 & 3] >> (x & 63) & 1))
            continue;
#pragma GCC unroll 13
        for (uint32_t k = 0; k < GAP + 1; k++)
            hits |= (uint32_t)(y[k] == x) << k;
        hits &= ((1u << end_j) - 1) & (di ? ~0u : ~1u); /* no gap on both sides is none */
        for (; hits; hits &= hits - 1) {
            uint32_t dj = (uint32_t)__builtin_ctz(hits);
            uint32_t n =
                back ? common_back(p, i - di, j - dj, 2 * GAP) : common(p, i + di, j + dj, 2 * GAP);
            uint32_t gap = di > dj ? di : dj;
            if (n < LINK || n < gap)
                continue;
            int score = 1 + 2 * (int)n - (int)(di + dj);
            if (score > best_score) {
                best_score = score;
                best = (chain){di, dj, n};
            }
        }
    }
    return best;
}

static uint32_t words_of(const pairer *p, uint32_t d)
{
    return p->w->first[d + 1] - p->w->first[d];
}

/* Bytes of the words [begin, end) of the pair's first or second text. */
static sst_span words_span(pairer *p, bool second, uint32_t begin, uint32_t end)
{
    const copy_words *w = p->w;
    if (w->at)
        return (sst_span){w->at[begin].begin, w->at[end - 1].end};
    uint32_t d = second ? p->b : p->a, first = w->first[d];
    const sst_span *at = copy_texts_words(&p->read, d, second);
    return at ? (sst_span){at[begin - first].begin, at[end - 1 - first].end} : (sst_span){0, 0};
}

/* Share of the tokens in `at` between quotation marks, in per cent. */
static uint32_t marked_share(pairer *p, bool second, sst_span at)
{
    uint32_t d = second ? p->b : p->a;
    const sst_text *t = copy_texts_tokens(&p->read, d, second);
    const uint8_t *marked = t ? copy_texts_marked(&p->read, d, second) : NULL;
    if (!marked)
        return 0;
    uint32_t in = 0, all = 0;
    for (uint32_t k = text_token_at(t, at.begin); k < t->tok_n && t->tok[k].begin < at.end; k++) {
        all++;
        in += marked[k];
    }
    return all ? in * 100 / all : 0;
}

/* Is [begin, end) of the side inside one of the pair's passages? */
static bool covered(pairer *p, const chain *m)
{
    sst_span at_a = words_span(p, false, m->i, m->i + m->n),
             at_b = words_span(p, true, m->j, m->j + m->n);
    bool in_a = false, in_b = false;
    for (uint32_t k = p->pair_begin; k < p->out.n && !(in_a && in_b); k++) {
        const sst_passage *q = &p->out.v[k];
        in_a |= q->at_a.begin <= at_a.begin && at_a.end <= q->at_a.end;
        in_b |= q->at_b.begin <= at_b.begin && at_b.end <= q->at_b.end;
    }
    return in_a && in_b;
}

/* Is the longest run of the passage q one of x's, or a part of one, and q inside x? */
static bool holds(const sst_passage *x, const sst_passage *q)
{
    const sst_passage_run *m = &q->runs[0];
    for (uint32_t k = 1; k < q->run_n; k++)
        if (q->runs[k].words > m->words)
            m = &q->runs[k];
    for (uint32_t k = 0; k < x->run_n; k++)
        if (x->runs[k].a.begin <= m->a.begin && m->a.end <= x->runs[k].a.end &&
            x->runs[k].b.begin <= m->b.begin && m->b.end <= x->runs[k].b.end)
            return x->at_a.begin <= q->at_a.begin && q->at_a.end <= x->at_a.end &&
                   x->at_b.begin <= q->at_b.begin && q->at_b.end <= x->at_b.end;
    return false;
}

/* The newest passage of the pair may have grown backwards over earlier ones: they are a part of it.
 */
static void drop_swallowed(pairer *p)
{
    sst_passage last = p->out.v[p->out.n - 1];
    uint32_t kept = p->pair_begin;
    for (uint32_t k = p->pair_begin; k + 1 < p->out.n; k++)
        if (!holds(&last, &p->out.v[k]))
            p->out.v[kept++] = p->out.v[k];
    p->out.v[kept++] = last;
    p->out.n = kept;
}

/* Makes the passage that grows from one run. */
static void grow(pairer *p, chain seed)
{
    p->left.n = p->right.n = 0;
    uint32_t longest = seed.n;
    uint32_t i = seed.i + seed.n, j = seed.j + seed.n;
    for (;;) {
        chain c = next_piece(p, i, j, false);
        if (!c.n)
            break;
        uint32_t n = common(p, i + c.i, j + c.j, UINT32_MAX);
        if (p->a == p->b && i + c.i + n > seed.j) /* the places in one text must not meet */
            break;
        chain *r = vec_push(p->scratch, &p->right);
        if (!r)
            return;
        *r = (chain){i + c.i, j + c.j, n};
        longest = n > longest ? n : longest;
        i += c.i + n;
        j += c.j + n;
    }
    uint32_t end_i = i, end_j = j;
    i = seed.i;
    j = seed.j;
    for (;;) {
        chain c = next_piece(p, i, j, true);
        if (!c.n)
            break;
        uint32_t n = common_back(p, i - c.i, j - c.j, UINT32_MAX);
        if (p->a == p->b && j - c.j - n < end_i)
            break;
        chain *l = vec_push(p->scratch, &p->left);
        if (!l)
            return;
        i -= c.i + n;
        j -= c.j + n;
        *l = (chain){i, j, n};
        longest = n > longest ? n : longest;
    }
    uint32_t run_n = p->left.n + 1 + p->right.n;
    sst_passage_run *run = arena_alloc(p->arena, run_n * sizeof *run);
    sst_passage *q = vec_push(p->arena, &p->out);
    if (!run || !q)
        return;
    for (uint32_t k = 0; k < run_n; k++) {
        chain c = k < p->left.n    ? p->left.v[p->left.n - 1 - k]
                  : k == p->left.n ? seed
                                   : p->right.v[k - p->left.n - 1];
        run[k] = (sst_passage_run){words_span(p, false, c.i, c.i + c.n),
                                   words_span(p, true, c.j, c.j + c.n), c.n};
    }
    *q = (sst_passage){.a = p->a, .b = p->b, .words = longest, .runs = run, .run_n = run_n};
    q->at_a = words_span(p, false, i, end_i);
    q->at_b = words_span(p, true, j, end_j);
    q->quoted = marked_share(p, false, q->at_a) >= QUOTED_SHARE &&
                marked_share(p, true, q->at_b) >= QUOTED_SHARE;
    drop_swallowed(p);
}

static int by_place(const void *x, const void *y)
{
    const sst_passage *p = x, *q = y;
    if (p->at_a.begin != q->at_a.begin)
        return p->at_a.begin < q->at_a.begin ? -1 : 1;
    if (p->at_b.begin != q->at_b.begin)
        return p->at_b.begin < q->at_b.begin ? -1 : 1;
    if (p->at_a.end != q->at_a.end)
        return p->at_a.end < q->at_a.end ? -1 : 1;
    return p->at_b.end < q->at_b.end ? -1 : p->at_b.end > q->at_b.end;
}

/*
 * Is all of both texts one run? Then neither has a word of its own, and no form can have been
 * carried from it.
 */
static bool is_all_shared(const pairer *p, const sst_passage *v, uint32_t n)
{
    return n == 1 && v->run_n == 1 && v->words == words_of(p, p->a) &&
           v->words == words_of(p, p->b);
}

/* All passages of one pair of texts, from its runs m[0, n), the longest first. */
static void pair_passages(pairer *p, const copy_match *m, uint32_t n)
{
    p->a = m->a;
    p->b = m->b;
    p->pair_begin = p->out.n;
    uint64_t shared = 0;
    for (uint32_t k = 0; k < n && p->out.n - p->pair_begin < PASSAGES_A_PAIR && !p->arena->failed;
         k++) {
        chain seed = {m[k].i, m[k].j, m[k].n};
        if (!covered(p, &seed))
            grow(p, seed);
    }
    uint32_t made = p->out.n - p->pair_begin;
    if (p->arena->failed || p->scratch->failed || p->read.failed || made == 0)
        return;
    sst_passage *v = p->out.v + p->pair_begin;
    qsort(v, made, sizeof *v, by_place);
    for (uint32_t k = 0; k < made; k++)
        for (uint32_t r = 0; r < v[k].run_n; r++)
            shared += v[k].runs[r].words;
    if (p->a == p->b)
        return;
    const sst_text *a = p->texts[p->a], *b = p->texts[p->b];
    const copy_bearer *of_a = bearer_of(p, p->a, false), *of_b = bearer_of(p, p->b, true);
    copy_direction pair = copy_articles_direction(a, of_a, b, of_b);
    if (!pair.direction && !pair.by && !is_all_shared(p, v, made)) {
        const sst_text *x = copy_texts_tokens(&p->read, p->a, false),
                       *y = copy_texts_tokens(&p->read, p->b, true);
        if (x && y)
            pair = copy_spelling_direction(x, y, v, made);
    }
    if (!pair.direction && !pair.by)
        pair = copy_fuller_direction(shared, words_of(p, p->a), words_of(p, p->b));
    for (uint32_t k = 0; k < made; k++) {
        copy_direction d = {0};
        if (of_a->has_signs || of_b->has_signs)
            d = copy_passage_direction(a->s, v[k].at_a, b->s, v[k].at_b);
        if (!d.direction)
            d = pair;
        else if (pair.by == EVIDENCE_TIME && pair.direction != d.direction)
            d = (copy_direction){0}; /* what quotes was there first: both have it from a third */
        v[k].direction = d.direction;
        v[k].by = d.by;
        v[k].evidence_in_b = d.in_b;
        v[k].evidence = d.at;
    }
}

/* ---------------------------------------------------------------------------- how much two share
 */

/* Do two texts share as much as is wanted? */
static bool is_wanted(pairer *p, uint32_t a, uint32_t b)
{
    const copy_wanted *wanted = p->wanted;
    if (a == b || !p->grams)
        return true;
    const gram_set *x = &p->grams[a], *y = &p->grams[b];
    uint32_t shared = 0;
    for (uint32_t i = 0, j = 0; i < x->n && j < y->n;) {
        uint64_t u = x->v[i], v = y->v[j];
        shared += u == v && !(p->heavy->n && u64map_find(p->heavy, u));
        i += u <= v;
        j += v <= u;
    }
    uint32_t small = x->n < y->n ? x->n : y->n;
    return shared >= wanted->shared || (double)shared >= wanted->contained * small;
}

/* ------------------------------------------------------------------------------------- all of them
 */

enum { CHUNK = 32 /* pairs that a worker takes at once */ };

/* The passages of a chunk: some of a worker's. */
typedef struct part {
    uint32_t worker, begin, end;
} part;

typedef struct passage_work {
    const copy_words *w;
    const copy_match *match;
    uint32_t *first; /* pair k has the runs [first[k], first[k + 1]) */
    uint32_t pair_n;
    part *parts; /* of each chunk */
    pairer *worker;
    gram_set *grams;
    uint64_t *gram; /* where their words stand: memory is used for those that are paired */
    uint8_t *paired;
    sst_arena *grams_arena;
} passage_work;

/* The different grams of a text, ascending. */
static void sort_grams(void *user, uint32_t d, uint32_t worker)
{
    passage_work *x = user;
    uint32_t first = x->w->first[d], kept = 0;
    if (!x->paired[d])
        return;
    room_look(x->worker[worker].wanted->room);
    uint64_t *v = x->gram + first;
    uint32_t n = copy_grams_of(x->w->hash + first, x->w->first[d + 1] - first, v);
    arena_clear(&x->grams_arena[worker]);
    uint64_t *spare = arena_alloc(&x->grams_arena[worker], ((size_t)n + 1) * sizeof *spare);
    if (!spare)
        return; /* told by the arena */
    uint64_t *sorted = copy_radix(v, spare, n, 32);
    for (uint32_t i = 0; i < n; i++) { /* those with equal upper halves, by the lower */
        uint64_t g = sorted[i];
        uint32_t at = kept;
        while (at > 0 && v[at - 1] > g)
            at--;
        if (at > 0 && v[at - 1] == g)
            continue;
        memmove(v + at + 1, v + at, (kept - at) * sizeof *v);
        v[at] = g;
        kept++;
    }
    x->grams[d] = (gram_set){v, kept};
}

static void pair_some(void *user, uint32_t chunk, uint32_t worker)
{
    passage_work *x = user;
    pairer *p = &x->worker[worker];
    uint32_t end = x->pair_n - chunk * CHUNK < CHUNK ? x->pair_n : (chunk + 1) * CHUNK;
    x->parts[chunk] = (part){worker, p->out.n, p->out.n};
    for (uint32_t k = chunk * CHUNK; k < end; k++) {
        const copy_match *m = x->match + x->first[k];
        if (is_wanted(p, m->a, m->b))
            pair_passages(p, m, x->first[k + 1] - x->first[k]);
        else
            p->left_out++;
        room_look(p->wanted->room);
    }
    x->parts[chunk].end = p->out.n;
}

/* The workers' passages in the order of their pairs. */
static sst_status gather(passage_work *x, uint32_t threads, sst_arena *arena, copy_wanted *wanted,
                         sst_passage **out, uint32_t *out_n)
{
    uint64_t n = 0, run_n = 0;
    for (uint32_t k = 0; k < threads; k++) {
        const pairer *p = &x->worker[k];
        if (p->arena->failed || p->scratch->failed)
            return p->arena->failed ? p->arena->failed : p->scratch->failed;
        if (p->read.failed)
            return p->read.failed;
        n += p->out.n;
        for (uint32_t i = 0; i < p->out.n; i++)
            run_n += p->out.v[i].run_n;
        wanted->left_out += p->left_out;
    }
    if (n >= UINT32_MAX)
        return SST_ERR_LIMIT;
    sst_passage *v = arena_alloc(arena, (size_t)(n + 1) * sizeof *v);
    sst_passage_run *run = arena_alloc(arena, (size_t)(run_n + 1) * sizeof *run);
    if (!v || !run)
        return arena->failed;
    *out = v;
    for (uint32_t c = 0; c < (x->pair_n + CHUNK - 1) / CHUNK; c++) {
        const part *p = &x->parts[c];
        for (uint32_t i = p->begin; i < p->end; i++) {
            *v = x->worker[p->worker].out.v[i];
            memcpy(run, v->runs, v->run_n * sizeof *run);
            v->runs = run;
            run += v->run_n;
            v++;
        }
    }
    *out_n = (uint32_t)n;
    return SST_OK;
}

static sst_status find_passages(passage_work *x, uint32_t match_n, uint32_t threads,
                                copy_wanted *wanted, sst_arena *scratch, sst_arena *arena,
                                sst_passage **out, uint32_t *out_n)
{
    x->first = arena_alloc(scratch, ((size_t)match_n + 1) * sizeof *x->first);
    if (!x->first)
        return scratch->failed;
    for (uint32_t k = 0; k < match_n; k++)
        if (k == 0 || x->match[k].a != x->match[k - 1].a || x->match[k].b != x->match[k - 1].b)
            x->first[x->pair_n++] = k;
    x->first[x->pair_n] = match_n;
    uint32_t chunks = (x->pair_n + CHUNK - 1) / CHUNK;
    x->parts = arena_alloc(scratch, ((size_t)chunks + 1) * sizeof *x->parts);
    if (wanted->shared > 1 && x->pair_n) { /* a pair that shares nothing does not come here */
        x->grams = arena_calloc(scratch, (size_t)x->w->n + 1, sizeof *x->grams);
        x->gram = arena_alloc(scratch, ((size_t)x->w->first[x->w->n] + 1) * sizeof *x->gram);
        x->paired = arena_calloc(scratch, (size_t)x->w->n + 1, 1);
        if (scratch->failed)
            return scratch->failed;
        for (uint32_t k = 0; k < match_n; k++)
            x->paired[x->match[k].a] = x->paired[x->match[k].b] = 1;
        thread_for(threads, x->w->n, sort_grams, x, NULL);
        for (uint32_t k = 0; k < threads; k++)
            if (x->grams_arena[k].failed)
                return x->grams_arena[k].failed;
    }
    if (scratch->failed)
        return scratch->failed;
    for (uint32_t k = 0; k < threads; k++)
        x->worker[k].grams = x->grams;
    thread_for(threads, chunks, pair_some, x, NULL);
    return gather(x, threads, arena, wanted, out, out_n);
}

sst_status copy_passages(const sst_text *const *texts, uint32_t n, uint32_t min_words,
                         sst_arena *arena, sst_passage **out, uint32_t *out_n)
{
    copy_wanted wanted = {.min_words = min_words, .many = COPY_MANY_TEXTS};
    return copy_passages_wanted(texts, n, &wanted, arena, out, out_n);
}

sst_status copy_passages_wanted(const sst_text *const *texts, uint32_t n, copy_wanted *wanted,
                                sst_arena *arena, sst_passage **out, uint32_t *out_n)
{
    *out = NULL;
    *out_n = 0;
    wanted->left_out = 0;
    uint32_t threads = wanted->threads ? wanted->threads : 1, match_n = 0;
    sst_arena scratch;
    arena_init(&scratch, 0);
    scratch.room = wanted->room;
    copy_words words;
    copy_match *match = NULL;
    u64map heavy = {0};
    sst_arena *of = arena_calloc(&scratch, (size_t)threads * 3, sizeof *of);
    passage_work x = {.w = &words,
                      .worker = arena_calloc(&scratch, threads, sizeof *x.worker),
                      .grams_arena = of ? of + (size_t)threads * 2 : NULL};
    copy_lang *lang = arena_calloc(&scratch, (size_t)n + 1, sizeof *lang);
    for (uint32_t k = 0; of && x.worker && k < threads; k++) {
        pairer *p = &x.worker[k];
        *p = (pairer){.texts = texts,
                      .w = &words,
                      .wanted = wanted,
                      .heavy = &heavy,
                      .arena = &of[k],
                      .scratch = &of[threads + k]};
        p->second_n = n < BEARERS ? n + 1 : BEARERS;
        p->second = arena_calloc(&scratch, p->second_n, sizeof *p->second);
        if (!p->second || copy_texts_open(&p->read, texts, n, &scratch))
            break; /* told by scratch */
        p->read.lang = lang;
        if (wanted->room && wanted->room->limit / TEXTS_SHARE / threads < p->read.most)
            p->read.most = wanted->room->limit / TEXTS_SHARE / threads;
    }
    for (uint32_t k = 0; of && k < threads * 3; k++) {
        arena_init(&of[k], 0);
        of[k].room =
            k < threads ? wanted->room : NULL; /* what is cleared and filled again is not */
    }
    sst_status status = scratch.failed;
    if (!status)
        status = copy_words_make(texts, n, threads, &scratch, &words);
    room_rest(wanted->room);
    if (!status)
        status = copy_matches(&words, wanted->min_words, wanted->many, threads, &scratch, &match,
                              &match_n, &heavy);
    room_rest(wanted->room);
    x.match = match;
    wanted->heavy_n = heavy.n;
    if (!status)
        status = find_passages(&x, match_n, threads, wanted, &scratch, arena, out, out_n);
    for (uint32_t k = 0; of && k < threads * 3; k++)
        arena_release(&of[k]);
    for (uint32_t k = 0; x.worker && k < threads; k++)
        copy_texts_release(&x.worker[k].read);
    arena_release(&scratch);
    return status;
}
