/*
 * Web archives, WARC and ARC: where records begin and end. In: a source; out: each record's head
 * and block to read_payload, error rows for what is broken, a summary at the end.
 *
 * Constant memory: a window over the unpacked bytes, which holds one block that is wanted, and
 * pieces of those that are not. What bounds a record: its length, and in packed files the beginning
 * of a member that begins with a record (writers give each record a member of its own; where they
 * do not, members are just bytes). A record is believed when another, or the end, follows it;
 * otherwise its length is wrong, and the search for the next good record begins behind its head.
 *
 * Linear: a byte is looked at again only inside the window, or, in a plain file that can be read
 * again, at most REWIND times as many as there are.
 */
#include "read_archive.h"

#include <stdio.h>

enum {
    PIECE = 128 * 1024, /* taken from the source at once */
    PEEK = 64 * 1024,   /* of a block decide whether it is wanted: HTTP heads have 0.2 to 8 KB */
    HEAD_BYTES = 256 * 1024, /* of a record's head, a thousand times the usual */
    LINE_BYTES =
        16 * 1024,   /* of the line that begins a record of an ARC: an address and 40 bytes */
    PIECE_LEAST = 8, /* fewer bytes than any record has: what damage leaves */
    BLANKS = 1024,   /* line ends behind a record, of which the standard has two */
    REWIND = 4       /* times the bytes of a file */
};

/* ----------------------------------------------------------------------------------------- window
 */

static uint64_t here(const archive *a)
{
    return a->base + a->from;
}

/* Bytes of the window that may be looked at. */
static size_t available(const archive *a)
{
    size_t end = a->wall ? (size_t)(a->member_pos - a->base) : a->window->n;
    return end - a->from;
}

static const char *at_from(const archive *a)
{
    return a->window->p + a->from;
}

static sst_str seen(const archive *a)
{
    return (sst_str){at_from(a), available(a)};
}

static void let_go(archive *a)
{
    sst_buf *w = a->window;
    if (a->from == w->n) {
        a->base += a->from;
        a->from = w->n = 0;
    } else if (a->from > PIECE && a->from > w->n / 2) {
        memmove(w->p, w->p + a->from, w->n - a->from);
        a->base += a->from;
        w->n -= a->from;
        a->from = 0;
    }
}

/* More bytes. False at the end of the source, at damage, and where inside a record the next one
 * begins. */
static bool more(archive *a, bool inside)
{
    if (a->wall)
        return false;
    let_go(a);
    uint64_t members = a->s->member_n;
    char *p = buf_reserve(a->window, PIECE);
    size_t got = p ? read_source_take(a->s, p, PIECE) : 0;
    if (got == 0)
        return false;
    if (a->s->member_n != members) {
        sst_str fresh = {p, got};
        a->member_pos = a->base + a->window->n;
        if (inside) {
            const char *nl = a->arc ? memchr(p, '\n', got < LINE_BYTES ? got : LINE_BYTES) : NULL;
            a->wall = a->arc ? nl && read_record_is_arc((sst_str){p, (size_t)(nl - p)})
                             : str_starts(fresh, STR("WARC/"));
        }
    }
    a->window->n += got;
    return !a->wall;
}

/* As many bytes as there are, n at most. */
static size_t need(archive *a, size_t n, bool inside)
{
    while (available(a) < n && more(a, inside))
        continue;
    return available(a) < n ? available(a) : n;
}

/* Does a record begin k bytes on? */
static bool begins(archive *a, size_t k, bool inside)
{
    if (!a->arc) {
        enum { VERSION = 7 }; /* "WARC/1.", and "WARC/0." of drafts */
        if (need(a, k + VERSION, inside) < k + VERSION)
            return false;
        const char *p = at_from(a) + k;
        return memcmp(p, "WARC/", 5) == 0 && byte_is_digit((unsigned char)p[5]) && p[6] == '.';
    }
    for (size_t look = 256;; look *= 2) {
        size_t n = need(a, k + look, inside) - k;
        const char *nl = memchr(at_from(a) + k, '\n', n);
        if (nl)
            return read_record_is_arc((sst_str){at_from(a) + k, (size_t)(nl - at_from(a)) - k});
        if (n < look || look >= LINE_BYTES)
            return false;
    }
}

/* Where the record at from begins in the file; blank lines since `since` are before it. */
static uint64_t place(const archive *a, uint64_t since)
{
    if (a->s->packing == PACKING_NONE || a->member_pos < since || a->member_pos > here(a))
        return here(a);
    return a->s->member_at;
}

/* ----------------------------------------------------------------------------------------- damage
 */

/* To the next record: at the beginning of a line or of a member. What is before it is let go. */
static void resync(archive *a)
{
    uint64_t tried = UINT64_MAX;
    for (;;) {
        sst_str s = seen(a);
        uint64_t member = a->member_pos;
        bool ahead = member >= here(a) && member - here(a) < s.n && member != tried;
        size_t stop = ahead ? (size_t)(member - here(a)) : s.n;
        const char *nl = stop ? memchr(s.p, '\n', stop) : NULL;
        if (nl) {
            a->from += (size_t)(nl - s.p) + 1;
            if (begins(a, 0, false))
                return;
            continue;
        }
        a->from += stop;
        if (ahead) {
            tried = member;
            if (begins(a, 0, false))
                return;
        } else if (a->wall) { /* nothing before the record that begins there */
            a->wall = false;
            return;
        } else if (!more(a, false))
            return;
    }
}

static void broken(archive *a, uint64_t at, const char *what)
{
    a->broken++;
    errors_input(a->r->errors, a->name, at, "broken record: %s, it is not read", what);
}

/* A record whose length is wrong: back to where its block began, when that can be had. */
static void go_back(archive *a, uint64_t to)
{
    if (a->wall)
        return;
    if (to >= a->base) {
        a->from = (size_t)(to - a->base);
        return;
    }
    uint64_t length = read_source_length(a->s), again = here(a) - to;
    if (length != UINT64_MAX && a->rewound + again <= length * REWIND &&
        read_source_seek(a->s, to)) {
        a->rewound += again;
        a->base = to;
        a->from = a->window->n = 0;
    }
}

/* At the end of what the source gives: true when there is more behind damage. */
static bool recover(archive *a)
{
    read_source *s = a->s;
    if (!s->failed)
        return false;
    if (!a->told && s->failed != SST_ERR_MEMORY)
        errors_input(a->r->errors, a->name, s->member_n ? s->member_at : here(a), "%s", s->why);
    a->told = false;
    a->base += a->window->n;
    a->from = a->window->n = 0;
    return read_source_recover(s);
}

/* ---------------------------------------------------------------------------------------- records
 */

/* The rest of a block that is not wanted: false when it is cut off. */
static bool skip(archive *a, uint64_t n)
{
    for (;;) {
        size_t k = available(a) < n ? available(a) : (size_t)n;
        a->from += k;
        n -= k;
        if (n == 0)
            return true;
        if (!more(a, true))
            return false;
    }
}

/* A line that is meant to begin a record of an ARC, though a field of it is wrong. */
static bool is_like_arc(const archive *a, size_t k)
{
    sst_str s = {at_from(a) + k, available(a) - k};
    const char *nl = memchr(s.p, '\n', s.n), *space = memchr(s.p, ' ', s.n);
    uint32_t fields = 0;
    for (const char *p = s.p; nl && p < nl; p++)
        fields += *p == ' ';
    return fields >= 4 && memchr(s.p, ':', (size_t)(space - s.p)) && space < nl;
}

/* Is what follows a block of n bytes another record, or the end? */
static bool ends_well(archive *a, size_t n)
{
    for (size_t k = n; k < n + BLANKS; k++) {
        if (need(a, k + 1, true) < k + 1 || a->member_pos == here(a) + k)
            return true;
        char c = at_from(a)[k];
        if (c != '\r' && c != '\n')
            return begins(a, k, true) || (a->arc && k > n && is_like_arc(a, k));
    }
    return true;
}

static const char *cut_off(const archive *a)
{
    return a->wall        ? "cut off, the next one begins before its length ends"
           : a->s->failed ? a->s->why
                          : "cut off, or its length is wrong";
}

/*
 * The file has ended inside the record in hand: is that the end of a file that was cut off? Not
 * when another record begins in what is left: then the length was wrong.
 */
static bool is_last(archive *a)
{
    if (a->wall || (a->s->failed && !a->s->cut))
        return false;
    sst_str s = seen(a);
    for (size_t at = 0; at < s.n;) {
        const char *nl = memchr(s.p + at, '\n', s.n - at);
        if (!nl)
            return true;
        at = (size_t)(nl - s.p) + 1;
        if (begins(a, at, false))
            return false;
    }
    return true;
}

/* Head of the record at from; *n is its length. */
static bool read_head(archive *a, archive_record *rec, size_t *n, const char **why)
{
    memset(rec, 0, sizeof *rec);
    *n = 0;
    if (a->arc) {
        (void)begins(a, 0, true); /* fetches the line */
        const char *nl = memchr(at_from(a), '\n', available(a));
        *n = nl ? (size_t)(nl - at_from(a)) + 1 : available(a);
        return read_record_arc(a, (sst_str){at_from(a), *n}, rec, why);
    }
    size_t look = 1024;
    while ((*n = read_head_length(seen(a))) == 0 || *n > HEAD_BYTES) {
        if (*n || look > HEAD_BYTES) {
            *why = "its head is larger than 256 KiB";
            *n = 0;
            return false;
        }
        look *= 2;
        if (available(a) < look && need(a, look, true) < look && read_head_length(seen(a)) == 0) {
            *why = a->wall || !a->s->failed ? "its head has no end" : a->s->why;
            return false;
        }
    }
    return read_record_warc(a, (sst_str){at_from(a), *n}, rec, why);
}

/* One record. *more_come: false at the end. */
static sst_status read_record(archive *a, bool *more_come)
{
    const sst_reader *r = a->r;
    archive_record rec;
    const char *why = "";
    arena_clear(&a->arena);
    uint64_t since = here(a);
    while (available(a) || more(a, false)) {
        if (*at_from(a) != '\r' && *at_from(a) != '\n')
            break;
        a->from++;
    }
    if (available(a) == 0 && a->wall) /* the record in hand has ended where the next begins */
        a->wall = false;
    if (available(a) == 0) {
        *more_come = recover(a);
        return a->s->failed == SST_ERR_MEMORY ? SST_ERR_MEMORY : SST_OK;
    }
    rec.at = place(a, since);
    uint64_t at = rec.at, start = here(a);
    if (!begins(a, 0, false)) {
        if (a->s->failed && available(a) < PIECE_LEAST) {
            a->from = a->window->n;
            return SST_OK;
        }
        resync(a);
        char what[96];
        snprintf(what, sizeof what, "%llu bytes that are no record",
                 (unsigned long long)(here(a) - start));
        broken(a, at, what);
        return SST_OK;
    }
    size_t head_n;
    a->records++;
    if (!read_head(a, &rec, &head_n, &why)) {
        broken(a, at, why);
        a->told |= why == a->s->why;
        if (!a->wall)
            a->from += head_n ? head_n : 1;
        resync(a);
        return a->arena.failed;
    }
    if (a->arena.failed)
        return SST_ERR_MEMORY;
    rec.at = at;
    a->from += head_n;
    uint64_t block = here(a), length = rec.length, file = read_source_length(a->s);
    bool beyond = file != UINT64_MAX && (length > file || block > file - length);
    size_t start_n = need(a, length < PEEK ? (size_t)length : PEEK, true);
    bool large = false, wanted = read_payload_wanted(a, &rec, (sst_str){at_from(a), start_n});
    if (beyond && (!wanted || file - block > r->limits.article_bytes)) {
        broken(a, at, "cut off, or its length is wrong: it goes beyond the end of the file");
        resync(a);
        return SST_OK;
    }
    if (!wanted || (large = !beyond && length > (uint64_t)r->limits.article_bytes + HEAD_BYTES)) {
        if (large) {
            a->broken++;
            errors_input(r->errors, a->name, at,
                         "%.*s: larger than the limit of %u bytes an article, it is not read",
                         (int)rec.uri.n, rec.uri.p, r->limits.article_bytes);
        }
        if (!skip(a, length)) {
            broken(a, at, cut_off(a));
            a->told = a->s->failed != SST_OK;
            resync(a);
        } else if (!ends_well(a, 0)) {
            broken(a, at, "its length is wrong, no record follows it");
            go_back(a, block);
            resync(a);
        }
        return SST_OK;
    }
    size_t n = (size_t)length;
    if (need(a, n, true) < n) {
        if (a->window->failed || a->s->failed == SST_ERR_MEMORY)
            return SST_ERR_MEMORY;
        if (is_last(a) && (n = available(a)) > 0) {
            rec.cut = true;
            a->told = true; /* by the record's own row */
            sst_status status = read_payload(a, &rec, (sst_str){at_from(a), n});
            a->from += n;
            return status;
        }
        if (beyond)
            broken(a, at, "cut off, or its length is wrong: it goes beyond the end of the file");
        else
            broken(a, at, cut_off(a));
        a->told = !a->wall && a->s->failed;
        resync(a);
        return SST_OK;
    }
    if (!ends_well(a, n)) {
        broken(a, at, "its length is wrong, no record follows it");
        resync(a);
        return SST_OK;
    }
    sst_status status = read_payload(a, &rec, (sst_str){at_from(a), n});
    a->from += n;
    return status;
}

/* ---------------------------------------------------------------------------------------- summary
 */

void archive_tally(archive *a, archive_counts *c, sst_str what)
{
    for (uint32_t i = 0; i < c->n; i++)
        if (str_eq_nocase(c->v[i].what, what)) {
            c->v[i].n++;
            return;
        }
    if (c->n == ARCHIVE_COUNTS) {
        c->others++;
        return;
    }
    c->v[c->n].what = arena_str(&a->lasting, what);
    c->v[c->n++].n = 1;
}

static void add_counts(sst_buf *out, const char *label, archive_counts *c)
{
    /* most first, then by name */
    for (uint32_t i = 1; i < c->n; i++)
        for (uint32_t k = i;
             k && (c->v[k].n > c->v[k - 1].n ||
                   (c->v[k].n == c->v[k - 1].n && str_cmp(c->v[k].what, c->v[k - 1].what) < 0));
             k--) {
            archive_count t = c->v[k];
            c->v[k] = c->v[k - 1];
            c->v[k - 1] = t;
        }
    for (uint32_t i = 0; i < c->n; i++)
        buf_printf(out, "%s%.*s %llu", i ? ", " : label, (int)c->v[i].what.n, c->v[i].what.p,
                   (unsigned long long)c->v[i].n);
    if (c->others)
        buf_printf(out, ", others %llu", (unsigned long long)c->others);
}

static void summary(archive *a)
{
    sst_buf out;
    if (!a->r->note)
        return;
    buf_init(&out, 64 * 1024);
    buf_printf(&out, "%llu records, %llu pages", (unsigned long long)a->records,
               (unsigned long long)a->articles);
    if (a->broken)
        buf_printf(&out, ", %llu broken", (unsigned long long)a->broken);
    add_counts(&out, "; no pages: ", &a->kinds);
    add_counts(&out, "; of other types: ", &a->media);
    add_counts(&out, "; of other status: ", &a->statuses);
    if (!out.failed)
        a->r->note(a->r->user, a->name, (sst_str){out.p, out.n});
    buf_release(&out);
}

bool read_archive_is(sst_str start)
{
    return str_starts(start, STR("WARC/")) || str_starts(start, STR("filedesc:"));
}

sst_status read_archive(const sst_reader *r, sst_str name, read_source *s, sst_buf *start)
{
    archive a = {.r = r, .name = name, .s = s, .window = start};
    sst_status status = SST_OK;
    arena_init(&a.arena, 0);
    arena_init(&a.lasting, 0);
    for (int i = 0; i < 2; i++)
        buf_init(&a.work[i], (size_t)r->limits.article_bytes + HTTP_PIECE);
    s->streams = true;
    a.arc = str_starts((sst_str){start->p, start->n}, STR("filedesc:"));
    bool more_come = true;
    while (!status && more_come) {
        if (read_stopped(r)) {
            status = SST_ERR_STOPPED;
            break;
        }
        status = read_record(&a, &more_come);
        if (!status && (start->failed == SST_ERR_MEMORY || a.lasting.failed))
            status = SST_ERR_MEMORY;
        if (r->tick)
            r->tick(r->user, a.records, s->raw_total);
    }
    if (!status) {
        if (a.records == 0 && a.broken == 0)
            errors_input(r->errors, name, 0, "no record in it, nothing to read");
        summary(&a);
    }
    arena_release(&a.arena);
    arena_release(&a.lasting);
    for (int i = 0; i < 2; i++)
        buf_release(&a.work[i]);
    return status;
}
