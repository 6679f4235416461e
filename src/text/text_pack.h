/*
 * A text as it waits: its article, names and counts as they are, all else in a few bytes.
 *
 * Of a text of 2 KB words, sentences, names, numbers and times take some 12 KB, packed a quarter of
 * it. A run over very many articles packs each when its words were looked at, and has them back for
 * as long as a story is at work.
 *
 *   packed: paragraphs | sentences | tokens | mentions | numbers | times
 *
 * Each is written by what it differs from the one before, in bytes of seven bits; keys and values
 * as they are.
 */
#ifndef TEXT_PACK_H
#define TEXT_PACK_H

#include "text.h"

/*
 * The text packed, in arena; the article stays where it is. Names and what they are called stay
 * (entity), the counts too; the other arrays are NULL and packed is not.
 */
sst_status text_pack(const sst_text *t, sst_arena *arena, sst_text *out) SST_MUST_CHECK;

/* The text with all its arrays: those of t when it is not packed, else made in arena, the same as
 * before. */
sst_status text_unpack(const sst_text *t, sst_arena *arena, sst_text *out) SST_MUST_CHECK;

/* The same of n texts: out[i] is v[i] when that is not packed. */
sst_status text_unpack_all(const sst_text *const *v, uint32_t n, sst_arena *arena,
                           const sst_text **out) SST_MUST_CHECK;

#endif
