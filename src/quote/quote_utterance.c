/*
 * The quotations of a story -> utterances: one thing said once, in all its printed versions.
 *
 * In: quotations of each article and the cast. Out: sst_utterance. Method: quotations, cut at an
 * ellipsis, are taken from the longest to the shortest; each is compared with the utterances found
 * so far that share three words in a row with it (an index, never all pairs), and joins the one it
 * aligns with when enough of its words are there and the speakers do not differ; else it begins an
 * utterance. Words in marks of one or two words, and those that no clause attributes, join when
 * they stand in an utterance word for word. A long version that two others, each of its own place
 * in it, share between them joins two utterances and is listed under both. Then each version is
 * compared with the fullest, word by word, and typed.
 */
#include "base_hash.h"
#include "quote_words.h"

enum {
    SEGMENT_WORDS_MIN = 4, /* on each side of an ellipsis for the sides to be looked at alone */
    SHINGLE = 3,
    POSTINGS_MAX = 64, /* utterances that are remembered for one shingle: stock phrases end there */
    CANDIDATES_MAX = 6,    /* utterances that one quotation is aligned with */
    JOIN_PERCENT = 70,     /* of the shorter version's words that the longer has, same speaker */
    STRANGER_PERCENT = 80, /* the same when the named speakers differ ... */
    STRANGER_WORDS = 8,    /* ... and it has at least so many words */
    INDIRECT_WORDS = 4,    /* words of weight that indirect speech shares with the quotation it is a
                              version of ... */
    INDIRECT_PERCENT = 60, /* ... and their share of all its words of weight */
    LONG_WORDS = 400,      /* a speech: it is compared only near the words that are shared */
    NEAR_WORDS = 32,       /* how far around them */
    PART_WORDS = 6         /* words of a version that counts as one part of a joined one */
};

typedef struct item {
    uint32_t article, quote;
    sst_spans content;
    quote_words words;
    uint32_t person; /* of the cast */
    sst_str called;  /* unnamed speaker */
    bool doubtful;
    bool indirect;
    bool segment; /* a part of a quotation with an ellipsis */
    bool alone;   /* no other part of it is in the same group */
    bool first;   /* the first part of it */
    bool joined;  /* a part of it is listed under another utterance as well */
    bool others;  /* another part is in another group */
    uint32_t group;
    uint32_t lo, hi; /* words of the group's base that it covers */
} item;

typedef struct group {
    uint32_t base; /* item */
    SST_VEC(uint32_t) items;
} group;

typedef struct posting {
    uint32_t group, next;
    uint32_t at; /* word of the group's base */
} posting;

typedef struct joiner {
    sst_arena *arena, scratch;
    const sst_quotes *const *quotes;
    const sst_cast *cast;
    SST_VEC(item) items;
    SST_VEC(group) groups;
    SST_VEC(posting) postings;
    u64map shingles; /* -> newest posting */
    u64map words;    /* of bases -> newest posting */
    u64map shingle_n, word_n;
} joiner;

/* ------------------------------------------------------------------ items */

static void add_item(joiner *j, uint32_t article, uint32_t quote, const sst_span *spans,
                     uint32_t span_n, bool segment)
{
    const sst_quotes *qs = j->quotes[article];
    const sst_quote *q = &qs->v[quote];
    item *x = vec_push(j->arena, &j->items);
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
    x->person = q->entity == UINT32_MAX ? UINT32_MAX : j->cast->entity[article][q->entity];
    x->called = x->person == UINT32_MAX ? q->speaker : (sst_str){NULL, 0};
    x->doubtful = quote >= qs->n;
    x->indirect = q->type == QUOTE_INDIRECT;
    x->segment = segment;
    x->group = UINT32_MAX;
}

static bool is_ellipsis(const sst_text *t, uint32_t i)
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

static void add_quote(joiner *j, uint32_t article, uint32_t quote)
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
            if (is_ellipsis(t, i) && left >= SEGMENT_WORDS_MIN && right >= SEGMENT_WORDS_MIN) {
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
static int by_length(const item *a, const item *b)
{
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

static void sort_items(item *v, uint32_t n, item *scratch)
{
    if (n < 2)
        return;
    uint32_t half = n / 2;
    sort_items(v, half, scratch);
    sort_items(v + half, n - half, scratch);
    memcpy(scratch, v, half * sizeof *v);
    uint32_t i = 0, k = half, to = 0;
    while (i < half)
        v[to++] = k < n && by_length(&v[k], &scratch[i]) < 0 ? v[k++] : scratch[i++];
}

/* ------------------------------------------------------------------ the index */

static uint64_t shingle_at(const quote_words *w, uint32_t i)
{
    uint64_t h = 11;
    for (uint32_t k = 0; k < SHINGLE; k++)
        h = hash_mix(h, w->v[i + k].key);
    return h;
}

static void post(joiner *j, u64map *map, u64map *count, uint64_t key, uint32_t g, uint32_t at)
{
    uint32_t *n = u64map_add(j->arena, count, key, 0, NULL);
    uint32_t *head = u64map_add(j->arena, map, key, UINT32_MAX - 1, NULL);
    if (!n || !head || *n >= POSTINGS_MAX)
        return;
    if (*head != UINT32_MAX - 1 && j->postings.v[*head].group == g)
        return;
    posting *p = vec_push(j->arena, &j->postings);
    if (!p)
        return;
    p->group = g;
    p->at = at;
    p->next = *head == UINT32_MAX - 1 ? UINT32_MAX : *head;
    *head = j->postings.n - 1;
    ++*n;
}

static uint32_t new_group(joiner *j, uint32_t i)
{
    group *g = vec_push(j->arena, &j->groups);
    if (!g)
        return UINT32_MAX;
    uint32_t id = j->groups.n - 1;
    g->base = i;
    item *x = &j->items.v[i];
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

typedef struct candidate {
    uint32_t group, shared;
    int64_t hint;   /* where x begins in the base, by most of what they share */
    uint32_t votes; /* for it */
} candidate;

/* The groups that share most shingles (or words) with x, at most CANDIDATES_MAX. */
static uint32_t candidates(joiner *j, const item *x, bool by_word, candidate *out)
{
    uint32_t n = 0;
    u64map seen = {NULL, NULL, 0, 0}; /* group -> place in found */
    SST_VEC(candidate) found = {NULL, 0, 0};
    uint32_t last = by_word ? x->words.n : x->words.n >= SHINGLE ? x->words.n - SHINGLE + 1 : 0;
    for (uint32_t k = 0; k < last; k++) {
        if (by_word && x->words.v[k].stop)
            continue;
        uint32_t *head = u64map_find(by_word ? &j->words : &j->shingles,
                                     by_word ? x->words.v[k].key : shingle_at(&x->words, k));
        for (uint32_t p = head ? *head : UINT32_MAX; p != UINT32_MAX; p = j->postings.v[p].next) {
            const posting *at = &j->postings.v[p];
            int64_t hint = (int64_t)at->at - k;
            int fresh;
            uint32_t *place = u64map_add(&j->scratch, &seen, at->group, found.n, &fresh);
            candidate *c = NULL;
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
        candidate c = found.v[s];
        uint32_t at = n < CANDIDATES_MAX ? n++ : n;
        while (at > 0 && (out[at - 1].shared < c.shared ||
                          (out[at - 1].shared == c.shared && out[at - 1].group > c.group))) {
            if (at < CANDIDATES_MAX)
                out[at] = out[at - 1];
            at--;
        }
        if (at < CANDIDATES_MAX)
            out[at] = c;
    }
    return n;
}

/* ------------------------------------------------------------------ joining */

typedef enum kinship { KIN_SAME, KIN_OPEN, KIN_OTHER } kinship;

/* Do two speakers agree, differ, or is one of them not named? */
static kinship speakers(const joiner *j, const item *a, const item *b)
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
static quote_words near(const quote_words *base, int64_t hint, uint32_t n, uint32_t *from)
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

static bool put(joiner *j, uint32_t i, uint32_t g, uint32_t lo, uint32_t hi)
{
    uint32_t *v = vec_push(j->arena, &j->groups.v[g].items);
    if (!v)
        return false;
    *v = i;
    item *x = &j->items.v[i];
    x->group = g;
    x->lo = lo;
    x->hi = hi;
    return true;
}

/*
 * Indirect speech is a version of what the same speaker is quoted with when most of its words of
 * weight stand there; else it is listed with the quotations of its article only, never as an
 * utterance.
 */
static void place_indirect(joiner *j, uint32_t i)
{
    item *x = &j->items.v[i];
    candidate c[CANDIDATES_MAX];
    arena_clear(&j->scratch);
    uint32_t n = candidates(j, x, true, c), best = UINT32_MAX, best_shared = INDIRECT_WORDS - 1;
    for (uint32_t k = 0; k < n; k++) {
        const item *base = &j->items.v[j->groups.v[c[k].group].base];
        if (speakers(j, x, base) != KIN_SAME)
            continue;
        u64map have = {NULL, NULL, 0, 0};
        uint32_t shared = 0, heavy = 0, from;
        quote_words part = near(&base->words, c[k].hint, x->words.n, &from);
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

static void place_item(joiner *j, uint32_t i)
{
    item *x = &j->items.v[i];
    uint32_t content_words = 0;
    for (uint32_t k = 0; k < x->words.n; k++)
        content_words += !x->words.v[k].stop;
    candidate c[CANDIDATES_MAX];
    arena_clear(&j->scratch);
    bool small = x->words.n < SHINGLE;
    uint32_t n = candidates(j, x, small, c), best = UINT32_MAX, best_lo = 0, best_hi = 0,
             best_score = 0;
    for (uint32_t k = 0; k < n; k++) {
        const item *base = &j->items.v[j->groups.v[c[k].group].base];
        kinship kin = speakers(j, x, base);
        uint32_t from;
        quote_words part = near(&base->words, c[k].hint, x->words.n, &from);
        uint32_t row = in_a_row(&part, &x->words), lo = row, hi = row + x->words.n,
                 shared = x->words.n;
        if (row == UINT32_MAX) {
            if (x->words.n <= 5 || x->doubtful)
                continue; /* a handful of words must stand there as they are */
            shared = quote_align(&part, &x->words, &j->scratch, &lo, &hi);
        }
        lo += from;
        hi += from;
        uint32_t percent = x->words.n ? shared * 100 / x->words.n : 0;
        bool joins;
        if (x->doubtful)
            joins = (x->words.n >= 2 && content_words >= 1);
        else if (small)
            joins = content_words >= 1 && kin == KIN_SAME;
        else if (kin == KIN_OTHER)
            joins = percent >= STRANGER_PERCENT && x->words.n >= STRANGER_WORDS;
        else if (x->words.n <= 5)
            joins = content_words >= 1 &&
                    (kin == KIN_SAME || base->words.n <= 2 * x->words.n || x->words.n >= 4);
        else
            joins = percent >= JOIN_PERCENT && (kin == KIN_SAME || percent >= STRANGER_PERCENT);
        /* words far apart in a long quotation are no version of it */
        if (joins && row == UINT32_MAX && hi - lo > 3 * x->words.n && shared < base->words.n / 2)
            joins = false;
        uint32_t score = percent * 4 +
                         (kin == KIN_SAME   ? 40
                          : kin == KIN_OPEN ? 20
                                            : 0) +
                         (row != UINT32_MAX ? 10 : 0);
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

/* ------------------------------------------------------------------ utterances */

typedef SST_VEC(sst_utterance) utterance_list;

static bool same_signs(const sst_text *a, const sst_spans *x, const sst_text *b,
                       const sst_spans *y);

/* Characters of a quotation without white space, with one kind of apostrophe and without the sign
 * at its end. */
static size_t signs(const sst_text *t, const sst_spans *s, sst_arena *scratch, char **out)
{
    size_t total = 0, n = 0;
    for (uint32_t i = 0; i < s->n; i++)
        total += s->v[i].end - s->v[i].begin;
    char *p = arena_alloc(scratch, total + 1);
    *out = p;
    if (!p)
        return 0;
    for (uint32_t i = 0; i < s->n; i++)
        for (uint32_t b = s->v[i].begin; b < s->v[i].end; b++) {
            const unsigned char *c = (const unsigned char *)t->s.p + b;
            if (byte_is_space(*c))
                continue;
            if (*c == 0xE2 && s->v[i].end - b >= 3 && c[1] == 0x80 &&
                (c[2] == 0x99 || c[2] == 0x98)) {
                p[n++] = '\'';
                b += 2;
                continue;
            }
            p[n++] = (char)*c;
        }
    while (n && (p[n - 1] == ',' || p[n - 1] == '.'))
        n--;
    return n;
}

static bool same_signs(const sst_text *a, const sst_spans *x, const sst_text *b, const sst_spans *y)
{
    sst_arena scratch;
    arena_init(&scratch, 0);
    char *p, *q;
    size_t n = signs(a, x, &scratch, &p), m = signs(b, y, &scratch, &q);
    bool same = p && q && n == m && memcmp(p, q, n) == 0;
    arena_release(&scratch);
    return same;
}

static bool has_ellipsis(const sst_text *t, const sst_spans *s)
{
    for (uint32_t k = 0; k < s->n; k++)
        for (uint32_t i = text_token_at(t, s->v[k].begin);
             i < t->tok_n && t->tok[i].begin < s->v[k].end; i++)
            if (is_ellipsis(t, i))
                return true;
    return false;
}

static void type_change(joiner *j, sst_utterance *u, sst_occurrence *o, const quote_words *base,
                        const quote_words *mine, bool joined)
{
    const sst_occurrence *full = &u->v[u->fullest];
    const sst_text *t = j->quotes[o->article]->text, *bt = j->quotes[full->article]->text;
    const sst_quote *q = &j->quotes[o->article]->v[o->quote];
    if (q->type == QUOTE_INDIRECT) {
        o->change = CHANGE_INDIRECT; /* other words for the same: nothing to set side by side word
                                        by word */
        return;
    }
    if (quote_diff(base, mine, j->arena, &o->diff, &o->diff_n) != SST_OK)
        return;
    uint32_t drops = 0, adds = 0;
    bool inner = false, broken_tail = false, broken_head = false;
    for (uint32_t i = 0; i < o->diff_n; i++) {
        const sst_diff *d = &o->diff[i];
        adds += d->op == DIFF_ADD || d->op == DIFF_REPLACE;
        if (d->op == DIFF_DROP) {
            drops++;
            inner |= i > 0 && i + 1 < o->diff_n;
            /* a sentence that begins or ends in the middle; whole sentences in front or behind are
             * nobody's loss */
            broken_tail |= i + 1 == o->diff_n && i > 0 && !base->v[d->from - 1].sentence_end;
            broken_head |= i == 0 && o->diff_n > 1 && !base->v[d->to - 1].sentence_end;
        }
    }
    bool whole = q->type == QUOTE_DIRECT;
    if (joined)
        o->change = CHANGE_JOINED;
    else if (!drops && !adds)
        o->change =
            same_signs(bt, &full->content, t, &o->content) ? CHANGE_SAME : CHANGE_REPUNCTUATED;
    else if (!adds)
        o->change = !whole && !inner ? CHANGE_FRAGMENT : CHANGE_CUT;
    else
        o->change = CHANGE_ALTERED;
    if (o->change == CHANGE_CUT || o->change == CHANGE_ALTERED || o->change == CHANGE_FRAGMENT)
        o->unmarked =
            (inner || ((broken_tail || broken_head) && whole)) && !has_ellipsis(t, &o->content);
}

static void speaker_of(joiner *j, sst_utterance *u)
{
    /* each occurrence votes; a person counts before a body, a body before a description */
    uint32_t best = UINT32_MAX, best_votes = 0;
    int best_rank = -1;
    sst_str called = {NULL, 0};
    u64map votes_of = {NULL, NULL, 0, 0};
    for (uint32_t k = 0; k < u->n; k++) {
        const sst_quote *o = &j->quotes[u->v[k].article]->v[u->v[k].quote];
        uint32_t *votes = o->entity == UINT32_MAX
                              ? NULL
                              : u64map_add(j->arena, &votes_of,
                                           j->cast->entity[u->v[k].article][o->entity], 0, NULL);
        if (votes)
            *votes += o->source.n ? 2 : 1;
    }
    for (uint32_t i = 0; i < u->n; i++) {
        const sst_quote *q = &j->quotes[u->v[i].article]->v[u->v[i].quote];
        if (u->v[i].quote >= j->quotes[u->v[i].article]->n)
            continue;
        if (q->entity == UINT32_MAX) {
            if (q->speaker.n > called.n ||
                (q->speaker.n == called.n && str_cmp(q->speaker, called) < 0))
                called = q->speaker;
            continue;
        }
        uint32_t p = j->cast->entity[u->v[i].article][q->entity];
        const uint32_t *counted = u64map_find(&votes_of, p);
        uint32_t votes = counted ? *counted : 0;
        int rank = j->cast->person[p].kind == NAME_PERSON ? 2 : 1;
        if (rank > best_rank ||
            (rank == best_rank && (votes > best_votes || (votes == best_votes && p < best)))) {
            best = p;
            best_votes = votes;
            best_rank = rank;
        }
    }
    u->person = best;
    u->speaker = best != UINT32_MAX ? j->cast->person[best].name : called;
    for (uint32_t i = 0; i < u->n && best != UINT32_MAX; i++) {
        const sst_quote *q = &j->quotes[u->v[i].article]->v[u->v[i].quote];
        uint32_t p =
            q->entity == UINT32_MAX ? UINT32_MAX : j->cast->entity[u->v[i].article][q->entity];
        u->v[i].other_speaker =
            (p != UINT32_MAX && p != best) ||
            (p == UINT32_MAX && q->source.n && q->speaker.n && q->type != QUOTE_INDIRECT &&
             best_rank == 2 && u->v[i].quote < j->quotes[u->v[i].article]->n);
    }
}

static bool occurrence_before(const sst_occurrence *a, const sst_occurrence *b)
{
    if (a->article != b->article)
        return a->article < b->article;
    return a->content.v[0].begin < b->content.v[0].begin;
}

typedef struct version {
    uint32_t item;
    bool joined;     /* it belongs to another utterance as well */
    bool whole;      /* list it with all of the quotation's content although only a part is this
                        utterance's */
    uint32_t lo, hi; /* when joined: the words of the item that are this utterance's; else all */
} version;

typedef SST_VEC(version) version_list;

typedef struct printed {
    sst_occurrence o;
    quote_words words;
    bool joined;
} printed;

static void sort_printed(printed *v, uint32_t n, printed *scratch)
{
    if (n < 2)
        return;
    uint32_t half = n / 2;
    sort_printed(v, half, scratch);
    sort_printed(v + half, n - half, scratch);
    memcpy(scratch, v, half * sizeof *v);
    uint32_t i = 0, k = half, to = 0;
    while (i < half)
        v[to++] = k < n && occurrence_before(&v[k].o, &scratch[i].o) ? v[k++] : scratch[i++];
}

static void make_utterance(joiner *j, utterance_list *out, const version_list *versions)
{
    sst_utterance *u = vec_push(j->arena, out);
    if (!u || !versions->n)
        return;
    u->v = arena_calloc(j->arena, versions->n, sizeof *u->v);
    printed *list = arena_calloc(j->arena, 2 * (size_t)versions->n, sizeof *list);
    if (!u->v || !list)
        return;
    for (uint32_t i = 0; i < versions->n; i++) {
        const version *v = &versions->v[i];
        const item *x = &j->items.v[v->item];
        sst_occurrence o = {.article = x->article, .quote = x->quote, .content = x->content};
        quote_words w = x->words;
        if (v->joined) {
            w.v += v->lo;
            w.n = v->hi - v->lo;
            if (!v->whole && w.n) {
                sst_span *s = arena_alloc(j->arena, sizeof *s);
                if (!s)
                    return;
                *s = (sst_span){w.v[0].begin, v->hi < x->words.n
                                                  ? w.v[w.n - 1].end
                                                  : x->content.v[x->content.n - 1].end};
                o.content.v = s;
                o.content.n = 1;
            }
        }
        if (v->whole && x->segment) {
            o.content = j->quotes[x->article]->v[x->quote].content;
            if (!v->joined && quote_words_of(j->quotes[x->article]->text, o.content.v, o.content.n,
                                             j->arena, &w) != SST_OK)
                return;
        }
        list[i] = (printed){o, w, v->joined};
    }
    sort_printed(list, versions->n, list + versions->n);
    for (uint32_t i = 0; i < versions->n; i++) {
        const printed *x = &list[i], *full = &list[u->fullest];
        u->v[u->n++] = x->o;
        if (j->quotes[x->o.article]->v[x->o.quote].type == QUOTE_INDIRECT)
            continue;
        bool better = x->words.n > full->words.n ||
                      j->quotes[full->o.article]->v[full->o.quote].type == QUOTE_INDIRECT;
        if (full->joined && !x->joined && x->words.n * 10 >= full->words.n * 8)
            better = true;
        if (x->joined && !full->joined && x->words.n * 8 <= full->words.n * 10)
            better = false;
        if (better)
            u->fullest = i;
    }
    for (uint32_t i = 0; i < u->n; i++)
        type_change(j, u, &u->v[i], &list[u->fullest].words, &list[i].words, list[i].joined);
    speaker_of(j, u);
}

/* A word of the base where it comes apart: versions on both sides, none across; UINT32_MAX when it
 * is one. */
static uint32_t seam(joiner *j, const group *g)
{
    const item *base = &j->items.v[g->base];
    uint32_t n = base->words.n, members = 0;
    if (n < 2 * PART_WORDS)
        return UINT32_MAX;
    /* for each seam how many versions begin to reach across it, and how many end before it */
    arena_clear(&j->scratch);
    uint32_t *from = arena_calloc(&j->scratch, n + 2, sizeof *from),
             *to = arena_calloc(&j->scratch, n + 2, sizeof *to);
    if (!from || !to)
        return UINT32_MAX;
    for (uint32_t i = 0; i < g->items.n; i++) {
        const item *x = &j->items.v[g->items.v[i]];
        if (g->items.v[i] == g->base || x->indirect || x->words.n < PART_WORDS)
            continue;
        if (x->segment && !x->alone) /* the parts of one quotation hold the seam together */
            return UINT32_MAX;
        uint32_t end = x->hi ? x->hi - 1 : 0; /* one word more or less is no reach */
        members++;
        to[end]++;
        if (x->lo + 2 < end)
            from[x->lo + 2]++;
        else
            from[end]++;
    }
    uint32_t begun = 0, left = 0;
    for (uint32_t c = 0; c + PART_WORDS <= n; c++) {
        begun += from[c];
        left += to[c];
        if (c >= PART_WORDS && base->words.v[c - 1].sentence_end && left && left == begun &&
            left < members)
            return c;
    }
    return UINT32_MAX;
}

static void add_version(joiner *j, version_list *l, version v)
{
    version *x = vec_push(j->arena, l);
    if (x)
        *x = v;
}

/* Which parts of a quotation with an ellipsis ended in one group. The parts of a quotation carry
 * its number. */
static void relate_segments(joiner *j)
{
    u64map first = {NULL, NULL, 0, 0}, group_of = {NULL, NULL, 0, 0}, pair_n = {NULL, NULL, 0, 0};
    for (uint32_t i = 0; i < j->items.n; i++) {
        item *x = &j->items.v[i];
        if (!x->segment)
            continue;
        uint64_t key = (uint64_t)x->article << 32 | x->quote;
        uint32_t *f = u64map_add(j->arena, &first, key, i, NULL);
        uint32_t *n = u64map_add(j->arena, &pair_n, hash_mix(key, x->group), 0, NULL);
        int fresh;
        uint32_t *g = u64map_add(j->arena, &group_of, key,
                                 x->group == UINT32_MAX ? UINT32_MAX - 1 : x->group, &fresh);
        if (!f || !n || !g)
            return;
        if (j->items.v[*f].content.v[0].begin > x->content.v[0].begin)
            *f = i;
        ++*n;
        if (!fresh && *g != x->group)
            *g = UINT32_MAX - 2; /* several groups */
    }
    for (uint32_t i = 0; i < j->items.n; i++) {
        item *x = &j->items.v[i];
        if (!x->segment)
            continue;
        uint64_t key = (uint64_t)x->article << 32 | x->quote;
        x->first = *u64map_find(&first, key) == i;
        x->others = *u64map_find(&group_of, key) == UINT32_MAX - 2;
        x->alone = *u64map_find(&pair_n, hash_mix(key, x->group)) == 1;
    }
}

/* Does a sentence begin with word i, give or take one? */
static bool at_seam(const quote_words *w, uint32_t i)
{
    for (uint32_t k = i ? i - 1 : 0; k <= i + 1 && k <= w->n; k++)
        if (k == 0 || k == w->n || w->v[k - 1].sentence_end)
            return true;
    return false;
}

/*
 * Sentences of x that stand in another group's base: x joins two utterances, and is listed under
 * both.
 */
static void second_homes(joiner *j, uint32_t i, version_list *by_group)
{
    item *x = &j->items.v[i];
    if (x->group == UINT32_MAX || x->doubtful || x->indirect || x->segment ||
        x->words.n < 2 * PART_WORDS)
        return;
    arena_clear(&j->scratch);
    candidate c[CANDIDATES_MAX];
    uint32_t n = candidates(j, x, false, c);
    for (uint32_t k = 0; k < n; k++) {
        const item *other = &j->items.v[j->groups.v[c[k].group].base];
        if (c[k].group == x->group || speakers(j, x, other) == KIN_OTHER)
            continue;
        uint32_t lo = 0, hi = 0, from, other_from;
        quote_words mine = near(&x->words, -c[k].hint, other->words.n, &from),
                    theirs = near(&other->words, c[k].hint, x->words.n, &other_from);
        uint32_t shared = quote_align(&mine, &theirs, &j->scratch, &lo, &hi);
        lo += from;
        hi += from;
        if (hi < lo + PART_WORDS || shared * 100 < (hi - lo) * STRANGER_PERCENT ||
            !at_seam(&x->words, lo) || !at_seam(&x->words, hi))
            continue;
        if (!x->words.n || (hi - lo) * 10 > x->words.n * 9)
            continue;
        add_version(j, &by_group[c[k].group], (version){i, true, false, lo, hi});
        x->joined = true;
    }
}

static int rank(const sst_utterance *u)
{
    uint32_t articles = 1;
    bool marked = false, soft = false;
    for (uint32_t i = 0; i < u->n; i++) {
        articles += i && u->v[i].article != u->v[i - 1].article;
        marked |= u->v[i].change == CHANGE_ALTERED || u->v[i].change == CHANGE_CUT ||
                  u->v[i].other_speaker;
        soft |= u->v[i].change != CHANGE_SAME;
    }
    return marked ? 0 : soft ? 1 : articles > 1 ? 2 : 3;
}

static uint32_t article_count(const sst_utterance *u)
{
    uint32_t n = u->n ? 1 : 0;
    for (uint32_t i = 1; i < u->n; i++)
        n += u->v[i].article != u->v[i - 1].article;
    return n;
}

typedef struct ranked {
    sst_utterance u;
    int rank;
    uint32_t articles;
} ranked;

static bool ranked_before(const ranked *a, const ranked *b)
{
    if (a->rank != b->rank)
        return a->rank < b->rank;
    if (a->articles != b->articles)
        return a->articles > b->articles;
    return a->u.n && b->u.n && occurrence_before(&a->u.v[0], &b->u.v[0]);
}

static void sort_ranked(ranked *v, uint32_t n, ranked *scratch)
{
    if (n < 2)
        return;
    uint32_t half = n / 2;
    sort_ranked(v, half, scratch);
    sort_ranked(v + half, n - half, scratch);
    memcpy(scratch, v, half * sizeof *v);
    uint32_t i = 0, k = half, to = 0;
    while (i < half)
        v[to++] = k < n && ranked_before(&v[k], &scratch[i]) ? v[k++] : scratch[i++];
}

static void sort_utterances(sst_arena *arena, sst_utterance *v, uint32_t n)
{
    ranked *list = arena_alloc(arena, (2 * (size_t)n + 1) * sizeof *list);
    if (!list)
        return;
    for (uint32_t i = 0; i < n; i++)
        list[i] = (ranked){v[i], rank(&v[i]), article_count(&v[i])};
    sort_ranked(list, n, list + n);
    for (uint32_t i = 0; i < n; i++)
        v[i] = list[i].u;
}

sst_status quote_utterances(const sst_quotes *const *quotes, uint32_t n, const sst_cast *cast,
                            sst_arena *arena, sst_utterance **out, uint32_t *out_n)
{
    *out = NULL;
    *out_n = 0;
    joiner j;
    memset(&j, 0, sizeof j);
    j.arena = arena;
    arena_init(&j.scratch, 0);
    j.quotes = quotes;
    j.cast = cast;
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t q = 0; q < quotes[a]->all_n && !arena->failed; q++)
            add_quote(&j, a, q);
    item *spare = arena_alloc(arena, (j.items.n + 1) * sizeof *spare);
    if (spare && !arena->failed)
        sort_items(j.items.v, j.items.n, spare);
    for (uint32_t i = 0; i < j.items.n && !arena->failed && !j.scratch.failed; i++) {
        if (j.items.v[i].indirect)
            place_indirect(&j, i);
        else
            place_item(&j, i);
    }
    relate_segments(&j);
    version_list *extra = arena_calloc(arena, j.groups.n + 1, sizeof *extra);
    for (uint32_t i = 0; extra && i < j.items.n && !arena->failed && !j.scratch.failed; i++)
        second_homes(&j, i, extra);
    utterance_list list = {NULL, 0, 0};
    for (uint32_t g = 0; g < j.groups.n && !arena->failed; g++) {
        const group *x = &j.groups.v[g];
        uint32_t cut = seam(&j, x);
        version_list left = {NULL, 0, 0}, right = {NULL, 0, 0};
        for (uint32_t i = 0; i < x->items.n; i++) {
            uint32_t id = x->items.v[i];
            const item *it = &j.items.v[id];
            version_list *side = cut != UINT32_MAX && it->lo + 1 >= cut ? &right : &left;
            if (cut != UINT32_MAX && id == x->base) {
                add_version(&j, &left, (version){id, true, true, 0, cut});
                add_version(&j, &right, (version){id, true, false, cut, it->words.n});
            } else if (it->segment) {
                if (it->others || it->first) /* else the first part stands for all of it */
                    add_version(&j, side, (version){id, it->others, it->first, 0, it->words.n});
            } else {
                add_version(&j, side, (version){id, it->joined, it->joined, 0, it->words.n});
            }
        }
        for (uint32_t i = 0; i < extra[g].n; i++)
            add_version(&j, &left, extra[g].v[i]);
        if (left.n)
            make_utterance(&j, &list, &left);
        if (right.n)
            make_utterance(&j, &list, &right);
    }
    sst_status failed = arena->failed ? arena->failed : j.scratch.failed;
    arena_release(&j.scratch);
    if (failed)
        return failed;
    sort_utterances(arena, list.v, list.n);
    if (arena->failed)
        return arena->failed;
    *out = list.v;
    *out_n = list.n;
    return SST_OK;
}
