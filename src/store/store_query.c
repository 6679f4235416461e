/*
 * Words as a person types them -> a query for FTS5.
 *
 * in: words, "phrases", beginnings*, -without; out: the query, and its phrases for whoever looks
 * for their places. Nothing of what is typed reaches FTS5 unquoted, so no sign has a meaning of its
 * own.
 *
 * FTS5 without an index of beginnings puts the lists of all words that begin so together before it
 * gives the first row: seconds at a million articles. Side by side with OR they are read only as
 * far as rows are asked for, newest first. So a beginning becomes the words that it stands for:
 *
 *   min*                 "minister" OR "ministers" OR "minutes"
 *   "prime min*          "prime minister" OR "prime ministers" OR ...
 *   -min*                the same when they are few; else FTS5's own, since none may be left out
 */
#include "store_query.h"

#include <string.h>

#include "base_str.h"

enum {
    WORDS_MOST = 32,             /* of a query */
    ROOM = 2 * QUERY_TERMS_MOST, /* words that all its beginnings stand for */
    NOWHERE = UINT8_MAX          /* group of what must not stand there */
};

void query_init(query *q, const query_index *index, int64_t low, int64_t high, sst_arena *arena)
{
    *q = (query){.arena = arena, .index = index, .low = low, .high = high, .room = ROOM};
    buf_init(&q->match, 0);
}

void query_release(query *q)
{
    buf_release(&q->match);
}

/* In FTS5's quotes. */
static void put_quoted(sst_buf *b, sst_str word)
{
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] == 0)
            continue;
        if (word.p[i] == '"')
            buf_byte(b, '"');
        buf_byte(b, word.p[i]);
    }
}

static void put_group(query *q, uint32_t group)
{
    uint8_t *to = vec_push(q->arena, &q->group);
    if (to)
        *to = (uint8_t)group;
}

/* The tokens of a phrase, the last one another. */
static void put_phrase(sst_buf *b, const query_phrase *p, sst_str last)
{
    buf_byte(b, '"');
    for (uint32_t i = 0; i + 1 < p->n; i++) {
        put_quoted(b, p->token[i]);
        buf_byte(b, ' ');
    }
    put_quoted(b, last);
    buf_byte(b, '"');
}

/* A word or phrase, whatever it stands for, into b. */
static void put_word(store *s, query *q, sst_buf *b, const query_phrase *p, uint32_t group)
{
    sst_str last = p->token[p->n - 1];
    query_terms terms = {0};
    if (p->prefix && q->room > 1)
        query_expand(s, q, last, q->room < QUERY_TERMS_MOST ? q->room : (uint32_t)QUERY_TERMS_MOST,
                     &terms);
    bool without = group == NOWHERE;
    if (terms.v.n == 0 || (terms.cut && without)) {
        put_phrase(b, p, last);
        if (p->prefix)
            buf_byte(b, '*');
        put_group(q, group);
        return;
    }
    q->room -= terms.v.n;
    q->cut |= terms.cut;
    buf_byte(b, '(');
    for (uint32_t i = 0; i < terms.v.n; i++) {
        buf_z(b, i ? " OR " : "");
        put_phrase(b, p, terms.v.v[i]);
        put_group(q, group);
    }
    buf_byte(b, ')');
}

/* What is typed, from *at on: its next word or phrase. false at the end. */
static bool next_word(sst_str s, size_t *at, sst_str *word, bool *without, bool *prefix)
{
    size_t i = *at;
    while (i < s.n && byte_is_space((unsigned char)s.p[i]))
        i++;
    if (i >= s.n)
        return false;
    *without = i + 1 < s.n && s.p[i] == '-' && !byte_is_space((unsigned char)s.p[i + 1]);
    i += *without;
    size_t from = i, end;
    if (i < s.n && s.p[i] == '"') {
        from = ++i;
        while (i < s.n && s.p[i] != '"')
            i++;
        end = i;
        i += i < s.n;
    } else {
        while (i < s.n && !byte_is_space((unsigned char)s.p[i]) && s.p[i] != '"')
            i++;
        end = i;
    }
    *word = (sst_str){s.p + from, end - from};
    *prefix = i < s.n && s.p[i] == '*';
    i += *prefix;
    if (word->n > 1 && word->p[word->n - 1] == '*') {
        *prefix = true;
        word->n--;
    }
    *at = i;
    return true;
}

static bool make_phrase(store *s, query *q, sst_str word, bool prefix, query_phrase *out)
{
    query_tokens tokens = {0};
    query_tokenise(s, word, true, q->arena, &tokens);
    *out = (query_phrase){.n = tokens.v.n, .prefix = prefix};
    out->token = arena_alloc(q->arena, ((size_t)out->n + 1) * sizeof *out->token);
    for (uint32_t i = 0; out->token && i < out->n; i++)
        out->token[i] = tokens.v.v[i].word;
    return out->token && out->n;
}

void query_add(store *s, query *q, sst_str words, const char *columns)
{
    bool marks = strncmp(columns, "speaker", 7) != 0;
    SST_VEC(query_phrase) no = {0};
    sst_buf yes;
    buf_init(&yes, 0);
    uint32_t before = q->word_n, n = 0;
    sst_str word;
    bool without, prefix;
    for (size_t at = 0; q->word_n - before + no.n < WORDS_MOST &&
                        next_word(words, &at, &word, &without, &prefix);) {
        query_phrase p;
        if (!make_phrase(s, q, word, prefix, &p))
            continue;
        query_phrase *to = NULL;
        if (without)
            to = vec_push(q->arena, &no);
        else if (marks)
            to = vec_push(q->arena, &q->phrase);
        if (to)
            *to = p;
        if (without)
            continue;
        buf_z(&yes, n++ ? " AND " : "");
        buf_z(&yes, columns);
        put_word(s, q, &yes, &p, q->word_n++);
    }
    if (n) {
        buf_z(&q->match, q->match.n ? " AND (" : "(");
        buf_z(&q->match, no.n ? "(" : "");
        buf_str(&q->match, (sst_str){yes.p, yes.n});
        for (uint32_t i = 0; i < no.n; i++) {
            buf_z(&q->match, i ? " OR " : ") NOT (");
            put_word(s, q, &q->match, &no.v[i], NOWHERE);
        }
        buf_z(&q->match, no.n ? "))" : ")");
    }
    if (yes.failed || q->match.failed || q->arena->failed)
        (void)store_no_memory(s);
    buf_release(&yes);
}
