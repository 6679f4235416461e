/* compare: origins, facts, what one alone has, wording, title, timeline. All texts are invented. */
#include "compare_bench.h"

#include "base_thread.h"

static void add_flood(run *r)
{
    bench_add(
        &r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z",
        "Dam at Selby Cove holds after night of flooding",
        "Engineers kept watch over the dam at Selby Cove on Tuesday after heavy rain filled the "
        "reservoir to the brim.\n\n"
        "Around 300 families left their homes in the valley, the mayor of Selby Cove said.\n\n"
        "Geologist Marit Solberg of the Halden Institute warned that the eastern slope had begun "
        "to slide.\n\n"
        "Soldiers brought sandbags to the old mill on the bank of the Tarn.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T10:30:00Z",
              "Flooding forces families from valley below dam",
              "Heavy rain filled the reservoir above Selby Cove, and engineers kept watch over the "
              "dam through the night.\n\n"
              "Some 300 families in the valley had to leave their homes, according to the mayor of "
              "Selby Cove.\n\n"
              "A bakery in the town handed out bread to those who slept in the gymnasium.\n\n"
              "Soldiers brought sandbags to the old foundry on the bank of the Tarn.");
    bench_add(&r->b, "c", "Morrow Herald", "", "Reservoir full to the brim at Selby Cove",
              "The reservoir at Selby Cove was full to the brim on Tuesday.\n\nFishermen said they "
              "had not seen the Tarn so "
              "high since their grandfathers' days.");
}

static void sentences_that_say_the_same_are_a_fact(void **state)
{
    (void)state;
    run *r = new_run();
    add_flood(r);
    compare_stage(r, SST_STAGE_COMPARE);
    bool families = false;
    for (uint32_t k = 0; k < r->f.fact_n; k++) {
        const sst_fact *x = &r->f.facts[k];
        sst_str s = bench_at(&r->b, x->sentences[0].article, x->sentences[0].at);
        if (str_find(s, STR("300 families")) < 0)
            continue;
        families = true;
        assert_int_equal(x->sentence_n, 2);
        assert_int_equal(x->origin_n, 2);
        assert_int_equal(x->absent_n, 1);
        assert_int_equal(x->absent[0], 2);
    }
    assert_true(families);
    free_run(r);
}

/* One person and the office in both: they do not say the same. */
/* Two things that one person says share who says them: no fact. */
static void one_speaker_is_no_fact(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Dam",
              "Rain fell on the valley.\n\n"
              "Analyst Ottilie Brandvold of the Halden Institute estimated in a note that the "
              "sluice would cost the farmers eleven barges.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T10:30:00Z", "Flood",
              "Geese crossed the road.\n\n"
              "Ottilie Brandvold, an analyst at the Halden Institute, estimated in a note that "
              "winter wheat would ripen late in the hills.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_int_equal(r->f.fact_n, 0);
    free_run(r);
}

static void one_person_is_no_fact(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Dam holds",
              "Harbour Ministry spokesman Pieter-Hannes Brandvold gave an update on the dam.\n\n"
              "Farmers drove 412 sheep to the limestone ridge behind the abandoned mill before "
              "thunderstorms soaked the meadows.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T09:00:00Z", "Dam holds",
              "Rain will go on, said Pieter-Hannes Brandvold, a spokesman for the Harbour "
              "Ministry.\n\n"
              "Behind the abandoned mill farmers drove 412 sheep onto the limestone ridge before "
              "thunderstorms soaked their meadows.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_int_equal(r->f.fact_n, 1);
    assert_true(str_find(bench_at(&r->b, 0, r->f.facts[0].sentences[0].at), STR("sheep")) >= 0);
    free_run(r);
}

static void what_one_alone_has_is_found(void **state)
{
    (void)state;
    run *r = new_run();
    add_flood(r);
    compare_stage(r, SST_STAGE_COMPARE);
    assert_true(only_has(r, 0, "Marit Solberg"));
    assert_true(only_has(r, 1, "bakery"));
    assert_true(only_has(r, 2, "grandfathers"));
    assert_false(only_has(r, 0, "300 families"));
    assert_false(only_has(r, 1, "300 families"));
    free_run(r);
}

static void one_article_has_nothing_alone(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Gull Radio", "", "Snow on the hills",
              "Snow fell on the hills above Morrow during the night.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_int_equal(r->f.only_n, 0);
    assert_int_equal(r->f.fact_n, 0);
    assert_int_equal(r->f.origin_n, 1);
    free_run(r);
}

static void other_words_in_one_place_are_wording(void **state)
{
    (void)state;
    run *r = new_run();
    add_flood(r);
    compare_stage(r, SST_STAGE_COMPARE);
    bool found = false;
    for (uint32_t k = 0; k < r->f.wording_n; k++)
        found |=
            str_eq(bench_at(&r->b, r->f.wording[k].a.article, r->f.wording[k].a.at), STR("mill")) &&
            str_eq(bench_at(&r->b, r->f.wording[k].b.article, r->f.wording[k].b.at),
                   STR("foundry"));
    assert_true(found);
    free_run(r);
}

static void the_title_is_an_article_s_own(void **state)
{
    (void)state;
    run *r = new_run();
    add_flood(r);
    compare_stage(r, SST_STAGE_COMPARE);
    assert_true(r->f.title_outside);
    assert_int_equal(r->f.title.at.begin, r->f.title.at.end);
    assert_true(r->f.title.article < 3);
    bench_is(r->f.first_published, "2031-05-06T08:00:00Z");
    bench_is(r->f.last_published, "2031-05-06T10:30:00Z");
    uint32_t published = 0;
    for (uint32_t k = 0; k < r->f.event_n; k++)
        published += r->f.timeline[k].kind == EVENT_PUBLISHED;
    assert_int_equal(published, 2);
    free_run(r);
}

static void the_stage_says_how_far_to_go(void **state)
{
    (void)state;
    run *r = new_run();
    add_flood(r);
    compare_stage(r, SST_STAGE_QUOTES);
    assert_int_equal(r->f.row_n, 0);
    assert_int_equal(r->f.fact_n, 0);
    assert_int_equal(r->f.event_n, 0);
    assert_int_equal(r->f.origin_n, 0); /* passages and origins are for the whole report */
    compare_stage(r, SST_STAGE_FIGURES);
    assert_true(r->f.row_n > 0);
    assert_int_equal(r->f.only_n, 0);
    free_run(r);
}

/* ------------------------------------------------------------------ threads */

typedef struct worker {
    run *r[8];
} worker;

static void work(void *user, uint32_t i, uint32_t on)
{
    (void)on;
    worker *w = user;
    compare_stage(w->r[i], SST_STAGE_COMPARE);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    worker w;
    for (int i = 0; i < 8; i++) {
        w.r[i] = new_run();
        add_flood(w.r[i]);
    }
    thread_for(4, 8, work, &w, NULL);
    const sst_findings *f = &w.r[0]->f;
    for (int i = 1; i < 8; i++) {
        const sst_findings *g = &w.r[i]->f;
        assert_int_equal(f->fact_n, g->fact_n);
        assert_int_equal(f->only_n, g->only_n);
        assert_int_equal(f->wording_n, g->wording_n);
        assert_int_equal(f->event_n, g->event_n);
        assert_int_equal(f->passage_n, g->passage_n);
        for (uint32_t k = 0; k < f->only_n; k++) {
            assert_int_equal(f->only[k].place_n, g->only[k].place_n);
            for (uint32_t x = 0; x < f->only[k].place_n; x++)
                assert_memory_equal(&f->only[k].places[x], &g->only[k].places[x],
                                    sizeof(sst_place));
        }
    }
    for (int i = 0; i < 8; i++)
        free_run(w.r[i]);
}

static bool scheduled(const run *r, const char *to_come, const char *done)
{
    for (uint32_t k = 0; k < r->f.schedule_n; k++) {
        const sst_scheduled *e = &r->f.schedule[k];
        bool a = false, b = false;
        for (uint32_t i = 0; i < e->to_come_n; i++)
            a |= str_find(bench_at(&r->b, e->to_come[i].article, e->to_come[i].at),
                          str_of(to_come)) >= 0;
        for (uint32_t i = 0; i < e->done_n; i++)
            b |= str_find(bench_at(&r->b, e->done[i].article, e->done[i].at), str_of(done)) >= 0;
        if (a && b)
            return true;
    }
    return false;
}

/* The same act, announced and over, is an order in time; other acts of the same people are not. */
static void what_was_to_come_is_done(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Dam talks at Selby Cove",
              "Minister Orla Finch is due to meet farmers from the Tarn valley at Selby Cove on "
              "Tuesday evening.\n\nThe Halden Institute will inspect the slope above the dam.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-07T07:00:00Z", "Farmers heard at Selby Cove",
              "Orla Finch, the minister, met farmers from the Tarn valley at Selby Cove on Tuesday "
              "evening.\n\nThe Halden Institute has not inspected the slope above the dam.");
    bench_add(&r->b, "c", "Morrow Herald", "2031-05-07T09:00:00Z", "Farmers at Selby Cove",
              "In March 2030 Orla Finch met farmers from the Tarn valley at Selby Cove.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_true(scheduled(r, "is due to meet farmers", "the minister, met farmers"));
    assert_false(scheduled(r, "is due to meet farmers", "In March 2030"));
    assert_false(scheduled(r, "will inspect the slope", "has not inspected"));
    free_run(r);
}

/* "is to" announces as "will" does; an infinitive behind another verb does not. */
static void what_is_to_be_done_is_announced(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Dam talks at Selby Cove",
              "Minister Orla Finch is to visit farmers from the Tarn valley at Selby Cove.\n\n"
              "Captain Ada Brook refused to open the lower sluice of the Halden dam.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-07T07:00:00Z", "Farmers heard at Selby Cove",
              "Orla Finch, the minister, visited farmers from the Tarn valley at Selby Cove.\n\n"
              "Captain Ada Brook opened the lower sluice of the Halden dam.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_true(scheduled(r, "is to visit farmers", "visited farmers"));
    assert_false(scheduled(r, "refused to open", "opened the lower sluice"));
    free_run(r);
}

/* A noun names an act as its verb does; the day beside it says whether it is over. */
static void an_act_that_a_noun_names_is_announced(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Council to decide on dam",
              "Farmers hope that the vote on 8 May 2031 saves the Tarn dam, the Selby Cove council "
              "says.\n\n"
              "Ada Brook is set to open the lower sluice of the Halden dam.\n\n"
              "Marit Solberg set out for the Brenn valley with two guides.");
    bench_add(
        &r->b, "b", "Gull Radio", "2031-05-09T07:00:00Z", "Council decides on dam",
        "The Selby Cove council voted for the Tarn dam on 8 May 2031, as farmers had hoped.\n\n"
        "Ada Brook opened the lower sluice of the Halden dam.\n\n"
        "Marit Solberg guided two farmers through the Brenn valley.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_true(scheduled(r, "the vote on 8 May 2031", "council voted"));
    assert_true(scheduled(r, "is set to open", "opened the lower sluice"));
    assert_false(scheduled(r, "set out for", "guided two farmers"));
    free_run(r);
}

/* Is there an entry that only announces, with these words in two reports? */
static bool announced(const run *r, const char *a, const char *b)
{
    for (uint32_t k = 0; k < r->f.schedule_n; k++) {
        const sst_scheduled *e = &r->f.schedule[k];
        bool has_a = false, has_b = false;
        for (uint32_t i = 0; i < e->to_come_n; i++) {
            sst_str s = bench_at(&r->b, e->to_come[i].article, e->to_come[i].at);
            has_a |= str_find(s, str_of(a)) >= 0;
            has_b |= str_find(s, str_of(b)) >= 0;
        }
        if (has_a && has_b && e->done_n == 0)
            return true;
    }
    return false;
}

/* What nobody tells as over; a quotation that two print announces nothing twice. */
static void what_several_announce_is_to_come(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Council to review dam",
              "The Selby Cove council will review the plans for the Tarn dam, Ada Brook said.\n\n"
              "Marit Solberg is travelling to Halden on 9 May 2031 with two guides.\n\n"
              "\"The Brenn Institute will consider the ferries of farmers and guides,\" Orrin Vale "
              "said.\n\nSoldiers were carrying sandbags to the Halden mill on 9 May 2031.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T09:00:00Z", "Dam plans under review",
              "Ada Brook told reporters that the council of Selby Cove would review the plans for "
              "the dam on the Tarn.\n\n"
              "Two guides and Marit Solberg are set to travel to Halden on 9 May 2031.\n\n"
              "\"The Brenn Institute will consider the ferries of farmers and guides,\" Orrin Vale "
              "said.\n\nSoldiers were carrying sandbags to the mill at Halden on 9 May 2031.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_true(announced(r, "will review", "would review"));
    assert_true(announced(r, "is travelling", "are set to travel"));
    assert_false(announced(r, "Brenn Institute", "Brenn Institute"));
    assert_false(announced(r, "sandbags", "sandbags"));
    free_run(r);
    r = new_run();
    bench_add(
        &r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Sea",
        "Old sailors say that the sea will never flood the Ostmark bakery behind the mill.\n\n"
        "Old sailors say that fishermen will reopen the Selby Cove smokehouse by the mill.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T09:00:00Z", "Sea",
              "The sea will never flood the Ostmark bakery behind the mill, say old sailors.\n\n"
              "Fishermen will reopen the Selby Cove smokehouse by the mill, say old sailors.");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_true(announced(r, "smokehouse", "smokehouse"));
    assert_false(announced(r, "never flood", "never flood"));
    free_run(r);
}

static bool lacks(const run *r, const char *words, uint32_t article)
{
    for (uint32_t k = 0; k < r->f.fact_n; k++) {
        const sst_fact *x = &r->f.facts[k];
        if (str_find(bench_at(&r->b, x->sentences[0].article, x->sentences[0].at), str_of(words)) <
            0)
            continue;
        for (uint32_t i = 0; i < x->absent_n; i++)
            if (x->absent[i] == article)
                return true;
    }
    return false;
}

/* What two sentences of a report tell in other words is neither missing there nor news elsewhere;
 * of a report that breaks off nobody knows what it lacks. */
static void what_is_told_in_other_words_is_told(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Ferry runs aground",
              "A ferry ran aground off Selby Cove on Monday.\n\n"
              "The captain was arrested after police found forty bottles of smuggled brandy in the "
              "wheelhouse of the ferry.\n\n"
              "Divers will look at the hull tomorrow with a crane from Halden.");
    bench_add(
        &r->b, "b", "Gull Radio", "2031-05-06T09:00:00Z", "Ferry aground",
        "A ferry ran aground off Selby Cove on Monday morning.\n\n"
        "Police arrested the captain after they found forty bottles of smuggled brandy in the "
        "wheelhouse.\n\n"
        "Gulls sat on the rail.");
    bench_add(
        &r->b, "c", "Morrow Herald", "2031-05-06T10:00:00Z", "Aground",
        "A ferry ran aground off Selby Cove on Monday.\n\n"
        "Smuggled brandy stood in the wheelhouse, forty bottles, officers say. The captain is "
        "in custody.\n\n"
        "Anglers watched from the pier.");
    bench_add(&r->b, "d", "Tarn Mirror", "2031-05-06T11:00:00Z", "Stranded ferry",
              "A ferry ran aground off Selby Cove on Monday.\n\n"
              "Ice cream was sold on the beach to those who had come to look.");
    bench_add(&r->b, "e", "Brenn Courier", "2031-05-06T12:00:00Z", "Stranded",
              "A ferry ran aground off Selby Cove on Monday.\n\nThe ferry, built in...");
    compare_stage(r, SST_STAGE_COMPARE);
    assert_false(lacks(r, "captain was arrested", 2));
    assert_true(lacks(r, "captain was arrested", 3));
    assert_false(lacks(r, "captain was arrested", 4));
    assert_true(only_has(r, 0, "Divers"));
    assert_false(only_has(r, 2, "brandy"));
    free_run(r);
}

/* Before the name and between commas behind it; "Mrs" tells no role. */
static void what_reports_call_a_person_is_kept(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Harbour to reopen",
              "Captain Ada Brook, the chair of the council, met the crews on Monday.\n\n"
              "Mrs Brook thanked them.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T09:00:00Z", "Harbour opens",
              "Ada Brook, a former fishing boss, was on the quay on Monday, crews told the radio.");
    compare_stage(r, SST_STAGE_COMPARE);
    static const char *const want[] = {"Captain", "chair of the council", "former fishing boss"};
    assert_int_equal(r->f.role_n, 3);
    for (uint32_t i = 0; i < 3; i++)
        bench_is(bench_at(&r->b, r->f.roles[i].place.article, r->f.roles[i].place.at), want[i]);
    free_run(r);
}

/* The timeline tells each value of a figure once, when it was first published. */
static void the_timeline_tells_what_is_new(void **state)
{
    (void)state;
    run *r = new_run();
    bench_add(&r->b, "a", "Ostmark Post", "2031-05-06T08:00:00Z", "Flood at Selby Cove",
              "The flood at Selby Cove killed 12 people, the mayor said.");
    bench_add(&r->b, "b", "Gull Radio", "2031-05-06T15:00:00Z", "Flood at Selby Cove",
              "The flood at Selby Cove killed 12 people.");
    bench_add(&r->b, "c", "Morrow Herald", "2031-05-07T09:00:00Z", "Flood at Selby Cove",
              "The flood at Selby Cove killed 15 people.");
    bench_add(&r->b, "d", "Ostmark Post", "2031-05-07T20:00:00Z", "Flood at Selby Cove",
              "The flood at Selby Cove killed 10 people.");
    compare_stage(r, SST_STAGE_COMPARE);
    uint32_t figures = 0, versions = 0;
    for (uint32_t k = 0; k < r->f.event_n; k++) {
        figures += r->f.timeline[k].kind == EVENT_FIGURE;
        versions += r->f.timeline[k].kind == EVENT_VERSION;
        assert_false(r->f.timeline[k].kind == EVENT_PUBLISHED &&
                     r->f.timeline[k].place.article == 1);
    }
    assert_int_equal(figures, 2);
    assert_int_equal(versions, 1);
    free_run(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_that_say_the_same_are_a_fact),
        cmocka_unit_test(one_person_is_no_fact),
        cmocka_unit_test(one_speaker_is_no_fact),
        cmocka_unit_test(what_one_alone_has_is_found),
        cmocka_unit_test(one_article_has_nothing_alone),
        cmocka_unit_test(other_words_in_one_place_are_wording),
        cmocka_unit_test(the_title_is_an_article_s_own),
        cmocka_unit_test(the_stage_says_how_far_to_go),
        cmocka_unit_test(what_was_to_come_is_done),
        cmocka_unit_test(what_is_to_be_done_is_announced),
        cmocka_unit_test(an_act_that_a_noun_names_is_announced),
        cmocka_unit_test(what_several_announce_is_to_come),
        cmocka_unit_test(what_is_told_in_other_words_is_told),
        cmocka_unit_test(what_reports_call_a_person_is_kept),
        cmocka_unit_test(the_timeline_tells_what_is_new),
        cmocka_unit_test(threads_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
