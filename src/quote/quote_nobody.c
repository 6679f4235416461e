/*
 * Words that stand where a speaker would and name nobody, or have no noun that a list knows.
 *
 * In: the tokens of a source. Out: whether they name nobody: no name and no noun for people in
 * them, or a thing at their end ("NAME's theory"). Method: classes of words, and the ends of nouns
 * for people that no list has.
 */
#include "quote_speaker.h"

/* No name, no pronoun and no noun for people: nobody who could be shown as a speaker. A capital
 * that only opens the sentence names nobody. */
bool quote_names_nobody(const sst_text *t, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (text_mention_at(t, i) != UINT32_MAX ||
            (t->tok[i].kind == TOK_WORD && (t->tok[i].flags & TOKF_UPPER) &&
             !(t->tok[i].flags & TOKF_SENT) && !text_is(t, i, LEX_STOPWORD | LEX_DETERMINER)))
            return false;
    return true;
}

/* reader, actor, economist, Parisian, fisherman: made as nouns for people are. */
static bool looks_like_person(const sst_text *t, uint32_t i)
{
    static const char *const ends[] = {"er",  "ers",  "or",  "ors", "ist",   "ists",
                                       "ian", "ians", "man", "men", "woman", "women",
                                       "ee",  "ees",  "ant", "ants"};
    sst_str w = text_token(t, i);
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
        size_t n = strlen(ends[k]);
        if (w.n > n + 2 && memcmp(w.p + w.n - n, ends[k], n) == 0)
            return true;
    }
    return false;
}

/* NAME's theory, the NAME probe: a thing, which stands for nobody. */
bool quote_ends_in_thing(const sst_text *t, uint32_t begin, uint32_t end, uint32_t head)
{
    uint32_t last = end;
    for (uint32_t i = begin + 1; i < end && last == end; i++)
        if (text_is(t, i, LEX_PREPOSITION) && t->tok[i].kind == TOK_WORD &&
            text_mention_at(t, i) == UINT32_MAX)
            last = i;
    last--;
    if (last <= begin || t->tok[last].kind != TOK_WORD || (t->tok[last].flags & TOKF_UPPER) ||
        text_mention_at(t, last) != UINT32_MAX ||
        text_is(t, last, LEX_STOPWORD | LEX_NATIONALITY | LEX_ADVERB) || looks_like_person(t, last))
        return false;
    if (head == UINT32_MAX)
        return true;
    /* NAME's general theory: a noun for people in front of a noun for none */
    if (head >= last || text_is(t, last,
                                LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN | LEX_ORG_END |
                                    LEX_CUE_NOUN | LEX_ROLE_WORD | LEX_CUE | LEX_CUE_WEAK))
        return false;
    for (uint32_t i = begin; i < head; i++)
        if (t->tok[i].kind == TOK_CLITIC)
            return true;
    return false;
}

/* "the Italian", "the 34-year-old": a word of a people, or an age, and no noun. */
bool quote_of_people_or_age(const sst_text *t, uint32_t begin, uint32_t end)
{
    uint32_t last = end - 1;
    if (end == begin + 2) {
        sst_str w = text_token(t, last);
        if (text_is(t, last, LEX_NATIONALITY))
            return (t->tok[last].flags & TOKF_UPPER) && !str_ends(w, STR("s"));
        /* the radioman: no list has all nouns for people */
        return tok_word(t, last) && !(t->tok[last].flags & TOKF_UPPER) &&
               (str_ends(w, STR("man")) || str_ends(w, STR("woman")) || str_ends(w, STR("ist")));
    }
    return end == begin + 6 && t->tok[begin + 1].kind == TOK_NUMBER && text_word_is(t, last, "old");
}
