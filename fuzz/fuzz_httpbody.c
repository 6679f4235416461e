/* Entry: the bytes are an HTTP response as an archive keeps it: head, chunks, packings. */
#include "fuzz.h"
#include "read_http.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    enum { MOST = 4 * 1024 * 1024 };
    sst_str block = {(const char *)bytes, n}, page;
    read_http h;
    char why[128];
    sst_buf work[2];
    for (int i = 0; i < 2; i++)
        buf_init(&work[i], MOST);
    (void)read_http_head(block, &h);
    sst_str body = {block.p + h.head_n, block.n - h.head_n};
    sst_status status = read_http_body(&h, body, work, &page, why);
    /* what is handed on can be read from end to end */
    unsigned sum = 0;
    for (size_t i = 0; status == SST_OK && i < page.n; i++)
        sum += (unsigned char)page.p[i];
    for (int i = 0; i < 2; i++)
        buf_release(&work[i]);
    return sum == 1 && n == 0; /* never: so that the sum is computed */
}
