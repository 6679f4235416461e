/*
 * The database in forms of others. In: rows of store; out: bytes to a sink.
 *
 *   JSONL         rows with the names of the columns; articles as extract writes them; stories as
 *                 compare does
 *   CSV           RFC 4180: a line of names, CRLF, quotes where they are needed
 *   PASSIM        {"id","series","date","text"}: the input of passim
 *   ANNOTATIONS   W3C Web Annotation Data Model (2017): a quotation or figure by its place in
 *                 characters and by its words with what stands around them
 *   DEHYDRATED    ids, hashes and offsets: what may be passed on where texts may not; whoever has
 *                 the same text can put the two together again
 *
 * Rights and access of an article go with it in every form that has a place for them.
 */
#include "api_context.h"

#include <string.h>

#include "base_hash.h"
#include "base_str.h"
#include "base_utf8.h"
#include "report_model.h"
#include "store.h"

enum {
    AROUND = 32 /* bytes of text before and behind a place, to find it again */
};

typedef struct exporter {
    sst_context *ctx;
    store *store;
    report_out *o;
    sst_arena *arena; /* of one row */
    store_table table;
    bool csv;
    sst_status status;
} exporter;

/* ----------------------------------------------------------------------------------------- rows */

static void csv_value(report_out *o, sst_str v)
{
    bool quoted = false;
    for (size_t i = 0; i < v.n && !quoted; i++)
        quoted = v.p[i] == '"' || v.p[i] == ',' || v.p[i] == '\n' || v.p[i] == '\r';
    if (!quoted) {
        report_out_str(o, v);
        return;
    }
    report_out_z(o, "\"");
    for (size_t i = 0, from = 0; i <= v.n; i++)
        if (i == v.n || v.p[i] == '"') {
            report_out_add(o, v.p + from, i - from + (i < v.n));
            if (i < v.n)
                report_out_z(o, "\"");
            from = i + 1;
        }
    report_out_z(o, "\"");
}

static int row(void *user, const store_value *v, uint32_t n)
{
    exporter *x = user;
    const char *const *names = store_columns(x->table);
    if (x->csv) {
        for (uint32_t i = 0; i < n; i++) {
            if (i)
                report_out_z(x->o, ",");
            csv_value(x->o, v[i].text);
        }
        report_out_z(x->o, "\r\n");
        return x->o->status != SST_OK;
    }
    json_object(x->o);
    for (uint32_t i = 0; i < n; i++) {
        json_key(x->o, names[i]);
        if (!v[i].text.p)
            json_null(x->o);
        else if (v[i].number)
            json_raw(x->o, v[i].text);
        else
            json_string(x->o, v[i].text);
    }
    json_object_end(x->o);
    json_line(x->o);
    return x->o->status != SST_OK;
}

static void csv_head(exporter *x)
{
    const char *const *names = store_columns(x->table);
    for (uint32_t i = 0; names[i]; i++) {
        if (i)
            report_out_z(x->o, ",");
        report_out_z(x->o, names[i]);
    }
    report_out_z(x->o, "\r\n");
}

/* ------------------------------------------------------------------------------------- articles */

static int article_row(void *user, const store_article *a, sst_article *article)
{
    exporter *x = user;
    (void)a;
    article->index = 0;
    sst_article *one = article;
    sst_run_result r = {.options = &x->ctx->options, .articles = &one, .n = 1, .input_n = 1};
    report_run run;
    if (report_run_init(&run, &r, x->arena, x->o, NULL))
        return 1;
    report_json_article(&run, article, true);
    json_line(x->o);
    arena_clear(x->arena);
    return x->o->status != SST_OK;
}

static int passim_row(void *user, const store_article *a, sst_article *article)
{
    exporter *x = user;
    json_object(x->o);
    json_key_string(x->o, "id", a->id);
    json_key_string(x->o, "series", a->outlet);
    json_key_maybe(x->o, "date",
                   (sst_str){a->published.p, a->published.n < 10 ? a->published.n : 10});
    json_key_maybe(x->o, "rights", a->rights);
    json_key_string(x->o, "text", article->text);
    json_object_end(x->o);
    json_line(x->o);
    return x->o->status != SST_OK;
}

static void hash_field(report_out *o, const char *key, sst_str s)
{
    char hex[17];
    uint64_t h = hash_str(s);
    for (int i = 15; i >= 0; i--, h >>= 4)
        hex[i] = "0123456789abcdef"[h & 15];
    hex[16] = 0;
    json_key(o, key);
    json_z(o, hex);
}

static void pair(report_out *o, const char *key, sst_span at)
{
    json_key(o, key);
    json_array(o);
    json_u64(o, at.begin);
    json_u64(o, at.end);
    json_array_end(o);
}

static int dehydrated_row(void *user, const store_article *a, sst_article *article)
{
    exporter *x = user;
    report_out *o = x->o;
    store_mark *mark = NULL;
    uint32_t mark_n = 0;
    if (store_article_marks(x->store, a->row, x->arena, &mark, &mark_n))
        return 1;
    json_object(o);
    json_key_string(o, "id", a->id);
    json_key_maybe(o, "url", a->url);
    json_key_maybe(o, "outlet", a->outlet);
    json_key_maybe(o, "published", a->published);
    json_key_maybe(o, "lang", a->lang);
    json_key_string(o, "access", a->access);
    json_key_maybe(o, "rights", a->rights);
    json_key_string(o, "story", a->story);
    json_key(o, "bytes");
    json_u64(o, article->text.n);
    hash_field(o, "xxh3", article->text);
    json_key(o, "blocks");
    json_array(o);
    for (uint32_t i = 0; i < article->block_n; i++) {
        json_object(o);
        pair(o, "at", article->blocks[i].at);
        json_key(o, "role");
        json_z(o, page_role_name((sst_role)article->blocks[i].role));
        hash_field(o, "xxh3", str_span(article->text, article->blocks[i].at));
        json_object_end(o);
    }
    json_array_end(o);
    for (int figures = 0; figures < 2; figures++) {
        json_key(o, figures ? "figures" : "quotations");
        json_array(o);
        for (uint32_t i = 0; i < mark_n; i++) {
            if (mark[i].figure != (figures != 0))
                continue;
            json_object(o);
            pair(o, "at", mark[i].at);
            json_key_maybe(o, figures ? "bound" : "type", mark[i].kind);
            if (mark[i].group) {
                json_key(o, figures ? "row" : "utterance");
                json_u64(o, mark[i].group);
            }
            json_object_end(o);
        }
        json_array_end(o);
    }
    json_object_end(o);
    json_line(o);
    arena_clear(x->arena);
    return o->status != SST_OK;
}

/* ---------------------------------------------------------------------------------- annotations */

static uint64_t points(sst_str s)
{
    uint64_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

/* At most AROUND bytes at one end of s, of whole characters. */
static sst_str end_of(sst_str s, bool last)
{
    size_t n = s.n < AROUND ? s.n : AROUND;
    if (last) {
        while (n && ((unsigned char)s.p[s.n - n] & 0xC0) == 0x80)
            n--;
        return (sst_str){s.p + s.n - n, n};
    }
    while (n && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return (sst_str){s.p, n};
}

static void annotation(exporter *x, const store_article *a, const sst_article *article,
                       const store_mark *m, uint64_t begin)
{
    report_out *o = x->o;
    sst_str text = article->text, exact = str_span(text, m->at);
    json_object(o);
    json_key_string(o, "@context", STR("http://www.w3.org/ns/anno.jsonld"));
    json_key_string(o, "id",
                    arena_printf(x->arena, "urn:samestory:%016llx:%s:%u",
                                 (unsigned long long)hash_str(a->id),
                                 m->figure ? "figure" : "quotation", m->number));
    json_key_string(o, "type", STR("Annotation"));
    json_key_string(o, "motivation", STR("identifying"));
    json_key(o, "body");
    json_object(o);
    json_key_string(o, "type", STR("Dataset"));
    json_key_string(o, "kind", m->figure ? STR("figure") : STR("quotation"));
    if (m->figure) {
        json_key(o, "value");
        json_double(o, m->value);
        json_key_maybe(o, "unit", m->name);
        json_key_maybe(o, "bound", m->kind);
    } else {
        json_key_maybe(o, "speaker", m->name);
        json_key_maybe(o, "quotationType", m->kind);
    }
    json_key_maybe(o, "story", a->story);
    json_object_end(o);
    json_key(o, "target");
    json_object(o);
    json_key_string(o, "source", a->url.n ? a->url : a->id);
    if (a->rights.n)
        json_key_string(o, "rights", a->rights);
    json_key(o, "accessibility");
    json_string(o, a->access);
    json_key(o, "selector");
    json_array(o);
    json_object(o);
    json_key_string(o, "type", STR("TextPositionSelector"));
    json_key(o, "start");
    json_u64(o, begin);
    json_key(o, "end");
    json_u64(o, begin + points(exact));
    json_object_end(o);
    json_object(o);
    json_key_string(o, "type", STR("TextQuoteSelector"));
    json_key_string(o, "exact", exact);
    json_key_string(o, "prefix", end_of((sst_str){text.p, m->at.begin}, true));
    json_key_string(o, "suffix", end_of((sst_str){text.p + m->at.end, text.n - m->at.end}, false));
    json_object_end(o);
    json_array_end(o);
    json_object_end(o);
    json_object_end(o);
    json_line(o);
}

static int annotation_rows(void *user, const store_article *a, sst_article *article)
{
    exporter *x = user;
    store_mark *mark = NULL;
    uint32_t mark_n = 0;
    if (store_article_marks(x->store, a->row, x->arena, &mark, &mark_n))
        return 1;
    uint64_t at = 0;
    uint32_t byte = 0;
    for (uint32_t i = 0; i < mark_n; i++) {
        const store_mark *m = &mark[i];
        if (m->at.begin > m->at.end || m->at.end > article->text.n)
            continue; /* a text that has just changed: its story is stale */
        if (m->at.begin < byte) {
            at = 0;
            byte = 0;
        }
        at += points((sst_str){article->text.p + byte, m->at.begin - byte});
        byte = m->at.begin;
        annotation(x, a, article, m, at);
    }
    arena_clear(x->arena);
    return x->o->status != SST_OK;
}

/* -------------------------------------------------------------------------------------- stories */

/* What the writers of reports need of one story of the database. */
static sst_status story_row(exporter *x, int64_t story)
{
    store_compared *c = NULL;
    sst_status status = store_compare(x->store, story, false, &c);
    if (status)
        return status;
    const sst_findings *findings = &c->findings;
    sst_errors none;
    memset(&none, 0, sizeof none);
    sst_run_result r = {.options = &x->ctx->options,
                        .errors = &none,
                        .reader_errors = &none,
                        .articles = c->articles,
                        .texts = c->texts,
                        .quotes = c->quotes,
                        .figures = c->figures,
                        .n = c->n,
                        .input_n = c->n,
                        .stories = &c->story,
                        .story_n = 1,
                        .findings = &findings};
    report_run run;
    sst_arena arena;
    arena_init(&arena, 0);
    status = report_run_init(&run, &r, &arena, x->o, NULL);
    if (!status && c->n) {
        report_json_story(&run, 0);
        json_line(x->o);
        status = arena.failed ? arena.failed : x->o->status;
    }
    arena_release(&arena);
    store_compared_free(c);
    return status;
}

static sst_status story_rows(exporter *x)
{
    sst_status status = SST_OK;
    sst_arena arena;
    arena_init(&arena, 0);
    store_story *v = NULL;
    uint32_t n = 1;
    sst_str after = {"", 0};
    while (!status && n) {
        sst_arena next;
        arena_init(&next, 0);
        status = store_stories_by_id(x->store, after, 256, &next, &v, &n);
        for (uint32_t i = 0; i < n && !status; i++)
            status = story_row(x, v[i].row);
        if (n)
            after = v[n - 1].id;
        arena_release(&arena);
        arena = next;
    }
    arena_release(&arena);
    return status;
}

/* ------------------------------------------------------------------------------------- the door */

static sst_status write_all(exporter *x, sst_export_format format, sst_export_what what)
{
    static const store_table tables[] = {[SST_EXPORT_ARTICLES] = STORE_TABLE_ARTICLES,
                                         [SST_EXPORT_QUOTATIONS] = STORE_TABLE_QUOTATIONS,
                                         [SST_EXPORT_FIGURES] = STORE_TABLE_FIGURES,
                                         [SST_EXPORT_PAIRS] = STORE_TABLE_PAIRS,
                                         [SST_EXPORT_STORIES] = STORE_TABLE_STORIES};
    x->table = tables[what];
    x->csv = format == SST_EXPORT_CSV;
    switch (format) {
    case SST_EXPORT_CSV:
        csv_head(x);
        return store_each_row(x->store, x->table, row, x);
    case SST_EXPORT_JSONL:
        if (what == SST_EXPORT_ARTICLES)
            return store_each_article(x->store, article_row, x);
        if (what == SST_EXPORT_STORIES)
            return story_rows(x);
        return store_each_row(x->store, x->table, row, x);
    case SST_EXPORT_PASSIM:
        return store_each_article(x->store, passim_row, x);
    case SST_EXPORT_ANNOTATIONS:
        return store_each_article(x->store, annotation_rows, x);
    case SST_EXPORT_DEHYDRATED:
        return store_each_article(x->store, dehydrated_row, x);
    }
    return errors_set(&x->ctx->errors, SST_ERR_USAGE, "sst_export: there is no format %d",
                      (int)format);
}

sst_status sst_export(sst_context *ctx, const char *db, sst_export_format format,
                      sst_export_what what, sst_sink_fn sink, void *user)
{
    if (!ctx || !db || !sink || what > SST_EXPORT_STORIES)
        return SST_ERR_USAGE;
    ctx->errors.code = SST_OK;
    sst_arena arena, row_arena;
    arena_init(&arena, 0);
    arena_init(&row_arena, 0);
    report_out out;
    exporter x = {.ctx = ctx, .o = &out, .arena = &row_arena};
    char *buffer = arena_alloc(&arena, REPORT_BUFFER);
    sst_status status =
        buffer ? store_open(db, STORE_READ, &ctx->errors, &x.store) : api_no_memory(ctx);
    if (!status) {
        report_out_init(&out, (report_sink){sink, user}, buffer);
        status = write_all(&x, format, what);
    }
    if (!status)
        status = report_out_end(&out);
    if (status && ctx->errors.code == SST_OK)
        errors_set(&ctx->errors, status, "sst_export: %s",
                   status == SST_ERR_MEMORY ? "out of memory" : "writing ended early");
    store_close(x.store);
    arena_release(&row_arena);
    arena_release(&arena);
    return status;
}
