/* Parts of the reading of pages, shared by page_html.c, page_meta.c and page_main.c. */
#ifndef PAGE_HTML_H
#define PAGE_HTML_H

#include "page_dom.h"
#include "page_inner.h"

/* Title, outlet, address, authors, dates and language: fills what the container did not say. */
sst_status page_meta(sst_article *a, const sst_document *d, page_node *root);

/* The article's text and blocks. */
sst_status page_main(sst_article *a, page_node *root);

/* The text that stands in the page's data for scripts, when the page shows little or none of it. */
sst_status page_data(sst_article *a, const page_node *root, const atomic_int *stop);

/* Is it the article, a part of it, or a wall? Told when the text is there. */
void page_access(sst_article *a);

/* Are letters and digits the same, without case? */
bool page_same_letters(sst_str a, sst_str b);

/* Text below a node on one line: white space collapsed, trimmed, at most `most` bytes. */
sst_str page_flat_text(sst_arena *arena, const page_node *node, size_t most);

/* Appends text with runs of white space as one space, none at the beginning or behind *from. */
void page_add_flat(sst_buf *out, size_t from, sst_str s);

#endif
