/* What the files of this folder share. */
#ifndef QUOTE_INNER_H
#define QUOTE_INNER_H

#include "quote.h"

/* Words between marks, as tokens. */
typedef struct quoted {
    uint32_t open,
        close; /* tokens of the marks; open == begin - 1 and close == end when they are there */
    uint32_t begin, end; /* tokens of the content, begin < end */
    uint32_t para;
    bool no_open, no_close; /* a mark is missing */
    bool goes_on;           /* no closing mark, and the next paragraph opens with one */
    bool continues;         /* the quotation before it goes on here */
    bool single;            /* single marks */
    uint32_t words;
    uint32_t by_begin, by_end; /* who posted it, as tokens: a post, which needs no marks; else 0 */
} quoted;

typedef SST_VEC(quoted) quoted_list;

/* quote_marks.c: pairs the marks of each paragraph. */
void quote_marks(const sst_text *t, sst_arena *arena, quoted_list *out);

/* quote_post.c: adds the words of posts ("WORDS — NAME (@handle) DATE"), in order; marks inside a
 * post are a part of it. */
void quote_posts(const sst_text *t, sst_arena *arena, quoted_list *list);

/* A stretch of tokens that names the speaker, and the verb. begin == end: none. */
typedef struct quote_clause {
    uint32_t source_begin, source_end;
    uint32_t cue_begin, cue_end;
    uint32_t addressee_begin, addressee_end;
    uint32_t clause_end; /* behind the last token that belongs to it */
    bool according;      /* "according to X" */
    bool nobody;         /* the subject is no speaker: "one read", "it was called" */
} quote_clause;

/* quote_clause.c: reads the words around a quotation. `inside` holds for each token whether it
 * stands between marks. */
typedef struct quote_context {
    const sst_text *t;
    const uint8_t *inside;
} quote_context;

/* "... , X said" / "said X" / "according to X" beginning at token i, before `end`. */
bool quote_clause_behind(const quote_context *c, uint32_t i, uint32_t end, quote_clause *out);
/* The same behind a quotation that is nothing but its sentence, comma included: SUBJECT, whatever
 * belongs to it, VERB. */
bool quote_clause_far(const quote_context *c, uint32_t i, uint32_t end, quote_clause *out);
/* The verb nearest to token `mark` on its left, not before `begin`, with its subject. */
bool quote_clause_before(const quote_context *c, uint32_t begin, uint32_t mark, bool colon,
                         quote_clause *out);
/* ", X said in a statement." somewhere in [i, end), behind the rest of the reporter's sentence. */
bool quote_clause_trailing(const quote_context *c, uint32_t i, uint32_t end, quote_clause *out);
/* was called "..." by X: a passive verb on the left of token `mark`, not before begin, and "by X"
 * at token i, behind the quotation. */
bool quote_clause_by(const quote_context *c, uint32_t begin, uint32_t mark, uint32_t i,
                     uint32_t end, quote_clause *out);
/* Who is spoken to, behind a verb that takes a hearer: told X. Fills the addressee of *out. */
void quote_addressee(const quote_context *c, uint32_t verb, uint32_t end, quote_clause *out);
/* Does the source hold a name, a pronoun or a noun for people or a body? */
bool quote_names_somebody(const sst_text *t, const quote_clause *c);
/* quote_subject.c: the subject of the sentence [begin, end): its first noun phrase. */
bool quote_subject(const quote_context *c, uint32_t begin, uint32_t end, uint32_t *from,
                   uint32_t *to);

/* What the rules found: quote_rule.c. v[0 .. n) in order of place, v[n .. all_n) the doubtful. */
typedef struct quote_found {
    sst_quote q;
    quote_clause clause;
    uint32_t quoted, quoted_last; /* first and last of its stretches */
    bool has_clause, doubtful;
} quote_found;

typedef struct quote_rule_list {
    quote_found *v;
    uint32_t n, all_n;
} quote_rule_list;

/* Quotations by rules alone. inside: a byte a token, zeroed; set to 1 between marks, and on them.
 */
sst_status quote_rules(const sst_text *text, sst_arena *arena, quote_rule_list *out,
                       uint8_t *inside) SST_MUST_CHECK;

enum {
    QUOTE_DESCRIBED_MAX = 8 /* unnamed speakers that a later, shorter description may mean */
};

/* Whom the last pronoun for a man or a woman meant. */
typedef struct quote_chain {
    uint32_t token; /* 0: none yet */
    uint32_t entity;
} quote_chain;

/* quote_speaker.c: who is meant by the tokens of a source. */
typedef struct quote_speakers {
    const quote_context *c;
    uint32_t last_entity; /* of the last quotation, UINT32_MAX */
    sst_str last_called;  /* how the last unnamed speaker was called; empty */
    sst_span last_at;
    uint32_t last_token; /* where the last speaker was named */
    bool last_plural;    /* the last speaker is several people */
    bool last_person;    /* the last unnamed speaker is called by a noun for one person */
    struct {             /* the unnamed speakers so far, the newest last, round and round */
        uint32_t key;    /* of their noun */
        sst_str called;
        sst_span at;
    } described[QUOTE_DESCRIBED_MAX];
    uint32_t described_n;
    quote_chain chain[2]; /* of he, of she */
    uint32_t chain_at;    /* pronouns before this token are decided */
    bool seen_again;      /* speakers are looked for once more: no need of pronouns on the way */
} quote_speakers;

void quote_speaker(quote_speakers *s, uint32_t begin, uint32_t end, sst_quote *q);
/* The speaker of *q is known: whoever speaks next is seen in its light. token: where it is said. */
void quote_speaker_known(quote_speakers *s, const sst_quote *q, uint32_t token);

/* "allies and the campaign": "the campaign", later, is not all of these. */
static inline bool quote_names_several(sst_str called)
{
    return str_find_nocase(called, STR(" and ")) >= 0;
}

static inline bool tok_is(const sst_text *t, uint32_t i, const char *z)
{
    return i < t->tok_n && str_eq(text_token(t, i), str_of(z));
}

static inline bool tok_word(const sst_text *t, uint32_t i)
{
    return i < t->tok_n && t->tok[i].kind == TOK_WORD;
}

static inline bool tok_glued(const sst_text *t, uint32_t i)
{
    return i < t->tok_n && (t->tok[i].flags & TOKF_GLUED) != 0;
}

static inline bool tok_comma(const sst_text *t, uint32_t i)
{
    return tok_is(t, i, ",");
}

#endif
