/*
 * What the commands share: the parsed command line, the run from inputs to output, the terminal.
 */
#ifndef CLI_H
#define CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "samestory.h"

enum { EXIT_WELL = 0, EXIT_INPUTS = 1, EXIT_USAGE = 2, EXIT_INTERNAL = 3 };

typedef struct cli_line {
    const char *command;
    sst_options options;
    sst_kind kind;
    uint32_t columns; /* 0: ask the terminal */
    bool quiet, help, json, jsonl, csv, tokens, places, debug;
    sst_stage stage; /* of the command */
    sst_view view;
    const char *html;    /* file, "-" or NULL */
    const char *outlets; /* file or NULL */
    const char *links;   /* file or NULL */
    const char *db;      /* file or NULL */
    bool repair, later;
    sst_search_query query;
    const char *format, *what; /* of an export; or NULL */
    sst_fetch_options fetch;
    sst_serve_options serve;
    char **inputs; /* NULL behind the last; parts of argv */
    size_t input_n;
} cli_line;

typedef struct cli_command {
    const char *name, *args, *summary, *help, *group;
    int (*run)(const cli_line *line);
} cli_command;

typedef struct cli_option {
    const char *command, *flag, *value, *help;
} cli_option;

extern const cli_command cli_commands[];
extern const size_t cli_command_n;
extern const cli_option cli_options[];
extern const size_t cli_option_n;

/* cli_table.c */
const cli_command *cli_find(const char *name);
/* The nearest command, or NULL when none is near. */
const char *cli_near_command(const char *name);
/* The nearest long option that the command takes, or NULL. */
const char *cli_near_option(const cli_command *c, const char *flag);
bool cli_takes(const cli_command *c, const cli_option *o);
/* Does flag ("--json", "-q") name the option? */
bool cli_is_flag(const cli_option *o, const char *flag);
void cli_usage(FILE *to);
void cli_help(FILE *to);
void cli_help_command(FILE *to, const cli_command *c);

/* cli_line.c: 0, or the exit code after a message on stderr. argv: what stands behind the command.
 */
int cli_parse(const cli_command *c, int argc, char **argv, cli_line *out);

/* cli_run.c: reads the inputs, runs, writes to standard output; the exit code. */
int cli_run(const cli_line *line, sst_stage stage, sst_view view);

/* The same around another job: context, interrupts. The job gives the exit code. */
typedef int (*cli_job)(sst_context *ctx, const cli_line *line);
int cli_run_job(const cli_line *line, cli_job job);
/* For jobs: the code of a failed call, after its message; of inputs with errors, after naming them;
 * a sink that writes to standard output and, behind a failure of it, its code. */
int cli_failed(const sst_context *ctx, sst_status status);
int cli_name_errors(const sst_context *ctx);
/* The code when the command has no --db, behind a message; else 0. */
int cli_needs_db(const cli_line *line);
typedef struct cli_target {
    int fd, error; /* errno of the first failed write */
    bool rows;     /* what is given is whole rows: an interrupt does not cut one */
} cli_target;
int cli_to_fd(void *target, const char *bytes, size_t n);
int cli_write_failed(const sst_context *ctx, sst_status status, const cli_target *t,
                     const char *name);

/* cli_term.c */
uint32_t cli_columns(int fd, uint32_t fallback);
bool cli_colour(int fd);
void cli_progress_start(bool on);
int cli_progress(void *user, const char *stage, uint64_t done, uint64_t total);
void cli_progress_clear(void);
/* "1240 articles, 310 a second", on a terminal, behind a run long enough for a bar. */
void cli_throughput(uint64_t n, const char *what);
__attribute__((format(printf, 1, 2))) void cli_say(const char *format, ...);

/* The commands, one a file. */
int cmd_compare(const cli_line *line);
int cmd_extract(const cli_line *line);
int cmd_duplicates(const cli_line *line);
int cmd_passages(const cli_line *line);
int cmd_stories(const cli_line *line);
int cmd_why(const cli_line *line);
int cmd_quotes(const cli_line *line);
int cmd_figures(const cli_line *line);
int cmd_debug_html(const cli_line *line);
int cmd_ingest(const cli_line *line);
int cmd_search(const cli_line *line);
int cmd_export(const cli_line *line);
int cmd_check(const cli_line *line);
int cmd_fetch(const cli_line *line);
int cmd_serve(const cli_line *line);
int cmd_version(const cli_line *line);
int cmd_help(const cli_line *line);

#endif
