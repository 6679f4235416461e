/*
 * JSON Lines, and whole documents of JSON: one report a line, read in pieces; a line that is
 * broken, too long or of the wrong form is an error row and the rest goes on. Memory is bounded by
 * the longest line (limits.article_bytes) and what cJSON makes of it.
 *
 *   chunk chunk chunk ...  ->  line buffer  ->  cJSON  ->  document
 */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base_utf8.h"
#include "read_charset.h"
#include "read_inner.h"

typedef struct rows {
    const sst_reader *r;
    sst_str name;
    uint64_t line, at; /* number and byte offset of the line in hand */
    sst_arena arena;   /* of one row */
} rows;

static sst_str source_of(rows *w)
{
    return arena_printf(&w->arena, "%.*s:%llu", (int)w->name.n, w->name.p,
                        (unsigned long long)w->line);
}

static const cJSON *member(const cJSON *row, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(row, name);
}

static sst_str text_member(rows *w, const cJSON *row, const char *name)
{
    const cJSON *m = member(row, name);
    if (cJSON_IsString(m))
        return str_of(m->valuestring);
    if (cJSON_IsNumber(m)) /* an id may be a number */
        return fabs(m->valuedouble) < 9e15 && m->valuedouble == floor(m->valuedouble)
                   ? arena_printf(&w->arena, "%lld", (long long)m->valuedouble)
                   : arena_printf(&w->arena, "%.17g", m->valuedouble);
    return (sst_str){NULL, 0};
}

/* "author" or "authors": a string, or a list of strings or of objects with a "name". */
static sst_str author_member(rows *w, const cJSON *row)
{
    const cJSON *m = member(row, "authors");
    if (!m)
        m = member(row, "author");
    if (cJSON_IsString(m))
        return str_of(m->valuestring);
    sst_str all = {NULL, 0};
    const cJSON *item;
    int seen = 0;
    cJSON_ArrayForEach(item, m)
    {
        if (seen++ >= READ_AUTHORS)
            break;
        const cJSON *name = cJSON_IsObject(item) ? member(item, "name") : item;
        if (cJSON_IsString(name))
            all = arena_printf(&w->arena, "%.*s%s%s", (int)all.n, all.n ? all.p : "",
                               all.n ? ", " : "", name->valuestring);
    }
    return all;
}

/* A page beside the rows: relative to the folder of the file of rows, else to the working folder.
 */
static sst_status page_file(rows *w, sst_document *d, sst_str file)
{
    const sst_reader *r = w->r;
    size_t folder = w->name.n;
    while (folder && w->name.p[folder - 1] != '/')
        folder--;
    const char *why = "";
    int fd = -1;
    if (file.p[0] != '/' && folder)
        fd = read_open_regular(arena_printf(&w->arena, "%.*s%s", (int)folder, w->name.p, file.p).p,
                               &why);
    if (fd < 0)
        fd = read_open_regular(file.p, &why);
    if (fd < 0) {
        errors_input(r->errors, d->source, w->at, "html_file %s cannot be opened: %s", file.p, why);
        return SST_OK;
    }
    read_source s;
    sst_buf page;
    buf_init(&page, 0);
    size_t limit = r->limits.article_bytes;
    sst_status status = read_source_open(&s, fd, (sst_str){NULL, 0}, r->limits.input_bytes);
    if (!status) {
        read_source_fill(&s, &page, limit + 1);
        if (page.failed || s.failed == SST_ERR_MEMORY)
            status = SST_ERR_MEMORY;
        else if (page.n > limit)
            errors_input(
                r->errors, d->source, w->at,
                "html_file %s is larger than the limit of %zu bytes an article, it is not read",
                file.p, limit);
        else {
            if (s.failed)
                errors_input(r->errors, d->source, w->at, "html_file %s: %s", file.p, s.why);
            d->body = (sst_str){page.p ? page.p : "", page.n};
            status = r->fn(r->user, d);
        }
        read_source_close(&s);
    }
    buf_release(&page);
    close(fd);
    return status;
}

static sst_status give_row(rows *w, const cJSON *row, sst_str source)
{
    const sst_reader *r = w->r;
    sst_document d = {.source = source, .at = w->at};
    d.url = text_member(w, row, "url");
    d.id = text_member(w, row, "id");
    if (d.id.n == 0)
        d.id = d.url.n ? d.url : source;
    d.title = text_member(w, row, "title");
    d.outlet = text_member(w, row, "outlet");
    d.published = text_member(w, row, "published");
    if (d.published.n == 0)
        d.published = text_member(w, row, "date");
    d.lang = text_member(w, row, "lang");
    d.author = author_member(w, row);
    const cJSON *text = member(row, "text"), *html = member(row, "html"),
                *file = member(row, "html_file");
    if (w->arena.failed)
        return SST_ERR_MEMORY;
    d.kind = SST_KIND_HTML;
    if (cJSON_IsString(text)) {
        d.kind = SST_KIND_TEXT;
        sst_str body = str_of(text->valuestring);
        if (utf8_check(body) < body.n)
            return read_text(r, &d, body);
        d.body = body; /* the row says that it is text: control characters do not make it binary */
        return r->fn(r->user, &d);
    }
    if (cJSON_IsString(html)) {
        d.charset = STR("utf-8");
        d.body = str_of(html->valuestring);
        return r->fn(r->user, &d);
    }
    if (cJSON_IsString(file))
        return page_file(w, &d, str_of(file->valuestring));
    if (read_ninjs_is(row)) {
        d.url = d.title = (sst_str){NULL, 0};
        if (read_ninjs(row, &d))
            return d.kind == SST_KIND_TEXT ? read_text(r, &d, d.body) : r->fn(r->user, &d);
        errors_input(r->errors, source, w->at, "the ninjs item has no body: it is no article");
    } else
        errors_input(r->errors, source, w->at,
                     "the row has no text, html or html_file that is a string");
    return SST_OK;
}

/* cJSON ends a string at U+0000: \u0000 becomes \ufffd in place. Returns whether there was one. */
static bool mend_nul(char *p, size_t n)
{
    bool found = false;
    for (size_t i = 0; i + 1 < n; i++) {
        if (p[i] != '\\')
            continue;
        if (n - i >= 6 && memcmp(p + i, "\\u0000", 6) == 0) {
            memcpy(p + i, "\\ufffd", 6);
            found = true;
        }
        i++; /* what is escaped is no escape */
    }
    return found;
}

static sst_status read_row(rows *w, char *p, size_t n)
{
    const sst_reader *r = w->r;
    sst_str trimmed = str_trim((sst_str){p, n});
    if (trimmed.n == 0)
        return SST_OK;
    arena_clear(&w->arena);
    sst_str source = source_of(w);
    if (w->arena.failed)
        return SST_ERR_MEMORY;
    if (memchr(p, 0, n)) {
        errors_input(r->errors, source, w->at,
                     "broken json: a NUL byte in the row, it is not read");
        return SST_OK;
    }
    if (n >= 6 && mend_nul(p, n))
        errors_input(r->errors, source, w->at, "the row holds \\u0000, read as U+FFFD");
    const char *begin = trimmed.p, *end = NULL;
    if (str_starts(trimmed, STR("\xEF\xBB\xBF")))
        begin += 3;
    size_t len = (size_t)(trimmed.p + trimmed.n - begin);
    cJSON *row = cJSON_ParseWithLengthOpts(begin, len, &end, 0);
    sst_status status = SST_OK;
    if (!row) {
        uint64_t off = w->at + (uint64_t)((end ? end : begin) - p);
        errors_input(r->errors, source, off,
                     "broken json at byte %llu of the line, the row is not read",
                     (unsigned long long)(off - w->at));
    } else {
        size_t used = (size_t)(end - begin);
        sst_str rest = str_trim((sst_str){end, len - used});
        if (rest.n)
            errors_input(
                r->errors, source, w->at + (uint64_t)(rest.p - p),
                "broken json: something follows the object on its line, the row is not read");
        else if (!cJSON_IsObject(row))
            errors_input(r->errors, source, w->at,
                         "the row is no json object: write one object a line");
        else
            status = give_row(w, row, source);
    }
    cJSON_Delete(row);
    return status;
}

sst_status read_json(const sst_reader *r, sst_str name, sst_buf *all)
{
    rows w = {.r = r, .name = name, .line = 1};
    const char *end = NULL;
    sst_status status = SST_OK;
    if (mend_nul(all->p, all->n))
        errors_input(r->errors, name, 0, "the document holds \\u0000, read as U+FFFD");
    size_t mark = str_starts((sst_str){all->p, all->n}, STR("\xEF\xBB\xBF")) ? 3 : 0;
    cJSON *value = cJSON_ParseWithLengthOpts(all->p + mark, all->n - mark, &end, 0);
    sst_str rest =
        value ? str_trim((sst_str){end, (size_t)(all->p + all->n - end)}) : (sst_str){NULL, 0};
    arena_init(&w.arena, 0);
    if (!value)
        errors_input(r->errors, name, (uint64_t)((end ? end : all->p) - all->p),
                     "broken json: neither one document nor one object a line, it is not read");
    else if (rest.n)
        errors_input(r->errors, name, (uint64_t)(rest.p - all->p),
                     "broken json: something follows the document: write one object a line");
    else if (cJSON_IsObject(value))
        status = give_row(&w, value, name);
    else {
        const cJSON *item;
        cJSON_ArrayForEach(item, value)
        {
            arena_clear(&w.arena);
            sst_str source = source_of(&w);
            w.line++;
            if (status || w.arena.failed)
                break;
            if (read_stopped(r))
                status = SST_ERR_STOPPED;
            else if (cJSON_IsObject(item))
                status = give_row(&w, item, source);
            else
                errors_input(r->errors, source, 0, "an element that is no json object");
        }
        if (!status && w.arena.failed)
            status = SST_ERR_MEMORY;
    }
    cJSON_Delete(value);
    arena_release(&w.arena);
    return status;
}

sst_status read_rows(const sst_reader *r, sst_str name, read_source *s, sst_buf *start)
{
    rows w = {.r = r, .name = name};
    arena_init(&w.arena, 0);
    size_t limit = r->limits.article_bytes;
    sst_status status = SST_OK;
    /* start: [0, from) is done with, [from, look) holds no line end, [look, n) is not searched yet.
     */
    s->streams = true;
    size_t from = 0, look = 0;
    uint64_t base = 0; /* offset in the file of start->p[0] */
    bool skipping = false;
    while (!status) {
        char *end = look < start->n ? memchr(start->p + look, '\n', start->n - look) : NULL;
        if (end || (s->end && from < start->n)) {
            size_t stop = end ? (size_t)(end - start->p) : start->n;
            w.line++;
            w.at = base + from;
            if (skipping)
                skipping = false;
            else
                status = read_row(&w, start->p + from, stop - from);
            from = look = end ? stop + 1 : stop;
            if (!status && read_stopped(r))
                status = SST_ERR_STOPPED;
            if (r->tick)
                r->tick(r->user, w.line, s->raw_total);
            continue;
        }
        if (s->end)
            break;
        look = start->n;
        if (skipping || look - from > limit) {
            if (!skipping) {
                arena_clear(&w.arena);
                w.line++;
                errors_input(
                    r->errors, source_of(&w), base + from,
                    "the line is longer than the limit of %zu bytes an article, it is not read",
                    limit);
                w.line--;
                skipping = true;
            }
            from = look; /* what was read of the line is let go */
        }
        if (from) {
            memmove(start->p, start->p + from, start->n - from);
            start->n -= from;
            look -= from;
            base += from;
            from = 0;
        }
        read_source_fill(s, start, start->n + READ_START);
        if (start->failed || s->failed == SST_ERR_MEMORY)
            status = SST_ERR_MEMORY;
    }
    if (!status && s->failed)
        errors_input(r->errors, name, base + start->n, "%s", s->why);
    if (!status && w.line == 0)
        errors_input(r->errors, name, 0, "empty file, nothing to read");
    arena_release(&w.arena);
    return status;
}
