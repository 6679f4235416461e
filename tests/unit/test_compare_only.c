/* compare: what one report alone has, and how sure that is. All texts are invented. */
#include "compare_bench.h"

#include "compare_furniture.h"
#include "unit_text.h"

static void reprints_have_nothing_alone_twice(void **state)
{
    (void)state;
    run *r = new_run();
    const char *wire = "A freight train left the rails near Brackwater on Tuesday and spilled "
                       "grain over two roads.\n\n"
                       "Inspector Halvard Quist looked at a switch that had been repaired twice "
                       "since the spring.\n\n"
                       "Nobody was hurt, the operator said, but the line to Ostmark will stay "
                       "closed until the weekend.";
    bench_add(&r->b, "a", "Ostmark Post", "", "Train derails", wire);
    bench_add(&r->b, "b", "Morrow Herald", "", "Grain on the road", wire);
    bench_add(
        &r->b, "c", "Gull Radio", "", "Train off the rails",
        "Children gathered grain from the road at Brackwater after a train had left the rails.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_int_equal(r->f.origin_n, 2);
    assert_true(only_has(r, 0, "Halvard Quist"));
    assert_false(only_has(r, 1, "Halvard Quist"));
    free_run(r);
}

/* A fuller form of a name that others have is no news; a few new words are not surely any. */
static void what_may_be_told_elsewhere_is_not_sure(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Skipper sentenced",
              "A skipper was sentenced to nine months in Halden on Monday.\n\n"
              "Orrin Tobias Vale, 41, was the first smuggler of the gang to be sentenced.\n\n"
              "Prosecutor Mabel Strake said that 27 crates of brandy from Penmark were still "
              "missing.\n\nThe trial had seemed endless.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T09:00:00Z", "Nine months for skipper",
              "A judge in Halden on Monday gave a skipper nine months.\n\n"
              "Orrin Vale, 41, is the first of the gang of smugglers to be sentenced.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_false(only_has(r, 0, "Orrin Tobias Vale"));
    assert_true(surely_only(r, 0, "Mabel Strake"));
    assert_true(only_has(r, 0, "endless"));
    assert_false(surely_only(r, 0, "endless"));
    free_run(r);
}

/* Labels, credits and posts of a page that ran into a sentence. */
static void what_runs_into_a_sentence_is_not_shown(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Ferry runs aground",
              "A ferry ran aground off Selby Cove on Monday.\n\n"
              "HARBOUR IN FLAMES Passenger Hugo Farrant says he warned Penmark of brittle ropes "
              "and leaking valves.\n\n"
              "REUTERS Captain Ines Calloway has sailed from Dunholt to Ilmere with forty goats "
              "aboard.\n\n"
              "Talks with engineers from Thornwick go on in Carsby \u201CWe will lift her with "
              "three cranes.\n\n"
              "Engineer Tobias Renn of Aldersea counted 61 rivets in the hull.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T09:00:00Z", "Ferry aground",
              "A ferry ran aground off Selby Cove on Monday morning.\n\nGulls sat on the rail.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_true(surely_only(r, 0, "Tobias Renn"));
    assert_false(only_has(r, 0, "Farrant"));
    assert_false(only_has(r, 0, "Calloway"));
    assert_false(only_has(r, 0, "cranes"));
    free_run(r);
}

/* Lines that are no prose of the report: turns and credits, telephone numbers, another language. */
static void what_is_no_prose_of_a_report_is_not_shown(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Ferry runs aground",
              "A ferry ran aground off Selby Cove on Monday.\n\n"
              "FARRANT: That was Ines Calloway with the latest from the quay in Dunholt.\n\n"
              "(Edda Crane/Gull Pictures) During the rescue in Penmark the mate Odo Kell mocked "
              "the captain before 40 guests.\n\n"
              "Anyone who lost luggage aboard may call the office of Thornwick Lines on 0300 555 "
              "0 142 at any hour.\n\n"
              "Wer Hilfe braucht, erreicht den Seelsorger Jost Amsel unter der Nummer des "
              "Hafenamts Ilmere.\n\n"
              "22/30 Divers of Odo Kell lift a bronze bell of 1811 off the wreck near Carsby.\n\n"
              "Salvage 101: Ostmark Post tells you what 37 divers, Edda Crane and Odo Kell know "
              "of tides.\n\n"
              "LONDON: Engineer Tobias Renn of Aldersea counted 61 rivets in the hull of the ferry "
              "aground off Selby Cove.\n\n"
              "The yard of Mabel Strake built 27 ferries of the kind between 1939-1945 and "
              "1951-1960.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T09:00:00Z", "Ferry aground",
              "A ferry ran aground off Selby Cove on Monday morning.\n\nFerries of the yard have "
              "hulls with rivets.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_true(surely_only(r, 0, "Tobias Renn"));
    assert_true(surely_only(r, 0, "Mabel Strake"));
    assert_false(only_has(r, 0, "Calloway"));
    assert_false(only_has(r, 0, "Odo Kell"));
    assert_false(only_has(r, 0, "Thornwick"));
    assert_false(only_has(r, 0, "Amsel"));
    assert_false(only_has(r, 0, "Salvage 101"));
    assert_false(only_has(r, 0, "bronze bell"));
    free_run(r);
}

/* Words near the same words ("barred", "prevented"; "burial", "funeral") tell it in part. */
static void near_words_make_it_less_sure(void **state)
{
    (void)state;
    const char *other[] = {
        "Fishermen were angry, as the doctors prevented relatives from entering the funeral.",
        "Gulls sat on the rail, and a small dog slept in the shade of the winch until noon."};
    float weight[2] = {0, 0};
    for (int k = 0; k < 2; k++) {
        run *r = new_run();
        bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Ferry runs aground",
                  "A ferry ran aground off Selby Cove on Monday.\n\n"
                  "Physician Orla Venn barred furious kin from attending the burial.");
        bench_add(&r->b, "b", "Gull Radio", "2031-05-06T09:00:00Z", "Ferry aground", other[k]);
        compare_stage(r, SST_STAGE_COMPARE);
        for (uint32_t i = 0; i < r->f.only_n; i++)
            for (uint32_t x = 0; r->f.only[i].article == 0 && x < r->f.only[i].place_n; x++)
                if (str_find(bench_at(&r->b, 0, r->f.only[i].places[x].at), STR("Orla Venn")) >= 0)
                    weight[k] = r->f.only[i].weight[x];
        free_run(r);
    }
    assert_true(weight[1] > 0);
    assert_true(weight[0] < 0.8f * weight[1]);
}

/* The next item of a round-up shares nothing with the other reports. */
static void another_matter_is_not_surely_news(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Morning letter",
              "A ferry ran aground off Selby Cove on Monday.\n\n"
              "Engineer Tobias Renn of Aldersea counted 61 rivets in the hull of the ferry at "
              "Selby Cove.\n\n"
              "A gardener grew a gooseberry of rare weight in the north.\n\n"
              "She had watered it with cold tea since the winter.\n\n"
              "Mildred Okafor of Thornwick sang nine ballads at the fair.\n\n"
              "The crowd wanted more, but the lamps went out.\n\n"
              "A locksmith found 14 brass buttons in a drawer at Penmark.\n\n"
              "Nobody knows whose uniform they once held together.\n\n"
              "Bakers in Ilmere meanwhile twist their dough to the left.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T09:00:00Z", "Ferry aground",
              "A ferry ran aground off Selby Cove on Monday morning.\n\nGulls sat on the rail of "
              "the ferry, and engineers looked at the hull.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_true(surely_only(r, 0, "Tobias Renn"));
    assert_true(only_has(r, 0, "Mildred Okafor"));
    assert_false(surely_only(r, 0, "Mildred Okafor"));
    free_run(r);
}

/* A number of a kind and size that nobody else has is news; one near another's may be the same
 * thing counted anew. Much that is new in words alone is news as well. */
static void a_number_without_its_like_is_sure(void **state)
{
    (void)state;
    static const struct {
        const char *other;
        bool sure;
    } cases[] = {{"Gulls sat on the rail of the ferry, and a dog slept.", true},
                 {"The ferry has sailed some 12,000 hours, engineers say.", false},
                 {"The winch turned for 40 hours.", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        run *r = new_run();
        bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Ferry runs aground",
                  "A ferry ran aground off Selby Cove on Monday.\n\nNobody was hurt.\n\n"
                  "The pilot had 11,400 hours at sea.\n\n"
                  "Divers brought the rudder ashore beneath a wet tarpaulin shortly before the "
                  "evening tide.");
        bench_add(&r->b, "b", "Gull Radio", "2031-05-06T09:00:00Z", "Ferry aground",
                  "A ferry ran aground off Selby Cove on Monday.");
        bench_add(&r->b, "c", "Cove Daily", "2031-05-06T09:30:00Z", "Ferry aground",
                  arena_printf(&r->b.arena, "A ferry ran aground off Selby Cove on Monday.\n\n%s",
                               cases[i].other)
                      .p);
        compare_stage(r, SST_STAGE_COMPARE);
        assert_true(only_has(r, 0, "11,400 hours"));
        assert_int_equal(surely_only(r, 0, "11,400 hours"), cases[i].sure);
        assert_true(surely_only(r, 0, "tarpaulin"));
        free_run(r);
    }
}

/* What stands between marks is told where another report tells it in its own words. */
static void a_quotation_told_in_prose_is_not_sure(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Ferry runs aground",
              "A ferry ran aground off Selby Cove on Monday.\n\n"
              "\u201CWe found forty bottles of smuggled brandy in the wheelhouse behind the "
              "compass,\u201D Constable Orla Venn said.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T09:00:00Z", "Ferry aground",
              "A ferry ran aground off Selby Cove on Monday morning.\n\nForty bottles of smuggled "
              "brandy stood behind the compass in the wheelhouse, police say.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_false(surely_only(r, 0, "smuggled"));
    free_run(r);
}

/* An outlet speaks of itself to its readers; "Sunday" is not the Sun. */
static void an_outlet_is_named_by_whole_words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool own;
    } cases[] = {{"Follow your team with the Sun all week.", true},
                 {"Ferries that take your car leave on Sunday at noon.", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unit_text u;
        unit_text_init(&u, cases[i].text, INT64_MIN, ROLE_BODY);
        u.article.outlet = STR("sun.example");
        u.text.article = &u.article;
        assert_int_equal(compare_is_furniture(&u.text, 0, u.text.sent[0].end), cases[i].own);
        unit_text_release(&u);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reprints_have_nothing_alone_twice),
        cmocka_unit_test(what_may_be_told_elsewhere_is_not_sure),
        cmocka_unit_test(what_runs_into_a_sentence_is_not_shown),
        cmocka_unit_test(what_is_no_prose_of_a_report_is_not_shown),
        cmocka_unit_test(near_words_make_it_less_sure),
        cmocka_unit_test(a_number_without_its_like_is_sure),
        cmocka_unit_test(another_matter_is_not_surely_news),
        cmocka_unit_test(a_quotation_told_in_prose_is_not_sure),
        cmocka_unit_test(an_outlet_is_named_by_whole_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
