/* What read_xml.c and read_xml_section.c share: the window on the bytes. */
#ifndef READ_XML_INNER_H
#define READ_XML_INNER_H

#include "read_xml.h"

enum { READ_XML_PIECE = 32 * 1024 }; /* bytes of text in one event */

/* The bytes at hand, from x->here on. */
static inline sst_str read_xml_rest(const read_xml *x)
{
    return (sst_str){x->in.p ? x->in.p + x->here : "", x->in.n - x->here};
}

/* Are there n more bytes? Those that are there stay at x->here, which may move. */
bool read_xml_need(read_xml *x, size_t n);
/* Goes on n bytes, which are there. */
void read_xml_pass(read_xml *x, size_t n);
/* Keeps the first thing that was wrong: what is a literal. */
void read_xml_problem(read_xml *x, const char *what, sst_str name);
/* Line ends become "\n", control characters go (XML has none of them). */
void read_xml_clean(sst_str s, sst_buf *out);
/* The event of x->piece. */
read_xml_event read_xml_give_text(read_xml *x);

/* read_xml_section.c. In a CDATA section: text of it, and whether it is over. */
read_xml_event read_xml_cdata(read_xml *x);
/* Passes over everything up to and with `what`. */
void read_xml_pass_behind(read_xml *x, const char *what);
/* Behind "<!DOCTYPE": up to its end. */
void read_xml_document_type(read_xml *x);

#endif
