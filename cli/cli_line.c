/* The command line: options by the table, inputs as they stand. `--name value` and `--name=value`
 * are the same. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { COLUMNS_LEAST = 20, COLUMNS_MOST = 1000, THREADS_MOST = 256, SHARED_MOST = 1000000 };
enum { HITS_MOST = 1000 * 1000 };
enum { MINUTES_MOST = 7 * 24 * 60 };
enum { SIZE_MOST = 1 << 30, MEMORY_LEAST = 1 << 20 };

static int number(const char *name, const char *text, unsigned long least, unsigned long most,
                  uint32_t *out)
{
    char *end;
    unsigned long v = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || v < least || v > most) {
        cli_say("%s %s: give a number from %lu to %lu", name, text, least, most);
        return EXIT_USAGE;
    }
    *out = (uint32_t)v;
    return 0;
}

static int kind(const char *text, sst_kind *out)
{
    static const struct {
        const char *name;
        sst_kind kind;
    } kinds[] = {{"html", SST_KIND_HTML}, {"text", SST_KIND_TEXT}, {"jsonl", SST_KIND_JSONL},
                 {"feed", SST_KIND_FEED}, {"warc", SST_KIND_WARC}, {"ninjs", SST_KIND_NINJS}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(text, kinds[i].name) == 0) {
            *out = kinds[i].kind;
            return 0;
        }
    cli_say("--kind %s: give html, text, jsonl, warc, feed or ninjs", text);
    return EXIT_USAGE;
}

/* A share above 0, 1 at the most. */
static int fraction(const char *name, const char *text, double *out)
{
    char *end;
    double v = strtod(text, &end);
    if (*text < '0' || *text > '9' || *end || !(v > 0 && v <= 1)) {
        cli_say("%s %s: give a number above 0, 1 at the most, as 0.5", name, text);
        return EXIT_USAGE;
    }
    *out = v;
    return 0;
}

static int show(const char *text, uint8_t *out)
{
    static const char *const names[] = {"first", "last", "longest"};
    for (uint8_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(text, names[i]) == 0) {
            *out = i;
            return 0;
        }
    cli_say("--show %s: give first, last or longest", text);
    return EXIT_USAGE;
}

static int grain(const char *text, uint8_t *out)
{
    static const char *const names[] = {[SST_GRAIN_EVENT] = "event",
                                        [SST_GRAIN_DEVELOPMENT] = "development",
                                        [SST_GRAIN_SAGA] = "saga"};
    for (uint8_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(text, names[i]) == 0) {
            *out = i;
            return 0;
        }
    cli_say("--grain %s: give event, development or saga", text);
    return EXIT_USAGE;
}

/* Letters of any script, or digits. */
static int speaker(const char *text, const char **out)
{
    for (const char *p = text; *p; p++)
        if (isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80) {
            *out = text;
            return 0;
        }
    cli_say("--speaker %s: give a name, or a part of one", text);
    return EXIT_USAGE;
}

/* "direct,mixed" */
static int types(const char *text, unsigned *out)
{
    static const struct {
        const char *name;
        unsigned bit;
    } table[] = {{"direct", SST_QUOTES_DIRECT},
                 {"mixed", SST_QUOTES_MIXED},
                 {"indirect", SST_QUOTES_INDIRECT}};
    *out = 0;
    for (const char *p = text;; p++) {
        size_t n = strcspn(p, ",");
        unsigned bit = 0;
        for (size_t k = 0; k < sizeof table / sizeof *table; k++)
            if (strlen(table[k].name) == n && strncmp(p, table[k].name, n) == 0)
                bit = table[k].bit;
        if (!bit) {
            cli_say("--type %s: give direct, mixed or indirect, or several joined by commas", text);
            return EXIT_USAGE;
        }
        *out |= bit;
        p += n;
        if (!*p)
            return 0;
    }
}

/* "800M": a whole number and K, M or G. */
static int size(const char *flag, const char *text, uint64_t *out)
{
    static const char units[] = "KMG";
    char *end;
    errno = 0;
    unsigned long long v = strtoull(text, &end, 10);
    const char *unit = *end ? strchr(units, *end >= 'a' ? *end - 32 : *end) : NULL;
    if (*text < '0' || *text > '9' || errno || !unit || end[1] || v == 0 || v > SIZE_MOST ||
        v << 10 * (unit - units + 1) < MEMORY_LEAST) {
        cli_say("%s %s: give a size of 1M or more, like 800M or 2G", flag, text);
        return EXIT_USAGE;
    }
    *out = (uint64_t)v << 10 * (unit - units + 1);
    return 0;
}

/* Options of the commands that read a database; false: it is another. */
static bool set_database(cli_line *l, const char *flag, const char *value, int *code)
{
    *code = 0;
    if (strcmp(flag, "--repair") == 0)
        l->repair = true;
    else if (strcmp(flag, "--format") == 0)
        l->format = value;
    else if (strcmp(flag, "--what") == 0)
        l->what = value;
    else if (strcmp(flag, "--outlet") == 0)
        l->query.outlet = value;
    else if (strcmp(flag, "--lang") == 0)
        l->query.lang = value;
    else if (strcmp(flag, "--since") == 0)
        l->query.since = value;
    else if (strcmp(flag, "--until") == 0)
        l->query.until = value;
    else if (strcmp(flag, "--articles") == 0)
        l->query.kinds |= SST_FIND_ARTICLES;
    else if (strcmp(flag, "--quotations") == 0)
        l->query.kinds |= SST_FIND_QUOTATIONS;
    else if (strcmp(flag, "--figures") == 0)
        l->query.kinds |= SST_FIND_FIGURES;
    else if (strcmp(flag, "--limit") == 0)
        *code = number(flag, value, 1, HITS_MOST, &l->query.limit);
    else if (strcmp(flag, "--offset") == 0)
        *code = number(flag, value, 0, HITS_MOST, &l->query.offset);
    else
        return false;
    return true;
}

static int pages(const char *text, uint8_t *out)
{
    static const char *const names[] = {[SST_FETCH_PAGES_MISSING] = "missing",
                                        [SST_FETCH_PAGES_ALL] = "all",
                                        [SST_FETCH_PAGES_NONE] = "none"};
    for (uint8_t i = 1; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(text, names[i]) == 0) {
            *out = i;
            return 0;
        }
    cli_say("--pages %s: give missing, all or none", text);
    return EXIT_USAGE;
}

/* A port; 0 is one that is free. */
static int port(const char *text, uint32_t *out)
{
    int code = number("--port", text, 0, 65535, out);
    if (!code && *out == 0)
        *out = SST_PORT_ANY;
    return code;
}

/* Milliseconds, given in seconds: "0.5", "2". */
static int delay(const char *text, uint32_t *out)
{
    char *end;
    double v = strtod(text, &end);
    if (*text < '0' || *text > '9' || *end || v > 3600) {
        cli_say("--delay %s: give seconds, 3600 at most, as 1 or 0.5", text);
        return EXIT_USAGE;
    }
    *out = v * 1000 < 1 ? 1 : (uint32_t)(v * 1000);
    return 0;
}

/* Options of fetch and serve; false when flag is none of them. */
static bool set_network(cli_line *l, const char *flag, const char *value, int *code)
{
    sst_fetch_options *f = &l->fetch;
    sst_serve_options *s = &l->serve;
    *code = 0;
    if (strcmp(flag, "--every") == 0)
        *code = number(flag, value, 1, MINUTES_MOST, &f->every_minutes);
    else if (strcmp(flag, "--pages") == 0)
        *code = pages(value, &f->pages);
    else if (strcmp(flag, "--delay") == 0)
        *code = delay(value, &f->host_delay_ms);
    else if (strcmp(flag, "--timeout") == 0)
        *code = number(flag, value, 1, 3600, &f->timeout_s);
    else if (strcmp(flag, "--at-once") == 0)
        *code = number(flag, value, 1, 1000, &f->connections);
    else if (strcmp(flag, "--largest") == 0)
        *code = size(flag, value, &f->bytes);
    else if (strcmp(flag, "--proxy") == 0)
        f->proxy = value;
    else if (strcmp(flag, "--agent") == 0)
        f->agent = value;
    else if (strcmp(flag, "--private") == 0)
        f->allow_private = 1;
    else if (strcmp(flag, "--address") == 0)
        s->address = value;
    else if (strcmp(flag, "--port") == 0)
        *code = port(value, &s->port);
    else if (strcmp(flag, "--host") == 0)
        s->host = value;
    else if (strcmp(flag, "--cache") == 0)
        *code = size(flag, value, &s->cache_bytes);
    else
        return false;
    return true;
}

static int set(cli_line *l, const char *flag, const char *value)
{
    int code;
    if (set_database(l, flag, value, &code) || set_network(l, flag, value, &code))
        return code;
    if (strcmp(flag, "--db") == 0)
        l->db = value;
    else if (strcmp(flag, "--html") == 0)
        l->html = value;
    else if (strcmp(flag, "--outlets") == 0)
        l->outlets = value;
    else if (strcmp(flag, "--links") == 0)
        l->links = value;
    else if (strcmp(flag, "--grain") == 0)
        return grain(value, &l->options.grain);
    else if (strcmp(flag, "--json") == 0)
        l->json = true;
    else if (strcmp(flag, "--jsonl") == 0)
        l->jsonl = true;
    else if (strcmp(flag, "--csv") == 0)
        l->csv = true;
    else if (strcmp(flag, "--speaker") == 0)
        return speaker(value, &l->options.speaker);
    else if (strcmp(flag, "--type") == 0)
        return types(value, &l->options.quote_types);
    else if (strcmp(flag, "--with-text") == 0)
        l->options.with_text = 1;
    else if (strcmp(flag, "--tokens") == 0)
        l->tokens = true;
    else if (strcmp(flag, "--places") == 0)
        l->places = true;
    else if (strcmp(flag, "--debug") == 0) {
        l->debug = true;
        l->options.explain = 1;
    } else if (strcmp(flag, "--as-read") == 0)
        l->options.as_read = 1;
    else if (strcmp(flag, "--later") == 0)
        l->later = true;
    else if (strcmp(flag, "--marks") == 0)
        l->options.marks = 1;
    else if (strcmp(flag, "--inside") == 0)
        l->options.inside = 1;
    else if (strcmp(flag, "--passim") == 0) {
        l->options.passim = 1;
        l->jsonl = true;
    } else if (strcmp(flag, "--shared") == 0)
        return number(flag, value, 1, SHARED_MOST, &l->options.shared);
    else if (strcmp(flag, "--groups") == 0)
        l->options.groups = 1;
    else if (strcmp(flag, "--threshold") == 0)
        return fraction(flag, value, &l->options.jaccard);
    else if (strcmp(flag, "--memory") == 0)
        return size(flag, value, &l->options.memory_bytes);
    else if (strcmp(flag, "--show") == 0)
        return show(value, &l->options.show);
    else if (strcmp(flag, "--kind") == 0)
        return kind(value, &l->kind);
    else if (strcmp(flag, "--threads") == 0)
        return number(flag, value, 1, THREADS_MOST, &l->options.threads);
    else if (strcmp(flag, "--columns") == 0)
        return number(flag, value, COLUMNS_LEAST, COLUMNS_MOST, &l->columns);
    else if (strcmp(flag, "--quiet") == 0)
        l->quiet = true;
    else if (strcmp(flag, "--help") == 0)
        l->help = true;
    else if (strcmp(flag, "--offsets") == 0) {
        if (strcmp(value, "codepoint") != 0 && strcmp(value, "byte") != 0) {
            cli_say("--offsets %s: give byte or codepoint", value);
            return EXIT_USAGE;
        }
        l->options.offsets_codepoint = strcmp(value, "codepoint") == 0;
    }
    return 0;
}

static const cli_option *find(const cli_command *c, const char *flag)
{
    for (size_t i = 0; i < cli_option_n; i++)
        if (cli_takes(c, &cli_options[i]) && cli_is_flag(&cli_options[i], flag))
            return &cli_options[i];
    return NULL;
}

static int unknown(const cli_command *c, const char *flag)
{
    if (strcmp(flag, "--json") == 0 && find(c, "--jsonl"))
        cli_say("%s writes rows: give --jsonl", c->name);
    else if (strcmp(flag, "--jsonl") == 0 && find(c, "--json"))
        cli_say("%s writes one object: give --json", c->name);
    else {
        const char *near = cli_near_option(c, flag);
        cli_say("%s has no option %s%s%s%s", c->name, flag, near ? "; did you mean " : "",
                near ? near : "", near ? "?" : "");
    }
    fprintf(stderr, "`samestory help %s` shows its options\n", c->name);
    return EXIT_USAGE;
}

/* One argument that begins with '-'; *next is the argument behind it or NULL, *used becomes true
 * when it was the value. */
static int option(const cli_command *c, cli_line *l, const char *arg, char *next, bool *used)
{
    char flag[64];
    const char *equals = strncmp(arg, "--", 2) == 0 ? strchr(arg, '=') : NULL;
    size_t n = equals ? (size_t)(equals - arg) : strlen(arg);
    if (n >= sizeof flag)
        return unknown(c, arg);
    memcpy(flag, arg, n);
    flag[n] = 0;
    const cli_option *o = find(c, flag);
    if (!o)
        return unknown(c, flag);
    const char *comma = strstr(o->flag, ", "), *full = comma ? comma + 2 : o->flag;
    if (!*o->value) {
        if (equals) {
            cli_say("%s takes no value", full);
            return EXIT_USAGE;
        }
        return set(l, full, NULL);
    }
    const char *value = equals ? equals + 1 : next;
    if (!value || !*value) {
        cli_say("%s needs a value: %s %s", full, full, o->value);
        return EXIT_USAGE;
    }
    *used = !equals;
    return set(l, full, value);
}

int cli_parse(const cli_command *c, int argc, char **argv, cli_line *out)
{
    memset(out, 0, sizeof *out);
    out->command = c->name;
    out->inputs = argv;
    bool only_inputs = false;
    for (int i = 0; i < argc; i++) {
        char *arg = argv[i];
        if (only_inputs || arg[0] != '-' || !arg[1]) {
            argv[out->input_n++] = arg; /* never in front of what is still to be read */
            continue;
        }
        if (strcmp(arg, "--") == 0) {
            only_inputs = true;
            continue;
        }
        bool used = false;
        int code = option(c, out, arg, i + 1 < argc ? argv[i + 1] : NULL, &used);
        if (code)
            return code;
        i += used;
    }
    bool wants = strcmp(c->args, "INPUT...") == 0;
    if (out->help)
        return 0;
    if (strcmp(c->args, "FILE") == 0 && out->input_n != 1) {
        cli_say("%s takes one FILE, or - for standard input", c->name);
        fprintf(stderr, "usage: samestory %s [OPTION...] %s\n", c->name, c->args);
        return EXIT_USAGE;
    }
    if (wants && out->input_n == 0) {
        cli_say("%s needs an INPUT: a file, a folder, or - for standard input", c->name);
        fprintf(stderr, "usage: samestory %s [OPTION...] %s\n", c->name, c->args);
        return EXIT_USAGE;
    }
    if (out->debug && out->jsonl) {
        cli_say("--debug and --jsonl both write to standard output: give one of them");
        return EXIT_USAGE;
    }
    if (out->csv && out->jsonl) {
        cli_say("--csv and --jsonl both write to standard output: give one of them");
        return EXIT_USAGE;
    }
    if (out->html && out->json && strcmp(out->html, "-") == 0) {
        cli_say("--json and --html - both write to standard output: give --html a file");
        return EXIT_USAGE;
    }
    return 0;
}
