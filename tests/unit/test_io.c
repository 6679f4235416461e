/*
 * The n-th read fails, in the middle of each kind of input: the run goes on, an error row names the
 * file, what is wrong and how far it was read, and the input behind it is read as if nothing had
 * been. This program is linked with --wrap=read, so that every read of the library comes here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <isa-l/igzip_lib.h>
#include <stdbool.h>
#include <unistd.h>
#include <zstd.h>

#include "base_buf.h"
#include "samestory.h"

ssize_t __real_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n);

static long fail_at;  /* the read that fails, 1 the next one; 0: none */
enum { PIECE = 200 }; /* what one read gives at most, so that each input takes many */

ssize_t __wrap_read(int fd, void *to, size_t n)
{
    if (fail_at && --fail_at == 0) {
        errno = EIO;
        return -1;
    }
    return __real_read(fd, to, n < PIECE ? n : PIECE);
}

static void pack_gzip(sst_buf *to, const sst_buf *from)
{
    struct isal_zstream z;
    isal_deflate_stateless_init(&z);
    z.gzip_flag = IGZIP_GZIP;
    z.end_of_stream = 1;
    z.next_in = (uint8_t *)from->p;
    z.avail_in = (uint32_t)from->n;
    char *p = buf_reserve(to, from->n * 2 + 1024);
    z.next_out = (uint8_t *)p;
    z.avail_out = (uint32_t)from->n * 2 + 1024;
    assert_int_equal(isal_deflate_stateless(&z), COMP_OK);
    to->n += z.total_out;
}

static void pack_zstd(sst_buf *to, const sst_buf *from)
{
    size_t room = ZSTD_compressBound(from->n);
    char *p = buf_reserve(to, room);
    size_t n = ZSTD_compress(p, room, from->p, from->n, 1);
    assert_false(ZSTD_isError(n));
    to->n += n;
}

/* Sentences that no two inputs share and that do not pack well. */
static void prose(sst_buf *to, uint32_t seed, int sentences)
{
    static const char *const words[] = {"bridge", "river", "ferry", "harbour", "school",
                                        "market", "train", "night", "water",   "council"};
    uint32_t x = seed * 2654435761u + 1;
    for (int i = 0; i < sentences; i++) {
        buf_z(to, "The");
        for (int k = 0; k < 12; k++) {
            x = x * 1664525u + 1013904223u;
            buf_printf(to, " %s%u", words[x >> 24 & 7], x >> 12 & 4095);
        }
        buf_z(to, " was closed on Monday. ");
    }
}

static void page(sst_buf *to, uint32_t seed)
{
    buf_printf(to, "<!doctype html><title>Bridge %u closed</title><h1>Bridge %u closed</h1><p>",
               seed, seed);
    prose(to, seed, 20);
    buf_z(to, "</p>");
}

static void make(sst_buf *to, const char *kind)
{
    sst_buf body;
    buf_init(&body, 0);
    if (strstr(kind, "html"))
        page(to, 1);
    else if (strstr(kind, "txt"))
        prose(to, 2, 30);
    else if (strstr(kind, "ninjs")) {
        buf_z(to,
              "{\n\"uri\": \"u\", \"type\": \"text\", \"headline\": \"Bridge\", \"body_text\": \"");
        prose(to, 3, 30);
        buf_z(to, "\"\n}\n");
    } else
        for (uint32_t i = 0; i < 8; i++) {
            buf_clear(&body);
            if (strstr(kind, "jsonl")) {
                buf_printf(to, "{\"id\":\"row%u\",\"text\":\"", i);
                prose(to, i, 4);
                buf_z(to, "\"}\n");
            } else if (strstr(kind, "xml")) {
                buf_z(to, i ? "<item><title>T" : "<rss version='2.0'><channel><item><title>T");
                buf_printf(to, "%u</title><description>", i);
                prose(to, i, 4);
                buf_z(to,
                      i < 7 ? "</description></item>" : "</description></item></channel></rss>");
            } else {
                page(&body, i);
                buf_printf(to,
                           "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\n"
                           "WARC-Target-URI: http://a.example/%u\r\nContent-Length: %zu\r\n\r\n",
                           i, body.n);
                buf_add(to, body.p, body.n);
                buf_z(to, "\r\n\r\n");
            }
        }
    buf_clear(&body);
    size_t n = strlen(kind);
    if (n > 3 && strcmp(kind + n - 3, ".gz") == 0)
        pack_gzip(&body, to);
    else if (n > 4 && strcmp(kind + n - 4, ".zst") == 0)
        pack_zstd(&body, to);
    if (body.n) {
        buf_clear(to);
        buf_add(to, body.p, body.n);
    }
    buf_release(&body);
}

static int nothing(void *user, const char *bytes, size_t n)
{
    (void)user;
    (void)bytes;
    (void)n;
    return 0;
}

/* The bad file, then a good one; how many articles came, and the error rows of the bad one. */
static void run(const char *path, const char *good, long n, size_t size, size_t *articles,
                bool *failed)
{
    sst_options options = SST_OPTIONS_DEFAULT;
    sst_context *ctx = NULL;
    options.threads = 1;
    assert_int_equal(sst_open(&options, &ctx), SST_OK);
    fail_at = n;
    assert_int_equal(sst_add_path(ctx, path, SST_KIND_AUTO), SST_OK);
    bool met = n && fail_at == 0;
    fail_at = 0;
    assert_int_equal(sst_add_path(ctx, good, SST_KIND_AUTO), SST_OK);
    assert_int_equal(sst_run(ctx, SST_STAGE_EXTRACT), SST_OK);
    assert_int_equal(sst_write(ctx, SST_VIEW_EXTRACT, SST_FORMAT_JSONL, NULL, nothing, NULL),
                     SST_OK);
    *articles = sst_article_n(ctx);
    assert_true(*articles >= 1); /* the good one */
    *failed = false;
    for (size_t i = 0; i < sst_error_n(ctx); i++) {
        sst_error e = sst_error_at(ctx, i);
        char message[512];
        snprintf(message, sizeof message, "%.*s", (int)e.message.n, e.message.p);
        assert_true(e.source.n >= strlen(path) && memcmp(e.source.p, path, strlen(path)) == 0);
        if (strstr(message, "cannot be read: ")) {
            *failed = true;
            assert_true(e.at <= 1u << 20); /* a place in the file or in what it unpacks to */
            assert_true(strstr(path, ".gz") || strstr(path, ".zst") || e.at <= size);
        }
    }
    assert_int_equal(*failed, met);
    sst_close(ctx);
}

static void every_read_may_fail(void **state)
{
    (void)state;
    static const char *const kinds[] = {"html",   "txt",     "ninjs",    "jsonl",    "xml",
                                        "warc",   "html.gz", "html.zst", "jsonl.gz", "jsonl.zst",
                                        "xml.gz", "warc.gz", "warc.zst"};
    char folder[] = "/tmp/samestory-io-XXXXXX", good[64], path[80];
    assert_non_null(mkdtemp(folder));
    snprintf(good, sizeof good, "%s/good.txt", folder);
    FILE *f = fopen(good, "w");
    assert_non_null(f);
    fputs("Bridge closed after crash\n\nThe bridge was closed on Monday.\n", f);
    fclose(f);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        sst_buf bytes;
        buf_init(&bytes, 0);
        make(&bytes, kinds[k]);
        assert_int_equal(bytes.failed, SST_OK);
        snprintf(path, sizeof path, "%s/in.%s", folder, kinds[k]);
        f = fopen(path, "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
        fclose(f);
        size_t all, some, most = 0;
        bool failed;
        run(path, good, 0, bytes.n, &all, &failed);
        assert_true(all >= 2);
        long runs = 0;
        for (long n = 1;; n++, runs++) {
            run(path, good, n, bytes.n, &some, &failed);
            if (!failed)
                break; /* there are not so many reads */
            assert_true(some <= all);
            most = some > most ? some : most;
        }
        assert_true(runs > 3);
        /* What came whole before the failure is kept: of rows and records all but the last. */
        if (all > 3 && !strstr(kinds[k], ".zst"))
            assert_true(most >= all - 2);
        buf_release(&bytes);
        unlink(path);
    }
    unlink(good);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_read_may_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
