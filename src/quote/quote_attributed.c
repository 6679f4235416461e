/*
 * Indirect speech by what stands beside it, in languages other than English.
 *
 * In: one sentence. Out: its indirect quotation, when a clause or a phrase of attribution stands at
 * its begin, at its end or between its parts: "Wie X mitteilte, ...", "..., a estimé X.", "laut X".
 * Method: the clause of saying is that of quote_clause.c, with a verb that surely says something
 * and its speaker behind it; a phrase points to somebody, or to a document. quote_reported.c has
 * the rest.
 */
#include "quote_reported.h"

enum {
    TAIL_MAX = 8,    /* tokens behind "..., said X": time and place */
    SOURCE_REST = 4, /* tokens of a source behind its noun, up to the comma */
    AS_MAX = 24      /* tokens of "as X said" */
};

/* 2. "Wie X am Montag mitteilte": at the begin of the sentence or behind a comma. */
bool quote_said_as(quote_reported_sentence *r)
{
    const sst_text *t = r->t;
    for (uint32_t i = r->begin; i + 2 < r->end; i++) {
        if (!quote_is_sign(t, i, "as") || (i > r->begin && !tok_comma(t, i - 1)) ||
            r->f->c.inside[i])
            continue;
        uint32_t from = i + 1, to = quote_phrase_right(&r->f->c, from, r->end), v = to;
        bool apart = false;
        for (; v < r->end && v < i + AS_MAX && !tok_comma(t, v) && !r->f->c.inside[v] &&
               !text_is(t, v, LEX_CUE);
             v++)
            apart |= text_is(t, v, LEX_CONJUNCTION | LEX_PRONOUN_PERSON) && tok_word(t, v);
        if (!quote_speaks(r, from, to) || apart || v >= r->end || !text_is(t, v, LEX_CUE))
            continue;
        quote_clause clause;
        quote_clause_fill(&r->f->c, &clause, from, to, v, v + 1);
        uint32_t stop = v + 1;
        while (stop < r->end && !tok_comma(t, stop))
            stop++;
        if (i == r->begin && stop < r->end)
            return quote_add_said(r, &clause, stop + 1, r->end, 0, 0);
        return quote_add_said(r, &clause, r->begin, i, stop < r->end ? stop + 1 : 0,
                              stop < r->end ? r->end : 0);
    }
    return false;
}

/* "selon une étude publiée mardi": a word that points to a speaker, and a document. */
static bool phrase_of_document(const quote_reported_sentence *r, uint32_t i, quote_clause *q)
{
    const sst_text *t = r->t;
    uint32_t n = i < r->end ? text_phrase(t, i, r->end, LEX_CUE_PHRASE) : 0;
    if (!(n > 1 || (n == 1 && quote_clause_phrase_alone(t, i, false))))
        return false;
    uint32_t e = quote_phrase_right(&r->f->c, i + n, r->end);
    if (e <= i + n || !quote_is_document(t, i + n, e))
        return false;
    quote_clause_fill(&r->f->c, q, i + n, e, i, i + n);
    q->according = true;
    return true;
}

/* Does the clause behind the comma at k tell who says what stands around it? */
static bool tells(const quote_reported_sentence *r, uint32_t k, quote_clause *q)
{
    const sst_text *t = r->t;
    bool found = quote_clause_behind(&r->f->c, k, r->end, q);
    if (!found && phrase_of_document(r, k + 1, q))
        return true;
    if (!found || q->nobody || !quote_speaks(r, q->source_begin, q->source_end) ||
        q->cue_end <= q->cue_begin)
        return false;
    if (q->according)
        return true;
    bool strong = false, hangs = false;
    for (uint32_t x = q->cue_begin; x < q->cue_end; x++)
        strong |= text_is(t, x, LEX_CUE);
    hangs = q->source_begin > 0 && tok_is(t, q->source_begin - 1, "-"); /* a-t-il ajouté */
    return strong && (hangs || q->cue_begin < q->source_begin ||
                      strcmp(quote_cue_value(t, q->cue_end - 1), "behind") == 0);
}

/* 3. "..., sagte X." and "Le pont, a estimé X, était trop chargé." */
bool quote_said_before(quote_reported_sentence *r)
{
    const sst_text *t = r->t;
    for (uint32_t k = r->begin + 1; k + 1 < r->end; k++) {
        quote_clause q;
        if (!tok_comma(t, k) || r->f->c.inside[k] || !tells(r, k, &q))
            continue;
        uint32_t stop = q.clause_end;
        while (stop < r->end && !tok_comma(t, stop) && !r->f->c.inside[stop] &&
               !quote_is_sign(t, stop, "that"))
            stop++;
        if (stop > q.clause_end + TAIL_MAX || (stop < r->end && !tok_comma(t, stop)))
            continue;
        if (stop >= r->end)
            return !(text_is(t, r->begin, LEX_CLAUSE_OPEN) &&
                     !text_is(t, r->begin, LEX_PREPOSITION)) &&
                   quote_add_said(r, &q, r->begin, k, 0, 0);
        if (!quote_named_behind(&r->f->c, q.clause_end, r->end, &q.source_begin, &q.source_end) &&
            stop + 1 < r->end && r->end - stop > QUOTE_SAID_WORDS && q.cue_begin == k + 1)
            return quote_add_said(r, &q, r->begin, k, stop + 1, r->end);
        return quote_add_said(r, &q, r->begin, k, 0, 0); /* said X, the leader of Y. */
    }
    return false;
}

/* 4. "laut X", "selon X": at the begin, at the end or inside. */
bool quote_said_by(quote_reported_sentence *r)
{
    const sst_text *t = r->t;
    const quote_context *c = &r->f->c;
    for (uint32_t i = r->begin; i < r->end; i++) {
        if (c->inside[i] || !tok_word(t, i))
            continue;
        uint32_t from = 0, to = 0, left = i, right = i;
        bool behind = false;
        uint32_t n = text_phrase(t, i, r->end, LEX_CUE_PHRASE);
        if (i > r->begin && quote_clause_phrase_after(t, i)) {
            from = left = quote_phrase_left(c, r->begin, i);
            to = i;
            right = i + 1;
            behind = true;
        } else if (n > 1 || (n == 1 && quote_clause_phrase_alone(t, i, false))) {
            from = i + n;
            to = right = quote_phrase_right(c, from, r->end);
        } else {
            continue;
        }
        bool surely =
            n > 1 && t->lang->traits & LANG_NOUN_CAPITAL && to > from; /* nach Ansicht des */
        if (!surely && !(to > from && quote_is_document(t, from, to)) &&
            (!quote_speaks(r, from, to) || (!behind && quote_is_thing(t, from, to, true))))
            continue;
        uint32_t name, name_end; /* Según la presidenta del club, NAME, ... */
        if (!behind && quote_named_behind(c, to, r->end, &name, &name_end)) {
            from = name;
            to = right = name_end;
        }
        quote_clause q;
        quote_clause_fill(c, &q, from, to, i, behind ? i + 1 : i + n);
        q.according = true;
        if (!behind && left == r->begin) { /* Secondo i vigili del fuoco, ... */
            uint32_t k = right;
            while (k < r->end && k < right + SOURCE_REST && tok_word(t, k) &&
                   !text_is(t, k, LEX_AUXILIARY | LEX_CUE | LEX_CONJUNCTION | LEX_PRONOUN_PERSON))
                k++;
            if (k < r->end && tok_comma(t, k))
                right = k;
        }
        bool comma = right < r->end && tok_comma(t, right);
        if (left == r->begin && !comma && !(t->lang->traits & LANG_VERB_LAST))
            continue; /* where no verb tells where the source ends, a comma must */
        if (left > r->begin && tok_comma(t, left - 1) && comma)
            return quote_add_said(r, &q, r->begin, left - 1, right + 1, r->end);
        return quote_add_said(r, &q, r->begin, left, right, r->end);
    }
    return false;
}
