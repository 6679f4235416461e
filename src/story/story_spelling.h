/*
 * Names in two spellings: slips of a letter, transliterations, accents, hyphens.
 */
#ifndef STORY_SPELLING_H
#define STORY_SPELLING_H

#include "base_str.h"

/* At most one letter put in, left out or changed, in words of four letters and more that begin
 * alike. Bytes are compared. */
bool story_slip(sst_str a, sst_str b);

/*
 * The sound of a word as other alphabets are written in Latin letters: no vowels, no doubled
 * letters, one letter for those that stand for one sound (Mohamed, Muhammad; Zelensky, Zelenskiy;
 * Gaddafi, Qadhafi). letters: how many are left.
 */
uint64_t story_sound(sst_str s, uint32_t *letters);

/* One word in two transliterations? Carla and Carlo are two: an end in a, e, o or u must agree. */
bool story_sounds_alike(sst_str a, sst_str b);

/* A short form of a given name that is its beginning (Phil, Philip; Dan, Daniel): two letters less
 * at least, as Carl is no short form of Carla. */
bool story_short_given(sst_str a, sst_str b);

/*
 * Is one form of a name the other one in another spelling: with other accents, with a hyphen or a
 * blank more (Allan Jones, Allan-Jones), or word for word the same but for slips and
 * transliterations (Indre, Indra)? A fuller form, an initial, an acronym, a plural, an adjective
 * (Varria, Varrian), capitals and stops are none.
 */
bool story_spelt_otherwise(sst_str a, sst_str b);

#endif
