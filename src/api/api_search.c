/*
 * Search and check of a database. In: a query; out: hits as rows, as one JSON object, or for
 * people. A word that was found is a span in the article's text.
 */
#include "api_context.h"

#include <stdio.h>
#include <string.h>

#include "base_str.h"
#include "page_article.h"
#include "report_model.h"
#include "report_term.h"
#include "store.h"

/* -------------------------------------------------------------------------------------- as JSON */

static void place(report_out *o, sst_span at)
{
    json_array(o);
    json_u64(o, at.begin);
    json_u64(o, at.end);
    json_array_end(o);
}

static void hit_json(report_out *o, const store_hit *h)
{
    static const char *const kinds[] = {[STORE_ARTICLES_KIND] = "article",
                                        [STORE_QUOTATIONS_KIND] = "quotation",
                                        [STORE_FIGURES_KIND] = "figure"};
    const store_article *a = &h->article;
    json_object(o);
    json_key_string(o, "kind", str_of(kinds[h->kind]));
    json_key(o, "score");
    json_score(o, h->score);
    json_key_string(o, "article", a->id);
    json_key_maybe(o, "title", a->title);
    json_key_maybe(o, "outlet", a->outlet);
    json_key_maybe(o, "published", a->published);
    json_key_maybe(o, "lang", a->lang);
    json_key_maybe(o, "url", a->url);
    json_key_maybe(o, "story", a->story);
    if (a->rights.n)
        json_key_string(o, "rights", a->rights);
    if (h->kind == STORE_QUOTATIONS_KIND) {
        json_key_maybe(o, "speaker", h->quotation.speaker);
        json_key_string(o, "type", h->quotation.type);
        json_key_maybe(o, "change", h->quotation.change);
        if (h->quotation.utterance) {
            json_key(o, "utterance");
            json_u64(o, h->quotation.utterance);
        }
    }
    if (h->kind == STORE_FIGURES_KIND) {
        json_key(o, "value");
        json_double(o, h->value);
        json_key_maybe(o, "unit", h->unit);
    }
    json_key(o, "at");
    if (h->in_title)
        json_null(o); /* a headline that stands beside the text */
    else
        place(o, h->at);
    json_key_string(o, "text", h->snippet);
    json_key(o, "marks");
    json_array(o);
    for (uint32_t i = 0; i < h->mark_n; i++)
        place(o, h->marks[i]);
    json_array_end(o);
    json_object_end(o);
}

static void found_json(report_out *o, const store_found *f)
{
    json_object(o);
    json_key(o, "found");
    json_u64(o, f->total);
    json_key(o, "more");
    json_bool(o, f->more);
    json_key(o, "hits");
    json_array(o);
    for (uint32_t i = 0; i < f->n; i++)
        hit_json(o, &f->v[i]);
    json_array_end(o);
    json_object_end(o);
    json_line(o);
}

/* ----------------------------------------------------------------------------------- for people */

/* The snippet on one line, what was found between signs that a terminal shows bold. */
static void marked(report_out *o, const store_hit *h, bool colour)
{
    uint32_t at = 0, base = h->in_title ? 0 : h->at.begin;
    for (uint32_t i = 0; i <= h->mark_n; i++) {
        uint32_t end = i < h->mark_n ? h->marks[i].begin - base : (uint32_t)h->snippet.n;
        for (; at < end && at < h->snippet.n; at++) {
            char c = h->snippet.p[at];
            report_out_add(o, (unsigned char)c < 0x20 || c == 0x7f ? " " : &c, 1);
        }
        if (i == h->mark_n)
            break;
        end = h->marks[i].end - base;
        report_out_z(o, colour ? "\033[1m" : "");
        for (; at < end && at < h->snippet.n; at++) {
            char c = h->snippet.p[at];
            report_out_add(o, (unsigned char)c < 0x20 || c == 0x7f ? " " : &c, 1);
        }
        report_out_z(o, colour ? "\033[0m" : "");
    }
}

/* Bytes of other people reach no terminal as they are. */
static void plain(report_out *o, sst_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        report_out_add(o, (unsigned char)c < 0x20 || c == 0x7f ? " " : &c, 1);
    }
}

static void hit_text(report_out *o, const store_hit *h, bool colour)
{
    const store_article *a = &h->article;
    if (h->kind == STORE_QUOTATIONS_KIND && h->quotation.speaker.n) {
        plain(o, h->quotation.speaker);
        report_out_z(o, ": ");
    }
    if (h->kind == STORE_ARTICLES_KIND) {
        plain(o, a->title.n ? a->title : a->id);
        if (!h->in_title || !str_eq(h->snippet, a->title)) {
            report_out_z(o, "\n  ");
            report_out_z(o, h->cut_before ? "… " : "");
            marked(o, h, colour);
            report_out_z(o, h->cut_after ? " …" : "");
        }
    } else {
        marked(o, h, colour);
    }
    report_out_z(o, "\n  ");
    plain(o, a->outlet.n ? a->outlet : STR("no outlet"));
    if (a->published.n) {
        report_out_z(o, ", ");
        plain(o, (sst_str){a->published.p, a->published.n < 10 ? a->published.n : 10});
    }
    report_out_z(o, ", ");
    plain(o, a->id);
    if (a->story.n) {
        report_out_z(o, ", story ");
        plain(o, a->story);
    }
    report_out_z(o, "\n\n");
}

static void found_text(report_out *o, const store_found *f, bool colour)
{
    static const char *const heads[] = {[STORE_ARTICLES_KIND] = "ARTICLES\n\n",
                                        [STORE_QUOTATIONS_KIND] = "QUOTATIONS\n\n",
                                        [STORE_FIGURES_KIND] = "FIGURES\n\n"};
    uint8_t kind = 0;
    char line[80];
    for (uint32_t i = 0; i < f->n; i++) {
        if (f->v[i].kind != kind) {
            kind = f->v[i].kind;
            report_out_z(o, heads[kind]);
        }
        hit_text(o, &f->v[i], colour);
    }
    snprintf(line, sizeof line, "%s%llu found%s\n", f->more ? "more than " : "",
             (unsigned long long)f->total, f->more ? "; the newest were ranked" : "");
    report_out_z(o, line);
}

/* ---------------------------------------------------------------------------------------- doors */

static sst_status date(sst_context *ctx, const char *name, const char *text, int64_t *out)
{
    *out = STORE_NO_TIME;
    if (!text)
        return SST_OK;
    *out = page_seconds(str_of(text));
    return *out != STORE_NO_TIME ? SST_OK
                                 : errors_set(&ctx->errors, SST_ERR_USAGE,
                                              "%s %s: give a date as 2024-08-19", name, text);
}

sst_status sst_search(sst_context *ctx, const char *db, const sst_search_query *query,
                      sst_format format, const sst_style *style, sst_sink_fn sink, void *user)
{
    if (!ctx || !db || !query || !sink)
        return SST_ERR_USAGE;
    ctx->errors.code = SST_OK;
    store_query q = {.words = str_of(query->words),
                     .speaker = str_of(query->speaker),
                     .outlet = str_of(query->outlet),
                     .lang = str_of(query->lang),
                     .kinds = query->kinds,
                     .page = {query->limit, query->offset}};
    sst_status status = date(ctx, "--since", query->since, &q.since);
    if (!status)
        status = date(ctx, "--until", query->until, &q.until);
    if (!status && format == SST_FORMAT_HTML)
        status = errors_set(&ctx->errors, SST_ERR_USAGE, "sst_search: there is no such format");
    sst_arena arena;
    arena_init(&arena, 0);
    store *s = NULL;
    store_found found;
    report_out out;
    char *buffer = arena_alloc(&arena, REPORT_BUFFER);
    if (!status)
        status = buffer ? store_open(db, STORE_READ, &ctx->errors, &s) : api_no_memory(ctx);
    if (!status)
        status = store_search(s, &q, &arena, &found);
    if (!status) {
        report_out_init(&out, (report_sink){sink, user}, buffer);
        if (format == SST_FORMAT_JSON)
            found_json(&out, &found);
        else if (format == SST_FORMAT_TEXT)
            found_text(&out, &found, style && style->colour);
        else
            for (uint32_t i = 0; i < found.n; i++) {
                hit_json(&out, &found.v[i]);
                json_line(&out);
            }
        status = report_out_end(&out);
        if (status)
            errors_set(&ctx->errors, status, "sst_search: writing ended early");
    }
    store_close(s);
    arena_release(&arena);
    return status;
}

/* ---------------------------------------------------------------------------------------- check */

typedef struct teller {
    sst_fault_fn fn;
    void *user;
} teller;

static void tell(void *user, const char *invariant, const char *what, bool mended)
{
    const teller *t = user;
    if (t->fn)
        t->fn(t->user, invariant, what, mended);
}

static void progress(void *user, const char *what, uint64_t done, uint64_t total)
{
    api_progress(user, what, done, total);
}

sst_status sst_check(sst_context *ctx, const char *db, int repair, sst_fault_fn fn, void *user,
                     uint64_t *faults)
{
    if (!ctx || !db || !faults)
        return SST_ERR_USAGE;
    ctx->errors.code = SST_OK;
    ctx->caller = pthread_self();
    *faults = 0;
    store *s = NULL;
    teller t = {fn, user};
    store_work work = {
        .threads = ctx->threads, .stop = &ctx->stop, .progress = progress, .user = ctx};
    sst_status status = store_open(db, STORE_WRITE, &ctx->errors, &s);
    if (!status)
        status = store_check(s, repair != 0, &work, tell, &t, faults);
    store_close(s);
    return status;
}
