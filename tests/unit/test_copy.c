/* copy: words, passages, repeats, origins. All texts are invented. */
#include "story_bench.h"

#include "copy.h"
#include "copy_words.h"

static sst_passage *passages(bench *b, uint32_t min_words, uint32_t *n)
{
    sst_passage *v = NULL;
    assert_int_equal(copy_passages(b->v, b->n, min_words, &b->arena, &v, n), SST_OK);
    for (uint32_t k = 0; k < *n; k++) {
        const sst_passage *p = &v[k];
        assert_true(p->a <= p->b && p->run_n > 0 && p->words >= min_words);
        bench_at(b, p->a, p->at_a);
        bench_at(b, p->b, p->at_b);
        assert_int_equal(p->runs[0].a.begin, p->at_a.begin);
        assert_int_equal(p->runs[p->run_n - 1].b.end, p->at_b.end);
        for (uint32_t r = 1; r < p->run_n; r++)
            assert_true(p->runs[r].a.begin >= p->runs[r - 1].a.end &&
                        p->runs[r].b.begin >= p->runs[r - 1].b.end);
        if (k > 0)
            assert_true(v[k - 1].a < p->a || (v[k - 1].a == p->a && v[k - 1].b <= p->b));
    }
    return v;
}

#define PLANTED "the ferry had been towed into the harbour of Brackwater before the storm broke"

static void words_are_runs_of_letters_and_digits(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    bench_add(&b, "a", "", "", "", "Don't_stop: Łódź 3½ x2 — \xE6\x97\xA5\xE6\x9C\xAC.");
    copy_words w;
    assert_int_equal(copy_words_make(b.v, b.n, 2, &b.arena, &w), SST_OK);
    static const char *const want[] = {"Don", "t_stop",       "Łódź",        "3½",
                                       "x2",  "\xE6\x97\xA5", "\xE6\x9C\xAC"};
    assert_int_equal(w.first[1], sizeof want / sizeof *want);
    for (uint32_t i = 0; i < w.first[1]; i++)
        bench_is(bench_at(&b, 0, w.at[i]), want[i]);
    bench_release(&b);
}

static void a_planted_copy_has_its_exact_bounds(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    bench_add(&b, "a", "", "", "",
              "Officials in Marrow said on Friday that " PLANTED ", and nobody was hurt.");
    bench_add(&b, "b", "", "", "", "Witnesses agreed: “" PLANTED "”. Divers went down at dawn.");
    uint32_t n;
    sst_passage *v = passages(&b, 8, &n);
    assert_int_equal(n, 1);
    bench_is(bench_at(&b, 0, v->at_a), PLANTED);
    bench_is(bench_at(&b, 1, v->at_b), PLANTED);
    assert_int_equal(v->words, 14);
    assert_int_equal(v->quoted, 0); /* quoted on one side only */
    assert_int_equal(v->direction, DIRECTION_UNKNOWN);
    passages(&b, 14, &n);
    assert_int_equal(n, 1);
    passages(&b, 15, &n);
    assert_int_equal(n, 0);
    bench_release(&b);
}

/* Who names whom is asked for each pair; in a story of many reports most texts are ruled out by
 * what they do not hold, and the one that names the outlet is found all the same. */
static void an_outlet_is_found_in_the_text_among_many(void **state)
{
    (void)state;
    enum { MANY = 24, NAMES = 20 };
    bench b;
    bench_init(&b);
    static char text[MANY][256], id[MANY][8], outlet[MANY][24];
    for (uint32_t k = 0; k < MANY; k++) {
        snprintf(id[k], sizeof id[k], "r%02u", (unsigned)k);
        snprintf(outlet[k], sizeof outlet[k], "Marrow Post %c", (char)('A' + k));
        snprintf(text[k], sizeof text[k], "Report %u of that day: " PLANTED ".%s", (unsigned)k,
                 k == NAMES ? " The mate told the Marrow Post C what he had seen." : "");
        bench_add(&b, id[k], outlet[k], "", "", text[k]);
    }
    uint32_t n, named = 0;
    sst_passage *v = passages(&b, 8, &n);
    for (uint32_t k = 0; k < n; k++) {
        bool is = v[k].a == 2 && v[k].b == NAMES;
        assert_int_equal(v[k].by == EVIDENCE_CREDIT, is);
        named += is;
        if (is)
            bench_is(bench_at(&b, v[k].evidence_in_b ? v[k].b : v[k].a, v[k].evidence),
                     "Marrow Post C");
    }
    assert_int_equal(named, 1);
    bench_release(&b);
}

static void an_edit_does_not_end_a_passage(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    bench_add(&b, "a", "", "", "",
              "The council of Ostmark voted to close the old bridge for repairs until the end of "
              "the year at least.");
    bench_add(&b, "b", "", "", "",
              "The council of Ostmark voted to shut the old bridge for urgent repairs until the "
              "end of the year.");
    uint32_t n;
    sst_passage *v = passages(&b, 6, &n);
    assert_int_equal(n, 1);
    assert_int_equal(v->run_n, 3);
    bench_is(bench_at(&b, 0, v->at_a), "The council of Ostmark voted to close the old bridge for "
                                       "repairs until the end of the year");
    bench_release(&b);
}

static void a_moved_block_is_found(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    const char *x = bench_words(&b.arena, 40, 1), *y = bench_words(&b.arena, 40, 2);
    bench_add(&b, "a", "", "", "", arena_printf(&b.arena, "%s\n\n%s", x, y).p);
    bench_add(&b, "b", "", "", "", arena_printf(&b.arena, "%s\n\n%s", y, x).p);
    uint32_t n;
    sst_passage *v = passages(&b, 8, &n);
    assert_int_equal(n, 2);
    assert_int_equal(v[0].words, 40);
    assert_int_equal(v[1].words, 40);
    assert_true(v[0].at_b.begin > v[1].at_b.begin);
    bench_release(&b);
}

static void a_repeat_stands_twice_in_one_text(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    bench_add(&b, "a", "", "", "", "First, " PLANTED ". Later the mayor spoke. Again " PLANTED "!");
    uint32_t n;
    sst_passage *v = passages(&b, 8, &n);
    assert_int_equal(n, 1);
    assert_int_equal(v->a, v->b);
    assert_true(v->at_a.end <= v->at_b.begin);
    bench_release(&b);
}

static void a_quotation_that_both_print_is_quoted(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    bench_add(&b, "a", "", "", "", "“" PLANTED "”, said Ines Halloran.");
    bench_add(&b, "b", "", "", "", "Halloran told us: \"" PLANTED "\".");
    uint32_t n;
    sst_passage *v = passages(&b, 8, &n);
    assert_int_equal(n, 1);
    assert_int_equal(v->quoted, 1);
    bench_release(&b);
}

static void marks_are_told_by_their_shape(void **state)
{
    (void)state;
    static const struct {
        const char *text, *in; /* the words that stand in marks */
    } cases[] = {
        {"He said “no, not ‘never’ at all” and left.", "no not never at all"},
        {"Er sagte „nein, nie“ und ging.", "nein nie"},
        {"Er sagte »nein, nie« und ging.", "nein nie"},
        {"Il a dit « non, jamais » et partit.", "non jamais"},
        {"She said \"no, never\" and left.", "no never"},
        {"She said ``no, never'' and left.", "no never"},
        {"Nobody’s here, don’t wait.", ""},
        {"“One.\n\n“Two,” she said.", "One Two"},
        {"„Eins ‚zwei‘ drei“ vier.", "Eins zwei drei"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        bench b;
        bench_init(&b);
        bench_add(&b, "a", "", "", "", cases[k].text);
        uint8_t *in = copy_marked(b.v[0], &b.arena);
        sst_buf got;
        buf_init(&got, 0);
        for (uint32_t i = 0; i < b.v[0]->tok_n; i++)
            if (in[i] && b.v[0]->tok[i].kind == TOK_WORD) {
                if (got.n)
                    buf_byte(&got, ' ');
                buf_str(&got, text_token(b.v[0], i));
            }
        bench_is((sst_str){got.p, got.n}, cases[k].in);
        buf_release(&got);
        bench_release(&b);
    }
}

static void the_earlier_article_is_the_source(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    bench_add(&b, "a", "", "2031-03-02T11:00:00Z", "", "Officials said that " PLANTED ".");
    bench_add(&b, "b", "", "2031-03-02T09:30:00Z", "", "Witnesses said that " PLANTED ".");
    bench_add(&b, "c", "", "2031-03-02", "", "Reporters said that " PLANTED ".");
    uint32_t n;
    sst_passage *v = passages(&b, 8, &n);
    assert_int_equal(n, 3);
    assert_int_equal(v[0].direction, DIRECTION_B_TO_A);
    assert_int_equal(v[1].direction,
                     DIRECTION_UNKNOWN); /* a day without a time tells nothing inside the day */
    bench_release(&b);
}

static void input_order_changes_nothing(void **state)
{
    (void)state;
    bench b, c;
    bench_init(&b);
    bench_init(&c);
    const char *t[3];
    for (uint32_t i = 0; i < 3; i++)
        t[i] = arena_printf(&b.arena, "%s " PLANTED " %s " PLANTED, bench_words(&b.arena, 60, i),
                            bench_words(&b.arena, 30, 9))
                   .p;
    for (int i = 0; i < 3; i++) {
        bench_add(&b, "x", "", "", "", t[i]);
        bench_add(&c, "x", "", "", "", t[2 - i]);
    }
    uint32_t n, m;
    sst_passage *v = passages(&b, 8, &n), *w = passages(&c, 8, &m);
    assert_int_equal(n, m);
    uint32_t found = 0;
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t j = 0; j < m; j++) {
            bool mirrored = v[k].a != v[k].b;
            sst_span p = mirrored ? w[j].at_b : w[j].at_a, q = mirrored ? w[j].at_a : w[j].at_b;
            uint32_t pa = mirrored ? 2 - w[j].b : 2 - w[j].a,
                     pb = mirrored ? 2 - w[j].a : 2 - w[j].b;
            found += pa == v[k].a && pb == v[k].b && p.begin == v[k].at_a.begin &&
                     p.end == v[k].at_a.end && q.begin == v[k].at_b.begin && q.end == v[k].at_b.end;
        }
    assert_int_equal(found, n);
    bench_release(&b);
    bench_release(&c);
}

/* Many rounds of one thing: bounded passages, and an end. */
static void refrains_are_bounded(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    sst_buf one, many;
    buf_init(&one, 0);
    buf_init(&many, 0);
    for (int i = 0; i < 50000; i++)
        buf_z(&one, "buffalo ");
    for (int i = 0; i < 4000; i++)
        buf_z(&many, "The tide came in and the tide went out again over Brackwater. ");
    buf_byte(&one, 0);
    buf_byte(&many, 0);
    bench_add(&b, "a", "", "", "", one.p);
    bench_add(&b, "b", "", "", "", one.p);
    bench_add(&b, "c", "", "", "", many.p);
    bench_add(&b, "d", "", "", "", many.p);
    uint32_t n;
    passages(&b, 8, &n);
    assert_true(n > 0 && n < 10 * 256);
    buf_release(&one);
    buf_release(&many);
    bench_release(&b);
}

static void what_very_many_have_is_joined_sparsely(void **state)
{
    (void)state;
    static bench b;
    bench_init(&b);
    for (uint32_t i = 0; i < 400; i++)
        bench_add(&b, "x", "", "", "",
                  arena_printf(&b.arena, "%s. " PLANTED ".", bench_words(&b.arena, 10, i)).p);
    uint32_t n;
    sst_passage *v = passages(&b, 8, &n);
    assert_true(n >= 399 && n < 400 * 6);
    uint32_t joined[400] = {0};
    for (uint32_t k = 0; k < n; k++)
        joined[v[k].b] |= v[k].a < v[k].b;
    for (uint32_t i = 1; i < 400; i++)
        assert_int_equal(joined[i], 1); /* every text is joined with an earlier one */
    bench_release(&b);
}

/* ------------------------------------------------------------------ origins */

static sst_origin *origins(bench *b, uint32_t *n)
{
    sst_passage *p = NULL;
    uint32_t p_n;
    assert_int_equal(copy_passages(b->v, b->n, COPY_ORIGIN_WORDS, &b->arena, &p, &p_n), SST_OK);
    sst_origin *v = NULL;
    assert_int_equal(copy_origins(b->v, b->n, p, p_n, NULL, &b->arena, &v, n), SST_OK);
    uint32_t all = 0;
    for (uint32_t k = 0; k < *n; k++) {
        all += v[k].article_n;
        assert_int_equal(v[k].why_n, v[k].article_n - 1);
        for (uint32_t i = 0; i < v[k].why_n; i++) {
            bench_at(b, v[k].why[i].article, v[k].why[i].at);
            bench_at(b, v[k].why[i].other, v[k].why[i].other_at);
        }
    }
    assert_int_equal(all, b->n);
    return v;
}

#define WIRE                                                                                       \
    "A freight train left the rails near Brackwater on Tuesday and spilled grain over two "        \
    "roads.\n\n"                                                                                   \
    "Nobody was hurt, the operator said, but the line to Ostmark will stay closed until the "      \
    "weekend.\n\n"                                                                                 \
    "Inspectors looked at a switch that had been repaired twice since the spring, a spokeswoman "  \
    "said.\n\n"

static void reprints_and_rewrites_are_one_origin(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    bench_add(&b, "a", "Ostmark Post", "", "", WIRE "The cost was not known.");
    bench_add(&b, "b", "Morrow Herald", "", "", WIRE);
    bench_add(&b, "c", "Gull Radio", "", "",
              "Grain from a derailed train blocked roads at Brackwater.\n\nFarmers came with "
              "shovels and took home what they "
              "could carry, Gull Radio's reporter saw.\n\nA teacher said her class had watched "
              "from a hill.");
    uint32_t n;
    sst_origin *v = origins(&b, &n);
    assert_int_equal(n, 2);
    assert_int_equal(v[0].article_n, 2);
    assert_int_equal(v[0].articles[1], 1);
    assert_true(v[0].why[0].kind == ORIGIN_DUPLICATE || v[0].why[0].kind == ORIGIN_PASSAGES);
    assert_true(v[0].why[0].at.begin < v[0].why[0].at.end);
    bench_release(&b);
}

static void a_shared_quotation_makes_no_origin(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    const char *said =
        "“We will look at every bolt of that bridge, and we will not open it one hour before the "
        "last of "
        "them has been tested by somebody who has to drive over it with children in the car,”";
    bench_add(&b, "a", "Ostmark Post", "", "",
              arena_printf(&b.arena, "The bridge stays shut.\n\n%s Ines Halloran said.", said).p);
    bench_add(&b, "b", "Gull Radio", "", "",
              arena_printf(&b.arena, "Cars take the ferry.\n\n%s the minister told us.", said).p);
    uint32_t n;
    origins(&b, &n);
    assert_int_equal(n, 2);
    bench_release(&b);
}

static void editions_of_one_publisher_are_one_origin(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    bench_add(&b, "a", "north.gullradio.co.uk", "", "",
              "Snow fell on the hills above Morrow during the night.");
    bench_add(&b, "b", "south.gullradio.co.uk", "", "",
              "A harbour pilot retires after forty years at sea.");
    bench_add(&b, "c", "otherradio.co.uk", "", "",
              "The orchestra plays in the open air on Sunday.");
    uint32_t n;
    sst_origin *v = origins(&b, &n);
    assert_int_equal(n, 2);
    assert_int_equal(v[0].article_n, 2);
    assert_int_equal(v[0].why[0].kind, ORIGIN_PUBLISHER);
    bench_release(&b);
}

/* Words without figures: lines that differ in figures alone are one line. */
static const char *plain_words(sst_arena *a, uint32_t n, uint32_t seed)
{
    sst_str s = arena_str(a, str_of(bench_words(a, n, seed)));
    char *p = (char *)(uintptr_t)s.p;
    for (size_t i = 0; i < s.n; i++)
        if (byte_is_digit((unsigned char)p[i]))
            p[i] = (char)(p[i] - '0' + 'a');
    return p;
}

static void same_passages(const sst_passage *v, const sst_passage *w, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        const sst_passage *p = &v[k], *q = &w[k];
        assert_true(p->a == q->a && p->b == q->b && p->words == q->words && p->run_n == q->run_n);
        assert_memory_equal(&p->at_a, &q->at_a, sizeof p->at_a);
        assert_memory_equal(&p->at_b, &q->at_b, sizeof p->at_b);
        assert_memory_equal(p->runs, q->runs, p->run_n * sizeof *p->runs);
        assert_true(p->quoted == q->quoted && p->direction == q->direction && p->by == q->by &&
                    p->boilerplate == q->boilerplate);
    }
}

/* More than a million words: their places are not kept, and the grams are sorted in parts. What
 * comes out is what few texts give, with tokens or without. */
static void many_words_give_what_few_give(void **state)
{
    enum { TEXTS = 40, WORDS = 30000, FEW = 10 };
    (void)state;
    bench b;
    bench_init(&b);
    for (uint32_t k = 0; k < TEXTS; k++) {
        const char *own = plain_words(&b.arena, WORDS, (100 + k) * 7919),
                   *shared = plain_words(&b.arena, 60, k / 2);
        bench_add(&b, arena_printf(&b.arena, "t%02u", k).p, "The Post", "", "",
                  arena_printf(&b.arena, k % 4 < 2 ? "%s.\n\n%s." : "%s.\n\n“%s.”", own, shared).p);
    }
    sst_text *bare = arena_calloc(&b.arena, TEXTS, sizeof *bare);
    const sst_text **bare_v = arena_calloc(&b.arena, TEXTS, sizeof *bare_v);
    for (uint32_t k = 0; k < TEXTS; k++) {
        bare[k] = (sst_text){.article = b.v[k]->article, .s = b.v[k]->s};
        bare_v[k] = &bare[k];
    }
    copy_words w;
    assert_int_equal(copy_words_make(b.v, b.n, 2, &b.arena, &w), SST_OK);
    assert_null(w.at);
    sst_passage *full, *few, *some;
    uint32_t full_n, few_n, some_n;
    full = passages(&b, 40, &full_n);
    assert_int_equal(full_n, TEXTS / 2);
    for (uint32_t k = 0; k < full_n; k++) {
        assert_int_equal(full[k].quoted, k % 2);
        for (uint32_t r = 0; r < full[k].run_n; r++) {
            sst_str x = bench_at(&b, full[k].a, full[k].runs[r].a);
            assert_true(str_eq_nocase(x, bench_at(&b, full[k].b, full[k].runs[r].b)));
        }
    }
    const copy_lines *lines, *bare_lines;
    assert_int_equal(copy_lines_learn(b.v, TEXTS, 2, &b.arena, &lines), SST_OK);
    assert_int_equal(copy_lines_learn(bare_v, TEXTS, 1, &b.arena, &bare_lines), SST_OK);
    assert_int_equal(copy_mark_boilerplate(lines, b.v, TEXTS, 2, full, full_n), SST_OK);
    copy_wanted wanted = {.min_words = 40, .many = COPY_MANY_TEXTS, .threads = 2};
    assert_int_equal(copy_passages_wanted(bare_v, TEXTS, &wanted, &b.arena, &some, &some_n),
                     SST_OK);
    assert_int_equal(copy_mark_boilerplate(bare_lines, bare_v, TEXTS, 2, some, some_n), SST_OK);
    assert_int_equal(some_n, full_n);
    same_passages(full, some, full_n);
    assert_int_equal(copy_passages(bare_v, FEW, 40, &b.arena, &few, &few_n), SST_OK);
    assert_int_equal(few_n, FEW / 2);
    same_passages(full, few, few_n);
    bench_release(&b);
}

static void lines_of_every_page_are_boilerplate(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    const char *line =
        "Subscribe to the letter that the Post sends out every evening at six o'clock.";
    for (uint32_t k = 0; k < 4; k++)
        bench_add(
            &b, arena_printf(&b.arena, "p%u", k).p, "Ostmark Post", "", "",
            arena_printf(&b.arena, "%s\n\n%s", plain_words(&b.arena, 60, k < 3 ? k : 2), line).p);
    bench_add(&b, "q", "Gull Radio", "", "",
              arena_printf(&b.arena, "%s\n\nRain.", plain_words(&b.arena, 60, 1)).p);
    uint32_t n, prose = 0, lines = 0;
    sst_passage *v = passages(&b, 8, &n);
    const copy_lines *learnt;
    assert_int_equal(copy_lines_learn(b.v, b.n, 2, &b.arena, &learnt), SST_OK);
    assert_int_equal(copy_mark_boilerplate(learnt, b.v, b.n, 2, v, n), SST_OK);
    for (uint32_t k = 0; k < n; k++) {
        bool is_line = str_starts(bench_at(&b, v[k].a, v[k].at_a), STR("Subscribe"));
        assert_int_equal(v[k].boilerplate, is_line);
        lines += is_line;
        prose += !is_line;
    }
    assert_true(lines >= 5 && prose >= 2); /* page 2 is printed twice, with its line */
    bench_release(&b);
}

static void nothing_gives_nothing(void **state)
{
    (void)state;
    bench b;
    bench_init(&b);
    uint32_t n = 1;
    passages(&b, 8, &n);
    assert_int_equal(n, 0);
    bench_add(&b, "a", "", "", "", "");
    bench_add(&b, "b", "", "", "", "One.");
    passages(&b, 8, &n);
    assert_int_equal(n, 0);
    origins(&b, &n);
    assert_int_equal(n, 2);
    bench_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_runs_of_letters_and_digits),
        cmocka_unit_test(a_planted_copy_has_its_exact_bounds),
        cmocka_unit_test(an_outlet_is_found_in_the_text_among_many),
        cmocka_unit_test(an_edit_does_not_end_a_passage),
        cmocka_unit_test(a_moved_block_is_found),
        cmocka_unit_test(a_repeat_stands_twice_in_one_text),
        cmocka_unit_test(a_quotation_that_both_print_is_quoted),
        cmocka_unit_test(marks_are_told_by_their_shape),
        cmocka_unit_test(the_earlier_article_is_the_source),
        cmocka_unit_test(input_order_changes_nothing),
        cmocka_unit_test(refrains_are_bounded),
        cmocka_unit_test(what_very_many_have_is_joined_sparsely),
        cmocka_unit_test(reprints_and_rewrites_are_one_origin),
        cmocka_unit_test(a_shared_quotation_makes_no_origin),
        cmocka_unit_test(editions_of_one_publisher_are_one_origin),
        cmocka_unit_test(many_words_give_what_few_give),
        cmocka_unit_test(lines_of_every_page_are_boilerplate),
        cmocka_unit_test(nothing_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
