/* Direct or mixed, one quotation or several, said or only in marks. */
#include "quote_bench.h"

static void find_in(bench *b, const char *text, sst_quotes *q)
{
    bench_init(b);
    bench_add(b, "a", "Gull Radio", "2031-05-06", "Notes", text);
    assert_int_equal(quote_find(b->v[0], &b->arena, q), SST_OK);
}

/* Kinds of the quotations in marks, as letters in order: d, m; D for a direct one in a sentence of
 * the reporter; behind "-" the words in marks that nobody says. */
static void kinds_are(const char *text, const char *want)
{
    bench b;
    sst_quotes q;
    char got[64] = "";
    find_in(&b, text, &q);
    for (uint32_t i = 0; i < q.all_n && i < 40; i++) {
        const sst_quote *x = &q.v[i];
        if (i == q.n)
            append(got, sizeof got, "", STR("-"));
        if (x->type != QUOTE_INDIRECT)
            append(got, sizeof got, "",
                   x->type == QUOTE_MIXED ? STR("m")
                   : x->in_sentence       ? STR("D")
                                          : STR("d"));
    }
    if (strcmp(got, want) != 0)
        print_error("%s\n gives %s, want %s\n", text, got, want);
    assert_string_equal(got, want);
    bench_release(&b);
}

static void said_to_the_end_is_direct(void **state)
{
    (void)state;
    kinds_are("A man in the hall yelled “You lie!” and left.", "d");
    kinds_are("Ida Quill said, “as long as the bridge stands we may cross it.”", "D");
    kinds_are("Ida Quill said the bridge was “not safe at all” for lorries.", "m");
    /* all but the word that leads to it */
    kinds_are("Ida Quill said that “the bridge over the river was never safe for heavy lorries.”",
              "D");
}

/* What leads to the mark without a comma is said as well; what a comma or colon parts is not. */
static void what_leads_in_is_said(void **state)
{
    (void)state;
    kinds_are("Right now, the harbour office is “doing everything it can to stop the leak,” Ida "
              "Quill said on Tuesday.",
              "m");
    kinds_are("Halvard Moor went to the window of the hall and answered, “The bird is back and it "
              "is hungry.”",
              "d");
}

static void titles_are_not_said(void **state)
{
    (void)state;
    kinds_are("On “Wexley This Morning,” James Wrenfield said the bridge was closed.", "-m");
    kinds_are("In his 2012 book, “Doors of Wexley,” James Wrenfield said little.", "-m");
    /* once a title, always one */
    kinds_are(
        "They saw her documentary “13th” twice. “13th” is what the hall was full of, and “13th.” "
        "was all they spoke of.",
        "-mmm");
    /* a heading in single marks; alone it could be something said */
    kinds_are("“The bridge will stay closed,” James Wrenfield said.\n\nSnow fell on the hills in "
              "the night "
              "and nobody came.\n\n'A quiet night here.'\n\nRain fell on the hills. “Nobody may "
              "cross it,” he said.",
              "dd-d");
    /* what a page left of its markup */
    kinds_are("Ida Quill wrote:\n\n<post author=\"idaquill\" day=\"May 3\">We are closed.</post>\n",
              "-m");
}

static void another_clause_begins_another(void **state)
{
    (void)state;
    kinds_are("“The bridge is closed,” James Wrenfield said as a man yelled: “Open it now!”", "dd");
    kinds_are("“The bridge is closed,” James Wrenfield said, adding: “It will open in May.”", "d");
    /* a full stop of an abbreviation ends the sentence */
    kinds_are("“The bridge is closed,” said James Wrenfield, R-S.C. “It will open in May.”", "d");
}

/* A further piece of what is said knows that the clause holds it. */
static void pieces_stand_within_the_clause(void **state)
{
    (void)state;
    bench b;
    sst_quotes q;
    find_in(
        &b,
        "James Wrenfield said that the bridge was “old” and that nobody who lived in the valley "
        "should cross “this heap of rust” in winter.",
        &q);
    assert_int_equal(q.n, 2);
    uint32_t within = 0, clause = 0;
    for (uint32_t i = 0; i < q.n; i++)
        if (q.v[i].within)
            within = i;
        else
            clause = i;
    assert_int_not_equal(within, clause);
    assert_int_equal(q.v[within].within, QUOTE_MIXED);
    assert_true(q.v[clause].marked.v[0].begin <= q.v[within].marked.v[0].begin);
    assert_true(q.v[clause].marked.v[0].end >= q.v[within].marked.v[0].end);
    bench_release(&b);
}

/* He says he "loves rain," and "rain loves me,": one clause, which runs on to the further piece. */
static void a_clause_runs_on(void **state)
{
    (void)state;
    bench b;
    sst_quotes q;
    find_in(
        &b,
        "James Wrenfield says he “loves the rain,” and “the rain on the hills loves him,” but he "
        "stayed at home.",
        &q);
    assert_int_equal(q.n, 2);
    uint32_t k = q.v[0].within ? 1 : 0;
    assert_int_equal(q.v[1 - k].within, q.v[k].type);
    sst_span whole = q.v[k].marked.v[0], piece = q.v[1 - k].marked.v[0];
    assert_true(whole.begin <= piece.begin && piece.end <= whole.end);
    bench_release(&b);
}

/* A title is a version of nothing said, even when it is a word of something said. */
static void things_are_marked(void **state)
{
    (void)state;
    bench b;
    sst_quotes q;
    find_in(&b, "Her documentary “Low Water” opens in May. “It is long,” Ida Quill said.", &q);
    assert_int_equal(q.n, 1);
    assert_int_equal(q.all_n, 2);
    assert_true(q.v[1].thing && !q.v[0].thing);
    bench_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(said_to_the_end_is_direct),
        cmocka_unit_test(what_leads_in_is_said),
        cmocka_unit_test(titles_are_not_said),
        cmocka_unit_test(another_clause_begins_another),
        cmocka_unit_test(pieces_stand_within_the_clause),
        cmocka_unit_test(a_clause_runs_on),
        cmocka_unit_test(things_are_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
