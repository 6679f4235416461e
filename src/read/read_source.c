/*
 * Sources: see read_source.h. gzip by ISA-L (igzip), zstd by libzstd; both are told by their first
 * bytes. A member that is cut off gives all that could be read of it, then an end with a reason.
 */
#include "read_source.h"

#include <errno.h>
#include <isa-l/igzip_lib.h>
#include <stdio.h>
#include <unistd.h>
#include <zstd.h>

#include "base_alloc.h"

enum { RAW_BYTES = 256 * 1024 };

sst_status read_source_open(read_source *s, int fd, sst_str memory, uint64_t limit)
{
    memset(s, 0, sizeof *s);
    s->fd = fd;
    s->left = memory;
    s->limit = limit;
    s->raw = base_malloc(RAW_BYTES);
    return s->raw ? SST_OK : SST_ERR_MEMORY;
}

void read_source_close(read_source *s)
{
    base_free(s->raw);
    base_free(s->gzip);
    if (s->zstd)
        ZSTD_freeDStream(s->zstd);
    memset(s, 0, sizeof *s);
    s->fd = -1;
}

static void fail(read_source *s, sst_status status, const char *why)
{
    s->failed = status;
    s->end = true;
    snprintf(s->why, sizeof s->why, "%s", why);
}

/* More raw bytes when there are none left, or fewer than `least` at the beginning. */
static void fetch(read_source *s, size_t least)
{
    if (s->raw_at == s->raw_n)
        s->raw_at = s->raw_n = 0;
    while (!s->raw_end && !s->failed && s->raw_n - s->raw_at < least) {
        size_t room = RAW_BYTES - s->raw_n, got = 0;
        if (s->fd < 0) {
            got = s->left.n < room ? s->left.n : room;
            if (got)
                memcpy(s->raw + s->raw_n, s->left.p, got);
            s->left.p += got;
            s->left.n -= got;
        } else {
            ssize_t r = read(s->fd, s->raw + s->raw_n, room);
            if (r < 0 && errno == EINTR)
                continue;
            if (r < 0) {
                char why[128];
                snprintf(why, sizeof why, "cannot be read: %s", strerror(errno));
                fail(s, SST_ERR_IO, why);
                return;
            }
            got = (size_t)r;
        }
        if (got == 0)
            s->raw_end = true;
        s->raw_n += got;
        s->raw_total += got;
    }
}

static void detect(read_source *s)
{
    fetch(s, 4);
    const uint8_t *p = s->raw;
    size_t n = s->raw_n;
    s->packing = PACKING_NONE;
    if (n >= 3 && p[0] == 0x1f && p[1] == 0x8b && p[2] == 8) {
        s->packing = PACKING_GZIP;
        s->gzip = base_malloc(sizeof(struct inflate_state));
        if (!s->gzip) {
            fail(s, SST_ERR_MEMORY, "out of memory");
            return;
        }
        isal_inflate_init(s->gzip);
        ((struct inflate_state *)s->gzip)->crc_flag = ISAL_GZIP;
    } else if (n >= 4 && p[0] == 0x28 && p[1] == 0xb5 && p[2] == 0x2f && p[3] == 0xfd) {
        s->packing = PACKING_ZSTD;
        s->zstd = ZSTD_createDStream();
        if (!s->zstd)
            fail(s, SST_ERR_MEMORY, "out of memory");
    }
}

static size_t take_plain(read_source *s, char *to, size_t n)
{
    fetch(s, 1);
    size_t got = s->raw_n - s->raw_at;
    if (got > n)
        got = n;
    memcpy(to, s->raw + s->raw_at, got);
    s->raw_at += got;
    if (got == 0)
        s->end = true;
    return got;
}

static size_t take_gzip(read_source *s, char *to, size_t n)
{
    struct inflate_state *z = s->gzip;
    size_t given = 0;
    if (n > UINT32_MAX / 2)
        n = UINT32_MAX / 2;
    while (given == 0 && !s->end) {
        fetch(s, 1);
        if (s->failed)
            return 0;
        bool none_left = s->raw_at == s->raw_n;
        if (!s->inside) { /* between members: the next one, padding, or the end */
            while (s->raw_at < s->raw_n && s->raw[s->raw_at] == 0)
                s->raw_at++;
            if (s->raw_at == s->raw_n) {
                if (!none_left)
                    continue;
                s->end = true;
                return 0;
            }
            if (s->raw[s->raw_at] != 0x1f) {
                fail(s, SST_ERR_INPUT,
                     "bytes that are not gzip follow the last member, they are left out");
                return 0;
            }
            isal_inflate_reset(z);
            z->crc_flag = ISAL_GZIP;
            s->inside = true;
        }
        z->next_in = s->raw + s->raw_at;
        z->avail_in = (uint32_t)(s->raw_n - s->raw_at);
        z->next_out = (uint8_t *)to;
        z->avail_out = (uint32_t)n;
        int r = isal_inflate(z);
        s->raw_at = s->raw_n - z->avail_in;
        given = n - z->avail_out;
        if (r < 0) {
            fail(s, SST_ERR_INPUT,
                 r == ISAL_INCORRECT_CHECKSUM ? "gzip: wrong checksum, the file is damaged"
                                              : "gzip: damaged data, what came before is kept");
            return given;
        }
        if (z->block_state == ISAL_BLOCK_FINISH)
            s->inside = false;
        else if (given == 0 && none_left)
            fail(s, SST_ERR_INPUT, "gzip: cut off before its end, what came before is kept");
    }
    return given;
}

static size_t take_zstd(read_source *s, char *to, size_t n)
{
    size_t given = 0;
    while (given == 0 && !s->end) {
        fetch(s, 1);
        if (s->failed)
            return 0;
        bool none_left = s->raw_at == s->raw_n;
        if (none_left && !s->inside) {
            s->end = true;
            return 0;
        }
        ZSTD_inBuffer in = {s->raw, s->raw_n, s->raw_at};
        ZSTD_outBuffer out = {to, n, 0};
        size_t r = ZSTD_decompressStream(s->zstd, &out, &in);
        s->raw_at = in.pos;
        given = out.pos;
        if (ZSTD_isError(r)) {
            fail(s, SST_ERR_INPUT, "zstd: damaged data, what came before is kept");
            return given;
        }
        s->inside = r != 0;
        if (given == 0 && none_left && s->inside)
            fail(s, SST_ERR_INPUT, "zstd: cut off before its end, what came before is kept");
    }
    return given;
}

size_t read_source_take(read_source *s, char *to, size_t n)
{
    if (s->end || n == 0)
        return 0;
    if (s->packing == PACKING_UNKNOWN)
        detect(s);
    if (s->end)
        return 0;
    size_t got = s->packing == PACKING_GZIP   ? take_gzip(s, to, n)
                 : s->packing == PACKING_ZSTD ? take_zstd(s, to, n)
                                              : take_plain(s, to, n);
    s->given += got;
    if (s->limit && s->given > s->limit) {
        got -= (size_t)(s->given - s->limit);
        s->given = s->limit;
        char why[128];
        snprintf(why, sizeof why,
                 "larger than the limit of %llu bytes a file, the rest is not read",
                 (unsigned long long)s->limit);
        fail(s, SST_ERR_LIMIT, why);
    }
    return got;
}

void read_source_fill(read_source *s, sst_buf *to, size_t until)
{
    enum { PIECE = 64 * 1024 };
    while (to->n < until) {
        size_t want = until - to->n < PIECE ? until - to->n : PIECE;
        char *p = buf_reserve(to, want);
        if (!p)
            return;
        size_t got = read_source_take(s, p, want);
        if (got == 0)
            return;
        to->n += got;
    }
}
