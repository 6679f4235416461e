/* samestory duplicates: articles that are the same or nearly. */
#include <stdlib.h>

#include "cli.h"

int cmd_duplicates(const cli_line *line)
{
    cli_line lean = *line;
    lean.options.folder = getenv("TMPDIR");
    lean.options.only = SST_STAGE_DUPLICATES; /* texts are let go when they have been read */
    return cli_run(&lean, SST_STAGE_DUPLICATES, SST_VIEW_DUPLICATES);
}
