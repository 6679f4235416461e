/* Entry: the bytes are an input whose kind has to be found. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    fuzz_whole_chain(bytes, n, SST_KIND_AUTO);
    return 0;
}
