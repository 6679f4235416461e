/*
 * The entities of a story's articles -> who is who across them.
 *
 * In: texts with entities, in the story's order. Out: sst_cast. Method: persons are one when the
 * surname is the same and the given names agree (same, an initial or a short form of it, or in
 * another spelling: story_spelling.h) and their genders do
 * not differ; a surname alone goes to the person of that surname who is named most, a given name
 * alone to the one person who has it. Bodies and
 * places are one when their words are, or when an article says that a short form is one of them.
 * The name shown is the fullest form that most articles use. Bounded work for each entity, so
 * linear.
 */
#include "base_hash.h"
#include "base_sort.h"
#include "base_utf8.h"
#include "story.h"
#include "story_spelling.h"

enum {
    NAME_WORDS_MAX = 8,
    NAMESAKES_MAX = 32, /* persons of one surname that are compared */
    SURNAME_LEAST = 5   /* letters of a surname that may be misspelt */
};

typedef struct name_words {
    sst_str word[NAME_WORDS_MAX];
    uint32_t n;
} name_words;

typedef struct member {
    uint32_t person;
    uint32_t next; /* other person of the surname */
} member;

typedef struct form {
    sst_str text;
    uint32_t article_n, count;
    uint32_t last_article; /* + 1 */
    bool handle;
    SST_VEC(uint32_t) articles;
} form;

typedef struct casting {
    sst_arena *arena;
    const sst_text *const *texts;
    uint32_t n;
    SST_VEC(sst_person) person;
    SST_VEC(member) same_name;
    u64map surname; /* -> newest in same_name */
    u64map given;   /* given name -> newest person of two words with it, in same_given */
    SST_VEC(member) same_given;
    u64map apart; /* pairs of near names that one article has both of */
    u64map whole; /* name hash -> person */
    u64map
        sound; /* bodies of two words and more: hash of the sounds of all -> newest in same_sound */
    SST_VEC(member) same_sound;
    u64map spelled; /* hash of person and text -> place in forms */
    SST_VEC(form) forms;
    SST_VEC(uint32_t) form_person;
    sst_cast *out;
} casting;

static void split(sst_str s, name_words *w)
{
    w->n = 0;
    size_t i = 0;
    while (i < s.n && w->n < NAME_WORDS_MAX) {
        while (i < s.n && (byte_is_space((unsigned char)s.p[i])))
            i++;
        size_t b = i;
        while (i < s.n && !byte_is_space((unsigned char)s.p[i]))
            i++;
        if (i > b)
            w->word[w->n++] = (sst_str){s.p + b, i - b};
    }
}

static uint64_t fold_hash(sst_str s)
{
    uint64_t h = 3;
    const char *p = s.p, *end = s.p + s.n;
    while (p < end) {
        int k;
        uint32_t c = utf8_base(utf8_read(p, end, &k));
        if (utf8_is_letter(c) || utf8_is_digit(c))
            h = hash_mix(h, c);
        p += k;
    }
    return h;
}

static bool is_initial(sst_str s)
{
    return s.n == 1 || (s.n == 2 && s.p[1] == '.');
}

static const sst_str tails[] = {{"Jr", 2}, {"Jr.", 3}, {"Sr", 2}, {"Sr.", 3},
                                {"II", 2}, {"III", 3}, {"IV", 2}};

static sst_str surname_of(const name_words *w)
{
    uint32_t i = w->n - 1;
    for (size_t k = 0; i > 0 && k < sizeof tails / sizeof *tails; k++)
        if (str_eq(w->word[i], tails[k])) {
            i--;
            break;
        }
    return w->word[i];
}

static bool given_agree(const name_words *a, const name_words *b)
{
    if (a->n < 2 || b->n < 2)
        return true;
    sst_str x = a->word[0], y = b->word[0];
    if (fold_hash(x) == fold_hash(y) || story_slip(x, y) || story_sounds_alike(x, y) ||
        story_short_given(x, y))
        return true;
    if ((is_initial(x) || is_initial(y)) && x.p[0] == y.p[0])
        return true;
    /* Grandad Edwin Rowe, Edwin Rowe: the shorter name is the end of the longer one */
    const name_words *longer = a->n > b->n ? a : b, *shorter = a->n > b->n ? b : a;
    for (uint32_t i = 0; i < shorter->n; i++)
        if (fold_hash(longer->word[longer->n - shorter->n + i]) != fold_hash(shorter->word[i]))
            return false;
    return longer->n > shorter->n;
}

static uint32_t new_person(casting *c, const sst_entity *e)
{
    sst_person *p = vec_push(c->arena, &c->person);
    if (!p)
        return UINT32_MAX;
    p->name = e->name;
    p->kind = e->kind;
    p->gender = e->gender;
    return c->person.n - 1;
}

static void index_given(casting *c, uint32_t person, sst_str given)
{
    uint32_t *v = u64map_add(c->arena, &c->given, fold_hash(given), UINT32_MAX - 1, NULL);
    member *m = v ? vec_push(c->arena, &c->same_given) : NULL;
    if (!m)
        return;
    m->person = person;
    m->next = *v == UINT32_MAX - 1 ? UINT32_MAX : *v;
    *v = c->same_given.n - 1;
}

static bool near_surnames(const name_words *w, const name_words *other)
{
    sst_str x = surname_of(w), y = surname_of(other);
    return x.n >= SURNAME_LEAST && (story_slip(x, y) || story_sounds_alike(x, y));
}

static uint64_t pair_key(sst_str a, sst_str b)
{
    uint64_t x = fold_hash(a), y = fold_hash(b);
    return x < y ? hash_mix(x, y) : hash_mix(y, x);
}

/* Notes the near names that one article has both of: they are two people. */
static void note_apart(casting *c)
{
    for (uint32_t a = 0; a < c->n; a++) {
        const sst_text *t = c->texts[a];
        u64map last = {0}; /* given name -> the last entity with it */
        for (uint32_t e = 0; e < t->entity_n; e++) {
            name_words w, other;
            split(t->entity[e].name, &w);
            if (t->entity[e].kind != NAME_PERSON || w.n < 2)
                continue;
            int fresh;
            uint32_t *before = u64map_add(c->arena, &last, fold_hash(w.word[0]), e, &fresh);
            if (!before || fresh)
                continue;
            split(t->entity[*before].name, &other);
            if (near_surnames(&w, &other))
                (void)u64map_add(c->arena, &c->apart,
                                 pair_key(t->entity[e].name, t->entity[*before].name), 1, NULL);
            *before = e;
        }
    }
}

/* Edda Rourke, Edda Roarke: the given name is the same, the surname one slip apart. An article
 * that has both tells of two. */
static uint32_t find_misspelt(const casting *c, const name_words *w, const sst_entity *e)
{
    uint32_t *v = u64map_find(&c->given, fold_hash(w->word[0]));
    uint32_t tried = 0;
    for (uint32_t k = v ? *v : UINT32_MAX; k != UINT32_MAX && tried < NAMESAKES_MAX;
         k = c->same_given.v[k].next, tried++) {
        const sst_person *p = &c->person.v[c->same_given.v[k].person];
        name_words other;
        split(p->name, &other);
        if (other.n == w->n && !is_initial(w->word[0]) &&
            !(p->gender && e->gender && p->gender != e->gender) && near_surnames(w, &other) &&
            !u64map_find(&c->apart, pair_key(p->name, e->name)))
            return c->same_given.v[k].person;
    }
    return UINT32_MAX;
}

static uint64_t sounds_of(const name_words *w)
{
    uint64_t h = 9;
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t letters;
        h = hash_mix(h, story_sound(w->word[i], &letters));
    }
    return h;
}

static void index_body(casting *c, uint32_t person, const name_words *w)
{
    uint32_t *v = u64map_add(c->arena, &c->sound, sounds_of(w), UINT32_MAX - 1, NULL);
    member *m = v ? vec_push(c->arena, &c->same_sound) : NULL;
    if (!m)
        return;
    m->person = person;
    m->next = *v == UINT32_MAX - 1 ? UINT32_MAX : *v;
    *v = c->same_sound.n - 1;
}

/* Harbour Workers' Union, Harbor Workers' Union: all words are equal, but one, by one letter that
 * does not change how the name sounds. */
static uint32_t find_body(const casting *c, const name_words *w)
{
    uint32_t *v = u64map_find(&c->sound, sounds_of(w)), tried = 0;
    for (uint32_t k = v ? *v : UINT32_MAX; k != UINT32_MAX && tried < NAMESAKES_MAX;
         k = c->same_sound.v[k].next, tried++) {
        name_words other;
        split(c->person.v[c->same_sound.v[k].person].name, &other);
        uint32_t slips = 0, i = 0;
        for (; i < w->n && other.n == w->n; i++)
            if (fold_hash(w->word[i]) != fold_hash(other.word[i])) {
                if (!story_slip(w->word[i], other.word[i]))
                    break;
                slips++;
            }
        if (i == w->n && slips < 2)
            return c->same_sound.v[k].person;
    }
    return UINT32_MAX;
}

static void index_surname(casting *c, uint32_t person, sst_str surname)
{
    uint32_t *v = u64map_add(c->arena, &c->surname, fold_hash(surname), UINT32_MAX - 1, NULL);
    uint32_t tried = 0;
    for (uint32_t k = v && *v != UINT32_MAX - 1 ? *v : UINT32_MAX;
         k != UINT32_MAX && tried < NAMESAKES_MAX; k = c->same_name.v[k].next, tried++)
        if (c->same_name.v[k].person == person)
            return;
        else
            c->person.v[person].namesake = c->person.v[c->same_name.v[k].person].namesake = true;
    member *m = v ? vec_push(c->arena, &c->same_name) : NULL;
    if (!m)
        return;
    m->person = person;
    m->next = *v == UINT32_MAX - 1 ? UINT32_MAX : *v;
    *v = c->same_name.n - 1;
}

static uint32_t find_namesake(const casting *c, const name_words *w, const sst_entity *e,
                              bool alone)
{
    uint32_t *v = u64map_find(&c->surname, fold_hash(surname_of(w)));
    uint32_t best = UINT32_MAX, tried = 0;
    for (uint32_t k = v ? *v : UINT32_MAX; k != UINT32_MAX && tried < NAMESAKES_MAX;
         k = c->same_name.v[k].next, tried++) {
        const sst_person *p = &c->person.v[c->same_name.v[k].person];
        name_words other;
        split(p->name, &other);
        if ((p->gender && e->gender && p->gender != e->gender) || !given_agree(w, &other))
            continue;
        if (!alone)
            return c->same_name.v[k].person;
        if (best == UINT32_MAX || p->mention_n > c->person.v[best].mention_n ||
            (p->mention_n == c->person.v[best].mention_n &&
             str_cmp(p->name, c->person.v[best].name) < 0))
            best = c->same_name.v[k].person;
    }
    return best;
}

/* Sir Piers, Mark: a given name alone is the one person of the story who has it. */
static uint32_t find_given(const casting *c, const name_words *w, const sst_entity *e)
{
    uint32_t *v = u64map_find(&c->given, fold_hash(w->word[0])), found = UINT32_MAX;
    for (uint32_t k = v ? *v : UINT32_MAX, tried = 0; k != UINT32_MAX && tried < NAMESAKES_MAX;
         k = c->same_given.v[k].next, tried++) {
        uint32_t id = c->same_given.v[k].person;
        const sst_person *p = &c->person.v[id];
        if (id == found || (p->gender && e->gender && p->gender != e->gender))
            continue;
        if (found != UINT32_MAX)
            return UINT32_MAX;
        found = id;
    }
    return found;
}

static void join(casting *c, uint32_t article, uint32_t entity, uint32_t person)
{
    const sst_entity *e = &c->texts[article]->entity[entity];
    sst_person *p = &c->person.v[person];
    c->out->entity[article][entity] = person;
    p->mention_n += e->mention_n;
    if (!p->gender)
        p->gender = e->gender;
    if (p->kind == NAME_UNKNOWN)
        p->kind = e->kind;
}

static void add_form(casting *c, uint32_t article, uint32_t person, sst_str text, bool handle)
{
    uint64_t h = hash_mix(hash_str(text), person);
    int fresh;
    uint32_t *v = u64map_add(c->arena, &c->spelled, h, c->forms.n, &fresh);
    if (!v)
        return;
    uint32_t at = *v;
    if (fresh) {
        form *f = vec_push(c->arena, &c->forms);
        uint32_t *p = vec_push(c->arena, &c->form_person);
        if (!f || !p)
            return;
        f->text = text;
        f->handle = true;
        *p = person;
    }
    form *f = &c->forms.v[at];
    f->count++;
    f->handle &= handle;
    if (f->last_article != article + 1) {
        f->last_article = article + 1;
        uint32_t *a = vec_push(c->arena, &f->articles);
        if (a)
            *a = article;
        f->article_n++;
    }
}

static int by_use(const void *x, const void *y)
{
    const sst_spelling *a = x, *b = y;
    if (a->article_n != b->article_n)
        return a->article_n > b->article_n ? -1 : 1;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return str_cmp(a->text, b->text);
}

static bool is_acronym(sst_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'A' && s.p[i] <= 'Z') && s.p[i] != '.')
            return false;
    return s.n > 1;
}

/* The name that is shown: of the forms with given name and surname (else all), the one most
 * articles use. */
static void choose_name(sst_person *p)
{
    bool found = false;
    for (int pass = 0; pass < 2 && !found; pass++)
        for (uint32_t i = 0; i < p->spelling_n && !found; i++) {
            name_words w;
            split(p->spellings[i].text, &w);
            if (pass == 0 && p->kind == NAME_PERSON && w.n < 2)
                continue;
            if (pass == 0 && p->kind != NAME_PERSON) {
                /* a body: its acronym is not its name when a longer form stands somewhere */
                uint32_t best = i;
                for (uint32_t k = i + 1; k < p->spelling_n && is_acronym(p->spellings[i].text); k++)
                    if (p->spellings[k].text.n > p->spellings[best].text.n)
                        best = k;
                p->name = p->spellings[best].text;
                found = true;
                break;
            }
            p->name = p->spellings[i].text;
            found = true;
        }
}

static void collect_spellings(casting *c)
{
    for (uint32_t a = 0; a < c->n; a++) {
        const sst_text *t = c->texts[a];
        for (uint32_t m = 0; m < t->mention_n; m++) {
            uint32_t i = t->mention[m].begin;
            bool handle =
                i > 0 && (t->tok[i].flags & TOKF_GLUED) &&
                (t->s.p[t->tok[i - 1].begin] == '@' || t->s.p[t->tok[i - 1].begin] == '#');
            add_form(c, a, c->out->entity[a][t->mention[m].entity],
                     str_span(t->s, text_span(t, i, t->mention[m].end)), handle);
        }
    }
    uint32_t *count = arena_calloc(c->arena, c->person.n + 1, sizeof *count);
    if (!count)
        return;
    for (uint32_t i = 0; i < c->forms.n; i++)
        count[c->form_person.v[i]]++;
    for (uint32_t p = 0; p < c->person.n; p++) {
        c->person.v[p].spellings = arena_alloc(c->arena, (count[p] + 1) * sizeof(sst_spelling));
        if (!c->person.v[p].spellings)
            return;
    }
    for (uint32_t i = 0; i < c->forms.n; i++) {
        const form *f = &c->forms.v[i];
        sst_person *p = &c->person.v[c->form_person.v[i]];
        sst_spelling s = {f->text, f->articles.v, f->articles.n, f->count, f->handle};
        p->spellings[p->spelling_n++] = s;
    }
    sst_spelling *scratch = arena_alloc(c->arena, (c->forms.n + 1) * sizeof *scratch);
    if (!scratch)
        return;
    for (uint32_t p = 0; p < c->person.n; p++) {
        sort_stable(c->person.v[p].spellings, c->person.v[p].spelling_n, sizeof(sst_spelling),
                    by_use, scratch);
        choose_name(&c->person.v[p]);
    }
}

/* For each person the entities that it is, in order. */
static void collect_members(casting *c)
{
    for (uint32_t p = 0; p < c->person.n; p++)
        c->person.v[p].in_n = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t a = 0; a < c->n; a++)
            for (uint32_t e = 0; e < c->texts[a]->entity_n; e++) {
                uint32_t id = c->out->entity[a][e];
                if (id == UINT32_MAX)
                    continue;
                sst_person *p = &c->person.v[id];
                if (pass)
                    p->in[p->in_n] = (sst_role_in){a, e};
                p->in_n++;
            }
        for (uint32_t p = 0; p < c->person.n && !pass; p++) {
            sst_person *x = &c->person.v[p];
            x->in = arena_alloc(c->arena, (x->in_n + 1) * sizeof *x->in);
            if (!x->in)
                return;
            x->in_n = 0;
        }
    }
}

/* Persons of no one, one array for all articles. */
static sst_status open_cast(const sst_text *const *texts, uint32_t n, sst_arena *arena,
                            sst_cast *out)
{
    size_t all = 0;
    for (uint32_t a = 0; a < n; a++)
        all += texts[a]->entity_n;
    out->entity = arena_alloc(arena, ((size_t)n + 1) * sizeof *out->entity);
    uint32_t *v = arena_alloc(arena, (all + 1) * sizeof *v);
    if (!out->entity || !v)
        return arena->failed;
    memset(v, 0xFF, (all + 1) * sizeof *v);
    for (uint32_t a = 0; a < n; a++) {
        out->entity[a] = v;
        v += texts[a]->entity_n;
    }
    return SST_OK;
}

/* What stays of the work: persons, their spellings and where they are, side by side. */
static sst_status keep(sst_cast *out, sst_arena *arena)
{
    size_t spelling_n = 0, article_n = 0, in_n = 0;
    for (uint32_t i = 0; i < out->person_n; i++) {
        const sst_person *p = &out->person[i];
        spelling_n += p->spelling_n;
        in_n += p->in_n;
        for (uint32_t k = 0; k < p->spelling_n; k++)
            article_n += p->spellings[k].article_n;
    }
    sst_person *person = arena_alloc(arena, ((size_t)out->person_n + 1) * sizeof *person);
    sst_spelling *spelling = arena_alloc(arena, (spelling_n + 1) * sizeof *spelling);
    sst_role_in *in = arena_alloc(arena, (in_n + 1) * sizeof *in);
    uint32_t *article = arena_alloc(arena, (article_n + 1) * sizeof *article);
    if (arena->failed)
        return arena->failed;
    for (uint32_t i = 0; i < out->person_n; i++) {
        sst_person *p = &person[i];
        *p = out->person[i];
        for (uint32_t k = 0; k < p->spelling_n; k++) {
            spelling[k] = p->spellings[k];
            if (spelling[k].article_n)
                memcpy(article, spelling[k].articles, spelling[k].article_n * sizeof *article);
            spelling[k].articles = article;
            article += spelling[k].article_n;
        }
        if (p->in_n)
            memcpy(in, p->in, p->in_n * sizeof *in);
        p->spellings = spelling;
        p->in = in;
        spelling += p->spelling_n;
        in += p->in_n;
    }
    out->person = person;
    return SST_OK;
}

/* The cast, in memory of the work. */
static sst_status cast(const sst_text *const *texts, uint32_t n, sst_arena *arena, sst_cast *out)
{
    casting c;
    memset(&c, 0, sizeof c);
    c.arena = arena;
    c.texts = texts;
    c.n = n;
    c.out = out;
    note_apart(&c);
    /* names of two words and more first: a surname alone waits for them */
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t a = 0; a < n && !arena->failed; a++)
            for (uint32_t k = 0; k < texts[a]->entity_n; k++) {
                const sst_entity *e = &texts[a]->entity[k];
                name_words w;
                split(e->name, &w);
                bool alone = w.n == 1;
                if (!w.n || alone != (pass == 1))
                    continue;
                bool person = e->kind == NAME_PERSON || e->kind == NAME_UNKNOWN;
                uint64_t h = fold_hash(e->name);
                uint32_t id = UINT32_MAX;
                uint32_t *v = u64map_find(&c.whole, h);
                if (v)
                    id = *v;
                if (id == UINT32_MAX && person)
                    id = find_namesake(&c, &w, e, alone);
                if (id == UINT32_MAX && e->kind == NAME_PERSON)
                    id = alone ? find_given(&c, &w, e) : find_misspelt(&c, &w, e);
                bool body = e->kind == NAME_ORG && !alone;
                if (id == UINT32_MAX && body)
                    id = find_body(&c, &w);
                bool fresh = id == UINT32_MAX;
                if (fresh)
                    id = new_person(&c, e);
                if (id == UINT32_MAX)
                    return arena->failed;
                join(&c, a, k, id);
                u64map_add(arena, &c.whole, h, id, NULL);
                if (person)
                    index_surname(&c, id, surname_of(&w)); /* under each of its spellings */
                if (fresh && body)
                    index_body(&c, id, &w);
                if (fresh && e->kind == NAME_PERSON && !alone)
                    index_given(&c, id, w.word[0]);
                /* short forms that the article uses for a body: (RAIB) */
                if (e->kind == NAME_ORG)
                    for (uint32_t m = e->first; m < texts[a]->mention_n && m < e->first + 64; m++)
                        if (texts[a]->mention[m].entity == k)
                            u64map_add(
                                arena, &c.whole,
                                fold_hash(str_span(texts[a]->s,
                                                   text_span(texts[a], texts[a]->mention[m].begin,
                                                             texts[a]->mention[m].end))),
                                id, NULL);
            }
    out->person = c.person.v;
    out->person_n = c.person.n;
    if (!arena->failed)
        collect_members(&c);
    if (!arena->failed)
        collect_spellings(&c);
    out->person = c.person.v;
    return arena->failed;
}

sst_status story_cast(const sst_text *const *texts, uint32_t n, sst_arena *arena, sst_cast *out)
{
    memset(out, 0, sizeof *out);
    sst_arena work; /* several times what stays of it */
    arena_init(&work, 0);
    sst_status status = open_cast(texts, n, arena, out);
    if (!status)
        status = cast(texts, n, &work, out);
    if (!status)
        status = keep(out, arena);
    arena_release(&work);
    return status;
}
