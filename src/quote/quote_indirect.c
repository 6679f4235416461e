/*
 * Indirect speech by rules, and who speaks in the prose between quotations.
 *
 * In: the prose between two quotations. Out: indirect quotations; the last speaker. Method: SUBJECT
 * VERB (that) CLAUSE, or CLAUSE, SUBJECT VERB; one a sentence. What the network finds comes on top
 * (quote_links.c). Other languages: quote_reported.c.
 */
#include "quote_rule.h"

enum {
    INDIRECT_WORDS_MIN = 3, /* of indirect speech */
    THAT_TOKENS_MAX = 12,   /* between a verb and its "that" */
    CLAUSE_VERB_MAX = 16,   /* words of a clause before its verb */
    TRAILING_MAX = 12       /* words behind the verb of "..., X said on Monday." */
};

/* A word that may open a clause of its own: a name, a pronoun, an article, a noun. */
static bool opens_clause(const sst_text *t, uint32_t i)
{
    if (t->tok[i].kind == TOK_NUMBER)
        return true;
    return t->tok[i].kind == TOK_WORD && !text_is(t, i, LEX_AUXILIARY | LEX_CUE | LEX_ADVERB) &&
           (!text_is(t, i, LEX_PREPOSITION | LEX_CONJUNCTION) ||
            text_is(t, i, LEX_DETERMINER | LEX_QUESTION));
}

/* Does a verb stand in [i, end), near enough to be that of a clause beginning at i? */
static bool has_verb(const sst_text *t, uint32_t i, uint32_t end)
{
    uint32_t stop = i + CLAUSE_VERB_MAX < end ? i + CLAUSE_VERB_MAX : end;
    for (uint32_t k = i; k < stop; k++)
        if ((t->tok[k].kind == TOK_WORD || t->tok[k].kind == TOK_CLITIC) &&
            (text_is(t, k, LEX_AUXILIARY | LEX_CUE | LEX_CUE_WEAK) ||
             (k > i && !(t->tok[k].flags & TOKF_UPPER) && str_ends(text_token(t, k), STR("ed")))))
            return true;
    return false;
}

/* First token of what is said behind the verb of a clause, in indirect speech; end when there is
 * none. */
static uint32_t indirect_from(const sst_text *t, const quote_clause *c, uint32_t verb, uint32_t end)
{
    uint32_t i = c->addressee_end > verb ? c->addressee_end : verb + 1;
    if (i >= end || text_word_is(t, i, "that"))
        return i;
    if (i + 1 < end && text_word_is(t, i, "to") && !text_is(t, i + 1, LEX_DETERMINER) &&
        text_mention_at(t, i + 1) == UINT32_MAX)
        return i; /* vowed to do it */
    if (text_is(t, i, LEX_PREPOSITION | LEX_WEEKDAY | LEX_MONTH | LEX_ADVERB)) {
        uint32_t near = i + THAT_TOKENS_MAX < end ? i + THAT_TOKENS_MAX : end;
        for (uint32_t k = i; k < near; k++) { /* said in a statement on Monday that ... */
            if (text_word_is(t, k, "that"))
                return k;
            if (text_is(t, k, LEX_AUXILIARY) || (t->tok[k].kind == TOK_SIGN && !tok_is(t, k, "-")))
                break;
        }
        if (i + 1 < end && text_is(t, i, LEX_PREPOSITION) && text_is(t, i + 1, LEX_WEEKDAY))
            i++; /* said on Monday the bridge was safe */
        if (text_is(t, i, LEX_WEEKDAY))
            i++;
    }
    if (!text_is(t, verb, LEX_CUE) || i >= end || !opens_clause(t, i) || !has_verb(t, i, end))
        return end;
    return i;
}

static void add_indirect(finder *f, const quote_clause *clause, uint32_t from, uint32_t to)
{
    const sst_text *t = f->t;
    while (to > from && (t->tok[to - 1].kind == TOK_SIGN || t->tok[to - 1].kind == TOK_MARK))
        to--;
    if (to < from + INDIRECT_WORDS_MIN)
        return;
    quote_found *x = vec_push(f->arena, &f->indirect);
    if (!x)
        return;
    x->q.type = QUOTE_INDIRECT;
    sst_span content = text_span(t, from, to);
    quote_add_span(f, &x->q.content, content);
    quote_add_span(f, &x->q.marked, content);
    quote_add_clause(f, x, clause);
    quote_set_speaker(f, x);
}

/*
 * The prose between two quotations: whoever it reports as saying something is the last speaker, and
 * what it reports is indirect speech: SUBJECT VERB (that) CLAUSE, or CLAUSE, SUBJECT VERB. One a
 * sentence.
 */
void quote_follow_prose(finder *f, uint32_t from, uint32_t to)
{
    const sst_text *t = f->t;
    if (from >= to)
        return;
    for (uint32_t s = text_sentence_of(t, from); s < t->sent_n && t->sent[s].end <= to; s++) {
        const sst_sentence *se = &t->sent[s];
        if (se->begin < from || t->para[se->para].role != ROLE_BODY)
            continue;
        if (t->lang->traits && quote_reported(f, s))
            continue;
        bool said = false;
        uint32_t last = se->end;
        while (last > se->begin && t->tok[last - 1].kind == TOK_SIGN)
            last--;
        quote_clause clause;
        uint32_t according = text_phrase(t, se->begin, se->end, LEX_CUE_PHRASE);
        if (!t->lang->traits && according > 1 &&
            quote_clause_behind(&f->c, se->begin, se->end, &clause) && clause.according &&
            tok_comma(t, clause.source_end) && quote_names_somebody(t, &clause)) {
            add_indirect(f, &clause, clause.source_end + 1, last); /* According to X, ... */
            said = true;
        }
        for (uint32_t i = se->begin; i < se->end; i++) {
            if (f->c.inside[i])
                break;
            if (!tok_word(t, i) || !text_is(t, i, LEX_CUE | LEX_CUE_WEAK) ||
                text_mention_at(t, i) != UINT32_MAX ||
                (i > se->begin && text_word_is(t, i - 1, "to")))
                continue;
            bool strong = text_is(t, i, LEX_CUE);
            if (!strong && !text_word_is(t, i + 1, "that"))
                continue;
            if (!quote_clause_before(&f->c, se->begin, i + 1, true, &clause) || clause.nobody ||
                clause.cue_end != i + 1 || clause.source_end <= clause.source_begin ||
                clause.source_end > i + 1 || !quote_names_somebody(t, &clause))
                continue;
            quote_addressee(&f->c, i, last, &clause);
            uint32_t content = said || !text_is(t, i, LEX_CUE_INDIRECT)
                                   ? last
                                   : indirect_from(t, &clause, i, last);
            /* "..., X said.": what stands before the comma */
            uint32_t left = clause.source_begin;
            if (!said && content >= last && text_is(t, i, LEX_CUE_INDIRECT) &&
                left > se->begin + INDIRECT_WORDS_MIN && tok_comma(t, left - 1) &&
                i + TRAILING_MAX > last && has_verb(t, se->begin, left)) {
                add_indirect(f, &clause, se->begin, left - 1);
                said = true;
            } else if (content < last) {
                add_indirect(f, &clause, content, last);
                said = true;
            } else if (strong) {
                sst_quote q;
                memset(&q, 0, sizeof q);
                quote_speaker(&f->s, clause.source_begin, clause.source_end, &q);
            }
        }
        if (!said && !t->lang->traits &&
            quote_clause_trailing(&f->c, se->begin, se->end, &clause) && clause.according &&
            quote_names_somebody(t, &clause))
            add_indirect(f, &clause, se->begin, clause.cue_begin);
    }
}
