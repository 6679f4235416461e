/*
 * A text -> its tokens as the indexes for search have them, and where the phrases of a query stand.
 *
 * The tokeniser is that of the schema (unicode61, diacritics removed), so what is marked is what
 * was found. FTS5 can tell places too, but for each hit it would look into the index for each word
 * of the query once more.
 */
#include "store_query.h"

#include <stdlib.h>
#include <string.h>

#include "base_str.h"

typedef struct collector {
    sst_arena *arena;
    query_tokens *out;
    bool words;
} collector;

static int on_token(void *user, int flags, const char *token, int n, int begin, int end)
{
    collector *c = user;
    if (flags & FTS5_TOKEN_COLOCATED)
        return SQLITE_OK;
    query_token *to = vec_push(c->arena, &c->out->v);
    if (!to)
        return SQLITE_NOMEM;
    to->at = (sst_span){(uint32_t)begin, (uint32_t)end};
    to->word = c->words ? arena_str(c->arena, (sst_str){token, (size_t)n}) : (sst_str){"", 0};
    return SQLITE_OK;
}

void query_tokenise(store *s, sst_str text, bool words, sst_arena *arena, query_tokens *out)
{
    collector c = {arena, out, words};
    if (text.n == 0 || text.n > INT32_MAX || s->status)
        return;
    int code = s->tokeniser.xTokenize(s->tokenising, &c, FTS5_TOKENIZE_DOCUMENT, text.p,
                                      (int)text.n, on_token);
    if (code)
        (void)(code == SQLITE_NOMEM ? store_no_memory(s) : store_fail_sql(s, code));
}

/* Tokens of the last n of a text, as they pass by. */
typedef struct finder {
    const query *q;
    sst_arena *arena;
    struct {
        sst_span at;
        sst_str word;
    } * last; /* a ring of ring_n */
    uint32_t ring_n, token_n;
    SST_VEC(sst_span) v;
    bool failed;
} finder;

/* Does phrase p end with the newest token? *begin: where it begins. */
static bool ends(const finder *f, const query_phrase *p, uint32_t *begin)
{
    if (f->token_n < p->n)
        return false;
    for (uint32_t i = 0; i < p->n; i++) { /* from the last */
        uint32_t at = (f->token_n - 1 - i) % f->ring_n;
        sst_str want = p->token[p->n - 1 - i], is = f->last[at].word;
        if (i == 0 && p->prefix ? !str_starts(is, want) : !str_eq(is, want))
            return false;
        *begin = f->last[at].at.begin;
    }
    return true;
}

static int on_passing(void *user, int flags, const char *token, int n, int begin, int end)
{
    finder *f = user;
    if (flags & FTS5_TOKEN_COLOCATED)
        return SQLITE_OK;
    uint32_t at = f->token_n++ % f->ring_n;
    sst_str word = {token, (size_t)n};
    /* The tokeniser's word goes with the next one: a phrase of several needs it later. */
    f->last[at].word = f->ring_n > 1 ? arena_str(f->arena, word) : word;
    f->last[at].at = (sst_span){(uint32_t)begin, (uint32_t)end};
    for (uint32_t i = 0; i < f->q->phrase.n; i++) {
        sst_span place = {0, (uint32_t)end};
        if (!ends(f, &f->q->phrase.v[i], &place.begin))
            continue;
        /* One over another becomes one with it. */
        while (f->v.n && f->v.v[f->v.n - 1].end > place.begin) {
            sst_span before = f->v.v[--f->v.n];
            place.begin = before.begin < place.begin ? before.begin : place.begin;
        }
        if (f->v.n == QUERY_PLACES)
            return SQLITE_DONE;
        sst_span *to = vec_push(f->arena, &f->v);
        if (!to)
            return SQLITE_NOMEM;
        *to = place;
    }
    return SQLITE_OK;
}

uint32_t query_places(store *s, const query *q, sst_str text, sst_arena *arena, sst_span **out)
{
    finder f = {.q = q, .arena = arena, .ring_n = 1};
    for (uint32_t i = 0; i < q->phrase.n; i++)
        f.ring_n = q->phrase.v[i].n > f.ring_n ? q->phrase.v[i].n : f.ring_n;
    f.last = arena_calloc(arena, f.ring_n, sizeof *f.last);
    *out = NULL;
    if (text.n == 0 || text.n > INT32_MAX || s->status || !f.last)
        return 0;
    int code = s->tokeniser.xTokenize(s->tokenising, &f, FTS5_TOKENIZE_DOCUMENT, text.p,
                                      (int)text.n, on_passing);
    if (code && code != SQLITE_DONE)
        (void)(code == SQLITE_NOMEM ? store_no_memory(s) : store_fail_sql(s, code));
    *out = f.v.v;
    return f.v.n;
}

sst_status store_search_open(store *s)
{
    sqlite3_stmt *st = NULL;
    fts5_api *api = NULL;
    void *user = NULL;
    int code = sqlite3_prepare_v2(s->db, "SELECT fts5(?1)", -1, &st, NULL);
    if (!code) {
        sqlite3_bind_pointer(st, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(st);
        sqlite3_finalize(st);
    }
    if (!api)
        return store_fail(s, SST_ERR_INTERNAL, "SQLite has no FTS5");
    const char *as_in_schema[] = {"remove_diacritics", "2"};
    code = api->xFindTokenizer(api, "unicode61", &user, &s->tokeniser);
    if (!code)
        code = s->tokeniser.xCreate(user, as_in_schema, 2, &s->tokenising);
    return code ? store_fail_sql(s, code) : query_rank_open(s, api);
}

void store_search_close(store *s)
{
    if (s->tokenising)
        s->tokeniser.xDelete(s->tokenising);
    s->tokenising = NULL;
}
