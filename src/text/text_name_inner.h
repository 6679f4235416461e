/* What the files that find names share. */
#ifndef TEXT_NAME_INNER_H
#define TEXT_NAME_INNER_H

#include "base_hash.h"
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

/* Is token i a word in capitals? Does it stand right behind the token before? */
static inline bool text_upper_word(const sst_text *t, uint32_t i)
{
    return i < t->tok_n && t->tok[i].kind == TOK_WORD && (t->tok[i].flags & TOKF_UPPER);
}

static inline bool text_glued(const sst_text *t, uint32_t i)
{
    return i < t->tok_n && (t->tok[i].flags & TOKF_GLUED);
}

enum {
    TEXT_ORDINARY_BITS = 8 /* a word that more than 1 in 2^8 documents have is no name by itself */
};

#define LEX_ROLE (LEX_HONORIFIC | LEX_PERSON_NOUN | LEX_PEOPLE_NOUN | LEX_ROLE_WORD)

/* What is known of the names of a text while they are looked for. */
typedef struct text_namer {
    sst_arena *arena;
    sst_text *t;
    SST_VEC(text_run) runs;
    u64map alone;        /* key of a word that opens a name in the middle of a sentence */
    u64map inner;        /* key of a word seen in capitals where it need not be */
    u64map lower;        /* key of a word seen in lower case */
    u64map opener;       /* a word of grammar and the next that open a name in a sentence */
    u64map doubled;      /* key of a word that stands twice in a row -> how often */
    u64map surname;      /* key of an ordinary word or office that stands behind a given name */
    uint8_t *title_case; /* by sentence */
} text_namer;

static inline bool text_name_seen(const u64map *m, uint32_t key)
{
    return u64map_find(m, key) != NULL;
}

/* text_name.c: Henry Will: behind a given name an ordinary word or an office is a surname. */
bool text_surname_word(const sst_text *t, uint32_t i);

/* text_name_split.c: adds the names of the run [begin, end) of words in capitals. */
void text_name_split(text_namer *n, uint32_t begin, uint32_t end, uint32_t sent_begin);

/* text_name_kind.c: sets kind and gender of a run, where they are not known. */
void text_run_kind(const sst_text *t, text_run *r);

/* text_entity.c: runs, in order -> mentions and entities of t. */
sst_status text_entities(sst_arena *arena, sst_text *t, const text_run *runs,
                         uint32_t n) SST_MUST_CHECK;

#endif
