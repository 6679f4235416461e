/*
 * The words in front of a quotation -> who says it, and with which verb.
 *
 * In: tokens, names, and which tokens stand between marks. Out: spans of source, cue, addressee.
 * Method: from the mark back to the beginning of the sentence the nearest verb of saying counts,
 * with its subject in front of it or, in some languages, behind it; or a phrase of attribution. See
 * quote_clause.c for what stands behind a quotation and for the classes of verbs.
 */
#include "quote_phrase.h"

enum {
    WEAK_TOKENS_MAX = 3 /* between a verb that means other things as often and the mark */
};

/* Does a clause of its own begin between the verb and the mark? ", but Mr. X struck ..." */
static bool cut_off(const quote_context *c, uint32_t cue, uint32_t mark)
{
    const sst_text *t = c->t;
    for (uint32_t i = cue + 1; i + 2 < mark; i++) {
        if (tok_is(t, i, ";"))
            return true;
        if (!tok_comma(t, i) ||
            !(text_word_is(t, i + 1, "but") || text_word_is(t, i + 1, "while") ||
              text_word_is(t, i + 1, "although") || text_word_is(t, i + 1, "though") ||
              text_word_is(t, i + 1, "whereas")))
            continue;
        if (!text_word_is(t, i + 2, "that") && !text_word_is(t, i + 2, "said"))
            return true;
    }
    return false;
}

/* stellt, legt, weist: a verb that says something by its particle alone. */
static bool by_particle(const sst_text *t, uint32_t i)
{
    const char *v = t->lang->traits ? lang_value(t->lang, t->tok[i].lex, LEX_CUE_WEAK) : NULL;
    return v && strcmp(v, "particle") == 0;
}

bool quote_clause_before(const quote_context *c, uint32_t begin, uint32_t mark, bool colon,
                         quote_clause *out)
{
    const sst_text *t = c->t;
    uint32_t low = mark > begin + QUOTE_BEFORE_MAX ? mark - QUOTE_BEFORE_MAX : begin;
    for (uint32_t k = mark; k-- > low;) {
        if (c->inside[k] || !tok_word(t, k))
            continue;
        uint32_t spoken =
            k > low && quote_clause_phrase_after(t, k) ? quote_phrase_left(c, low, k) : k;
        if (spoken < k && quote_can_speak(t, spoken, k)) {
            quote_clause_fill(c, out, spoken, k, k, k + 1);
            out->according = true;
            return true;
        }
        if (text_is(t, k, LEX_CUE_PHRASE) ||
            (k + 1 < mark && text_phrase(t, k, mark, LEX_CUE_PHRASE))) {
            uint32_t n = text_phrase(t, k, mark, LEX_CUE_PHRASE);
            uint32_t e = n ? quote_phrase_right(c, k + n, mark) : 0;
            /* "per" and its like are prepositions too: only in front of somebody */
            bool alone =
                n == 1 && quote_clause_phrase_alone(t, k, false) && quote_can_speak(t, k + n, e);
            if (n == 1 && quote_clause_phrase_marks(t, k))
                alone =
                    k == begin && e + 1 == mark && tok_comma(t, e) && quote_can_speak(t, k + n, e);
            if ((n >= 2 || alone) && e > k + n) {
                quote_clause_fill(c, out, k + n, e, k, k + n);
                out->according = true;
                return true;
            }
        }
        bool strong = text_is(t, k, LEX_CUE), naming = text_is(t, k, LEX_CUE_NAMING),
             weak = text_is(t, k, LEX_CUE_WEAK) && (colon || !by_particle(t, k));
        if (!strong && !naming && !weak)
            continue;
        if (text_mention_at(t, k) != UINT32_MAX || text_is(t, k, LEX_NOMINAL))
            continue;
        uint32_t gap = mark - k - 1;
        if (!strong && naming && gap > QUOTE_NAMING_MAX)
            continue;
        if (!strong && !naming && !colon && !text_word_is(t, k + 1, "that")) {
            bool apart = gap > WEAK_TOKENS_MAX;
            for (uint32_t i = k + 1; i < mark && !apart;
                 i++) /* people were screaming and there was "..." */
                apart =
                    t->tok[i].kind == TOK_WORD && text_is(t, i, LEX_CONJUNCTION | LEX_AUXILIARY);
            if (apart)
                continue;
        }
        /* a noun: the statement, her comments, said in a report */
        if (text_is(t, k, LEX_CUE_NOUN) && k > low &&
            (text_is(t, k - 1, LEX_DETERMINER | LEX_PREPOSITION | LEX_PRONOUN_POSSESSIVE) ||
             t->tok[k - 1].kind == TOK_CLITIC))
            continue;
        if (k > low && text_is(t, k - 1, LEX_DETERMINER) && !text_is(t, k - 1, LEX_NOBODY) &&
            t->tok[k - 1].kind == TOK_WORD)
            continue;
        /* secretary of state; wanted to see: behind a preposition it is a noun, a weak verb behind
         * "to" is somebody's wish */
        if (k > low && t->tok[k - 1].kind == TOK_WORD && text_is(t, k - 1, LEX_PREPOSITION) &&
            !text_is(t, k - 1, LEX_AUXILIARY) && !quote_ends_with(t, k, "ing") &&
            (!strong || !text_word_is(t, k - 1, "to")) &&
            !(strong && text_is(t, k - 1, LEX_ADVERB)))
            continue;
        if (cut_off(c, k, mark))
            return false;
        uint32_t from, to, cue_begin = k;
        if (quote_clause_passive(t, low, k)) {
            /* described as ... by X */
            uint32_t b = k + 1;
            while (b < mark && !text_word_is(t, b, "by"))
                b++;
            if (b < mark) {
                uint32_t e = quote_phrase_right(c, b + 1, mark);
                if (e > b + 1) {
                    quote_clause_fill(c, out, b + 1, e, k, k + 1);
                    return true;
                }
            }
            if (naming && !strong) {
                memset(out, 0, sizeof *out);
                out->cue_begin = k;
                out->cue_end = k + 1;
                out->nobody = true;
                return true;
            }
            continue;
        }
        /* ..., sagte X: "..."; según explicó X, ...: where subjects stand behind as often, and the
         * verb opens its clause, what follows is the subject */
        bool phrase = k > low && quote_clause_phrase_alone(t, k - 1, true);
        bool opens = phrase || (colon && !quote_in_english(t) && (k == low || tok_comma(t, k - 1)));
        if (opens || !quote_subject_left(c, low, k, &from, &to, &cue_begin, 0)) {
            /* said X: "..." with the subject behind the verb */
            uint32_t e = strong ? quote_phrase_right(c, k + 1, mark) : 0;
            if (e > k + 1 && (colon || phrase) &&
                (quote_name_ending(t, e) != UINT32_MAX || quote_is_nominal(t, e - 1))) {
                quote_clause_fill(c, out, k + 1, e, k, k + 1);
                return true;
            }
            /* Der Bürgermeister, NAME, sagte: "..." */
            if (!opens || phrase || !quote_subject_left(c, low, k, &from, &to, &cue_begin, 0))
                continue;
        }
        if (to == from + 1 && text_is(t, from, LEX_ANYBODY))
            continue; /* when you see "..." */
        quote_clause_fill(c, out, from, to, cue_begin, k + 1);
        uint32_t keep = out->clause_end;
        quote_addressee(c, k, mark, out);
        quote_clause_relayed(c, k, mark, out);
        if (out->clause_end < keep)
            out->clause_end = keep;
        return true;
    }
    return false;
}
