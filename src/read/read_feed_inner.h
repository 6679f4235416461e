/* Shared by the files of the reader of feeds only. */
#ifndef READ_FEED_INNER_H
#define READ_FEED_INNER_H

#include "read_feed.h"
#include "read_inner.h"
#include "read_xml.h"

enum { FEED_DEPTH = 512 };

/* What an element is. */
typedef enum feed_what {
    WHAT_OTHER = 0, /* unknown: its children are looked at, its text is not */
    WHAT_SKIP,      /* with all below it */
    WHAT_CHANNEL,
    WHAT_ITEM,
    WHAT_SOURCE,
    WHAT_TEXT, /* which: read_feed_part */
    WHAT_CONTENT,
    WHAT_VALUE, /* which: read_feed_value */
    WHAT_URL,   /* the same, an address */
    WHAT_LINK,
    WHAT_GUID,
    WHAT_PERSON, /* which: read_feed_role */
    WHAT_TAG,
    WHAT_ENCLOSURE,
    WHAT_NAME, /* of a person */
    WHAT_EMAIL,
    WHAT_HOME
} feed_what;

/* Vocabularies; an element's name means something in some of them only. */
enum {
    SPACE_CORE = 1, /* RSS, RDF, Atom, CDF, and what the root element is in */
    SPACE_DC = 2,   /* Dublin Core, both sets */
    SPACE_CONTENT = 4,
    SPACE_XHTML = 8,
    SPACE_ITUNES = 16,
    SPACE_WFW = 32,
    SPACE_OTHER = 64
};

typedef struct feed_element {
    uint8_t what, which;
} feed_element;

/* An open element. */
typedef struct feed_frame {
    feed_element e;
    sst_str lang, base;
} feed_frame;

typedef struct feed {
    const sst_reader *r;
    sst_str name;
    read_source *source;
    sst_buf decoded; /* of a feed that is not UTF-8: all of it */
    bool is_decoded, decoded_given, mended;
    uint64_t given, mended_at;
    uint32_t items;
    bool not_feed; /* it was said that it is none */
    const char *format;
    sst_str root_uri;
    read_xml x;
    sst_arena outer, item; /* of the feed; of the entry in hand */
    read_feed_meta channel, entry, other;
    read_feed_meta *meta; /* what is being filled: channel, entry or its source */
    bool in_item;
    uint64_t item_at, item_line, last_line;
    uint32_t same; /* entries that began on one line */
    uint32_t item_depth;
    bool too_large;
    feed_frame frame[FEED_DEPTH + 1];
    /* The text being gathered. */
    sst_buf text, scratch;
    uint32_t text_depth; /* 0: none */
    feed_element text_of;
    read_feed_text form; /* its type, language, base */
    bool base64, escaped, markup, empty_tag, xhtml;
    read_feed_person person;
    read_feed_link link;
    read_feed_tag tag;
} feed;

/* read_feed_element.c */
feed_element feed_element_of(const feed *f, uint8_t *space);

/* read_feed_item.c */
bool feed_is_atom(const feed *f);
void feed_open_element(feed *f, sst_status *status);
void feed_close_element(feed *f, sst_status *status);
void feed_add_text(feed *f);

/* read_feed_give.c */
sst_status feed_give(feed *f); /* the entry in hand to the reader's function */

/* read_feed_text.c */
bool feed_looks_html(sst_str s);
/* Markup -> one line of text. */
sst_str feed_plain(sst_arena *arena, sst_buf *scratch, sst_str html);
sst_str feed_line(sst_arena *arena, sst_buf *scratch, sst_str text);
/* Appends markup with its addresses resolved against base. */
void feed_resolve(sst_arena *arena, sst_str html, sst_str base, sst_buf *out);
bool feed_is_address(sst_str attribute);
void feed_escape(sst_str s, bool quotes, sst_buf *out);
bool feed_is_void(sst_str name);
/* False when it is no base64; *out holds nothing new then. */
bool feed_base64(sst_str s, sst_buf *out);
/* "Name (a@b)", "a@b (Name)", "Name <a@b>", "a@b". */
read_feed_person feed_person_of(sst_arena *arena, sst_str s);
/* "en_US" -> "en-US". */
sst_str feed_language(sst_arena *arena, sst_str s);

/* read_feed_json.c: JSON Feed 1 and 1.1. */
sst_status feed_read_json(feed *f, sst_str bytes);

#endif
