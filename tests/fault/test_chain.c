/*
 * The n-th allocation fails: the whole chain, in this process, through the public header, for every
 * n up to the number of allocations that a good run makes (all of the first ones, then a stride).
 * Each run must end with a status, a message when the status is not SST_OK, and nothing left
 * behind: the sanitizer build, where this test belongs, sees leaks and bad reads. A run in which
 * nothing failed must write what the good run wrote.
 *
 * Allocations inside ICU and the others are not counted: only src/base/ is hooked.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base_alloc.h"
#include "samestory.h"

/* Of the first DENSE allocations each one fails once; of the others, ABOUT in all. */
enum { DENSE = 400, ABOUT = 600 };

struct out {
    char *p;
    size_t n, room;
};

static int keep(void *user, const char *bytes, size_t n)
{
    struct out *out = user;
    if (out->n + n > out->room) {
        size_t room = (out->n + n) * 2;
        char *p = realloc(out->p, room);
        if (!p)
            return 1;
        out->p = p;
        out->room = room;
    }
    memcpy(out->p + out->n, bytes, n);
    out->n += n;
    return 0;
}

static const struct {
    const char *name;
    sst_kind kind;
    const char *text;
} inputs[] = {
    {"one.txt", SST_KIND_TEXT,
     "Bridge closed after crash\n\nThe bridge over the Lenne was closed on Monday.\n\n"
     "\xe2\x80\x9cNobody was hurt, and the traffic goes round,\xe2\x80\x9d the mayor, Ada Brook, "
     "said.\n\n"
     "About 40 workers were on the site when the beam fell at 3 p.m. The river police closed the "
     "canal.\n"},
    {"two.jsonl", SST_KIND_JSONL,
     "{\"id\":\"two\",\"outlet\":\"Post\",\"published\":\"2018-03-12T10:00:00Z\",\"title\":"
     "\"Bridge over Lenne closed\","
     "\"text\":\"The bridge over the Lenne was closed on Monday. \\\"Nobody was hurt,\\\" Brook "
     "said. At least "
     "35 workers were on the site when the beam fell at 3 p.m. The river police closed the "
     "canal.\"}\n"
     "{\"id\":\"cut\",\"text\n"},
    {"three.html", SST_KIND_HTML,
     "<!doctype html><html><head><title>Lenne bridge shut</title></head><body><h1>Lenne bridge "
     "shut</h1>"
     "<p>The bridge over the Lenne was closed on Monday after a crash.</p>"
     "<p>&ldquo;Nobody was hurt,&rdquo; said Ada Brook. Some 40 workers had "
     "left.</p></body></html>"},
    {"four.txt", SST_KIND_TEXT, ""},
    {"five.warc", SST_KIND_WARC,
     "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/5\r\nContent-Length: "
     "186\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
     "62\r\n<!doctype html><title>Ferry aground</title><p>A ferry ran aground at the harbour on "
     "Tuesday, it said.\r\n0\r\n\r\n\r\nWARC/1.0\r\nWARC-Type: request\r\nContent-Length: "
     "x\r\n\r\n"},
};

/* The third and the last are made when they are written, by no stage. */
static const struct {
    sst_stage stage;
    sst_view view;
    sst_format format;
} views[] = {
    {SST_STAGE_PASSAGES, SST_VIEW_EXTRACT, SST_FORMAT_JSONL},
    {SST_STAGE_PASSAGES, SST_VIEW_PASSAGES, SST_FORMAT_JSONL},
    {SST_STAGE_PASSAGES, SST_VIEW_STORIES, SST_FORMAT_JSONL},
    {SST_STAGE_COMPARE, SST_VIEW_EXTRACT, SST_FORMAT_JSONL},
    {SST_STAGE_COMPARE, SST_VIEW_STORIES, SST_FORMAT_JSONL},
    {SST_STAGE_COMPARE, SST_VIEW_QUOTES, SST_FORMAT_JSONL},
    {SST_STAGE_COMPARE, SST_VIEW_FIGURES, SST_FORMAT_JSONL},
    {SST_STAGE_COMPARE, SST_VIEW_REPORT, SST_FORMAT_JSON},
    {SST_STAGE_COMPARE, SST_VIEW_REPORT, SST_FORMAT_TEXT},
    {SST_STAGE_COMPARE, SST_VIEW_REPORT, SST_FORMAT_HTML},
    {SST_STAGE_COMPARE, SST_VIEW_PASSAGES, SST_FORMAT_JSONL},
};

/* The whole chain; the status is the first one that is not SST_OK. */
static sst_status chain(struct out *out)
{
    sst_options options = SST_OPTIONS_DEFAULT;
    sst_context *ctx = NULL;
    options.threads = 1; /* the n-th allocation is the same one each time */
    options.with_text = 1;
    sst_status st = sst_open(&options, &ctx);
    if (st != SST_OK) {
        assert_null(ctx);
        return st;
    }
    for (size_t i = 0; st == SST_OK && i < sizeof inputs / sizeof inputs[0]; i++)
        st = sst_add_bytes(ctx, inputs[i].name, inputs[i].text, strlen(inputs[i].text),
                           inputs[i].kind);
    for (size_t i = 0; st == SST_OK && i < sizeof views / sizeof views[0]; i++) {
        if (i == 0 || views[i].stage != views[i - 1].stage)
            st = sst_run(ctx, views[i].stage);
        if (st == SST_OK)
            st = sst_write(ctx, views[i].view, views[i].format, NULL, keep, out);
    }
    if (st != SST_OK) {
        assert_non_null(sst_message(ctx));
        assert_true(strlen(sst_message(ctx)) > 0);
    }
    sst_close(ctx);
    return st;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct out good = {0}, now = {0};
    base_alloc_fail_after(0);
    assert_int_equal(chain(&good), SST_OK);
    assert_true(good.n > 1000);

    /* How many there are: the first n at which nothing fails any more, by doubling. */
    long high = 64;
    for (;;) {
        now.n = 0;
        base_alloc_fail_after(high);
        sst_status st = chain(&now);
        base_alloc_fail_after(0);
        if (st == SST_OK && now.n == good.n && memcmp(now.p, good.p, good.n) == 0)
            break;
        high *= 2;
        assert_true(high < 1L << 30);
    }
    long stride = (high - DENSE) / ABOUT + 1;
    long failed = 0, runs = 0;
    for (long n = 1; n <= high; n += n < DENSE || stride < 1 ? 1 : stride) {
        now.n = 0;
        base_alloc_fail_after(n);
        sst_status st = chain(&now);
        base_alloc_fail_after(0);
        runs++;
        if (st != SST_OK) {
            failed++;
            if (st != SST_ERR_MEMORY)
                print_message("allocation %ld: status %d\n", n, (int)st);
            assert_int_equal(st, SST_ERR_MEMORY);
        }
    }
    print_message("%ld runs, %ld of them failed, up to allocation %ld\n", runs, failed, high);
    assert_true(failed > 10);

    /* And the library is as good as new. */
    now.n = 0;
    assert_int_equal(chain(&now), SST_OK);
    assert_int_equal(now.n, good.n);
    assert_memory_equal(now.p, good.p, good.n);
    free(good.p);
    free(now.p);
}

/* The k-th call of the sink says stop: the writer ends at once and says so. */
struct stop {
    long left, after;
};

static int stop_at(void *user, const char *bytes, size_t n)
{
    struct stop *stop = user;
    (void)bytes;
    (void)n;
    if (stop->left == 0) {
        stop->after++;
        return 1;
    }
    stop->left--;
    return 0;
}

static void every_write_may_fail(void **state)
{
    (void)state;
    sst_options options = SST_OPTIONS_DEFAULT;
    sst_context *ctx = NULL;
    options.threads = 1;
    assert_int_equal(sst_open(&options, &ctx), SST_OK);
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++)
        assert_int_equal(sst_add_bytes(ctx, inputs[i].name, inputs[i].text, strlen(inputs[i].text),
                                       inputs[i].kind),
                         SST_OK);
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
        assert_int_equal(sst_run(ctx, views[i].stage), SST_OK);
        for (long k = 0; k < 200; k++) {
            struct stop stop = {k, 0};
            sst_status st = sst_write(ctx, views[i].view, views[i].format, NULL, stop_at, &stop);
            if (st == SST_OK) {
                assert_int_equal(stop.after, 0);
                break;
            }
            assert_true(st == SST_ERR_STOPPED || st == SST_ERR_IO);
            assert_int_equal(stop.after, 1);
        }
    }
    sst_close(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(every_write_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
