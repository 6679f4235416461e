/* Shared by the files of this folder only. */
#ifndef READ_INNER_H
#define READ_INNER_H

#include "base_buf.h"
#include "base_str.h"
#include "read.h"
#include "read_source.h"

enum {
    READ_START = 64 * 1024,  /* bytes that decide what a file is */
    READ_BLOCK = 256 * 1024, /* of rows that are read on another thread */
    READ_AUTHORS =
        64 /* names taken of one report; lists of thousands are papers of physics, not news */
};

/* What the beginning of a file, in UTF-8, says it is. */
sst_kind read_kind(sst_str start);

/* Text of one document in any charset -> the reader's function, with error rows for what had to be
 * guessed. */
sst_status read_text(const sst_reader *r, sst_document *d, sst_str bytes);

/* Rows of JSON; start holds what was taken from the source already. */
sst_status read_rows(const sst_reader *r, sst_str name, read_source *s, sst_buf *start);

/* One document of JSON, spread over lines or an array of articles, that is wholly in memory. */
sst_status read_json(const sst_reader *r, sst_str name, sst_buf *all);

/* read_ninjs.c: is an object an item of ninjs, and its fields; false when it has no body. */
struct cJSON;
bool read_ninjs_is(const struct cJSON *item);
bool read_ninjs(const struct cJSON *item, sst_document *d);

/* A web archive: WARC or ARC. start holds what was taken from the source already, of its first
 * member only where it is packed. */
sst_status read_archive(const sst_reader *r, sst_str name, read_source *s, sst_buf *start);
bool read_archive_is(sst_str start);

/* A feed of any form; start holds what was taken from the source already. */
sst_status read_feed(const sst_reader *r, sst_str name, read_source *s, sst_buf *start);

/* Opens a file that somebody named inside another (a folder, a row): regular files only. -1 with
 * *why set. */
int read_open_regular(const char *path, const char **why);

bool read_stopped(const sst_reader *r);

#endif
