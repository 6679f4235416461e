/*
 * Two articles alone. In: their texts; out: the pair that a search for duplicates makes of them, at
 * whatever height. The search itself is asked, over a store of these two with a threshold below all
 * that share 5 words in a row, so that its scores and this answer are the same.
 */
#include "copy_between.h"

#include "copy_group.h"

/* Less than one gram in common of two texts of the greatest length. */
#define ANY_JACCARD 1e-12

static sst_status fill(copy_store *store, const copy_card card[2], const sst_str text[2],
                       sst_arena *arena)
{
    sst_arena grams;
    arena_init(&grams, 0);
    copy_grams set = {.arena = &grams};
    sst_status status = SST_OK;
    for (int k = 0; k < 2 && !status; k++) {
        copy_scan scan;
        copy_card known = card[k];
        known.id = k ? STR("b") : STR("a"); /* pairs are in order of ids */
        status = copy_scan_text(text[k], true, &set, arena, &scan);
        if (!status)
            status = copy_store_add(store, &known, &scan, text[k]);
    }
    arena_release(&grams);
    return status;
}

sst_status copy_compare_two(const copy_card card[2], const sst_str text[2], double jaccard,
                            copy_between *out)
{
    *out = (copy_between){.pair = {.a = 0, .b = 1}};
    sst_arena arena;
    arena_init(&arena, 0);
    copy_store store;
    copy_duplicates found;
    sst_status status = copy_store_init(&store, false);
    if (!status)
        status = fill(&store, card, text, &arena);
    if (!status)
        status = copy_find_duplicates(&store, ANY_JACCARD, 1, &arena, NULL, &found);
    if (!status && found.pair_n) {
        const copy_pair *p = &found.pairs[0];
        out->pair = *p;
        out->a_grams = copy_store_doc(&store, 0)->gram_n;
        out->b_grams = copy_store_doc(&store, 1)->gram_n;
        uint32_t least = out->a_grams < out->b_grams ? out->a_grams : out->b_grams;
        out->listed = p->jaccard >= jaccard ||
                      (p->containment >= COPY_PART_CONTAINED && least >= COPY_SHORT_GRAMS);
    }
    copy_store_release(&store);
    arena_release(&arena);
    return status;
}
