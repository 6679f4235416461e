/*
 * Whom the text has just brought in.
 *
 * In: where a pronoun or description stands. Out: the person or body that the sentence in front of
 * it is about; where somebody was brought in without a name. Method: reports bring somebody in with
 * a sentence ("Ida Quill was late.") and then quote; the sentence nearest in front in the same
 * paragraph that is prose counts: its subject, or the first name with a verb behind it. Looks back
 * a bounded number of sentences and tokens.
 */
#include "quote_phrase.h"
#include "quote_speaker.h"

enum {
    OPENER_TOKENS = 200,     /* of a sentence that is looked at; longer ones are lists and tables */
    OPENER_SENTENCES = 8,    /* sentences between marks are passed over, so many at most */
    LABEL_TOKENS = 6,        /* words in front of a name that may tell of it */
    NAMED_TOKENS = 3,        /* from "a worker" to the name that it has, or to whom it asks */
    INTRODUCED_TOKENS = 1500 /* how far back somebody may have been brought in without a name */
};

/* Does an article bring somebody in: "a judge", "ein Richter"? */
static bool is_indefinite(const sst_text *t, uint32_t i)
{
    if (t->lang->traits)
        return quote_is_article(t, i, "a");
    return text_word_is(t, i, "a") || text_word_is(t, i, "an") || text_word_is(t, i, "one") ||
           text_word_is(t, i, "another");
}

/* Is the sentence prose: does it begin outside marks, with a word? */
static bool is_prose(const quote_context *c, const sst_sentence *se)
{
    for (uint32_t i = se->begin; i < se->end; i++) {
        if (c->inside[i])
            return false;
        if (c->t->tok[i].kind == TOK_WORD || c->t->tok[i].kind == TOK_NUMBER)
            return true;
    }
    return false;
}

/* Does a name stand in the sentence outside marks? */
static bool names_somebody(const quote_context *c, const sst_sentence *se)
{
    for (uint32_t m = text_mention_from(c->t, se->begin);
         m < c->t->mention_n && c->t->mention[m].begin < se->end; m++)
        if (!c->inside[c->t->mention[m].begin])
            return true;
    return false;
}

static bool fits(const sst_text *t, uint32_t m, bool body)
{
    const sst_entity *e = &t->entity[t->mention[m].entity];
    if (quote_is_people(t, e) || quote_names_work(t, e))
        return false;
    return body ? e->kind == NAME_ORG || e->kind == NAME_UNKNOWN
                : e->kind == NAME_PERSON || e->kind == NAME_UNKNOWN;
}

static bool behind_preposition(const sst_text *t, const sst_mention *x)
{
    return x->full_begin > 0 && tok_word(t, x->full_begin - 1) &&
           text_is(t, x->full_begin - 1, LEX_PREPOSITION);
}

/* The last sentence of prose in front of token `at` in its paragraph; NULL for none, or when what
 * is said since has its own speaker. */
static const sst_sentence *prose_before(const quote_speakers *s, uint32_t at, bool farther)
{
    const sst_text *t = s->c->t;
    uint32_t para = text_para_of(t, at);
    uint32_t first = t->para[para].sent_begin, k = text_sentence_of(t, at);
    if (farther && para > 0 && t->para[para - 1].role == ROLE_BODY)
        first = t->para[para - 1].sent_begin;
    for (uint32_t tried = 0; k > first && tried < OPENER_SENTENCES; tried++) {
        const sst_sentence *se = &t->sent[--k];
        if (se->end - se->begin > OPENER_TOKENS)
            return NULL;
        if (is_prose(s->c, se))
            return se;
        if (names_somebody(s->c, se))
            return NULL; /* "...," NAME said: who speaks is no news */
    }
    return NULL;
}

/* The name that is the subject [from, to) of a sentence without marks; UINT32_MAX when it is no
 * single name. */
static uint32_t opening_subject(const quote_context *c, const sst_sentence *se, uint32_t from,
                                uint32_t to)
{
    const sst_text *t = c->t;
    uint32_t m = to > from ? quote_name_ending(t, to) : UINT32_MAX;
    if (m == UINT32_MAX || t->mention[m].full_begin > from + 1 || !fits(t, m, false) ||
        text_is(t, to, LEX_CONJUNCTION) || /* X and Y; X, Y and Z */
        (tok_comma(t, to) && text_mention_at(t, to + 1) != UINT32_MAX))
        return UINT32_MAX;
    for (uint32_t i = se->begin; i < se->end; i++)
        if (c->inside[i])
            return UINT32_MAX; /* "...," said somebody */
    return t->mention[m].entity;
}

uint32_t quote_opener(const quote_speakers *s, uint32_t at, bool body, bool whole)
{
    const sst_text *t = s->c->t;
    const sst_sentence *se = prose_before(s, at, whole);
    uint32_t from = 0, to = 0;
    if (!se)
        return UINT32_MAX;
    if (!quote_subject(s->c, se->begin, se->end, &from, &to))
        from = to = 0;
    if (whole) {
        if (s->last_token >= se->begin && s->last_token < se->end)
            return UINT32_MAX; /* X was loud, NAME said */
        const sst_sentence *own = &t->sent[text_sentence_of(t, at)];
        if (at - own->begin > OPENER_TOKENS)
            return UINT32_MAX;
        for (uint32_t m = text_mention_from(t, own->begin);
             m < t->mention_n && t->mention[m].begin < at; m++)
            if (!s->c->inside[t->mention[m].begin] && fits(t, m, false))
                return UINT32_MAX; /* While NAME was loud, he */
        return opening_subject(s->c, se, from, to);
    }
    uint32_t subject = to > from ? quote_name_ending(t, to) : UINT32_MAX;
    if (!body && subject != UINT32_MAX && t->mention[subject].begin >= from &&
        behind_preposition(t, &t->mention[subject]))
        return UINT32_MAX; /* a spokesman for NAME */
    if (subject != UINT32_MAX && !quote_possessive(t, &t->mention[subject]))
        return fits(t, subject, body) ? t->mention[subject].entity : UINT32_MAX;
    for (uint32_t m = text_mention_from(t, se->begin);
         m < t->mention_n && t->mention[m].begin < se->end; m++) {
        const sst_mention *x = &t->mention[m];
        if (!s->c->inside[x->begin] && !quote_possessive(t, x) && quote_before_verb(t, x) &&
            !behind_preposition(t, x))
            return fits(t, m, body) ? x->entity : UINT32_MAX;
    }
    return UINT32_MAX;
}

bool quote_opener_unnamed(const quote_speakers *s, uint32_t at, uint8_t gender, uint32_t *begin,
                          uint32_t *end)
{
    const sst_text *t = s->c->t;
    const sst_sentence *se = prose_before(s, at, false);
    uint32_t from, to;
    if (!se || s->last_token >= se->begin || /* somebody has spoken since */
        at - se->begin > 2 * OPENER_TOKENS ||
        !quote_subject(s->c, se->begin, se->end, &from, &to) || from != se->begin ||
        !is_indefinite(t, from))
        return false;
    uint32_t head = quote_head_noun(t, from, to);
    uint8_t known = head == UINT32_MAX ? 0 : text_gender(t, head, LEX_PERSON_NOUN);
    if (head == UINT32_MAX || !text_is(t, head, LEX_PERSON_NOUN) || (known && known != gender))
        return false;
    for (uint32_t m = text_mention_from(t, from); m < t->mention_n && t->mention[m].begin < at; m++)
        if (t->mention[m].full_begin < to + NAMED_TOKENS ||
            (t->mention[m].full_begin > 0 && tok_comma(t, t->mention[m].full_begin - 1)) ||
            (t->mention[m].begin >= se->end && !s->c->inside[t->mention[m].begin] &&
             quote_is_subject(s->c, m)))
            return false; /* a lawyer for NAME, named NAME; asked NAME; somebody else since */
    *begin = from;
    *end = head + 1;
    return true;
}

/* The same in other languages: their words of joining, and a comma behind the noun. */
static uint32_t label_of_other(const sst_text *t, const sst_mention *x, uint32_t low)
{
    uint32_t i = x->full_begin;
    if (i > low + 1 && tok_comma(t, i - 1))
        i--;
    while (
        i > low && (t->tok[i - 1].kind == TOK_WORD || tok_is(t, i - 1, "-")) &&
        !(text_is(t, i - 1,
                  LEX_CUE | LEX_AUXILIARY | LEX_PREPOSITION | LEX_CONJUNCTION | LEX_DETERMINER) &&
          !text_is(t, i - 1, LEX_PHRASE_JOIN)))
        i--;
    return i;
}

/* Where what is told of a name in front of it begins: its office ("secretary of state NAME"), words
 * that are joined to it. */
uint32_t quote_label_begin(const sst_text *t, const sst_mention *x)
{
    uint32_t low = x->full_begin > LABEL_TOKENS ? x->full_begin - LABEL_TOKENS : 0;
    uint32_t i = x->full_begin;
    if (t->lang->traits) /* "la portavoz de la asociación, NAME" */
        return label_of_other(t, x, low);
    while (
        i > low && (t->tok[i - 1].kind == TOK_WORD || tok_is(t, i - 1, "-")) &&
        !(text_is(t, i - 1,
                  LEX_CUE | LEX_AUXILIARY | LEX_PREPOSITION | LEX_CONJUNCTION | LEX_DETERMINER) &&
          !text_word_is(t, i - 1, "of")))
        i--;
    return i;
}

uint32_t quote_brought_in(const sst_text *t, uint32_t begin, uint32_t head)
{
    uint32_t low = begin > INTRODUCED_TOKENS ? begin - INTRODUCED_TOKENS : 0;
    for (uint32_t i = begin; i-- > low;) {
        if (t->tok[i].key != t->tok[head].key || t->tok[i].kind != TOK_WORD ||
            (t->tok[i].flags & TOKF_UPPER && !(t->lang->traits & LANG_NOUN_CAPITAL)))
            continue;
        uint32_t k = i;
        while (k > low && i - k < 5 && t->tok[k - 1].kind != TOK_SIGN &&
               !text_is(t, k - 1, LEX_DETERMINER | LEX_PREPOSITION | LEX_CUE))
            k--;
        if (k == low || !is_indefinite(t, k - 1))
            continue;
        k--;
        if (k > 0 &&
            (tok_comma(t, k - 1) || text_is(t, k - 1, LEX_BE) || text_word_is(t, k - 1, "as")))
            continue; /* NAME, a judge / NAME is a judge */
        uint32_t m = text_mention_from(t, i);
        if (m < t->mention_n && (t->mention[m].full_begin <= i + 1 ||
                                 (t->mention[m].full_begin == i + 2 && tok_comma(t, i + 1))))
            continue; /* a judge, NAME; not: a spokesman for NAME */
        return i;
    }
    return 0;
}
