/*
 * Kinds and groups of duplicates.
 *
 * Groups are stars, not chains. If A is near B and B near C, A need not be near C; who joins
 * whatever is connected gets groups of everything. Here an article leads a group, and a member is a
 * confirmed duplicate of the head itself: the article with the most duplicates leads the first
 * group, of those that no group has the one with the most leads the next. No two members are
 * farther apart than twice what the threshold allows, whatever the number of articles. Pairs across
 * groups stay in the list of pairs. Source: star clustering (Aslam, Pelekhov, Rus).
 */
#include "copy_group.h"

#include <stdlib.h>

#include "base_sort.h"
#include "copy_direction.h"

/* Share of the longer one's grams below which the shorter one is a part of it, and no edition. */
#define PART_LENGTH 0.6
/* Share of the shorter one's grams in the other that makes it a reprint, and not an edited report.
 */
#define REPRINT_CONTAINED 0.8

enum {
    /*
     * Figures of the article that has fewer: from these on they tell a template (market reports,
     * results, weather) from a report that was brought up to date.
     */
    TEMPLATE_FIGURES = 3,
    /* Words at the top that are compared where neither article has a title. */
    HEAD_WORDS = 8
};

static bool same_top(const copy_store *s, const copy_doc *a, const copy_doc *b)
{
    if (a->title.n && b->title.n)
        return str_eq_nocase(a->title, b->title);
    if (a->title.n || b->title.n || a->word_n < HEAD_WORDS || b->word_n < HEAD_WORDS)
        return true; /* one has no headline: that tells nothing */
    uint64_t x[HEAD_WORDS], y[HEAD_WORDS];
    copy_store_hashes(s, a, HEAD_WORDS, x);
    copy_store_hashes(s, b, HEAD_WORDS, y);
    return memcmp(x, y, sizeof x) == 0;
}

uint8_t copy_kind_of(const copy_store *s, const copy_doc *a, const copy_doc *b, const copy_pair *p,
                     const copy_figures *figures)
{
    uint32_t small = a->gram_n < b->gram_n ? a->gram_n : b->gram_n,
             large = a->gram_n < b->gram_n ? b->gram_n : a->gram_n;
    if (small < COPY_SHORT_GRAMS)
        return COPY_SHORT;
    if (a->words == b->words)
        return COPY_SAME;
    uint32_t few = figures->a < figures->b ? figures->a : figures->b;
    if (few >= TEMPLATE_FIGURES && figures->both * 2 < few)
        return COPY_TEMPLATE;
    if (p->containment >= REPRINT_CONTAINED) {
        if (small < PART_LENGTH * large)
            return COPY_PART;
        bool outlets = a->outlet != COPY_NONE && b->outlet != COPY_NONE && a->outlet != b->outlet;
        if (outlets || !same_top(s, a, b))
            return COPY_REPRINT;
    }
    return COPY_EDITED;
}

void copy_pair_direction(const copy_store *s, copy_pair *p)
{
    const copy_doc *a = copy_store_doc(s, p->a), *b = copy_store_doc(s, p->b);
    p->direction = copy_time_direction(a->published_s, a->clock, b->published_s, b->clock);
    p->by = p->direction ? EVIDENCE_TIME : EVIDENCE_NONE;
    if (p->direction)
        return;
    if (p->kind == COPY_PART) {
        p->direction = a->gram_n > b->gram_n ? DIRECTION_A_TO_B : DIRECTION_B_TO_A;
        p->by = EVIDENCE_FULLER;
    }
}

/* ------------------------------------------------------------------------------------------ groups
 */

typedef struct seat {
    uint32_t article, degree, rank;
} seat;

static int by_degree(const void *x, const void *y)
{
    const seat *a = x, *b = y;
    if (a->degree != b->degree)
        return a->degree > b->degree ? -1 : 1;
    return a->rank < b->rank ? -1 : a->rank > b->rank;
}

static int by_rank(const void *x, const void *y)
{
    const seat *a = x, *b = y;
    return a->rank < b->rank ? -1 : a->rank > b->rank;
}

static int by_first(const void *x, const void *y)
{
    const copy_group *a = x, *b = y;
    return a->head < b->head ? -1 : a->head > b->head; /* a rank while they are sorted */
}

sst_status copy_make_groups(const uint32_t *rank, sst_arena *arena, copy_duplicates *out)
{
    uint32_t n = out->store->n;
    sst_arena scratch;
    arena_init(&scratch, 0);
    out->group_of = arena_alloc(arena, ((size_t)n + 1) * sizeof *out->group_of);
    size_t *from = arena_calloc(&scratch, (size_t)n + 2, sizeof *from);
    if (!out->group_of || !from)
        goto end;
    memset(out->group_of, 0xFF, ((size_t)n + 1) * sizeof *out->group_of);
    size_t ends = 0;
    for (size_t k = 0; k < out->pair_n; k++)
        if (out->pairs[k].kind <= COPY_KIND_LAST_DUPLICATE) {
            from[out->pairs[k].a + 2]++;
            from[out->pairs[k].b + 2]++;
            ends += 2;
        }
    uint32_t seats = 0;
    for (uint32_t i = 0; i < n; i++)
        seats += from[i + 2] > 0;
    uint32_t *near = arena_alloc(&scratch, (ends + 1) * sizeof *near);
    seat *v = arena_alloc(&scratch, ((size_t)seats + 1) * sizeof *v),
         *spare = arena_alloc(&scratch, ((size_t)seats + 1) * sizeof *v);
    copy_group *group = arena_alloc(arena, ((size_t)seats / 2 + 1) * sizeof *group);
    if (scratch.failed || arena->failed)
        goto end;
    seats = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (from[i + 2])
            v[seats++] = (seat){i, (uint32_t)from[i + 2], rank[i]};
        from[i + 2] += from[i + 1];
    }
    for (size_t k = 0; k < out->pair_n; k++)
        if (out->pairs[k].kind <= COPY_KIND_LAST_DUPLICATE) {
            near[from[out->pairs[k].a + 1]++] = out->pairs[k].b;
            near[from[out->pairs[k].b + 1]++] = out->pairs[k].a;
        }
    sort_stable(v, seats, sizeof *v, by_degree, spare);
    for (uint32_t k = 0; k < seats; k++) {
        uint32_t head = v[k].article, members = 0;
        if (out->group_of[head] != COPY_NONE)
            continue;
        for (size_t e = from[head]; e < from[head + 1]; e++)
            if (out->group_of[near[e]] == COPY_NONE)
                spare[++members] = (seat){near[e], 0, rank[near[e]]};
        if (members == 0)
            continue;
        spare[0] = v[k];
        qsort(spare, members + 1, sizeof *spare, by_rank);
        copy_group *g = &group[out->group_n];
        g->articles = arena_alloc(arena, (members + 1) * sizeof *g->articles);
        if (!g->articles)
            goto end;
        g->article_n = 0;
        for (uint32_t m = 0; m <= members; m++) {
            uint32_t i = spare[m].article;
            if (out->group_of[i] == COPY_NONE) { /* two pairs of the same articles cannot be */
                out->group_of[i] = out->group_n;
                g->articles[g->article_n++] = i;
            }
        }
        g->head = head;
        out->group_n++;
    }
    /* In order of the first member; numbers of groups follow. */
    uint32_t *head_of = arena_alloc(&scratch, ((size_t)out->group_n + 1) * sizeof *head_of);
    if (!head_of)
        goto end;
    for (uint32_t g = 0; g < out->group_n; g++) {
        head_of[out->group_of[group[g].head]] = group[g].head;
        group[g].head = rank[group[g].articles[0]];
    }
    for (uint32_t g = 0; g < out->group_n; g++)
        spare[g].rank = g;
    qsort(group, out->group_n, sizeof *group, by_first);
    for (uint32_t g = 0; g < out->group_n; g++) {
        group[g].head = head_of[out->group_of[group[g].articles[0]]];
        for (uint32_t m = 0; m < group[g].article_n; m++)
            out->group_of[group[g].articles[m]] = g;
    }
    out->groups = group;
end:;
    sst_status status = scratch.failed ? scratch.failed : arena->failed;
    arena_release(&scratch);
    return status;
}

uint32_t copy_group_shown(const copy_store *s, const copy_group *g, copy_show how)
{
    uint32_t best = g->articles[0];
    for (uint32_t m = 1; m < g->article_n; m++) {
        const copy_doc *a = copy_store_doc(s, best), *b = copy_store_doc(s, g->articles[m]);
        bool better = false;
        if (how == COPY_SHOW_LONGEST && a->word_n != b->word_n)
            better = b->word_n > a->word_n;
        else if (how == COPY_SHOW_LAST)
            better = b->published_s > a->published_s; /* unknown is the smallest */
        else
            better = b->published_s != INT64_MIN &&
                     (a->published_s == INT64_MIN || b->published_s < a->published_s);
        if (better)
            best = g->articles[m];
    }
    return best;
}
