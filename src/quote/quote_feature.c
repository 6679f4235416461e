/*
 * A token -> the rows that the network sums up for it (quote_net.h).
 *
 * In: the text with its names, what stands between marks, what the rules found. Out: numbers of
 * rows. Everything is a look-up or a comparison with the neighbours; names are told by their kind
 * only, never by their letters, so that no person or body is learnt.
 */
#include "quote_net.h"

enum {
    NEAR_BEGIN = 4, /* tokens from a sentence's begin that are told apart */
    NEAR_END = 2,
    /* Rows that a token can have beside those of its classes: shape, two suffixes, place,
       paragraph, role, mark, name, time, a bit of the rules each. */
    ROWS_BESIDE = 9 + 8
};
_Static_assert((int)ROWS_BESIDE < (int)FEATURE_ROWS_MAX, "only classes can be too many");

/* The order is the model's: a class that is put elsewhere wants a new model. */
static const uint64_t classes[] = {
    LEX_CUE,
    LEX_CUE_WEAK,
    LEX_CUE_NAMING,
    LEX_CUE_HEARER,
    LEX_CUE_INDIRECT,
    LEX_CUE_NOUN,
    LEX_CUE_RELAY,
    LEX_CUE_PHRASE,
    LEX_CUE_LONG,
    LEX_ADVERB,
    LEX_AUXILIARY,
    LEX_BE,
    LEX_CONJUNCTION,
    LEX_DETERMINER,
    LEX_PREPOSITION,
    LEX_QUESTION,
    LEX_PRONOUN_PERSON,
    LEX_CLAUSE_OPEN,
    LEX_PHRASE_JOIN,
    LEX_STOPWORD,
    LEX_PERSON_NOUN,
    LEX_PEOPLE_NOUN,
    LEX_ORG_NOUN,
    LEX_ROLE_WORD,
    LEX_HONORIFIC,
    LEX_NATIONALITY,
    LEX_PLACE,
    LEX_MONTH,
    LEX_WEEKDAY,
    LEX_TIME_WORD,
    LEX_NUMBER_WORD,
    LEX_TIME_TAIL,
    LEX_NOBODY,
    LEX_ANYBODY,
    LEX_WORK_NOUN,
    LEX_PRONOUN_POSSESSIVE,
    LEX_FIRST_NAME,
    LEX_ABBREVIATION_TITLE,
};

/* The last letters of a word: three of one of more than three, and two; ASCII folded. Returns where
 * the rows end. */
static uint16_t *put_suffix(uint16_t *r, sst_str s)
{
    uint32_t h = 0;
    if (s.n < 3)
        return r;
    for (size_t i = s.n; i-- > s.n - 3;) {
        unsigned char c = (unsigned char)s.p[i];
        h = h * 37 + (c >= 'A' && c <= 'Z' ? c + 32u : c);
        if (i == s.n - 2)
            *r++ = (uint16_t)(FEATURE_ENDING + (h * UINT32_C(2654435761) >> 24));
    }
    if (s.n > 3)
        *r++ = (uint16_t)(FEATURE_SUFFIX + (h * UINT32_C(2654435761) >> 22));
    return r;
}

static bool is_mark(const sst_text *t, const uint8_t *inside, uint32_t i)
{
    return i < t->tok_n && inside[i] && t->tok[i].kind == TOK_MARK;
}

static uint32_t mark_state(const sst_text *t, const uint8_t *inside, uint32_t i)
{
    bool before = i > 0 && inside[i - 1], after = i + 1 < t->tok_n && inside[i + 1];
    if (!inside[i] && !before && !after)
        return 0;
    if (is_mark(t, inside, i))
        return !before ? 1 : !after ? 2 : 3;
    if (inside[i])
        return 4;
    return after ? 5 : before ? 6 : 0;
}

/* Where the row of each class stands behind FEATURE_CLASS, by the class's bit. */
typedef struct class_rows {
    uint64_t seen;
    uint8_t of[64];
} class_rows;

static void rows_of_classes(class_rows *r)
{
    r->seen = 0;
    for (uint32_t c = 0; c < sizeof classes / sizeof *classes; c++) {
        r->seen |= classes[c];
        r->of[__builtin_ctzll(classes[c])] = (uint8_t)c;
    }
}

void quote_features(const sst_text *t, const uint8_t *inside, const uint8_t *rule, uint32_t begin,
                    uint32_t end, quote_feature *out)
{
    if (begin >= end)
        return;
    class_rows rows;
    rows_of_classes(&rows);
    uint32_t s = text_sentence_of(t, begin), m = 0, hi = t->mention_n;
    while (m < hi) { /* first mention that ends behind begin */
        uint32_t mid = (m + hi) / 2;
        if (t->mention[mid].end <= begin)
            m = mid + 1;
        else
            hi = mid;
    }
    uint32_t d = 0;
    hi = t->time_n;
    while (d < hi) {
        uint32_t mid = (d + hi) / 2;
        if (t->time[mid].end <= begin)
            d = mid + 1;
        else
            hi = mid;
    }
    uint32_t of = UINT32_MAX; /* the sentence that the next three are of */
    uint16_t para_row = 0, role_row = 0;
    uint32_t sent_begin = 0, sent_last = 0;
    for (uint32_t i = begin; i < end; i++) {
        quote_feature *f = out + (i - begin);
        const sst_token *k = &t->tok[i];
        uint16_t *r = f->row;
        f->key = k->key ? k->key : text_key(text_token(t, i));
        *r++ = (uint16_t)(FEATURE_SHAPE + (k->kind - 1u) * 16 + (k->flags & 15u));
        if (k->kind == TOK_WORD)
            r = put_suffix(r, text_token(t, i));
        while (s + 1 < t->sent_n && t->sent[s].end <= i)
            s++;
        if (s != of) {
            const sst_para *para = &t->para[t->sent[s].para];
            para_row =
                (uint16_t)(FEATURE_PARA + (s == para->sent_begin) * 2u + (s + 1 == para->sent_end));
            role_row = (uint16_t)(FEATURE_ROLE + para->role);
            sent_begin = t->sent[s].begin;
            sent_last = t->sent[s].end - 1;
            of = s;
        }
        uint32_t from = i - sent_begin, to = sent_last - i;
        *r++ = (uint16_t)(FEATURE_PLACE + (from < NEAR_BEGIN ? from : NEAR_BEGIN) * (NEAR_END + 1) +
                          (to < NEAR_END ? to : NEAR_END));
        *r++ = para_row;
        *r++ = role_row;
        *r++ = (uint16_t)(FEATURE_MARK + mark_state(t, inside, i));
        while (m < t->mention_n && t->mention[m].end <= i)
            m++;
        if (m < t->mention_n && i >= t->mention[m].full_begin) {
            const sst_mention *x = &t->mention[m];
            *r++ = (uint16_t)(i < x->begin
                                  ? FEATURE_NAME + 15u
                                  : FEATURE_NAME + t->entity[x->entity].kind * 2u + (i > x->begin));
        }
        while (d < t->time_n && t->time[d].end <= i)
            d++;
        if (d < t->time_n && i >= t->time[d].begin)
            *r++ = (uint16_t)(FEATURE_TIME + (i > t->time[d].begin));
        for (uint32_t set = rule[i], before = i > 0 ? rule[i - 1] : 0, bit = 0; set >> bit; bit++)
            if (set >> bit & 1)
                *r++ = (uint16_t)(FEATURE_RULE + bit * 2 + (before >> bit & 1));
        const uint16_t *full = f->row + FEATURE_ROWS_MAX; /* only classes can reach it */
        for (uint64_t set = lang_classes(t->lang, k->lex) & rows.seen; set && r < full;
             set &= set - 1)
            *r++ = (uint16_t)(FEATURE_CLASS + rows.of[__builtin_ctzll(set)]);
        f->row_n = (uint16_t)(r - f->row);
    }
}
