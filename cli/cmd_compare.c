/* samestory compare: the report, on the terminal, as JSON or as a page. */
#include "cli.h"

int cmd_compare(const cli_line *line)
{
    return cli_run(line, SST_STAGE_COMPARE, SST_VIEW_REPORT);
}
