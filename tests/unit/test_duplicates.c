/* Duplicates: words, scores, kinds, groups, order. All texts are invented. */
#include "story_bench.h"

#include "copy_between.h"
#include "copy_direction.h"
#include "copy_index.h"
#include "copy_outlets.h"
#include "copy_pairs.h"
#include "copy_sort.h"

typedef struct shelf {
    sst_arena arena, grams;
    copy_grams set;
    copy_store store;
    copy_duplicates d;
} shelf;

static void shelf_init(shelf *s)
{
    arena_init(&s->arena, 0);
    arena_init(&s->grams, 0);
    s->set = (copy_grams){.arena = &s->grams};
    assert_int_equal(copy_store_init(&s->store, false), SST_OK);
}

static void shelf_release(shelf *s)
{
    copy_store_release(&s->store);
    arena_release(&s->grams);
    arena_release(&s->arena);
}

static void shelf_add(shelf *s, const char *id, const char *outlet, const char *published,
                      const char *text)
{
    copy_scan scan;
    assert_int_equal(copy_scan_text(str_of(text), false, &s->set, &s->arena, &scan), SST_OK);
    copy_card card = {str_of(id), STR(""), str_of(outlet), str_of(published),
                      page_seconds(str_of(published))};
    assert_int_equal(copy_store_add(&s->store, &card, &scan, str_of(text)), SST_OK);
}

static const copy_duplicates *shelf_find(shelf *s, double jaccard, uint32_t threads)
{
    assert_int_equal(copy_find_duplicates(&s->store, jaccard, threads, &s->arena, NULL, &s->d),
                     SST_OK);
    return &s->d;
}

static const char *id_of(const shelf *s, uint32_t i)
{
    return copy_store_doc(&s->store, i)->id.p;
}

/* n words from a sequence; every `each`-th from `changed` on is another one. */
static const char *words(shelf *s, uint32_t n, uint32_t seed, uint32_t changed, uint32_t each)
{
    char *p = arena_alloc(&s->arena, (size_t)n * 8 + 1);
    size_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        seed = seed * 1664525u + 1013904223u;
        bool other = each && i >= changed && (i - changed) % each == 0;
        at += (size_t)sprintf(p + at, "%c%c%c%c ", 'a' + (seed >> 12) % 26, 'a' + (seed >> 17) % 26,
                              'a' + (seed >> 22) % 26, other ? 'Z' : 'a' + (seed >> 27) % 26);
    }
    return p;
}

static void words_are_those_of_the_field(void **state)
{
    (void)state;
    /* What Python's re.findall(r"\w+", s.lower()) gives. */
    static const struct {
        const char *text, *same;
        uint32_t n;
    } cases[] = {
        {"Don't_stop 3\xC2\xBD", "don t_stop 3\xC2\xBD", 3},
        {"\xC3\x84RGER \xCE\x9F\xCE\x94\xCE\x9F\xCE\xA3",
         "\xC3\xA4rger \xCE\xBF\xCE\xB4\xCE\xBF\xCF\x82", 2},
        {"\xC4\xB0zmir", "i zmir", 2},
        {"abcdefgh ABCDEFGHI abcdefghijklmnopq", "ABCDEFGH abcdefghi ABCDEFGHIJKLMNOPQ", 3},
        {"_ 9 A1", "_ 9 a1", 3}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        size_t i = 0, j = 0;
        copy_word v, w;
        uint32_t n = 0;
        for (; copy_word_next(str_of(cases[k].text), &i, &v); n++) {
            assert_true(copy_word_next(str_of(cases[k].same), &j, &w));
            assert_true(v.hash == w.hash);
        }
        assert_int_equal(n, cases[k].n);
        assert_false(copy_word_next(str_of(cases[k].same), &j, &w));
    }
}

/* Bytes that make words of all kinds: ASCII, letters of other scripts, marks, broken UTF-8. */
static size_t odd_text(uint32_t seed, char *p, size_t n)
{
    static const char *const piece[] = {"a",
                                        "Z",
                                        "9",
                                        "_",
                                        " ",
                                        ". ",
                                        "word",
                                        "averylongwordofmorethansixteen",
                                        "\xC3\x84",
                                        "\xE2\x80\x9C",
                                        "\xE2\x80\x99s",
                                        "\xE6\x97\xA5",
                                        "\xCE\xA3",
                                        "\xC4\xB0",
                                        "\xFF",
                                        "\xE2\x80",
                                        "\xC2\xBD",
                                        "\n",
                                        "-",
                                        "x"};
    size_t at = 0;
    while (at + 32 < n) {
        seed = seed * 1664525u + 1013904223u;
        const char *q = piece[(seed >> 16) % (sizeof piece / sizeof *piece)];
        size_t len = strlen(q);
        memcpy(p + at, q, len);
        at += len;
        if (seed >> 28 == 0)
            break;
    }
    return at;
}

static void words_at_once_are_those_one_by_one(void **state)
{
    (void)state;
    sst_arena a;
    arena_init(&a, 0);
    for (uint32_t seed = 1; seed < 4000; seed++) {
        char text[700];
        size_t n = odd_text(seed, text, seed % 2 ? sizeof text : 120), at = 0;
        sst_str s = {memcpy(arena_alloc(&a, n ? n : 1), text, n), n}; /* the end is the memory's */
        copy_word_list list = {0};
        assert_true(copy_words_list(s, &a, &list));
        uint32_t k = 0;
        for (copy_word w; copy_word_next(s, &at, &w); k++) {
            assert_true(k < list.n);
            assert_int_equal(list.at[k].begin, w.at.begin);
            assert_int_equal(list.at[k].end, w.at.end);
            assert_true(list.hash[k] == w.hash);
        }
        assert_int_equal(k, list.n);
        if (seed % 64 == 0)
            arena_clear(&a);
    }
    arena_release(&a);
}

static void masks_are_those_of_the_twin(void **state)
{
    (void)state;
    char block[64];
    for (int c = 0; c < 256; c++)
        for (int at = 0; at < 64; at += 7) {
            memset(block, c % 3 ? ' ' : 'q', sizeof block);
            block[at] = (char)c;
            assert_true(copy_word_mask(block) == copy_word_mask_twin(block));
        }
}

static void grams_roll(void **state)
{
    (void)state;
    uint64_t word[64], gram[64], x = 88172645463325252u;
    for (int i = 0; i < 64; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        word[i] = x;
    }
    assert_int_equal(copy_grams_of(word, 64, gram), 60);
    assert_int_equal(copy_grams_of(word, 4, gram + 60), 0);
    for (int i = 0; i < 60; i++)
        assert_true(gram[i] == copy_gram_hash(word + i));
}

static void radix_sorts_by_the_upper_bits(void **state)
{
    (void)state;
    enum { N = 6000 };
    uint64_t *v = calloc(N, sizeof *v), *spare = calloc(N, sizeof *spare), x = 1;
    for (int k = 0; k < 3; k++) {
        size_t n = k == 0 ? 100 : N;
        int bit = k == 2 ? 40 : 32;
        for (size_t i = 0; i < n; i++) {
            x = x * 6364136223846793005u + 1442695040888963407u;
            v[i] = (x >> 50 << 50) | (uint64_t)i; /* many are equal; the rest is their order */
        }
        uint64_t *r = copy_radix(v, spare, n, bit);
        for (size_t i = 1; i < n; i++)
            assert_true(r[i - 1] < r[i]);
        if (r == spare) {
            spare = v;
            v = r;
        }
    }
    free(v);
    free(spare);
}

/* What was found, as one number. */
static uint64_t found_in(shelf *s)
{
    const copy_duplicates *d = shelf_find(s, 0.5, 2);
    uint64_t h = d->pair_n;
    for (size_t k = 0; k < d->pair_n; k++) {
        const copy_pair *p = &d->pairs[k];
        h = hash_mix(h, hash_str(copy_store_doc(&s->store, p->a)->id) + p->shared);
        h = hash_mix(h, hash_str(copy_store_doc(&s->store, p->b)->id) + p->run_a.begin);
    }
    return h;
}

static void what_goes_to_a_file_is_found_there(void **state)
{
    (void)state;
    uint64_t found[2];
    for (int small = 0; small < 2; small++) {
        shelf s;
        shelf_init(&s);
        if (small)
            copy_store_limit(&s.store, 1 << 20, "/tmp");
        for (uint32_t i = 0; i < 1500; i++) {
            char id[8];
            snprintf(id, sizeof id, "%04u", i);
            shelf_add(&s, id, "", "", words(&s, 400, i % 50 ? i : 7, i % 390, 97));
        }
        assert_int_equal(s.store.spill.size > 0, small);
        found[small] = found_in(&s);
        assert_true(s.d.pair_n > 300);
        shelf_release(&s);
    }
    assert_true(found[0] == found[1]);
    shelf s; /* a folder that is not there */
    shelf_init(&s);
    copy_store_limit(&s.store, 1 << 20, "/nowhere/at/all");
    sst_status status = SST_OK;
    for (uint32_t i = 0; i < 1500 && !status; i++) {
        const char *text = words(&s, 400, i, 0, 0);
        copy_scan scan;
        copy_card card = {.id = STR("x"), .published_s = INT64_MIN};
        assert_int_equal(copy_scan_text(str_of(text), false, &s.set, &s.arena, &scan), SST_OK);
        status = copy_store_add(&s.store, &card, &scan, str_of(text));
    }
    assert_int_equal(status, SST_ERR_IO);
    assert_non_null(strstr(s.store.spill.why, "No such file"));
    shelf_release(&s);
}

static void words_of_every_length_differ(void **state)
{
    (void)state;
    char a[64], b[64];
    for (size_t n = 1; n < 40; n++)
        for (size_t at = 0; at < n; at++) {
            memset(a, 'm', n);
            memset(b, 'm', n);
            b[at] = 'n';
            size_t i = 0, j = 0;
            copy_word v, w;
            assert_true(copy_word_next((sst_str){a, n}, &i, &v) &&
                        copy_word_next((sst_str){b, n}, &j, &w));
            assert_true(v.hash != w.hash);
        }
}

static void scores_are_exact(void **state)
{
    (void)state;
    shelf s;
    shelf_init(&s);
    /* 40 words; the 30th differs: 36 grams each, 5 of them hold it. */
    shelf_add(&s, "a", "", "", words(&s, 40, 1, 0, 0));
    shelf_add(&s, "b", "", "", words(&s, 40, 1, 29, 100));
    const copy_duplicates *d = shelf_find(&s, 0.5, 1);
    assert_int_equal(d->pair_n, 1);
    assert_int_equal(d->pairs[0].shared, 31);
    assert_true(d->pairs[0].jaccard > 31.0 / 41 - 1e-12 && d->pairs[0].jaccard < 31.0 / 41 + 1e-12);
    assert_int_equal(d->pairs[0].kind, COPY_EDITED);
    assert_int_equal(d->pairs[0].run, 29);
    assert_int_equal(d->pairs[0].run_a.begin, 0);
    assert_int_equal(d->pairs[0].run_a.end, 29 * 5 - 1);
    shelf_release(&s);
}

static void kinds_are_told_apart(void **state)
{
    (void)state;
    shelf s;
    shelf_init(&s);
    const char *report = words(&s, 120, 5, 0, 0);
    shelf_add(&s, "01 report", "Marrow Post", "2031-04-02T08:00:00Z", report);
    shelf_add(&s, "02 same", "Marrow Post", "2031-04-02T08:00:00Z", report);
    shelf_add(&s, "03 reprint", "Ostmark Echo", "2031-04-02T09:00:00Z",
              words(&s, 120, 5, 60, 1000));
    shelf_add(&s, "04 part", "Gull Radio", "", words(&s, 60, 5, 0, 0));
    shelf_add(&s, "05 stub", "", "", "Subscribe to read this article in full.");
    shelf_add(&s, "06 stub", "", "", "Subscribe to read this article in full.");
    shelf_add(&s, "07 empty", "", "", "...");
    shelf_add(&s, "08 empty", "", "", "...");
    const copy_duplicates *d = shelf_find(&s, 0.5, 2);
    static const struct {
        const char *a, *b;
        uint8_t kind, direction;
    } want[] = {{"01 report", "02 same", COPY_SAME, DIRECTION_UNKNOWN},
                {"01 report", "03 reprint", COPY_REPRINT, DIRECTION_A_TO_B},
                {"01 report", "04 part", COPY_PART, DIRECTION_A_TO_B},
                {"02 same", "03 reprint", COPY_REPRINT, DIRECTION_A_TO_B},
                {"02 same", "04 part", COPY_PART, DIRECTION_A_TO_B},
                {"03 reprint", "04 part", COPY_PART, DIRECTION_A_TO_B},
                {"05 stub", "06 stub", COPY_SHORT, DIRECTION_UNKNOWN}};
    assert_int_equal(d->pair_n, sizeof want / sizeof *want);
    for (size_t k = 0; k < d->pair_n; k++) {
        assert_string_equal(id_of(&s, d->pairs[k].a), want[k].a);
        assert_string_equal(id_of(&s, d->pairs[k].b), want[k].b);
        assert_int_equal(d->pairs[k].kind, want[k].kind);
        assert_int_equal(d->pairs[k].direction, want[k].direction);
    }
    assert_int_equal(d->group_n, 1);
    assert_int_equal(d->groups[0].article_n, 4);
    assert_string_equal(id_of(&s, copy_group_shown(&s.store, &d->groups[0], COPY_SHOW_LAST)),
                        "03 reprint");
    assert_string_equal(id_of(&s, copy_group_shown(&s.store, &d->groups[0], COPY_SHOW_FIRST)),
                        "01 report");
    shelf_release(&s);
}

static void other_figures_make_another_report(void **state)
{
    (void)state;
    shelf s;
    shelf_init(&s);
#define MARKET(q, x, y, z)                                                                         \
    "The brokers of Ostmark report for Q" q " that shares of Alder Mills rose " x " cents to " y   \
    " while the index of the exchange closed at " z                                                \
    " points after a quarter of thin trade, as they said at the "                                  \
    "close of business on the last day of it in the hall of the old exchange."
    shelf_add(&s, "q1", "", "", MARKET("1", "12", "40", "811"));
    shelf_add(&s, "q2", "", "", MARKET("2", "31", "57", "902"));
    shelf_add(&s, "q2 again", "", "", MARKET("2", "31", "57", "903"));
    const copy_duplicates *d = shelf_find(&s, 0.3, 1);
    assert_int_equal(d->pair_n, 3);
    assert_int_equal(d->pairs[0].kind, COPY_TEMPLATE);
    assert_int_equal(d->pairs[1].kind, COPY_TEMPLATE);
    assert_int_equal(d->pairs[2].kind, COPY_EDITED); /* one figure was put right */
    assert_int_equal(d->group_n, 1);
    assert_int_equal(d->groups[0].article_n, 2);
    shelf_release(&s);
}

/* 1 is near 2, 2 near 3 ... : groups hold only what is near their head. */
static void chains_do_not_become_groups(void **state)
{
    (void)state;
    enum { LINKS = 40, WORDS = 200, STEP = 60 };
    shelf s;
    shelf_init(&s);
    const char *all = words(&s, WORDS + LINKS * STEP, 9, 0, 0);
    for (uint32_t k = 0; k < LINKS; k++) {
        char id[16];
        snprintf(id, sizeof id, "c%03u", k);
        shelf_add(&s, arena_str(&s.arena, str_of(id)).p, "", "",
                  arena_printf(&s.arena, "%.*s", WORDS * 5, all + (size_t)k * STEP * 5).p);
    }
    const copy_duplicates *d = shelf_find(&s, 0.5, 1);
    assert_int_equal(d->pair_n, LINKS - 1);
    for (uint32_t g = 0; g < d->group_n; g++)
        assert_true(d->groups[g].article_n <= 3);
    assert_true(d->group_n >= LINKS / 3);
    shelf_release(&s);
}

static void one_id_given_twice(void **state)
{
    (void)state;
    shelf s;
    shelf_init(&s);
    shelf_add(&s, "u", "", "", words(&s, 60, 3, 0, 0));
    shelf_add(&s, "u", "", "", words(&s, 60, 3, 0, 0));
    shelf_add(&s, "u", "", "", words(&s, 60, 4, 0, 0));
    shelf_add(&s, "v", "", "", words(&s, 60, 3, 0, 0));
    const copy_duplicates *d = shelf_find(&s, 0.5, 1);
    assert_int_equal(d->given_n, 1);
    assert_int_equal(d->pair_n, 1); /* u of seed 3, once, and v */
    assert_string_equal(id_of(&s, d->pairs[0].b), "v");
    shelf_release(&s);
}

/* 300 articles of one text, and 300 that share a sentence and nothing else. */
static void what_very_many_have(void **state)
{
    (void)state;
    shelf s;
    shelf_init(&s);
    const char *text = words(&s, 60, 21, 0, 0), *line = words(&s, 30, 22, 0, 0);
    char id[16];
    for (uint32_t k = 0; k < 300; k++) {
        snprintf(id, sizeof id, "t%03u", k);
        shelf_add(&s, arena_str(&s.arena, str_of(id)).p, "", "", text);
        snprintf(id, sizeof id, "u%03u", k);
        shelf_add(&s, arena_str(&s.arena, str_of(id)).p, "", "",
                  arena_printf(&s.arena, "%s%s", line, words(&s, 12, 1000 + k, 0, 0)).p);
    }
    const copy_duplicates *d = shelf_find(&s, 0.5, 2);
    assert_int_equal(d->pair_n, 299);
    assert_int_equal(d->unlisted_n, 300);
    assert_int_equal(d->heavy_n, 56 + 26);
    assert_int_equal(d->group_n, 1);
    shelf_release(&s);
}

static uint64_t digest(uint32_t threads, bool turned)
{
    shelf s;
    shelf_init(&s);
    enum { N = 240 };
    for (uint32_t k = 0; k < N; k++) {
        uint32_t i = turned ? N - 1 - k : k;
        char id[16];
        snprintf(id, sizeof id, "d%03u", i);
        shelf_add(&s, arena_str(&s.arena, str_of(id)).p, i % 3 ? "Post" : "Echo",
                  i % 5 ? "2031-01-01T00:00:00Z" : "",
                  words(&s, 80 + i % 50, 100 + i / 6, 10 + i % 6, i % 2 ? 31 : 0));
    }
    const copy_duplicates *d = shelf_find(&s, 0.4, threads);
    assert_true(d->pair_n > 100 && d->group_n > 20);
    uint64_t h = d->pair_n;
    for (size_t k = 0; k < d->pair_n; k++) {
        const copy_pair *p = &d->pairs[k];
        h = hash_mix(h, hash_str(copy_store_doc(&s.store, p->a)->id));
        h = hash_mix(h, hash_str(copy_store_doc(&s.store, p->b)->id));
        h = hash_mix(h, p->shared + ((uint64_t)p->kind << 32) + ((uint64_t)p->direction << 40));
    }
    for (uint32_t g = 0; g < d->group_n; g++)
        for (uint32_t m = 0; m < d->groups[g].article_n; m++)
            h = hash_mix(h, hash_str(copy_store_doc(&s.store, d->groups[g].articles[m])->id) + g);
    shelf_release(&s);
    return h;
}

static void order_and_threads_change_nothing(void **state)
{
    (void)state;
    uint64_t h = digest(1, false);
    assert_true(h == digest(3, false));
    assert_true(h == digest(1, true));
    assert_true(h == digest(4, true));
}

static void places_survive_the_store(void **state)
{
    (void)state;
    const char *text = "\xE2\x80\x9COne\xE2\x80\x9D  two,\n\nTHREE \xC3\x89t\xC3\xA9 x.";
    for (int points = 0; points < 2; points++) {
        shelf s;
        shelf_init(&s);
        s.store.codepoints = points;
        shelf_add(&s, "a", "", "", text);
        const copy_doc *d = copy_store_doc(&s.store, 0);
        uint32_t number[8];
        sst_span at[8];
        assert_int_equal(d->word_n, 5);
        copy_store_words(&s.store, d, number, at);
        static const sst_span want[2][5] = {{{3, 6}, {11, 14}, {17, 22}, {23, 28}, {29, 30}},
                                            {{1, 4}, {7, 10}, {13, 18}, {19, 22}, {23, 24}}};
        for (int k = 0; k < 5; k++) {
            assert_int_equal(at[k].begin, want[points][k].begin);
            assert_int_equal(at[k].end, want[points][k].end);
        }
        shelf_release(&s);
    }
}

static void outlets_are_found(void **state)
{
    (void)state;
    copy_outlets t;
    assert_int_equal(copy_outlets_init(&t), SST_OK);
    const copy_outlet *o = copy_outlet_find(&t, STR("https://edition.bbc.co.uk/news/1?x"), STR(""));
    assert_non_null(o);
    assert_true(str_eq(o->outlet, STR("BBC")));
    o = copy_outlet_find(&t, STR(""), STR("the guardian"));
    assert_non_null(o);
    assert_false(o->agency);
    o = copy_outlet_find(&t, STR(""), STR("apnews.com"));
    assert_non_null(o);
    assert_true(o->agency);
    assert_null(copy_outlet_find(&t, STR("https://marrowpost.example/"), STR("Marrow Post")));
    assert_null(copy_outlet_find(&t, STR(""), STR("")));
    assert_null(copy_outlet_find(NULL, STR(""), STR("BBC")));
    for (unsigned k = 1; k < copy_outlet_row_n && *copy_outlet_rows[k].domain; k++)
        assert_true(strcmp(copy_outlet_rows[k - 1].domain, copy_outlet_rows[k].domain) < 0);
    copy_outlets_release(&t);
}

static void a_table_goes_over_the_built_in_one(void **state)
{
    (void)state;
    copy_outlets t;
    uint32_t line;
    const char *why;
    assert_int_equal(copy_outlets_init(&t), SST_OK);
    uint32_t before = t.v.n;
    sst_str csv = STR("\xEF\xBB\xBF"
                      "outlet,domain,owner\r\n\r\n"
                      "\"Marrow \"\"Post\"\", weekly\",WWW.MarrowPost.example,Tern Group\r\n"
                      "# a remark,,\n"
                      "Beeb,bbc.co.uk,\n"
                      "Gull Radio,,Tern Group\n");
    assert_int_equal(copy_outlets_add(&t, csv, &line, &why), SST_OK);
    const copy_outlet *o = copy_outlet_find(&t, STR("http://news.marrowpost.example/a"), STR(""));
    assert_non_null(o);
    assert_true(str_eq(o->outlet, STR("Marrow \"Post\", weekly")));
    assert_true(str_eq(o->owner, STR("Tern Group")));
    o = copy_outlet_find(&t, STR("https://bbc.co.uk/"), STR(""));
    assert_true(o && str_eq(o->outlet, STR("Beeb")) && o->owner.n == 0); /* unknown stays unknown */
    o = copy_outlet_find(&t, STR(""), STR("the gull radio"));
    assert_true(o && str_eq(o->owner, STR("Tern Group")));
    /* Without a head the columns are in their order; a row again takes the place of the first. */
    assert_int_equal(
        copy_outlets_add(&t, STR("marrowpost.example,Marrow Post,,NO,yes"), &line, &why), SST_OK);
    o = copy_outlet_find(&t, STR(""), STR("marrow post"));
    assert_true(o && o->agency && o->owner.n == 0 && str_eq(o->country, STR("NO")));
    assert_int_equal(t.v.n, before + 3 - 1); /* the remark is none, bbc.co.uk was there */
    static const struct {
        const char *csv;
        uint32_t line;
    } bad[] = {{"domain,outlet\na.example,A\nnot a domain,B\n", 3},
               {"a.example,A,,,perhaps", 1},
               {"a.example,A,,,no,more", 1},
               {"a.example,\"A", 1},
               {"a.example,\"A\nB\",,,\n,,x,,", 3}};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        assert_int_equal(copy_outlets_add(&t, str_of(bad[k].csv), &line, &why), SST_ERR_INPUT);
        assert_int_equal(line, bad[k].line);
        assert_non_null(why);
    }
    copy_outlets_release(&t);
}

static void replies_quote_what_was_there(void **state)
{
    (void)state;
    sst_str a = STR("The bridge stays shut until the bolts\nhave been tested twice."),
            b = STR("Ines writes:\n> The bridge stays shut until the bolts\n> have been tested "
                    "twice.\nWhy twice?"),
            c = STR("IH> The bridge stays shut until the bolts\nIH> have been tested twice.");
    copy_direction d =
        copy_passage_direction(a, (sst_span){0, (uint32_t)a.n}, b, (sst_span){15, 80});
    assert_int_equal(d.direction, DIRECTION_A_TO_B);
    assert_int_equal(d.by, EVIDENCE_QUOTED);
    assert_true(d.in_b);
    assert_int_equal(d.at.begin, 13);
    d = copy_passage_direction(c, (sst_span){4, (uint32_t)c.n}, a, (sst_span){0, (uint32_t)a.n});
    assert_int_equal(d.direction, DIRECTION_B_TO_A);
    assert_false(d.in_b);
    d = copy_passage_direction(a, (sst_span){0, (uint32_t)a.n}, a, (sst_span){0, (uint32_t)a.n});
    assert_int_equal(d.direction, DIRECTION_UNKNOWN);
}

/* Sketches of more than 65,535 grams. */
static void very_long_texts_meet(void **state)
{
    (void)state;
    enum { LONG = 1000000 };
    shelf s;
    shelf_init(&s);
    char *p = arena_alloc(&s.arena, (size_t)LONG * 8 + 1);
    size_t at = 0;
    for (uint32_t i = 0; i < LONG; i++)
        at += (size_t)sprintf(p + at, "%x ", i * 2654435761u >> 8);
    shelf_add(&s, "whole", "", "", p);
    p[at - at / 8] = 0;
    shelf_add(&s, "cut", "", "", p);
    const copy_duplicates *d = shelf_find(&s, 0.5, 1);
    assert_int_equal(d->pair_n, 1);
    assert_true(d->pairs[0].jaccard > 0.87 && d->pairs[0].jaccard < 0.88);
    shelf_release(&s);
}

/* What `why` says of two is what a search over all says of them. */
static void two_alone_are_as_among_many(void **state)
{
    (void)state;
    shelf s;
    shelf_init(&s);
    const char *text[] = {words(&s, 200, 7, 0, 0),
                          words(&s, 200, 7, 150, 1),
                          words(&s, 200, 7, 30, 6),
                          words(&s, 200, 9, 0, 0),
                          "",
                          "four words are few"};
    for (uint32_t i = 0; i < 3; i++)
        shelf_add(&s, (const char *[]){"a", "b", "c"}[i], "o", "2031-01-01", text[i]);
    const copy_duplicates *d = shelf_find(&s, 0.1, 1);
    assert_true(d->pair_n >= 1);
    copy_card card[2] = {{STR("x"), STR(""), STR("o"), STR(""), INT64_MIN},
                         {STR("x"), STR(""), STR("o"), STR(""), INT64_MIN}};
    copy_between b;
    for (size_t k = 0; k < d->pair_n; k++) {
        const copy_pair *p = &d->pairs[k];
        sst_str two[2] = {str_of(text[p->a]), str_of(text[p->b])};
        assert_int_equal(copy_compare_two(card, two, 0.1, &b), SST_OK);
        assert_true(b.listed);
        assert_int_equal(b.pair.shared, p->shared);
        assert_int_equal(b.pair.run, p->run);
        assert_true(b.pair.jaccard == p->jaccard && b.pair.containment == p->containment);
        assert_memory_equal(&b.pair.run_a, &p->run_a, sizeof p->run_a);
        assert_memory_equal(&b.pair.run_b, &p->run_b, sizeof p->run_b);
        /* Other way round; and higher than the two reach. */
        sst_str back[2] = {two[1], two[0]};
        assert_int_equal(copy_compare_two(card, back, 2, &b), SST_OK);
        assert_int_equal(b.pair.shared, p->shared);
        assert_true(b.listed == (p->containment >= COPY_PART_CONTAINED));
    }
    for (int k = 3; k < 6; k++) {
        sst_str two[2] = {str_of(text[0]), str_of(text[k])};
        assert_int_equal(copy_compare_two(card, two, 0.5, &b), SST_OK);
        assert_false(b.listed);
        assert_int_equal(b.pair.shared, 0);
    }
    sst_str same[2] = {str_of(text[0]), str_of(text[0])};
    assert_int_equal(copy_compare_two(card, same, 0.5, &b), SST_OK);
    assert_true(b.listed && b.pair.kind == COPY_SAME && b.pair.run == 200);
    shelf_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_alone_are_as_among_many),
        cmocka_unit_test(words_are_those_of_the_field),
        cmocka_unit_test(words_of_every_length_differ),
        cmocka_unit_test(what_goes_to_a_file_is_found_there),
        cmocka_unit_test(words_at_once_are_those_one_by_one),
        cmocka_unit_test(masks_are_those_of_the_twin),
        cmocka_unit_test(grams_roll),
        cmocka_unit_test(radix_sorts_by_the_upper_bits),
        cmocka_unit_test(scores_are_exact),
        cmocka_unit_test(kinds_are_told_apart),
        cmocka_unit_test(other_figures_make_another_report),
        cmocka_unit_test(chains_do_not_become_groups),
        cmocka_unit_test(one_id_given_twice),
        cmocka_unit_test(what_very_many_have),
        cmocka_unit_test(order_and_threads_change_nothing),
        cmocka_unit_test(places_survive_the_store),
        cmocka_unit_test(outlets_are_found),
        cmocka_unit_test(a_table_goes_over_the_built_in_one),
        cmocka_unit_test(replies_quote_what_was_there),
        cmocka_unit_test(very_long_texts_meet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
