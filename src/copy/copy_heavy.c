/*
 * Grams in more than `many` articles, exactly, in memory that does not follow the grams.
 *
 *   1 while texts are read, every gram raises a small counter, shared with other grams: none can
 *     stand in more articles than its counter says (copy_counts.h)
 *   2 of the articles that are compared at all, the grams whose counter says more than `many` are
 *     suspects; mostly there are few
 *   3 suspects are counted exactly, by article, over all articles
 *
 * Source: a
 * counting filter in front of an exact count, as in k-mer counters of genomics.
 */
#include "copy_heavy.h"

#include "base_thread.h"
#include "copy_index.h"

enum {
    FILTER_BITS = 16, /* bits of the filter before the map of suspects, for one of them */
    CHUNK = 64        /* articles that a worker takes at once */
};

/* ---------------------------------------------------------------------------------------- suspects
 */

typedef struct counter {
    sst_arena arena;
    uint64_t *word, *gram; /* of one article */
    u64map suspect;
    uint32_t *articles, *last; /* of each suspect: in how many; the last that had it, + 1 */
} counter;

typedef struct heavy_work {
    const copy_store *s;
    const uint32_t *first;
    const uint8_t *marked;
    uint32_t first_n, many;
    counter *worker;
    u64map suspect; /* of all workers: gram -> number */
    uint64_t *filter;
    uint32_t filter_mask;
} heavy_work;

static uint32_t grams_of(const heavy_work *h, counter *c, uint32_t i)
{
    const copy_doc *d = copy_store_doc(h->s, i);
    copy_store_hashes(h->s, d, d->word_n, c->word);
    return copy_grams_of(c->word, d->word_n, c->gram);
}

static uint32_t chunk_end(const heavy_work *h, uint32_t chunk)
{
    return (chunk + 1) * CHUNK < h->first_n ? (chunk + 1) * CHUNK : h->first_n;
}

static void suspect_some(void *user, uint32_t chunk, uint32_t worker)
{
    heavy_work *h = user;
    counter *c = &h->worker[worker];
    for (uint32_t i = chunk * CHUNK; i < chunk_end(h, chunk); i++) {
        if (!h->marked[h->first[i]])
            continue;
        uint32_t n = grams_of(h, c, h->first[i]);
        for (uint32_t k = 0; k < n; k++)
            if (copy_counts_most(h->s->counts, c->gram[k]) > h->many &&
                !u64map_add(&c->arena, &c->suspect, c->gram[k], 0, NULL))
                return;
    }
}

static inline uint64_t *filter_word(const heavy_work *h, uint64_t gram)
{
    return &h->filter[(gram >> 6) & h->filter_mask];
}

static void count_some(void *user, uint32_t chunk, uint32_t worker)
{
    heavy_work *h = user;
    counter *c = &h->worker[worker];
    for (uint32_t i = chunk * CHUNK; i < chunk_end(h, chunk); i++) {
        uint32_t n = grams_of(h, c, h->first[i]), weight = copy_store_doc(h->s, h->first[i])->alike;
        for (uint32_t k = 0; k < n; k++) {
            uint64_t g = c->gram[k];
            if (!(*filter_word(h, g) >> (g & 63) & 1))
                continue;
            const uint32_t *at = u64map_find(&h->suspect, g);
            if (!at || c->last[*at] == i + 1)
                continue;
            c->last[*at] = i + 1;
            c->articles[*at] += weight;
        }
    }
}

/* All workers' suspects in one map, and the filter before it. */
static bool gather(heavy_work *h, uint32_t threads, sst_arena *a)
{
    for (uint32_t w = 0; w < threads; w++) {
        const u64map *m = &h->worker[w].suspect;
        if (h->worker[w].arena.failed)
            return false;
        for (uint32_t k = 0; k < m->cap; k++)
            if (m->value[k] != UINT32_MAX &&
                !u64map_add(a, &h->suspect, m->key[k], h->suspect.n, NULL))
                return false;
    }
    uint32_t words = 1024; /* 8 KB */
    while (words < h->suspect.n * (uint64_t)FILTER_BITS / 64)
        words *= 2;
    h->filter_mask = words - 1;
    h->filter = arena_calloc(a, words, sizeof *h->filter);
    for (uint32_t k = 0; h->filter && k < h->suspect.cap; k++)
        if (h->suspect.value[k] != UINT32_MAX)
            *filter_word(h, h->suspect.key[k]) |= (uint64_t)1 << (h->suspect.key[k] & 63);
    for (uint32_t w = 0; w < threads; w++) {
        counter *c = &h->worker[w];
        c->articles = arena_calloc(a, (size_t)h->suspect.n + 1, sizeof *c->articles);
        c->last = arena_calloc(a, (size_t)h->suspect.n + 1, sizeof *c->last);
    }
    return !a->failed;
}

static sst_status find(heavy_work *h, uint32_t threads, sst_arena *scratch, sst_arena *arena,
                       const atomic_int *stop, u64map *heavy)
{
    uint32_t chunks = (h->first_n + CHUNK - 1) / CHUNK;
    thread_for(threads, chunks, suspect_some, h, stop);
    if (!gather(h, threads, scratch))
        return SST_ERR_MEMORY;
    if (h->suspect.n == 0)
        return SST_OK;
    thread_for(threads, chunks, count_some, h, stop);
    for (uint32_t k = 0; k < h->suspect.cap; k++) {
        if (h->suspect.value[k] == UINT32_MAX)
            continue;
        uint64_t articles = 0;
        for (uint32_t w = 0; w < threads; w++)
            articles += h->worker[w].articles[h->suspect.value[k]];
        if (articles > h->many && !u64map_add(arena, heavy, h->suspect.key[k], 1, NULL))
            return arena->failed;
    }
    return SST_OK;
}

sst_status copy_find_heavy(const copy_store *s, const uint32_t *first, uint32_t first_n,
                           const uint8_t *marked, uint32_t many, uint32_t threads, sst_arena *arena,
                           const atomic_int *stop, u64map *heavy)
{
    if (s->n <= many)
        return SST_OK;
    uint32_t longest = 0;
    for (uint32_t i = 0; i < first_n; i++) {
        uint32_t n = copy_store_doc(s, first[i])->word_n;
        longest = n > longest ? n : longest;
    }
    sst_arena scratch;
    arena_init(&scratch, 0);
    heavy_work h = {.s = s,
                    .first = first,
                    .first_n = first_n,
                    .marked = marked,
                    .many = many,
                    .worker = arena_calloc(&scratch, threads, sizeof *h.worker)};
    for (uint32_t w = 0; h.worker && w < threads; w++) {
        arena_init(&h.worker[w].arena, 0);
        h.worker[w].word = arena_alloc(&scratch, ((size_t)longest + 1) * sizeof *h.worker->word);
        h.worker[w].gram = arena_alloc(&scratch, ((size_t)longest + 1) * sizeof *h.worker->gram);
    }
    sst_status status = scratch.failed;
    if (!status)
        status = find(&h, threads, &scratch, arena, stop, heavy);
    for (uint32_t w = 0; h.worker && w < threads; w++)
        arena_release(&h.worker[w].arena);
    arena_release(&scratch);
    return status;
}
