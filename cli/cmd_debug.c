/* samestory debug-html: a page's tree or tokens, as the parser makes them. */
#include <unistd.h>

#include "cli.h"

static int job(sst_context *ctx, const cli_line *line)
{
    cli_target to = {STDOUT_FILENO, 0, false};
    sst_markup what = line->places   ? SST_MARKUP_TOKENS_PLACED
                      : line->tokens ? SST_MARKUP_TOKENS
                                     : SST_MARKUP_TREE;
    sst_status status = sst_debug_html(ctx, line->inputs[0], what, cli_to_fd, &to);
    if (status)
        return cli_write_failed(ctx, status, &to, "standard output");
    return cli_name_errors(ctx);
}

int cmd_debug_html(const cli_line *line)
{
    return cli_run_job(line, job);
}
