/*
 * Passages are of two articles; what five print alike are ten of them. In: a story's passages and
 * repeats. Out: entries of any number of places.
 *
 * Two passages are about the same words when their places in one article cover each other but for
 * a fifth. Places are sorted as they stand in the articles and each is held against the few before
 * it, so many copies of one text cost no more than their sorting.
 */
#include "report_copied.h"

#include <stdlib.h>

#include "base_forest.h"

enum {
    LOOK_BACK = 4, /* places before one that it is held against; copies of one text sort together */
    SAME_FIFTHS = 4 /* of the longer place's bytes that the other holds, in fifths */
};

typedef struct side {
    uint32_t article, passage; /* passage: in the order of the list */
    sst_span at;
} side;

/* Copied prose before shared quotations, the longest first; among equals as they stand in the
 * findings, which are in an order of their own. */
static int by_words(const void *x, const void *y)
{
    const sst_passage *a = *(const sst_passage *const *)x, *b = *(const sst_passage *const *)y;
    if (a->quoted != b->quoted)
        return a->quoted ? 1 : -1;
    if (a->words != b->words)
        return a->words > b->words ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    if (a->b != b->b)
        return a->b < b->b ? -1 : 1;
    if (a->at_a.begin != b->at_a.begin)
        return a->at_a.begin < b->at_a.begin ? -1 : 1;
    if (a->at_b.begin != b->at_b.begin)
        return a->at_b.begin < b->at_b.begin ? -1 : 1;
    return (a->at_a.end > b->at_a.end) - (a->at_a.end < b->at_a.end);
}

/* The same by what all of an entry hold; two of one length by the passage that is shown. */
static int by_length(const void *x, const void *y)
{
    const report_copied *a = x, *b = y;
    return by_words(&a->text, &b->text);
}

static int by_place(const void *x, const void *y)
{
    const side *p = x, *q = y;
    if (p->article != q->article)
        return p->article < q->article ? -1 : 1;
    if (p->at.begin != q->at.begin)
        return p->at.begin < q->at.begin ? -1 : 1;
    if (p->at.end != q->at.end)
        return p->at.end < q->at.end ? -1 : 1;
    return (p->passage > q->passage) - (p->passage < q->passage);
}

/* q does not begin before p. */
static bool is_same_place(sst_span p, sst_span q)
{
    uint32_t end = p.end < q.end ? p.end : q.end, n = p.end - p.begin, m = q.end - q.begin;
    return end > q.begin &&
           5 * (uint64_t)(end - q.begin) >= SAME_FIFTHS * (uint64_t)(n > m ? n : m);
}

static void join_places(const sst_passage *const *v, const side *s, uint32_t side_n,
                        uint32_t *parent)
{
    for (uint32_t i = 1; i < side_n; i++)
        for (uint32_t k = 1; k <= LOOK_BACK && k <= i; k++) {
            const side *p = &s[i - k], *q = &s[i];
            if (p->article != q->article)
                break;
            if (v[p->passage]->quoted == v[q->passage]->quoted && is_same_place(p->at, q->at))
                forest_join(parent, p->passage, q->passage); /* the longest is the root */
        }
}

/* Places of each entry, in the order of articles; what overlaps the entry's place before is the
 * same. With no room yet, only counted. */
static void gather(report_copied *out, const uint32_t *entry, const side *s, uint32_t side_n,
                   sst_place *last, uint32_t out_n)
{
    for (uint32_t e = 0; e < out_n; e++) {
        out[e].n = 0;
        last[e] = (sst_place){REPORT_NONE, {0, 0}};
    }
    for (uint32_t i = 0; i < side_n; i++) {
        uint32_t e = entry[s[i].passage];
        sst_place *before = &last[e];
        if (before->article == s[i].article && s[i].at.begin < before->at.end) {
            if (s[i].at.end > before->at.end)
                before->at.end = s[i].at.end;
            continue;
        }
        *before = (sst_place){s[i].article, s[i].at};
        if (out[e].articles) {
            out[e].articles[out[e].n] = s[i].article;
            out[e].begin[out[e].n] = s[i].at.begin;
        }
        out[e].n++;
    }
}

const report_copied *report_copied_all(const sst_findings *f, sst_arena *arena, uint32_t *n)
{
    uint32_t all = f->passage_n + f->repeat_n, out_n = 0;
    *n = 0;
    const sst_passage **v = arena_alloc(arena, ((size_t)all + 1) * sizeof *v);
    side *s = arena_alloc(arena, (2 * (size_t)all + 1) * sizeof *s);
    uint32_t *parent = arena_alloc(arena, ((size_t)all + 1) * sizeof *parent),
             *entry = arena_alloc(arena, ((size_t)all + 1) * sizeof *entry);
    report_copied *out = arena_alloc(arena, ((size_t)all + 1) * sizeof *out);
    sst_place *last = arena_alloc(arena, ((size_t)all + 1) * sizeof *last);
    if (!v || !s || !parent || !entry || !out || !last)
        return NULL;
    for (uint32_t i = 0; i < f->passage_n; i++)
        v[i] = &f->passages[i];
    for (uint32_t i = 0; i < f->repeat_n; i++)
        v[f->passage_n + i] = &f->repeats[i];
    qsort(v, all, sizeof *v, by_words);
    for (uint32_t i = 0; i < all; i++) {
        s[2 * i] = (side){v[i]->a, i, v[i]->at_a};
        s[2 * i + 1] = (side){v[i]->b, i, v[i]->at_b};
        parent[i] = i;
    }
    qsort(s, 2 * (size_t)all, sizeof *s, by_place);
    join_places(v, s, 2 * all, parent);
    for (uint32_t i = 0; i < all; i++) {
        uint32_t head = forest_root(parent, i);
        if (head == i) {
            entry[i] = out_n;
            out[out_n++] = (report_copied){.quoted = v[i]->quoted};
        } else {
            entry[i] = entry[head];
        }
        out[entry[i]].text = v[i]; /* the last is the shortest */
        out[entry[i]].words = v[i]->words;
    }
    gather(out, entry, s, 2 * all, last, out_n);
    for (uint32_t e = 0; e < out_n; e++) {
        out[e].articles = arena_alloc(arena, ((size_t)out[e].n + 1) * sizeof *out[e].articles);
        out[e].begin = arena_alloc(arena, ((size_t)out[e].n + 1) * sizeof *out[e].begin);
        if (!out[e].articles || !out[e].begin)
            return NULL;
    }
    gather(out, entry, s, 2 * all, last, out_n);
    qsort(out, out_n, sizeof *out, by_length);
    *n = out_n;
    return out;
}
