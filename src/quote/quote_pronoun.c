/*
 * A pronoun that speaks -> who is meant, by this article alone.
 *
 * In: the token of the pronoun, what is said, who spoke last. Out: speaker of the quotation. "he"
 * and "she": the persons named before are candidates, newest first; each shows how it stands
 * (subject or not and how near, the last speaker, gender, named in what is said itself), and a
 * weight for each of these, learnt by tools/train/speakers.py, says how likely it is; the best is
 * meant. Other pronouns of the same gender on the way are decided first, from left to right, since
 * writers go on with one person. "it", "they": the body that scores best by points. An unnamed last
 * speaker ("a spokesman said ... he added") is meant when no name stands behind it.
 *
 * Looks back a bounded number of mentions, so the cost of an article is linear in its pronouns.
 */
#include "quote_pronoun_weights.h"
#include "quote_speaker.h"

enum {
    CHAIN_SENTENCES = 2, /* so far behind a pronoun the next of its gender goes on with it */
    CHAIN_TOKENS = 400, /* no more of the text is looked through for pronouns between two sources */
    OBJECT_TOKENS = 3,  /* from a subject to "him" behind its verb */
    MENTIONS_LOG_MAX = 5,
    NEVER = -10000 /* points of who cannot be meant */
};

/* Points of a body that "it" or "they" may mean. Chosen by hand; bench row "speakers". */
static const int SCORE_SUBJECT = 6, SCORE_LAST_SPEAKER = 5, SCORE_LAST_FADES = -1,
                 SCORE_PER_SENTENCE = -2, SCORE_INSIDE = -12, SCORE_POSSESSIVE = -3,
                 SCORE_UNKNOWN_KIND = -4, SCORE_OBJECT = -2;

/* An unnamed speaker is passed over for a person with so many points (in hundredths) who was named
 * since. Chosen by hand on the articles of training. */
static const int SURE_SINCE = 150;

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

/* ------------------------------------------------------------------ he, she */

static bool one_word(sst_str name)
{
    return !memchr(name.p, ' ', name.n);
}

static bool can_be(const sst_text *t, const sst_entity *e, uint8_t gender)
{
    return e->kind != NAME_ORG && e->kind != NAME_PLACE && e->kind != NAME_OTHER &&
           (!e->gender || e->gender == gender) && !quote_is_people(t, e) && !quote_names_work(t, e);
}

/* NAME's rivals, a NAME rally: a noun behind it is what the sentence is about. */
static bool is_modifier(const sst_text *t, const sst_mention *x)
{
    if (quote_possessive(t, x))
        return true;
    if (!tok_word(t, x->end) || (t->tok[x->end].flags & TOKF_UPPER))
        return false;
    if (text_is(t, x->end, LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN | LEX_CUE_NOUN))
        return true;
    return x->begin > 0 && text_is(t, x->begin - 1, LEX_DETERMINER) &&
           t->tok[x->begin - 1].kind == TOK_WORD && !text_is(t, x->end, LEX_STOPWORD | LEX_CUE);
}

/* said NAME, / NAME said */
static bool beside_cue(const sst_text *t, const sst_mention *x)
{
    if (x->full_begin > 0 && text_is(t, x->full_begin - 1, LEX_CUE) &&
        tok_word(t, x->full_begin - 1) && !text_is(t, x->full_begin - 1, LEX_CUE_HEARER))
        return true; /* whom somebody told it is no speaker */
    return tok_word(t, x->end) && text_is(t, x->end, LEX_CUE);
}

static void see_first(const quote_speakers *s, uint32_t m, quote_candidate *c)
{
    const sst_text *t = s->c->t;
    const sst_mention *x = &t->mention[m];
    const sst_entity *e = &t->entity[x->entity];
    c->entity = x->entity;
    c->mention = m;
    memset(c->feature, 0, sizeof c->feature);
    c->feature[PF_PERSON] = e->kind == NAME_PERSON;
    c->feature[PF_ONE_WORD] = e->kind != NAME_PERSON && one_word(e->name);
    c->feature[PF_GENDER] = e->gender != 0;
    c->feature[PF_ONLY_INSIDE] = 1;
    int8_t log = 0;
    for (uint32_t n = e->mention_n; n > 1 && log < MENTIONS_LOG_MAX; n /= 2)
        log++;
    c->feature[PF_MENTIONS] = log;
}

/* One more mention of the candidate, so many sentences back. */
static void see_mention(const quote_speakers *s, uint32_t m, uint32_t back, bool paragraph,
                        quote_candidate *c)
{
    const sst_text *t = s->c->t;
    const sst_mention *x = &t->mention[m];
    if (s->c->inside[x->begin])
        return;
    bool subject = quote_is_subject(s->c, m) || quote_before_verb(t, x);
    c->feature[(subject ? PF_SUBJECT_0 : PF_OTHER_0) + (back < 3 ? back : 3)] = 1;
    if (paragraph)
        c->feature[PF_PARAGRAPH] = 1;
    if (back == 1 && x->full_begin <= t->sent[text_sentence_of(t, x->begin)].begin + 1)
        c->feature[PF_FIRST] = 1;
    if (!c->feature[PF_ONLY_INSIDE])
        return;
    /* the newest outside marks */
    c->feature[PF_ONLY_INSIDE] = 0;
    c->mention = m;
    c->feature[PF_SAID] = beside_cue(t, x);
    c->feature[PF_HEARER] = x->full_begin > 0 && tok_word(t, x->full_begin - 1) &&
                            text_is(t, x->full_begin - 1, LEX_CUE_HEARER);
    c->feature[PF_MODIFIER] = is_modifier(t, x);
    c->feature[PF_BEHIND_PREPOSITION] = x->full_begin > 0 && tok_word(t, x->full_begin - 1) &&
                                        text_is(t, x->full_begin - 1, LEX_PREPOSITION);
}

bool quote_named_among(const sst_text *t, uint32_t begin, uint32_t end, uint32_t entity)
{
    for (uint32_t m = text_mention_from(t, begin); m < t->mention_n && t->mention[m].begin < end;
         m++)
        if (t->mention[m].entity == entity)
            return true;
    return false;
}

bool quote_named_in(const quote_speakers *s, const sst_quote *q, uint32_t entity)
{
    const sst_text *t = s->c->t;
    for (uint32_t i = 0; i < q->content.n; i++)
        if (quote_named_among(t, text_token_at(t, q->content.v[i].begin),
                              text_token_at(t, q->content.v[i].end), entity))
            return true;
    return false;
}

/* NAME, who(m) he ...: the name that the relative clause in front of token `at` belongs to. */
static uint32_t relative_of(const sst_text *t, uint32_t at)
{
    if (at < 2 || !(text_word_is(t, at - 1, "who") || text_word_is(t, at - 1, "whom")))
        return UINT32_MAX;
    uint32_t i = at - 2;
    if (tok_comma(t, i) && i > 0)
        i--;
    uint32_t m = text_mention_at(t, i);
    return m == UINT32_MAX ? m : t->mention[m].entity;
}

/* The first name of the paragraph in front of one that what is said opens: who it is of, mostly. */
static uint32_t announced_by(const quote_speakers *s, uint32_t at, const sst_quote *q)
{
    const sst_text *t = s->c->t;
    uint32_t para = text_para_of(t, at);
    if (!q || !q->content.n || para == 0 || t->para[para - 1].begin >= t->para[para - 1].end ||
        !s->c->inside[t->para[para].begin] || s->c->inside[t->para[para - 1].begin] ||
        text_para_of(t, text_token_at(t, q->content.v[0].begin)) != para)
        return UINT32_MAX;
    uint32_t m = text_mention_from(t, t->para[para - 1].begin);
    if (m >= t->mention_n || t->mention[m].full_begin > t->para[para - 1].begin + 1)
        return UINT32_MAX;
    return t->mention[m].entity;
}

uint32_t quote_candidates(const quote_speakers *s, uint32_t at, const sst_quote *q,
                          quote_candidate *out)
{
    const sst_text *t = s->c->t;
    uint8_t gender = gender_of_pronoun(t, at);
    uint32_t sentence = text_sentence_of(t, at);
    uint32_t paragraph = t->para[text_para_of(t, at)].begin;
    uint32_t last_sentence = s->last_entity != UINT32_MAX ? text_sentence_of(t, s->last_token) : 0;
    uint32_t n = 0, newest = UINT32_MAX, start = t->sent[sentence].begin, back = 0;
    uint32_t lo = text_mention_from(t, at);
    for (uint32_t tried = 0; tried < LOOK_BACK_MENTIONS && lo-- > 0; tried++) {
        const sst_mention *x = &t->mention[lo];
        while (x->begin < start && back <= LOOK_BACK_SENTENCES) {
            back++;
            start = t->sent[sentence - back].begin;
        }
        if (back > LOOK_BACK_SENTENCES)
            break;
        if (!can_be(t, &t->entity[x->entity], gender) ||
            (x->entity != s->last_entity && quote_outside_prose(t, x->begin)))
            continue;
        uint32_t k = 0;
        while (k < n && out[k].entity != x->entity)
            k++;
        if (k == QUOTE_CANDIDATE_MAX)
            continue;
        if (k == n)
            see_first(s, lo, &out[n++]);
        see_mention(s, lo, back, x->begin >= paragraph, &out[k]);
        if (newest == UINT32_MAX && !s->c->inside[x->begin]) {
            newest = k;
            out[k].feature[PF_NEWEST] = 1;
        }
    }
    uint32_t relative = relative_of(t, at), announced = announced_by(s, at, q);
    const quote_chain *chain = &s->chain[gender == GENDER_SHE];
    bool goes_on = chain->token && chain->token < at &&
                   sentence - text_sentence_of(t, chain->token) <= CHAIN_SENTENCES;
    for (uint32_t k = 0; k < n; k++) {
        quote_candidate *c = &out[k];
        if (c->entity == s->last_entity) {
            uint32_t since = sentence - last_sentence;
            c->feature[since < 2 ? PF_LAST_NEAR : since < 4 ? PF_LAST_MIDDLE : PF_LAST_FAR] = 1;
            c->feature[PF_LAST_AND_NEWEST] = newest == k;
        }
        c->feature[PF_IN_CONTENT] = q && quote_named_in(s, q, c->entity);
        c->feature[PF_BEHIND] = quote_named_among(t, at + 1, t->sent[sentence].end, c->entity);
        c->feature[PF_RELATIVE] = relative == c->entity;
        c->feature[PF_ANNOUNCED] = announced == c->entity;
        c->feature[PF_CHAIN] = goes_on && chain->entity == c->entity;
    }
    return n;
}

static int points(const quote_candidate *c)
{
    int sum = 0;
    for (uint32_t i = 0; i < QUOTE_PRONOUN_FEATURES; i++)
        sum += quote_pronoun_weights[i] * c->feature[i];
    return sum;
}

/* NAME accused him: who does it to him is not he. */
static bool does_it_to(const quote_speakers *s, uint32_t at, uint32_t mention)
{
    const sst_text *t = s->c->t;
    const sst_mention *x = &t->mention[mention];
    if (!text_word_is(t, at, "him") || x->end >= at || at - x->end > OBJECT_TOKENS ||
        !quote_before_verb(t, x))
        return false;
    for (uint32_t i = x->end; i < at; i++)
        if (!tok_word(t, i) || text_is(t, i, LEX_CONJUNCTION | LEX_CLAUSE_OPEN))
            return false;
    return true;
}

/* The best candidate, or UINT32_MAX. */
static uint32_t best_of(const quote_speakers *s, uint32_t at, const sst_quote *q, int *best)
{
    quote_candidate v[QUOTE_CANDIDATE_MAX];
    uint32_t n = quote_candidates(s, at, q, v), who = UINT32_MAX;
    *best = NEVER;
    for (uint32_t k = 0; k < n; k++) {
        int sum = points(&v[k]);
        if (sum > *best && !does_it_to(s, at, v[k].mention)) {
            *best = sum;
            who = v[k].mention;
        }
    }
    return who;
}

static void set_chain(quote_speakers *s, uint32_t at, uint8_t gender, uint32_t entity)
{
    s->chain[gender == GENDER_SHE] = (quote_chain){at, entity};
    if (s->chain_at <= at)
        s->chain_at = at + 1;
}

void quote_follow_chain(quote_speakers *s, uint32_t at)
{
    const sst_text *t = s->c->t;
    uint32_t i = s->chain_at;
    if (at > CHAIN_TOKENS && i < at - CHAIN_TOKENS)
        i = at - CHAIN_TOKENS;
    for (; i < at; i++) {
        if (s->c->inside[i] || !text_is(t, i, LEX_PRONOUN_PERSON | LEX_PRONOUN_POSSESSIVE))
            continue;
        uint8_t gender = gender_of_pronoun(t, i);
        if (gender != GENDER_HE && gender != GENDER_SHE)
            continue;
        int best;
        uint32_t who = best_of(s, i, NULL, &best);
        if (who != UINT32_MAX)
            set_chain(s, i, gender, t->mention[who].entity);
    }
    s->chain_at = at;
}

/* ------------------------------------------------------------------ it, they */

/* Points of a body named by mention m, or NEVER. */
static int body_points(const quote_speakers *s, uint32_t m, uint32_t sentence)
{
    const sst_text *t = s->c->t;
    const sst_mention *x = &t->mention[m];
    const sst_entity *e = &t->entity[x->entity];
    if (e->kind == NAME_PERSON || e->kind == NAME_OTHER)
        return NEVER;
    uint32_t back = sentence - text_sentence_of(t, x->begin);
    int score = e->kind == NAME_ORG ? 0 : SCORE_UNKNOWN_KIND;
    score += SCORE_PER_SENTENCE * (int)back;
    if (s->c->inside[x->begin])
        score += SCORE_INSIDE;
    if (quote_possessive(t, x))
        score += SCORE_POSSESSIVE;
    score += quote_is_subject(s->c, m) || quote_before_verb(t, x) ? SCORE_SUBJECT : SCORE_OBJECT;
    return score;
}

static uint32_t best_body(const quote_speakers *s, uint32_t at, int *best)
{
    const sst_text *t = s->c->t;
    uint32_t sentence = text_sentence_of(t, at), lo = text_mention_from(t, at), who = UINT32_MAX;
    bool named = s->last_entity != UINT32_MAX;
    uint32_t last_sentence = named ? text_sentence_of(t, s->last_token) : 0;
    *best = NEVER;
    for (uint32_t n = 0; n < LOOK_BACK_MENTIONS && lo-- > 0; n++) {
        const sst_mention *x = &t->mention[lo];
        if (sentence - text_sentence_of(t, x->begin) > LOOK_BACK_SENTENCES)
            break;
        if (x->entity != s->last_entity && quote_outside_prose(t, x->begin))
            continue;
        int score = body_points(s, lo, sentence);
        if (score == NEVER)
            continue;
        if (x->entity == s->last_entity && sentence - last_sentence <= LOOK_BACK_SENTENCES / 2) {
            int since = (int)(sentence - last_sentence);
            if (s->c->inside[x->begin])
                score -= SCORE_INSIDE;
            /* a body is named by what it is where it speaks: "the firm said ... it added" */
            if (score < SCORE_SUBJECT + SCORE_PER_SENTENCE * since)
                score = SCORE_SUBJECT + SCORE_PER_SENTENCE * since;
            score += SCORE_LAST_SPEAKER + SCORE_LAST_FADES * since;
        }
        if (score > *best) {
            *best = score;
            who = lo;
        }
    }
    return who;
}

/* ------------------------------------------------------------------ all together */

void quote_pronoun(quote_speakers *s, uint32_t at, sst_quote *q)
{
    const sst_text *t = s->c->t;
    uint8_t gender = gender_of_pronoun(t, at);
    bool one = gender == GENDER_HE || gender == GENDER_SHE;
    uint32_t sentence = text_sentence_of(t, at);
    bool last_known = s->last_entity != UINT32_MAX || s->last_called.n;
    uint32_t last_sentence = last_known ? text_sentence_of(t, s->last_token) : 0;
    if (gender == GENDER_THEY && last_known && sentence - last_sentence <= LOOK_BACK_SENTENCES) {
        quote_take_last(s, q);
        return;
    }
    int best;
    uint32_t who;
    if (one) {
        if (!s->seen_again)
            quote_follow_chain(s, at);
        who = best_of(s, at, q, &best);
        uint32_t opener =
            s->last_token < t->sent[sentence].begin ? quote_opener(s, at, false, true) : UINT32_MAX;
        if (opener != UINT32_MAX && (who == UINT32_MAX || t->mention[who].entity != opener) &&
            can_be(t, &t->entity[opener], gender) && t->entity[opener].kind == NAME_PERSON)
            for (uint32_t m = text_mention_from(t, at); m-- > 0;)
                if (t->mention[m].entity == opener) {
                    who = m;
                    break;
                }
    } else {
        who = best_body(s, at, &best);
    }
    uint32_t from, to;
    if (one && quote_opener_unnamed(s, at, gender, &from, &to)) {
        quote_take_words(s, from, to, q);
        return;
    }
    if (one && s->last_entity == UINT32_MAX && !s->last_person)
        last_known = false; /* "according to excerpts ... he said" */
    /* an unnamed last speaker: "a spokesman said ... he added" */
    bool unnamed = last_known && s->last_entity == UINT32_MAX && sentence - last_sentence <= 3 &&
                   !(s->last_plural && one);
    int sure = one ? SURE_SINCE : SCORE_SUBJECT + SCORE_PER_SENTENCE;
    if (unnamed && (who == UINT32_MAX || best < sure || t->mention[who].begin < s->last_token)) {
        quote_take_last(s, q);
        return;
    }
    if (who != UINT32_MAX) {
        quote_take_mention(s, who, q);
        if (one)
            set_chain(s, at, gender, q->entity);
        return;
    }
    if (last_known)
        quote_take_last(s, q);
}
