/*
 * The products of the network, in whole numbers: the same result on every machine.
 *
 * Vectors of a token are NET_DIM numbers of 16 bits (1/256). Weights stand in pairs of inputs, so
 * that one instruction multiplies a pair and adds (pmaddwd): w[pair][output][2]. Sums fit 32 bits:
 * tools/gen_quote.py refuses weights with which they might not.
 */
#ifndef QUOTE_PRODUCT_H
#define QUOTE_PRODUCT_H

#include <stdint.h>

enum {
    NET_DIM = 48,      /* numbers of a token's vector */
    NET_POINT = 32,    /* numbers of a token beside a cue */
    NET_HEADS = 8,     /* of these used: 6 */
    NET_TAGS = 8,      /* used: 3 */
    NET_SHIFT = 10,    /* weights are in 1/1024 */
    NET_WORD_SHIFT = 3 /* words are in 1/32, everything else of a token in 1/256 */
};

typedef struct quote_products {
    /* out = word << NET_WORD_SHIFT + sum of table[row[k]], k < n; modulo 16 bits */
    void (*rows)(const int8_t *word, const int16_t (*table)[NET_DIM], const uint16_t *row,
                 uint32_t n, int16_t *out);
    /* out[t] = in[t] + max(0, b + sum over k of w[k] in[t + (k - 1) far]), t < n; the rows of in
     * may be read from -far to n + far */
    void (*layer)(const int16_t (*in)[NET_DIM], uint32_t far, const int16_t (*w)[NET_DIM][2],
                  const int32_t *b, int16_t (*out)[NET_DIM], uint32_t n);
    /* out[t] = b + w in[t], saturated to 16 bits; t < n */
    void (*point)(const int16_t (*in)[NET_DIM], const int16_t (*w)[NET_POINT][2], const int32_t *b,
                  int16_t (*out)[NET_POINT], uint32_t n);
    /* out[t] = b + w in[t], t < n */
    void (*tags)(const int16_t (*in)[NET_DIM], const int16_t (*w)[NET_TAGS][2], const int32_t *b,
                 int32_t (*out)[NET_TAGS], uint32_t n);
    /* out[k] = b + w max(0, g[k] + q + far[k]), k < n */
    void (*heads)(const int16_t (*g)[NET_POINT], const int16_t *q, const int16_t (*far)[NET_POINT],
                  const int16_t (*w)[NET_HEADS][2], const int32_t *b, int32_t (*out)[NET_HEADS],
                  uint32_t n);
} quote_products;

/* Plain C, and the fastest that this machine has. */
extern const quote_products quote_products_plain;
const quote_products *quote_products_best(void);

#endif
