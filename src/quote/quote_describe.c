/*
 * A description that speaks ("the top diplomat", "the movement") -> who is meant, by this article
 * alone.
 *
 * In: the tokens of the description, what is said, who spoke last. Out: speaker of the quotation.
 * Each person or body named before is looked at once, over all places where it is named: what
 * stands at any of them may fit the description (the same noun among its offices or in an
 * apposition, one that data/lang/en/role_kin.txt says it may stand for, the same adjective), and
 * how near and in what place it was named last tells which of several is meant. Else an earlier,
 * longer description with the same noun; else itself without its article. Somebody who was brought
 * in without a name ("a judge ... the judge") stays unnamed, and so does who is told by another
 * ("his lawyer").
 *
 * Looks back a bounded number of mentions, so the cost of an article is linear in its descriptions.
 */
#include "quote_phrase.h"
#include "quote_speaker.h"

enum {
    DESCRIBE_MENTIONS = 160, /* how many names back, and forward for an office alone */
    DESCRIBE_ENTITIES = 24,  /* the newest of them */
    MODIFIERS_MAX = 2,       /* adjectives that count */
    NEAR_SENTENCES = 3,
    NEAR_ENOUGH = 2,   /* sentences: who was named so lately is not yet fading */
    MAIN_MENTIONS = 3, /* of the body that a report is about, and where it is named first */
    MAIN_SENTENCES = 4
};

/* Points of a candidate. Chosen by hand on the articles of training; bench row "speakers". */
static const int SCORE_OFFICE = 12, SCORE_KIN = 8, SCORE_MODIFIER = 3, SCORE_FORMER = -6,
                 SCORE_SUBJECT = 3, SCORE_LAST_SPEAKER = 5, SCORE_INSIDE = -6,
                 SCORE_POSSESSIVE = -3, SCORE_UNKNOWN_KIND = -4, SCORE_IN_CONTENT = -8,
                 SCORE_FADES_MAX = 8, SCORE_ENOUGH = 3, SCORE_MENTIONS = 2, SCORE_NEAR = 3,
                 SCORE_OPENER = 8, SCORE_MAIN = 8;

typedef struct described {
    uint32_t entity;
    uint32_t mention; /* the newest, outside marks when there is one */
    int evidence;     /* how well what stands at one of its mentions fits */
    int place;        /* how its newest mention stands */
    int near;         /* more for who was named last, when it fits */
    bool holds;       /* an office or title, at one of its mentions */
    bool inside;      /* named between marks alone so far */
} described;

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

/* The same word, or one with the same word at its end (l'avocate, avocate). */
static bool same_noun(const sst_text *t, uint32_t a, uint32_t b)
{
    return t->tok[a].key == t->tok[b].key ||
           (t->lang->traits && t->tok[a].lex && t->tok[a].lex == t->tok[b].lex);
}

/* Tokens right behind a mention that tell its office: ", the leader of the ..., " */
uint32_t quote_apposition_end(const sst_text *t, const sst_mention *x)
{
    uint32_t i = x->full_end;
    if (i >= t->tok_n || !tok_comma(t, i))
        return i;
    uint32_t stop = i + 1;
    while (stop < t->tok_n && stop < i + 16 && t->tok[stop].kind != TOK_SIGN &&
           t->tok[stop].kind != TOK_MARK &&
           !text_is(t, stop, LEX_CUE | LEX_PRONOUN_PERSON | LEX_AUXILIARY | LEX_BE))
        stop++;
    return stop;
}

/* A word for a people or party whose members role_kin.txt knows by their offices. */
static bool is_partisan(const sst_text *t, uint32_t i)
{
    return text_is(t, i, LEX_NATIONALITY) && lang_value(t->lang, t->tok[i].lex, LEX_ROLE_KIN);
}

/* The noun of a description: the last noun for a person or body before "of", "in" and their like.
 */
uint32_t quote_head_noun(const sst_text *t, uint32_t begin, uint32_t end)
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
        if (i > begin && head != UINT32_MAX && t->tok[i].kind == TOK_WORD &&
            text_is(t, i, LEX_PREPOSITION | (t->lang->traits ? LEX_PHRASE_JOIN : 0)))
            break;
        if (text_is(t, i, LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ORG_NOUN | LEX_CUE_NOUN))
            head = i;
    }
    /* the North Carolina Republican: a party stands for who has an office by it */
    for (uint32_t i = begin + 1; i < end && head == UINT32_MAX; i++)
        if (is_partisan(t, i))
            head = i;
    return head;
}

static sst_span trimmed(const sst_text *t, uint32_t begin, uint32_t end)
{
    while (begin + 1 < end && !(tok_is(t, begin + 1, "-") && tok_glued(t, begin + 1)) &&
           (text_is(t, begin, LEX_DETERMINER) || t->tok[begin].kind == TOK_NUMBER) &&
           (t->tok[begin].kind == TOK_NUMBER || text_word_is(t, begin, "the") ||
            text_word_is(t, begin, "a") || text_word_is(t, begin, "an")) &&
           !t->lang->traits)
        begin++;
    return text_span(t, begin, end);
}

static bool is_definite(const sst_text *t, uint32_t begin)
{
    if (t->lang->traits)
        return quote_is_article(t, begin, "the") || text_is(t, begin, LEX_PRONOUN_POSSESSIVE);
    return text_word_is(t, begin, "the") || text_is(t, begin, LEX_PRONOUN_POSSESSIVE) ||
           text_word_is(t, begin, "this") || text_word_is(t, begin, "that");
}

/* House speaker, GOP nominee: an office without an article, as headlines have it. */
static bool is_bare(const sst_text *t, uint32_t begin, uint32_t head)
{
    return head != UINT32_MAX && tok_word(t, begin) && head > begin && head - begin <= 3 &&
           (t->tok[begin].flags & TOKF_UPPER) &&
           !text_is(t, begin, LEX_DETERMINER | LEX_STOPWORD) && text_is(t, head, LEX_PERSON_NOUN) &&
           !text_is(t, head, LEX_PEOPLE_NOUN);
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

/* ------------------------------------------------------------------ what fits */

typedef struct description {
    uint32_t begin, end, head;
    const char *kin;
    uint8_t gender;
    bool body, former;
    bool office; /* its noun is one that stands before names: the senator */
    bool company;
} description;

static bool said_former(const sst_text *t, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (text_word_is(t, i, "former") || text_word_is(t, i, "ex"))
            return true;
    return false;
}

/* How many adjectives of the description stand in front of the name or in its apposition. */
static int modifiers_shared(const sst_text *t, const description *d, const sst_mention *x,
                            uint32_t begin, uint32_t end)
{
    int shared = 0;
    for (uint32_t i = d->begin; i < d->head && shared < MODIFIERS_MAX; i++) {
        if (t->tok[i].kind != TOK_WORD || text_is(t, i, LEX_STOPWORD | LEX_ADVERB) ||
            text_word_is(t, i, "former"))
            continue;
        for (uint32_t k = begin; k < end; k++)
            if (t->tok[k].key == t->tok[i].key && (k < x->begin || k >= x->end)) {
                shared++;
                break;
            }
    }
    return shared;
}

static int person_evidence(const sst_text *t, const description *d, const sst_mention *x)
{
    uint32_t from = quote_label_begin(t, x), stop = quote_apposition_end(t, x);
    int score = 0;
    for (uint32_t i = from; i < stop && !score; i++)
        if (same_noun(t, i, d->head) && (i < x->begin || i >= x->end))
            score = SCORE_OFFICE;
    if (!score && d->kin &&
        (list_fits(t, d->kin, from, x->begin) || /* not the name itself */
         list_fits(t, d->kin, x->end, stop)))
        score = SCORE_KIN;
    int shared = modifiers_shared(t, d, x, from, stop);
    if (!score && !d->office && modifier_shared(t, d->begin, d->head, x))
        score = SCORE_MODIFIER; /* the Ohio native: a word before the name, too */
    score += SCORE_MODIFIER * shared;
    if (score && d->former != said_former(t, from, stop))
        score += SCORE_FORMER;
    return score;
}

/* Dr NAME, Mayor NAME: an office or title in front of the name; Mr and its like are none. */
static bool holds_office(const sst_text *t, const sst_mention *x)
{
    for (uint32_t i = x->full_begin; i < x->begin; i++)
        if (text_is(t, i, LEX_HONORIFIC) &&
            (text_is(t, i, LEX_PERSON_NOUN) || !lang_value(t->lang, t->tok[i].lex, LEX_HONORIFIC)))
            return true;
    return false;
}

static int body_evidence(const sst_text *t, const description *d, const sst_mention *x)
{
    if (words_of_name(t, d->begin, d->end, x))
        return SCORE_OFFICE;
    uint32_t from = quote_label_begin(t, x);
    for (uint32_t i = from; i < x->begin; i++)
        if (t->tok[i].key == t->tok[d->head].key)
            return SCORE_OFFICE; /* the oil company NAME */
    if (d->kin && (list_fits(t, d->kin, from, x->full_end) ||
                   list_fits(t, d->kin, x->full_end, quote_apposition_end(t, x))))
        return SCORE_KIN;
    return modifier_shared(t, d->begin, d->head, x) ? SCORE_KIN : 0;
}

static bool can_be(const sst_text *t, const description *d, const sst_entity *e)
{
    if (d->body)
        return e->kind != NAME_PERSON && e->kind != NAME_OTHER && e->kind != NAME_PLACE &&
               !quote_is_people(t, e);
    return e->kind != NAME_ORG && e->kind != NAME_PLACE && e->kind != NAME_OTHER &&
           !(d->gender && e->gender && e->gender != d->gender) && !quote_is_people(t, e) &&
           !quote_names_work(t, e);
}

/* The persons or bodies named before, with their points. */
static uint32_t gather(const quote_speakers *s, const description *d, described *out)
{
    const sst_text *t = s->c->t;
    uint32_t sentence = text_sentence_of(t, d->begin), n = 0;
    uint32_t lo = text_mention_from(t, d->begin);
    for (uint32_t tried = 0; tried < DESCRIBE_MENTIONS && lo-- > 0; tried++) {
        const sst_mention *x = &t->mention[lo];
        if (!can_be(t, d, &t->entity[x->entity]) ||
            (d->company && lang_value(t->lang, t->tok[x->end - 1].lex, LEX_ORG_NOUN)))
            continue; /* a union, a hospital is no company */
        uint32_t k = 0;
        while (k < n && out[k].entity != x->entity)
            k++;
        if (k == DESCRIBE_ENTITIES)
            continue;
        bool inside = s->c->inside[x->begin];
        if (k == n)
            out[n++] = (described){x->entity, lo, 0, 0, 0, false, true};
        if (out[k].inside && (!inside || out[k].mention == lo)) {
            uint32_t back = sentence - text_sentence_of(t, x->begin);
            int fades = (int)(back / 3);
            out[k].mention = lo;
            out[k].inside = inside;
            out[k].place = -(fades < SCORE_FADES_MAX ? fades : SCORE_FADES_MAX);
            out[k].near = back < NEAR_ENOUGH ? SCORE_NEAR - (int)back : 0;
            if (quote_is_subject(s->c, lo) || quote_before_verb(t, x))
                out[k].place += SCORE_SUBJECT;
            if (quote_possessive(t, x))
                out[k].place += SCORE_POSSESSIVE;
        }
        int fits = d->body ? body_evidence(t, d, x) : person_evidence(t, d, x);
        out[k].holds |= holds_office(t, x);
        if (fits > out[k].evidence)
            out[k].evidence = fits;
    }
    return n;
}

/* "the president", before anybody was called so: whom the article calls President NAME, the one
 * whom it names most. */
static uint32_t titled_later(const quote_speakers *s, const description *d)
{
    const sst_text *t = s->c->t;
    uint32_t who = UINT32_MAX, from = text_mention_from(t, d->begin);
    for (uint32_t m = from; m < t->mention_n && m - from < DESCRIBE_MENTIONS; m++) {
        const sst_mention *x = &t->mention[m];
        if (x->begin == x->full_begin || t->tok[x->begin - 1].key != t->tok[d->head].key ||
            said_former(t, quote_label_begin(t, x), x->begin))
            continue;
        if (who == UINT32_MAX ||
            t->entity[x->entity].mention_n > t->entity[t->mention[who].entity].mention_n)
            who = m;
    }
    return who;
}

/* ------------------------------------------------------------------ who is meant */

/* The body that the report is about: named in its beginning, and half as often again as any other.
 */
static uint32_t main_body(const quote_speakers *s, const described *v, uint32_t n)
{
    const sst_text *t = s->c->t;
    uint32_t best = 0, second = 0, who = UINT32_MAX;
    for (uint32_t k = 0; k < n; k++) {
        const sst_entity *e = &t->entity[v[k].entity];
        if (e->mention_n <= best) {
            second = e->mention_n > second ? e->mention_n : second;
            continue;
        }
        second = best;
        best = e->mention_n;
        const sst_mention *x = &t->mention[e->first];
        bool named = text_sentence_of(t, x->begin) < MAIN_SENTENCES &&
                     !text_is(t, x->begin, LEX_FIRST_NAME | LEX_PLACE | LEX_NATIONALITY);
        who = named ? v[k].entity : UINT32_MAX;
    }
    return best >= MAIN_MENTIONS && 2 * best >= 3 * second ? who : UINT32_MAX;
}

/* "the mayor", "the Attorney General": whoever has the office. */
static bool office_alone(const sst_text *t, const description *d)
{
    for (uint32_t i = d->begin + 1; i < d->head; i++)
        if (!text_is(t, i, LEX_ROLE_WORD | LEX_HONORIFIC | LEX_PERSON_NOUN) ||
            text_word_is(t, i, "former"))
            return false;
    return d->office;
}

/* "L'équipe d'Ida Brandt ... La chercheuse estime": the only person named right before, of the
 * gender that the noun tells. */
static bool only_near(const sst_text *t, const description *d, const described *v, uint32_t n,
                      uint32_t k)
{
    const sst_entity *e = &t->entity[v[k].entity];
    if (d->body || d->end != d->head + 1 || !d->gender || d->gender != e->gender || !v[k].near)
        return false;
    for (uint32_t i = 0; i < n; i++)
        if (i != k && v[i].near)
            return false;
    return true;
}

static uint32_t best_described(const quote_speakers *s, const description *d, const sst_quote *q,
                               bool *told)
{
    const sst_text *t = s->c->t;
    described v[DESCRIBE_ENTITIES];
    uint32_t n = gather(s, d, v), who = UINT32_MAX;
    uint32_t sentence = text_sentence_of(t, d->begin);
    uint32_t opener = quote_opener(s, d->begin, d->body, false);
    uint32_t subject = d->company && opener == UINT32_MAX ? main_body(s, v, n) : UINT32_MAX;
    bool alone = office_alone(t, d), owned = false;
    for (uint32_t i = d->begin; i < d->head && !d->body; i++)
        owned |= t->tok[i].kind == TOK_CLITIC;
    bool near = s->last_entity != UINT32_MAX &&
                sentence - text_sentence_of(t, s->last_token) <= NEAR_SENTENCES;
    /* "the Republican nominee" is somebody known by then; "the driver" may be anybody */
    int best = d->head > d->begin + 1 && !d->body && !alone ? SCORE_ENOUGH - 1 : SCORE_ENOUGH;
    *told = false;
    for (uint32_t k = 0; k < n; k++) {
        const sst_entity *e = &t->entity[v[k].entity];
        if (!d->body && quote_named_among(t, d->begin, d->end, v[k].entity))
            continue; /* the Acme employee */
        int score = v[k].evidence + v[k].place;
        bool last = v[k].entity == s->last_entity;
        if (v[k].inside)
            score += SCORE_INSIDE;
        if (!d->body && e->kind != NAME_PERSON)
            score += SCORE_UNKNOWN_KIND;
        if (last)
            score += SCORE_LAST_SPEAKER;
        if (quote_named_in(s, q, v[k].entity) ||
            quote_named_among(t, d->end, t->sent[sentence].end, v[k].entity))
            score += SCORE_IN_CONTENT;
        for (uint32_t m = e->mention_n; m > 1 && !d->body; m /= 2)
            score += SCORE_MENTIONS;
        bool fits = v[k].evidence >= SCORE_KIN + SCORE_UNKNOWN_KIND;
        if (fits)
            score += v[k].near;
        else if (alone && v[k].holds)
            continue; /* who is called Dr is no governor */
        if (v[k].entity == subject)
            score += SCORE_MAIN;
        if (v[k].entity == opener && (d->body || !alone))
            score += SCORE_OPENER;
        if (!fits && owned && v[k].entity != opener)
            continue; /* the airline's spokesman */
        /* nothing tells that it is, and the noun is none that known people are called by */
        bool goes_on = last && near && (d->body || (d->gender && e->gender));
        if (t->lang
                ->traits) { /* "X criticó ... El portavoz agregó": who spoke last by his office */
            goes_on = last && !d->body && d->end == d->head + 1 &&
                      sentence - text_sentence_of(t, s->last_token) <= 1;
            if (!goes_on && only_near(t, d, v, n, k)) {
                goes_on = true;
                score += SCORE_ENOUGH;
            }
        }
        if (!fits && !d->kin && !goes_on)
            continue;
        if (score > best) {
            best = score;
            who = v[k].mention;
            *told = fits;
        }
    }
    return who;
}

/* An earlier, longer description with the same noun: a harbour spokesman ... the spokesman. */
static bool take_earlier(const quote_speakers *s, const description *d, sst_quote *q)
{
    const sst_text *t = s->c->t;
    for (uint32_t n = 0; n < QUOTE_DESCRIBED_MAX && n < s->described_n; n++) {
        uint32_t k = (s->described_n - 1 - n) % QUOTE_DESCRIBED_MAX;
        if (s->described[k].key == t->tok[d->head].key && s->described[k].called.n > q->speaker.n &&
            !quote_names_several(s->described[k].called)) {
            q->speaker = s->described[k].called;
            q->speaker_at = s->described[k].at;
            return true;
        }
    }
    return false;
}

/* The last speaker, when it was called by the same noun or one akin to it, and by more: "Israeli
 * army ... the military". */
static void take_akin(const quote_speakers *s, const description *d, sst_quote *q)
{
    if (s->last_entity != UINT32_MAX || s->last_called.n <= q->speaker.n ||
        quote_names_several(s->last_called))
        return;
    bool same = str_find_nocase(s->last_called, text_token(s->c->t, d->head)) >= 0;
    for (const char *l = d->kin; l && *l && !same;) {
        size_t n = strcspn(l, "|");
        same = str_find_nocase(s->last_called, (sst_str){l, n}) >= 0;
        l += n + (l[n] == '|');
    }
    if (same)
        quote_take_last(s, q);
}

/* the Tarnow Daily newspaper, the Acme group: the body whose name stands in front of what it is;
 * UINT32_MAX for none. */
static uint32_t named_body(const sst_text *t, uint32_t begin, uint32_t end, uint32_t head)
{
    if (head != end - 1 || head == begin || !text_is(t, head, LEX_ORG_NOUN) ||
        !lang_value(t->lang, t->tok[head].lex, LEX_ROLE_KIN))
        return UINT32_MAX;
    uint32_t m = text_mention_at(t, head - 1);
    if (m == UINT32_MAX || t->mention[m].end != head)
        return UINT32_MAX;
    for (uint32_t i = t->mention[m].begin; i < head; i++)
        if (text_is(t, i, LEX_NATIONALITY | LEX_PLACE))
            return UINT32_MAX; /* the US military */
    return t->entity[t->mention[m].entity].kind == NAME_ORG ? m : UINT32_MAX;
}

/* company, firm, chipmaker: may it stand for what is called Inc or Ltd? */
static bool kin_of_company(const sst_text *t, const char *kin)
{
    while (*kin) {
        size_t n = strcspn(kin, "|");
        uint16_t row = lang_row(t->lang, (sst_str){kin, n});
        if (lang_classes(t->lang, row) & LEX_COMPANY_SUFFIX)
            return true;
        kin += n + (kin[n] == '|');
    }
    return false;
}

void quote_take_words(const quote_speakers *s, uint32_t begin, uint32_t end, sst_quote *q)
{
    sst_span called = trimmed(s->c->t, begin, end);
    q->entity = UINT32_MAX;
    q->speaker = str_span(s->c->t->s, called);
    q->speaker_at = called;
}

void quote_description(quote_speakers *s, uint32_t begin, uint32_t end, sst_quote *q)
{
    const sst_text *t = s->c->t;
    uint32_t head = quote_head_noun(t, begin, end);
    quote_take_words(s, begin, end, q);
    /* the Italian, the 34-year-old: nobody is called so but who was just brought in */
    if (head == UINT32_MAX && is_definite(t, begin) && quote_of_people_or_age(t, begin, end)) {
        uint32_t who = quote_opener(s, begin, false, false);
        if (who != UINT32_MAX) {
            quote_take_entity(s, who, q);
            return;
        }
    }
    if ((head == UINT32_MAX && quote_names_nobody(t, begin, end)) ||
        quote_ends_in_thing(t, begin, end, head)) {
        q->speaker = (sst_str){NULL, 0}; /* a clock, a survey, "that" */
        return;
    }
    bool bare = is_bare(t, begin, head);
    if (head == UINT32_MAX || (!is_definite(t, begin) && !bare) ||
        (text_is(t, head, LEX_PEOPLE_NOUN) && !text_is(t, head, LEX_ORG_NOUN)))
        return;
    if (text_is(t, begin, LEX_PRONOUN_POSSESSIVE))
        return; /* his lawyer: whose it is says nothing of the name */
    uint32_t self = named_body(t, begin, end, head);
    if (self != UINT32_MAX) {
        quote_take_mention(s, self, q);
        return;
    }
    description d = {.begin = begin,
                     .end = end,
                     .head = head,
                     .kin = lang_value(t->lang, t->tok[head].lex, LEX_ROLE_KIN),
                     .gender = text_gender(t, head, LEX_PERSON_NOUN),
                     .body = text_is(t, head, LEX_ORG_NOUN) && !text_is(t, head, LEX_PERSON_NOUN),
                     .former = said_former(t, begin, head),
                     .office = text_is(t, head, LEX_HONORIFIC)};
    d.company = d.body && d.kin && head == end - 1 && kin_of_company(t, d.kin);
    bool told;
    uint32_t who = best_described(s, &d, q, &told);
    if (bare && !told)
        return; /* House speaker says: without an article only what fits */
    if (d.body && who != UINT32_MAX && t->mention[who].entity == s->last_entity &&
        text_sentence_of(t, begin) - text_sentence_of(t, s->last_token) <= 1)
        told = true;   /* "Acme said ... The company added" */
    bool plain = true; /* the president, the Latin American pope; not the vice president */
    for (uint32_t i = begin + 1; i < head; i++)
        plain &= (t->tok[i].flags & TOKF_UPPER) && text_is(t, i, LEX_NATIONALITY | LEX_PLACE);
    if (!told && !d.body && plain) {
        uint32_t later = titled_later(s, &d);
        if (later != UINT32_MAX) {
            who = later;
            told = true;
        }
    }
    uint32_t unnamed = who == UINT32_MAX || d.body ? 0 : quote_brought_in(t, d.begin, d.head);
    if (unnamed && (!told || (t->mention[who].begin < unnamed))) {
        who = UINT32_MAX;
        told = false;
    }
    if (!told && take_earlier(s, &d, q))
        return;
    if (who != UINT32_MAX && (text_mention_at(t, head) == UINT32_MAX || is_partisan(t, head)))
        quote_take_mention(s, who, q);
    else
        take_akin(s, &d, q);
}
