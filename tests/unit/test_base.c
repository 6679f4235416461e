/* base: UTF-8 against a slow reading of the standard, strings, buffers and arenas at their
 * ceilings, maps, threads, errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base_alloc.h"
#include "base_arena.h"
#include "base_buf.h"
#include "base_error.h"
#include "base_hash.h"
#include "base_room.h"
#include "base_str.h"
#include "base_thread.h"
#include "base_utf8.h"

/* The next number of a fixed series (splitmix64): the same inputs every time. */
static uint64_t series(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* ------------------------------------------------------------------------------------- UTF-8 */

static void utf8_every_code_point_reads_back(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char p[4];
        int n = 0, back = 0;
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        int len = utf8_write(p, c);
        assert_int_equal(len, c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4);
        assert_int_equal(utf8_read(p, p + len, &n), c);
        assert_int_equal(n, len);
        assert_int_equal(utf8_read_back(p + len, p, &back), c);
        assert_int_equal(back, len);
        assert_int_equal(utf8_check((sst_str){p, (size_t)len}), (size_t)len);
        /* Cut short, it is not UTF-8, and reading it moves on by one. */
        for (int cut = 1; cut < len; cut++) {
            assert_int_equal(utf8_check((sst_str){p, (size_t)cut}), 0);
            assert_int_equal(utf8_read(p, p + cut, &n), 0xFFFD);
            assert_int_equal(n, 1);
        }
    }
}

/* Table 3-7 of the Unicode standard: length of the well-formed sequence at p, 0 when there is none.
 */
static size_t well_formed(const unsigned char *p, size_t n)
{
    static const struct {
        unsigned char first_low, first_high, second_low, second_high, len;
    } table[] = {
        {0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        size_t len = table[i].len;
        if (p[0] < table[i].first_low || p[0] > table[i].first_high)
            continue;
        if (len == 1)
            return 1;
        if (n < len || p[1] < table[i].second_low || p[1] > table[i].second_high)
            return 0;
        for (size_t k = 2; k < len; k++)
            if (p[k] < 0x80 || p[k] > 0xBF)
                return 0;
        return len;
    }
    return 0;
}

static void utf8_check_is_the_standards_table(void **state)
{
    (void)state;
    static const unsigned char odd[] = {0x00, 'a',  0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                        0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEE, 0xEF,
                                        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFE, 0xFF};
    uint64_t seed = 1;
    for (int round = 0; round < 200000; round++) {
        unsigned char bytes[24];
        size_t n = series(&seed) % (sizeof bytes + 1), good = 0;
        for (size_t i = 0; i < n; i++)
            bytes[i] = odd[series(&seed) % sizeof odd];
        while (good < n && well_formed(bytes + good, n - good))
            good += well_formed(bytes + good, n - good);
        assert_int_equal(utf8_check((sst_str){(const char *)bytes, n}), good);
        /* Reading always ends, and reads U+FFFD exactly where nothing well-formed begins. */
        const char *p = (const char *)bytes, *end = p + n;
        while (p < end) {
            int len = 0;
            size_t want = well_formed((const unsigned char *)p, (size_t)(end - p));
            uint32_t c = utf8_read(p, end, &len);
            assert_int_equal(len, want ? want : 1);
            if (!want)
                assert_int_equal(c, 0xFFFD);
            p += len;
        }
    }
    assert_int_equal(utf8_check((sst_str){NULL, 0}), 0);
    assert_int_equal(utf8_count(STR("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80")), 4);
}

static void utf8_knows_letters(void **state)
{
    (void)state;
    assert_true(utf8_is_upper('A') && !utf8_is_upper('a') && utf8_is_upper(0xC9) &&
                utf8_is_upper(0x0416));
    assert_true(utf8_is_lower('z') && utf8_is_lower(0xE9) && !utf8_is_lower('Z'));
    assert_true(utf8_is_letter(0x4E00) && utf8_is_letter('q') && !utf8_is_letter('1') &&
                !utf8_is_letter(0x201C));
    assert_true(utf8_is_digit('0') && utf8_is_digit(0x0663) && !utf8_is_digit('a'));
    assert_true(utf8_is_space(' ') && utf8_is_space(0xA0) && utf8_is_space(0x202F) &&
                utf8_is_space(0xFEFF) && !utf8_is_space('_'));
    assert_true(utf8_is_ideograph(0x4E2D) && utf8_is_ideograph(0x3042) && !utf8_is_ideograph('a'));
    assert_int_equal(utf8_lower(0xC9), 0xE9);
    assert_int_equal(utf8_lower('1'), '1');
    assert_int_equal(utf8_base(0xE9), 'e');
    assert_int_equal(utf8_base(0xC9), 'e');
    assert_int_equal(utf8_base('7'), '7');
}

/* ----------------------------------------------------------------------------------- strings */

static void str_find_is_the_naive_search(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int round = 0; round < 50000; round++) {
        char text[40], what[6];
        size_t n = series(&seed) % sizeof text, m = series(&seed) % sizeof what;
        for (size_t i = 0; i < n; i++)
            text[i] = "abAB"[series(&seed) % 4];
        for (size_t i = 0; i < m; i++)
            what[i] = "abAB"[series(&seed) % 4];
        sst_str s = {text, n}, w = {what, m};
        ptrdiff_t exact = -1, nocase = -1;
        for (size_t i = 0; i + m <= n && (exact < 0 || nocase < 0); i++) {
            sst_str here = {text + i, m};
            if (exact < 0 && str_eq(here, w))
                exact = (ptrdiff_t)i;
            if (nocase < 0 && str_eq_nocase(here, w))
                nocase = (ptrdiff_t)i;
        }
        assert_int_equal(str_find(s, w), exact);
        assert_int_equal(str_find_nocase(s, w), nocase);
        assert_int_equal(str_starts(s, w), n >= m && memcmp(text, what, m) == 0);
        assert_int_equal(str_ends(s, w), n >= m && memcmp(text + n - m, what, m) == 0);
    }
}

static void str_order_and_trim(void **state)
{
    (void)state;
    assert_true(str_cmp(STR("a"), STR("ab")) < 0);
    assert_true(str_cmp(STR("b"), STR("ab")) > 0);
    assert_true(str_cmp(STR("\xC3\xA9"), STR("z")) > 0);
    assert_int_equal(str_cmp(STR(""), (sst_str){NULL, 0}), 0);
    assert_true(str_eq(str_trim(STR(" \t\xC2\xA0 a b\xC2\xA0\n")), STR("a b")));
    assert_int_equal(str_trim(STR(" \xC2\xA0 ")).n, 0);
    assert_true(str_starts_nocase(STR("Reuters said"), STR("REUTERS")));
    assert_false(str_eq_nocase(STR("\xC3\x89"), STR("\xC3\xA9"))); /* other bytes exactly */
    assert_true(str_eq(str_of(NULL), STR("")));
}

/* ---------------------------------------------------------------------------- buffers, arenas */

static void buf_stays_under_its_ceiling(void **state)
{
    (void)state;
    sst_buf b;
    buf_init(&b, 10);
    buf_z(&b, "12345");
    buf_byte(&b, '6');
    buf_printf(&b, "%d", 78);
    assert_int_equal(b.failed, SST_OK);
    assert_int_equal(b.n, 8);
    assert_memory_equal(b.p, "12345678", 8);
    buf_str(&b, STR("9abcdef"));
    assert_int_equal(b.failed, SST_ERR_LIMIT);
    size_t n = b.n;
    buf_byte(&b, '9'); /* sticky: even what would have fitted is not added any more */
    assert_int_equal(b.n, n);
    assert_true(b.n <= 10);
    buf_release(&b);

    buf_init(&b, 0);
    for (int i = 0; i < 1000; i++)
        buf_printf(&b, "%04d", i);
    assert_int_equal(b.failed, SST_OK);
    assert_int_equal(b.n, 4000);
    assert_memory_equal(b.p + 4 * 999, "0999", 4);
    buf_clear(&b);
    assert_int_equal(b.n, 0);
    char *room = buf_reserve(&b, 100000);
    assert_non_null(room);
    memset(room, 'x', 100000);
    b.n += 100000;
    buf_release(&b);
}

static void arena_gives_apart_and_aligned(void **state)
{
    (void)state;
    sst_arena a;
    uint64_t seed = 3;
    arena_init(&a, 0);
    for (int round = 0; round < 2; round++) {
        unsigned char *given[500];
        size_t n[500];
        for (int i = 0; i < 500; i++) {
            n[i] = series(&seed) % 3000;
            given[i] = arena_alloc(&a, n[i]);
            assert_non_null(given[i]);
            assert_int_equal((uintptr_t)given[i] % 16, 0);
            memset(given[i], i & 255, n[i]);
        }
        for (int i = 0; i < 500; i++)
            for (size_t k = 0; k < n[i]; k++)
                assert_int_equal(given[i][k], i & 255);
        arena_clear(&a);
    }
    char *grown = arena_alloc(&a, 3);
    memcpy(grown, "abc", 3);
    grown = arena_grow(&a, grown, 3, 3000);
    assert_memory_equal(grown, "abc", 3);
    arena_alloc(&a, 1);
    grown = arena_grow(&a, grown, 3000, 100000);
    assert_memory_equal(grown, "abc", 3);
    sst_str copy = arena_str(&a, STR("name"));
    assert_string_equal(copy.p, "name");
    assert_int_equal(arena_printf(&a, "%s-%d", "x", 7).n, 3);
    unsigned char *zero = arena_calloc(&a, 100, 7);
    for (int i = 0; i < 700; i++)
        assert_int_equal(zero[i], 0);
    arena_release(&a);
}

static void arena_takes_another(void **state)
{
    (void)state;
    sst_arena a, b;
    arena_init(&a, 0);
    arena_init(&b, 0);
    char *one = arena_alloc(&a, 10), *two = arena_alloc(&b, 10);
    memcpy(one, "first", 6);
    memcpy(two, "other", 6);
    size_t used = a.used + b.used;
    arena_take(&a, &b);
    assert_int_equal(a.used, used);
    assert_int_equal(b.used, 0);
    assert_string_equal(two, "other");
    char *three = arena_alloc(&a, 10);
    memset(three, 'x', 10);
    assert_string_equal(one, "first");
    arena_release(&b); /* gives nothing back twice */
    b.failed = SST_ERR_MEMORY;
    arena_take(&a, &b);
    assert_int_equal(a.failed, SST_ERR_MEMORY);
    arena_release(&a);
    arena_init(&a, 0);
    arena_init(&b, 0);
    two = arena_alloc(&b, 10);
    arena_take(&a, &b); /* into an empty one */
    memset(two, 'y', 10);
    assert_non_null(arena_alloc(&a, 10));
    arena_release(&a);
}

static void slim_arena_takes_what_is_needed(void **state)
{
    (void)state;
    sst_arena a;
    arena_init_slim(&a, 0, 1000);
    assert_non_null(arena_alloc(&a, 900));
    assert_int_equal(a.total, 1000);
    char *large = arena_alloc(&a, 100000);
    assert_non_null(large);
    memset(large, 1, 100000);
    assert_true(a.total < 102000);
    for (int i = 0; i < 10000; i++) /* grows by parts of what it has, not by single pieces */
        assert_non_null(arena_alloc(&a, 64));
    assert_true(a.total >= a.used && a.total < a.used + a.used / 2);
    arena_release(&a);
    assert_non_null(arena_alloc(&a, 1));
    assert_int_equal(a.total, 1000);
    arena_release(&a);
}

static void arena_fails_for_good(void **state)
{
    (void)state;
    sst_arena a;
    arena_init(&a, 100000);
    assert_non_null(arena_alloc(&a, 10));
    assert_null(arena_alloc(&a, 200000));
    assert_int_equal(a.failed, SST_ERR_LIMIT);
    assert_null(arena_alloc(&a, 1));
    assert_int_equal(arena_str(&a, STR("x")).n, 0);
    arena_release(&a);

    arena_init(&a, 0);
    assert_null(arena_calloc(&a, SIZE_MAX / 2, 3)); /* the product does not fit */
    assert_true(a.failed != SST_OK);
    arena_release(&a);

    struct {
        SST_VEC(uint32_t) list;
    } x = {0};
    arena_init(&a, 0);
    for (uint32_t i = 0; i < 10000; i++) {
        uint32_t *v = vec_push(&a, &x.list);
        assert_non_null(v);
        assert_int_equal(*v, 0);
        *v = i;
    }
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(x.list.v[i], i);
    arena_release(&a);
}

#ifdef SST_FAULT
static void the_hook_makes_an_allocation_fail(void **state)
{
    (void)state;
    sst_arena a;
    sst_buf b;
    base_alloc_fail_after(1);
    arena_init(&a, 0);
    assert_null(arena_alloc(&a, 10));
    assert_int_equal(a.failed, SST_ERR_MEMORY);
    base_alloc_fail_after(1);
    buf_init(&b, 0);
    buf_z(&b, "x");
    assert_int_equal(b.failed, SST_ERR_MEMORY);
    base_alloc_fail_after(0);
    arena_release(&a);
    buf_release(&b);
}
#endif

/* --------------------------------------------------------------------------- maps, the others */

static void maps_hold_what_was_put_in(void **state)
{
    (void)state;
    enum { N = 5000 };
    sst_arena a;
    u64map m = {0};
    strmap s = {0};
    int fresh = 0;
    arena_init(&a, 0);
    assert_null(u64map_find(&m, 7));
    assert_null(strmap_find(&s, STR("none")));
    for (uint32_t i = 0; i < N; i++) {
        uint64_t key = i * 0x100000000u; /* keys that differ in high bits alone; 0 is a key */
        uint32_t *v = u64map_add(&a, &m, key, i, &fresh);
        assert_non_null(v);
        assert_true(fresh);
        v = strmap_add(&a, &s, arena_printf(&a, "key %u", i), i, &fresh);
        assert_non_null(v);
        assert_true(fresh);
    }
    for (uint32_t i = 0; i < N; i++) {
        char z[32];
        snprintf(z, sizeof z, "key %u", i);
        assert_int_equal(*u64map_find(&m, i * 0x100000000u), i);
        assert_int_equal(*strmap_find(&s, str_of(z)), i);
        assert_int_equal(*u64map_add(&a, &m, i * 0x100000000u, 99, &fresh), i);
        assert_false(fresh);
        assert_int_equal(*strmap_add(&a, &s, str_of(z), 99, &fresh), i);
        assert_false(fresh);
    }
    assert_int_equal(m.n, N);
    assert_int_equal(s.n, N);
    assert_null(u64map_find(&m, 1));

    /* Room that is made at any time keeps what is there. */
    u64map_room(&a, &m, 100000);
    assert_true(m.cap >= 100000 * 4 / 3);
    uint32_t cap = m.cap;
    for (uint32_t i = 1; i < 1000; i++)
        assert_int_equal(*u64map_find(&m, i * 0x100000000u), i);
    u64map_room(&a, &m, 10);
    assert_int_equal(m.cap, cap);
    u64map none = {0};
    u64map_room(&a, &none, 0);
    assert_null(u64map_find(&none, 7));
    assert_null(strmap_find(&s, STR("key 5000")));
    assert_non_null(strmap_add(&a, &s, STR(""), 1, &fresh)); /* the empty string is a key */
    assert_int_equal(*strmap_find(&s, STR("")), 1);
    arena_release(&a);
}

struct tally {
    uint8_t done[10000];
    atomic_int stop;
    atomic_uint n;
};

static void count_one(void *user, uint32_t i, uint32_t worker)
{
    struct tally *t = user;
    t->done[i]++;
    if (worker >= 8) /* cmocka's assertions belong to the main thread */
        abort();
    if (atomic_fetch_add(&t->n, 1) == 50)
        atomic_store(&t->stop, 1);
}

static void every_item_is_done_once(void **state)
{
    (void)state;
    for (uint32_t threads = 1; threads <= 8; threads *= 2) {
        struct tally *t = calloc(1, sizeof *t);
        thread_for(threads, 10000, count_one, t, NULL);
        for (int i = 0; i < 10000; i++)
            assert_int_equal(t->done[i], 1);
        free(t);
        t = calloc(1, sizeof *t);
        thread_for(threads, 10000, count_one, t, &t->stop);
        assert_true(atomic_load(&t->n) < 10000); /* it stopped */
        thread_for(threads, 0, count_one, t, NULL);
        free(t);
        t = calloc(1, sizeof *t);
        thread_loop l; /* in two halves, one beside another */
        struct tally *other = calloc(1, sizeof *other);
        thread_start(&l, threads, 10000, count_one, t, NULL);
        thread_for(threads, 10000, count_one, other, NULL);
        thread_finish(&l);
        for (int i = 0; i < 10000; i++)
            assert_true(t->done[i] == 1 && other->done[i] == 1);
        free(other);
        free(t);
    }
    assert_true(thread_default_n() >= 1);
}

static void the_first_cause_is_kept(void **state)
{
    (void)state;
    sst_errors e;
    errors_init(&e);
    assert_int_equal(errors_set(&e, SST_ERR_IO, "reading %s: %s", "a.txt", "no such file"),
                     SST_ERR_IO);
    assert_int_equal(errors_set(&e, SST_ERR_MEMORY, "later"), SST_ERR_MEMORY);
    assert_int_equal(e.code, SST_ERR_IO);
    assert_string_equal(e.message, "reading a.txt: no such file");
    char name[8] = "b.txt";
    errors_input(&e, str_of(name), 17, "not UTF-8 at byte %d", 17);
    memset(name, 0, sizeof name); /* the row has its own copy */
    assert_int_equal(e.inputs.n, 1);
    assert_true(str_eq(e.inputs.v[0].source, STR("b.txt")));
    assert_true(str_eq(e.inputs.v[0].message, STR("not UTF-8 at byte 17")));
    assert_int_equal(e.inputs.v[0].at, 17);
    errors_release(&e);
}

/* An arena with a limit of memory holds what one without holds, and gives all of it back. */
static void arena_with_a_room(void **state)
{
    (void)state;
    enum { N = 3000, LARGE = 3 * 1024 * 1024 };
    base_room room;
    room_init(&room, 64 * 1024, "/tmp");
    for (int round = 0; round < 2; round++) {
        sst_arena small, large;
        arena_init_slim(&small, 0, 64);
        arena_init(&large, 0);
        small.room = large.room = &room;
        char *piece[N];
        for (int k = 0; k < N; k++) {
            piece[k] = arena_alloc(&small, 100);
            assert_non_null(piece[k]);
            memset(piece[k], k % 251, 100);
        }
        unsigned char *whole = arena_calloc(&large, LARGE, 1);
        assert_non_null(whole);
        for (size_t i = 0; i < LARGE; i += 4096)
            assert_int_equal(whole[i], 0);
        whole[LARGE - 1] = 7;
        room_rest(&room); /* nothing is lost */
        assert_int_equal(whole[LARGE - 1], 7);
        for (int k = 0; k < N; k++) {
            assert_int_equal((unsigned char)piece[k][0], k % 251);
            assert_int_equal((unsigned char)piece[k][99], k % 251);
        }
        assert_true(room.used <= room.limit);
        assert_true(room.spill.size >= LARGE);
        arena_release(&small);
        arena_release(&large);
        assert_int_equal(room.used, 0);
    }
    room_kind kind;
    void *p = room_alloc(&room, 512, &kind);
    assert_true(p && kind == ROOM_HEAP);
    room_free(&room, p, 512, kind);
    room_count(&room, 64 * 1024); /* what is beside it fills it */
    p = room_alloc(&room, 512, &kind);
    assert_true(p && kind == ROOM_SEGMENT);
    room_count(&room, -64 * 1024);
    assert_int_equal(room.used, 0);
    room_release(&room);

    room_init(&room, 1024, "/no/such/folder");
    sst_arena a;
    arena_init(&a, 0);
    a.room = &room;
    assert_null(arena_alloc(&a, LARGE));
    assert_int_equal(a.failed, SST_ERR_MEMORY);
    assert_non_null(strstr(room.spill.why, "no file can be made"));
    arena_release(&a);
    room_release(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_with_a_room),
        cmocka_unit_test(utf8_every_code_point_reads_back),
        cmocka_unit_test(utf8_check_is_the_standards_table),
        cmocka_unit_test(utf8_knows_letters),
        cmocka_unit_test(str_find_is_the_naive_search),
        cmocka_unit_test(str_order_and_trim),
        cmocka_unit_test(buf_stays_under_its_ceiling),
        cmocka_unit_test(arena_gives_apart_and_aligned),
        cmocka_unit_test(arena_takes_another),
        cmocka_unit_test(slim_arena_takes_what_is_needed),
        cmocka_unit_test(arena_fails_for_good),
#ifdef SST_FAULT
        cmocka_unit_test(the_hook_makes_an_allocation_fail),
#endif
        cmocka_unit_test(maps_hold_what_was_put_in),
        cmocka_unit_test(every_item_is_done_once),
        cmocka_unit_test(the_first_cause_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
