/*
 * What stands around a number in languages other than English.
 *
 * In: a sentence, a number in it. Out: what a change, an age, a date, a count is told by there.
 * Method: each rule is one of word order or of writing (amounts of change through "um", "de"; ages
 * between commas or in brackets; years and times of day without a cue) and holds for every language
 * that has traits (data/lang/<code>/trait.txt); the words are data. Parts: changes, ages, dates,
 * counts. Language: change, figure_cue, count_concept, unit.
 */
#include "figure_around.h"

#include <math.h>

enum {
    AGE_MOST = 115, /* the oldest people */
    CHANGE_GAP =
        8, /* tokens to the verb at the end of the clause: "um 5 Prozent auf 17 gestiegen" */
    NUMBER_GAP = 40, /* tokens from "the number of" to the number, as far as times are looked for */
    MIDDLE_GAP = 6   /* words between verb and amount: "fiel im vergangenen Jahr um 4 Prozent" */
};

/* The change whose amount stands behind the "by" at token by and ends at token end: "en hausse de
 * plus de 5 %", "ist um 5 Prozent gestiegen". */
uint8_t around_change(const around *a, uint32_t by, uint32_t end)
{
    const char *v = NULL;
    for (uint32_t i = by; i-- > a->begin && i + MIDDLE_GAP >= by && a->t->tok[i].kind == TOK_WORD;)
        if ((v = around_value(a, i, LEX_CHANGE)) != NULL || !(a->t->lang->traits & LANG_VERB_LAST))
            break;
    if (a->t->lang->traits & LANG_VERB_LAST)
        for (uint32_t i = end; !v && i < a->end && i < end + CHANGE_GAP; i++) {
            if (a->t->tok[i].kind == TOK_SIGN && !around_sign(a, i, '-'))
                break;
            v = around_value(a, i, LEX_CHANGE);
        }
    return !v ? 0 : strcmp(v, "up") == 0 ? BOUND_UP : BOUND_DOWN;
}

/* A word of what lasts: "prisión de 5 años". */
static bool lasts(const around *a, uint32_t i)
{
    const char *v = around_value(a, i, LEX_COUNT_CONCEPT);
    return v && *v == '~';
}

/* "Ana Ruiz, 58 años, ...", "una vecina de 58 años": years between commas behind a person, or with
 * "of" behind a word for one, are an age. */
bool around_age_apart(const around *a, uint32_t number, uint32_t end, double value, sst_str unit)
{
    const sst_text *t = a->t;
    if (!str_eq(unit, STR("year")) || number < a->begin + 2 || value > AGE_MOST)
        return false;
    if (around_cue_is(a, number - 1, "of"))
        return text_is(t, number - 2, LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_COUNT_CONCEPT) &&
               !text_is(t, number - 2, LEX_ORG_NOUN) && !lasts(a, number - 2);
    if (!around_sign(a, number - 1, ','))
        return false;
    bool closed = end >= a->end || around_sign(a, end, ',') || around_sign(a, end, '.') ||
                  around_sign(a, end, ')');
    uint32_t m = text_mention_at(t, number - 2);
    if (closed && around_sign(a, end, ',') && m != UINT32_MAX)
        return true; /* l'ancien maire de la ville, 71 ans, */
    return closed && (text_is(t, number - 2, LEX_PERSON_NOUN) ||
                      (m != UINT32_MAX && t->entity[t->mention[m].entity].kind == NAME_PERSON));
}

/* A bare number that is a year ("1871 war"), a decade ("los años noventa"), a time or a day written
 * with a full stop ("bis 11.30"), where a decimal is written with a comma. */
bool around_is_date(const around *a, const sst_number *n)
{
    enum { YEAR_DIGITS = 4, YEAR_LEAST = 1000, YEAR_MOST = 2100 };
    sst_str s = text_token(a->t, n->begin);
    if (n->begin > a->begin) {
        const char *unit = around_value(a, n->begin - 1, LEX_UNIT);
        if (unit && strcmp(unit, "year") == 0)
            return true;
    }
    if (a->t->tok[n->begin].kind != TOK_NUMBER)
        return false;
    if (s.n == YEAR_DIGITS && n->value >= YEAR_LEAST && n->value <= YEAR_MOST)
        return true;
    return memchr(s.p, '.', s.n) && n->value != floor(n->value) &&
           !(a->t->lang->traits & LANG_DECIMAL_EITHER);
}

/* "§ 34b": a paragraph of a law. */
bool around_behind_section(const around *a, uint32_t i)
{
    return i > a->begin && str_eq(text_token(a->t, i - 1), STR("\xC2\xA7"));
}

/* A bare number that is no amount: "(10)" of an equation, the days of "15./16. Juni", and
 * an entry of a list: "Bäder: 4" with nothing behind it, unless a word for people hurt is counted.
 */
bool around_is_listed(const around *a, const sst_number *n)
{
    const sst_text *t = a->t;
    uint32_t i = n->begin - 1;
    if (n->begin <= a->begin)
        return false;
    if (around_sign(a, n->begin, '-') && t->tok[n->begin].flags & TOKF_GLUED &&
        t->tok[i].kind == TOK_NUMBER)
        return true; /* 4455-0: a telephone's */
    if (t->tok[n->begin].kind != TOK_NUMBER)
        return false;
    if (i > a->begin && around_sign(a, i, '-') && t->tok[i].flags & TOKF_GLUED &&
        t->tok[n->begin].flags & TOKF_GLUED && t->tok[i - 1].kind == TOK_NUMBER)
        return true;
    if (around_sign(a, i, '(') && around_sign(a, n->end, ')'))
        return !around_behind_person(a, i);
    if (around_sign(a, n->end, '.') && around_sign(a, n->end + 1, '/'))
        return true;
    if (!around_sign(a, i, ':') || (i > a->begin && text_is(t, i - 1, LEX_COUNT_CONCEPT)))
        return false;
    return n->end >= a->end || (t->tok[n->end].flags & TOKF_LINE) ||
           (t->tok[n->end].kind == TOK_SIGN && !around_sign(a, n->end, '%'));
}

/* "dont deux graves", "trois gravement": how badly, of those who were counted before. */
bool around_tells_how(const around *a, const around_np *np)
{
    const char *v = np->end == np->begin + 1 ? around_value(a, np->begin, LEX_COUNT_CONCEPT) : NULL;
    return v && strcmp(v, "severe") == 0;
}

/* "Die Zahl der Verletzten stieg auf 17": what a bare number counts, when its sentence says of what
 * it is the number. */
bool around_number_of(const around *a, uint32_t end, around_np *np)
{
    for (uint32_t i = end; i-- > a->begin && i + NUMBER_GAP > end;) {
        const char *v;
        uint32_t n = around_phrase(a, i, LEX_FIGURE_CUE, &v);
        if (n > 1 && text_has_word(v, "number"))
            return around_noun_phrase(a, i + n, i + n, false, np);
    }
    return false;
}

/* Does the name of a person end before token i? */
bool around_behind_person(const around *a, uint32_t i)
{
    uint32_t m = i > a->begin ? text_mention_at(a->t, i - 1) : UINT32_MAX;
    return m != UINT32_MAX && a->t->entity[a->t->mention[m].entity].kind == NAME_PERSON;
}
