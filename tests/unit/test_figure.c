/* Figures: what is one and what belongs to it; rows of a story and how their values differ. */
#include "unit_text.h"

#include <math.h>

#include "figure_inner.h"

typedef struct figure_case {
    const char *text;
    const char *figure; /* the first figure as it stands; NULL: none */
    double value, high;
    const char *unit; /* NULL: not looked at */
    uint8_t bound, change;
} figure_case;

static const figure_case cases[] = {
    {"Storms have killed at least 4,139 islanders.", "at least 4,139 islanders", 4139, 4139,
     "islanders", BOUND_AT_LEAST, 0},
    {"More than 27 million passengers used the ferry.", "More than 27 million passengers", 27e6,
     27e6, NULL, BOUND_MORE_THAN, 0},
    {"Officials say some 400 sheep have drowned.", "some 400 sheep", 400, 400, NULL, BOUND_ABOUT,
     0},
    {"Nearly 70 goats escaped.", "Nearly 70 goats", 70, 70, NULL, BOUND_ABOUT, 0},
    {"Up to 60 lamps were lit.", "Up to 60 lamps", 60, 60, NULL, BOUND_AT_MOST, 0},
    {"Fewer than 12 votes were cast.", "Fewer than 12 votes", 12, 12, NULL, BOUND_LESS_THAN, 0},
    {"No more than 12 votes were cast.", "No more than 12 votes", 12, 12, NULL, BOUND_AT_MOST, 0},
    {"Donors gave $100 million or more to the fund.", "$100 million or more", 100e6, 100e6,
     "dollar", BOUND_AT_LEAST, 0},
    {"A total of 51 were taken to hospital.", "A total of 51", 51, 51, NULL, BOUND_EXACT, 0},
    {"The offer of $82 a share was refused.", "$82 a share", 82, 82, "dollar per share",
     BOUND_EXACT, 0},
    {"The offer of $82 per Harbour share was refused.", "$82 per Harbour share", 82, 82,
     "dollar per share", BOUND_EXACT, 0},
    {"The $70-a-share offer was refused.", "$70-a-share", 70, 70, "dollar per share", BOUND_EXACT,
     0},
    {"It was sold for £3bn.", "£3bn", 3e9, 3e9, "pound sterling", BOUND_EXACT, 0},
    {"It was sold for US$5 million.", "US$5 million", 5e6, 5e6, "dollar", BOUND_EXACT, 0},
    {"It was sold for 40 million euros.", "40 million euros", 40e6, 40e6, "euro", BOUND_EXACT, 0},
    {"They hope for $3 billion to $5 billion.", "$3 billion to $5 billion", 3e9, 5e9, "dollar",
     BOUND_EXACT, 0},
    {"Prices may rise between 5% and 6% this year.", "between 5% and 6%", 5, 6, "percentage",
     BOUND_EXACT, 0},
    {"Shares in the ferry line fell 4.3 percent.", "4.3 percent", 4.3, 4.3, "percentage",
     BOUND_EXACT, BOUND_DOWN},
    {"Sales rose by 12 per cent.", "12 per cent", 12, 12, "percentage", BOUND_EXACT, BOUND_UP},
    {"It had returns of negative 7 percent.", "negative 7 percent", -7, -7, "percentage",
     BOUND_EXACT, 0},
    {"The 10-month conflict goes on.", "10-month", 10, 10, "month", BOUND_EXACT, 0},
    {"A 16-year-old girl was charged.", "16-year-old", 16, 16, "year of age", BOUND_EXACT, 0},
    {"Orla Finch, 34, was on the boat.", "34", 34, 34, "year of age", BOUND_EXACT, 0},
    {"A two-car tram left the rails.", "two-car", 2, 2, NULL, BOUND_EXACT, 0},
    {"The nine-engine rocket cores came down.", "nine-engine", 9, 9, "engine", BOUND_EXACT, 0},
    {"The Gulls ended a 5-11 season.", NULL, 0, 0, NULL, 0, 0},
    {"Some 10-15 people left.", "Some 10-15 people", 10, 15, NULL, BOUND_ABOUT, 0},
    {"The limit is 12 mph on the curve.", "12 mph", 12, 12, "mile per hour", BOUND_EXACT, 0},
    /* so many of so many are a share; "seven out of 16" counts */
    {"Four in 10 voters like her.", "Four in 10", 40, 40, "percentage", BOUND_EXACT, 0},
    {"One of every five shops closed.", "One of every five", 20, 20, "percentage", BOUND_EXACT, 0},
    {"She saw one in 2019.", NULL, 0, 0, NULL, 0, 0},
    {"Prices fell by a fifth.", "a fifth", 0.2, 0.2, NULL, BOUND_EXACT, BOUND_DOWN},
    {"It took a year and a half.", "a year and a half", 1.5, 1.5, "year", BOUND_EXACT, 0},
    {"The error is plus or minus 2.5 percentage points.", "2.5 percentage points", 2.5, 2.5,
     "percentage point", BOUND_EXACT, 0},
    {"She asked them from Oct. 8 to 12.", NULL, 0, 0, NULL, 0, 0},
    {"They heard that 1,200 of them had to leave.", "1,200", 1200, 1200, NULL, BOUND_EXACT, 0},
    {"In the hall nobody spoke; nine abstained.", "nine", 9, 9, NULL, BOUND_EXACT, 0},
    {"A quake of magnitude 6.8 woke all.", "magnitude 6.8", 6.8, 6.8, "magnitude", BOUND_EXACT, 0},
    {"It rose by a quarter of a percentage point.", "a quarter of a percentage point", 0.25, 0.25,
     "percentage point", BOUND_EXACT, BOUND_UP},
    {"They must cut their use by a fifth.", "a fifth", 0.2, 0.2, NULL, BOUND_EXACT, 0},
    {"Of the 210,000 who came few left.", "210,000", 210000, 210000, NULL, BOUND_EXACT, 0},
    {"The number of guards has risen to 1,300.", "1,300", 1300, 1300, "guards", BOUND_EXACT, 0},
    {"They said one couple lost it all.", "one couple", 1, 1, "couple", BOUND_EXACT, 0},
    {"It is 3.8 billion light-years away.", "3.8 billion light-years", 3.8e9, 3.8e9, "light year",
     BOUND_EXACT, 0},
    {"The plant makes 5 MW of power.", "5 MW", 5, 5, "megawatt", BOUND_EXACT, 0},
    {"It was 30 degrees Celsius at noon.", "30 degrees Celsius", 30, 30, "celsius", BOUND_EXACT, 0},
    {"Networks are 10 to 100 times faster.", "10 to 100 times", 10, 100, "times", BOUND_EXACT, 0},
    {"It was his ninth visit to the island.", "ninth visit", 9, 9, NULL, BOUND_EXACT, 0},
    {"He is the 45th mayor of the town.", "45th mayor", 45, 45, NULL, BOUND_EXACT, 0},
    {"She infringed six of its patents.", "six of its patents", 6, 6, NULL, BOUND_EXACT, 0},
    {"There were four fire and rescue crews.", "four fire and rescue crews", 4, 4, NULL,
     BOUND_EXACT, 0},
    {"The talks lasted 2½ hours.", "2½ hours", 2.5, 2.5, "hour", BOUND_EXACT, 0},
    {"Flocks grew sixfold.", "sixfold", 6, 6, "times", BOUND_EXACT, BOUND_UP},
    {"One derailment was recorded.", "One derailment", 1, 1, NULL, BOUND_EXACT, 0},
    {"It was roughly between six or 10 in all.", "roughly between six or 10", 6, 10, NULL,
     BOUND_ABOUT, 0},
    {"The death toll from the flood has risen to eight, she said.", "eight", 8, 8, NULL,
     BOUND_EXACT, 0},
    {"The number of injured stood at forty on Sunday.", "forty", 40, 40, NULL, BOUND_EXACT, 0},
    {"The toll rose to at least nine.", "at least nine", 9, 9, NULL, BOUND_AT_LEAST, 0},
    {"He rose to one of the posts.", NULL, 0, 0, NULL, 0, 0},
    {"She rose to four.", NULL, 0, 0, NULL, 0, 0},
    {"The guards freed 21 of the more than 200 sailors.", "21", 21, 21, "sailors", BOUND_EXACT, 0},
    {"One of the boats sank.", NULL, 0, 0, NULL, 0, 0},
    {"The first letter was sent.", NULL, 0, 0, NULL, 0, 0},
    {"The second letter was sent.", NULL, 0, 0, NULL, 0, 0},
    {"They met in the 21st century.", NULL, 0, 0, NULL, 0, 0},
    {"See Chapter 4 for more.", NULL, 0, 0, NULL, 0, 0},
    {"The G7 and 5G were the topics.", NULL, 0, 0, NULL, 0, 0},
    {"They won 3-1 on 7 October.", NULL, 0, 0, NULL, 0, 0},
    {"The Harbinger 737 took off in 2015.", NULL, 0, 0, NULL, 0, 0},
    {"Three Heron 9 rockets stand there; the Heron 9 is old.", "Three Heron", 3, 3, NULL,
     BOUND_EXACT, 0},
    {"All Heron 9 rockets stand there; no Heron 9 flies.", NULL, 0, 0, NULL, 0, 0},
    {"It waits on Pad 39A by the shore.", NULL, 0, 0, NULL, 0, 0},
    {"The Long March 4C rolled out.", NULL, 0, 0, NULL, 0, 0},
    {"The council settled around two plans.", "two plans", 2, 2, NULL, BOUND_EXACT, 0},
    {"The toll was revised up to 371 sheep.", "371 sheep", 371, 371, NULL, BOUND_EXACT, 0},
    {"It roars like 18 Harbinger 747 jets.", NULL, 0, 0, NULL, 0, 0},
    {"There were about two plans.", "about two plans", 2, 2, NULL, BOUND_ABOUT, 0},
    {"The mother-of-two Orla Finch was on the boat.", NULL, 0, 0, NULL, 0, 0},
};

static void figures(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const figure_case *c = &cases[i];
        unit_text u;
        sst_figures f;
        unit_text_init(&u, c->text, INT64_MIN, ROLE_BODY);
        assert_int_equal(figure_find(&u.text, NULL, &u.arena, &f), SST_OK);
        if (!c->figure) {
            if (f.n)
                print_error("%s: a figure too many\n", c->text);
            assert_int_equal(f.n, 0);
        } else {
            if (!f.n)
                print_error("%s: no figure\n", c->text);
            assert_true(f.n >= 1);
            sst_str at = str_span(u.text.s, f.v[0].at);
            if (!str_eq(at, str_of(c->figure)) || f.v[0].bound != c->bound ||
                f.v[0].change != c->change || (c->unit && !str_eq(f.v[0].unit, str_of(c->unit))))
                print_error("%s: found '%.*s' %g %g %.*s %s %d\n", c->text, (int)at.n, at.p,
                            f.v[0].value, f.v[0].high, (int)f.v[0].unit.n, f.v[0].unit.p,
                            figure_bound_name(f.v[0].bound), f.v[0].change);
            assert_true(str_eq(at, str_of(c->figure)));
            assert_true(fabs(f.v[0].value - c->value) <= 1e-9 * fabs(c->value));
            assert_true(fabs(f.v[0].high - c->high) <= 1e-9 * fabs(c->high));
            assert_int_equal(f.v[0].bound, c->bound);
            assert_int_equal(f.v[0].change, c->change);
            if (c->unit)
                assert_true(str_eq(f.v[0].unit, str_of(c->unit)));
        }
        unit_text_release(&u);
    }
}

/* What stands behind the first figure of a sentence. */
static void later_figures(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t n;
        const char *figure;
        double value;
        uint8_t bound;
    } later[] = {
        /* a tally of votes is two counts, a score none */
        {"The house voted 174-161 for it.", 2, "161", 161, BOUND_EXACT},
        {"The Gulls won 3-1 at home before 900 people.", 1, "900 people", 900, BOUND_EXACT},
        /* how long an amount took, and what lasted longer */
        {"Wages rise by 9 percent over two years.", 2, "two years", 2, BOUND_EXACT},
        {"It cost $9 million and stood for over two years.", 2, "over two years", 2,
         BOUND_MORE_THAN},
    };
    for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
        unit_text u;
        sst_figures f;
        unit_text_init(&u, later[i].text, INT64_MIN, ROLE_BODY);
        assert_int_equal(figure_find(&u.text, NULL, &u.arena, &f), SST_OK);
        assert_int_equal(f.n, later[i].n);
        const sst_figure *last = &f.v[f.n - 1];
        sst_str at = str_span(u.text.s, last->at);
        if (!str_eq(at, str_of(later[i].figure)))
            print_error("%s: '%.*s'\n", later[i].text, (int)at.n, at.p);
        assert_true(str_eq(at, str_of(later[i].figure)));
        assert_true(last->value == later[i].value);
        assert_int_equal(last->bound, later[i].bound);
        unit_text_release(&u);
    }
}

/* Captions and credits hold no figures. */
static void roles(void **state)
{
    (void)state;
    unit_text u;
    sst_figures f;
    unit_text_init(&u, "At least 40 people were hurt.", INT64_MIN, ROLE_CAPTION);
    assert_int_equal(figure_find(&u.text, NULL, &u.arena, &f), SST_OK);
    assert_int_equal(f.n, 0);
    unit_text_release(&u);
}

static void source_and_time(void **state)
{
    (void)state;
    unit_text u;
    sst_figures f;
    unit_text_init(&u,
                   "As of Monday, 31 people were missing, according to the coast guard.\n"
                   "The ferry workers’ union said five posts were empty.",
                   1724155200, ROLE_BODY);
    assert_int_equal(figure_find(&u.text, NULL, &u.arena, &f), SST_OK);
    assert_int_equal(f.n, 2);
    assert_string_equal(f.v[0].as_of_iso, "2024-08-19");
    assert_int_equal(f.v[0].said_by.n, 1);
    assert_true(str_eq(str_span(u.text.s, f.v[0].said_by.v[0]), STR("the coast guard")));
    assert_int_equal(f.v[1].said_by.n, 1);
    assert_true(str_eq(str_span(u.text.s, f.v[1].said_by.v[0]), STR("The ferry workers’ union")));
    unit_text_release(&u);
}

/* ------------------------------------------------------------------ rows */

#define STORY_MAX 4

typedef struct story {
    unit_text u[STORY_MAX];
    sst_figures f[STORY_MAX];
    const sst_figures *all[STORY_MAX];
    sst_cast cast;
    sst_figure_row *row;
    uint32_t row_n, n;
} story;

static void story_init(story *s, const char *const *texts, const char *const *outlets, uint32_t n)
{
    memset(s, 0, sizeof *s);
    s->n = n;
    for (uint32_t i = 0; i < n; i++) {
        unit_text_init(&s->u[i], texts[i], INT64_MIN, ROLE_BODY);
        s->u[i].article.outlet = str_of(outlets ? outlets[i] : NULL);
        assert_int_equal(figure_find(&s->u[i].text, NULL, &s->u[i].arena, &s->f[i]), SST_OK);
        s->all[i] = &s->f[i];
    }
    assert_int_equal(figure_rows(s->all, n, &s->cast, &s->u[0].arena, &s->row, &s->row_n), SST_OK);
}

static void story_release(story *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        unit_text_release(&s->u[i]);
}

/* Number of the row that holds the figure-th figure of an article. */
static uint32_t row_of(const story *s, uint32_t article, uint32_t figure)
{
    for (uint32_t r = 0; r < s->row_n; r++)
        for (uint32_t k = 0; k < s->row[r].value_n; k++)
            if (s->row[r].value[k].article == article && s->row[r].value[k].figure == figure)
                return r;
    fail();
    return 0;
}

static void rows_join(void **state)
{
    (void)state;
    const char *texts[] = {
        "The storm on Skellow Island killed at least 1,387 people, the governor said.\nMore than "
        "50 people were injured in the storm.",
        "About 1,400 people died in the storm on Skellow Island.\nDoctors treated 51 who were "
        "injured in the storm, which lasted three days.",
        "Skellow Island: the storm has killed more than 1,300 people since Sunday.\nA relief fund "
        "of $40 million was set up.",
    };
    story s;
    story_init(&s, texts, NULL, 3);
    /* the dead are one row, the injured another, and the money a third */
    assert_int_equal(row_of(&s, 0, 0), row_of(&s, 1, 0));
    assert_int_equal(row_of(&s, 0, 0), row_of(&s, 2, 0));
    assert_int_equal(row_of(&s, 0, 1), row_of(&s, 1, 1));
    assert_int_not_equal(row_of(&s, 0, 0), row_of(&s, 0, 1));
    assert_int_not_equal(row_of(&s, 2, 1), row_of(&s, 0, 0));
    /* every figure is in exactly one row */
    uint32_t values = 0, found = 0;
    for (uint32_t i = 0; i < s.n; i++)
        found += s.f[i].n;
    for (uint32_t r = 0; r < s.row_n; r++)
        values += s.row[r].value_n;
    assert_int_equal(values, found);
    story_release(&s);
}

typedef struct difference_case {
    const char *a, *b;
    const char *outlet_a, *outlet_b;
    uint8_t kind; /* 0: none */
} difference_case;

static const difference_case difference_cases[] = {
    {"The quake in Marrow killed 1,387 people.", "The quake in Marrow killed 1,387 people.", "", "",
     0},
    {"The quake in Marrow killed 1,387 people.", "The quake in Marrow killed about 1,400 people.",
     "", "", DIFFERENCE_ROUNDING},
    {"The quake in Marrow killed 1,387 people.",
     "The quake in Marrow killed at least 1,387 people.", "", "", DIFFERENCE_BOUND},
    {"The quake in Marrow killed 1,387 people.",
     "The quake in Marrow killed more than 1,300 people.", "", "", DIFFERENCE_BOUND},
    {"The quake in Marrow killed more than 100 people.",
     "The quake in Marrow killed at least 90 people.", "", "", DIFFERENCE_BOUND},
    {"The quake in Marrow killed up to 32 people.",
     "The quake in Marrow killed more than 30 people.", "", "", DIFFERENCE_BOUND},
    {"The quake in Marrow killed 80 people, according to police.",
     "The quake in Marrow killed at least 84 people, according to the mayor.", "", "",
     DIFFERENCE_SOURCE},
    {"The quake in Marrow killed 3 people.", "The quake in Marrow killed two or three people.", "",
     "", DIFFERENCE_BOUND},
    {"The quake in Marrow killed 12 people.", "The quake in Marrow killed 14 people.",
     "The Lantern", "The Lantern", DIFFERENCE_REVISION},
    {"As of 3 May 2021, the quake in Marrow killed 12 people.",
     "As of 4 May 2021, the quake in Marrow killed 14 people.", "", "", DIFFERENCE_AS_OF},
    {"The quake in Marrow killed 12 people, according to police.",
     "The quake in Marrow killed 14 people, according to the mayor.", "", "", DIFFERENCE_SOURCE},
    {"The quake in Marrow killed 12 people.", "The quake in Marrow killed 14 people.",
     "The Lantern", "The Bell", DIFFERENCE_UNEXPLAINED},
    {"On 3 May 2021, 900 homes in Marrow had no light.",
     "On 4 May 2021, 700 homes in Marrow had no light.", "", "", DIFFERENCE_AS_OF},
    {"Turnout in Marrow was 43 percent.", "Turnout in Marrow was 42.6 percent.", "", "",
     DIFFERENCE_ROUNDING},
    /* one size in two units; a share in words */
    {"Gusts of 92 mph hit Marrow.", "Gusts of 148 km/h hit Marrow.", "", "", 0},
    {"The fire in Marrow burnt 18,400 acres.", "The fire in Marrow burnt 7,450 hectares.", "", "",
     0},
    {"A shock 22 miles from Marrow woke all.", "A shock 36 km from Marrow woke all.", "", "",
     DIFFERENCE_ROUNDING},
    {"Turnout in Marrow was three in four.", "Turnout in Marrow was 73.6 percent.", "", "",
     DIFFERENCE_ROUNDING},
    /* degrees without a scale; steps of a rate */
    {"It was 104 degrees in Marrow.", "It was 40 degrees Celsius in Marrow.", "", "", 0},
    {"Marrow Bank raised its rate by 0.25 percentage point.",
     "Marrow Bank raised its rate by 25 basis points.", "", "", 0},
    /* 240,000 are not rounded to 200,000 */
    {"Some 240,000 homes in Marrow had no light.", "About 200,000 homes in Marrow had no light.",
     "", "", DIFFERENCE_UNEXPLAINED},
};

/* A toll that rises overnight is one of another time, also in one outlet; within the day it was
 * revised. */
static void tolls_of_other_days(void **state)
{
    (void)state;
    static const int64_t hour = 60 * 60;
    static const struct {
        int64_t apart;
        const char *later;
        uint8_t kind;
    } days[] = {
        {4, "The quake in Marrow killed 14 people.", DIFFERENCE_REVISION},
        {40, "The quake in Marrow killed 14 people.", DIFFERENCE_AS_OF},
        {40, "The quake in Marrow killed 9 people.", DIFFERENCE_REVISION},
    };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        const char *texts[] = {"The quake in Marrow killed 12 people.", days[i].later};
        unit_text u[2];
        sst_figures f[2];
        const sst_figures *all[] = {&f[0], &f[1]};
        sst_cast cast = {0};
        sst_figure_row *row;
        uint32_t row_n;
        for (int k = 0; k < 2; k++) {
            unit_text_init(&u[k], texts[k], 1900000000 + k * days[i].apart * hour, ROLE_BODY);
            u[k].article.outlet = STR("The Lantern");
            assert_int_equal(figure_find(&u[k].text, NULL, &u[k].arena, &f[k]), SST_OK);
        }
        assert_int_equal(figure_rows(all, 2, &cast, &u[0].arena, &row, &row_n), SST_OK);
        assert_int_equal(row_n, 1);
        assert_int_equal(row[0].difference_n, 1);
        assert_int_equal(row[0].difference[0].kind, days[i].kind);
        for (int k = 0; k < 2; k++)
            unit_text_release(&u[k]);
    }
}

static void differences(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof difference_cases / sizeof *difference_cases; i++) {
        const difference_case *c = &difference_cases[i];
        const char *texts[] = {c->a, c->b}, *outlets[] = {c->outlet_a, c->outlet_b};
        story s;
        story_init(&s, texts, outlets, 2);
        if (s.row_n != 1 || s.row[0].difference_n != (c->kind != 0) ||
            (c->kind && s.row[0].difference[0].kind != c->kind))
            print_error("%s | %s: %u rows, %s\n", c->a, c->b, s.row_n,
                        s.row[0].difference_n ? figure_difference_name(s.row[0].difference[0].kind)
                                              : "none");
        assert_int_equal(s.row_n, 1);
        assert_int_equal(s.row[0].difference_n, c->kind != 0);
        if (c->kind)
            assert_int_equal(s.row[0].difference[0].kind, c->kind);
        story_release(&s);
    }
}

/* The same amount in two units is one quantity; other quantities of one sentence are not. */
static void rows_of_one_sentence(void **state)
{
    (void)state;
    const char *texts[] = {"The line has 17 miles (27km) of track.\nThe fare rose from $3 to $4 in "
                           "town, and 3 people complained of 3 faults."};
    story s;
    story_init(&s, texts, NULL, 1);
    assert_int_equal(row_of(&s, 0, 0), row_of(&s, 0, 1));
    assert_int_equal(s.row[row_of(&s, 0, 0)].difference_n, 0);
    for (uint32_t r = 0; r < s.row_n; r++)
        if (r != row_of(&s, 0, 0))
            assert_int_equal(s.row[r].value_n, 1);
    story_release(&s);
}

/* Pairs of figures with other values: one quantity, or two that only look alike. */
static void other_values(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        uint32_t x, y; /* figures of a, of b */
        bool one;
    } pairs[] = {
        /* the toll of each article; a later count is of another place */
        {"A blast in Orrow killed 24 people.\nA fire in Tarn killed 31 people.",
         "A blast in Orrow killed 29 people.", 0, 0, true},
        {"A blast in Orrow killed 24 people.\nA fire in Tarn killed 31 people.",
         "A blast in Orrow killed 29 people.", 1, 0, false},
        /* parts are not the whole */
        {"The firm dismissed two other drivers.", "The firm dismissed three drivers.", 0, 0, false},
        {"The fire killed nine people.", "The other three people killed were named.", 0, 0, false},
        /* what was done to them is one verb */
        {"31 people were treated for cuts.", "36 people were treated for cuts by noon.", 0, 0,
         true},
        {"31 people were treated for cuts.", "36 people were invited to the hall.", 0, 0, false},
        /* a noun that an article counts twice is two things */
        {"She ran the club for two seasons.\nHe trained there for nine seasons.",
         "He coached the club for five seasons.", 0, 0, false},
        /* ordinals with other values are other things */
        {"It was the country's third missile test.", "It was the country's fourth missile test.", 0,
         0, false},
        /* no word says that the number is rounded */
        {"The boat has 27 engines.", "The old boat had 30 engines, and the new one has oars.", 0, 0,
         false},
        /* what is measured stands before it */
        {"The damage was put at 54 million dollars.",
         "The storm caused damage of 61 million dollars.", 0, 0, true},
        /* whose share it is, and what reached or took it */
        {"Turnout was 71 percent, the highest since independence in 1991.",
         "Turnout reached 72.3%, a record.", 0, 0, true},
        {"In Tarn the Lark Union took 34.5 percent and the Finch Front 9.1 percent.",
         "By noon the Lark Union stood at 35.1% of the count, the Finch Front at 8.8%.", 0, 0,
         true},
        {"In Tarn the Lark Union had 34.5 percent.", "In Tarn the Finch Front had 31.8 percent.", 0,
         0, false},
        {"The union won with 43 percent of the vote in Tarn.",
         "The union has won with 42.6% of the vote in Tarn.", 0, 0, true},
        /* the first amounts of two reports */
        {"A treasurer who stole almost £800,000 from a club was jailed.",
         "The treasurer defrauded the club of £794,000.", 0, 0, true},
        {"A treasurer who stole almost £800,000 from a club was jailed.",
         "The treasurer paid the club back £600,000.", 0, 0, false},
        /* an amount of many digits is met once in a story */
        {"Sales rose to $4.06 billion.", "It earned little on revenue of $4.06 billion.", 0, 0,
         true},
        {"Sales rose to $4 billion.", "It paid a fine of $4 billion once.", 0, 0, false},
        {"The damage was put at 54 million dollars.", "She sold a house for 61 million dollars.", 0,
         0, false},
        /* equal digits say more the more there are */
        {"Sales rose 8.5 percent.", "Turnover climbed by 8.5%.", 0, 0, true},
        {"The trustee found $9.2 million abroad.", "He has got back $9.2 million so far.", 0, 0,
         true},
        {"The club played 15 games.", "She coached for 15 seasons.", 0, 0, false},
        /* words for one thing; words for two amounts */
        {"The storm cut off 240,000 homes.", "The storm hit 238,600 customers.", 0, 0, true},
        {"Profit came to $312 million.", "It had revenue of $310 million.", 0, 0, false},
        /* what is said in an aside of those who are counted */
        {"Six drivers were arrested.", "Seven people, including two clerks, were arrested.", 0, 0,
         true},
        /* a share of a group is no share of all */
        {"Approval of her was 41 percent.", "Among women, approval of her was 45 percent.", 0, 0,
         false},
        /* a decimal and its rounding, and the same speed, without a word in common */
        {"The lakes are 31 percent full.", "By Sunday it stood at 31.4 percent of normal.", 0, 0,
         true},
        {"She sailed at 18 knots.", "The vessel was doing 33 kilometres per hour.", 0, 0, true},
        {"She sailed at 18 knots.", "The vessel was doing 39 kilometres per hour.", 0, 0, false},
        /* a share of an amount is another amount */
        {"It earned $312 million, or $1.42 a share.", "It earned $1.42 a share.", 0, 0, false},
        {"It earned $312 million, or $1.42 a share.", "It earned $1.42 a share.", 1, 0, true},
        /* the only amount of its size in both */
        {"The council gave $310,000 for the bridge.\nThe bridge is 9 years old.",
         "For the bridge they have $312,400.", 0, 0, true},
        {"The council gave $310,000 for the bridge and $300,000 for the pier.",
         "For the pier or the bridge they have $304,000.", 0, 0, false},
        /* "a further 420" are no rest of all */
        {"It cuts 1,200 jobs, 780 of them in Tarn.", "It cuts a further 420 jobs in Orrow.", 0, 0,
         false},
        /* other numbers beside them are the same */
        {"Of 8,260 goats 40 fell ill.", "Fever was seen in 40 of 8,260 goats.", 1, 0, true},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *texts[] = {pairs[i].a, pairs[i].b};
        story s;
        story_init(&s, texts, NULL, 2);
        bool one = row_of(&s, 0, pairs[i].x) == row_of(&s, 1, pairs[i].y);
        if (one != pairs[i].one)
            print_error("%s | %s\n", pairs[i].a, pairs[i].b);
        assert_int_equal(one, pairs[i].one);
        story_release(&s);
    }
}

/* A row whose amounts count no noun is named by the clause that leads to one of them. */
static void rows_are_named(void **state)
{
    (void)state;
    const char *texts[] = {
        "The law of Tarn led seven mills to bring back $312 billion from abroad.",
        "In Tarn the law brought back $312 billion."};
    story s;
    story_init(&s, texts, NULL, 2);
    uint32_t row = row_of(&s, 1, 0);
    assert_int_equal(row_of(&s, 0, 1), row);
    const sst_figure_row *r = &s.row[row];
    sst_str name = str_span(str_of(texts[r->counts_article]), r->counts);
    assert_true(str_find(name, STR("bring back $312 billion from abroad")) >= 0);
    story_release(&s);
}

/* Every unit of the table is found in it: what measures one thing can be put into one unit. */
static void units_have_sizes(void **state)
{
    (void)state;
    static const char *const same[][2] = {{"cubic foot", "cubic metre"},
                                          {"gallon", "litre"},
                                          {"century", "day"},
                                          {"acre", "hectare"},
                                          {"knot", "mile per hour"},
                                          {"yard", "centimetre"},
                                          {"year", "week"},
                                          {"ounce", "gram"}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_true(figure_measures(str_of(same[i][0])) > 0);
        assert_int_equal(figure_measures(str_of(same[i][0])), figure_measures(str_of(same[i][1])));
    }
    assert_int_equal(figure_measures((sst_str){NULL, 0}), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures),         cmocka_unit_test(roles),
        cmocka_unit_test(later_figures),   cmocka_unit_test(tolls_of_other_days),
        cmocka_unit_test(source_and_time), cmocka_unit_test(rows_join),
        cmocka_unit_test(differences),     cmocka_unit_test(rows_of_one_sentence),
        cmocka_unit_test(other_values),    cmocka_unit_test(rows_are_named),
        cmocka_unit_test(units_have_sizes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
