/*
 * Roles: what each report calls the persons of a story.
 *
 * in: the cast and the mentions of a story; out: roles of the findings, by person, then by place.
 * A role stands before a name (what the mention has in front of it) or behind it between commas:
 *
 *   [harbour master] Ada Brook           Ada Brook, [the harbour master], said ...
 *
 * Behind a name it begins with a determiner, a possessive or a word of roles and has a noun for
 * one person before any verb of telling; it ends at the next comma or with the sentence. An article
 * has a role once, at its first place. Linear in the mentions. Method ours.
 */
#include <stdlib.h>

#include "base_hash.h"
#include "compare_sense.h"

enum {
    BEHIND_MOST = 9, /* tokens of a role behind a name; a longer one is a clause of its own */
    LEAST_LETTERS = 3
};

typedef struct roles {
    sst_findings *f;
    sst_arena scratch;
    u64map said; /* (person, article, words) */
    SST_VEC(sst_role_at) v;
} roles;

static bool is_sign(const sst_text *t, uint32_t i, char c)
{
    return t->tok[i].end - t->tok[i].begin == 1 && t->s.p[t->tok[i].begin] == c;
}

/* "Mr.", "Mrs": tells of the gender alone. */
static bool is_address(const sst_text *t, uint32_t i)
{
    return text_gender(t, i, LEX_HONORIFIC) && !text_is(t, i, LEX_PERSON_NOUN | LEX_ROLE_WORD);
}

/* The key of the words [begin, end), 0 where no word is left without determiners and address. */
static uint64_t words_key(const sst_text *t, uint32_t begin, uint32_t end)
{
    uint64_t h = 0;
    for (uint32_t i = begin; i < end; i++)
        if (t->tok[i].kind == TOK_WORD && !text_is(t, i, LEX_DETERMINER) && !is_address(t, i) &&
            t->tok[i].end - t->tok[i].begin >= LEAST_LETTERS)
            h = hash_mix(h, t->tok[i].key);
    return h;
}

static void add(roles *z, uint32_t person, uint32_t article, uint32_t begin, uint32_t end)
{
    const sst_text *t = z->f->texts[article];
    while (begin < end && t->tok[begin].kind != TOK_WORD)
        begin++;
    while (end > begin && t->tok[end - 1].kind != TOK_WORD)
        end--;
    if (begin < end && text_is(t, begin, LEX_DETERMINER))
        begin++;
    uint64_t key = begin < end ? words_key(t, begin, end) : 0;
    if (!key)
        return;
    int fresh;
    key = hash_mix(hash_mix(key, person), article);
    if (!u64map_add(&z->scratch, &z->said, key, 1, &fresh) || !fresh)
        return;
    sst_role_at *r = vec_push(&z->scratch, &z->v);
    if (r)
        *r = (sst_role_at){person, {article, text_span(t, begin, end)}, words_key(t, begin, end)};
}

/* Where a role behind the name ends that begins at token i; i when there is none. */
static uint32_t behind(const sst_text *t, uint32_t i, uint32_t end)
{
    if (i >= end ||
        !text_is(t, i, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE | LEX_ROLE_WORD | LEX_PERSON_NOUN))
        return i;
    bool office = false;
    for (uint32_t k = i; k < end && k < i + BEHIND_MOST; k++) {
        if (is_sign(t, k, ',') || is_sign(t, k, '.'))
            return office ? k : i;
        if (t->tok[k].kind != TOK_WORD && t->tok[k].kind != TOK_NUMBER && !is_sign(t, k, '-'))
            return i;
        if (text_is(t, k, LEX_CUE | LEX_BE | LEX_AUXILIARY | LEX_PRONOUN_PERSON) &&
            !text_is(t, k, LEX_PERSON_NOUN))
            return i;
        office |= text_is(t, k, LEX_PERSON_NOUN);
    }
    return i;
}

static void of_article(roles *z, uint32_t d)
{
    const sst_text *t = z->f->texts[d];
    for (uint32_t m = 0; m < t->mention_n; m++) {
        const sst_mention *x = &t->mention[m];
        uint32_t person = z->f->cast.entity[d][x->entity];
        if (person == UINT32_MAX || z->f->cast.person[person].kind != NAME_PERSON)
            continue;
        if (x->full_begin < x->begin)
            add(z, person, d, x->full_begin, x->begin);
        uint32_t end = t->sent[text_sentence_of(t, x->begin)].end, from = x->end + 1;
        if (x->end + 1 >= end || !is_sign(t, x->end, ','))
            continue;
        uint32_t to = behind(t, from, end);
        if (to > from)
            add(z, person, d, from, to);
    }
}

static int by_person(const void *p, const void *q)
{
    const sst_role_at *a = p, *b = q;
    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    if (a->place.article != b->place.article)
        return a->place.article < b->place.article ? -1 : 1;
    return a->place.at.begin < b->place.at.begin ? -1 : a->place.at.begin > b->place.at.begin;
}

sst_status compare_roles(sst_findings *f, sst_arena *arena)
{
    if (!f->cast.entity)
        return SST_OK;
    roles z = {.f = f};
    arena_init(&z.scratch, 0);
    for (uint32_t d = 0; d < f->n && !z.scratch.failed; d++)
        of_article(&z, d);
    sst_status status = z.scratch.failed;
    if (status == SST_OK && z.v.n) {
        qsort(z.v.v, z.v.n, sizeof *z.v.v, by_person);
        f->roles = arena_alloc(arena, z.v.n * sizeof *f->roles);
        if (f->roles) {
            memcpy(f->roles, z.v.v, z.v.n * sizeof *f->roles);
            f->role_n = z.v.n;
        }
        status = arena->failed;
    }
    arena_release(&z.scratch);
    return status;
}
