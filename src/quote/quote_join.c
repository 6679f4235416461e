/*
 * Which quotations of a story are versions of one.
 *
 * In: quotations of each article. Out: groups. Method: quotations, cut at an ellipsis, are taken
 * from the longest to the shortest; each is compared with the groups so far that share three words
 * in a row with it (an index, never all pairs), and joins the one it aligns with when enough of its
 * words are there and the speakers do not differ; else it begins a group. Words in marks of one or
 * two words, and those that no clause attributes, join when they stand there word for word;
 * indirect speech when most of its words of weight do.
 */
#include "quote_join.h"

#include "base_sort.h"

enum {
    SEGMENT_WORDS_MIN = 4, /* on each side of an ellipsis for the sides to be looked at alone */
    SHINGLE = 3,
    POSTINGS_MAX = 64, /* utterances that are remembered for one shingle: stock phrases end there */
    JOIN_PERCENT = 70, /* of the shorter version's words that the longer has, same speaker */
    STRANGER_WORDS = 8,    /* words of a version that may join when the named speakers differ */
    INDIRECT_WORDS = 4,    /* words of weight that indirect speech shares with the quotation it is a
                              version of ... */
    INDIRECT_PERCENT = 60, /* ... and their share of all its words of weight */
    HANDFUL = 5,           /* so few words must stand there as they are, in a row */
    SPREAD = 3,            /* a version may reach over so many times its own words of the other */
    SCORE_PERCENT = 4,
    SCORE_SAME_SPEAKER = 40,
    SCORE_OPEN_SPEAKER = 20,
    SCORE_IN_A_ROW = 10,
    SCORE_SIBLING = 60, /* another part of the quotation is there; all by hand; bench: "utterances
                           kept whole" */
    KIN_VERSIONS = 8,   /* the longest versions of a group, whose speakers a further one may have */
    PUT_IN =
        2, /* a handful that the same person says may stand there over so many times its words */
    PUT_IN_CONTENT = 2, /* words of weight of such a handful, and of one that nobody is named for */
    ALIKE_PERCENT = 50, /* of the shorter's words, for the learnt score of two quotations: with less
                           two sentences of a speech are one */
    PAIR_WORDS = 4,     /* of the fewest that the learnt score of two quotations is asked for */
    LONG_WORDS = 400,   /* a speech: it is compared only near the words that are shared */
    NEAR_WORDS = 32     /* how far around them */
};

/* ------------------------------------------------------------------ items */

static void add_item(quote_joiner *j, uint32_t article, uint32_t quote, const sst_span *spans,
                     uint32_t span_n, bool segment)
{
    const sst_quotes *qs = j->quotes[article];
    const sst_quote *q = &qs->v[quote];
    quote_item *x = vec_push(j->arena, &j->items);
    if (!x)
        return;
    x->article = article;
    x->quote = quote;
    x->content.v = arena_alloc(j->arena, (span_n + 1) * sizeof *spans);
    if (!x->content.v)
        return;
    memcpy(x->content.v, spans, span_n * sizeof *spans);
    x->content.n = span_n;
    if (quote_words_of(qs->text, spans, span_n, j->arena, &x->words) != SST_OK)
        return;
    x->person = j->who[article][quote].person;
    x->called = x->person == UINT32_MAX ? q->speaker : (sst_str){NULL, 0};
    x->doubtful = quote >= qs->n;
    x->indirect = q->type == QUOTE_INDIRECT;
    x->segment = segment;
    x->group = UINT32_MAX;
}

bool quote_is_ellipsis(const sst_text *t, uint32_t i)
{
    sst_str s = text_token(t, i);
    return t->tok[i].kind == TOK_SIGN &&
           (str_eq(s, STR("\xE2\x80\xA6")) || (s.n >= 3 && s.p[0] == '.'));
}

static uint32_t count_words(const sst_text *t, uint32_t b, uint32_t e)
{
    uint32_t n = 0;
    for (uint32_t i = b; i < e; i++)
        n += t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER;
    return n;
}

void quote_join_add(quote_joiner *j, uint32_t article, uint32_t quote)
{
    const sst_quotes *qs = j->quotes[article];
    const sst_quote *q = &qs->v[quote];
    const sst_text *t = qs->text;
    if (q->content.n == 1 && q->type != QUOTE_INDIRECT) {
        /* "A ... B" */
        sst_span s = q->content.v[0];
        uint32_t b = text_token_at(t, s.begin), e = b, cut = 0;
        while (e < t->tok_n && t->tok[e].begin < s.end)
            e++;
        sst_span parts[8];
        uint32_t from = b, left = 0, right = count_words(t, b, e);
        for (uint32_t i = b; i < e && cut < 7; i++) {
            if (quote_is_ellipsis(t, i) && left >= SEGMENT_WORDS_MIN &&
                right >= SEGMENT_WORDS_MIN) {
                parts[cut++] = text_span(t, from, i);
                from = i + 1;
                left = 0;
            }
            uint32_t word = count_words(t, i, i + 1);
            left += word;
            right -= word;
        }
        if (cut) {
            parts[cut++] = text_span(t, from, e);
            for (uint32_t i = 0; i < cut; i++)
                add_item(j, article, quote, &parts[i], 1, true);
            return;
        }
    }
    add_item(j, article, quote, q->content.v, q->content.n, false);
}

/* Longest first; then by what they say, then by place: never by input order (the story's order is
 * by content). */
static int by_length(const void *x_, const void *y_)
{
    const quote_item *a = x_, *b = y_;
    if (a->indirect != b->indirect)
        return a->indirect ? 1 : -1;
    if (a->doubtful != b->doubtful)
        return a->doubtful ? 1 : -1;
    if (a->words.n != b->words.n)
        return a->words.n > b->words.n ? -1 : 1;
    if (a->article != b->article)
        return a->article < b->article ? -1 : 1;
    uint32_t x = a->content.v[0].begin, y = b->content.v[0].begin;
    return (x > y) - (x < y);
}

void quote_join_sort(quote_item *v, uint32_t n, quote_item *scratch)
{
    sort_stable(v, n, sizeof *v, by_length, scratch);
}

/* ------------------------------------------------------------------ the index */

static uint64_t shingle_at(const quote_words *w, uint32_t i)
{
    uint64_t h = 11;
    for (uint32_t k = 0; k < SHINGLE; k++)
        h = hash_mix(h, w->v[i + k].key);
    return h;
}

static void post(quote_joiner *j, u64map *map, u64map *count, uint64_t key, uint32_t g, uint32_t at)
{
    uint32_t *n = u64map_add(j->arena, count, key, 0, NULL);
    uint32_t *head = u64map_add(j->arena, map, key, UINT32_MAX - 1, NULL);
    if (!n || !head || *n >= POSTINGS_MAX)
        return;
    if (*head != UINT32_MAX - 1 && j->postings.v[*head].group == g)
        return;
    quote_posting *p = vec_push(j->arena, &j->postings);
    if (!p)
        return;
    p->group = g;
    p->at = at;
    p->next = *head == UINT32_MAX - 1 ? UINT32_MAX : *head;
    *head = j->postings.n - 1;
    ++*n;
}

static uint32_t new_group(quote_joiner *j, uint32_t i)
{
    quote_group *g = vec_push(j->arena, &j->groups);
    if (!g)
        return UINT32_MAX;
    uint32_t id = j->groups.n - 1;
    g->base = i;
    quote_item *x = &j->items.v[i];
    x->group = id;
    x->lo = 0;
    x->hi = x->words.n;
    for (uint32_t k = 0; k + SHINGLE <= x->words.n; k++)
        post(j, &j->shingles, &j->shingle_n, shingle_at(&x->words, k), id, k);
    for (uint32_t k = 0; k < x->words.n; k++)
        if (!x->words.v[k].stop)
            post(j, &j->words, &j->word_n, x->words.v[k].key, id, k);
    return id;
}

/* The groups that share most shingles (or words) with x, at most QUOTE_CANDIDATES_MAX. */
uint32_t quote_join_candidates(quote_joiner *j, const quote_item *x, bool by_word,
                               quote_candidate *out)
{
    uint32_t n = 0;
    u64map seen = {NULL, NULL, 0, 0}; /* group -> place in found */
    SST_VEC(quote_candidate) found = {NULL, 0, 0};
    uint32_t last = by_word ? x->words.n : x->words.n >= SHINGLE ? x->words.n - SHINGLE + 1 : 0;
    for (uint32_t k = 0; k < last; k++) {
        if (by_word && x->words.v[k].stop)
            continue;
        uint32_t *head = u64map_find(by_word ? &j->words : &j->shingles,
                                     by_word ? x->words.v[k].key : shingle_at(&x->words, k));
        for (uint32_t p = head ? *head : UINT32_MAX; p != UINT32_MAX; p = j->postings.v[p].next) {
            const quote_posting *at = &j->postings.v[p];
            int64_t hint = (int64_t)at->at - k;
            int fresh;
            uint32_t *place = u64map_add(&j->scratch, &seen, at->group, found.n, &fresh);
            quote_candidate *c = NULL;
            if (place)
                c = fresh ? vec_push(&j->scratch, &found) : &found.v[*place];
            if (!c)
                return 0;
            c->group = at->group;
            c->shared++;
            if (!c->votes) {
                c->hint = hint;
                c->votes = 1;
            } else if (hint - c->hint <= NEAR_WORDS && c->hint - hint <= NEAR_WORDS) {
                c->votes++;
            } else {
                c->votes--;
            }
        }
    }
    for (uint32_t s = 0; s < found.n; s++) {
        quote_candidate c = found.v[s];
        uint32_t at = n < QUOTE_CANDIDATES_MAX ? n++ : n;
        while (at > 0 && (out[at - 1].shared < c.shared ||
                          (out[at - 1].shared == c.shared && out[at - 1].group > c.group))) {
            if (at < QUOTE_CANDIDATES_MAX)
                out[at] = out[at - 1];
            at--;
        }
        if (at < QUOTE_CANDIDATES_MAX)
            out[at] = c;
    }
    return n;
}

/* ------------------------------------------------------------------ joining */

/* Do two speakers agree, differ, or is one of them not named? */
quote_kin quote_join_kin(const quote_joiner *j, const quote_item *a, const quote_item *b)
{
    if (a->person != UINT32_MAX && b->person != UINT32_MAX) {
        if (a->person == b->person)
            return KIN_SAME;
        const sst_person *x = &j->cast->person[a->person], *y = &j->cast->person[b->person];
        return x->kind == NAME_PERSON && y->kind == NAME_PERSON ? KIN_OTHER : KIN_OPEN;
    }
    if (a->person == UINT32_MAX && b->person == UINT32_MAX && a->called.n &&
        str_eq_nocase(a->called, b->called))
        return KIN_SAME;
    return KIN_OPEN;
}

/* The same of a group: who agrees with the speaker of one of its versions agrees with it, since one
 * outlet may have given the words to somebody else. */
static quote_kin kin_of_group(const quote_joiner *j, const quote_item *x, const quote_group *g)
{
    quote_kin kin = quote_join_kin(j, x, &j->items.v[g->base]);
    for (uint32_t i = 0; kin != KIN_SAME && i < g->items.n && i < KIN_VERSIONS; i++)
        if (quote_join_kin(j, x, &j->items.v[g->items.v[i]]) == KIN_SAME)
            kin = KIN_SAME;
    return kin;
}

/* First word of base where the words of x stand in a row, UINT32_MAX when nowhere. */
static uint32_t in_a_row(const quote_words *base, const quote_words *x)
{
    for (uint32_t i = 0; i + x->n <= base->n; i++) {
        uint32_t k = 0;
        while (k < x->n && base->v[i + k].key == x->v[k].key)
            k++;
        if (k == x->n)
            return i;
    }
    return UINT32_MAX;
}

/* The words of base where n words that begin near `hint` may stand: all, unless it is long. */
quote_words quote_join_near(const quote_words *base, int64_t hint, uint32_t n, uint32_t *from)
{
    *from = 0;
    if (base->n <= LONG_WORDS)
        return *base;
    int64_t b = hint - NEAR_WORDS, e = hint + n + n / 2 + NEAR_WORDS;
    if (b < 0)
        b = 0;
    if (e > base->n)
        e = base->n;
    if (b > e)
        b = e;
    *from = (uint32_t)b;
    return (quote_words){base->v + b, (uint32_t)(e - b)};
}

/* The same words in a row in one of a group's longest versions: where that stands in the base. */
static bool in_a_version(const quote_joiner *j, const quote_item *x, const quote_group *g,
                         uint32_t *lo, uint32_t *hi)
{
    for (uint32_t i = 0; i < g->items.n && i < KIN_VERSIONS; i++) {
        const quote_item *y = &j->items.v[g->items.v[i]];
        uint32_t row = y->indirect || g->items.v[i] == g->base || y->words.n > LONG_WORDS
                           ? UINT32_MAX
                           : in_a_row(&y->words, &x->words);
        if (row == UINT32_MAX || y->hi <= y->lo)
            continue;
        *lo = y->lo + row < y->hi ? y->lo + row : y->hi - 1; /* about */
        *hi = *lo + x->words.n < y->hi ? *lo + x->words.n : y->hi;
        return true;
    }
    return false;
}

/* Days since 1970 of an article, INT32_MIN when not known. */
static int32_t day_of(const quote_joiner *j, uint32_t article)
{
    int64_t at = j->quotes[article]->text->article->published_s;
    return at == INT64_MIN ? INT32_MIN : (int32_t)(at / 86400);
}

static quote_piece piece_of(quote_joiner *j, const quote_item *x, const quote_words *w,
                            quote_name *name)
{
    uint32_t n = w->n < QUOTE_PIECE_WORDS ? w->n : QUOTE_PIECE_WORDS;
    uint32_t *key = arena_alloc(&j->scratch, (n + 1) * sizeof *key);
    uint8_t *bits = arena_alloc(&j->scratch, n + 1);
    for (uint32_t i = 0; key && bits && i < n; i++) {
        key[i] = w->v[i].key;
        bits[i] = quote_bits(w->v[i].key);
    }
    int32_t day = day_of(j, x->article);
    return (quote_piece){key, bits, key && bits ? n : 0, name, day, day};
}

/* Is it printed in other words, as the score of two quotations has learnt that one person is? */
static bool said_alike(quote_joiner *j, const quote_item *x, const quote_item *base,
                       const quote_words *part)
{
    quote_name name = quote_name_of(j->cast->person[x->person].name, true);
    quote_piece a = piece_of(j, x, &x->words, &name), b = piece_of(j, base, part, &name);
    if (!a.n || !b.n || quote_pair_bound(&a, &b) <= 0)
        return false;
    uint8_t *cell =
        arena_alloc(&j->scratch, (size_t)(QUOTE_PIECE_WORDS + 1) * (QUOTE_PIECE_WORDS + 1));
    if (!cell)
        return false;
    quote_pair pair;
    quote_pair_compare(&a, &b, cell, &pair);
    return pair.score > 0;
}

static uint64_t quotation_of(const quote_item *x)
{
    return (uint64_t)x->article << 32 | x->quote;
}

static bool put(quote_joiner *j, uint32_t i, uint32_t g, uint32_t lo, uint32_t hi)
{
    uint32_t *v = vec_push(j->arena, &j->groups.v[g].items);
    if (!v)
        return false;
    *v = i;
    quote_item *x = &j->items.v[i];
    x->group = g;
    x->lo = lo;
    x->hi = hi;
    return !x->segment || u64map_add(j->arena, &j->placed, quotation_of(x), g, NULL);
}

/*
 * Indirect speech is a version of what the same speaker is quoted with when most of its words of
 * weight stand there; else it is listed with the quotations of its article only, never as an
 * utterance.
 */
void quote_join_indirect(quote_joiner *j, uint32_t i)
{
    quote_item *x = &j->items.v[i];
    quote_candidate c[QUOTE_CANDIDATES_MAX];
    arena_clear(&j->scratch);
    uint32_t n = quote_join_candidates(j, x, true, c), best = UINT32_MAX,
             best_shared = INDIRECT_WORDS - 1;
    for (uint32_t k = 0; k < n; k++) {
        const quote_item *base = &j->items.v[j->groups.v[c[k].group].base];
        if (kin_of_group(j, x, &j->groups.v[c[k].group]) != KIN_SAME)
            continue;
        u64map have = {NULL, NULL, 0, 0};
        uint32_t shared = 0, heavy = 0, from;
        quote_words part = quote_join_near(&base->words, c[k].hint, x->words.n, &from);
        for (uint32_t w = 0; w < part.n; w++)
            if (!part.v[w].stop)
                u64map_add(&j->scratch, &have, part.v[w].key, 1, NULL);
        for (uint32_t w = 0; w < x->words.n; w++) {
            heavy += !x->words.v[w].stop;
            shared += !x->words.v[w].stop && u64map_find(&have, x->words.v[w].key);
        }
        if (shared > best_shared && shared * 100 >= heavy * INDIRECT_PERCENT) {
            best_shared = shared;
            best = c[k].group;
        }
    }
    if (best != UINT32_MAX)
        put(j, i, best, 0, j->items.v[j->groups.v[best].base].words.n);
}

void quote_join_item(quote_joiner *j, uint32_t i)
{
    quote_item *x = &j->items.v[i];
    uint32_t content_words = 0;
    for (uint32_t k = 0; k < x->words.n; k++)
        content_words += !x->words.v[k].stop;
    quote_candidate c[QUOTE_CANDIDATES_MAX];
    arena_clear(&j->scratch);
    bool small = x->words.n < SHINGLE;
    bool nobody = x->person == UINT32_MAX && !x->called.n; /* the study says "..." */
    const uint32_t *sibling = x->segment ? u64map_find(&j->placed, quotation_of(x)) : NULL;
    uint32_t n = quote_join_candidates(j, x, small, c), best = UINT32_MAX, best_lo = 0, best_hi = 0,
             best_score = 0;
    for (uint32_t k = 0; k < n; k++) {
        const quote_item *base = &j->items.v[j->groups.v[c[k].group].base];
        quote_kin kin = kin_of_group(j, x, &j->groups.v[c[k].group]);
        uint32_t from;
        quote_words part = quote_join_near(&base->words, c[k].hint, x->words.n, &from);
        uint32_t row = in_a_row(&part, &x->words), lo = row, hi = row + x->words.n,
                 shared = x->words.n;
        bool elsewhere = false;
        if (row == UINT32_MAX && !small && !x->doubtful && kin == KIN_SAME)
            elsewhere = in_a_version(j, x, &j->groups.v[c[k].group], &lo, &hi);
        if (row == UINT32_MAX && !elsewhere) {
            bool put_in = kin == KIN_SAME && !small && content_words >= PUT_IN_CONTENT;
            if (x->doubtful || (x->words.n <= HANDFUL && !put_in))
                continue; /* a handful of words must stand there as they are */
            shared = quote_align(&part, &x->words, &j->scratch, &lo, &hi);
            /* hold the owner (of this dam) accountable */
            if (x->words.n <= HANDFUL && (shared < x->words.n || hi - lo > PUT_IN * x->words.n))
                continue;
        }
        if (!elsewhere) {
            lo += from;
            hi += from;
        }
        uint32_t percent = x->words.n ? shared * 100 / x->words.n : 0;
        bool joins;
        if (x->doubtful)
            joins = (x->words.n >= 2 && content_words >= 1);
        else if (small)
            joins = content_words >= 1 && kin == KIN_SAME;
        else if (kin == KIN_OTHER)
            joins = percent >= QUOTE_STRANGER_PERCENT && x->words.n >= STRANGER_WORDS;
        else if (x->words.n <= HANDFUL)
            joins = content_words >= 1 &&
                    (kin == KIN_SAME || base->words.n <= 2 * x->words.n ||
                     x->words.n + 1 >= HANDFUL || (nobody && content_words >= PUT_IN_CONTENT));
        else
            joins =
                percent >= JOIN_PERCENT && (kin == KIN_SAME || percent >= QUOTE_STRANGER_PERCENT);
        if (!joins && row == UINT32_MAX && kin == KIN_SAME && x->person != UINT32_MAX &&
            x->words.n >= PAIR_WORDS && !x->doubtful && percent >= ALIKE_PERCENT)
            joins = said_alike(j, x, base, &part);
        /* words far apart in a long quotation are no version of it */
        if (joins && row == UINT32_MAX && hi - lo > SPREAD * x->words.n &&
            shared < base->words.n / 2)
            joins = false;
        uint32_t score = percent * SCORE_PERCENT +
                         (kin == KIN_SAME   ? SCORE_SAME_SPEAKER
                          : kin == KIN_OPEN ? SCORE_OPEN_SPEAKER
                                            : 0) +
                         (row != UINT32_MAX ? SCORE_IN_A_ROW : 0) +
                         (sibling && *sibling == c[k].group ? SCORE_SIBLING : 0);
        if (joins && score > best_score) {
            best_score = score;
            best = c[k].group;
            best_lo = lo;
            best_hi = hi;
        }
    }
    if (best != UINT32_MAX)
        put(j, i, best, best_lo, best_hi);
    else if (!x->doubtful) {
        uint32_t g = new_group(j, i);
        if (g != UINT32_MAX)
            put(j, i, g, 0, x->words.n);
    }
}
