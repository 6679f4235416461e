/* story: similarity, average link, grouping. All texts are invented. */
#include "story_bench.h"

#include "story.h"
#include "story_feature.h"
#include "story_link.h"

typedef struct report {
    const char *id, *published, *title, *body;
    int story;
} report;

/* Three events and a text about nothing else; two of the events are in one place and of one kind.
 */
static const report REPORTS[] = {
    {"a1", "2031-03-04T10:00:00Z", "Freight train derails near Brackwater",
     "A freight train with 22 wagons of grain left the rails near Brackwater on Tuesday morning. "
     "The Ostmark Railway said "
     "that nobody was hurt. Inspector Halvard Quist is looking at a switch outside the town.",
     0},
    {"a2", "2031-03-04T15:00:00Z", "Grain spills over roads after Brackwater derailment",
     "Grain covered two roads at Brackwater after 22 wagons of a freight train derailed. Halvard "
     "Quist, the inspector, said "
     "the switch had been repaired twice. The Ostmark Railway closed the line.",
     0},
    {"a3", "", "Ostmark Railway closes line after derailment",
     "The line between Brackwater and Morrow is closed after a freight train derailed, the Ostmark "
     "Railway said. Wagons with "
     "grain lie beside the switch that inspector Quist had warned of.",
     0},
    {"b1", "2031-03-05T08:00:00Z", "Teachers in Morrow walk out over pay",
     "Teachers at 31 schools in Morrow stopped work on Wednesday. Their union wants salaries "
     "raised by nine percent, its "
     "chairwoman Petra Lindqvist said. Pupils gathered outside the town hall.",
     1},
    {"b2", "2031-03-05T12:30:00Z", "Strike shuts 31 schools in Morrow",
     "A strike of teachers shut 31 schools in Morrow. Petra Lindqvist of the union said nine "
     "percent was the least that "
     "teachers deserved after years without a rise in salaries.",
     1},
    {"c1", "2031-09-20T07:00:00Z", "Passenger train hits tractor near Brackwater",
     "A passenger train hit a tractor at a crossing near Brackwater on Saturday. The farmer, Oluf "
     "Brandt, jumped off in time. "
     "The train to Selby Cove stood for four hours.",
     2},
    {"c2", "2031-09-20T09:40:00Z", "Farmer jumps clear as train hits his tractor",
     "Farmer Oluf Brandt jumped from his tractor before a passenger train struck it at a crossing "
     "near Brackwater. Travellers "
     "to Selby Cove waited four hours.",
     2},
    {"d1", "2031-03-04T11:00:00Z", "How to keep geraniums over the winter",
     "Cut the stems in October, keep the roots dry and dark, and water them once in a month until "
     "the frost is over.",
     3},
    {"e1", "", "", "", 4},
    {"e2", "", "", "", 5},
};
enum { REPORT_N = sizeof REPORTS / sizeof *REPORTS };

/* Adds the reports in an order; order[k] is the k-th. */
static void add_all(bench *b, const int *order)
{
    for (int k = 0; k < REPORT_N; k++) {
        const report *r = &REPORTS[order[k]];
        bench_add(b, r->id, "", r->published, r->title, r->body);
    }
}

static sst_story *group(bench *b, uint32_t *n)
{
    sst_story *v = NULL;
    story_options o = {.also = true};
    assert_int_equal(story_group_by(b->v, b->n, &o, &b->arena, &v, n), SST_OK);
    uint32_t all = 0;
    for (uint32_t k = 0; k < *n; k++) {
        all += v[k].article_n;
        assert_int_equal(v[k].why_n, v[k].article_n - 1);
        for (uint32_t i = 0; i < v[k].why_n; i++) {
            const sst_story_why *w = &v[k].why[i];
            assert_true(w->score > 0 && w->score <= 1 && w->article != w->with && w->shared_n <= 8);
            for (uint32_t s = 0; s < w->shared_n; s++) {
                assert_true(w->shared[s].what.n > 0);
                assert_true(bench_at(b, w->article, w->shared[s].a).n > 0);
                assert_true(bench_at(b, w->with, w->shared[s].b).n > 0);
            }
        }
    }
    assert_int_equal(all, b->n);
    return v;
}

static const char *id_of(const bench *b, uint32_t article)
{
    return b->v[article]->article->id.p;
}

static void the_reports_of_an_event_are_one_story(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    int order[REPORT_N];
    for (int i = 0; i < REPORT_N; i++)
        order[i] = i;
    add_all(&b, order);
    uint32_t n;
    sst_story *v = group(&b, &n);
    assert_int_equal(n, 6);
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t i = 0; i < v[k].article_n; i++)
            assert_int_equal(REPORTS[v[k].articles[i]].story, k);
    /* Unknown times first, then by time. */
    assert_string_equal(id_of(&b, v[0].articles[0]), "a3");
    assert_string_equal(id_of(&b, v[0].articles[1]), "a1");
    bench_release(&b);
}

static void order_changes_neither_members_nor_ids(void **state)
{
    (void)state;
    char want[REPORT_N][128] = {{0}};
    for (int round = 0; round < 6; round++) {
        bench b;
        bench_init(&b);
        int order[REPORT_N];
        for (int i = 0; i < REPORT_N; i++)
            order[i] = (i * 3 + round * 7) % REPORT_N; /* 3 and 10 have no common factor */
        add_all(&b, order);
        uint32_t n;
        sst_story *v = group(&b, &n);
        assert_int_equal(n, 6);
        uint32_t before = 0;
        for (uint32_t k = 0; k < n; k++) {
            char line[128];
            size_t at = (size_t)snprintf(line, sizeof line, "%.*s:", (int)v[k].id.n, v[k].id.p);
            uint32_t least = UINT32_MAX;
            for (uint32_t i = 0; i < v[k].article_n; i++) {
                at += (size_t)snprintf(line + at, sizeof line - at, " %s",
                                       id_of(&b, v[k].articles[i]));
                least = v[k].articles[i] < least ? v[k].articles[i] : least;
            }
            assert_true(k == 0 || least > before);
            before = least;
            if (v[k].article_n == 1 && REPORTS[order[v[k].articles[0]]].body[0] == 0)
                continue; /* two empty texts are told apart by their order only */
            bool seen = false;
            for (int i = 0; i < REPORT_N && !seen; i++) {
                if (round == 0 && !want[i][0])
                    memcpy(want[i], line, sizeof line);
                seen = strcmp(want[i], line) == 0;
            }
            assert_true(seen);
        }
        bench_release(&b);
    }
}

static void other_articles_do_not_change_a_story(void **state)
{
    (void)state;
    bench b, c;
    bench_init(&b);
    bench_init(&c);
    for (int i = 0; i < 3; i++)
        bench_add(&b, REPORTS[i].id, "", REPORTS[i].published, REPORTS[i].title, REPORTS[i].body);
    for (int i = REPORT_N - 1; i >= 0; i--)
        bench_add(&c, REPORTS[i].id, "", REPORTS[i].published, REPORTS[i].title, REPORTS[i].body);
    uint32_t n, m;
    sst_story *v = group(&b, &n), *w = group(&c, &m);
    assert_int_equal(n, 1);
    const sst_story *same = NULL;
    for (uint32_t k = 0; k < m; k++)
        if (str_eq(w[k].id, v[0].id))
            same = &w[k];
    assert_non_null(same);
    assert_int_equal(same->article_n, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_string_equal(id_of(&b, v[0].articles[i]), id_of(&c, same->articles[i]));
    for (uint32_t i = 0; i < 2; i++) {
        assert_true(v[0].why[i].score == same->why[i].score);
        assert_int_equal(v[0].why[i].shared_n, same->why[i].shared_n);
    }
    bench_release(&b);
    bench_release(&c);
}

static void similarity_is_the_same_both_ways(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    int order[REPORT_N];
    for (int i = 0; i < REPORT_N; i++)
        order[i] = i;
    add_all(&b, order);
    story_features f[REPORT_N];
    for (int i = 0; i < REPORT_N; i++)
        assert_int_equal(story_features_make(b.v[i], &b.arena, &f[i]), SST_OK);
    for (int i = 0; i < REPORT_N; i++)
        for (int j = 0; j < REPORT_N; j++)
            assert_true(story_similarity(&f[i], &f[j]) == story_similarity(&f[j], &f[i]));
    assert_true(story_similarity(&f[0], &f[0]) > 0.999f); /* its own time is known */
    assert_true(story_similarity(&f[0], &f[1]) > story_similarity(&f[0], &f[5]));
    assert_true(story_similarity(&f[8], &f[9]) == 0);
    bench_release(&b);
}

/* A probe is used for one article after the other, short and long. */
static void a_probe_gives_the_same_score_to_the_last_bit(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    int order[REPORT_N];
    for (int i = 0; i < REPORT_N; i++)
        order[i] = i;
    add_all(&b, order);
    sst_buf words;
    buf_init(&words, 0);
    for (int i = 0; i < 2000; i++)
        buf_printf(&words, "%c%c%charf ", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676);
    buf_printf(&words, "%s", REPORTS[0].body);
    const sst_str body = arena_str(&b.arena, (sst_str){words.p, words.n});
    bench_add(&b, "long", "", REPORTS[0].published, REPORTS[0].title, body.p);
    buf_release(&words);
    enum { N = REPORT_N + 1 };
    story_features f[N];
    for (int i = 0; i < N; i++)
        assert_int_equal(story_features_make(b.v[i], &b.arena, &f[i]), SST_OK);
    assert_true(f[N - 1].n > 1000);
    story_probe *probe = arena_calloc(&b.arena, 1, sizeof *probe);
    for (int i = N - 1; i >= 0; i--) {
        assert_int_equal(story_probe_set(probe, &f[i], &b.arena), SST_OK);
        for (int j = 0; j < N; j++)
            assert_true(story_similarity_probe(probe, &f[i], &f[j]) ==
                        story_similarity(&f[i], &f[j]));
    }
    bench_release(&b);
}

/* More articles than one thread takes at once. */
static void threads_change_nothing(void **state)
{
    (void)state;
    static bench b;
    bench_init(&b);
    for (int i = 0; i < 300; i++) {
        const report *r = &REPORTS[i % REPORT_N];
        bench_add(
            &b, arena_printf(&b.arena, "id%03d", i).p, "", r->published, r->title,
            arena_printf(&b.arena, "%s Wharf%c%c closed.", r->body, 'a' + i % 26, 'a' + i / 26).p);
    }
    uint32_t n, more;
    sst_story *v = group(&b, &n), *w;
    story_options four = {.threads = 4};
    assert_int_equal(story_group_by(b.v, b.n, &four, &b.arena, &w, &more), SST_OK);
    assert_int_equal(n, more);
    for (uint32_t i = 0; i < n; i++) {
        assert_true(str_eq(v[i].id, w[i].id));
        assert_int_equal(v[i].article_n, w[i].article_n);
        assert_memory_equal(v[i].articles, w[i].articles, v[i].article_n * sizeof *v[i].articles);
        for (uint32_t k = 0; k < v[i].why_n; k++) {
            assert_int_equal(v[i].why[k].with, w[i].why[k].with);
            assert_true(v[i].why[k].score == w[i].why[k].score);
        }
    }
    bench_release(&b);
}

static void the_same_text_is_one_story_with_many_articles(void **state)
{
    (void)state;
    static bench b;
    bench_init(&b);
    for (int i = 0; i < 500; i++)
        bench_add(&b, arena_printf(&b.arena, "id%03d", i).p, "", REPORTS[0].published,
                  REPORTS[0].title, REPORTS[0].body);
    uint32_t n;
    sst_story *v = group(&b, &n);
    assert_int_equal(n, 1);
    assert_int_equal(v[0].article_n, 500);
    bench_release(&b);
}

/* ------------------------------------------------------------------ average link */

static void a_chain_does_not_become_one_group(void **state)
{
    (void)state;
    story_edge e[7];
    for (uint32_t i = 0; i < 7; i++)
        e[i] = (story_edge){i, i + 1, 0.9f};
    uint32_t g[8];
    assert_int_equal(story_link(8, e, 7, 0.5f, NULL, g), SST_OK);
    for (uint32_t i = 0; i < 8; i++)
        assert_int_equal(g[i], i / 2 * 2); /* pairs */
    assert_int_equal(story_link(8, e, 7, 0.95f, NULL, g), SST_OK);
    for (uint32_t i = 0; i < 8; i++)
        assert_int_equal(g[i], i);
}

static void cliques_with_a_bridge_stay_apart(void **state)
{
    (void)state;
    story_edge e[64];
    uint32_t n = 0, g[10];
    for (uint32_t a = 0; a < 10; a++)
        for (uint32_t b = a + 1; b < 10; b++)
            if ((a < 5) == (b < 5) || (a == 4 && b == 5))
                e[n++] = (story_edge){a, b, a == 4 && b == 5 ? 0.5f : 0.6f};
    assert_int_equal(story_link(10, e, n, 0.3f, NULL, g), SST_OK);
    for (uint32_t i = 0; i < 10; i++)
        assert_int_equal(g[i], i < 5 ? 0 : 5);
}

static void a_node_that_stands_for_many_weighs_more(void **state)
{
    (void)state;
    /* 2 is like 0 (of which there are nine) and unlike 1; 0 and 1 are alike. */
    story_edge e[] = {{0, 1, 0.9f}, {0, 2, 0.5f}};
    uint32_t times[] = {9, 1, 1}, g[3];
    assert_int_equal(story_link(3, e, 2, 0.4f, times, g), SST_OK);
    assert_int_equal(g[2], 0); /* 0.45 on average */
    assert_int_equal(story_link(3, e, 2, 0.4f, NULL, g), SST_OK);
    assert_int_equal(g[2], 2); /* 0.25 */
}

static void a_dense_graph_ends(void **state)
{
    (void)state;
    enum { N = 400 };
    sst_arena a;
    arena_init(&a, 0);
    story_edge *e = arena_alloc(&a, (size_t)N * N / 2 * sizeof *e);
    uint32_t n = 0, seed = 1, g[N];
    for (uint32_t i = 0; i < N; i++)
        for (uint32_t j = i + 1; j < N; j++) {
            seed = seed * 1664525u + 1013904223u;
            e[n++] = (story_edge){i, j, 0.5f + (float)(seed >> 20) / 16384.0f};
        }
    assert_int_equal(story_link(N, e, n, 0.4f, NULL, g), SST_OK);
    for (uint32_t i = 0; i < N; i++)
        assert_int_equal(g[i], 0);
    arena_release(&a);
}

static void same_shared(const sst_shared *x, uint32_t x_n, const sst_shared *y, uint32_t y_n)
{
    assert_int_equal(x_n, y_n);
    for (uint32_t k = 0; k < x_n; k++) {
        assert_true(str_eq(x[k].what, y[k].what));
        assert_memory_equal(&x[k].a, &y[k].a, sizeof x[k].a);
        assert_memory_equal(&x[k].b, &y[k].b, sizeof x[k].b);
    }
}

/* The same stories come of features whose texts' tokens are gone: members, reasons, other stories.
 */
static void texts_may_be_let_go(const bench *b, const sst_story *v, uint32_t n)
{
    static sst_text bare[BENCH_MOST];
    sst_arena arena;
    arena_init(&arena, 0);
    story_features *f = arena_calloc(&arena, (size_t)b->n + 1, sizeof *f);
    assert_non_null(f);
    for (uint32_t i = 0; i < b->n; i++) {
        bare[i] = (sst_text){.article = b->v[i]->article, .s = b->v[i]->s};
        /* of a text that was let go before, and of one that is let go now */
        assert_int_equal(story_features_make(i % 2 ? &bare[i] : b->v[i], &arena, &f[i]), SST_OK);
        f[i].text = &bare[i];
    }
    sst_story *w;
    uint32_t more;
    story_options o = {.also = true};
    assert_int_equal(story_group_features(f, b->n, &o, &arena, &w, &more), SST_OK);
    assert_int_equal(n, more);
    for (uint32_t k = 0; k < n; k++) {
        assert_true(str_eq(v[k].id, w[k].id));
        assert_int_equal(v[k].article_n, w[k].article_n);
        assert_memory_equal(v[k].articles, w[k].articles, v[k].article_n * sizeof *v[k].articles);
        for (uint32_t i = 0; i < v[k].why_n; i++) {
            const sst_story_why *x = &v[k].why[i], *y = &w[k].why[i];
            assert_true(x->article == y->article && x->with == y->with && x->score == y->score);
            same_shared(x->shared, x->shared_n, y->shared, y->shared_n);
        }
        assert_int_equal(v[k].also_n, w[k].also_n);
        for (uint32_t i = 0; i < v[k].also_n; i++) {
            const sst_story_also *x = &v[k].also[i], *y = &w[k].also[i];
            assert_true(x->article == y->article && x->with == y->with && x->score == y->score);
            assert_true(str_eq(x->story, y->story));
            assert_memory_equal(&x->part, &y->part, sizeof x->part);
            same_shared(x->shared, x->shared_n, y->shared, y->shared_n);
        }
    }
    arena_release(&arena);
}

/* A page of the day with a paragraph on each of two events, and one on nothing else. */
static void a_page_of_several_events_is_told_beside_their_stories(void **state)
{
    (void)state;
    static const report ROUND[] = {
        {"fire1", "2031-03-04T09:00:00Z", "Warehouse fire at Tarnby docks injures four",
         "A fire tore through a grain warehouse at the Tarnby docks on Tuesday, injuring four "
         "workers, fire chief Orla Vint said. The blaze began near a conveyor belt and spread to "
         "the roof of the warehouse before crews from Lowmere arrived.\n\nVint said the docks "
         "would stay shut while inspectors searched the grain warehouse.",
         0},
        {"fire2", "2031-03-04T10:30:00Z", "Four hurt as grain warehouse burns in Tarnby",
         "Four dock workers were taken to hospital after a grain warehouse burned at the Tarnby "
         "docks. Fire chief Orla Vint said a conveyor belt had overheated and that the blaze "
         "reached the roof within minutes.\n\nCrews from Lowmere helped to put the fire out.",
         0},
        {"vote1", "2031-03-04T08:00:00Z", "Parliament of Quelland rejects ferry tax",
         "The parliament of Quelland voted down the ferry tax on Tuesday by 61 votes to 48, a "
         "defeat for minister Bram Oxley. Island deputies said the ferry tax would have emptied "
         "their harbours.\n\nOxley said he would not bring the ferry tax back before the summer.",
         0},
        {"vote2", "2031-03-04T11:00:00Z", "Ferry tax falls in Quelland as deputies rebel",
         "Deputies of the islands joined the opposition to reject the ferry tax in the parliament "
         "of Quelland, 61 votes to 48. Minister Bram Oxley called the defeat a blow to the "
         "budget.\n\nThe ferry tax was to pay for new harbours from next year.",
         0},
        {"page", "2031-03-04T12:00:00Z", "The day in brief",
         "Gardeners in Hollin Vale will be glad of the mild week: the first crocuses are out, and "
         "the nurseries expect early tulips before the month is over.\n\n"
         "Chess master Ivo Sandell drew the fourth game of his match in Brenholt after nine hours, "
         "and leads the challenger by one point with two games to be played.\n\n"
         "A fire at the Tarnby docks injured four workers in a grain warehouse. Fire chief Orla "
         "Vint said a conveyor belt had overheated and the blaze spread to the roof.\n\n"
         "The parliament of Quelland rejected the ferry tax by 61 votes to 48. Minister Bram Oxley "
         "said island deputies had rebelled over their harbours.\n\n"
         "The museum of Ostrey Bay has bought a chart of the northern sea routes that was drawn "
         "for a whaling captain three centuries ago.",
         0},
    };
    enum { N = sizeof ROUND / sizeof *ROUND };
    for (int turn = 0; turn < 2; turn++) {
        bench b;
        bench_init(&b);
        for (int k = 0; k < N; k++) {
            const report *r = &ROUND[turn ? N - 1 - k : k];
            bench_add(&b, r->id, "", r->published, r->title, r->body);
        }
        uint32_t n;
        sst_story *v = group(&b, &n);
        /* The page is in one of them by average link, or alone; it joins nothing, and each of the
         * two stories is told of it, once. */
        uint32_t told[2] = {0, 0}, reports[2] = {0, 0};
        for (uint32_t k = 0; k < n; k++) {
            bool has_page = false, has[2] = {false, false};
            for (uint32_t i = 0; i < v[k].article_n; i++) {
                const char *id = id_of(&b, v[k].articles[i]);
                has_page |= strcmp(id, "page") == 0;
                for (int e = 0; e < 2; e++)
                    if (strncmp(id, e ? "vote" : "fire", 4) == 0) {
                        reports[e]++;
                        has[e] = true;
                    }
            }
            assert_false(has[0] && has[1]);
            told[0] += has_page && has[0];
            told[1] += has_page && has[1];
            for (uint32_t i = 0; i < v[k].also_n; i++) {
                const sst_story_also *x = &v[k].also[i];
                assert_string_equal(id_of(&b, x->article), "page");
                assert_false(str_eq(x->story, v[k].id));
                int e = strncmp(id_of(&b, x->with), "vote", 4) == 0;
                sst_str said = str_span(b.v[x->article]->s, x->part);
                assert_true(str_starts(said, e ? STR("The parliament") : STR("A fire at")));
                assert_true(x->score >= 0.21f && x->shared_n > 0);
                for (uint32_t s = 0; s < x->shared_n; s++)
                    assert_true(x->shared[s].a.begin >= x->part.begin &&
                                x->shared[s].a.end <= x->part.end);
                told[e]++;
            }
        }
        texts_may_be_let_go(&b, v, n);
        assert_int_equal(reports[0], 2);
        assert_int_equal(reports[1], 2);
        assert_int_equal(told[0], 1);
        assert_int_equal(told[1], 1);
        bench_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reports_of_an_event_are_one_story),
        cmocka_unit_test(order_changes_neither_members_nor_ids),
        cmocka_unit_test(other_articles_do_not_change_a_story),
        cmocka_unit_test(similarity_is_the_same_both_ways),
        cmocka_unit_test(a_probe_gives_the_same_score_to_the_last_bit),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(a_page_of_several_events_is_told_beside_their_stories),
        cmocka_unit_test(the_same_text_is_one_story_with_many_articles),
        cmocka_unit_test(a_chain_does_not_become_one_group),
        cmocka_unit_test(cliques_with_a_bridge_stay_apart),
        cmocka_unit_test(a_node_that_stands_for_many_weighs_more),
        cmocka_unit_test(a_dense_graph_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
