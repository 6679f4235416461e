/* Memory that can go to a file: see base_spill.h. */
#define _GNU_SOURCE
#include "base_spill.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096, NAME = 4096 };

void spill_init(base_spill *s, const char *folder)
{
    *s = (base_spill){.folder = folder, .fd = -1};
}

void spill_release(base_spill *s)
{
    if (s->fd >= 0)
        close(s->fd);
    spill_init(s, s->folder);
}

static size_t whole_pages(size_t n)
{
    return (n + PAGE - 1) / PAGE * PAGE;
}

void *spill_pages(size_t n)
{
    if (n == 0 || n > SIZE_MAX / 2)
        return NULL;
    void *p =
        mmap(NULL, whole_pages(n), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

void spill_free(void *pages, size_t n)
{
    if (pages)
        munmap(pages, whole_pages(n));
}

static sst_status failed(base_spill *s, const char *what)
{
    snprintf(s->why, sizeof s->why, "%s: %s", what, strerror(errno));
    return SST_ERR_IO;
}

static sst_status make(base_spill *s)
{
    if (s->fd >= 0)
        return SST_OK;
    s->fd = open(s->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (s->fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
        char name[NAME];
        int n = snprintf(name, sizeof name, "%s/samestory-XXXXXX", s->folder);
        s->fd = n > 0 && (size_t)n < sizeof name ? mkostemp(name, O_CLOEXEC) : -1;
        if (s->fd >= 0)
            unlink(name);
    }
    return s->fd < 0 ? failed(s, "no file can be made") : SST_OK;
}

sst_status spill_write(base_spill *s, const void *p, size_t n, uint64_t *at)
{
    sst_status status = make(s);
    if (status)
        return status;
    *at = s->size;
    for (size_t done = 0; done < n;) {
        ssize_t r = pwrite(s->fd, (const char *)p + done, n - done, (off_t)(s->size + done));
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0)
            return failed(s, "cannot be written");
        done += (size_t)r;
    }
    s->size += whole_pages(n); /* what follows begins with a page */
    return SST_OK;
}

sst_status spill_read(const base_spill *s, void *p, size_t n, uint64_t at)
{
    for (size_t done = 0; done < n;) {
        ssize_t r = pread(s->fd, (char *)p + done, n - done, (off_t)(at + done));
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0)
            return SST_ERR_IO;
        done += (size_t)r;
    }
    return SST_OK;
}

sst_status spill_out(base_spill *s, void *pages, size_t n)
{
    uint64_t at;
    sst_status status = spill_write(s, pages, whole_pages(n), &at);
    if (status)
        return status;
    if (mmap(pages, whole_pages(n), PROT_READ, MAP_SHARED | MAP_FIXED, s->fd, (off_t)at) ==
        MAP_FAILED)
        return failed(s, "cannot be mapped");
    return SST_OK;
}

sst_status spill_map(base_spill *s, size_t n, uint64_t *at, void **out)
{
    sst_status status = make(s);
    if (status)
        return status;
    int error;
    do
        error = posix_fallocate(s->fd, (off_t)s->size, (off_t)n);
    while (error == EINTR);
    if (error) {
        errno = error;
        return failed(s, "cannot be written");
    }
    void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED, s->fd, (off_t)s->size);
    if (p == MAP_FAILED)
        return failed(s, "cannot be mapped");
    *at = s->size;
    *out = p;
    s->size += n;
    return SST_OK;
}

void spill_unmap(base_spill *s, void *pages, size_t n, uint64_t at)
{
    munmap(pages, n);
    /* Where a file cannot have holes, its room is given back with it. */
    (void)fallocate(s->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)at, (off_t)n);
}
