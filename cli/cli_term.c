/* The terminal: its width, whether to colour, the progress bar, messages. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

uint32_t cli_columns(int fd, uint32_t fallback)
{
    struct winsize size;
    if (isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
        return size.ws_col;
    const char *columns = getenv("COLUMNS");
    unsigned long n = columns ? strtoul(columns, NULL, 10) : 0;
    return n >= 20 && n <= 1000 ? (uint32_t)n : fallback;
}

bool cli_colour(int fd)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fd) && !(none && *none) && term && *term && strcmp(term, "dumb") != 0;
}

/* ------------------------------------------------------------------------------------ progress bar
 */

enum { BAR_CELLS = 24, BAR_EVERY_MS = 80, BAR_AFTER_MS = 250 };

static struct {
    bool on, drawn;
    bool tell; /* a terminal, and not --quiet: it stays when the bar has gone */
    struct timespec start, last;
} bar;

static long since_ms(struct timespec from, struct timespec to)
{
    return (long)(to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000;
}

void cli_progress_start(bool on)
{
    const char *term = getenv("TERM");
    bar.on = on && isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
    bar.tell = bar.on;
    clock_gettime(CLOCK_MONOTONIC, &bar.start);
    bar.last = bar.start;
}

/* Short runs show no bar; long ones move it a dozen times a second. */
int cli_progress(void *user, const char *stage, uint64_t done, uint64_t total)
{
    (void)user;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!bar.on || since_ms(bar.start, now) < BAR_AFTER_MS ||
        since_ms(bar.last, now) < BAR_EVERY_MS)
        return 0;
    bar.last = now;
    bar.drawn = true;
    if (total == 0) {
        fprintf(stderr, "\r\033[K%s", stage);
        if (done)
            fprintf(stderr, " %llu", (unsigned long long)done);
    } else {
        char cells[BAR_CELLS + 1];
        size_t full = (size_t)(done * BAR_CELLS / total);
        memset(cells, '.', BAR_CELLS);
        memset(cells, '#', full > BAR_CELLS ? BAR_CELLS : full);
        cells[BAR_CELLS] = 0;
        fprintf(stderr, "\r\033[K%s %s %llu of %llu", cells, stage, (unsigned long long)done,
                (unsigned long long)total);
    }
    fflush(stderr);
    return 0;
}

void cli_progress_clear(void)
{
    if (bar.drawn)
        fputs("\r\033[K", stderr);
    bar.drawn = false;
    bar.on = false;
}

/* Said of runs that were long enough for a bar, to whoever has seen it. */
void cli_throughput(uint64_t n, const char *what)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long ms = since_ms(bar.start, now);
    if (bar.tell && ms >= BAR_AFTER_MS)
        fprintf(stderr, "%llu %s, %llu a second\n", (unsigned long long)n, what,
                (unsigned long long)(n * 1000 / (uint64_t)ms));
}

/* A message may hold bytes of a file name: control characters do not reach the terminal. */
void cli_say(const char *format, ...)
{
    char text[2048];
    va_list ap;
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    for (char *p = text; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
    fprintf(stderr, "samestory: %s\n", text);
}
