/*
 * Figures of a story -> rows of one quantity.
 *
 * In: the figures of each article, the cast. Out: rows. Method: each figure gets a sparse vector of
 * the words around it (rarer and nearer words weigh more, names by the person they name, what
 * happened to those who are counted as one key). An inverted index proposes pairs of the same type
 * (unit, count, ordinal, age); cosine of the vectors, equal values and equal heads make a score;
 * first pairs of one value, then the others, from the best down, rows are joined unless they hold
 * two figures of one sentence, count different things or are not alike as a whole. Last, a whole
 * joins the row that counts it without a part that its own sentence names.
 *
 *   item:   article, figure, type, value key, keys[] (ascending) with weights[] of length 1
 *   index:  key of (type, word) -> the last POSTING_MAX items that have it
 *
 * The order of articles is the story's, so the rows do not depend on the order of the inputs.
 * Parts: items, pairs, joining, output. Numbers were set on the labelled stories; rows split and
 * mixed there move with them.
 */
#include <math.h>
#include <stdlib.h>

#include "base_hash.h"
#include "figure_inner.h"

enum {
    KEYS_MAX = 24, /* words of a vector: a sentence has fewer that tell something */
    POSTING_MAX =
        16, /* newest items of a word that are looked at: copies of one report follow each other */
    INDEX_KEYS = 8,     /* weightiest words of an item that propose pairs */
    WINDOW = 14,        /* tokens on each side that belong to a figure's surroundings */
    CONCEPT_WINDOW = 8, /* tokens in which the verb of a count stands */
    STEM_N = 6,         /* letters of a stem */
    NAME_MAX = 9,       /* tokens behind the counted noun that the name of a row takes with it */
    NAME_VALUES = 32,   /* values of a row that are looked at for its name */
    NAME_BYTES = 80,    /* counted words that are longer say no more */
    SAMPLE = 4,         /* members of a row that are compared when two rows are joined */
    PART_GAP = 4,       /* tokens between a whole and its part: ", including", ", among them" */
    REST_LEAST = 100    /* smaller rests are met by chance */
};

static const float WEIGHT_COUNTED = 2.0f; /* of a counted word against a word beside it */
static const float WEIGHT_CONCEPT = 1.5f;
static const float RARITY_NAME = 12.0f; /* of a name: like a word in one of 4,000 articles */
static const float SCORE_JOIN = 0.50f;  /* least score of a pair that joins */
static const float SCORE_VALUE = 0.36f; /* for the same value, when the value is a telling one */
static const float SCORE_MEASURE =
    0.10f; /* and more for money, shares, measures than for counts and durations */
static const float SCORE_ROUND = 0.16f;   /* for a rounding of it */
static const float SCORE_HEAD = 0.12f;    /* for the same counted noun */
static const float SCORE_CONCEPT = 0.14f; /* for the same that happened to them */
static const float SCORE_WHOLE =
    0.65f; /* of SCORE_JOIN: what members of two rows must reach on average */
static const float SCORE_FAR =
    0.16f; /* taken off for each doubling by which two values are apart, beyond the first third */
static const float FAR_FREE = 0.4f; /* doublings that cost nothing: early tolls differ by a third */
static const float SCORE_AGE = 0.40f;   /* for the same age: a story has few people of one age */
static const float SCORE_OWNER = 0.40f; /* for the age of the same person */

typedef struct item {
    uint32_t article, figure, sentence; /* sentence: of the whole story */
    uint64_t type, value_key;
    uint32_t concept, head, owner; /* 0: none; owner: whose age */
    bool measure;                  /* has a unit that is no time */
    bool whole;                    /* see sst_figure_ref */
    uint32_t n;
    uint32_t key[KEYS_MAX];
    float weight[KEYS_MAX];
} item;

typedef struct edge {
    uint32_t a, b;
    float score;
    bool same; /* value */
} edge;

typedef struct rows {
    const sst_figures *const *figures;
    uint32_t n;
    const sst_cast *cast;
    sst_arena *arena;
    item *item;
    uint32_t item_n;
    uint32_t *parent, *next, *last, *size; /* of the joined: a list of members each */
    uint32_t *concept;                     /* of the joined: its last one */
    uint32_t *name;                        /* of the joined: under which it stands in the maps */
    u64map sentence;                       /* (name, sentence) of its members */
    u64map article;                        /* (name, article) -> its last member there */
} rows;

/* ------------------------------------------------------------------ items */

uint32_t figure_stem(const sst_text *t, uint32_t token)
{
    const sst_token *k = &t->tok[token];
    if (k->kind != TOK_WORD ||
        text_is(t, token, LEX_STOPWORD | LEX_COUNT_STOP | LEX_NUMBER_WORD | LEX_MAGNITUDE))
        return 0;
    char low[4 * STEM_N];
    size_t n = 0, letters = 0;
    size_t end = k->end;
    if (end - k->begin > 3 && t->s.p[end - 1] == 's' && t->s.p[end - 2] != 's')
        end--;
    for (size_t i = k->begin; i < end && n < sizeof low; i++) {
        unsigned char c = (unsigned char)t->s.p[i];
        if ((c & 0xC0) != 0x80 && ++letters > STEM_N)
            break;
        low[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    return n < 2 ? 0 : text_key((sst_str){low, n}) | 1;
}

/* What the word at i says of a count, or of a duration. */
static uint32_t concept_at(const sst_text *t, uint32_t i, bool duration)
{
    if (!text_is(t, i, LEX_COUNT_CONCEPT))
        return 0;
    const char *v = lang_value(t->lang, t->tok[i].lex, LEX_COUNT_CONCEPT);
    return v && (*v == '~') == duration ? text_key(str_of(v)) | 1 : 0;
}

static bool clause_ends(const sst_text *t, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    if (k->kind == TOK_NUMBER || k->kind == TOK_MARK)
        return true;
    if (k->kind == TOK_SIGN)
        return !(k->flags & TOKF_GLUED) || t->s.p[k->begin] != '-';
    return text_is(t, i, LEX_NUMBER_WORD | LEX_CONJUNCTION);
}

/* What happened to those who are counted: the nearest word of that kind in the clause. */
static uint32_t find_concept(const sst_text *t, const sst_sentence *s, uint32_t begin, uint32_t end,
                             uint32_t counts_begin, bool duration)
{
    for (uint32_t i = counts_begin; i < end; i++) /* "militant deaths" */
        if (concept_at(t, i, duration))
            return concept_at(t, i, duration);
    for (uint32_t i = end; i < s->end && i < end + CONCEPT_WINDOW && !clause_ends(t, i); i++)
        if (concept_at(t, i, duration))
            return concept_at(t, i, duration);
    for (uint32_t i = begin; i-- > s->begin && i + CONCEPT_WINDOW >= begin && !clause_ends(t, i);)
        if (concept_at(t, i, duration))
            return concept_at(t, i, duration);
    return 0;
}

static void put(item *x, uint32_t key, float weight)
{
    for (uint32_t i = 0; i < x->n; i++)
        if (x->key[i] == key) {
            if (weight > x->weight[i])
                x->weight[i] = weight;
            return;
        }
    if (x->n < KEYS_MAX) {
        x->key[x->n] = key;
        x->weight[x->n++] = weight;
        return;
    }
    uint32_t least = 0;
    for (uint32_t i = 1; i < x->n; i++)
        if (x->weight[i] < x->weight[least])
            least = i;
    if (weight > x->weight[least]) {
        x->key[least] = key;
        x->weight[least] = weight;
    }
}

/* The key of a name: the person of the cast, or its last word. */
static uint32_t name_key(const rows *r, uint32_t article, const sst_text *t, uint32_t mention)
{
    const sst_mention *m = &t->mention[mention];
    if (r->cast && r->cast->entity && r->cast->entity[article] && m->entity < t->entity_n)
        return (uint32_t)hash_mix(r->cast->entity[article][m->entity], 0x6E616D65u) | 1;
    return figure_stem(t, m->end - 1);
}

uint64_t figure_type(const sst_figure *f)
{
    if (f->ordinal)
        return 1;
    if (f->counted || !f->unit.n)
        return 2;
    sst_str unit = f->unit;
    ptrdiff_t per = str_find(unit, STR(" per "));
    if (per > 0 && !str_starts(unit, STR("mile")) && !str_starts(unit, STR("kilometre")))
        unit.n = (size_t)per;
    return hash_str(unit) | 4;
}

static uint64_t value_key(double value, double high, uint64_t type)
{
    uint64_t bits[2];
    memcpy(&bits[0], &value, sizeof value);
    memcpy(&bits[1], &high, sizeof high);
    return hash_mix(hash_mix(bits[0], bits[1]), type);
}

static void fill(rows *r, uint32_t article, uint32_t figure, item *x)
{
    const sst_figures *fs = r->figures[article];
    const sst_text *t = fs->text;
    const sst_figure *f = &fs->v[figure];
    const sst_sentence *s = &t->sent[f->sentence];
    uint32_t begin = text_token_at(t, f->at.begin), end = text_token_at(t, f->at.end - 1) + 1;
    memset(x, 0, sizeof *x);
    x->article = article;
    x->figure = figure;
    x->type = figure_type(f);
    const char *time =
        x->type > 2 ? lang_value(t->lang, lang_row(t->lang, f->unit), LEX_TIME_WORD) : NULL;
    x->measure = x->type > 2 && !time;
    x->value_key = value_key(f->value, f->high, x->type);
    uint32_t cb = end, ce = end;
    if (f->counts.n) {
        cb = text_token_at(t, f->counts.v[0].begin);
        ce = text_token_at(t, f->counts.v[0].end - 1) + 1;
    }
    x->concept =
        x->type == 2 || time ? find_concept(t, s, begin, end > ce ? end : ce, cb, time != NULL) : 0;
    if (x->concept)
        put(x, (uint32_t)hash_mix(x->concept, 0x636F6E63u) | 1, WEIGHT_CONCEPT * 10);
    for (uint32_t i = ce; i-- > cb && !x->head;)
        x->head = figure_stem(t, i);
    uint32_t from = begin > s->begin + WINDOW ? begin - WINDOW : s->begin;
    uint32_t to = end + WINDOW < s->end ? end + WINDOW : s->end;
    for (uint32_t i = from; i < to;) {
        uint32_t far = i < begin ? begin - i : i >= end ? i - end + 1 : 0;
        float near = 1.0f / (1.0f + (float)far / 6.0f);
        uint32_t m = text_mention_at(t, i);
        if (m != UINT32_MAX) {
            uint32_t key = name_key(r, article, t, m);
            if (key)
                put(x, key, RARITY_NAME * near);
            if (t->mention[m].begin == cb && t->mention[m].end == ce)
                x->owner = key;
            i = t->mention[m].end > i ? t->mention[m].end : i + 1;
            continue;
        }
        uint32_t key = figure_stem(t, i);
        if (key) {
            bool counted = i >= cb && i < ce;
            put(x, key, lang_rarity(t->tok[i].key) * (counted ? WEIGHT_COUNTED : near));
        }
        i++;
    }
}

static int by_key(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Words that many figures of the story have around them tell less; then each vector gets length 1
 * and ascending keys. */
static void weigh(rows *r)
{
    u64map df = {NULL, NULL, 0, 0};
    for (uint32_t i = 0; i < r->item_n; i++)
        for (uint32_t k = 0; k < r->item[i].n; k++) {
            uint32_t *c = u64map_add(r->arena, &df, r->item[i].key[k], 0, NULL);
            if (!c)
                return;
            ++*c;
        }
    float all = log2f(2.0f + (float)r->item_n);
    for (uint32_t i = 0; i < r->item_n; i++) {
        item *x = &r->item[i];
        float sum = 0;
        uint64_t order[KEYS_MAX];
        float weight[KEYS_MAX];
        for (uint32_t k = 0; k < x->n; k++) {
            const uint32_t *c = u64map_find(&df, x->key[k]);
            float idf = c ? log2f(1.0f + (float)r->item_n / (float)*c) / all : 1;
            x->weight[k] *= 0.25f + idf;
            sum += x->weight[k] * x->weight[k];
            order[k] = (uint64_t)x->key[k] << 32 | k;
        }
        qsort(order, x->n, sizeof *order, by_key);
        float length = sum > 0 ? sqrtf(sum) : 1;
        for (uint32_t k = 0; k < x->n; k++)
            weight[k] = x->weight[order[k] & 0xFFFFFFFFu] / length;
        for (uint32_t k = 0; k < x->n; k++)
            x->key[k] = (uint32_t)(order[k] >> 32);
        memcpy(x->weight, weight, x->n * sizeof *weight);
    }
}

/* ------------------------------------------------------------------ pairs */

static const sst_figure *figure_of(const rows *r, const item *x)
{
    return &r->figures[x->article]->v[x->figure];
}

/* How telling it is that two figures have this value: 2 and 3 are everywhere, 40,139 is not. */
static float telling(double v)
{
    if (v < 0)
        v = -v;
    if (v != floor(v))
        return 1;
    if (v <= 3)
        return 0.55f;
    if (v <= 12)
        return 0.7f;
    return v < 100 ? 0.85f : 1;
}

static float cosine(const item *a, const item *b)
{
    float sum = 0;
    for (uint32_t i = 0, j = 0; i < a->n && j < b->n;) {
        if (a->key[i] < b->key[j])
            i++;
        else if (a->key[i] > b->key[j])
            j++;
        else
            sum += a->weight[i++] * b->weight[j++];
    }
    return sum;
}

/* Are the values the same, or one the other rounded? An article that gives two others means two
 * quantities. */
static bool alike(const sst_figure *f, const sst_figure *g)
{
    return (f->value == g->value && f->high == g->high) || figure_is_rounding(f->value, g->value);
}

/* -1 when the two cannot be one quantity. */
static float score(const rows *r, const item *a, const item *b)
{
    if (a->type != b->type || a->sentence == b->sentence)
        return -1;
    if (a->concept && b->concept && a->concept != b->concept)
        return -1;
    const sst_figure *f = figure_of(r, a), *g = figure_of(r, b);
    bool same = f->value == g->value && f->high == g->high;
    if (a->article == b->article && !alike(f, g))
        return -1;
    float s = cosine(a, b);
    bool age = str_eq(f->unit, STR("year of age"));
    if (age) {
        if (a->owner && b->owner && a->owner != b->owner)
            return -1;
        if (!same && !a->owner)
            return -1;
        s += (same ? SCORE_AGE : 0) + (a->owner && a->owner == b->owner ? SCORE_OWNER : 0);
    }
    if (same)
        s += (a->measure ? SCORE_VALUE + SCORE_MEASURE : SCORE_VALUE) * telling(f->value);
    else if (figure_is_rounding(f->value, g->value))
        s += SCORE_ROUND;
    else {
        if ((f->value > 0) != (g->value > 0))
            return -1;
        float far = f->value > 0 ? fabsf(log2f((float)(f->value / g->value))) : 0;
        s -= far > FAR_FREE ? (far - FAR_FREE) * SCORE_FAR : 0;
    }
    if (a->head && a->head == b->head)
        s += SCORE_HEAD;
    if (a->concept && a->concept == b->concept)
        s += SCORE_CONCEPT;
    return s;
}

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
        float s = score(r, &r->item[j], &r->item[i]);
        edge *e = s >= SCORE_JOIN ? vec_push(r->arena, edges) : NULL;
        if (e)
            *e = (edge){j, i, s, r->item[j].value_key == r->item[i].value_key};
    }
    p->v[p->n++ % POSTING_MAX] = i;
}

static sst_status find_edges(rows *r, edge_list *edges)
{
    u64map index = {NULL, NULL, 0, 0};
    size_t most = (size_t)r->item_n * (INDEX_KEYS + 1);
    posting *postings = arena_alloc(r->arena, (most ? most : 1) * sizeof *postings);
    uint32_t *seen = arena_calloc(r->arena, r->item_n + 1, sizeof *seen), posting_n = 0;
    if (!postings || !seen)
        return r->arena->failed;
    for (uint32_t i = 0; i < r->item_n && !r->arena->failed; i++) {
        const item *x = &r->item[i];
        propose(r, &index, postings, &posting_n, x->value_key, i, seen, edges);
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

static uint32_t root_of(rows *r, uint32_t i)
{
    while (r->parent[i] != i)
        i = r->parent[i] = r->parent[r->parent[i]];
    return i;
}

static uint64_t place_in(uint32_t name, uint32_t where)
{
    return (uint64_t)name << 32 | where;
}

/* May the rows a and b be one? Walks the smaller and looks its members up in the larger. */
static bool may_join(rows *r, uint32_t a, uint32_t b)
{
    if (r->concept[a] && r->concept[b] && r->concept[a] != r->concept[b])
        return false;
    uint32_t few = r->size[b] <= r->size[a] ? b : a, many = few == b ? a : b;
    for (uint32_t i = few; i != UINT32_MAX; i = r->next[i]) {
        const item *x = &r->item[i];
        if (u64map_find(&r->sentence, place_in(r->name[many], x->sentence)))
            return false;
        const uint32_t *y = u64map_find(&r->article, place_in(r->name[many], x->article));
        if (y && !alike(figure_of(r, x), figure_of(r, &r->item[*y])))
            return false;
    }
    if (r->size[a] == 1 && r->size[b] == 1)
        return true;
    float sum = 0;
    uint32_t pairs = 0, x = 0;
    for (uint32_t i = a; i != UINT32_MAX && x < SAMPLE; i = r->next[i], x++) {
        uint32_t y = 0;
        for (uint32_t j = b; j != UINT32_MAX && y < SAMPLE; j = r->next[j], y++) {
            if (r->item[i].type != r->item[j].type)
                continue; /* the same amount in miles and kilometres */
            sum += score(r, &r->item[i], &r->item[j]);
            pairs++;
        }
    }
    return sum >= SCORE_WHOLE * SCORE_JOIN * (float)pairs;
}

static void enter(rows *r, uint32_t name, uint32_t i, bool newest)
{
    const item *x = &r->item[i];
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
    if (r->concept[b])
    r->concept[a] = r->concept[b];
    r->parent[b] = a;
    r->next[r->last[a]] = b;
    r->last[a] = r->last[b];
    r->size[a] += r->size[b];
}

static void join(rows *r, const edge_list *edges)
{
    for (uint32_t i = 1; i < r->item_n; i++)
        if (figure_of(r, &r->item[i])->again)
            unite(r, root_of(r, i - 1), i);
    for (uint32_t i = 0; i < edges->n; i++) {
        uint32_t a = root_of(r, edges->v[i].a), b = root_of(r, edges->v[i].b);
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
    for (uint32_t i = 0; i < r->item_n; i++)
        if (!u64map_add(r->arena, &by_value, r->item[i].value_key, i, NULL))
            return;
    for (uint32_t i = 0; i + 1 < r->item_n; i++) {
        item *x = &r->item[i], *p = &r->item[i + 1];
        const sst_figure *f = figure_of(r, x), *g = figure_of(r, p);
        double rest = f->value - g->value;
        if (x->article != p->article || x->type != 2 || p->type != 2 || rest < REST_LEAST ||
            f->bound != BOUND_EXACT || g->bound != BOUND_EXACT || f->high != f->value ||
            g->high != g->value || !is_part_of(r->figures[x->article]->text, f, g))
            continue;
        const uint32_t *found = u64map_find(&by_value, value_key(rest, rest, x->type));
        uint32_t a = found ? root_of(r, *found) : UINT32_MAX, b = root_of(r, i);
        if (!found || a == b || figure_of(r, &r->item[*found])->bound != BOUND_EXACT)
            continue;
        bool apart = true; /* an article that gives both numbers means two quantities */
        uint32_t few = r->size[b] <= r->size[a] ? b : a, many = few == b ? a : b;
        for (uint32_t k = few; k != UINT32_MAX && apart; k = r->next[k])
            apart = !u64map_find(&r->article, place_in(r->name[many], r->item[k].article));
        if (!apart)
            continue;
        for (uint32_t k = b; k != UINT32_MAX; k = r->next[k])
            r->item[k].whole = true;
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
    return clause_ends(t, i) && !(t->tok[i].kind == TOK_WORD && text_is(t, i, LEX_PREPOSITION) &&
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
    while (from + 1 < behind && text_is(t, from, LEX_PREPOSITION))
        from++;
    while (behind > from + 1 && text_is(t, behind - 1, LEX_PREPOSITION | LEX_DETERMINER))
        behind--;
    at = text_span(t, from, behind);
    if (!f->ordinal && !f->counted && f->counts.n)
        return at;
    uint32_t i = behind, cut = behind, stop = behind + NAME_MAX < end ? behind + NAME_MAX : end;
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

/* The row is named by one of its values: one that says what is counted, then one whose clause is
 * not cut, then by the longest counted words, the first of equals. */
static void name_row(const rows *r, sst_figure_row *row)
{
    uint32_t best = 0;
    for (uint32_t i = 0; i < row->value_n && i < NAME_VALUES; i++) {
        const sst_figures *fs = r->figures[row->value[i].article];
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
}

static sst_status write_rows(rows *r, sst_figure_row **out, uint32_t *out_n)
{
    SST_VEC(sst_figure_row) list = {NULL, 0, 0};
    for (uint32_t i = 0; i < r->item_n; i++) {
        if (r->parent[i] != i)
            continue;
        sst_figure_row *row = vec_push(r->arena, &list);
        sst_figure_ref *v = arena_alloc(r->arena, r->size[i] * sizeof *v);
        if (!row || !v)
            return r->arena->failed;
        uint32_t n = 0;
        for (uint32_t k = i; k != UINT32_MAX; k = r->next[k])
            v[n++] = (sst_figure_ref){r->item[k].article, r->item[k].figure, r->item[k].whole};
        qsort(v, n, sizeof *v, by_place);
        row->value = v;
        row->value_n = n;
        name_row(r, row);
        sst_status s = figure_differences(r->figures, r->arena, row);
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
    rows r = {.figures = figures, .n = n, .cast = cast, .arena = arena};
    for (uint32_t i = 0; i < n; i++) {
        r.item_n += figures[i]->n;
    }
    if (!r.item_n)
        return SST_OK;
    r.item = arena_alloc(arena, r.item_n * sizeof *r.item);
    r.parent = arena_alloc(arena, 6 * (size_t)r.item_n * sizeof *r.parent);
    if (!r.item || !r.parent)
        return arena->failed;
    r.next = r.parent + r.item_n;
    r.last = r.next + r.item_n;
    r.size = r.last + r.item_n;
    r.concept = r.size + r.item_n;
    r.name = r.concept + r.item_n;
    uint32_t k = 0, sentence = 0;
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t f = 0; f < figures[i]->n; f++, k++) {
            fill(&r, i, f, &r.item[k]);
            if (f == 0 || figures[i]->v[f].sentence != figures[i]->v[f - 1].sentence)
                sentence++;
            r.item[k].sentence = sentence - 1;
            r.parent[k] = r.last[k] = k;
            r.next[k] = UINT32_MAX;
            r.size[k] = 1;
            r.name[k] = k;
            r.concept[k] = r.item[k].concept;
            enter(&r, k, k, true);
        }
    }
    weigh(&r);
    edge_list edges = {NULL, 0, 0};
    sst_status s = find_edges(&r, &edges);
    if (s != SST_OK)
        return s;
    if (edges.n)
        qsort(edges.v, edges.n, sizeof *edges.v, by_score);
    join(&r, &edges);
    join_rests(&r);
    return write_rows(&r, out, out_n);
}
