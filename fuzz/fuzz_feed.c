/* Entry: the bytes are a feed of any form. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    fuzz_whole_chain(bytes, n, SST_KIND_FEED);
    return 0;
}
