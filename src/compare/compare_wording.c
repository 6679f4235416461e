/*
 * Wording: other words in the same place, and one word written in two ways.
 *
 * in: pairs of phrases (compare_gap.c, compare_slot.c) and forms (compare_form.c); out: wording of
 * the findings. Each pair is shown once, at its first place; how many articles use the one and the
 * other is counted over their whole texts. Other words come first, forms behind them.
 */
#include "compare_words.h"

#include <stdlib.h>

#include "compare_sense.h"

enum {
    STEM = 4, /* letters that tell words apart where their endings do not count */
    PREFIX_BITS =
        1 << 15 /* 4 KB; a hundred wordings have some 500 beginnings. It only moves time */
};

uint64_t compare_phrase_key(const sst_text *t, const compare_phrase *p)
{
    uint64_t h = 0;
    for (uint32_t i = p->begin; i < p->end; i++)
        if (compare_is_word(&t->tok[i]))
            h = hash_mix(h, t->tok[i].key);
    return h;
}

bool compare_is_body(const sst_text *t, uint32_t para)
{
    uint8_t role = t->para[para].role;
    return role == ROLE_BODY || role == ROLE_HEADLINE || role == ROLE_SUBTITLE ||
           role == ROLE_CAPTION;
}

/* Of the first letters of a word. */
static uint64_t stem_key(const sst_text *t, uint32_t i)
{
    sst_str s = text_token(t, i);
    char low[STEM];
    size_t n = 0;
    for (; n < s.n && n < STEM; n++)
        low[n] = (char)(s.p[n] >= 'A' && s.p[n] <= 'Z' ? s.p[n] | 32 : s.p[n]);
    return hash_bytes(low, n, 7);
}

/* Two keys as one, whichever comes first. */
static uint64_t both(uint64_t a, uint64_t b)
{
    return a < b ? hash_mix(a, b) : hash_mix(b, a);
}

void compare_add_pair(compare_words *w, const compare_phrase *a, const compare_phrase *b)
{
    uint64_t key_a = compare_phrase_key(w->f->texts[a->article], a),
             key_b = compare_phrase_key(w->f->texts[b->article], b);
    int fresh;
    if (a->end - a->begin == 1 &&
        b->end - b->begin == 1) { /* "ship", "vessel" and "ships", "vessel" */
        uint64_t stems = both(stem_key(w->f->texts[a->article], a->begin),
                              stem_key(w->f->texts[b->article], b->begin));
        if (key_a == key_b || !u64map_add(&w->arena, &w->seen, hash_mix(stems, 1), 0, &fresh) ||
            !fresh)
            return;
    }
    if (key_a == key_b || !u64map_add(&w->arena, &w->seen, both(key_a, key_b), 0, &fresh) || !fresh)
        return;
    compare_pair *v = vec_push(&w->arena, &w->v);
    if (v)
        *v = (compare_pair){*a, *b, key_a, key_b};
}

static int by_begin(const void *p, const void *q)
{
    const sst_span *a = p, *b = q;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    return a->end < b->end ? -1 : a->end > b->end;
}

/* What stands between marks in each article, as spans that do not touch. */
static void note_marked(compare_words *w)
{
    sst_findings *f = w->f;
    w->marked = arena_calloc(&w->arena, (size_t)f->n + 1, sizeof *w->marked);
    for (uint32_t d = 0; w->marked && f->quotes && d < f->n; d++) {
        const sst_quotes *q = f->quotes[d];
        compare_marked *m = &w->marked[d];
        uint32_t n = 0;
        for (uint32_t k = 0; q && k < q->all_n; k++)
            n += q->v[k].type == QUOTE_INDIRECT ? 0 : q->v[k].content.n;
        m->v = arena_alloc(&w->arena, ((size_t)n + 1) * sizeof *m->v);
        if (!m->v)
            return;
        for (uint32_t k = 0; q && k < q->all_n; k++)
            for (uint32_t c = 0; q->v[k].type != QUOTE_INDIRECT && c < q->v[k].content.n; c++)
                m->v[m->n++] = q->v[k].content.v[c];
        if (m->n > 1)
            qsort(m->v, m->n, sizeof *m->v, by_begin);
        uint32_t last = 0;
        for (uint32_t k = 1; k < m->n; k++)
            if (m->v[k].begin > m->v[last].end)
                m->v[++last] = m->v[k];
            else if (m->v[k].end > m->v[last].end)
                m->v[last].end = m->v[k].end;
        m->n = m->n ? last + 1 : 0;
    }
}

typedef struct count {
    uint32_t n, last;       /* articles, the last one counted + 1 */
    uint32_t origins, from; /* the same of origins */
} count;

/* The beginnings of the phrases that are counted, as bits of their hashes: nearly no word of a text
 * begins one. */
typedef struct prefixes {
    uint64_t bit[PREFIX_BITS / 64];
} prefixes;

static void add_prefixes(const sst_text *t, const compare_phrase *p, prefixes *x)
{
    uint64_t h = 0;
    for (uint32_t i = p->begin; i < p->end; i++)
        if (compare_is_word(&t->tok[i])) {
            h = hash_mix(h, t->tok[i].key);
            x->bit[h % PREFIX_BITS / 64] |= UINT64_C(1) << (h & 63);
        }
}

static void count_in(compare_words *w, uint32_t d, uint32_t origin, const prefixes *begins,
                     u64map *place, count *c)
{
    const sst_text *t = w->f->texts[d];
    for (uint32_t i = 0; i < t->tok_n; i++) {
        uint64_t h = 0;
        for (uint32_t k = i; k < t->tok_n && k - i < WORDS_LONGEST; k++) {
            if (!compare_is_word(&t->tok[k])) {
                if (k == i)
                    break;
                continue;
            }
            h = hash_mix(h, t->tok[k].key);
            if (!(begins->bit[h % PREFIX_BITS / 64] >> (h & 63) & 1))
                break;
            uint32_t *at = u64map_find(place, h);
            if (!at)
                continue;
            count *x = &c[*at];
            x->n += x->last != d + 1;
            x->last = d + 1;
            x->origins += x->from != origin + 1;
            x->from = origin + 1;
        }
    }
}

/* In how many articles and origins each phrase stands, by one walk over all texts. */
static void count_articles(compare_words *w, u64map *place, count *c)
{
    prefixes *begins = arena_calloc(&w->arena, 1, sizeof *begins);
    for (uint32_t k = 0; begins && k < w->v.n; k++) {
        const compare_pair *v = &w->v.v[k];
        add_prefixes(w->f->texts[v->a.article], &v->a, begins);
        add_prefixes(w->f->texts[v->b.article], &v->b, begins);
    }
    for (uint32_t o = 0; begins && o < w->f->origin_n; o++)
        for (uint32_t m = 0; m < w->f->origins[o].article_n; m++)
            count_in(w, w->f->origins[o].articles[m], o, begins, place, c);
}

static int wording_order(const void *p, const void *q)
{
    const sst_wording *x = p, *y = q;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    uint32_t i = x->a_origins < x->b_origins ? x->a_origins : x->b_origins,
             j = y->a_origins < y->b_origins ? y->a_origins : y->b_origins;
    if (i != j)
        return i > j ? -1 : 1;
    uint32_t n = x->a_n < x->b_n ? x->a_n : x->b_n, m = y->a_n < y->b_n ? y->a_n : y->b_n;
    if (n != m)
        return n > m ? -1 : 1;
    if (x->a_n + x->b_n != y->a_n + y->b_n)
        return x->a_n + x->b_n > y->a_n + y->b_n ? -1 : 1;
    const sst_place u[4] = {x->a, y->a, x->b, y->b};
    for (int k = 0; k < 4; k += 2) {
        if (u[k].article != u[k + 1].article)
            return u[k].article < u[k + 1].article ? -1 : 1;
        if (u[k].at.begin != u[k + 1].at.begin)
            return u[k].at.begin < u[k + 1].at.begin ? -1 : 1;
    }
    return 0;
}

bool compare_in_body(const sst_text *t, uint32_t token)
{
    return token < t->tok_n && compare_is_body(t, text_para_of(t, token));
}

void compare_words_init(compare_words *w, sst_findings *f)
{
    *w = (compare_words){.f = f};
    arena_init(&w->arena, 0);
}

void compare_words_release(compare_words *w)
{
    arena_release(&w->arena);
}

sst_status compare_wording_begin(compare_words *w, const sst_passage *passages, uint32_t passage_n)
{
    note_marked(w);
    sst_status status = w->arena.failed;
    if (status == SST_OK)
        status = compare_gaps(w, passages, passage_n);
    return status == SST_OK ? compare_forms(w) : status;
}

sst_status compare_wording_end(compare_words *w, const uint32_t *origin_of, sst_arena *arena)
{
    sst_findings *f = w->f;
    sst_status status = compare_slots(w, origin_of);
    if (status == SST_OK)
        status = compare_beside(w, origin_of);
    if (status != SST_OK || w->v.n + w->forms.n == 0)
        return status;
    u64map place = {0};
    count *c = arena_calloc(&w->arena, 2 * (size_t)w->v.n + 1, sizeof *c);
    for (uint32_t k = 0, n = 0; c && k < w->v.n; k++)
        for (int side = 0; side < 2; side++) {
            int fresh;
            u64map_add(&w->arena, &place, side ? w->v.v[k].key_b : w->v.v[k].key_a, n, &fresh);
            n += fresh != 0;
        }
    f->wording = arena_calloc(arena, (size_t)w->v.n + w->forms.n, sizeof *f->wording);
    if (arena->failed || w->arena.failed)
        return arena->failed ? arena->failed : w->arena.failed;
    if (w->v.n)
        count_articles(w, &place, c);
    for (uint32_t k = 0; k < w->v.n; k++) {
        const compare_pair *v = &w->v.v[k];
        const count *in_a = &c[*u64map_find(&place, v->key_a)],
                    *in_b = &c[*u64map_find(&place, v->key_b)];
        f->wording[f->wording_n++] =
            (sst_wording){{v->a.article, text_span(f->texts[v->a.article], v->a.begin, v->a.end)},
                          {v->b.article, text_span(f->texts[v->b.article], v->b.begin, v->b.end)},
                          in_a->n,
                          in_b->n,
                          in_a->origins,
                          in_b->origins,
                          WORDING_WORDS};
    }
    for (uint32_t k = 0; k < w->forms.n; k++)
        f->wording[f->wording_n++] = w->forms.v[k];
    qsort(f->wording, f->wording_n, sizeof *f->wording, wording_order);
    return arena->failed ? arena->failed : w->arena.failed;
}
