/*
 * Tags that would cost the parser more than they are worth, cut to a bounded size before it reads
 * them.
 */
#ifndef PAGE_TAGS_H
#define PAGE_TAGS_H

#include "base_buf.h"

enum {
    /*
     * Attributes that one tag keeps. Parsers look for an attribute among all those before it in the
     * tag, which is quadratic in their number; browsers' own pages stay far below this (the largest
     * tags of news pages carry some tens).
     */
    PAGE_TAG_ATTRIBUTES = 256
};

/*
 * In place: of every tag with more attributes, the rest up to its ">" becomes spaces. Text,
 * comments, and the content of script and style are left as they are. One pass.
 */
void page_tags_cut(sst_buf *html);

#endif
