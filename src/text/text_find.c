/*
 * Look-ups in a text: what a token is in the lexicon, which sentence, paragraph, mention or time a
 * token belongs to, which token stands at a byte. All arrays are in order, so all are searches in
 * halves.
 */
#include "text.h"

uint8_t text_gender(const sst_text *t, uint32_t i, uint64_t one_class)
{
    const char *value = i < t->tok_n ? lang_value(t->lang, t->tok[i].lex, one_class) : NULL;
    return (uint8_t)(!value ? GENDER_UNKNOWN : value[0] == 's' ? GENDER_SHE : GENDER_HE);
}

enum {
    PHRASE_MAX = 8, /* words of the longest phrase that is looked for */
    MOVE_GAP = 3    /* tokens between "fell", "from" and its number */
};

uint32_t text_phrase(const sst_text *t, uint32_t i, uint32_t end, uint64_t classes)
{
    if (end > t->tok_n)
        end = t->tok_n;
    if (i >= end || !t->tok[i].lex)
        return 0;
    uint32_t keys[PHRASE_MAX], n = 0;
    while (n < PHRASE_MAX && i + n < end) {
        keys[n] = t->tok[i + n].key;
        n++;
    }
    uint32_t best = lang_phrase(t->lang, keys, n, classes);
    if (!best && text_is(t, i, classes))
        best = 1;
    return best;
}

/* First element of a sorted array whose field is not below `at`; count when there is none. Without
 * a branch on what is found: no processor can foretell it. */
#define FIRST_FROM(array, count, field, at, result)                                                \
    do {                                                                                           \
        uint32_t lo_ = 0, n_ = (count), at_ = (at);                                                \
        while (n_ > 1) {                                                                           \
            uint32_t half_ = n_ / 2;                                                               \
            lo_ += half_ & (0 - (uint32_t)((array)[lo_ + half_ - 1].field < at_));                 \
            n_ -= half_;                                                                           \
        }                                                                                          \
        (result) = lo_ + (n_ == 1 && (array)[lo_].field < at_);                                    \
    } while (0)

/* Last element whose begin is not behind i. */
#define LAST_NOT_BEHIND(array, count, i, result)                                                   \
    do {                                                                                           \
        FIRST_FROM(array, count, begin, (i) + 1, result);                                          \
        (result) -= (result) > 0;                                                                  \
    } while (0)

uint32_t text_sentence_of(const sst_text *t, uint32_t i)
{
    uint32_t r;
    LAST_NOT_BEHIND(t->sent, t->sent_n, i, r);
    return r;
}

enum {
    DATELINE_TOKENS = 20, /* a place, a day, an agency in brackets; by hand */
    OPENS_PARAS = 64      /* headlines and captions before the first paragraph */
};

static bool is_sign(const sst_text *t, uint32_t i, char c)
{
    return t->tok[i].kind == TOK_SIGN && t->s.p[t->tok[i].begin] == c;
}

/* A dash between a dateline and what is told: a sign or two with a space before it, or long. */
static uint32_t dateline_dash(const sst_text *t, uint32_t i, uint32_t end)
{
    sst_str s = text_token(t, i);
    bool apart = !(t->tok[i].flags & TOKF_GLUED);
    if (t->tok[i].kind != TOK_SIGN || i + 1 >= end)
        return 0;
    if (str_eq(s, STR("\xE2\x80\x94")) || (apart && str_eq(s, STR("\xE2\x80\x93"))))
        return 1;
    if (!apart || s.p[0] != '-')
        return 0;
    return is_sign(t, i + 1, '-') ? 2 : 1;
}

/* Is no paragraph of running text before this one? */
static bool opens_report(const sst_text *t, uint32_t para)
{
    if (para > OPENS_PARAS)
        return false;
    while (para > 0)
        if (t->para[--para].role == ROLE_BODY)
            return false;
    return true;
}

uint32_t text_statement(const sst_text *t, uint32_t sentence)
{
    const sst_sentence *s = &t->sent[sentence];
    const sst_para *p = &t->para[s->para];
    uint32_t i = s->begin, end = s->end;
    if (sentence != p->sent_begin || p->role != ROLE_BODY || i >= end)
        return i;
    if (end > i + DATELINE_TOKENS)
        end = i + DATELINE_TOKENS;
    /* A place in capitals says what it is; "Kalvik (Wire)" is one by its brackets alone, and only
     * where the report begins. */
    bool capitals = (t->tok[i].flags & TOKF_CAPS) && t->tok[i].end - t->tok[i].begin > 2;
    bool inside = false; /* "(dwa)" */
    for (; i < end; i++) {
        uint32_t dash = i > s->begin ? dateline_dash(t, i, end) : 0;
        if (dash) {
            bool brackets = is_sign(t, i - 1, ')') && opens_report(t, s->para);
            uint32_t next = i + dash;
            return (capitals || brackets) && next < s->end &&
                           ((t->tok[next].flags & TOKF_UPPER) || t->tok[next].kind == TOK_MARK ||
                            t->tok[next].kind == TOK_NUMBER)
                       ? next
                       : s->begin;
        }
        const sst_token *k = &t->tok[i];
        inside = is_sign(t, i, '(') || (inside && !is_sign(t, i, ')'));
        bool name =
            k->kind == TOK_NUMBER || (k->kind == TOK_WORD && ((k->flags & TOKF_UPPER) || inside));
        if (!name && !is_sign(t, i, ',') && !is_sign(t, i, '.') && !is_sign(t, i, '(') &&
            !is_sign(t, i, ')') && !is_sign(t, i, '/') &&
            !text_is(t, i, LEX_MONTH | LEX_PREPOSITION))
            break;
    }
    return s->begin;
}

uint32_t text_past_dateline(const sst_text *t, uint32_t begin, uint32_t end)
{
    uint32_t sentence = text_sentence_of(t, begin);
    if (begin >= end || begin != t->sent[sentence].begin)
        return begin;
    uint32_t statement = text_statement(t, sentence);
    return statement < end ? statement : begin;
}

uint32_t text_para_of(const sst_text *t, uint32_t i)
{
    uint32_t r;
    LAST_NOT_BEHIND(t->para, t->para_n, i, r);
    return r;
}

/* Words are of much the same length, so a byte's place in the text says about which token stands
 * there: the search begins there and widens, in a few lines of the cache instead of a whole text's.
 */
uint32_t text_token_at(const sst_text *t, uint32_t at)
{
    uint32_t n = t->tok_n, lo = 0, hi = n, step = 8;
    uint32_t near = t->s.n ? (uint32_t)((uint64_t)at * n / t->s.n) : 0;
    if (near < n && t->tok[near].end <= at) {
        for (lo = near + 1; n - lo > step && t->tok[lo + step - 1].end <= at; step *= 2)
            lo += step;
        hi = n - lo > step ? lo + step : n;
    } else if (near < n) {
        for (hi = near; hi > step && t->tok[hi - step].end > at; step *= 2)
            hi -= step;
        lo = hi > step ? hi - step : 0;
    }
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (t->tok[mid].end <= at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

uint32_t text_mention_over(const sst_text *t, uint32_t i)
{
    uint32_t r;
    LAST_NOT_BEHIND(t->mention, t->mention_n, i, r);
    if (r < t->mention_n && t->mention[r].begin <= i && i < t->mention[r].end)
        return r;
    return UINT32_MAX;
}

uint32_t text_mention_from(const sst_text *t, uint32_t i)
{
    uint32_t r;
    FIRST_FROM(t->mention, t->mention_n, begin, i, r);
    return r;
}

uint32_t text_time_from(const sst_text *t, uint32_t i)
{
    uint32_t r;
    FIRST_FROM(t->time, t->time_n, begin, i, r);
    return r;
}

const char *text_phrase_value(const sst_text *t, uint32_t i, uint32_t end, uint64_t one_class,
                              uint32_t *n)
{
    uint32_t keys[PHRASE_MAX];
    *n = i < end ? text_phrase(t, i, end, one_class) : 0;
    if (*n == 1)
        return text_is(t, i, one_class) ? lang_value(t->lang, t->tok[i].lex, one_class) : NULL;
    if (*n == 0 || *n > PHRASE_MAX)
        return NULL;
    for (uint32_t k = 0; k < *n; k++)
        keys[k] = t->tok[i + k].key;
    return lang_phrase_value(t->lang, keys, *n, one_class);
}

bool text_has_word(const char *values, const char *one)
{
    size_t n = strlen(one);
    while (values) {
        if (strncmp(values, one, n) == 0 && (values[n] == 0 || values[n] == ' '))
            return true;
        values = strchr(values, ' ');
        values += values != NULL;
    }
    return false;
}

bool text_moves_from(const sst_text *t, uint32_t begin, uint32_t i)
{
    for (uint32_t k = i; k-- > begin && k + MOVE_GAP >= i;) {
        const char *v = text_is(t, k, LEX_NUMBER_WORD)
                            ? lang_value(t->lang, t->tok[k].lex, LEX_NUMBER_WORD)
                            : NULL;
        if (text_is(t, k, LEX_CHANGE) || (v && strcmp(v, "moves") == 0))
            return true;
    }
    return false;
}
