/* quote: the alignments of words leave out what cannot count; they are held against the plain
 * tables, which compute every cell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "quote_pair.h"
#include "quote_words.h"

enum { WORDS = 48, ROUNDS = 3000, GAP_BITS = QUOTE_BITS };

static uint64_t state_of_rounds = 1;

/* Numbers that are the same in each run (Marsaglia's xorshift). */
static uint32_t random_below(uint32_t n)
{
    state_of_rounds ^= state_of_rounds << 13;
    state_of_rounds ^= state_of_rounds >> 7;
    state_of_rounds ^= state_of_rounds << 17;
    return (uint32_t)(state_of_rounds >> 20) % n;
}

/* Words of few kinds or many; multiples of 64 share the bits that a set of words is told by. */
static uint32_t fill(uint32_t *key, uint8_t *bits, uint32_t kinds, uint32_t step)
{
    uint32_t n = random_below(WORDS + 1);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = random_below(kinds);
        key[i] = k * step + 5;
        bits[i] = (uint8_t)(k * 37 % 120);
    }
    return n;
}

typedef struct told {
    uint32_t shared_n, shared_bits, run_n, run_bits, x_n, y_n;
} told;

/* Smith and Waterman, every cell. */
static told plain(const quote_piece *x, const quote_piece *y)
{
    static int32_t value[WORDS + 1][WORDS + 1];
    static char from[WORDS + 1][WORDS + 1];
    told t = {0};
    uint32_t bi = 0, bj = 0;
    int32_t best = 0;
    memset(value, 0, sizeof value);
    memset(from, 0, sizeof from);
    for (uint32_t i = 1; i <= x->n; i++)
        for (uint32_t j = 1; j <= y->n; j++) {
            int32_t v = 0;
            char f = 0;
            if (x->key[i - 1] == y->key[j - 1]) {
                v = value[i - 1][j - 1] + QUOTE_BITS + x->bits[i - 1];
                f = 'd';
            }
            if (value[i - 1][j] - GAP_BITS > v) {
                v = value[i - 1][j] - GAP_BITS;
                f = 'x';
            }
            if (value[i][j - 1] - GAP_BITS > v) {
                v = value[i][j - 1] - GAP_BITS;
                f = 'y';
            }
            value[i][j] = v;
            from[i][j] = f;
            if (v > best) {
                best = v;
                bi = i;
                bj = j;
            }
        }
    uint32_t i = bi, j = bj, run_n = 0, run_bits = 0;
    for (; from[i][j];) {
        char f = from[i][j];
        if (f != 'd')
            run_n = run_bits = 0;
        if (f == 'd') {
            i--;
            j--;
            t.shared_n++;
            t.shared_bits += x->bits[i];
            run_n++;
            run_bits += x->bits[i];
            if (run_bits > t.run_bits || (run_bits == t.run_bits && run_n > t.run_n)) {
                t.run_bits = run_bits;
                t.run_n = run_n;
            }
        } else if (f == 'x') {
            i--;
        } else {
            j--;
        }
    }
    t.x_n = bi - i;
    t.y_n = bj - j;
    return t;
}

static void pairs_are_those_of_the_plain_table(void **state)
{
    (void)state;
    static uint8_t cell[(QUOTE_PIECE_WORDS + 1) * (QUOTE_PIECE_WORDS + 1)];
    uint32_t aligned = 0, apart = 0;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        uint32_t xk[WORDS], yk[WORDS];
        uint8_t xb[WORDS], yb[WORDS];
        uint32_t kinds = 2 + random_below(60), step = round % 2 ? 64 : 1;
        /* nobody, the same speaker, another one; a day, days apart, none */
        quote_name nobody = {0, 0, 0, true}, one = {7, 0, 0, true}, other = {8, 0, 0, true};
        const quote_name *by = round % 3 ? &one : &nobody;
        int32_t day = round % 5 ? (int32_t)random_below(900) : INT32_MIN;
        quote_piece x = {xk, xb, fill(xk, xb, kinds, step), by, day, day};
        quote_piece y = {yk,
                         yb,
                         fill(yk, yb, kinds, step),
                         round % 3 == 2 ? &other : by,
                         round % 7 ? 400 : day,
                         round % 7 ? 400 : day};
        quote_pair got;
        told want = plain(&x, &y);
        memset(cell, 0xA5, sizeof cell); /* what an earlier pair left does not count */
        quote_pair_compare(&x, &y, cell, &got);
        float bound = quote_pair_bound(&x, &y);
        assert_true(got.score <= bound);
        apart += bound <= 0;
        assert_true(got.f[1] == log2f(1 + (float)want.shared_bits / QUOTE_BITS));
        assert_true(got.f[3] == log2f(1 + (float)want.run_bits / QUOTE_BITS));
        assert_true(got.f[4] == log2f(1 + (float)want.run_n));
        assert_true(
            got.f[5] ==
            (want.shared_n ? (float)(want.x_n + want.y_n) / (float)(2 * want.shared_n) - 1 : 0));
        aligned += want.shared_n > 3;
    }
    assert_true(aligned > ROUNDS / 4);
    assert_true(apart > ROUNDS / 20); /* pairs that need no alignment */
}

/* The longest common subsequence, every cell. */
static uint32_t plain_shared(const quote_words *a, const quote_words *b)
{
    static uint32_t length[WORDS + 1][WORDS + 1];
    memset(length, 0, sizeof length);
    for (uint32_t i = a->n; i-- > 0;)
        for (uint32_t j = b->n; j-- > 0;)
            length[i][j] = a->v[i].key == b->v[j].key            ? length[i + 1][j + 1] + 1
                           : length[i + 1][j] > length[i][j + 1] ? length[i + 1][j]
                                                                 : length[i][j + 1];
    return length[0][0];
}

static void shared_words_are_those_of_the_plain_table(void **state)
{
    (void)state;
    uint32_t some = 0;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        quote_word av[WORDS] = {0}, bv[WORDS] = {0};
        uint32_t key[WORDS], kinds = 2 + random_below(60), step = round % 2 ? 64 : 1;
        uint8_t bits[WORDS];
        quote_words a = {av, fill(key, bits, kinds, step)};
        for (uint32_t i = 0; i < a.n; i++)
            av[i].key = key[i];
        quote_words b = {bv, fill(key, bits, kinds, step)};
        for (uint32_t i = 0; i < b.n; i++)
            bv[i].key = key[i];
        sst_arena arena;
        arena_init(&arena, 0);
        uint32_t low, high, want = plain_shared(&a, &b);
        assert_int_equal(quote_align(&a, &b, &arena, &low, &high), want);
        assert_true(low <= high && high <= a.n && high - low >= want);
        some += want > 3;
        arena_release(&arena);
    }
    assert_true(some > ROUNDS / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_those_of_the_plain_table),
        cmocka_unit_test(shared_words_are_those_of_the_plain_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
