/* HTTP responses in archives: see read_http.h. gzip and deflate by ISA-L, br by libbrotlidec, zstd
 * by libzstd. */
#include "read_http.h"

#include <isa-l/igzip_lib.h>
#include <stdio.h>
#include <zstd.h>
#ifdef SST_BROTLI
#include <brotli/decode.h>
#endif

#include "base_alloc.h"

enum { PIECE = HTTP_PIECE };

size_t read_head_length(sst_str s)
{
    for (size_t at = 0; at < s.n;) {
        const char *nl = memchr(s.p + at, '\n', s.n - at);
        if (!nl)
            return 0;
        at = (size_t)(nl - s.p) + 1;
        size_t end = at; /* some writers put two carriage returns */
        while (end < s.n && end < at + 2 && s.p[end] == '\r')
            end++;
        if (end < s.n && s.p[end] == '\n')
            return end + 1;
    }
    return 0;
}

bool read_head_line(sst_str *head, sst_str *name, sst_str *value)
{
    while (head->n) {
        size_t n = 0;
        do { /* a line, and those behind it that begin with a space */
            const char *nl = memchr(head->p + n, '\n', head->n - n);
            n = nl ? (size_t)(nl - head->p) + 1 : head->n;
        } while (n < head->n && (head->p[n] == ' ' || head->p[n] == '\t'));
        sst_str line = {head->p, n};
        head->p += n;
        head->n -= n;
        const char *colon = memchr(line.p, ':', line.n);
        if (!colon)
            continue;
        *name = str_trim((sst_str){line.p, (size_t)(colon - line.p)});
        *value = str_trim((sst_str){colon + 1, (size_t)(line.p + line.n - colon) - 1});
        return true;
    }
    return false;
}

void read_media_type(sst_str value, sst_str *type, sst_str *charset)
{
    const char *semicolon = value.n ? memchr(value.p, ';', value.n) : NULL;
    size_t n = semicolon ? (size_t)(semicolon - value.p) : value.n;
    *type = str_trim((sst_str){value.p, n});
    ptrdiff_t at = semicolon ? str_find_nocase(value, STR("charset=")) : -1;
    if (at < 0)
        return;
    sst_str c = {value.p + at + 8, value.n - (size_t)at - 8};
    while (c.n && (*c.p == '"' || *c.p == '\'' || *c.p == ' ')) {
        c.p++;
        c.n--;
    }
    for (n = 0; n < c.n && c.p[n] != '"' && c.p[n] != '\'' && c.p[n] != ';' && c.p[n] != ',' &&
                !byte_is_space((unsigned char)c.p[n]);)
        n++;
    *charset = (sst_str){c.p, n};
}

static void add_codings(read_http *h, sst_str value)
{
    while (value.n) {
        const char *comma = memchr(value.p, ',', value.n);
        size_t n = comma ? (size_t)(comma - value.p) : value.n;
        sst_str one = str_trim((sst_str){value.p, n});
        value.p += n + (comma != NULL);
        value.n -= n + (comma != NULL);
        if (str_eq_nocase(one, STR("chunked")))
            h->chunked = true;
        else if (one.n && !str_eq_nocase(one, STR("identity")) &&
                 !str_eq_nocase(one, STR("none")) && h->coding_n < HTTP_CODINGS)
            h->coding[h->coding_n++] = one;
    }
}

bool read_http_head(sst_str block, read_http *out)
{
    memset(out, 0, sizeof *out);
    if (!str_starts_nocase(block, STR("HTTP/")))
        return false;
    const char *nl = memchr(block.p, '\n', block.n);
    sst_str line = {block.p, nl ? (size_t)(nl - block.p) : block.n};
    const char *space = memchr(line.p, ' ', line.n);
    for (; space && space < line.p + line.n &&
           (*space == ' ' || byte_is_digit((unsigned char)*space));
         space++)
        if (*space != ' ' && out->status < 10000)
            out->status = out->status * 10 + (uint32_t)(*space - '0');
    out->head_n = read_head_length(block);
    if (out->head_n == 0)
        out->head_n = block.n; /* all head: the body was cut off */
    sst_str head = {block.p + line.n, out->head_n - line.n}, name, value;
    while (read_head_line(&head, &name, &value)) {
        if (str_eq_nocase(name, STR("content-type")))
            read_media_type(value, &out->type, &out->charset);
        else if (str_eq_nocase(name, STR("content-encoding")) ||
                 str_eq_nocase(name, STR("transfer-encoding")))
            add_codings(out, value);
        else if (str_eq_nocase(name, STR("date")))
            out->date = value;
        else if (str_eq_nocase(name, STR("last-modified")))
            out->last_modified = value;
        else if (str_eq_nocase(name, STR("content-range")))
            out->partial = true;
    }
    return true;
}

/* ----------------------------------------------------------------------------------------- chunks
 */

/* The size that begins at s, and how many bytes its line has; false when it is none. */
static bool chunk_size(sst_str s, size_t *size, size_t *line_n)
{
    size_t n = 0;
    *size = 0;
    for (; n < s.n && n < 16; n++) {
        unsigned char c = (unsigned char)s.p[n], low = (unsigned char)(c | 32);
        if (byte_is_digit(c))
            *size = *size << 4 | (size_t)(c - '0');
        else if (low >= 'a' && low <= 'f')
            *size = *size << 4 | (size_t)(low - 'a' + 10);
        else
            break;
    }
    if (n == 0 || n == 16)
        return false;
    /* extensions and spaces, up to the line's end */
    enum { LINE = 256 };
    const char *nl = memchr(s.p + n, '\n', s.n - n < LINE ? s.n - n : LINE);
    if (!nl || (s.p[n] != ';' && !byte_is_space((unsigned char)s.p[n])))
        return false;
    *line_n = (size_t)(nl - s.p) + 1;
    return true;
}

static void undo_chunks(sst_str s, sst_buf *out, char why[128])
{
    sst_str all = s;
    for (;;) {
        size_t size, line_n;
        if (!chunk_size(s, &size, &line_n)) {
            if (s.n)
                snprintf(
                    why, 128,
                    "chunked body: no chunk begins at byte %zu of it, the rest is kept as it is",
                    all.n - s.n);
            else
                snprintf(why, 128, "chunked body: cut off, what came before is kept");
            buf_str(out, s);
            return;
        }
        if (size == 0)
            return;
        s.p += line_n;
        s.n -= line_n;
        if (size > s.n) {
            snprintf(why, 128, "chunked body: cut off, what came before is kept");
            buf_str(out, s);
            return;
        }
        buf_add(out, s.p, size);
        s.p += size;
        s.n -= size;
        if (str_starts(s, STR("\r\n"))) {
            s.p += 2;
            s.n -= 2;
        } else if (str_starts(s, STR("\n"))) {
            s.p++;
            s.n--;
        }
        if (out->failed)
            return;
    }
}

/* --------------------------------------------------------------------------------------- packings
 */

/* SST_ERR_INPUT: nothing at all could be unpacked. */
static sst_status undo_deflate(sst_str s, uint32_t form, sst_buf *out, char why[128])
{
    struct inflate_state *z = base_malloc(sizeof *z);
    if (!z)
        return SST_ERR_MEMORY;
    isal_inflate_init(z);
    z->crc_flag = form;
    const char *p = s.p;
    size_t left = s.n;
    z->next_in = (uint8_t *)(uintptr_t)p;
    z->avail_in = left > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)left;
    bool ended = false;
    int r = 0;
    while (!ended) {
        char *to = buf_reserve(out, PIECE);
        if (!to)
            break;
        z->next_out = (uint8_t *)to;
        z->avail_out = PIECE;
        r = isal_inflate(z);
        uint32_t made = PIECE - z->avail_out;
        out->n += made;
        if (r < 0)
            break;
        if (z->block_state == ISAL_BLOCK_FINISH) {
            /* another member of gzip, or the end */
            size_t rest = s.n - (size_t)((const char *)z->next_in - s.p);
            if (form == ISAL_GZIP && rest >= 3 && z->next_in[0] == 0x1f && z->next_in[1] == 0x8b) {
                uint8_t *next = z->next_in;
                isal_inflate_reset(z);
                z->crc_flag = form;
                z->next_in = next;
                z->avail_in = rest > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)rest;
                continue;
            }
            ended = true;
        } else if (made == 0 && z->avail_in == 0)
            break; /* cut off */
    }
    base_free(z);
    if (out->failed)
        return out->failed;
    if (!ended) {
        if (out->n == 0)
            return SST_ERR_INPUT;
        snprintf(why, 128,
                 r < 0 ? "packed body: damaged, what came before is kept"
                       : "packed body: cut off, what came before is kept");
    }
    return SST_OK;
}

static sst_status undo_zstd(sst_str s, sst_buf *out, char why[128])
{
    ZSTD_DStream *z = ZSTD_createDStream();
    if (!z)
        return SST_ERR_MEMORY;
    ZSTD_inBuffer in = {s.p, s.n, 0};
    size_t r = 1;
    while (in.pos < in.size || r != 0) {
        char *to = buf_reserve(out, PIECE);
        if (!to)
            break;
        ZSTD_outBuffer o = {to, PIECE, 0};
        size_t was = in.pos;
        r = ZSTD_decompressStream(z, &o, &in);
        out->n += o.pos;
        if (ZSTD_isError(r) || (o.pos == 0 && in.pos == was))
            break;
    }
    ZSTD_freeDStream(z);
    if (out->failed)
        return out->failed;
    if (r != 0) {
        if (out->n == 0)
            return SST_ERR_INPUT;
        snprintf(why, 128, "packed body: damaged or cut off, what came before is kept");
    }
    return SST_OK;
}

#ifdef SST_BROTLI
static sst_status undo_brotli(sst_str s, sst_buf *out, char why[128])
{
    BrotliDecoderState *z = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    if (!z)
        return SST_ERR_MEMORY;
    const uint8_t *in = (const uint8_t *)s.p;
    size_t left = s.n;
    BrotliDecoderResult r = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    while (r == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
        char *to = buf_reserve(out, PIECE);
        if (!to)
            break;
        uint8_t *at = (uint8_t *)to;
        size_t room = PIECE;
        r = BrotliDecoderDecompressStream(z, &left, &in, &room, &at, NULL);
        out->n += PIECE - room;
    }
    BrotliDecoderDestroyInstance(z);
    if (out->failed)
        return out->failed;
    if (r != BROTLI_DECODER_RESULT_SUCCESS) {
        if (out->n == 0)
            return SST_ERR_INPUT;
        snprintf(why, 128, "packed body: damaged or cut off, what came before is kept");
    }
    return SST_OK;
}
#endif

/* Does it look like markup or text already? Crawlers that unpack often leave the header as it was.
 */
static bool looks_plain(sst_str s)
{
    enum { LOOK = 512 };
    size_t n = s.n < LOOK ? s.n : LOOK, odd = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        odd += c < 0x20 && !byte_is_space(c);
    }
    return odd == 0;
}

static sst_status undo(sst_str coding, sst_str s, sst_buf *out, char why[128])
{
    const uint8_t *p = (const uint8_t *)s.p;
    /* Servers say deflate for gzip and the other way round: the bytes decide. */
    if (s.n >= 3 && p[0] == 0x1f && p[1] == 0x8b && p[2] == 8)
        return undo_deflate(s, ISAL_GZIP, out, why);
    if (s.n >= 4 && p[0] == 0x28 && p[1] == 0xb5 && p[2] == 0x2f && p[3] == 0xfd)
        return undo_zstd(s, out, why);
    if (str_eq_nocase(coding, STR("deflate")) || str_eq_nocase(coding, STR("gzip")) ||
        str_eq_nocase(coding, STR("x-gzip"))) {
        if (s.n >= 2 && (p[0] & 0x0f) == 8 && (p[0] << 8 | p[1]) % 31 == 0)
            return undo_deflate(s, ISAL_ZLIB, out, why);
        if (looks_plain(s))
            return SST_ERR_INPUT;
        return undo_deflate(s, ISAL_DEFLATE, out, why);
    }
#ifdef SST_BROTLI
    if (str_eq_nocase(coding, STR("br")))
        return undo_brotli(s, out, why);
#endif
    return SST_ERR_INPUT;
}

sst_status read_http_body(const read_http *h, sst_str body, sst_buf work[2], sst_str *page,
                          char why[128])
{
    why[0] = 0;
    *page = body;
    uint32_t used = 0;
    size_t size, line_n;
    if (h->chunked && body.n && chunk_size(body, &size, &line_n)) {
        buf_clear(&work[0]);
        undo_chunks(body, &work[0], why);
        if (work[0].failed)
            return work[0].failed;
        *page = (sst_str){work[0].p ? work[0].p : "", work[0].n};
        used = 1;
    }
    for (uint32_t i = h->coding_n; i-- > 0 && page->n;) {
        sst_buf *out = &work[used & 1];
        buf_clear(out);
        sst_status status = undo(h->coding[i], *page, out, why);
        if (status == SST_ERR_INPUT) {
            if (looks_plain(*page))
                continue; /* unpacked already */
            bool brotli = str_eq_nocase(h->coding[i], STR("br"));
            snprintf(why, 128, "the body is packed as %.*s, which %s",
                     (int)(h->coding[i].n < 20 ? h->coding[i].n : 20), h->coding[i].p,
                     brotli
#ifdef SST_BROTLI
                             && false
#endif
                         ? "this build does not read: build with libbrotlidec"
                         : "cannot be undone: damaged, or a packing that is not known");
            return SST_ERR_INPUT;
        }
        if (status)
            return status;
        *page = (sst_str){out->p ? out->p : "", out->n};
        used++;
    }
    return SST_OK;
}
