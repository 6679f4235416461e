/*
 * Who says a figure, and as of when it holds.
 *
 * In: a sentence; the quotations of an article. Out: the words that name the source, the time.
 * Method: cues of telling and their subject ("The union said five posts were empty"), "according
 * to ...", the quotation around a figure; "as of ..." or a "by" that opens the sentence. Parts:
 * spans, sources in the sentence, time, sources of quotations. Language: cue, figure_cue.
 */
#include "figure_around.h"

enum { SOURCE_MAX = 12 /* tokens behind "according to" */ };

sst_spans around_one_span(sst_arena *arena, sst_span at)
{
    sst_span *v = arena_alloc(arena, sizeof *v);
    if (!v)
        return (sst_spans){NULL, 0};
    *v = at;
    return (sst_spans){v, 1};
}

/* The apostrophe of "workers’ union", which is a token of its own. */
static bool is_possessive_mark(const sst_text *t, uint32_t i)
{
    return t->tok[i].kind == TOK_MARK && (t->tok[i].flags & TOKF_GLUED) && i > 0 &&
           t->tok[i - 1].kind == TOK_WORD && i + 1 < t->tok_n &&
           !(t->tok[i + 1].flags & TOKF_GLUED) && t->s.p[t->tok[i].begin] != '"' &&
           t->s.p[t->tok[i - 1].end - 1] == 's';
}

/* The end of the noun phrase that begins at b and names somebody, or b: "la police maritime", "der
 * Sprecherin des Landkreises". Only small words that join its parts stand inside it. */
static uint32_t noun_end(const around *a, uint32_t b)
{
    const sst_text *t = a->t;
    const uint64_t joins =
        LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE | LEX_PHRASE_JOIN | LEX_NAME_PARTICLE;
    const uint64_t stops = LEX_COUNT_STOP | LEX_AUXILIARY | LEX_BE | LEX_CUE | LEX_PREPOSITION |
                           LEX_CONJUNCTION | LEX_TIME_WORD | LEX_BOUND_BEFORE;
    uint32_t e = b, last = b;
    for (; e < a->end && e < b + SOURCE_MAX; e++) {
        if (around_sign(a, e, '-') && (t->tok[e].flags & TOKF_GLUED))
            continue;
        if (t->tok[e].kind != TOK_WORD && t->tok[e].kind != TOK_CLITIC)
            break;
        if (text_is(t, e, joins) &&
            (e == b || text_is(t, e, LEX_PHRASE_JOIN | LEX_NAME_PARTICLE) ||
             !(t->lang->traits & LANG_SMALL_DAYS) || text_is(t, e - 1, LEX_PHRASE_JOIN)))
            continue;
        if (text_is(t, e, LEX_WEEKDAY | LEX_MONTH) ||
            (text_mention_at(t, e) == UINT32_MAX && text_is(t, e, stops)))
            break;
        bool capital = (t->tok[e].flags & TOKF_UPPER) != 0;
        if (t->lang->traits & LANG_NOUN_CAPITAL && !capital && last > b)
            break; /* behind the noun: a verb, an adverb */
        if (capital || !(t->lang->traits & LANG_NOUN_CAPITAL))
            last = e + 1;
    }
    return last;
}

/* Who says so in words of his own sentence: "The union said five posts were empty", "..., the
 * service said". */
static bool speaker_in(const around *a, sst_span *out)
{
    const sst_text *t = a->t;
    for (uint32_t i = a->begin + 1; i < a->end; i++) {
        if (t->tok[i].kind == TOK_MARK && !is_possessive_mark(t, i))
            return false; /* the quotations know better */
        if (t->tok[i].kind != TOK_WORD || !text_is(t, i, LEX_CUE) || (t->tok[i].flags & TOKF_UPPER))
            continue;
        uint32_t e = i, b = i;
        while (b > a->begin && b + SOURCE_MAX > i &&
               (t->tok[b - 1].kind == TOK_WORD || t->tok[b - 1].kind == TOK_CLITIC ||
                is_possessive_mark(t, b - 1)) &&
               !text_is(t, b - 1, LEX_AUXILIARY | LEX_CHANGE))
            b--;
        /* the subject opens the sentence or stands behind a comma, is no pronoun, and names
         * somebody */
        if (b > a->begin && !around_sign(a, b - 1, ','))
            continue;
        while (b < e && text_is(t, b, LEX_COUNT_STOP) &&
               !text_is(t, b, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE))
            b++;
        while (e > b && text_is(t, e - 1, LEX_COUNT_STOP))
            e--;
        bool somebody = false;
        for (uint32_t k = b; k < e; k++) {
            if (text_is(t, k, LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN) ||
                text_mention_at(t, k) != UINT32_MAX)
                somebody = true;
            if (text_is(t, k, LEX_COUNT_STOP) &&
                !text_is(t, k, LEX_PREPOSITION | LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE)) {
                b = e; /* a clause of its own: "what the commander said" */
                break;
            }
        }
        bool opens =
            b < e &&
            ((t->tok[b].flags & TOKF_UPPER) ||
             text_is(t, b,
                     LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE | LEX_PEOPLE_NOUN | LEX_PERSON_NOUN));
        if (!opens || text_is(t, i - 1, LEX_DETERMINER | LEX_PREPOSITION) || !somebody ||
            text_is(t, b, LEX_PREPOSITION))
            continue;
        uint32_t cut = t->lang->traits ? noun_end(a, b) : e; /* "die Polizei am Montag mitteilte" */
        if (cut > b && cut < e)
            e = cut;
        *out = text_span(t, b, e);
        return true;
    }
    return false;
}

/* Does the phrase name somebody who can say something? */
static bool names_somebody(const sst_text *t, uint32_t b, uint32_t e)
{
    for (uint32_t k = b; k < e; k++)
        if (text_is(t, k, LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN) ||
            text_mention_at(t, k) != UINT32_MAX)
            return true;
    return false;
}

/* A subject behind the verb of saying, or between "wie" and a verb at the end of the clause: "a
 * annoncé la police", "teilte die Feuerwehr mit", "wie die Feuerwehr am Mittwoch mitteilte". */
static bool speaker_behind(const around *a, sst_span *out)
{
    const sst_text *t = a->t;
    if (!t->lang->traits)
        return false;
    for (uint32_t i = a->begin; i + 1 < a->end; i++) {
        if (t->tok[i].kind == TOK_MARK)
            return false;
        bool as = around_cue_is(a, i, "as");
        if (!as && (!text_is(t, i, LEX_CUE) || (t->tok[i].flags & TOKF_UPPER)))
            continue;
        uint32_t b = i + 1, e = noun_end(a, b);
        if (e == b || !names_somebody(t, b, e) ||
            !((t->tok[b].flags & TOKF_UPPER) || around_elision(t, b) ||
              text_is(t, b, LEX_DETERMINER | LEX_PERSON_NOUN | LEX_PEOPLE_NOUN)))
            continue;
        bool tells = !as;
        for (uint32_t k = e; k < a->end && k < e + SOURCE_MAX && !tells && !around_sign(a, k, ',');
             k++)
            tells = text_is(t, k, LEX_CUE);
        if (!tells)
            continue;
        *out = text_span(t, b, e);
        return true;
    }
    return false;
}

/* Who stands behind "according to" in this sentence. */
static bool source_in(const around *a, sst_span *out)
{
    const sst_text *t = a->t;
    for (uint32_t i = a->begin; i < a->end; i++) {
        if (!text_is(t, i, LEX_FIGURE_CUE) && !t->tok[i].lex)
            continue;
        const char *v = NULL;
        uint32_t n = around_phrase(a, i, LEX_FIGURE_CUE, &v);
        if (!n || !v || strcmp(v, "source") != 0)
            continue;
        uint32_t b = i + n, e = b;
        if (t->lang->traits) {
            e = noun_end(a, b);
            if (e == b)
                continue;
            *out = text_span(t, b, e);
            return true;
        }
        while (e < a->end && e < b + SOURCE_MAX &&
               (t->tok[e].kind == TOK_WORD || t->tok[e].kind == TOK_CLITIC ||
                (around_sign(a, e, '-') && (t->tok[e].flags & TOKF_GLUED))))
            e++;
        if (e == b)
            return false;
        *out = text_span(t, b, e);
        return true;
    }
    return false;
}

bool around_source(const around *a, sst_span *out)
{
    return source_in(a, out) || speaker_in(a, out) || speaker_behind(a, out);
}

/* The time behind "as of", or behind a "by" that opens the sentence. */
const sst_time *around_as_of(const around *a)
{
    const sst_text *t = a->t;
    uint32_t lo = text_time_from(t, a->begin);
    for (; lo < t->time_n && t->time[lo].begin < a->end; lo++) {
        const char *v = NULL;
        if (around_phrase_before(a, t->time[lo].begin, LEX_FIGURE_CUE, &v) && v &&
            strcmp(v, "as-of") == 0)
            return &t->time[lo];
        /* "By noon, 31 people had been treated" */
        if (t->time[lo].begin == a->begin + 1 && around_cue_is(a, a->begin, "by"))
            return &t->time[lo];
    }
    return NULL;
}

/* Gives the figures inside quotations their source. Both are in order of place. */
void around_quoted_sources(const sst_quotes *quotes, sst_figures *out)
{
    for (uint32_t q = 0; q < quotes->n; q++) {
        const sst_quote *quote = &quotes->v[q];
        if (!quote->source.n && quote->speaker_at.begin == quote->speaker_at.end)
            continue;
        for (uint32_t c = 0; c < quote->content.n; c++) {
            sst_span at = quote->content.v[c];
            uint32_t lo = 0, hi = out->n;
            while (lo < hi) {
                uint32_t mid = (lo + hi) / 2;
                if (out->v[mid].at.begin < at.begin)
                    lo = mid + 1;
                else
                    hi = mid;
            }
            for (; lo < out->n && out->v[lo].number.begin < at.end; lo++)
                out->v[lo].said_by = quote->source;
        }
    }
}
