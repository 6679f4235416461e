/* The public door and the reports: spans read back, order and threads change nothing, hostile text
 * stays text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base_buf.h"
#include "base_str.h"
#include "base_utf8.h"
#include "samestory.h"

static const char *const story[][2] = {
    {"a.txt", "Dam at Korvel holds after night of rain\n\nKORVEL — The dam above Korvel held on "
              "Tuesday after a "
              "night of heavy rain, and at least 340 people were moved from the lower town.\n\n“We "
              "opened both "
              "gates at two in the morning, and we would do it again without waiting for anybody,” "
              "said Ilsa "
              "Brandt, the keeper of the dam.\n\nThe river rose by 2.5 metres in six hours.\n"},
    {"b.txt",
     "Korvel dam holds, town moved\n\nThe dam above Korvel held on Tuesday after a night of heavy "
     "rain. "
     "About 350 people were moved from the lower town.\n\n“We opened both gates at two in the "
     "morning,” said Ilsa Brandt, the keeper of the Korvel dam.\n\nThe river rose by 2.5 metres in "
     "six "
     "hours. A bridge downstream lost its railing.\n"},
    {"c.txt",
     "Keeper of Korvel dam opened gates\n\nIlsa Brandt, the keeper of the Korvel dam, opened its "
     "gates "
     "on Tuesday after a night of heavy rain; 340 people left the lower town of Korvel.\n\n“We "
     "opened "
     "both gates at two in the morning, and we would do it again without asking anybody,” Brandt "
     "said.\n"},
    {"d.txt",
     "Bakers of Lunden meet\n\nThe bakers of Lunden met on Friday to settle the price of rye "
     "loaves. Nothing was settled.\n"}};
enum { STORY_N = sizeof story / sizeof story[0] };

static int take(void *user, const char *bytes, size_t n)
{
    buf_add(user, bytes, n);
    return 0;
}

static sst_context *opened(const sst_options *options, bool backwards)
{
    sst_context *ctx;
    assert_int_equal(sst_open(options, &ctx), SST_OK);
    for (int i = 0; i < STORY_N; i++) {
        const char *const *x = story[backwards ? STORY_N - 1 - i : i];
        assert_int_equal(sst_add_bytes(ctx, x[0], x[1], strlen(x[1]), SST_KIND_TEXT), SST_OK);
    }
    return ctx;
}

static void written(sst_context *ctx, sst_view view, sst_format format, const sst_style *style,
                    sst_buf *b)
{
    buf_init(b, 0);
    assert_int_equal(sst_write(ctx, view, format, style, take, b), SST_OK);
    buf_byte(b, 0);
    assert_int_equal(b->failed, SST_OK);
}

/* ------------------------------------------------------------------------------------------ spans
 */

static uint32_t spans_seen;

static const char *text_of(const cJSON *report, const char *id)
{
    const cJSON *a;
    cJSON_ArrayForEach(a, cJSON_GetObjectItem(report, "articles"))
    {
        if (strcmp(cJSON_GetObjectItem(a, "id")->valuestring, id) == 0)
            return cJSON_GetObjectItem(a, "text")->valuestring;
    }
    fail_msg("a span names an article that is not there: %s", id);
    return NULL;
}

static size_t byte_of(const char *text, size_t at, bool points)
{
    if (!points)
        return at;
    const char *p = text, *end = text + strlen(text);
    for (int n; at > 0 && p < end; at--, p += n)
        utf8_read(p, end, &n);
    return (size_t)(p - text);
}

static void walk(const cJSON *report, const cJSON *x, bool points)
{
    const cJSON *article = cJSON_GetObjectItem(x, "article"),
                *begin = cJSON_GetObjectItem(x, "begin"), *text = cJSON_GetObjectItem(x, "text"),
                *child;
    if (cJSON_IsObject(x) && article && begin && text) {
        const char *whole = text_of(report, article->valuestring);
        size_t from = byte_of(whole, (size_t)begin->valuedouble, points);
        size_t to = byte_of(whole, (size_t)cJSON_GetObjectItem(x, "end")->valuedouble, points);
        assert_true(from <= to && to <= strlen(whole));
        assert_int_equal(to - from, strlen(text->valuestring));
        assert_memory_equal(whole + from, text->valuestring, to - from);
        spans_seen++;
    }
    cJSON_ArrayForEach(child, x) walk(report, child, points);
}

static void check_spans(uint8_t points)
{
    sst_options opt = SST_OPTIONS_DEFAULT;
    opt.with_text = 1;
    opt.offsets_codepoint = points;
    sst_context *ctx = opened(&opt, false);
    sst_buf b;
    assert_int_equal(sst_run(ctx, SST_STAGE_COMPARE), SST_OK);
    written(ctx, SST_VIEW_REPORT, SST_FORMAT_JSON, NULL, &b);
    cJSON *report = cJSON_Parse(b.p);
    assert_non_null(report);
    spans_seen = 0;
    walk(report, report, points != 0);
    assert_true(spans_seen > 20);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(report, "articles")), STORY_N);
    const cJSON *first = cJSON_GetArrayItem(cJSON_GetObjectItem(report, "stories"), 0);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(first, "articles")), 3);
    cJSON_Delete(report);
    buf_release(&b);
    sst_close(ctx);
}

static void test_spans(void **state)
{
    (void)state;
    check_spans(0);
    check_spans(1);
}

/* ------------------------------------------------------------------------------------------ order
 */

static void test_order(void **state)
{
    (void)state;
    sst_buf b[2];
    for (sst_format format = SST_FORMAT_JSON; format <= SST_FORMAT_HTML; format++) {
        for (int i = 0; i < 2; i++) {
            sst_options opt = SST_OPTIONS_DEFAULT;
            opt.threads = i ? 4 : 1;
            sst_context *ctx = opened(&opt, i == 1);
            assert_int_equal(sst_run(ctx, SST_STAGE_COMPARE), SST_OK);
            written(ctx, SST_VIEW_REPORT, format, NULL, &b[i]);
            sst_close(ctx);
        }
        assert_string_equal(b[0].p, b[1].p);
        buf_release(&b[0]);
        buf_release(&b[1]);
    }
}

/* Two articles of one id keep apart. */
static void test_ids(void **state)
{
    (void)state;
    sst_context *ctx;
    sst_buf b;
    assert_int_equal(sst_open(NULL, &ctx), SST_OK);
    assert_int_equal(sst_add_bytes(ctx, "x.txt", story[0][1], strlen(story[0][1]), SST_KIND_TEXT),
                     SST_OK);
    assert_int_equal(sst_add_bytes(ctx, "x.txt", story[1][1], strlen(story[1][1]), SST_KIND_TEXT),
                     SST_OK);
    assert_int_equal(sst_run(ctx, SST_STAGE_EXTRACT), SST_OK);
    written(ctx, SST_VIEW_EXTRACT, SST_FORMAT_JSONL, NULL, &b);
    assert_non_null(strstr(b.p, "{\"id\":\"x.txt\","));
    assert_non_null(strstr(b.p, "{\"id\":\"x.txt#2\","));
    buf_release(&b);
    sst_close(ctx);
}

/* --------------------------------------------------------------------------------------- terminal
 */

static void check_width(const char *text, uint32_t columns)
{
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n");
        if (utf8_count((sst_str){p, n}) > columns)
            fail_msg("wider than %u columns: %.*s", columns, (int)n, p);
        if (n && p[n - 1] == ' ')
            fail_msg("ends with a space: %.*s", (int)n, p);
        p += n + (p[n] == '\n');
    }
}

static void test_terminal(void **state)
{
    (void)state;
    static const uint32_t widths[] = {40, 80, 140};
    sst_context *ctx = opened(NULL, false);
    sst_buf b;
    assert_int_equal(sst_run(ctx, SST_STAGE_COMPARE), SST_OK);
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        sst_style style = {.columns = widths[i]};
        written(ctx, SST_VIEW_REPORT, SST_FORMAT_TEXT, &style, &b);
        check_width(b.p, widths[i]);
        assert_null(strchr(b.p, '\033'));
        assert_non_null(strstr(b.p, "WHAT DIFFERS"));
        assert_non_null(strstr(b.p, "cut without a sign"));
        assert_non_null(strstr(b.p, "[-waiting for-]"));
        assert_non_null(strstr(b.p, "{+asking+}"));
        buf_release(&b);
    }
    sst_style colour = {.columns = 80, .colour = 1};
    written(ctx, SST_VIEW_REPORT, SST_FORMAT_TEXT, &colour, &b);
    assert_non_null(strstr(b.p, "\033["));
    assert_null(strstr(b.p, "[-waiting"));
    buf_release(&b);
    sst_close(ctx);
}

static void test_hostile_terminal(void **state)
{
    (void)state;
    static const char text[] = "Title \033[31mred\007\n\nBody \xc2\x9b"
                               "5m with \xe2\x80\xae turned words and \x7f.\n";
    sst_context *ctx;
    sst_buf b;
    assert_int_equal(sst_open(NULL, &ctx), SST_OK);
    assert_int_equal(sst_add_bytes(ctx, "h.txt", text, sizeof text - 1, SST_KIND_TEXT), SST_OK);
    assert_int_equal(sst_run(ctx, SST_STAGE_COMPARE), SST_OK);
    for (sst_view view = SST_VIEW_EXTRACT; view <= SST_VIEW_REPORT; view++) {
        if (view == SST_VIEW_PASSAGES)
            continue;
        written(ctx, view, SST_FORMAT_TEXT, NULL, &b);
        for (const char *p = b.p; *p; p++)
            assert_true(*p == '\n' || ((unsigned char)*p >= 0x20 && *p != 0x7f));
        assert_null(strstr(b.p, "\xc2\x9b"));
        assert_null(strstr(b.p, "\xe2\x80\xae"));
        buf_release(&b);
    }
    sst_close(ctx);
}

/* ------------------------------------------------------------------------------------------- page
 */

static void test_page(void **state)
{
    (void)state;
    char first[1024], second[1024];
    sst_context *ctx;
    sst_buf b;
    snprintf(first, sizeof first, "%.*s<script>alert(1)</script> & \"><img src=x>\n", 500,
             story[0][1]);
    snprintf(second, sizeof second, "%.*s", 500, story[1][1]);
    assert_int_equal(sst_open(NULL, &ctx), SST_OK);
    assert_int_equal(sst_add_bytes(ctx, "<b>\"'.txt", first, strlen(first), SST_KIND_TEXT), SST_OK);
    assert_int_equal(sst_add_bytes(ctx, "b.txt", second, strlen(second), SST_KIND_TEXT), SST_OK);
    assert_int_equal(sst_run(ctx, SST_STAGE_COMPARE), SST_OK);
    written(ctx, SST_VIEW_REPORT, SST_FORMAT_HTML, NULL, &b);
    assert_null(strstr(b.p, "<script"));
    assert_null(strstr(b.p, "<img"));
    assert_null(strstr(b.p, "<b>\""));
    assert_non_null(strstr(b.p, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;&gt;"));
    /* Every link inside the page leads somewhere. */
    for (const char *p = b.p; (p = strstr(p, "href=\"#")) != NULL; p++) {
        char id[128];
        size_t n = strcspn(p + 7, "\"");
        snprintf(id, sizeof id, " id=\"%.*s\"", (int)n, p + 7);
        if (!strstr(b.p, id))
            fail_msg("leads nowhere: #%.*s", (int)n, p + 7);
    }
    buf_release(&b);
    sst_close(ctx);
}

/* -------------------------------------------------------------------------------------------- use
 */

/* Says stop at the stage that user names. */
static int stop_at(void *user, const char *stage, uint64_t done, uint64_t total)
{
    (void)done, (void)total;
    return strcmp(user, stage) == 0;
}

static int refuse(void *user, const char *bytes, size_t n)
{
    (void)user, (void)bytes, (void)n;
    return 1;
}

static void test_use(void **state)
{
    (void)state;
    sst_context *ctx = opened(NULL, false);
    sst_buf b;
    buf_init(&b, 0);
    assert_int_equal(sst_write(ctx, SST_VIEW_REPORT, SST_FORMAT_JSON, NULL, take, &b),
                     SST_ERR_USAGE);
    assert_int_equal(sst_run(ctx, (sst_stage)9), SST_ERR_USAGE);
    assert_int_equal(sst_run(ctx, SST_STAGE_QUOTES), SST_OK);
    assert_int_equal(sst_write(ctx, SST_VIEW_FIGURES, SST_FORMAT_JSONL, NULL, take, &b),
                     SST_ERR_USAGE);
    assert_int_equal(sst_write(ctx, SST_VIEW_QUOTES, SST_FORMAT_HTML, NULL, take, &b),
                     SST_ERR_USAGE);
    assert_int_equal(sst_write(ctx, SST_VIEW_QUOTES, SST_FORMAT_JSONL, NULL, refuse, NULL),
                     SST_ERR_STOPPED);
    assert_int_equal(b.n, 0);
    assert_int_equal(sst_run(ctx, SST_STAGE_COMPARE), SST_OK); /* further, over the same inputs */
    assert_int_equal(sst_article_n(ctx), STORY_N);
    assert_int_equal(sst_story_n(ctx), 2);
    sst_close(ctx);
    sst_close(NULL);

    sst_options opt = SST_OPTIONS_DEFAULT;
    char reading[] = "reading", comparing[] = "comparing";
    opt.progress = stop_at;
    opt.progress_user = comparing;
    ctx = opened(&opt, false);
    assert_int_equal(sst_run(ctx, SST_STAGE_COMPARE), SST_ERR_STOPPED);
    assert_true(strlen(sst_message(ctx)) > 0);
    sst_close(ctx);
    opt.progress_user = reading; /* as soon as an input is read */
    assert_int_equal(sst_open(&opt, &ctx), SST_OK);
    assert_int_equal(sst_add_bytes(ctx, "a.txt", story[0][1], strlen(story[0][1]), SST_KIND_TEXT),
                     SST_ERR_STOPPED);
    assert_true(strlen(sst_message(ctx)) > 0);
    sst_close(ctx);
}

static void test_failed_inputs(void **state)
{
    (void)state;
    sst_context *ctx;
    sst_buf b;
    static const char rows[] =
        "{\"id\":\"one\",\"text\":\"A short text.\"}\n{\"id\":\"two\",\"te\n";
    assert_int_equal(sst_open(NULL, &ctx), SST_OK);
    assert_int_equal(sst_add_path(ctx, "no-such-file.txt", SST_KIND_AUTO), SST_OK);
    assert_int_equal(sst_add_bytes(ctx, "rows", rows, sizeof rows - 1, SST_KIND_JSONL), SST_OK);
    assert_int_equal(sst_run(ctx, SST_STAGE_STORIES), SST_OK);
    assert_int_equal(sst_error_n(ctx), 2);
    assert_true(str_eq(sst_error_at(ctx, 0).source, STR("no-such-file.txt")));
    written(ctx, SST_VIEW_STORIES, SST_FORMAT_JSONL, NULL, &b);
    uint32_t lines = 0;
    for (const char *p = b.p; (p = strchr(p, '\n')) != NULL; p++)
        lines++;
    assert_int_equal(lines, 3); /* the order of the inputs: failed, read, failed */
    assert_true(str_starts((sst_str){b.p, b.n}, STR("{\"id\":\"no-such-file.txt\"")));
    buf_release(&b);
    sst_close(ctx);
}

/* Rows of stories are the same whatever else was run before, and so is what parts tell of. */
static void test_story_rows_of_later_stages(void **state)
{
    (void)state;
    static const char rows[] =
        "{\"id\":\"f1\",\"published\":\"2031-05-08T06:00:00Z\",\"title\":\"Warehouse fire in Port "
        "Sarn\","
        "\"text\":\"A fire destroyed a grain warehouse in Port Sarn on Thursday, the harbour "
        "brigade "
        "said. Nobody was hurt in the warehouse.\"}\n"
        "{\"id\":\"f2\",\"published\":\"2031-05-08T07:00:00Z\",\"title\":\"Port Sarn grain "
        "warehouse "
        "burns\",\"text\":\"A grain warehouse in Port Sarn burned on Thursday. The harbour brigade "
        "fought "
        "the fire for six hours.\"}\n"
        "{\"id\":\"v1\",\"published\":\"2031-05-08T06:30:00Z\",\"title\":\"Quelland's "
        "parliament rejects ferry tax\",\"text\":\"The parliament of Quelland rejected the ferry "
        "tax "
        "on Thursday by 61 votes to 48. Minister Bram Oxley said island deputies had rebelled.\"}\n"
        "{\"id\":\"v2\",\"published\":\"2031-05-08T07:30:00Z\",\"title\":\"Ferry tax fails in "
        "Quelland "
        "vote\",\"text\":\"Quelland's ferry tax failed in parliament by 61 votes to 48 after "
        "island "
        "deputies rebelled against minister Bram Oxley.\"}\n"
        "{\"id\":\"page\",\"published\":\"2031-05-08T08:00:00Z\",\"title\":\"What is new today\","
        "\"text\":\"A fire destroyed a grain warehouse in Port Sarn on Thursday, and the harbour "
        "brigade "
        "fought it for six hours in the rain.\\n\\nThe parliament of Quelland rejected the ferry "
        "tax by 61 "
        "votes to 48 after island deputies rebelled over harbours and fares.\\n\\nThe museum of "
        "Ostrey Bay "
        "has bought a chart of the northern sea routes that was drawn for a whaling "
        "captain.\\n\\nRangers "
        "of the Tellin hills counted nineteen young lynxes this spring, twice as many as two years "
        "ago, "
        "and opened a new hide.\"}\n";
    static const sst_stage stages[] = {SST_STAGE_STORIES, SST_STAGE_PASSAGES, SST_STAGE_QUOTES,
                                       SST_STAGE_COMPARE, SST_STAGE_STORIES};
    sst_buf first, b;
    for (size_t k = 0; k < sizeof stages / sizeof *stages; k++) {
        sst_context *ctx;
        sst_options opt = SST_OPTIONS_DEFAULT;
        if (k == 4)
            opt.only = SST_STAGE_STORIES;
        assert_int_equal(sst_open(&opt, &ctx), SST_OK);
        assert_int_equal(sst_add_bytes(ctx, "rows", rows, sizeof rows - 1, SST_KIND_JSONL), SST_OK);
        assert_int_equal(sst_run(ctx, stages[k]), SST_OK);
        written(ctx, SST_VIEW_STORIES, SST_FORMAT_JSONL, NULL, k ? &b : &first);
        sst_close(ctx);
        if (k == 0) {
            assert_non_null(strstr(first.p, "\"also\""));
            continue;
        }
        assert_int_equal(b.n, first.n);
        assert_memory_equal(b.p, first.p, first.n);
        buf_release(&b);
    }
    buf_release(&first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_spans),
                                       cmocka_unit_test(test_order),
                                       cmocka_unit_test(test_ids),
                                       cmocka_unit_test(test_terminal),
                                       cmocka_unit_test(test_page),
                                       cmocka_unit_test(test_hostile_terminal),
                                       cmocka_unit_test(test_use),
                                       cmocka_unit_test(test_failed_inputs),
                                       cmocka_unit_test(test_story_rows_of_later_stages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
