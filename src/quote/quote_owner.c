/*
 * Utterances and single quotations of stories -> quote_owners: words as keys, in order of length,
 * cut into pieces.
 */
#include "quote_owner.h"

#include "base_sort.h"
#include "base_str.h"
#include "text_pack.h"

enum {
    PIECE_STEP = 192,   /* words from one piece to the next; they overlap by a quarter, so that what
                           stands across a cut is whole in one of them */
    DOUBTFUL_WORDS = 5, /* words in marks that nobody is said to have said: fewer are names */
    EXTRA_BYTES = 16,   /* words of its own that a version needs to be kept: about three */
    DAY = 86400
};

static int32_t day_of(int64_t time)
{
    if (time == INT64_MIN)
        return INT32_MIN;
    return (int32_t)((time - (time < 0 ? DAY - 1 : 0)) / DAY);
}

static void set_words(quote_owners *l, quote_owner *o, const sst_text *t, const sst_spans *content)
{
    quote_words w;
    arena_clear(&l->words);
    if (quote_words_of(t, content->v, content->n, &l->words, &w) != SST_OK)
        return;
    o->key_at = (uint32_t)(l->key.n / sizeof(uint32_t));
    o->key_n = w.n;
    uint64_t h = 17;
    for (uint32_t i = 0; i < w.n; i++) {
        uint8_t bits = quote_bits(w.v[i].key);
        h = hash_mix(h, w.v[i].key);
        buf_add(&l->key, &w.v[i].key, sizeof w.v[i].key);
        buf_add(&l->bits, &bits, 1);
    }
    o->hash = h;
}

/* Bytes of a version that the fullest does not have. */
static uint32_t own_bytes(const sst_occurrence *v)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < v->diff_n; i++)
        if (v->diff[i].op == DIFF_ADD || v->diff[i].op == DIFF_REPLACE)
            n += v->diff[i].at.end - v->diff[i].at.begin;
    return n;
}

/* The fullest version need not have all that others have: one that goes on where it ends is found
 * by its own words. */
static void add_extra(quote_owners *l, quote_owner *o, const sst_utterance *u)
{
    quote_owner words = *o; /* a place for set_words */
    for (uint32_t k = 0; k < u->n && o->extra_n < QUOTE_EXTRA_MAX; k++) {
        const sst_occurrence *v = &u->v[k];
        if (k == u->fullest || own_bytes(v) < EXTRA_BYTES)
            continue;
        set_words(l, &words, l->texts[v->article], &v->content);
        o->extra[o->extra_n++] = words.key_n;
    }
}

static void set_time(quote_owner *o, int64_t time)
{
    if (time == INT64_MIN)
        return;
    int32_t day = day_of(time);
    if (o->time == INT64_MIN || time < o->time)
        o->time = time;
    if (o->first_day == INT32_MIN || day < o->first_day)
        o->first_day = day;
    if (o->last_day == INT32_MIN || day > o->last_day)
        o->last_day = day;
}

static quote_name name_of(const quote_link_story *s, uint32_t person, sst_str called)
{
    if (person == UINT32_MAX)
        return quote_name_of(called, false);
    const sst_person *p = &s->cast->person[person];
    return quote_name_of(p->name, p->kind == NAME_PERSON || p->kind == NAME_UNKNOWN);
}

static quote_owner *add_owner(quote_owners *l, const quote_link_story *s, uint32_t story,
                              quote_owner_kind kind)
{
    if (l->list_n == l->list_cap) { /* each is counted before it is made */
        l->arena->failed = SST_ERR_INTERNAL;
        return NULL;
    }
    quote_owner *o = &l->list[l->list_n++];
    *o = (quote_owner){.s = s,
                       .story = story,
                       .utterance = UINT32_MAX,
                       .kind = (uint8_t)kind,
                       .time = INT64_MIN,
                       .first_day = INT32_MIN,
                       .last_day = INT32_MIN};
    return o;
}

/* Quotations of a story that are in none of its utterances. */
static void add_rest(quote_owners *l, const quote_link_story *s, uint32_t story, sst_arena *scratch)
{
    uint8_t **taken = arena_calloc(scratch, s->n + 1, sizeof *taken);
    for (uint32_t a = 0; taken && a < s->n; a++)
        taken[a] = arena_calloc(scratch, (size_t)s->quotes[a]->all_n + 1, 1);
    if (scratch->failed)
        return;
    for (uint32_t u = 0; u < s->utterance_n; u++)
        for (uint32_t k = 0; k < s->utterances[u].n; k++)
            taken[s->utterances[u].v[k].article][s->utterances[u].v[k].quote] = 1;
    for (uint32_t a = 0; a < s->n; a++) {
        const sst_quotes *q = s->quotes[a];
        for (uint32_t i = 0; i < q->all_n && !l->arena->failed; i++) {
            const sst_quote *x = &q->v[i];
            if (taken[a][i] || x->thing || (i < q->n && x->type != QUOTE_INDIRECT))
                continue;
            quote_owner *o = add_owner(l, s, story, i < q->n ? OWNER_INDIRECT : OWNER_DOUBTFUL);
            if (!o)
                return;
            o->article = a;
            o->quote = i;
            o->name =
                name_of(s, x->entity == UINT32_MAX ? UINT32_MAX : s->cast->entity[a][x->entity],
                        x->speaker);
            set_time(o, q->text->article->published_s);
            set_words(l, o, l->texts[a], &x->content);
            if (o->key_n < (i < q->n ? QUOTE_INDIRECT_WORDS : DOUBTFUL_WORDS))
                l->list_n--;
        }
    }
}

static void add_story(quote_owners *l, const quote_link_story *s, uint32_t story,
                      sst_arena *scratch)
{
    arena_clear(scratch);
    const sst_text **texts = arena_alloc(scratch, ((size_t)s->n + 1) * sizeof *texts);
    if (!texts)
        return;
    for (uint32_t a = 0; a < s->n; a++)
        texts[a] = s->quotes[a]->text;
    if (text_unpack_all(texts, s->n, scratch, texts))
        return;
    l->texts = texts;
    for (uint32_t u = 0; u < s->utterance_n && !l->arena->failed; u++) {
        const sst_utterance *x = &s->utterances[u];
        const sst_occurrence *full = &x->v[x->fullest];
        quote_owner *o = add_owner(l, s, story, OWNER_UTTERANCE);
        if (!o)
            return;
        o->utterance = u;
        o->article = full->article;
        o->quote = full->quote;
        o->name = name_of(s, x->person, x->speaker);
        for (uint32_t k = 0; k < x->n; k++)
            set_time(o, s->quotes[x->v[k].article]->text->article->published_s);
        set_words(l, o, l->texts[full->article], &full->content);
        add_extra(l, o, x);
    }
    add_rest(l, s, story, scratch);
}

static int compare_u64(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* What begins nothing last, then the longest first; then by what is said, by whom and when; then by
 * story, whose name is made of its articles. */
static int by_length(const void *x_, const void *y_)
{
    const quote_owner *x = *(quote_owner *const *)x_, *y = *(quote_owner *const *)y_;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->key_n != y->key_n)
        return x->key_n > y->key_n ? -1 : 1;
    int c = compare_u64(x->hash, y->hash);
    if (!c)
        c = compare_u64(x->name.last, y->name.last);
    if (!c)
        c = compare_u64(x->name.given, y->name.given);
    if (!c)
        c = (x->time > y->time) - (x->time < y->time);
    if (!c)
        c = str_cmp(x->s->id, y->s->id);
    if (!c)
        c = compare_u64(x->utterance, y->utterance);
    if (!c)
        c = compare_u64(x->article, y->article);
    return c ? c : compare_u64(x->quote, y->quote);
}

static void cut_pieces(quote_owners *l)
{
    size_t n = 0;
    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t words = l->v[i]->key_n;
        n += words <= QUOTE_PIECE_WORDS
                 ? 1
                 : 1 + (words - QUOTE_PIECE_WORDS + PIECE_STEP - 1) / PIECE_STEP;
        n += l->v[i]->extra_n;
    }
    l->pieces = arena_alloc(l->arena, (n + 1) * sizeof *l->pieces);
    for (uint32_t i = 0; l->pieces && i < l->n; i++) {
        quote_owner *o = l->v[i];
        o->piece = l->piece_n;
        uint32_t at = 0;
        for (;;) {
            uint32_t rest = o->key_n - at,
                     take = rest < QUOTE_PIECE_WORDS ? rest : QUOTE_PIECE_WORDS;
            l->pieces[l->piece_n++] = (quote_owner_piece){i, o->key_at + at, take};
            if (take == rest)
                break;
            at += PIECE_STEP;
        }
        o->piece_n = l->piece_n - o->piece;
        uint32_t from = o->key_at + o->key_n;
        for (uint32_t k = 0; k < o->extra_n; k++) {
            uint32_t words = o->extra[k];
            l->pieces[l->piece_n++] =
                (quote_owner_piece){i, from, words < QUOTE_PIECE_WORDS ? words : QUOTE_PIECE_WORDS};
            from += words;
        }
        o->joins = i;
    }
}
quote_piece quote_owners_view(const quote_owners *l, const quote_owner_piece *p)
{
    const quote_owner *o = l->v[p->owner];
    return (quote_piece){quote_owners_keys(l) + p->key_at,
                         (const uint8_t *)l->bits.p + p->key_at,
                         p->n,
                         &o->name,
                         o->first_day,
                         o->last_day};
}

sst_status quote_owners_make(const quote_link_story *stories, uint32_t n, sst_arena *arena,
                             sst_arena *scratch, quote_owners *out)
{
    memset(out, 0, sizeof *out);
    out->arena = arena;
    size_t most = 0;
    for (uint32_t s = 0; s < n; s++) {
        most += stories[s].utterance_n;
        for (uint32_t a = 0; a < stories[s].n; a++) /* a quotation is of one of them at most */
            most += stories[s].quotes[a]->all_n;
    }
    if (most >= UINT32_MAX)
        return SST_ERR_LIMIT;
    out->list_cap = (uint32_t)most;
    out->list = arena_alloc(arena, (most + 1) * sizeof *out->list);
    if (!out->list)
        return arena->failed;
    buf_init(&out->key, 0);
    buf_init(&out->bits, 0);
    arena_init(&out->words, 0);
    for (uint32_t s = 0; s < n && !arena->failed && !scratch->failed && !out->words.failed; s++)
        add_story(out, &stories[s], s, scratch);
    sst_status status = out->words.failed ? out->words.failed
                        : out->key.failed ? out->key.failed
                                          : out->bits.failed;
    if (!status)
        status = arena->failed ? arena->failed : scratch->failed;
    if (status)
        return status;
    out->n = out->list_n;
    out->v = arena_alloc(arena, 2 * ((size_t)out->n + 1) * sizeof(quote_owner *));
    if (!out->v)
        return arena->failed;
    for (uint32_t i = 0; i < out->n; i++)
        out->v[i] = &out->list[i];
    sort_stable(out->v, out->n, sizeof *out->v, by_length, out->v + out->n + 1);
    cut_pieces(out);
    return arena->failed;
}

void quote_owners_release(quote_owners *l)
{
    buf_release(&l->key);
    buf_release(&l->bits);
    arena_release(&l->words);
}
