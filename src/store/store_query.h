/* What a search asks for: store_search.c asks, store_query.c, store_terms.c and store_places.c
 * answer. */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include "store_inner.h"

enum {
    QUERY_TERMS_MOST = 256 /* words that one beginning stands for; a search has them side by side,
                              and each costs a look into the index: 10 ms */
};

/* An index for search, and where its words come from. */
typedef struct query_index {
    const char *table;  /* of FTS5 */
    const char *terms;  /* SQL: the first word of the index from ?1 on */
    const char *newest; /* SQL: texts of the ?3 newest rows in [?1, ?2]: record of an article, or
                           words */
    bool records;
} query_index;
extern const query_index query_articles, query_quotations, query_figures;

/* A word or phrase, as the tokeniser of the index cuts it. */
typedef struct query_phrase {
    sst_str *token;
    uint32_t n;
    bool prefix; /* the last token is the beginning of one */
} query_phrase;

/*
 * A query for FTS5. Words that begin alike stand side by side, as "a" OR "b": one word in the
 * counts of a rank, so that `group` names for each phrase of match its word of the query.
 */
typedef struct query {
    sst_arena *arena;
    const query_index *index;
    int64_t low, high; /* rows that are asked of */
    sst_buf match;     /* query_release */
    SST_VEC(uint8_t) group;
    uint32_t word_n;              /* of those that must stand there */
    uint32_t room;                /* words that beginnings may still stand for */
    SST_VEC(query_phrase) phrase; /* those that must stand there: for places */
    bool cut; /* a beginning stands for more words than are asked for: those of the newest rows */
} query;

void query_init(query *q, const query_index *index, int64_t low, int64_t high, sst_arena *arena);
/* Words, "phrases", beginnings*, -without as a person types them; columns: "" or "said : ". A
 * statement of the handle that fails leaves its cause there. */
void query_add(store *s, query *q, sst_str words, const char *columns);
void query_release(query *q);

/* store_terms.c: words of an index that begin with the last token of a phrase, ascending, or, when
 * they are more than `most`, those of the newest rows, the most frequent first; *cut then. */
typedef struct query_terms {
    SST_VEC(sst_str) v;
    bool cut;
} query_terms;
void query_expand(store *s, const query *q, sst_str beginning, uint32_t most, query_terms *out);

/* store_places.c: the tokeniser of the indexes. Tokens of words, in arena. */
typedef struct query_token {
    sst_str word;
    sst_span at;
} query_token;
typedef struct query_tokens {
    SST_VEC(query_token) v;
} query_tokens;
void query_tokenise(store *s, sst_str text, bool words, sst_arena *arena, query_tokens *out);
/* Where the phrases of a query stand in a text: at most QUERY_PLACES, ascending, none over
 * another. */
enum { QUERY_PLACES = 64 };
uint32_t query_places(store *s, const query *q, sst_str text, sst_arena *arena, sst_span **out);

/* store_rank.c: the function samestory_rank(table, groups, weight of each column ...) of a handle.
 */
sst_status query_rank_open(store *s, void *fts5_api) SST_MUST_CHECK;

#endif
