/*
 * A run of words in capitals -> the names in it.
 *
 * In: a run as text_name.c found it. Out: runs that are one name each: offices, honorifics and
 * nationalities are split off in front, company suffixes behind.
 */
#include "text_name_inner.h"

enum {
    PERSON_WORDS_MAX = 3, /* words of a person's name behind the name of a body */
    ROLE_BACK_MAX = 6,    /* words of lower-case office taken in front of a name */
    ROLE_OF_MAX = 3       /* words of it behind "of": secretary of state, head of press relations */
};

static void add_run(text_namer *n, text_run r)
{
    while (r.end > r.begin + 1 && text_is(n->t, r.end - 1, LEX_COMPANY_SUFFIX) &&
           r.kind != NAME_PERSON) {
        r.end--;
        r.kind = NAME_ORG;
        while (r.end > r.begin + 1 && n->t->tok[r.end - 1].kind == TOK_SIGN)
            r.end--; /* Quill & Co */
    }
    if (r.end <= r.begin)
        return;
    text_run *x = vec_push(n->arena, &n->runs);
    if (x)
        *x = r;
}

/* Maltese Airlines, British Lamps: an ordinary word that is no name by itself in this article; the
 * nationality in front of it makes it one. */
static bool needs_nationality(const text_namer *n, uint32_t i)
{
    const sst_text *t = n->t;
    return t->tok[i].kind == TOK_WORD && !text_name_seen(&n->alone, t->tok[i].key) &&
           !text_is(t, i, LEX_FIRST_NAME | LEX_ROLE | LEX_PLACE | LEX_NATIONALITY) &&
           (text_name_seen(&n->lower, t->tok[i].key) ||
            lang_rarity(t->tok[i].key) < TEXT_ORDINARY_BITS);
}

/* Christian Quill: a given name, with a surname behind it. */
static bool christian(const sst_text *t, uint32_t i, uint32_t end)
{
    return text_is(t, i, LEX_FIRST_NAME) && i + 2 == end &&
           !text_is(t, i + 1,
                    LEX_NATIONALITY | LEX_PEOPLE_NOUN | LEX_PLACE | LEX_ORG_NOUN | LEX_ROLE);
}

/* "ambassador to the United Nations Ida Quill": where a person's name begins behind a body or
 * place; end when there is none. */
static uint32_t person_behind(const sst_text *t, uint32_t begin, uint32_t end)
{
    if (text_is(t, begin, LEX_FIRST_NAME | LEX_HONORIFIC | LEX_PERSON_NOUN))
        return end;
    uint32_t place = text_phrase(t, begin, end, LEX_PLACE);
    for (uint32_t k = begin + 1; k + 2 <= end; k++) {
        if (t->tok[k].kind != TOK_WORD || t->tok[k - 1].kind != TOK_WORD)
            return end;
        if (!text_is(t, k, LEX_FIRST_NAME) ||
            text_is(t, k, LEX_PLACE | LEX_MONTH | LEX_ORG_NOUN | LEX_ORG_END | LEX_ROLE))
            continue;
        bool body = k >= begin + 2 && text_is(t, k - 1, LEX_ORG_NOUN);
        if (!(place >= 2 && k == begin + place) && !body)
            return end;
        for (uint32_t i = k + 1; i < end; i++)
            if (t->tok[i].kind != TOK_WORD || text_is(t, i, LEX_ORG_NOUN | LEX_ORG_END | LEX_PLACE))
                return end;
        return end - k <= PERSON_WORDS_MAX ? k : end;
    }
    return end;
}

/* Behind the noun of an office that goes on with "of" up to token i: "secretary of state"; i when
 * there is none. What stands behind "of" is words in lower case that are nobody. */
static uint32_t office_with_of(const sst_text *t, uint32_t i, uint32_t sent_begin)
{
    uint32_t k = i;
    while (k > sent_begin && i - k < ROLE_OF_MAX && t->tok[k - 1].kind == TOK_WORD &&
           !(t->tok[k - 1].flags & TOKF_UPPER) &&
           !text_is(t, k - 1,
                    LEX_STOPWORD | LEX_AUXILIARY | LEX_DETERMINER | LEX_PREPOSITION |
                        LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_NUMBER_WORD) &&
           !str_ends(text_token(t, k - 1), STR("ed")))
        k--;
    return k < i && k >= sent_begin + 2 && text_word_is(t, k - 1, "of") &&
                   text_is(t, k - 2, LEX_PERSON_NOUN | LEX_HONORIFIC) &&
                   t->tok[k - 2].kind == TOK_WORD
               ? k - 1
               : i;
}

/* First token of the office in lower case that stands right before token i: "analyst",
 * "postdoctoral researcher", "secretary of state". */
static uint32_t office_before(const sst_text *t, uint32_t i, uint32_t sent_begin)
{
    uint32_t of = office_with_of(t, i, sent_begin);
    if (of == i &&
        (i == sent_begin || !text_is(t, i - 1, LEX_PERSON_NOUN) || t->tok[i - 1].kind != TOK_WORD))
        return i;
    i = of;
    uint32_t k = i - 1;
    while (k > sent_begin && i - k < ROLE_BACK_MAX) {
        const sst_token *p = &t->tok[k - 1];
        if (p->kind == TOK_SIGN && text_sign_is(t, k - 1, "-") && text_glued(t, k) &&
            text_glued(t, k - 1) && k >= sent_begin + 2) {
            k -= 2;
            continue;
        }
        if (p->kind != TOK_WORD ||
            text_is(t, k - 1,
                    LEX_STOPWORD | LEX_CUE | LEX_AUXILIARY | LEX_DETERMINER | LEX_PREPOSITION))
            break;
        k--;
    }
    return k;
}

/* Last token of [begin, end) that is an office or honorific in front of a name; end when there is
 * none. */
static uint32_t last_office(const sst_text *t, uint32_t begin, uint32_t end)
{
    uint32_t found = end;
    for (uint32_t i = begin; i + 1 < end; i++) {
        if (!text_is(t, i, LEX_HONORIFIC | LEX_PERSON_NOUN | LEX_ROLE_WORD))
            continue;
        if (text_is_initial(t, i) ||
            (t->tok[i].flags & TOKF_CAPS && t->tok[i].end - t->tok[i].begin > 3 &&
             !text_is(t, i, LEX_PERSON_NOUN)))
            continue;
        /* "Dean Smith": a given name that is an office too is a name when it opens a run of two */
        if (text_is(t, i, LEX_FIRST_NAME) && i == begin && end - begin == 2)
            continue;
        /* Mayor Don Quill: a given name that is an honorific too, behind an office */
        if (text_is(t, i, LEX_FIRST_NAME) && i > begin && i + 2 == end &&
            text_is(t, i - 1, LEX_HONORIFIC | LEX_PERSON_NOUN))
            continue;
        /* "Martin Luther King Jr", "Rail Union Chief": a given name further left and nothing but
         * one word behind */
        if (i > begin && text_is(t, i - 1, LEX_FIRST_NAME) &&
            !text_is(t, i - 1, LEX_HONORIFIC | LEX_PERSON_NOUN | LEX_PLACE) && i + 2 == end)
            continue;
        found = i;
    }
    return found;
}

/* the Attorney General, Prime Minister: words of an office and nothing else. Behind an article all
 * of them; without one the first is no title itself (Chief Quill, Dr Cook). */
static bool office_alone(const text_namer *n, uint32_t begin, uint32_t end)
{
    const sst_text *t = n->t;
    bool article = begin > 0 && t->tok[begin - 1].kind == TOK_WORD &&
                   text_is(t, begin - 1, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE);
    if (!article && (text_is(t, begin, LEX_HONORIFIC) || !text_is(t, begin, LEX_ROLE_WORD)))
        return false;
    for (uint32_t i = begin; i < end; i++)
        if (t->tok[i].kind != TOK_WORD || (t->tok[i].flags & TOKF_ABBR) ||
            !text_is(t, i, LEX_HONORIFIC | LEX_PERSON_NOUN | LEX_ROLE_WORD) ||
            text_name_seen(&n->surname, t->tok[i].key))
            return false;
    return true;
}

/* "Boxer said", when the article has Jenny Boxer: one word, no article before it. */
static bool called_by_surname(const text_namer *n, uint32_t begin, uint32_t end)
{
    const sst_text *t = n->t;
    return end - begin == 1 && text_name_seen(&n->surname, t->tok[begin].key) &&
           !(begin > 0 && text_is(t, begin - 1, LEX_DETERMINER) &&
             t->tok[begin - 1].kind == TOK_WORD);
}

void text_name_split(text_namer *n, uint32_t begin, uint32_t end, uint32_t sent_begin)
{
    const sst_text *t = n->t;
    uint32_t full_begin = begin, person = person_behind(t, begin, end);
    if (person < end) {
        add_run(n, (text_run){begin, person, begin, person, NAME_UNKNOWN, 0, false, false});
        begin = full_begin = person;
    }
    uint32_t office = office_alone(n, begin, end) ? end : last_office(t, begin, end);
    if (office < end) {
        uint32_t name = office + 1;
        /* Secretary of State X, Mayor of London X: the office goes on behind "of" */
        if (text_word_is(t, name, "of") || text_word_is(t, name, "for")) {
            uint32_t k = name + 1;
            if (text_word_is(t, k, "the"))
                k++;
            uint32_t place = text_phrase(t, k, end, LEX_PLACE);
            name = k + (place ? place : 1);
        }
        bool body = false; /* Chief Constables' Council: an office inside the name of a body */
        for (uint32_t i = name; i < end; i++)
            body |= text_is(t, i, LEX_ORG_NOUN) && !text_is(t, i, LEX_FIRST_NAME);
        if (name < end && body && !text_is(t, office, LEX_HONORIFIC)) {
            add_run(n, (text_run){begin, end, begin, end, NAME_ORG, 0, false, false});
            return;
        }
        /* what stands before the first office is a name of its own: Acme CEO Ida Quill */
        uint32_t first = begin;
        while (first < office &&
               !text_is(t, first, LEX_HONORIFIC | LEX_PERSON_NOUN | LEX_ROLE_WORD))
            first++;
        if (first > begin) {
            uint32_t b = begin;
            while (b < first && text_is(t, b, LEX_NATIONALITY))
                b++;
            if (b < first)
                add_run(n, (text_run){b, first, b, first, NAME_UNKNOWN, 0, false, false});
        }
        while (name < end &&
               (t->tok[name].kind != TOK_WORD || !(t->tok[name].flags & TOKF_UPPER)) &&
               !text_is(t, name, LEX_NAME_PARTICLE))
            name++; /* the sign behind an office: President-elect X */
        if (name < end) {
            uint8_t gender = GENDER_UNKNOWN;
            for (uint32_t i = begin; i <= office && !gender; i++) {
                gender = text_gender(t, i, LEX_HONORIFIC);
                if (!gender)
                    gender = text_gender(t, i, LEX_PERSON_NOUN);
            }
            add_run(n, (text_run){name, end, full_begin, end, NAME_PERSON, gender, true, false});
        }
        return;
    }
    /* the Acme CEO, the US Secretary: an office without a name; what stands before it may be
     * one */
    if (text_is(t, end - 1, LEX_PERSON_NOUN | LEX_HONORIFIC) &&
        !text_is(t, end - 1, LEX_FIRST_NAME) &&
        !(end - begin >= 2 && text_is(t, end - 2, LEX_FIRST_NAME)) &&
        !text_surname_word(t, end - 1) && !called_by_surname(n, begin, end)) {
        uint32_t stop = end - 1;
        while (stop > begin &&
               text_is(t, stop - 1, LEX_ROLE_WORD | LEX_PERSON_NOUN | LEX_HONORIFIC))
            stop--;
        end = stop;
        while (begin < end && text_is(t, begin, LEX_NATIONALITY))
            begin++;
        if (begin >= end)
            return;
        full_begin = begin;
    }
    uint32_t name = begin;
    /* Danish President, French Acme: nationality in front of more */
    if (!text_is(t, end - 1, LEX_ORG_NOUN | LEX_ORG_END)) /* British Transport Police keeps it */
        while (name + 1 < end && text_is(t, name, LEX_NATIONALITY) && !christian(t, name, end) &&
               !(name + 2 == end && needs_nationality(n, name + 1)))
            name++;
    text_run r = {name, end, begin, end, NAME_UNKNOWN, 0, false, false};
    uint32_t before = office_before(t, begin, sent_begin);
    if (before < begin) {
        r.full_begin = before;
        if (!text_is(t, begin - 1, LEX_PERSON_OR_BODY)) {
            r.titled = true;
            r.kind = NAME_PERSON;
        }
        r.gender = text_gender(t, begin - 1, LEX_PERSON_NOUN);
    }
    add_run(n, r);
}
