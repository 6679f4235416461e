/*
 * What only an article as a whole tells of its figures.
 *
 * In: the items of a story, in order of article, place. Out: of each, whether it is the toll of its
 * article, the first amount in its unit, the only value of its noun, the only one of its size.
 * Method: maps by article and noun; the values of an article by size, each beside its neighbours.
 * Parts: nouns and tolls, sizes. Numbers were set on the labelled stories.
 */
#include <math.h>
#include <stdlib.h>

#include "base_hash.h"
#include "figure_item.h"

enum {
    SIZES_MAX = 256 /* figures of an article that are looked at: lists of hundreds repeat sizes */
};

static const double SIZE_STEP = 0.14; /* doublings: two within 5 per cent share one of two steps */
static const double SIZE_COUNT = 100; /* smaller counts are told apart by words */
static const double SINGLE_UNITS = 0.03; /* the same of one amount in two units, both rounded */
static const double SINGLE_FAR = 0.15;   /* of the larger: tolls and sums that are told with more or
                                            fewer digits are nearer, 312 and 268 are not */

/* ------------------------------------------------------------------ nouns and tolls */

static uint64_t noun_key(const figure_item *x)
{
    uint32_t noun = x->whose ? x->whose : x->head ? x->head : x->anchor;
    return hash_mix(hash_mix(x->article, noun), x->type + 1);
}

/*
 * What only the article as a whole tells. The first count of the dead is the toll, later ones are
 * of parts, of other places, of other years; a noun that is counted with several values tells of
 * several things.
 */
static sst_status look_at_nouns(figure_items *items, sst_arena *arena)
{
    u64map tolls = {NULL, NULL, 0, 0}, nouns = {NULL, NULL, 0, 0};
    u64map leads = {NULL, NULL, 0, 0};
    for (uint32_t i = 0; i < items->n; i++) {
        figure_item *x = &items->v[i];
        if (x->measure) {
            uint32_t *at = u64map_add(arena, &leads, hash_mix(x->article, x->type), i, NULL);
            if (!at)
                return arena->failed;
            x->lead = *at == i || (figure_of(items, x)->again && i > 0 && items->v[i - 1].lead);
        }
        x->alone = true;
        uint32_t what = x->concept ? x->concept : x->deed;
        if (what && !x->part && !x->when) {
            uint64_t key = hash_mix(hash_mix(x->article, what), x->type);
            uint32_t *at = u64map_add(arena, &tolls, key, i, NULL);
            if (!at)
                return arena->failed;
            const sst_figure *f = figure_of(items, x), *g = figure_of(items, &items->v[*at]);
            if (g->high > g->value && f->high == f->value && g->value <= f->value &&
                f->value <= g->high) {
                *at = i; /* "dozens" and then how many */
                g = f;
            }
            x->first = *at == i || f->value == g->value;
        }
        uint32_t *at = u64map_add(arena, &nouns, noun_key(x), i, NULL);
        if (!at)
            return arena->failed;
        if (items->v[*at].value_key != x->value_key)
            items->v[*at].alone = false;
    }
    for (uint32_t i = 0; i < items->n; i++) {
        figure_item *x = &items->v[i];
        const uint32_t *at = u64map_find(&nouns, noun_key(x));
        x->alone = at && items->v[*at].alone;
    }
    return arena->failed;
}

/* ------------------------------------------------------------------ sizes */

typedef struct sized {
    uint64_t type;
    double value; /* in the base unit */
    uint32_t item;
    sst_str unit;
} sized;

static int by_size(const void *a, const void *b)
{
    const sized *x = a, *y = b;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

/* Are the values so near that one could be meant by the other? */
static bool are_near(const sized *a, const sized *b)
{
    double far = fabs(a->value - b->value), most = fmax(fabs(a->value), fabs(b->value));
    if (!str_eq(a->unit, b->unit) && far <= SINGLE_UNITS * most)
        return false; /* 40 metres deep (131 feet) */
    return a->type == b->type && a->value != b->value && far <= SINGLE_FAR * most;
}

/* An amount that has none of its size beside it in its article is met in another by what it is. */
static void look_at_sizes(figure_items *items, uint32_t from, uint32_t to)
{
    sized v[SIZES_MAX];
    uint32_t n = 0;
    for (uint32_t i = 0; i < to - from && n < SIZES_MAX; i++) {
        const figure_item *x = &items->v[from + i];
        const sst_figure *f = figure_of(items, x);
        if (f->again)
            continue;
        v[n++] = (sized){x->type, figure_in_unit(f, figure_base_unit(f->unit)).value, from + i,
                         f->counted ? (sst_str){NULL, 0} : f->unit};
    }
    qsort(v, n, sizeof *v, by_size);
    for (uint32_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && v[end].type == v[i].type && v[end].value == v[i].value;)
            end++;
        bool single =
            (i == 0 || !are_near(&v[i - 1], &v[i])) && (end == n || !are_near(&v[i], &v[end]));
        for (uint32_t k = i; k < end; k++) {
            figure_item *x = &items->v[v[k].item];
            x->single = single;
            if (single && v[k].value > 0 && (x->measure || v[k].value >= SIZE_COUNT)) {
                double step = log2(v[k].value) / SIZE_STEP;
                x->size[0] = hash_mix(hash_mix((uint64_t)(int64_t)floor(step), 1), x->type);
                x->size[1] = hash_mix(hash_mix((uint64_t)(int64_t)floor(step + 0.5), 2), x->type);
            }
        }
    }
    for (uint32_t i = from + 1; i < to; i++) /* in another unit */
        if (figure_of(items, &items->v[i])->again) {
            items->v[i].single = items->v[i - 1].single;
            memcpy(items->v[i].size, items->v[i - 1].size, sizeof items->v[i].size);
        }
}

sst_status figure_look_at_articles(figure_items *items, sst_arena *arena)
{
    for (uint32_t i = 0, end; i < items->n; i = end) {
        for (end = i + 1; end < items->n && items->v[end].article == items->v[i].article;)
            end++;
        look_at_sizes(items, i, end);
    }
    return look_at_nouns(items, arena);
}
