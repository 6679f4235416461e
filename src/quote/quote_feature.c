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
    NEAR_END = 2
};

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

static void put(quote_feature *f, uint32_t row)
{
    if (f->row_n < FEATURE_ROWS_MAX)
        f->row[f->row_n++] = (uint16_t)row;
}

/* The last letters of a word: three of one of more than three, and two; ASCII folded. */
static void put_suffix(quote_feature *f, sst_str s)
{
    uint32_t h = 0;
    if (s.n < 3)
        return;
    for (size_t i = s.n; i-- > s.n - 3;) {
        unsigned char c = (unsigned char)s.p[i];
        h = h * 37 + (c >= 'A' && c <= 'Z' ? c + 32u : c);
        if (i == s.n - 2)
            put(f, FEATURE_ENDING + (h * UINT32_C(2654435761) >> 24));
    }
    if (s.n > 3)
        put(f, FEATURE_SUFFIX + (h * UINT32_C(2654435761) >> 22));
}

static bool is_mark(const sst_text *t, const uint8_t *inside, uint32_t i)
{
    return i < t->tok_n && inside[i] && t->tok[i].kind == TOK_MARK;
}

static uint32_t mark_state(const sst_text *t, const uint8_t *inside, uint32_t i)
{
    bool before = i > 0 && inside[i - 1], after = i + 1 < t->tok_n && inside[i + 1];
    if (is_mark(t, inside, i))
        return !before ? 1 : !after ? 2 : 3;
    if (inside[i])
        return 4;
    return after ? 5 : before ? 6 : 0;
}

/* The lowest bit that is set, of one at least: de Bruijn's sequence (Leiserson et al. 1998). */
static uint32_t bit_of(uint64_t set)
{
    static const uint8_t place[64] = {
        0,  1,  2,  53, 3,  7,  54, 27, 4,  38, 41, 8,  34, 55, 48, 28, 62, 5,  39, 46, 44, 42,
        22, 9,  24, 35, 59, 56, 49, 18, 29, 11, 63, 52, 6,  26, 37, 40, 33, 47, 61, 45, 43, 21,
        23, 58, 17, 10, 51, 25, 36, 32, 60, 20, 57, 16, 50, 31, 19, 15, 30, 14, 13, 12};
    return place[(set & (0 - set)) * UINT64_C(0x022FDD63CC95386D) >> 58];
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
        r->of[bit_of(classes[c])] = (uint8_t)c;
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
    for (uint32_t i = begin; i < end; i++) {
        quote_feature *f = out + (i - begin);
        const sst_token *k = &t->tok[i];
        f->row_n = 0;
        f->key = k->key ? k->key : text_key(text_token(t, i));
        put(f, FEATURE_SHAPE + (k->kind - 1u) * 16 + (k->flags & 15u));
        if (k->kind == TOK_WORD)
            put_suffix(f, text_token(t, i));
        while (s + 1 < t->sent_n && t->sent[s].end <= i)
            s++;
        uint32_t from = i - t->sent[s].begin, to = t->sent[s].end - 1 - i;
        put(f, FEATURE_PLACE + (from < NEAR_BEGIN ? from : NEAR_BEGIN) * (NEAR_END + 1) +
                   (to < NEAR_END ? to : NEAR_END));
        const sst_para *para = &t->para[t->sent[s].para];
        put(f, FEATURE_PARA + (s == para->sent_begin) * 2u + (s + 1 == para->sent_end));
        put(f, FEATURE_ROLE + t->para[t->sent[s].para].role);
        put(f, FEATURE_MARK + mark_state(t, inside, i));
        while (m < t->mention_n && t->mention[m].end <= i)
            m++;
        if (m < t->mention_n && i >= t->mention[m].full_begin) {
            const sst_mention *x = &t->mention[m];
            if (i < x->begin)
                put(f, FEATURE_NAME + 15);
            else
                put(f, FEATURE_NAME + t->entity[x->entity].kind * 2u + (i > x->begin));
        }
        while (d < t->time_n && t->time[d].end <= i)
            d++;
        if (d < t->time_n && i >= t->time[d].begin)
            put(f, FEATURE_TIME + (i > t->time[d].begin));
        for (uint32_t set = rule[i], before = i > 0 ? rule[i - 1] : 0, bit = 0; set >> bit; bit++)
            if (set >> bit & 1)
                put(f, FEATURE_RULE + bit * 2 + (before >> bit & 1));
        for (uint64_t set = lang_classes(t->lang, k->lex) & rows.seen; set; set &= set - 1)
            put(f, FEATURE_CLASS + rows.of[bit_of(set)]);
    }
}
