/*
 * Passages as passim prints them: clusters of places that hold the same words, one row a place. In:
 * the passages of a run. Places of one article that overlap by half are one; places that a passage
 * joins are one cluster, as in passim. src is the place whose article was first, where that is
 * known.
 */
#include "report_model.h"

#include <stdlib.h>

#include "base_sort.h"
#include "base_str.h"

typedef struct place {
    uint32_t article, passage; /* passage << 1 | side */
    sst_span at;
    uint32_t node;
} place;

typedef struct node {
    uint32_t article, parent, size, cluster, first;
    sst_span at;
} node;

static int by_place(const void *x, const void *y)
{
    const place *p = x, *q = y;
    if (p->article != q->article)
        return p->article < q->article ? -1 : 1;
    if (p->at.begin != q->at.begin)
        return p->at.begin < q->at.begin ? -1 : 1;
    if (p->at.end != q->at.end)
        return p->at.end < q->at.end ? -1 : 1;
    return p->passage < q->passage ? -1 : p->passage > q->passage;
}

/* Is half of the shorter one in the other? q does not begin before p. */
static bool is_same(sst_span p, sst_span q)
{
    uint32_t end = p.end < q.end ? p.end : q.end, n = p.end - p.begin, m = q.end - q.begin;
    return end > q.begin && 2 * (uint64_t)(end - q.begin) >= (n < m ? n : m);
}

static uint32_t find(node *v, uint32_t i)
{
    while (v[i].parent != i)
        i = v[i].parent = v[v[i].parent].parent;
    return i;
}

/* The place that the cluster has its words from: the earliest published; unknown times last. */
static bool is_earlier(const sst_article *a, const sst_article *b)
{
    if (a->published_s == b->published_s || a->published_s == INT64_MIN)
        return false;
    return b->published_s == INT64_MIN || a->published_s < b->published_s;
}

static void row(report_run *w, const node *v, uint32_t i, uint32_t number, uint32_t size,
                uint32_t src)
{
    const sst_article *a = w->r->articles[v[i].article], *s = w->r->articles[v[src].article];
    report_out *o = w->out;
    json_object(o);
    json_key_string(o, "id", a->id);
    json_key_string(o, "series", a->outlet.n ? a->outlet : a->id);
    json_key(o, "begin");
    json_u64(o, report_offset(w, a, v[i].at.begin));
    json_key(o, "end");
    json_u64(o, report_offset(w, a, v[i].at.end));
    json_key(o, "cluster");
    json_u64(o, number);
    json_key(o, "size");
    json_u64(o, size);
    json_key(o, "src");
    if (src != i && s->published_s != INT64_MIN)
        json_string(o, s->id);
    else
        json_null(o);
    json_key_string(o, "text", str_span(a->text, v[i].at));
    json_object_end(o);
    json_line(o);
}

void report_passim_rows(report_run *w)
{
    const sst_run_result *r = w->r;
    uint32_t n = 0, node_n = 0;
    place *p = arena_alloc(w->arena, (2 * (size_t)r->passage_n + 1) * sizeof *p),
          *spare = arena_alloc(w->arena, ((size_t)r->passage_n + 1) * sizeof *p);
    node *v = arena_alloc(w->arena, (2 * (size_t)r->passage_n + 1) * sizeof *v);
    uint32_t *of = arena_alloc(w->arena, (2 * (size_t)r->passage_n + 1) * sizeof *of);
    if (!p || !spare || !v || !of)
        return;
    for (uint32_t k = 0; k < r->passage_n; k++) {
        const sst_passage *x = &r->passages[k];
        if (x->a == x->b && !r->options->inside)
            continue;
        p[n++] = (place){x->a, k << 1, x->at_a, 0};
        p[n++] = (place){x->b, k << 1 | 1, x->at_b, 0};
    }
    sort_stable(p, n, sizeof *p, by_place, spare);
    for (uint32_t k = 0; k < n; k++) {
        node *last = node_n ? &v[node_n - 1] : NULL;
        if (last && last->article == p[k].article && is_same(last->at, p[k].at)) {
            if (p[k].at.end > last->at.end)
                last->at.end = p[k].at.end;
        } else {
            v[node_n] = (node){p[k].article, node_n, 0, 0, node_n, p[k].at};
            node_n++;
        }
        of[p[k].passage] = node_n - 1;
    }
    for (uint32_t k = 0; k < r->passage_n; k++) {
        if (r->passages[k].a == r->passages[k].b && !r->options->inside)
            continue;
        uint32_t a = find(v, of[k << 1]), b = find(v, of[k << 1 | 1]);
        if (a != b)
            v[a < b ? b : a].parent = a < b ? a : b;
    }
    uint32_t number = 0;
    for (uint32_t i = 0; i < node_n; i++) {
        node *head = &v[find(v, i)];
        if (head->size++ == 0)
            head->cluster = ++number;
        if (is_earlier(r->articles[v[i].article], r->articles[v[head->first].article]))
            head->first = i;
    }
    for (uint32_t i = 0; i < node_n && !w->out->status; i++) {
        const node *head = &v[find(v, i)];
        row(w, v, i, head->cluster, head->size, head->first);
    }
}
