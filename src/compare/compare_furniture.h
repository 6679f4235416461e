/*
 * Sentences of running text that a line of a page has run into: captions, links, posts. They say
 * something, but nobody knows where it ends, so they are neither facts nor news.
 */
#ifndef COMPARE_FURNITURE_H
#define COMPARE_FURNITURE_H

#include "text.h"

/* Tokens [begin, end) of a text, one sentence. Linear in them. */
bool compare_is_furniture(const sst_text *t, uint32_t begin, uint32_t end);

#endif
