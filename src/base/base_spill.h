/*
 * Memory that can go to a file: pages that are filled once and read later, and runs of bytes.
 *
 * The file has no name from the moment it is there (O_TMPFILE, else unlinked at once), so it is
 * gone when the process ends, however it ends. Pages that went to it keep their addresses: the file
 * is mapped where they stood, and the system holds of it what there is room for.
 */
#ifndef BASE_SPILL_H
#define BASE_SPILL_H

#include <stdbool.h>

#include "samestory.h"

typedef struct base_spill {
    const char *folder; /* of the file, which is made when it is first needed */
    int fd;             /* -1: not made */
    uint64_t size;
    char why[200]; /* after a failure to write: lower case, without the folder */
} base_spill;

void spill_init(base_spill *s, const char *folder);
void spill_release(base_spill *s);

/* Zero pages for n bytes, or NULL; freed with the same n, also when they went to the file. */
void *spill_pages(size_t n);
void spill_free(void *pages, size_t n);

/* Pages to the file, SST_ERR_IO when it takes no more. They are read only then. */
sst_status spill_out(base_spill *s, void *pages, size_t n) SST_MUST_CHECK;

/*
 * n bytes, whole pages, of the file as memory that is read and written; room for them is reserved.
 * *at is for spill_unmap, which gives both back.
 */
sst_status spill_map(base_spill *s, size_t n, uint64_t *at, void **out) SST_MUST_CHECK;
void spill_unmap(base_spill *s, void *pages, size_t n, uint64_t at);

/* Bytes to the file, at *at; and back, on any thread. */
sst_status spill_write(base_spill *s, const void *p, size_t n, uint64_t *at) SST_MUST_CHECK;
sst_status spill_read(const base_spill *s, void *p, size_t n, uint64_t at) SST_MUST_CHECK;

#endif
