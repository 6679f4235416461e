/* story: twins, grains, ties, large stories, why. All texts are invented. */
#include "story_bench.h"
#include "story_grain.h"

#include "story.h"
#include "story_feature.h"

static sst_story *group(bench *b, const story_options *o, uint32_t *n)
{
    sst_story *v = NULL;
    assert_int_equal(story_group_by(b->v, b->n, o, &b->arena, &v, n), SST_OK);
    uint32_t all = 0;
    for (uint32_t k = 0; k < *n; k++)
        all += v[k].article_n;
    assert_int_equal(all, b->n);
    return v;
}

static bool together(const sst_story *v, uint32_t n, uint32_t a, uint32_t b)
{
    for (uint32_t k = 0; k < n; k++) {
        bool x = false, y = false;
        for (uint32_t i = 0; i < v[k].article_n; i++) {
            x |= v[k].articles[i] == a;
            y |= v[k].articles[i] == b;
        }
        if (x || y)
            return x && y;
    }
    return false;
}

/* One text for each part of a series, with its number in words or digits. */
static void add_of_series(bench *b, const char *id, const char *title, const char *body)
{
    bench_add(b, id, "", "2031-05-01T08:00:00Z", title, body);
}

static void twins_of_a_series_stay_apart(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    add_of_series(&b, "p12", "Council agrees on 12th package of sanctions against Ostmark",
                  "Ministers of the Council agreed on the 12th package of sanctions against "
                  "Ostmark. It bans diamonds, Commissioner Alva Renn said.");
    add_of_series(&b, "p13", "Council agrees on 13th package of sanctions against Ostmark",
                  "Ministers of the Council agreed on the 13th package of sanctions against "
                  "Ostmark. It lists more firms, Commissioner Alva Renn said.");
    add_of_series(&b, "p13b", "Thirteenth package of sanctions against Ostmark agreed",
                  "The Council has agreed on a thirteenth package of sanctions against Ostmark, "
                  "Commissioner Alva Renn said. More firms are listed.");
    add_of_series(&b, "d2", "Regatta of Selby Cove, day 2: Quist leads in the rain",
                  "Halvard Quist leads the regatta of Selby Cove after day 2, which was wet.");
    add_of_series(&b, "d21", "Regatta of Selby Cove, day 21: Quist leads in the rain",
                  "Halvard Quist leads the regatta of Selby Cove after day 21, which was wet.");
    uint32_t n;
    sst_story *v = group(&b, NULL, &n);
    assert_int_equal(n, 4);
    assert_true(together(v, n, 1, 2));
    assert_false(together(v, n, 0, 1));
    assert_false(together(v, n, 3, 4));
    bench_release(&b);
}

static void a_tally_is_no_series(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    add_of_series(
        &b, "k3", "Landslide at Morrow kills 3",
        "A landslide at Morrow killed 3 people in the night, mayor Petra Lindqvist said.");
    add_of_series(&b, "k5", "Landslide at Morrow kills 5",
                  "A landslide at Morrow has killed 5 people, mayor Petra Lindqvist said.");
    uint32_t n;
    sst_story *v = group(&b, NULL, &n);
    assert_true(together(v, n, 0, 1));
    bench_release(&b);
}

static void endings_and_elided_articles_do_not_part_words(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    bench_add(&b, "a", "", "", "L'usine de Brackville fermera", "");
    bench_add(&b, "b", "", "", "Usines: fermeture de l\xE2\x80\x99usine de Brackville", "");
    story_features x, y;
    assert_int_equal(story_features_make(b.v[0], &b.arena, &x), SST_OK);
    assert_int_equal(story_features_make(b.v[1], &b.arena, &y), SST_OK);
    uint32_t same = 0;
    for (uint32_t i = 0; i < x.n; i++)
        for (uint32_t j = 0; j < y.n; j++)
            same += x.word[i].key == y.word[j].key;
    /* usine, Brackville, fermer(a), fermet(ure): the last two are two stems */
    assert_true(same >= 2);
    assert_true(story_similarity(&x, &y) > 0.4f);
    bench_release(&b);
}

/* Reports of one event in a few steps, alike enough for an event, less for a development. */
static void add_steps(bench *b)
{
    static const struct {
        const char *id, *published, *title, *body;
    } v[] = {
        {"s1", "2031-06-01T09:00:00Z", "Fire at the Ostmark mill in Brackwater",
         "A fire broke out at the Ostmark mill in Brackwater before dawn. Smoke stood over the "
         "harbour, and 40 firemen came from Morrow."},
        {"s2", "2031-06-01T10:00:00Z", "Mill burns in Brackwater, 40 firemen at work",
         "The Ostmark mill in Brackwater is on fire. Firemen from Morrow were called before dawn; "
         "smoke drifted over the harbour."},
        {"s3", "2031-06-04T18:00:00Z", "Owner of the Brackwater mill arrested",
         "Police arrested the owner of the Ostmark mill in Brackwater, Oluf Brandt, days after "
         "the fire. A court in Selby Cove will hear him on insurance papers."},
        {"s4", "2031-06-04T19:00:00Z", "Oluf Brandt held over insurance of burnt mill",
         "Oluf Brandt, who owns the Ostmark mill in Brackwater, was arrested. The insurance papers "
         "will be heard by a court in Selby Cove."},
        {"x", "2031-06-01T12:00:00Z", "Geraniums need little water", "Keep the roots dry."},
    };
    for (size_t i = 0; i < sizeof v / sizeof *v; i++)
        bench_add(b, v[i].id, "", v[i].published, v[i].title, v[i].body);
}

static void finer_grains_are_parts_of_wider_ones(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    add_steps(&b);
    uint32_t n[3];
    sst_story *v[3];
    static const sst_grain grain[] = {SST_GRAIN_DEVELOPMENT, SST_GRAIN_EVENT, SST_GRAIN_SAGA};
    for (int g = 0; g < 3; g++) {
        story_options o = {.grain = grain[g]};
        v[g] = group(&b, &o, &n[g]);
    }
    assert_true(n[0] >= n[1] && n[1] >= n[2] && n[0] > n[2]);
    assert_true(together(v[0], n[0], 0, 1) && together(v[0], n[0], 2, 3));
    assert_true(together(v[2], n[2], 0, 3));
    for (uint32_t i = 0; i < b.n; i++)
        for (uint32_t j = i + 1; j < b.n; j++)
            for (int g = 0; g < 2; g++)
                if (together(v[g], n[g], i, j))
                    assert_true(together(v[g + 1], n[g + 1], i, j));
    /* A saga names its events by the ids that they have on their own. */
    assert_null(v[1][0].event);
    for (uint32_t s = 0; s < n[2]; s++)
        for (uint32_t i = 0; i < v[2][s].article_n; i++) {
            bool found = false;
            for (uint32_t e = 0; e < n[1]; e++)
                for (uint32_t k = 0; k < v[1][e].article_n; k++)
                    if (v[1][e].articles[k] == v[2][s].articles[i])
                        found = str_eq(v[1][e].id, v[2][s].event[i]);
            assert_true(found);
        }
    bench_release(&b);
}

static void ties_are_respected(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    add_steps(&b);
    story_link_pair must[] = {{0, 4}, {2, 3}}, cannot[] = {{1, 0}, {3, 2}};
    story_options o = {.must = must, .must_n = 1, .cannot = cannot, .cannot_n = 1};
    uint32_t n;
    sst_story *v = group(&b, &o, &n);
    assert_true(together(v, n, 0, 4));
    assert_false(together(v, n, 0, 1));
    assert_false(together(v, n, 4, 1)); /* 4 is where 0 is */
    /* Against each other: cannot holds, in any order of the lines. */
    o.must_n = o.cannot_n = 2;
    v = group(&b, &o, &n);
    assert_false(together(v, n, 2, 3));
    bench_release(&b);
}

static void the_same_text_twice_can_be_parted(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    add_steps(&b);
    bench_add(
        &b, "s1 again", "", "2031-06-01T09:00:00Z", "Fire at the Ostmark mill in Brackwater",
        "A fire broke out at the Ostmark mill in Brackwater before dawn. Smoke stood over the "
        "harbour, and 40 firemen came from Morrow.");
    uint32_t n;
    sst_story *v = group(&b, NULL, &n);
    assert_true(together(v, n, 0, 5));
    story_link_pair cannot = {0, 5};
    story_options o = {.cannot = &cannot, .cannot_n = 1};
    v = group(&b, &o, &n);
    assert_false(together(v, n, 0, 5));
    bench_release(&b);
}

/* 600 reports, no two the same, of which only neighbours in time are proposed to each other. */
/* Of five with one text the second and the last are tied: both stand for themselves, with the edges
 * of the text; the others are one. */
static void tied_twins_stand_for_themselves(void **state)
{
    (void)state;
    story_features f[7] = {{0}};
    for (uint32_t i = 0; i < 7; i++)
        f[i] = (story_features){.content = i == 0 ? 1 : i == 6 ? 3 : 2, .n = 50};
    uint8_t tied[7] = {0, 0, 1, 0, 0, 1, 0};
    uint32_t first[7], same[7], times[7] = {0}, again[7] = {0}, edge_n = 0;
    story_same(f, 7, NULL, first, times);
    story_same(f, 7, tied, same, again);
    for (uint32_t i = 0; i < 7; i++) {
        assert_int_equal(first[i], i == 0 || i == 6 ? i : 1);
        assert_int_equal(same[i], tied[i] || i == 0 || i == 6 ? i : 1);
    }
    assert_int_equal(times[1], 5);
    assert_int_equal(again[1], 3);
    sst_arena arena;
    arena_init(&arena, 0);
    const story_edge given[] = {{0, 1, 0.5f}, {1, 6, 0.25f}};
    const story_edge want[] = {{0, 1, 0.5f},  {0, 2, 0.5f}, {0, 5, 0.5f},  {1, 2, 1},    {1, 5, 1},
                               {1, 6, 0.25f}, {2, 5, 1},    {2, 6, 0.25f}, {5, 6, 0.25f}};
    story_edge *edge = NULL;
    assert_int_equal(story_untwin(7, first, same, given, 2, &arena, &edge, &edge_n), SST_OK);
    assert_int_equal(edge_n, sizeof want / sizeof *want);
    for (uint32_t e = 0; e < edge_n; e++) {
        assert_int_equal(edge[e].a, want[e].a);
        assert_int_equal(edge[e].b, want[e].b);
        assert_true(edge[e].weight == want[e].weight);
    }
    assert_int_equal(story_untwin(7, first, first, given, 2, &arena, &edge, &edge_n), SST_OK);
    assert_int_equal(edge_n, 2); /* without ties as they came */
    arena_release(&arena);
}

static void a_story_of_hundreds_is_not_cut(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    for (uint32_t i = 0; i < BENCH_MOST; i++) {
        char id[16], published[32], body[512];
        snprintf(id, sizeof id, "r%u", i);
        snprintf(published, sizeof published, "2031-07-01T%02u:%02u:00Z", 6 + i / 60, i % 60);
        snprintf(
            body, sizeof body,
            "The Brackwater bridge fell into the Morrow river on Tuesday. Engineer Halvard "
            "Quist of the Ostmark Railway had warned of its pillars, and divers search the "
            "water for a barge. Witness%u qa%u told of a sound, qb%u of dust, qc%u of nothing.",
            i, i * 7, i * 13, i * 29);
        bench_add(&b, id, "", published, "Brackwater bridge falls into river", body);
    }
    uint32_t n;
    sst_story *v = group(&b, NULL, &n);
    assert_int_equal(n, 1);
    assert_int_equal(v[0].article_n, BENCH_MOST);
    bench_release(&b);
}

static void a_pair_is_explained(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    add_steps(&b);
    uint32_t story_of[] = {0, 0, 1, 1, 2};
    story_between x;
    assert_int_equal(story_explain(b.v, b.n, story_of, 0, 2, SST_GRAIN_EVENT, &b.arena, &x),
                     SST_OK);
    story_features f, g;
    assert_int_equal(story_features_make(b.v[0], &b.arena, &f), SST_OK);
    assert_int_equal(story_features_make(b.v[2], &b.arena, &g), SST_OK);
    assert_true(x.score == story_similarity(&f, &g) && x.score < x.words && x.time < 1);
    assert_true(x.twin == 1 && x.series.n == 0);
    assert_true(x.shared_n > 0 && x.shared_n <= 12);
    for (uint32_t i = 0; i < x.shared_n; i++)
        assert_true(bench_at(&b, 0, x.shared[i].a).n > 0 && bench_at(&b, 2, x.shared[i].b).n > 0);
    assert_true(x.a.nearest == 2 || x.a.nearest == 3);
    assert_true(x.b.nearest == 0 || x.b.nearest == 1);
    assert_true(x.a.to_other > 0 && x.a.to_other <= x.a.nearest_score);
    bench_release(&b);
}

static void add_in(bench *b, const char *lang, const char *id, const char *title, const char *body)
{
    bench_add(b, id, "", "2031-05-06T09:00:00Z", title, body);
    b->article[b->n - 1]->lang = str_of(lang);
    assert_int_equal(text_analyse(b->article[b->n - 1], &b->arena, &b->text[b->n - 1]), SST_OK);
}

static void one_event_in_four_languages_is_one_story(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    add_in(&b, "en", "en1", "Ferry Halvorsen runs aground off Brennmark, 214 rescued",
           "The ferry Halvorsen ran aground off Brennmark early on Tuesday with 214 people on "
           "board, the coast guard of Norrland said. Captain Ingrid Solberg told Radio Brennmark "
           "that the steering had failed near Kaldvik. The shipping line Nordlinje said 31 crew "
           "were brought ashore at Kaldvik.");
    add_in(&b, "de", "de1", "Fähre „Halvorsen“ vor Brennmark auf Grund: 214 Menschen gerettet",
           "Die Fähre Halvorsen ist am frühen Dienstag vor Brennmark mit 214 Menschen an Bord auf "
           "Grund gelaufen, teilte die Küstenwache von Norrland mit. Kapitänin Ingrid Solberg "
           "sagte Radio Brennmark, die Steuerung sei bei Kaldvik ausgefallen. Die Reederei "
           "Nordlinje brachte 31 Leute der Besatzung in Kaldvik an Land.");
    add_in(&b, "fr", "fr1", "Le ferry Halvorsen s’échoue au large de Brennmark",
           "Le ferry Halvorsen s’est échoué mardi au large de Brennmark avec 214 personnes à "
           "bord, ont annoncé les garde-côtes de Norrland. La commandante Ingrid Solberg a dit à "
           "Radio Brennmark que la barre avait lâché près de Kaldvik. La compagnie Nordlinje a "
           "débarqué 31 marins à Kaldvik.");
    add_in(&b, "es", "es1", "El ferry Halvorsen encalla frente a Brennmark con 214 personas",
           "El ferry Halvorsen encalló el martes frente a Brennmark con 214 personas a bordo, "
           "informó la guardia costera de Norrland. La capitana Íngrid Solberg dijo a Radio "
           "Brennmark que el timón falló cerca de Kaldvik. La naviera Nordlinje llevó a tierra "
           "en Kaldvik a 31 tripulantes.");
    add_in(&b, "en", "en2", "Norrland parliament votes on harbour tax",
           "Parliament in Norrland voted on Tuesday for a tax on harbours. Transport minister "
           "Pedro Almeida defended the law for hours. Opposition leader Tove Lind said fishermen "
           "in Brennmark would pay for it. The vote was 88 to 61.");
    add_in(&b, "de", "de2", "Parlament von Norrland stimmt über Hafensteuer ab",
           "Das Parlament von Norrland hat am Dienstag für eine Steuer auf Häfen gestimmt. "
           "Verkehrsminister Pedro Almeida verteidigte das Gesetz. Oppositionsführerin Tove Lind "
           "sagte, die Fischer in Brennmark müssten zahlen. Das Ergebnis war 88 zu 61.");
    add_in(&b, "es", "es2", "El Brennmark gana la copa en los penaltis",
           "El Brennmark ganó la copa de Norrland en los penaltis ante el Ostermund. El portero "
           "Iker Duarte paró dos lanzamientos y el entrenador Mateo Rubio habló de una noche "
           "histórica. Más de 9000 aficionados celebraron el título hasta la madrugada.");
    uint32_t n;
    sst_story *v = group(&b, NULL, &n);
    assert_int_equal(n, 3);
    assert_true(together(v, n, 0, 1) && together(v, n, 0, 2) && together(v, n, 0, 3));
    assert_true(together(v, n, 4, 5));
    assert_false(together(v, n, 0, 4));
    assert_false(together(v, n, 0, 6)); /* the places alone are no event */
    bench_release(&b);
}

/* A page of the day's news in brief, and the reports of each piece of news. */
static void a_round_up_joins_no_stories(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    static const char *const news[4][3] = {
        {"Ferry Halvorsen runs aground off Brennmark",
         "The ferry Halvorsen ran aground off Brennmark with 214 people on board, the coast guard "
         "said.",
         "Captain Ingrid Solberg blamed the steering of the ferry Halvorsen, which lies off "
         "Brennmark."},
        {"Parliament of Norrland votes for harbour tax",
         "Parliament in Norrland voted for a tax on harbours after hours of debate.",
         "The harbour tax of Norrland will cost fishermen dearly, opposition leader Tove Lind "
         "said."},
        {"Avalanche buries road to Tarn Valley",
         "An avalanche buried the road to Tarn Valley and cut off two villages for the night.",
         "Ranger Odile Farn said the avalanche above Tarn Valley came down without warning."},
        {"Painting stolen from museum in Quellin",
         "Thieves stole a painting from the museum in Quellin in broad daylight.",
         "Curator Enno Vask said the stolen painting was the pride of the museum in Quellin."}};
    char all[2000] = "";
    for (uint32_t e = 0; e < 4; e++) {
        for (uint32_t k = 1; k <= 2; k++) {
            char id[16], body[500];
            snprintf(id, sizeof id, "e%u%u", e, k);
            snprintf(body, sizeof body, "%s. %s %s", news[e][0], news[e][k], news[e][1]);
            bench_add(&b, id, "", "2031-05-06T09:00:00Z", news[e][0], body);
        }
        strcat(all, news[e][1]);
        strcat(all, "\n\n");
        strcat(all, news[e][2]);
        strcat(all, "\n\n");
    }
    bench_add(&b, "brief", "", "2031-05-06T20:00:00Z", "The day in brief", all);
    uint32_t n;
    sst_story *v = group(&b, NULL, &n);
    for (uint32_t e = 0; e < 4; e++) {
        assert_true(together(v, n, 2 * e, 2 * e + 1));
        for (uint32_t f = 0; f < e; f++)
            assert_false(together(v, n, 2 * e, 2 * f));
    }
    bench_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twins_of_a_series_stay_apart),
        cmocka_unit_test(a_tally_is_no_series),
        cmocka_unit_test(endings_and_elided_articles_do_not_part_words),
        cmocka_unit_test(finer_grains_are_parts_of_wider_ones),
        cmocka_unit_test(ties_are_respected),
        cmocka_unit_test(the_same_text_twice_can_be_parted),
        cmocka_unit_test(tied_twins_stand_for_themselves),
        cmocka_unit_test(a_story_of_hundreds_is_not_cut),
        cmocka_unit_test(a_pair_is_explained),
        cmocka_unit_test(one_event_in_four_languages_is_one_story),
        cmocka_unit_test(a_round_up_joins_no_stories),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
