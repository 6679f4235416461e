/* samestory stories: which story each article belongs to. */
#include "cli.h"

int cmd_stories(const cli_line *line)
{
    return cli_run(line, SST_STAGE_STORIES, SST_VIEW_STORIES);
}
