/*
 * Beside: other words beside the same word, and other verbs of saying for the same words said.
 *
 * in: the texts and the utterances of a story; out: pairs of phrases. Reports that share no
 * sentence still speak of the same things:
 *
 *   Harrow [militants], Harrow [fighters]        behind the same name, number or rare word
 *   "We will rebuild," she [insisted] / [said]   the cue of one utterance
 *
 * Words beside one word are a pair when they are near each other in the language, and one origin
 * has only the one there and another only the other.
 *
 *   entries  [word before, word, article, token] ...   sorted; a word has few behind it
 *
 * Linear in the words but for the sorting. Method ours.
 */
#include "compare_words.h"

#include <stdlib.h>
#include <string.h>

enum {
    BESIDE_MOST = 12, /* different words behind one word: more, and it says nothing of them */
    LETTERS_LEAST = 4,
    CUES_MOST = 8 /* different verbs for one utterance */
};

/* A word that ties what stands behind it to the story, in bits; the word behind it. Below stand
 * words that a report uses of many things ("new", "more"). */
static const float TIE = 6, BESIDE = 4;

typedef struct entry {
    uint32_t before, key;    /* of the words */
    uint32_t article, token; /* of the second word */
} entry;

typedef struct beside {
    compare_words *w;
    const uint32_t *origin_of;
    sst_arena scratch;
    SST_VEC(entry) v;
    uint32_t *seen; /* of origins: by which stamp */
    uint32_t stamp;
} beside;

static bool ties(const sst_text *t, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    if (k->kind == TOK_NUMBER)
        return k->end - k->begin > 1;
    return k->kind == TOK_WORD && !text_is(t, i, LEX_STOPWORD | LEX_HONORIFIC | LEX_CUE) &&
           !compare_is_time(t, i) &&
           (text_mention_at(t, i) != UINT32_MAX || lang_rarity(k->key) >= TIE ||
            text_is(t, i, LEX_NATIONALITY));
}

static bool is_open_word(const sst_text *t, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    return k->kind == TOK_WORD && !(k->flags & (TOKF_UPPER | TOKF_ABBR | TOKF_NAME | TOKF_LINE)) &&
           k->end - k->begin >= LETTERS_LEAST && lang_rarity(k->key) >= BESIDE &&
           !text_is(t, i,
                    LEX_STOPWORD | LEX_CUE | LEX_ADVERB | LEX_NUMBER_WORD | LEX_ORDINAL | LEX_UNIT |
                        LEX_NATIONALITY) &&
           !compare_is_time(t, i);
}

static void take(beside *z, uint32_t article)
{
    const sst_text *t = z->w->f->texts[article];
    for (uint32_t p = 0; p < t->para_n; p++) {
        if (!compare_is_body(t, p))
            continue;
        for (uint32_t i = t->para[p].begin + 1; i < t->para[p].end; i++)
            if (is_open_word(t, i) && !(t->tok[i].flags & TOKF_GLUED) && ties(t, i - 1)) {
                entry *e = vec_push(&z->scratch, &z->v);
                if (!e)
                    return;
                *e = (entry){t->tok[i - 1].key, t->tok[i].key, article, i};
            }
    }
}

static int by_words(const void *p, const void *q)
{
    const entry *a = p, *b = q;
    if (a->before != b->before)
        return a->before < b->before ? -1 : 1;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->article != b->article)
        return a->article < b->article ? -1 : 1;
    return a->token < b->token ? -1 : a->token > b->token;
}

typedef struct used {
    const entry *v;
    uint32_t n;
} used;

/* Has an origin the one and not the other? */
static bool has_alone(beside *z, const used *a, const used *b)
{
    z->stamp++;
    for (uint32_t k = 0; k < b->n; k++)
        z->seen[z->origin_of[b->v[k].article]] = z->stamp;
    for (uint32_t k = 0; k < a->n; k++)
        if (z->seen[z->origin_of[a->v[k].article]] != z->stamp)
            return true;
    return false;
}

/* One or several, or a form of a verb, by its ending. */
static int number_of(const sst_text *t, uint32_t i)
{
    sst_str s = text_token(t, i);
    char last = s.p[s.n - 1];
    return last == 's'                                                 ? 1
           : s.n < 2                                                   ? 0
           : last == 'd' && s.p[s.n - 2] == 'e'                        ? 2
           : last == 'g' && s.p[s.n - 2] == 'n' && s.n > LETTERS_LEAST ? 3
                                                                       : 0;
}

static void look_at(beside *z, const used *a, const used *b)
{
    const sst_text *t = z->w->f->texts[a->v->article], *u = z->w->f->texts[b->v->article];
    if (number_of(t, a->v->token) != number_of(u, b->v->token) ||
        compare_near_words(t, a->v->token, u, b->v->token) < NEAR_SURE || !has_alone(z, a, b) ||
        !has_alone(z, b, a))
        return;
    compare_phrase p = {a->v->article, a->v->token, a->v->token + 1},
                   q = {b->v->article, b->v->token, b->v->token + 1};
    if (compare_is_choice(z->w, &p, &q, (compare_flanks){1, 1, true}))
        compare_add_pair(z->w, &p, &q);
}

static void look_at_neighbours(beside *z)
{
    if (z->v.n > 1)
        qsort(z->v.v, z->v.n, sizeof *z->v.v, by_words);
    for (uint32_t from = 0, to; from < z->v.n; from = to) {
        used u[BESIDE_MOST];
        uint32_t n = 0;
        for (to = from; to < z->v.n && z->v.v[to].before == z->v.v[from].before; to++)
            if (to == from || z->v.v[to].key != z->v.v[to - 1].key) {
                if (n < BESIDE_MOST)
                    u[n] = (used){&z->v.v[to], 1};
                n++;
            } else if (n <= BESIDE_MOST) {
                u[n - 1].n++;
            }
        for (uint32_t i = 0; n <= BESIDE_MOST && i < n; i++)
            for (uint32_t k = i + 1; k < n; k++)
                look_at(z, &u[i], &u[k]);
    }
}

/* The one word of a cue that is a verb of saying; false when it is more. */
static bool cue_of(const sst_findings *f, const sst_occurrence *o, compare_phrase *out)
{
    const sst_quote *q = &f->quotes[o->article]->v[o->quote];
    const sst_text *t = f->texts[o->article];
    if (o->quote >= f->quotes[o->article]->n || q->cue.n == 0)
        return false;
    uint32_t i = text_token_at(t, q->cue.v[0].begin);
    *out = (compare_phrase){o->article, i, i + 1};
    return i < t->tok_n && t->tok[i].end == q->cue.v[0].end && text_is(t, i, LEX_CUE) &&
           t->tok[i].kind == TOK_WORD;
}

static bool is_plain(const sst_text *t, uint32_t i)
{
    const char *v = compare_due(compare_same_of(t->lang), t->tok[i].key);
    return v && strcmp(v, "plain") == 0;
}

/* The verbs that reports use for one utterance: those that say more than "said" against each other,
 * and against the first that does not. */
static void look_at_cues(beside *z, const sst_utterance *x)
{
    const sst_findings *f = z->w->f;
    compare_phrase v[CUES_MOST];
    uint32_t n = 0;
    bool plain = false;
    for (uint32_t k = 0; k < x->n && n < CUES_MOST; k++) {
        compare_phrase p;
        if (x->v[k].change > CHANGE_ALTERED || !cue_of(f, &x->v[k], &p))
            continue;
        const sst_text *t = f->texts[p.article];
        bool there = plain && is_plain(t, p.begin);
        for (uint32_t i = 0; i < n && !there; i++)
            there = compare_one_stem(f->texts[v[i].article], v[i].begin, t, p.begin);
        plain |= is_plain(t, p.begin);
        if (!there)
            v[n++] = p;
    }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = i + 1; k < n; k++)
            if (z->origin_of[v[i].article] != z->origin_of[v[k].article])
                compare_add_pair(z->w, &v[i], &v[k]);
}

sst_status compare_beside(compare_words *w, const uint32_t *origin_of)
{
    sst_findings *f = w->f;
    beside z = {.w = w, .origin_of = origin_of};
    arena_init(&z.scratch, 0);
    z.seen = arena_calloc(&z.scratch, (size_t)f->origin_n + 1, sizeof *z.seen);
    for (uint32_t d = 0; d < f->n && !z.scratch.failed; d++)
        take(&z, d);
    sst_status status = z.scratch.failed;
    if (status == SST_OK) {
        look_at_neighbours(&z);
        for (uint32_t k = 0; f->quotes && k < f->utterance_n; k++)
            look_at_cues(&z, &f->utterances[k]);
    }
    arena_release(&z.scratch);
    return status ? status : w->arena.failed;
}
