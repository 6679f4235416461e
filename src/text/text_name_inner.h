/* What the files that find names share. */
#ifndef TEXT_NAME_INNER_H
#define TEXT_NAME_INNER_H

#include "text.h"

/* A stretch of tokens that is a name, before it is known whose. */
typedef struct text_run {
    uint32_t begin, end;           /* tokens of the name */
    uint32_t full_begin, full_end; /* with what belongs to it */
    uint8_t kind;
    uint8_t gender;
    bool titled;  /* an office or honorific stands before it */
    bool article; /* "the" or "a" stands before it: the Milky Way */
} text_run;

/* "J", "J.": one letter in capitals. */
static inline bool text_is_initial(const sst_text *t, uint32_t i)
{
    sst_str s = text_token(t, i);
    return t->tok[i].kind == TOK_WORD && (t->tok[i].flags & TOKF_UPPER) &&
           (s.n == 1 || (s.n == 2 && s.p[1] == '.'));
}

/* Is token i this sign? */
static inline bool text_sign_is(const sst_text *t, uint32_t i, const char *z)
{
    return i < t->tok_n && t->tok[i].kind == TOK_SIGN && str_eq(text_token(t, i), str_of(z));
}

/* text_name_kind.c: sets kind and gender of a run, where they are not known. */
void text_run_kind(const sst_text *t, text_run *r);

/* text_entity.c: runs, in order -> mentions and entities of t. */
sst_status text_entities(sst_arena *arena, sst_text *t, const text_run *runs,
                         uint32_t n) SST_MUST_CHECK;

#endif
