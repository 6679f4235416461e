/*
 * What the parts of the tree builder share (HTML standard 13.2.4 and 13.2.6).
 *
 *   open         html | body | div | p          the stack of open elements, current node last
 *   formatting   marker | b | a                 the list of active formatting elements
 *   templates    in template | in table         the stack of template insertion modes
 *
 * A rule function gets the token in b->tok and returns true when the token is to be handled once
 * more (in the mode that b->mode now is).
 */
#ifndef HTML_TREE_H
#define HTML_TREE_H

#include "html_token.h"

/*
 * More active formatting elements than this behind the last marker: the oldest is forgotten. Each
 * paragraph would open all of them anew. The standard keeps three of a kind; pages have less
 * than 20.
 */
#define HTML_FORMATTING_MOST 64u
/*
 * A page may have this many nodes whatever its length, and behind that one for so many bytes read.
 * Of 1,869 saved pages the densest has one for 13 bytes, the largest 27,755; markup in which each
 * node is a tag or a letter of its own has one for two. So memory stays proportional to the input:
 * nodes take 32 bytes, and 4 more where they must be put in order.
 */
#define HTML_NODES_FREE 65536u
#define HTML_BYTES_A_NODE 4u
/* Tokens between two questions whether to stop: at most some milliseconds of work. */
#define HTML_STOP_EVERY 1024u
/* Tags with more attributes than this are the same only when they stand in the same order. */
#define HTML_ARK_ATTRIBUTES 32u

typedef enum html_mode {
    HTML_MODE_INITIAL = 0,
    HTML_MODE_BEFORE_HTML,
    HTML_MODE_BEFORE_HEAD,
    HTML_MODE_IN_HEAD,
    HTML_MODE_IN_HEAD_NOSCRIPT,
    HTML_MODE_AFTER_HEAD,
    HTML_MODE_IN_BODY,
    HTML_MODE_TEXT,
    HTML_MODE_IN_TABLE,
    HTML_MODE_IN_TABLE_TEXT,
    HTML_MODE_IN_CAPTION,
    HTML_MODE_IN_COLUMN_GROUP,
    HTML_MODE_IN_TABLE_BODY,
    HTML_MODE_IN_ROW,
    HTML_MODE_IN_CELL,
    HTML_MODE_IN_TEMPLATE,
    HTML_MODE_AFTER_BODY,
    HTML_MODE_IN_FRAMESET,
    HTML_MODE_AFTER_FRAMESET,
    HTML_MODE_AFTER_AFTER_BODY,
    HTML_MODE_AFTER_AFTER_FRAMESET
} html_mode;

/* Of an open element, beside its name's flags. */
#define HTML_OPEN_FOREIGN 0x10000u
#define HTML_OPEN_MATH_TEXT 0x20000u  /* MathML text integration point */
#define HTML_OPEN_HTML_POINT 0x40000u /* HTML integration point */
#define HTML_FOREIGN_NAME 0x1000000u  /* set in open.name: never equal to a name of HTML */

typedef struct html_open {
    uint32_t node, name, flags;
} html_open;

#define HTML_MARK_OPEN 2u /* node.marks: it is on the stack of open elements */

typedef struct html_builder {
    html_doc *d;
    html_tokenizer t;
    html_token tok;
    html_mode mode, back; /* back: the original insertion mode */
    bool frameset_ok, foster, kept, stop, moved, skip_newline;
    bool space; /* the text token is white space alone */
    uint8_t
        left_body; /* a comment was put behind the body (1) or <html> (2): more is out of order */
    html_limits limits;
    html_watch *watch; /* or NULL */
    uint32_t ask_in;   /* tokens until the stop function is asked again */
    html_open *open;
    uint32_t open_n, p_n; /* p_n: open <p> elements */
    uint32_t *formatting; /* nodes; 0 a marker */
    uint32_t formatting_n;
    uint32_t form;
    uint8_t *templates;
    uint32_t template_n;
    html_slice *pending; /* text in a table */
    uint32_t pending_n;
    bool pending_text;  /* some of it is no white space */
    html_attr *late[2]; /* attributes of further <html> and <body> tags */
    uint32_t late_n[2];
    sst_buf open_memory, formatting_memory, template_memory, pending_memory, late_memory[2];
    sst_buf late_seen[2];
} html_builder;

static inline html_open *html_current(html_builder *b)
{
    return &b->open[b->open_n - 1];
}

static inline bool html_current_is(html_builder *b, uint32_t name)
{
    return b->open_n && html_current(b)->name == name;
}

/* ------------------------------------------------------------------------------------ html_node.c
 */
typedef struct html_place {
    uint32_t parent, before; /* before: 0 at the end */
} html_place;

uint32_t html_node_new(html_builder *b, html_kind kind); /* 0: no room, b->stop */
void html_node_insert(html_builder *b, html_place at, uint32_t node);
void html_node_remove(html_builder *b, uint32_t node);
void html_node_text_in(html_builder *b, html_place at, html_slice s);
/* Puts all nodes in document order and joins neighbouring text. */
sst_status html_node_order(html_builder *b);

/* ----------------------------------------------------------------------------------- html_stack.c
 */
void html_push(html_builder *b, uint32_t node);
void html_pop(html_builder *b);
void html_pop_to(html_builder *b, uint32_t name);   /* this one included */
void html_pop_node(html_builder *b, uint32_t node); /* wherever it is on the stack */
void html_pop_until(html_builder *b, uint32_t n);   /* so many stay */
bool html_in_scope(html_builder *b, uint32_t name);
bool html_in_button_scope(html_builder *b, uint32_t name);
bool html_in_list_scope(html_builder *b, uint32_t name);
bool html_in_table_scope(html_builder *b, uint32_t name);
bool html_heading_in_scope(html_builder *b);
bool html_node_in_scope(html_builder *b, uint32_t node);
bool html_has_open(html_builder *b, uint32_t name);
void html_imply_end(html_builder *b, uint32_t except);
void html_imply_end_all(html_builder *b);
void html_close_p(html_builder *b);                         /* when one is in button scope */
void html_clear_to(html_builder *b, const uint16_t *names); /* until one of these is current */

void html_formatting_push(html_builder *b, uint32_t node);
void html_formatting_mark(html_builder *b);
void html_formatting_clear(html_builder *b);
void html_formatting_rebuild(html_builder *b);
void html_formatting_drop(html_builder *b, uint32_t at);
int64_t html_formatting_find(html_builder *b, uint32_t node);

/* ---------------------------------------------------------------------------------- html_insert.c
 */
html_place html_place_for(html_builder *b, uint32_t target); /* 13.2.6.1 appropriate place */
uint32_t html_insert(html_builder *b, uint32_t name,
                     html_space space);                     /* with the token's attributes */
uint32_t html_insert_plain(html_builder *b, uint32_t name); /* without */
void html_insert_tag(html_builder *b);                      /* the token's HTML element */
void html_insert_void(html_builder *b);                     /* and pops it */
uint32_t html_clone(html_builder *b, uint32_t node);        /* not yet in the tree */
void html_insert_comment(html_builder *b, html_place at);
void html_insert_comment_here(html_builder *b);
void html_insert_text(html_builder *b);
void html_insert_raw(html_builder *b, html_state state); /* 13.2.6.2 */
void html_merge_attributes(html_builder *b, int body);
void html_reset_mode(html_builder *b); /* 13.2.4.1 */
/* Has the token the attribute, with this value (lower case)? */
bool html_token_is(html_builder *b, uint32_t name, const char *value);
bool html_token_has(html_builder *b, uint32_t name);

/* --------------------------------------------------------------------------- rules, by insertion
 * mode */
bool html_rule(html_builder *b, html_mode mode);
bool html_in_initial(html_builder *b);
bool html_in_before_html(html_builder *b);
bool html_in_before_head(html_builder *b);
bool html_in_head(html_builder *b);
bool html_in_head_noscript(html_builder *b);
bool html_in_after_head(html_builder *b);
bool html_in_body(html_builder *b);
bool html_in_body_end(html_builder *b);
bool html_in_text(html_builder *b);
bool html_in_table(html_builder *b);
bool html_in_table_text(html_builder *b);
bool html_in_caption(html_builder *b);
bool html_in_column_group(html_builder *b);
bool html_in_table_body(html_builder *b);
bool html_in_row(html_builder *b);
bool html_in_cell(html_builder *b);
bool html_in_template(html_builder *b);
bool html_in_after_body(html_builder *b);
bool html_in_frameset(html_builder *b);
bool html_in_after_frameset(html_builder *b);
bool html_in_after_after_body(html_builder *b);
bool html_in_after_after_frameset(html_builder *b);
bool html_in_foreign(html_builder *b);
void html_insert_foreign(html_builder *b, html_space space);
/* 13.2.6.4.7, the adoption agency algorithm; false: act as for any other end tag. */
bool html_adopt(html_builder *b, uint32_t name);
void html_any_other_end(html_builder *b);

#endif
