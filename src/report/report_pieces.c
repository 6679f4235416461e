/*
 * Long lists of a report, written by all threads: see report_pieces.h.
 *
 * In: a list's length and what writes one of its rows. Out: the rows in order. Method: the list is
 * cut into pieces of PIECE rows; a round gives each thread some of them, which it writes into a
 * buffer of the piece's own, and then the buffers leave in their order. So memory is bounded by a
 * round, and neither threads nor their timing show. Each thread works on a copy of the run with an
 * arena and an output of its own. With offsets in code points a run counts as it goes, and writes
 * such lists on one thread.
 */
#include "report_pieces.h"

#include "base_buf.h"
#include "base_thread.h"

enum {
    PIECE = 512,        /* rows: some 200 KB, much longer than it takes to hand them out */
    PIECES_A_THREAD = 8 /* of a round: threads are started once for some megabytes */
};

typedef struct piece_writer {
    report_run run;
    report_out out;
    sst_arena arena;
    char *buffer;
} piece_writer;

typedef struct piece_round {
    void (*row)(report_run *, const void *, uint32_t);
    const void *user;
    uint32_t from, n; /* rows of the round */
    piece_writer *writer;
    sst_buf *piece;
    sst_status *status; /* of each piece */
} piece_round;

static int put(void *user, const char *p, size_t n)
{
    sst_buf *b = user;
    buf_add(b, p, n);
    return b->failed != SST_OK;
}

static void write_piece(void *user, uint32_t i, uint32_t worker)
{
    piece_round *r = user;
    piece_writer *w = &r->writer[worker];
    uint32_t from = r->from + i * PIECE,
             end = r->n - i * PIECE < PIECE ? r->from + r->n : from + PIECE;
    buf_clear(&r->piece[i]);
    report_out_init(&w->out, (report_sink){put, &r->piece[i]}, w->buffer);
    w->out.filled[0] = from > 0; /* rows before it want a comma */
    for (uint32_t k = from; k < end; k++) {
        arena_clear(&w->arena);
        r->row(&w->run, r->user, k);
        if (w->arena.failed)
            w->out.status = w->arena.failed;
    }
    r->status[i] = report_out_end(&w->out);
    if (r->piece[i].failed)
        r->status[i] = r->piece[i].failed;
}

/* All rounds; false when there is no memory to begin with, and nothing was written. */
static bool in_rounds(report_run *w, uint32_t threads, uint32_t n, sst_arena *arena, piece_round *r)
{
    uint32_t pieces = threads * PIECES_A_THREAD;
    r->writer = arena_calloc(arena, threads, sizeof *r->writer);
    r->piece = arena_alloc(arena, pieces * sizeof *r->piece);
    r->status = arena_calloc(arena, pieces, sizeof *r->status);
    char *buffers = arena_alloc(arena, (size_t)threads * REPORT_BUFFER);
    if (!r->writer || !r->piece || !r->status || !buffers)
        return false;
    for (uint32_t t = 0; t < threads; t++) {
        piece_writer *x = &r->writer[t];
        x->run = *w;
        x->run.arena = &x->arena;
        x->run.out = &x->out;
        x->buffer = buffers + (size_t)t * REPORT_BUFFER;
        arena_init(&x->arena, 0);
    }
    for (uint32_t i = 0; i < pieces; i++)
        buf_init(&r->piece[i], 0);
    for (r->from = 0; r->from < n && w->out->status == SST_OK; r->from += r->n) {
        r->n = n - r->from < pieces * PIECE ? n - r->from : pieces * PIECE;
        uint32_t used = (r->n + PIECE - 1) / PIECE;
        thread_for(threads, used, write_piece, r, NULL);
        for (uint32_t i = 0; i < used; i++) {
            if (r->status[i] && w->out->status == SST_OK)
                w->out->status = r->status[i];
            report_out_add(w->out, r->piece[i].p, r->piece[i].n);
        }
    }
    for (uint32_t i = 0; i < pieces; i++)
        buf_release(&r->piece[i]);
    for (uint32_t t = 0; t < threads; t++)
        arena_release(&r->writer[t].arena);
    return true;
}

void report_rows_at_once(report_run *w, const char *key, uint32_t n,
                         void (*row)(report_run *, const void *, uint32_t), const void *user)
{
    piece_round r = {.row = row, .user = user};
    uint32_t threads = w->points ? 1 : w->r->threads;
    sst_arena arena; /* let go at once: a run has many stories */
    arena_init(&arena, 0);
    json_key(w->out, key);
    json_array(w->out);
    if (n <= PIECE || threads < 2 || !in_rounds(w, threads, n, &arena, &r))
        for (uint32_t i = 0; i < n; i++)
            row(w, user, i);
    json_array_end(w->out);
    arena_release(&arena);
}
