/*
 * A source: the bytes of one file, of standard input or of memory, decompressed on the way, piece
 * by piece.
 *
 *   file / memory -> raw[] -> gzip (several members) or zstd (several frames) or neither ->
 * read_source_take
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
    void *gzip;                /* struct inflate_state */
    void *zstd;                /* ZSTD_DStream */
    sst_status failed;
    char why[128]; /* what went wrong, when failed or when the end came too early */
} read_source;

/* fd -1 reads memory instead. limit: of bytes given out, 0 for none. SST_ERR_MEMORY. */
sst_status read_source_open(read_source *s, int fd, sst_str memory, uint64_t limit) SST_MUST_CHECK;
void read_source_close(read_source *s); /* does not close fd */

/* Up to n bytes; 0 at the end or after a failure (s->why says which: empty at a good end). */
size_t read_source_take(read_source *s, char *to, size_t n);

/* Appends until the end or until *to holds `until` bytes. */
void read_source_fill(read_source *s, sst_buf *to, size_t until);

#endif
