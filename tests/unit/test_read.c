/* read: kinds, charsets, compression, folders, rows, feeds, errors with their place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>
#include <cmocka.h>
#include <fcntl.h>
#include <isa-l/igzip_lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "base_buf.h"
#include "base_str.h"
#include "read.h"
#include "read_flat.h"
#include "read_source.h"

#define PROSE                                                                                      \
    "The mayor of Tarnholm said on Monday that the old bridge would close.\nShe gave no date for " \
    "it.\n"

#define PROSE_ROW                                                                                  \
    "The mayor of Tarnholm said on Monday that the old bridge would close. She gave no date."

typedef struct got {
    sst_errors errors;
    sst_arena arena;
    SST_VEC(sst_document) doc;
    sst_reader reader;
} got;

static sst_status take(void *user, const sst_document *d)
{
    got *g = user;
    sst_document *copy = vec_push(&g->arena, &g->doc);
    if (!copy)
        return SST_ERR_MEMORY;
    *copy = *d;
    copy->source = arena_str(&g->arena, d->source);
    copy->id = arena_str(&g->arena, d->id);
    copy->url = arena_str(&g->arena, d->url);
    copy->title = arena_str(&g->arena, d->title);
    copy->outlet = arena_str(&g->arena, d->outlet);
    copy->published = arena_str(&g->arena, d->published);
    copy->lang = arena_str(&g->arena, d->lang);
    copy->author = arena_str(&g->arena, d->author);
    copy->charset = arena_str(&g->arena, d->charset);
    copy->body = arena_str(&g->arena, d->body);
    return SST_OK;
}

static int setup(void **state)
{
    got *g = test_calloc(1, sizeof *g);
    errors_init(&g->errors);
    arena_init(&g->arena, 0);
    g->reader = (sst_reader){
        .limits = {1u << 30, 1u << 20, 1000, 64}, .errors = &g->errors, .fn = take, .user = g};
    *state = g;
    return 0;
}

static int teardown(void **state)
{
    got *g = *state;
    errors_release(&g->errors);
    arena_release(&g->arena);
    test_free(g);
    return 0;
}

static void bytes(got *g, const void *p, size_t n)
{
    assert_int_equal(read_bytes(&g->reader, STR("in"), (sst_str){p, n}, SST_KIND_AUTO), SST_OK);
}

static void text(got *g, const char *z)
{
    bytes(g, z, strlen(z));
}

static void is(sst_str s, const char *z)
{
    char *shown = test_malloc(s.n + 1);
    memcpy(shown, s.n ? s.p : "", s.n);
    shown[s.n] = 0;
    assert_string_equal(shown, z);
    test_free(shown);
}

static void error_has(got *g, uint32_t i, const char *words, uint64_t at)
{
    assert_true(i < g->errors.inputs.n);
    if (str_find(g->errors.inputs.v[i].message, str_of(words)) < 0)
        fail_msg("'%s' is not in: %s", words, g->errors.inputs.v[i].message.p);
    assert_int_equal(g->errors.inputs.v[i].at, at);
}

static void test_text_stays(void **state)
{
    got *g = *state;
    text(g, "\xEF\xBB\xBF" PROSE);
    assert_int_equal(g->doc.n, 1);
    assert_int_equal(g->errors.inputs.n, 0);
    assert_int_equal(g->doc.v[0].kind, SST_KIND_TEXT);
    is(g->doc.v[0].body, "\xEF\xBB\xBF" PROSE);
    is(g->doc.v[0].id, "in");
}

static void test_kinds(void **state)
{
    got *g = *state;
    text(g, "<!DOCTYPE html><title>x</title><p>y");
    text(g, " <!-- c --><HTML><body>y");
    text(g, "<div><p>a</p><p>b</p></div>");
    text(g, "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html/>");
    text(g, "Fares rose < 3 % and > 2 %, the council said.");
    assert_int_equal(g->doc.n, 5);
    for (int i = 0; i < 4; i++)
        assert_int_equal(g->doc.v[i].kind, SST_KIND_HTML);
    assert_int_equal(g->doc.v[4].kind, SST_KIND_TEXT);
    text(g, "WARC/1.0\r\n");
    error_has(g, 0, "head has no end", 0);
    text(g, "{\n \"text\": \"x\"\n}\n");
    assert_int_equal(g->errors.inputs.n, 1);
    assert_int_equal(g->doc.n, 6);
    text(g, "From: Ada Brook\nSubject: Ferry aground\n\nA ferry ran aground on Tuesday.\n");
    assert_int_equal(g->doc.v[6].kind, SST_KIND_TEXT);
    assert_int_equal(g->doc.n, 7);
}

static void test_charsets(void **state)
{
    got *g = *state;
    char le[512], be[512];
    size_t n = 0;
    for (const char *p = PROSE; *p; p++, n += 2) {
        le[n] = *p;
        le[n + 1] = 0;
        be[n] = 0;
        be[n + 1] = *p;
    }
    bytes(g, le, n);
    bytes(g, be, n);
    char marked[600] = "\xFF\xFE";
    memcpy(marked + 2, le, n);
    bytes(g, marked, n + 2);
    assert_int_equal(g->errors.inputs.n, 0);
    assert_int_equal(g->doc.n, 3);
    for (int i = 0; i < 3; i++)
        is(g->doc.v[i].body, PROSE);
    text(g, PROSE "caf\xE9 \x93quoted\x94");
    is(g->doc.v[3].body, PROSE "caf\xC3\xA9 \xE2\x80\x9Cquoted\xE2\x80\x9D");
    error_has(g, 0, "windows-1252", strlen(PROSE) + 3);
    /* Mostly UTF-8: only the stray byte is decoded. */
    text(g, "K\xC3\xB6ln, Z\xC3\xBCrich \x96 done");
    is(g->doc.v[4].body, "K\xC3\xB6ln, Z\xC3\xBCrich \xE2\x80\x93 done");
}

static void test_not_text(void **state)
{
    got *g = *state;
    text(g, "");
    error_has(g, 0, "empty file", 0);
    unsigned char all[512];
    for (int i = 0; i < 512; i++)
        all[i] = (unsigned char)(i * 7);
    bytes(g, all, sizeof all);
    error_has(g, 1, "binary", 0);
    text(g, "%PDF-1.4\n");
    error_has(g, 2, "binary", 0);
    assert_int_equal(g->doc.n, 0);
    bytes(g, "ab\0cd. " PROSE, 7 + strlen(PROSE));
    assert_int_equal(g->doc.n, 1);
    assert_int_equal(g->doc.v[0].body.n, 7 + strlen(PROSE));
    error_has(g, 3, "NUL", 2);
}

static void test_rows(void **state)
{
    got *g = *state;
    text(g, "{\"id\":\"a\",\"text\":\"One.\",\"title\":\"T\",\"date\":\"2024-05-01\",\"authors\":["
            "\"Ann Om\",{\"name\":\"Bo Li\"}],\"x\":[1]}\n"
            "\n"
            "{\"id\":\"b\",\"text\":\"cut of\n"
            "{\"id\":7,\"html\":\"<p>Two\",\"url\":\"http://t.example/7\"}\r\n"
            "[1]\n{\"id\":\"c\"}\n{\"text\":\"\\u0000z\"}\n"
            "{\"text\":\"last\",\"url\":\"http://t.example/l\"}");
    assert_int_equal(g->doc.n, 4);
    is(g->doc.v[0].id, "a");
    is(g->doc.v[0].author, "Ann Om, Bo Li");
    is(g->doc.v[0].published, "2024-05-01");
    is(g->doc.v[0].source, "in:1");
    is(g->doc.v[1].id, "7");
    assert_int_equal(g->doc.v[1].kind, SST_KIND_HTML);
    is(g->doc.v[1].charset, "utf-8");
    is(g->doc.v[2].body, "\xEF\xBF\xBDz");
    is(g->doc.v[3].id, "http://t.example/l");
    assert_int_equal(g->errors.inputs.n, 4);
    is(g->errors.inputs.v[0].source, "in:3");
    is(g->errors.inputs.v[1].source, "in:5");
    is(g->errors.inputs.v[2].source, "in:6");
    error_has(g, 2, "no text, html", g->errors.inputs.v[2].at);
    error_has(g, 3, "u0000", g->doc.v[2].at);
}

static void test_long_line(void **state)
{
    got *g = *state;
    sst_buf b;
    buf_init(&b, 0);
    buf_z(&b, "{\"id\":\"1\",\"text\":\"ok.\"}\n{\"id\":\"2\",\"text\":\"");
    for (int i = 0; i < 3 << 20; i++)
        buf_byte(&b, 'x');
    buf_z(&b, "\"}\n{\"id\":\"3\",\"text\":\"after.\"}\n");
    bytes(g, b.p, b.n);
    assert_int_equal(g->doc.n, 2);
    is(g->doc.v[1].id, "3");
    is(g->doc.v[1].source, "in:3");
    assert_int_equal(g->doc.v[1].at, b.n - strlen("{\"id\":\"3\",\"text\":\"after.\"}\n"));
    error_has(g, 0, "limit of 1048576 bytes", 24);
    bytes(g, b.p + 60, 2 << 20);
    error_has(g, 1, "limit of 1048576 bytes", 1 << 20);
    buf_release(&b);
}

/* Rows of all lengths read through a pipe give what they give from memory. */
static void test_whole_is_chunks(void **state)
{
    got *g = *state;
    sst_buf b;
    buf_init(&b, 0);
    for (int i = 0; i < 3000; i++) {
        buf_printf(&b, "{\"id\":\"%d\",\"text\":\"", i);
        for (int k = 0; k < i % 97; k++)
            buf_z(&b, "words ");
        buf_z(&b, "\"}\n");
    }
    bytes(g, b.p, b.n);
    uint32_t n = g->doc.n;
    assert_int_equal(n, 3000);
    char path[] = "/tmp/sst-read-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, b.p, b.n) == (ssize_t)b.n);
    close(fd);
    assert_int_equal(read_path(&g->reader, path, SST_KIND_AUTO), SST_OK);
    unlink(path);
    assert_int_equal(g->doc.n, 2 * n);
    for (uint32_t i = 0; i < n; i++) {
        assert_true(str_eq(g->doc.v[i].body, g->doc.v[n + i].body));
        assert_int_equal(g->doc.v[i].at, g->doc.v[n + i].at);
    }
    /* Taken one byte at a time, a compressed source gives the same bytes. */
    size_t most = ZSTD_compressBound(b.n);
    char *packed = test_malloc(most);
    size_t packed_n = ZSTD_compress(packed, most, b.p, b.n, 3);
    read_source s;
    assert_int_equal(read_source_open(&s, -1, (sst_str){packed, packed_n}, 0), SST_OK);
    size_t at = 0;
    char c;
    while (read_source_take(&s, &c, 1) == 1)
        assert_int_equal(c, b.p[at++]);
    assert_int_equal(at, b.n);
    assert_int_equal(s.failed, SST_OK);
    read_source_close(&s);
    test_free(packed);
    buf_release(&b);
}

static size_t gzip(const char *z, char *to, size_t room)
{
    struct isal_zstream s;
    isal_deflate_init(&s);
    s.next_in = (uint8_t *)(uintptr_t)z;
    s.avail_in = (uint32_t)strlen(z);
    s.end_of_stream = 1;
    s.gzip_flag = IGZIP_GZIP;
    s.next_out = (uint8_t *)to;
    s.avail_out = (uint32_t)room;
    assert_int_equal(isal_deflate(&s), COMP_OK);
    return s.total_out;
}

static void test_packed(void **state)
{
    got *g = *state;
    char packed[2048];
    size_t one = gzip(PROSE, packed, sizeof packed),
           two = gzip("Second member.\n", packed + one, sizeof packed - one);
    bytes(g, packed, one + two);
    assert_int_equal(g->errors.inputs.n, 0);
    is(g->doc.v[0].body, PROSE "Second member.\n");
    bytes(g, packed, one + two - 9);
    error_has(g, 0, "cut off", g->errors.inputs.v[0].at);
    assert_int_equal(g->doc.n, 2);
    packed[one - 6] ^= 1; /* the checksum */
    bytes(g, packed, one);
    error_has(g, 1, "checksum", g->errors.inputs.v[1].at);
    char z[2048];
    size_t n = ZSTD_compress(z, sizeof z, PROSE, strlen(PROSE), 3);
    bytes(g, z, n);
    is(g->doc.v[g->doc.n - 1].body, PROSE);
    bytes(g, z, n - 3);
    error_has(g, 2, "zstd: cut off", g->errors.inputs.v[2].at);
}

static void test_folder(void **state)
{
    got *g = *state;
    char top[] = "/tmp/sst-read-XXXXXX", path[128];
    assert_non_null(mkdtemp(top));
    static const char *const files[] = {"b.txt", "a.txt", ".hidden", "sub/c.txt"};
    snprintf(path, sizeof path, "%s/sub", top);
    assert_int_equal(mkdir(path, 0700), 0);
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", top, files[i]);
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fprintf(f, "%s\n", files[i]);
        fclose(f);
    }
    snprintf(path, sizeof path, "%s/sub/up", top);
    assert_int_equal(symlink("..", path), 0);
    snprintf(path, sizeof path, "%s/lost", top);
    assert_int_equal(symlink("nowhere", path), 0);
    snprintf(path, sizeof path, "%s/pipe", top);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(read_path(&g->reader, top, SST_KIND_AUTO), SST_OK);
    assert_int_equal(g->doc.n, 3);
    is(g->doc.v[0].body, "a.txt\n");
    is(g->doc.v[1].body, "b.txt\n");
    is(g->doc.v[2].body, "sub/c.txt\n");
    error_has(g, 0, "leads nowhere", ERROR_NO_PLACE);
    error_has(g, 1, "pipe", ERROR_NO_PLACE);
    error_has(g, 2, "folder loop", ERROR_NO_PLACE);
    assert_int_equal(g->errors.inputs.n, 3);
    assert_int_equal(read_path(&g->reader, "/nowhere/at/all", SST_KIND_AUTO), SST_OK);
    error_has(g, 3, "cannot be opened", ERROR_NO_PLACE);
    static const char *const gone[] = {"sub/up", "sub/c.txt", "sub",     "lost", "pipe",
                                       "a.txt",  "b.txt",     ".hidden", ""};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
        snprintf(path, sizeof path, "%s/%s", top, gone[i]);
        assert_int_equal(remove(path), 0);
    }
}

static void test_feeds(void **state)
{
    got *g = *state;
    text(g,
         "<?xml version='1.0'?>\n<rss version='2.0' "
         "xmlns:c='http://purl.org/rss/1.0/modules/content/'>\n<channel>"
         "<title>Tarn Post</title><language>en-gb</language>\n"
         "<item><title>One &amp; only</title><link>http://t.example/1</link><guid>g1</guid>"
         "<pubDate>Mon, 19 Aug 2024 06:10:00 GMT</pubDate><description>short</description>"
         "<c:encoded><![CDATA[<p>Long text.</p>]]></c:encoded></item>\n"
         "<item><title>Two</title><description>plain words</description></item></channel></rss>");
    assert_int_equal(g->doc.n, 2);
    is(g->doc.v[0].title, "One & only");
    is(g->doc.v[0].body, "<p>Long text.</p>");
    assert_int_equal(g->doc.v[0].kind, SST_KIND_HTML);
    is(g->doc.v[0].outlet, "Tarn Post");
    is(g->doc.v[0].lang, "en-gb");
    is(g->doc.v[0].id, "g1");
    is(g->doc.v[1].id, "in:5");
    assert_int_equal(g->doc.v[1].kind, SST_KIND_TEXT);
    text(g,
         "<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><entry><title>E</title><link "
         "href='http://t.example/e'/>"
         "<updated>2024-08-19T06:10:00Z</updated><author><name>Ann Om</name></author>"
         "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>a &lt; "
         "b</p></div></content></entry></feed>");
    is(g->doc.v[2].body, "<p>a &lt; b</p>");
    is(g->doc.v[2].author, "Ann Om");
    is(g->doc.v[2].published, "2024-08-19T06:10:00Z");
    assert_int_equal(g->errors.inputs.n, 0);
    /* Entities are not followed, broken feeds give what they can. */
    text(g, "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM "
            "'file:///etc/hostname'>]><rss><channel><item><title>T&x;</title>"
            "<description>d</description></item>");
    assert_int_equal(g->doc.n, 4);
    is(g->doc.v[3].title, "T&x;");
    assert_int_equal(g->errors.inputs.n, 1);
}

/* What a flat row says is what cJSON says; true when it was flat. */
static bool same_as_cjson(const char *row, size_t n)
{
    char *mine = malloc(n + 1);
    memcpy(mine, row, n);
    mine[n] = 0;
    read_flat flat;
    bool is_flat = read_flat_row(mine, n, &flat);
    if (!is_flat)
        assert_memory_equal(mine, row, n);
    else {
        const char *end = NULL;
        cJSON *all = cJSON_ParseWithLengthOpts(row, n, &end, 0);
        assert_true(cJSON_IsObject(all));
        for (int k = 0; k < FIELDS; k++) {
            const cJSON *m = cJSON_GetObjectItemCaseSensitive(all, read_field_names[k]);
            const read_value *v = &flat.v[k];
            assert_int_equal(v->is_there, m != NULL);
            assert_int_equal(v->is_string, m && cJSON_IsString(m));
            if (v->is_string) {
                assert_string_equal(v->s.p, m->valuestring);
                assert_int_equal(v->s.n, strlen(m->valuestring));
            } else if (v->s.n) {
                char digits[32];
                assert_true(cJSON_IsNumber(m));
                snprintf(digits, sizeof digits, "%.0f", m->valuedouble);
                assert_int_equal(v->s.n, strlen(digits));
                assert_memory_equal(v->s.p, digits, v->s.n);
            } else
                assert_false(m && cJSON_IsNumber(m));
        }
        cJSON_Delete(all);
    }
    free(mine);
    return is_flat;
}

static void test_flat_rows(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        bool flat;
    } rows[] = {{"{\"id\":\"a\",\"text\":\"The bridge\"}", true},
                {" {\"text\":\"x\"}", false},
                {"{ \"text\" :\t\"a\\n\\\"b\\\" \\u00e9\\ud83d\\ude00\\/\" , \"id\" : -12 , \"n\" "
                 ": null } \r",
                 true},
                {"{\"text\":\"\\ud83d\"}", false},
                {"{\"text\":\"\\ude00\\ud83d\"}", false},
                {"{\"text\":\"\\x\"}", false},
                {"{\"text\":\"\\u12g4\"}", false},
                {"{\"text\":\"a\",\"text\":\"b\",\"id\":true,\"id\":\"late\"}", true},
                {"{\"text\":\"a\",\"authors\":[\"b\"]}", false},
                {"{\"text\":\"a\",\"id\":1.5}", false},
                {"{\"text\":\"a\",\"id\":-0}", false},
                {"{\"text\":\"a\",\"id\":007}", false},
                {"{\"text\":\"a\",\"id\":1234567890123456}", false},
                {"{\"text\":\"a\",}", false},
                {"{\"text\":\"a\"} x", false},
                {"{\"text\":\"a", false},
                {"{\"text\":\"a\\", false},
                {"{\"te\\u0078t\":\"a\",\"text\":\"b\"}", false},
                {"{\"id\":\"no body\"}", false},
                {"{}", false}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        assert_int_equal(same_as_cjson(rows[k].row, strlen(rows[k].row)), rows[k].flat);
    /* Rows that were damaged somewhere. */
    static const char bytes[] = "\"\\{}[]:,0-9. uUdDnt\tx";
    uint32_t seed = 7, flat = 0;
    for (int round = 0; round < 40000; round++) {
        const char *row = rows[round % 3 * 2 % (int)(sizeof rows / sizeof *rows)].row;
        size_t n = strlen(row);
        char damaged[160];
        memcpy(damaged, row, n);
        for (int c = 0; c <= round % 3; c++) {
            seed = seed * 1664525u + 1013904223u;
            damaged[(seed >> 8) % n] = bytes[(seed >> 24) % (sizeof bytes - 1)];
        }
        flat += same_as_cjson(damaged, round % 5 ? n : (seed >> 4) % n);
    }
    assert_true(flat > 1000);
}

static void test_stops_of_strings(void **state)
{
    (void)state;
    char text[80];
    for (size_t at = 0; at <= 64; at++)
        for (int which = 0; which < 2; which++) {
            memset(text, 'a', sizeof text);
            text[at] = which ? '"' : '\\';
            for (size_t from = 0; from <= at; from += 5)
                for (size_t to = at; to <= 70; to += 3)
                    assert_ptr_equal(read_flat_stop(text + from, text + to),
                                     read_flat_stop_twin(text + from, text + to));
        }
}

typedef struct blocks {
    got *g;
    uint32_t n;
} blocks;

static sst_status take_block(void *user, const read_block *b)
{
    blocks *x = user;
    sst_reader r = x->g->reader;
    char *copy = malloc(b->n); /* a block is another thread's later */
    read_block own = *b;
    memcpy(copy, b->p, b->n);
    own.p = copy;
    x->n++;
    sst_status status = read_rows_block(&r, &own);
    free(copy);
    return status;
}

static void test_blocks_are_rows(void **state)
{
    got *g = *state;
    void *p;
    sst_buf rows;
    buf_init(&rows, 0);
    for (int i = 0; i < 9000; i++) {
        buf_printf(&rows, "{\"text\":\"" PROSE_ROW " %d\"}\n", i);
        if (i % 1000 == 7)
            buf_z(&rows, "\n{\"text\": broken}\n");
    }
    buf_z(&rows, "{\"text\":\"" PROSE_ROW " the last\"}");
    assert_int_equal(read_bytes(&g->reader, STR("r"), (sst_str){rows.p, rows.n}, SST_KIND_JSONL),
                     SST_OK);
    assert_int_equal(setup(&p), 0);
    got *h = p;
    blocks b = {h, 0};
    sst_reader r = h->reader;
    r.rows = take_block;
    r.user = &b;
    assert_int_equal(read_bytes(&r, STR("r"), (sst_str){rows.p, rows.n}, SST_KIND_JSONL), SST_OK);
    assert_true(b.n > 2);
    assert_int_equal(g->doc.n, 9001);
    assert_int_equal(h->doc.n, g->doc.n);
    assert_int_equal(g->errors.inputs.n, 9);
    assert_int_equal(h->errors.inputs.n, g->errors.inputs.n);
    for (uint32_t i = 0; i < g->doc.n; i++) {
        assert_true(str_eq(g->doc.v[i].source, h->doc.v[i].source));
        assert_true(str_eq(g->doc.v[i].body, h->doc.v[i].body));
        assert_int_equal(g->doc.v[i].at, h->doc.v[i].at);
    }
    for (uint32_t i = 0; i < g->errors.inputs.n; i++)
        assert_int_equal(g->errors.inputs.v[i].at, h->errors.inputs.v[i].at);
    p = h;
    assert_int_equal(teardown(&p), 0);
    buf_release(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flat_rows),
        cmocka_unit_test(test_stops_of_strings),
        cmocka_unit_test_setup_teardown(test_blocks_are_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_text_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(test_kinds, setup, teardown),
        cmocka_unit_test_setup_teardown(test_charsets, setup, teardown),
        cmocka_unit_test_setup_teardown(test_not_text, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_long_line, setup, teardown),
        cmocka_unit_test_setup_teardown(test_whole_is_chunks, setup, teardown),
        cmocka_unit_test_setup_teardown(test_packed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_folder, setup, teardown),
        cmocka_unit_test_setup_teardown(test_feeds, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
