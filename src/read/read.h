/*
 * read: files, folders, standard input, web archives, JSON Lines, feeds -> documents, one after
 * another.
 *
 * A document is one report as it came: bytes of a page, or text in UTF-8, with what its container
 * says of it. Order: arguments as given, folders walked in byte order of names, rows as they stand.
 */
#ifndef READ_H
#define READ_H

#include "base_arena.h"
#include "base_error.h"

#include <stdbool.h>

typedef struct sst_document {
    sst_kind kind;  /* SST_KIND_HTML: body is a page's bytes; SST_KIND_TEXT: body is UTF-8 */
    sst_str source; /* path, "-" or name, with ":LINE" for a row of a file of rows */
    uint64_t at;    /* byte offset of the row in its file, 0 otherwise */
    sst_str id;     /* as declared, else url, else source; never empty */
    sst_str url, title, outlet, published, lang; /* as declared by the container; empty when not */
    sst_str modified;                            /* as declared; empty when not */
    sst_str outlet_url; /* where the outlet is, when a feed says; empty when not */
    sst_str author;     /* as declared, names separated by ", "; empty when not */
    sst_str feed; /* what a feed says besides, a JSON object (read_feed_write); empty when not */
    sst_str
        charset; /* of an HTML body when known from outside, else empty; "utf-8" for rows of JSON */
    /* Of a record of an archive or a fetched page; empty when there is none. */
    sst_str record;    /* the record's own id, as it stands: "<urn:uuid:...>" */
    sst_str fetched;   /* when the page was taken, ISO 8601: WARC-Date, the date of an ARC */
    sst_str http_date; /* the HTTP headers Date and Last-Modified, as they stand */
    sst_str last_modified;
    sst_str http_head; /* the head of the response as it stands: rights and languages stand there */
    sst_str refers_to; /* of a revisit, which has no body: what it was the same as, "URL DATE" or
                          the record's id */
    uint32_t flags;    /* SST_DOC_... */
    sst_str body;
} sst_document;

enum {
    SST_DOC_RECORD = 1,       /* `at` is the place of a record in an archive */
    SST_DOC_REVISIT = 2,      /* nothing new: the page was the same as at refers_to */
    SST_DOC_WITHHELD = 4,     /* the publisher says: not to be published, or no longer */
    SST_DOC_EMBARGOED = 8,    /* the publisher says: not before a time that it names */
    SST_DOC_TRUNCATED = 16,   /* the archive says that it kept a part only */
    SST_DOC_SUMMARY = 32,     /* body is what a feed says of a report that stands elsewhere */
    SST_DOC_CONTENT = 64,     /* body is what a feed gives as the report itself */
    SST_DOC_FEED_TITLE = 128, /* outlet is the feed's title, outlet_url the address of its site */
    SST_DOC_SOURCED = 256 /* a feed says that outlet, at outlet_url, published it: not the feed's
                             own site */
};

/* Takes a document, which is valid during the call only. Any status but SST_OK ends the reading
 * with it. */
typedef sst_status (*read_fn)(void *user, const sst_document *document);

struct read_feed_entry;

/* Whole lines of a file of rows. */
typedef struct read_block {
    sst_str name;
    char *p; /* is written to while it is read */
    size_t n;
    uint64_t line, at;  /* lines before it; its offset in the file */
    uint64_t raw_total; /* bytes of the file that were read until now */
} read_block;

typedef struct sst_reader {
    sst_limits limits;  /* zeros already replaced by defaults */
    sst_errors *errors; /* bad inputs are added here */
    read_fn fn;
    void *user;
    /* Each entry of a feed, also those that are no report; at the end the feed itself (entry is
     * NULL then). NULL: nobody wants to know. */
    void (*each_entry)(void *user, const struct read_feed_entry *entry);
    sst_str base, lang; /* of feeds: where they came from and what they are in, from outside */
    const volatile void *stop; /* const atomic_int *: non-zero ends the reading; or NULL */
    /* What was read and what was passed over of an archive, told at its end; or NULL. */
    void (*note)(void *user, sst_str source, sst_str message);
    /* Takes a block of rows, which is valid during the call only, in place of fn; what is in it is
     * read by read_rows_block. NULL: rows are read as they come. */
    sst_status (*rows)(void *user, const read_block *block);
    /* Called after each record or row: how many of them so far in this file, and how many of its
     * bytes; or NULL. */
    void (*tick)(void *user, uint64_t records, uint64_t bytes);
} sst_reader;

/*
 * Reads path ("-" is standard input; a folder is walked). Files may be gzip or zstd compressed. Bad
 * files and rows become error rows; the status is SST_OK then. Others: SST_ERR_MEMORY, or what fn
 * returned.
 */
sst_status read_path(const sst_reader *r, const char *path, sst_kind kind) SST_MUST_CHECK;

/* The rows of a block; on any thread, with a reader (errors, fn, user) of its own. */
sst_status read_rows_block(const sst_reader *r, const read_block *b) SST_MUST_CHECK;

/* The same for bytes in memory. */
sst_status read_bytes(const sst_reader *r, sst_str name, sst_str bytes,
                      sst_kind kind) SST_MUST_CHECK;

#endif
