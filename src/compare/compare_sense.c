/*
 * Texts of a story -> atoms and sentences.
 *
 * in: texts and their origins; out: compare_sense. A word becomes its first STEM letters, lower
 * case: a rough stem that works in any language written with letters ("negotiations",
 * "negotiators" -> "negoti"). A compound with hyphens is one word, as if it were written together
 * ("cease-fire", "ceasefire"). A number is its value, so "four" and "4" are one atom. Frequent
 * words are no atoms. Words that say the same ("begin", "start": data) are one atom.
 */
#include "compare_sense.h"

#include <math.h>
#include <stdlib.h>

#include "base_hash.h"
#include "base_utf8.h"
#include "compare_furniture.h"
#include "compare_same.h"
#include "copy_words.h"

enum {
    /* Letters of a stem; cutting to five or six is the classic stand-in for a stemmer in search. */
    STEM = 6,
    STEM_BYTES = STEM * 4,
    /* One sentence of 500 in reports is longer than this; where captions run into each other most
     * are. */
    WORDS_MOST = 60,
    SAID_LEAST = 4,     /* atoms of what is said, below which who says it counts as well */
    CAPITALS_LEAST = 8, /* words of a sentence in which the share of capitals tells something */
    CAPITALS_MOST = 60, /* per cent: a sentence full of names has fewer */
    /* Per cent of its words that are words of grammar, below which a line of CAPITALS_LEAST words
       is no prose of its language: a helpline in another one, a list of links. Prose has 30 to 50.
     */
    GRAMMAR_LEAST = 10
};

/* A word in more than about one of eleven articles says nothing about an event. */
static const float ATOM_RARITY = 3.5f;
/* Numbers: as rare as a word in one of 64 articles; long ones and those with a fraction as rare as
 * one in 500. */
static const float SMALL_NUMBER = 6, LARGE_NUMBER = 9;

typedef struct atomizer {
    sst_arena *arena;
    compare_sense *out;
    u64map map;
    SST_VEC(compare_atom) atoms;
    SST_VEC(uint32_t)
    now;                 /* atoms of the sentence at work: twice its number, and 1 of a word in who
                            says something or in that it is said; afterwards the number alone */
    uint64_t said;       /* as in compare_sentence */
    bool source;         /* the word at work stands in who says something, or in the verb */
    const bool *sources; /* of the tokens of the text at work: the same, or NULL */
    uint32_t origin;
    const compare_same *same; /* groups of words of its language, or NULL */
    const uint32_t *cast;     /* of the entities of the text at work: who they are, or NULL */
    const bool *known;        /* of the cast: more than one origin names them */
    uint32_t
        *at; /* of each token of the text at work: the number that begins there, or UINT32_MAX */
} atomizer;

/* known: of a name that more than one origin has; who: of who somebody is, a name or an office;
 * word: the key of a word, 0 of a name or number. */
static void add_atom(atomizer *z, uint64_t key, uint8_t kind, float rarity, bool known, bool who,
                     uint32_t word)
{
    int fresh;
    uint32_t *id = u64map_add(z->arena, &z->map, key, z->atoms.n, &fresh);
    if (!id)
        return;
    uint32_t i = *id;
    if (fresh) {
        compare_atom *a = vec_push(z->arena, &z->atoms);
        if (!a)
            return;
        *a = (compare_atom){.rarity = rarity, .kind = kind, .origin = z->origin};
        if (word)
            a->near = compare_near(z->same, word, &a->near_n);
    }
    compare_atom *a = &z->atoms.v[i];
    a->many |= known || a->origin != z->origin;
    a->who |= who;
    if (a->kind == ATOM_WORD)
        a->kind = kind;
    if (rarity < a->rarity)
        a->rarity = rarity;
    uint32_t *n = vec_push(z->arena, &z->now);
    if (n)
        *n = 2 * i + z->source;
}

/* Appends the lower-case letters of a token to a stem; returns its new length in letters. */
static uint32_t stem_add(sst_str s, char *stem, size_t *bytes, uint32_t letters)
{
    const char *p = s.p, *end = s.p + s.n;
    while (p < end && letters < STEM) {
        int n;
        uint32_t c = utf8_read(p, end, &n);
        p += n;
        if (!utf8_is_letter(c) && !utf8_is_digit(c))
            continue;
        *bytes += (size_t)utf8_write(stem + *bytes, utf8_base(c));
        letters++;
    }
    return letters;
}

static bool glued_hyphen(const sst_text *t, uint32_t i, uint32_t end)
{
    return i + 1 < end && t->tok[i].kind == TOK_SIGN && t->s.p[t->tok[i].begin] == '-' &&
           (t->tok[i].flags & TOKF_GLUED) && t->tok[i + 1].kind == TOK_WORD &&
           (t->tok[i + 1].flags & TOKF_GLUED);
}

/* The word at token i, with the parts behind its hyphens; returns the first token behind it. */
static uint32_t word_atom(atomizer *z, const sst_text *t, uint32_t i, uint32_t end)
{
    char stem[STEM_BYTES + 4];
    size_t bytes = 0;
    uint32_t m = text_mention_at(t, i);
    uint8_t kind = ATOM_WORD;
    bool person = false, known = false; /* a fuller form of a name that others have is no news */
    if (m != UINT32_MAX) {
        uint32_t p = z->cast ? z->cast[t->mention[m].entity] : UINT32_MAX;
        known = p != UINT32_MAX && z->known[p];
        uint8_t of = t->entity[t->mention[m].entity].kind;
        kind = of == NAME_PLACE ? ATOM_PLACE : ATOM_NAME;
        person = of == NAME_PERSON;
    }
    bool who = person || text_is(t, i, LEX_ROLE_WORD | LEX_PERSON_NOUN);
    uint32_t word = kind == ATOM_WORD ? t->tok[i].key : 0;
    uint16_t group = person ? 0 : compare_same_group(z->same, t->tok[i].key);
    float rarity = lang_rarity(t->tok[i].key);
    uint32_t letters = stem_add(text_token(t, i), stem, &bytes, 0);
    uint32_t next = i + 1;
    while (glued_hyphen(t, next, end)) {
        float r = lang_rarity(t->tok[next + 1].key);
        rarity = r > rarity ? r : rarity;
        letters = stem_add(text_token(t, next + 1), stem, &bytes, letters);
        next += 2;
        group = 0;
    }
    if (group) {
        if (rarity >= ATOM_RARITY)
            add_atom(z, hash_bytes(&group, sizeof group, 3), kind, rarity, known, who, word);
        return next;
    }
    if (rarity >= ATOM_RARITY && bytes)
        add_atom(z, hash_bytes(stem, bytes, 1), kind, rarity, known, who, next == i + 1 ? word : 0);
    return next;
}

static void number_atom(atomizer *z, const sst_number *n)
{
    double v[3] = {n->value, n->high, n->ordinal ? 1 : 0};
    bool large = fabs(n->value) >= 100 || n->value != floor(n->value);
    add_atom(z, hash_bytes(v, sizeof v, 2), ATOM_NUMBER, large ? LARGE_NUMBER : SMALL_NUMBER, false,
             false, 0);
}

/* How a sentence ends, marks and brackets behind its end left out. */
static void look_at_end(const sst_text *t, compare_sentence *s)
{
    uint32_t end = s->end;
    while (end > s->begin &&
           (t->tok[end - 1].kind == TOK_MARK || t->s.p[t->tok[end - 1].begin] == ')' ||
            t->s.p[t->tok[end - 1].begin] == ']'))
        end--;
    if (end == s->begin)
        return;
    sst_str last = text_token(t, end - 1);
    char c = last.p[last.n - 1];
    s->cut =
        str_eq(last, STR("\xE2\x80\xA6")) ||
        (c == '.' && (last.n > 1 ? last.p[last.n - 2] == '.'
                                 : end - 1 > s->begin && t->s.p[t->tok[end - 2].begin] == '.'));
    s->open = s->cut || (c != '.' && c != '!' && c != '?' && !str_eq(last, STR("\xE3\x80\x82")));
}

static int ascending(const void *p, const void *q)
{
    uint32_t a = *(const uint32_t *)p, b = *(const uint32_t *)q;
    return a < b ? -1 : a > b;
}

static void atomize(atomizer *z, const sst_text *t, uint32_t begin, uint32_t end)
{
    z->now.n = 0;
    for (uint32_t i = begin; i < end;) {
        z->source = z->sources && z->sources[i];
        if (z->at[i] != UINT32_MAX) {
            const sst_number *n = &t->number[z->at[i]];
            number_atom(z, n);
            i = n->end > i ? n->end : i + 1;
        } else if (t->tok[i].kind == TOK_WORD)
            i = word_atom(z, t, i, end);
        else
            i++;
    }
    if (z->now.n > 1)
        qsort(z->now.v, z->now.n, sizeof *z->now.v, ascending);
    uint32_t n = 0, said = 0;
    z->said = 0;
    for (uint32_t k = 0; k < z->now.n; k++) /* the one that is said stands before the other */
        if (n == 0 || z->now.v[n - 1] != z->now.v[k] / 2) {
            if (!(z->now.v[k] & 1) && ++said && n < 64)
                z->said |= UINT64_C(1) << n;
            z->now.v[n++] = z->now.v[k] / 2;
        }
    z->now.n = n;
    if (said < SAID_LEAST)
        z->said = UINT64_MAX;
}

/* Which tokens of a text stand in who says something, or in the verb. */
static bool *sources_of(const sst_text *t, const sst_quotes *q, sst_arena *arena)
{
    bool *in = arena_calloc(arena, (size_t)t->tok_n + 1, sizeof *in);
    for (uint32_t k = 0; in && k < q->n; k++) {
        const sst_spans *part[] = {&q->v[k].source, &q->v[k].cue};
        for (int p = 0; p < 2; p++)
            for (uint32_t x = 0; x < part[p]->n; x++)
                for (uint32_t i = text_token_at(t, part[p]->v[x].begin);
                     i < t->tok_n && t->tok[i].begin < part[p]->v[x].end; i++)
                    in[i] = true;
    }
    return in;
}

/* Whom of the cast more than one origin names. */
static bool *known_of(const sst_cast *cast, const uint32_t *origin_of, sst_arena *arena)
{
    bool *known = arena_calloc(arena, (size_t)cast->person_n + 1, sizeof *known);
    for (uint32_t p = 0; known && p < cast->person_n; p++)
        for (uint32_t k = 1; k < cast->person[p].in_n && !known[p]; k++)
            known[p] = origin_of[cast->person[p].in[k].article] !=
                       origin_of[cast->person[p].in[0].article];
    return known;
}

sst_status compare_sense_make(const sst_text *const *texts, uint32_t n, const sst_cast *cast,
                              const sst_quotes *const *quotes, const uint32_t *origin_of,
                              sst_arena *arena, compare_sense *out)
{
    *out = (compare_sense){0};
    sst_arena scratch;
    arena_init(&scratch, 0);
    atomizer z = {.arena = &scratch, .out = out};
    SST_VEC(compare_sentence) sentences = {NULL, 0, 0};
    typedef struct article_atom {
        uint32_t article, atom;
    } article_atom;
    SST_VEC(article_atom) pairs = {NULL, 0, 0};
    if (cast && cast->entity)
        z.known = known_of(cast, origin_of, &scratch);
    for (uint32_t d = 0; d < n && !scratch.failed && !arena->failed; d++) {
        const sst_text *t = texts[d];
        z.cast = z.known ? cast->entity[d] : NULL;
        sst_arena page;
        arena_init(&page, 0);
        uint8_t *marked = copy_marked(t, &page);
        z.sources = quotes && quotes[d] ? sources_of(t, quotes[d], &page) : NULL;
        z.at = arena_alloc(&page, ((size_t)t->tok_n + 1) * sizeof *z.at);
        z.origin = origin_of[d];
        z.same = compare_same_of(t->lang);
        if (!marked || !z.at) {
            arena_release(&page);
            arena_release(&scratch);
            return SST_ERR_MEMORY;
        }
        memset(z.at, 0xFF, ((size_t)t->tok_n + 1) * sizeof *z.at);
        for (uint32_t k = 0; k < t->number_n; k++)
            z.at[t->number[k].begin] = k;
        for (uint32_t p = 0; p < t->para_n; p++) {
            uint8_t role = t->para[p].role;
            if (role == ROLE_BOILERPLATE || role == ROLE_CREDIT || role == ROLE_LIST)
                continue;
            for (uint32_t k = t->para[p].sent_begin; k < t->para[p].sent_end; k++) {
                uint32_t begin = text_statement(t, k), end = t->sent[k].end;
                atomize(&z, t, begin, end);
                for (uint32_t x = 0; x < z.now.n; x++) {
                    article_atom *a = vec_push(&scratch, &pairs);
                    if (a)
                        *a = (article_atom){d, z.now.v[x]};
                }
                if (role != ROLE_BODY || z.now.n == 0 || begin == end)
                    continue;
                compare_sentence *s = vec_push(&scratch, &sentences);
                uint32_t *atom = arena_alloc(arena, z.now.n * sizeof *atom);
                if (!s || !atom)
                    break;
                memcpy(atom, z.now.v, z.now.n * sizeof *atom);
                *s = (compare_sentence){.article = d,
                                        .sentence = k,
                                        .begin = begin,
                                        .end = end,
                                        .atom = atom,
                                        .atom_n = z.now.n,
                                        .said = z.said};
                look_at_end(t, s);
                uint32_t words = 0, in = 0, capitals = 0, grammar = 0;
                for (uint32_t i = begin; i < end; i++)
                    if (t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER) {
                        words++;
                        in += marked[i];
                        capitals += t->tok[i].kind == TOK_WORD && (t->tok[i].flags & TOKF_UPPER);
                        grammar += text_is(t, i, LEX_STOPWORD);
                    }
                s->marked = words ? in * 100 / words : 0;
                s->run_on = words > WORDS_MOST || compare_is_furniture(t, begin, end) ||
                            (words >= CAPITALS_LEAST &&
                             (capitals * 100 > words * CAPITALS_MOST ||
                              (z.same && grammar * 100 < words * GRAMMAR_LEAST)));
                for (uint32_t x = 0; x < z.now.n; x++)
                    z.atoms.v[atom[x]].sentence_n++;
            }
        }
        arena_release(&page);
    }
    out->atom = arena_alloc(arena, ((size_t)z.atoms.n + 1) * sizeof *out->atom);
    out->v = arena_alloc(arena, ((size_t)sentences.n + 1) * sizeof *out->v);
    out->has = arena_alloc(arena, ((size_t)pairs.n + 1) * sizeof *out->has);
    out->has_first = arena_alloc(arena, ((size_t)n + 1) * sizeof *out->has_first);
    out->first = arena_calloc(arena, (size_t)n + 2, sizeof *out->first);
    sst_status status = scratch.failed ? scratch.failed : arena->failed;
    if (status == SST_OK) {
        uint32_t k = 0, m = 0;
        for (uint32_t d = 0; d < n; d++) {
            uint32_t first = m;
            for (; k < pairs.n && pairs.v[k].article == d; k++)
                out->has[m++] = pairs.v[k].atom;
            qsort(out->has + first, m - first, sizeof *out->has, ascending);
            uint32_t end = m;
            m = first;
            for (uint32_t x = first; x < end; x++)
                if (m == first || out->has[m - 1] != out->has[x])
                    out->has[m++] = out->has[x];
            out->has_first[d] = first;
        }
        out->has_first[n] = m;
        if (z.atoms.n)
            memcpy(out->atom, z.atoms.v, z.atoms.n * sizeof *out->atom);
        if (sentences.n)
            memcpy(out->v, sentences.v, sentences.n * sizeof *out->v);
        for (uint32_t i = 0; i < sentences.n; i++)
            out->first[sentences.v[i].article + 1] = i + 1;
        for (uint32_t d = 0; d < n; d++) /* articles without a sentence */
            if (out->first[d + 1] < out->first[d])
                out->first[d + 1] = out->first[d];
        out->atom_n = z.atoms.n;
        out->n = sentences.n;
    }
    arena_release(&scratch);
    return status;
}

bool compare_has(const compare_sense *s, uint32_t article, uint32_t atom)
{
    uint32_t lo = s->has_first[article], hi = s->has_first[article + 1], end = hi;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (s->has[mid] < atom)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < end && s->has[lo] == atom;
}
