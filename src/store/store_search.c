/*
 * Search: words -> articles, quotations, figures, ranked, with the places of the words.
 *
 * in: words as a person types them; out: hits. Parts, in this order:
 *
 *   query    store_query.c, store_terms.c: words become an FTS5 query
 *   window   the newest RANKED hits by row number, which ascends with the day: they alone are
 *            ranked, so that a word that stands in every article costs as much as a rare one
 *   rank     store_rank.c: bm25, the headline four times as much as the text
 *   places   store_places.c: each hit that is shown is looked through for the words; a window of
 *            SNIPPET bytes around the densest places is the snippet
 */
#include "store_inner.h"

#include <string.h>

#include "base_str.h"
#include "page_article.h"
#include "store_query.h"

enum {
    RANKED = 2000, /* hits that are ranked: some milliseconds */
    SNIPPET = 240  /* bytes of text around the words found, three lines */
};

/* -------------------------------------------------------------------------------------- snippets
 */

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
    uint32_t most;     /* hits of each kind that are worth ranking */
    sst_arena scratch; /* of one hit */
} seeker;

/* Places of the words of a query in a text, for a hit. */
static void mark(seeker *k, const query *q, sst_str text, store_hit *h)
{
    sst_span *v = NULL;
    arena_clear(&k->scratch);
    uint32_t n = query_places(k->s, q, text, &k->scratch, &v);
    h->marks = arena_alloc(k->arena, ((size_t)n + 1) * sizeof *h->marks);
    h->mark_n = h->marks ? n : 0;
    if (h->mark_n)
        memcpy(h->marks, v, n * sizeof *v);
}

static void describe_article(seeker *k, const query *q, store_hit *h)
{
    sst_article *a = NULL;
    if (store_article_load(k->s, h->article.version, &a))
        return;
    for (int column = 1; column >= 0; column--) {
        sst_str text = column ? a->text : a->title;
        mark(k, q, text, h);
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

static void bind_query(sqlite3_stmt *st, const query *f)
{
    store_bind_str(st, 1, (sst_str){f->match.p, f->match.n});
}

static void search_articles(seeker *k, const query *f)
{
    store *s = k->s;
    const store_query *q = k->q;
    int64_t low = f->low, high = f->high;
    /* The newest RANKED, by row. */
    sqlite3_stmt *st = store_sql(
        s, "SELECT count(*), min(r) FROM (SELECT rowid AS r FROM article_search"
           " WHERE article_search MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC"
           " LIMIT ?4)");
    bind_query(st, f);
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
    st = store_sql(s,
                   "SELECT f.score, f.r, " STORE_ARTICLE_COLUMNS
                   " FROM (SELECT rowid AS r, samestory_rank(article_search, ?8, 4.0, 1.0)"
                   " AS score FROM article_search"
                   " WHERE article_search MATCH ?1 AND rowid BETWEEN ?2 AND ?3) f"
                   " CROSS JOIN article a ON a.search_id = f.r JOIN version v ON v.id = a.version"
                   " LEFT JOIN outlet o ON o.id = a.outlet LEFT JOIN story s ON s.id = a.story"
                   " WHERE (?4 IS NULL OR o.name = ?4) AND (?5 IS NULL OR v.lang = ?5)"
                   " AND (?6 IS NULL OR a.published_s >= ?6) AND (?7 IS NULL OR a.published_s < ?7)"
                   " AND NOT v.hidden ORDER BY f.score, f.r DESC");
    bind_query(st, f);
    store_bind(st, 2, low);
    store_bind(st, 3, high);
    store_bind_maybe(st, 4, q->outlet);
    store_bind_maybe(st, 5, q->lang);
    store_bind_time(st, 6, q->since);
    store_bind_time(st, 7, q->until);
    store_bind_blob(st, 8, f->group.v, f->group.n);
    uint32_t first = k->hits.n;
    while (store_row(s, st)) {
        k->out->total++;
        int64_t at = store_time(st, 2 + 12);
        if (k->out->more && at != STORE_NO_TIME &&
            (k->out->ranked_from == STORE_NO_TIME || at < k->out->ranked_from))
            k->out->ranked_from = at;
        if (k->hits.n - first >= k->most)
            continue;
        store_hit *h = vec_push(k->arena, &k->hits);
        if (!h)
            break;
        h->kind = STORE_ARTICLES_KIND;
        h->score = -sqlite3_column_double(st, 0);
        store_article_row(st, 2, k->arena, &h->article);
    }
    for (uint32_t i = first + q->page.offset; i < k->hits.n && !s->status;
         i++) /* those before go */
        describe_article(k, f, &k->hits.v[i]);
}

/* -------------------------------------------------------------------------- quotations, figures */

static void add_quotation(seeker *k, const query *q, sqlite3_stmt *st)
{
    store_hit *h = vec_push(k->arena, &k->hits);
    if (!h)
        return;
    h->kind = STORE_QUOTATIONS_KIND;
    h->score = -sqlite3_column_double(st, 0);
    store_quotation_row(st, 1, k->arena, &h->quotation);
    store_article_row(st, 1 + STORE_QUOTATION_COLUMN_N, k->arena, &h->article);
    h->snippet = h->quotation.said;
    h->at = h->quotation.at;
    mark(k, q, h->snippet, h);
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

static void search_quotations(seeker *k, const query *f)
{
    store *s = k->s;
    const store_query *q = k->q;
    sqlite3_stmt *st = store_sql(
        s, "SELECT f.score, " QUOTATION_REST
           " FROM (SELECT rowid AS r, samestory_rank(quotation_search, ?7) AS score"
           " FROM quotation_search WHERE quotation_search MATCH ?1 ORDER BY rowid DESC LIMIT ?6) f"
           " CROSS JOIN quotation q ON q.id = f.r" QUOTATION_TABLES
           "ORDER BY f.score, a.published_s DESC, q.id");
    bind_query(st, f);
    store_bind_maybe(st, 2, q->outlet);
    store_bind_maybe(st, 3, q->lang);
    store_bind_time(st, 4, q->since);
    store_bind_time(st, 5, q->until);
    store_bind(st, 6, RANKED);
    store_bind_blob(st, 7, f->group.v, f->group.n);
    uint32_t first = k->hits.n, n = 0;
    while (store_row(s, st)) {
        k->out->total++;
        n++;
        if (k->hits.n - first < k->most)
            add_quotation(k, f, st);
    }
    k->out->more |= n == RANKED;
}

static void search_figures(seeker *k, const query *f)
{
    store *s = k->s;
    const store_query *q = k->q;
    sqlite3_stmt *st = store_sql(
        s, "SELECT f.score, g.text, g.value, g.unit, g.\"begin\", g.\"end\", " STORE_ARTICLE_COLUMNS
           " FROM (SELECT rowid AS r, samestory_rank(figure_search, ?7) AS score FROM figure_search"
           " WHERE figure_search MATCH ?1 ORDER BY rowid DESC LIMIT ?6) f"
           " CROSS JOIN figure g ON g.id = f.r JOIN article a ON a.id = g.article"
           " JOIN version v ON v.id = a.version"
           " LEFT JOIN outlet o ON o.id = a.outlet LEFT JOIN story s ON s.id = g.story"
           " WHERE (?2 IS NULL OR o.name = ?2) AND (?3 IS NULL OR v.lang = ?3)"
           " AND (?4 IS NULL OR a.published_s >= ?4) AND (?5 IS NULL OR a.published_s < ?5)"
           " AND NOT v.hidden ORDER BY f.score, a.published_s DESC, g.id");
    bind_query(st, f);
    store_bind_maybe(st, 2, q->outlet);
    store_bind_maybe(st, 3, q->lang);
    store_bind_time(st, 4, q->since);
    store_bind_time(st, 5, q->until);
    store_bind(st, 6, RANKED);
    store_bind_blob(st, 7, f->group.v, f->group.n);
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
    static void (*const search[])(seeker *, const query *) = {search_articles, search_quotations,
                                                              search_figures};
    static const query_index *const index[] = {&query_articles, &query_quotations, &query_figures};
    uint32_t word_n = 0;
    arena_init(&k.scratch, 0);
    for (uint32_t kind = 0; kind < 3 && !s->status; kind++) {
        if (!(kinds & 1u << kind))
            continue;
        bool days = kind == 0;
        query f;
        query_init(
            &f, index[kind], days && q->since != STORE_NO_TIME ? store_search_row(q->since) : 0,
            days && q->until != STORE_NO_TIME ? store_search_row(q->until) + (1 << 16) : INT64_MAX,
            arena);
        query_add(s, &f, q->words, q->speaker.n ? "said : " : "");
        query_add(s, &f, q->speaker, "speaker : ");
        word_n += f.word_n;
        out->more |= f.cut;
        if (!s->status && f.word_n)
            search[kind](&k, &f);
        query_release(&f);
    }
    arena_release(&k.scratch);
    if (!s->status && kinds && !word_n)
        store_fail(s, SST_ERR_USAGE, "search for a word, a \"phrase\" or a --speaker");
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
