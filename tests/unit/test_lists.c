/* store: lists of words in segments, held against lists that are kept whole. */
#include "story_bench.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store_lists.h"
#include "story_edges.h"

enum { ARTICLES = 3000, WORDS = 40, OF_ARTICLE = 6, COMMON = 3, AROUND = 140 };

typedef struct place {
    char folder[64], path[96];
    sst_errors errors;
    sst_arena arena;
    store *s;
    store_lists lists;
} place;

static void place_init(place *p)
{
    memset(p, 0, sizeof *p);
    snprintf(p->folder, sizeof p->folder, "/tmp/sst-lists-XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->path, sizeof p->path, "%s/a.db", p->folder);
    errors_init(&p->errors);
    arena_init(&p->arena, 0);
    assert_int_equal(store_open(p->path, STORE_CREATE, &p->errors, &p->s), SST_OK);
    p->lists.tables = &lists_of_words;
    arena_init(&p->lists.arena, 0);
}

static void place_release(place *p)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char name[128];
    lists_release(&p->lists);
    store_close(p->s);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", p->path, ends[i]);
        unlink(name);
    }
    assert_int_equal(rmdir(p->folder), 0);
    arena_release(&p->arena);
    errors_release(&p->errors);
}

static uint32_t roll(uint64_t *seed, uint32_t n)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*seed >> 33) % n);
}

/* An article as the lists should have it. */
typedef struct model {
    list_key key;
    uint32_t row, word[OF_ARTICLE];
    bool there;
} model;

static void make_article(model *a, uint32_t row, uint64_t *seed)
{
    /* Some share a time: then the content tells their order. */
    a->key = (list_key){1000 + (int64_t)roll(seed, ARTICLES / 2), (uint64_t)roll(seed, 1u << 30)};
    a->row = row;
    a->there = true;
    for (uint32_t k = 0; k < OF_ARTICLE; k++) /* a few words are in most, the others in few */
        a->word[k] = k < 2 ? roll(seed, COMMON) : COMMON + roll(seed, WORDS - COMMON);
    for (uint32_t k = 1; k < OF_ARTICLE; k++)
        for (uint32_t j = 0; j < k; j++)
            if (a->word[j] == a->word[k])
                a->word[k] = a->word[0];
}

static int by_node(const void *p, const void *q)
{
    const list_node *a = p, *b = q;
    int c = lists_order(&a->key, &b->key);
    return c ? c : a->row < b->row ? -1 : a->row > b->row;
}

static float weight_of(uint32_t row, uint32_t word)
{
    return (float)(row % 97) + (float)word / 64;
}

typedef struct coming {
    model a;
    int32_t sign;
} coming;

static void add(place *p, const coming *v, uint32_t n)
{
    list_node nodes[64];
    list_word posts[64 * OF_ARTICLE];
    uint32_t post_n = 0;
    assert_true(n <= 64);
    for (uint32_t i = 0; i < n; i++)
        nodes[i] = (list_node){v[i].a.key, v[i].a.row, v[i].sign};
    qsort(nodes, n, sizeof *nodes, by_node);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < OF_ARTICLE; k++) {
            bool first = true;
            for (uint32_t j = 0; j < k; j++)
                first &= v[i].a.word[j] != v[i].a.word[k];
            uint32_t at = 0;
            while (nodes[at].row != v[i].a.row || nodes[at].sign != v[i].sign)
                at++;
            if (first)
                posts[post_n++] =
                    (list_word){v[i].a.word[k], at, weight_of(v[i].a.row, v[i].a.word[k])};
        }
    store_begin(p->s);
    assert_int_equal(lists_open(p->s, &p->lists), SST_OK);
    assert_int_equal(lists_add(p->s, &p->lists, nodes, n, posts, post_n), SST_OK);
    uint32_t pair = lists_pair_hash(v[0].a.row, v[n - 1].a.row);
    lists_may_now(&p->lists, pair);
    assert_int_equal(lists_settle(p->s, &p->lists, &pair, 1), SST_OK);
    assert_int_equal(store_end(p->s), SST_OK);
}

static int by_key(const void *p, const void *q)
{
    const model *a = *(const model *const *)p, *b = *(const model *const *)q;
    return lists_order(&a->key, &b->key);
}

static bool has(const model *a, uint32_t word)
{
    for (uint32_t k = 0; k < OF_ARTICLE; k++)
        if (a->word[k] == word)
            return true;
    return false;
}

/* A post that is left out. */
static void far_from(const model **list, uint32_t n, uint32_t at, const list_key *want)
{
    for (uint32_t k = 0; k < 2; k++) {
        uint32_t at_key = 0;
        while (at_key < n && lists_order(&list[at_key]->key, &want[k]) < 0)
            at_key++;
        assert_true(at_key > at ? at_key - at > AROUND : at - at_key >= AROUND);
    }
}

/* What stands around two keys is what the whole list has there, and nothing else. */
static void hold(place *p, store_lists *l, const model *v, uint32_t n, uint32_t word,
                 const list_key *want)
{
    const model **list = malloc((n + 1) * sizeof *list);
    uint32_t list_n = 0, at = 0;
    const uint32_t both[] = {0, 1};
    list_part part;
    assert_non_null(list);
    for (uint32_t i = 0; i < n; i++)
        if (v[i].there && has(&v[i], word))
            list[list_n++] = &v[i];
    qsort(list, list_n, sizeof *list, by_key);
    assert_int_equal(lists_total(p->s, l, word), list_n);
    assert_int_equal(lists_want(l, want, 2), SST_OK);
    assert_int_equal(lists_read(p->s, l, word, both, 2, AROUND, &p->arena, &part), SST_OK);
    assert_true(part.whole ? part.n == list_n && part.all == list_n : part.all <= list_n);
    for (uint32_t i = 0; i < part.n; i++) {
        if (!part.v[i].row) {
            assert_false(part.whole);
            continue;
        }
        while (at < list_n && list[at]->row != part.v[i].row) {
            assert_true(i == 0 || !part.v[i - 1].row);
            far_from(list, list_n, at++, want);
        }
        assert_true(at < list_n);
        assert_int_equal(lists_order(&part.key[i], &list[at]->key), 0);
        assert_float_equal(part.v[i].weight, weight_of(list[at]->row, word), 0);
        at++;
    }
    while (at < list_n)
        far_from(list, list_n, at++, want);
    for (uint32_t i = 0; i + 1 < list_n; i += 1 + list_n / 7)
        for (uint32_t j = i + 1; j < list_n; j += 1 + list_n / 9) {
            bool near = list_n <= STORY_COMMON || j - i <= STORY_NEXT;
            assert_true(lists_pair(p->s, l, word, &list[j]->key, &list[i]->key) == near);
        }
    lists_part_release(&part);
    free(list);
}

static void parts_of_lists_are_those_of_the_whole(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    static model v[ARTICLES + 1];
    uint64_t seed = 11;
    uint32_t n = 0;
    while (n < ARTICLES) { /* batches of any size; one in six gets another text later */
        coming batch[64];
        uint32_t some = 1 + roll(&seed, 20), m = 0;
        for (uint32_t i = 0; i < some && n < ARTICLES; i++) {
            make_article(&v[n], n + 1, &seed);
            batch[m++] = (coming){v[n++], 1};
        }
        for (uint32_t i = 0; i < some / 6; i++) {
            model *x = &v[roll(&seed, n)];
            bool again = false;
            for (uint32_t k = 0; k < m; k++)
                again |= batch[k].a.row == x->row;
            if (again)
                continue;
            batch[m++] = (coming){*x, -1};
            make_article(x, x->row, &seed);
            batch[m++] = (coming){*x, 1};
        }
        add(&p, batch, m);
    }
    assert_true(p.lists.v.n < 24);                   /* 300 batches */
    store_lists other = {.tables = &lists_of_words}; /* one who reads what stands in the tables */
    arena_init(&other.arena, 0);
    store_begin(p.s);
    assert_int_equal(lists_open(p.s, &other), SST_OK);
    assert_int_equal(other.v.n, p.lists.v.n);
    bool windows = false;
    for (uint32_t word = 0; word < WORDS; word++) {
        list_key want[] = {{1000 + (int64_t)roll(&seed, 300), 0},
                           {1000 + 1000 + (int64_t)roll(&seed, 400), 0}};
        hold(&p, word % 2 ? &p.lists : &other, v, n, word, want);
        windows |= lists_total(p.s, &p.lists, word) > 4 * STORY_COMMON;
    }
    assert_true(windows); /* some lists are too long to be read whole */
    assert_true(lists_may(&other, v[0].row, v[0].row) || other.bit_pairs > 0);
    assert_int_equal(store_end(p.s), SST_OK);
    lists_release(&other);
    place_release(&p);
}

static void what_goes_and_comes_leaves_nothing(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    uint64_t seed = 5;
    coming batch[40];
    for (uint32_t i = 0; i < 40; i++) {
        make_article(&batch[i].a, i + 1, &seed);
        batch[i].sign = 1;
    }
    add(&p, batch, 40);
    for (uint32_t i = 0; i < 40; i++)
        batch[i].sign = -1;
    add(&p, batch, 40);
    store_begin(p.s);
    for (uint32_t word = 0; word < WORDS; word++)
        assert_int_equal(lists_total(p.s, &p.lists, word), 0);
    assert_int_equal(p.lists.v.n, 1); /* small ones are put together at once */
    assert_int_equal(p.lists.v.v[0]->node_n, 0);
    assert_int_equal(store_end(p.s), SST_OK);
    place_release(&p);
}

/* A handle keeps the segments that it knows and lets go of what another handle merged. */
static void what_others_write_is_seen(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    uint64_t seed = 7;
    store_lists other = {.tables = &lists_of_words};
    arena_init(&other.arena, 0);
    for (uint32_t i = 0; i < 60; i++) {
        coming batch[30];
        for (uint32_t k = 0; k < 30; k++) {
            make_article(&batch[k].a, i * 30 + k + 1, &seed);
            batch[k].sign = 1;
        }
        add(&p, batch, 30);
        if (i % 7)
            continue;
        store_begin(p.s);
        assert_int_equal(lists_open(p.s, &other), SST_OK);
        assert_int_equal(other.v.n, p.lists.v.n);
        for (uint32_t word = 0; word < WORDS; word++)
            assert_int_equal(lists_total(p.s, &other, word), lists_total(p.s, &p.lists, word));
        assert_true(lists_may(&other, i * 30 + 1, i * 30 + 30));
        assert_int_equal(store_end(p.s), SST_OK);
    }
    lists_release(&other);
    place_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_lists_are_those_of_the_whole),
        cmocka_unit_test(what_goes_and_comes_leaves_nothing),
        cmocka_unit_test(what_others_write_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
