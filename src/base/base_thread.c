/* Threads: see base_thread.h. */
#define _GNU_SOURCE
#include "base_thread.h"

#include <sched.h>
#include <stddef.h>

uint32_t thread_default_n(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > THREAD_MOST ? THREAD_MOST : (uint32_t)n;
}

static void *run(void *p)
{
    thread_loop *l = p;
    uint32_t me = atomic_fetch_add(&l->worker, 1);
    for (;;) {
        uint32_t i = atomic_fetch_add(&l->next, 1);
        if (i >= l->n || (l->stop && atomic_load(l->stop)))
            return NULL;
        l->work(l->user, i, me);
    }
}

void thread_start(thread_loop *l, uint32_t threads, uint32_t n,
                  void (*work)(void *, uint32_t, uint32_t), void *user, const atomic_int *stop)
{
    l->work = work;
    l->user = user;
    l->stop = stop;
    atomic_init(&l->next, 0);
    atomic_init(&l->worker, 0);
    l->n = n;
    l->started = 0;
    if (threads > n)
        threads = n;
    if (threads > THREAD_MOST)
        threads = THREAD_MOST;
    while (l->started + 1 < threads && pthread_create(&l->id[l->started], NULL, run, l) == 0)
        l->started++;
}

void thread_finish(thread_loop *l)
{
    run(l);
    for (uint32_t i = 0; i < l->started; i++)
        pthread_join(l->id[i], NULL);
}

void thread_for(uint32_t threads, uint32_t n, void (*work)(void *, uint32_t, uint32_t), void *user,
                const atomic_int *stop)
{
    thread_loop l;
    thread_start(&l, threads, n, work, user, stop);
    thread_finish(&l);
}
