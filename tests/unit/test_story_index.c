/* story: pieces of a graph, and stories of a growing collection. All texts are invented. */
#include "story_bench.h"

#include "story_grain.h"
#include "story_index.h"
#include "story_pieces.h"

/* A generator of its own, so that the graphs are the same everywhere. */
static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

enum { NODES = 160, EDGES_MOST = NODES * NODES / 2 };

/* A graph of loose heaps: mostly weak edges between them, all weights inside. */
static uint32_t random_graph(uint32_t seed, story_edge *e)
{
    uint32_t n = 0, heaps = 4 + seed % 9;
    for (uint32_t a = 0; a < NODES; a++)
        for (uint32_t b = a + 1; b < NODES; b++) {
            bool near = a % heaps == b % heaps;
            if (next(&seed) % 100 >= (near ? 60u : 8u))
                continue;
            float w = 0.07f + (float)(next(&seed) % (near ? 90u : 20u)) / 200.0f;
            e[n++] = (story_edge){a, b, w};
        }
    return n;
}

static void pieces_give_the_groups_of_the_whole(void **state)
{
    (void)state;
    static story_edge e[EDGES_MOST];
    uint32_t whole[NODES], piece[NODES], times[NODES], groups = 0;
    for (uint32_t seed = 1; seed <= 40; seed++) {
        uint32_t n = random_graph(seed, e), s = seed;
        story_tie must[6], cannot[6];
        for (uint32_t i = 0; i < 6; i++) {
            uint32_t a = next(&s) % (NODES - 1), b = a + 1 + next(&s) % (NODES - 1 - a);
            must[i] = (story_tie){a, b};
            a = next(&s) % (NODES - 1);
            cannot[i] = (story_tie){a, a + 1};
        }
        for (uint32_t i = 0; i < NODES; i++)
            times[i] = 1 + next(&s) % 3;
        story_ties ties = {must, cannot, seed % 2 ? 6 : 0, seed % 3 ? 6 : 0};
        assert_int_equal(story_link_tied(NODES, e, n, 0.21f, times, &ties, whole), SST_OK);
        for (uint32_t threads = 1; threads <= 3; threads += 2) {
            assert_int_equal(story_link_pieces(NODES, e, n, 0.21f, times, &ties, threads, piece),
                             SST_OK);
            assert_memory_equal(whole, piece, sizeof whole);
        }
        for (uint32_t i = 0; i < NODES; i++)
            groups += whole[i] == i;
    }
    assert_true(groups > 40 * 2 && groups < 40 * NODES); /* the graphs do group, and do not melt */
}

/* Articles of four events, some with the same words, at times of one week. */
static void add_events(bench *b)
{
    static const char *const place[] = {"Selby Cove", "Ostmark", "Tarn Valley", "Quellin"};
    static const char *const what[] = {
        "ferry ran aground off the pier", "parliament passed the fishing law",
        "avalanche buried the mountain road", "museum lost a painting to thieves"};
    static const char *const who[] = {"Harbour master Ilse Quist", "Speaker Bram Teller",
                                      "Ranger Odile Farn", "Curator Enno Vask"};
    static const char *const told[] = {"said nobody was hurt and the work would go on all night",
                                       "told reporters that an inquiry had begun on the spot",
                                       "spoke of the worst hours of the year and thanked helpers",
                                       "asked witnesses to come forward with pictures and films",
                                       "said nobody was hurt and the work would go on all night"};
    for (uint32_t i = 0; i < 40; i++) {
        char id[16], at[32], title[160], body[600];
        uint32_t k = i % 4, t = i / 4 % 5;
        snprintf(id, sizeof id, "a%02u", i);
        snprintf(at, sizeof at, "2031-05-%02uT%02u:00:00Z", 1 + i / 8 % 5, i % 24);
        snprintf(title, sizeof title, "%s: %s", place[k], what[k]);
        snprintf(body, sizeof body, "A %s in %s on that morning. %s %s. Number %u of the log.",
                 what[k], place[k], who[k], told[t], 100 + i);
        bench_add(b, id, "", at, title, body);
    }
    bench_add(b, "twin", "", "2031-05-01T00:00:00Z", "Selby Cove: ferry ran aground off the pier",
              "A ferry ran aground off the pier in Selby Cove. Harbour master Ilse Quist saw it.");
    bench_add(b, "twin2", "", "2031-05-01T00:00:00Z", "Selby Cove: ferry ran aground off the pier",
              "A ferry ran aground off the pier in Selby Cove. Harbour master Ilse Quist saw it.");
}

typedef struct kept {
    story_features f;
    sst_str id;
    uint32_t place;
} kept;

static int by_order(const void *p, const void *q)
{
    const kept *a = p, *b = q;
    return story_order(&a->f, a->id, &b->f, b->id);
}

/* What a database does: packed words, candidates by top words, edges, one piece regrouped. */
static void a_kept_collection_ends_where_a_run_over_all_ends(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    add_events(&b);
    kept v[BENCH_MOST];
    static story_features f[BENCH_MOST];
    for (uint32_t i = 0; i < b.n; i++) {
        story_features made;
        sst_str packed;
        assert_int_equal(story_features_make(b.v[i], &b.arena, &made), SST_OK);
        assert_int_equal(story_pack(&made, &b.arena, &packed), SST_OK);
        assert_int_equal(story_unpack(packed, &b.arena, &v[i].f), SST_OK);
        assert_true(story_similarity(&made, &made) == story_similarity(&v[i].f, &made));
        assert_int_equal(v[i].f.top_n, made.top_n);
        assert_memory_equal(v[i].f.top, made.top, made.top_n * sizeof *made.top);
        v[i].id = b.article[i]->id;
        v[i].place = i;
    }
    qsort(v, b.n, sizeof *v, by_order);
    story_edge edge[BENCH_MOST * 4];
    uint32_t edge_n = 0, group[BENCH_MOST], story_n, of[BENCH_MOST];
    for (uint32_t i = 0; i < b.n; i++)
        f[i] = v[i].f;
    for (uint32_t j = b.n; j-- > 0;) /* in any order */
        for (uint32_t i = 0; i < j; i++) {
            float common = 0;
            for (uint32_t x = 0; x < f[i].top_n; x++)
                for (uint32_t y = 0; y < f[j].top_n; y++)
                    if (f[i].word[f[i].top[x]].key == f[j].word[f[j].top[y]].key)
                        common += f[i].word[f[i].top[x]].weight * f[j].word[f[j].top[y]].weight;
            if (!story_candidate(common, f[i].published, f[j].published))
                continue;
            float s = story_similarity(&f[i], &f[j]);
            if (s >= story_edge_least())
                edge[edge_n++] = (story_edge){i, j, s};
        }
    assert_int_equal(story_regroup(f, b.n, edge, edge_n, NULL, SST_GRAIN_EVENT, group), SST_OK);
    sst_story *s;
    assert_int_equal(story_group(b.v, b.n, &b.arena, &s, &story_n), SST_OK);
    assert_true(story_n >= 4 && story_n < b.n);
    for (uint32_t k = 0; k < story_n; k++)
        for (uint32_t i = 0; i < s[k].article_n; i++)
            of[s[k].articles[i]] = k;
    for (uint32_t i = 0; i < b.n; i++)
        for (uint32_t j = 0; j < i; j++)
            assert_int_equal(group[i] == group[j], of[v[i].place] == of[v[j].place]);
    bench_release(&b);
}

static void damaged_bytes_are_refused(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    bench_add(&b, "a", "", "2031-05-01T08:00:00Z", "Tarn Valley: day 2 of the regatta",
              "The regatta of Tarn Valley went into day 2 with Odile Farn ahead.");
    story_features f, back;
    sst_str packed;
    assert_int_equal(story_features_make(b.v[0], &b.arena, &f), SST_OK);
    assert_int_equal(story_pack(&f, &b.arena, &packed), SST_OK);
    char *copy = arena_alloc(&b.arena, packed.n + 1);
    for (size_t n = 0; n < packed.n; n++) /* cut short */
        assert_int_equal(story_unpack((sst_str){packed.p, n}, &b.arena, &back), SST_ERR_INPUT);
    memcpy(copy, packed.p, packed.n);
    copy[0] ^= 1; /* of another version */
    assert_int_equal(story_unpack((sst_str){copy, packed.n}, &b.arena, &back), SST_ERR_INPUT);
    memcpy(copy, packed.p, packed.n);
    memset(copy + 44 + 4, 0xFF, 4); /* a weight that is no number */
    assert_int_equal(story_unpack((sst_str){copy, packed.n}, &b.arena, &back), SST_ERR_INPUT);
    assert_int_equal(story_unpack(packed, &b.arena, &back), SST_OK);
    assert_int_equal(back.mark_n, f.mark_n);
    assert_true(f.mark_n > 0);
    bench_release(&b);
}

static story_likeness alike(bench *b, uint32_t i, uint32_t j)
{
    story_features f, g;
    assert_int_equal(story_features_make(b->v[i], &b->arena, &f), SST_OK);
    assert_int_equal(story_features_make(b->v[j], &b->arena, &g), SST_OK);
    return story_compare(&f, &g);
}

static void a_shared_quotation_outweighs_time(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    bench_add(
        &b, "a", "", "2031-05-01T08:00:00Z", "Ferry aground",
        "Ilse Quist said: “The ferry was far too close to the pier that morning.” It rained.");
    bench_add(
        &b, "b", "", "2031-05-21T08:00:00Z", "Ship hits pier",
        "“The ferry was far too close to the pier that morning,” the harbour master told us.");
    bench_add(&b, "c", "", "2031-05-21T08:00:00Z", "Ship hits pier",
              "The ferry was far too close to the pier that morning, the harbour master told us.");
    assert_int_equal(alike(&b, 0, 1).quoted, 8); /* 11 words, runs of 4 */
    assert_true(alike(&b, 0, 1).time > alike(&b, 0, 2).time + 0.2f);
    assert_int_equal(alike(&b, 0, 2).quoted, 0); /* in the text of one they are no quotation */
    assert_true(alike(&b, 0, 2).time < 0.5f);
    bench_add(&b, "d", "", "2031-05-01T08:00:00Z", "Ferry aground",
              "Ilse Quist said: “The ferry was far too close to the pier that morning, and nobody "
              "on the bridge had looked at the chart before the fog came down.”");
    bench_add(&b, "e", "", "2031-05-21T08:00:00Z", "Ship hits pier",
              "“The ferry was far too close to the pier that morning, and nobody on the bridge had "
              "looked at the chart before the fog came down,” the harbour master told us.");
    assert_true(alike(&b, 3, 4).time == 1); /* a statement of two lines: whenever it was printed */
    bench_release(&b);
}

static void reports_of_other_people_are_less_alike(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    const char *at = "2031-05-01T08:00:00Z";
    bench_add(
        &b, "a", "", at, "Two charged",
        "Odile Farn and Bram Teller were charged with fraud at the court. Odile Farn was silent.");
    bench_add(
        &b, "b", "", at, "Two charged",
        "Enno Vask and Tilda Roon were charged with fraud at the court. Enno Vask was silent.");
    bench_add(
        &b, "c", "", at, "Two charged",
        "Enno Vask and Odile Farn were charged with fraud at the court. Enno Vask was silent.");
    bench_add(&b, "d", "", at, "Two charged",
              "Two were charged with fraud at the court and silent.");
    assert_true(alike(&b, 0, 1).names < 1);
    assert_true(alike(&b, 0, 2).names == 1);
    assert_true(alike(&b, 0, 3).names == 1); /* who names nobody does not say that it was others */
    story_likeness x = alike(&b, 0, 1);
    assert_float_equal(x.score, x.words * x.time * x.names * x.twin, 1e-6);
    bench_release(&b);
}

static void another_day_in_the_headline_is_another_report(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    const char *at = "2031-05-07T08:00:00Z";
    bench_add(&b, "a", "", at, "Weather in Tarn Valley for 8 May",
              "Rain in Tarn Valley, the office said.");
    bench_add(&b, "b", "", at, "Weather in Tarn Valley for 16 May",
              "Rain in Tarn Valley, the office said.");
    bench_add(&b, "c", "", at, "Tarn Valley weather, May 8",
              "Rain in Tarn Valley, the office said.");
    bench_add(&b, "d", "", at, "Weather in Tarn Valley on Thursday",
              "Rain in Tarn Valley, the office said.");
    assert_true(alike(&b, 0, 1).twin < 1);
    assert_true(alike(&b, 0, 2).twin == 1);
    assert_true(alike(&b, 1, 3).twin == 1); /* not written out */
    /* The year that a day is taken for must not matter: without a date there is none, and a day to
     * come is taken for one of last year. */
    bench_add(&b, "e", "", "", "Weather in Tarn Valley for 8 May",
              "Rain in Tarn Valley, the office said.");
    bench_add(&b, "f", "", "", "Weather in Tarn Valley for 16 May",
              "Rain in Tarn Valley, the office said.");
    bench_add(&b, "g", "", "2031-05-09T08:00:00Z", "Tarn Valley weather, May 8",
              "Rain in Tarn Valley, the office said.");
    assert_true(alike(&b, 4, 5).twin < 1);
    assert_true(alike(&b, 4, 0).twin == 1);
    assert_true(alike(&b, 6, 0).twin == 1);
    bench_release(&b);
}

static void so_it_is_in_other_languages(void **state)
{
    (void)state;
    static const char *const DAY[][4] = {
        {"de", "Wetter im Tarntal am 8. Mai", "Wetter im Tarntal am 16. Mai",
         "Regen im Tarntal, sagte das Amt am Morgen."},
        {"fr", "La météo de Tarnval du 1er mai", "La météo de Tarnval du 16 mai",
         "Il pleut à Tarnval, dit le bureau."},
        {"es", "El tiempo en Tarnval el 8 de mayo", "El tiempo en Tarnval el 16 de mayo",
         "Llueve en Tarnval, dijo la oficina."},
        {"it", "Il tempo a Tarnval, 8 maggio", "Il tempo a Tarnval, 16 maggio",
         "Piove a Tarnval, ha detto l'ufficio."},
        {"pt", "O tempo em Tarnval em 8 de maio", "O tempo em Tarnval em 16 de maio",
         "Chove em Tarnval, disse o instituto."},
        {"nl", "Het weer in Tarnval op 8 mei", "Het weer in Tarnval op 16 mei",
         "Regen in Tarnval, zei het bureau."},
    };
    for (size_t i = 0; i < sizeof DAY / sizeof *DAY; i++) {
        bench b;
        bench_init(&b);
        for (int k = 0; k < 3; k++)
            bench_add_in(&b, DAY[i][0], k ? k > 1 ? "c" : "b" : "a", "", "2031-05-07T08:00:00Z",
                         DAY[i][k == 1 ? 2 : 1], DAY[i][3]);
        assert_true(alike(&b, 0, 1).twin < 1);
        assert_true(alike(&b, 0, 2).twin == 1);
        bench_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_give_the_groups_of_the_whole),
        cmocka_unit_test(a_kept_collection_ends_where_a_run_over_all_ends),
        cmocka_unit_test(damaged_bytes_are_refused),
        cmocka_unit_test(a_shared_quotation_outweighs_time),
        cmocka_unit_test(another_day_in_the_headline_is_another_report),
        cmocka_unit_test(so_it_is_in_other_languages),
        cmocka_unit_test(reports_of_other_people_are_less_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
