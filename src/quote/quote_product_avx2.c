/*
 * The products of the network with AVX2: eight outputs at a time, three or four tokens together,
 * so that each weight is read once for all and no sum leaves its register. The same sums as
 * quote_product.c.
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

/* Four registers of sums for each of three tokens: variables with names of their own, since the
 * compiler keeps an array in memory and writes each sum back. */
enum { BLOCK = 3 };
_Static_assert(NET_DIM == 48 && NET_POINT == 32 && NET_HEADS == 8 && NET_TAGS == 8,
               "three registers of sums a token twice, four, or one");
#define EACH(DO) DO(0) DO(1) DO(2)

AVX2_INLINE __m128i half(const int8_t *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

AVX2 void quote_rows_avx2(const int8_t *word, const int16_t (*table)[NET_DIM], const uint16_t *row,
                          uint32_t n, int16_t *out)
{
    __m256i s = _mm256_slli_epi16(_mm256_cvtepi8_epi16(half(word)), NET_WORD_SHIFT),
            r = _mm256_slli_epi16(_mm256_cvtepi8_epi16(half(word + 16)), NET_WORD_SHIFT),
            u = _mm256_slli_epi16(_mm256_cvtepi8_epi16(half(word + 32)), NET_WORD_SHIFT);
    for (uint32_t k = 0; k < n; k++) {
        s = _mm256_add_epi16(s, load(table[row[k]]));
        r = _mm256_add_epi16(r, load(table[row[k]] + 16));
        u = _mm256_add_epi16(u, load(table[row[k]] + 32));
    }
    store(out, s);
    store(out + 16, r);
    store(out + 32, u);
}

#define START(k) __m256i s##k = b0, r##k = b1, u##k = b2, v##k = b3;
#define TOKEN(k) const int16_t *x##k = x[quote_token_of(t, k, n)];
#define FACTOR(k) __m256i f##k = pair_of(x##k + 2 * p);
#define ADD_S(k) s##k = _mm256_add_epi32(s##k, _mm256_madd_epi16(f##k, a));
#define ADD_R(k) r##k = _mm256_add_epi32(r##k, _mm256_madd_epi16(f##k, a));
#define ADD_U(k) u##k = _mm256_add_epi32(u##k, _mm256_madd_epi16(f##k, a));
#define ADD_V(k) v##k = _mm256_add_epi32(v##k, _mm256_madd_epi16(f##k, a));
/* sums of 32 outputs for the tokens x[t .. t + BLOCK) */
#define ADD_PAIRS(w, pairs)                                                                        \
    {                                                                                              \
        EACH(TOKEN)                                                                                \
        for (uint32_t p = 0; p < (pairs); p++) {                                                   \
            EACH(FACTOR)                                                                           \
            __m256i a = load((w)[p]);                                                              \
            EACH(ADD_S)                                                                            \
            a = load((w)[p] + 8);                                                                  \
            EACH(ADD_R)                                                                            \
            a = load((w)[p] + 16);                                                                 \
            EACH(ADD_U)                                                                            \
            a = load((w)[p] + 24);                                                                 \
            EACH(ADD_V)                                                                            \
        }                                                                                          \
    }

AVX2_INLINE void put_half(const int16_t *in, __m256i s, __m256i r, int16_t *out)
{
    store(out, _mm256_adds_epi16(load(in), _mm256_max_epi16(packed(s, r), _mm256_setzero_si256())));
}

/* sums + x[0] w[0] + x[1] w[1], pair by pair, by the instructions' names: with the intrinsics GCC
 * 12 stores sums behind every step (quote_product_vnni.c). */
AVX2_INLINE __m256i add_pairs(__m256i sums, __m256i x, const int16_t *w)
{
    __m256i y;
    __asm__("vpmaddwd %3, %2, %1\n\tvpaddd %1, %0, %0"
            : "+x"(sums), "=&x"(y)
            : "x"(x), "m"(*(const __m256i_u *)(const void *)w));
    return sums;
}

/* 24 sums: put_half, and 8 more */
AVX2_INLINE void put_24(const int16_t *in, __m256i s, __m256i r, __m256i u, int16_t *out)
{
    put_half(in, s, r, out);
    u = _mm256_srai_epi32(u, NET_SHIFT);
    __m128i y = _mm_packs_epi32(_mm256_castsi256_si128(u), _mm256_extracti128_si256(u, 1));
    y = _mm_max_epi16(y, _mm_setzero_si128());
    _mm_storeu_si128((__m128i *)(void *)(out + 16),
                     _mm_adds_epi16(_mm_loadu_si128((const __m128i *)(const void *)(in + 16)), y));
}

/* Four tokens, half of the outputs at a time: twelve registers of sums. */
#define EACH_4(DO) DO(0) DO(1) DO(2) DO(3)
#define START_4(k) __m256i s##k = load(b + o), r##k = load(b + o + 8), u##k = load(b + o + 16);
#define TOKEN_4(k) const int16_t *x##k = x[quote_token_of(t, k, n)];
#define PAIR_4(k)                                                                                  \
    {                                                                                              \
        __m256i f = pair_of(x##k + 2 * p);                                                         \
        s##k = add_pairs(s##k, f, &ws[p][o][0]);                                                   \
        r##k = add_pairs(r##k, f, &ws[p][o + 8][0]);                                               \
        u##k = add_pairs(u##k, f, &ws[p][o + 16][0]);                                              \
    }
#define PUT_4(k)                                                                                   \
    put_24(in[quote_token_of(t, k, n)] + o, s##k, r##k, u##k, out[quote_token_of(t, k, n)] + o);

AVX2 static void layer(const int16_t (*in)[NET_DIM], uint32_t far, const int16_t (*w)[NET_DIM][2],
                       const int32_t *b, int16_t (*out)[NET_DIM], uint32_t n)
{
    for (uint32_t t = 0; t < n; t += 4)
        for (uint32_t o = 0; o < NET_DIM; o += NET_DIM / 2) {
            EACH_4(START_4)
            for (uint32_t side = 0; side < 3; side++) {
                const int16_t(*x)[NET_DIM] = in + ((int64_t)side - 1) * far;
                const int16_t(*ws)[NET_DIM][2] = w + side * NET_DIM / 2;
                EACH_4(TOKEN_4)
                for (uint32_t p = 0; p < NET_DIM / 2; p++) {
                    EACH_4(PAIR_4)
                }
            }
            EACH_4(PUT_4)
        }
}

AVX2 static void point(const int16_t (*in)[NET_DIM], const int16_t (*w)[NET_POINT][2],
                       const int32_t *b, int16_t (*out)[NET_POINT], uint32_t n)
{
    __m256i b0 = load(b), b1 = load(b + 8), b2 = load(b + 16), b3 = load(b + 24);
    const int16_t(*x)[NET_DIM] = in;
    for (uint32_t t = 0; t < n; t += BLOCK) {
        EACH(START)
        ADD_PAIRS(w, NET_DIM / 2)
#define PUT(k)                                                                                     \
    store(out[quote_token_of(t, k, n)], packed(s##k, r##k));                                       \
    store(out[quote_token_of(t, k, n)] + 16, packed(u##k, v##k));
        EACH(PUT)
#undef PUT
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
    static const quote_products all = {quote_rows_avx2, layer, point, tags, heads};
    return __builtin_cpu_supports("avx2") ? &all : NULL;
}

#else

const quote_products *quote_products_avx2(void)
{
    return NULL;
}

#endif
