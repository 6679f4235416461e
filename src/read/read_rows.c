/*
 * JSON Lines, and whole documents of JSON: one report a line, read in pieces; a line that is
 * broken, too long or of the wrong form is an error row and the rest goes on. Memory is bounded by
 * the longest line (limits.article_bytes) and what cJSON makes of it.
 *
 *   chunk chunk chunk ...  ->  block of whole lines  ->  line  ->  flat row or cJSON  ->  document
 *
 * A reader that takes blocks (sst_reader.rows) has them read on threads of its own, by
 * read_rows_block; else each is read at once.
 */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base_utf8.h"
#include "read_charset.h"
#include "read_flat.h"
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

/* What a row is made of, however it was read. */
typedef struct row_fields {
    sst_str url, id, title, outlet, published, modified, lang, author;
    sst_str text, html, file; /* NULL when it is no string */
} row_fields;

static sst_status give_fields(rows *w, const row_fields *f, sst_document *d, sst_str source)
{
    const sst_reader *r = w->r;
    *d = (sst_document){.source = source, .at = w->at, .kind = SST_KIND_HTML};
    d->url = f->url;
    d->id = f->id.n ? f->id : f->url.n ? f->url : source;
    d->title = f->title;
    d->outlet = f->outlet;
    d->published = f->published;
    d->modified = f->modified;
    d->lang = f->lang;
    d->author = f->author;
    if (f->text.p) {
        d->kind = SST_KIND_TEXT;
        if (utf8_check(f->text) < f->text.n)
            return read_text(r, d, f->text);
        /* The row says that it is text: control characters do not make it binary. */
        d->body = f->text;
        return r->fn(r->user, d);
    }
    if (f->html.p) {
        d->charset = STR("utf-8");
        d->body = f->html;
        return r->fn(r->user, d);
    }
    return page_file(w, d, f->file);
}

static sst_str string_member(const cJSON *row, const char *name)
{
    const cJSON *m = member(row, name);
    return cJSON_IsString(m) ? str_of(m->valuestring) : (sst_str){NULL, 0};
}

static sst_status give_row(rows *w, const cJSON *row, sst_str source)
{
    const sst_reader *r = w->r;
    row_fields f = {.url = text_member(w, row, "url"),
                    .id = text_member(w, row, "id"),
                    .title = text_member(w, row, "title"),
                    .outlet = text_member(w, row, "outlet"),
                    .published = text_member(w, row, "published"),
                    .modified = text_member(w, row, "modified"),
                    .lang = text_member(w, row, "lang"),
                    .author = author_member(w, row),
                    .text = string_member(row, "text"),
                    .html = string_member(row, "html"),
                    .file = string_member(row, "html_file")};
    if (f.published.n == 0)
        f.published = text_member(w, row, "date");
    if (w->arena.failed)
        return SST_ERR_MEMORY;
    sst_document d;
    if (f.text.p || f.html.p || f.file.p)
        return give_fields(w, &f, &d, source);
    if (read_ninjs_is(row)) { /* its url and title are other fields of it */
        d = (sst_document){.source = source,
                           .at = w->at,
                           .kind = SST_KIND_HTML,
                           .id = f.id.n    ? f.id
                                 : f.url.n ? f.url
                                           : source,
                           .outlet = f.outlet,
                           .published = f.published,
                           .lang = f.lang,
                           .author = f.author};
        if (read_ninjs(row, &d))
            return d.kind == SST_KIND_TEXT ? read_text(r, &d, d.body) : r->fn(r->user, &d);
        errors_input(r->errors, source, w->at, "the ninjs item has no body: it is no article");
    } else
        errors_input(r->errors, source, w->at,
                     "the row has no text, html or html_file that is a string");
    return SST_OK;
}

static void flat_fields(const read_flat *row, row_fields *f)
{
    const read_value *v = row->v;
    const read_value *published = v[FIELD_PUBLISHED].s.n ? &v[FIELD_PUBLISHED] : &v[FIELD_DATE];
    const read_value *author = v[FIELD_AUTHORS].is_there ? &v[FIELD_AUTHORS] : &v[FIELD_AUTHOR];
    *f = (row_fields){.url = v[FIELD_URL].s,
                      .id = v[FIELD_ID].s,
                      .title = v[FIELD_TITLE].s,
                      .outlet = v[FIELD_OUTLET].s,
                      .published = published->s,
                      .modified = v[FIELD_MODIFIED].s,
                      .lang = v[FIELD_LANG].s};
    if (author->is_string)
        f->author = author->s;
    if (v[FIELD_TEXT].is_string)
        f->text = v[FIELD_TEXT].s;
    if (v[FIELD_HTML].is_string)
        f->html = v[FIELD_HTML].s;
    if (v[FIELD_HTML_FILE].is_string)
        f->file = v[FIELD_HTML_FILE].s;
}

/* cJSON ends a string at U+0000: \u0000 becomes \ufffd in place. Returns whether there was one. */
static bool mend_nul(char *p, size_t n)
{
    bool found = false;
    for (char *q = p, *end = p + n; q < end && (q = memchr(q, '\\', (size_t)(end - q))); q += 2)
        if (end - q >= 6 && memcmp(q, "\\u0000", 6) == 0) { /* what is escaped is no escape */
            memcpy(q, "\\ufffd", 6);
            found = true;
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
    read_flat flat;
    row_fields fields;
    if (read_flat_row(p + (begin - p), len, &flat)) {
        sst_document d;
        flat_fields(&flat, &fields);
        return give_fields(w, &fields, &d, source);
    }
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

/* Reads the lines of a block. */
static sst_status read_lines(rows *w, const read_block *b)
{
    sst_status status = SST_OK;
    w->line = b->line;
    for (char *p = b->p, *end = b->p + b->n, *next; p < end && !status; p = next) {
        char *stop = memchr(p, '\n', (size_t)(end - p));
        next = stop ? stop + 1 : end;
        w->line++;
        w->at = b->at + (uint64_t)(p - b->p);
        status = read_row(w, p, (size_t)((stop ? stop : end) - p));
        if (!status && read_stopped(w->r))
            status = SST_ERR_STOPPED;
        if (w->r->tick)
            w->r->tick(w->r->user, w->line, b->raw_total);
    }
    return status;
}

sst_status read_rows_block(const sst_reader *r, const read_block *b)
{
    rows w = {.r = r, .name = b->name};
    arena_init(&w.arena, 0);
    sst_status status = read_lines(&w, b);
    arena_release(&w.arena);
    return status;
}

static uint64_t count_lines(const char *p, const char *end)
{
    uint64_t n = 0;
    for (; p < end; n++) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        p = stop ? stop + 1 : end;
    }
    return n;
}

/* Whole lines, at once or to where they are read. */
static sst_status give_block(rows *w, char *p, size_t n, uint64_t at, uint64_t raw_total)
{
    read_block b = {w->name, p, n, w->line, at, raw_total};
    if (!w->r->rows)
        return read_lines(w, &b);
    w->line += count_lines(p, p + n);
    sst_status status = w->r->rows(w->r->user, &b);
    if (w->r->tick)
        w->r->tick(w->r->user, w->line, raw_total);
    return status;
}

sst_status read_rows(const sst_reader *r, sst_str name, read_source *s, sst_buf *start)
{
    rows w = {.r = r, .name = name};
    arena_init(&w.arena, 0);
    size_t limit = r->limits.article_bytes, piece = r->rows ? READ_BLOCK : READ_START;
    sst_status status = SST_OK;
    s->streams = true;
    size_t look = 0; /* start: [0, look) holds no line end, or what is behind it is not searched */
    uint64_t base = 0; /* offset in the file of start->p[0] */
    bool skipping = false;
    for (;;) {
        /* Up to the last line end; at the end of the file, all. */
        size_t whole = start->n;
        while (!s->end && whole > look && start->p[whole - 1] != '\n')
            whole--;
        if (!s->end && whole == look)
            whole = 0;
        size_t from = 0;
        if (whole && skipping) { /* the rest of a line that is too long */
            char *stop = memchr(start->p, '\n', whole);
            from = stop ? (size_t)(stop - start->p) + 1 : whole;
            w.line++;
            skipping = false;
        }
        if (from < whole)
            status = give_block(&w, start->p + from, whole - from, base + from, s->raw_total);
        if (status || (s->end && whole == start->n))
            break;
        look = start->n - whole;
        if (skipping || look > limit) {
            if (!skipping) {
                arena_clear(&w.arena);
                w.line++;
                errors_input(
                    r->errors, source_of(&w), base + whole,
                    "the line is longer than the limit of %zu bytes an article, it is not read",
                    limit);
                w.line--;
                skipping = true;
            }
            whole += look; /* what was read of the line is let go */
            look = 0;
        }
        if (whole) {
            memmove(start->p, start->p + whole, look);
            start->n = look;
            base += whole;
        }
        read_source_fill(s, start, start->n + piece);
        if (start->failed || s->failed == SST_ERR_MEMORY) {
            status = SST_ERR_MEMORY;
            break;
        }
        if (read_stopped(r)) {
            status = SST_ERR_STOPPED;
            break;
        }
    }
    if (!status && s->failed)
        errors_input(r->errors, name, base + start->n, "%s", s->why);
    if (!status && w.line == 0)
        errors_input(r->errors, name, 0, "empty file, nothing to read");
    arena_release(&w.arena);
    return status;
}
