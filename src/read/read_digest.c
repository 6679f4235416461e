/*
 * Digests: see read_digest.h. SHA-1 and SHA-256 by FIPS 180-4, written out plainly: a record's
 * digest costs a tenth of what reading its page costs. base32 and base64 by RFC 4648.
 */
#include "read_digest.h"

#include <stdint.h>

static uint32_t left(uint32_t x, int n)
{
    return x << n | x >> (32 - n);
}

static uint32_t right(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

static uint32_t big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void sha1_block(uint32_t h[8], const unsigned char *p)
{
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 16; i++)
        w[i] = big_endian(p + 4 * i);
    for (int i = 16; i < 80; i++)
        w[i] = left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
#define STEP(F, K)                                                                                 \
    do {                                                                                           \
        uint32_t t = left(a, 5) + (F) + e + (K) + w[i];                                            \
        e = d;                                                                                     \
        d = c;                                                                                     \
        c = left(b, 30);                                                                           \
        b = a;                                                                                     \
        a = t;                                                                                     \
    } while (0)
    int i = 0;
    for (; i < 20; i++)
        STEP(d ^ (b & (c ^ d)), 0x5A827999u);
    for (; i < 40; i++)
        STEP(b ^ c ^ d, 0x6ED9EBA1u);
    for (; i < 60; i++)
        STEP((b & c) | (d & (b | c)), 0x8F1BBCDCu);
    for (; i < 80; i++)
        STEP(b ^ c ^ d, 0xCA62C1D6u);
#undef STEP
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
}

static const uint32_t SHA256_K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static void sha256_block(uint32_t h[8], const unsigned char *p)
{
    uint32_t w[64], v[8];
    for (int i = 0; i < 16; i++)
        w[i] = big_endian(p + 4 * i);
    for (int i = 16; i < 64; i++) {
        uint32_t x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + (right(x, 7) ^ right(x, 18) ^ x >> 3) + w[i - 7] +
               (right(y, 17) ^ right(y, 19) ^ y >> 10);
    }
    memcpy(v, h, sizeof v);
    for (int i = 0; i < 64; i++) {
        uint32_t t1 = v[7] + (right(v[4], 6) ^ right(v[4], 11) ^ right(v[4], 25)) +
                      (v[6] ^ (v[4] & (v[5] ^ v[6]))) + SHA256_K[i] + w[i];
        uint32_t t2 = (right(v[0], 2) ^ right(v[0], 13) ^ right(v[0], 22)) +
                      ((v[0] & v[1]) | (v[2] & (v[0] | v[1])));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++)
        h[i] += v[i];
}

static void sha(sst_str s, uint32_t h[8], void (*block)(uint32_t *, const unsigned char *))
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t left_n = s.n;
    for (; left_n >= 64; left_n -= 64, p += 64)
        block(h, p);
    unsigned char last[128] = {0};
    if (left_n)
        memcpy(last, p, left_n);
    last[left_n] = 0x80;
    size_t n = left_n < 56 ? 64 : 128;
    for (int i = 0; i < 8; i++)
        last[n - 1 - (size_t)i] = (unsigned char)((uint64_t)s.n * 8 >> (8 * i));
    block(h, last);
    if (n == 128)
        block(h, last + 64);
}

static void store(const uint32_t *h, size_t n, unsigned char *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)));
}

void read_sha1(sst_str bytes, unsigned char out[20])
{
    uint32_t h[8] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    sha(bytes, h, sha1_block);
    store(h, 20, out);
}

void read_sha256(sst_str bytes, unsigned char out[32])
{
    uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    sha(bytes, h, sha256_block);
    store(h, 32, out);
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
    unsigned char is[32];
    size_t n;
    const char *colon = declared.n ? memchr(declared.p, ':', declared.n) : NULL;
    if (!colon)
        return DIGEST_UNKNOWN;
    sst_str name = {declared.p, (size_t)(colon - declared.p)};
    sst_str value = {colon + 1, declared.n - name.n - 1};
    while (value.n && value.p[value.n - 1] == '=')
        value.n--;
    if (str_eq_nocase(name, STR("sha1")) || str_eq_nocase(name, STR("sha-1")))
        n = 20;
    else if (str_eq_nocase(name, STR("sha256")) || str_eq_nocase(name, STR("sha-256")))
        n = 32;
    else
        return DIGEST_UNKNOWN;
    if (value.n != n * 2 && value.n != (n * 8 + 4) / 5 && value.n != (n * 8 + 5) / 6)
        return DIGEST_UNKNOWN;
    int bits = value.n == n * 2 ? 4 : value.n == (n * 8 + 4) / 5 ? 5 : 6;
    if (n == 20)
        read_sha1(bytes, is);
    else
        read_sha256(bytes, is);
    bool is_form;
    bool same = says(value, bits, is, n, &is_form);
    return same ? DIGEST_FITS : is_form ? DIGEST_DIFFERS : DIGEST_UNKNOWN;
}
