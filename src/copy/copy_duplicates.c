/*
 * The search of duplicates, from a store to pairs and groups.
 *
 *   ids       become different (copy_ids); an article given again under its id counts once
 *   twins     articles with the same words: pairs of one another
 *   pairs     of articles with other words (copy_candidates, copy_heavy, copy_pairs), for all their
 *             twins
 *   groups    copy_group
 *
 * Everything is in order of ids, so that neither the order of the inputs nor threads show.
 */
#include <stdlib.h>

#include "base_sort.h"
#include "copy_group.h"
#include "copy_heavy.h"
#include "copy_ids.h"
#include "copy_index.h"

typedef struct maker {
    copy_store *s;
    sst_arena scratch;
    sst_arena *arena;
    uint32_t *order; /* articles by id, those given again left out */
    uint32_t order_n;
    uint32_t *rank; /* of each article, its place in order */
    uint32_t *next; /* the next article with the same words, by id; COPY_NONE behind the last */
    uint32_t *head; /* of an article without a twin before it: the first of its words by id */
    uint32_t *many; /* of the same: how many there are */
    SST_VEC(copy_pair) pairs;
} maker;

static int by_new_id(const void *x, const void *y)
{
    return str_cmp(((const copy_id *)x)->id, ((const copy_id *)y)->id);
}

/*
 * One id, one time and one text: the same article, given again. One id with other texts: versions,
 * or a feed that gives all its articles one address.
 */
static void rank_ids(maker *m, copy_duplicates *out)
{
    copy_store *s = m->s;
    copy_id *key = arena_alloc(&m->scratch, ((size_t)s->n + 1) * sizeof *key),
            *spare = arena_alloc(&m->scratch, ((size_t)s->n / 2 + 1) * sizeof *key);
    if (!key || !spare)
        return;
    for (uint32_t i = 0; i < s->n; i++) {
        const copy_doc *d = copy_store_doc(s, i);
        key[i] = (copy_id){.id = d->id, .published_s = d->published_s, .text = d->text, .item = i};
    }
    if (copy_ids_make(key, s->n, &s->arena, &m->scratch))
        return; /* told by the arenas */
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        copy_doc *d = copy_store_doc(s, key[i].item);
        d->given = key[i].again;
        out->given_n += key[i].again;
        d->id = key[i].id;
        if (!key[i].again)
            key[n++] = key[i];
    }
    sort_stable(key, n, sizeof *key, by_new_id, spare); /* "x#2" goes behind "x!" */
    memset(m->rank, 0xFF, ((size_t)s->n + 1) * sizeof *m->rank);
    for (uint32_t k = 0; k < n; k++) {
        m->order[k] = key[k].item;
        m->rank[key[k].item] = k;
    }
    m->order_n = n;
}

static uint32_t first_of(const copy_store *s, uint32_t i)
{
    uint32_t twin = copy_store_doc(s, i)->twin;
    return twin == COPY_NONE ? i : twin;
}

/* Chains the articles of the same words, by id. */
static void chain_twins(maker *m)
{
    memset(m->head, 0xFF, ((size_t)m->s->n + 1) * sizeof *m->head);
    for (uint32_t k = m->order_n; k-- > 0;) {
        uint32_t i = m->order[k], f = first_of(m->s, i);
        m->next[i] = m->head[f];
        m->head[f] = i;
        m->many[f]++;
    }
}

/* Articles with the same words have as many grams; counted of those that are in pairs. */
static bool count_twins(maker *m, const uint32_t *first, uint32_t first_n, uint64_t *hash,
                        uint64_t *gram)
{
    sst_arena arena;
    arena_init(&arena, 0);
    copy_grams set = {.arena = &arena};
    bool ok = true;
    for (uint32_t k = 0; ok && k < first_n; k++) {
        uint32_t f = first[k];
        if (m->many[f] < 2)
            continue;
        uint32_t n = copy_store_grams(m->s, copy_store_doc(m->s, f), &set, hash, gram);
        ok = n != COPY_NO_COUNT;
        for (uint32_t i = m->head[f]; i != COPY_NONE; i = m->next[i])
            atomic_store(&copy_store_doc(m->s, i)->gram_n, n);
    }
    arena_release(&arena);
    return ok;
}

static void add_pair(maker *m, const copy_pair *p, uint32_t a, uint32_t b)
{
    copy_pair *q = vec_push(m->arena, &m->pairs);
    if (!q)
        return;
    *q = *p;
    q->a = a;
    q->b = b;
    if (m->rank[a] > m->rank[b]) {
        q->a = b;
        q->b = a;
        q->run_a = p->run_b;
        q->run_b = p->run_a;
    }
    copy_pair_direction(m->s, q);
}

/* Where all words of an article stand. */
static sst_span whole_span(maker *m, const copy_doc *d, uint32_t *number, sst_span *at)
{
    copy_store_words(m->s, d, number, at);
    return (sst_span){at[0].begin, at[d->word_n - 1].end};
}

/* Pairs among articles of the same words; of very many, with the first alone. */
static void pair_twins(maker *m, uint32_t f, const u64map *heavy, copy_duplicates *out,
                       uint64_t *hash, uint32_t *number, sst_span *at)
{
    const copy_doc *d = copy_store_doc(m->s, f);
    if (d->gram_n == 0 || m->many[f] < 2)
        return;
    bool all = m->many[f] <= COPY_MANY_TEXTS;
    uint32_t light = d->gram_n;
    if (all && heavy->n) {
        u64map seen = {0};
        sst_arena a;
        arena_init(&a, 0);
        copy_store_hashes(m->s, d, d->word_n, hash);
        for (uint32_t i = 0; i + COPY_GRAM <= d->word_n; i++) {
            uint64_t g = copy_gram_hash(hash + i);
            int fresh = 0;
            if (u64map_find(heavy, g) && u64map_add(&a, &seen, g, 1, &fresh))
                light -= (uint32_t)fresh;
        }
        if (a.failed)
            m->scratch.failed = a.failed;
        arena_release(&a);
    }
    copy_pair p = {.shared = light, .run = d->word_n};
    p.jaccard = (double)light / (2.0 * d->gram_n - light);
    p.containment = (double)light / d->gram_n;
    p.kind = d->gram_n < COPY_SHORT_GRAMS ? COPY_SHORT : COPY_SAME;
    p.run_a = p.run_b = whole_span(m, d, number, at);
    for (uint32_t i = m->head[f]; i != COPY_NONE; i = m->next[i])
        for (uint32_t j = m->next[i]; j != COPY_NONE && (all || i == m->head[f]); j = m->next[j])
            add_pair(m, &p, i, j);
    if (!all)
        out->unlisted_n += m->many[f];
}

static int by_ranks(const void *x, const void *y)
{
    const copy_pair *p = x, *q = y;
    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    return p->b < q->b ? -1 : p->b > q->b;
}

/* Pairs by id: numbers are ranks while they are sorted. */
static void sort_pairs(maker *m)
{
    copy_pair *v = m->pairs.v;
    copy_pair *spare = arena_alloc(&m->scratch, ((size_t)m->pairs.n / 2 + 1) * sizeof *spare);
    if (!spare)
        return;
    for (uint32_t k = 0; k < m->pairs.n; k++) {
        v[k].a = m->rank[v[k].a];
        v[k].b = m->rank[v[k].b];
    }
    sort_stable(v, m->pairs.n, sizeof *v, by_ranks, spare);
    for (uint32_t k = 0; k < m->pairs.n; k++) {
        v[k].a = m->order[v[k].a];
        v[k].b = m->order[v[k].b];
    }
}

static sst_status make(maker *m, double jaccard, uint32_t threads, const atomic_int *stop,
                       copy_duplicates *out)
{
    copy_store *s = m->s;
    sst_arena *a = &m->scratch;
    uint32_t first_n = 0, longest = 0;
    uint32_t *first = arena_alloc(a, ((size_t)s->n + 1) * sizeof *first);
    m->order = arena_alloc(a, ((size_t)s->n + 1) * sizeof *m->order);
    m->rank = arena_alloc(a, ((size_t)s->n + 1) * sizeof *m->rank);
    m->next = arena_alloc(a, ((size_t)s->n + 1) * sizeof *m->next);
    m->head = arena_alloc(a, ((size_t)s->n + 1) * sizeof *m->head);
    m->many = arena_calloc(a, (size_t)s->n + 1, sizeof *m->many);
    if (a->failed)
        return a->failed;
    rank_ids(m, out);
    if (a->failed || s->arena.failed)
        return a->failed ? a->failed : s->arena.failed;
    chain_twins(m);
    for (uint32_t i = 0; i < s->n; i++) {
        const copy_doc *d = copy_store_doc(s, i);
        longest = d->word_n > longest ? d->word_n : longest;
        if (d->twin == COPY_NONE)
            first[first_n++] = i;
    }
    u64map heavy = {0};
    copy_candidates candidates = {NULL, 0};
    copy_pair *found = NULL;
    size_t found_n = 0;
    uint8_t *marked = arena_calloc(a, (size_t)s->n + 1, 1);
    uint64_t *hash = arena_alloc(a, ((size_t)longest + 1) * sizeof *hash);
    uint64_t *gram = arena_alloc(a, ((size_t)longest + 1) * sizeof *gram);
    uint32_t *number = arena_alloc(a, ((size_t)longest + 1) * sizeof *number);
    sst_span *at = arena_alloc(a, ((size_t)longest + 1) * sizeof *at);
    if (a->failed)
        return a->failed;
    sst_status status =
        copy_find_candidates(s, first, first_n, jaccard, threads, a, stop, &candidates);
    for (size_t k = 0; k < candidates.n; k++)
        marked[candidates.v[k] >> 32] = marked[(uint32_t)candidates.v[k]] = 1;
    for (uint32_t k = 0; k < first_n; k++)
        marked[first[k]] |= m->many[first[k]] > 1;
    if (!status)
        status =
            copy_find_heavy(s, first, first_n, marked, COPY_MANY_TEXTS, threads, a, stop, &heavy);
    if (!status)
        status =
            copy_find_pairs(s, &candidates, jaccard, threads, &heavy, a, stop, &found, &found_n);
    if (!status && !count_twins(m, first, first_n, hash, gram))
        status = SST_ERR_MEMORY;
    if (status)
        return status;
    out->heavy_n = heavy.n;
    for (size_t k = 0; k < found_n; k++)
        for (uint32_t i = m->head[found[k].a]; i != COPY_NONE; i = m->next[i])
            for (uint32_t j = m->head[found[k].b]; j != COPY_NONE; j = m->next[j])
                add_pair(m, &found[k], i, j);
    for (uint32_t k = 0; !a->failed && k < first_n; k++)
        pair_twins(m, first[k], &heavy, out, hash, number, at);
    sort_pairs(m);
    if (a->failed || m->arena->failed)
        return a->failed ? a->failed : m->arena->failed;
    out->pairs = m->pairs.v;
    out->pair_n = m->pairs.n;
    return copy_make_groups(m->rank, m->arena, out);
}

sst_status copy_find_duplicates(copy_store *store, double jaccard, uint32_t threads,
                                sst_arena *arena, const atomic_int *stop, copy_duplicates *out)
{
    *out = (copy_duplicates){.store = store};
    copy_counts_flush(store->counts, store->raises);
    maker m = {.s = store, .arena = arena};
    arena_init(&m.scratch, 0);
    sst_status status = make(&m, jaccard, threads ? threads : 1, stop, out);
    arena_release(&m.scratch);
    return status;
}
