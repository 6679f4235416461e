/*
 * The subject of a verb or of a sentence.
 *
 * In: tokens, names, which tokens stand between marks, a verb. Out: the tokens of its subject.
 * Method: English word order. Leftwards over adverbs and helping verbs to a noun phrase, over
 * appositions and relative clauses between commas, to the subject of the sentence where the verb
 * shares it. At most a named number of tokens.
 */
#include "quote_phrase.h"

enum {
    APPOSITION_TOKENS_MAX = 48, /* between a verb and its subject, with appositions */
    SENTENCE_TOKENS_MAX = 80,   /* of a sentence in which its subject is looked for */
    REST_MAX = 5,       /* words of a phrase before the comma and the name: "chef de file" */
    BODY_GAP = 4,       /* words between an office and the name of its place */
    LEFT_STEPS_MAX = 10 /* adverbs and helping verbs between a subject and its verb */
};

static bool is_verb_of_clause(const sst_text *t, uint32_t i)
{
    return tok_word(t, i) && text_is(t, i, LEX_AUXILIARY);
}
/* Skips what may stand between a subject and its verb, going left from i: adverbs, helping verbs,
 * "on Monday". */
static uint32_t skip_left(const quote_context *c, uint32_t floor, uint32_t i, uint32_t *cue_begin)
{
    const sst_text *t = c->t;
    uint32_t n = 0;
    bool time = false;
    while (i > floor && n++ < LEFT_STEPS_MAX && !c->inside[i - 1]) {
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
bool quote_can_speak(const sst_text *t, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (quote_is_nominal(t, i) || quote_is_pronoun(t, i))
            return true;
    return false;
}

bool quote_may_be_person(const sst_text *t, uint32_t m)
{
    uint8_t kind = t->entity[t->mention[m].entity].kind;
    return kind == NAME_PERSON ||
           (kind == NAME_UNKNOWN && t->mention[m].end - t->mention[m].begin >= 2);
}

bool quote_named_behind(const quote_context *c, uint32_t i, uint32_t end, uint32_t *from,
                        uint32_t *to)
{
    const sst_text *t = c->t;
    uint32_t k = i;
    while (k < end && k < i + REST_MAX && tok_word(t, k) && !c->inside[k] &&
           !text_is(t, k,
                    LEX_AUXILIARY | LEX_CONJUNCTION | LEX_CUE | LEX_ADVERB | LEX_PRONOUN_PERSON |
                        LEX_TIME_TAIL | LEX_WEEKDAY))
        k++;
    if (k + 1 >= end || !tok_comma(t, k) || c->inside[k])
        return false;
    uint32_t m = text_mention_at(t, k + 1);
    if (m == UINT32_MAX || t->mention[m].full_begin > k + 1 || !quote_may_be_person(t, m) ||
        (t->mention[m].end < end && t->tok[t->mention[m].end].kind != TOK_SIGN))
        return false;
    *from = k + 1;
    *to = t->mention[m].end;
    return true;
}

bool quote_subject(const quote_context *c, uint32_t begin, uint32_t end, uint32_t *from,
                   uint32_t *to)
{
    const sst_text *t = c->t;
    uint32_t i = begin;
    if (end > begin + SENTENCE_TOKENS_MAX)
        end = begin + SENTENCE_TOKENS_MAX;
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
    if (!quote_can_speak(t, i, e)) {
        uint32_t k = e;
        while (k < end && !tok_comma(t, k))
            k++;
        uint32_t e2 = k + 1 < end ? quote_phrase_right(c, k + 1, end) : 0;
        if (e2 > k + 1 && quote_can_speak(t, k + 1, e2)) {
            i = k + 1;
            e = e2;
        }
    }
    /* Le ministre du Travail, NAME, a exclu: the name */
    uint32_t last = quote_name_ending(t, e);
    if (t->lang->traits && text_is(t, i, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE) &&
        (last == UINT32_MAX || t->entity[t->mention[last].entity].kind != NAME_PERSON ||
         text_is(t, e - 1, LEX_PERSON_NOUN)) &&
        quote_named_behind(c, e, end, from, to))
        return true;
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
    if (!quote_may_be_person(t, mention))
        return false;
    uint32_t other = quote_name_ending(t, comma);
    bool body =
        other != UINT32_MAX && !quote_in_english(t) &&
        t->entity[t->mention[other].entity].kind != NAME_PERSON &&
        quote_joins_phrase(t, t->mention[other].full_begin - (t->mention[other].full_begin > 0));
    if (other != UINT32_MAX && t->mention[other].full_begin <= b && !body)
        return false; /* X, Y, said: two names */
    for (uint32_t i = b; i < comma; i++)
        if (text_is(t, i, LEX_PERSON_NOUN))
            return true;
    if (body) /* Der Bürgermeister der Insel, NAME, : the phrase goes on before the name of the
                 place */
        for (uint32_t i = b, n = 0; i-- > floor && n < BODY_GAP; n++)
            if (text_is(t, i, LEX_PERSON_NOUN))
                return true;
    return kind == NAME_PERSON && other == UINT32_MAX;
}

/* The subject of the verb at `verb` (its first token), looking left, not before floor. */
bool quote_subject_left(const quote_context *c, uint32_t floor, uint32_t verb, uint32_t *from,
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
            uint32_t low = i > floor + APPOSITION_TOKENS_MAX ? i - APPOSITION_TOKENS_MAX : floor;
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
            uint32_t low = i > floor + APPOSITION_TOKENS_MAX ? i - APPOSITION_TOKENS_MAX : floor;
            for (uint32_t k = i - 1; ing && depth == 0 && k-- > low;) {
                if (c->inside[k] || !tok_word(t, k) || !text_is(t, k, LEX_CUE) ||
                    text_mention_at(t, k) != UINT32_MAX || quote_ends_with(t, k, "ing"))
                    continue;
                uint32_t unused = k;
                if (quote_subject_left(c, floor, k, from, to, &unused, 1))
                    return true;
                break;
            }
            return quote_subject(c, floor, i - 1, from, to); /* X blamed Y, saying "..." */
        }
        return false;
    }
    uint32_t b = quote_phrase_left(c, floor, i);
    /* jailed after a judge called it "...": the noun behind what opens a clause is its subject */
    bool opened = b < i && b > floor && !quote_ends_with(t, verb, "ing") &&
                  text_is(t, b - 1, LEX_CLAUSE_OPEN) && text_is(t, b, LEX_DETERMINER) &&
                  quote_can_speak(t, b, i);
    if (b < i && b > floor && tok_word(t, b - 1) && text_is(t, b - 1, LEX_PREPOSITION) &&
        !c->inside[b - 1] && !opened) {
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
                if (e > k + 1 && quote_can_speak(t, k + 1, e)) {
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
