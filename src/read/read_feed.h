/*
 * What a feed says: of itself (channel), of an entry, of the feed that an entry was taken from
 * (source). The three have the same parts.
 *
 *   channel   title, links, language, ...
 *   entry     title, links, dates, persons, contents      one document each, in the feed's order
 *     source  title, links, ...                           only when the entry names another feed
 *
 * Addresses are absolute when a base was known. Strings live until the reader's function returns.
 */
#ifndef READ_FEED_H
#define READ_FEED_H

#include "base_buf.h"
#include "base_str.h"
#include "read.h"

typedef struct read_feed_text {
    sst_str value;            /* markup when html, else plain characters */
    sst_str type, lang, base; /* "text/plain", "text/html", "application/xhtml+xml", ... */
    sst_str src;              /* of a content that stands elsewhere */
    bool html;
} read_feed_text;

typedef struct read_feed_link {
    sst_str href, rel, type, title, hreflang, length;
} read_feed_link;

typedef enum read_feed_role { FEED_AUTHOR = 0, FEED_CONTRIBUTOR, FEED_PUBLISHER } read_feed_role;

typedef struct read_feed_person {
    sst_str name, email, url;
    uint8_t role; /* read_feed_role */
} read_feed_person;

typedef struct read_feed_tag {
    sst_str term, scheme, label;
} read_feed_tag;

/* Texts. */
typedef enum read_feed_part {
    FEED_TITLE = 0,
    FEED_SUBTITLE, /* of a channel: description, tagline, subtitle */
    FEED_SUMMARY,  /* of an entry: description, summary, abstract */
    FEED_RIGHTS,
    FEED_INFO,
    FEED_PART_N
} read_feed_part;

/* Values of one line. */
typedef enum read_feed_value {
    FEED_ID = 0,
    FEED_LANGUAGE,
    FEED_PUBLISHED,
    FEED_UPDATED,
    FEED_CREATED,
    FEED_EXPIRED,
    FEED_COMMENTS,
    FEED_DOCS,
    FEED_ICON,
    FEED_LOGO,
    FEED_GENERATOR,
    FEED_GENERATOR_URL,
    FEED_GENERATOR_VERSION,
    FEED_VALUE_N
} read_feed_value;

typedef struct read_feed_meta {
    read_feed_text part[FEED_PART_N];
    bool has[FEED_PART_N]; /* it was there, if only empty */
    sst_str value[FEED_VALUE_N];
    SST_VEC(read_feed_text) contents;
    SST_VEC(read_feed_link) links;
    SST_VEC(read_feed_person) persons;
    SST_VEC(read_feed_tag) tags;
    sst_str link;                  /* the page it is about: the link that is "alternate" */
    sst_str lang, base;            /* inherited from outside, or its own */
    bool guid_is_link;             /* the id is an address of the page */
    struct read_feed_meta *source; /* of an entry, or NULL */
} read_feed_meta;

typedef struct read_feed_entry {
    const char *format; /* "rss20", "atom10", "jsonfeed11", ...: docs/json.md */
    const read_feed_meta *channel, *entry;
} read_feed_entry;

/*
 * Appends a JSON object: of an entry what a row of `extract` says beside its own fields; whole:
 * every part, with the contents' markup.
 */
void read_feed_write(const read_feed_entry *e, bool whole, sst_buf *out);
/* The same of a channel alone. */
void read_feed_write_channel(const read_feed_entry *e, sst_buf *out);

#endif
