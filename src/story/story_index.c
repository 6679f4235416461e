/*
 * What is kept of an article for grouping, as bytes; and the groups of one piece of a collection.
 *
 *   packed:  magic  published  content  n  mark_n  run_n  name_n  cross_n  lang   8 bytes
 *            each of the second and third, else 4; little endian
 *            n * (key, weight, weight in the lead)  mark_n * (label, number)
 *            cross_n * (key, weight)  run_n * hash  name_n * hash           4 bytes each
 *
 * Keys ascend in a packed article, as they do in story_features; the top words are chosen anew when
 * it is read.
 */
#include "story_index.h"

#include <stdlib.h>
#include <string.h>

#include "story_grain.h"

/* Changes with the layout, with what a weight means, and with how many top words there are. */
static const uint32_t MAGIC = 0x32465353; /* "SSF2" */

enum { HEAD = 44, WORD = 12, MARK = 8, CROSS = 8, HASH = 4, LIST_MOST = 1 << 24 };

static unsigned char *put32(unsigned char *p, uint32_t x)
{
    for (int i = 0; i < 4; i++)
        *p++ = (unsigned char)(x >> 8 * i);
    return p;
}

static unsigned char *put64(unsigned char *p, uint64_t x)
{
    return put32(put32(p, (uint32_t)x), (uint32_t)(x >> 32));
}

static uint32_t get32(const unsigned char **p)
{
    uint32_t x = 0;
    for (int i = 0; i < 4; i++)
        x |= (uint32_t) * (*p)++ << 8 * i;
    return x;
}

static uint64_t get64(const unsigned char **p)
{
    uint64_t low = get32(p);
    return low | (uint64_t)get32(p) << 32;
}

static size_t packed_size(const story_features *f)
{
    return HEAD + (size_t)f->n * WORD + (size_t)f->mark_n * MARK + (size_t)f->cross_n * CROSS +
           ((size_t)f->run_n + f->name_n) * HASH;
}

static uint32_t bits_of(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* A weight; below 0 when it is none. */
static float get_weight(const unsigned char **p)
{
    uint32_t bits = get32(p);
    float x;
    memcpy(&x, &bits, sizeof x);
    return x >= 0 && x <= 2 ? x : -1;
}

/* n hashes, ascending; NULL when they are not, or out of memory. */
static uint32_t *get_hashes(const unsigned char **p, uint32_t n, sst_arena *arena)
{
    uint32_t *v = arena_alloc(arena, ((size_t)n + 1) * sizeof *v);
    for (uint32_t i = 0; v && i < n; i++) {
        v[i] = get32(p);
        if (i && v[i] <= v[i - 1])
            return NULL;
    }
    return v;
}

sst_status story_pack(const story_features *f, sst_arena *arena, sst_str *out)
{
    size_t size = packed_size(f);
    char *bytes = arena_alloc(arena, size);
    if (!bytes)
        return arena->failed;
    unsigned char *p = (unsigned char *)bytes;
    p = put32(p, MAGIC);
    p = put64(p, (uint64_t)f->published);
    p = put64(p, f->content);
    p = put32(p, f->n);
    p = put32(p, f->mark_n);
    p = put32(p, f->run_n);
    p = put32(p, f->name_n);
    p = put32(p, f->cross_n);
    p = put32(p, f->lang);
    for (uint32_t i = 0; i < f->n; i++) {
        p = put32(put32(p, f->word[i].key), bits_of(f->word[i].weight));
        p = put32(p, bits_of(f->lead[i]));
    }
    for (uint32_t i = 0; i < f->mark_n; i++)
        p = put32(put32(p, f->mark[i].label), (uint32_t)f->mark[i].number);
    for (uint32_t i = 0; i < f->cross_n; i++)
        p = put32(put32(p, f->cross[i].key), bits_of(f->cross[i].weight));
    for (uint32_t i = 0; i < f->run_n; i++)
        p = put32(p, f->run[i]);
    for (uint32_t i = 0; i < f->name_n; i++)
        p = put32(p, f->name[i]);
    *out = (sst_str){bytes, size};
    return SST_OK;
}

sst_status story_unpack(sst_str packed, sst_arena *arena, story_features *out)
{
    const unsigned char *p = (const unsigned char *)packed.p;
    *out = (story_features){0};
    if (packed.n < HEAD || get32(&p) != MAGIC)
        return SST_ERR_INPUT;
    out->published = (int64_t)get64(&p);
    out->content = get64(&p);
    out->n = get32(&p);
    out->mark_n = get32(&p);
    out->run_n = get32(&p);
    out->name_n = get32(&p);
    out->cross_n = get32(&p);
    out->lang = get32(&p);
    if (out->n > LIST_MOST || out->mark_n > LIST_MOST || out->run_n > LIST_MOST ||
        out->name_n > LIST_MOST || out->cross_n > LIST_MOST || packed.n != packed_size(out))
        return SST_ERR_INPUT;
    out->word = arena_alloc(arena, ((size_t)out->n + 1) * sizeof *out->word);
    out->lead = arena_alloc(arena, ((size_t)out->n + 1) * sizeof *out->lead);
    out->cross = arena_alloc(arena, ((size_t)out->cross_n + 1) * sizeof *out->cross);
    out->mark = arena_alloc(arena, ((size_t)out->mark_n + 1) * sizeof *out->mark);
    if (arena->failed)
        return arena->failed;
    for (uint32_t i = 0; i < out->n; i++) {
        uint32_t key = get32(&p);
        float weight = get_weight(&p);
        out->lead[i] = get_weight(&p);
        if (weight < 0 || out->lead[i] < 0 || (i && key <= out->word[i - 1].key))
            return SST_ERR_INPUT;
        out->word[i] = (story_word){key, weight};
    }
    for (uint32_t i = 0; i < out->mark_n; i++) {
        uint32_t label = get32(&p);
        out->mark[i] = (story_mark){label, (int32_t)get32(&p)};
    }
    for (uint32_t i = 0; i < out->cross_n; i++) {
        out->cross[i].key = get32(&p);
        out->cross[i].weight = get_weight(&p);
        if (out->cross[i].weight < 0 || (i && out->cross[i].key <= out->cross[i - 1].key))
            return SST_ERR_INPUT;
    }
    out->run = get_hashes(&p, out->run_n, arena);
    out->name = get_hashes(&p, out->name_n, arena);
    if (!out->run || !out->name)
        return arena->failed ? arena->failed : SST_ERR_INPUT;
    return story_choose_top(out, arena);
}

sst_str story_id(uint64_t least_content, sst_arena *arena)
{
    return arena_printf(arena, "s%016llx", (unsigned long long)least_content);
}

int story_order(const story_features *a, sst_str id_a, const story_features *b, sst_str id_b)
{
    if (a->published != b->published)
        return a->published < b->published ? -1 : 1;
    if (a->content != b->content)
        return a->content < b->content ? -1 : 1;
    return str_cmp(id_a, id_b);
}

static int by_pair(const void *p, const void *q)
{
    const story_edge *x = p, *y = q;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* Edges between those that stand for the others of their text and time, each once, by pair. */
static uint32_t between_own(const uint32_t *same, const story_edge *edge, uint32_t edge_n,
                            story_edge *out)
{
    uint32_t n = 0, kept = 0;
    for (uint32_t e = 0; e < edge_n; e++) {
        uint32_t a = same[edge[e].a], b = same[edge[e].b];
        if (a != b && edge[e].weight >= story_edge_least())
            out[n++] = (story_edge){a < b ? a : b, a < b ? b : a, edge[e].weight};
    }
    if (n)
        qsort(out, n, sizeof *out, by_pair);
    for (uint32_t e = 0; e < n; e++)
        if (!kept || by_pair(&out[kept - 1], &out[e]) != 0)
            out[kept++] = out[e];
    return kept;
}

sst_status story_regroup(const story_features *f, uint32_t n, const story_edge *edge,
                         uint32_t edge_n, const story_ties *ties, sst_grain grain, uint32_t *group)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    story_graph g = {.f = f, .n = n};
    uint32_t *same = arena_alloc(&scratch, ((size_t)n + 1) * sizeof *same);
    uint32_t *times = arena_calloc(&scratch, (size_t)n + 1, sizeof *times);
    uint8_t *tied = arena_calloc(&scratch, (size_t)n + 1, sizeof *tied);
    uint32_t *first = arena_alloc(&scratch, ((size_t)n + 1) * sizeof *first);
    story_edge *own = arena_alloc(&scratch, ((size_t)edge_n + 1) * sizeof *own), *all = NULL;
    sst_status status = scratch.failed;
    if (!status) {
        for (uint32_t i = 0; ties && i < ties->must_n; i++)
            tied[ties->must[i].a] = tied[ties->must[i].b] = 1;
        for (uint32_t i = 0; ties && i < ties->cannot_n; i++)
            tied[ties->cannot[i].a] = tied[ties->cannot[i].b] = 1;
        story_same(f, n, NULL, first, NULL);
        uint32_t own_n = between_own(first, edge, edge_n, own);
        story_same(f, n, tied, same, times);
        status = story_untwin(n, first, same, own, own_n, &scratch, &all, &g.edge_n);
        g.same = same;
        g.times = times;
        g.edge = all;
        if (ties)
            g.ties = *ties;
        if (!status)
            status = story_link_grain(&g, grain, 1, group);
    }
    arena_release(&scratch);
    return status;
}
