/* quote: utterances and their versions, differences word by word. All texts are invented. */
#include "quote_bench.h"

/* ------------------------------------------------------------------ utterances */

typedef struct story {
    bench b;
    sst_quotes q[8];
    const sst_quotes *at[8];
    sst_cast cast;
    sst_utterance *u;
    uint32_t n;
} story;

static void story_of(story *s, const char *const *texts)
{
    bench_init(&s->b);
    for (uint32_t i = 0; texts[i]; i++) {
        char id[2] = {(char)('a' + i), 0};
        bench_add(&s->b, id, "Gull Radio", "2031-05-06", "Notes", texts[i]);
        assert_int_equal(quote_find(s->b.v[i], &s->b.arena, &s->q[i]), SST_OK);
        s->at[i] = &s->q[i];
    }
    assert_int_equal(story_cast(s->b.v, s->b.n, &s->b.arena, &s->cast), SST_OK);
    assert_int_equal(quote_utterances(s->at, s->b.n, &s->cast, &s->b.arena, &s->u, &s->n), SST_OK);
    for (uint32_t i = 0; i < s->n; i++) {
        const sst_utterance *u = &s->u[i];
        assert_true(u->n > 0 && u->fullest < u->n);
        for (uint32_t k = 0; k < u->n; k++) {
            const sst_occurrence *o = &u->v[k];
            assert_true(o->article < s->b.n && o->quote < s->q[o->article].all_n);
            spans_read_back(s->b.v[o->article], &o->content);
            uint32_t from = 0;
            for (uint32_t d = 0; d < o->diff_n; d++) { /* without gaps over the fullest version */
                assert_int_equal(o->diff[d].from, from);
                from = o->diff[d].to;
                bench_at(&s->b, u->v[u->fullest].article, o->diff[d].base);
                bench_at(&s->b, o->article, o->diff[d].at);
                assert_int_equal(o->diff[d].op == DIFF_ADD, o->diff[d].from == o->diff[d].to);
            }
        }
    }
}

static void story_free(story *s)
{
    bench_release(&s->b);
}

/* The change of the occurrence in an article, of the only utterance. */
static const sst_occurrence *only_in(const story *s, uint32_t article)
{
    assert_int_equal(s->n, 1);
    for (uint32_t k = 0; k < s->u[0].n; k++)
        if (s->u[0].v[k].article == article)
            return &s->u[0].v[k];
    fail_msg("article %u is not in the utterance", article);
    return NULL;
}

typedef struct change_case {
    const char *full, *other;
    uint8_t change, unmarked;
} change_case;

static const change_case change_cases[] = {
    {"“The old bridge will stay closed for weeks,” Ida Quill said.",
     "Ida Quill said: “The old bridge will stay closed for weeks.”", CHANGE_SAME, 0},
    {"“The old bridge’s arch will stay closed for weeks,” Ida Quill said.",
     "\"The old bridge's arch will stay closed for weeks,\" said Ida Quill.", CHANGE_SAME, 0},
    {"“The old bridge will stay closed; it is not safe at all,” Ida Quill said.",
     "“The old bridge will stay closed – it is not safe at all,” Ida Quill said.",
     CHANGE_REPUNCTUATED, 0},
    {"“The old bridge will, after all that rain and snow, stay closed for weeks,” Ida Quill said.",
     "“The old bridge will stay closed for weeks,” Ida Quill said.", CHANGE_CUT, 1},
    {"“The old bridge will stay closed for weeks because it is not safe at all,” Ida Quill said.",
     "“The old bridge will stay closed for weeks,” Ida Quill said.", CHANGE_CUT, 1},
    {"“The old bridge will stay closed for weeks,” Ida Quill said.",
     "“The old bridge will stay shut for weeks,” Ida Quill said.", CHANGE_ALTERED, 0},
    {"“The old bridge will stay closed for many weeks,” Ida Quill said.",
     "Ida Quill said the river crossing would “stay closed for many weeks” at least.",
     CHANGE_FRAGMENT, 0},
    {"“The old bridge is dangerous and will stay closed for weeks,” Ida Quill said.",
     "Ida Quill called it “dangerous” on Monday.", CHANGE_FRAGMENT, 0},
    {"“The old bridge will stay closed for weeks and weeks to come,” Ida Quill said.",
     "“The old bridge will ... stay closed for weeks to come,” Ida Quill said.", CHANGE_CUT, 0},
    /* more of her words behind them alter nothing */
    {"“We shall count every stone of it by hand. The old bridge is not safe for anybody at all,” "
     "Ida Quill said.",
     "“The old bridge is not safe for anybody at all. I told them so,” Ida Quill said.",
     CHANGE_JOINED, 0},
};

static void versions_are_typed(void **state)
{
    (void)state;
    int failed = 0;
    for (size_t k = 0; k < sizeof change_cases / sizeof *change_cases; k++) {
        const change_case *c = &change_cases[k];
        for (int turn = 0; turn < 2; turn++) { /* in either order */
            story s;
            const char *texts[] = {turn ? c->other : c->full, turn ? c->full : c->other, NULL};
            story_of(&s, texts);
            if (s.n != 1) {
                print_error("%s\n%s\n gives %u utterances\n", c->full, c->other, s.n);
                failed++;
            } else {
                const sst_utterance *u = &s.u[0];
                const sst_occurrence *o = only_in(&s, u->v[u->fullest].article ? 0 : 1);
                if (o->change != c->change || o->unmarked != c->unmarked) {
                    print_error("%s\n%s\n gives %s, %u; want %s, %u\n", c->full, c->other,
                                quote_change_name(o->change), o->unmarked,
                                quote_change_name(c->change), c->unmarked);
                    failed++;
                }
                bench_is(s.u[0].speaker, "Ida Quill");
            }
            story_free(&s);
        }
    }
    assert_int_equal(failed, 0);
}

static void an_ellipsis_joins_two(void **state)
{
    (void)state;
    story s;
    const char *texts[] = {
        "“The old bridge over the river will stay closed for weeks,” Ida Quill said.\n\n“Nobody "
        "may walk along the eastern bank at night,” Ida Quill said.",
        "“The old bridge over the river will stay closed for weeks ... Nobody may walk along the "
        "eastern bank at night,” Ida Quill said.",
        NULL};
    story_of(&s, texts);
    assert_int_equal(s.n, 2);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(s.u[i].n, 2);
        assert_int_equal(s.u[i].v[1].article, 1);
        assert_int_equal(s.u[i].v[1].change, CHANGE_JOINED);
    }
    story_free(&s);
}

static void sentences_join_two(void **state)
{
    (void)state;
    story s;
    const char *texts[] = {
        "“The old bridge over the river will stay closed for weeks,” Ida Quill said.",
        "“Nobody may walk along the eastern bank at night,” Ida Quill said.",
        "“The old bridge over the river will stay closed for weeks. Nobody may walk along the "
        "eastern bank at night,” Ida Quill said.",
        NULL};
    story_of(&s, texts);
    assert_int_equal(s.n, 2);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(s.u[i].n, 2);
        assert_int_equal(s.u[i].v[1].article, 2);
        assert_int_equal(s.u[i].v[1].change, CHANGE_JOINED);
    }
    story_free(&s);
}

static void another_speaker_is_told(void **state)
{
    (void)state;
    story s;
    const char *texts[] = {
        "“The old bridge over the river will stay closed for weeks,” James Wrenfield said.",
        "“The old bridge over the river will stay closed for weeks,” said James Wrenfield.",
        "“The old bridge over the river will stay closed for weeks,” Mary Tarnow said.", NULL};
    story_of(&s, texts);
    assert_int_equal(s.n, 1);
    bench_is(s.u[0].speaker, "James Wrenfield");
    assert_false(only_in(&s, 0)->other_speaker);
    assert_false(only_in(&s, 1)->other_speaker);
    assert_true(only_in(&s, 2)->other_speaker);
    story_free(&s);
}

/* Whoever agrees with one of the speakers belongs to it, whichever version is the fullest. */
static void a_piece_by_one_of_two_speakers_joins(void **state)
{
    (void)state;
    story s;
    const char *texts[] = {
        "“This was a warning that we heard for ten years and did not want to hear,” said Mary "
        "Tarnow.",
        "“This was a warning that we heard for ten years and did not want to hear,” said James "
        "Wrenfield.",
        "On Monday James Wrenfield spoke of a “warning that we heard for ten years”.", NULL};
    story_of(&s, texts);
    assert_int_equal(s.n, 1);
    bench_is(s.u[0].speaker, "James Wrenfield");
    assert_true(only_in(&s, 0)->other_speaker);
    assert_false(only_in(&s, 1)->other_speaker);
    assert_int_equal(only_in(&s, 2)->change, CHANGE_FRAGMENT);
    story_free(&s);
}

static void stock_phrases_stay_apart(void **state)
{
    (void)state;
    story s;
    const char *texts[] = {"“We are very grateful,” James Wrenfield said.",
                           "“We are very grateful,” Mary Tarnow said.",
                           "“We are very grateful,” Peter Quill said.",
                           "“We are very grateful,” Anna Rowe said.", NULL};
    story_of(&s, texts);
    assert_int_equal(s.n, 4);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(s.u[i].n, 1);
    story_free(&s);
}

static void words_nobody_is_given_join_what_they_are_of(void **state)
{
    (void)state;
    story s;
    const char *texts[] = {
        "“The old bridge was a house of cards over a river,” James Wrenfield said.",
        "The “house of cards” had stood for a century.", NULL};
    story_of(&s, texts);
    assert_int_equal(s.n, 1);
    assert_int_equal(s.u[0].n, 2);
    assert_int_equal(only_in(&s, 1)->change, CHANGE_FRAGMENT);
    story_free(&s);
}

static void a_description_takes_the_name_of_another_article(void **state)
{
    (void)state;
    story s;
    const char *texts[] = {
        "“The old bridge over the river will stay closed for weeks,” a spokesman said.",
        "“The old bridge over the river will stay closed for weeks,” James Wrenfield said.", NULL};
    story_of(&s, texts);
    assert_int_equal(s.n, 1);
    bench_is(s.u[0].speaker, "James Wrenfield");
    story_free(&s);
}

static void indirect_speech_joins_the_quotation(void **state)
{
    (void)state;
    story s;
    const char *texts[] = {
        "“The old bridge over the river will stay closed for weeks,” James Wrenfield said.",
        "James Wrenfield said the old bridge over the river would stay closed for weeks.", NULL};
    story_of(&s, texts);
    assert_int_equal(s.n, 1);
    assert_int_equal(s.u[0].n, 2);
    assert_int_equal(only_in(&s, 1)->change, CHANGE_INDIRECT);
    assert_int_equal(s.u[0].v[s.u[0].fullest].article, 0);
    story_free(&s);
}

/* ------------------------------------------------------------------ differences */

typedef struct diff_case {
    const char *full, *other, *want; /* op and words: =keep -drop +add ~old>new */
} diff_case;

static const diff_case diff_cases[] = {
    {"The old bridge will stay closed for many weeks",
     "The old bridge will stay shut for many weeks",
     "=The old bridge will stay ~closed>shut =for many weeks"},
    {"The old bridge will stay closed for many weeks", "The old bridge will stay closed for weeks",
     "=The old bridge will stay closed for -many =weeks"},
    {"The bridge will stay closed for weeks", "The old bridge will stay closed for weeks",
     "=The -old =bridge will stay closed for weeks"}, /* the longer one is the fullest */
    {"It is safe to walk. It is late for all of us", "It is late for all of us",
     "-It is safe to walk =It is late for all of us"},
    {"We will stay here. We will not leave the old house", "We will not leave the old house",
     "-We will stay here =We will not leave the old house"},
    /* kept words stand together, not at the first place that has one of them */
    {"The board met in the hall during the spring gales until the owners left",
     "the spring gales until the owners",
     "-The board met in the hall during =the spring gales until the owners -left"},
    {"We paid for the bridge and the road to the mill", "We paid for the bridge and the",
     "=We paid for the bridge and the -road to the mill"},
    /* one word of grammar amid other words keeps nothing together; sentences behind a replaced end
     * are left out */
    {"The owners should close the old bridge immediately. There is no safe way to mend it at home",
     "The owners should close the old bridge at once",
     "=The owners should close the old bridge ~immediately>at once "
     "-There is no safe way to mend it at home"},
};

/* Texts of two or three articles, and how many utterances and whose the first of them is. */
typedef struct join_case {
    const char *text[4];
    uint32_t n;
    const char *speaker;
    bool other; /* one of its versions is given to somebody else */
} join_case;

static const join_case join_cases[] = {
    /* a handful with words put in */
    {{"“The state will hold the owner of this old dam accountable,” Ida Quill said.",
      "Ida Quill vowed to “hold the owner accountable” for it."},
     1,
     "Ida Quill",
     false},
    /* ... of two people they are two */
    {{"“The state will hold the owner of this old dam accountable,” Ida Quill said.",
      "Martin Reeve vowed to “hold the owner accountable” for it."},
     2,
     NULL,
     false},
    /* what another version has as it is */
    {{"“No idea, I was tying my lace by the line. But these things even out in the end,” Ida Quill "
      "said.",
      "“These things even themselves out in the end for us,” Ida Quill said.",
      "Ida Quill said: “These things even themselves out.”"},
     1,
     "Ida Quill",
     false},
    /* an office in one report, the name in another */
    {{"Governor Ida Quill came. “The state will hold the owner of the dam to account,” Quill said.",
      "The governor vowed to “hold the owner to account” for it."},
     1,
     "Ida Quill",
     false},
    {{"Judge Ida Quill told him: “You were trusted with the last of it and you spent it.”",
      "A judge told him: “You were trusted with the last of it and you spent it.”"},
     1,
     "Ida Quill",
     false},
    {{"Its chief executive, Ida Quill, said: “We drove off a demand cliff that nobody had seen.”",
      "It follows what its chief executive called “a demand cliff” on Monday."},
     1,
     "Ida Quill",
     false},
    /* two have such an office: neither is meant */
    {{"Governor Ida Quill and Governor Hal Moor met. “We will hold them all to account,” Quill "
      "said.",
      "“We will hold them all to account,” the governor said."},
     1,
     "Ida Quill",
     true},
    /* words of the office that the other lacks */
    {{"Housing minister Ida Quill came. “We will hold them all to account,” Quill said.",
      "“We will hold them all to account,” the former minister said."},
     1,
     "Ida Quill",
     true},
    /* nobody is named for the words */
    {{"Ida Quill wrote: “The age is not below 455 years and may well exceed 505.”",
      "The study says that it “may well exceed 505” years."},
     1,
     "Ida Quill",
     false},
};

static void reports_know_more_together(void **state)
{
    (void)state;
    int failed = 0;
    for (size_t k = 0; k < sizeof join_cases / sizeof *join_cases; k++) {
        const join_case *c = &join_cases[k];
        story s;
        story_of(&s, c->text);
        bool other = false;
        for (uint32_t i = 0; i < s.u[0].n; i++)
            other |= s.u[0].v[i].other_speaker;
        if (s.n != c->n ||
            (c->speaker && (!str_eq(s.u[0].speaker, str_of(c->speaker)) || other != c->other))) {
            print_error("%s\n%s\n gives %u, %.*s, %d\n", c->text[0], c->text[1], s.n,
                        (int)s.u[0].speaker.n, s.u[0].speaker.p, other);
            failed++;
        }
        story_free(&s);
    }
    assert_int_equal(failed, 0);
}

static void differences_have_their_places(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof diff_cases / sizeof *diff_cases; k++) {
        char full[256], other[256], got[512] = "";
        snprintf(full, sizeof full, "Ida Quill said: “%s.”", diff_cases[k].full);
        snprintf(other, sizeof other, "Ida Quill said: “%s.”", diff_cases[k].other);
        story s;
        const char *texts[] = {full, other, NULL};
        story_of(&s, texts);
        const sst_utterance *u = &s.u[0];
        const sst_occurrence *o = only_in(&s, u->v[u->fullest].article == 0 ? 1 : 0);
        for (uint32_t d = 0; d < o->diff_n; d++) {
            const sst_diff *x = &o->diff[d];
            const char ops[] = "=-+~";
            char op[2] = {ops[x->op], 0};
            append(got, sizeof got, " ", str_of(op));
            append(got, sizeof got, "",
                   x->op == DIFF_ADD ? bench_at(&s.b, o->article, x->at)
                                     : bench_at(&s.b, u->v[u->fullest].article, x->base));
            if (x->op == DIFF_REPLACE)
                append(got, sizeof got, ">", bench_at(&s.b, o->article, x->at));
        }
        assert_string_equal(got, diff_cases[k].want);
        story_free(&s);
    }
}
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(indirect_speech_joins_the_quotation),
        cmocka_unit_test(versions_are_typed),
        cmocka_unit_test(an_ellipsis_joins_two),
        cmocka_unit_test(sentences_join_two),
        cmocka_unit_test(another_speaker_is_told),
        cmocka_unit_test(a_piece_by_one_of_two_speakers_joins),
        cmocka_unit_test(stock_phrases_stay_apart),
        cmocka_unit_test(words_nobody_is_given_join_what_they_are_of),
        cmocka_unit_test(a_description_takes_the_name_of_another_article),
        cmocka_unit_test(reports_know_more_together),
        cmocka_unit_test(differences_have_their_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
