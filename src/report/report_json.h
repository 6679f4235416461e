/*
 * A streaming JSON writer over a sink: bytes gather in a buffer and leave when it is full.
 *
 * Sticky: after the first failure nothing is written; report_out_end tells it. Commas and colons
 * are set by the writer. Strings come out as valid UTF-8 (a byte that is none becomes U+FFFD),
 * control characters as \u00XX.
 */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include <stdbool.h>
#include <string.h>

#include "base_str.h"
#include "report.h"

enum { REPORT_BUFFER = 64 * 1024, JSON_DEPTH = 32 };

/* Where all reports write to. Lives on the stack of report_write. */
typedef struct report_out {
    report_sink sink;
    sst_status status;
    size_t n;
    uint32_t depth;
    bool filled[JSON_DEPTH]; /* something stands at this depth already: a comma comes first */
    bool keyed;              /* a key was written: its value comes next */
    char *buffer;            /* REPORT_BUFFER bytes */
} report_out;

void report_out_init(report_out *o, report_sink sink, char *buffer);
/* Sends what is left; the first failure, or SST_OK. */
sst_status report_out_end(report_out *o) SST_MUST_CHECK;
void report_out_add(report_out *o, const char *p, size_t n);
static inline void report_out_str(report_out *o, sst_str s)
{
    report_out_add(o, s.p, s.n);
}
void report_out_z(report_out *o, const char *z);

void json_object(report_out *o);
void json_object_end(report_out *o);
void json_array(report_out *o);
void json_array_end(report_out *o);
void json_key_n(report_out *o, const char *key, size_t n); /* key needs no escapes */
static inline void json_key(report_out *o, const char *key)
{
    json_key_n(o, key, strlen(key)); /* which the compiler knows */
}
void json_key_str(report_out *o, sst_str key);
void json_string(report_out *o, sst_str s);
void json_z(report_out *o, const char *z); /* NULL is null */
void json_u64(report_out *o, uint64_t v);
void json_i64(report_out *o, int64_t v);
void json_bool(report_out *o, bool v);
void json_null(report_out *o);
void json_raw(report_out *o, sst_str json); /* a value that is JSON already */
/* The shortest digits that read back as v; not a number and the infinities are null. */
void json_double(report_out *o, double v);
/* With three decimals at most: scores. */
void json_score(report_out *o, double v);
/* A line end between two rows; the next value starts afresh. */
void json_line(report_out *o);

static inline void json_key_string(report_out *o, const char *key, sst_str s)
{
    json_key(o, key);
    json_string(o, s);
}
/* {"article":id,"begin":,"end":,"text":}, by far the most frequent object of a report */
void json_place(report_out *o, sst_str id, uint64_t begin, uint64_t end, sst_str text);
/* null when empty */
void json_key_maybe(report_out *o, const char *key, sst_str s);

#endif
