/* store: a database from the inside. All texts are invented; tests/database works it from outside.
 */
#include "story_bench.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <unistd.h>

#include "store_inner.h"

enum { DAY = 24 * 60 * 60, NOW = 1900000000 };

/* A database in a folder of its own. */
typedef struct place {
    char folder[64], path[96];
    sst_errors errors;
    sst_arena arena;
    store *s;
    store_added sum;
} place;

static void place_init(place *p)
{
    memset(p, 0, sizeof *p);
    snprintf(p->folder, sizeof p->folder, "/tmp/sst-store-XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->path, sizeof p->path, "%s/a.db", p->folder);
    errors_init(&p->errors);
    arena_init(&p->arena, 0);
}

static void place_release(place *p)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char name[128];
    store_close(p->s);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", p->path, ends[i]);
        unlink(name);
    }
    assert_int_equal(rmdir(p->folder), 0);
    arena_release(&p->arena);
    errors_release(&p->errors);
}

static void open_it(place *p, store_mode mode)
{
    store_close(p->s);
    p->s = NULL;
    assert_int_equal(store_open(p->path, mode, &p->errors, &p->s), SST_OK);
}

typedef struct report {
    const char *id, *url, *outlet, *published, *title, *text;
} report;

static void add_only(place *p, const report *v, uint32_t n, uint32_t flags)
{
    static const sst_limits limits = {1u << 30, 1u << 26, 1000, 512};
    const sst_article *articles[16];
    sst_article *own[16];
    assert_true(n <= 16);
    for (uint32_t i = 0; i < n; i++) {
        sst_document d = {.kind = SST_KIND_TEXT,
                          .source = str_of(v[i].id),
                          .id = str_of(v[i].id),
                          .body = str_of(v[i].text)};
        d.url = str_of(v[i].url);
        d.outlet = str_of(v[i].outlet);
        d.published = str_of(v[i].published);
        d.title = str_of(v[i].title);
        d.lang = STR("en");
        d.flags = flags;
        assert_int_equal(page_article(&d, &limits, &own[i]), SST_OK);
        articles[i] = own[i];
    }
    const store_work work = {.threads = 2, .now = NOW};
    memset(&p->sum, 0, sizeof p->sum);
    assert_int_equal(store_add(p->s, articles, n, &work, &p->sum), SST_OK);
    for (uint32_t i = 0; i < n; i++)
        page_free(own[i]);
}

static void refresh(place *p)
{
    const store_work work = {.threads = 2, .now = NOW};
    assert_int_equal(store_refresh(p->s, &work, NULL), SST_OK);
}

static void add_n(place *p, const report *v, uint32_t n)
{
    add_only(p, v, n, 0);
    refresh(p);
}

static void no_fault(void *user, const char *invariant, const char *what, bool mended)
{
    (void)user;
    (void)mended;
    fail_msg("%s: %s", invariant, what);
}

static void whole(place *p)
{
    const store_work work = {.threads = 1, .now = NOW};
    uint64_t faults = 1;
    assert_int_equal(store_check(p->s, false, &work, no_fault, NULL, &faults), SST_OK);
    assert_int_equal(faults, 0);
}

#define BRIDGE                                                                                     \
    "The old bridge of Ostmark was closed on Monday after divers found cracks in two piers. "      \
    "“We will not let one lorry cross it before spring,” said Mayor Ilka Brandel. Some 1,200 " \
    "people cross it on a working day, the harbour office of Ostmark said.\n"
static const report reports[] = {
    {"a", "https://one.example/bridge", "Ostmark Courier", "2031-03-03T09:00:00Z",
     "Divers find cracks in bridge of Ostmark", BRIDGE},
    {"b", "https://two.example/bridge", "Harbour Post", "2031-03-03T11:00:00Z",
     "Ostmark shuts its old bridge",
     "The old bridge of Ostmark stays closed: divers found cracks in two piers. “We will not let "
     "one lorry cross it,” said Mayor Ilka Brandel. About 1,500 people cross the bridge on a "
     "working day, according to the harbour office.\n"},
    {"c", "https://one.example/cheese", "Ostmark Courier", "2031-06-20T08:00:00Z",
     "Cheese of Valtorre wins in Pellin",
     "A soft cheese from the valley of Valtorre won the autumn fair of Pellin. “It needs two years "
     "in a damp cellar,” said Tomas Eyrich, who makes it with 40 goats.\n"},
};

/* ----------------------------------------------------------------------------------------- open */

static void refused(place *p, store_mode mode, sst_status status, const char *part)
{
    store *s = (store *)(void *)p; /* anything but NULL */
    assert_int_equal(store_open(p->path, mode, &p->errors, &s), status);
    assert_null(s);
    if (!strstr(p->errors.message, part))
        fail_msg("'%s' does not say '%s'", p->errors.message, part);
}

static void a_file_that_is_no_database_is_refused_and_left_alone(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    refused(&p, STORE_READ, SST_ERR_IO, "ingest --db makes a database");
    refused(&p, STORE_WRITE, SST_ERR_IO, "ingest --db makes a database");
    assert_int_not_equal(access(p.path, F_OK), 0);
    FILE *f = fopen(p.path, "wb");
    assert_non_null(f);
    fputs("a letter to somebody, long enough for the head of a file that it is not: "
          "................................................................................",
          f);
    fclose(f);
    refused(&p, STORE_CREATE, SST_ERR_IO, "is no samestory database");
    f = fopen(p.path, "rb");
    assert_int_equal(fgetc(f), 'a');
    fclose(f);
    unlink(p.path);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(p.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE notes(x)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    refused(&p, STORE_CREATE, SST_ERR_IO, "another program");
    place_release(&p);
}

static void a_newer_and_an_older_schema_are_refused(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    store_close(p.s);
    p.s = NULL;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(p.path, &db), SQLITE_OK);
    sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL);
    refused(&p, STORE_READ, SST_ERR_IO, "newer samestory");
    sqlite3_exec(db, "PRAGMA user_version = 1", NULL, NULL, NULL);
    refused(&p, STORE_READ, SST_ERR_IO, "ingest anew");
    sqlite3_close(db);
    place_release(&p);
}

/* ------------------------------------------------------------------------------------------ add */

static void what_is_added_is_grouped_and_found_again(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    add_n(&p, reports, 3);
    assert_int_equal(p.sum.articles, 3);
    assert_int_equal(p.sum.versions + p.sum.unchanged + p.sum.failed, 0);
    whole(&p);
    store_story *v;
    uint32_t n;
    const store_story_filter all = {
        .changed_since = STORE_NO_TIME, .since = STORE_NO_TIME, .until = STORE_NO_TIME};
    assert_int_equal(store_stories(p.s, &all, &p.arena, &v, &n), SST_OK);
    assert_int_equal(n, 2);
    assert_int_equal(v[0].article_n, 1); /* the freshest first */
    assert_int_equal(v[1].article_n, 2);
    assert_int_equal(v[1].origin_n, 2);
    assert_int_equal(v[1].outlet_n, 2);
    assert_true(v[1].quote_n >= 2 && v[1].differ_n >= 1);
    assert_false(v[1].stale);
    bool found;
    store_article a;
    assert_int_equal(store_article_find(p.s, STR("b"), &p.arena, &a, &found), SST_OK);
    assert_true(found);
    bench_is(a.outlet, "Harbour Post");
    bench_is(a.story, v[1].id.p);
    assert_int_equal(store_article_find(p.s, STR("zz"), &p.arena, &a, &found), SST_OK);
    assert_false(found);
    place_release(&p);
}

/* What lists show is what the whole comparison of a story counts. */
static void counts_are_those_of_the_whole_comparison(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    add_n(&p, reports, 3);
    store_story *v;
    uint32_t n;
    assert_int_equal(store_stories_by_id(p.s, STR(""), 10, &p.arena, &v, &n), SST_OK);
    assert_int_equal(n, 2);
    for (uint32_t i = 0; i < n; i++) {
        store_compared *c;
        assert_int_equal(store_compare(p.s, v[i].row, false, &c), SST_OK);
        assert_int_equal(c->n, v[i].article_n);
        assert_int_equal(c->findings.origin_n, v[i].origin_n);
        uint32_t differ = 0, quotes = 0;
        for (uint32_t u = 0; u < c->findings.utterance_n; u++) {
            bool differs = false;
            for (uint32_t k = 0; k < c->findings.utterances[u].n; k++)
                differs |= c->findings.utterances[u].v[k].change > CHANGE_REPUNCTUATED ||
                           c->findings.utterances[u].v[k].other_speaker;
            differ += differs;
        }
        for (uint32_t r = 0; r < c->findings.row_n; r++)
            differ += c->findings.rows[r].difference_n > 0;
        for (uint32_t d = 0; d < c->n; d++)
            quotes += c->quotes[d]->n;
        assert_int_equal(v[i].differ_n, differ);
        assert_int_equal(v[i].quote_n, quotes);
        assert_true(c->n < 2 || c->story.why_n == c->n - 1);
        store_compared_free(c);
    }
    place_release(&p);
}

static void the_same_again_changes_nothing(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    add_n(&p, reports, 3);
    store_counts before, after;
    assert_int_equal(store_count(p.s, &before), SST_OK);
    add_n(&p, reports, 3);
    assert_int_equal(p.sum.unchanged, 3);
    assert_int_equal(p.sum.articles + p.sum.versions + p.sum.stories, 0);
    assert_int_equal(store_count(p.s, &after), SST_OK);
    assert_int_equal(after.versions, before.versions);
    assert_int_equal(after.quotations, before.quotations);
    assert_int_equal(after.figures, before.figures);
    assert_int_equal(after.stale, 0);
    whole(&p);
    place_release(&p);
}

/* ------------------------------------------------------------------------------------- versions */

static void another_text_is_a_version_with_what_changed(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    add_n(&p, reports, 3);
    report later = reports[0];
    later.published = "2031-03-03T15:00:00Z";
    later.text =
        "The old bridge of Ostmark was closed on Monday after divers found cracks in two piers. "
        "“We will not let one lorry cross it before spring,” said Mayor Ilka Brandel. Some 1,900 "
        "people cross it on a working day, the harbour office of Ostmark said. Ferries go "
        "every hour until then.\n";
    add_n(&p, &later, 1);
    assert_int_equal(p.sum.versions, 1);
    assert_int_equal(p.sum.articles, 0);
    whole(&p);
    store_article a;
    bool found;
    assert_int_equal(store_article_find(p.s, STR("a"), &p.arena, &a, &found), SST_OK);
    assert_true(found && a.version_n == 2);
    store_version *v;
    uint32_t n;
    assert_int_equal(store_versions(p.s, a.row, &p.arena, &v, &n), SST_OK);
    assert_int_equal(n, 2);
    const store_version *now = v[0].number == 2 ? &v[0] : &v[1];
    assert_true(now->current && now->silent);
    bench_is(now->kind, "substance");
    store_change *c;
    assert_int_equal(store_changes(p.s, now->row, &p.arena, &c, &n), SST_OK);
    bool figure = false, sentence = false;
    sst_article *text;
    assert_int_equal(store_article_load(p.s, now->row, &text), SST_OK);
    for (uint32_t i = 0; i < n; i++) {
        figure |= str_eq(c[i].what, STR("figure")) && c[i].now.end > c[i].now.begin &&
                  strstr(arena_str(&p.arena, str_span(text->text, c[i].now)).p, "1,900") != NULL;
        sentence |= str_eq(c[i].what, STR("sentence")) && str_eq(c[i].op, STR("added"));
    }
    page_free(text);
    assert_true(figure && sentence);
    /* Search knows the words of the current text only. */
    store_query q = {.words = STR("ferries"),
                     .since = STORE_NO_TIME,
                     .until = STORE_NO_TIME,
                     .kinds = STORE_ARTICLES_KIND};
    store_found hits;
    assert_int_equal(store_search(p.s, &q, &p.arena, &hits), SST_OK);
    assert_int_equal(hits.n, 1);
    place_release(&p);
}

/* ------------------------------------------------------------------------------------ withdrawn */

static uint32_t listed(place *p, store_story *out)
{
    const store_story_filter f = {
        .changed_since = STORE_NO_TIME, .since = STORE_NO_TIME, .until = STORE_NO_TIME};
    store_story *v;
    uint32_t n;
    assert_int_equal(store_stories(p->s, &f, &p->arena, &v, &n), SST_OK);
    if (n)
        *out = v[0];
    return n;
}

static void what_is_withdrawn_is_gone_before_its_story_is_compared_anew(void **state)
{
    (void)state;
    place p;
    store_story s;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    add_n(&p, reports, 1);
    assert_int_equal(listed(&p, &s), 1);
    bench_is(s.title, reports[0].title);
    report gone = reports[0];
    gone.published = "2031-03-03T15:00:00Z";
    add_only(&p, &gone, 1, SST_DOC_WITHHELD);
    for (int i = 0; i < 2; i++) { /* while it is stale, and behind that */
        store_person *people;
        store_outlet *outlets;
        store_version *versions;
        store_article a;
        uint32_t n;
        bool found;
        assert_int_equal(listed(&p, &s), 0);
        assert_int_equal(store_people(p.s, STR(""), (store_page){0, 0}, &p.arena, &people, &n),
                         SST_OK);
        assert_int_equal(n, 0);
        assert_int_equal(store_outlets(p.s, (store_page){0, 0}, &p.arena, &outlets, &n), SST_OK);
        assert_int_equal(n, 0);
        assert_int_equal(store_article_find(p.s, STR("a"), &p.arena, &a, &found), SST_OK);
        assert_true(found && a.hidden);
        assert_int_equal(store_story_find(p.s, a.story, &p.arena, &s, &found), SST_OK);
        assert_true(found);
        assert_int_equal(s.article_n + s.title.n, 0);
        assert_int_equal(store_versions(p.s, a.row, &p.arena, &versions, &n), SST_OK);
        assert_int_equal(n, 1);
        refresh(&p);
    }
    whole(&p);
    place_release(&p);
}

static void what_was_under_an_embargo_is_in_no_later_version(void **state)
{
    (void)state;
    place p;
    store_article a;
    store_version *v;
    bool found;
    uint32_t n;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    add_only(&p, reports, 1, SST_DOC_EMBARGOED);
    report now = reports[0];
    now.published = "2031-03-03T15:00:00Z";
    now.title = "The bridge of Ostmark is closed";
    add_n(&p, &now, 1);
    assert_int_equal(store_article_find(p.s, STR("a"), &p.arena, &a, &found), SST_OK);
    assert_true(found && !a.hidden && a.version_n == 2);
    assert_int_equal(store_versions(p.s, a.row, &p.arena, &v, &n), SST_OK);
    assert_int_equal(n, 1);
    assert_int_equal(v[0].change_n, 0);
    bench_is(v[0].kind, "first");
    whole(&p);
    place_release(&p);
}

static void a_story_has_another_revision_when_it_may_be_another(void **state)
{
    (void)state;
    place p;
    store_story s, other;
    bool found;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    add_n(&p, reports, 1);
    assert_int_equal(listed(&p, &s), 1);
    uint64_t before = s.revision;
    add_n(&p, reports + 2, 1); /* another story */
    assert_int_equal(store_story_find(p.s, s.id, &p.arena, &other, &found), SST_OK);
    assert_true(found && other.revision == before);
    add_n(&p, reports, 1); /* the same again */
    assert_int_equal(store_story_find(p.s, s.id, &p.arena, &other, &found), SST_OK);
    assert_true(found && other.revision == before);
    report later = reports[0];
    later.published = "2031-03-03T15:00:00Z";
    later.text =
        "The old bridge of Ostmark was opened again on Tuesday, the harbour office said.\n";
    add_only(&p, &later, 1, 0);
    store_article a;
    assert_int_equal(store_article_find(p.s, STR("a"), &p.arena, &a, &found), SST_OK);
    assert_int_equal(store_story_find(p.s, a.story, &p.arena, &other, &found), SST_OK);
    assert_true(found && (other.revision != before || !str_eq(other.id, s.id)));
    before = other.revision;
    refresh(&p);
    assert_int_equal(store_story_find(p.s, a.story, &p.arena, &other, &found), SST_OK);
    assert_true(other.revision != before);
    place_release(&p);
}

/* --------------------------------------------------------------------------------------- search */

static uint32_t hits(place *p, store_query q)
{
    store_found f;
    q.kinds = q.kinds ? q.kinds : STORE_ARTICLES_KIND;
    assert_int_equal(store_search(p->s, &q, &p->arena, &f), SST_OK);
    for (uint32_t i = 0; i < f.n; i++)
        for (uint32_t k = 0; k < f.v[i].mark_n; k++)
            assert_true(f.v[i].marks[k].begin < f.v[i].marks[k].end);
    return f.n;
}

static void a_snippet_says_where_its_line_goes_on(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    report long_line = reports[0];
    long_line.text =
        "Weirs upstream were opened.\n\n"
        "The keeper of the upper lock wrote in the log that the gates had been slow for a week, "
        "and "
        "that the older of the two pumps had to be started by hand each morning before the gauges "
        "could be read, which the board in Ostmark had been told by letter, and again by "
        "telephone, "
        "and by a messenger who waited for an answer until the office closed in the evening.\n";
    add_n(&p, &long_line, 1);
    const struct {
        sst_str word;
        bool before, after;
    } want[] = {
        {STR("weirs"), false, true}, {STR("gauges"), true, true}, {STR("evening"), true, false}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        store_query q = {.words = want[i].word,
                         .since = STORE_NO_TIME,
                         .until = STORE_NO_TIME,
                         .kinds = STORE_ARTICLES_KIND};
        store_found f;
        assert_int_equal(store_search(p.s, &q, &p.arena, &f), SST_OK);
        assert_int_equal(f.n, 1);
        assert_true(f.v[0].cut_before == want[i].before && f.v[0].cut_after == want[i].after);
    }
    place_release(&p);
}

static void search_keeps_to_its_filters(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    add_n(&p, reports, 3);
    const int64_t in_may = 1935360000; /* 2031-04-30 */
    const store_query any = {.since = STORE_NO_TIME, .until = STORE_NO_TIME};
    store_query q = any;
    q.words = STR("bridge");
    assert_int_equal(hits(&p, q), 2);
    q.outlet = STR("Harbour Post");
    assert_int_equal(hits(&p, q), 1);
    q.outlet = STR("Nobody's Paper");
    assert_int_equal(hits(&p, q), 0);
    q = any;
    q.words = STR("ostmark OR cheese");
    q.since = in_may;
    assert_int_equal(
        hits(&p, (store_query){.words = STR("cheese"), .since = in_may, .until = STORE_NO_TIME}),
        1);
    assert_int_equal(
        hits(&p, (store_query){.words = STR("cheese"), .since = STORE_NO_TIME, .until = in_may}),
        0);
    q = any;
    q.words = STR("bridge");
    q.lang = STR("de");
    assert_int_equal(hits(&p, q), 0);
    q.lang = STR("en");
    assert_int_equal(hits(&p, q), 2);
    q = any;
    q.words = STR("\"cracks in two piers\" -about");
    assert_int_equal(hits(&p, q), 1);
    q = any;
    q.kinds = STORE_QUOTATIONS_KIND;
    q.speaker = STR("brandel");
    assert_int_equal(hits(&p, q), 2);
    q.words = STR("cellar");
    assert_int_equal(hits(&p, q), 0);
    q = any;
    q.kinds = STORE_FIGURES_KIND;
    q.words = STR("goats");
    assert_int_equal(hits(&p, q), 1);
    place_release(&p);
}

/* ---------------------------------------------------------------------------------------- feeds */

static void feeds_are_due_in_their_order_and_go(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    store_feed f = {.url = STR("https://one.example/feed"),
                    .title = STR("One"),
                    .next_poll = NOW + DAY,
                    .last_poll = STORE_NO_TIME,
                    .last_new = STORE_NO_TIME};
    assert_int_equal(store_feed_put(p.s, &f), SST_OK);
    f.url = STR("https://two.example/feed");
    f.next_poll = STORE_NO_TIME;
    assert_int_equal(store_feed_put(p.s, &f), SST_OK);
    store_feed *v;
    uint32_t n;
    assert_int_equal(store_feeds(p.s, true, NOW, &p.arena, &v, &n), SST_OK);
    assert_int_equal(n, 1);
    bench_is(v->url, "https://two.example/feed");
    assert_true(v->next_poll == STORE_NO_TIME && v->row != 0);
    assert_int_equal(store_feeds(p.s, true, NOW + DAY, &p.arena, &v, &n), SST_OK);
    assert_int_equal(n, 2);
    f.gone = true; /* by its address: no second row */
    f.etag = STR("\"7\"");
    assert_int_equal(store_feed_put(p.s, &f), SST_OK);
    assert_int_equal(store_feeds(p.s, true, NOW + DAY, &p.arena, &v, &n), SST_OK);
    assert_int_equal(n, 1);
    assert_int_equal(store_feeds(p.s, false, 0, &p.arena, &v, &n), SST_OK);
    assert_int_equal(n, 2);
    assert_int_equal(
        store_feed_error(p.s, "https://one.example/feed", STR(""), NOW, 404, STR("not found")),
        SST_OK);
    store_feed_note *note;
    assert_int_equal(store_feed_errors(p.s, 0, 0, &p.arena, &note, &n), SST_OK);
    assert_int_equal(n, 1);
    bench_is(note->feed, "https://one.example/feed");
    assert_int_equal(note->status, 404);
    place_release(&p);
}

/* --------------------------------------------------------------------------------------- writers
 */

static void a_reader_sees_whole_batches_and_cannot_write(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    add_n(&p, reports, 1);
    sst_errors errors;
    errors_init(&errors);
    store *reader;
    assert_int_equal(store_open(p.path, STORE_READ, &errors, &reader), SST_OK);
    store_counts one, three;
    assert_int_equal(store_count(reader, &one), SST_OK);
    add_n(&p, reports, 3);
    assert_int_equal(p.sum.articles, 2);
    assert_int_equal(store_count(reader, &three), SST_OK);
    assert_int_equal(one.articles, 1);
    assert_int_equal(three.articles, 3);
    assert_true(three.generation > one.generation);
    const store_feed f = {.url = STR("https://one.example/feed"), .next_poll = STORE_NO_TIME};
    assert_int_not_equal(store_feed_put(reader, &f), SST_OK);
    assert_int_equal(store_count(reader, &three), SST_OK); /* and goes on */
    store_close(reader);
    errors_release(&errors);
    place_release(&p);
}

static void a_stopped_batch_leaves_nothing(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    add_n(&p, reports, 1);
    bench b;
    bench_init(&b);
    bench_add(&b, "x", "Harbour Post", "2031-03-04", "Ostmark counts its ferries", BRIDGE);
    atomic_int stop = 1;
    const store_work work = {.threads = 1, .now = NOW, .stop = &stop};
    store_added sum = {0};
    const sst_article *a = b.article[0];
    assert_int_equal(store_add(p.s, &a, 1, &work, &sum), SST_ERR_STOPPED);
    assert_int_equal(sum.articles, 0);
    store_counts c;
    assert_int_equal(store_count(p.s, &c), SST_OK);
    assert_int_equal(c.articles, 1);
    whole(&p);
    bench_release(&b);
    place_release(&p);
}

/* Reading the graph again costs as much as all that is stored. */
static void own_commits_leave_the_graph_and_those_of_others_do_not(void **state)
{
    (void)state;
    place p, q;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    add_n(&p, reports, 1);
    const store_graph *graph = p.s->graph;
    assert_non_null(graph);
    assert_int_equal(store_add_error(p.s, STR("a.txt"), 3, STR("no text"), NOW), SST_OK);
    const store_feed f = {.url = STR("https://one.example/feed"), .next_poll = STORE_NO_TIME};
    assert_int_equal(store_feed_put(p.s, &f), SST_OK);
    int64_t generation =
        store_one(p.s, store_sql(p.s, "SELECT value FROM meta WHERE key = 'generation'"), 0);
    assert_int_equal(store_graph_generation(p.s), generation);
    q = p;
    errors_init(&q.errors);
    q.s = NULL;
    open_it(&q, STORE_WRITE);
    add_n(&q, reports + 1, 1);
    store_close(q.s);
    errors_release(&q.errors);
    assert_true(
        store_graph_generation(p.s) <
        store_one(p.s, store_sql(p.s, "SELECT value FROM meta WHERE key = 'generation'"), 0));
    add_n(&p, reports + 2, 1);
    whole(&p);
    place_release(&p);
}

static void stories_left_for_later_are_compared_by_the_next(void **state)
{
    (void)state;
    place p;
    place_init(&p);
    open_it(&p, STORE_CREATE);
    bench b;
    bench_init(&b);
    bench_add(&b, "x", "Harbour Post", "2031-03-04", "Ostmark counts its ferries", BRIDGE);
    const store_work work = {.threads = 1, .now = NOW};
    store_added sum = {0};
    const sst_article *a = b.article[0];
    store_ready *ready = store_prepare(a);
    assert_non_null(ready);
    assert_true(store_ready_bytes(ready) > 0);
    assert_int_equal(store_add_ready(p.s, &a, &ready, 1, &work, &sum), SST_OK);
    store_ready_free(ready);
    store_counts c;
    assert_int_equal(store_count(p.s, &c), SST_OK);
    assert_int_equal(c.articles, 1);
    assert_int_equal(c.stale, 1);
    whole(&p);
    uint64_t done = 0;
    assert_int_equal(store_refresh(p.s, &work, &done), SST_OK);
    assert_int_equal(done, 1);
    assert_int_equal(store_count(p.s, &c), SST_OK);
    assert_int_equal(c.stale, 0);
    whole(&p);
    bench_release(&b);
    place_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_commits_leave_the_graph_and_those_of_others_do_not),
        cmocka_unit_test(stories_left_for_later_are_compared_by_the_next),
        cmocka_unit_test(a_file_that_is_no_database_is_refused_and_left_alone),
        cmocka_unit_test(a_newer_and_an_older_schema_are_refused),
        cmocka_unit_test(what_is_added_is_grouped_and_found_again),
        cmocka_unit_test(counts_are_those_of_the_whole_comparison),
        cmocka_unit_test(the_same_again_changes_nothing),
        cmocka_unit_test(another_text_is_a_version_with_what_changed),
        cmocka_unit_test(what_is_withdrawn_is_gone_before_its_story_is_compared_anew),
        cmocka_unit_test(what_was_under_an_embargo_is_in_no_later_version),
        cmocka_unit_test(a_story_has_another_revision_when_it_may_be_another),
        cmocka_unit_test(a_snippet_says_where_its_line_goes_on),
        cmocka_unit_test(search_keeps_to_its_filters),
        cmocka_unit_test(feeds_are_due_in_their_order_and_go),
        cmocka_unit_test(a_reader_sees_whole_batches_and_cannot_write),
        cmocka_unit_test(a_stopped_batch_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
