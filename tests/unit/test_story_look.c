/* story: the second look at articles that linking left alone, and grains under it. Graphs alone. */
#include "story_bench.h"

#include "story_grain.h"
#include "story_look.h"

enum { NODES = 30, EDGES_MOST = NODES * NODES / 2 };

static const float THRESHOLD = 0.21f;

typedef struct graph {
    story_edge edge[EDGES_MOST];
    uint32_t n;
} graph;

static void edge(graph *x, uint32_t a, uint32_t b, float weight)
{
    x->edge[x->n++] = (story_edge){a, b, weight};
}

static void groups(const graph *x, uint32_t n, sst_grain grain, const story_ties *ties,
                   uint32_t *group)
{
    story_graph g = {.n = n, .edge = x->edge, .edge_n = x->n};
    if (ties)
        g.ties = *ties;
    assert_int_equal(story_link_grain(&g, grain, 1, group), SST_OK);
}

/* Node 0 beside `members` like ones from node 1 on: `first` with the first of them, `rest` with the
 * others. */
static void one_beside(graph *x, uint32_t members, float first, float rest)
{
    x->n = 0;
    for (uint32_t i = 1; i <= members; i++)
        edge(x, 0, i, i == 1 ? first : rest);
    for (uint32_t i = 1; i <= members; i++)
        for (uint32_t j = i + 1; j <= members; j++)
            edge(x, i, j, 0.6f);
}

static void many_members_ask_for_less(void **state)
{
    (void)state;
    graph x;
    uint32_t group[NODES];
    one_beside(&x, 9, 0.30f, 0.14f); /* 0.158 on average; nine ask for 0.14 */
    groups(&x, 10, SST_GRAIN_EVENT, NULL, group);
    for (uint32_t i = 0; i < 10; i++)
        assert_int_equal(group[i], 0); /* the smallest node gives the number */
    one_beside(&x, 9, 0.30f, 0.11f);   /* 0.131 */
    groups(&x, 10, SST_GRAIN_EVENT, NULL, group);
    assert_int_equal(group[0], 0);
    assert_int_equal(group[1], 1);
    one_beside(&x, 3, 0.30f, 0.14f); /* 0.193: three ask for the threshold itself */
    groups(&x, 4, SST_GRAIN_EVENT, NULL, group);
    assert_int_equal(group[1], 1);
    one_beside(&x, 9, 0.19f, 0.19f); /* none of them reaches the threshold */
    groups(&x, 10, SST_GRAIN_EVENT, NULL, group);
    assert_int_equal(group[1], 1);
    assert_true(story_look_needs(THRESHOLD, 2) >= (double)THRESHOLD);
    assert_true(story_look_needs(THRESHOLD, 4) < (double)THRESHOLD);
}

static void ties_hold_in_it(void **state)
{
    (void)state;
    graph x;
    uint32_t group[NODES];
    story_tie cannot[] = {{0, 7}};
    story_ties ties = {.cannot = cannot, .cannot_n = 1};
    one_beside(&x, 9, 0.30f, 0.14f);
    groups(&x, 10, SST_GRAIN_EVENT, &ties, group);
    assert_int_equal(group[0], 0);
    assert_int_equal(group[7], 1);
    /* Two alone that must not meet: the first of them joins. */
    x.n = 0;
    for (uint32_t i = 2; i < 11; i++)
        edge(&x, 0, i, i == 2 ? 0.30f : 0.14f);
    for (uint32_t i = 2; i < 11; i++)
        edge(&x, 1, i, i == 2 ? 0.30f : 0.14f);
    for (uint32_t i = 2; i < 11; i++)
        for (uint32_t j = i + 1; j < 11; j++)
            edge(&x, i, j, 0.6f);
    groups(&x, 11, SST_GRAIN_EVENT, NULL, group);
    assert_true(group[1] == 0 && group[2] == 0);
    cannot[0] = (story_tie){1, 0};
    groups(&x, 11, SST_GRAIN_EVENT, &ties, group);
    assert_true(group[2] == 0 && group[1] == 1);
}

static void copies_weigh_as_many(void **state)
{
    (void)state;
    graph x;
    uint32_t group[NODES], same[NODES], times[NODES] = {0};
    one_beside(&x, 9, 0.30f, 0.14f);
    for (uint32_t i = 0; i < 12; i++)
        same[i] = i > 9 ? 9 : i; /* 10 and 11 are 9 once more */
    for (uint32_t i = 0; i < 12; i++)
        times[same[i]]++;
    story_graph g = {.n = 12, .edge = x.edge, .edge_n = x.n, .same = same, .times = times};
    assert_int_equal(story_link_grain(&g, SST_GRAIN_EVENT, 1, group), SST_OK);
    for (uint32_t i = 0; i < 12; i++)
        assert_int_equal(group[i], 0);
}

/* Heaps with loose ends: graphs where the second look has something to do at every grain. */
static void heaps(graph *x, uint32_t seed)
{
    x->n = 0;
    uint32_t heap_n = 2 + seed % 4;
    for (uint32_t a = 0; a < NODES; a++)
        for (uint32_t b = a + 1; b < NODES; b++) {
            seed = seed * 1664525u + 1013904223u;
            uint32_t r = seed >> 8;
            bool loose = a % 5 == 0 || b % 5 == 0, near = a % heap_n == b % heap_n;
            if (r % 100 < (near ? 80u : 25u))
                edge(x, a, b, 0.07f + (float)(r / 100 % (near ? (loose ? 40u : 90u) : 25u)) / 200);
        }
}

static void grains_stay_parts_of_each_other(void **state)
{
    (void)state;
    graph x;
    uint32_t group[3][NODES], plain[NODES], moved = 0;
    static const sst_grain grain[] = {SST_GRAIN_DEVELOPMENT, SST_GRAIN_EVENT, SST_GRAIN_SAGA};
    for (uint32_t seed = 1; seed <= 60; seed++) {
        heaps(&x, seed);
        story_tie cannot[] = {{seed % 7, 8 + seed % 5}}, must[] = {{1, 20 + seed % 9}};
        story_ties ties = {must, cannot, seed % 2, seed % 3 == 0};
        for (int k = 0; k < 3; k++)
            groups(&x, NODES, grain[k], &ties, group[k]);
        for (uint32_t i = 0; i < NODES; i++)
            for (uint32_t j = 0; j < i; j++)
                for (int k = 0; k < 2; k++)
                    if (group[k][i] == group[k][j])
                        assert_int_equal(group[k + 1][i], group[k + 1][j]);
        assert_int_equal(story_link_tied(NODES, x.edge, x.n, THRESHOLD, NULL, &ties, plain),
                         SST_OK);
        for (uint32_t i = 0; i < NODES; i++)
            moved += plain[i] == i && group[1][i] != i;
    }
    assert_true(moved > 20); /* else nothing was tried */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_members_ask_for_less),
        cmocka_unit_test(ties_hold_in_it),
        cmocka_unit_test(copies_weigh_as_many),
        cmocka_unit_test(grains_stay_parts_of_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
