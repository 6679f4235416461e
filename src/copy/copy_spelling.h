/* A spelling carried over: whose words are they? */
#ifndef COPY_SPELLING_H
#define COPY_SPELLING_H

#include "copy_direction.h"

/*
 * Of two texts and the passages that they share. Says A_TO_B when a form of a word that a writes
 * throughout stands in b inside the shared words alone, where b itself writes it in another way;
 * the place is that of the form in b. Unknown when nothing or both ways are shown.
 */
copy_direction copy_spelling_direction(const sst_text *a, const sst_text *b,
                                       const sst_passage *passages, uint32_t n);

#endif
