/* Entry: the bytes are a file of JSON Lines. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    fuzz_whole_chain(bytes, n, SST_KIND_JSONL);
    return 0;
}
