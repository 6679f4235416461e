/*
 * Threads that make answers, so that those that hold the connections never wait for one. In: a
 * request whose connection is suspended; out: the same, made, its connection resumed.
 *
 *   connection's thread   pushes a request into one of two lines and goes on with others
 *   worker                takes it, makes its answer (serve_make), resumes the connection
 *   connection's thread   sends the answer
 *
 * Two lines: what takes a comparison of a story waits in one, all else in the other. The first
 * worker takes the light ones first, the others the heavy ones first: neither line waits for the
 * end of the other. A line has an end: whoever finds it full is told to come again.
 */
#include "serve_inner.h"

#include "base_alloc.h"

enum {
    WAITING_MOST = 1024, /* requests of both lines: some kilobytes each */
    WORKERS_MOST = 256
};

typedef struct line {
    serve_request *first, *last;
} line;

struct serve_pool {
    pthread_mutex_t lock;
    pthread_cond_t more, idle;
    line light, heavy;
    uint32_t waiting, busy, n;
    bool ending;
    pthread_t thread[WORKERS_MOST];
};

typedef struct start {
    serve_pool *pool;
    bool light_first;
} start;

static void append(line *l, serve_request *q)
{
    q->next = NULL;
    *(l->last ? &l->last->next : &l->first) = q;
    l->last = q;
}

static serve_request *take(line *l)
{
    serve_request *q = l->first;
    if (q) {
        l->first = q->next;
        l->last = l->first ? l->last : NULL;
    }
    return q;
}

static void *work(void *user)
{
    start s = *(start *)user;
    serve_pool *p = s.pool;
    base_free(user);
    pthread_mutex_lock(&p->lock);
    for (;;) {
        line *first = s.light_first ? &p->light : &p->heavy;
        serve_request *q = take(first);
        q = q ? q : take(s.light_first ? &p->heavy : &p->light);
        if (!q) {
            if (p->ending)
                break;
            pthread_cond_wait(&p->more, &p->lock);
            continue;
        }
        p->waiting--;
        p->busy++;
        bool ending = p->ending;
        pthread_mutex_unlock(&p->lock);
        struct MHD_Connection *connection = q->connection;
        if (ending)
            serve_plain(q, MHD_HTTP_SERVICE_UNAVAILABLE, "the server is being stopped");
        else
            serve_make(q);
        atomic_store(&q->made, true);
        MHD_resume_connection(connection); /* q belongs to its thread from here on */
        pthread_mutex_lock(&p->lock);
        if (--p->busy + p->waiting == 0)
            pthread_cond_signal(&p->idle);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static bool start_one(serve_pool *p)
{
    start *s = base_malloc(sizeof *s);
    if (!s)
        return false;
    *s = (start){p, p->n == 0};
    if (pthread_create(&p->thread[p->n], NULL, work, s)) {
        base_free(s);
        return false;
    }
    p->n++;
    return true;
}

serve_pool *serve_pool_new(uint32_t threads)
{
    serve_pool *p = base_malloc(sizeof *p);
    if (!p)
        return NULL;
    memset(p, 0, sizeof *p);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->more, NULL);
    pthread_cond_init(&p->idle, NULL);
    threads = threads < 2 ? 2 : threads > WORKERS_MOST ? WORKERS_MOST : threads;
    while (p->n < threads && start_one(p))
        ;
    if (p->n)
        return p;
    serve_pool_free(p);
    return NULL;
}

bool serve_pool_push(serve_pool *p, serve_request *q)
{
    bool heavy = q->route->of == SERVE_OF_STORY || q->route->of == SERVE_OF_ARTICLE ||
                 q->route->of == SERVE_OF_PAIR;
    pthread_mutex_lock(&p->lock);
    bool room = !p->ending && p->waiting < WAITING_MOST;
    if (room) {
        /* Before a worker can see it: it may be resumed at once. */
        MHD_suspend_connection(q->connection);
        append(heavy ? &p->heavy : &p->light, q);
        p->waiting++;
        /* Which worker wakes is not chosen, so all look: a light one must not wait for a heavy. */
        pthread_cond_broadcast(&p->more);
    }
    pthread_mutex_unlock(&p->lock);
    return room;
}

void serve_pool_drain(serve_pool *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->ending = true;
    pthread_cond_broadcast(&p->more);
    while (p->waiting + p->busy)
        pthread_cond_wait(&p->idle, &p->lock);
    pthread_mutex_unlock(&p->lock);
}

void serve_pool_free(serve_pool *p)
{
    if (!p)
        return;
    serve_pool_drain(p);
    for (uint32_t i = 0; i < p->n; i++)
        pthread_join(p->thread[i], NULL);
    pthread_cond_destroy(&p->more);
    pthread_cond_destroy(&p->idle);
    pthread_mutex_destroy(&p->lock);
    base_free(p);
}
