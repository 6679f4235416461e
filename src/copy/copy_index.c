/*
 * Exact runs of words that two places share.
 *
 * in: the words of all texts; out: maximal runs, with their places.
 *
 *   1 hash every 5 words, sort (hash, place) by radix, a part of the hashes after the other: places
 *     with one gram stand together
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

enum {
    /* Words to an entry of the table that finds the text of a place: some two texts to look at. */
    NEAR = 64,
    /*
     * Grams are sorted in parts, by the upper bits of their hashes, so that the sort holds a part
     * of them alone: each has about this many, and there are at most PARTS, as all are hashed for
     * each.
     */
    PART = 1 << 20,
    PARTS = 16,
    /* Jumps over what may lie in a file, from one look at the pages to the next (base_room.h):
       those that read bring 64 KB, those that write a page. */
    LOOK_READ = 64,
    LOOK_WRITE = 1024
};

/* Of a kept place. */
enum {
    GRAM_FIRST = 1, /* begins its gram */
    GRAM_LAST = 2,  /* ends it */
    GRAM_MANY = 4,  /* its gram stands in very many texts ... */
    GRAM_OWN = 8    /* ... and this is the first of them */
};

/* 64 words: which of them are kept places, and how many are before. */
typedef struct kept_words {
    uint64_t bits;
    uint32_t before;
} kept_words;

/* Memory is only reserved for all words in occ, slot and flags, and used for those that are kept.
 */
typedef struct gram_index {
    const copy_words *w;
    uint32_t total, many_texts;
    uint32_t *near;   /* text of each NEAR-th word, and the last */
    kept_words *kept; /* of all words */
    uint32_t *slot;   /* of each kept place, in the order of the words: its place in occ */
    uint32_t *occ;    /* kept places, gram after gram, ascending in each */
    uint8_t *flags;   /* of each occ */
    uint32_t occ_n;
} gram_index;

/* The text that a word stands in. */
static uint32_t text_of(const gram_index *x, uint32_t place)
{
    uint32_t low = x->near[place / NEAR], high = x->near[place / NEAR + 1];
    while (low < high) { /* the last text that begins at the place or before */
        uint32_t mid = high - (high - low) / 2;
        if (x->w->first[mid] <= place)
            low = mid;
        else
            high = mid - 1;
    }
    return low;
}

/* The place in occ of the gram that begins with a word, or NONE. */
static uint32_t slot_of(const gram_index *x, uint32_t place)
{
    const kept_words *k = &x->kept[place / 64];
    uint64_t bit = (uint64_t)1 << place % 64;
    if (!(k->bits & bit))
        return NONE;
    return x->slot[k->before + (uint32_t)__builtin_popcountll(k->bits & (bit - 1))];
}

/* Keeps the places of one gram, sorted[from, to). */
static void keep_gram(gram_index *x, const uint64_t *sorted, uint32_t from, uint32_t to)
{
    uint32_t head = x->occ_n, texts = 0, here = 0, end = 0;
    for (uint32_t k = from; k < to; k++) {
        uint32_t place = (uint32_t)sorted[k];
        if (texts == 0 || place >= end) {
            end = x->w->first[text_of(x, place) + 1];
            texts++;
            here = 0;
        }
        if (here++ < COPY_PLACES_A_TEXT) {
            x->flags[x->occ_n] = texts == 1 ? GRAM_OWN : 0;
            x->kept[place / 64].bits |= (uint64_t)1 << place % 64;
            x->occ[x->occ_n++] = place;
        }
    }
    x->flags[head] |= GRAM_FIRST;
    x->flags[x->occ_n - 1] |= GRAM_LAST;
    for (uint32_t k = head; k < x->occ_n && texts > x->many_texts; k++)
        x->flags[k] |= GRAM_MANY;
}

/* The grams of a part, in two halves of room for the sort. */
typedef struct sorter {
    uint64_t *gram; /* of one text */
    uint64_t *key, *spare;
    uint32_t n;
    int bits; /* upper ones that tell the part */
} sorter;

static uint32_t part_of(const sorter *s, uint64_t gram)
{
    return s->bits ? (uint32_t)(gram >> (64 - s->bits)) : 0;
}

static void take_part(const gram_index *x, sorter *s, uint32_t part, base_room *room)
{
    const copy_words *w = x->w;
    s->n = 0;
    for (uint32_t d = 0; d < w->n; d++) {
        room_look(room);
        uint32_t first = w->first[d],
                 grams = copy_grams_of(w->hash + first, w->first[d + 1] - first, s->gram);
        for (uint32_t k = 0; k < grams; k++)
            if (part_of(s, s->gram[k]) == part)
                s->key[s->n++] = (s->gram[k] & (uint64_t)UINT32_MAX << 32) | (first + k);
    }
}

/* Room for the longest text and the largest part. */
static sst_status make_room(const gram_index *x, sorter *s, sst_arena *arena)
{
    const copy_words *w = x->w;
    uint32_t longest = 0, largest = 0, part_n[PARTS] = {0};
    for (uint32_t d = 0; d < w->n; d++)
        if (w->first[d + 1] - w->first[d] > longest)
            longest = w->first[d + 1] - w->first[d];
    while (1 << s->bits < PARTS && x->total >> s->bits > PART)
        s->bits++;
    s->gram = arena_alloc(arena, ((size_t)longest + 1) * sizeof *s->gram);
    if (!s->gram)
        return arena->failed;
    for (uint32_t d = 0; d < w->n && s->bits; d++) {
        room_look(arena->room);
        uint32_t first = w->first[d],
                 grams = copy_grams_of(w->hash + first, w->first[d + 1] - first, s->gram);
        for (uint32_t k = 0; k < grams; k++)
            part_n[part_of(s, s->gram[k])]++;
    }
    for (uint32_t p = 0; p < PARTS; p++)
        largest = part_n[p] > largest ? part_n[p] : largest;
    if (!s->bits)
        largest = x->total;
    s->key = arena_alloc(arena, ((size_t)largest + 1) * sizeof *s->key);
    s->spare = arena_alloc(arena, ((size_t)largest + 1) * sizeof *s->spare);
    return arena->failed;
}

static sst_status sort_all(gram_index *x, base_room *room)
{
    sst_arena arena; /* of the sort alone */
    arena_init(&arena, 0);
    arena.room = room;
    sorter s = {0};
    sst_status status = make_room(x, &s, &arena);
    uint32_t kept = 0;
    for (uint32_t part = 0; part < 1u << s.bits && !status; part++) {
        take_part(x, &s, part, room);
        const uint64_t *key = copy_radix(s.key, s.spare, s.n, 32);
        for (uint32_t from = 0, to; from < s.n; from = to) {
            for (to = from + 1; to < s.n && key[to] >> 32 == key[from] >> 32; to++)
                ;
            if (to - from < 2)
                continue;
            keep_gram(x, key, from, to);
            if (++kept % LOOK_WRITE == 0)
                room_look(room);
        }
    }
    arena_release(&arena);
    return status;
}

static sst_status build(gram_index *x, const copy_words *w, sst_arena *arena)
{
    uint32_t total = w->first[w->n];
    x->w = w;
    x->total = total;
    x->near = arena_alloc(arena, ((size_t)total / NEAR + 2) * sizeof *x->near);
    x->kept = arena_calloc(arena, (size_t)total / 64 + 1, sizeof *x->kept);
    x->slot = arena_alloc(arena, (size_t)(total + 1) * sizeof *x->slot);
    x->occ = arena_alloc(arena, (size_t)(total + 1) * sizeof *x->occ);
    x->flags = arena_alloc(arena, (size_t)total + 1);
    if (arena->failed)
        return arena->failed;
    uint32_t d = 0;
    for (uint32_t k = 0; k <= total / NEAR; k++) {
        while (d + 1 < w->n && w->first[d + 1] <= k * NEAR)
            d++;
        x->near[k] = d;
    }
    x->near[total / NEAR + 1] = w->n ? w->n - 1 : 0;
    sst_status status = sort_all(x, arena->room);
    for (uint32_t k = 1; k <= total / 64; k++)
        x->kept[k].before =
            x->kept[k - 1].before + (uint32_t)__builtin_popcountll(x->kept[k - 1].bits);
    for (uint32_t k = 0; k < x->occ_n; k++) {
        const kept_words *of = &x->kept[x->occ[k] / 64];
        uint64_t below = ((uint64_t)1 << x->occ[k] % 64) - 1;
        x->slot[of->before + (uint32_t)__builtin_popcountll(of->bits & below)] = k;
        if (k % LOOK_WRITE == 0)
            room_look(arena->room);
    }
    return status;
}

/* Of one worker. */
typedef struct finder {
    const gram_index *x;
    sst_arena arena, diagonals;
    uint32_t min_words;
    u64map diagonal; /* j - i -> end of the last run in i; of one text */
    uint32_t jumps;  /* so far */
    SST_VEC(copy_match) found;
} finder;

/* The run that holds the gram at (i, j), both ways to its ends. */
static void extend(finder *f, uint32_t a, uint32_t i, uint32_t b, uint32_t j)
{
    const copy_words *w = f->x->w;
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

/* Places of one gram, in the texts a and b. */
static void look_at(finder *f, uint32_t a, uint32_t i, uint32_t b, uint32_t j)
{
    const gram_index *x = f->x;
    const copy_words *w = x->w;
    if (i > w->first[a] && j > w->first[b] && w->hash[i - 1] == w->hash[j - 1]) {
        uint32_t s = slot_of(x, i - 1), t = slot_of(x, j - 1);
        if (s != NONE && t != NONE && !(x->flags[s] & GRAM_MANY))
            return; /* found from the gram before */
        uint32_t *end = u64map_find(&f->diagonal, j - i);
        if (end && *end > i)
            return; /* inside the last run on this diagonal */
    }
    extend(f, a, i, b, j);
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
        uint32_t s = slot_of(x, i);
        if (s == NONE)
            continue;
        if (++f->jumps % LOOK_READ == 0)
            room_look(f->arena.room);
        bool all = !(x->flags[s] & GRAM_MANY) || (x->flags[s] & GRAM_OWN);
        uint32_t next = 0, before = d;
        for (uint32_t t = s; !(x->flags[t] & GRAM_LAST);) {
            uint32_t j = x->occ[++t];
            if (++f->jumps % LOOK_READ == 0)
                room_look(f->arena.room);
            if (j >= x->w->first[before + 1]) {
                if (!all && ++next > COPY_MANY_NEXT)
                    break;
                before = text_of(x, j);
            }
            look_at(f, d, i, before, j);
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
    scratch.room = arena->room;
    threads = threads ? threads : 1;
    finder *f = arena_calloc(&scratch, threads, sizeof *f);
    sst_status status = f ? build(&x, words, &scratch) : SST_ERR_MEMORY;
    for (uint32_t k = 0; f && k < threads; k++) {
        f[k].x = &x;
        f[k].min_words = min_words < COPY_GRAM ? COPY_GRAM : min_words;
        arena_init(&f[k].arena, 0);
        f[k].arena.room = arena->room;
        arena_init(&f[k].diagonals, 0);
    }
    if (!status) {
        thread_for(threads, (words->n + CHUNK - 1) / CHUNK, match_some, f, NULL);
        status = gather(f, threads, &scratch, arena, out, out_n);
    }
    for (uint32_t k = 0; heavy && !status && k < x.occ_n; k++)
        if ((x.flags[k] & GRAM_FIRST) && (x.flags[k] & GRAM_MANY) &&
            !u64map_add(arena, heavy, copy_gram_hash(words->hash + x.occ[k]), 1, NULL))
            status = arena->failed;
    for (uint32_t k = 0; f && k < threads; k++) {
        arena_release(&f[k].arena);
        arena_release(&f[k].diagonals);
    }
    arena_release(&scratch);
    return status;
}
