/*
 * Files, folders and standard input. A folder is walked in byte order of names; hidden names are
 * passed over; a folder that was walked already (a link that leads back, or a second link to it) is
 * an error row, so that the walk always ends. Inside folders only regular files are opened: a pipe
 * or a device would block or never end.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base_hash.h"
#include "read_charset.h"
#include "read_inner.h"

typedef struct walk {
    const sst_reader *r;
    sst_kind kind;
    sst_arena arena;
    u64map seen; /* folders by device and inode */
} walk;

bool read_stopped(const sst_reader *r)
{
    return r->stop && atomic_load((const volatile atomic_int *)r->stop) != 0;
}

int read_open_regular(const char *path, const char **why)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 || fstat(fd, &st) != 0) {
        *why = strerror(errno);
        if (fd >= 0)
            close(fd);
        return -1;
    }
    if (!S_ISREG(st.st_mode)) {
        *why = S_ISDIR(st.st_mode) ? "is a folder" : "is not a regular file";
        close(fd);
        return -1;
    }
    return fd;
}

/* The beginning of a file as UTF-8, for read_kind. */
static sst_kind kind_of(const sst_buf *start, sst_status *status)
{
    sst_str s = {start->p, start->n < READ_START ? start->n : READ_START};
    size_t mark_n;
    read_unicode form = read_unicode_mark(s, &mark_n);
    if (form == UNICODE_NONE && s.n && memchr(s.p, 0, s.n))
        form = read_unicode_guess(s);
    if (form <= UNICODE_8)
        return read_kind(s);
    sst_buf decoded;
    buf_init(&decoded, 0);
    (void)read_unicode_decode(form, s, &decoded);
    *status = decoded.failed;
    sst_kind kind = read_kind((sst_str){decoded.p, decoded.n});
    buf_release(&decoded);
    return kind == SST_KIND_JSONL ? SST_KIND_TEXT : kind;
}

/* A file that is one document: all of it in memory, up to the limit. */
static sst_status read_whole(const sst_reader *r, sst_str name, read_source *s, sst_buf *all,
                             sst_kind kind)
{
    size_t limit = r->limits.article_bytes;
    read_source_fill(s, all, limit + 1);
    if (all->failed)
        return SST_ERR_MEMORY;
    if (all->n > limit) {
        errors_input(r->errors, name, limit,
                     "larger than the limit of %zu bytes an article, it is not read: split it",
                     limit);
        return SST_OK;
    }
    if (s->failed == SST_ERR_MEMORY)
        return SST_ERR_MEMORY;
    if (s->failed)
        errors_input(r->errors, name, all->n, "%s", s->why);
    if (all->n == 0) {
        if (!s->failed)
            errors_input(r->errors, name, 0, "empty file, nothing to read");
        return SST_OK;
    }
    sst_document d = {.kind = kind, .source = name, .id = name, .body = {all->p, all->n}};
    if (kind == SST_KIND_TEXT)
        return read_text(r, &d, d.body);
    if (kind == SST_KIND_NINJS)
        return read_json(r, name, all);
    return r->fn(r->user, &d);
}

/* One document of JSON: an array, or an object whose first line does not hold it whole. */
static bool is_one_json(const sst_buf *start)
{
    sst_str s = {start->p, start->n};
    if (str_starts(s, STR("\xEF\xBB\xBF"))) {
        s.p += 3;
        s.n -= 3;
    }
    s = str_trim(s);
    const char *end = s.n ? memchr(s.p, '\n', s.n) : NULL;
    sst_str line = str_trim((sst_str){s.p, end ? (size_t)(end - s.p) : s.n});
    return s.n && (*s.p == '[' || (end && line.n == 1 && *s.p == '{'));
}

/* The first bytes. Where the first member of a packed file is damaged, an archive may still have
 * others. */
static void take_piece(const sst_reader *r, sst_str name, read_source *s, sst_buf *all)
{
    char *p = buf_reserve(all, READ_START);
    if (!p)
        return;
    all->n = read_source_take(s, p, READ_START);
    if (all->n || s->failed != SST_ERR_INPUT)
        return;
    char why[sizeof s->why];
    memcpy(why, s->why, sizeof why);
    while (all->n == 0 && read_source_recover(s))
        all->n = read_source_take(s, p, READ_START);
    if (all->n && read_archive_is((sst_str){all->p, all->n}))
        errors_input(r->errors, name, 0, "%s", why);
    else { /* as if nothing had been found behind it */
        all->n = 0;
        s->failed = SST_ERR_INPUT;
        s->end = true;
        memcpy(s->why, why, sizeof why);
    }
}

/* One open source of any kind. */
static sst_status read_any(const sst_reader *r, sst_str name, int fd, sst_str memory, sst_kind kind)
{
    read_source s;
    sst_status status = read_source_open(&s, fd, memory, r->limits.input_bytes);
    if (status)
        return status;
    bool found = kind == SST_KIND_AUTO;
    sst_buf all;
    buf_init(&all, 0);
    /* One piece first: an archive is read member by member. */
    take_piece(r, name, &s, &all);
    if (kind == SST_KIND_WARC || (found && read_archive_is((sst_str){all.p, all.n})))
        kind = SST_KIND_WARC;
    else {
        read_source_fill(&s, &all, READ_START);
        if (found && !all.failed)
            kind = kind_of(&all, &status);
    }
    if (all.failed || s.failed == SST_ERR_MEMORY)
        status = SST_ERR_MEMORY;
    if (!status) {
        bool rows = kind == SST_KIND_JSONL || kind == SST_KIND_NINJS;
        if (rows && is_one_json(&all))
            status = read_whole(r, name, &s, &all, SST_KIND_NINJS);
        else if (rows)
            status = read_rows(r, name, &s, &all);
        else if (kind == SST_KIND_FEED)
            status = read_feed(r, name, &s, &all);
        else if (kind == SST_KIND_WARC)
            status = read_archive(r, name, &s, &all);
        else
            status = read_whole(r, name, &s, &all, kind);
    }
    buf_release(&all);
    read_source_close(&s);
    return status;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static sst_status read_one(walk *w, sst_str path)
{
    const char *why;
    int fd = read_open_regular(path.p, &why);
    if (fd < 0) {
        errors_input(w->r->errors, path, ERROR_NO_PLACE, "cannot be opened: %s", why);
        return SST_OK;
    }
    sst_status status = read_any(w->r, path, fd, (sst_str){NULL, 0}, w->kind);
    close(fd);
    return status;
}

static sst_status read_folder(walk *w, sst_str path, uint32_t depth)
{
    const sst_reader *r = w->r;
    struct stat st;
    if (depth > r->limits.depth) {
        errors_input(r->errors, path, ERROR_NO_PLACE,
                     "folders nested deeper than %u levels, not read", r->limits.depth);
        return SST_OK;
    }
    DIR *dir = opendir(path.p);
    if (!dir || fstat(dirfd(dir), &st) != 0) {
        errors_input(r->errors, path, ERROR_NO_PLACE, "cannot be opened: %s", strerror(errno));
        if (dir)
            closedir(dir);
        return SST_OK;
    }
    int fresh = 0;
    uint64_t key = hash_mix((uint64_t)st.st_dev, (uint64_t)st.st_ino);
    if (!u64map_add(&w->arena, &w->seen, key, 0, &fresh)) {
        closedir(dir);
        return SST_ERR_MEMORY;
    }
    if (!fresh) {
        errors_input(r->errors, path, ERROR_NO_PLACE,
                     "folder loop: this folder was read already, remove the link");
        closedir(dir);
        return SST_OK;
    }
    SST_VEC(char *) names = {0};
    const struct dirent *entry;
    errno = 0;
    while ((entry = readdir(dir))) {
        if (entry->d_name[0] == '.')
            continue;
        bool slash = path.n && path.p[path.n - 1] == '/';
        sst_str full = arena_printf(&w->arena, "%s%s%s", path.p, slash ? "" : "/", entry->d_name);
        char **place = vec_push(&w->arena, &names);
        if (!place || w->arena.failed) {
            closedir(dir);
            return SST_ERR_MEMORY;
        }
        /* A copy of its own, so that the pointer is not to const. */
        *place = arena_alloc(&w->arena, full.n + 1);
        if (!*place) {
            closedir(dir);
            return SST_ERR_MEMORY;
        }
        memcpy(*place, full.p, full.n + 1);
        errno = 0;
    }
    if (errno)
        errors_input(r->errors, path, ERROR_NO_PLACE, "cannot be listed to its end: %s",
                     strerror(errno));
    closedir(dir);
    if (names.n)
        qsort(names.v, names.n, sizeof *names.v, by_bytes);
    for (uint32_t i = 0; i < names.n; i++) {
        if (read_stopped(r))
            return SST_ERR_STOPPED;
        sst_str name = str_of(names.v[i]);
        sst_status status = SST_OK;
        if (stat(name.p, &st) != 0)
            errors_input(r->errors, name, ERROR_NO_PLACE, "cannot be opened: %s",
                         lstat(name.p, &st) == 0 && S_ISLNK(st.st_mode)
                             ? "a link that leads nowhere"
                             : strerror(errno));
        else if (S_ISDIR(st.st_mode))
            status = read_folder(w, name, depth + 1);
        else if (S_ISREG(st.st_mode))
            status = read_one(w, name);
        else
            errors_input(r->errors, name, ERROR_NO_PLACE,
                         "a pipe, socket or device inside a folder, not read");
        if (status)
            return status;
    }
    return SST_OK;
}

sst_status read_path(const sst_reader *r, const char *path, sst_kind kind)
{
    if (read_stopped(r))
        return SST_ERR_STOPPED;
    if (strcmp(path, "-") == 0)
        return read_any(r, STR("-"), STDIN_FILENO, (sst_str){NULL, 0}, kind);
    struct stat st;
    sst_str name = str_of(path);
    if (stat(path, &st) != 0) {
        errors_input(r->errors, name, ERROR_NO_PLACE, "cannot be opened: %s", strerror(errno));
        return SST_OK;
    }
    if (S_ISDIR(st.st_mode)) {
        walk w = {.r = r, .kind = kind};
        arena_init(&w.arena, 0);
        sst_status status = read_folder(&w, name, 1);
        arena_release(&w.arena);
        return status;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        errors_input(r->errors, name, ERROR_NO_PLACE, "cannot be opened: %s", strerror(errno));
        return SST_OK;
    }
    sst_status status = read_any(r, name, fd, (sst_str){NULL, 0}, kind);
    close(fd);
    return status;
}

sst_status read_bytes(const sst_reader *r, sst_str name, sst_str bytes, sst_kind kind)
{
    if (read_stopped(r))
        return SST_ERR_STOPPED;
    return read_any(r, name, -1, bytes, kind);
}
