/*
 * The products of the network in plain C, which are the reference, and the choice among them and
 * those of quote_product_vnni.c, _avx2.c and _sse2.c.
 */
#include "quote_product.h"

#include <stddef.h>

#include "quote_product_x86.h"

static int16_t saturated(int32_t x)
{
    return (int16_t)(x > INT16_MAX ? INT16_MAX : x < INT16_MIN ? INT16_MIN : x);
}

static void rows(const int8_t *word, const int16_t (*table)[NET_DIM], const uint16_t *row,
                 uint32_t n, int16_t *out)
{
    for (uint32_t j = 0; j < NET_DIM; j++)
        out[j] = (int16_t)(word[j] * (1 << NET_WORD_SHIFT));
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t j = 0; j < NET_DIM; j++)
            out[j] = (int16_t)(out[j] + table[row[k]][j]);
}

static void layer(const int16_t (*in)[NET_DIM], uint32_t far, const int16_t (*w)[NET_DIM][2],
                  const int32_t *b, int16_t (*out)[NET_DIM], uint32_t n)
{
    for (uint32_t t = 0; t < n; t++) {
        int32_t sum[NET_DIM];
        for (uint32_t o = 0; o < NET_DIM; o++)
            sum[o] = b[o];
        for (uint32_t k = 0; k < 3; k++) {
            const int16_t *x = in[(int64_t)t + ((int64_t)k - 1) * far];
            for (uint32_t p = 0; p < NET_DIM / 2; p++)
                for (uint32_t o = 0; o < NET_DIM; o++)
                    sum[o] += x[2 * p] * w[k * NET_DIM / 2 + p][o][0] +
                              x[2 * p + 1] * w[k * NET_DIM / 2 + p][o][1];
        }
        for (uint32_t o = 0; o < NET_DIM; o++) {
            int16_t y = saturated(sum[o] >> NET_SHIFT);
            out[t][o] = saturated(in[t][o] + (y > 0 ? y : 0));
        }
    }
}

static void point(const int16_t (*in)[NET_DIM], const int16_t (*w)[NET_POINT][2], const int32_t *b,
                  int16_t (*out)[NET_POINT], uint32_t n)
{
    for (uint32_t t = 0; t < n; t++) {
        int32_t sum[NET_POINT];
        for (uint32_t o = 0; o < NET_POINT; o++)
            sum[o] = b[o];
        for (uint32_t p = 0; p < NET_DIM / 2; p++)
            for (uint32_t o = 0; o < NET_POINT; o++)
                sum[o] += in[t][2 * p] * w[p][o][0] + in[t][2 * p + 1] * w[p][o][1];
        for (uint32_t o = 0; o < NET_POINT; o++)
            out[t][o] = saturated(sum[o] >> NET_SHIFT);
    }
}

static void tags(const int16_t (*in)[NET_DIM], const int16_t (*w)[NET_TAGS][2], const int32_t *b,
                 int32_t (*out)[NET_TAGS], uint32_t n)
{
    for (uint32_t t = 0; t < n; t++) {
        for (uint32_t o = 0; o < NET_TAGS; o++)
            out[t][o] = b[o];
        for (uint32_t p = 0; p < NET_DIM / 2; p++)
            for (uint32_t o = 0; o < NET_TAGS; o++)
                out[t][o] += in[t][2 * p] * w[p][o][0] + in[t][2 * p + 1] * w[p][o][1];
    }
}

static void heads(const int16_t (*g)[NET_POINT], const int16_t *q, const int16_t (*far)[NET_POINT],
                  const int16_t (*w)[NET_HEADS][2], const int32_t *b, int32_t (*out)[NET_HEADS],
                  uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        int16_t z[NET_POINT];
        for (uint32_t j = 0; j < NET_POINT; j++) {
            z[j] = saturated(saturated(g[k][j] + q[j]) + far[k][j]);
            z[j] = z[j] > 0 ? z[j] : 0;
        }
        for (uint32_t o = 0; o < NET_HEADS; o++)
            out[k][o] = b[o];
        for (uint32_t p = 0; p < NET_POINT / 2; p++)
            for (uint32_t o = 0; o < NET_HEADS; o++)
                out[k][o] += z[2 * p] * w[p][o][0] + z[2 * p + 1] * w[p][o][1];
    }
}

const quote_products quote_products_plain = {rows, layer, point, tags, heads};

const quote_products *quote_products_best(void)
{
    const quote_products *in_order[] = {quote_products_vnni(), quote_products_avx2(),
                                        quote_products_sse2()};
    for (size_t i = 0; i < sizeof in_order / sizeof *in_order; i++)
        if (in_order[i])
            return in_order[i];
    return &quote_products_plain;
}
