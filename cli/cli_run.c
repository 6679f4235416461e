/*
 * One run: inputs -> context -> standard output and, when asked for, a page in a file. Errors of
 * single inputs are named on standard error. An interrupt stops the run and leaves no half-written
 * file; a second one ends at once.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

static sst_context *volatile running;
static volatile sig_atomic_t interrupts, stopped_by; /* how many signals; the first */
static char temporary[4096];                         /* the page while it is written */
static volatile sig_atomic_t has_temporary;

static void interrupted(int sig)
{
    if (interrupts++ == 0) {
        stopped_by = sig;
        if (running)
            sst_stop(running);
        return;
    }
    if (has_temporary)
        unlink(temporary);
    signal(sig, SIG_DFL);
    raise(sig);
}

int cli_to_fd(void *user, const char *bytes, size_t n)
{
    cli_target *t = user;
    while (n > 0) {
        ssize_t k = write(t->fd, bytes, n);
        if (k < 0 && errno == EINTR && (t->rows || !interrupts))
            continue;
        if (k < 0) {
            t->error = errno;
            return 1;
        }
        bytes += k;
        n -= (size_t)k;
    }
    return 0;
}

int cli_failed(const sst_context *ctx, sst_status status)
{
    cli_progress_clear();
    if (!interrupts)
        cli_say("%s", sst_message(ctx));
    return status == SST_ERR_USAGE ? EXIT_USAGE : EXIT_INTERNAL;
}

/* A reader that has seen enough (`| head`) is no failure. */
int cli_write_failed(const sst_context *ctx, sst_status status, const cli_target *t,
                     const char *name)
{
    if (t->error == EPIPE)
        return EXIT_WELL;
    if (t->error == 0)
        return cli_failed(ctx, status);
    cli_say("%s: %s", name, strerror(t->error));
    return EXIT_INTERNAL;
}

static int write_stdout(sst_context *ctx, const cli_line *line, sst_view view, sst_format format)
{
    cli_target t = {STDOUT_FILENO, 0, false};
    sst_style style = {.columns = line->columns ? line->columns : cli_columns(t.fd, 80),
                       .colour = cli_colour(t.fd)};
    sst_status status = sst_write(ctx, view, format, &style, cli_to_fd, &t);
    return status ? cli_write_failed(ctx, status, &t, "standard output") : EXIT_WELL;
}

/* A device or a pipe: written as it is, never replaced by a file. */
static int write_special(sst_context *ctx, const char *file)
{
    cli_target t = {open(file, O_WRONLY | O_CLOEXEC), 0, false};
    if (t.fd < 0) {
        cli_say("%s: cannot be written: %s", file, strerror(errno));
        return EXIT_INTERNAL;
    }
    sst_status status = sst_write(ctx, SST_VIEW_REPORT, SST_FORMAT_HTML, NULL, cli_to_fd, &t);
    int code = status ? cli_write_failed(ctx, status, &t, file) : EXIT_WELL;
    if (close(t.fd) != 0 && code == EXIT_WELL) {
        cli_say("%s: cannot be written: %s", file, strerror(errno));
        code = EXIT_INTERNAL;
    }
    return code;
}

/* Written beside the file and renamed: whoever opens FILE finds a whole page, the old or the new.
 */
static int write_page(sst_context *ctx, const char *file)
{
    static const char suffix[] = ".XXXXXX";
    size_t n = strlen(file);
    struct stat there;
    if (stat(file, &there) == 0 && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode))
        return write_special(ctx, file);
    if (n + sizeof suffix > sizeof temporary) {
        cli_say("%s: the name is too long", file);
        return EXIT_INTERNAL;
    }
    memcpy(temporary, file, n);
    memcpy(temporary + n, suffix, sizeof suffix);
    cli_target t = {mkstemp(temporary), 0, false};
    if (t.fd < 0) {
        cli_say("%s: cannot be written: %s", file, strerror(errno));
        return EXIT_INTERNAL;
    }
    has_temporary = 1;
    sst_status status = sst_write(ctx, SST_VIEW_REPORT, SST_FORMAT_HTML, NULL, cli_to_fd, &t);
    mode_t mask = umask(0);
    umask(mask);
    int code = EXIT_WELL;
    if (status)
        code = t.error ? cli_write_failed(ctx, status, &t, file) : cli_failed(ctx, status);
    else if (fchmod(t.fd, 0666 & ~mask) != 0 || close(t.fd) != 0 || rename(temporary, file) != 0) {
        cli_say("%s: cannot be written: %s", file, strerror(errno));
        code = EXIT_INTERNAL;
    }
    if (code != EXIT_WELL)
        unlink(temporary);
    has_temporary = 0;
    return code;
}

/* 0, or the exit code for what could not be read. */
int cli_name_errors(const sst_context *ctx)
{
    size_t n = sst_error_n(ctx);
    for (size_t i = 0; i < n; i++) {
        sst_error e = sst_error_at(ctx, i);
        if (e.at == UINT64_MAX)
            cli_say("%.*s: %.*s", (int)e.source.n, e.source.p, (int)e.message.n, e.message.p);
        else
            cli_say("%.*s: %.*s (byte %llu)", (int)e.source.n, e.source.p, (int)e.message.n,
                    e.message.p, (unsigned long long)e.at);
    }
    return n ? EXIT_INPUTS : EXIT_WELL;
}

int cli_needs_db(const cli_line *line)
{
    if (line->db)
        return 0;
    cli_say("%s needs --db FILE: the database", line->command);
    return EXIT_USAGE;
}

static int write_all(sst_context *ctx, const cli_line *line, sst_view view)
{
    int code = EXIT_WELL;
    sst_format format = line->json    ? SST_FORMAT_JSON
                        : line->jsonl ? SST_FORMAT_JSONL
                        : line->csv   ? SST_FORMAT_CSV
                                      : SST_FORMAT_TEXT;
    bool page = line->html && strcmp(line->html, "-") == 0;
    if (line->html && !page)
        code = write_page(ctx, line->html);
    if (code == EXIT_WELL)
        code = write_stdout(ctx, line, view, page || line->debug ? SST_FORMAT_HTML : format);
    return code;
}

/* What was read, and what of it counts for nothing. */
static int name_inputs(const sst_context *ctx, const cli_line *line)
{
    int inputs = cli_name_errors(ctx);
    if (inputs == EXIT_WELL && sst_article_n(ctx) == 0) {
        cli_say("the inputs hold no article");
        inputs = EXIT_INPUTS;
    }
    for (size_t i = 0; !line->quiet && sst_note_at(ctx, i); i++)
        cli_say("%s", sst_note_at(ctx, i));
    return inputs;
}

/* Rows that are written while inputs are read. */
static int run_stream(sst_context *ctx, const cli_line *line)
{
    cli_target t = {STDOUT_FILENO, 0, true};
    sst_style style = {.columns = line->columns ? line->columns : cli_columns(t.fd, 80),
                       .colour = cli_colour(t.fd)};
    sst_status status = sst_stream(
        ctx, line->view, line->jsonl ? SST_FORMAT_JSONL : SST_FORMAT_TEXT, &style, cli_to_fd, &t);
    for (size_t i = 0; !status && i < line->input_n; i++)
        status = sst_add_path(ctx, line->inputs[i], line->kind);
    sst_status last = sst_stream_end(ctx); /* also after a failure: whole rows are kept */
    if (!status)
        status = last;
    cli_progress_clear();
    if (status)
        return cli_write_failed(ctx, status, &t, "standard output");
    cli_throughput(sst_article_n(ctx), "articles");
    return name_inputs(ctx, line);
}

static int run(sst_context *ctx, const cli_line *line)
{
    if (line->view == SST_VIEW_EXTRACT && !line->html && !line->json && !line->debug)
        return run_stream(ctx, line);
    for (size_t i = 0; i < line->input_n; i++) {
        sst_status status = sst_add_path(ctx, line->inputs[i], line->kind);
        if (status)
            return cli_failed(ctx, status);
    }
    sst_status status = sst_run(ctx, line->stage);
    if (status)
        return cli_failed(ctx, status);
    cli_progress_clear();
    if (line->view == SST_VIEW_EXTRACT)
        cli_throughput(sst_article_n(ctx), "articles");
    int inputs = name_inputs(ctx, line);
    int code = write_all(ctx, line, line->view);
    return code ? code : inputs;
}

int cli_run(const cli_line *line, sst_stage stage, sst_view view)
{
    cli_line with = *line;
    with.stage = stage;
    with.view = view;
    return cli_run_job(&with, run);
}

int cli_run_job(const cli_line *line, cli_job job)
{
    sst_options options = line->options;
    sst_context *ctx;
    cli_progress_start(!line->quiet);
    options.progress = cli_progress;
    if (sst_open(&options, &ctx) != SST_OK) {
        cli_say("out of memory");
        return EXIT_INTERNAL;
    }
    running = ctx;
    struct sigaction action = {.sa_handler = interrupted}; /* no SA_RESTART: a waiting read ends */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    int code = EXIT_WELL;
    if (line->outlets && sst_add_outlets(ctx, line->outlets) != SST_OK) {
        cli_say("--outlets %s", sst_message(ctx));
        code = EXIT_USAGE;
    }
    if (code == EXIT_WELL && line->links && sst_add_links(ctx, line->links) != SST_OK) {
        cli_say("--links %s", sst_message(ctx));
        code = EXIT_USAGE;
    }
    if (code == EXIT_WELL)
        code = job(ctx, line);
    cli_progress_clear();
    running = NULL;
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    if (interrupts) {
        cli_say("stopped");
        raise(stopped_by); /* so that a shell sees what ended it */
    }
    sst_close(ctx);
    return code;
}
