/*
 * Words in marks that nobody said: titles of works, names of things, scare quotes.
 *
 * In: a stretch between marks. Out: what its capitals and the words before and behind it say of it.
 * Method: titles are a few words in capitals; "so-called", "known as" and their like (not_quoted),
 * nouns of works and articles stand before them. What is a title in one place of an article is one
 * in all.
 */
#include "base_hash.h"
#include "base_sort.h"
#include "quote_rule.h"

#include <stdlib.h>

enum {
    HEARER_GAP = 3,      /* tokens between a verb and the article of who is told */
    NAMING_GAP = 12,     /* tokens between a verb that names and the words in marks */
    THING_WORDS_MAX = 4, /* words of the name of a ship, a storm, an operation */
    TITLE_WORDS_MAX = 8  /* words of a title of a work */
};

bool quote_sentence_mark(const sst_text *t, uint32_t i, const char *set)
{
    sst_str s = text_token(t, i);
    if (t->tok[i].kind == TOK_WORD)
        return (t->tok[i].flags & TOKF_ABBR) && strchr(set, '.') != NULL;
    if (t->tok[i].kind != TOK_SIGN)
        return t->tok[i].kind == TOK_MARK && i > 0 && quote_sentence_mark(t, i - 1, set);
    if (str_eq(s, STR("\xE2\x80\xA6")) || str_eq(s, STR("\xE2\x80\x94")) ||
        str_eq(s, STR("\xE2\x80\x93")) || str_eq(s, STR("--")))
        return strchr(set, '-') != NULL;
    return s.n >= 1 && strchr(set, s.p[0]) != NULL;
}

bool quote_starts_upper(const sst_text *t, uint32_t i, uint32_t end)
{
    while (i < end && t->tok[i].kind != TOK_WORD && t->tok[i].kind != TOK_NUMBER)
        i++;
    return i < end && (t->tok[i].kind == TOK_NUMBER || (t->tok[i].flags & TOKF_UPPER));
}

/* "Morning Joe", "American Skin (41 Shots)": words in capitals, as a title has them, and no
 * sentence. */
bool quote_is_title(const sst_text *t, const quoted *q)
{
    uint32_t upper = 0;
    if (q->words > TITLE_WORDS_MAX || !quote_starts_upper(t, q->begin, q->end) ||
        quote_sentence_mark(t, q->end - 1, "!?"))
        return false;
    for (uint32_t i = q->begin; i < q->end; i++) {
        if (t->tok[i].kind == TOK_NUMBER)
            upper++; /* "1984" */
        if (t->tok[i].kind != TOK_WORD)
            continue;
        if (t->tok[i].flags & TOKF_UPPER)
            upper++;
        else if (i > q->begin && tok_glued(t, i) && t->tok[i - 1].kind == TOK_NUMBER)
            continue; /* "13th" */
        else if (!text_is(t, i, LEX_STOPWORD))
            return false;
    }
    return upper >= 1;
}

/* "so-called", "known as", "titled", a noun + "called" right before the mark: a name, not something
 * said. */
bool quote_names_thing(const sst_text *t, const quoted *q)
{
    uint32_t open = quoted_front(q);
    uint32_t low = t->para[q->para].begin;
    for (uint32_t n = 1; n <= 4 && open >= low + n; n++) {
        uint32_t i = open - n;
        if (text_phrase(t, i, open, LEX_NOT_QUOTED) != n)
            continue;
        /* he calls a "franchise"; mediators called a: a subject stands before the verb */
        if (n == 1 && text_is(t, i, LEX_CUE_NAMING | LEX_CUE)) {
            if (i > low &&
                (text_is(t, i - 1, LEX_PRONOUN_PERSON) || text_mention_at(t, i - 1) != UINT32_MAX ||
                 text_is(t, i - 1,
                         LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN | LEX_ADVERB |
                             LEX_AUXILIARY)))
                return text_is(t, i - 1, LEX_BE);
            return true;
        }
        return true;
    }
    /* "so-called" is three tokens */
    return false;
}

/* the "Truth" campaign: between an article and a noun */
static bool names_noun_behind(const sst_text *t, const quoted *q)
{
    uint32_t i = q->no_close ? t->tok_n : q->close + 1;
    return q->words <= 4 && i < t->para[q->para].end && t->tok[i].kind == TOK_WORD &&
           !(t->tok[i].flags & (TOKF_UPPER | TOKF_GLUED)) &&
           !text_is(t, i, LEX_STOPWORD | LEX_CUE | LEX_CUE_WEAK | LEX_ADVERB) &&
           text_is(t, quoted_front(q) - 1, LEX_DETERMINER);
}

/* Does token i announce the title of a work: a possessive, "documentary", "episode of"? */
static bool owner_of_work(const sst_text *t, uint32_t i, uint32_t floor)
{
    if (t->tok[i].kind == TOK_CLITIC || (t->tok[i].kind == TOK_MARK && tok_glued(t, i)))
        return true;
    if (t->tok[i].kind != TOK_WORD)
        return false;
    if (text_is(t, i, LEX_WORK_NOUN | LEX_PRONOUN_POSSESSIVE))
        return true;
    return i > floor && text_is(t, i, LEX_PREPOSITION) && text_is(t, i - 1, LEX_WORK_NOUN);
}

/* In his 2012 book, "Doors of Wexley": the noun in front of the comma says what it is. */
static bool named_behind_comma(const sst_text *t, uint32_t front, uint32_t floor)
{
    return front >= floor + 2 && tok_comma(t, front - 1) && text_is(t, front - 2, LEX_WORK_NOUN);
}

/* on "Wexley This Morning," X said: several words in capitals behind a preposition */
static bool behind_preposition(const sst_text *t, const quoted *q, uint32_t front)
{
    return q->words >= 2 && t->tok[front - 1].kind == TOK_WORD &&
           text_is(t, front - 1, LEX_PREPOSITION) && !text_is(t, front - 1, LEX_CUE);
}

/*
 * The ferry "Heron II", der Sturm „Irmela“, le ferry « Belle Hélène »: a name behind the noun that
 * says what it is, or behind an article, in languages that put the names of ships, storms and
 * operations into marks. A word of saying or of joining before the mark makes it speech. Where
 * every noun has a capital, capitals alone tell little: the word before must be a noun, or the name
 * more than one word.
 */
static bool behind_its_noun(const sst_text *t, const quoted *q, uint32_t front, uint32_t floor)
{
    uint32_t i = front - 1;
    if (!t->lang->traits || !tok_word(t, i) || q->words > THING_WORDS_MAX ||
        text_is(t, i,
                LEX_CUE | LEX_CUE_WEAK | LEX_CUE_NAMING | LEX_CUE_PHRASE | LEX_CUE_NOUN |
                    LEX_CONJUNCTION | LEX_CLAUSE_OPEN | LEX_AUXILIARY | LEX_BE | LEX_NOT_QUOTED))
        return false;
    for (uint32_t k = i;
         k-- > floor && k + NAMING_GAP > i;) /* nannte den Plan „Schlag ins Gesicht“ */
        if (text_is(t, k, LEX_CUE_NAMING))
            return false;
    bool article = text_is(t, i, LEX_DETERMINER);
    const char *one = lang_value(t->lang, t->tok[i].lex, LEX_NUMBER_WORD);
    if (article && one && strcmp(one, "a") == 0)
        return false;
    const char *to = article ? lang_value(t->lang, t->tok[i].lex, LEX_DETERMINER) : NULL;
    bool hearer = to && strcmp(to, "the to") == 0; /* sagte (er) dem „Küstenkurier“: who is told */
    for (uint32_t k = i; hearer && k-- > floor && k + HEARER_GAP >= i && tok_word(t, k);)
        if (text_is(t, k, LEX_CUE))
            return true;
    if (article && q->words == 1) { /* der „Seeadler“: nothing is said in its clause so far */
        bool said = false;
        for (uint32_t k = i; k-- > floor && k + NAMING_GAP > i && !said;)
            said = text_is(t, k, LEX_CUE | LEX_CUE_WEAK);
        return !said;
    }
    if (t->lang->traits & LANG_NOUN_CAPITAL)
        return article ? q->words >= 2 : (t->tok[i].flags & TOKF_UPPER) && i > floor;
    if (article)
        return true;
    /* el ferri "X": a noun has its article or a word of joining before it */
    return !text_is(t, i, LEX_STOPWORD | LEX_PREPOSITION | LEX_ADVERB | LEX_PRONOUN_PERSON) &&
           i > floor && text_is(t, i - 1, LEX_DETERMINER | LEX_PREPOSITION | LEX_PHRASE_JOIN);
}

bool quote_is_work(const sst_text *t, const quoted *q, uint32_t sent_begin)
{
    uint32_t front = quoted_front(q);
    if (front <= sent_begin || tok_is(t, front - 1, ":") || !quote_is_title(t, q))
        return false;
    if (tok_comma(t, front - 1))
        return named_behind_comma(t, front, sent_begin);
    return owner_of_work(t, front - 1, sent_begin) || names_noun_behind(t, q) ||
           behind_preposition(t, q, front) || behind_its_noun(t, q, front, sent_begin);
}

bool quote_is_markup(const sst_text *t, const quoted *q)
{
    uint32_t front = quoted_front(q);
    return (front > 0 && tok_is(t, front - 1, "=")) || tok_is(t, q->begin, ">") ||
           tok_is(t, q->begin, "<");
}

bool quote_is_heading(const finder *f, const quoted *q)
{
    const sst_text *t = f->t;
    const sst_para *p = &t->para[q->para];
    return q->single && 2 * f->single_n < f->marks.n && q->words <= TITLE_WORDS_MAX &&
           quoted_front(q) == p->begin && quoted_behind(q) >= p->end && !q->no_open && !q->no_close;
}

/* The words of a stretch, without the sign at its end. */
static uint64_t key_of(const sst_text *t, const quoted *q)
{
    uint64_t h = 0;
    for (uint32_t i = q->begin; i < q->end; i++)
        if (t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER)
            h = hash_mix(h, text_key(text_token(t, i)));
    return h;
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

void quote_find_works(finder *f)
{
    const sst_text *t = f->t;
    for (uint32_t k = 0; k < f->marks.n; k++) {
        const quoted *q = &f->marks.v[k];
        uint32_t sent = text_sentence_of(t, quoted_front(q));
        f->single_n += q->single;
        if (!quote_is_work(t, q, t->sent[sent].begin))
            continue;
        uint64_t *to = vec_push(f->arena, &f->work);
        if (!to)
            return;
        *to = key_of(t, q);
    }
    uint64_t *scratch = arena_alloc(f->arena, (f->work.n / 2 + 1) * sizeof *scratch);
    if (scratch)
        sort_stable(f->work.v, f->work.n, sizeof *f->work.v, by_key, scratch);
}

bool quote_is_known_work(const finder *f, const quoted *q)
{
    if (!f->work.n || !quote_is_title(f->t, q))
        return false;
    uint64_t key = key_of(f->t, q);
    return bsearch(&key, f->work.v, f->work.n, sizeof key, by_key) != NULL;
}
