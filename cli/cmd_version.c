/* samestory version. */
#include "cli.h"

int cmd_version(const cli_line *line)
{
    (void)line;
    printf("samestory %s\n", sst_version());
    return EXIT_WELL;
}
