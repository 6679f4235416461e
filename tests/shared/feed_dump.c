/*
 * feed_dump: for each request line on standard input, "FILE TAB BASE TAB LANG", what the reader
 * finds in the feed, as one JSON line: {"channel":{...},"entries":[{...}],"errors":["..."]}. BASE
 * and LANG are what came from outside of the file (HTTP) and may be empty. Dates have a second
 * form,
 * "..._iso", as the page stage reads them. For tests/shared/feeds.py.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page_inner.h"
#include "read_feed.h"

typedef struct dump {
    sst_buf entries, channel;
    sst_arena arena;
} dump;

static void add_dates(dump *d, const read_feed_meta *m, sst_buf *out)
{
    static const struct {
        read_feed_value which;
        const char *name;
    } dates[] = {{FEED_PUBLISHED, "published"},
                 {FEED_UPDATED, "updated"},
                 {FEED_CREATED, "created"},
                 {FEED_EXPIRED, "expired"}};
    for (size_t i = 0; i < 4; i++) {
        sst_str iso = page_date(&d->arena, m->value[dates[i].which]);
        if (iso.n)
            buf_printf(out, ",\"%s_iso\":\"%s\"", dates[i].name, iso.p);
    }
}

static void take_entry(void *user, const read_feed_entry *e)
{
    dump *d = user;
    sst_buf *out = e->entry ? &d->entries : &d->channel;
    if (!e->entry)
        read_feed_write_channel(e, out);
    else {
        if (out->n)
            buf_byte(out, ',');
        read_feed_write(e, true, out);
    }
    out->n--; /* the closing bracket */
    add_dates(d, e->entry ? e->entry : e->channel, out);
    if (e->entry && e->entry->source) {
        buf_z(out, ",\"source_dates\":{\"x\":0");
        add_dates(d, e->entry->source, out);
        buf_byte(out, '}');
    }
    buf_byte(out, '}');
}

static sst_status take_document(void *user, const sst_document *document)
{
    (void)user;
    (void)document;
    return SST_OK;
}

int main(void)
{
    char line[8192];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        char *base = strchr(line, '\t'), *lang = base ? strchr(base + 1, '\t') : NULL;
        if (!lang)
            return 2;
        *base++ = *lang++ = 0;
        dump d;
        sst_errors errors;
        buf_init(&d.entries, 0);
        buf_init(&d.channel, 0);
        arena_init(&d.arena, 0);
        errors_init(&errors);
        sst_reader r = {.limits = {1u << 30, 1u << 26, 1u << 20, 512},
                        .errors = &errors,
                        .fn = take_document,
                        .each_entry = take_entry,
                        .user = &d,
                        .base = str_of(base),
                        .lang = str_of(lang)};
        sst_status status = read_path(&r, line, SST_KIND_FEED);
        printf("{\"status\":%d,\"channel\":%.*s,\"entries\":[%.*s],\"errors\":[", (int)status,
               d.channel.n ? (int)d.channel.n : 2, d.channel.n ? d.channel.p : "{}",
               (int)d.entries.n, d.entries.n ? d.entries.p : "");
        for (uint32_t i = 0; i < errors.inputs.n; i++) {
            printf("%s\"", i ? "," : "");
            for (size_t k = 0; k < errors.inputs.v[i].message.n; k++) {
                char c = errors.inputs.v[i].message.p[k];
                putchar(c == '"' || c == '\\' || (unsigned char)c < 0x20 ? '\'' : c);
            }
            putchar('"');
        }
        puts("]}");
        buf_release(&d.entries);
        buf_release(&d.channel);
        arena_release(&d.arena);
        errors_release(&errors);
    }
    return 0;
}
