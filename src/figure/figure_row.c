/*
 * Figures of a story -> rows of one quantity.
 *
 * In: the figures of each article, the cast. Out: rows. Method: an inverted index over the words
 * around the figures (figure_item.c) proposes pairs of the same type, figure_pair.c scores them;
 * first pairs of one value, then the others, from the best down, rows are joined unless they hold
 * two figures of one sentence, count different things or are not alike as a whole. Last, a whole
 * joins the row that counts it without a part that its own sentence names.
 *
 *   index:  key of (type, word) -> the last POSTING_MAX items that have it
 *
 * The order of articles is the story's, so the rows do not depend on the order of the inputs.
 * Parts: proposals, joining, output.
 */
#include <stdlib.h>

#include "base_forest.h"
#include "base_hash.h"
#include "figure_item.h"

enum {
    POSTING_MAX =
        16, /* newest items of a word that are looked at: copies of one report follow each other */
    INDEX_KEYS = 8,  /* weightiest words of an item that propose pairs */
    NAME_RARITY = 3, /* bits of a word that tells what an amount is of: "it was" does not */
    NAME_MAX = 9,    /* tokens behind the counted noun that the name of a row takes with it */
    NAME_NEAR = 3,   /* tokens behind the counted words in which the word of what happened stands */
    NAME_VALUES = 32, /* values of a row that are looked at for its name */
    NAME_BYTES = 80,  /* counted words that are longer say no more */
    SAMPLE = 4,       /* members of a row that are compared when two rows are joined */
    PART_GAP =
        8, /* tokens between a whole and its part: ", including", "taken to hospital, 5 of them" */
    REST_LEAST = 100 /* smaller rests are met by chance */
};

/* Of figure_score_least(): what members of two rows must reach on average. */
static const float SCORE_WHOLE = 0.65f;

typedef struct edge {
    uint32_t a, b;
    float score;
    bool same; /* value */
} edge;

typedef struct rows {
    figure_items items;
    sst_arena *arena;
    uint32_t *parent, *next, *last, *size; /* of the joined: a list of members each */
    uint32_t *happened;                    /* of the joined: the concept of its last one */
    uint32_t *owner;                       /* of the joined: whose age; the same */
    uint32_t *name;                        /* of the joined: under which it stands in the maps */
    u64map sentence;                       /* (name, sentence) of its members */
    u64map article;                        /* (name, article) -> its last member there */
} rows;

/* ------------------------------------------------------------------ proposals */

typedef struct posting {
    uint32_t v[POSTING_MAX], n; /* n counts on; the newest stand at n % POSTING_MAX */
} posting;

typedef SST_VEC(edge) edge_list;

static void propose(rows *r, u64map *index, posting *postings, uint32_t *posting_n, uint64_t key,
                    uint32_t i, uint32_t *seen, edge_list *edges)
{
    int fresh;
    uint32_t *slot = u64map_add(r->arena, index, key, *posting_n, &fresh);
    if (!slot)
        return;
    if (fresh)
        postings[(*posting_n)++].n = 0;
    posting *p = &postings[*slot];
    uint32_t have = p->n < POSTING_MAX ? p->n : POSTING_MAX;
    for (uint32_t k = 0; k < have; k++) {
        uint32_t j = p->v[k];
        if (seen[j] == i + 1)
            continue;
        seen[j] = i + 1;
        float s = figure_score(&r->items, &r->items.v[j], &r->items.v[i]);
        edge *e = s >= figure_score_least() ? vec_push(r->arena, edges) : NULL;
        if (e)
            *e = (edge){j, i, s, r->items.v[j].value_key == r->items.v[i].value_key};
    }
    p->v[p->n++ % POSTING_MAX] = i;
}

static sst_status find_edges(rows *r, edge_list *edges)
{
    u64map index = {NULL, NULL, 0, 0};
    size_t most = (size_t)r->items.n * (INDEX_KEYS + 3);
    posting *postings = arena_alloc(r->arena, (most ? most : 1) * sizeof *postings);
    uint32_t *seen = arena_calloc(r->arena, r->items.n + 1, sizeof *seen), posting_n = 0;
    if (!postings || !seen)
        return r->arena->failed;
    for (uint32_t i = 0; i < r->items.n && !r->arena->failed; i++) {
        const figure_item *x = &r->items.v[i];
        propose(r, &index, postings, &posting_n, x->value_key, i, seen, edges);
        for (uint32_t k = 0; k < 2 && x->size[k]; k++)
            propose(r, &index, postings, &posting_n, x->size[k], i, seen, edges);
        uint32_t top[INDEX_KEYS], n = 0; /* the weightiest, by insertion */
        for (uint32_t k = 0; k < x->n; k++) {
            uint32_t at = n;
            while (at > 0 && x->weight[top[at - 1]] < x->weight[k])
                at--;
            if (at >= INDEX_KEYS)
                continue;
            if (n < INDEX_KEYS)
                n++;
            for (uint32_t m = n - 1; m > at; m--)
                top[m] = top[m - 1];
            top[at] = k;
        }
        for (uint32_t k = 0; k < n; k++)
            propose(r, &index, postings, &posting_n, hash_mix(x->key[top[k]], x->type), i, seen,
                    edges);
    }
    return r->arena->failed;
}

static int by_score(const void *a, const void *b)
{
    const edge *x = a, *y = b;
    if (x->same != y->same)
        return x->same ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* ------------------------------------------------------------------ joining */

static uint64_t place_in(uint32_t name, uint32_t where)
{
    return (uint64_t)name << 32 | where;
}

/* How sure it is that two rows are one quantity: the mean over their members; amounts of one value
 * are one, of which the best counts: digits joined them, not words. */
static float alike(const rows *r, uint32_t a, uint32_t b)
{
    uint64_t value_a[SAMPLE * SAMPLE], value_b[SAMPLE * SAMPLE];
    float best[SAMPLE * SAMPLE], sum = 0;
    uint32_t pairs = 0, x = 0;
    for (uint32_t i = a; i != UINT32_MAX && x < SAMPLE; i = r->next[i], x++) {
        uint32_t y = 0;
        for (uint32_t j = b; j != UINT32_MAX && y < SAMPLE; j = r->next[j], y++) {
            const figure_item *p = &r->items.v[i], *q = &r->items.v[j];
            if (p->type != q->type ||
                figure_of(&r->items, p)->again != figure_of(&r->items, q)->again)
                continue; /* the same amount in miles and kilometres */
            float w = figure_score(&r->items, p, q);
            uint32_t k = 0;
            while (k < pairs && (value_a[k] != p->value_key || value_b[k] != q->value_key))
                k++;
            if (k == pairs) {
                value_a[pairs] = p->value_key;
                value_b[pairs] = q->value_key;
                best[pairs++] = 0;
            }
            if (w > best[k])
                best[k] = w;
        }
    }
    for (uint32_t k = 0; k < pairs; k++)
        sum += best[k];
    return pairs ? sum / (float)pairs : SCORE_WHOLE;
}

static bool are_alike(const rows *r, const figure_item *x, const figure_item *y)
{
    const sst_figure *g = figure_of(&r->items, y);
    sst_figure f = figure_in_unit(figure_of(&r->items, x), g->unit), h = figure_in_unit(g, g->unit);
    return x->value_key == y->value_key || figure_alike(&f, &h);
}

/* May the rows a and b be one? Walks the smaller and looks its members up in the larger. */
static bool may_join(rows *r, uint32_t a, uint32_t b)
{
    if (r->happened[a] && r->happened[b] && r->happened[a] != r->happened[b])
        return false;
    if (r->owner[a] && r->owner[b] && r->owner[a] != r->owner[b])
        return false; /* two people of one age */
    uint32_t few = r->size[b] <= r->size[a] ? b : a, many = few == b ? a : b;
    for (uint32_t i = few; i != UINT32_MAX; i = r->next[i]) {
        const figure_item *x = &r->items.v[i];
        if (u64map_find(&r->sentence, place_in(r->name[many], x->sentence)))
            return false;
        const uint32_t *y = u64map_find(&r->article, place_in(r->name[many], x->article));
        if (y && !are_alike(r, x, &r->items.v[*y]))
            return false;
    }
    if (r->size[a] == 1 && r->size[b] == 1)
        return true;
    return alike(r, a, b) >= SCORE_WHOLE * figure_score_least();
}

static void enter(rows *r, uint32_t name, uint32_t i, bool newest)
{
    const figure_item *x = &r->items.v[i];
    (void)u64map_add(r->arena, &r->sentence, place_in(name, x->sentence), 1, NULL);
    uint32_t *last = u64map_add(r->arena, &r->article, place_in(name, x->article), i, NULL);
    if (last && newest)
        *last = i;
}

/* The members of b behind those of a; in the maps the fewer go to the more. */
static void unite(rows *r, uint32_t a, uint32_t b)
{
    uint32_t few = r->size[b] <= r->size[a] ? b : a, many = few == b ? a : b;
    uint32_t name = r->name[many];
    for (uint32_t i = few; i != UINT32_MAX; i = r->next[i])
        enter(r, name, i, few == b);
    r->name[a] = name;
    if (r->happened[b])
        r->happened[a] = r->happened[b];
    if (r->owner[b])
        r->owner[a] = r->owner[b];
    r->parent[b] = a;
    r->next[r->last[a]] = b;
    r->last[a] = r->last[b];
    r->size[a] += r->size[b];
}

static void join(rows *r, const edge_list *edges)
{
    for (uint32_t i = 1; i < r->items.n; i++)
        if (figure_of(&r->items, &r->items.v[i])->again)
            unite(r, forest_root(r->parent, i - 1), i);
    for (uint32_t i = 0; i < edges->n; i++) {
        uint32_t a = forest_root(r->parent, edges->v[i].a),
                 b = forest_root(r->parent, edges->v[i].b);
        if (a == b)
            continue;
        if (b < a) {
            uint32_t c = a;
            a = b;
            b = c;
        }
        if (may_join(r, a, b))
            unite(r, a, b);
    }
}

/* Does the sentence say that figure p is a part of figure x before it: "x people, p of them crew",
 * "x people, including p crew"? */
static bool is_part_of(const sst_text *t, const sst_figure *x, const sst_figure *p)
{
    uint32_t from = text_token_at(t, x->at.end - 1) + 1, to = text_token_at(t, p->number.begin),
             behind = text_token_at(t, p->number.end - 1) + 1, end = t->sent[p->sentence].end;
    if (x->sentence != p->sentence || to < from || to - from > PART_GAP)
        return false;
    for (uint32_t i = from; i <= behind && i < end; i++)
        if ((i < to || i == behind) && text_phrase(t, i, end, LEX_PART_OF))
            return true;
    return false;
}

/*
 * One outlet counts all, another leaves a part out: where a sentence gives a whole and a part of
 * it, and what is left over is, to the last digit, what other articles count, the two are one row.
 */
static void join_rests(rows *r)
{
    u64map by_value = {NULL, NULL, 0, 0};
    for (uint32_t i = 0; i < r->items.n; i++)
        if (!u64map_add(r->arena, &by_value, r->items.v[i].value_key, i, NULL))
            return;
    for (uint32_t i = 0; i + 1 < r->items.n; i++) {
        figure_item *x = &r->items.v[i], *p = &r->items.v[i + 1];
        const sst_figure *f = figure_of(&r->items, x), *g = figure_of(&r->items, p);
        double rest = f->value - g->value;
        if (x->article != p->article || x->type != 2 || p->type != 2 || rest < REST_LEAST ||
            f->bound != BOUND_EXACT || g->bound != BOUND_EXACT || f->high != f->value ||
            g->high != g->value || !is_part_of(r->items.figures[x->article]->text, f, g))
            continue;
        const uint32_t *found = u64map_find(&by_value, figure_value_key(rest, rest, x->type));
        uint32_t a = found ? forest_root(r->parent, *found) : UINT32_MAX,
                 b = forest_root(r->parent, i);
        if (found && a == b) {
            for (uint32_t k = b; k != UINT32_MAX; k = r->next[k])
                r->items.v[k].whole |= r->items.v[k].value_key == x->value_key;
            continue;
        }
        if (!found || r->items.v[*found].part || /* "a further 420": not all */
            figure_of(&r->items, &r->items.v[*found])->bound != BOUND_EXACT)
            continue;
        bool apart = true; /* an article that gives both numbers means two quantities */
        uint32_t few = r->size[b] <= r->size[a] ? b : a, many = few == b ? a : b;
        for (uint32_t k = few; k != UINT32_MAX && apart; k = r->next[k])
            apart = !u64map_find(&r->article, place_in(r->name[many], r->items.v[k].article));
        if (!apart)
            continue;
        for (uint32_t k = b; k != UINT32_MAX; k = r->next[k])
            r->items.v[k].whole = true;
        unite(r, a < b ? a : b, a < b ? b : a);
    }
}

/* ------------------------------------------------------------------ output */

static int by_place(const void *a, const void *b)
{
    const sst_figure_ref *x = a, *y = b;
    if (x->article != y->article)
        return x->article < y->article ? -1 : 1;
    return x->figure < y->figure ? -1 : x->figure > y->figure;
}

static uint32_t articles_in(const sst_figure_row *row)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < row->value_n; i++)
        n += i == 0 || row->value[i].article != row->value[i - 1].article;
    return n;
}

static int by_weight(const void *a, const void *b)
{
    const sst_figure_row *x = a, *y = b;
    bool dx = x->difference_n > 0, dy = y->difference_n > 0;
    if (dx != dy)
        return dx ? -1 : 1;
    uint32_t nx = articles_in(x), ny = articles_in(y);
    if (nx != ny)
        return nx > ny ? -1 : 1;
    return by_place(&x->value[0], &y->value[0]);
}

/* Does a name of a row end before token i? "to" joins the numbers of a range and here a place. */
static bool name_ends(const sst_text *t, uint32_t i)
{
    if (text_is(t, i, LEX_CLAUSE_OPEN | LEX_WEEKDAY))
        return true;
    return figure_clause_ends(t, i) &&
           !(t->tok[i].kind == TOK_WORD && text_is(t, i, LEX_PREPOSITION) &&
             !text_is(t, i, LEX_CONJUNCTION));
}

/*
 * What is counted, with what is said of it: "people" -> "people taken to hospital", up to the end
 * of the clause; *whole tells that it was reached. A clause that is too long is cut before a phrase
 * of place or time. Words of grammar at either end are left off.
 */
static sst_span name_of(const sst_figures *fs, const sst_figure *f, bool *whole)
{
    const sst_text *t = fs->text;
    sst_span at = f->counts.n ? f->counts.v[0] : f->at;
    *whole = true;
    if (!f->counted && f->counts.n && f->at.begin < at.begin &&
        !str_starts(f->unit, STR("year of age")))
        at.begin = f->at.begin; /* "10-month conflict" */
    uint32_t end = t->sent[f->sentence].end, from = text_token_at(t, at.begin),
             behind = text_token_at(t, at.end - 1) + 1;
    uint32_t part = text_phrase(t, from, behind, LEX_PART_OF); /* "94 of them crew members" */
    if (from + part < behind)
        from += part;
    while (from + 1 < behind && text_is(t, from, LEX_PREPOSITION | LEX_BE | LEX_AUXILIARY))
        from++; /* "a dozen are missing" */
    while (behind > from + 1 && text_is(t, behind - 1, LEX_PREPOSITION | LEX_DETERMINER))
        behind--;
    at = text_span(t, from, behind);
    if (!f->ordinal && !f->counted && f->counts.n)
        return at;
    uint32_t i = behind, cut = behind, stop = behind + NAME_MAX < end ? behind + NAME_MAX : end;
    if (t->lang->traits) { /* what happened to them, where the word for it is near: no more, since
                              verbs stand in all places of a clause */
        for (; i < stop && i < behind + NAME_NEAR && !name_ends(t, i); i++)
            if (text_is(t, i, LEX_COUNT_CONCEPT)) {
                at.end = t->tok[i].end;
                break;
            }
        return at;
    }
    for (; i < stop && !name_ends(t, i); i++)
        if (text_is(t, i, LEX_PREPOSITION))
            cut = i;
    *whole = i < stop || i == end || name_ends(t, i);
    uint32_t last = *whole ? i : cut;
    while (last > behind &&
           text_is(t, last - 1,
                   LEX_PREPOSITION | LEX_DETERMINER | LEX_AUXILIARY | LEX_BE | LEX_STOPWORD))
        last--;
    if (last > behind)
        at.end = t->tok[last - 1].end;
    return at;
}

/*
 * An amount with no noun to it is named by the words of its clause that lead to it: "led them to
 * bring back $312 billion" -> "bring back $312 billion". Words of grammar at the begin are left
 * off; an empty span when nothing else is there.
 */
static sst_span led_to(const sst_figures *fs, const sst_figure *f)
{
    bool whole;
    sst_span behind = name_of(fs, f, &whole);
    const sst_text *t = fs->text;
    uint32_t at = text_token_at(t, f->at.begin), begin = t->sent[f->sentence].begin, from = at;
    uint32_t end = text_token_at(t, behind.end - 1) + 1, words = 0;
    while (from > begin && at - from < NAME_MAX && t->tok[from - 1].kind == TOK_WORD &&
           !name_ends(t, from - 1))
        from--;
    while (from < at && text_is(t, from,
                                LEX_STOPWORD | LEX_PREPOSITION | LEX_DETERMINER | LEX_AUXILIARY |
                                    LEX_BE | LEX_CONJUNCTION | LEX_ADVERB | LEX_PRONOUN_PERSON))
        from++;
    for (uint32_t i = from; i < at; i++)
        words += lang_rarity(t->tok[i].key) >= NAME_RARITY;
    return words ? text_span(t, from, end) : (sst_span){0, 0};
}

/* The row is named by one of its values: one that says what is counted, then one whose clause is
 * not cut, then by the longest counted words, the first of equals; where nothing is counted by the
 * clause that leads to the amount, else by the noun that it measures. */
static void name_row(const rows *r, uint32_t root, sst_figure_row *row)
{
    uint32_t best = 0;
    for (uint32_t i = 0; i < row->value_n && i < NAME_VALUES; i++) {
        const sst_figures *fs = r->items.figures[row->value[i].article];
        const sst_figure *f = &fs->v[row->value[i].figure];
        bool whole;
        sst_span name = name_of(fs, f, &whole);
        uint32_t n = f->counts.n ? f->counts.v[0].end - f->counts.v[0].begin : 0;
        if (n > NAME_BYTES)
            n = NAME_BYTES;
        uint32_t weight =
            (f->counts.n ? 4u * NAME_BYTES : 0) + (whole ? 2u * NAME_BYTES : 0) + n + 1;
        if (weight > best) {
            best = weight;
            row->counts_article = row->value[i].article;
            row->counts = name;
        }
    }
    if (best >= 4u * NAME_BYTES)
        return;
    uint32_t longest = 0;
    for (uint32_t i = 0; i < row->value_n && i < NAME_VALUES; i++) {
        const sst_figures *fs = r->items.figures[row->value[i].article];
        sst_span name = led_to(fs, &fs->v[row->value[i].figure]);
        if (name.end - name.begin > longest) {
            longest = name.end - name.begin;
            row->counts_article = row->value[i].article;
            row->counts = name;
        }
    }
    if (longest)
        return;
    for (uint32_t k = root; k != UINT32_MAX; k = r->next[k]) {
        const figure_item *x = &r->items.v[k];
        const sst_text *t = r->items.figures[x->article]->text;
        if (x->measured.end > x->measured.begin &&
            lang_rarity(t->tok[text_token_at(t, x->measured.begin)].key) >= NAME_RARITY) {
            row->counts_article = x->article;
            row->counts = x->measured;
            return;
        }
    }
}

static sst_status write_rows(rows *r, sst_figure_row **out, uint32_t *out_n)
{
    SST_VEC(sst_figure_row) list = {NULL, 0, 0};
    for (uint32_t i = 0; i < r->items.n; i++) {
        if (r->parent[i] != i)
            continue;
        sst_figure_row *row = vec_push(r->arena, &list);
        sst_figure_ref *v = arena_alloc(r->arena, r->size[i] * sizeof *v);
        if (!row || !v)
            return r->arena->failed;
        uint32_t n = 0;
        for (uint32_t k = i; k != UINT32_MAX; k = r->next[k])
            v[n++] =
                (sst_figure_ref){r->items.v[k].article, r->items.v[k].figure, r->items.v[k].whole};
        qsort(v, n, sizeof *v, by_place);
        row->value = v;
        row->value_n = n;
        name_row(r, i, row);
        sst_status s = figure_differences(r->items.figures, r->arena, row);
        if (s != SST_OK)
            return s;
    }
    if (list.n)
        qsort(list.v, list.n, sizeof *list.v, by_weight);
    *out = list.v;
    *out_n = list.n;
    return r->arena->failed;
}

sst_status figure_rows(const sst_figures *const *figures, uint32_t n, const sst_cast *cast,
                       sst_arena *arena, sst_figure_row **out, uint32_t *out_n)
{
    *out = NULL;
    *out_n = 0;
    rows r = {.items = {.figures = figures, .article_n = n, .cast = cast}, .arena = arena};
    sst_status s = figure_items_make(&r.items, arena);
    if (s != SST_OK || !r.items.n)
        return s;
    r.parent = arena_alloc(arena, 7 * (size_t)r.items.n * sizeof *r.parent);
    if (!r.parent)
        return arena->failed;
    r.next = r.parent + r.items.n;
    r.last = r.next + r.items.n;
    r.size = r.last + r.items.n;
    r.happened = r.size + r.items.n;
    r.name = r.happened + r.items.n;
    r.owner = r.name + r.items.n;
    for (uint32_t k = 0; k < r.items.n; k++) {
        r.parent[k] = r.last[k] = k;
        r.next[k] = UINT32_MAX;
        r.size[k] = 1;
        r.name[k] = k;
        r.happened[k] = r.items.v[k].concept;
        r.owner[k] = str_starts(figure_of(&r.items, &r.items.v[k])->unit, STR("year of age"))
                         ? r.items.v[k].owner
                         : 0;
        enter(&r, k, k, true);
    }
    edge_list edges = {NULL, 0, 0};
    s = find_edges(&r, &edges);
    if (s != SST_OK)
        return s;
    if (edges.n)
        qsort(edges.v, edges.n, sizeof *edges.v, by_score);
    join(&r, &edges);
    join_rests(&r);
    return write_rows(&r, out, out_n);
}
