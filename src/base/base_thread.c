/* Threads: see base_thread.h. */
#define _GNU_SOURCE
#include "base_thread.h"

#include <pthread.h>
#include <sched.h>
#include <stddef.h>

enum { MOST_THREADS = 256 };

typedef struct pool {
    void (*work)(void *, uint32_t, uint32_t);
    void *user;
    const atomic_int *stop;
    atomic_uint next, worker;
    uint32_t n;
} pool;

uint32_t thread_default_n(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > MOST_THREADS ? MOST_THREADS : (uint32_t)n;
}

static void *run(void *p)
{
    pool *q = p;
    uint32_t me = atomic_fetch_add(&q->worker, 1);
    for (;;) {
        uint32_t i = atomic_fetch_add(&q->next, 1);
        if (i >= q->n || (q->stop && atomic_load(q->stop)))
            return NULL;
        q->work(q->user, i, me);
    }
}

void thread_for(uint32_t threads, uint32_t n, void (*work)(void *, uint32_t, uint32_t), void *user,
                const atomic_int *stop)
{
    pool q = {.work = work, .user = user, .stop = stop, .n = n};
    pthread_t id[MOST_THREADS];
    uint32_t started = 0;
    if (threads > n)
        threads = n;
    if (threads > MOST_THREADS)
        threads = MOST_THREADS;
    while (started + 1 < threads && pthread_create(&id[started], NULL, run, &q) == 0)
        started++;
    run(&q);
    for (uint32_t i = 0; i < started; i++)
        pthread_join(id[i], NULL);
}
