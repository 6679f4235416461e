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

enum { PHRASE_MAX = 8 }; /* words of the longest phrase that is looked for */

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
