/*
 * What the parts of the server share.
 *
 *   connection -> request (path, parameters) -> route -> stamp -> cache -> connection
 *                                                                   | (not there)
 *                          connection <- body <- function of the route, on a thread of the pool
 *
 * A function writes into q->out and sets status and type; what it reads lives in q->arena.
 */
#ifndef SERVE_INNER_H
#define SERVE_INNER_H

#include <pthread.h>
#include <stdatomic.h>

#include "api_context.h"
#include "report_markup.h"
#include "serve_mhd.h"
#include "store.h"

enum {
    SERVE_ARGS = 2,
    SERVE_PARAMS = 24,          /* of one query; more are not looked at */
    SERVE_LIMIT = 50,           /* rows, when none are asked for */
    SERVE_LIMIT_MOST = 200,     /* rows of one answer */
    SERVE_OFFSET_MOST = 100000, /* beyond, a window of days finds more */
    SERVE_BODY_MOST = 64 << 20  /* of one answer */
};

/*
 * What a function returns when the request is answered already: with an error, a redirect. Whoever
 * called it passes it on, as any failure; serve_make ends it.
 */
#define SERVE_ANSWERED SST_ERR_STOPPED

typedef enum serve_kind {
    SERVE_PAGE = 0,
    SERVE_API,
    SERVE_FEED,
    SERVE_JSONFEED,
    SERVE_PLAIN,
    SERVE_FILE,
    SERVE_KIND_N
} serve_kind;

/* What an answer is made of. */
typedef enum serve_of {
    SERVE_OF_ALL = 0,
    SERVE_OF_STORY,
    SERVE_OF_ARTICLE,
    SERVE_OF_PAIR,
    SERVE_OF_NOW,
    SERVE_OF_PROGRAM
} serve_of;

typedef struct serve_request serve_request;
typedef sst_status (*serve_fn)(serve_request *q);

typedef struct serve_route {
    serve_fn fn;
    serve_kind kind;
    serve_of of;
    const char *path, *params, *schema, *summary;
} serve_route;

extern const serve_route serve_routes[];
extern const size_t serve_route_n;

typedef struct serve_param {
    sst_str name, value;
} serve_param;

/* A reader of the database; one thread at a time has it. */
typedef struct serve_reader {
    store *store;
    sst_errors errors;
    struct serve_reader *next;
} serve_reader;

typedef struct serve_cache serve_cache;
typedef struct serve_kept serve_kept;
typedef struct serve_pool serve_pool;

struct sst_server {
    sst_context *ctx;
    char *db;
    sst_serve_options options;
    struct MHD_Daemon *daemon;
    sst_arena arena;
    sst_str address; /* "http://127.0.0.1:8080/" */
    bool loopback;
    pthread_mutex_t lock; /* of what follows */
    serve_reader *free;
    store_counts counts;             /* of the generation in it; 0: none yet */
    struct serve_compared *compared; /* the newest first */
    uint64_t compared_bytes;
    serve_cache *cache;
    serve_pool *pool;
    atomic_uint open; /* connections */
    atomic_ullong requests[SERVE_KIND_N], answers[6], bytes, cache_hits, cache_misses, refused;
    atomic_ullong micros; /* of all answers that were made */
    int64_t started;
};

struct serve_request {
    sst_server *server;
    struct MHD_Connection *connection;
    const serve_route *route;
    sst_arena arena;
    sst_str path, query; /* as they came */
    sst_str arg[SERVE_ARGS];
    uint32_t arg_n;
    serve_param params[SERVE_PARAMS];
    uint32_t param_n;
    serve_reader *reader;
    store *store;
    uint64_t generation, stamp;
    sst_str key; /* of the cache */
    int64_t now;
    int64_t since; /* the visit before this one; STORE_NO_TIME: none is known */
    /* The answer. */
    report_out out;
    sst_buf body;
    serve_kept *kept; /* instead of body: an answer of the cache */
    uint32_t status;
    const char *type;
    sst_str etag;     /* empty: none */
    sst_str cookie;   /* for Set-Cookie */
    sst_str location; /* of a redirect */
    bool keep;        /* may be kept in the cache */
    atomic_bool made;
    struct serve_request *next; /* in a line of serve_pool.c */
    char address[];             /* as it came, with its query */
};

/* serve_route.c: finds the route, fills arg and params. NULL: there is none; *why: 400 or 404. */
const serve_route *serve_find(serve_request *q, uint32_t *why);
/* The value of a parameter, without white space around it; empty when it was not given. */
sst_str serve_get(const serve_request *q, const char *name);
uint32_t serve_number(const serve_request *q, const char *name, uint32_t otherwise, uint32_t most);
/* A day or a time, STORE_NO_TIME when it was not given; when it is none: answered with 400. */
sst_status serve_time(serve_request *q, const char *name, int64_t *out);
store_page serve_page_of(const serve_request *q);
/* "name=value&" of all parameters but `without`, in percent codes. */
sst_str serve_query(serve_request *q, const char *without);
/* The same codes for one segment. */
sst_str serve_coded(sst_arena *arena, sst_str s);
bool serve_decode(sst_arena *arena, sst_str coded, bool plus, sst_str *out);

/* serve_cache.c */
serve_cache *serve_cache_new(uint64_t bytes);
void serve_cache_free(serve_cache *c);
/* What was kept under the key, of this stamp, or NULL. The caller holds it until serve_kept_drop.
 */
serve_kept *serve_cache_get(serve_cache *c, sst_str key, uint64_t stamp);
/* Takes the body over; NULL, and the body stays the caller's, when it is too large to be kept. */
serve_kept *serve_cache_put(serve_cache *c, sst_str key, uint64_t stamp, sst_buf *body,
                            const char *type);
sst_str serve_kept_body(const serve_kept *e, const char **type);
void serve_kept_drop(void *kept);

/* serve_stamp.c: a number that is another when the answer may be another. */
sst_status serve_stamp(serve_request *q, uint64_t *out);

/* serve_answer.c: one request, from its first line to its answer. */
enum MHD_Result serve_answer(void *user, struct MHD_Connection *c, const char *url,
                             const char *method, const char *version, const char *upload,
                             size_t *upload_n, void **state);
/* What stands for a request of the address until it is over. */
void *serve_request_new(const char *address);
void serve_request_free(void *state);

/* serve_pool.c: threads that make answers. */
serve_pool *serve_pool_new(uint32_t threads);
/* Suspends the connection and has the request made; false, and nothing is done, when the lines are
 * full or the server ends. */
bool serve_pool_push(serve_pool *p, serve_request *q);
/* From now on nothing is taken; returns when nobody waits. */
void serve_pool_drain(serve_pool *p);
void serve_pool_free(serve_pool *p);

/* serve_make.c */
/* Counts of the database as it is; made once for each generation. */
sst_status serve_counts(serve_request *q, store_counts *out);
void serve_make(serve_request *q);
/* A reader of the database and its generation; false: it cannot be read. */
bool serve_open(serve_request *q);
void serve_close(serve_request *q);
void serve_readers_free(sst_server *s);
/* q->out writes into q->body from here on; false: out of memory. */
bool serve_begin(serve_request *q);
/* A line of text in place of what there is. */
void serve_plain(serve_request *q, uint32_t status, const char *text);

/* serve_frame.c: what pages share. */
typedef struct serve_head {
    sst_str title;
    const char *here;        /* address of the entry of the menu that this page is, or NULL */
    const char *atom, *json; /* feeds of this page, or NULL */
    sst_str api;             /* the same as JSON; empty when there is none */
} serve_head;
void serve_page_begin(serve_request *q, const serve_head *h);
sst_status serve_page_end(serve_request *q);
/* Links to the rows before and behind; n rows are shown. */
void serve_pager(serve_request *q, const char *path, uint32_t n);
/* An error, as the kind of the route has it. SERVE_ANSWERED. */
sst_status serve_problem(serve_request *q, uint32_t status, const char *title, sst_str detail);
sst_status serve_not_there(serve_request *q, const char *what, sst_str id);
/* " lang=..." when it is known and not that of the page. */
void serve_lang(serve_request *q, sst_str lang);
/* <time>: the day and, where it is known, the time, for people. */
void serve_date(serve_request *q, sst_str iso);
void serve_date_s(serve_request *q, int64_t s);
/* "Wednesday, 2 April 2031"; the arena's. */
sst_str serve_day(sst_arena *arena, int64_t s);
sst_str serve_iso(sst_arena *arena, int64_t s);
void serve_link(serve_request *q, const char *prefix, sst_str id, sst_str text);
void serve_big(report_out *o, uint64_t n); /* "12,345" */
/* <td>; what it is called where a row is shown as a card. kind: its class, or "". */
void serve_cell(report_out *o, const char *label, const char *kind);
void serve_cell_number(report_out *o, const char *label, uint64_t n);
/* A name of theirs in a line of ours, whichever way it runs. */
void serve_name(report_out *o, sst_str name);
/* What a report is called by: its outlet, else the host of its address, else the file's name. */
sst_str serve_source(sst_str outlet, sst_str id);
/* Text with what was found marked; marks are places in the article's text, at.begin that of the
 * first byte of the text given. */
void serve_marked(serve_request *q, sst_str text, sst_span at, const sst_span *marks, uint32_t n);
extern const report_links serve_links;

/* serve_rows.c: rows of the API. */
void serve_json_story(report_out *o, const store_story *s, sst_arena *arena);
void serve_json_article(report_out *o, const store_article *a);
void serve_json_quotation(report_out *o, const store_quotation *x);
void serve_json_maybe(report_out *o, const char *key, sst_str s);
void serve_json_time(report_out *o, sst_arena *arena, const char *key, int64_t s);
/* "next": the address of the rows behind these; null when fewer than asked for came. */
void serve_json_next(serve_request *q, const char *path, uint32_t n);

/* serve_article.c */
/* The article that the path names, which may be shown; else the request is answered. */
sst_status serve_find_article(serve_request *q, store_article *a);

/* serve_story.c */
/* The story of the address; when it was merged the answer leads there. */
sst_status serve_find_story(serve_request *q, const char *suffix, store_story *out);
/* The articles of a story that may be shown. */
sst_status serve_story_articles(serve_request *q, const store_story *s, store_article **out,
                                uint32_t *n);
/* serve_compared.c: a compared story that the caller has alone until it is given back. */
typedef struct serve_compared {
    struct serve_compared *next;
    int64_t row;
    uint64_t revision, bytes;
    store_compared *c;
} serve_compared;
sst_status serve_compare(serve_request *q, const store_story *story, serve_compared **out);
void serve_compared_give(sst_server *s, serve_compared *e); /* NULL is fine */
void serve_compared_free_all(sst_server *s);
/* What report_write takes, of a compared story. Lives as long as both. */
typedef struct serve_result {
    sst_run_result r;
    sst_errors none;
    sst_options options;
    const sst_findings *findings;
    uint32_t *story_of;
} serve_result;
sst_status serve_result_of(const store_compared *c, sst_arena *arena, serve_result *out);
/* serve_stories.c: the stories that a request asks for. */
sst_status serve_list_stories(serve_request *q, store_story_filter *f, store_story **out,
                              uint32_t *n);
/* serve_said.c: where a quotation stands on a person's page: under its story, with the versions of
 * its utterance. Both are told by the first quotation of them, so that the newest come first. */
typedef struct serve_place {
    uint32_t story, utterance, i; /* i: of the quotations */
    bool indirect;
    sst_str words;
} serve_place;
/* The versions v[p[0..n).i] of one utterance: each once, with the reports that have it so. */
void serve_said(serve_request *q, const store_quotation *v, const serve_place *p, uint32_t n);
/* What is said without the full stop or the comma that the report's sentence sets behind it. */
sst_str serve_said_bare(sst_str s);
bool serve_said_indirect(const store_quotation *x);
/* Words that a version leaves out, adds or changes, marked against the fullest one. */
sst_status serve_said_marked(sst_arena *arena, report_out *o, sst_str full, sst_str said);
/* serve_search.c */
sst_status serve_search_query(serve_request *q, store_query *out);
/* A sink into q->body. */
report_sink serve_sink(serve_request *q);
/* Ends what q->out has buffered, so that another writer may write into q->body. */
sst_status serve_flush(serve_request *q);

#define ROUTE(fn, kind, of, path, params, schema, summary) sst_status fn(serve_request *q);
#include "routes.def"

#endif
