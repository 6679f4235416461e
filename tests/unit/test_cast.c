/* story_cast: who is who across the articles of a story. All texts are invented. */
#include "story_bench.h"

#include "story.h"
#include "story_spelling.h"

typedef struct cast_case {
    const char *text[5];
    /* persons: name and how many of the articles name it, sorted, joined by | */
    const char *want;
} cast_case;

enum { LINE = 96, PEOPLE_MOST = 16 };

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void members_agree(const bench *b, const sst_cast *cast)
{
    for (uint32_t a = 0; a < b->n; a++)
        for (uint32_t e = 0; e < b->v[a]->entity_n; e++)
            assert_true(cast->entity[a][e] < cast->person_n);
    for (uint32_t p = 0; p < cast->person_n; p++) {
        const sst_person *x = &cast->person[p];
        bool shown = false;
        uint32_t count = 0;
        assert_true(x->spelling_n > 0);
        for (uint32_t i = 0; i < x->spelling_n; i++) {
            const sst_spelling *s = &x->spellings[i];
            assert_true(s->article_n > 0 && s->count >= s->article_n);
            for (uint32_t k = 0; k < s->article_n; k++)
                assert_true(s->articles[k] < b->n &&
                            (k == 0 || s->articles[k - 1] < s->articles[k]));
            assert_true(i == 0 || x->spellings[i - 1].article_n >= s->article_n);
            shown |= str_eq(s->text, x->name);
            count += s->count;
        }
        assert_true(shown); /* the name is one of the spellings */
        assert_int_equal(count, x->mention_n);
    }
}

/* Casts the texts in the given order. */
static void cast_of(const char *const *text, const uint32_t *order, uint32_t n, char *out,
                    size_t cap)
{
    bench b;
    sst_cast cast;
    bench_init(&b);
    for (uint32_t i = 0; i < n; i++)
        bench_add(&b, "a", "Gull Radio", "2031-05-06", "Notes", text[order[i]]);
    assert_int_equal(story_cast(b.v, b.n, &b.arena, &cast), SST_OK);
    members_agree(&b, &cast);
    char line[PEOPLE_MOST][LINE];
    assert_true(cast.person_n <= PEOPLE_MOST);
    for (uint32_t p = 0; p < cast.person_n; p++) {
        const sst_person *x = &cast.person[p];
        uint32_t articles = 0;
        for (uint32_t a = 0; a < n; a++) {
            bool there = false;
            for (uint32_t e = 0; e < b.v[a]->entity_n; e++)
                there |= cast.entity[a][e] == p;
            articles += there;
        }
        snprintf(line[p], LINE, "%.*s %u", (int)x->name.n, x->name.p, articles);
    }
    qsort(line, cast.person_n, LINE, by_text);
    *out = 0;
    for (uint32_t p = 0; p < cast.person_n; p++) {
        assert_true(strlen(out) + LINE + 2 < cap);
        if (p)
            strcat(out, "|");
        strcat(out, line[p]);
    }
    bench_release(&b);
}

static const cast_case cases[] = {
    /* a surname alone */
    {{"The crowd saw James Wrenfield leave.", "The crowd saw Mr. Wrenfield leave."},
     "James Wrenfield 2"},
    {{"The crowd saw Mr. Wrenfield leave.", "The crowd saw James Wrenfield leave."},
     "James Wrenfield 2"},
    /* a given name alone: the one person who has it, nobody when two have */
    {{"The crowd saw James Wrenfield leave.", "The crowd saw Sir James leave."},
     "James Wrenfield 2"},
    {{"The crowd saw James Wrenfield and James Tarrow leave.", "The crowd saw Sir James leave."},
     "James 1|James Tarrow 1|James Wrenfield 1"},
    /* one slip in the given name, one slip in the surname */
    {{"The crowd saw Halbard Quistorp, 51, leave.", "The crowd saw Halvard Quistorp, 51, leave.",
      "The crowd saw Halvard Quistorp, 51, leave."},
     "Halvard Quistorp 3"},
    {{"The crowd saw Mary Wrenfield leave.", "The crowd saw Mary Wrenfeld leave.",
      "The crowd saw Mary Wrenfield leave."},
     "Mary Wrenfield 3"},
    /* transliterations of a given name, of a surname; of both together nothing is known */
    {{"The crowd saw Mohamed Wrenfari leave.", "The crowd saw Muhammad Wrenfari leave.",
      "The crowd saw Mohamed Wrenfari leave."},
     "Mohamed Wrenfari 3"},
    {{"The crowd saw Oleg Vestrensky leave.", "The crowd saw Oleg Vestrenskiy leave.",
      "The crowd saw Oleg Vestrensky leave."},
     "Oleg Vestrensky 3"},
    {{"The crowd saw Mary Quaddavi leave.", "The crowd saw Mary Gadavvi leave.",
      "The crowd saw Mary Quaddavi leave."},
     "Mary Quaddavi 3"},
    {{"The crowd saw Carlo Marnello leave.", "The crowd saw Carlina Marnello leave."},
     "Carlina Marnello 1|Carlo Marnello 1"},
    {{"The crowd saw Mary Marnelli leave.", "The crowd saw Mary Marnelo leave."},
     "Mary Marnelli 1|Mary Marnelo 1"},
    /* a body in two spellings of one language */
    {{"The crowd saw the Quay Labour Union leave.", "The crowd saw the Quay Labor Union leave.",
      "The crowd saw the Quay Labour Union leave."},
     "Quay Labour Union 3"},
    {{"The crowd saw the Quay Eastern Union leave.", "The crowd saw the Quay Western Union leave."},
     "Quay Eastern Union 1|Quay Western Union 1"},
    {{"The crowd saw the Quay Defence Union leave.", "The crowd saw the Quay Defense Union leave.",
      "The crowd saw the Quay Defence Union leave."},
     "Quay Defence Union 3"},
    /* a short form of a given name */
    {{"The crowd saw Phil Wrenfield leave.", "The crowd saw Philip Wrenfield leave.",
      "The crowd saw Philip Wrenfield leave."},
     "Philip Wrenfield 3"},
    /* an article that has both near names tells of two people */
    {{"The crowd saw Mary Wrenfield leave. Then Mary Wrenfeld came back.",
      "The crowd saw Mary Wrenfield leave.", "The crowd saw Mary Wrenfeld leave."},
     "Mary Wrenfeld 2|Mary Wrenfield 2"},
    /* two slips are two people */
    {{"The crowd saw Mary Wrenfield leave.", "The crowd saw Mary Branfeld leave."},
     "Mary Branfeld 1|Mary Wrenfield 1"},
    /* short given names must be equal */
    {{"The crowd saw Ida Wrenfield, 51, leave.", "The crowd saw Ada Wrenfield, 15, leave."},
     "Ada Wrenfield 1|Ida Wrenfield 1"},
    /* initials */
    {{"The crowd saw J. Wrenfield leave.", "The crowd saw James Wrenfield leave.",
      "The crowd saw James Wrenfield leave."},
     "James Wrenfield 3"},
    {{"The crowd saw James T. Wrenfield leave.", "The crowd saw James Wrenfield leave.",
      "The crowd saw James Wrenfield leave."},
     "James Wrenfield 3"},
    {{"The crowd saw M. Wrenfield leave.", "The crowd saw James Wrenfield leave."},
     "James Wrenfield 1|M. Wrenfield 1"},
    /* one surname, two people; the gender tells who is meant */
    {{"The crowd saw James Wrenfield leave.", "The crowd saw Mary Wrenfield leave.",
      "The crowd saw Mrs. Wrenfield leave."},
     "James Wrenfield 1|Mary Wrenfield 2"},
    {{"The crowd saw James Wrenfield leave.", "The crowd saw Mary Wrenfield leave.",
      "The crowd saw Mr. Wrenfield leave."},
     "James Wrenfield 2|Mary Wrenfield 1"},
    /* no gender: who is named most */
    {{"The crowd saw James Wrenfield leave.", "The crowd saw Mary Wrenfield leave.",
      "The crowd saw James Wrenfield leave.", "The crowd saw the engineer Wrenfield leave."},
     "James Wrenfield 3|Mary Wrenfield 1"},
    /* an acronym that one article explains */
    {{"The crowd saw the Harbour Safety Agency (HSA) leave.", "The crowd saw the HSA leave."},
     "Harbour Safety Agency 2"},
    {{"The crowd saw the HSA leave.", "The crowd saw the Harbour Safety Agency (HSA) leave."},
     "Harbour Safety Agency 2"},
    /* accents */
    {{"The crowd saw André Wrenfield leave.", "The crowd saw Andre Wrenfield leave.",
      "The crowd saw André Wrenfield leave."},
     "André Wrenfield 3"},
    /* Jr is no surname */
    {{"The crowd saw James Wrenfield Jr. leave.", "The crowd saw Wrenfield leave.",
      "The crowd saw James Wrenfield Jr. leave."},
     "James Wrenfield Jr. 3"},
};

static void the_cast_is_found_in_any_order(void **state)
{
    (void)state;
    int failed = 0;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        uint32_t n = 0;
        while (n < 5 && cases[k].text[n])
            n++;
        for (uint32_t turn = 0; turn < 2 * n; turn++) { /* all rotations, both ways round */
            uint32_t order[5];
            for (uint32_t i = 0; i < n; i++)
                order[i] = turn < n ? (i + turn) % n : (2 * n - 1 - i - turn % n) % n;
            char got[512];
            cast_of(cases[k].text, order, n, got, sizeof got);
            if (strcmp(got, cases[k].want) != 0) {
                print_error("case %zu, turn %u: %s\n gives %s\n  want %s\n", k, turn,
                            cases[k].text[order[0]], got, cases[k].want);
                failed++;
            }
        }
    }
    assert_int_equal(failed, 0);
}

static void the_gender_is_learnt_from_any_article(void **state)
{
    (void)state;
    bench b;
    sst_cast cast;
    bench_init(&b);
    bench_add(&b, "a", "", "", "Notes", "The crowd saw Halvard Quistorp, 51, leave.");
    bench_add(&b, "b", "", "", "Notes", "The crowd saw Mr. Quistorp leave.");
    assert_int_equal(story_cast(b.v, b.n, &b.arena, &cast), SST_OK);
    assert_int_equal(cast.person_n, 1);
    assert_int_equal(cast.person[0].gender, GENDER_HE);
    assert_int_equal(cast.person[0].kind, NAME_PERSON);
    bench_release(&b);
}

static void forms_are_spelt_otherwise(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool other;
    } forms[] = {
        {"Indre Novik", "Indra Novik", true},
        {"Mohamed Wrenfari", "Muhammad Wrenfari", true},
        {"Allan Jones", "Allan-Jones", true},
        {"San Jos\xC3\xA9", "San Jose", true},
        {"Suedtarn Post",
         "S\xC3\xBC"
         "dtarn Post",
         true},
        {"Quay Defence Union", "Quay Defense Union", true},
        {"QUAY UNION", "Quay Union", false},              /* capitals */
        {"James T. Wrenfield", "James Wrenfield", false}, /* fuller */
        {"Wrenfield", "James Wrenfield", false},
        {"HSA", "Harbour Safety Agency", false},
        {"U.S.", "US", false},
        {"North Varria", "North Varrian", false},
        {"Quay Reformer", "Quay Reformers", false},
        {"Quay Eastern Union", "Quay Western Union", false},
        {"O'Brook",
         "O\xE2\x80\x99"
         "Brook",
         false},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        assert_int_equal(story_spelt_otherwise(str_of(forms[i].a), str_of(forms[i].b)),
                         forms[i].other);
        assert_int_equal(story_spelt_otherwise(str_of(forms[i].b), str_of(forms[i].a)),
                         forms[i].other);
    }
}

static void spellings_are_counted(void **state)
{
    (void)state;
    bench b;
    sst_cast cast;
    bench_init(&b);
    bench_add(&b, "a", "", "", "Notes",
              "The crowd saw Mary Wrenfield leave. Then Wrenfield came back.");
    bench_add(&b, "b", "", "", "Notes", "The crowd saw Mary Wrenfeld leave.");
    bench_add(&b, "c", "", "", "Notes", "The crowd saw Mary Wrenfield leave.");
    assert_int_equal(story_cast(b.v, b.n, &b.arena, &cast), SST_OK);
    assert_int_equal(cast.person_n, 1);
    const sst_person *p = &cast.person[0];
    assert_int_equal(p->spelling_n, 3);
    bench_is(p->spellings[0].text, "Mary Wrenfield");
    assert_int_equal(p->spellings[0].article_n, 2);
    assert_int_equal(p->spellings[0].articles[1], 2);
    bench_is(p->spellings[1].text, "Mary Wrenfeld"); /* as often as the next: in order of bytes */
    bench_is(p->spellings[2].text, "Wrenfield");
    bench_release(&b);
}

static void nobody_is_nobody(void **state)
{
    (void)state;
    bench b;
    sst_cast cast;
    bench_init(&b);
    assert_int_equal(story_cast(b.v, 0, &b.arena, &cast), SST_OK);
    assert_int_equal(cast.person_n, 0);
    bench_add(&b, "a", "", "", "Notes", "Rain fell on the hills.");
    assert_int_equal(story_cast(b.v, 1, &b.arena, &cast), SST_OK);
    assert_int_equal(cast.person_n, 0);
    bench_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cast_is_found_in_any_order),
        cmocka_unit_test(the_gender_is_learnt_from_any_article),
        cmocka_unit_test(forms_are_spelt_otherwise),
        cmocka_unit_test(spellings_are_counted),
        cmocka_unit_test(nobody_is_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
