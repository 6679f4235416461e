/*
 * Grams in more than `many` articles, exactly, in memory that does not follow the grams.
 *
 *   1 every gram of every article raises a small counter, shared with the grams of the same hash
 *     bits: no gram can stand in more articles than its counter says
 *   2 the grams whose counter says more than `many` are counted exactly, by article
 *
 * Each worker has its own counters, added up between the two. Source: a counting filter in front of
 * an exact count, as in k-mer counters of genomics.
 */
#include "copy_heavy.h"

#include "base_alloc.h"
#include "base_thread.h"
#include "copy_index.h"

enum {
    /* Counters: one for eight grams, within these bits; with more grams the counters say "perhaps"
       more often, and step 2 takes longer. */
    GRAMS_A_COUNTER = 8,
    LEAST_BITS = 16,
    MOST_BITS = 26,
    COUNTER_MOST = UINT8_MAX,
    CHUNK = 64 /* articles that a worker takes at once */
};

typedef struct tally {
    uint32_t articles, last; /* last article that raised it, + 1 */
} tally;

typedef struct counter {
    sst_arena arena;
    uint8_t *cell;
    uint64_t *word; /* hashes of one article */
    u64map of;      /* gram -> place in tally */
    SST_VEC(tally) tally;
    SST_VEC(uint64_t) gram;
} counter;

typedef struct heavy_work {
    const copy_store *s;
    const uint32_t *first;
    uint32_t first_n, many;
    uint32_t shift; /* a gram's counter is gram >> shift */
    counter *worker;
    const uint8_t *sum;
} heavy_work;

static uint32_t grams_of(const heavy_work *h, counter *c, uint32_t i)
{
    const copy_doc *d = copy_store_doc(h->s, h->first[i]);
    if (d->word_n < COPY_GRAM)
        return 0;
    copy_store_hashes(h->s, d, c->word);
    return d->word_n - COPY_GRAM + 1;
}

static void raise_all(void *user, uint32_t chunk, uint32_t worker)
{
    heavy_work *h = user;
    counter *c = &h->worker[worker];
    uint32_t end = (chunk + 1) * CHUNK < h->first_n ? (chunk + 1) * CHUNK : h->first_n;
    for (uint32_t i = chunk * CHUNK; i < end; i++) {
        uint32_t n = grams_of(h, c, i), weight = copy_store_doc(h->s, h->first[i])->alike;
        for (uint32_t k = 0; k < n; k++) {
            uint8_t *cell = &c->cell[copy_gram_hash(c->word + k) >> h->shift];
            uint32_t v = *cell + weight;
            *cell = (uint8_t)(v < COUNTER_MOST ? v : COUNTER_MOST);
        }
    }
}

static void count_some(void *user, uint32_t chunk, uint32_t worker)
{
    heavy_work *h = user;
    counter *c = &h->worker[worker];
    uint32_t end = (chunk + 1) * CHUNK < h->first_n ? (chunk + 1) * CHUNK : h->first_n;
    for (uint32_t i = chunk * CHUNK; i < end; i++) {
        uint32_t n = grams_of(h, c, i), weight = copy_store_doc(h->s, h->first[i])->alike;
        for (uint32_t k = 0; k < n && !c->arena.failed; k++) {
            uint64_t g = copy_gram_hash(c->word + k);
            if (h->sum[g >> h->shift] <= h->many)
                continue;
            int fresh;
            uint32_t *at = u64map_add(&c->arena, &c->of, g, c->tally.n, &fresh);
            if (!at)
                return;
            if (fresh) {
                tally *t = vec_push(&c->arena, &c->tally);
                uint64_t *place = vec_push(&c->arena, &c->gram);
                if (!t || !place)
                    return;
                *place = g;
            }
            tally *t = &c->tally.v[*at];
            if (t->last != i + 1)
                t->articles += weight;
            t->last = i + 1;
        }
    }
}

/* Adds the workers' exact counts up, in the first worker's. */
static sst_status gather(heavy_work *h, uint32_t threads, sst_arena *arena, u64map *heavy)
{
    counter *all = &h->worker[0];
    for (uint32_t w = 1; w < threads; w++) {
        counter *c = &h->worker[w];
        if (c->arena.failed)
            return c->arena.failed;
        for (uint32_t k = 0; k < c->tally.n; k++) {
            int fresh;
            uint32_t *at = u64map_add(&all->arena, &all->of, c->gram.v[k], all->tally.n, &fresh);
            if (!at)
                return all->arena.failed;
            if (fresh) {
                tally *t = vec_push(&all->arena, &all->tally);
                uint64_t *place = vec_push(&all->arena, &all->gram);
                if (!t || !place)
                    return all->arena.failed;
                *place = c->gram.v[k];
            }
            all->tally.v[*at].articles += c->tally.v[k].articles;
        }
    }
    for (uint32_t k = 0; k < all->tally.n; k++)
        if (all->tally.v[k].articles > h->many &&
            !u64map_add(arena, heavy, all->gram.v[k], 1, NULL))
            return arena->failed;
    return all->arena.failed;
}

sst_status copy_find_heavy(const copy_store *s, const uint32_t *first, uint32_t first_n,
                           uint32_t many, uint32_t threads, sst_arena *arena,
                           const atomic_int *stop, u64map *heavy)
{
    if (s->n <= many)
        return SST_OK;
    uint64_t grams = 0;
    uint32_t longest = 0, bits = LEAST_BITS;
    for (uint32_t i = 0; i < first_n; i++) {
        const copy_doc *d = copy_store_doc(s, first[i]);
        grams += d->gram_n;
        longest = d->word_n > longest ? d->word_n : longest;
    }
    while (bits < MOST_BITS && (uint64_t)GRAMS_A_COUNTER << bits < grams)
        bits++;
    size_t cells = (size_t)1 << bits;
    sst_arena scratch;
    arena_init(&scratch, 0);
    counter *worker = arena_calloc(&scratch, threads, sizeof *worker);
    heavy_work h = {.s = s,
                    .first = first,
                    .first_n = first_n,
                    .many = many,
                    .shift = 64 - bits,
                    .worker = worker};
    for (uint32_t w = 0; worker && w < threads; w++) {
        arena_init(&worker[w].arena, 0);
        worker[w].cell = arena_calloc(&scratch, cells, 1);
        worker[w].word = arena_alloc(&scratch, ((size_t)longest + 1) * sizeof *worker->word);
    }
    sst_status status = scratch.failed;
    if (!status) {
        uint32_t chunks = (first_n + CHUNK - 1) / CHUNK;
        thread_for(threads, chunks, raise_all, &h, stop);
        for (uint32_t w = 1; w < threads; w++)
            for (size_t k = 0; k < cells; k++) {
                uint32_t v = (uint32_t)worker[0].cell[k] + worker[w].cell[k];
                worker[0].cell[k] = (uint8_t)(v < COUNTER_MOST ? v : COUNTER_MOST);
            }
        h.sum = worker[0].cell;
        bool any = false;
        for (size_t k = 0; k < cells && !any; k++)
            any = worker[0].cell[k] > many;
        if (any)
            thread_for(threads, chunks, count_some, &h, stop);
        status =
            worker[0].arena.failed ? worker[0].arena.failed : gather(&h, threads, arena, heavy);
    }
    for (uint32_t w = 0; worker && w < threads; w++)
        arena_release(&worker[w].arena);
    arena_release(&scratch);
    return status;
}
