/*
 * Wording: other words in the same place.
 *
 * in: passages (runs of common words with small gaps between them); out: wording of the findings.
 * Between two runs of a passage each article may have words of its own:
 *
 *   a: ... to get a [ceasefire] and to ...    b: ... to get a [cease-fire] and ...   other words
 *   a: ... such a [potent] symbol for ...     b: ... such a [] symbol for ...        left out:
 *                                                                     shown with its neighbours
 *
 * One to PHRASE words for one to PHRASE others, the same in both but for order or marks excluded,
 * numbers left to the figures. Each pair of wordings is shown once, at its first place; how many
 * articles use the one and the other is counted over their whole texts.
 */
#include "compare_sense.h"

#include <stdlib.h>

#include "base_hash.h"

enum {
    PHRASE = 3,         /* words of a wording */
    FLANK = 3,          /* words of the runs on both sides, at least: two are chance */
    FLANK_LEFT_OUT = 4, /* the same where one side has no word: there is less to compare */
    LONGEST_COUNT = 6,  /* tokens of a phrase that is looked for in all texts */
    PREFIX_BITS =
        1 << 15 /* 4 KB; a hundred wordings have some 500 beginnings. It only moves time */
};

/* Both sides must have a word this rare, in bits: "the" for "a", "with" for "to" are no wording. */
static const float CONTENT = 3;
/* A word that one side leaves out must be this rare. */
static const float CONTENT_LEFT_OUT = 5;

typedef struct phrase {
    uint32_t article, begin, end; /* tokens */
} phrase;

typedef struct variant {
    phrase a, b;
    uint64_t key_a, key_b; /* of the folded words */
} variant;

/*
 * What an article has between two runs, and the same with a word more on both sides. Made when
 * first asked for: in a story of hundreds of reports hundreds of passages have the same gap.
 */
typedef struct gap {
    uint32_t article, from, to;         /* bytes, for which it was made */
    uint32_t words, rare_n, frequent_n; /* of the phrase */
    float rare;
    bool is, number;             /* few enough words; is one a number */
    bool shown, wide_shown;      /* may it stand in the report */
    phrase at, wide;             /* wide: empty when a sign stands there */
    uint64_t bag, key, wide_key; /* of the words in any order; in theirs */
} gap;

typedef struct worder {
    sst_findings *f;
    sst_arena scratch;
    SST_VEC(variant) v;
    SST_VEC(gap) gaps;
    u64map gap_of; /* (article, from, to) -> place in gaps */
    u64map seen;
} worder;

static bool is_word(const sst_token *k)
{
    return k->kind == TOK_WORD || k->kind == TOK_NUMBER;
}

/* Tokens of text between two runs, without signs at its ends. False when there are too many words.
 */
static bool phrase_between(const sst_text *t, uint32_t article, uint32_t from_byte,
                           uint32_t to_byte, phrase *out, uint32_t *words)
{
    uint32_t begin = text_token_at(t, from_byte), end = begin;
    while (begin < t->tok_n && t->tok[begin].begin < from_byte)
        begin++;
    for (end = begin; end < t->tok_n && t->tok[end].end <= to_byte; end++)
        if (end - begin > 2 * LONGEST_COUNT)
            return false;
    while (begin < end && !is_word(&t->tok[begin]))
        begin++;
    while (end > begin && !is_word(&t->tok[end - 1]))
        end--;
    *words = 0;
    for (uint32_t i = begin; i < end; i++)
        *words += is_word(&t->tok[i]);
    *out = (phrase){article, begin, end};
    return *words <= PHRASE && end - begin <= LONGEST_COUNT;
}

static uint64_t key_of(const sst_text *t, const phrase *p)
{
    uint64_t h = 0;
    for (uint32_t i = p->begin; i < p->end; i++)
        if (is_word(&t->tok[i]))
            h = hash_mix(h, t->tok[i].key);
    return h;
}

/* The same for the same words in any order. */
static uint64_t bag_of(const sst_text *t, const phrase *p)
{
    uint64_t h = 0;
    for (uint32_t i = p->begin; i < p->end; i++)
        if (is_word(&t->tok[i]))
            h += hash_mix(t->tok[i].key, 7);
    return h;
}

/* Rarity of the rarest word, and how many words are rare, how many frequent; a number is told
 * apart, it is the figures' business. */
static float rarest(const sst_text *t, const phrase *p, uint32_t *rare_n, uint32_t *frequent_n,
                    bool *number)
{
    float rare = 0;
    *rare_n = *frequent_n = 0;
    for (uint32_t i = p->begin; i < p->end; i++) {
        *number |= t->tok[i].kind == TOK_NUMBER;
        if (t->tok[i].kind != TOK_WORD)
            continue;
        float r = lang_rarity(t->tok[i].key);
        rare = r > rare ? r : rare;
        bool behind_hyphen =
            i > p->begin && (t->tok[i].flags & TOKF_GLUED) && t->s.p[t->tok[i - 1].begin] == '-';
        if (behind_hyphen)
            continue; /* a compound is one word */
        *rare_n += r >= CONTENT;
        *frequent_n += r < CONTENT;
    }
    return rare;
}

/* One word more on both sides; false when a sign stands there. */
static bool widen(const sst_text *t, phrase *p)
{
    if (p->begin == 0 || p->end >= t->tok_n || !is_word(&t->tok[p->begin - 1]) ||
        !is_word(&t->tok[p->end]))
        return false;
    p->begin--;
    p->end++;
    return true;
}

/* Does a phrase stand in one paragraph, between what pages put there? */
static bool in_one(const sst_text *t, const phrase *p)
{
    return text_para_of(t, p->begin) == text_para_of(t, p->end - 1);
}

static bool body(const sst_text *t, uint32_t token)
{
    if (token >= t->tok_n)
        return false;
    uint8_t role = t->para[text_para_of(t, token)].role;
    return role == ROLE_BODY || role == ROLE_HEADLINE || role == ROLE_SUBTITLE ||
           role == ROLE_CAPTION;
}

/* May the phrase stand in the report: is it one, not too long, running text of one paragraph? */
static bool is_shown(const sst_text *t, const phrase *p)
{
    return p->begin < p->end && p->end - p->begin <= LONGEST_COUNT && body(t, p->begin) &&
           in_one(t, p);
}

static void make_gap(const sst_text *t, uint32_t article, uint32_t from, uint32_t to, gap *g)
{
    *g = (gap){.article = article, .from = from, .to = to};
    g->is = phrase_between(t, article, from, to, &g->at, &g->words);
    if (!g->is)
        return;
    g->bag = bag_of(t, &g->at);
    g->rare = rarest(t, &g->at, &g->rare_n, &g->frequent_n, &g->number);
    if (g->number)
        return;
    g->key = key_of(t, &g->at);
    g->shown = is_shown(t, &g->at);
    g->wide = g->at;
    if (g->words <= 1 && widen(t, &g->wide)) {
        g->wide_key = key_of(t, &g->wide);
        g->wide_shown = is_shown(t, &g->wide);
    }
}

/* NULL when out of memory. The next call may move it. */
static const gap *gap_between(worder *w, uint32_t article, uint32_t from, uint32_t to)
{
    int fresh;
    uint64_t key = hash_mix((uint64_t)from << 32 | to, article);
    uint32_t *at = u64map_add(&w->scratch, &w->gap_of, key, w->gaps.n, &fresh);
    if (!at)
        return NULL;
    gap *g = fresh ? vec_push(&w->scratch, &w->gaps) : &w->gaps.v[*at];
    if (g && (fresh || g->article != article || g->from != from || g->to != to))
        make_gap(w->f->texts[article], article, from, to, g);
    return g;
}

/* Looks at what stands between two runs that follow each other in a passage. */
static void look_between(worder *w, const sst_passage *p, uint32_t r)
{
    const sst_passage_run *x = &p->runs[r], *y = &p->runs[r + 1];
    if (x->words < FLANK || y->words < FLANK || y->a.begin < x->a.end || y->b.begin < x->b.end)
        return;
    const gap *first = gap_between(w, p->a, x->a.end, y->a.begin);
    if (!first || !first->is || first->number)
        return;
    const gap a = *first, *b = gap_between(w, p->b, x->b.end, y->b.begin);
    if (!b || !b->is || b->number || a.words + b->words == 0 || a.bag == b->bag)
        return;
    bool wide = !a.words || !b->words;
    if (!wide) {
        /* "in the port" for "old ferry" is another sentence, not another word */
        uint32_t apart = a.frequent_n > b->frequent_n ? a.frequent_n - b->frequent_n
                                                      : b->frequent_n - a.frequent_n;
        if (a.rare_n == 0 || a.rare_n != b->rare_n || apart > 1 || !a.shown || !b->shown)
            return;
    } else if (a.words + b->words > 1 || x->words < FLANK_LEFT_OUT || y->words < FLANK_LEFT_OUT ||
               a.rare + b->rare < CONTENT_LEFT_OUT || !a.wide_shown || !b->wide_shown) {
        return; /* left out: shown with what stands around it */
    }
    uint64_t key_a = wide ? a.wide_key : a.key, key_b = wide ? b->wide_key : b->key;
    if (key_a == key_b)
        return;
    int fresh;
    uint32_t *at = u64map_add(&w->scratch, &w->seen, key_a ^ key_b, w->v.n, &fresh);
    if (!at || !fresh)
        return;
    variant *v = vec_push(&w->scratch, &w->v);
    if (v)
        *v = (variant){wide ? a.wide : a.at, wide ? b->wide : b->at, key_a, key_b};
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

static void add_prefixes(const sst_text *t, const phrase *p, prefixes *x)
{
    uint64_t h = 0;
    for (uint32_t i = p->begin; i < p->end; i++)
        if (is_word(&t->tok[i])) {
            h = hash_mix(h, t->tok[i].key);
            x->bit[h % PREFIX_BITS / 64] |= UINT64_C(1) << (h & 63);
        }
}

static void count_in(worder *w, uint32_t d, uint32_t origin, const prefixes *begins, u64map *place,
                     count *c)
{
    const sst_text *t = w->f->texts[d];
    for (uint32_t i = 0; i < t->tok_n; i++) {
        uint64_t h = 0;
        for (uint32_t k = i; k < t->tok_n && k - i < LONGEST_COUNT; k++) {
            if (!is_word(&t->tok[k])) {
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
static void count_articles(worder *w, u64map *place, count *c)
{
    prefixes *begins = arena_calloc(&w->scratch, 1, sizeof *begins);
    for (uint32_t k = 0; begins && k < w->v.n; k++) {
        const variant *v = &w->v.v[k];
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

sst_status compare_wording(sst_findings *f, const sst_passage *passages, uint32_t passage_n,
                           sst_arena *arena)
{
    worder w = {.f = f};
    arena_init(&w.scratch, 0);
    for (uint32_t k = 0; k < passage_n && !w.scratch.failed; k++)
        for (uint32_t r = 0; r + 1 < passages[k].run_n; r++)
            look_between(&w, &passages[k], r);
    u64map place = {0};
    count *c = arena_calloc(&w.scratch, 2 * (size_t)w.v.n + 1, sizeof *c);
    for (uint32_t k = 0, n = 0; c && k < w.v.n; k++)
        for (int side = 0; side < 2; side++) {
            int fresh;
            u64map_add(&w.scratch, &place, side ? w.v.v[k].key_b : w.v.v[k].key_a, n, &fresh);
            n += fresh != 0;
        }
    if (!w.scratch.failed && w.v.n) {
        count_articles(&w, &place, c);
        f->wording = arena_calloc(arena, w.v.n, sizeof *f->wording);
        for (uint32_t k = 0; f->wording && k < w.v.n; k++) {
            const variant *v = &w.v.v[k];
            const count *in_a = &c[*u64map_find(&place, v->key_a)],
                        *in_b = &c[*u64map_find(&place, v->key_b)];
            f->wording[f->wording_n++] = (sst_wording){
                {v->a.article, text_span(f->texts[v->a.article], v->a.begin, v->a.end)},
                {v->b.article, text_span(f->texts[v->b.article], v->b.begin, v->b.end)},
                in_a->n,
                in_b->n,
                in_a->origins,
                in_b->origins};
        }
        if (f->wording)
            qsort(f->wording, f->wording_n, sizeof *f->wording, wording_order);
    }
    sst_status status = w.scratch.failed ? w.scratch.failed : arena->failed;
    arena_release(&w.scratch);
    return status;
}
