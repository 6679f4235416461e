/* Dates and times of day, resolved against the day of publication. */
#include "unit_text.h"

#define PUBLISHED 1724155200 /* Tuesday 2024-08-20 12:00 UTC */

typedef struct time_case {
    const char *text;
    const char *time; /* the first time; NULL: none */
    const char *iso;
    char precision;
} time_case;

static const time_case cases[] = {
    {"They met on Monday.", "Monday", "2024-08-19", 'd'},
    {"They met on Tuesday.", "Tuesday", "2024-08-20", 'd'},
    {"They met last Friday.", "last Friday", "2024-08-16", 'd'},
    {"All crossings are off until Friday.", "Friday", "2024-08-23", 'd'},
    {"Rain fell inland, and the roads stay shut through Friday.", "Friday", "2024-08-23", 'd'},
    {"The bridge stays shut till Friday.", "Friday", "2024-08-23", 'd'},
    {"They will meet on Friday.", "Friday", "2024-08-23", 'd'},
    {"She is scheduled to walk through the flooded streets with the mayor on Friday.", "Friday",
     "2024-08-23", 'd'},
    {"The mayor, who will stand again, spoke to the people of the town on Friday.", "Friday",
     "2024-08-16", 'd'},
    {"They meet next Tuesday.", "next Tuesday", "2024-08-27", 'd'},
    {"It sank on Wednesday morning.", "Wednesday morning", "2024-08-14", 'd'},
    {"It began on 7 October.", "7 October", "2023-10-07", 'd'},
    {"It began on Oct. 7.", "Oct. 7", "2023-10-07", 'd'},
    {"It began on October 7, 2023, at dawn.", "October 7, 2023", "2023-10-07", 'd'},
    {"It began on Monday, 3 June.", "Monday, 3 June", "2024-06-03", 'd'},
    {"It opened in March 2016.", "March 2016", "2016-03", 'm'},
    {"It opened in late July.", "late July", "2024-07", 'm'},
    {"It opened in 1998.", "1998", "1998", 'y'},
    {"The 2016 elections were close.", "2016", "2016", 'y'},
    {"The mill closed last month.", "last month", "2024-07", 'm'},
    {"The mill closes this week.", "this week", "2024-08-19", 'w'},
    {"The mill closed last year.", "last year", "2023", 'y'},
    {"The mill closed yesterday.", "yesterday", "2024-08-19", 'd'},
    {"The mill closed in the 1970s.", "1970s", "", 0},
    {"They came at 6.15 a.m. on Monday.", "6.15 a.m.", "2024-08-19T06:15", 'n'},
    {"The Gulls trailed with 7:12 left.", "7:12", "", 0},
    {"They came at 11.30am.", "11.30am", "2024-08-20T11:30", 'n'},
    {"It struck shortly after 06:00 GMT.", "06:00 GMT", "2024-08-20T06:00", 'n'},
    {"By 9 p.m., the fire was out.", "9 p.m.", "2024-08-20T21:00", 'n'},
    {"By noon the fire was out.", "noon", "2024-08-20T12:00", 'n'},
    {"Posted 2019-09-01T10:38:07Z by staff.", "2019-09-01T10:38:07Z", "2019-09-01", 'd'},
    {"About 2000 lamps were lit.", NULL, "", 0},
    {"He may march with 20 others.", NULL, "", 0},
    {"They won 2-1.", NULL, "", 0},
    {"It cost 1,999 crowns.", NULL, "", 0},
};

static void check(const char *lang, const time_case *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const time_case *c = &v[i];
        unit_text u;
        unit_text_init_in(&u, lang, c->text, PUBLISHED, ROLE_BODY);
        if (!c->time) {
            if (u.text.time_n)
                print_error("%s: a time too many\n", c->text);
            assert_int_equal(u.text.time_n, 0);
        } else {
            if (!u.text.time_n)
                print_error("%s: no time\n", c->text);
            assert_true(u.text.time_n >= 1);
            const sst_time *t = &u.text.time[0];
            sst_str at = str_span(u.text.s, text_span(&u.text, t->begin, t->end));
            if (!str_eq(at, str_of(c->time)) || strcmp(t->iso, c->iso) != 0)
                print_error("%s: found '%.*s' %s\n", c->text, (int)at.n, at.p, t->iso);
            assert_true(str_eq(at, str_of(c->time)));
            assert_string_equal(t->iso, c->iso);
            assert_int_equal(t->precision, c->precision);
        }
        unit_text_release(&u);
    }
}

static void times(void **state)
{
    (void)state;
    check("en", cases, sizeof cases / sizeof *cases);
}

typedef struct lang_case {
    const char *lang;
    time_case c;
} lang_case;

static const lang_case foreign[] = {
    {"de", {"Der Turm fiel am 8. Mai 2024 um.", "8. Mai 2024", "2024-05-08", 'd'}},
    {"de", {"Wetter am 16. Mai: Regen", "16. Mai", "2024-05-16", 'd'}},
    {"de", {"Es waren 40. Morgen kommt er.", NULL, "", 0}},
    {"fr", {"La tour est tombée le 3 février 2024.", "3 février 2024", "2024-02-03", 'd'}},
    {"fr", {"Le pont ouvre le 1er mai 2024.", "1er mai 2024", "2024-05-01", 'd'}},
    {"es", {"La torre cayó el 8 de mayo de 2024.", "8 de mayo de 2024", "2024-05-08", 'd'}},
    {"it", {"La torre è caduta il 9 maggio 2024.", "9 maggio 2024", "2024-05-09", 'd'}},
    {"pt", {"A torre caiu em 8 de março de 2024.", "8 de março de 2024", "2024-03-08", 'd'}},
    {"nl", {"De toren viel op 8 mei 2024.", "8 mei 2024", "2024-05-08", 'd'}},
    {"ru", {"Башня упала 8 мая 2024.", "8 мая 2024", "2024-05-08", 'd'}},
};

static void days_of_other_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        check(foreign[i].lang, &foreign[i].c, 1);
}

/* "8." ends a sentence of English and none of German. */
static void a_full_stop_is_of_the_day_where_days_are_written_so(void **state)
{
    (void)state;
    unit_text u;
    unit_text_init(&u, "He was 8. May Quill was 9.", PUBLISHED, ROLE_BODY);
    assert_int_equal(u.text.sent_n, 2);
    unit_text_release(&u);
    unit_text_init_in(&u, "de", "Der Turm fiel am 8. Mai um.", PUBLISHED, ROLE_BODY);
    assert_int_equal(u.text.sent_n, 1);
    unit_text_release(&u);
}

/* Without a day of publication nothing is made up. */
static void unknown_day(void **state)
{
    (void)state;
    unit_text u;
    unit_text_init(&u, "They met on Monday and will meet on 3 June. The hall opened on 3 May 1921.",
                   INT64_MIN, ROLE_BODY);
    assert_int_equal(u.text.time_n, 3);
    assert_string_equal(u.text.time[0].iso, "");
    assert_string_equal(u.text.time[1].iso, "");
    assert_string_equal(u.text.time[2].iso, "1921-05-03");
    unit_text_release(&u);
}

/* A time of day in another sentence is of a day near the publication. */
static void a_day_long_ago_has_no_later_clock(void **state)
{
    (void)state;
    unit_text u;
    unit_text_init(&u, "The quarter ended on Dec. 31. The mail came at 6 a.m.", PUBLISHED,
                   ROLE_BODY);
    assert_int_equal(u.text.time_n, 2);
    assert_string_equal(u.text.time[1].iso, "2024-08-20T06:00");
    unit_text_release(&u);
    unit_text_init(&u, "They met on Monday. The mail came at 6 a.m.", PUBLISHED, ROLE_BODY);
    assert_string_equal(u.text.time[1].iso, "2024-08-19T06:00");
    unit_text_release(&u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times), cmocka_unit_test(days_of_other_languages),
        cmocka_unit_test(a_full_stop_is_of_the_day_where_days_are_written_so),
        cmocka_unit_test(a_day_long_ago_has_no_later_clock), cmocka_unit_test(unknown_day)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
