/*
 * The products of the network with the instructions of AVX-512 that multiply pairs and add in one
 * (vpdpwssd): sixteen outputs at a time, eight tokens together, so that the weights of a pair are
 * read once for all of them and no sum leaves its register. The same sums as quote_product.c.
 */
#include "quote_product_x86.h"

#include <stddef.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#include <string.h>

#define TARGET target("avx512f,avx512bw,avx512vl,avx512vnni")
#define VNNI __attribute__((TARGET))
#define VNNI_INLINE static inline __attribute__((TARGET, always_inline))

enum { BLOCK = 8 }; /* tokens together */
_Static_assert(NET_DIM == 48 && NET_POINT == 32 && NET_HEADS == 8 && NET_TAGS == 8,
               "three registers of sums a token, two, or half a one");

/* One for each token of a block: variables with names of their own, since the compiler keeps an
 * array in memory and writes each sum back. */
#define EACH(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7)

VNNI_INLINE __m512i pair_at(const int16_t *x)
{
    int32_t v;
    memcpy(&v, x, sizeof v);
    return _mm512_set1_epi32(v);
}

VNNI_INLINE __m256i load(const void *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

VNNI_INLINE void store(void *p, __m256i v)
{
    _mm256_storeu_si256((__m256i *)p, v);
}

/* sums + x[0] w[0] + x[1] w[1], pair by pair. As an instruction by its name: with the intrinsic
 * GCC 12 copies each sum before and stores it behind every step, which doubles the time of a
 * layer. */
VNNI_INLINE __m512i add_pairs(__m512i sums, __m512i x, __m512i w)
{
    __asm__("vpdpwssd %2, %1, %0" : "+v"(sums) : "v"(x), "v"(w));
    return sums;
}

VNNI_INLINE __m256i add_pairs_256(__m256i sums, __m256i x, __m256i w)
{
    __asm__("vpdpwssd %2, %1, %0" : "+v"(sums) : "v"(x), "v"(w));
    return sums;
}

/* 32 sums -> 32 numbers of 16 bits, halves of 16 */
VNNI_INLINE __m256i narrow(__m512i s)
{
    return _mm512_cvtsepi32_epi16(_mm512_srai_epi32(s, NET_SHIFT));
}

#define START(k) __m512i s##k = s_begin, r##k = r_begin;
#define TOKEN(k) const int16_t *x##k = x[quote_token_of(t, k, n)];
#define PAIR(k)                                                                                    \
    {                                                                                              \
        __m512i v = pair_at(x##k + 2 * p);                                                         \
        s##k = add_pairs(s##k, v, a);                                                              \
        r##k = add_pairs(r##k, v, c);                                                              \
    }
/* sums of 32 outputs for the tokens x[t .. t + BLOCK) */
#define ADD_PAIRS(w, pairs)                                                                        \
    {                                                                                              \
        EACH(TOKEN)                                                                                \
        for (uint32_t p = 0; p < (pairs); p++) {                                                   \
            __m512i a = _mm512_loadu_si512((w)[p]), c = _mm512_loadu_si512((w)[p] + 16);           \
            EACH(PAIR)                                                                             \
        }                                                                                          \
    }

/* from memory: in registers the biases would push the weights out of theirs */
#define START_3(k)                                                                                 \
    __m512i s##k = _mm512_loadu_si512(b), r##k = _mm512_loadu_si512(b + 16),                       \
            u##k = _mm512_loadu_si512(b + 32);
#define PAIR_3(k)                                                                                  \
    {                                                                                              \
        __m512i v = pair_at(x##k + 2 * p);                                                         \
        s##k = add_pairs(s##k, v, a);                                                              \
        r##k = add_pairs(r##k, v, c);                                                              \
        u##k = add_pairs(u##k, v, d);                                                              \
    }
#define PUT_3(k)                                                                                   \
    {                                                                                              \
        const int16_t *from = in[quote_token_of(t, k, n)];                                         \
        int16_t *to = out[quote_token_of(t, k, n)];                                                \
        put_layer(from, s##k, to);                                                                 \
        put_layer(from + 16, r##k, to + 16);                                                       \
        put_layer(from + 32, u##k, to + 32);                                                       \
    }

VNNI_INLINE void put_layer(const int16_t *in, __m512i s, int16_t *out)
{
    store(out, _mm256_adds_epi16(load(in), _mm256_max_epi16(narrow(s), _mm256_setzero_si256())));
}

VNNI static void layer(const int16_t (*in)[NET_DIM], uint32_t far, const int16_t (*w)[NET_DIM][2],
                       const int32_t *b, int16_t (*out)[NET_DIM], uint32_t n)
{
    for (uint32_t t = 0; t < n; t += BLOCK) {
        EACH(START_3)
        for (uint32_t side = 0; side < 3; side++) {
            const int16_t(*x)[NET_DIM] = in + ((int64_t)side - 1) * far;
            const int16_t(*ws)[NET_DIM][2] = w + side * NET_DIM / 2;
            EACH(TOKEN)
            for (uint32_t p = 0; p < NET_DIM / 2; p++) {
                __m512i a = _mm512_loadu_si512(ws[p]), c = _mm512_loadu_si512(ws[p] + 16),
                        d = _mm512_loadu_si512(ws[p] + 32);
                EACH(PAIR_3)
            }
        }
        EACH(PUT_3)
    }
}

VNNI static void point(const int16_t (*in)[NET_DIM], const int16_t (*w)[NET_POINT][2],
                       const int32_t *b, int16_t (*out)[NET_POINT], uint32_t n)
{
    __m512i s_begin = _mm512_loadu_si512(b), r_begin = _mm512_loadu_si512(b + 16);
    const int16_t(*x)[NET_DIM] = in;
    for (uint32_t t = 0; t < n; t += BLOCK) {
        EACH(START)
        ADD_PAIRS(w, NET_DIM / 2)
#define PUT(k)                                                                                     \
    store(out[quote_token_of(t, k, n)], narrow(s##k));                                             \
    store(out[quote_token_of(t, k, n)] + 16, narrow(r##k));
        EACH(PUT)
#undef PUT
    }
}

#define START_8(k) __m256i s##k = s_begin;
#define PAIR_8(k) s##k = add_pairs_256(s##k, _mm512_castsi512_si256(pair_at(x##k + 2 * p)), a);
/* sums of 8 outputs for the tokens x[t .. t + BLOCK) */
#define ADD_PAIRS_8(w, pairs)                                                                      \
    {                                                                                              \
        EACH(TOKEN)                                                                                \
        for (uint32_t p = 0; p < (pairs); p++) {                                                   \
            __m256i a = load((w)[p]);                                                              \
            EACH(PAIR_8)                                                                           \
        }                                                                                          \
    }
#define PUT_8(k) store(out[quote_token_of(t, k, n)], s##k);

VNNI static void tags(const int16_t (*in)[NET_DIM], const int16_t (*w)[NET_TAGS][2],
                      const int32_t *b, int32_t (*out)[NET_TAGS], uint32_t n)
{
    __m256i s_begin = load(b);
    const int16_t(*x)[NET_DIM] = in;
    for (uint32_t t = 0; t < n; t += BLOCK) {
        EACH(START_8)
        ADD_PAIRS_8(w, NET_DIM / 2)
        EACH(PUT_8)
    }
}

VNNI static void heads(const int16_t (*g)[NET_POINT], const int16_t *q,
                       const int16_t (*far)[NET_POINT], const int16_t (*w)[NET_HEADS][2],
                       const int32_t *b, int32_t (*out)[NET_HEADS], uint32_t n_all)
{
    __m256i s_begin = load(b), zero = _mm256_setzero_si256(), q0 = load(q), q1 = load(q + 16);
    for (uint32_t from = 0; from < n_all; from += BLOCK, g += BLOCK, far += BLOCK, out += BLOCK) {
        uint32_t t = 0, n = n_all - from < BLOCK ? n_all - from : BLOCK;
        int16_t x[BLOCK][NET_POINT];
        for (uint32_t k = 0; k < n; k++) {
            __m256i y = _mm256_adds_epi16(_mm256_adds_epi16(load(g[k]), q0), load(far[k]));
            __m256i z =
                _mm256_adds_epi16(_mm256_adds_epi16(load(g[k] + 16), q1), load(far[k] + 16));
            store(x[k], _mm256_max_epi16(y, zero));
            store(x[k] + 16, _mm256_max_epi16(z, zero));
        }
        EACH(START_8)
        ADD_PAIRS_8(w, NET_POINT / 2)
        EACH(PUT_8)
    }
}

const quote_products *quote_products_vnni(void)
{
    static const quote_products all = {quote_rows_avx2, layer, point, tags, heads};
    return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512vl")
               ? &all
               : NULL;
}

#else

const quote_products *quote_products_vnni(void)
{
    return NULL;
}

#endif
