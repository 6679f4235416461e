/*
 * Passages as passim 2 prints them (out.json): clusters of places that hold the same words, one row
 * a place. In: the passages of a run. Places of one article that overlap by half are one; places
 * that a passage joins are one cluster, as in passim. Rows stand as passim sorts them: large
 * clusters first, then by cluster, id and begin; clusters of one size by their first place. So
 * nothing depends on the order of the inputs.
 *
 *   uid       what passim computes of an id: xxHash64 with seed 42, signed (Spark's xxhash64)
 *   src       places that this one has its words from: that of the article published first; none in
 *             its own row, and where no time is known
 *   boiler    it stands on many pages of its outlet; pboiler: share of the cluster's rows
 */
#include "report_model.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base_sort.h"
#include "base_str.h"

typedef struct place {
    uint32_t article, passage; /* passage << 1 | side */
    sst_span at;
    uint32_t node;
} place;

typedef struct node {
    uint32_t article, parent, first;
    uint32_t size; /* different articles */
    uint32_t rows, boiler_n;
    uint32_t last; /* article counted last */
    uint32_t cluster;
    sst_span at;
    bool boiler;
} node;

enum { PASSIM_SEED = 42 };

typedef struct cluster_key {
    uint32_t head, size, first; /* first: the least place of it, in order of ids */
} cluster_key;

typedef struct row_key {
    uint32_t node, cluster, place;
} row_key;

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

static int by_cluster(const void *x, const void *y)
{
    const cluster_key *a = x, *b = y;
    if (a->size != b->size)
        return a->size > b->size ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

static int by_row(const void *x, const void *y)
{
    const row_key *a = x, *b = y;
    if (a->cluster != b->cluster)
        return a->cluster < b->cluster ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static int64_t uid_of(sst_str id)
{
    return (int64_t)XXH64(id.p, id.n, PASSIM_SEED);
}

static void place_of(report_run *w, const node *v)
{
    const sst_article *a = w->r->articles[v->article];
    json_key(w->out, "begin");
    json_u64(w->out, report_offset(w, a, v->at.begin));
    json_key(w->out, "end");
    json_u64(w->out, report_offset(w, a, v->at.end));
}

static void row(report_run *w, const node *x, const node *head, const node *src)
{
    const sst_article *a = w->r->articles[x->article], *s = w->r->articles[src->article];
    report_out *o = w->out;
    json_object(o);
    json_key(o, "uid");
    json_i64(o, uid_of(a->id));
    json_key_string(o, "id", a->id);
    json_key_string(o, "series", a->outlet.n ? a->outlet : a->id);
    json_key(o, "cluster");
    json_u64(o, head->cluster);
    json_key(o, "size");
    json_u64(o, head->size);
    place_of(w, x);
    json_key(o, "src");
    json_array(o);
    if (src != x && s->published_s != INT64_MIN) {
        json_object(o);
        json_key(o, "uid");
        json_i64(o, uid_of(s->id));
        place_of(w, src);
        json_object_end(o);
    }
    json_array_end(o);
    json_key(o, "boiler");
    json_bool(o, x->boiler);
    json_key(o, "pboiler");
    json_double(o, head->rows ? (double)head->boiler_n / head->rows : 0);
    json_key(o, "date");
    if (a->published.n)
        json_string(o, a->published);
    else
        json_null(o);
    json_key(o, "title");
    if (a->title.n)
        json_string(o, a->title);
    else
        json_null(o);
    json_key(o, "url");
    if (a->url.n)
        json_string(o, a->url);
    else
        json_null(o);
    json_key_string(o, "text", str_span(a->text, x->at));
    json_object_end(o);
    json_line(o);
}

/* Numbers the clusters and writes their rows. */
static void write_rows(report_run *w, node *v, uint32_t n)
{
    const sst_run_result *r = w->r;
    uint32_t *order = report_articles_by_id(r, w->arena), cluster_n = 0;
    uint32_t *rank = arena_alloc(w->arena, ((size_t)r->n + 1) * sizeof *rank);
    cluster_key *key = arena_alloc(w->arena, ((size_t)n + 1) * sizeof *key);
    row_key *rows = arena_alloc(w->arena, ((size_t)n + 1) * sizeof *rows);
    uint32_t *from = arena_calloc(w->arena, (size_t)r->n + 2, sizeof *from);
    if (!order || !rank || !key || !rows || !from)
        return;
    for (uint32_t i = 0; i < r->n; i++)
        rank[order[i]] = i;
    /* Nodes are in order of (article, begin): places by (id, begin) follow by counting. */
    for (uint32_t i = 0; i < n; i++)
        from[rank[v[i].article] + 1]++;
    for (uint32_t i = 0; i < r->n; i++)
        from[i + 1] += from[i];
    for (uint32_t i = 0; i < n; i++)
        rows[i] = (row_key){i, 0, from[rank[v[i].article]]++};
    for (uint32_t i = 0; i < n; i++) {
        uint32_t h = find(v, i);
        node *head = &v[h];
        if (head->rows++ == 0) {
            key[cluster_n] = (cluster_key){h, 0, rows[i].place};
            head->cluster = cluster_n++;
        }
        cluster_key *k = &key[head->cluster];
        k->first = rows[i].place < k->first ? rows[i].place : k->first;
        if (head->size == 0 || head->last != v[i].article)
            head->size++;
        head->last = v[i].article;
        head->boiler_n += v[i].boiler;
        const sst_article *a = r->articles[v[i].article], *s = r->articles[v[head->first].article];
        if (is_earlier(a, s) ||
            (!is_earlier(s, a) && rank[v[i].article] < rank[v[head->first].article]))
            head->first = i;
    }
    for (uint32_t k = 0; k < cluster_n; k++)
        key[k].size = v[key[k].head].size;
    qsort(key, cluster_n, sizeof *key, by_cluster);
    for (uint32_t k = 0; k < cluster_n; k++)
        v[key[k].head].cluster = k + 1;
    for (uint32_t i = 0; i < n; i++)
        rows[i].cluster = v[find(v, i)].cluster;
    qsort(rows, n, sizeof *rows, by_row);
    for (uint32_t i = 0; i < n && !w->out->status; i++) {
        const node *x = &v[rows[i].node], *head = &v[find(v, rows[i].node)];
        row(w, x, head, &v[head->first]);
    }
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
            v[node_n] =
                (node){.article = p[k].article, .parent = node_n, .first = node_n, .at = p[k].at};
            node_n++;
        }
        v[node_n - 1].boiler |= r->passages[p[k].passage >> 1].boilerplate;
        of[p[k].passage] = node_n - 1;
    }
    for (uint32_t k = 0; k < r->passage_n; k++) {
        if (r->passages[k].a == r->passages[k].b && !r->options->inside)
            continue;
        uint32_t a = find(v, of[k << 1]), b = find(v, of[k << 1 | 1]);
        if (a != b)
            v[a < b ? b : a].parent = a < b ? a : b;
    }
    write_rows(w, v, node_n);
}
