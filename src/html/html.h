/*
 * HTML by the standard (WHATWG, section 13.2): the bytes of a page -> a compact tree.
 *
 *   html_doc d;
 *   html_init(&d);
 *   status = html_parse(&d, utf8, NULL);      d.node[0 .. d.node_n) is the tree, at a limit too
 *   for (uint32_t i = 0; i < d.node_n; i++)   every node in document order
 *   html_release(&d);
 *
 *   node   0 document | 1 doctype | 2 <html> | 3 <head> | 4 <title> | 5 "text" | 6 <body> | ...
 *          parent, next, first and prev are indices into the same array, 0 when there is none
 *   attr   id="a" | class="b" | href="c" | ...     an element names a run of them (at, n)
 *   slice  at, n: bytes of the input; with the top bit of `at` set, of d.decoded: text in which
 *          something had to be replaced (a character reference, a NUL, upper case in a name)
 *
 * Array order is document order: nodes are made in that order, and when the standard moves some
 * (foster parenting, adoption agency) one linear pass at the end puts all in order again and joins
 * neighbouring text. The first child of a node is therefore the node behind it.
 *
 * Slices are offsets into the input after newlines were normalised (13.2.3.5): d.input, which is
 * the caller's bytes when they hold no CR. The input must stay while the document is read.
 *
 * Limits end the parsing with SST_ERR_LIMIT (SST_ERR_STOPPED when the caller's function said stop);
 * d.limit says which, the tree holds what was read.
 * A document may be parsed into again and again: memory is kept. One thread at a time.
 */
#ifndef HTML_H
#define HTML_H

#include "base_buf.h"
#include "base_str.h"
#include "html_name.h"

#define HTML_DECODED 0x80000000u /* in slice.at: of d.decoded */

typedef struct html_slice {
    uint32_t at, n;
} html_slice;

typedef enum html_kind {
    HTML_DOCUMENT = 0,
    HTML_DOCTYPE, /* name; the run of attributes holds the public and the system identifier */
    HTML_ELEMENT,
    HTML_TEXT,
    HTML_COMMENT,
    HTML_CONTENT /* what a template element holds: its one child */
} html_kind;

typedef enum html_space { HTML_NS_HTML = 0, HTML_NS_SVG, HTML_NS_MATH } html_space;

/* 32 bytes, two in a cache line. */
typedef struct html_node {
    uint32_t parent, first, next;
    uint32_t prev;      /* of a first child: the last one */
    uint32_t name : 24; /* elements and doctypes */
    uint32_t kind : 3;  /* html_kind */
    uint32_t space : 2; /* html_space */
    uint32_t marks : 3; /* HTML_MARK_ */
    uint32_t at, n;     /* text, comment: a slice. Element, doctype: first attribute, how many */
    uint32_t begin;     /* where the tag or text began in the input */
} html_node;

/* An HTML integration point: annotation-xml with such an encoding. */
#define HTML_MARK_INTEGRATION 1u

typedef enum html_prefix {
    HTML_PREFIX_NONE = 0,
    HTML_PREFIX_XLINK,
    HTML_PREFIX_XML,
    HTML_PREFIX_XMLNS
} html_prefix;

typedef struct html_attr {
    uint32_t name : 24;  /* with the prefix: xlink:href */
    uint32_t prefix : 8; /* html_prefix: the attribute is in that namespace */
    html_slice value;
} html_attr;

typedef struct html_limits {
    uint32_t bytes;      /* of the input; at most and by default HTML_MAX_BYTES */
    uint32_t nodes;      /* HTML_MAX_NODES */
    uint32_t depth;      /* of open elements; HTML_MAX_DEPTH */
    uint32_t attributes; /* of one tag; HTML_MAX_ATTRIBUTES */
    /* Asked now and then, at the first token first: true ends the parsing. A limit of time is a
     * function that looks at a clock; the parser has none. NULL: never asked. */
    bool (*stop)(void *user);
    void *stop_user;
} html_limits;

#define HTML_MAX_BYTES 0x7FFFFFFFu    /* what a slice can name */
#define HTML_MAX_NODES 0x00FFFFFFu    /* 512 MiB of nodes; and few a byte read, see html_tree.h */
#define HTML_MAX_DEPTH 512u           /* what browsers end at */
#define HTML_MAX_ATTRIBUTES 0xFFFFFFu /* as many as there may be names */

typedef enum html_limit {
    HTML_WITHIN = 0,
    HTML_LIMIT_BYTES,
    HTML_LIMIT_NODES,
    HTML_LIMIT_DEPTH,
    HTML_LIMIT_ATTRIBUTES,
    HTML_LIMIT_NAMES,  /* more different names than 24 bits tell apart */
    HTML_LIMIT_STOPPED /* the stop function said so: the status is SST_ERR_STOPPED */
} html_limit;

/* "nested too deeply" and so on: what was too much, for a message. */
const char *html_limit_text(html_limit limit);

/* The names of a document: the known ones and those that came. */
typedef struct html_name_row {
    uint32_t at, n; /* of text */
    uint64_t key;   /* of up to 8 bytes: the bytes; of longer ones a hash */
} html_name_row;

typedef struct html_names {
    html_name_row *row; /* by name */
    uint32_t *place;    /* open addressing; 0: free */
    uint32_t n, mask, shift;
    sst_buf rows, places, text;
} html_names;

typedef struct html_doc {
    sst_str input; /* with normalised newlines */
    html_node *node;
    html_attr *attr;
    uint32_t node_n, attr_n;
    uint32_t html, head, body; /* these elements, 0 when there are none */
    uint8_t quirks;            /* 0 no, 1 limited, 2 quirks mode: 13.2.6.4.1 */
    uint8_t scripting;         /* set before parsing: noscript holds raw text */
    html_limit limit;
    uint32_t read_to; /* offset that was read to */
    sst_buf decoded;
    html_names names;
    sst_buf nodes, attrs, lines, work; /* memory behind the above */
} html_doc;

void html_init(html_doc *d);
void html_release(html_doc *d);

/* Parses UTF-8 (bytes that are not are passed on). limits NULL or 0 in a field: the defaults. */
sst_status html_parse(html_doc *d, sst_str utf8, const html_limits *limits) SST_MUST_CHECK;

/* The same in pieces of any size; what is fed is copied. The tree is there after html_feed_end. */
typedef struct html_parser html_parser;
sst_status html_feed_begin(html_doc *d, const html_limits *limits,
                           html_parser **out) SST_MUST_CHECK;
sst_status html_feed(html_parser *p, sst_str piece) SST_MUST_CHECK;
sst_status html_feed_end(html_parser *p) SST_MUST_CHECK; /* p is gone, whatever is returned */

/* ------------------------------------------------------------------------------------- reading */

static inline sst_str html_text(const html_doc *d, html_slice s)
{
    const char *base = s.at & HTML_DECODED ? d->decoded.p : d->input.p;
    return (sst_str){s.n ? base + (s.at & ~HTML_DECODED) : "", s.n};
}

/* The text of a text or comment node. */
static inline sst_str html_node_text(const html_doc *d, uint32_t i)
{
    return html_text(d, (html_slice){d->node[i].at, d->node[i].n});
}

static inline sst_str html_name(const html_doc *d, uint32_t name)
{
    const html_name_row *r = &d->names.row[name];
    return (sst_str){d->names.text.p + r->at, r->n};
}

static inline bool html_is(const html_doc *d, uint32_t i, html_known name)
{
    const html_node *n = &d->node[i];
    return n->kind == HTML_ELEMENT && n->space == HTML_NS_HTML && n->name == (uint32_t)name;
}

/* The next node in document order below top (0: the whole document); with skip, not those below i.
 * 0 at the end. */
uint32_t html_next(const html_doc *d, uint32_t i, uint32_t top, bool skip);
/* The first node behind i and all below it, d->node_n at the end. */
uint32_t html_behind(const html_doc *d, uint32_t i);
/* The nearest ancestor that is this HTML element, or 0. */
uint32_t html_ancestor(const html_doc *d, uint32_t i, html_known name);
/* An attribute by name; NULL when the element has none. */
const html_attr *html_attribute(const html_doc *d, uint32_t i, html_known name);
/* Its value, empty when there is none. */
sst_str html_value(const html_doc *d, uint32_t i, html_known name);

/*
 * Appends the text below a node as it would be read, by the standard's innerText (HTML 3.2.7) with
 * the styles of its rendering section (15.3): runs of white space are one space, none at the ends
 * of lines; a line break for <br> and around blocks, an empty line around paragraphs, a tab between
 * cells; elements that are not shown are left out (scripts, styles, templates, [hidden] and so on);
 * <pre> and <textarea> keep their white space.
 */
void html_visible_text(const html_doc *d, uint32_t top, sst_buf *out);

/* The tree in the notation of the html5lib tests. */
void html_write_tree(const html_doc *d, sst_buf *out);

/* The same in parts, as a deep tree is much longer than its page: each call appends the next nodes
 * until *out holds `most` bytes. Begins with {0, 0}; false when that was all. */
typedef struct html_writing {
    uint32_t before, depth; /* the node that was written last, and its depth */
} html_writing;
bool html_write_some(const html_doc *d, html_writing *w, size_t most, sst_buf *out);

/*
 * Parses, and writes the tokens in the notation of the html5lib tests, one a line, neighbouring
 * text as one: ["StartTag","p",{"id":"x"}]. places: before each its begin and end in the input.
 * SST_ERR_STOPPED when the sink said stop.
 */
sst_status html_write_tokens(html_doc *d, sst_str utf8, const html_limits *limits, bool places,
                             sst_sink_fn sink, void *user) SST_MUST_CHECK;

/* ------------------------------------------------------------------------ encoding 13.2.3 */

typedef enum html_sure {
    HTML_GUESSED = 0, /* by what the bytes look like */
    HTML_DECLARED,    /* by the meta prescan */
    HTML_TOLD,        /* by the HTTP header */
    HTML_MARKED       /* by a byte-order mark */
} html_sure;

/*
 * The encoding of a page: byte-order mark, then the charset of the HTTP header (empty: none), then
 * the prescan of the first 1,024 bytes (13.2.3.2), then UTF-8 when the bytes are that, then ICU's
 * detection where it is sure, then windows-1252. Returns the Encoding standard's name; never NULL.
 * *mark_n is the length of the byte-order mark.
 */
const char *html_encoding(sst_str bytes, sst_str http_charset, html_sure *sure, size_t *mark_n);

/* What was declared, and what the bytes are read as. Names of the Encoding standard. */
typedef struct html_charset {
    const char *declared; /* by mark, HTTP or meta; NULL: by nothing that the standard knows */
    const char *used;
    html_sure sure; /* of the declared one */
} html_charset;

/*
 * A page's bytes as valid UTF-8. Beyond html_encoding, a declaration that the bytes refute is not
 * followed: bytes that are UTF-8 are read as that; bytes that mostly are, too, the stray ones as
 * windows-1252; and what is said to be UTF-8 or UTF-16 and is not, as if nothing were said.
 * A mark is always believed.
 */
sst_status html_decode_page(sst_str bytes, sst_str http_charset, html_charset *charset,
                            sst_buf *out) SST_MUST_CHECK;
/* The same; *text is the bytes themselves where they are UTF-8 already, else what was added to out.
 */
sst_status html_page_text(sst_str bytes, sst_str http_charset, html_charset *charset, sst_buf *out,
                          sst_str *text) SST_MUST_CHECK;

/* The name of the encoding that has this label, or NULL. */
const char *html_encoding_of_label(sst_str label);
/* Decodes (without the mark) into valid UTF-8; what is no character becomes U+FFFD. */
sst_status html_decode(const char *encoding, sst_str bytes, sst_buf *out) SST_MUST_CHECK;

#endif
