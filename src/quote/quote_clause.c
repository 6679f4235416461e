/*
 * The words around a quotation -> who says it, and with which verb.
 *
 * In: tokens, names, and which tokens stand between marks. Out: spans of source, cue, addressee.
 * Method: English word order. A clause of saying is SUBJECT (apposition) (adverbs, helping verbs)
 * VERB, or VERB SUBJECT, or "according to" SUBJECT; it stands right behind the quotation, before it
 * in the sentence (quote_clause_before.c), or at the sentence's end. Verbs come in three classes
 * (data/lang/en): cue, cue_weak, which means other things as often and must be near, and
 * cue_naming, whose object is given a name. All loops are bounded by named limits, so that a
 * sentence of any length costs the same for each quotation in it.
 */
#include "quote_phrase.h"

enum {
    CLAUSE_TOKENS_MAX = 48,    /* between a quotation and the verb behind it, with appositions */
    DETERMINED_MAX = 5,        /* words of "the old lighthouse keeper" */
    PARTICIPLE_TOKENS_MAX = 8, /* between a speaker and a verb at the end of its clause */
    RELATIVE_VERB_MAX = 2,     /* from "who" to a verb that is its own: who once said so */
    ADVERBS_MAX = 6
};

bool quote_clause_passive(const sst_text *t, uint32_t floor, uint32_t cue)
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

bool quote_names_somebody(const sst_text *t, const quote_clause *c)
{
    for (uint32_t i = c->source_begin; i < c->source_end; i++)
        if (text_mention_at(t, i) != UINT32_MAX ||
            text_is(t, i, LEX_PRONOUN_PERSON | LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN))
            return true;
    return false;
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
void quote_clause_relayed(const quote_context *c, uint32_t verb, uint32_t end, quote_clause *out)
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

void quote_clause_fill(const quote_context *c, quote_clause *out, uint32_t from, uint32_t to,
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

/* Does a name end before token e that is already who speaks? In other languages a description may
 * end in the name of a body or place: "der Sprecher der Netzgesellschaft, NAME". */
static bool names_person(const sst_text *t, uint32_t e)
{
    uint32_t m = quote_name_ending(t, e);
    if (m != UINT32_MAX && !quote_in_english(t) &&
        (text_is(t, e - 1, LEX_PERSON_NOUN) || !(t->tok[t->mention[m].begin].flags & TOKF_UPPER)))
        return false; /* die Vorsitzende Richterin; der Bürgermeister von X */
    return m != UINT32_MAX &&
           (quote_in_english(t) || t->entity[t->mention[m].entity].kind == NAME_PERSON);
}

/* ------------------------------------------------------------------ inversions of other languages
 */

/* A word of time that is no form of a verb ("past VERB"). */
static bool is_time_word(const sst_text *t, uint32_t i)
{
    const char *v = lang_value(t->lang, t->tok[i].lex, LEX_TIME_WORD);
    return text_is(t, i, LEX_TIME_WORD) &&
           !(v && (strncmp(v, "past ", 5) == 0 || strncmp(v, "coming ", 7) == 0));
}

/*
 * », a tempéré la procureure NAME, ...; ", sentenció el alcalde; “, mahnte NAME: behind a mark and
 * a comma any verb with its subject behind it tells who speaks: a word that no list has, with
 * helping verbs before it, then a name, or an article with a noun for somebody. Other words of
 * grammar are no verb.
 */
static bool any_verb(const quote_context *c, uint32_t i, uint32_t end, quote_clause *out)
{
    const sst_text *t = c->t;
    uint32_t k = i;
    while (k < end && k < i + ADVERBS_MAX && tok_word(t, k) && text_is(t, k, LEX_AUXILIARY))
        k++;
    if (!t->lang->traits || k + 1 >= end || c->inside[k] || !tok_word(t, k) ||
        (t->tok[k].flags & TOKF_UPPER) ||
        text_is(t, k,
                LEX_STOPWORD | LEX_DETERMINER | LEX_PREPOSITION | LEX_CONJUNCTION | LEX_ADVERB |
                    LEX_NOMINAL | LEX_PRONOUN_PERSON | LEX_TIME_TAIL | LEX_WEEKDAY) ||
        is_time_word(t, k) ||
        !(text_is(t, k + 1, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE | LEX_NOMINAL) ||
          (t->tok[k + 1].flags & TOKF_UPPER)))
        return false;
    uint32_t e = quote_phrase_right(c, k + 1, end);
    bool person = false;
    for (uint32_t x = k + 1; x < e; x++) {
        uint32_t m = text_mention_at(t, x);
        person |= text_is(t, x, LEX_NOMINAL) || (m != UINT32_MAX && quote_may_be_person(t, m));
    }
    if (!person)
        return false;
    quote_clause_fill(c, out, k + 1, e, i, k + 1);
    return true;
}

/* "said his leader in the house, NAME": in other languages the name behind the comma speaks. */
static bool named_behind(const quote_context *c, uint32_t end, quote_clause *out)
{
    uint32_t from, to;
    if (!c->t->lang->traits || names_person(c->t, out->source_end) ||
        out->cue_end > out->source_begin ||
        !quote_named_behind(c, out->source_end, end, &from, &to))
        return false;
    out->source_begin = from;
    out->source_end = to;
    if (out->clause_end < to)
        out->clause_end = to;
    return true;
}

/* Is token i the one word of a cue phrase whose value says that it may stand alone before a
 * speaker? "alone": everywhere, "behind": behind the quotation. */
bool quote_clause_phrase_alone(const sst_text *t, uint32_t i, bool behind)
{
    const char *v = tok_word(t, i) ? lang_value(t->lang, t->tok[i].lex, LEX_CUE_PHRASE) : NULL;
    return v && (strcmp(v, "alone") == 0 || (behind && strcmp(v, "behind") == 0));
}

/* Pour X, « ... »: a word of another kind, which points to a speaker only where nothing but the
 * comma stands between him and the marks; its value is "marks". */
bool quote_clause_phrase_marks(const sst_text *t, uint32_t i)
{
    const char *v = tok_word(t, i) ? lang_value(t->lang, t->tok[i].lex, LEX_CUE_PHRASE) : NULL;
    return v && strcmp(v, "marks") == 0;
}

/* X zufolge: a word that stands behind who says it; its value is "after". */
bool quote_clause_phrase_after(const sst_text *t, uint32_t i)
{
    const char *v = tok_word(t, i) ? lang_value(t->lang, t->tok[i].lex, LEX_CUE_PHRASE) : NULL;
    return v && strcmp(v, "after") == 0;
}

/* dit-elle; a-t-il déclaré: a pronoun hangs on the verb by a hyphen. */
static bool hyphen_pronoun(const quote_context *c, uint32_t i, uint32_t end, quote_clause *out)
{
    const sst_text *t = c->t;
    bool helping = text_is(t, i, LEX_AUXILIARY), cue = text_is(t, i, LEX_CUE | LEX_CUE_WEAK);
    uint32_t k = i + 1, verb;
    if (!tok_word(t, i) || !(helping || cue) || !tok_is(t, k, "-") || !tok_glued(t, k))
        return false;
    k++;
    if (text_word_is(t, k, "t") && tok_is(t, k + 1, "-"))
        k += 2;
    if (k >= end || !quote_is_pronoun(t, k))
        return false;
    uint32_t n = helping ? cue_at(c, k + 1, end, true, &verb) : 0;
    if (!n && !cue)
        return false;
    quote_clause_fill(c, out, k, k + 1, n ? k + 1 : i, n ? k + 1 + n : i + 1);
    return true;
}

/* hat die Sprecherin am Montag gesagt: the helping verb, who speaks, then the verb; its value is
 * "behind". */
static bool participle_behind(const quote_context *c, uint32_t i, uint32_t end, quote_clause *out)
{
    const sst_text *t = c->t;
    if (!tok_word(t, i) || !text_is(t, i, LEX_AUXILIARY) || i + 1 >= end)
        return false;
    uint32_t e = quote_phrase_right(c, i + 1, end);
    if (e <= i + 1 || !quote_can_speak(t, i + 1, e))
        return false;
    uint32_t limit = e + PARTICIPLE_TOKENS_MAX < end ? e + PARTICIPLE_TOKENS_MAX : end;
    for (uint32_t k = e; k < limit && !c->inside[k] && t->tok[k].kind != TOK_SIGN; k++) {
        const char *v = tok_word(t, k) ? lang_value(t->lang, t->tok[k].lex, LEX_CUE) : NULL;
        if (v && strcmp(v, "behind") == 0) {
            quote_clause_fill(c, out, i + 1, e, k, k + 1);
            return true;
        }
    }
    return false;
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
            quote_clause_fill(c, out, i + 1, e, i, i + 1);
            return true;
        }
    }
    if (i < end && (tok_comma(t, i) || tok_is(t, i, "-") || tok_is(t, i, "--") ||
                    tok_is(t, i, "\xE2\x80\x94") || tok_is(t, i, "\xE2\x80\x93")))
        i++;
    if (i >= end || c->inside[i])
        return false;
    uint32_t n = text_phrase(t, i, end, LEX_CUE_PHRASE);
    if (n == 1 && quote_clause_phrase_marks(t, i))
        n = 0;
    if (n) {
        bool alone = n == 1 && quote_clause_phrase_alone(t, i, true);
        if (alone) /* según explicó X */
            n += cue_at(c, i + n, end, false, &verb);
        uint32_t e = quote_phrase_right(c, i + n, end);
        if (e <= i + n || (alone && !quote_can_speak(t, i + n, e)))
            return false;
        quote_clause_fill(c, out, i + n, e, i, i + n);
        out->according = true;
        return true;
    }
    if (hyphen_pronoun(c, i, end, out) || participle_behind(c, i, end, out))
        return true;
    /* said X */
    n = cue_at(c, i, end, true, &verb);
    while (n && t->lang->traits && i + n < end && quote_is_adverb(t, i + n) &&
           !(t->tok[i + n].flags & TOKF_UPPER) && n < ADVERBS_MAX)
        n++; /* freut sich X; sagte gestern X */
    if (n) {
        uint32_t e =
            quote_ends_with(t, verb, "ing")
                ? 0
                : quote_phrase_right(c, i + n, end); /* saying X wanted: X is not who says it */
        /* der Fischer: an article that joins nouns too */
        bool joins = quote_joins_phrase(t, i + n) && !text_is(t, i + n, LEX_DETERMINER);
        if (e > i + n && !(joins || text_is(t, i + n, LEX_TIME_TAIL))) {
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
                !names_person(t, e) && (determined || text_is(t, e - 1, LEX_PERSON_NOUN)) &&
                (t->mention[m].end >= end || t->tok[t->mention[m].end].kind == TOK_SIGN)) {
                quote_clause_fill(c, out, t->mention[m].begin, t->mention[m].end, i, i + n);
                return true;
            }
            quote_clause_fill(c, out, i + n, e, i, i + n);
            /* advirtió la delegada del Gobierno, NAME: no list has the noun, but the name tells */
            if (named_behind(c, end, out) || someone)
                return true;
        }
        return false;
    }
    if (i > 0 && tok_comma(t, i - 1) && any_verb(c, i, end, out)) {
        named_behind(c, end, out);
        return true;
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
    if (k < limit && quote_clause_phrase_after(t, k) && quote_can_speak(t, i, k)) {
        quote_clause_fill(c, out, i, k, k, k + 1);
        out->according = true;
        return true;
    }
    for (uint32_t turns = 0; turns < 4 && k < limit; turns++) {
        uint32_t v = k;
        /* on Monday said */
        while (v < limit && (text_word_is(t, v, "on") || text_is(t, v, LEX_WEEKDAY | LEX_MONTH)) &&
               v - k < 4)
            v++;
        n = cue_at(c, v, limit, true, &verb);
        if (n) {
            quote_clause_fill(c, out, i, name_end, v, v + n);
            quote_addressee(c, verb, end, out);
            quote_clause_relayed(c, verb, end, out);
            return true;
        }
        /* "...," she grinned: a verb that the lists do not have, right behind the subject */
        if (turns == 0 && v == k && tok_word(t, v) && !(t->tok[v].flags & TOKF_UPPER) &&
            quote_ends_with(t, v, "ed") && t->tok[v].end - t->tok[v].begin > 4 &&
            !text_is(t, v, LEX_STOPWORD)) {
            quote_clause_fill(c, out, i, name_end, v, v + 1);
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
            quote_clause_fill(c, out, i, name_end, after, after + n);
            quote_addressee(c, verb, end, out);
            return true;
        }
    }
    return false;
}

bool quote_clause_far(const quote_context *c, uint32_t i, uint32_t end, quote_clause *out)
{
    const sst_text *t = c->t;
    uint32_t limit = i + CLAUSE_TOKENS_MAX < end ? i + CLAUSE_TOKENS_MAX : end;
    uint32_t e = i < limit ? quote_phrase_right(c, i, limit) : i;
    while (e > i && e + 1 < limit && tok_is(t, e, "-") && tok_glued(t, e) &&
           tok_glued(t, e + 1)) { /* the 87-year-old man: it ends inside no word */
        uint32_t rest = quote_phrase_right(c, e + 1, limit);
        e = rest > e + 1 ? rest : e + 2;
    }
    if (e <= i || text_is(t, i, LEX_PREPOSITION | LEX_CONJUNCTION))
        return false;
    uint32_t who = 0;
    for (uint32_t k = e; k < limit && !c->inside[k]; k++) {
        if (tok_is(t, k, ";") || tok_is(t, k, ":"))
            return false;
        if (text_word_is(t, k, "who") || text_word_is(t, k, "which") || text_word_is(t, k, "that"))
            who = k;
        if (!tok_word(t, k) || !text_is(t, k, LEX_CUE) || text_mention_at(t, k) != UINT32_MAX ||
            text_is(t, k, LEX_NOMINAL) || text_is(t, k - 1, LEX_DETERMINER | LEX_PREPOSITION) ||
            quote_ends_with(t, k, "ing") || quote_clause_passive(t, e, k))
            continue;
        if (who && k - who <= RELATIVE_VERB_MAX) {
            who = 0;
            continue;
        }
        quote_clause_fill(c, out, i, e, k, k + 1);
        quote_addressee(c, k, end, out);
        return true;
    }
    return false;
}

bool quote_clause_trailing(const quote_context *c, uint32_t i, uint32_t end, quote_clause *out)
{
    const sst_text *t = c->t;
    uint32_t limit = i + QUOTE_BEFORE_MAX < end ? i + QUOTE_BEFORE_MAX : end;
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
    uint32_t low = mark > begin + QUOTE_NAMING_MAX ? mark - QUOTE_NAMING_MAX : begin;
    uint32_t e = quote_phrase_right(c, i + 1, end);
    bool someone = false;
    for (uint32_t k = i + 1; k < e; k++)
        someone |= quote_is_nominal(t, k);
    for (uint32_t k = mark; someone && k-- > low && !c->inside[k];)
        if (tok_word(t, k) && text_is(t, k, LEX_CUE | LEX_CUE_NAMING)) {
            if (!quote_clause_passive(t, begin, k))
                return false;
            quote_clause_fill(c, out, i + 1, e, k, k + 1);
            return true;
        }
    return false;
}
