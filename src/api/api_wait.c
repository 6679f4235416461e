/*
 * Rows that wait: see api_wait.h.
 *
 * In: rows with the ids that were given. Out: the same rows with the ids that all commands give.
 * Parts: chunks to the file and back; which ids come twice (one sort of their hashes); the ids of
 * those; rows with another id.
 */
#include "api_wait.h"

#include <stdlib.h>
#include <string.h>

#include "base_hash.h"
#include "copy_ids.h"
#include "report_json.h"

enum {
    CHUNK_BYTES = 1024 * 1024, /* rows are few KB: the file is written and read in long pieces */
    ID_KEY = 6                 /* {"id": */
};

/* In front of each row in a chunk. */
typedef struct head {
    uint32_t id_n, row_n;
    int64_t published_s;
    uint64_t text;
    uint32_t article; /* 1: of an article */
    uint32_t failed;
} head;

typedef struct renamed {
    uint32_t item;
    sst_str id;
} renamed;

void api_wait_init(api_wait *w, const char *folder)
{
    memset(w, 0, sizeof *w);
    spill_init(&w->file, folder);
    buf_init(&w->chunk, 0);
    buf_init(&w->hash, 0);
    arena_init(&w->arena, 0);
}

void api_wait_release(api_wait *w)
{
    spill_release(&w->file);
    buf_release(&w->chunk);
    buf_release(&w->hash);
    arena_release(&w->arena);
}

/* --------------------------------------------------------------------------------------- adding */

static sst_status end_chunk(api_wait *w)
{
    if (w->chunk.failed || w->chunk.n == 0)
        return w->chunk.failed;
    api_wait_chunk *c = vec_push(&w->arena, &w->chunks);
    if (!c)
        return w->arena.failed;
    c->n = w->chunk.n;
    sst_status status = spill_write(&w->file, w->chunk.p, w->chunk.n, &c->at);
    buf_clear(&w->chunk);
    return status;
}

static sst_status add(api_wait *w, const head *h, sst_str id, sst_str row)
{
    buf_add(&w->chunk, (const char *)h, sizeof *h);
    buf_add(&w->chunk, id.p, id.n);
    buf_add(&w->chunk, row.p, row.n);
    return w->chunk.n >= CHUNK_BYTES || w->chunk.failed ? end_chunk(w) : SST_OK;
}

sst_status api_wait_add(api_wait *w, const sst_article *a, sst_str row)
{
    if (row.n >= UINT32_MAX)
        return SST_ERR_LIMIT;
    uint64_t hash = hash_str(a->id);
    head h = {.id_n = (uint32_t)a->id.n,
              .row_n = (uint32_t)row.n,
              .published_s = a->published_s,
              .text = hash_str(a->text),
              .article = 1,
              .failed = a->error.n > 0 || a->text.n == 0};
    buf_add(&w->hash, (const char *)&hash, sizeof hash);
    return w->hash.failed ? w->hash.failed : add(w, &h, a->id, row);
}

sst_status api_wait_add_plain(api_wait *w, sst_str row)
{
    if (row.n >= UINT32_MAX)
        return SST_ERR_LIMIT;
    return add(w, &(head){.row_n = (uint32_t)row.n}, (sst_str){"", 0}, row);
}

/* -------------------------------------------------------------------------------------- reading */

/* Walks over the rows of a chunk that was read back. */
typedef struct walk {
    const char *p, *end;
    head h;
    sst_str id, row;
} walk;

static bool next_row(walk *x)
{
    if (x->end - x->p < (ptrdiff_t)sizeof x->h)
        return false;
    memcpy(&x->h, x->p, sizeof x->h);
    x->id = (sst_str){x->p + sizeof x->h, x->h.id_n};
    x->row = (sst_str){x->id.p + x->h.id_n, x->h.row_n};
    x->p = x->row.p + x->h.row_n;
    return true;
}

static sst_status read_chunk(const api_wait *w, const api_wait_chunk *c, sst_arena *scratch,
                             walk *out)
{
    arena_clear(scratch);
    char *p = arena_alloc(scratch, c->n);
    *out = (walk){.p = p, .end = p + c->n};
    return p ? spill_read(&w->file, p, c->n, c->at) : scratch->failed;
}

/* ------------------------------------------------------------------------------------------ ids */

static int by_number(const void *x, const void *y)
{
    const uint64_t *a = x, *b = y;
    return *a < *b ? -1 : *a > *b;
}

static int by_item(const void *x, const void *y)
{
    const renamed *a = x, *b = y;
    return a->item < b->item ? -1 : a->item > b->item;
}

/* Hashes that two articles and more have. */
static sst_status find_shared(api_wait *w, sst_arena *arena, u64map *out)
{
    size_t n = w->hash.n / sizeof(uint64_t);
    sst_buf sorted;
    buf_init(&sorted, 0);
    buf_add(&sorted, w->hash.p, w->hash.n);
    sst_status status = sorted.failed;
    uint64_t *v = (uint64_t *)(void *)sorted.p;
    if (!status && n) {
        qsort(v, n, sizeof *v, by_number);
        for (size_t i = 1; i < n && !arena->failed; i++)
            if (v[i] == v[i - 1])
                (void)u64map_add(arena, out, v[i], 1, NULL);
    }
    buf_release(&sorted);
    return status ? status : arena->failed;
}

/* Does another article's id plus a number make this one? Then it has to be known, not to be given
 * twice. */
static bool is_numbered(sst_str id, const u64map *shared)
{
    size_t n = id.n;
    while (n && id.p[n - 1] >= '0' && id.p[n - 1] <= '9')
        n--;
    return n && n < id.n && id.p[n - 1] == '#' &&
           u64map_find(shared, hash_str((sst_str){id.p, n - 1}));
}

/* Articles with another id than was given, by number. */
static sst_status rename_shared(api_wait *w, sst_arena *arena, renamed **out, uint32_t *out_n)
{
    u64map shared = {NULL, NULL, 0, 0};
    SST_VEC(copy_id) all = {NULL, 0, 0};
    *out_n = 0;
    sst_status status = find_shared(w, arena, &shared);
    if (status || shared.n == 0)
        return status;
    sst_arena scratch;
    arena_init(&scratch, 0);
    uint32_t item = 0;
    for (uint32_t c = 0; c < w->chunks.n && !status; c++) {
        walk x;
        status = read_chunk(w, &w->chunks.v[c], &scratch, &x);
        while (!status && next_row(&x)) {
            if (!x.h.article)
                continue;
            bool is = u64map_find(&shared, hash_str(x.id)) || is_numbered(x.id, &shared);
            copy_id *k = is ? vec_push(arena, &all) : NULL;
            if (k)
                *k = (copy_id){.id = arena_str(arena, x.id),
                               .published_s = x.h.published_s,
                               .text = x.h.text,
                               .item = item,
                               .failed = x.h.failed != 0};
            item++;
            status = arena->failed;
        }
    }
    arena_release(&scratch);
    renamed *v = status ? NULL : arena_alloc(arena, ((size_t)all.n + 1) * sizeof *v);
    if (!v)
        return status ? status : arena->failed;
    status = copy_ids_make(all.v, all.n, arena, arena);
    for (uint32_t i = 0; i < all.n; i++)
        v[(*out_n)++] = (renamed){all.v[i].item, all.v[i].id};
    qsort(v, *out_n, sizeof *v, by_item);
    *out = v;
    return status;
}

/* --------------------------------------------------------------------------------------- writing
 */

static int to_buf(void *user, const char *bytes, size_t n)
{
    sst_buf *b = user;
    buf_add(b, bytes, n);
    return b->failed ? 1 : 0;
}

/* Where the string that begins at i ends, behind its quotation mark. */
static size_t string_end(sst_str row, size_t i)
{
    for (i++; i < row.n && row.p[i] != '"'; i++)
        i += row.p[i] == '\\';
    return i + 1;
}

/* buffer: REPORT_BUFFER bytes. */
static sst_status put_row(const walk *x, const renamed *r, char *buffer, sst_buf *to)
{
    if (!r || str_eq(r->id, x->id)) {
        buf_add(to, x->row.p, x->row.n);
        return to->failed;
    }
    size_t end = string_end(x->row, ID_KEY);
    buf_add(to, x->row.p, ID_KEY);
    report_out out;
    report_out_init(&out, (report_sink){to_buf, to}, buffer);
    json_string(&out, r->id);
    sst_status status = report_out_end(&out);
    buf_add(to, x->row.p + end, x->row.n - end);
    return to->failed ? to->failed : status;
}

sst_status api_wait_write(api_wait *w, sst_buf *to, sst_status (*full)(void *user), void *user)
{
    sst_arena arena, scratch;
    arena_init(&arena, 0);
    arena_init(&scratch, 0);
    renamed *r = NULL;
    uint32_t n = 0, at = 0, item = 0;
    char *buffer = arena_alloc(&arena, REPORT_BUFFER);
    sst_status status = buffer ? end_chunk(w) : arena.failed;
    if (!status)
        status = rename_shared(w, &arena, &r, &n);
    for (uint32_t c = 0; c < w->chunks.n && !status; c++) {
        walk x;
        status = read_chunk(w, &w->chunks.v[c], &scratch, &x);
        while (!status && next_row(&x)) {
            bool is = x.h.article && at < n && r[at].item == item;
            status = put_row(&x, is ? &r[at] : NULL, buffer, to);
            at += is;
            item += x.h.article;
            if (!status)
                status = full(user);
        }
    }
    arena_release(&arena);
    arena_release(&scratch);
    return status;
}
