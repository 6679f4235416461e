/* The table of commands and options as data, what is near to a mistyped name, and help. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

#define COMMAND(name, args, summary, help, group) {#name, args, summary, help, #group, cmd_##name},
#define COMMAND_NAMED(id, name, args, summary, help, group)                                        \
    {name, args, summary, help, #group, cmd_##id},
const cli_command cli_commands[] = {
#include "commands.def"
};
const size_t cli_command_n = sizeof cli_commands / sizeof cli_commands[0];

#define OPTION(command, flag, value, help) {#command, flag, value, help},
const cli_option cli_options[] = {
#include "commands.def"
};
const size_t cli_option_n = sizeof cli_options / sizeof cli_options[0];

const cli_command *cli_find(const char *name)
{
    for (size_t i = 0; i < cli_command_n; i++)
        if (strcmp(cli_commands[i].name, name) == 0)
            return &cli_commands[i];
    return NULL;
}

bool cli_takes(const cli_command *c, const cli_option *o)
{
    return strcmp(o->command, "all") == 0 || strcmp(o->command, c->group) == 0 ||
           strcmp(o->command, c->name) == 0;
}

/* The long form: "-q, --quiet" -> "--quiet". */
static const char *long_flag(const cli_option *o)
{
    const char *comma = strstr(o->flag, ", ");
    return comma ? comma + 2 : o->flag;
}

bool cli_is_flag(const cli_option *o, const char *flag)
{
    const char *full = long_flag(o);
    if (strcmp(full, flag) == 0)
        return true;
    size_t n = full > o->flag ? (size_t)(full - o->flag) - 2 : 0;
    return n > 0 && strlen(flag) == n && strncmp(o->flag, flag, n) == 0;
}

/* ------------------------------------------------------------------------------------- near names
 */

enum { NAME_MOST = 32 };

/* Edits (insert, drop, replace, swap neighbours) between two short names: Damerau-Levenshtein,
 * restricted. */
static unsigned edits(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    unsigned d[NAME_MOST + 1][NAME_MOST + 1];
    if (n > NAME_MOST || m > NAME_MOST)
        return NAME_MOST;
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = (unsigned)(i + j);
                continue;
            }
            unsigned best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            best = d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
            best = d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    return d[n][m];
}

/* Near enough to be meant: a third of the letters may be wrong, at most two; or it is its
 * beginning. */
static bool is_near(const char *typed, const char *name, unsigned *distance)
{
    size_t n = strlen(typed);
    unsigned most = n < 3 ? 0 : n < 6 ? 1 : 2;
    *distance = edits(typed, name);
    if (n >= 3 && strncmp(typed, name, n) == 0)
        *distance = 0;
    return *distance <= most;
}

const char *cli_near_command(const char *name)
{
    const char *best = NULL;
    unsigned least = NAME_MOST, distance;
    for (size_t i = 0; i < cli_command_n; i++)
        if (is_near(name, cli_commands[i].name, &distance) && distance < least) {
            least = distance;
            best = cli_commands[i].name;
        }
    return best;
}

const char *cli_near_option(const cli_command *c, const char *flag)
{
    const char *best = NULL;
    unsigned least = NAME_MOST, distance;
    for (size_t i = 0; i < cli_option_n; i++)
        if (cli_takes(c, &cli_options[i]) && is_near(flag, long_flag(&cli_options[i]), &distance) &&
            distance < least) {
            least = distance;
            best = long_flag(&cli_options[i]);
        }
    return best;
}

/* ------------------------------------------------------------------------------------------- help
 */

enum { HELP_WIDEST = 100, HELP_INDENT = 24 };

/* Text wrapped at `width`, every line but the first behind `indent` spaces; `at` is the column it
 * starts in. */
static void wrapped(FILE *to, const char *text, size_t indent, size_t at, size_t width)
{
    while (*text) {
        size_t n = strcspn(text, " ");
        if (at > indent && at + 1 + n > width) {
            fprintf(to, "\n%*s", (int)indent, "");
            at = indent;
        } else if (at > indent) {
            fputc(' ', to);
            at++;
        }
        fwrite(text, 1, n, to);
        at += n;
        text += n;
        text += strspn(text, " ");
    }
    fputc('\n', to);
}

static size_t help_width(FILE *to)
{
    size_t width = cli_columns(fileno(to), 80);
    return width > HELP_WIDEST ? HELP_WIDEST : width < 40 ? 40 : width;
}

static void item(FILE *to, const char *left, const char *right, size_t indent)
{
    size_t n = strlen(left);
    fprintf(to, "  %s", left);
    if (n + 4 > indent)
        fprintf(to, "\n%*s", (int)indent, "");
    else
        fprintf(to, "%*s", (int)(indent - n - 2), "");
    wrapped(to, right, indent, indent, help_width(to));
}

void cli_usage(FILE *to)
{
    fputs("usage: samestory COMMAND [OPTION...] INPUT...\n"
          "       samestory compare reports/        the main job\n"
          "       samestory help                    the commands\n",
          to);
}

void cli_help(FILE *to)
{
    fputs("samestory finds news reports of the same story and lays them side by side.\n\n"
          "usage: samestory COMMAND [OPTION...] INPUT...\n\ncommands:\n",
          to);
    for (size_t i = 0; i < cli_command_n; i++)
        item(to, cli_commands[i].name, cli_commands[i].summary, 14);
    fputs("\nINPUT is a file (plain text, HTML, JSON Lines, a feed, a web archive, ninjs), a "
          "folder,\n"
          "or - for standard input.\n"
          "`samestory help COMMAND` shows a command's options and examples.\n",
          to);
}

static void paragraphs(FILE *to, const char *text)
{
    char line[1024];
    while (*text) {
        size_t n = strcspn(text, "\n");
        size_t kept = n < sizeof line ? n : sizeof line - 1;
        memcpy(line, text, kept);
        line[kept] = 0;
        if (kept == 0 || line[0] == ' ')
            fprintf(to, "%s\n", line);
        else
            wrapped(to, line, 0, 0, help_width(to));
        text += n + (text[n] == '\n');
    }
}

void cli_help_command(FILE *to, const cli_command *c)
{
    char left[128];
    fprintf(to, "samestory %s - %s\n\nusage: samestory %s", c->name, c->summary, c->name);
    if (*c->args)
        fprintf(to, " [OPTION...] %s", c->args);
    fputs("\n", to);
    if (*c->help) {
        fputs("\n", to);
        paragraphs(to, c->help);
    }
    bool head = false;
    for (size_t i = 0; i < cli_option_n; i++) {
        const cli_option *o = &cli_options[i];
        if (!cli_takes(c, o))
            continue;
        if (!head)
            fputs("\noptions:\n", to);
        head = true;
        snprintf(left, sizeof left, "%s%s%s%s", o->flag[1] == '-' ? "    " : "", o->flag,
                 *o->value ? " " : "", o->value);
        item(to, left, o->help, HELP_INDENT);
    }
}
