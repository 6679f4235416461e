/* samestory ingest: inputs into a database. */
#include <stdio.h>

#include "cli.h"

static void summary(const sst_ingest_summary *s)
{
    const struct {
        uint64_t n;
        const char *one, *more;
    } parts[] = {{s->articles, "new article", "new articles"},
                 {s->versions, "new version", "new versions"},
                 {s->unchanged, "known already", "known already"},
                 {s->failed, "failed", "failed"},
                 {s->stories, "story changed", "stories changed"}};
    bool any = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].n == 0)
            continue;
        printf("%s%llu %s", any ? ", " : "", (unsigned long long)parts[i].n,
               parts[i].n == 1 ? parts[i].one : parts[i].more);
        any = true;
    }
    puts(any ? "" : "nothing to add");
}

static int run(sst_context *ctx, const cli_line *line)
{
    sst_ingest_summary sum = {0};
    sst_status status = sst_ingest(ctx, line->db);
    if (status)
        return cli_failed(ctx, status);
    if (line->later)
        status = sst_ingest_later(ctx);
    for (size_t i = 0; i < line->input_n && !status; i++)
        status = sst_add_path(ctx, line->inputs[i], line->kind);
    if (status) { /* what was read until then is kept */
        int code = cli_failed(ctx, status);
        if (sst_ingest_end(ctx, &sum) == SST_OK || sum.articles + sum.versions)
            summary(&sum);
        return code;
    }
    status = sst_ingest_end(ctx, &sum);
    cli_progress_clear();
    summary(&sum);
    if (status)
        return cli_failed(ctx, status);
    cli_throughput(sst_article_n(ctx), "articles");
    int inputs = cli_name_errors(ctx);
    for (size_t i = 0; !line->quiet && sst_note_at(ctx, i); i++)
        cli_say("%s", sst_note_at(ctx, i));
    if (inputs == EXIT_WELL && sst_article_n(ctx) == 0) {
        cli_say("the inputs hold no article");
        inputs = EXIT_INPUTS;
    }
    return inputs;
}

int cmd_ingest(const cli_line *line)
{
    int code = cli_needs_db(line);
    return code ? code : cli_run_job(line, run);
}
