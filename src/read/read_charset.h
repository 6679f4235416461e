/*
 * Charsets: bytes -> UTF-8.
 *
 * What a text is in is found in this order: byte-order mark; UTF-16 by the place of its NUL bytes;
 * valid UTF-8; mostly UTF-8 with stray bytes; what ICU's detection is clearly sure of; else
 * windows-1252 (which every byte string is).
 */
#ifndef READ_CHARSET_H
#define READ_CHARSET_H

#include "base_buf.h"
#include "base_str.h"

typedef enum read_unicode {
    UNICODE_NONE = 0,
    UNICODE_8,
    UNICODE_16LE,
    UNICODE_16BE,
    UNICODE_32LE,
    UNICODE_32BE
} read_unicode;

/* By the byte-order mark; *mark_n is its length. */
read_unicode read_unicode_mark(sst_str s, size_t *mark_n);
/* UTF-16 without a mark: nearly every second byte is NUL. */
read_unicode read_unicode_guess(sst_str s);
/* Units 16 and 32 only; without the mark. Returns the offset of the first unit that is no character
 * (it became U+FFFD), or SIZE_MAX. */
size_t read_unicode_decode(read_unicode form, sst_str s, sst_buf *out);

/* By ICU, name as in the web ("iso-8859-1" is read as windows-1252). False when ICU does not know
 * the name. */
bool read_charset_decode(const char *name, sst_str s, sst_buf *out);

/* Bytes that are not UTF-8 in a text that mostly is are read as windows-1252, the rest is copied.
 */
void read_charset_mend(sst_str s, sst_buf *out);

/* The name of the charset of bytes that are not UTF-8: "utf-8" when most of the bytes beyond ASCII
 * are. */
void read_charset_guess(sst_str s, char name[32]);

/* Does it look like a binary file? */
bool read_is_binary(sst_str s);

#endif
