/* Entry: the bytes are a web page. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    fuzz_whole_chain(bytes, n, SST_KIND_HTML);
    return 0;
}
