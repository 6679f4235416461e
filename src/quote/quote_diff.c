/*
 * Words of quotations and their alignment.
 *
 * In: spans of two quotations. Out: how many words they share; the steps from one to the other.
 * Method: equal words at both ends are taken off; the rest is a table of longest common
 * subsequences, walked back (textbook; at most ALIGN_CELLS cells, beyond that the middle is one
 * replacement).
 */
#include "quote_words.h"

enum {
    /* two quotations of 2,000 words; longer ones do not occur outside of transcripts */
    ALIGN_CELLS = 4 * 1000 * 1000,
    ALIGN_WORDS = 4000, /* of the longer one, so that the cost of a word has a bound */
    LONG_WORDS = 400,   /* a speech: it is compared only near the words that are shared ... */
    RUN = 3,            /* by so many in a row, as in quote_join.c ... */
    AROUND_WORDS = 32,  /* and so far around them */
    LOOSE_WORDS = 6     /* left out around a word of grammar that holds nothing together */
};

sst_status quote_words_of(const sst_text *t, const sst_span *spans, uint32_t span_n,
                          sst_arena *arena, quote_words *out)
{
    SST_VEC(quote_word) v = {NULL, 0, 0};
    for (uint32_t s = 0; s < span_n; s++) {
        bool hyphen = false;
        for (uint32_t i = text_token_at(t, spans[s].begin);
             i < t->tok_n && t->tok[i].begin < spans[s].end; i++) {
            const sst_token *k = &t->tok[i];
            sst_str z = text_token(t, i);
            if (k->kind == TOK_SIGN) {
                bool glued_both = (k->flags & TOKF_GLUED) && i + 1 < t->tok_n &&
                                  (t->tok[i + 1].flags & TOKF_GLUED);
                hyphen = z.p[0] == '-' && z.n == 1 && glued_both && v.n > 0;
                if (v.n && (z.p[0] == '.' || z.p[0] == '!' || z.p[0] == '?' ||
                            str_eq(z, STR("\xE2\x80\xA6"))))
                    v.v[v.n - 1].sentence_end = 1;
                continue;
            }
            if (k->kind == TOK_MARK)
                continue;
            if (hyphen && k->kind == TOK_WORD) {
                /* the key of the joined word, as the tokenizer would give it */
                quote_word *w = &v.v[v.n - 1];
                char joined[64];
                size_t n = 0;
                for (uint32_t b = w->begin; b < k->end && n < sizeof joined; b++) {
                    unsigned char c = (unsigned char)t->s.p[b];
                    if (c != '-')
                        joined[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
                }
                w->end = k->end;
                w->key = text_key((sst_str){joined, n});
                w->stop = 0;
                hyphen = false;
                continue;
            }
            hyphen = false;
            quote_word *w = vec_push(arena, &v);
            if (!w)
                return arena->failed;
            w->key = k->key;
            w->begin = k->begin;
            w->end = k->end;
            w->stop = (k->kind == TOK_WORD &&
                       (text_is(t, i,
                                LEX_DETERMINER | LEX_PREPOSITION | LEX_CONJUNCTION | LEX_AUXILIARY |
                                    LEX_PRONOUN_PERSON | LEX_PRONOUN_POSSESSIVE) ||
                        z.n < 3)) ||
                      k->kind == TOK_CLITIC;
        }
        if (v.n && s + 1 < span_n)
            v.v[v.n - 1].sentence_end = 1;
    }
    out->v = v.v;
    out->n = v.n;
    return arena->failed;
}

typedef struct table {
    uint32_t prefix, suffix;
    uint32_t m, n;  /* of the middle */
    uint16_t *cell; /* (m + 1) x (n + 1): longest common subsequence of the tails; NULL when it is
                       too large */
} table;

static void fill(const quote_words *a, const quote_words *b, sst_arena *scratch, table *t)
{
    uint32_t low = a->n < b->n ? a->n : b->n;
    t->prefix = 0;
    while (t->prefix < low && a->v[t->prefix].key == b->v[t->prefix].key)
        t->prefix++;
    t->suffix = 0;
    while (t->suffix < low - t->prefix &&
           a->v[a->n - 1 - t->suffix].key == b->v[b->n - 1 - t->suffix].key)
        t->suffix++;
    t->m = a->n - t->prefix - t->suffix;
    t->n = b->n - t->prefix - t->suffix;
    t->cell = NULL;
    if ((uint64_t)(t->m + 1) * (t->n + 1) > ALIGN_CELLS || t->m > ALIGN_WORDS || t->n > ALIGN_WORDS)
        return;
    t->cell = arena_alloc(scratch, (size_t)(t->m + 1) * (t->n + 1) * sizeof *t->cell);
    if (!t->cell)
        return;
    /* A row is the one below it but for what its shared words bring, and most words are not shared:
     * a bit for the last six of a key tells nearly all of them. */
    uint32_t w = t->n + 1;
    uint64_t in_b = 0;
    for (uint32_t j = 0; j < t->n; j++)
        in_b |= UINT64_C(1) << (b->v[t->prefix + j].key & 63);
    memset(t->cell + (size_t)t->m * w, 0, w * sizeof *t->cell);
    for (uint32_t i = t->m; i-- > 0;) {
        uint16_t *row = &t->cell[(size_t)i * w], *below = row + w;
        uint32_t key = a->v[t->prefix + i].key, j = t->n;
        memcpy(row, below, w * sizeof *row);
        if (!(in_b >> (key & 63) & 1))
            continue;
        while (j > 0 && b->v[t->prefix + j - 1].key != key)
            j--;
        while (j-- > 0) {
            if (b->v[t->prefix + j].key == key)
                row[j] = (uint16_t)(below[j + 1] + 1);
            else if (row[j + 1] > row[j])
                row[j] = row[j + 1];
        }
    }
}

uint32_t quote_align(const quote_words *a, const quote_words *b, sst_arena *scratch, uint32_t *lo,
                     uint32_t *hi)
{
    table t;
    fill(a, b, scratch, &t);
    uint32_t shared = t.prefix + t.suffix + (t.cell ? t.cell[0] : 0);
    uint32_t first = t.prefix ? 0 : UINT32_MAX, last = t.suffix ? a->n : t.prefix;
    if (t.cell) {
        uint32_t i = 0, j = 0, w = t.n + 1;
        while (i < t.m && j < t.n) {
            const uint16_t *c = &t.cell[(size_t)i * w + j];
            if (a->v[t.prefix + i].key == b->v[t.prefix + j].key) {
                if (first == UINT32_MAX)
                    first = t.prefix + i;
                if (!t.suffix)
                    last = t.prefix + i + 1;
                i++;
                j++;
            } else if (c[w] >= c[1]) {
                i++;
            } else {
                j++;
            }
        }
    }
    if (first == UINT32_MAX)
        first = t.suffix ? a->n - t.suffix : 0;
    if (lo)
        *lo = first;
    if (hi)
        *hi = last;
    return shared;
}

typedef SST_VEC(sst_diff) diff_list;

/* Words [i, i2) of a and [j, j2) of b are one step of kind op. */
static void step(sst_arena *arena, diff_list *d, const quote_words *a, const quote_words *b,
                 uint8_t op, uint32_t i, uint32_t i2, uint32_t j, uint32_t j2)
{
    if (i == i2 && j == j2)
        return;
    sst_diff *last = d->n ? &d->v[d->n - 1] : NULL;
    sst_span base, at;
    if (i < i2)
        base = (sst_span){a->v[i].begin, a->v[i2 - 1].end};
    else
        base.begin = base.end = i < a->n ? a->v[i].begin : a->n ? a->v[a->n - 1].end : 0;
    if (j < j2)
        at = (sst_span){b->v[j].begin, b->v[j2 - 1].end};
    else
        at.begin = at.end = j < b->n ? b->v[j].begin : b->n ? b->v[b->n - 1].end : 0;
    if (last && last->op == op && op != DIFF_REPLACE) {
        last->to = i2;
        if (i < i2)
            last->base.end = base.end;
        if (j < j2)
            last->at.end = at.end;
        return;
    }
    /* words left out and others put in at one place are a replacement */
    if (last &&
        ((last->op == DIFF_DROP && op == DIFF_ADD) || (last->op == DIFF_ADD && op == DIFF_DROP) ||
         (last->op == DIFF_REPLACE && op != DIFF_KEEP))) {
        last->op = DIFF_REPLACE;
        if (i < i2) {
            if (last->from == last->to) {
                last->from = i;
                last->base.begin = base.begin;
            }
            last->to = i2;
            last->base.end = base.end;
        }
        if (j < j2) {
            if (last->at.begin == last->at.end)
                last->at.begin = at.begin;
            last->at.end = at.end;
        }
        return;
    }
    sst_diff *x = vec_push(arena, d);
    if (x)
        *x = (sst_diff){.op = op, .from = i, .to = i2, .base = base, .at = at};
}

/*
 * Words left out are moved back over equal words to where a sentence begins: of "It is time. It is
 * late" against "It is late" the first sentence is left out, not "is time. It".
 */
static void slide(diff_list *d, const quote_words *a, const quote_words *b)
{
    for (uint32_t i = 1; i + 1 < d->n; i++) {
        sst_diff *x = &d->v[i], *before = &d->v[i - 1], *behind = &d->v[i + 1];
        if (x->op != DIFF_DROP || before->op != DIFF_KEEP || behind->op != DIFF_KEEP ||
            a->v[x->from - 1].sentence_end)
            continue;
        uint32_t k = 0, most = before->to - before->from;
        while (k < most && a->v[x->from - 1 - k].key == a->v[x->to - 1 - k].key) {
            k++;
            if (x->from == k || a->v[x->from - k - 1].sentence_end)
                break;
        }
        if (!k || !(x->from == k || a->v[x->from - k - 1].sentence_end))
            continue;
        uint32_t j = 0;
        while (j < b->n && b->v[j].end < before->at.end)
            j++; /* the last word of b that is kept before */
        if (j >= b->n || j + 1 < k)
            continue;
        x->from -= k;
        x->to -= k;
        x->base = (sst_span){a->v[x->from].begin, a->v[x->to - 1].end};
        behind->from -= k;
        behind->base.begin = a->v[behind->from].begin;
        behind->at.begin = b->v[j + 1 - k].begin;
        x->at.begin = x->at.end = behind->at.begin;
        before->to -= k;
        if (before->to > before->from) {
            before->base.end = a->v[before->to - 1].end;
            before->at.end = b->v[j - k].end;
        } else {
            for (uint32_t m = i - 1; m + 1 < d->n; m++)
                d->v[m] = d->v[m + 1];
            d->n--;
            i--;
        }
    }
}

/* Takes step i out of the list. */
static void take_out(diff_list *d, uint32_t i)
{
    for (uint32_t k = i; k + 1 < d->n; k++)
        d->v[k] = d->v[k + 1];
    d->n--;
}

/*
 * A word of grammar that both happen to have amid words that are others holds nothing together:
 * "these seats immediately. There is no way to repair them at home" and "these seats at once". The
 * first word of a sentence does: "[-We had never met.-] I have".
 */
static void loosen(diff_list *d, const quote_words *a)
{
    for (uint32_t i = 1; i + 1 < d->n; i++) {
        sst_diff *before = &d->v[i - 1], *x = &d->v[i], *behind = &d->v[i + 1];
        if (x->op != DIFF_KEEP || x->to - x->from > 1 || !x->from || !a->v[x->from].stop ||
            a->v[x->from - 1].sentence_end || before->op == DIFF_KEEP || behind->op == DIFF_KEEP ||
            before->to - before->from + behind->to - behind->from < LOOSE_WORDS ||
            (before->op == DIFF_DROP && behind->op == DIFF_DROP))
            continue;
        uint32_t from = before->op == DIFF_ADD ? x->from : before->from,
                 to = behind->op == DIFF_ADD ? x->to : behind->to;
        sst_span at = {before->op == DIFF_DROP ? x->at.begin : before->at.begin,
                       behind->op == DIFF_DROP ? x->at.end : behind->at.end};
        *before = (sst_diff){.op = DIFF_REPLACE,
                             .from = from,
                             .to = to,
                             .base = {a->v[from].begin, a->v[to - 1].end},
                             .at = at};
        take_out(d, i);
        take_out(d, i);
        i--;
    }
}

/*
 * What replaces the rest of a sentence does not replace the sentences behind it: they are left out.
 */
static void part_at_sentence(sst_arena *arena, diff_list *d, const quote_words *a)
{
    for (uint32_t i = 1; i < d->n; i++) {
        if (d->v[i].op != DIFF_REPLACE || d->v[i - 1].op != DIFF_KEEP ||
            a->v[d->v[i].from - 1].sentence_end)
            continue;
        uint32_t end = d->v[i].from + 1, to = d->v[i].to;
        while (end < to && !a->v[end - 1].sentence_end)
            end++;
        if (end >= to || !vec_push(arena, d))
            continue;
        for (uint32_t k = d->n - 1; k > i + 1; k--)
            d->v[k] = d->v[k - 1];
        sst_diff *x = &d->v[i];
        x->to = end;
        x->base.end = a->v[end - 1].end;
        d->v[i + 1] = (sst_diff){.op = DIFF_DROP,
                                 .from = end,
                                 .to = to,
                                 .base = {a->v[end].begin, a->v[to - 1].end},
                                 .at = {x->at.end, x->at.end}};
    }
}

/*
 * Of two places where kept words can stand, the one beside other kept words is meant: "the spring
 * gales" of "the council met during the spring gales" is one stretch, not the first "the" and two
 * words behind a gap. KEEP x, DROP, KEEP y becomes DROP, KEEP x y when x also stands before y, and
 * KEEP x y, DROP when y also stands behind x; only where nothing else touches the part that moves.
 */
static void gather(diff_list *d, const quote_words *a)
{
    for (uint32_t i = 0; i + 2 < d->n; i++) {
        sst_diff *x = &d->v[i], *gap = &d->v[i + 1], *y = &d->v[i + 2];
        if (x->op != DIFF_KEEP || gap->op != DIFF_DROP || y->op != DIFF_KEEP)
            continue;
        uint32_t k = x->to - x->from, m = y->to - y->from, dropped = gap->to - gap->from;
        bool right = dropped >= k && (i == 0 || d->v[i - 1].op == DIFF_DROP);
        for (uint32_t w = 0; w < k && right; w++)
            right = a->v[x->from + w].key == a->v[y->from - k + w].key;
        bool left = !right && dropped >= m && (i + 3 == d->n || d->v[i + 3].op == DIFF_DROP);
        for (uint32_t w = 0; w < m && left; w++)
            left = a->v[x->to + w].key == a->v[y->from + w].key;
        if (!right && !left)
            continue;
        sst_span at = {x->at.begin, y->at.end};
        if (right) {
            y->from -= k;
            y->base.begin = a->v[y->from].begin;
            y->at = at;
            gap->from = i ? d->v[i - 1].from : x->from;
            gap->to = y->from;
            gap->base = (sst_span){a->v[gap->from].begin, a->v[gap->to - 1].end};
            gap->at = (sst_span){at.begin, at.begin};
            take_out(d, i);
            if (i) {
                take_out(d, i - 1);
                i--;
            }
        } else {
            x->to += m;
            x->base.end = a->v[x->to - 1].end;
            x->at = at;
            gap->from = x->to;
            gap->to = i + 3 < d->n ? d->v[i + 3].to : y->to;
            gap->base = (sst_span){a->v[gap->from].begin, a->v[gap->to - 1].end};
            gap->at = (sst_span){at.end, at.end};
            if (i + 3 < d->n)
                take_out(d, i + 3);
            take_out(d, i + 2);
        }
        i = i ? i - 1 : UINT32_MAX; /* what has grown may join what is before it */
    }
}

static uint64_t run_at(const quote_words *w, uint32_t i, uint32_t n)
{
    uint64_t h = 11;
    for (uint32_t k = 0; k < n; k++)
        h = hash_mix(h, w->v[i + k].key);
    return h;
}

quote_runs quote_runs_of(const quote_words *a, sst_arena *arena)
{
    quote_runs runs = {{NULL, NULL, 0, 0}};
    for (uint32_t i = 0; a->n > LONG_WORDS && i + RUN <= a->n; i++)
        if (!u64map_add(arena, &runs.at, run_at(a, i, RUN), i, NULL))
            break;
    return runs;
}

/*
 * Where in a long a the words of a much shorter b stand: around the place that most of their runs
 * of words agree on. All of a when they agree on none, or b is not short beside it.
 */
static void near(const quote_words *a, const quote_words *b, const quote_runs *runs, uint32_t *lo,
                 uint32_t *hi)
{
    *lo = 0;
    *hi = a->n;
    if (a->n <= LONG_WORDS || b->n > a->n / 2)
        return;
    uint32_t votes = 0;
    int64_t begin = 0;
    for (uint32_t i = 0; i + RUN <= b->n; i++) {
        const uint32_t *in_a = u64map_find(&runs->at, run_at(b, i, RUN));
        if (!in_a)
            continue;
        int64_t here = (int64_t)*in_a - i;
        if (!votes) {
            begin = here;
            votes = 1;
        } else if (here - begin <= AROUND_WORDS && begin - here <= AROUND_WORDS) {
            votes++;
        } else {
            votes--;
        }
    }
    if (!votes)
        return;
    int64_t from = begin - AROUND_WORDS, to = begin + b->n + b->n / 2 + AROUND_WORDS;
    *lo = from < 0 ? 0 : (uint32_t)from;
    *hi = to > a->n ? a->n : (uint32_t)to;
}

sst_status quote_diff(const quote_words *a, const quote_words *b, const quote_runs *runs,
                      sst_arena *arena, sst_diff **out, uint32_t *out_n)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    table t;
    uint32_t lo, hi;
    near(a, b, runs, &lo, &hi);
    quote_words part = {a->v + lo, hi - lo};
    fill(&part, b, &scratch, &t);
    diff_list d = {NULL, 0, 0};
    step(arena, &d, a, b, DIFF_DROP, 0, lo, 0, 0);
    step(arena, &d, a, b, DIFF_KEEP, lo, lo + t.prefix, 0, t.prefix);
    if (t.cell) {
        uint32_t i = 0, j = 0, w = t.n + 1;
        while (i < t.m || j < t.n) {
            uint32_t x = lo + t.prefix + i, y = t.prefix + j;
            if (i < t.m && j < t.n && a->v[x].key == b->v[y].key) {
                step(arena, &d, a, b, DIFF_KEEP, x, x + 1, y, y + 1);
                i++;
                j++;
            } else if (j >= t.n || (i < t.m && t.cell[(size_t)(i + 1) * w + j] >=
                                                   t.cell[(size_t)i * w + j + 1])) {
                step(arena, &d, a, b, DIFF_DROP, x, x + 1, y, y);
                i++;
            } else {
                step(arena, &d, a, b, DIFF_ADD, x, x, y, y + 1);
                j++;
            }
        }
    } else {
        step(arena, &d, a, b,
             t.m && t.n ? DIFF_REPLACE
             : t.m      ? DIFF_DROP
                        : DIFF_ADD,
             lo + t.prefix, lo + t.prefix + t.m, t.prefix, t.prefix + t.n);
    }
    step(arena, &d, a, b, DIFF_KEEP, hi - t.suffix, hi, b->n - t.suffix, b->n);
    step(arena, &d, a, b, DIFF_DROP, hi, a->n, b->n, b->n);
    sst_status failed = scratch.failed;
    arena_release(&scratch);
    if (!arena->failed) {
        loosen(&d, a);
        part_at_sentence(arena, &d, a);
        gather(&d, a);
        slide(&d, a, b);
    }
    *out = d.v;
    *out_n = d.n;
    return arena->failed ? arena->failed : failed;
}
