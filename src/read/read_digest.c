/*
 * Digests: see read_digest.h. SHA-1 and SHA-256 by nettle; base32 and base64 by RFC 4648, compared
 * as they are read.
 */
#include "read_digest.h"

#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <stdint.h>

static void sha1(sst_str bytes, unsigned char out[SHA1_DIGEST_SIZE])
{
    struct sha1_ctx c;
    sha1_init(&c);
    sha1_update(&c, bytes.n, (const uint8_t *)bytes.p);
    sha1_digest(&c, SHA1_DIGEST_SIZE, out);
}

static void sha256(sst_str bytes, unsigned char out[SHA256_DIGEST_SIZE])
{
    struct sha256_ctx c;
    sha256_init(&c);
    sha256_update(&c, bytes.n, (const uint8_t *)bytes.p);
    sha256_digest(&c, SHA256_DIGEST_SIZE, out);
}

/* ------------------------------------------------------------------------------------ their forms
 */

static int digit(unsigned char c, int bits)
{
    unsigned char low = (unsigned char)(c | 32);
    bool alpha = byte_is_alpha(c);
    switch (bits) {
    case 4:
        return byte_is_digit(c) ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
    case 5:
        return alpha ? low - 'a' : c >= '2' && c <= '7' ? c - '2' + 26 : -1;
    default:
        if (alpha)
            return c >= 'a' ? c - 'a' + 26 : c - 'A';
        return byte_is_digit(c)       ? c - '0' + 52
               : c == '+' || c == '-' ? 62
               : c == '/' || c == '_' ? 63
                                      : -1;
    }
}

/* Does the text, with so many bits a letter, say these bytes? */
static bool says(sst_str text, int bits, const unsigned char *bytes, size_t n, bool *is_form)
{
    uint32_t have = 0;
    int have_n = 0;
    size_t at = 0;
    bool same = true;
    for (size_t i = 0; i < text.n; i++) {
        int d = digit((unsigned char)text.p[i], bits);
        if (d < 0)
            return *is_form = false;
        have = have << bits | (uint32_t)d;
        have_n += bits;
        if (have_n >= 8) {
            have_n -= 8;
            same &= at < n && bytes[at] == (unsigned char)(have >> have_n);
            at++;
        }
    }
    *is_form = at == n;
    return same && *is_form;
}

read_digest_says read_digest_check(sst_str declared, sst_str bytes)
{
    unsigned char is[SHA256_DIGEST_SIZE];
    size_t n;
    const char *colon = declared.n ? memchr(declared.p, ':', declared.n) : NULL;
    if (!colon)
        return DIGEST_UNKNOWN;
    sst_str name = {declared.p, (size_t)(colon - declared.p)};
    sst_str value = {colon + 1, declared.n - name.n - 1};
    while (value.n && value.p[value.n - 1] == '=')
        value.n--;
    if (str_eq_nocase(name, STR("sha1")) || str_eq_nocase(name, STR("sha-1")))
        n = SHA1_DIGEST_SIZE;
    else if (str_eq_nocase(name, STR("sha256")) || str_eq_nocase(name, STR("sha-256")))
        n = SHA256_DIGEST_SIZE;
    else
        return DIGEST_UNKNOWN;
    if (value.n != n * 2 && value.n != (n * 8 + 4) / 5 && value.n != (n * 8 + 5) / 6)
        return DIGEST_UNKNOWN;
    int bits = value.n == n * 2 ? 4 : value.n == (n * 8 + 4) / 5 ? 5 : 6;
    if (n == SHA1_DIGEST_SIZE)
        sha1(bytes, is);
    else
        sha256(bytes, is);
    bool is_form;
    bool same = says(value, bits, is, n, &is_form);
    return same ? DIGEST_FITS : is_form ? DIGEST_DIFFERS : DIGEST_UNKNOWN;
}
