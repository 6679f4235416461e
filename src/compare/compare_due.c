/*
 * Acts of a sentence: see compare_due.h.
 *
 * In: a sentence of the sense; out: acts. A verb behind a word of the future is to come ("is
 * scheduled to meet", "will be approved", "is due in court"); a past is over ("met"); a noun names
 * an act too ("the vote"), by the day beside it, by the verb that says little ("hold talks", "the
 * talks will take place"), or where it is on the agenda. What is "cancelled" or "put off" is off.
 * Method and numbers are ours; the forms of irregular verbs, the words of the future and the nouns
 * are data (time_word, schedule).
 */
#include "compare_due.h"

#include <stdio.h>
#include <string.h>

#include "base_hash.h"
#include "compare_acts.h"
#include "compare_words.h"

enum {
    ACT_GAP = 5,          /* tokens between a word of the future and its verb */
    NOUN_GAP = 5,         /* tokens between the day of an act and the noun behind it */
    NOUN_GAP_BEHIND = 10, /* and between the noun and the day behind it: its verb is there */
    SUBJECT_GAP = 14,     /* tokens between such a noun and the verb of which it is the subject */
    BACK = 2,             /* tokens before a verb in which "not" takes it back */
    ING_LEAST = 6,        /* letters of what goes on: "going" is a word of the future */
    LETTERS = 24          /* of a verb that are looked at */
};

static const char *time_word(const sst_text *t, uint32_t i)
{
    return text_is(t, i, LEX_TIME_WORD) ? lang_value(t->lang, t->tok[i].lex, LEX_TIME_WORD) : NULL;
}

/* The value of a word in the data of what is to come when it is of this kind, else NULL. */
static const char *due(const compare_due_finder *z, const sst_text *t, uint32_t i, const char *kind)
{
    const char *v =
        i - z->from < z->value_n ? z->value[i - z->from] : compare_due(z->words, t->tok[i].key);
    if (!v || *v != *kind)
        return NULL;
    size_t n = strlen(kind);
    return strncmp(v, kind, n) == 0 && (v[n] == 0 || v[n] == ' ') ? v + n + (v[n] == ' ') : NULL;
}

static bool is_future(const compare_due_finder *z, const sst_text *t, uint32_t i)
{
    const char *v = time_word(t, i);
    bool future = v && strcmp(v, "future") == 0;
    if (!future && i + 2 < t->tok_n && due(z, t, i, "to")) /* "is set to meet", not "to the task" */
        future = text_word_is(t, i + 1, "to") && !text_is(t, i + 2, LEX_DETERMINER) &&
                 !(t->tok[i + 2].flags & TOKF_UPPER);
    if (!future && i > 0 && text_is(t, i - 1, LEX_BE)) /* "is to meet", not "at 6.04am to a fire" */
        future =
            i + 1 < t->tok_n && text_word_is(t, i, "to") && !(t->tok[i - 1].flags & TOKF_GLUED);
    /* "had planned to", "would have met" */
    return future && !(i > 0 && text_word_is(t, i - 1, "had")) && !text_word_is(t, i + 1, "have");
}

/*
 * The key of a base form: without what an ending changes ("approve", "approv-ed"), a doubled letter
 * ("planned"), and the y of "carry".
 */
static uint32_t verb_key(const char *p, size_t n, bool past)
{
    char low[LETTERS];
    size_t k = 0;
    for (; k < n && k < sizeof low; k++) {
        unsigned char c = (unsigned char)p[k];
        low[k] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    if (past && k > 3 && low[k - 1] == 'd' && low[k - 2] == 'e')
        k -= 2;
    else if (past && k > 5 && low[k - 1] == 'g' && low[k - 2] == 'n' && low[k - 3] == 'i')
        k -= 3;
    else if (k > 3 && low[k - 1] == 'e')
        k--;
    if (k > 3 && low[k - 1] == low[k - 2])
        k--;
    if (k > 2 && low[k - 1] == 'y')
        low[k - 1] = 'i';
    return k < 2 ? 0 : (uint32_t)hash_bytes(low, k, 11) | 1;
}

static uint32_t act_of_word(const char *word)
{
    return verb_key(word, strlen(word), false);
}

static uint32_t act_at(const sst_text *t, uint32_t i, bool past)
{
    sst_str s = text_token(t, i);
    return verb_key(s.p, s.n, past);
}

/* The base form of a past at token i, 0 when it is none. */
static uint32_t past_at(const compare_due_finder *z, const sst_text *t, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    if (k->kind != TOK_WORD || (k->flags & TOKF_UPPER))
        return 0;
    const char *v = time_word(t, i);
    if (v && strncmp(v, "past ", 5) == 0)
        return act_of_word(v + 5);
    v = due(z, t, i, "past");
    if (v)
        return act_of_word(v);
    size_t n = k->end - k->begin;
    const char *w = t->s.p + k->begin;
    if (n < 5 || w[n - 1] != 'd' || w[n - 2] != 'e' || text_is(t, i, LEX_STOPWORD | LEX_AUXILIARY))
        return 0;
    return act_at(t, i, true);
}

/* The verb of an act that a noun names ("the vote"), 0 when it names none. */
static uint32_t noun_at(const compare_due_finder *z, const sst_text *t, uint32_t i)
{
    const char *v = t->tok[i].kind == TOK_WORD ? due(z, t, i, "act") : NULL;
    return v ? act_of_word(v) : 0;
}

/* The same of the first such noun in [from, to), or of the last one. */
static uint32_t noun_within(const compare_due_finder *z, const sst_text *t, uint32_t from,
                            uint32_t to, bool last)
{
    uint32_t found = 0;
    for (uint32_t i = from; i < to && (last || !found); i++) {
        uint32_t verb = noun_at(z, t, i);
        found = verb ? verb : found;
    }
    return found;
}

enum { DAY_TODAY = 2 };

/* Is the day or month that stands beside token i over (-1) or to come (1), or DAY_TODAY, that of
 * the report itself? 0: none. */
static int day_beside(const sst_text *t, const compare_sentence *c, uint32_t i)
{
    sst_str told = t->article->published;
    uint32_t from = i > c->begin + NOUN_GAP ? i - NOUN_GAP : c->begin;
    for (uint32_t k = text_time_from(t, from); k < t->time_n; k++) {
        const sst_time *x = &t->time[k];
        if (x->begin >= c->end || x->begin > i + NOUN_GAP_BEHIND)
            return 0;
        size_t n = strlen(x->iso) < COMPARE_DAY ? strlen(x->iso) : COMPARE_DAY;
        if (told.n >= COMPARE_DAY && n >= COMPARE_MONTH) {
            int order = strncmp(x->iso, told.p, n);
            return order < 0 ? -1 : order > 0 ? 1 : n == COMPARE_DAY ? DAY_TODAY : 0;
        }
    }
    return 0;
}

/* The base form of what "is travelling on Tuesday" announces at token i, 0 when it is none: a day
 * beside it is to come, or cannot be told where the report has no date. */
static uint32_t going_on_at(const sst_text *t, const compare_sentence *c, uint32_t i)
{
    const sst_token *k = &t->tok[i];
    size_t n = k->end - k->begin;
    if (i == c->begin || k->kind != TOK_WORD || (k->flags & TOKF_UPPER) || n < ING_LEAST ||
        memcmp(t->s.p + k->end - 3, "ing", 3) != 0 || !text_is(t, i - 1, LEX_BE) ||
        text_is(t, i, LEX_STOPWORD | LEX_AUXILIARY | LEX_CUE))
        return 0;
    const char *be = time_word(t, i - 1); /* of its forms, those of the present */
    if (!be || strcmp(be, "back") != 0)
        return 0;
    if (t->article->published.n >= COMPARE_DAY) {
        if (day_beside(t, c, i) != 1)
            return 0;
    } else {
        uint32_t x = text_time_from(t, i);
        if (x >= t->time_n || t->time[x].begin >= c->end || t->time[x].begin > i + NOUN_GAP)
            return 0;
    }
    return act_at(t, i, true);
}

/* "not opened", "is closed", "the wounded", "the badly wounded", "to planned places": no past. */
static bool taken_back(const sst_text *t, uint32_t begin, uint32_t i)
{
    for (uint32_t k = i > begin + BACK ? i - BACK : begin; k < i; k++) {
        const char *v = time_word(t, k);
        sst_str next = text_token(t, k + 1);
        bool adverb = k + 1 < i && (text_is(t, k + 1, LEX_ADVERB) ||
                                    (next.n > 3 && memcmp(next.p + next.n - 2, "ly", 2) == 0));
        if ((text_is(t, k, LEX_DETERMINER) && (k + 1 == i || adverb)) ||
            (v && strcmp(v, "back") == 0) || (k + 1 == i && text_is(t, k, LEX_PREPOSITION)))
            return true;
    }
    return false;
}

static void add(compare_due_finder *z, uint32_t sentence, uint32_t verb, compare_due_state state)
{
    const compare_sentence *c = &z->sense->v[sentence];
    const sst_text *t = z->texts[c->article];
    compare_due_act *a = vec_push(z->arena, &z->acts);
    if (!a)
        return;
    *a = (compare_due_act){.sentence = sentence, .verb = verb, .state = (uint8_t)state};
    for (uint32_t lo = text_time_from(t, c->begin); lo < t->time_n && t->time[lo].begin < c->end;
         lo++)
        if (t->time[lo].iso[0]) {
            snprintf(a->when, sizeof a->when, "%.10s", t->time[lo].iso);
            /* a weekday behind "plan to" was taken for the last one */
            sst_str told = t->article->published;
            size_t n = strlen(a->when);
            if (state == ACT_TO_COME && told.n >= n && strncmp(a->when, told.p, n) < 0)
                a->when[0] = 0;
            return;
        }
}

/* Adds the act of the verb at token i; of one that says little by itself ("hold", "take place")
 * also the act that its object or its subject names. */
static void add_verb(compare_due_finder *z, uint32_t sentence, uint32_t i, uint32_t verb,
                     compare_due_state state)
{
    const compare_sentence *c = &z->sense->v[sentence];
    const sst_text *t = z->texts[c->article];
    add(z, sentence, verb, state);
    if (!due(z, t, i, "light"))
        return;
    uint32_t to = i + 1 + ACT_GAP < c->end ? i + 1 + ACT_GAP : c->end;
    uint32_t from = i > c->begin + SUBJECT_GAP ? i - SUBJECT_GAP : c->begin;
    uint32_t noun = noun_within(z, t, i + 1, to, false);
    noun = noun ? noun : noun_within(z, t, from, i, true);
    if (noun && noun != verb) {
        add(z, sentence, noun, state);
        if (z->acts.n)
            z->acts.v[z->acts.n - 1].weak = true;
    }
}

/* What a word of the future at token i announces. */
static void announced_at(compare_due_finder *z, uint32_t sentence, uint32_t i)
{
    const compare_sentence *c = &z->sense->v[sentence];
    const sst_text *t = z->texts[c->article];
    for (uint32_t k = i + 1; k < c->end && k < i + 1 + ACT_GAP; k++) {
        const char *there = due(z, t, k, "at"); /* "due in court" */
        if (there) {
            add(z, sentence, act_of_word(there), ACT_TO_COME);
            return;
        }
        if (t->tok[k].kind != TOK_WORD || text_word_is(t, k, "not") || due(z, t, k, "back"))
            return; /* "will never open" */
        if (text_is(t, k, LEX_WEEKDAY | LEX_MONTH) || compare_is_time(t, k))
            break;
        if (is_future(z, t, k) ||
            text_is(t, k, LEX_AUXILIARY | LEX_BE | LEX_PREPOSITION | LEX_ADVERB | LEX_STOPWORD) ||
            (t->tok[k].flags & TOKF_UPPER))
            continue;
        uint32_t past = past_at(z, t, k), noun = noun_at(z, t, k); /* "will be approved" */
        uint32_t verb = noun ? noun : past ? past : act_at(t, k, false);
        if (verb)
            add_verb(z, sentence, k, verb, ACT_TO_COME);
        return;
    }
    /* "the talks are scheduled for Tuesday" */
    uint32_t from = i > c->begin + SUBJECT_GAP ? i - SUBJECT_GAP : c->begin;
    uint32_t noun = noun_within(z, t, from, i, true);
    if (noun)
        add(z, sentence, noun, ACT_TO_COME);
}

/* "the visit has been cancelled": the act that the subject names, and what is "called off". */
static bool off_at(compare_due_finder *z, uint32_t sentence, uint32_t i)
{
    const compare_sentence *c = &z->sense->v[sentence];
    const sst_text *t = z->texts[c->article];
    if (!due(z, t, i, "off") &&
        !(text_word_is(t, i, "off") && i > c->begin &&
          (text_word_is(t, i - 1, "called") || text_word_is(t, i - 1, "put"))))
        return false;
    uint32_t from = i > c->begin + SUBJECT_GAP ? i - SUBJECT_GAP : c->begin,
             to = i + 1 + ACT_GAP < c->end ? i + 1 + ACT_GAP : c->end;
    uint32_t noun = noun_within(z, t, from, i, true);
    noun = noun ? noun : noun_within(z, t, i + 1, to, false);
    if (noun)
        add(z, sentence, noun, ACT_OFF);
    return noun != 0;
}

/* The time that stands nearest to token `at` of a sentence; UINT32_MAX: no time. */
static uint32_t nearest_time(const sst_text *t, const compare_sentence *c, uint32_t at)
{
    uint32_t best = UINT32_MAX, gap = UINT32_MAX;
    for (uint32_t k = text_time_from(t, c->begin); k < t->time_n && t->time[k].begin < c->end;
         k++) {
        uint32_t x = t->time[k].begin, apart = x < at ? at - x : x - at;
        if (t->time[k].iso[0] && apart < gap) {
            best = k;
            gap = apart;
        }
    }
    return best;
}

/* Those of a sentence in another language than English. */
static void other_acts(compare_due_finder *z, uint32_t sentence)
{
    const compare_sentence *c = &z->sense->v[sentence];
    const sst_text *t = z->texts[c->article];
    compare_act other[COMPARE_ACTS_MAX];
    uint32_t n = compare_acts(t, c->begin, c->end, other);
    for (uint32_t i = 0; i < n && !z->arena->failed; i++) {
        uint32_t near = nearest_time(t, c, other[i].at);
        add(z, sentence, other[i].verb, other[i].done ? ACT_DONE : ACT_TO_COME);
        if (near != UINT32_MAX && !z->arena->failed)
            snprintf(z->acts.v[z->acts.n - 1].when, sizeof z->acts.v->when, "%.10s",
                     t->time[near].iso);
    }
}

/* The acts of a sentence: what is called off, what a word of the future announces, else what is
 * told in the past. */
void compare_due_acts(compare_due_finder *z, uint32_t sentence)
{
    const compare_sentence *c = &z->sense->v[sentence];
    const sst_text *t = z->texts[c->article];
    if (t->lang->traits) {
        other_acts(z, sentence);
        return;
    }
    if (t->lang != z->lang)
        z->words = compare_same_of(t->lang);
    z->lang = t->lang;
    z->from = c->begin;
    z->value_n = 0; /* each word is asked for several times */
    for (uint32_t i = c->begin; i < c->end && z->value_n < COMPARE_DUE_WORDS; i++)
        z->value[z->value_n++] = compare_due(z->words, t->tok[i].key);
    bool future = false, agenda = false;
    for (uint32_t i = c->begin; i < c->end; i++)
        if (off_at(z, sentence, i))
            return;
    for (uint32_t i = c->begin; i < c->end; i++) {
        agenda |= due(z, t, i, "agenda") != NULL;
        if (!is_future(z, t, i))
            continue;
        future = true;
        announced_at(z, sentence, i);
    }
    for (uint32_t i = c->begin; i < c->end; i++) { /* "the vote on Thursday" */
        uint32_t verb = noun_at(z, t, i);
        int day = verb ? day_beside(t, c, i) : 0;
        if (verb && day == DAY_TODAY && !future)
            add(z, sentence, verb, agenda ? ACT_TO_COME : ACT_DONE);
        else if (verb && day != DAY_TODAY && (day || (agenda && !future)))
            add(z, sentence, verb, day < 0 ? ACT_DONE : ACT_TO_COME);
    }
    for (uint32_t i = c->begin; i < c->end; i++) { /* "is travelling to Ostley on Tuesday" */
        uint32_t verb = going_on_at(t, c, i);
        if (verb) {
            add(z, sentence, verb, ACT_TO_COME);
            future = true;
        }
    }
    if (future)
        return;
    for (uint32_t i = c->begin; i < c->end; i++) {
        uint32_t verb = past_at(z, t, i);
        if (verb && !taken_back(t, c->begin, i))
            add_verb(z, sentence, i, verb, ACT_DONE);
    }
}
