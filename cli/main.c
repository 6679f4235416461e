/* The program: finds the command and runs it. */
#include <signal.h>
#include <string.h>

#include "cli.h"

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a reader that goes away ends the writing, not the process */
    if (argc < 2) {
        cli_usage(stderr);
        return EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--version") == 0)
        name = "version";
    else if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    const cli_command *c = cli_find(name);
    if (!c) {
        const char *near = cli_near_command(name);
        cli_say("there is no command %s%s%s%s", name, near ? "; did you mean " : "",
                near ? near : "", near ? "?" : "");
        cli_usage(stderr);
        return EXIT_USAGE;
    }
    cli_line line;
    int code = cli_parse(c, argc - 2, argv + 2, &line);
    if (code)
        return code;
    if (line.help) {
        cli_help_command(stdout, c);
        return EXIT_WELL;
    }
    return c->run(&line);
}
