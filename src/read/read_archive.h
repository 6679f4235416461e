/*
 * Web archives: what read_archive.c (where records begin and end), read_record.c (a record's own
 * head) and read_payload.c (what is in it) share.
 *
 *   file -> read_source -> [ .... head | block ........ | CRLF CRLF | head | block .. ]  window
 *                            ^from                         ^ where the next record must begin
 */
#ifndef READ_ARCHIVE_H
#define READ_ARCHIVE_H

#include "read_http.h"
#include "read_inner.h"

/* What a record says of itself; strings lie in the archive's arena. */
typedef struct archive_record {
    uint64_t at; /* where it begins in the file, for messages and as provenance */
    uint64_t length;
    bool has_length;
    sst_str type, id, uri, date, media, block_digest, payload_digest, truncated;
    sst_str refers_to, refers_uri, refers_date;
    bool segment; /* one of several pieces */
    bool cut;     /* the file ends inside it */
} archive_record;

/* Why records are passed over, for the summary. */
typedef struct archive_count {
    sst_str what; /* in the archive's lasting arena */
    uint64_t n;
} archive_count;

enum { ARCHIVE_COUNTS = 24 /* kinds that the summary tells apart; the others are "others" */ };

typedef struct archive_counts {
    archive_count v[ARCHIVE_COUNTS];
    uint32_t n;
    uint64_t others;
} archive_counts;

typedef struct archive {
    const sst_reader *r;
    sst_str name;
    read_source *s;
    sst_buf *window;
    size_t from;         /* in the window: what is before it is done with */
    uint64_t base;       /* place among the unpacked bytes of the window's first byte */
    uint64_t member_pos; /* there: where the newest member begins */
    bool wall;           /* a record begins at member_pos: the one in hand ends there */
    bool arc;
    bool told;         /* the damage that the source has met has its error row */
    uint64_t rewound;  /* bytes of a plain file read again after a wrong length */
    sst_arena arena;   /* of one record */
    sst_arena lasting; /* of the archive */
    sst_buf work[2];   /* for bodies */
    uint64_t records, articles, broken;
    archive_counts kinds, media, statuses;
} archive;

/* read_record.c. The head of a WARC record, or the line of an ARC record, in the arena. False with
 * *why when it is none. */
bool read_record_warc(archive *a, sst_str head, archive_record *out, const char **why);
bool read_record_arc(archive *a, sst_str line, archive_record *out, const char **why);
/* Does a line look like the beginning of a record? */
bool read_record_is_arc(sst_str line);

/* read_payload.c. Is the block wanted, to judge by what begins it? Counts what is not. */
bool read_payload_wanted(archive *a, const archive_record *rec, sst_str start);
/* The whole block, or what there is of it, -> a document, or a count, or an error row. */
sst_status read_payload(archive *a, const archive_record *rec, sst_str block) SST_MUST_CHECK;

/* One more of `what`. */
void archive_tally(archive *a, archive_counts *c, sst_str what);

#endif
