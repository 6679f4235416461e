/*
 * Sources: see read_source.h. gzip by ISA-L (igzip), zstd by libzstd; both are told by their first
 * bytes. A member that is cut off gives all that could be read of it, then an end with a reason.
 */
#include "read_source.h"

#include <errno.h>
#include <isa-l/igzip_lib.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "base_alloc.h"

enum {
    RAW_BYTES = 256 * 1024,
    DICTIONARY_BYTES =
        16 * 1024 * 1024, /* of a dictionary; those of web archives have 0.1 to 1 MiB */
    BOMB_RATIO = 256 /* what streams may grow past the limit unless it grew by more than this: text
                        shrinks to a third to a thirtieth, bombs to a thousandth */
};

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

static void fail_cut(read_source *s, const char *why)
{
    fail(s, SST_ERR_INPUT, why);
    s->cut = true;
}

/* More raw bytes when there are none left, or fewer than `least` at the beginning. */
static void fetch(read_source *s, size_t least)
{
    if (s->raw_at == s->raw_n)
        s->raw_at = s->raw_n = 0;
    else if (s->raw_at && s->raw_n - s->raw_at < least) {
        memmove(s->raw, s->raw + s->raw_at, s->raw_n - s->raw_at);
        s->raw_n -= s->raw_at;
        s->raw_at = 0;
    }
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

static uint64_t raw_offset(const read_source *s)
{
    return s->raw_total - (s->raw_n - s->raw_at);
}

static void begin_member(read_source *s)
{
    s->inside = true;
    s->member_at = raw_offset(s);
    s->member_n++;
}

static bool is_zstd(const uint8_t *p)
{
    return p[0] == 0x28 && p[1] == 0xb5 && p[2] == 0x2f && p[3] == 0xfd;
}

/* A frame to be passed over by decoders that do not know it: magic 0x184D2A50 to 5F. */
static bool is_skippable(const uint8_t *p)
{
    return (p[0] & 0xf0) == 0x50 && p[1] == 0x2a && p[2] == 0x4d && p[3] == 0x18;
}

/*
 * Archives packed with zstd may begin with a dictionary in a skippable frame 0x184D2A5D, itself
 * packed or not (IIPC, "Zstandard for WARC files").
 */
static void take_dictionary(read_source *s)
{
    fetch(s, 8);
    if (s->raw_n - s->raw_at < 8)
        return;
    const uint8_t *p = s->raw + s->raw_at;
    size_t n = (size_t)p[4] | (size_t)p[5] << 8 | (size_t)p[6] << 16 | (size_t)p[7] << 24;
    if (n < 8 || n > DICTIONARY_BYTES) {
        fail(s, SST_ERR_INPUT, "zstd: a dictionary of a size that none has");
        return;
    }
    uint8_t *all = base_malloc(n), *plain = NULL;
    if (!all) {
        fail(s, SST_ERR_MEMORY, "out of memory");
        return;
    }
    s->raw_at += 8;
    size_t got = 0;
    while (got < n && !s->failed) {
        fetch(s, 1);
        size_t k = s->raw_n - s->raw_at;
        if (k == 0)
            break;
        if (k > n - got)
            k = n - got;
        memcpy(all + got, s->raw + s->raw_at, k);
        s->raw_at += k;
        got += k;
    }
    const uint8_t *dictionary = all;
    if (got == n && is_zstd(all)) {
        unsigned long long size = ZSTD_getFrameContentSize(all, n);
        size_t room = size <= DICTIONARY_BYTES ? (size_t)size : DICTIONARY_BYTES;
        plain = base_malloc(room + 1);
        n = plain ? ZSTD_decompress(plain, room, all, n) : 0;
        dictionary = plain;
    }
    if (s->failed) {
    } else if (!dictionary)
        fail(s, SST_ERR_MEMORY, "out of memory");
    else if (got < 8 || ZSTD_isError(n) ||
             ZSTD_isError(ZSTD_DCtx_loadDictionary(s->zstd, dictionary, n)))
        fail(s, SST_ERR_INPUT, "zstd: the dictionary at the beginning is damaged");
    base_free(plain);
    base_free(all);
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
    } else if (n >= 4 && (is_zstd(p) || is_skippable(p))) {
        s->packing = PACKING_ZSTD;
        s->zstd = ZSTD_createDStream();
        if (!s->zstd)
            fail(s, SST_ERR_MEMORY, "out of memory");
        else if (p[0] == 0x5d)
            take_dictionary(s);
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
            begin_member(s);
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
            fail_cut(s, "gzip: cut off before its end, what came before is kept");
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
        if (!s->inside)
            begin_member(s);
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
            fail_cut(s, "zstd: cut off before its end, what came before is kept");
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
    if (s->limit && s->given > s->limit &&
        !(s->streams && (s->packing == PACKING_NONE || s->given / BOMB_RATIO < s->raw_total))) {
        uint64_t over = s->given - s->limit;
        got -= over < got ? (size_t)over : got;
        s->given -= over < got ? over : 0;
        char why[128];
        snprintf(why, sizeof why,
                 s->streams
                     ? "unpacks to more than %llu bytes and %u times its size, the rest is not read"
                     : "larger than the limit of %llu bytes a file, the rest is not read",
                 (unsigned long long)s->limit, BOMB_RATIO);
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

/* A member's header as the usual writers make it: RFC 1952, 2.3.1. */
static bool begins_member(const read_source *s, const uint8_t *p)
{
    if (s->packing == PACKING_ZSTD)
        return is_zstd(p);
    return p[0] == 0x1f && p[1] == 0x8b && p[2] == 8 && p[3] < 0x20 && p[8] <= 4 &&
           (p[9] <= 13 || p[9] == 255);
}

bool read_source_recover(read_source *s)
{
    enum { HEADER = 10 };
    if (s->failed != SST_ERR_INPUT || (s->packing != PACKING_GZIP && s->packing != PACKING_ZSTD))
        return false;
    /* Damage shows late: the next member may have begun before the place where the last one could
     * not be read any further. */
    uint64_t begin = s->raw_total - s->raw_n, here = raw_offset(s);
    uint64_t least = s->inside ? s->member_at + 1 : here; /* not the same member again */
    uint64_t from = s->inside && begin < here ? begin : here;
    if (from < least)
        from = least;
    if (from < here && s->rewound + (here - from) > s->raw_total)
        from = here;
    s->rewound += here > from ? here - from : 0;
    s->raw_at = (size_t)(from - begin);
    s->failed = SST_OK;
    for (;;) {
        fetch(s, HEADER);
        if (s->failed || s->raw_n - s->raw_at < HEADER)
            break;
        const uint8_t *p = s->raw + s->raw_at, *last = s->raw + s->raw_n - HEADER;
        int first = s->packing == PACKING_GZIP ? 0x1f : 0x28;
        while (p <= last) {
            p = memchr(p, first, (size_t)(last - p) + 1);
            if (!p) {
                p = last + 1;
                break;
            }
            if (begins_member(s, p))
                break;
            p++;
        }
        s->raw_at = (size_t)(p - s->raw);
        if (p > last)
            continue;
        s->end = s->inside = false;
        s->why[0] = 0;
        if (s->zstd)
            ZSTD_DCtx_reset(s->zstd, ZSTD_reset_session_only);
        return true;
    }
    if (!s->failed)
        fail(s, SST_ERR_INPUT, "damaged, and no member begins behind it");
    return false;
}

bool read_source_seek(read_source *s, uint64_t at)
{
    if (s->packing != PACKING_NONE || s->failed)
        return false;
    if (s->fd < 0) {
        uint64_t taken = s->raw_total;
        if (at > taken + s->left.n)
            return false;
        s->left.p = s->left.p - taken + at;
        s->left.n = (size_t)(taken + s->left.n - at);
    } else if (lseek(s->fd, (off_t)(at - s->raw_total), SEEK_CUR) < 0)
        return false;
    s->raw_at = s->raw_n = 0;
    s->raw_total = at;
    s->raw_end = s->end = false;
    return true;
}

uint64_t read_source_length(const read_source *s)
{
    struct stat st;
    if (s->packing != PACKING_NONE)
        return UINT64_MAX;
    if (s->fd < 0)
        return s->raw_total + s->left.n;
    off_t now = lseek(s->fd, 0, SEEK_CUR);
    if (now < 0 || fstat(s->fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size < now)
        return UINT64_MAX;
    return s->raw_total + (uint64_t)(st.st_size - now);
}
