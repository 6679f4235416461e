/*
 * Speed of the HTML parser on pages in memory, one core, beside libxml2's in the same run.
 *
 *   bench_html [-r ROUNDS] FILE|FOLDER...      prints megabytes a second to a tree
 *
 * Pages are read whole, decoded to UTF-8 by their encoding (not timed), and parsed one by one into
 * the same document. The best round counts: the rest is other work of the machine.
 */
#include <dirent.h>
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "html_scan.h"
#include "html_token.h"

typedef struct pages {
    sst_str *page;
    size_t n, cap, bytes;
} pages;

static void add_file(pages *all, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return;
    sst_buf raw;
    buf_init(&raw, 0);
    for (size_t n; buf_reserve(&raw, 65536) && (n = fread(raw.p + raw.n, 1, 65536, f)) > 0;)
        raw.n += n;
    fclose(f);
    if (all->n == all->cap) {
        all->cap = all->cap ? all->cap * 2 : 256;
        all->page = realloc(all->page, all->cap * sizeof *all->page);
    }
    all->page[all->n++] = (sst_str){raw.p, raw.n};
    all->bytes += raw.n;
}

static void add_path(pages *all, const char *path)
{
    struct stat st;
    if (stat(path, &st))
        return;
    if (!S_ISDIR(st.st_mode)) {
        const char *dot = strrchr(path, '.');
        if (dot && (!strcmp(dot, ".html") || !strcmp(dot, ".htm")))
            add_file(all, path);
        return;
    }
    DIR *dir = opendir(path);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        char full[4096];
        if (e->d_name[0] == '.')
            continue;
        snprintf(full, sizeof full, "%s/%s", path, e->d_name);
        add_path(all, full);
    }
    if (dir)
        closedir(dir);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static size_t nodes_seen; /* so that no work is left out */

static void run_tree(const pages *all)
{
    html_doc d;
    html_init(&d);
    nodes_seen = 0;
    for (size_t k = 0; k < all->n; k++) {
        if (html_parse(&d, all->page[k], NULL) != SST_OK)
            fprintf(stderr, "page %zu: limit %d\n", k, (int)d.limit);
        nodes_seen += d.node_n;
    }
    html_release(&d);
}

/* Tokens without a tree; the content of raw text elements as the tree would have it. */
static void run_tokens(const pages *all)
{
    html_doc d;
    html_init(&d);
    nodes_seen = 0;
    for (size_t k = 0; k < all->n; k++) {
        html_names_clear(&d.names);
        buf_clear(&d.decoded);
        html_tokenizer t;
        html_token_init(&t, &d);
        d.input = all->page[k];
        t.text = d.input.p;
        t.n = (uint32_t)d.input.n;
        t.whole = true;
        html_token token;
        while (html_token_next(&t, &token) != HTML_TOKEN_END) {
            nodes_seen++;
            d.attr_n = 0;
            if (token.kind != HTML_TOKEN_START)
                continue;
            if (token.name == HTML_script)
                t.state = HTML_STATE_SCRIPT;
            else if (token.name == HTML_style || token.name == HTML_iframe)
                t.state = HTML_STATE_RAWTEXT;
            else if (token.name == HTML_title || token.name == HTML_textarea)
                t.state = HTML_STATE_RCDATA;
        }
        html_token_release(&t);
    }
    html_release(&d);
}

static void run_scan(const pages *all)
{
    nodes_seen = 0;
    for (size_t k = 0; k < all->n; k++) {
        const char *p = all->page[k].p, *end = p + all->page[k].n;
        while ((p = scan_two(p, end, '<', '&')) < end)
            nodes_seen++, p++;
    }
}

static void run_libxml2(const pages *all)
{
    nodes_seen = 0;
    for (size_t k = 0; k < all->n; k++) {
        htmlDocPtr doc = htmlReadMemory(all->page[k].p, (int)all->page[k].n, NULL, "utf-8",
                                        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                            HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
        nodes_seen += doc != NULL;
        xmlFreeDoc(doc);
    }
}

static void run_libxml2_sax(const pages *all)
{
    htmlSAXHandler none;
    memset(&none, 0, sizeof none);
    for (size_t k = 0; k < all->n; k++) {
        htmlParserCtxtPtr c =
            htmlCreatePushParserCtxt(&none, NULL, all->page[k].p, 0, NULL, XML_CHAR_ENCODING_UTF8);
        htmlParseChunk(c, all->page[k].p, (int)all->page[k].n, 1);
        htmlFreeParserCtxt(c);
    }
}

static void measure(const char *name, void (*run)(const pages *), const pages *all, int rounds)
{
    double best = 1e9;
    for (int k = 0; k < rounds; k++) {
        double from = now();
        run(all);
        double took = now() - from;
        if (took < best)
            best = took;
    }
    printf("%-16s %8.1f MB/s %10zu nodes\n", name, (double)all->bytes / 1e6 / best, nodes_seen);
}

int main(int argc, char **argv)
{
    int first = 1, rounds = 5;
    if (argc > 2 && !strcmp(argv[1], "-r")) {
        rounds = atoi(argv[2]);
        first = 3;
    }
    pages all = {0};
    for (int k = first; k < argc; k++)
        add_path(&all, argv[k]);
    printf("%zu pages, %.1f MB\n", all.n, (double)all.bytes / 1e6);
    measure("scan for tags", run_scan, &all, rounds);
    measure("tokens", run_tokens, &all, rounds);
    measure("tree", run_tree, &all, rounds);
    if (rounds > 1) {
        measure("libxml2 SAX", run_libxml2_sax, &all, 2);
        measure("libxml2 tree", run_libxml2, &all, 2);
    }
    return 0;
}
