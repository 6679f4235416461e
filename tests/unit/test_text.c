/* text: tokens, sentences, paragraphs, the lexicon, names. All texts are invented. */
#include "story_bench.h"
#include "text_pack.h"

/* ------------------------------------------------------------------ one text, without a page */

typedef struct sample {
    sst_arena arena;
    sst_article article;
    sst_block block;
    sst_text t;
} sample;

static void sample_open(sample *s, const char *text)
{
    memset(s, 0, sizeof *s);
    arena_init(&s->arena, 0);
    s->article.text = str_of(text);
    s->article.lang = STR("en");
    s->article.published_s = INT64_MIN;
    s->block = (sst_block){{0, (uint32_t)s->article.text.n}, ROLE_BODY};
    s->article.blocks = &s->block;
    s->article.block_n = 1;
    assert_int_equal(text_analyse(&s->article, &s->arena, &s->t), SST_OK);
    uint32_t at = 0;
    for (uint32_t i = 0; i < s->t.tok_n; i++) {
        assert_true(s->t.tok[i].begin >= at && s->t.tok[i].begin < s->t.tok[i].end);
        at = s->t.tok[i].end;
    }
    assert_true(at <= s->t.s.n);
}

static void sample_close(sample *s)
{
    arena_release(&s->arena);
}

/* Parts of the text, joined with |. */
static void join(char *out, size_t cap, size_t *n, sst_str part)
{
    assert_true(*n + part.n + 2 < cap);
    if (*n)
        out[(*n)++] = '|';
    memcpy(out + *n, part.p, part.n);
    *n += part.n;
    out[*n] = 0;
}

typedef struct text_case {
    const char *text, *want;
} text_case;

/* ------------------------------------------------------------------ tokens */

static const text_case token_cases[] = {
    {"Mara's dog", "Mara|'s|dog"},
    {"They\xE2\x80\x99ll see", "They|\xE2\x80\x99ll|see"},
    {"We've said we'd go", "We|'ve|said|we|'d|go"},
    {"I'm sure you're right", "I|'m|sure|you|'re|right"},
    {"don't can\xE2\x80\x99t", "don't|can\xE2\x80\x99t"},
    {"the workers\xE2\x80\x99 club", "the|workers|\xE2\x80\x99|club"},
    {"O'Dunne and d\xE2\x80\x99Orla", "O'Dunne|and|d\xE2\x80\x99Orla"},
    {"the U.S. Senate", "the|U.S.|Senate"},
    {"at 6 a.m. today", "at|6|a.m.|today"},
    {"J. K. Marlow and J.K. Marlow", "J.|K.|Marlow|and|J.K.|Marlow"},
    {"Mr. Quill of Tarn Ltd. spoke", "Mr.|Quill|of|Tarn|Ltd.|spoke"},
    {"It ended.", "It|ended|."},
    {"2\xC2\xBD hours, \xC2\xBD a loaf", "2\xC2\xBD|hours|,|\xC2\xBD|a|loaf"},
    {"40,139 at 6.15, then 7,", "40,139|at|6.15|,|then|7|,"},
    {"at 06:00", "at|06|:|00"},
    {"a 10-month talk", "a|10|-|month|talk"},
    {"long-term cease-fire", "long|-|term|cease|-|fire"},
    {"wait -- no...yes \xE2\x80\xA6", "wait|--|no|...|yes|\xE2\x80\xA6"},
    {"\"Yes,\" \xE2\x80\x9Cno\xE2\x80\x9D", "\"|Yes|,|\"|\xE2\x80\x9C|no|\xE2\x80\x9D"},
    {"``Yes'' \xE2\x80\x98\xE2\x80\x98no\xE2\x80\x99\xE2\x80\x99",
     "``|Yes|''|\xE2\x80\x98\xE2\x80\x98|no|\xE2\x80\x99\xE2\x80\x99"},
    {"\xC2\xABOui\xC2\xBB \xE2\x80\x9Eja\xE2\x80\x9C",
     "\xC2\xAB|Oui|\xC2\xBB|\xE2\x80\x9E|ja|\xE2\x80\x9C"},
    {"at tarn.example.org now", "at|tarn.example.org|now"},
    {"B&Q and Finch & Rowe", "B&Q|and|Finch|&|Rowe"},
    {"$5m (about \xC2\xA3"
     "4m)",
     "$|5|m|(|about|\xC2\xA3|4|m|)"},
    {"Zo\xC3\xAB \xC3\x85sg\xC3\xA5rd", "Zo\xC3\xAB|\xC3\x85sg\xC3\xA5rd"},
    {"\xE4\xB8\xAD\xE6\x96\x87", "\xE4\xB8\xAD|\xE6\x96\x87"},
    {"", ""},
    {" \t\n ", ""},
};

static void tokens_are_cut(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof token_cases / sizeof *token_cases; k++) {
        sample s;
        sample_open(&s, token_cases[k].text);
        char got[512] = "";
        size_t n = 0;
        for (uint32_t i = 0; i < s.t.tok_n; i++)
            join(got, sizeof got, &n, text_token(&s.t, i));
        assert_string_equal(got, token_cases[k].want);
        sample_close(&s);
    }
}

static void tokens_say_what_they_are(void **state)
{
    (void)state;
    sample s;
    sample_open(&s, "NATO's U.S. envoy said \"2\xC2\xBD\"!\nNext line");
    static const uint8_t kinds[] = {TOK_WORD,   TOK_CLITIC, TOK_WORD, TOK_WORD, TOK_WORD, TOK_MARK,
                                    TOK_NUMBER, TOK_MARK,   TOK_SIGN, TOK_WORD, TOK_WORD};
    assert_int_equal(s.t.tok_n, sizeof kinds);
    for (uint32_t i = 0; i < s.t.tok_n; i++)
        assert_int_equal(s.t.tok[i].kind, kinds[i]);
    assert_int_equal(s.t.tok[0].flags, TOKF_UPPER | TOKF_CAPS | TOKF_SENT | TOKF_LINE | TOKF_NAME);
    assert_int_equal(s.t.tok[1].flags, TOKF_GLUED);
    assert_true(s.t.tok[2].flags & TOKF_ABBR);
    assert_int_equal(s.t.tok[3].flags, 0);
    assert_int_equal(s.t.tok[6].flags & TOKF_GLUED, TOKF_GLUED);
    assert_true(s.t.tok[9].flags & TOKF_LINE);
    assert_true(s.t.tok[9].flags & TOKF_SENT);
    uint32_t named = 0;
    for (uint32_t i = 0; i < s.t.tok_n; i++) {
        assert_int_equal((s.t.tok[i].flags & TOKF_NAME) != 0,
                         text_mention_over(&s.t, i) != UINT32_MAX);
        named += (s.t.tok[i].flags & TOKF_NAME) != 0;
        for (uint32_t at = s.t.tok[i].begin; at < s.t.tok[i].end; at++)
            assert_int_equal(text_token_at(&s.t, at), i);
    }
    assert_true(named > 0 && named < s.t.tok_n);
    sample_close(&s);
}

/* ------------------------------------------------------------------ sentences, paragraphs */

static const text_case sentence_cases[] = {
    {"It rained. The river rose.", "It rained.|The river rose."},
    {"\xE2\x80\x9CIt is time!\xE2\x80\x9D he added. All left.",
     "\xE2\x80\x9CIt is time!\xE2\x80\x9D he added.|All left."},
    {"\"Is it over?\" she asked. It was.", "\"Is it over?\" she asked.|It was."},
    {"He left. \"It is late.\" She stayed.", "He left.|\"It is late.\"|She stayed."},
    {"Dr. Ida Quill met Mr. Rowe. Both left.", "Dr. Ida Quill met Mr. Rowe.|Both left."},
    {"J. K. Marlow wrote it. We read it.", "J. K. Marlow wrote it.|We read it."},
    {"He works for Tarn Inc. and for us.", "He works for Tarn Inc. and for us."},
    {"He came from the U.S. The flight was late.", "He came from the U.S.|The flight was late."},
    {"It began at 6 a.m. The rain came later.", "It began at 6 a.m.|The rain came later."},
    {"It began at 6 a.m. on Monday.", "It began at 6 a.m. on Monday."},
    {"It cost 6.15 a head. We paid.", "It cost 6.15 a head.|We paid."},
    {"Well... perhaps not. So it goes.", "Well... perhaps not.|So it goes."},
    {"Really?! Yes.", "Really?!|Yes."},
    {"It is over.The next day came.", "It is over.|The next day came."},
    {"(It was late.) We left.", "(It was late.)|We left."},
    {"One paragraph\n\nAnother one", "One paragraph|Another one"},
    {"No stop here\nand so it goes on.", "No stop here\nand so it goes on."},
};

static void sentences_are_cut(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof sentence_cases / sizeof *sentence_cases; k++) {
        sample s;
        sample_open(&s, sentence_cases[k].text);
        char got[512] = "";
        size_t n = 0;
        for (uint32_t i = 0; i < s.t.sent_n; i++)
            join(got, sizeof got, &n,
                 str_span(s.t.s, text_span(&s.t, s.t.sent[i].begin, s.t.sent[i].end)));
        assert_string_equal(got, sentence_cases[k].want);
        sample_close(&s);
    }
}

static void paragraphs_end_at_blank_lines(void **state)
{
    (void)state;
    sample s;
    sample_open(&s, "One. Two.\nStill the first.\n \t\nThe second.\n\n\n\nThe third.\n");
    assert_int_equal(s.t.para_n, 3);
    assert_int_equal(s.t.sent_n, 5);
    uint32_t token = 0, sentence = 0;
    for (uint32_t p = 0; p < s.t.para_n; p++) { /* without gaps, in order */
        assert_int_equal(s.t.para[p].begin, token);
        assert_int_equal(s.t.para[p].sent_begin, sentence);
        token = s.t.para[p].end;
        sentence = s.t.para[p].sent_end;
    }
    assert_int_equal(token, s.t.tok_n);
    assert_int_equal(sentence, s.t.sent_n);
    for (uint32_t i = 0; i < s.t.tok_n; i++) {
        uint32_t p = text_para_of(&s.t, i), e = text_sentence_of(&s.t, i);
        assert_true(s.t.para[p].begin <= i && i < s.t.para[p].end);
        assert_true(s.t.sent[e].begin <= i && i < s.t.sent[e].end);
        assert_int_equal(s.t.sent[e].para, p);
        assert_int_equal(text_token_at(&s.t, s.t.tok[i].begin), i);
    }
    assert_int_equal(text_token_at(&s.t, (uint32_t)s.t.s.n), s.t.tok_n);
    sample_close(&s);
}

/* ------------------------------------------------------------------ the lexicon */

static void words_are_looked_up(void **state)
{
    (void)state;
    sample s;
    sample_open(&s, "In January She SAID it, according to Mayor Tarn in New Zealand; U.S. Jan. 3");
    const sst_text *t = &s.t;
    assert_true(text_is(t, 1, LEX_MONTH));
    assert_string_equal(lang_value(t->lang, t->tok[1].lex, LEX_MONTH), "1");
    assert_null(lang_value(t->lang, t->tok[1].lex, LEX_WEEKDAY));
    assert_true(text_is(t, 2, LEX_PRONOUN_PERSON));
    assert_string_equal(lang_value(t->lang, t->tok[2].lex, LEX_PRONOUN_PERSON), "she");
    assert_true(text_is(t, 3, LEX_CUE));
    assert_false(text_is(t, 3, LEX_MONTH));
    assert_true(text_word_is(t, 3, "said"));
    assert_false(text_word_is(t, 3, "saida"));
    assert_false(text_word_is(t, 3, "sai"));
    assert_int_equal(text_phrase(t, 6, t->tok_n, LEX_CUE_PHRASE), 2);
    assert_int_equal(text_phrase(t, 6, 7, LEX_CUE_PHRASE), 0); /* not beyond its end */
    assert_int_equal(text_phrase(t, 8, t->tok_n, LEX_CUE_PHRASE), 0);
    assert_int_equal(text_phrase(t, 11, t->tok_n, LEX_PLACE), 2);
    assert_false(text_is(t, 9, ~UINT64_C(0))); /* Tarn is in no list */
    assert_false(text_is(t, t->tok_n, ~UINT64_C(0)));
    assert_int_equal(t->tok[9].lex, 0);
    assert_true(text_is(t, t->tok_n - 2, LEX_MONTH)); /* Jan. */
    assert_int_equal(t->tok[14].key, text_key(STR("u.s.")));
    sample_close(&s);
}

static void phrases_have_values(void **state)
{
    (void)state;
    const sst_lang *en = lang_find(STR("en"));
    uint32_t keys[] = {text_key(STR("so")), text_key(STR("far"))};
    assert_int_equal(lang_phrase(en, keys, 2, LEX_FIGURE_CUE), 2);
    assert_string_equal(lang_phrase_value(en, keys, 2, LEX_FIGURE_CUE), "as-of");
    assert_null(lang_phrase_value(en, keys, 1, LEX_FIGURE_CUE));
    assert_null(lang_phrase_value(en, keys, 2, LEX_PLACE));
    assert_int_equal(lang_phrase(en, keys, 0, LEX_FIGURE_CUE), 0);
}

/* The generator hashes the words of the lists; the tokenizer must arrive at the same. */
static void keys_are_the_generator_s(void **state)
{
    (void)state;
    assert_int_equal(text_key(STR("")), 0x1ab1854eu);
    assert_int_equal(text_key(STR("said")), 0x30c9e0bcu);
    assert_int_equal(text_key(STR("u.s.")), 0xaba40dc5u);
    assert_int_equal(text_key(STR("zo\xC3\xAB")), 0x92be6cb0u);
    static const char *const same[][2] = {{"DON'T", "don\xE2\x80\x99t"},
                                          {"Ltd.", "ltd"},
                                          {"U.S.", "u.s."},
                                          {"\xC3\x85sg\xC3\xA5rd", "\xC3\xA5sg\xC3\xA5rd"}};
    for (size_t k = 0; k < sizeof same / sizeof *same; k++) {
        sample a, b;
        sample_open(&a, same[k][0]);
        sample_open(&b, same[k][1]);
        assert_int_equal(a.t.tok_n, 1);
        assert_int_equal(a.t.tok[0].key, b.t.tok[0].key);
        sample_close(&a);
        sample_close(&b);
    }
}

static void languages_are_found(void **state)
{
    (void)state;
    const sst_lang *en = lang_find(STR("en"));
    assert_ptr_equal(lang_find(STR("en-GB")), en);
    assert_ptr_equal(lang_find(STR("EN_us")), en);
    const sst_lang *none = lang_find(STR("xx"));
    assert_non_null(none);
    assert_ptr_equal(lang_find(STR("")), none);
    assert_ptr_not_equal(none, en);
    assert_int_equal(lang_row(none, STR("said")), 0);
    assert_int_equal(lang_classes(none, 0), 0);
    assert_true(lang_row(en, STR("said")) != 0);
    assert_int_equal(lang_row(en, STR("Said")), 0); /* folded words only */
    assert_true(lang_rarity(text_key(STR("the"))) < 1);
    assert_true(lang_rarity(text_key(STR("qwxzyq"))) > 10);
}

/* ------------------------------------------------------------------ names */

/* Entities in order: kind letter, gender letter, name; then how many mentions. */
static void entities_of(const sst_text *t, char *out, size_t cap)
{
    size_t n = 0;
    *out = 0;
    for (uint32_t i = 0; i < t->entity_n; i++) {
        const sst_entity *e = &t->entity[i];
        char line[160];
        int k = snprintf(line, sizeof line, "%c%c %.*s %u", "?POLX"[e->kind], "-hsit"[e->gender],
                         (int)e -> name.n, e->name.p, e->mention_n);
        join(out, cap, &n, (sst_str){line, (size_t)k});
    }
    for (uint32_t m = 0; m < t->mention_n; m++) {
        const sst_mention *x = &t->mention[m];
        assert_true(x->begin < x->end && x->end <= t->tok_n && x->entity < t->entity_n);
        assert_true(x->full_begin <= x->begin && x->end <= x->full_end);
        assert_true(m == 0 || t->mention[m - 1].end <= x->begin);
        for (uint32_t i = x->begin; i < x->end; i++)
            assert_int_equal(text_mention_at(t, i), m);
    }
}

static const text_case name_cases[] = {
    /* titles and offices stand outside the name */
    {"They met Dr. Ida Quill. Dr. Quill left.", "Ps Ida Quill 2"},
    {"They met Mrs. Tarnow on Monday.", "Ps Tarnow 1"},
    {"They met Prime Minister Halvard Quist.", "P- Halvard Quist 1"},
    {"They met the analyst Oda Wrenfield.", "P- Oda Wrenfield 1"},
    {"They met Secretary of State Halvard Quist.", "P- Halvard Quist 1"},
    /* a surname alone is the person named before */
    {"They met James Wrenfield. Later Wrenfield left.", "Ph James Wrenfield 2"},
    {"They met James T. Wrenfield. Later James Wrenfield left.", "Ph James T. Wrenfield 2"},
    {"They met J. Wrenfield. Later James Wrenfield left.", "Ph James Wrenfield 2"},
    {"They met James Wrenfield Jr. on Monday. Later Wrenfield left.", "Ph James Wrenfield Jr. 2"},
    /* two people of one surname */
    {"They met James Wrenfield and Mary Wrenfield. Later Mr. Wrenfield left.",
     "Ph James Wrenfield 2|Ps Mary Wrenfield 1"},
    {"They met James Wrenfield and Mary Wrenfield. Later Ms. Wrenfield left.",
     "Ph James Wrenfield 1|Ps Mary Wrenfield 2"},
    /* bodies */
    {"They rang the Harbour Safety Agency (HSA) first. Later the HSA came.",
     "O- Harbour Safety Agency 3"},
    {"They bought Tarnow Systems Inc. last year. Later Tarnow Systems fell.",
     "O- Tarnow Systems 2"},
    {"They rang the University of Ostmark first.", "O- University of Ostmark 1"},
    {"They rang Finch & Rowe Ltd. first.", "O- Finch & Rowe 1"},
    /* places */
    {"They flew to New Zealand first.", "L- New Zealand 1"},
    /* the head of a sentence */
    {"The rain fell. However it stopped.", ""},
    {"Rain fell on them. Police came.", ""},
    {"James Wrenfield left. Wrenfield came back.", "Ph James Wrenfield 2"},
    {"On Monday the rain fell in January.", ""},
};

static void names_are_found(void **state)
{
    (void)state;
    int failed = 0;
    for (size_t k = 0; k < sizeof name_cases / sizeof *name_cases; k++) {
        sample s;
        sample_open(&s, name_cases[k].text);
        char got[512];
        entities_of(&s.t, got, sizeof got);
        if (strcmp(got, name_cases[k].want) != 0) {
            print_error("%s\n gives %s\n  want %s\n", name_cases[k].text, got, name_cases[k].want);
            failed++;
        }
        sample_close(&s);
    }
    assert_int_equal(failed, 0);
}

static void offices_are_in_the_full_form(void **state)
{
    (void)state;
    sample s;
    sample_open(&s, "They met Prime Minister Halvard Quist.");
    assert_int_equal(s.t.mention_n, 1);
    const sst_mention *m = &s.t.mention[0];
    bench_is(str_span(s.t.s, text_span(&s.t, m->begin, m->end)), "Halvard Quist");
    bench_is(str_span(s.t.s, text_span(&s.t, m->full_begin, m->full_end)),
             "Prime Minister Halvard Quist");
    sample_close(&s);
}

static void title_case_makes_no_names(void **state)
{
    (void)state;
    sample s;
    sample_open(&s, "Flood Waters Rise Quickly While Wrenfield Waits\n\nThe flood waters "
                    "rose while people waited for Wrenfield.");
    char got[512];
    entities_of(&s.t, got, sizeof got);
    assert_string_equal(got, "?- Wrenfield 2");
    sample_close(&s);
}

static void long_runs_of_capitals_are_bounded(void **state)
{
    (void)state;
    enum { N = 10000 };
    char *text = malloc(N * 6 + 1);
    assert_non_null(text);
    for (int i = 0; i < N; i++)
        memcpy(text + i * 6, "Wrenx ", 6);
    text[N * 6] = 0;
    sample s;
    sample_open(&s, text);
    assert_int_equal(s.t.tok_n, N);
    for (uint32_t i = 0; i < s.t.mention_n; i++)
        assert_true(s.t.mention[i].end - s.t.mention[i].begin <= 16);
    sample_close(&s);
    free(text);
}

/* ------------------------------------------------------------------ packed */

#define SAME(field)                                                                                \
    do {                                                                                           \
        assert_int_equal(a->field##_n, b->field##_n);                                              \
        if (a->field##_n)                                                                          \
            assert_memory_equal(a->field, b->field, a->field##_n * sizeof *a->field);              \
    } while (0)

static void assert_same_text(const sst_text *a, const sst_text *b)
{
    SAME(tok);
    SAME(sent);
    SAME(para);
    SAME(mention);
    SAME(entity);
    SAME(number);
    assert_int_equal(a->time_n, b->time_n);
    for (uint32_t i = 0; i < a->time_n; i++) {
        const sst_time *x = &a->time[i], *y = &b->time[i];
        assert_true(x->begin == y->begin && x->end == y->end);
        assert_string_equal(x->iso, y->iso);
        assert_true(x->precision == y->precision && x->month == y->month && x->day == y->day);
    }
    assert_ptr_equal(a->article, b->article);
    assert_ptr_equal(a->lang, b->lang);
    assert_true(str_eq(a->s, b->s));
}

/* Words of many kinds, white space that is no blank, a word and a gap above 127 bytes, and one that
 * no byte of length can tell. */
static void texts_are_packed_and_back(void **state)
{
    (void)state;
    char text[9000];
    size_t n = (size_t)snprintf(
        text, sizeof text,
        "Chief Constable Ida Quill of the Ostmark Harbour Board (OHB) said on 8 May 2031 that "
        "\xE2\x80\x9C\x62\x65tween 2\xC2\xBD and 40,139 people\xE2\x80\x9D left\t \n the quay at "
        "06:15 "
        "... Quill's "
        "ninth visit -- about three dozen, she said.\n\nThe OHB didn't  answer; Tove Lindqvist did "
        "on "
        "Monday.\r\n  \xC3\x85rsta-Nord AB ''paid'' $1.2 million.\n\n");
    memset(text + n, ' ', 300);
    n += 300;
    memset(text + n, 'a', 200);
    n += 200;
    text[n++] = ' ';
    memset(text + n, 'B', 5000);
    n += 5000;
    n += (size_t)snprintf(text + n, sizeof text - n, " wrote Quill on 9 May.");
    const char *const cases[] = {text, "", "x", ".", "Ida Quill", "4"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sample s;
        sample_open(&s, cases[i]);
        sst_arena slim, back;
        arena_init_slim(&slim, 0, 1);
        arena_init(&back, 0);
        sst_text packed, whole, same;
        assert_int_equal(text_pack(&s.t, &slim, &packed), SST_OK);
        assert_non_null(packed.packed);
        assert_null(packed.tok);
        assert_int_equal(packed.tok_n, s.t.tok_n);
        assert_int_equal(text_unpack(&packed, &back, &whole), SST_OK);
        assert_same_text(&s.t, &whole);
        assert_null(whole.packed);
        if (i == 0) /* that it is worth it */
            assert_true(slim.total * 2 <
                        s.t.tok_n * sizeof *s.t.tok + s.t.mention_n * sizeof *s.t.mention +
                            s.t.number_n * sizeof *s.t.number + s.t.time_n * sizeof *s.t.time +
                            s.t.entity_n * sizeof *s.t.entity + s.t.sent_n * sizeof *s.t.sent +
                            s.t.para_n * sizeof *s.t.para);
        /* what is not packed stays where it is */
        assert_int_equal(text_unpack(&s.t, &back, &same), SST_OK);
        assert_ptr_equal(same.tok, s.t.tok);
        const sst_text *two[2] = {&packed, &s.t};
        assert_int_equal(text_unpack_all(two, 2, &back, two), SST_OK);
        assert_same_text(two[0], &s.t);
        assert_ptr_equal(two[1], &s.t);
        arena_release(&slim);
        arena_release(&back);
        sample_close(&s);
    }
}

/* What a report tells begins behind its dateline; a dash inside a sentence is none. */
static void a_statement_begins_behind_the_dateline(void **state)
{
    (void)state;
    static const struct {
        const char *text, *first;
    } cases[] = {
        {"KALVIK, Jan. 14 (Northern Wire) - A ferry ran aground.", "A"},
        {"PORT ORSO, Ostmark \u2014 The ferry ran aground.", "The"},
        {"KALVIK -- \u201CWe saw it,\u201D he said.", "\u201C"},
        {"Kalvik (dwa) \u2013 Eine F\u00E4hre lief auf.", "Eine"},
        {"The NCA \u2014 Ostmark's agency \u2014 said no.", "The"},
        {"Ida Quill - The mayor - said no.", "Ida"},
        {"KALVIK-BASED crews left.", "KALVIK"},
        {"NCA crews left the ferry - Two stayed.", "NCA"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sample x;
        sample_open(&x, cases[i].text);
        sst_str got = text_token(&x.t, text_statement(&x.t, 0));
        if (!str_eq(got, str_of(cases[i].first)))
            fail_msg("%s: begins with %.*s", cases[i].text, (int)got.n, got.p);
        sample_close(&x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_are_cut),
        cmocka_unit_test(tokens_say_what_they_are),
        cmocka_unit_test(sentences_are_cut),
        cmocka_unit_test(a_statement_begins_behind_the_dateline),
        cmocka_unit_test(paragraphs_end_at_blank_lines),
        cmocka_unit_test(words_are_looked_up),
        cmocka_unit_test(phrases_have_values),
        cmocka_unit_test(keys_are_the_generator_s),
        cmocka_unit_test(languages_are_found),
        cmocka_unit_test(names_are_found),
        cmocka_unit_test(offices_are_in_the_full_form),
        cmocka_unit_test(title_case_makes_no_names),
        cmocka_unit_test(long_runs_of_capitals_are_bounded),
        cmocka_unit_test(texts_are_packed_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
