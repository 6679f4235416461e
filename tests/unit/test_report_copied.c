/* Passages of two articles are listed once for all articles that print the words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report_copied.h"

static sst_passage passage(uint32_t a, uint32_t a_begin, uint32_t a_end, uint32_t b,
                           uint32_t b_begin, uint32_t b_end, uint32_t words)
{
    return (sst_passage){
        .a = a, .b = b, .at_a = {a_begin, a_end}, .at_b = {b_begin, b_end}, .words = words};
}

static void one_entry(void **state)
{
    (void)state;
    sst_arena arena;
    arena_init(&arena, 0);
    sst_passage pair[] = {
        passage(0, 10, 800, 1, 0, 790, 130),   passage(0, 20, 800, 2, 5, 785, 128),
        passage(1, 10, 790, 2, 5, 785, 128),   passage(0, 900, 980, 3, 40, 120, 12),
        passage(0, 400, 470, 3, 200, 270, 11),
    };
    sst_passage twice[] = {passage(3, 40, 120, 3, 500, 580, 12)};
    sst_findings f = {.passages = pair, .passage_n = 5, .repeats = twice, .repeat_n = 1};
    uint32_t n;
    const report_copied *c = report_copied_all(&f, &arena, &n);
    assert_non_null(c);
    assert_int_equal(n, 3);

    assert_int_equal(c[0].words, 128); /* what all three hold, not what two of them do */
    assert_int_equal(c[0].n, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(c[0].articles[i], i);
    assert_int_equal(c[0].begin[2], 5);

    assert_int_equal(c[1].words, 12); /* what one has twice stands with what another has of it */
    assert_int_equal(c[1].n, 3);
    assert_int_equal(c[1].articles[0], 0);
    assert_int_equal(c[1].articles[1], 3);
    assert_int_equal(c[1].articles[2], 3);
    assert_int_equal(c[1].begin[2], 500);

    assert_int_equal(c[2].words, 11); /* a part of the first is a place of its own */
    assert_int_equal(c[2].n, 2);
    arena_release(&arena);
}

static void quotations_apart(void **state)
{
    (void)state;
    sst_arena arena;
    arena_init(&arena, 0);
    sst_passage pair[] = {passage(0, 0, 100, 1, 0, 100, 20), passage(0, 0, 100, 2, 0, 100, 20)};
    pair[0].quoted = 1;
    sst_findings f = {.passages = pair, .passage_n = 2};
    uint32_t n;
    const report_copied *c = report_copied_all(&f, &arena, &n);
    assert_non_null(c);
    assert_int_equal(n, 2);
    assert_false(c[0].quoted);
    assert_true(c[1].quoted);
    f.passage_n = 0;
    assert_non_null(report_copied_all(&f, &arena, &n));
    assert_int_equal(n, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_entry),
        cmocka_unit_test(quotations_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
