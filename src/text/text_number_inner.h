/* What text_number.c and text_cardinal.c share: a sentence's tokens as a grammar of numbers sees
 * them. */
#ifndef TEXT_NUMBER_INNER_H
#define TEXT_NUMBER_INNER_H

#include "text.h"

typedef struct number_reader {
    sst_text *t;
    uint32_t begin, end; /* of the sentence */
} number_reader;

/* A cardinal that was read. */
typedef struct number_cardinal {
    double value;
    double factor; /* of its magnitudes ("million"), 1 when there is none */
    bool digits;
    bool rough; /* "une vingtaine": about twenty */
} number_cardinal;

/* 1,200  2.5  2½  1.234.567; false for 5.1.2, 1,2, 007. Where the language has a decimal
 * comma, 1.200 2,5 1.234.567. */
bool number_parse_digits(const sst_lang *lang, sst_str s, double *out);
/* A cardinal without sign at i; the token behind it, or i. */
uint32_t number_cardinal_at(const number_reader *r, uint32_t i, number_cardinal *c);
/* "and a half" behind the number that [begin, j) is; the token behind it, or j. */
uint32_t number_and_a_half(const number_reader *r, uint32_t begin, uint32_t j, number_cardinal *c);

static inline const char *number_value_of(const number_reader *r, uint32_t i, uint64_t one_class)
{
    return i < r->end && text_is(r->t, i, one_class)
               ? lang_value(r->t->lang, r->t->tok[i].lex, one_class)
               : NULL;
}

/* Does the joining word at i do this? */
static inline bool number_joins(const number_reader *r, uint32_t i, const char *what)
{
    const char *v = number_value_of(r, i, LEX_NUMBER_WORD);
    return v && strcmp(v, what) == 0;
}

static inline bool number_is_word(const number_reader *r, uint32_t i)
{
    const char *v = number_value_of(r, i, LEX_NUMBER_WORD);
    return v && byte_is_digit((unsigned char)*v);
}

static inline bool number_glued(const number_reader *r, uint32_t i)
{
    return i < r->end && (r->t->tok[i].flags & TOKF_GLUED);
}

static inline bool number_is_sign(const number_reader *r, uint32_t i, char c)
{
    return i < r->end && r->t->tok[i].end - r->t->tok[i].begin == 1 &&
           r->t->s.p[r->t->tok[i].begin] == c;
}

static inline bool number_is_dash(const number_reader *r, uint32_t i)
{
    if (i >= r->end || r->t->tok[i].kind != TOK_SIGN)
        return false;
    sst_str s = text_token(r->t, i);
    return str_eq(s, STR("-")) || str_eq(s, STR("–")) || str_eq(s, STR("—")) ||
           str_eq(s, STR("‑")) || str_eq(s, STR("−"));
}

static inline bool number_is_hyphen(const number_reader *r, uint32_t i)
{
    return number_is_sign(r, i, '-') && number_glued(r, i) && number_glued(r, i + 1);
}

#endif
