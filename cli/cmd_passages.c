/* samestory passages: passages that two articles share. */
#include <stdlib.h>

#include "cli.h"

int cmd_passages(const cli_line *line)
{
    cli_line lean = *line;
    lean.options.folder = getenv("TMPDIR");
    lean.options.only = SST_STAGE_PASSAGES; /* languages are asked for where they are needed */
    return cli_run(&lean, SST_STAGE_PASSAGES, SST_VIEW_PASSAGES);
}
