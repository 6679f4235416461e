/* quote: marks, clauses of saying, speakers. All texts are invented. */
#include "quote_bench.h"

/* ------------------------------------------------------------------ one article */

typedef struct quote_case {
    const char *text;
    /* quotations: content, parts joined by " + ", then " = " and who says it; joined by " | ".
     * Words in marks that nobody says are not listed. */
    const char *want;
} quote_case;

static void quotes_of(const sst_text *t, const sst_quotes *q, bool indirect, char *out, size_t cap)
{
    *out = 0;
    for (uint32_t i = 0; i < q->all_n; i++) {
        const sst_quote *x = &q->v[i];
        assert_true(x->content.n > 0 && x->marked.n > 0);
        spans_read_back(t, &x->content);
        spans_read_back(t, &x->marked);
        spans_read_back(t, &x->source);
        spans_read_back(t, &x->cue);
        spans_read_back(t, &x->addressee);
        /* each stretch stands in one with its marks, which a mixed quotation's may be wider than */
        for (uint32_t k = 0; k < x->content.n; k++) {
            bool in = false;
            for (uint32_t m = 0; m < x->marked.n; m++)
                in |= x->marked.v[m].begin <= x->content.v[k].begin &&
                      x->content.v[k].end <= x->marked.v[m].end;
            assert_true(in);
        }
        assert_true(x->speaker_at.begin <= x->speaker_at.end && x->speaker_at.end <= t->s.n);
        assert_true(x->entity == UINT32_MAX || x->entity < t->entity_n);
        if (i >= q->n || (x->type == QUOTE_INDIRECT) != indirect)
            continue;
        for (uint32_t k = 0; k < x->content.n; k++)
            append(out, cap, k ? " + " : " | ", str_span(t->s, x->content.v[k]));
        append(out, cap, " = ", x->speaker.n ? x->speaker : STR("-"));
    }
}

static void find_in(bench *b, const char *text, sst_quotes *q)
{
    bench_init(b);
    bench_add(b, "a", "Gull Radio", "2031-05-06", "Notes", text);
    assert_int_equal(quote_find(b->v[0], &b->arena, q), SST_OK);
}

static void run_cases(const quote_case *c, size_t n, bool indirect)
{
    int failed = 0;
    for (size_t k = 0; k < n; k++) {
        bench b;
        sst_quotes q;
        char got[2048];
        find_in(&b, c[k].text, &q);
        quotes_of(b.v[0], &q, indirect, got, sizeof got);
        if (strcmp(got, c[k].want) != 0) {
            print_error("%s\n gives %s\n  want %s\n", c[k].text, got, c[k].want);
            failed++;
        }
        bench_release(&b);
    }
    assert_int_equal(failed, 0);
}

#define RUN(table) run_cases(table, sizeof(table) / sizeof *(table), false)
#define RUN_INDIRECT(table) run_cases(table, sizeof(table) / sizeof *(table), true)

/* ------------------------------------------------------------------ indirect speech */

static const quote_case indirect_cases[] = {
    {"Ida Quill said that the bridge would stay closed until Friday.",
     "that the bridge would stay closed until Friday = Ida Quill"},
    {"Ida Quill said on Monday the bridge would stay closed.",
     "the bridge would stay closed = Ida Quill"},
    {"The mayor, Ida Quill, told reporters in Ostmark that the bridge was safe.",
     "that the bridge was safe = Ida Quill"},
    {"The bridge will stay closed until Friday, Ida Quill said on Monday.",
     "The bridge will stay closed until Friday = Ida Quill"},
    {"According to Ida Quill, the bridge will stay closed until Friday.",
     "the bridge will stay closed until Friday = Ida Quill"},
    {"The bridge will stay closed until Friday, according to Ida Quill.",
     "The bridge will stay closed until Friday = Ida Quill"},
    {"Ida Quill promised to open the bridge before the harvest.",
     "to open the bridge before the harvest = Ida Quill"},
    {"Ida Quill spoke to the council. She said the bridge was safe.",
     "the bridge was safe = Ida Quill"},
    /* nothing is said here */
    {"Ida Quill continued her walk over the bridge.", ""},
    {"The bridge was built in a year.", ""},
    {"Ida Quill said the bridge was closed.", "the bridge was closed = Ida Quill"},
};

static void indirect_speech_is_found(void **state)
{
    (void)state;
    RUN_INDIRECT(indirect_cases);
}

/* ------------------------------------------------------------------ marks */

static const quote_case mark_cases[] = {
    {"“The bridge will stay closed,” Ida Quill said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    {"\"The bridge will stay closed,\" Ida Quill said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    {"‘The bridge will stay closed,’ Ida Quill said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    {"'The bridge will stay closed,' Ida Quill said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    {"``The bridge will stay closed,'' Ida Quill said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    {"''The bridge will stay closed,'' Ida Quill said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    {"‘‘The bridge will stay closed,’’ Ida Quill said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    {"“The bridge will stay closed,’’ Ida Quill said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    {"«The bridge will stay closed,» Ida Quill said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    {"„The bridge will stay closed,“ Ida Quill said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    /* marks turned round, or mixed */
    {"”The bridge will stay closed,” Ida Quill said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    {"“The bridge will stay closed,\" Ida Quill said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    {"\"The bridge will stay closed,” Ida Quill said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    /* no opening mark: the sentence is what is said */
    {"The bridge will stay closed for weeks,” Ida Quill said on Monday.",
     "The bridge will stay closed for weeks, = Ida Quill"},
    /* no closing mark: up to the end of the paragraph */
    {"Ida Quill said: “The bridge will stay closed for weeks.\n\nRain fell on the hills.",
     "The bridge will stay closed for weeks. = Ida Quill"},
    /* a quotation over paragraphs */
    {"Ida Quill said: “The bridge will stay closed.\n\n“We are working day and night.”",
     "The bridge will stay closed. + We are working day and night. = Ida Quill"},
    {"“The bridge will stay closed,” Ida Quill said. “It is not safe.\n\n“We are working day and "
     "night.”",
     "The bridge will stay closed, + It is not safe. + We are working day and night. = Ida Quill"},
    /* the same with the paragraphs joined in one line */
    {"Ida Quill said: “The bridge will stay closed. “We are working day and night.”",
     "The bridge will stay closed. + We are working day and night. = Ida Quill"},
    /* nested */
    {"“He told us ‘go home now’ and we went,” Ida Quill said.",
     "He told us ‘go home now’ and we went, = Ida Quill"},
    {"‘He told us “go home now” and we went,’ Ida Quill said.",
     "He told us “go home now” and we went, = Ida Quill"},
    {"‘He told us “go home now”,’ Ida Quill said. ‘We went.’",
     "He told us “go home now”, + We went. = Ida Quill"},
    /* apostrophes are no marks */
    {"The workers’ club and the drivers’ union closed in the ’90s, Ida Quill said.", ""},
    {"'We don't know the drivers' names,' Ida Quill said.",
     "We don't know the drivers' names, = Ida Quill"},
};

static void marks_are_paired(void **state)
{
    (void)state;
    RUN(mark_cases);
}

/* ------------------------------------------------------------------ clauses of saying */

static const quote_case clause_cases[] = {
    {"“The bridge will stay closed,” said Ida Quill.", "The bridge will stay closed, = Ida Quill"},
    {"Ida Quill said: “The bridge will stay closed.”", "The bridge will stay closed. = Ida Quill"},
    {"Ida Quill said, “The bridge will stay closed.”", "The bridge will stay closed. = Ida Quill"},
    {"Ida Quill told reporters that the bridge was “not safe at all”.",
     "not safe at all = Ida Quill"},
    {"“The bridge will stay closed,” according to Ida Quill.",
     "The bridge will stay closed, = Ida Quill"},
    {"According to Ida Quill, the bridge is “not safe at all”.", "not safe at all = Ida Quill"},
    {"“Is the bridge safe?” Ida Quill asked.", "Is the bridge safe? = Ida Quill"},
    {"“Close the bridge!” Ida Quill shouted.", "Close the bridge! = Ida Quill"},
    /* split by its attribution */
    {"“The bridge,” Ida Quill said, “will stay closed for weeks.”",
     "The bridge, + will stay closed for weeks. = Ida Quill"},
    {"“The bridge will stay closed,” said Ida Quill. “It is not safe.”",
     "The bridge will stay closed, + It is not safe. = Ida Quill"},
    /* apposition */
    {"“The bridge will stay closed,” said Ida Quill, an engineer of the county.",
     "The bridge will stay closed, = Ida Quill"},
    {"“The bridge will stay closed,” Ida Quill, an engineer of the county, said.",
     "The bridge will stay closed, = Ida Quill"},
    {"Ida Quill, an engineer of the county, said: “The bridge will stay closed.”",
     "The bridge will stay closed. = Ida Quill"},
    {"“The bridge will stay closed,” her lawyer, Oskar Tarnow, said.",
     "The bridge will stay closed, = Oskar Tarnow"},
    {"“The bridge will stay closed,” said the engineer Ida Quill.",
     "The bridge will stay closed, = Ida Quill"},
    {"“The bridge will stay closed,” said Prime Minister Oskar Tarnow.",
     "The bridge will stay closed, = Oskar Tarnow"},
    /* who-clauses */
    {"Ida Quill, who lives by the river, said: “The bridge will stay closed.”",
     "The bridge will stay closed. = Ida Quill"},
    {"“The bridge will stay closed,” said Ida Quill, who lives by the river.",
     "The bridge will stay closed, = Ida Quill"},
    /* times and ways in between */
    {"“The bridge will stay closed,” Ida Quill also said on Monday.",
     "The bridge will stay closed, = Ida Quill"},
    {"Ida Quill on Monday said: “The bridge will stay closed.”",
     "The bridge will stay closed. = Ida Quill"},
    /* passed on */
    {"The Morrow Herald quoted Ida Quill as saying: “The bridge will stay closed.”",
     "The bridge will stay closed. = Ida Quill"},
    /* a second verb */
    {"Ida Quill blamed the rain, saying “the bridge was never built for this”.",
     "the bridge was never built for this = Ida Quill"},
    {"Ida Quill came to the river and said: “The bridge will stay closed.”",
     "The bridge will stay closed. = Ida Quill"},
    /* passive */
    {"The bridge was described as “a danger to everybody” by Ida Quill.",
     "a danger to everybody = Ida Quill"},
    /* naming */
    {"Ida Quill called the bridge “a danger to everybody”.", "a danger to everybody = Ida Quill"},
    /* a noun of saying owned by the speaker */
    {"“The bridge will stay closed,” Ida Quill said in a statement.",
     "The bridge will stay closed, = Ida Quill"},
    /* an unnamed speaker is called as the sentence calls it */
    {"“The bridge will stay closed,” a spokesman said.",
     "The bridge will stay closed, = spokesman"},
    {"“The bridge will stay closed,” county officials said.",
     "The bridge will stay closed, = county officials"},
    /* signed */
    {"“The bridge will stay closed for weeks.” — Ida Quill",
     "The bridge will stay closed for weeks. = Ida Quill"},
    /* the trailing clause of the reporter's sentence */
    {"The bridge was “not safe at all” after the flood, Ida Quill said.",
     "not safe at all = Ida Quill"},
    /* announced by the paragraph before */
    {"Ida Quill said:\n\n“The bridge will stay closed for weeks.”",
     "The bridge will stay closed for weeks. = Ida Quill"},
    /* what belongs to the subject stands between it and its verb */
    {"“The bridge is old,” the officer who once said it was safe told visitors. “It will fall.”",
     "The bridge is old, + It will fall. = officer"},
    {"“The bridge is old,” Harbour Council minority leader Ida Quill told visitors. “It will "
     "fall.”",
     "The bridge is old, + It will fall. = Ida Quill"},
    {"“The bridge is old,” the email said. “It will fall.”",
     "The bridge is old, + It will fall. = -"},
    /* the last word of a name is no verb */
    {"“The risk,” said Ida Quill, who leads the Ostmark Weather Forecast, “is that it will fall.”",
     "The risk, + is that it will fall. = Ida Quill"},
    /* paragraphs in marks, one behind the other, are one */
    {"Ida Quill said: “The bridge is old.”\n\n“It will fall one day or another.”\n\nRain fell.",
     "The bridge is old. + It will fall one day or another. = Ida Quill"},
};

static void clauses_are_read(void **state)
{
    (void)state;
    RUN(clause_cases);
}

/* ------------------------------------------------------------------ who is meant */

static const quote_case speaker_cases[] = {
    {"Ferry owners and the campaign itself said on Monday that the quay was not safe. “They make "
     "headlines, but the quay is not a joke,” the campaign wrote on Wednesday.",
     "They make headlines, but the quay is not a joke, = campaign"},
    {"A Quillmark Airways spokesman called it “a stowaway,” and Ida Quill laughed. Ida Quill said "
     "she had heard it. “The bird was set free,” the spokesman wrote.",
     "a stowaway, = Quillmark Airways spokesman | The bird was set free, = Quillmark Airways "
     "spokesman"},
    {"It felt as if Ida Quill had waited for an hour before the captain came back and said: “The "
     "bird is back.”",
     "The bird is back. = captain"},
    {"A couple of days after the storm, Halvard Moor walked back, saying he regretted “not being "
     "as "
     "clear” as he should have been.",
     "not being as clear = Halvard Moor"},
    {"James Wrenfield came to the river on Monday.\n\n“The bridge will stay closed,” he said.",
     "The bridge will stay closed, = James Wrenfield"},
    {"Mary Wrenfield came to the river with James Tarnow.\n\n“The bridge will stay closed,” she "
     "said.",
     "The bridge will stay closed, = Mary Wrenfield"},
    {"Mary Wrenfield came to the river with James Tarnow.\n\n“The bridge will stay closed,” he "
     "said.",
     "The bridge will stay closed, = James Tarnow"},
    {"The Harbour Safety Agency closed the river on Monday.\n\n“The bridge will stay closed,” it "
     "said.",
     "The bridge will stay closed, = Harbour Safety Agency"},
    {"“The bridge will stay closed,” two residents said. “It is not safe at all,” they added.",
     "The bridge will stay closed, = two residents | It is not safe at all, = two residents"},
    {"James Wrenfield came to the river.\n\n“The bridge will stay closed,” Wrenfield said.",
     "The bridge will stay closed, = James Wrenfield"},
    {"“The bridge will stay closed,” James Wrenfield said.\n\n“Nobody may cross the river,” he "
     "added.",
     "The bridge will stay closed, = James Wrenfield | Nobody may cross the river, = James "
     "Wrenfield"},
    /* descriptions */
    {"Foreign Minister James Wrenfield came to the river.\n\n“The bridge will stay closed,” the "
     "top "
     "diplomat said.",
     "The bridge will stay closed, = James Wrenfield"},
    {"Ostmark-based Tarnow Systems Inc. built the bridge.\n\n“The bridge will stay closed,” the "
     "Ostmark-based firm said.",
     "The bridge will stay closed, = Tarnow Systems"},
    {"James Wrenfield, the mayor of Ostmark, came to the river.\n\n“The bridge will stay closed,” "
     "the mayor said.",
     "The bridge will stay closed, = James Wrenfield"},
    /* it goes on behind its attribution, in the next paragraph too */
    {"“The bridge will stay closed,” James Wrenfield said.\n\n“Nobody may cross the river at "
     "night.”",
     "The bridge will stay closed, + Nobody may cross the river at night. = James Wrenfield"},
    /* carried over */
    {"“The bridge will stay closed,” James Wrenfield said.\n\nRain fell on the hills.\n\n“Nobody "
     "may cross the river at night.”",
     "The bridge will stay closed, = James Wrenfield | Nobody may cross the river at night. = "
     "James Wrenfield"},
    /* the question asks about its subject */
    {"James Wrenfield came with Paul Tarnow. Was Tarnow content? “Only for a week,” he said.",
     "Only for a week, = Paul Tarnow"},
    /* a thing is no speaker, and no man whom a pronoun means */
    {"James Wrenfield crossed the bridge. “Nobody may stay here,” the survey said.",
     "Nobody may stay here, = -"},
    {"James Wrenfield wrote a speech. “The bridge will stay closed,” according to excerpts.\n\n“I "
     "will open it in May,” he will say.",
     "The bridge will stay closed, = - | I will open it in May, = James Wrenfield"},
    /* a zone of time is no part of a name */
    {"Ida Quill came to the bridge. At 3.09pm PST Quill said: “It will stay closed.”",
     "It will stay closed. = Ida Quill"},
    /* a surname that is a woman's or a man's first name too */
    {"Mary Graham came to the bridge. “It will stay closed,” Graham said.",
     "It will stay closed, = Mary Graham"},
    /* not over more than three paragraphs */
    {"“The bridge will stay closed,” James Wrenfield said.\n\nRain fell on the hills.\n\nSnow fell "
     "on the hills.\n\nHail fell on the hills.\n\nFog lay on the hills.\n\n“Nobody may cross the "
     "river at night.”",
     "The bridge will stay closed, = James Wrenfield | Nobody may cross the river at night. = -"},
    /* nobody named inside a quotation is a pronoun's man */
    {"“I saw James Tarnow at the bridge,” said James Wrenfield. “It was late at night,” he added.",
     "I saw James Tarnow at the bridge, = James Wrenfield | It was late at night, = James "
     "Wrenfield"},
};

static void speakers_are_meant(void **state)
{
    (void)state;
    RUN(speaker_cases);
}

/* ------------------------------------------------------------------ words in marks that nobody
 * says */

static const quote_case unsaid_cases[] = {
    {"The so-called “bridge of sighs” was closed.", ""},
    {"The bridge, known as “Old Wooden Mary”, was closed.", ""},
    {"Her documentary “The Long Night” opens in May.", ""},
    {"Gull Radio’s “Morning on the River” is heard by many.", ""},
    {"The “bridge” was a plank.", ""},
    {"A group nicknamed “the night crew” came to the river.", ""},
    {"“” ‘’ \"\" '' “ ” ’ ‘", ""},
    {"\"", ""},
    {"“““““", ""},
};

static void posts_are_said_without_marks(void **state)
{
    (void)state;
    static const quote_case cases[] = {
        {"The mayor was brief.\n\nThe pier is shut until Monday. We are sorry. — Ilka Brandel "
         "(@ilkabrandel) March 2, 2031\n\nFerries go on, the harbour office wrote to us today.",
         "The pier is shut until Monday. We are sorry. = Ilka Brandel"},
        /* links at its end are no words; marks inside are a part of it */
        {"The harbour office spoke in the evening.\n\nTo those who ask \"when\": not before "
         "Monday! "
         "https://short.example/x1 pic.twitter.com/q9 — Tolsay Harbour (@tolsayharbour) 2 March "
         "2031\n\nFerries go on, a keeper wrote to us today.",
         "To those who ask \"when\": not before Monday! = Tolsay Harbour"},
        {"The mayor was brief.\n\nThe pier is shut. We are sorry for all that. -- Ilka Brandel "
         "(@ilkabrandel) March 2, 2031\n\nFerries go on, the harbour office wrote to us today.",
         "The pier is shut. We are sorry for all that. = Ilka Brandel"},
        /* a headline with a link is an outlet's pointer; the outlet's own posts are no news */
        {"The mayor was brief.\n\nPier shut until Monday, keeper unhurt https://short.example/x2 — "
         "Meridian Post (@meridianpost) March 2, 2031\n\nFerries go on, a keeper wrote to us.",
         ""},
        {"The mayor was brief.\n\nStay with us for news from the pier. — Gull Radio (@gullradio) "
         "March 2, 2031\n\nFerries go on, a keeper wrote to us.",
         ""},
        {"The keeper (@keeper) was there — Ilka Brandel was not, and nobody asked why on that day.",
         ""},
    };
    RUN(cases);
}

static void names_and_titles_are_not_said(void **state)
{
    (void)state;
    RUN(unsaid_cases);
}

/* ------------------------------------------------------------------ parts of a quotation */

static void parts_have_spans(void **state)
{
    (void)state;
    bench b;
    sst_quotes q;
    find_in(&b, "“The bridge will stay closed,” Ida Quill told Gull Radio on Monday.", &q);
    assert_int_equal(q.n, 1);
    const sst_quote *x = &q.v[0];
    assert_int_equal(x->type, QUOTE_DIRECT);
    bench_is(bench_at(&b, 0, x->marked.v[0]), "“The bridge will stay closed,”");
    assert_int_equal(x->source.n, 1);
    bench_is(bench_at(&b, 0, x->source.v[0]), "Ida Quill");
    assert_int_equal(x->cue.n, 1);
    bench_is(bench_at(&b, 0, x->cue.v[0]), "told");
    assert_int_equal(x->addressee.n, 1);
    bench_is(bench_at(&b, 0, x->addressee.v[0]), "Gull Radio");
    bench_is(bench_at(&b, 0, x->speaker_at), "Ida Quill");
    bench_release(&b);
}

static void parts_keep_their_marks(void **state)
{
    (void)state;
    bench b;
    sst_quotes q;
    find_in(&b,
            "“Many would call that a defeat for the mayor” if she did not win by a larger share "
            "than that, said Odile Voss, who counts votes at the Harbour Institute. “And yet it "
            "would settle the race even more for the mayor” because she would gain seats, he said.",
            &q);
    const sst_quote *x = NULL;
    for (uint32_t i = 0; i < q.n && !x; i++)
        x = q.v[i].type == QUOTE_MIXED ? &q.v[i] : NULL;
    assert_non_null(x);
    assert_int_equal(x->content.n, 2);
    for (uint32_t k = 0; k < 2; k++) {
        bool in = false;
        for (uint32_t m = 0; m < x->marked.n; m++)
            in |= x->marked.v[m].begin <= x->content.v[k].begin &&
                  x->content.v[k].end <= x->marked.v[m].end;
        assert_true(in);
    }
    bench_release(&b);
}

static void words_in_marks_have_the_source_of_what_they_are_most_of(void **state)
{
    (void)state;
    bench b;
    sst_quotes q;
    find_in(&b, "Campaign chief Tam Rourke released a memo titled “The Facts on Where We Stand.”",
            &q);
    assert_int_equal(q.n, 1);
    assert_int_equal(q.v[0].type, QUOTE_MIXED);
    bench_is(bench_at(&b, 0, q.v[0].content.v[0]), "The Facts on Where We Stand.");
    bench_is(q.v[0].speaker, "Tam Rourke");
    bench_release(&b);
}

/* The rules read no clause here, the network does. */
static void parts_of_one_link_are_one(void **state)
{
    (void)state;
    bench b;
    sst_quotes q;
    find_in(&b,
            "\"It is a costly way to run a school,\" said Will Doyden, a professor of law at the "
            "college. \"The largest part is what teachers are paid.\"",
            &q);
    assert_int_equal(q.n, 1);
    assert_int_equal(q.v[0].type, QUOTE_DIRECT);
    assert_int_equal(q.v[0].content.n, 2);
    bench_is(bench_at(&b, 0, q.v[0].cue.v[0]), "said");
    bench_release(&b);
}

static void all_that_is_said_to_somebody_is_direct(void **state)
{
    (void)state;
    bench b;
    sst_quotes q;
    find_in(&b, "Ida Quill told visitors, “the bridge is in horrible trouble.”", &q);
    assert_int_equal(q.n, 1);
    assert_int_equal(q.v[0].type, QUOTE_DIRECT);
    assert_true(q.v[0].in_sentence);
    bench_release(&b);
}

static void a_piece_in_a_sentence_is_mixed(void **state)
{
    (void)state;
    bench b;
    sst_quotes q;
    find_in(&b, "Ida Quill said the bridge was “not safe at all” for lorries.", &q);
    assert_int_equal(q.n, 1);
    assert_int_equal(q.v[0].type, QUOTE_MIXED);
    assert_string_equal(quote_type_name(q.v[0].type), "mixed");
    bench_release(&b);
}

static void words_in_marks_are_kept_behind(void **state)
{
    (void)state;
    bench b;
    sst_quotes q;
    find_in(&b, "The so-called “bridge of sighs” was closed. “It is not safe,” Ida Quill said.",
            &q);
    assert_int_equal(q.n, 1);
    assert_int_equal(q.all_n, 2);
    bench_is(bench_at(&b, 0, q.v[1].content.v[0]), "bridge of sighs");
    bench_release(&b);
}

static void carried_speakers_have_no_source(void **state)
{
    (void)state;
    bench b;
    sst_quotes q;
    find_in(&b,
            "“The bridge will stay closed,” James Wrenfield said.\n\nRain fell on the "
            "hills.\n\n“Nobody may cross the river at night.”",
            &q);
    assert_int_equal(q.n, 2);
    assert_int_equal(q.v[1].source.n, 0);
    assert_int_equal(q.v[1].entity, q.v[0].entity);
    bench_is(bench_at(&b, 0, q.v[1].speaker_at), "James Wrenfield");
    bench_release(&b);
}

/* Deep nesting must cost no more than its length, and every span must still read back. */
static void nested_marks_are_harmless(void **state)
{
    (void)state;
    enum { N = 10000 };
    sst_buf text;
    buf_init(&text, 0);
    buf_z(&text, "He said: ");
    for (int i = 0; i < N; i++)
        buf_z(&text, i % 2 ? "‘" : "“");
    buf_z(&text, "the bridge is closed");
    for (int i = 0; i < N; i++)
        buf_z(&text, i % 2 ? "”" : "’");
    buf_byte(&text, 0);
    assert_int_equal(text.failed, SST_OK);
    bench b;
    sst_quotes q;
    find_in(&b, text.p, &q);
    assert_true(q.all_n <= 2 * N);
    for (uint32_t i = 0; i < q.all_n; i++)
        spans_read_back(b.v[0], &q.v[i].content);
    bench_release(&b);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(indirect_speech_is_found),
        cmocka_unit_test(marks_are_paired),
        cmocka_unit_test(clauses_are_read),
        cmocka_unit_test(speakers_are_meant),
        cmocka_unit_test(posts_are_said_without_marks),
        cmocka_unit_test(names_and_titles_are_not_said),
        cmocka_unit_test(parts_have_spans),
        cmocka_unit_test(parts_keep_their_marks),
        cmocka_unit_test(words_in_marks_have_the_source_of_what_they_are_most_of),
        cmocka_unit_test(parts_of_one_link_are_one),
        cmocka_unit_test(all_that_is_said_to_somebody_is_direct),
        cmocka_unit_test(a_piece_in_a_sentence_is_mixed),
        cmocka_unit_test(words_in_marks_are_kept_behind),
        cmocka_unit_test(carried_speakers_have_no_source),
        cmocka_unit_test(nested_marks_are_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
