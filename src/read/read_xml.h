/*
 * XML as it comes: bytes in pieces -> tags and text, one after another. For feeds, which are broken
 * more often than other XML, so everything is read and nothing refused:
 *
 *   <a x="1">b &amp; c<d/></a>   ->   OPEN a (x=1)   TEXT "b & c"   OPEN d   CLOSE d   CLOSE a
 *
 * An end tag closes the nearest element of its name and what is open inside it, or is passed over;
 * "&" and "<" that begin nothing are text; names of HTML's character references are known. A
 * document type is passed over, except for entities whose value is a few plain characters, so no
 * entity can grow and nothing outside is ever opened. Memory: one tag, one piece of text, the names
 * of the open elements. Time is linear. Method and reasons: docs/decisions/0022-feeds.md.
 */
#ifndef READ_XML_H
#define READ_XML_H

#include "base_arena.h"
#include "base_buf.h"
#include "base_str.h"

typedef enum read_xml_event { XML_DONE = 0, XML_OPEN, XML_CLOSE, XML_TEXT } read_xml_event;

typedef struct read_xml_attr {
    sst_str prefix, name, value;
} read_xml_attr;

/* Appends more bytes in UTF-8 to *to; *end when there are no more. */
typedef sst_status (*read_xml_fill)(void *user, sst_buf *to, bool *end);

typedef struct read_xml_element {
    uint32_t name_at, name_n; /* in names: as written, with the prefix */
    uint32_t binding_n;       /* name spaces that were bound before it */
} read_xml_element;

typedef struct read_xml_binding {
    uint32_t prefix_at, prefix_n, uri_at, uri_n; /* in names */
} read_xml_binding;

typedef struct read_xml_entity {
    sst_str name, text;
} read_xml_entity;

typedef struct read_xml {
    read_xml_fill fill;
    void *user;
    uint32_t depth_most;
    size_t text_most; /* bytes of one tag; text comes in pieces anyway */
    /* The event in hand. */
    sst_str prefix, name; /* OPEN, CLOSE: name without the prefix */
    sst_str uri;          /* OPEN: the name space; the prefix itself when it was not bound */
    const read_xml_attr *attr;
    uint32_t attr_n;
    sst_str text;
    uint64_t at, line; /* where it begins, in bytes and lines from 1 */
    uint32_t depth;    /* open elements, with the one of OPEN and of CLOSE */
    /* The first thing that was wrong. */
    const char *problem; /* or NULL */
    char problem_name[64];
    uint64_t problem_at, problem_line;
    bool too_deep; /* something was nested deeper than depth_most */
    sst_status failed;
    /* Inside. */
    sst_buf in, piece, names, decl;
    size_t here; /* in `in` */
    uint64_t base, line_here;
    uint64_t cdata_sure; /* up to here end tags in the CDATA section were found to be its text */
    bool end, cdata, opened_empty;
    uint32_t open_n, closing, below; /* below: elements beyond depth_most */
    sst_arena tag, doc;
    SST_VEC(read_xml_attr) attrs;
    SST_VEC(read_xml_element) open;
    SST_VEC(read_xml_binding) bindings;
    SST_VEC(read_xml_entity) entities;
} read_xml;

/* depth: elements nested deeper are passed over, their text is kept; text_most: of one tag. */
void read_xml_init(read_xml *x, read_xml_fill fill, void *user, uint32_t depth, size_t text_most);
void read_xml_release(read_xml *x);

/* The next event; XML_DONE at the end or after a failure (x->failed). What it gives is valid until
 * the next call. */
read_xml_event read_xml_next(read_xml *x);

/* An attribute's value by prefix (empty: none) and name, letters without case; empty when there is
 * none. */
sst_str read_xml_value(const read_xml *x, const char *prefix, const char *name);

#endif
