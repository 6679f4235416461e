/*
 * What is in a record: a page, or a reason to pass it over. In: a record's head and its block; out:
 * documents to the reader's function, counts for the summary, error rows for what is damaged.
 *
 *   response     HTTP head and body: pages with a status of success; what is no page is counted
 *   resource     a page or a text without HTTP
 *   conversion   text that somebody took from a page
 *   revisit      a document without a body that says what it was the same as
 *   the others   counted
 */
#include <stdio.h>

#include "read_archive.h"
#include "read_charset.h"
#include "read_digest.h"

static bool is_html(sst_str type)
{
    return str_eq_nocase(type, STR("text/html")) ||
           str_eq_nocase(type, STR("application/xhtml+xml")) ||
           str_eq_nocase(type, STR("application/vnd.wap.xhtml+xml"));
}

static bool is_text(sst_str type)
{
    return str_eq_nocase(type, STR("text/plain"));
}

/* Types that say nothing: the bytes decide. */
static bool is_vague(sst_str type)
{
    return type.n == 0 || !memchr(type.p, '/', type.n) ||
           str_eq_nocase(type, STR("application/octet-stream")) ||
           str_eq_nocase(type, STR("unknown/unknown")) || str_eq_nocase(type, STR("no-type")) ||
           str_eq_nocase(type, STR("application/http"));
}

static bool looks_html(sst_str body)
{
    enum { LOOK = 4096 };
    sst_str start = {body.p, body.n < LOOK ? body.n : LOOK};
    return start.n && !read_is_binary(start) && read_kind(start) == SST_KIND_HTML;
}

/* Where the block's body begins and what it is said to be. */
typedef struct payload {
    read_http http;
    bool is_http;
    sst_str type, charset;
} payload;

static void look(const archive_record *rec, sst_str block, payload *p)
{
    memset(p, 0, sizeof *p);
    p->is_http = read_http_head(block, &p->http);
    if (p->is_http) {
        p->type = p->http.type;
        p->charset = p->http.charset;
    } else
        read_media_type(rec->media, &p->type, &p->charset);
}

static bool is(const archive_record *rec, const char *type)
{
    return str_eq_nocase(rec->type, str_of(type));
}

static void tally_status(archive *a, uint32_t status)
{
    char name[16];
    snprintf(name, sizeof name, "%u", status);
    archive_tally(a, &a->statuses, str_of(name));
}

static void tally_media(archive *a, sst_str type)
{
    enum { LONGEST = 64 };
    archive_tally(a, &a->media,
                  type.n == 0        ? STR("no type")
                  : type.n > LONGEST ? STR("a strange type")
                                     : type);
}

/* A status of success, with the whole of what was asked for. */
static bool is_success(const read_http *h)
{
    return h->status == 0 || h->status == 200 || h->status == 203;
}

/* Crawlers put logs and arguments into archives as resources: with addresses that nobody fetches.
 */
static bool is_fetched(sst_str uri)
{
    return str_starts_nocase(uri, STR("http:")) || str_starts_nocase(uri, STR("https:")) ||
           str_starts_nocase(uri, STR("ftp:")) || str_starts_nocase(uri, STR("file:"));
}

bool read_payload_wanted(archive *a, const archive_record *rec, sst_str start)
{
    if (is(rec, "revisit"))
        return true;
    if (!is(rec, "response") && !is(rec, "resource") && !is(rec, "conversion")) {
        archive_tally(a, &a->kinds,
                      rec->type.n && rec->type.n < 32 ? rec->type : STR("records of no type"));
        return false;
    }
    payload p;
    look(rec, start, &p);
    if (p.is_http && !is_success(&p.http)) {
        tally_status(a, p.http.status);
        return false;
    }
    if (is_html(p.type) || is_vague(p.type))
        return true;
    if (is_text(p.type) && is(rec, "resource") && !is_fetched(rec->uri)) {
        archive_tally(a, &a->kinds, STR("log of a crawler"));
        return false;
    }
    if (is_text(p.type) && !is(rec, "response"))
        return true;
    tally_media(a, p.type);
    return false;
}

/* A record whose bytes are not those it was written with. */
static bool is_damaged(const archive_record *rec, const payload *p, sst_str block, sst_str body,
                       sst_str page)
{
    read_digest_says says = read_digest_check(rec->block_digest, block);
    if (says != DIGEST_UNKNOWN)
        return says == DIGEST_DIFFERS;
    /* The payload is the body as it came, but writers differ: some undo the chunks, some unpack. */
    says = read_digest_check(rec->payload_digest, body);
    if (says == DIGEST_DIFFERS && page.p != body.p)
        says = read_digest_check(rec->payload_digest, page);
    return says == DIGEST_DIFFERS && !(p->http.chunked && p->http.coding_n);
}

static void common(archive *a, const archive_record *rec, sst_document *d)
{
    d->source = a->name;
    d->at = rec->at;
    d->url = rec->uri;
    d->record = rec->id;
    d->fetched = rec->date;
    d->flags |= SST_DOC_RECORD;
    if (rec->truncated.n || rec->segment || rec->cut)
        d->flags |= SST_DOC_TRUNCATED;
    d->id = rec->uri.n ? rec->uri
                       : arena_printf(&a->arena, "%.*s:%llu", (int)a->name.n, a->name.p,
                                      (unsigned long long)rec->at);
}

static sst_status give_revisit(archive *a, const archive_record *rec, sst_str block)
{
    payload p;
    look(rec, block, &p);
    archive_tally(a, &a->kinds, STR("revisit"));
    if (p.is_http && p.type.n && !is_html(p.type) && !is_vague(p.type))
        return SST_OK; /* of a picture or a script */
    sst_document d = {.kind = SST_KIND_TEXT, .flags = SST_DOC_REVISIT};
    common(a, rec, &d);
    sst_str uri = rec->refers_uri.n ? rec->refers_uri : rec->uri;
    if (rec->refers_to.n)
        d.refers_to = rec->refers_to;
    else if (rec->refers_date.n)
        d.refers_to = arena_printf(&a->arena, "%.*s %.*s", (int)uri.n, uri.p,
                                   (int)rec->refers_date.n, rec->refers_date.p);
    else if (rec->payload_digest.n)
        d.refers_to = rec->payload_digest;
    else
        d.refers_to = uri;
    if (a->arena.failed)
        return SST_ERR_MEMORY;
    return a->r->fn(a->r->user, &d);
}

sst_status read_payload(archive *a, const archive_record *rec, sst_str block)
{
    const sst_reader *r = a->r;
    if (is(rec, "revisit"))
        return give_revisit(a, rec, block);
    payload p;
    look(rec, block, &p);
    if (rec->cut && is(rec, "response") && read_head_length(block) == 0) {
        errors_input(r->errors, a->name, rec->at,
                     "broken record: the file ends inside its head, it is not read");
        a->broken++;
        return SST_OK;
    }
    if (rec->cut)
        errors_input(
            r->errors, a->name, rec->at,
            "%.*s: cut off, or its length is wrong: the file ends inside this record, it is "
            "read as far as it goes",
            (int)rec->uri.n, rec->uri.p);
    sst_str body = {block.p + p.http.head_n, block.n - p.http.head_n}, page;
    char why[128];
    sst_status status = read_http_body(&p.http, body, a->work, &page, why);
    if (status == SST_ERR_LIMIT || (!status && page.n > r->limits.article_bytes)) {
        errors_input(r->errors, a->name, rec->at,
                     "%.*s: unpacks to more than the limit of %u bytes an article, it is not read",
                     (int)rec->uri.n, rec->uri.p, r->limits.article_bytes);
        a->broken++;
        return SST_OK;
    }
    if (status == SST_ERR_INPUT) {
        errors_input(r->errors, a->name, rec->at, "%.*s: %s, the record is not read",
                     (int)rec->uri.n, rec->uri.p, why);
        a->broken++;
        return SST_OK;
    }
    if (status)
        return status;
    if (page.n == 0 && !why[0]) {
        archive_tally(a, &a->kinds, STR("empty page"));
        return SST_OK;
    }
    bool text = is_text(p.type) || (is(rec, "conversion") && !is_html(p.type));
    if ((is_vague(p.type) && !text && !looks_html(page)) ||
        (is_html(p.type) &&
         read_is_binary((sst_str){page.p, page.n < READ_START ? page.n : READ_START}) &&
         read_unicode_guess(page) == UNICODE_NONE)) {
        tally_media(a, is_html(p.type) ? STR("binary called html") : p.type);
        return SST_OK;
    }
    if (!rec->cut && is_damaged(rec, &p, block, body, page)) {
        errors_input(
            r->errors, a->name, rec->at,
            "%.*s: the digest of the record does not fit its bytes, it is not read: fetch it again",
            (int)rec->uri.n, rec->uri.p);
        a->broken++;
        return SST_OK;
    }
    if (why[0] && !rec->cut)
        errors_input(r->errors, a->name, rec->at, "%.*s: %s", (int)rec->uri.n, rec->uri.p, why);
    sst_document d = {.kind = text ? SST_KIND_TEXT : SST_KIND_HTML,
                      .charset = p.charset,
                      .http_date = p.http.date,
                      .last_modified = p.http.last_modified,
                      .http_head = p.is_http ? (sst_str){block.p, p.http.head_n} : (sst_str){0},
                      .body = page};
    common(a, rec, &d);
    if (a->arena.failed)
        return SST_ERR_MEMORY;
    if (page.n == 0)
        return SST_OK; /* broken from its first byte: the error row says so */
    a->articles++;
    if (text)
        return read_text(r, &d, page);
    return r->fn(r->user, &d);
}
