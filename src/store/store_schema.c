/*
 * The schema. docs/database.md explains each table and column; a test holds the two against each
 * other.
 *
 * Layout: one fact in one place; findings of a story (origin, quotation, figure, figure_difference,
 * passage) are replaced as a whole when the story is compared anew. Text for search stands in FTS5
 * tables; that of articles has no copy of the text, those of quotations and figures read it in
 * their tables. What goes leaves the index by a trigger; what comes is put in once for many stories
 * (store_refresh.c), because a statement with a trigger makes FTS5 write a segment of its own.
 */
#include "store_inner.h"

/*
 * FTS5 writes a segment whenever it holds `hashsize` bytes (1 MB without this), and merges as soon
 * as `automerge` of a size are there (4). 8,000 articles of 620 words in batches of 2,000 took it
 * 319 us each, with 32 MB and 8 segments 189 us and 8 per cent less room; 16 segments alone 281 us.
 */
#define SEARCH_SETTINGS(table)                                                                     \
    "INSERT INTO " table "(" table ", rank) VALUES ('hashsize', 33554432), ('automerge', 8);"

/* The articles of each word and the pages of each line, see store_lists.h. */
#define LISTS                                                                                      \
    "CREATE TABLE word_segment ("                                                                  \
    " id INTEGER PRIMARY KEY, nodes BLOB NOT NULL, first BLOB NOT NULL, pairs BLOB NOT NULL);"     \
    "CREATE TABLE word_block (id INTEGER PRIMARY KEY, posts BLOB NOT NULL);"                       \
    "CREATE TABLE line_segment ("                                                                  \
    " id INTEGER PRIMARY KEY, nodes BLOB NOT NULL, first BLOB NOT NULL, pairs BLOB NOT NULL);"     \
    "CREATE TABLE line_block (id INTEGER PRIMARY KEY, posts BLOB NOT NULL);"

/* Who is quoted, and how often: so that a list of people is no pass over all quotations. */
#define PEOPLE                                                                                     \
    "CREATE TABLE person ("                                                                        \
    " name TEXT PRIMARY KEY COLLATE NOCASE, quote_n INTEGER NOT NULL) WITHOUT ROWID;"              \
    "CREATE TRIGGER person_said AFTER INSERT ON quotation WHEN new.speaker IS NOT NULL BEGIN"      \
    " INSERT INTO person VALUES (new.speaker, 1)"                                                  \
    " ON CONFLICT (name) DO UPDATE SET quote_n = quote_n + 1; END;"                                \
    "CREATE TRIGGER person_unsaid AFTER DELETE ON quotation WHEN old.speaker IS NOT NULL BEGIN"    \
    " UPDATE person SET quote_n = quote_n - 1 WHERE name = old.speaker;"                           \
    " DELETE FROM person WHERE name = old.speaker AND quote_n = 0; END;"

/* What a user knows of stories, by ids of articles, which need not be there yet; a before b. */
#define LINKS                                                                                      \
    "CREATE TABLE link ("                                                                          \
    " a TEXT NOT NULL, b TEXT NOT NULL, must INTEGER NOT NULL,"                                    \
    " PRIMARY KEY (a, b, must)) WITHOUT ROWID;"                                                    \
    "CREATE INDEX link_b ON link(b);"

const char *const store_schema_lists = LISTS PEOPLE;
const char *const store_schema_links = LINKS;

const char *const store_schema[] = {
    "PRAGMA application_id = 1397970009;"
    "PRAGMA user_version = 5;",

    "CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;"
    "INSERT INTO meta VALUES ('generation', 1), ('made_by', 'samestory " SST_VERSION "');",

    "CREATE TABLE outlet (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " stale INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX outlet_stale ON outlet(stale) WHERE stale;",

    "CREATE TABLE story ("
    " id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " merged_into INTEGER REFERENCES story(id), split_from INTEGER REFERENCES story(id),"
    " title TEXT, title_article INTEGER REFERENCES article(id), lang TEXT,"
    " first_published TEXT, last_published TEXT, first_s INTEGER, last_s INTEGER,"
    " created INTEGER NOT NULL, changed INTEGER NOT NULL,"
    " article_n INTEGER NOT NULL DEFAULT 0, origin_n INTEGER NOT NULL DEFAULT 0,"
    " outlet_n INTEGER NOT NULL DEFAULT 0, quote_n INTEGER NOT NULL DEFAULT 0,"
    " differ_n INTEGER NOT NULL DEFAULT 0, stale INTEGER NOT NULL DEFAULT 1,"
    " revision INTEGER NOT NULL DEFAULT 0);"
    /* Whatever is shown of a story may be another behind it: answers are kept by this number. */
    "CREATE TRIGGER story_moved AFTER UPDATE OF stale ON story BEGIN"
    " UPDATE story SET revision = revision + 1 WHERE id = new.id; END;"
    "CREATE INDEX story_stale ON story(stale) WHERE stale;"
    "CREATE INDEX story_fresh ON story(last_s) WHERE article_n > 0;"
    "CREATE INDEX story_changed ON story(changed) WHERE article_n > 0;"
    "CREATE INDEX story_origins ON story(origin_n, last_s) WHERE article_n > 0;"
    "CREATE INDEX story_articles ON story(article_n, last_s) WHERE article_n > 0;"
    "CREATE INDEX story_merged ON story(merged_into) WHERE merged_into IS NOT NULL;"
    "CREATE INDEX story_split ON story(split_from) WHERE split_from IS NOT NULL;"
    "CREATE INDEX story_title ON story(title_article) WHERE title_article IS NOT NULL;",

    "CREATE TABLE article ("
    " id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, url TEXT, canonical TEXT,"
    " outlet INTEGER REFERENCES outlet(id), story INTEGER REFERENCES story(id),"
    " version INTEGER REFERENCES version(id) DEFERRABLE INITIALLY DEFERRED,"
    " version_n INTEGER NOT NULL DEFAULT 1, search_id INTEGER NOT NULL UNIQUE,"
    " published_s INTEGER, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL);"
    "CREATE INDEX article_url ON article(url) WHERE url IS NOT NULL;"
    "CREATE INDEX article_canonical ON article(canonical) WHERE canonical IS NOT NULL;"
    "CREATE INDEX article_outlet ON article(outlet, published_s);"
    "CREATE INDEX article_story ON article(story);"
    "CREATE INDEX article_version ON article(version);",

    "CREATE TABLE version ("
    " id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article(id),"
    " number INTEGER NOT NULL, when_s INTEGER, seen INTEGER NOT NULL, source TEXT NOT NULL,"
    " title TEXT, authors TEXT, lang TEXT, published TEXT, published_s INTEGER, modified TEXT,"
    " access TEXT NOT NULL, rights TEXT, flags INTEGER NOT NULL, hidden INTEGER NOT NULL,"
    " words INTEGER NOT NULL, bytes INTEGER NOT NULL, hash INTEGER NOT NULL,"
    " before INTEGER REFERENCES version(id),"
    " kind TEXT NOT NULL, silent INTEGER NOT NULL DEFAULT 0, correction TEXT,"
    " UNIQUE (article, number));"
    "CREATE INDEX version_before ON version(before) WHERE before IS NOT NULL;"
    "CREATE INDEX version_hidden ON version(article) WHERE hidden;",

    "CREATE TABLE body (version INTEGER PRIMARY KEY REFERENCES version(id), record BLOB NOT NULL);",

    "CREATE TABLE change ("
    " version INTEGER NOT NULL REFERENCES version(id), number INTEGER NOT NULL,"
    " what TEXT NOT NULL, op TEXT NOT NULL, typo INTEGER NOT NULL,"
    " old_begin INTEGER NOT NULL, old_end INTEGER NOT NULL,"
    " \"begin\" INTEGER NOT NULL, \"end\" INTEGER NOT NULL,"
    " PRIMARY KEY (version, number)) WITHOUT ROWID;",

    /* What grouping needs of an article, see store_graph.c. */
    "CREATE TABLE article_words ("
    " article INTEGER PRIMARY KEY REFERENCES article(id), content INTEGER NOT NULL,"
    " word_n INTEGER NOT NULL, near BLOB NOT NULL);"
    "CREATE INDEX article_words_content ON article_words(content);"
    "CREATE TABLE article_features ("
    " article INTEGER PRIMARY KEY REFERENCES article(id), words BLOB NOT NULL);",

    LISTS, LINKS,

    /* Boilerplate of outlets, see store_lines.c. */
    "CREATE TABLE outlet_page ("
    " article INTEGER PRIMARY KEY REFERENCES article(id),"
    " outlet INTEGER NOT NULL REFERENCES outlet(id), lines BLOB NOT NULL);"
    "CREATE INDEX outlet_page_outlet ON outlet_page(outlet);"
    "CREATE TABLE outlet_line ("
    " outlet INTEGER NOT NULL REFERENCES outlet(id), line INTEGER NOT NULL, page TEXT,"
    " PRIMARY KEY (outlet, line)) WITHOUT ROWID;",

    /* Findings. */
    "CREATE TABLE origin ("
    " article INTEGER PRIMARY KEY REFERENCES article(id),"
    " story INTEGER NOT NULL REFERENCES story(id), number INTEGER NOT NULL, why TEXT);"
    "CREATE INDEX origin_story ON origin(story);",

    "CREATE TABLE quotation ("
    " id INTEGER PRIMARY KEY, story INTEGER NOT NULL REFERENCES story(id),"
    " article INTEGER NOT NULL REFERENCES article(id), number INTEGER NOT NULL,"
    " \"begin\" INTEGER NOT NULL, \"end\" INTEGER NOT NULL, type TEXT NOT NULL,"
    " speaker TEXT, said TEXT NOT NULL, utterance INTEGER, change TEXT);"
    "CREATE INDEX quotation_story ON quotation(story);"
    "CREATE INDEX quotation_article ON quotation(article, number);"
    "CREATE INDEX quotation_speaker ON quotation(speaker COLLATE NOCASE)"
    " WHERE speaker IS NOT NULL;",
    PEOPLE,

    "CREATE TABLE figure ("
    " id INTEGER PRIMARY KEY, story INTEGER NOT NULL REFERENCES story(id),"
    " article INTEGER NOT NULL REFERENCES article(id), number INTEGER NOT NULL,"
    " \"begin\" INTEGER NOT NULL, \"end\" INTEGER NOT NULL, text TEXT NOT NULL,"
    " value REAL, value_high REAL, unit TEXT, bound TEXT NOT NULL, counts TEXT, as_of TEXT,"
    " row INTEGER NOT NULL);"
    "CREATE INDEX figure_story ON figure(story);"
    "CREATE INDEX figure_article ON figure(article, number);",

    "CREATE TABLE figure_difference ("
    " a INTEGER NOT NULL REFERENCES figure(id) ON DELETE CASCADE,"
    " b INTEGER NOT NULL REFERENCES figure(id) ON DELETE CASCADE,"
    " kind TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;"
    "CREATE INDEX figure_difference_b ON figure_difference(b);",

    "CREATE TABLE passage ("
    " id INTEGER PRIMARY KEY, story INTEGER NOT NULL REFERENCES story(id),"
    " a INTEGER NOT NULL REFERENCES article(id), b INTEGER NOT NULL REFERENCES article(id),"
    " a_begin INTEGER NOT NULL, a_end INTEGER NOT NULL,"
    " b_begin INTEGER NOT NULL, b_end INTEGER NOT NULL,"
    " words INTEGER NOT NULL, direction TEXT, quoted INTEGER NOT NULL);"
    "CREATE INDEX passage_story ON passage(story);"
    "CREATE INDEX passage_a ON passage(a);"
    "CREATE INDEX passage_b ON passage(b);",

    /* Feeds and failures. */
    "CREATE TABLE feed ("
    " id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, title TEXT, outlet TEXT, owner TEXT,"
    " etag TEXT, last_modified TEXT, next_poll INTEGER, last_poll INTEGER, last_new INTEGER,"
    " status INTEGER NOT NULL DEFAULT 0, error TEXT, poll_n INTEGER NOT NULL DEFAULT 0,"
    " error_n INTEGER NOT NULL DEFAULT 0, error_row INTEGER NOT NULL DEFAULT 0,"
    " article_n INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX feed_due ON feed(next_poll) WHERE NOT gone;"
    "CREATE TABLE feed_error ("
    " id INTEGER PRIMARY KEY, feed INTEGER REFERENCES feed(id), address TEXT,"
    " at INTEGER NOT NULL, status INTEGER NOT NULL, message TEXT NOT NULL);"
    "CREATE INDEX feed_error_feed ON feed_error(feed);"
    "CREATE TABLE input_error ("
    " id INTEGER PRIMARY KEY, source TEXT NOT NULL, at INTEGER NOT NULL, message TEXT NOT NULL,"
    " seen INTEGER NOT NULL, UNIQUE (source, at, message));",

    /* Search. */
    "CREATE VIRTUAL TABLE article_search USING fts5(title, text, content='',"
    " tokenize = 'unicode61 remove_diacritics 2');"
    "CREATE VIRTUAL TABLE quotation_search USING fts5(speaker, said, content='quotation',"
    " content_rowid='id', tokenize = 'unicode61 remove_diacritics 2');"
    "CREATE TRIGGER quotation_gone AFTER DELETE ON quotation BEGIN"
    " INSERT INTO quotation_search(quotation_search, rowid, speaker, said)"
    " VALUES ('delete', old.id, old.speaker, old.said); END;"
    "CREATE VIRTUAL TABLE figure_search USING fts5(text, counts, unit, content='figure',"
    " content_rowid='id', tokenize = 'unicode61 remove_diacritics 2');"
    "CREATE TRIGGER figure_gone AFTER DELETE ON figure BEGIN"
    " INSERT INTO figure_search(figure_search, rowid, text, counts, unit)"
    " VALUES ('delete', old.id, old.text, old.counts, old.unit); END;",

    SEARCH_SETTINGS("article_search"), SEARCH_SETTINGS("quotation_search"),
    SEARCH_SETTINGS("figure_search"),

    /* For people. */
    "CREATE VIEW articles AS SELECT a.uid AS id, v.title, o.name AS outlet, v.authors, v.published,"
    " v.modified, v.lang, a.url, s.name AS story, v.words, a.version_n AS versions, v.access,"
    " v.rights, datetime(a.first_seen, 'unixepoch') AS first_seen"
    " FROM article a JOIN version v ON v.id = a.version LEFT JOIN outlet o ON o.id = a.outlet"
    " LEFT JOIN story s ON s.id = a.story WHERE NOT v.hidden;"
    "CREATE VIEW stories AS SELECT s.name AS id, s.title, s.article_n AS articles,"
    " s.origin_n AS origins, s.outlet_n AS outlets, s.quote_n AS quotations,"
    " s.differ_n AS differences, s.first_published, s.last_published,"
    " datetime(s.changed, 'unixepoch') AS changed, f.name AS split_from"
    " FROM story s LEFT JOIN story f ON f.id = s.split_from WHERE s.article_n > 0;"
    "CREATE VIEW quotations AS SELECT q.speaker, q.said, q.type, q.change, o.name AS outlet,"
    " v.published, v.title, a.uid AS article, s.name AS story, q.utterance, q.\"begin\", q.\"end\""
    " FROM quotation q JOIN article a ON a.id = q.article JOIN version v ON v.id = a.version"
    " JOIN story s ON s.id = q.story LEFT JOIN outlet o ON o.id = a.outlet;"
    "CREATE VIEW figures AS SELECT f.text, f.value, f.value_high, f.unit, f.bound, f.counts,"
    " f.as_of, f.row, o.name AS outlet, v.published, a.uid AS article, s.name AS story,"
    " f.\"begin\", f.\"end\""
    " FROM figure f JOIN article a ON a.id = f.article JOIN version v ON v.id = a.version"
    " JOIN story s ON s.id = f.story LEFT JOIN outlet o ON o.id = a.outlet;"
    "CREATE VIEW people AS SELECT speaker AS name, count(*) AS quotations,"
    " count(DISTINCT article) AS articles, count(DISTINCT story) AS stories"
    " FROM quotation WHERE speaker IS NOT NULL GROUP BY speaker;"
    "CREATE VIEW pairs AS SELECT p.story AS story_row, s.name AS story, a.uid AS a, b.uid AS b,"
    " max(p.words) AS longest, count(*) AS passages, max(p.direction) AS direction"
    " FROM passage p JOIN article a ON a.id = p.a JOIN article b ON b.id = p.b"
    " JOIN story s ON s.id = p.story GROUP BY p.story, p.a, p.b;"
    "CREATE VIEW versions AS SELECT a.uid AS article, v.number, v.kind, v.silent, v.correction,"
    " v.title, v.modified, datetime(v.seen, 'unixepoch') AS seen, v.words,"
    " (SELECT count(*) FROM change c WHERE c.version = v.id) AS changes"
    " FROM version v JOIN article a ON a.id = v.article;",
    NULL};
