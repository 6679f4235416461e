/* The products of the network for x86-64. */
#ifndef QUOTE_PRODUCT_X86_H
#define QUOTE_PRODUCT_X86_H

#include "quote_product.h"

/* NULL when this machine does not have the instructions. */
const quote_products *quote_products_vnni(void);
const quote_products *quote_products_avx2(void);
const quote_products *quote_products_sse2(void);

/* The sum of rows with AVX2, which every processor with AVX-512 has: 16 numbers at a time. */
void quote_rows_avx2(const int8_t *word, const int16_t (*table)[NET_DIM], const uint16_t *row,
                     uint32_t n, int16_t *out);

/* Behind the last token stands the last again. */
static inline uint32_t quote_token_of(uint32_t t, uint32_t k, uint32_t n)
{
    return t + k < n ? t + k : n - 1;
}

#endif
