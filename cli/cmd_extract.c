/* samestory extract: articles, for people or as rows; with --debug how their pages were read. */
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"

int cmd_extract(const cli_line *line)
{
    if (line->debug && isatty(STDOUT_FILENO)) {
        cli_say("--debug writes a page: send it to a file, as in `samestory extract --debug "
                "page.html > debug.html`");
        return EXIT_USAGE;
    }
    cli_line with = *line;
    with.options.folder = getenv("TMPDIR");
    return cli_run(&with, SST_STAGE_EXTRACT, SST_VIEW_EXTRACT);
}
