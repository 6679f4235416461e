/*
 * HTTP: the response that an archive keeps -> its headers and the bytes of the page.
 *
 *   HTTP/1.1 200 OK\r\n Name: value\r\n ... \r\n\r\n body
 *   body -> chunks undone (RFC 9112, 7.1) -> gzip, deflate, br, zstd undone (RFC 9110, 8.4) -> page
 *
 * Archives are what crawlers wrote: a body may have been unpacked already while the header still
 * says gzip, a chunked one may be cut off. What can be read is read, and `why` says what was wrong.
 */
#ifndef READ_HTTP_H
#define READ_HTTP_H

#include "base_buf.h"
#include "base_str.h"

enum {
    HTTP_CODINGS = 4, /* packings of one body, in the order they were applied */
    HTTP_PIECE = 256 * 1024
};

/* Parts of the block that was given. */
typedef struct read_http {
    uint32_t status; /* 0: no status line */
    size_t head_n;   /* bytes of the head with the empty line */
    sst_str type;    /* media type without parameters */
    sst_str charset;
    sst_str date, last_modified;
    sst_str coding[HTTP_CODINGS];
    uint32_t coding_n;
    bool chunked, partial; /* partial: Content-Range */
} read_http;

/* Length of a head with its empty line, 0 when the bytes hold no end of it. */
size_t read_head_length(sst_str s);

/* The next line "Name: value" of a head, folded lines joined to it as they stand; false at the end.
 */
bool read_head_line(sst_str *head, sst_str *name, sst_str *value);

/* The head of a response. False when the bytes do not begin with "HTTP/". */
bool read_http_head(sst_str block, read_http *out);

/* "text/html; charset=utf-8" -> both parts. */
void read_media_type(sst_str value, sst_str *type, sst_str *charset);

/*
 * The body as it was meant. *page is a part of body, or of one of the buffers, whose ceiling is
 * what a page may have and HTTP_PIECE more. *why: what was wrong, "" when nothing was;
 * SST_ERR_LIMIT: larger than the ceiling, SST_ERR_INPUT: packed in a way that is not known.
 * SST_ERR_MEMORY.
 */
sst_status read_http_body(const read_http *h, sst_str body, sst_buf work[2], sst_str *page,
                          char why[128]) SST_MUST_CHECK;

#endif
