/*
 * Indirect speech in languages other than English, by rules.
 *
 * In: one sentence of the prose, with nothing in it that somebody says between marks. Out: its
 * indirect quotations. Method: the first of these that fits, each certain by its own signs; where
 * none is, nothing is said:
 *
 *   1. VERB ... THAT clause: "X sagte, dass", "X a déclaré que", "dijo que"; where the mood tells
 *      what is reported, VERB, clause in it: "X sagte, er habe"; several may stand in one sentence
 *   2. AS X VERB: "Wie X mitteilte, ..."
 *   3. clause, VERB X: "..., a estimé X." "Er sei müde, sagte X."; between its parts too
 *   4. ACCORDING TO X: "laut X", "selon X", "según X", at either end or inside
 *   5. the mood alone, behind a comma, or behind a sentence of somebody: "Es gebe keine Hinweise."
 *
 * A verb that is denied, asked, wished, passive or that opens with a word of condition reports
 * nothing. What is no order of words is data: cue_indirect ("that", "mood", "maybe", "as", "not",
 * "i", "particle", "to") and the values of cue ("behind", "infinitive", "gerund"). Forms of
 * attribution after PolNeAR (Newell, Margolin, Ruths 2018); German mood after the Duden grammar.
 */
#include "quote_reported.h"

enum {
    THAT_MAX = 14,   /* tokens between a verb and its "that", a hearer, time and place between */
    MOOD_MAX = 18,   /* tokens of a clause up to its finite verb: the longest first parts */
    APPOSITIONS = 2, /* commas between a verb and what is said */
    HELPER_MAX = 16, /* tokens between a helping verb and its participle at the end */
    SENTENCE_MAX =
        600, /* tokens; what is longer is no sentence, and clauses are looked back over */
    ELISION_LETTERS = 7 /* before the apostrophe that hangs a word on the next: lorsqu' */
};

/* What the lists say of token i for indirect speech; "" when nothing. A word that hangs on the next
 * ("qu'une") counts by itself. */
static const char *sign_of(const sst_text *t, uint32_t i)
{
    if (!tok_word(t, i))
        return "";
    const char *v = lang_value(t->lang, t->tok[i].lex, LEX_CUE_INDIRECT);
    if (v || !t->lang->plural_ends)
        return v ? v : "";
    sst_str w = text_token(t, i);
    char head[ELISION_LETTERS + 2];
    for (size_t n = 1; n <= ELISION_LETTERS && n < w.n; n++) {
        head[n - 1] = (char)(w.p[n - 1] >= 'A' && w.p[n - 1] <= 'Z' ? w.p[n - 1] | 32 : w.p[n - 1]);
        if (w.p[n] != '\'' && !str_starts((sst_str){w.p + n, w.n - n}, STR("\xE2\x80\x99")))
            continue;
        head[n] = '\'';
        v = lang_value(t->lang, lang_row(t->lang, (sst_str){head, n + 1}), LEX_CUE_INDIRECT);
        break;
    }
    return v ? v : "";
}

bool quote_is_sign(const sst_text *t, uint32_t i, const char *sign)
{
    return strcmp(sign_of(t, i), sign) == 0;
}

const char *quote_cue_value(const sst_text *t, uint32_t i)
{
    const char *v = lang_value(t->lang, t->tok[i].lex, LEX_CUE);
    return v ? v : "";
}

/* A word for when: "am Montag", "ce lundi", "el 3 de mayo" begin with one or hold one. */
static bool is_time(const sst_text *t, uint32_t i)
{
    const char *v = lang_value(t->lang, t->tok[i].lex, LEX_TIME_WORD);
    return t->tok[i].kind == TOK_NUMBER || text_is(t, i, LEX_WEEKDAY | LEX_TIME_TAIL | LEX_MONTH) ||
           (v && (strncmp(v, "day", 3) == 0 || strcmp(v, "part") == 0));
}

/* Adds what stands in [a, b) and [c, d) as said by the clause; NULL: by who spoke before. */
bool quote_add_said(quote_reported_sentence *r, const quote_clause *clause, uint32_t a, uint32_t b,
                    uint32_t c, uint32_t d)
{
    finder *f = r->f;
    const sst_text *t = r->t;
    uint32_t part[2][2] = {{a, b}, {c, d}}, words = 0;
    for (uint32_t k = 0; k < 2; k++) {
        while (part[k][0] < part[k][1] && t->tok[part[k][0]].kind == TOK_SIGN)
            part[k][0]++;
        while (part[k][1] > part[k][0] && t->tok[part[k][1] - 1].kind == TOK_SIGN)
            part[k][1]--;
        for (uint32_t i = part[k][0]; i < part[k][1]; i++)
            words += t->tok[i].kind == TOK_WORD || t->tok[i].kind == TOK_NUMBER;
    }
    if (words < QUOTE_SAID_WORDS)
        return false;
    quote_found *x = vec_push(f->arena, &f->indirect);
    if (!x)
        return false;
    x->q.type = QUOTE_INDIRECT;
    x->q.entity = UINT32_MAX;
    for (uint32_t k = 0; k < 2; k++)
        if (part[k][1] > part[k][0]) {
            sst_span s = text_span(t, part[k][0], part[k][1]);
            quote_add_span(f, &x->q.content, s);
            quote_add_span(f, &x->q.marked, s);
        }
    if (clause) {
        quote_add_clause(f, x, clause);
        quote_set_speaker(f, x);
    } else {
        x->q.entity = f->s.last_entity;
        x->q.speaker = f->s.last_called;
        x->q.speaker_at = f->s.last_at;
        f->s.last_token = r->begin;
    }
    return true;
}

/* ------------------------------------------------------------------ verbs and their subjects */

/* Where the clause begins that token i stands in: behind a sign or a word that opens a clause. */
static uint32_t clause_begin(const quote_reported_sentence *r, uint32_t i)
{
    while (i > r->begin && r->t->tok[i - 1].kind != TOK_SIGN && !r->f->c.inside[i - 1] &&
           !text_is(r->t, i - 1, LEX_CLAUSE_OPEN) && !quote_is_sign(r->t, i - 1, "that"))
        i--;
    return i;
}

/* Is what stands in [begin, end), up to what is said, denied, or does a word of condition or
 * comparison open it? */
static bool taken_back(const quote_reported_sentence *r, uint32_t begin, uint32_t end)
{
    const sst_text *t = r->t;
    if (begin > r->begin && text_is(t, begin - 1, LEX_CLAUSE_OPEN) &&
        !text_is(t, begin, LEX_PREPOSITION))
        return true;
    if (text_is(t, begin, LEX_CLAUSE_OPEN) && !text_is(t, begin, LEX_PREPOSITION))
        return true;
    for (uint32_t i = begin; i < end; i++)
        if (quote_is_sign(t, i, "not"))
            return true;
    return false;
}

/* The finite verb of the participle at v: a helping verb before it in its clause; v when there is
 * none. */
static uint32_t helper_of(const quote_reported_sentence *r, uint32_t begin, uint32_t v)
{
    for (uint32_t i = v; i-- > begin && i + HELPER_MAX > v;)
        if (text_is(r->t, i, LEX_AUXILIARY) && text_mention_at(r->t, i) == UINT32_MAX)
            return i;
    return v;
}

/* Where nouns have capitals, a single word behind an article that nothing tells to be a name is a
 * noun for a thing: "die Lizenzbestimmungen sagen". bare: without an article too ("laut Fahrplan").
 */
bool quote_is_thing(const sst_text *t, uint32_t from, uint32_t to, bool bare)
{
    if (!(t->lang->traits & LANG_NOUN_CAPITAL) ||
        !(bare || text_is(t, from, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE)))
        return false;
    for (uint32_t i = from; i < to; i++) {
        uint32_t m = text_mention_at(t, i);
        if (text_is(t, i, LEX_NOMINAL) || quote_is_pronoun(t, i) ||
            (m != UINT32_MAX && (t->entity[t->mention[m].entity].kind != NAME_UNKNOWN ||
                                 t->mention[m].end - t->mention[m].begin > 1)))
            return false;
    }
    return true;
}

bool quote_speaks(const quote_reported_sentence *r, uint32_t from, uint32_t to)
{
    quote_clause c = {.source_begin = from, .source_end = to};
    return to > from && quote_names_somebody(r->t, &c) && !quote_is_sign(r->t, from, "i") &&
           !text_is(r->t, from, LEX_NOBODY) && !quote_is_thing(r->t, from, to, false) &&
           !(to == from + 1 && text_is(r->t, from, LEX_ANYBODY));
}

/* A statement, a study: what somebody says through it, nobody is shown as the speaker. */
bool quote_is_document(const sst_text *t, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (text_is(t, i, LEX_CUE_NOUN))
            return true;
    return false;
}

/* The subject right behind a finite verb: "Am Montag sagte X", "hat X gesagt". */
static bool subject_behind(const quote_reported_sentence *r, uint32_t verb, uint32_t *from,
                           uint32_t *to)
{
    uint32_t i = verb + 1;
    while (i < r->end && quote_is_adverb(r->t, i) && !(r->t->tok[i].flags & TOKF_UPPER))
        i++;
    *from = i;
    *to = quote_phrase_right(&r->f->c, i, r->end);
    return quote_speaks(r, *from, *to);
}

/* Does [begin, end) stand for when, where or how, so that the subject stands behind the verb? */
static bool is_front(const sst_text *t, uint32_t begin, uint32_t end)
{
    if (text_mention_at(t, begin) != UINT32_MAX)
        return false;
    return text_is(t, begin, LEX_PREPOSITION) || quote_is_adverb(t, begin) || is_time(t, begin) ||
           !quote_can_speak(t, begin, end);
}

/* Nothing but words of joining, manner and time before a verb that needs no subject. */
static bool opens_sentence(const quote_reported_sentence *r, uint32_t v)
{
    const sst_text *t = r->t;
    for (uint32_t i = r->begin; i < v; i++) {
        if (text_is(t, i, LEX_NOBODY) || text_mention_at(t, i) != UINT32_MAX)
            return false;
        if (!(quote_is_adverb(t, i) || is_time(t, i) || tok_comma(t, i) ||
              text_is(t, i, LEX_AUXILIARY | LEX_CONJUNCTION | LEX_DETERMINER)))
            return false;
    }
    return true;
}

/* Was somebody heard in the sentence before this one, or just named as its subject? */
static bool heard_before(quote_reported_sentence *r, bool subject, quote_clause *out)
{
    finder *f = r->f;
    const sst_text *t = r->t;
    uint32_t s = text_sentence_of(t, r->begin);
    memset(out, 0, sizeof *out);
    if (s == 0)
        return false;
    bool known = f->s.last_entity != UINT32_MAX || f->s.last_called.n;
    if (known && (text_sentence_of(t, f->s.last_token) + 1 == s || f->said_to == r->begin))
        return true;
    const sst_sentence *b = &t->sent[s - 1];
    if (!subject || b->para != t->sent[s].para ||
        !quote_subject(&f->c, b->begin, b->end, &out->source_begin, &out->source_end) ||
        text_is(t, b->begin, LEX_PREPOSITION))
        return false;
    for (uint32_t i = out->source_begin; i < out->source_end; i++) {
        uint32_t m = text_mention_at(t, i);
        if (m != UINT32_MAX && quote_may_be_person(t, m))
            return true;
    }
    return false;
}

/* "El dirigente dijo que": no list has all nouns for people, but an article and a noun or two that
 * open the sentence are who says it. */
static bool is_determined(const quote_reported_sentence *r, uint32_t from, uint32_t to)
{
    enum { WORDS_MAX = 3 };
    return from == r->begin && to > from + 1 && to <= from + WORDS_MAX &&
           text_is(r->t, from, LEX_DETERMINER) &&
           !text_is(r->t, to - 1, LEX_STOPWORD | LEX_TIME_TAIL | LEX_TIME_WORD | LEX_WEEKDAY);
}

/* Who says the verb at v; false: nobody, or not surely. *carried: who spoke before. */
static bool subject_of(quote_reported_sentence *r, uint32_t v, uint32_t said, quote_clause *out,
                       bool *carried)
{
    const sst_text *t = r->t;
    const quote_context *c = &r->f->c;
    const char *value = quote_cue_value(t, v);
    uint32_t begin = clause_begin(r, v), from = 0, to = 0, cue = v;
    *carried = false;
    uint32_t before = v;
    while (before > r->begin &&
           (quote_is_adverb(t, before - 1) || text_is(t, before - 1, LEX_AUXILIARY)))
        before--;
    /* "y añadió que"; "dijo que confía, aunque matizó que" */
    bool joined = before > r->begin && !quote_is_sign(t, before - 1, "that") &&
                  (text_is(t, before - 1, LEX_CONJUNCTION) ||
                   (r->n && text_is(t, before - 1, LEX_CLAUSE_OPEN)));
    if (strcmp(value, "infinitive") == 0 || strcmp(value, "marks") == 0 ||
        (!(joined && r->n) && taken_back(r, begin, said)) || quote_clause_passive(t, r->begin, v))
        return false;
    if (strcmp(value, "gerund") == 0 || joined) { /* ", affirmant que" */
        if (r->n) {
            *out = r->said[r->n - 1];
            out->cue_begin = v;
            out->cue_end = v + 1;
            return true;
        }
        if (!quote_subject(c, r->begin, v, &from, &to) || !quote_speaks(r, from, to))
            return false;
    } else if (t->lang->traits & LANG_VERB_LAST) {
        uint32_t finite = strcmp(value, "behind") == 0 ? helper_of(r, begin, v) : v;
        bool front = finite > begin && is_front(t, begin, finite);
        if (strcmp(value, "behind") == 0 && finite == v)
            return false; /* a participle with nothing to help it */
        if (front || finite == r->begin) {
            if (!subject_behind(r, finite, &from, &to))
                return false;
        } else if (!quote_subject_left(c, r->begin, finite, &from, &to, &cue, 0) ||
                   !quote_speaks(r, from, to)) {
            return false;
        } else if (tok_comma(t, finite - 1)) { /* "NAME, Titel, sagte"; "Krebse, sagte X, seien" */
            uint32_t m = quote_name_ending(t, to), a, b;
            if ((m == UINT32_MAX || !quote_may_be_person(t, m)) &&
                subject_behind(r, finite, &a, &b))
                return false;
        }
        cue = v;
    } else {
        bool found = quote_subject_left(c, r->begin, v, &from, &to, &cue, 0) &&
                     (quote_speaks(r, from, to) || is_determined(r, from, to)) &&
                     !(from > r->begin && text_is(t, from - 1, LEX_CLAUSE_OPEN | LEX_PREPOSITION) &&
                       tok_word(t, from - 1));
        if (!found && opens_sentence(r, v) && heard_before(r, true, out)) {
            *carried = out->source_end == out->source_begin;
            from = out->source_begin;
            to = out->source_end;
            quote_clause_fill(c, out, from, to, v, v + 1);
            return true;
        }
        if (!found)
            return false;
    }
    quote_clause_fill(c, out, from, to, cue, v + 1);
    return !out->nobody;
}

/* ------------------------------------------------------------------ what is said */

/* Is the finite verb of the clause at i, up to a comma, in the mood of what is reported? surely: by
 * a form that is nothing else. */
static bool in_mood(const quote_reported_sentence *r, uint32_t i, bool surely)
{
    const sst_text *t = r->t;
    bool opened = text_is(t, i, LEX_CLAUSE_OPEN) && !text_is(t, i, LEX_PREPOSITION);
    for (uint32_t k = i; k < r->end && k < i + MOOD_MAX; k++) {
        if (r->f->c.inside[k])
            return false;
        if (quote_is_sign(t, k, "i"))
            return false;
        if (quote_is_sign(t, k, "mood"))
            return !quote_is_sign(t, k + 1, "unless"); /* es sei denn */
        if (quote_is_sign(t, k, "maybe"))
            return !surely;
        if (text_mention_at(t, k) == UINT32_MAX &&
            (text_is(t, k, LEX_AUXILIARY) ||
             (text_is(t, k, LEX_CUE) && quote_cue_value(t, k)[0] == '\0' && !opened)))
            return false;
        if (tok_comma(t, k) && k > i) {
            if (!opened)
                return false;
            opened = false; /* "Ob er bleibe, wisse er nicht" */
        }
    }
    return false;
}

/* einzufrieren: does the word that stands before an infinitive stand inside it, behind a particle?
 */
static bool holds_to(const sst_text *t, uint32_t i)
{
    enum { PARTICLE_MOST = 8, TO_MOST = 3 };
    sst_str w = text_token(t, i);
    for (size_t n = 2; n <= PARTICLE_MOST && n < w.n; n++) {
        uint16_t row = lang_row(t->lang, (sst_str){w.p, n});
        const char *v = row ? lang_value(t->lang, row, LEX_CUE_INDIRECT) : NULL;
        if (!v || strcmp(v, "particle") != 0)
            continue;
        for (size_t k = 1; k <= TO_MOST && n + k + TO_MOST < w.n; k++) {
            row = lang_row(t->lang, (sst_str){w.p + n, k});
            v = row ? lang_value(t->lang, row, LEX_CUE_INDIRECT) : NULL;
            if (v && strcmp(v, "to") == 0)
                return true;
        }
    }
    return false;
}

/* ", 31 Gemälde gestohlen zu haben": does the sentence end in an infinitive, with no verb before?
 */
static bool is_infinitive(const quote_reported_sentence *r, uint32_t i)
{
    const sst_text *t = r->t;
    if (r->end < i + 2 || !(quote_is_sign(t, r->end - 2, "to") || holds_to(t, r->end - 1)))
        return false;
    for (; i + 2 < r->end; i++)
        if (tok_comma(t, i) || r->f->c.inside[i] ||
            (text_is(t, i, LEX_AUXILIARY) && text_mention_at(t, i) == UINT32_MAX))
            return false;
    return true;
}

/* "juge que": a verb that means other things as often, with a clause behind it. */
static bool judges(const sst_text *t, uint32_t v)
{
    const char *w = lang_value(t->lang, t->tok[v].lex, LEX_CUE_WEAK);
    return w && strcmp(w, "that") == 0;
}

/* gab bekannt, wies darauf hin, warf ... vor: a verb that means other things as often says
 * something by the particle at the end of its clause. */
static bool by_particle(const quote_reported_sentence *r, uint32_t v, uint32_t said)
{
    const char *w = lang_value(r->t->lang, r->t->tok[v].lex, LEX_CUE_WEAK);
    if (judges(r->t, v))
        return quote_is_sign(r->t, said, "that");
    if (!w || strcmp(w, "particle") != 0)
        return false;
    uint32_t i = said - (said > v + 1 && tok_comma(r->t, said - 1));
    return r->t->lang->traits & LANG_VERB_LAST && i > v + 1 &&
           quote_is_sign(r->t, i - 1, "particle");
}

/* Is token i a "that" that the verb at v governs? Where a relative clause has the same word, only
 * what is no object of the verb may stand between. */
static bool governs(const quote_reported_sentence *r, uint32_t v, uint32_t i)
{
    const sst_text *t = r->t;
    if (t->lang->traits & LANG_VERB_LAST || i == v + 1)
        return true;
    uint32_t k = v + 1, commas = 0;
    for (uint32_t x = k; x < i; x++)
        commas += tok_comma(t, x);
    if (commas == 1 && tok_comma(t, i - 1))
        return false; /* "respondió a X, que había dicho": a relative clause */
    while (k < i && quote_is_adverb(t, k))
        k++;
    if (text_is(t, k, LEX_DETERMINER) && k + 1 < i && is_time(t, k + 1))
        k++;
    return k == i || is_time(t, k) || text_is(t, k, LEX_PREPOSITION | LEX_AUXILIARY) ||
           tok_comma(t, k);
}

/* "affirme pouvoir produire", "negó haber pagado": an infinitive right behind the verb, where it
 * stands before its object. */
static bool is_bare_infinitive(const sst_text *t, uint32_t i)
{
    sst_str w = text_token(t, i);
    return !(t->lang->traits & LANG_VERB_LAST) && tok_word(t, i) &&
           !(t->tok[i].flags & TOKF_UPPER) && !memchr(w.p, '\'', w.n) &&
           !text_is(t, i,
                    LEX_ADVERB | LEX_TIME_WORD | LEX_TIME_TAIL | LEX_DETERMINER | LEX_PREPOSITION |
                        LEX_CONJUNCTION | LEX_NOMINAL | LEX_HONORIFIC) &&
           lang_verb_stem(t->lang, LANG_VERB_BASE, w) > 0;
}

/* First token of what is said behind the verb at v; r->end when there is none. */
static uint32_t said_from(const quote_reported_sentence *r, uint32_t v)
{
    const sst_text *t = r->t;
    uint32_t commas = 0;
    if (v + 2 < r->end && text_is(t, v, LEX_CUE) && is_bare_infinitive(t, v + 1))
        return v + 1;
    for (uint32_t i = v + 1; i < r->end && i <= v + THAT_MAX && !r->f->c.inside[i]; i++) {
        if (tok_is(t, i, ":") || tok_is(t, i, ";"))
            break;
        if (quote_is_sign(t, i, "that"))
            return governs(r, v, i) ? i : r->end;
        if (tok_comma(t, i)) {
            if (t->lang->traits & LANG_VERB_LAST &&
                (in_mood(r, i + 1, false) || is_infinitive(r, i + 1)))
                return i + 1;
            if (++commas > APPOSITIONS)
                break;
            continue;
        }
        if (text_mention_at(t, i) == UINT32_MAX && !text_is(t, i, LEX_NOMINAL) &&
            (text_is(t, i, LEX_CUE) ||
             (text_is(t, i, LEX_AUXILIARY) && t->lang->traits & LANG_VERB_LAST)))
            break;
    }
    return r->end;
}

/* 1. Clauses with their "that" or in their mood. */
static bool by_verbs(quote_reported_sentence *r)
{
    const sst_text *t = r->t;
    bool carried = false, any = false;
    for (uint32_t v = r->begin; v < r->end && r->n < QUOTE_SAID_CLAUSES; v++) {
        if (!tok_word(t, v) || !text_is(t, v, LEX_CUE | LEX_CUE_WEAK) || r->f->c.inside[v] ||
            (text_mention_at(t, v) != UINT32_MAX &&
             !(t->tok[v].flags & TOKF_SENT &&
               quote_is_sign(t, v + 1, "that"))) || /* "Afirmó que" */
            (text_is(t, v, LEX_NOMINAL) && !judges(t, v)) ||
            (v > r->begin && text_is(t, v - 1, LEX_DETERMINER | LEX_PREPOSITION)))
            continue;
        uint32_t clause = r->n && v > r->from[r->n - 1] ? clause_begin(r, v) : 0;
        if (clause > r->begin && !text_is(t, clause - 1, LEX_CONJUNCTION) &&
            !tok_comma(t, clause - 1))
            continue; /* said inside what is said */
        uint32_t from = said_from(r, v);
        if (from < r->end && !text_is(t, v, LEX_CUE) && !by_particle(r, v, from))
            continue;
        if (from >= r->end || !subject_of(r, v, from, &r->said[r->n], &carried))
            continue;
        r->from[r->n++] = from;
        if (carried)
            break;
    }
    for (uint32_t k = 0; k < r->n; k++) {
        uint32_t to = r->end;
        if (k + 1 < r->n) { /* up to who speaks next */
            const quote_clause *q = &r->said[k + 1];
            to = q->source_begin >= r->from[k] ? q->source_begin : q->cue_begin;
            while (to > r->from[k] && text_is(t, to - 1, LEX_CONJUNCTION | LEX_CLAUSE_OPEN))
                to--;
        }
        any |= quote_add_said(r, carried ? NULL : &r->said[k], r->from[k], to, 0, 0);
    }
    return any;
}

/* "X zeigte sich sicher, das Haus sei zu retten": the mood behind the first comma tells that the
 * subject says so, whatever the verb. */
static bool by_mood_clause(quote_reported_sentence *r)
{
    const sst_text *t = r->t;
    uint32_t k = r->begin, from, to;
    if (!(t->lang->traits & LANG_VERB_LAST))
        return false;
    while (k < r->end && !tok_comma(t, k) && !r->f->c.inside[k] && !quote_is_sign(t, k, "mood"))
        k++;
    if (k + 1 >= r->end || !tok_comma(t, k) ||
        text_is(t, k + 1, LEX_CLAUSE_OPEN | LEX_CONJUNCTION) || !in_mood(r, k + 1, true) ||
        taken_back(r, r->begin, k) || !quote_subject(&r->f->c, r->begin, k, &from, &to) ||
        !quote_speaks(r, from, to))
        return false;
    quote_clause q;
    quote_clause_fill(&r->f->c, &q, from, to, to, to);
    return quote_add_said(r, &q, k + 1, r->end, 0, 0);
}

/* 5. The mood alone, where somebody was heard right before. */
static bool by_mood(quote_reported_sentence *r)
{
    quote_clause none;
    if (!(r->t->lang->traits & LANG_VERB_LAST) || !heard_before(r, false, &none) ||
        none.source_end > none.source_begin || !in_mood(r, r->begin, true))
        return false;
    return quote_add_said(r, NULL, r->begin, r->end, 0, 0);
}

bool quote_reported(finder *f, uint32_t sentence)
{
    const sst_text *t = f->t;
    const sst_sentence *s = &t->sent[sentence];
    quote_reported_sentence r = {.f = f, .t = t, .begin = s->begin, .end = s->end};
    while (r.end > r.begin && t->tok[r.end - 1].kind == TOK_SIGN)
        if (tok_is(t, --r.end, "?"))
            return false;
    if (r.end < r.begin + QUOTE_SAID_WORDS || r.end > r.begin + SENTENCE_MAX)
        return false;
    if (!(by_verbs(&r) || quote_said_as(&r) || quote_said_before(&r) || quote_said_by(&r) ||
          by_mood_clause(&r) || by_mood(&r)))
        return false;
    f->said_to = s->end;
    return true;
}
