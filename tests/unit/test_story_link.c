/* story: average link on lists against average link as it is defined, on a matrix. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "story_link.h"

enum { NODES = 42, ROUNDS = 300 }; /* enough for offers that are stale to be cleared away */

static const float THRESHOLD = 0.21f;
/* Two groups whose average falls below this share of the threshold by a join are unlike from then
 * on (story_link.h does not promise more). */
static const double FADED = 0.3;

static uint64_t seed;

static uint32_t roll(uint32_t n) /* xorshift64* */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * 0x2545F4914F6CDD1Du >> 32) * n >> 32);
}

/* Joins the pair with the highest average, the smaller numbers when two are as high. */
static void by_definition(double sum[NODES][NODES], uint32_t *size, uint32_t *group)
{
    for (uint32_t i = 0; i < NODES; i++)
        group[i] = i;
    for (;;) {
        double best = 0;
        uint32_t g = 0, h = 0;
        for (uint32_t i = 0; i < NODES; i++)
            for (uint32_t j = i + 1; j < NODES; j++) {
                if (group[i] != i || group[j] != j)
                    continue;
                double average = sum[i][j] / ((double)size[i] * size[j]);
                if (average >= (double)THRESHOLD && average > best) {
                    best = average;
                    g = i;
                    h = j;
                }
            }
        if (best <= 0)
            return;
        size[g] += size[h];
        for (uint32_t i = 0; i < NODES; i++) {
            if (group[i] == h)
                group[i] = g;
            if (i == g || i == h || group[i] != i)
                continue;
            double both = sum[g][i] + sum[h][i];
            if (both / ((double)size[g] * size[i]) < FADED * (double)THRESHOLD)
                both = 0;
            sum[g][i] = sum[i][g] = both;
        }
    }
}

static void lists_give_the_groups_of_the_definition(void **state)
{
    (void)state;
    uint32_t joined = 0, faded = 0;
    for (seed = 1; seed < ROUNDS;) {
        uint64_t start = seed;
        static double sum[NODES][NODES];
        static story_edge edge[NODES * NODES];
        uint32_t n = 0, times[NODES], size[NODES], group[NODES], wanted[NODES];
        uint32_t share = 10 + roll(80);
        memset(sum, 0, sizeof sum);
        for (uint32_t i = 0; i < NODES; i++)
            size[i] = times[i] = roll(4) ? 1 : 1 + roll(3);
        for (uint32_t i = 0; i < NODES; i++)
            for (uint32_t j = i + 1; j < NODES; j++) {
                /* a few groups, and chance agreement */
                float w = (i % 4 == j % 4 ? 0.15f : 0.07f) + (float)roll(1 << 20) / (4 << 20);
                if (roll(100) >= share)
                    continue;
                edge[n++] = (story_edge){i, j, w};
                sum[i][j] = sum[j][i] = (double)w * times[i] * times[j];
            }
        assert_int_equal(story_link(NODES, edge, n, THRESHOLD, times, group), SST_OK);
        by_definition(sum, size, wanted);
        assert_memory_equal(group, wanted, sizeof group);
        for (uint32_t i = 0; i < NODES; i++)
            joined += group[i] != i;
        for (uint32_t e = 0; e < n; e++)
            faded += sum[edge[e].a][edge[e].b] <= 0;
        seed = start + 1;
    }
    assert_true(joined > ROUNDS * NODES / 4 && faded > ROUNDS); /* both were tried */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_give_the_groups_of_the_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
