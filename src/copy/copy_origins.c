/*
 * Origins: articles of one story that are one report.
 *
 * in: texts and their passages; out: a partition of the texts, each join with its reason and
 * places. Method: for each pair with passages, the words of running text (role body, not between
 * quotation marks, no boilerplate of its outlet) of each that stand in the other; quotations alone
 * make nobody a copy, every reporter in the room has them. Then in this order, the strongest first:
 *
 *   duplicate   nearly all words of both
 *   passages    a large part of the shorter one
 *   credit      both name one agency (dateline, byline, "With reporting by NAME"), or one is the
 *               agency that the other names, and some is shared
 *   publisher   the same outlet, the same registered domain, or one owner (the table of outlets)
 *
 * A report that was put together from two others makes them no single one:
 *
 *   wire one    [ grain train derails ........ ]
 *   wire two                     [ court fines railway ......... ]
 *   round-up    [ grain train derails ........ | court fines railway ......... ]
 *
 * Where an article has different parts from two that do not share them (it came later, or credits
 * them), it goes with the one that it shares more with, and the other stays apart.
 *
 * A reason is kept when it joins two that were apart, so n articles of one origin have n - 1
 * reasons; where shared words join two and a credit says whose they are, it stands beside them.
 */
#include "copy.h"

#include <stdlib.h>

#include "base_forest.h"
#include "base_hash.h"
#include "base_utf8.h"
#include "copy_credit.h"
#include "copy_outlets.h"
#include "copy_words.h"
#include "page_found.h"

enum {
    /* Per cent of the running text of both: only line breaks, captions and small corrections
       differ. */
    DUPLICATE_SHARE = 90,
    /* Per cent of the running text of the shorter, in runs of five words and more: independent
     * reports of one event share up to 20 outside quotations (names, titles, set phrases; labelled
     * stories), rewrites from 33, reprints over 80. */
    PASSAGES_SHARE = 30,
    /* The same when both name one agency. */
    CREDIT_SHARE = 12,
    /* Words that must be shared for either; below it stand phrases, names and titles. */
    PASSAGES_WORDS = 30,
    CREDIT_WORDS = 16,
    /* Per cent of a paragraph's words that are numbers: from there on it is a ticker or a table,
       and no prose. Of 8,224 news paragraphs of 8 words and more 16 have so many, all lists. */
    TABLE_NUMBERS = 25,
    /*
     * Per cent of the smaller of two parts of one article, that it has from two others: below it
     * the parts are different ones. Two versions of one report keep the lead and overlap in it.
     */
    PARTS_OVERLAP = 20,
    /* Pairs of articles that are held apart; above it every pair joins. */
    APART_MOST = 256,
    /* Bytes from which a token is looked for by steps: two or three words. It only moves time. */
    NEAR_BYTES = 16
};

#define NOBODY UINT32_MAX

/* A pair of texts and what they share. */
typedef struct pair {
    uint32_t a, b;
    uint32_t words;            /* of running text shared, the smaller count of the two sides */
    uint32_t share_a, share_b; /* per cent of each one's running text */
    uint32_t longest;          /* passage that shows it */
    uint32_t from, to;         /* its passages */
    uint32_t later;            /* who has it from the other; NOBODY: not known for sure */
    uint8_t kind;              /* sst_origin_kind, 0: none */
} pair;

/* What an article has from others: its places, sorted. */
typedef struct parts {
    SST_VEC(sst_span) at;
} parts;

typedef struct joiner {
    const sst_text *const *texts;
    uint32_t n;
    sst_arena scratch;
    uint32_t **prose; /* of each text: words of running text before token i; made when needed */
    uint32_t **near;  /* made with it: the token at each NEAR_BYTES-th byte */
    const copy_known *known;
    const copy_outlets *outlets;
    uint32_t *parent;
    parts *had; /* of each text: what it has from articles that it was joined with */
    struct {
        pair *v;
        uint32_t n, cap;
    } apart; /* pairs that are held apart */
    SST_VEC(sst_origin_why) why;
} joiner;

static bool is_table(const sst_text *t, uint32_t p)
{
    uint32_t words = 0, numbers = 0;
    for (uint32_t i = t->para[p].begin; i < t->para[p].end; i++) {
        words += t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER;
        numbers += t->tok[i].kind == TOK_NUMBER;
    }
    return numbers && numbers * 100 >= words * TABLE_NUMBERS;
}

/* Prefix sums of the words of running text. */
static const uint32_t *prose_of(joiner *j, uint32_t d)
{
    if (j->prose[d])
        return j->prose[d];
    const sst_text *t = j->texts[d];
    uint32_t *sum = arena_calloc(&j->scratch, (size_t)t->tok_n + 1, sizeof *sum);
    uint32_t *near = arena_alloc(&j->scratch, (t->s.n / NEAR_BYTES + 1) * sizeof *near);
    uint8_t *marked = copy_marked(t, &j->scratch);
    if (!sum || !near || !marked)
        return NULL;
    for (uint32_t k = 0, i = 0; k <= t->s.n / NEAR_BYTES; k++) {
        while (i < t->tok_n && t->tok[i].end <= k * NEAR_BYTES)
            i++;
        near[k] = i;
    }
    j->near[d] = near;
    uint32_t words = 0;
    for (int tables = 0; tables < 2 && words == 0; tables++) /* a page of nothing but tables */
        for (uint32_t p = 0; p < t->para_n; p++)
            if (t->para[p].role == ROLE_BODY && (tables || !is_table(t, p)) &&
                !copy_is_boilerplate(j->known ? j->known->lines : NULL, t, p))
                for (uint32_t i = t->para[p].begin; i < t->para[p].end; i++) {
                    bool word = t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER;
                    sum[i + 1] = word && !marked[i];
                    words += word;
                }
    for (uint32_t i = 0; i < t->tok_n; i++)
        sum[i + 1] += sum[i];
    return j->prose[d] = sum;
}

static int by_begin(const void *p, const void *q)
{
    const sst_span *a = p, *b = q;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    return a->end < b->end ? -1 : a->end > b->end;
}

/* text_token_at for a text whose prose is known: a pair's runs ask for two tokens each. */
static uint32_t token_at(const joiner *j, uint32_t d, uint32_t byte)
{
    const sst_text *t = j->texts[d];
    if (byte > t->s.n)
        return t->tok_n;
    uint32_t i = j->near[d][byte / NEAR_BYTES];
    while (i < t->tok_n && t->tok[i].end <= byte)
        i++;
    return i;
}

/* Words of running text in the union of the spans, which are sorted here. */
static uint32_t prose_in(joiner *j, uint32_t d, sst_span *span, uint32_t n)
{
    const sst_text *t = j->texts[d];
    const uint32_t *sum = prose_of(j, d);
    if (!sum)
        return 0;
    bool sorted = true; /* nearly always: the runs of one passage are */
    for (uint32_t k = 1; k < n && sorted; k++)
        sorted = by_begin(&span[k - 1], &span[k]) <= 0;
    if (!sorted)
        qsort(span, n, sizeof *span, by_begin);
    uint32_t words = 0, done = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t from = token_at(j, d, span[k].begin), to = token_at(j, d, span[k].end);
        if (to < t->tok_n && t->tok[to].begin < span[k].end)
            to++;
        if (from < done)
            from = done;
        if (from < to) {
            words += sum[to] - sum[from];
            done = to;
        }
    }
    return words;
}

/* What the passages [from, to) of one pair make of it. */
static void weigh(joiner *j, const sst_passage *v, uint32_t from, uint32_t to, pair *p)
{
    *p = (pair){.a = v[from].a, .b = v[from].b, .longest = from, .from = from, .to = to};
    uint32_t runs = 0, m = 0;
    for (uint32_t k = from; k < to; k++) {
        const sst_passage *l = &v[p->longest];
        runs += v[k].run_n;
        if (v[k].boilerplate != l->boilerplate ? l->boilerplate
            : v[k].words != l->words           ? v[k].words > l->words
                                               : l->quoted && !v[k].quoted)
            p->longest = k;
    }
    sst_span *a = arena_alloc(&j->scratch, runs * sizeof *a),
             *b = arena_alloc(&j->scratch, runs * sizeof *b);
    if (!a || !b)
        return;
    for (uint32_t k = from; k < to; k++)
        for (uint32_t r = 0; r < v[k].run_n && !v[k].boilerplate; r++, m++) {
            a[m] = v[k].runs[r].a;
            b[m] = v[k].runs[r].b;
        }
    uint32_t words_a = prose_in(j, p->a, a, m), words_b = prose_in(j, p->b, b, m);
    if (j->scratch.failed)
        return;
    uint32_t all_a = j->prose[p->a][j->texts[p->a]->tok_n],
             all_b = j->prose[p->b][j->texts[p->b]->tok_n];
    p->words = words_a < words_b ? words_a : words_b;
    p->share_a = all_a ? words_a * 100 / all_a : 0;
    p->share_b = all_b ? words_b * 100 / all_b : 0;
}

/* Does x name its agency, and does y name the same, credit it, or is y's outlet the agency? */
static bool names_agency(const joiner *j, const sst_text *x, const sst_text *y, sst_span *at,
                         sst_span *other_at)
{
    sst_str agency = x->article->agency;
    if (agency.n == 0)
        return false;
    *at = copy_agency_at(x);
    *other_at = (sst_span){0, 0};
    if (copy_same_agency(j->outlets, agency, y->article->agency)) {
        *other_at = copy_agency_at(y);
        return true;
    }
    const copy_outlet *known =
        copy_outlet_find(j->outlets, copy_address(y->article), y->article->outlet);
    if (copy_same_agency(j->outlets, agency, y->article->outlet) ||
        (known && known->agency && copy_same_agency(j->outlets, agency, known->outlet)))
        return true;
    *other_at = copy_credited_at(y, agency);
    return other_at->begin < other_at->end;
}

static int stronger(const void *p, const void *q)
{
    const pair *x = p, *y = q;
    static const uint8_t rank[] = {
        [ORIGIN_DUPLICATE] = 0, [ORIGIN_PASSAGES] = 1, [ORIGIN_CREDIT] = 2};
    if (x->kind != y->kind)
        return rank[x->kind] < rank[y->kind] ? -1 : 1;
    if ((x->later == NOBODY) != (y->later == NOBODY)) /* what is sure shows parts to the others */
        return x->later == NOBODY ? 1 : -1;
    if (x->words != y->words)
        return x->words > y->words ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static uint8_t kind_of(const joiner *j, const pair *p)
{
    uint32_t most = p->share_a > p->share_b ? p->share_a : p->share_b;
    uint32_t least = p->share_a > p->share_b ? p->share_b : p->share_a;
    if (least >= DUPLICATE_SHARE)
        return ORIGIN_DUPLICATE;
    if (most >= PASSAGES_SHARE && p->words >= PASSAGES_WORDS)
        return ORIGIN_PASSAGES;
    sst_span at, other_at;
    if (most >= CREDIT_SHARE && p->words >= CREDIT_WORDS &&
        (names_agency(j, j->texts[p->a], j->texts[p->b], &at, &other_at) ||
         names_agency(j, j->texts[p->b], j->texts[p->a], &at, &other_at)))
        return ORIGIN_CREDIT;
    return 0;
}

static sst_origin_why *add_why(joiner *j, sst_arena *arena, uint8_t kind, uint32_t a, uint32_t b,
                               sst_span at, sst_span other_at)
{
    sst_origin_why *w = vec_push(arena, &j->why);
    if (w)
        *w = (sst_origin_why){
            .kind = kind, .article = a, .other = b, .at = at, .other_at = other_at};
    return w;
}

/* ------------------------------------------------------------------------------------- publishers
 */

/* Joins articles of one outlet, domain or owner; the first of each is joined with all others. */
static void join_publishers(joiner *j, sst_arena *arena)
{
    strmap seen = {0};
    for (uint32_t i = 0; i < j->n; i++) {
        const sst_article *a = j->texts[i]->article;
        sst_str url = copy_address(a);
        const copy_outlet *known = copy_outlet_find(j->outlets, url, a->outlet);
        sst_str host = page_host(url), outlet = a->outlet;
        if (!host.n && str_find(outlet, STR(".")) >= 0 && str_find(outlet, STR(" ")) < 0)
            host = outlet;
        sst_str domain = host.n ? page_domain(host) : host;
        if (known && known->host) { /* its own name and domain are no publisher's */
            domain = STR("");
            if (copy_same_name(outlet, known->outlet) || str_find(outlet, STR(".")) >= 0)
                outlet = STR("");
        }
        if ((a->flags & SST_DOC_FEED_TITLE) &&
            domain.n) /* feeds of several sites are called "News" */
            outlet = STR("");
        sst_str keys[3] = {outlet, domain, known ? known->owner : STR("")};
        for (uint8_t k = 0; k < 3; k++) {
            if (!keys[k].n)
                continue;
            char *low = arena_alloc(&j->scratch, keys[k].n + 1);
            if (!low)
                return;
            low[0] = (char)('0' + k);
            for (size_t c = 0; c < keys[k].n; c++)
                low[c + 1] = keys[k].p[c] >= 'A' && keys[k].p[c] <= 'Z' ? (char)(keys[k].p[c] | 32)
                                                                        : keys[k].p[c];
            uint32_t *first =
                strmap_add(&j->scratch, &seen, (sst_str){low, keys[k].n + 1}, i, NULL);
            if (!first || *first == i || !forest_join(j->parent, *first, i))
                continue;
            sst_origin_why *w =
                add_why(j, arena, ORIGIN_PUBLISHER, *first, i, (sst_span){0, 0}, (sst_span){0, 0});
            if (w) {
                w->publisher = (uint8_t)(PUBLISHER_OUTLET + k);
                w->name = keys[k];
            }
        }
    }
}

/* ------------------------------------------------------------------------------------ shared words
 */

/* The places of one side of a pair, in a new vector. */
static parts parts_of(joiner *j, const sst_passage *v, const pair *p, bool b)
{
    parts x = {{NULL, 0, 0}};
    for (uint32_t k = p->from; k < p->to; k++)
        for (uint32_t r = 0; r < v[k].run_n && !v[k].boilerplate; r++) {
            sst_span *s = vec_push(&j->scratch, &x.at);
            if (s)
                *s = b ? v[k].runs[r].b : v[k].runs[r].a;
        }
    return x;
}

/* Does article d have its part `now` from somebody else than what it has already? */
static bool is_other_part(joiner *j, uint32_t d, const parts *now)
{
    parts *had = &j->had[d];
    if (had->at.n == 0 || now->at.n == 0)
        return false;
    parts both = {{NULL, 0, 0}};
    both.at.v = arena_alloc(&j->scratch, ((size_t)had->at.n + now->at.n) * sizeof *both.at.v);
    if (!both.at.v)
        return false;
    memcpy(both.at.v, had->at.v, had->at.n * sizeof *both.at.v);
    memcpy(both.at.v + had->at.n, now->at.v, now->at.n * sizeof *both.at.v);
    uint32_t x = prose_in(j, d, had->at.v, had->at.n), y = prose_in(j, d, now->at.v, now->at.n),
             all = prose_in(j, d, both.at.v, had->at.n + now->at.n);
    uint32_t least = x < y ? x : y;
    return (uint64_t)(x + y - all) * 100 < (uint64_t)least * PARTS_OVERLAP;
}

/* Would the join put two together that are held apart? */
static bool is_apart(joiner *j, uint32_t a, uint32_t b)
{
    a = forest_root(j->parent, a);
    b = forest_root(j->parent, b);
    for (uint32_t k = 0; k < j->apart.n; k++) {
        uint32_t x = forest_root(j->parent, j->apart.v[k].a),
                 y = forest_root(j->parent, j->apart.v[k].b);
        if ((x == a && y == b) || (x == b && y == a))
            return true;
    }
    return false;
}

/* Who has the shared words from the other, where time or a credit says so; else NOBODY. */
static uint32_t later_of(const sst_passage *v, const pair *p)
{
    const sst_passage *l = &v[p->longest];
    if (l->by != EVIDENCE_TIME && l->by != EVIDENCE_CREDIT && l->by != EVIDENCE_QUOTED)
        return NOBODY;
    return l->direction == DIRECTION_A_TO_B   ? p->b
           : l->direction == DIRECTION_B_TO_A ? p->a
                                              : NOBODY;
}

/* Joins the pair, unless one of it has another part of itself from another origin. */
static bool join(joiner *j, const sst_passage *v, const pair *p)
{
    if (forest_root(j->parent, p->a) == forest_root(j->parent, p->b) || is_apart(j, p->a, p->b))
        return false;
    for (int b = 0; b < 2 && j->apart.n < APART_MOST; b++) {
        uint32_t d = b ? p->b : p->a;
        if ((p->later != NOBODY && p->later != d) || j->had[d].at.n == 0)
            continue;
        parts now = parts_of(j, v, p, b);
        if (!is_other_part(j, d, &now))
            continue;
        pair *kept = vec_push(&j->scratch, &j->apart);
        if (kept)
            *kept = *p;
        return false;
    }
    if (p->later != NOBODY) {
        parts now = parts_of(j, v, p, p->later == p->b), *had = &j->had[p->later];
        for (uint32_t k = 0; k < now.at.n; k++) {
            sst_span *s = vec_push(&j->scratch, &had->at);
            if (s)
                *s = now.at.v[k];
        }
    }
    return forest_join(j->parent, p->a, p->b);
}

static void join_pairs(joiner *j, const sst_passage *v, uint32_t n, sst_arena *arena)
{
    SST_VEC(pair) pairs = {NULL, 0, 0};
    for (uint32_t from = 0, to; from < n && !j->scratch.failed; from = to) {
        for (to = from + 1; to < n && v[to].a == v[from].a && v[to].b == v[from].b; to++)
            ;
        if (v[from].a == v[from].b)
            continue;
        pair p;
        weigh(j, v, from, to, &p);
        p.kind = kind_of(j, &p);
        p.later = later_of(v, &p);
        pair *kept = p.kind ? vec_push(&j->scratch, &pairs) : NULL;
        if (kept)
            *kept = p;
    }
    if (j->scratch.failed || pairs.n == 0)
        return;
    qsort(pairs.v, pairs.n, sizeof *pairs.v, stronger);
    for (uint32_t k = 0; k < pairs.n && !j->scratch.failed; k++) {
        const pair *p = &pairs.v[k];
        if (!join(j, v, p))
            continue;
        if (p->kind != ORIGIN_CREDIT)
            add_why(j, arena, p->kind, p->a, p->b, v[p->longest].at_a, v[p->longest].at_b);
        sst_span at, other_at; /* a credit is shown beside the words that are shared */
        sst_origin_why *w = NULL;
        const sst_text *a = j->texts[p->a], *b = j->texts[p->b];
        if (names_agency(j, a, b, &at, &other_at))
            w = add_why(j, arena, ORIGIN_CREDIT, p->a, p->b, at, other_at);
        else if (names_agency(j, b, a, &at, &other_at))
            w = add_why(j, arena, ORIGIN_CREDIT, p->b, p->a, at, other_at);
        if (w)
            w->name = j->texts[w->article]->article->agency;
    }
}

sst_status copy_origins(const sst_text *const *texts, uint32_t n, const sst_passage *passages,
                        uint32_t passage_n, const copy_known *known, sst_arena *arena,
                        sst_origin **out, uint32_t *out_n)
{
    *out = NULL;
    *out_n = 0;
    joiner j = {.texts = texts, .n = n, .known = known, .outlets = known ? known->outlets : NULL};
    arena_init(&j.scratch, 0);
    j.prose = arena_calloc(&j.scratch, (size_t)n + 1, sizeof *j.prose);
    j.near = arena_calloc(&j.scratch, (size_t)n + 1, sizeof *j.near);
    j.had = arena_calloc(&j.scratch, (size_t)n + 1, sizeof *j.had);
    j.parent = arena_alloc(&j.scratch, ((size_t)n + 1) * sizeof *j.parent);
    uint32_t *origin = arena_alloc(&j.scratch, ((size_t)n + 1) * sizeof *origin);
    sst_origin *v = arena_calloc(arena, (size_t)n + 1, sizeof *v);
    uint32_t made = 0;
    if (!j.scratch.failed && v) {
        for (uint32_t i = 0; i < n; i++)
            j.parent[i] = i;
        join_pairs(&j, passages, passage_n, arena);
        join_publishers(&j, arena);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t head = forest_root(j.parent, i);
            if (head == i)
                origin[i] = made++;
            v[origin[head]].article_n++;
        }
        for (uint32_t k = 0; k < made; k++) {
            v[k].articles = arena_alloc(arena, v[k].article_n * sizeof *v->articles);
            v[k].why = arena_alloc(arena, 2 * (size_t)v[k].article_n * sizeof *v->why);
            v[k].article_n = 0;
        }
        if (!arena->failed) {
            for (uint32_t i = 0; i < n; i++) {
                sst_origin *o = &v[origin[forest_root(j.parent, i)]];
                o->articles[o->article_n++] = i;
            }
            for (uint32_t k = 0; k < j.why.n; k++) {
                sst_origin *o = &v[origin[forest_root(j.parent, j.why.v[k].article)]];
                o->why[o->why_n++] = j.why.v[k];
            }
            *out = v;
            *out_n = made;
        }
    }
    sst_status status = j.scratch.failed ? j.scratch.failed : arena->failed;
    arena_release(&j.scratch);
    return status;
}
