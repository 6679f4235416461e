/*
 * What articles are called when several have one id: one rule for all commands that lay articles
 * side by side.
 *
 * Of one id, the versions that can be read come first, by time of publication (unknown first), then
 * by a hash of their text; then those that are given again with the same time and text; then those
 * that could not be read. The first keeps the id, the others get "#2", "#3" and so on, numbers that
 * make the id of another article left out. So neither the order of the inputs nor an article given
 * again changes what the others are called.
 */
#ifndef COPY_IDS_H
#define COPY_IDS_H

#include "base_arena.h"
#include "base_str.h"

typedef struct copy_id {
    sst_str id; /* in: as given; out: as it is called */
    int64_t published_s;
    uint64_t text; /* a hash of the text */
    uint32_t item; /* the caller's */
    bool failed;   /* in: there is no text */
    bool again;    /* out: of one id, time and text with another one */
} copy_id;

/* Ids that are made lie in `ids`. The order of v changes: by the given id, then as above. */
sst_status copy_ids_make(copy_id *v, uint32_t n, sst_arena *ids, sst_arena *scratch) SST_MUST_CHECK;

#endif
