/*
 * How well a row of an index for search fits a query: bm25, where several words stand for one.
 *
 * samestory_rank(table, groups, w0, w1 ...): groups has a byte for each phrase of the query, the
 * number of the word of the query that it stands for, 255 for what must not stand there; w are
 * weights of the columns. Lower is better. As FTS5's bm25 (k1 = 1.2, b = 0.75; Robertson, Zaragoza,
 * 2009) but that the phrases of a group are counted as one word: its rows together, its places
 * together. Else the rarest of all words that begin alike would win.
 */
#include "store_query.h"

#include <math.h>
#include <string.h>

enum {
    GROUPS = 64, /* as many words as a query has at the most, twice: words, speaker */
    /* Rows of words that stand for one, counted at most, of all: 5 ms. A word that has more weighs
       a little more than it should beside others; alone it changes nothing. */
    COUNT_MOST = 65536
};

static const double K1 = 1.2, B = 0.75;
static const double IDF_LEAST = 1e-6; /* of what stands in most rows, as FTS5 has it */

typedef struct ranker {
    double idf[GROUPS], average;
    int group_n;
} ranker;

typedef struct counting {
    sqlite3_int64 n, most;
} counting;

static int count_row(const Fts5ExtensionApi *api, Fts5Context *fts, void *user)
{
    counting *c = user;
    (void)api;
    (void)fts;
    return ++c->n >= c->most ? SQLITE_DONE : SQLITE_OK;
}

/* What is the same for all rows of a query. */
static int prepare(const Fts5ExtensionApi *api, Fts5Context *fts, const uint8_t *group, int n,
                   ranker *r)
{
    sqlite3_int64 rows = 0, tokens = 0, found[GROUPS] = {0};
    int times[GROUPS] = {0};
    int code = api->xRowCount(fts, &rows);
    if (!code)
        code = api->xColumnTotalSize(fts, -1, &tokens);
    r->average = rows > 0 ? (double)tokens / (double)rows : 1;
    for (int i = 0; i < n; i++)
        if (group[i] < GROUPS)
            times[group[i]]++;
    for (int i = 0; i < n && !code; i++) {
        int g = group[i];
        if (g >= GROUPS)
            continue;
        counting c = {0, times[g] > 1 ? COUNT_MOST - found[g] : INT64_MAX};
        if (c.most > 0)
            code = api->xQueryPhrase(fts, i, &c, count_row);
        found[g] += c.n;
        r->group_n = g >= r->group_n ? g + 1 : r->group_n;
    }
    for (int g = 0; g < r->group_n; g++) {
        double k = found[g] < rows ? (double)found[g] : (double)rows;
        double idf = log(((double)rows - k + 0.5) / (k + 0.5));
        r->idf[g] = idf > 0 ? idf : IDF_LEAST;
    }
    return code;
}

static void rank(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *ctx, int n,
                 sqlite3_value **v)
{
    int phrases = api->xPhraseCount(fts), code = SQLITE_OK, size = 0;
    const uint8_t *group = n ? sqlite3_value_blob(v[0]) : NULL;
    if (!group || sqlite3_value_bytes(v[0]) != phrases) {
        sqlite3_result_error(ctx, "samestory_rank(table, groups, weights ...)", -1);
        return;
    }
    ranker *r = api->xGetAuxdata(fts, 0);
    if (!r) {
        r = sqlite3_malloc(sizeof *r);
        if (r) {
            memset(r, 0, sizeof *r);
            code = prepare(api, fts, group, phrases, r);
        } else {
            code = SQLITE_NOMEM;
        }
        if (code)
            sqlite3_free(r);
        else
            code = api->xSetAuxdata(fts, r, sqlite3_free);
        if (code) {
            sqlite3_result_error_code(ctx, code);
            return;
        }
    }
    double often[GROUPS] = {0}, score = 0;
    for (int i = 0; i < phrases && !code; i++) {
        Fts5PhraseIter at;
        int column = -1, token = -1;
        if (group[i] >= GROUPS)
            continue;
        for (code = api->xPhraseFirst(fts, i, &at, &column, &token); !code && column >= 0;
             api->xPhraseNext(fts, &at, &column, &token))
            often[group[i]] += column + 1 < n ? sqlite3_value_double(v[column + 1]) : 1;
    }
    if (!code)
        code = api->xColumnSize(fts, -1, &size);
    if (code) {
        sqlite3_result_error_code(ctx, code);
        return;
    }
    for (int g = 0; g < r->group_n; g++)
        score += r->idf[g] * often[g] * (K1 + 1) /
                 (often[g] + K1 * (1 - B + B * (double)size / r->average));
    sqlite3_result_double(ctx, -score);
}

sst_status query_rank_open(store *s, void *fts5)
{
    fts5_api *api = fts5;
    int code = api->xCreateFunction(api, "samestory_rank", NULL, rank, NULL);
    return code ? store_fail_sql(s, code) : SST_OK;
}
