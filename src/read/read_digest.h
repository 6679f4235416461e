/* Digests of records: "sha1:BASE32", also base64 and hexadecimal, also sha256 (WARC 1.1, 5.8). */
#ifndef READ_DIGEST_H
#define READ_DIGEST_H

#include "base_str.h"

typedef enum read_digest_says {
    DIGEST_UNKNOWN = 0, /* none, or in a form that is not known */
    DIGEST_FITS,
    DIGEST_DIFFERS
} read_digest_says;

read_digest_says read_digest_check(sst_str declared, sst_str bytes);

#endif
