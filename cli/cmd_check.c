/* samestory check: is a database what it should be? */
#include <stdio.h>

#include "cli.h"

static void tell(void *user, const char *invariant, const char *what, int mended)
{
    (void)user;
    cli_progress_clear();
    printf("%s: %s%s\n", invariant, what, mended ? " (mended)" : "");
}

static int run(sst_context *ctx, const cli_line *line)
{
    uint64_t faults = 0;
    sst_status status = sst_check(ctx, line->db, line->repair, tell, NULL, &faults);
    if (status)
        return cli_failed(ctx, status);
    cli_progress_clear();
    if (faults)
        printf("%llu %s wrong%s\n", (unsigned long long)faults,
               faults == 1 ? "thing is" : "things are",
               line->repair ? " and cannot be mended" : "");
    else
        puts("the database is whole");
    return faults ? EXIT_INPUTS : EXIT_WELL;
}

int cmd_check(const cli_line *line)
{
    int code = cli_needs_db(line);
    return code ? code : cli_run_job(line, run);
}
