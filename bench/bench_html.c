/*
 * Speed of HTML parsers on pages in memory, one core: ours, libxml2's and gumbo's (where it was
 * there to build with), in one run.
 *
 *   bench_html [-r ROUNDS] [-t] [-p PARSER] FILE|FOLDER...
 *
 * Pages are read whole and decoded to UTF-8 by their encoding; neither is timed. Ours parses one
 * by one into the same document, the others have a fresh one for each page and free it. A round is
 * one pass of each parser over all pages, so that what else the machine does meets all of them;
 * time is that of the thread on a core, and the best round counts. -t: columns parted by tabs:
 * name, pages, bytes, seconds, nodes. -p: that one alone, for a profiler.
 */
#include <dirent.h>
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#if BENCH_GUMBO
#include <gumbo.h>
#endif

#include "bench_clock.h"
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
    html_sure sure;
    size_t mark_n;
    const char *name = html_encoding((sst_str){raw.p, raw.n}, (sst_str){"", 0}, &sure, &mark_n);
    sst_buf utf8;
    buf_init(&utf8, 0);
    if (html_decode(name, (sst_str){raw.p + mark_n, raw.n - mark_n}, &utf8) || !utf8.n) {
        fprintf(stderr, "%s: not read\n", path);
        return;
    }
    buf_release(&raw);
    raw = utf8;
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
        htmlDocPtr doc =
            htmlReadMemory(all->page[k].p, (int)all->page[k].n, NULL, "utf-8",
                           HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                               HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
        nodes_seen += doc != NULL;
        xmlFreeDoc(doc);
    }
}

static void run_libxml2_sax(const pages *all)
{
    htmlSAXHandler none;
    memset(&none, 0, sizeof none);
    nodes_seen = 0;
    for (size_t k = 0; k < all->n; k++) {
        htmlParserCtxtPtr c =
            htmlCreatePushParserCtxt(&none, NULL, all->page[k].p, 0, NULL, XML_CHAR_ENCODING_UTF8);
        htmlCtxtUseOptions(c, HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
        htmlParseChunk(c, all->page[k].p, (int)all->page[k].n, 1);
        htmlFreeParserCtxt(c);
    }
}

#if BENCH_GUMBO
static void run_gumbo(const pages *all)
{
    nodes_seen = 0;
    for (size_t k = 0; k < all->n; k++) {
        GumboOutput *out =
            gumbo_parse_with_options(&kGumboDefaultOptions, all->page[k].p, all->page[k].n);
        nodes_seen += out->root != NULL;
        gumbo_destroy_output(&kGumboDefaultOptions, out);
    }
}
#endif

typedef struct parser {
    const char *name;
    void (*run)(const pages *);
    double best;
    size_t nodes;
} parser;

int main(int argc, char **argv)
{
    parser parsers[] = {
        {"scan for tags", run_scan, 0, 0},
        {"tokens", run_tokens, 0, 0},
        {"tree", run_tree, 0, 0},
        {"libxml2 SAX", run_libxml2_sax, 0, 0},
        {"libxml2 tree", run_libxml2, 0, 0},
#if BENCH_GUMBO
        {"gumbo tree", run_gumbo, 0, 0},
#endif
    };
    const size_t parser_n = sizeof parsers / sizeof *parsers;
    int first = 1, rounds = 5;
    bool table = false;
    const char *only = NULL;
    for (; first < argc && argv[first][0] == '-'; first++) {
        if (!strcmp(argv[first], "-t"))
            table = true;
        else if (!strcmp(argv[first], "-r") && first + 1 < argc)
            rounds = atoi(argv[++first]);
        else if (!strcmp(argv[first], "-p") && first + 1 < argc)
            only = argv[++first];
    }
    pages all = {0};
    for (int k = first; k < argc; k++)
        add_path(&all, argv[k]);
    if (!all.n) {
        fprintf(stderr, "usage: bench_html [-r ROUNDS] [-t] [-p PARSER] FILE|FOLDER...\n");
        return 2;
    }
    for (int r = 0; r < rounds; r++)
        for (size_t k = 0; k < parser_n; k++) {
            if (only && strcmp(only, parsers[k].name))
                continue;
            double from = bench_seconds(CLOCK_THREAD_CPUTIME_ID);
            parsers[k].run(&all);
            double took = bench_seconds(CLOCK_THREAD_CPUTIME_ID) - from;
            if (!r || took < parsers[k].best)
                parsers[k].best = took;
            parsers[k].nodes = nodes_seen;
        }
    if (!table)
        printf("%zu pages, %.1f MB\n", all.n, (double)all.bytes / 1e6);
    for (size_t k = 0; k < parser_n; k++) {
        if (only && strcmp(only, parsers[k].name))
            continue;
        if (table)
            printf("%s\t%zu\t%zu\t%.6f\t%zu\n", parsers[k].name, all.n, all.bytes, parsers[k].best,
                   parsers[k].nodes);
        else
            printf("%-16s %8.1f MB/s %10zu nodes\n", parsers[k].name,
                   (double)all.bytes / 1e6 / parsers[k].best, parsers[k].nodes);
    }
    return 0;
}
