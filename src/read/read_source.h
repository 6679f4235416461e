/*
 * A source: the bytes of one file, of standard input or of memory, decompressed on the way, piece
 * by piece.
 *
 *   file or memory -> raw[] -> gzip (members), zstd (frames) or neither -> read_source_take
 *
 * One call of read_source_take never gives bytes of two members (frames): who wants to know where
 * one begins looks at member_n and member_at after each call.
 */
#ifndef READ_SOURCE_H
#define READ_SOURCE_H

#include "base_buf.h"
#include "base_str.h"
#include "read.h"

typedef enum read_packing {
    PACKING_UNKNOWN = 0,
    PACKING_NONE,
    PACKING_GZIP,
    PACKING_ZSTD
} read_packing;

typedef struct read_source {
    int fd;       /* -1: memory */
    sst_str left; /* of memory not yet taken */
    uint64_t limit, given;
    uint8_t packing; /* read_packing */
    uint8_t *raw;
    size_t raw_at, raw_n;
    uint64_t raw_total;        /* raw bytes fetched so far */
    bool raw_end, end, inside; /* inside: a compressed member has begun and not ended */
    bool streams;              /* what is given is not kept: the limit is one against bombs only */
    uint64_t member_at;        /* offset in the file where the newest member began */
    uint64_t member_n;         /* members begun so far */
    uint64_t rewound;          /* raw bytes looked at again after damage */
    void *gzip;                /* struct inflate_state */
    void *zstd;                /* ZSTD_DStream */
    bool cut;                  /* the file ends inside a member: what was given is good */
    sst_status failed;
    char why[128]; /* what went wrong, when failed or when the end came too early */
} read_source;

/* fd -1 reads memory instead. limit: of bytes given out, 0 for none. SST_ERR_MEMORY. */
sst_status read_source_open(read_source *s, int fd, sst_str memory, uint64_t limit) SST_MUST_CHECK;
void read_source_close(read_source *s); /* does not close fd */

/* Up to n bytes; 0 at the end or after a failure (s->why says which: empty at a good end). */
size_t read_source_take(read_source *s, char *to, size_t n);

/*
 * After damage in a compressed file (failed is SST_ERR_INPUT): goes on at the next place that looks
 * like the beginning of a member. True when there is one; what then comes is tried like any other.
 * Linear: at most as many bytes are looked at twice as there are.
 */
bool read_source_recover(read_source *s);

/* Plain bytes of a file or of memory: goes to an offset. False where that cannot be done. */
bool read_source_seek(read_source *s, uint64_t at);
/* Length of a plain regular file or of memory, UINT64_MAX when it is not known. */
uint64_t read_source_length(const read_source *s);

/* Appends until the end or until *to holds `until` bytes. */
void read_source_fill(read_source *s, sst_buf *to, size_t until);

#endif
