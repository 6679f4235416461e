/*
 * Stories that were compared, kept for the pages that show them: a story's page, its report, each
 * of its articles. In: a story; out: what store_compare finds in it. Whoever takes one has it alone
 * and gives it back, so nothing in it is shared between threads; what was used longest ago goes
 * first.
 *
 *   newest -> ... -> oldest        kept by row and revision, up to a number of bytes
 */
#include "serve_inner.h"

#include "base_alloc.h"

enum {
    COMPARED_PART = 2, /* of the bytes of the cache of answers, the part for these */
    COMPARED_MOST = 64 /* a list that is walked */
};

static void let_go(serve_compared *e)
{
    store_compared_free(e->c);
    base_free(e);
}

void serve_compared_free_all(sst_server *s)
{
    for (serve_compared *e = s->compared, *next; e; e = next) {
        next = e->next;
        let_go(e);
    }
    s->compared = NULL;
}

static serve_compared *taken(sst_server *s, const store_story *story)
{
    serve_compared *found = NULL;
    pthread_mutex_lock(&s->lock);
    for (serve_compared **at = &s->compared; *at && !found; at = &(*at)->next)
        if ((*at)->row == story->row && (*at)->revision == story->revision) {
            found = *at;
            *at = found->next;
            s->compared_bytes -= found->bytes;
            break;
        }
    pthread_mutex_unlock(&s->lock);
    return found;
}

static uint64_t bytes_of(const store_compared *c)
{
    uint64_t n = sizeof *c + c->arena.total;
    for (uint32_t i = 0; i < c->n; i++)
        n += c->articles[i]->arena.total;
    return n;
}

sst_status serve_compare(serve_request *q, const store_story *story, serve_compared **out)
{
    *out = taken(q->server, story);
    if (*out)
        return SST_OK;
    serve_compared *e = base_malloc(sizeof *e);
    if (!e)
        return SST_ERR_MEMORY;
    *e = (serve_compared){.row = story->row, .revision = story->revision};
    sst_status status = store_compare(q->store, story->row, false, &e->c);
    if (status) {
        base_free(e);
        return status;
    }
    e->bytes = bytes_of(e->c);
    *out = e;
    return SST_OK;
}

void serve_compared_give(sst_server *s, serve_compared *e)
{
    uint64_t most = s->options.cache_bytes / COMPARED_PART;
    serve_compared *gone = NULL;
    if (!e)
        return;
    pthread_mutex_lock(&s->lock);
    e->next = s->compared;
    s->compared = e;
    s->compared_bytes += e->bytes;
    /* Behind what has room: the other states of the same story, and what is too much. */
    uint64_t bytes = e->bytes;
    uint32_t n = 1;
    for (serve_compared **at = &e->next; *at;) {
        serve_compared *x = *at;
        if (x->row == e->row || bytes + x->bytes > most || n == COMPARED_MOST) {
            *at = x->next;
            s->compared_bytes -= x->bytes;
            x->next = gone;
            gone = x;
            continue;
        }
        bytes += x->bytes;
        n++;
        at = &x->next;
    }
    if (e->bytes > most) {
        s->compared = e->next;
        s->compared_bytes -= e->bytes;
        e->next = gone;
        gone = e;
    }
    pthread_mutex_unlock(&s->lock);
    for (serve_compared *next; gone; gone = next) {
        next = gone->next;
        let_go(gone);
    }
}
