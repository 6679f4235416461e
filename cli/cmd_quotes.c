/* samestory quotes: quotations and speakers. */
#include "cli.h"

int cmd_quotes(const cli_line *line)
{
    return cli_run(line, SST_STAGE_QUOTES, SST_VIEW_QUOTES);
}
