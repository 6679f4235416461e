/*
 * Tokens -> names of persons, organisations and places.
 *
 * In: tokens and sentences. Out: runs of tokens that are names, with their kinds; then, through
 * text_entity.c, mentions and entities. Method, in order:
 *   1. runs of words in capitals, with particles and "of" inside where names have them; a capital
 *      at the beginning of a sentence or in a headline in title case counts only when something
 *      else says that it is a name;
 *   2. offices, honorifics and nationalities are split off in front, company suffixes behind:
 *      text_name_split.c;
 *   3. kind, from the words themselves, then from what stands around: text_name_kind.c;
 *   4. whose they are: text_entity.c.
 *
 * All steps are linear in tokens.
 */
#include "base_hash.h"
#include "base_utf8.h"
#include "text_name_inner.h"

enum {
    RUN_MAX = 12,               /* words of the longest name */
    RARE_NAME_SIXTEENTHS = 160, /* a word at the head of a sentence is a name by itself when fewer
                                   than 1 in 2^10 documents have it */
    LABEL_BITS = 9,    /* words of a button or caption: more than 1 in 2^9 documents have them */
    LABEL_BYTES = 4,   /* a label in capitals has no fewer letters; US, AP are names */
    TITLE_CASE_MIN = 4 /* words of a headline before its case is judged */
};

/* ------------------------------------------------------------------ what stands at a token */

/* "I", "The", "On": a word of grammar in capitals. US, IT, WHO in capitals are names. */
static bool grammar_word(const sst_text *t, uint32_t i)
{
    /* Jan Moor, April Quill: a month that is a given name, with a name behind it */
    if (text_is(t, i, LEX_MONTH) && text_is(t, i, LEX_FIRST_NAME) && text_upper_word(t, i + 1) &&
        !text_is(t, i + 1, LEX_STOPWORD | LEX_WEEKDAY))
        return false;
    /* the initial of William A. Quill is no article */
    if (i > 0 && t->tok[i].end - t->tok[i].begin == 2 && text_is_initial(t, i) &&
        text_upper_word(t, i - 1) && text_upper_word(t, i + 1))
        return false;
    if (!text_is(t, i, LEX_STOPWORD | LEX_WEEKDAY | LEX_MONTH))
        return false;
    if (text_is(t, i, LEX_MONTH) && (t->tok[i].flags & TOKF_CAPS))
        return true;
    sst_str s = text_token(t, i);
    bool shouted = i + 1 < t->tok_n && (t->tok[i + 1].flags & TOKF_CAPS) != 0; /* IT IS TIME */
    return !((t->tok[i].flags & TOKF_CAPS) && s.n >= 2 && s.n <= 4 &&
             !((t->tok[i].flags & TOKF_SENT) && shouted)) ||
           text_is(t, i, LEX_WEEKDAY | LEX_MONTH);
}

/* ------------------------------------------------------------------ 1. runs of capitals */

/* Is the sentence a headline in title case or capitals, whose capitals say nothing? */
static bool sentence_is_title_case(const sst_text *t, const sst_sentence *s)
{
    uint32_t words = 0, upper = 0, caps = 0;
    bool stop = text_sign_is(t, s->end - 1, "."); /* headlines have none */
    for (uint32_t i = s->begin; i < s->end; i++) {
        if (t->tok[i].kind != TOK_WORD)
            continue;
        if (stop && !(t->tok[i].flags & TOKF_UPPER) && !text_is(t, i, LEX_STOPWORD))
            return false; /* They met Prime Minister X. */
        if (t->tok[i].end - t->tok[i].begin < 4)
            continue;
        words++;
        upper += (t->tok[i].flags & TOKF_UPPER) != 0;
        caps += (t->tok[i].flags & TOKF_CAPS) != 0;
    }
    if (words < TITLE_CASE_MIN)
        return caps == words && words > 1;
    return upper * 5 >= words * 4;
}

/* Henry Will, Ada May, Jenny Boxer, Otto Baron: behind a given name an ordinary word or an
 * office is a surname. */
bool text_surname_word(const sst_text *t, uint32_t i)
{
    if (i == 0 || !text_upper_word(t, i) || (t->tok[i].flags & TOKF_CAPS) ||
        !text_is(t, i, LEX_AUXILIARY | LEX_MONTH | LEX_HONORIFIC | LEX_PERSON_NOUN))
        return false;
    uint32_t given = i - 1;
    if (given > 0 && text_is_initial(t, given))
        given--;
    return text_upper_word(t, given) && text_is(t, given, LEX_FIRST_NAME) &&
           !text_is(t, given, LEX_PLACE | LEX_MONTH | LEX_HONORIFIC | LEX_PERSON_NOUN) &&
           !(i + 1 < t->tok_n && t->tok[i + 1].kind == TOK_NUMBER) && !text_upper_word(t, i + 1);
}

/* A word of grammar, but for those that are a surname in this article. */
static bool no_name(const text_namer *n, uint32_t i)
{
    const sst_text *t = n->t;
    if (!grammar_word(t, i))
        return false;
    if (!text_is(t, i, LEX_AUXILIARY | LEX_MONTH) || !text_name_seen(&n->surname, t->tok[i].key))
        return true;
    if (text_is(t, i, LEX_MONTH)) /* in May */
        return !text_surname_word(t, i);
    return (t->tok[i].flags & TOKF_SENT) && !text_is(t, i + 1, LEX_CUE);
}

/* All Tarnow Airways: in the middle of a sentence a word of grammar in capitals opens a name. */
static bool opens_with_grammar(const sst_text *t, uint32_t i)
{
    return i > 0 && t->tok[i].end - t->tok[i].begin >= 3 && !(t->tok[i].flags & TOKF_CAPS) &&
           text_is(t, i, LEX_STOPWORD) &&
           !text_is(t, i,
                    LEX_WEEKDAY | LEX_MONTH | LEX_PRONOUN_PERSON | LEX_PRONOUN_POSSESSIVE |
                        LEX_AUXILIARY | LEX_CONJUNCTION | LEX_QUESTION) &&
           !text_word_is(t, i, "the") && t->tok[i - 1].kind == TOK_WORD &&
           !(t->tok[i - 1].flags & TOKF_UPPER) && text_upper_word(t, i + 1) &&
           !grammar_word(t, i + 1) &&
           !text_is(t, i + 1, LEX_FIRST_NAME | LEX_ROLE | LEX_NATIONALITY | LEX_PLACE);
}

/* quarterback Will Decker: in the middle of a sentence a given name that is a helping verb too. */
static bool opens_with_given(const sst_text *t, uint32_t i)
{
    return i > 0 && text_is(t, i, LEX_AUXILIARY) && text_is(t, i, LEX_FIRST_NAME) &&
           !(t->tok[i].flags & TOKF_CAPS) && t->tok[i - 1].kind == TOK_WORD &&
           (!(t->tok[i - 1].flags & TOKF_UPPER) ||
            text_is(t, i - 1, LEX_PERSON_NOUN | LEX_HONORIFIC)) &&
           text_upper_word(t, i + 1) && !grammar_word(t, i + 1);
}

static uint64_t pair_key(const sst_text *t, uint32_t i)
{
    return hash_mix(t->tok[i].key, t->tok[i + 1].key);
}

/* Of tokens, different words in lower case: in news one of three, less in long texts. It only moves
 * time. */
enum { TOKENS_A_WORD = 3 };

static void survey(text_namer *n)
{
    const sst_text *t = n->t;
    n->title_case = arena_calloc(n->arena, t->sent_n + 1, 1);
    if (!n->title_case)
        return;
    u64map_room(n->arena, &n->lower, t->tok_n / TOKENS_A_WORD);
    for (uint32_t s = 0; s < t->sent_n; s++) {
        n->title_case[s] = sentence_is_title_case(t, &t->sent[s]);
        for (uint32_t i = t->sent[s].begin; i < t->sent[s].end; i++) {
            const sst_token *k = &t->tok[i];
            if (k->kind != TOK_WORD)
                continue;
            if (!(k->flags & TOKF_UPPER))
                u64map_add(n->arena, &n->lower, k->key, 1, NULL);
            else if (!(k->flags & TOKF_SENT) && !n->title_case[s]) {
                u64map_add(n->arena, &n->inner, k->key, 1, NULL);
                bool again = text_upper_word(t, i + 1) && t->tok[i + 1].key == k->key;
                if (again) {
                    uint32_t *times = u64map_add(n->arena, &n->doubled, k->key, 0, NULL);
                    if (times)
                        ++*times;
                } else if (i > t->sent[s].begin && !text_upper_word(t, i - 1))
                    u64map_add(n->arena, &n->alone, k->key, 1, NULL);
                if (opens_with_grammar(t, i) || opens_with_given(t, i))
                    u64map_add(n->arena, &n->opener, pair_key(t, i), 1, NULL);
                if (text_surname_word(t, i))
                    u64map_add(n->arena, &n->surname, k->key, 1, NULL);
            }
        }
    }
}

/* May token i, in capitals, be a part of a name? */
static bool can_begin(const text_namer *n, uint32_t i, uint32_t sentence)
{
    const sst_text *t = n->t;
    if (!text_upper_word(t, i))
        return false;
    if (no_name(n, i))
        return text_upper_word(t, i + 1) && u64map_find(&n->opener, pair_key(t, i));
    const sst_token *k = &t->tok[i];
    if (text_is(t, i, LEX_NAME_PREFIX) && text_sign_is(t, i + 1, "-") && text_glued(t, i + 1))
        return false;
    if (k->end - k->begin == 1 && text_sign_is(t, i + 1, "-") && text_glued(t, i + 1)) /* X-ray */
        return false;
    if ((k->flags & TOKF_CAPS) && i > 0 && text_is(t, i, LEX_TIME_WORD) &&
        (t->tok[i - 1].kind == TOK_NUMBER || text_is(t, i - 1, LEX_TIME_WORD)))
        return false; /* 3.09 pm PST: a zone of time */
    if (n->title_case[sentence])
        return text_name_seen(&n->inner, k->key);
    if (!(k->flags & TOKF_SENT))
        return true;
    if (text_name_seen(&n->inner, k->key))
        return true;
    if (text_is(t, i, LEX_PLACE | LEX_FIRST_NAME | LEX_NATIONALITY | LEX_HONORIFIC) ||
        text_phrase(t, i, t->tok_n, LEX_PLACE))
        return true;
    if (k->flags & TOKF_CAPS)
        return true;
    if (text_upper_word(t, i + 1) && !grammar_word(t, i + 1) && !(t->tok[i + 1].flags & TOKF_SENT))
        return true;
    if (text_name_seen(&n->lower, k->key) ||
        text_is(t, i,
                LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN | LEX_ROLE_WORD | LEX_PREPOSITION |
                    LEX_CONJUNCTION | LEX_AUXILIARY))
        return false;
    if (i + 1 < t->tok_n && (t->tok[i + 1].kind == TOK_CLITIC || text_is(t, i + 1, LEX_CUE)))
        return true;
    return lang_rarity(k->key) * 16 >= RARE_NAME_SIXTEENTHS;
}

/* The apostrophe of "Workers' Union": behind a plural, with the noun of a body behind it; of
 * "People's Bell", "Women's March": behind a noun for several that has no plural of its own; and of
 * "St Orla's Hospital": the noun of a body that is called after somebody. */
static bool possessive_inside(const sst_text *t, uint32_t i)
{
    if (i == 0 || !text_glued(t, i) || text_glued(t, i + 1) || !text_upper_word(t, i + 1))
        return false;
    const char *after = lang_value(t->lang, t->tok[i + 1].lex, LEX_ORG_NOUN);
    if (t->tok[i].kind == TOK_CLITIC && text_upper_word(t, i - 1) &&
        !text_is(t, i - 1, LEX_PLACE) && after && strcmp(after, "called") == 0)
        return true;
    if (t->tok[i].kind == TOK_CLITIC)
        return text_upper_word(t, i - 1) && text_is(t, i - 1, LEX_PEOPLE_NOUN) &&
               !text_is(t, i - 1, LEX_ORG_NOUN) && !text_is(t, i + 1, LEX_FIRST_NAME | LEX_ROLE);
    sst_str before = text_token(t, i - 1);
    return t->tok[i].kind == TOK_MARK &&
           (before.p[before.n - 1] == 's' || before.p[before.n - 1] == 'S') &&
           text_is(t, i + 1, LEX_ORG_NOUN | LEX_ORG_END);
}

/* Does a word in lower case (or &) at i join a name whose words are [begin, i)? The next one is in
 * capitals. */
static uint32_t joiner(const text_namer *n, uint32_t begin, uint32_t i, uint32_t end)
{
    const sst_text *t = n->t;
    if (i >= end)
        return 0;
    if (text_sign_is(t, i, "&") && text_upper_word(t, i + 1) && i + 1 < end)
        return 1;
    if (text_sign_is(t, i, "-") && text_glued(t, i) && text_glued(t, i + 1) &&
        text_upper_word(t, i + 1) && i + 1 < end && !text_is(t, i - 1, LEX_NAME_PREFIX))
        return 1;
    /* Han Mi-rae: a short part in lower case behind the second word of a name; not New York-born
     */
    if (text_sign_is(t, i, "-") && text_glued(t, i) && text_glued(t, i + 1) && i + 1 < end &&
        i - begin >= 2 && t->tok[i + 1].kind == TOK_WORD &&
        t->tok[i + 1].end - t->tok[i + 1].begin <= 4 && !text_phrase(t, begin, i, LEX_PLACE) &&
        !text_is(t, i - 1, LEX_PLACE | LEX_NATIONALITY | LEX_ORG_NOUN))
        return 1;
    if (t->tok[i].kind != TOK_WORD || (t->tok[i].flags & TOKF_UPPER))
        return 0;
    uint32_t k = i;
    if (text_is(t, i, LEX_NAME_PARTICLE)) {
        if (t->lang->traits & LANG_NOUN_CAPITAL && text_is(t, i, LEX_DETERMINER))
            return 0; /* von der Brandt; rief Ida Brandt der Menge zu */
        while (k < end && text_is(t, k, LEX_NAME_PARTICLE) && !(t->tok[k].flags & TOKF_UPPER) &&
               k - i < 3)
            k++;
        return k < end && text_upper_word(t, k) && !grammar_word(t, k) ? k - i : 0;
    }
    /* Secretary of State X, Mayor of London X; not Jenny Boxer of X */
    if (text_is(t, i - 1, LEX_PERSON_NOUN | LEX_HONORIFIC) && !text_surname_word(t, i - 1) &&
        (text_word_is(t, i, "of") || text_word_is(t, i, "for"))) {
        k = i + 1;
        if (text_word_is(t, k, "the"))
            k++;
        return k < end && text_upper_word(t, k) && !grammar_word(t, k) ? k - i : 0;
    }
    /* the Ferry and Harbour Workers' Union: one word before "and", a body behind it */
    if (text_word_is(t, i, "and") && i == begin + 1 && begin > 0 &&
        text_is(t, begin - 1, LEX_DETERMINER)) {
        uint32_t last = i + 1;
        while (last < end && last - i < RUN_MAX &&
               (text_upper_word(t, last) || possessive_inside(t, last)))
            last++;
        if (last > i + 2 && text_is(t, last - 1, LEX_ORG_NOUN | LEX_ORG_END) &&
            !(t->tok[begin].flags & TOKF_CAPS) &&
            !text_is(t, begin,
                     LEX_ORG_NOUN | LEX_ORG_END | LEX_PLACE | LEX_NATIONALITY | LEX_FIRST_NAME |
                         LEX_PERSON_NOUN))
            return 1;
    }
    bool body = false;
    for (uint32_t j = begin; j < i; j++)
        body |= text_is(t, j, LEX_ORG_NOUN | LEX_ORG_END);
    if (!body)
        return 0;
    if (text_word_is(t, i, "of") || text_word_is(t, i, "for")) {
        if (!text_is(t, i - 1, LEX_ORG_NOUN | LEX_ORG_END))
            return 0;
        k = i + 1;
        if (text_word_is(t, k, "the"))
            k++;
        return k < end && text_upper_word(t, k) && !grammar_word(t, k) ? k - i : 0;
    }
    if (text_word_is(t, i,
                     "and")) { /* Office of Rail and Road: "of" stands before, one word between */
        if (i >= begin + 2 && text_word_is(t, i - 2, "of") && !text_is(t, i - 1, LEX_PLACE) &&
            text_upper_word(t, i + 1) && !text_upper_word(t, i + 2))
            return 1;
        return 0;
    }
    if (text_word_is(t, i, "to") && text_is(t, i - 1, LEX_ORG_NOUN) &&
        text_upper_word(t, i + 1)) /* Committee to Protect X */
        return 1;
    return 0;
}

/* Harbour Now called for: in the middle of a sentence an adverb in capitals ends the name before
 * it. */
static bool closes_with_adverb(const sst_text *t, uint32_t i, uint32_t end)
{
    return i + 1 < end && text_upper_word(t, i) && text_is(t, i, LEX_STOPWORD) &&
           text_is(t, i, LEX_ADVERB | LEX_TIME_TAIL) &&
           !text_is(t, i, LEX_WEEKDAY | LEX_MONTH | LEX_PRONOUN_PERSON | LEX_CONJUNCTION) &&
           !(t->tok[i].flags & (TOKF_SENT | TOKF_LINE | TOKF_CAPS)) &&
           t->tok[i + 1].kind == TOK_WORD && !(t->tok[i + 1].flags & TOKF_UPPER);
}

static uint32_t run_end(const text_namer *n, uint32_t begin, uint32_t end)
{
    const sst_text *t = n->t;
    uint32_t i = begin + 1;
    while (i < end && i - begin < RUN_MAX) {
        if (text_upper_word(t, i) && !no_name(n, i) &&
            !(t->tok[i].flags & TOKF_LINE && t->tok[i].flags & TOKF_SENT) &&
            !(t->tok[i].end - t->tok[i].begin == 1 && text_sign_is(t, i + 1, "-") &&
              text_glued(t, i + 1))) {
            i++;
            continue;
        }
        if (closes_with_adverb(t, i, end)) {
            i++;
            break;
        }
        if (possessive_inside(t, i)) {
            i += 2;
            continue;
        }
        /* 7UP, Channel 4 stay apart: a number ends a name */
        uint32_t k = joiner(n, begin, i, end);
        if (!k)
            break;
        i += k + 1;
    }
    return i < end ? i : end;
}

/* A word at the head of a sentence, no name by itself, in front of a given name. */
static bool opens_only(const text_namer *n, uint32_t i)
{
    const sst_text *t = n->t;
    return !text_name_seen(&n->inner, t->tok[i].key) && text_is(t, i + 1, LEX_FIRST_NAME) &&
           !text_is(t, i + 1, LEX_PLACE) && text_upper_word(t, i + 2) &&
           !text_is(t, i, LEX_FIRST_NAME | LEX_PLACE | LEX_NATIONALITY | LEX_ROLE | LEX_ORG_NOUN) &&
           !(t->tok[i].flags & TOKF_CAPS);
}

/* "GETTY Quill", "Invalid Email Ida Quill": words of a caption or button that ran into a name.
 * Capitals only go when the name opens a run elsewhere; other words when a given name and one more
 * word behind them do. */
static uint32_t label_words(const text_namer *n, uint32_t begin, uint32_t end)
{
    const sst_text *t = n->t;
    uint32_t k = begin;
    bool ordinary = (t->tok[begin].flags & TOKF_SENT) && !text_phrase(t, begin, end, LEX_PLACE);
    while (k + 1 < end && text_upper_word(t, k) && text_upper_word(t, k + 1)) {
        bool caps = (t->tok[k].flags & TOKF_CAPS) && t->tok[k].end - t->tok[k].begin > 1 &&
                    !(t->tok[k + 1].flags & TOKF_CAPS) &&
                    !memchr(text_token(t, k).p, '.', text_token(t, k).n); /* A.Q. Quill */
        if (text_is(t, k, LEX_FIRST_NAME | LEX_NATIONALITY | LEX_ROLE | LEX_PLACE | LEX_ORG_NOUN))
            return 0;
        if (caps && t->tok[k].end - t->tok[k].begin >= LABEL_BYTES && k == begin &&
            (t->tok[k].flags & TOKF_SENT) && lang_rarity(t->tok[k].key) < TEXT_ORDINARY_BITS &&
            text_is(t, k + 1, LEX_FIRST_NAME) && !text_is(t, k + 1, LEX_PLACE | LEX_ROLE))
            return 1; /* PHOTO Ida Quill, WATCH Ida Quill */
        if (caps && text_name_seen(&n->alone, t->tok[k + 1].key) &&
            !text_is(t, k + 1, LEX_ROLE | LEX_ORG_NOUN | LEX_ORG_END | LEX_PLACE))
            return k + 1 - begin;
        k++;
        ordinary &= lang_rarity(t->tok[k - 1].key) < LABEL_BITS && !text_is_initial(t, k - 1);
        if (k + 2 == end && text_is(t, k, LEX_FIRST_NAME) && !text_is(t, k, LEX_PLACE | LEX_ROLE) &&
            text_upper_word(t, k + 1) && (ordinary || text_name_seen(&n->alone, t->tok[k].key)))
            return k - begin;
    }
    return 0;
}

/* Where in the run a second name begins: behind Jr and its like, when the surname comes again
 * ("Ida Quill Jr. Quill added"), in other letters ("IDA QUILL Quill said"), and where a word that
 * stands alone elsewhere is there twice, once in the article ("Quill & Moor. Acme Acme said", a
 * caption and a sentence). */
static uint32_t second_name(const text_namer *n, uint32_t begin, uint32_t end)
{
    const sst_text *t = n->t;
    for (uint32_t k = begin + 1; k < end; k++) {
        uint32_t before = k - 1;
        bool tail = text_is(t, before, LEX_NAME_TAIL);
        if (tail && before > begin)
            before--;
        if (t->tok[k].kind != TOK_WORD || t->tok[k].key != t->tok[before].key)
            continue;
        const uint32_t *times = u64map_find(&n->doubled, t->tok[k].key);
        if (tail || ((t->tok[before].flags ^ t->tok[k].flags) & TOKF_CAPS) ||
            (text_name_seen(&n->alone, t->tok[k].key) && (!times || *times == 1)))
            return k;
    }
    return end;
}

static void find_runs(text_namer *n)
{
    const sst_text *t = n->t;
    for (uint32_t s = 0; s < t->sent_n && !n->arena->failed; s++) {
        const sst_sentence *se = &t->sent[s];
        uint32_t i = se->begin;
        if (t->para[se->para].role == ROLE_BOILERPLATE)
            continue;
        while (i < se->end) {
            /* van der Berg, al-Sisi: particles in lower case may open a name when a capital follows
             * and none stands before */
            if (!can_begin(n, i, s)) {
                i++;
                continue;
            }
            uint32_t end = run_end(n, i, se->end);
            /* "Current Acme board members": an ordinary word in front of a name that stands without
             * it elsewhere */
            if ((t->tok[i].flags & TOKF_SENT) && end - i >= 2 && text_upper_word(t, i + 1) &&
                !text_name_seen(&n->inner, t->tok[i].key) &&
                text_name_seen(&n->alone, t->tok[i + 1].key) &&
                (lang_rarity(t->tok[i].key) < TEXT_ORDINARY_BITS ||
                 text_is(t, i, LEX_PREPOSITION)) &&
                !text_is(t, i,
                         LEX_FIRST_NAME | LEX_PLACE | LEX_NATIONALITY | LEX_ROLE | LEX_ORG_NOUN) &&
                !(t->tok[i].flags & TOKF_CAPS))
                i++;
            /* "Entrusting Ida Quill", "Beneath Ida Quill": a word that only opens the sentence */
            else if ((t->tok[i].flags & TOKF_SENT) && !n->title_case[s] && end - i >= 3 &&
                     opens_only(n, i))
                i++;
            i += label_words(n, i, end);
            if (n->title_case[s]) {
                end = i + 1;
                while (end < se->end && text_upper_word(t, end) &&
                       text_name_seen(&n->inner, t->tok[end].key) && !grammar_word(t, end))
                    end++;
            }
            end = second_name(n, i, end);
            text_name_split(n, i, end, se->begin);
            i = end;
        }
    }
}

/* ------------------------------------------------------------------ 3. all together */

static int by_begin(const text_run *a, const text_run *b)
{
    return (a->begin > b->begin) - (a->begin < b->begin);
}

sst_status text_names(sst_arena *arena, sst_text *t)
{
    text_namer n = {.arena = arena, .t = t};
    survey(&n);
    if (arena->failed)
        return arena->failed;
    find_runs(&n);
    for (uint32_t i = 1; i < n.runs.n; i++) /* nearly sorted: offices put two names at one place */
        for (uint32_t k = i; k > 0 && by_begin(&n.runs.v[k - 1], &n.runs.v[k]) > 0; k--) {
            text_run swap = n.runs.v[k];
            n.runs.v[k] = n.runs.v[k - 1];
            n.runs.v[k - 1] = swap;
        }
    for (uint32_t i = 0; i < n.runs.n; i++) {
        text_run *r = &n.runs.v[i];
        r->article = r->full_begin == r->begin && r->full_begin > 0 &&
                     text_is(t, r->full_begin - 1, LEX_DETERMINER) &&
                     t->tok[r->full_begin - 1].kind == TOK_WORD;
        text_run_kind(t, r);
    }
    return text_entities(arena, t, n.runs.v, n.runs.n);
}
