/*
 * samestory.h - the public door of libsamestory.
 *
 * News reports go in (files, folders, bytes); articles, stories, quotations, figures, shared
 * passages and the comparison of each story come out, as JSON rows or as a report for the
 * terminal or a browser. Everything that comes out is a place in a source.
 *
 *     sst_context *ctx;
 *     sst_options opt = SST_OPTIONS_DEFAULT;
 *     if (sst_open(&opt, &ctx) == SST_OK) {
 *         sst_add_path(ctx, "reports/", SST_KIND_AUTO);
 *         sst_run(ctx, SST_STAGE_COMPARE);
 *         sst_write(ctx, SST_VIEW_REPORT, SST_FORMAT_JSON, NULL, sink, user);
 *         sst_close(ctx);
 *     }
 *
 * A context belongs to one thread at a time; contexts do not share anything that changes. The
 * library prints nothing, reads no environment and never ends the process.
 */
#ifndef SAMESTORY_H
#define SAMESTORY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define SST_API __attribute__((visibility("default")))
#define SST_MUST_CHECK __attribute__((warn_unused_result))
#else
#define SST_API
#define SST_MUST_CHECK
#endif

/* Bytes borrowed from somebody else; not NUL-terminated. p may be NULL when n is 0. */
typedef struct sst_str {
    const char *p;
    size_t n;
} sst_str;

/* Bytes [begin, end) of one article's text. */
typedef struct sst_span {
    uint32_t begin, end;
} sst_span;

typedef enum sst_status {
    SST_OK = 0,
    SST_ERR_USAGE,   /* a parameter makes no sense */
    SST_ERR_MEMORY,  /* an allocation failed */
    SST_ERR_IO,      /* reading or writing failed */
    SST_ERR_INPUT,   /* an input is not what it should be; the run goes on, see sst_error_at */
    SST_ERR_LIMIT,   /* an input is larger than a limit allows */
    SST_ERR_STOPPED, /* sst_stop was called, or the sink or the progress function said stop */
    SST_ERR_INTERNAL /* our own mistake */
} sst_status;

/* Ceilings of every parser. Zero means the default. */
typedef struct sst_limits {
    uint64_t input_bytes;   /* of one file, after decompression; 4 GiB. Web archives and rows may be
                               larger: one that is packed is refused when it unpacks to more than
                               this and 256 times its size */
    uint32_t article_bytes; /* of one article's text or page; 64 MiB */
    uint32_t articles;      /* of one run; 50 million */
    uint32_t depth;         /* of folders and of markup; 512 */
} sst_limits;

typedef enum sst_kind {
    SST_KIND_AUTO = 0, /* found from the content */
    SST_KIND_HTML,
    SST_KIND_TEXT,
    SST_KIND_JSONL,
    SST_KIND_WARC, /* and ARC */
    SST_KIND_FEED,
    SST_KIND_NINJS
} sst_kind;

/*
 * Called now and then from the thread that called sst_run or sst_add_*. Return 0 to go on. While
 * inputs are read, stage is "reading" (done: articles) or "bytes" (done: bytes of the inputs, as
 * they lie in the files); total is 0 when it is not known.
 */
typedef int (*sst_progress_fn)(void *user, const char *stage, uint64_t done, uint64_t total);

/* How far sst_run goes. Each stage includes what it needs of those before. */
typedef enum sst_stage {
    SST_STAGE_EXTRACT = 1, /* articles with their blocks */
    SST_STAGE_STORIES,     /* and which story each belongs to */
    SST_STAGE_PASSAGES,    /* and what any two articles share word for word */
    SST_STAGE_QUOTES,      /* and quotations, speakers, utterances */
    SST_STAGE_FIGURES,     /* and figures and their rows */
    SST_STAGE_COMPARE,     /* everything that the report shows */
    SST_STAGE_DUPLICATES   /* articles that are the same or nearly; nothing else */
} sst_stage;

/* Which article of a group of duplicates stands for it. */
typedef enum sst_show {
    SST_SHOW_FIRST = 0, /* the earliest published */
    SST_SHOW_LAST,      /* the latest */
    SST_SHOW_LONGEST    /* that of the most words */
} sst_show;

/*
 * How wide a story is. A story of a finer grain is always part of one of a wider grain of the same
 * articles, unless links say otherwise.
 */
typedef enum sst_grain {
    SST_GRAIN_EVENT = 0, /* one thing that happened, with what followed from it in the days after */
    SST_GRAIN_DEVELOPMENT, /* one step of an event: the announcement, the vote, the verdict */
    SST_GRAIN_SAGA         /* events that continue each other; rows name the event too */
} sst_grain;

/* What quotations are printed; sst_options.quote_types. */
enum {
    SST_QUOTES_DIRECT = 1,  /* whole in marks */
    SST_QUOTES_MIXED = 2,   /* partly */
    SST_QUOTES_INDIRECT = 4 /* without */
};

typedef struct sst_options {
    uint32_t threads;          /* 0: one for each core */
    uint8_t offsets_codepoint; /* spans in code points instead of UTF-8 bytes */
    uint8_t marks;             /* content of quotations includes the quotation marks */
    uint8_t with_text;         /* article rows of the report carry "text" */
    /*
     * SST_STAGE_DUPLICATES: only that stage will be run, so articles are let go when they have been
     * read and memory holds about 1.5 KB of an article of 500 words. SST_STAGE_PASSAGES: only that
     * stage and its view will be asked for, so languages are looked for where they are needed.
     * SST_STAGE_STORIES: only sst_write_why will be asked for; rows of stories may be, but what
     * parts of their articles tell of others (`also`) is looked for when they are written.
     * 0: any stage.
     */
    uint8_t only;
    uint8_t groups; /* duplicates: a row for each group instead of each pair */
    uint8_t show;   /* sst_show of a group */
    double jaccard; /* duplicates: of the least pair; 0: 0.5 */
    uint8_t inside; /* passages: repeats inside one article too */
    uint8_t passim; /* passages: rows with the fields of passim */
    /*
     * passages: two articles are listed when they share so many different 5-word runs, or 0.3 of
     * those of the shorter one. 0: 30 where there are more than 24 articles, else any.
     */
    uint32_t shared;
    uint8_t explain; /* keep why each block of a page was taken or left out, for
                        SST_VIEW_EXTRACT as SST_FORMAT_HTML */
    uint8_t grain;   /* sst_grain of stories */
    sst_limits limits;
    sst_progress_fn progress; /* or NULL */
    void *progress_user;
    /*
     * SST_STAGE_DUPLICATES: bytes that the words of articles and the index may take in memory; what
     * is more goes to a file without a name in `folder`, 0: all in memory. Not counted are about
     * 250 bytes an article, and what articles share. The result is the same. SST_STAGE_PASSAGES in
     * `only`: bytes of the whole process (less than 64 MB is not kept to); half of it holds
     * articles, words, their index and the passages, what is more goes to the file, a quarter is
     * for pages of the file that are in use. For moments it may be passed. sst_stream: bytes of
     * articles that are held before rows go to a file in `folder`; 0: 48 MB.
     */
    uint64_t memory_bytes;
    const char *folder; /* NULL: "/tmp" */
    /*
     * SST_VIEW_QUOTES: only quotations of speakers who are called so: a surname, or more of a name,
     * in any spelling that the articles have; case, accents and apostrophes do not count. NULL: of
     * all.
     */
    const char *speaker;
    unsigned quote_types; /* SST_VIEW_QUOTES: of SST_QUOTES_DIRECT and its like; 0: all */
    uint8_t as_read;      /* sst_stream: rows are written while inputs are read */
} sst_options;

#define SST_OPTIONS_DEFAULT                                                                        \
    {                                                                                              \
        0, 0, 0, 0, 0, 0, 0, 0.0, 0, 0, 0, 0, 0, {0, 0, 0, 0}, NULL, NULL, 0, NULL, NULL, 0, 0     \
    }

typedef struct sst_context sst_context;

/* Makes a context. *out is NULL on failure. The caller owns it until sst_close. */
SST_API sst_status sst_open(const sst_options *options, sst_context **out) SST_MUST_CHECK;
SST_API void sst_close(sst_context *ctx);

/*
 * Reads a file, a folder (walked, names in byte order) or "-" (standard input) into articles. A bad
 * input becomes an error row and the call returns SST_OK; other codes mean that the run cannot go
 * on.
 */
SST_API sst_status sst_add_path(sst_context *ctx, const char *path, sst_kind kind) SST_MUST_CHECK;

/* The same for bytes in memory, which are copied. name stands where a path would. */
SST_API sst_status sst_add_bytes(sst_context *ctx, const char *name, const void *bytes, size_t n,
                                 sst_kind kind) SST_MUST_CHECK;

/*
 * Adds a table of outlets over the built-in one (data/outlets.csv): CSV of
 * domain,outlet,owner,country,agency. A row takes the place of the row of its domain, or without a
 * domain of its name. Origins and directions are told by it, so it goes before sst_run.
 * SST_ERR_IO, SST_ERR_INPUT (sst_message names the line).
 */
SST_API sst_status sst_add_outlets(sst_context *ctx, const char *path) SST_MUST_CHECK;

/*
 * Adds what a user knows of stories: a text file with lines "must-link<TAB>ID<TAB>ID" and
 * "cannot-link<TAB>ID<TAB>ID"; empty lines and those that begin with # are passed over. Respected
 * by every sst_run behind it. Where the two contradict each other, cannot-link holds. Ids that no
 * article of a run has are told by sst_note_at. Before sst_ingest: the database keeps them, in
 * place of those that it had, for the articles that it has and those that come. SST_ERR_IO,
 * SST_ERR_INPUT (sst_message names the line).
 */
SST_API sst_status sst_add_links(sst_context *ctx, const char *path) SST_MUST_CHECK;

SST_API sst_status sst_run(sst_context *ctx, sst_stage last) SST_MUST_CHECK;

/* May be called from a signal handler or another thread: sst_run and sst_write end soon with
 * SST_ERR_STOPPED. */
SST_API void sst_stop(sst_context *ctx);

typedef enum sst_view {
    SST_VIEW_EXTRACT = 1, /* JSONL, TEXT, HTML */
    SST_VIEW_STORIES,     /* JSONL, TEXT */
    SST_VIEW_PASSAGES,    /* JSONL, TEXT */
    SST_VIEW_QUOTES,      /* JSONL, CSV, TEXT */
    SST_VIEW_FIGURES,     /* JSONL, TEXT */
    SST_VIEW_REPORT,      /* JSON, TEXT, HTML */
    SST_VIEW_DUPLICATES   /* JSONL, TEXT */
} sst_view;

typedef enum sst_format {
    SST_FORMAT_JSONL = 1,
    SST_FORMAT_JSON,
    SST_FORMAT_TEXT,
    SST_FORMAT_HTML,
    SST_FORMAT_CSV /* RFC 4180, with a line of headers */
} sst_format;

/* How text for people looks. */
typedef struct sst_style {
    uint32_t columns; /* width; 0 means 80 */
    uint8_t colour;   /* ANSI colours */
} sst_style;

/* Takes n bytes. Return 0 to go on; anything else ends the writing with SST_ERR_STOPPED or
 * SST_ERR_IO. */
typedef int (*sst_sink_fn)(void *user, const char *bytes, size_t n);

/*
 * Writes a view of what sst_run has found. The stage of the view, or a later one, must have been
 * reached. What no later stage needs (passages between any two articles; stories after
 * SST_STAGE_PASSAGES) is made at the first writing, so that may take longer. style may be NULL.
 */
SST_API sst_status sst_write(sst_context *ctx, sst_view view, sst_format format,
                             const sst_style *style, sst_sink_fn sink, void *user) SST_MUST_CHECK;

/*
 * Writes why the articles a and b (ids) are, or are not, one story: what they share, the score and
 * what it is made of, how alike each is on average to the story of the other, and for each the
 * nearest article of another story. format: SST_FORMAT_JSON or TEXT. Behind sst_run with a stage
 * that makes stories. SST_ERR_USAGE when there is no such article.
 */
SST_API sst_status sst_write_why(sst_context *ctx, const char *a, const char *b, sst_format format,
                                 const sst_style *style, sst_sink_fn sink,
                                 void *user) SST_MUST_CHECK;

/*
 * Writes the rows of SST_VIEW_EXTRACT (JSONL or TEXT) of any number of articles: each is let go
 * when its row is made, and of it some 16 bytes are kept. Called once, before the first input; then
 * sst_add_* as usual, then sst_stream_end, which writes what is left. The sink gets whole rows:
 * whatever ends a run, none is written by halves. Rows stand in the order of the inputs. What
 * several articles of one id are called depends on all of them, so rows of more articles than are
 * held (options.memory_bytes) wait in a file until sst_stream_end, and have the ids that all other
 * ways of writing give. With options.as_read, and as TEXT, rows are written while inputs are read,
 * and articles that share an id are numbered in the order of the inputs. Not more than a thousand
 * failed inputs are kept for sst_error_at. style may be NULL; sst_run and sst_write do not go with
 * it.
 */
SST_API sst_status sst_stream(sst_context *ctx, sst_view view, sst_format format,
                              const sst_style *style, sst_sink_fn sink, void *user) SST_MUST_CHECK;
SST_API sst_status sst_stream_end(sst_context *ctx) SST_MUST_CHECK;

typedef enum sst_markup {
    SST_MARKUP_TREE = 1,     /* a line a node, indented, attributes below their element */
    SST_MARKUP_TOKENS,       /* a line a token, in JSON: ["StartTag","p",{"id":"x"}] */
    SST_MARKUP_TOKENS_PLACED /* before each its begin and end: bytes of the page as UTF-8 */
} sst_markup;

/*
 * Shows how pages are read: parses path (a file, a folder, "-"; gzip and zstd are unpacked) as HTML
 * and writes its tree or its tokens in the notation of the html5lib tests. No article is made. A
 * page at a limit is written as far as it was read and becomes an error row; the status is SST_OK
 * then.
 */
SST_API sst_status sst_debug_html(sst_context *ctx, const char *path, sst_markup what,
                                  sst_sink_fn sink, void *user) SST_MUST_CHECK;

/* What went wrong with single inputs. Strings live until sst_close. */
typedef struct sst_error {
    sst_str source;  /* file or URL */
    sst_str message; /* what failed and what to do */
    uint64_t at;     /* byte position in the source; UINT64_MAX when there is none */
} sst_error;

SST_API size_t sst_error_n(const sst_context *ctx);
SST_API sst_error sst_error_at(const sst_context *ctx, size_t i);
/*
 * Of each web archive, how many records it has and why some are no articles; and what the last
 * sst_run left out or counted in another way, and why: caps that cut something,
 * articles given twice. For people; NUL-terminated, lives until the next sst_run. NULL behind the
 * last.
 */
SST_API const char *sst_note_at(const sst_context *ctx, size_t i);

SST_API size_t sst_article_n(const sst_context *ctx);
/* 0 until stories are made: by SST_STAGE_STORIES, by a stage behind SST_STAGE_PASSAGES, or by
 * writing them. */
SST_API size_t sst_story_n(const sst_context *ctx);

/* The first cause of the last call that did not return SST_OK: "what: where: why". Never NULL. */
SST_API const char *sst_message(const sst_context *ctx);

/* ------------------------------------------------------------------------------------- database */

/* What an ingest did. */
typedef struct sst_ingest_summary {
    uint64_t articles;  /* new ones */
    uint64_t versions;  /* of articles that were there, with another text */
    uint64_t unchanged; /* there already */
    uint64_t failed;    /* inputs and articles without text: rows of the table input_error */
    uint64_t stories;   /* made or changed */
} sst_ingest_summary;

/*
 * From now on sst_add_* adds to the database file `db`, which is made when it is not there, and
 * lets articles go: memory does not grow with the inputs. Called once, before the first input.
 * Articles are stored in batches: what the progress function is told of as "stored" is on the disk,
 * whatever ends the process. A second writer waits. SST_ERR_IO: the file cannot be made, read or
 * written, is another program's, or of a newer version (sst_message says which). sst_run and
 * sst_write do not go with it.
 */
SST_API sst_status sst_ingest(sst_context *ctx, const char *db) SST_MUST_CHECK;
/* Behind sst_ingest: sst_ingest_end leaves the stories that changed as they are, to be compared by
 * the next ingest or fetch without this. Articles are grouped and found by search all the same. */
SST_API sst_status sst_ingest_later(sst_context *ctx) SST_MUST_CHECK;
/* Stores what is left and compares the stories that changed; also after a failure of sst_add_*.
 * summary may be NULL. */
SST_API sst_status sst_ingest_end(sst_context *ctx, sst_ingest_summary *summary) SST_MUST_CHECK;

typedef enum sst_found_kind {
    SST_FIND_ARTICLES = 1,
    SST_FIND_QUOTATIONS = 2,
    SST_FIND_FIGURES = 4
} sst_found_kind;

/* Zeros and NULLs: not asked for. */
typedef struct sst_search_query {
    const char *words;   /* words, "phrases", prefix*, -without */
    const char *speaker; /* quotations alone: words of the name */
    const char *outlet, *lang;
    const char *since, *until; /* ISO 8601; published from then on, before then */
    uint32_t kinds;            /* of sst_found_kind; 0: articles and quotations */
    uint32_t limit, offset;    /* of each kind; 0: 50 */
} sst_search_query;

/*
 * Writes what a search finds: JSONL, a row a hit; JSON, one object; TEXT for people. Where more
 * than some thousand articles are found the newest are ranked, and it is said. SST_ERR_USAGE:
 * nothing to search for, or a date that is none.
 */
SST_API sst_status sst_search(sst_context *ctx, const char *db, const sst_search_query *query,
                              sst_format format, const sst_style *style, sst_sink_fn sink,
                              void *user) SST_MUST_CHECK;

typedef enum sst_export_format {
    SST_EXPORT_JSONL = 1,   /* a row of `what` a line; stories: as in the report of compare */
    SST_EXPORT_CSV,         /* RFC 4180 */
    SST_EXPORT_PASSIM,      /* articles as passim reads them: id, series, date, text */
    SST_EXPORT_ANNOTATIONS, /* quotations and figures as W3C Web Annotations, one a line */
    SST_EXPORT_DEHYDRATED   /* articles without their words: ids, hashes, offsets, one a line */
} sst_export_format;

typedef enum sst_export_what {
    SST_EXPORT_ARTICLES = 0,
    SST_EXPORT_QUOTATIONS,
    SST_EXPORT_FIGURES,
    SST_EXPORT_PAIRS,
    SST_EXPORT_STORIES
} sst_export_what;

/* Writes the database in a form of others. `what` is for JSONL and CSV. Articles that are withheld
 * or embargoed are left out. */
SST_API sst_status sst_export(sst_context *ctx, const char *db, sst_export_format format,
                              sst_export_what what, sst_sink_fn sink, void *user) SST_MUST_CHECK;

/* What is wrong, and whether it was mended. Strings live during the call. */
typedef void (*sst_fault_fn)(void *user, const char *invariant, const char *what, int mended);

/* Verifies every invariant of a database; repair: mends what can be. *faults: how many are left. */
SST_API sst_status sst_check(sst_context *ctx, const char *db, int repair, sst_fault_fn fn,
                             void *user, uint64_t *faults) SST_MUST_CHECK;
/* ------------------------------------------------------------------------------------- fetching */

/* Which pages that a feed leads to are asked for. */
typedef enum sst_fetch_pages {
    SST_FETCH_PAGES_DEFAULT = 0, /* as MISSING; in a list of feeds: as the options say */
    SST_FETCH_PAGES_MISSING,     /* those of entries that bring a summary alone */
    SST_FETCH_PAGES_ALL,
    SST_FETCH_PAGES_NONE
} sst_fetch_pages;

/* What one run of sst_fetch did. */
typedef struct sst_fetch_summary {
    uint64_t feeds, unchanged, failed; /* asked for; 304 or the same bytes; without an answer */
    uint64_t waiting;                  /* not asked: they said not to come back before a time */
    uint64_t entries, articles;        /* entries seen; articles handed to the database */
    uint64_t pages, refused;           /* pages taken; those that robots.txt forbids */
    uint64_t page_failures;            /* pages without a usable answer */
    uint64_t bytes;                    /* of bodies, after unpacking */
} sst_fetch_summary;

/* Zero means the default. */
typedef struct sst_fetch_options {
    uint32_t every_minutes;    /* poll again after so long, until sst_stop; 0: once */
    uint32_t host_delay_ms;    /* between two requests to one host; 1,000. 1: none */
    uint32_t host_connections; /* at a time to one host; 2 */
    uint32_t connections;      /* at a time in all; 32 */
    uint32_t timeout_s;        /* of one request; 60 */
    uint32_t redirects;        /* of one request; 8 */
    uint64_t bytes;            /* of one body, after unpacking; 16 MiB */
    uint8_t pages;             /* sst_fetch_pages */
    /* Redirects and links may lead into private networks. Without it only hosts that stand in the
     * list of feeds may have such addresses. */
    uint8_t allow_private;
    const char *proxy; /* NULL: none */
    const char *agent; /* what is sent as User-Agent; NULL: "samestory/VERSION (feed reader)" */
    /* Called at the end of each round; return other than 0 to end. NULL: nobody wants to know. */
    int (*round)(void *user, const sst_fetch_summary *summary);
    void *round_user;
} sst_fetch_options;

/*
 * Asks for the feeds of a list (OPML, or one address a line) and for the pages that their entries
 * lead to, and stores what they bring in the database file `db`, which is made when it is not
 * there. Feeds and pages are asked only for what has changed (ETag, Last-Modified), robots.txt is
 * respected for pages, hosts are asked one request after another. Only http and https. What fails
 * is an error row (sst_error_at) and a row of the table feed_error, and the call returns SST_OK.
 * sst_stop ends it soon with SST_ERR_STOPPED; what was taken until then is stored, a later call
 * goes on. options and *summary may be NULL. Not with sst_add_* in one context.
 */
SST_API sst_status sst_fetch(sst_context *ctx, const char *db, const char *feeds,
                             const sst_fetch_options *options,
                             sst_fetch_summary *summary) SST_MUST_CHECK;

/* -------------------------------------------------------------------------------------- serving */

typedef struct sst_server sst_server;

#define SST_PORT_ANY UINT32_MAX

/* Zero means the default. */
typedef struct sst_serve_options {
    const char *address;  /* IPv4 or IPv6; NULL: "127.0.0.1", this machine alone */
    uint32_t port;        /* 8080; SST_PORT_ANY: one that is free */
    uint32_t threads;     /* that answer; as many as processors, 2 at least */
    uint32_t connections; /* at a time; 12,000, as far as the process may open files */
    uint32_t idle_s;      /* a connection that says nothing is closed after so long; 20 */
    uint64_t cache_bytes; /* of answers that are kept, half as much of compared stories; 64 MiB */
    /* A further name that clients may call the server by, as behind a proxy. On a loopback address
     * only "localhost" and addresses are answered besides, so that no page of the web can read
     * what is served through a name of its own. */
    const char *host;
} sst_serve_options;

/*
 * Serves a database as pages for people, feeds and JSON (GET /api/v1/openapi.json tells of it), on
 * threads of its own, until sst_serve_stop. The database may be written to meanwhile. Articles that
 * their publisher has withheld or embargoed are not served. options may be NULL. SST_ERR_IO: no
 * such database, or the address cannot be listened on (sst_message says why). The context must
 * outlive the server.
 */
SST_API sst_status sst_serve_start(sst_context *ctx, const char *db,
                                   const sst_serve_options *options,
                                   sst_server **out) SST_MUST_CHECK;
/* "http://127.0.0.1:8080/"; lives as long as the server. */
SST_API const char *sst_serve_address(const sst_server *server);
/* Ends what is on its way, then all threads. NULL is fine. */
SST_API void sst_serve_stop(sst_server *server);

SST_API const char *sst_version(void);

#ifdef __cplusplus
}
#endif
#endif
