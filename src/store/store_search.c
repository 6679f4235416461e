/*
 * Search: words -> articles, quotations, figures, ranked, with the places of the words.
 *
 * in: words as a person types them; out: hits. Parts, in this order:
 *
 *   query    words, "phrases", prefix*, -without become an FTS5 query; nothing of what is typed
 *            reaches FTS5 unquoted, so no sign has a meaning of its own
 *   window   the newest RANKED hits by row number, which ascends with the day: bm25 is asked of
 *            these alone, so that a word that stands in every article costs as much as a rare one
 *   rank     bm25, the headline four times as much as the text
 *   places   of each hit that is shown the text is tokenised once more, by the tokeniser of the
 *            index; a window of SNIPPET bytes around the densest places is the snippet
 */
#include "store_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base_str.h"
#include "base_utf8.h"

enum {
    RANKED = 2000,   /* hits that bm25 is asked of: some milliseconds */
    SNIPPET = 240,   /* bytes of text around the words found, three lines */
    MARKS_MOST = 64, /* places in a hit that are told */
    WORDS_MOST = 32, /* of a query */
    INSTANCES_MOST = 4096
};

/* ---------------------------------------------------------------------------------------- query */

/* One word or phrase of a query, in FTS5's quotes. */
static void quote(sst_buf *b, sst_str word, bool prefix)
{
    buf_byte(b, '"');
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] == 0)
            continue;
        if (word.p[i] == '"')
            buf_byte(b, '"');
        buf_byte(b, word.p[i]);
    }
    buf_byte(b, '"');
    if (prefix)
        buf_byte(b, '*');
}

static bool has_letter(sst_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (byte_is_alpha((unsigned char)s.p[i]) || byte_is_digit((unsigned char)s.p[i]) ||
            (unsigned char)s.p[i] >= 0x80)
            return true;
    return false;
}

/* Words that must stand there, then those that must not. columns: "", or "{a b} : ". */
static void add_words(sst_buf *b, sst_str s, const char *columns, uint32_t *yes_n)
{
    sst_buf no;
    buf_init(&no, 0);
    size_t i = 0;
    uint32_t n = 0, no_n = 0;
    while (i < s.n && n + no_n < WORDS_MOST) {
        while (i < s.n && byte_is_space((unsigned char)s.p[i]))
            i++;
        bool without = i + 1 < s.n && s.p[i] == '-' && !byte_is_space((unsigned char)s.p[i + 1]);
        i += without;
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
        sst_str word = {s.p + from, end - from};
        bool prefix = i < s.n && s.p[i] == '*';
        i += prefix;
        if (word.n > 1 && word.p[word.n - 1] == '*') {
            prefix = true;
            word.n--;
        }
        if (!has_letter(word))
            continue;
        if (without) {
            if (no_n++)
                buf_z(&no, " OR ");
            quote(&no, word, prefix);
            continue;
        }
        buf_z(b, *yes_n ? " AND " : "");
        buf_z(b, columns);
        quote(b, word, prefix);
        n++;
        ++*yes_n;
    }
    if (no_n && n && !no.failed) {
        sst_str yes = {b->p, b->n};
        sst_buf both;
        buf_init(&both, 0);
        buf_byte(&both, '(');
        buf_str(&both, yes);
        buf_z(&both, ") NOT (");
        buf_str(&both, (sst_str){no.p, no.n});
        buf_byte(&both, ')');
        buf_clear(b);
        buf_str(b, (sst_str){both.p, both.n});
        buf_release(&both);
    }
    buf_release(&no);
}

/* --------------------------------------------------------------------------------------- places */

/* Places of tokens that were found, by number of the token in the text. */
typedef struct wanted {
    int *first, *end; /* ascending by first */
    int n, next;
    int token;
    sst_span *out;
    uint32_t out_n;
} wanted;

static int on_token(void *user, int flags, const char *token, int n, int begin, int end)
{
    wanted *w = user;
    (void)token;
    (void)n;
    if (flags & FTS5_TOKEN_COLOCATED)
        return SQLITE_OK;
    int at = w->token++;
    while (w->next < w->n && w->end[w->next] <= at)
        w->next++;
    if (w->next >= w->n)
        return SQLITE_DONE;
    if (at < w->first[w->next])
        return SQLITE_OK;
    if (w->out_n && at > w->first[w->next]) { /* a phrase is one place */
        w->out[w->out_n - 1].end = (uint32_t)end;
        return SQLITE_OK;
    }
    if (w->out_n == MARKS_MOST)
        return SQLITE_DONE;
    w->out[w->out_n++] = (sst_span){(uint32_t)begin, (uint32_t)end};
    return SQLITE_OK;
}

static int by_first(const void *p, const void *q)
{
    const int *a = p, *b = q;
    return a[0] != b[0] ? (a[0] < b[0] ? -1 : 1) : (a[1] > b[1]) - (a[1] < b[1]);
}

/* samestory_places(table, column, text): a blob of spans. */
static void places(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *ctx, int n,
                   sqlite3_value **v)
{
    if (n != 2) {
        sqlite3_result_error(ctx, "samestory_places(table, column, text)", -1);
        return;
    }
    int column = sqlite3_value_int(v[0]), inst_n = 0, code = api->xInstCount(fts, &inst_n);
    const char *text = (const char *)sqlite3_value_blob(v[1]);
    int bytes = sqlite3_value_bytes(v[1]);
    if (inst_n > INSTANCES_MOST)
        inst_n = INSTANCES_MOST;
    int *pair = sqlite3_malloc64(sizeof(int) * 4 * ((size_t)inst_n + 1));
    if (!pair || code) {
        sqlite3_free(pair);
        sqlite3_result_error_code(ctx, code ? code : SQLITE_NOMEM);
        return;
    }
    int m = 0;
    for (int i = 0; i < inst_n && !code; i++) {
        int phrase, in, at;
        code = api->xInst(fts, i, &phrase, &in, &at);
        if (!code && in == column) {
            pair[2 * m] = at;
            pair[2 * m + 1] = at + api->xPhraseSize(fts, phrase);
            m++;
        }
    }
    qsort(pair, (size_t)m, 2 * sizeof *pair, by_first);
    int *first = pair + 2 * (inst_n + 1), *end = first + inst_n + 1;
    int k = 0;
    for (int i = 0; i < m; i++) {
        if (k && pair[2 * i] < end[k - 1]) { /* two phrases over one another */
            end[k - 1] = pair[2 * i + 1] > end[k - 1] ? pair[2 * i + 1] : end[k - 1];
            continue;
        }
        first[k] = pair[2 * i];
        end[k++] = pair[2 * i + 1];
    }
    sst_span out[MARKS_MOST];
    wanted w = {.first = first, .end = end, .n = k, .out = out};
    if (!code && k && text)
        code = api->xTokenize(fts, text, bytes, &w, on_token);
    sqlite3_free(pair);
    if (code && code != SQLITE_DONE)
        sqlite3_result_error_code(ctx, code);
    else
        sqlite3_result_blob(ctx, out, (int)(w.out_n * sizeof *out), SQLITE_TRANSIENT);
}

sst_status store_search_open(store *s)
{
    sqlite3_stmt *st = NULL;
    fts5_api *api = NULL;
    int code = sqlite3_prepare_v2(s->db, "SELECT fts5(?1)", -1, &st, NULL);
    if (!code) {
        sqlite3_bind_pointer(st, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(st);
        sqlite3_finalize(st);
    }
    if (!api)
        return store_fail(s, SST_ERR_INTERNAL, "SQLite has no FTS5");
    code = api->xCreateFunction(api, "samestory_places", NULL, places, NULL);
    return code ? store_fail_sql(s, code) : SST_OK;
}

static void read_marks(sqlite3_stmt *st, int column, sst_arena *arena, store_hit *h)
{
    sst_str b = store_str(st, column);
    h->mark_n = (uint32_t)(b.n / sizeof *h->marks);
    h->marks = arena_alloc(arena, ((size_t)h->mark_n + 1) * sizeof *h->marks);
    if (h->marks && h->mark_n)
        memcpy(h->marks, b.p, h->mark_n * sizeof *h->marks);
}

static bool is_start(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* Whether the line goes on behind `at`, in steps of 1 or -1: something but blanks before it ends.
 */
static bool line_goes_on(sst_str text, uint32_t at, int step)
{
    for (int64_t i = step > 0 ? (int64_t)at : (int64_t)at - 1; i >= 0 && i < (int64_t)text.n;
         i += step) {
        if (text.p[i] == '\n')
            return false;
        if (!byte_is_space((unsigned char)text.p[i]))
            return true;
    }
    return false;
}

/* The stretch of SNIPPET bytes with the most places, from the start of a word to the end of one. */
static void cut_snippet(sst_str text, sst_arena *arena, store_hit *h)
{
    uint32_t best = 0, best_n = 0;
    for (uint32_t i = 0, j = 0; i < h->mark_n; i++) {
        while (j < h->mark_n && h->marks[j].end - h->marks[i].begin <= SNIPPET)
            j++;
        if (j - i > best_n) {
            best_n = j - i;
            best = i;
        }
    }
    uint32_t begin = 0, end = 0;
    if (h->mark_n) {
        begin = h->marks[best].begin;
        end = h->marks[best_n ? best + best_n - 1 : best].end;
    }
    uint32_t room = end - begin < SNIPPET ? SNIPPET - (end - begin) : 0, before = room / 3;
    uint32_t low = begin > before ? begin - before : 0;
    uint32_t high = end + (room - (begin - low));
    if (high > text.n)
        high = (uint32_t)text.n;
    /* Whole lines are whole: the snippet does not cross an empty line backwards. */
    for (uint32_t i = begin; i > low; i--)
        if (text.p[i - 1] == '\n') {
            low = i;
            break;
        }
    while (low > 0 && low < begin && !byte_is_space((unsigned char)text.p[low - 1]))
        low++;
    while (low < begin && !is_start(text.p[low]))
        low++;
    while (high < text.n && high > end && !byte_is_space((unsigned char)text.p[high]))
        high--;
    while (high < text.n && high > end && !is_start(text.p[high]))
        high--;
    while (low < high && byte_is_space((unsigned char)text.p[low]))
        low++;
    while (high > low && byte_is_space((unsigned char)text.p[high - 1]))
        high--;
    h->at = (sst_span){low, high};
    h->cut_before = line_goes_on(text, low, -1);
    h->cut_after = line_goes_on(text, high, 1);
    h->snippet = arena_str(arena, str_span(text, h->at));
    uint32_t k = 0;
    for (uint32_t i = 0; i < h->mark_n; i++)
        if (h->marks[i].begin >= low && h->marks[i].end <= high)
            h->marks[k++] = h->marks[i];
    h->mark_n = k;
}

/* ------------------------------------------------------------------------------------- articles */

typedef struct seeker {
    store *s;
    const store_query *q;
    sst_arena *arena;
    store_found *out;
    SST_VEC(store_hit) hits;
    uint32_t most; /* hits of each kind that are worth ranking */
} seeker;

static void describe_article(seeker *k, store_hit *h, int64_t row, sst_str match)
{
    store *s = k->s;
    sst_article *a = NULL;
    if (store_article_load(s, h->article.version, &a))
        return;
    for (int column = 1; column >= 0; column--) {
        sst_str text = column ? a->text : a->title;
        sqlite3_stmt *st =
            store_sql(s, "SELECT samestory_places(article_search, ?3, ?4) FROM article_search"
                         " WHERE article_search MATCH ?1 AND rowid = ?2");
        store_bind_str(st, 1, match);
        store_bind(st, 2, row);
        store_bind(st, 3, column);
        store_bind_str(st, 4, text);
        if (store_row(s, st)) {
            read_marks(st, 0, k->arena, h);
            sqlite3_reset(st);
        }
        if (h->mark_n == 0 && column)
            continue;
        h->in_title = !column;
        if (column)
            cut_snippet(text, k->arena, h);
        else {
            h->snippet = arena_str(k->arena, text);
            h->at = (sst_span){0, 0};
        }
        break;
    }
    page_free(a);
}

static void search_articles(seeker *k, sst_str match)
{
    store *s = k->s;
    const store_query *q = k->q;
    int64_t low = q->since == STORE_NO_TIME ? 0 : store_search_row(q->since),
            high = q->until == STORE_NO_TIME ? INT64_MAX : store_search_row(q->until) + (1 << 16);
    /* The newest RANKED, by row. */
    sqlite3_stmt *st = store_sql(
        s, "SELECT count(*), min(r) FROM (SELECT rowid AS r FROM article_search"
           " WHERE article_search MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC"
           " LIMIT ?4)");
    store_bind_str(st, 1, match);
    store_bind(st, 2, low);
    store_bind(st, 3, high);
    store_bind(st, 4, RANKED + 1);
    if (!store_row(s, st))
        return;
    int64_t n = store_int(st, 0), from = store_int(st, 1);
    sqlite3_reset(st);
    if (n > RANKED) {
        k->out->more = true;
        low = from + 1;
    }
    st = store_sql(
        s, "SELECT f.score, f.r, " STORE_ARTICLE_COLUMNS
           " FROM (SELECT rowid AS r, bm25(article_search, 4.0, 1.0) AS score FROM article_search"
           " WHERE article_search MATCH ?1 AND rowid BETWEEN ?2 AND ?3) f"
           " CROSS JOIN article a ON a.search_id = f.r JOIN version v ON v.id = a.version"
           " LEFT JOIN outlet o ON o.id = a.outlet LEFT JOIN story s ON s.id = a.story"
           " WHERE (?4 IS NULL OR o.name = ?4) AND (?5 IS NULL OR v.lang = ?5)"
           " AND (?6 IS NULL OR a.published_s >= ?6) AND (?7 IS NULL OR a.published_s < ?7)"
           " AND NOT v.hidden ORDER BY f.score, f.r DESC");
    store_bind_str(st, 1, match);
    store_bind(st, 2, low);
    store_bind(st, 3, high);
    store_bind_maybe(st, 4, q->outlet);
    store_bind_maybe(st, 5, q->lang);
    store_bind_time(st, 6, q->since);
    store_bind_time(st, 7, q->until);
    uint32_t first = k->hits.n;
    SST_VEC(int64_t) rows = {0};
    while (store_row(s, st)) {
        k->out->total++;
        int64_t at = store_time(st, 2 + 12);
        if (k->out->more && at != STORE_NO_TIME &&
            (k->out->ranked_from == STORE_NO_TIME || at < k->out->ranked_from))
            k->out->ranked_from = at;
        if (k->hits.n - first >= k->most)
            continue;
        store_hit *h = vec_push(k->arena, &k->hits);
        int64_t *row = vec_push(k->arena, &rows);
        if (!h || !row)
            break;
        h->kind = STORE_ARTICLES_KIND;
        h->score = -sqlite3_column_double(st, 0);
        *row = store_int(st, 1);
        store_article_row(st, 2, k->arena, &h->article);
    }
    for (uint32_t i = q->page.offset; i < rows.n && !s->status; i++) /* those before go */
        describe_article(k, &k->hits.v[first + i], rows.v[i], match);
}

/* -------------------------------------------------------------------------- quotations, figures */

static void add_quotation(seeker *k, sqlite3_stmt *st, double score, bool marks)
{
    store_hit *h = vec_push(k->arena, &k->hits);
    if (!h)
        return;
    h->kind = STORE_QUOTATIONS_KIND;
    h->score = score;
    store_quotation_row(st, 2, k->arena, &h->quotation);
    store_article_row(st, 2 + STORE_QUOTATION_COLUMN_N, k->arena, &h->article);
    h->snippet = h->quotation.said;
    h->at = h->quotation.at;
    if (!marks)
        return;
    read_marks(st, 1, k->arena, h);
    /* Places in what is said are places in the text as long as nothing stands between its parts. */
    bool whole = h->at.end - h->at.begin == h->snippet.n;
    for (uint32_t i = 0; i < h->mark_n; i++) {
        h->marks[i].begin += h->at.begin;
        h->marks[i].end += h->at.begin;
    }
    if (!whole)
        h->mark_n = 0;
}

#define QUOTATION_REST STORE_QUOTATION_COLUMNS ", " STORE_ARTICLE_COLUMNS
#define QUOTATION_TABLES                                                                           \
    " JOIN article a ON a.id = q.article JOIN version v ON v.id = a.version"                       \
    " LEFT JOIN outlet o ON o.id = a.outlet LEFT JOIN story s ON s.id = q.story"                   \
    " WHERE (?2 IS NULL OR o.name = ?2) AND (?3 IS NULL OR v.lang = ?3)"                           \
    " AND (?4 IS NULL OR a.published_s >= ?4) AND (?5 IS NULL OR a.published_s < ?5)"              \
    " AND NOT v.hidden "

static void search_quotations(seeker *k, sst_str match)
{
    store *s = k->s;
    const store_query *q = k->q;
    sqlite3_stmt *st =
        store_sql(s, "SELECT f.score, f.marks, " QUOTATION_REST
                     " FROM (SELECT rowid AS r, bm25(quotation_search) AS score,"
                     " samestory_places(quotation_search, 1, said) AS marks FROM quotation_search"
                     " WHERE quotation_search MATCH ?1 ORDER BY rowid DESC LIMIT ?6) f"
                     " CROSS JOIN quotation q ON q.id = f.r" QUOTATION_TABLES
                     "ORDER BY f.score, a.published_s DESC, q.id");
    store_bind_str(st, 1, match);
    store_bind_maybe(st, 2, q->outlet);
    store_bind_maybe(st, 3, q->lang);
    store_bind_time(st, 4, q->since);
    store_bind_time(st, 5, q->until);
    store_bind(st, 6, RANKED);
    uint32_t first = k->hits.n, n = 0;
    while (store_row(s, st)) {
        k->out->total++;
        n++;
        if (k->hits.n - first < k->most)
            add_quotation(k, st, -sqlite3_column_double(st, 0), true);
    }
    k->out->more |= n == RANKED;
}

static void search_figures(seeker *k, sst_str match)
{
    store *s = k->s;
    const store_query *q = k->q;
    sqlite3_stmt *st = store_sql(
        s, "SELECT f.score, g.text, g.value, g.unit, g.\"begin\", g.\"end\", " STORE_ARTICLE_COLUMNS
           " FROM (SELECT rowid AS r, bm25(figure_search) AS score FROM figure_search"
           " WHERE figure_search MATCH ?1 ORDER BY rowid DESC LIMIT ?6) f"
           " CROSS JOIN figure g ON g.id = f.r JOIN article a ON a.id = g.article"
           " JOIN version v ON v.id = a.version"
           " LEFT JOIN outlet o ON o.id = a.outlet LEFT JOIN story s ON s.id = g.story"
           " WHERE (?2 IS NULL OR o.name = ?2) AND (?3 IS NULL OR v.lang = ?3)"
           " AND (?4 IS NULL OR a.published_s >= ?4) AND (?5 IS NULL OR a.published_s < ?5)"
           " AND NOT v.hidden ORDER BY f.score, a.published_s DESC, g.id");
    store_bind_str(st, 1, match);
    store_bind_maybe(st, 2, q->outlet);
    store_bind_maybe(st, 3, q->lang);
    store_bind_time(st, 4, q->since);
    store_bind_time(st, 5, q->until);
    store_bind(st, 6, RANKED);
    uint32_t first = k->hits.n, n = 0;
    while (store_row(s, st)) {
        k->out->total++;
        n++;
        store_hit *h = k->hits.n - first < k->most ? vec_push(k->arena, &k->hits) : NULL;
        if (!h)
            continue;
        h->kind = STORE_FIGURES_KIND;
        h->score = -sqlite3_column_double(st, 0);
        h->figure = store_keep(st, 1, k->arena);
        h->value = sqlite3_column_double(st, 2);
        h->unit = store_keep(st, 3, k->arena);
        h->at = (sst_span){(uint32_t)store_int(st, 4), (uint32_t)store_int(st, 5)};
        h->snippet = h->figure;
        store_article_row(st, 6, k->arena, &h->article);
    }
    k->out->more |= n == RANKED;
}

/* --------------------------------------------------------------------------------------- search */

/* Kinds apart, in the order articles, quotations, figures; inside by score. */
sst_status store_search(store *s, const store_query *q, sst_arena *arena, store_found *out)
{
    store_start(s);
    *out = (store_found){.ranked_from = STORE_NO_TIME};
    uint32_t kinds = q->kinds ? q->kinds : STORE_ARTICLES_KIND | STORE_QUOTATIONS_KIND;
    uint32_t limit = q->page.limit ? q->page.limit : STORE_PAGE_ROWS;
    seeker k = {.s = s, .q = q, .arena = arena, .out = out, .most = limit + q->page.offset};
    if (q->speaker.n)
        kinds &= STORE_QUOTATIONS_KIND;
    sst_buf plain, said;
    buf_init(&plain, 0);
    buf_init(&said, 0);
    uint32_t plain_n = 0, said_n = 0;
    add_words(&plain, q->words, "", &plain_n);
    add_words(&said, q->words, q->speaker.n ? "said : " : "", &said_n);
    if (q->speaker.n) {
        sst_buf both;
        uint32_t n = 0;
        buf_init(&both, 0);
        add_words(&both, q->speaker, "speaker : ", &n);
        if (said_n && n)
            buf_z(&both, " AND (");
        if (said_n)
            buf_str(&both, (sst_str){said.p, said.n});
        if (said_n && n)
            buf_byte(&both, ')');
        said_n += n;
        buf_release(&said);
        said = both;
    }
    if (plain.failed || said.failed)
        store_no_memory(s);
    else if (plain_n + said_n == 0)
        store_fail(s, SST_ERR_USAGE, "search for a word, a \"phrase\" or a --speaker");
    if (!s->status && (kinds & STORE_ARTICLES_KIND) && plain_n)
        search_articles(&k, (sst_str){plain.p, plain.n});
    if (!s->status && (kinds & STORE_QUOTATIONS_KIND) && said_n)
        search_quotations(&k, (sst_str){said.p, said.n});
    if (!s->status && (kinds & STORE_FIGURES_KIND) && plain_n)
        search_figures(&k, (sst_str){plain.p, plain.n});
    buf_release(&plain);
    buf_release(&said);
    /* The page: of each kind. */
    uint32_t n = 0, skip = 0;
    uint8_t kind = 0;
    for (uint32_t i = 0; i < k.hits.n; i++) {
        if (k.hits.v[i].kind != kind) {
            kind = k.hits.v[i].kind;
            skip = q->page.offset;
        }
        if (skip) {
            skip--;
            continue;
        }
        k.hits.v[n++] = k.hits.v[i];
    }
    out->v = k.hits.v;
    out->n = n;
    return s->status ? s->status : arena->failed ? store_no_memory(s) : SST_OK;
}
