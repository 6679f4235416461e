/* samestory figures: figures and their rows. */
#include "cli.h"

int cmd_figures(const cli_line *line)
{
    return cli_run(line, SST_STAGE_FIGURES, SST_VIEW_FIGURES);
}
