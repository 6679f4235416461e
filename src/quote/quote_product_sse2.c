/*
 * The products of the network with the instructions that every x86-64 machine has. The same sums
 * as quote_product.c, four outputs at a time.
 */
#include "quote_product_x86.h"

#include <stddef.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#include <string.h>

static __m128i pair_of(const int16_t *x)
{
    int32_t v;
    memcpy(&v, x, sizeof v);
    return _mm_set1_epi32(v);
}

static __m128i load(const void *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}

static void store(void *p, __m128i v)
{
    _mm_storeu_si128((__m128i *)p, v);
}

/* sum[0 .. n) += pairs of x by w; n registers of 4 outputs */
#define ADD_PAIRS(sum, n, x, w, pairs)                                                             \
    for (uint32_t p_ = 0; p_ < (pairs); p_++) {                                                    \
        __m128i v_ = pair_of((x) + 2 * p_);                                                        \
        _Pragma("GCC unroll 12") for (uint32_t j_ = 0; j_ < (n); j_++) sum[j_] =                   \
            _mm_add_epi32(sum[j_], _mm_madd_epi16(v_, load(&(w)[p_][4 * j_])));                    \
    }

_Static_assert(NET_DIM == 48, "six registers of eight numbers");

static void rows(const int8_t *word, const int16_t (*table)[NET_DIM], const uint16_t *row,
                 uint32_t n, int16_t *out)
{
    __m128i zero = _mm_setzero_si128(), a = load(word), c = load(word + 16),
            d = _mm_loadl_epi64((const __m128i *)(const void *)(word + 32)),
            e = _mm_loadl_epi64((const __m128i *)(const void *)(word + 40));
    /* a byte as the upper half of 16 bits, moved down with its sign */
    __m128i s0 = _mm_srai_epi16(_mm_unpacklo_epi8(zero, a), 8 - NET_WORD_SHIFT),
            s1 = _mm_srai_epi16(_mm_unpackhi_epi8(zero, a), 8 - NET_WORD_SHIFT),
            s2 = _mm_srai_epi16(_mm_unpacklo_epi8(zero, c), 8 - NET_WORD_SHIFT),
            s3 = _mm_srai_epi16(_mm_unpackhi_epi8(zero, c), 8 - NET_WORD_SHIFT),
            s4 = _mm_srai_epi16(_mm_unpacklo_epi8(zero, d), 8 - NET_WORD_SHIFT),
            s5 = _mm_srai_epi16(_mm_unpacklo_epi8(zero, e), 8 - NET_WORD_SHIFT);
    for (uint32_t k = 0; k < n; k++) {
        const int16_t *v = table[row[k]];
        s0 = _mm_add_epi16(s0, load(v));
        s1 = _mm_add_epi16(s1, load(v + 8));
        s2 = _mm_add_epi16(s2, load(v + 16));
        s3 = _mm_add_epi16(s3, load(v + 24));
        s4 = _mm_add_epi16(s4, load(v + 32));
        s5 = _mm_add_epi16(s5, load(v + 40));
    }
    store(out, s0);
    store(out + 8, s1);
    store(out + 16, s2);
    store(out + 24, s3);
    store(out + 32, s4);
    store(out + 40, s5);
}

static void layer(const int16_t (*in)[NET_DIM], uint32_t far, const int16_t (*w)[NET_DIM][2],
                  const int32_t *b, int16_t (*out)[NET_DIM], uint32_t n)
{
    for (uint32_t t = 0; t < n; t++) {
        __m128i sum[NET_DIM / 4];
#pragma GCC unroll 12
        for (uint32_t j = 0; j < NET_DIM / 4; j++)
            sum[j] = load(b + 4 * j);
        for (uint32_t k = 0; k < 3; k++) {
            const int16_t *x = in[(int64_t)t + ((int64_t)k - 1) * far];
            const int16_t(*wk)[NET_DIM][2] = w + k * NET_DIM / 2;
            ADD_PAIRS(sum, NET_DIM / 4, x, wk, NET_DIM / 2)
        }
#pragma GCC unroll 12
        for (uint32_t j = 0; j < NET_DIM / 8; j++) {
            __m128i y = _mm_packs_epi32(_mm_srai_epi32(sum[2 * j], NET_SHIFT),
                                        _mm_srai_epi32(sum[2 * j + 1], NET_SHIFT));
            y = _mm_max_epi16(y, _mm_setzero_si128());
            store(&out[t][8 * j], _mm_adds_epi16(y, load(&in[t][8 * j])));
        }
    }
}

static void point(const int16_t (*in)[NET_DIM], const int16_t (*w)[NET_POINT][2], const int32_t *b,
                  int16_t (*out)[NET_POINT], uint32_t n)
{
    for (uint32_t t = 0; t < n; t++) {
        __m128i sum[NET_POINT / 4];
#pragma GCC unroll 12
        for (uint32_t j = 0; j < NET_POINT / 4; j++)
            sum[j] = load(b + 4 * j);
        ADD_PAIRS(sum, NET_POINT / 4, in[t], w, NET_DIM / 2)
#pragma GCC unroll 12
        for (uint32_t j = 0; j < NET_POINT / 8; j++)
            store(&out[t][8 * j], _mm_packs_epi32(_mm_srai_epi32(sum[2 * j], NET_SHIFT),
                                                  _mm_srai_epi32(sum[2 * j + 1], NET_SHIFT)));
    }
}

static void tags(const int16_t (*in)[NET_DIM], const int16_t (*w)[NET_TAGS][2], const int32_t *b,
                 int32_t (*out)[NET_TAGS], uint32_t n)
{
    for (uint32_t t = 0; t < n; t++) {
        __m128i sum[NET_TAGS / 4];
#pragma GCC unroll 12
        for (uint32_t j = 0; j < NET_TAGS / 4; j++)
            sum[j] = load(b + 4 * j);
        ADD_PAIRS(sum, NET_TAGS / 4, in[t], w, NET_DIM / 2)
#pragma GCC unroll 12
        for (uint32_t j = 0; j < NET_TAGS / 4; j++)
            store(&out[t][4 * j], sum[j]);
    }
}

static void heads(const int16_t (*g)[NET_POINT], const int16_t *q, const int16_t (*far)[NET_POINT],
                  const int16_t (*w)[NET_HEADS][2], const int32_t *b, int32_t (*out)[NET_HEADS],
                  uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        int16_t z[NET_POINT];
        for (uint32_t j = 0; j < NET_POINT; j += 8)
            store(z + j, _mm_max_epi16(_mm_adds_epi16(_mm_adds_epi16(load(&g[k][j]), load(q + j)),
                                                      load(&far[k][j])),
                                       _mm_setzero_si128()));
        __m128i sum[NET_HEADS / 4];
#pragma GCC unroll 12
        for (uint32_t j = 0; j < NET_HEADS / 4; j++)
            sum[j] = load(b + 4 * j);
        ADD_PAIRS(sum, NET_HEADS / 4, z, w, NET_POINT / 2)
#pragma GCC unroll 12
        for (uint32_t j = 0; j < NET_HEADS / 4; j++)
            store(&out[k][4 * j], sum[j]);
    }
}

const quote_products *quote_products_sse2(void)
{
    static const quote_products all = {rows, layer, point, tags, heads};
    return &all;
}

#else

const quote_products *quote_products_sse2(void)
{
    return NULL;
}

#endif
