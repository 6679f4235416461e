/* samestory export: a database in forms of others. */
#include <string.h>
#include <unistd.h>

#include "cli.h"

static int find(const char *option, const char *text, const char *const *names, const char *all)
{
    for (int i = 0; names[i]; i++)
        if (strcmp(text, names[i]) == 0)
            return i;
    cli_say("%s %s: give %s", option, text, all);
    return -1;
}

static int run(sst_context *ctx, const cli_line *line)
{
    static const char *const formats[] = {"jsonl",       "csv",        "passim",
                                          "annotations", "dehydrated", NULL};
    static const char *const tables[] = {"articles", "quotations", "figures",
                                         "pairs",    "stories",    NULL};
    if (!line->format) {
        cli_say("export needs --format FORMAT: jsonl, csv, passim, annotations or dehydrated");
        return EXIT_USAGE;
    }
    int format =
        find("--format", line->format, formats, "jsonl, csv, passim, annotations or dehydrated");
    int what = find("--what", line->what ? line->what : "articles", tables,
                    "articles, quotations, figures, pairs or stories");
    if (format < 0 || what < 0)
        return EXIT_USAGE;
    if (line->what && format > 1) {
        cli_say("--what is for --format jsonl and csv");
        return EXIT_USAGE;
    }
    cli_target t = {STDOUT_FILENO, 0, true};
    sst_status status = sst_export(ctx, line->db, (sst_export_format)(format + 1),
                                   (sst_export_what)what, cli_to_fd, &t);
    return status ? cli_write_failed(ctx, status, &t, "standard output") : EXIT_WELL;
}

int cmd_export(const cli_line *line)
{
    int code = cli_needs_db(line);
    return code ? code : cli_run_job(line, run);
}
