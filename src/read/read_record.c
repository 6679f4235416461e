/*
 * A record's own head. WARC 1.0 and 1.1 (ISO 28500:2009, :2017): a version line, then named fields,
 * then an empty line. ARC 1 and 2 (Internet Archive, 1996): one line of fields parted by spaces, of
 * which the first, the address, may hold spaces itself, so it is read from its end.
 */
#include "read_archive.h"

static bool number(sst_str s, uint64_t *out)
{
    *out = 0;
    if (s.n == 0 || s.n > 18)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!byte_is_digit((unsigned char)s.p[i]))
            return false;
        *out = *out * 10 + (uint64_t)(s.p[i] - '0');
    }
    return true;
}

bool read_record_warc(archive *a, sst_str head, archive_record *out, const char **why)
{
    const struct {
        const char *name;
        sst_str *to;
    } fields[] = {{"warc-type", &out->type},
                  {"warc-record-id", &out->id},
                  {"warc-target-uri", &out->uri},
                  {"warc-date", &out->date},
                  {"content-type", &out->media},
                  {"warc-block-digest", &out->block_digest},
                  {"warc-payload-digest", &out->payload_digest},
                  {"warc-truncated", &out->truncated},
                  {"warc-refers-to", &out->refers_to},
                  {"warc-refers-to-target-uri", &out->refers_uri},
                  {"warc-refers-to-date", &out->refers_date}};
    head = arena_str(&a->arena, head);
    sst_str name, value;
    while (read_head_line(&head, &name, &value)) {
        if (str_eq_nocase(name, STR("content-length"))) {
            if (!number(value, &out->length)) {
                *why = "its Content-Length is no number";
                return false;
            }
            out->has_length = true;
            continue;
        }
        if (str_eq_nocase(name, STR("warc-segment-number")))
            out->segment = true;
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            if (fields[i].to->n == 0 && str_eq_nocase(name, str_of(fields[i].name))) {
                *fields[i].to = value;
                break;
            }
    }
    /* a version of wget writes the address in angle brackets */
    if (out->uri.n > 2 && out->uri.p[0] == '<' && out->uri.p[out->uri.n - 1] == '>')
        out->uri = (sst_str){out->uri.p + 1, out->uri.n - 2};
    if (!out->has_length)
        *why = "it has no Content-Length";
    return out->has_length;
}

/* The last field of a line, which becomes shorter. */
static sst_str last_field(sst_str *line)
{
    while (line->n && byte_is_space((unsigned char)line->p[line->n - 1]))
        line->n--;
    size_t n = line->n;
    while (n && line->p[n - 1] != ' ')
        n--;
    sst_str field = {line->p + n, line->n - n};
    line->n = n;
    return field;
}

static bool is_date(sst_str s)
{
    uint64_t v;
    return s.n >= 8 && s.n <= 18 && number(s, &v);
}

/* address, host, date, media type; for version 2 without the five fields behind them */
static bool split(sst_str line, sst_str *uri, sst_str *date, sst_str *media, sst_str *length)
{
    *length = last_field(&line);
    sst_str rest = line, skipped;
    *media = last_field(&line);
    *date = last_field(&line);
    skipped = last_field(&line);
    *uri = str_trim(line);
    if (is_date(*date) && uri->n && skipped.n)
        return true;
    /* version 2: ... type result checksum location offset file length */
    line = rest;
    for (int i = 0; i < 5; i++)
        skipped = last_field(&line);
    *media = last_field(&line);
    *date = last_field(&line);
    skipped = last_field(&line);
    *uri = str_trim(line);
    return is_date(*date) && uri->n && skipped.n;
}

bool read_record_is_arc(sst_str line)
{
    sst_str uri, date, media, length;
    uint64_t v;
    return split(line, &uri, &date, &media, &length) && memchr(uri.p, ':', uri.n) &&
           number(length, &v);
}

bool read_record_arc(archive *a, sst_str line, archive_record *out, const char **why)
{
    sst_str date, length;
    line = arena_str(&a->arena, line);
    if (!split(line, &out->uri, &date, &out->media, &length) ||
        !memchr(out->uri.p, ':', out->uri.n)) {
        *why = "no record of an arc begins here";
        return false;
    }
    if (!number(length, &out->length)) {
        *why = "its length is no number";
        return false;
    }
    out->has_length = true;
    bool description = str_starts(out->uri, STR("filedesc:"));
    bool outside = str_starts(out->uri, STR("dns:")) || str_starts(out->uri, STR("whois:"));
    out->type = description ? STR("warcinfo") : outside ? STR("metadata") : STR("response");
    /* 20080430204825 -> 2008-04-30T20:48:25Z */
    if (date.n >= 14)
        out->date = arena_printf(&a->arena, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", date.p, date.p + 4,
                                 date.p + 6, date.p + 8, date.p + 10, date.p + 12);
    else
        out->date = arena_printf(&a->arena, "%.4s-%.2s-%.2s", date.p, date.p + 4, date.p + 6);
    return true;
}
