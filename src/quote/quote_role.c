/*
 * Whom an unnamed speaker of one report is in another of the story.
 *
 * In: the cast of a story, its texts, how a report calls a speaker ("the governor", "its chief
 * executive"). Out: a person of the cast. Method: what stands at the names of all reports, in front
 * ("Gov. NAME", "its chief executive, NAME,") and behind ("NAME, chair of X,"), tells the offices
 * of each person; a description means the one person with an office by its noun who has all its
 * other words there too. Several such persons, or none, and it stays as it is. Linear in mentions;
 * at most HOLDERS_MAX persons a noun.
 */
#include "quote_role.h"

#include "quote_speaker.h"

enum {
    HOLDERS_MAX = 16, /* persons with offices by one noun; "spokesman" has many in a long story */
    FRONT_TOKENS = 8  /* of "its former chief executive, NAME" */
};

typedef struct span_of {
    uint32_t begin, end; /* tokens */
} span_of;

/* "her lawyer, NAME,": the words of an office in front of a comma. */
static span_of before_comma(const sst_text *t, const sst_mention *x)
{
    span_of none = {x->full_begin, x->full_begin};
    if (x->full_begin < 2 || !tok_comma(t, x->full_begin - 1) || !tok_comma(t, x->full_end))
        return none;
    uint32_t end = x->full_begin - 1, low = end > FRONT_TOKENS ? end - FRONT_TOKENS : 0;
    for (uint32_t i = end; i-- > low;) {
        if (t->tok[i].kind == TOK_SIGN && !tok_is(t, i, "-"))
            break;
        if (text_is(t, i, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE) ||
            t->tok[i].kind == TOK_CLITIC || (t->tok[i].flags & TOKF_SENT))
            return (span_of){i, end};
        if (text_is(t, i, LEX_CUE | LEX_AUXILIARY) && !text_is(t, i, LEX_PERSON_NOUN))
            break;
    }
    return none;
}

/* The noun of an office; Mr and its like are none. */
static bool is_office(const sst_text *t, uint32_t i)
{
    if (t->tok[i].kind != TOK_WORD || !text_is(t, i, LEX_PERSON_NOUN | LEX_HONORIFIC))
        return false;
    return text_is(t, i, LEX_PERSON_NOUN) || !lang_value(t->lang, t->tok[i].lex, LEX_HONORIFIC);
}

/* A word that tells one holder of an office from another. */
static bool tells(const sst_text *t, uint32_t i)
{
    return (t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER) &&
           !text_is(t, i,
                    LEX_STOPWORD | LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE | LEX_PREPOSITION |
                        LEX_ADVERB);
}

static void add_holder(quote_roles *r, uint32_t person, uint32_t noun, sst_arena *arena)
{
    uint32_t *v = u64map_add(arena, &r->noun, noun, UINT32_MAX, NULL), n = 0;
    for (uint32_t k = v ? *v : UINT32_MAX; k != UINT32_MAX; k = r->holder.v[k].next, n++)
        if (r->holder.v[k].person == person || r->holder.v[k].person == UINT32_MAX)
            return;
    if (n == HOLDERS_MAX)
        person = UINT32_MAX; /* too many: the noun means none of them */
    quote_holder *h = v ? vec_push(arena, &r->holder) : NULL;
    if (!h)
        return;
    *h = (quote_holder){person, *v};
    *v = r->holder.n - 1;
}

/* The offices among tokens [begin, end) beside a mention of the person. */
static void add_roles(quote_roles *r, uint32_t person, const sst_text *t, span_of s,
                      const sst_mention *x, sst_arena *arena)
{
    for (uint32_t i = s.begin; i < s.end; i++) {
        if ((i >= x->begin && i < x->end) || !is_office(t, i))
            continue;
        add_holder(r, person, t->tok[i].key, arena);
        for (uint32_t k = s.begin; k < s.end; k++)
            if (k != i && (k < x->begin || k >= x->end) && tells(t, k))
                (void)u64map_add(arena, &r->said,
                                 hash_mix(hash_mix(person, t->tok[i].key), t->tok[k].key), 1, NULL);
    }
}

sst_status quote_roles_make(const sst_quotes *const *quotes, uint32_t n, const sst_cast *cast,
                            sst_arena *arena, quote_roles *out)
{
    memset(out, 0, sizeof *out);
    out->cast = cast;
    for (uint32_t a = 0; a < n && !arena->failed; a++) {
        const sst_text *t = quotes[a]->text;
        for (uint32_t m = 0; m < t->mention_n; m++) {
            const sst_mention *x = &t->mention[m];
            uint32_t person = cast->entity[a][x->entity];
            if (person == UINT32_MAX || cast->person[person].kind != NAME_PERSON)
                continue;
            add_roles(out, person, t, (span_of){quote_label_begin(t, x), x->begin}, x, arena);
            add_roles(out, person, t, before_comma(t, x), x, arena);
            if (x->full_end + 1 < t->tok_n && !text_is(t, x->full_end + 1, LEX_QUESTION))
                add_roles(out, person, t, (span_of){x->full_end, quote_apposition_end(t, x)}, x,
                          arena);
        }
    }
    return arena->failed;
}

/* Does the person have all words of the description but its noun beside the office? */
static bool has_words(const quote_roles *r, uint32_t person, const sst_text *t, span_of s,
                      uint32_t head, uint32_t noun)
{
    for (uint32_t i = s.begin; i < s.end; i++) {
        if (i > head && text_word_is(t, i, "of") &&
            (text_word_is(t, i + 1, "a") || text_word_is(t, i + 1, "an")))
            break; /* the mother of a sailor: whose mother she is stands in other words elsewhere */
        if (i != head && tells(t, i) &&
            !u64map_find(&r->said, hash_mix(hash_mix(person, noun), t->tok[i].key)))
            return false;
    }
    return true;
}

/* Narrows *who to those who hold an office by the noun; false when there are two. */
static bool narrow(const quote_roles *r, const sst_text *t, span_of s, uint32_t head, uint32_t noun,
                   uint32_t *who)
{
    uint8_t gender = text_gender(t, head, LEX_PERSON_NOUN);
    const uint32_t *v = u64map_find(&r->noun, noun);
    for (uint32_t k = v ? *v : UINT32_MAX; k != UINT32_MAX; k = r->holder.v[k].next) {
        uint32_t p = r->holder.v[k].person;
        if (p == UINT32_MAX)
            return false;
        const sst_person *person = &r->cast->person[p];
        if (p == *who || (gender && person->gender && gender != person->gender) ||
            !has_words(r, p, t, s, head, noun))
            continue;
        if (*who != UINT32_MAX)
            return false;
        *who = p;
    }
    return true;
}

uint32_t quote_role_of(const quote_roles *r, const sst_text *t, sst_span called, bool *definite)
{
    span_of s = {text_token_at(t, called.begin), 0};
    for (s.end = s.begin; s.end < t->tok_n && t->tok[s.end].begin < called.end;)
        s.end++;
    *definite = false;
    if (s.end <= s.begin)
        return UINT32_MAX;
    uint32_t head = quote_head_noun(t, s.begin, s.end), who = UINT32_MAX;
    if (head == UINT32_MAX || !is_office(t, head))
        return UINT32_MAX;
    uint32_t front = s.begin > 0 && t->tok[s.begin - 1].kind == TOK_WORD ? s.begin - 1 : s.begin;
    *definite = text_word_is(t, front, "the") || text_word_is(t, s.begin, "the") ||
                text_is(t, s.begin, LEX_PRONOUN_POSSESSIVE);
    if (!narrow(r, t, s, head, t->tok[head].key, &who))
        return UINT32_MAX;
    /* the governor: Gov. NAME; the words of one, no phrases */
    const char *kin = lang_value(t->lang, t->tok[head].lex, LEX_ROLE_KIN);
    while (kin && *kin) {
        size_t n = strcspn(kin, "|");
        if (!memchr(kin, ' ', n) && !narrow(r, t, s, head, text_key((sst_str){kin, n}), &who))
            return UINT32_MAX;
        kin += n + (kin[n] == '|');
    }
    return who;
}

/* Does the article name the person? */
static bool names(const sst_person *p, uint32_t article)
{
    uint32_t lo = 0, hi = p->in_n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (p->in[mid].article < article)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < p->in_n && p->in[lo].article == article;
}

const quote_who *const *quote_who_says(const sst_quotes *const *quotes, uint32_t n,
                                       const sst_cast *cast, sst_arena *arena)
{
    quote_roles roles = {0};
    const quote_who **out = arena_alloc(arena, ((size_t)n + 1) * sizeof *out);
    if (!out || (n > 1 && quote_roles_make(quotes, n, cast, arena, &roles) != SST_OK))
        return NULL;
    for (uint32_t a = 0; a < n; a++) {
        const sst_quotes *q = quotes[a];
        quote_who *v = arena_alloc(arena, ((size_t)q->all_n + 1) * sizeof *v);
        out[a] = v;
        for (uint32_t i = 0; v && i < q->all_n; i++) {
            const sst_quote *x = &q->v[i];
            v[i] = (quote_who){UINT32_MAX, UINT32_MAX};
            if (x->entity != UINT32_MAX) {
                v[i].person = cast->entity[a][x->entity];
            } else if (n > 1 && x->speaker.n) {
                bool definite;
                v[i].may = quote_role_of(&roles, q->text, x->speaker_at, &definite);
                /* an article that names the person has had its chance to say so, but for "its" */
                uint32_t first = text_token_at(q->text, x->speaker_at.begin);
                if (definite && v[i].may != UINT32_MAX &&
                    (text_is(q->text, first, LEX_PRONOUN_POSSESSIVE) ||
                     !names(&cast->person[v[i].may], a)))
                    v[i].person = v[i].may;
            }
        }
    }
    return arena->failed ? NULL : out;
}
