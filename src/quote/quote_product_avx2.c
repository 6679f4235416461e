/*
 * The products of the network with AVX2: eight outputs at a time, two tokens together, so that each
 * weight is read once for both. The same sums as quote_product.c.
 */
#include "quote_product_x86.h"

#include <stddef.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))
#define AVX2_INLINE static inline __attribute__((target("avx2"), always_inline))

AVX2_INLINE __m256i pair_of(const int16_t *x)
{
    int32_t v;
    memcpy(&v, x, sizeof v);
    return _mm256_set1_epi32(v);
}

AVX2_INLINE __m256i load(const void *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

AVX2_INLINE void store(void *p, __m256i v)
{
    _mm256_storeu_si256((__m256i *)p, v);
}

/* 16 sums -> 16 numbers of 16 bits, in order */
AVX2_INLINE __m256i packed(__m256i a, __m256i b)
{
    __m256i y =
        _mm256_packs_epi32(_mm256_srai_epi32(a, NET_SHIFT), _mm256_srai_epi32(b, NET_SHIFT));
    return _mm256_permute4x64_epi64(y, 0xD8);
}

enum { DIM_V = NET_DIM / 8, POINT_V = NET_POINT / 8 };

AVX2_INLINE void layer_pair(const int16_t (*in)[NET_DIM], uint32_t t, uint32_t u, uint32_t far,
                            const int16_t (*w)[NET_DIM][2], const int32_t *b,
                            int16_t (*out)[NET_DIM])
{
    __m256i s[DIM_V], r[DIM_V];
#pragma GCC unroll 8
    for (uint32_t j = 0; j < DIM_V; j++)
        s[j] = r[j] = load(b + 8 * j);
    for (uint32_t k = 0; k < 3; k++) {
        const int16_t *x = in[(int64_t)t + ((int64_t)k - 1) * far],
                      *y = in[(int64_t)u + ((int64_t)k - 1) * far];
        for (uint32_t p = 0; p < NET_DIM / 2; p++) {
            __m256i a = pair_of(x + 2 * p), c = pair_of(y + 2 * p);
            const int16_t(*wp)[2] = w[k * NET_DIM / 2 + p];
#pragma GCC unroll 8
            for (uint32_t j = 0; j < DIM_V; j++) {
                __m256i v = load(wp + 8 * j);
                s[j] = _mm256_add_epi32(s[j], _mm256_madd_epi16(a, v));
                r[j] = _mm256_add_epi32(r[j], _mm256_madd_epi16(c, v));
            }
        }
    }
#pragma GCC unroll 8
    for (uint32_t j = 0; j < DIM_V / 2; j++) {
        __m256i zero = _mm256_setzero_si256();
        store(&out[t][16 * j],
              _mm256_adds_epi16(load(&in[t][16 * j]),
                                _mm256_max_epi16(packed(s[2 * j], s[2 * j + 1]), zero)));
        store(&out[u][16 * j],
              _mm256_adds_epi16(load(&in[u][16 * j]),
                                _mm256_max_epi16(packed(r[2 * j], r[2 * j + 1]), zero)));
    }
}

AVX2 static void layer(const int16_t (*in)[NET_DIM], uint32_t far, const int16_t (*w)[NET_DIM][2],
                       const int32_t *b, int16_t (*out)[NET_DIM], uint32_t n)
{
    for (uint32_t t = 0; t < n; t += 2)
        layer_pair(in, t, t + 1 < n ? t + 1 : t, far, w, b, out);
}

AVX2 static void point(const int16_t (*in)[NET_DIM], const int16_t (*w)[NET_POINT][2],
                       const int32_t *b, int16_t (*out)[NET_POINT], uint32_t n)
{
    for (uint32_t t = 0; t < n; t++) {
        __m256i s[POINT_V];
#pragma GCC unroll 8
        for (uint32_t j = 0; j < POINT_V; j++)
            s[j] = load(b + 8 * j);
        for (uint32_t p = 0; p < NET_DIM / 2; p++) {
            __m256i a = pair_of(in[t] + 2 * p);
#pragma GCC unroll 8
            for (uint32_t j = 0; j < POINT_V; j++)
                s[j] = _mm256_add_epi32(s[j], _mm256_madd_epi16(a, load(&w[p][8 * j])));
        }
#pragma GCC unroll 8
        for (uint32_t j = 0; j < POINT_V / 2; j++)
            store(&out[t][16 * j], packed(s[2 * j], s[2 * j + 1]));
    }
}

AVX2 static void tags(const int16_t (*in)[NET_DIM], const int16_t (*w)[NET_TAGS][2],
                      const int32_t *b, int32_t (*out)[NET_TAGS], uint32_t n)
{
    for (uint32_t t = 0; t < n; t++) {
        __m256i s = load(b);
        for (uint32_t p = 0; p < NET_DIM / 2; p++)
            s = _mm256_add_epi32(s, _mm256_madd_epi16(pair_of(in[t] + 2 * p), load(w[p])));
        store(out[t], s);
    }
}

AVX2 static void heads(const int16_t (*g)[NET_POINT], const int16_t *q,
                       const int16_t (*far)[NET_POINT], const int16_t (*w)[NET_HEADS][2],
                       const int32_t *b, int32_t (*out)[NET_HEADS], uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        int16_t z[NET_POINT];
        for (uint32_t j = 0; j < NET_POINT; j += 16) {
            __m256i x = _mm256_adds_epi16(load(&g[k][j]), load(q + j));
            store(z + j,
                  _mm256_max_epi16(_mm256_adds_epi16(x, load(&far[k][j])), _mm256_setzero_si256()));
        }
        __m256i s = load(b);
        for (uint32_t p = 0; p < NET_POINT / 2; p++)
            s = _mm256_add_epi32(s, _mm256_madd_epi16(pair_of(z + 2 * p), load(w[p])));
        store(out[k], s);
    }
}

const quote_products *quote_products_avx2(void)
{
    static const quote_products all = {layer, point, tags, heads};
    return __builtin_cpu_supports("avx2") ? &all : NULL;
}

#else

const quote_products *quote_products_avx2(void)
{
    return NULL;
}

#endif
