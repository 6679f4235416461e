/*
 * What changed from one version of an article to the next.
 *
 * in: two articles; out: steps, each with its places in both texts. Method: the sentences of both
 * are aligned (longest common subsequence of their hashes, Hunt and Szymanski 1977 on what is rare,
 * bounded); what stands between two aligned ones is paired in order by shared words, the rest was
 * added or removed. A pair is a typo when one word of it changed by at most TYPO_LETTERS letters
 * and neither is a number or has a capital in both; all else is substance. Quotations and figures
 * of changed sentences are named beside them: those that only one side has.
 *
 *   old:  [a][b][c ][d][e]          a = a, c ~ c' altered, b removed, x added
 *   new:  [a][c'][d][x][e]
 */
#include "store_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base_str.h"

enum {
    /* Letters that a slip of the pen changes: one wrong, missing, added, or two that changed
       places. */
    TYPO_LETTERS = 2,
    /* Per cent of the words of the shorter of two sentences that make one the other's new form. */
    ALIKE_SHARE = 50,
    /* Cells of the alignment; beyond it only what is equal at both ends is aligned. */
    ALIGN_MOST = 4 * 1000 * 1000
};

/* A text cut for comparing. */
typedef struct side {
    const sst_article *a;
    sst_text text;
    sst_quotes quotes;
    sst_figures figures;
    uint64_t *hash;    /* of each sentence */
    uint8_t *matched;  /* of each sentence */
    uint32_t *partner; /* of each sentence: its new or old form, UINT32_MAX */
} side;

typedef struct differ {
    side old, now;
    sst_arena scratch;
    sst_arena *arena;
    store_difference *out;
    bool layout_only, substance;
} differ;

static sst_status cut(const sst_article *a, sst_arena *arena, side *s)
{
    s->a = a;
    sst_status status = text_analyse(a, arena, &s->text);
    if (!status)
        status = quote_find(&s->text, arena, &s->quotes);
    if (!status)
        status = figure_find(&s->text, &s->quotes, arena, &s->figures);
    if (status)
        return status;
    uint32_t n = s->text.sent_n;
    s->hash = arena_calloc(arena, (size_t)n + 1, sizeof *s->hash);
    s->matched = arena_calloc(arena, (size_t)n + 1, 1);
    s->partner = arena_alloc(arena, ((size_t)n + 1) * sizeof *s->partner);
    if (arena->failed)
        return arena->failed;
    memset(s->partner, 0xff, ((size_t)n + 1) * sizeof *s->partner);
    for (uint32_t i = 0; i < n; i++) {
        uint64_t h = 0;
        for (uint32_t t = s->text.sent[i].begin; t < s->text.sent[i].end; t++)
            h = hash_mix(h, hash_str(text_token(&s->text, t)));
        s->hash[i] = h;
    }
    return SST_OK;
}

/* ---------------------------------------------------------------------------------------- align */

static void match(differ *d, uint32_t i, uint32_t j)
{
    d->old.matched[i] = d->now.matched[j] = 1;
}

static sst_status align(differ *d)
{
    const uint64_t *x = d->old.hash, *y = d->now.hash;
    uint32_t from = 0, n = d->old.text.sent_n, m = d->now.text.sent_n;
    while (from < n && from < m && x[from] == y[from]) {
        match(d, from, from);
        from++;
    }
    while (n > from && m > from && x[n - 1] == y[m - 1])
        match(d, --n, --m);
    uint64_t rows = n - from, columns = m - from;
    if (rows == 0 || columns == 0 || rows * columns > ALIGN_MOST)
        return SST_OK;
    uint32_t *length =
        arena_calloc(&d->scratch, (size_t)((rows + 1) * (columns + 1)), sizeof *length);
    if (!length)
        return d->scratch.failed;
    size_t w = (size_t)columns + 1;
    for (size_t i = rows; i-- > 0;)
        for (size_t j = columns; j-- > 0;) {
            uint32_t down = length[(i + 1) * w + j], right = length[i * w + j + 1];
            length[i * w + j] = x[from + i] == y[from + j] ? length[(i + 1) * w + j + 1] + 1
                                : down > right             ? down
                                                           : right;
        }
    for (size_t i = 0, j = 0; i < rows && j < columns;) {
        if (x[from + i] == y[from + j]) {
            match(d, from + (uint32_t)i, from + (uint32_t)j);
            i++;
            j++;
        } else if (length[(i + 1) * w + j] >= length[i * w + j + 1]) {
            i++;
        } else {
            j++;
        }
    }
    return SST_OK;
}

/* ---------------------------------------------------------------------------- changed sentences */

static bool is_word(const sst_text *t, uint32_t i)
{
    return t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER;
}

static uint32_t word_n(const sst_text *t, uint32_t sentence)
{
    uint32_t n = 0;
    for (uint32_t i = t->sent[sentence].begin; i < t->sent[sentence].end; i++)
        n += is_word(t, i);
    return n;
}

/* Words of sentence i that sentence j has too, each once. */
static uint32_t shared_words(differ *d, uint32_t i, uint32_t j)
{
    const sst_text *a = &d->old.text, *b = &d->now.text;
    u64map have = {0};
    uint32_t n = 0;
    for (uint32_t k = b->sent[j].begin; k < b->sent[j].end; k++)
        if (is_word(b, k)) {
            uint32_t *times = u64map_add(&d->scratch, &have, b->tok[k].key, 0, NULL);
            if (times)
                ++*times;
        }
    for (uint32_t k = a->sent[i].begin; k < a->sent[i].end; k++) {
        uint32_t *times = is_word(a, k) ? u64map_find(&have, a->tok[k].key) : NULL;
        if (times && *times) {
            --*times;
            n++;
        }
    }
    return n;
}

/* Each unmatched sentence of the new text gets the first free one of the old in the same gap that
 * is its old form. */
static void pair_gaps(differ *d)
{
    uint32_t i = 0, j = 0, n = d->old.text.sent_n, m = d->now.text.sent_n;
    while (i < n || j < m) {
        uint32_t i_end = i, j_end = j;
        while (i_end < n && !d->old.matched[i_end])
            i_end++;
        while (j_end < m && !d->now.matched[j_end])
            j_end++;
        for (uint32_t q = j, from = i; q < j_end; q++)
            for (uint32_t p = from; p < i_end && p < from + 16; p++) {
                uint32_t a = word_n(&d->old.text, p), b = word_n(&d->now.text, q);
                uint32_t least = a < b ? a : b;
                if (least && shared_words(d, p, q) * 100 >= least * ALIKE_SHARE) {
                    d->old.partner[p] = q;
                    d->now.partner[q] = p;
                    from = p + 1;
                    break;
                }
            }
        i = i_end + (i_end < n);
        j = j_end + (j_end < m);
    }
}

/* Letters to change, add, leave out or swap; more than most: most + 1. Damerau (1964), on bytes. */
static uint32_t distance(sst_str a, sst_str b, uint32_t most)
{
    enum { LONGEST = 64 };
    if (a.n > LONGEST || b.n > LONGEST || (a.n > b.n ? a.n - b.n : b.n - a.n) > most)
        return most + 1;
    uint32_t row[3][LONGEST + 1];
    for (uint32_t j = 0; j <= b.n; j++)
        row[1][j] = j;
    for (uint32_t i = 1; i <= a.n; i++) {
        uint32_t *now = row[(i + 1) % 3], *last = row[i % 3], *before = row[(i + 2) % 3];
        now[0] = i;
        for (uint32_t j = 1; j <= b.n; j++) {
            bool same = a.p[i - 1] == b.p[j - 1];
            uint32_t v = last[j - 1] + !same;
            v = last[j] + 1 < v ? last[j] + 1 : v;
            v = now[j - 1] + 1 < v ? now[j - 1] + 1 : v;
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] &&
                before[j - 2] + 1 < v)
                v = before[j - 2] + 1;
            now[j] = v;
        }
    }
    return row[(a.n + 1) % 3][b.n];
}

/* Do tokens [i, i_end) and [j, j_end) differ in a slip alone: signs, or a word or two by a few
 * letters? */
static bool is_typo(const sst_text *a, uint32_t i, uint32_t i_end, const sst_text *b, uint32_t j,
                    uint32_t j_end)
{
    uint32_t slips = 0;
    for (;; i++, j++) {
        while (i < i_end && !is_word(a, i))
            i++;
        while (j < j_end && !is_word(b, j))
            j++;
        if (i >= i_end || j >= j_end)
            return i >= i_end && j >= j_end && slips <= 2;
        sst_str x = text_token(a, i), y = text_token(b, j);
        if (str_eq(x, y) || a->tok[i].key == b->tok[j].key)
            continue;
        bool number = a->tok[i].kind == TOK_NUMBER || b->tok[j].kind == TOK_NUMBER;
        bool shortest = x.n < 4 || y.n < 4; /* "is" and "as" are two words, no slip */
        if (number || shortest || distance(x, y, TYPO_LETTERS) > TYPO_LETTERS)
            return false;
        slips++;
    }
}

static sst_span sentence_at(const sst_text *t, uint32_t i)
{
    return text_span(t, t->sent[i].begin, t->sent[i].end);
}

static void add(differ *d, const char *what, const char *op, bool typo, sst_span old, sst_span now)
{
    store_change *c = vec_push(d->arena, &d->out->v);
    if (c)
        *c = (store_change){str_of(what), str_of(op), typo, old, now};
    d->substance |= !typo;
}

static void sentences(differ *d)
{
    const sst_text *a = &d->old.text, *b = &d->now.text;
    for (uint32_t j = 0; j < b->sent_n; j++) {
        uint32_t i = d->now.partner[j];
        if (d->now.matched[j] || b->sent[j].begin == b->sent[j].end)
            continue;
        if (i == UINT32_MAX)
            add(d, "sentence", "added", false, (sst_span){0, 0}, sentence_at(b, j));
        else
            add(d, "sentence", "altered",
                is_typo(a, a->sent[i].begin, a->sent[i].end, b, b->sent[j].begin, b->sent[j].end),
                sentence_at(a, i), sentence_at(b, j));
    }
    for (uint32_t i = 0; i < a->sent_n; i++)
        if (!d->old.matched[i] && d->old.partner[i] == UINT32_MAX &&
            a->sent[i].begin < a->sent[i].end)
            add(d, "sentence", "removed", false, sentence_at(a, i), (sst_span){0, 0});
}

/* ---------------------------------------------------------------- headline, quotations, figures */

static sst_str headline(const side *s, sst_span *at)
{
    *at = (sst_span){0, 0};
    for (uint32_t i = 0; i < s->a->block_n; i++)
        if (s->a->blocks[i].role == ROLE_HEADLINE) {
            *at = s->a->blocks[i].at;
            return str_span(s->a->text, *at);
        }
    return s->a->title;
}

static uint32_t letters(sst_str x, sst_str y)
{
    /* What is equal at both ends is no change. */
    while (x.n && y.n && *x.p == *y.p) {
        x.p++, x.n--;
        y.p++, y.n--;
    }
    while (x.n && y.n && x.p[x.n - 1] == y.p[y.n - 1]) {
        x.n--;
        y.n--;
    }
    for (size_t i = 0; i < x.n; i++)
        if (byte_is_digit((unsigned char)x.p[i]))
            return TYPO_LETTERS + 1;
    return distance(x, y, TYPO_LETTERS);
}

static void headlines(differ *d)
{
    sst_span old, now;
    sst_str x = headline(&d->old, &old), y = headline(&d->now, &now);
    if (str_eq(x, y))
        return;
    add(d, "headline",
        x.n == 0   ? "added"
        : y.n == 0 ? "removed"
                   : "altered",
        x.n && y.n && letters(x, y) <= TYPO_LETTERS, old, now);
}

static uint64_t content_hash(const side *s, sst_spans at)
{
    uint64_t h = 0;
    for (uint32_t k = 0; k < at.n; k++)
        h = hash_mix(h, hash_str(str_span(s->a->text, at.v[k])));
    return h;
}

static sst_span whole(sst_spans at)
{
    return at.n ? (sst_span){at.v[0].begin, at.v[at.n - 1].end} : (sst_span){0, 0};
}

/* Items of one side that the other has not: keys with how often they stand there. */
static void only_there(differ *d, const side *s, const side *other, bool figures, bool is_new)
{
    u64map have = {0};
    uint32_t n = figures ? other->figures.n : other->quotes.n;
    for (uint32_t k = 0; k < n; k++) {
        uint64_t key = figures ? hash_str(str_span(other->a->text, other->figures.v[k].at))
                               : content_hash(other, other->quotes.v[k].content);
        uint32_t *times = u64map_add(&d->scratch, &have, key, 0, NULL);
        if (times)
            ++*times;
    }
    n = figures ? s->figures.n : s->quotes.n;
    for (uint32_t k = 0; k < n; k++) {
        sst_span at = figures ? s->figures.v[k].at : whole(s->quotes.v[k].content);
        uint64_t key =
            figures ? hash_str(str_span(s->a->text, at)) : content_hash(s, s->quotes.v[k].content);
        uint32_t *times = u64map_find(&have, key);
        if (times && *times) {
            --*times;
            continue;
        }
        sst_span none = {0, 0};
        /* Of a sentence that has a slip alone this is the same slip. */
        bool substance = d->substance;
        add(d, figures ? "figure" : "quotation", is_new ? "added" : "removed",
            !figures && !substance, is_new ? none : at, is_new ? at : none);
    }
}

/* Does an article have this note of correction, in its data or as a block of its text? */
static bool has_note(const sst_article *a, sst_str note)
{
    for (uint32_t i = 0; i < a->correction_n; i++)
        if (str_eq(a->corrections[i], note))
            return true;
    for (uint32_t i = 0; i < a->block_n; i++)
        if (a->blocks[i].role == ROLE_CORRECTION &&
            str_eq(str_span(a->text, a->blocks[i].at), note))
            return true;
    return false;
}

static void note(differ *d, sst_str text, sst_span at)
{
    bool substance = d->substance;
    if (has_note(d->old.a, text))
        return;
    if (d->out->correction.n == 0)
        d->out->correction = arena_str(d->arena, text);
    add(d, "correction", "added", false, (sst_span){0, 0}, at);
    d->substance = substance; /* a note says that something changed, it is not that */
}

/* Notes of correction that the old text did not have. */
static void corrections(differ *d)
{
    const sst_article *b = d->now.a;
    for (uint32_t j = 0; j < b->block_n; j++)
        if (b->blocks[j].role == ROLE_CORRECTION)
            note(d, str_span(b->text, b->blocks[j].at), b->blocks[j].at);
    for (uint32_t j = 0; j < b->correction_n; j++) {
        ptrdiff_t at = str_find(b->text, b->corrections[j]);
        if (at < 0) /* it stands in the page's data alone */
            note(d, b->corrections[j], (sst_span){0, 0});
    }
}

sst_status store_differ(const sst_article *old, const sst_article *now, sst_arena *arena,
                        store_difference *out)
{
    differ d = {.arena = arena, .out = out};
    *out = (store_difference){.kind = "layout", .correction = {"", 0}};
    arena_init(&d.scratch, 0);
    sst_status status = cut(old, &d.scratch, &d.old);
    if (!status)
        status = cut(now, &d.scratch, &d.now);
    if (!status)
        status = align(&d);
    if (!status) {
        pair_gaps(&d);
        headlines(&d);
        sentences(&d);
        for (int figures = 0; figures < 2; figures++) {
            only_there(&d, &d.old, &d.now, figures, false);
            only_there(&d, &d.now, &d.old, figures, true);
        }
        corrections(&d);
        if (d.substance)
            out->kind = "substance";
        else if (out->v.n)
            out->kind = "typo";
        out->silent = d.substance && out->correction.n == 0;
        status = d.scratch.failed ? d.scratch.failed : arena->failed;
    }
    arena_release(&d.scratch);
    return status;
}
