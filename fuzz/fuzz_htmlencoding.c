/*
 * Entry: the bytes are a page whose encoding is looked for and which is decoded. The first byte
 * says how long a charset of an HTTP header stands before it. What comes out has to be valid UTF-8.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "base_utf8.h"
#include "html.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    size_t header = n ? bytes[0] % 24u : 0;
    if (header + 1 > n)
        return 0;
    sst_str told = {(const char *)bytes + 1, header};
    sst_str page = {(const char *)bytes + 1 + header, n - 1 - header};
    if (told.n > page.n)
        told.n = 0;
    html_sure sure;
    size_t mark_n;
    const char *name = html_encoding(page, told, &sure, &mark_n);
    sst_buf out;
    buf_init(&out, 0);
    sst_status status = html_decode(name, (sst_str){page.p + mark_n, page.n - mark_n}, &out);
    if (status || utf8_check((sst_str){out.p ? out.p : "", out.n}) != out.n) {
        fprintf(stderr, "%s: status %d, or not UTF-8\n", name, (int)status);
        abort();
    }
    buf_release(&out);
    return 0;
}
