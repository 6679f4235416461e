/* The products of the network on every kind of machine; links over cuts of long texts; traps. */
#include <stdlib.h>

#include "quote.h"
#include "quote_net.h"
#include "quote_product_x86.h"
#include "story_bench.h"
#include "unit_text.h"

enum { TOKENS = 37, FAR = 8, ROWS = TOKENS + 2 * FAR };

static uint32_t state = 12345;

static int16_t number(int16_t most)
{
    state = state * UINT32_C(1664525) + UINT32_C(1013904223);
    return (int16_t)((int32_t)(state >> 16) % (2 * most + 1) - most);
}

static void fill(int16_t *v, size_t n, int16_t most)
{
    for (size_t i = 0; i < n; i++)
        v[i] = number(most);
}

static void same_as_plain(const quote_products *p)
{
    static int16_t in[ROWS][NET_DIM], out[2][TOKENS][NET_DIM], w[3 * NET_DIM / 2][NET_DIM][2];
    static int16_t wp[NET_DIM / 2][NET_POINT][2], point[2][TOKENS][NET_POINT];
    static int16_t wt[NET_DIM / 2][NET_TAGS][2], q[NET_POINT], far[TOKENS][NET_POINT];
    static int16_t wh[NET_POINT / 2][NET_HEADS][2];
    static int32_t tags[2][TOKENS][NET_TAGS], heads[2][TOKENS][NET_HEADS], b[NET_DIM];
    const quote_products *both[2] = {&quote_products_plain, p};
    /* small numbers, and so large ones that 16 bits are full */
    for (int16_t most = 100; most <= 30000; most = (int16_t)(most * 17)) {
        fill(&in[0][0], sizeof in / 2, most);
        fill(&w[0][0][0], sizeof w / 2, 200);
        fill(&wp[0][0][0], sizeof wp / 2, 600);
        fill(&wt[0][0][0], sizeof wt / 2, 600);
        fill(&wh[0][0][0], sizeof wh / 2, 600);
        fill(&far[0][0], sizeof far / 2, most);
        fill(q, NET_POINT, most);
        for (uint32_t i = 0; i < NET_DIM; i++)
            b[i] = number(30000) * 50;
        static const uint16_t row[] = {3, 0, 7, 7, ROWS - 1, 1};
        int8_t word[NET_DIM];
        int16_t sum[2][NET_DIM];
        for (uint32_t i = 0; i < NET_DIM; i++)
            word[i] = (int8_t)number(127);
        for (int k = 0; k < 2; k++)
            both[k]->rows(word, (const int16_t(*)[NET_DIM])in, row, 6, sum[k]);
        assert_memory_equal(sum[0], sum[1], sizeof sum[0]);
        for (uint32_t d = 1; d <= FAR; d *= 2) {
            for (int k = 0; k < 2; k++)
                both[k]->layer((const int16_t(*)[NET_DIM])(in + FAR), d,
                               (const int16_t(*)[NET_DIM][2])w, b, out[k], TOKENS);
            assert_memory_equal(out[0], out[1], sizeof out[0]);
        }
        for (int k = 0; k < 2; k++) {
            both[k]->point((const int16_t(*)[NET_DIM])in, (const int16_t(*)[NET_POINT][2])wp, b,
                           point[k], TOKENS);
            both[k]->tags((const int16_t(*)[NET_DIM])in, (const int16_t(*)[NET_TAGS][2])wt, b,
                          tags[k], TOKENS);
            both[k]->heads((const int16_t(*)[NET_POINT])far, q, (const int16_t(*)[NET_POINT])far,
                           (const int16_t(*)[NET_HEADS][2])wh, b, heads[k], TOKENS);
        }
        assert_memory_equal(point[0], point[1], sizeof point[0]);
        assert_memory_equal(tags[0], tags[1], sizeof tags[0]);
        assert_memory_equal(heads[0], heads[1], sizeof heads[0]);
    }
}

static void products_are_the_same(void **state_)
{
    (void)state_;
    if (quote_products_sse2())
        same_as_plain(quote_products_sse2());
    if (quote_products_vnni())
        same_as_plain(quote_products_vnni());
    if (quote_products_avx2())
        same_as_plain(quote_products_avx2());
    same_as_plain(quote_products_best());
}

/* ------------------------------------------------------------------ long texts */

typedef struct found_list {
    bench b;
    sst_quotes q;
} found_list;

static void find(found_list *f, const char *text)
{
    bench_init(&f->b);
    bench_add(&f->b, "a", "Gull Radio", "2031-05-06", "Notes", text);
    assert_int_equal(quote_find(f->b.v[0], &f->b.arena, &f->q), SST_OK);
}

/* The text is looked at in stretches; where one ends must not show. */
static void cuts_change_nothing(void **state_)
{
    (void)state_;
    static const char paragraph[] =
        "Ida Quill said that the old bridge over the Sella would stay closed until Friday because "
        "the piers had moved. The harbour master expects the ferry to run again by noon, according "
        "to a notice at the quay. Rain fell on the hills all night and the river rose.\n\n";
    enum { COPIES = 120 };
    size_t n = sizeof paragraph - 1;
    char *text = malloc(COPIES * n + 1);
    assert_non_null(text);
    for (size_t i = 0; i < COPIES; i++)
        memcpy(text + i * n, paragraph, n);
    text[COPIES * n] = 0;
    found_list f;
    find(&f, text);
    uint32_t each[COPIES] = {0}, begin[COPIES][8];
    for (uint32_t i = 0; i < f.q.n; i++) {
        uint32_t at = f.q.v[i].content.v[0].begin, k = at / (uint32_t)n;
        assert_true(each[k] < 8);
        begin[k][each[k]++] = at % (uint32_t)n;
    }
    assert_true(each[1] >= 2);
    for (uint32_t k = 2; k + 1 < COPIES; k++) { /* the first and last have other neighbours */
        assert_int_equal(each[k], each[1]);
        assert_memory_equal(begin[k], begin[1], each[1] * sizeof begin[0][0]);
    }
    bench_release(&f.b);
    free(text);
}

/* Every span of every part reads back, whatever the text. */
static void reads_back(const char *text)
{
    found_list f;
    find(&f, text);
    size_t n = f.b.v[0]->s.n;
    for (uint32_t i = 0; i < f.q.all_n; i++) {
        const sst_quote *q = &f.q.v[i];
        const sst_spans *part[] = {&q->content, &q->marked, &q->source, &q->cue};
        assert_true(q->content.n > 0);
        for (uint32_t p = 0; p < 4; p++)
            for (uint32_t k = 0; k < part[p]->n; k++) {
                assert_true(part[p]->v[k].begin < part[p]->v[k].end && part[p]->v[k].end <= n);
                assert_true(k == 0 || part[p]->v[k - 1].end <= part[p]->v[k].begin);
            }
    }
    bench_release(&f.b);
}

static void repeated(const char *piece, size_t times)
{
    size_t n = strlen(piece);
    char *text = malloc(n * times + 1);
    assert_non_null(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * n, piece, n);
    text[n * times] = 0;
    reads_back(text);
    free(text);
}

static void traps_are_harmless(void **state_)
{
    (void)state_;
    repeated("\xE2\x80\x9C", 10000);
    repeated("\xE2\x80\x9D ", 10000);
    repeated("\"", 10000);
    repeated("said ", 10000);
    repeated("he said that ", 5000);
    repeated("\xE2\x80\x9CNo,\xE2\x80\x9D said ", 5000);
    repeated("according to according ", 5000);
    repeated("who said ", 5000);
    reads_back("said");
    reads_back("");
    reads_back("\xE2\x80\x9C");
    reads_back("Ida Quill, who");
    reads_back("who said that the bridge was closed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_are_the_same),
        cmocka_unit_test(cuts_change_nothing),
        cmocka_unit_test(traps_are_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
