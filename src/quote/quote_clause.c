/*
 * The words around a quotation -> who says it, and with which verb.
 *
 * In: tokens, names, and which tokens stand between marks. Out: spans of source, cue, addressee.
 * Method: English word order. A clause of saying is SUBJECT (apposition) (adverbs, helping verbs)
 * VERB, or VERB SUBJECT, or "according to" SUBJECT; it stands right behind the quotation, before it
 * in the sentence (the nearest verb counts), or at the sentence's end. Verbs come in three classes
 * (data/lang/en): cue, cue_weak, which means other things as often and must be near, and
 * cue_naming, whose object is given a name. All loops are bounded by named limits, so that a
 * sentence of any length costs the same for each quotation in it.
 */
#include "quote_phrase.h"

enum {
    CLAUSE_TOKENS_MAX = 48, /* between a quotation and the verb behind it, with appositions */
    BEFORE_TOKENS_MAX = 80, /* between a verb and the quotation behind it */
    NAMING_TOKENS_MAX =
        12, /* between "called" and the words in marks: called the indictment a "..." */
    WEAK_TOKENS_MAX = 3, /* between a verb that means other things as often and the mark */
    DETERMINED_MAX = 5,  /* words of "the old lighthouse keeper" */
    ADVERBS_MAX = 6
};

static bool is_verb_of_clause(const sst_text *t, uint32_t i)
{
    return tok_word(t, i) && text_is(t, i, LEX_AUXILIARY);
}

/* ------------------------------------------------------------------ subjects */

/* Skips what may stand between a subject and its verb, going left from i: adverbs, helping verbs,
 * "on Monday". */
static uint32_t skip_left(const quote_context *c, uint32_t floor, uint32_t i, uint32_t *cue_begin)
{
    const sst_text *t = c->t;
    uint32_t n = 0;
    bool time = false;
    while (i > floor && n++ < ADVERBS_MAX + 4 && !c->inside[i - 1]) {
        uint32_t k = i - 1;
        if (quote_is_adverb(t, k) || (t->tok[k].kind == TOK_WORD && text_is(t, k, LEX_AUXILIARY)) ||
            (t->tok[k].kind == TOK_CLITIC && !quote_ends_with(t, k, "s")) ||
            (t->tok[k].kind == TOK_CLITIC && n == 1 && text_is(t, i, LEX_CUE) && k > floor &&
             quote_is_pronoun(t, k - 1))) {
            i = k;
            if (!time && cue_begin)
                *cue_begin = i;
            continue;
        }
        if ((text_is(t, k, LEX_WEEKDAY | LEX_MONTH) || (time && text_is(t, k, LEX_TIME_TAIL)) ||
             (t->tok[k].kind == TOK_NUMBER && k > floor && text_is(t, k - 1, LEX_MONTH)) ||
             text_word_is(t, k, "today") || text_word_is(t, k, "yesterday")) &&
            text_mention_at(t, k) == UINT32_MAX) {
            i = k;
            time = true;
            continue;
        }
        break;
    }
    return i;
}

/* Does a name, a pronoun or a noun for somebody stand among tokens [begin, end)? */
static bool can_speak(const sst_text *t, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (quote_is_nominal(t, i) || quote_is_pronoun(t, i))
            return true;
    return false;
}

bool quote_subject(const quote_context *c, uint32_t begin, uint32_t end, uint32_t *from,
                   uint32_t *to)
{
    const sst_text *t = c->t;
    uint32_t i = begin;
    if (end > begin + BEFORE_TOKENS_MAX)
        end = begin + BEFORE_TOKENS_MAX;
    /* what stands in front: "On Monday," "In a meeting in X," "After ..., " "However," */
    for (uint32_t turns = 0; turns < 3 && i < end; turns++) {
        while (i < end &&
               (t->tok[i].kind == TOK_SIGN || t->tok[i].kind == TOK_MARK || quote_is_adverb(t, i) ||
                text_word_is(t, i, "and") || text_word_is(t, i, "but")))
            i++;
        bool front =
            i < end && tok_word(t, i) && text_mention_at(t, i) == UINT32_MAX &&
            (text_is(t, i, LEX_PREPOSITION | LEX_CLAUSE_OPEN) || quote_ends_with(t, i, "ing") ||
             text_word_is(t, i, "asked")) &&
            !quote_is_pronoun(t, i) &&
            !(i + 1 < end && t->tok[i + 1].kind == TOK_NUMBER && !text_word_is(t, i, "in") &&
              !text_word_is(t, i, "on") && !text_word_is(t, i, "at"));
        if (!front)
            break;
        uint32_t k = i;
        while (k < end && !tok_comma(t, k))
            k++;
        if (k >= end) {
            if (text_is(t, i, LEX_CLAUSE_OPEN) && i + 1 < end)
                i++; /* While X did not say what he meant when telling ... */
            break;
        }
        i = k + 1;
    }
    if (i + 1 < end && tok_word(t, i) && text_is(t, i, LEX_PREPOSITION) &&
        t->tok[i + 1].kind == TOK_NUMBER)
        i++; /* about 2,000 marchers */
    uint32_t e = quote_phrase_right(c, i, end);
    if (e <= i)
        return false;
    /* A couple of days after the storm, X walked back ...: what cannot speak is no subject */
    if (!can_speak(t, i, e)) {
        uint32_t k = e;
        while (k < end && !tok_comma(t, k))
            k++;
        uint32_t e2 = k + 1 < end ? quote_phrase_right(c, k + 1, end) : 0;
        if (e2 > k + 1 && can_speak(t, k + 1, e2)) {
            i = k + 1;
            e = e2;
        }
    }
    /* X, 30, a passenger, : the name alone is the subject */
    *from = i;
    *to = e;
    return true;
}

/* "A spokesperson for X, NAME," : does a noun for a person stand in the phrase before the comma?
 * Then the name is who it is. */
static bool in_apposition(const quote_context *c, uint32_t floor, uint32_t mention)
{
    const sst_text *t = c->t;
    const sst_mention *m = &t->mention[mention];
    uint8_t kind = t->entity[m->entity].kind;
    uint32_t comma = m->full_begin - 1, b = quote_phrase_left(c, floor, comma);
    if (kind != NAME_PERSON && !(kind == NAME_UNKNOWN && m->end - m->begin >= 2))
        return false;
    if (quote_name_ending(t, comma) != UINT32_MAX &&
        t->mention[quote_name_ending(t, comma)].full_begin <= b)
        return false; /* X, Y, said: two names */
    for (uint32_t i = b; i < comma; i++)
        if (text_is(t, i, LEX_PERSON_NOUN))
            return true;
    return kind == NAME_PERSON && quote_name_ending(t, comma) == UINT32_MAX;
}

/* The subject of the verb at `verb` (its first token), looking left, not before floor. */
static bool subject_left(const quote_context *c, uint32_t floor, uint32_t verb, uint32_t *from,
                         uint32_t *to, uint32_t *cue_begin, int depth)
{
    const sst_text *t = c->t;
    uint32_t i = skip_left(c, floor, verb, cue_begin);
    if (i == floor)
        return false;
    if (text_word_is(t, i - 1, "as") && quote_ends_with(t, verb, "ing") && i > floor + 1) {
        /* the magazine quoted X as saying: X is who says it */
        uint32_t b = quote_phrase_left(c, floor, i - 1);
        if (b < i - 1 && b > floor && tok_word(t, b - 1) && text_is(t, b - 1, LEX_CUE_RELAY)) {
            *from = b;
            *to = i - 1;
            return true;
        }
    }
    bool comma = tok_comma(t, i - 1) || tok_is(t, i - 1, ")") || tok_is(t, i - 1, "\xE2\x80\x94") ||
                 tok_is(t, i - 1, "\xE2\x80\x93");
    if (text_word_is(t, i - 1, "who") || text_word_is(t, i - 1, "which") ||
        text_word_is(t, i - 1, "that")) {
        /* Quill, who has admitted: what stands before is meant */
        uint32_t k = i - 1;
        if (k > floor && tok_comma(t, k - 1))
            k--;
        uint32_t b = quote_phrase_left(c, floor, k);
        if (b >= k)
            return false;
        *from = b;
        *to = k;
        return true;
    }
    if (quote_is_pronoun(t, i - 1) && !c->inside[i - 1]) {
        *from = i - 1;
        *to = i;
        return true;
    }
    if (comma) {
        /* NAME, apposition, verb. The leftmost noun phrase that stands right before a comma and
         * opens the clause. */
        bool ing = quote_ends_with(t, verb, "ing");
        /* One organiser of the protest, NAME, told: the name */
        uint32_t named = quote_name_ending(t, i - 1);
        if (named != UINT32_MAX && !ing && t->mention[named].full_begin > floor + 1 &&
            tok_comma(t, t->mention[named].full_begin - 1) && in_apposition(c, floor, named)) {
            *from = t->mention[named].full_begin;
            *to = i - 1;
            return true;
        }
        uint32_t best = UINT32_MAX, best_end = 0;
        if (!ing) {
            uint32_t low = i > floor + CLAUSE_TOKENS_MAX ? i - CLAUSE_TOKENS_MAX : floor;
            for (uint32_t k = i - 1; k > low; k--) {
                if (c->inside[k])
                    break;
                if (is_verb_of_clause(t, k) && !text_is(t, k, LEX_NOMINAL)) {
                    /* a verb: only inside "who is ..." */
                    uint32_t w = k;
                    while (w > low && !tok_comma(t, w))
                        w--;
                    if (!text_word_is(t, w + 1, "who") && !text_word_is(t, w + 1, "whose") &&
                        !text_word_is(t, w + 1, "which"))
                        break;
                    k = w + 1;
                    continue;
                }
                if ((tok_comma(t, k) || tok_is(t, k, "(")) && k < i - 1) {
                    uint32_t b = quote_phrase_left(c, low, k);
                    if (b < k && (quote_name_ending(t, k) != UINT32_MAX ||
                                  quote_is_nominal(t, k - 1) || quote_is_nominal(t, b))) {
                        bool person_or_body = false;
                        for (uint32_t x = b; x < k; x++)
                            person_or_body |= quote_is_nominal(t, x);
                        if (person_or_body) {
                            best = b;
                            best_end = k;
                            uint32_t m = quote_name_ending(t, k);
                            if (m != UINT32_MAX &&
                                t->entity[t->mention[m].entity].kind == NAME_PERSON)
                                break;
                        }
                    }
                }
            }
        }
        if (best != UINT32_MAX) {
            *from = best;
            *to = best_end;
            return true;
        }
        if (tok_comma(t, i - 1)) {
            /* the girls were safe, X said, adding that: who said goes on */
            uint32_t low = i > floor + CLAUSE_TOKENS_MAX ? i - CLAUSE_TOKENS_MAX : floor;
            for (uint32_t k = i - 1; ing && depth == 0 && k-- > low;) {
                if (c->inside[k] || !tok_word(t, k) || !text_is(t, k, LEX_CUE) ||
                    text_mention_at(t, k) != UINT32_MAX || quote_ends_with(t, k, "ing"))
                    continue;
                uint32_t unused = k;
                if (subject_left(c, floor, k, from, to, &unused, 1))
                    return true;
                break;
            }
            return quote_subject(c, floor, i - 1, from, to); /* X blamed Y, saying "..." */
        }
        return false;
    }
    uint32_t b = quote_phrase_left(c, floor, i);
    if (b < i && b > floor && tok_word(t, b - 1) && text_is(t, b - 1, LEX_PREPOSITION) &&
        !c->inside[b - 1]) {
        /* X, who lives near the stop, told: the noun before the verb is not its subject */
        uint32_t low = b > floor + QUOTE_PHRASE_MAX ? b - QUOTE_PHRASE_MAX : floor;
        for (uint32_t k = b - 1; k > low; k--)
            if (text_word_is(t, k, "who") && k > floor) {
                uint32_t e = tok_comma(t, k - 1) ? k - 1 : k,
                         from2 = quote_phrase_left(c, floor, e);
                if (from2 < e) {
                    *from = from2;
                    *to = e;
                    return true;
                }
            }
        /* NAME, a fellow at the Center in X told: the apposition is not closed */
        bool office = false;
        for (uint32_t k = b; k-- > low;) {
            office |= text_is(t, k, LEX_PERSON_NOUN);
            uint32_t m = tok_comma(t, k) ? quote_name_ending(t, k) : UINT32_MAX;
            if (tok_comma(t, k) && (m == UINT32_MAX || !office))
                break;
            if (m != UINT32_MAX && t->entity[t->mention[m].entity].kind != NAME_PLACE) {
                *from = t->mention[m].full_begin > floor ? t->mention[m].full_begin
                                                         : t->mention[m].begin;
                *to = k;
                return true;
            }
        }
        bool named = false;
        for (uint32_t k = b; k < i; k++)
            named |= text_mention_at(t, k) != UINT32_MAX;
        if (!named)
            return quote_subject(c, floor, i, from, to);
    }
    /* X issued a statement saying: who issued it speaks */
    if (b < i && b > floor && quote_ends_with(t, verb, "ing") && text_is(t, i - 1, LEX_CUE_NOUN) &&
        tok_word(t, b - 1) && !(t->tok[b - 1].flags & TOKF_UPPER) &&
        !text_is(t, b - 1, LEX_PREPOSITION | LEX_CONJUNCTION))
        return quote_subject(c, floor, i, from, to);
    if (b >= i && quote_ends_with(t, verb, "ing"))
        return quote_subject(c, floor, i, from, to);
    if (b >= i) {
        /* X did this and said "...": the subject of the sentence */
        if (i > floor && (text_word_is(t, i - 1, "and") || text_word_is(t, i - 1, "but") ||
                          text_word_is(t, i - 1, "by") || text_word_is(t, i - 1, "as") ||
                          text_word_is(t, i - 1, "to") || text_word_is(t, i - 1, "of"))) {
            /* ... before the captain came back and said: the subject of that clause */
            uint32_t low = i > floor + QUOTE_PHRASE_MAX ? i - QUOTE_PHRASE_MAX : floor;
            for (uint32_t k = i - 1; k-- > low && !tok_comma(t, k) && !c->inside[k];) {
                if (!tok_word(t, k) || !text_is(t, k, LEX_CLAUSE_OPEN) ||
                    text_is(t, k, LEX_PRONOUN_PERSON))
                    continue;
                uint32_t e = quote_phrase_right(c, k + 1, i - 1);
                if (e > k + 1 && can_speak(t, k + 1, e)) {
                    *from = k + 1;
                    *to = e;
                    return true;
                }
                break;
            }
            return quote_subject(c, floor, i - 1, from, to);
        }
        return false;
    }
    *from = b;
    *to = i;
    return true;
}

static bool passive(const sst_text *t, uint32_t floor, uint32_t cue)
{
    uint32_t i = cue, n = 0;
    while (i > floor && n++ < 3 && quote_is_adverb(t, i - 1))
        i--;
    return i > floor && text_is(t, i - 1, LEX_BE) && (t->tok[i - 1].kind == TOK_WORD) &&
           !quote_ends_with(t, cue, "ing");
}

/* ------------------------------------------------------------------ verbs */

/* Number of tokens of the verb that begins at i (helping verbs and adverbs in front of it
 * included), 0 when there is none. */
static uint32_t cue_at(const quote_context *c, uint32_t i, uint32_t end, bool weak, uint32_t *verb)
{
    const sst_text *t = c->t;
    uint32_t k = i, n = 0;
    while (k < end && n++ < ADVERBS_MAX && !c->inside[k] &&
           (quote_is_adverb(t, k) || (text_is(t, k, LEX_AUXILIARY) && t->tok[k].kind != TOK_SIGN)))
        k++;
    if (k >= end || c->inside[k])
        return 0;
    uint32_t phrase = text_phrase(t, k, end, LEX_CUE_LONG);
    if (phrase) {
        *verb = k + phrase - 1;
        return k + phrase - i;
    }
    if (!tok_word(t, k) || !text_is(t, k, weak ? LEX_ANY_CUE : LEX_CUE) ||
        (t->tok[k].flags & TOKF_UPPER && text_mention_at(t, k) != UINT32_MAX))
        return 0;
    if (k > i && text_is(t, k - 1, LEX_BE) && !quote_ends_with(t, k, "ing"))
        return 0; /* passive */
    *verb = k;
    return k + 1 - i;
}

/* told X, asked reporters */
void quote_addressee(const quote_context *c, uint32_t verb, uint32_t end, quote_clause *out)
{
    const sst_text *t = c->t;
    bool takes = text_is(t, verb, LEX_CUE_HEARER);
    if (!takes || verb + 1 >= end)
        return;
    uint32_t e = quote_phrase_right(c, verb + 1, end);
    if (e > verb + 1) {
        out->addressee_begin = verb + 1;
        out->addressee_end = e;
        if (out->clause_end < e)
            out->clause_end = e;
    }
}

/* the magazine reported X as saying: X is who says it */
static void relayed(const quote_context *c, uint32_t verb, uint32_t end, quote_clause *out)
{
    const sst_text *t = c->t;
    if (!text_is(t, verb, LEX_CUE_RELAY) || verb + 1 >= end)
        return;
    uint32_t e = quote_phrase_right(c, verb + 1, end);
    if (e <= verb + 1 || !text_word_is(t, e, "as") || !text_is(t, e + 1, LEX_ANY_CUE) ||
        !quote_ends_with(t, e + 1, "ing"))
        return;
    out->source_begin = verb + 1;
    out->source_end = e;
    out->cue_begin = e;
    out->cue_end = e + 2;
    out->addressee_begin = out->addressee_end = 0;
    if (out->clause_end < e + 2)
        out->clause_end = e + 2;
}

static bool is_dash(const sst_text *t, uint32_t i)
{
    return tok_is(t, i, "\xE2\x80\x94") || tok_is(t, i, "\xE2\x80\x93") ||
           tok_is(t, i, "\xE2\x80\x95") || tok_is(t, i, "--") || tok_is(t, i, "-");
}

static bool nobody(const sst_text *t, uint32_t from, uint32_t to)
{
    return to == from + 1 && text_is(t, from, LEX_NOBODY) && text_mention_at(t, from) == UINT32_MAX;
}

static void fill(const quote_context *c, quote_clause *out, uint32_t from, uint32_t to,
                 uint32_t cue, uint32_t cue_end)
{
    memset(out, 0, sizeof *out);
    const sst_text *t = c->t;
    while (to > from + 1 && (t->tok[to - 1].kind == TOK_MARK || t->tok[to - 1].kind == TOK_SIGN))
        to--;
    out->source_begin = from;
    out->source_end = to;
    out->cue_begin = cue;
    out->cue_end = cue_end;
    out->clause_end = to > cue_end ? to : cue_end;
    out->nobody = nobody(t, from, to);
}

/* ------------------------------------------------------------------ behind the quotation */

bool quote_clause_behind(const quote_context *c, uint32_t i, uint32_t end, quote_clause *out)
{
    const sst_text *t = c->t;
    uint32_t verb = 0;
    /* "...” — Name, and nothing more on the line: signed */
    if (i + 1 < end && is_dash(t, i)) {
        uint32_t e = quote_phrase_right(c, i + 1, end), m = text_mention_at(t, i + 1);
        uint32_t stop = e;
        while (stop < end && tok_is(t, stop, "."))
            stop++;
        if (m != UINT32_MAX && e > i + 1 && e - i <= 8 &&
            (stop >= end || (t->tok[stop].flags & TOKF_LINE))) {
            fill(c, out, i + 1, e, i, i + 1);
            return true;
        }
    }
    if (i < end && (tok_comma(t, i) || tok_is(t, i, "-") || tok_is(t, i, "--") ||
                    tok_is(t, i, "\xE2\x80\x94") || tok_is(t, i, "\xE2\x80\x93")))
        i++;
    if (i >= end || c->inside[i])
        return false;
    uint32_t n = text_phrase(t, i, end, LEX_CUE_PHRASE);
    if (n) {
        uint32_t e = quote_phrase_right(c, i + n, end);
        if (e <= i + n)
            return false;
        fill(c, out, i + n, e, i, i + n);
        out->according = true;
        return true;
    }
    /* said X */
    n = cue_at(c, i, end, true, &verb);
    if (n) {
        uint32_t e =
            quote_ends_with(t, verb, "ing")
                ? 0
                : quote_phrase_right(c, i + n, end); /* saying X wanted: X is not who says it */
        if (e > i + n && !(quote_joins_phrase(t, i + n) || text_is(t, i + n, LEX_TIME_TAIL))) {
            bool someone = quote_is_pronoun(t, i + n);
            for (uint32_t k = i + n; k < e; k++)
                someone |= quote_is_nominal(t, k);
            /* said the potter: no list has all nouns for people, but behind a quotation and a verb
             * that only says, a whole phrase with an article or "her" is who says it */
            bool determined = e > i + n + 1 && e - i - n <= DETERMINED_MAX && n == 1 &&
                              text_is(t, i, LEX_CUE) && !text_is(t, i, LEX_CUE_WEAK) &&
                              text_is(t, i + n, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE) &&
                              !text_is(t, e - 1, LEX_STOPWORD | LEX_TIME_TAIL | LEX_TIME_WORD) &&
                              (e >= end || t->tok[e].kind == TOK_SIGN);
            someone |= determined;
            /* said the mayor, NAME. */
            uint32_t m =
                someone && tok_comma(t, e) && e + 1 < end ? text_mention_at(t, e + 1) : UINT32_MAX;
            if (m != UINT32_MAX && t->mention[m].begin == e + 1 && t->mention[m].end - e > 2 &&
                quote_name_ending(t, e) == UINT32_MAX &&
                (determined || text_is(t, e - 1, LEX_PERSON_NOUN)) &&
                (t->mention[m].end >= end || t->tok[t->mention[m].end].kind == TOK_SIGN)) {
                fill(c, out, t->mention[m].begin, t->mention[m].end, i, i + n);
                return true;
            }
            if (someone) {
                fill(c, out, i + n, e, i, i + n);
                return true;
            }
        }
        return false;
    }
    /* X said; X, who ..., said */
    uint32_t limit = i + CLAUSE_TOKENS_MAX < end ? i + CLAUSE_TOKENS_MAX : end;
    if (!(quote_is_pronoun(t, i) || tok_word(t, i) || t->tok[i].kind == TOK_NUMBER))
        return false;
    if (text_is(t, i, LEX_PREPOSITION | LEX_CONJUNCTION) && !quote_is_pronoun(t, i))
        return false;
    uint32_t k = quote_phrase_right(c, i, limit);
    if (k <= i)
        return false;
    uint32_t name_end = k;
    for (uint32_t turns = 0; turns < 4 && k < limit; turns++) {
        uint32_t v = k;
        /* on Monday said */
        while (v < limit && (text_word_is(t, v, "on") || text_is(t, v, LEX_WEEKDAY | LEX_MONTH)) &&
               v - k < 4)
            v++;
        n = cue_at(c, v, limit, true, &verb);
        if (n) {
            fill(c, out, i, name_end, v, v + n);
            quote_addressee(c, verb, end, out);
            relayed(c, verb, end, out);
            return true;
        }
        /* "...," she grinned: a verb that the lists do not have, right behind the subject */
        if (turns == 0 && v == k && tok_word(t, v) && !(t->tok[v].flags & TOKF_UPPER) &&
            quote_ends_with(t, v, "ed") && t->tok[v].end - t->tok[v].begin > 4 &&
            !text_is(t, v, LEX_STOPWORD)) {
            fill(c, out, i, name_end, v, v + 1);
            return true;
        }
        if (!(tok_comma(t, k) || tok_is(t, k, "(") || tok_is(t, k, "\xE2\x80\x94") ||
              tok_is(t, k, "\xE2\x80\x93")))
            return false;
        /* an apposition: up to a comma that a verb of saying follows, or the next one */
        uint32_t stop = k + 1;
        while (stop < limit && !c->inside[stop] &&
               !(tok_comma(t, stop) || tok_is(t, stop, ")") || tok_is(t, stop, "\xE2\x80\x94") ||
                 tok_is(t, stop, "\xE2\x80\x93")))
            stop++;
        if (stop >= limit || c->inside[stop])
            return false;
        /* Her lawyer, NAME, said: the name */
        uint32_t named = k + 1 < limit ? text_mention_at(t, k + 1) : UINT32_MAX;
        if (turns == 0 && named != UINT32_MAX && t->mention[named].end == stop &&
            t->entity[t->mention[named].entity].kind == NAME_PERSON &&
            quote_name_ending(t, name_end) == UINT32_MAX) {
            i = t->mention[named].begin;
            name_end = stop;
        }
        k = stop + 1 < limit && tok_is(t, stop, ")") ? stop + 1 : stop;
        uint32_t after =
            tok_comma(t, k) || tok_is(t, k, "\xE2\x80\x94") || tok_is(t, k, "\xE2\x80\x93") ? k + 1
                                                                                            : k;
        n = after < limit ? cue_at(c, after, limit, true, &verb) : 0;
        if (n) {
            fill(c, out, i, name_end, after, after + n);
            quote_addressee(c, verb, end, out);
            return true;
        }
    }
    return false;
}

bool quote_clause_trailing(const quote_context *c, uint32_t i, uint32_t end, quote_clause *out)
{
    const sst_text *t = c->t;
    uint32_t limit = i + BEFORE_TOKENS_MAX < end ? i + BEFORE_TOKENS_MAX : end;
    for (uint32_t k = i; k < limit; k++) {
        if (c->inside[k])
            return false;
        if (!tok_comma(t, k))
            continue;
        quote_clause q;
        if (quote_clause_behind(c, k, end, &q) && !q.nobody &&
            q.source_end - q.source_begin <= QUOTE_PHRASE_MAX) {
            bool strong = q.according;
            for (uint32_t x = q.cue_begin; x < q.cue_end; x++)
                strong |= text_is(t, x, LEX_CUE);
            /* a new clause of its own says something else: ", and X said that ..." */
            bool open = text_word_is(t, q.cue_end, "that") || text_word_is(t, q.cue_end, "to");
            if (strong && !open) {
                *out = q;
                return true;
            }
        }
    }
    return false;
}

bool quote_clause_by(const quote_context *c, uint32_t begin, uint32_t mark, uint32_t i,
                     uint32_t end, quote_clause *out)
{
    const sst_text *t = c->t;
    if (i >= end || !text_word_is(t, i, "by"))
        return false;
    uint32_t low = mark > begin + NAMING_TOKENS_MAX ? mark - NAMING_TOKENS_MAX : begin;
    uint32_t e = quote_phrase_right(c, i + 1, end);
    bool someone = false;
    for (uint32_t k = i + 1; k < e; k++)
        someone |= quote_is_nominal(t, k);
    for (uint32_t k = mark; someone && k-- > low && !c->inside[k];)
        if (tok_word(t, k) && text_is(t, k, LEX_CUE | LEX_CUE_NAMING)) {
            if (!passive(t, begin, k))
                return false;
            fill(c, out, i + 1, e, k, k + 1);
            return true;
        }
    return false;
}

/* ------------------------------------------------------------------ before the quotation */

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

bool quote_clause_before(const quote_context *c, uint32_t begin, uint32_t mark, bool colon,
                         quote_clause *out)
{
    const sst_text *t = c->t;
    uint32_t low = mark > begin + BEFORE_TOKENS_MAX ? mark - BEFORE_TOKENS_MAX : begin;
    for (uint32_t k = mark; k-- > low;) {
        if (c->inside[k] || !tok_word(t, k))
            continue;
        if (text_is(t, k, LEX_CUE_PHRASE) ||
            (k + 1 < mark && text_phrase(t, k, mark, LEX_CUE_PHRASE))) {
            uint32_t n = text_phrase(t, k, mark, LEX_CUE_PHRASE);
            uint32_t e = n ? quote_phrase_right(c, k + n, mark) : 0;
            /* "per" and its like are prepositions too: only in front of somebody */
            if (n >= 2 && e > k + n) {
                fill(c, out, k + n, e, k, k + n);
                out->according = true;
                return true;
            }
        }
        bool strong = text_is(t, k, LEX_CUE), naming = text_is(t, k, LEX_CUE_NAMING),
             weak = text_is(t, k, LEX_CUE_WEAK);
        if (!strong && !naming && !weak)
            continue;
        if (text_mention_at(t, k) != UINT32_MAX || text_is(t, k, LEX_NOMINAL))
            continue;
        uint32_t gap = mark - k - 1;
        if (!strong && naming && gap > NAMING_TOKENS_MAX)
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
        if (passive(t, low, k)) {
            /* described as ... by X */
            uint32_t b = k + 1;
            while (b < mark && !text_word_is(t, b, "by"))
                b++;
            if (b < mark) {
                uint32_t e = quote_phrase_right(c, b + 1, mark);
                if (e > b + 1) {
                    fill(c, out, b + 1, e, k, k + 1);
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
        if (!subject_left(c, low, k, &from, &to, &cue_begin, 0)) {
            /* said X: "..." with the subject behind the verb */
            uint32_t e = strong ? quote_phrase_right(c, k + 1, mark) : 0;
            if (e > k + 1 && colon &&
                (quote_name_ending(t, e) != UINT32_MAX || quote_is_nominal(t, e - 1))) {
                fill(c, out, k + 1, e, k, k + 1);
                return true;
            }
            continue;
        }
        if (to == from + 1 && text_is(t, from, LEX_ANYBODY))
            continue; /* when you see "..." */
        fill(c, out, from, to, cue_begin, k + 1);
        uint32_t keep = out->clause_end;
        quote_addressee(c, k, mark, out);
        relayed(c, k, mark, out);
        if (out->clause_end < keep)
            out->clause_end = keep;
        return true;
    }
    return false;
}
