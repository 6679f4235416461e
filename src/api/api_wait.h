/*
 * Rows that wait in a file for the ids of their articles: what an article is called depends on all
 * that share its id (copy_ids.h), and rows of more articles than memory holds are made before the
 * last of them is read.
 *
 *   file:    chunk | chunk | ...        each some whole rows with their heads, as they came
 *   head:    lengths, time, hash of the text | id | row
 *   memory:  of each article 8 bytes, a hash of its id; of each chunk its place
 *
 * When all are there, only articles whose hash another one has are read for their ids, which are
 * made by the rule that all commands have; then the rows go out, those with another id than was
 * given with that put in its place.
 */
#ifndef API_WAIT_H
#define API_WAIT_H

#include "api_context.h"

typedef struct api_wait_chunk {
    uint64_t at; /* in the file */
    size_t n;
} api_wait_chunk;

typedef struct api_wait {
    base_spill file;
    sst_buf chunk; /* not yet in the file */
    sst_buf hash;  /* of the ids: uint64_t of each article */
    SST_VEC(api_wait_chunk) chunks;
    sst_arena arena; /* of chunks */
} api_wait;

/* folder: outlives it. */
void api_wait_init(api_wait *w, const char *folder);
void api_wait_release(api_wait *w);

/* A row of an article, which begins with {"id": and the id as it was given. */
sst_status api_wait_add(api_wait *w, const sst_article *a, sst_str row) SST_MUST_CHECK;
/* A row without an id to be made. */
sst_status api_wait_add_plain(api_wait *w, sst_str row) SST_MUST_CHECK;

/*
 * Gives all rows to `to`, in the order in which they came; full: called when a row has been added.
 * SST_ERR_IO: w->file.why says what the file did not do. Memory: 16 bytes an article for as long as
 * ids are compared, and of those that share one the id and some 100 bytes.
 */
sst_status api_wait_write(api_wait *w, sst_buf *to, sst_status (*full)(void *user),
                          void *user) SST_MUST_CHECK;

#endif
