/* Plain text of one document: charset, binary files, stray NUL bytes. UTF-8 stays as it is, byte
 * for byte. */
#include <stdio.h>

#include "base_utf8.h"
#include "read_charset.h"
#include "read_inner.h"

/* Hands over text that had to be decoded. */
static sst_status give(const sst_reader *r, sst_document *d, sst_buf *decoded)
{
    sst_status status = decoded->failed;
    if (status == SST_ERR_LIMIT) {
        errors_input(r->errors, d->source, d->at,
                     "text larger than the limit of %u bytes an article, it is not read",
                     r->limits.article_bytes);
        status = SST_OK;
    } else if (!status) {
        d->body = (sst_str){decoded->p, decoded->n};
        status = r->fn(r->user, d);
    }
    buf_release(decoded);
    return status;
}

sst_status read_text(const sst_reader *r, sst_document *d, sst_str bytes)
{
    static const char *const forms[] = {"",         "utf-8",    "utf-16le",
                                        "utf-16be", "utf-32le", "utf-32be"};
    size_t mark_n;
    read_unicode form = read_unicode_mark(bytes, &mark_n);
    if (form == UNICODE_NONE && memchr(bytes.p, 0, bytes.n))
        form = read_unicode_guess(bytes);
    sst_buf out;
    buf_init(&out, r->limits.article_bytes);
    if (form > UNICODE_8) {
        size_t bad = read_unicode_decode(form, bytes, &out);
        if (bad != SIZE_MAX)
            errors_input(r->errors, d->source, d->at + bad,
                         "not valid %s: the first bad place is at byte %zu, read as U+FFFD",
                         forms[form], bad);
        return give(r, d, &out);
    }
    if (read_is_binary(bytes)) {
        errors_input(r->errors, d->source, d->at,
                     "a binary file, not text: give text, html, json lines or a feed");
        return SST_OK;
    }
    size_t good = utf8_check(bytes);
    if (good == bytes.n) {
        const char *nul = memchr(bytes.p, 0, bytes.n);
        if (nul)
            errors_input(r->errors, d->source, d->at + (uint64_t)(nul - bytes.p),
                         "NUL bytes in a text, the first at byte %zu: they are kept",
                         (size_t)(nul - bytes.p));
        d->body = bytes;
        return r->fn(r->user, d);
    }
    char name[32];
    read_charset_guess(bytes, name);
    if (strcmp(name, "utf-8") == 0) {
        read_charset_mend(bytes, &out);
        errors_input(r->errors, d->source, d->at + good,
                     "not valid utf-8: the first bad byte is at %zu; bytes that are not utf-8 are "
                     "read as windows-1252",
                     good);
    } else {
        if (!read_charset_decode(name, bytes, &out)) {
            snprintf(name, sizeof name, "windows-1252");
            if (!read_charset_decode(name, bytes, &out))
                return errors_set(r->errors, SST_ERR_INTERNAL,
                                  "icu does not know %s: is its data installed?", name);
        }
        errors_input(r->errors, d->source, d->at + good,
                     "not valid utf-8: the first bad byte is at %zu; the text is read as %s", good,
                     name);
    }
    return give(r, d, &out);
}
