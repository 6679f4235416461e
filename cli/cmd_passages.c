/* samestory passages: passages that two articles share. */
#include "cli.h"

int cmd_passages(const cli_line *line)
{
    return cli_run(line, SST_STAGE_PASSAGES, SST_VIEW_PASSAGES);
}
