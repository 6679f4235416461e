/* samestory why A B INPUT...: why two articles are, or are not, one story. */
#include <unistd.h>

#include "cli.h"

static int run(sst_context *ctx, const cli_line *line)
{
    for (size_t i = 2; i < line->input_n; i++) {
        sst_status status = sst_add_path(ctx, line->inputs[i], line->kind);
        if (status)
            return cli_failed(ctx, status);
    }
    sst_status status = sst_run(ctx, SST_STAGE_STORIES);
    if (status)
        return cli_failed(ctx, status);
    cli_progress_clear();
    int inputs = cli_name_errors(ctx);
    cli_target t = {STDOUT_FILENO, 0, false};
    sst_style style = {.columns = line->columns ? line->columns : cli_columns(t.fd, 80),
                       .colour = cli_colour(t.fd)};
    status = sst_write_why(ctx, line->inputs[0], line->inputs[1],
                           line->json ? SST_FORMAT_JSON : SST_FORMAT_TEXT, &style, cli_to_fd, &t);
    if (status)
        return cli_write_failed(ctx, status, &t, "standard output");
    return inputs;
}

int cmd_why(const cli_line *line)
{
    if (line->input_n < 3) {
        cli_say("why needs the ids of two articles, then the inputs");
        return EXIT_USAGE;
    }
    cli_line lean = *line;
    lean.options.only = SST_STAGE_STORIES; /* no rows of stories are written */
    return cli_run_job(&lean, run);
}
