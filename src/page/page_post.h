/*
 * page_post: a post of a social network that stands in a text as a line: "WORDS — NAME (@handle)
 * DATE", as pages that embed posts leave it.
 */
#ifndef PAGE_POST_H
#define PAGE_POST_H

#include <stdbool.h>

#include "base_str.h"

/* Bytes of the line. words: without links at their end. */
typedef struct page_post {
    sst_span words, name, handle;
    bool points; /* words that end as a headline does, and a link: it points to a page */
} page_post;

/* Reads a line that ends as a post; false when it does not. */
bool page_post_read(sst_str line, page_post *out);

/* Is the post an outlet's pointer to its own work: a headline with a link, or posted by the outlet
 * of the article, by its name or the host of its address (either may be empty)? */
bool page_post_is_own(sst_str line, const page_post *post, sst_str outlet, sst_str url);

#endif
