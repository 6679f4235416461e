/* compare: other words, house styles, and acts that are to come, done or off. All texts are
 * invented. */
#include "compare_bench.h"

/* The row with these two phrases, in either order; NULL: there is none. */
static const sst_wording *row_of(const run *r, const char *a, const char *b)
{
    for (uint32_t k = 0; k < r->f.wording_n; k++) {
        const sst_wording *w = &r->f.wording[k];
        sst_str x = bench_at(&r->b, w->a.article, w->a.at),
                y = bench_at(&r->b, w->b.article, w->b.at);
        if ((str_eq(x, str_of(a)) && str_eq(y, str_of(b))) ||
            (str_eq(x, str_of(b)) && str_eq(y, str_of(a))))
            return w;
    }
    return NULL;
}

static bool has(const run *r, const char *a, const char *b, sst_wording_kind kind)
{
    const sst_wording *w = row_of(r, a, b);
    return w && w->kind == kind;
}

/* One word, number or date written in two ways stands among the forms, whatever is around it. */
static void a_house_style_is_a_form(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Dam at Selby Cove",
              "The ceasefire between millers and fishermen of Selby Cove held on 6 May.\n\n"
              "Fees rose by 5 percent, the harbour centre said, and seven boats left.\n\n"
              "The president Ada Brook said the U.S. envoy analysed it for the Tarn Ltd. board.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T10:30:00Z", "Selby Cove dam",
              "In Selby Cove a cease-fire of fishermen and millers has held since May 6.\n\n"
              "According to the harbour center, 7 boats left when fees went up by 5%.\n\n"
              "The US envoy analyzed it, said President Ada Brook, for the Tarn Ltd board.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_true(has(r, "ceasefire", "cease-fire", WORDING_FORM));
    assert_true(has(r, "centre", "center", WORDING_FORM));
    assert_true(has(r, "analysed", "analyzed", WORDING_FORM));
    assert_true(has(r, "percent", "%", WORDING_FORM));
    assert_true(has(r, "seven boats", "7 boats", WORDING_FORM));
    assert_true(has(r, "6 May", "May 6", WORDING_FORM));
    assert_true(has(r, "U.S.", "US", WORDING_FORM));
    assert_true(has(r, "Ltd.", "Ltd", WORDING_FORM));
    assert_true(has(r, "president Ada Brook", "President Ada Brook", WORDING_FORM));
    for (uint32_t k = 1; k < r->f.wording_n; k++)
        assert_true(r->f.wording[k - 1].kind <= r->f.wording[k].kind);
    free_run(r);
}

/* No house style: who writes both; a verb and its noun; "us" and the U.S.; two words of one key. */
static void what_one_outlet_writes_both_ways_is_no_style(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Dam at Selby Cove",
              "The ceasefire held at Selby Cove. A second cease-fire failed.\n\n"
              "Millers made a comeback, and the U.S. envoy called twice.\n\n"
              "Fees Rose 7 Percent in five days on a 6-foot weir.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T10:30:00Z", "Selby Cove dam",
              "The cease-fire of Selby Cove is over.\n\n"
              "Fishermen come back at night and told us so in four hours.\n\n"
              "After 1 day fees had risen by 7 percent at the weir, which is 9 feet high.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_null(row_of(r, "Percent", "percent"));
    assert_null(row_of(r, "days", "day"));
    assert_null(row_of(r, "foot", "feet"));
    assert_null(row_of(r, "ceasefire", "cease-fire"));
    assert_null(row_of(r, "comeback", "come back"));
    assert_null(row_of(r, "U.S.", "us"));
    free_run(r);
}

/* Words near each other in aligned sentences, beside one word; a verb of saying for one utterance.
 */
static void other_words_for_one_thing_are_found(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Mill at Selby Cove",
              "Armed gunmen held nine captives in the old mill of Selby Cove for two days.\n\n"
              "\"We will rebuild the mill before the winter comes,\" Mayor Ada Brook insisted.\n\n"
              "The Halden migrants slept in a barn.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T10:30:00Z", "Selby Cove mill",
              "For two days armed militants held nine hostages in the old mill of Selby Cove.\n\n"
              "\"We will rebuild the mill before the winter comes,\" Mayor Ada Brook said.\n\n"
              "A bakery gave bread to the Halden refugees.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_true(has(r, "captives", "hostages", WORDING_WORDS));
    assert_true(has(r, "gunmen", "militants", WORDING_WORDS));
    assert_true(has(r, "migrants", "refugees", WORDING_WORDS));
    assert_true(has(r, "insisted", "said", WORDING_WORDS));
    free_run(r);
}

/* Versions of a quotation, other names, another ending and other days are no choice of words. */
static void what_is_another_difference_is_no_wording(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Ferry at Selby Cove",
              "\"The old ferry was a splendid friend to all of us here,\" captain Orrin Vale "
              "said.\n\n"
              "Soldiers brought sandbags from Halden to the old mill on the bank of the Tarn.\n\n"
              "The council of the valley met again on Monday to speak of the new dam.\n\n"
              "Engineers of the valley kept watching the slope above the dam all night.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T10:30:00Z", "Selby Cove ferry",
              "\"The old ferry was a wonderful friend to all of us here,\" captain Orrin Vale "
              "said.\n\n"
              "Soldiers brought sandbags from Brenn to the old mill on the bank of the Tarn.\n\n"
              "The council of the valley met again on Tuesday to speak of the new dam.\n\n"
              "Engineers of the valley kept watch the slope above the dam all night.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_null(row_of(r, "splendid", "wonderful"));
    assert_null(row_of(r, "Halden", "Brenn"));
    assert_null(row_of(r, "Monday", "Tuesday"));
    assert_null(row_of(r, "watching", "watch"));
    free_run(r);
}

typedef enum side { TO_COME, DONE, OFF } side;

static bool stands(const run *r, const sst_scheduled *e, side s, const char *words)
{
    const sst_place *v = s == TO_COME ? e->to_come : s == DONE ? e->done : e->off;
    uint32_t n = s == TO_COME ? e->to_come_n : s == DONE ? e->done_n : e->off_n;
    for (uint32_t i = 0; i < n; i++)
        if (str_find(bench_at(&r->b, v[i].article, v[i].at), str_of(words)) >= 0)
            return true;
    return false;
}

static bool one_act(const run *r, const char *a, side s, const char *b, side t)
{
    for (uint32_t k = 0; k < r->f.schedule_n; k++)
        if (stands(r, &r->f.schedule[k], s, a) && stands(r, &r->f.schedule[k], t, b))
            return true;
    return false;
}

/* An act is found by what it is called, also without a name beside it, and where it is called off.
 */
static void acts_are_found_by_their_nouns_and_rare_words(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(
        &r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Miller in court",
        "Miller Jon Sedge is due in court on Thursday over the flooded cellar of the mill.\n\n"
        "Bakers will lay a wreath at the sailors' memorial.\n\n"
        "The visit of Ada Brook to the smokehouse is planned for Friday.\n\n"
        "The council plans to cancel nothing else.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-10T07:00:00Z", "Miller heard",
              "Jon Sedge, the miller, appeared in court on Thursday over the flooded cellar.\n\n"
              "The bakers laid a wreath at the sailors' memorial on the quay.\n\n"
              "Ada Brook's visit to the smokehouse was cancelled.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_true(one_act(r, "is due in court", TO_COME, "appeared in court", DONE));
    assert_true(one_act(r, "will lay a wreath", TO_COME, "laid a wreath", DONE));
    assert_true(one_act(r, "is planned for Friday", TO_COME, "was cancelled", OFF));
    free_run(r);
}

/* What had been planned is no announcement; a time before "to" is no word of the future. */
static void what_was_planned_once_is_not_to_come(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Smokehouse",
              "The Brenn Institute plans to close the smokehouse of Selby Cove.\n\n"
              "Firemen were called at 6.04am to an overturned tram in the Halden tunnel.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-07T07:00:00Z", "Smokehouse",
              "The Brenn Institute had planned to close the smokehouse of Selby Cove.\n\n"
              "A tram overturned in the Halden tunnel at 6.04am and firemen were called.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_false(one_act(r, "plans to close", TO_COME, "had planned to close", TO_COME));
    assert_false(one_act(r, "called at 6.04am", TO_COME, "overturned in", DONE));
    free_run(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_house_style_is_a_form),
        cmocka_unit_test(what_one_outlet_writes_both_ways_is_no_style),
        cmocka_unit_test(other_words_for_one_thing_are_found),
        cmocka_unit_test(what_is_another_difference_is_no_wording),
        cmocka_unit_test(acts_are_found_by_their_nouns_and_rare_words),
        cmocka_unit_test(what_was_planned_once_is_not_to_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
