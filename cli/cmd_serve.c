/* samestory serve: pages, feeds and JSON of a database, until an interrupt. */
#include <signal.h>
#include <unistd.h>

#include "cli.h"

static int run(sst_context *ctx, const cli_line *line)
{
    sst_serve_options options = line->serve;
    sst_server *server = NULL;
    sigset_t both, before;
    int sig;
    options.threads = line->options.threads;
    /* Blocked before the server's threads are there, so that the interrupt comes here. */
    sigemptyset(&both);
    sigaddset(&both, SIGINT);
    sigaddset(&both, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &both, &before);
    cli_progress_clear();
    sst_status status = sst_serve_start(ctx, line->db, &options, &server);
    if (status) {
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        return cli_failed(ctx, status);
    }
    printf("serving %s at %s\n", line->db, sst_serve_address(server));
    fflush(stdout);
    sigwait(&both, &sig);
    pthread_sigmask(SIG_SETMASK, &before, NULL); /* a second one ends at once */
    sst_serve_stop(server);
    return EXIT_WELL;
}

int cmd_serve(const cli_line *line)
{
    if (!line->db || line->input_n) {
        cli_say("serve needs a database: samestory serve --db FILE");
        return EXIT_USAGE;
    }
    return cli_run_job(line, run);
}
