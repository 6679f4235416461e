/* Grams that stand in very many articles: what two share by them is no copy. */
#ifndef COPY_HEAVY_H
#define COPY_HEAVY_H

#include <stdatomic.h>

#include "copy_store.h"

/*
 * Fills *heavy with those grams of the marked articles that stand in more than `many`, exactly.
 * first: the articles without their twins, first_n of them; each counts copy_doc.alike times.
 * marked: of each article, whether its grams matter.
 */
sst_status copy_find_heavy(const copy_store *s, const uint32_t *first, uint32_t first_n,
                           const uint8_t *marked, uint32_t many, uint32_t threads, sst_arena *arena,
                           const atomic_int *stop, u64map *heavy) SST_MUST_CHECK;

#endif
