/*
 * Typos carried over. In: two texts and their passages; out: a direction, with the place that shows
 * it.
 *
 * A slip in one of two versions says nothing by itself: the copy may have made it, or mended it.
 * What does tell is whose habit a form is:
 *
 *   a   ... the goverment said ...   ... [ the goverment will pay for the bridge ] ...
 *   b   ... [ the goverment will pay for the bridge ] ...   ... a government office ...
 *
 * a writes the odd form outside the shared words too and never the other; b writes the other one
 * where its words are its own. So the shared words are a's. Two kinds of forms:
 *
 *   slips   a word that is rare or in no word list, one letter off a word that is far more common
 *   names   a capitalised word, one letter off another, behind the same word ("Edda Roarke")
 *
 * Source: errors that manuscripts have in common (Lachmann's method).
 */
#include "copy_spelling.h"

enum {
    /* Letters of a form; shorter words are one letter off many others. */
    LETTERS_LEAST = 5,
    /* Odd forms of one pair that are looked at: a page in another language is full of them. */
    FORMS_MOST = 32
};

static bool is_plain(sst_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!byte_is_alpha((unsigned char)s.p[i]))
            return false;
    return s.n >= LETTERS_LEAST;
}

static char low(char c)
{
    return (char)(c | 32);
}

/*
 * In bits of rarity (-log2 of the share of documents): a slip stands in one of 500 documents at
 * most, what was meant is 64 times as common. "goverment" is 8 bits behind "government",
 * "marital" none behind "martial".
 */
#define SLIP_RARITY 9.0f
#define SLIP_RARER 6.0f

/* One letter put in, left out, replaced, or two neighbours swapped, not at either end: there stand
 * inflections. */
static bool one_off(sst_str x, sst_str y)
{
    if (x.n > y.n) {
        sst_str t = x;
        x = y;
        y = t;
    }
    if (y.n - x.n > 1 || low(x.p[0]) != low(y.p[0]) || low(x.p[x.n - 1]) != low(y.p[y.n - 1]))
        return false;
    size_t head = 0, tail = 0;
    while (head < x.n && low(x.p[head]) == low(y.p[head]))
        head++;
    while (tail < x.n - head && low(x.p[x.n - 1 - tail]) == low(y.p[y.n - 1 - tail]))
        tail++;
    size_t left = x.n - head - tail; /* of x; y has as many, or one more */
    if (y.n > x.n)
        return left == 0;
    return left == 1 || (left == 2 && low(x.p[head]) == low(y.p[head + 1]) &&
                         low(x.p[head + 1]) == low(y.p[head]));
}

static void mark_shared(const sst_text *t, const sst_passage *p, uint32_t n, bool b, uint8_t *mark)
{
    for (uint32_t k = 0; k < n; k++) {
        sst_span at = b ? p[k].at_b : p[k].at_a;
        for (uint32_t i = text_token_at(t, at.begin); i < t->tok_n && t->tok[i].begin < at.end; i++)
            mark[i] = 1;
    }
}

/* Is the token a form that can tell? Names only where a word stands before them. */
static bool is_form(const sst_text *t, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    if (k->kind != TOK_WORD || !is_plain(text_token(t, i)))
        return false;
    if (k->flags & TOKF_UPPER)
        return !(k->flags & TOKF_SENT) && i > 0 && t->tok[i - 1].kind == TOK_WORD;
    return lang_rarity(k->key) >= SLIP_RARITY;
}

/* Is y, at j, another way to write x, at i? */
static bool is_other_form(const sst_text *t, uint32_t i, const sst_text *u, uint32_t j)
{
    const sst_token *x = &t->tok[i], *y = &u->tok[j];
    uint32_t x_n = x->end - x->begin, y_n = y->end - y->begin;
    if (x_n > y_n + 1 || y_n > x_n + 1) /* most words, and the cheapest question */
        return false;
    if (y->kind != TOK_WORD || x->key == y->key || !is_plain(text_token(u, j)) ||
        !one_off(text_token(t, i), text_token(u, j)))
        return false;
    if (x->flags & TOKF_UPPER)
        return (y->flags & TOKF_UPPER) && j > 0 && u->tok[j - 1].key == t->tok[i - 1].key;
    return lang_rarity(x->key) >= lang_rarity(y->key) + SLIP_RARER;
}

/* Words of a text outside the shared ones, as bits of their keys: what has no bit is not there. */
typedef struct words_outside {
    uint64_t bits[64];
} words_outside;

static void note_outside(const sst_text *t, const uint8_t *mark, words_outside *w)
{
    memset(w, 0, sizeof *w);
    for (uint32_t j = 0; j < t->tok_n; j++)
        w->bits[t->tok[j].key >> 6 & 63] |= (uint64_t)!mark[j] << (t->tok[j].key & 63);
}

/* Does the word stand in the text outside the shared words? */
static bool stands_outside(const words_outside *w, const sst_text *t, const uint8_t *mark,
                           uint32_t key)
{
    if (!(w->bits[key >> 6 & 63] >> (key & 63) & 1))
        return false;
    for (uint32_t j = 0; j < t->tok_n; j++)
        if (t->tok[j].key == key && !mark[j])
            return true;
    return false;
}

/* Does another form of x, at i, stand in the text; outside the shared words, or anywhere? */
static bool has_other_form(const sst_text *t, uint32_t i, const sst_text *u, const uint8_t *mark)
{
    for (uint32_t j = 0; j < u->tok_n; j++)
        if (!(mark && mark[j]) && is_other_form(t, i, u, j))
            return true;
    return false;
}

/* The place in `to` of a form that is `from`'s own and stands there among shared words only. */
static sst_span carried(const sst_text *from, const uint8_t *mark_from, const sst_text *to,
                        const uint8_t *mark_to)
{
    uint32_t seen = 0;
    words_outside of_to, of_from;
    note_outside(to, mark_to, &of_to);
    note_outside(from, mark_from, &of_from);
    for (uint32_t i = 0; i < to->tok_n && seen < FORMS_MOST; i++) {
        if (!mark_to[i] || !is_form(to, i))
            continue;
        seen++;
        uint32_t key = to->tok[i].key;
        /* The cheap questions first: keys alone. */
        if (!stands_outside(&of_to, to, mark_to, key) &&
            stands_outside(&of_from, from, mark_from, key) && has_other_form(to, i, to, mark_to) &&
            !has_other_form(to, i, from, NULL))
            return (sst_span){to->tok[i].begin, to->tok[i].end};
    }
    return (sst_span){0, 0};
}

copy_direction copy_spelling_direction(const sst_text *a, const sst_text *b,
                                       const sst_passage *passages, uint32_t n)
{
    copy_direction d = {0};
    sst_arena scratch;
    arena_init(&scratch, 0);
    uint8_t *mark_a = arena_calloc(&scratch, (size_t)a->tok_n + 1, 1),
            *mark_b = arena_calloc(&scratch, (size_t)b->tok_n + 1, 1);
    if (!mark_a || !mark_b) {
        arena_release(&scratch);
        return d;
    }
    mark_shared(a, passages, n, false, mark_a);
    mark_shared(b, passages, n, true, mark_b);
    sst_span in_b = carried(a, mark_a, b, mark_b), in_a = carried(b, mark_b, a, mark_a);
    arena_release(&scratch);
    bool to_b = in_b.begin < in_b.end, to_a = in_a.begin < in_a.end;
    if (to_b == to_a)
        return d;
    return (copy_direction){.direction = to_b ? DIRECTION_A_TO_B : DIRECTION_B_TO_A,
                            .by = EVIDENCE_SPELLING,
                            .in_b = to_b,
                            .at = to_b ? in_b : in_a};
}
