/*
 * Forms of a figure that are told by what stands around one number.
 *
 * In: a sentence, a number in it. Out: is it a share of another number, does its unit stand before
 * it, is it the subject of a clause, does its "over" tell how long an amount took. Method: cues
 * beside the number; the words are data. Parts: spans of time, shares, scales, subjects. Language:
 * figure_cue, unit, stopword.
 */
#include "figure_around.h"

enum { SPAN_GAP = 8 /* tokens between an amount and the time that it took */ };

/* "rises 9 percent over two years", "took it over nine years": how long it took, not that it took
 * longer. */
bool around_is_span(const around *a, uint32_t over, sst_str unit)
{
    const sst_text *t = a->t;
    if (!unit.n || !around_cue_is(a, over, "span") ||
        !lang_value(t->lang, lang_row(t->lang, unit), LEX_TIME_WORD))
        return false;
    if (over == a->begin ||
        text_is(t, over - 1,
                LEX_PREPOSITION | LEX_BE | LEX_AUXILIARY | LEX_DETERMINER | LEX_CONJUNCTION |
                    LEX_ADVERB) ||
        around_cue_is(a, over - 1, "lasts"))
        return false;
    for (uint32_t i = over; i-- > a->begin && i + SPAN_GAP >= over;)
        if (t->tok[i].kind == TOK_NUMBER || text_is(t, i, LEX_CURRENCY))
            return true;
    return false;
}

/* "four in 10", "one of every five": a share. */
bool around_is_ratio(const around *a, const sst_number *n)
{
    if (n->value <= 0 || n->value >= 1)
        return false;
    for (uint32_t i = n->begin + 1; i < n->end && a->t->tok[i].kind == TOK_WORD; i++)
        if (around_cue_is(a, i, "among") || around_cue_is(a, i, "out") ||
            around_cue_is(a, i, "rate"))
            return true;
    return false;
}

/* The first token of a unit that stands before its number, "magnitude 6.8", "a magnitude of 6.8"; i
 * when there is none. */
uint32_t around_scale_before(const around *a, uint32_t i, sst_str *unit)
{
    uint32_t k = i;
    if (k > a->begin && around_cue_is(a, k - 1, "of"))
        k--;
    if (k == a->begin || !around_cue_is(a, k - 1, "scale") || !around_value(a, k - 1, LEX_UNIT))
        return i;
    *unit = str_of(around_value(a, k - 1, LEX_UNIT));
    return k - 1;
}

/* "nine abstained": the number at [begin, end) opens a clause and a verb follows. */
bool around_is_subject(const around *a, uint32_t begin, uint32_t end)
{
    const sst_text *t = a->t;
    if (t->lang->traits || end >= a->end || t->tok[end].kind != TOK_WORD ||
        text_is(t, end, LEX_STOPWORD))
        return false;
    const char *w = t->s.p + t->tok[end].end;
    if (t->tok[end].end - t->tok[end].begin <= 3 || w[-1] != 'd' || w[-2] != 'e')
        return false;
    return begin == a->begin || t->tok[begin - 1].kind == TOK_SIGN ||
           text_is(t, begin - 1, LEX_CONJUNCTION);
}
