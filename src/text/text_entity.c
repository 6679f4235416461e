/*
 * Names -> which of them are one.
 *
 * In: runs of tokens that are names, with kinds. Out: mentions (places where a name stands) and
 * entities (all mentions of one in the article). Method: persons by surname and compatible given
 * names and gender, the newest first; bodies and places by their words; an acronym in brackets is
 * the body before it; two or three words of no known kind that come back as the last one alone are
 * a person's. Linear in names: at most SAME_SURNAME_MAX persons are compared.
 */
#include "base_hash.h"
#include "text_name_inner.h"

enum {
    SAME_SURNAME_MAX = 32, /* persons of one surname that are looked at, newest first */
    KNOWN_BY_ONE_WORD = 4  /* mentions by one word after which no given name is expected */
};

typedef struct builder {
    sst_arena *arena;
    sst_text *t;
} builder;

typedef struct entity_data {
    uint32_t first_begin, first_end; /* tokens of the fullest form */
    uint32_t last_key;               /* of its last word that is not Jr, III */
    uint32_t given_key;              /* of its first word */
    uint32_t next;                   /* other entity with the same last word, UINT32_MAX */
    uint32_t words;
    uint32_t short_n; /* mentions by the last word alone */
    bool article;     /* first seen behind "the" or "a" */
    bool titled;      /* first seen behind an office or honorific */
} entity_data;

typedef struct entities {
    SST_VEC(sst_entity) e;
    SST_VEC(entity_data) d;
    u64map whole;  /* hash of all words -> entity */
    u64map last;   /* last word -> newest entity with it (persons) */
    u64map given;  /* first word -> newest person with it */
    u64map middle; /* word behind the given name of three and more -> newest person with it */
} entities;

static uint64_t run_hash(const sst_text *t, uint32_t begin, uint32_t end)
{
    uint64_t h = 7;
    for (uint32_t i = begin; i < end; i++)
        if (t->tok[i].kind == TOK_WORD && !text_is_initial(t, i))
            h = hash_mix(h, t->tok[i].key);
    return h;
}

static uint32_t last_word(const sst_text *t, uint32_t begin, uint32_t end)
{
    uint32_t i = end - 1;
    while (i > begin && (text_is(t, i, LEX_NAME_TAIL) || t->tok[i].kind != TOK_WORD))
        i--;
    return i;
}

/* Words of a name; Quill-Moor is one. */
static uint32_t word_n(const sst_text *t, uint32_t begin, uint32_t end)
{
    uint32_t words = 0;
    for (uint32_t i = begin; i < end; i++)
        words += t->tok[i].kind == TOK_WORD && !(i > begin && text_sign_is(t, i - 1, "-"));
    return words;
}

/* Do the words of [begin, end), without Jr, close the name [from, to)? Quill-Moor: Ida Quill-Moor;
 * Tarnow Quill: Ada Tarnow Quill. */
static bool closes(const sst_text *t, uint32_t begin, uint32_t end, uint32_t from, uint32_t to)
{
    uint32_t i = last_word(t, begin, end) + 1, k = last_word(t, from, to) + 1;
    while (i > begin && k > from)
        if (t->tok[--i].key != t->tok[--k].key)
            return false;
    return i == begin;
}

static uint32_t new_entity(builder *n, entities *x, const text_run *r)
{
    const sst_text *t = n->t;
    uint32_t id = x->e.n;
    sst_entity *e = vec_push(n->arena, &x->e);
    entity_data *d = vec_push(n->arena, &x->d);
    if (!e || !d)
        return UINT32_MAX;
    e->name = str_span(t->s, text_span(t, r->begin, r->end));
    e->kind = r->kind;
    e->gender = r->gender;
    *d = (entity_data){r->begin,
                       r->end,
                       t->tok[last_word(t, r->begin, r->end)].key,
                       t->tok[r->begin].key,
                       UINT32_MAX,
                       word_n(t, r->begin, r->end),
                       0,
                       r->article,
                       r->titled};
    return id;
}

static void index_person(builder *n, entities *x, uint32_t id)
{
    entity_data *d = &x->d.v[id];
    uint32_t *v = u64map_add(n->arena, &x->last, d->last_key, UINT32_MAX - 1, NULL);
    if (v) {
        d->next = *v == UINT32_MAX - 1 ? UINT32_MAX : *v;
        *v = id;
    }
    if (d->words > 1) {
        v = u64map_add(n->arena, &x->given, d->given_key, id, NULL);
        if (v)
            *v = id;
    }
    if (d->words > 2 && x->e.v[id].kind == NAME_PERSON) {
        v = u64map_add(n->arena, &x->middle, n->t->tok[d->first_begin + 1].key, id, NULL);
        if (v)
            *v = id;
    }
}

static bool genders_agree(uint8_t a, uint8_t b)
{
    return !a || !b || a == b;
}

/* The person with this surname that the run may mean, newest first. */
static uint32_t find_person(const builder *n, const entities *x, const text_run *r)
{
    const sst_text *t = n->t;
    uint32_t words = word_n(t, r->begin, r->end);
    uint32_t *v = u64map_find(&x->last, t->tok[last_word(t, r->begin, r->end)].key);
    uint32_t tried = 0;
    for (uint32_t id = v ? *v : UINT32_MAX; id != UINT32_MAX && tried < SAME_SURNAME_MAX;
         id = x->d.v[id].next, tried++) {
        const entity_data *d = &x->d.v[id];
        /* a surname that is a first name as well tells no gender; Mr does */
        if ((words > 1 || r->titled) && !genders_agree(x->e.v[id].gender, r->gender))
            continue;
        uint8_t kind = x->e.v[id].kind;
        if (words == 1 && d->words > 1 && d->article && kind == NAME_UNKNOWN)
            continue; /* the Milky Way is not called Way */
        if (d->words == 1 && words > 1 && kind == NAME_UNKNOWN && r->kind != NAME_PERSON &&
            (r->article || d->article || words > 2))
            continue; /* Acme, then the Brexit Acme */
        /* a company that was named by one word again and again, then Local Acme */
        if (d->words == 1 && words > 1 && kind == NAME_UNKNOWN && r->kind != NAME_PERSON &&
            x->e.v[id].mention_n >= KNOWN_BY_ONE_WORD)
            continue;
        /* President Moor, then Ada Moor without an office: his wife, not he */
        if (d->words == 1 && words > 1 && d->titled && !r->titled && r->gender == GENDER_SHE &&
            !x->e.v[id].gender)
            continue;
        if (words == 1 ? closes(t, r->begin, r->end, d->first_begin, d->first_end)
                       : d->words == 1 && closes(t, d->first_begin, d->first_end, r->begin, r->end))
            return id;
        if (words == 1 || d->words == 1)
            continue;
        if (words != d->words && /* Tarnow Quill, Ada Tarnow Quill */
            (words < d->words ? closes(t, r->begin, r->end, d->first_begin, d->first_end)
                              : closes(t, d->first_begin, d->first_end, r->begin, r->end)))
            return id;
        sst_str a = text_token(t, r->begin), b = text_token(t, d->first_begin);
        if (t->tok[r->begin].key == d->given_key)
            return id;
        /* J. Smith and John Smith */
        if ((text_is_initial(t, r->begin) || text_is_initial(t, d->first_begin)) &&
            a.p[0] == b.p[0])
            return id;
    }
    if (words == 1) {
        v = u64map_find(&x->given, t->tok[r->begin].key);
        if (v && genders_agree(x->e.v[*v].gender, r->gender))
            return *v;
        /* Ms Rivas, when the article has Ada Rivas Luna: the first of two surnames */
        v = r->titled ? u64map_find(&x->middle, t->tok[r->begin].key) : NULL;
        if (v && genders_agree(x->e.v[*v].gender, r->gender))
            return *v;
    }
    return UINT32_MAX;
}

/* (RAIB) behind a name: the same body. Does the run spell the first letters of the name before the
 * bracket? */
static bool is_acronym_of(const sst_text *t, const text_run *acronym, uint32_t begin, uint32_t end)
{
    sst_str a = text_token(t, acronym->begin);
    uint32_t k = 0;
    for (uint32_t i = begin; i < end; i++) {
        if (t->tok[i].kind != TOK_WORD)
            continue;
        char c = t->s.p[t->tok[i].begin];
        if (k < a.n && (c == a.p[k] || c - 32 == a.p[k]))
            k++;
        else if (t->tok[i].flags & TOKF_UPPER)
            return false;
    }
    return k == a.n && a.n >= 2;
}

static bool in_capitals(const sst_text *t, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (t->tok[i].kind == TOK_WORD && !(t->tok[i].flags & TOKF_CAPS))
            return false;
    return true;
}

static void widen(builder *n, entities *x, uint32_t id, const text_run *r)
{
    const sst_text *t = n->t;
    entity_data *d = &x->d.v[id];
    sst_entity *e = &x->e.v[id];
    uint32_t words = word_n(t, r->begin, r->end);
    /* James Smith is fuller than J. Smith */
    bool spelt_out = words == d->words && words > 1 && text_is_initial(t, d->first_begin) &&
                     !text_is_initial(t, r->begin);
    /* Ida Quill is easier to read than IDA QUILL, in a headline or label */
    bool quieter = words == d->words && words > 1 && in_capitals(t, d->first_begin, d->first_end) &&
                   !in_capitals(t, r->begin, r->end);
    if (quieter && e->kind == NAME_PERSON) {
        d->first_begin = r->begin;
        d->first_end = r->end;
        e->name = str_span(t->s, text_span(t, r->begin, r->end));
    }
    if ((words > d->words || spelt_out) && e->kind != NAME_ORG && e->kind != NAME_PLACE) {
        bool had_given = d->words > 1 && !spelt_out;
        if (d->words == 1)
            d->short_n += e->mention_n;
        d->first_begin = r->begin;
        d->first_end = r->end;
        d->words = words;
        d->given_key = t->tok[r->begin].key;
        e->name = str_span(t->s, text_span(t, r->begin, r->end));
        if (!had_given) {
            uint32_t *v = u64map_add(n->arena, &x->given, d->given_key, id, NULL);
            if (v)
                *v = id;
        }
    }
    if (e->kind == NAME_UNKNOWN)
        e->kind = r->kind;
    if (!e->gender)
        e->gender = r->gender;
}

static uint32_t entity_of(builder *n, entities *x, const text_run *r, const text_run *previous,
                          uint32_t previous_entity)
{
    const sst_text *t = n->t;
    uint64_t h = run_hash(t, r->begin, r->end);
    uint32_t *v = u64map_find(&x->whole, h);
    if (v && (x->e.v[*v].kind != NAME_PERSON || genders_agree(x->e.v[*v].gender, r->gender))) {
        widen(n, x, *v, r);
        return *v;
    }
    uint32_t words = word_n(t, r->begin, r->end);
    if (r->kind == NAME_PERSON || (r->kind == NAME_UNKNOWN && words <= 3)) {
        uint32_t id = find_person(n, x, r);
        if (id != UINT32_MAX) {
            if (words == 1 && x->d.v[id].words > 1)
                x->d.v[id].short_n++;
            widen(n, x, id, r);
            v = u64map_add(n->arena, &x->whole, h, id, NULL);
            if (v && words > 1)
                *v = id;
            return id;
        }
    }
    /* a bracket behind a name: its acronym */
    if (previous && words == 1 && (t->tok[r->begin].flags & TOKF_CAPS) &&
        previous->full_end + 1 == r->begin && text_sign_is(t, previous->full_end, "(") &&
        is_acronym_of(t, r, previous->full_begin, previous->end)) {
        x->e.v[previous_entity].kind = NAME_ORG;
        u64map_add(n->arena, &x->whole, h, previous_entity, NULL);
        return previous_entity;
    }
    uint32_t id = new_entity(n, x, r);
    if (id == UINT32_MAX)
        return id;
    v = u64map_add(n->arena, &x->whole, h, id, NULL);
    if (v)
        *v = id;
    if (r->kind == NAME_PERSON || (r->kind == NAME_UNKNOWN && words <= 4))
        index_person(n, x, id);
    return id;
}

sst_status text_entities(sst_arena *arena, sst_text *t, const text_run *runs, uint32_t n)
{
    builder b = {arena, t};
    entities x;
    memset(&x, 0, sizeof x);
    sst_mention *m = arena_calloc(arena, n + 1, sizeof *m);
    if (!m)
        return arena->failed;
    uint32_t before = UINT32_MAX;
    for (uint32_t i = 0; i < n; i++) {
        const text_run *r = &runs[i];
        uint32_t id = entity_of(&b, &x, r, i ? &runs[i - 1] : NULL, before);
        if (id == UINT32_MAX)
            return arena->failed;
        sst_entity *e = &x.e.v[id];
        if (!e->mention_n++) {
            e->first = i;
            e->at = text_span(t, r->begin, r->end);
        }
        m[i] = (sst_mention){r->begin, r->end, r->full_begin, r->full_end, id};
        for (uint32_t k = r->begin; k < r->end; k++)
            t->tok[k].flags |= TOKF_NAME;
        before = id;
    }
    /* two or three words of no known kind that come back as the last one alone: a person's */
    for (uint32_t i = 0; i < x.e.n; i++)
        if (x.e.v[i].kind == NAME_UNKNOWN && x.d.v[i].words >= 2 && x.d.v[i].words <= 4 &&
            x.d.v[i].short_n)
            x.e.v[i].kind = NAME_PERSON;
    t->mention = m;
    t->mention_n = n;
    t->entity = x.e.v;
    t->entity_n = x.e.n;
    return arena->failed;
}
