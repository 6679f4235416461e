/* samestory extract: text in blocks with their roles. */
#include "cli.h"

int cmd_extract(const cli_line *line)
{
    return cli_run(line, SST_STAGE_EXTRACT, SST_VIEW_EXTRACT);
}
