/*
 * The tokenizer: text -> tokens, one at a call (HTML standard 13.2.5).
 *
 * Between calls it stands between two tokens; only what the next token's content is survives: data,
 * escapable raw text, raw text, script, plain text, a CDATA section. Text comes in pieces: a slice
 * of the input, or a few decoded bytes. A token that is not whole is not given: HTML_TOKEN_MORE
 * says that more input is needed, and the next call begins that token again. So that long tokens in
 * small pieces stay linear, the caller asks again only when what waits has doubled
 * (html_token_waits).
 */
#ifndef HTML_TOKEN_H
#define HTML_TOKEN_H

#include "html.h"

typedef enum html_state {
    HTML_STATE_DATA = 0,
    HTML_STATE_RCDATA,
    HTML_STATE_RAWTEXT,
    HTML_STATE_SCRIPT,
    HTML_STATE_PLAINTEXT,
    HTML_STATE_CDATA
} html_state;

typedef enum html_token_kind {
    HTML_TOKEN_END = 0, /* of the file */
    HTML_TOKEN_MORE,
    HTML_TOKEN_TEXT,
    HTML_TOKEN_START,
    HTML_TOKEN_CLOSE, /* an end tag */
    HTML_TOKEN_COMMENT,
    HTML_TOKEN_DOCTYPE,
    HTML_TOKEN_FAIL /* out of memory or at a limit: d->limit */
} html_token_kind;

typedef struct html_token {
    html_token_kind kind;
    uint32_t begin, end; /* in the input */
    uint32_t name;       /* tags, doctypes; 0 for a doctype without name */
    uint32_t attr,
        attr_n; /* in d->attr, at its end: start tags; dropped by the caller when not kept */
    bool closes_self;
    bool has_public, has_system, force_quirks; /* doctypes */
    html_slice text;                           /* text, comments; doctypes: public identifier */
    html_slice system;
    uint8_t code_n; /* text: this many decoded bytes instead of the slice */
    char code[8];
} html_token;

typedef struct html_tokenizer {
    html_doc *d;
    const char *text; /* all that is there so far */
    uint32_t n, pos;
    uint32_t raw_end; /* where the raw text ends that pos stands in; UINT32_MAX: not looked for */
    uint32_t wait_n;  /* wanted before the next try */
    uint32_t attributes; /* limit */
    uint32_t last_start; /* name of the last start tag */
    html_state state;
    bool whole;     /* nothing comes behind text[0..n) */
    bool cdata;     /* the adjusted current node is not HTML: set by the tree before each call */
    uint32_t *seen; /* by name: number of the tag that had it last */
    uint32_t seen_n, tag_n;
    sst_buf seen_memory;
} html_tokenizer;

/* Sees each token before the tree builder does; false ends the parsing. */
typedef struct html_watch html_watch;
struct html_watch {
    bool (*see)(html_watch *watch, const html_doc *d, const html_token *token);
};
sst_status html_parse_watched(html_doc *d, sst_str utf8, const html_limits *limits,
                              html_watch *watch) SST_MUST_CHECK;

void html_token_init(html_tokenizer *t, html_doc *d);
void html_token_release(html_tokenizer *t);
html_token_kind html_token_next(html_tokenizer *t, html_token *out);

/* --------------------------------------------------------------------- parts: html_markup.c etc.
 */
/* "<!", "</x", "<?": from the byte behind "<!" and so on; each returns the token or MORE. */
html_token_kind html_markup_declaration(html_tokenizer *t, html_token *out, uint32_t at);
html_token_kind html_bogus_comment(html_tokenizer *t, html_token *out, uint32_t at);
/* Sets raw_end; false: more is needed. */
bool html_raw_find(html_tokenizer *t);
/* MORE, after noting how much to wait for. */
html_token_kind html_token_wait(html_tokenizer *t);
/* A slice of the input as it is, or with NUL replaced by U+FFFD. */
html_slice html_without_nul(html_tokenizer *t, uint32_t at, uint32_t n);

/*
 * A character reference (13.2.5.72) at p, which is behind the '&'. Writes up to 8 bytes to out and
 * returns how many bytes of the input it took; 0: it is none, the '&' is text. *more: the answer
 * depends on bytes behind end.
 */
uint32_t html_reference(const char *p, const char *end, bool in_attribute, char out[8],
                        uint8_t *out_n, bool *more);

/* html_name.c: the number of a name (upper case is lowered); 0 when there are too many. */
uint32_t html_name_add(html_names *names, const char *p, uint32_t n);
/* The same for a name of at most 8 lower-case bytes in a word. */
uint32_t html_name_key(html_names *names, uint64_t key, uint32_t n);
void html_names_clear(html_names *names);

#endif
