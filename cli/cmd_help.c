/* samestory help [COMMAND]. */
#include "cli.h"

int cmd_help(const cli_line *line)
{
    if (line->input_n == 0) {
        cli_help(stdout);
        return EXIT_WELL;
    }
    const cli_command *c = cli_find(line->inputs[0]);
    if (!c) {
        const char *near = cli_near_command(line->inputs[0]);
        cli_say("there is no command %s%s%s%s", line->inputs[0], near ? "; did you mean " : "",
                near ? near : "", near ? "?" : "");
        cli_usage(stderr);
        return EXIT_USAGE;
    }
    cli_help_command(stdout, c);
    return EXIT_WELL;
}
