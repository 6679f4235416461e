/* Stub: replaced below. */
#include "page_inner.h"

sst_status page_html(sst_article *a, const sst_document *d, const sst_limits *limits)
{
    (void)d;
    (void)limits;
    a->error = STR("html is not read yet");
    return SST_OK;
}
