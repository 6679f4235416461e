/* Numbers in digits and words: value, range, ordinal, and what is none. */
#include "unit_text.h"

#include <math.h>
#include <stdio.h>

typedef struct number_case {
    const char *text;
    const char *number; /* how the first number stands in the text; NULL: there is none */
    double value, high;
    int ordinal;
} number_case;

static const number_case cases[] = {
    {"They sold 40,139 lamps.", "40,139", 40139, 40139, 0},
    {"It weighs 2.5 kilograms.", "2.5", 2.5, 2.5, 0},
    {"The talks took 2½ hours.", "2½", 2.5, 2.5, 0},
    {"It took 10 1/2 miles of wire.", "10 1/2", 10.5, 10.5, 0},
    {"Add 1/2 pound of butter.", "1/2", 0.5, 0.5, 0},
    {"A rate of .25 percent was set.", ".25", 0.25, 0.25, 0},
    {"The fund holds 1.2 million coins.", "1.2 million", 1.2e6, 1.2e6, 0},
    {"The club has 4.2m registered members.", "4.2m", 4.2e6, 4.2e6, 0},
    {"The wall is 4.2m tall.", "4.2", 4.2, 4.2, 0},
    {"The bid of £3bn failed.", "3bn", 3e9, 3e9, 0},
    {"It cost $16m to build.", "16m", 16e6, 16e6, 0},
    {"They paid EUR50m for it.", "EUR50m", 50e6, 50e6, 0},
    {"They paid RM1,700 for it.", "RM1,700", 1700, 1700, 0},
    {"About half a million people fled.", "half a million", 5e5, 5e5, 0},
    {"Half a dozen eggs broke.", "Half a dozen", 6, 6, 0},
    {"A dozen boats sank.", "A dozen", 12, 12, 0},
    {"Three dozen boats sank.", "Three dozen", 36, 36, 0},
    {"A hundred and five sheep escaped.", "A hundred and five", 105, 105, 0},
    {"One point five million trees were planted.", "One point five million", 1.5e6, 1.5e6, 0},
    {"There were twenty-eight thousand six hundred forty-two seats.",
     "twenty-eight thousand six hundred forty-two", 28642, 28642, 0},
    {"Two and a half years later it closed.", "Two and a half", 2.5, 2.5, 0},
    {"There were 4 hundred million stars.", "4 hundred million", 4e8, 4e8, 0},
    {"It is 10 to 100 times faster.", "10 to 100", 10, 100, 0},
    {"Between five and seven goats ate it.", "five and seven", 5, 7, 0},
    {"There were six or 10 vans.", "six or 10", 6, 10, 0},
    {"It will cost 10 to 20 million crowns.", "10 to 20 million", 10e6, 20e6, 0},
    {"A ride of 15-22 miles is planned.", "15-22", 15, 22, 0},
    {"Tens of thousands of bees swarmed.", "Tens of thousands", 1e4, 1e5, 0},
    {"Dozens of bees swarmed.", "Dozens", 12, 120, 0},
    {"The index moved -1.3% today.", "-1.3", -1.3, -1.3, 0},
    {"It was minus 40 degrees.", "minus 40", -40, -40, 0},
    {"A third of voters stayed away.", "A third", 1.0 / 3, 1.0 / 3, 0},
    {"Two-thirds of voters stayed away.", "Two-thirds", 2.0 / 3, 2.0 / 3, 0},
    {"Half the flats were sold.", "Half", 0.5, 0.5, 0},
    {"It was her ninth visit.", "ninth", 9, 9, 1},
    {"It was her twenty-first visit.", "twenty-first", 21, 21, 1},
    {"He is the 45th mayor.", "45th", 45, 45, 1},
    {"He bought a PS5 yesterday.", NULL, 0, 0, 0},
    {"The F-16 landed.", NULL, 0, 0, 0},
    {"The RX J1131 is far.", NULL, 0, 0, 0},
    {"They won 2-1 at home.", NULL, 0, 0, 0},
    {"Call 020-7946-0018 now.", NULL, 0, 0, 0},
    {"Image 1/8", NULL, 0, 0, 0},
    {"Several hundred guests came.", NULL, 0, 0, 0},
    {"The bridge opened in March 2016.", NULL, 0, 0, 0},
    {"The train left at 6.15 a.m. on Friday.", NULL, 0, 0, 0},
    {"Version 5.1.2 is out.", NULL, 0, 0, 0},
};

static void numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const number_case *c = &cases[i];
        unit_text u;
        unit_text_init(&u, c->text, INT64_MIN, ROLE_BODY);
        if (!c->number) {
            if (u.text.number_n)
                print_error("%s: a number too many\n", c->text);
            assert_int_equal(u.text.number_n, 0);
        } else {
            if (!u.text.number_n)
                print_error("%s: no number\n", c->text);
            assert_true(u.text.number_n >= 1);
            const sst_number *n = &u.text.number[0];
            sst_str at = str_span(u.text.s, text_span(&u.text, n->begin, n->end));
            if (!str_eq(at, str_of(c->number)) || fabs(n->value - c->value) > 1e-9 * fabs(c->value))
                print_error("%s: found '%.*s' %g %g\n", c->text, (int)at.n, at.p, n->value,
                            n->high);
            assert_true(str_eq(at, str_of(c->number)));
            assert_true(fabs(n->value - c->value) <= 1e-9 * fabs(c->value));
            assert_true(fabs(n->high - c->high) <= 1e-9 * fabs(c->high));
            assert_int_equal(n->ordinal, c->ordinal);
        }
        unit_text_release(&u);
    }
}

/* Numbers stand in order, do not overlap each other or a time, and read back. */
static void order(void **state)
{
    (void)state;
    unit_text u;
    unit_text_init(
        &u,
        "On 7 October 2023 about 1,200 of 40,000 workers at 3 mills, 2 of them in the north, "
        "struck for 10 to 12 days.\n"
        "By 6pm 31 had come back; 2-1 was the score; half a million tins were lost, worth $4.5m.",
        1700000000, ROLE_BODY);
    assert_true(u.text.number_n >= 6);
    for (uint32_t i = 0; i < u.text.number_n; i++) {
        const sst_number *n = &u.text.number[i];
        assert_true(n->begin < n->end && n->end <= u.text.tok_n);
        assert_true(n->high >= n->value);
        if (i)
            assert_true(u.text.number[i - 1].end <= n->begin);
        for (uint32_t k = 0; k < u.text.time_n; k++)
            assert_true(n->end <= u.text.time[k].begin || u.text.time[k].end <= n->begin);
    }
    unit_text_release(&u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers), cmocka_unit_test(order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
