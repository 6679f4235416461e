/*
 * Pages made to be slow or large, at full size: seconds, and memory beyond the page itself.
 *
 *   bench_html_traps [NAME]
 *
 * A row: bytes of the page, seconds of the thread, peak of memory, nodes, and the limit that it
 * ended at. tests/quadratic holds the growth of the work; this shows what the worst costs.
 */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench_clock.h"
#include "html.h"

/* `again` so many times between the other two; a '#' in it is a number that counts up. */
typedef struct trap {
    const char *name, *before, *again, *behind;
    uint32_t n;
} trap;

enum { MILLION = 1000000, MEGABYTES_50 = 50 * MILLION };

static const trap traps[] = {
    {"unclosed b", "", "<b>", "", MILLION},
    {"unclosed a", "", "<a>", "", MILLION},
    {"unclosed a with text", "", "<a href=#>x", "", MILLION},
    {"nested tables", "", "<table><tr><td>", "", 100000},
    {"tables without cells", "", "<table>", "", MILLION},
    {"paragraphs with the same b", "", "<p><b a>x", "", MILLION},
    {"paragraphs with another b each", "", "<p><b a=#>x", "", MILLION},
    {"formatting across blocks", "", "<b><i><p></b></i>", "", MILLION},
    {"formatting and font", "", "<font size=#><div>", "", MILLION},
    {"a in p in a", "", "<a><p>", "", MILLION},
    {"one attribute value", "<p a='", "x", "'>", MEGABYTES_50},
    {"references in a value", "<p a='", "&amp;", "'>", 10 * MILLION},
    {"one tag name", "<", "a", ">", MEGABYTES_50},
    {"one attribute name", "<p ", "A", ">", MEGABYTES_50},
    {"attributes with one name", "<p ", "a=1 ", ">", MILLION},
    {"a million attributes", "<p ", "a#=1 ", ">", MILLION},
    {"five million attributes", "<p ", "a#=1 ", ">", 5 * MILLION},
    {"short attributes", "", "<p a b c d e f g h i j k l m n>", "", MILLION},
    {"a million names", "", "<a#>", "</a>", MILLION},
    {"html attributes", "", "<html a#>", "", MILLION},
    {"text in a table", "<table>", "x&amp;<b>", "", MILLION},
    {"text in rows", "<table>", "<tr>x", "", MILLION},
    {"elements in rows", "<table>", "<tr><p>x", "", MILLION},
    {"spaces and text in a table", "<table>", " x<!-- -->", "", MILLION},
    {"paragraphs", "", "<p>x", "", MILLION},
    {"line breaks", "", "<br>", "", MILLION},
    {"ends of paragraphs", "", "</p>", "", MILLION},
    {"ends of br", "", "</br>", "", MILLION},
    {"svg in svg", "", "<svg>", "", MILLION},
    {"svg and back", "", "<svg><desc><p></svg>", "", MILLION},
    {"math in math", "", "<math><mi>", "", MILLION},
    {"cdata sections", "<svg>", "<![CDATA[x]]>", "", MILLION},
    {"comments never closed", "", "<!-- ", "", 10 * MILLION},
    {"empty comments", "", "<!---->", "", MILLION},
    {"ampersands", "", "&", "", MEGABYTES_50},
    {"references", "", "&amp;", "", 10 * MILLION},
    {"long references", "", "&CounterClockwiseContourIntegra", "", MILLION},
    {"number references", "", "&#x41", "", 5 * MILLION},
    {"less-than signs", "", "<", "", MEGABYTES_50},
    {"templates", "", "<template>", "", MILLION},
    {"templates in turn", "", "<template><td></template>", "", MILLION},
    {"options", "<select>", "<option>x", "", MILLION},
    {"list items", "", "<li>x", "", MILLION},
    {"nested lists", "", "<ul><li>", "", MILLION},
    {"buttons", "", "<button>x", "", MILLION},
    {"scripts in comments", "<script>", "<!--<script>", "", MILLION},
    {"title ends that are none", "<title>", "</titl", "", MILLION},
    {"doctype", "<!doctype ", "'", "", MEGABYTES_50},
    {"plain text", "<plaintext>", "</plaintext>", "", MILLION},
};

static void make_trap(const trap *t, sst_buf *out)
{
    buf_z(out, t->before);
    const char *number = strchr(t->again, '#');
    for (uint32_t k = 0; k < t->n; k++) {
        if (!number) {
            buf_z(out, t->again);
            continue;
        }
        buf_add(out, t->again, (size_t)(number - t->again));
        buf_printf(out, "%u%s", k, number + 1);
    }
    buf_z(out, t->behind);
}

static size_t peak_bytes(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (size_t)u.ru_maxrss * 1024;
}

static void run_trap(const trap *t)
{
    static const char *const limits[] = {"whole",      "bytes", "nodes",  "depth",
                                         "attributes", "names", "stopped"};
    sst_buf page;
    buf_init(&page, 0);
    make_trap(t, &page);
    html_doc d;
    html_init(&d);
    size_t before = peak_bytes();
    double from = bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
    sst_status status = html_parse(&d, (sst_str){page.p, page.n}, NULL);
    double took = bench_seconds(CLOCK_PROCESS_CPUTIME_ID) - from;
    double memory = (double)(peak_bytes() - before);
    printf("%-32s %6.1f MB %7.3f s %7.1f MB/s %6.1f MB %5.1f bytes a byte %9u nodes  %s%s\n",
           t->name, (double)page.n / 1e6, took, (double)page.n / 1e6 / took, memory / 1e6,
           memory / (double)page.n, d.node_n, status == SST_ERR_MEMORY ? "no memory " : "",
           limits[d.limit]);
    html_release(&d);
    buf_release(&page);
}

/* Each in a process of its own, whose peak of memory is its own. */
static int run_traps(const char *only)
{
    for (size_t k = 0; k < sizeof traps / sizeof *traps; k++) {
        if (only && strcmp(only, traps[k].name))
            continue;
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            run_trap(&traps[k]);
            fflush(stdout);
            _exit(0);
        }
        int how = 0;
        if (child < 0 || waitpid(child, &how, 0) < 0 || how != 0) {
            fprintf(stderr, "%s: failed\n", traps[k].name);
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    return run_traps(argc > 1 ? argv[1] : NULL);
}
