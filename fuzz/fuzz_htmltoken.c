/*
 * Entry: the bytes are a page for the HTML tokenizer alone. In front of it stand
 *
 *   byte 0   bits 0-2 the state it begins in, 3 the content is foreign (CDATA sections), 4 ask only
 *            when enough waits, 5-6 the start tag that came last
 *   byte 1   how many lengths follow (modulo 32); the page is cut in pieces of these lengths, again
 *            and again; none: byte by byte
 *
 * Pieces have to give the tokens of the whole, at the same offsets; tokens follow each other and
 * lie inside the input, as do their slices. Each piece is a block of memory of exactly what is
 * there so far, and the one before is gone: what reads on, or keeps an address, is seen.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html_token.h"

#define HOLDS(what)                                                                                \
    do {                                                                                           \
        if (!(what)) {                                                                             \
            fprintf(stderr, "does not hold: %s (line %d)\n", #what, __LINE__);                     \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

typedef struct setting {
    html_state state;
    const char *last;
    bool cdata, patient;
    const uint8_t *length;
    size_t length_n;
} setting;

/* Tokens as lines, text joined. */
typedef struct shown {
    sst_buf out, text;
    uint32_t text_begin, text_end, last_end;
} shown;

static void flush(shown *s)
{
    if (s->text.n) {
        buf_printf(&s->out, "%u-%u text ", s->text_begin, s->text_end);
        buf_add(&s->out, s->text.p, s->text.n);
        buf_byte(&s->out, '\n');
    }
    buf_clear(&s->text);
}

static void show_slice(shown *s, const html_doc *d, html_slice x)
{
    size_t size = x.at & HTML_DECODED ? d->decoded.n : d->input.n;
    HOLDS((uint64_t)(x.at & ~HTML_DECODED) + x.n <= size);
    buf_printf(&s->out, " %u:", x.n);
    buf_str(&s->out, html_text(d, x));
}

static void show(shown *s, const html_doc *d, const html_token *t)
{
    HOLDS(t->begin >= s->last_end && t->begin < t->end && t->end <= d->input.n);
    s->last_end = t->end;
    if (t->kind == HTML_TOKEN_TEXT) {
        if (!s->text.n)
            s->text_begin = t->begin;
        s->text_end = t->end;
        HOLDS(t->code_n <= sizeof t->code && (t->code_n || t->text.n));
        if (t->code_n) {
            buf_add(&s->text, t->code, t->code_n);
        } else { /* text is never decoded before the tree sees it */
            HOLDS(t->text.at == t->begin && t->text.at + t->text.n == t->end);
            buf_str(&s->text, html_text(d, t->text));
        }
        return;
    }
    flush(s);
    buf_printf(&s->out, "%u-%u kind %d", t->begin, t->end, (int)t->kind);
    if (t->kind == HTML_TOKEN_START || t->kind == HTML_TOKEN_CLOSE) {
        HOLDS(t->name && t->name < d->names.n);
        buf_byte(&s->out, ' ');
        buf_str(&s->out, html_name(d, t->name));
    }
    if (t->kind == HTML_TOKEN_START) {
        HOLDS(t->attr + t->attr_n == d->attr_n);
        buf_z(&s->out, t->closes_self ? "/" : "");
        for (uint32_t k = 0; k < t->attr_n; k++) {
            buf_byte(&s->out, ' ');
            buf_str(&s->out, html_name(d, d->attr[t->attr + k].name));
            show_slice(s, d, d->attr[t->attr + k].value);
        }
    } else if (t->kind == HTML_TOKEN_COMMENT) {
        show_slice(s, d, t->text);
    } else if (t->kind == HTML_TOKEN_DOCTYPE) {
        buf_printf(&s->out, " %d%d%d ", t->has_public, t->has_system, t->force_quirks);
        if (t->name)
            buf_str(&s->out, html_name(d, t->name));
        show_slice(s, d, t->has_public ? t->text : (html_slice){0, 0});
        show_slice(s, d, t->has_system ? t->system : (html_slice){0, 0});
    }
    buf_byte(&s->out, '\n');
}

/* What the tree tells the tokenizer behind a start tag. */
static html_state state_behind(const html_token *t, html_state state)
{
    switch (t->kind == HTML_TOKEN_START ? t->name : HTML_NO_NAME) {
    case HTML_script:
        return HTML_STATE_SCRIPT;
    case HTML_style:
    case HTML_xmp:
    case HTML_iframe:
    case HTML_noframes:
        return HTML_STATE_RAWTEXT;
    case HTML_title:
    case HTML_textarea:
        return HTML_STATE_RCDATA;
    case HTML_plaintext:
        return HTML_STATE_PLAINTEXT;
    default:
        return state;
    }
}

/* Makes the first n bytes of the page what is there; the memory of before is freed. */
static void there(html_doc *d, html_tokenizer *t, sst_str page, size_t n, char **memory)
{
    char *fresh = malloc(n ? n : 1);
    HOLDS(fresh);
    if (n)
        memcpy(fresh, page.p, n);
    free(*memory);
    *memory = fresh;
    d->input = (sst_str){fresh, n};
    t->text = fresh;
    t->n = (uint32_t)n;
    t->whole = n == page.n;
}

static void tokens(sst_str page, const setting *how, bool pieces, shown *s)
{
    html_doc d;
    html_tokenizer t;
    char *memory = NULL;
    size_t n = 0, k = 0;
    html_init(&d);
    html_names_clear(&d.names);
    html_token_init(&t, &d);
    t.state = how->state;
    t.cdata = how->cdata;
    t.last_start = html_name_add(&d.names, how->last, (uint32_t)strlen(how->last));
    there(&d, &t, page, pieces ? 0 : page.n, &memory);
    for (;;) {
        html_token token = {0};
        uint32_t pos = t.pos;
        html_token_kind kind = html_token_next(&t, &token);
        if (kind == HTML_TOKEN_MORE) {
            HOLDS(!t.whole && t.wait_n > t.n);
            size_t want = how->patient && t.wait_n < page.n ? t.wait_n : n + 1;
            want = how->patient && t.wait_n >= page.n ? page.n : want;
            while (n < want)
                n += how->length_n ? 1u + how->length[k++ % how->length_n] : 1u;
            n = n < page.n ? n : page.n;
            there(&d, &t, page, n, &memory);
            continue;
        }
        HOLDS(kind != HTML_TOKEN_FAIL && kind == token.kind && token.begin >= pos);
        if (kind == HTML_TOKEN_END)
            break;
        show(s, &d, &token);
        t.state = state_behind(&token, t.state);
        if (token.kind == HTML_TOKEN_START)
            d.attr_n = token.attr; /* as when the tree does not keep them */
    }
    HOLDS(t.whole && t.pos == t.n);
    flush(s);
    HOLDS(!s->out.failed && !s->text.failed && !d.decoded.failed);
    html_token_release(&t);
    html_release(&d);
    free(memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const char *const last[] = {"title", "style", "script", "textarea"};
    if (n < 2 || (size_t)2 + bytes[1] % 32 > n)
        return 0;
    setting how = {
        .state = (html_state)((bytes[0] & 7u) % 6u),
        .last = last[bytes[0] >> 5 & 3],
        .cdata = (bytes[0] & 8) != 0,
        .patient = (bytes[0] & 16) != 0,
        .length = bytes + 2,
        .length_n = bytes[1] % 32,
    };
    size_t from = 2 + how.length_n;
    sst_str page = {(const char *)bytes + from, n - from};
    shown one = {0}, two = {0};
    buf_init(&one.out, 0);
    buf_init(&one.text, 0);
    buf_init(&two.out, 0);
    buf_init(&two.text, 0);
    tokens(page, &how, false, &one);
    tokens(page, &how, true, &two);
    if (one.out.n != two.out.n || (one.out.n && memcmp(one.out.p, two.out.p, one.out.n) != 0)) {
        fprintf(stderr, "whole:\n%.*s\npieces:\n%.*s\n", (int)one.out.n, one.out.p, (int)two.out.n,
                two.out.p);
        abort();
    }
    buf_release(&one.out);
    buf_release(&one.text);
    buf_release(&two.out);
    buf_release(&two.text);
    return 0;
}
