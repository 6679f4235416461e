/*
 * The words that name a speaker -> who is meant, by this article alone.
 *
 * In: a source span (tokens). Out: entity, or how the unnamed speaker is called. Method: a name is
 * itself; a pronoun means the person of its gender who scores best by place (subject before object,
 * near before far, the last speaker, never one named inside a quotation); a description ("the top
 * diplomat", "the movement") means the entity whose office or words it fits, by
 * data/lang/en/role_kin.txt, else an earlier, longer description with the same noun, else itself
 * without its article. Looks back a bounded number of mentions, so the cost of an article is linear
 * in its quotations.
 */
#include "quote_inner.h"

enum {
    LOOK_BACK_MENTIONS = 60, /* how many names back a pronoun or description is looked for */
    LOOK_BACK_SENTENCES = 12,
    NEVER = -1000 /* points of who cannot be meant */
};

/* Points of a candidate. Chosen by hand on the seeds and the development speakers; bench row
 * "speakers". */
static const int SCORE_SUBJECT = 6, SCORE_LAST_SPEAKER = 5, SCORE_LAST_FADES = -1,
                 SCORE_PER_SENTENCE = -2, SCORE_INSIDE = -12, SCORE_POSSESSIVE = -3,
                 SCORE_UNKNOWN_KIND = -4, SCORE_GENDER = 3, SCORE_OBJECT = -2, SCORE_OFFICE = 12,
                 SCORE_KIN = 8;

static bool followed_by_verb(const sst_text *t, const sst_mention *x);

/* Is mention m the subject of its sentence, or of a clause in it? */
static bool is_subject(const quote_context *c, uint32_t m)
{
    /* the first name of its sentence, with no verb before it */
    const sst_text *t = c->t;
    const sst_mention *x = &t->mention[m];
    uint32_t s = t->sent[text_sentence_of(t, x->begin)].begin;
    if (x->full_begin > s && text_is(t, x->full_begin - 1, LEX_CONJUNCTION) &&
        followed_by_verb(t, x))
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

static bool followed_by_verb(const sst_text *t, const sst_mention *x)
{
    uint32_t i = x->end;
    if (i < t->tok_n && tok_comma(t, i) && i + 1 < t->tok_n && text_word_is(t, i + 1, "who"))
        return true;
    if (i + 1 < t->tok_n && tok_comma(t, i) && text_is(t, i + 1, LEX_CUE) && tok_word(t, i + 1))
        return true; /* one organiser, NAME, told */
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

static bool possessive(const sst_text *t, const sst_mention *x)
{
    return x->end < t->tok_n &&
           (t->tok[x->end].kind == TOK_CLITIC ||
            (t->tok[x->end].kind == TOK_MARK && tok_glued(t, x->end))) &&
           x->end + 1 < t->tok_n && tok_word(t, x->end + 1);
}

/* In a caption, credit or byline: nobody there is meant by a pronoun of the prose. */
static bool outside_prose(const sst_text *t, uint32_t i)
{
    uint8_t role = t->para[text_para_of(t, i)].role;
    return role == ROLE_HEADLINE || role == ROLE_SUBTITLE || role == ROLE_CAPTION ||
           role == ROLE_CREDIT || role == ROLE_BYLINE || role == ROLE_BOILERPLATE;
}

/* Points for where mention m stands, seen from a sentence behind it. */
static int place_score(const quote_speakers *s, uint32_t m, uint32_t sentence)
{
    const sst_text *t = s->c->t;
    const sst_mention *x = &t->mention[m];
    uint32_t back = sentence - text_sentence_of(t, x->begin);
    int score = SCORE_PER_SENTENCE * (int)back;
    if (s->c->inside[x->begin])
        score += SCORE_INSIDE;
    if (possessive(t, x))
        score += SCORE_POSSESSIVE;
    if (is_subject(s->c, m) || followed_by_verb(t, x))
        score += SCORE_SUBJECT;
    else
        score += SCORE_OBJECT;
    return score;
}

/* ------------------------------------------------------------------ pronouns */

static uint8_t gender_of_pronoun(const sst_text *t, uint32_t i)
{
    const char *v = lang_value(t->lang, t->tok[i].lex, LEX_PRONOUN_PERSON);
    if (!v)
        v = lang_value(t->lang, t->tok[i].lex, LEX_PRONOUN_POSSESSIVE);
    if (!v)
        return 0;
    return v[0] == 's'            ? GENDER_SHE
           : v[0] == 'h'          ? GENDER_HE
           : v[0] == 't'          ? GENDER_THEY
           : strcmp(v, "it") == 0 ? GENDER_IT
                                  : 0;
}

static void take_last(quote_speakers *s, sst_quote *q)
{
    q->entity = s->last_entity;
    q->speaker = s->last_called;
    q->speaker_at = s->last_at;
}

static void take_entity(const quote_speakers *s, uint32_t m, sst_quote *q)
{
    const sst_text *t = s->c->t;
    q->entity = t->mention[m].entity;
    q->speaker = t->entity[q->entity].name;
    q->speaker_at = text_span(t, t->mention[m].begin, t->mention[m].end);
}

/* Points for a pronoun of gender g meaning an entity that is named by so many tokens, or NEVER. */
static int agrees(const sst_entity *e, uint8_t g, uint32_t tokens)
{
    if (g == GENDER_IT || g == GENDER_THEY) {
        if (e->kind == NAME_PERSON || e->kind == NAME_OTHER)
            return NEVER;
        return e->kind == NAME_ORG ? 0 : SCORE_UNKNOWN_KIND;
    }
    if (e->kind == NAME_ORG || e->kind == NAME_PLACE || e->kind == NAME_OTHER ||
        (e->gender && e->gender != g))
        return NEVER;
    /* one word of no known kind is a company as often as a person */
    if (e->kind != NAME_PERSON && tokens < 2)
        return NEVER;
    return (e->kind == NAME_PERSON ? 0 : SCORE_UNKNOWN_KIND) + (e->gender == g ? SCORE_GENDER : 0);
}

static void resolve_pronoun(quote_speakers *s, uint32_t at, sst_quote *q)
{
    const sst_text *t = s->c->t;
    uint8_t g = gender_of_pronoun(t, at);
    uint32_t sentence = text_sentence_of(t, at);
    uint32_t lo = text_mention_from(t, at);
    bool last_known = s->last_entity != UINT32_MAX || s->last_called.n;
    uint32_t last_sentence = last_known ? text_sentence_of(t, s->last_token) : 0;
    if (g == GENDER_THEY && last_known && sentence - last_sentence <= LOOK_BACK_SENTENCES) {
        take_last(s, q);
        return;
    }
    int best = NEVER;
    uint32_t who = UINT32_MAX;
    for (uint32_t n = 0; n < LOOK_BACK_MENTIONS && lo-- > 0; n++) {
        const sst_mention *x = &t->mention[lo];
        const sst_entity *e = &t->entity[x->entity];
        if (sentence - text_sentence_of(t, x->begin) > LOOK_BACK_SENTENCES)
            break;
        if (x->entity != s->last_entity && outside_prose(t, x->begin))
            continue;
        int score = agrees(e, g, x->end - x->begin);
        if (score == NEVER)
            continue;
        score += place_score(s, lo, sentence);
        if (x->entity == s->last_entity && sentence - last_sentence <= LOOK_BACK_SENTENCES / 2 &&
            (e->kind == NAME_PERSON || g == GENDER_IT || g == GENDER_THEY)) {
            int since = (int)(sentence - last_sentence);
            if (s->c->inside[x->begin])
                score -= SCORE_INSIDE;
            /* a body is named by what it is where it speaks: "the firm said ... it added" */
            if (e->kind != NAME_PERSON && score < SCORE_SUBJECT + SCORE_PER_SENTENCE * since)
                score = SCORE_SUBJECT + SCORE_PER_SENTENCE * since;
            score += SCORE_LAST_SPEAKER + SCORE_LAST_FADES * since;
        }
        if (score > best) {
            best = score;
            who = lo;
        }
    }
    /* an unnamed last speaker: "a spokesman said ... he added" */
    bool one = g == GENDER_HE || g == GENDER_SHE;
    if (one && s->last_entity == UINT32_MAX && !s->last_person)
        last_known = false; /* "according to excerpts ... he said" */
    bool unnamed = last_known && s->last_entity == UINT32_MAX && sentence - last_sentence <= 3 &&
                   !(s->last_plural && one);
    if (unnamed && (who == UINT32_MAX || best < SCORE_SUBJECT + SCORE_PER_SENTENCE ||
                    t->mention[who].begin < s->last_token)) {
        take_last(s, q);
        return;
    }
    if (who != UINT32_MAX) {
        take_entity(s, who, q);
        return;
    }
    if (last_known)
        take_last(s, q);
}

/* ------------------------------------------------------------------ descriptions */

/* Does the list "a|b c|d" (lower case) hold a word or phrase that stands among tokens [begin, end)?
 */
static bool list_fits(const sst_text *t, const char *list, uint32_t begin, uint32_t end)
{
    while (*list) {
        size_t n = strcspn(list, "|");
        for (uint32_t i = begin; i < end; i++) {
            sst_str span = {t->s.p + t->tok[i].begin, t->tok[end - 1].end - t->tok[i].begin};
            if (str_starts_nocase(span, (sst_str){list, n}) &&
                (span.n == n || !byte_is_alpha((unsigned char)span.p[n])))
                return true;
        }
        list += n + (list[n] == '|');
    }
    return false;
}

/* Tokens right behind a mention that tell its office: ", the leader of the ..., " */
static uint32_t apposition_end(const sst_text *t, const sst_mention *x)
{
    uint32_t i = x->full_end;
    if (i >= t->tok_n || !tok_comma(t, i))
        return i;
    uint32_t stop = i + 1;
    while (stop < t->tok_n && stop < i + 16 && t->tok[stop].kind != TOK_SIGN &&
           t->tok[stop].kind != TOK_MARK && !text_is(t, stop, LEX_CUE | LEX_PRONOUN_PERSON))
        stop++;
    return stop;
}

/* The noun of a description: the last noun for a person or body before "of", "in" and their like.
 */
static uint32_t head_noun(const sst_text *t, uint32_t begin, uint32_t end)
{
    uint32_t head = UINT32_MAX;
    if (text_is(t, end - 1, LEX_PERSON_NOUN | LEX_PEOPLE_NOUN) &&
        !(t->tok[end - 1].flags & TOKF_UPPER) && text_mention_at(t, end - 1) == UINT32_MAX) {
        uint32_t of = begin;
        while (of < end && !text_word_is(t, of, "of"))
            of++;
        if (of >= end)
            return end - 1;
    }
    for (uint32_t i = begin; i < end; i++) {
        if (i > begin && text_is(t, i, LEX_PREPOSITION) && t->tok[i].kind == TOK_WORD &&
            head != UINT32_MAX)
            break;
        if (text_is(t, i, LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN | LEX_CUE_NOUN))
            head = i;
    }
    return head;
}

static sst_span trimmed(const sst_text *t, uint32_t begin, uint32_t end)
{
    while (begin + 1 < end &&
           (text_is(t, begin, LEX_DETERMINER) || t->tok[begin].kind == TOK_NUMBER) &&
           (t->tok[begin].kind == TOK_NUMBER || text_word_is(t, begin, "the") ||
            text_word_is(t, begin, "a") || text_word_is(t, begin, "an")))
        begin++;
    return text_span(t, begin, end);
}

static bool is_definite(const sst_text *t, uint32_t begin)
{
    return text_word_is(t, begin, "the") || text_is(t, begin, LEX_PRONOUN_POSSESSIVE) ||
           text_word_is(t, begin, "this") || text_word_is(t, begin, "that");
}

/* "the transport police": all its words stand in the name of one body. */
static bool words_of_name(const sst_text *t, uint32_t begin, uint32_t end, const sst_mention *x)
{
    uint32_t words = 0;
    for (uint32_t i = begin; i < end; i++) {
        if (t->tok[i].kind != TOK_WORD || text_is(t, i, LEX_STOPWORD))
            continue;
        bool there = false;
        for (uint32_t k = x->begin; k < x->end && !there; k++)
            there = t->tok[k].key == t->tok[i].key;
        if (!there)
            return false;
        words++;
    }
    return words > 0 && x->end - x->begin > words;
}

/* "Singapore-based Acme ... the Singapore-based firm": a word in front of the noun stood in front
 * of the name. */
static bool modifier_shared(const sst_text *t, uint32_t begin, uint32_t head, const sst_mention *x)
{
    uint32_t low = x->begin > 4 ? x->begin - 4 : 0;
    for (uint32_t i = begin; i < head; i++) {
        if (t->tok[i].kind != TOK_WORD ||
            text_is(t, i, LEX_STOPWORD | LEX_ADVERB | LEX_NATIONALITY))
            continue;
        for (uint32_t k = x->begin; k-- > low && (t->tok[k].kind == TOK_WORD || tok_is(t, k, "-"));)
            if (t->tok[k].key == t->tok[i].key)
                return true;
    }
    return false;
}

/* No name, no pronoun and no noun for people: nobody who could be shown as a speaker. */
static bool nobody_named(const sst_text *t, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (text_mention_at(t, i) != UINT32_MAX ||
            (t->tok[i].kind == TOK_WORD && (t->tok[i].flags & TOKF_UPPER) &&
             !text_is(t, i, LEX_STOPWORD | LEX_DETERMINER)))
            return false;
    return true;
}

static void resolve_description(quote_speakers *s, uint32_t begin, uint32_t end, sst_quote *q)
{
    const sst_text *t = s->c->t;
    uint32_t head = head_noun(t, begin, end);
    sst_span called = trimmed(t, begin, end);
    q->entity = UINT32_MAX;
    q->speaker = str_span(t->s, called);
    q->speaker_at = called;
    if (head == UINT32_MAX && nobody_named(t, begin, end)) {
        q->speaker = (sst_str){NULL, 0}; /* a clock, a survey, "that" */
        return;
    }
    if (head == UINT32_MAX || !is_definite(t, begin) ||
        (text_is(t, head, LEX_PEOPLE_NOUN) && !text_is(t, head, LEX_ORG_NOUN)))
        return;
    bool body = text_is(t, head, LEX_ORG_NOUN) && !text_is(t, head, LEX_PERSON_NOUN);
    const char *kin = lang_value(t->lang, t->tok[head].lex, LEX_ROLE_KIN);
    uint32_t sentence = text_sentence_of(t, begin);
    uint32_t lo = text_mention_from(t, begin);
    /* "the Republican nominee" is somebody known by then; "the driver" may be anybody */
    int best = head > begin + 1 && !body ? SCORE_SUBJECT / 2 - 1 : SCORE_SUBJECT / 2;
    uint32_t who = UINT32_MAX;
    bool told = false; /* the text tells why it is who */
    for (uint32_t n = 0; n < LOOK_BACK_MENTIONS * 2 && lo-- > 0; n++) {
        const sst_mention *x = &t->mention[lo];
        const sst_entity *e = &t->entity[x->entity];
        int score = 0;
        if (body) {
            if (e->kind == NAME_PERSON || e->kind == NAME_OTHER || e->kind == NAME_PLACE)
                continue;
            if (words_of_name(t, begin, end, x))
                score += SCORE_OFFICE;
            else if (kin && (list_fits(t, kin, x->full_begin, x->full_end) ||
                             list_fits(t, kin, x->full_end, apposition_end(t, x))))
                score += SCORE_KIN;
            else if (modifier_shared(t, begin, head, x))
                score += SCORE_KIN;
        } else {
            if (e->kind == NAME_ORG || e->kind == NAME_PLACE || e->kind == NAME_OTHER)
                continue;
            uint32_t stop = apposition_end(t, x);
            uint8_t gender = text_gender(t, head, LEX_PERSON_NOUN);
            if (gender && e->gender && e->gender != gender)
                continue;
            bool office = false, akin = false;
            for (uint32_t i = x->full_begin; i < stop && !office; i++)
                office = t->tok[i].key == t->tok[head].key;
            if (!office && kin)
                akin = list_fits(t, kin, x->full_begin, stop);
            akin |= modifier_shared(t, begin, head, x);
            score += office ? SCORE_OFFICE : akin ? SCORE_KIN : 0;
            if (e->kind != NAME_PERSON)
                score += SCORE_UNKNOWN_KIND;
        }
        bool evidence = score >= SCORE_KIN + SCORE_UNKNOWN_KIND;
        uint32_t back = sentence - text_sentence_of(t, x->begin);
        if (s->c->inside[x->begin])
            score += SCORE_INSIDE;
        if (is_subject(s->c, lo) || followed_by_verb(t, x))
            score += SCORE_SUBJECT / 2;
        if (possessive(t, x))
            score += SCORE_POSSESSIVE;
        score -= (int)(back / 3);
        if (x->entity == s->last_entity)
            score += SCORE_LAST_SPEAKER;
        if (score > best) {
            best = score;
            who = lo;
            told = evidence;
        }
    }
    /* an earlier, longer description with the same noun: a harbour spokesman ... the spokesman */
    uint32_t earlier = UINT32_MAX;
    for (uint32_t n = 0; n < QUOTE_DESCRIBED_MAX && n < s->described_n; n++) {
        uint32_t k = (s->described_n - 1 - n) % QUOTE_DESCRIBED_MAX;
        if (s->described[k].key == t->tok[head].key && s->described[k].called.n > q->speaker.n) {
            earlier = k;
            break;
        }
    }
    if (earlier != UINT32_MAX && !told) {
        q->speaker = s->described[earlier].called;
        q->speaker_at = s->described[earlier].at;
    } else if (who != UINT32_MAX && text_mention_at(t, head) == UINT32_MAX) {
        q->entity = t->mention[who].entity;
        q->speaker = t->entity[q->entity].name;
        q->speaker_at = text_span(t, t->mention[who].begin, t->mention[who].end);
    } else if (s->last_entity == UINT32_MAX && s->last_called.n) {
        /* the earlier description of the same noun, or one akin to it, is the fuller one: "Israeli
         * army ... the military" */
        bool same = str_find_nocase(s->last_called, text_token(t, head)) >= 0;
        if (!same && kin) {
            const char *l = kin;
            while (*l && !same) {
                size_t n = strcspn(l, "|");
                same = str_find_nocase(s->last_called, (sst_str){l, n}) >= 0;
                l += n + (l[n] == '|');
            }
        }
        if (same && s->last_called.n > q->speaker.n) {
            q->speaker = s->last_called;
            q->speaker_at = s->last_at;
        }
    }
}

/* ------------------------------------------------------------------ all together */

void quote_speaker(quote_speakers *s, uint32_t begin, uint32_t end, sst_quote *q)
{
    const sst_text *t = s->c->t;
    q->entity = UINT32_MAX;
    q->speaker = (sst_str){NULL, 0};
    if (begin >= end)
        return;
    q->speaker_at = text_span(t, begin, end);
    if (end == begin + 1 && text_is(t, begin, LEX_PRONOUN_PERSON | LEX_PRONOUN_POSSESSIVE) &&
        text_mention_at(t, begin) == UINT32_MAX) {
        resolve_pronoun(s, begin, q);
    } else {
        /* a name that opens the phrase, or ends it behind its office */
        uint32_t head = head_noun(t, begin, end), named = UINT32_MAX, first = UINT32_MAX;
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
                if (stop > begin && text_is(t, stop, LEX_PREPOSITION) &&
                    t->tok[stop].kind == TOK_WORD &&
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
            if (named != UINT32_MAX) {
                const sst_mention *x = &t->mention[named];
                uint32_t behind = x->end;
                bool owns = possessive(t, x) && behind + 1 < stop;
                bool noun_behind = false, said_thing = false;
                /* what stands behind a comma tells more of the name: X, the mayor, */
                for (uint32_t i = behind; i < stop && !tok_comma(t, i); i++) {
                    noun_behind |= t->tok[i].kind == TOK_WORD && !(t->tok[i].flags & TOKF_UPPER);
                    said_thing |= text_is(t, i, LEX_CUE_NOUN);
                }
                if (!noun_behind ||
                    (owns && said_thing &&
                     !(head != UINT32_MAX && head > behind && text_is(t, head, LEX_PERSON_NOUN)))) {
                    take_entity(s, named, q);
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
        resolve_description(s, begin, end, q);
    }
done:
    if (q->entity != UINT32_MAX || q->speaker.n) {
        s->last_entity = q->entity;
        s->last_called = q->speaker;
        s->last_at = q->speaker_at;
        s->last_token = begin;
        if (q->entity == UINT32_MAX && q->speaker.n) {
            uint32_t head = head_noun(t, begin, end), k = s->described_n % QUOTE_DESCRIBED_MAX;
            if (head != UINT32_MAX) {
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
