/*
 * An article <-> bytes. The whole of it, so that what is computed from a stored article is what was
 * computed from the one that came in.
 *
 *   record = zstd( VERSION, fields in the order of `visit` )
 *   number = 8 bytes      string = length, bytes
 *
 * One function visits all fields, for writing and for reading: they cannot fall apart. What is read
 * is never trusted: lengths are held against what is left, spans against the text.
 */
#include "store_inner.h"

#include <string.h>
#include <zstd.h>

#include "base_alloc.h"

enum {
    RECORD_VERSION = 1,
    LEVEL =
        1, /* 620 words: 1.8 KB in 33 us; level 3 saves 0.6 per cent and takes half as long again */
    RECORD_MOST = 256 * 1024 * 1024
};

typedef struct visitor {
    sst_buf *out; /* writing */
    sst_str in;   /* reading: what is left */
    sst_arena *arena;
    bool reads, bad;
} visitor;

static void bytes(visitor *v, void *p, size_t n)
{
    if (!v->reads) {
        buf_add(v->out, p, n);
    } else if (v->in.n < n) {
        v->bad = true;
        memset(p, 0, n);
    } else {
        memcpy(p, v->in.p, n);
        v->in.p += n;
        v->in.n -= n;
    }
}

static void number(visitor *v, uint32_t *x)
{
    bytes(v, x, sizeof *x);
}

static void string(visitor *v, sst_str *s)
{
    uint32_t n = (uint32_t)s->n;
    number(v, &n);
    if (!v->reads) {
        buf_add(v->out, s->p, n);
        return;
    }
    if (v->bad || v->in.n < n) {
        v->bad = true;
        *s = (sst_str){"", 0};
        return;
    }
    *s = arena_str(v->arena, (sst_str){v->in.p, n});
    v->in.p += n;
    v->in.n -= n;
}

/* An array of n elements of a size; made when reading. least: bytes that an element takes in a
 * record. */
static void *array(visitor *v, void *p, uint32_t *n, size_t size, size_t least)
{
    number(v, n);
    if (!v->reads)
        return p;
    if (v->bad || *n > v->in.n / least) {
        v->bad = true;
        *n = 0;
    }
    p = arena_calloc(v->arena, (size_t)*n + 1, size);
    if (!p)
        *n = 0;
    return p;
}

static void strings(visitor *v, sst_str **s, uint32_t *n)
{
    *s = array(v, *s, n, sizeof **s, sizeof(uint32_t));
    for (uint32_t i = 0; i < *n; i++)
        string(v, &(*s)[i]);
}

static void visit(visitor *v, sst_article *a)
{
    uint32_t version = RECORD_VERSION;
    number(v, &version);
    v->bad |= version != RECORD_VERSION;
    sst_str *const fields[] = {&a->id,
                               &a->source,
                               &a->url,
                               &a->outlet,
                               &a->title,
                               &a->published,
                               &a->modified,
                               &a->published_from,
                               &a->subtitle,
                               &a->section,
                               &a->canonical,
                               &a->next_part,
                               &a->rights_policy,
                               &a->lang,
                               &a->lang_declared,
                               &a->access_why,
                               &a->text,
                               &a->charset_declared,
                               &a->charset_used,
                               &a->feed,
                               &a->record,
                               &a->fetched,
                               &a->refers_to,
                               &a->outlet_url};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        string(v, fields[i]);
    strings(v, &a->authors, &a->author_n);
    strings(v, &a->tags, &a->tag_n);
    strings(v, &a->corrections, &a->correction_n);
    number(v, &a->right_n);
    if (a->right_n > SST_RIGHTS) {
        v->bad = true;
        a->right_n = 0;
    }
    for (uint32_t i = 0; i < a->right_n; i++)
        string(v, &a->rights[i]);
    bytes(v, &a->published_s, sizeof a->published_s);
    uint8_t small[4] = {(uint8_t)a->access, (uint8_t)a->free, a->wall, a->consent};
    bytes(v, small, sizeof small);
    a->access = small[0] <= ACCESS_STUB ? (sst_access)small[0] : ACCESS_UNKNOWN;
    a->free = (int8_t)small[1];
    a->wall = small[2] != 0;
    a->consent = small[3] != 0;
    number(v, &a->words_told);
    bytes(v, &a->at, sizeof a->at);
    number(v, &a->flags);
    a->blocks = array(v, a->blocks, &a->block_n, sizeof *a->blocks, 9);
    for (uint32_t i = 0; i < a->block_n; i++) {
        sst_block *b = &a->blocks[i];
        number(v, &b->at.begin);
        number(v, &b->at.end);
        bytes(v, &b->role, 1);
        v->bad |= b->at.begin > b->at.end || b->at.end > a->text.n || b->role >= ROLE_N;
    }
    a->dates = array(v, a->dates, &a->date_n, sizeof *a->dates, 2 * sizeof(uint32_t));
    for (uint32_t i = 0; i < a->date_n; i++) {
        string(v, &a->dates[i].value);
        string(v, &a->dates[i].from);
    }
    /* The agency is a part of the text, and stays one. */
    uint32_t agency[2] = {0, 0};
    const char *text = a->text.p;
    if (!v->reads && a->agency.n && a->agency.p >= text &&
        a->agency.p + a->agency.n <= text + a->text.n) {
        agency[0] = (uint32_t)(a->agency.p - text);
        agency[1] = (uint32_t)a->agency.n;
    }
    number(v, &agency[0]);
    number(v, &agency[1]);
    bool inside = agency[1] != 0;
    uint32_t outside = a->agency.n != 0 && !inside;
    number(v, &outside);
    if (outside)
        string(v, &a->agency);
    if (!v->reads)
        return;
    if ((uint64_t)agency[0] + agency[1] > a->text.n)
        v->bad = true;
    else if (inside)
        a->agency = (sst_str){a->text.p + agency[0], agency[1]};
}

sst_status store_pack(const sst_article *a, sst_buf *out)
{
    sst_buf plain;
    buf_init(&plain, RECORD_MOST);
    sst_article copy = *a; /* visited, not changed: shares all that it points to */
    visitor v = {.out = &plain};
    visit(&v, &copy);
    sst_status status = plain.failed;
    size_t most = ZSTD_compressBound(plain.n);
    char *to = status ? NULL : buf_reserve(out, most);
    if (!status && !to)
        status = out->failed;
    if (!status) {
        size_t n = ZSTD_compress(to, most, plain.p, plain.n, LEVEL);
        if (ZSTD_isError(n))
            status = SST_ERR_MEMORY;
        else
            out->n += n;
    }
    buf_release(&plain);
    return status;
}

sst_status store_unpack(sst_str record, sst_article **out)
{
    *out = NULL;
    unsigned long long n = ZSTD_getFrameContentSize(record.p, record.n);
    if (n > RECORD_MOST) /* unknown and error are larger */
        return SST_ERR_INPUT;
    sst_article *a = base_malloc(sizeof *a);
    if (!a)
        return SST_ERR_MEMORY;
    memset(a, 0, sizeof *a);
    arena_init(&a->arena, 0);
    sst_buf plain;
    buf_init(&plain, RECORD_MOST + 1);
    char *to = buf_reserve(&plain, (size_t)n + 1);
    sst_status status = to ? SST_OK : SST_ERR_MEMORY;
    if (!status) {
        size_t got = ZSTD_decompress(to, (size_t)n, record.p, record.n);
        visitor v = {.in = {plain.p, (size_t)n}, .arena = &a->arena, .reads = true};
        v.bad = ZSTD_isError(got) || got != n;
        if (!v.bad)
            visit(&v, a);
        status = a->arena.failed ? a->arena.failed : v.bad ? SST_ERR_INPUT : SST_OK;
    }
    buf_release(&plain);
    if (status) {
        page_free(a);
        return status;
    }
    a->error = (sst_str){"", 0};
    *out = a;
    return SST_OK;
}
