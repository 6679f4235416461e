/* The products of the network for x86-64. */
#ifndef QUOTE_PRODUCT_X86_H
#define QUOTE_PRODUCT_X86_H

#include "quote_product.h"

/* NULL when this machine does not have the instructions. */
const quote_products *quote_products_vnni(void);
const quote_products *quote_products_avx2(void);
const quote_products *quote_products_sse2(void);

#endif
