/*
 * fetch: feeds and the pages they lead to, over the network, into documents.
 *
 *   OPML -> feeds -> [requests by host] -> responses -> entries -> [pages by host] -> documents
 *                                                                                      |
 *                                     what was asked for, when and with what answer  <- stored
 *
 * Two things stand in the database besides the articles: of each feed, of each address that an
 * entry led to, what is needed to ask again only for what has changed (fetch_state.c). A document
 * is stored before it is noted that it was taken: who is interrupted asks again, and storing twice
 * is storing once.
 */
#ifndef FETCH_H
#define FETCH_H

#include "base_buf.h"
#include "base_hash.h"
#include "base_str.h"
#include "read.h"

/* ---------------------------------------------------------------------------------------- address
 */

/* An address of the web, as it is asked for. Strings in the arena it was made in. */
typedef struct fetch_address {
    sst_str url;       /* normalised, without fragment, user and password; NUL-terminated */
    sst_str authority; /* "host:port", lower case: whom one is polite to */
    sst_str path;      /* path and query, as robots.txt speaks of them */
    sst_str user;      /* "name:password" of an address in the OPML; empty when none */
} fetch_address;

/* Makes an address of what stands in a feed or a redirect. False when it is none, or is of another
 * scheme than http and https. */
bool fetch_address_parse(sst_arena *arena, sst_str url, fetch_address *out);
/* Is the IPv4 or IPv6 address (network order, 4 or 16 bytes) one of a private or local network? */
bool fetch_address_is_private(const unsigned char *ip, size_t n);

/* ------------------------------------------------------------------------------------------- OPML
 */

/* A line of the subscription list. */
typedef struct fetch_subscription {
    sst_str url;     /* xmlUrl */
    sst_str title;   /* title, else text */
    sst_str site;    /* htmlUrl */
    sst_str outlet;  /* outlet: what the outlet is called; inherited from the outlines around */
    sst_str owner;   /* owner: who owns it; inherited */
    sst_str country; /* country: two letters; inherited */
    uint8_t pages;   /* sst_fetch_pages; inherited */
} fetch_subscription;

typedef SST_VEC(fetch_subscription) fetch_subscriptions;

/*
 * Reads OPML (1.0 to 2.0) in UTF-8, or a plain list of addresses, one a line. A feed that stands
 * twice is taken once. SST_ERR_INPUT: neither; *why says what to do.
 */
sst_status fetch_opml_read(sst_str text, sst_arena *arena, fetch_subscriptions *out,
                           const char **why) SST_MUST_CHECK;

/* ------------------------------------------------------------------------------------- robots.txt
 */

typedef struct fetch_rule {
    sst_str path; /* with percent codes in upper case, "*" and a "$" at the end */
    bool allow;
} fetch_rule;

/* The rules of one host that hold for us. */
typedef struct fetch_robots {
    SST_VEC(fetch_rule) rules;
    uint32_t delay_s; /* Crawl-delay, 0 for none */
} fetch_robots;

/* RFC 9309: the group of `agent` (letters without case), else that of "*". */
sst_status fetch_robots_parse(sst_str text, sst_str agent, sst_arena *arena,
                              fetch_robots *out) SST_MUST_CHECK;
/* The longest rule that fits decides; of two as long the one that allows. path: with the query. */
bool fetch_robots_allow(const fetch_robots *r, sst_str path, sst_buf *scratch);

/* ------------------------------------------------------------------------------------------- time
 */

/* "120" or a date of HTTP -> seconds from now, 0 when it is neither or lies behind. */
uint32_t fetch_retry_after(sst_str value, int64_t now_s);

#endif
