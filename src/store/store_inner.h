/*
 * What the files of store share: the handle, statements, and the parts of a batch.
 *
 * Statements are prepared once and kept by the address of their text, which is a literal. Failures
 * are sticky: after the first one every statement does nothing, and store_status() at the end of a
 * piece of work tells.
 */
#ifndef STORE_INNER_H
#define STORE_INNER_H

#include <sqlite3.h>

#include "base_buf.h"
#include "base_hash.h"
#include "copy_outlets.h"
#include "store.h"
#include "story_feature.h"
#include "story_link.h"

enum {
    STORE_APPLICATION = 0x53535459, /* "SSTY", in the head of the file */
    STORE_VERSION = 5,              /* of the schema */
    STORE_VERSION_OLDEST = 3,       /* that store_update brings up to it */
    STORE_STATEMENTS = 256,         /* a power of two, more than there are statements in the code */
    STORE_PAGE_ROWS = 50            /* rows of a list when nobody says how many */
};

typedef struct store_graph store_graph;

struct store {
    sqlite3 *db;
    sst_errors *errors;
    sst_arena arena; /* as long as the handle */
    const char *path;
    store_mode mode;
    sst_status status; /* the first failure of the work at hand */
    struct {
        const char *text;
        sqlite3_stmt *st;
    } statement[STORE_STATEMENTS];
    store_graph *graph; /* of a writer, made when first needed */
    copy_outlets outlets;
    bool has_outlets;
    int64_t outlets_revision;
    const atomic_int *stop;   /* of the work at hand */
    fts5_tokenizer tokeniser; /* of the indexes for search */
    struct Fts5Tokenizer *tokenising;
    bool has_terms; /* tables of the words of the indexes, of this handle */
};

/* The schema, and what stands in a fresh database. */
extern const char *const store_schema[];     /* NULL behind the last */
extern const char *const store_schema_lists; /* the part that schema 3 had not */
extern const char *const store_schema_links; /* the part that schema 4 had not */

/* Is an article (of whom column uid names the id) in a link whose other article is there? Such an
 * article stands for itself alone, whatever other has the same text (story_same). */
#define STORE_TIED(uid)                                                                            \
    "(EXISTS (SELECT 1 FROM link l JOIN article x ON x.uid = l.b WHERE l.a = " uid ") OR "         \
    "EXISTS (SELECT 1 FROM link l JOIN article x ON x.uid = l.a WHERE l.b = " uid "))"

/* How many articles of story s are withheld or embargoed now. The first condition is asked once a
 * statement: most databases have none. */
#define STORE_HIDDEN_OF_STORY                                                                      \
    "CASE WHEN EXISTS (SELECT 1 FROM version WHERE hidden) THEN (SELECT count(*) FROM article h"   \
    " JOIN version hv ON hv.id = h.version WHERE h.story = s.id AND hv.hidden) ELSE 0 END"

/* ---------------------------------------------------------------------------------- store_sql.c */

/* A statement, reset, nothing bound; NULL after a failure. text is a literal. */
sqlite3_stmt *store_sql(store *s, const char *text);
/* Places are numbered from 1. */
void store_bind(sqlite3_stmt *st, int at, int64_t v);
void store_bind_time(sqlite3_stmt *st, int at, int64_t v); /* STORE_NO_TIME is NULL */
void store_bind_double(sqlite3_stmt *st, int at, double v);
void store_bind_str(sqlite3_stmt *st, int at, sst_str v); /* borrowed until the statement is done */
void store_bind_maybe(sqlite3_stmt *st, int at, sst_str v); /* empty is NULL */
void store_bind_blob(sqlite3_stmt *st, int at, const void *p, size_t n);
/* The next row; false at the end and after a failure. */
bool store_row(store *s, sqlite3_stmt *st);
/* To the end. */
void store_run(store *s, sqlite3_stmt *st);
/* The same for a statement that nobody keeps. */
void store_exec(store *s, const char *text);
int64_t store_int(sqlite3_stmt *st, int column); /* from 0 */
int64_t store_time(sqlite3_stmt *st, int column);
sst_str store_str(sqlite3_stmt *st, int column); /* until the next row; NULL is empty */
sst_str store_keep(sqlite3_stmt *st, int column, sst_arena *arena);
/* The first column of the first row; none: `none`. */
int64_t store_one(store *s, sqlite3_stmt *st, int64_t none);

sst_status store_fail(store *s, sst_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
sst_status store_no_memory(store *s);
/* The cause of a failed call of SQLite. */
sst_status store_fail_sql(store *s, int code);

/* Work begins: the failure before is forgotten. */
void store_start(store *s);
void store_begin(store *s);
/* Commits when all went well, else takes all back. */
sst_status store_end(store *s);

/* ------------------------------------------------------------------------------- store_record.c */

/* An article as bytes, packed; and back. The article lives until page_free. */
sst_status store_pack(const sst_article *a, sst_buf *out) SST_MUST_CHECK;
sst_status store_unpack(sst_str record, sst_article **out) SST_MUST_CHECK;

/* -------------------------------------------------------------------------------- store_graph.c */

/* An article of a batch for the graph. */
typedef struct store_node {
    uint32_t row; /* of article */
    sst_str uid;
    const story_features *f;
} store_node;

/* Forgets the graph; it is read again when next needed. */
void store_graph_close(store *s);
/* The handle's own commit made this generation: the graph that it has shows it. */
void store_graph_stays(store *s, int64_t generation);
/* The generation that the graph shows, 0 when there is none. */
int64_t store_graph_generation(const store *s);
/* Before the tables change: a row that gets another text, a content that comes. Inside a
 * transaction, behind store_graph_begin. */
sst_status store_graph_know(store *s, uint32_t row) SST_MUST_CHECK;
sst_status store_graph_know_content(store *s, uint64_t content) SST_MUST_CHECK;
/*
 * Takes articles out (gone: rows that are there and get another text: known) and puts articles in
 * (with contents that are known); groups
 * anew what that touches, and writes it. stories: how many changed. Inside a transaction; the
 * articles of put are in the tables, with their words and features.
 */
sst_status store_graph_change(store *s, const uint32_t *gone, uint32_t gone_n,
                              const store_node *put, uint32_t put_n, int64_t now,
                              uint64_t *stories) SST_MUST_CHECK;
/* Ties of these rows may be others than they were: groups them anew. */
sst_status store_graph_retie(store *s, const uint32_t *row, uint32_t n, int64_t now,
                             uint64_t *stories) SST_MUST_CHECK;
/* All edges and stories once more, from article_features. Inside a transaction. */
sst_status store_regroup_all(store *s, const store_work *work) SST_MUST_CHECK;
/* What is in a row of article_words and article_features. */
void store_write_words(store *s, uint32_t row, const story_features *f);
/* Features of an article as stored, in arena, without a text. */
sst_status store_features(store *s, uint32_t row, sst_arena *arena,
                          story_features *out) SST_MUST_CHECK;
/* The edges among n rows, as places in row, sorted; from the tables alone. */
sst_status store_edges(store *s, const uint32_t *row, uint32_t n, sst_arena *arena,
                       story_edge **out, uint32_t *out_n) SST_MUST_CHECK;

/* ------------------------------------------------------------------------------ store_stories.c */

/* Nodes of some whole pieces of the graph, in canonical order, and what they were grouped into. */
typedef struct store_piece {
    const uint32_t *row;
    const uint64_t *content;
    const int64_t *story;   /* of each before: row of story, 0 none */
    const uint8_t *touched; /* of each: its text is new */
    const uint32_t *group;  /* the smallest node of its group */
    int64_t *now;           /* comes back: its story */
    uint32_t n;
} store_piece;
sst_status store_regroup(store *s, const store_piece *p, int64_t now,
                         uint64_t *stories) SST_MUST_CHECK;
/* Takes the findings of a story out. */
void store_clear_findings(store *s, int64_t story);
/* Takes the findings in which an article has a part out: its text is another now. */
void store_clear_article(store *s, int64_t article);

/* ------------------------------------------------------------------------------ store_rebuild.c */

/* Brings a file of an older schema up to date. Inside a transaction. */
void store_update(store *s, int64_t version);
/* The lists of words and of lines once more, from article_words, article_features and outlet_page.
 * Inside a transaction. */
sst_status store_rebuild_lists(store *s) SST_MUST_CHECK;
/* Do they say of each article what these tables say? *articles, *pages: of how many not, by their
 * numbers alone. */
sst_status store_count_lists(store *s, int64_t *articles, int64_t *pages) SST_MUST_CHECK;

/* ----------------------------------------------------------------------------- store_findings.c */

/* A story that was compared, and its articles as they stand in the tables. */
typedef struct store_finding {
    int64_t story;
    store_compared *c;
    const uint32_t *rows; /* of article, in any order */
    const sst_str *uid;   /* of each */
    uint32_t n;
} store_finding;
/* What a transaction put in: the first rows, 0 none. */
typedef struct store_put_in {
    int64_t quotation, figure;
} store_put_in;
/* Its findings, in place of those before. Inside a transaction, a story once in it. */
void store_write_findings(store *s, const store_finding *j, store_put_in *put);
/* Behind the last of a transaction: what was put in, into the indexes for search. */
void store_write_found(store *s, const store_put_in *put);

/* -------------------------------------------------------------------------------- store_lines.c */

/* Learns the lines of outlets whose pages changed; stories in which that shows become stale. */
sst_status store_learn_lines(store *s) SST_MUST_CHECK;
/* Those of some outlets: rows, 0 for none, as often as they like. */
sst_status store_known_lines(store *s, const int64_t *outlet, uint32_t n, sst_arena *arena,
                             const copy_lines **out) SST_MUST_CHECK;

/* ------------------------------------------------------------------------------ store_outlets.c */

/* s->outlets is the table of the database as it is now. */
sst_status store_outlets_open(store *s) SST_MUST_CHECK;
/* Stories whose origins are others when the feed has the owner that it is going to have. Inside a
 * transaction, before that is written. */
void store_owner_changes(store *s, const store_feed *f);

/* -------------------------------------------------------------------------------- store_links.c */

/* Articles of one story, as store_edges_tied needs them. */
typedef struct store_members {
    const uint32_t *row;
    const sst_str *uid;
    const uint64_t *content;
    const uint8_t *tied; /* STORE_TIED */
    uint32_t n;
} store_members;
/* As store_edges, where some are tied: those stand for themselves, with the edges of whoever stands
 * in the lists for their text, in whatever story that is (story_untwin). */
sst_status store_edges_tied(store *s, const store_members *m, sst_arena *arena, story_edge **out,
                            uint32_t *out_n) SST_MUST_CHECK;

/* ------------------------------------------------------------------------------- store_change.c */

typedef struct store_difference {
    SST_VEC(store_change) v;
    const char *kind; /* "typo", "substance", "layout" */
    bool silent;
    sst_str correction; /* in the arena */
} store_difference;
/* What changed from one text of an article to the next. */
sst_status store_differ(const sst_article *old, const sst_article *now, sst_arena *arena,
                        store_difference *out) SST_MUST_CHECK;

/* --------------------------------------------------------------------------------- store_read.c */

/* The columns of an article, as STORE_ARTICLE_COLUMNS names them, from column `at` on. */
#define STORE_ARTICLE_COLUMNS                                                                      \
    "a.id, a.uid, a.url, a.canonical, o.name, v.title, v.lang, v.published, v.modified, "          \
    "v.access, v.authors, v.rights, v.published_s, a.first_seen, a.last_seen, a.version_n, "       \
    "v.words, v.id, s.name, v.flags, v.hidden"
#define STORE_ARTICLE_TABLES                                                                       \
    "article a JOIN version v ON v.id = a.version LEFT JOIN outlet o ON o.id = a.outlet "          \
    "LEFT JOIN story s ON s.id = a.story"
enum { STORE_ARTICLE_COLUMN_N = 21 };
void store_article_row(sqlite3_stmt *st, int at, sst_arena *arena, store_article *out);
#define STORE_QUOTATION_COLUMNS                                                                    \
    "q.id, q.speaker, q.said, q.type, q.change, a.uid, o.name, v.title, s.name, v.published, "     \
    "v.lang, v.published_s, q.utterance, q.begin, q.end"
enum { STORE_QUOTATION_COLUMN_N = 15 };
void store_quotation_row(sqlite3_stmt *st, int at, sst_arena *arena, store_quotation *out);

/* store_put.c: the first row of the index for search that a time of publication has. */
int64_t store_search_row(int64_t published_s);

/* store_places.c: the tokeniser and functions in SQL for search, of each handle. */
sst_status store_search_open(store *s) SST_MUST_CHECK;
void store_search_close(store *s);

#endif
