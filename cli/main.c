/* The program: finds the command and runs it. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

/* What printf has kept back may not fit on a full disk. A reader that has gone is no failure. */
static int finish(int code)
{
    if (fflush(stdout) == 0 || errno == EPIPE || code != EXIT_WELL)
        return code;
    cli_say("standard output: %s", strerror(errno));
    return EXIT_INTERNAL;
}

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
        return finish(EXIT_WELL);
    }
    return finish(c->run(&line));
}
