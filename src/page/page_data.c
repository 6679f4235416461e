/*
 * The article in the data that a page hands to its scripts: pages that browsers put together show
 * no text, or its beginning, and carry the whole in JSON. In: script elements of a page whose
 * visible text is short or none. Out: the article's text, when the data holds it. Method: the data
 * is written as a page, so that it is judged as pages are: objects and lists become elements whose
 * classes are the names of their fields, strings become paragraphs (parts that begin or end with a
 * space in one list are one paragraph), markup in strings stays markup, JSON in strings is read as
 * JSON. The page must agree: the smallest box of several paragraphs around what it shows is the
 * article's, and is taken when it holds twice as much; when it shows nothing, the box whose
 * paragraphs hold most words of its title. Linear.
 */
#include <string.h>

#include "base_buf.h"
#include "base_utf8.h"
#include "page_block.h"
#include "page_html.h"
#include "page_note.h"

enum {
    SHORT_BYTES = 1000,     /* of visible text: what is longer is an article */
    SCRIPT_BYTES = 8 << 20, /* of scripts that are read */
    PAGE_BYTES = 16 << 20,  /* of the page that is made of them */
    PARAGRAPH_BYTES = 20,   /* shorter strings are labels, but beside strings of the same name */
    KEY_BYTES = 40,         /* longer names are data */
    NESTED = 2,             /* JSON in a string in a string */
    DEPTH = 100,            /* deeper objects stand in their container */
    PROBE_LEAST = 60,       /* bytes of a visible paragraph that is looked for */
    PROBE_RUN = 32,         /* of it, that every way of writing strings leaves as they are */
    REPORT_BYTES = 700,     /* of a text that nothing visible bears out: as in page_none.c */
    WORD_LEAST = 4,         /* bytes of a word that tells of a subject */
    TITLE_PART = 3,         /* one in so many words of the title must stand in the text */
    PARAGRAPH_LEVELS = 4,   /* of elements around the text of a paragraph */
    PARAGRAPH_LEAST = 40,   /* bytes of a paragraph that counts */
    PARAGRAPHS = 2,         /* of the smallest box: the next around one paragraph */
    CLIMB = 8,   /* boxes around a part of a paragraph: object, list, paragraph, list, body */
    VISIBLE = 2, /* paragraphs that such a page shows at most: its beginning */
    PLACES = 8   /* that hold the probe and are looked at */
};

typedef struct maker {
    sst_buf page;    /* what was made */
    sst_buf pending; /* a paragraph that may go on */
    sst_buf moves;   /* elements that began and ended behind it */
    sst_str key, pending_key;
    sst_arena kept;             /* data inside strings of data: keys stand in it */
    uint32_t depth, first, low; /* of the pending paragraph's first part; reached since the last */
} maker;

static void flush(maker *m)
{
    if (m->pending.n) {
        buf_z(&m->page, "<p>");
        for (size_t i = 0; i < m->pending.n; i++) {
            char c = m->pending.p[i];
            if (c == '\n')
                buf_z(&m->page, "</p><p>");
            else if (c == '<')
                buf_z(&m->page, "&lt;");
            else if (c == '&')
                buf_z(&m->page, "&amp;");
            else
                buf_byte(&m->page, c);
        }
        buf_z(&m->page, "</p>");
    }
    buf_add(&m->page, m->moves.p, m->moves.n);
    buf_clear(&m->pending);
    buf_clear(&m->moves);
}

static void open_box(sst_buf *to, sst_str key)
{
    buf_z(to, "<div class=\"");
    for (size_t i = 0; i < key.n && key.n <= KEY_BYTES; i++)
        if (byte_is_alpha((unsigned char)key.p[i]) || byte_is_digit((unsigned char)key.p[i]) ||
            key.p[i] == '_' || key.p[i] == '-')
            buf_byte(to, key.p[i]);
    buf_z(to, "\">");
}

static int hex4(sst_str s, size_t at)
{
    int v = 0;
    for (size_t k = at; k < at + 4; k++) {
        char h = k < s.n ? s.p[k] : 'x';
        int d = h >= '0' && h <= '9'                 ? h - '0'
                : (h | 32) >= 'a' && (h | 32) <= 'f' ? (h | 32) - 'a' + 10
                                                     : -1;
        if (d < 0)
            return -1;
        v = v * 16 + d;
    }
    return v;
}

/* What a string of JSON or JavaScript says. */
static void unescape(sst_str s, sst_buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\\' || i + 1 == s.n) {
            buf_byte(out, s.p[i]);
            continue;
        }
        char c = s.p[++i];
        int u = c == 'u' ? hex4(s, i + 1) : -1;
        if (u >= 0) {
            i += 4;
            uint32_t code = (uint32_t)u;
            int low = code >= 0xD800 && code < 0xDC00 && i + 2 < s.n && s.p[i + 1] == '\\' &&
                              s.p[i + 2] == 'u'
                          ? hex4(s, i + 3)
                          : -1;
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
                i += 6;
            }
            char b[4];
            if (code == 0 || (code >= 0xD800 && code < 0xE000))
                code = ' ';
            buf_add(out, b, (size_t)utf8_write(b, code));
        } else
            buf_byte(out, c == 'n' ? '\n' : c == 't' || c == 'r' || c == 'b' || c == 'f' ? ' ' : c);
    }
}

static bool has(sst_str s, const char *z)
{
    return str_find(s, str_of(z)) >= 0;
}

static bool is_markup(sst_str s)
{
    return has(s, "<p>") || has(s, "<p ") || has(s, "</p>") || has(s, "<br");
}

static void scan(maker *m, sst_str s, unsigned level);

static void value(maker *m, sst_str literal, unsigned level)
{
    if (literal.n < 2)
        return;
    sst_buf text;
    buf_init(&text, 0);
    unescape(literal, &text);
    sst_str t = {text.p, text.n};
    bool joins = m->pending.n && str_eq(m->key, m->pending_key) && m->low + 1 >= m->first &&
                 (m->pending.p[m->pending.n - 1] == ' ' || strchr(" ,.;:)", t.p[0]));
    bool alike = m->pending_key.n && str_eq(m->key, m->pending_key);
    if (is_markup(t)) {
        flush(m);
        open_box(&m->page, m->key);
        buf_str(&m->page, t);
        buf_z(&m->page, "</div>");
    } else if (level < NESTED && has(t, "\":") && (has(t, "{") || has(t, "[")))
        scan(m, arena_str(&m->kept, t), level + 1);
    else if (joins || (memchr(t.p, ' ', t.n) && (alike || t.n >= PARAGRAPH_BYTES))) {
        if (!joins) {
            flush(m);
            m->first = m->depth;
            m->pending_key = m->key;
        }
        buf_str(&m->pending, t);
        m->low = m->depth;
    }
    buf_release(&text);
}

/* Strings, names and brackets; everything else is passed over. */
static void scan(maker *m, sst_str s, unsigned level)
{
    size_t i = 0;
    while (i < s.n && m->page.n < PAGE_BYTES) {
        char c = s.p[i++];
        if (c == '{' || c == '[') {
            if (m->depth++ < DEPTH)
                open_box(&m->moves, m->key);
            m->key = (sst_str){NULL, 0};
        } else if ((c == '}' || c == ']') && m->depth) {
            if (--m->depth < DEPTH)
                buf_z(&m->moves, "</div>");
            m->low = m->depth < m->low ? m->depth : m->low;
        } else if (c == '"') {
            size_t end = i;
            while (end < s.n && s.p[end] != '"')
                end += s.p[end] == '\\' ? 2 : 1;
            if (end >= s.n)
                return;
            sst_str literal = {s.p + i, end - i};
            i = end + 1;
            size_t k = i;
            while (k < s.n && byte_is_space((unsigned char)s.p[k]))
                k++;
            if (k < s.n && s.p[k] == ':')
                m->key = literal;
            else
                value(m, literal, level);
        }
        if (!m->pending.n && m->moves.n)
            flush(m);
    }
}

/* The first run of a text that every way of writing strings leaves as it is, its beginning: links,
 * which part strings, stand behind it more often. Else empty. */
static sst_str run_of(sst_str t)
{
    for (size_t from = 0, k = 0; k <= t.n; k++) {
        unsigned char c = k < t.n ? (unsigned char)t.p[k] : 0;
        if (k - from == PROBE_RUN)
            return (sst_str){t.p + from, k - from};
        if (c < ' ' || strchr("\"'\\<>&/", c))
            from = k + 1;
    }
    return (sst_str){NULL, 0};
}

/* A run of the last paragraph that the page shows: a subtitle may stand before the first. */
static sst_str probe_of(const sst_article *a)
{
    sst_str run = {NULL, 0};
    for (uint32_t i = 0; i < a->block_n; i++) {
        sst_str t = str_span(a->text, a->blocks[i].at);
        if (a->blocks[i].role == ROLE_BODY && t.n >= PROBE_LEAST)
            run = run_of(t);
    }
    return run;
}

/* Paragraphs below a node, and their bytes. */
static uint32_t paragraphs(const page_node *top, uint64_t *bytes)
{
    uint32_t n = 0;
    *bytes = 0;
    for (const page_node *k = top; k; k = page_dom_next(k, top, false))
        if (k->tag == TAG_TEXT && k->text.n >= PARAGRAPH_LEAST) {
            n++;
            *bytes += k->text.n;
        }
    return n;
}

/* The box of the article: the first around a place that holds the probe with several paragraphs
 * and as many bytes as are wanted; of several places the one with most. */
static page_node *find_box(page_node *root, sst_str probe, uint64_t want)
{
    page_node *best = NULL;
    unsigned places = 0;
    for (page_node *n = root; n && places < PLACES; n = page_dom_next(n, root, false)) {
        if (n->tag != TAG_TEXT || str_find(n->text, probe) < 0)
            continue;
        places++;
        unsigned up = 0;
        for (page_node *box = n->parent; box && up < CLIMB; box = box->parent, up++) {
            uint64_t bytes;
            if (paragraphs(box, &bytes) < PARAGRAPHS)
                continue;
            if (bytes >= want) {
                best = box;
                want = bytes + 1;
            }
            break;
        }
    }
    return best;
}

/* Words of the title that stand in a text, of those that do not yet: bits. */
static uint32_t title_words(sst_str title, sst_str text, uint32_t *all)
{
    uint32_t word = 0, found = 0;
    for (size_t i = 0; i < title.n && word < 32; i++) {
        size_t k = i;
        while (k < title.n && (byte_is_alpha((unsigned char)title.p[k]) ||
                               byte_is_digit((unsigned char)title.p[k]) || title.p[k] & 0x80))
            k++;
        if (k - i >= WORD_LEAST) {
            bool has = str_find_nocase(text, (sst_str){title.p + i, k - i}) >= 0;
            found |= (uint32_t)has << word++;
        }
        i = k;
    }
    *all = word;
    return found;
}

/* The first text in a child of a box: "div > div > p > text" at most. */
static sst_str paragraph_of(const page_node *n)
{
    for (int level = 0; n && level < PARAGRAPH_LEVELS; level++, n = n->first)
        if (n->tag == TAG_TEXT)
            return n->text;
    return (sst_str){NULL, 0};
}

/* Of a page that shows nothing: the box of paragraphs that speak of the title most. */
static page_node *find_told(page_node *root, sst_str title, uint64_t want)
{
    page_node *best = NULL;
    uint64_t most = 0;
    for (page_node *box = root; box; box = page_dom_next(box, root, false)) {
        uint64_t bytes = 0;
        uint32_t n = 0, all = 0, found = 0;
        for (const page_node *c = box->first; c; c = c->next) {
            sst_str t = paragraph_of(c);
            if (t.n < PARAGRAPH_LEAST)
                continue;
            n++;
            bytes += t.n;
            found |= title_words(title, t, &all);
        }
        uint64_t told = 0;
        for (; found; found &= found - 1)
            told++;
        if (n > PARAGRAPHS && bytes >= want && all && told * TITLE_PART >= all && told > most) {
            best = box;
            most = told;
        }
    }
    return best;
}

static void make(maker *m, const page_node *root, sst_str probe)
{
    size_t bytes = 0;
    bool agrees = probe.n == 0;
    for (const page_node *n = root; n && !agrees; n = page_dom_next(n, root, false))
        agrees = n->tag == TAG_TEXT && n->parent && n->parent->tag == TAG_SCRIPT &&
                 str_find(n->text, probe) >= 0;
    for (const page_node *n = agrees ? root : NULL; n && bytes < SCRIPT_BYTES;
         n = page_dom_next(n, root, false)) {
        if (n->tag != TAG_TEXT || !n->parent || n->parent->tag != TAG_SCRIPT)
            continue;
        bytes += n->text.n;
        m->key = m->pending_key = (sst_str){NULL, 0};
        m->depth = 0;
        buf_z(&m->page, "<div>");
        scan(m, n->text, 0);
        flush(m);
        buf_z(&m->page, "</div>");
        arena_clear(&m->kept); /* nothing of a script is asked for behind it */
    }
}

/* a: what the page shows; becomes what the data holds when that is more. */
static sst_status take(sst_article *a, sst_str page, sst_str probe, const atomic_int *stop)
{
    sst_article shown = *a;
    uint64_t want = a->block_n ? 2 * (uint64_t)a->text.n : REPORT_BYTES;
    sst_arena tree;
    arena_init(&tree, 0);
    page_node *root = NULL, *box = NULL;
    html_limit limit = HTML_WITHIN;
    html_doc doc;
    html_init(&doc);
    sst_status status = page_dom_parse(&tree, &doc, page, HTML_MAX_DEPTH, stop, &root, &limit);
    if (!status)
        box = probe.n ? find_box(root, probe, want) : find_told(root, a->title, want);
    if (box) {
        box->parent = box->next = NULL;
        a->notes = NULL; /* they tell of what the page shows */
        status = page_main(a, box);
        a->notes = shown.notes;
        if (status || a->error.n || a->text.n < want || str_find(a->text, probe) < 0) {
            a->text = shown.text;
            a->blocks = shown.blocks;
            a->block_n = shown.block_n;
            a->access = shown.access;
            a->error = shown.error;
        } else if (a->notes)
            page_note_choice(a, "main text", STR("data for scripts"),
                             "the page shows less of the article than its data holds", true);
    }
    html_release(&doc);
    arena_release(&tree);
    return status;
}

sst_status page_data(sst_article *a, const page_node *root, const atomic_int *stop)
{
    uint32_t visible = 0;
    for (uint32_t i = 0; i < a->block_n && visible <= VISIBLE; i++)
        visible += a->blocks[i].role == ROLE_BODY;
    if (a->error.n || a->text.n >= SHORT_BYTES || visible > VISIBLE)
        return SST_OK;
    sst_str probe = probe_of(a);
    if (a->block_n && !probe.n)
        return SST_OK;
    maker m = {0};
    buf_init(&m.page, 0);
    buf_init(&m.pending, 0);
    buf_init(&m.moves, 0);
    arena_init(&m.kept, 0);
    make(&m, root, probe);
    sst_status status = m.page.failed      ? m.page.failed
                        : m.pending.failed ? m.pending.failed
                        : m.moves.failed   ? m.moves.failed
                                           : m.kept.failed;
    if (!status && m.page.n >= REPORT_BYTES)
        status = take(a, (sst_str){m.page.p, m.page.n}, probe, stop);
    buf_release(&m.page);
    buf_release(&m.pending);
    buf_release(&m.moves);
    arena_release(&m.kept);
    return status;
}
