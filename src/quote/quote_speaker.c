/*
 * The words that name a speaker -> who is meant, by this article alone.
 *
 * In: a source span (tokens). Out: entity, or how the unnamed speaker is called. Method: a name is
 * itself; a pronoun: quote_pronoun.c; a description ("the top diplomat"): quote_describe.c. Here is
 * what tells one from the other, how a mention stands in its sentence, and what is kept of the last
 * speaker.
 */
#include "quote_speaker.h"

enum {
    ASIDE_TOKENS = 16 /* words between a name and its verb that tell of the name */
};

/* Is mention m the subject of its sentence, or of a clause in it? */
bool quote_is_subject(const quote_context *c, uint32_t m)
{
    /* the first name of its sentence, with no verb before it */
    const sst_text *t = c->t;
    const sst_mention *x = &t->mention[m];
    uint32_t s = t->sent[text_sentence_of(t, x->begin)].begin;
    if (x->full_begin > s && text_is(t, x->full_begin - 1, LEX_CONJUNCTION) &&
        quote_before_verb(t, x))
        return true; /* "..., but X struck" */
    if (x->full_begin > s + 12)
        return false;
    bool asked = x->full_begin == s + 1 && text_is(t, s, LEX_AUXILIARY); /* Was X content? */
    for (uint32_t i = s; i < x->full_begin && !asked; i++)
        if (!c->inside[i] && text_is(t, i, LEX_AUXILIARY | LEX_CUE) && t->tok[i].kind == TOK_WORD)
            return false;
    if (x->full_begin > s && text_is(t, x->full_begin - 1, LEX_PREPOSITION) &&
        t->tok[x->full_begin - 1].kind == TOK_WORD)
        return false;
    return true;
}

/* Behind what is told of a name right behind it: NAME (R-Ariz.), NAME, an ally of X, / NAME - */
static uint32_t behind_aside(const sst_text *t, uint32_t i)
{
    while (tok_is(t, i, "(")) {
        uint32_t k = i + 1;
        while (k < i + ASIDE_TOKENS && k < t->tok_n && !tok_is(t, k, ")"))
            k++;
        if (k >= i + ASIDE_TOKENS || k >= t->tok_n)
            return i;
        i = k + 1;
    }
    uint32_t stop = i + ASIDE_TOKENS < t->tok_n ? i + ASIDE_TOKENS : t->tok_n;
    if (tok_is(t, i, "\xE2\x80\x94") || tok_is(t, i, "\xE2\x80\x93"))
        return i + 1;
    if (!tok_comma(t, i))
        return i;
    for (uint32_t k = i + 1; k < stop; k++) {
        if (tok_comma(t, k))
            return k + 1;
        if (t->tok[k].kind == TOK_MARK || (t->tok[k].flags & TOKF_SENT) ||
            text_is(t, k, LEX_CUE | LEX_AUXILIARY | LEX_PRONOUN_PERSON))
            break;
    }
    return i;
}

bool quote_before_verb(const sst_text *t, const sst_mention *x)
{
    uint32_t i = x->end;
    if (i < t->tok_n && tok_comma(t, i) && i + 1 < t->tok_n && text_word_is(t, i + 1, "who"))
        return true;
    if (i + 1 < t->tok_n && tok_comma(t, i) && text_is(t, i + 1, LEX_CUE) && tok_word(t, i + 1))
        return true; /* one organiser, NAME, told */
    i = behind_aside(t, i);
    for (uint32_t n = 0; n < 3 && i < t->tok_n && text_is(t, i, LEX_ADVERB); n++)
        i++;
    if (!tok_word(t, i) || (t->tok[i].flags & TOKF_UPPER))
        return false;
    /* a word in lower case behind a name, no preposition, conjunction or noun for people: most
     * likely its verb */
    return text_is(t, i, LEX_CUE | LEX_CUE_WEAK | LEX_AUXILIARY) ||
           !text_is(t, i,
                    LEX_STOPWORD | LEX_PREPOSITION | LEX_CONJUNCTION | LEX_PERSON_NOUN |
                        LEX_PEOPLE_NOUN | LEX_ORG_NOUN | LEX_CUE_NOUN);
}

/* Israelis, Republicans: people, neither a body nor a person. */
bool quote_is_people(const sst_text *t, const sst_entity *e)
{
    if (e->kind != NAME_UNKNOWN || e->name.n < 3 || e->name.p[e->name.n - 1] != 's' ||
        memchr(e->name.p, ' ', e->name.n))
        return false;
    sst_str stem = {e->name.p, e->name.n - 1};
    char folded[24];
    if (stem.n > sizeof folded)
        return false;
    for (size_t i = 0; i < stem.n; i++)
        folded[i] = (char)(stem.p[i] >= 'A' && stem.p[i] <= 'Z' ? stem.p[i] + 32 : stem.p[i]);
    uint16_t row = lang_row(t->lang, (sst_str){folded, stem.n});
    return (lang_classes(t->lang, row) & LEX_NATIONALITY) != 0;
}

/* A name of no known kind that fills a pair of marks where it stands first: what a work is called.
 */
bool quote_names_work(const sst_text *t, const sst_entity *e)
{
    if (e->kind != NAME_UNKNOWN || e->gender)
        return false;
    const sst_mention *x = &t->mention[e->first];
    uint32_t end = x->end + (tok_comma(t, x->end) || tok_is(t, x->end, "."));
    return x->full_begin > 0 && end < t->tok_n && t->tok[x->full_begin - 1].kind == TOK_MARK &&
           t->tok[end].kind == TOK_MARK;
}

bool quote_possessive(const sst_text *t, const sst_mention *x)
{
    return x->end < t->tok_n &&
           (t->tok[x->end].kind == TOK_CLITIC ||
            (t->tok[x->end].kind == TOK_MARK && tok_glued(t, x->end))) &&
           x->end + 1 < t->tok_n && tok_word(t, x->end + 1);
}

/* In a caption, credit, byline or dateline: nobody there is meant by a pronoun of the prose. */
bool quote_outside_prose(const sst_text *t, uint32_t i)
{
    uint8_t role = t->para[text_para_of(t, i)].role;
    return role == ROLE_HEADLINE || role == ROLE_SUBTITLE || role == ROLE_CAPTION ||
           role == ROLE_CREDIT || role == ROLE_BYLINE || role == ROLE_BOILERPLATE ||
           i < text_statement(t, text_sentence_of(t, i));
}

void quote_take_last(const quote_speakers *s, sst_quote *q)
{
    q->entity = s->last_entity;
    q->speaker = s->last_called;
    q->speaker_at = s->last_at;
}

void quote_take_mention(const quote_speakers *s, uint32_t m, sst_quote *q)
{
    const sst_text *t = s->c->t;
    q->entity = t->mention[m].entity;
    q->speaker = t->entity[q->entity].name;
    q->speaker_at = text_span(t, t->mention[m].begin, t->mention[m].end);
}

void quote_take_entity(const quote_speakers *s, uint32_t entity, sst_quote *q)
{
    quote_take_mention(s, s->c->t->entity[entity].first, q);
}

/* ------------------------------------------------------------------ all together */

/* "The chair of Rovers, Ida Quill, said"; "Ida Quill, the club's chair, (who) said": the name
 * beside a comma is who the description is; UINT32_MAX for none. */
static uint32_t named_beside(const sst_text *t, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin + 1; i < end; i++)
        if (tok_comma(t, i) && text_mention_at(t, i) == UINT32_MAX)
            end = i;
    uint32_t head = quote_head_noun(t, begin, end);
    if (head == UINT32_MAX || !text_is(t, head, LEX_PERSON_NOUN) || !tok_comma(t, end))
        return UINT32_MAX;
    uint32_t left =
        begin >= 2 && tok_comma(t, begin - 1) ? text_mention_at(t, begin - 2) : UINT32_MAX;
    if (left != UINT32_MAX && t->mention[left].end == begin - 1 &&
        text_is(t, begin, LEX_DETERMINER) && t->entity[t->mention[left].entity].kind == NAME_PERSON)
        return left;
    uint32_t m = text_mention_from(t, end + 1);
    if (m >= t->mention_n || t->mention[m].full_begin > end + 1 ||
        t->entity[t->mention[m].entity].kind != NAME_PERSON || !tok_comma(t, t->mention[m].end))
        return UINT32_MAX;
    return m;
}

/* himself, herself, themselves */
static bool is_self(const sst_text *t, uint32_t i)
{
    sst_str w = text_token(t, i);
    return (w.n > 6 && memcmp(w.p + w.n - 4, "self", 4) == 0) ||
           (w.n > 8 && memcmp(w.p + w.n - 6, "selves", 6) == 0);
}

/* A source that reaches too far or begins inside a word: only its noun phrase says who speaks. */
static void narrow(const sst_text *t, uint32_t *begin, uint32_t *end)
{
    while (*begin > 1 && !text_is(t, *begin, LEX_PRONOUN_PERSON) &&
           ((tok_is(t, *begin, "-") && tok_glued(t, *begin)) ||
            (tok_is(t, *begin - 1, "-") && tok_glued(t, *begin))))
        (*begin)--; /* -year-old, run of "state-run" */
    while (*begin + 1 < *end && !text_word_is(t, *begin, "who") &&
           text_is(t, *begin, LEX_QUESTION | LEX_CONJUNCTION) &&
           text_mention_at(t, *begin) == UINT32_MAX)
        (*begin)++; /* how the fans */
    uint32_t i = *begin + 1;
    while (i < *end) { /* up to a verb that follows */
        uint32_t m = text_mention_at(t, i);
        if (m != UINT32_MAX) {
            i = t->mention[m].end;
            continue;
        }
        if (text_is(t, i, LEX_AUXILIARY) && tok_word(t, i) && !text_word_is(t, i - 1, "who") &&
            !text_word_is(t, i - 1, "that"))
            break;
        if (i + 2 < *end && tok_word(t, i) && text_is(t, i, LEX_PREPOSITION) &&
            text_is(t, i + 1, LEX_WEEKDAY) && t->tok[i + 2].kind != TOK_CLITIC)
            break; /* the mayor on Monday rejected */
        i++;
    }
    if (i < *end)
        *end = i;
    /* Ida Quill herself, Ida Quill on Monday */
    while (*end > *begin + 1 && tok_word(t, *end - 1) &&
           text_mention_at(t, *end - 1) == UINT32_MAX &&
           (text_is(t, *end - 1, LEX_TIME_TAIL) || is_self(t, *end - 1)))
        (*end)--;
}

void quote_speaker(quote_speakers *s, uint32_t begin, uint32_t end, sst_quote *q)
{
    const sst_text *t = s->c->t;
    q->entity = UINT32_MAX;
    q->speaker = (sst_str){NULL, 0};
    if (begin >= end)
        return;
    begin = text_past_dateline(t, begin, end);
    narrow(t, &begin, &end);
    if (end > begin + 1 && text_word_is(t, begin, "who"))
        return; /* "who have not seen": whoever it is stands elsewhere */
    q->speaker_at = text_span(t, begin, end);
    bool pronoun = text_is(t, begin, LEX_PRONOUN_PERSON | LEX_PRONOUN_POSSESSIVE) &&
                   text_mention_at(t, begin) == UINT32_MAX;
    if (pronoun && end > begin + 1 && t->tok[begin + 1].kind == TOK_CLITIC)
        end = begin + 1; /* she's */
    if (end == begin + 1 && pronoun) {
        quote_pronoun(s, begin, q);
    } else {
        /* a name that opens the phrase, or ends it behind its office */
        uint32_t head = quote_head_noun(t, begin, end), named = UINT32_MAX, first = UINT32_MAX;
        for (uint32_t i = begin; i < end; i++) {
            uint32_t m = text_mention_at(t, i);
            if (m == UINT32_MAX)
                continue;
            if (first == UINT32_MAX)
                first = m;
            i = t->mention[m].end - 1;
        }
        /* A Transport for London spokesman: the noun at the end is who speaks */
        bool noun_last = text_is(t, end - 1, LEX_PERSON_NOUN | LEX_PEOPLE_NOUN) &&
                         !(t->tok[end - 1].flags & TOKF_UPPER);
        if (first != UINT32_MAX && !noun_last) {
            /* Walk over the mentions of the phrase up to the first preposition outside a name */
            uint32_t stop = begin;
            while (stop < end) {
                uint32_t m = text_mention_at(t, stop);
                if (m != UINT32_MAX) {
                    named = m;
                    stop = t->mention[m].end;
                    continue;
                }
                if (stop > begin && t->tok[stop].kind == TOK_WORD &&
                    !tok_is(t, stop - 1, "-") && /* mum-of-two */
                    text_is(t, stop, LEX_PREPOSITION | (t->lang->traits ? LEX_PHRASE_JOIN : 0)) &&
                    (named != UINT32_MAX || (head != UINT32_MAX && head < stop)))
                    break;
                stop++;
            }
            /* its office in front belongs to the name: US Secretary of State X */
            for (uint32_t m = first; m < t->mention_n && t->mention[m].begin < end; m++)
                if (t->mention[m].begin > begin &&
                    (t->mention[m].full_begin <= begin ||
                     (head != UINT32_MAX && head >= t->mention[m].full_begin &&
                      head < t->mention[m].begin))) {
                    named = m;
                    stop = end;
                    for (uint32_t i = t->mention[m].end; i < end; i++)
                        if (text_is(t, i, LEX_PREPOSITION) && t->tok[i].kind == TOK_WORD) {
                            stop = i;
                            break;
                        }
                }
            /* the ambassador to a body NAME: nothing between the body and who is its ambassador */
            for (uint32_t m = first; m + 1 < t->mention_n && t->mention[m + 1].end <= end; m++)
                if (t->mention[m + 1].full_begin == t->mention[m].end &&
                    t->entity[t->mention[m + 1].entity].kind == NAME_PERSON &&
                    t->entity[t->mention[m].entity].kind != NAME_PERSON && head != UINT32_MAX &&
                    head < t->mention[m].begin) {
                    named = m + 1;
                    stop = t->mention[m + 1].end;
                }
            if (named != UINT32_MAX) {
                const sst_mention *x = &t->mention[named];
                uint32_t behind = x->end;
                bool owns = quote_possessive(t, x) && behind + 1 < stop;
                bool noun_behind = false, said_thing = false;
                /* what stands behind a comma tells more of the name: X, the mayor, */
                for (uint32_t i = behind; i < stop && !tok_comma(t, i); i++) {
                    noun_behind |= t->tok[i].kind == TOK_WORD && !(t->tok[i].flags & TOKF_UPPER);
                    said_thing |= text_is(t, i, LEX_CUE_NOUN);
                }
                if (!noun_behind ||
                    (owns && said_thing &&
                     !(head != UINT32_MAX && head > behind && text_is(t, head, LEX_PERSON_NOUN)))) {
                    if (t->entity[x->entity].kind != NAME_OTHER) /* not "South Korean" alone */
                        quote_take_mention(s, named, q);
                    else if (text_is(t, begin, LEX_DETERMINER) && behind >= end)
                        quote_description(s, begin, end, q); /* the North Carolina Republican */
                    goto done;
                }
            }
        }
        /* one protester's sign: who owns what speaks */
        if (head != UINT32_MAX && text_is(t, head, LEX_CUE_NOUN)) {
            for (uint32_t i = begin; i + 1 < head; i++)
                if (t->tok[i + 1].kind == TOK_CLITIC &&
                    text_is(t, i, LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN)) {
                    end = i + 1;
                    break;
                }
        }
        if (head != UINT32_MAX && text_is(t, head, LEX_CUE_NOUN) &&
            !text_is(t, head, LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN) && end > head &&
            text_mention_at(t, head) == UINT32_MAX) {
            q->speaker_at = text_span(t, begin, end); /* a statement, a placard: nobody is named */
            return;
        }
        uint32_t beside = named_beside(t, begin, end);
        if (beside != UINT32_MAX)
            quote_take_mention(s, beside, q);
        else
            quote_description(s, begin, end, q);
    }
done:
    if (q->entity != UINT32_MAX || q->speaker.n) {
        s->last_entity = q->entity;
        s->last_called = q->speaker;
        s->last_at = q->speaker_at;
        s->last_token = begin;
        if (q->entity == UINT32_MAX && q->speaker.n) {
            uint32_t head = quote_head_noun(t, begin, end),
                     k = s->described_n % QUOTE_DESCRIBED_MAX;
            if (head != UINT32_MAX && !quote_names_several(q->speaker)) {
                s->described[k].key = t->tok[head].key;
                s->described[k].called = q->speaker;
                s->described[k].at = q->speaker_at;
                s->described_n++;
            }
        }
        s->last_plural = s->last_person = false;
        for (uint32_t i = begin; i < end && q->entity == UINT32_MAX; i++)
            s->last_person |= text_is(t, i, LEX_PERSON_NOUN);
        for (uint32_t i = begin; i < end && q->entity == UINT32_MAX; i++)
            s->last_plural |= text_is(t, i, LEX_PEOPLE_NOUN);
    }
}

void quote_speaker_known(quote_speakers *s, const sst_quote *q, uint32_t token)
{
    const sst_text *t = s->c->t;
    s->last_entity = q->entity;
    s->last_called = q->speaker;
    s->last_at = q->speaker_at;
    s->last_token = token;
    s->last_plural = s->last_person = false;
    for (uint32_t i = text_token_at(t, q->speaker_at.begin);
         q->entity == UINT32_MAX && i < t->tok_n && t->tok[i].begin < q->speaker_at.end; i++)
        s->last_person |= text_is(t, i, LEX_PERSON_NOUN);
}
