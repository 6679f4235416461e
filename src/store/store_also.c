/*
 * Other stories that a part of an article tells of (src/story/story_also.h), asked of the tables.
 *
 * in: an article; out: what a run over all articles says of it. Nothing is kept: what is found
 * depends on the article, its own story and the stories that it has edges to, and these change
 * without it. Parts, in this order:
 *
 *   edges    of the article, to other stories; of twins with ties as store_links.c tells
 *   stories  of these the ones that it has enough in common with on average, and its own: their
 *            articles in canonical order
 *   texts    of those of them that are looked at, at most STORY_ALSO_SAMPLE of a story
 *
 * What is withheld or under an embargo counts as not there.
 */
#include "store_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base_str.h"
#include "page_article.h"
#include "story_also.h"

/* A story that the article has edges to, or its own. */
typedef struct near_story {
    int64_t row;
    sst_str name;
    double sum; /* of the edges */
    uint32_t n; /* articles */
    bool own;
} near_story;

typedef struct member {
    int64_t published, version;
    uint64_t content;
    sst_str uid;
    uint32_t row, story; /* story: place in stories */
} member;

typedef struct asker {
    store *s;
    sst_arena scratch;
    graph_rows page; /* itself */
    SST_VEC(graph_near) near;
    SST_VEC(near_story) stories;
    u64map story_at; /* row of story -> place */
    SST_VEC(member) v;
    sst_article **article; /* of each member that is looked at */
    sst_text *text;
    story_features *f;
    uint32_t *group;
    SST_VEC(story_edge) edge;
} asker;

/* ---------------------------------------------------------------------------------------- edges */

static uint32_t standing_for(asker *k, uint32_t row)
{
    sqlite3_stmt *st = store_sql(
        k->s, "SELECT y.article FROM article_words w JOIN article_words y ON y.content = w.content"
              " JOIN article a ON a.id = y.article WHERE w.article = ?1 AND w.word_n >= ?2"
              " ORDER BY a.uid LIMIT 1");
    store_bind(st, 1, row);
    store_bind(st, 2, STORY_FEATURES_LEAST);
    return (uint32_t)store_one(k->s, st, row);
}

/* Those of a text that stand for themselves: the ones with a tie, the first of the others. */
static void standing_of(asker *k, uint32_t row, graph_rows *out)
{
    bool any = false;
    sqlite3_stmt *st = store_sql(k->s, "SELECT y.article, " STORE_TIED(
                                           "a.uid") " FROM article_words w"
                                                    " JOIN article_words y ON y.content = "
                                                    "w.content JOIN article a ON a.id = y.article"
                                                    " WHERE w.article = ? ORDER BY a.uid");
    store_bind(st, 1, row);
    while (store_row(k->s, st)) {
        bool tied = store_int(st, 1) != 0;
        uint32_t *to = tied || !any ? vec_push(&k->scratch, &out->v) : NULL;
        if (to)
            *to = (uint32_t)store_int(st, 0);
        any |= !tied;
    }
}

static bool holds(const graph_rows *r, uint32_t row)
{
    for (uint32_t i = 0; i < r->v.n; i++)
        if (r->v.v[i] == row)
            return true;
    return false;
}

static void add_near(asker *k, uint32_t row, float weight)
{
    graph_near *to = vec_push(&k->scratch, &k->near);
    if (to)
        *to = (graph_near){row, weight};
}

static void read_edges(asker *k, uint32_t row)
{
    store *s = k->s;
    bool links = store_one(s, store_sql(s, "SELECT EXISTS (SELECT 1 FROM link)"), 0) != 0;
    graph_rows same = {0};
    uint32_t head = row;
    if (links) {
        head = standing_for(k, row);
        standing_of(k, row, &same);
        if (!holds(&same, row))
            return;
    }
    sqlite3_stmt *st = store_sql(s, "SELECT near FROM article_words WHERE article = ?");
    store_bind(st, 1, head);
    if (!store_row(s, st))
        return;
    sst_str near = arena_str(&k->scratch, store_str(st, 0));
    sqlite3_reset(st);
    for (size_t at = 0; at + sizeof(graph_near) <= near.n; at += sizeof(graph_near)) {
        graph_near x;
        memcpy(&x, near.p + at, sizeof x);
        graph_rows other = {0};
        if (links)
            standing_of(k, x.row, &other);
        else
            add_near(k, x.row, x.weight);
        for (uint32_t i = 0; i < other.v.n; i++)
            add_near(k, other.v.v[i], x.weight);
    }
    for (uint32_t i = 0; i < same.v.n; i++)
        if (same.v.v[i] != row)
            add_near(k, same.v.v[i], 1);
}

/* -------------------------------------------------------------------------------------- stories */

static near_story *story_of(asker *k, uint32_t row)
{
    sqlite3_stmt *st = store_sql(k->s, "SELECT s.id, s.name, v.hidden FROM article a"
                                       " JOIN story s ON s.id = a.story"
                                       " JOIN version v ON v.id = a.version WHERE a.id = ?");
    store_bind(st, 1, row);
    if (!store_row(k->s, st) || store_int(st, 2)) {
        if (st)
            sqlite3_reset(st);
        return NULL;
    }
    int64_t id = store_int(st, 0);
    int fresh;
    uint32_t *at = u64map_add(&k->scratch, &k->story_at, (uint64_t)id, k->stories.n, &fresh);
    near_story *x = at && !fresh ? &k->stories.v[*at] : NULL;
    if (at && fresh && (x = vec_push(&k->scratch, &k->stories)))
        *x = (near_story){.row = id, .name = store_keep(st, 1, &k->scratch)};
    sqlite3_reset(st);
    if (x && fresh) {
        st = store_sql(k->s, "SELECT count(*) FROM article a JOIN version v ON v.id = a.version"
                             " WHERE a.story = ? AND NOT v.hidden");
        store_bind(st, 1, id);
        x->n = (uint32_t)store_one(k->s, st, 0);
    }
    return x;
}

static void read_members(asker *k, uint32_t story)
{
    sqlite3_stmt *st = store_sql(
        k->s, "SELECT a.id, a.uid, a.published_s, w.content, a.version FROM article a"
              " JOIN version v ON v.id = a.version JOIN article_words w ON w.article = a.id"
              " WHERE a.story = ? AND NOT v.hidden");
    store_bind(st, 1, k->stories.v[story].row);
    while (store_row(k->s, st)) {
        member *m = vec_push(&k->scratch, &k->v);
        if (!m)
            break;
        *m = (member){.row = (uint32_t)store_int(st, 0),
                      .uid = store_keep(st, 1, &k->scratch),
                      .published = store_time(st, 2),
                      .content = (uint64_t)store_int(st, 3),
                      .version = store_int(st, 4),
                      .story = story};
    }
    if (st)
        sqlite3_reset(st);
}

static int canonical(const void *p, const void *q)
{
    const member *a = p, *b = q;
    story_features f = {.published = a->published, .content = a->content};
    story_features h = {.published = b->published, .content = b->content};
    return story_order(&f, a->uid, &h, b->uid);
}

/* The stories that count, with their articles. */
static void find_stories(asker *k, uint32_t row)
{
    near_story *own = story_of(k, row);
    if (!own)
        return;
    own->own = true;
    uint32_t own_at = (uint32_t)(own - k->stories.v);
    bool any = false;
    for (uint32_t i = 0; i < k->near.n && !k->s->status && !k->scratch.failed; i++) {
        near_story *x = story_of(k, k->near.v[i].row);
        if (x)
            x->sum += (double)k->near.v[i].weight;
    }
    for (uint32_t i = 0; i < k->stories.n && !k->s->status; i++) {
        const near_story *x = &k->stories.v[i];
        /* A little less than what is asked for: sums in another order round otherwise. */
        if (x->own || x->n < 2 || x->sum < 0.999 * (double)story_also_near() * x->n)
            continue;
        read_members(k, i);
        any = true;
    }
    if (any)
        read_members(k, own_at);
    if (k->v.n)
        qsort(k->v.v, k->v.n, sizeof *k->v.v, canonical);
}

/* ---------------------------------------------------------------------------------------- texts */

static sst_status read_text(asker *k, uint32_t i)
{
    if (k->article[i])
        return SST_OK;
    sst_status status = store_article_load(k->s, k->v.v[i].version, &k->article[i]);
    if (status)
        return status;
    k->article[i]->id = k->v.v[i].uid;
    status = text_analyse(k->article[i], &k->scratch, &k->text[i]);
    if (!status)
        status = story_features_make(&k->text[i], &k->scratch, &k->f[i]);
    k->f[i].text = &k->text[i];
    return status ? store_no_memory(k->s) : SST_OK;
}

/* Groups, edges, and the texts that are looked at. *page: place of the article. */
static sst_status lay_out(asker *k, uint32_t row, uint32_t *page)
{
    uint32_t n = k->v.n, none = UINT32_MAX;
    sst_arena *a = &k->scratch;
    k->article = arena_calloc(a, (size_t)n + 1, sizeof *k->article);
    k->text = arena_calloc(a, (size_t)n + 1, sizeof *k->text);
    k->f = arena_calloc(a, (size_t)n + 1, sizeof *k->f);
    k->group = arena_alloc(a, ((size_t)n + 1) * sizeof *k->group);
    uint32_t *first = arena_alloc(a, ((size_t)k->stories.n + 1) * sizeof *first);
    uint32_t *count = arena_calloc(a, (size_t)k->stories.n + 1, sizeof *count);
    u64map at = {0};
    if (a->failed)
        return store_no_memory(k->s);
    memset(first, 0xff, k->stories.n * sizeof *first);
    sst_status status = SST_OK;
    *page = none;
    for (uint32_t i = 0; i < n; i++) {
        const member *m = &k->v.v[i];
        if (first[m->story] == none)
            first[m->story] = i;
        k->group[i] = first[m->story];
        k->f[i] = (story_features){.published = m->published, .content = m->content};
        if (!u64map_add(a, &at, m->row, i, NULL))
            return store_no_memory(k->s);
        if (m->row == row)
            *page = i;
    }
    for (uint32_t i = 0; i < n && !status; i++) { /* the count[]-th of its story */
        uint32_t story = k->v.v[i].story, all = k->stories.v[story].n, nth = count[story]++;
        uint32_t guess =
            all > STORY_ALSO_SAMPLE ? (uint32_t)((uint64_t)nth * STORY_ALSO_SAMPLE / all) : nth;
        bool looked_at = all <= STORY_ALSO_SAMPLE || i == *page;
        for (uint32_t g = guess; !looked_at && g <= guess + 1 && g < STORY_ALSO_SAMPLE; g++)
            looked_at = story_also_at(g, all) == nth;
        if (looked_at)
            status = read_text(k, i);
    }
    for (uint32_t i = 0; i < k->near.n && !status; i++) {
        const uint32_t *other = u64map_find(&at, k->near.v[i].row);
        story_edge *e = other && *page != none ? vec_push(a, &k->edge) : NULL;
        if (e)
            *e = *other < *page ? (story_edge){*other, *page, k->near.v[i].weight}
                                : (story_edge){*page, *other, k->near.v[i].weight};
    }
    if (!status && a->failed)
        status = store_no_memory(k->s);
    return status;
}

static int by_edge(const void *p, const void *q)
{
    const story_edge *x = p, *y = q;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static int by_story(const void *p, const void *q)
{
    const store_other *a = p, *b = q;
    return str_cmp(a->story, b->story);
}

static sst_status tell(asker *k, uint32_t page, sst_arena *arena, store_other **out,
                       uint32_t *out_n)
{
    story_other *v = NULL;
    uint32_t n = 0;
    if (k->edge.n)
        qsort(k->edge.v, k->edge.n, sizeof *k->edge.v, by_edge);
    if (story_also_of(k->f, k->v.n, page, k->edge.v, k->edge.n, k->group, arena, &v, &n))
        return store_no_memory(k->s);
    *out = arena_alloc(arena, ((size_t)n + 1) * sizeof **out);
    sst_str own = n ? arena_str(arena, k->article[page]->text) : STR("");
    for (uint32_t i = 0; *out && i < n; i++) {
        const member *with = &k->v.v[v[i].with];
        const sst_article *a = k->article[v[i].with];
        (*out)[i] = (store_other){.story = arena_str(arena, k->stories.v[with->story].name),
                                  .with = arena_str(arena, with->uid),
                                  .title = arena_str(arena, a->title),
                                  .text = own,
                                  .score = v[i].score,
                                  .part = v[i].part,
                                  .shared = v[i].shared,
                                  .shared_n = v[i].shared_n};
    }
    if (*out && n)
        qsort(*out, n, sizeof **out, by_story);
    *out_n = n;
    return arena->failed ? store_no_memory(k->s) : SST_OK;
}

sst_status store_also(store *s, int64_t article, sst_arena *arena, store_other **out,
                      uint32_t *out_n)
{
    asker k = {.s = s};
    uint32_t page = UINT32_MAX;
    *out = NULL;
    *out_n = 0;
    store_start(s);
    arena_init(&k.scratch, 0);
    store_exec(s, "SAVEPOINT also"); /* one picture of the tables */
    read_edges(&k, (uint32_t)article);
    if (k.near.n && !s->status)
        find_stories(&k, (uint32_t)article);
    sst_status status = s->status;
    if (!status && k.v.n && !k.scratch.failed)
        status = lay_out(&k, (uint32_t)article, &page);
    sqlite3_exec(s->db, "RELEASE also", NULL, NULL, NULL);
    if (!status && k.scratch.failed)
        status = store_no_memory(s);
    if (!status && k.v.n && page != UINT32_MAX)
        status = tell(&k, page, arena, out, out_n);
    for (uint32_t i = 0; k.article && i < k.v.n; i++)
        page_free(k.article[i]);
    arena_release(&k.scratch);
    return status;
}
