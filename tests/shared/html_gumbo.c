/*
 * Our trees beside gumbo's (tests only): the same pages, the same simple measures over both.
 *
 *   html_gumbo [-d FOLDER] FILE|FOLDER...
 *
 * In: pages, decoded to UTF-8 by our search for the encoding, so that both parse the same text.
 * Out: a line a page, columns parted by tabs: name, elements of ours outside of template contents,
 * elements of ours, of gumbo's, is the visible text the same (1; 2 once control characters and
 * noncharacters are U+FFFD in both, which gumbo makes of them and the standard does not; 0), its
 * bytes in ours, in gumbo's, and of which names there are more (name+2) or less (name-1) in ours.
 * Visible text is what stands in no script, style, template and so on, white space collapsed: no
 * styles, so that both trees are read by the same few lines. -d writes it, ours to FOLDER/<n>.ours,
 * gumbo's to FOLDER/<n>.gumbo, n counting pages from 0.
 */
#include <dirent.h>
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "html.h"
#include "html_scan.h"

/* Elements whose text is not shown, in both trees. */
static const char *const unseen[] = {"script",   "style",   "template", "noscript",
                                     "noframes", "noembed", "iframe"};

static bool is_unseen(sst_str name)
{
    for (size_t k = 0; k < sizeof unseen / sizeof *unseen; k++)
        if (str_eq_nocase(name, (sst_str){unseen[k], strlen(unseen[k])}))
            return true;
    return false;
}

typedef struct measure {
    uint32_t elements, outside; /* outside: not below a template */
    sst_buf memory;             /* names, each with a NUL behind it */
    sst_buf text;
    bool space;
} measure;

static void add_text(measure *m, sst_str s)
{
    for (size_t k = 0; k < s.n; k++) {
        char c = s.p[k];
        if (scan_is_space(c)) {
            m->space = true;
            continue;
        }
        if (m->space && m->text.n)
            buf_byte(&m->text, ' ');
        m->space = false;
        buf_byte(&m->text, c);
    }
}

static void add_element(measure *m, sst_str name, bool outside)
{
    m->elements++;
    m->outside += outside;
    buf_str(&m->memory, name);
    buf_byte(&m->memory, 0);
}

/* ------------------------------------------------------------------------------------------ ours
 */

static void measure_ours(const html_doc *d, measure *m)
{
    uint32_t content_to = 0, unseen_to = 0;
    for (uint32_t i = 1; i < d->node_n; i++) {
        const html_node *n = &d->node[i];
        if (n->kind == HTML_CONTENT && i >= content_to)
            content_to = html_behind(d, i);
        if (n->kind == HTML_ELEMENT) {
            add_element(m, html_name(d, n->name), i >= content_to);
            if (is_unseen(html_name(d, n->name)) && i >= unseen_to)
                unseen_to = html_behind(d, i);
        } else if (n->kind == HTML_TEXT && i >= unseen_to) {
            add_text(m, html_node_text(d, i));
        }
    }
}

/* ----------------------------------------------------------------------------------------- gumbo
 */

static sst_str gumbo_name(const GumboElement *e)
{
    if (e->tag != GUMBO_TAG_UNKNOWN) {
        const char *z = gumbo_normalized_tagname(e->tag);
        return (sst_str){z, strlen(z)};
    }
    GumboStringPiece piece = e->original_tag;
    gumbo_tag_from_original_text(&piece);
    return (sst_str){piece.data ? piece.data : "", piece.length};
}

/* Down, then aside, then up: pages nest deeper than a stack should. */
static void measure_gumbo(const GumboNode *top, measure *m)
{
    const GumboNode *n = top;
    unsigned hidden = 0, content = 0;
    for (;;) {
        const GumboVector *below = NULL;
        if (n->type == GUMBO_NODE_DOCUMENT) {
            below = &n->v.document.children;
        } else if (n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE) {
            add_element(m, gumbo_name(&n->v.element), !content);
            below = &n->v.element.children;
            hidden += is_unseen(gumbo_name(&n->v.element));
            content += n->type == GUMBO_NODE_TEMPLATE;
        } else if (n->type != GUMBO_NODE_COMMENT && !hidden) {
            add_text(m, (sst_str){n->v.text.text, strlen(n->v.text.text)});
        }
        if (below && below->length) {
            n = below->data[0];
            continue;
        }
        for (;; n = n->parent) {
            if (n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE) {
                hidden -= is_unseen(gumbo_name(&n->v.element));
                content -= n->type == GUMBO_NODE_TEMPLATE;
            }
            if (n == top)
                return;
            const GumboNode *up = n->parent;
            const GumboVector *beside = up->type == GUMBO_NODE_DOCUMENT ? &up->v.document.children
                                                                        : &up->v.element.children;
            if (n->index_within_parent + 1 < beside->length) {
                n = beside->data[n->index_within_parent + 1];
                break;
            }
        }
    }
}

/* ------------------------------------------------------------------------------------------ pages
 */

static int by_name(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

/* The names of all elements, lowered and sorted. */
static const char **sorted(measure *m)
{
    const char **names = malloc((m->elements + 1) * sizeof *names);
    if (!names)
        exit(2);
    char *p = m->memory.p;
    for (uint32_t k = 0; k < m->elements; k++) {
        names[k] = p;
        for (; *p; p++)
            *p = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
        p++;
    }
    if (m->elements)
        qsort(names, m->elements, sizeof *names, by_name);
    return names;
}

static void print_names(measure *a, measure *b)
{
    const char **x = sorted(a), **y = sorted(b), *gap = "";
    uint32_t i = 0, k = 0;
    while (i < a->elements || k < b->elements) {
        const char *least = i < a->elements ? x[i] : y[k];
        if (k < b->elements && strcmp(y[k], least) < 0)
            least = y[k];
        int more = 0;
        for (; i < a->elements && !strcmp(x[i], least); i++)
            more++;
        for (; k < b->elements && !strcmp(y[k], least); k++)
            more--;
        if (more) {
            printf("%s%s%+d", gap, least, more);
            gap = " ";
        }
    }
    free(x);
    free(y);
}

static bool same(const sst_buf *a, const sst_buf *b)
{
    return a->n == b->n && (!a->n || memcmp(a->p, b->p, a->n) == 0);
}

/* Control characters and noncharacters become U+FFFD. */
static void replace_controls(sst_buf *text)
{
    sst_buf out;
    buf_init(&out, 0);
    const unsigned char *p = (const unsigned char *)text->p;
    for (size_t k = 0, n; k < text->n; k += n) {
        unsigned char c = p[k];
        n = c < 0xC2 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        if (n > text->n - k)
            n = 1;
        bool control = n == 1 ? c < 0x20 || c == 0x7F : n == 2 && c == 0xC2 && p[k + 1] < 0xA0;
        bool none = n == 3 && c == 0xEF && p[k + 1] == 0xB7 && p[k + 2] >= 0x90 && p[k + 2] < 0xB0;
        none |= n > 2 && p[k + n - 1] >= 0xBE && p[k + n - 2] == 0xBF &&
                (n == 3 ? c == 0xEF : (p[k + 1] & 0x0F) == 0x0F);
        if (control || none)
            buf_z(&out, "\xEF\xBF\xBD");
        else
            buf_add(&out, p + k, n);
    }
    buf_release(text);
    *text = out;
}

static void write_text(const char *folder, unsigned page, const char *whose, const sst_buf *text)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%u.%s", folder, page, whose);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(text->p ? text->p : "", 1, text->n, f) != text->n || fclose(f)) {
        perror(path);
        exit(2);
    }
}

static void page(const char *path, sst_str raw, const char *folder)
{
    static unsigned number;
    sst_buf utf8;
    buf_init(&utf8, 0);
    html_sure sure;
    size_t mark_n;
    const char *encoding = html_encoding(raw, (sst_str){"", 0}, &sure, &mark_n);
    sst_status status = html_decode(encoding, (sst_str){raw.p + mark_n, raw.n - mark_n}, &utf8);
    measure m[2];
    memset(m, 0, sizeof m);
    for (int k = 0; k < 2; k++) {
        buf_init(&m[k].memory, 0);
        buf_init(&m[k].text, 0);
    }
    html_doc d;
    html_init(&d);
    if (!status)
        status = html_parse(&d, (sst_str){utf8.p ? utf8.p : "", utf8.n}, NULL);
    measure_ours(&d, &m[0]);
    GumboOutput *out =
        gumbo_parse_with_options(&kGumboDefaultOptions, utf8.p ? utf8.p : "", utf8.n);
    measure_gumbo(out->document, &m[1]);
    int is_same = same(&m[0].text, &m[1].text);
    size_t text_n[2] = {m[0].text.n, m[1].text.n};
    if (folder) {
        write_text(folder, number, "ours", &m[0].text);
        write_text(folder, number, "gumbo", &m[1].text);
    }
    if (!is_same) {
        replace_controls(&m[0].text);
        replace_controls(&m[1].text);
        is_same = same(&m[0].text, &m[1].text) ? 2 : 0;
    }
    printf("%s\t%u\t%u\t%u\t%d\t%zu\t%zu\t", path, m[0].outside, m[0].elements, m[1].elements,
           is_same, text_n[0], text_n[1]);
    if (status)
        printf("status%+d ", (int)status);
    print_names(&m[0], &m[1]);
    putchar('\n');
    number++;
    gumbo_destroy_output(&kGumboDefaultOptions, out);
    html_release(&d);
    buf_release(&utf8);
    for (int k = 0; k < 2; k++) {
        buf_release(&m[k].memory);
        buf_release(&m[k].text);
    }
}

static int file(const char *path, const char *folder)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        return 2;
    }
    sst_buf raw;
    buf_init(&raw, 0);
    for (size_t n; buf_reserve(&raw, 65536) && (n = fread(raw.p + raw.n, 1, 65536, f)) > 0;)
        raw.n += n;
    fclose(f);
    page(path, (sst_str){raw.p, raw.n}, folder);
    buf_release(&raw);
    return 0;
}

static int path_in(const char *path, const char *folder)
{
    struct stat st;
    if (stat(path, &st)) {
        perror(path);
        return 2;
    }
    if (!S_ISDIR(st.st_mode))
        return file(path, folder);
    struct dirent **names = NULL;
    int n = scandir(path, &names, NULL, alphasort), failed = n < 0 ? 2 : 0;
    for (int i = 0; i < n; i++) {
        char below[4096];
        if (names[i]->d_name[0] != '.' &&
            snprintf(below, sizeof below, "%s/%s", path, names[i]->d_name) < (int)sizeof below)
            failed |= path_in(below, folder);
        free(names[i]);
    }
    free(names);
    return failed;
}

int main(int argc, char **argv)
{
    int first = 1, failed = 0;
    const char *folder = NULL;
    if (argc > 3 && !strcmp(argv[1], "-d")) {
        folder = argv[2];
        first = 3;
    }
    for (int k = first; k < argc; k++)
        failed |= path_in(argv[k], folder);
    return failed;
}
