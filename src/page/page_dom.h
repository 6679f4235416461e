/*
 * A page as a tree, whoever parsed it: the narrow seam between the parser (src/html) and what reads
 * pages.
 *
 * A node is an element (tag, name, attributes, children) or text; all live in an arena; depth is
 * bounded, so that walks may not overflow anything.
 */
#ifndef PAGE_DOM_H
#define PAGE_DOM_H

#include <stdatomic.h>

#include "base_arena.h"
#include "base_str.h"
#include "html.h"

typedef enum page_tag {
    TAG_OTHER = 0, /* inline or unknown */
    TAG_TEXT,
    TAG_HTML,
    TAG_HEAD,
    TAG_BODY,
    TAG_TITLE,
    TAG_META,
    TAG_LINK,
    TAG_BASE,
    TAG_SCRIPT,
    TAG_STYLE,
    TAG_TEMPLATE,
    TAG_NOSCRIPT,
    TAG_IFRAME,
    TAG_SVG,
    TAG_FORM,
    TAG_BUTTON,
    TAG_SELECT,
    TAG_INPUT,
    TAG_NAV,
    TAG_HEADER,
    TAG_FOOTER,
    TAG_ASIDE,
    TAG_ARTICLE,
    TAG_MAIN,
    TAG_SECTION,
    TAG_DIV,
    TAG_P,
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_H4,
    TAG_H5,
    TAG_H6,
    TAG_LI,
    TAG_UL,
    TAG_OL,
    TAG_DL,
    TAG_DT,
    TAG_DD,
    TAG_BLOCKQUOTE,
    TAG_PRE,
    TAG_TABLE,
    TAG_TR,
    TAG_TD,
    TAG_FIGURE,
    TAG_FIGCAPTION,
    TAG_BR,
    TAG_HR,
    TAG_A,
    TAG_TIME,
    TAG_ADDRESS,
    TAG_OBJECT,
    TAG_STRONG,
    TAG_EM,
    TAG_N
} page_tag;

typedef struct page_attribute {
    sst_str name, value;
    struct page_attribute *next;
} page_attribute;

typedef struct page_node {
    struct page_node *parent, *first, *last, *next;
    page_attribute *attributes;
    sst_str text; /* of TAG_TEXT; of TAG_OTHER the name when it is one with a hyphen */
    uint8_t tag;  /* page_tag */
    /* For the extraction (page_block.c): */
    struct page_node *block;    /* the block element that it stands in */
    uint8_t drop;               /* never text, with all below it */
    uint8_t soft;               /* structure or class words speak against it, with all below it */
    uint8_t kept, cut;          /* something below was taken; it was left out as a whole */
    uint8_t near_top;           /* 0: not told; 1: in the likely article; n: n - 1 levels outside */
    uint8_t depth;              /* below the root, 255 at most */
    uint32_t in;                /* page_in of it and all above it */
    uint32_t groups;            /* page_class_group bits of its class and id */
    uint32_t weight, link;      /* bytes of its own text, and of these in links */
    uint32_t below, below_link; /* the same with all below it */
    uint32_t score;             /* bytes of prose below */
    uint32_t order;             /* its place among the nodes that may be text */
} page_node;

/*
 * Parses UTF-8. *root is never NULL on SST_OK. Markup beyond a limit (deeper than depth, and so on)
 * ends the parsing; *limit tells. SST_ERR_STOPPED soon after *stop is no longer 0; stop may be
 * NULL. Nodes live in the arena; names and text are those of doc and of html, which have to stay
 * as long as the tree is read. doc is an initialised one of the caller's, for one page or many.
 */
sst_status page_dom_parse(sst_arena *arena, html_doc *doc, sst_str html, uint32_t depth,
                          const atomic_int *stop, page_node **root,
                          html_limit *limit) SST_MUST_CHECK;

/* The value of an attribute, empty when it is not there. */
sst_str page_dom_attribute(const page_node *node, const char *name);

/* The node behind this one in document order, below top; children are left out when skip. NULL at
 * the end. */
page_node *page_dom_next(const page_node *node, const page_node *top, bool skip);

#endif
