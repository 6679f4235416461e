/* read: web archives, HTTP bodies, digests, damage and what follows it, ninjs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <isa-l/igzip_lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "base_buf.h"
#include "base_str.h"
#include "read.h"
#include "read_digest.h"
#include "read_http.h"

#define PAGE "<!doctype html><title>Ferry aground</title><p>A ferry ran aground on Tuesday.</p>"
#define OK_HTML "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"

typedef struct got {
    sst_errors errors;
    sst_arena arena;
    SST_VEC(sst_document) doc;
    sst_buf file; /* the archive in the making */
    char note[1024];
    sst_reader reader;
} got;

static sst_status take(void *user, const sst_document *d)
{
    got *g = user;
    sst_document *copy = vec_push(&g->arena, &g->doc);
    if (!copy)
        return SST_ERR_MEMORY;
    *copy = *d;
    sst_str *const fields[] = {
        &copy->source,    &copy->id,        &copy->url,       &copy->title,         &copy->outlet,
        &copy->published, &copy->author,    &copy->charset,   &copy->body,          &copy->record,
        &copy->fetched,   &copy->http_date, &copy->refers_to, &copy->last_modified, &copy->lang};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        *fields[i] = arena_str(&g->arena, *fields[i]);
    return SST_OK;
}

static void note(void *user, sst_str source, sst_str message)
{
    got *g = user;
    (void)source;
    snprintf(g->note, sizeof g->note, "%.*s", (int)message.n, message.p);
}

static int setup(void **state)
{
    got *g = test_calloc(1, sizeof *g);
    errors_init(&g->errors);
    arena_init(&g->arena, 0);
    buf_init(&g->file, 0);
    g->reader = (sst_reader){.limits = {1u << 30, 1u << 20, 1000, 64},
                             .errors = &g->errors,
                             .fn = take,
                             .note = note,
                             .user = g};
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    got *g = *state;
    errors_release(&g->errors);
    arena_release(&g->arena);
    buf_release(&g->file);
    test_free(g);
    return 0;
}

static void read_file(got *g, sst_kind kind)
{
    assert_int_equal(read_bytes(&g->reader, STR("in"), (sst_str){g->file.p, g->file.n}, kind),
                     SST_OK);
}

static void is(sst_str s, const char *z)
{
    if (!str_eq(s, str_of(z)))
        fail_msg("'%.*s' is not '%s'", (int)s.n, s.p, z);
}

static void error_has(got *g, uint32_t i, const char *words, uint64_t at)
{
    assert_true(i < g->errors.inputs.n);
    if (str_find(g->errors.inputs.v[i].message, str_of(words)) < 0)
        fail_msg("'%s' is not in: %s", words, g->errors.inputs.v[i].message.p);
    assert_int_equal(g->errors.inputs.v[i].at, at);
}

/* off: what is added to the length that is said */
static void add_warc(sst_buf *to, const char *type, const char *url, const char *more,
                     sst_str block, int off)
{
    buf_printf(
        to,
        "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2018-03-05T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:x:%s>\r\n%sContent-Length: %d\r\n\r\n",
        type, url, url, more, (int)block.n + off);
    buf_str(to, block);
    buf_z(to, "\r\n\r\n");
}

static void add_page(sst_buf *to, const char *url)
{
    add_warc(to, "response", url, "", STR(OK_HTML "\r\n" PAGE), 0);
}

static void pack_gzip(sst_buf *to, const sst_buf *from)
{
    struct isal_zstream z;
    isal_deflate_init(&z);
    z.gzip_flag = IGZIP_GZIP;
    z.end_of_stream = 1;
    z.next_in = (uint8_t *)from->p;
    z.avail_in = (uint32_t)from->n;
    char *p = buf_reserve(to, from->n + 1024);
    z.next_out = (uint8_t *)p;
    z.avail_out = (uint32_t)from->n + 1024;
    assert_int_equal(isal_deflate(&z), COMP_OK);
    to->n += z.total_out;
}

static void add_member(got *g, const char *url)
{
    sst_buf one;
    buf_init(&one, 0);
    add_page(&one, url);
    pack_gzip(&g->file, &one);
    buf_release(&one);
}

static void test_warc(void **state)
{
    got *g = *state;
    add_warc(&g->file, "warcinfo", "x:", "", STR("software: none"), 0);
    add_warc(&g->file, "request", "http://a.example/", "", STR("GET / HTTP/1.1\r\n\r\n"), 0);
    add_warc(&g->file, "resource", "metadata://wget.log", "Content-Type: text/plain\r\n",
             STR("log"), 0);
    uint64_t at = g->file.n;
    add_warc(&g->file, "response", "<http://a.example/>", "",
             STR(OK_HTML "Date: Mon, 05 Mar 2018 10:00:01 GMT\r\nLast-Modified: Sun, 04 Mar 2018 "
                         "10:00:00 GMT\r\n\r\n" PAGE),
             0);
    add_warc(&g->file, "response", "http://a.example/i.png", "",
             STR("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxxxx"), 0);
    add_warc(&g->file, "response", "http://a.example/none", "",
             STR("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" PAGE), 0);
    add_warc(&g->file, "revisit", "http://a.example/",
             "WARC-Refers-To-Target-URI: http://a.example/\r\nWARC-Refers-To-Date: "
             "2018-03-05T10:00:00Z\r\n",
             STR(""), 0);
    add_warc(&g->file, "conversion", "http://a.example/t", "Content-Type: text/plain\r\n",
             STR("A ferry ran aground."), 0);
    add_warc(&g->file, "resource", "http://a.example/r", "Content-Type: text/html\r\n", STR(PAGE),
             0);
    read_file(g, SST_KIND_AUTO);
    assert_int_equal(g->errors.inputs.n, 0);
    assert_int_equal(g->doc.n, 4);
    const sst_document *d = g->doc.v;
    is(d->url, "http://a.example/");
    is(d->id, "http://a.example/");
    is(d->body, PAGE);
    is(d->charset, "utf-8");
    is(d->http_date, "Mon, 05 Mar 2018 10:00:01 GMT");
    is(d->last_modified, "Sun, 04 Mar 2018 10:00:00 GMT");
    is(d->fetched, "2018-03-05T10:00:00Z");
    is(d->record, "<urn:x:<http://a.example/>>");
    assert_int_equal(d->at, at);
    assert_true(d->flags & SST_DOC_RECORD);
    assert_true(d[1].flags & SST_DOC_REVISIT);
    is(d[1].refers_to, "http://a.example/ 2018-03-05T10:00:00Z");
    assert_int_equal(d[2].kind, SST_KIND_TEXT);
    assert_int_equal(d[3].kind, SST_KIND_HTML);
    assert_string_equal(
        g->note,
        "9 records, 3 pages; no pages: log of a crawler 1, request 1, revisit 1, warcinfo 1; of "
        "other types: image/png 1; of other status: 404 1");
}

static void test_arc(void **state)
{
    got *g = *state;
    static const char first[] =
        "1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n";
    buf_printf(&g->file, "filedesc://t.arc 127.0.0.1 20180305100000 text/plain %zu\n%s\n",
               sizeof first - 1, first);
    static const char block[] = OK_HTML "\r\n" PAGE;
    buf_printf(&g->file, "http://a.example/a b?c 10.0.0.1 20180305100000 text/html %zu\n%s\n",
               sizeof block - 1, block);
    buf_printf(&g->file,
               "http://a.example/2 10.0.0.1 20180305100000 text/html 200 sum - 99 t.arc %zu\n%s\n",
               sizeof block - 1, block);
    uint64_t bad = g->file.n;
    buf_z(&g->file, "http://a.example/3 10.0.0.1 20180305100000 text/html abc\nlost\n");
    buf_printf(&g->file, "http://a.example/4 10.0.0.1 20180305100000 text/html %zu\n%s\n",
               sizeof block - 1, block);
    read_file(g, SST_KIND_AUTO);
    assert_int_equal(g->doc.n, 3);
    is(g->doc.v[0].url, "http://a.example/a b?c");
    is(g->doc.v[0].fetched, "2018-03-05T10:00:00Z");
    is(g->doc.v[0].body, PAGE);
    is(g->doc.v[1].url, "http://a.example/2");
    is(g->doc.v[2].url, "http://a.example/4");
    assert_int_equal(g->errors.inputs.n, 1);
    error_has(g, 0, "no record", bad);
}

static void test_lengths(void **state)
{
    got *g = *state;
    add_page(&g->file, "http://a.example/1");
    uint64_t longer = g->file.n;
    add_warc(&g->file, "response", "http://a.example/2", "", STR(OK_HTML "\r\n" PAGE), 40);
    uint64_t shorter = g->file.n;
    add_warc(&g->file, "response", "http://a.example/3", "", STR(OK_HTML "\r\n" PAGE), -20);
    uint64_t skipped = g->file.n;
    add_warc(&g->file, "request", "http://a.example/3", "", STR("GET / HTTP/1.1\r\n\r\n"), 300);
    uint64_t beyond = g->file.n;
    add_warc(&g->file, "response", "http://a.example/4", "", STR(OK_HTML "\r\n" PAGE), 100000);
    uint64_t huge = g->file.n; /* than an article may be */
    add_warc(&g->file, "response", "http://a.example/4", "", STR(OK_HTML "\r\n" PAGE), 100000000);
    uint64_t junk = g->file.n;
    buf_z(&g->file, "junk and more of it\r\n");
    (void)junk;
    add_page(&g->file, "http://a.example/5");
    uint64_t cut = g->file.n;
    add_page(&g->file, "http://a.example/6");
    g->file.n -= 30;
    read_file(g, SST_KIND_AUTO);
    assert_int_equal(g->doc.n, 3);
    is(g->doc.v[0].url, "http://a.example/1");
    is(g->doc.v[1].url, "http://a.example/5");
    is(g->doc.v[2].url, "http://a.example/6");
    assert_false(g->doc.v[1].flags & SST_DOC_TRUNCATED);
    assert_true(g->doc.v[2].flags & SST_DOC_TRUNCATED);
    assert_true(g->doc.v[2].body.n > 0 && g->doc.v[2].body.n < g->doc.v[1].body.n);
    assert_int_equal(g->errors.inputs.n, 6);
    error_has(g, 0, "length is wrong", longer);
    error_has(g, 1, "length is wrong", shorter);
    error_has(g, 2, "length is wrong", skipped);
    error_has(g, 3, "beyond the end", beyond);
    error_has(g, 4, "beyond the end", huge);
    error_has(g, 5, "as far as it goes", cut);
}

static void test_members(void **state)
{
    got *g = *state;
    add_member(g, "http://a.example/1");
    size_t second = g->file.n;
    add_member(g, "http://a.example/2");
    size_t third = g->file.n;
    add_member(g, "http://a.example/3");
    size_t fourth = g->file.n;
    add_member(g, "http://a.example/4");
    read_file(g, SST_KIND_AUTO);
    assert_int_equal(g->doc.n, 4);
    assert_int_equal(g->errors.inputs.n, 0);
    assert_int_equal(g->doc.v[1].at, second);
    assert_int_equal(g->doc.v[3].at, fourth);

    /* members so small that several lie in the window */
    got small = *g;
    buf_init(&small.file, 0);
    g->doc.n = 0;
    for (int i = 0; i < 40; i++) {
        sst_buf one;
        buf_init(&one, 0);
        static const char first[] = "1 0 T\n";
        if (i == 0)
            buf_printf(&one, "filedesc://t 1.1.1.1 20180305100000 text/plain 6\n%s\n", first);
        else
            buf_printf(&one, "dns:a%d 1.1.1.1 20180305100000 text/dns 3\nabc\n", i);
        pack_gzip(&small.file, &one);
        buf_release(&one);
    }
    assert_int_equal(
        read_bytes(&g->reader, STR("in"), (sst_str){small.file.p, small.file.n}, SST_KIND_AUTO),
        SST_OK);
    assert_string_equal(g->note, "40 records, 0 pages; no pages: metadata 39, warcinfo 1");
    assert_int_equal(g->errors.inputs.n, 0);
    buf_release(&small.file);

    /* one member damaged, one cut off where the next begins */
    g->doc.n = 0;
    memset(g->file.p + second + 30, 0x55, 20);
    memmove(g->file.p + fourth - 20, g->file.p + fourth, g->file.n - fourth);
    g->file.n -= 20;
    read_file(g, SST_KIND_AUTO);
    assert_int_equal(g->doc.n, 2);
    is(g->doc.v[0].url, "http://a.example/1");
    is(g->doc.v[1].url, "http://a.example/4");
    assert_int_equal(g->doc.v[1].at, fourth - 20);
    assert_int_equal(g->errors.inputs.n, 2);
    error_has(g, 0, "gzip", second);
    error_has(g, 1, "gzip", third);

    /* the first one damaged */
    g->doc.n = 0;
    memset(g->file.p + 20, 0x55, 20);
    read_file(g, SST_KIND_AUTO);
    assert_int_equal(g->doc.n, 1);
}

static void test_zstd(void **state)
{
    got *g = *state;
    sst_buf one;
    buf_init(&one, 0);
    char packed[4096];
    /* a dictionary in a frame that others pass over, then a frame a record */
    static const char words[] = "WARC/1.0\r\nWARC-Type: response\r\n" OK_HTML PAGE;
    buf_add(&g->file, "\x5D\x2A\x4D\x18", 4);
    uint32_t n = sizeof words - 1;
    buf_add(&g->file, &n, 4);
    buf_add(&g->file, words, n);
    ZSTD_CCtx *z = ZSTD_createCCtx();
    size_t at[2];
    for (int i = 0; i < 2; i++) {
        at[i] = g->file.n;
        buf_clear(&one);
        add_page(&one, i ? "http://a.example/2" : "http://a.example/1");
        size_t k = ZSTD_compress_usingDict(z, packed, sizeof packed, one.p, one.n, words, n, 3);
        assert_false(ZSTD_isError(k));
        buf_add(&g->file, packed, k);
    }
    ZSTD_freeCCtx(z);
    read_file(g, SST_KIND_AUTO);
    assert_int_equal(g->errors.inputs.n, 0);
    assert_int_equal(g->doc.n, 2);
    is(g->doc.v[1].body, PAGE);
    assert_int_equal(g->doc.v[1].at, at[1]);
    buf_release(&one);
}

/* Damage at the first byte behind a magic number ends, wherever the decoder stopped. */
static void test_damage_ends(void **state)
{
    got *g = *state;
    static const char *const magic[] = {"\x28\xB5\x2F\xFD", "\x1F\x8B\x08"};
    for (int i = 0; i < 2; i++)
        for (uint32_t n = 0; n < 64; n++) {
            g->file.n = 0;
            buf_z(&g->file, magic[i]);
            for (uint32_t k = 0; k < n; k++)
                buf_byte(&g->file, (char)k);
            buf_z(&g->file, magic[i]);
            read_file(g, SST_KIND_AUTO);
            read_file(g, SST_KIND_WARC);
        }
    assert_true(g->doc.n < 8); /* a few are frames of no use, but whole */
    assert_true(g->errors.inputs.n > 200);
}

/* A file that ends inside its last record gives what there is of it; one that ends inside the head
 * of the response gives nothing more. */
static void test_cut(void **state)
{
    got *g = *state;
    add_member(g, "http://a.example/1");
    uint64_t second = g->file.n;
    add_member(g, "http://a.example/2");
    size_t whole = g->file.n;
    bool some = false, none = false;
    for (size_t cut = 9; cut < whole - second; cut++) {
        g->doc.n = 0;
        errors_release(&g->errors);
        errors_init(&g->errors);
        g->file.n = whole - cut;
        read_file(g, SST_KIND_AUTO);
        assert_int_equal(g->errors.inputs.n, 1);
        assert_true(g->doc.n == 1 || g->doc.n == 2);
        assert_int_equal(g->errors.inputs.v[0].at, second);
        if (g->doc.n == 2 && !(g->doc.v[1].flags & SST_DOC_TRUNCATED)) {
            is(g->doc.v[1].body, PAGE); /* nothing but the member's end is missing */
            error_has(g, 0, "cut off before its end", second);
        } else if (g->doc.n == 2) {
            some = true;
            is(g->doc.v[1].url, "http://a.example/2");
            assert_true(str_starts(STR(PAGE "\r\n\r\n"), g->doc.v[1].body));
            error_has(g, 0, "as far as it goes", second);
        } else
            none = true;
    }
    assert_true(some && none);
}

static void test_bodies(void **state)
{
    got *g = *state;
    sst_buf plain, packed, block;
    buf_init(&plain, 0);
    buf_init(&packed, 0);
    buf_init(&block, 0);
    buf_z(&plain, PAGE);
    pack_gzip(&packed, &plain);
    buf_z(&block, OK_HTML "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n");
    buf_printf(&block, "5;x=y\r\n");
    buf_add(&block, packed.p, 5);
    buf_printf(&block, "\r\n%zx\r\n", packed.n - 5);
    buf_add(&block, packed.p + 5, packed.n - 5);
    buf_z(&block, "\r\n0\r\n\r\n");
    add_warc(&g->file, "response", "http://a.example/1", "", (sst_str){block.p, block.n}, 0);
    /* said to be packed, and is not; said to be in chunks, and is not */
    add_warc(&g->file, "response", "http://a.example/2", "",
             STR(OK_HTML "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" PAGE), 0);
    uint64_t cut = g->file.n;
    add_warc(&g->file, "response", "http://a.example/3", "",
             STR(OK_HTML "Transfer-Encoding: chunked\r\n\r\n54\r\n" PAGE "\r\nzz\r\nrest"), 0);
    uint64_t strange = g->file.n;
    add_warc(&g->file, "response", "http://a.example/4", "",
             STR(OK_HTML "Content-Encoding: pack200\r\n\r\n\x01\x02\x03"), 0);
    read_file(g, SST_KIND_AUTO);
    assert_int_equal(g->doc.n, 3);
    is(g->doc.v[0].body, PAGE);
    is(g->doc.v[1].body, PAGE);
    assert_true(str_starts(g->doc.v[2].body, STR(PAGE)));
    assert_int_equal(g->errors.inputs.n, 2);
    error_has(g, 0, "no chunk begins", cut);
    error_has(g, 1, "pack200", strange);
    buf_release(&plain);
    buf_release(&packed);
    buf_release(&block);
}

static void test_bomb(void **state)
{
    got *g = *state;
    sst_buf plain, packed, block;
    buf_init(&plain, 0);
    buf_init(&packed, 0);
    buf_init(&block, 0);
    char *p = buf_reserve(&plain, 8u << 20);
    memset(p, ' ', 8u << 20);
    plain.n = 8u << 20;
    pack_gzip(&packed, &plain);
    buf_z(&block, OK_HTML "Content-Encoding: gzip\r\n\r\n");
    buf_add(&block, packed.p, packed.n);
    add_warc(&g->file, "response", "http://a.example/1", "", (sst_str){block.p, block.n}, 0);
    add_page(&g->file, "http://a.example/2");
    read_file(g, SST_KIND_AUTO);
    assert_int_equal(g->doc.n, 1);
    error_has(g, 0, "limit of 1048576 bytes", 0);
    buf_release(&plain);
    buf_release(&packed);
    buf_release(&block);
}

static void test_digests(void **state)
{
    got *g = *state;
    assert_int_equal(read_digest_check(STR("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"), STR("")),
                     DIGEST_DIFFERS);
    assert_int_equal(read_digest_check(STR("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"), STR("")),
                     DIGEST_FITS);
    assert_int_equal(read_digest_check(STR("sha1:2jmj7l5rSw0yVb/vlWAYkK/YBwk="), STR("")),
                     DIGEST_FITS);
    assert_int_equal(
        read_digest_check(STR("sha1:a9993e364706816aba3e25717850c26c9cd0d89d"), STR("abc")),
        DIGEST_FITS);
    assert_int_equal(
        read_digest_check(
            STR("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            STR("abc")),
        DIGEST_FITS);
    assert_int_equal(read_digest_check(STR("md5:abc"), STR("abc")), DIGEST_UNKNOWN);
    assert_int_equal(read_digest_check(STR("sha1:1112H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"), STR("")),
                     DIGEST_UNKNOWN); /* 1 is no digit of base32 */
    add_warc(&g->file, "response", "http://a.example/1",
             "WARC-Block-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\n",
             STR(OK_HTML "\r\n" PAGE), 0);
    add_page(&g->file, "http://a.example/2");
    read_file(g, SST_KIND_AUTO);
    assert_int_equal(g->doc.n, 1);
    error_has(g, 0, "digest", 0);
}

static void test_ninjs(void **state)
{
    got *g = *state;
    buf_z(
        &g->file,
        "{\"uri\":\"urn:x:1\",\"headline\":\"Ferry aground\",\"byline\":\"Ada "
        "Brook\",\"pubstatus\":"
        "\"withheld\",\"versioncreated\":\"2018-03-05T10:00:00Z\",\"body_text\":\"A ferry.\"}\n"
        "{\"uri\":\"http://a.example/"
        "2\",\"headlines\":[{\"role\":\"short\",\"value\":\"S\"},{\"role\":"
        "\"main\",\"value\":\"Main\"}],\"versionCreated\":\"2018-03-06T10:00:00Z\",\"embargoed\":"
        "\"2018-03-07T10:00:00Z\",\"bodies\":[{\"contentType\":\"text/plain\",\"value\":\"Longer "
        "by "
        "far\"},{\"contentType\":\"text/html\",\"value\":\"<p>B</p>\"}],\"infoSources\":[{\"name\":"
        "\"Post\"}]}\n"
        "{\"uri\":\"urn:x:3\",\"type\":\"picture\",\"versioncreated\":\"2018-03-05T10:00:00Z\"}\n");
    read_file(g, SST_KIND_AUTO);
    assert_int_equal(g->doc.n, 2);
    const sst_document *d = g->doc.v;
    is(d[0].id, "urn:x:1");
    is(d[0].title, "Ferry aground");
    is(d[0].author, "Ada Brook");
    is(d[0].published, "2018-03-05T10:00:00Z");
    is(d[0].body, "A ferry.");
    assert_int_equal(d[0].flags, SST_DOC_WITHHELD);
    is(d[1].title, "Main");
    is(d[1].url, "http://a.example/2");
    is(d[1].outlet, "Post");
    is(d[1].body, "<p>B</p>");
    assert_int_equal(d[1].kind, SST_KIND_HTML);
    assert_int_equal(d[1].flags, SST_DOC_EMBARGOED);
    assert_int_equal(g->errors.inputs.n, 1);
    assert_true(str_find(g->errors.inputs.v[0].message, STR("no body")) >= 0);
    /* an array spread over lines */
    g->file.n = 0;
    buf_z(&g->file,
          "[\n {\"id\": \"a\",\n  \"text\": \"One.\"},\n {\"id\": \"b\", \"text\": \"Two.\"}\n]\n");
    read_file(g, SST_KIND_AUTO);
    assert_int_equal(g->doc.n, 4);
    is(g->doc.v[3].body, "Two.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_warc, setup, teardown),
        cmocka_unit_test_setup_teardown(test_arc, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lengths, setup, teardown),
        cmocka_unit_test_setup_teardown(test_members, setup, teardown),
        cmocka_unit_test_setup_teardown(test_zstd, setup, teardown),
        cmocka_unit_test_setup_teardown(test_damage_ends, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cut, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bodies, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bomb, setup, teardown),
        cmocka_unit_test_setup_teardown(test_digests, setup, teardown),
        cmocka_unit_test_setup_teardown(test_ninjs, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
