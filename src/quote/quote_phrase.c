/*
 * Noun phrases: where the words that name a speaker begin and end.
 *
 * In: tokens, names, the lexicon. Out: ends of phrases. Method: from right to left and from left to
 * right over what may stand in a noun phrase of English; names (with their offices) are taken
 * whole; a preposition joins two nouns only behind a noun that can speak; a verb, a conjunction or
 * a pronoun ends the phrase. At most QUOTE_PHRASE_MAX tokens.
 */
#include "quote_phrase.h"

bool quote_ends_with(const sst_text *t, uint32_t i, const char *z)
{
    return str_ends(text_token(t, i), str_of(z));
}

bool quote_in_english(const sst_text *t)
{
    return t->lang == lang_find(STR("en"));
}

bool quote_is_adverb(const sst_text *t, uint32_t i)
{
    if (!tok_word(t, i))
        return false;
    return text_is(t, i, LEX_ADVERB) ||
           (quote_ends_with(t, i, "ly") && !(t->tok[i].flags & TOKF_UPPER) &&
            t->tok[i].end - t->tok[i].begin > 4);
}

bool quote_is_article(const sst_text *t, uint32_t i, const char *kind)
{
    const char *v = lang_value(t->lang, t->tok[i].lex, LEX_DETERMINER);
    if (v || !t->lang->plural_ends || !tok_word(t, i))
        return v && strncmp(v, kind, strlen(kind)) == 0; /* "the", "the to" */
    sst_str w = text_token(t, i);                        /* l'avocat */
    return w.n > 2 && (w.p[0] | 32) == 'l' && (w.p[1] == '\'' || w.p[1] == '\xE2') &&
           strcmp(kind, "the") == 0;
}

bool quote_is_pronoun(const sst_text *t, uint32_t i)
{
    return text_is(t, i, LEX_PRONOUN_PERSON) && t->tok[i].kind == TOK_WORD;
}

/* The mention whose tokens (with office) end at `end`; UINT32_MAX when there is none. */
uint32_t quote_name_ending(const sst_text *t, uint32_t end)
{
    if (!end)
        return UINT32_MAX;
    uint32_t m = text_mention_at(t, end - 1);
    return m != UINT32_MAX && t->mention[m].end == end ? m : UINT32_MAX;
}

bool quote_joins_phrase(const sst_text *t, uint32_t i)
{
    return tok_word(t, i) && text_is(t, i, LEX_PHRASE_JOIN);
}

bool quote_is_nominal(const sst_text *t, uint32_t i)
{
    return text_is(t, i, LEX_NOMINAL | LEX_CUE_NOUN | LEX_NOBODY) ||
           text_mention_at(t, i) != UINT32_MAX;
}

/* A word that may stand inside a noun phrase, read from right to left. */
static bool phrase_word(const quote_context *c, uint32_t i)
{
    const sst_text *t = c->t;
    if (c->inside[i])
        return false;
    const sst_token *k = &t->tok[i];
    if (k->kind == TOK_NUMBER || k->kind == TOK_CLITIC)
        return k->kind == TOK_NUMBER || quote_ends_with(t, i, "s");
    if (k->kind == TOK_SIGN)
        return tok_is(t, i, "-") || tok_is(t, i, "&") || tok_is(t, i, "/");
    if (k->kind == TOK_MARK)
        return tok_is(t, i, "'") || tok_is(t, i, "\xE2\x80\x99"); /* leaders’ */
    if (text_mention_at(t, i) != UINT32_MAX)
        return true;
    if (text_is(t, i, LEX_NOMINAL))
        return true;
    if (text_is(t, i,
                LEX_AUXILIARY | LEX_CONJUNCTION | LEX_PRONOUN_PERSON | LEX_CUE | LEX_QUESTION))
        return false;
    return !quote_is_adverb(t, i) || (k->flags & TOKF_UPPER);
}

/* First token of the noun phrase that ends before `end`, not before `floor`; `end` when there is
 * none. */
uint32_t quote_phrase_left(const quote_context *c, uint32_t floor, uint32_t end)
{
    const sst_text *t = c->t;
    uint32_t k = end;
    bool head = false;
    while (k > floor && end - k < QUOTE_PHRASE_MAX) {
        uint32_t i = k - 1;
        if (!phrase_word(c, i))
            break;
        uint32_t m = text_mention_at(t, i);
        if (m != UINT32_MAX) {
            uint32_t b = t->mention[m].full_begin;
            k = b >= floor && b < k ? b : t->mention[m].begin >= floor ? t->mention[m].begin : i;
            head = true;
            /* a person's name opens its phrase; what stands before it belongs to it only through 's
             * or "of" */
            if (t->entity[t->mention[m].entity].kind == NAME_PERSON && k > floor &&
                t->tok[k - 1].kind != TOK_CLITIC && !quote_joins_phrase(t, k - 1) &&
                !text_is(t, k - 1, LEX_DETERMINER | LEX_NATIONALITY) &&
                text_mention_at(t, k - 1) == UINT32_MAX)
                break;
            continue;
        }
        if (quote_joins_phrase(t, i)) {
            /* the Ambulance Service's "of": goes on only when a noun that can speak stands before
             * it */
            if (!head || i == floor || !quote_is_nominal(t, i - 1) ||
                (i > floor && c->inside[i - 1]))
                break;
            k = i;
            continue;
        }
        if (text_is(t, i, LEX_PREPOSITION) && !text_is(t, i, LEX_NOMINAL))
            break;
        if (text_is(t, i, LEX_CUE_WEAK) && !text_is(t, i, LEX_NOMINAL | LEX_CUE_NOUN) && k != end &&
            !text_is(t, i, LEX_DETERMINER))
            break;
        k = i;
        head = true;
        if (text_is(t, i, LEX_DETERMINER) && t->tok[i].kind == TOK_WORD) {
            if (i > floor + 1 && quote_joins_phrase(t, i - 1) && quote_is_nominal(t, i - 2))
                continue;
            if (i > floor && t->tok[i - 1].kind == TOK_CLITIC)
                continue;
            break;
        }
    }
    /* nothing but "of the" or a lone preposition is no phrase */
    while (k < end && (t->tok[k].kind == TOK_CLITIC || t->tok[k].kind == TOK_SIGN ||
                       t->tok[k].kind == TOK_MARK || quote_joins_phrase(t, k)))
        k++;
    return k;
}

/* the email said, her tweet reads: behind an article what may be a verb is a noun. */
static bool noun_of_saying(const sst_text *t, uint32_t i)
{
    return text_is(t, i, LEX_CUE_NOUN) &&
           text_is(t, i - 1, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE);
}

/* Senate minority leader NAME, Fernway Capital portfolio manager NAME: behind the name of a body a
 * word, a noun for a person, and who it is. */
static bool office_behind(const sst_text *t, uint32_t mention, uint32_t i, uint32_t end)
{
    return t->entity[t->mention[mention].entity].kind != NAME_PERSON && i + 2 < end &&
           tok_word(t, i) && tok_word(t, i + 1) &&
           !text_is(t, i, LEX_STOPWORD | LEX_ANY_CUE | LEX_AUXILIARY | LEX_PREPOSITION) &&
           text_is(t, i + 1, LEX_PERSON_NOUN) && text_mention_at(t, i + 2) != UINT32_MAX;
}

/* la portavoz policial NAME: where adjectives stand behind the noun, a name may follow one. */
static bool name_behind(const sst_text *t, uint32_t i, uint32_t end)
{
    uint32_t m = t->lang->traits && i + 1 < end &&
                         !text_is(t, i,
                                  LEX_STOPWORD | LEX_CUE | LEX_AUXILIARY | LEX_PREPOSITION |
                                      LEX_ADVERB | LEX_CONJUNCTION)
                     ? text_mention_at(t, i + 1)
                     : UINT32_MAX;
    return m != UINT32_MAX && t->entity[t->mention[m].entity].kind == NAME_PERSON;
}

/* Behind the last token of the noun phrase that begins at i, not going past end; i when there is
 * none. */
uint32_t quote_phrase_right(const quote_context *c, uint32_t i, uint32_t end)
{
    const sst_text *t = c->t;
    uint32_t k = i, last = i;
    bool owned = false;
    if (i < end && quote_is_pronoun(t, i) && !c->inside[i])
        return i + 1;
    while (k < end && k - i < QUOTE_PHRASE_MAX && !c->inside[k]) {
        const sst_token *x = &t->tok[k];
        uint32_t m = text_mention_at(t, k);
        if (m != UINT32_MAX) {
            bool article = t->mention[m].full_begin > i &&
                           text_is(t, t->mention[m].full_begin - 1, LEX_DETERMINER);
            k = t->mention[m].full_end > k ? t->mention[m].full_end : k + 1;
            last = k;
            /* rief Ida Brandt der Menge zu: the hearer, where his article is also one of joining */
            if (t->lang->traits & LANG_NOUN_CAPITAL && k < end && quote_joins_phrase(t, k) &&
                text_is(t, k, LEX_DETERMINER) && t->mention[m].end - t->mention[m].begin >= 2 &&
                quote_may_be_person(t, m))
                break;
            /* a name ends the phrase, unless a noun follows: Quill administration officials, the
             * New York protest */
            if (k < end && tok_word(t, k) && !(t->tok[k].flags & TOKF_UPPER) &&
                !text_is(t, k, LEX_NOMINAL) && !text_is(t, k - 1, LEX_NATIONALITY) &&
                !(article && !quote_ends_with(t, k, "ed") &&
                  !text_is(t, k, LEX_STOPWORD | LEX_CUE_WEAK)) &&
                !quote_joins_phrase(t, k) && !office_behind(t, m, k, end))
                break;
            /* the New York protest wrote: the word behind the name is a noun when a verb of saying
             * follows it */
            owned = article && k + 1 < end && tok_word(t, k) && text_is(t, k + 1, LEX_ANY_CUE);
            continue;
        }
        if (x->kind == TOK_CLITIC) {
            if (!quote_ends_with(t, k, "s"))
                break;
            last = ++k;
            continue;
        }
        if (x->kind == TOK_MARK && k > i && (tok_is(t, k, "'") || tok_is(t, k, "\xE2\x80\x99")) &&
            tok_glued(t, k)) {
            k++;
            continue;
        }
        if (x->kind == TOK_SIGN && tok_glued(t, k) && (tok_is(t, k, "-") || tok_is(t, k, "&"))) {
            k++;
            continue;
        }
        if (x->kind == TOK_SIGN && (tok_is(t, k, "#") || tok_is(t, k, "@")) && k + 1 < end &&
            tok_glued(t, k + 1)) {
            k++;
            continue;
        }
        if (x->kind != TOK_WORD && x->kind != TOK_NUMBER)
            break;
        if (x->kind == TOK_NUMBER && t->lang->traits && k > i && quote_is_nominal(t, k - 1))
            break; /* laut Veranstaltern 1.200 Menschen */
        if (x->kind == TOK_WORD) {
            if (k > i && quote_joins_phrase(t, k) && quote_is_nominal(t, k - 1) && k + 1 < end &&
                (tok_word(t, k + 1) || t->tok[k + 1].kind == TOK_NUMBER) &&
                !text_is(t, k + 1, LEX_PRONOUN_PERSON | LEX_TIME_TAIL)) {
                if (!text_word_is(t, k, "of") && !text_is(t, k + 1, LEX_DETERMINER) &&
                    text_mention_at(t, k + 1) == UINT32_MAX)
                    break;
                k++;
                continue;
            }
            if (text_is(t, k, LEX_AUXILIARY | LEX_CONJUNCTION | LEX_PRONOUN_PERSON))
                break;
            if (text_is(t, k, LEX_PREPOSITION) && !text_is(t, k, LEX_NOMINAL))
                break;
            bool behind_of = k > i && text_word_is(t, k - 1, "of"); /* secretary of state */
            if (k > i && text_is(t, k, LEX_CUE | LEX_TIME_TAIL) && !text_is(t, k, LEX_NOMINAL) &&
                !owned && !behind_of && !noun_of_saying(t, k))
                break;
            owned = false;
            if (k > i && text_is(t, k, LEX_DETERMINER) && last == k)
                break;
            /* the report read: a verb behind a noun that can speak */
            if (k > i && text_is(t, k, LEX_CUE_WEAK) &&
                !text_is(t, k, LEX_NOMINAL | LEX_CUE_NOUN) && quote_is_nominal(t, k - 1))
                break;
            if (quote_is_adverb(t, k) && !(x->flags & TOKF_UPPER))
                break;
        }
        bool person = x->kind == TOK_WORD && text_is(t, k, LEX_PERSON_NOUN | LEX_PEOPLE_NOUN) &&
                      !(x->flags & TOKF_UPPER);
        k++;
        last = k;
        /* a noun for people ends the phrase, unless another or a name follows: police officer,
         * analyst NAME */
        if (person && k < end && tok_word(t, k) && !(t->tok[k].flags & TOKF_UPPER) &&
            !text_is(t, k, LEX_NOMINAL) && !quote_joins_phrase(t, k) && !name_behind(t, k, end))
            break;
    }
    while (last > i && text_is(t, last - 1, LEX_DETERMINER) && t->tok[last - 1].kind == TOK_WORD)
        last--;
    return last;
}
