/* samestory fetch: feeds and the pages they lead to, into a database. */
#include <inttypes.h>

#include "cli.h"

static int tell(void *user, const sst_fetch_summary *s)
{
    const cli_line *line = user;
    cli_progress_clear();
    if (line->quiet)
        return 0;
    printf("%" PRIu64 " feeds (%" PRIu64 " unchanged, %" PRIu64 " failed", s->feeds, s->unchanged,
           s->failed);
    if (s->waiting)
        printf(", %" PRIu64 " not asked before their time", s->waiting);
    printf("), %" PRIu64 " entries, %" PRIu64 " articles, %" PRIu64 " pages", s->entries,
           s->articles, s->pages);
    if (s->refused)
        printf(" (%" PRIu64 " that robots.txt forbids)", s->refused);
    if (s->page_failures)
        printf(" (%" PRIu64 " failed)", s->page_failures);
    printf(", %.1f MB\n", (double)s->bytes / 1e6);
    fflush(stdout);
    cli_progress_start(!line->quiet);
    return 0;
}

static int run(sst_context *ctx, const cli_line *line)
{
    sst_fetch_options options = line->fetch;
    sst_fetch_summary total;
    options.round = tell;
    options.round_user = (void *)(uintptr_t)line;
    sst_status status = sst_fetch(ctx, line->db, line->inputs[0], &options, &total);
    cli_progress_clear();
    if (status == SST_ERR_STOPPED) /* an interrupt: all is stored */
        return cli_name_errors(ctx);
    if (status)
        return cli_failed(ctx, status);
    return cli_name_errors(ctx);
}

int cmd_fetch(const cli_line *line)
{
    if (!line->db || line->input_n != 1) {
        cli_say("fetch needs a database and a list of feeds: samestory fetch --db FILE FEEDS.opml");
        return EXIT_USAGE;
    }
    return cli_run_job(line, run);
}
