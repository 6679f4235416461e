/* Entry: the bytes are a web archive, WARC or ARC, perhaps packed. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    fuzz_whole_chain(bytes, n, SST_KIND_WARC);
    return 0;
}
