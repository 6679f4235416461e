/*
 * The public door, used as a program would: several contexts in several threads at once (they
 * share nothing that changes, the libraries below them included), stages in the wrong order, a
 * sink that says stop. Texts are invented.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "samestory.h"

enum { THREADS = 8, ROUNDS = 4 };

static const char FEED[] =
    "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour Post</title><item>"
    "<title>Bridge at Ostmark closes</title><link>https://harbour.example/bridge</link>"
    "<pubDate>Tue, 03 Mar 2026 09:00:00 GMT</pubDate><description>&lt;p&gt;The bridge at Ostmark "
    "closed on Monday. \"We found 40 cracks,\" said Lena Brandt, the engineer in charge.&lt;/p&gt;"
    "</description></item></channel></rss>";

static const char PAGE[] =
    "<html><head><title>Ostmark bridge shut</title></head><body><article><h1>Ostmark bridge shut"
    "</h1><p>The bridge at Ostmark was shut on Monday after 40 cracks were found in its deck, the "
    "town said.</p><p>\"We found 40 cracks,\" said Ms Brandt.</p></article></body></html>";

static const char ROWS[] =
    "{\"id\":\"c\",\"text\":\"About 40 cracks closed the bridge at Ostmark, engineer Lena Brandt "
    "said on Monday. \\\"We found cracks,\\\" Brandt said.\"}\n";

struct out {
    char *p;
    size_t n, room;
    size_t stop_at; /* the sink says stop behind so many bytes; 0: never */
};

static int keep(void *user, const char *bytes, size_t n)
{
    struct out *out = user;
    if (out->stop_at && out->n + n > out->stop_at)
        return 1;
    if (out->n + n + 1 > out->room) {
        size_t room = (out->n + n + 1) * 2;
        char *p = realloc(out->p, room);
        if (!p)
            return 1;
        out->p = p;
        out->room = room;
    }
    memcpy(out->p + out->n, bytes, n);
    out->n += n;
    out->p[out->n] = '\0';
    return 0;
}

static sst_status fill(sst_context *ctx)
{
    sst_status s = sst_add_bytes(ctx, "feed", FEED, sizeof FEED - 1, SST_KIND_AUTO);
    if (s == SST_OK)
        s = sst_add_bytes(ctx, "page", PAGE, sizeof PAGE - 1, SST_KIND_AUTO);
    if (s == SST_OK)
        s = sst_add_bytes(ctx, "rows", ROWS, sizeof ROWS - 1, SST_KIND_AUTO);
    return s;
}

/* One whole use of the library. No cmocka here: this also runs outside the test's own thread. */
static sst_status report(struct out *out)
{
    sst_options opt = SST_OPTIONS_DEFAULT;
    opt.threads = 2;
    sst_context *ctx;
    sst_status s = sst_open(&opt, &ctx);
    if (s != SST_OK)
        return s;
    s = fill(ctx);
    if (s == SST_OK)
        s = sst_run(ctx, SST_STAGE_COMPARE);
    if (s == SST_OK)
        s = sst_write(ctx, SST_VIEW_REPORT, SST_FORMAT_JSON, NULL, keep, out);
    sst_close(ctx);
    return s;
}

static void *reports(void *user)
{
    struct out *outs = user;
    for (int i = 0; i < ROUNDS; i++)
        if (report(&outs[i]) != SST_OK)
            return NULL;
    return user;
}

static void contexts_in_threads_do_not_meet(void **state)
{
    (void)state;
    /* The threads go first: what a library sets up at its first use, it sets up in all of them. */
    static struct out outs[THREADS][ROUNDS];
    pthread_t threads[THREADS];
    for (int t = 0; t < THREADS; t++)
        assert_int_equal(pthread_create(&threads[t], NULL, reports, outs[t]), 0);
    for (int t = 0; t < THREADS; t++) {
        void *done;
        assert_int_equal(pthread_join(threads[t], &done), 0);
        assert_non_null(done);
    }
    struct out alone = {NULL, 0, 0, 0};
    assert_int_equal(report(&alone), SST_OK);
    assert_non_null(strstr(alone.p, "Lena Brandt"));
    for (int t = 0; t < THREADS; t++)
        for (int i = 0; i < ROUNDS; i++) {
            assert_int_equal(outs[t][i].n, alone.n);
            assert_memory_equal(outs[t][i].p, alone.p, alone.n);
            free(outs[t][i].p);
        }
    free(alone.p);
}

static void writing_needs_its_stage(void **state)
{
    (void)state;
    sst_context *ctx;
    assert_int_equal(sst_open(NULL, &ctx), SST_OK);
    struct out out = {NULL, 0, 0, 0};
    assert_int_equal(sst_write(ctx, SST_VIEW_REPORT, SST_FORMAT_JSON, NULL, keep, &out),
                     SST_ERR_USAGE);
    assert_true(strlen(sst_message(ctx)) > 0);
    assert_int_equal(out.n, 0);
    sst_close(ctx);
}

static void sink_may_say_stop(void **state)
{
    (void)state;
    sst_context *ctx;
    assert_int_equal(sst_open(NULL, &ctx), SST_OK);
    assert_int_equal(fill(ctx), SST_OK);
    assert_int_equal(sst_run(ctx, SST_STAGE_COMPARE), SST_OK);
    struct out out = {NULL, 0, 0, 100};
    sst_status s = sst_write(ctx, SST_VIEW_REPORT, SST_FORMAT_JSON, NULL, keep, &out);
    assert_true(s == SST_ERR_STOPPED || s == SST_ERR_IO);
    assert_true(out.n <= 100);
    free(out.p);
    sst_close(ctx);
}

/* ------------------------------------------------------------------ rows that wait */

enum { SHARED_ROWS = 600 }; /* more than are in work at once */

/* Rows of which most share an id, some with a number behind it that another one may get, from row
 * `from` on; a row that fails, a text that is given again, and one without a text. */
static char *shared_ids(uint32_t from)
{
    static const char *const ids[] = {"x", "x#2", "a \\\"b\\\" c", "x#3", "x", "y"};
    char *text = malloc(SHARED_ROWS * 256), *p = text;
    assert_non_null(text);
    for (uint32_t k = 0; k < SHARED_ROWS; k++) {
        uint32_t i = (from + k * 7) % SHARED_ROWS;
        if (i == 11) {
            p += sprintf(p, "{\"id\":\"x\"}\n");
            continue;
        }
        p += sprintf(p,
                     "{\"id\":\"%s\",\"published\":\"2031-0%u-01T09:00:00Z\",\"text\":\"%s%u.\"}\n",
                     ids[i % 6], 1 + i % 5, i % 13 ? "The quay was closed, report " : "",
                     i % 13 ? i / 2 : 0);
    }
    return text;
}

static sst_status stream(sst_options options, const char *rows, struct out *out, char *message)
{
    sst_context *ctx = NULL;
    assert_int_equal(sst_open(&options, &ctx), SST_OK);
    sst_status status = sst_stream(ctx, SST_VIEW_EXTRACT, SST_FORMAT_JSONL, NULL, keep, out);
    if (!status)
        status = sst_add_bytes(ctx, "rows", rows, strlen(rows), SST_KIND_JSONL);
    sst_status last = sst_stream_end(ctx);
    if (message)
        snprintf(message, 256, "%s", sst_message(ctx));
    sst_close(ctx);
    return status ? status : last;
}

static int by_line(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines in byte order, without what tells their place in the input. */
static void sort_lines(char *text, char **line, uint32_t *n)
{
    *n = 0;
    for (char *p = strtok(text, "\n"); p; p = strtok(NULL, "\n")) {
        char *source = strstr(p, "\"source\":\"rows:"), *end = source ? strchr(source, ',') : NULL;
        if (end)
            memmove(source, end, strlen(end) + 1);
        assert_true(*n < SHARED_ROWS);
        line[(*n)++] = p;
    }
    qsort(line, *n, sizeof *line, by_line);
}

/* Rows that waited in a file are those of articles that were held, in any order of the inputs. */
static void rows_wait_for_their_ids(void **state)
{
    (void)state;
    char *rows = shared_ids(0), message[256];
    struct out held = {0}, waited = {0}, once = {0};
    assert_int_equal(stream((sst_options){.threads = 2}, rows, &held, NULL), SST_OK);
    assert_non_null(strstr(held.p, "{\"id\":\"x#4\","));
    assert_non_null(strstr(held.p, "{\"id\":\"a \\\"b\\\" c#2\","));
    for (uint32_t threads = 1; threads < 3; threads++) {
        waited.n = 0;
        sst_options some = {.threads = threads, .memory_bytes = 1};
        assert_int_equal(stream(some, rows, &waited, NULL), SST_OK);
        assert_string_equal(waited.p, held.p);
    }
    /* as they come: the first keeps its id, whatever its date */
    assert_int_equal(stream((sst_options){.as_read = 1}, rows, &once, NULL), SST_OK);
    assert_int_equal(strncmp(once.p, "{\"id\":\"x\",", 10), 0);
    assert_string_not_equal(once.p, held.p);
    char *line[SHARED_ROWS], *other[SHARED_ROWS];
    uint32_t n, m;
    sort_lines(held.p, line, &n);
    for (uint32_t from = 1; from < SHARED_ROWS; from += 101) {
        char *turned = shared_ids(from);
        waited.n = 0;
        assert_int_equal(stream((sst_options){.memory_bytes = 1}, turned, &waited, NULL), SST_OK);
        sort_lines(waited.p, other, &m);
        assert_int_equal(n, m);
        for (uint32_t i = 0; i < n; i++)
            if (!strstr(line[i], "\"error\":\"the row")) /* which names its place */
                assert_string_equal(line[i], other[i]);
        free(turned);
    }
    sst_options nowhere = {.memory_bytes = 1, .folder = "/no/such/folder"};
    assert_int_equal(stream(nowhere, rows, &waited, message), SST_ERR_IO);
    assert_non_null(strstr(message, "/no/such/folder"));
    free(rows);
    free(held.p);
    free(waited.p);
    free(once.p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contexts_in_threads_do_not_meet),
        cmocka_unit_test(writing_needs_its_stage),
        cmocka_unit_test(sink_may_say_stop),
        cmocka_unit_test(rows_wait_for_their_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
