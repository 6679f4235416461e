/*
 * Exact runs of words that two places share.
 *
 * in: the words of all texts; out: maximal runs, with their places.
 *
 *   1 hash every 5 words, sort (hash, place) by radix: places with one gram stand together
 *   2 of each gram keep the first COPY_PLACES_A_TEXT places of a text; drop grams of one place
 *   3 for each kept place i in order, for each later place j of its gram: when the words before
 *     differ, a run starts here and is extended word by word; when they are equal, the run was
 *     found from the gram before, unless that one's pairs were cut by a cap: then the table of
 *     diagonals (j - i -> end of the last run on it) says whether it was
 *
 * Texts are gone through by all threads: what a place of one text gives hangs on no other text's.
 * Each pair of equal grams is looked at once and each run extended once, so the work is words +
 * pairs of equal grams + words of the runs; the caps bound the pairs (copy_index.h). Source: seed
 * and extend as in BLAST and sim_text; the caps are ours.
 */
#include "copy_index.h"

#include "base_hash.h"
#include "base_sort.h"
#include "base_thread.h"
#include "copy_scan.h"
#include "copy_sort.h"

#define NONE UINT32_MAX

typedef struct gram_index {
    const copy_words *w;
    uint32_t total, many_texts;
    uint32_t *doc;  /* text of each word */
    uint32_t *slot; /* of each word: its place in occ, or NONE */
    uint32_t *occ;  /* kept places, gram after gram, ascending in each */
    uint8_t *last;  /* of each occ: ends its gram */
    uint8_t *many;  /* of each occ: its gram stands in very many texts */
    uint32_t *head; /* of each occ: first occ of its gram */
    uint32_t occ_n;
} gram_index;

/* Keeps the places of one gram, sorted[from, to). */
static void keep_gram(gram_index *x, const uint64_t *sorted, uint32_t from, uint32_t to)
{
    uint32_t head = x->occ_n, texts = 0, here = 0, before = NONE;
    for (uint32_t k = from; k < to; k++) {
        uint32_t place = (uint32_t)sorted[k], d = x->doc[place];
        if (d != before) {
            texts++;
            here = 0;
            before = d;
        }
        if (here++ < COPY_PLACES_A_TEXT) {
            x->head[x->occ_n] = head;
            x->slot[place] = x->occ_n;
            x->occ[x->occ_n++] = place;
        }
    }
    x->last[x->occ_n - 1] = 1;
    if (texts > x->many_texts)
        memset(x->many + head, 1, x->occ_n - head);
}

static sst_status build(gram_index *x, const copy_words *w, sst_arena *arena)
{
    uint32_t total = w->first[w->n];
    x->w = w;
    x->total = total;
    x->doc = arena_alloc(arena, (size_t)(total + 1) * sizeof *x->doc);
    x->slot = arena_alloc(arena, (size_t)(total + 1) * sizeof *x->slot);
    x->occ = arena_alloc(arena, (size_t)(total + 1) * sizeof *x->occ);
    x->head = arena_alloc(arena, (size_t)(total + 1) * sizeof *x->head);
    x->last = arena_calloc(arena, (size_t)total + 1, 1);
    x->many = arena_calloc(arena, (size_t)total + 1, 1);
    uint64_t *key = arena_alloc(arena, (size_t)(total + 1) * sizeof *key);
    uint64_t *spare = arena_alloc(arena, (size_t)(total + 1) * sizeof *spare);
    if (arena->failed)
        return arena->failed;
    uint32_t n = 0;
    for (uint32_t d = 0; d < w->n; d++) {
        uint32_t first = w->first[d],
                 grams = copy_grams_of(w->hash + first, w->first[d + 1] - first, key + n);
        for (uint32_t p = first; p < w->first[d + 1]; p++)
            x->doc[p] = d;
        for (uint32_t p = first; p < first + grams; p++, n++)
            key[n] = (key[n] & (uint64_t)UINT32_MAX << 32) | p;
    }
    memset(x->slot, 0xFF, (size_t)(total + 1) * sizeof *x->slot);
    key = copy_radix(key, spare, n, 32);
    for (uint32_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && key[to] >> 32 == key[from] >> 32; to++)
            ;
        if (to - from > 1)
            keep_gram(x, key, from, to);
    }
    return SST_OK;
}

/* Of one worker. */
typedef struct finder {
    const gram_index *x;
    sst_arena arena, diagonals;
    uint32_t min_words;
    u64map diagonal; /* j - i -> end of the last run in i; of one text */
    SST_VEC(copy_match) found;
} finder;

/* The run that holds the gram at (i, j), both ways to its ends. */
static void extend(finder *f, uint32_t i, uint32_t j)
{
    const copy_words *w = f->x->w;
    uint32_t a = f->x->doc[i], b = f->x->doc[j];
    uint32_t begin_i = w->first[a], begin_j = w->first[b], end_i = w->first[a + 1],
             end_j = w->first[b + 1];
    uint32_t n = 0;
    while (i + n < end_i && j + n < end_j && w->hash[i + n] == w->hash[j + n])
        n++;
    if (n < COPY_GRAM)
        return; /* two grams with one hash */
    while (i > begin_i && j > begin_j && w->hash[i - 1] == w->hash[j - 1]) {
        i--;
        j--;
        n++;
    }
    uint32_t *end = u64map_add(&f->diagonals, &f->diagonal, j - i, 0, NULL);
    if (!end)
        return;
    if (*end < i + n)
        *end = i + n;
    if (a == b && n > j - i)
        n = j - i; /* a refrain overlaps itself: its first two rounds */
    if (n < f->min_words)
        return;
    copy_match *m = vec_push(&f->arena, &f->found);
    if (m)
        *m = (copy_match){a, b, i, j, n};
}

static void look_at(finder *f, uint32_t i, uint32_t j)
{
    const gram_index *x = f->x;
    const copy_words *w = x->w;
    if (i > w->first[x->doc[i]] && j > w->first[x->doc[j]] && w->hash[i - 1] == w->hash[j - 1]) {
        uint32_t s = x->slot[i - 1], t = x->slot[j - 1];
        if (s != NONE && t != NONE && !x->many[s])
            return; /* found from the gram before */
        uint32_t *end = u64map_find(&f->diagonal, j - i);
        if (end && *end > i)
            return; /* inside the last run on this diagonal */
    }
    extend(f, i, j);
}

static int by_pair(const void *p, const void *q)
{
    const copy_match *a = p, *b = q;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    if (a->b != b->b)
        return a->b < b->b ? -1 : 1;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    if (a->i != b->i)
        return a->i < b->i ? -1 : 1;
    return a->j < b->j ? -1 : a->j > b->j;
}

enum { CHUNK = 8 /* texts that a worker takes at once */ };

/* The runs that begin in one text. */
static void match_text(finder *f, uint32_t d)
{
    const gram_index *x = f->x;
    arena_clear(&f->diagonals);
    f->diagonal = (u64map){0};
    for (uint32_t i = x->w->first[d]; i < x->w->first[d + 1] && !f->arena.failed; i++) {
        uint32_t s = x->slot[i];
        if (s == NONE)
            continue;
        bool all = !x->many[s] || x->doc[x->occ[x->head[s]]] == d;
        uint32_t next = 0, before = d;
        for (uint32_t t = s; !x->last[t];) {
            uint32_t j = x->occ[++t];
            if (!all && x->doc[j] != before && ++next > COPY_MANY_NEXT)
                break;
            before = x->doc[j];
            look_at(f, i, j);
        }
    }
}

static void match_some(void *user, uint32_t chunk, uint32_t worker)
{
    finder *f = (finder *)user + worker;
    uint32_t n = f->x->w->n, end = n - chunk * CHUNK < CHUNK ? n : (chunk + 1) * CHUNK;
    for (uint32_t d = chunk * CHUNK; d < end; d++)
        match_text(f, d);
}

/* All workers' runs, in order, each once. */
static sst_status gather(const finder *f, uint32_t threads, sst_arena *scratch, sst_arena *arena,
                         copy_match **out, uint32_t *out_n)
{
    uint64_t n = 0;
    for (uint32_t k = 0; k < threads; k++) {
        if (f[k].arena.failed || f[k].diagonals.failed)
            return f[k].arena.failed ? f[k].arena.failed : f[k].diagonals.failed;
        n += f[k].found.n;
    }
    if (n >= UINT32_MAX)
        return SST_ERR_LIMIT;
    copy_match *v = arena_alloc(arena, (size_t)(n + 1) * sizeof *v),
               *spare = arena_alloc(scratch, (size_t)(n / 2 + 1) * sizeof *v);
    if (!v || !spare)
        return SST_ERR_MEMORY;
    uint32_t all = 0, kept = 0;
    for (uint32_t k = 0; k < threads; k++)
        for (uint32_t i = 0; i < f[k].found.n; i++)
            v[all++] = f[k].found.v[i];
    sort_stable(v, all, sizeof *v, by_pair, spare);
    for (uint32_t k = 0; k < all; k++)
        if (kept == 0 || by_pair(&v[kept - 1], &v[k]) != 0)
            v[kept++] = v[k];
    *out = v;
    *out_n = kept;
    return SST_OK;
}

sst_status copy_matches(const copy_words *words, uint32_t min_words, uint32_t many,
                        uint32_t threads, sst_arena *arena, copy_match **out, uint32_t *out_n,
                        u64map *heavy)
{
    *out = NULL;
    *out_n = 0;
    gram_index x = {.many_texts = many};
    sst_arena scratch;
    arena_init(&scratch, 0);
    threads = threads ? threads : 1;
    finder *f = arena_calloc(&scratch, threads, sizeof *f);
    sst_status status = f ? build(&x, words, &scratch) : SST_ERR_MEMORY;
    for (uint32_t k = 0; f && k < threads; k++) {
        f[k].x = &x;
        f[k].min_words = min_words < COPY_GRAM ? COPY_GRAM : min_words;
        arena_init(&f[k].arena, 0);
        arena_init(&f[k].diagonals, 0);
    }
    if (!status) {
        thread_for(threads, (words->n + CHUNK - 1) / CHUNK, match_some, f, NULL);
        status = gather(f, threads, &scratch, arena, out, out_n);
    }
    for (uint32_t k = 0; heavy && !status && k < x.occ_n; k++)
        if (x.head[k] == k && x.many[k] &&
            !u64map_add(arena, heavy, copy_gram_hash(words->hash + x.occ[k]), 1, NULL))
            status = arena->failed;
    for (uint32_t k = 0; f && k < threads; k++) {
        arena_release(&f[k].arena);
        arena_release(&f[k].diagonals);
    }
    arena_release(&scratch);
    return status;
}
