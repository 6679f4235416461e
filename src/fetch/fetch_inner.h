/*
 * What the parts of one run share.
 *
 *   feed  --request-->  response --entries-->  jobs (PAGE) --responses--> documents
 *    ^ left: pages that are still to come; at 0 what is known of the feed is written down
 *
 *   host  "www.example.org:443"
 *     queue: feeds, robots.txt      ) the next one starts when `next_ms` has come
 *     pages: wait for robots.txt    ) and fewer than host_connections are on their way
 */
#ifndef FETCH_INNER_H
#define FETCH_INNER_H

#include <stdatomic.h>

#include "api_context.h"
#include "fetch.h"
#include "fetch_curl.h"
#include "store.h"

enum {
    FETCH_TRIES = 4, /* of a page that does not answer, over all runs; then the summary stays */
    FETCH_TOLD = 20  /* of what is wrong inside one feed */
};

typedef struct fetch_run fetch_run;

/* What is kept of a page between runs. */
typedef struct fetch_known {
    sst_str etag, last_modified;
    int64_t not_before_s; /* do not ask before; 0: at any time */
    uint32_t failures;    /* in a row */
    uint64_t hash;        /* of the entry that led to it */
    bool there, done;     /* there is a row; taken, or refused for good */
} fetch_known;

typedef struct fetch_feed {
    const fetch_subscription *about;
    fetch_address address;
    store_feed row; /* what the database knows; strings in run->arena or arena */
    bool deferred;  /* a page is to be asked for again: the feed's ETag is not kept */
    bool open;      /* it is on its way, or its pages are */
    uint32_t left;  /* pages on their way, and 1 while its entries are read */
    /* Of the answer. */
    sst_arena arena;
    sst_str etag, last_modified, error, title;
    uint32_t status, retry_after_s, pages, taken;
    bool unchanged;
} fetch_feed;

typedef enum fetch_kind { FETCH_FEED = 0, FETCH_ROBOTS, FETCH_PAGE } fetch_kind;

typedef struct fetch_host fetch_host;

/* One request, with the redirects behind it. */
typedef struct fetch_job {
    struct fetch_job *next; /* in its host's queue */
    fetch_run *run;
    fetch_kind kind;
    fetch_feed *feed;     /* NULL for ROBOTS */
    fetch_host *host;     /* whom it asks now */
    fetch_host *for_host; /* ROBOTS: whose rules it brings */
    sst_arena arena;
    fetch_address address, first; /* where it goes now; what was asked for at first */
    sst_str user;                 /* "name:password", for the first address's host alone */
    uint32_t hops, tries;
    int64_t not_before_ms;
    bool moved_for_good; /* every redirect so far was a permanent one */
    /* PAGE: what the entry says. */
    sst_document document;
    uint64_t entry_hash;
    fetch_known known;
    /* The transfer. */
    CURL *easy;
    struct curl_slist *headers;
    sst_buf head, body;
    char why[160]; /* why it was broken off */
    /* The answer. */
    uint32_t status;
    sst_str etag, last_modified, type, charset, location;
    uint32_t retry_after_s;
} fetch_job;

struct fetch_host {
    sst_str authority;
    fetch_job *first, **last;
    fetch_job *first_page, **last_page;
    uint32_t active;
    int64_t next_ms;
    enum { ROBOTS_UNKNOWN = 0, ROBOTS_ASKED, ROBOTS_KNOWN, ROBOTS_NO_ANSWER } robots_state;
    int64_t robots_ms; /* when they were learnt */
    fetch_robots robots;
    sst_arena robots_arena;
    bool listed; /* stands in the list of feeds: may have a private address */
    bool waits;  /* it is in the heap */
};

/* Documents that wait to be stored, and what is to be written down behind them. */
typedef struct fetch_page_row {
    sst_str url, etag, last_modified, error;
    uint64_t hash;
    int64_t not_before_s;
    uint32_t status, failures;
    bool done;
} fetch_page_row;

typedef struct fetch_error_row {
    sst_str feed, url, message;
    uint32_t status;
} fetch_error_row;

typedef struct fetch_state fetch_state;

struct fetch_run {
    sst_context *ctx;
    sst_fetch_options options;
    sst_fetch_summary total, round; /* of all rounds; of this one */
    CURLM *multi;
    CURLSH *share;
    sst_arena arena;       /* lives as long as the run */
    sst_arena round_arena; /* of feeds and what the database knows of them */
    fetch_subscriptions subscriptions;
    fetch_feed *feeds;
    uint32_t feed_n, feed_next; /* the next feed of this round */
    /* hosts by authority; a heap of those that could start something, by time */
    strmap host_at;
    SST_VEC(fetch_host *) hosts;
    SST_VEC(fetch_host *) heap;
    uint32_t active, waiting_pages, open_feeds;
    int64_t now_ms, now_s;
    /* what waits to be stored */
    sst_arena batch;
    SST_VEC(sst_document) documents;
    SST_VEC(fetch_page_row) page_rows;
    SST_VEC(fetch_error_row) error_rows;
    SST_VEC(fetch_feed *) feed_rows;
    size_t batch_bytes;
    store *store;
    fetch_state *state;
    sst_buf scratch;
    sst_status status;
};

/* fetch_host.c */
fetch_host *fetch_host_of(fetch_run *r, sst_str authority);
/* Puts a job into its host's queue, at the front when it was there before. NULL-safe host. */
void fetch_host_put(fetch_run *r, fetch_job *job, bool front);
/* The next job that may start now, or NULL; *wait_ms: until one may. */
fetch_job *fetch_host_take(fetch_run *r, int64_t *wait_ms);
/* A job of the host has ended. */
void fetch_host_done(fetch_run *r, fetch_host *h);
/* Not before so many milliseconds from now. */
void fetch_host_rest(fetch_run *r, fetch_host *h, int64_t ms);
/* Its rules are known now, or are not. */
void fetch_host_learn(fetch_run *r, fetch_host *h, uint32_t status, sst_str text);

/* fetch_http.c */
fetch_job *fetch_job_new(fetch_run *r, fetch_kind kind, fetch_feed *feed,
                         const fetch_address *address);
void fetch_job_free(fetch_job *job);
sst_status fetch_http_start(fetch_job *job) SST_MUST_CHECK;
/* Reads the answer's head; the transfer's handle is gone behind it. result: how it ended. */
void fetch_http_end(fetch_job *job, CURLcode result);
/* Makes the job one for the address of its redirect. False: *why says what is wrong with it. */
bool fetch_http_redirect(fetch_job *job, const char **why);

/* fetch_entry.c: a feed's body -> documents and jobs; a page's body -> a document. */
void fetch_entry_read(fetch_run *r, fetch_feed *feed, const fetch_job *job);
void fetch_entry_page(fetch_job *job);
/* The entry as the feed has it, for want of the page. */
void fetch_entry_keep(fetch_job *job);
/* To be asked for again in a later run. */
void fetch_entry_later(fetch_job *job);
sst_str fetch_entry_key(const sst_document *d);

/* fetch_answer.c: what becomes of an answer. Takes the job over. */
void fetch_answer(fetch_job *job, CURLcode result);
/* A page that is not asked for: robots.txt says no, or has not answered. */
void fetch_answer_refused(fetch_job *job, bool for_good);
/* An error row: of the context and of the table. */
void fetch_failed(fetch_run *r, const fetch_feed *feed, sst_str url, uint32_t status,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The feed and all its pages are through: what is known of it is to be written down. */
void fetch_feed_close(fetch_run *r, fetch_feed *feed);

/* fetch_batch.c: stores the documents, then writes down the rest. */
void fetch_batch_document(fetch_run *r, const sst_document *d, fetch_feed *feed);
bool fetch_batch_is_full(const fetch_run *r);
sst_status fetch_batch_flush(fetch_run *r) SST_MUST_CHECK;

/* fetch_state.c: the table fetch_page. */
sst_status fetch_state_open(const char *db, sst_errors *errors, fetch_state **out) SST_MUST_CHECK;
void fetch_state_close(fetch_state *s);
sst_status fetch_state_page(fetch_state *s, sst_str url, sst_arena *arena,
                            fetch_known *out) SST_MUST_CHECK;
sst_status fetch_state_put_pages(fetch_state *s, const fetch_page_row *rows, uint32_t n,
                                 int64_t now_s) SST_MUST_CHECK;

#endif
