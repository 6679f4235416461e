/* samestory search: words -> articles, quotations, figures of a database. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

/* The arguments with a blank between; those that hold one are a phrase. NULL when out of memory. */
static char *join(const cli_line *line)
{
    size_t n = 1;
    for (size_t i = 0; i < line->input_n; i++)
        n += strlen(line->inputs[i]) + 3;
    char *out = malloc(n), *p = out;
    for (size_t i = 0; out && i < line->input_n; i++) {
        const char *word = line->inputs[i];
        bool phrase = line->input_n > 1 && strchr(word, ' ') && !strchr(word, '"');
        if (i)
            *p++ = ' ';
        if (phrase)
            *p++ = '"';
        size_t k = strlen(word);
        memcpy(p, word, k);
        p += k;
        if (phrase)
            *p++ = '"';
    }
    if (out)
        *p = 0;
    return out;
}

static int run(sst_context *ctx, const cli_line *line)
{
    cli_target t = {STDOUT_FILENO, 0, false};
    sst_style style = {.columns = line->columns ? line->columns : cli_columns(t.fd, 80),
                       .colour = cli_colour(t.fd)};
    sst_search_query q = line->query;
    char *words = join(line);
    if (!words) {
        cli_say("out of memory");
        return EXIT_INTERNAL;
    }
    q.words = words;
    q.speaker = line->options.speaker;
    sst_status status = sst_search(
        ctx, line->db, &q, line->json ? SST_FORMAT_JSON : SST_FORMAT_TEXT, &style, cli_to_fd, &t);
    free(words);
    return status ? cli_write_failed(ctx, status, &t, "standard output") : EXIT_WELL;
}

int cmd_search(const cli_line *line)
{
    int code = cli_needs_db(line);
    return code ? code : cli_run_job(line, run);
}
