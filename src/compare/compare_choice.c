/*
 * Choice: are two phrases in one place other words for one thing?
 *
 * in: two phrases that stand between equal words; out: yes, and the phrases without determiners.
 * Method: what another part of the report tells is sorted out by kind, one rule each:
 *
 *   between quotation marks      a version of what was said
 *   letters, spelling, a slip    a form of one word (compare_form.c)
 *   numbers, days, ordinals      figures and times
 *   names on both sides          other persons, or the names' own table
 *   "not", a preposition, "said", a pronoun on one side alone      another sentence
 *   the same stem on both sides  another ending
 *
 * What is left is a choice when the words are near each other in the language (same_word,
 * near_word), or when the equal words around are so many that nothing else can stand there.
 */
#include "compare_words.h"

#include <string.h>

enum {
    STEM = 5,       /* letters that two forms of one word begin with */
    STEM_SHORT = 4, /* of a word of four letters: its all */
    LETTERS = 24,   /* of a word that are looked at */
    /* Equal words around phrases that are near in meaning, in two sentences that say the same... */
    NEAR_FLANKS = 2,
    /* ...and around others: in copied text, on the weaker side and together; in sentences. Counted
       by hand on stories of the two sets (docs/decisions/0066). */
    FAR_FLANK = 3,
    FAR_FLANKS = 8,
    FAR_SENTENCE = 2,
    FAR_SENTENCES = 5
};

/* A word that says something, in bits: see compare_gap.c. */
static const float CONTENT = 3;

/* What one side is made of. */
typedef struct side {
    const sst_text *t;
    compare_phrase *p;
    uint32_t content[WORDS_LONGEST]; /* tokens of words that say something */
    uint32_t content_n;
    uint32_t mention; /* that it touches, UINT32_MAX: none */
    bool name, known; /* a capital that no sentence asks for; a noun for persons, bodies, places */
    bool cue, negated, opened, pronoun, barred;
} side;

static uint64_t opening(void)
{
    return LEX_PREPOSITION | LEX_CONJUNCTION | LEX_CLAUSE_OPEN | LEX_QUESTION;
}

static bool is_glue(const sst_text *t, uint32_t i)
{
    sst_str s = text_token(t, i);
    return s.n == 1 && (*s.p == '-' || *s.p == '\'');
}

static bool look_at(const sst_findings *f, compare_phrase *p, side *s)
{
    const sst_text *t = f->texts[p->article];
    *s = (side){.t = t, .p = p, .mention = UINT32_MAX};
    while (p->begin < p->end && (text_is(t, p->begin, LEX_DETERMINER | LEX_PRONOUN_POSSESSIVE) ||
                                 t->tok[p->begin].kind == TOK_CLITIC))
        p->begin++;
    while (p->end > p->begin && t->tok[p->end - 1].kind == TOK_CLITIC)
        p->end--;
    if (p->begin == p->end || p->end - p->begin > WORDS_LONGEST)
        return false;
    s->opened = text_is(t, p->begin, opening()) || text_word_is(t, p->begin, "to");
    for (uint32_t i = p->begin; i < p->end; i++) {
        const sst_token *k = &t->tok[i];
        if (k->kind == TOK_NUMBER || k->kind == TOK_MARK || (k->kind == TOK_SIGN && !is_glue(t, i)))
            return false;
        s->barred |= text_is(t, i,
                             LEX_NUMBER_WORD | LEX_ORDINAL | LEX_WEEKDAY | LEX_MONTH |
                                 LEX_FRACTION | LEX_MAGNITUDE) ||
                     compare_is_time(t, i);
        s->negated |= text_word_is(t, i, "not") || text_word_is(t, i, "no") ||
                      text_word_is(t, i, "never") ||
                      (k->end - k->begin > 3 && memcmp(t->s.p + k->end - 3, "n't", 3) == 0);
        s->pronoun |=
            text_is(t, i, LEX_PRONOUN_PERSON | LEX_ANYBODY | LEX_NOBODY) ||
            (k->end - k->begin < 3 && text_is(t, i, LEX_STOPWORD) &&
             (text_word_is(t, i, "it") || text_word_is(t, i, "i") || text_word_is(t, i, "we")));
        s->cue |= text_is(t, i, LEX_CUE);
        s->name |= (k->flags & TOKF_UPPER) && !(k->flags & TOKF_SENT) &&
                   !text_is(t, i, LEX_NATIONALITY | LEX_HONORIFIC | LEX_ROLE_WORD);
        s->known |= text_is(t, i,
                            LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ROLE_WORD | LEX_ORG_NOUN |
                                LEX_PERSON_OR_BODY);
        uint32_t m = text_mention_at(t, i);
        s->mention = m != UINT32_MAX ? m : s->mention;
        bool behind_hyphen = i > p->begin && (k->flags & TOKF_GLUED) && is_glue(t, i - 1);
        if (k->kind == TOK_WORD && !text_is(t, i, LEX_STOPWORD) &&
            (behind_hyphen || lang_rarity(k->key) >= CONTENT))
            s->content[s->content_n++] = i;
    }
    return s->content_n > 0;
}

bool compare_one_stem(const sst_text *t, uint32_t i, const sst_text *u, uint32_t k)
{
    sst_str a = text_token(t, i), b = text_token(u, k);
    size_t n = 0;
    while (n < a.n && n < b.n && n < LETTERS && (a.p[n] | 32) == (b.p[n] | 32))
        n++;
    size_t shorter = a.n < b.n ? a.n : b.n;
    return n >= STEM || (n >= STEM_SHORT && n == shorter) || (n > 2 && n == a.n && n == b.n);
}

static uint32_t shared(const uint16_t *v, uint16_t n, const uint16_t *w, uint16_t m)
{
    uint32_t sum = 0;
    for (uint16_t p = 0; p < n; p++)
        for (uint16_t q = 0; q < m; q++)
            sum += v[p] == w[q];
    return sum;
}

uint32_t compare_near_words(const sst_text *t, uint32_t i, const sst_text *u, uint32_t k)
{
    const compare_same *same = compare_same_of(t->lang);
    if (!same || same != compare_same_of(u->lang))
        return 0;
    uint32_t x = t->tok[i].key, y = u->tok[k].key;
    uint16_t group = compare_same_group(same, x), n, m;
    if (group && group == compare_same_group(same, y))
        return NEAR_SURE;
    const uint16_t *v = compare_choices(same, x, &n), *w = compare_choices(same, y, &m);
    if (shared(v, n, w, m))
        return NEAR_SURE;
    v = compare_near(same, x, &n);
    w = compare_near(same, y, &m);
    return shared(v, n, w, m);
}

bool compare_is_time(const sst_text *t, uint32_t i)
{
    const char *v =
        text_is(t, i, LEX_TIME_WORD) ? lang_value(t->lang, t->tok[i].lex, LEX_TIME_WORD) : NULL;
    return v && (strncmp(v, "day", 3) == 0 || strncmp(v, "unit", 4) == 0 ||
                 strncmp(v, "part", 4) == 0 || strncmp(v, "vague", 5) == 0);
}

/* "-ing" and "-ly" make another kind of word of it. */
static int ending(const side *s)
{
    sst_str w = text_token(s->t, s->content[s->content_n - 1]);
    if (w.n > 4 && memcmp(w.p + w.n - 3, "ing", 3) == 0)
        return 1;
    return w.n > 4 && memcmp(w.p + w.n - 2, "ly", 2) == 0 ? 2 : 0;
}

bool compare_in_marks(const compare_words *w, const compare_phrase *p)
{
    const compare_marked *m = &w->marked[p->article];
    sst_span at = text_span(w->f->texts[p->article], p->begin, p->end);
    uint32_t lo = 0, hi = m->n;
    while (lo < hi) { /* the first that ends behind the beginning of the phrase */
        uint32_t mid = (lo + hi) / 2;
        if (m->v[mid].end <= at.begin)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < m->n && m->v[lo].begin < at.end;
}

/* A name on one side alone: the other must say who or what that is ("the company"). */
static bool names_fit(const side *a, const side *b)
{
    bool x = a->mention != UINT32_MAX || a->name, y = b->mention != UINT32_MAX || b->name;
    if (x && y)
        return false;
    return (!x || b->known) && (!y || a->known);
}

bool compare_is_choice(const compare_words *w, compare_phrase *p, compare_phrase *q,
                       compare_flanks flanks)
{
    side a, b;
    if (!look_at(w->f, p, &a) || !look_at(w->f, q, &b) || a.barred || b.barred || a.pronoun ||
        b.pronoun || a.opened != b.opened || a.negated != b.negated || a.cue != b.cue ||
        !names_fit(&a, &b) || compare_in_marks(w, p) || compare_in_marks(w, q) ||
        compare_is_form(a.t, p, b.t, q))
        return false;
    bool related = false;
    for (uint32_t i = 0; i < a.content_n; i++)
        for (uint32_t k = 0; k < b.content_n; k++) {
            if (compare_one_stem(a.t, a.content[i], b.t, b.content[k]))
                return false;
            related |= compare_near_words(a.t, a.content[i], b.t, b.content[k]) > 0;
        }
    uint32_t least = flanks.before < flanks.behind ? flanks.before : flanks.behind,
             all = flanks.before + flanks.behind;
    if (ending(&a) != ending(&b))
        return false;
    if (related)
        return least > 0 && all >= NEAR_FLANKS;
    return flanks.same_sentence ? least >= FAR_SENTENCE && all >= FAR_SENTENCES
                                : least >= FAR_FLANK && all >= FAR_FLANKS;
}
